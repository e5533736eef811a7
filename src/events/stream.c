#include "events/stream.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/limits.h"
#include "base/text_copy.h"
#include "events/kept_rows.h"
#include "events/notes.h"
#include "events/stream_file.h"

/* A file, and what it was when it was first looked at. */
typedef struct {
    EvmStreamFile file;
    struct stat before;
    FILE *copy; /* of a pipe; NULL: it can be read twice */
    FILE *text; /* what it is in UTF-8, when it is not */
} Source;

struct EvmEventStream {
    EvmEventOptions options;
    const char *const *paths;
    EvmStreamFacts facts;
    Source *sources;
    size_t count;
    bool is_loaded;
};

EvmEventStream *evm_event_stream_new(const char *const *paths, size_t count,
                                     const EvmEventOptions *options)
{
    EvmEventStream *stream = g_new0(EvmEventStream, 1);
    if (options)
        stream->options = *options;
    stream->sources = g_new0(Source, count);
    stream->count = count;
    stream->paths = paths;
    for (size_t i = 0; i < count; i++) {
        EvmStreamFile *file = &stream->sources[i].file;
        evm_stream_file_init(file, paths[i], (unsigned)i, &stream->options);
        file->paths = paths;
        file->facts = &stream->facts;
        file->id_stem = evm_row_format_id_stem(paths, i);
    }
    return stream;
}

void evm_event_stream_free(EvmEventStream *stream)
{
    if (!stream)
        return;
    for (size_t i = 0; i < stream->count; i++) {
        evm_stream_file_clear(&stream->sources[i].file);
        if (stream->sources[i].copy)
            fclose(stream->sources[i].copy);
        if (stream->sources[i].text)
            fclose(stream->sources[i].text);
    }
    evm_citations_free(stream->facts.citations);
    evm_repeated_ids_free(stream->facts.ids);
    g_free(stream->sources);
    g_free(stream);
}

static bool is_pipe(const Source *source)
{
    return strcmp(source->file.path, "-") == 0 || S_ISFIFO(source->before.st_mode);
}

/* What cannot be looked at cannot be opened either, which says why. */
static void look_at_sources(EvmEventStream *stream)
{
    size_t bytes = 0;
    bool is_known = true;
    for (size_t i = 0; i < stream->count; i++) {
        Source *source = &stream->sources[i];
        source->file.bytes_before = bytes;
        if (stat(source->file.path, &source->before) == 0)
            bytes += (size_t)source->before.st_size;
        is_known &= !is_pipe(source);
    }
    for (size_t i = 0; is_known && i < stream->count; i++)
        stream->sources[i].file.bytes_all = bytes;
}

/* Where the rows are, once the file has been read: a pipe's in its copy. */
static int text_fd_of(const Source *source)
{
    if (source->text)
        return fileno(source->text);
    return source->copy ? fileno(source->copy) : source->file.pieces.stream.fd;
}

/* Of a file in another encoding: rows are read from a copy in UTF-8. */
static void copy_text(Source *source, bool wants_sha256)
{
    EvmStreamFile *file = &source->file;
    EvmInputStream stream = {.fd = -1};
    EvmSha256 *sha256 = wants_sha256 ? evm_sha256_new() : NULL;
    source->text = tmpfile();
    bool done =
        source->text &&
        (source->copy ? evm_input_stream_init_copy(&stream, fileno(source->copy), file->path, NULL)
                      : evm_input_stream_init(&stream, file->path, NULL)) &&
        evm_text_copy_write(&stream, file->encoding, file->mark, fileno(source->text), sha256);
    if (done && sha256)
        evm_sha256_commit(sha256, file->sha256);
    evm_sha256_free(sha256);
    evm_input_stream_clear(&stream);
    evm_stream_file_clear_rows(file);
    file->needs_text = false;
    file->why_whole = done ? NULL : "no copy of it in UTF-8 could be made";
}

static bool load_source(Source *source, const EvmStreamVisitor *visitor, GError **error)
{
    EvmStreamFile *file = &source->file;
    if (is_pipe(source) && !source->copy) {
        source->copy = tmpfile();
        file->why_whole = source->copy ? NULL : "no copy of it could be made";
        file->copy_fd = source->copy ? fileno(source->copy) : 0;
    } else if (source->copy || source->text) {
        file->copy_fd = 0;
        file->text_fd = text_fd_of(source);
    }
    if (file->why_whole)
        return true;
    if (!evm_stream_file_load(file, visitor, error))
        return false;
    if (!file->needs_text)
        return true;
    EvmRowId last_id = file->last_id;
    copy_text(source, visitor->wants_sha256);
    file->last_id = last_id;
    return load_source(source, visitor, error);
}

