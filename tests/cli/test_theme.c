/* Themes: what is shown can be given back, and wrong ones are refused with their place. */
#include <glib/gstdio.h>
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

/* The hash of what was written, by GLib, as the manifest has to say it. */
static void assert_input(const char *manifest, const char *role, const char *file, const char *text)
{
    g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    g_autofree char *input =
        g_strdup_printf("\"role\": \"%s\",\n      \"file\": \"%s\",\n      \"sha256\": \"%s\"\n",
                        role, file, sha256);
    g_assert_nonnull(strstr(manifest, input));
}

static void files_of_theme_and_language_are_inputs_of_the_map(void)
{
    static const char theme[] = "[theme]\nname=own\n[colors]\nwater=#123456\n";
    g_free(write_file("own.ini", theme));
    g_autofree char *source =
        g_build_filename(EVM_TEST_SOURCE_DIR, "src/style/languages/fr.ini", NULL);
    g_autofree char *french = NULL;
    g_assert_true(g_file_get_contents(source, &french, NULL, NULL));
    g_free(write_file("french.ini", french));
    Run run = run_evmap("render -q --date 2021-07-05 --formats svg --theme ./own.ini "
                        "--lang ./french.ini --out inputs");
    assert_run(run, 0, run.out, "");
    g_autofree char *manifest = read_file("inputs/afghanistan-2021-07-05-own-fr.json", NULL);
    assert_input(manifest, "theme", "own.ini", theme);
    assert_input(manifest, "language", "french.ini", french);
}

static void built_in_styles_are_no_files(void)
{
    Run run = run_evmap("render -q --date 2021-07-05 --formats svg --out plain");
    assert_run(run, 0, run.out, "");
    g_autofree char *manifest = read_file("plain/afghanistan-2021-07-05.json", NULL);
    g_assert_null(strstr(manifest, "\"role\": \"theme\""));
    g_assert_null(strstr(manifest, "\"role\": \"language\""));
}

/* Runs the timeline again: of its three frames so many are made. */
static void assert_frames_made(int made)
{
    Run run = run_evmap("timeline --from 2021-07-01 --to 2021-07-03 --size 800x600 "
                        "--theme ./frames.ini --out frames");
    g_autofree char *says =
        g_strdup_printf("evmap: 3 frames: %d made, %d there already\n", made, 3 - made);
    g_assert_cmpint(run.status, ==, 0);
    g_assert_nonnull(strstr(run.err, says));
    run_clear(&run);
}

/* A line's width leaves the first frame's items as they are, and the frames are others all the
 * same. */
static void a_changed_theme_makes_the_frames_again(void)
{
    g_free(write_file("frames.ini", "[theme]\nname=f\n"));
    assert_frames_made(3);
    assert_frames_made(0);
    g_free(write_file("frames.ini", "[theme]\nname=f\n[lines]\nchanged-border=2.3\n"));
    assert_frames_made(3);
}

static void wrong_theme_file_is_refused_input_with_its_line(void)
{
    g_free(write_file("wrong.ini", "[theme]\nname=x\n[lines]\ncountry-boarder=2\n"));
    Run run = run_evmap("render --date 2021-07-05 --theme ./wrong.ini");
    assert_run(run, 3, "",
               "evmap: error: ./wrong.ini:4: [lines] knows no key country-boarder: did you mean "
               "country-border?\n");
}

static void a_credit_has_a_line_for_each_language(void)
{
    g_free(write_file("credits.ini", "[theme]\nname=credits\n[sheet]\ncredit=Graphics: Daily\n"
                                     "credit[fr]=Infographie : Daily\n"));
    Run run = run_evmap("theme show --theme ./credits.ini");
    g_assert_true(g_str_has_suffix(
        run.out, "[sheet]\ncredit=Graphics: Daily\nlogo=\ncredit[fr]=Infographie : Daily\n"));
    g_free(write_file("shown-credits.ini", run.out));
    Run again = run_evmap("theme show --theme ./shown-credits.ini");
    assert_run(again, 0, run.out, "");
    run_clear(&run);
    run = run_evmap("render -q --date 2021-07-05 --formats svg --theme ./credits.ini "
                    "--lang en,fr,ps --out credits");
    assert_run(run, 0, "", "");
    g_autofree char *en = read_file("credits/afghanistan-2021-07-05-credits.svg", NULL);
    g_autofree char *fr = read_file("credits/afghanistan-2021-07-05-credits-fr.svg", NULL);
    g_autofree char *ps = read_file("credits/afghanistan-2021-07-05-credits-ps.svg", NULL);
    g_assert_nonnull(strstr(en, "Graphics: Daily"));
    g_assert_null(strstr(en, "Infographie"));
    g_assert_nonnull(strstr(fr, "Infographie : Daily"));
    g_assert_null(strstr(fr, "Graphics"));
    g_assert_nonnull(strstr(ps, "Graphics: Daily"));
}

