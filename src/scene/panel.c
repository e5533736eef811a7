#include <stdlib.h>
#include <string.h>

#include "scene/parts.h"
#include "scene/typeset.h"
#include "scene/words.h"

typedef struct {
    EvmBuilder *builder;
    const EvmSheetRequest *request;
    EvmRect box;
    double y_px; /* where the next line's top is */
} Column;

static EvmFont panel_font(const Column *column, double size, double least, EvmWeight weight)
{
    return (EvmFont){weight, false, MAX(size * column->request->layout->type, least), 0};
}

static EvmFont body_font(const Column *column)
{
    return panel_font(column, 15, 9.5, EVM_WEIGHT_REGULAR);
}

static double right_edge(const Column *column)
{
    return column->box.x_px + column->box.width_px;
}

static void draw_heading(Column *column, const char *text)
{
    EvmFont font = panel_font(column, 17, 10.5, EVM_WEIGHT_BOLD);
    EvmParagraph style = {.font = font,
                          .color = column->request->theme->ink,
                          .leading_px = 1.35 * font.size_px,
                          .max_lines = 2};
    column->y_px = evm_paragraph_draw(column->builder, &style, text, column->box.x_px, column->y_px,
                                      column->box.width_px) +
                   0.3 * style.font.size_px;
}

static void draw_rule(Column *column)
{
    EvmStroke stroke = {.color = column->request->theme->rule, .width_px = 1};
    evm_builder_add_line(column->builder, (EvmPoint){column->box.x_px, column->y_px},
                         (EvmPoint){right_edge(column), column->y_px}, stroke);
}

/* Three right-aligned cells at the end of a line. */
static void draw_cells(Column *column, double baseline, const char *const cells[3], EvmFont font,
                       EvmColor color)
{
    double x = right_edge(column), width = 0.185 * column->box.width_px;
    for (int i = 2; i >= 0; i--, x -= width)
        evm_builder_add_text(column->builder, cells[i], (EvmPoint){x, baseline}, EVM_ANCHOR_END,
                             font, color);
}

static double line_height(const EvmFont *font)
{
    return 1.62 * font->size_px;
}

/* The baseline that centres capitals in a line which starts at y_px. */
static double baseline_of(const Column *column, const EvmFont *font)
{
    EvmTextExtents extents = evm_builder_compute_extents(column->builder, font, "H");
    return column->y_px + (line_height(font) + extents.cap_height_px) / 2;
}

static EvmRect swatch_box(const Column *column, const EvmFont *font)
{
    double height = 0.98 * font->size_px, width = 1.5 * height;
    return (EvmRect){column->box.x_px, column->y_px + (line_height(font) - height) / 2, width,
                     height};
}

/* For a label that starts at `x`, up to the widest numbers in the cells. */
static double label_room(const Column *column, double x)
{
    return 0.5 * column->box.width_px - (x - column->box.x_px);
}

static void draw_tally_row(Column *column, const EvmTallyRow *row, const EvmTallyRow *total)
{
    const EvmSheetRequest *request = column->request;
    EvmFont font = body_font(column), strong = font;
    strong.weight = EVM_WEIGHT_SEMIBOLD;
    EvmRect box = swatch_box(column, &font);
    EvmItem *swatch =
        evm_builder_add_rect(column->builder, box, evm_control_find_color(request, row->control));
    swatch->stroke = (EvmStroke){.color = request->theme->province_border, .width_px = 0.5};
    const EvmLanguage *language = request->language;
    g_autofree char *districts = evm_words_format_count(language, row->districts);
    g_autofree char *share =
        evm_language_format_share(language, (double)row->districts, (double)total->districts);
    g_autofree char *area = evm_language_format_share(language, row->area_km2, total->area_km2);
    double baseline = baseline_of(column, &font);
    const char *label = evm_words_find_control(language, request->state->join, row->control);
    double x = box.x_px + box.width_px + 0.6 * font.size_px;
    g_autofree char *fitted =
        evm_text_compute_fitted(column->builder, &font, label, label_room(column, x));
    evm_builder_add_text(column->builder, fitted, (EvmPoint){x, baseline}, EVM_ANCHOR_START, font,
                         request->theme->ink);
    draw_cells(column, baseline, (const char *[]){districts, share, area}, strong,
               request->theme->ink);
    column->y_px += line_height(&font);
}

