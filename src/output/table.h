/* One table of typed cells, printed as aligned text, CSV or JSON from the same cells. */
#ifndef EVM_OUTPUT_TABLE_H
#define EVM_OUTPUT_TABLE_H

#include <glib.h>
#include <stdint.h>

typedef enum { EVM_TABLE_TEXT, EVM_TABLE_CSV, EVM_TABLE_JSON } EvmTableFormat;

typedef struct EvmTable EvmTable;

EvmTable *evm_table_new(void);
void evm_table_free(EvmTable *table);

/* Columns first. `key` is the CSV header and the JSON key, `title` the text header. */
void evm_table_add_column(EvmTable *table, const char *key, const char *title);
/* Then cells, row by row. */
void evm_table_add_text(EvmTable *table, const char *value);
void evm_table_add_int(EvmTable *table, int64_t value);
void evm_table_add_decimal(EvmTable *table, double value, int decimals);

/* Text: first column to the left, numbers to the right, two spaces between. CSV: RFC 4180 with LF.
 * JSON: an array of objects. */
void evm_table_write(const EvmTable *table, EvmTableFormat format, GString *out);

#endif
