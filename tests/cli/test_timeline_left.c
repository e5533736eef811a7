/* Files of another timeline in the folder of this one are named; its own never are. */
#include <unistd.h>

#include "tests/cli/harness.h"

#define TABLE                                                                                      \
    "date,province,district,kind,actor\n"                                                          \
    "2021-06-30,Kunduz,Archi,control,Taliban\n"                                                    \
    "2021-07-03,Kunduz,Khanabad,control,Taliban\n"
#define FROM "timeline --from 2021-07-01 --size 600x450 --area Kunduz --events a.csv "
#define NAMES " of another timeline, not in index.json, the first kunduz-2021-07-0"

/* Runs it; what it warns of is `warning`, and `count` what it says of its frames. */
static void expect(const char *words, const char *warning, const char *count)
{
    Run run = run_evmap("%s", words);
    g_autofree char *wanted = g_strdup_printf("%sevmap: %s\n", warning, count);
    g_assert_cmpstr(run.err, ==, wanted);
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
}

static void expect_quiet(const char *words)
{
    Run run = run_evmap("%s -q", words);
    assert_run(run, 0, "", "");
}

static void write_tables(void)
{
    g_free(write_file("a.csv", TABLE));
    g_free(write_file("b.csv", TABLE "2021-07-02,Kunduz,Aliabad,control,Taliban\n"));
}

static void what_a_longer_timeline_left_is_named(void)
{
    write_tables();
    expect_quiet(FROM "--to 2021-07-06 --formats csv,series --out longer");
    expect(FROM "--to 2021-07-03 --formats csv,series --events b.csv --out longer",
           "evmap: warning: 4 files in longer are" NAMES "1-to-2021-07-06-series.csv: remove them, "
           "or choose another --out\n",
           "3 frames: 3 made, 0 there already");
    g_assert_true(has_file("longer/kunduz-2021-07-06.csv"));
    expect_quiet(FROM "--to 2021-07-03 --formats csv,series --events b.csv --out longer");
}

static void a_single_file_is_named(void)
{
    write_tables();
    expect_quiet(FROM "--to 2021-07-03 --formats csv --out single");
    expect(FROM "--to 2021-07-02 --formats csv --out single",
           "evmap: warning: 1 file in single is" NAMES "3.csv: remove it, or choose another "
           "--out\n",
           "2 frames: 0 made, 2 there already");
}

static void removed_files_are_not_named(void)
{
    write_tables();
    expect_quiet(FROM "--to 2021-07-03 --formats csv --out removed");
    g_autofree char *path = g_build_filename(test_folder(), "removed/kunduz-2021-07-03.csv", NULL);
    g_assert_cmpint(unlink(path), ==, 0);
    expect(FROM "--to 2021-07-02 --formats csv --out removed", "",
           "2 frames: 0 made, 2 there already");
}

static void files_that_no_timeline_wrote_are_not_named(void)
{
    write_tables();
    expect_quiet(FROM "--to 2021-07-02 --formats csv --out foreign");
    g_free(write_file("foreign/kunduz-2021-07-09.csv", "mine"));
    expect(FROM "--to 2021-07-02 --formats csv --out foreign", "",
           "2 frames: 0 made, 2 there already");
}

static void the_same_again_and_a_longer_period_name_nothing(void)
{
    write_tables();
    expect_quiet(FROM "--to 2021-07-02 --formats csv,series --out grown");
    expect(FROM "--to 2021-07-02 --formats csv,series --out grown", "",
           "2 frames: 0 made, 2 there already");
    expect(FROM "--to 2021-07-04 --formats csv,series --out grown", "",
           "4 frames: 2 made, 2 there already");
    expect("timeline --from 2021-06-30 --to 2021-07-05 --size 600x450 --area Kunduz "
           "--events a.csv --formats csv,series --out grown",
           "", "6 frames: 2 made, 4 there already");
}

/* Of a period that grows, the last day has a frame only as long as it is the last. */
static void a_weekly_timeline_that_grows_names_nothing(void)
{
    write_tables();
    static const char *const lasts[] = {"09", "10", "11", "11"};
    for (gsize i = 0; i < G_N_ELEMENTS(lasts); i++) {
        g_autofree char *words = g_strdup_printf(
            FROM "--to 2021-07-%s --step week --formats csv --out weekly", lasts[i]);
        expect(words, "",
               i == 0   ? "3 frames: 3 made, 0 there already"
               : i == 3 ? "3 frames: 0 made, 3 there already"
                        : "3 frames: 1 made, 2 there already");
    }
    g_assert_true(has_file("weekly/kunduz-2021-07-09.csv"));
}

static void frames_between_those_of_a_wider_step_are_named(void)
{
    write_tables();
    expect_quiet(FROM "--to 2021-07-09 --formats csv --out wider");
    expect(FROM "--to 2021-07-10 --step week --formats csv --out wider",
           "evmap: warning: 7 files in wider are" NAMES "2.csv: remove them, or choose another "
           "--out\n",
           "3 frames: 1 made, 2 there already");
}

static void shards_and_their_merge_name_nothing(void)
{
    write_tables();
    expect(FROM "--to 2021-07-03 --formats csv --out shards --shard 1/2", "",
           "2 frames: 2 made, 0 there already");
    expect(FROM "--to 2021-07-03 --formats csv --out shards --shard 2/2", "",
           "1 frame: 1 made, 0 there already");
    expect("timeline merge --from 2021-07-01 --to 2021-07-03 --size 600x450 --area Kunduz "
           "--events a.csv --formats csv --out shards",
           "", "3 frames: 0 made, 3 there already");
    expect("timeline merge --from 2021-07-01 --to 2021-07-02 --size 600x450 --area Kunduz "
           "--events a.csv --formats csv --out shards",
           "evmap: warning: 1 file in shards is" NAMES "3.csv: remove it, or choose another "
           "--out\n",
           "2 frames: 0 made, 2 there already");
}

/* "latest" would be said of a day that is not the last. */
static void a_link_to_a_frame_of_another_timeline_is_named(void)
{
    write_tables();
    expect_quiet(FROM "--to 2021-07-02 --formats csv --out link");
    expect(FROM "--to 2021-07-03 --formats geojson --out link",
           "evmap: warning: link/latest.csv still shows a frame that index.json does not list: "
           "remove the link, or write that format too\n"
           "evmap: warning: 2 files in link are" NAMES "1.csv: remove them, or choose another "
           "--out\n",
           "3 frames: 3 made, 0 there already");
    expect(FROM "--to 2021-07-03 --formats csv,geojson --out link", "",
           "3 frames: 1 made, 2 there already");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/cli/timeline-left/" #name, name)
    ADD(what_a_longer_timeline_left_is_named);
    ADD(a_single_file_is_named);
    ADD(removed_files_are_not_named);
    ADD(files_that_no_timeline_wrote_are_not_named);
    ADD(the_same_again_and_a_longer_period_name_nothing);
    ADD(a_weekly_timeline_that_grows_names_nothing);
    ADD(frames_between_those_of_a_wider_step_are_named);
    ADD(shards_and_their_merge_name_nothing);
    ADD(a_link_to_a_frame_of_another_timeline_is_named);
    return finish_tests();
}
