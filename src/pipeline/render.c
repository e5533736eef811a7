#include "pipeline/render.h"

#include <math.h>
#include <string.h>

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/limits.h"
#include "output/geojson.h"
#include "output/holdings.h"
#include "output/manifest.h"
#include "output/output.h"
#include "pipeline/frame_folder.h"
#include "pipeline/page.h"
#include "pipeline/read_files.h"

typedef struct {
    const EvmRenderRequest *request;
    const EvmInputs *inputs;
    EvmFonts *fonts;
    EvmState *state;
    EvmChanges *changes;
    EvmPage page;
    EvmSheetRequest sheet_request;
    EvmScene *ground, *names;
    EvmPainting *painting;    /* NULL when no PNG is wanted */
    EvmSvgGround *svg_ground; /* NULL when no SVG is wanted */
    EvmSheet sheet;
    EvmRenderResult *result;
    char *stem; /* out/afghanistan-2021-07-05 */
} Job;

bool evm_render_is_feasible(const EvmRenderRequest *request, GError **error)
{
    double width = request->width_px * request->scale, height = request->height_px * request->scale;
    bool has_text = !request->layout || strcmp(request->layout, "thumbnail") != 0;
    double least = has_text ? EVM_LIMIT_MIN_SIDE_PX : EVM_LIMIT_MIN_THUMBNAIL_PX;
    if (request->width_px < least || request->height_px < least) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_LIMIT,
                    "a sheet of %.0fx%.0f px has no room for its text: the least side is %.0f px",
                    request->width_px, request->height_px, least);
        return false;
    }
    if (fmax(width, height) > EVM_LIMIT_SIDE_PX || width * height > EVM_LIMIT_PIXELS) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_LIMIT,
                    "a picture of %.0fx%.0f pixels would take %.0f MB: the limits are %d pixels a "
                    "side and %d million in all (--size, --scale)",
                    width, height, width * height * 4 / 1e6, EVM_LIMIT_SIDE_PX,
                    EVM_LIMIT_PIXELS / 1000000);
        return false;
    }
    return true;
}

static void compute_state(Job *job)
{
    const EvmQuestion *question = &job->request->question;
    EvmQuestion before = *question;
    before.date.days -= EVM_CHANGE_DAYS;
    job->state = evm_state_compute(job->inputs->join, question);
    job->changes = evm_changes_compute(job->inputs->join, &before, question);
}

/* What was read is complete from here on: nothing of it changes any more. */
static bool prepare(Job *job, EvmTools *tools, GError **error)
{
    const EvmRenderRequest *request = job->request;
    compute_state(job);
    job->fonts = evm_tools_resolve_fonts(tools, error);
    if (!job->fonts ||
        !evm_page_compute_series(&job->page, &request->question, request->question.date, error))
        return false;
    job->sheet_request = evm_page_compute_request(&job->page, job->state, job->changes);
    job->sheet_request.measure = evm_fonts_compute_measure(job->fonts);
    return true;
}

/* Runs on a thread of its own: to find places for the names takes as long as all else. */
static gpointer compute_names(gpointer data)
{
    Job *job = data;
    job->names = evm_sheet_compute_names(&job->sheet_request, job->result->unplaced);
    return NULL;
}

/* From here on other threads draw the ground. */
static bool begin_painting(Job *job, GError **error)
{
    const EvmRenderRequest *request = job->request;
    job->ground = evm_sheet_compute_ground(&job->sheet_request);
    if (request->formats & EVM_FORMAT_SVG)
        job->svg_ground = evm_svg_ground_new(job->ground);
    if (!(request->formats & EVM_FORMAT_PNG))
        return true;
    job->painting = evm_painting_new(job->ground, request->scale, request->threads, error);
    return job->painting != NULL;
}

static void add_unplaced(Job *job)
{
    for (guint i = 0; i < job->sheet.unplaced->len; i++)
        g_ptr_array_add(job->result->unplaced, g_strdup(job->sheet.unplaced->pdata[i]));
}

