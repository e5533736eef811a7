/* Compositions of the page: which piece of the sheet stands in which region, and how large its type
 * is. Each layout is data (layout.c): the page is cut into regions, strip by strip. Depends on the
 * page alone, so that every frame of a timeline has its pieces in the same place. */
#ifndef EVM_SCENE_LAYOUT_H
#define EVM_SCENE_LAYOUT_H

#include "scene/scene.h"

typedef enum {
    EVM_REGION_TITLE, /* title, date, summary */
    EVM_REGION_MAP,
    EVM_REGION_LEGEND,
    EVM_REGION_PANEL, /* the latest developments */
    EVM_REGION_CHART, /* districts by actor over time */
    EVM_REGION_NOTES, /* sources and disclaimer */
    EVM_REGION_COUNT
} EvmRegion;

typedef struct {
    const char *name; /* "landscape" */
    double width_px, height_px;
    double type;      /* factor for type sizes; 1 at 1600x1200 */
    double label;     /* the same for names on the map */
    double line;      /* factor for line widths; 1 at 1600x1200 */
    double title_px;  /* size of the title's type */
    double margin_px; /* around the page */
    /* For a page that is read from left to right; width 0: the layout has no such piece. A panel
     * that stands where the legend does begins below it. */
    EvmRect regions[EVM_REGION_COUNT];
    bool is_mirrored; /* read from right to left: left and right change places */
} EvmLayout;

/* "landscape", "portrait", "square", "story", "card", "film", "thumbnail", "a4", "a3";
 * NULL-terminated. */
const char *const *evm_layout_find_names(void);
/* The size that a layout has unless it is told another; false for an unknown name. */
bool evm_layout_find_size(const char *name, double *width_px, double *height_px);
/* True for the layouts that are made for paper. */
bool evm_layout_is_print(const char *name);

/* `name` NULL: the layout that suits the page's shape. The name must be known. */
EvmLayout evm_layout_compute(const char *name, double width_px, double height_px, bool is_mirrored);

bool evm_layout_has(const EvmLayout *layout, EvmRegion region);
/* True when legend and developments stand in one column, below each other. */
bool evm_layout_is_stacked(const EvmLayout *layout);
/* Where a region stands on the page, mirrored or not: for what is drawn in place, as the map is.
 * Pieces are drawn in layout->regions, and builders turn them over (evm_builder_add_layer). */
EvmRect evm_layout_find_place(const EvmLayout *layout, EvmRegion region);

#endif
