#include "base/csv_plain.h"

#include <glib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK_BYTES = 64, VECTOR_BYTES = 16 };

typedef unsigned char Vector __attribute__((vector_size(VECTOR_BYTES)));

void evm_csv_plain_row_init(EvmCsvPlainRow *row, char delimiter)
{
    *row = (EvmCsvPlainRow){.delimiter = delimiter};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* False when the row has too many fields, or too long a one. */
static bool add_field(EvmCsvPlainRow *row, char *text, char *end, char *doubled)
{
    size_t index = row->count;
    if (index == EVM_LIMIT_CSV_COLUMNS || end - text > EVM_LIMIT_CSV_FIELD_BYTES)
        return false;
    row->fields[index] = text;
    row->ends[index] = end;
    row->doubled[index] = doubled;
    row->count = index + 1;
    return true;
}

/* One bit a byte, the first byte's the lowest; each byte is 0 or 255. */
static uint64_t pack_bits(Vector bytes)
{
#ifdef __SSE2__
    return (uint64_t)(unsigned)_mm_movemask_epi8((__m128i)bytes);
#else
    uint64_t halves[2]; /* eight bits come together in the highest byte of a product */
    memcpy(halves, &bytes, sizeof bytes);
    for (int i = 0; i < 2; i++)
        halves[i] = (GUINT64_FROM_LE(halves[i]) & UINT64_MAX / 255) * 0x0102040810204080 >> 56;
    return halves[0] | halves[1] << 8;
#endif
}

static uint64_t find_marks(const char *at, char delimiter)
{
    uint64_t marks = 0;
    for (int i = 0; i < BLOCK_BYTES; i += VECTOR_BYTES) {
        Vector text;
        memcpy(&text, at + i, sizeof text);
        marks |= pack_bits((Vector)((text == (unsigned char)delimiter) | (text == '"') |
                                    (text == '\n') | (text == '\r')))
                 << i;
    }
    return marks;
}

static void load_block(EvmCsvPlainRow *row, const char *at, const char *end)
{
    char last[BLOCK_BYTES] = {0};
    row->block = (uintptr_t)at;
    if (end - at < BLOCK_BYTES)
        at = memcpy(last, at, (size_t)(end - at));
    row->marks = find_marks(at, row->delimiter);
}

/* In the blocks from `at` on, which begin there. */
static char *find_next_mark(EvmCsvPlainRow *row, char *at, const char *end)
{
    for (; at < end; at += MIN(end - at, BLOCK_BYTES)) {
        load_block(row, at, end);
        if (row->marks)
            return at + __builtin_ctzll(row->marks);
    }
    return NULL;
}

/* The first byte from `at` on that ends a field, or may; NULL when there is none. */
static inline char *next_mark(EvmCsvPlainRow *row, char *at, const char *end)
{
    size_t skipped = (uintptr_t)at - row->block;
    if (skipped >= BLOCK_BYTES)
        return find_next_mark(row, at, end);
    uint64_t marks = row->marks >> skipped;
    return marks ? at + __builtin_ctzll(marks)
                 : find_next_mark(row, MIN(at + BLOCK_BYTES - skipped, (char *)end), end);
}

/* Without the blanks around it. NULL when a quote stands in it. */
static char *scan_bare(EvmCsvPlainRow *row, char *at, const char *end)
{
    char *close = next_mark(row, at, end);
    if (!close || *close == '"')
        return NULL;
    char *last = close;
    while (is_blank(*at) && at < last)
        at++;
    while (at < last && is_blank(last[-1]))
        last--;
    return add_field(row, at, last, NULL) ? close : NULL;
}

/* Lone CRs end lines too, which is nothing plain. */
static char *scan_quoted(EvmCsvPlainRow *row, char *at, const char *end)
{
    char *doubled = NULL;
    char *text = at + 1, *mark = text;
    while ((mark = next_mark(row, mark, end))) {
        if (*mark == '"' && mark[1] != '"')
            break;
        if (*mark == '\r' && mark[1] != '\n')
            return NULL;
        row->lines += *mark == '\n';
        if (*mark == '"' && !doubled)
            doubled = mark;
        mark += *mark == '"' ? 2 : 1;
    }
    return mark && add_field(row, text, mark, doubled) ? mark + 1 : NULL;
}

/* The byte behind the line end at `at`; NULL when there is none, or a lone CR. */
static char *skip_line_end(char *at, const char *end)
{
    if (*at == '\n')
        return at + 1;
    return at + 1 < end && at[0] == '\r' && at[1] == '\n' ? at + 2 : NULL;
}

/* From the first quote on, up to the NUL at `end`. */
static void halve_quotes(char *quote, const char *end)
{
    char *to = quote, *from = quote;
    while (quote) { /* which stands at `from` */
        from = quote + 1;
        quote = memchr(from + 1, '"', (size_t)(end - from - 1));
        size_t size = (size_t)((quote ? quote : end) - from);
        memmove(to, from, size);
        to += size;
    }
    *to = '\0';
}

char *evm_csv_plain_row_parse(EvmCsvPlainRow *row, char *at, const char *end)
{
    row->count = 0;
    row->lines = 1;
    for (;;) {
        at = *at == '"' ? scan_quoted(row, at, end) : scan_bare(row, at, end);
        if (!at)
            return NULL;
        if (*at != row->delimiter)
            break;
        at++;
    }
    char *next = skip_line_end(at, end);
    if (!next || (row->count == 1 && row->ends[0] == row->fields[0]))
        return NULL;
    for (size_t i = 0; i < row->count; i++) {
        *row->ends[i] = '\0';
        if (row->doubled[i])
            halve_quotes(row->doubled[i], row->ends[i]);
    }
    return next;
}
