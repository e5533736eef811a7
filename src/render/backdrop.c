#include "render/backdrop.h"

#include <string.h>

#include "base/error.h"
#include "base/jobs.h"
#include "render/fingerprint.h"

static bool has_text(const EvmLayer *layer)
{
    for (size_t i = 0; i < layer->item_count; i++)
        if (layer->items[i].type == EVM_ITEM_TEXT)
            return true;
    return false;
}

static void add_piece(EvmBackdrop *backdrop, size_t layer, EvmDrawingPart part, bool is_fixed)
{
    size_t count = backdrop->piece_count++;
    int film = count > 0 ? backdrop->pieces[count - 1].film : 0;
    if (is_fixed && film < 0)
        film = (int)backdrop->film_count++;
    backdrop->pieces[count] = (EvmPiece){layer, part, is_fixed ? film : -1};
}

/* Texts are laid on opaque pixels, so they are drawn for each picture, from masks that are kept. */
static void compute_pieces(EvmBackdrop *backdrop, const EvmScene *scene)
{
    backdrop->layer_count = scene->layer_count;
    backdrop->pieces = g_new(EvmPiece, 2 * scene->layer_count + 1);
    backdrop->film_count = 1; /* the page's background, whatever is drawn first */
    for (size_t i = 0; i < scene->layer_count; i++) {
        const EvmLayer *layer = &scene->layers[i];
        bool is_fixed = layer->is_fixed && !has_text(layer);
        add_piece(backdrop, i, EVM_PART_ITEMS, is_fixed);
        if (layer->outline.width_px > 0)
            add_piece(backdrop, i, EVM_PART_OUTLINE, is_fixed || layer->has_fixed_outline);
    }
}

/* Films are drawn several tiles at a time: most lines cross more than one. */
enum { FIELD_TILES = 5 }; /* on each side */

typedef struct {
    EvmBackdrop *backdrop;
    unsigned columns, rows; /* of fields */
    int status;             /* atomic: a cairo_status_t that is not success, if any */
} FilmJob;

static bool is_empty(const EvmRaster *field, EvmPixelBox box)
{
    for (int y = box.top; y < box.bottom; y++)
        for (int x = box.left; x < box.right; x++)
            if (field->pixels[(size_t)y * field->width + (size_t)x] != 0)
                return false;
    return true;
}

static cairo_status_t draw_film(const EvmBackdrop *backdrop, int film, EvmPixelBox window,
                                const EvmRaster *field)
{
    EvmPixelBox all = {0, 0, (int)field->width, (int)field->height};
    cairo_surface_t *surface = evm_tile_find_surface(field, all);
    EvmCanvas canvas = {.cr = cairo_create(surface), .window = window, .cuts_rings = true};
    EvmColor page = backdrop->drawing->scene->background;
    evm_drawing_init_canvas(&canvas);
    if (film == 0) {
        cairo_set_source_rgb(canvas.cr, page.r / 255.0, page.g / 255.0, page.b / 255.0);
        cairo_paint(canvas.cr);
    }
    for (size_t i = 0; i < backdrop->piece_count; i++)
        if (backdrop->pieces[i].film == film)
            evm_drawing_draw_part(backdrop->drawing, backdrop->pieces[i].layer,
                                  backdrop->pieces[i].part, &canvas);
    cairo_surface_flush(surface);
    cairo_status_t status = cairo_status(canvas.cr);
    cairo_destroy(canvas.cr);
    cairo_surface_destroy(surface);
    return status;
}

/* The tiles of a field that have anything on them. */
static void keep_tiles(EvmBackdrop *backdrop, int film, unsigned first_tile, EvmPixelBox window,
                       const EvmRaster *field)
{
    for (unsigned row = 0; row < FIELD_TILES; row++)
        for (unsigned column = 0; column < FIELD_TILES; column++) {
            unsigned tile = first_tile + row * backdrop->grid.columns + column;
            int x = (int)column * EVM_PAINTER_COLUMNS, y = (int)row * EVM_PAINTER_ROWS;
            EvmPixelBox box = {x, y, MIN(x + EVM_PAINTER_COLUMNS, window.right - window.left),
                               MIN(y + EVM_PAINTER_ROWS, window.bottom - window.top)};
            if (box.right > box.left && box.bottom > box.top &&
                (film == 0 || !is_empty(field, box)))
                evm_tile_load(evm_tiles_alloc(&backdrop->films[film], tile), box, field);
        }
}

