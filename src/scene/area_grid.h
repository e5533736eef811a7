/* Which area lies where on the page, on a coarse grid: answers "does this label lie inside its
 * province" without testing polygons. */
#ifndef EVM_SCENE_AREA_GRID_H
#define EVM_SCENE_AREA_GRID_H

#include "scene/map.h"

enum { EVM_GRID_NOTHING = -1 };

/* Cells [first, end) of columns and rows; empty when first == end. */
typedef struct {
    unsigned first_column, end_column, first_row, end_row;
} EvmGridBox;

typedef struct {
    EvmRect frame;
    double cell_px;
    unsigned columns, rows;
    int32_t *cells;    /* area at the centre of each cell, or EVM_GRID_NOTHING */
    EvmGridBox *boxes; /* one an area: the cells that it may have */
    size_t area_count;
} EvmAreaGrid;

EvmAreaGrid *evm_area_grid_compute(const EvmMapPart *part, EvmRect frame, double cell_px);
/* The same of some areas only, for which there is true in `is_wanted`; NULL: all. */
EvmAreaGrid *evm_area_grid_compute_some(const EvmMapPart *part, EvmRect frame, double cell_px,
                                        const bool *is_wanted);
void evm_area_grid_free(EvmAreaGrid *grid);
/* The share of the frame that an area fills, 0 to 1. */
double evm_area_grid_compute_share(const EvmAreaGrid *grid, int32_t area);

#endif
