/* Universes on the shipped boundaries. */
#include <glib.h>

#include "base/error.h"
#include "timeline/shares.h"
#include "timeline/universe.h"

static EvmGeodata *geodata;

typedef struct {
    EvmGazetteer *gazetteer;
    EvmGeodata *shares;
    EvmUniverse *universe;
} Country;

static Country country_new(EvmUniverseKind kind)
{
    GError *error = NULL;
    const char *folder = EVM_TEST_SOURCE_DIR "/geodata";
    Country country = {.gazetteer = kind == EVM_UNIVERSE_421
                                        ? evm_gazetteer_load_temporary(folder, &error)
                                        : evm_gazetteer_load(folder, &error)};
    g_assert_no_error(error);
    country.shares = evm_shares_compute(geodata, country.gazetteer, kind, &error);
    g_assert_no_error(error);
    country.universe = evm_universe_compute(country.shares, country.gazetteer, NULL, NULL, &error);
    g_assert_no_error(error);
    return country;
}

static void country_free(Country *country)
{
    evm_universe_free(country->universe);
    evm_geodata_free(country->shares);
    evm_gazetteer_free(country->gazetteer);
}

static const EvmArea *area_of(const Country *country, const char *pcode)
{
    int32_t district = evm_gazetteer_find_pcode(country->gazetteer, pcode);
    int32_t area = district < 0 ? -1 : country->universe->district_area[district];
    return area < 0 ? NULL : &country->shares->areas[area];
}

static void test_398_are_those_of_the_file(void)
{
    Country c = country_new(EVM_UNIVERSE_398);
    g_assert_cmpuint(c.universe->count, ==, 398);
    g_assert_null(area_of(&c, "AF2409"));
    country_free(&c);
}

static void test_401_have_a_pcode_each(void)
{
    static const char *const shares[] = {"AF2116", "AF2409", "AF2506"};
    Country c = country_new(EVM_UNIVERSE_401);
    g_assert_cmpuint(c.universe->count, ==, 401);
    for (size_t i = 0; i < G_N_ELEMENTS(shares); i++) {
        g_assert_true(area_of(&c, shares[i])->is_schematic);
        g_assert_cmpuint(area_of(&c, shares[i])->ring_count, >, 0);
    }
    country_free(&c);
}

static void test_421_have_the_temporary_ones_and_not_hayratan(void)
{
    Country c = country_new(EVM_UNIVERSE_421);
    g_assert_cmpuint(c.universe->count, ==, 421);
    g_assert_null(area_of(&c, "AF2116"));
    g_assert_true(area_of(&c, "AF2409")->is_schematic);
    g_assert_true(area_of(&c, "T3014")->is_schematic);
    g_assert_cmpuint(area_of(&c, "T3014")->ring_count, >, 0);
    g_assert_cmpuint(area_of(&c, "T3015")->ring_count, ==, 0); /* nobody says where Nawamish is */
    country_free(&c);
}

static void test_other_sums_are_refused(void)
{
    GError *error = NULL;
    EvmGazetteer *gazetteer = evm_gazetteer_load(EVM_TEST_SOURCE_DIR "/geodata", &error);
    Country c = country_new(EVM_UNIVERSE_401);
    g_assert_null(evm_shares_compute(c.shares, gazetteer, EVM_UNIVERSE_398, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_USAGE);
    g_assert_nonnull(g_strstr_len(error->message, -1,
                                  "--universe 398 does not count Sharak-e-Hayratan (AF2116)"));
    g_clear_error(&error);
    g_assert_null(evm_shares_compute(geodata, gazetteer, EVM_UNIVERSE_421, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_USAGE);
    g_assert_nonnull(g_strstr_len(error->message, -1, "it would be 400 districts"));
    g_clear_error(&error);
    country_free(&c);
    evm_gazetteer_free(gazetteer);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    geodata = evm_geodata_load(EVM_TEST_SOURCE_DIR "/geodata/afg_districts.shp", NULL, &error);
    g_assert_no_error(error);
#define ADD(name) g_test_add_func("/timeline/shares/" #name, test_##name)
    ADD(398_are_those_of_the_file);
    ADD(401_have_a_pcode_each);
    ADD(421_have_the_temporary_ones_and_not_hayratan);
    ADD(other_sums_are_refused);
    int result = g_test_run();
    evm_geodata_free(geodata);
    return result;
}
