/* The numbers of the developments on the map: a disc in each district that has room for it, or
 * beside one of them with a leader line where none has. */
#ifndef EVM_SCENE_MARKERS_H
#define EVM_SCENE_MARKERS_H

#include "scene/builder.h"
#include "scene/developments.h"
#include "scene/sheet.h"

/* True when the map shows the place. */
bool evm_marker_is_on_map(const EvmSheetRequest *request, EvmDevelopmentPlace place);

/* A number in its disc, as in the list; `radius_px` fits `font` around two digits. */
void evm_number_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmPoint center,
                     double radius_px, unsigned number);

/* After all names, which the numbers keep off. */
void evm_markers_draw(EvmBuilder *builder, const EvmSheetRequest *request,
                      const EvmDevelopments *developments, GPtrArray *unplaced);

#endif
