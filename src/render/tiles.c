#include "render/tiles.h"

#include <glib.h>
#include <string.h>

EvmTileGrid evm_tile_grid_compute(unsigned width, unsigned height)
{
    return (EvmTileGrid){width, height, (width + EVM_PAINTER_COLUMNS - 1) / EVM_PAINTER_COLUMNS,
                         (height + EVM_PAINTER_ROWS - 1) / EVM_PAINTER_ROWS};
}

unsigned evm_tile_grid_count(const EvmTileGrid *grid)
{
    return grid->columns * grid->rows;
}

EvmPixelBox evm_tile_grid_at(const EvmTileGrid *grid, unsigned tile)
{
    int x = (int)(tile % grid->columns) * EVM_PAINTER_COLUMNS;
    int y = (int)(tile / grid->columns) * EVM_PAINTER_ROWS;
    return (EvmPixelBox){x, y, MIN(x + EVM_PAINTER_COLUMNS, (int)grid->width),
                         MIN(y + EVM_PAINTER_ROWS, (int)grid->height)};
}

void evm_tiles_init(EvmTiles *tiles, const EvmTileGrid *grid)
{
    tiles->count = evm_tile_grid_count(grid);
    tiles->tiles = g_new0(uint32_t *, tiles->count);
}

void evm_tiles_clear(EvmTiles *tiles)
{
    for (unsigned i = 0; i < tiles->count; i++)
        g_free(tiles->tiles[i]);
    g_free(tiles->tiles);
    *tiles = (EvmTiles){0};
}

uint32_t *evm_tiles_alloc(EvmTiles *tiles, unsigned tile)
{
    if (!tiles->tiles[tile])
        tiles->tiles[tile] = g_new(uint32_t, EVM_TILE_PIXELS);
    return tiles->tiles[tile];
}

uint32_t *evm_raster_find_pixel(const EvmRaster *raster, int x, int y)
{
    return raster->pixels + (size_t)y * raster->width + (size_t)x;
}

void evm_tile_write(const uint32_t *tile, EvmPixelBox box, EvmRaster *raster)
{
    size_t bytes = (size_t)(box.right - box.left) * sizeof *tile;
    for (int y = box.top; y < box.bottom; y++, tile += EVM_PAINTER_COLUMNS)
        memcpy(evm_raster_find_pixel(raster, box.left, y), tile, bytes);
}

void evm_tile_load(uint32_t *tile, EvmPixelBox box, const EvmRaster *raster)
{
    size_t bytes = (size_t)(box.right - box.left) * sizeof *tile;
    for (int y = box.top; y < box.bottom; y++, tile += EVM_PAINTER_COLUMNS)
        memcpy(tile, evm_raster_find_pixel(raster, box.left, y), bytes);
}

G_STATIC_ASSERT(EVM_PAINTER_ROWS <= 32); /* bits in an EvmTileChange */

EvmTileChange evm_tile_compute_change(const uint32_t *before, const uint32_t *after,
                                      EvmPixelBox box)
{
    EvmTileChange change = {0};
    size_t last = (size_t)(box.right - box.left) - 1;
    for (int y = box.top; y < box.bottom; y++) {
        uint32_t bit = UINT32_C(1) << (y - box.top);
        if (memcmp(before, after, (last + 1) * sizeof *before) != 0)
            change.rows |= bit;
        if (before[last] != after[last])
            change.edges |= bit;
        before += EVM_PAINTER_COLUMNS;
        after += EVM_PAINTER_COLUMNS;
    }
    return change;
}

static cairo_surface_t *surface_new(uint32_t *first, EvmPixelBox box, unsigned stride)
{
    return cairo_image_surface_create_for_data((unsigned char *)first, CAIRO_FORMAT_ARGB32,
                                               box.right - box.left, box.bottom - box.top,
                                               (int)stride * 4);
}

cairo_surface_t *evm_tile_find_surface(const EvmRaster *raster, EvmPixelBox box)
{
    return surface_new(evm_raster_find_pixel(raster, box.left, box.top), box, raster->width);
}

cairo_surface_t *evm_tile_find_own_surface(uint32_t *tile, EvmPixelBox box)
{
    return surface_new(tile, box, EVM_PAINTER_COLUMNS);
}
