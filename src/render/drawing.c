#include "render/drawing.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/jobs.h"
#include "render/fonts.h"

static const EvmFixedBox box_empty = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};

static int32_t to_fixed(double value, double scale)
{
    return (int32_t)lrint(value * scale * 256);
}

static void box_add_point(EvmFixedBox *box, EvmFixed point)
{
    box->left = MIN(box->left, point.x);
    box->top = MIN(box->top, point.y);
    box->right = MAX(box->right, point.x);
    box->bottom = MAX(box->bottom, point.y);
}

static void box_add_box(EvmFixedBox *box, EvmFixedBox other)
{
    box->left = MIN(box->left, other.left);
    box->top = MIN(box->top, other.top);
    box->right = MAX(box->right, other.right);
    box->bottom = MAX(box->bottom, other.bottom);
}

/* An empty box stays empty. */
static EvmFixedBox box_grow(EvmFixedBox box, double px, double scale)
{
    int32_t by = to_fixed(px, scale);
    if (box.left > box.right)
        return box;
    return (EvmFixedBox){box.left - by, box.top - by, box.right + by, box.bottom + by};
}

static EvmFixedPath path_to_fixed(EvmArena *arena, const EvmPath *path, double scale)
{
    uint32_t count = path->part_count ? path->ends[path->part_count - 1] : 0;
    EvmFixed *points = evm_arena_alloc_array(arena, count, sizeof *points);
    EvmFixedBox *boxes = evm_arena_alloc_array(arena, path->part_count, sizeof *boxes);
    EvmFixedPath fixed = {.points = points,
                          .ends = path->ends,
                          .boxes = boxes,
                          .part_count = path->part_count,
                          .is_closed = path->is_closed,
                          .box = box_empty};
    uint32_t i = 0;
    for (uint32_t part = 0; part < path->part_count; part++) {
        EvmFixedBox box = box_empty;
        for (; i < path->ends[part]; i++) {
            points[i] = (EvmFixed){to_fixed(path->points[i].x_px, scale),
                                   to_fixed(path->points[i].y_px, scale)};
            box_add_point(&box, points[i]);
        }
        boxes[part] = box;
        box_add_box(&fixed.box, box);
    }
    return fixed;
}

static EvmFixedPath path_init(EvmDrawing *drawing, const EvmPath *path, const EvmPath *other,
                              const EvmFixedPath *fixed)
{
    if (!other || other->points != path->points || path->part_count == 0)
        return path_to_fixed(drawing->arena, path, drawing->scale);
    EvmFixedPath shared = *fixed;
    shared.is_shared = true;
    return shared;
}

static int path_points_of(cairo_path_data_type_t type)
{
    return type == CAIRO_PATH_CURVE_TO ? 3 : type == CAIRO_PATH_CLOSE_PATH ? 0 : 1;
}

/* Not the text's own bounds: letters reach over the edges of their line. */
static EvmFixedBox outline_box(const cairo_path_t *outline)
{
    EvmFixedBox box = box_empty;
    for (int i = 0; i < outline->num_data; i += outline->data[i].header.length) {
        const cairo_path_data_t *data = &outline->data[i];
        for (int k = 1; k <= path_points_of(data->header.type); k++)
            box_add_point(&box,
                          (EvmFixed){to_fixed(data[k].point.x, 1), to_fixed(data[k].point.y, 1)});
    }
    return box;
}

static EvmFixedBox disc_box(const EvmDisc *disc, double scale)
{
    EvmFixed at = {to_fixed(disc->center.x_px, scale), to_fixed(disc->center.y_px, scale)};
    return box_grow((EvmFixedBox){at.x, at.y, at.x, at.y}, disc->radius_px, scale);
}

/* What is still to be read of a PNG file in memory. */
typedef struct {
    const unsigned char *next;
    size_t left;
} Source;

static cairo_status_t read_source(void *user, unsigned char *out, unsigned size)
{
    Source *source = user;
    if (size > source->left)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(out, source->next, size);
    source->next += size;
    source->left -= size;
    return CAIRO_STATUS_SUCCESS;
}

