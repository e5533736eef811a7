#include "events/stream_file.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "events/notes.h"
#include "events/row.h"
#include "events/stream_part.h"

enum { MOST_CITATIONS = 200000 };

/* What reads the file whole says so itself. */
static const char WHY_PLAIN[] = "";
static const char WHY_LONG[] = "a row is longer than a piece may be";

/* The file while it is being read; what changes is changed under the lock. */
typedef struct {
    EvmStreamFile *file;
    const EvmStreamVisitor *visitor;
    GMutex lock;
    EvmCsvPiece first; /* what the first piece has behind the header */
    bool has_first;
    char *header_text; /* a copy of it, with the header */
    GPtrArray
        *parts;   /* EvmStreamPart, one a piece; NULL before it is parsed and after it was added */
    size_t added; /* so many of them */
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
    EvmStreamPart *part;
} Thread;

void evm_stream_file_init(EvmStreamFile *file, const char *path, unsigned index,
                          const EvmEventOptions *options)
{
    *file = (EvmStreamFile){.path = path,
                            .index = index,
                            .options = options,
                            .header = g_string_new(NULL),
                            .arena = evm_arena_new()};
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++)
        file->date_order[i] = options->date_order;
    file->pieces.stream.fd = -1;
    evm_stream_file_clear_rows(file);
}

void evm_stream_file_clear_rows(EvmStreamFile *file)
{
    evm_diagnostics_free(file->diagnostics);
    evm_diagnostics_free(file->remarks);
    if (file->lines_known)
        g_array_unref(file->lines_known);
    evm_csv_pieces_clear(&file->pieces);
    file->diagnostics = evm_diagnostics_new();
    file->remarks = evm_diagnostics_new();
    file->lines_known = file->lines_before;
    file->lines_before = g_array_new(FALSE, FALSE, sizeof(unsigned));
    file->rows = file->refused = file->blank_rows = 0;
    file->last_id.length = 0;
    file->is_rising = true;
    file->needs_facts = false;
    g_string_truncate(file->header, 0);
}

void evm_stream_file_clear(EvmStreamFile *file)
{
    evm_diagnostics_free(file->diagnostics);
    evm_diagnostics_free(file->remarks);
    g_string_free(file->header, TRUE);
    evm_arena_free(file->arena);
    g_array_unref(file->lines_before);
    if (file->lines_known)
        g_array_unref(file->lines_known);
    evm_csv_pieces_clear(&file->pieces);
    g_free(file->id_stem);
}

/* Whether a row tells how another is to be read. */
static bool has_order_proof(const EvmRowContext *context)
{
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++)
        if (context->proof[i].text)
            return true;
    return false;
}

/* True when the row is none. */
static bool skip_row(const Thread *thread, const EvmCsvRow *row)
{
    EvmStreamPart *part = thread->part;
    if (!evm_row_is_hxl(row))
        return false;
    if (evm_row_is_blank(row)) {
        if (part->blank_rows++ == 0)
            part->first_blank_line = row->line;
        return true;
    }
    if (thread->index > 0) /* nobody knows yet whether it is the first row */
        part->why_whole = "a row far below the header holds nothing but tags";
    if (part->rows > 0 || thread->index > 0)
        return false;
    evm_note_add_hxl_row(part->diagnostics, thread->context.path, row->line);
    return true;
}

/* The id as the row gives it, or "". */
static const char *find_id(const Thread *thread, const EvmCsvRow *row)
{
    int column = thread->context.columns.at[EVM_COLUMN_ID];
    return column >= 0 && (size_t)column < row->count ? row->fields[column] : "";
}

/* What only all rows together tell. */
static void learn_row(const Thread *thread, const EvmEvent *event, const char *id,
                      const EvmStreamRow *at)
{
    EvmStreamPart *part = thread->part;
    if (id[0] != '\0') {
        uint64_t hash = evm_text_compute_hash(id);
        evm_stream_part_add_id(part, id);
        g_array_append_val(part->ids, hash);
    }
    if (event->supersedes[0] != '\0') {
        EvmStreamCite cite = {*event, g_strdup(id), g_strdup(event->supersedes), *at};
        g_array_append_val(part->cites, cite);
    }
}

static void check_twin(const Thread *thread, const EvmEvent *event, const char *id)
{
    EvmRepeatedIds *ids = thread->reading->file->facts->ids;
    uint64_t hash = ids && id[0] != '\0' ? evm_text_compute_hash(id) : 0;
    if (hash == 0 || !evm_repeated_ids_has(ids, hash))
        return;
    EvmStreamTwin twin = {
        hash, g_strdup(id), {event->file, event->line, evm_row_compute_hash(event)}};
    g_array_append_val(thread->part->twins, twin);
}

