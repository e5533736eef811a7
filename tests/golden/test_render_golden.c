
#include "tests/golden/golden.h"
#include "tests/golden/scenes.h"

static EvmFonts *fonts;

static EvmScene *shapes(void)
{
    EvmBuilder *builder = scene_start(fonts, 320, 200);
    evm_builder_add_layer(builder, "shapes", NULL);
    scene_ring(builder, 15.4, 15.7, EVM_RGB(0xb5482f))->stroke =
        (EvmStroke){EVM_RGB(0x222222), 1.3, 0, 0};
    scene_square(builder, 70, 60, 100, (EvmColor){0x30, 0x60, 0xa0, 128});
    evm_builder_add_disc(builder, (EvmDisc){{240, 60}, 35.5}, EVM_RGB(0xe0a23c))->stroke =
        (EvmStroke){EVM_RGB(0x111111), 3, 0, 0};
    for (int i = 0; i < 6; i++)
        evm_builder_add_line(builder, (EvmPoint){190, 120 + 12 * i},
                             (EvmPoint){305, 110 + 14.5 * i},
                             (EvmStroke){EVM_RGB(0x207040), 0.5 + 0.5 * i, 2.0 * i, 1.5 * i});
    return evm_builder_free(builder, &scene_info);
}

static EvmScene *words(void)
{
    EvmBuilder *builder = scene_start(fonts, 420, 260);
    evm_builder_add_layer(builder, "ground", NULL);
    scene_square(builder, 0, 60, 420, EVM_RGB(0xb5482f));
    evm_builder_add_layer(builder, "labels", NULL);
    const char *lines[] = {"Kandahār, Fayẕābād – 5 July 2021", "ولایت بدخشان", "کندهار ۲۵ ولسوالۍ",
                           "ټوپک ډاګ ړنګ ږغ ښار ې ۍ ئ", "Kabul کابل 12"};
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        scene_label(builder, lines[i], 15, 40 + 45.0 * (double)i, 13);
        EvmItem *large = scene_label(builder, lines[i], 405, 60 + 45.0 * (double)i, 19);
        large->text.anchor = EVM_ANCHOR_END;
        large->text.font.weight = i % 2 ? EVM_WEIGHT_REGULAR : EVM_WEIGHT_BOLD;
        large->text.font.tracking_px = i == 0 ? 1 : 0;
    }
    return evm_builder_free(builder, &scene_info);
}

static void assert_golden(EvmScene *scene, double scale, const char *name)
{
    golden_assert_scene(scene, fonts, scale, name);
    evm_scene_free(scene);
}

static void test_shapes(void)
{
    assert_golden(shapes(), 1, "shapes");
}

static void test_shapes_at_scale_2(void)
{
    assert_golden(shapes(), 2, "shapes-2x");
}

static void test_words(void)
{
    assert_golden(words(), 1, "words");
}

static void test_words_at_scale_2(void)
{
    assert_golden(words(), 2, "words-2x");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    fonts = scene_fonts();
    g_test_add_func("/golden/render/shapes", test_shapes);
    g_test_add_func("/golden/render/shapes_at_scale_2", test_shapes_at_scale_2);
    g_test_add_func("/golden/render/words", test_words);
    g_test_add_func("/golden/render/words_at_scale_2", test_words_at_scale_2);
    int status = g_test_run();
    evm_fonts_free(fonts);
    return status;
}
