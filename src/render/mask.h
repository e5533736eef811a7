/* Inside render: how much of each pixel a text, or its halo, covers. */
#ifndef EVM_RENDER_MASK_H
#define EVM_RENDER_MASK_H

#include <cairo.h>
#include <ft2build.h>
#include <stdbool.h>
#include <stdint.h>
#include FT_FREETYPE_H

#include "render/render.h"
#include "style/color.h"

typedef struct {
    int x, y, width, height; /* in pixels of the picture */
    uint8_t *cover;          /* width * height; NULL when empty */
} EvmMask;

/* The inside of an outline, to the non-zero rule, within `page`. False when FreeType fails. */
bool evm_mask_init(EvmMask *mask, FT_Library library, const cairo_path_t *outline, double margin,
                   EvmPixelBox page);
/* `inside` grown by `radius` pixels on every side. */
void evm_mask_init_halo(EvmMask *mask, const EvmMask *inside, double radius);
/* Nothing is covered yet. */
void evm_mask_init_empty(EvmMask *mask, EvmPixelBox box);
/* Where both cover a pixel, the one that covers more of it counts. */
void evm_mask_add(EvmMask *mask, const EvmMask *other);
void evm_mask_clear(EvmMask *mask);

/* Opaque pixels of a part of the picture. */
typedef struct {
    uint32_t *pixels; /* the first is the window's left top one */
    unsigned stride;  /* pixels from one row to the next */
    EvmPixelBox window;
} EvmPixels;

/* Lays `color` over them where the mask and `clip`, which lies in the window, allow. */
void evm_mask_draw(const EvmMask *mask, EvmColor color, EvmPixels pixels, EvmPixelBox clip);

#endif
