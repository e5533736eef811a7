#include "base/text.h"

#include <math.h>
#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

enum { SLUG_BYTES = 80, NEAREST_CHARS = 64, BEGINNING_LEAST = 3 };

/* The next character, or false for a byte that is not UTF-8; steps over either. */
static bool next_char(const char **text, gunichar *c)
{
    *c = g_utf8_get_char_validated(*text, -1);
    if (*c == (gunichar)-1 || *c == (gunichar)-2) {
        (*text)++;
        return false;
    }
    *text = g_utf8_next_char(*text);
    return true;
}

/* Format characters hold the bidi controls, the zero-width ones, soft hyphen and tags. */
static bool is_visible(gunichar c)
{
    switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SURROGATE:
        return false;
    default:
        return true;
    }
}

char *evm_text_format_terminal(const char *text)
{
    GString *out = g_string_new(NULL);
    while (*text != '\0') {
        unsigned char byte = (unsigned char)*text;
        gunichar c;
        if (!next_char(&text, &c))
            g_string_append_printf(out, "\\x%02x", byte);
        else if (is_visible(c))
            g_string_append_unichar(out, c);
        else if (c < 0x80)
            g_string_append_printf(out, "\\x%02x", c);
        else
            g_string_append_printf(out, "\\u{%04x}", c);
    }
    return g_string_free(out, FALSE);
}

/* Line breaks and tabs are written as references: raw ones become spaces in an attribute. */
static void write_xml_char(GString *out, gunichar c)
{
    if (c == '&')
        g_string_append(out, "&amp;");
    else if (c == '<')
        g_string_append(out, "&lt;");
    else if (c == '>')
        g_string_append(out, "&gt;");
    else if (c == '"')
        g_string_append(out, "&quot;");
    else if (c == '\'' || c == '\t' || c == '\n' || c == '\r')
        g_string_append_printf(out, "&#%u;", c);
    else if (c < 0x20 || c == 0xFFFE || c == 0xFFFF)
        g_string_append(out, REPLACEMENT);
    else
        g_string_append_unichar(out, c);
}

const char *evm_text_write_plain(GString *out, const char *text, const char *special)
{
    size_t length = 0;
    while (g_ascii_isprint(text[length]) && !strchr(special, text[length]))
        length++;
    g_string_append_len(out, text, (gssize)length);
    return text + length;
}

void evm_text_write_xml(GString *out, const char *text)
{
    while (*(text = evm_text_write_plain(out, text, "&<>\"'")) != '\0') {
        gunichar c;
        if (next_char(&text, &c))
            write_xml_char(out, c);
        else
            g_string_append(out, REPLACEMENT);
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool needs_quotes(const char *text)
{
    size_t length = strlen(text);
    return strpbrk(text, ",\"\r\n") ||
           (length > 0 && (is_blank(text[0]) || is_blank(text[length - 1])));
}

void evm_text_write_csv(GString *out, const char *text)
{
    bool is_formula = *text != '\0' && strchr("=+-@\t\r", *text);
    bool is_quoted = needs_quotes(text);
    if (is_quoted)
        g_string_append_c(out, '"');
    if (is_formula)
        g_string_append_c(out, '\'');
    while (*text != '\0') {
        gunichar c;
        if (!next_char(&text, &c))
            g_string_append(out, REPLACEMENT);
        else if (c == '"')
            g_string_append(out, "\"\"");
        else
            g_string_append_unichar(out, c);
    }
    if (is_quoted)
        g_string_append_c(out, '"');
}

/* Accents are taken off (NFKD splits them from their letter); any other run of characters becomes
 * one dash. */
static void write_slug(GString *out, const char *decomposed)
{
    for (const char *p = decomposed; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c < 0x80 && g_ascii_isalnum((char)c))
            g_string_append_c(out, g_ascii_tolower((char)c));
        else if (!g_unichar_ismark(c) && out->len > 0 && out->str[out->len - 1] != '-')
            g_string_append_c(out, '-');
    }
}

char *evm_text_format_slug(const char *text)
{
    char *valid = g_utf8_make_valid(text, -1);
    char *decomposed = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL);
    GString *out = g_string_new(NULL);
    write_slug(out, decomposed);
    if (out->len > SLUG_BYTES)
        g_string_truncate(out, SLUG_BYTES);
    if (out->len > 0 && out->str[out->len - 1] == '-')
        g_string_truncate(out, out->len - 1);
    if (out->len == 0)
        g_string_append_c(out, 'x');
    g_free(decomposed);
    g_free(valid);
    return g_string_free(out, FALSE);
}

