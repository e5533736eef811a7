#include <csv.h>
#include <glib.h>
#include <string.h>

#include "base/csv_reader.h"
#include "base/error.h"
#include "base/limits.h"

/* Rows as text: "1|date|kind\n3|..." with the line number in front. */
static bool collect(const EvmCsvRow *row, void *user, GError **error)
{
    (void)error;
    GString *out = user;
    g_string_append_printf(out, "%u", row->line);
    for (size_t i = 0; i < row->count; i++)
        g_string_append_printf(out, "|%s", row->fields[i]);
    g_string_append_c(out, '\n');
    return true;
}

static void assert_rows_of(const char *csv, size_t size, const char *expected)
{
    GString *out = g_string_new(NULL);
    GError *error = NULL;
    bool ok = evm_csv_load("t.csv", csv, size, NULL, collect, out, &error);
    g_assert_no_error(error);
    g_assert_true(ok);
    g_assert_cmpstr(out->str, ==, expected);
    g_string_free(out, TRUE);
}

static void assert_rows(const char *csv, const char *expected)
{
    assert_rows_of(csv, strlen(csv), expected);
}

static void assert_refused_of(const char *csv, size_t size, EvmErrorCode code, const char *message)
{
    GString *out = g_string_new(NULL);
    GError *error = NULL;
    g_assert_false(evm_csv_load("t.csv", csv, size, NULL, collect, out, &error));
    g_assert_error(error, EVM_ERROR, (int)code);
    g_assert_cmpstr(error->message, ==, message);
    g_error_free(error);
    g_string_free(out, TRUE);
}

static void assert_refused(const char *csv, const char *message)
{
    assert_refused_of(csv, strlen(csv), EVM_ERROR_INPUT, message);
}

static void test_plain_rows(void)
{
    assert_rows("a,b\n1,2\n", "1|a|b\n2|1|2\n");
    assert_rows("a,b\n1,2", "1|a|b\n2|1|2\n");
    assert_rows("a,b\n,\n", "1|a|b\n2||\n");
    assert_rows("a\n\"\"\n", "1|a\n2|\n");
    assert_rows("", "");
    assert_rows("\n \n", "");
}

static void test_quotes_hold_commas_and_quotes(void)
{
    assert_rows("a,b\n\"x,y\",\"he said \"\"no\"\"\"\n", "1|a|b\n2|x,y|he said \"no\"\n");
    assert_rows("a\n\"x\" \n", "1|a\n2|x\n");
    assert_rows("a\n\"x\"", "1|a\n2|x\n");
}

static void test_quoted_newline_keeps_line_numbers(void)
{
    assert_rows("a,b\n\"x\ny\",1\nz,2\n", "1|a|b\n2|x\ny|1\n4|z|2\n");
    assert_rows("a,b\r\n\"x\r\n\r\ny\",1\r\nz,2\r\n", "1|a|b\n2|x\r\n\r\ny|1\n5|z|2\n");
}

static void test_every_line_end_counts_once(void)
{
    assert_rows("a\r\n1\r\n2\r\n", "1|a\n2|1\n3|2\n");
    assert_rows("a\r1\r2\r", "1|a\n2|1\n3|2\n");
    assert_rows("a\r1\n2\r\n3\n\r4", "1|a\n2|1\n3|2\n4|3\n6|4\n");
}

static void test_blank_lines_are_skipped_and_counted(void)
{
    assert_rows("\n\na\n\n  \t\n1\n\n", "3|a\n6|1\n");
}

static void test_outer_blanks_are_trimmed_unless_quoted(void)
{
    assert_rows("a, b ,\tc\n\" 1 \", 2 2 ,\n", "1|a|b|c\n2| 1 |2 2|\n");
}

static void test_quote_inside_unquoted_field_is_text(void)
{
    assert_rows("a,b\n39°20'11.7\",5'10\"\" x\n", "1|a|b\n2|39°20'11.7\"|5'10\"\" x\n");
}

