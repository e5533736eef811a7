#include "topology.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "table.h"

/* WGS 84: radius of the sphere of equal surface, and what leads to its latitudes. */
#define AUTHALIC_RADIUS_KM 6371.007181
#define ECCENTRICITY 0.081819190842622
#define DEGREE (G_PI / 180)

static EvmVertex vertex_at(const EvmTopology *topology, unsigned index)
{
    return g_array_index(topology->vertices, EvmVertex, index);
}

static bool is_same(EvmVertex a, EvmVertex b)
{
    return a.x_mdeg == b.x_mdeg && a.y_mdeg == b.y_mdeg;
}

unsigned evm_topology_arc_count(const EvmTopology *topology)
{
    return topology->starts->len - 1;
}

static void arc_range(const EvmTopology *topology, int ref, unsigned *first, unsigned *last)
{
    unsigned arc = (unsigned)abs(ref);
    *first = g_array_index(topology->starts, unsigned, arc - 1);
    *last = g_array_index(topology->starts, unsigned, arc) - 1;
}

EvmVertex evm_topology_ref_start(const EvmTopology *topology, int ref)
{
    unsigned first, last;
    arc_range(topology, ref, &first, &last);
    return vertex_at(topology, ref > 0 ? first : last);
}

EvmVertex evm_topology_ref_end(const EvmTopology *topology, int ref)
{
    return evm_topology_ref_start(topology, -ref);
}

GArray *evm_topology_trace(const EvmTopology *topology, const GArray *refs)
{
    GArray *trace = g_array_new(FALSE, FALSE, sizeof(EvmVertex));
    unsigned first, last;

    for (unsigned i = 0; i < refs->len; i++) {
        int ref = g_array_index(refs, int, i);
        arc_range(topology, ref, &first, &last);
        for (unsigned k = i > 0 ? 1 : 0; k <= last - first; k++) {
            EvmVertex vertex = vertex_at(topology, ref > 0 ? first + k : last - k);
            g_array_append_val(trace, vertex);
        }
    }
    return trace;
}

int64_t evm_vertices_compute_area(const GArray *vertices)
{
    int64_t area = 0;

    for (unsigned i = 0; i + 1 < vertices->len; i++) {
        EvmVertex a = g_array_index(vertices, EvmVertex, i);
        EvmVertex b = g_array_index(vertices, EvmVertex, i + 1);
        area += (int64_t)a.x_mdeg * b.y_mdeg - (int64_t)b.x_mdeg * a.y_mdeg;
    }
    return area;
}

/* Sine of the authalic latitude. Source: Snyder 1987, Map Projections, equations 3-11 and 3-12. */
static double authalic_sine(double lat_deg)
{
    double e = ECCENTRICITY, s = sin(lat_deg * DEGREE);
    double q = (1 - e * e) * (s / (1 - e * e * s * s) + atanh(e * s) / e);
    double q_pole = (1 - e * e) * (1 / (1 - e * e) + atanh(e) / e);
    return q / q_pole;
}

double evm_vertices_compute_km2(const GArray *vertices)
{
    double sum = 0;

    for (unsigned i = 0; i + 1 < vertices->len; i++) {
        EvmVertex a = g_array_index(vertices, EvmVertex, i);
        EvmVertex b = g_array_index(vertices, EvmVertex, i + 1);
        sum += (b.x_mdeg - a.x_mdeg) / 1000.0 * DEGREE *
               (authalic_sine(a.y_mdeg / 1000.0) + authalic_sine(b.y_mdeg / 1000.0)) / 2;
    }
    return sum * AUTHALIC_RADIUS_KM * AUTHALIC_RADIUS_KM;
}

static bool parse_mdeg(const EvmTable *table, unsigned row, unsigned column, int32_t *mdeg,
                       GError **error)
{
    double number;

    if (!evm_table_parse_number(table, row, column, &number, error))
        return false;
    double scaled = round(number * 1000);
    if (fabs(number) > 180 || fabs(number * 1000 - scaled) > 1e-6)
        return evm_table_fail(table, row, error, "'%s' is no coordinate of at most three decimals",
                              evm_table_at(table, row, column));
    *mdeg = (int32_t)scaled;
    return true;
}

static bool parse_int(const EvmTable *table, unsigned row, const char *text, gint64 min, gint64 max,
                      int *number, GError **error)
{
    gint64 value;

    if (!g_ascii_string_to_signed(text, 10, min, max, &value, NULL))
        return evm_table_fail(table, row, error, "'%s' is no number from %d to %d", text, (int)min,
                              (int)max);
    *number = (int)value;
    return true;
}

static bool load_arcs(EvmTopology *topology, const char *folder, GError **error)
{
    g_autoptr(EvmTable) table = evm_table_load(folder, "outline_arcs.csv", "arc,lon,lat", error);
    if (!table)
        return false;

    for (unsigned row = 0; row < table->rows->len; row++) {
        EvmVertex vertex;
        int arc = 0, current = (int)topology->starts->len;
        if (!parse_int(table, row, evm_table_at(table, row, 0), MAX(current, 1), current + 1, &arc,
                       error) ||
            !parse_mdeg(table, row, 1, &vertex.x_mdeg, error) ||
            !parse_mdeg(table, row, 2, &vertex.y_mdeg, error))
            return false;
        if (arc > current)
            g_array_append_val(topology->starts, row);
        g_array_append_val(topology->vertices, vertex);
    }
    g_array_append_val(topology->starts, topology->vertices->len);
    return true;
}

