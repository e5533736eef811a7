/* District outlines as rings of shared arcs, in whole thousandths of a degree: the source has three
 * decimals, so that comparing, adding and crossing tests are exact. */
#ifndef EVM_BUILD_TOPOLOGY_H
#define EVM_BUILD_TOPOLOGY_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int32_t x_mdeg, y_mdeg;
} EvmVertex;

/* A ring is a list of references to arcs: n forward, -n backward. */
typedef struct {
    char *pcode;
    bool is_hole;
    GArray *refs; /* int */
} EvmArcRing;

typedef struct {
    GArray *vertices; /* EvmVertex, all arcs one after the other */
    GArray *starts;   /* unsigned; arc n is vertices[starts[n - 1]] up to starts[n] */
    GPtrArray *rings; /* EvmArcRing *, in file order */
} EvmTopology;

/* Reads outline_arcs.csv and outline_rings.csv and checks them: arcs numbered from 1, rings closed,
 * outer rings clockwise and holes not, every arc used once or by two rings in opposite directions,
 * no two lines that cross or touch except at a vertex they share. */
EvmTopology *evm_topology_load(const char *folder, GError **error);
void evm_topology_free(EvmTopology *topology);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EvmTopology, evm_topology_free)

unsigned evm_topology_arc_count(const EvmTopology *topology);
EvmVertex evm_topology_ref_start(const EvmTopology *topology, int ref);
EvmVertex evm_topology_ref_end(const EvmTopology *topology, int ref);

/* The vertices (EvmVertex) of a list of references, the first repeated at the end. Caller frees. */
GArray *evm_topology_trace(const EvmTopology *topology, const GArray *refs);

/* Twice the signed area in square thousandths of a degree; clockwise is negative. */
int64_t evm_vertices_compute_area(const GArray *vertices);
/* Signed area on the sphere that has the Earth's surface; clockwise is positive. */
double evm_vertices_compute_km2(const GArray *vertices);

bool evm_topology_check_crossings(const EvmTopology *topology, GError **error);

/* Boundary of the union of the rings with chosen[i] true, as lists of references (GArray * of int):
 * the arcs used on one side only, in simple rings, largest first. */
GPtrArray *evm_topology_dissolve(const EvmTopology *topology, const bool *chosen, GError **error);

#endif