static void picture_init(EvmDrawingItem *out, double scale)
{
    const EvmImage *image = &out->item->image;
    Source source = {image->png, image->size};
    out->picture = cairo_image_surface_create_from_png_stream(read_source, &source);
    out->box = (EvmFixedBox){to_fixed(image->box.x_px, scale), to_fixed(image->box.y_px, scale),
                             to_fixed(image->box.x_px + image->box.width_px, scale),
                             to_fixed(image->box.y_px + image->box.height_px, scale)};
}

static void item_init(EvmDrawingItem *out, const EvmItem *item, EvmDrawing *drawing,
                      const EvmDrawingItem *like)
{
    double scale = drawing->scale;
    out->item = item;
    switch (item->type) {
    case EVM_ITEM_PATH:
        out->path = path_init(drawing, &item->path, like ? &like->item->path : NULL,
                              like ? &like->path : NULL);
        out->box = box_grow(out->path.box, item->stroke.width_px / 2 + 1, scale);
        break;
    case EVM_ITEM_DISC:
        out->box = box_grow(disc_box(&item->disc, scale), item->stroke.width_px / 2 + 1, scale);
        break;
    case EVM_ITEM_TEXT:
        drawing->text_count++;
        break;
    case EVM_ITEM_IMAGE:
        picture_init(out, scale);
        break;
    }
}

static void layer_init(EvmDrawingLayer *out, const EvmLayer *layer, EvmDrawing *drawing,
                       const EvmDrawingLayer *like)
{
    size_t likes = like ? like->layer->item_count : 0;
    out->layer = layer;
    out->items = evm_arena_alloc_array(drawing->arena, layer->item_count, sizeof *out->items);
    out->mesh = path_init(drawing, &layer->outline_mesh, like ? &like->layer->outline_mesh : NULL,
                          like ? &like->mesh : NULL);
    for (size_t i = 0; i < layer->item_count; i++)
        item_init(&out->items[i], &layer->items[i], drawing, i < likes ? &like->items[i] : NULL);
}

static bool has_pictures(const EvmDrawing *drawing, GError **error)
{
    for (size_t i = 0; i < drawing->layer_count; i++)
        for (size_t k = 0; k < drawing->layers[i].layer->item_count; k++) {
            cairo_surface_t *picture = drawing->layers[i].items[k].picture;
            if (!picture || cairo_surface_status(picture) == CAIRO_STATUS_SUCCESS)
                continue;
            g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                        "the PNG file of the logo is damaged: write it again");
            return false;
        }
    return true;
}

static EvmDrawing *drawing_new(EvmDrawing start, GError **error)
{
    const EvmScene *known = start.like ? start.like->scene : NULL;
    if (!evm_scene_is_drawable(start.scene, known, start.scale, error))
        return NULL;
    EvmArena *arena = evm_arena_new();
    EvmDrawing *drawing = evm_arena_alloc(arena, sizeof *drawing);
    const EvmDrawing *like = start.like;
    *drawing = start;
    drawing->arena = arena;
    drawing->layers = evm_arena_alloc_array(arena, start.layer_count, sizeof *drawing->layers);
    for (size_t i = 0; i < start.layer_count; i++)
        layer_init(&drawing->layers[i], &start.scene->layers[start.first + i], drawing,
                   like && i < like->layer_count ? &like->layers[i] : NULL);
    if (has_pictures(drawing, error))
        return drawing;
    evm_drawing_free(drawing);
    return NULL;
}

EvmDrawing *evm_drawing_new(const EvmScene *scene, size_t first, size_t layer_count, double scale,
                            GError **error)
{
    return drawing_new(
        (EvmDrawing){.scene = scene, .scale = scale, .first = first, .layer_count = layer_count},
        error);
}

EvmDrawing *evm_drawing_new_like(const EvmScene *scene, const EvmDrawing *like, GError **error)
{
    return drawing_new(
        (EvmDrawing){
            .scene = scene, .like = like, .scale = like->scale, .layer_count = scene->layer_count},
        error);
}

static bool outline_init(EvmDrawingItem *item, EvmFonts *fonts, double scale)
{
    const EvmText *text = &item->item->text;
    item->outline = evm_fonts_compute_outline(fonts, text, scale);
    item->box = box_grow(outline_box(item->outline), text->halo_px + 2, scale);
    return item->outline->status == CAIRO_STATUS_SUCCESS;
}

