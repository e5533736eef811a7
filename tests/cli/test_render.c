#include <string.h>

#include "tests/cli/harness.h"

#define HEAD "date,province,district,kind,actor,from_actor,source\n"

static void render_prints_the_paths_of_whole_files(void)
{
    Run run = run_evmap("render --date 2021-07-05 --out first");
    g_assert_cmpstr(run.out, ==,
                    "first/afghanistan-2021-07-05.png\n"
                    "first/afghanistan-2021-07-05.svg\n"
                    "first/afghanistan-2021-07-05.json\n");
    g_assert_cmpint(run.status, ==, 0);
    gsize size;
    g_autofree char *png = read_file("first/afghanistan-2021-07-05.png", &size);
    g_assert_true(memcmp(png, "\x89PNG\r\n\x1a\n", 8) == 0);
    g_assert_true(memcmp(png + size - 8, "IEND", 4) == 0);
    g_autofree char *svg = read_file("first/afghanistan-2021-07-05.svg", &size);
    g_assert_true(g_str_has_suffix(svg, "</svg>\n"));
    run_clear(&run);
}

/* What the issue of this map is about: these fell in the days before. */
static void panjwayi_and_badakhshan_have_newly_changed_on_5_july_2021(void)
{
    Run run = run_evmap("render --date 2021-07-05 --out july --formats svg");
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
    g_autofree char *manifest = read_file("july/afghanistan-2021-07-05.json", NULL);
    const char *changes = strstr(manifest, "\"changes\"");
    g_assert_nonnull(changes);
    const char *end = strstr(changes, "]");
    g_autofree char *list = g_strndup(changes, (gsize)(end - changes));
    g_assert_nonnull(strstr(list, "\"AF2704\""));
    unsigned badakhshan = 0;
    for (const char *at = list; (at = strstr(at, "\"AF17")); at++)
        badakhshan++;
    g_assert_cmpuint(badakhshan, >=, 10);
}

static void sheet_says_what_was_asked(void)
{
    Run run = run_evmap("render --date 2021-07-05 --as-known-on 2021-07-06 --stale-after 20 "
                        "--baseline Government --formats svg -q --out asked");
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
    g_autofree char *svg = read_file(
        "asked/afghanistan-2021-07-05-known-2021-07-06-baseline-government-stale-20.svg", NULL);
    g_assert_nonnull(
        strstr(svg, "Control of districts at the end of 5 July 2021, as known on 6 July 2021"));
    g_assert_nonnull(strstr(
        svg, ">Battlefield developments in Afghanistan, 5 July 2021, as known on 6 July 2021<"));
    g_assert_nonnull(strstr(svg, "Districts without a claim are shown as held by: Government."));
    g_assert_nonnull(strstr(svg, "over 20 days old"));
    g_assert_nonnull(strstr(svg, "fill=\"#e3afa5\"")); /* the Taliban's colour, faded */
    run = run_evmap("render --date 2021-07-05 --formats svg -q --out plain");
    run_clear(&run);
    g_autofree char *plain = read_file("plain/afghanistan-2021-07-05.svg", NULL);
    g_assert_null(strstr(plain, "as known on"));
    g_assert_null(strstr(plain, "shown as held by"));
    g_assert_null(strstr(plain, "days old"));
    g_assert_null(strstr(plain, "fill=\"#e3afa5\""));
}

static void several_languages_are_several_maps(void)
{
    Run run = run_evmap("render --date 2021-07-05 --lang fa,en,ps,fa --formats svg -q --out four");
    g_assert_cmpint(run.status, ==, 0);
    g_assert_cmpstr(run.out, ==, "");
    run_clear(&run);
    g_autofree char *english = read_file("four/afghanistan-2021-07-05.svg", NULL);
    g_autofree char *dari = read_file("four/afghanistan-2021-07-05-fa.svg", NULL);
    g_autofree char *pashto = read_file("four/afghanistan-2021-07-05-ps.svg", NULL);
    g_assert_nonnull(strstr(english, "lang=\"en\""));
    g_assert_nonnull(strstr(english, "Battlefield developments in Afghanistan"));
    g_assert_nonnull(strstr(dari, "lang=\"fa-AF\""));
    static const char *const digits = " style=\"font-feature-settings:'locl' 0\"";
    g_assert_nonnull(strstr(dari, digits));
    g_assert_nonnull(strstr(pashto, digits));
    g_assert_null(strstr(english, digits));
    g_assert_nonnull(strstr(dari, "۱۴ سرطان ۱۴۰۰ (۵ جولای ۲۰۲۱)"));
    g_assert_nonnull(strstr(dari, "پنجوائی، قندهار: طالبان"));
    g_assert_nonnull(strstr(pashto, "د ۱۴۰۰ چنګاښ ۱۴"));
}

static void unknown_language_is_wrong_use(void)
{
    Run run = run_evmap("render --date 2021-07-05 --lang de");
    g_assert_cmpint(run.status, ==, 2);
    g_assert_cmpstr(run.err, ==,
                    "evmap: no language 'de': there are en, fa, ps and fr, or give the path of a "
                    "language file\nTry 'evmap help render'.\n");
    run_clear(&run);
}