static void a_key_with_a_locale_is_not_left_out_unseen(void)
{
    g_free(write_file("locale.ini", "[theme]\nname=x\n[sheet]\nlogo[fr]=logo.png\n"));
    Run run = run_evmap("theme show --theme ./locale.ini");
    assert_run(run, 3, "",
               "evmap: error: ./locale.ini:4: [sheet] knows no key logo[fr]: did you mean "
               "logo?\n");
}

static void assert_font_refused(const char *line, const char *says)
{
    g_autofree char *text = g_strdup_printf("[theme]\nname=x\n[fonts]\n%s\n", line);
    g_autofree char *error = g_strdup_printf("evmap: error: ./fonts.ini:4: %s\n", says);
    g_free(write_file("fonts.ini", text));
    Run run = run_evmap("render -q --date 2021-07-05 --theme ./fonts.ini --out fonts");
    assert_run(run, 3, "", error);
    run = run_evmap("theme show --theme ./fonts.ini");
    assert_run(run, 3, "", error);
}

static void a_font_that_is_not_there_is_refused_with_what_is_near(void)
{
    assert_font_refused("arabic=Noto Nask Arabic", "the font Noto Nask Arabic is not installed: "
                                                   "did you mean Noto Naskh Arabic?");
    assert_font_refused("latin-title=EB Garamond", "the font EB Garamond is not installed: "
                                                   "install the package fonts-ebgaramond");
    assert_font_refused("latin=Qqqqqqqq", "the font Qqqqqqqq is not installed: fc-list : family "
                                          "prints those that are");
    assert_font_refused("folder=nowhere", "folder: ./nowhere is no folder");
    assert_font_refused("latin=Inter, Arial", "latin=Inter, Arial is no font family: write one "
                                              "name, such as Noto Naskh Arabic");
    assert_font_refused("latn=Inter", "[fonts] knows no key latn: did you mean latin?");
}

static void a_font_without_the_letters_of_its_script_is_refused(void)
{
    assert_font_refused("arabic=Inter Display", "the font Inter Display has no آ (U+0622): name "
                                                "one for Dari and Pashto");
}

/* The theme's own folder comes before the machine, and the heading has a family of its own. */
static void fonts_of_a_theme_set_the_sheet(void)
{
    static const char naskh[] = "/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf";
    g_autofree char *copy = g_build_filename(test_folder(), "own-fonts", "naskh.ttf", NULL);
    g_autofree char *folder = g_path_get_dirname(copy), *data = NULL;
    gsize size, with, without;
    if (!g_file_get_contents(naskh, &data, &size, NULL)) {
        g_test_skip("fonts-noto-core has no Noto Sans Arabic here");
        return;
    }
    g_assert_cmpint(g_mkdir_with_parents(folder, 0755), ==, 0);
    g_assert_true(g_file_set_contents(copy, data, (gssize)size, NULL));
    g_free(write_file("set.ini", "[theme]\nname=set\n[fonts]\narabic=Noto Sans Arabic\n"
                                 "latin-title=Noto Serif\nfolder=own-fonts\n"));
    Run run = run_evmap("render -q --date 2021-07-05 --formats svg,png --theme ./set.ini --lang fa "
                        "--size 800x600 --out set");
    assert_run(run, 0, "", "");
    run = run_evmap("render -q --date 2021-07-05 --formats png --lang fa --size 800x600 --out set");
    assert_run(run, 0, "", "");
    g_autofree char *svg = read_file("set/afghanistan-2021-07-05-set-fa.svg", NULL);
    g_assert_nonnull(strstr(svg, " font-family=\"Inter, 'Noto Sans Arabic', "));
    g_assert_nonnull(strstr(svg, " font-family=\"'Noto Serif', 'Noto Sans Arabic'\""));
    g_free(read_file("set/afghanistan-2021-07-05-set-fa.png", &with));
    g_free(read_file("set/afghanistan-2021-07-05-fa.png", &without));
    g_assert_cmpuint(with, !=, without);
}

static void a_letter_that_no_font_has_is_named(void)
{
    g_free(write_file("letters.ini", "[theme]\nname=letters\n[sheet]\ncredit=Kabul 喀布 desk\n"));
    Run run = run_evmap("render -q --date 2021-07-05 --formats svg --theme ./letters.ini "
                        "--layout landscape --out letters");
    g_assert_cmpint(run.status, ==, 1);
    g_assert_true(g_str_has_prefix(run.err, "evmap: warning: no font has U+5580 (喀) of '"));
    g_assert_true(
        g_str_has_suffix(run.err, "': an empty box is drawn; a theme can name other fonts\n"));
    run_clear(&run);
}

