#include <math.h>
#include <string.h>

#include "geodata/geodata.h"
#include "geodata/parts.h"

/* Lines that split off one vertex at a time would take time in the square of their length. Spans
 * below this depth are halved instead, which keeps a vertex more than needed. The full borders of
 * Afghanistan's districts go to depth 21. */
enum { MAX_DEPTH = 48, STACK_SPANS = MAX_DEPTH + 32 + 2 };

/* The points between two kept ones. */
typedef struct {
    uint32_t first, last, depth;
} Span;

/* Distances are measured in degrees of latitude: longitudes shrink with the cosine of the middle
 * latitude. */
typedef struct {
    double lon_scale, tolerance_squared;
    bool *is_kept; /* one a point of the geodata */
    Span *stack;   /* STACK_SPANS of them */
} Simplifier;

typedef struct {
    double x, y;
} Vector;

static Vector offset(const Simplifier *simplifier, EvmLonLat from, EvmLonLat to)
{
    return (Vector){(to.lon_deg - from.lon_deg) * simplifier->lon_scale, to.lat_deg - from.lat_deg};
}

/* From the segment that ends at `line`, both seen from its beginning. */
static double distance_squared(Vector line, double inverse_length_squared, Vector point)
{
    double along = (point.x * line.x + point.y * line.y) * inverse_length_squared;
    along = along < 0 ? 0 : along > 1 ? 1 : along;
    double dx = point.x - along * line.x, dy = point.y - along * line.y;
    return dx * dx + dy * dy;
}

/* The vertex between two that is farthest from the straight line; `first` when there is none. */
static uint32_t find_farthest(const Simplifier *simplifier, const EvmLonLat *points, uint32_t first,
                              uint32_t last, double *farthest_squared)
{
    Vector line = offset(simplifier, points[first], points[last]);
    double length_squared = line.x * line.x + line.y * line.y;
    double inverse = length_squared > 0 ? 1 / length_squared : 0;
    uint32_t farthest = first;
    *farthest_squared = -1;
    for (uint32_t i = first + 1; i < last; i++) {
        double squared =
            distance_squared(line, inverse, offset(simplifier, points[first], points[i]));
        if (squared > *farthest_squared) {
            *farthest_squared = squared;
            farthest = i;
        }
    }
    return farthest;
}

/* Iterative: the stack never holds more than one span a level. */
static void keep_between(Simplifier *simplifier, const EvmLonLat *points, uint32_t first,
                         uint32_t last)
{
    size_t count = 0;
    simplifier->stack[count++] = (Span){first, last, 0};
    while (count > 0) {
        Span span = simplifier->stack[--count];
        double squared;
        uint32_t at = find_farthest(simplifier, points, span.first, span.last, &squared);
        if (squared <= simplifier->tolerance_squared)
            continue;
        if (span.depth > MAX_DEPTH)
            at = span.first + (span.last - span.first) / 2;
        simplifier->is_kept[at] = true;
        simplifier->stack[count++] = (Span){at, span.last, span.depth + 1};
        simplifier->stack[count++] = (Span){span.first, at, span.depth + 1};
    }
}

static uint32_t keep_farthest(Simplifier *simplifier, const EvmLonLat *points, uint32_t first,
                              uint32_t last)
{
    double squared;
    uint32_t at = find_farthest(simplifier, points, first, last, &squared);
    simplifier->is_kept[at] = true;
    return at;
}

static bool is_closed(const EvmLonLat *points, const EvmArc *arc)
{
    const EvmLonLat *first = &points[arc->first], *last = &points[arc->first + arc->count - 1];
    return first->lon_deg == last->lon_deg && first->lat_deg == last->lat_deg;
}

/* A closed arc is two lines, from its first point to the one farthest off and back, and keeps a
 * vertex on one of them, so that an island never becomes a line. */
