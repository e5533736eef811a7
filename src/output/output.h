/* One writer a format. Each fills a GString, so that pipeline decides where and when files are
 * written (base/atomic_file.h). Same scene, same bytes. */
#ifndef EVM_OUTPUT_OUTPUT_H
#define EVM_OUTPUT_OUTPUT_H

#include <glib.h>
#include <stdbool.h>

#include "render/render.h"
#include "scene/scene.h"

/* PNG, 8-bit RGB: IHDR, pHYs (96 dpi times `scale`), text chunks (Title, Creation Time = the map's
 * date, Source, Software, Description; iTXt where not Latin-1), IDAT deflated by ISA-L in fixed
 * strips on up to `threads` threads (bytes do not depend on it; on another kind of processor ISA-L
 * may choose other bytes for the same pixels), IEND. */
bool evm_png_write(const EvmRaster *raster, const EvmSceneInfo *info, double scale,
                   unsigned threads, GString *out, GError **error);

/* SVG with real text. `<svg role="img" aria-labelledby>` with title and desc, one `<g>` a layer,
 * one `<path>` an item with id, data-pcode, data-control and its own `<title>`. All ids start with
 * a prefix made from a hash of the content, so that two maps can stand in one page. No script, no
 * external reference. */
bool evm_svg_write(const EvmScene *scene, GString *out, GError **error);
/* The same in two steps, for a scene whose first layers are ready while the others are still being
 * laid out: another thread writes them meanwhile. The bytes are the same. */
typedef struct EvmSvgGround EvmSvgGround;
EvmSvgGround *evm_svg_ground_new(const EvmScene *ground); /* borrowed, longer than it lives */
void evm_svg_ground_free(EvmSvgGround *ground);           /* NULL is fine */
/* `ground` holds the first layers of `scene`; NULL: none of them are written yet. */
bool evm_svg_write_above(EvmSvgGround *ground, const EvmScene *scene, GString *out, GError **error);

/* Cairo's own SVG surface, text as outlines, for print desks: ids renumbered from 0 and prefixed
 * as above; title, desc and role added. */
bool evm_svg_outlined_write(const EvmScene *scene, EvmFonts *fonts, GString *out, GError **error);

const char *evm_png_format_version(void); /* of libpng */

#endif
