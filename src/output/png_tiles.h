/* Inside output: a picture's pixels as one deflated stream that is put together from tiles, each
 * compressed by itself, so that tiles which did not change are compressed once and copied into the
 * file of the next picture. A tile's row is literals, repeats of the pixel before and repeats of
 * the row above, all within the tile, in codes that all tiles share. Sources: RFC 1950, RFC 1951.
 */
#ifndef EVM_OUTPUT_PNG_TILES_H
#define EVM_OUTPUT_PNG_TILES_H

#include "output/output.h"

enum { EVM_TILE_COLUMNS = 64, EVM_TILE_ROWS = 32 }; /* in pixels */

/* One row of a tile: its bits, and what the stream's checksum needs to know of its bytes. */
typedef struct {
    uint32_t bit_count;
    uint32_t sum, weighted_sum;
} EvmTileRow;

typedef struct {
    uint64_t *words; /* bits, lowest first; every row begins a word; owned */
    EvmTileRow rows[EVM_TILE_ROWS];
} EvmTile;

typedef struct EvmTileCodes EvmTileCodes; /* constant once made: any number may share it */

/* Codes that suit `sample` and can hold any other picture of its size. NULL when ISA-L refuses. */
EvmTileCodes *evm_tile_codes_new(const EvmRaster *sample);
void evm_tile_codes_free(EvmTileCodes *codes); /* NULL is fine */

unsigned evm_tile_codes_count(const EvmTileCodes *codes); /* tiles of a picture, row by row */

/* Replaces `tile` by that with the index. */
void evm_tile_compute(EvmTile *tile, const EvmTileCodes *codes, const EvmRaster *raster,
                      unsigned index);
void evm_tile_clear(EvmTile *tile);

/* All of a picture's tiles as IDAT, and IEND. */
void evm_tiles_write(const EvmTile *tiles, const EvmTileCodes *codes, GString *out);

#endif