static void draw_field(void *user, unsigned worker, unsigned index)
{
    FilmJob *job = user;
    EvmBackdrop *backdrop = job->backdrop;
    const EvmTileGrid *grid = &backdrop->grid;
    unsigned column = index % job->columns * FIELD_TILES, row = index / job->columns * FIELD_TILES;
    EvmPixelBox first = evm_tile_grid_at(grid, row * grid->columns + column);
    EvmPixelBox window = {first.left, first.top,
                          MIN(first.left + FIELD_TILES * EVM_PAINTER_COLUMNS, (int)grid->width),
                          MIN(first.top + FIELD_TILES * EVM_PAINTER_ROWS, (int)grid->height)};
    EvmRaster field = {.width = (unsigned)(window.right - window.left),
                       .height = (unsigned)(window.bottom - window.top)};
    size_t size = (size_t)field.width * field.height * sizeof *field.pixels;
    (void)worker;
    field.pixels = g_malloc(size);
    for (unsigned film = 0; film < backdrop->film_count; film++) {
        memset(field.pixels, 0, size);
        cairo_status_t status = draw_film(backdrop, (int)film, window, &field);
        if (status != CAIRO_STATUS_SUCCESS)
            g_atomic_int_set(&job->status, (int)status);
        keep_tiles(backdrop, (int)film, row * grid->columns + column, window, &field);
    }
    evm_raster_clear(&field);
}

static bool compute_films(EvmBackdrop *backdrop, unsigned threads, GError **error)
{
    FilmJob job = {.backdrop = backdrop,
                   .columns = (backdrop->grid.columns + FIELD_TILES - 1) / FIELD_TILES,
                   .rows = (backdrop->grid.rows + FIELD_TILES - 1) / FIELD_TILES};
    backdrop->films = g_new0(EvmTiles, backdrop->film_count);
    for (unsigned i = 0; i < backdrop->film_count; i++)
        evm_tiles_init(&backdrop->films[i], &backdrop->grid);
    evm_jobs_compute(job.columns * job.rows, threads, draw_field, &job);
    if (job.status == CAIRO_STATUS_SUCCESS)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "cairo: %s",
                cairo_status_to_string((cairo_status_t)job.status));
    return false;
}

EvmBackdrop *evm_backdrop_new(const EvmScene *scene, double scale, unsigned threads, GError **error)
{
    unsigned width, height;
    if (!evm_raster_find_size(scene, scale, &width, &height, error))
        return NULL;
    EvmDrawing *drawing = evm_drawing_new(scene, 0, scene->layer_count, scale, error);
    if (!drawing)
        return NULL;
    EvmBackdrop *backdrop = g_new0(EvmBackdrop, 1);
    backdrop->drawing = drawing;
    backdrop->scale = scale;
    backdrop->grid = evm_tile_grid_compute(width, height);
    compute_pieces(backdrop, scene);
    if (!compute_films(backdrop, threads, error))
        g_clear_pointer(&backdrop, evm_backdrop_free);
    return backdrop;
}

void evm_backdrop_free(EvmBackdrop *backdrop)
{
    if (!backdrop)
        return;
    for (unsigned i = 0; i < backdrop->film_count; i++)
        evm_tiles_clear(&backdrop->films[i]);
    g_free(backdrop->films);
    g_free(backdrop->pieces);
    evm_drawing_free(backdrop->drawing);
    g_free(backdrop);
}

/* The very same in memory, or what comes to the same. */
static bool is_same_piece(const EvmPiece *piece, const EvmDrawing *a, const EvmDrawing *b)
{
    const EvmLayer *x = a->layers[piece->layer].layer, *y = b->layers[piece->layer].layer;
    if (piece->part == EVM_PART_ITEMS && x->items == y->items)
        return true;
    if (piece->part == EVM_PART_OUTLINE && a->layers[piece->layer].mesh.is_shared &&
        evm_stroke_is_equal(&x->outline, &y->outline))
        return true;
    return evm_fingerprint_compute_part(a, piece->layer, piece->part) ==
           evm_fingerprint_compute_part(b, piece->layer, piece->part);
}

bool evm_backdrop_is_below(const EvmBackdrop *backdrop, const EvmDrawing *drawing, GError **error)
{
    bool is_alike = drawing->layer_count == backdrop->layer_count;
    size_t i = 0;
    for (; is_alike && i < backdrop->piece_count; i++)
        is_alike = backdrop->pieces[i].film < 0 ||
                   is_same_piece(&backdrop->pieces[i], drawing, backdrop->drawing);
    if (is_alike)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL,
                "layer %s differs between pictures and is said to be fixed",
                i > 0 ? drawing->layers[backdrop->pieces[i - 1].layer].layer->id : "count");
    return false;
}
