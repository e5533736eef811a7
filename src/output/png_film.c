#include "output/png_film.h"

#include "base/error.h"
#include "output/png_strips.h"
#include "output/png_tiles.h"

G_STATIC_ASSERT((int)EVM_TILE_COLUMNS == (int)EVM_PAINTER_COLUMNS);
G_STATIC_ASSERT((int)EVM_TILE_ROWS == (int)EVM_PAINTER_ROWS);

struct EvmPngFilm {
    EvmTileCodes *codes; /* owned by the first film */
    bool owns_codes;
    const EvmPalette *palette; /* NULL: pixels as they are */
    EvmPaletteSearch *search;
    EvmRaster numbers; /* of colours, of a picture with a palette */
    EvmTile *tiles;
    bool is_empty; /* no picture yet */
};

static EvmPngFilm *film_new(const EvmPalette *palette, unsigned width, unsigned height)
{
    EvmPngFilm *film = g_new0(EvmPngFilm, 1);
    film->palette = palette;
    film->is_empty = true;
    film->numbers = (EvmRaster){NULL, width, height};
    if (!palette)
        return film;
    film->search = evm_palette_search_new(palette);
    film->numbers.pixels = g_new0(uint32_t, (size_t)width * height);
    return film;
}

static void film_add_codes(EvmPngFilm *film, EvmTileCodes *codes)
{
    film->codes = codes;
    film->tiles = g_new0(EvmTile, evm_tile_codes_count(codes));
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

static EvmTileCodes *compute_codes(EvmPngFilm *film, const EvmRaster *sample)
{
    if (!film->palette)
        return evm_tile_codes_new(sample, 3);
    for (size_t i = 0; i < (size_t)sample->width * sample->height; i++)
        film->numbers.pixels[i] = evm_palette_find(film->search, sample->pixels[i]);
    return evm_tile_codes_new(&film->numbers, 1);
}

EvmPngFilm *evm_png_film_new(const EvmRaster *sample, const EvmPalette *palette, GError **error)
{
    EvmPngFilm *film = film_new(palette, sample->width, sample->height);
    EvmTileCodes *codes = compute_codes(film, sample);
    if (codes) {
        film->owns_codes = true;
        film_add_codes(film, codes);
        return film;
    }
    evm_png_film_free(film);
    g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "ISA-L could not make codes for the picture");
    return NULL;
}

EvmPngFilm *evm_png_film_new_like(const EvmPngFilm *first)
{
    EvmPngFilm *film = film_new(first->palette, first->numbers.width, first->numbers.height);
    film_add_codes(film, first->codes);
    return film;
}

void evm_png_film_free(EvmPngFilm *film)
{
    if (!film)
        return;
    for (unsigned i = 0; film->tiles && i < evm_tile_codes_count(film->codes); i++)
        evm_tile_clear(&film->tiles[i]);
    if (film->owns_codes)
        evm_tile_codes_free(film->codes);
    evm_palette_search_free(film->search);
    g_free(film->numbers.pixels);
    g_free(film->tiles);
    g_free(film);
}

static void compute_tile(EvmPngFilm *film, const EvmRaster *raster, unsigned tile)
{
    if (film->palette)
        compute_numbers(film, raster, tile);
    evm_tile_compute(&film->tiles[tile], film->codes, film->palette ? &film->numbers : raster,
                     tile);
}

bool evm_png_film_write(EvmPngFilm *film, const EvmPainter *painter, const EvmSceneInfo *info,
                        double scale, GString *out, GError **error)
{
    const EvmRaster *raster = evm_painter_find_raster(painter);
    for (unsigned i = 0; i < evm_tile_codes_count(film->codes); i++)
        if (film->is_empty || evm_painter_has_changed(painter, i))
            compute_tile(film, raster, i);
    film->is_empty = false;
    if (!evm_png_head_write(info, raster->width, raster->height, scale, film->palette, out, error))
        return false;
    evm_tiles_write(film->tiles, film->codes, out);
    return true;
}