static void draw_legend_total(Column *column, const EvmTallyRow *total)
{
    const EvmTheme *theme = column->request->theme;
    const EvmLanguage *language = column->request->language;
    EvmFont font = body_font(column);
    g_autofree char *districts = evm_words_format_count(language, total->districts);
    g_autofree char *whole = evm_language_format_share(language, 1, 1);
    column->y_px += 0.15 * font.size_px;
    draw_rule(column);
    double baseline = baseline_of(column, &font);
    evm_builder_add_text(column->builder, evm_language_at(language, EVM_MESSAGE_LEGEND_ALL),
                         (EvmPoint){column->box.x_px, baseline}, EVM_ANCHOR_START, font,
                         theme->ink_soft);
    draw_cells(column, baseline, (const char *[]){districts, whole, whole}, font, theme->ink_soft);
    column->y_px += line_height(&font);
}

/* The rest of a row under the total, behind its swatch: how many of all districts. */
static void draw_share_row(Column *column, EvmRect box, const char *label, size_t count)
{
    const EvmTheme *theme = column->request->theme;
    EvmFont font = body_font(column);
    g_autofree char *number = evm_words_format_count(column->request->language, count);
    double baseline = baseline_of(column, &font), x = box.x_px + box.width_px + 0.6 * font.size_px;
    g_autofree char *fitted =
        evm_text_compute_fitted(column->builder, &font, label, label_room(column, x));
    evm_builder_add_rect(column->builder, box, EVM_COLOR_NONE)->stroke =
        (EvmStroke){.color = theme->province_border, .width_px = 0.5};
    evm_builder_add_text(column->builder, fitted, (EvmPoint){x, baseline}, EVM_ANCHOR_START, font,
                         theme->ink_soft);
    draw_cells(column, baseline, (const char *[]){number, "", ""}, font, theme->ink_soft);
    column->y_px += line_height(&font);
}

/* Bands over a neutral: a doubt that is on the map. */
static void draw_doubt_row(Column *column, EvmDoubt doubt, EvmMessage label, size_t count)
{
    const EvmTheme *theme = column->request->theme;
    EvmFont font = body_font(column);
    EvmStripes stripes;
    if (count == 0 ||
        !evm_stripes_find(&(EvmHolding){.doubt = doubt}, column->request->layout->line, &stripes))
        return;
    EvmRect box = swatch_box(column, &font);
    EvmPath frame = evm_builder_add_rect(column->builder, box, theme->page)->path;
    EvmPath bands = evm_stripes_compute(evm_builder_find_arena(column->builder), &frame, &stripes);
    evm_builder_add_path(column->builder, bands, theme->ink_soft);
    draw_share_row(column, box, evm_language_at(column->request->language, label), count);
}

static void draw_stale_row(Column *column, size_t count)
{
    const EvmSheetRequest *request = column->request;
    EvmFont font = body_font(column);
    EvmRect box = swatch_box(column, &font);
    if (count == 0)
        return;
    evm_builder_add_rect(column->builder, box,
                         evm_stale_find_color(request, request->theme->ink_soft));
    g_autofree char *days = evm_words_format_count(
        request->language, (size_t)request->state->question.stale_after_days);
    g_autofree char *label =
        evm_language_format(request->language, EVM_MESSAGE_LEGEND_STALE, "days", days, NULL);
    draw_share_row(column, box, label, count);
}

