#include <locale.h>
#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "output/output.h"
#include "output/svg_text.h"
#include "tests/golden/scenes.h"
#include "tests/unit/output/svg_testing.h"

static EvmFonts *fonts;

static GString *write_svg(const EvmScene *scene)
{
    GString *out = g_string_new(NULL);
    GError *error = NULL;
    g_assert_true(evm_svg_write(scene, out, &error));
    g_assert_no_error(error);
    return out;
}

static char *number(double px)
{
    GString *out = g_string_new(NULL);
    evm_svg_write_number(out, px);
    return g_string_free(out, FALSE);
}

static void test_numbers_are_short(void)
{
    const struct {
        double px;
        const char *text;
    } cases[] = {{0, "0"},
                 {-0.0, "0"},
                 {0.04, "0"},
                 {0.06, ".1"},
                 {-0.5, "-.5"},
                 {12, "12"},
                 {3.44, "3.4"},
                 {1599.96, "1600"},
                 {-100, "-100"},
                 {-0.04, "0"},
                 {4194303.9, "4194303.9"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = number(cases[i].px);
        g_assert_cmpstr(text, ==, cases[i].text);
    }
}

static void test_numbers_ignore_the_locale(void)
{
    const char *locales[] = {"de_DE.UTF-8", "ps_AF.UTF-8", "fa_IR.UTF-8", "tr_TR.UTF-8"};
    EvmScene *scene = scene_new_full(fonts, 320, 220, 0, 0);
    GString *plain = write_svg(scene);
    for (size_t i = 0; i < G_N_ELEMENTS(locales); i++) {
        if (!setlocale(LC_ALL, locales[i]))
            continue;
        GString *other = write_svg(scene);
        g_assert_true(g_string_equal(plain, other));
        g_string_free(other, TRUE);
    }
    setlocale(LC_ALL, "C.UTF-8");
    g_string_free(plain, TRUE);
    evm_scene_free(scene);
}

static char *path_data(const EvmPoint *points, const uint32_t *ends, uint32_t parts, bool closed)
{
    GString *out = g_string_new(NULL);
    evm_svg_write_path_data(out, &(EvmPath){points, ends, parts, closed});
    return g_string_free(out, FALSE);
}

static void test_path_data_is_relative(void)
{
    const EvmPoint points[] = {{10, 10}, {20.5, 10.04}, {20.6, 9}, {20.62, 9.01},
                               {5, 5},   {5.5, 5.5},    {6, 5}};
    g_autofree char *data = path_data(points, (const uint32_t[]){4, 7}, 2, true);
    g_assert_cmpstr(data, ==, "m10 10 10.5 0 .1-1zm-5-5 .5.5.5-.5z");
    g_autofree char *open = path_data(points, (const uint32_t[]){4, 7}, 2, false);
    g_assert_cmpstr(open, ==, "m10 10 10.5 0 .1-1m-15.6-4 .5.5.5-.5");
}

static void test_empty_parts_are_left_out(void)
{
    const EvmPoint points[] = {{1, 2}, {3, 4}};
    g_autofree char *data = path_data(points, (const uint32_t[]){0, 2, 2}, 3, true);
    g_assert_cmpstr(data, ==, "m1 2 2 2z");
}

static void test_says_what_it_shows(void)
{
    EvmScene *scene = scene_new_full(fonts, 320, 220, 0, 0);
    GString *svg = write_svg(scene);
    SvgContent content = svg_parse(svg);
    g_assert_cmpstr(content.title->str, ==, "A test");
    g_assert_nonnull(strstr(svg->str, "-name\" aria-describedby=\"m"));
    g_assert_nonnull(strstr(svg->str, " data-pcode=\"AF0101\" data-control=\"Taliban\""));
    g_assert_cmpuint(content.path_titles->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(content.path_titles, 0), ==, "Ring & island");
    g_assert_nonnull(strstr(content.texts->str, "ولایت بدخشان\n"));
    svg_content_clear(&content);
    g_string_free(svg, TRUE);
    evm_scene_free(scene);
}

/* In a page that reads from right to left, in capitals apart or in italics, it stays as it is. */
static void test_inherits_nothing_from_its_page(void)
{
    EvmScene *scene = scene_new_full(fonts, 320, 220, 0, 0);
    GString *svg = write_svg(scene);
    *strchr(svg->str, '>') = '\0';
    g_assert_nonnull(strstr(svg->str,
                            " direction=\"ltr\" text-anchor=\"start\" font-style=\"normal\" "
                            "font-variant=\"normal\" font-weight=\"400\" "
                            "letter-spacing=\"normal\" word-spacing=\"normal\" "
                            "fill=\"#000000\" stroke=\"none\""));
    g_string_free(svg, TRUE);
    evm_scene_free(scene);
}

/* The drawing is an image beside the table, not around it: readers do not look into images. */
static void test_table_is_walked_by_its_roles(void)
{
    static const char *const cells[] = {"Province", "A & B", "Farah", "7"};
    EvmScene *scene = scene_new_full(fonts, 320, 220, 0, 0);
    scene->info.table = (EvmSceneTable){"Who holds what", cells, 2, 2};
    GString *svg = write_svg(scene);
    SvgContent content = svg_parse(svg);
    g_assert_nonnull(strstr(svg->str, " role=\"document\" lang=\"en\""));
    const char *image = strstr(svg->str, "<g role=\"img\" aria-labelledby=\"m");
    const char *table = strstr(svg->str, " role=\"table\" aria-label=\"Who holds what\"");
    g_assert_true(image && table && image < table);
    g_assert_nonnull(strstr(table, "<g role=\"row\">\n"
                                   "<text role=\"columnheader\" y=\"73.3\">Province</text>\n"
                                   "<text role=\"columnheader\" y=\"73.3\">A &amp; B</text>\n"
                                   "</g>\n"
                                   "<g role=\"row\">\n"
                                   "<text role=\"rowheader\" y=\"146.7\">Farah</text>\n"
                                   "<text role=\"cell\" y=\"146.7\">7</text>\n"
                                   "</g>\n"
                                   "</g>\n"
                                   "</svg>\n"));
    svg_content_clear(&content);
    g_string_free(svg, TRUE);
    evm_scene_free(scene);
}

/* The full scene has a titled shape, a layer of a clipped disc without one, and labels. */
static void test_untitled_shapes_let_the_pointer_through(void)
{
    EvmScene *scene = scene_new_full(fonts, 320, 220, 0, 0);
    GString *svg = write_svg(scene);
    const char *first = strstr(svg->str, "pointer-events=\"none\"");
    g_assert_nonnull(first);
    g_assert_null(strstr(first + 1, "pointer-events"));
    g_autofree char *before = g_strndup(svg->str, (gsize)(first - svg->str));
    const char *layer = g_strrstr(before, "<g ");
    g_assert_nonnull(strstr(layer, "data-label=\"Clipped\""));
    g_string_free(svg, TRUE);
    evm_scene_free(scene);
}

static void test_right_to_left_keeps_its_side(void)
{
    EvmBuilder *builder = scene_start(fonts, 300, 100);
    evm_builder_add_layer(builder, "labels", NULL);
    scene_label(builder, "کابل", 10, 50, 20);
    scene_label(builder, "12 کابل", 10, 50, 20)->text.anchor = EVM_ANCHOR_END;
    scene_label(builder, "Kabul کابل", 10, 50, 20)->text.anchor = EVM_ANCHOR_END;
    EvmScene *scene = evm_builder_free(builder, &scene_info);
    GString *svg = write_svg(scene);
    const char *first = strstr(svg->str, "<text"), *second = strstr(first + 1, "<text");
    const char *third = strstr(second + 1, "<text");
    g_assert_true(
        g_str_has_prefix(first + 5, " x=\"10\" y=\"50\" direction=\"rtl\" text-anchor=\"end\""));
    g_assert_true(g_str_has_prefix(second + 5, " x=\"10\" y=\"50\" direction=\"rtl\" font-size"));
    g_assert_true(g_str_has_prefix(third + 5, " x=\"10\" y=\"50\" text-anchor=\"end\""));
    g_string_free(svg, TRUE);
    evm_scene_free(scene);
}

static void test_same_scene_same_bytes(void)
{
    EvmScene *scene = scene_new_full(fonts, 320, 220, 0, 0);
    GString *first = write_svg(scene), *second = write_svg(scene);
    g_assert_true(g_string_equal(first, second));
    g_string_free(first, TRUE);
    g_string_free(second, TRUE);
    evm_scene_free(scene);
}

static void test_ground_written_meanwhile_gives_the_same_bytes(void)
{
    EvmScene *scene = scene_new_full(fonts, 320, 220, 0, 0);
    GString *whole = write_svg(scene);
    for (size_t layers = 0; layers <= scene->layer_count; layers++) {
        EvmScene first = *scene;
        GString *out = g_string_new(NULL);
        GError *error = NULL;
        first.layer_count = layers;
        EvmSvgGround *ground = evm_svg_ground_new(&first);
        g_assert_true(evm_svg_write_above(ground, scene, out, &error));
        g_assert_true(g_string_equal(whole, out));
        evm_svg_ground_free(ground);
        g_string_free(out, TRUE);
    }
    g_string_free(whole, TRUE);
    evm_scene_free(scene);
}

static void test_two_maps_share_no_id(void)
{
    EvmScene *a = scene_new_full(fonts, 320, 220, 0, 0), *b = scene_new_full(fonts, 320, 220, 1, 0);
    GString *svg_a = write_svg(a), *svg_b = write_svg(b);
    SvgContent content_a = svg_parse(svg_a), content_b = svg_parse(svg_b);
    svg_assert_disjoint(&content_a, &content_b);
    svg_content_clear(&content_a);
    svg_content_clear(&content_b);
    g_string_free(svg_a, TRUE);
    g_string_free(svg_b, TRUE);
    evm_scene_free(a);
    evm_scene_free(b);
}

/* One district, and a mesh of so many points. */
static GString *write_with_mesh(uint32_t points)
{
    EvmBuilder *builder = scene_start(fonts, 300, 100);
    EvmLayer *layer = evm_builder_add_layer(builder, "districts", NULL);
    layer->outline = (EvmStroke){EVM_RGB(0xfefefe), 0.7, 0, 0};
    EvmPoint *line = g_new(EvmPoint, points);
    for (uint32_t i = 0; i < points; i++)
        line[i] = (EvmPoint){i % 300, i % 99};
    layer->outline_mesh = scene_path(builder, line, (const uint32_t[]){points, 0}, false);
    g_free(line);
    scene_square(builder, 1, 1, 50, EVM_RGB(0x123456));
    EvmScene *scene = evm_builder_free(builder, &scene_info);
    GString *svg = write_svg(scene);
    evm_scene_free(scene);
    return svg;
}

static void test_small_mesh_is_written(void)
{
    GString *svg = write_with_mesh(100);
    SvgContent content = svg_parse(svg);
    g_assert_cmpuint(content.paths, ==, 2);
    g_assert_nonnull(strstr(svg->str, "<path fill=\"none\" stroke=\"#fefefe\""));
    svg_content_clear(&content);
    g_string_free(svg, TRUE);
}

static void test_large_mesh_is_left_to_the_paths(void)
{
    GString *svg = write_with_mesh(7000);
    SvgContent content = svg_parse(svg);
    g_assert_cmpuint(content.paths, ==, 1);
    g_assert_nonnull(strstr(svg->str, " fill-rule=\"evenodd\" stroke=\"#fefefe\""));
    svg_content_clear(&content);
    g_string_free(svg, TRUE);
}

static void test_hostile_numbers_are_refused(void)
{
    const double numbers[] = {NAN, INFINITY, 1e308, -1e9};
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        EvmBuilder *builder = scene_start(fonts, 300, 100);
        evm_builder_add_layer(builder, "shapes", NULL);
        evm_builder_add_disc(builder, (EvmDisc){{numbers[i], 10}, 5}, EVM_RGB(0x123456));
        EvmScene *scene = evm_builder_free(builder, &scene_info);
        GString *out = g_string_new("kept");
        GError *error = NULL;
        g_assert_false(evm_svg_write(scene, out, &error));
        g_assert_error(error, EVM_ERROR, EVM_ERROR_INTERNAL);
        g_assert_cmpstr(out->str, ==, "kept");
        g_clear_error(&error);
        g_string_free(out, TRUE);
        evm_scene_free(scene);
    }
}

