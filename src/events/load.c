#include "events/events.h"

#include <string.h>

#include "base/arena.h"
#include "base/csv_reader.h"
#include "base/error.h"
#include "base/limits.h"
#include "events/citations.h"
#include "events/kept_rows.h"
#include "events/notes.h"
#include "events/row.h"

/* What EvmEvents points into; the public part comes first, so that one pointer frees all. */
typedef struct {
    EvmEvents events;
    EvmArena *arena;
    EvmEvent *items;
} Store;

typedef struct {
    Store *store;
    EvmEventFile *files;
    size_t file_count;
    GArray *items;
    GHashTable *first_by_id; /* id as given -> index of its first row in items, plus 1 */
    EvmInterner *interner;
    EvmEventOptions options;
    GString *tags;
    EvmDiagnostics *diagnostics; /* NULL when nobody wants them */
    size_t rows, refused;
    const unsigned *lines; /* of the rows of the file in hand, when they were kept; or NULL */
    const EvmDateOrder *date_order; /* of its columns, when it was read before; or NULL */

    /* Of the file being read: */
    EvmRowContext context;
    size_t bytes, line_count; /* when somebody asks how far it is read */
    bool has_header;
    size_t blank_rows;
    unsigned first_blank_line;
} Load;

static Load *load_new(size_t file_count, const EvmEventOptions *options,
                      EvmDiagnostics *diagnostics)
{
    Load *load = g_new0(Load, 1);
    load->store = g_new0(Store, 1);
    load->store->arena = evm_arena_new();
    load->files = evm_arena_alloc_array(load->store->arena, file_count, sizeof *load->files);
    load->items = g_array_new(FALSE, FALSE, sizeof(EvmEvent));
    load->first_by_id = g_hash_table_new(g_str_hash, g_str_equal);
    load->interner = evm_interner_new(load->store->arena);
    load->tags = g_string_new(NULL);
    load->diagnostics = diagnostics;
    if (options)
        load->options = *options;
    return load;
}

static void load_free(Load *load)
{
    evm_interner_free(load->interner);
    g_string_free(load->tags, TRUE);
    g_hash_table_destroy(load->first_by_id);
    if (load->items)
        g_array_free(load->items, TRUE);
    if (load->store)
        evm_events_free(&load->store->events);
    g_free(load);
}

static void warn_duplicate(const Load *load, const EvmEvent *first, const EvmEvent *event)
{
    g_autofree char *place = evm_note_format_place(
        first->line, first->file == event->file ? NULL : load->files[first->file].path);
    evm_note_add_twin(load->context.diagnostics, load->context.path, event->line,
                      (unsigned)(load->context.columns.at[EVM_COLUMN_ID] + 1), event->id, place,
                      evm_row_is_same(first, event));
}

/* Made-up ids name file and line, so only those that the file gives can meet. */
static void check_id(Load *load, const EvmCsvRow *row, const EvmEvent *event)
{
    int column = load->context.columns.at[EVM_COLUMN_ID];
    if (column < 0 || (size_t)column >= row->count || *row->fields[column] == '\0')
        return;
    gpointer known = g_hash_table_lookup(load->first_by_id, event->id);
    if (known)
        warn_duplicate(load, &g_array_index(load->items, EvmEvent, GPOINTER_TO_SIZE(known) - 1),
                       event);
    else
        g_hash_table_insert(load->first_by_id, (gpointer)event->id,
                            GSIZE_TO_POINTER((gsize)load->items->len + 1));
}

static bool skip_row(Load *load, const EvmCsvRow *row)
{
    if (evm_row_is_blank(row)) {
        if (load->blank_rows++ == 0)
            load->first_blank_line = row->line;
        return true;
    }
    if (load->files[load->context.file].rows > 0 || !evm_row_is_hxl(row))
        return false;
    evm_note_add_hxl_row(load->context.diagnostics, load->context.path, row->line);
    return true;
}