/* EVM_STREAM_ODD also when a file needs facts. */
static EvmStreamResult load_all(EvmEventStream *stream, const EvmStreamVisitor *visitor,
                                GError **error)
{
    size_t rows = 0;
    for (size_t i = 0; i < stream->count; i++) {
        EvmStreamFile *file = &stream->sources[i].file;
        if (i > 0)
            file->last_id = stream->sources[i - 1].file.last_id;
        if (!load_source(&stream->sources[i], visitor, error))
            return EVM_STREAM_FAILED;
        rows += file->rows;
        if (rows > EVM_LIMIT_EVENT_ROWS)
            file->why_whole = "the rows are too many";
        if (file->why_whole || file->needs_facts)
            return EVM_STREAM_ODD;
    }
    return rows == 0 ? EVM_STREAM_ODD : EVM_STREAM_READ;
}

static bool needs_facts(const EvmEventStream *stream)
{
    for (size_t i = 0; i < stream->count; i++)
        if (stream->sources[i].file.needs_facts)
            return true;
    return false;
}

static void restart(EvmEventStream *stream)
{
    for (size_t i = 0; i < stream->count; i++)
        evm_stream_file_clear_rows(&stream->sources[i].file);
    if (stream->facts.ids)
        evm_repeated_ids_clear_rows(stream->facts.ids);
    if (stream->facts.citations)
        evm_citations_clear_met(stream->facts.citations);
}

/* Nobody knows how many rows there will be. */
static size_t guess_rows(const EvmEventStream *stream)
{
    enum { LEAST_ROW_BYTES = 40 };
    size_t bytes = stream->sources[0].file.bytes_all;
    return bytes > 0 ? bytes / LEAST_ROW_BYTES : EVM_LIMIT_EVENT_ROWS;
}

static EvmStreamResult learn_once(EvmEventStream *stream, const EvmStreamVisitor *visitor,
                                  GError **error)
{
    EvmStreamFacts *facts = &stream->facts;
    evm_citations_free(facts->citations);
    evm_repeated_ids_free(facts->ids);
    *facts = (EvmStreamFacts){.is_learning = true,
                              .citations = evm_citations_new(),
                              .ids = evm_repeated_ids_new(guess_rows(stream))};
    restart(stream);
    return load_all(stream, visitor, error);
}

static bool commit_orders(EvmEventStream *stream)
{
    bool is_settled = false;
    for (size_t i = 0; i < stream->count; i++)
        is_settled |= evm_stream_file_commit_orders(&stream->sources[i].file);
    return is_settled;
}

static bool is_rising(const EvmEventStream *stream)
{
    for (size_t i = 0; i < stream->count; i++)
        if (!stream->sources[i].file.is_rising)
            return false;
    return true;
}

/* With dates read in another order rows may be taken that were refused before. */
static EvmStreamResult learn(EvmEventStream *stream, const EvmStreamVisitor *visitor,
                             GError **error)
{
    EvmStreamFacts *facts = &stream->facts;
    EvmStreamResult result = learn_once(stream, visitor, error);
    if (result == EVM_STREAM_READ && commit_orders(stream))
        result = learn_once(stream, visitor, error);
    facts->is_learning = false;
    evm_repeated_ids_commit(facts->ids);
    if (is_rising(stream))
        g_clear_pointer(&facts->ids, evm_repeated_ids_free);
    return result;
}

EvmStreamResult evm_event_stream_load(EvmEventStream *stream, const EvmStreamVisitor *visitor,
                                      GError **error)
{
    if (stream->count > EVM_LIMIT_EVENT_FILES)
        return EVM_STREAM_ODD;
    if (stream->is_loaded)
        restart(stream);
    else
        look_at_sources(stream);
    stream->is_loaded = true;
    EvmStreamResult result = load_all(stream, visitor, error);
    if (result != EVM_STREAM_ODD || !needs_facts(stream))
        return result;
    visitor->restart(visitor->user);
    result = learn(stream, visitor, error);
    if (result != EVM_STREAM_READ)
        return result;
    restart(stream);
    return load_all(stream, visitor, error);
}

EvmWithdrawal evm_event_stream_find_withdrawal(const EvmEventStream *stream, const char *id)
{
    const EvmCited *cited =
        stream->facts.citations ? evm_citations_find(stream->facts.citations, id) : NULL;
    return cited ? cited->withdrawal : (EvmWithdrawal){.known = EVM_DATE_NONE};
}

static void check_same_file(const EvmEventStream *stream, size_t index, EvmDiagnostics *diagnostics)
{
    const EvmStreamFile *file = &stream->sources[index].file;
    for (size_t i = 0; i < index && file->sha256[0]; i++) {
        const EvmStreamFile *other = &stream->sources[i].file;
        if (strcmp(file->sha256, other->sha256) != 0)
            continue;
        evm_note_add_same_file(diagnostics, file->path, other->path);
        return;
    }
}

void evm_event_stream_add_diagnostics(const EvmEventStream *stream, EvmDiagnostics *diagnostics)
{
    for (size_t i = 0; i < stream->count; i++) {
        check_same_file(stream, i, diagnostics);
        evm_diagnostics_add_list(diagnostics, stream->sources[i].file.diagnostics, 0);
    }
    if (stream->facts.citations)
        evm_citations_add_diagnostics(stream->facts.citations, stream->paths, diagnostics);
    for (size_t i = 0; i < stream->count; i++)
        evm_diagnostics_add_list(diagnostics, stream->sources[i].file.remarks, 0);
}

