#include <string.h>

#include "pipeline/timeline_parts.h"
#include "timeline/flips.h"
#include "timeline/walk.h"

static const struct {
    EvmFormat format;
    const char *ending;
} formats[] = {
    {EVM_FORMAT_PNG, "png"}, {EVM_FORMAT_SVG, "svg"},         {EVM_FORMAT_PDF, "pdf"},
    {EVM_FORMAT_CSV, "csv"}, {EVM_FORMAT_GEOJSON, "geojson"},
};

const char *evm_frame_format_at(unsigned index, EvmFormat *format)
{
    if (index >= G_N_ELEMENTS(formats))
        return NULL;
    *format = formats[index].format;
    return formats[index].ending;
}

EvmDate evm_frame_set_at(const EvmFrameSet *set, size_t frame)
{
    return g_array_index(set->dates, EvmDate, frame);
}

bool evm_frame_set_has(const EvmFrameSet *set, size_t frame)
{
    return frame % set->request->shards + 1 == set->request->shard;
}

size_t evm_frame_set_count(const EvmFrameSet *set)
{
    size_t count = 0;
    for (size_t i = 0; i < set->dates->len; i++)
        count += evm_frame_set_has(set, i);
    return count;
}

char *evm_frame_set_format_file(const EvmFrameSet *set, size_t frame, const char *ending)
{
    g_autofree char *name = evm_page_format_name(&set->page, evm_frame_set_at(set, frame));
    return g_strdup_printf("%s.%s", name, ending);
}

void evm_frame_set_compute_key(const EvmFrameSet *set, size_t frame, char key[EVM_SHA256_TEXT_SIZE])
{
    char date[EVM_DATE_TEXT_SIZE];
    g_autofree char *text =
        g_strconcat(set->key, " ", evm_date_format(evm_frame_set_at(set, frame), date), NULL);
    evm_sha256_compute(text, strlen(text), key);
}

/* Every district that changes hands so that one of the frames shows it: one layout of their names
 * serves all frames. */
static EvmChanges *compute_all_changes(const EvmFrameSet *set)
{
    const EvmInputs *inputs = set->inputs;
    EvmQuestion question = set->request->sheet.question;
    question.date.days -= EVM_CHANGE_DAYS;
    EvmFlips *flips =
        evm_flips_compute(inputs->universe, inputs->join, &question, set->request->to);
    EvmChanges *changes = g_new0(EvmChanges, 1);
    changes->from = question.date;
    changes->to = set->request->to;
    changes->is_changed = g_new0(bool, inputs->gazetteer->district_count);
    for (size_t i = 0; i < flips->count; i++)
        changes->is_changed[flips->items[i].district] = true;
    evm_flips_free(flips);
    return changes;
}

static void compute_names(EvmFrameSet *set, EvmFonts *fonts)
{
    EvmState *state = evm_state_compute(set->inputs->join, &set->request->sheet.question);
    EvmChanges *changes = compute_all_changes(set);
    EvmSheetRequest sheet = evm_page_compute_request(&set->page, state, changes);
    sheet.measure = evm_fonts_compute_measure(fonts);
    set->unplaced = g_ptr_array_new_with_free_func(g_free);
    set->names = evm_sheet_compute_names(&sheet, set->unplaced);
    evm_changes_free(changes);
    evm_state_free(state);
}

static void add_files(GString *text, const EvmInputFile *files, size_t count)
{
    for (size_t i = 0; i < count; i++)
        g_string_append_printf(text, "%s\n", files[i].sha256);
}

static void add_inputs(GString *text, const EvmInputs *inputs)
{
    for (size_t i = 0; i < inputs->events->file_count; i++)
        g_string_append_printf(text, "%s\n", inputs->events->files[i].sha256);
    add_files(text, inputs->gazetteer->files, inputs->gazetteer->file_count);
    add_files(text, inputs->geodata->files, inputs->geodata->file_count);
    if (inputs->neighbours)
        add_files(text, inputs->neighbours->files, inputs->neighbours->file_count);
}

static void add_request(GString *text, const EvmFrameSet *set)
{
    const EvmRenderRequest *sheet = &set->request->sheet;
    const EvmQuestion *question = &sheet->question;
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf(text, "%s %s\n%s %s %s\n%s\n%s\n", sheet->software, set->request->build,
                           evm_render_format_cairo_version(), evm_render_format_pango_version(),
                           evm_png_format_version(), set->page.boundaries, set->page.credits);
    g_string_append_printf(text, "%d %d %d %d %u\n", question->known.days,
                           question->dispute_window_days, question->stale_after_days,
                           (int)question->baseline.kind, question->baseline.actor);
    g_string_append_printf(text, "%s\n%s\n", set->page.layout.name, sheet->crs ? sheet->crs : "");
    const double numbers[] = {sheet->width_px, sheet->height_px, sheet->scale};
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        g_string_append_printf(text, "%s\n", g_ascii_dtostr(number, sizeof number, numbers[i]));
    for (size_t i = 0; i < set->dates->len; i++)
        g_string_append_printf(text, "%d ", evm_frame_set_at(set, i).days);
}

