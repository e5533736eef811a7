/* For tests of where things lie. */
#ifndef EVM_TESTS_INSIDE_H
#define EVM_TESTS_INSIDE_H

#include "scene/scene.h"

/* Even-odd, as paths are filled. */
static inline bool has_inside(const EvmPath *path, EvmPoint at)
{
    bool is_inside = false;
    for (uint32_t part = 0, start = 0; part < path->part_count; start = path->ends[part++])
        for (uint32_t i = start, j = path->ends[part] - 1; i < path->ends[part]; j = i++) {
            EvmPoint a = path->points[i], b = path->points[j];
            if ((a.y_px > at.y_px) != (b.y_px > at.y_px) &&
                at.x_px < a.x_px + (b.x_px - a.x_px) * (at.y_px - a.y_px) / (b.y_px - a.y_px))
                is_inside = !is_inside;
        }
    return is_inside;
}

/* With its stroke or halo. */
static inline EvmRect bounds_of(const EvmItem *item)
{
    bool is_path = item->type == EVM_ITEM_PATH;
    return is_path ? evm_path_compute_bounds(&item->path, item->stroke.width_px / 2) : item->bounds;
}

#endif
