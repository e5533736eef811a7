/* Which column of a file is which: its header line, understood. */
#ifndef EVM_EVENTS_COLUMNS_H
#define EVM_EVENTS_COLUMNS_H

#include "base/arena.h"
#include "base/csv_reader.h"
#include "base/diagnostic.h"
#include "events/events.h"

typedef enum {
    EVM_COLUMN_ID,
    EVM_COLUMN_DATE,
    EVM_COLUMN_DATE_END,
    EVM_COLUMN_DATE_PRECISION,
    EVM_COLUMN_REPORTED,
    EVM_COLUMN_PROVINCE,
    EVM_COLUMN_DISTRICT,
    EVM_COLUMN_PCODE,
    EVM_COLUMN_LON,
    EVM_COLUMN_LAT,
    EVM_COLUMN_KIND,
    EVM_COLUMN_ACTOR,
    EVM_COLUMN_FROM_ACTOR,
    EVM_COLUMN_CONFIDENCE,
    EVM_COLUMN_SOURCE,
    EVM_COLUMN_URL,
    EVM_COLUMN_HEADLINE,
    EVM_COLUMN_TAGS,
    EVM_COLUMN_SUPERSEDES,
    EVM_COLUMN_RETRACTED,
    EVM_COLUMN_COUNT,
} EvmColumn;

enum { EVM_OTHER_COLUMNS_MAX = 8 }; /* that a preset looks at besides */

typedef struct EvmPreset EvmPreset;

typedef struct {
    int at[EVM_COLUMN_COUNT]; /* 0-based field of the row, -1 when the file has no such column */
    const char *name[EVM_COLUMN_COUNT]; /* as the file has it; for messages */
    EvmColumn given[EVM_COLUMN_COUNT];  /* those that the file has */
    size_t given_count;
    int other[EVM_OTHER_COLUMNS_MAX]; /* like `at`, of the preset's `others` */
    size_t count;                     /* of columns in the header, known or not */
    const EvmPreset *preset;
    bool has_header; /* false: the first row is data already */
} EvmColumns;

/* Understands the first row of `file`; strings are kept in `arena`. Unknown columns, and what was
 * recognised, become notes; columns that seem to be misspelt, warnings. A name that stands twice, a
 * column of options->map that is not there or a required column that is absent is EVM_ERROR_INPUT,
 * and *out is left alone. */
bool evm_columns_parse(const char *file, const EvmCsvRow *header, const EvmEventOptions *options,
                       EvmArena *arena, EvmDiagnostics *diagnostics, EvmColumns *out,
                       GError **error);

/* The name as documented: "date_end". */
const char *evm_column_format(EvmColumn column);

/* A cell's text fit for a message: at most 60 characters, nothing that acts on a terminal. The
 * caller owns it. */
char *evm_cell_format(const char *text);

#endif
