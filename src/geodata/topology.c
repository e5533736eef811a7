#include "geodata/topology.h"

#include <string.h>

#include "geodata/vertices.h"

static const uint32_t NOTHING = UINT32_MAX;

/* What is known of a vertex. */
typedef struct {
    uint32_t before, after; /* its neighbours at the first visit; NOTHING: not yet visited */
    uint32_t arc;           /* that it is inside of; NOTHING while unknown */
    bool is_junction;
} Vertex;

/* Where in the rings an arc was first met. */
typedef struct {
    uint32_t ring, start; /* position in the ring */
} Source;

typedef struct {
    const EvmRawRings *rings;
    uint32_t *numbers; /* of the vertex, one a point */
    Vertex *vertices;
    uint32_t vertex_count;
    uint32_t *edges; /* arcs of one edge, by their ends: arc + 1; 0: free */
    size_t edge_mask;
    bool *is_left;
    EvmArc *arcs;
    Source *sources;
    uint32_t arc_count, point_count;
    int32_t *refs;
    uint32_t ref_count;
    EvmRing *out;
    const EvmInputFile *shp;
    EvmDiagnostics *diagnostics;
    int32_t overlap[2]; /* the pair last warned about */
} Builder;

/* ---- junctions ---- */

static void visit(Vertex *vertex, uint32_t before, uint32_t after)
{
    if (vertex->before == NOTHING) {
        vertex->before = before;
        vertex->after = after;
    } else if ((vertex->before != before || vertex->after != after) &&
               (vertex->before != after || vertex->after != before)) {
        vertex->is_junction = true;
    }
}

static void find_junctions(Builder *builder)
{
    for (uint32_t i = 0; i < builder->vertex_count; i++)
        builder->vertices[i] = (Vertex){NOTHING, NOTHING, NOTHING, false};
    for (uint32_t r = 0; r < builder->rings->ring_count; r++) {
        const EvmRawRing *ring = &builder->rings->rings[r];
        const uint32_t *numbers = builder->numbers + ring->first;
        uint32_t before = numbers[ring->count - 1];
        for (uint32_t i = 0; i < ring->count; i++) {
            uint32_t after = numbers[i + 1 < ring->count ? i + 1 : 0];
            visit(&builder->vertices[numbers[i]], before, after);
            before = numbers[i];
        }
    }
}

static bool is_junction(const Builder *builder, uint32_t ring, uint32_t position)
{
    return builder->vertices[builder->numbers[builder->rings->rings[ring].first + position]]
        .is_junction;
}

/* References there will be, and how many of them are single edges. */
static uint32_t count_refs(const Builder *builder, uint32_t *edge_count)
{
    uint32_t refs = 0, edges = 0;
    for (uint32_t r = 0; r < builder->rings->ring_count; r++) {
        uint32_t count = builder->rings->rings[r].count, junctions = 0;
        bool is_after = is_junction(builder, r, count - 1);
        for (uint32_t i = 0; i < count; i++) {
            bool is_here = is_junction(builder, r, i);
            junctions += is_here;
            edges += is_here && is_after;
            is_after = is_here;
        }
        refs += MAX(junctions, 1);
    }
    *edge_count = edges;
    return refs;
}

/* ---- arcs ---- */

static uint32_t number_at(const Builder *builder, uint32_t ring, uint32_t position)
{
    const EvmRawRing *raw = &builder->rings->rings[ring];
    return builder->numbers[raw->first + position % raw->count];
}

static uint32_t add_arc(Builder *builder, uint32_t ring, uint32_t start, uint32_t edge_count)
{
    uint32_t arc = builder->arc_count++;
    builder->arcs[arc] = (EvmArc){
        .first = builder->point_count,
        .count = edge_count + 1,
        .left = EVM_AREA_OUTSIDE,
        .right = EVM_AREA_OUTSIDE,
    };
    builder->sources[arc] = (Source){ring, start};
    builder->point_count += edge_count + 1;
    return arc;
}

static void mark(Builder *builder, uint32_t arc, uint32_t ring, uint32_t position)
{
    Vertex *vertex = &builder->vertices[number_at(builder, ring, position)];
    vertex->arc = arc;
    vertex->after = number_at(builder, ring, position + 1);
}