static bool outlines_init(EvmDrawingLayer *drawn, EvmFonts *fonts, double scale)
{
    for (size_t i = 0; i < drawn->layer->item_count; i++) {
        EvmDrawingItem *item = &drawn->items[i];
        if (item->item->type != EVM_ITEM_TEXT)
            continue;
        if (!outline_init(item, fonts, scale))
            return false;
    }
    return true;
}

bool evm_drawing_compute_outlines(EvmDrawing *drawing, EvmFonts *fonts, GError **error)
{
    for (size_t i = 0; i < drawing->layer_count; i++) {
        if (outlines_init(&drawing->layers[i], fonts, drawing->scale))
            continue;
        g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "a text of layer %s cannot be drawn",
                    drawing->layers[i].layer->id);
        return false;
    }
    return true;
}

static void layer_clear(EvmDrawingLayer *layer)
{
    for (size_t i = 0; layer->layer && i < layer->layer->item_count; i++) {
        EvmDrawingItem *item = &layer->items[i];
        if (item->outline)
            cairo_path_destroy(item->outline);
        if (item->picture)
            cairo_surface_destroy(item->picture);
        evm_mask_clear(&item->inside);
        evm_mask_clear(&item->halo);
    }
}

void evm_drawing_free(EvmDrawing *drawing)
{
    if (!drawing)
        return;
    for (size_t i = 0; i < drawing->layer_count; i++)
        layer_clear(&drawing->layers[i]);
    evm_arena_free(drawing->arena);
}

typedef struct {
    EvmDrawingItem **texts;
    EvmFonts *fonts;
    double scale;
    EvmPixelBox page;
    FT_Library libraries[EVM_JOBS_THREADS_MAX]; /* FreeType wants one a thread */
    int failed;                                 /* atomic */
} MaskJob;

static bool masks_init(EvmDrawingItem *item, FT_Library library, double scale, EvmPixelBox page)
{
    const EvmText *text = &item->item->text;
    double radius = text->halo.a > 0 ? text->halo_px * scale : 0;
    if (!evm_mask_init(&item->inside, library, item->outline, radius + 1, page))
        return false;
    if (radius > 0)
        evm_mask_init_halo(&item->halo, &item->inside, radius);
    return true;
}

bool evm_drawing_item_init_masks(EvmDrawingItem *item, EvmFonts *fonts, FT_Library library,
                                 double scale, EvmPixelBox page)
{
    bool done = outline_init(item, fonts, scale) && masks_init(item, library, scale, page);
    g_clear_pointer(&item->outline, cairo_path_destroy);
    return done;
}

static void compute_mask(void *user, unsigned worker, unsigned index)
{
    MaskJob *job = user;
    EvmDrawingItem *item = job->texts[index];
    FT_Library *library = &job->libraries[worker];
    if ((!*library && FT_Init_FreeType(library) != 0) ||
        !evm_drawing_item_init_masks(item, job->fonts, *library, job->scale, job->page))
        g_atomic_int_set(&job->failed, 1);
}

static EvmDrawingItem **find_texts(EvmDrawing *drawing)
{
    EvmDrawingItem **texts =
        evm_arena_alloc_array(drawing->arena, drawing->text_count, sizeof *texts);
    size_t count = 0;
    for (size_t i = 0; i < drawing->layer_count; i++)
        for (size_t k = 0; k < drawing->layers[i].layer->item_count; k++)
            if (drawing->layers[i].items[k].item->type == EVM_ITEM_TEXT)
                texts[count++] = &drawing->layers[i].items[k];
    return texts;
}

bool evm_drawing_compute_masks(EvmDrawing *drawing, EvmFonts *fonts, EvmPixelBox page,
                               unsigned threads, GError **error)
{
    MaskJob job = {
        .texts = find_texts(drawing), .fonts = fonts, .scale = drawing->scale, .page = page};
    evm_jobs_compute(drawing->text_count, threads, compute_mask, &job);
    for (size_t i = 0; i < G_N_ELEMENTS(job.libraries); i++)
        if (job.libraries[i])
            FT_Done_FreeType(job.libraries[i]);
    if (job.failed)
        g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "a text cannot be drawn");
    return !job.failed;
}
