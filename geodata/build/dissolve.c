/* The boundary of a union of areas, from the arcs that only one of its sides uses. */
#include <stdlib.h>

#include "table.h"
#include "topology.h"

typedef struct {
    const EvmTopology *topology;
    GHashTable *departures; /* start vertex -> GArray of int references that leave it */
    GArray *path;           /* of int: references walked and not yet closed to a ring */
    GPtrArray *rings;       /* of GArray * of int */
} Walk;

static gpointer vertex_key(EvmVertex vertex)
{
    /* 20 bits hold 360 degrees in thousandths. */
    return GSIZE_TO_POINTER(((gsize)(vertex.x_mdeg + 180000) << 20) |
                            (gsize)(vertex.y_mdeg + 180000));
}

static void free_refs(void *refs)
{
    g_array_unref(refs);
}

static void add_departure(Walk *walk, int ref)
{
    gpointer key = vertex_key(evm_topology_ref_start(walk->topology, ref));
    GArray *refs = g_hash_table_lookup(walk->departures, key);

    if (!refs) {
        refs = g_array_new(FALSE, FALSE, sizeof(int));
        g_hash_table_insert(walk->departures, key, refs);
    }
    g_array_append_val(refs, ref);
}

/* An arc used in both directions lies inside the union; what is left bounds it. */
static int *count_balance(const EvmTopology *topology, const bool *chosen)
{
    int *balance = g_new0(int, evm_topology_arc_count(topology) + 1);

    for (unsigned i = 0; i < topology->rings->len; i++) {
        const EvmArcRing *ring = topology->rings->pdata[i];
        for (unsigned k = 0; chosen[i] && k < ring->refs->len; k++) {
            int ref = g_array_index(ring->refs, int, k);
            balance[abs(ref)] += ref > 0 ? 1 : -1;
        }
    }
    return balance;
}

static bool take_departure(Walk *walk, EvmVertex vertex, int *ref, GError **error)
{
    GArray *refs = g_hash_table_lookup(walk->departures, vertex_key(vertex));

    /* Two borders that meet in a point never cross there, whichever is followed; with three they
     * could. */
    if (!refs || refs->len == 0 || refs->len > 2) {
        g_set_error(error, EVM_BUILD_ERROR, EVM_BUILD_ERROR_DATA,
                    "%u borders leave %.3f %.3f: expected one or two", refs ? refs->len : 0,
                    vertex.x_mdeg / 1000.0, vertex.y_mdeg / 1000.0);
        return false;
    }
    *ref = g_array_index(refs, int, 0);
    g_array_remove_index(refs, 0);
    return true;
}

/* Starts a ring at its lowest arc, so that the order of walking leaves no trace. */
static GArray *rotate(const GArray *refs, unsigned from)
{
    unsigned count = refs->len - from, lowest = 0;
    const int *ring = &g_array_index(refs, int, from);
    GArray *rotated = g_array_new(FALSE, FALSE, sizeof(int));

    for (unsigned i = 1; i < count; i++)
        if (abs(ring[i]) < abs(ring[lowest]))
            lowest = i;
    for (unsigned i = 0; i < count; i++)
        g_array_append_val(rotated, ring[(lowest + i) % count]);
    return rotated;
}

/* A path that comes back to a vertex it started an arc from has closed a simple ring. */
static void close_ring(Walk *walk, EvmVertex end)
{
    for (unsigned i = 0; i < walk->path->len; i++) {
        int ref = g_array_index(walk->path, int, i);
        if (vertex_key(evm_topology_ref_start(walk->topology, ref)) != vertex_key(end))
            continue;
        g_ptr_array_add(walk->rings, rotate(walk->path, i));
        g_array_set_size(walk->path, i);
        return;
    }
}

static bool walk_from(Walk *walk, EvmVertex start, GError **error)
{
    EvmVertex at = start;
    int ref;

    do {
        if (!take_departure(walk, at, &ref, error))
            return false;
        g_array_append_val(walk->path, ref);
        at = evm_topology_ref_end(walk->topology, ref);
        close_ring(walk, at);
    } while (walk->path->len > 0);
    return true;
}

static bool walk_all(Walk *walk, const int *balance, GError **error)
{
    unsigned arcs = evm_topology_arc_count(walk->topology);

    for (unsigned arc = 1; arc <= arcs; arc++)
        if (balance[arc] != 0)
            add_departure(walk, balance[arc] * (int)arc);
    for (unsigned arc = 1; arc <= arcs; arc++) {
        if (balance[arc] == 0)
            continue;
        EvmVertex start = evm_topology_ref_start(walk->topology, balance[arc] * (int)arc);
        const GArray *left = g_hash_table_lookup(walk->departures, vertex_key(start));
        if (left->len > 0 && !walk_from(walk, start, error))
            return false;
    }
    return true;
}

static int64_t ring_size(const EvmTopology *topology, const GArray *refs)
{
    g_autoptr(GArray) trace = evm_topology_trace(topology, refs);
    return ABS(evm_vertices_compute_area(trace));
}

static int compare_size(const void *p, const void *q, void *user)
{
    const GArray *a = *(GArray *const *)p, *b = *(GArray *const *)q;
    int64_t x = ring_size(user, a), y = ring_size(user, b);

    if (x != y)
        return x > y ? -1 : 1;
    return abs(g_array_index(a, int, 0)) - abs(g_array_index(b, int, 0));
}

GPtrArray *evm_topology_dissolve(const EvmTopology *topology, const bool *chosen, GError **error)
{
    g_autofree int *balance = count_balance(topology, chosen);
    Walk walk = {topology, g_hash_table_new_full(NULL, NULL, NULL, free_refs),
                 g_array_new(FALSE, FALSE, sizeof(int)), g_ptr_array_new_with_free_func(free_refs)};
    bool ok = walk_all(&walk, balance, error);

    g_hash_table_unref(walk.departures);
    g_array_unref(walk.path);
    if (!ok) {
        g_ptr_array_unref(walk.rings);
        return NULL;
    }
    g_ptr_array_sort_with_data(walk.rings, compare_size, (gpointer)topology);
    return walk.rings;
}
