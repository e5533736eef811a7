#include "fixture.h"
#include "tessellation.h"

#include <math.h>

#define LOAD(polygons, diagnostics) geodata_from(polygons, G_N_ELEMENTS(polygons), diagnostics)

static size_t count_shared(const EvmGeodata *geodata)
{
    size_t shared = 0;
    for (size_t i = 0; i < geodata->arc_count; i++)
        shared += geodata->arcs[i].left >= 0 && geodata->arcs[i].right >= 0;
    return shared;
}

/* Two unit squares side by side. */
static const char *const PAIR[] = {
    "60 30, 60 31, 61 31, 61 30, 60 30",
    "61 30, 61 31, 62 31, 62 30, 61 30",
};

static void test_shared_border_is_one_arc(void)
{
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    EvmGeodata *geodata = LOAD(PAIR, diagnostics);
    g_assert_cmpuint(evm_diagnostics_count(diagnostics), ==, 0);
    g_assert_cmpuint(geodata->arc_count, ==, 3);
    g_assert_cmpuint(geodata->ref_count, ==, 4);
    g_assert_cmpuint(count_shared(geodata), ==, 1);
    g_assert_cmpuint(geodata->point_count, ==, 4 + 2 + 4);
    evm_geodata_free(geodata);
    evm_diagnostics_free(diagnostics);
}

