/* Rows of a CSV text that are written as everybody writes them, taken apart in place. What is out
 * of the ordinary is left to libcsv (base/csv_reader.h). */
#ifndef EVM_BASE_CSV_PLAIN_H
#define EVM_BASE_CSV_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"

typedef struct {
    size_t count;
    unsigned lines; /* on which the row stands */
    const char *fields[EVM_LIMIT_CSV_COLUMNS];

    /* Private: */
    char delimiter;
    uintptr_t block; /* where it begins */
    uint64_t marks;  /* a bit for each byte of the block: quote, delimiter, CR or LF */
    char *ends[EVM_LIMIT_CSV_COLUMNS];
    char *doubled[EVM_LIMIT_CSV_COLUMNS]; /* the first of two quotes that mean one; or NULL */
} EvmCsvPlainRow;

void evm_csv_plain_row_init(EvmCsvPlainRow *row, char delimiter);

/* The row that begins at `at`, before `end`, which stands behind a line end; its fields stand in
 * the text, each with a NUL behind it. Returns the byte behind the row's line end. NULL when it is
 * blank, not ended, or not plain: then nothing has been changed. */
char *evm_csv_plain_row_parse(EvmCsvPlainRow *row, char *at, const char *end);

#endif
