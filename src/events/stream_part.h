/* What came of a piece of a file, until it is added to what came of those before it. */
#ifndef EVM_EVENTS_STREAM_PART_H
#define EVM_EVENTS_STREAM_PART_H

#include "events/stream_file.h"

/* A row that supersedes others; of the event only dates and such count. */
typedef struct {
    EvmEvent event;
    char *id, *supersedes; /* the event's own are gone when the next row is read */
    EvmStreamRow row;
} EvmStreamCite;

/* A row whose id another may have too. */
typedef struct {
    uint64_t hash;
    char *id;
    EvmFirstRow row;
} EvmStreamTwin;

typedef struct {
    EvmDiagnostics *diagnostics, *remarks;
    unsigned lines;
    size_t rows, refused, blank_rows;
    unsigned first_blank_line;
    EvmRowId first_id, last_id;            /* of those that are given */
    GArray *ids;                           /* uint64_t: their hashes, to learn from */
    GArray *cites;                         /* of EvmStreamCite, likewise */
    GArray *twins;                         /* of EvmStreamTwin */
    EvmOrderProof proof[EVM_COLUMN_COUNT]; /* their texts are in the thread's arena */
    bool is_rising;
    const char *why_whole;
    bool needs_facts;
} EvmStreamPart;

EvmStreamPart *evm_stream_part_new(void);
void evm_stream_part_free(EvmStreamPart *part);

/* Any order would do: ids that rise in it are all different. The first of all follows none. */
bool evm_row_id_is_rising(const EvmRowId *before, const char *text, size_t length);
/* The id of the part's next row. */
void evm_stream_part_add_id(EvmStreamPart *part, const char *text);

#endif
