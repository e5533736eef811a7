#include "scene/map.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

/* Mean length of a degree of latitude, WGS 84. */
static const double M_PER_DEG = 111195.0;

static double rad(double deg)
{
    return deg * G_PI / 180.0;
}

/* Metres a px, before projecting: good to a few per cent, enough to choose a tolerance. */
static double estimate_m_per_px(EvmExtent extent, EvmRect frame, double margin_px)
{
    double mid_deg = (extent.min.lat_deg + extent.max.lat_deg) / 2;
    double width_m = (extent.max.lon_deg - extent.min.lon_deg) * M_PER_DEG * cos(rad(mid_deg));
    double height_m = (extent.max.lat_deg - extent.min.lat_deg) * M_PER_DEG;
    return fmax(width_m / (frame.width_px - 2 * margin_px),
                height_m / (frame.height_px - 2 * margin_px));
}

static EvmMapPoint *project(const EvmProjection *projection, const EvmGeodata *geodata,
                            GError **error)
{
    EvmMapPoint *points = g_new(EvmMapPoint, geodata->point_count);
    if (!evm_projection_compute(projection, geodata->points, geodata->point_count, points, error))
        g_clear_pointer(&points, g_free);
    return points;
}

typedef struct {
    EvmMapPoint min, max;
} PlaneExtent;

static void widen(PlaneExtent *extent, EvmMapPoint point)
{
    extent->min.x_m = fmin(extent->min.x_m, point.x_m);
    extent->min.y_m = fmin(extent->min.y_m, point.y_m);
    extent->max.x_m = fmax(extent->max.x_m, point.x_m);
    extent->max.y_m = fmax(extent->max.y_m, point.y_m);
}

static PlaneExtent counted_extent(const EvmGeodata *geodata, const bool *is_counted,
                                  const EvmMapPoint *points)
{
    PlaneExtent extent = {{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};
    for (size_t i = 0; i < geodata->arc_count; i++) {
        const EvmArc *arc = &geodata->arcs[i];
        if ((arc->left < 0 || !is_counted[arc->left]) &&
            (arc->right < 0 || !is_counted[arc->right]))
            continue;
        for (uint32_t j = 0; j < arc->count; j++)
            widen(&extent, points[arc->first + j]);
    }
    return extent;
}

static EvmPoint to_page(const EvmMap *map, EvmMapPoint point)
{
    return (EvmPoint){
        map->frame.x_px + map->frame.width_px / 2 + (point.x_m - map->center.x_m) / map->m_per_px,
        map->frame.y_px + map->frame.height_px / 2 - (point.y_m - map->center.y_m) / map->m_per_px,
    };
}

static EvmPoint *all_to_page(const EvmMap *map, const EvmMapPoint *points, size_t count)
{
    EvmPoint *out = g_new(EvmPoint, count);
    for (size_t i = 0; i < count; i++)
        out[i] = to_page(map, points[i]);
    return out;
}

/* What a window takes up on the map plane: its sides bend there, so they are followed. */
static bool find_window(const EvmMap *map, const EvmExtent *window, PlaneExtent *extent,
                        GError **error)
{
    enum { STEPS = 32 };
    EvmLonLat outline[4 * STEPS];
    EvmMapPoint plane[4 * STEPS];
    double width = window->max.lon_deg - window->min.lon_deg;
    double height = window->max.lat_deg - window->min.lat_deg;
    for (int i = 0; i < STEPS; i++) {
        double lon = window->min.lon_deg + width * i / (STEPS - 1);
        double lat = window->min.lat_deg + height * i / (STEPS - 1);
        outline[4 * i] = (EvmLonLat){lon, window->min.lat_deg};
        outline[4 * i + 1] = (EvmLonLat){lon, window->max.lat_deg};
        outline[4 * i + 2] = (EvmLonLat){window->min.lon_deg, lat};
        outline[4 * i + 3] = (EvmLonLat){window->max.lon_deg, lat};
    }
    if (!evm_projection_compute(map->projection, outline, 4 * STEPS, plane, error))
        return false;
    *extent = (PlaneExtent){{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};
    for (int i = 0; i < 4 * STEPS; i++)
        widen(extent, plane[i]);
    return true;
}

static void fit(EvmMap *map, PlaneExtent extent, double margin_px)
{
    double width_m = extent.max.x_m - extent.min.x_m, height_m = extent.max.y_m - extent.min.y_m;
    map->m_per_px = fmax(width_m / (map->frame.width_px - 2 * margin_px),
                         height_m / (map->frame.height_px - 2 * margin_px));
    map->center.x_m = (extent.min.x_m + extent.max.x_m) / 2;
    map->center.y_m = (extent.min.y_m + extent.max.y_m) / 2;
}

/* Appends an arc to `out`, without its last point, which is the first of the next arc. */
static uint32_t append_arc(const EvmMapPart *part, int32_t ref, EvmPoint *out)
{
    const EvmArc *arc = &part->geodata->arcs[ref < 0 ? ~ref : ref];
    const EvmPoint *points = part->points + arc->first;
    for (uint32_t i = 0; i + 1 < arc->count; i++)
        out[i] = ref < 0 ? points[arc->count - 1 - i] : points[i];
    return arc->count - 1;
}

static EvmPath compute_path(const EvmMapPart *part, size_t area, EvmArena *arena)
{
    const EvmGeodata *geodata = part->geodata;
    const EvmRing *rings = geodata->rings + geodata->areas[area].first_ring;
    uint32_t ring_count = geodata->areas[area].ring_count, total = 0, used = 0;
    for (uint32_t r = 0; r < ring_count; r++)
        for (uint32_t i = 0; i < rings[r].count; i++) {
            int32_t ref = geodata->refs[rings[r].first + i];
            total += geodata->arcs[ref < 0 ? ~ref : ref].count;
        }
    EvmPoint *points = evm_arena_alloc_array(arena, total, sizeof *points);
    uint32_t *ends = evm_arena_alloc_array(arena, ring_count, sizeof *ends);
    for (uint32_t r = 0; r < ring_count; r++) {
        for (uint32_t i = 0; i < rings[r].count; i++)
            used += append_arc(part, geodata->refs[rings[r].first + i], points + used);
        ends[r] = used;
    }
    return (EvmPath){points, ends, ring_count, true};
}

static void place(EvmMap *map, EvmMapPart *part, const EvmGeodata *geodata,
                  const EvmMapPoint *plane, EvmArena *arena)
{
    part->geodata = geodata;
    part->points = all_to_page(map, plane, geodata->point_count);
    part->paths = evm_arena_alloc_array(arena, geodata->area_count, sizeof *part->paths);
    for (size_t area = 0; area < geodata->area_count; area++)
        part->paths[area] = compute_path(part, area, arena);
}

static bool place_districts(EvmMap *map, const EvmMapRequest *request, EvmArena *arena,
                            GError **error)
{
    const EvmUniverse *universe = request->universe;
    g_autofree EvmMapPoint *plane = project(map->projection, map->owned[0], error);
    if (!plane)
        return false;
    PlaneExtent extent = counted_extent(map->owned[0], universe->is_counted, plane);
    if (!(extent.max.x_m > extent.min.x_m) || !(extent.max.y_m > extent.min.y_m)) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT, "%s: the chosen area has no extent",
                    universe->geodata->files[0].path);
        return false;
    }
    if (request->window && !find_window(map, request->window, &extent, error))
        return false;
    fit(map, extent, request->window ? 0 : request->margin_px);
    place(map, &map->districts, map->owned[0], plane, arena);
    return true;
}