/* The second would overwrite the first; the same one twice is one. */
static void two_languages_of_one_code_are_wrong_use(void)
{
    g_autofree char *path =
        g_build_filename(EVM_TEST_SOURCE_DIR, "src/style/languages/fr.ini", NULL);
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_free(write_file("own.ini", text));
    assert_usage("render", "--date 2021-07-05 --lang fr,./own.ini",
                 "--lang 'fr,./own.ini' names two languages that would write the same files: give "
                 "one another code in its file");
    Run run = run_evmap("render -q --date 2021-07-05 --lang ./own.ini,own.ini --formats csv --out "
                        "own");
    assert_run(run, 0, "", "");
    g_assert_true(has_file("own/afghanistan-2021-07-05-fr.csv"));
}

static void same_input_gives_the_same_bytes(void)
{
    static const char *const stamp[] = {"TZ=Pacific/Kiritimati", "LC_ALL=C", NULL};
    static const char *const endings[] = {"png", "svg", "json", "outlined.svg"};
    Run one = run_evmap("render --date 2021-07-05 --svg outlined --size 800x600 --out one");
    Run two = run_evmap_with(NULL, stamp,
                             "render --date 2021-07-05 --svg outlined --size 800x600 --out ./two");
    g_assert_cmpint(one.status, ==, 0);
    g_assert_cmpint(two.status, ==, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        gsize a_size, b_size;
        g_autofree char *a_name = g_strdup_printf("one/afghanistan-2021-07-05.%s", endings[i]);
        g_autofree char *b_name = g_strdup_printf("two/afghanistan-2021-07-05.%s", endings[i]);
        g_autofree char *a = read_file(a_name, &a_size), *b = read_file(b_name, &b_size);
        g_assert_cmpuint(a_size, ==, b_size);
        g_assert_true(memcmp(a, b, a_size) == 0);
    }
    run_clear(&one);
    run_clear(&two);
}

static void events_come_from_standard_input(void)
{
    Run run = run_evmap_with(HEAD "2021-07-04,Kandahar,Panjwai,control,Taliban,Government,AFP\n",
                             NULL, "render --date 2021-07-05 --events - --formats svg --out piped");
    assert_run(run, 0, "piped/afghanistan-2021-07-05.svg\npiped/afghanistan-2021-07-05.json\n", "");
    g_autofree char *manifest = read_file("piped/afghanistan-2021-07-05.json", NULL);
    g_assert_nonnull(strstr(manifest, "\"control\": \"Taliban\",\n      \"districts\": 1,"));
    g_assert_nonnull(strstr(manifest, "\"decided_by\": \"stdin:2\""));
}

static void lost_row_is_named_and_the_map_is_drawn(void)
{
    g_free(write_file("lost.csv", HEAD "2021-07-04,Kandahar,Panjwai,control,Taliban,,AFP\n"
                                       "2021-07-04,Kandahar,Atlantis,control,Taliban,,AFP\n"));
    Run run = run_evmap("render --date 2021-07-05 --events lost.csv --formats svg --out lost");
    g_assert_cmpint(run.status, ==, 1);
    g_assert_true(g_str_has_prefix(
        run.err, "lost.csv:3: error: no district 'Atlantis' in 'Kandahar' [unmatched-place]"));
    g_assert_true(has_file("lost/afghanistan-2021-07-05.svg"));
    run_clear(&run);
}

static void missing_event_file_is_refused(void)
{
    Run run = run_evmap("render --date 2021-07-05 --events no.csv --out none");
    g_assert_cmpint(run.status, ==, 3);
    g_assert_nonnull(strstr(run.err, "evmap: error: no.csv: "));
    g_assert_false(has_file("none"));
    run_clear(&run);
}

static void oversized_picture_is_refused_with_its_memory(void)
{
    Run run = run_evmap("render --date 2021-07-05 --size 20000x20000 --out none");
    assert_run(run, 5, "",
               "evmap: error: a picture of 20000x20000 pixels would take 1600 MB: the limits are "
               "16384 pixels a side and 100 million in all (--size, --scale)\n");
    g_assert_false(has_file("none"));
}

static void sheet_too_small_for_its_text_is_refused(void)
{
    Run run = run_evmap("render --date 2021-07-05 --size 300x200 --out none");
    assert_run(run, 5, "",
               "evmap: error: a sheet of 300x200 px has no room for its text: the least side is "
               "360 px\n");
}

static void output_that_cannot_be_written_is_status_4(void)
{
    g_free(write_file("a-file", "not a folder"));
    Run run = run_evmap("render --date 2021-07-05 --out a-file/maps");
    g_assert_cmpint(run.status, ==, 4);
    g_assert_true(strstr(run.err, "evmap: error: a-file") != NULL);
    run_clear(&run);
}

static void closed_standard_output_is_status_4(void)
{
    Run run = run_evmap("version >/dev/full");
    assert_run(run, 4, "", "evmap: error: standard output: No space left on device\n");
}

static void quiet_says_nothing(void)
{
    Run run = run_evmap("render --date 2021-07-05 -q --out quiet --formats svg");
    assert_run(run, 0, "", "");
    g_assert_true(has_file("quiet/afghanistan-2021-07-05.svg"));
}

static void area_is_in_the_file_name_and_counts_its_districts_only(void)
{
    Run run =
        run_evmap("render --date 2021-07-05 --area Badakhshan --formats svg -q --out province");
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
    g_autofree char *manifest = read_file("province/badakhshan-2021-07-05.json", NULL);
    g_assert_nonnull(strstr(manifest, "\"universe\": {\n    \"districts\": 28,"));
}

