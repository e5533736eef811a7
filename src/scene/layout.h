/* Where the blocks of a sheet stand, and how large its type is. Depends on the page alone, so that
 * every frame of a timeline has its blocks in the same place. */
#ifndef EVM_SCENE_LAYOUT_H
#define EVM_SCENE_LAYOUT_H

#include "scene/scene.h"

typedef struct {
    double width_px, height_px;
    double type;      /* factor for type sizes; 1 at 1600x1200 */
    double line;      /* factor for line widths; 1 at 1600x1200 */
    double margin_px; /* around the page */
    EvmRect head;     /* title, date, summary */
    EvmRect map;
    EvmRect panel; /* legend and changes */
    EvmRect notes; /* sources and disclaimer */
} EvmLayout;

/* Landscape (wider than 1.15 : 1) has the panel on the right, portrait below the map. */
EvmLayout evm_layout_compute(double width_px, double height_px);

#endif