static void test_delimiter_comes_from_the_header(void)
{
    assert_rows("a;b\n1,5;2\n", "1|a|b\n2|1,5|2\n");
    assert_rows("a\tb c\n1, 5\t\n", "1|a|b c\n2|1, 5|\n");
    assert_rows("a,b;c\n1,2;3\n", "1|a|b;c\n2|1|2;3\n");
    assert_rows("a,b\tc\n1,2\n", "1|a|b\tc\n2|1|2\n");
    assert_rows("a;b\tc\n1;2\n", "1|a|b\tc\n2|1|2\n");
    assert_rows("\"a,,,\";b\n1;2\n", "1|a,,,|b\n2|1|2\n");
    assert_rows("\n\n a;b\n1;2\n", "3|a|b\n4|1|2\n");
    assert_rows("a\n1;2;3\n", "1|a\n2|1;2;3\n");
}

static void assert_stranger(const char *data, size_t size, const char *what)
{
    size_t mark;
    g_autofree char *message = g_strconcat("t.csv: the file ", what, NULL);
    assert_refused_of(data, size, EVM_ERROR_INPUT, message);
    g_assert_null(evm_csv_find_encoding(data, size, "utf-8", &mark));
}

static void test_files_that_are_no_tables_are_named(void)
{
    static const char json[] = "looks like JSON, and is no CSV table: export it as CSV";
    static const char *const texts[] = {"{\"a\": 1}\n", "{}", "[\n  {\"a\": 1}]\n",         "[[1]]",
                                        "[\"a\"]",      "[]", "\xef\xbb\xbf \n[ {\"a\": 1}"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_stranger(texts[i], strlen(texts[i]), json);
    assert_stranger("PK\3\4\24\0", 6,
                    "is an Excel workbook, or another zip file: save the table as CSV");
    assert_stranger("\xd0\xcf\x11\xe0\xa1", 5,
                    "is an Excel workbook of the old kind: save the table as CSV");
    assert_stranger("\x1f\x8b\x08", 3, "is compressed with gzip: unpack it first, as gunzip does");
    assert_rows("[date],{kind}\n", "1|[date]|{kind}\n");
    assert_rows("{kind},PK\n", "1|{kind}|PK\n");
    assert_rows("PK,a\n", "1|PK|a\n");
    assert_rows("[", "1|[\n");
}

static void test_byte_order_marks(void)
{
    assert_rows("\xef\xbb\xbf"
                "a,b\n1,2\n",
                "1|a|b\n2|1|2\n");
    assert_rows_of("\xff\xfe"
                   "a\0,\0\x29\x06\n\0",
                   10, "1|a|ة\n");
    assert_rows_of("\xfe\xff"
                   "\0a\0,\x06\x29\0\n",
                   10, "1|a|ة\n");
    assert_refused_of("\xff\xfe\0\0"
                      "a\0\0\0",
                      8, EVM_ERROR_INPUT, "t.csv: the file is marked as UTF-32; save it as UTF-8");
    assert_refused_of("\xff\xfe"
                      "a\0,",
                      5, EVM_ERROR_INPUT,
                      "t.csv: the file is marked as UTF-16, but byte 5 is not; save it as UTF-8");
    assert_refused_of("\xff\xfe"
                      "a\0\0\xd8,\0",
                      8, EVM_ERROR_INPUT,
                      "t.csv: the file is marked as UTF-16, but byte 5 is not; save it as UTF-8");
}

static void test_bad_bytes_name_line_and_byte(void)
{
    assert_refused("a,b\r\n1,2\r\nx\xe9y,3\r\n",
                   "t.csv:3: byte 2 of the line (0xe9) is not UTF-8; save the file as UTF-8");
    assert_refused("a\r1\r\xc3",
                   "t.csv:3: byte 1 of the line (0xc3) is not UTF-8; save the file as UTF-8");
    assert_refused("a\n\xed\xa0\x80\n",
                   "t.csv:2: byte 1 of the line (0xed) is not UTF-8; save the file as UTF-8");
    assert_refused("a\n\xc0\xaf\n",
                   "t.csv:2: byte 1 of the line (0xc0) is not UTF-8; save the file as UTF-8");
    assert_refused_of("a\nx\0y\n", 6, EVM_ERROR_INPUT,
                      "t.csv:2: byte 2 of the line is NUL; save the file as UTF-8 text");
    assert_refused_of("a\0b\0", 4, EVM_ERROR_INPUT,
                      "t.csv:1: byte 2 of the line is NUL; save the file as UTF-8 text");
}

static void test_open_quote_names_its_line(void)
{
    assert_refused("a,b\n1,2\n3,\"4\n5,6\n7,8\n",
                   "t.csv:3: a quote is opened on this line and never closed");
    assert_refused("a,b\n3,\"4", "t.csv:2: a quote is opened on this line and never closed");
    assert_refused("\"", "t.csv:1: a quote is opened on this line and never closed");
    assert_refused("a\n\"x\ny\"\n\"z\"\"",
                   "t.csv:4: a quote is opened on this line and never closed");
}

static void test_text_behind_a_closing_quote_is_refused(void)
{
    assert_refused("a,b\n1,2\n3,\"4\n5,\"6\"\n",
                   "t.csv:4: text follows the quote that closes a field opened on line 3; write a "
                   "quote inside the text twice");
    assert_refused("a,b\n\"x\ny\",\"4\"5\n",
                   "t.csv:3: text follows the quote that closes a field opened on line 3; write a "
                   "quote inside the text twice");
    assert_refused("a\n\"x\" \"y\"\n",
                   "t.csv:2: text follows the quote that closes a field opened on line 2; write a "
                   "quote inside the text twice");
}

static GString *repeat(const char *head, char c, size_t count, const char *tail)
{
    GString *csv = g_string_new(head);
    for (size_t i = 0; i < count; i++)
        g_string_append_c(csv, c);
    return g_string_append(csv, tail);
}

static void assert_long_field(const char *head, const char *tail, EvmErrorCode code,
                              const char *message)
{
    GString *csv = repeat(head, 'x', EVM_LIMIT_CSV_FIELD_BYTES + 1, tail);
    assert_refused_of(csv->str, csv->len, code, message);
    g_string_free(csv, TRUE);
}

static void test_field_ceiling(void)
{
    GString *csv = repeat("a\n\"", 'x', EVM_LIMIT_CSV_FIELD_BYTES, "\"\n");
    GString *expected = repeat("1|a\n2|", 'x', EVM_LIMIT_CSV_FIELD_BYTES, "\n");
    assert_rows(csv->str, expected->str);
    g_string_free(csv, TRUE);
    g_string_free(expected, TRUE);

    const char *message = "t.csv:2: a field is longer than the limit of 1048576 bytes; look for a "
                          "quote too many on line 2";
    assert_long_field("a\n", "", EVM_ERROR_LIMIT, message);
    assert_long_field("a\n", "\n1\n", EVM_ERROR_LIMIT, message);
    assert_long_field("a\n\"", "\"\n1\n", EVM_ERROR_LIMIT, message);
    assert_long_field("a\n\"", "\n1\n", EVM_ERROR_INPUT,
                      "t.csv:2: a quote is opened on this line and never closed");
}

static void test_long_open_quote_names_its_line(void)
{
    GString *csv = g_string_new("a,b\n1,\"2\n");
    for (int i = 0; i < 400000; i++)
        g_string_append(csv, "3,4\n");
    assert_refused_of(csv->str, csv->len, EVM_ERROR_INPUT,
                      "t.csv:2: a quote is opened on this line and never closed");
    g_string_append(csv, "5,\"6\"\n");
    assert_refused_of(csv->str, csv->len, EVM_ERROR_LIMIT,
                      "t.csv:262146: a field is longer than the limit of 1048576 bytes; look for a "
                      "quote too many on line 2");
    g_string_free(csv, TRUE);
}

static void test_column_ceiling(void)
{
    GString *csv = repeat("a\n", ',', EVM_LIMIT_CSV_COLUMNS - 1, "\n");
    GString *expected = repeat("1|a\n2", '|', EVM_LIMIT_CSV_COLUMNS, "\n");
    assert_rows(csv->str, expected->str);
    g_string_insert_c(csv, 2, ',');
    assert_refused_of(csv->str, csv->len, EVM_ERROR_LIMIT,
                      "t.csv:2: a row has more than 1024 columns");
    g_string_free(csv, TRUE);
    g_string_free(expected, TRUE);
}

static bool stop_at_third(const EvmCsvRow *row, void *user, GError **error)
{
    unsigned *calls = user;
    if (++*calls < 3)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_LIMIT, "enough at %u", row->line);
    return false;
}

