/* Scene to pixels, to Cairo's own SVG or to PDF. The only users of cairo.h, pango and fontconfig.
 */
#ifndef EVM_RENDER_RENDER_H
#define EVM_RENDER_RENDER_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "scene/scene.h"
#include "scene/text_measure.h"
#include "style/theme.h"

/* The fonts of a theme, opened from their own files: never the system's choice of a replacement.
 * Threads may share them: each call takes a lock. */
typedef struct EvmFonts EvmFonts;

/* `theme` NULL: the fonts of the built-in themes. EVM_ERROR_INPUT names the file that is missing
 * and the package that brings it; for a family that the theme names its line, and what is near; and
 * a letter that a family lacks for its script. */
EvmFonts *evm_fonts_new(const EvmTheme *theme, GError **error);
void evm_fonts_free(EvmFonts *fonts);
EvmTextMeasure evm_fonts_compute_measure(EvmFonts *fonts);
/* A line of each font file, with the revision and the checksum that stand in it: other letters,
 * other lines. Reads the files' heads. Caller frees. */
char *evm_fonts_format_versions(const EvmFonts *fonts);
/* The first character of `text` that none of the fonts of `type` can draw, or 0. */
uint32_t evm_fonts_find_missing(const EvmFonts *fonts, EvmType type, const char *text);

/* Appends what the scene says with letters that none of its fonts has, where an empty box stands
 * instead: "U+5580 (喀) of 'Kabul 喀布爾'" (char *). A letter that is named there already is not
 * named again. */
void evm_scene_find_missing(const EvmScene *scene, const EvmFonts *fonts, GPtrArray *out);

/* False, and EVM_ERROR_INTERNAL, when a number of the scene is not finite or too large to be drawn
 * at `scale`: cairo would wrap it around without a word, or hang. Every writer asks. `like`: a
 * scene that has been found drawable at that scale, of which what is the very same in memory is not
 * looked at again; or NULL. */
bool evm_scene_is_drawable(const EvmScene *scene, const EvmScene *like, double scale,
                           GError **error);

/* Pixels, 4 bytes each, native-endian 0xffRRGGBB (no transparency). */
typedef struct {
    uint32_t *pixels;
    unsigned width, height; /* in pixels */
} EvmRaster;

/* Pixels, right and bottom excluded. */
typedef struct {
    int left, top, right, bottom;
} EvmPixelBox;

/* Draws the scene at `scale` pixels a px, on up to `threads` threads. The picture is drawn in fixed
 * tiles, so its bytes do not depend on `threads`. EVM_ERROR_LIMIT when it is larger than
 * base/limits.h allows (checked before anything is allocated). */
bool evm_raster_init(EvmRaster *raster, const EvmScene *scene, EvmFonts *fonts, double scale,
                     unsigned threads, GError **error);
void evm_raster_clear(EvmRaster *raster);

/* The same in two steps, for a scene whose first layers are ready, and hold no text, while the
 * others are still being laid out: other threads draw them meanwhile. The bytes are the same. */
typedef struct EvmPainting EvmPainting;

/* Begins to draw `ground`, which must outlive the painting, and returns. Errors as evm_raster_init;
 * evm_painting_commit has those of `ground` that come to light while it is drawn. */
EvmPainting *evm_painting_new(const EvmScene *ground, double scale, unsigned threads,
                              GError **error);
/* Draws the other layers of `scene`, of which the ground's layers are the first. Call it once. */
bool evm_painting_commit(EvmPainting *painting, const EvmScene *scene, EvmFonts *fonts,
                         EvmRaster *raster, GError **error);
void evm_painting_free(EvmPainting *painting); /* NULL is fine */

/* The scene through Cairo's SVG surface, labels as outlines, as Cairo wrote it: its ids are neither
 * unique nor stable (output/svg_outlined.h mends that). Appends to `out`. */
bool evm_scene_draw_cairo_svg(const EvmScene *scene, EvmFonts *fonts, GString *out, GError **error);

/* A page of PDF 1.5, 96 px an inch, with vector paths and real text in embedded fonts. Its date is
 * the map's. Appends to `out`. */
bool evm_scene_draw_pdf(const EvmScene *scene, EvmFonts *fonts, GString *out, GError **error);

/* "1.16.0", "1.50.12": of the libraries in use. */
const char *evm_render_format_cairo_version(void);
const char *evm_render_format_pango_version(void);

#endif
