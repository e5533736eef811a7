/* One row of cells -> one event, or diagnostics that say why not. */
#ifndef EVM_EVENTS_ROW_H
#define EVM_EVENTS_ROW_H

#include "events/columns.h"
#include "events/events.h"
#include "events/interner.h"
#include "events/span_cache.h"

/* What the dates of a column prove about their order. */
typedef struct {
    bool has_dmy, has_mdy; /* a date that can only be read so */
    unsigned line;         /* of the first of them, and its text */
    const char *text;
} EvmOrderProof;

/* What all rows of one file have in common. */
typedef struct {
    const char *path;     /* as the user named the file */
    const char *id_stem;  /* rows without an id get "<id_stem>:<line>"; NULL: they get none */
    unsigned line_before; /* added to the line in such an id */
    unsigned file;
    EvmColumns columns;
    const EvmEventOptions *options;
    /* By column, of dates such as 05/07/2021: what the user or the column settled, or unknown. */
    EvmDateOrder date_order[EVM_COLUMN_COUNT];
    EvmOrderProof proof[EVM_COLUMN_COUNT]; /* of columns with such dates and no order yet */
    GString *tags;                         /* room for a preset */
    EvmSpanCache *spans;                   /* or NULL */
    EvmArena *arena;
    EvmInterner *interner; /* NULL: the event borrows its strings from the row, until the next */
    GString *id;           /* room for a made-up one, without an interner */
    EvmDiagnostics *diagnostics;
} EvmRowContext;

/* False, with *out of no use, when the row was given an EVM_SEVERITY_ERROR diagnostic. */
bool evm_row_parse(EvmRowContext *context, const EvmCsvRow *row, EvmEvent *out);

bool evm_row_is_blank(const EvmCsvRow *row);
/* A second header line, of the tags that HXL puts there: "#date,#adm2+name". Blank rows pass. */
bool evm_row_is_hxl(const EvmCsvRow *row);

/* A hash of all that an event says, its id and its place in the files aside. */
uint64_t evm_row_compute_hash(const EvmEvent *event);

/* The file's name without its folder, so that ids do not depend on where it lies; "#2" tells a
 * second file of that name apart. The caller's. */
char *evm_row_format_id_stem(const char *const *paths, size_t index);

/* True when the two say the same, their place in the files aside. Both must come from the same
 * interner. */
bool evm_row_is_same(const EvmEvent *a, const EvmEvent *b);

#endif