/* Every word of the scene that can come from outside. */
static void assert_text_is_harmless(const char *text)
{
    EvmBuilder *builder = scene_start(fonts, 300, 100);
    EvmLayer *layer = evm_builder_add_layer(builder, "labels", NULL);
    layer->label = text;
    EvmItem *item = scene_square(builder, 1, 1, 10, EVM_RGB(0x123456));
    item->title = item->pcode = item->control = text;
    scene_label(builder, text, 10, 50, 20)->title = text;
    EvmSceneInfo info = {.title = text, .description = text, .language = text};
    EvmScene *scene = evm_builder_free(builder, &info);
    GString *svg = write_svg(scene);
    SvgContent content = svg_parse(svg);
    g_assert_cmpuint(content.paths, ==, 1);
    svg_content_clear(&content);
    g_string_free(svg, TRUE);
    evm_scene_free(scene);
}

static void test_markup_stays_text(void)
{
    const char *texts[] = {"<script>alert(1)</script>",
                           "\"><svg onload=alert(1)>",
                           "' onclick='x",
                           "]]></title><image href='http://e.example'/>",
                           "&lt;&#60;&unknown;",
                           "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
                           "a\x01\x02\x1f\x7f\xff\xed\xa0\x80\xef\xbf\xbe",
                           ""};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_text_is_harmless(texts[i]);
}

