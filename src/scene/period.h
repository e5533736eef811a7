/* What the pages that show a whole period have in common: small multiples and the chart. */
#ifndef EVM_SCENE_PERIOD_H
#define EVM_SCENE_PERIOD_H

#include "scene/builder.h"
#include "scene/sheet.h"

/* All borrowed. */
typedef struct {
    const EvmSheetRequest *sheet;  /* of the last day; layout: evm_period_compute_layout's */
    const EvmState *const *states; /* days in order */
    size_t count;
    size_t total;            /* days that were to choose from */
    const EvmSeries *series; /* of the whole period */
} EvmPeriodRequest;

EvmLayout evm_period_compute_layout(double width_px, double height_px, bool is_mirrored);

/* Title, days, what became of the districts between the first and the last. */
void evm_period_draw_head(EvmBuilder *builder, const EvmPeriodRequest *request);
/* What is said to those who do not see the picture. */
EvmSceneInfo evm_period_compute_info(EvmBuilder *builder, const EvmPeriodRequest *request);

#endif
