/* What is asked of the claims: as known on which day, how doubt is marked, and by what baseline. */
#include <string.h>

#include "tests/cli/harness.h"

#define STATUS "status --area Kandahar --events - --date 2021-07-05 "

static const char rows[] =
    "id,date,date_end,reported,province,district,kind,actor,source,supersedes\n"
    "a,2021-07-03,,2021-07-03,Kandahar,Panjwai,control,Taliban,Radio A,\n"
    "b,2021-07-04,,2021-07-06,Kandahar,Panjwai,control,Government,Radio B,\n"
    "c,2021-07-01,2021-07-09,2021-07-02,Kandahar,Daman,control,Taliban,Radio A,\n"
    "d,2021-05-01,,2021-05-01,Kandahar,Zheray,contested,,Radio A,\n";

static void expect_with(const char *words, const char *out, const char *err)
{
    Run run = run_evmap_with(rows, NULL, STATUS "%s", words);
    assert_run(run, 0, out, err);
}

static void expect(const char *words, const char *out)
{
    expect_with(words, out, "");
}

static void status_names_districts_in_doubt_and_both_events(void)
{
    expect("",
           "Province  Government  Contested  Not assessed  All\n"
           "Kandahar           1          1            14   16\n"
           "All                1          1            14   16\n"
           "\n"
           "Changing: 1\n"
           "  Daman in Kandahar: Not assessed or Taliban (c, Radio A), some day from 2021-07-01 "
           "to 2021-07-09\n"
           "\n"
           "Disputed: 1\n"
           "  Panjwayi in Kandahar: Government (b, Radio B) or Taliban (a, Radio A)\n");
}

static void status_as_known_on_a_day_leaves_out_later_reports(void)
{
    expect("--as-known-on 2021-07-05",
           "Province  Taliban  Contested  Not assessed  All\n"
           "Kandahar        1          1            14   16\n"
           "All             1          1            14   16\n"
           "\n"
           "Changing: 1\n"
           "  Daman in Kandahar: Not assessed or Taliban (c, Radio A), some day from 2021-07-01 "
           "to 2021-07-09\n");
}

static void dispute_window_off_marks_no_dispute(void)
{
    expect("--dispute-window off --as-known-on 2021-07-06",
           "Province  Government  Contested  Not assessed  All\n"
           "Kandahar           1          1            14   16\n"
           "All                1          1            14   16\n"
           "\n"
           "Changing: 1\n"
           "  Daman in Kandahar: Not assessed or Taliban (c, Radio A), some day from 2021-07-01 "
           "to 2021-07-09\n");
}

static void stale_districts_are_named_with_their_last_evidence(void)
{
    Run run = run_evmap_with(rows, NULL, STATUS "--stale-after 30");
    const char *stale = strstr(run.out, "\nStale");
    g_assert_cmpstr(stale, ==,
                    "\nStale: 1\n"
                    "  Zheray in Kandahar: Contested (d, Radio A), last evidence of 2021-05-01\n");
    run_clear(&run);
}

static void status_as_csv_counts_doubts_in_the_row_of_their_control(void)
{
    Run run = run_evmap_with(rows, NULL, STATUS "--stale-after 30 --format csv");
    g_auto(GStrv) lines = g_strsplit(run.out, "\n", -1);
    static const char *const endings[] = {",changing,disputed,stale", ",0,1,0", ",0,0,1", ",1,0,0"};
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
        g_assert_true(g_str_has_suffix(lines[i], endings[i]));
    run_clear(&run);
}

static void baseline_gives_unclaimed_districts_to_an_actor(void)
{
    expect_with("--baseline government --dispute-window off --as-known-on 2021-07-01",
                "Province  Government  Contested  All\n"
                "Kandahar          15          1   16\n"
                "All               15          1   16\n",
                "evmap: warning: the last claim is of 1 May 2021, 65 days before: what has changed "
                "since is not known\n");
}

/* The same of a pipe, of which only deciding rows are kept, and of a file. */
static void assert_age(const char *words, const char *warning)
{
    g_free(write_file("age.csv", rows));
    Run piped = run_evmap_with(rows, NULL, "%s --events -", words);
    Run whole = run_evmap("%s --events age.csv", words);
    Run quiet = run_evmap("%s -q --events age.csv", words);
    g_assert_cmpstr(piped.err, ==, warning);
    g_assert_cmpstr(whole.err, ==, warning);
    g_assert_cmpstr(quiet.err, ==, "");
    g_assert_cmpint(whole.status, ==, 0);
    run_clear(&piped);
    run_clear(&whole);
    run_clear(&quiet);
}

static void a_day_long_after_the_last_claim_is_told(void)
{
#define SINCE "days before: what has changed since is not known\n"
    static const char *const late = "evmap: warning: the last claim is of 9 July 2021, 3098 " SINCE;
    assert_age("status --date 2030-01-01", late);
    assert_age("status --date 2030-01-01 --area Kunduz", late);
    assert_age("series --from 2029-12-31 --to 2030-01-01", late);
    assert_age("changes --from 2021-07-01 --to 2030-01-01", late);
    assert_age("render --formats csv --out age --date 2030-01-01", late);
    assert_age("status --date 2021-08-08", "");
    assert_age("status --date 2021-08-09",
               "evmap: warning: the last claim is of 9 July 2021, 31 " SINCE);
    assert_age("status --date 2021-08-09 --as-known-on 2021-07-01",
               "evmap: warning: the last claim is of 1 May 2021, 100 " SINCE);
#undef SINCE
}

