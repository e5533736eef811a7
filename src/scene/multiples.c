#include "scene/multiples.h"

#include <math.h>

#include "scene/key_line.h"
#include "scene/parts.h"
#include "scene/typeset.h"
#include "scene/words.h"

/* In px at type 1: the least width of a map, what stands above and below it, the air between. */
static const double LEAST_EM = 180, HEAD_EM = 27, FOOT_EM = 27, GAP_EM = 22;
enum { SIDE_MAX = 16 };

typedef struct {
    unsigned columns, rows;
    double width_px, height_px; /* of a cell */
} Grid;

typedef struct {
    const EvmMultiplesRequest *request;
    EvmBuilder *builder;
    EvmLayout cell; /* lines and type of a cell */
    Grid grid;
    EvmFont small;         /* of the words below the maps */
    EvmChanges *unchanged; /* cells mark no changes: the cell before shows them */
    bool has_pale_doubts;
} Page;

/* Width by height of the counted areas. */
static double compute_aspect(const EvmMap *map)
{
    double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
    for (size_t area = 0; area < map->universe->geodata->area_count; area++) {
        if (!map->universe->is_counted[area])
            continue;
        const EvmPath *path = &map->districts.paths[area];
        uint32_t count = path->part_count ? path->ends[path->part_count - 1] : 0;
        for (uint32_t i = 0; i < count; i++) {
            left = fmin(left, path->points[i].x_px);
            right = fmax(right, path->points[i].x_px);
            top = fmin(top, path->points[i].y_px);
            bottom = fmax(bottom, path->points[i].y_px);
        }
    }
    return right > left && bottom > top ? CLAMP((right - left) / (bottom - top), 0.3, 3) : 1;
}

/* As wide as columns and rows allow. */
static Grid compute_cells(const EvmLayout *layout, double aspect, unsigned columns, unsigned rows)
{
    const EvmRect *box = &layout->regions[EVM_REGION_PANEL];
    double gap = GAP_EM * layout->type, words = (HEAD_EM + FOOT_EM) * layout->type;
    double by_width = (box->width_px - (columns - 1) * gap) / columns;
    double by_height = ((box->height_px - (rows - 1) * gap) / rows - words) * aspect;
    Grid grid = {columns, rows, MAX(1, MIN(by_width, by_height)), 0};
    grid.height_px = grid.width_px / aspect + words;
    return grid;
}

/* All of `count` first, then as many as can be, then large ones. */
static bool is_better(Grid a, Grid b, size_t count)
{
    size_t a_shown = MIN((size_t)a.columns * a.rows, count);
    size_t b_shown = MIN((size_t)b.columns * b.rows, count);
    return a_shown != b_shown ? a_shown > b_shown : a.width_px > b.width_px;
}

/* The largest maps of which all find room; when that would be too small, as many as do. */
static Grid compute_grid(const EvmLayout *layout, double aspect, size_t count)
{
    Grid best = compute_cells(layout, aspect, 1, 1);
    for (unsigned columns = 1; columns <= SIDE_MAX; columns++)
        for (unsigned rows = 1; rows <= SIDE_MAX; rows++) {
            Grid grid = compute_cells(layout, aspect, columns, rows);
            if (grid.width_px >= LEAST_EM * layout->type && is_better(grid, best, count))
                best = grid;
        }
    return best;
}

size_t evm_multiples_count(const EvmLayout *layout, const EvmMap *map, size_t total)
{
    Grid grid = compute_grid(layout, compute_aspect(map), total);
    return MAX(1, MIN(total, (size_t)grid.columns * grid.rows));
}

/* Of what the cells leave free between `count` of them, each gap gets its part, but no more than
 * keeps them together. */
static double compute_gap(const Page *page, double whole_px, double cell_px, size_t count)
{
    static const double MOST_EM = 88;
    double spare = whole_px - (double)count * cell_px;
    return count > 1 ? fmin(spare / (double)(count - 1),
                            MOST_EM * page->request->period.sheet->layout->type)
                     : 0;
}

static EvmRect cell_box(const Page *page, size_t index)
{
    const EvmRect *box = &page->request->period.sheet->layout->regions[EVM_REGION_PANEL];
    const Grid *grid = &page->grid;
    size_t rows = (page->request->period.count + grid->columns - 1) / grid->columns;
    double across = compute_gap(page, box->width_px, grid->width_px, grid->columns);
    double down = compute_gap(page, box->height_px, grid->height_px, rows);
    return (EvmRect){box->x_px + (double)(index % grid->columns) * (grid->width_px + across),
                     box->y_px + (double)(index / grid->columns) * (grid->height_px + down),
                     grid->width_px, grid->height_px};
}

