#include "tests/unit/timeline/fixture.h"
#include "timeline/flips.h"

#define P "Kandahar,Panjwayi"

typedef struct {
    Fixture base;
    EvmGeodata *geodata;
    EvmUniverse *universe;
    EvmFlips *flips;
} Period;

static Period period_load(const char *rows)
{
    GError *error = NULL;
    Period period = {.base = fixture_new(rows)};
    period.geodata = evm_geodata_load(EVM_TEST_SOURCE_DIR "/geodata/afg_districts.shp",
                                      period.base.diagnostics, &error);
    g_assert_no_error(error);
    period.universe = evm_universe_compute(period.geodata, period.base.gazetteer, NULL,
                                           period.base.diagnostics, &error);
    g_assert_no_error(error);
    return period;
}

/* July 2021. */
static Period period_new(const char *rows)
{
    Period period = period_load(rows);
    period.flips = evm_flips_compute(period.universe, period.base.join,
                                     &EVM_QUESTION_ON(day("2021-06-30")), day("2021-07-31"));
    return period;
}

static void period_free(Period *period)
{
    evm_flips_free(period->flips);
    evm_universe_free(period->universe);
    evm_geodata_free(period->geodata);
    fixture_free(&period->base);
}

static void assert_flip(const Period *period, size_t i, const char *on, const char *before,
                        const char *after, bool is_retaken)
{
    g_assert_cmpuint(i, <, period->flips->count);
    const EvmFlip *flip = &period->flips->items[i];
    g_assert_cmpint(flip->day.days, ==, day(on).days);
    g_assert_cmpstr(evm_control_format(period->base.join, flip->before), ==, before);
    g_assert_cmpstr(evm_control_format(period->base.join, flip->after), ==, after);
    g_assert_cmpint(flip->is_retaken, ==, is_retaken);
}

static void many_reports_of_one_capture_are_one_flip(void)
{
    Period period = period_new("1,2021-06-01,,,," P ",control,Government,,,,,\n"
                               "2,2021-07-04,,,," P ",control,Taliban,,,,,\n"
                               "3,2021-07-04,,,," P ",control,Taliban,Government,,,,\n"
                               "4,2021-07-05,,,," P ",control,Taliban,Government,,,,\n");
    g_assert_cmpuint(period.flips->count, ==, 1);
    assert_flip(&period, 0, "2021-07-04", "Government", "Taliban", false);
    period_free(&period);
}

static void actor_of_an_earlier_claim_retakes(void)
{
    Period period = period_new("1,2021-06-01,,,," P ",control,Taliban,,,,,\n"
                               "2,2021-06-20,,,," P ",control,Government,,,,,\n"
                               "3,2021-07-04,,,," P ",control,Taliban,,,,,\n");
    g_assert_cmpuint(period.flips->count, ==, 1);
    assert_flip(&period, 0, "2021-07-04", "Government", "Taliban", true);
    period_free(&period);
}

static void actor_said_to_have_held_it_before_retakes(void)
{
    Period period = period_new("1,2021-07-02,,,," P ",control,Taliban,Government,,,,\n"
                               "2,2021-07-04,,,," P ",control,Government,,,,,\n");
    g_assert_cmpuint(period.flips->count, ==, 2);
    assert_flip(&period, 0, "2021-07-02", "Government", "Taliban", false);
    assert_flip(&period, 1, "2021-07-04", "Taliban", "Government", true);
    period_free(&period);
}

static void withdrawn_claims_retake_nothing(void)
{
    Period period = period_new("1,2021-06-01,,,," P ",control,Taliban,,,,,yes\n"
                               "2,2021-06-20,,,," P ",control,Government,,,,,\n"
                               "3,2021-07-04,,,," P ",control,Taliban,,,,,\n");
    assert_flip(&period, 0, "2021-07-04", "Government", "Taliban", false);
    period_free(&period);
}

static void district_that_is_only_listed_does_not_flip(void)
{
    Period period = period_new("1,2021-07-04,,status,," P ",control,Taliban,,,,,\n");
    g_assert_cmpuint(period.flips->count, ==, 0);
    for (size_t i = 0; i < period.flips->balance_count; i++)
        g_assert_cmpint(period.flips->balances[i].assessed, ==,
                        period.flips->balances[i].control.kind == EVM_CONTROL_HELD ? 1 : -1);
    g_assert_cmpuint(period.flips->balance_count, ==, 2);
    period_free(&period);
}

static void district_on_no_map_does_not_flip(void)
{
    Period period = period_new("1,2021-07-04,,,,Daykundi,Patoo,control,Taliban,Government,,,,\n");
    g_assert_cmpuint(period.flips->count, ==, 0);
    period_free(&period);
}

static void later_report_on_an_unassessed_district_is_a_correction(void)
{
    Period period = period_load("1,2021-07-04,,status,2021-07-09," P ",control,Taliban,,,,,\n");
    EvmQuestion before = EVM_QUESTION_ON(day("2021-07-05")), after = before;
    before.known = day("2021-07-05");
    period.flips =
        evm_flips_compute_corrections(period.universe, period.base.join, &before, &after);
    g_assert_cmpuint(period.flips->count, ==, 1);
    assert_flip(&period, 0, "2021-07-05", "unassessed", "Taliban", false);
    period_free(&period);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/timeline/flips/" #name, name)
    ADD(many_reports_of_one_capture_are_one_flip);
    ADD(actor_of_an_earlier_claim_retakes);
    ADD(actor_said_to_have_held_it_before_retakes);
    ADD(withdrawn_claims_retake_nothing);
    ADD(district_that_is_only_listed_does_not_flip);
    ADD(district_on_no_map_does_not_flip);
    ADD(later_report_on_an_unassessed_district_is_a_correction);
    return g_test_run();
}
