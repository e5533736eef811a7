/* Inside output: rows of a picture, deflated tile by tile. A tile that did not change keeps its
 * codes from frame to frame, and a strip of rows is put together from those of its tiles: a
 * library's deflate would go through the whole strip again when one tile of it changed.
 *
 * A tile looks back at its own pixels only, and at the last one of the tile to its left. Codes are
 * made by ISA-L; what is written is deflate as RFC 1951 has it. */
#ifndef EVM_OUTPUT_PNG_TILES_H
#define EVM_OUTPUT_PNG_TILES_H

#include "output/png_strips.h"
#include "render/painter.h"

/* Pixels. Lower than the painter's tiles: a line of text that changes brings fewer rows along. */
enum { EVM_PNG_TILE_COLUMNS = EVM_PAINTER_COLUMNS, EVM_PNG_TILE_ROWS = EVM_PAINTER_ROWS / 2 };

typedef struct EvmTileCodes EvmTileCodes; /* constant once made: any number may share it */
typedef struct EvmPngTiles EvmPngTiles;
typedef struct EvmTileRoom EvmTileRoom; /* room to work in: one a thread */

/* A tile's pixels and those of the tile to its left, NULL at the edge; both in rows of
 * EVM_PNG_TILE_COLUMNS. */
typedef struct {
    const uint32_t *own, *left;
} EvmTilePixels;

/* Of a picture in tiles. */
typedef EvmTilePixels (*EvmTileFinder)(const void *picture, unsigned tile);

/* Codes that suit a picture like this one, and can hold any other of its size. NULL when ISA-L
 * refuses. */
EvmTileCodes *evm_tile_codes_new(unsigned width, unsigned height, EvmTileFinder find,
                                 const void *picture);
void evm_tile_codes_free(EvmTileCodes *codes); /* NULL is fine */

/* `codes` must outlive it. Tiles are counted row by row; a strip is a row of them. */
EvmPngTiles *evm_png_tiles_new(const EvmTileCodes *codes);
/* With the codes that `first` has; it must outlive them and deflate nothing meanwhile. */
EvmPngTiles *evm_png_tiles_new_like(const EvmPngTiles *first);
void evm_png_tiles_free(EvmPngTiles *tiles); /* NULL is fine */

EvmTileRoom *evm_tile_room_new(const EvmTileCodes *codes);
void evm_tile_room_free(EvmTileRoom *room); /* NULL is fine */

/* Deflates one tile. Threads may share `tiles` when they deflate different ones. */
void evm_png_tile_compute(EvmPngTiles *tiles, unsigned tile, EvmTilePixels pixels,
                          EvmTileRoom *room);
/* Replaces `strip` by that with the index. All its tiles must have been deflated. */
void evm_png_tiles_compute_strip(const EvmPngTiles *tiles, unsigned index, EvmTileRoom *room,
                                 EvmPngStrip *strip);

#endif
