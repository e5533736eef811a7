#include "events/stream.h"

#include <string.h>

#include "base/csv_pieces.h"
#include "base/limits.h"
#include "events/kept_rows.h"
#include "events/notes.h"
#include "events/row.h"

enum { ID_BYTES = 64 };

typedef struct {
    char text[ID_BYTES];
    size_t length; /* 0: none */
} Id;

/* What came of a piece. */
typedef struct {
    EvmDiagnostics *diagnostics, *remarks;
    unsigned lines;
    size_t rows, refused, blank_rows;
    unsigned first_blank_line;
    Id first_id, last_id; /* of those that are given */
    bool is_odd;
} Part;

struct EvmEventStream {
    char *path;
    EvmEventOptions options;
    GString *header; /* as it stands */
    EvmCsvDialect dialect;
    EvmColumns columns;
    EvmArena *arena; /* of the columns */
    EvmDiagnostics *diagnostics, *remarks;
    GArray *lines_before; /* unsigned, one a piece */
    size_t rows, refused, blank_rows;
    unsigned first_blank_line;

    /* While it is being read, under the lock: */
    GMutex lock;
    EvmCsvPieces pieces;
    EvmCsvPiece first; /* what the first piece has behind the header */
    bool has_first;
    GPtrArray *parts; /* Part, one a piece; NULL before it is parsed and after it was added */
    size_t added;     /* so many of them */
    unsigned lines;
    Id last_id;
    bool is_odd;
    GError *error;
};

/* A thread's own. */
typedef struct {
    EvmEventStream *stream;
    const EvmStreamVisitor *visitor;
    void *worker;
    EvmRowContext context;
    EvmCsvPiece piece;
    uint64_t index; /* of the piece */
    Part *part;
} Thread;

EvmEventStream *evm_event_stream_new(void)
{
    EvmEventStream *stream = g_new0(EvmEventStream, 1);
    stream->header = g_string_new(NULL);
    stream->diagnostics = evm_diagnostics_new();
    stream->remarks = evm_diagnostics_new();
    stream->arena = evm_arena_new();
    stream->lines_before = g_array_new(FALSE, FALSE, sizeof(unsigned));
    stream->parts = g_ptr_array_new();
    g_mutex_init(&stream->lock);
    return stream;
}

static void part_free(Part *part)
{
    evm_diagnostics_free(part->diagnostics);
    evm_diagnostics_free(part->remarks);
    g_free(part);
}

void evm_event_stream_free(EvmEventStream *stream)
{
    if (!stream)
        return;
    for (guint i = 0; i < stream->parts->len; i++)
        if (g_ptr_array_index(stream->parts, i))
            part_free(g_ptr_array_index(stream->parts, i));
    g_ptr_array_free(stream->parts, TRUE);
    g_array_unref(stream->lines_before);
    evm_diagnostics_free(stream->diagnostics);
    evm_diagnostics_free(stream->remarks);
    g_string_free(stream->header, TRUE);
    evm_csv_piece_clear(&stream->first);
    evm_arena_free(stream->arena);
    g_mutex_clear(&stream->lock);
    g_free(stream->path);
    g_free(stream);
}

/* Any order would do: ids that rise in it are all different. The first of all follows none. */
static bool is_rising(const Id *before, const Id *id)
{
    if (before->length != id->length)
        return before->length < id->length;
    return memcmp(before->text, id->text, id->length) < 0;
}

static void check_id(Part *part, const char *text)
{
    Id id = {.length = strlen(text)};
    if (id.length == 0)
        return;
    if (id.length > ID_BYTES) {
        part->is_odd = true;
        return;
    }
    memcpy(id.text, text, id.length);
    part->is_odd |= !is_rising(&part->last_id, &id);
    if (part->first_id.length == 0)
        part->first_id = id;
    part->last_id = id;
}

/* Whether a row tells how another is to be read. */
static bool has_order_proof(const EvmRowContext *context)
{
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++)
        if (context->proof[i].text)
            return true;
    return false;
}

static bool skip_row(Part *part, const EvmCsvRow *row)
{
    if (!evm_row_is_hxl(row))
        return false;
    if (!evm_row_is_blank(row))
        part->is_odd = true;
    else if (part->blank_rows++ == 0)
        part->first_blank_line = row->line;
    return true;
}

static bool add_row(const EvmCsvRow *row, const char *text, size_t size, void *user)
{
    Thread *thread = user;
    Part *part = thread->part;
    EvmEvent event;
    if (skip_row(part, row))
        return !part->is_odd;
    part->rows++;
    if (!evm_row_parse(&thread->context, row, &event)) {
        part->refused++;
        return true;
    }
    check_id(part, event.id);
    part->is_odd |= event.supersedes[0] != '\0';
    EvmStreamRow at = {thread->index << 32 | row->line, text, size};
    thread->visitor->add(thread->worker, &event, &at, part->remarks);
    return !part->is_odd;
}

