/* Both kinds of SVG, drawn by librsvg, look like the PNG. */

#include "output/output.h"
#include "tests/golden/rsvg_raster.h"
#include "tests/golden/scenes.h"
#include "tests/support/image_compare.h"

static EvmFonts *fonts;

static void assert_svg_like_png(const GString *svg, const EvmRaster *png, ImageTolerance tolerance,
                                const char *name)
{
    EvmRaster drawn = rsvg_raster(svg, png->width, png->height);
    image_assert_alike(&drawn, png, tolerance, name);
    evm_raster_clear(&drawn);
}

/* librsvg rounds the width of every letter to pixels, so that the end of a line of real text stands
 * up to 3 px elsewhere; all else must be where it is in the PNG. */
static void test_svg_looks_like_png(void)
{
    EvmScene *scene = scene_new_full(fonts, 320, 220, 0, 0);
    EvmRaster png = scene_raster(scene, fonts, 1, 1);
    GString *svg = g_string_new(NULL);
    g_assert_true(evm_svg_write(scene, svg, NULL));
    assert_svg_like_png(
        svg, &png, (ImageTolerance){.level = 48, .largest = 255, .share = 0.035, .difference = 4},
        "svg");
    g_string_free(svg, TRUE);
    evm_raster_clear(&png);
    evm_scene_free(scene);
}

static void test_outlined_svg_looks_like_png(void)
{
    EvmScene *scene = scene_new_full(fonts, 320, 220, 0, 0);
    EvmRaster png = scene_raster(scene, fonts, 1, 1);
    GString *svg = g_string_new(NULL);
    g_assert_true(evm_svg_outlined_write(scene, fonts, svg, NULL));
    assert_svg_like_png(
        svg, &png, (ImageTolerance){.level = 48, .largest = 255, .share = 0.002, .difference = 0.5},
        "svg-outlined");
    g_string_free(svg, TRUE);
    evm_raster_clear(&png);
    evm_scene_free(scene);
}

/* A halo under its letters, and not over them. */
static void test_halo_is_below_the_letters(void)
{
    EvmBuilder *builder = scene_start(fonts, 120, 60);
    evm_builder_add_layer(builder, "labels", NULL);
    EvmItem *label = scene_label(builder, "MMMM", 10, 45, 30);
    label->text.color = EVM_RGB(0x000000);
    label->text.halo_px = 6;
    EvmScene *scene = evm_builder_free(builder, &scene_info);
    GString *svg = g_string_new(NULL);
    g_assert_true(evm_svg_write(scene, svg, NULL));
    EvmRaster drawn = rsvg_raster(svg, 120, 60);
    size_t black = 0;
    for (size_t i = 0; i < 120 * 60; i++)
        black += (drawn.pixels[i] & 0xff) < 32;
    g_assert_cmpuint(black, >, 300);
    evm_raster_clear(&drawn);
    g_string_free(svg, TRUE);
    evm_scene_free(scene);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    fonts = scene_fonts();
    g_test_add_func("/golden/svg/looks_like_png", test_svg_looks_like_png);
    g_test_add_func("/golden/svg/outlined_looks_like_png", test_outlined_svg_looks_like_png);
    g_test_add_func("/golden/svg/halo_is_below_the_letters", test_halo_is_below_the_letters);
    int status = g_test_run();
    evm_fonts_free(fonts);
    return status;
}
