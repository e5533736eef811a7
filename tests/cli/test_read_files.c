/* No file that was read is written over, whatever name leads to it. */
#include <string.h>
#include <unistd.h>

#include "tests/cli/harness.h"

#define TABLE                                                                                      \
    "date,province,district,kind,actor\n"                                                          \
    "2021-07-03,Kunduz,Archi,control,Taliban\n"
#define RENDER "render --date 2021-07-05 --formats csv "
#define TIMELINE "timeline --from 2021-07-05 --to 2021-07-06 --size 600x450 "

/* Nothing is made, and the table stays as it is. */
static void expect_refused(const char *words, const char *file, const char *named, const char *role)
{
    g_free(write_file(file, TABLE));
    g_autofree char *message =
        g_strdup_printf("evmap: error: %s: is read as %s: choose another --out\n", named, role);
    Run run = run_evmap("%s", words);
    assert_run(run, 4, "", message);
    g_autofree char *content = read_file(file, NULL);
    g_assert_cmpstr(content, ==, TABLE);
}

static void make_folder(const char *name)
{
    g_autofree char *path = g_build_filename(test_folder(), name, NULL);
    g_assert_cmpint(g_mkdir_with_parents(path, 0777), ==, 0);
}

static void make_link(const char *target, const char *name)
{
    g_autofree char *path = g_build_filename(test_folder(), name, NULL);
    g_assert_cmpint(symlink(target, path), ==, 0);
}

static void a_map_overwrites_no_table(void)
{
    static const char *const file = "map/afghanistan-2021-07-05.csv";
    make_folder("map");
    make_link(file, "link.csv");
    make_link("map", "other");
    expect_refused(RENDER "--events map/afghanistan-2021-07-05.csv --out map", file, file,
                   "an event table");
    expect_refused(RENDER "--events link.csv --out ./map", file, "./map/afghanistan-2021-07-05.csv",
                   "an event table");
    expect_refused(RENDER "--events map/afghanistan-2021-07-05.csv --out other", file,
                   "other/afghanistan-2021-07-05.csv", "an event table");
    g_assert_false(has_file("map/afghanistan-2021-07-05.json"));
}

static void a_manifest_overwrites_no_table(void)
{
    static const char *const file = "manifest/afghanistan-2021-07-05.json";
    make_folder("manifest");
    expect_refused(RENDER "--events manifest/afghanistan-2021-07-05.json --out manifest", file,
                   file, "an event table");
    g_assert_false(has_file("manifest/afghanistan-2021-07-05.csv"));
}

static void a_table_piped_in_from_a_file_is_kept(void)
{
    make_folder("piped");
    g_free(write_file("piped/afghanistan-2021-07-05.csv", TABLE));
    g_autofree char *said =
        run_tool("piped", EVM_TEST_PROGRAM " " RENDER "--events - --out . "
                                           "< afghanistan-2021-07-05.csv 2>&1 || echo status $?");
    g_assert_cmpstr(said, ==,
                    "evmap: error: ./afghanistan-2021-07-05.csv: is read as an event table: choose "
                    "another --out\nstatus 4\n");
    g_autofree char *content = read_file("piped/afghanistan-2021-07-05.csv", NULL);
    g_assert_cmpstr(content, ==, TABLE);
}

/* The first map would be made, the second be of what is left then. */
static void no_map_is_made_where_a_later_one_is_refused(void)
{
    static const char *const file = "later/afghanistan-2021-07-05-fa.csv";
    make_folder("later");
    expect_refused(RENDER "--lang en,fa --events later/afghanistan-2021-07-05-fa.csv --out later",
                   file, file, "an event table");
    g_assert_false(has_file("later/afghanistan-2021-07-05.csv"));
}

/* The same of a file that is no table. */
static void expect_kept(const char *words, const char *file, const char *content, const char *role)
{
    g_free(write_file(file, content));
    g_autofree char *message =
        g_strdup_printf("evmap: error: %s: is read as %s: choose another --out\n", file, role);
    Run run = run_evmap("%s", words);
    assert_run(run, 4, "", message);
    g_autofree char *after = read_file(file, NULL);
    g_assert_cmpstr(after, ==, content);
}

