#include "render/backdrop.h"

#include <string.h>

#include "base/error.h"
#include "render/fingerprint.h"
#include "render/jobs.h"

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

typedef struct {
    EvmBackdrop *backdrop;
    int status; /* atomic: a cairo_status_t that is not success, if any */
} FilmJob;

static bool is_empty(const uint32_t pixels[EVM_TILE_PIXELS])
{
    for (unsigned i = 0; i < EVM_TILE_PIXELS; i++)
        if (pixels[i] != 0)
            return false;
    return true;
}

static cairo_status_t draw_film(const EvmBackdrop *backdrop, int film, EvmPixelBox window,
                                uint32_t pixels[EVM_TILE_PIXELS])
{
    cairo_surface_t *surface = evm_tile_find_own_surface(pixels, window);
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

static void draw_films(void *user, unsigned worker, unsigned tile)
{
    FilmJob *job = user;
    EvmBackdrop *backdrop = job->backdrop;
    EvmPixelBox window = evm_tile_grid_at(&backdrop->grid, tile);
    (void)worker;
    for (unsigned film = 0; film < backdrop->film_count; film++) {
        uint32_t pixels[EVM_TILE_PIXELS] = {0};
        cairo_status_t status = draw_film(backdrop, (int)film, window, pixels);
        if (status != CAIRO_STATUS_SUCCESS)
            g_atomic_int_set(&job->status, (int)status);
        if (film == 0 || !is_empty(pixels))
            memcpy(evm_tiles_alloc(&backdrop->films[film], tile), pixels, sizeof pixels);
    }
}

static bool compute_films(EvmBackdrop *backdrop, unsigned threads, GError **error)
{
    FilmJob job = {.backdrop = backdrop};
    backdrop->films = g_new0(EvmTiles, backdrop->film_count);
    for (unsigned i = 0; i < backdrop->film_count; i++)
        evm_tiles_init(&backdrop->films[i], &backdrop->grid);
    evm_jobs_compute(evm_tile_grid_count(&backdrop->grid), threads, draw_films, &job);
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