static void show_row(const Thread *thread, const EvmEvent *event, const char *id,
                     const EvmStreamRow *at)
{
    EvmStreamPart *part = thread->part;
    const EvmStreamFacts *facts = thread->reading->file->facts;
    EvmWithdrawal withdrawal = {.known = EVM_DATE_NONE};
    if (facts->citations) {
        EvmCited *cited = evm_citations_find(facts->citations, event->id);
        if (cited) {
            g_atomic_int_inc(&cited->met);
            withdrawal = cited->withdrawal;
        }
        check_twin(thread, event, id);
    } else {
        if (id[0] != '\0')
            evm_stream_part_add_id(part, id);
        part->needs_facts |= event->supersedes[0] != '\0' || !part->is_rising;
    }
    thread->reading->visitor->add(thread->worker, event, at, &withdrawal, part->remarks);
}

static bool add_row(const EvmCsvRow *row, const char *text, size_t size, void *user)
{
    Thread *thread = user;
    EvmStreamPart *part = thread->part;
    EvmEvent event;
    if (skip_row(thread, row))
        return !part->why_whole;
    part->rows++;
    if (!evm_row_parse(&thread->context, row, &event)) {
        part->refused++;
        return true;
    }
    EvmStreamRow at = {(uint64_t)thread->context.file << EVM_ORDER_FILE_SHIFT |
                           thread->index << EVM_ORDER_PIECE_SHIFT | row->line,
                       thread->piece.offset + (size_t)(text - thread->piece.data), size};
    if (thread->reading->file->facts->is_learning)
        learn_row(thread, &event, find_id(thread, row), &at);
    else
        show_row(thread, &event, find_id(thread, row), &at);
    return !part->why_whole && !part->needs_facts;
}

static void parse_piece(Thread *thread)
{
    EvmStreamFile *file = thread->reading->file;
    EvmRowContext *context = &thread->context;
    EvmStreamPart *part = evm_stream_part_new();
    bool knows_lines = file->lines_known && thread->index < file->lines_known->len;
    thread->part = part;
    context->diagnostics = part->diagnostics;
    context->id_stem = knows_lines ? file->id_stem : NULL;
    context->line_before =
        knows_lines ? g_array_index(file->lines_known, unsigned, thread->index) : 0;
    memset(context->proof, 0, sizeof context->proof);
    bool is_whole = evm_csv_parse_piece(thread->piece.data, thread->piece.size,
                                        file->dialect.delimiter, add_row, thread, &part->lines);
    memcpy(part->proof, context->proof, sizeof part->proof);
    part->needs_facts |= !file->facts->citations && has_order_proof(context);
    if (!is_whole && !part->needs_facts && !part->why_whole)
        part->why_whole = "where its rows end cannot be told piece by piece";
}

/* Under the lock. False at the end, and when there is nothing more to be read for. */
static bool take_piece(Thread *thread)
{
    Reading *reading = thread->reading;
    EvmStreamFile *file = reading->file;
    if (file->why_whole || file->needs_facts || reading->error)
        return false;
    if (reading->has_first) {
        thread->piece = reading->first;
        reading->first = (EvmCsvPiece){0};
        reading->has_first = false;
    } else {
        EvmCsvPiecesResult result =
            evm_csv_pieces_load(&file->pieces, &thread->piece, &reading->error);
        if (result == EVM_CSV_PIECES_LONG)
            file->why_whole = WHY_LONG;
        if (result != EVM_CSV_PIECES_MORE)
            return false;
    }
    thread->index = reading->parts->len;
    g_ptr_array_add(reading->parts, NULL);
    return true;
}

static void add_ids(EvmStreamFile *file, const EvmStreamPart *part)
{
    file->is_rising &= part->is_rising;
    if (part->first_id.length > 0) {
        file->is_rising &=
            evm_row_id_is_rising(&file->last_id, part->first_id.text, part->first_id.length);
        file->last_id = part->last_id;
    }
    if (!file->facts->is_learning)
        file->needs_facts |= !file->facts->citations && !file->is_rising;
}

static void add_proofs(EvmStreamFile *file, const EvmStreamPart *part, unsigned lines)
{
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++) {
        const EvmOrderProof *new = &part->proof[i];
        EvmOrderProof *proof = &file->proof[i];
        proof->has_dmy |= new->has_dmy;
        proof->has_mdy |= new->has_mdy;
        if (!new->text || proof->text)
            continue;
        proof->text = evm_arena_strdup(file->arena, new->text);
        proof->line = lines + new->line;
    }
}