static void claims_outside_of_the_area_are_not_reported(void)
{
    Run run = run_evmap("render --date 2021-07-05 --area Hilmand --formats svg --out hilmand");
    g_assert_cmpint(run.status, ==, 0);
    g_assert_nonnull(
        strstr(run.err, "evmap: warning: 1 claim colours nothing, because these boundaries have no "
                        "polygon for: Marjah in Helmand\n"));
    run_clear(&run);
    g_autofree char *manifest = read_file("hilmand/hilmand-2021-07-05.json", NULL);
    const char *outside = strstr(manifest, "\"outside_universe\"");
    g_assert_nonnull(outside);
    g_assert_nonnull(strstr(outside, "Marjah"));
    g_assert_null(strstr(outside, "Kunduz"));
}

static void a_map_of_nothing_says_so_once(void)
{
    Run run = run_evmap("render --date 2020-01-01 -q --out nothing --formats svg");
    assert_run(run, 0, "", "");
    g_autofree char *svg = read_file("nothing/afghanistan-2020-01-01.svg", NULL);
    g_assert_nonnull(strstr(svg, ">Nobody is reported to hold any of the 398 districts. No change "
                                 "reported in the last 7 days.<"));
}

/* Given twice or with a comma, in any spelling that the gazetteer knows;
 * each counts once. */
/* A sentence with ten actors is none: the legend names them all. */
static void summary_names_the_largest_of_many_actors(void)
{
    g_free(write_file("many.csv", "date,pcode,kind,actor\n2021-07-01,AF2704,control,Taliban\n"
                                  "2021-07-01,AF0101,control,ISKP\n"
                                  "2021-07-01,AF0102,control,ISKP\n"
                                  "2021-07-01,AF0103,control,Junbish\n"
                                  "2021-07-01,AF0104,control,Jamiat\n"
                                  "2021-07-01,AF0105,control,Wahdat\n"
                                  "2021-07-01,AF0106,control,Wahdat\n"
                                  "2021-07-01,AF0107,control,Wahdat\n"));
    Run run = run_evmap("render --date 2021-07-05 --events many.csv --formats svg -q --out many");
    run_clear(&run);
    g_autofree char *svg = read_file("many/afghanistan-2021-07-05.svg", NULL);
    g_assert_nonnull(strstr(svg,
                            ">The Taliban hold 1 of 398 districts, ISKP 2, Wahdat 3, others 2; "
                            "390 not assessed."));
    g_assert_nonnull(strstr(svg, ">Junbish</text>"));
}

/* Nothing is contested on the day, yet the chart of the days before has its colour. */
/* On the map, in the list and in the titles of the districts. */
static void a_town_is_spelt_in_one_way_on_a_sheet(void)
{
    g_free(write_file("towns.csv", "date,province,district,kind,actor\n"
                                   "2021-08-07,Jawzjan,Shiberghan,control,Taliban\n"
                                   "2021-08-12,Hirat,Hirat,control,Taliban\n"));
    Run run = run_evmap("render -q --date 2021-08-12 --events towns.csv --formats svg --out towns");
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
    g_autofree char *svg = read_file("towns/afghanistan-2021-08-12.svg", NULL);
    g_assert_nonnull(strstr(svg, ">Sheberghan, Jawzjan</text>"));
    g_assert_nonnull(strstr(svg, ">Sheberghan</text>"));
    g_assert_null(strstr(svg, "Shiberghan"));
    const char *label = strstr(svg, ">Herat</text>");
    g_assert_nonnull(label);
    g_assert_nonnull(strstr(label + 1, ">Herat</text>")); /* as the province: not "Herat, Herat" */
    g_assert_nonnull(strstr(svg, "<title>Herat, Herat: Taliban"));
}

/* On a day on which a dozen capitals fell, some of them smaller than their dots. */
static void every_number_of_the_list_stands_on_the_map(void)
{
    static const char *const layouts[] = {"landscape", "portrait", "square", "story"};
    for (gsize i = 0; i < G_N_ELEMENTS(layouts); i++) {
        Run run = run_evmap("render --date 2021-08-15 -v --layout %s --formats svg --out numbers",
                            layouts[i]);
        g_assert_cmpint(run.status, ==, 0);
        g_assert_nonnull(strstr(run.err, "found no room on the map: "));
        g_assert_false(g_regex_match_simple("(map: |, )[0-9]+(,|\n)", run.err, 0, 0));
        run_clear(&run);
    }
}

static void what_the_baseline_assumes_is_paler_and_counted(void)
{
    Run run = run_evmap("render -q --date 2021-07-05 --baseline government --formats svg --out "
                        "assumed");
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
    g_autofree char *svg =
        read_file("assumed/afghanistan-2021-07-05-baseline-government.svg", NULL);
    const char *label = strstr(svg, ">of these assumed</text>");
    g_assert_nonnull(label);
    g_assert_nonnull(g_strstr_len(label, 600, ">214</text>"));
    const char *wakhan = strstr(svg, "data-pcode=\"AF1728\"");
    g_assert_nonnull(wakhan);
    g_assert_nonnull(g_strstr_len(wakhan, 80, "fill=\"#b8d4ea\""));
    g_assert_nonnull(strstr(svg, "fill=\"#62a0d0\"")); /* of those that reports have it hold */
    g_assert_nonnull(strstr(svg, ">The Taliban hold 153 of 398 districts, the government 223 (214 "
                                 "assumed); 22 contested. "));
    g_autofree char *manifest =
        read_file("assumed/afghanistan-2021-07-05-baseline-government.json", NULL);
    g_assert_nonnull(strstr(manifest, "\"assumed\": 214"));
    g_assert_nonnull(strstr(manifest, "Taliban 153, Government 223 (214 assumed), Contested 22;"));
}

