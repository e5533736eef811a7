#include "table.h"

#include <csv.h>
#include <math.h>
#include <string.h>

typedef struct {
    EvmTable *table;
    GPtrArray *fields;
    unsigned line, row_line;
} Reader;

static void take_field(void *data, size_t size, void *user)
{
    Reader *reader = user;
    char *field = g_strndup(data, size);

    if (reader->fields->len == 0)
        reader->row_line = reader->line;
    for (const char *c = field; *c; c++)
        reader->line += *c == '\n';
    g_ptr_array_add(reader->fields, field);
}

static void take_row(int end, void *user)
{
    Reader *reader = user;

    /* In a CRLF file the two characters arrive one by one. */
    reader->line += end == '\n';
    if (reader->fields->len == 0)
        return;
    g_ptr_array_add(reader->fields, NULL);
    g_ptr_array_add(reader->table->rows, g_ptr_array_free(reader->fields, FALSE));
    g_array_append_val(reader->table->lines, reader->row_line);
    reader->fields = g_ptr_array_new();
}

/* CSV_STRICT_FINI: without it a quote that is never closed swallows the rest of the file unseen. */
static bool parse(EvmTable *table, const char *text, gsize size, GError **error)
{
    struct csv_parser parser;
    Reader reader = {table, g_ptr_array_new(), 1, 1};

    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
        g_error("csv_init failed");
    bool ok = csv_parse(&parser, text, size, take_field, take_row, &reader) == size &&
              csv_fini(&parser, take_field, take_row, &reader) == 0;
    if (!ok)
        g_set_error(error, EVM_BUILD_ERROR, EVM_BUILD_ERROR_DATA, "%s:%u: %s", table->name,
                    reader.line, csv_strerror(csv_error(&parser)));
    csv_free(&parser);
    g_ptr_array_free(reader.fields, TRUE);
    return ok;
}

static bool check_rows(EvmTable *table, const char *columns, GError **error)
{
    if (table->rows->len == 0)
        return evm_table_fail(table, 0, error, "no header line");
    unsigned width = g_strv_length(table->rows->pdata[0]);
    g_autofree char *header = g_strjoinv(",", table->rows->pdata[0]);

    if (strcmp(header, columns) != 0)
        return evm_table_fail(table, 0, error, "header is '%s', not '%s'", header, columns);
    for (unsigned i = 1; i < table->rows->len; i++) {
        unsigned count = g_strv_length(table->rows->pdata[i]);
        if (count != width)
            return evm_table_fail(table, i, error, "%u fields, not %u", count, width);
    }
    g_ptr_array_remove_index(table->rows, 0);
    g_array_remove_index(table->lines, 0);
    return true;
}

static void free_row(void *row)
{
    g_strfreev(row);
}

EvmTable *evm_table_load(const char *folder, const char *file, const char *columns, GError **error)
{
    g_autoptr(EvmTable) table = g_new0(EvmTable, 1);
    g_autofree char *text = NULL;
    gsize size = 0;

    table->name = g_build_filename(folder, file, NULL);
    table->rows = g_ptr_array_new_with_free_func(free_row);
    table->lines = g_array_new(FALSE, FALSE, sizeof(unsigned));
    if (!g_file_get_contents(table->name, &text, &size, error))
        return NULL;
    if (!g_utf8_validate(text, (gssize)size, NULL)) {
        g_set_error(error, EVM_BUILD_ERROR, EVM_BUILD_ERROR_DATA, "%s: not UTF-8", table->name);
        return NULL;
    }
    if (!parse(table, text, size, error) || !check_rows(table, columns, error))
        return NULL;
    return g_steal_pointer(&table);
}

void evm_table_free(EvmTable *table)
{
    if (!table)
        return;
    g_ptr_array_unref(table->rows);
    g_array_unref(table->lines);
    g_free(table->name);
    g_free(table);
}

const char *evm_table_at(const EvmTable *table, unsigned row, unsigned column)
{
    char **fields = table->rows->pdata[row];
    return fields[column];
}

bool evm_table_fail(const EvmTable *table, unsigned row, GError **error, const char *format, ...)
{
    va_list arguments;
    unsigned line = row < table->lines->len ? g_array_index(table->lines, unsigned, row) : 1;

    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, EVM_BUILD_ERROR, EVM_BUILD_ERROR_DATA, "%s:%u: %s", table->name, line,
                message);
    return false;
}

bool evm_table_parse_number(const EvmTable *table, unsigned row, unsigned column, double *number,
                            GError **error)
{
    const char *text = evm_table_at(table, row, column);
    char *end = NULL;

    *number = g_ascii_strtod(text, &end);
    if (end == text || *end || !isfinite(*number))
        return evm_table_fail(table, row, error, "'%s' is not a number", text);
    return true;
}

static void write_field(GString *text, const char *field)
{
    if (!strpbrk(field, ",\"\n\r")) {
        g_string_append(text, field);
        return;
    }
    g_string_append_c(text, '"');
    for (; *field; field++) {
        if (*field == '"')
            g_string_append_c(text, '"');
        g_string_append_c(text, *field);
    }
    g_string_append_c(text, '"');
}

void evm_csv_write_row(GString *text, const char *const *fields)
{
    for (size_t i = 0; fields[i]; i++) {
        if (i > 0)
            g_string_append_c(text, ',');
        write_field(text, fields[i]);
    }
    g_string_append_c(text, '\n');
}

bool evm_csv_write_file(const char *folder, const char *file, const GString *text, GError **error)
{
    g_autofree char *path = g_build_filename(folder, file, NULL);
    return g_file_set_contents(path, text->str, (gssize)text->len, error);
}
