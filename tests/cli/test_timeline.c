/* A map for every day of a period: the same bytes however they are made, and none lost or half. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/cli/harness.h"

#define SMALL "--size 800x600 "
#define JULY "timeline -q --from 2021-07-01 --to 2021-07-08 " SMALL

static void expect(int status, const char *out, const char *err, const char *words)
{
    Run run = run_evmap("%s", words);
    assert_run(run, status, out, err);
}

/* All eight days and the index of two folders. */
static void assert_same_frames(const char *a, const char *b)
{
    for (int day = 1; day <= 8; day++) {
        g_autofree char *first = g_strdup_printf("%s/afghanistan-2021-07-%02d.png", a, day);
        g_autofree char *second = g_strdup_printf("%s/afghanistan-2021-07-%02d.png", b, day);
        assert_same_file(first, second);
    }
    g_autofree char *first = g_strdup_printf("%s/index.json", a);
    g_autofree char *second = g_strdup_printf("%s/index.json", b);
    assert_same_file(first, second);
}

static void frames_do_not_depend_on_the_number_of_threads(void)
{
    expect(0, "", "", JULY "--out one --jobs 1");
    expect(0, "", "", JULY "--out two --jobs 2");
    expect(0, "", "", JULY "--out eight --jobs 8");
    assert_same_frames("one", "two");
    assert_same_frames("one", "eight");
}

static void shards_make_the_same_frames(void)
{
    expect(0, "", "", JULY "--out one --jobs 1");
    expect(0, "", "", JULY "--out shards --shard 2/3");
    expect(0, "", "", JULY "--out shards --shard 3/3");
    Run run =
        run_evmap("timeline merge -q --from 2021-07-01 --to 2021-07-08 " SMALL "--out shards");
    assert_run(run, 3, "",
               "evmap: error: shards: 3 of 8 frames are not there, or made from other data or "
               "options (shards that were copied here need their .evmap-frames files, too); the "
               "first is afghanistan-2021-07-01\n");
    g_assert_false(has_file("shards/index.json"));
    expect(0, "", "", JULY "--out shards --shard 1/3");
    expect(0, "", "", "timeline merge -q --from 2021-07-01 --to 2021-07-08 " SMALL "--out shards");
    assert_same_frames("one", "shards");
}

static void a_merge_makes_no_folder(void)
{
    expect(3, "",
           "evmap: error: nowhere: there is no such folder: which one did the shards write to?\n",
           "timeline merge -q --from 2021-07-01 --to 2021-07-08 " SMALL "--out nowhere");
    g_assert_false(has_file("nowhere"));
}

#define NOT_QUIET "timeline --from 2021-07-01 --to 2021-07-08 " SMALL "--out again"

/* All is well; and the last that is said. */
static void expect_counts(const char *counts, const char *words)
{
    Run run = run_evmap("%s", words);
    g_assert_cmpint(run.status, ==, 0);
    g_assert_cmpstr(run.out, ==, "again/index.json\n");
    g_assert_true(g_str_has_suffix(run.err, counts));
    run_clear(&run);
}

static void only_what_is_missing_or_changed_is_made_again(void)
{
    expect_counts("evmap: 8 frames: 8 made, 0 there already\n", NOT_QUIET);
    expect_counts("evmap: 8 frames: 0 made, 8 there already\n", NOT_QUIET);
    g_autofree char *gone =
        g_build_filename(test_folder(), "again/afghanistan-2021-07-03.png", NULL);
    g_assert_cmpint(g_unlink(gone), ==, 0);
    g_free(write_file("again/afghanistan-2021-07-05.png", "half a picture"));
    expect_counts("evmap: 8 frames: 2 made, 6 there already\n", NOT_QUIET);
    expect_counts("evmap: 8 frames: 8 made, 0 there already\n", NOT_QUIET " --graticule");
    expect(0, "", "", JULY "--out one");
    expect_counts("evmap: 8 frames: 8 made, 0 there already\n", NOT_QUIET);
    assert_same_frames("one", "again");
}