/* The dot of Jalalabad covers all of it on a map of the country, but not on one of its province. */
static void dots_that_cover_a_district_have_its_colour(void)
{
    g_free(write_file("dot.csv", "date,province,district,kind,actor\n"
                                 "2021-08-15,Nangarhar,Jalalabad,control,Taliban\n"));
    static const struct {
        const char *words, *path;
        bool is_covered;
    } cases[] = {{"", "dot/afghanistan-2021-08-15.svg", true},
                 {"--area Nangarhar ", "dot/nangarhar-2021-08-15.svg", false}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Run run =
            run_evmap("render -q --date 2021-08-15 --events dot.csv --formats svg %s--out dot",
                      cases[i].words);
        g_assert_cmpint(run.status, ==, 0);
        run_clear(&run);
        g_autofree char *svg = read_file(cases[i].path, NULL);
        const char *layer = strstr(svg, "-capital-holders\"");
        const char *circle = layer ? g_strstr_len(layer, 200, "<circle") : NULL;
        g_assert_true((circle != NULL) == cases[i].is_covered);
        g_assert_true(!circle || g_strstr_len(circle, 120, "fill=\"#c04d38\""));
    }
}

/* On that day nobody is said to have the government hold a district, but one may be its. */
static void legend_explains_the_colours_of_bands(void)
{
    Run run = run_evmap("render -q --date 2021-05-03 --formats svg --out may");
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
    g_autofree char *svg = read_file("may/afghanistan-2021-05-03.svg", NULL);
    g_assert_nonnull(strstr(svg, "The Taliban hold 19 of 398 districts; 48 contested;"));
    const char *row = strstr(svg, ">Government</text>");
    g_assert_nonnull(row);
    g_assert_nonnull(g_strstr_len(row, 400, ">0</text>"));
}

static void long_names_of_actors_cut_nothing_else_off(void)
{
    g_free(write_file("long.csv",
                      "date,province,district,kind,actor\n"
                      "2021-07-01,Kandahar,Daman,control,Islamic Emirate of Afghanistan (Taliban) "
                      "and its allies\n"
                      "2021-07-02,Kandahar,Panjwai,control,Afghan National Defence and Security "
                      "Forces\n"
                      "2021-07-03,Kandahar,Zheray,control,Islamic State Khorasan Province\n"));
    Run run = run_evmap("render -q --date 2021-07-05 --events long.csv --formats svg --out long");
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
    g_autofree char *svg = read_file("long/afghanistan-2021-07-05.svg", NULL);
    g_assert_nonnull(strstr(svg, ">Islamic Emirate of Afghanistan (Taliban) and its allies holds 1 "
                                 "of 398 districts, Afghan National Defence and Security Forces 1, "
                                 "others 1; 395 not assessed. 3 changed hands in the last 7 "
                                 "days.</text>"));
    g_assert_nonnull(strstr(svg, ">Defence and Security</text>")); /* of the legend */
    g_assert_nonnull(strstr(svg, ">21 June 2021</text>")); /* the chart is as wide as ever */
}

static void legend_explains_the_colours_of_the_chart(void)
{
    static const char *const layouts[] = {"landscape", "card"};
    for (size_t i = 0; i < G_N_ELEMENTS(layouts); i++) {
        const char *layout = layouts[i];
        Run run = run_evmap("render --date 2021-07-05 --area Kandahar --formats svg,csv -q "
                            "--layout %s --out colours",
                            layout);
        g_assert_cmpint(run.status, ==, 0);
        run_clear(&run);
        g_autofree char *svg_name = g_strdup_printf("colours/kandahar-2021-07-05-%s.svg", layout);
        g_autofree char *csv_name = g_strdup_printf("colours/kandahar-2021-07-05-%s.csv", layout);
        g_autofree char *svg = read_file(svg_name, NULL);
        g_autofree char *csv = read_file(csv_name, NULL);
        g_assert_null(strstr(csv, ",contested,"));
        g_assert_true(!!strstr(svg, ">Contested</text>") == (i == 0));
    }
}

static void areas_add_up(void)
{
    Run run =
        run_evmap("render --date 2021-07-05 --area Kunduz,Takhār --area AF17,کندز --formats svg -q "
                  "--out areas");
    assert_run(run, 0, "", "");
    g_assert_true(has_file("areas/kunduz-takhar-and-badakhshan-2021-07-05.svg"));
}

