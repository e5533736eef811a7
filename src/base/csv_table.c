#include "base/csv_reader.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/input_file.h"
#include "base/limits.h"

typedef struct {
    const char *const *cells;
    size_t count;
    unsigned line;
} Row;

struct EvmCsvTable {
    EvmArena *arena;
    bool has_header;
    Row header;
    GArray *rows;
};

static Row copy_row(EvmArena *arena, const EvmCsvRow *row)
{
    const char **cells = evm_arena_alloc_array(arena, row->count, sizeof *cells);
    for (size_t i = 0; i < row->count; i++)
        cells[i] = evm_arena_strdup(arena, row->fields[i]);
    return (Row){cells, row->count, row->line};
}

typedef struct {
    EvmCsvTable *table;
    const char *name;
} Load;

static bool add_row(const EvmCsvRow *row, void *user, GError **error)
{
    Load *load = user;
    EvmCsvTable *table = load->table;
    Row copy = copy_row(table->arena, row);
    if (!table->has_header) {
        table->has_header = true;
        table->header = copy;
    } else if (row->count > table->header.count) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                    "%s:%u: the row has %zu cells, the header %zu; look for a comma outside quotes",
                    load->name, row->line, row->count, table->header.count);
        return false;
    } else {
        g_array_append_val(table->rows, copy);
    }
    return true;
}

EvmCsvTable *evm_csv_table_parse(const char *name, const char *data, size_t size, GError **error)
{
    EvmCsvTable *table = g_new0(EvmCsvTable, 1);
    table->arena = evm_arena_new();
    table->rows = g_array_new(FALSE, FALSE, sizeof(Row));
    Load load = {table, name};
    bool ok = evm_csv_load(name, data, size, NULL, add_row, &load, error);
    if (ok && !table->has_header) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                    "%s: the file is empty; a header line is needed", name);
        ok = false;
    }
    if (ok)
        return table;
    evm_csv_table_free(table);
    return NULL;
}

EvmCsvTable *evm_csv_table_load(const char *path, GError **error)
{
    EvmInputFile file;
    if (!evm_input_file_load(&file, path, EVM_LIMIT_TABLE_BYTES, error))
        return NULL;
    EvmCsvTable *table = evm_csv_table_parse(path, file.data, file.size, error);
    evm_input_file_clear(&file);
    return table;
}

void evm_csv_table_free(EvmCsvTable *table)
{
    if (!table)
        return;
    g_array_free(table->rows, TRUE);
    evm_arena_free(table->arena);
    g_free(table);
}

size_t evm_csv_table_count(const EvmCsvTable *table)
{
    return table->rows->len;
}

int evm_csv_table_find_column(const EvmCsvTable *table, const char *name)
{
    for (size_t i = 0; i < table->header.count; i++)
        if (evm_csv_is_header(table->header.cells[i], name))
            return (int)i;
    return -1;
}

static const Row *row_at(const EvmCsvTable *table, size_t row)
{
    g_assert(row < table->rows->len);
    return &g_array_index(table->rows, Row, row);
}

const char *evm_csv_table_at(const EvmCsvTable *table, size_t row, int column)
{
    const Row *found = row_at(table, row);
    return column >= 0 && (size_t)column < found->count ? found->cells[column] : "";
}

unsigned evm_csv_table_line_at(const EvmCsvTable *table, size_t row)
{
    return row_at(table, row)->line;
}