/* Every point of an area is one of its borders'; one without an outline has none. */
static bool is_cut(const EvmMap *map)
{
    const EvmRect *frame = &map->frame;
    for (size_t area = 0; area < map->districts.geodata->area_count; area++) {
        const EvmPath *path = &map->districts.paths[area];
        EvmRect box = evm_path_compute_bounds(path, 0);
        if (map->universe->is_counted[area] && path->part_count > 0 &&
            (box.x_px < frame->x_px || box.y_px < frame->y_px ||
             box.x_px + box.width_px > frame->x_px + frame->width_px ||
             box.y_px + box.height_px > frame->y_px + frame->height_px))
            return true;
    }
    return false;
}

static bool place_neighbours(EvmMap *map, EvmArena *arena, GError **error)
{
    if (!map->owned[1])
        return true;
    g_autofree EvmMapPoint *plane = project(map->projection, map->owned[1], error);
    if (!plane)
        return false;
    place(map, &map->neighbours, map->owned[1], plane, arena);
    return true;
}

static bool is_apart(EvmExtent a, EvmExtent b)
{
    return a.max.lon_deg <= b.min.lon_deg || b.max.lon_deg <= a.min.lon_deg ||
           a.max.lat_deg <= b.min.lat_deg || b.max.lat_deg <= a.min.lat_deg;
}

/* An empty map would look as if nothing had happened. */
static bool check_window(const EvmMapRequest *request, GError **error)
{
    const EvmUniverse *universe = request->universe;
    for (size_t i = 0; i < universe->geodata->area_count; i++)
        if (universe->is_counted[i] && universe->geodata->areas[i].ring_count > 0 &&
            !is_apart(universe->geodata->areas[i].extent, *request->window))
            return true;
    EvmExtent all = evm_geodata_compute_extent(universe->geodata, universe->is_counted);
    g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE,
                "--bbox shows none of the %zu districts: they reach from %.1f to %.1f° E and from "
                "%.1f to %.1f° N",
                universe->count, all.min.lon_deg, all.max.lon_deg, all.min.lat_deg,
                all.max.lat_deg);
    return false;
}

