/* The numbers of the developments on the map: a disc in each district that has room for it, or
 * beside one of them with a leader line where none has. */
#ifndef EVM_SCENE_MARKERS_H
#define EVM_SCENE_MARKERS_H

#include "scene/builder.h"
#include "scene/developments.h"
#include "scene/sheet.h"

/* True when the map shows the place. */
bool evm_marker_is_on_map(const EvmSheetRequest *request, EvmDevelopmentPlace place);

/* The shape of what happened: a diamond for a clash, a square for a border crossing, a pentagon for
 * a capital, a disc for all else; all about as large. */
void evm_shape_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmPoint center,
                    double radius_px, EvmKind kind);
/* How far it reaches, in radiuses. */
double evm_shape_find_reach(EvmKind kind);
/* A number in its shape, as in the list; in a disc of `radius_px` two digits find room. */
void evm_number_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmPoint center,
                     double radius_px, EvmKind kind, unsigned number);

/* After all names, which the numbers keep off: `names` are those of the map. A number keeps farther
 * off a capital that it does not mean. Those without any place are appended to `unplaced` (char *,
 * owned by it). */
void evm_markers_draw(EvmBuilder *builder, const EvmSheetRequest *request, const EvmScene *names,
                      const EvmDevelopments *developments, GPtrArray *unplaced);

#endif