static void draw_legend(Column *column)
{
    const EvmSheetRequest *request = column->request;
    EvmFont small = panel_font(column, 12, 8.5, EVM_WEIGHT_REGULAR);
    draw_heading(column, evm_language_at(request->language, EVM_MESSAGE_LEGEND_TITLE));
    double baseline = column->y_px + small.size_px;
    draw_cells(column, baseline,
               (const char *[]){evm_language_at(request->language, EVM_MESSAGE_LEGEND_DISTRICTS),
                                evm_language_at(request->language, EVM_MESSAGE_LEGEND_SHARE),
                                evm_language_at(request->language, EVM_MESSAGE_LEGEND_AREA)},
               small, request->theme->ink_faint);
    column->y_px += 1.45 * small.size_px;
    EvmTally *tally = evm_tally_compute(request->universe, request->state, -1);
    for (size_t i = 0; i < tally->count; i++)
        draw_tally_row(column, &tally->rows[i], &tally->total);
    draw_legend_total(column, &tally->total);
    draw_doubt_row(column, EVM_DOUBT_CHANGING, EVM_MESSAGE_LEGEND_CHANGING, tally->total.changing);
    draw_doubt_row(column, EVM_DOUBT_DISPUTED, EVM_MESSAGE_LEGEND_DISPUTED, tally->total.disputed);
    draw_stale_row(column, tally->total.stale);
    evm_tally_free(tally);
}

typedef struct {
    size_t province;
    GPtrArray *names; /* const char *: districts that changed, by name */
} ProvinceChanges;

static int compare_names(const void *pa, const void *pb)
{
    return strcmp(*(const char *const *)pa, *(const char *const *)pb);
}

static int compare_provinces(const void *pa, const void *pb)
{
    const ProvinceChanges *a = pa, *b = pb;
    if (a->names->len != b->names->len)
        return a->names->len > b->names->len ? -1 : 1;
    return a->province < b->province ? -1 : a->province > b->province;
}

/* Changes that led to `control`, by province, the province with the most first. */
static GArray *group_changes(const EvmSheetRequest *request, EvmControl control, size_t *count)
{
    const EvmUniverse *universe = request->universe;
    const EvmGazetteer *gazetteer = universe->gazetteer;
    GArray *groups = g_array_new(FALSE, FALSE, sizeof(ProvinceChanges));
    *count = 0;
    for (size_t p = 0; p < gazetteer->province_count; p++) {
        ProvinceChanges group = {p, g_ptr_array_new()};
        for (size_t i = 0; i < request->changes->count; i++) {
            const EvmChange *change = &request->changes->items[i];
            int32_t area = universe->district_area[change->district];
            if (gazetteer->districts[change->district].province == p && area != EVM_NO_AREA &&
                universe->is_counted[area] && evm_control_is_equal(change->after, control))
                g_ptr_array_add(group.names,
                                (char *)(uintptr_t)evm_words_find_district(
                                    request->language, &gazetteer->districts[change->district]));
        }
        *count += group.names->len;
        if (group.names->len == 0) {
            g_ptr_array_free(group.names, TRUE);
            continue;
        }
        g_ptr_array_sort(group.names, compare_names);
        g_array_append_val(groups, group);
    }
    g_array_sort(groups, compare_provinces);
    return groups;
}

static void free_groups(GArray *groups)
{
    for (guint i = 0; i < groups->len; i++)
        g_ptr_array_free(g_array_index(groups, ProvinceChanges, i).names, TRUE);
    g_array_free(groups, TRUE);
}

static char *join_names(const EvmLanguage *language, const GPtrArray *names)
{
    char *list = g_strdup("");
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *before = list;
        const char *name = g_ptr_array_index(names, i);
        list = i == 0 ? g_strdup(name)
                      : evm_language_format(language, EVM_MESSAGE_LIST, "before", before, "next",
                                            name, NULL);
    }
    return list;
}

/* One province: its name and count, then the districts' names. False when there is no room, with
 * `reserve_px` kept below it. */
