/* The boundaries of the repository. */
#include "fixture.h"

static const char FOLDER[] = EVM_TEST_SOURCE_DIR "/geodata/";

static EvmGeodata *load_shipped(const char *name, EvmDiagnostics *diagnostics)
{
    char *path = g_strconcat(FOLDER, name, NULL);
    EvmGeodata *geodata = load_or_fail(path, diagnostics);
    g_free(path);
    return geodata;
}

static void count_arcs(const EvmGeodata *geodata, size_t *shared, size_t *outer)
{
    *shared = *outer = 0;
    for (size_t i = 0; i < geodata->arc_count; i++) {
        bool is_shared = geodata->arcs[i].left >= 0 && geodata->arcs[i].right >= 0;
        g_assert_cmpint(geodata->arcs[i].left, !=, geodata->arcs[i].right);
        *(is_shared ? shared : outer) += 1;
    }
}

/* 1,094 lines between two districts: as counted by the program that built the file. */
static void test_districts_are_edge_matched(void)
{
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    EvmGeodata *geodata = load_shipped("afg_districts.shp", diagnostics);
    size_t shared, outer;
    count_arcs(geodata, &shared, &outer);
    g_assert_cmpuint(evm_diagnostics_count(diagnostics), ==, 0);
    g_assert_cmpuint(geodata->area_count, ==, 398);
    g_assert_cmpuint(geodata->ring_count, ==, 399);
    g_assert_cmpuint(shared, ==, 1094);
    evm_geodata_free(geodata);
    evm_diagnostics_free(diagnostics);
}

static void test_districts_are_named(void)
{
    EvmGeodata *geodata = load_shipped("afg_districts.shp", NULL);
    for (size_t i = 0; i < geodata->area_count; i++) {
        const EvmArea *area = &geodata->areas[i];
        g_assert_cmpuint(strlen(area->pcode), ==, 6);
        g_assert_cmpuint(strlen(area->province_pcode), ==, 4);
        g_assert_true(g_str_has_prefix(area->pcode, area->province_pcode));
        g_assert_cmpuint(strlen(area->name), >, 2);
        g_assert_cmpuint(strlen(area->province), >, 3);
        g_assert_cmpstr(area->shape_id, ==, "");
    }
    evm_geodata_free(geodata);
}

static void test_every_district_has_a_place_for_its_label(void)
{
    EvmGeodata *geodata = load_shipped("afg_districts.shp", NULL);
    for (size_t i = 0; i < geodata->area_count; i++) {
        EvmLonLat point;
        g_assert_true(evm_area_find_inside(geodata, i, &point));
        for (size_t other = 0; other < geodata->area_count; other++)
            g_assert_cmpint(evm_area_is_inside(geodata, other, point), ==, other == i);
    }
    evm_geodata_free(geodata);
}

static void test_other_layers_load_clean(void)
{
    static const struct {
        const char *name;
        size_t area_count;
    } LAYERS[] = {{"afg_provinces.shp", 34}, {"afg_outline.shp", 1}, {"neighbours.shp", 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(LAYERS); i++) {
        EvmDiagnostics *diagnostics = evm_diagnostics_new();
        EvmGeodata *geodata = load_shipped(LAYERS[i].name, diagnostics);
        g_assert_cmpuint(evm_diagnostics_count(diagnostics), ==, 0);
        g_assert_cmpstr(geodata->areas[0].province_pcode, ==, i == 0 ? "AF01" : "");
        if (LAYERS[i].area_count)
            g_assert_cmpuint(geodata->area_count, ==, LAYERS[i].area_count);
        evm_geodata_free(geodata);
        evm_diagnostics_free(diagnostics);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/geodata/shipped/districts_are_edge_matched", test_districts_are_edge_matched);
    g_test_add_func("/geodata/shipped/districts_are_named", test_districts_are_named);
    g_test_add_func("/geodata/shipped/every_district_has_a_place_for_its_label",
                    test_every_district_has_a_place_for_its_label);
    g_test_add_func("/geodata/shipped/other_layers_load_clean", test_other_layers_load_clean);
    return g_test_run();
}
