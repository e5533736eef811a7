#include <math.h>

#include "render/drawing.h"
#include "render/fonts.h"

/* One stroke over thousands of arcs makes cairo sort all their edges together; one per arc pays
 * its fixed cost thousands of times. */
enum { STROKE_BATCH_POINTS = 400 };

/* At this width the eye no longer sees how lines are joined, and round joins take longer. */
#define THIN_PX 1.5

static bool box_overlaps(EvmFixedBox a, EvmFixedBox b)
{
    return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}

static bool box_contains(EvmFixedBox outer, EvmFixedBox inner)
{
    return outer.left <= inner.left && inner.right <= outer.right && outer.top <= inner.top &&
           inner.bottom <= outer.bottom;
}

static EvmFixedBox fixed_window(const EvmCanvas *canvas, double margin)
{
    int32_t by = (int32_t)ceil(margin * 256);
    return (EvmFixedBox){canvas->window.left * 256 - by, canvas->window.top * 256 - by,
                         canvas->window.right * 256 + by, canvas->window.bottom * 256 + by};
}

static void set_color(cairo_t *cr, EvmColor color)
{
    cairo_set_source_rgba(cr, color.r / 255.0, color.g / 255.0, color.b / 255.0, color.a / 255.0);
}

static bool is_long(const EvmFixedPath *path)
{
    return path->part_count > 0 && path->ends[path->part_count - 1] > EVM_FINE_POINTS;
}

static void set_quality(cairo_t *cr, const EvmFixedPath *path)
{
    cairo_set_antialias(cr, is_long(path) ? CAIRO_ANTIALIAS_FAST : CAIRO_ANTIALIAS_GOOD);
}

static bool set_stroke(cairo_t *cr, const EvmStroke *stroke, double scale)
{
    double width = stroke->width_px * scale;
    if (width <= 0 || stroke->color.a == 0)
        return false;
    double dashes[2] = {stroke->dash_px * scale, stroke->gap_px * scale};
    set_color(cr, stroke->color);
    cairo_set_line_width(cr, width);
    cairo_set_line_join(cr, width < THIN_PX ? CAIRO_LINE_JOIN_MITER : CAIRO_LINE_JOIN_ROUND);
    cairo_set_dash(cr, dashes, dashes[0] + dashes[1] > 0 ? 2 : 0, 0);
    return true;
}

/* Moved to the window here: a matrix would cost cairo more than the rest of adding a point. */
static void add_part(const EvmCanvas *canvas, const EvmFixedPath *path, uint32_t part)
{
    int32_t left = canvas->window.left * 256, top = canvas->window.top * 256;
    uint32_t start = part ? path->ends[part - 1] : 0;
    const EvmFixed *points = path->points;
    if (start == path->ends[part])
        return;
    cairo_move_to(canvas->cr, (points[start].x - left) / 256.0, (points[start].y - top) / 256.0);
    for (uint32_t i = start + 1; i < path->ends[part]; i++)
        cairo_line_to(canvas->cr, (points[i].x - left) / 256.0, (points[i].y - top) / 256.0);
    if (path->is_closed)
        cairo_close_path(canvas->cr);
}

/* On which sides of the window a point lies. */
static unsigned sides_of(EvmFixed at, EvmFixedBox window)
{
    return (at.x < window.left ? 1u : 0) | (at.x > window.right ? 2u : 0) |
           (at.y < window.top ? 4u : 0) | (at.y > window.bottom ? 8u : 0);
}

/* A ring to be filled. Of lines that all stay on one side of the window the first and the last
 * point will do: no row of pixels inside sees how often the line between them was bent. */
