#include "pipeline/page.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

EvmMapRequest evm_page_compute_map_request(const EvmPage *page)
{
    /* Less than half a pixel of the picture: finer than the eye, coarser than the data. */
    return (EvmMapRequest){
        .universe = page->inputs->universe,
        .window = page->request->window,
        .neighbours = page->inputs->neighbours,
        .crs = page->request->crs,
        .frame = evm_layout_find_place(&page->layout, EVM_REGION_MAP),
        .margin_px = round(22 * page->layout.type),
        .tolerance_px = 0.45 / fmax(1, page->request->scale),
    };
}

bool evm_page_init(EvmPage *page, const EvmRenderRequest *request, const EvmInputs *inputs,
                   GError **error)
{
    *page = (EvmPage){.request = request, .inputs = inputs};
    if (!evm_render_is_feasible(request, error))
        return false;
    page->signs = evm_signs_compute(request->theme, (const char *const *)inputs->join->actors);
    page->boundaries = evm_inputs_format_boundaries(inputs, request->language);
    page->credits = evm_inputs_format_credits(inputs, request->language);
    page->layout = evm_layout_compute(request->layout, request->width_px, request->height_px,
                                      evm_language_is_rtl(request->language));
    EvmMapRequest map = evm_page_compute_map_request(page);
    page->map = evm_map_compute(&map, error);
    return page->map != NULL;
}

void evm_page_clear(EvmPage *page)
{
    evm_series_free(page->series);
    evm_tally_free(page->legend);
    evm_map_free(page->map);
    g_free(page->signs);
    g_free(page->boundaries);
    g_free(page->credits);
    *page = (EvmPage){0};
}

enum { LONGEST_CHART_DAYS = 183, SHORTEST_CHART_DAYS = 14 };

bool evm_page_compute_series(EvmPage *page, const EvmQuestion *question, EvmDate to, GError **error)
{
    const EvmJoin *history = page->inputs->history;
    EvmDate first = history->first_day;
    if (!evm_layout_has(&page->layout, EVM_REGION_CHART))
        return true;
    if (evm_date_is_none(first) || first.days >= to.days)
        return true;
    EvmQuestion from = *question;
    from.date.days = MIN(MAX(first.days, question->date.days - LONGEST_CHART_DAYS),
                         MIN(question->date.days, to.days - SHORTEST_CHART_DAYS));
    page->series = evm_series_compute(page->inputs->universe, history, &from, to, error);
    return page->series != NULL;
}

EvmNeeds evm_page_compute_needs(const EvmQuestion *question)
{
    EvmDate to = question->date;
    return (EvmNeeds){.questions = {*question},
                      .question_count = 1,
                      .known = question->known,
                      .to = to,
                      .flips_from = {to.days - EVM_CHANGE_DAYS},
                      .history_from = {to.days - LONGEST_CHART_DAYS},
                      .wants_reports = true,
                      .wants_evidence = true};
}

EvmSheetRequest evm_page_compute_request(const EvmPage *page, const EvmState *state,
                                         const EvmChanges *changes)
{
    return (EvmSheetRequest){
        .universe = page->inputs->universe,
        .state = state,
        .changes = changes,
        .map = page->map,
        .layout = &page->layout,
        .theme = page->request->theme,
        .signs = page->signs,
        .language = page->request->language,
        .area = page->inputs->area,
        .series = page->series,
        .legend = page->legend,
        .has_graticule = page->request->has_graticule,
        .boundaries = page->boundaries,
        .credits = page->credits,
        .software = page->request->software,
    };
}

/* "-66.5_36_71_38.5", so that a window does not overwrite the whole map; "" without. */
static char *format_window(const EvmExtent *window)
{
    if (!window)
        return g_strdup("");
    return g_strdup_printf("-%.10g_%.10g_%.10g_%.10g", window->min.lon_deg, window->min.lat_deg,
                           window->max.lon_deg, window->max.lat_deg);
}

/* "-known-2021-07-01-stale-30": whatever else was asked, so that no answer overwrites another. */
static char *format_question(const EvmPage *page)
{
    const EvmQuestion *question = &page->request->question;
    const EvmControl *baseline = &question->baseline;
    GString *text = g_string_new(NULL);
    char day[EVM_DATE_TEXT_SIZE];
    if (question->known.days != EVM_KNOWN_NOW.days)
        g_string_append_printf(text, "-known-%s", evm_date_format(question->known, day));
    if (page->inputs->universe_kind != EVM_UNIVERSE_OF_FILE)
        g_string_append_printf(text, "-of-%d", (int)page->inputs->universe_kind);
    if (baseline->kind == EVM_CONTROL_HELD) {
        g_autofree char *actor = evm_text_format_slug(page->inputs->join->actors[baseline->actor]);
        g_string_append_printf(text, "-baseline-%s", actor);
    }
    if (question->stale_after_days > 0)
        g_string_append_printf(text, "-stale-%d", question->stale_after_days);
    if (question->dispute_window_days < 0)
        g_string_append(text, "-undisputed");
    else if (question->dispute_window_days != EVM_DISPUTE_WINDOW_DAYS)
        g_string_append_printf(text, "-dispute-%d", question->dispute_window_days);
    return g_string_free(text, FALSE);
}

static char *format_name(const EvmPage *page, const char *when)
{
    const char *area = page->inputs->area_name, *layout = page->request->layout;
    g_autofree char *slug = evm_text_format_slug(area ? area : "Afghanistan");
    g_autofree char *window = format_window(page->request->window);
    g_autofree char *question = format_question(page);
    const char *language = evm_language_find_slug(page->request->language);
    const char *theme = page->request->theme->slug;
    bool is_light = strcmp(theme, "light") == 0;
    bool is_english = strcmp(language, "en") == 0;
    return g_strdup_printf("%s%s-%s%s%s%s%s%s%s%s", slug, window, when, question, layout ? "-" : "",
                           layout ? layout : "", is_light ? "" : "-", is_light ? "" : theme,
                           is_english ? "" : "-", is_english ? "" : language);
}

char *evm_page_format_name(const EvmPage *page, EvmDate date)
{
    char text[EVM_DATE_TEXT_SIZE];
    return format_name(page, evm_date_format(date, text));
}

char *evm_page_format_period(const EvmPage *page, EvmDate from, EvmDate to)
{
    char first[EVM_DATE_TEXT_SIZE], last[EVM_DATE_TEXT_SIZE];
    g_autofree char *when =
        g_strconcat(evm_date_format(from, first), "-to-", evm_date_format(to, last), NULL);
    return format_name(page, when);
}