static void add_facts(EvmStreamFile *file, const EvmStreamPart *part, unsigned lines)
{
    EvmStreamFacts *facts = file->facts;
    for (guint i = 0; i < part->ids->len; i++)
        facts->is_full |= !evm_repeated_ids_add(facts->ids, g_array_index(part->ids, uint64_t, i));
    for (guint i = 0; i < part->cites->len; i++) {
        EvmStreamCite *cite = &g_array_index(part->cites, EvmStreamCite, i);
        unsigned line = lines + cite->event.line;
        g_autofree char *made_up = g_strdup_printf("%s:%u", file->id_stem, line);
        cite->event.id = cite->id[0] != '\0' ? cite->id : made_up;
        cite->event.supersedes = cite->supersedes;
        evm_citations_add(facts->citations, &cite->event, &cite->row, line);
    }
    facts->is_full |= evm_citations_count(facts->citations) > MOST_CITATIONS;
    add_proofs(file, part, lines);
}

/* What is said of rows that have the id of another, in the order of the rows. */
static EvmDiagnostics *compute_twins(Reading *reading, const EvmStreamPart *part)
{
    EvmStreamFile *file = reading->file;
    EvmDiagnostics *list = evm_diagnostics_new();
    for (guint i = 0; i < part->twins->len; i++) {
        const EvmStreamTwin *twin = &g_array_index(part->twins, EvmStreamTwin, i);
        EvmFirstRow row = twin->row;
        row.line += reading->lines;
        const EvmFirstRow *first = evm_repeated_ids_find_first(file->facts->ids, twin->hash, &row);
        if (!first)
            continue;
        g_autofree char *place = evm_note_format_place(
            first->line, first->file == file->index ? NULL : file->paths[first->file]);
        evm_note_add_twin(list, file->path, twin->row.line,
                          (unsigned)(file->columns.at[EVM_COLUMN_ID] + 1), twin->id, place,
                          first->content == row.content);
    }
    return list;
}

static void add_part(Reading *reading, const EvmStreamPart *part)
{
    EvmStreamFile *file = reading->file;
    EvmDiagnostics *twins = compute_twins(reading, part);
    evm_diagnostics_add_merged(file->diagnostics, part->diagnostics, twins, reading->lines);
    evm_diagnostics_free(twins);
    evm_diagnostics_add_list(file->remarks, part->remarks, reading->lines);
    g_array_append_val(file->lines_before, reading->lines);
    add_ids(file, part);
    if (file->facts->is_learning)
        add_facts(file, part, reading->lines);
    if (file->blank_rows == 0 && part->blank_rows > 0)
        file->first_blank_line = reading->lines + part->first_blank_line;
    file->blank_rows += part->blank_rows;
    file->rows += part->rows;
    file->refused += part->refused;
    if (part->why_whole)
        file->why_whole = part->why_whole;
    else if (file->facts->is_full)
        file->why_whole = "too many rows have ids in no order, or correct others";
    file->needs_facts |= part->needs_facts;
    reading->lines += part->lines;
}

/* Under the lock: parts are added in the order of the file. */
static void add_parts(Reading *reading)
{
    for (; reading->added < reading->parts->len; reading->added++) {
        EvmStreamPart *part = g_ptr_array_index(reading->parts, reading->added);
        if (!part)
            return;
        add_part(reading, part);
        evm_stream_part_free(part);
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
                                      .id = g_string_new(NULL),
                                      .spans = evm_span_cache_new(),
                                      .arena = evm_arena_new()};
    memcpy(thread->context.date_order, file->date_order, sizeof file->date_order);
}

