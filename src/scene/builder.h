/* Puts a scene together: layers in drawing order, items into the newest layer. Everything
 * belongs to the scene. */
#ifndef EVM_SCENE_BUILDER_H
#define EVM_SCENE_BUILDER_H

#include <glib.h>

#include "scene/layout.h"
#include "scene/text_measure.h"

typedef struct EvmBuilder EvmBuilder;

/* On a page that `is_rtl` all texts with an Arabic letter run from right to left, on others those
 * whose first letter is one. */
EvmBuilder *evm_builder_new(double width_px, double height_px, EvmColor background, bool is_rtl,
                            EvmTextMeasure measure);
/* The finished scene; frees the builder. Bounds of items that are no paths are computed here. */
EvmScene *evm_builder_free(EvmBuilder *builder, const EvmSceneInfo *info);
/* Throws everything away; NULL is fine. */
void evm_builder_clear(EvmBuilder *builder);

EvmArena *evm_builder_find_arena(EvmBuilder *builder); /* borrowed */
/* g_strdup_printf into the arena. */
const char *evm_builder_format(EvmBuilder *builder, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The new layer is the caller's to fill in (clip, outline) until the next one is added. */
EvmLayer *evm_builder_add_layer(EvmBuilder *builder, const char *id, const char *label);
/* A layer of a piece, laid out in layout->regions: turned over as a whole on a mirrored page. */
EvmLayer *evm_builder_add_piece(EvmBuilder *builder, const EvmLayout *layout, const char *id,
                                const char *label);
/* The layer with that id of another scene, which must outlive the one being built. False when it
 * has none, or `from` is NULL: then the layer is the caller's to draw. */
bool evm_builder_add_layer_of(EvmBuilder *builder, const EvmScene *from, const char *id);
/* Layers that are added from here on have it at the end of their ids, behind a "-"; NULL: none. So
 * that a page can have several maps. */
void evm_builder_add_suffix(EvmBuilder *builder, const char *suffix);
/* All layers of a finished scene, which must outlive the one being built: below all layers that are
 * not of such a scene, above those of the scene added before. */
void evm_builder_add_scene(EvmBuilder *builder, const EvmScene *scene);
/* The new item is the caller's to fill in (id, title, stroke …) until the next one is added. */
EvmItem *evm_builder_add_path(EvmBuilder *builder, EvmPath path, EvmColor fill);
EvmItem *evm_builder_add_rect(EvmBuilder *builder, EvmRect rect, EvmColor fill);
EvmItem *evm_builder_add_line(EvmBuilder *builder, EvmPoint from, EvmPoint to, EvmStroke stroke);
EvmItem *evm_builder_add_disc(EvmBuilder *builder, EvmDisc disc, EvmColor fill);
/* Copies the string and measures it. */
EvmItem *evm_builder_add_text(EvmBuilder *builder, const char *string, EvmPoint at,
                              EvmAnchor anchor, EvmFont font, EvmColor color);

EvmItem *evm_builder_add_image(EvmBuilder *builder, EvmImage image);

/* Where texts and discs stand so far in layers that are no pieces: of EvmRect; the caller frees. */
GArray *evm_builder_compute_taken(const EvmBuilder *builder);

EvmTextExtents evm_builder_compute_extents(const EvmBuilder *builder, const EvmFont *font,
                                           const char *text);

#endif
