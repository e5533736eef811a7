#include "output/png_film.h"

#include "base/error.h"
#include "output/png_strips.h"

struct EvmPngFilm {
    EvmPngCodes *codes; /* owned by the first film */
    bool owns_codes;
    EvmPngDeflater *deflater;
    EvmPngStrip *strips;
    unsigned count;
    bool is_empty; /* no picture yet, or one that failed */
};

static EvmPngFilm *film_new(EvmPngCodes *codes, bool owns_codes, unsigned height)
{
    EvmPngFilm *film = g_new0(EvmPngFilm, 1);
    film->codes = codes;
    film->owns_codes = owns_codes;
    film->deflater = evm_png_deflater_new(codes);
    film->count = (height + EVM_PAINTER_ROWS - 1) / EVM_PAINTER_ROWS;
    film->strips = g_new0(EvmPngStrip, film->count);
    film->is_empty = true;
    return film;
}

EvmPngFilm *evm_png_film_new(const EvmRaster *sample, GError **error)
{
    EvmPngCodes *codes = evm_png_codes_new(sample, EVM_PAINTER_ROWS);
    if (codes)
        return film_new(codes, true, sample->height);
    g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "ISA-L could not deflate the picture");
    return NULL;
}

EvmPngFilm *evm_png_film_new_like(const EvmPngFilm *first, unsigned height)
{
    return film_new(first->codes, false, height);
}

void evm_png_film_free(EvmPngFilm *film)
{
    if (!film)
        return;
    for (unsigned i = 0; i < film->count; i++)
        evm_png_strip_clear(&film->strips[i]);
    evm_png_deflater_free(film->deflater);
    if (film->owns_codes)
        evm_png_codes_free(film->codes);
    g_free(film->strips);
    g_free(film);
}

static bool has_changed(const EvmPainter *painter, unsigned strip)
{
    unsigned width = evm_painter_find_raster(painter)->width;
    for (unsigned column = 0; column * EVM_PAINTER_COLUMNS < width; column++)
        if (evm_painter_has_changed(painter, column, strip))
            return true;
    return false;
}

bool evm_png_film_write(EvmPngFilm *film, const EvmPainter *painter, const EvmSceneInfo *info,
                        double scale, GString *out, GError **error)
{
    const EvmRaster *raster = evm_painter_find_raster(painter);
    bool is_done = evm_png_head_write(info, raster->width, raster->height, scale, out, error);
    bool is_empty = film->is_empty;
    film->is_empty = true;
    for (unsigned i = 0; is_done && i < film->count; i++)
        if ((is_empty || has_changed(painter, i)) &&
            !evm_png_strip_compute(film->deflater, raster, i, &film->strips[i])) {
            g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL,
                        "ISA-L could not deflate the picture");
            is_done = false;
        }
    if (!is_done)
        return false;
    film->is_empty = false;
    evm_png_strips_write(film->strips, film->count, out);
    return true;
}