static void simplify_closed(Simplifier *simplifier, const EvmLonLat *points, uint32_t first,
                            uint32_t last)
{
    uint32_t middle = keep_farthest(simplifier, points, first, last);
    double there, back;
    uint32_t at_there = find_farthest(simplifier, points, first, middle, &there);
    uint32_t at_back = find_farthest(simplifier, points, middle, last, &back);
    simplifier->is_kept[there >= back ? at_there : at_back] = true;
    keep_between(simplifier, points, first, middle);
    keep_between(simplifier, points, middle, last);
}

static void simplify_arc(Simplifier *simplifier, const EvmGeodata *geodata, const EvmArc *arc)
{
    uint32_t first = arc->first, last = arc->first + arc->count - 1;
    simplifier->is_kept[first] = simplifier->is_kept[last] = true;
    if (is_closed(geodata->points, arc))
        simplify_closed(simplifier, geodata->points, first, last);
    else
        keep_between(simplifier, geodata->points, first, last);
}

static uint32_t count_kept(const bool *is_kept, uint32_t first, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = first; i < first + count; i++)
        kept += is_kept[i];
    return kept;
}

static const EvmArc *arc_at(const EvmGeodata *geodata, uint32_t ref)
{
    int32_t arc = geodata->refs[ref];
    return &geodata->arcs[arc < 0 ? ~arc : arc];
}

/* Two lines between the same two junctions may both have become the straight one. */
static void keep_rings(Simplifier *simplifier, const EvmGeodata *geodata)
{
    for (size_t r = 0; r < geodata->ring_count; r++) {
        const EvmRing *ring = &geodata->rings[r];
        if (ring->count != 2)
            continue;
        const EvmArc *arcs[2] = {arc_at(geodata, ring->first), arc_at(geodata, ring->first + 1)};
        uint32_t kept = 0;
        for (int i = 0; i < 2; i++)
            kept += count_kept(simplifier->is_kept, arcs[i]->first, arcs[i]->count) - 1;
        for (int i = 0; i < 2 && kept < 3; i++)
            keep_farthest(simplifier, geodata->points, arcs[i]->first,
                          arcs[i]->first + arcs[i]->count - 1);
    }
}

static void copy_kept(EvmGeodataParts *parts, const EvmGeodata *geodata, const bool *is_kept)
{
    size_t total = 0;
    for (size_t i = 0; i < geodata->point_count; i++)
        total += is_kept[i];
    EvmArc *arcs = evm_arena_alloc_array(parts->arena, geodata->arc_count, sizeof *arcs);
    EvmLonLat *points = evm_arena_alloc_array(parts->arena, total, sizeof *points);
    uint32_t used = 0;
    for (size_t a = 0; a < geodata->arc_count; a++) {
        const EvmArc *arc = &geodata->arcs[a];
        arcs[a] = *arc;
        arcs[a].first = used;
        for (uint32_t i = arc->first; i < arc->first + arc->count; i++)
            if (is_kept[i])
                points[used++] = geodata->points[i];
        arcs[a].count = used - arcs[a].first;
    }
    parts->geodata.arcs = arcs;
    parts->geodata.points = points;
    parts->geodata.point_count = total;
}

EvmGeodata *evm_geodata_compute_simplified(const EvmGeodata *geodata, double tolerance_deg)
{
    double middle_deg = (geodata->extent.min.lat_deg + geodata->extent.max.lat_deg) / 2;
    Span stack[STACK_SPANS];
    Simplifier simplifier = {
        .lon_scale = cos(middle_deg * G_PI / 180),
        .tolerance_squared = tolerance_deg * tolerance_deg,
        .is_kept = g_new0(bool, geodata->point_count + 1),
        .stack = stack,
    };
    for (size_t i = 0; i < geodata->arc_count; i++)
        simplify_arc(&simplifier, geodata, &geodata->arcs[i]);
    keep_rings(&simplifier, geodata);
    EvmGeodataParts *parts = g_new0(EvmGeodataParts, 1);
    parts->geodata = *geodata;
    parts->arena = evm_arena_new();
    copy_kept(parts, geodata, simplifier.is_kept);
    g_free(simplifier.is_kept);
    return &parts->geodata;
}