static void add_near_ring(const EvmCanvas *canvas, const EvmFixedPath *path, uint32_t part,
                          EvmFixedBox window)
{
    int32_t left = canvas->window.left * 256, top = canvas->window.top * 256;
    const EvmFixed *points = path->points;
    uint32_t start = part ? path->ends[part - 1] : 0, end = path->ends[part], added = start;
    unsigned side = sides_of(points[start], window);
    cairo_move_to(canvas->cr, (points[start].x - left) / 256.0, (points[start].y - top) / 256.0);
    for (uint32_t i = start + 1; i < end; i++) {
        side &= sides_of(points[i], window);
        if (side != 0 && i + 1 < end)
            continue;
        for (uint32_t k = MAX(added + 1, i - 1); k <= i; k++)
            cairo_line_to(canvas->cr, (points[k].x - left) / 256.0, (points[k].y - top) / 256.0);
        side = sides_of(points[i], window);
        added = i;
    }
    if (path->is_closed)
        cairo_close_path(canvas->cr);
}

static bool is_near(EvmFixed a, EvmFixed b, EvmFixedBox reach)
{
    return MAX(a.x, b.x) >= reach.left && MIN(a.x, b.x) <= reach.right &&
           MAX(a.y, b.y) >= reach.top && MIN(a.y, b.y) <= reach.bottom;
}

/* Those of a part's lines that come near: what is cut off ends out of sight. Returns how many. */
static uint32_t add_near_lines(const EvmCanvas *canvas, const EvmFixedPath *path, uint32_t part,
                               EvmFixedBox reach)
{
    int32_t left = canvas->window.left * 256, top = canvas->window.top * 256;
    uint32_t start = part ? path->ends[part - 1] : 0, end = path->ends[part], added = 0;
    bool is_drawing = false;
    for (uint32_t i = start; i < end - !path->is_closed; i++) {
        EvmFixed a = path->points[i], b = path->points[i + 1 < end ? i + 1 : start];
        bool was_drawing = is_drawing;
        is_drawing = is_near(a, b, reach);
        if (is_drawing && !was_drawing)
            cairo_move_to(canvas->cr, (a.x - left) / 256.0, (a.y - top) / 256.0);
        if (is_drawing)
            cairo_line_to(canvas->cr, (b.x - left) / 256.0, (b.y - top) / 256.0);
        added += is_drawing;
    }
    return added;
}

/* Dashes are counted from the start of a line, so all of it is needed. */
static uint32_t add_line(const EvmCanvas *canvas, const EvmFixedPath *path, uint32_t part,
                         EvmFixedBox reach, bool is_dashed)
{
    uint32_t count = path->ends[part] - (part ? path->ends[part - 1] : 0);
    if (canvas->cuts_lines && count > 2 && !is_dashed && !box_contains(reach, path->boxes[part]))
        return add_near_lines(canvas, path, part, reach);
    add_part(canvas, path, part);
    return count;
}

/* Where every pixel of a row has an edge and the last one is rounded up to the right end of the
 * path, CAIRO_ANTIALIAS_FAST of cairo 1.16 writes one span more than it has room for, as over fine
 * hatching in a small picture. A sliver to the right of it all, lower than its grid of 4 x 4 sees,
 * makes room. */
static void add_spare_room(const EvmCanvas *canvas, EvmFixedBox drawn)
{
    static const double RIGHT = 2, INSIDE = 0.05, LOW = 1.0 / 256;
    double x = (drawn.right - canvas->window.left * 256) / 256.0 + RIGHT;
    double bottom = MIN(drawn.bottom / 256, canvas->window.bottom - 1) - canvas->window.top;
    cairo_move_to(canvas->cr, x, bottom + INSIDE);
    cairo_line_to(canvas->cr, x, bottom + INSIDE + LOW);
    cairo_line_to(canvas->cr, x - 1, bottom + INSIDE);
    cairo_close_path(canvas->cr);
}

/* cairo draws a path of nothing but level and upright lines in another, finer way. What was left
 * out of a ring must not let one tile look otherwise than the next: a slanting line out of sight.
 */
static void add_slant(const EvmCanvas *canvas)
{
    cairo_move_to(canvas->cr, 0, -2);
    cairo_line_to(canvas->cr, 1, -3);
    cairo_close_path(canvas->cr);
}

