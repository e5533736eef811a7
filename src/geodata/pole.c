#include <math.h>
#include <string.h>

#include "geodata/geodata.h"

/* The pole of inaccessibility, searched in ever smaller squares, the most promising first.
 * Source: Agafonkin, "A new algorithm for finding a visual center of a polygon", 2016. */

enum {
    FIRST_CELLS = 8,  /* about, on the longer side */
    MAX_CELLS = 4000, /* looked at; a thin spiral would take many */
};
static const double PRECISION = 0.01; /* of the smaller side of the extent */

/* In degrees of latitude. */
typedef struct {
    double x, y;
} Point;

typedef struct {
    Point a, b;
} Edge;

typedef struct {
    Point center;
    double half;
    double distance; /* to the outline; below 0 outside */
    double best;     /* that any point of the cell can have */
} Cell;

typedef struct {
    Edge *edges;
    size_t edge_count;
    Cell *heap;
    size_t cell_count, capacity, seen;
} Search;

static double distance_squared(const Edge *edge, Point point)
{
    double dx = edge->b.x - edge->a.x, dy = edge->b.y - edge->a.y;
    double px = point.x - edge->a.x, py = point.y - edge->a.y;
    double length_squared = dx * dx + dy * dy;
    double along = length_squared > 0 ? (px * dx + py * dy) / length_squared : 0;
    along = along < 0 ? 0 : along > 1 ? 1 : along;
    px -= along * dx;
    py -= along * dy;
    return px * px + py * py;
}

static double signed_distance(const Search *search, Point point)
{
    double nearest = INFINITY;
    bool inside = false;
    for (size_t i = 0; i < search->edge_count; i++) {
        const Edge *edge = &search->edges[i];
        if ((edge->a.y > point.y) != (edge->b.y > point.y) &&
            point.x < (edge->b.x - edge->a.x) * (point.y - edge->a.y) / (edge->b.y - edge->a.y) +
                          edge->a.x)
            inside = !inside;
        double squared = distance_squared(edge, point);
        nearest = squared < nearest ? squared : nearest;
    }
    return inside ? sqrt(nearest) : -sqrt(nearest);
}

/* ---- a heap with the most promising cell first ---- */

static void swap(Cell *a, Cell *b)
{
    Cell kept = *a;
    *a = *b;
    *b = kept;
}

static void add_cell(Search *search, Point center, double half)
{
    if (search->cell_count == search->capacity) {
        search->capacity = MAX(64, 2 * search->capacity);
        search->heap = g_renew(Cell, search->heap, search->capacity);
    }
    double distance = signed_distance(search, center);
    size_t at = search->cell_count++;
    search->heap[at] = (Cell){center, half, distance, distance + half * G_SQRT2};
    search->seen++;
    for (; at > 0 && search->heap[at].best > search->heap[(at - 1) / 2].best; at = (at - 1) / 2)
        swap(&search->heap[at], &search->heap[(at - 1) / 2]);
}

static Cell take_cell(Search *search)
{
    Cell top = search->heap[0];
    search->heap[0] = search->heap[--search->cell_count];
    for (size_t at = 0;;) {
        size_t child = 2 * at + 1;
        if (child >= search->cell_count)
            return top;
        if (child + 1 < search->cell_count &&
            search->heap[child + 1].best > search->heap[child].best)
            child++;
        if (search->heap[child].best <= search->heap[at].best)
            return top;
        swap(&search->heap[at], &search->heap[child]);
        at = child;
    }
}

/* ---- the area ---- */

static size_t count_edges(const EvmGeodata *geodata, const EvmArea *area)
{
    size_t count = 0;
    for (uint32_t r = area->first_ring; r < area->first_ring + area->ring_count; r++)
        for (uint32_t i = 0; i < geodata->rings[r].count; i++) {
            int32_t ref = geodata->refs[geodata->rings[r].first + i];
            count += geodata->arcs[ref < 0 ? ~ref : ref].count - 1;
        }
    return count;
}

static void add_arc(Search *search, const EvmGeodata *geodata, int32_t ref, double lon_scale)
{
    const EvmArc *arc = &geodata->arcs[ref < 0 ? ~ref : ref];
    for (uint32_t i = arc->first; i + 1 < arc->first + arc->count; i++) {
        EvmLonLat a = geodata->points[i], b = geodata->points[i + 1];
        search->edges[search->edge_count++] =
            (Edge){{a.lon_deg * lon_scale, a.lat_deg}, {b.lon_deg * lon_scale, b.lat_deg}};
    }
}

static void add_edges(Search *search, const EvmGeodata *geodata, const EvmArea *area,
                      double lon_scale)
{
    search->edges = g_new(Edge, count_edges(geodata, area) + 1);
    for (uint32_t r = area->first_ring; r < area->first_ring + area->ring_count; r++)
        for (uint32_t i = 0; i < geodata->rings[r].count; i++)
            add_arc(search, geodata, geodata->refs[geodata->rings[r].first + i], lon_scale);
}

/* Squares over the extent: as large as its smaller side, but for very long ones. */
static void add_first_cells(Search *search, EvmExtent extent, double lon_scale)
{
    double left = extent.min.lon_deg * lon_scale, bottom = extent.min.lat_deg;
    double width = extent.max.lon_deg * lon_scale - left, height = extent.max.lat_deg - bottom;
    double size = fmax(fmin(width, height), fmax(width, height) / FIRST_CELLS);
    for (double x = 0; x < width; x += size)
        for (double y = 0; y < height; y += size)
            add_cell(search, (Point){left + x + size / 2, bottom + y + size / 2}, size / 2);
}

static Cell find_best(Search *search, double precision)
{
    Cell best = {.distance = 0};
    while (search->cell_count > 0) {
        Cell cell = take_cell(search);
        if (cell.distance > best.distance)
            best = cell;
        if (cell.best - best.distance <= precision || search->seen >= MAX_CELLS)
            break;
        double half = cell.half / 2;
        for (int corner = 0; corner < 4; corner++)
            add_cell(search,
                     (Point){cell.center.x + (corner & 1 ? half : -half),
                             cell.center.y + (corner & 2 ? half : -half)},
                     half);
    }
    return best;
}

bool evm_area_find_inside(const EvmGeodata *geodata, size_t area, EvmLonLat *out)
{
    const EvmArea *at = &geodata->areas[area];
    if (at->ring_count == 0)
        return false;
    EvmExtent extent = at->extent;
    double lon_scale = cos((extent.min.lat_deg + extent.max.lat_deg) / 2 * G_PI / 180);
    double width = (extent.max.lon_deg - extent.min.lon_deg) * lon_scale;
    double height = extent.max.lat_deg - extent.min.lat_deg;
    if (!(width > 0) || !(height > 0))
        return false;
    Search search = {0};
    add_edges(&search, geodata, at, lon_scale);
    add_first_cells(&search, extent, lon_scale);
    Cell best = find_best(&search, PRECISION * fmin(width, height));
    g_free(search.edges);
    g_free(search.heap);
    if (!(best.distance > 0))
        return false;
    *out = (EvmLonLat){best.center.x / lon_scale, best.center.y};
    return true;
}
