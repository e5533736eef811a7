#include "render/painter.h"

#include <cairo.h>
#include <string.h>

#include "base/error.h"
#include "base/jobs.h"
#include "base/limits.h"
#include "render/backdrop.h"
#include "render/fingerprint.h"
#include "render/letters.h"
#include "render/stencils.h"

enum { TEXTS_MAX = 4000 };

/* A text that was drawn before; its place belongs to it. */
typedef struct {
    uint64_t print;
    EvmFixedBox box;
    EvmMask inside, halo;
    unsigned last_used; /* picture */
} CachedText;

/* The picture as it was when a film had just been laid on it, tile by tile: where nothing below
 * differs, a tile is drawn from there on. */
typedef struct {
    EvmTiles pixels;
    uint64_t *tiles; /* what `pixels` show */
    uint64_t *wanted;
} Stage;

struct EvmPainter {
    const EvmBackdrop *backdrop;
    const EvmPainter *first; /* or NULL */
    EvmFonts *fonts;
    EvmLetters *letters;
    EvmStencils *stencils;
    GHashTable *texts; /* of CachedText, by print */
    EvmTiles picture;  /* those that the first one does not have so */
    Stage *stages;     /* one a film, of which the first needs none */
    uint64_t *tiles, *tiles_before;
    bool *is_changed;       /* one a tile: it is drawn again */
    EvmTileChange *changes; /* one a tile: what came of it */
    unsigned drawn, pictures;
};

static void text_free(gpointer data)
{
    CachedText *text = data;
    evm_mask_clear(&text->inside);
    evm_mask_clear(&text->halo);
    g_free(text);
}

static Stage *stages_new(const EvmBackdrop *backdrop)
{
    unsigned tiles = evm_tile_grid_count(&backdrop->grid);
    Stage *stages = g_new0(Stage, backdrop->film_count);
    for (unsigned i = 0; i < backdrop->film_count; i++) {
        evm_tiles_init(&stages[i].pixels, &backdrop->grid);
        stages[i].tiles = g_new0(uint64_t, tiles);
        stages[i].wanted = g_new0(uint64_t, tiles);
    }
    return stages;
}

static void stages_free(Stage *stages, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        evm_tiles_clear(&stages[i].pixels);
        g_free(stages[i].tiles);
        g_free(stages[i].wanted);
    }
    g_free(stages);
}

static EvmPixelBox page_of(const EvmBackdrop *backdrop)
{
    return (EvmPixelBox){0, 0, (int)backdrop->grid.width, (int)backdrop->grid.height};
}

/* Takes `stencils`. */
static EvmPainter *painter_new(const EvmBackdrop *backdrop, EvmFonts *fonts, EvmStencils *stencils)
{
    EvmPainter *painter = g_new0(EvmPainter, 1);
    const EvmTileGrid *grid = &backdrop->grid;
    unsigned tiles = evm_tile_grid_count(grid);
    painter->backdrop = backdrop;
    painter->fonts = fonts;
    painter->stencils = stencils;
    painter->texts = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, text_free);
    evm_tiles_init(&painter->picture, grid);
    painter->tiles = g_new0(uint64_t, tiles);
    painter->tiles_before = g_new0(uint64_t, tiles);
    painter->is_changed = g_new0(bool, tiles);
    painter->changes = g_new0(EvmTileChange, tiles);
    painter->stages = stages_new(backdrop);
    return painter;
}

EvmPainter *evm_painter_new(const EvmBackdrop *backdrop, EvmFonts *fonts)
{
    return painter_new(backdrop, fonts, evm_stencils_new(page_of(backdrop), backdrop->scale));
}

EvmPainter *evm_painter_new_like(const EvmPainter *first, EvmFonts *fonts)
{
    EvmPainter *painter =
        painter_new(first->backdrop, fonts, evm_stencils_new_like(first->stencils));
    painter->first = first;
    painter->pictures = first->pictures;
    memcpy(painter->tiles, first->tiles,
           evm_tile_grid_count(&first->backdrop->grid) * sizeof *first->tiles);
    return painter;
}

