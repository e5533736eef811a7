#include "output/png_film.h"

#include "base/error.h"
#include "output/png_strips.h"
#include "output/png_tiles.h"

G_STATIC_ASSERT((int)EVM_TILE_COLUMNS == (int)EVM_PAINTER_COLUMNS);
G_STATIC_ASSERT((int)EVM_TILE_ROWS == (int)EVM_PAINTER_ROWS);

struct EvmPngFilm {
    EvmTileCodes *codes; /* owned by the first film */
    bool owns_codes;
    EvmTile *tiles;
    bool is_empty; /* no picture yet, or one that failed */
};

static EvmPngFilm *film_new(EvmTileCodes *codes, bool owns_codes)
{
    EvmPngFilm *film = g_new0(EvmPngFilm, 1);
    film->codes = codes;
    film->owns_codes = owns_codes;
    film->tiles = g_new0(EvmTile, evm_tile_codes_count(codes));
    film->is_empty = true;
    return film;
}

EvmPngFilm *evm_png_film_new(const EvmRaster *sample, GError **error)
{
    EvmTileCodes *codes = evm_tile_codes_new(sample);
    if (codes)
        return film_new(codes, true);
    g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "ISA-L could not make codes for the picture");
    return NULL;
}

EvmPngFilm *evm_png_film_new_like(const EvmPngFilm *first)
{
    return film_new(first->codes, false);
}

void evm_png_film_free(EvmPngFilm *film)
{
    if (!film)
        return;
    for (unsigned i = 0; i < evm_tile_codes_count(film->codes); i++)
        evm_tile_clear(&film->tiles[i]);
    if (film->owns_codes)
        evm_tile_codes_free(film->codes);
    g_free(film->tiles);
    g_free(film);
}

bool evm_png_film_write(EvmPngFilm *film, const EvmPainter *painter, const EvmSceneInfo *info,
                        double scale, GString *out, GError **error)
{
    const EvmRaster *raster = evm_painter_find_raster(painter);
    for (unsigned i = 0; i < evm_tile_codes_count(film->codes); i++)
        if (film->is_empty || evm_painter_has_changed(painter, i))
            evm_tile_compute(&film->tiles[i], film->codes, raster, i);
    film->is_empty = false;
    if (!evm_png_head_write(info, raster->width, raster->height, scale, out, error))
        return false;
    evm_tiles_write(film->tiles, film->codes, out);
    return true;
}
