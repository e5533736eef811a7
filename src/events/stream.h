/* The rows of a large event file, shown once each on several threads and not kept. What was kept of
 * them by others becomes events at the end, so that memory depends on what is kept.
 *
 * Only what can be judged row by row is read so. A file is odd when it holds anything else (a row
 * that supersedes others, ids that do not ascend and so may meet again, a header of tags, an
 * encoding other than UTF-8, dates in an order that the column proves, text that is refused): then
 * evm_events_load must read it, which tells all. */
#ifndef EVM_EVENTS_STREAM_H
#define EVM_EVENTS_STREAM_H

#include "events/events.h"

/* A row of the file that can be kept and told again. */
typedef struct {
    uint64_t order;   /* rises from row to row of the file */
    const char *text; /* as it stands in the file; valid during the call */
    size_t size;
} EvmStreamRow;

typedef struct {
    /* One for each thread, which calls `add` with its own. */
    void *const *workers;
    unsigned worker_count;
    size_t piece_bytes; /* a thread parses about so much at a time; 0: 256 KB */
    /* An open file that is given all that was read when the rows turn out odd, for what cannot be
     * read twice; 0: none. */
    int copy_fd;
    /* The event's strings are valid during the call; rows without an id have "", and lines count
     * from anywhere, also in what is added to `diagnostics`: both are put right at the end. */
    void (*add)(void *worker, const EvmEvent *event, const EvmStreamRow *row,
                EvmDiagnostics *diagnostics);
    /* Bytes read and all, 0 when nobody knows; on any thread, one at a time. NULL: nobody asks. */
    void (*progress)(size_t done, size_t all, void *user);
    void *user;
} EvmStreamVisitor;

typedef struct EvmEventStream EvmEventStream;

typedef enum { EVM_STREAM_READ, EVM_STREAM_ODD, EVM_STREAM_FAILED } EvmStreamResult;

EvmEventStream *evm_event_stream_new(void);
void evm_event_stream_free(EvmEventStream *stream); /* NULL is fine */

/* Shows all rows of `path` to the visitor; NULL options are all zeros. EVM_ERROR_INPUT when it
 * cannot be read. */
EvmStreamResult evm_event_stream_load(EvmEventStream *stream, const char *path,
                                      const EvmEventOptions *options,
                                      const EvmStreamVisitor *visitor, GError **error);

/* What was said of the rows by evmap's own rules, as evm_events_load says it; and what `add` had to
 * say. Both in the order of the file. */
const EvmDiagnostics *evm_event_stream_diagnostics_at(const EvmEventStream *stream);
const EvmDiagnostics *evm_event_stream_remarks_at(const EvmEventStream *stream);

/* The rows that were kept, in ascending order, as events; the counts are those of the whole file.
 * Its hash is not known. NULL when they are not what they were. */
EvmEvents *evm_event_stream_compute_events(const EvmEventStream *stream, const EvmStreamRow *rows,
                                           size_t count);

#endif
