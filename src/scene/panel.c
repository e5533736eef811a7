/* What stands beside the map: legend, chart, developments. In a timeline they stay where they are:
 * the legend has the same rows on all frames. */
#include "scene/chart.h"
#include "scene/column.h"
#include "scene/development_list.h"
#include "scene/parts.h"
#include "scene/typeset.h"

static const double GAP_EM = 20;

/* Pieces of one region stand below each other. */
static EvmColumn next_column(const EvmColumn *above, EvmRegion region)
{
    const EvmRect *box = &above->request->layout->regions[region];
    EvmColumn column = *above;
    bool is_same = box->x_px == above->box.x_px && box->y_px == above->box.y_px;
    column.box = *box;
    column.squeeze = 1;
    column.y_px = is_same ? above->y_px + GAP_EM * above->request->layout->type : box->y_px;
    return column;
}

static bool has_room(const EvmColumn *column, EvmRegion region, double needed_px)
{
    return evm_layout_has(column->request->layout, region) &&
           evm_column_compute_room_px(column) >= needed_px;
}

/* At the foot of the legend's column; false where it has no room. */
static bool draw_reading_text(const EvmColumn *column, const char *text)
{
    EvmFont font = evm_column_compute_font(column, 13, 9, EVM_WEIGHT_REGULAR);
    EvmParagraph style = {.font = font,
                          .color = column->request->theme->ink_faint,
                          .leading_px = 1.38 * font.size_px};
    double width = column->box.width_px;
    unsigned lines = evm_paragraph_count_lines(column->builder, &style, text, width);
    double height = (lines + 0.6) * style.leading_px;
    if (evm_column_compute_room_px(column) < height + GAP_EM * column->request->layout->type)
        return false;
    double y = column->box.y_px + column->box.height_px - height;
    evm_paragraph_draw(column->builder, &style, text, column->box.x_px, y, width);
    return true;
}

/* The longest that has room. Where the developments stand in that column too, it is one of the
 * notes. */
static bool draw_reading(const EvmColumn *column)
{
    for (int is_short = 0; is_short < 2; is_short++) {
        g_autofree char *text = evm_reading_format(column->request, is_short);
        if (draw_reading_text(column, text))
            return true;
    }
    return false;
}

static EvmColumn draw_legend(EvmBuilder *builder, const EvmSheetRequest *request)
{
    EvmColumn column = {.builder = builder,
                        .request = request,
                        .box = request->layout->regions[EVM_REGION_LEGEND],
                        .squeeze = 1};
    column.y_px = column.box.y_px;
    evm_builder_add_piece(builder, request->layout, "legend",
                          evm_language_at(request->language, EVM_MESSAGE_LAYER_LEGEND));
    evm_legend_draw(&column);
    return column;
}

static EvmColumn draw_chart(const EvmColumn *above)
{
    const EvmSheetRequest *request = above->request;
    EvmColumn column = next_column(above, EVM_REGION_CHART);
    if (!request->series ||
        !has_room(&column, EVM_REGION_CHART, evm_chart_compute_height_px(&column)))
        return *above;
    evm_chart_draw(&column);
    return column;
}

static void draw_list(const EvmColumn *above, EvmDevelopments *developments)
{
    const EvmSheetRequest *request = above->request;
    EvmColumn list = next_column(above, EVM_REGION_PANEL);
    if (!has_room(&list, EVM_REGION_PANEL, evm_development_list_compute_least_px(&list)))
        return;
    evm_builder_add_piece(list.builder, request->layout, "developments",
                          evm_language_at(request->language, EVM_MESSAGE_LAYER_DEVELOPMENTS));
    evm_development_list_draw(&list, developments);
}

bool evm_panel_draw(EvmBuilder *builder, const EvmSheetRequest *request,
                    EvmDevelopments *developments)
{
    EvmColumn above = draw_legend(builder, request);
    above = draw_chart(&above);
    bool has_reading = !evm_layout_is_stacked(request->layout) && draw_reading(&above);
    draw_list(&above, developments);
    return has_reading;
}
