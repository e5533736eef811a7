#include "pipeline/timeline.h"

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/jobs.h"
#include "pipeline/read_files.h"
#include "pipeline/timeline_parts.h"

/* Frames that follow each other differ least: each thread has a stretch of them. Who has made all
 * of its own takes the second half of the longest one that is left. */
typedef struct {
    size_t next, end;
} Stretch;

typedef struct {
    EvmFrameSet set;
    EvmTools *tools;
    EvmFrameFolder *folder;
    EvmTimelineResult *result;
    EvmFrameRecord *records; /* EVM_FRAME_FORMATS a frame */
    GArray *wholes;          /* of EvmWholeFile */
    size_t *frames;          /* those of this shard */
    size_t frame_count;
    Stretch stretches[EVM_JOBS_THREADS_MAX];
    unsigned stretch_count;
    bool is_reading; /* makes nothing */
    EvmFrameMaker makers[EVM_JOBS_THREADS_MAX];
    EvmFonts *fonts[EVM_JOBS_THREADS_MAX]; /* the first are those of the tools */
    GMutex mutex;                          /* guards the result, the reporter and the stretches */
} Run;

static void report_frame(Run *run, size_t frame, size_t bytes, bool is_kept, const GError *error)
{
    const EvmTimelineRequest *request = run->set.request;
    EvmTimelineResult *result = run->result;
    g_autofree char *name =
        evm_page_format_name(&run->set.page, evm_frame_set_at(&run->set, frame));
    g_mutex_lock(&run->mutex);
    *(error ? &result->failed : is_kept ? &result->kept : &result->made) += 1;
    EvmFrameReport report = {
        .date = evm_frame_set_at(&run->set, frame),
        .done = result->made + result->kept + result->failed,
        .total = run->frame_count,
        .name = name,
        .bytes = bytes,
        .is_kept = is_kept,
        .error = error,
    };
    if (request->report)
        request->report(request->user, &report);
    g_mutex_unlock(&run->mutex);
}

/* What becomes of one frame. */
typedef struct {
    Run *run;
    EvmFrameMaker *maker;
    size_t frame;
    EvmFrameSheet sheet;
    size_t bytes; /* of its files */
    bool is_kept; /* all its files are there */
} Frame;

static bool write_format(Frame *work, EvmFormat format, const char *name, const char *key,
                         EvmFrameRecord *record, GError **error)
{
    const GString *file = evm_frame_maker_compute_file(work->maker, &work->sheet, format, error);
    if (!file ||
        !evm_frame_folder_write(work->run->folder, name, key, file->str, file->len, record, error))
        return false;
    work->bytes += file->len;
    return true;
}

/* Unless it is there and nothing that it shows has changed. */
static bool make_format(Frame *work, unsigned index, GError **error)
{
    Run *run = work->run;
    EvmFormat format;
    char key[EVM_SHA256_TEXT_SIZE];
    const char *ending = evm_frame_format_at(index, &format);
    if (!(run->set.request->sheet.formats & format))
        return true;
    g_autofree char *name = evm_frame_set_format_file(&run->set, work->frame, ending);
    EvmFrameRecord *record = &run->records[work->frame * EVM_FRAME_FORMATS + index];
    evm_frame_maker_compute_key(work->maker, &work->sheet, format, key);
    if (evm_frame_folder_find(run->folder, name, key, record)) {
        work->bytes += (size_t)record->size;
        return true;
    }
    work->is_kept = false;
    return run->is_reading || write_format(work, format, name, key, record, error);
}

static bool make_formats(Frame *work, GError **error)
{
    bool done = true;
    for (unsigned i = 0; done && i < EVM_FRAME_FORMATS; i++)
        done = make_format(work, i, error);
    return done;
}

static void find_letters(Run *run, const EvmFrameMaker *maker, const EvmFrameSheet *sheet)
{
    if (!sheet->sheet.scene)
        return;
    g_mutex_lock(&run->mutex);
    evm_scene_find_missing(sheet->sheet.scene, maker->fonts, run->result->missing);
    g_mutex_unlock(&run->mutex);
}

