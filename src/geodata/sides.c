#include "geodata/topology.h"

/* Nesting is looked at as long as it costs no more than this many edge tests an area; beyond it the
 * winding of the file is believed. */
static const uint64_t MAX_EDGE_TESTS = 20000000;

static EvmLonLat middle(EvmLonLat a, EvmLonLat b)
{
    return (EvmLonLat){(a.lon_deg + b.lon_deg) / 2, (a.lat_deg + b.lat_deg) / 2};
}

static bool is_in_extent(EvmExtent extent, EvmLonLat point)
{
    return point.lon_deg >= extent.min.lon_deg && point.lon_deg <= extent.max.lon_deg &&
           point.lat_deg >= extent.min.lat_deg && point.lat_deg <= extent.max.lat_deg;
}

static bool is_inside(const EvmLonLat *ring, uint32_t count, EvmLonLat point)
{
    bool inside = false;
    EvmLonLat a = ring[count - 1];
    for (uint32_t i = 0; i < count; i++) {
        EvmLonLat b = ring[i];
        if ((a.lat_deg > point.lat_deg) != (b.lat_deg > point.lat_deg) &&
            point.lon_deg <
                (b.lon_deg - a.lon_deg) * (point.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg) +
                    a.lon_deg)
            inside = !inside;
        a = b;
    }
    return inside;
}

/* Rings of one area may touch at a vertex, so the middle of an edge is asked about. */
static bool is_hole(const EvmRawRings *rings, uint32_t ring, uint32_t first, uint32_t end)
{
    const EvmLonLat *points = rings->points + rings->rings[ring].first;
    EvmLonLat point = middle(points[0], points[1]);
    bool hole = false;
    for (uint32_t i = first; i < end; i++) {
        const EvmRawRing *other = &rings->rings[i];
        if (i != ring && is_in_extent(other->extent, point) &&
            is_inside(rings->points + other->first, other->count, point))
            hole = !hole;
    }
    return hole;
}

static uint64_t count_edge_tests(const EvmRawRings *rings, uint32_t first, uint32_t end)
{
    uint64_t points = 0;
    for (uint32_t i = first; i < end; i++)
        points += rings->rings[i].count;
    return points * (end - first);
}

bool *evm_sides_compute(const EvmRawRings *rings)
{
    bool *is_left = g_new(bool, rings->ring_count + 1);
    for (uint32_t first = 0, end; first < rings->ring_count; first = end) {
        for (end = first + 1; end < rings->ring_count; end++)
            if (rings->rings[end].area != rings->rings[first].area)
                break;
        bool looks = end - first > 1 && count_edge_tests(rings, first, end) <= MAX_EDGE_TESTS;
        bool trusts = end - first > 1 && !looks;
        for (uint32_t i = first; i < end; i++) {
            bool is_counter_clockwise = rings->rings[i].signed_area > 0;
            bool hole = looks ? is_hole(rings, i, first, end) : trusts && is_counter_clockwise;
            is_left[i] = is_counter_clockwise != hole;
        }
    }
    return is_left;
}
