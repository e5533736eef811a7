#include "pipeline/sifting.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/limits.h"

#include "timeline/sieve.h"

enum { LEAST_BYTES = 1 << 22, MOST_THREADS = 8 };

static bool is_pipe(const char *path)
{
    struct stat info;
    return strcmp(path, "-") == 0 || (stat(path, &info) == 0 && S_ISFIFO(info.st_mode));
}

bool evm_sifting_is_wanted(const EvmInputsRequest *request)
{
    const char *const *paths = request->event_paths;
    struct stat info;
    if (!request->question || !paths || !paths[0] || paths[1])
        return false;
    return is_pipe(paths[0]) ||
           (stat(paths[0], &info) == 0 && S_ISREG(info.st_mode) && info.st_size >= LEAST_BYTES);
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
    evm_diagnostics_add_list(inputs->diagnostics, evm_event_stream_diagnostics_at(stream), 0);
    evm_diagnostics_add_list(inputs->diagnostics, evm_event_stream_remarks_at(stream), 0);
    evm_diagnostics_add_list(inputs->diagnostics, others, 0);
    evm_diagnostics_free(others);
}

/* Leaves events and join NULL when too much was let go. */
static bool compute_join(EvmInputs *inputs, const EvmEventStream *stream, EvmSieve *const *sieves,
                         unsigned count, const EvmPointSource *points, GError **error)
{
    EvmSifted *sifted = evm_sifted_compute(sieves, count);
    if (!sifted)
        return true;
    inputs->events = evm_event_stream_compute_events(stream, sifted->rows, sifted->count);
    if (inputs->events) {
        inputs->join =
            evm_sifted_compute_join(sifted, inputs->events, inputs->gazetteer, points, error);
        add_diagnostics(inputs, stream);
    }
    evm_sifted_free(sifted);
    return !inputs->events || inputs->join;
}

/* Reads rows once, with a sieve a thread. */
static bool sift(EvmInputs *inputs, const EvmInputsRequest *request, const EvmPointSource *points,
                 int copy_fd, GError **error)
{
    EvmSieve *sieves[MOST_THREADS];
    const char *path = request->event_paths[0];
    unsigned count = request->threads ? request->threads : g_get_num_processors();
    count = MIN(count, MOST_THREADS);
    for (unsigned i = 0; i < count; i++)
        sieves[i] = evm_sieve_new(inputs->gazetteer, points, request->question, path);
    EvmStreamVisitor visitor = {.workers = (void *const *)sieves,
                                .worker_count = count,
                                .copy_fd = copy_fd,
                                .add = add_row,
                                .progress = request->progress,
                                .user = request->user};
    EvmEventStream *stream = evm_event_stream_new();
    EvmStreamResult result =
        evm_event_stream_load(stream, path, &request->event_options, &visitor, error);
    bool done = result != EVM_STREAM_FAILED;
    if (result == EVM_STREAM_READ)
        done = compute_join(inputs, stream, sieves, count, points, error);
    evm_event_stream_free(stream);
    for (unsigned i = 0; i < count; i++)
        evm_sieve_free(sieves[i]);
    return done;
}

/* What was read of a pipe, as if it were read again. */
static bool load_copy(EvmInputs *inputs, const EvmInputsRequest *request, int copy_fd,
                      GError **error)
{
    EvmInputFile file;
    const char *path = request->event_paths[0];
    if (!evm_input_file_load_copy(&file, copy_fd, path, EVM_LIMIT_EVENT_FILE_BYTES, error))
        return false;
    inputs->events = evm_events_parse(path, file.data, file.size, &request->event_options,
                                      inputs->diagnostics, error);
    evm_input_file_clear(&file);
    return inputs->events != NULL;
}

bool evm_sifting_load(EvmInputs *inputs, const EvmInputsRequest *request,
                      const EvmPointSource *points, GError **error)
{
    if (!is_pipe(request->event_paths[0]))
        return sift(inputs, request, points, 0, error);
    FILE *copy = tmpfile();
    if (!copy) /* nowhere to write: the pipe is read whole */
        return true;
    bool done = sift(inputs, request, points, fileno(copy), error);
    if (done && !inputs->events)
        done = load_copy(inputs, request, fileno(copy), error);
    fclose(copy);
    return done;
}
