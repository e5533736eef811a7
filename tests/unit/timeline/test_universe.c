#include "base/error.h"
#include "tests/unit/timeline/fixture.h"
#include "timeline/open_places.h"

typedef struct {
    Fixture base;
    EvmGeodata *geodata;
    EvmUniverse *universe;
} Country;

static Country country_new(const char *rows, const char *const *provinces, GError **error)
{
    Country country = {.base = fixture_new(rows)};
    GError *load_error = NULL;
    country.geodata = evm_geodata_load(EVM_TEST_SOURCE_DIR "/geodata/afg_districts.shp",
                                       country.base.diagnostics, &load_error);
    g_assert_no_error(load_error);
    country.universe = evm_universe_compute(country.geodata, country.base.gazetteer, provinces,
                                            country.base.diagnostics, error);
    return country;
}

static void country_free(Country *country)
{
    evm_universe_free(country->universe);
    evm_geodata_free(country->geodata);
    fixture_free(&country->base);
}

static void every_shipped_polygon_is_a_district(void)
{
    Country c = country_new("", NULL, NULL);
    g_assert_cmpuint(c.universe->count, ==, 398);
    for (size_t area = 0; area < c.geodata->area_count; area++)
        g_assert_cmpint(c.universe->area_district[area], >=, 0);
    for (size_t i = 0; i < evm_diagnostics_count(c.base.diagnostics); i++)
        g_assert_cmpstr(evm_diagnostics_at(c.base.diagnostics, i)->code, ==, "no-rows");
    country_free(&c);
}

static void tally_adds_up_to_the_universe_and_to_the_provinces(void)
{
    Country c = country_new("1,2021-07-04,,,,Kandahar,Panjwayi,control,Taliban,,,,,\n"
                            "2,2021-07-04,,,,Kandahar,Daman,contested,,,,,,\n",
                            NULL, NULL);
    EvmState *state = evm_state_compute(c.base.join, &EVM_QUESTION_ON(day("2021-07-05")));
    EvmTally *all = evm_tally_compute(c.universe, state, -1);
    size_t rows = 0, provinces = 0;
    for (size_t i = 0; i < all->count; i++)
        rows += all->rows[i].districts;
    for (size_t p = 0; p < c.base.gazetteer->province_count; p++) {
        EvmTally *one = evm_tally_compute(c.universe, state, (int32_t)p);
        provinces += one->total.districts;
        evm_tally_free(one);
    }
    g_assert_cmpuint(all->count, ==, 3);
    g_assert_cmpuint(rows, ==, 398);
    g_assert_cmpuint(provinces, ==, 398);
    g_assert_cmpuint(all->total.districts, ==, 398);
    /* The outline as drawn: geodata/afg_outline.dbf, drawn_km2. */
    g_assert_cmpfloat_with_epsilon(all->total.area_km2, 641925, 0.003 * 641925);
    evm_tally_free(all);
    evm_state_free(state);
    country_free(&c);
}

static void chosen_province_limits_what_is_counted(void)
{
    const char *const provinces[] = {"Badakhshan", NULL};
    Country c = country_new("", provinces, NULL);
    g_assert_cmpuint(c.universe->count, ==, 28);
    country_free(&c);
}

static void unknown_province_names_the_nearest(void)
{
    const char *const provinces[] = {"Nimrod", NULL};
    GError *error = NULL;
    Country c = country_new("", provinces, &error);
    g_assert_null(c.universe);
    g_assert_error(error, EVM_ERROR, EVM_ERROR_USAGE);
    g_assert_cmpstr(error->message, ==, "no province 'Nimrod': did you mean 'Nimroz'?");
    g_clear_error(&error);
    country_free(&c);
}

static void claim_on_a_district_without_polygon_is_listed(void)
{
    Country c = country_new("1,2021-07-04,,,,Daykundi,Patoo,control,Taliban,,,,,\n", NULL, NULL);
    EvmState *state = evm_state_compute(c.base.join, &EVM_QUESTION_ON(day("2021-07-05")));
    EvmOpenPlaces *outside = evm_open_places_compute_outside(c.universe, state);
    g_assert_cmpuint(outside->rows, ==, 1);
    evm_open_places_free(outside);
    evm_state_free(state);
    country_free(&c);
}

/* Rows 1 and 3 are on a district without a polygon; 2 takes back 1, 4 is on a known place that is
 * no district, 5 the same and retracted. */
static void withdrawn_and_unknown_claims_are_not_listed(void)
{
    Country c = country_new("1,2021-07-04,,,2021-07-04,Daykundi,Patoo,control,Taliban,,,,,\n"
                            "2,2021-07-04,,,2021-07-08,Kandahar,Daman,control,Taliban,,,,1,\n"
                            "3,2021-07-04,,,2021-07-09,Daykundi,Patoo,control,Taliban,,,,,\n"
                            "4,2021-07-04,,,2021-07-04,Kunduz,Gul Tapa,control,Taliban,,,,,\n"
                            "5,2021-07-04,,,2021-07-04,Kunduz,Gul Tapa,control,Taliban,,,,,yes\n",
                            NULL, NULL);
    static const struct {
        const char *known;
        unsigned first, count;
    } cases[] = {
        {"2021-07-03", 0, 0}, {"2021-07-05", 0, 2}, {"2021-07-08", 3, 1}, {"2021-07-09", 2, 2}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        EvmQuestion question = EVM_QUESTION_ON(day("2021-07-05"));
        question.known = day(cases[i].known);
        EvmState *state = evm_state_compute(c.base.join, &question);
        EvmOpenPlaces *outside = evm_open_places_compute_outside(c.universe, state);
        g_assert_cmpuint(outside->rows, ==, cases[i].count);
        if (cases[i].count > 0)
            g_assert_cmpuint(outside->items[0].first, ==, cases[i].first);
        evm_open_places_free(outside);
        evm_state_free(state);
    }
    country_free(&c);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/timeline/universe/" #name, name)
    ADD(every_shipped_polygon_is_a_district);
    ADD(tally_adds_up_to_the_universe_and_to_the_provinces);
    ADD(chosen_province_limits_what_is_counted);
    ADD(unknown_province_names_the_nearest);
    ADD(withdrawn_and_unknown_claims_are_not_listed);
    ADD(claim_on_a_district_without_polygon_is_listed);
    return g_test_run();
}