/* A vertex inside an arc knows it, and the next one in the arc's direction. The neighbour meets the
 * other end first, and a ring without junctions may begin anywhere. */
static void mark_inside(Builder *builder, uint32_t arc, uint32_t ring, uint32_t start,
                        uint32_t edge_count, bool is_closed)
{
    if (is_closed)
        for (uint32_t i = 0; i < edge_count; i++)
            mark(builder, arc, ring, start + i);
    mark(builder, arc, ring, start + 1);
    mark(builder, arc, ring, start + edge_count - 1);
}

static int32_t find_line(Builder *builder, uint32_t ring, uint32_t start, uint32_t edge_count,
                         bool is_closed)
{
    uint32_t inner = number_at(builder, ring, start + 1);
    Vertex *vertex = &builder->vertices[inner];
    if (vertex->arc != NOTHING) {
        bool is_forward = vertex->after == number_at(builder, ring, start + 2);
        return is_forward ? (int32_t)vertex->arc : ~(int32_t)vertex->arc;
    }
    uint32_t arc = add_arc(builder, ring, start, edge_count);
    mark_inside(builder, arc, ring, start, edge_count, is_closed);
    return (int32_t)arc;
}

static size_t hash_edge(uint32_t a, uint32_t b)
{
    uint64_t key = (uint64_t)MIN(a, b) << 32 | MAX(a, b);
    key = (key ^ key >> 32) * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(key ^ key >> 29);
}

static int32_t find_edge(Builder *builder, uint32_t ring, uint32_t start)
{
    uint32_t from = number_at(builder, ring, start), to = number_at(builder, ring, start + 1);
    size_t slot = hash_edge(from, to) & builder->edge_mask;
    for (; builder->edges[slot] != 0; slot = (slot + 1) & builder->edge_mask) {
        uint32_t arc = builder->edges[slot] - 1;
        Source source = builder->sources[arc];
        uint32_t first = number_at(builder, source.ring, source.start);
        uint32_t second = number_at(builder, source.ring, source.start + 1);
        if (first == from && second == to)
            return (int32_t)arc;
        if (first == to && second == from)
            return ~(int32_t)arc;
    }
    uint32_t arc = add_arc(builder, ring, start, 1);
    builder->edges[slot] = arc + 1;
    return (int32_t)arc;
}

/* ---- sides ---- */

static void warn_overlap(Builder *builder, int32_t area, int32_t other)
{
    if (builder->overlap[0] == area && builder->overlap[1] == other)
        return;
    builder->overlap[0] = area;
    builder->overlap[1] = other;
    evm_shapefile_add_diagnostic(builder->diagnostics, EVM_SEVERITY_WARNING, builder->shp,
                                 (uint32_t)area + 1, "overlap", NULL,
                                 "overlaps record %d along a common line", other + 1);
}

static void take_side(Builder *builder, int32_t ref, int32_t area, bool is_left)
{
    EvmArc *arc = &builder->arcs[ref < 0 ? ~ref : ref];
    bool takes_left = is_left == (ref >= 0);
    int32_t *side = takes_left ? &arc->left : &arc->right;
    int32_t *other = takes_left ? &arc->right : &arc->left;
    if (*side == EVM_AREA_OUTSIDE) {
        *side = area;
    } else if (*side != area) {
        warn_overlap(builder, area, *side);
        if (*other == EVM_AREA_OUTSIDE)
            *other = area;
    }
}

static void add_ref(Builder *builder, uint32_t ring, uint32_t start, uint32_t edge_count,
                    bool is_closed)
{
    int32_t ref = edge_count == 1 ? find_edge(builder, ring, start)
                                  : find_line(builder, ring, start, edge_count, is_closed);
    builder->refs[builder->ref_count++] = ref;
    take_side(builder, ref, builder->rings->rings[ring].area, builder->is_left[ring]);
}

