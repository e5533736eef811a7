/* Files that are often given for a CSV table and are none. */
#ifndef EVM_BASE_CSV_STRANGER_H
#define EVM_BASE_CSV_STRANGER_H

#include <stddef.h>

/* What a file that begins with these bytes is, and what to do: "looks like JSON, …"; NULL: it may
 * be a table. */
const char *evm_csv_find_stranger(const char *data, size_t size);

#endif
