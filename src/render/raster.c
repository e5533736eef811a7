#include <cairo.h>
#include <math.h>

#include "base/error.h"
#include "base/limits.h"
#include "render/drawing.h"
#include "render/jobs.h"

enum { TILE_WIDTH = 400, TILE_HEIGHT = 300 };

typedef struct {
    const EvmDrawing *drawing;
    const EvmRaster *raster;
    unsigned columns, rows;
    int status; /* atomic: a cairo_status_t that is not success, if any */
} TileJob;

static unsigned side_of(double px, double scale)
{
    double pixels = rint(px * scale);
    return pixels >= 1 && pixels <= EVM_LIMIT_SIDE_PX ? (unsigned)pixels : 0;
}

static bool is_within_limits(const EvmScene *scene, double scale, unsigned *width, unsigned *height,
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

/* Each tile is a surface of its own on its part of the picture's pixels. */
static cairo_surface_t *tile_surface(const EvmRaster *raster, EvmPixelBox window)
{
    uint32_t *pixels = raster->pixels + (size_t)window.top * raster->width + window.left;
    return cairo_image_surface_create_for_data((unsigned char *)pixels, CAIRO_FORMAT_ARGB32,
                                               window.right - window.left,
                                               window.bottom - window.top, (int)raster->width * 4);
}

static EvmPixelBox tile_window(const TileJob *job, unsigned index)
{
    int width = (int)job->raster->width, height = (int)job->raster->height;
    int x = (int)(index % job->columns) * TILE_WIDTH, y = (int)(index / job->columns) * TILE_HEIGHT;
    return (EvmPixelBox){x, y, MIN(x + TILE_WIDTH, width), MIN(y + TILE_HEIGHT, height)};
}

typedef void (*DrawFunc)(const EvmDrawing *drawing, const EvmCanvas *canvas);

static void draw_tile(TileJob *job, unsigned index, DrawFunc draw)
{
    EvmPixelBox window = tile_window(job, index);
    cairo_surface_t *surface = tile_surface(job->raster, window);
    EvmCanvas canvas = {cairo_create(surface), window, job->raster->pixels, job->raster->width};
    draw(job->drawing, &canvas);
    cairo_surface_flush(surface);
    cairo_status_t status = cairo_status(canvas.cr);
    cairo_destroy(canvas.cr);
    status = status ? status : cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        g_atomic_int_set(&job->status, (int)status);
}

static void draw_ground(void *user, unsigned worker, unsigned index)
{
    (void)worker;
    draw_tile(user, index, evm_drawing_draw_ground);
}

static void draw_rest(void *user, unsigned worker, unsigned index)
{
    (void)worker;
    draw_tile(user, index, evm_drawing_draw_rest);
}

static bool compute_texts(EvmDrawing *drawing, EvmFonts *fonts, const EvmRaster *raster,
                          unsigned threads, GError **error)
{
    EvmPixelBox page = {0, 0, (int)raster->width, (int)raster->height};
    return evm_drawing_compute_outlines(drawing, fonts, error) &&
           evm_drawing_compute_masks(drawing, page, threads, error);
}

/* This thread shapes the texts while the others draw the ground. */
static bool draw_tiles(EvmDrawing *drawing, EvmFonts *fonts, const EvmRaster *raster,
                       unsigned threads, GError **error)
{
    TileJob job = {.drawing = drawing,
                   .raster = raster,
                   .columns = (raster->width + TILE_WIDTH - 1) / TILE_WIDTH,
                   .rows = (raster->height + TILE_HEIGHT - 1) / TILE_HEIGHT};
    EvmJobs *ground = evm_jobs_new(job.columns * job.rows, threads, draw_ground, &job);
    bool done = compute_texts(drawing, fonts, raster, threads, error);
    evm_jobs_free(ground);
    if (!done)
        return false;
    evm_jobs_compute(job.columns * job.rows, threads, draw_rest, &job);
    if (job.status == CAIRO_STATUS_SUCCESS)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "cairo: %s",
                cairo_status_to_string((cairo_status_t)job.status));
    return false;
}

bool evm_raster_init(EvmRaster *raster, const EvmScene *scene, EvmFonts *fonts, double scale,
                     unsigned threads, GError **error)
{
    EvmRaster made = {0};
    if (!is_within_limits(scene, scale, &made.width, &made.height, error))
        return false;
    EvmDrawing *drawing = evm_drawing_new(scene, scale, error);
    if (!drawing)
        return false;
    made.pixels = g_malloc_n((size_t)made.width * made.height, sizeof *made.pixels);
    bool is_done = draw_tiles(drawing, fonts, &made, threads, error);
    evm_drawing_free(drawing);
    if (!is_done) {
        evm_raster_clear(&made);
        return false;
    }
    *raster = made;
    return true;
}

void evm_raster_clear(EvmRaster *raster)
{
    g_free(raster->pixels);
    *raster = (EvmRaster){0};
}
