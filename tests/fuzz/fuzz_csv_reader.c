#include <string.h>

#include "base/csv_reader.h"
#include "base/error.h"
#include "base/limits.h"
#include "tests/fuzz/fuzz.h"

static bool check_row(const EvmCsvRow *row, void *user, GError **error)
{
    (void)error;
    unsigned *last_line = user;
    g_assert_cmpuint(row->line, >, *last_line);
    *last_line = row->line;
    g_assert_cmpuint(row->count, >, 0);
    g_assert_cmpuint(row->count, <=, EVM_LIMIT_CSV_COLUMNS);
    for (size_t i = 0; i < row->count; i++) {
        g_assert_cmpuint(strlen(row->fields[i]), <=, EVM_LIMIT_CSV_FIELD_BYTES);
        g_assert_true(g_utf8_validate(row->fields[i], -1, NULL));
    }
    return true;
}

static void check_error(GError *error)
{
    g_assert_nonnull(error);
    g_assert_true(error->domain == EVM_ERROR);
    g_assert_null(strchr(error->message, '\n'));
    g_error_free(error);
}

static void check_table(const char *data, size_t size)
{
    GError *error = NULL;
    EvmCsvTable *table = evm_csv_table_parse("t.csv", data, size, &error);
    if (!table) {
        check_error(error);
        return;
    }
    for (size_t i = 0; i < evm_csv_table_count(table); i++)
        for (int column = -1; column < 5; column++)
            g_assert_nonnull(evm_csv_table_at(table, i, column));
    evm_csv_table_free(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned last_line = 0;
    GError *error = NULL;
    if (!evm_csv_load("t.csv", (const char *)data, size, NULL, check_row, &last_line, &error))
        check_error(error);
    else
        g_assert_no_error(error);
    check_table((const char *)data, size);
    return 0;
}
