/* The scene: everything that will be drawn, as plain data, before any pixel. Built once by
 * scene/sheet.h, then read by render (pixels) and output (SVG). A scene owns all it points to in
 * one arena, but the outlines of areas, which may be the map's (scene/map.h), and their hatching,
 * which may be a memo's (scene/stripe_memo.h): those must outlive it.
 *
 * Unit: px of the page, y down, origin top left. A PNG at --scale 2 has two pixels a px. Text is
 * UTF-8. Layers are drawn in order, items in order inside a layer. */
#ifndef EVM_SCENE_SCENE_H
#define EVM_SCENE_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "style/color.h"
#include "style/theme.h"

typedef struct {
    double x_px, y_px;
} EvmPoint;

typedef struct {
    double x_px, y_px, width_px, height_px;
} EvmRect;

/* Parts of straight lines. Part i is points[ends[i-1] .. ends[i]), the first starts at 0. */
typedef struct {
    const EvmPoint *points;
    const uint32_t *ends;
    uint32_t part_count;
    bool is_closed; /* every part returns to its start */
} EvmPath;

/* width_px 0: no stroke. Round joins and caps. */
typedef struct {
    EvmColor color;
    double width_px;
    double dash_px, gap_px; /* both 0: solid */
} EvmStroke;

typedef enum {
    EVM_WEIGHT_REGULAR,
    EVM_WEIGHT_MEDIUM,
    EVM_WEIGHT_SEMIBOLD,
    EVM_WEIGHT_BOLD
} EvmWeight;

typedef struct {
    EvmWeight weight;
    bool is_italic;
    double size_px;     /* em */
    double tracking_px; /* added after every letter */
    EvmType type;       /* whose families */
} EvmFont;

typedef enum { EVM_ANCHOR_START, EVM_ANCHOR_MIDDLE, EVM_ANCHOR_END } EvmAnchor;

typedef struct {
    const char *string; /* one line */
    EvmPoint at;        /* baseline, at the anchor */
    EvmAnchor anchor;   /* along the reading direction of left-to-right text */
    bool is_rtl;        /* its base direction: where the pieces of a mixed text follow each other */
    EvmFont font;
    EvmColor color;
    EvmColor halo; /* drawn behind, halo_px wide on each side; 0: none */
    double halo_px;
    double width_px;  /* as measured when it was placed */
    double angle_deg; /* turned around `at`, clockwise */
} EvmText;

typedef struct {
    EvmPoint center;
    double radius_px;
} EvmDisc;

/* A picture of pixels, scaled to its box. */
typedef struct {
    EvmRect box;
    const void *png; /* a whole PNG file; not the scene's own: it must outlive it */
    size_t size;
    const char *sha256; /* of it, likewise */
} EvmImage;

typedef enum { EVM_ITEM_PATH, EVM_ITEM_DISC, EVM_ITEM_TEXT, EVM_ITEM_IMAGE } EvmItemType;

typedef struct {
    EvmItemType type;
    EvmPath path;     /* EVM_ITEM_PATH */
    EvmDisc disc;     /* EVM_ITEM_DISC */
    EvmText text;     /* EVM_ITEM_TEXT */
    EvmImage image;   /* EVM_ITEM_IMAGE */
    EvmColor fill;    /* path and disc, even-odd; alpha 0: none */
    EvmStroke stroke; /* path and disc */
    EvmRect bounds;   /* of a disc with its stroke, an image, a text with its halo; of a path: see
                         evm_path_compute_bounds */
    /* What the item stands for; NULL where it stands for nothing. */
    const char *id;      /* unique in the scene, [a-z0-9-] */
    const char *title;   /* shown on hover, read aloud */
    const char *pcode;   /* data-pcode */
    const char *control; /* data-control */
} EvmItem;

typedef struct {
    const char *id;    /* unique in the scene, [a-z0-9-] */
    const char *label; /* for people */
    const EvmItem *items;
    size_t item_count;
    bool has_clip;
    EvmRect clip;
    bool is_fixed;          /* the same on every sheet of a timeline, whatever the date */
    bool has_fixed_outline; /* that much of it at least */
    /* Stroke along the borders of all items, after all their fills; width 0: none. The mesh holds
     * these borders, each one once. A writer that strokes each item by itself (SVG, where the mesh
     * would double the file) may do that instead. */
    EvmStroke outline;
    EvmPath outline_mesh;
} EvmLayer;

/* What the map says, row by row; the first row are the heads, the first column names. */
typedef struct {
    const char *caption;
    const char *const *cells; /* rows x columns, row by row */
    size_t columns, rows;     /* 0: no table */
} EvmSceneTable;

/* What stands around the picture in a file: PNG text chunks, SVG title and desc. */
typedef struct {
    const char *title;       /* "Battlefield developments in Afghanistan, 5 July 2021" */
    const char *description; /* long form of the alt text */
    const char *alt_text;    /* one or two sentences */
    const char *date;        /* "2021-07-05" */
    const char *sources;
    const char *software; /* "evmap 0.1.0" */
    const char *language; /* BCP 47: "en" */
    /* Families, as CSS lists them: "Inter, 'Noto Naskh Arabic'". NULL: as the built-in themes. */
    const char *families[EVM_TYPE_COUNT];
    EvmSceneTable table;
} EvmSceneInfo;

typedef struct {
    double width_px, height_px;
    EvmColor background;
    EvmSceneInfo info;
    const EvmLayer *layers;
    size_t layer_count;
    EvmItem *items; /* of those layers that are the scene's own; NULL where it has none */
    EvmArena *arena;
} EvmScene;

bool evm_stroke_is_equal(const EvmStroke *a, const EvmStroke *b);
/* With so much around it: half of its stroke. */
EvmRect evm_path_compute_bounds(const EvmPath *path, double margin_px);
/* True when they share more than an edge. */
bool evm_rect_is_overlapping(EvmRect a, EvmRect b);
/* So much smaller on each side, or larger where it is negative. */
EvmRect evm_rect_compute_inset(EvmRect rect, double by_px);

void evm_scene_free(EvmScene *scene); /* NULL is fine */

#endif
