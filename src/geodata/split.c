#include "geodata/split.h"

#include <math.h>
#include <string.h>

#include "geodata/parts.h"
#include "geodata/rings.h"
#include "geodata/topology.h"

/* Points nearer than this to a corner or to a border are taken for lying on it. */
static const double SNAP_DEG = 1e-6;

/* A ring as points, the first not repeated. */
typedef struct {
    GArray *points; /* EvmLonLat */
    size_t area;
} Ring;

typedef struct {
    GArray *rings;   /* Ring */
    GArray *corners; /* EvmLonLat: of the parent at hand, then those that cuts have made */
    guint first_cut; /* corners from here on are new */
    double lon_scale;
} Splitter;

static GArray *ring_points_new(void)
{
    return g_array_new(FALSE, FALSE, sizeof(EvmLonLat));
}

static EvmLonLat point_at(const GArray *points, guint i)
{
    return g_array_index(points, EvmLonLat, i);
}

static Ring *ring_at(const GArray *rings, guint i)
{
    return &g_array_index(rings, Ring, i);
}

static void append_arc(GArray *points, const EvmGeodata *geodata, int32_t ref)
{
    const EvmArc *arc = &geodata->arcs[ref < 0 ? ~ref : ref];
    for (uint32_t i = 0; i + 1 < arc->count; i++)
        g_array_append_val(points,
                           geodata->points[arc->first + (ref < 0 ? arc->count - 1 - i : i)]);
}

static void take_rings(Splitter *splitter, const EvmGeodata *geodata)
{
    for (size_t r = 0; r < geodata->ring_count; r++) {
        const EvmRing *from = &geodata->rings[r];
        Ring ring = {ring_points_new(), (size_t)from->area};
        for (uint32_t i = from->first; i < from->first + from->count; i++)
            append_arc(ring.points, geodata, geodata->refs[i]);
        g_array_append_val(splitter->rings, ring);
    }
}

static bool is_near(EvmLonLat a, EvmLonLat b)
{
    return fabs(a.lon_deg - b.lon_deg) < SNAP_DEG && fabs(a.lat_deg - b.lat_deg) < SNAP_DEG;
}

/* One corner for cuts that meet, however they were computed. */
static EvmLonLat snap(Splitter *splitter, EvmLonLat point)
{
    for (guint i = 0; i < splitter->corners->len; i++)
        if (is_near(point_at(splitter->corners, i), point))
            return point_at(splitter->corners, i);
    g_array_append_val(splitter->corners, point);
    return point;
}

/* The line of points as near to `a` as to `b`; which side is kept. */
typedef struct {
    EvmLonLat a, b;
    double lon_scale;
    bool keeps_a;
} Cut;

static double squared_distance(const Cut *cut, EvmLonLat p, EvmLonLat q)
{
    double dx = (p.lon_deg - q.lon_deg) * cut->lon_scale, dy = p.lat_deg - q.lat_deg;
    return dx * dx + dy * dy;
}

/* Below 0 on the side of `a`; linear in the point. */
static double side_at(const Cut *cut, EvmLonLat point)
{
    return squared_distance(cut, point, cut->a) - squared_distance(cut, point, cut->b);
}

static bool is_kept(const Cut *cut, EvmLonLat point)
{
    return (side_at(cut, point) <= 0) == cut->keeps_a;
}

/* The same for an edge and its reverse. */
static EvmLonLat cross(const Cut *cut, EvmLonLat p, EvmLonLat q)
{
    if (p.lon_deg > q.lon_deg || (p.lon_deg == q.lon_deg && p.lat_deg > q.lat_deg)) {
        EvmLonLat swap = p;
        p = q;
        q = swap;
    }
    double at_p = side_at(cut, p), at_q = side_at(cut, q), t = at_p / (at_p - at_q);
    return (EvmLonLat){p.lon_deg + (q.lon_deg - p.lon_deg) * t,
                       p.lat_deg + (q.lat_deg - p.lat_deg) * t};
}

typedef struct {
    EvmLonLat point;
    bool is_crossing, is_kept, is_done;
    guint partner; /* of a crossing: the other end of its part of the line */
    double along;  /* where on the line it lies */
} Node;

