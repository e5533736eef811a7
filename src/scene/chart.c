#include "scene/chart.h"

#include <math.h>

#include "scene/parts.h"
#include "scene/typeset.h"
#include "scene/words.h"

static const double PLOT_EM = 104, HEADING_EM = 28, DATES_EM = 24;

typedef struct {
    EvmBuilder *builder;
    const EvmSheetRequest *request;
    const EvmSeries *series;
    EvmRect plot;
    EvmFont font;
    double *below; /* districts in the bands that are drawn, one a day */
} Chart;

static double x_of(const Chart *chart, size_t day)
{
    double last = MAX(1, (double)chart->series->day_count - 1);
    return chart->plot.x_px + chart->plot.width_px * (double)day / last;
}

static double y_of(const Chart *chart, double districts)
{
    double all = MAX(1, (double)chart->request->universe->count);
    return chart->plot.y_px + chart->plot.height_px * (1 - districts / all);
}

static double count_at(const Chart *chart, size_t day, EvmControl control)
{
    return (double)evm_tally_row_at(chart->series->days[day], control).districts;
}

/* Every day a point, or fewer where they would lie closer than half a pixel; the last one always.
 */
static size_t next_day(const Chart *chart, size_t day)
{
    size_t count = chart->series->day_count;
    size_t stride = (size_t)MAX(1, (double)count / (2 * chart->plot.width_px));
    return day + 1 == count ? count : MIN(day + stride, count - 1);
}

/* Between what lies below and that with this band: along the days and back. */
static void draw_band(Chart *chart, EvmControl control)
{
    size_t days = chart->series->day_count, count = 0;
    EvmArena *arena = evm_builder_find_arena(chart->builder);
    EvmPoint *points = evm_arena_alloc_array(arena, 2 * days, sizeof *points);
    uint32_t *end = evm_arena_alloc(arena, sizeof *end);
    for (size_t day = 0; day < days; day = next_day(chart, day))
        points[count++] = (EvmPoint){x_of(chart, day), y_of(chart, chart->below[day])};
    for (size_t day = 0; day < days; day++)
        chart->below[day] += count_at(chart, day, control);
    size_t half = count, i = 0;
    for (size_t day = 0; day < days; day = next_day(chart, day), i++)
        points[2 * half - 1 - i] = (EvmPoint){x_of(chart, day), y_of(chart, chart->below[day])};
    *end = (uint32_t)(2 * half);
    EvmItem *band = evm_builder_add_path(chart->builder, (EvmPath){points, end, 1, true},
                                         evm_control_find_color(chart->request, control));
    band->stroke = (EvmStroke){.color = chart->request->theme->page, .width_px = 0.6};
}

static const char *find_label(const Chart *chart, size_t control)
{
    return evm_words_find_control(chart->request->language, chart->request->state->join,
                                  chart->series->controls[control]);
}

static double compute_labels_width(const Chart *chart)
{
    double widest = 0;
    for (size_t i = 0; i < chart->series->control_count; i++)
        widest = MAX(widest,
                     evm_builder_compute_extents(chart->builder, &chart->font, find_label(chart, i))
                         .width_px);
    return widest;
}

/* Baselines beside the bands' ends, pushed apart: upwards from the lowest, then back into the
 * plot. */
static void compute_baselines(const Chart *chart, double baselines[])
{
    size_t last = chart->series->day_count - 1, count = chart->series->control_count;
    double cap = evm_builder_compute_extents(chart->builder, &chart->font, "H").cap_height_px;
    double line = 1.25 * chart->font.size_px, below = 0;
    double limit = chart->plot.y_px + chart->plot.height_px;
    for (size_t i = 0; i < count; i++) {
        double districts = count_at(chart, last, chart->series->controls[i]);
        double middle = y_of(chart, below + districts / 2) + cap / 2;
        below += districts;
        if (districts == 0)
            continue;
        baselines[i] = MIN(middle, limit);
        limit = baselines[i] - line;
    }
    limit = chart->plot.y_px + cap;
    for (size_t i = count; i-- > 0;)
        if (count_at(chart, last, chart->series->controls[i]) > 0) {
            baselines[i] = MAX(baselines[i], limit);
            limit = baselines[i] + line;
        }
}