#define HEAD "id,date,province,district,kind,actor,source,headline,url\n"
#define ROWS                                                                                       \
    HEAD "z,2021-06-01,Herat,Injil,control,Government,Desk,Injil holds,\n"                         \
         "a,2021-06-20,Kandahar,Panjwai,control,Taliban,Desk,Panjwai falls,\n"                     \
         "b,2021-07-05,Kandahar,Daman,control,Taliban,Desk,Daman falls,\n"                         \
         "c,2021-07-05,Herat,Injil,clash,Taliban,Desk,Shelling,\n"
#define ROWS_WEEK "timeline --from 2021-07-01 --to 2021-07-08 " SMALL "--events rows.csv --out "
#define ALL_FORMATS "--formats png,svg,pdf,csv,geojson,series,multiples "

/* What a folder, made of other rows, is brought to: so many frames are made, and every file is as
 * if it had been made anew. */
static void expect_grown(const char *folder, const char *rows, const char *options, int made)
{
    g_free(write_file("rows.csv", rows));
    g_autofree char *err =
        g_strdup_printf("evmap: 8 frames: %d made, %d there already\n", made, 8 - made);
    g_autofree char *diff =
        g_strdup_printf("rm -r .evmap-*; diff -r -x '.evmap-*' ../%s .", folder);
    Run run = run_evmap(ROWS_WEEK "%s %s", folder, options);
    g_assert_cmpint(run.status, ==, 0);
    g_test_message("%s", run.err);
    g_assert_true(g_str_has_suffix(run.err, err));
    run_clear(&run);
    g_free(run_tool("", "rm -rf anew"));
    run = run_evmap(ROWS_WEEK "anew %s", options);
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
    g_free(run_tool("anew", diff));
}

static void a_row_changes_only_the_frames_that_show_it(void)
{
    static const char later[] = ROWS "d,2021-07-20,Herat,Guzara,clash,Taliban,Desk,Later,\n",
                      sixth[] = ROWS "d,2021-07-06,Herat,Guzara,clash,Taliban,Desk,Again,\n",
                      other[] = ROWS "d,2021-06-21,Kandahar,Panjwai,control,Taliban,Desk,x,\n";
    expect_grown("all", ROWS, ALL_FORMATS, 8);
    expect_grown("all", later, ALL_FORMATS, 0);
    expect_grown("all", ROWS, ALL_FORMATS, 0);
    expect_grown("all", sixth, ALL_FORMATS, 3);
    expect_grown("all", ROWS, ALL_FORMATS, 3);
    /* By which row a district is held, tables tell, and pictures do not. */
    expect_grown("all", other, ALL_FORMATS, 8);
    expect_grown("pictures", ROWS, "", 8);
    expect_grown("pictures", other, "", 0);
}

static void a_count_changes_every_frame_whose_chart_shows_it(void)
{
    static const char seventh[] = ROWS "d,2021-07-07,Kandahar,Daman,control,Government,Desk,x,\n";
    expect_grown("charts", ROWS, "", 8);
    expect_grown("charts", seventh, "", 8);
    expect_grown("square", ROWS, "--layout square", 8);
    expect_grown("square", seventh, "--layout square", 2);
}

/* Killed after so many microseconds, then run again. */
static void kill_after(const char *out, gulong microseconds)
{
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, STDERR_FILENO);
        if (chdir(test_folder()) == 0)
            execl(EVM_TEST_PROGRAM, "evmap", "timeline", "-q", "--from", "2021-07-01", "--to",
                  "2021-07-08", "--size", "800x600", "--jobs", "2", "--out", out, NULL);
        _exit(127);
    }
    g_usleep(microseconds);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

static void a_killed_run_is_taken_up_at_any_moment(void)
{
    expect(0, "", "", JULY "--out one");
    for (gulong k = 0; k < 12; k++) {
        g_autofree char *out = g_strdup_printf("killed-%lu", k);
        g_autofree char *words = g_strdup_printf(JULY "--out %s", out);
        kill_after(out, 20000 + k * 25000);
        expect(0, "", "", words);
        assert_same_frames("one", out);
    }
}

