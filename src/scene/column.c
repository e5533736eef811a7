#include "scene/column.h"

#include "scene/typeset.h"

EvmFont evm_column_compute_font(const EvmColumn *column, double size, double least_px,
                                EvmWeight weight)
{
    double size_px = MAX(size * column->request->layout->type, least_px);
    return (EvmFont){weight, false, size_px * column->squeeze, 0, EVM_TYPE_BODY};
}

EvmFont evm_column_compute_body_font(const EvmColumn *column)
{
    return evm_column_compute_font(column, 15, 9.5, EVM_WEIGHT_REGULAR);
}

double evm_column_compute_line_px(const EvmFont *font)
{
    return 1.62 * font->size_px;
}

double evm_column_compute_room_px(const EvmColumn *column)
{
    return column->box.y_px + column->box.height_px - column->y_px;
}

double evm_column_compute_baseline(const EvmColumn *column, const EvmFont *font)
{
    EvmTextExtents extents = evm_builder_compute_extents(column->builder, font, "H");
    return column->y_px + (evm_column_compute_line_px(font) + extents.cap_height_px) / 2;
}

EvmRect evm_column_compute_swatch(const EvmColumn *column, const EvmFont *font)
{
    double height = 0.98 * font->size_px, width = 1.5 * height;
    return (EvmRect){column->box.x_px,
                     column->y_px + (evm_column_compute_line_px(font) - height) / 2, width, height};
}

static EvmParagraph find_heading(const EvmColumn *column)
{
    EvmFont font = evm_column_compute_font(column, 17, 10.5, EVM_WEIGHT_BOLD);
    return (EvmParagraph){.font = font,
                          .color = column->request->theme->ink,
                          .leading_px = 1.35 * font.size_px,
                          .max_lines = 2,
                          .is_balanced = true};
}

double evm_column_compute_heading_px(const EvmColumn *column, const char *text)
{
    EvmParagraph style = find_heading(column);
    unsigned lines = evm_paragraph_count_lines(column->builder, &style, text, column->box.width_px);
    return lines * style.leading_px + 0.3 * style.font.size_px;
}

void evm_column_draw_heading(EvmColumn *column, const char *text)
{
    EvmParagraph style = find_heading(column);
    column->y_px = evm_paragraph_draw(column->builder, &style, text, column->box.x_px, column->y_px,
                                      column->box.width_px) +
                   0.3 * style.font.size_px;
}

void evm_column_draw_rule(EvmColumn *column)
{
    EvmStroke stroke = {.color = column->request->theme->rule, .width_px = 1};
    evm_builder_add_line(column->builder, (EvmPoint){column->box.x_px, column->y_px},
                         (EvmPoint){column->box.x_px + column->box.width_px, column->y_px}, stroke);
}