/* A window changes what is seen and not what is counted, and does not overwrite the whole map. */
static void window_is_drawn_beside_the_whole_map(void)
{
    Run run =
        run_evmap("render --date 2021-07-05 --bbox 66.5,36,71,38.5 --formats svg --out window");
    g_assert_cmpstr(run.out, ==,
                    "window/afghanistan-66.5_36_71_38.5-2021-07-05.svg\n"
                    "window/afghanistan-66.5_36_71_38.5-2021-07-05.json\n");
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
    g_autofree char *manifest =
        read_file("window/afghanistan-66.5_36_71_38.5-2021-07-05.json", NULL);
    g_assert_nonnull(strstr(manifest, "\"bbox\": [\n      66.500000,\n      36.000000,"));
    g_assert_nonnull(strstr(manifest, "\"districts\": 398"));
    g_autofree char *svg = read_file("window/afghanistan-66.5_36_71_38.5-2021-07-05.svg", NULL);
    g_assert_nonnull(strstr(svg, ">Rostaq<"));         /* a district inside it */
    g_assert_nonnull(strstr(svg, ">Mazar-e Sharif<")); /* a capital inside it */
    char *table = strstr(svg, " role=\"table\""); /* of all provinces, wherever the window is */
    g_assert_nonnull(table);
    *table = '\0';
    g_assert_null(strstr(svg, ">Kandahar<")); /* and one outside */
}

/* A headline takes for granted who took what, and a span has no day. */
static void developments_say_who_took_what_and_by_when(void)
{
    g_free(write_file("taken.csv",
                      "date,date_precision,province,district,kind,actor,headline\n"
                      "2021-07-04,week,Kandahar,Panjwai,control,Taliban,Overrun at night.\n"
                      "2021-07-03,,Kunduz,Khan Abad,contested,,Fighting goes on.\n"
                      "2021-07-02,,Herat,Guzara,clash,,Guards were shot at.\n"));
    Run run = run_evmap("render --date 2021-07-05 --events taken.csv -q --formats svg --out taken");
    assert_run(run, 0, "", "");
    g_autofree char *svg = read_file("taken/afghanistan-2021-07-05.svg", NULL);
    g_assert_nonnull(strstr(svg, ">by 4 July 2021<"));
    g_assert_nonnull(strstr(svg, ">The Taliban took Panjwayi. Overrun at night.<"));
    g_assert_nonnull(strstr(svg, ">3 July 2021<"));
    g_assert_nonnull(strstr(svg, ">Khan Abad: now contested. Fighting goes on.<"));
    g_assert_nonnull(strstr(svg, ">Guards were shot at.<"));
    g_autofree char *manifest = read_file("taken/afghanistan-2021-07-05.json", NULL);
    g_assert_nonnull(strstr(manifest, "  \"developments\": [\n"
                                      "    {\n"
                                      "      \"date\": \"2021-07-04\",\n"
                                      "      \"number\": 1,\n"
                                      "      \"kind\": \"control\",\n"
                                      "      \"control\": \"Taliban\",\n"
                                      "      \"retaken\": false,\n"
                                      "      \"province\": \"Kandahar\",\n"
                                      "      \"places\": [\n"
                                      "        {\n"
                                      "          \"pcode\": \"AF2704\",\n"
                                      "          \"name\": \"Panjwayi\",\n"
                                      "          \"event\": \"taken.csv:2\"\n"
                                      "        }\n"
                                      "      ]\n"
                                      "    },\n"));
    g_assert_nonnull(strstr(manifest, "      \"kind\": \"clash\",\n"
                                      "      \"control\": null,\n"));
}

/* The first file that a run writes, whose paths it lists; caller frees. */
static char *read_first(const char *words)
{
    g_autofree char *paths = read_output(words);
    *strchr(paths, '\n') = '\0';
    return read_file(paths, NULL);
}

static unsigned count_hatched(const char *theme)
{
    g_autofree char *words = g_strdup_printf("render --date 2021-07-05 --events plaid.csv --theme "
                                             "%s --formats svg --out plaid",
                                             theme);
    g_autofree char *svg = read_first(words);
    const char *layer = strstr(svg, "-contested\""), *end = strstr(layer, "</g>");
    unsigned count = 0;
    while ((layer = strstr(layer, "<path")) && layer++ < end)
        count++;
    return count;
}

/* Bands on hatching are a plaid; a theme of greys has nothing else for what is contested. */
static void below_bands_a_colour_is_enough_for_contested(void)
{
    g_free(write_file("plaid.csv", "date,source,province,district,kind,actor\n"
                                   "2021-07-03,A,Kandahar,Panjwai,contested,\n"
                                   "2021-07-03,A,Kandahar,Maruf,contested,\n"
                                   "2021-07-02,B,Kandahar,Maruf,control,Taliban\n"));
    g_assert_cmpuint(count_hatched("light"), ==, 1);
    g_assert_cmpuint(count_hatched("dark"), ==, 1);
    g_assert_cmpuint(count_hatched("print"), ==, 2);
}

/* A second line would take its room. */
static void title_of_some_provinces_leaves_room_for_the_summary(void)
{
    Run run = run_evmap("render --date 2021-08-10 --area Badakhshan,Takhar,Kunduz --layout square "
                        "--formats svg -q --out titled");
    assert_run(run, 0, "", "");
    g_autofree char *svg =
        read_file("titled/badakhshan-takhar-and-kunduz-2021-08-10-square.svg", NULL);
    g_assert_nonnull(
        strstr(svg, ">Battlefield developments in Badakhshan, Takhar and Kunduz</text>"));
    g_assert_nonnull(strstr(svg, ">The Taliban hold 48 of 52 districts, the government 2; 2 not"));
}

