/* Inside render: text to outlines. */
#ifndef EVM_RENDER_FONTS_H
#define EVM_RENDER_FONTS_H

#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <pango/pango.h>

#include "render/render.h"

/* In em. */
typedef struct {
    double ascent, descent, cap_height;
} EvmFace;

struct EvmFonts {
    GMutex lock;      /* of all that follows `arabic_face` */
    FcConfig *config; /* holds our files and nothing else */
    FcCharSet *latin, *arabic;
    EvmFace latin_face, arabic_face; /* of the regular weights */
    PangoFontMap *map;
    PangoContext *context;
    GHashTable *shapes; /* a text is measured, placed, measured again and drawn: shaped once */
    cairo_t *scratch;   /* where outlines are made */
};

/* The outline of a text, anchored at `text->at`, in pixels at `scale`. Check its status; free with
 * cairo_path_destroy. */
cairo_path_t *evm_fonts_compute_outline(EvmFonts *fonts, const EvmText *text, double scale);

/* Shows the text's glyphs there, in the source's colour. */
void evm_fonts_draw(EvmFonts *fonts, const EvmText *text, cairo_t *cr, double scale);

#endif
