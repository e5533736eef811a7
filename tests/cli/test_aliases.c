#include <string.h>

#include "tests/cli/harness.h"

#define HEAD "date,province,district,kind,actor\n"

static const char rows[] = HEAD "2021-07-04,Kandahar,Atlantis,control,Taliban\n"
                                "2021-07-04,,Kohistan,control,Taliban\n"
                                "2021-07-05,,Kohistan,control,Taliban\n"
                                "2021-07-04,Kandahar,Panjwai,control,Taliban\n";

static const char draft[] =
    "alias,province,pcode,source,rows,first_row,nearest\n"
    "Kohistan,,,,2,rows.csv:3,AF2910 Kohistan in Faryab; AF1708 Kohistan in Badakhshan\n"
    "Atlantis,Kandahar,,,1,rows.csv:2,AF2702 Arghandab in Kandahar; AF2701 Kandahar in Kandahar; "
    "AF2712 Nesh in Kandahar\n";

static void open_places_are_grouped_by_spelling(void)
{
    g_free(write_file("rows.csv", rows));
    Run run = run_evmap("check --events rows.csv");
    g_assert_nonnull(strstr(
        run.out, "\nplaces left open, by spelling:\n"
                 "     2  Kohistan, any province: fits AF2910 Kohistan in Faryab, AF1708 Kohistan "
                 "in Badakhshan\n"
                 "     1  Atlantis, Kandahar: nearest AF2702 Arghandab in Kandahar, AF2701 "
                 "Kandahar in Kandahar, AF2712 Nesh in Kandahar\n"
                 "'evmap check --write-aliases FILE' writes them ready to fill in\n"));
    g_assert_cmpint(run.status, ==, 1);
    run_clear(&run);
}

static void points_have_no_spelling(void)
{
    g_free(write_file("points.csv", "date,lon,lat,kind,actor\n"
                                    "2021-07-04,10,10,control,Taliban\n"
                                    "2021-07-04,11,10,control,Taliban\n"));
    Run run = run_evmap("check --events points.csv");
    g_assert_true(g_str_has_suffix(run.out, "\nplaces left open, by spelling:\n"
                                            "     2  without a name, by points in no district\n"));
    g_assert_cmpint(run.status, ==, 1);
    run_clear(&run);
}

static void draft_is_written_filled_in_and_read(void)
{
    g_free(write_file("rows.csv", rows));
    Run run = run_evmap("check --events rows.csv --write-aliases draft.csv");
    g_assert_true(g_str_has_suffix(
        run.err, "evmap: 2 names in draft.csv: fill in the column pcode ('none' for a place that "
                 "is no district), then run again with --aliases draft.csv\n"));
    run_clear(&run);
    g_autofree char *text = read_file("draft.csv", NULL);
    g_assert_cmpstr(text, ==, draft);
    g_auto(GStrv) halves = g_strsplit(text, "Kohistan,,,", 2);
    g_autofree char *half = g_strjoinv("Kohistan,,AF1708,", halves);
    g_auto(GStrv) parts = g_strsplit(half, "Atlantis,Kandahar,", 2);
    g_autofree char *filled = g_strjoinv("Atlantis,Kandahar,none", parts);
    g_free(write_file("filled.csv", filled));
    run = run_evmap("check --events rows.csv --aliases filled.csv");
    g_assert_nonnull(strstr(run.out, "\nrows 4 = joined 3 + point 0 + province 0 + outside 1 + "
                                     "ambiguous 0 + unmatched 0 + refused 0\n"));
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
}

static void file_that_is_there_is_never_overwritten(void)
{
    g_free(write_file("rows.csv", rows));
    g_free(write_file("mine.csv", "my work\n"));
    Run run = run_evmap("check --events rows.csv --write-aliases mine.csv -q");
    g_assert_true(g_str_has_suffix(run.err, "evmap: error: mine.csv is there already, and may hold "
                                            "what you have filled in: name another file\n"));
    g_assert_cmpint(run.status, ==, 4);
    run_clear(&run);
    g_autofree char *text = read_file("mine.csv", NULL);
    g_assert_cmpstr(text, ==, "my work\n");
}

