/* Inside render: a scene made ready for cairo, in pixels. Everything is checked, texts are
 * outlines; what is left can be drawn from any number of threads. */
#ifndef EVM_RENDER_DRAWING_H
#define EVM_RENDER_DRAWING_H

#include <cairo.h>

#include "render/mask.h"
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
    bool is_shared; /* points, ends and boxes are those of the drawing that this one is like */
    EvmFixedBox box;
} EvmFixedPath;

typedef struct {
    const EvmItem *item;
    EvmFixedPath path;     /* EVM_ITEM_PATH */
    cairo_path_t *outline; /* EVM_ITEM_TEXT, once evm_drawing_compute_outlines was called */
    EvmMask inside, halo;  /* EVM_ITEM_TEXT, once evm_drawing_compute_masks was called */
    bool has_stencils;     /* EVM_ITEM_PATH: `inside` and `lines` are what is drawn (stencils.h) */
    const EvmMask **lines; /* of each part's stroke; NULL: without one, or out of sight */
    cairo_surface_t *picture; /* EVM_ITEM_IMAGE; only read once it is made */
    EvmFixedBox box;          /* of what is drawn, with its stroke or halo */
} EvmDrawingItem;

typedef struct {
    const EvmLayer *layer;
    EvmDrawingItem *items;
    EvmFixedPath mesh;
} EvmDrawingLayer;

typedef struct EvmDrawing EvmDrawing;

struct EvmDrawing {
    const EvmScene *scene;
    const EvmDrawing *like; /* or NULL */
    double scale;
    EvmDrawingLayer *layers; /* those of the scene from `first` on */
    size_t first, layer_count;
    unsigned text_count;
    EvmArena *arena;
};

/* Cairo's fast antialiasing (4 x 4 samples) takes half the time of the good one. On the wiggly
 * borders of districts nobody can tell; on a ring, a swatch or a long straight rule one can: paths
 * of no more points than this are drawn with the good one. */
enum { EVM_FINE_POINTS = 32 };

/* Of `layer_count` layers from `first` on; the background goes with layer 0. `scene` must outlive
 * the drawing. EVM_ERROR_INTERNAL when the scene holds what cairo cannot draw. */
EvmDrawing *evm_drawing_new(const EvmScene *scene, size_t first, size_t layer_count, double scale,
                            GError **error);
/* Of all layers of a scene like that of `like`, with which it shares what both scenes share: paths
 * whose points are the same ones in memory. `like` and its scene must outlive it. */
EvmDrawing *evm_drawing_new_like(const EvmScene *scene, const EvmDrawing *like, GError **error);
void evm_drawing_free(EvmDrawing *drawing);

/* Texts to outlines, and the boxes of texts: before a drawing that has texts is drawn by cairo. */
bool evm_drawing_compute_outlines(EvmDrawing *drawing, EvmFonts *fonts, GError **error);

/* Texts to masks, and the boxes of texts: before a drawing that has texts is laid on pixels. */
bool evm_drawing_compute_masks(EvmDrawing *drawing, EvmFonts *fonts, EvmPixelBox page,
                               unsigned threads, GError **error);
/* The same for one text. */
bool evm_drawing_item_init_masks(EvmDrawingItem *item, EvmFonts *fonts, FT_Library library,
                                 double scale, EvmPixelBox page);

/* The picture's size in pixels. EVM_ERROR_LIMIT when it is larger than base/limits.h allows. */
bool evm_raster_find_size(const EvmScene *scene, double scale, unsigned *width, unsigned *height,
                          GError **error);

/* What is drawn on. One user unit of `cr` is one pixel, its origin the window's left top corner. */
typedef struct {
    cairo_t *cr;
    EvmPixelBox window; /* of the picture; nothing outside of it is drawn */
    uint32_t *pixels;   /* the window's, on which texts are laid by their masks; NULL: cairo draws
                           them */
    unsigned stride;    /* pixels from one row to the next */
    bool cuts_rings;    /* of fills only what comes near the window is drawn */
    bool cuts_lines;    /* of strokes only the lines that come near are drawn: a pixel may differ by
                           one sample of the antialiasing */
    EvmFonts *glyphs;   /* texts are shown as glyphs of these fonts, which PDF embeds; or NULL */
} EvmCanvas;

typedef enum { EVM_PART_ITEMS = 1, EVM_PART_OUTLINE = 2, EVM_PART_ALL = 3 } EvmDrawingPart;

/* Part of one layer, after evm_drawing_init_canvas. */
void evm_drawing_draw_part(const EvmDrawing *drawing, size_t layer, EvmDrawingPart parts,
                           const EvmCanvas *canvas);
void evm_drawing_init_canvas(const EvmCanvas *canvas);
/* The inside of a path, and the strokes along its parts from `first` on and before `end`. */
void evm_drawing_draw_fill(const EvmCanvas *canvas, const EvmFixedPath *path, EvmColor color);
void evm_drawing_draw_lines(const EvmCanvas *canvas, const EvmFixedPath *path, uint32_t first,
                            uint32_t end, const EvmStroke *stroke, double scale);

/* Read the status of `cr` afterwards. */
void evm_drawing_draw(const EvmDrawing *drawing, const EvmCanvas *canvas);

#endif
