#include "tests/unit/timeline/fixture.h"

/* Panjwayi, Kandahar. */
#define P "Kandahar,Panjwayi"
#define PCODE "AF2704"

static void unclaimed_district_is_unassessed(void)
{
    Fixture f = fixture_new("1,2021-07-04,,,,Kandahar,Daman,control,Taliban,,,,,\n");
    assert_control(&f, PCODE, "2021-07-05", "unassessed");
    fixture_free(&f);
}

static void claim_counts_from_its_own_day(void)
{
    Fixture f = fixture_new("1,2021-07-04,,,," P ",control,Taliban,,,,,\n");
    assert_control(&f, PCODE, "2021-07-03", "unassessed");
    assert_control(&f, PCODE, "2021-07-04", "Taliban");
    assert_control(&f, PCODE, "2021-12-31", "Taliban");
    fixture_free(&f);
}

static void claim_with_an_end_date_counts_from_its_end(void)
{
    Fixture f = fixture_new("1,2021-07-01,2021-07-04,,," P ",control,Taliban,,,,,\n");
    assert_control(&f, PCODE, "2021-07-03", "unassessed");
    assert_control(&f, PCODE, "2021-07-04", "Taliban");
    fixture_free(&f);
}

static void later_day_wins_over_higher_confidence(void)
{
    Fixture f = fixture_new("1,2021-07-05,,,," P ",control,Government,,low,,,\n"
                            "2,2021-07-04,,,," P ",control,Taliban,,high,,,\n");
    assert_control(&f, PCODE, "2021-07-05", "Government");
    fixture_free(&f);
}

static void sequence_tag_wins_on_one_day(void)
{
    Fixture f = fixture_new("1,2021-07-04,,,," P ",control,Government,,low,SEQ:2,,\n"
                            "2,2021-07-04,,,," P ",control,Taliban,,high,night;seq:1,,\n");
    assert_control(&f, PCODE, "2021-07-04", "Government");
    fixture_free(&f);
}

static void higher_confidence_wins_on_one_day(void)
{
    Fixture f = fixture_new("1,2021-07-04,,,," P ",contested,,,high,,,\n"
                            "2,2021-07-04,,,," P ",control,Taliban,,medium,,,\n");
    assert_control(&f, PCODE, "2021-07-04", "contested");
    fixture_free(&f);
}

static void later_report_wins_at_equal_confidence(void)
{
    Fixture f = fixture_new("1,2021-07-04,,,2021-07-06," P ",control,Government,,,,,\n"
                            "2,2021-07-04,,,2021-07-05," P ",control,Taliban,,,,,\n");
    assert_control(&f, PCODE, "2021-07-04", "Government");
    fixture_free(&f);
}

static void later_row_wins_when_all_else_is_equal(void)
{
    Fixture f = fixture_new("1,2021-07-04,,,," P ",control,Taliban,,,,,\n"
                            "2,2021-07-04,,,," P ",control,Government,,,,,\n");
    assert_control(&f, PCODE, "2021-07-04", "Government");
    fixture_free(&f);
}

static void clash_claims_nothing(void)
{
    Fixture f = fixture_new("1,2021-07-03,,,," P ",control,Government,,,,,\n"
                            "2,2021-07-04,,,," P ",clash,Taliban,,,,,\n");
    assert_control(&f, PCODE, "2021-07-05", "Government");
    fixture_free(&f);
}

static void retracted_row_decides_nothing(void)
{
    Fixture f = fixture_new("1,2021-07-03,,,," P ",control,Government,,,,,\n"
                            "2,2021-07-04,,,," P ",control,Taliban,,,,,yes\n");
    assert_control(&f, PCODE, "2021-07-05", "Government");
    fixture_free(&f);
}

static void superseded_row_decides_nothing(void)
{
    Fixture f = fixture_new("1,2021-07-04,,,," P ",control,Taliban,,,,,\n"
                            "2,2021-07-03,,,," P ",control,Government,,,,9; 1,\n");
    assert_control(&f, PCODE, "2021-07-05", "Government");
    fixture_free(&f);
}

static void row_about_a_border_post_claims_no_district(void)
{
    Fixture f = fixture_new("1,2021-07-04,,,," P ",control,Taliban,,,border;point_location,,\n");
    assert_control(&f, PCODE, "2021-07-05", "unassessed");
    g_assert_cmpuint(f.join->fate_counts[EVM_FATE_POINT], ==, 1);
    fixture_free(&f);
}

static void actors_differ_by_more_than_case(void)
{
    Fixture f = fixture_new("1,2021-07-04,,,," P ",control,Taliban,,,,,\n"
                            "2,2021-07-05,,,,Kandahar,Daman,control,TALIBAN,,,,,\n");
    g_assert_cmpuint(f.join->actor_count, ==, 1);
    assert_control(&f, PCODE, "2021-07-05", "Taliban");
    fixture_free(&f);
}

/* Whatever the order of rows that differ in date, the state is the same on every day. */
static void state_does_not_depend_on_row_order(void)
{
    static const char *const rows[] = {"1,2021-07-01,,,," P ",control,Government,,,,,\n",
                                       "2,2021-07-02,,,," P ",contested,,,,,,\n",
                                       "3,2021-07-03,,,," P ",control,Taliban,,,,,\n",
                                       "4,2021-07-04,,,," P ",clash,Taliban,,,,,\n",
                                       "5,2021-07-05,,,," P ",control,Government,,,,,\n"};
    static const char *const expected[] = {"Government", "contested", "Taliban", "Taliban",
                                           "Government"};
    for (unsigned shift = 0; shift < 5; shift++) {
        GString *csv = g_string_new(NULL);
        for (unsigned i = 0; i < 5; i++)
            g_string_append(csv, rows[(i * 2 + shift) % 5]);
        Fixture f = fixture_new(csv->str);
        for (unsigned i = 0; i < 5; i++) {
            g_autofree char *date = g_strdup_printf("2021-07-0%u", i + 1);
            assert_control(&f, PCODE, date, expected[i]);
        }
        fixture_free(&f);
        g_string_free(csv, TRUE);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/timeline/state/" #name, name)
    ADD(unclaimed_district_is_unassessed);
    ADD(claim_counts_from_its_own_day);
    ADD(claim_with_an_end_date_counts_from_its_end);
    ADD(later_day_wins_over_higher_confidence);
    ADD(sequence_tag_wins_on_one_day);
    ADD(higher_confidence_wins_on_one_day);
    ADD(later_report_wins_at_equal_confidence);
    ADD(later_row_wins_when_all_else_is_equal);
    ADD(clash_claims_nothing);
    ADD(retracted_row_decides_nothing);
    ADD(superseded_row_decides_nothing);
    ADD(row_about_a_border_post_claims_no_district);
    ADD(actors_differ_by_more_than_case);
    ADD(state_does_not_depend_on_row_order);
    return g_test_run();
}
