/* A column of the page that is filled from the top: what legend, chart and developments share. */
#ifndef EVM_SCENE_COLUMN_H
#define EVM_SCENE_COLUMN_H

#include "scene/builder.h"
#include "scene/sheet.h"

typedef struct {
    EvmBuilder *builder;
    const EvmSheetRequest *request;
    EvmRect box;
    double y_px;    /* where the next line's top is */
    double squeeze; /* factor of all type, 1 or less, to get more rows into the box */
} EvmColumn;

/* Sizes are px at type 1; a font is never smaller than `least_px` unless squeezed. */
EvmFont evm_column_compute_font(const EvmColumn *column, double size, double least_px,
                                EvmWeight weight);
EvmFont evm_column_compute_body_font(const EvmColumn *column); /* of a row of the legend */
double evm_column_compute_line_px(const EvmFont *font);        /* height of such a row */
double evm_column_compute_room_px(const EvmColumn *column);    /* left below y_px */

/* The baseline that centres capitals in a row which starts at y_px. */
double evm_column_compute_baseline(const EvmColumn *column, const EvmFont *font);
/* The coloured box at the beginning of that row. */
EvmRect evm_column_compute_swatch(const EvmColumn *column, const EvmFont *font);

double evm_column_compute_heading_px(const EvmColumn *column, const char *text);
/* Bold, up to two lines; moves y_px below it. */
void evm_column_draw_heading(EvmColumn *column, const char *text);
/* A thin line over the whole width, at y_px. */
void evm_column_draw_rule(EvmColumn *column);

#endif
