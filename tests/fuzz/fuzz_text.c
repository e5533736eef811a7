#include <math.h>
#include <string.h>

#include "base/csv_reader.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "tests/fuzz/fuzz.h"

static void check_terminal(const char *text)
{
    char *out = evm_text_format_terminal(text);
    g_assert_true(g_utf8_validate(out, -1, NULL));
    for (const char *p = out; *p != '\0'; p = g_utf8_next_char(p)) {
        GUnicodeType type = g_unichar_type(g_utf8_get_char(p));
        g_assert_true(type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT &&
                      type != G_UNICODE_LINE_SEPARATOR && type != G_UNICODE_PARAGRAPH_SEPARATOR);
    }
    g_free(out);
}

/* GLib's own parser is the judge, and must read back what was written. */
static void on_attribute(GMarkupParseContext *context, const char *element, const char **names,
                         const char **values, gpointer user, GError **error)
{
    (void)context;
    (void)element;
    (void)error;
    g_assert_cmpstr(names[0], ==, "a");
    g_assert_null(names[1]);
    g_string_append(user, values[0]);
}

static void check_xml(const char *text)
{
    GString *xml = g_string_new("<e a=\"");
    evm_text_write_xml(xml, text);
    g_string_append(xml, "\"/>");
    g_assert_true(g_utf8_validate(xml->str, -1, NULL));
    GString *back = g_string_new(NULL);
    GError *error = NULL;
    GMarkupParser parser = {.start_element = on_attribute};
    GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, back, NULL);
    g_markup_parse_context_parse(context, xml->str, (gssize)xml->len, &error);
    g_assert_no_error(error);
    for (const char *p = text; *p != '\0'; p++)
        if ((unsigned char)*p < 0x20 && !strchr("\t\n\r", *p))
            goto done; /* became U+FFFD */
    if (g_utf8_validate(text, -1, NULL) && !strstr(text, "\xef\xbf\xbe") &&
        !strstr(text, "\xef\xbf\xbf"))
        g_assert_cmpstr(back->str, ==, text);
done:
    g_markup_parse_context_free(context);
    g_string_free(back, TRUE);
    g_string_free(xml, TRUE);
}

static bool take_second_field(const EvmCsvRow *row, void *user, GError **error)
{
    (void)error;
    g_assert_cmpuint(row->count, ==, 2);
    g_string_assign(user, row->fields[1]);
    return true;
}

static void check_csv(const char *text)
{
    GString *csv = g_string_new("a,b\n1,");
    evm_text_write_csv(csv, text);
    char first = csv->str[6] == '"' ? csv->str[7] : csv->str[6];
    g_assert_false(first != '\0' && strchr("=+-@\t\r", first));
    g_string_append_c(csv, '\n');
    GString *back = g_string_new(NULL);
    GError *error = NULL;
    evm_csv_load("t.csv", csv->str, csv->len, NULL, take_second_field, back, &error);
    g_assert_no_error(error);
    if (g_utf8_validate(text, -1, NULL)) {
        bool is_defused = *text != '\0' && strchr("=+-@\t\r", *text);
        g_assert_cmpstr(back->str + (is_defused ? 1 : 0), ==, text);
    }
    g_string_free(back, TRUE);
    g_string_free(csv, TRUE);
}

static void check_slug(const char *text)
{
    char *slug = evm_text_format_slug(text);
    size_t length = strlen(slug);
    g_assert_cmpuint(length, >, 0);
    g_assert_cmpuint(length, <=, 80);
    g_assert_cmpuint(strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789-"), ==, length);
    g_assert_true(slug[0] != '-' && slug[length - 1] != '-');
    g_free(slug);
}

static void check_json(const char *text)
{
    GString *out = g_string_new(NULL);
    EvmJson json;
    evm_json_init(&json, out);
    evm_json_write_string(&json, text);
    g_assert_true(g_utf8_validate(out->str, -1, NULL));
    for (size_t i = 0; i < out->len; i++)
        g_assert_true((unsigned char)out->str[i] >= 0x20 && out->str[i] != '<');
    g_string_free(out, TRUE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const KNOWN[] = {"control", "contested", "clash", "کندز", NULL};
    char *text = g_strndup((const char *)data, size);
    double number;
    check_terminal(text);
    check_xml(text);
    check_csv(text);
    check_slug(text);
    check_json(text);
    evm_text_find_nearest(text, KNOWN);
    if (evm_text_parse_number(text, &number))
        g_assert_true(isfinite(number));
    g_free(text);
    return 0;
}