/* Where the map of a cell stands, mirrored or not. */
static EvmRect map_frame(const Page *page, EvmRect cell)
{
    const EvmLayout *layout = page->request->period.sheet->layout;
    double head = HEAD_EM * layout->type, foot = FOOT_EM * layout->type;
    EvmRect frame = {cell.x_px, cell.y_px + head, cell.width_px, cell.height_px - head - foot};
    if (layout->is_mirrored)
        frame.x_px = layout->width_px - frame.x_px - frame.width_px;
    return frame;
}

/* Whether any of the maps shows it. */
static bool is_shown(const Page *page, EvmControl control)
{
    bool is_found = false;
    for (size_t i = 0; i < page->request->period.count && !is_found; i++) {
        EvmTally *tally = evm_tally_compute(page->request->period.sheet->universe,
                                            page->request->period.states[i], -1);
        is_found = evm_tally_row_at(tally, control).districts > 0;
        evm_tally_free(tally);
    }
    return is_found;
}

/* Whether a map has that colour, paler: for a district in doubt, of which a pale grey would not say
 * that somebody claims it. */
static bool is_shown_paler(const Page *page, EvmControl control)
{
    const EvmPeriodRequest *period = &page->request->period;
    const EvmUniverse *universe = period->sheet->universe;
    for (size_t i = 0; i < period->count; i++)
        for (size_t area = 0; area < universe->geodata->area_count; area++) {
            EvmHolding holding = evm_universe_holding_at(universe, period->states[i], area);
            bool is_open = holding.control.kind == EVM_CONTROL_UNASSESSED;
            if (universe->is_counted[area] && holding.doubt != EVM_DOUBT_NONE &&
                evm_control_is_equal(is_open ? holding.other : holding.control, control))
                return true;
        }
    return false;
}

static EvmColor find_paler(const EvmSheetRequest *sheet, EvmControl control)
{
    return evm_theme_compute_stale(sheet->theme, evm_control_find_color(sheet, control));
}

/* Whether the paler colour could pass for one that is another control's. */
static bool is_mistakable(const Page *page, EvmControl control)
{
    static const double LEAST_DISTANCE = 30;
    const EvmSheetRequest *sheet = page->request->period.sheet;
    const EvmSeries *series = page->request->period.series;
    EvmColor paler = find_paler(sheet, control);
    for (size_t i = 0; i < series->control_count; i++) {
        EvmColor other = evm_control_find_color(sheet, series->controls[i]);
        if (evm_color_compute_distance(paler, other) < LEAST_DISTANCE &&
            is_shown(page, series->controls[i]))
            return true;
    }
    return false;
}

/* A theme of greys has none to spare. */
static bool can_have_pale_doubts(const Page *page)
{
    const EvmSeries *series = page->request->period.series;
    for (size_t i = 0; i < series->control_count; i++)
        if (is_shown_paler(page, series->controls[i]) && is_mistakable(page, series->controls[i]))
            return false;
    return true;
}

static bool draw_map(Page *page, const EvmState *state, EvmRect frame, GError **error)
{
    EvmMapRequest wanted = page->request->map;
    wanted.frame = frame;
    wanted.margin_px = 1;
    wanted.arena = evm_builder_find_arena(page->builder);
    EvmMap *map = evm_map_compute(&wanted, error);
    if (!map)
        return false;
    EvmSheetRequest cell = *page->request->period.sheet;
    cell.state = state;
    cell.changes = page->unchanged;
    cell.map = map;
    cell.layout = &page->cell;
    cell.has_graticule = false;
    cell.is_bare = true;
    cell.is_small = true;
    cell.has_pale_doubts = page->has_pale_doubts;
    evm_map_layers_draw(page->builder, &cell);
    evm_map_free(map);
    return true;
}

/* The shares of the districts, side by side. */
static void draw_bar(const Page *page, const EvmTally *tally, EvmRect bar)
{
    double x = bar.x_px;
    for (size_t i = 0; i < tally->count; i++) {
        double share = (double)tally->rows[i].districts / (double)tally->total.districts;
        EvmRect part = {x, bar.y_px, bar.width_px * share, bar.height_px};
        evm_swatch_draw(page->builder, page->request->period.sheet, part, tally->rows[i].control);
        x += part.width_px;
    }
}

/* "Taliban 153, Government 9, Contested 22": the bar shows the rest. */
static char *format_assessed(const EvmSheetRequest *sheet, const EvmTally *tally)
{
    char *list = NULL;
    for (size_t i = 0; i < tally->count; i++) {
        if (tally->rows[i].control.kind == EVM_CONTROL_UNASSESSED)
            continue;
        g_autofree char *before = list;
        g_autofree char *next =
            evm_words_format_row(sheet->language, sheet->state->join, &tally->rows[i]);
        list = before ? evm_language_format(sheet->language, EVM_MESSAGE_LIST, "before", before,
                                            "next", next, NULL)
                      : g_steal_pointer(&next);
    }
    return list ? list : g_strdup("");
}

