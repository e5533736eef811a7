/* Which area lies where on the page, on a coarse grid: answers "does this label lie inside its
 * province" without testing polygons. */
#ifndef EVM_SCENE_AREA_GRID_H
#define EVM_SCENE_AREA_GRID_H

#include "scene/map.h"

enum { EVM_GRID_NOTHING = -1 };

typedef struct {
    EvmRect frame;
    double cell_px;
    unsigned columns, rows;
    int32_t *cells; /* area at the centre of each cell, or EVM_GRID_NOTHING */
} EvmAreaGrid;

EvmAreaGrid *evm_area_grid_compute(const EvmMapPart *part, EvmRect frame, double cell_px);
void evm_area_grid_free(EvmAreaGrid *grid);
/* The share of the frame that an area fills, 0 to 1. */
double evm_area_grid_compute_share(const EvmAreaGrid *grid, int32_t area);

#endif
