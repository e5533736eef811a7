#include "base/csv_plain.h"

#include <glib.h>
#include <stdint.h>
#include <string.h>

void evm_csv_plain_row_init(EvmCsvPlainRow *row, char delimiter)
{
    memset(row->is_mark, 0, sizeof row->is_mark);
    row->delimiter = delimiter;
    row->least_text = (unsigned char)(MAX((unsigned char)delimiter, '"') + 1);
    row->is_mark[(unsigned char)delimiter] = true;
    row->is_mark['\n'] = row->is_mark['\r'] = row->is_mark['"'] = true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* False when the row has too many fields, or too long a one. */
static bool add_span(EvmCsvPlainRow *row, char *text, size_t size, bool has_quotes)
{
    if (row->count == EVM_LIMIT_CSV_COLUMNS || size > EVM_LIMIT_CSV_FIELD_BYTES)
        return false;
    row->spans[row->count].text = text;
    row->spans[row->count].size = size;
    row->spans[row->count++].has_quotes = has_quotes;
    return true;
}

/* Eight letters at a time: all marks are less than what most text is made of. (The test for such a
 * byte is that of "Hacker's Delight", 6-1; the first byte that it finds is one.) */
static char *find_mark(const EvmCsvPlainRow *row, char *at, const char *end)
{
    const uint64_t ones = UINT64_MAX / 255;
    uint64_t word;
    while (end - at >= (ptrdiff_t)sizeof word) {
        memcpy(&word, at, sizeof word);
        word = GUINT64_FROM_LE(word);
        uint64_t low = (word - ones * row->least_text) & ~word & ones << 7;
        at += low ? __builtin_ctzll(low) / 8 : (int)sizeof word;
        if (low && row->is_mark[(unsigned char)*at])
            return at;
        at += low != 0;
    }
    while (!row->is_mark[(unsigned char)*at])
        at++;
    return at;
}

/* Without the blanks around it. NULL when a quote stands in it. */
static char *scan_bare(EvmCsvPlainRow *row, char *at, const char *end)
{
    char *close = find_mark(row, at, end);
    if (*close == '"')
        return NULL;
    char *last = close;
    while (at < last && is_blank(*at))
        at++;
    while (at < last && is_blank(last[-1]))
        last--;
    return add_span(row, at, (size_t)(last - at), false) ? close : NULL;
}

/* False when a CR ends a line of the field. */
static bool count_lines(EvmCsvPlainRow *row, const char *at, const char *end)
{
    const char *line = at;
    while ((line = memchr(line, '\n', (size_t)(end - line)))) {
        row->lines++;
        line++;
    }
    for (line = at; (line = memchr(line, '\r', (size_t)(end - line))); line++)
        if (line + 1 == end || line[1] != '\n')
            return false;
    return true;
}

static char *scan_quoted(EvmCsvPlainRow *row, char *at, const char *end)
{
    bool has_quotes = false;
    char *text = at + 1, *close = memchr(text, '"', (size_t)(end - text));
    while (close && close + 1 < end && close[1] == '"') {
        has_quotes = true;
        close = memchr(close + 2, '"', (size_t)(end - close - 2));
    }
    if (!close || close + 1 == end || !count_lines(row, text, close))
        return NULL;
    return add_span(row, text, (size_t)(close - text), has_quotes) ? close + 1 : NULL;
}

/* The byte behind the line end at `at`; NULL when there is none, or a lone CR. */
static char *skip_line_end(char *at, const char *end)
{
    if (*at == '\n')
        return at + 1;
    return at + 1 < end && at[0] == '\r' && at[1] == '\n' ? at + 2 : NULL;
}

static void halve_quotes(char *text, size_t size)
{
    char *to = text;
    for (size_t i = 0; i < size; i++) {
        *to++ = text[i];
        i += text[i] == '"';
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
    if (!next || (row->count == 1 && row->spans[0].size == 0))
        return NULL;
    for (size_t i = 0; i < row->count; i++) {
        char *text = row->spans[i].text;
        text[row->spans[i].size] = '\0';
        if (row->spans[i].has_quotes)
            halve_quotes(text, row->spans[i].size);
        row->fields[i] = text;
    }
    return next;
}