static void add_ring(const EvmCanvas *canvas, const EvmFixedPath *path, uint32_t part)
{
    EvmFixedBox reach = fixed_window(canvas, 1);
    uint32_t count = path->ends[part] - (part ? path->ends[part - 1] : 0);
    if (!canvas->cuts_rings || count <= EVM_FINE_POINTS || box_contains(reach, path->boxes[part])) {
        add_part(canvas, path, part);
        return;
    }
    add_near_ring(canvas, path, part, reach);
    add_slant(canvas);
}

static EvmFixedBox join_boxes(EvmFixedBox a, EvmFixedBox b)
{
    return (EvmFixedBox){.left = MIN(a.left, b.left),
                         .top = MIN(a.top, b.top),
                         .right = MAX(a.right, b.right),
                         .bottom = MAX(a.bottom, b.bottom)};
}

/* Parts outside of the window cannot change the even-odd count of a pixel inside it. */
void evm_drawing_draw_fill(const EvmCanvas *canvas, const EvmFixedPath *path, EvmColor color)
{
    if (color.a == 0)
        return;
    EvmFixedBox window = fixed_window(canvas, 0);
    EvmFixedBox drawn = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    for (uint32_t part = 0; part < path->part_count; part++)
        if (box_overlaps(path->boxes[part], window)) {
            add_ring(canvas, path, part);
            drawn = join_boxes(drawn, path->boxes[part]);
        }
    if (drawn.left > drawn.right)
        return;
    if (canvas->cuts_rings && is_long(path) && drawn.right < window.right)
        add_spare_room(canvas, drawn);
    set_color(canvas->cr, color);
    set_quality(canvas->cr, path);
    cairo_fill(canvas->cr);
}

void evm_drawing_draw_lines(const EvmCanvas *canvas, const EvmFixedPath *path, uint32_t first,
                            uint32_t end, const EvmStroke *stroke, double scale)
{
    cairo_t *cr = canvas->cr;
    if (!set_stroke(cr, stroke, scale))
        return;
    set_quality(cr, path);
    /* Where a translucent stroke crosses itself it must not count twice. */
    uint32_t limit = stroke->color.a == 255 ? STROKE_BATCH_POINTS : UINT32_MAX;
    EvmFixedBox reach = fixed_window(canvas, stroke->width_px * scale + 1);
    uint32_t batch = 0;
    bool is_dashed = stroke->dash_px + stroke->gap_px > 0;
    for (uint32_t part = first; part < end; part++) {
        if (box_overlaps(path->boxes[part], reach))
            batch += add_line(canvas, path, part, reach, is_dashed);
        if (batch >= limit) {
            cairo_stroke(cr);
            batch = 0;
        }
    }
    cairo_stroke(cr);
}

static void stroke_path(const EvmCanvas *canvas, const EvmFixedPath *path, const EvmStroke *stroke,
                        double scale)
{
    evm_drawing_draw_lines(canvas, path, 0, path->part_count, stroke, scale);
}

static void draw_disc(const EvmCanvas *canvas, const EvmItem *item, double scale)
{
    cairo_t *cr = canvas->cr;
    const EvmDisc *disc = &item->disc;
    double x = disc->center.x_px * scale - canvas->window.left;
    double y = disc->center.y_px * scale - canvas->window.top;
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_GOOD);
    cairo_new_sub_path(cr);
    cairo_arc(cr, x, y, disc->radius_px * scale, 0, 2 * G_PI);
    cairo_close_path(cr);
    if (item->fill.a > 0) {
        set_color(cr, item->fill);
        cairo_fill_preserve(cr);
    }
    if (set_stroke(cr, &item->stroke, scale))
        cairo_stroke_preserve(cr);
    cairo_new_path(cr);
}

