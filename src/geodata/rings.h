/* The polygons of a .shp as plain rings. */
#ifndef EVM_GEODATA_RINGS_H
#define EVM_GEODATA_RINGS_H

#include "geodata/geodata.h"
#include "geodata/shapefile.h"

/* One closed line: its vertices without the first one repeated at the end, no two alike in a row,
 * at least three. */
typedef struct {
    uint32_t first, count; /* into points */
    int32_t area;
    double signed_area; /* square degrees; above 0 when it runs counter-clockwise */
    EvmExtent extent;
} EvmRawRing;

typedef struct {
    EvmLonLat *points;
    uint32_t point_count;
    EvmRawRing *rings; /* areas in order */
    uint32_t ring_count;
} EvmRawRings;

/* Every vertex is a finite longitude and latitude, or the file is refused. Open rings are closed
 * and rings of fewer than three points left out, each with a warning; an area without rings is an
 * error diagnostic. */
bool evm_raw_rings_load(EvmRawRings *rings, const EvmShapefile *shapefile,
                        const EvmShapeIndex *index, EvmDiagnostics *diagnostics, GError **error);
void evm_raw_rings_clear(EvmRawRings *rings);

/* Fills signed_area and extent; `points` are those of the ring. */
void evm_raw_ring_compute_size(EvmRawRing *ring, const EvmLonLat *points);
/* Gives each area its rings and its extent; both are empty before. */
void evm_raw_rings_compute_areas(const EvmRawRings *rings, EvmArea *areas);
void evm_extent_add(EvmExtent *extent, EvmExtent more);

#endif
