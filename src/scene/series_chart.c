#include "scene/series_chart.h"

#include <math.h>

#include "scene/bands.h"
#include "scene/parts.h"
#include "scene/typeset.h"
#include "scene/words.h"

typedef struct {
    const EvmPeriodRequest *request;
    EvmBands bands;
    EvmFont font, strong;
    double type;
} Page;

/* Lines across the bands must not look like a border between them. */
static EvmStroke line_over_bands(const Page *page)
{
    EvmColor color = page->request->sheet->theme->page;
    color.a = 110;
    return (EvmStroke){.color = color, .width_px = MAX(1 * page->type, 0.5)};
}

/* 1, 2 or 5 times a power of ten: about five of them make `all`. */
static double round_step(double all)
{
    double rough = MAX(1, all / 5), power = pow(10, floor(log10(rough))), times = rough / power;
    return times < 1.5 ? power : times < 3.5 ? 2 * power : times < 7.5 ? 5 * power : 10 * power;
}

static void draw_count(const Page *page, double districts)
{
    const EvmBands *bands = &page->bands;
    double y = evm_bands_compute_y(bands, districts), left = bands->plot.x_px;
    double cap = evm_builder_compute_extents(bands->builder, &page->font, "0").cap_height_px;
    g_autofree char *text =
        evm_words_format_count(page->request->sheet->language, (size_t)districts);
    evm_builder_add_line(bands->builder, (EvmPoint){left, y},
                         (EvmPoint){left + bands->plot.width_px, y}, line_over_bands(page));
    evm_builder_add_text(bands->builder, text,
                         (EvmPoint){left - 0.6 * page->font.size_px, y + cap / 2}, EVM_ANCHOR_END,
                         page->font, page->request->sheet->theme->ink_soft);
}

/* Round numbers from 0, and all districts at the top; no round one so near that the two touch. */
static void draw_counts(const Page *page)
{
    double all = (double)page->request->sheet->universe->count, step = round_step(all);
    double apart = 1.3 * page->font.size_px / page->bands.plot.height_px * all;
    for (double count = 0; count + apart <= all; count += step)
        draw_count(page, count);
    draw_count(page, all);
}

static EvmDate day_at(const Page *page, size_t day)
{
    return (EvmDate){page->bands.series->from.days + (int32_t)day};
}

/* How far apart the dates below the bands are. */
typedef struct {
    int months; /* 0: days */
    int days;
} Stride;

static bool is_marked(const Page *page, size_t day, Stride stride)
{
    int year, month, of_month;
    if (stride.months == 0)
        return day % (size_t)stride.days == 0;
    evm_language_format_ymd(page->request->sheet->language, day_at(page, day), &year, &month,
                            &of_month);
    return of_month == 1 && (year * 12 + month - 1) % stride.months == 0;
}

static double compute_date_width(const Page *page, size_t day)
{
    g_autofree char *text =
        evm_language_format_date(page->request->sheet->language, day_at(page, day));
    return evm_builder_compute_extents(page->bands.builder, &page->font, text).width_px;
}

/* Whether two dates at least find room, and none touches the one before. */
static bool has_room(const Page *page, Stride stride)
{
    const EvmBands *bands = &page->bands;
    double free_from = -INFINITY;
    unsigned count = 0;
    for (size_t day = 0; day < bands->series->day_count; day++) {
        if (!is_marked(page, day, stride))
            continue;
        double width = compute_date_width(page, day), x = evm_bands_compute_x(bands, day);
        if (x - width / 2 < free_from)
            return false;
        free_from = x + width / 2 + 1.5 * page->font.size_px;
        count++;
    }
    return count > 1;
}

static void draw_date(const Page *page, size_t day)
{
    const EvmBands *bands = &page->bands;
    const EvmTheme *theme = page->request->sheet->theme;
    double x = evm_bands_compute_x(bands, day), bottom = bands->plot.y_px + bands->plot.height_px;
    double size = page->font.size_px;
    g_autofree char *text =
        evm_language_format_date(page->request->sheet->language, day_at(page, day));
    evm_builder_add_line(bands->builder, (EvmPoint){x, bands->plot.y_px}, (EvmPoint){x, bottom},
                         line_over_bands(page));
    evm_builder_add_line(
        bands->builder, (EvmPoint){x, bottom}, (EvmPoint){x, bottom + 0.4 * size},
        (EvmStroke){.color = theme->ink_soft, .width_px = MAX(1 * page->type, 0.5)});
    evm_builder_add_text(bands->builder, text, (EvmPoint){x, bottom + 1.6 * size},
                         EVM_ANCHOR_MIDDLE, page->font, theme->ink_soft);
}

/* There is air between the dates of the two days. */
static bool is_apart(const Page *page, size_t day, size_t later)
{
    return evm_bands_compute_x(&page->bands, later) - compute_date_width(page, later) / 2 -
               evm_bands_compute_x(&page->bands, day) - compute_date_width(page, day) / 2 >
           1.5 * page->font.size_px;
}

static size_t find_first_marked(const Page *page, Stride stride)
{
    size_t day = 0;
    while (!is_marked(page, day, stride))
        day++;
    return day;
}

