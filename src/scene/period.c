#include "scene/period.h"

#include "scene/parts.h"
#include "scene/words.h"

EvmLayout evm_period_compute_layout(double width_px, double height_px, bool is_mirrored)
{
    return evm_layout_compute("period", width_px, height_px, is_mirrored);
}

/* "Control of districts from 1 May to 15 August 2021: 20 of 107 days" */
static char *format_period(const EvmPeriodRequest *request)
{
    const EvmSheetRequest *sheet = request->sheet;
    const EvmLanguage *language = sheet->language;
    g_autofree char *from = evm_language_format_date(language, request->states[0]->question.date);
    g_autofree char *to = evm_language_format_date(language, sheet->state->question.date);
    g_autofree char *count = evm_words_format_count(language, request->count);
    g_autofree char *total = evm_words_format_count(language, request->total);
    return request->count == request->total
               ? evm_language_format(language, EVM_MESSAGE_PERIOD, "from", from, "to", to, NULL)
               : evm_language_format(language, EVM_MESSAGE_PERIOD_SOME, "from", from, "to", to,
                                     "count", count, "total", total, NULL);
}

static char *format_course(const EvmPeriodRequest *request)
{
    const EvmSheetRequest *sheet = request->sheet;
    return evm_words_format_course(sheet->language, sheet->universe, request->states[0],
                                   sheet->state);
}

void evm_period_draw_head(EvmBuilder *builder, const EvmPeriodRequest *request)
{
    g_autofree char *period = format_period(request);
    g_autofree char *course = format_course(request);
    evm_head_draw_with(builder, request->sheet, period, course);
}

EvmSceneInfo evm_period_compute_info(EvmBuilder *builder, const EvmPeriodRequest *request)
{
    const EvmSheetRequest *sheet = request->sheet;
    const EvmLanguage *language = sheet->language;
    g_autofree char *course = format_course(request);
    g_autoptr(GArray) sources = evm_sources_compute(sheet, NULL);
    EvmSceneInfo info = evm_sheet_compute_info(builder, sheet, sources);
    g_autofree char *area =
        evm_words_format_area(language, sheet->universe->gazetteer, sheet->area);
    g_autofree char *from = evm_language_format_date(language, request->states[0]->question.date);
    g_autofree char *to = evm_language_format_date(language, sheet->state->question.date);
    g_autofree char *days = g_strdup_printf("%s – %s", from, to);
    g_autofree char *title =
        evm_language_format(language, EVM_MESSAGE_TITLE_DATED, "area", area, "date", days, NULL);
    g_autofree char *alt_text = evm_language_format(language, EVM_MESSAGE_ALT_TEXT, "title", title,
                                                    "summary", course, NULL);
    info.title = evm_builder_format(builder, "%s", title);
    info.alt_text = evm_builder_format(builder, "%s", alt_text);
    info.description = info.alt_text;
    info.table = evm_day_table_compute(builder, sheet, request->states, request->count);
    return info;
}
