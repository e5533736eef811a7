/* evmap-check-geodata DIR: looks at the finished shapefiles with fresh eyes, sharing no code with
 * the builder: edges and areas, in whole thousandths of a degree. */
#include <glib.h>
#include <math.h>
#include <shapefil.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { DISTRICTS = 398, PROVINCES = 34, GAZETTEER = 401 };

typedef struct {
    int32_t x, y;
} Point;

typedef struct {
    GHashTable *edges; /* directed edges in use, as text "x y x y" */
    int64_t area;      /* twice, clockwise positive */
    unsigned holes, parts;
} Layer;

static unsigned problems;

G_GNUC_PRINTF(2, 3) static void expect(bool ok, const char *format, ...)
{
    va_list arguments;

    if (ok)
        return;
    problems++;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

static Point point_at(const SHPObject *shape, int index)
{
    double x = shape->padfX[index] * 1000, y = shape->padfY[index] * 1000;

    expect(fabs(x - round(x)) < 1e-6 && fabs(y - round(y)) < 1e-6,
           "vertex %.6f %.6f has more than three decimals", x / 1000, y / 1000);
    return (Point){(int32_t)lround(x), (int32_t)lround(y)};
}

static char *format_edge(Point a, Point b)
{
    return g_strdup_printf("%d %d %d %d", a.x, a.y, b.x, b.y);
}

static int64_t read_ring(Layer *layer, const SHPObject *shape, int first, int end)
{
    int64_t area = 0;
    Point start = point_at(shape, first), last = point_at(shape, end - 1);

    expect(end - first >= 4 && start.x == last.x && start.y == last.y,
           "shape %d: ring is not closed", shape->nShapeId);
    for (int i = first; i + 1 < end; i++) {
        Point a = point_at(shape, i), b = point_at(shape, i + 1);
        expect(a.x != b.x || a.y != b.y, "shape %d: repeated vertex", shape->nShapeId);
        expect(g_hash_table_add(layer->edges, format_edge(a, b)),
               "shape %d: edge used twice in one direction", shape->nShapeId);
        area += (int64_t)b.x * a.y - (int64_t)a.x * b.y;
    }
    return area;
}

static int64_t read_shape(Layer *layer, const SHPObject *shape)
{
    int64_t sum = 0;

    for (int part = 0; part < shape->nParts; part++) {
        int end = part + 1 < shape->nParts ? shape->panPartStart[part + 1] : shape->nVertices;
        int64_t area = read_ring(layer, shape, shape->panPartStart[part], end);
        expect(part > 0 || area > 0, "shape %d: first ring is not clockwise", shape->nShapeId);
        if (area > 0)
            layer->parts++;
        else
            layer->holes++;
        sum += area;
    }
    return sum;
}

/* Adds the area of each shape to `areas` under the text of its field `key`, when there is one. */
static Layer read_layer(const char *folder, const char *name, int count, const char *key,
                        GHashTable *areas)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    Layer layer = {.edges = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    SHPHandle shp = SHPOpen(path, "rb");
    DBFHandle dbf = DBFOpen(path, "rb");
    int shapes = 0;

    if (!shp || !dbf)
        g_error("cannot open %s", path);
    SHPGetInfo(shp, &shapes, NULL, NULL, NULL);
    expect(shapes == count && DBFGetRecordCount(dbf) == count, "%s: %d shapes, %d records, not %d",
           name, shapes, DBFGetRecordCount(dbf), count);
    for (int i = 0; i < shapes; i++) {
        SHPObject *shape = SHPReadObject(shp, i);
        int64_t area = read_shape(&layer, shape);
        SHPDestroyObject(shape);
        layer.area += area;
        const char *text = key ? DBFReadStringAttribute(dbf, i, DBFGetFieldIndex(dbf, key)) : "";
        int64_t *sum = g_hash_table_lookup(areas, text);
        if (!sum) {
            sum = g_new0(int64_t, 1);
            g_hash_table_insert(areas, g_strdup(text), sum);
        }
        *sum += area;
    }
    SHPClose(shp);
    DBFClose(dbf);
    printf("%s: %d shapes, %u outer rings, %u holes, area %.6f square degrees\n", name, shapes,
           layer.parts, layer.holes, (double)layer.area / 2e6);
    return layer;
}

/* Edges without a partner in the other direction: the outside border. */
static GHashTable *find_border(const Layer *layer)
{
    GHashTable *border = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iter;
    gpointer edge;

    g_hash_table_iter_init(&iter, layer->edges);
    while (g_hash_table_iter_next(&iter, &edge, NULL)) {
        g_auto(GStrv) word = g_strsplit(edge, " ", 4);
        g_autofree char *back = g_strdup_printf("%s %s %s %s", word[2], word[3], word[0], word[1]);
        if (!g_hash_table_contains(layer->edges, back))
            g_hash_table_add(border, g_strdup(edge));
    }
    return border;
}

/* No gaps and no slivers: what the districts leave unmatched is the outline, edge by edge. */
static void check_border(const Layer *layer, const Layer *outline, const char *name)
{
    g_autoptr(GHashTable) border = find_border(layer);
    GHashTableIter iter;
    gpointer edge;

    expect(layer->area == outline->area, "%s: area differs from the outline's", name);
    expect(g_hash_table_size(border) == g_hash_table_size(outline->edges),
           "%s: %u unmatched edges, the outline has %u", name, g_hash_table_size(border),
           g_hash_table_size(outline->edges));
    g_hash_table_iter_init(&iter, border);
    while (g_hash_table_iter_next(&iter, &edge, NULL))
        expect(g_hash_table_contains(outline->edges, edge), "%s: edge %s is no outline", name,
               (char *)edge);
}

static void check_province_areas(GHashTable *from_districts, GHashTable *from_provinces)
{
    GHashTableIter iter;
    gpointer pcode, area;

    expect(g_hash_table_size(from_districts) == PROVINCES, "districts name %u provinces",
           g_hash_table_size(from_districts));
    g_hash_table_iter_init(&iter, from_districts);
    while (g_hash_table_iter_next(&iter, &pcode, &area)) {
        const int64_t *other = g_hash_table_lookup(from_provinces, pcode);
        expect(other && *other == *(int64_t *)area, "%s: area differs from its districts'",
               (char *)pcode);
    }
}

static void check_is_subset(const Layer *inner, const Layer *outer)
{
    GHashTableIter iter;
    gpointer edge;

    g_hash_table_iter_init(&iter, inner->edges);
    while (g_hash_table_iter_next(&iter, &edge, NULL))
        expect(g_hash_table_contains(outer->edges, edge), "province edge %s is no district edge",
               (char *)edge);
}

/* Every P-code once, and in the gazetteer; every row that claims an outline has one. */
static void check_pcodes(const char *folder, GHashTable *pcodes)
{
    g_autofree char *path = g_build_filename(folder, "gazetteer.csv", NULL);
    g_autofree char *text = NULL;
    unsigned rows = 0, found = 0;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        g_error("cannot read %s", path);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines + 1; *line && **line; line++) {
        g_autofree char *pcode = g_strndup(*line, 6);
        rows++;
        found += g_hash_table_contains(pcodes, pcode) ? 1 : 0;
    }
    expect(rows == GAZETTEER, "gazetteer.csv: %u rows", rows);
    expect(g_hash_table_size(pcodes) == DISTRICTS && found == DISTRICTS,
           "%u P-codes, of which %u are in the gazetteer", g_hash_table_size(pcodes), found);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: evmap-check-geodata DIR\n", stderr);
        return 2;
    }
    GHashTable *areas[4];
    for (size_t i = 0; i < G_N_ELEMENTS(areas); i++)
        areas[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    Layer layers[] = {
        read_layer(argv[1], "afg_districts", DISTRICTS, "prov_pcode", areas[0]),
        read_layer(argv[1], "afg_provinces", PROVINCES, "prov_pcode", areas[1]),
        read_layer(argv[1], "afg_outline", 1, NULL, areas[2]),
        read_layer(argv[1], "afg_districts", DISTRICTS, "pcode", areas[3]),
    };

    check_border(&layers[0], &layers[2], "afg_districts");
    check_border(&layers[1], &layers[2], "afg_provinces");
    check_is_subset(&layers[1], &layers[0]);
    check_province_areas(areas[0], areas[1]);
    check_pcodes(argv[1], areas[3]);
    for (size_t i = 0; i < G_N_ELEMENTS(areas); i++) {
        g_hash_table_unref(areas[i]);
        g_hash_table_unref(layers[i].edges);
    }
    printf("%u problems\n", problems);
    return problems > 0;
}
