/* Inside render: what a tile is drawn from, as a number of 64 bits. Two tiles with the same
 * fingerprint have the same pixels, but for a chance of one in 2^64. */
#ifndef EVM_RENDER_FINGERPRINT_H
#define EVM_RENDER_FINGERPRINT_H

#include "render/drawing.h"

typedef struct {
    unsigned columns, rows; /* of tiles */
    int tile_width, tile_height;
    uint64_t *tiles; /* columns * rows */
} EvmFingerprints;

/* Of everything a layer's part is drawn from. */
uint64_t evm_fingerprint_compute_part(const EvmDrawing *drawing, size_t layer, EvmDrawingPart part);
/* Of what a path covers, and of the stroke along one of its parts, in whatever colour. Of points
 * that are shared (EvmFixedPath.is_shared) their place in memory counts. */
uint64_t evm_fingerprint_compute_fill(const EvmFixedPath *path);
uint64_t evm_fingerprint_compute_line(const EvmFixedPath *path, uint32_t part,
                                      const EvmStroke *stroke);
/* Of a text, wherever it is drawn. */
uint64_t evm_fingerprint_compute_text(const EvmText *text);

/* Adds a layer's part to the tiles in which any of it may show; `seed` is its place in the drawing
 * order. */
void evm_fingerprints_add_part(EvmFingerprints *prints, const EvmDrawing *drawing, size_t layer,
                               EvmDrawingPart part, uint64_t seed);

#endif
