#include "output/geojson.h"

#include <string.h>

/* A square with a hole in which an island lies, and another square outside: all of one area, their
 * lines in either direction. */
static const EvmLonLat points[] = {
    {0, 0},  {0, 9},  {9, 9},  {9, 0},  {0, 0}, /* clockwise */
    {2, 2},  {7, 2},  {7, 7},  {2, 7},  {2, 2}, /* counter-clockwise */
    {4, 4},  {5, 4},  {5, 5},  {4, 4},          /* island */
    {20, 0}, {21, 0}, {21, 1}, {20, 0},         /* outside */
};
static const EvmArc arcs[] = {
    {0, 5, 0, EVM_AREA_OUTSIDE}, {5, 5, 0, EVM_AREA_OUTSIDE}, {10, 4, 0, -1}, {14, 4, 0, -1}};
static const int32_t refs[] = {0, ~1, 2, 3};
static const EvmRing rings[] = {{0, 1, 0}, {1, 1, 0}, {2, 1, 0}, {3, 1, 0}};

static char *write_area(uint32_t first_ring, uint32_t ring_count)
{
    EvmArea area = {.first_ring = first_ring,
                    .ring_count = ring_count,
                    .extent = {{0, 0}, {21, 9}},
                    .pcode = "",
                    .name = "Ring \"1\"",
                    .province = ""};
    EvmGeodata geodata = {&area, 1, rings, 4, refs, 4, arcs, 4, points, 18, {{0, 0}, {21, 9}},
                          NULL,  0};
    int32_t no_district = EVM_NO_DISTRICT;
    bool is_counted = true;
    double area_km2 = 1.5;
    EvmGazetteer *gazetteer = NULL;
    EvmUniverse universe = {&geodata, gazetteer, &no_district, NULL, &is_counted, &area_km2, 1};
    EvmState state = {0};
    g_assert_true(evm_date_parse("2021-07-05", &state.question.date));
    EvmChanges changes = {0};
    EvmGeojson *geojson = evm_geojson_new(&universe);
    GString *out = g_string_new(NULL);
    evm_geojson_write(geojson, &state, &changes, "evmap test", out);
    evm_geojson_free(geojson);
    return g_string_free(out, FALSE);
}

static void assert_geometry(uint32_t first_ring, uint32_t ring_count, const char *expected)
{
    g_autofree char *text = write_area(first_ring, ring_count);
    const char *geometry = strstr(text, "\"geometry\": ");
    g_assert_nonnull(geometry);
    g_autofree char *end = g_strconcat("\"geometry\": ", expected, "}\n]}\n", NULL);
    g_assert_cmpstr(geometry, ==, end);
}

#define POINT(lon, lat) "[" #lon ".000000, " #lat ".000000]"
#define OUTER                                                                                      \
    "[" POINT(0, 0) ", " POINT(9, 0) ", " POINT(9, 9) ", " POINT(0, 9) ", " POINT(0, 0) "]"
#define HOLE "[" POINT(2, 2) ", " POINT(2, 7) ", " POINT(7, 7) ", " POINT(7, 2) ", " POINT(2, 2) "]"
#define ISLAND "[" POINT(4, 4) ", " POINT(5, 4) ", " POINT(5, 5) ", " POINT(4, 4) "]"
#define OUTSIDE "[" POINT(20, 0) ", " POINT(21, 0) ", " POINT(21, 1) ", " POINT(20, 0) "]"

static void test_one_ring_is_a_polygon(void)
{
    assert_geometry(0, 1, "{\"type\": \"Polygon\", \"coordinates\": [" OUTER "]}");
}

static void test_holes_run_clockwise(void)
{
    assert_geometry(0, 2, "{\"type\": \"Polygon\", \"coordinates\": [" OUTER ", " HOLE "]}");
}

static void test_islands_are_polygons_of_their_own(void)
{
    assert_geometry(0, 4,
                    "{\"type\": \"MultiPolygon\", \"coordinates\": [[" OUTER ", " HOLE "], [" ISLAND
                    "], [" OUTSIDE "]]}");
}

static void test_no_ring_is_no_geometry(void)
{
    assert_geometry(0, 0, "null");
}

static void test_properties_are_those_of_the_table(void)
{
    g_autofree char *text = write_area(0, 1);
    g_assert_true(g_str_has_prefix(
        text, "{\"type\": \"FeatureCollection\", \"date\": \"2021-07-05\", \"software\": "
              "\"evmap test\", \"features\": [\n"
              "{\"type\": \"Feature\", \"properties\": {\"pcode\": \"\", \"district\": "
              "\"Ring \\\"1\\\"\", \"province\": \"\", \"control\": \"unassessed\", \"doubt\": "
              "\"sure\", "));
    g_assert_nonnull(strstr(text, "\"area_km2\": 1.5, \"population\": 0, \"schematic\": false, "
                                  "\"changed\": false}, \"geometry\": "));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/output/geojson/one_ring_is_a_polygon", test_one_ring_is_a_polygon);
    g_test_add_func("/output/geojson/holes_run_clockwise", test_holes_run_clockwise);
    g_test_add_func("/output/geojson/islands_are_polygons_of_their_own",
                    test_islands_are_polygons_of_their_own);
    g_test_add_func("/output/geojson/no_ring_is_no_geometry", test_no_ring_is_no_geometry);
    g_test_add_func("/output/geojson/properties_are_those_of_the_table",
                    test_properties_are_those_of_the_table);
    return g_test_run();
}
