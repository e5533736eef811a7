#include "output/png_film.h"

#include "base/error.h"
#include "output/png_strips.h"
#include "output/png_tiles.h"

G_STATIC_ASSERT((int)EVM_TILE_COLUMNS == (int)EVM_PAINTER_COLUMNS);
G_STATIC_ASSERT((int)EVM_TILE_ROWS == (int)EVM_PAINTER_ROWS);

struct EvmPngFilm {
    unsigned width, height;
    bool is_empty; /* no picture yet */

    EvmTileCodes *codes; /* owned by the first film */
    bool owns_codes;
    EvmTile *tiles;

    const EvmPalette *palette; /* NULL: pixels as they are; else there are no codes and no tiles */
    EvmPaletteSearch *search;
    EvmRaster numbers; /* of colours */
};

static EvmPngFilm *film_new(unsigned width, unsigned height, EvmTileCodes *codes,
                            const EvmPalette *palette)
{
    EvmPngFilm *film = g_new0(EvmPngFilm, 1);
    *film = (EvmPngFilm){
        .width = width, .height = height, .is_empty = true, .codes = codes, .palette = palette};
    if (codes)
        film->tiles = g_new0(EvmTile, evm_tile_codes_count(codes));
    if (!palette)
        return film;
    film->search = evm_palette_search_new(palette);
    film->numbers = (EvmRaster){g_new0(uint32_t, (size_t)width * height), width, height};
    return film;
}

EvmPngFilm *evm_png_film_new(const EvmRaster *sample, const EvmPalette *palette, GError **error)
{
    EvmTileCodes *codes = palette ? NULL : evm_tile_codes_new(sample);
    if (!palette && !codes) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL,
                    "ISA-L could not make codes for the picture");
        return NULL;
    }
    EvmPngFilm *film = film_new(sample->width, sample->height, codes, palette);
    film->owns_codes = true;
    return film;
}

EvmPngFilm *evm_png_film_new_like(const EvmPngFilm *first)
{
    return film_new(first->width, first->height, first->codes, first->palette);
}

void evm_png_film_free(EvmPngFilm *film)
{
    if (!film)
        return;
    for (unsigned i = 0; film->codes && i < evm_tile_codes_count(film->codes); i++)
        evm_tile_clear(&film->tiles[i]);
    if (film->owns_codes)
        evm_tile_codes_free(film->codes);
    evm_palette_search_free(film->search);
    g_free(film->numbers.pixels);
    g_free(film->tiles);
    g_free(film);
}

static void compute_numbers(EvmPngFilm *film, const EvmRaster *raster, unsigned tile)
{
    unsigned columns = (raster->width + EVM_TILE_COLUMNS - 1) / EVM_TILE_COLUMNS;
    unsigned left = tile % columns * EVM_TILE_COLUMNS, top = tile / columns * EVM_TILE_ROWS;
    for (unsigned y = top; y < MIN(top + EVM_TILE_ROWS, raster->height); y++)
        for (unsigned x = left; x < MIN(left + EVM_TILE_COLUMNS, raster->width); x++) {
            size_t at = (size_t)y * raster->width + x;
            film->numbers.pixels[at] = evm_palette_find(film->search, raster->pixels[at]);
        }
}

bool evm_png_film_write(EvmPngFilm *film, const EvmPainter *painter, const EvmSceneInfo *info,
                        double scale, GString *out, GError **error)
{
    const EvmRaster *raster = evm_painter_find_raster(painter);
    for (unsigned i = 0; i < evm_painter_count_tiles(painter); i++) {
        if (!film->is_empty && !evm_painter_has_changed(painter, i))
            continue;
        if (film->palette)
            compute_numbers(film, raster, i);
        else
            evm_tile_compute(&film->tiles[i], film->codes, raster, i);
    }
    film->is_empty = false;
    if (film->palette)
        return evm_png_numbered_write(&film->numbers, film->palette, info, scale, out, error);
    if (!evm_png_head_write(info, film->width, film->height, scale, out, error))
        return false;
    evm_tiles_write(film->tiles, film->codes, out);
    return true;
}
