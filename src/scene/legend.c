#include "scene/column.h"
#include "scene/parts.h"
#include "scene/symbols.h"
#include "scene/typeset.h"
#include "scene/words.h"

/* A narrow legend has no room for the share of the area. */
static int count_cells(const EvmColumn *column)
{
    static const double NARROW_EM = 262;
    return column->box.width_px < NARROW_EM * column->request->layout->type ? 2 : 3;
}

/* The width of a cell, of the column; and as much of it is filled at most. */
static const double CELL_SHARE = 0.185, CELL_FILL = 0.95;

/* Words in some languages are longer than their column. */
static EvmFont fit_cell(const EvmColumn *column, const char *cell, EvmFont font, double width_px)
{
    double needed = evm_builder_compute_extents(column->builder, &font, cell).width_px;
    font.size_px *= MIN(1, width_px / MAX(needed, 1));
    return font;
}

/* Of the numbers of a cell, the widest that there can be. */
static double compute_number_px(const EvmColumn *column, int cell)
{
    const EvmLanguage *language = column->request->language;
    EvmFont font = evm_column_compute_body_font(column);
    font.weight = EVM_WEIGHT_SEMIBOLD;
    g_autofree char *widest =
        cell == 0 ? evm_words_format_count(language, column->request->universe->count)
                  : evm_language_format_share(language, 1, 1);
    return evm_builder_compute_extents(column->builder, &font, widest).width_px;
}

/* How far before the cell's end a number begins on a mirrored page, where that end is its left: so
 * that units stand below each other on the right there, too. */
static double compute_start_px(const EvmColumn *column, int cell, const EvmFont *font,
                               const char *number, double most_px)
{
    double own = evm_builder_compute_extents(column->builder, font, number).width_px;
    return MIN(MAX(own, compute_number_px(column, cell)), most_px);
}

/* Cells at the end of a line, the first ones of three: heads end with them, numbers have their
 * units on the right. */
static void draw_cells(EvmColumn *column, double baseline, const char *const cells[3], EvmFont font,
                       EvmColor color, bool are_numbers)
{
    bool is_from_start = are_numbers && column->request->layout->is_mirrored;
    double x = column->box.x_px + column->box.width_px, width = CELL_SHARE * column->box.width_px;
    for (int i = count_cells(column) - 1; i >= 0; i--, x -= width) {
        double most = CELL_FILL * width;
        EvmFont fitted = fit_cell(column, cells[i], font, most);
        double before = is_from_start ? compute_start_px(column, i, &fitted, cells[i], most) : 0;
        evm_builder_add_text(column->builder, cells[i], (EvmPoint){x - before, baseline},
                             is_from_start ? EVM_ANCHOR_START : EVM_ANCHOR_END, fitted, color);
    }
}

/* For a label that starts at `x`, up to the number in the first cell. */
static double label_room(const EvmColumn *column, double x, const char *number, EvmFont font)
{
    double width = CELL_SHARE * column->box.width_px;
    double right = column->box.x_px + column->box.width_px - (count_cells(column) - 1) * width;
    EvmFont fitted = fit_cell(column, number, font, CELL_FILL * width);
    double cell = evm_builder_compute_extents(column->builder, &fitted, number).width_px;
    return right - cell - 0.4 * font.size_px - x;
}

/* A long name takes several lines, the first beside its numbers. */
static EvmParagraph find_label_style(const EvmColumn *column, EvmFont font)
{
    enum { LABEL_LINES = 3 };
    return (EvmParagraph){.font = font,
                          .color = column->request->theme->ink,
                          .leading_px = 1.2 * font.size_px,
                          .max_lines = LABEL_LINES};
}

static const char *find_label(const EvmColumn *column, EvmControl control)
{
    return evm_words_find_control(column->request->language, column->request->state->join, control);
}

static double label_start(const EvmColumn *column, const EvmFont *font)
{
    EvmRect box = evm_column_compute_swatch(column, font);
    return box.x_px + box.width_px + 0.6 * font->size_px;
}

/* The same for all rows, whatever their numbers are on the day. */
static double find_label_room(const EvmColumn *column)
{
    EvmFont font = evm_column_compute_body_font(column), strong = font;
    strong.weight = EVM_WEIGHT_SEMIBOLD;
    g_autofree char *all =
        evm_words_format_count(column->request->language, column->request->universe->count);
    return label_room(column, label_start(column, &font), all, strong);
}

