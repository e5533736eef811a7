#include <math.h>

#include "render/drawing.h"

/* One stroke over thousands of arcs makes cairo sort all their edges together; one per arc pays
 * its fixed cost thousands of times. */
enum { STROKE_BATCH_POINTS = 400 };

static bool box_overlaps(EvmFixedBox a, EvmFixedBox b)
{
    return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}

static void set_color(cairo_t *cr, EvmColor color)
{
    cairo_set_source_rgba(cr, color.r / 255.0, color.g / 255.0, color.b / 255.0, color.a / 255.0);
}

static void add_part(cairo_t *cr, const EvmFixedPath *path, uint32_t part)
{
    uint32_t start = part ? path->ends[part - 1] : 0;
    if (start == path->ends[part])
        return;
    cairo_move_to(cr, path->points[start].x / 256.0, path->points[start].y / 256.0);
    for (uint32_t i = start + 1; i < path->ends[part]; i++)
        cairo_line_to(cr, path->points[i].x / 256.0, path->points[i].y / 256.0);
    if (path->is_closed)
        cairo_close_path(cr);
}

/* Parts outside of the window cannot change the even-odd count of a pixel inside it. */
static void fill_path(cairo_t *cr, const EvmFixedPath *path, EvmColor color, EvmFixedBox window)
{
    if (color.a == 0)
        return;
    for (uint32_t part = 0; part < path->part_count; part++)
        if (box_overlaps(path->boxes[part], window))
            add_part(cr, path, part);
    set_color(cr, color);
    cairo_fill(cr);
}

static bool set_stroke(cairo_t *cr, const EvmStroke *stroke, double scale)
{
    if (stroke->width_px <= 0 || stroke->color.a == 0)
        return false;
    double dashes[2] = {stroke->dash_px * scale, stroke->gap_px * scale};
    set_color(cr, stroke->color);
    cairo_set_line_width(cr, stroke->width_px * scale);
    cairo_set_dash(cr, dashes, dashes[0] + dashes[1] > 0 ? 2 : 0, 0);
    return true;
}

static EvmFixedBox window_grow(EvmFixedBox window, double by_px)
{
    int32_t by = (int32_t)ceil(by_px * 256);
    return (EvmFixedBox){window.left - by, window.top - by, window.right + by, window.bottom + by};
}

static void stroke_path(cairo_t *cr, const EvmFixedPath *path, const EvmStroke *stroke,
                        double scale, EvmFixedBox window)
{
    if (!set_stroke(cr, stroke, scale))
        return;
    /* Where a translucent stroke crosses itself it must not count twice. */
    uint32_t limit = stroke->color.a == 255 ? STROKE_BATCH_POINTS : UINT32_MAX;
    EvmFixedBox reach = window_grow(window, stroke->width_px * scale / 2 + 1);
    uint32_t start = 0, batch = 0;
    for (uint32_t part = 0; part < path->part_count; part++) {
        if (box_overlaps(path->boxes[part], reach)) {
            add_part(cr, path, part);
            batch += path->ends[part] - start;
        }
        start = path->ends[part];
        if (batch >= limit) {
            cairo_stroke(cr);
            batch = 0;
        }
    }
    cairo_stroke(cr);
}

static void draw_disc(cairo_t *cr, const EvmItem *item, double scale)
{
    const EvmDisc *disc = &item->disc;
    cairo_new_sub_path(cr);
    cairo_arc(cr, disc->center.x_px * scale, disc->center.y_px * scale, disc->radius_px * scale, 0,
              2 * G_PI);
    cairo_close_path(cr);
    if (item->fill.a > 0) {
        set_color(cr, item->fill);
        cairo_fill_preserve(cr);
    }
    if (set_stroke(cr, &item->stroke, scale))
        cairo_stroke_preserve(cr);
    cairo_new_path(cr);
}

static void draw_text(cairo_t *cr, const EvmText *text, const cairo_path_t *outline, double scale)
{
    if (text->halo_px > 0 && text->halo.a > 0) {
        EvmStroke halo = {.color = text->halo, .width_px = 2 * text->halo_px};
        set_stroke(cr, &halo, scale);
        cairo_append_path(cr, outline);
        cairo_stroke(cr);
    }
    cairo_append_path(cr, outline);
    set_color(cr, text->color);
    /* Letters are drawn to the non-zero rule; strokes of Arabic letters overlap. */
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
    cairo_fill(cr);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
}

static void draw_item(cairo_t *cr, const EvmDrawingItem *drawn, double scale, EvmFixedBox window)
{
    const EvmItem *item = drawn->item;
    switch (item->type) {
    case EVM_ITEM_PATH:
        fill_path(cr, &drawn->path, item->fill, window);
        stroke_path(cr, &drawn->path, &item->stroke, scale, window);
        break;
    case EVM_ITEM_DISC:
        draw_disc(cr, item, scale);
        break;
    case EVM_ITEM_TEXT:
        draw_text(cr, &item->text, drawn->outline, scale);
        break;
    }
}

/* On whole pixels: a clip through the middle of one costs a mask of the whole picture. */
static void set_clip(cairo_t *cr, EvmRect clip, double scale)
{
    double left = rint(clip.x_px * scale), top = rint(clip.y_px * scale);
    cairo_rectangle(cr, left, top, rint((clip.x_px + clip.width_px) * scale) - left,
                    rint((clip.y_px + clip.height_px) * scale) - top);
    cairo_clip(cr);
}

static void draw_outlines(cairo_t *cr, const EvmDrawingLayer *drawn, double scale,
                          EvmFixedBox window)
{
    const EvmLayer *layer = drawn->layer;
    if (drawn->mesh.part_count > 0) {
        stroke_path(cr, &drawn->mesh, &layer->outline, scale, window);
        return;
    }
    for (size_t i = 0; i < layer->item_count; i++)
        stroke_path(cr, &drawn->items[i].path, &layer->outline, scale, window);
}

static void draw_layer(cairo_t *cr, const EvmDrawingLayer *drawn, double scale, EvmFixedBox window)
{
    const EvmLayer *layer = drawn->layer;
    cairo_save(cr);
    if (layer->has_clip)
        set_clip(cr, layer->clip, scale);
    for (size_t i = 0; i < layer->item_count; i++)
        if (box_overlaps(drawn->items[i].box, window))
            draw_item(cr, &drawn->items[i], scale, window);
    draw_outlines(cr, drawn, scale, window);
    cairo_restore(cr);
}

void evm_drawing_draw(const EvmDrawing *drawing, cairo_t *cr, EvmFixedBox window)
{
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    set_color(cr, drawing->scene->background);
    cairo_paint(cr);
    for (size_t i = 0; i < drawing->scene->layer_count; i++)
        draw_layer(cr, &drawing->layers[i], drawing->scale, window);
}
