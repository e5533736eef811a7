/* Districts by who holds them, day after day, as areas stacked upon each other. */
#ifndef EVM_SCENE_BANDS_H
#define EVM_SCENE_BANDS_H

#include "scene/builder.h"
#include "scene/sheet.h"

typedef struct {
    EvmBuilder *builder;
    const EvmSheetRequest *request;
    const EvmSeries *series;
    EvmRect plot; /* the first day at its left edge, all districts its height */
} EvmBands;

double evm_bands_compute_x(const EvmBands *bands, size_t day);
double evm_bands_compute_y(const EvmBands *bands, double districts);
/* Of the last day; 0 where its band has no end to be named. */
double evm_bands_count_last(const EvmBands *bands, size_t control);

/* The first control of the series lowest, with hatching and patterns as on the map. In a piece. */
void evm_bands_draw(const EvmBands *bands);

/* Baselines of labels beside the bands' ends, one a control of the series, `line_px` apart: upwards
 * from the lowest, then back into the plot. NAN for a band without an end, and where the plot is
 * too low for all of them for those with the fewest districts. */
void evm_bands_compute_baselines(const EvmBands *bands, const EvmFont *font, double line_px,
                                 double baselines[]);

#endif