static void name_says_what_was_asked(void)
{
    Run run =
        run_evmap("render --date 2021-07-05 --area Zabul --as-known-on 2021-07-06 --universe 401 "
                  "--baseline government --stale-after 30 --dispute-window 0 --layout square "
                  "--lang fa --formats csv --out named");
    assert_run(run, 0,
               "named/zabul-2021-07-05-known-2021-07-06-of-401-baseline-government-stale-30-"
               "dispute-0-square-fa.csv\n"
               "named/zabul-2021-07-05-known-2021-07-06-of-401-baseline-government-stale-30-"
               "dispute-0-square-fa.json\n",
               "evmap: 1 warning about the data: -v shows it\n");
    run =
        run_evmap("render --date 2021-07-05 --area Zabul --dispute-window off --formats csv --out "
                  "named -q");
    assert_run(run, 0, "", "");
    g_assert_true(has_file("named/zabul-2021-07-05-undisputed.csv"));
}

/* As a page must have them in which the map stands. */
static void every_id_of_an_svg_is_its_own(void)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Run run = run_evmap("render --date 2021-07-05 -q --formats svg --out ids");
    assert_run(run, 0, "", "");
    g_autofree char *svg = read_file("ids/afghanistan-2021-07-05.svg", NULL);
    for (char *id = svg; (id = strstr(id, " id=\"")); id++) {
        char *name = g_strndup(id + 5, strcspn(id + 5, "\""));
        if (!g_hash_table_add(seen, name))
            g_error("two elements have the id %s", name);
    }
    g_assert_cmpuint(g_hash_table_size(seen), >, 398);
}

static void map_says_how_many_claims_it_does_not_draw(void)
{
    g_free(write_file("undrawn.csv", "date,province,district,kind,actor\n"
                                     "2021-07-04,Helmand,Marjah,control,Taliban\n"
                                     "2021-07-04,Kandahar,Panjwai,control,Taliban\n"
                                     "2021-07-06,Helmand,Marjah,control,Government\n"));
    Run run = run_evmap("render --date 2021-07-05 --events undrawn.csv -q --formats svg --out un");
    assert_run(run, 0, "", "");
    g_autofree char *svg = read_file("un/afghanistan-2021-07-05.svg", NULL);
    g_assert_nonnull(strstr(svg, ">1 claim about a place without a boundary here is not drawn: the "
                                 "data file lists it. 398 districts"));
    run = run_evmap("render --date 2021-07-03 --events undrawn.csv -q --formats svg --out un");
    assert_run(run, 0, "", "");
    g_autofree char *before = read_file("un/afghanistan-2021-07-03.svg", NULL);
    g_assert_null(strstr(before, "without a boundary"));
}

/* On small sheets the notes say less, and the disclaimer at their end is not cut off. */
static void notes_are_never_cut_off(void)
{
    static const char *const sizes[] = {"360x640", "400x800", "480x360", "640x480"};
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        Run run =
            run_evmap("render --date 2021-07-05 --size %s -q --formats svg --out small", sizes[i]);
        assert_run(run, 0, "", "");
        g_autofree char *svg = read_file("small/afghanistan-2021-07-05.svg", NULL);
        const char *notes = strstr(svg, "-notes\"");
        g_assert_nonnull(notes);
        g_assert_null(g_strstr_len(notes, strstr(notes, "</g>") - notes, "…"));
    }
}

static void map_of_old_claims_says_of_when_they_are(void)
{
    Run run = run_evmap("render --date 2021-09-22 -q --formats svg --out old");
    assert_run(run, 0, "", "");
    g_autofree char *svg = read_file("old/afghanistan-2021-09-22.svg", NULL);
    g_assert_nonnull(strstr(svg, ">The latest claim behind this map is of 22 August 2021. "));
    run = run_evmap("render --date 2021-09-21 -q --formats svg --out old");
    assert_run(run, 0, "", "");
    g_autofree char *before = read_file("old/afghanistan-2021-09-21.svg", NULL);
    g_assert_null(strstr(before, "The latest claim"));
}

static char *read_window(const char *window)
{
    g_autofree char *words =
        g_strdup_printf("render --date 2021-07-05 --bbox %s --formats svg --out windows", window);
    return read_first(words);
}

static void window_says_that_figures_are_of_the_whole(void)
{
    static const char *const note =
        "All figures are for Afghanistan as a whole; the map shows a part of it.";
    g_autofree char *part = read_window("66.5,36,71,38.5"), *all = read_window("59,28,76,40");
    g_assert_nonnull(strstr(part, note));
    g_assert_null(strstr(all, note));
}

/* In the scale bar's corner when no other is free; on no district, even where the corner lies deep
 * inside one. */
static void window_has_a_locator_where_no_district_is(void)
{
    g_autofree char *corner = read_window("66.5,36,71,38.5");
    g_autofree char *inside = read_window("62.5,30,63.2,30.6");
    g_assert_nonnull(strstr(corner, "-locator\""));
    g_assert_null(strstr(inside, "-locator\""));
}

