#include "output/geojson.h"

#include "base/json_writer.h"
#include "output/holdings.h"

struct EvmGeojson {
    const EvmUniverse *universe;
    char **geometries; /* JSON, one an area; NULL for those that are not counted */
};

/* A closed line, its first point repeated at the end. */
typedef struct {
    GArray *points; /* of EvmLonLat */
    bool is_clockwise;
    unsigned depth; /* rings around it */
    int parent;     /* the innermost of them; -1: none */
} Line;

static void add_arc(GArray *points, const EvmGeodata *geodata, int32_t ref)
{
    const EvmArc *arc = &geodata->arcs[ref < 0 ? ~ref : ref];
    const EvmLonLat *first = geodata->points + arc->first;
    for (uint32_t i = points->len > 0 ? 1 : 0; i < arc->count; i++)
        g_array_append_val(points, first[ref < 0 ? arc->count - 1 - i : i]);
}

static EvmLonLat point_at(const Line *line, guint i)
{
    return g_array_index(line->points, EvmLonLat, i);
}

static bool is_clockwise(const Line *line)
{
    EvmLonLat origin = point_at(line, 0);
    double twice = 0;
    for (guint i = 1; i < line->points->len; i++) {
        EvmLonLat a = point_at(line, i - 1), b = point_at(line, i);
        twice += (a.lon_deg - origin.lon_deg) * (b.lat_deg - origin.lat_deg) -
                 (b.lon_deg - origin.lon_deg) * (a.lat_deg - origin.lat_deg);
    }
    return twice < 0;
}

static Line line_of(const EvmGeodata *geodata, const EvmRing *ring)
{
    Line line = {.points = g_array_new(FALSE, FALSE, sizeof(EvmLonLat)), .parent = -1};
    for (uint32_t i = ring->first; i < ring->first + ring->count; i++)
        add_arc(line.points, geodata, geodata->refs[i]);
    line.is_clockwise = is_clockwise(&line);
    return line;
}

/* By the edges crossed on the way east. */
static bool has_point(const Line *line, EvmLonLat point)
{
    bool is_inside = false;
    for (guint i = 1; i < line->points->len; i++) {
        EvmLonLat a = point_at(line, i - 1), b = point_at(line, i);
        if ((a.lat_deg > point.lat_deg) != (b.lat_deg > point.lat_deg) &&
            point.lon_deg < a.lon_deg + (b.lon_deg - a.lon_deg) * (point.lat_deg - a.lat_deg) /
                                            (b.lat_deg - a.lat_deg))
            is_inside = !is_inside;
    }
    return is_inside;
}

/* Rings of one area may touch in points, but share no edge: the middle of an edge tells. */
static void compute_depths(GArray *lines)
{
    for (guint i = 0; i < lines->len; i++) {
        Line *line = &g_array_index(lines, Line, i);
        EvmLonLat a = point_at(line, 0), b = point_at(line, 1);
        EvmLonLat middle = {(a.lon_deg + b.lon_deg) / 2, (a.lat_deg + b.lat_deg) / 2};
        for (guint k = 0; k < lines->len; k++)
            line->depth += k != i && has_point(&g_array_index(lines, Line, k), middle);
    }
    for (guint i = 0; i < lines->len; i++) {
        Line *line = &g_array_index(lines, Line, i);
        EvmLonLat a = point_at(line, 0), b = point_at(line, 1);
        EvmLonLat middle = {(a.lon_deg + b.lon_deg) / 2, (a.lat_deg + b.lat_deg) / 2};
        for (guint k = 0; k < lines->len; k++)
            if (k != i && g_array_index(lines, Line, k).depth + 1 == line->depth &&
                has_point(&g_array_index(lines, Line, k), middle))
                line->parent = (int)k;
    }
}

static void write_line(EvmJson *json, const Line *line, bool wants_clockwise)
{
    guint count = line->points->len;
    evm_json_write_array_start(json);
    for (guint i = 0; i < count; i++) {
        EvmLonLat point = point_at(line, line->is_clockwise == wants_clockwise ? i : count - 1 - i);
        evm_json_write_array_start(json);
        evm_json_write_double(json, point.lon_deg, 6);
        evm_json_write_double(json, point.lat_deg, 6);
        evm_json_write_array_end(json);
    }
    evm_json_write_array_end(json);
}

/* An outer ring and its holes. */
static void write_polygon(EvmJson *json, const GArray *lines, guint outer)
{
    evm_json_write_array_start(json);
    write_line(json, &g_array_index(lines, Line, outer), false);
    for (guint i = 0; i < lines->len; i++) {
        const Line *line = &g_array_index(lines, Line, i);
        if (line->depth % 2 == 1 && line->parent == (int)outer)
            write_line(json, line, true);
    }
    evm_json_write_array_end(json);
}

