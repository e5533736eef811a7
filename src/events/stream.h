/* The rows of large event files, shown once each on several threads and not kept. What was chosen
 * of them by others becomes events at the end, so that memory depends on what is chosen.
 *
 * Files are read once when every row can be judged by itself. Where a row supersedes others, where
 * ids do not ascend and so may meet again, and where the column proves the order of its dates, they
 * are read once more, to learn that first. A file is odd when it holds what only evm_events_load
 * can tell of: text that is refused, a table without a header, too many corrections or repeated
 * ids. */
#ifndef EVM_EVENTS_STREAM_H
#define EVM_EVENTS_STREAM_H

#include "events/events.h"

/* A row that can be read again. */
typedef struct {
    uint64_t order;  /* rises from row to row, and from file to file */
    uint64_t offset; /* in its file */
    size_t size;     /* in bytes, more than 0 */
} EvmStreamRow;

/* Why a row does not count any more. */
typedef struct {
    EvmDate known;   /* who knows of this day knows it; EVM_DATE_NONE: nothing supersedes it */
    EvmStreamRow by; /* the row that supersedes it first */
} EvmWithdrawal;

typedef struct {
    /* One for each thread, which calls `add` with its own. */
    void *const *workers;
    unsigned worker_count;
    size_t piece_bytes; /* a thread parses about so much at a time; 0: 256 KB */
    bool wants_sha256;  /* of the files */
    /* The event's strings are valid during the call; lines count from anywhere, also in what is
     * added to `diagnostics`, which is put right at the end. */
    void (*add)(void *worker, const EvmEvent *event, const EvmStreamRow *row,
                const EvmWithdrawal *withdrawal, EvmDiagnostics *diagnostics);
    /* Forget all rows: they will be shown again from the first. `workers` may be others then. */
    void (*restart)(void *user);
    /* Bytes read and all, 0 when nobody knows; on any thread, one at a time. NULL: nobody asks. */
    void (*progress)(size_t done, size_t all, void *user);
    void *user;
} EvmStreamVisitor;

typedef struct EvmEventStream EvmEventStream;

typedef enum { EVM_STREAM_READ, EVM_STREAM_ODD, EVM_STREAM_FAILED } EvmStreamResult;

/* NULL options are all zeros; paths are borrowed. Of a pipe a copy is kept among the temporary
 * files. */
EvmEventStream *evm_event_stream_new(const char *const *paths, size_t count,
                                     const EvmEventOptions *options);
void evm_event_stream_free(EvmEventStream *stream); /* NULL is fine */

/* Shows all rows to the visitor, once since it was last told to forget them. EVM_ERROR_INPUT when a
 * file cannot be read. Can be called again, unless files were odd. */
EvmStreamResult evm_event_stream_load(EvmEventStream *stream, const EvmStreamVisitor *visitor,
                                      GError **error);

/* What was said of the rows by evmap's own rules, as evm_events_load says it, then what `add` had
 * to say; both in the order of the files. */
void evm_event_stream_add_diagnostics(const EvmEventStream *stream, EvmDiagnostics *diagnostics);

/* The rows that were chosen, in ascending order, as events; the counts are those of the whole
 * files. EVM_ERROR_INPUT when a file is not what it was any more. */
EvmEvents *evm_event_stream_compute_events(EvmEventStream *stream, const EvmStreamRow *rows,
                                           size_t count, GError **error);

/* What supersedes the row of that id. */
EvmWithdrawal evm_event_stream_find_withdrawal(const EvmEventStream *stream, const char *id);

/* All rows, as evm_events_load gives them, pipes as they were read before. A note says why they are
 * all kept: `why`, or, when that is NULL, what made a file odd. */
EvmEvents *evm_event_stream_load_whole(EvmEventStream *stream, const char *why,
                                       EvmDiagnostics *diagnostics, GError **error);

#endif