static bool draw_group(Column *column, const ProvinceChanges *group, double reserve_px)
{
    const EvmSheetRequest *request = column->request;
    EvmFont font = panel_font(column, 14, 9, EVM_WEIGHT_SEMIBOLD);
    EvmParagraph head = {
        .font = font, .color = request->theme->ink, .leading_px = 1.32 * font.size_px};
    EvmParagraph body = head;
    const EvmLanguage *language = request->language;
    g_autofree char *names = join_names(language, group->names);
    g_autofree char *count = evm_words_format_count(language, group->names->len);
    g_autofree char *title = evm_language_format(
        language, EVM_MESSAGE_CHANGES_PROVINCE, "province",
        evm_words_find_province(language,
                                &request->universe->gazetteer->provinces[group->province]),
        "count", count, NULL);
    body.font.weight = EVM_WEIGHT_REGULAR;
    body.color = request->theme->ink_soft;
    body.indent_px =
        evm_builder_compute_extents(column->builder, &font, title).width_px + 0.5 * font.size_px;
    double x = column->box.x_px, width = column->box.width_px;
    unsigned lines = evm_paragraph_count_lines(column->builder, &body, names, width);
    double bottom = column->box.y_px + column->box.height_px - reserve_px;
    if (column->y_px + lines * head.leading_px > bottom)
        return false;
    evm_paragraph_draw(column->builder, &head, title, x, column->y_px, width);
    column->y_px = evm_paragraph_draw(column->builder, &body, names, x, column->y_px, width) +
                   0.38 * font.size_px;
    return true;
}

static void draw_rest(Column *column, const GArray *groups, guint from)
{
    EvmFont font = panel_font(column, 14, 9, EVM_WEIGHT_REGULAR);
    EvmParagraph style = {.font = font,
                          .color = column->request->theme->ink_faint,
                          .leading_px = 1.32 * font.size_px,
                          .max_lines = 2};
    guint districts = 0;
    for (guint i = from; i < groups->len; i++)
        districts += g_array_index(groups, ProvinceChanges, i).names->len;
    const EvmLanguage *language = column->request->language;
    g_autofree char *more = evm_words_format_count(language, districts);
    g_autofree char *text = evm_language_format_count(language, EVM_MESSAGE_CHANGES_MORE,
                                                      groups->len - from, "districts", more, NULL);
    column->y_px = evm_paragraph_draw(column->builder, &style, text, column->box.x_px, column->y_px,
                                      column->box.width_px);
}

/* Where the list of one controller's gains ends when all of them share what is left. */
static void draw_gains(Column *column, EvmControl control, const GArray *groups, size_t count)
{
    const EvmSheetRequest *request = column->request;
    EvmFont font = panel_font(column, 15, 9.5, EVM_WEIGHT_SEMIBOLD);
    double needed = line_height(&font) + 4.2 * font.size_px;
    if (column->y_px + needed > column->box.y_px + column->box.height_px)
        return;
    EvmRect box = swatch_box(column, &font);
    EvmItem *swatch =
        evm_builder_add_rect(column->builder, box, evm_control_find_color(request, control));
    swatch->stroke =
        (EvmStroke){.color = request->theme->changed_border,
                    .width_px = request->theme->changed_border_px * request->layout->line};
    const EvmLanguage *language = request->language;
    g_autofree char *number = evm_words_format_count(language, count);
    g_autofree char *text =
        control.kind == EVM_CONTROL_HELD
            ? evm_language_format(language, EVM_MESSAGE_CHANGES_TO, "actor",
                                  evm_words_find_control(language, request->state->join, control),
                                  "count", number, NULL)
            : evm_language_format(language, EVM_MESSAGE_CHANGES_CONTESTED, "count", number, NULL);
    evm_builder_add_text(
        column->builder, text,
        (EvmPoint){box.x_px + box.width_px + 0.6 * font.size_px, baseline_of(column, &font)},
        EVM_ANCHOR_START, font, request->theme->ink);
    column->y_px += line_height(&font) + 0.2 * font.size_px;
    double reserve = 1.7 * font.size_px;
    for (guint i = 0; i < groups->len; i++) {
        bool is_last = i + 1 == groups->len;
        if (draw_group(column, &g_array_index(groups, ProvinceChanges, i), is_last ? 0 : reserve))
            continue;
        draw_rest(column, groups, i);
        break;
    }
    column->y_px += 0.3 * font.size_px;
}

typedef struct {
    EvmControl control;
    GArray *groups;
    size_t count;
} Gains;