void evm_painter_free(EvmPainter *painter)
{
    if (!painter)
        return;
    evm_letters_free(painter->letters);
    evm_stencils_free(painter->stencils);
    g_hash_table_destroy(painter->texts);
    stages_free(painter->stages, painter->backdrop->film_count);
    evm_tiles_clear(&painter->picture);
    g_free(painter->tiles);
    g_free(painter->tiles_before);
    g_free(painter->is_changed);
    g_free(painter->changes);
    g_free(painter);
}

static gboolean is_old(gpointer key, gpointer value, gpointer user)
{
    const EvmPainter *painter = user;
    (void)key;
    return ((CachedText *)value)->last_used != painter->pictures;
}

static CachedText *text_new(EvmPainter *painter, EvmDrawingItem *item, uint64_t print)
{
    const EvmBackdrop *backdrop = painter->backdrop;
    if (!painter->letters)
        painter->letters = evm_letters_new(painter->fonts, backdrop->scale);
    bool done =
        painter->letters && evm_letters_compute_text(painter->letters, item, page_of(backdrop));
    CachedText *text = g_new(CachedText, 1);
    *text = (CachedText){.print = print, .box = item->box, item->inside, item->halo};
    if (done)
        return text;
    text_free(text);
    item->inside = item->halo = (EvmMask){0};
    return NULL;
}

static const CachedText *find_text(EvmPainter *painter, EvmDrawingItem *item)
{
    uint64_t print = evm_fingerprint_compute_text(&item->item->text);
    const CachedText *old =
        painter->first ? g_hash_table_lookup(painter->first->texts, &print) : NULL;
    if (old)
        return old;
    CachedText *text = g_hash_table_lookup(painter->texts, &print);
    if (!text) {
        text = text_new(painter, item, print);
        if (!text)
            return NULL;
        g_hash_table_replace(painter->texts, &text->print, text);
    }
    text->last_used = painter->pictures;
    return text;
}

/* The item borrows the masks. */
static bool compute_text(EvmPainter *painter, EvmDrawingItem *item)
{
    const CachedText *text = find_text(painter, item);
    if (!text)
        return false;
    item->box = text->box;
    item->inside = text->inside;
    item->halo = text->halo;
    return true;
}

static bool compute_texts(EvmPainter *painter, EvmDrawing *drawing, GError **error)
{
    for (size_t i = 0; i < drawing->layer_count; i++)
        for (size_t k = 0; k < drawing->layers[i].layer->item_count; k++) {
            EvmDrawingItem *item = &drawing->layers[i].items[k];
            if (item->item->type != EVM_ITEM_TEXT || compute_text(painter, item))
                continue;
            g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "a text of layer %s cannot be drawn",
                        drawing->layers[i].layer->id);
            return false;
        }
    return true;
}

static void forget_masks(EvmDrawing *drawing)
{
    for (size_t i = 0; i < drawing->layer_count; i++)
        for (size_t k = 0; k < drawing->layers[i].layer->item_count; k++)
            drawing->layers[i].items[k].inside = drawing->layers[i].items[k].halo = (EvmMask){0};
}

/* What each tile is drawn from, up to every film and in all. */
static void compute_prints(EvmPainter *painter, const EvmDrawing *drawing)
{
    const EvmBackdrop *backdrop = painter->backdrop;
    const EvmTileGrid *grid = &backdrop->grid;
    EvmFingerprints prints = {grid->columns, grid->rows, EVM_PAINTER_COLUMNS, EVM_PAINTER_ROWS,
                              painter->tiles};
    size_t size = sizeof *painter->tiles * evm_tile_grid_count(grid);
    memset(painter->tiles, 0, size);
    for (size_t i = 0; i < backdrop->piece_count; i++) {
        const EvmPiece *piece = &backdrop->pieces[i];
        if (piece->film < 0)
            evm_fingerprints_add_part(&prints, drawing, piece->layer, piece->part, i + 1);
        else
            memcpy(painter->stages[piece->film].wanted, painter->tiles, size);
    }
}

