#include <cairo.h>
#include <math.h>

#include "base/error.h"
#include "base/jobs.h"
#include "base/limits.h"
#include "render/drawing.h"
#include "render/tiles.h"

enum { TILE_WIDTH = 400, TILE_HEIGHT = 300 };

/* Layers being drawn on all tiles of a picture. The first tile's thread makes the drawing. */
typedef struct {
    const EvmScene *scene;
    size_t first, layer_count;
    double scale;
    EvmDrawing *drawing;
    gsize is_ready; /* the drawing is made, or failed with `error` */
    GError *error;
    const EvmRaster *raster;
    unsigned columns, rows;
    int status; /* atomic: a cairo_status_t that is not success, if any */
} TileJob;

struct EvmPainting {
    EvmRaster raster;
    double scale;
    unsigned threads;
    TileJob ground;
    EvmJobs *jobs; /* draw the ground */
};

static unsigned side_of(double px, double scale)
{
    double pixels = rint(px * scale);
    return pixels >= 1 && pixels <= EVM_LIMIT_SIDE_PX ? (unsigned)pixels : 0;
}

bool evm_raster_find_size(const EvmScene *scene, double scale, unsigned *width, unsigned *height,
                          GError **error)
{
    double wide = scene->width_px * scale, high = scene->height_px * scale;
    *width = side_of(scene->width_px, scale);
    *height = side_of(scene->height_px, scale);
    if (*width > 0 && *height > 0 && (double)*width * *height <= EVM_LIMIT_PIXELS)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_LIMIT,
                "a picture of %.0f x %.0f pixels would need %.0f MB: the limits are %d pixels a "
                "side and %d megapixels; choose a smaller --size or --scale",
                wide, high, wide * high * 4 / 1e6, EVM_LIMIT_SIDE_PX, EVM_LIMIT_PIXELS / 1000000);
    return false;
}

static EvmPixelBox tile_window(const TileJob *job, unsigned index)
{
    int width = (int)job->raster->width, height = (int)job->raster->height;
    int x = (int)(index % job->columns) * TILE_WIDTH, y = (int)(index / job->columns) * TILE_HEIGHT;
    return (EvmPixelBox){x, y, MIN(x + TILE_WIDTH, width), MIN(y + TILE_HEIGHT, height)};
}

static EvmDrawing *find_drawing(TileJob *job)
{
    if (g_once_init_enter(&job->is_ready)) {
        job->drawing =
            evm_drawing_new(job->scene, job->first, job->layer_count, job->scale, &job->error);
        g_once_init_leave(&job->is_ready, 1);
    }
    return job->drawing;
}

static void draw_tile(void *user, unsigned worker, unsigned index)
{
    TileJob *job = user;
    if (!find_drawing(job))
        return;
    EvmPixelBox window = tile_window(job, index);
    cairo_surface_t *surface = evm_tile_find_surface(job->raster, window);
    EvmCanvas canvas = {.cr = cairo_create(surface),
                        .window = window,
                        .pixels = evm_raster_find_pixel(job->raster, window.left, window.top),
                        .stride = job->raster->width,
                        .cuts_rings = true};
    (void)worker;
    evm_drawing_draw(job->drawing, &canvas);
    cairo_surface_flush(surface);
    cairo_status_t status = cairo_status(canvas.cr);
    cairo_destroy(canvas.cr);
    status = status ? status : cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        g_atomic_int_set(&job->status, (int)status);
}

static TileJob tile_job(const EvmScene *scene, size_t first, size_t layer_count,
                        const EvmPainting *painting)
{
    const EvmRaster *raster = &painting->raster;
    return (TileJob){.scene = scene,
                     .first = first,
                     .layer_count = layer_count,
                     .scale = painting->scale,
                     .raster = raster,
                     .columns = (raster->width + TILE_WIDTH - 1) / TILE_WIDTH,
                     .rows = (raster->height + TILE_HEIGHT - 1) / TILE_HEIGHT};
}

