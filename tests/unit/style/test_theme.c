#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "style/theme.h"

static EvmTheme *load(const char *name)
{
    GError *error = NULL;
    EvmTheme *theme = evm_theme_load(name, &error);
    g_assert_no_error(error);
    return theme;
}

static char *write_theme(const char *text)
{
    char *path = NULL;
    int handle = g_file_open_tmp("evmap-theme-XXXXXX.ini", &path, NULL);
    g_assert_cmpint(handle, >=, 0);
    g_close(handle, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

static EvmTheme *load_text(const char *text)
{
    g_autofree char *path = write_theme(text);
    EvmTheme *theme = load(path);
    g_remove(path);
    return theme;
}

/* `message` is what stands behind the name of the file. */
static void assert_refused(const char *text, const char *message)
{
    g_autofree char *path = write_theme(text);
    g_autoptr(GError) error = NULL;
    g_assert_null(evm_theme_load(path, &error));
    g_remove(path);
    g_assert_error(error, EVM_ERROR, EVM_ERROR_INPUT);
    g_assert_true(g_str_has_prefix(error->message, path));
    g_assert_cmpstr(error->message + strlen(path), ==, message);
}

static void assert_color(EvmColor color, const char *wanted)
{
    char text[EVM_COLOR_TEXT_SIZE];
    g_assert_cmpstr(evm_color_format(color, text), ==, wanted);
}

static char *format(const EvmTheme *theme)
{
    GString *out = g_string_new(NULL);
    evm_theme_write(theme, out);
    return g_string_free(out, FALSE);
}

static void shown_theme_loads_as_the_same(void)
{
    for (const char *const *name = evm_theme_find_built_in(); *name; name++) {
        EvmTheme *theme = load(*name);
        g_autofree char *shown = format(theme);
        EvmTheme *again = load_text(shown);
        g_autofree char *shown_again = format(again);
        g_assert_cmpstr(shown, ==, shown_again);
        g_assert_cmpstr(again->name, ==, *name);
        evm_theme_free(theme);
        evm_theme_free(again);
    }
}

/* A key that a built-in theme forgot would be black and of no width. */
static void built_in_themes_have_every_key(void)
{
    EvmTheme *light = load("light");
    g_autofree char *text = format(light);
    g_auto(GStrv) wanted = g_strsplit(text, "\n", -1);
    for (const char *const *name = evm_theme_find_built_in(); *name; name++) {
        g_autofree char *path =
            g_strdup_printf(EVM_TEST_SOURCE_DIR "/src/style/themes/%s.ini", *name);
        g_autofree char *file = NULL;
        g_assert_true(g_file_get_contents(path, &file, NULL, NULL));
        for (char **line = wanted; *line; line++) {
            g_autofree char *key = g_strndup(*line, strcspn(*line, "=") + 1);
            g_assert_nonnull(strstr(file, key));
        }
    }
    evm_theme_free(light);
}

static void file_starts_from_its_base(void)
{
    EvmTheme *dark = load("dark");
    EvmTheme *mine =
        load_text("[theme]\nname=Kabul Daily\nbase=dark\n[colors]\ntext=#ABCDEF\n"
                  "[lines]\ncountry-border=3.5\n[sheet]\ncredit=Kabul Daily graphics\n");
    g_assert_cmpstr(mine->slug, ==, "kabul-daily");
    g_assert_cmpstr(mine->credit, ==, "Kabul Daily graphics");
    assert_color(mine->ink, "#abcdef");
    g_assert_cmpfloat(mine->country_border_px, ==, 3.5);
    char page[EVM_COLOR_TEXT_SIZE];
    assert_color(mine->page, evm_color_format(dark->page, page));
    g_assert_cmpfloat(mine->changed_halo_px, ==, dark->changed_halo_px);
    evm_theme_free(mine);
    evm_theme_free(dark);
}

static void actors_keep_and_change_their_colors(void)
{
    EvmTheme *theme = load_text("[actors]\ntaliban=#010203\nDaesh=#040506\n"
                                "[other-actors]\ncolors=#aaaaaa;#bbbbbb\n");
    assert_color(*evm_theme_find_actor(theme, "Taliban"), "#010203");
    assert_color(*evm_theme_find_actor(theme, "TALIBAN"), "#010203");
    assert_color(*evm_theme_find_actor(theme, "Daesh"), "#040506");
    assert_color(*evm_theme_find_actor(theme, "Government"), "#62a0d0");
    g_assert_null(evm_theme_find_actor(theme, "Somebody"));
    evm_theme_free(theme);
}

static void alpha_is_the_last_pair_of_digits(void)
{
    EvmTheme *theme = load_text("[colors]\ntext-halo=#11223344\n");
    g_assert_cmpint(theme->halo.a, ==, 0x44);
    g_autofree char *shown = format(theme);
    g_assert_nonnull(strstr(shown, "\ntext-halo=#11223344\n"));
    evm_theme_free(theme);
}

static void unknown_words_are_refused_with_line_and_nearest(void)
{
    assert_refused("[colors]\n\npag=#ffffff\n",
                   ":3: [colors] knows no key pag: did you mean page?");
    assert_refused("[colours]\n", ":1: there is no group [colours]: did you mean [colors]?");
    assert_refused("[theme]\nbase=drak\n",
                   ":2: there is no theme drak to start from: did you mean dark?");
    assert_refused("[colors]\npage=#ffffff\n[lines]\npage=1\n", ":4: [lines] knows no key page");
}

static void values_that_are_none_are_refused_with_line(void)
{
    assert_refused("[colors]\npage=white\n", ":2: page=white is no colour: write it as #b84a3c, or "
                                             "#b84a3c80 for half of it");
    assert_refused("[actors]\nA=#12345g\n", ":2: A=#12345g is no colour: write it as #b84a3c, or "
                                            "#b84a3c80 for half of it");
    assert_refused("[other-actors]\ncolors=#123456;red\n",
                   ":2: colors=red is no colour: write it as #b84a3c, or #b84a3c80 for half of it");
    assert_refused("[other-actors]\ncolors=\n",
                   ":2: colors= needs one colour at least, or several separated by ;");
    assert_refused("[lines]\ncountry-border=-1\n",
                   ":2: country-border=-1 is no width in px from 0 to 50");
    assert_refused("[lines]\nstale-hatch=4.5\n",
                   ":2: stale-hatch=4.5 is no width in px from 0 to 4");
    assert_refused("[lines]\ncountry-border=1,5\n",
                   ":2: country-border=1,5 is no width in px from 0 to 50");
}

static void key_that_stands_twice_is_refused(void)
{
    assert_refused("[colors]\npage=#ffffff\ntext=#000000\npage=#eeeeee\n",
                   ":4: [colors] has page twice, first on line 2");
}

static void unknown_name_is_refused_with_the_nearest(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(evm_theme_load("drak", &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_USAGE);
    g_assert_cmpstr(error->message, ==,
                    "no theme 'drak', did you mean 'dark': there are light, dark and print, or "
                    "give the path of a theme file");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/style/theme/" #name, name)
    ADD(shown_theme_loads_as_the_same);
    ADD(built_in_themes_have_every_key);
    ADD(file_starts_from_its_base);
    ADD(actors_keep_and_change_their_colors);
    ADD(alpha_is_the_last_pair_of_digits);
    ADD(unknown_words_are_refused_with_line_and_nearest);
    ADD(values_that_are_none_are_refused_with_line);
    ADD(key_that_stands_twice_is_refused);
    ADD(unknown_name_is_refused_with_the_nearest);
    return g_test_run();
}
