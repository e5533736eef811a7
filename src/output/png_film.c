#include "output/png_film.h"

#include <string.h>

#include "base/error.h"
#include "base/jobs.h"
#include "output/png_tiles.h"

enum { STRIPS = EVM_PAINTER_ROWS / EVM_PNG_TILE_ROWS }; /* in a row of the painter's tiles */

struct EvmPngFilm {
    unsigned width, height;
    bool is_empty; /* no picture yet */

    EvmTileCodes *codes; /* owned by the first film */
    bool owns_codes;
    EvmPngTiles *tiles;
    bool *is_stale;      /* one a tile: its codes are not those of its pixels */
    EvmPngStrip *strips; /* a row of tiles each */
    unsigned columns, strip_count;
    EvmTileRoom *rooms[EVM_JOBS_THREADS_MAX]; /* made when a thread first needs its own */

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
        film->numbers = (EvmRaster){g_new(uint32_t, (size_t)width * height), width, height};
        return film;
    }
    film->columns = (width + EVM_PNG_TILE_COLUMNS - 1) / EVM_PNG_TILE_COLUMNS;
    film->strip_count = (height + EVM_PNG_TILE_ROWS - 1) / EVM_PNG_TILE_ROWS;
    film->strips = g_new0(EvmPngStrip, film->strip_count);
    film->is_stale = g_new0(bool, film->strip_count * film->columns);
    return film;
}

/* A painter's picture in the tiles of its files. */
typedef struct {
    const EvmPainter *painter;
    unsigned columns;
} Picture;

/* STRIPS of them, one below the other, are one of the painter's. */
static EvmTilePixels find_pixels(const void *user, unsigned tile)
{
    const Picture *picture = user;
    unsigned strip = tile / picture->columns, column = tile % picture->columns;
    unsigned painted = strip / STRIPS * picture->columns + column;
    size_t first = (size_t)(strip % STRIPS) * EVM_PNG_TILE_ROWS * EVM_PNG_TILE_COLUMNS;
    return (EvmTilePixels){
        evm_painter_find_pixels(picture->painter, painted) + first,
        column == 0 ? NULL : evm_painter_find_pixels(picture->painter, painted - 1) + first};
}

EvmPngFilm *evm_png_film_new(const EvmPainter *sample, const EvmPalette *palette, GError **error)
{
    EvmPixelBox last = evm_painter_tile_at(sample, evm_painter_count_tiles(sample) - 1);
    EvmPngFilm *film = film_new((unsigned)last.right, (unsigned)last.bottom, palette);
    Picture picture = {sample, film->columns};
    if (palette)
        return film;
    film->codes = evm_tile_codes_new(film->width, film->height, find_pixels, &picture);
    film->owns_codes = true;
    if (film->codes) {
        film->tiles = evm_png_tiles_new(film->codes);
        return film;
    }
    g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "ISA-L makes no codes for the picture");
    evm_png_film_free(film);
    return NULL;
}

static void copy_picture(EvmPngFilm *film, const EvmPngFilm *first)
{
    film->is_empty = false;
    if (film->palette) {
        memcpy(film->numbers.pixels, first->numbers.pixels,
               (size_t)film->width * film->height * sizeof *film->numbers.pixels);
        return;
    }
    for (unsigned i = 0; i < film->strip_count; i++)
        evm_png_strip_init_like(&film->strips[i], &first->strips[i]);
}

EvmPngFilm *evm_png_film_new_like(const EvmPngFilm *first)
{
    EvmPngFilm *film = film_new(first->width, first->height, first->palette);
    film->codes = first->codes;
    if (first->tiles)
        film->tiles = evm_png_tiles_new_like(first->tiles);
    if (!first->is_empty)
        copy_picture(film, first);
    return film;
}

void evm_png_film_free(EvmPngFilm *film)
{
    if (!film)
        return;
    for (unsigned i = 0; i < film->strip_count; i++)
        evm_png_strip_clear(&film->strips[i]);
    for (unsigned i = 0; i < EVM_JOBS_THREADS_MAX; i++)
        evm_tile_room_free(film->rooms[i]);
    evm_png_tiles_free(film->tiles);
    if (film->owns_codes)
        evm_tile_codes_free(film->codes);
    evm_palette_search_free(film->search);
    g_free(film->numbers.pixels);
    g_free(film->strips);
    g_free(film->is_stale);
    g_free(film);
}

