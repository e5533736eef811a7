/* Inside output: pieces of SVG. Numbers have no locale. */
#ifndef EVM_OUTPUT_SVG_TEXT_H
#define EVM_OUTPUT_SVG_TEXT_H

#include <glib.h>

#include "scene/scene.h"

enum { EVM_SVG_PREFIX_CHARS = 10 }; /* "m1234abcd-" */

/* A document in the making. Every id gets the same prefix, which is known at the end only: it is a
 * hash of the rest. */
typedef struct {
    GString *out;               /* borrowed */
    gsize start;                /* of the document */
    GArray *prefixes;           /* of gsize: where they stand */
    const char *title_families; /* NULL: as all other text */
} EvmSvg;

void evm_svg_init(EvmSvg *svg, GString *out);
/* Fills in the prefixes. */
void evm_svg_commit(EvmSvg *svg);
void evm_svg_clear(EvmSvg *svg);

/* Appends the text of another one, which began with an empty `out`. */
void evm_svg_add(EvmSvg *svg, const EvmSvg *other);

/* The prefix and `id`. */
void evm_svg_write_id(EvmSvg *svg, const char *id);

/* `value` counts the last of `decimals` digits: 125 with 2 decimals is "1.25". */
void evm_svg_write_decimal(GString *out, long value, int decimals);
/* In 1/10 px, without needless digits: "-.5", "12", "3.4". */
void evm_svg_write_number(GString *out, double px);
/* ` name="number"`. */
void evm_svg_write_length(GString *out, const char *name, double px);
/* ` name="text"`, escaped; nothing for NULL. */
void evm_svg_write_attribute(GString *out, const char *name, const char *text);
/* ` name="#rrggbb"`, and name-opacity where it is not opaque. */
void evm_svg_write_color(GString *out, const char *name, EvmColor color);
/* ` width="…" height="…" viewBox="…"`. */
void evm_svg_write_size(GString *out, const EvmScene *scene);
/* `<title>` of the scene and `<desc>`, with ids for aria-labelledby. */
void evm_svg_write_info(EvmSvg *svg, const EvmSceneInfo *info);
/* ` role="img" aria-labelledby="…" lang="…"`. */
/* The table behind the picture, unseen and read aloud: rows and cells by their ARIA roles. */
void evm_svg_write_table(EvmSvg *svg, const EvmScene *scene);
void evm_svg_write_role(EvmSvg *svg, const EvmSceneInfo *info);

/* Path data: relative, in 1/10 px, each point rounded by itself so that neighbours still meet. */
void evm_svg_write_path_data(GString *out, const EvmPath *path);

#endif
