#include <glib.h>
#include <string.h>

#include "base/text.h"

typedef struct {
    const char *text;
    const char *expected;
} Case;

static void test_terminal_shows_what_would_act(void)
{
    static const Case CASES[] = {
        {"Kunduz کندز", "Kunduz کندز"},
        {"\x1b[31mred", "\\x1b[31mred"},
        {"a\nb\tc\rd\x7f", "a\\x0ab\\x09c\\x0dd\\x7f"},
        {"\xc2\x9b"
         "31m",
         "\\u{009b}31m"},
        {"\xe2\x80\xae"
         "evil",
         "\\u{202e}evil"},
        {"zero\xe2\x80\x8bwidth", "zero\\u{200b}width"},
        {"\xe2\x80\xa8\xe2\x80\xa9", "\\u{2028}\\u{2029}"},
        {"\xef\xbb\xbfx", "\\u{feff}x"},
        {"\xf3\xa0\x81\x81", "\\u{e0041}"},
        {"\xff\xc3", "\\xff\\xc3"},
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"},
        {"", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        char *out = evm_text_format_terminal(CASES[i].text);
        g_assert_cmpstr(out, ==, CASES[i].expected);
        g_free(out);
    }
}

static void test_xml_cannot_be_broken_out_of(void)
{
    static const Case CASES[] = {
        {"<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"},
        {"\" onload=\"x", "&quot; onload=&quot;x"},
        {"Tom & Jerry &amp;", "Tom &amp; Jerry &amp;amp;"},
        {"]]>", "]]&gt;"},
        {"a\tb\nc\rd", "a&#9;b&#10;c&#13;d"},
        {"\x01\x1b", "\xef\xbf\xbd\xef\xbf\xbd"},
        {"\xef\xbf\xbe\xef\xbf\xbf", "\xef\xbf\xbd\xef\xbf\xbd"},
        {"Zar\xff!", "Zar\xef\xbf\xbd!"},
        {"کندز", "کندز"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        GString *out = g_string_new("^");
        evm_text_write_xml(out, CASES[i].text);
        g_assert_cmpstr(out->str + 1, ==, CASES[i].expected);
        g_string_free(out, TRUE);
    }
}

static void test_csv_is_quoted_and_formulas_defused(void)
{
    static const Case CASES[] = {
        {"", ""},
        {"Kunduz", "Kunduz"},
        {"two words", "two words"},
        {"a,b", "\"a,b\""},
        {"say \"x\"", "\"say \"\"x\"\"\""},
        {"a\nb", "\"a\nb\""},
        {"a\rb", "\"a\rb\""},
        {" x", "\" x\""},
        {"x\t", "\"x\t\""},
        {"=1+1", "'=1+1"},
        {"+1", "'+1"},
        {"-1", "'-1"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"\tx", "\"'\tx\""},
        {"\rx", "\"'\rx\""},
        {"=a,b", "\"'=a,b\""},
        {"Zar\xff", "Zar\xef\xbf\xbd"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        GString *out = g_string_new("^");
        evm_text_write_csv(out, CASES[i].text);
        g_assert_cmpstr(out->str + 1, ==, CASES[i].expected);
        g_string_free(out, TRUE);
    }
}

static void test_slug_is_safe_as_a_file_name(void)
{
    static const Case CASES[] = {
        {"Kabul", "kabul"},
        {"Nahri Shahi", "nahri-shahi"},
        {"../../etc/passwd", "etc-passwd"},
        {"Ḩişār-é Shāhī!", "hisar-e-shahi"},
        {"--a--b--", "a-b"},
        {"کندز", "x"},
        {"", "x"},
        {"..", "x"},
        {"a\xff"
         "b",
         "a-b"},
        {"C:\\con\nx", "c-con-x"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        char *out = evm_text_format_slug(CASES[i].text);
        g_assert_cmpstr(out, ==, CASES[i].expected);
        g_free(out);
    }
    char *word = g_strnfill(79, 'a');
    char *text = g_strconcat(word, " bcd", NULL);
    char *out = evm_text_format_slug(text);
    g_assert_cmpstr(out, ==, word); /* cut at 80, and no dash at the end */
    g_free(out);
    g_free(text);
    g_free(word);
}

static void test_nearest_word_is_found_only_when_near(void)
{
    static const char *const KNOWN[] = {"control", "contested", "clash", "کندز", "day", NULL};
    static const Case CASES[] = {
        {"contrl", "control"},
        {"CONTROL", "control"},
        {"contorl", "control"},
        {"contest", "contested"},
        {"clahs", "clash"},
        {"کندوز", "کندز"},
        {"dya", "day"},
        {"surrender", NULL},
        {"", NULL},
        {"xyz", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
        g_assert_cmpstr(evm_text_find_nearest(CASES[i].text, KNOWN), ==, CASES[i].expected);
    char *endless = g_strnfill(100000, 'c');
    g_assert_null(evm_text_find_nearest(endless, KNOWN));
    g_free(endless);
    static const char *const TWINS[] = {"bat", "cat", NULL};
    g_assert_cmpstr(evm_text_find_nearest("hat", TWINS), ==, "bat");
}

static void test_beginning_of_a_word_is_near_when_there_is_but_one(void)
{
    static const char *const KNOWN[] = {"lang", "Province", "con", "cont", "by", NULL};
    static const Case CASES[] = {{"language", "lang"}, {"LANGUAGES", "lang"}, {"la", NULL},
                                 {"pro", NULL},        {"contested", NULL},   {"bystander", NULL}};
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
        g_assert_cmpstr(evm_text_find_nearest(CASES[i].text, KNOWN), ==, CASES[i].expected);
}

static void test_numbers_are_parsed_whole(void)
{
    static const struct {
        const char *text;
        double expected;
    } CASES[] = {{"0", 0},      {"-0", 0},         {"69.1541", 69.1541}, {"+34.5", 34.5},
                 {"1e3", 1000}, {"1.5E-2", 0.015}, {"007", 7},           {"1e-999", 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        double value = -99;
        g_assert_true(evm_text_parse_number(CASES[i].text, &value));
        g_assert_cmpfloat(value, ==, CASES[i].expected);
    }
}

static void test_anything_but_a_number_is_refused(void)
{
    static const char *const CASES[] = {
        "",   "-",     "+",      ".",   "5.",    ".5",   "1,5", "34,5553",
        "1e", "1e+",   "inf",    "nan", "NaN",   "0x10", "1 2", " 1",
        "1 ", "1e999", "-1e999", "٣٤",  "1.2.3", "--1",  "1f",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        double value = -99;
        if (evm_text_parse_number(CASES[i], &value))
            g_error("'%s' was taken for a number", CASES[i]);
        g_assert_cmpfloat(value, ==, -99);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/text/terminal_shows_what_would_act", test_terminal_shows_what_would_act);
    g_test_add_func("/base/text/xml_cannot_be_broken_out_of", test_xml_cannot_be_broken_out_of);
    g_test_add_func("/base/text/csv_is_quoted_and_formulas_defused",
                    test_csv_is_quoted_and_formulas_defused);
    g_test_add_func("/base/text/slug_is_safe_as_a_file_name", test_slug_is_safe_as_a_file_name);
    g_test_add_func("/base/text/nearest_word_is_found_only_when_near",
                    test_nearest_word_is_found_only_when_near);
    g_test_add_func("/base/text/beginning_of_a_word_is_near_when_there_is_but_one",
                    test_beginning_of_a_word_is_near_when_there_is_but_one);
    g_test_add_func("/base/text/numbers_are_parsed_whole", test_numbers_are_parsed_whole);
    g_test_add_func("/base/text/anything_but_a_number_is_refused",
                    test_anything_but_a_number_is_refused);
    return g_test_run();
}
