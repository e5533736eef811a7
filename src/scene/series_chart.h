/* The series as a page: districts by who holds them over the whole period, with axes. */
#ifndef EVM_SCENE_SERIES_CHART_H
#define EVM_SCENE_SERIES_CHART_H

#include "scene/period.h"

/* Free it with evm_scene_free. */
EvmScene *evm_series_chart_compute(const EvmPeriodRequest *request);

#endif
