#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/csv_reader.h"
#include "base/error.h"
#include "tests/unit/base/testdata.h"

#define ENCODINGS "hostile/csv/derived-encodings/"
#define SPECTRUM "hostile/csv/csv-spectrum/csvs/"
#define CSVKIT "hostile/csv/csvkit/"
#define LIBCSV "hostile/csv/libcsv/"

/* Fields in angle brackets, one row a line, without line numbers. */
static bool collect(const EvmCsvRow *row, void *user, GError **error)
{
    (void)error;
    GString *out = user;
    for (size_t i = 0; i < row->count; i++)
        g_string_append_printf(out, "<%s>", row->fields[i]);
    g_string_append_c(out, '\n');
    return true;
}

/* NULL when the file is absent, and the test is then skipped. */
static char *load_rows(const char *path, GError **error)
{
    size_t size;
    char *text = testdata_load(path, &size);
    if (!text)
        return NULL;
    GString *out = g_string_new(NULL);
    evm_csv_load("t.csv", text, size, NULL, collect, out, error);
    g_free(text);
    return g_string_free(out, FALSE);
}

static void assert_same_rows(const char *path, const char *expected_path)
{
    GError *error = NULL;
    char *expected = load_rows(expected_path, &error);
    char *rows = load_rows(path, &error);
    if (rows && expected) {
        g_assert_no_error(error);
        g_assert_cmpstr(rows, ==, expected);
    }
    g_free(rows);
    g_free(expected);
}

static void assert_rows(const char *path, const char *expected)
{
    GError *error = NULL;
    char *rows = load_rows(path, &error);
    if (rows) {
        g_assert_no_error(error);
        g_assert_cmpstr(rows, ==, expected);
    }
    g_free(rows);
}

static void assert_refused(const char *path, EvmErrorCode code, const char *message)
{
    GError *error = NULL;
    char *rows = load_rows(path, &error);
    if (rows) {
        g_assert_error(error, EVM_ERROR, (int)code);
        g_assert_cmpstr(error->message, ==, message);
        g_error_free(error);
    }
    g_free(rows);
}

static void test_every_encoding_gives_the_same_table(void)
{
    static const char *const FILES[] = {"utf8-bom",  "utf16le-bom", "utf16be-bom",
                                        "lf",        "cr",          "no-final-eol",
                                        "semicolon", "tab",         "mixed-eol"};
    for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++) {
        char *path = g_strconcat(ENCODINGS, FILES[i], ".csv", NULL);
        assert_same_rows(path, ENCODINGS "utf8.csv");
        g_free(path);
    }
    assert_same_rows(CSVKIT "test_utf8_bom.csv", CSVKIT "test_utf8.csv");
    assert_same_rows(CSVKIT "test_utf16_big.csv", SPECTRUM "utf8.csv");
    assert_same_rows(CSVKIT "test_utf16_little.csv", SPECTRUM "utf8.csv");
}

