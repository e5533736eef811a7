#include <glib.h>

#include "style/color.h"

static void color_formats_as_six_hex_digits(void)
{
    char buffer[EVM_COLOR_TEXT_SIZE];
    g_assert_cmpstr(evm_color_format(EVM_RGB(0x0a1bff), buffer), ==, "#0a1bff");
}

static void distance_is_that_of_the_channels(void)
{
    g_assert_cmpfloat(evm_color_compute_distance(EVM_RGB(0x102030), EVM_RGB(0x102030)), ==, 0);
    g_assert_cmpfloat(evm_color_compute_distance(EVM_RGB(0x000000), EVM_RGB(0x030400)), ==, 5);
}

static void black_on_white_has_contrast_21(void)
{
    double ratio = evm_color_compute_contrast(EVM_RGB(0x000000), EVM_RGB(0xffffff));
    g_assert_cmpfloat_with_epsilon(ratio, 21, 1e-9);
    ratio = evm_color_compute_contrast(EVM_RGB(0x767676), EVM_RGB(0xffffff));
    g_assert_cmpfloat_with_epsilon(ratio, 4.54, 0.01);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/style/color/" #name, name)
    ADD(color_formats_as_six_hex_digits);
    ADD(distance_is_that_of_the_channels);
    ADD(black_on_white_has_contrast_21);
    return g_test_run();
}
