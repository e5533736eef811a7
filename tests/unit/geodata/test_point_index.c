/* An index has each point in the area in which one area after the other has it. */
#include "geodata/point_index.h"

#include "fixture.h"

static void assert_same(EvmPointIndex *index, const EvmGeodata *geodata, EvmLonLat point)
{
    int32_t area = 0;
    while (area < (int32_t)geodata->area_count && !evm_area_is_inside(geodata, (size_t)area, point))
        area++;
    if (area == (int32_t)geodata->area_count)
        area = EVM_AREA_OUTSIDE;
    g_assert_cmpint(evm_point_index_find(index, point), ==, area);
    g_assert_cmpint(evm_point_index_find(index, point), ==, area); /* it learns */
}

/* Vertices, points beside them, and points half-way to the next. */
static void assert_same_at_borders(EvmPointIndex *index, const EvmGeodata *geodata)
{
    for (size_t i = 0; i + 1 < geodata->point_count; i += 1 + geodata->point_count / 2000) {
        EvmLonLat a = geodata->points[i], b = geodata->points[i + 1];
        for (int k = -1; k <= 1; k++)
            assert_same(index, geodata, (EvmLonLat){a.lon_deg + k * 1e-13, a.lat_deg});
        assert_same(index, geodata,
                    (EvmLonLat){(a.lon_deg + b.lon_deg) / 2, (a.lat_deg + b.lat_deg) / 2});
    }
}

static void assert_same_anywhere(EvmPointIndex *index, const EvmGeodata *geodata, int count)
{
    GRand *rand = g_rand_new_with_seed(7);
    EvmExtent extent = geodata->extent;
    for (int i = 0; i < count; i++)
        assert_same(
            index, geodata,
            (EvmLonLat){g_rand_double_range(rand, extent.min.lon_deg - 1, extent.max.lon_deg + 1),
                        g_rand_double_range(rand, extent.min.lat_deg - 1, extent.max.lat_deg + 1)});
    g_rand_free(rand);
}

static void test_shipped_boundaries(void)
{
    EvmGeodata *geodata =
        evm_geodata_load(EVM_TEST_SOURCE_DIR "/geodata/afg_districts.shp", NULL, NULL);
    g_assert_nonnull(geodata);
    EvmPointIndex *index = evm_point_index_new(geodata);
    assert_same_at_borders(index, geodata);
    assert_same_anywhere(index, geodata, 20000);
    evm_point_index_free(index);
    evm_geodata_free(geodata);
}

/* Holes, two areas one over the other, an area without rings, borders along parallels. */
static void test_odd_boundaries(void)
{
    static const char *const ODD[] = {
        "60 30,60 40,70 40,70 30,60 30; 64 34,66 34,66 36,64 36,64 34",
        "66 36,66 34,64 34,64 36,66 36",
        "",
        "62 32,62 38,68 38,68 32,62 32",
        "80 30,81 31,82 30,80 30",
    };
    EvmGeodata *geodata = geodata_from(ODD, G_N_ELEMENTS(ODD), NULL);
    EvmPointIndex *index = evm_point_index_new(geodata);
    assert_same_at_borders(index, geodata);
    assert_same_anywhere(index, geodata, 5000);
    for (int i = 0; i <= 100; i++)
        for (int k = 0; k <= 100; k++)
            assert_same(index, geodata, (EvmLonLat){59 + i / 8.0, 29 + k / 8.0});
    evm_point_index_free(index);
    evm_geodata_free(geodata);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/geodata/point_index/shipped", test_shipped_boundaries);
    g_test_add_func("/geodata/point_index/odd", test_odd_boundaries);
    return g_test_run();
}