static void append_escape(GString *out, const char **p)
{
    const char *plain = strchr("\"\"\\\\//b\bf\fn\nr\rt\t", **p);
    if (**p != 'u') {
        g_assert_nonnull(plain);
        g_string_append_c(out, plain[1]);
        (*p)++;
        return;
    }
    char hex[5] = {0};
    memcpy(hex, *p + 1, 4);
    gunichar c = (gunichar)g_ascii_strtoull(hex, NULL, 16);
    *p += 5;
    if (c >= 0xD800 && c < 0xDC00 && g_str_has_prefix(*p, "\\u")) {
        memcpy(hex, *p + 2, 4);
        c = 0x10000 + ((c - 0xD800) << 10) + ((gunichar)g_ascii_strtoull(hex, NULL, 16) - 0xDC00);
        *p += 6;
    }
    if (c != 0)
        g_string_append_unichar(out, c);
}

/* The value of "s", the last key of the line. */
static char *string_of(const char *line)
{
    const char *p = strstr(line, "\"s\": \"");
    GString *out = g_string_new(NULL);
    g_assert_nonnull(p);
    for (p += 6; *p != '"' && *p != '\0';) {
        if (*p != '\\') {
            g_string_append_c(out, *p++);
            continue;
        }
        p++;
        append_escape(out, &p);
    }
    return g_string_free(out, FALSE);
}

