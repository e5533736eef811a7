/* Many pictures that differ little, as the sheets of a timeline do. What is the same on all of them
 * (EvmLayer.is_fixed) is drawn once, into the backdrop; of a picture only those tiles are drawn
 * again whose items differ from those of the picture before.
 *
 * Tiles are fixed, and each is drawn from its own items alone, so a picture's bytes depend neither
 * on the pictures before it nor on how the work is shared. They are not those of evm_raster_init:
 * fixed lines are laid over the fills as a finished layer, which rounds differently. */
#ifndef EVM_RENDER_PAINTER_H
#define EVM_RENDER_PAINTER_H

#include "render/render.h"

enum { EVM_PAINTER_COLUMNS = 64, EVM_PAINTER_ROWS = 32 }; /* of a tile, in pixels */

/* Never changed once made: any number of painters may share it. */
typedef struct EvmBackdrop EvmBackdrop;

/* Of any one of the pictures: its scene must outlive the backdrop. Errors as evm_raster_init. */
EvmBackdrop *evm_backdrop_new(const EvmScene *scene, double scale, unsigned threads,
                              GError **error);
void evm_backdrop_free(EvmBackdrop *backdrop); /* NULL is fine */

/* Rows of a tile, a bit each, the lowest for the uppermost row. */
typedef struct {
    uint32_t rows;  /* in which a pixel has changed */
    uint32_t edges; /* in which the last one has */
} EvmTileChange;

typedef struct EvmPainter EvmPainter;

/* Both must outlive it; `fonts` are the painter's alone while it draws. */
EvmPainter *evm_painter_new(const EvmBackdrop *backdrop, EvmFonts *fonts);
/* Goes on from where `first` stands: its picture is the one before, and what was drawn for it is
 * neither drawn again nor copied. `first` must outlive it and draw nothing meanwhile; any number of
 * painters may share it. `fonts` must be of the same files. */
EvmPainter *evm_painter_new_like(const EvmPainter *first, EvmFonts *fonts);
void evm_painter_free(EvmPainter *painter); /* NULL is fine */

/* Draws a whole picture, on so many threads. EVM_ERROR_INTERNAL when a layer said to be fixed is
 * not that of the backdrop; the painter is as good as new afterwards. */
bool evm_painter_draw(EvmPainter *painter, const EvmScene *scene, unsigned threads, GError **error);
/* The whole picture, opaque; to be cleared. */
EvmRaster evm_painter_compute_raster(const EvmPainter *painter);
/* The pixels of one tile, in rows of EVM_PAINTER_COLUMNS; borrowed until the next picture. */
const uint32_t *evm_painter_find_pixels(const EvmPainter *painter, unsigned tile);
EvmPixelBox evm_painter_tile_at(const EvmPainter *painter, unsigned tile);
/* Where a tile, of all row by row, differs from the picture before; everywhere in the first one. */
EvmTileChange evm_painter_find_change(const EvmPainter *painter, unsigned tile);
/* Tiles that were drawn for this picture, and of how many. */
unsigned evm_painter_count_drawn(const EvmPainter *painter);
unsigned evm_painter_count_tiles(const EvmPainter *painter);

#endif