/* Beside the manifest of one question a map that answers another would pass for its own. */
static void map_of_an_earlier_run_is_named(void)
{
    g_free(write_file("earlier.csv", "date,province,district,kind,actor\n"
                                     "2021-07-05,Kunduz,Archi,control,Taliban\n"));
    static const char *const render = "render --date 2021-07-05 --events earlier.csv "
                                      "--area Kunduz --out earlier";
    Run run = run_evmap("%s -q --formats csv --size 800x600", render);
    assert_run(run, 0, "", "");
    run = run_evmap("%s --formats geojson", render);
    assert_run(run, 0, "earlier/kunduz-2021-07-05.geojson\nearlier/kunduz-2021-07-05.json\n",
               "evmap: warning: earlier/kunduz-2021-07-05.csv is of an earlier run: the manifest "
               "is now that of this one\n");
    g_assert_true(has_file("earlier/kunduz-2021-07-05.csv"));
    run = run_evmap("%s --formats csv,geojson", render);
    assert_run(run, 0,
               "earlier/kunduz-2021-07-05.csv\nearlier/kunduz-2021-07-05.geojson\n"
               "earlier/kunduz-2021-07-05.json\n",
               "");
}

/* What lies outside has a dot in the list, as all that the map does not show. */
static void numbers_are_of_districts_in_the_window(void)
{
    g_free(write_file("window.csv", "date,province,district,kind,actor\n"
                                    "2021-07-05,Baghlan,Burka,control,Taliban\n"
                                    "2021-07-04,Kandahar,Daman,control,Taliban\n"));
    static const char *const words[] = {"", "--bbox 66,34,70,37 "};
    static const char *const paths[] = {"inside/afghanistan-2021-07-05.svg",
                                        "inside/afghanistan-66_34_70_37-2021-07-05.svg"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        Run run = run_evmap("render -q --date 2021-07-05 --events window.csv %s--formats svg --out "
                            "inside",
                            words[i]);
        g_assert_cmpint(run.status, ==, 0);
        run_clear(&run);
        g_autofree char *svg = read_file(paths[i], NULL);
        g_assert_nonnull(strstr(svg, ">Burka, Baghlan</text>"));
        g_assert_nonnull(strstr(svg, ">Daman, Kandahar</text>"));
        const char *list = strstr(svg, "-developments\"");
        g_assert_nonnull(list);
        gssize size = strstr(list, "</g>") - list;
        g_assert_nonnull(g_strstr_len(list, size, ">1</text>"));
        g_assert_true((g_strstr_len(list, size, ">2</text>") != NULL) == (i == 0));
        g_assert_true((g_strstr_len(list, size, ">not on this map</text>") != NULL) == (i == 1));
    }
}

/* What a layer holds; caller frees. */
static char *find_layer(const char *svg, const char *name)
{
    g_autofree char *start = g_strdup_printf("-%s\" data-label", name);
    const char *layer = strstr(svg, start);
    g_assert_nonnull(layer);
    return g_strndup(layer, (gsize)(strstr(layer, "</g>") - layer));
}

/* Returns how many numbers the list has: each stands on the map, too. */
static unsigned check_numbers(const char *svg)
{
    static const char *const digits[] = {"0123456789", "۰۱۲۳۴۵۶۷۸۹"};
    g_autofree char *list = find_layer(svg, "developments"), *map = find_layer(svg, "numbers");
    unsigned count = 0;
    for (unsigned i = 1; i < 20; i++)
        for (size_t k = 0; k < G_N_ELEMENTS(digits); k++) {
            g_autoptr(GString) text = g_string_new("text-anchor=\"middle\"[^>]*>");
            if (i > 9)
                g_string_append_unichar(
                    text, g_utf8_get_char(g_utf8_offset_to_pointer(digits[k], i / 10)));
            g_string_append_unichar(text,
                                    g_utf8_get_char(g_utf8_offset_to_pointer(digits[k], i % 10)));
            g_string_append(text, "</text>");
            if (!g_regex_match_simple(text->str, list, 0, 0))
                continue;
            count++;
            if (!g_regex_match_simple(text->str, map, 0, 0))
                g_error("%u is in the list and not on the map", i);
        }
    return count;
}

/* In the fonts and languages in which they are drawn. */
static void every_number_of_the_list_is_on_the_map(void)
{
    static const char *const days[] = {"2021-06-23", "2021-07-05", "2021-07-30", "2021-08-15"};
    static const char *const layouts[] = {"square", "portrait", "story"};
    static const char *const languages[] = {"", "-fa", "-ps"};
    unsigned count = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(days) * G_N_ELEMENTS(layouts); i++) {
        const char *day = days[i / G_N_ELEMENTS(layouts)];
        const char *layout = layouts[i % G_N_ELEMENTS(layouts)];
        Run run = run_evmap("render -q --date %s --layout %s --lang en,fa,ps --formats svg "
                            "--out numbers",
                            day, layout);
        g_assert_cmpint(run.status, ==, 0);
        run_clear(&run);
        for (size_t k = 0; k < G_N_ELEMENTS(languages); k++) {
            g_autofree char *path =
                g_strdup_printf("numbers/afghanistan-%s-%s%s.svg", day, layout, languages[k]);
            g_autofree char *svg = read_file(path, NULL);
            count += check_numbers(svg);
        }
    }
    g_assert_cmpuint(count, >, 100);
}

