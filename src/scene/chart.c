#include "scene/chart.h"

#include <math.h>

#include "scene/bands.h"
#include "scene/parts.h"
#include "scene/typeset.h"
#include "scene/words.h"

static const double PLOT_EM = 104, HEADING_EM = 28, DATES_EM = 24;

typedef struct {
    EvmBands bands;
    EvmFont font;
} Chart;

static const char *find_label(const Chart *chart, size_t control)
{
    return evm_words_find_control(chart->bands.request->language, chart->bands.request->state->join,
                                  chart->bands.series->controls[control]);
}

/* Of them all, but no more than a share of the column: the rest is the chart's. */
static double compute_labels_width(const Chart *chart, double column_px)
{
    static const double MOST = 0.45;
    double widest = 0;
    for (size_t i = 0; i < chart->bands.series->control_count; i++)
        widest = MAX(widest, evm_builder_compute_extents(chart->bands.builder, &chart->font,
                                                         find_label(chart, i))
                                 .width_px);
    return MIN(widest, MOST * column_px);
}

static void draw_labels(const Chart *chart, double width_px)
{
    const EvmBands *bands = &chart->bands;
    size_t count = bands->series->control_count;
    g_autofree double *baselines = g_new0(double, count + 1);
    double x = bands->plot.x_px + bands->plot.width_px + 0.5 * chart->font.size_px;
    evm_bands_compute_baselines(bands, &chart->font, 1.25 * chart->font.size_px, baselines);
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(baselines[i]))
            continue;
        g_autofree char *label =
            evm_text_compute_fitted(bands->builder, &chart->font, find_label(chart, i), width_px);
        evm_builder_add_text(bands->builder, label, (EvmPoint){x, baselines[i]}, EVM_ANCHOR_START,
                             chart->font, bands->request->theme->ink);
    }
}

/* The line of the day. Returns where it is. */
static double draw_day(const Chart *chart)
{
    const EvmBands *bands = &chart->bands;
    double bottom = bands->plot.y_px + bands->plot.height_px;
    int64_t days = (int64_t)bands->request->state->question.date.days - bands->series->from.days;
    double x =
        evm_bands_compute_x(bands, (size_t)CLAMP(days, 0, (int64_t)bands->series->day_count - 1));
    evm_builder_add_line(bands->builder, (EvmPoint){x, bands->plot.y_px - 3},
                         (EvmPoint){x, bottom + 3},
                         (EvmStroke){.color = bands->request->theme->ink, .width_px = 1.2});
    return x;
}

static double compute_width(const Chart *chart, const EvmFont *font, const char *text)
{
    return evm_builder_compute_extents(chart->bands.builder, font, text).width_px;
}

/* Below the plot: the day's, and those of the first and the last day where it leaves room. */
static void draw_dates(const Chart *chart)
{
    const EvmBands *bands = &chart->bands;
    const EvmTheme *theme = bands->request->theme;
    const EvmLanguage *language = bands->request->language;
    EvmDate from = bands->series->from, to = {from.days + (int32_t)bands->series->day_count - 1};
    EvmFont font = chart->font, strong = font;
    strong.weight = EVM_WEIGHT_SEMIBOLD;
    double x = draw_day(chart), left = bands->plot.x_px, right = left + bands->plot.width_px;
    double baseline = bands->plot.y_px + bands->plot.height_px + 1.45 * font.size_px;
    g_autofree char *now = evm_language_format_date(language, bands->request->state->question.date);
    g_autofree char *start = evm_language_format_date(language, from);
    g_autofree char *end = evm_language_format_date(language, to);
    double width = compute_width(chart, &strong, now);
    double now_left = CLAMP(x - width / 2, left, right - width);
    evm_builder_add_text(bands->builder, now, (EvmPoint){now_left, baseline}, EVM_ANCHOR_START,
                         strong, theme->ink);
    if (now_left > left + compute_width(chart, &font, start) + font.size_px)
        evm_builder_add_text(bands->builder, start, (EvmPoint){left, baseline}, EVM_ANCHOR_START,
                             font, theme->ink_faint);
    if (now_left + width + font.size_px < right - compute_width(chart, &font, end))
        evm_builder_add_text(bands->builder, end, (EvmPoint){right, baseline}, EVM_ANCHOR_END, font,
                             theme->ink_faint);
}

double evm_chart_compute_height_px(const EvmColumn *column)
{
    return (PLOT_EM + HEADING_EM + DATES_EM) * column->request->layout->type;
}

void evm_chart_draw(EvmColumn *column)
{
    const EvmSheetRequest *request = column->request;
    const char *title = evm_language_at(request->language, EVM_MESSAGE_CHART_TITLE);
    double type = request->layout->type, top = column->y_px;
    double plot_top = top + evm_column_compute_heading_px(column, title) + 4;
    Chart chart = {.bands = {column->builder, request, request->series, {0, 0, 0, 0}},
                   .font = evm_column_compute_font(column, 12.5, 8.5, EVM_WEIGHT_REGULAR)};
    double labels = compute_labels_width(&chart, column->box.width_px);
    double gap = 0.6 * chart.font.size_px;
    chart.bands.plot = (EvmRect){column->box.x_px, plot_top, column->box.width_px - labels - gap,
                                 top + (HEADING_EM + PLOT_EM) * type - plot_top};
    evm_builder_add_piece(column->builder, request->layout, "chart",
                          evm_language_at(request->language, EVM_MESSAGE_LAYER_CHART))
        ->is_fixed = true;
    evm_bands_draw(&chart.bands);
    evm_builder_add_piece(column->builder, request->layout, "chart-words", title);
    evm_column_draw_heading(column, title);
    draw_labels(&chart, labels);
    draw_dates(&chart);
    column->y_px = top + evm_chart_compute_height_px(column);
}