static bool add_header(Load *load, const EvmCsvRow *row, GError **error)
{
    load->has_header = true;
    return evm_columns_parse(load->context.path, row, &load->options, load->store->arena,
                             load->context.diagnostics, &load->context.columns, error);
}

static size_t count_lines(const char *csv, size_t size)
{
    size_t lines = 1;
    const char *end = csv + size;
    while ((csv = memchr(csv, '\n', (size_t)(end - csv)))) {
        lines++;
        csv++;
    }
    return lines;
}

static void tell_progress(const Load *load, const EvmCsvRow *row)
{
    enum { ROWS_BETWEEN = 4096 };
    if (load->options.progress && load->rows % ROWS_BETWEEN == 0)
        load->options.progress(
            (size_t)((double)load->bytes * (double)MIN(row->line, load->line_count) /
                     (double)load->line_count),
            load->bytes, load->options.user);
}

static bool add_row(const EvmCsvRow *row, void *user, GError **error)
{
    Load *load = user;
    tell_progress(load, row);
    if (!load->has_header && (!add_header(load, row, error) || load->context.columns.has_header))
        return load->context.columns.preset != NULL;
    if (skip_row(load, row))
        return true;
    if (load->rows == EVM_LIMIT_EVENT_ROWS) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_LIMIT,
                    "%s:%u: the event files have more than %d rows in all; load fewer of them",
                    load->context.path, row->line, EVM_LIMIT_EVENT_ROWS);
        return false;
    }
    load->rows++;
    load->files[load->context.file].rows++;
    EvmEvent event;
    EvmCsvRow placed = *row;
    if (load->lines)
        placed.line = load->lines[load->files[load->context.file].rows - 1];
    if (!evm_row_parse(&load->context, &placed, &event)) {
        load->refused++;
        return true;
    }
    check_id(load, row, &event);
    g_array_append_val(load->items, event);
    return true;
}

/* With room for one more; caller frees. */
static const char **collect_paths(const Load *load)
{
    const char **paths = g_new(const char *, load->file_count + 1);
    for (size_t i = 0; i < load->file_count; i++)
        paths[i] = load->files[i].path;
    return paths;
}

static const char *make_id_stem(const Load *load, const char *path)
{
    g_autofree const char **paths = collect_paths(load);
    paths[load->file_count] = path;
    g_autofree char *stem = evm_row_format_id_stem(paths, load->file_count);
    return evm_arena_strdup(load->store->arena, stem);
}

static void check_same_file(const Load *load, const EvmEventFile *file)
{
    for (size_t i = 0; i < load->context.file; i++) {
        if (strcmp(load->files[i].sha256, file->sha256) != 0)
            continue;
        evm_note_add_same_file(load->context.diagnostics, file->path, load->files[i].path);
        return;
    }
}

static void start_file(Load *load, const char *path, const char *sha256)
{
    EvmArena *arena = load->store->arena;
    EvmEventFile *file = &load->files[load->file_count];
    file->path = evm_arena_strdup(arena, path);
    memcpy(file->sha256, sha256, sizeof file->sha256);
    load->context = (EvmRowContext){.path = file->path,
                                    .id_stem = make_id_stem(load, path),
                                    .file = (unsigned)load->file_count,
                                    .arena = arena,
                                    .interner = load->interner,
                                    .options = &load->options,
                                    .tags = load->tags};
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++)
        load->context.date_order[i] =
            load->date_order ? load->date_order[i] : load->options.date_order;
    load->file_count++;
}

static gboolean is_beyond(gpointer id, gpointer index, gpointer count)
{
    (void)id;
    return GPOINTER_TO_SIZE(index) > GPOINTER_TO_SIZE(count);
}

