#include <glib.h>

#include "style/color.h"
#include "style/theme.h"

static void color_formats_as_six_hex_digits(void)
{
    char buffer[EVM_COLOR_TEXT_SIZE];
    g_assert_cmpstr(evm_color_format(EVM_RGB(0x0a1bff), buffer), ==, "#0a1bff");
}

static void black_on_white_has_contrast_21(void)
{
    double ratio = evm_color_compute_contrast(EVM_RGB(0x000000), EVM_RGB(0xffffff));
    g_assert_cmpfloat_with_epsilon(ratio, 21, 1e-9);
    ratio = evm_color_compute_contrast(EVM_RGB(0x767676), EVM_RGB(0xffffff));
    g_assert_cmpfloat_with_epsilon(ratio, 4.54, 0.01);
}

/* WCAG 2.1 AA: 4.5 for body text, 3 for large type. */
static void text_colors_are_legible_on_their_ground(void)
{
    const EvmTheme *theme = evm_theme_find_default();
    g_assert_cmpfloat(evm_color_compute_contrast(theme->ink, theme->page), >=, 7);
    g_assert_cmpfloat(evm_color_compute_contrast(theme->ink_soft, theme->page), >=, 4.5);
    g_assert_cmpfloat(evm_color_compute_contrast(theme->ink_faint, theme->page), >=, 4.5);
    g_assert_cmpfloat(evm_color_compute_contrast(theme->land_label, theme->land), >=, 3);
}

static void actor_keeps_its_color_whatever_its_place_in_the_data(void)
{
    const EvmTheme *theme = evm_theme_find_default();
    char a[EVM_COLOR_TEXT_SIZE], b[EVM_COLOR_TEXT_SIZE];
    evm_color_format(evm_theme_find_actor(theme, "Taliban", 0), a);
    evm_color_format(evm_theme_find_actor(theme, "TALIBAN", 5), b);
    g_assert_cmpstr(a, ==, b);
}

static void fills_differ_from_each_other(void)
{
    const EvmTheme *theme = evm_theme_find_default();
    EvmColor fills[] = {evm_theme_find_actor(theme, "Taliban", 0),
                        evm_theme_find_actor(theme, "Government", 1),
                        evm_theme_find_actor(theme, "Resistance(NRF)", 2),
                        evm_theme_find_actor(theme, "Somebody else", 3),
                        theme->contested,
                        theme->unassessed};
    for (size_t i = 0; i < G_N_ELEMENTS(fills); i++)
        for (size_t j = i + 1; j < G_N_ELEMENTS(fills); j++) {
            int distance = ABS(fills[i].r - fills[j].r) + ABS(fills[i].g - fills[j].g) +
                           ABS(fills[i].b - fills[j].b);
            g_assert_cmpint(distance, >, 60);
        }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/style/color/" #name, name)
    ADD(color_formats_as_six_hex_digits);
    ADD(black_on_white_has_contrast_21);
    ADD(text_colors_are_legible_on_their_ground);
    ADD(actor_keeps_its_color_whatever_its_place_in_the_data);
    ADD(fills_differ_from_each_other);
    return g_test_run();
}
