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

static void assert_same_file(const char *a, const char *b)
{
    gsize a_size, b_size;
    g_autofree char *a_data = read_file(a, &a_size);
    g_autofree char *b_data = read_file(b, &b_size);
    g_assert_cmpuint(a_size, ==, b_size);
    g_assert_true(memcmp(a_data, b_data, a_size) == 0);
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
               "evmap: error: shards: 3 of 8 frames are missing, or were made from other data or "
               "options; the first is afghanistan-2021-07-01\n");
    g_assert_false(has_file("shards/index.json"));
    expect(0, "", "", JULY "--out shards --shard 1/3");
    expect(0, "", "", "timeline merge -q --from 2021-07-01 --to 2021-07-08 " SMALL "--out shards");
    assert_same_frames("one", "shards");
}

#define NOT_QUIET "timeline --from 2021-07-01 --to 2021-07-08 " SMALL "--out again"
#define WARNING "evmap: 1 warning about the data: -v shows it\n"

static void only_what_is_missing_or_changed_is_made_again(void)
{
    expect(0, "again/index.json\n", WARNING "evmap: 8 frames: 8 made, 0 there already\n",
           NOT_QUIET);
    expect(0, "again/index.json\n", WARNING "evmap: 8 frames: 0 made, 8 there already\n",
           NOT_QUIET);
    g_autofree char *gone =
        g_build_filename(test_folder(), "again/afghanistan-2021-07-03.png", NULL);
    g_assert_cmpint(g_unlink(gone), ==, 0);
    g_free(write_file("again/afghanistan-2021-07-05.png", "half a picture"));
    expect(0, "again/index.json\n", WARNING "evmap: 8 frames: 2 made, 6 there already\n",
           NOT_QUIET);
    expect(0, "again/index.json\n", WARNING "evmap: 8 frames: 8 made, 0 there already\n",
           NOT_QUIET " --baseline government");
    expect(0, "", "", JULY "--out one");
    expect(0, "again/index.json\n", WARNING "evmap: 8 frames: 8 made, 0 there already\n",
           NOT_QUIET);
    assert_same_frames("one", "again");
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
           "afghanistan-2021-07-01-thumbnail-to-2021-07-03-series.csv\nindex.json\n",
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

/* Standard output of a command run in a folder below the tests' own. */
static char *run_tool(const char *folder, const char *command)
{
    const char *argv[] = {"/bin/sh", "-c", command, NULL};
    char *out = NULL;
    int status = 0;
    GError *error = NULL;
    g_autofree char *cwd = g_build_filename(test_folder(), folder, NULL);
    g_spawn_sync(cwd, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status,
                 &error);
    g_assert_no_error(error);
    g_assert_cmpint(status, ==, 0);
    return out;
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
    g_assert_nonnull(strstr(run.err, "afghanistan-2021-07-01-thumbnail kept, 0 bytes\n"));
    g_assert_nonnull(strstr(run.err, made));
    g_assert_nonnull(strstr(run.err, "afghanistan-2021-07-03-thumbnail kept, 0 bytes\n"));
    run_clear(&run);
}

static void progress_can_be_read_by_programs(void)
{
    Run run = run_evmap(
        "timeline --from 2021-07-05 --to 2021-07-05 --dry-run --progress json " SMALL "--out json");
    assert_run(run, 0, "afghanistan-2021-07-05\nindex.json\n",
               WARNING "{\"date\": \"2021-07-05\", \"name\": \"afghanistan-2021-07-05\", "
                       "\"state\": \"missing\", \"bytes\": 0, \"done\": 1, \"total\": 1}\n");
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

static char *read_output(const char *words)
{
    Run run = run_evmap("%s", words);
    g_assert_cmpint(run.status, ==, 0);
    char *out = g_steal_pointer(&run.out);
    run_clear(&run);
    return out;
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

/* Every day, whatever the step; and each of its columns is what the verb series gives. */
static void the_series_is_that_of_the_whole_period(void)
{
    static const char *const units[] = {"district", "area", "population"};
    expect(0, "", "", JULY "--out weekly --step week --formats csv,series");
    g_autofree char *all =
        read_file("weekly/afghanistan-2021-07-01-to-2021-07-08-series.csv", NULL);
    g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
    for (guint unit = 0; unit < G_N_ELEMENTS(units); unit++) {
        g_autofree char *words = g_strdup_printf(
            "series --from 2021-07-01 --to 2021-07-08 --format csv --by %s", units[unit]);
        g_autofree char *one = read_output(words);
        g_auto(GStrv) wanted = g_strsplit(one, "\n", -1);
        g_assert_cmpuint(g_strv_length(wanted), ==, g_strv_length(lines));
        for (guint i = 0; wanted[i] && wanted[i][0]; i++) {
            g_auto(GStrv) cells = g_strsplit(lines[i], ",", -1);
            g_autofree char *line = g_strjoin(",", cells[0], cells[1], cells[2 + unit], NULL);
            g_assert_cmpstr(line, ==, wanted[i]);
        }
    }
    g_autofree char *index = read_file("weekly/index.json", NULL);
    g_assert_nonnull(strstr(index, "\"series\": [\n    {\n      \"name\": "
                                   "\"afghanistan-2021-07-01-to-2021-07-08-series.csv\""));
}

#define MULTIPLES                                                                                  \
    "timeline -q --from 2021-05-01 --to 2021-08-15 --formats svg,series,multiples --out page "

/* The caption of one of the small maps: the last text of its group. */
static char *find_caption(const char *svg, const char *day)
{
    g_autofree char *id = g_strdup_printf("-day-%s\"", day);
    const char *group = strstr(svg, id);
    g_assert_nonnull(group);
    g_autofree char *words = g_strndup(group, (gsize)(strstr(group, "</g>") - group));
    const char *text = g_strrstr(words, "<text");
    g_assert_nonnull(text);
    const char *start = strchr(text, '>') + 1;
    return g_strndup(start, (gsize)(strchr(start, '<') - start));
}

/* The count of districts in the series, as text; "0" without a row. */
static char *find_count(const char *series, const char *day, const char *control)
{
    g_autofree char *start = g_strdup_printf("\n%s,%s,", day, control);
    const char *row = strstr(series, start);
    if (!row)
        return g_strdup("0");
    row += strlen(start);
    return g_strndup(row, strcspn(row, ","));
}

static unsigned count_words(const char *text, const char *word)
{
    unsigned count = 0;
    while ((text = strstr(text, word)) && ++count)
        text += strlen(word);
    return count;
}

static void small_multiples_show_what_every_day_counts(void)
{
    static const char *const days[] = {"2021-05-01", "2021-05-29", "2021-07-10", "2021-08-15"};
    expect(0, "", "", MULTIPLES "--step week");
    g_autofree char *svg =
        read_file("page/afghanistan-2021-05-01-to-2021-08-15-multiples.svg", NULL);
    g_autofree char *series =
        read_file("page/afghanistan-2021-05-01-to-2021-08-15-series.csv", NULL);
    g_assert_cmpuint(count_words(svg, "-districts-2021-"), >=, 17);
    for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
        g_autofree char *caption = find_caption(svg, days[i]);
        g_autofree char *taliban = find_count(series, days[i], "Taliban");
        g_autofree char *government = find_count(series, days[i], "Government");
        g_autofree char *wanted =
            strcmp(government, "0") == 0
                ? g_strdup_printf("Taliban %s", taliban)
                : g_strdup_printf("Taliban %s, Government %s", taliban, government);
        g_assert_cmpstr(caption, ==, wanted);
    }
    g_assert_nonnull(strstr(svg, ">Control of districts from 1 May 2021 to 15 August 2021<"));
    g_assert_nonnull(strstr(svg,
                            ">Of 398 districts: Taliban from 19 to 212; Government from 0 to 18; "
                            "Contested from 48 to 17; Not assessed from 331 to 151.<"));
    g_autofree char *index = read_file("page/index.json", NULL);
    g_assert_nonnull(strstr(index, "\"multiples\": [\n    {\n      \"name\": "
                                   "\"afghanistan-2021-05-01-to-2021-08-15-multiples.svg\""));
}

static void the_chart_names_the_last_counts(void)
{
    expect(0, "", "", MULTIPLES "--step month --formats svg,chart");
    g_autofree char *svg = read_file("page/afghanistan-2021-05-01-to-2021-08-15-chart.svg", NULL);
    static const char *const words[] = {
        ">Taliban 212<", ">Government 18<", ">Contested 17<", ">Not assessed 151<",
        ">0<",           ">100<",           ">300<",          ">398<",
        ">1 May 2021<",  ">1 August 2021<", "<title",         "role=\"table\""};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (!strstr(svg, words[i]))
            g_error("no %s in the chart", words[i]);
    g_autofree char *index = read_file("page/index.json", NULL);
    g_assert_nonnull(strstr(index, "\"charts\": [\n    {\n      \"name\": "
                                   "\"afghanistan-2021-05-01-to-2021-08-15-chart.svg\""));
}

static void days_without_room_are_counted_on_the_page(void)
{
    expect(0, "", "", MULTIPLES "--size 800x600 --formats multiples");
    g_assert_true(has_file("page/afghanistan-2021-05-01-to-2021-08-15-multiples.png"));
    expect(0, "", "", MULTIPLES "--size 800x600");
    g_autofree char *svg =
        read_file("page/afghanistan-2021-05-01-to-2021-08-15-multiples.svg", NULL);
    g_assert_nonnull(strstr(svg, " from 1 May 2021 to 15 August 2021: 10 of 107 days<"));
    g_autofree char *first = find_caption(svg, "2021-05-01");
    g_autofree char *last = find_caption(svg, "2021-08-15");
    g_assert_cmpstr(first, ==, "Taliban 19");
    g_assert_cmpstr(last, ==, "Taliban 212, Government 18");
}

static void small_multiples_are_made_once(void)
{
#define FEW "timeline -q --from 2021-07-01 --to 2021-07-03 --size 480x360 --out few "
    expect(0,
           "afghanistan-2021-07-01\nafghanistan-2021-07-02\nafghanistan-2021-07-03\n"
           "afghanistan-2021-07-01-to-2021-07-03-multiples.png\n"
           "afghanistan-2021-07-01-to-2021-07-03-multiples.pdf\nindex.json\n",
           "", FEW "--formats png,pdf,multiples --dry-run");
    g_assert_false(has_file("few"));
    expect(0, "", "", FEW "--formats png,pdf,multiples");
    expect(0, "", "", FEW "--formats png,pdf,multiples --dry-run");
    gsize size;
    g_autofree char *pdf =
        read_file("few/afghanistan-2021-07-01-to-2021-07-03-multiples.pdf", &size);
    g_assert_cmpint(strncmp(pdf, "%PDF-1.", 7), ==, 0);
    expect(
        5, "",
        "evmap: error: a sheet of 401x301 px has no room for its text: the least side is 360 px\n",
        WEEK "--formats multiples");
}

#define MAKE_FILM                                                                                  \
    "timeline --from 2021-07-01 --to 2021-07-04 --size 401x301 --layout thumbnail --out film "     \
    "--formats mp4,webm,webp,gif --fps 5 --hold 1 "

static void assert_film(const char *ending, const char *expected)
{
    g_autofree char *command = g_strdup_printf(
        "ffprobe -v error -count_frames -show_entries stream=codec_name,width,height,"
        "nb_read_frames -of csv=p=0 afghanistan-*.%s",
        ending);
    g_autofree char *found = run_tool("film", command);
    g_assert_cmpstr(g_strchomp(found), ==, expected);
}

static void films_hold_every_frame(void)
{
    Run run = run_evmap(MAKE_FILM "-q");
    assert_run(run, 0, "", "");
    /* Four frames, and the last one for five more. */
    assert_film("mp4", "h264,402,302,9");
    assert_film("webm", "vp9,402,302,9");
    assert_film("gif", "gif,401,301,9");
    g_autofree char *webp =
        read_file("film/afghanistan-2021-07-01-thumbnail-to-2021-07-04.webp", NULL);
    g_assert_cmpint(strncmp(webp, "RIFF", 4), ==, 0);
}

/* However fast they follow each other: each picture is shown once, the last one while it is held.
 */
static void a_fast_film_loses_no_picture(void)
{
    expect(0, "", "",
           "timeline -q --from 2021-07-01 --to 2021-07-08 --size 480x360 --layout card --out fast "
           "--formats mp4,gif --fps 50 --hold 0.5");
    static const char *const endings[] = {"mp4", "gif"};
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *count = g_strdup_printf(
            "ffmpeg -v error -i afghanistan-*-card-*.%s -f framemd5 - | grep -v '^#' | head -8 | "
            "awk '{print $6}' | sort -u | wc -l; ffprobe -v error -count_frames -show_entries "
            "stream=nb_read_frames -of csv=p=0 afghanistan-*-card-*.%s",
            endings[i], endings[i]);
        g_autofree char *found = run_tool("fast", count);
        g_assert_cmpstr(found, ==, "8\n33\n"); /* 8 pictures and 25 frames of holding */
    }
}

/* The third frame, taken out of the film again, against its PNG: 4:2:0 and H.264 blur colours by
 * little on average. */
static void a_frame_of_the_film_is_its_picture(void)
{
    Run run = run_evmap(MAKE_FILM "-q");
    assert_run(run, 0, "", "");
    g_autofree char *found = run_tool(
        "film",
        "ffmpeg -v error -y -i afghanistan-*.mp4 -vf "
        "\"select=eq(n\\,2),format=rgb24,crop=401:301:0:0\" "
        "-frames:v 1 "
        "taken.png && ffmpeg -v info -i taken.png -i afghanistan-2021-07-03-thumbnail.png -lavfi "
        "\"[0]format=rgb24[a];[1]format=rgb24[b];[a][b]psnr\" -f null - 2>&1 | "
        "sed -n 's/.*average:\\([0-9]*\\).*/\\1/p'");
    g_assert_cmpint((int)g_ascii_strtoll(found, NULL, 10), >=, 28);
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
    assert_usage("timeline", "--from 2021-07-01 --to 2021-07-08 --formats gif --fps 60",
                 "a gif shows 50 frames a second at most: give a lower --fps");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/cli/timeline/" #name, name)
    ADD(frames_do_not_depend_on_the_number_of_threads);
    ADD(shards_make_the_same_frames);
    ADD(only_what_is_missing_or_changed_is_made_again);
    ADD(a_killed_run_is_taken_up_at_any_moment);
    ADD(two_runs_do_not_share_a_folder);
    ADD(only_what_killed_runs_left_is_removed);
    ADD(a_frame_that_fails_does_not_stop_the_others);
    ADD(steps_choose_the_days);
    ADD(a_dry_run_lists_what_is_not_there);
    ADD(a_terminal_shows_rate_and_time_left);
    ADD(a_line_a_frame_is_there_for_the_asking);
    ADD(progress_can_be_read_by_programs);
    ADD(the_index_says_what_every_frame_shows);
    ADD(every_change_of_a_frame_names_its_row);
    ADD(data_of_a_frame_is_that_of_its_day);
    ADD(the_series_is_that_of_the_whole_period);
    ADD(small_multiples_show_what_every_day_counts);
    ADD(the_chart_names_the_last_counts);
    ADD(days_without_room_are_counted_on_the_page);
    ADD(small_multiples_are_made_once);
    ADD(films_hold_every_frame);
    ADD(a_fast_film_loses_no_picture);
    ADD(a_frame_of_the_film_is_its_picture);
    ADD(wrong_use_names_what_is_missing);
    return finish_tests();
}
