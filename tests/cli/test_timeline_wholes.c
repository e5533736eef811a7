/* What is made of a whole timeline: the series and its chart, small multiples, films. */
#include <string.h>

#include "tests/cli/harness.h"

#define JULY "timeline -q --from 2021-07-01 --to 2021-07-08 --size 800x600 "
#define SMALL_WEEK                                                                                 \
    "timeline -q --from 2021-07-01 --to 2021-07-03 --layout thumbnail --size 401x301 --out week "  \
    "--formats multiples"

static void expect(int status, const char *out, const char *err, const char *words)
{
    Run run = run_evmap("%s", words);
    assert_run(run, status, out, err);
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

#define PERIOD "timeline -q --from 2021-05-01 --to 2021-08-15 --out page "
#define MULTIPLES PERIOD "--formats svg,series,multiples "

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
        read_file("page/afghanistan-2021-05-01-to-2021-08-15-by-week-multiples.svg", NULL);
    g_autofree char *series =
        read_file("page/afghanistan-2021-05-01-to-2021-08-15-series.csv", NULL);
    g_assert_cmpuint(count_words(svg, "-districts-2021-"), >=, 17);
    for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
        g_autofree char *caption = find_caption(svg, days[i]);
        g_autofree char *taliban = find_count(series, days[i], "Taliban");
        g_autofree char *government = find_count(series, days[i], "Government");
        g_autofree char *contested = find_count(series, days[i], "contested");
        g_autofree char *wanted =
            strcmp(government, "0") == 0
                ? g_strdup_printf("Taliban %s, Contested %s", taliban, contested)
                : g_strdup_printf("Taliban %s, Government %s, Contested %s", taliban, government,
                                  contested);
        g_assert_cmpstr(caption, ==, wanted);
    }
    g_assert_nonnull(strstr(svg, ">Control of districts from 1 May 2021 to 15 August 2021<"));
    g_assert_nonnull(strstr(svg,
                            ">Of 398 districts: Taliban from 19 to 212; Government from 0 to 18; "
                            "Contested from 48 to 17; Not assessed from 331 to 151.<"));
    g_autofree char *index = read_file("page/index.json", NULL);
    g_assert_nonnull(strstr(index,
                            "\"multiples\": [\n    {\n      \"name\": "
                            "\"afghanistan-2021-05-01-to-2021-08-15-by-week-multiples.svg\""));
}

