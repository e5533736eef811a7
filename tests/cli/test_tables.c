#include <string.h>

#include "tests/cli/harness.h"

#define HEAD "date,province,district,kind,actor\n"

static const char rows[] = HEAD "2021-07-04,Kandahar,Panjwai,control,Taliban\n"
                                "2021-07-04,Kandahar,Daman,contested,\n"
                                "2021-07-06,Kandahar,Zheray,control,Taliban\n";

static void status_is_an_aligned_table(void)
{
    Run run = run_evmap_with(rows, NULL, "status --date 2021-07-05 --area Kandahar --events -");
    assert_run(run, 0,
               "Province  Taliban  Contested  Not assessed  All\n"
               "Kandahar        1          1            14   16\n"
               "All             1          1            14   16\n",
               "");
}

static void status_as_csv_has_one_row_a_control(void)
{
    Run run = run_evmap_with(rows, NULL,
                             "status --date 2021-07-05 --area Kandahar --events - --format csv");
    g_auto(GStrv) lines = g_strsplit(run.out, "\n", -1);
    g_assert_cmpstr(lines[0], ==,
                    "province,pcode,control,districts,area_km2,population,changing,disputed,stale");
    g_assert_true(g_str_has_prefix(lines[1], "Kandahar,AF27,Taliban,1,"));
    g_assert_true(g_str_has_prefix(lines[2], "Kandahar,AF27,contested,1,"));
    g_assert_true(g_str_has_prefix(lines[3], "Kandahar,AF27,unassessed,14,"));
    g_assert_cmpstr(lines[4], ==, "");
    run_clear(&run);
}

static void status_as_json_has_the_same_cells(void)
{
    Run run = run_evmap_with(rows, NULL,
                             "status --date 2021-07-05 --area Kandahar --events - --format json");
    g_assert_true(g_str_has_prefix(run.out, "[\n  {\n    \"province\": \"Kandahar\",\n"
                                            "    \"pcode\": \"AF27\",\n"
                                            "    \"control\": \"Taliban\",\n"
                                            "    \"districts\": 1,\n"));
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
}

static void check_reconciles_all_rows(void)
{
    g_free(write_file("mixed.csv", HEAD "2021-07-04,Kandahar,Panjwai,control,Taliban\n"
                                        "2021-07-04,,Kohistan,control,Taliban\n"
                                        "2021-07-04,Kandahar,Atlantis,control,Taliban\n"
                                        "2021-07-32,Kandahar,Daman,control,Taliban\n"));
    Run run = run_evmap("check --events mixed.csv");
    g_assert_cmpint(run.status, ==, 1);
    g_assert_nonnull(
        strstr(run.out, "\nrows 4 = joined 1 + point 0 + province 0 + outside 0 + ambiguous 1 + "
                        "unmatched 1 + refused 1\n"));
    run_clear(&run);
}

static void check_of_the_shipped_events_reconciles_all_rows(void)
{
    Run run = run_evmap("check");
    g_assert_nonnull(strstr(run.out, "\nrows 785 = joined "));
    g_assert_nonnull(strstr(run.out, "+ refused 0\n"));
    run_clear(&run);
}

static void points_join_and_disagreement_is_told(void)
{
    g_free(write_file("points.csv", "date,province,district,lon,lat,kind,actor\n"
                                    "2021-07-04,,,65.46,31.54,control,Taliban\n"
                                    "2021-07-04,Kandahar,Daman,65.46,31.54,control,Taliban\n"
                                    "2021-07-04,,Zangabad,65.46,31.54,control,Taliban\n"
                                    "2021-07-04,,,10,0,control,Taliban\n"));
    Run run = run_evmap("check --events points.csv");
    g_assert_cmpstr(run.err, ==,
                    "points.csv:5: error: no district at longitude 10, latitude 0 "
                    "[unmatched-place]\n"
                    "points.csv:3: warning: 'Daman' in 'Kandahar' is AF2703, but its point lies in "
                    "Panjwayi in Kandahar (AF2704) [point-elsewhere]; the name was taken; look at "
                    "both\n"
                    "points.csv:4: warning: 'Zangabad' is not known, but its "
                    "point lies in Panjwayi in Kandahar (AF2704) [placed-by-point]; the point was "
                    "taken; is the name a village's?\n");
    g_assert_nonnull(strstr(run.out, "       2  by longitude and latitude\n"));
    g_assert_nonnull(strstr(run.out, "\nrows 4 = joined 3 + "));
    g_assert_cmpint(run.status, ==, 1);
    run_clear(&run);
}

/* The point decides between a P-code and a name, or instead of a P-code, but not in silence. */
static void points_that_settle_a_pcode_are_told(void)
{
    g_free(write_file("codes.csv", "date,district,pcode,lon,lat,kind,actor\n"
                                   "2021-07-04,Daman,AF2704,65.46,31.54,control,Taliban\n"
                                   "2021-07-04,Daman,AF9999,65.46,31.54,control,Taliban\n"));
    Run run = run_evmap("check --events codes.csv");
    g_assert_cmpstr(run.err, ==,
                    "codes.csv:2: warning: P-code 'AF2704' is that of Panjwayi in Kandahar "
                    "(AF2704), but 'Daman' is Daman in Kandahar (AF2703); the row's point lies in "
                    "Panjwayi in Kandahar (AF2704) [placed-by-point]; the point was taken; correct "
                    "the row\n"
                    "codes.csv:3: warning: no district has the P-code 'AF9999'; the row's point "
                    "lies in Panjwayi in Kandahar (AF2704) [placed-by-point]; the point was taken; "
                    "correct the row\n");
    g_assert_nonnull(strstr(run.out, "       2  by longitude and latitude\n"));
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/cli/tables/" #name, name)
    ADD(status_is_an_aligned_table);
    ADD(status_as_csv_has_one_row_a_control);
    ADD(status_as_json_has_the_same_cells);
    ADD(check_reconciles_all_rows);
    ADD(check_of_the_shipped_events_reconciles_all_rows);
    ADD(points_join_and_disagreement_is_told);
    ADD(points_that_settle_a_pcode_are_told);
    return finish_tests();
}