static void parse_piece(Thread *thread)
{
    Part *part = g_new0(Part, 1);
    part->diagnostics = evm_diagnostics_new();
    part->remarks = evm_diagnostics_new();
    thread->part = part;
    thread->context.diagnostics = part->diagnostics;
    if (!evm_csv_parse_piece(thread->piece.data, thread->piece.size,
                             thread->stream->dialect.delimiter, add_row, thread, &part->lines) ||
        has_order_proof(&thread->context))
        part->is_odd = true;
}

/* Under the lock. False at the end, and when there is nothing more to be read for. */
static bool take_piece(Thread *thread)
{
    EvmEventStream *stream = thread->stream;
    if (stream->is_odd || stream->error)
        return false;
    if (stream->has_first) {
        thread->piece = stream->first;
        stream->first = (EvmCsvPiece){0};
        stream->has_first = false;
    } else {
        EvmCsvPiecesResult result =
            evm_csv_pieces_load(&stream->pieces, &thread->piece, &stream->error);
        stream->is_odd = result == EVM_CSV_PIECES_LONG;
        if (result != EVM_CSV_PIECES_MORE)
            return false;
    }
    thread->index = stream->parts->len;
    g_ptr_array_add(stream->parts, NULL);
    if (thread->visitor->progress)
        thread->visitor->progress(stream->pieces.bytes, stream->pieces.stream.size,
                                  thread->visitor->user);
    return true;
}

static void add_ids(EvmEventStream *stream, const Part *part)
{
    if (part->first_id.length == 0)
        return;
    stream->is_odd |= !is_rising(&stream->last_id, &part->first_id);
    stream->last_id = part->last_id;
}

/* Under the lock: parts are added in the order of the file. */
static void add_parts(EvmEventStream *stream)
{
    for (; stream->added < stream->parts->len; stream->added++) {
        Part *part = g_ptr_array_index(stream->parts, stream->added);
        if (!part)
            return;
        evm_diagnostics_add_list(stream->diagnostics, part->diagnostics, stream->lines);
        evm_diagnostics_add_list(stream->remarks, part->remarks, stream->lines);
        g_array_append_val(stream->lines_before, stream->lines);
        add_ids(stream, part);
        if (stream->blank_rows == 0 && part->blank_rows > 0)
            stream->first_blank_line = stream->lines + part->first_blank_line;
        stream->blank_rows += part->blank_rows;
        stream->lines += part->lines;
        stream->rows += part->rows;
        stream->refused += part->refused;
        stream->is_odd |= part->is_odd || stream->rows > EVM_LIMIT_EVENT_ROWS;
        part_free(part);
        g_ptr_array_index(stream->parts, stream->added) = NULL;
    }
}

static gpointer run_thread(gpointer data)
{
    Thread *thread = data;
    EvmEventStream *stream = thread->stream;
    g_mutex_lock(&stream->lock);
    while (take_piece(thread)) {
        g_mutex_unlock(&stream->lock);
        parse_piece(thread);
        g_mutex_lock(&stream->lock);
        g_ptr_array_index(stream->parts, thread->index) = thread->part;
        add_parts(stream);
    }
    g_mutex_unlock(&stream->lock);
    return NULL;
}

static void thread_init(Thread *thread, EvmEventStream *stream, const EvmStreamVisitor *visitor,
                        void *worker)
{
    *thread = (Thread){.stream = stream, .visitor = visitor, .worker = worker};
    thread->context = (EvmRowContext){.path = stream->path,
                                      .columns = stream->columns,
                                      .options = &stream->options,
                                      .tags = g_string_new(NULL),
                                      .spans = evm_span_cache_new(),
                                      .arena = evm_arena_new()};
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++)
        thread->context.date_order[i] = stream->options.date_order;
}

static void thread_clear(Thread *thread)
{
    g_string_free(thread->context.tags, TRUE);
    evm_span_cache_free(thread->context.spans);
    evm_arena_free(thread->context.arena);
    evm_csv_piece_clear(&thread->piece);
}

static void run_threads(EvmEventStream *stream, const EvmStreamVisitor *visitor)
{
    unsigned count = visitor->worker_count;
    g_autofree Thread *threads = g_new0(Thread, count);
    g_autofree GThread **others = g_new0(GThread *, count);
    for (unsigned i = 0; i < count; i++) {
        thread_init(&threads[i], stream, visitor, visitor->workers[i]);
        if (i > 0)
            others[i] = g_thread_new("rows", run_thread, &threads[i]);
    }
    run_thread(&threads[0]);
    for (unsigned i = 0; i < count; i++) {
        if (i > 0)
            g_thread_join(others[i]);
        thread_clear(&threads[i]);
    }
}