/* A tile looks back at the last pixel of the one to its left. */
static void find_stale(EvmPngFilm *film, unsigned column, unsigned strip, EvmTileChange change)
{
    bool *is_stale = &film->is_stale[strip * film->columns + column];
    if (change.rows)
        is_stale[0] = true;
    if (change.edges && column + 1 < film->columns)
        is_stale[1] = true;
}

/* What becomes of the codes when a tile of the painter's has changed. */
static void find_all_stale(EvmPngFilm *film, unsigned column, unsigned row, EvmTileChange change)
{
    static const uint32_t mask = (UINT32_C(1) << EVM_PNG_TILE_ROWS) - 1;
    for (unsigned i = 0; i < STRIPS && row * STRIPS + i < film->strip_count; i++) {
        unsigned shift = i * EVM_PNG_TILE_ROWS;
        EvmTileChange own = {change.rows >> shift & mask, change.edges >> shift & mask};
        find_stale(film, column, row * STRIPS + i, own);
    }
}

static void compute_strip(EvmPngFilm *film, const EvmPainter *painter, unsigned index,
                          EvmTileRoom *room)
{
    Picture picture = {painter, film->columns};
    bool is_stale = false;
    for (unsigned i = index * film->columns; i < (index + 1) * film->columns; i++) {
        if (!film->is_stale[i] && !film->is_empty)
            continue;
        evm_png_tile_compute(film->tiles, i, find_pixels(&picture, i), room);
        film->is_stale[i] = false;
        is_stale = true;
    }
    if (is_stale)
        evm_png_tiles_compute_strip(film->tiles, index, room, &film->strips[index]);
}

typedef struct {
    EvmPngFilm *film;
    const EvmPainter *painter;
} RowJob;

/* A row of the painter's tiles, which knows nothing of the others. */
static void compute_row(void *user, unsigned worker, unsigned row)
{
    const RowJob *job = user;
    EvmPngFilm *film = job->film;
    EvmTileRoom **room = &film->rooms[worker];
    if (!*room)
        *room = evm_tile_room_new(film->codes);
    for (unsigned i = 0; i < film->columns; i++)
        find_all_stale(film, i, row,
                       evm_painter_find_change(job->painter, row * film->columns + i));
    for (unsigned i = row * STRIPS; i < MIN((row + 1) * STRIPS, film->strip_count); i++)
        compute_strip(film, job->painter, i, *room);
}

static void compute_strips(EvmPngFilm *film, const EvmPainter *painter, unsigned threads)
{
    RowJob job = {film, painter};
    evm_jobs_compute((film->strip_count + STRIPS - 1) / STRIPS, threads, compute_row, &job);
}

static void compute_tile(EvmPngFilm *film, const uint32_t *pixels, EvmPixelBox tile)
{
    for (int y = tile.top; y < tile.bottom; y++, pixels += EVM_PAINTER_COLUMNS) {
        uint32_t *numbers = film->numbers.pixels + (size_t)y * film->width;
        for (int x = tile.left; x < tile.right; x++)
            numbers[x] = evm_palette_find(film->search, pixels[x - tile.left]);
    }
}

static void compute_numbers(EvmPngFilm *film, const EvmPainter *painter)
{
    for (unsigned i = 0; i < evm_painter_count_tiles(painter); i++)
        if (film->is_empty || evm_painter_find_change(painter, i).rows)
            compute_tile(film, evm_painter_find_pixels(painter, i),
                         evm_painter_tile_at(painter, i));
}

void evm_png_film_compute(EvmPngFilm *film, const EvmPainter *painter, unsigned threads)
{
    if (film->palette)
        compute_numbers(film, painter);
    else
        compute_strips(film, painter, threads);
    film->is_empty = false;
}

bool evm_png_film_write(EvmPngFilm *film, const EvmPainter *painter, const EvmSceneInfo *info,
                        double scale, GString *out, GError **error)
{
    evm_png_film_compute(film, painter, 1);
    if (film->palette)
        return evm_png_numbered_write(&film->numbers, film->palette, info, scale, out, error);
    if (!evm_png_head_write(info, film->width, film->height, scale, out, error))
        return false;
    evm_png_strips_write(film->strips, film->strip_count, out);
    return true;
}