static void nothing_open_writes_nothing(void)
{
    g_free(write_file("good.csv", HEAD "2021-07-04,Kandahar,Panjwai,control,Taliban\n"));
    Run run = run_evmap("check --events good.csv --write-aliases none.csv -q");
    assert_run(run, 0, "", "evmap: every named place joined: there are no aliases to write\n");
    g_assert_false(has_file("none.csv"));
}

/* What keeps these rows open is their P-code: an alias would never be asked. */
static void rows_with_a_bad_pcode_get_no_alias(void)
{
    g_free(write_file("codes.csv", "date,province,district,pcode,kind,actor\n"
                                   "2021-07-02,,Sangin,AF9999,control,Taliban\n"
                                   "2021-07-02,,Sangin,AF1901,control,Taliban\n"
                                   "2021-07-02,Kandahar,Atlantis,,control,Taliban\n"));
    Run run = run_evmap("check --events codes.csv --write-aliases codes-draft.csv");
    g_assert_true(g_str_has_suffix(
        run.out,
        "\nplaces left open, by spelling:\n"
        "     1  no district has the P-code 'AF9999'; correct it, or leave it empty: 'Sangin' "
        "alone "
        "is Sangin in Hilmand (AF3008)\n"
        "     1  P-code 'AF1901' is that of Kunduz in Kunduz (AF1901), but 'Sangin' is Sangin in "
        "Hilmand (AF3008); correct the one that is wrong, or leave it empty\n"
        "     1  Atlantis, Kandahar: nearest AF2702 Arghandab in Kandahar, AF2701 Kandahar in "
        "Kandahar, AF2712 Nesh in Kandahar\n"
        "'evmap check --write-aliases FILE' writes those with 'nearest' or 'fits' ready to fill "
        "in\n"));
    g_assert_true(g_str_has_suffix(
        run.err, "evmap: 1 name in codes-draft.csv: fill in the column pcode ('none' for a place "
                 "that is no district), then run again with --aliases codes-draft.csv; 2 rows are "
                 "left open by a P-code or point that is listed above, which no alias mends: "
                 "correct the table\n"));
    run_clear(&run);
    g_autofree char *text = read_file("codes-draft.csv", NULL);
    g_assert_null(strstr(text, "Sangin"));
    g_free(write_file("codes.csv", "date,district,pcode,kind,actor\n"
                                   "2021-07-02,Sangin,AF9999,control,Taliban\n"));
    run = run_evmap("check -q --events codes.csv --write-aliases codes-none.csv");
    g_assert_true(g_str_has_suffix(
        run.err, "evmap: there are no aliases to write; 1 row is left open by a P-code or point "
                 "that is listed above, which no alias mends: correct the table\n"));
    g_assert_null(strstr(run.out, "--write-aliases"));
    g_assert_false(has_file("codes-none.csv"));
    run_clear(&run);
}

static void bad_alias_files_are_refused(void)
{
    g_free(write_file("bad.csv", "alias,province,pcode\nX,,AF9999\n"));
    Run run = run_evmap("places X --aliases bad.csv");
    assert_run(run, 3, "",
               "evmap: error: bad.csv:2: no district has this P-code (write 'none' for a place "
               "that is no district): 'AF9999'\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/cli/aliases/" #name, name)
    ADD(open_places_are_grouped_by_spelling);
    ADD(points_have_no_spelling);
    ADD(draft_is_written_filled_in_and_read);
    ADD(file_that_is_there_is_never_overwritten);
    ADD(nothing_open_writes_nothing);
    ADD(rows_with_a_bad_pcode_get_no_alias);
    ADD(bad_alias_files_are_refused);
    return finish_tests();
}
