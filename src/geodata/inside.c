#include <math.h>

#include "geodata/geodata.h"

static bool is_in_extent(EvmExtent extent, EvmLonLat point)
{
    return point.lon_deg >= extent.min.lon_deg && point.lon_deg <= extent.max.lon_deg &&
           point.lat_deg >= extent.min.lat_deg && point.lat_deg <= extent.max.lat_deg;
}

/* Edges crossed by the line that runs east from the point. */
static uint32_t count_crossings(const EvmLonLat *points, uint32_t count, EvmLonLat point)
{
    uint32_t crossings = 0;
    for (uint32_t i = 1; i < count; i++) {
        EvmLonLat a = points[i - 1], b = points[i];
        crossings += (a.lat_deg > point.lat_deg) != (b.lat_deg > point.lat_deg) &&
                     point.lon_deg < (b.lon_deg - a.lon_deg) * (point.lat_deg - a.lat_deg) /
                                             (b.lat_deg - a.lat_deg) +
                                         a.lon_deg;
    }
    return crossings;
}

bool evm_area_is_inside(const EvmGeodata *geodata, size_t area, EvmLonLat point)
{
    const EvmArea *at = &geodata->areas[area];
    if (at->ring_count == 0 || !is_in_extent(at->extent, point))
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