static bool compute_sheet(Job *job, GError **error)
{
    job->result->unplaced = g_ptr_array_new_with_free_func(g_free);
    job->result->outside = evm_open_places_compute_outside(job->inputs->universe, job->state);
    job->sheet_request.outside = job->result->outside->rows;
    GThread *thread = g_thread_new("names", compute_names, job);
    bool done = begin_painting(job, error);
    EvmDraft *draft = evm_draft_new(&job->sheet_request, job->ground);
    g_thread_join(thread);
    job->sheet = evm_draft_commit(draft, job->names);
    add_unplaced(job);
    job->result->missing = g_ptr_array_new_with_free_func(g_free);
    evm_scene_find_missing(job->sheet.scene, job->fonts, job->result->missing);
    job->result->m_per_px = job->page.map->m_per_px;
    return done;
}

static bool fill_png(Job *job, GString *out, GError **error)
{
    const EvmRenderRequest *request = job->request;
    EvmRaster raster;
    if (!evm_painting_commit(job->painting, job->sheet.scene, job->fonts, &raster, error))
        return false;
    bool done = evm_png_write(&raster, &job->sheet.scene->info, request->scale, request->threads,
                              out, error);
    evm_raster_clear(&raster);
    return done;
}

static bool fill_svg(Job *job, GString *out, GError **error)
{
    return evm_svg_write_above(job->svg_ground, job->sheet.scene, out, error);
}

static bool fill_svg_outlined(Job *job, GString *out, GError **error)
{
    return evm_svg_outlined_write(job->sheet.scene, job->fonts, out, error);
}

static bool fill_pdf(Job *job, GString *out, GError **error)
{
    return evm_scene_draw_pdf(job->sheet.scene, job->fonts, out, error);
}

static bool fill_csv(Job *job, GString *out, GError **error)
{
    (void)error;
    evm_holdings_write_csv(job->inputs->universe, job->state, out);
    return true;
}

static bool fill_geojson(Job *job, GString *out, GError **error)
{
    (void)error;
    EvmGeojson *geojson = evm_geojson_new(job->inputs->universe);
    evm_geojson_write(geojson, job->state, job->changes, job->request->software, out);
    evm_geojson_free(geojson);
    return true;
}

typedef struct {
    EvmFormat format;
    const char *ending;
    bool (*fill)(Job *job, GString *out, GError **error);
} Writer;

static const Writer writers[] = {
    {EVM_FORMAT_PNG, ".png", fill_png},
    {EVM_FORMAT_SVG, ".svg", fill_svg},
    {EVM_FORMAT_SVG_OUTLINED, ".outlined.svg", fill_svg_outlined},
    {EVM_FORMAT_PDF, ".pdf", fill_pdf},
    {EVM_FORMAT_CSV, ".csv", fill_csv},
    {EVM_FORMAT_GEOJSON, ".geojson", fill_geojson},
};

/* The manifest names the pictures, so their paths are known before they are written. */
static GPtrArray *compute_paths(const Job *job)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(writers); i++)
        if (job->request->formats & writers[i].format)
            g_ptr_array_add(paths, g_strconcat(job->stem, writers[i].ending, NULL));
    return paths;
}

/* Runs on a thread of its own: the manifest needs nothing of the pictures but their names. */
static gpointer fill_manifest(gpointer data)
{
    const Job *job = data;
    GPtrArray *paths = compute_paths(job);
    GString *out = g_string_sized_new(1 << 18);
    EvmManifest manifest = {
        .join = job->inputs->join,
        .universe = job->inputs->universe,
        .state = job->state,
        .changes = job->changes,
        .developments = job->sheet.developments,
        .vintage = job->inputs->vintage,
        .boundaries = job->page.boundaries,
        .neighbours = job->inputs->neighbours,
        .theme = job->request->theme,
        .language = job->request->language,
        .info = &job->sheet.scene->info,
        .projection = evm_projection_format(job->page.map->projection),
        .area_name = job->inputs->area_name,
        .window = job->request->window,
        .width_px = job->request->width_px,
        .height_px = job->request->height_px,
        .scale = job->request->scale,
        .files = paths,
    };
    evm_manifest_write(&manifest, out);
    g_ptr_array_unref(paths);
    return out;
}

static bool write_file(Job *job, const char *ending, const GString *data, GError **error)
{
    char *path = g_strconcat(job->stem, ending, NULL);
    if (!evm_atomic_file_write_all(path, data->str, data->len, error)) {
        g_free(path);
        return false;
    }
    g_ptr_array_add(job->result->paths, path);
    return true;
}

