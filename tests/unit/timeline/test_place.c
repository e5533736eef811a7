/* Names against points, on the shipped boundaries. */
#include <glib.h>
#include <string.h>

#include "tests/unit/timeline/fixture.h"

static EvmGazetteer *gazetteer;
static EvmGeodata *geodata;
static EvmUniverse *universe;

static EvmPlace resolve(EvmEvent event)
{
    EvmPointSource points = {geodata, universe->area_district, universe->district_area};
    EvmPlaceFinder *finder = evm_place_finder_new(gazetteer, &points);
    if (!event.pcode)
        event.pcode = "";
    if (!event.province)
        event.province = "";
    if (!event.district)
        event.district = "";
    EvmPlace first = evm_place_finder_resolve(finder, &event);
    EvmPlace again = evm_place_finder_resolve(finder, &event);
    g_assert_cmpint(first.match.district, ==, again.match.district);
    g_assert_cmpint(first.point_district, ==, again.point_district);
    evm_place_finder_free(finder);
    return first;
}

static const char *pcode_of(int32_t district)
{
    return district < 0 ? "" : gazetteer->districts[district].pcode;
}

/* Panjwai's bazaar, Kohistan of Faryab, and the open sea. */
#define PANJWAI .has_point = true, .lon_deg = 65.46, .lat_deg = 31.54
#define KOHISTAN .has_point = true, .lon_deg = 64.92, .lat_deg = 35.33
#define SEA .has_point = true, .lon_deg = 10.0, .lat_deg = 0.0

static void point_alone_finds_its_district(void)
{
    EvmPlace place = resolve((EvmEvent){PANJWAI});
    g_assert_cmpstr(pcode_of(place.match.district), ==, "AF2704");
    g_assert_cmpint(place.match.how, ==, EVM_MATCH_POINT);
    g_assert_false(place.disagrees);
    place = resolve((EvmEvent){SEA});
    g_assert_cmpint(place.match.how, ==, EVM_MATCH_NONE);
    g_assert_cmpint(place.point_district, ==, -1);
}

static void point_decides_between_districts_of_one_name(void)
{
    EvmPlace place = resolve((EvmEvent){.district = "Kohistan", KOHISTAN});
    g_assert_cmpstr(pcode_of(place.match.district), ==, "AF2910");
    g_assert_cmpint(place.match.how, ==, EVM_MATCH_POINT);
    g_assert_false(place.disagrees);
    place = resolve((EvmEvent){.district = "Kohistan", PANJWAI});
    g_assert_cmpint(place.match.how, ==, EVM_MATCH_AMBIGUOUS);
}

static void name_comes_before_a_point_that_disagrees(void)
{
    EvmPlace place = resolve((EvmEvent){.district = "Daman", .province = "Kandahar", PANJWAI});
    g_assert_cmpstr(pcode_of(place.match.district), ==, "AF2703");
    g_assert_cmpstr(pcode_of(place.point_district), ==, "AF2704");
    g_assert_true(place.disagrees);
    place = resolve((EvmEvent){.pcode = "AF2703", SEA});
    g_assert_cmpint(place.match.how, ==, EVM_MATCH_PCODE);
    g_assert_true(place.disagrees);
    place = resolve((EvmEvent){.district = "Panjwai", PANJWAI});
    g_assert_false(place.disagrees);
}

static void unknown_name_is_placed_by_its_point(void)
{
    EvmPlace place = resolve((EvmEvent){.district = "Zangabad", PANJWAI});
    g_assert_cmpstr(pcode_of(place.match.district), ==, "AF2704");
    g_assert_cmpint(place.match.how, ==, EVM_MATCH_POINT);
    g_assert_true(place.disagrees);
}

static void known_place_that_is_no_district_stays_open(void)
{
    EvmPlace place = resolve((EvmEvent){.district = "Marja", .province = "Helmand", PANJWAI});
    g_assert_cmpint(place.match.how, ==, EVM_MATCH_OUTSIDE);
}

static void district_without_a_polygon_cannot_disagree(void)
{
    EvmPlace place = resolve((EvmEvent){.pcode = "AF2506", PANJWAI});
    g_assert_cmpint(place.match.how, ==, EVM_MATCH_PCODE);
    g_assert_false(place.disagrees);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    GError *error = NULL;
    gazetteer = evm_gazetteer_load(EVM_TEST_SOURCE_DIR "/geodata", &error);
    g_assert_no_error(error);
    geodata = evm_geodata_load(EVM_TEST_SOURCE_DIR "/geodata/afg_districts.shp", NULL, &error);
    g_assert_no_error(error);
    universe = evm_universe_compute(geodata, gazetteer, NULL, NULL, &error);
    g_assert_no_error(error);
#define ADD(name) g_test_add_func("/timeline/place/" #name, name)
    ADD(point_alone_finds_its_district);
    ADD(point_decides_between_districts_of_one_name);
    ADD(name_comes_before_a_point_that_disagrees);
    ADD(unknown_name_is_placed_by_its_point);
    ADD(known_place_that_is_no_district_stays_open);
    ADD(district_without_a_polygon_cannot_disagree);
    int result = g_test_run();
    evm_universe_free(universe);
    evm_geodata_free(geodata);
    evm_gazetteer_free(gazetteer);
    return result;
}
