#include "tests/golden/scenes.h"

#include <fontconfig/fontconfig.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static EvmFonts *fonts;

static EvmTextExtents measure(EvmWeight weight, double size_px, double tracking_px,
                              const char *text)
{
    EvmTextMeasure measure = evm_fonts_compute_measure(fonts);
    EvmFont font = {weight, false, size_px, tracking_px, EVM_TYPE_BODY};
    return measure.compute(measure.user, &font, text);
}

static double width(const char *text, double size_px)
{
    return measure(EVM_WEIGHT_REGULAR, size_px, 0, text).width_px;
}

static void test_widths_grow_linearly(void)
{
    const char *texts[] = {"Kandahar", "Battlefield, 5 July 2021", "ولایت کندهار", "a ب 1"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        for (double size = 5; size < 200; size *= 1.37)
            g_assert_cmpfloat_with_epsilon(width(texts[i], size), width(texts[i], 1) * size,
                                           size * 1e-9);
}

static void test_extents_are_plausible(void)
{
    EvmTextExtents small = measure(EVM_WEIGHT_REGULAR, 10, 0, "Kabul");
    g_assert_cmpfloat(small.width_px, >, 20);
    g_assert_cmpfloat(small.width_px, <, 35);
    g_assert_cmpfloat(small.cap_height_px, >, 7);
    g_assert_cmpfloat(small.cap_height_px, <, small.ascent_px);
    g_assert_cmpfloat(small.descent_px, >, 1);
    g_assert_cmpfloat(measure(EVM_WEIGHT_BOLD, 10, 0, "Kabul").width_px, >, small.width_px);
    g_assert_cmpfloat(measure(EVM_WEIGHT_REGULAR, 10, 0, "کابل").ascent_px, >, small.ascent_px);
}

static void test_empty_text_has_no_width(void)
{
    g_assert_cmpfloat(width("", 12), ==, 0);
}

static void test_tracking_adds_to_every_letter(void)
{
    double plain = width("KABUL", 20);
    g_assert_cmpfloat_with_epsilon(measure(EVM_WEIGHT_REGULAR, 20, 2, "KABUL").width_px, plain + 10,
                                   0.02);
}

static void test_tracking_leaves_joined_letters_alone(void)
{
    g_assert_cmpfloat(measure(EVM_WEIGHT_REGULAR, 20, 2, "کابل").width_px, ==, width("کابل", 20));
}

static void test_arabic_letters_are_joined(void)
{
    double apart = width("ب", 20) * 3;
    g_assert_cmpfloat(width("ببب", 20), <, apart * 0.9);
}

/* Urdu's seven has a foot, and is narrower than the one that Dari shares with Arabic. */
static void test_digits_are_those_of_dari(void)
{
    g_assert_cmpfloat(width("۷", 20), ==, width("٧", 20));
    g_assert_cmpfloat(width("ولسوالی ۷", 20), ==, width("ولسوالی ٧", 20));
}

static void test_dari_and_pashto_are_complete(void)
{
    g_assert_cmpuint(
        evm_fonts_find_missing(fonts, EVM_TYPE_BODY, "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی۰۱۲۳۴۵۶۷۸۹"),
        ==, 0);
    g_assert_cmpuint(evm_fonts_find_missing(fonts, EVM_TYPE_BODY, "ټډړږښڼګېۍئځڅ،؛؟"), ==, 0);
    g_assert_cmpuint(evm_fonts_find_missing(fonts, EVM_TYPE_BODY, "Fayẕābād – “Ṣāliḥ” ʿAlī ġ ż"),
                     ==, 0);
    g_assert_cmpuint(evm_fonts_find_missing(fonts, EVM_TYPE_BODY, "می‌رود\u200e\n"), ==, 0);
}

static void test_missing_letter_is_named(void)
{
    g_assert_cmphex(evm_fonts_find_missing(fonts, EVM_TYPE_BODY, "Kabul 喀布爾"), ==, 0x5580);
    g_assert_cmphex(evm_fonts_find_missing(fonts, EVM_TYPE_BODY, "ok \U0001F600"), ==, 0x1F600);
}

/* One family for both scripts, which has Latin and Arabic letters: each slot keeps to its own. */
static void test_a_family_sets_its_own_script_alone(void)
{
    char *path = NULL;
    GError *error = NULL;
    g_close(g_file_open_tmp("evmap-fonts-XXXXXX.ini", &path, NULL), NULL);
    g_assert_true(g_file_set_contents(path, "[fonts]\narabic=Noto Sans Arabic\n", -1, NULL));
    EvmTheme *theme = evm_theme_load(path, &error);
    g_assert_no_error(error);
    EvmFonts *own = evm_fonts_new(theme, &error);
    g_assert_no_error(error);
    EvmTextMeasure measure = evm_fonts_compute_measure(own);
    EvmFont font = {EVM_WEIGHT_REGULAR, false, 20, 0, EVM_TYPE_BODY};
    double latin = measure.compute(measure.user, &font, "Kabul").width_px;
    double arabic = measure.compute(measure.user, &font, "کابل").width_px;
    g_autofree char *versions = evm_fonts_format_versions(own);
    g_assert_nonnull(strstr(versions, "NotoSansArabic"));
    g_assert_null(strstr(versions, "NotoNaskhArabic"));
    evm_fonts_free(own);
    evm_fonts_free(fonts); /* their fontconfig is not the current one any more */
    fonts = scene_fonts();
    g_assert_cmpfloat_with_epsilon(latin, width("Kabul", 20), 1e-9);
    g_assert_cmpfloat(fabs(arabic - width("کابل", 20)), >, 0.5);
    evm_theme_free(theme);
    g_remove(path);
    g_free(path);
}

static void test_no_other_font_steps_in(void)
{
    FcFontSet *set = FcConfigGetFonts(FcConfigGetCurrent(), FcSetSystem);
    g_assert_cmpint(set->nfont, ==, 10);
    for (int i = 0; i < set->nfont; i++) {
        FcChar8 *file;
        g_assert_cmpint(FcPatternGetString(set->fonts[i], FC_FILE, 0, &file), ==, FcResultMatch);
        g_assert_true(strstr((const char *)file, "/Inter-") ||
                      strstr((const char *)file, "/NotoNaskhArabic-"));
    }
}

static void test_bad_bytes_are_measured_as_replacement(void)
{
    g_assert_cmpfloat(width("Zar\xff", 20), ==, width("Zar\uFFFD", 20));
    g_assert_cmpfloat(width("\xc3", 20), >, 0);
}

static void test_line_breaks_are_blanks(void)
{
    g_assert_cmpfloat(width("a\nb\tc\u2028d", 20), ==, width("a b c d", 20));
}

static void test_hostile_sizes_are_finite(void)
{
    const double sizes[] = {NAN, INFINITY, -INFINITY, -1, 0, 1e308, 1e-308};
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_assert_true(isfinite(width("Kabul", sizes[i])));
        g_assert_true(isfinite(measure(EVM_WEIGHT_BOLD, 12, sizes[i], "Kabul").width_px));
    }
}

static void test_cache_forgets_without_harm(void)
{
    double before = width("text 1", 12);
    for (int i = 0; i < 5000; i++) {
        g_autofree char *text = g_strdup_printf("text %d", i);
        g_assert_cmpfloat(width(text, 12), >, 0);
    }
    g_assert_cmpfloat(width("text 1", 12), ==, before);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    fonts = scene_fonts();
#define ADD(what) g_test_add_func("/render/fonts/" #what, test_##what)
    ADD(widths_grow_linearly);
    ADD(extents_are_plausible);
    ADD(empty_text_has_no_width);
    ADD(tracking_adds_to_every_letter);
    ADD(tracking_leaves_joined_letters_alone);
    ADD(arabic_letters_are_joined);
    ADD(digits_are_those_of_dari);
    ADD(dari_and_pashto_are_complete);
    ADD(missing_letter_is_named);
    ADD(a_family_sets_its_own_script_alone);
    ADD(no_other_font_steps_in);
    ADD(bad_bytes_are_measured_as_replacement);
    ADD(line_breaks_are_blanks);
    ADD(hostile_sizes_are_finite);
    ADD(cache_forgets_without_harm);
    int status = g_test_run();
    evm_fonts_free(fonts);
    return status;
}
