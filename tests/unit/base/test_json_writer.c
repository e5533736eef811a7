#include <glib.h>
#include <math.h>

#include "base/json_writer.h"

static void test_groups_are_indented(void)
{
    GString *out = g_string_new(NULL);
    EvmJson json;
    evm_json_init(&json, out);
    evm_json_write_object_start(&json);
    evm_json_write_key(&json, "name");
    evm_json_write_string(&json, "Kunduz");
    evm_json_write_key(&json, "empty");
    evm_json_write_object_start(&json);
    evm_json_write_object_end(&json);
    evm_json_write_key(&json, "items");
    evm_json_write_array_start(&json);
    evm_json_write_int(&json, -7);
    evm_json_write_array_start(&json);
    evm_json_write_array_end(&json);
    evm_json_write_object_start(&json);
    evm_json_write_key(&json, "a");
    evm_json_write_bool(&json, true);
    evm_json_write_key(&json, "b");
    evm_json_write_string(&json, NULL);
    evm_json_write_object_end(&json);
    evm_json_write_array_end(&json);
    evm_json_write_key(&json, "last");
    evm_json_write_bool(&json, false);
    evm_json_write_object_end(&json);
    g_assert_cmpstr(out->str, ==,
                    "{\n"
                    "  \"name\": \"Kunduz\",\n"
                    "  \"empty\": {},\n"
                    "  \"items\": [\n"
                    "    -7,\n"
                    "    [],\n"
                    "    {\n"
                    "      \"a\": true,\n"
                    "      \"b\": null\n"
                    "    }\n"
                    "  ],\n"
                    "  \"last\": false\n"
                    "}");
    g_string_free(out, TRUE);
}

static char *write_string(const char *text)
{
    GString *out = g_string_new(NULL);
    EvmJson json;
    evm_json_init(&json, out);
    evm_json_write_string(&json, text);
    return g_string_free(out, FALSE);
}

static void test_strings_are_escaped(void)
{
    static const char *const CASES[][2] = {
        {"", "\"\""},
        {"a\"b\\c/d", "\"a\\\"b\\\\c/d\""},
        {"\n\r\t\x01\x1b\x7f", "\"\\n\\r\\t\\u0001\\u001b\\u007f\""},
        {"</script>", "\"\\u003c/script>\""},
        {"\xe2\x80\xa8", "\"\\u2028\""},
        {"کندز", "\"کندز\""},
        {"a\xff\xc3", "\"a\xef\xbf\xbd\xef\xbf\xbd\""},
        {"\xed\xa0\x80z", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        char *out = write_string(CASES[i][0]);
        g_assert_cmpstr(out, ==, CASES[i][1]);
        g_free(out);
    }
}

static char *write_double(double value, int decimals)
{
    GString *out = g_string_new(NULL);
    EvmJson json;
    evm_json_init(&json, out);
    evm_json_write_double(&json, value, decimals);
    return g_string_free(out, FALSE);
}

static void test_numbers_are_plain_decimals(void)
{
    static const struct {
        double value;
        int decimals;
        const char *expected;
    } CASES[] = {
        {34.5553, 4, "34.5553"}, {34.5553, 0, "35"},    {-0.0, 2, "0.00"},
        {-0.001, 2, "0.00"},     {-0.01, 2, "-0.01"},   {1e21, 1, "1000000000000000000000.0"},
        {NAN, 2, "null"},        {INFINITY, 2, "null"}, {1.5, -3, "2"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        char *out = write_double(CASES[i].value, CASES[i].decimals);
        g_assert_cmpstr(out, ==, CASES[i].expected);
        g_free(out);
    }
    char *largest = write_double(-1.7976931348623157e308, 99);
    g_assert_cmpuint(strlen(largest), ==, 1 + 309 + 1 + 20);
    g_free(largest);
}

static void test_integers_reach_the_ends(void)
{
    GString *out = g_string_new(NULL);
    EvmJson json;
    evm_json_init(&json, out);
    evm_json_write_array_start(&json);
    evm_json_write_int(&json, INT64_MIN);
    evm_json_write_int(&json, INT64_MAX);
    evm_json_write_array_end(&json);
    g_assert_cmpstr(out->str, ==, "[\n  -9223372036854775808,\n  9223372036854775807\n]");
    g_string_free(out, TRUE);
}

static void test_compact_is_one_line(void)
{
    GString *out = g_string_new(NULL);
    EvmJson json;
    evm_json_init_compact(&json, out);
    evm_json_write_object_start(&json);
    evm_json_write_key(&json, "a");
    evm_json_write_array_start(&json);
    evm_json_write_int(&json, 1);
    evm_json_write_raw(&json, "{\"b\": []}");
    evm_json_write_array_end(&json);
    evm_json_write_key(&json, "c");
    evm_json_write_bool(&json, false);
    evm_json_write_object_end(&json);
    g_assert_cmpstr(out->str, ==, "{\"a\": [1, {\"b\": []}], \"c\": false}");
    g_string_free(out, TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/json_writer/groups_are_indented", test_groups_are_indented);
    g_test_add_func("/base/json_writer/strings_are_escaped", test_strings_are_escaped);
    g_test_add_func("/base/json_writer/numbers_are_plain_decimals",
                    test_numbers_are_plain_decimals);
    g_test_add_func("/base/json_writer/integers_reach_the_ends", test_integers_reach_the_ends);
    g_test_add_func("/base/json_writer/compact_is_one_line", test_compact_is_one_line);
    return g_test_run();
}
