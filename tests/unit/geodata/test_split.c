/* Shares of the shipped districts. */
#include <glib.h>
#include <math.h>

#include "geodata/split.h"

static EvmGeodata *geodata;
static double *areas_km2;

static size_t find_area(const char *pcode)
{
    for (size_t i = 0; i < geodata->area_count; i++)
        if (g_str_equal(geodata->areas[i].pcode, pcode))
            return i;
    g_assert_not_reached();
}

static EvmShare share_of(const char *parent, EvmLonLat parent_centre, EvmLonLat centre)
{
    return (EvmShare){.parent = find_area(parent),
                      .has_centre = true,
                      .centre = centre,
                      .parent_centre = parent_centre,
                      .pcode = "T1",
                      .name = "Share"};
}

static double outside_length(const EvmGeodata *of)
{
    double sum = 0;
    for (size_t i = 0; i < of->arc_count; i++) {
        const EvmArc *arc = &of->arcs[i];
        if (arc->left >= 0 && arc->right >= 0)
            continue;
        for (uint32_t p = arc->first + 1; p < arc->first + arc->count; p++)
            sum += hypot(of->points[p].lon_deg - of->points[p - 1].lon_deg,
                         of->points[p].lat_deg - of->points[p - 1].lat_deg);
    }
    return sum;
}

/* A corner more on a long line changes what its sphere covers by so much. */
#define CUT_KM2 0.1

/* Nothing is lost, nobody else changes, and no border opens. */
static void assert_sound(const EvmGeodata *split, size_t parent, size_t shares)
{
    double *split_km2 = evm_geodata_compute_areas_km2(split), sum = split_km2[parent];
    g_assert_cmpuint(split->area_count, ==, geodata->area_count + shares);
    for (size_t i = 0; i < shares; i++)
        sum += split_km2[geodata->area_count + i];
    g_assert_cmpfloat(fabs(sum - areas_km2[parent]), <, CUT_KM2);
    for (size_t i = 0; i < geodata->area_count; i++)
        if (i != parent)
            g_assert_cmpfloat(fabs(split_km2[i] - areas_km2[i]), <, CUT_KM2);
    g_assert_cmpfloat(fabs(outside_length(split) - outside_length(geodata)), <, 1e-6);
    g_free(split_km2);
}

static void test_one_share(void)
{
    EvmShare share = share_of("AF3002", (EvmLonLat){64.2, 31.6}, (EvmLonLat){64.1205, 31.5082});
    EvmGeodata *split = evm_geodata_compute_shares(geodata, &share, 1);
    assert_sound(split, share.parent, 1);
    const EvmArea *area = &split->areas[geodata->area_count];
    g_assert_true(area->is_schematic);
    g_assert_false(split->areas[share.parent].is_schematic);
    g_assert_cmpstr(area->pcode, ==, "T1");
    g_assert_true(evm_area_is_inside(split, geodata->area_count, share.centre));
    g_assert_false(evm_area_is_inside(split, share.parent, share.centre));
    evm_geodata_free(split);
}

static void test_four_shares_meet(void)
{
    EvmLonLat shindand = {62.3, 33.1};
    EvmShare shares[] = {
        share_of("AF3214", shindand, (EvmLonLat){62.1855, 33.2202}),
        share_of("AF3214", shindand, (EvmLonLat){61.9529, 33.2928}),
        share_of("AF3214", shindand, (EvmLonLat){62.9834, 33.2414}),
        share_of("AF3214", shindand, (EvmLonLat){62.2664, 33.3402}),
    };
    EvmGeodata *split = evm_geodata_compute_shares(geodata, shares, G_N_ELEMENTS(shares));
    assert_sound(split, shares[0].parent, G_N_ELEMENTS(shares));
    for (size_t i = 0; i < G_N_ELEMENTS(shares); i++)
        g_assert_true(evm_area_is_inside(split, geodata->area_count + i, shares[i].centre));
    evm_geodata_free(split);
}

/* Whatever the shape of the parent and wherever the line falls. */
static void test_every_parent_at_random(void)
{
    GRand *random = g_rand_new_with_seed(398);
    for (size_t parent = 0; parent < geodata->area_count; parent += 3) {
        EvmExtent extent = geodata->areas[parent].extent;
        EvmShare shares[3];
        for (size_t i = 0; i < G_N_ELEMENTS(shares); i++)
            shares[i] = (EvmShare){
                .parent = parent,
                .has_centre = true,
                .centre = {g_rand_double_range(random, extent.min.lon_deg, extent.max.lon_deg),
                           g_rand_double_range(random, extent.min.lat_deg, extent.max.lat_deg)},
                .parent_centre = {(extent.min.lon_deg + extent.max.lon_deg) / 2,
                                  (extent.min.lat_deg + extent.max.lat_deg) / 2},
                .pcode = "T",
                .name = ""};
        EvmGeodata *split = evm_geodata_compute_shares(geodata, shares, G_N_ELEMENTS(shares));
        assert_sound(split, parent, G_N_ELEMENTS(shares));
        evm_geodata_free(split);
    }
    g_rand_free(random);
}

static void test_share_without_a_centre_is_empty(void)
{
    EvmShare share = share_of("AF3012", (EvmLonLat){65, 33}, (EvmLonLat){0, 0});
    share.has_centre = false;
    EvmGeodata *split = evm_geodata_compute_shares(geodata, &share, 1);
    assert_sound(split, share.parent, 1);
    g_assert_cmpuint(split->areas[geodata->area_count].ring_count, ==, 0);
    evm_geodata_free(split);
}

static void test_no_shares_change_nothing(void)
{
    EvmGeodata *split = evm_geodata_compute_shares(geodata, NULL, 0);
    assert_sound(split, 0, 0);
    g_assert_cmpuint(split->arc_count, ==, geodata->arc_count);
    g_assert_cmpuint(split->point_count, ==, geodata->point_count);
    evm_geodata_free(split);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    geodata = evm_geodata_load(EVM_TEST_SOURCE_DIR "/geodata/afg_districts.shp", NULL, &error);
    g_assert_no_error(error);
    areas_km2 = evm_geodata_compute_areas_km2(geodata);
    g_test_add_func("/geodata/split/one_share", test_one_share);
    g_test_add_func("/geodata/split/four_shares_meet", test_four_shares_meet);
    g_test_add_func("/geodata/split/every_parent_at_random", test_every_parent_at_random);
    g_test_add_func("/geodata/split/share_without_a_centre_is_empty",
                    test_share_without_a_centre_is_empty);
    g_test_add_func("/geodata/split/no_shares_change_nothing", test_no_shares_change_nothing);
    int result = g_test_run();
    g_free(areas_km2);
    evm_geodata_free(geodata);
    return result;
}