static void free_ring(void *data)
{
    EvmArcRing *ring = data;
    g_free(ring->pcode);
    g_array_unref(ring->refs);
    g_free(ring);
}

static bool check_ring(const EvmTopology *topology, const EvmTable *table, unsigned row,
                       const EvmArcRing *ring, GError **error)
{
    for (unsigned i = 0; i < ring->refs->len; i++) {
        int ref = g_array_index(ring->refs, int, i);
        int next = g_array_index(ring->refs, int, (i + 1) % ring->refs->len);
        if (!is_same(evm_topology_ref_end(topology, ref), evm_topology_ref_start(topology, next)))
            return evm_table_fail(table, row, error, "arc %d does not end where arc %d begins", ref,
                                  next);
    }
    g_autoptr(GArray) trace = evm_topology_trace(topology, ring->refs);
    int64_t area = evm_vertices_compute_area(trace);
    if (area == 0 || ring->is_hole != (area > 0))
        return evm_table_fail(table, row, error, "ring of %s is empty or runs the wrong way",
                              ring->pcode);
    return true;
}

static bool parse_ring(EvmTopology *topology, const EvmTable *table, unsigned row, GError **error)
{
    EvmArcRing *ring = g_new0(EvmArcRing, 1);
    g_auto(GStrv) words = g_strsplit(evm_table_at(table, row, 3), " ", -1);
    const char *kind = evm_table_at(table, row, 2);
    int ref, arcs = (int)evm_topology_arc_count(topology);

    ring->pcode = g_strdup(evm_table_at(table, row, 0));
    ring->is_hole = strcmp(kind, "inner") == 0;
    ring->refs = g_array_new(FALSE, FALSE, sizeof(int));
    g_ptr_array_add(topology->rings, ring);
    if (!ring->is_hole && strcmp(kind, "outer") != 0)
        return evm_table_fail(table, row, error, "'%s' is neither outer nor inner", kind);
    for (unsigned i = 0; words[i]; i++) {
        if (!parse_int(table, row, words[i], -arcs, arcs, &ref, error))
            return false;
        if (ref == 0)
            return evm_table_fail(table, row, error, "there is no arc 0");
        g_array_append_val(ring->refs, ref);
    }
    if (ring->refs->len == 0)
        return evm_table_fail(table, row, error, "ring without arcs");
    return check_ring(topology, table, row, ring, error);
}

static bool load_rings(EvmTopology *topology, const char *folder, GError **error)
{
    g_autoptr(EvmTable) table =
        evm_table_load(folder, "outline_rings.csv", "pcode,part,ring,arcs", error);
    if (!table)
        return false;

    for (unsigned row = 0; row < table->rows->len; row++)
        if (!parse_ring(topology, table, row, error))
            return false;
    return true;
}

static bool check_uses(const EvmTopology *topology, GError **error)
{
    unsigned arcs = evm_topology_arc_count(topology);
    g_autofree unsigned *forward = g_new0(unsigned, arcs + 1);
    g_autofree unsigned *backward = g_new0(unsigned, arcs + 1);

    for (unsigned i = 0; i < topology->rings->len; i++) {
        const EvmArcRing *ring = topology->rings->pdata[i];
        for (unsigned k = 0; k < ring->refs->len; k++) {
            int ref = g_array_index(ring->refs, int, k);
            (ref > 0 ? forward : backward)[abs(ref)]++;
        }
    }
    for (unsigned arc = 1; arc <= arcs; arc++) {
        if (forward[arc] > 1 || backward[arc] > 1 || forward[arc] + backward[arc] == 0) {
            g_set_error(error, EVM_BUILD_ERROR, EVM_BUILD_ERROR_DATA,
                        "arc %u is used %u times forward and %u times backward", arc, forward[arc],
                        backward[arc]);
            return false;
        }
    }
    return true;
}

EvmTopology *evm_topology_load(const char *folder, GError **error)
{
    g_autoptr(EvmTopology) topology = g_new0(EvmTopology, 1);

    topology->vertices = g_array_new(FALSE, FALSE, sizeof(EvmVertex));
    topology->starts = g_array_new(FALSE, FALSE, sizeof(unsigned));
    topology->rings = g_ptr_array_new_with_free_func(free_ring);
    if (!load_arcs(topology, folder, error) || !load_rings(topology, folder, error) ||
        !check_uses(topology, error) || !evm_topology_check_crossings(topology, error))
        return NULL;
    return g_steal_pointer(&topology);
}

void evm_topology_free(EvmTopology *topology)
{
    if (!topology)
        return;
    g_array_unref(topology->vertices);
    g_array_unref(topology->starts);
    g_ptr_array_unref(topology->rings);
    g_free(topology);
}
