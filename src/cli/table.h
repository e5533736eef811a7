/* One table of typed cells, printed as aligned text, CSV or JSON from the same cells. */
#ifndef EVM_CLI_TABLE_H
#define EVM_CLI_TABLE_H

#include <stdint.h>

#include "cli/options.h"

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