/* Its letters reach far below the line, which must not push them off the map. */
static void meridians_have_their_degrees_in_pashto(void)
{
    Run run = run_evmap("render -q --date 2021-07-05 --area Kunar,Nuristan,Laghman --lang ps "
                        "--graticule --formats svg --out pashto");
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
    g_autofree char *svg = read_file("pashto/kunar-nuristan-and-laghman-2021-07-05-ps.svg", NULL);
    g_autofree char *degrees = find_layer(svg, "degrees");
    static const char *const wanted[] = {">۷۰° ختيځ<", ">۷۰°۳۰′ ختيځ<", ">۷۱° ختيځ<", ">۳۵° شمال<"};
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++)
        if (!strstr(degrees, wanted[i]))
            g_error("no %s in %s", wanted[i], degrees);
}

/* What lies outside is not missing from the map. */
static void names_outside_a_window_are_not_reported(void)
{
    Run run = run_evmap("render --date 2021-07-05 --bbox 66.5,36,71,38.5 -v --formats svg "
                        "--out window");
    g_assert_cmpint(run.status, ==, 0);
    g_assert_null(strstr(run.err, "Kandahar, "));
    g_assert_nonnull(strstr(run.err, "found no room on the map"));
    run_clear(&run);
}

static void window_without_districts_is_refused(void)
{
    Run run = run_evmap("render --date 2021-07-05 --bbox 5,45,10,50 -q --out window");
    assert_run(run, 2, "",
               "evmap: error: --bbox shows none of the 398 districts: they reach from 60.5 to "
               "74.9° E and from 29.4 to 38.5° N\n");
}

static void windows_that_are_none_are_wrong_use(void)
{
#define ADVICE "; write west,south,east,north, as in --bbox 66.5,36,71,38.5"
    assert_usage("render", "--bbox 1,2,3", "--bbox '1,2,3': these are not four numbers" ADVICE);
    assert_usage("render", "--bbox 1,2,3,x", "--bbox '1,2,3,x': these are not four numbers" ADVICE);
    assert_usage("render", "--bbox 71,36,66,38",
                 "--bbox '71,36,66,38': its west is not west of its east" ADVICE);
    assert_usage("render", "--bbox 66,38,71,36",
                 "--bbox '66,38,71,36': its south is not south of its north" ADVICE);
    assert_usage("render", "--bbox 66,36,66.1,38",
                 "--bbox '66,36,66.1,38': a side is shorter than 0.2 degrees" ADVICE);
    assert_usage("render", "--bbox 66,36,71,91",
                 "--bbox '66,36,71,91': degrees reach from -180 to 180 and from -90 to 90" ADVICE);
#undef ADVICE
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/cli/render/" #name, name)
    ADD(render_prints_the_paths_of_whole_files);
    ADD(panjwayi_and_badakhshan_have_newly_changed_on_5_july_2021);
    ADD(sheet_says_what_was_asked);
    ADD(several_languages_are_several_maps);
    ADD(unknown_language_is_wrong_use);
    ADD(two_languages_of_one_code_are_wrong_use);
    ADD(same_input_gives_the_same_bytes);
    ADD(events_come_from_standard_input);
    ADD(lost_row_is_named_and_the_map_is_drawn);
    ADD(missing_event_file_is_refused);
    ADD(oversized_picture_is_refused_with_its_memory);
    ADD(sheet_too_small_for_its_text_is_refused);
    ADD(output_that_cannot_be_written_is_status_4);
    ADD(closed_standard_output_is_status_4);
    ADD(quiet_says_nothing);
    ADD(areas_add_up);
    ADD(a_map_of_nothing_says_so_once);
    ADD(summary_names_the_largest_of_many_actors);
    ADD(a_town_is_spelt_in_one_way_on_a_sheet);
    ADD(every_number_of_the_list_stands_on_the_map);
    ADD(what_the_baseline_assumes_is_paler_and_counted);
    ADD(dots_that_cover_a_district_have_its_colour);
    ADD(legend_explains_the_colours_of_bands);
    ADD(long_names_of_actors_cut_nothing_else_off);
    ADD(legend_explains_the_colours_of_the_chart);
    ADD(window_is_drawn_beside_the_whole_map);
    ADD(developments_say_who_took_what_and_by_when);
    ADD(map_says_how_many_claims_it_does_not_draw);
    ADD(notes_are_never_cut_off);
    ADD(map_of_old_claims_says_of_when_they_are);
    ADD(below_bands_a_colour_is_enough_for_contested);
    ADD(title_of_some_provinces_leaves_room_for_the_summary);
    ADD(name_says_what_was_asked);
    ADD(every_id_of_an_svg_is_its_own);
    ADD(window_says_that_figures_are_of_the_whole);
    ADD(window_has_a_locator_where_no_district_is);
    ADD(claims_outside_of_the_area_are_not_reported);
    ADD(map_of_an_earlier_run_is_named);
    ADD(numbers_are_of_districts_in_the_window);
    ADD(every_number_of_the_list_is_on_the_map);
    ADD(meridians_have_their_degrees_in_pashto);
    ADD(names_outside_a_window_are_not_reported);
    ADD(window_without_districts_is_refused);
    ADD(windows_that_are_none_are_wrong_use);
    ADD(area_is_in_the_file_name_and_counts_its_districts_only);
    return finish_tests();
}
