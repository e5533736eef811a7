#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>

#include "base/error.h"
#include "render/drawing.h"

static cairo_status_t append(void *user, const unsigned char *data, unsigned length)
{
    g_string_append_len(user, (const char *)data, (gssize)length);
    return CAIRO_STATUS_SUCCESS;
}

/* Draws the whole scene, one user unit a px, and ends the surface. */
static cairo_status_t draw_page(const EvmDrawing *drawing, EvmFonts *glyphs,
                                cairo_surface_t *surface, double unit)
{
    const EvmScene *scene = drawing->scene;
    EvmCanvas canvas = {.cr = cairo_create(surface),
                        .window = {0, 0, (int)ceil(scene->width_px), (int)ceil(scene->height_px)},
                        .glyphs = glyphs};
    cairo_scale(canvas.cr, unit, unit);
    evm_drawing_draw(drawing, &canvas);
    cairo_status_t status = cairo_status(canvas.cr);
    cairo_destroy(canvas.cr);
    cairo_surface_finish(surface);
    status = status ? status : cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status;
}

static cairo_surface_t *svg_surface(const EvmScene *scene, GString *out)
{
    cairo_surface_t *surface =
        cairo_svg_surface_create_for_stream(append, out, scene->width_px, scene->height_px);
    cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX);
    cairo_svg_surface_restrict_to_version(surface, CAIRO_SVG_VERSION_1_2);
    return surface;
}

static const double PT_PER_PX = 0.75; /* 72 pt and 96 px an inch */

static cairo_surface_t *pdf_surface(const EvmScene *scene, GString *out)
{
    const EvmSceneInfo *info = &scene->info;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        append, out, scene->width_px * PT_PER_PX, scene->height_px * PT_PER_PX);
    g_autofree char *created = g_strdup_printf("%sT00:00:00Z", info->date);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, info->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, info->alt_text);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, info->software);
    /* The map's day: cairo would write the hour of the run. */
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, created);
    return surface;
}

typedef cairo_surface_t *(*NewSurface)(const EvmScene *scene, GString *out);

static bool draw_vector(const EvmScene *scene, EvmFonts *fonts, NewSurface new_surface,
                        bool has_glyphs, double unit, GString *out, GError **error)
{
    gsize before = out->len;
    EvmDrawing *drawing = evm_drawing_new(scene, 0, scene->layer_count, 1, error);
    if (!drawing || !evm_drawing_compute_outlines(drawing, fonts, error)) {
        evm_drawing_free(drawing);
        return false;
    }
    cairo_status_t status =
        draw_page(drawing, has_glyphs ? fonts : NULL, new_surface(scene, out), unit);
    evm_drawing_free(drawing);
    if (status == CAIRO_STATUS_SUCCESS)
        return true;
    g_string_truncate(out, before);
    g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "cairo: %s", cairo_status_to_string(status));
    return false;
}

bool evm_scene_draw_cairo_svg(const EvmScene *scene, EvmFonts *fonts, GString *out, GError **error)
{
    return draw_vector(scene, fonts, svg_surface, false, 1, out, error);
}

bool evm_scene_draw_pdf(const EvmScene *scene, EvmFonts *fonts, GString *out, GError **error)
{
    return draw_vector(scene, fonts, pdf_surface, true, PT_PER_PX, out, error);
}