static void find_changed(EvmPainter *painter)
{
    unsigned tiles = evm_tile_grid_count(&painter->backdrop->grid);
    painter->drawn = 0;
    for (unsigned i = 0; i < tiles; i++) {
        painter->is_changed[i] =
            painter->pictures == 1 || painter->tiles[i] != painter->tiles_before[i];
        painter->drawn += painter->is_changed[i];
    }
}

/* Whether any tile that the box comes near is to be drawn. `box` and `by` in 1/256 pixel. */
static bool is_wanted(const EvmPainter *painter, EvmFixedBox box, int32_t by)
{
    const EvmTileGrid *grid = &painter->backdrop->grid;
    int width = EVM_PAINTER_COLUMNS * 256, height = EVM_PAINTER_ROWS * 256;
    if (box.left > box.right)
        return false;
    int left = MAX(box.left - by, 0) / width, top = MAX(box.top - by, 0) / height;
    int right = MIN(box.right + by, (int)grid->width * 256 - 1);
    int bottom = MIN(box.bottom + by, (int)grid->height * 256 - 1);
    for (int y = top; y * height <= bottom; y++)
        for (int x = left; x * width <= right; x++)
            if (painter->is_changed[(unsigned)y * grid->columns + (unsigned)x])
                return true;
    return false;
}

/* Those of the parts' strokes that a changed tile shows. */
static bool find_lines(EvmPainter *painter, EvmDrawing *drawing, EvmDrawingItem *item)
{
    const EvmFixedPath *path = &item->path;
    const EvmStroke *stroke = &item->item->stroke;
    int32_t reach = (int32_t)((stroke->width_px * drawing->scale + 2) * 256);
    item->lines = evm_arena_alloc_array(drawing->arena, path->part_count, sizeof(EvmMask *));
    for (uint32_t part = 0; part < path->part_count; part++) {
        if (!is_wanted(painter, path->boxes[part], reach))
            continue;
        item->lines[part] = evm_stencils_find_line(painter->stencils, path, part, stroke);
        if (!item->lines[part])
            return false;
    }
    return true;
}

/* The item borrows the masks. */
static bool find_stencils(EvmPainter *painter, EvmDrawing *drawing, EvmDrawingItem *item)
{
    const EvmItem *it = item->item;
    item->has_stencils = evm_stencils_is_fit(painter->stencils, item);
    if (!item->has_stencils)
        return true;
    if (it->fill.a > 0 && is_wanted(painter, item->path.box, 256)) {
        const EvmMask *mask = evm_stencils_find_fill(painter->stencils, &item->path);
        if (!mask)
            return false;
        item->inside = *mask;
    }
    return it->stroke.width_px <= 0 || it->stroke.color.a == 0 ||
           find_lines(painter, drawing, item);
}

static bool compute_stencils(EvmPainter *painter, EvmDrawing *drawing, GError **error)
{
    const EvmBackdrop *backdrop = painter->backdrop;
    for (size_t i = 0; i < backdrop->piece_count; i++) {
        const EvmPiece *piece = &backdrop->pieces[i];
        const EvmDrawingLayer *layer = &drawing->layers[piece->layer];
        if (piece->film >= 0 || piece->part != EVM_PART_ITEMS)
            continue;
        for (size_t k = 0; k < layer->layer->item_count; k++)
            if (layer->items[k].item->type == EVM_ITEM_PATH &&
                !find_stencils(painter, drawing, &layer->items[k])) {
                g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "cairo cannot draw layer %s",
                            layer->layer->id);
                return false;
            }
    }
    return true;
}

static void lay_film(const EvmBackdrop *backdrop, int film, unsigned tile, const EvmCanvas *canvas)
{
    uint32_t *pixels = backdrop->films[film].tiles[tile];
    if (!pixels)
        return;
    cairo_surface_t *surface = evm_tile_find_own_surface(pixels, canvas->window);
    cairo_set_source_surface(canvas->cr, surface, 0, 0);
    cairo_paint(canvas->cr);
    cairo_surface_destroy(surface);
}

