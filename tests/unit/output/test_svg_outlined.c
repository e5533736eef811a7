#include <math.h>

#include "base/error.h"
#include "output/output.h"
#include "tests/golden/scenes.h"
#include "tests/unit/output/svg_testing.h"

static EvmFonts *fonts;

static GString *write_svg(const EvmScene *scene)
{
    GString *out = g_string_new(NULL);
    GError *error = NULL;
    g_assert_true(evm_svg_outlined_write(scene, fonts, out, &error));
    g_assert_no_error(error);
    return out;
}

static void test_second_of_a_process_is_the_same(void)
{
    EvmScene *scene = scene_new_full(fonts, 320, 220, 0, 0);
    EvmScene *other = scene_new_full(fonts, 320, 220, 5, 5);
    GString *first = write_svg(scene), *between = write_svg(other), *second = write_svg(scene);
    g_assert_true(g_string_equal(first, second));
    g_assert_false(g_string_equal(first, between));
    g_string_free(first, TRUE);
    g_string_free(between, TRUE);
    g_string_free(second, TRUE);
    evm_scene_free(scene);
    evm_scene_free(other);
}

static void test_two_maps_share_no_id(void)
{
    EvmScene *a = scene_new_full(fonts, 320, 220, 0, 0), *b = scene_new_full(fonts, 320, 220, 1, 0);
    GString *svg_a = write_svg(a), *svg_b = write_svg(b);
    SvgContent content_a = svg_parse(svg_a), content_b = svg_parse(svg_b);
    svg_assert_disjoint(&content_a, &content_b);
    g_assert_cmpuint(g_hash_table_size(content_a.ids), >=, 4); /* title, desc, surface, clip */
    svg_content_clear(&content_a);
    svg_content_clear(&content_b);
    g_string_free(svg_a, TRUE);
    g_string_free(svg_b, TRUE);
    evm_scene_free(a);
    evm_scene_free(b);
}

static void test_every_id_has_the_prefix(void)
{
    EvmScene *scene = scene_new_full(fonts, 320, 220, 0, 0);
    GString *svg = write_svg(scene);
    SvgContent content = svg_parse(svg);
    GHashTableIter iter;
    gpointer id;
    g_hash_table_iter_init(&iter, content.ids);
    while (g_hash_table_iter_next(&iter, &id, NULL))
        g_assert_true(g_regex_match_simple("^m[0-9a-f]{8}-([0-9]+|name|desc)$", id, 0, 0));
    g_assert_null(strstr(svg->str, "surface"));
    svg_content_clear(&content);
    g_string_free(svg, TRUE);
    evm_scene_free(scene);
}

static void test_letters_are_outlines(void)
{
    EvmScene *scene = scene_new_full(fonts, 320, 220, 0, 0);
    GString *svg = write_svg(scene);
    SvgContent content = svg_parse(svg);
    g_assert_null(strstr(svg->str, "<text"));
    g_assert_null(strstr(svg->str, "font"));
    g_assert_cmpstr(content.title->str, ==, "A test");
    g_assert_cmpuint(content.paths, >, 8);
    svg_content_clear(&content);
    g_string_free(svg, TRUE);
    evm_scene_free(scene);
}

static void test_size_is_in_px(void)
{
    EvmScene *scene = scene_new_full(fonts, 320, 220, 0, 0);
    GString *svg = write_svg(scene);
    g_assert_nonnull(strstr(svg->str, " width=\"320\" height=\"220\" viewBox=\"0 0 320 220\""));
    g_assert_null(strstr(svg->str, "pt\""));
    g_string_free(svg, TRUE);
    evm_scene_free(scene);
}

static void test_hostile_title_stays_text(void)
{
    EvmBuilder *builder = scene_start(fonts, 300, 100);
    evm_builder_add_layer(builder, "labels", NULL);
    scene_label(builder, "</svg><script>\xff", 10, 50, 20);
    EvmSceneInfo info = {.title = "</title><script id=\"x\">", .description = "\"&<>"};
    EvmScene *scene = evm_builder_free(builder, &info);
    GString *svg = write_svg(scene);
    SvgContent content = svg_parse(svg);
    g_assert_cmpstr(content.title->str, ==, info.title);
    svg_content_clear(&content);
    g_string_free(svg, TRUE);
    evm_scene_free(scene);
}

static void test_hostile_numbers_are_refused(void)
{
    EvmBuilder *builder = scene_start(fonts, 300, 100);
    evm_builder_add_layer(builder, "shapes", NULL);
    evm_builder_add_disc(builder, (EvmDisc){{10, 10}, INFINITY}, EVM_RGB(0x123456));
    EvmScene *scene = evm_builder_free(builder, &scene_info);
    GString *out = g_string_new("kept");
    GError *error = NULL;
    g_assert_false(evm_svg_outlined_write(scene, fonts, out, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_INTERNAL);
    g_assert_cmpstr(out->str, ==, "kept");
    g_clear_error(&error);
    g_string_free(out, TRUE);
    evm_scene_free(scene);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    fonts = scene_fonts();
#define ADD(what) g_test_add_func("/output/svg_outlined/" #what, test_##what)
    ADD(second_of_a_process_is_the_same);
    ADD(two_maps_share_no_id);
    ADD(every_id_has_the_prefix);
    ADD(letters_are_outlines);
    ADD(size_is_in_px);
    ADD(hostile_title_stays_text);
    ADD(hostile_numbers_are_refused);
    int status = g_test_run();
    evm_fonts_free(fonts);
    return status;
}