/* The lock that a run on `shard` of `shards` takes, held by this process. */
static int hold_lock(const char *folder, int shard, int shards)
{
    g_autofree char *path = g_build_filename(test_folder(), folder, ".evmap-lock", NULL);
    int fd = open(path, O_RDWR);
    struct flock lock = {.l_type = F_WRLCK,
                         .l_whence = SEEK_SET,
                         .l_start = (1 << 20) * (shard - 1) / shards,
                         .l_len = (1 << 20) / shards};
    g_assert_cmpint(fcntl(fd, F_SETLK, &lock), ==, 0);
    return fd;
}

static void two_runs_do_not_share_a_folder(void)
{
    expect(0, "", "", JULY "--out busy");
    int fd = hold_lock("busy", 1, 1);
    g_autofree char *err =
        g_strdup_printf("evmap: error: busy: another timeline is being written here (process %d): "
                        "wait for it, or choose another --out\n",
                        (int)getpid());
    expect(4, "", err, JULY "--out busy");
    expect(4, "", err, JULY "--out busy --shard 1/2");
    close(fd);
    fd = hold_lock("busy", 2, 2);
    expect(4, "", err, JULY "--out busy");
    expect(4, "", err, JULY "--out busy --shard 2/2");
    expect(0, "", "", JULY "--out busy --shard 1/2");
    expect(4, "", err, "timeline merge -q --from 2021-07-01 --to 2021-07-08 " SMALL "--out busy");
    close(fd);
    expect(0, "", "", JULY "--out busy");
}

/* Of a run that was killed and of one that is alive; what a user keeps there stays. */
static void only_what_killed_runs_left_is_removed(void)
{
    static const char *const kept[] = {"swept/notes.tmp", "swept/.evmap-01234567.tmp.txt",
                                       "swept/.film.part"};
    expect(0, "", "", JULY "--out swept");
    g_free(write_file("swept/.evmap-01234567.tmp", "{"));
    g_free(write_file("swept/.evmap-afghanistan-2021-07-02.png.part", "half"));
    for (size_t i = 0; i < G_N_ELEMENTS(kept); i++)
        g_free(write_file(kept[i], ""));
    expect(0, "", "", JULY "--out swept --shard 1/2");
    g_assert_true(has_file("swept/.evmap-01234567.tmp")); /* another shard may be at work */
    expect(0, "", "", JULY "--out swept");
    g_assert_false(has_file("swept/.evmap-01234567.tmp"));
    g_assert_false(has_file("swept/.evmap-afghanistan-2021-07-02.png.part"));
    for (size_t i = 0; i < G_N_ELEMENTS(kept); i++)
        g_assert_true(has_file(kept[i]));
}

static void a_frame_that_fails_does_not_stop_the_others(void)
{
    g_autofree char *folder =
        g_build_filename(test_folder(), "fails/afghanistan-2021-07-04.png", "in the way", NULL);
    g_assert_cmpint(g_mkdir_with_parents(folder, 0777), ==, 0);
    Run run = run_evmap(JULY "--out fails");
    g_assert_cmpint(run.status, ==, 4);
    g_assert_cmpstr(
        run.err, ==,
        "evmap: error: afghanistan-2021-07-04: fails/afghanistan-2021-07-04.png: cannot "
        "be written: Is a directory\n");
    run_clear(&run);
    g_assert_true(has_file("fails/afghanistan-2021-07-08.png"));
    g_assert_false(has_file("fails/index.json"));
    g_assert_false(has_file("fails/latest.png"));
}