static void test_sides_do_not_depend_on_winding(void)
{
    static const char *const WINDINGS[][2] = {
        {"60 30,60 31,61 31,61 30,60 30", "61 30,61 31,62 31,62 30,61 30"},
        {"60 30,61 30,61 31,60 31,60 30", "61 30,62 30,62 31,61 31,61 30"},
        {"60 30,61 30,61 31,60 31,60 30", "61 30,61 31,62 31,62 30,61 30"},
        {"61 31,61 30,60 30,60 31,61 31", "62 31,61 31,61 30,62 30,62 31"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(WINDINGS); i++) {
        EvmDiagnostics *diagnostics = evm_diagnostics_new();
        EvmGeodata *geodata = LOAD(WINDINGS[i], diagnostics);
        g_assert_cmpuint(evm_diagnostics_count(diagnostics), ==, 0);
        g_assert_cmpuint(count_shared(geodata), ==, 1);
        for (int32_t area = 0; area < 2; area++)
            g_assert_cmpfloat_with_epsilon(area_by_sides(geodata, area), 1, 1e-12);
        evm_geodata_free(geodata);
        evm_diagnostics_free(diagnostics);
    }
}

/* A town inside a district: the hole's line and the town's are one closed arc. */
static void test_enclave_shares_the_hole(void)
{
    static const char *const TOWN[] = {
        "60 30,60 40,70 40,70 30,60 30; 64 34,65 34,66 34,66 35,66 36,65 36,64 36,64 35,64 34",
        "66 36,66 35,66 34,65 34,64 34,64 35,64 36,65 36,66 36",
    };
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    EvmGeodata *geodata = LOAD(TOWN, diagnostics);
    g_assert_cmpuint(evm_diagnostics_count(diagnostics), ==, 0);
    g_assert_cmpuint(geodata->arc_count, ==, 2);
    g_assert_cmpuint(count_shared(geodata), ==, 1);
    g_assert_cmpfloat_with_epsilon(area_by_sides(geodata, 0), 96, 1e-9);
    g_assert_cmpfloat_with_epsilon(area_by_sides(geodata, 1), 4, 1e-9);
    evm_geodata_free(geodata);
    evm_diagnostics_free(diagnostics);
}

/* The same with every ring wound the same way: nesting tells the hole, not its winding. */
static void test_hole_of_wrong_winding_is_a_hole(void)
{
    static const char *const NESTED[] = {
        "60 30,60 40,70 40,70 30,60 30; 61 31,61 39,69 39,69 31,61 31; 62 32,62 38,68 38,68 32,62 "
        "32",
    };
    EvmGeodata *geodata = LOAD(NESTED, NULL);
    g_assert_cmpfloat_with_epsilon(area_by_sides(geodata, 0), 100 - 64 + 36, 1e-9);
    evm_geodata_free(geodata);
}

static void test_areas_that_touch_at_a_point_share_no_arc(void)
{
    static const char *const TOUCHING[] = {
        "60 30,60 31,61 31,61 30,60 30",
        "61 31,61 32,62 32,62 31,61 31",
    };
    EvmGeodata *geodata = LOAD(TOUCHING, NULL);
    g_assert_cmpuint(geodata->arc_count, ==, 2);
    g_assert_cmpuint(count_shared(geodata), ==, 0);
    evm_geodata_free(geodata);
}

/* One side has a vertex that the other lacks: nothing is guessed, the lines stay two. */
static void test_unmatched_vertex_is_not_shared(void)
{
    static const char *const UNMATCHED[] = {
        "60 30,60 31,61 31,61 30,60 30",
        "61 30,61 30.5,61 31,62 31,62 30,61 30",
    };
    EvmGeodata *geodata = LOAD(UNMATCHED, NULL);
    g_assert_cmpuint(count_shared(geodata), ==, 0);
    evm_geodata_free(geodata);
}

static void test_two_polygons_on_one_place_overlap(void)
{
    static const char *const TWICE[] = {
        "60 30,60 31,61 31,61 30,60 30",
        "61 31,61 30,60 30,60 31,61 31",
        "60 30,61 30,61 31,60 31,60 30",
    };
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    EvmGeodata *geodata = LOAD(TWICE, diagnostics);
    g_assert_cmpuint(geodata->area_count, ==, 3);
    g_assert_cmpuint(geodata->arc_count, ==, 1);
    g_assert_cmpuint(count_code(diagnostics, "overlap"), ==, 2);
    g_assert_cmpstr(evm_diagnostics_at(diagnostics, 0)->message, ==,
                    "record 2: overlaps record 1 along a common line");
    evm_geodata_free(geodata);
    evm_diagnostics_free(diagnostics);
}

/* There and back along one line, which begins or ends where the ring does. */
static void test_spikes_are_walked_as_written(void)
{
    static const char *const SPIKES[] = {
        "60 30,60 31,61 31,61 30,61.5 30,62 29,61.5 30,61 30,60 30",
        "62 29,61.5 30,61 30,60 30,60 31,61 31,61 30,61.5 30,62 29",
        "71 31,71 30,70 30,70 31,71 31,72 32,71 31",
        "80 30,81 30,80 30,80 31,80 30",
        "92 30,91 30,90 30,89 31,89 29,90 30,91 30,92 30,93 30,94 29,94 31,93 30,92 30",
    };
    static const double AREAS[] = {1, 1, 1, 0, 2};
    for (size_t i = 0; i < G_N_ELEMENTS(SPIKES); i++) {
        EvmGeodata *geodata = geodata_from(&SPIKES[i], 1, NULL);
        g_assert_cmpuint(geodata->ring_count, ==, 1);
        GArray *ring = ring_points(geodata, 0);
        g_assert_cmpfloat_with_epsilon(fabs(signed_area(ring)), AREAS[i], 1e-9);
        for (guint k = 1; k < ring->len; k++) {
            EvmLonLat a = g_array_index(ring, EvmLonLat, k - 1);
            EvmLonLat b = g_array_index(ring, EvmLonLat, k);
            g_assert_cmpfloat(hypot(a.lon_deg - b.lon_deg, a.lat_deg - b.lat_deg), <, 2.1);
        }
        g_array_free(ring, TRUE);
        evm_geodata_free(geodata);
    }
}

/* ---- random maps ---- */

static void check_arcs_are_single_and_joined(const EvmGeodata *geodata)
{
    GHashTable *edges = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < geodata->arc_count; i++)
        for (uint32_t k = 1; k < geodata->arcs[i].count; k++) {
            EvmLonLat a = geodata->points[geodata->arcs[i].first + k - 1];
            EvmLonLat b = geodata->points[geodata->arcs[i].first + k];
            bool swaps = a.lon_deg > b.lon_deg || (a.lon_deg == b.lon_deg && a.lat_deg > b.lat_deg);
            EvmLonLat low = swaps ? b : a, high = swaps ? a : b;
            char *key = g_strdup_printf("%a %a %a %a", low.lon_deg, low.lat_deg, high.lon_deg,
                                        high.lat_deg);
            g_assert_true(g_hash_table_add(edges, key));
        }
    g_hash_table_destroy(edges);
}

