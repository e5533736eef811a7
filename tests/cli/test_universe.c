#include <string.h>

#include "tests/cli/harness.h"

#define HEAD "date,province,district,kind,actor\n"

static const char rows[] = HEAD "2021-07-04,Helmand,Marja,control,Taliban\n"
                                "2021-07-04,Daykundi,Patoo,control,Taliban\n"
                                "2021-07-04,Helmand,Nawamish,control,Taliban\n";

static char *last_line(const char *universe)
{
    Run run = run_evmap_with(rows, NULL, "status --date 2021-07-05 -q --events - --universe %s",
                             universe);
    g_auto(GStrv) lines = g_strsplit(g_strchomp(run.out), "\n", -1);
    char *all = NULL;
    for (char **line = lines; *line; line++)
        if (g_str_has_prefix(*line, "All"))
            all = g_strdup(*line);
    run_clear(&run);
    g_auto(GStrv) words = g_regex_split_simple("\\s+", all, 0, 0);
    g_free(all);
    return g_strjoin(" ", words[0], words[1], words[2], words[3], NULL);
}

static void universe_decides_what_is_counted(void)
{
    g_autofree char *of_398 = last_line("398"), *of_401 = last_line("401"),
                    *of_421 = last_line("421");
    g_assert_cmpstr(of_398, ==, "All 398 398");
    g_assert_cmpstr(of_401, ==, "All 1 400 401");
    g_assert_cmpstr(of_421, ==, "All 3 418 421");
}

static void shares_are_listed(void)
{
    Run run = run_evmap_with(rows, NULL, "check --events - --universe 421");
    g_assert_nonnull(strstr(run.out, "421 districts, boundaries of 2014, generalised; 20 dashed: "
                                     "schematic shares of their parents; 3 counted and not "
                                     "drawn\n"));
    g_assert_nonnull(
        strstr(run.out, "\n        Marja in Hilmand (T3014), in Nad-e-Ali (AF3002)\n"));
    g_assert_nonnull(
        strstr(run.out, "\n        Nawamish in Hilmand (T3015), in Baghran (AF3012): not drawn\n"));
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
}

static void map_marks_them(void)
{
    Run run = run_evmap_with(rows, NULL,
                             "render --date 2021-07-05 --events - --universe 421 --formats svg");
    g_autofree char *svg = read_file("out/afghanistan-2021-07-05-of-421.svg", NULL);
    g_assert_nonnull(strstr(svg, "schematic-shares"));
    g_assert_nonnull(strstr(svg, "Marja, Helmand (schematic share): Taliban"));
    g_assert_nonnull(strstr(svg, "421 districts, boundaries of 2014, generalised; 20 dashed"));
    g_assert_nonnull(strstr(svg, "counted and not drawn. Outlines: AIMS via geoBoundaries."));
    run_clear(&run);
}

static char *draw_universe(const char *universe)
{
    Run run = run_evmap_with(HEAD "2021-07-04,Helmand,Nawamish,control,Taliban\n", NULL,
                             "render -q --date 2021-07-05 --events - --universe %s --graticule "
                             "--formats svg --out of-%s",
                             universe, universe);
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
    g_autofree char *path =
        g_strdup_printf("of-%s/afghanistan-2021-07-05-of-%s.svg", universe, universe);
    return read_file(path, NULL);
}

/* What a layer holds, caller frees; "" when there is none. */
static char *find_layer(const char *svg, const char *name)
{
    g_autofree char *start = g_strdup_printf("-%s\" data-label", name);
    const char *layer = strstr(svg, start);
    const char *items = layer ? strchr(layer, '>') : NULL;
    return items ? g_strndup(items, (gsize)(strstr(items, "</g>") - items)) : g_strdup("");
}

/* A district that is counted and not drawn lies nowhere: not where both degrees are 0, nor out of
 * the frame. */
static void districts_without_outline_turn_no_map(void)
{
    g_autofree char *all = draw_universe("398"), *more = draw_universe("421");
    static const char *const layers[] = {"graticule", "degrees"};
    for (size_t i = 0; i < G_N_ELEMENTS(layers); i++) {
        g_autofree char *layer = find_layer(all, layers[i]), *same = find_layer(more, layers[i]);
        g_assert_true(layer[0] != '\0' && strcmp(layer, same) == 0); /* too long to be told */
    }
    g_assert_null(strstr(more, "-north\" data-label"));
    g_assert_null(strstr(more, "the map shows a part of it"));
}

/* It has no place for a number: the list shows a dot. */
static void districts_without_outline_have_no_number(void)
{
    g_autofree char *svg = draw_universe("421");
    g_autofree char *list = find_layer(svg, "developments");
    g_assert_nonnull(strstr(list, ">Nawamish, Helmand</text>"));
    g_assert_null(strstr(list, ">1</text>"));
}

static void districts_without_outline_are_in_no_window(void)
{
    Run run = run_evmap("render -q --date 2021-07-05 --universe 421 --bbox=-1,-1,1,1");
    assert_run(run, 2, "",
               "evmap: error: --bbox shows none of the 421 districts: they reach from 60.5 to "
               "74.9° E and from 29.4 to 38.5° N\n");
}

/* Only where there are any. */
static void legend_explains_them(void)
{
    static const char *const labels[][2] = {{"en", "schematic share of a district"},
                                            {"fa", "سهم شماتیک از یک ولسوالی"},
                                            {"ps", "د ولسوالۍ شماتيکه برخه"},
                                            {"fr", "part schématique d’un district"}};
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(labels); i++) {
        bool has_shares = i < G_N_ELEMENTS(labels);
        const char *const *label = labels[i % G_N_ELEMENTS(labels)];
        Run run = run_evmap_with(rows, NULL,
                                 "render --date 2021-07-05 --events - --universe %s "
                                 "--formats svg --lang %s --out %s-%zu",
                                 has_shares ? "421" : "398", label[0], label[0], i);
        g_autofree char *path = g_strdup_printf(
            "%s-%zu/afghanistan-2021-07-05-of-%s%s%s.svg", label[0], i, has_shares ? "421" : "398",
            i % G_N_ELEMENTS(labels) ? "-" : "", i % G_N_ELEMENTS(labels) ? label[0] : "");
        g_autofree char *svg = read_file(path, NULL);
        g_autofree char *text = g_strdup_printf(">%s<", label[1]);
        g_assert_true((strstr(svg, text) != NULL) == has_shares);
        run_clear(&run);
    }
}

static void only_shares_of_the_chosen_area_are_spoken_of(void)
{
    Run run = run_evmap_with(rows, NULL,
                             "render --date 2021-07-05 --events - --universe 421 --area Nimroz "
                             "--formats svg --out one");
    g_autofree char *svg = read_file("one/nimroz-2021-07-05-of-421.svg", NULL);
    g_assert_nonnull(strstr(svg, "6 districts, boundaries of 2014, generalised; 1 dashed: "
                                 "schematic shares of their parents. Outlines: "));
    run_clear(&run);
}

static void unknown_universe_is_refused(void)
{
    Run run = run_evmap("check --universe 400");
    g_assert_cmpint(run.status, ==, 2);
    run_clear(&run);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/cli/universe/" #name, name)
    ADD(universe_decides_what_is_counted);
    ADD(shares_are_listed);
    ADD(map_marks_them);
    ADD(districts_without_outline_turn_no_map);
    ADD(districts_without_outline_have_no_number);
    ADD(districts_without_outline_are_in_no_window);
    ADD(legend_explains_them);
    ADD(only_shares_of_the_chosen_area_are_spoken_of);
    ADD(unknown_universe_is_refused);
    return finish_tests();
}