/* The first row that is one; then it stops. */
static bool add_header(const EvmCsvRow *row, const char *text, size_t size, void *user)
{
    EvmEventStream *stream = user;
    const char *start = stream->first.data;
    if (evm_columns_parse(stream->path, row, &stream->options, stream->arena, stream->diagnostics,
                          &stream->columns, NULL) &&
        stream->columns.has_header)
        g_string_append_len(stream->header, start, text + size - start);
    return false;
}

/* False when there is none that can be read so. */
static bool load_header(EvmEventStream *stream)
{
    EvmCsvPiece *first = &stream->first;
    static const char mark[] = "\xEF\xBB\xBF";
    size_t mark_size = strlen(mark);
    if (first->size >= mark_size && memcmp(first->data, mark, mark_size) == 0) {
        first->size -= mark_size;
        memmove(first->data, first->data + mark_size, first->size);
    }
    stream->dialect = stream->options.dialect;
    stream->dialect.encoding = "utf-8";
    if (!stream->dialect.delimiter)
        stream->dialect.delimiter = evm_csv_find_delimiter(first->data, first->size);
    evm_csv_parse_piece(first->data, first->size, stream->dialect.delimiter, add_header, stream,
                        &stream->lines);
    size_t used = stream->header->len;
    if (used == 0 || stream->header->str[used - 1] != '\n')
        return false;
    first->size -= used;
    memmove(first->data, first->data + used, first->size);
    stream->has_first = true;
    return true;
}

EvmStreamResult evm_event_stream_load(EvmEventStream *stream, const char *path,
                                      const EvmEventOptions *options,
                                      const EvmStreamVisitor *visitor, GError **error)
{
    stream->path = g_strdup(path);
    if (options)
        stream->options = *options;
    if (!evm_csv_pieces_init(&stream->pieces, path, visitor->piece_bytes, error))
        return EVM_STREAM_FAILED;
    stream->pieces.copy_fd = visitor->copy_fd;
    EvmCsvPiecesResult result =
        evm_csv_pieces_load(&stream->pieces, &stream->first, &stream->error);
    const char *encoding = stream->options.dialect.encoding;
    stream->is_odd = (encoding && strcmp(encoding, "utf-8") != 0) || result == EVM_CSV_PIECES_END ||
                     result == EVM_CSV_PIECES_LONG ||
                     stream->pieces.stream.size > EVM_LIMIT_EVENT_FILE_BYTES;
    if (result == EVM_CSV_PIECES_MORE && !stream->is_odd) {
        stream->is_odd = !load_header(stream);
        run_threads(stream, visitor);
    }
    stream->is_odd |= stream->rows == 0;
    if (!stream->error && stream->is_odd && visitor->copy_fd)
        evm_csv_pieces_commit_copy(&stream->pieces, &stream->error);
    evm_csv_pieces_clear(&stream->pieces);
    if (stream->error) {
        g_propagate_error(error, g_steal_pointer(&stream->error));
        return EVM_STREAM_FAILED;
    }
    evm_note_add_dialect(stream->diagnostics, path, &stream->options.dialect, &stream->dialect);
    evm_note_add_blank_rows(stream->diagnostics, path, stream->blank_rows,
                            stream->first_blank_line);
    return stream->is_odd ? EVM_STREAM_ODD : EVM_STREAM_READ;
}

const EvmDiagnostics *evm_event_stream_diagnostics_at(const EvmEventStream *stream)
{
    return stream->diagnostics;
}

const EvmDiagnostics *evm_event_stream_remarks_at(const EvmEventStream *stream)
{
    return stream->remarks;
}

EvmEvents *evm_event_stream_compute_events(const EvmEventStream *stream, const EvmStreamRow *rows,
                                           size_t count)
{
    g_autoptr(GString) csv = g_string_new_len(stream->header->str, (gssize)stream->header->len);
    g_autofree unsigned *lines = g_new(unsigned, count);
    for (size_t i = 0; i < count; i++) {
        g_string_append_len(csv, rows[i].text, (gssize)rows[i].size);
        if (csv->str[csv->len - 1] != '\n')
            g_string_append_c(csv, '\n');
        lines[i] = g_array_index(stream->lines_before, unsigned, rows[i].order >> 32) +
                   (unsigned)(rows[i].order & UINT32_MAX);
    }
    EvmEventOptions options = stream->options;
    options.dialect = stream->dialect;
    EvmKeptRows kept = {stream->path, &options,     csv->str,       csv->len,
                        lines,        stream->rows, stream->refused};
    EvmEvents *events = evm_events_parse_kept(&kept);
    if (events->count == count)
        return events;
    evm_events_free(events);
    return NULL;
}