/* What is made without frames does not wait for them; the rest says that it does. */
static void a_frame_that_fails_does_not_stop_the_series(void)
{
    g_autofree char *folder =
        g_build_filename(test_folder(), "part/afghanistan-2021-07-02.png", "in the way", NULL);
    g_assert_cmpint(g_mkdir_with_parents(folder, 0777), ==, 0);
    Run run = run_evmap("timeline --from 2021-07-01 --to 2021-07-03 " SMALL
                        "--out part --formats png,mp4,series");
    g_assert_cmpint(run.status, ==, 4);
    g_assert_cmpstr(run.out, ==, "part/afghanistan-2021-07-01-to-2021-07-03-series.csv\n");
    g_assert_true(g_str_has_suffix(run.err, "evmap: 3 frames: 2 made, 0 there already, 1 failed: "
                                            "films and index.json wait for them\n"));
    run_clear(&run);
    g_assert_true(has_file("part/afghanistan-2021-07-01-to-2021-07-03-series.csv"));
    g_assert_false(has_file("part/afghanistan-2021-07-01-to-2021-07-03.mp4"));
}

static void a_map_of_one_day_overwrites_no_frame(void)
{
    expect(0, "", "", JULY "--out one");
    expect(0, "", "", JULY "--out shared");
    expect(4, "",
           "evmap: error: shared/afghanistan-2021-07-05.png: is a frame of the timeline in this "
           "folder: choose another --out\n",
           "render -q --date 2021-07-05 " SMALL "--out shared");
    assert_same_frames("one", "shared");
    expect(0, "", "", "render -q --date 2021-07-05 " SMALL "--out shared --formats svg");
    expect(0, "", "", "render -q --date 2021-07-09 " SMALL "--out shared");
}

static void a_frame_overwrites_no_map_of_one_day(void)
{
    expect(0, "", "", "render -q --date 2021-07-05 " SMALL "--formats png --out single");
    g_autofree char *before = read_file("single/afghanistan-2021-07-05.png", NULL);
    expect(4, "",
           "evmap: error: afghanistan-2021-07-05: single/afghanistan-2021-07-05.png: is a map of "
           "one day, with a data file beside it: choose another --out\n",
           JULY "--graticule --out single");
    g_autofree char *after = read_file("single/afghanistan-2021-07-05.png", NULL);
    g_assert_cmpint(memcmp(before, after, 100), ==, 0);
    g_assert_true(has_file("single/afghanistan-2021-07-06.png"));
}

static void a_long_time_without_claims_is_told(void)
{
    g_free(write_file("age.csv", "date,province,district,kind,actor\n"
                                 "2021-07-03,Kandahar,Panjwai,control,Taliban\n"
                                 "2021-09-03,Kandahar,Panjwai,control,Government\n"));
    expect(
        0, "age/index.json\n",
        "evmap: warning: the last claim is of 3 July 2021, 31 days before: what has changed since "
        "is not known\nevmap: 2 frames: 2 made, 0 there already\n",
        "timeline --from 2021-08-02 --to 2021-08-03 " SMALL "--out age --events age.csv");
    expect(0, "young/index.json\n", "evmap: 2 frames: 2 made, 0 there already\n",
           "timeline --from 2021-08-01 --to 2021-08-02 " SMALL "--out young --events age.csv");
}

static void claims_without_a_polygon_are_named(void)
{
    g_free(write_file("marja.csv", "date,province,district,kind,actor\n"
                                   "2021-07-03,Helmand,Marja,control,Taliban\n"
                                   "2021-07-03,,Marjah,control,Taliban\n"
                                   "2021-07-03,Paktia,Laja,control,Taliban\n"
                                   "2021-07-03,Kandahar,Panjwai,control,Taliban\n"));
    expect(
        0, "marja/index.json\n",
        "evmap: warning: 3 claims colour nothing, because these boundaries have no polygon for: "
        "Marja in Helmand (2 claims), Laja in Paktia\nevmap: 3 frames: 3 made, 0 there already\n",
        "timeline --from 2021-07-01 --to 2021-07-03 " SMALL "--out marja --events marja.csv");
}