static void cut_ring(Builder *builder, uint32_t ring)
{
    uint32_t count = builder->rings->rings[ring].count, first = 0;
    EvmRing *out = &builder->out[ring];
    *out = (EvmRing){.first = builder->ref_count, .area = builder->rings->rings[ring].area};
    while (first < count && !is_junction(builder, ring, first))
        first++;
    if (first == count) {
        add_ref(builder, ring, 0, count, true);
    } else {
        uint32_t start = first;
        for (uint32_t i = first + 1; i <= first + count; i++)
            if (is_junction(builder, ring, i < count ? i : i - count)) {
                add_ref(builder, ring, start, i - start, false);
                start = i;
            }
    }
    out->count = builder->ref_count - out->first;
}

static void copy_points(const Builder *builder, EvmLonLat *points)
{
    for (uint32_t i = 0; i < builder->arc_count; i++) {
        Source source = builder->sources[i];
        const EvmRawRing *ring = &builder->rings->rings[source.ring];
        const EvmLonLat *from = builder->rings->points + ring->first;
        uint32_t count = builder->arcs[i].count, start = source.start % ring->count;
        EvmLonLat *to = points + builder->arcs[i].first;
        uint32_t straight = MIN(count, ring->count - start);
        memcpy(to, from + start, straight * sizeof *to);
        memcpy(to + straight, from, (count - straight) * sizeof *to);
    }
}

/* ---- all of it ---- */

static void init(Builder *builder, EvmArena *arena, const uint64_t seed[2])
{
    builder->numbers = evm_vertices_compute(builder->rings, seed, &builder->vertex_count);
    builder->vertices = g_new(Vertex, builder->vertex_count + 1);
    builder->is_left = evm_sides_compute(builder->rings);
    find_junctions(builder);
    uint32_t edge_count;
    uint32_t ref_count = count_refs(builder, &edge_count);
    size_t size = 16;
    while (size < 2 * (size_t)edge_count)
        size *= 2;
    builder->edges = g_new0(uint32_t, size);
    builder->edge_mask = size - 1;
    builder->arcs = g_new(EvmArc, ref_count + 1);
    builder->sources = g_new(Source, ref_count + 1);
    builder->refs = evm_arena_alloc_array(arena, ref_count, sizeof *builder->refs);
    builder->out = evm_arena_alloc_array(arena, builder->rings->ring_count, sizeof *builder->out);
}

static void clear(Builder *builder)
{
    g_free(builder->numbers);
    g_free(builder->vertices);
    g_free(builder->is_left);
    g_free(builder->edges);
    g_free(builder->arcs);
    g_free(builder->sources);
}

static void finish(const Builder *builder, EvmArena *arena, EvmGeodata *geodata)
{
    EvmArc *arcs = evm_arena_alloc_array(arena, builder->arc_count, sizeof *arcs);
    EvmLonLat *points = evm_arena_alloc_array(arena, builder->point_count, sizeof *points);
    memcpy(arcs, builder->arcs, builder->arc_count * sizeof *arcs);
    copy_points(builder, points);
    geodata->arcs = arcs;
    geodata->arc_count = builder->arc_count;
    geodata->points = points;
    geodata->point_count = builder->point_count;
    geodata->refs = builder->refs;
    geodata->ref_count = builder->ref_count;
    geodata->rings = builder->out;
    geodata->ring_count = builder->rings->ring_count;
}

/* Of the file's own digest: the same file, the same seed. */
static void find_seed(const EvmInputFile *shp, uint64_t seed[2])
{
    char half[17];
    g_strlcpy(half, shp->sha256, sizeof half);
    seed[0] = g_ascii_strtoull(half, NULL, 16);
    g_strlcpy(half, shp->sha256 + 16, sizeof half);
    seed[1] = g_ascii_strtoull(half, NULL, 16);
}

void evm_topology_compute(EvmGeodata *geodata, EvmArena *arena, const EvmRawRings *rings,
                          const EvmInputFile *shp, EvmDiagnostics *diagnostics)
{
    Builder builder = {.rings = rings, .shp = shp, .diagnostics = diagnostics, .overlap = {-1, -1}};
    uint64_t seed[2];
    find_seed(shp, seed);
    init(&builder, arena, seed);
    for (uint32_t ring = 0; ring < rings->ring_count; ring++)
        cut_ring(&builder, ring);
    finish(&builder, arena, geodata);
    clear(&builder);
}
