/* What the numbers of developments stand on: areas of districts, and colours on which they would
 * say something untrue. */
#ifndef EVM_SCENE_NUMBER_GROUND_H
#define EVM_SCENE_NUMBER_GROUND_H

#include "scene/sheet.h"

/* The district's area that is counted and has an outline, or EVM_NO_AREA. */
int32_t evm_number_find_area(const EvmSheetRequest *request, int32_t district);

/* Unassessed for EVM_NO_AREA. */
EvmControl evm_number_find_control(const EvmSheetRequest *request, int32_t area);
/* A shape with that reach touches the colour of another actor than its own. */
bool evm_number_is_astray(const EvmSheetRequest *request, const EvmAreaGrid *grid, EvmPoint center,
                          double reach_px, EvmControl own);

/* Of these areas (GArray of int32_t, EVM_NO_AREA may be among them), and of those where their
 * numbers must not stand. Caller frees. */
EvmAreaGrid *evm_number_grid_compute(const EvmSheetRequest *request, const GArray *areas);

#endif
