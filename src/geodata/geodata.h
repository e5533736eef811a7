/* Boundaries: polygons of a shapefile as areas, and the topology they share. Loaded once, then only
 * read. The only user of shapefil.h.
 *
 * An arc is a border line between two junctions, stored once whichever areas share it; a ring is a
 * list of arc references. Drawing and simplifying arcs keeps neighbours edge-matched and draws a
 * shared border once. */
#ifndef EVM_GEODATA_GEODATA_H
#define EVM_GEODATA_GEODATA_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diagnostic.h"
#include "base/input_file.h"

/* WGS 84, degrees, longitude first. */
typedef struct {
    double lon_deg, lat_deg;
} EvmLonLat;

typedef struct {
    EvmLonLat min, max;
} EvmExtent;

enum { EVM_AREA_OUTSIDE = -1 };

typedef struct {
    uint32_t first, count; /* into points; at least 2, ends included; closed when first == last */
    int32_t left, right;   /* areas on each side in its direction, or EVM_AREA_OUTSIDE */
} EvmArc;

/* References: arc index i forward is i, backward is ~i (negative). */
typedef struct {
    uint32_t first, count; /* into refs */
    int32_t area;
} EvmRing;

typedef struct {
    uint32_t first_ring, ring_count; /* even-odd fill of all of them */
    EvmExtent extent;                /* all 0 without rings */
    /* From the .dbf, "" where there is no such column. Owned by the EvmGeodata. */
    const char *pcode, *name, *province, *province_pcode, *shape_id;
    const char *valid_on; /* the day of the boundaries, as the file writes it */
    bool is_schematic; /* a share of another area (geodata/split.h): not to be measured or read off
                        */
} EvmArea;

typedef struct {
    const EvmArea *areas;
    size_t area_count;
    const EvmRing *rings;
    size_t ring_count;
    const int32_t *refs;
    size_t ref_count;
    const EvmArc *arcs;
    size_t arc_count;
    const EvmLonLat *points;
    size_t point_count;
    EvmExtent extent;
    const EvmInputFile *files; /* .shp .shx .dbf .prj .cpg: path, size, sha256; no data */
    size_t file_count;
} EvmGeodata;

/* Loads `path` (.shp; its .shx and .dbf beside it are required, .prj and .cpg read when there),
 * each file once. Refused with EVM_ERROR_INPUT, naming file, record and vertex: anything that would
 * draw a wrong map (damaged record, index or table, records missing or twice, coordinate not finite
 * or outside -180..180/-90..90, a .prj that is not geographic WGS 84, counts that disagree, text
 * that cannot be decoded). Empty polygons, odd rings, overlaps and what was assumed are
 * diagnostics; an empty polygon is an area without rings. Columns are recognised by name: OCHA
 * COD-AB, geoBoundaries, GADM, evmap's own. Vertices are shared where they are exactly equal. */
EvmGeodata *evm_geodata_load(const char *path, EvmDiagnostics *diagnostics, GError **error);
void evm_geodata_free(EvmGeodata *geodata); /* NULL is fine */

/* Even-odd test against all rings of one area. A point on an edge between two areas is in exactly
 * one of them. */
bool evm_area_is_inside(const EvmGeodata *geodata, size_t area, EvmLonLat point);

/* The centre of the largest circle that fits into the area, to a hundredth of the smaller side of
 * its extent: a place for a label. Cheap on simplified geodata (some 50 microseconds), dear on the
 * full one. False for an area without an inside. */
bool evm_area_find_inside(const EvmGeodata *geodata, size_t area, EvmLonLat *out);

/* A copy whose arcs have lost the vertices that lie within `tolerance_deg` (degrees of latitude;
 * longitudes are weighed by the cosine of the extent's mid-latitude) of the simplified line.
 * Junctions stay, so areas stay edge-matched; a ring that would collapse keeps 4 points (its first
 * one counted twice). Areas, with their extents, rings, strings and files are those of `geodata`,
 * which must outlive the copy.
 * Source: Douglas and Peucker 1973. */
EvmGeodata *evm_geodata_compute_simplified(const EvmGeodata *geodata, double tolerance_deg);

/* What each area covers, in km2 on the sphere, from its own lines; one an area, the caller frees.
 * Some 2 ms for 100,000 points. */
double *evm_geodata_compute_areas_km2(const EvmGeodata *geodata);

/* Extent of some areas: all of those with chosen[i] true, or all when `chosen` is NULL. All 0 when
 * none of them has rings. */
EvmExtent evm_geodata_compute_extent(const EvmGeodata *geodata, const bool *chosen);

#endif
