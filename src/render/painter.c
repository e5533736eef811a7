#include "render/painter.h"

#include <cairo.h>
#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "render/fingerprint.h"
#include "render/jobs.h"
#include "render/letters.h"

enum { TEXTS_MAX = 4000 };

/* A layer's items or its outline. Neighbouring fixed pieces are one film, drawn once for all. */
typedef struct {
    size_t layer;
    EvmDrawingPart part;
    int film; /* -1: drawn for every picture */
} Piece;

struct EvmBackdrop {
    EvmDrawing *drawing; /* of the picture that it was made of */
    double scale;
    unsigned width, height; /* pixels */
    unsigned columns, rows; /* tiles */
    Piece *pieces;
    size_t piece_count, layer_count;
    uint32_t **films;  /* of the whole picture each; the first is opaque */
    bool **film_tiles; /* where there is anything on it */
    unsigned film_count;
};

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
    uint32_t *pixels;
    uint64_t *tiles; /* what `pixels` show */
    uint64_t *wanted;
} Stage;

struct EvmPainter {
    const EvmBackdrop *backdrop;
    EvmFonts *fonts;
    EvmLetters *letters;
    GHashTable *texts; /* of CachedText, by print */
    EvmRaster raster;
    Stage *stages; /* one a film, of which the first needs none */
    uint64_t *tiles, *tiles_before;
    bool *is_changed; /* one a tile */
    unsigned drawn, pictures;
};

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
    backdrop->pieces[count] = (Piece){layer, part, is_fixed ? film : -1};
}

/* Texts are laid on opaque pixels, so they are drawn for each picture, from masks that are kept. */
static void compute_pieces(EvmBackdrop *backdrop, const EvmScene *scene)
{
    backdrop->layer_count = scene->layer_count;
    backdrop->pieces = g_new(Piece, 2 * scene->layer_count + 1);
    backdrop->film_count = 1; /* the page's background, whatever is drawn first */
    for (size_t i = 0; i < scene->layer_count; i++) {
        const EvmLayer *layer = &scene->layers[i];
        bool is_fixed = layer->is_fixed && !has_text(layer);
        add_piece(backdrop, i, EVM_PART_ITEMS, is_fixed);
        if (layer->outline.width_px > 0)
            add_piece(backdrop, i, EVM_PART_OUTLINE, is_fixed || layer->has_fixed_outline);
    }
}

static EvmPixelBox tile_window(const EvmBackdrop *backdrop, unsigned index)
{
    int x = (int)(index % backdrop->columns) * EVM_PAINTER_COLUMNS;
    int y = (int)(index / backdrop->columns) * EVM_PAINTER_ROWS;
    return (EvmPixelBox){x, y, MIN(x + EVM_PAINTER_COLUMNS, (int)backdrop->width),
                         MIN(y + EVM_PAINTER_ROWS, (int)backdrop->height)};
}

/* That part of a picture's pixels, as a surface. */
static cairo_surface_t *tile_surface(uint32_t *pixels, unsigned stride, EvmPixelBox window)
{
    uint32_t *first = pixels + (size_t)window.top * stride + window.left;
    return cairo_image_surface_create_for_data((unsigned char *)first, CAIRO_FORMAT_ARGB32,
                                               window.right - window.left,
                                               window.bottom - window.top, (int)stride * 4);
}

typedef struct {
    EvmBackdrop *backdrop;
    const EvmDrawing *drawing;
    int status; /* atomic: a cairo_status_t that is not success, if any */
} FilmJob;

static bool is_empty(const uint32_t *pixels, unsigned stride, EvmPixelBox window)
{
    for (int y = window.top; y < window.bottom; y++)
        for (int x = window.left; x < window.right; x++)
            if (pixels[(size_t)y * stride + (size_t)x] != 0)
                return false;
    return true;
}

