#include "geodata/point_index.h"

#include <glib.h>

#include "geodata/crossing.h"

/* Cells to a side; a border is taken to be this much thicker than it is, for what is rounded. */
enum { SIDE = 512, NOT_KNOWN = -2, HAS_BORDER = -3 };
static const double MARGIN_DEG = 1e-9;

/* To the point behind it. */
typedef struct {
    uint32_t point;
    int32_t area;
} Edge;

struct EvmPointIndex {
    const EvmGeodata *geodata;
    double cells_per_lon_deg, cells_per_lat_deg;
    int32_t *cells; /* the area that has all of it, -1 for none, or one of the above */
    Edge *edges;    /* of each row of cells, in the order of their areas */
    uint32_t first_edge[SIDE + 1];
};

typedef struct {
    int first_column, last_column, first_row, last_row;
} Box;

static int cell_of(double value_deg, double from_deg, double cells_per_deg)
{
    return (int)CLAMP((value_deg - from_deg) * cells_per_deg, 0, SIDE - 1);
}

static int column_of(const EvmPointIndex *index, double lon_deg)
{
    return cell_of(lon_deg, index->geodata->extent.min.lon_deg, index->cells_per_lon_deg);
}

static int row_of(const EvmPointIndex *index, double lat_deg)
{
    return cell_of(lat_deg, index->geodata->extent.min.lat_deg, index->cells_per_lat_deg);
}

static Box box_of(const EvmPointIndex *index, EvmLonLat a, EvmLonLat b)
{
    return (Box){column_of(index, MIN(a.lon_deg, b.lon_deg) - MARGIN_DEG),
                 column_of(index, MAX(a.lon_deg, b.lon_deg) + MARGIN_DEG),
                 row_of(index, MIN(a.lat_deg, b.lat_deg) - MARGIN_DEG),
                 row_of(index, MAX(a.lat_deg, b.lat_deg) + MARGIN_DEG)};
}

static void count_edge(EvmPointIndex *index, Edge edge)
{
    const EvmLonLat *points = index->geodata->points;
    Box box = box_of(index, points[edge.point], points[edge.point + 1]);
    for (int row = box.first_row; row <= box.last_row; row++) {
        index->first_edge[row + 1]++;
        for (int column = box.first_column; column <= box.last_column; column++)
            index->cells[row * SIDE + column] = HAS_BORDER;
    }
}

/* Counted before: each row's first edge moves to where that of the next began. */
static void add_edge(EvmPointIndex *index, Edge edge)
{
    const EvmLonLat *points = index->geodata->points;
    Box box = box_of(index, points[edge.point], points[edge.point + 1]);
    for (int row = box.first_row; row <= box.last_row; row++)
        index->edges[index->first_edge[row]++] = edge;
}

/* Area by area, as evm_area_is_inside goes over them. */
static void visit_edges(EvmPointIndex *index, void (*visit)(EvmPointIndex *, Edge))
{
    const EvmGeodata *geodata = index->geodata;
    for (size_t a = 0; a < geodata->area_count; a++) {
        const EvmArea *area = &geodata->areas[a];
        for (uint32_t r = area->first_ring; r < area->first_ring + area->ring_count; r++) {
            const EvmRing *ring = &geodata->rings[r];
            for (uint32_t i = ring->first; i < ring->first + ring->count; i++) {
                int32_t ref = geodata->refs[i];
                const EvmArc *arc = &geodata->arcs[ref < 0 ? ~ref : ref];
                for (uint32_t p = arc->first; p + 1 < arc->first + arc->count; p++)
                    visit(index, (Edge){p, (int32_t)a});
            }
        }
    }
}

static double compute_cells_per_deg(double size_deg)
{
    return size_deg > 0 ? SIDE / size_deg : 0;
}

EvmPointIndex *evm_point_index_new(const EvmGeodata *geodata)
{
    EvmPointIndex *index = g_new0(EvmPointIndex, 1);
    EvmExtent extent = geodata->extent;
    index->geodata = geodata;
    index->cells_per_lon_deg = compute_cells_per_deg(extent.max.lon_deg - extent.min.lon_deg);
    index->cells_per_lat_deg = compute_cells_per_deg(extent.max.lat_deg - extent.min.lat_deg);
    index->cells = g_new(int32_t, SIDE * SIDE);
    for (int i = 0; i < SIDE * SIDE; i++)
        index->cells[i] = NOT_KNOWN;
    visit_edges(index, count_edge);
    for (int row = 0; row < SIDE; row++)
        index->first_edge[row + 1] += index->first_edge[row];
    index->edges = g_new(Edge, index->first_edge[SIDE]);
    visit_edges(index, add_edge);
    for (int row = SIDE; row > 0; row--)
        index->first_edge[row] = index->first_edge[row - 1];
    index->first_edge[0] = 0;
    return index;
}

void evm_point_index_free(EvmPointIndex *index)
{
    if (!index)
        return;
    g_free(index->cells);
    g_free(index->edges);
    g_free(index);
}

static int32_t find_in_row(const EvmPointIndex *index, int row, EvmLonLat point)
{
    const EvmLonLat *points = index->geodata->points;
    const Edge *end = index->edges + index->first_edge[row + 1];
    int32_t area = EVM_AREA_OUTSIDE;
    bool is_inside = false;
    for (const Edge *edge = index->edges + index->first_edge[row]; edge < end; edge++) {
        if (edge->area != area && is_inside)
            return area;
        area = edge->area;
        is_inside ^= evm_edge_is_crossed(points[edge->point], points[edge->point + 1], point);
    }
    return is_inside ? area : EVM_AREA_OUTSIDE;
}

int32_t evm_point_index_find(EvmPointIndex *index, EvmLonLat point)
{
    if (!evm_extent_has_point(index->geodata->extent, point))
        return EVM_AREA_OUTSIDE;
    int row = row_of(index, point.lat_deg);
    int32_t *cell = &index->cells[row * SIDE + column_of(index, point.lon_deg)];
    if (*cell == HAS_BORDER)
        return find_in_row(index, row, point);
    if (*cell == NOT_KNOWN)
        *cell = find_in_row(index, row, point);
    return *cell;
}
