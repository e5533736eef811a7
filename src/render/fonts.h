/* Inside render: text to outlines. */
#ifndef EVM_RENDER_FONTS_H
#define EVM_RENDER_FONTS_H

#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <pango/pango.h>

#include "render/render.h"

struct EvmFonts {
    FcConfig *config; /* holds our files and nothing else */
    FcCharSet *latin, *arabic;
    double cap_height; /* of the Latin regular, in em */
    PangoFontMap *map;
    PangoContext *context;
    GHashTable *layouts; /* EvmLayoutKey -> PangoLayout: a text is measured, placed, then drawn */
    cairo_t *scratch;    /* where outlines are made */
};

/* Borrowed until the next call. Laid out at the size of the page, whatever the picture's scale. */
PangoLayout *evm_fonts_find_layout(EvmFonts *fonts, const EvmFont *font, const char *text);

/* The outlines of a text, anchored at `text->at`, in pixels at `scale`: curves, or lines that
 * follow them. Check its status; free with cairo_path_destroy. */
cairo_path_t *evm_fonts_compute_outline(EvmFonts *fonts, const EvmText *text, double scale,
                                        bool keep_curves);

#endif