static cairo_status_t draw_film(FilmJob *job, int film, EvmPixelBox window)
{
    const EvmBackdrop *backdrop = job->backdrop;
    cairo_surface_t *surface = tile_surface(backdrop->films[film], backdrop->width, window);
    EvmCanvas canvas = {.cr = cairo_create(surface),
                        .window = window,
                        .pixels = backdrop->films[film],
                        .stride = backdrop->width};
    EvmColor page = job->drawing->scene->background;
    evm_drawing_init_canvas(&canvas);
    if (film == 0) {
        cairo_set_source_rgb(canvas.cr, page.r / 255.0, page.g / 255.0, page.b / 255.0);
        cairo_paint(canvas.cr);
    }
    for (size_t i = 0; i < backdrop->piece_count; i++)
        if (backdrop->pieces[i].film == film)
            evm_drawing_draw_part(job->drawing, backdrop->pieces[i].layer, backdrop->pieces[i].part,
                                  &canvas);
    cairo_surface_flush(surface);
    cairo_status_t status = cairo_status(canvas.cr);
    cairo_destroy(canvas.cr);
    cairo_surface_destroy(surface);
    return status;
}

static void draw_films(void *user, unsigned worker, unsigned index)
{
    FilmJob *job = user;
    EvmBackdrop *backdrop = job->backdrop;
    EvmPixelBox window = tile_window(backdrop, index);
    (void)worker;
    for (unsigned film = 0; film < backdrop->film_count; film++) {
        cairo_status_t status = draw_film(job, (int)film, window);
        if (status != CAIRO_STATUS_SUCCESS)
            g_atomic_int_set(&job->status, (int)status);
        backdrop->film_tiles[film][index] =
            !is_empty(backdrop->films[film], backdrop->width, window);
    }
}

static bool compute_films(EvmBackdrop *backdrop, const EvmDrawing *drawing, unsigned threads,
                          GError **error)
{
    unsigned tiles = backdrop->columns * backdrop->rows;
    FilmJob job = {.backdrop = backdrop, .drawing = drawing};
    backdrop->films = g_new0(uint32_t *, backdrop->film_count);
    backdrop->film_tiles = g_new0(bool *, backdrop->film_count);
    for (unsigned i = 0; i < backdrop->film_count; i++) {
        backdrop->films[i] =
            g_malloc0_n((size_t)backdrop->width * backdrop->height, sizeof(uint32_t));
        backdrop->film_tiles[i] = g_new0(bool, tiles);
    }
    evm_jobs_compute(tiles, threads, draw_films, &job);
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
    backdrop->width = width;
    backdrop->height = height;
    backdrop->columns = (width + EVM_PAINTER_COLUMNS - 1) / EVM_PAINTER_COLUMNS;
    backdrop->rows = (height + EVM_PAINTER_ROWS - 1) / EVM_PAINTER_ROWS;
    compute_pieces(backdrop, scene);
    if (!compute_films(backdrop, drawing, threads, error))
        g_clear_pointer(&backdrop, evm_backdrop_free);
    return backdrop;
}

void evm_backdrop_free(EvmBackdrop *backdrop)
{
    if (!backdrop)
        return;
    for (unsigned i = 0; i < backdrop->film_count; i++) {
        g_free(backdrop->films[i]);
        g_free(backdrop->film_tiles[i]);
    }
    g_free(backdrop->films);
    g_free(backdrop->film_tiles);
    g_free(backdrop->pieces);
    evm_drawing_free(backdrop->drawing);
    g_free(backdrop);
}

static void text_free(gpointer data)
{
    CachedText *text = data;
    evm_mask_clear(&text->inside);
    evm_mask_clear(&text->halo);
    g_free(text);
}

static Stage *stages_new(const EvmBackdrop *backdrop)
{
    size_t tiles = (size_t)backdrop->columns * backdrop->rows;
    Stage *stages = g_new0(Stage, backdrop->film_count);
    for (unsigned i = 1; i < backdrop->film_count; i++)
        stages[i] =
            (Stage){g_malloc_n((size_t)backdrop->width * backdrop->height, sizeof *stages->pixels),
                    g_new0(uint64_t, tiles), g_new0(uint64_t, tiles)};
    return stages;
}

static void stages_free(Stage *stages, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        g_free(stages[i].pixels);
        g_free(stages[i].tiles);
        g_free(stages[i].wanted);
    }
    g_free(stages);
}