static void draw_labels(const Chart *chart)
{
    size_t count = chart->series->control_count, last = chart->series->day_count - 1;
    g_autofree double *baselines = g_new0(double, count + 1);
    double x = chart->plot.x_px + chart->plot.width_px + 0.5 * chart->font.size_px;
    compute_baselines(chart, baselines);
    for (size_t i = 0; i < count; i++)
        if (count_at(chart, last, chart->series->controls[i]) > 0)
            evm_builder_add_text(chart->builder, find_label(chart, i), (EvmPoint){x, baselines[i]},
                                 EVM_ANCHOR_START, chart->font, chart->request->theme->ink);
}

/* The line of the day, and the dates below: that of the start gives way to it. */
static void draw_dates(const Chart *chart)
{
    const EvmTheme *theme = chart->request->theme;
    const EvmLanguage *language = chart->request->language;
    EvmDate date = chart->request->state->question.date, from = chart->series->from;
    double bottom = chart->plot.y_px + chart->plot.height_px, left = chart->plot.x_px;
    int64_t days = (int64_t)date.days - from.days;
    double x = x_of(chart, (size_t)CLAMP(days, 0, (int64_t)chart->series->day_count - 1));
    double baseline = bottom + 1.45 * chart->font.size_px;
    EvmFont strong = chart->font;
    strong.weight = EVM_WEIGHT_SEMIBOLD;
    evm_builder_add_line(chart->builder, (EvmPoint){x, chart->plot.y_px - 3},
                         (EvmPoint){x, bottom + 3},
                         (EvmStroke){.color = theme->ink, .width_px = 1.2});
    g_autofree char *now = evm_language_format_date(language, date);
    g_autofree char *start = evm_language_format_date(language, from);
    double width = evm_builder_compute_extents(chart->builder, &strong, now).width_px;
    double before = evm_builder_compute_extents(chart->builder, &chart->font, start).width_px;
    double now_left = CLAMP(x - width / 2, left, left + chart->plot.width_px - width);
    evm_builder_add_text(chart->builder, now, (EvmPoint){now_left, baseline}, EVM_ANCHOR_START,
                         strong, theme->ink);
    if (now_left > left + before + chart->font.size_px)
        evm_builder_add_text(chart->builder, start, (EvmPoint){left, baseline}, EVM_ANCHOR_START,
                             chart->font, theme->ink_faint);
}

double evm_chart_compute_height_px(const EvmColumn *column)
{
    return (PLOT_EM + HEADING_EM + DATES_EM) * column->request->layout->type;
}

void evm_chart_draw(EvmColumn *column)
{
    const EvmSheetRequest *request = column->request;
    double type = request->layout->type, top = column->y_px;
    evm_column_draw_heading(column, evm_language_at(request->language, EVM_MESSAGE_CHART_TITLE));
    Chart chart = {.builder = column->builder,
                   .request = request,
                   .series = request->series,
                   .font = evm_column_compute_font(column, 12.5, 8.5, EVM_WEIGHT_REGULAR),
                   .below = g_new0(double, request->series->day_count)};
    double labels = compute_labels_width(&chart) + 0.6 * chart.font.size_px;
    chart.plot = (EvmRect){column->box.x_px, column->y_px + 4, column->box.width_px - labels,
                           top + (HEADING_EM + PLOT_EM) * type - column->y_px - 4};
    for (size_t i = 0; i < chart.series->control_count; i++)
        draw_band(&chart, chart.series->controls[i]);
    draw_labels(&chart);
    draw_dates(&chart);
    g_free(chart.below);
    column->y_px = top + evm_chart_compute_height_px(column);
}
