#include "events/stream_file.h"

#include <string.h>

#include "base/limits.h"
#include "events/notes.h"
#include "events/row.h"

/* What came of a piece. */
typedef struct {
    EvmDiagnostics *diagnostics, *remarks;
    unsigned lines;
    size_t rows, refused, blank_rows;
    unsigned first_blank_line;
    EvmRowId first_id, last_id; /* of those that are given */
    bool is_odd;
} Part;

/* The file while it is being read; what changes is changed under the lock. */
typedef struct {
    EvmStreamFile *file;
    const EvmStreamVisitor *visitor;
    GMutex lock;
    EvmCsvPiece first; /* what the first piece has behind the header */
    bool has_first;
    char *header_text; /* a copy of it, with the header */
    GPtrArray *parts;  /* Part, one a piece; NULL before it is parsed and after it was added */
    size_t added;      /* so many of them */
    unsigned lines;
    GError *error;
} Reading;

/* A thread's own. */
typedef struct {
    Reading *reading;
    void *worker;
    EvmRowContext context;
    EvmCsvPiece piece;
    uint64_t index; /* of the piece */
    Part *part;
} Thread;

void evm_stream_file_init(EvmStreamFile *file, const char *path, unsigned index,
                          const EvmEventOptions *options)
{
    *file = (EvmStreamFile){.path = path,
                            .index = index,
                            .options = options,
                            .diagnostics = evm_diagnostics_new(),
                            .remarks = evm_diagnostics_new(),
                            .header = g_string_new(NULL),
                            .arena = evm_arena_new(),
                            .lines_before = g_array_new(FALSE, FALSE, sizeof(unsigned))};
    file->pieces.stream.fd = -1;
}

void evm_stream_file_clear(EvmStreamFile *file)
{
    evm_diagnostics_free(file->diagnostics);
    evm_diagnostics_free(file->remarks);
    g_string_free(file->header, TRUE);
    evm_arena_free(file->arena);
    g_array_unref(file->lines_before);
    evm_csv_pieces_clear(&file->pieces);
}

static void part_free(Part *part)
{
    evm_diagnostics_free(part->diagnostics);
    evm_diagnostics_free(part->remarks);
    g_free(part);
}

/* Any order would do: ids that rise in it are all different. The first of all follows none. */
static bool is_rising(const EvmRowId *before, const EvmRowId *id)
{
    if (before->length != id->length)
        return before->length < id->length;
    return memcmp(before->text, id->text, id->length) < 0;
}

static void check_id(Part *part, const char *text)
{
    EvmRowId id = {.length = strlen(text)};
    if (id.length == 0)
        return;
    if (id.length > EVM_ROW_ID_BYTES) {
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
    EvmStreamRow at = {(uint64_t)thread->context.file << EVM_ORDER_FILE_SHIFT |
                           thread->index << EVM_ORDER_PIECE_SHIFT | row->line,
                       thread->piece.offset + (size_t)(text - thread->piece.data), size};
    thread->reading->visitor->add(thread->worker, &event, &at, part->remarks);
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
                             thread->reading->file->dialect.delimiter, add_row, thread,
                             &part->lines) ||
        has_order_proof(&thread->context))
        part->is_odd = true;
}

/* Under the lock. False at the end, and when there is nothing more to be read for. */
static bool take_piece(Thread *thread)
{
    Reading *reading = thread->reading;
    EvmStreamFile *file = reading->file;
    if (file->is_odd || reading->error)
        return false;
    if (reading->has_first) {
        thread->piece = reading->first;
        reading->first = (EvmCsvPiece){0};
        reading->has_first = false;
    } else {
        EvmCsvPiecesResult result =
            evm_csv_pieces_load(&file->pieces, &thread->piece, &reading->error);
        file->is_odd = result == EVM_CSV_PIECES_LONG;
        if (result != EVM_CSV_PIECES_MORE)
            return false;
    }
    thread->index = reading->parts->len;
    g_ptr_array_add(reading->parts, NULL);
    if (reading->visitor->progress)
        reading->visitor->progress(file->bytes_before + file->pieces.bytes, file->bytes_all,
                                   reading->visitor->user);
    return true;
}

static void add_ids(EvmStreamFile *file, const Part *part)
{
    if (part->first_id.length == 0)
        return;
    file->is_odd |= !is_rising(&file->last_id, &part->first_id);
    file->last_id = part->last_id;
}

static void add_part(Reading *reading, const Part *part)
{
    EvmStreamFile *file = reading->file;
    evm_diagnostics_add_list(file->diagnostics, part->diagnostics, reading->lines);
    evm_diagnostics_add_list(file->remarks, part->remarks, reading->lines);
    g_array_append_val(file->lines_before, reading->lines);
    add_ids(file, part);
    if (file->blank_rows == 0 && part->blank_rows > 0)
        file->first_blank_line = reading->lines + part->first_blank_line;
    file->blank_rows += part->blank_rows;
    file->rows += part->rows;
    file->refused += part->refused;
    file->is_odd |= part->is_odd;
    reading->lines += part->lines;
}

/* Under the lock: parts are added in the order of the file. */
static void add_parts(Reading *reading)
{
    for (; reading->added < reading->parts->len; reading->added++) {
        Part *part = g_ptr_array_index(reading->parts, reading->added);
        if (!part)
            return;
        add_part(reading, part);
        part_free(part);
        g_ptr_array_index(reading->parts, reading->added) = NULL;
    }
}