EvmPainter *evm_painter_new(const EvmBackdrop *backdrop, EvmFonts *fonts)
{
    EvmPainter *painter = g_new0(EvmPainter, 1);
    size_t tiles = (size_t)backdrop->columns * backdrop->rows;
    painter->backdrop = backdrop;
    painter->fonts = fonts;
    painter->texts = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, text_free);
    painter->raster = (EvmRaster){
        g_malloc_n((size_t)backdrop->width * backdrop->height, sizeof *painter->raster.pixels),
        backdrop->width, backdrop->height};
    painter->tiles = g_new0(uint64_t, tiles);
    painter->tiles_before = g_new0(uint64_t, tiles);
    painter->is_changed = g_new0(bool, tiles);
    painter->stages = stages_new(backdrop);
    return painter;
}

void evm_painter_free(EvmPainter *painter)
{
    if (!painter)
        return;
    evm_letters_free(painter->letters);
    g_hash_table_destroy(painter->texts);
    stages_free(painter->stages, painter->backdrop->film_count);
    evm_raster_clear(&painter->raster);
    g_free(painter->tiles);
    g_free(painter->tiles_before);
    g_free(painter->is_changed);
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
    EvmPixelBox page = {0, 0, (int)backdrop->width, (int)backdrop->height};
    if (!painter->letters)
        painter->letters = evm_letters_new(painter->fonts, backdrop->scale);
    bool done = painter->letters && evm_letters_compute_text(painter->letters, item, page);
    CachedText *text = g_new(CachedText, 1);
    *text = (CachedText){.print = print, .box = item->box, item->inside, item->halo};
    if (done)
        return text;
    text_free(text);
    item->inside = item->halo = (EvmMask){0};
    return NULL;
}