/* Those of a stride, at least one, and those of the first and the last day where there is room. */
static void draw_marked(const Page *page, Stride stride)
{
    size_t first = find_first_marked(page, stride), last = first;
    size_t count = page->bands.series->day_count;
    if (is_apart(page, 0, first))
        draw_date(page, 0);
    for (size_t day = first; day < count; day++) {
        if (!is_marked(page, day, stride))
            continue;
        draw_date(page, day);
        last = day;
    }
    if (is_apart(page, last, count - 1))
        draw_date(page, count - 1);
}

/* The finest stride whose dates find room; without any, the first day and the last. */
static void draw_dates(const Page *page)
{
    static const Stride strides[] = {{0, 1}, {0, 2},  {0, 7},  {1, 0},  {3, 0},
                                     {6, 0}, {12, 0}, {60, 0}, {120, 0}};
    size_t count = page->bands.series->day_count;
    for (size_t i = 0; i < G_N_ELEMENTS(strides); i++) {
        if (!has_room(page, strides[i]))
            continue;
        draw_marked(page, strides[i]);
        return;
    }
    draw_date(page, 0);
    if (count > 1)
        draw_date(page, count - 1);
}

/* "Taliban 212", as the last day's counts. */
static char *format_end(const Page *page, size_t control)
{
    const EvmBands *bands = &page->bands;
    EvmTallyRow row = evm_tally_row_at(bands->series->days[bands->series->day_count - 1],
                                       bands->series->controls[control]);
    row.control = bands->series->controls[control];
    return evm_words_format_row(bands->request->language, bands->request->state->join, &row);
}

/* Of them all, but no more than a share of the panel. */
static double compute_ends_width(const Page *page)
{
    static const double MOST = 0.35;
    double panel_px = page->request->sheet->layout->regions[EVM_REGION_PANEL].width_px;
    double widest = 0;
    for (size_t i = 0; i < page->bands.series->control_count; i++) {
        g_autofree char *text = format_end(page, i);
        widest = MAX(
            widest, evm_builder_compute_extents(page->bands.builder, &page->strong, text).width_px);
    }
    return MIN(widest, MOST * panel_px);
}

/* Words at the ends of the bands say what a legend would: the eye has no colours to compare. */
static void draw_ends(const Page *page)
{
    const EvmBands *bands = &page->bands;
    size_t count = bands->series->control_count;
    g_autofree double *baselines = g_new0(double, count + 1);
    double x = bands->plot.x_px + bands->plot.width_px + 0.6 * page->strong.size_px;
    double width_px = compute_ends_width(page);
    evm_bands_compute_baselines(bands, &page->strong, 1.3 * page->strong.size_px, baselines);
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(baselines[i]))
            continue;
        g_autofree char *end = format_end(page, i);
        g_autofree char *text =
            evm_text_compute_fitted(bands->builder, &page->strong, end, width_px);
        evm_builder_add_text(bands->builder, text, (EvmPoint){x, baselines[i]}, EVM_ANCHOR_START,
                             page->strong, page->request->sheet->theme->ink);
    }
}

/* Between the numbers on the left, the words on the right, and the dates below. */
static EvmRect compute_plot(const Page *page)
{
    const EvmLayout *layout = page->request->sheet->layout;
    const EvmRect *legend = &layout->regions[EVM_REGION_LEGEND];
    const EvmRect *panel = &layout->regions[EVM_REGION_PANEL];
    g_autofree char *all = evm_words_format_count(page->request->sheet->language,
                                                  page->request->sheet->universe->count);
    double size = page->font.size_px;
    double left =
        evm_builder_compute_extents(page->bands.builder, &page->font, all).width_px + size;
    double right = compute_ends_width(page) + page->strong.size_px;
    double top = legend->y_px + size, bottom = panel->y_px + panel->height_px - 2.4 * size;
    return (EvmRect){panel->x_px + left, top, MAX(1, panel->width_px - left - right),
                     MAX(1, bottom - top)};
}

static void draw_chart(Page *page)
{
    const EvmSheetRequest *sheet = page->request->sheet;
    evm_builder_add_piece(page->bands.builder, sheet->layout, "chart",
                          evm_language_at(sheet->language, EVM_MESSAGE_LAYER_CHART));
    page->bands.plot = compute_plot(page);
    evm_bands_draw(&page->bands);
    draw_counts(page);
    draw_dates(page);
    draw_ends(page);
}

EvmScene *evm_series_chart_compute(const EvmPeriodRequest *request)
{
    const EvmSheetRequest *sheet = request->sheet;
    double type = sheet->layout->type;
    EvmBuilder *builder =
        evm_builder_new(sheet->layout->width_px, sheet->layout->height_px, sheet->theme->page,
                        sheet->layout->is_mirrored, sheet->measure);
    Page page = {.request = request,
                 .bands = {builder, sheet, request->series, {0, 0, 0, 0}},
                 .font = {EVM_WEIGHT_REGULAR, false, MAX(14 * type, 9), 0, EVM_TYPE_BODY},
                 .strong = {EVM_WEIGHT_SEMIBOLD, false, MAX(16 * type, 10), 0, EVM_TYPE_BODY},
                 .type = type};
    evm_period_draw_head(builder, request);
    draw_chart(&page);
    g_autoptr(GArray) sources = evm_sources_compute(sheet, NULL);
    evm_notes_draw(builder, sheet, &(EvmNotesContent){sources, false});
    EvmSceneInfo info = evm_period_compute_info(builder, request);
    return evm_builder_free(builder, &info);
}