static gpointer run_thread(gpointer data)
{
    Thread *thread = data;
    Reading *reading = thread->reading;
    g_mutex_lock(&reading->lock);
    while (take_piece(thread)) {
        g_mutex_unlock(&reading->lock);
        parse_piece(thread);
        g_mutex_lock(&reading->lock);
        g_ptr_array_index(reading->parts, thread->index) = thread->part;
        add_parts(reading);
    }
    g_mutex_unlock(&reading->lock);
    return NULL;
}

static void thread_init(Thread *thread, Reading *reading, void *worker)
{
    const EvmStreamFile *file = reading->file;
    *thread = (Thread){.reading = reading, .worker = worker};
    thread->context = (EvmRowContext){.path = file->path,
                                      .file = file->index,
                                      .columns = file->columns,
                                      .options = file->options,
                                      .tags = g_string_new(NULL),
                                      .spans = evm_span_cache_new(),
                                      .arena = evm_arena_new()};
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++)
        thread->context.date_order[i] = file->options->date_order;
}

static void thread_clear(Thread *thread)
{
    g_string_free(thread->context.tags, TRUE);
    evm_span_cache_free(thread->context.spans);
    evm_arena_free(thread->context.arena);
    evm_csv_piece_clear(&thread->piece);
}

static void run_threads(Reading *reading)
{
    unsigned count = reading->visitor->worker_count;
    g_autofree Thread *threads = g_new0(Thread, count);
    g_autofree GThread **others = g_new0(GThread *, count);
    for (unsigned i = 0; i < count; i++) {
        thread_init(&threads[i], reading, reading->visitor->workers[i]);
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
    Reading *reading = user;
    EvmStreamFile *file = reading->file;
    const char *start = reading->first.data;
    size_t end = (size_t)(text - reading->header_text) + size;
    if (evm_columns_parse(file->path, row, file->options, file->arena, file->diagnostics,
                          &file->columns, NULL) &&
        file->columns.has_header)
        g_string_append_len(file->header, start, (gssize)end);
    return false;
}

static void cut_piece(EvmCsvPiece *piece, size_t bytes)
{
    piece->size -= bytes;
    piece->offset += bytes;
    memmove(piece->data, piece->data + bytes, piece->size);
}

/* False when there is none that can be read so. */
static bool load_header(Reading *reading)
{
    EvmStreamFile *file = reading->file;
    EvmCsvPiece *first = &reading->first;
    static const char mark[] = "\xEF\xBB\xBF";
    size_t mark_size = strlen(mark);
    if (first->size >= mark_size && memcmp(first->data, mark, mark_size) == 0)
        cut_piece(first, mark_size);
    file->dialect = file->options->dialect;
    file->dialect.encoding = "utf-8";
    if (!file->dialect.delimiter)
        file->dialect.delimiter = evm_csv_find_delimiter(first->data, first->size);
    reading->header_text = g_memdup2(first->data, first->size); /* it is taken apart */
    evm_csv_parse_piece(reading->header_text, first->size, file->dialect.delimiter, add_header,
                        reading, &reading->lines);
    g_free(reading->header_text);
    size_t used = file->header->len;
    if (used == 0 || file->header->str[used - 1] != '\n')
        return false;
    cut_piece(first, used);
    reading->has_first = true;
    return true;
}

/* Nothing is said in the lists of what cannot be read so. */
static bool load_pieces(Reading *reading)
{
    EvmStreamFile *file = reading->file;
    const char *encoding = file->options->dialect.encoding;
    if (!evm_csv_pieces_init(&file->pieces, file->path, reading->visitor->piece_bytes,
                             &reading->error))
        return false;
    file->pieces.copy_fd = file->copy_fd;
    file->pieces.sha256 = reading->visitor->wants_sha256 ? evm_sha256_new() : NULL;
    EvmCsvPiecesResult result =
        evm_csv_pieces_load(&file->pieces, &reading->first, &reading->error);
    file->is_odd = (encoding && strcmp(encoding, "utf-8") != 0) || result == EVM_CSV_PIECES_END ||
                   result == EVM_CSV_PIECES_LONG ||
                   file->pieces.stream.size > EVM_LIMIT_EVENT_FILE_BYTES;
    if (result == EVM_CSV_PIECES_MORE && !file->is_odd) {
        file->is_odd = !load_header(reading);
        run_threads(reading);
    }
    if (!reading->error && file->is_odd && file->copy_fd)
        evm_csv_pieces_commit_copy(&file->pieces, &reading->error);
    if (file->pieces.sha256)
        evm_sha256_commit(file->pieces.sha256, file->sha256);
    evm_sha256_free(file->pieces.sha256);
    file->pieces.sha256 = NULL;
    return !reading->error;
}

bool evm_stream_file_load(EvmStreamFile *file, const EvmStreamVisitor *visitor, GError **error)
{
    Reading reading = {.file = file, .visitor = visitor, .parts = g_ptr_array_new()};
    g_mutex_init(&reading.lock);
    bool done = load_pieces(&reading);
    for (guint i = 0; i < reading.parts->len; i++)
        if (g_ptr_array_index(reading.parts, i))
            part_free(g_ptr_array_index(reading.parts, i));
    g_ptr_array_unref(reading.parts);
    evm_csv_piece_clear(&reading.first);
    g_mutex_clear(&reading.lock);
    if (!done)
        g_propagate_error(error, reading.error);
    if (!done || file->is_odd)
        return done;
    evm_note_add_dialect(file->diagnostics, file->path, &file->options->dialect, &file->dialect);
    evm_note_add_blank_rows(file->diagnostics, file->path, file->blank_rows,
                            file->first_blank_line);
    if (file->rows == 0)
        evm_note_add_no_rows(file->diagnostics, file->path);
    return true;
}