static void draw_outline(const EvmCanvas *canvas, const EvmText *text, const cairo_path_t *outline,
                         double scale)
{
    cairo_t *cr = canvas->cr;
    if (text->halo_px > 0 && text->halo.a > 0) {
        EvmStroke halo = {.color = text->halo, .width_px = 2 * text->halo_px};
        set_stroke(cr, &halo, scale);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        cairo_append_path(cr, outline);
        cairo_stroke(cr);
    }
    set_color(cr, text->color);
    if (canvas->glyphs) {
        evm_fonts_draw(canvas->glyphs, text, cr, scale);
        return;
    }
    cairo_append_path(cr, outline);
    /* Letters are drawn to the non-zero rule: joined Arabic letters overlap. */
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
    cairo_fill(cr);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
}

static EvmPixels pixels_of(const EvmCanvas *canvas)
{
    return (EvmPixels){canvas->pixels, canvas->stride, canvas->window};
}

static void draw_text(const EvmCanvas *canvas, const EvmDrawingItem *drawn, double scale,
                      EvmPixelBox clip)
{
    const EvmText *text = &drawn->item->text;
    if (!canvas->pixels) {
        draw_outline(canvas, text, drawn->outline, scale);
        return;
    }
    cairo_surface_flush(cairo_get_target(canvas->cr));
    evm_mask_draw(&drawn->halo, text->halo, pixels_of(canvas), clip);
    evm_mask_draw(&drawn->inside, text->color, pixels_of(canvas), clip);
    cairo_surface_mark_dirty(cairo_get_target(canvas->cr));
}

/* Where lines cross or meet, they do not count twice. */
static void lay_lines(const EvmCanvas *canvas, const EvmDrawingItem *drawn, EvmPixelBox clip)
{
    EvmMask all;
    evm_mask_init_empty(&all, clip);
    for (uint32_t part = 0; part < drawn->path.part_count; part++)
        if (drawn->lines[part])
            evm_mask_add(&all, drawn->lines[part]);
    evm_mask_draw(&all, drawn->item->stroke.color, pixels_of(canvas), clip);
    evm_mask_clear(&all);
}

static void draw_path(const EvmCanvas *canvas, const EvmDrawingItem *drawn, double scale,
                      EvmPixelBox clip)
{
    const EvmItem *item = drawn->item;
    if (!drawn->has_stencils) {
        evm_drawing_draw_fill(canvas, &drawn->path, item->fill);
        stroke_path(canvas, &drawn->path, &item->stroke, scale);
        return;
    }
    cairo_surface_flush(cairo_get_target(canvas->cr));
    evm_mask_draw(&drawn->inside, item->fill, pixels_of(canvas), clip);
    if (drawn->lines)
        lay_lines(canvas, drawn, clip);
    cairo_surface_mark_dirty(cairo_get_target(canvas->cr));
}

/* Its pixels are read through a surface of this thread's own. */
static void draw_image(const EvmCanvas *canvas, const EvmDrawingItem *drawn, double scale)
{
    cairo_t *cr = canvas->cr;
    cairo_surface_t *picture = drawn->picture;
    const EvmRect *box = &drawn->item->image.box;
    int width = cairo_image_surface_get_width(picture);
    int height = cairo_image_surface_get_height(picture);
    if (width <= 0 || height <= 0)
        return;
    cairo_surface_t *own = cairo_image_surface_create_for_data(
        cairo_image_surface_get_data(picture), cairo_image_surface_get_format(picture), width,
        height, cairo_image_surface_get_stride(picture));
    cairo_save(cr);
    cairo_translate(cr, box->x_px * scale - canvas->window.left,
                    box->y_px * scale - canvas->window.top);
    cairo_scale(cr, box->width_px * scale / width, box->height_px * scale / height);
    cairo_set_source_surface(cr, own, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_BEST);
    cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
    cairo_rectangle(cr, 0, 0, width, height);
    cairo_fill(cr);
    cairo_restore(cr);
    cairo_surface_destroy(own);
}