/* The item borrows the masks. */
static bool compute_text(EvmPainter *painter, EvmDrawingItem *item)
{
    uint64_t print = evm_fingerprint_compute_text(&item->item->text);
    CachedText *text = g_hash_table_lookup(painter->texts, &print);
    if (!text) {
        text = text_new(painter, item, print);
        if (!text)
            return false;
        g_hash_table_replace(painter->texts, &text->print, text);
    }
    text->last_used = painter->pictures;
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

/* The very same in memory, or what comes to the same. */
static bool is_same_piece(const Piece *piece, const EvmDrawing *a, const EvmDrawing *b)
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

static bool is_on_backdrop(const EvmBackdrop *backdrop, const EvmDrawing *drawing, GError **error)
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

static void compute_tiles(EvmPainter *painter, const EvmDrawing *drawing)
{
    const EvmBackdrop *backdrop = painter->backdrop;
    EvmFingerprints prints = {backdrop->columns, backdrop->rows, EVM_PAINTER_COLUMNS,
                              EVM_PAINTER_ROWS, painter->tiles};
    size_t size = sizeof *painter->tiles * backdrop->columns * backdrop->rows;
    memset(painter->tiles, 0, size);
    for (size_t i = 0; i < backdrop->piece_count; i++)
        if (backdrop->pieces[i].film < 0)
            evm_fingerprints_add_part(&prints, drawing, backdrop->pieces[i].layer,
                                      backdrop->pieces[i].part, i + 1);
        else if (backdrop->pieces[i].film > 0)
            memcpy(painter->stages[backdrop->pieces[i].film].wanted, painter->tiles, size);
}

static void lay_film(const EvmBackdrop *backdrop, int film, unsigned tile, const EvmCanvas *canvas)
{
    if (!backdrop->film_tiles[film][tile])
        return;
    cairo_surface_t *surface = tile_surface(backdrop->films[film], backdrop->width, canvas->window);
    cairo_set_source_surface(canvas->cr, surface, 0, 0);
    cairo_paint(canvas->cr);
    cairo_surface_destroy(surface);
}

static void copy_pixels(const EvmBackdrop *backdrop, const uint32_t *from, uint32_t *to,
                        EvmPixelBox window)
{
    for (int y = window.top; y < window.bottom; y++) {
        size_t at = (size_t)y * backdrop->width + (size_t)window.left;
        memcpy(to + at, from + at, (size_t)(window.right - window.left) * sizeof *to);
    }
}

/* Lays the pixels of the last stage that is still good, and returns the number of its film. */
static int lay_stage(EvmPainter *painter, unsigned tile)
{
    const EvmBackdrop *backdrop = painter->backdrop;
    const Stage *stages = painter->stages;
    int last = (int)backdrop->film_count - 1;
    while (last > 0 &&
           (painter->pictures == 1 || stages[last].tiles[tile] != stages[last].wanted[tile]))
        last--;
    copy_pixels(backdrop, last > 0 ? stages[last].pixels : backdrop->films[0],
                painter->raster.pixels, tile_window(backdrop, tile));
    return last;
}

static void keep_stage(EvmPainter *painter, int film, unsigned tile, EvmPixelBox window)
{
    Stage *stage = &painter->stages[film];
    copy_pixels(painter->backdrop, painter->raster.pixels, stage->pixels, window);
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

static cairo_status_t draw_tile(EvmPainter *painter, const EvmDrawing *drawing, unsigned tile)
{
    const EvmBackdrop *backdrop = painter->backdrop;
    EvmPixelBox window = tile_window(backdrop, tile);
    int last = lay_stage(painter, tile);
    cairo_surface_t *surface = tile_surface(painter->raster.pixels, backdrop->width, window);
    EvmCanvas canvas = {.cr = cairo_create(surface),
                        .window = window,
                        .pixels = painter->raster.pixels,
                        .stride = backdrop->width,
                        .cuts_lines = true};
    evm_drawing_init_canvas(&canvas);
    for (size_t i = find_piece_behind(backdrop, last); i < backdrop->piece_count; i++) {
        const Piece *piece = &backdrop->pieces[i];
        if (piece->film < 0)
            evm_drawing_draw_part(drawing, piece->layer, piece->part, &canvas);
        else if (piece->film != last) {
            lay_film(backdrop, last = piece->film, tile, &canvas);
            cairo_surface_flush(surface);
            keep_stage(painter, last, tile, window);
        }
    }
    cairo_surface_flush(surface);
    cairo_status_t status = cairo_status(canvas.cr);
    cairo_destroy(canvas.cr);
    cairo_surface_destroy(surface);
    return status;
}

static bool draw_tiles(EvmPainter *painter, const EvmDrawing *drawing, GError **error)
{
    const EvmBackdrop *backdrop = painter->backdrop;
    painter->drawn = 0;
    for (unsigned tile = 0; tile < backdrop->columns * backdrop->rows; tile++) {
        painter->is_changed[tile] =
            painter->pictures == 1 || painter->tiles[tile] != painter->tiles_before[tile];
        if (!painter->is_changed[tile])
            continue;
        cairo_status_t status = draw_tile(painter, drawing, tile);
        painter->drawn++;
        if (status != CAIRO_STATUS_SUCCESS) {
            g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "cairo: %s",
                        cairo_status_to_string(status));
            return false;
        }
    }
    return true;
}

static bool draw_picture(EvmPainter *painter, EvmDrawing *drawing, GError **error)
{
    if (!is_on_backdrop(painter->backdrop, drawing, error) ||
        !compute_texts(painter, drawing, error))
        return false;
    uint64_t *before = painter->tiles;
    painter->tiles = painter->tiles_before;
    painter->tiles_before = before;
    compute_tiles(painter, drawing);
    return draw_tiles(painter, drawing, error);
}

bool evm_painter_draw(EvmPainter *painter, const EvmScene *scene, GError **error)
{
    EvmDrawing *drawing = evm_drawing_new_like(scene, painter->backdrop->drawing, error);
    if (!drawing)
        return false;
    painter->pictures++;
    bool done = draw_picture(painter, drawing, error);
    forget_masks(drawing);
    evm_drawing_free(drawing);
    if (g_hash_table_size(painter->texts) > TEXTS_MAX)
        g_hash_table_foreach_remove(painter->texts, is_old, painter);
    if (!done)
        painter->pictures = 0; /* whatever comes next is drawn anew */
    return done;
}

const EvmRaster *evm_painter_find_raster(const EvmPainter *painter)
{
    return &painter->raster;
}

EvmPixelBox evm_painter_tile_at(const EvmPainter *painter, unsigned tile)
{
    return tile_window(painter->backdrop, tile);
}

bool evm_painter_has_changed(const EvmPainter *painter, unsigned tile)
{
    return painter->is_changed[tile];
}

unsigned evm_painter_count_drawn(const EvmPainter *painter)
{
    return painter->drawn;
}

unsigned evm_painter_count_tiles(const EvmPainter *painter)
{
    return painter->backdrop->columns * painter->backdrop->rows;
}
