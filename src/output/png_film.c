#include "output/png_film.h"

#include "base/error.h"
#include "output/png_tiles.h"

struct EvmPngFilm {
    unsigned width, height;
    bool is_empty; /* no picture yet, or one that failed */

    EvmTileCodes *codes; /* owned by the first film */
    bool owns_codes;
    EvmPngTiles *tiles;
    bool *is_stale;      /* one a tile: its codes are not those of its pixels */
    unsigned char *rows; /* of the whole picture */
    EvmPngStrip *strips; /* a row of tiles each */
    unsigned columns, strip_count;

    const EvmPalette *palette; /* NULL: pixels as they are; else there are no codes and no strips */
    EvmPaletteSearch *search;
    EvmRaster numbers; /* of colours */
};

static EvmPngFilm *film_new(unsigned width, unsigned height, const EvmPalette *palette)
{
    EvmPngFilm *film = g_new0(EvmPngFilm, 1);
    *film = (EvmPngFilm){.width = width, .height = height, .is_empty = true, .palette = palette};
    if (palette) {
        film->search = evm_palette_search_new(palette);
        film->numbers = (EvmRaster){g_new0(uint32_t, (size_t)width * height), width, height};
        return film;
    }
    film->rows = g_malloc0(evm_png_rows_count_bytes(width, height));
    film->columns = (width + EVM_PNG_TILE_COLUMNS - 1) / EVM_PNG_TILE_COLUMNS;
    film->strip_count = (height + EVM_PNG_TILE_ROWS - 1) / EVM_PNG_TILE_ROWS;
    film->strips = g_new0(EvmPngStrip, film->strip_count);
    film->is_stale = g_new0(bool, film->strip_count * film->columns);
    return film;
}

/* Takes `codes`, or borrows them; false without. */
static bool add_codes(EvmPngFilm *film, EvmTileCodes *codes, bool owns_codes)
{
    film->codes = codes;
    film->owns_codes = owns_codes;
    film->tiles = codes ? evm_png_tiles_new(codes) : NULL;
    return codes != NULL;
}

EvmPngFilm *evm_png_film_new(const EvmRaster *sample, const EvmPalette *palette, GError **error)
{
    EvmPngFilm *film = film_new(sample->width, sample->height, palette);
    EvmPixelBox all = {0, 0, (int)sample->width, (int)sample->height};
    if (palette)
        return film;
    evm_png_rows_write(sample, all, film->rows);
    if (add_codes(film, evm_tile_codes_new(film->rows, film->width, film->height), true))
        return film;
    g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "ISA-L makes no codes for the picture");
    evm_png_film_free(film);
    return NULL;
}

EvmPngFilm *evm_png_film_new_like(const EvmPngFilm *first)
{
    EvmPngFilm *film = film_new(first->width, first->height, first->palette);
    if (!first->palette)
        add_codes(film, first->codes, false);
    return film;
}

void evm_png_film_free(EvmPngFilm *film)
{
    if (!film)
        return;
    for (unsigned i = 0; i < film->strip_count; i++)
        evm_png_strip_clear(&film->strips[i]);
    evm_png_tiles_free(film->tiles);
    if (film->owns_codes)
        evm_tile_codes_free(film->codes);
    evm_palette_search_free(film->search);
    g_free(film->numbers.pixels);
    g_free(film->strips);
    g_free(film->is_stale);
    g_free(film->rows);
    g_free(film);
}

/* A tile looks back at the last pixel of the one to its left. */
static void write_tile(EvmPngFilm *film, const EvmRaster *raster, EvmPixelBox box)
{
    unsigned column = (unsigned)box.left / EVM_PNG_TILE_COLUMNS;
    unsigned tile = (unsigned)box.top / EVM_PNG_TILE_ROWS * film->columns + column;
    unsigned char *rows = film->rows + evm_png_rows_count_bytes(film->width, (unsigned)box.top);
    EvmRowsChange change = evm_png_rows_write_changed(raster, box, rows);
    if (change >= EVM_ROWS_CHANGED)
        film->is_stale[tile] = true;
    if (change == EVM_ROWS_EDGE_CHANGED && column + 1 < film->columns)
        film->is_stale[tile + 1] = true;
}

static void write_tiles(EvmPngFilm *film, const EvmPainter *painter, unsigned painted)
{
    EvmPixelBox box = evm_painter_tile_at(painter, painted);
    for (int top = box.top, bottom = box.bottom; top < bottom; top += EVM_PNG_TILE_ROWS) {
        box.top = top;
        box.bottom = MIN(top + EVM_PNG_TILE_ROWS, bottom);
        write_tile(film, evm_painter_find_raster(painter), box);
    }
}

static void write_rows(EvmPngFilm *film, const EvmPainter *painter)
{
    for (unsigned i = 0; i < evm_painter_count_tiles(painter); i++)
        if (film->is_empty || evm_painter_has_changed(painter, i))
            write_tiles(film, painter, i);
    for (unsigned i = 0; film->is_empty && i < film->strip_count * film->columns; i++)
        film->is_stale[i] = true;
}

static void compute_strip(EvmPngFilm *film, unsigned index)
{
    bool is_stale = false;
    for (unsigned i = index * film->columns; i < (index + 1) * film->columns; i++) {
        if (!film->is_stale[i])
            continue;
        evm_png_tile_compute(film->tiles, film->rows, i);
        film->is_stale[i] = false;
        is_stale = true;
    }
    if (is_stale)
        evm_png_tiles_compute_strip(film->tiles, film->rows, index, &film->strips[index]);
}

static bool write_strips(EvmPngFilm *film, const EvmPainter *painter, const EvmSceneInfo *info,
                         double scale, GString *out, GError **error)
{
    if (!evm_png_head_write(info, film->width, film->height, scale, out, error))
        return false;
    write_rows(film, painter);
    for (unsigned i = 0; i < film->strip_count; i++)
        compute_strip(film, i);
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