/* What only a band of one day shows has a row on all frames: nothing below the legend moves. */
static void the_legend_is_that_of_all_frames(void)
{
    g_free(write_file("band.csv", "date,province,district,kind,actor,source\n"
                                  "2021-07-05,Kunduz,Ali Abad,control,Taliban,Daily\n"
                                  "2021-07-05,Kunduz,Ali Abad,control,Government,Weekly\n"
                                  "2021-07-20,Kunduz,Ali Abad,control,Government,Daily\n"));
    expect(0, "band/index.json\n", "evmap: 3 frames: 3 made, 0 there already\n",
           "timeline --from 2021-07-04 --to 2021-07-18 --step week --area Kunduz --size 1280x960 "
           "--formats png,svg --out band --events band.csv");
    static const char *const days[] = {"04", "11", "18"};
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
        g_autofree char *path = g_strdup_printf("band/kunduz-2021-07-%s.svg", days[i]);
        g_autofree char *svg = read_file(path, NULL);
        const char *legend = strstr(svg, "-legend\"");
        g_assert_nonnull(legend);
        g_assert_nonnull(g_strstr_len(legend, strstr(legend, "</g>") - legend, ">Taliban</text>"));
    }
}

static const char *choose(GRand *random, const char *const *words, int count)
{
    return words[g_rand_int_range(random, 0, count)];
}

/* Few claims that contradict each other on one district. */
static void write_random_events(GRand *random)
{
    static const char *const what[] = {"control,Taliban", "control,Government", "control,NRF",
                                       "control,A front whose name fills two lines or three",
                                       "contested,"};
    static const char *const sources[] = {"Daily", "Weekly", "Monthly"};
    g_autoptr(GString) csv = g_string_new("date,pcode,kind,actor,source\n");
    for (int left = g_rand_int_range(random, 2, 6); left > 0; left--) {
        int day = 6 * g_rand_int_range(random, 1, 3);
        g_string_append_printf(csv, "2021-07-%02d", day);
        if (g_rand_int_range(random, 0, 4) == 0)
            g_string_append_printf(csv, "/2021-07-%02d", day + 7);
        g_string_append_printf(csv, ",AF0201,%s,%s\n", choose(random, what, G_N_ELEMENTS(what)),
                               choose(random, sources, G_N_ELEMENTS(sources)));
    }
    g_free(write_file("random.csv", csv->str));
}

/* A frame that moves what all have in common is refused. */
static void whatever_is_claimed_all_frames_are_made(void)
{
    static const char *const questions[] = {"", "--baseline government ", "--stale-after 5 ",
                                            "--dispute-window off ", "--dispute-window 20 "};
    static const char *const layouts[] = {"landscape", "portrait", "square", "film"};
    GRand *random = g_rand_new_with_seed(20210705);
    for (int i = 0; i < 16; i++) {
        write_random_events(random);
        const char *question = choose(random, questions, G_N_ELEMENTS(questions));
        const char *layout = choose(random, layouts, G_N_ELEMENTS(layouts));
        Run run =
            run_evmap("timeline -q --from 2021-07-01 --to 2021-07-28 --step week --area Kapisa "
                      "--events random.csv %s--layout %s --formats png --out random%d",
                      question, layout, i);
        assert_run(run, 0, "", "");
    }
    g_rand_free(random);
}

static void steps_choose_the_days(void)
{
    expect(0,
           "afghanistan-2021-06-20\nafghanistan-2021-06-27\nafghanistan-2021-07-04\n"
           "afghanistan-2021-07-08\nindex.json\n",
           "", "timeline --from 2021-06-20 --to 2021-07-08 --step week --dry-run -q --out dry");
    expect(0,
           "afghanistan-2021-05-31\nafghanistan-2021-06-30\nafghanistan-2021-07-31\nindex.json\n",
           "", "timeline --from 2021-05-31 --to 2021-07-31 --step month --dry-run -q --out dry");
    g_free(write_file("few.csv", "date,province,district,kind,actor\n"
                                 "2021-07-03,Kandahar,Panjwai,control,Taliban\n"
                                 "2021-07-06,Kandahar,Panjwai,contested,\n"));
    expect(0,
           "afghanistan-2021-07-01\nafghanistan-2021-07-03\nafghanistan-2021-07-06\n"
           "afghanistan-2021-07-09\nindex.json\n",
           "",
           "timeline --from 2021-07-01 --to 2021-07-09 --step change --dry-run -q --out dry "
           "--events few.csv");
    g_assert_false(has_file("dry"));
}