/* All of one size, at which the longest line fits if it can be read. */
static EvmFont compute_small(const Page *page)
{
    static const double LEAST = 0.75, SLACK = 0.98; /* widths grow unevenly */
    const EvmSheetRequest *sheet = page->request->period.sheet;
    EvmFont font = {EVM_WEIGHT_REGULAR, false, MAX(11.5 * sheet->layout->type, 8), 0,
                    EVM_TYPE_BODY};
    double widest = 1;
    for (size_t i = 0; i < page->request->period.count; i++) {
        EvmTally *tally = evm_tally_compute(sheet->universe, page->request->period.states[i], -1);
        g_autofree char *text = format_assessed(sheet, tally);
        widest = MAX(widest, evm_builder_compute_extents(page->builder, &font, text).width_px);
        evm_tally_free(tally);
    }
    font.size_px *= CLAMP(SLACK * page->grid.width_px / widest, LEAST, 1);
    return font;
}

static void draw_words(const Page *page, const EvmState *state, EvmRect cell)
{
    const EvmSheetRequest *sheet = page->request->period.sheet;
    const EvmTheme *theme = sheet->theme;
    double type = sheet->layout->type, bottom = cell.y_px + cell.height_px;
    EvmFont strong = {EVM_WEIGHT_SEMIBOLD, false, MAX(15 * type, 9), 0, EVM_TYPE_BODY};
    EvmTally *tally = evm_tally_compute(sheet->universe, state, -1);
    g_autofree char *date = evm_language_format_date(sheet->language, state->question.date);
    g_autofree char *assessed = format_assessed(sheet, tally);
    g_autofree char *fitted =
        evm_text_compute_fitted(page->builder, &page->small, assessed, cell.width_px);
    evm_builder_add_piece(page->builder, sheet->layout, "day", date);
    evm_builder_add_text(page->builder, date, (EvmPoint){cell.x_px, cell.y_px + 15 * type},
                         EVM_ANCHOR_START, strong, theme->ink);
    draw_bar(page, tally,
             (EvmRect){cell.x_px, bottom - 21 * type, cell.width_px, MAX(5 * type, 3)});
    evm_builder_add_text(page->builder, fitted, (EvmPoint){cell.x_px, bottom - 2 * type},
                         EVM_ANCHOR_START, page->small, theme->ink_soft);
    evm_tally_free(tally);
}

static bool draw_cells(Page *page, GError **error)
{
    for (size_t i = 0; i < page->request->period.count; i++) {
        const EvmState *state = page->request->period.states[i];
        EvmRect cell = cell_box(page, i);
        char date[EVM_DATE_TEXT_SIZE];
        evm_builder_add_suffix(page->builder, evm_date_format(state->question.date, date));
        if (!draw_map(page, state, map_frame(page, cell), error))
            return false;
        draw_words(page, state, cell);
    }
    evm_builder_add_suffix(page->builder, NULL);
    return true;
}

/* Whether any of the maps shows districts in that doubt, or stale ones. */
static bool has_doubt(const Page *page, EvmDoubt doubt, bool is_stale)
{
    const EvmUniverse *universe = page->request->period.sheet->universe;
    for (size_t i = 0; i < page->request->period.count; i++)
        for (size_t area = 0; area < universe->geodata->area_count; area++) {
            EvmHolding holding =
                evm_universe_holding_at(universe, page->request->period.states[i], area);
            if (universe->is_counted[area] &&
                (is_stale ? holding.is_stale : holding.doubt == doubt))
                return true;
        }
    return false;
}

static void draw_swatch_frame(const Page *page, EvmRect box)
{
    evm_builder_add_rect(page->builder, box, EVM_COLOR_NONE)->stroke =
        (EvmStroke){.color = page->request->period.sheet->theme->province_border, .width_px = 0.5};
}

/* The paler colours that there are, side by side. */
static void draw_paler_swatch(const Page *page, EvmRect box)
{
    const EvmSheetRequest *sheet = page->request->period.sheet;
    const EvmSeries *series = page->request->period.series;
    g_autoptr(GArray) colors = g_array_new(FALSE, FALSE, sizeof(EvmColor));
    for (size_t i = 0; i < series->control_count; i++) {
        EvmColor color = find_paler(sheet, series->controls[i]);
        if (is_shown_paler(page, series->controls[i]))
            g_array_append_val(colors, color);
    }
    for (guint i = 0; i < colors->len; i++) {
        double width = box.width_px / colors->len;
        evm_builder_add_rect(page->builder,
                             (EvmRect){box.x_px + i * width, box.y_px, width, box.height_px},
                             g_array_index(colors, EvmColor, i));
    }
    draw_swatch_frame(page, box);
}