static void draw_item(const EvmCanvas *canvas, const EvmDrawingItem *drawn, double scale,
                      EvmPixelBox clip)
{
    const EvmItem *item = drawn->item;
    switch (item->type) {
    case EVM_ITEM_PATH:
        draw_path(canvas, drawn, scale, clip);
        break;
    case EVM_ITEM_DISC:
        draw_disc(canvas, item, scale);
        break;
    case EVM_ITEM_TEXT:
        draw_text(canvas, drawn, scale, clip);
        break;
    case EVM_ITEM_IMAGE:
        draw_image(canvas, drawn, scale);
        break;
    }
}

static void draw_borders(const EvmCanvas *canvas, const EvmDrawingLayer *drawn, double scale)
{
    const EvmLayer *layer = drawn->layer;
    if (drawn->mesh.part_count > 0) {
        stroke_path(canvas, &drawn->mesh, &layer->outline, scale);
        return;
    }
    for (size_t i = 0; i < layer->item_count; i++)
        if (layer->items[i].type == EVM_ITEM_PATH)
            stroke_path(canvas, &drawn->items[i].path, &layer->outline, scale);
}

/* On whole pixels: a clip through the middle of one would cost cairo a mask. */
static EvmPixelBox compute_clip(const EvmCanvas *canvas, const EvmLayer *layer, double scale)
{
    EvmPixelBox window = canvas->window;
    if (!layer->has_clip)
        return window;
    EvmRect rect = layer->clip;
    double right = rect.x_px + rect.width_px, bottom = rect.y_px + rect.height_px;
    return (EvmPixelBox){
        (int)CLAMP(rint(rect.x_px * scale), window.left, window.right),
        (int)CLAMP(rint(rect.y_px * scale), window.top, window.bottom),
        (int)CLAMP(rint(right * scale), window.left, window.right),
        (int)CLAMP(rint(bottom * scale), window.top, window.bottom),
    };
}

static bool is_in_sight(const EvmDrawingLayer *drawn, EvmDrawingPart parts, EvmFixedBox window)
{
    if (parts & EVM_PART_OUTLINE)
        return true;
    for (size_t i = 0; i < drawn->layer->item_count; i++)
        if (box_overlaps(drawn->items[i].box, window))
            return true;
    return false;
}

void evm_drawing_draw_part(const EvmDrawing *drawing, size_t index, EvmDrawingPart parts,
                           const EvmCanvas *canvas)
{
    const EvmDrawingLayer *drawn = &drawing->layers[index];
    const EvmLayer *layer = drawn->layer;
    double scale = drawing->scale;
    EvmPixelBox clip = compute_clip(canvas, layer, scale);
    EvmFixedBox window = fixed_window(canvas, 0);
    if (clip.left >= clip.right || clip.top >= clip.bottom || !is_in_sight(drawn, parts, window))
        return;
    cairo_save(canvas->cr);
    if (layer->has_clip) {
        cairo_rectangle(canvas->cr, clip.left - canvas->window.left, clip.top - canvas->window.top,
                        clip.right - clip.left, clip.bottom - clip.top);
        cairo_clip(canvas->cr);
    }
    for (size_t i = 0; parts & EVM_PART_ITEMS && i < layer->item_count; i++)
        if (box_overlaps(drawn->items[i].box, window))
            draw_item(canvas, &drawn->items[i], scale, clip);
    if (parts & EVM_PART_OUTLINE)
        draw_borders(canvas, drawn, scale);
    cairo_restore(canvas->cr);
}

void evm_drawing_init_canvas(const EvmCanvas *canvas)
{
    cairo_set_fill_rule(canvas->cr, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_set_line_cap(canvas->cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_miter_limit(canvas->cr, 2);
}

void evm_drawing_draw(const EvmDrawing *drawing, const EvmCanvas *canvas)
{
    evm_drawing_init_canvas(canvas);
    if (drawing->first == 0) {
        set_color(canvas->cr, drawing->scene->background);
        cairo_paint(canvas->cr);
    }
    for (size_t i = 0; i < drawing->layer_count; i++)
        evm_drawing_draw_part(drawing, i, EVM_PART_ALL, canvas);
}