static Node *node_at(const GArray *nodes, guint i)
{
    return &g_array_index(nodes, Node, i % nodes->len);
}

static GArray *make_nodes(Splitter *splitter, const GArray *points, const Cut *cut)
{
    GArray *nodes = g_array_new(FALSE, TRUE, sizeof(Node));
    for (guint i = 0; i < points->len; i++) {
        EvmLonLat p = point_at(points, i), q = point_at(points, (i + 1) % points->len);
        Node corner = {.point = p, .is_kept = is_kept(cut, p)};
        g_array_append_val(nodes, corner);
        if (corner.is_kept == is_kept(cut, q))
            continue;
        Node crossing = {.point = snap(splitter, cross(cut, p, q)), .is_crossing = true};
        crossing.along = (crossing.point.lat_deg - cut->a.lat_deg) *
                             (cut->b.lon_deg - cut->a.lon_deg) * cut->lon_scale -
                         (crossing.point.lon_deg - cut->a.lon_deg) * cut->lon_scale *
                             (cut->b.lat_deg - cut->a.lat_deg);
        g_array_append_val(nodes, crossing);
    }
    return nodes;
}

static gint compare_along(gconstpointer pa, gconstpointer pb, gpointer user)
{
    const GArray *nodes = user;
    const Node *a = node_at(nodes, *(const guint *)pa), *b = node_at(nodes, *(const guint *)pb);
    if (a->along != b->along)
        return a->along < b->along ? -1 : 1;
    return *(const guint *)pa < *(const guint *)pb ? -1 : 1;
}

/* Along the line inside and outside of the ring take turns. */
static void pair_crossings(GArray *nodes)
{
    g_autoptr(GArray) crossings = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < nodes->len; i++)
        if (node_at(nodes, i)->is_crossing)
            g_array_append_val(crossings, i);
    g_array_sort_with_data(crossings, compare_along, nodes);
    for (guint i = 0; i + 1 < crossings->len; i += 2) {
        guint one = g_array_index(crossings, guint, i);
        guint other = g_array_index(crossings, guint, i + 1);
        node_at(nodes, one)->partner = other;
        node_at(nodes, other)->partner = one;
    }
}

static void append_point(GArray *points, EvmLonLat point)
{
    if (points->len == 0 || !is_near(point_at(points, points->len - 1), point))
        g_array_append_val(points, point);
}

/* Follows the ring from a kept corner, and the line from where the ring leaves its side. */
static void trace(GArray *nodes, guint start, size_t area, GArray *out)
{
    Ring ring = {ring_points_new(), area};
    guint at = start, steps = 0;
    do {
        Node *node = node_at(nodes, at);
        node->is_done = true;
        append_point(ring.points, node->point);
        if (node->is_crossing) {
            at = node->partner;
            append_point(ring.points, node_at(nodes, at)->point);
        }
        at = (at + 1) % nodes->len;
    } while (at != start && ++steps < 2 * nodes->len);
    if (ring.points->len > 1 &&
        is_near(point_at(ring.points, 0), point_at(ring.points, ring.points->len - 1)))
        g_array_set_size(ring.points, ring.points->len - 1);
    if (ring.points->len >= 3 && at == start)
        g_array_append_val(out, ring);
    else
        g_array_free(ring.points, TRUE);
}

static void clip_ring(Splitter *splitter, const Ring *ring, const Cut *cut, GArray *out)
{
    g_autoptr(GArray) nodes = make_nodes(splitter, ring->points, cut);
    pair_crossings(nodes);
    for (guint i = 0; i < nodes->len; i++) {
        const Node *node = node_at(nodes, i);
        if (!node->is_crossing && node->is_kept && !node->is_done)
            trace(nodes, i, ring->area, out);
    }
}

static void free_rings(GArray *rings)
{
    for (guint i = 0; i < rings->len; i++)
        g_array_free(ring_at(rings, i)->points, TRUE);
    g_array_free(rings, TRUE);
}

static GArray *clip_rings(Splitter *splitter, GArray *rings, const Cut *cut)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(Ring));
    for (guint i = 0; i < rings->len; i++)
        clip_ring(splitter, ring_at(rings, i), cut, out);
    free_rings(rings);
    return out;
}

