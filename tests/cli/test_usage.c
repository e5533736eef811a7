#include <string.h>

#include "tests/cli/harness.h"

static void expect_usage(const char *words, const char *message)
{
    Run run = run_evmap("%s", words);
    assert_run(run, 2, "", message);
}

static void unknown_verb_names_the_nearest(void)
{
    expect_usage("rendr", "evmap: no verb 'rendr': did you mean 'render'?\nTry 'evmap help'.\n");
}

static void an_option_in_place_of_the_verb_shows_where_it_stands(void)
{
    static const char *const words[] = {"--date 2021-07-05", "-q render", "--form"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        expect_usage(words[i], "evmap: the verb comes first, as in evmap render --date 2021-07-05\n"
                               "Try 'evmap help'.\n");
}

static void unknown_option_names_the_nearest(void)
{
    expect_usage("render --language fa", "evmap: no option '--language': did you mean '--lang'?\n"
                                         "Try 'evmap help render'.\n");
    expect_usage("render --dat 2021-07-05", "evmap: no option '--dat': did you mean '--date'?\n"
                                            "Try 'evmap help render'.\n");
}

/* As of a shell's variable that is not set: it would mean everything, or nothing. */
static void empty_values_are_refused(void)
{
    static const char *const words[] = {"--area ''", "--lang ''",    "--events ''",
                                        "--map=",    "--aliases ''", "--out ''"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *line = g_strconcat("render --date 2021-07-05 ", words[i], NULL);
        g_autofree char *name = g_strndup(words[i], strcspn(words[i], " ="));
        g_autofree char *message =
            g_strdup_printf("evmap: '%s' has an empty value\nTry 'evmap help render'.\n", name);
        expect_usage(line, message);
    }
    expect_usage("timeline --from 2021-06-01 --to 2021-06-02 --lang ''",
                 "evmap: '--lang' has an empty value\nTry 'evmap help timeline'.\n");
}

/* The last one would win, and the first be ignored in silence. */
static void an_option_with_one_value_is_given_once(void)
{
    assert_usage("render", "--date 2021-07-04 --date=2021-07-05",
                 "--date is given twice: '2021-07-04', and then '2021-07-05'");
    assert_usage("explain", "--date 2021-07-05 --district Daman --district Panjwai",
                 "--district is given twice: 'Daman', and then 'Panjwai'");
    assert_usage("timeline", "--formats png --formats svg",
                 "--formats is given twice: 'png', and then 'svg'");
    Run run = run_evmap("status -q -q --date 2021-07-05 --date 2021-07-05 --area Kunduz "
                        "--area Takhar --format csv");
    g_assert_cmpstr(run.err, ==, "");
    g_assert_nonnull(strstr(run.out, "\nKunduz,"));
    g_assert_nonnull(strstr(run.out, "\nTakhar,"));
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
}

static void options_that_contradict_each_other_are_refused(void)
{
    assert_usage("status", "--date 2021-07-05 -q -v",
                 "-q and -v contradict each other: leave out one");
    assert_usage("check", "--write-aliases -",
                 "--write-aliases '-' is no file: name one to fill in");
    g_assert_false(has_file("-"));
}

/* The shipped events would be read as they are, and the option be ignored. */
static void options_about_tables_need_a_table(void)
{
    static const char *const words[] = {"--preset native",       "--map a=date",
                                        "--date-order dmy",      "--calendar solar-hijri",
                                        "--delimiter semicolon", "--encoding utf-16le"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *line = g_strconcat("--date 2021-07-05 ", words[i], NULL);
        g_autofree char *message = g_strdup_printf(
            "%.*s says how event tables are to be read, and none is named: add --events, or leave "
            "it out",
            (int)strcspn(words[i], " "), words[i]);
        assert_usage("status", line, message);
    }
    assert_usage("check", "--preset native",
                 "--preset says how event tables are to be read, and none is named: add --events, "
                 "or leave it out");
}

static void options_are_not_abbreviated(void)
{
    expect_usage("render --form png", "evmap: no option '--form'\nTry 'evmap help render'.\n");
}

static void missing_date_is_asked_for(void)
{
    expect_usage("render", "evmap: --date is missing: which day? For example --date 2021-07-05\n"
                           "Try 'evmap help render'.\n");
}

static void day_that_does_not_exist_is_refused(void)
{
    expect_usage("render --date 2021-02-29",
                 "evmap: --date '2021-02-29' is no day: write it as 2021-07-05\n"
                 "Try 'evmap help render'.\n");
}

static void date_without_its_option_is_recognised(void)
{
    expect_usage("render 2021-07-05", "evmap: '2021-07-05' stands alone: write --date before it\n"
                                      "Try 'evmap help render'.\n");
}

static void option_without_value_is_refused(void)
{
    expect_usage("render --date",
                 "evmap: '--date' needs a value behind it\nTry 'evmap help render'.\n");
}

static void wrong_size_shows_a_right_one(void)
{
    expect_usage("render --date 2021-07-05 --size 1600",
                 "evmap: --size '1600' is no size in whole px: write it as 1600x1200\n"
                 "Try 'evmap help render'.\n");
}

static void unknown_format_names_the_nearest(void)
{
    expect_usage("render --date 2021-07-05 --formats pgn",
                 "evmap: --formats knows no 'pgn': did you mean 'png'?\n"
                 "Try 'evmap help render'.\n");
}

static void unknown_province_names_the_nearest(void)
{
    Run run = run_evmap("status --date 2021-07-05 --area Nimrod");
    assert_run(run, 2, "", "evmap: error: no province 'Nimrod': did you mean 'Nimroz'?\n");
    run = run_evmap("status --date 2021-07-05 --area Panjwai");
    assert_run(run, 2, "",
               "evmap: error: 'Panjwai' is no province but a district, Panjwayi in Kandahar\n");
    run = run_evmap("status --date 2021-07-05 --area Wolfsburg");
    assert_run(run, 2, "",
               "evmap: error: no province 'Wolfsburg': there are Badakhshan, Badghis, Baghlan, "
               "Balkh, Bamyan, Daykundi, Farah, Faryab, Ghazni, Ghor, Hilmand, Hirat, Jawzjan, "
               "Kabul, Kandahar, Kapisa, Khost, Kunar, Kunduz, Laghman, Logar, Maidan Wardak, "
               "Nangarhar, Nimroz, Nuristan, Paktika, Paktya, Panjsher, Parwan, Samangan, "
               "Sar-e-Pul, Takhar, Uruzgan, Zabul\n");
}

static void expect_note(const char *area, const char *note)
{
    Run run = run_evmap("status --date 2021-07-05 --area '%s'", area);
    g_assert_cmpint(run.status, ==, 0);
    g_autofree char *whole =
        g_strconcat(note, "evmap: 1 warning about the data: -v shows it\n", NULL);
    g_assert_cmpstr(run.err, ==, whole);
    run_clear(&run);
}

static void another_spelling_of_a_province_is_said(void)
{
    expect_note("Helmnd", "evmap: --area 'Helmnd' is read as Hilmand\n");
    expect_note("helmand,KABUL,هرات,AF27", "");
    Run run = run_evmap("status --date 2021-07-05 -q --area Helmnd");
    g_assert_cmpstr(run.err, ==, "");
    run_clear(&run);
}

static void unknown_crs_is_refused_before_anything_is_written(void)
{
    Run run = run_evmap("render --date 2021-07-05 --crs EPSG:999999 --out nothing");
    g_assert_cmpint(run.status, ==, 2);
    g_assert_cmpstr(run.out, ==, "");
    g_assert_nonnull(strstr(run.err, "EPSG:999999"));
    g_assert_false(has_file("nothing"));
    run_clear(&run);
}

static void terminal_escapes_are_shown_and_not_sent(void)
{
    Run run = run_evmap("render --date \"$(printf '\\033[31mred')\"");
    assert_run(run, 2, "",
               "evmap: --date '\\x1b[31mred' is no day: write it as 2021-07-05\n"
               "Try 'evmap help render'.\n");
}

static void help_goes_to_standard_output(void)
{
    static const char *const words[] = {"help", "--help", "-h", ""};
    Run first = run_evmap("help");
    g_assert_true(g_str_has_prefix(first.out, "evmap - dated maps"));
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        Run run = run_evmap("%s", words[i]);
        assert_run(run, 0, first.out, "");
    }
    run_clear(&first);
}

