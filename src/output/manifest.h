/* The JSON manifest beside a map: what it was made from and which rows are behind every colour. */
#ifndef EVM_OUTPUT_MANIFEST_H
#define EVM_OUTPUT_MANIFEST_H

#include <glib.h>

#include "base/json_writer.h"
#include "scene/developments.h"
#include "scene/scene.h"
#include "style/language.h"
#include "style/theme.h"
#include "timeline/universe.h"

/* All borrowed. */
typedef struct {
    const EvmJoin *join;
    const EvmUniverse *universe;
    const EvmState *state;
    const EvmChanges *changes;
    const EvmDevelopments *developments; /* NULL: the layout has no list */
    const EvmGeodata *neighbours;        /* NULL: none */
    const EvmTheme *theme;
    const EvmLanguage *language;
    const char *vintage, *boundaries;
    const EvmSceneInfo *info;
    const char *projection;
    const char *area_name;   /* NULL: the whole country */
    const EvmExtent *window; /* what the map was asked to show; NULL: the area */
    double width_px, height_px;
    double scale;
    const GPtrArray *files; /* char *: paths of the map's files */
} EvmManifest;

/* docs/manifest.md describes the result. Paths are written as base names, so that the bytes do not
 * depend on where evmap was started. */
void evm_manifest_write(const EvmManifest *manifest, GString *out);
/* Its keys that hold for all maps of one run: rule, question, universe, rows, inputs, versions. */
void evm_manifest_write_common(const EvmManifest *manifest, EvmJson *json);

#endif
