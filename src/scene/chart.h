/* Districts by who holds them over time: stacked areas, named at their ends, the day marked. */
#ifndef EVM_SCENE_CHART_H
#define EVM_SCENE_CHART_H

#include "scene/column.h"

/* Its whole height with heading and dates, whatever the data. */
double evm_chart_compute_height_px(const EvmColumn *column);
/* request->series must be there. Moves y_px by that height. */
void evm_chart_draw(EvmColumn *column);

#endif