static void the_chart_names_the_last_counts(void)
{
    expect(0, "", "", PERIOD "--step month --formats svg,chart");
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

/* Months of the other calendar begin on other days: the first and the last day have no mark then.
 */
static void the_chart_names_its_first_and_last_day(void)
{
    expect(0, "", "", PERIOD "--step month --layout portrait --lang fa --formats svg,chart");
    g_autofree char *svg =
        read_file("page/afghanistan-2021-05-01-to-2021-08-15-portrait-fa-chart.svg", NULL);
    static const char *const dates[] = {">۱۱ ثور ۱۴۰۰<", ">۱ جوزا ۱۴۰۰<", ">۲۴ اسد ۱۴۰۰<"};
    const char *chart = strstr(svg, "-chart\" data-label");
    g_assert_nonnull(chart);
    for (size_t i = 0; i < G_N_ELEMENTS(dates); i++)
        if (!g_strstr_len(chart, strstr(chart, "</g>") - chart, dates[i]))
            g_error("no %s in the chart", dates[i]);
}

static void days_without_room_are_counted_on_the_page(void)
{
    expect(0, "", "", PERIOD "--size 800x600 --formats multiples");
    g_assert_true(has_file("page/afghanistan-2021-05-01-to-2021-08-15-multiples.png"));
    expect(0, "", "", MULTIPLES "--size 800x600");
    g_autofree char *svg =
        read_file("page/afghanistan-2021-05-01-to-2021-08-15-multiples.svg", NULL);
    g_assert_nonnull(strstr(svg, " from 1 May 2021 to 15 August 2021: 10 of 107 days<"));
    g_autofree char *first = find_caption(svg, "2021-05-01");
    g_autofree char *last = find_caption(svg, "2021-08-15");
    g_assert_cmpstr(first, ==, "Taliban 19, Contested 48");
    g_assert_cmpstr(last, ==, "Taliban 212, Government 18, Contested 17");
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
        SMALL_WEEK);
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

static void pages_about_the_period_need_no_frames(void)
{
    Run run = run_evmap("timeline --from 2021-07-01 --to 2021-07-03 --size 480x360 --out data "
                        "--formats series,chart");
    g_assert_cmpint(run.status, ==, 0);
    g_assert_cmpstr(run.out, ==,
                    "data/afghanistan-2021-07-01-to-2021-07-03-series.csv\n"
                    "data/afghanistan-2021-07-01-to-2021-07-03-chart.png\ndata/index.json\n");
    g_assert_null(strstr(run.err, "frames"));
    run_clear(&run);
    g_autofree char *files = run_tool("data", "ls");
    g_assert_cmpstr(files, ==,
                    "afghanistan-2021-07-01-to-2021-07-03-chart.png\n"
                    "afghanistan-2021-07-01-to-2021-07-03-series.csv\nindex.json\n");
    assert_usage("timeline", "--from 2021-07-01 --to 2021-07-03 --formats series --shard 1/2",
                 "a shard makes frames alone: add a format of frames to --formats, as png");
}

static void films_of_several_steps_stand_side_by_side(void)
{
    static const char *const steps[][2] = {
        {"day", ""}, {"week", "-by-week"}, {"month", "-by-month"}, {"change", "-by-change"}};
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        Run run = run_evmap("timeline -q --from 2021-07-01 --to 2021-07-08 --layout film --lang fa "
                            "--out steps --formats mp4 --dry-run --step %s",
                            steps[i][0]);
        g_autofree char *film =
            g_strdup_printf("\nafghanistan-2021-07-01-to-2021-07-08-film-fa%s.mp4\n", steps[i][1]);
        g_assert_cmpint(run.status, ==, 0);
        g_assert_nonnull(strstr(run.out, film));
        run_clear(&run);
    }
}

/* Before anything is drawn. */
static void a_missing_ffmpeg_is_told_at_once(void)
{
    g_autofree char *said = run_tool("", "PATH=/nowhere " EVM_TEST_PROGRAM
                                         " timeline --from 2021-07-01 --to 2021-07-03 --out "
                                         "none --formats png,mp4 2>&1; echo $?");
    g_assert_cmpstr(said, ==,
                    "evmap: error: films are made by ffmpeg, which is not installed: apt-get "
                    "install ffmpeg\n4\n");
    g_assert_false(has_file("none"));
}

static void what_ffmpeg_says_is_said(void)
{
    static const char *const cases[][2] = {
        {"echo Unknown encoder >&2; exit 3", "ffmpeg says: Unknown encoder"},
        {"exit 3", "ffmpeg says: Child process exited with code 3"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *command = g_strdup_printf(
            "mkdir -p bin; printf '#!/bin/sh\\n%s\\n' > bin/ffmpeg; chmod +x bin/ffmpeg; "
            "PATH=$PWD/bin:$PATH " EVM_TEST_PROGRAM " timeline -q --from 2021-07-01 --to "
            "2021-07-02 --size 401x301 --layout thumbnail --out broken --formats mp4 2>&1; true",
            cases[i][0]);
        g_autofree char *wanted =
            g_strdup_printf("evmap: error: broken: the mp4 cannot be made: %s\n", cases[i][1]);
        g_autofree char *said = run_tool("", command);
        g_assert_cmpstr(said, ==, wanted);
    }
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
        read_file("film/afghanistan-2021-07-01-to-2021-07-04-thumbnail.webp", NULL);
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
            "ffmpeg -v error -i afghanistan-*-to-*.%s -f framemd5 - | grep -v '^#' | head -8 | "
            "awk '{print $6}' | sort -u | wc -l; ffprobe -v error -count_frames -show_entries "
            "stream=nb_read_frames -of csv=p=0 afghanistan-*-to-*.%s",
            endings[i], endings[i]);
        g_autofree char *found = run_tool("fast", count);
        g_assert_cmpstr(found, ==, "8\n33\n"); /* 8 pictures and 25 frames of holding */
    }
}

