/* For tests of what writes PNG files. */
#ifndef EVM_TESTS_PNG_TESTING_H
#define EVM_TESTS_PNG_TESTING_H

#include <glib.h>
#include <png.h>
#include <string.h>

#include "render/render.h"

/* libpng and zlib check every checksum. */
static inline void assert_shows(const GString *data, const EvmRaster *raster)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    g_assert_true(png_image_begin_read_from_memory(&image, data->str, data->len));
    g_assert_cmpuint(image.width, ==, raster->width);
    g_assert_cmpuint(image.height, ==, raster->height);
    size_t size = (size_t)image.width * image.height * sizeof *raster->pixels;
    g_autofree uint32_t *pixels = g_malloc(size);
    image.format = PNG_FORMAT_BGRA;
    g_assert_true(png_image_finish_read(&image, NULL, pixels, 0, NULL));
    g_assert_cmpuint(image.warning_or_error, ==, 0);
    g_assert_true(memcmp(pixels, raster->pixels, size) == 0);
}

#endif
