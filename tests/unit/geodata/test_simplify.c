#include "fixture.h"
#include "tessellation.h"

#include <math.h>

#define LOAD(polygons) geodata_from(polygons, G_N_ELEMENTS(polygons), NULL)

static double cos_middle(const EvmGeodata *geodata)
{
    return cos((geodata->extent.min.lat_deg + geodata->extent.max.lat_deg) / 2 * G_PI / 180);
}

static double distance_to(EvmLonLat point, EvmLonLat a, EvmLonLat b, double lon_scale)
{
    double dx = (b.lon_deg - a.lon_deg) * lon_scale, dy = b.lat_deg - a.lat_deg;
    double px = (point.lon_deg - a.lon_deg) * lon_scale, py = point.lat_deg - a.lat_deg;
    double squared = dx * dx + dy * dy;
    double along = squared > 0 ? CLAMP((px * dx + py * dy) / squared, 0, 1) : 0;
    return hypot(px - along * dx, py - along * dy);
}

static bool is_same(EvmLonLat a, EvmLonLat b)
{
    return a.lon_deg == b.lon_deg && a.lat_deg == b.lat_deg;
}

/* Every vertex of the full arc is kept, or near the simplified edge that replaces it. */
static void check_arc(const EvmGeodata *full, const EvmGeodata *simple, size_t arc,
                      double tolerance_deg)
{
    const EvmArc *from = &full->arcs[arc], *to = &simple->arcs[arc];
    const EvmLonLat *kept = simple->points + to->first;
    uint32_t edge = 0;
    g_assert_true(is_same(full->points[from->first], kept[0]));
    g_assert_true(is_same(full->points[from->first + from->count - 1], kept[to->count - 1]));
    for (uint32_t i = 1; i < from->count; i++) {
        EvmLonLat point = full->points[from->first + i];
        g_assert_cmpuint(edge + 1, <, to->count);
        g_assert_cmpfloat(distance_to(point, kept[edge], kept[edge + 1], cos_middle(full)), <=,
                          tolerance_deg * (1 + 1e-9));
        if (is_same(point, kept[edge + 1]))
            edge++;
    }
    g_assert_cmpuint(edge + 1, ==, to->count);
    g_assert_cmpint(from->left, ==, to->left);
    g_assert_cmpint(from->right, ==, to->right);
}

static double sum_of_areas(const EvmGeodata *geodata)
{
    double sum = 0;
    for (size_t area = 0; area < geodata->area_count; area++)
        sum += area_by_sides(geodata, (int32_t)area);
    return sum;
}

static double outline_area(const EvmGeodata *geodata)
{
    return -area_by_sides(geodata, EVM_AREA_OUTSIDE);
}

static void test_random_maps_stay_matched(void)
{
    static const double TOLERANCES[] = {0, 0.002, 0.02, 10};
    for (guint32 seed = 1; seed <= 40; seed++) {
        EvmGeodata *full = tessellation_load(seed, NULL);
        double tolerance_deg = TOLERANCES[seed % G_N_ELEMENTS(TOLERANCES)];
        EvmGeodata *simple = evm_geodata_compute_simplified(full, tolerance_deg);
        g_assert_cmpuint(simple->arc_count, ==, full->arc_count);
        g_assert_cmpuint(simple->point_count, <=, full->point_count);
        for (size_t arc = 0; arc < full->arc_count; arc++)
            check_arc(full, simple, arc, tolerance_deg);
        g_assert_cmpfloat_with_epsilon(sum_of_areas(full), outline_area(full), 1e-9);
        g_assert_cmpfloat_with_epsilon(sum_of_areas(simple), outline_area(simple), 1e-9);
        evm_geodata_free(simple);
        evm_geodata_free(full);
    }
}

static void check_rings_have_an_inside(const EvmGeodata *simple)
{
    for (size_t r = 0; r < simple->ring_count; r++) {
        GArray *ring = ring_points(simple, r);
        g_assert_cmpuint(ring->len, >=, 4);
        g_assert_cmpfloat(fabs(signed_area(ring)), >, 0);
        g_array_free(ring, TRUE);
    }
}

/* However large the tolerance: an island, a town in a district, and a lens between two districts
 * that consists of two arcs. */