static Frame make_frame(Run *run, EvmFrameMaker *maker, size_t frame, GError **error)
{
    Frame work = {.run = run, .maker = maker, .frame = frame, .is_kept = true};
    work.sheet = evm_frame_maker_compute(maker, evm_frame_set_at(&run->set, frame),
                                         run->set.request->sheet.formats);
    find_letters(run, maker, &work.sheet);
    make_formats(&work, error);
    evm_frame_sheet_clear(&work.sheet);
    return work;
}

static void make_and_report(Run *run, EvmFrameMaker *maker, size_t frame)
{
    g_autoptr(GError) error = NULL;
    Frame work = make_frame(run, maker, frame, &error);
    report_frame(run, frame, work.bytes, work.is_kept, error);
}

static EvmFrameMaker *find_maker(Run *run, unsigned worker, GError **error)
{
    EvmFrameMaker *maker = &run->makers[worker];
    if (!run->fonts[worker])
        run->fonts[worker] = evm_fonts_new(run->set.request->sheet.theme, error);
    if (!run->fonts[worker])
        return NULL;
    if (!maker->set) {
        evm_frame_maker_init(maker, &run->set, run->fonts[worker]);
        maker->memo = evm_stripe_memo_new();
    }
    return maker;
}

static Stretch *find_longest(Run *run)
{
    Stretch *longest = &run->stretches[0];
    for (unsigned i = 1; i < run->stretch_count; i++) {
        Stretch *it = &run->stretches[i];
        if (it->end - it->next > longest->end - longest->next)
            longest = it;
    }
    return longest;
}

/* The next frame of a stretch; false when all frames are made, or in work. */
static bool take_frame(Run *run, unsigned stretch, size_t *frame)
{
    Stretch *own = &run->stretches[stretch];
    g_mutex_lock(&run->mutex);
    if (own->next == own->end) {
        Stretch *other = find_longest(run);
        size_t half = (other->end - other->next + 1) / 2;
        *own = (Stretch){other->end - half, other->end};
        other->end -= half;
    }
    bool has_any = own->next < own->end;
    if (has_any)
        *frame = run->frames[own->next++];
    g_mutex_unlock(&run->mutex);
    return has_any;
}

static void make_stretch(void *user, unsigned worker, unsigned stretch)
{
    Run *run = user;
    g_autoptr(GError) error = NULL;
    EvmFrameMaker *maker = find_maker(run, worker, &error);
    for (size_t frame; take_frame(run, stretch, &frame);)
        if (maker)
            make_and_report(run, maker, frame);
        else
            report_frame(run, frame, 0, false, error);
}

static void make_frames(Run *run)
{
    const EvmTimelineRequest *request = run->set.request;
    size_t count = run->frame_count;
    unsigned threads = request->is_dry ? 1 : request->sheet.threads; /* listed in order */
    run->stretch_count = evm_jobs_count_workers((unsigned)count, threads);
    for (unsigned i = 0; i < run->stretch_count; i++)
        run->stretches[i] =
            (Stretch){count * i / run->stretch_count, count * (i + 1) / run->stretch_count};
    evm_jobs_compute(run->stretch_count, run->stretch_count, make_stretch, run);
    for (unsigned i = 0; i < EVM_JOBS_THREADS_MAX; i++)
        if (run->makers[i].set)
            evm_frame_maker_clear(&run->makers[i]);
}

static void find_frames(Run *run)
{
    const EvmFrameSet *set = &run->set;
    run->records = g_new0(EvmFrameRecord, set->dates->len * EVM_FRAME_FORMATS);
    run->frames = g_new(size_t, set->dates->len);
    for (size_t i = 0; i < set->dates->len; i++)
        if (set->request->sheet.formats != 0 && evm_frame_set_has(set, i))
            run->frames[run->frame_count++] = i;
    run->result->frames = run->frame_count;
}

static bool write_latest(Run *run, GError **error)
{
    const char *ending;
    EvmFormat format;
    bool done = true;
    for (unsigned i = 0; done && (ending = evm_frame_format_at(i, &format)); i++) {
        if (!(run->set.request->sheet.formats & format))
            continue;
        g_autofree char *name =
            evm_frame_set_format_file(&run->set, run->set.dates->len - 1, ending);
        g_autofree char *link = evm_frame_set_format_link(ending);
        done = evm_frame_folder_write_link(run->folder, link, name, error);
    }
    return done;
}