static void a_day_before_the_first_claim_is_told(void)
{
    static const char *const early =
        "evmap: warning: the first claim is of 1 May 2021, 8156 days after: none counts by then\n";
    assert_age("status --date 1999-01-01", early);
    assert_age("series --from 1998-12-31 --to 1999-01-01", early);
    assert_age("changes --from 1998-12-31 --to 1999-01-01", early);
    assert_age("render --formats csv --out age --date 1999-01-01", early);
    assert_age("status --date 2021-04-30",
               "evmap: warning: the first claim is of 1 May 2021, 1 day after: none counts by "
               "then\n");
    assert_age("status --date 2021-05-01", "");
}

static void baseline_none_is_the_default(void)
{
    Run run = run_evmap_with(rows, NULL, STATUS);
    expect("--baseline none", run.out);
    run_clear(&run);
}

static void status_by_district_names_what_stands_behind_each(void)
{
    Run run = run_evmap_with(rows, NULL, STATUS "--by district");
    g_auto(GStrv) lines = g_strsplit(run.out, "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, 1 + 16 + 1);
    g_assert_nonnull(strstr(run.out, "AF2704  Panjwayi"));
    g_assert_nonnull(strstr(run.out, "Kandahar  Government  disputed  Taliban  2021-07-04  b      "
                                     "a\n"));
    run_clear(&run);
    run = run_evmap_with(rows, NULL, STATUS "--by district --format csv --stale-after 30");
    g_assert_true(g_str_has_prefix(run.out,
                                   "pcode,district,province,control,doubt,other,from,to,stale,"
                                   "effective,event,other_event,source,url,area_km2,population\n"));
    g_assert_nonnull(strstr(run.out, "\nAF2704,Panjwayi,Kandahar,Government,disputed,Taliban,,,no,"
                                     "2021-07-04,b,a,Radio B,,"));
    g_assert_nonnull(strstr(run.out, "\nAF2703,Daman,Kandahar,unassessed,changing,Taliban,"
                                     "2021-07-01,2021-07-09,no,,,c,,,"));
    g_assert_nonnull(strstr(run.out, ",contested,sure,,,,yes,2021-05-01,d,,Radio A,,"));
    run_clear(&run);
}

static void manifest_states_the_question_and_both_events(void)
{
    Run run = run_evmap_with(rows, NULL,
                             "render -q --area Kandahar --events - --date 2021-07-05 --as-known-on "
                             "2021-07-06 --stale-after 30 --baseline government --formats svg "
                             "--out asked");
    g_assert_cmpstr(run.err, ==, "");
    g_autofree char *manifest = read_file(
        "asked/kandahar-2021-07-05-known-2021-07-06-baseline-government-stale-30.json", NULL);
    g_assert_nonnull(strstr(manifest, "  \"question\": {\n"
                                      "    \"date\": \"2021-07-05\",\n"
                                      "    \"as_known_on\": \"2021-07-06\",\n"
                                      "    \"dispute_window_days\": 3,\n"
                                      "    \"stale_after_days\": 30,\n"
                                      "    \"baseline\": \"Government\"\n"));
    g_assert_nonnull(strstr(manifest, "      \"doubt\": \"disputed\",\n"
                                      "      \"stale\": false,\n"
                                      "      \"other\": \"Taliban\",\n"
                                      "      \"other_by\": \"a\",\n"));
    g_assert_nonnull(strstr(manifest, "      \"decided_by\": \"b\",\n"));
    g_assert_nonnull(strstr(manifest, "      \"from\": \"2021-07-01\",\n"
                                      "      \"to\": \"2021-07-09\",\n"));
    g_assert_nonnull(strstr(manifest, "\"stale\": true,\n"));
    run_clear(&run);
}

static void wrong_values_are_refused(void)
{
    assert_usage("status", "--date 2021-07-05 --as-known-on yesterday",
                 "--as-known-on 'yesterday' is no day: write it as 2021-07-05");
    assert_usage("status", "--date 2021-07-05 --dispute-window 1.5",
                 "--dispute-window '1.5' is no number of days from 0 to 3650, or off");
    assert_usage("status", "--date 2021-07-05 --dispute-window=-1",
                 "--dispute-window '-1' is no number of days from 0 to 3650, or off");
    assert_usage("status", "--date 2021-07-05 --by actor",
                 "--by knows no 'actor', only: province, district");
    assert_usage("status", "--date 2021-07-05 --stale-after 0",
                 "--stale-after '0' is no number of days from 1 to 3650, or off");
    assert_usage("status", "--date 2021-07-05 --baseline ''", "'--baseline' has an empty value");
}

static void unknown_baseline_names_the_nearest_actor(void)
{
    Run run = run_evmap_with(rows, NULL, STATUS "--baseline Taleban");
    assert_run(run, 2, "",
               "evmap: error: --baseline: no row names an actor 'Taleban': did you mean "
               "'Taliban'?\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/cli/question/" #name, name)
    ADD(status_names_districts_in_doubt_and_both_events);
    ADD(status_as_known_on_a_day_leaves_out_later_reports);
    ADD(dispute_window_off_marks_no_dispute);
    ADD(stale_districts_are_named_with_their_last_evidence);
    ADD(status_as_csv_counts_doubts_in_the_row_of_their_control);
    ADD(baseline_gives_unclaimed_districts_to_an_actor);
    ADD(baseline_none_is_the_default);
    ADD(a_day_long_after_the_last_claim_is_told);
    ADD(a_day_before_the_first_claim_is_told);
    ADD(status_by_district_names_what_stands_behind_each);
    ADD(manifest_states_the_question_and_both_events);
    ADD(wrong_values_are_refused);
    ADD(unknown_baseline_names_the_nearest_actor);
    return finish_tests();
}