/* Centres of a parent (the first) and of its shares, and the area of each. */
typedef struct {
    GArray *centres; /* EvmLonLat */
    GArray *areas;   /* size_t */
} Sites;

static GArray *copy_rings(const Splitter *splitter, size_t area, size_t as)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(Ring));
    for (guint i = 0; i < splitter->rings->len; i++) {
        const Ring *from = ring_at(splitter->rings, i);
        if (from->area != area)
            continue;
        Ring ring = {ring_points_new(), as};
        g_array_append_vals(ring.points, from->points->data, from->points->len);
        g_array_append_val(out, ring);
    }
    return out;
}

/* The part of the parent that is nearest to one of the sites. */
static GArray *compute_cell(Splitter *splitter, const Sites *sites, guint site)
{
    size_t parent = g_array_index(sites->areas, size_t, 0);
    GArray *rings = copy_rings(splitter, parent, g_array_index(sites->areas, size_t, site));
    for (guint other = 0; other < sites->centres->len; other++) {
        if (other == site)
            continue;
        Cut cut = {point_at(sites->centres, MIN(site, other)),
                   point_at(sites->centres, MAX(site, other)), splitter->lon_scale, site < other};
        rings = clip_rings(splitter, rings, &cut);
    }
    return rings;
}

static void remove_rings(Splitter *splitter, size_t area)
{
    for (guint i = splitter->rings->len; i-- > 0;)
        if (ring_at(splitter->rings, i)->area == area) {
            g_array_free(ring_at(splitter->rings, i)->points, TRUE);
            g_array_remove_index(splitter->rings, i);
        }
}

static void add_corners(Splitter *splitter, size_t area)
{
    for (guint i = 0; i < splitter->rings->len; i++) {
        const Ring *ring = ring_at(splitter->rings, i);
        if (ring->area == area)
            g_array_append_vals(splitter->corners, ring->points->data, ring->points->len);
    }
    splitter->first_cut = splitter->corners->len;
}

static bool is_on_edge(EvmLonLat point, EvmLonLat a, EvmLonLat b)
{
    if (point.lon_deg < MIN(a.lon_deg, b.lon_deg) - SNAP_DEG ||
        point.lon_deg > MAX(a.lon_deg, b.lon_deg) + SNAP_DEG ||
        point.lat_deg < MIN(a.lat_deg, b.lat_deg) - SNAP_DEG ||
        point.lat_deg > MAX(a.lat_deg, b.lat_deg) + SNAP_DEG || is_near(point, a) ||
        is_near(point, b))
        return false;
    double dx = b.lon_deg - a.lon_deg, dy = b.lat_deg - a.lat_deg;
    double off = (point.lon_deg - a.lon_deg) * dy - (point.lat_deg - a.lat_deg) * dx;
    return fabs(off) < SNAP_DEG * hypot(dx, dy);
}

/* A cut that ends on a border ends on it for the neighbour too. */
static void insert_corner(Splitter *splitter, EvmLonLat corner)
{
    for (guint r = 0; r < splitter->rings->len; r++) {
        GArray *points = ring_at(splitter->rings, r)->points;
        for (guint i = 0; i < points->len; i++)
            if (is_on_edge(corner, point_at(points, i), point_at(points, (i + 1) % points->len)))
                g_array_insert_val(points, ++i, corner);
    }
}

static void split_parent(Splitter *splitter, const Sites *sites)
{
    size_t parent = g_array_index(sites->areas, size_t, 0);
    g_array_set_size(splitter->corners, 0);
    add_corners(splitter, parent);
    splitter->lon_scale = cos(point_at(sites->centres, 0).lat_deg * G_PI / 180);
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(Ring));
    for (guint i = 0; i < sites->centres->len; i++) {
        GArray *cell = compute_cell(splitter, sites, i);
        g_array_append_vals(cells, cell->data, cell->len);
        g_array_free(cell, TRUE);
    }
    remove_rings(splitter, parent);
    g_array_append_vals(splitter->rings, cells->data, cells->len);
    for (guint i = splitter->first_cut; i < splitter->corners->len; i++)
        insert_corner(splitter, point_at(splitter->corners, i));
}