static void tile_job_clear(TileJob *job)
{
    evm_drawing_free(job->drawing);
    g_clear_error(&job->error);
}

static bool is_drawn(TileJob *job, GError **error)
{
    if (job->error) {
        g_propagate_error(error, g_steal_pointer(&job->error));
        return false;
    }
    if (job->status == CAIRO_STATUS_SUCCESS)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "cairo: %s",
                cairo_status_to_string((cairo_status_t)job->status));
    return false;
}

static EvmPainting *painting_new(const EvmScene *scene, size_t layer_count, double scale,
                                 unsigned threads, GError **error)
{
    EvmRaster raster = {0};
    if (!evm_raster_find_size(scene, scale, &raster.width, &raster.height, error))
        return NULL;
    raster.pixels = g_malloc_n((size_t)raster.width * raster.height, sizeof *raster.pixels);
    EvmPainting *painting = g_new(EvmPainting, 1);
    *painting = (EvmPainting){.raster = raster, .scale = scale, .threads = threads};
    painting->ground = tile_job(scene, 0, layer_count, painting);
    painting->jobs = evm_jobs_new(painting->ground.columns * painting->ground.rows, threads,
                                  draw_tile, &painting->ground);
    return painting;
}

EvmPainting *evm_painting_new(const EvmScene *ground, double scale, unsigned threads,
                              GError **error)
{
    return painting_new(ground, ground->layer_count, scale, threads, error);
}

void evm_painting_free(EvmPainting *painting)
{
    if (!painting)
        return;
    g_clear_pointer(&painting->jobs, evm_jobs_free);
    tile_job_clear(&painting->ground);
    evm_raster_clear(&painting->raster);
    g_free(painting);
}

static bool compute_texts(EvmPainting *painting, TileJob *job, EvmFonts *fonts, GError **error)
{
    EvmPixelBox page = {0, 0, (int)painting->raster.width, (int)painting->raster.height};
    EvmDrawing *drawing = find_drawing(job);
    if (!drawing)
        return is_drawn(job, error);
    return evm_drawing_compute_masks(drawing, fonts, page, painting->threads, error);
}

static bool draw_rest(EvmPainting *painting, TileJob *job, GError **error)
{
    g_clear_pointer(&painting->jobs, evm_jobs_free);
    if (!is_drawn(&painting->ground, error))
        return false;
    evm_jobs_compute(job->columns * job->rows, painting->threads, draw_tile, job);
    return is_drawn(job, error);
}

bool evm_painting_commit(EvmPainting *painting, const EvmScene *scene, EvmFonts *fonts,
                         EvmRaster *raster, GError **error)
{
    size_t drawn = painting->ground.layer_count;
    g_return_val_if_fail(drawn <= scene->layer_count, false);
    TileJob rest = tile_job(scene, drawn, scene->layer_count - drawn, painting);
    bool done = compute_texts(painting, &rest, fonts, error) && draw_rest(painting, &rest, error);
    tile_job_clear(&rest);
    if (!done)
        return false;
    *raster = painting->raster;
    painting->raster = (EvmRaster){0};
    return true;
}

static size_t count_ground(const EvmScene *scene)
{
    for (size_t i = 0; i < scene->layer_count; i++)
        for (size_t k = 0; k < scene->layers[i].item_count; k++)
            if (scene->layers[i].items[k].type == EVM_ITEM_TEXT)
                return i;
    return scene->layer_count;
}

bool evm_raster_init(EvmRaster *raster, const EvmScene *scene, EvmFonts *fonts, double scale,
                     unsigned threads, GError **error)
{
    EvmPainting *painting = painting_new(scene, count_ground(scene), scale, threads, error);
    bool done = painting && evm_painting_commit(painting, scene, fonts, raster, error);
    evm_painting_free(painting);
    return done;
}

void evm_raster_clear(EvmRaster *raster)
{
    g_free(raster->pixels);
    *raster = (EvmRaster){0};
}