/* What a label takes beyond its first line. */
static double compute_more_px(const EvmColumn *column, EvmControl control)
{
    EvmParagraph style = find_label_style(column, evm_column_compute_body_font(column));
    unsigned lines = evm_paragraph_count_lines(column->builder, &style, find_label(column, control),
                                               find_label_room(column));
    return lines > 1 ? (lines - 1) * style.leading_px : 0;
}

void evm_swatch_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmRect box,
                     EvmControl control)
{
    EvmItem *fill = evm_builder_add_rect(builder, box, evm_control_find_color(request, control));
    EvmPath frame = fill->path;
    fill->stroke = (EvmStroke){.color = request->theme->province_border, .width_px = 0.5};
    const EvmSign *sign = evm_control_find_sign(request, control);
    if (sign)
        evm_pattern_draw(builder, request, sign->pattern, &frame, sign->mark);
    if (control.kind != EVM_CONTROL_CONTESTED)
        return;
    EvmStripes hatch = evm_stripes_find_contested(request);
    EvmArena *arena = evm_builder_find_arena(builder);
    evm_builder_add_path(builder,
                         evm_stripes_compute_in_piece(arena, &frame, &hatch, request->layout),
                         request->theme->contested_hatch);
}

void evm_doubt_swatch_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmRect box,
                           EvmDoubt doubt)
{
    EvmStripes stripes;
    if (!evm_stripes_find(&(EvmHolding){.doubt = doubt}, request->layout->line, &stripes))
        return;
    EvmPath frame = evm_builder_add_rect(builder, box, request->theme->page)->path;
    EvmPath bands = evm_stripes_compute_in_piece(evm_builder_find_arena(builder), &frame, &stripes,
                                                 request->layout);
    evm_builder_add_path(builder, bands, request->theme->ink_soft);
}

void evm_changed_swatch_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmRect box)
{
    const EvmTheme *theme = request->theme;
    double line = request->layout->line;
    EvmPath frame = evm_builder_add_rect(builder, box, EVM_COLOR_NONE)->path;
    evm_builder_add_path(builder, frame, EVM_COLOR_NONE)->stroke =
        (EvmStroke){.color = theme->changed_halo, .width_px = theme->changed_halo_px * line};
    evm_builder_add_path(builder, frame, EVM_COLOR_NONE)->stroke =
        (EvmStroke){.color = theme->changed_border, .width_px = theme->changed_border_px * line};
}

void evm_stale_swatch_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmRect box)
{
    EvmColor ink = request->theme->ink_soft;
    EvmStripes lines = evm_stripes_find_stale(request);
    EvmPath frame =
        evm_builder_add_rect(builder, box, evm_theme_compute_stale(request->theme, ink))->path;
    evm_builder_add_path(builder,
                         evm_stripes_compute(evm_builder_find_arena(builder), &frame, &lines), ink);
}

char *evm_stale_format_label(const EvmSheetRequest *request)
{
    g_autofree char *days = evm_words_format_count(
        request->language, (size_t)request->state->question.stale_after_days);
    return evm_language_format(request->language, EVM_MESSAGE_LEGEND_STALE, "days", days, NULL);
}

static void draw_tally_row(EvmColumn *column, const EvmTallyRow *row, const EvmTallyRow *total)
{
    const EvmSheetRequest *request = column->request;
    EvmFont font = evm_column_compute_body_font(column), strong = font;
    strong.weight = EVM_WEIGHT_SEMIBOLD;
    EvmRect box = evm_column_compute_swatch(column, &font);
    evm_swatch_draw(column->builder, request, box, row->control);
    const EvmLanguage *language = request->language;
    g_autofree char *districts = evm_words_format_count(language, row->districts);
    g_autofree char *share =
        evm_language_format_share(language, (double)row->districts, (double)total->districts);
    g_autofree char *area = evm_language_format_share(language, row->area_km2, total->area_km2);
    double baseline = evm_column_compute_baseline(column, &font);
    double x = label_start(column, &font), more = compute_more_px(column, row->control);
    EvmParagraph style = find_label_style(column, font);
    double ascent = evm_builder_compute_extents(column->builder, &font, "x").ascent_px;
    evm_paragraph_draw(column->builder, &style, find_label(column, row->control), x,
                       baseline - ascent, find_label_room(column));
    draw_cells(column, baseline, (const char *[]){districts, share, area}, strong,
               request->theme->ink, true);
    column->y_px += evm_column_compute_line_px(&font) + more;
}