/* ---- rows that were chosen ---- */

static bool refuse_change(const char *path, GError **error)
{
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT, "%s: changed while it was being read; try again",
                path);
    return false;
}

/* Whether the file is what it was when it was first looked at. */
static bool check_source(const Source *source, GError **error)
{
    struct stat now;
    const struct stat *before = &source->before;
    if (source->copy || source->text)
        return true;
    if (fstat(source->file.pieces.stream.fd, &now) == 0 && now.st_size == before->st_size &&
        now.st_ino == before->st_ino && now.st_mtim.tv_sec == before->st_mtim.tv_sec &&
        now.st_mtim.tv_nsec == before->st_mtim.tv_nsec)
        return true;
    return refuse_change(source->file.path, error);
}

static bool append_row(GString *csv, const Source *source, const EvmStreamRow *row, GError **error)
{
    size_t start = csv->len, done = 0;
    int fd = text_fd_of(source);
    g_string_set_size(csv, start + row->size);
    while (done < row->size) {
        ssize_t got =
            pread(fd, csv->str + start + done, row->size - done, (off_t)(row->offset + done));
        if (got <= 0)
            return refuse_change(source->file.path, error);
        done += (size_t)got;
    }
    if (csv->str[csv->len - 1] != '\n')
        g_string_append_c(csv, '\n');
    return true;
}

static unsigned line_of(const EvmStreamFile *file, const EvmStreamRow *row)
{
    size_t piece =
        (row->order & ((UINT64_C(1) << EVM_ORDER_FILE_SHIFT) - 1)) >> EVM_ORDER_PIECE_SHIFT;
    return g_array_index(file->lines_before, unsigned, piece) + (unsigned)(row->order & UINT32_MAX);
}

/* Takes the rows of one file, the first of `rows`, and says how many they were. */
static bool keep_rows(Source *source, const EvmStreamRow *rows, size_t count, EvmKeptFile *out,
                      size_t *taken, GError **error)
{
    const EvmStreamFile *file = &source->file;
    GString *csv = g_string_new_len(file->header->str, (gssize)file->header->len);
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(unsigned));
    bool done = check_source(source, error);
    for (*taken = 0; done && *taken < count; ++*taken) {
        const EvmStreamRow *row = &rows[*taken];
        if (row->order >> EVM_ORDER_FILE_SHIFT != file->index)
            break;
        unsigned line = line_of(file, row);
        g_array_append_val(lines, line);
        done = append_row(csv, source, row, error);
    }
    *out = (EvmKeptFile){.path = file->path,
                         .options = *file->options,
                         .date_order = file->date_order,
                         .size = csv->len,
                         .rows = file->rows,
                         .refused = file->refused,
                         .sha256 = file->sha256};
    out->options.progress = NULL;
    out->options.dialect = (EvmCsvDialect){file->dialect.delimiter, "utf-8"};
    out->csv = g_string_free(csv, FALSE);
    out->lines = (unsigned *)(void *)g_array_free(lines, FALSE);
    return done && check_source(source, error);
}

EvmEvents *evm_event_stream_compute_events(EvmEventStream *stream, const EvmStreamRow *rows,
                                           size_t count, GError **error)
{
    EvmKeptFile *files = g_new0(EvmKeptFile, stream->count);
    size_t at = 0, taken = 0;
    bool done = true;
    for (size_t i = 0; i < stream->count && done; i++, at += taken)
        done = keep_rows(&stream->sources[i], rows + at, count - at, &files[i], &taken, error);
    EvmEvents *events = done ? evm_events_parse_kept(files, stream->count) : NULL;
    for (size_t i = 0; i < stream->count; i++) {
        g_free((char *)files[i].csv);
        g_free((unsigned *)files[i].lines);
    }
    g_free(files);
    if (events && events->count != count) {
        refuse_change(stream->sources[0].file.path, error);
        g_clear_pointer(&events, evm_events_free);
    }
    return events;
}

static void add_why_whole(const EvmEventStream *stream, const char *why,
                          EvmDiagnostics *diagnostics)
{
    const char *path = stream->paths[0];
    for (size_t i = 0; i < stream->count && !why; i++) {
        why = stream->sources[i].file.why_whole;
        path = stream->sources[i].file.path;
    }
    if (why && *why != '\0')
        evm_note_add_kept_whole(diagnostics, path, why);
}

EvmEvents *evm_event_stream_load_whole(EvmEventStream *stream, const char *why,
                                       EvmDiagnostics *diagnostics, GError **error)
{
    g_autofree EvmEventSource *sources = g_new0(EvmEventSource, stream->count);
    for (size_t i = 0; i < stream->count; i++) {
        FILE *copy = stream->sources[i].copy;
        sources[i] = (EvmEventSource){stream->sources[i].file.path, copy ? fileno(copy) : 0};
    }
    EvmEvents *events =
        evm_events_load_sources(sources, stream->count, &stream->options, diagnostics, error);
    if (events)
        add_why_whole(stream, why, diagnostics);
    return events;
}