static void check_rings(const EvmGeodata *geodata)
{
    for (size_t area = 0; area < geodata->area_count; area++) {
        double sum = 0;
        for (uint32_t r = 0; r < geodata->areas[area].ring_count; r++) {
            GArray *ring = ring_points(geodata, geodata->areas[area].first_ring + r);
            EvmLonLat first = g_array_index(ring, EvmLonLat, 0);
            EvmLonLat last = g_array_index(ring, EvmLonLat, ring->len - 1);
            g_assert_true(first.lon_deg == last.lon_deg && first.lat_deg == last.lat_deg);
            sum += fabs(signed_area(ring));
            g_array_free(ring, TRUE);
        }
        g_assert_cmpfloat_with_epsilon(sum, area_by_sides(geodata, (int32_t)area), 1e-9);
    }
}

static void test_random_maps_are_put_together_again(void)
{
    for (guint32 seed = 1; seed <= 60; seed++) {
        EvmDiagnostics *diagnostics = evm_diagnostics_new();
        EvmGeodata *geodata = tessellation_load(seed, diagnostics);
        g_assert_cmpuint(evm_diagnostics_count(diagnostics), ==, 0);
        check_arcs_are_single_and_joined(geodata);
        check_rings(geodata);
        evm_geodata_free(geodata);
        evm_diagnostics_free(diagnostics);
    }
}

static void check_same(const void *one, const void *other, size_t count, size_t size)
{
    g_assert_cmpint(memcmp(one, other, count * size), ==, 0);
}

static void test_same_file_same_arcs(void)
{
    EvmGeodata *one = tessellation_load(7, NULL), *other = tessellation_load(7, NULL);
    g_assert_cmpuint(one->arc_count, ==, other->arc_count);
    g_assert_cmpuint(one->ref_count, ==, other->ref_count);
    g_assert_cmpuint(one->point_count, ==, other->point_count);
    check_same(one->arcs, other->arcs, one->arc_count, sizeof *one->arcs);
    check_same(one->refs, other->refs, one->ref_count, sizeof *one->refs);
    check_same(one->points, other->points, one->point_count, sizeof *one->points);
    evm_geodata_free(one);
    evm_geodata_free(other);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/geodata/topology/shared_border_is_one_arc", test_shared_border_is_one_arc);
    g_test_add_func("/geodata/topology/sides_do_not_depend_on_winding",
                    test_sides_do_not_depend_on_winding);
    g_test_add_func("/geodata/topology/enclave_shares_the_hole", test_enclave_shares_the_hole);
    g_test_add_func("/geodata/topology/hole_of_wrong_winding_is_a_hole",
                    test_hole_of_wrong_winding_is_a_hole);
    g_test_add_func("/geodata/topology/areas_that_touch_at_a_point_share_no_arc",
                    test_areas_that_touch_at_a_point_share_no_arc);
    g_test_add_func("/geodata/topology/unmatched_vertex_is_not_shared",
                    test_unmatched_vertex_is_not_shared);
    g_test_add_func("/geodata/topology/two_polygons_on_one_place_overlap",
                    test_two_polygons_on_one_place_overlap);
    g_test_add_func("/geodata/topology/spikes_are_walked_as_written",
                    test_spikes_are_walked_as_written);
    g_test_add_func("/geodata/topology/random_maps_are_put_together_again",
                    test_random_maps_are_put_together_again);
    g_test_add_func("/geodata/topology/same_file_same_arcs", test_same_file_same_arcs);
    return g_test_run();
}
