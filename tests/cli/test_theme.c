/* Themes: what is shown can be given back, and wrong ones are refused with their place. */
#include <string.h>

#include "tests/cli/harness.h"

static void shown_theme_is_a_theme(void)
{
    Run shown = run_evmap("theme show --theme dark");
    g_assert_cmpint(shown.status, ==, 0);
    g_assert_true(g_str_has_prefix(shown.out, "[theme]\nname=dark\n\n[colors]\npage=#15181c\n"));
    g_free(write_file("shown.ini", shown.out));
    Run again = run_evmap("theme show --theme ./shown.ini");
    assert_run(again, 0, shown.out, "");
    run_clear(&shown);
}

static void light_is_shown_without_a_name(void)
{
    Run named = run_evmap("theme show --theme light");
    Run run = run_evmap("theme show");
    assert_run(run, 0, named.out, "");
    run_clear(&named);
}

static void theme_stands_in_the_file_names_and_the_picture(void)
{
    g_free(write_file("daily.ini", "[theme]\nname=Kabul Daily\nbase=print\n[colors]\npage=#123456\n"
                                   "[sheet]\ncredit=Graphics: Kabul Daily.\n"));
    Run run = run_evmap("render --date 2021-07-05 --formats svg --theme ./daily.ini --out maps");
    assert_run(run, 0,
               "maps/afghanistan-2021-07-05-kabul-daily.svg\n"
               "maps/afghanistan-2021-07-05-kabul-daily.json\n",
               run.err);
    g_autofree char *svg = read_file("maps/afghanistan-2021-07-05-kabul-daily.svg", NULL);
    g_assert_nonnull(strstr(svg, "#123456"));
    g_assert_nonnull(strstr(svg, "Graphics: Kabul Daily."));
}

static void wrong_theme_file_is_refused_input_with_its_line(void)
{
    g_free(write_file("wrong.ini", "[theme]\nname=x\n[lines]\ncountry-boarder=2\n"));
    Run run = run_evmap("render --date 2021-07-05 --theme ./wrong.ini");
    assert_run(run, 3, "",
               "evmap: error: ./wrong.ini:4: [lines] knows no key country-boarder: did you mean "
               "country-border?\n");
}

static void wrong_words_name_the_nearest(void)
{
    assert_usage("theme", "shwo", "theme knows no 'shwo': did you mean 'show'?");
    assert_usage("theme", "", "what about the theme? For example: evmap theme show --theme dark");
    assert_usage("theme", "show --theme drak",
                 "no theme 'drak', did you mean 'dark': there are light, dark and print, or give "
                 "the path of a theme file");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/cli/theme/" #name, name)
    ADD(shown_theme_is_a_theme);
    ADD(light_is_shown_without_a_name);
    ADD(theme_stands_in_the_file_names_and_the_picture);
    ADD(wrong_theme_file_is_refused_input_with_its_line);
    ADD(wrong_words_name_the_nearest);
    return finish_tests();
}