/* Forgets what was read of the file in hand. `count` items came before it. */
static void restart_file(Load *load, guint count)
{
    EvmEventFile *file = &load->files[load->context.file];
    size_t used = load->items->len - count;
    load->rows -= file->rows;
    load->refused -= file->rows - used;
    file->rows = 0;
    g_hash_table_foreach_remove(load->first_by_id, is_beyond, GSIZE_TO_POINTER((gsize)count));
    g_array_set_size(load->items, count);
    evm_diagnostics_free(load->context.diagnostics);
    load->context.diagnostics = evm_diagnostics_new();
    load->has_header = false;
    load->blank_rows = 0;
    check_same_file(load, file);
}

/* True when some column's dates were of unknown order and now prove one. */
static bool settle_order(Load *load)
{
    bool is_settled = false;
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++) {
        const EvmOrderProof *proof = &load->context.proof[i];
        if (load->context.date_order[i] || proof->has_dmy == proof->has_mdy)
            continue;
        load->context.date_order[i] = proof->has_dmy ? EVM_DATE_ORDER_DMY : EVM_DATE_ORDER_MDY;
        is_settled = true;
    }
    return is_settled;
}

static void note_orders(const Load *load)
{
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++) {
        const EvmOrderProof *proof = &load->context.proof[i];
        if (proof->text && proof->has_dmy != proof->has_mdy)
            evm_note_add_order(load->context.diagnostics, load->context.path,
                               load->context.columns.name[i], proof->line, proof->text,
                               proof->has_dmy);
    }
}

/* Reads the file once, and again where its last row may be what tells how to read its first. */
static bool load_rows(Load *load, const char *csv, size_t size, GError **error)
{
    guint count = load->items->len;
    EvmCsvDialect dialect = load->options.dialect;
    restart_file(load, count);
    if (!evm_csv_load(load->context.path, csv, size, &dialect, add_row, load, error))
        return false;
    if (settle_order(load)) {
        restart_file(load, count);
        note_orders(load);
        if (!evm_csv_load(load->context.path, csv, size, &dialect, add_row, load, error))
            return false;
    }
    evm_note_add_dialect(load->context.diagnostics, load->context.path, &load->options.dialect,
                         &dialect);
    return true;
}

static bool check_rows(const Load *load, GError **error)
{
    if (!load->has_header) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                    "%s: the file is empty; a header line is needed", load->context.path);
        return false;
    }
    evm_note_add_blank_rows(load->context.diagnostics, load->context.path, load->blank_rows,
                            load->first_blank_line);
    if (load->files[load->context.file].rows == 0)
        evm_note_add_no_rows(load->context.diagnostics, load->context.path);
    return true;
}

static bool load_text(Load *load, const char *path, const char *sha256, const char *csv,
                      size_t size, GError **error)
{
    start_file(load, path, sha256);
    load->bytes = size;
    load->line_count = load->options.progress ? count_lines(csv, size) : 0;
    bool ok = load_rows(load, csv, size, error) && check_rows(load, error);
    evm_diagnostics_add_list(load->diagnostics, load->context.diagnostics, 0);
    evm_diagnostics_free(load->context.diagnostics);
    load->context.diagnostics = NULL;
    return ok;
}

static EvmCitations *collect_citations(const Load *load)
{
    EvmCitations *citations = evm_citations_new();
    for (guint i = 0; i < load->items->len; i++) {
        const EvmEvent *event = &g_array_index(load->items, EvmEvent, i);
        if (event->supersedes[0] != '\0')
            evm_citations_add(citations, event, &(EvmStreamRow){0}, event->line);
    }
    for (guint i = 0; i < load->items->len && evm_citations_count(citations) > 0; i++) {
        EvmCited *cited = evm_citations_find(citations, g_array_index(load->items, EvmEvent, i).id);
        if (cited)
            cited->met++;
    }
    return citations;
}

static void check_superseded(const Load *load)
{
    g_autofree const char **paths = collect_paths(load);
    EvmCitations *citations = collect_citations(load);
    evm_citations_add_diagnostics(citations, paths, load->diagnostics);
    evm_citations_free(citations);
}