/* In a gif, which loses nothing between these frames: each is shown alone for some pictures, with
 * four between it and the next; the last one stays. */
static void frames_fade_into_each_other(void)
{
    expect(0, "", "",
           "timeline -q --from 2021-07-01 --to 2021-07-04 --size 480x360 --layout card --out fade "
           "--formats gif --fps 2 --fade 0.25 --hold 1");
    g_autofree char *runs =
        run_tool("fade", "ffmpeg -v error -i afghanistan-*.gif -f framemd5 - | grep -v '^#' | "
                         "awk '{print $6}' | uniq -c | awk '{printf \"%s \", $1}'");
    g_assert_cmpstr(runs, ==, "9 1 1 1 1 5 1 1 1 1 5 1 1 1 1 23 ");
    assert_usage("timeline", "--from 2021-07-01 --to 2021-07-04 --formats mp4 --fps 3 --fade 0.4",
                 "--fade takes more than nine tenths of a frame's time: give a lower --fps");
    assert_usage("timeline", "--from 2021-07-01 --to 2021-07-04 --formats mp4 --fps 13 --fade 0.01",
                 "--fade is for films of 12 frames a second at most: give a lower --fps");
    assert_usage("timeline", "--from 2021-07-01 --to 2021-07-04 --fade 3",
                 "--fade '3' is no number of seconds from 0 to 2");
}

static void a_film_has_a_poster_and_captions(void)
{
    Run run = run_evmap(MAKE_FILM "-q");
    assert_run(run, 0, "", "");
    assert_same_file("film/afghanistan-2021-07-01-to-2021-07-04-thumbnail-poster.png",
                     "film/afghanistan-2021-07-04-thumbnail.png");
    g_autofree char *captions =
        read_file("film/afghanistan-2021-07-01-to-2021-07-04-thumbnail.vtt", NULL);
    g_assert_true(g_str_has_prefix(
        captions,
        "WEBVTT\n\n00:00:00.000 --> 00:00:00.200\n1 July 2021\nThe Taliban hold 118 of 398 "
        "districts, the government 12; "));
    g_assert_nonnull(strstr(captions, "\n\n00:00:00.600 --> 00:00:01.800\n4 July 2021\n"));
    g_autofree char *index = read_file("film/index.json", NULL);
    g_assert_nonnull(strstr(index, "\"posters\": [\n    {\n      \"name\": "));
    g_assert_nonnull(strstr(index, "\"captions\": [\n    {\n      \"name\": "));
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

#define ADD(name) g_test_add_func("/cli/timeline_wholes/" #name, name)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD(the_series_is_that_of_the_whole_period);
    ADD(small_multiples_show_what_every_day_counts);
    ADD(the_chart_names_the_last_counts);
    ADD(the_chart_names_its_first_and_last_day);
    ADD(days_without_room_are_counted_on_the_page);
    ADD(small_multiples_are_made_once);
    ADD(pages_about_the_period_need_no_frames);
    ADD(films_of_several_steps_stand_side_by_side);
    ADD(a_missing_ffmpeg_is_told_at_once);
    ADD(what_ffmpeg_says_is_said);
    ADD(films_hold_every_frame);
    ADD(a_fast_film_loses_no_picture);
    ADD(frames_fade_into_each_other);
    ADD(a_film_has_a_poster_and_captions);
    ADD(a_frame_of_the_film_is_its_picture);
    return finish_tests();
}