static bool write_pictures(Job *job, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(writers); i++) {
        if (!(job->request->formats & writers[i].format))
            continue;
        g_autoptr(GString) data = g_string_sized_new(1 << 20);
        if (!writers[i].fill(job, data, error) || !write_file(job, writers[i].ending, data, error))
            return false;
    }
    return true;
}

/* A map that an earlier run made in another format may answer another question: the manifest that
 * could tell is replaced. */
static void find_left(Job *job)
{
    job->result->left = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(writers); i++) {
        g_autofree char *path = g_strconcat(job->stem, writers[i].ending, NULL);
        if (!(job->request->formats & writers[i].format) && g_file_test(path, G_FILE_TEST_EXISTS))
            g_ptr_array_add(job->result->left, g_steal_pointer(&path));
    }
}

/* The manifest comes last: where it stands, all that it names is whole. */
static bool write_files(Job *job, GError **error)
{
    GThread *thread = g_thread_new("manifest", fill_manifest, job);
    bool done = write_pictures(job, error);
    g_autoptr(GString) manifest = g_thread_join(thread);
    find_left(job);
    return done && write_file(job, ".json", manifest, error);
}

/* A timeline's index tells of its frames what nobody else must make untrue. */
static bool is_no_frame(const EvmFrameFolder *folder, const char *path, const char *file,
                        GError **error)
{
    if (!evm_frame_folder_has(folder, file))
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_OUTPUT,
                "%s/%s: is a frame of the timeline in this folder: choose another --out", path,
                file);
    return false;
}

static bool are_free(const EvmRenderRequest *request, const EvmReadFiles *read, const char *name,
                     GError **error)
{
    const char *path = request->out_folder;
    EvmFrameFolder *folder = evm_frame_folder_load(path);
    g_autofree char *manifest = g_strconcat(name, ".json", NULL);
    bool done = evm_read_files_is_free(read, manifest, error);
    for (size_t i = 0; done && i < G_N_ELEMENTS(writers); i++) {
        g_autofree char *file = g_strconcat(name, writers[i].ending, NULL);
        if (request->formats & writers[i].format)
            done =
                evm_read_files_is_free(read, file, error) && is_no_frame(folder, path, file, error);
    }
    evm_frame_folder_free(folder);
    return done;
}

bool evm_render_is_free(const EvmRenderRequest *request, const EvmInputs *inputs, GError **error)
{
    EvmPage page = {.request = request, .inputs = inputs};
    g_autofree char *name = evm_page_format_name(&page, request->question.date);
    EvmReadFiles *read = evm_read_files_new(request, inputs);
    bool done = are_free(request, read, name, error);
    evm_read_files_free(read);
    return done;
}

bool evm_render_write(const EvmRenderRequest *request, const EvmInputs *inputs, EvmTools *tools,
                      EvmRenderResult *result, GError **error)
{
    *result = (EvmRenderResult){.paths = g_ptr_array_new_with_free_func(g_free)};
    Job job = {.request = request, .inputs = inputs, .result = result};
    bool done = evm_render_is_free(request, inputs, error) &&
                evm_page_init(&job.page, request, inputs, error);
    if (done) {
        g_autofree char *name = evm_page_format_name(&job.page, request->question.date);
        job.stem = g_build_filename(request->out_folder, name, NULL);
        done = prepare(&job, tools, error) && compute_sheet(&job, error) &&
               evm_folder_new(request->out_folder, error) && write_files(&job, error);
    }
    evm_painting_free(job.painting);
    evm_svg_ground_free(job.svg_ground);
    evm_sheet_clear(&job.sheet);
    evm_scene_free(job.names);
    evm_scene_free(job.ground);
    evm_page_clear(&job.page);
    evm_changes_free(job.changes);
    evm_state_free(job.state);
    g_free(job.stem);
    return done;
}

void evm_render_result_clear(EvmRenderResult *result)
{
    g_clear_pointer(&result->paths, g_ptr_array_unref);
    g_clear_pointer(&result->unplaced, g_ptr_array_unref);
    g_clear_pointer(&result->left, g_ptr_array_unref);
    g_clear_pointer(&result->missing, g_ptr_array_unref);
    g_clear_pointer(&result->outside, evm_open_places_free);
}
