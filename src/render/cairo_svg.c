#include <cairo-svg.h>
#include <math.h>

#include "base/error.h"
#include "render/drawing.h"

static cairo_status_t append(void *user, const unsigned char *data, unsigned length)
{
    g_string_append_len(user, (const char *)data, (gssize)length);
    return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t draw_page(const EvmDrawing *drawing, GString *out)
{
    double width = drawing->scene->width_px, height = drawing->scene->height_px;
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(append, out, width, height);
    cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX);
    cairo_svg_surface_restrict_to_version(surface, CAIRO_SVG_VERSION_1_2);
    EvmCanvas canvas = {.cr = cairo_create(surface),
                        .window = {0, 0, (int)ceil(width), (int)ceil(height)}};
    evm_drawing_draw(drawing, &canvas);
    cairo_status_t status = cairo_status(canvas.cr);
    cairo_destroy(canvas.cr);
    cairo_surface_finish(surface);
    status = status ? status : cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status;
}

bool evm_scene_draw_cairo_svg(const EvmScene *scene, EvmFonts *fonts, GString *out, GError **error)
{
    gsize before = out->len;
    EvmDrawing *drawing = evm_drawing_new(scene, 0, scene->layer_count, 1, error);
    if (!drawing || !evm_drawing_compute_outlines(drawing, fonts, error)) {
        evm_drawing_free(drawing);
        return false;
    }
    cairo_status_t status = draw_page(drawing, out);
    evm_drawing_free(drawing);
    if (status == CAIRO_STATUS_SUCCESS)
        return true;
    g_string_truncate(out, before);
    g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "cairo: %s", cairo_status_to_string(status));
    return false;
}
