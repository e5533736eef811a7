/* Cairo counts in 1/256 pixel in 32 bits and wraps around without a word; a radius of 1e308 hangs
 * it. Nothing of the kind may reach it. */
#include <math.h>

#include "base/error.h"
#include "render/render.h"

#define PIXEL_MAX 4194304.0 /* 2^22: half of what cairo can hold */
#define SIZE_MAX_PX 16384.0 /* widths, radii, letters */
#define DASH_MIN_PX 0.05    /* shorter ones would take minutes */

static bool is_coordinate(double value, double scale)
{
    return fabs(value * scale) < PIXEL_MAX; /* false for NaN */
}

static bool is_size(double value)
{
    return value >= 0 && value <= SIZE_MAX_PX;
}

static bool is_point(EvmPoint point, double scale)
{
    return is_coordinate(point.x_px, scale) && is_coordinate(point.y_px, scale);
}

/* `like` may be NULL. */
static bool is_path(const EvmPath *path, const EvmPath *like, double scale)
{
    if (like && like->points == path->points && like->ends == path->ends &&
        like->part_count == path->part_count)
        return true;
    uint32_t start = 0;
    for (uint32_t part = 0; part < path->part_count; part++) {
        if (path->ends[part] < start)
            return false;
        start = path->ends[part];
    }
    for (uint32_t i = 0; i < start; i++)
        if (!is_point(path->points[i], scale))
            return false;
    return true;
}

static bool is_rect(EvmRect rect, double scale)
{
    return is_point((EvmPoint){rect.x_px, rect.y_px}, scale) &&
           is_point((EvmPoint){rect.x_px + rect.width_px, rect.y_px + rect.height_px}, scale);
}

static bool is_stroke(const EvmStroke *stroke)
{
    bool is_solid = stroke->dash_px == 0 && stroke->gap_px == 0;
    return is_size(stroke->width_px) && is_size(stroke->dash_px) && is_size(stroke->gap_px) &&
           (is_solid || stroke->dash_px + stroke->gap_px >= DASH_MIN_PX);
}

static bool is_text(const EvmText *text, double scale)
{
    return text->string && is_point(text->at, scale) && is_size(text->font.size_px) &&
           text->font.size_px > 0 && is_size(text->font.tracking_px) && is_size(text->halo_px) &&
           fabs(text->angle_deg) <= 360;
}

static bool is_item(const EvmItem *item, const EvmItem *like, double scale)
{
    switch (item->type) {
    case EVM_ITEM_PATH:
        return is_stroke(&item->stroke) && is_path(&item->path, like ? &like->path : NULL, scale);
    case EVM_ITEM_DISC:
        return is_stroke(&item->stroke) && is_point(item->disc.center, scale) &&
               is_size(item->disc.radius_px);
    case EVM_ITEM_TEXT:
        return is_text(&item->text, scale);
    case EVM_ITEM_IMAGE:
        return is_rect(item->image.box, scale) && item->image.box.width_px > 0 &&
               item->image.box.height_px > 0;
    }
    return false;
}

static bool is_layer(const EvmLayer *layer, const EvmLayer *like, double scale, GError **error)
{
    size_t likes = like ? like->item_count : 0;
    if (!is_stroke(&layer->outline) ||
        !is_path(&layer->outline_mesh, like ? &like->outline_mesh : NULL, scale) ||
        (layer->has_clip && !is_rect(layer->clip, scale))) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL,
                    "layer %s cannot be drawn: "
                    "a number is not finite or too large",
                    layer->id);
        return false;
    }
    for (size_t i = 0; i < layer->item_count; i++) {
        if (is_item(&layer->items[i], i < likes ? &like->items[i] : NULL, scale))
            continue;
        g_set_error(
            error, EVM_ERROR, EVM_ERROR_INTERNAL,
            "item %zu (%s) of layer %s cannot be drawn: a number is not finite or too large", i + 1,
            layer->items[i].id ? layer->items[i].id : "no id", layer->id);
        return false;
    }
    return true;
}

bool evm_scene_is_drawable(const EvmScene *scene, const EvmScene *like, double scale,
                           GError **error)
{
    size_t likes = like ? like->layer_count : 0;
    if (!(scale > 0) || !isfinite(scale) || !is_coordinate(scene->width_px, scale) ||
        !is_coordinate(scene->height_px, scale) || !(scene->width_px > 0) ||
        !(scene->height_px > 0)) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_LIMIT,
                    "a picture of %g x %g px at scale %g cannot be drawn", scene->width_px,
                    scene->height_px, scale);
        return false;
    }
    for (size_t i = 0; i < scene->layer_count; i++)
        if (!is_layer(&scene->layers[i], i < likes ? &like->layers[i] : NULL, scale, error))
            return false;
    return true;
}