#define WEEK                                                                                       \
    "timeline -q --from 2021-07-01 --to 2021-07-03 --layout thumbnail --size 401x301 --out week "  \
    "--formats png,series "

static void a_dry_run_lists_what_is_not_there(void)
{
    expect(0,
           "afghanistan-2021-07-01-thumbnail\nafghanistan-2021-07-02-thumbnail\n"
           "afghanistan-2021-07-03-thumbnail\n"
           "afghanistan-2021-07-01-to-2021-07-03-thumbnail-series.csv\nindex.json\n",
           "", WEEK "--dry-run");
    expect(0, "afghanistan-2021-07-02-thumbnail\n", "", WEEK "--dry-run --shard 2/3");
    g_assert_false(has_file("week"));
    expect(0, "", "", WEEK);
    expect(0, "", "", WEEK "--dry-run");
    g_autofree char *gone =
        g_build_filename(test_folder(), "week/afghanistan-2021-07-02-thumbnail.png", NULL);
    g_assert_cmpint(g_unlink(gone), ==, 0);
    expect(0, "afghanistan-2021-07-02-thumbnail\nindex.json\n", "", WEEK "--dry-run");
    expect(0, "afghanistan-2021-07-02-thumbnail\nindex.json\n", "", WEEK "--dry-run");
}

static void a_terminal_shows_rate_and_time_left(void)
{
    g_autofree char *shown =
        run_tool("", "script -qec '" EVM_TEST_PROGRAM " timeline --from 2021-07-01 --to 2021-07-03 "
                     "--layout thumbnail --size 401x301 --out bar' /dev/null </dev/null");
    const char *bar = strstr(shown, "\r\033[K[########################] 3/3 frames, ");
    g_assert_nonnull(bar);
    const char *rest = strstr(bar, " a second, 0 s left\r\033[K");
    g_assert_nonnull(rest);
    g_assert_nonnull(strstr(rest, "evmap: 3 frames: 3 made, 0 there already"));
}

static void a_line_a_frame_is_there_for_the_asking(void)
{
    expect(0, "", "", WEEK);
    g_autofree char *path =
        g_build_filename(test_folder(), "week/afghanistan-2021-07-02-thumbnail.png", NULL);
    GStatBuf info;
    g_assert_cmpint(g_stat(path, &info), ==, 0);
    g_assert_cmpint(g_unlink(path), ==, 0);
    Run run = run_evmap("timeline -v --jobs 1 --from 2021-07-01 --to 2021-07-03 --layout thumbnail "
                        "--size 401x301 --out week --formats png,series");
    g_autofree char *made =
        g_strdup_printf("afghanistan-2021-07-02-thumbnail made, %d bytes\n", (int)info.st_size);
    g_assert_nonnull(strstr(run.err, "afghanistan-2021-07-01-thumbnail kept, "));
    g_assert_nonnull(strstr(run.err, made));
    g_assert_nonnull(strstr(run.err, "afghanistan-2021-07-03-thumbnail kept, "));
    g_assert_null(strstr(run.err, "kept, 0 bytes"));
    g_assert_nonnull(
        strstr(run.err, "afghanistan-2021-07-01-to-2021-07-03-thumbnail-series.csv kept\n"));
    run_clear(&run);
}

static void progress_can_be_read_by_programs(void)
{
#define JSON "timeline -q --from 2021-07-05 --to 2021-07-05 --progress json " SMALL "--out json "
    expect(0, "afghanistan-2021-07-05\nindex.json\n",
           "{\"date\": \"2021-07-05\", \"name\": \"afghanistan-2021-07-05\", "
           "\"state\": \"missing\", \"bytes\": 0, \"done\": 1, \"total\": 1}\n",
           JSON "--dry-run");
    Run run = run_evmap(JSON "--formats png,series");
    g_assert_cmpint(run.status, ==, 0);
    g_assert_true(
        g_str_has_suffix(run.err, "{\"name\": \"afghanistan-2021-07-05-to-2021-07-05-series.csv\", "
                                  "\"state\": \"making\"}\n"));
    run_clear(&run);
}

