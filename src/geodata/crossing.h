/* What the questions "which area has this point" have in common. */
#ifndef EVM_GEODATA_CROSSING_H
#define EVM_GEODATA_CROSSING_H

#include "geodata/geodata.h"

/* With its borders. */
static inline bool evm_extent_has_point(EvmExtent extent, EvmLonLat point)
{
    return point.lon_deg >= extent.min.lon_deg && point.lon_deg <= extent.max.lon_deg &&
           point.lat_deg >= extent.min.lat_deg && point.lat_deg <= extent.max.lat_deg;
}

/* Whether the line that runs east from the point crosses the edge from a to b. */
static inline bool evm_edge_is_crossed(EvmLonLat a, EvmLonLat b, EvmLonLat point)
{
    return (a.lat_deg > point.lat_deg) != (b.lat_deg > point.lat_deg) &&
           point.lon_deg <
               (b.lon_deg - a.lon_deg) * (point.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg) +
                   a.lon_deg;
}

#endif