/* Nothing is drawn on the tile between that film and the one below, nor on the film itself. */
static bool is_as_below(const EvmPainter *painter, int film, unsigned tile)
{
    const Stage *stages = painter->stages;
    return film > 0 && !painter->backdrop->films[film].tiles[tile] &&
           stages[film].wanted[tile] == stages[film - 1].wanted[tile];
}

static bool is_good(const EvmPainter *painter, int film, unsigned tile)
{
    const Stage *stage = &painter->stages[film];
    return stage->pixels.tiles[tile] && stage->tiles[tile] == stage->wanted[tile] &&
           !is_as_below(painter, film, tile);
}

/* Lays the pixels of the last stage that is still good, and returns the number of its film. */
static int lay_stage(const EvmPainter *painter, unsigned tile, uint32_t *pixels)
{
    const EvmBackdrop *backdrop = painter->backdrop;
    int last = (int)backdrop->film_count - 1;
    while (last > 0 && !is_good(painter, last, tile))
        last--;
    const EvmTiles *from = last > 0 ? &painter->stages[last].pixels : &backdrop->films[0];
    memcpy(pixels, from->tiles[tile], EVM_TILE_BYTES);
    return last;
}

static void keep_stage(EvmPainter *painter, int film, unsigned tile, const uint32_t *pixels)
{
    Stage *stage = &painter->stages[film];
    if (is_as_below(painter, film, tile))
        return;
    memcpy(evm_tiles_alloc(&stage->pixels, tile), pixels, EVM_TILE_BYTES);
    stage->tiles[tile] = stage->wanted[tile];
}

static size_t find_piece_behind(const EvmBackdrop *backdrop, int film)
{
    size_t behind = 0;
    for (size_t i = 0; i < backdrop->piece_count; i++)
        if (backdrop->pieces[i].film == film)
            behind = i + 1;
    return behind;
}

static cairo_status_t draw_tile(EvmPainter *painter, const EvmDrawing *drawing, unsigned tile,
                                uint32_t *pixels)
{
    const EvmBackdrop *backdrop = painter->backdrop;
    EvmPixelBox window = evm_tile_grid_at(&backdrop->grid, tile);
    int last = lay_stage(painter, tile, pixels);
    cairo_surface_t *surface = evm_tile_find_own_surface(pixels, window);
    EvmCanvas canvas = {.cr = cairo_create(surface),
                        .window = window,
                        .pixels = pixels,
                        .stride = EVM_PAINTER_COLUMNS,
                        .cuts_rings = true,
                        .cuts_lines = true};
    evm_drawing_init_canvas(&canvas);
    for (size_t i = find_piece_behind(backdrop, last); i < backdrop->piece_count; i++) {
        const EvmPiece *piece = &backdrop->pieces[i];
        if (piece->film < 0)
            evm_drawing_draw_part(drawing, piece->layer, piece->part, &canvas);
        else if (piece->film != last) {
            lay_film(backdrop, last = piece->film, tile, &canvas);
            cairo_surface_flush(surface);
            keep_stage(painter, last, tile, pixels);
        }
    }
    cairo_surface_flush(surface);
    cairo_status_t status = cairo_status(canvas.cr);
    cairo_destroy(canvas.cr);
    cairo_surface_destroy(surface);
    return status;
}

static cairo_status_t draw_again(EvmPainter *painter, const EvmDrawing *drawing, unsigned tile)
{
    uint32_t pixels[EVM_TILE_PIXELS];
    EvmPixelBox window = evm_tile_grid_at(&painter->backdrop->grid, tile);
    EvmTileChange change = {UINT32_MAX, UINT32_MAX};
    cairo_status_t status = draw_tile(painter, drawing, tile, pixels);
    if (painter->pictures > 1)
        change = evm_tile_compute_change(evm_painter_find_pixels(painter, tile), pixels, window);
    if (change.rows)
        memcpy(evm_tiles_alloc(&painter->picture, tile), pixels, EVM_TILE_BYTES);
    painter->changes[tile] = change;
    return status;
}