static void the_index_says_what_every_frame_shows(void)
{
    expect(0, "", "", JULY "--out one");
    g_autofree char *index = read_file("one/index.json", NULL);
    g_assert_nonnull(strstr(index, "\"step\": \"day\""));
    g_assert_nonnull(strstr(index, "\"date\": \"2021-07-05\",\n      \"caption\": \"The Taliban "
                                   "hold 153 of 398 districts, the government 9;"));
    g_assert_nonnull(strstr(index, "\"name\": \"afghanistan-2021-07-08.png\""));
    g_autofree char *link = g_build_filename(test_folder(), "one/latest.png", NULL);
    g_autofree char *target = g_file_read_link(link, NULL);
    g_assert_cmpstr(target, ==, "afghanistan-2021-07-08.png");
}

static void every_change_of_a_frame_names_its_row(void)
{
    expect(0, "", "", JULY "--out one");
    g_autofree char *index = read_file("one/index.json", NULL);
    const char *fourth = strstr(index, "\"date\": \"2021-07-04\",\n      \"caption\"");
    const char *fifth = strstr(index, "\"date\": \"2021-07-05\",\n      \"caption\"");
    g_assert_nonnull(fourth);
    g_assert_nonnull(fifth);
    /* Panjwayi, which fell on the day before. */
    const char *panjwayi =
        strstr(fourth, "\"pcode\": \"AF2704\",\n          \"control\": \"Taliban\"");
    g_assert_nonnull(panjwayi);
    g_assert_cmpuint((gsize)panjwayi, <, (gsize)fifth);
    g_assert_nonnull(g_strstr_len(panjwayi, 160, "\"event\": \"AFG21-"));
    const char *holdings = strstr(fifth, "\"holdings\"");
    const char *sixth = strstr(fifth, "\"date\": \"2021-07-06\",\n      \"caption\"");
    g_assert_null(g_strstr_len(holdings, sixth - holdings, "\"AF2704\""));
}

static bool has_words(const char *data, gsize size, const char *words)
{
    for (gsize i = 0; i + strlen(words) <= size; i++)
        if (memcmp(data + i, words, strlen(words)) == 0)
            return true;
    return false;
}

static void a_palette_makes_small_files_and_says_so(void)
{
    gsize size, small;
    g_autofree char *index = NULL;
    expect(0, "", "", JULY "--out one");
    expect(0, "", "", JULY "--out small --lossy-palette");
    expect(0, "", "", JULY "--out small-one --lossy-palette --jobs 1");
    assert_same_frames("small", "small-one");
    g_autofree char *all = read_file("one/afghanistan-2021-07-05.png", &size);
    g_autofree char *few = read_file("small/afghanistan-2021-07-05.png", &small);
    g_test_message("%zu and %zu bytes", size, small);
    g_assert_cmpuint(small * 5, <, size * 2);
    g_assert_cmpint(all[25], ==, 2); /* RGB */
    g_assert_cmpint(few[25], ==, 3); /* numbers of colours */
    g_assert_true(has_words(few, small, "Lossy: reduced to a palette of 256 colours"));
    g_assert_false(has_words(all, size, "Lossy: "));
    index = read_file("small/index.json", NULL);
    g_assert_nonnull(
        strstr(index, "\"png_palette\": {\n    \"lossy\": true,\n    \"colors\": 256\n  }"));
    expect(0, "", "", JULY "--out small --lossy-palette --dry-run");
    assert_usage("timeline", "--from 2021-07-01 --to 2021-07-08 --lossy-palette --formats svg",
                 "--lossy-palette is for PNG frames: add png to --formats");
}

