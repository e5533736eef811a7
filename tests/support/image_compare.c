#include "tests/support/image_compare.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <math.h>
#include <png.h>
#include <stdlib.h>

static int channel(uint32_t pixel, int shift)
{
    return (int)(pixel >> shift & 0xff);
}

ImageDifference image_compute_difference(const EvmRaster *a, const EvmRaster *b, int level)
{
    ImageDifference difference = {0};
    size_t count = (size_t)a->width * a->height;
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        int worst = 0;
        for (int shift = 0; shift < 24; shift += 8) {
            int off = abs(channel(a->pixels[i], shift) - channel(b->pixels[i], shift));
            worst = MAX(worst, off);
            sum += off;
        }
        difference.differing += worst > level;
        difference.largest = MAX(difference.largest, worst);
    }
    difference.mean = count ? sum / (3.0 * (double)count) : 0;
    return difference;
}

/* Black where they agree; what differs, eight times as strong. */
static EvmRaster show_difference(const EvmRaster *a, const EvmRaster *b)
{
    EvmRaster shown = {g_new(uint32_t, (size_t)a->width * a->height), a->width, a->height};
    for (size_t i = 0; i < (size_t)a->width * a->height; i++) {
        shown.pixels[i] = 0xff000000u;
        for (int shift = 0; shift < 24; shift += 8) {
            int off = abs(channel(a->pixels[i], shift) - channel(b->pixels[i], shift));
            shown.pixels[i] |= (uint32_t)MIN(255, off * 8) << shift;
        }
    }
    return shown;
}

static void write_named(const EvmRaster *raster, const char *name, const char *what)
{
    g_autofree char *path = g_strdup_printf("%s-%s.png", name, what);
    image_write(raster, path);
    g_test_message("wrote %s", path);
}

void image_assert_alike(const EvmRaster *result, const EvmRaster *expected,
                        ImageTolerance tolerance, const char *name)
{
    bool is_same_size = result->width == expected->width && result->height == expected->height;
    ImageDifference difference = {0};
    if (is_same_size)
        difference = image_compute_difference(result, expected, tolerance.level);
    double share = (double)difference.differing / ((double)result->width * result->height);
    g_test_message("%s: %.4f %% of the pixels off by more than %d, largest %d, mean %.4f", name,
                   share * 100, tolerance.level, difference.largest, difference.mean);
    if (is_same_size && share <= tolerance.share && difference.largest <= tolerance.largest &&
        (tolerance.difference == 0 || difference.mean <= tolerance.difference))
        return;
    write_named(result, name, "result");
    write_named(expected, name, "expected");
    if (is_same_size) {
        EvmRaster shown = show_difference(result, expected);
        write_named(&shown, name, "difference");
        evm_raster_clear(&shown);
    }
    g_error("%s: the pictures differ: %zu pixels off by more than %d, largest %d, mean %.4f", name,
            difference.differing, tolerance.level, difference.largest, difference.mean);
}

EvmRaster image_load(const char *path)
{
    cairo_surface_t *surface = cairo_image_surface_create_from_png(path);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        g_error("%s: %s", path, cairo_status_to_string(cairo_surface_status(surface)));
    EvmRaster raster = {.width = (unsigned)cairo_image_surface_get_width(surface),
                        .height = (unsigned)cairo_image_surface_get_height(surface)};
    const unsigned char *data = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    raster.pixels = g_new(uint32_t, (size_t)raster.width * raster.height);
    for (size_t y = 0; y < raster.height; y++)
        for (size_t x = 0; x < raster.width; x++)
            raster.pixels[y * raster.width + x] =
                0xff000000u | ((const uint32_t *)(const void *)(data + y * stride))[x];
    cairo_surface_destroy(surface);
    return raster;
}

/* As small as it gets, as the golden ones are kept for good: no filters, which cost a fifth. */
void image_write(const EvmRaster *raster, const char *path)
{
    FILE *file = g_fopen(path, "wb");
    png_struct *png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_info *info = png_create_info_struct(png);
    if (!file)
        g_error("%s cannot be written", path);
    png_init_io(png, file);
    png_set_IHDR(png, info, raster->width, raster->height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, 9);
    png_set_compression_mem_level(png, 9);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_write_info(png, info);
    g_autofree png_byte *row = g_malloc((size_t)3 * raster->width);
    for (size_t y = 0; y < raster->height; y++) {
        for (size_t x = 0; x < raster->width; x++)
            for (int i = 0; i < 3; i++)
                row[3 * x + (size_t)i] =
                    (png_byte)channel(raster->pixels[y * raster->width + x], 16 - 8 * i);
        png_write_row(png, row);
    }
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    if (fclose(file) != 0)
        g_error("%s cannot be written", path);
}