static int compare_gains(const void *pa, const void *pb)
{
    const Gains *a = pa, *b = pb;
    return a->count < b->count ? 1 : a->count > b->count ? -1 : 0;
}

/* One entry a control that districts changed to, the fewest first: short lists are shown whole, and
 * the longest takes what is left. */
static GArray *collect_gains(const EvmSheetRequest *request)
{
    size_t actors = request->state->join->actor_count;
    GArray *all = g_array_new(FALSE, FALSE, sizeof(Gains));
    for (size_t i = 0; i <= actors; i++) {
        Gains gains = {.control = {EVM_CONTROL_HELD, (uint32_t)i}};
        if (i == actors)
            gains.control = (EvmControl){EVM_CONTROL_CONTESTED, 0};
        gains.groups = group_changes(request, gains.control, &gains.count);
        if (gains.count > 0)
            g_array_append_val(all, gains);
        else
            free_groups(gains.groups);
    }
    g_array_sort(all, compare_gains);
    return all;
}

static void draw_changes(Column *column)
{
    const EvmSheetRequest *request = column->request;
    g_autofree char *from =
        evm_language_format_date(request->language, (EvmDate){request->changes->from.days + 1});
    g_autofree char *title =
        evm_language_format(request->language, EVM_MESSAGE_CHANGES_TITLE, "date", from, NULL);
    draw_heading(column, title);
    GArray *all = collect_gains(request);
    for (guint i = 0; i < all->len; i++) {
        const Gains *gains = &g_array_index(all, Gains, i);
        draw_gains(column, gains->control, gains->groups, gains->count);
        free_groups(gains->groups);
    }
    if (all->len == 0) {
        EvmFont font = body_font(column);
        EvmParagraph none = {.font = font,
                             .color = request->theme->ink_soft,
                             .leading_px = line_height(&font),
                             .max_lines = 1};
        evm_paragraph_draw(column->builder, &none,
                           evm_language_at(request->language, EVM_MESSAGE_CHANGES_NONE),
                           column->box.x_px, column->y_px, column->box.width_px);
    }
    g_array_free(all, TRUE);
}

/* How the colours came about: at the foot of a column, where there is room for it. */
static void draw_reading(Column *column)
{
    EvmFont font = panel_font(column, 13, 9, EVM_WEIGHT_REGULAR);
    EvmParagraph style = {.font = font,
                          .color = column->request->theme->ink_faint,
                          .leading_px = 1.38 * font.size_px};
    const char *text = evm_language_at(column->request->language, EVM_MESSAGE_READING);
    double width = column->box.width_px;
    unsigned lines = evm_paragraph_count_lines(column->builder, &style, text, width);
    double y = column->box.y_px + column->box.height_px - (lines + 0.6) * style.leading_px;
    if (y < column->y_px + font.size_px)
        return;
    evm_paragraph_draw(column->builder, &style, text, column->box.x_px, y, width);
}

/* A list of changes needs this much room. */
static const double LEAST_CHANGES_EM = 130;

void evm_panel_draw(EvmBuilder *builder, const EvmSheetRequest *request)
{
    const EvmLayout *layout = request->layout;
    const EvmRect *first = &layout->regions[EVM_REGION_LEGEND];
    const EvmRect *second = &layout->regions[EVM_REGION_PANEL];
    bool is_wide = evm_layout_has(layout, EVM_REGION_PANEL);
    Column legend = {builder, request, *first, first->y_px};
    evm_builder_add_piece(builder, layout, "legend",
                          evm_language_at(request->language, EVM_MESSAGE_LAYER_LEGEND));
    draw_legend(&legend);
    double foot = first->y_px + first->height_px;
    if (!is_wide && legend.y_px + LEAST_CHANGES_EM * layout->type > foot)
        return;
    Column changes = {builder, request, is_wide ? *second : *first,
                      is_wide ? second->y_px : legend.y_px + 22 * layout->type};
    evm_builder_add_piece(builder, layout, "changes",
                          evm_language_at(request->language, EVM_MESSAGE_LAYER_CHANGES));
    draw_changes(&changes);
    draw_reading(is_wide ? &legend : &changes);
}