static void split_all(Splitter *splitter, const EvmGeodata *geodata, const EvmShare *shares,
                      size_t count)
{
    for (size_t i = 0; i < count; i++) {
        Sites sites = {ring_points_new(), g_array_new(FALSE, FALSE, sizeof(size_t))};
        bool is_first = true;
        g_array_append_val(sites.centres, shares[i].parent_centre);
        g_array_append_val(sites.areas, shares[i].parent);
        for (size_t j = 0; j < count; j++) {
            size_t area = geodata->area_count + j;
            if (shares[j].parent != shares[i].parent)
                continue;
            is_first = is_first && j >= i;
            if (!shares[j].has_centre)
                continue;
            g_array_append_val(sites.centres, shares[j].centre);
            g_array_append_val(sites.areas, area);
        }
        if (is_first && sites.centres->len > 1)
            split_parent(splitter, &sites);
        g_array_free(sites.centres, TRUE);
        g_array_free(sites.areas, TRUE);
    }
}

static gint compare_areas(gconstpointer a, gconstpointer b)
{
    size_t one = ((const Ring *)a)->area, other = ((const Ring *)b)->area;
    return one < other ? -1 : one > other;
}

static EvmRawRings make_raw(const GArray *rings)
{
    EvmRawRings raw = {.rings = g_new(EvmRawRing, rings->len + 1)};
    size_t points = 0;
    for (guint i = 0; i < rings->len; i++)
        points += ring_at(rings, i)->points->len;
    raw.points = g_new(EvmLonLat, points + 1);
    for (guint i = 0; i < rings->len; i++) {
        const Ring *ring = ring_at(rings, i);
        EvmRawRing *to = &raw.rings[raw.ring_count++];
        *to = (EvmRawRing){
            .first = raw.point_count, .count = ring->points->len, .area = (int32_t)ring->area};
        memcpy(raw.points + to->first, ring->points->data, to->count * sizeof *raw.points);
        raw.point_count += to->count;
        evm_raw_ring_compute_size(to, raw.points + to->first);
    }
    return raw;
}

static EvmArea *make_areas(EvmArena *arena, const EvmGeodata *geodata, const EvmShare *shares,
                           size_t count)
{
    EvmArea *areas = evm_arena_alloc_array(arena, geodata->area_count + count, sizeof *areas);
    for (size_t i = 0; i < geodata->area_count; i++) {
        areas[i] = geodata->areas[i];
        areas[i].ring_count = areas[i].first_ring = 0;
        areas[i].extent = (EvmExtent){{0, 0}, {0, 0}};
    }
    for (size_t i = 0; i < count; i++)
        areas[geodata->area_count + i] =
            (EvmArea){.pcode = evm_arena_strdup(arena, shares[i].pcode),
                      .name = evm_arena_strdup(arena, shares[i].name),
                      .province = "",
                      .province_pcode = "",
                      .shape_id = "",
                      .valid_on = "",
                      .is_schematic = true};
    return areas;
}

EvmGeodata *evm_geodata_compute_shares(const EvmGeodata *geodata, const EvmShare *shares,
                                       size_t count)
{
    Splitter splitter = {.rings = g_array_new(FALSE, FALSE, sizeof(Ring)),
                         .corners = ring_points_new()};
    take_rings(&splitter, geodata);
    split_all(&splitter, geodata, shares, count);
    g_array_sort(splitter.rings, compare_areas);
    EvmRawRings raw = make_raw(splitter.rings);
    EvmGeodataParts *parts = g_new0(EvmGeodataParts, 1);
    parts->arena = evm_arena_new();
    parts->geodata = *geodata;
    EvmArea *areas = make_areas(parts->arena, geodata, shares, count);
    evm_raw_rings_compute_areas(&raw, areas);
    parts->geodata.areas = areas;
    parts->geodata.area_count = geodata->area_count + count;
    evm_topology_compute(&parts->geodata, parts->arena, &raw, &geodata->files[0], NULL);
    evm_raw_rings_clear(&raw);
    free_rings(splitter.rings);
    g_array_free(splitter.corners, TRUE);
    return &parts->geodata;
}
