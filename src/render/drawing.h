/* Inside render: a scene made ready for cairo, in pixels. Everything is checked, texts are
 * outlines; what is left can be drawn from any number of threads. */
#ifndef EVM_RENDER_DRAWING_H
#define EVM_RENDER_DRAWING_H

#include <cairo.h>

#include "render/render.h"

/* In 1/256 pixel, cairo's own unit: rounded once, so that a tile, which is the same geometry moved
 * by whole pixels, gets the very same numbers. */
typedef struct {
    int32_t x, y;
} EvmFixed;

typedef struct {
    int32_t left, top, right, bottom;
} EvmFixedBox;

typedef struct {
    const EvmFixed *points;
    const uint32_t *ends;     /* as in EvmPath */
    const EvmFixedBox *boxes; /* of each part */
    uint32_t part_count;
    bool is_closed;
    EvmFixedBox box;
} EvmFixedPath;

typedef struct {
    const EvmItem *item;
    EvmFixedPath path;     /* EVM_ITEM_PATH */
    cairo_path_t *outline; /* EVM_ITEM_TEXT */
    EvmFixedBox box;       /* of what is drawn, with its stroke or halo */
} EvmDrawingItem;

typedef struct {
    const EvmLayer *layer;
    EvmDrawingItem *items;
    EvmFixedPath mesh;
} EvmDrawingLayer;

typedef struct {
    const EvmScene *scene;
    double scale;
    EvmDrawingLayer *layers;
    EvmArena *arena;
} EvmDrawing;

/* `keep_curves`: outlines of texts stay curves, for paper; else they are lines, for pixels. `scene`
 * must outlive the drawing. EVM_ERROR_INTERNAL when the scene holds what cairo cannot draw. */
EvmDrawing *evm_drawing_new(const EvmScene *scene, EvmFonts *fonts, double scale, bool keep_curves,
                            GError **error);
void evm_drawing_free(EvmDrawing *drawing);

/* Draws what touches `window`; one user unit is one pixel. Read the status of `cr` afterwards. */
void evm_drawing_draw(const EvmDrawing *drawing, cairo_t *cr, EvmFixedBox window);

/* False, and why, when a number of the scene is not finite or too large for cairo at `scale`. */
bool evm_scene_is_drawable(const EvmScene *scene, double scale, GError **error);

#endif
