#include <string.h>

#include "pipeline/timeline_parts.h"
#include "timeline/flips.h"
#include "timeline/walk.h"

enum { UNKNOWN_DAYS = 36525 }; /* a hundred years: no source had reported anything by then */

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

char *evm_frame_set_format_file(const EvmFrameSet *set, size_t frame, const char *ending)
{
    g_autofree char *name = evm_page_format_name(&set->page, evm_frame_set_at(set, frame));
    return g_strdup_printf("%s.%s", name, ending);
}

char *evm_frame_set_format_link(const char *ending)
{
    return g_strdup_printf("latest.%s", ending);
}

GPtrArray *evm_frame_set_compute_listed(const EvmFrameSet *set)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
        for (size_t frame = 0; frame < set->dates->len; frame++)
            if (set->request->sheet.formats & formats[i].format)
                g_ptr_array_add(names, evm_frame_set_format_file(set, frame, formats[i].ending));
    evm_timeline_wholes_add_names(set, names);
    return names;
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
    set->date_px = evm_sheet_compute_date_px(&sheet);
    evm_changes_free(changes);
    evm_state_free(state);
}

static void compute_sample(EvmFrameSet *set, EvmFonts *fonts)
{
    EvmQuestion question = set->request->sheet.question;
    question.known.days = question.date.days - UNKNOWN_DAYS;
    EvmState *state = evm_state_compute(set->inputs->join, &question);
    EvmChanges *changes = evm_changes_compute_between(state, state);
    changes->from.days -= EVM_CHANGE_DAYS; /* the legend says of how many days changes are */
    EvmFrameMaker maker;
    evm_frame_maker_init(&maker, set, fonts);
    unsigned wanted = set->request->sheet.formats | EVM_FORMAT_PNG;
    set->sample = evm_frame_maker_compute_sheet(&maker, state, changes, wanted);
    set->sample.state = NULL;
    evm_frame_maker_clear(&maker);
    evm_state_free(state);
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

/* It is among what frames are made from, so it has to be there before the keys. */
static bool compute_palette(EvmFrameSet *set, EvmFonts *fonts, GError **error)
{
    if (!set->studio || !set->request->is_lossy)
        return true;
    set->palette = evm_frame_studio_compute_palette(set->studio, fonts, error);
    return set->palette != NULL;
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
    if (evm_layout_has(&set->page.layout, EVM_REGION_PANEL))
        set->grid = evm_sheet_compute_grid(set->page.map, &set->page.layout);
    if (request->sheet.formats & EVM_FORMAT_GEOJSON)
        set->geojson = evm_geojson_new(inputs->universe);
    compute_sample(set, fonts);
    if (request->sheet.formats & EVM_FORMAT_PNG)
        set->studio = evm_frame_studio_new(set);
    if (!compute_palette(set, fonts, error))
        return false;
    evm_frame_set_compute_keys(set, fonts);
    return true;
}

void evm_frame_set_clear(EvmFrameSet *set)
{
    evm_frame_studio_free(set->studio);
    g_free(set->palette);
    evm_frame_sheet_clear(&set->sample);
    evm_scene_free(set->names);
    evm_area_grid_free(set->grid);
    evm_geojson_free(set->geojson);
    if (set->unplaced)
        g_ptr_array_unref(set->unplaced);
    if (set->dates)
        g_array_unref(set->dates);
    evm_series_free(set->series);
    evm_page_clear(&set->page);
    *set = (EvmFrameSet){0};
}