static void draw_legend_total(EvmColumn *column, const EvmTallyRow *total)
{
    const EvmTheme *theme = column->request->theme;
    const EvmLanguage *language = column->request->language;
    EvmFont font = evm_column_compute_body_font(column);
    g_autofree char *districts = evm_words_format_count(language, total->districts);
    g_autofree char *whole = evm_language_format_share(language, 1, 1);
    column->y_px += 0.15 * font.size_px;
    evm_column_draw_rule(column);
    double baseline = evm_column_compute_baseline(column, &font);
    evm_builder_add_text(column->builder, evm_language_at(language, EVM_MESSAGE_LEGEND_ALL),
                         (EvmPoint){column->box.x_px, baseline}, EVM_ANCHOR_START, font,
                         theme->ink_soft);
    draw_cells(column, baseline, (const char *[]){districts, whole, whole}, font, theme->ink_soft,
               true);
    column->y_px += evm_column_compute_line_px(&font);
}

/* The rest of a row under the total, behind its swatch: how many of all districts. */
static void draw_share_row(EvmColumn *column, EvmRect box, const char *label, size_t count)
{
    const EvmTheme *theme = column->request->theme;
    EvmFont font = evm_column_compute_body_font(column);
    g_autofree char *number = evm_words_format_count(column->request->language, count);
    double baseline = evm_column_compute_baseline(column, &font),
           x = box.x_px + box.width_px + 0.6 * font.size_px;
    g_autofree char *fitted =
        evm_text_compute_fitted(column->builder, &font, label, label_room(column, x, number, font));
    evm_builder_add_rect(column->builder, box, EVM_COLOR_NONE)->stroke =
        (EvmStroke){.color = theme->province_border, .width_px = 0.5};
    evm_builder_add_text(column->builder, fitted, (EvmPoint){x, baseline}, EVM_ANCHOR_START, font,
                         theme->ink_soft);
    draw_cells(column, baseline, (const char *[]){number, "", ""}, font, theme->ink_soft, true);
    column->y_px += evm_column_compute_line_px(&font);
}

/* A doubt that is on the map. */
static void draw_doubt_row(EvmColumn *column, EvmDoubt doubt, EvmMessage label, size_t count)
{
    EvmFont font = evm_column_compute_body_font(column);
    EvmRect box = evm_column_compute_swatch(column, &font);
    evm_doubt_swatch_draw(column->builder, column->request, box, doubt);
    draw_share_row(column, box, evm_language_at(column->request->language, label), count);
}

static void draw_stale_row(EvmColumn *column, size_t count)
{
    EvmFont font = evm_column_compute_body_font(column);
    EvmRect box = evm_column_compute_swatch(column, &font);
    g_autofree char *label = evm_stale_format_label(column->request);
    evm_stale_swatch_draw(column->builder, column->request, box);
    draw_share_row(column, box, label, count);
}

/* Held as nobody says: the colour of the baseline, paler. */
static void draw_assumed_row(EvmColumn *column, size_t count)
{
    const EvmSheetRequest *request = column->request;
    EvmFont font = evm_column_compute_body_font(column);
    EvmRect box = evm_column_compute_swatch(column, &font);
    EvmColor color = evm_control_find_color(request, request->state->question.baseline);
    evm_builder_add_rect(column->builder, box, evm_theme_compute_stale(request->theme, color));
    draw_share_row(column, box, evm_language_at(request->language, EVM_MESSAGE_LEGEND_ASSUMED),
                   count);
}

/* `doubts` says which of them have a row. */
static size_t count_rows(const GArray *controls, const EvmTallyRow *doubts)
{
    return controls->len + 1 + (doubts->changing > 0) + (doubts->disputed > 0) +
           (doubts->stale > 0) + (doubts->assumed > 0);
}

/* A legend is never cut: in a low box its type gets smaller. */
static void squeeze(EvmColumn *column, const GArray *controls, size_t row_count)
{
    static const double LEAST_SQUEEZE = 0.34, HEAD_LINES = 2.2;
    EvmFont font = evm_column_compute_body_font(column);
    double needed = ((double)row_count + HEAD_LINES) * evm_column_compute_line_px(&font) +
                    evm_symbols_compute_height_px(column);
    for (guint i = 0; i < controls->len; i++)
        needed += compute_more_px(column, g_array_index(controls, EvmControl, i));
    column->squeeze = CLAMP(evm_column_compute_room_px(column) / needed, LEAST_SQUEEZE, 1);
}