typedef struct {
    EvmPainter *painter;
    const EvmDrawing *drawing;
    int status; /* atomic: a cairo_status_t that is not success, if any */
} TileJob;

static void draw_if_changed(void *user, unsigned worker, unsigned tile)
{
    TileJob *job = user;
    (void)worker;
    cairo_status_t status = CAIRO_STATUS_SUCCESS;
    job->painter->changes[tile] = (EvmTileChange){0};
    if (job->painter->is_changed[tile])
        status = draw_again(job->painter, job->drawing, tile);
    if (status != CAIRO_STATUS_SUCCESS)
        g_atomic_int_set(&job->status, (int)status);
}

static bool draw_tiles(EvmPainter *painter, const EvmDrawing *drawing, unsigned threads,
                       GError **error)
{
    TileJob job = {.painter = painter, .drawing = drawing};
    evm_jobs_compute(evm_painter_count_tiles(painter), threads, draw_if_changed, &job);
    if (job.status == CAIRO_STATUS_SUCCESS)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "cairo: %s",
                cairo_status_to_string((cairo_status_t)job.status));
    return false;
}

static bool draw_picture(EvmPainter *painter, EvmDrawing *drawing, unsigned threads, GError **error)
{
    if (!evm_backdrop_is_below(painter->backdrop, drawing, error) ||
        !compute_texts(painter, drawing, error))
        return false;
    uint64_t *before = painter->tiles;
    painter->tiles = painter->tiles_before;
    painter->tiles_before = before;
    compute_prints(painter, drawing);
    find_changed(painter);
    return compute_stencils(painter, drawing, error) &&
           draw_tiles(painter, drawing, threads, error);
}

/* Whatever comes next is drawn anew. */
static void forget_pictures(EvmPainter *painter)
{
    painter->pictures = 0;
    for (unsigned film = 0; film < painter->backdrop->film_count; film++) {
        evm_tiles_clear(&painter->stages[film].pixels);
        evm_tiles_init(&painter->stages[film].pixels, &painter->backdrop->grid);
    }
}

bool evm_painter_draw(EvmPainter *painter, const EvmScene *scene, unsigned threads, GError **error)
{
    EvmDrawing *drawing = evm_drawing_new_like(scene, painter->backdrop->drawing, error);
    if (!drawing)
        return false;
    painter->pictures++;
    bool done = draw_picture(painter, drawing, threads, error);
    forget_masks(drawing);
    evm_drawing_free(drawing);
    evm_stencils_clear_unused(painter->stencils);
    if (g_hash_table_size(painter->texts) > TEXTS_MAX)
        g_hash_table_foreach_remove(painter->texts, is_old, painter);
    if (!done)
        forget_pictures(painter);
    return done;
}

const uint32_t *evm_painter_find_pixels(const EvmPainter *painter, unsigned tile)
{
    while (!painter->picture.tiles[tile] && painter->first)
        painter = painter->first;
    return painter->picture.tiles[tile];
}

EvmRaster evm_painter_compute_raster(const EvmPainter *painter)
{
    const EvmTileGrid *grid = &painter->backdrop->grid;
    EvmRaster raster = {g_malloc_n((size_t)grid->width * grid->height, sizeof(uint32_t)),
                        grid->width, grid->height};
    for (unsigned tile = 0; tile < evm_tile_grid_count(grid); tile++)
        evm_tile_write(evm_painter_find_pixels(painter, tile), evm_tile_grid_at(grid, tile),
                       &raster);
    return raster;
}

EvmPixelBox evm_painter_tile_at(const EvmPainter *painter, unsigned tile)
{
    return evm_tile_grid_at(&painter->backdrop->grid, tile);
}

EvmTileChange evm_painter_find_change(const EvmPainter *painter, unsigned tile)
{
    return painter->changes[tile];
}

unsigned evm_painter_count_drawn(const EvmPainter *painter)
{
    return painter->drawn;
}

unsigned evm_painter_count_tiles(const EvmPainter *painter)
{
    return evm_tile_grid_count(&painter->backdrop->grid);
}
