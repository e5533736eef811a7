#include "pipeline/sifting.h"

#include <malloc.h>
#include <string.h>
#include <sys/stat.h>

#include "events/notes.h"
#include "timeline/sieve.h"

enum { LEAST_BYTES = 1 << 22, MOST_THREADS = 8 };

static bool is_worth_it(const EvmInputsRequest *request)
{
    off_t bytes = 0;
    for (const char *const *path = request->event_paths; path && *path; path++) {
        struct stat info = {0};
        if (strcmp(*path, "-") == 0 || (stat(*path, &info) == 0 && S_ISFIFO(info.st_mode)))
            return true;
        bytes += S_ISREG(info.st_mode) ? info.st_size : 0;
    }
    return bytes >= LEAST_BYTES;
}

bool evm_sifting_is_wanted(const EvmInputsRequest *request)
{
    return request->needs && is_worth_it(request);
}

void evm_sifting_add_why_not(const EvmInputsRequest *request, EvmDiagnostics *diagnostics)
{
    if (!request->needs && is_worth_it(request))
        evm_note_add_kept_whole(diagnostics, request->event_paths[0],
                                "every day of a period is asked about");
}

/* What reads the rows, and what it keeps of them. */
typedef struct {
    EvmInputs *inputs;
    const EvmInputsRequest *request;
    const EvmPointSource *points;
    EvmSieve *sieve;
    void *workers[MOST_THREADS];
    unsigned count;
} Sifting;

static void add_row(void *worker, const EvmEvent *event, const EvmStreamRow *row,
                    const EvmWithdrawal *withdrawal, EvmDiagnostics *remarks)
{
    evm_sieve_add(worker, event, row, withdrawal, remarks);
}

static void set_sieve(Sifting *sifting, EvmSieve *sieve)
{
    sifting->sieve = sieve;
    for (unsigned i = 0; i < sifting->count; i++)
        sifting->workers[i] = evm_sieve_worker_at(sieve, i);
}

static EvmSieve *new_sieve(const Sifting *sifting)
{
    return evm_sieve_new(sifting->inputs->gazetteer, sifting->inputs->universe, sifting->points,
                         sifting->request->needs, sifting->request->event_paths, sifting->count);
}

static void restart(void *user)
{
    Sifting *sifting = user;
    evm_sieve_free(sifting->sieve);
    set_sieve(sifting, new_sieve(sifting));
}

static EvmStreamResult load_again(Sifting *sifting, EvmEventStream *stream,
                                  const EvmStreamVisitor *visitor, GError **error)
{
    EvmSieve *before = sifting->sieve;
    set_sieve(sifting, new_sieve(sifting));
    evm_sieve_add_knowledge(sifting->sieve, before);
    evm_sieve_free(before);
    return evm_event_stream_load(stream, visitor, error);
}

static void write_progress(size_t done, size_t all, void *user)
{
    const EvmEventOptions *options = &((Sifting *)user)->request->event_options;
    if (options->progress)
        options->progress(done, all, options->user);
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
        evm_sifted_compute_join(sifted, stream, inputs->events, inputs->gazetteer, points, error);
    if (!inputs->join)
        return false;
    if (!evm_date_is_none(needs->history_from))
        inputs->own_history = evm_sifted_compute_history(sifted, inputs->join);
    add_diagnostics(inputs, stream);
    return true;
}

/* *sifted is NULL when the rows must be read whole; *why is set when that is no file's fault. */
static bool sift(EvmInputs *inputs, const EvmInputsRequest *request, const EvmPointSource *points,
                 EvmEventStream *stream, EvmSifted **sifted, const char **why, GError **error)
{
    unsigned threads = request->threads ? request->threads : g_get_num_processors();
    Sifting sifting = {.inputs = inputs,
                       .request = request,
                       .points = points,
                       .count = MIN(threads, MOST_THREADS)};
    restart(&sifting);
    EvmStreamVisitor visitor = {.workers = sifting.workers,
                                .worker_count = sifting.count,
                                .wants_sha256 = request->needs->wants_evidence,
                                .add = add_row,
                                .restart = restart,
                                .progress = write_progress,
                                .user = &sifting};
    EvmStreamResult result = evm_event_stream_load(stream, &visitor, error);
    bool is_short = false;
    *sifted = result == EVM_STREAM_READ ? evm_sifted_compute(sifting.sieve, &is_short) : NULL;
    if (is_short) {
        result = load_again(&sifting, stream, &visitor, error);
        *sifted = result == EVM_STREAM_READ ? evm_sifted_compute(sifting.sieve, &is_short) : NULL;
    }
    *why = result != EVM_STREAM_READ ? NULL
           : is_short                ? "too many claims may still decide a district"
                                     : "too many actors, or places that no district was found for";
    evm_sieve_free(sifting.sieve);
    malloc_trim(0); /* threads leave much behind, and what follows is done by this one */
    return result != EVM_STREAM_FAILED;
}

bool evm_sifting_load(EvmInputs *inputs, const EvmInputsRequest *request,
                      const EvmPointSource *points, GError **error)
{
    EvmSifted *sifted = NULL;
    const char *why = NULL;
    EvmEventStream *stream =
        evm_event_stream_new(request->event_paths, g_strv_length((char **)request->event_paths),
                             &request->event_options);
    bool done = sift(inputs, request, points, stream, &sifted, &why, error);
    if (done && sifted)
        done = compute_joins(inputs, stream, sifted, request->needs, points, error);
    else if (done)
        inputs->events = evm_event_stream_load_whole(stream, why, inputs->diagnostics, error);
    evm_sifted_free(sifted);
    evm_event_stream_free(stream);
    return done && inputs->events;
}