/* Of both doubts, side by side. */
static void draw_bands_swatch(const Page *page, EvmRect box)
{
    const EvmSheetRequest *sheet = page->request->period.sheet;
    EvmRect half = {box.x_px, box.y_px, box.width_px / 2, box.height_px};
    evm_doubt_swatch_draw(page->builder, sheet, half, EVM_DOUBT_CHANGING);
    half.x_px += half.width_px;
    evm_doubt_swatch_draw(page->builder, sheet, half, EVM_DOUBT_DISPUTED);
    draw_swatch_frame(page, box);
}

static void draw_doubt(const Page *page, EvmKeyLine *line)
{
    if (!has_doubt(page, EVM_DOUBT_CHANGING, false) && !has_doubt(page, EVM_DOUBT_DISPUTED, false))
        return;
    const char *label = evm_language_at(page->request->period.sheet->language,
                                        page->has_pale_doubts ? EVM_MESSAGE_LEGEND_PALER
                                                              : EVM_MESSAGE_LEGEND_BANDS);
    EvmRect box = evm_key_line_compute_swatch(line, label);
    (page->has_pale_doubts ? draw_paler_swatch : draw_bands_swatch)(page, box);
    evm_key_line_draw(line, label);
}

static void draw_stale(const Page *page, EvmKeyLine *line)
{
    const EvmSheetRequest *sheet = page->request->period.sheet;
    if (!has_doubt(page, EVM_DOUBT_NONE, true))
        return;
    g_autofree char *label = evm_stale_format_label(sheet);
    evm_stale_swatch_draw(page->builder, sheet, evm_key_line_compute_swatch(line, label));
    evm_key_line_draw(line, label);
}

static void draw_legend(const Page *page)
{
    const EvmSheetRequest *sheet = page->request->period.sheet;
    const EvmSeries *series = page->request->period.series;
    const EvmRect *box = &sheet->layout->regions[EVM_REGION_LEGEND];
    double size = MAX(14 * sheet->layout->type, 9);
    EvmKeyLine line = {page->builder,     {EVM_WEIGHT_REGULAR, false, size, 0, EVM_TYPE_BODY},
                       sheet->theme->ink, box->x_px,
                       box->width_px,     box->x_px,
                       box->y_px,         0};
    evm_builder_add_piece(page->builder, sheet->layout, "legend",
                          evm_language_at(sheet->language, EVM_MESSAGE_LAYER_LEGEND));
    for (size_t i = 0; i < series->control_count; i++) {
        EvmControl control = series->controls[i];
        if (!is_shown(page, control))
            continue;
        const char *label = evm_words_find_control(sheet->language, sheet->state->join, control);
        evm_swatch_draw(page->builder, sheet, evm_key_line_compute_swatch(&line, label), control);
        evm_key_line_draw(&line, label);
    }
    draw_doubt(page, &line);
    draw_stale(page, &line);
}

static EvmChanges *unchanged_new(const EvmSheetRequest *sheet)
{
    EvmChanges *changes = g_new0(EvmChanges, 1);
    changes->is_changed = g_new0(bool, sheet->universe->gazetteer->district_count + 1);
    return changes;
}

EvmScene *evm_multiples_compute(const EvmMultiplesRequest *request, GError **error)
{
    const EvmSheetRequest *sheet = request->period.sheet;
    Page page = {
        .request = request,
        .builder = evm_builder_new(sheet->layout->width_px, sheet->layout->height_px,
                                   sheet->theme->page, sheet->layout->is_mirrored, sheet->measure),
        .cell = *sheet->layout,
        .grid = compute_grid(sheet->layout, compute_aspect(sheet->map), request->period.total),
        .unchanged = unchanged_new(sheet)};
    double shrink = page.grid.width_px / sheet->map->frame.width_px;
    page.cell.line = CLAMP(sheet->layout->line * sqrt(shrink), 0.3, 4);
    page.small = compute_small(&page);
    page.has_pale_doubts = can_have_pale_doubts(&page);
    EvmScene *scene = NULL;
    if (draw_cells(&page, error)) {
        evm_period_draw_head(page.builder, &request->period);
        draw_legend(&page);
        g_autoptr(GArray) sources = evm_sources_compute(sheet, NULL);
        evm_notes_draw(page.builder, sheet, &(EvmNotesContent){sources, true});
        EvmSceneInfo info = evm_period_compute_info(page.builder, &request->period);
        scene = evm_builder_free(page.builder, &info);
    } else {
        evm_builder_clear(page.builder);
    }
    evm_changes_free(page.unchanged);
    return scene;
}
