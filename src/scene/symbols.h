/* What signs on the map mean: below the legend's rows the outline of what changed and the dots of
 * capitals, below the list of developments the shapes of its numbers. Those that the map does not
 * show are left out. */
#ifndef EVM_SCENE_SYMBOLS_H
#define EVM_SCENE_SYMBOLS_H

#include "scene/column.h"
#include "scene/developments.h"

/* In a timeline on any day. */
double evm_symbols_compute_height_px(const EvmColumn *column);
/* Moves y_px by that height. */
void evm_symbols_draw(EvmColumn *column);

/* Of a kind with a shape of its own: not a disc. */
bool evm_shape_is_special(EvmKind kind);
/* One line, when there are special ones among the developments that are shown: moves y_px below. */
double evm_shapes_compute_height_px(const EvmColumn *column);
void evm_shapes_draw(EvmColumn *column, const EvmDevelopments *developments);

#endif
