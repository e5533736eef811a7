#include "pipeline/render.h"

#include <math.h>
#include <string.h>

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"
#include "output/manifest.h"
#include "output/output.h"
#include "scene/sheet.h"

typedef struct {
    const EvmRenderRequest *request;
    const EvmInputs *inputs;
    EvmFonts *fonts;
    EvmState *state;
    EvmChanges *changes;
    EvmSeries *series; /* NULL: no chart */
    EvmLayout layout;
    EvmMap *map;
    EvmScene *ground;
    EvmPainting *painting; /* NULL when no PNG is wanted */
    EvmSheet sheet;
    EvmRenderResult *result;
    char *boundaries, *credits;
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

static bool compute_map(Job *job, GError **error)
{
    const EvmRenderRequest *request = job->request;
    job->layout = evm_layout_compute(request->layout, request->width_px, request->height_px,
                                     evm_language_is_rtl(request->language));
    /* Less than half a pixel of the picture: finer than the eye, coarser than the data. */
    EvmMapRequest map = {
        .universe = job->inputs->universe,
        .window = request->window,
        .neighbours = job->inputs->neighbours,
        .crs = request->crs,
        .frame = evm_layout_find_place(&job->layout, EVM_REGION_MAP),
        .margin_px = round(22 * job->layout.type),
        .tolerance_px = 0.45 / fmax(1, request->scale),
    };
    job->map = evm_map_compute(&map, error);
    return job->map != NULL;
}

static void compute_state(Job *job)
{
    const EvmQuestion *question = &job->request->question;
    EvmQuestion before = *question;
    before.date.days -= EVM_CHANGE_DAYS;
    job->state = evm_state_compute(job->inputs->join, question);
    job->changes = evm_changes_compute(job->inputs->join, &before, question);
}

/* Half a year at most, from the first claim on; two weeks at least. */
static bool compute_series(Job *job, GError **error)
{
    enum { LONGEST_DAYS = 183, SHORTEST_DAYS = 14 };
    const EvmJoin *join = job->inputs->join;
    EvmDate to = job->request->question.date, first = to;
    if (!evm_layout_has(&job->layout, EVM_REGION_CHART))
        return true;
    for (size_t i = 0; i < join->claim_count; i++)
        first.days = MIN(first.days, join->claims[i].effective.days);
    if (first.days >= to.days)
        return true;
    EvmQuestion question = job->request->question;
    question.date.days = CLAMP(first.days, to.days - LONGEST_DAYS, to.days - SHORTEST_DAYS);
    job->series = evm_series_compute(job->inputs->universe, join, &question, to, error);
    return job->series != NULL;
}

static EvmSheetRequest sheet_request(const Job *job)
{
    const EvmInputs *inputs = job->inputs;
    return (EvmSheetRequest){
        .universe = inputs->universe,
        .state = job->state,
        .changes = job->changes,
        .map = job->map,
        .layout = &job->layout,
        .theme = job->request->theme,
        .language = job->request->language,
        .area = inputs->area,
        .series = job->series,
        .boundaries = job->boundaries,
        .credits = job->credits,
        .software = job->request->software,
    };
}

/* From here on other threads draw the ground. */
static bool begin_painting(Job *job, GError **error)
{
    const EvmRenderRequest *request = job->request;
    EvmSheetRequest sheet = sheet_request(job);
    job->ground = evm_sheet_compute_ground(&sheet);
    if (!(request->formats & EVM_FORMAT_PNG))
        return true;
    job->painting = evm_painting_new(job->ground, request->scale, request->threads, error);
    return job->painting != NULL;
}

static bool compute_sheet(Job *job, EvmTools *tools, GError **error)
{
    const EvmInputs *inputs = job->inputs;
    job->fonts = evm_tools_resolve_fonts(tools, error);
    if (!job->fonts)
        return false;
    if (!compute_series(job, error))
        return false;
    EvmSheetRequest sheet = sheet_request(job);
    sheet.measure = evm_fonts_compute_measure(job->fonts);
    job->sheet = evm_sheet_compute(&sheet, job->ground);
    job->result->unplaced = g_steal_pointer(&job->sheet.unplaced);
    job->result->outside = evm_universe_find_outside(inputs->universe, job->state);
    job->result->m_per_px = job->map->m_per_px;
    return true;
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
    return evm_svg_write(job->sheet.scene, out, error);
}

static bool fill_svg_outlined(Job *job, GString *out, GError **error)
{
    return evm_svg_outlined_write(job->sheet.scene, job->fonts, out, error);
}

static bool fill_pdf(Job *job, GString *out, GError **error)
{
    return evm_scene_draw_pdf(job->sheet.scene, job->fonts, out, error);
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
        .vintage = job->inputs->vintage,
        .boundaries = job->boundaries,
        .neighbours = job->inputs->neighbours,
        .info = &job->sheet.scene->info,
        .projection = evm_projection_format(job->map->projection),
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

/* The manifest comes last: where it stands, all that it names is whole. */
static bool write_files(Job *job, GError **error)
{
    GThread *thread = g_thread_new("manifest", fill_manifest, job);
    bool done = write_pictures(job, error);
    g_autoptr(GString) manifest = g_thread_join(thread);
    return done && write_file(job, ".json", manifest, error);
}

/* "-66.5_36_71_38.5", so that a window does not overwrite the whole map; "" without. */
static char *format_window(const EvmExtent *window)
{
    if (!window)
        return g_strdup("");
    return g_strdup_printf("-%.10g_%.10g_%.10g_%.10g", window->min.lon_deg, window->min.lat_deg,
                           window->max.lon_deg, window->max.lat_deg);
}

static char *compute_stem(const Job *job)
{
    char date[EVM_DATE_TEXT_SIZE];
    const char *area = job->inputs->area_name;
    g_autofree char *slug = evm_text_format_slug(area ? area : "Afghanistan");
    const char *layout = job->request->layout;
    const char *language = evm_language_find_slug(job->request->language);
    const char *theme = job->request->theme->slug;
    bool is_light = strcmp(theme, "light") == 0;
    bool is_english = strcmp(language, "en") == 0;
    g_autofree char *window = format_window(job->request->window);
    g_autofree char *name = g_strdup_printf(
        "%s%s-%s%s%s%s%s%s%s", slug, window, evm_date_format(job->request->question.date, date),
        layout ? "-" : "", layout ? layout : "", is_light ? "" : "-", is_light ? "" : theme,
        is_english ? "" : "-", is_english ? "" : language);
    return g_build_filename(job->request->out_folder, name, NULL);
}

bool evm_render_write(const EvmRenderRequest *request, const EvmInputs *inputs, EvmTools *tools,
                      EvmRenderResult *result, GError **error)
{
    *result = (EvmRenderResult){.paths = g_ptr_array_new_with_free_func(g_free)};
    Job job = {.request = request, .inputs = inputs, .result = result};
    job.stem = compute_stem(&job);
    job.boundaries = evm_inputs_format_boundaries(inputs, request->language);
    job.credits = evm_inputs_format_credits(inputs, request->language);
    bool done = evm_render_is_feasible(request, error) && compute_map(&job, error);
    if (done) {
        compute_state(&job);
        done = begin_painting(&job, error) && compute_sheet(&job, tools, error) &&
               evm_folder_new(request->out_folder, error) && write_files(&job, error);
    }
    evm_painting_free(job.painting);
    evm_sheet_clear(&job.sheet);
    evm_scene_free(job.ground);
    evm_map_free(job.map);
    evm_series_free(job.series);
    evm_changes_free(job.changes);
    evm_state_free(job.state);
    g_free(job.stem);
    g_free(job.boundaries);
    g_free(job.credits);
    return done;
}

void evm_render_result_clear(EvmRenderResult *result)
{
    g_clear_pointer(&result->paths, g_ptr_array_unref);
    g_clear_pointer(&result->unplaced, g_ptr_array_unref);
    g_clear_pointer(&result->outside, g_array_unref);
}