static bool write_wholes(Run *run, GError **error)
{
    const EvmFrameRecord *records = run->result->failed == 0 ? run->records : NULL;
    if (!evm_timeline_wholes_write(&run->set, records, run->fonts[0], run->folder, run->wholes,
                                   error))
        return false;
    for (guint i = 0; i < run->wholes->len; i++) {
        const EvmWholeFile *whole = &g_array_index(run->wholes, EvmWholeFile, i);
        if (!whole->is_kept || !run->set.request->is_dry)
            g_ptr_array_add(
                run->result->whole_paths,
                g_build_filename(run->set.request->sheet.out_folder, whole->name, NULL));
    }
    return true;
}

/* It is written each time, but a dry run speaks of it only when there is anything to be made. */
static void list_index(Run *run)
{
    const char *folder = run->set.request->sheet.out_folder;
    g_autofree char *path = g_build_filename(folder, EVM_TIMELINE_INDEX_NAME, NULL);
    if (run->result->made > 0 || run->result->whole_paths->len > 0 ||
        !g_file_test(path, G_FILE_TEST_EXISTS))
        run->result->index_path = g_steal_pointer(&path);
}

static bool write_index(Run *run, GError **error)
{
    const EvmTimelineRequest *request = run->set.request;
    g_autoptr(GString) index = g_string_new(NULL);
    run->result->left = evm_timeline_left_compute(&run->set, run->folder);
    run->result->links = evm_timeline_links_compute(&run->set, run->folder);
    run->result->index_path =
        g_build_filename(request->sheet.out_folder, EVM_TIMELINE_INDEX_NAME, NULL);
    evm_timeline_index_write(&run->set, run->fonts[0], run->records, run->wholes, index);
    return evm_atomic_file_write_all(run->result->index_path, index->str, index->len, error) &&
           write_latest(run, error);
}

/* What is left when the frames are there, or would be, but for those that failed. */
static bool finish(Run *run, GError **error)
{
    if (!write_wholes(run, error))
        return false;
    if (run->result->failed > 0)
        return true;
    if (!run->set.request->is_dry)
        return write_index(run, error);
    list_index(run);
    return true;
}

bool evm_timeline_is_feasible(const EvmTimelineRequest *request, GError **error)
{
    EvmRenderRequest page = request->sheet;
    if (request->has_chart || request->has_multiples)
        page.layout = NULL; /* such a page has text, whatever the frames have */
    return evm_render_is_feasible(&request->sheet, error) && evm_render_is_feasible(&page, error);
}

static bool are_links_free(const EvmFrameSet *set, const EvmReadFiles *read, GError **error)
{
    EvmFormat format;
    const char *ending;
    bool done = true;
    for (unsigned i = 0; done && (ending = evm_frame_format_at(i, &format)); i++) {
        g_autofree char *link = evm_frame_set_format_link(ending);
        if (set->request->sheet.formats & format)
            done = evm_read_files_is_free(read, link, error);
    }
    return done;
}

/* Whether nothing that was read will be written over, by this shard or another. */
static bool is_free(const EvmFrameSet *set, GError **error)
{
    EvmReadFiles *read = evm_read_files_new(&set->request->sheet, set->inputs);
    g_autoptr(GPtrArray) names = evm_frame_set_compute_listed(set);
    bool done = evm_read_files_is_free(read, EVM_TIMELINE_INDEX_NAME, error) &&
                are_links_free(set, read, error);
    for (guint i = 0; done && i < names->len; i++)
        done = evm_read_files_is_free(read, names->pdata[i], error);
    evm_read_files_free(read);
    return done;
}