static void verb_help_lists_its_options(void)
{
    Run help = run_evmap("help render");
    g_assert_nonnull(
        strstr(help.out, "      --date YYYY-MM-DD        the day whose end the map shows"));
    g_assert_nonnull(strstr(help.out, "  -v, --verbose"));
    g_assert_null(strstr(help.out, "--format text"));
    Run same = run_evmap("render --help");
    assert_run(same, 0, help.out, "");
    run_clear(&help);
}

static void version_names_the_libraries(void)
{
    static const char *const names[] = {"cairo ",    "pango ",  "PROJ ",
                                        "shapelib ", "libcsv ", "libpng "};
    Run run = run_evmap("--version");
    g_assert_true(g_str_has_prefix(run.out, "evmap " EVM_TEST_VERSION "\n"));
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *at = strstr(run.out, names[i]);
        g_assert_nonnull(at);
        g_assert_true(g_ascii_isdigit(at[strlen(names[i])]));
    }
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/cli/usage/" #name, name)
    ADD(unknown_verb_names_the_nearest);
    ADD(an_option_in_place_of_the_verb_shows_where_it_stands);
    ADD(unknown_option_names_the_nearest);
    ADD(empty_values_are_refused);
    ADD(an_option_with_one_value_is_given_once);
    ADD(options_that_contradict_each_other_are_refused);
    ADD(options_about_tables_need_a_table);
    ADD(options_are_not_abbreviated);
    ADD(missing_date_is_asked_for);
    ADD(day_that_does_not_exist_is_refused);
    ADD(date_without_its_option_is_recognised);
    ADD(option_without_value_is_refused);
    ADD(wrong_size_shows_a_right_one);
    ADD(unknown_format_names_the_nearest);
    ADD(unknown_province_names_the_nearest);
    ADD(another_spelling_of_a_province_is_said);
    ADD(unknown_crs_is_refused_before_anything_is_written);
    ADD(terminal_escapes_are_shown_and_not_sent);
    ADD(help_goes_to_standard_output);
    ADD(verb_help_lists_its_options);
    ADD(version_names_the_libraries);
    return finish_tests();
}