static void write_polygons(EvmJson *json, const GArray *lines)
{
    guint outers = 0, only = 0;
    for (guint i = 0; i < lines->len; i++)
        if (g_array_index(lines, Line, i).depth % 2 == 0) {
            outers++;
            only = i;
        }
    evm_json_write_object_start(json);
    evm_json_write_key(json, "type");
    evm_json_write_string(json, outers == 1 ? "Polygon" : "MultiPolygon");
    evm_json_write_key(json, "coordinates");
    if (outers == 1) {
        write_polygon(json, lines, only);
    } else {
        evm_json_write_array_start(json);
        for (guint i = 0; i < lines->len; i++)
            if (g_array_index(lines, Line, i).depth % 2 == 0)
                write_polygon(json, lines, i);
        evm_json_write_array_end(json);
    }
    evm_json_write_object_end(json);
}

static char *format_geometry(const EvmGeodata *geodata, size_t area)
{
    const EvmArea *at = &geodata->areas[area];
    EvmJson json;
    GString *out = g_string_new(NULL);
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(Line));
    if (at->ring_count == 0)
        return g_string_free(g_string_append(out, "null"), FALSE);
    for (uint32_t r = at->first_ring; r < at->first_ring + at->ring_count; r++) {
        Line line = line_of(geodata, &geodata->rings[r]);
        g_array_append_val(lines, line);
    }
    compute_depths(lines);
    evm_json_init_compact(&json, out);
    write_polygons(&json, lines);
    for (guint i = 0; i < lines->len; i++)
        g_array_unref(g_array_index(lines, Line, i).points);
    return g_string_free(out, FALSE);
}

EvmGeojson *evm_geojson_new(const EvmUniverse *universe)
{
    EvmGeojson *geojson = g_new(EvmGeojson, 1);
    size_t count = universe->geodata->area_count;
    *geojson = (EvmGeojson){universe, g_new0(char *, count + 1)};
    for (size_t area = 0; area < count; area++)
        if (universe->is_counted[area])
            geojson->geometries[area] = format_geometry(universe->geodata, area);
    return geojson;
}

void evm_geojson_free(EvmGeojson *geojson)
{
    if (!geojson)
        return;
    for (size_t area = 0; area < geojson->universe->geodata->area_count; area++)
        g_free(geojson->geometries[area]);
    g_free(geojson->geometries);
    g_free(geojson);
}

static void write_feature(EvmJson *json, const EvmGeojson *geojson, const EvmState *state,
                          const EvmChanges *changes, size_t area)
{
    const EvmUniverse *universe = geojson->universe;
    int32_t district = universe->area_district[area];
    evm_json_write_object_start(json);
    evm_json_write_key(json, "type");
    evm_json_write_string(json, "Feature");
    evm_json_write_key(json, "properties");
    evm_json_write_object_start(json);
    evm_holding_write_json(json, universe, state, area);
    evm_json_write_key(json, "schematic");
    evm_json_write_bool(json, universe->geodata->areas[area].is_schematic);
    evm_json_write_key(json, "changed");
    evm_json_write_bool(json, district >= 0 && changes->is_changed[district]);
    evm_json_write_object_end(json);
    evm_json_write_key(json, "geometry");
    evm_json_write_raw(json, geojson->geometries[area]);
    evm_json_write_object_end(json);
}

static void write_head(EvmJson *json, const EvmState *state, const char *software)
{
    char date[EVM_DATE_TEXT_SIZE];
    evm_json_write_object_start(json);
    evm_json_write_key(json, "type");
    evm_json_write_string(json, "FeatureCollection");
    evm_json_write_key(json, "date");
    evm_json_write_string(json, evm_date_format(state->question.date, date));
    evm_json_write_key(json, "software");
    evm_json_write_string(json, software);
    evm_json_write_key(json, "features");
}

void evm_geojson_write(const EvmGeojson *geojson, const EvmState *state, const EvmChanges *changes,
                       const char *software, GString *out)
{
    const EvmUniverse *universe = geojson->universe;
    EvmJson json;
    bool has_feature = false;
    evm_json_init_compact(&json, out);
    write_head(&json, state, software);
    g_string_append(out, "[");
    for (size_t area = 0; area < universe->geodata->area_count; area++) {
        EvmJson feature;
        if (!universe->is_counted[area])
            continue;
        g_string_append(out, has_feature ? ",\n" : "\n");
        evm_json_init_compact(&feature, out);
        write_feature(&feature, geojson, state, changes, area);
        has_feature = true;
    }
    g_string_append(out, "\n]}\n");
}
