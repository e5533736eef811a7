#include "output/png_film.h"

#include "base/error.h"
#include "output/png_strips.h"

/* Lower than a tile: a line of text that changes brings fewer rows along. The sixteen bytes of a
 * strip's ends and what it cannot take from the strip above make files two per cent larger. */
enum { STRIP_ROWS = 16 };

G_STATIC_ASSERT(EVM_PAINTER_ROWS % STRIP_ROWS == 0);

struct EvmPngFilm {
    unsigned width, height;
    bool is_empty; /* no picture yet, or one that failed */

    EvmPngCodes *codes; /* owned by the first film */
    bool owns_codes;
    EvmPngDeflater *deflater;
    unsigned char *rows; /* of the whole picture */
    EvmPngStrip *strips;
    bool *is_stale; /* one a strip: its rows are not those that it was made from */
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
    film->rows = g_malloc0(evm_png_rows_count_bytes(width, height));
    film->strip_count = (height + STRIP_ROWS - 1) / STRIP_ROWS;
    film->strips = g_new0(EvmPngStrip, film->strip_count);
    film->is_stale = g_new0(bool, film->strip_count);
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
    g_free(film->is_stale);
    g_free(film->rows);
    g_free(film);
}

static unsigned char *find_rows(const EvmPngFilm *film, unsigned first)
{
    return film->rows + evm_png_rows_count_bytes(film->width, first);
}

/* What a tile shows, strip by strip. */
static void write_tile(EvmPngFilm *film, const EvmRaster *raster, EvmPixelBox tile)
{
    for (int top = tile.top; top < tile.bottom; top += STRIP_ROWS) {
        EvmPixelBox box = {tile.left, top, tile.right, MIN(top + STRIP_ROWS, tile.bottom)};
        if (evm_png_rows_write_changed(raster, box, find_rows(film, (unsigned)top)))
            film->is_stale[top / STRIP_ROWS] = true;
    }
}

static void write_rows(EvmPngFilm *film, const EvmPainter *painter)
{
    for (unsigned i = 0; i < evm_painter_count_tiles(painter); i++)
        if (film->is_empty || evm_painter_has_changed(painter, i))
            write_tile(film, evm_painter_find_raster(painter), evm_painter_tile_at(painter, i));
    for (unsigned i = 0; film->is_empty && i < film->strip_count; i++)
        film->is_stale[i] = true;
}

static bool compute_strip(EvmPngFilm *film, unsigned index)
{
    unsigned first = index * STRIP_ROWS, rows = MIN(STRIP_ROWS, film->height - first);
    film->is_stale[index] = false;
    return evm_png_strip_compute_packed(film->deflater, find_rows(film, first),
                                        evm_png_rows_count_bytes(film->width, rows),
                                        &film->strips[index]);
}

static bool write_strips(EvmPngFilm *film, const EvmPainter *painter, const EvmSceneInfo *info,
                         double scale, GString *out, GError **error)
{
    if (!evm_png_head_write(info, film->width, film->height, scale, out, error))
        return false;
    write_rows(film, painter);
    film->is_empty = true;
    for (unsigned i = 0; i < film->strip_count; i++)
        if (film->is_stale[i] && !compute_strip(film, i))
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