static void data_of_a_frame_is_that_of_its_day(void)
{
    expect(0, "", "", JULY "--out data --formats csv,geojson,series");
    g_autofree char *status = read_output("status --date 2021-07-05 --by district --format csv");
    g_autofree char *csv = read_file("data/afghanistan-2021-07-05.csv", NULL);
    g_assert_cmpstr(csv, ==, status);
    expect(0, "", "", "render -q --date 2021-07-05 " SMALL "--formats csv,geojson --out map");
    assert_same_file("data/afghanistan-2021-07-05.csv", "map/afghanistan-2021-07-05.csv");
    assert_same_file("data/afghanistan-2021-07-05.geojson", "map/afghanistan-2021-07-05.geojson");
    g_assert_false(has_file("data/afghanistan-2021-07-05.png"));
    g_assert_true(has_file("data/latest.geojson"));
}

static void wrong_use_names_what_is_missing(void)
{
    assert_usage("timeline", "--from 2021-07-01",
                 "--to is missing: which day? For example "
                 "--to 2021-07-05");
    assert_usage("timeline", "--from 2021-07-01 --to 2021-07-08 --step days",
                 "--step knows no 'days': did you mean 'day'?");
    assert_usage("timeline", "--from 2021-07-01 --to 2021-07-08 --shard 4/3",
                 "--shard '4/3' is no share: write 1/4 to 4/4");
    assert_usage("timeline", "--from 2021-07-01 --to 2021-07-08 --format csv",
                 "no option '--format': did you mean '--formats'?");
    assert_usage("timeline", "--from 2021-07-01 --to 2021-07-08 --jobs 0",
                 "--jobs '0' is no number from 1 to 64");
    assert_usage("timeline", "--from 2021-07-01 --to 2021-07-08 --lang en,fa",
                 "--lang of a timeline is one language");
    assert_usage("timeline", "murge --from 2021-07-01 --to 2021-07-08",
                 "timeline knows no 'murge': did you mean 'merge'?");
    assert_usage("timeline", "merge --from 2021-07-01 --to 2021-07-08 --shard 1/2",
                 "merge is of all shards: leave out --shard");
    assert_usage("timeline", "--from 2021-07-01 --to 2021-07-08 --events a.csv merge",
                 "merge stands right behind timeline, else it is taken for a file of --events");
    assert_usage("timeline", "--from 2021-07-01 --to 2021-07-08 --formats gif --fps 60",
                 "a gif shows 50 frames a second at most: give a lower --fps");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/cli/timeline/" #name, name)
    ADD(frames_do_not_depend_on_the_number_of_threads);
    ADD(shards_make_the_same_frames);
    ADD(a_merge_makes_no_folder);
    ADD(only_what_is_missing_or_changed_is_made_again);
    ADD(a_row_changes_only_the_frames_that_show_it);
    ADD(a_count_changes_every_frame_whose_chart_shows_it);
    ADD(a_killed_run_is_taken_up_at_any_moment);
    ADD(two_runs_do_not_share_a_folder);
    ADD(only_what_killed_runs_left_is_removed);
    ADD(a_frame_that_fails_does_not_stop_the_others);
    ADD(a_frame_that_fails_does_not_stop_the_series);
    ADD(a_map_of_one_day_overwrites_no_frame);
    ADD(a_frame_overwrites_no_map_of_one_day);
    ADD(a_long_time_without_claims_is_told);
    ADD(claims_without_a_polygon_are_named);
    ADD(the_legend_is_that_of_all_frames);
    ADD(whatever_is_claimed_all_frames_are_made);
    ADD(steps_choose_the_days);
    ADD(a_dry_run_lists_what_is_not_there);
    ADD(a_terminal_shows_rate_and_time_left);
    ADD(a_line_a_frame_is_there_for_the_asking);
    ADD(progress_can_be_read_by_programs);
    ADD(the_index_says_what_every_frame_shows);
    ADD(every_change_of_a_frame_names_its_row);
    ADD(a_palette_makes_small_files_and_says_so);
    ADD(data_of_a_frame_is_that_of_its_day);
    ADD(wrong_use_names_what_is_missing);
    return finish_tests();
}
