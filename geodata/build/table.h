/* A small CSV file held whole: strict reading with file and line in every message, plain writing.
 */
#ifndef EVM_BUILD_TABLE_H
#define EVM_BUILD_TABLE_H

#include <glib.h>
#include <stdbool.h>

#define EVM_BUILD_ERROR (g_quark_from_static_string("evm-build-error"))
enum { EVM_BUILD_ERROR_DATA = 1 };

typedef struct {
    char *name;      /* the file's path, in front of messages */
    GPtrArray *rows; /* of char **, NULL-terminated; without the header */
    GArray *lines;   /* unsigned, the physical line on which each row starts */
} EvmTable;

/* Reads folder/file, whose header must be exactly `columns` (comma-separated). Every row has as
 * many fields as the header, in valid UTF-8. */
EvmTable *evm_table_load(const char *folder, const char *file, const char *columns, GError **error);
void evm_table_free(EvmTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EvmTable, evm_table_free)

const char *evm_table_at(const EvmTable *table, unsigned row, unsigned column);

/* Fills *error with "file:line: message" and returns false. */
G_GNUC_PRINTF(4, 5)
bool evm_table_fail(const EvmTable *table, unsigned row, GError **error, const char *format, ...);

/* A finite decimal number, whatever the locale. */
bool evm_table_parse_number(const EvmTable *table, unsigned row, unsigned column, double *number,
                            GError **error);

/* One CSV line: `fields` up to NULL. */
void evm_csv_write_row(GString *text, const char *const *fields);
bool evm_csv_write_file(const char *folder, const char *file, const GString *text, GError **error);

#endif