static void test_caller_can_stop(void)
{
    unsigned calls = 0;
    GError *error = NULL;
    const char *csv = "a\n1\n2\n3\n\"4\n";
    g_assert_false(evm_csv_load("t.csv", csv, strlen(csv), NULL, stop_at_third, &calls, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_LIMIT);
    g_assert_cmpstr(error->message, ==, "enough at 3");
    g_assert_cmpuint(calls, ==, 3);
    g_error_free(error);
}

static void append_field(void *field, size_t size, void *user)
{
    g_string_append_c(user, '|');
    g_string_append_len(user, field, (gssize)size);
}

static void append_row_end(int c, void *user)
{
    (void)c;
    g_string_append_c(user, '\n');
}

/* What libcsv alone makes of a text. */
static GString *parse_by_libcsv(const char *csv, size_t size)
{
    struct csv_parser parser;
    GString *out = g_string_new(NULL);
    csv_init(&parser, 0);
    csv_parse(&parser, csv, size, append_field, append_row_end, out);
    csv_fini(&parser, append_field, append_row_end, out);
    csv_free(&parser);
    return out;
}

static bool append_row(const EvmCsvRow *row, void *user, GError **error)
{
    (void)error;
    for (size_t i = 0; i < row->count; i++)
        g_string_append_printf(user, "|%s", row->fields[i]);
    g_string_append_c(user, '\n');
    return true;
}

/* Fields that are read without libcsv must come out as it would have them. */
static void test_rows_are_those_of_libcsv(void)
{
    static const char *const parts[] = {"a",         "é",    ",", ",",  "\n", "\n",
                                        "\r\n",      "\r",   " ", "\t", "\"", "\"b\"",
                                        "\"c,\nd\"", "\"\"", ";", "ef"};
    GRand *rand = g_rand_new_with_seed(7);
    int read = 0;
    for (int table = 0; table < 20000; table++) {
        g_autoptr(GString) csv = g_string_new("h,h\n"), seen = g_string_new(NULL);
        for (int i = g_rand_int_range(rand, 0, 24); i > 0; i--)
            g_string_append(csv, parts[g_rand_int_range(rand, 0, G_N_ELEMENTS(parts))]);
        if (!evm_csv_load("t.csv", csv->str, csv->len, NULL, append_row, seen, NULL))
            continue;
        g_autoptr(GString) expected = parse_by_libcsv(csv->str, csv->len);
        g_assert_cmpstr(seen->str, ==, expected->str);
        read++;
    }
    g_assert_cmpint(read, >, 9000);
    g_rand_free(rand);
}

static void test_header_names_are_loose(void)
{
    g_assert_true(evm_csv_is_header("Date End", "date_end"));
    g_assert_true(evm_csv_is_header("date-end", "DATE_END"));
    g_assert_false(evm_csv_is_header("dateend", "date_end"));
    g_assert_false(evm_csv_is_header("date", "date_end"));
    g_assert_false(evm_csv_is_header("date_end", "date"));
    g_assert_true(evm_csv_is_header("", ""));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/base/csv_reader/" #name, test_##name)
    ADD(plain_rows);
    ADD(quotes_hold_commas_and_quotes);
    ADD(quoted_newline_keeps_line_numbers);
    ADD(every_line_end_counts_once);
    ADD(blank_lines_are_skipped_and_counted);
    ADD(outer_blanks_are_trimmed_unless_quoted);
    ADD(quote_inside_unquoted_field_is_text);
    ADD(delimiter_comes_from_the_header);
    ADD(files_that_are_no_tables_are_named);
    ADD(byte_order_marks);
    ADD(bad_bytes_name_line_and_byte);
    ADD(open_quote_names_its_line);
    ADD(text_behind_a_closing_quote_is_refused);
    ADD(field_ceiling);
    ADD(long_open_quote_names_its_line);
    ADD(column_ceiling);
    ADD(caller_can_stop);
    ADD(rows_are_those_of_libcsv);
    ADD(header_names_are_loose);
    return g_test_run();
}
