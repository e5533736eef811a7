#include "scene/sheet.h"

#include "scene/parts.h"
#include "scene/words.h"

static const char *format_title(EvmBuilder *builder, const EvmSheetRequest *request)
{
    g_autofree char *date = evm_date_format_long(request->state->question.date);
    return evm_builder_format(builder, "Battlefield developments in %s, %s",
                              request->area_name ? request->area_name : "Afghanistan", date);
}

static const char *format_description(EvmBuilder *builder, const EvmSheetRequest *request)
{
    const EvmJoin *join = request->state->join;
    g_autoptr(GString) text = g_string_new("Control by number of districts:");
    EvmTally *tally = evm_tally_compute(request->universe, request->state, -1);
    for (size_t i = 0; i < tally->count; i++)
        g_string_append_printf(text, "%s %s %zu", i ? "," : "",
                               evm_control_format_label(join, tally->rows[i].control),
                               tally->rows[i].districts);
    g_string_append_printf(text, "; %zu in all (%s).", tally->total.districts, request->boundaries);
    evm_tally_free(tally);
    return evm_builder_format(builder, "%s", text->str);
}

static EvmSceneInfo compute_info(EvmBuilder *builder, const EvmSheetRequest *request)
{
    char date[EVM_DATE_TEXT_SIZE];
    g_autofree char *summary =
        evm_words_format_summary(request->universe, request->state, request->changes);
    g_autofree char *sources = evm_sources_format(request->universe, request->state, SIZE_MAX);
    const char *title = format_title(builder, request);
    const char *numbers = format_description(builder, request);
    return (EvmSceneInfo){
        .title = title,
        .alt_text = evm_builder_format(builder, "Map. %s. %s", title, summary),
        .description = evm_builder_format(builder, "%s. %s %s", title, summary, numbers),
        .date =
            evm_builder_format(builder, "%s", evm_date_format(request->state->question.date, date)),
        .sources = evm_builder_format(builder, "%s", sources),
        .software = evm_builder_format(builder, "%s", request->software),
        .language = "en",
    };
}

static EvmBuilder *page_new(const EvmSheetRequest *request)
{
    return evm_builder_new(request->layout->width_px, request->layout->height_px,
                           request->theme->page, request->measure);
}

EvmScene *evm_sheet_compute_ground(const EvmSheetRequest *request)
{
    EvmBuilder *builder = page_new(request);
    evm_map_layers_draw(builder, request);
    return evm_builder_free(builder, &(EvmSceneInfo){0});
}

/* A layout without a title is too small for any text. */
static void draw_pieces(EvmBuilder *builder, const EvmSheetRequest *request, GPtrArray *unplaced)
{
    const EvmLayout *layout = request->layout;
    if (!evm_layout_has(layout, EVM_REGION_TITLE))
        return;
    evm_map_labels_draw(builder, request, unplaced);
    evm_scale_bar_draw(builder, request);
    evm_head_draw(builder, request);
    if (evm_layout_has(layout, EVM_REGION_LEGEND))
        evm_panel_draw(builder, request);
    if (evm_layout_has(layout, EVM_REGION_NOTES))
        evm_notes_draw(builder, request);
}

EvmSheet evm_sheet_compute(const EvmSheetRequest *request, const EvmScene *ground)
{
    EvmBuilder *builder = page_new(request);
    EvmSheet sheet = {.unplaced = g_ptr_array_new_with_free_func(g_free)};
    evm_builder_add_scene(builder, ground);
    draw_pieces(builder, request, sheet.unplaced);
    EvmSceneInfo info = compute_info(builder, request);
    sheet.scene = evm_builder_free(builder, &info);
    return sheet;
}

void evm_sheet_clear(EvmSheet *sheet)
{
    evm_scene_free(sheet->scene);
    if (sheet->unplaced)
        g_ptr_array_free(sheet->unplaced, TRUE);
    *sheet = (EvmSheet){0};
}
