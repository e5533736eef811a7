#include "scene/sheet.h"

#include "scene/markers.h"
#include "scene/parts.h"
#include "scene/words.h"

static const char *format_title(EvmBuilder *builder, const EvmSheetRequest *request)
{
    const EvmLanguage *language = request->language;
    g_autofree char *date = evm_language_format_date_both(language, request->state->question.date);
    g_autofree char *area =
        evm_words_format_area(language, request->universe->gazetteer, request->area);
    EvmDate known = request->state->question.known;
    g_autofree char *title =
        evm_language_format(language, EVM_MESSAGE_TITLE_DATED, "area", area, "date", date, NULL);
    if (known.days == EVM_KNOWN_NOW.days)
        return evm_builder_format(builder, "%s", title);
    g_autofree char *day = evm_language_format_date(language, known);
    g_autofree char *both =
        evm_language_format(language, EVM_MESSAGE_TITLE_KNOWN, "title", title, "known", day, NULL);
    return evm_builder_format(builder, "%s", both);
}

/* "Taliban 153, Government 9, …" */
static char *format_counts(const EvmSheetRequest *request, const EvmTally *tally)
{
    const EvmLanguage *language = request->language;
    char *list = NULL;
    for (size_t i = 0; i < tally->count; i++) {
        g_autofree char *before = list;
        g_autofree char *next =
            evm_words_format_row(language, request->state->join, &tally->rows[i]);
        list = before ? evm_language_format(language, EVM_MESSAGE_LIST, "before", before, "next",
                                            next, NULL)
                      : g_steal_pointer(&next);
    }
    return list ? list : g_strdup("");
}

static const char *format_description(EvmBuilder *builder, const EvmSheetRequest *request,
                                      const char *title, const char *summary)
{
    EvmTally *tally = evm_tally_compute(request->universe, request->state, -1);
    g_autofree char *counts = format_counts(request, tally);
    g_autofree char *total = evm_words_format_count(request->language, tally->total.districts);
    evm_tally_free(tally);
    g_autofree char *text = evm_language_format(
        request->language, EVM_MESSAGE_DESCRIPTION, "title", title, "summary", summary, "counts",
        counts, "total", total, "boundaries", request->boundaries, NULL);
    return evm_builder_format(builder, "%s", text);
}

static const char *format_families(EvmBuilder *builder, const EvmSheetRequest *request,
                                   EvmType type)
{
    const EvmTheme *theme = request->theme;
    const char *latin = evm_theme_find_font(theme, type, EVM_SCRIPT_LATIN)->family;
    const char *arabic = evm_theme_find_font(theme, type, EVM_SCRIPT_ARABIC)->family;
    const char *a = strchr(latin, ' ') ? "'" : "", *b = strchr(arabic, ' ') ? "'" : "";
    return evm_builder_format(builder, "%s%s%s, %s%s%s", a, latin, a, b, arabic, b);
}

EvmSceneInfo evm_sheet_compute_info(EvmBuilder *builder, const EvmSheetRequest *request,
                                    const GArray *sources)
{
    const EvmLanguage *language = request->language;
    char date[EVM_DATE_TEXT_SIZE];
    g_autofree char *summary =
        evm_words_format_summary(language, request->universe, request->state, request->changes);
    g_autofree char *named = evm_sources_format(request, sources);
    const char *title = format_title(builder, request);
    g_autofree char *alt_text = evm_language_format(language, EVM_MESSAGE_ALT_TEXT, "title", title,
                                                    "summary", summary, NULL);
    return (EvmSceneInfo){
        .title = title,
        .table = request->is_bare ? (EvmSceneTable){0} : evm_data_table_compute(builder, request),
        .alt_text = evm_builder_format(builder, "%s", alt_text),
        .description = format_description(builder, request, title, summary),
        .date =
            evm_builder_format(builder, "%s", evm_date_format(request->state->question.date, date)),
        .sources = evm_builder_format(builder, "%s", named),
        .software = evm_builder_format(builder, "%s", request->software),
        .language = evm_builder_format(builder, "%s", evm_language_find_code(language)),
        .families = {format_families(builder, request, EVM_TYPE_BODY),
                     format_families(builder, request, EVM_TYPE_TITLE)},
    };
}

