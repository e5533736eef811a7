#include "fixture.h"

#include <math.h>

static const char *const TOWN[] = {
    "60 30,60 40,70 40,70 30,60 30; 64 34,66 34,66 36,64 36,64 34",
    "66 36,66 34,64 34,64 36,66 36",
    "",
    "80 30,81 30,82 30,80 30",
};

static EvmGeodata *town(void)
{
    return geodata_from(TOWN, G_N_ELEMENTS(TOWN), NULL);
}

static void test_holes_are_outside(void)
{
    EvmGeodata *geodata = town();
    g_assert_true(evm_area_is_inside(geodata, 0, (EvmLonLat){61, 31}));
    g_assert_false(evm_area_is_inside(geodata, 0, (EvmLonLat){65, 35}));
    g_assert_true(evm_area_is_inside(geodata, 1, (EvmLonLat){65, 35}));
    g_assert_false(evm_area_is_inside(geodata, 1, (EvmLonLat){61, 31}));
    g_assert_false(evm_area_is_inside(geodata, 0, (EvmLonLat){59, 35}));
    g_assert_false(evm_area_is_inside(geodata, 2, (EvmLonLat){0, 0}));
    evm_geodata_free(geodata);
}

static void test_overlapping_rings_cancel(void)
{
    static const char *const EVEN[] = {
        "60 30,60 40,70 40,70 30,60 30; 65 35,65 45,75 45,75 35,65 35"};
    EvmGeodata *geodata = geodata_from(EVEN, 1, NULL);
    g_assert_true(evm_area_is_inside(geodata, 0, (EvmLonLat){61, 31}));
    g_assert_true(evm_area_is_inside(geodata, 0, (EvmLonLat){74, 44}));
    g_assert_false(evm_area_is_inside(geodata, 0, (EvmLonLat){67, 37}));
    evm_geodata_free(geodata);
}

/* Four squares around a point: vertices, edges and the middle, each in exactly one. */
static void test_borders_belong_to_one_side(void)
{
    static const char *const QUARTERS[] = {
        "60 30,61 30,61 31,60 31,60 30",
        "61 30,61 31,62 31,62 30,61 30",
        "60 31,60 32,61 32,61 31,60 31",
        "61 31,61 32,62 32,62 31,61 31",
    };
    EvmGeodata *geodata = geodata_from(QUARTERS, G_N_ELEMENTS(QUARTERS), NULL);
    for (int i = 1; i < 16; i++)
        for (int k = 1; k < 16; k++) {
            EvmLonLat point = {60 + i / 8.0, 30 + k / 8.0};
            int inside = 0;
            for (size_t area = 0; area < 4; area++)
                inside += evm_area_is_inside(geodata, area, point);
            g_assert_cmpint(inside, ==, 1);
        }
    evm_geodata_free(geodata);
}

/* ---- a place for a label ---- */

static EvmLonLat find_inside(const char *polygon)
{
    EvmGeodata *geodata = geodata_from(&polygon, 1, NULL);
    EvmLonLat point = {0, 0};
    g_assert_true(evm_area_find_inside(geodata, 0, &point));
    g_assert_true(evm_area_is_inside(geodata, 0, point));
    evm_geodata_free(geodata);
    return point;
}

static void test_middle_of_a_square(void)
{
    EvmLonLat point = find_inside("20 0,20 1,21 1,21 0,20 0");
    g_assert_cmpfloat_with_epsilon(point.lon_deg, 20.5, 0.02);
    g_assert_cmpfloat_with_epsilon(point.lat_deg, 0.5, 0.02);
}

static void test_wide_part_of_a_crescent(void)
{
    EvmLonLat point = find_inside("0 0,10 0,10 1,1 1,1 9,7 9,7 5,10 5,10 10,0 10,0 0");
    g_assert_cmpfloat(point.lon_deg, >, 8);
    g_assert_cmpfloat(point.lat_deg, >, 6);
}

static void test_beside_a_hole(void)
{
    EvmLonLat point = find_inside("0 0,0 10,10 10,10 0,0 0; 1 1,6 1,6 9,1 9,1 1");
    g_assert_cmpfloat_with_epsilon(point.lon_deg, 8, 0.1);
}

static void test_larger_of_two_parts(void)
{
    EvmLonLat point = find_inside("0 0,0 1,1 1,1 0,0 0; 5 0,5 4,9 4,9 0,5 0");
    g_assert_cmpfloat_with_epsilon(point.lon_deg, 7, 0.1);
}

static void test_nothing_inside_is_told(void)
{
    EvmGeodata *geodata = town();
    EvmLonLat point;
    g_assert_false(evm_area_find_inside(geodata, 2, &point));
    g_assert_false(evm_area_find_inside(geodata, 3, &point));
    evm_geodata_free(geodata);
}

static void test_thin_spiral_ends(void)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 4000; i++)
        g_string_append_printf(text, "%.17g %.17g,", 60 + 1e-3 * i * cos(i * 0.1),
                               30 + 1e-3 * i * sin(i * 0.1));
    for (int i = 3999; i >= 0; i--)
        g_string_append_printf(text, "%.17g %.17g,", 60 + (1e-3 * i + 1e-4) * cos(i * 0.1),
                               30 + (1e-3 * i + 1e-4) * sin(i * 0.1));
    g_string_append(text, "60 30");
    find_inside(text->str);
    g_string_free(text, TRUE);
}

/* ---- extents ---- */

static void test_extent_of_the_chosen(void)
{
    EvmGeodata *geodata = town();
    bool town_only[] = {false, true, false, false}, empty_only[] = {false, false, true, false};
    EvmExtent extent = evm_geodata_compute_extent(geodata, town_only);
    g_assert_cmpfloat(extent.min.lon_deg, ==, 64);
    g_assert_cmpfloat(extent.max.lat_deg, ==, 36);
    extent = evm_geodata_compute_extent(geodata, NULL);
    g_assert_cmpfloat(extent.min.lon_deg, ==, 60);
    g_assert_cmpfloat(extent.max.lon_deg, ==, 82);
    extent = evm_geodata_compute_extent(geodata, empty_only);
    g_assert_cmpfloat(extent.max.lon_deg, ==, 0);
    evm_geodata_free(geodata);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/geodata/is_inside/holes_are_outside", test_holes_are_outside);
    g_test_add_func("/geodata/is_inside/overlapping_rings_cancel", test_overlapping_rings_cancel);
    g_test_add_func("/geodata/is_inside/borders_belong_to_one_side",
                    test_borders_belong_to_one_side);
    g_test_add_func("/geodata/find_inside/middle_of_a_square", test_middle_of_a_square);
    g_test_add_func("/geodata/find_inside/wide_part_of_a_crescent", test_wide_part_of_a_crescent);
    g_test_add_func("/geodata/find_inside/beside_a_hole", test_beside_a_hole);
    g_test_add_func("/geodata/find_inside/larger_of_two_parts", test_larger_of_two_parts);
    g_test_add_func("/geodata/find_inside/nothing_inside_is_told", test_nothing_inside_is_told);
    g_test_add_func("/geodata/find_inside/thin_spiral_ends", test_thin_spiral_ends);
    g_test_add_func("/geodata/extent/of_the_chosen", test_extent_of_the_chosen);
    return g_test_run();
}
