/* An SVG as librsvg draws it: a reader that is not ours. */
#ifndef EVM_TESTS_GOLDEN_RSVG_RASTER_H
#define EVM_TESTS_GOLDEN_RSVG_RASTER_H

#include <cairo.h>
#include <librsvg/rsvg.h>

#include "render/render.h"

static inline EvmRaster rsvg_raster(const GString *svg, unsigned width, unsigned height)
{
    GError *error = NULL;
    RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)svg->str, svg->len, &error);
    g_assert_no_error(error);
    EvmRaster raster = {g_new0(uint32_t, (size_t)width * height), width, height};
    cairo_surface_t *surface =
        cairo_image_surface_create_for_data((unsigned char *)raster.pixels, CAIRO_FORMAT_ARGB32,
                                            (int)width, (int)height, (int)width * 4);
    cairo_t *cr = cairo_create(surface);
    RsvgRectangle viewport = {0, 0, width, height};
    g_assert_true(rsvg_handle_render_document(handle, cr, &viewport, &error));
    g_assert_no_error(error);
    cairo_surface_flush(surface);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    g_object_unref(handle);
    return raster;
}

#endif