static void test_nothing_collapses(void)
{
    static const char *const SMALL[] = {
        "60 30,60 30.001,60.001 30.001,60.0015 30.0005,60.001 30,60 30",
        "70 30,70 40,80 40,80 30,70 30; 74 34,76 34,76 36,74 36,74 34",
        "74 34,74 36,76 36,76 34,74 34",
        "50 30,50 31,51 30.6,52 31,52 30,50 30",
        "50 31,50 32,52 32,52 31,51 31.4,50 31",
        "50 31,51 31.4,52 31,51 30.6,50 31",
    };
    EvmGeodata *full = LOAD(SMALL);
    EvmGeodata *simple = evm_geodata_compute_simplified(full, 100);
    g_assert_cmpuint(simple->area_count, ==, G_N_ELEMENTS(SMALL));
    check_rings_have_an_inside(simple);
    evm_geodata_free(simple);
    evm_geodata_free(full);
}

static void test_closed_line_of_three_points_stays(void)
{
    static const char *const TRIANGLE[] = {"60 30,60 31,61 30,60 30"};
    EvmGeodata *full = LOAD(TRIANGLE);
    EvmGeodata *simple = evm_geodata_compute_simplified(full, 100);
    g_assert_cmpuint(simple->point_count, ==, 4);
    evm_geodata_free(simple);
    evm_geodata_free(full);
}

/* At 60 degrees north a degree of longitude is half one of latitude. */
static void test_longitudes_are_weighed(void)
{
    static const char *const BUMPS[] = {
        "10 59,9.5 60,10 61,20 61,20 59,10 59",
        "30 59,30 61,40 61,40 59,35 58.5,30 59",
    };
    EvmGeodata *full = LOAD(BUMPS);
    EvmGeodata *simple = evm_geodata_compute_simplified(full, 0.3);
    bool has_west = false, has_south = false;
    for (size_t i = 0; i < simple->point_count; i++) {
        has_west = has_west || simple->points[i].lon_deg == 9.5;
        has_south = has_south || simple->points[i].lat_deg == 58.5;
    }
    g_assert_false(has_west);
    g_assert_true(has_south);
    evm_geodata_free(simple);
    evm_geodata_free(full);
}

/* Each tooth a little longer than the one before: always split at its very end, a million vertices
 * would take hours. */
static void test_comb_is_no_trap(void)
{
    enum { TEETH = 200000 };
    GString *text = g_string_new("60 30");
    for (int i = 1; i <= TEETH; i++)
        g_string_append_printf(text, ",%.17g %.17g", 60 + i * 1e-5,
                               30 + (i % 2 ? 1.0 : 0.5) * i * 1e-5);
    g_string_append(text, ",62 20,60 30");
    const char *polygon = text->str;
    EvmGeodata *full = geodata_from(&polygon, 1, NULL);
    g_test_timer_start();
    EvmGeodata *simple = evm_geodata_compute_simplified(full, 1e-7);
    g_assert_cmpfloat(g_test_timer_elapsed(), <, 10);
    g_assert_cmpuint(simple->point_count, >, TEETH / 2);
    evm_geodata_free(simple);
    evm_geodata_free(full);
    g_string_free(text, TRUE);
}

static void test_copy_shares_strings_and_files(void)
{
    static const char *const SQUARE[] = {"60 30,60 31,61 31,61 30,60 30"};
    EvmGeodata *full = LOAD(SQUARE);
    EvmGeodata *simple = evm_geodata_compute_simplified(full, 0.1);
    g_assert_true(simple->areas == full->areas);
    g_assert_true(simple->files == full->files);
    g_assert_cmpstr(simple->areas[0].pcode, ==, "P1");
    evm_geodata_free(simple);
    g_assert_cmpstr(full->areas[0].pcode, ==, "P1");
    evm_geodata_free(full);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/geodata/simplify/random_maps_stay_matched", test_random_maps_stay_matched);
    g_test_add_func("/geodata/simplify/nothing_collapses", test_nothing_collapses);
    g_test_add_func("/geodata/simplify/closed_line_of_three_points_stays",
                    test_closed_line_of_three_points_stays);
    g_test_add_func("/geodata/simplify/longitudes_are_weighed", test_longitudes_are_weighed);
    g_test_add_func("/geodata/simplify/comb_is_no_trap", test_comb_is_no_trap);
    g_test_add_func("/geodata/simplify/copy_shares_strings_and_files",
                    test_copy_shares_strings_and_files);
    return g_test_run();
}