/* What both calls begin with. */
static bool run_init(Run *run, const EvmTimelineRequest *request, const EvmInputs *inputs,
                     EvmTools *tools, EvmTimelineResult *result, GError **error)
{
    *result = (EvmTimelineResult){.whole_paths = g_ptr_array_new_with_free_func(g_free),
                                  .missing = g_ptr_array_new_with_free_func(g_free)};
    *run =
        (Run){.result = result, .is_reading = request->is_dry, .wholes = evm_timeline_wholes_new()};
    g_mutex_init(&run->mutex);
    run->fonts[0] = evm_tools_resolve_fonts(tools, error);
    if (!run->fonts[0] || !evm_frame_set_init(&run->set, request, inputs, run->fonts[0], error) ||
        !is_free(&run->set, error))
        return false;
    result->unplaced = g_steal_pointer(&run->set.unplaced);
    find_frames(run);
    const char *path = request->sheet.out_folder;
    run->folder = request->is_dry
                      ? evm_frame_folder_load(path)
                      : evm_frame_folder_new(path, request->shard, request->shards, error);
    return run->folder != NULL;
}

static void run_clear(Run *run)
{
    evm_frame_folder_free(run->folder);
    evm_frame_set_clear(&run->set); /* what the studio drew may hold fonts of any thread */
    for (unsigned i = 1; i < EVM_JOBS_THREADS_MAX; i++)
        evm_fonts_free(run->fonts[i]);
    g_array_unref(run->wholes);
    g_free(run->records);
    g_free(run->frames);
    g_mutex_clear(&run->mutex);
}

static void find_outside(Run *run)
{
    const EvmInputs *inputs = run->set.inputs;
    EvmQuestion question = run->set.request->sheet.question;
    question.date = run->set.request->to;
    EvmState *state = evm_state_compute(inputs->join, &question);
    run->result->outside = evm_open_places_compute_outside(inputs->universe, state);
    evm_state_free(state);
}

bool evm_timeline_write(const EvmTimelineRequest *request, const EvmInputs *inputs, EvmTools *tools,
                        EvmTimelineResult *result, GError **error)
{
    Run run;
    bool done = run_init(&run, request, inputs, tools, result, error);
    if (done) {
        find_outside(&run);
        make_frames(&run);
        if (request->shards == 1)
            done = finish(&run, error);
    }
    run_clear(&run);
    return done;
}

/* False where some frame of some shard is missing; names the first. */
static bool find_all(Run *run, GError **error)
{
    size_t missing = 0;
    g_autofree char *first = NULL;
    EvmFrameMaker maker;
    evm_frame_maker_init(&maker, &run->set, run->fonts[0]);
    run->is_reading = true;
    for (size_t i = 0; i < run->set.dates->len; i++)
        if (!make_frame(run, &maker, i, NULL).is_kept && missing++ == 0)
            first = evm_page_format_name(&run->set.page, evm_frame_set_at(&run->set, i));
    evm_frame_maker_clear(&maker);
    if (missing > 0)
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                    "%s: %zu of %u frames %s not there, or made from other data or options "
                    "(shards that were copied here need their .evmap-frames files, too); the first "
                    "is %s",
                    run->set.request->sheet.out_folder, missing, run->set.dates->len,
                    missing == 1 ? "is" : "are", first);
    return missing == 0;
}

bool evm_timeline_merge_write(const EvmTimelineRequest *request, const EvmInputs *inputs,
                              EvmTools *tools, EvmTimelineResult *result, GError **error)
{
    Run run;
    const char *folder = request->sheet.out_folder;
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                    "%s: there is no such folder: which one did the shards write to?", folder);
        *result = (EvmTimelineResult){0};
        return false;
    }
    bool done = run_init(&run, request, inputs, tools, result, error) && find_all(&run, error) &&
                finish(&run, error);
    result->kept = done ? result->frames : 0;
    run_clear(&run);
    return done;
}

void evm_timeline_result_clear(EvmTimelineResult *result)
{
    g_free(result->index_path);
    evm_open_places_free(result->outside);
    g_clear_pointer(&result->unplaced, g_ptr_array_unref);
    g_clear_pointer(&result->missing, g_ptr_array_unref);
    g_clear_pointer(&result->left, g_ptr_array_unref);
    g_clear_pointer(&result->links, g_ptr_array_unref);
    g_clear_pointer(&result->whole_paths, g_ptr_array_unref);
    *result = (EvmTimelineResult){0};
}