static void thread_clear(Thread *thread)
{
    g_string_free(thread->context.tags, TRUE);
    g_string_free(thread->context.id, TRUE);
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
    for (unsigned i = 1; i < count; i++)
        g_thread_join(others[i]);
    /* Not before all have ended: the last one adds what the others parsed, texts in their arenas.
     */
    for (unsigned i = 0; i < count; i++)
        thread_clear(&threads[i]);
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

/* False when it is no text in UTF-8; what it is in is known then, or it is odd. */
static bool check_encoding(Reading *reading)
{
    EvmStreamFile *file = reading->file;
    EvmCsvPiece *first = &reading->first;
    if (file->encoding) /* a copy */
        return true;
    const char *encoding = evm_csv_find_encoding(first->data, first->size,
                                                 file->options->dialect.encoding, &file->mark);
    if (!encoding) {
        file->why_whole = WHY_PLAIN;
        return false;
    }
    file->needs_text = strcmp(encoding, "utf-8") != 0;
    if (file->needs_text)
        file->encoding = encoding;
    else
        cut_piece(first, file->mark);
    return !file->needs_text;
}

/* False when there is none that can be read so. */
static bool load_header(Reading *reading)
{
    EvmStreamFile *file = reading->file;
    EvmCsvPiece *first = &reading->first;
    file->dialect = file->options->dialect;
    file->dialect.encoding = file->encoding ? file->encoding : "utf-8";
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

/* As the column proved when it was read before. */
static void add_order_notes(EvmStreamFile *file)
{
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++) {
        const EvmOrderProof *proof = &file->proof[i];
        if (proof->text && proof->has_dmy != proof->has_mdy && file->date_order[i])
            evm_note_add_order(file->diagnostics, file->path, file->columns.name[i], proof->line,
                               proof->text, proof->has_dmy);
    }
}

/* Nothing is said in the lists of what cannot be read so. */
static bool load_pieces(Reading *reading)
{
    EvmStreamFile *file = reading->file;
    if (!evm_csv_pieces_init(&file->pieces, file->path, file->text_fd,
                             reading->visitor->piece_bytes, &reading->error))
        return false;
    bool is_first_time = file->sha256[0] == '\0';
    file->pieces.copy_fd = file->copy_fd;
    file->pieces.stream.watch = (EvmInputWatch){reading->visitor->progress, reading->visitor->user,
                                                file->bytes_before, file->bytes_all};
    file->pieces.sha256 = reading->visitor->wants_sha256 && is_first_time ? evm_sha256_new() : NULL;
    EvmCsvPiecesResult result =
        evm_csv_pieces_load(&file->pieces, &reading->first, &reading->error);
    bool has_rows = result == EVM_CSV_PIECES_MORE || result == EVM_CSV_PIECES_LONG;
    if (!has_rows || file->pieces.stream.size > EVM_LIMIT_EVENT_FILE_BYTES)
        file->why_whole = WHY_PLAIN;
    if (!file->why_whole && check_encoding(reading)) {
        add_order_notes(file);
        if (result == EVM_CSV_PIECES_LONG)
            file->why_whole = WHY_LONG;
        else if (!load_header(reading))
            file->why_whole = file->header->len > 0 ? WHY_PLAIN : "it has no header line";
        run_threads(reading);
    }
    bool is_whole = !file->why_whole && !file->needs_facts && !file->needs_text;
    if (!reading->error && !is_whole && file->copy_fd)
        evm_csv_pieces_commit_copy(&file->pieces, &reading->error);
    if (file->pieces.sha256 && is_whole)
        evm_sha256_commit(file->pieces.sha256, file->sha256);
    evm_sha256_free(file->pieces.sha256);
    file->pieces.sha256 = NULL;
    return !reading->error;
}

bool evm_stream_file_commit_orders(EvmStreamFile *file)
{
    bool is_settled = false;
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++) {
        const EvmOrderProof *proof = &file->proof[i];
        if (file->date_order[i] || proof->has_dmy == proof->has_mdy)
            continue;
        file->date_order[i] = proof->has_dmy ? EVM_DATE_ORDER_DMY : EVM_DATE_ORDER_MDY;
        is_settled = true;
    }
    return is_settled;
}

bool evm_stream_file_load(EvmStreamFile *file, const EvmStreamVisitor *visitor, GError **error)
{
    Reading reading = {.file = file, .visitor = visitor, .parts = g_ptr_array_new()};
    g_mutex_init(&reading.lock);
    bool done = load_pieces(&reading);
    for (guint i = 0; i < reading.parts->len; i++)
        if (g_ptr_array_index(reading.parts, i))
            evm_stream_part_free(g_ptr_array_index(reading.parts, i));
    g_ptr_array_unref(reading.parts);
    evm_csv_piece_clear(&reading.first);
    g_mutex_clear(&reading.lock);
    if (!done)
        g_propagate_error(error, reading.error);
    if (!done || file->why_whole || file->needs_text)
        return done;
    evm_note_add_dialect(file->diagnostics, file->path, &file->options->dialect, &file->dialect);
    evm_note_add_blank_rows(file->diagnostics, file->path, file->blank_rows,
                            file->first_blank_line);
    if (file->rows == 0)
        evm_note_add_no_rows(file->diagnostics, file->path);
    return true;
}
