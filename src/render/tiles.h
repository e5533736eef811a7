/* Inside render: pictures in tiles of which only those are kept that have anything on them. */
#ifndef EVM_RENDER_TILES_H
#define EVM_RENDER_TILES_H

#include <cairo.h>
#include <stdbool.h>

#include "render/painter.h"

enum {
    EVM_TILE_PIXELS = EVM_PAINTER_COLUMNS * EVM_PAINTER_ROWS,
    EVM_TILE_BYTES = 4 * EVM_TILE_PIXELS
};

/* How a picture is cut; tiles are counted row by row. */
typedef struct {
    unsigned width, height; /* pixels */
    unsigned columns, rows; /* tiles */
} EvmTileGrid;

EvmTileGrid evm_tile_grid_compute(unsigned width, unsigned height);
unsigned evm_tile_grid_count(const EvmTileGrid *grid);
EvmPixelBox evm_tile_grid_at(const EvmTileGrid *grid, unsigned tile);

/* One picture: EVM_TILE_PIXELS pixels a tile, whatever its size, in rows of EVM_PAINTER_COLUMNS. */
typedef struct {
    uint32_t **tiles; /* NULL: nothing is kept */
    unsigned count;
} EvmTiles;

void evm_tiles_init(EvmTiles *tiles, const EvmTileGrid *grid);
void evm_tiles_clear(EvmTiles *tiles);
/* Room for that tile's pixels, which are not set when it is new. */
uint32_t *evm_tiles_alloc(EvmTiles *tiles, unsigned tile);

/* A tile to its place `box` in a picture, and from there. */
void evm_tile_write(const uint32_t *tile, EvmPixelBox box, EvmRaster *raster);
void evm_tile_load(uint32_t *tile, EvmPixelBox box, const EvmRaster *raster);
/* What has become other in a tile of that size. */
EvmTileChange evm_tile_compute_change(const uint32_t *before, const uint32_t *after,
                                      EvmPixelBox box);

uint32_t *evm_raster_find_pixel(const EvmRaster *raster, int x, int y);
/* On the pixels of a picture, or of a tile. To be destroyed. */
cairo_surface_t *evm_tile_find_surface(const EvmRaster *raster, EvmPixelBox box);
cairo_surface_t *evm_tile_find_own_surface(uint32_t *tile, EvmPixelBox box);

#endif