static void add_color(GString *text, EvmColor color)
{
    g_string_append_printf(text, " %u,%u,%u,%u", color.r, color.g, color.b, color.a);
}

/* Words, colours and places of one sheet: so a change of language, theme or layout is one of the
 * inputs, wherever it comes from. */
static void add_sheet(GString *text, const EvmScene *scene)
{
    for (size_t i = 0; i < scene->layer_count; i++)
        for (size_t k = 0; k < scene->layers[i].item_count; k++) {
            const EvmItem *item = &scene->layers[i].items[k];
            add_color(text, item->fill);
            add_color(text, item->stroke.color);
            add_color(text, item->text.color);
            g_string_append_printf(text, " %d %d %s\n", (int)(item->bounds.x_px * 16),
                                   (int)(item->bounds.y_px * 16),
                                   item->type == EVM_ITEM_TEXT ? item->text.string : "");
        }
}

static void compute_key(EvmFrameSet *set, const EvmScene *first)
{
    g_autoptr(GString) text = g_string_new(NULL);
    add_inputs(text, set->inputs);
    add_request(text, set);
    add_sheet(text, first);
    set->key = g_malloc(EVM_SHA256_TEXT_SIZE);
    evm_sha256_compute(text->str, text->len, set->key);
}

/* The first frame is the sample for the codes of all, whichever shard makes it. */
static bool compute_film(EvmFrameSet *set, EvmFonts *fonts, const EvmScene *first, GError **error)
{
    const EvmRenderRequest *sheet = &set->request->sheet;
    if (!(sheet->formats & EVM_FORMAT_PNG) || set->request->is_dry)
        return true;
    set->backdrop = evm_backdrop_new(first, sheet->scale, sheet->threads, error);
    if (!set->backdrop)
        return false;
    EvmPainter *painter = evm_painter_new(set->backdrop, fonts);
    if (evm_painter_draw(painter, first, error))
        set->film = evm_png_film_new(evm_painter_find_raster(painter), error);
    evm_painter_free(painter);
    return set->film != NULL;
}

/* The legend has the same rows on all frames: those that any day between them needs. */
static bool compute_series(EvmFrameSet *set, GError **error)
{
    const EvmTimelineRequest *request = set->request;
    set->series = evm_series_compute(set->inputs->universe, set->inputs->join,
                                     &request->sheet.question, request->to, error);
    set->page.legend = set->series ? evm_series_compute_most(set->series) : NULL;
    return set->series != NULL;
}

bool evm_frame_set_init(EvmFrameSet *set, const EvmTimelineRequest *request,
                        const EvmInputs *inputs, EvmFonts *fonts, GError **error)
{
    *set = (EvmFrameSet){.request = request, .inputs = inputs};
    set->dates = evm_timeline_compute_dates(request, inputs, error);
    if (!set->dates || !evm_page_init(&set->page, &request->sheet, inputs, error) ||
        !evm_page_compute_series(&set->page, &request->sheet.question, request->to, error) ||
        !compute_series(set, error))
        return false;
    compute_names(set, fonts);
    if (request->sheet.formats & EVM_FORMAT_GEOJSON)
        set->geojson = evm_geojson_new(inputs->universe);
    EvmFrameMaker maker;
    evm_frame_maker_init(&maker, set, fonts);
    EvmFrameSheet first = evm_frame_maker_compute(&maker, evm_frame_set_at(set, 0), EVM_FORMAT_PNG);
    compute_key(set, first.sheet.scene);
    bool done = compute_film(set, fonts, first.sheet.scene, error);
    evm_frame_sheet_clear(&first);
    evm_frame_maker_clear(&maker);
    return done;
}

void evm_frame_set_clear(EvmFrameSet *set)
{
    evm_png_film_free(set->film);
    evm_backdrop_free(set->backdrop);
    evm_scene_free(set->names);
    evm_geojson_free(set->geojson);
    if (set->unplaced)
        g_ptr_array_unref(set->unplaced);
    if (set->dates)
        g_array_unref(set->dates);
    evm_series_free(set->series);
    evm_page_clear(&set->page);
    g_free(set->key);
    *set = (EvmFrameSet){0};
}