/* Of the tests' own folder: a picture that is there already. */
static void write_logo(const char *name, gsize most)
{
    g_autofree char *source =
        g_build_filename(EVM_TEST_SOURCE_DIR, "tests/golden/images/words.png", NULL);
    g_autofree char *path = g_build_filename(test_folder(), name, NULL), *data = NULL;
    gsize size;
    g_assert_true(g_file_get_contents(source, &data, &size, NULL));
    g_assert_true(g_file_set_contents(path, data, (gssize)MIN(size, most), NULL));
}

#define DESK "[theme]\nname=desk\n[sheet]\nlogo="

static void a_logo_stands_on_the_map_and_among_its_inputs(void)
{
    g_free(write_file("desk.ini", DESK "logo.png\n"));
    write_logo("logo.png", G_MAXSIZE);
    Run run = run_evmap("render -q --date 2021-07-05 --theme ./desk.ini --size 480x360 --out logo "
                        "--formats png,svg,pdf");
    assert_run(run, 0, "", "");
    run = run_evmap("render -q --date 2021-07-05 --size 480x360 --out logo --formats png,svg");
    assert_run(run, 0, "", "");
    gsize with, without, size;
    g_free(read_file("logo/afghanistan-2021-07-05-desk.png", &with));
    g_free(read_file("logo/afghanistan-2021-07-05.png", &without));
    g_assert_cmpuint(with, !=, without);
    g_autofree char *svg = read_file("logo/afghanistan-2021-07-05-desk.svg", NULL);
    g_autofree char *plain = read_file("logo/afghanistan-2021-07-05.svg", NULL);
    g_autofree char *png = read_file("logo.png", &size);
    g_autofree char *base64 = g_base64_encode((const guchar *)png, size);
    g_assert_nonnull(strstr(svg, "href=\"data:image/png;base64,"));
    g_assert_nonnull(strstr(svg, base64));
    g_assert_null(strstr(plain, "<image"));
    g_autofree char *manifest = read_file("logo/afghanistan-2021-07-05-desk.json", NULL);
    g_autofree char *sha256 =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)png, size);
    g_assert_nonnull(strstr(manifest, "\"role\": \"logo\""));
    g_assert_nonnull(strstr(manifest, sha256));
}

/* Wherever the theme lies, and whatever folder evmap is called in. */
static void a_shown_logo_can_be_read_again(void)
{
    g_free(write_file("desk.ini", DESK "logo.png\n"));
    write_logo("logo.png", G_MAXSIZE);
    Run run = run_evmap("theme show --theme ./desk.ini");
    g_assert_nonnull(strstr(run.out, "\nlogo=./logo.png\n"));
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
}

static void a_logo_that_is_none_is_refused_before_anything_is_written(void)
{
    static const struct {
        const char *logo, *err;
    } cases[] = {
        {"nowhere.png",
         "evmap: error: ./desk.ini:4: logo: ./nowhere.png: No such file or directory\n"},
        {"desk.ini", "evmap: error: ./desk.ini:4: the logo ./desk.ini is no PNG file\n"},
        {"half.png",
         "evmap: error: ./desk.ini:4: the logo ./half.png is cut off: write it again\n"},
    };
    write_logo("half.png", 300);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *theme = g_strdup_printf(DESK "%s\n", cases[i].logo);
        g_free(write_file("desk.ini", theme));
        Run run = run_evmap("render -q --date 2021-07-05 --theme ./desk.ini --out none");
        assert_run(run, 3, "", cases[i].err);
        g_assert_false(has_file("none/afghanistan-2021-07-05-desk.png"));
        g_assert_false(has_file("none/afghanistan-2021-07-05-desk.svg"));
    }
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
    ADD(files_of_theme_and_language_are_inputs_of_the_map);
    ADD(built_in_styles_are_no_files);
    ADD(a_changed_theme_makes_the_frames_again);
    ADD(wrong_theme_file_is_refused_input_with_its_line);
    ADD(a_key_with_a_locale_is_not_left_out_unseen);
    ADD(a_credit_has_a_line_for_each_language);
    ADD(a_font_that_is_not_there_is_refused_with_what_is_near);
    ADD(a_font_without_the_letters_of_its_script_is_refused);
    ADD(fonts_of_a_theme_set_the_sheet);
    ADD(a_letter_that_no_font_has_is_named);
    ADD(a_logo_stands_on_the_map_and_among_its_inputs);
    ADD(a_shown_logo_can_be_read_again);
    ADD(a_logo_that_is_none_is_refused_before_anything_is_written);
    ADD(wrong_words_name_the_nearest);
    return finish_tests();
}
