#include "output/table.h"

#include <string.h>

#include "base/json_writer.h"
#include "base/text.h"

typedef struct {
    char *text;
    bool is_number;
    double value;
    int decimals;
} Cell;

struct EvmTable {
    GPtrArray *keys, *titles;
    GArray *cells;
};

static void clear_cell(gpointer cell)
{
    g_free(((Cell *)cell)->text);
}

EvmTable *evm_table_new(void)
{
    EvmTable *table = g_new0(EvmTable, 1);
    table->keys = g_ptr_array_new_with_free_func(g_free);
    table->titles = g_ptr_array_new_with_free_func(g_free);
    table->cells = g_array_new(FALSE, FALSE, sizeof(Cell));
    g_array_set_clear_func(table->cells, clear_cell);
    return table;
}

void evm_table_free(EvmTable *table)
{
    if (!table)
        return;
    g_ptr_array_unref(table->keys);
    g_ptr_array_unref(table->titles);
    g_array_unref(table->cells);
    g_free(table);
}

void evm_table_add_column(EvmTable *table, const char *key, const char *title)
{
    g_ptr_array_add(table->keys, g_strdup(key));
    g_ptr_array_add(table->titles, g_strdup(title));
}

void evm_table_add_text(EvmTable *table, const char *value)
{
    Cell cell = {.text = g_strdup(value)};
    g_array_append_val(table->cells, cell);
}

void evm_table_add_int(EvmTable *table, int64_t value)
{
    evm_table_add_decimal(table, (double)value, 0);
}

void evm_table_add_decimal(EvmTable *table, double value, int decimals)
{
    char format[8], text[64];
    g_snprintf(format, sizeof format, "%%.%df", decimals);
    Cell cell = {.text = g_strdup(g_ascii_formatd(text, sizeof text, format, value)),
                 .is_number = true,
                 .value = value,
                 .decimals = decimals};
    g_array_append_val(table->cells, cell);
}

static const Cell *cell_at(const EvmTable *table, guint row, guint column)
{
    return &g_array_index(table->cells, Cell, row * table->keys->len + column);
}

static guint count_rows(const EvmTable *table)
{
    return table->keys->len ? table->cells->len / table->keys->len : 0;
}

static glong column_width(const EvmTable *table, guint column)
{
    glong width = g_utf8_strlen(g_ptr_array_index(table->titles, column), -1);
    for (guint row = 0; row < count_rows(table); row++)
        width = MAX(width, g_utf8_strlen(cell_at(table, row, column)->text, -1));
    return width;
}

static void pad(GString *out, const char *text, glong width, bool to_right, bool is_last)
{
    g_autofree char *safe = evm_text_format_terminal(text);
    int gap = (int)MAX(0, width - g_utf8_strlen(safe, -1));
    if (to_right)
        g_string_append_printf(out, "%*s%s", gap, "", safe);
    else
        g_string_append_printf(out, "%s%*s", safe, is_last ? 0 : gap, "");
    g_string_append(out, is_last ? "\n" : "  ");
}

/* The last cells may be empty. */
static void trim_line(GString *out)
{
    gsize length = out->len - strlen("\n");
    while (length > 0 && out->str[length - 1] == ' ')
        length--;
    g_string_truncate(out, length);
    g_string_append_c(out, '\n');
}

static void write_text(const EvmTable *table, GString *out)
{
    guint columns = table->keys->len, rows = count_rows(table);
    g_autofree glong *widths = g_new(glong, columns);
    for (guint c = 0; c < columns; c++)
        widths[c] = column_width(table, c);
    for (guint c = 0; c < columns; c++)
        pad(out, g_ptr_array_index(table->titles, c), widths[c],
            rows > 0 && cell_at(table, 0, c)->is_number, c + 1 == columns);
    for (guint row = 0; row < rows; row++) {
        for (guint c = 0; c < columns; c++)
            pad(out, cell_at(table, row, c)->text, widths[c], cell_at(table, row, c)->is_number,
                c + 1 == columns);
        trim_line(out);
    }
}

static void write_csv(const EvmTable *table, GString *out)
{
    guint columns = table->keys->len;
    for (guint c = 0; c < columns; c++) {
        evm_text_write_csv(out, g_ptr_array_index(table->keys, c));
        g_string_append_c(out, c + 1 == columns ? '\n' : ',');
    }
    for (guint row = 0; row < count_rows(table); row++)
        for (guint c = 0; c < columns; c++) {
            const Cell *cell = cell_at(table, row, c);
            if (cell->is_number)
                g_string_append(out, cell->text);
            else
                evm_text_write_csv(out, cell->text);
            g_string_append_c(out, c + 1 == columns ? '\n' : ',');
        }
}

static void write_json_cell(EvmJson *json, const Cell *cell)
{
    if (!cell->is_number)
        evm_json_write_string(json, cell->text);
    else if (cell->decimals == 0)
        evm_json_write_int(json, (int64_t)cell->value);
    else
        evm_json_write_double(json, cell->value, cell->decimals);
}

static void write_json(const EvmTable *table, GString *out)
{
    EvmJson json;
    evm_json_init(&json, out);
    evm_json_write_array_start(&json);
    for (guint row = 0; row < count_rows(table); row++) {
        evm_json_write_object_start(&json);
        for (guint c = 0; c < table->keys->len; c++) {
            evm_json_write_key(&json, g_ptr_array_index(table->keys, c));
            write_json_cell(&json, cell_at(table, row, c));
        }
        evm_json_write_object_end(&json);
    }
    evm_json_write_array_end(&json);
    g_string_append_c(out, '\n');
}

void evm_table_write(const EvmTable *table, EvmTableFormat format, GString *out)
{
    switch (format) {
    case EVM_TABLE_TEXT:
        write_text(table, out);
        break;
    case EVM_TABLE_CSV:
        write_csv(table, out);
        break;
    case EVM_TABLE_JSON:
        write_json(table, out);
        break;
    }
}