static EvmEvents *finish(Load *load)
{
    check_superseded(load);
    Store *store = load->store;
    size_t count = load->items->len;
    store->items = (EvmEvent *)(void *)g_array_free(load->items, FALSE);
    store->events = (EvmEvents){.items = store->items,
                                .count = count,
                                .files = load->files,
                                .file_count = load->file_count,
                                .rows = load->rows,
                                .refused = load->refused};
    load->items = NULL;
    load->store = NULL;
    return &store->events;
}

static bool load_source(Load *load, const EvmEventSource *source, GError **error)
{
    EvmInputFile file;
    EvmInputWatch watch = {.func = load->options.progress, .user = load->options.user};
    size_t limit = EVM_LIMIT_EVENT_FILE_BYTES;
    if (!(source->copy_fd
              ? evm_input_file_load_copy(&file, source->copy_fd, source->path, limit, error)
              : evm_input_file_load_watched(&file, source->path, limit, &watch, error)))
        return false;
    bool ok = load_text(load, source->path, file.sha256, file.data, file.size, error);
    evm_input_file_clear(&file);
    return ok;
}

static bool check_path_count(size_t count, GError **error)
{
    if (count == 0)
        g_set_error_literal(error, EVM_ERROR, EVM_ERROR_USAGE, "no event file is named");
    else if (count > EVM_LIMIT_EVENT_FILES)
        g_set_error(error, EVM_ERROR, EVM_ERROR_LIMIT, "%zu event files are named; the limit is %d",
                    count, EVM_LIMIT_EVENT_FILES);
    return count > 0 && count <= EVM_LIMIT_EVENT_FILES;
}

EvmEvents *evm_events_load_sources(const EvmEventSource *sources, size_t count,
                                   const EvmEventOptions *options, EvmDiagnostics *diagnostics,
                                   GError **error)
{
    if (!check_path_count(count, error))
        return NULL;
    Load *load = load_new(count, options, diagnostics);
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++)
        ok = load_source(load, &sources[i], error);
    EvmEvents *events = ok ? finish(load) : NULL;
    load_free(load);
    return events;
}

EvmEvents *evm_events_load(const char *const *paths, size_t path_count,
                           const EvmEventOptions *options, EvmDiagnostics *diagnostics,
                           GError **error)
{
    g_autofree EvmEventSource *sources = g_new0(EvmEventSource, path_count);
    for (size_t i = 0; i < path_count; i++)
        sources[i].path = paths[i];
    return evm_events_load_sources(sources, path_count, options, diagnostics, error);
}

EvmEvents *evm_events_parse(const char *name, const char *csv, size_t size,
                            const EvmEventOptions *options, EvmDiagnostics *diagnostics,
                            GError **error)
{
    char sha256[EVM_SHA256_TEXT_SIZE];
    evm_sha256_compute(csv, size, sha256);
    Load *load = load_new(1, options, diagnostics);
    bool ok = load_text(load, name, sha256, csv, size, error);
    EvmEvents *events = ok ? finish(load) : NULL;
    load_free(load);
    return events;
}

EvmEvents *evm_events_parse_kept(const EvmKeptFile *files, size_t count)
{
    Load *load = load_new(count, NULL, NULL);
    size_t rows = 0, refused = 0;
    for (size_t i = 0; i < count; i++) {
        const EvmKeptFile *file = &files[i];
        load->options = file->options;
        load->lines = file->lines;
        load->date_order = file->date_order;
        load_text(load, file->path, file->sha256, file->csv, file->size, NULL);
        load->files[i].rows = file->rows;
        rows += file->rows;
        refused += file->refused;
    }
    load->rows = rows;
    load->refused = refused;
    EvmEvents *events = finish(load);
    load_free(load);
    return events;
}

void evm_events_free(EvmEvents *events)
{
    if (!events)
        return;
    Store *store = (Store *)(void *)events;
    evm_arena_free(store->arena);
    g_free(store->items);
    g_free(store);
}
