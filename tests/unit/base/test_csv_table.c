#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/csv_reader.h"
#include "base/error.h"

static EvmCsvTable *parse(const char *csv, GError **error)
{
    return evm_csv_table_parse("t.csv", csv, strlen(csv), error);
}

static void test_cells_are_found_by_column(void)
{
    GError *error = NULL;
    EvmCsvTable *table = parse("PCode,District Name\nAF0101,Kabul\n\nAF0102\n", &error);
    g_assert_no_error(error);
    g_assert_cmpuint(evm_csv_table_count(table), ==, 2);
    int pcode = evm_csv_table_find_column(table, "pcode");
    int name = evm_csv_table_find_column(table, "district_name");
    g_assert_cmpint(pcode, ==, 0);
    g_assert_cmpint(name, ==, 1);
    g_assert_cmpint(evm_csv_table_find_column(table, "province"), ==, -1);
    g_assert_cmpstr(evm_csv_table_at(table, 0, name), ==, "Kabul");
    g_assert_cmpstr(evm_csv_table_at(table, 1, pcode), ==, "AF0102");
    g_assert_cmpstr(evm_csv_table_at(table, 1, name), ==, "");
    g_assert_cmpstr(evm_csv_table_at(table, 1, -1), ==, "");
    g_assert_cmpstr(evm_csv_table_at(table, 1, 99), ==, "");
    g_assert_cmpuint(evm_csv_table_line_at(table, 0), ==, 2);
    g_assert_cmpuint(evm_csv_table_line_at(table, 1), ==, 4);
    evm_csv_table_free(table);
    evm_csv_table_free(NULL);
}

static void assert_refused(const char *csv, const char *message)
{
    GError *error = NULL;
    g_assert_null(parse(csv, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, message);
    g_error_free(error);
}

static void test_no_header_is_refused(void)
{
    assert_refused("", "t.csv: the file is empty; a header line is needed");
    assert_refused("\n\n", "t.csv: the file is empty; a header line is needed");
}

static void test_row_wider_than_header_is_refused(void)
{
    assert_refused("a,b\n1,2\n1,2,3\n",
                   "t.csv:3: the row has 3 cells, the header 2; look for a comma outside quotes");
}

static void test_reader_errors_pass_through(void)
{
    assert_refused("a,b\n\"1", "t.csv:2: a quote is opened on this line and never closed");
}

static void test_file_is_loaded(void)
{
    GError *error = NULL;
    char *folder = g_dir_make_tmp("evmap-XXXXXX", NULL);
    char *path = g_build_filename(folder, "t.csv", NULL);
    g_assert_true(g_file_set_contents(path, "a;b\n1;2\n", -1, NULL));
    EvmCsvTable *table = evm_csv_table_load(path, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(evm_csv_table_at(table, 0, 1), ==, "2");
    evm_csv_table_free(table);
    g_remove(path);

    g_assert_null(evm_csv_table_load(path, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_INPUT);
    char *message = g_strconcat(path, ": No such file or directory", NULL);
    g_assert_cmpstr(error->message, ==, message);
    g_free(message);
    g_error_free(error);
    g_rmdir(folder);
    g_free(path);
    g_free(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/csv_table/cells_are_found_by_column", test_cells_are_found_by_column);
    g_test_add_func("/base/csv_table/no_header_is_refused", test_no_header_is_refused);
    g_test_add_func("/base/csv_table/row_wider_than_header_is_refused",
                    test_row_wider_than_header_is_refused);
    g_test_add_func("/base/csv_table/reader_errors_pass_through", test_reader_errors_pass_through);
    g_test_add_func("/base/csv_table/file_is_loaded", test_file_is_loaded);
    return g_test_run();
}