static void draw_legend_head(EvmColumn *column)
{
    const EvmLanguage *language = column->request->language;
    EvmFont small = evm_column_compute_font(column, 12, 8.5, EVM_WEIGHT_REGULAR);
    evm_column_draw_heading(column, evm_language_at(language, EVM_MESSAGE_LEGEND_TITLE));
    double baseline = column->y_px + small.size_px;
    draw_cells(column, baseline,
               (const char *[]){evm_language_at(language, EVM_MESSAGE_LEGEND_DISTRICTS),
                                evm_language_at(language, EVM_MESSAGE_LEGEND_SHARE),
                                evm_language_at(language, EVM_MESSAGE_LEGEND_AREA)},
               small, column->request->theme->ink_faint, false);
    column->y_px += 1.45 * small.size_px;
}

static void draw_doubt_rows(EvmColumn *column, const EvmTallyRow *shown, const EvmTallyRow *total)
{
    if (shown->changing > 0)
        draw_doubt_row(column, EVM_DOUBT_CHANGING, EVM_MESSAGE_LEGEND_CHANGING, total->changing);
    if (shown->disputed > 0)
        draw_doubt_row(column, EVM_DOUBT_DISPUTED, EVM_MESSAGE_LEGEND_DISPUTED, total->disputed);
    if (shown->stale > 0)
        draw_stale_row(column, total->stale);
    if (shown->assumed > 0)
        draw_assumed_row(column, total->assumed);
}

/* Holders, then what is contested, then what is not assessed. */
static void add_control(GArray *controls, EvmControl control)
{
    static const int ranks[] = {
        [EVM_CONTROL_HELD] = 0, [EVM_CONTROL_CONTESTED] = 1, [EVM_CONTROL_UNASSESSED] = 2};
    guint at = controls->len;
    if (evm_control_list_has(controls, control))
        return;
    while (at > 0 && ranks[g_array_index(controls, EvmControl, at - 1).kind] > ranks[control.kind])
        at--;
    g_array_insert_val(controls, at, control);
}

/* A chart's colours have a row too, though nothing has them on the map any more. */
static void add_charted(GArray *controls, const EvmSheetRequest *request)
{
    if (!request->series || !evm_layout_has(request->layout, EVM_REGION_CHART))
        return;
    for (size_t i = 0; i < request->series->control_count; i++)
        add_control(controls, request->series->controls[i]);
}

/* Those that the map shows in bands alone. */
static void add_banded(GArray *controls, const EvmSheetRequest *request)
{
    g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(EvmControl));
    evm_universe_add_others(request->universe, request->state, others);
    for (guint i = 0; i < others->len; i++)
        add_control(controls, g_array_index(others, EvmControl, i));
}

static void add_rows(GArray *controls, const EvmTally *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        add_control(controls, rows->rows[i].control);
}

static GArray *find_controls(const EvmSheetRequest *request, const EvmTally *tally)
{
    GArray *controls = g_array_new(FALSE, FALSE, sizeof(EvmControl));
    if (request->legend) {
        add_rows(controls, request->legend);
        return controls;
    }
    add_charted(controls, request);
    add_rows(controls, tally);
    add_banded(controls, request);
    return controls;
}

void evm_legend_draw(EvmColumn *column)
{
    const EvmSheetRequest *request = column->request;
    EvmTally *tally = evm_tally_compute(request->universe, request->state, -1);
    const EvmTallyRow *doubts = request->legend ? &request->legend->total : &tally->total;
    g_autoptr(GArray) controls = find_controls(request, tally);
    squeeze(column, controls, count_rows(controls, doubts));
    draw_legend_head(column);
    for (guint i = 0; i < controls->len; i++) {
        EvmTallyRow row = evm_tally_row_at(tally, g_array_index(controls, EvmControl, i));
        draw_tally_row(column, &row, &tally->total);
    }
    draw_legend_total(column, &tally->total);
    draw_doubt_rows(column, doubts, &tally->total);
    evm_tally_free(tally);
    double bottom = column->y_px + evm_symbols_compute_height_px(column);
    evm_symbols_draw(column);
    column->y_px = MAX(column->y_px, bottom);
}
