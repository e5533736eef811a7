#include "geodata/rings.h"

#include <math.h>

static const double MAX_LON_DEG = 180.0, MAX_LAT_DEG = 90.0;

typedef struct {
    EvmRawRings *rings;
    const EvmInputFile *shp;
    EvmDiagnostics *diagnostics;
    uint32_t record; /* 1-based */
} Reader;

static bool is_equal(EvmLonLat a, EvmLonLat b)
{
    return a.lon_deg == b.lon_deg && a.lat_deg == b.lat_deg;
}

/* False for NaN too. */
static bool is_place(double lon_deg, double lat_deg)
{
    return fabs(lon_deg) <= MAX_LON_DEG && fabs(lat_deg) <= MAX_LAT_DEG;
}

static bool check_vertices(const Reader *reader, const SHPObject *shape, GError **error)
{
    for (int i = 0; i < shape->nVertices; i++)
        if (!is_place(shape->padfX[i], shape->padfY[i]))
            return evm_shapefile_add_error(
                reader->shp, error,
                "record %u, vertex %d: (%g, %g) is no longitude and latitude in degrees; is the "
                ".prj right?",
                reader->record, i + 1, shape->padfX[i], shape->padfY[i]);
    return true;
}

/* Adding 0 makes -0 and 0 one. */
static void add_points(Reader *reader, const SHPObject *shape, int start, int end)
{
    EvmRawRings *rings = reader->rings;
    uint32_t first = rings->point_count, count = first;
    for (int i = start; i < end; i++) {
        EvmLonLat point = {shape->padfX[i] + 0.0, shape->padfY[i] + 0.0};
        if (count == first || !is_equal(point, rings->points[count - 1]))
            rings->points[count++] = point;
    }
    if (count > first + 1 && is_equal(rings->points[count - 1], rings->points[first]))
        count--;
    rings->point_count = count;
}

/* Relative to the first vertex, so that small rings far from 0 keep their digits. */
void evm_raw_ring_compute_size(EvmRawRing *ring, const EvmLonLat *points)
{
    EvmLonLat origin = points[0], previous = points[ring->count - 1];
    EvmExtent extent = {origin, origin};
    double twice = 0;
    for (uint32_t i = 0; i < ring->count; i++) {
        EvmLonLat point = points[i];
        twice += (previous.lon_deg - origin.lon_deg) * (point.lat_deg - origin.lat_deg) -
                 (point.lon_deg - origin.lon_deg) * (previous.lat_deg - origin.lat_deg);
        extent.min.lon_deg = MIN(extent.min.lon_deg, point.lon_deg);
        extent.min.lat_deg = MIN(extent.min.lat_deg, point.lat_deg);
        extent.max.lon_deg = MAX(extent.max.lon_deg, point.lon_deg);
        extent.max.lat_deg = MAX(extent.max.lat_deg, point.lat_deg);
        previous = point;
    }
    ring->signed_area = twice / 2;
    ring->extent = extent;
}

static void warn(const Reader *reader, const char *code, int part, const char *what)
{
    evm_shapefile_add_diagnostic(reader->diagnostics, EVM_SEVERITY_WARNING, reader->shp,
                                 reader->record, code, NULL, "ring %d %s", part + 1, what);
}

static void add_ring(Reader *reader, const SHPObject *shape, int part)
{
    EvmRawRings *rings = reader->rings;
    int start = shape->panPartStart[part];
    int end = part + 1 < shape->nParts ? shape->panPartStart[part + 1] : shape->nVertices;
    uint32_t first = rings->point_count;
    add_points(reader, shape, start, end);
    uint32_t count = rings->point_count - first;
    if (count < 3) {
        rings->point_count = first;
        warn(reader, "flat-ring", part, "has no area; left out");
        return;
    }
    if (shape->padfX[start] != shape->padfX[end - 1] ||
        shape->padfY[start] != shape->padfY[end - 1])
        warn(reader, "open-ring", part, "does not end where it begins; closed");
    EvmRawRing *ring = &rings->rings[rings->ring_count++];
    *ring = (EvmRawRing){.first = first, .count = count, .area = (int32_t)reader->record - 1};
    evm_raw_ring_compute_size(ring, rings->points + first);
}

static bool add_area(Reader *reader, SHPHandle shp, GError **error)
{
    SHPObject *shape = SHPReadObject(shp, (int)reader->record - 1);
    if (!shape)
        return evm_shapefile_add_error(reader->shp, error, "record %u: shapelib cannot read it",
                                       reader->record);
    uint32_t before = reader->rings->ring_count;
    bool ok = check_vertices(reader, shape, error);
    for (int part = 0; ok && part < shape->nParts; part++)
        add_ring(reader, shape, part);
    SHPDestroyObject(shape);
    if (ok && reader->rings->ring_count == before)
        evm_shapefile_add_diagnostic(reader->diagnostics, EVM_SEVERITY_ERROR, reader->shp,
                                     reader->record, "empty-shape", NULL,
                                     "the polygon is empty: nothing of it is on the map");
    return ok;
}

bool evm_raw_rings_load(EvmRawRings *rings, const EvmShapefile *shapefile,
                        const EvmShapeIndex *index, EvmDiagnostics *diagnostics, GError **error)
{
    *rings = (EvmRawRings){
        .points = g_new(EvmLonLat, index->vertex_count + 1),
        .rings = g_new(EvmRawRing, index->ring_count + 1),
    };
    Reader reader = {.rings = rings, .shp = shapefile->shp, .diagnostics = diagnostics};
    SHPHandle shp = evm_shapefile_alloc_shp(shapefile, error);
    bool ok = shp != NULL;
    if (ok)
        SHPSetFastModeReadObject(shp, 1);
    for (reader.record = 1; ok && reader.record <= index->record_count; reader.record++)
        ok = add_area(&reader, shp, error);
    if (shp)
        SHPClose(shp);
    if (!ok)
        evm_raw_rings_clear(rings);
    return ok;
}

void evm_raw_rings_clear(EvmRawRings *rings)
{
    g_free(rings->points);
    g_free(rings->rings);
    *rings = (EvmRawRings){0};
}

void evm_extent_add(EvmExtent *extent, EvmExtent by)
{
    extent->min.lon_deg = fmin(extent->min.lon_deg, by.min.lon_deg);
    extent->min.lat_deg = fmin(extent->min.lat_deg, by.min.lat_deg);
    extent->max.lon_deg = fmax(extent->max.lon_deg, by.max.lon_deg);
    extent->max.lat_deg = fmax(extent->max.lat_deg, by.max.lat_deg);
}

void evm_raw_rings_compute_areas(const EvmRawRings *rings, EvmArea *areas)
{
    for (uint32_t i = 0; i < rings->ring_count; i++) {
        EvmArea *area = &areas[rings->rings[i].area];
        if (area->ring_count++ == 0) {
            area->first_ring = i;
            area->extent = rings->rings[i].extent;
        } else {
            evm_extent_add(&area->extent, rings->rings[i].extent);
        }
    }
}