static void test_first_defect_is_named(void)
{
    static const struct {
        const char *file;
        const char *message;
    } CASES[] = {
        {ENCODINGS "utf8-latin1-mix.csv",
         "t.csv:2: byte 51 of the line (0xe9) is not UTF-8; save the file as UTF-8"},
        {ENCODINGS "utf8-overlong.csv",
         "t.csv:2: byte 49 of the line (0xc0) is not UTF-8; save the file as UTF-8"},
        {ENCODINGS "utf8-surrogates.csv",
         "t.csv:2: byte 49 of the line (0xed) is not UTF-8; save the file as UTF-8"},
        {ENCODINGS "utf8-truncated-midchar.csv",
         "t.csv:492: byte 54 of the line (0xdb) is not UTF-8; save the file as UTF-8"},
        {ENCODINGS "windows-1256.csv",
         "t.csv:2: byte 26 of the line (0x8d) is not UTF-8; save the file as UTF-8"},
        {ENCODINGS "utf16le-nobom.csv",
         "t.csv:1: byte 2 of the line is NUL; save the file as UTF-8 text"},
        {ENCODINGS "utf32le-bom.csv", "t.csv: the file is marked as UTF-32; save it as UTF-8"},
        {ENCODINGS "nul-in-field.csv",
         "t.csv:2: byte 47 of the line is NUL; save the file as UTF-8 text"},
        {ENCODINGS "quote-unterminated.csv",
         "t.csv:2: a quote is opened on this line and never closed"},
        {CSVKIT "null_byte.csv", "t.csv:2: byte 1 of the line is NUL; save the file as UTF-8 text"},
        {CSVKIT "test_latin1.csv",
         "t.csv:3: byte 5 of the line (0xa9) is not UTF-8; save the file as UTF-8"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
        assert_refused(CASES[i].file, EVM_ERROR_INPUT, CASES[i].message);
}

static void test_stray_quote_in_quotes_is_refused(void)
{
    const char *message = "t.csv:1: text follows the quote that closes a field opened on line 1; "
                          "write a quote inside the text twice";
    assert_refused(LIBCSV "test_07.csv", EVM_ERROR_INPUT, message);
    assert_refused(LIBCSV "test_08.csv", EVM_ERROR_INPUT, message);
}

static void test_awkward_tables_are_read_right(void)
{
    assert_rows(SPECTRUM "location_coordinates.csv",
                "<Contact Phone Number><Location Coordinates><Cities><Counties>\n"
                "<2095257564><37\xef\xbf\xbd"
                "36'37.8\"N 121\xef\xbf\xbd"
                "2'17.9\"W><Modesto><Stanislaus>\n");
    assert_rows(
        SPECTRUM "comma_in_quotes.csv",
        "<first><last><address><city><zip>\n<John><Doe><120 any st.><Anytown, WW><08123>\n");
    assert_rows(SPECTRUM "escaped_quotes.csv", "<a><b>\n<1><ha \"ha\" ha>\n<3><4>\n");
    assert_rows(SPECTRUM "empty.csv", "<a><b><c>\n<1><><>\n<2><3><4>\n");
    assert_rows(SPECTRUM "empty_crlf.csv", "<a><b><c>\n<1><><>\n<2><3><4>\n");
    assert_rows(SPECTRUM "json.csv",
                "<key><val>\n<1><{\"type\": \"Point\", \"coordinates\": [102.0, 0.5]}>\n");
    assert_rows(SPECTRUM "newlines.csv",
                "<a><b><c>\n<1><2><3>\n<Once upon \na time><5><6>\n<7><8><9>\n");
    assert_rows(SPECTRUM "newlines_crlf.csv",
                "<a><b><c>\n<1><2><3>\n<Once upon \r\na time><5><6>\n<7><8><9>\n");
    assert_rows(SPECTRUM "quotes_and_newlines.csv", "<a><b>\n<1><ha \n\"ha\" \nha>\n<3><4>\n");
    assert_rows(SPECTRUM "utf8.csv", "<a><b><c>\n<1><2><3>\n<4><5><ʤ>\n");
    assert_rows(CSVKIT "mac_newlines.csv", "<a><b><c>\n<1><2><3>\n<Once upon\ra time><5><6>\n");
    assert_rows(LIBCSV "test_01.csv", "<1><2><3><4><5>\n");
    assert_rows(LIBCSV "test_02.csv", "<><><><><><>\n");
    assert_rows(LIBCSV "test_03.csv", "<,><,><>\n");
    assert_rows(LIBCSV "test_05.csv", "<\"a,b\"><>< \"\" ><\"\" >< \"\"><\"\">\n");
    assert_rows(LIBCSV "test_06.csv", "< a, b ,c ><a b  c><>\n");
    assert_rows(LIBCSV "test_09.csv", "");
    assert_rows(LIBCSV "test_12.csv", "");
    assert_rows(LIBCSV "test_13.csv", "<abc>\n");
}

/* Unpacks with xz; NULL when there is no xz or no file, and the test is then skipped. */
static char *unpack(const char *name, size_t *size)
{
    size_t packed_size;
    char *relative = g_strconcat("hostile/csv/generated/", name, ".xz", NULL);
    char *packed = testdata_load(relative, &packed_size);
    g_free(relative);
    if (!packed)
        return NULL;
    char *folder = g_dir_make_tmp("evmap-XXXXXX", NULL);
    char *path = g_build_filename(folder, "t.csv.xz", NULL);
    char *unpacked = g_build_filename(folder, "t.csv", NULL);
    g_file_set_contents(path, packed, (gssize)packed_size, NULL);
    char *command[] = {(char *)"xz", (char *)"-d", path, NULL};
    char *text = NULL;
    gsize length = 0;
    g_spawn_sync(NULL, command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
    if (!g_file_get_contents(unpacked, &text, &length, NULL))
        g_test_skip("no xz to unpack the test data");
    g_remove(path);
    g_remove(unpacked);
    g_remove(folder);
    g_free(unpacked);
    g_free(path);
    g_free(folder);
    g_free(packed);
    *size = length;
    return text;
}

static bool count_row(const EvmCsvRow *row, void *user, GError **error)
{
    (void)row;
    (void)error;
    ++*(size_t *)user;
    return true;
}

static void assert_bomb(const char *name, size_t rows, EvmErrorCode code, const char *message)
{
    size_t size, seen = 0;
    GError *error = NULL;
    char *text = unpack(name, &size);
    if (!text)
        return;
    bool ok = evm_csv_load("t.csv", text, size, NULL, count_row, &seen, &error);
    g_assert_true(ok == (message == NULL));
    if (message) {
        g_assert_error(error, EVM_ERROR, (int)code);
        g_assert_cmpstr(error->message, ==, message);
        g_error_free(error);
    }
    g_assert_cmpuint(seen, ==, rows);
    g_free(text);
}

static void test_bombs_are_refused_at_a_ceiling(void)
{
    assert_bomb("field-10MB.csv", 1, EVM_ERROR_LIMIT,
                "t.csv:2: a field is longer than the limit of 1048576 bytes; look for a quote too "
                "many on line 2");
    assert_bomb("nul-10MB.csv", 0, EVM_ERROR_INPUT,
                "t.csv:1: byte 1 of the line is NUL; save the file as UTF-8 text");
    assert_bomb("quotes-10MB.csv", 0, EVM_ERROR_LIMIT,
                "t.csv:1: a field is longer than the limit of 1048576 bytes; look for a quote too "
                "many on line 1");
    assert_bomb("columns-1M.csv", 0, EVM_ERROR_LIMIT, "t.csv:1: a row has more than 1024 columns");
}

/* Run with -m slow. */
static void test_large_files(void)
{
    if (!g_test_slow()) {
        g_test_skip("slow");
        return;
    }
    assert_bomb("field-100MB.csv", 1, EVM_ERROR_LIMIT,
                "t.csv:2: a field is longer than the limit of 1048576 bytes; look for a quote too "
                "many on line 2");
    assert_bomb("newlines-50MB.csv", 0, EVM_ERROR_INPUT, NULL);
    assert_bomb("quote-unterminated-3.3Mrows.csv", 1, EVM_ERROR_INPUT,
                "t.csv:2: a quote is opened on this line and never closed");
    assert_bomb("rows-5M.csv", 5000001, EVM_ERROR_INPUT, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    if (testdata_is_absent())
        return 77;
    g_test_add_func("/base/hostile_csv/every_encoding_gives_the_same_table",
                    test_every_encoding_gives_the_same_table);
    g_test_add_func("/base/hostile_csv/first_defect_is_named", test_first_defect_is_named);
    g_test_add_func("/base/hostile_csv/stray_quote_in_quotes_is_refused",
                    test_stray_quote_in_quotes_is_refused);
    g_test_add_func("/base/hostile_csv/awkward_tables_are_read_right",
                    test_awkward_tables_are_read_right);
    g_test_add_func("/base/hostile_csv/bombs_are_refused_at_a_ceiling",
                    test_bombs_are_refused_at_a_ceiling);
    g_test_add_func("/base/hostile_csv/large_files", test_large_files);
    return g_test_run();
}
