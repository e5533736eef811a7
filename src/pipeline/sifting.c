#include "pipeline/sifting.h"

#include <malloc.h>
#include <string.h>
#include <sys/stat.h>

#include "timeline/sieve.h"

enum { LEAST_BYTES = 1 << 22, MOST_THREADS = 8 };

bool evm_sifting_is_wanted(const EvmInputsRequest *request)
{
    off_t bytes = 0;
    if (!request->needs || !request->event_paths)
        return false;
    for (const char *const *path = request->event_paths; *path; path++) {
        struct stat info = {0};
        if (strcmp(*path, "-") == 0 || (stat(*path, &info) == 0 && S_ISFIFO(info.st_mode)))
            return true;
        bytes += S_ISREG(info.st_mode) ? info.st_size : 0;
    }
    return bytes >= LEAST_BYTES;
}

static void add_row(void *worker, const EvmEvent *event, const EvmStreamRow *row,
                    EvmDiagnostics *remarks)
{
    evm_sieve_add(worker, event, row, remarks);
}

/* Before those of the boundaries, as if the events had been read first. */
static void add_diagnostics(EvmInputs *inputs, const EvmEventStream *stream)
{
    EvmDiagnostics *others = inputs->diagnostics;
    inputs->diagnostics = evm_diagnostics_new();
    evm_event_stream_add_diagnostics(stream, inputs->diagnostics);
    evm_diagnostics_add_list(inputs->diagnostics, others, 0);
    evm_diagnostics_free(others);
}

static bool compute_joins(EvmInputs *inputs, EvmEventStream *stream, const EvmSifted *sifted,
                          const EvmNeeds *needs, const EvmPointSource *points, GError **error)
{
    inputs->events = evm_event_stream_compute_events(stream, sifted->rows, sifted->count, error);
    if (!inputs->events)
        return false;
    inputs->join =
        evm_sifted_compute_join(sifted, inputs->events, inputs->gazetteer, points, error);
    if (!inputs->join)
        return false;
    if (!evm_date_is_none(needs->history_from))
        inputs->own_history = evm_sifted_compute_history(sifted, inputs->join);
    add_diagnostics(inputs, stream);
    return true;
}

/* Reads all rows once; *sifted is NULL when they must be read whole. */
static bool sift(EvmInputs *inputs, const EvmInputsRequest *request, const EvmPointSource *points,
                 EvmEventStream *stream, EvmSifted **sifted, GError **error)
{
    void *workers[MOST_THREADS];
    unsigned count = request->threads ? request->threads : g_get_num_processors();
    count = MIN(count, MOST_THREADS);
    EvmSieve *sieve = evm_sieve_new(inputs->gazetteer, inputs->universe, points, request->needs,
                                    request->event_paths, count);
    for (unsigned i = 0; i < count; i++)
        workers[i] = evm_sieve_worker_at(sieve, i);
    EvmStreamVisitor visitor = {.workers = workers,
                                .worker_count = count,
                                .wants_sha256 = request->needs->wants_evidence,
                                .add = add_row,
                                .progress = request->progress,
                                .user = request->user};
    EvmStreamResult result = evm_event_stream_load(stream, &visitor, error);
    *sifted = result == EVM_STREAM_READ ? evm_sifted_compute(sieve) : NULL;
    evm_sieve_free(sieve);
    malloc_trim(0); /* threads leave much behind, and what follows is done by this one */
    return result != EVM_STREAM_FAILED;
}

bool evm_sifting_load(EvmInputs *inputs, const EvmInputsRequest *request,
                      const EvmPointSource *points, GError **error)
{
    EvmSifted *sifted = NULL;
    EvmEventStream *stream =
        evm_event_stream_new(request->event_paths, g_strv_length((char **)request->event_paths),
                             &request->event_options);
    bool done = sift(inputs, request, points, stream, &sifted, error);
    if (done && sifted)
        done = compute_joins(inputs, stream, sifted, request->needs, points, error);
    else if (done)
        inputs->events = evm_event_stream_load_whole(stream, inputs->diagnostics, error);
    evm_sifted_free(sifted);
    evm_event_stream_free(stream);
    return done && inputs->events;
}
