#include "geodata/crossing.h"

static uint32_t count_crossings(const EvmLonLat *points, uint32_t count, EvmLonLat point)
{
    uint32_t crossings = 0;
    for (uint32_t i = 1; i < count; i++)
        crossings += evm_edge_is_crossed(points[i - 1], points[i], point);
    return crossings;
}

bool evm_area_is_inside(const EvmGeodata *geodata, size_t area, EvmLonLat point)
{
    const EvmArea *at = &geodata->areas[area];
    if (at->ring_count == 0 || !evm_extent_has_point(at->extent, point))
        return false;
    uint32_t crossings = 0;
    for (uint32_t r = at->first_ring; r < at->first_ring + at->ring_count; r++) {
        const EvmRing *ring = &geodata->rings[r];
        for (uint32_t i = ring->first; i < ring->first + ring->count; i++) {
            int32_t ref = geodata->refs[i];
            const EvmArc *arc = &geodata->arcs[ref < 0 ? ~ref : ref];
            crossings += count_crossings(geodata->points + arc->first, arc->count, point);
        }
    }
    return crossings % 2 == 1;
}