/* Lower-case characters of `text`; false when it is too long to be a misspelt word. */
static bool fold_word(const char *text, gunichar chars[NEAREST_CHARS], size_t *count)
{
    *count = 0;
    while (*text != '\0') {
        gunichar c;
        if (!next_char(&text, &c))
            c = 0xFFFD;
        if (*count == NEAREST_CHARS)
            return false;
        chars[(*count)++] = g_unichar_tolower(c);
    }
    return true;
}

/* Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
static size_t edit_distance(const gunichar *a, size_t a_count, const gunichar *b, size_t b_count)
{
    size_t rows[3][NEAREST_CHARS + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= b_count; j++)
        last[j] = j;
    for (size_t i = 1; i <= a_count; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b_count; j++) {
            size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
            now[j] = MIN(MIN(now[j - 1], last[j]) + 1, last[j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = MIN(now[j], before[j - 2] + 1);
        }
        size_t *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[b_count];
}

/* The only one with which the word begins: "lang" for "language". */
static const char *find_beginning(const gunichar *a, size_t a_count, const char *const *known)
{
    gunichar b[NEAREST_CHARS];
    size_t b_count;
    const char *found = NULL;
    for (; *known; known++) {
        if (!fold_word(*known, b, &b_count) || b_count < BEGINNING_LEAST || b_count > a_count ||
            memcmp(a, b, b_count * sizeof *a) != 0)
            continue;
        if (found)
            return NULL;
        found = *known;
    }
    return found;
}

/* One slip in three letters is near; the first of equally near words wins. */
const char *evm_text_find_nearest(const char *word, const char *const *known)
{
    gunichar a[NEAREST_CHARS], b[NEAREST_CHARS];
    size_t a_count, b_count;
    if (!fold_word(word, a, &a_count))
        return NULL;
    const char *nearest = NULL;
    size_t nearest_distance = 0;
    const char *const *all = known;
    for (; *known; known++) {
        if (!fold_word(*known, b, &b_count))
            continue;
        size_t distance = edit_distance(a, a_count, b, b_count);
        bool is_near = distance * 3 <= MAX(a_count, b_count);
        if (is_near && (!nearest || distance < nearest_distance)) {
            nearest = *known;
            nearest_distance = distance;
        }
    }
    return nearest ? nearest : find_beginning(a, a_count, all);
}

static const char *skip_digits(const char *text)
{
    while (g_ascii_isdigit(*text))
        text++;
    return text;
}

static const char *skip_sign(const char *text)
{
    return *text == '+' || *text == '-' ? text + 1 : text;
}

static bool is_number(const char *text)
{
    const char *p = skip_sign(text);
    const char *end = skip_digits(p);
    if (end == p)
        return false;
    if (*end == '.') {
        p = end + 1;
        end = skip_digits(p);
        if (end == p)
            return false;
    }
    if (*end == 'e' || *end == 'E') {
        p = skip_sign(end + 1);
        end = skip_digits(p);
        if (end == p)
            return false;
    }
    return *end == '\0';
}

/* The last step of MurmurHash3: every bit of `hash` reaches every other. */
static uint64_t spread(uint64_t hash)
{
    hash = (hash ^ hash >> 33) * UINT64_C(0xff51afd7ed558ccd);
    hash = (hash ^ hash >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return hash ^ hash >> 33;
}

/* Fewer than eight bytes, all of them; a call of memcpy for so few takes longer. */
static uint64_t load_short(const char *text, size_t size)
{
    uint32_t first = 0, last = 0;
    if (size >= sizeof first) {
        memcpy(&first, text, sizeof first);
        memcpy(&last, text + size - sizeof last, sizeof last);
        return first | (uint64_t)last << 32;
    }
    uint64_t word = 0;
    for (size_t i = 0; i < size; i++)
        word = word << 8 | (unsigned char)text[i];
    return word;
}

/* Eight bytes at a time; the last eight may have some of those before among them. */
uint64_t evm_text_compute_hash(const char *text)
{
    size_t size = strlen(text);
    uint64_t hash = size * UINT64_C(0x9e3779b97f4a7c15), word;
    if (size < sizeof word)
        return spread(hash ^ load_short(text, size));
    const char *last = text + size - sizeof word;
    for (; text < last; text += sizeof word) {
        memcpy(&word, text, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9fb21c651e98df25);
        hash ^= hash >> 32;
    }
    memcpy(&word, last, sizeof word);
    return spread(hash ^ word);
}

bool evm_text_parse_number(const char *text, double *out)
{
    if (!is_number(text))
        return false;
    double value = g_ascii_strtod(text, NULL);
    if (!isfinite(value))
        return false;
    *out = value;
    return true;
}