static EvmBuilder *page_new(const EvmSheetRequest *request)
{
    return evm_builder_new(request->layout->width_px, request->layout->height_px,
                           request->theme->page, request->layout->is_mirrored, request->measure);
}

EvmScene *evm_sheet_compute_ground(const EvmSheetRequest *request)
{
    EvmBuilder *builder = page_new(request);
    evm_map_layers_draw(builder, request);
    return evm_builder_free(builder, &(EvmSceneInfo){0});
}

/* A layout without a title is too small for any text. */
static bool has_text(const EvmSheetRequest *request)
{
    return evm_layout_has(request->layout, EVM_REGION_TITLE);
}

EvmScene *evm_sheet_compute_names(const EvmSheetRequest *request, GPtrArray *unplaced)
{
    EvmBuilder *builder = page_new(request);
    if (has_text(request))
        evm_map_labels_draw(builder, request, unplaced);
    return evm_builder_free(builder, &(EvmSceneInfo){0});
}

struct EvmDraft {
    const EvmSheetRequest *request;
    EvmBuilder *builder;
    EvmDevelopments *developments; /* NULL in a layout that has no list of them */
    GArray *sources;               /* when the list is drawn */
};

static void draw_pieces(EvmDraft *draft)
{
    const EvmSheetRequest *request = draft->request;
    EvmBuilder *builder = draft->builder;
    if (evm_layout_has(request->layout, EVM_REGION_PANEL))
        draft->developments = evm_developments_compute(request->universe, request->state,
                                                       request->changes->from, request->area);
    evm_scale_bar_draw(builder, request);
    evm_north_arrow_draw(builder, request);
    evm_locator_draw(builder, request);
    evm_head_draw(builder, request);
    bool has_reading = evm_layout_has(request->layout, EVM_REGION_LEGEND) &&
                       evm_panel_draw(builder, request, draft->developments);
    draft->sources = evm_sources_compute(request, draft->developments);
    if (evm_layout_has(request->layout, EVM_REGION_NOTES))
        evm_notes_draw(builder, request, &(EvmNotesContent){draft->sources, !has_reading});
}

EvmDraft *evm_draft_new(const EvmSheetRequest *request, const EvmScene *ground)
{
    EvmDraft *draft = g_new0(EvmDraft, 1);
    draft->request = request;
    draft->builder = page_new(request);
    evm_builder_add_scene(draft->builder, ground);
    if (has_text(request))
        draw_pieces(draft);
    else
        draft->sources = evm_sources_compute(request, NULL);
    return draft;
}

EvmSheet evm_draft_commit(EvmDraft *draft, const EvmScene *names)
{
    EvmSheet sheet = {.unplaced = g_ptr_array_new_with_free_func(g_free)};
    evm_builder_add_scene(draft->builder, names);
    if (has_text(draft->request))
        evm_capital_holders_draw(draft->builder, draft->request, names);
    if (has_text(draft->request) && draft->request->has_graticule)
        evm_graticule_draw_degrees(draft->builder, draft->request);
    if (draft->developments)
        evm_markers_draw(draft->builder, draft->request, names, draft->developments,
                         sheet.unplaced);
    EvmSceneInfo info = evm_sheet_compute_info(draft->builder, draft->request, draft->sources);
    sheet.scene = evm_builder_free(draft->builder, &info);
    sheet.developments = draft->developments;
    g_array_unref(draft->sources);
    g_free(draft);
    return sheet;
}

EvmSheet evm_sheet_compute(const EvmSheetRequest *request, const EvmScene *ground,
                           const EvmScene *names)
{
    return evm_draft_commit(evm_draft_new(request, ground), names);
}

void evm_sheet_clear(EvmSheet *sheet)
{
    evm_scene_free(sheet->scene);
    evm_developments_free(sheet->developments);
    if (sheet->unplaced)
        g_ptr_array_free(sheet->unplaced, TRUE);
    *sheet = (EvmSheet){0};
}