static void test_hostile_strings_are_harmless(void)
{
    const char *folder = g_getenv("EVMAP_TESTDATA");
    g_autofree char *path =
        g_build_filename(folder ? folder : EVM_TEST_SOURCE_DIR "/../shared/testdata",
                         "hostile/strings/strings.jsonl", NULL);
    g_autofree char *data = NULL;
    if (!g_file_get_contents(path, &data, NULL, NULL)) {
        g_test_skip("no hostile strings: name the folder that holds them in EVMAP_TESTDATA");
        return;
    }
    g_auto(GStrv) lines = g_strsplit(data, "\n", -1);
    unsigned count = 0;
    for (size_t i = 0; lines[i] && *lines[i]; i++, count++) {
        g_autofree char *text = string_of(lines[i]);
        assert_text_is_harmless(text);
    }
    g_assert_cmpuint(count, >, 1000);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    fonts = scene_fonts();
#define ADD(what) g_test_add_func("/output/svg/" #what, test_##what)
    ADD(numbers_are_short);
    ADD(numbers_ignore_the_locale);
    ADD(path_data_is_relative);
    ADD(empty_parts_are_left_out);
    ADD(says_what_it_shows);
    ADD(inherits_nothing_from_its_page);
    ADD(table_is_walked_by_its_roles);
    ADD(untitled_shapes_let_the_pointer_through);
    ADD(right_to_left_keeps_its_side);
    ADD(same_scene_same_bytes);
    ADD(ground_written_meanwhile_gives_the_same_bytes);
    ADD(two_maps_share_no_id);
    ADD(small_mesh_is_written);
    ADD(large_mesh_is_left_to_the_paths);
    ADD(hostile_numbers_are_refused);
    ADD(markup_stays_text);
    ADD(hostile_strings_are_harmless);
    int status = g_test_run();
    evm_fonts_free(fonts);
    return status;
}
