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

/* One family: the files that carry its weights and slants, in our fontconfig under `alias`. */
typedef struct {
    const char *alias;     /* NULL: the family is another slot's */
    FcFontSet *patterns;   /* a file and what stands in it each */
    FcCharSet *characters; /* that every file has */
    EvmFace face;          /* of the file nearest to regular */
} EvmFontSlot;

struct EvmFonts {
    GMutex lock;      /* of all that follows `slots` */
    FcConfig *config; /* holds our files and nothing else */
    EvmFontSlot slots[EVM_TYPE_COUNT][EVM_SCRIPT_COUNT];
    PangoFontMap *map;
    PangoContext *context;
    GHashTable *shapes; /* a text is measured, placed, measured again and drawn: shaped once */
    cairo_t *scratch;   /* where outlines are made */
};

/* The slot whose family is that of `type` and `script`. */
const EvmFontSlot *evm_fonts_find_slot(const EvmFonts *fonts, EvmType type, EvmScript script);

/* The font files of this machine and those of `folder` ("": none). */
FcConfig *evm_font_files_new(const char *folder);
/* Those of a family in which Pango can set text, in a fixed order; NULL: there are none. */
FcFontSet *evm_font_files_find(FcConfig *machine, const char *family);
/* What to do about a family that is not there: its nearest name, its Debian package. */
char *evm_font_files_format_advice(FcConfig *machine, const char *family);

/* The outline of a text, anchored at `text->at`, in pixels at `scale`. Check its status; free with
 * cairo_path_destroy. */
cairo_path_t *evm_fonts_compute_outline(EvmFonts *fonts, const EvmText *text, double scale);

/* One glyph of a text and where it stands, in pixels of the picture. */
typedef struct {
    PangoFont *font; /* borrowed until the next call that shapes a text */
    PangoGlyphInfo info;
    double x, y;
    double grow; /* pixels a px of the shaped glyph */
} EvmGlyph;

/* Appends the glyphs of a text, as EvmGlyph. False for one that cannot be put together from glyphs:
 * it is turned, or has Arabic letters, which join. */
bool evm_fonts_compute_glyphs(EvmFonts *fonts, const EvmText *text, double scale, GArray *out);
/* The outline of one glyph at this place instead of its own. Else as evm_fonts_compute_outline. */
cairo_path_t *evm_fonts_compute_glyph_outline(EvmFonts *fonts, const EvmGlyph *glyph, double x,
                                              double y);

/* Shows the text's glyphs there, in the source's colour. */
void evm_fonts_draw(EvmFonts *fonts, const EvmText *text, cairo_t *cr, double scale);

#endif
