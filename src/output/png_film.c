#include "output/png_film.h"

#include "base/error.h"
#include "output/png_strips.h"

struct EvmPngFilm {
    unsigned width, height;
    bool is_empty; /* no picture yet, or one that failed */

    EvmPngCodes *codes; /* owned by the first film */
    bool owns_codes;
    EvmPngDeflater *deflater;
    unsigned char *rows; /* of the whole picture */
    EvmPngStrip *strips; /* a row of tiles each */
    unsigned strip_count;

    const EvmPalette *palette; /* NULL: pixels as they are; else there are no codes and no strips */
    EvmPaletteSearch *search;
    EvmRaster numbers; /* of colours */
};

static EvmPngFilm *film_new(unsigned width, unsigned height, EvmPngCodes *codes,
                            const EvmPalette *palette)
{
    EvmPngFilm *film = g_new0(EvmPngFilm, 1);
    *film = (EvmPngFilm){
        .width = width, .height = height, .is_empty = true, .codes = codes, .palette = palette};
    if (palette) {
        film->search = evm_palette_search_new(palette);
        film->numbers = (EvmRaster){g_new0(uint32_t, (size_t)width * height), width, height};
        return film;
    }
    film->deflater = evm_png_deflater_new(codes);
    film->rows = g_malloc(evm_png_rows_count_bytes(width, height));
    film->strip_count = (height + EVM_PAINTER_ROWS - 1) / EVM_PAINTER_ROWS;
    film->strips = g_new0(EvmPngStrip, film->strip_count);
    return film;
}

static bool fail(GError **error)
{
    g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "ISA-L could not deflate the picture");
    return false;
}

EvmPngFilm *evm_png_film_new(const EvmRaster *sample, const EvmPalette *palette, GError **error)
{
    EvmPngCodes *codes = palette ? NULL : evm_png_codes_new(sample, EVM_PAINTER_ROWS);
    if (!palette && !codes) {
        fail(error);
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
    for (unsigned i = 0; i < film->strip_count; i++)
        evm_png_strip_clear(&film->strips[i]);
    evm_png_deflater_free(film->deflater);
    if (film->owns_codes)
        evm_png_codes_free(film->codes);
    evm_palette_search_free(film->search);
    g_free(film->numbers.pixels);
    g_free(film->strips);
    g_free(film->rows);
    g_free(film);
}

static unsigned count_columns(const EvmPngFilm *film)
{
    return (film->width + EVM_PAINTER_COLUMNS - 1) / EVM_PAINTER_COLUMNS;
}

/* Whether there was anything to write. */
static bool write_rows(EvmPngFilm *film, const EvmPainter *painter, unsigned strip, bool is_first)
{
    unsigned columns = count_columns(film);
    bool has_changed = false;
    for (unsigned i = strip * columns; i < (strip + 1) * columns; i++)
        if (is_first || evm_painter_has_changed(painter, i)) {
            EvmPixelBox tile = evm_painter_tile_at(painter, i);
            size_t above = evm_png_rows_count_bytes(film->width, (unsigned)tile.top);
            evm_png_rows_write(evm_painter_find_raster(painter), tile, film->rows + above);
            has_changed = true;
        }
    return has_changed;
}

static bool compute_strip(EvmPngFilm *film, unsigned index)
{
    unsigned first = index * EVM_PAINTER_ROWS, rows = MIN(EVM_PAINTER_ROWS, film->height - first);
    return evm_png_strip_compute_packed(
        film->deflater, film->rows + evm_png_rows_count_bytes(film->width, first),
        evm_png_rows_count_bytes(film->width, rows), &film->strips[index]);
}

static bool write_strips(EvmPngFilm *film, const EvmPainter *painter, const EvmSceneInfo *info,
                         double scale, GString *out, GError **error)
{
    bool is_first = film->is_empty;
    film->is_empty = true;
    if (!evm_png_head_write(info, film->width, film->height, scale, out, error))
        return false;
    for (unsigned i = 0; i < film->strip_count; i++)
        if (write_rows(film, painter, i, is_first) && !compute_strip(film, i))
            return fail(error);
    film->is_empty = false;
    evm_png_strips_write(film->strips, film->strip_count, out);
    return true;
}

static void compute_tile(EvmPngFilm *film, const EvmRaster *raster, EvmPixelBox tile)
{
    for (int y = tile.top; y < tile.bottom; y++)
        for (int x = tile.left; x < tile.right; x++) {
            size_t at = (size_t)y * raster->width + (size_t)x;
            film->numbers.pixels[at] = evm_palette_find(film->search, raster->pixels[at]);
        }
}

static void compute_numbers(EvmPngFilm *film, const EvmPainter *painter)
{
    for (unsigned i = 0; i < evm_painter_count_tiles(painter); i++)
        if (film->is_empty || evm_painter_has_changed(painter, i))
            compute_tile(film, evm_painter_find_raster(painter), evm_painter_tile_at(painter, i));
    film->is_empty = false;
}

bool evm_png_film_write(EvmPngFilm *film, const EvmPainter *painter, const EvmSceneInfo *info,
                        double scale, GString *out, GError **error)
{
    if (!film->palette)
        return write_strips(film, painter, info, scale, out, error);
    compute_numbers(film, painter);
    return evm_png_numbered_write(&film->numbers, film->palette, info, scale, out, error);
}