EvmMap *evm_map_compute(const EvmMapRequest *request, GError **error)
{
    const EvmUniverse *universe = request->universe;
    if (request->window && !check_window(request, error))
        return NULL;
    EvmExtent extent = request->window
                           ? *request->window
                           : evm_geodata_compute_extent(universe->geodata, universe->is_counted);
    double m_per_px = estimate_m_per_px(extent, request->frame, request->margin_px);
    double tolerance_deg = request->tolerance_px * m_per_px / M_PER_DEG;
    EvmMap *map = g_new0(EvmMap, 1);
    map->arena = request->arena ? NULL : evm_arena_new();
    EvmArena *arena = request->arena ? request->arena : map->arena;
    map->universe = universe;
    map->frame = request->frame;
    map->is_window = request->window != NULL;
    map->owned[0] = evm_geodata_compute_simplified(universe->geodata, tolerance_deg);
    if (request->neighbours)
        map->owned[1] = evm_geodata_compute_simplified(request->neighbours, tolerance_deg);
    map->projection = evm_projection_new(request->crs, extent, error);
    if (!map->projection || !place_districts(map, request, arena, error) ||
        !place_neighbours(map, arena, error))
        g_clear_pointer(&map, evm_map_free);
    if (map)
        map->is_cut = is_cut(map);
    return map;
}

void evm_map_free(EvmMap *map)
{
    if (!map)
        return;
    g_free(map->districts.points);
    g_free(map->neighbours.points);
    evm_geodata_free(map->owned[0]);
    evm_geodata_free(map->owned[1]);
    evm_projection_free(map->projection);
    evm_arena_free(map->arena);
    g_free(map);
}

bool evm_map_find_point(const EvmMap *map, EvmLonLat place, EvmPoint *out)
{
    EvmMapPoint point;
    if (!evm_projection_compute(map->projection, &place, 1, &point, NULL))
        return false;
    *out = to_page(map, point);
    return true;
}

EvmPath evm_map_compute_arc_path(const EvmMapPart *part, EvmArcFilter filter, const void *user,
                                 EvmArena *arena)
{
    const EvmGeodata *geodata = part->geodata;
    uint32_t total = 0, used = 0, parts = 0;
    for (size_t i = 0; i < geodata->arc_count; i++)
        total += filter(&geodata->arcs[i], user) ? geodata->arcs[i].count : 0;
    EvmPoint *points = evm_arena_alloc_array(arena, total, sizeof *points);
    uint32_t *ends = evm_arena_alloc_array(arena, geodata->arc_count, sizeof *ends);
    for (size_t i = 0; i < geodata->arc_count; i++) {
        const EvmArc *arc = &geodata->arcs[i];
        if (!filter(arc, user))
            continue;
        for (uint32_t j = 0; j < arc->count; j++)
            points[used++] = part->points[arc->first + j];
        ends[parts++] = used;
    }
    return (EvmPath){points, ends, parts, false};
}

/* Borders are drawn in short lines: one that comes so near counts as reaching in. */
static bool is_near(EvmPoint a, EvmPoint b, EvmRect box)
{
    return fmax(a.x_px, b.x_px) >= box.x_px && fmin(a.x_px, b.x_px) <= box.x_px + box.width_px &&
           fmax(a.y_px, b.y_px) >= box.y_px && fmin(a.y_px, b.y_px) <= box.y_px + box.height_px;
}

/* Whether a line from the point to the right crosses the border between `a` and `b`. */
static bool is_crossed(EvmPoint a, EvmPoint b, EvmPoint point)
{
    return (a.y_px > point.y_px) != (b.y_px > point.y_px) &&
           point.x_px < a.x_px + (point.y_px - a.y_px) / (b.y_px - a.y_px) * (b.x_px - a.x_px);
}

bool evm_map_has_district(const EvmMap *map, EvmRect box)
{
    const EvmMapPart *part = &map->districts;
    EvmPoint corner = {box.x_px, box.y_px};
    bool is_inside = false; /* the outline of all */
    for (size_t i = 0; i < part->geodata->arc_count; i++) {
        const EvmArc *arc = &part->geodata->arcs[i];
        bool is_outline = arc->left < 0 || arc->right < 0;
        const EvmPoint *points = part->points + arc->first;
        for (uint32_t k = 1; k < arc->count; k++) {
            if (is_near(points[k - 1], points[k], box))
                return true;
            is_inside ^= is_outline && is_crossed(points[k - 1], points[k], corner);
        }
    }
    return is_inside;
}

bool evm_map_has_area(const EvmMap *map, size_t area, EvmRect box)
{
    const EvmPath *path = &map->districts.paths[area];
    EvmPoint corner = {box.x_px, box.y_px};
    bool is_inside = false;
    for (uint32_t part = 0, start = 0; part < path->part_count; start = path->ends[part++])
        for (uint32_t i = start, last = path->ends[part] - 1; i < path->ends[part]; last = i++) {
            if (is_near(path->points[last], path->points[i], box))
                return true;
            is_inside ^= is_crossed(path->points[last], path->points[i], corner);
        }
    return is_inside;
}

bool evm_map_is_home(const EvmArea *area)
{
    return strcmp(area->name, "Afghanistan") == 0;
}
