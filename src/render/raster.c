#include <cairo.h>
#include <math.h>

#include "base/error.h"
#include "base/limits.h"
#include "render/drawing.h"

enum { TILE_WIDTH = 400, TILE_HEIGHT = 300, THREADS_MAX = 64 };

typedef struct {
    const EvmDrawing *drawing;
    EvmRaster *raster;
    unsigned columns, rows;
    int next;   /* atomic: the first tile nobody has taken */
    int status; /* atomic: the first cairo_status_t that is not success */
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

static cairo_status_t draw_on(cairo_surface_t *surface, const EvmDrawing *drawing, int x, int y,
                              int width, int height)
{
    cairo_t *cr = cairo_create(surface);
    cairo_translate(cr, -x, -y);
    evm_drawing_draw(drawing, cr,
                     (EvmFixedBox){x * 256, y * 256, (x + width) * 256, (y + height) * 256});
    cairo_surface_flush(surface);
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    return status ? status : cairo_surface_status(surface);
}

/* Each tile is a surface of its own on its part of the picture's pixels. */
static cairo_status_t draw_tile(const TileJob *job, unsigned index)
{
    const EvmRaster *raster = job->raster;
    unsigned x = index % job->columns * TILE_WIDTH, y = index / job->columns * TILE_HEIGHT;
    int width = (int)MIN(TILE_WIDTH, raster->width - x);
    int height = (int)MIN(TILE_HEIGHT, raster->height - y);
    unsigned char *pixels = (unsigned char *)(raster->pixels + (size_t)y * raster->width + x);
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        pixels, CAIRO_FORMAT_ARGB32, width, height, (int)raster->width * 4);
    cairo_status_t status = draw_on(surface, job->drawing, (int)x, (int)y, width, height);
    cairo_surface_destroy(surface);
    return status;
}

static gpointer draw_tiles(gpointer data)
{
    TileJob *job = data;
    unsigned count = job->columns * job->rows;
    for (;;) {
        unsigned index = (unsigned)g_atomic_int_add(&job->next, 1);
        if (index >= count)
            return NULL;
        cairo_status_t status = draw_tile(job, index);
        if (status != CAIRO_STATUS_SUCCESS)
            g_atomic_int_compare_and_exchange(&job->status, 0, (int)status);
    }
}

static void run_job(TileJob *job, unsigned threads)
{
    GThread *helpers[THREADS_MAX];
    unsigned count = 0, wanted = MIN(threads, MIN(job->columns * job->rows, THREADS_MAX));
    while (count + 1 < wanted) {
        GThread *helper = g_thread_try_new("tiles", draw_tiles, job, NULL);
        if (!helper)
            break; /* the others will do its share */
        helpers[count++] = helper;
    }
    draw_tiles(job);
    while (count > 0)
        g_thread_join(helpers[--count]);
}

bool evm_raster_init(EvmRaster *raster, const EvmScene *scene, EvmFonts *fonts, double scale,
                     unsigned threads, GError **error)
{
    EvmRaster made = {0};
    if (!is_within_limits(scene, scale, &made.width, &made.height, error))
        return false;
    EvmDrawing *drawing = evm_drawing_new(scene, fonts, scale, false, error);
    if (!drawing)
        return false;
    made.pixels = g_malloc_n((size_t)made.width * made.height, sizeof *made.pixels);
    TileJob job = {.drawing = drawing,
                   .raster = &made,
                   .columns = (made.width + TILE_WIDTH - 1) / TILE_WIDTH,
                   .rows = (made.height + TILE_HEIGHT - 1) / TILE_HEIGHT};
    run_job(&job, threads);
    evm_drawing_free(drawing);
    if (job.status != 0) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "cairo: %s",
                    cairo_status_to_string((cairo_status_t)job.status));
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