static void other_files_that_are_read_are_kept(void)
{
    static const char *const file = "roles/afghanistan-2021-07-05.csv";
    make_folder("roles");
    g_free(write_file("events.csv", TABLE));
#define ROLES RENDER "--events events.csv --out roles "
    expect_kept(ROLES "--aliases roles/afghanistan-2021-07-05.csv", file,
                "alias,pcode\nHere,AF1701\n", "a table of names");
    expect_kept(ROLES "--theme roles/afghanistan-2021-07-05-house.csv",
                "roles/afghanistan-2021-07-05-house.csv", "[theme]\nname=house\nbase=light\n",
                "a theme");
    g_autofree char *english =
        g_build_filename(EVM_TEST_SOURCE_DIR, "src/style/languages/en.ini", NULL);
    g_autofree char *words = NULL;
    g_assert_true(g_file_get_contents(english, &words, NULL, NULL));
    expect_kept(ROLES "--lang roles/afghanistan-2021-07-05.csv", file, words, "a language");
#undef ROLES
}

static void a_logo_is_kept(void)
{
    gsize before_size, after_size;
    static const char *const png = "logo/afghanistan-2021-07-05-house.png";
    static const char *const words = "render -q --date 2021-07-05 --size 600x450 --formats png "
                                     "--theme logo/house.ini --out logo";
    make_folder("logo");
    g_free(write_file("logo/house.ini", "[theme]\nname=house\n"));
    Run run = run_evmap("%s", words);
    assert_run(run, 0, "", "");
    g_autofree char *before = read_file(png, &before_size);
    g_free(write_file("logo/house.ini",
                      "[theme]\nname=house\n[sheet]\nlogo=afghanistan-2021-07-05-house.png\n"));
    run = run_evmap("%s", words);
    assert_run(run, 4, "",
               "evmap: error: logo/afghanistan-2021-07-05-house.png: is read as a logo: choose "
               "another --out\n");
    g_autofree char *after = read_file(png, &after_size);
    g_assert_cmpuint(before_size, ==, after_size);
    g_assert_true(memcmp(before, after, after_size) == 0);
}

static void boundaries_are_kept(void)
{
    make_folder("borders");
    g_autofree char *shipped = g_build_filename(EVM_TEST_SOURCE_DIR, "geodata", NULL);
    g_autofree char *command =
        g_strdup_printf("for e in shp shx prj cpg; do cp %s/afg_districts.$e .; done; "
                        "cp %s/afg_districts.dbf afghanistan-2021-07-05.csv; "
                        "ln -s afghanistan-2021-07-05.csv afg_districts.dbf",
                        shipped, shipped);
    g_free(run_tool("borders", command));
    Run run = run_evmap(RENDER "-q --geodata borders/afg_districts.shp --out borders");
    assert_run(run, 4, "",
               "evmap: error: borders/afghanistan-2021-07-05.csv: is read as a boundary file: "
               "choose another --out\n");
}

static void a_timeline_overwrites_no_table(void)
{
    static const char *const files[] = {"film/afghanistan-2021-07-06.csv",
                                        "film/index.json",
                                        "film/latest.csv",
                                        "film/afghanistan-2021-07-05-to-2021-07-06-series.csv",
                                        "film/afghanistan-2021-07-05-to-2021-07-06-chart.svg",
                                        "film/afghanistan-2021-07-05-to-2021-07-06-multiples.svg",
                                        "film/afghanistan-2021-07-05-to-2021-07-06.gif",
                                        "film/afghanistan-2021-07-05-to-2021-07-06-poster.png",
                                        "film/afghanistan-2021-07-05-to-2021-07-06.vtt"};
    make_folder("film");
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(test_folder(), files[i], NULL);
        g_autofree char *words = g_strdup_printf(
            TIMELINE "--formats svg,csv,series,chart,multiples,gif,mp4 --events %s --out film",
            files[i]);
        expect_refused(words, files[i], files[i], "an event table");
        g_assert_cmpint(unlink(path), ==, 0);
        g_assert_false(has_file("film/.evmap-lock"));
        g_assert_false(has_file("film/afghanistan-2021-07-05.svg"));
    }
}

static void a_table_beside_the_maps_is_read(void)
{
    make_folder("beside");
    g_free(write_file("beside/events.csv", TABLE));
    Run run = run_evmap(RENDER "--events beside/events.csv --out beside");
    assert_run(run, 0, "beside/afghanistan-2021-07-05.csv\nbeside/afghanistan-2021-07-05.json\n",
               "");
    run = run_evmap(TIMELINE "-q --formats series --events beside/events.csv --out beside");
    assert_run(run, 0, "", "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/cli/read-files/" #name, name)
    ADD(a_map_overwrites_no_table);
    ADD(a_manifest_overwrites_no_table);
    ADD(a_table_piped_in_from_a_file_is_kept);
    ADD(no_map_is_made_where_a_later_one_is_refused);
    ADD(other_files_that_are_read_are_kept);
    ADD(a_logo_is_kept);
    ADD(boundaries_are_kept);
    ADD(a_timeline_overwrites_no_table);
    ADD(a_table_beside_the_maps_is_read);
    return finish_tests();
}
