#include <glib.h>

#include "scene/builder.h"
#include "scene/layout.h"

static bool overlaps(EvmRect a, EvmRect b)
{
    return a.x_px < b.x_px + b.width_px && b.x_px < a.x_px + a.width_px &&
           a.y_px < b.y_px + b.height_px && b.y_px < a.y_px + a.height_px;
}

/* Pieces that are stacked share a region. */
static bool is_same(EvmRect a, EvmRect b)
{
    return a.x_px == b.x_px && a.y_px == b.y_px && a.width_px == b.width_px &&
           a.height_px == b.height_px;
}

static void check_regions(const EvmLayout *layout)
{
    for (EvmRegion i = 0; i < EVM_REGION_COUNT; i++) {
        EvmRect place = evm_layout_find_place(layout, i);
        if (!evm_layout_has(layout, i))
            continue;
        g_assert_cmpfloat(place.x_px, >=, 0);
        g_assert_cmpfloat(place.y_px, >=, 0);
        g_assert_cmpfloat(place.x_px + place.width_px, <=, layout->width_px + 1e-6);
        g_assert_cmpfloat(place.y_px + place.height_px, <=, layout->height_px + 1e-6);
        for (EvmRegion k = i + 1; k < EVM_REGION_COUNT; k++)
            if (evm_layout_has(layout, k) && !is_same(place, evm_layout_find_place(layout, k)) &&
                overlaps(place, evm_layout_find_place(layout, k)))
                g_error("%s: regions %d and %d overlap", layout->name, (int)i, (int)k);
    }
}

static void regions_of_every_layout_keep_apart_and_inside_the_page(void)
{
    static const double factors[] = {0.5, 0.7, 1, 1.3, 2};
    for (const char *const *name = evm_layout_find_names(); *name; name++) {
        double width, height;
        g_assert_true(evm_layout_find_size(*name, &width, &height));
        for (size_t i = 0; i < G_N_ELEMENTS(factors); i++) {
            EvmLayout layout =
                evm_layout_compute(*name, width * factors[i], height * factors[i], i % 2);
            g_assert_true(evm_layout_has(&layout, EVM_REGION_MAP));
            check_regions(&layout);
        }
    }
}

static void map_takes_at_least_a_third_of_every_layout(void)
{
    for (const char *const *name = evm_layout_find_names(); *name; name++) {
        double width, height;
        g_assert_true(evm_layout_find_size(*name, &width, &height));
        EvmLayout layout = evm_layout_compute(*name, width, height, false);
        EvmRect map = layout.regions[EVM_REGION_MAP];
        g_assert_cmpfloat(map.width_px * map.height_px, >, width * height / 3);
    }
}

static void layout_is_chosen_by_the_shape_of_the_page(void)
{
    g_assert_cmpstr(evm_layout_compute(NULL, 1600, 1200, false).name, ==, "landscape");
    g_assert_cmpstr(evm_layout_compute(NULL, 1920, 1080, false).name, ==, "landscape");
    g_assert_cmpstr(evm_layout_compute(NULL, 1000, 1000, false).name, ==, "square");
    g_assert_cmpstr(evm_layout_compute(NULL, 1200, 1500, false).name, ==, "portrait");
    g_assert_cmpstr(evm_layout_compute(NULL, 720, 1280, false).name, ==, "story");
}

static EvmTextExtents measure(void *user, const EvmFont *font, const char *text)
{
    (void)user;
    double letters = (double)g_utf8_strlen(text, -1);
    return (EvmTextExtents){letters * 10, font->size_px, 0.25 * font->size_px, 7};
}

/* The map's place and the pieces change sides together; what is in the map does not turn over. */
static void mirrored_pages_change_left_and_right(void)
{
    EvmLayout plain = evm_layout_compute("landscape", 1600, 1200, false);
    EvmLayout layout = evm_layout_compute("landscape", 1600, 1200, true);
    EvmRect map = evm_layout_find_place(&plain, EVM_REGION_MAP);
    EvmRect mirrored = evm_layout_find_place(&layout, EVM_REGION_MAP);
    g_assert_cmpfloat(map.x_px, ==, 0);
    g_assert_cmpfloat(mirrored.x_px + mirrored.width_px, ==, 1600);
    EvmBuilder *builder =
        evm_builder_new(1600, 1200, EVM_RGB(0xffffff), false, (EvmTextMeasure){measure, NULL});
    EvmFont font = {EVM_WEIGHT_REGULAR, false, 10, 0, EVM_TYPE_BODY};
    evm_builder_add_layer(builder, "map", NULL);
    evm_builder_add_disc(builder, (EvmDisc){{100, 50}, 5}, EVM_RGB(0));
    evm_builder_add_piece(builder, &layout, "title", NULL);
    evm_builder_add_text(builder, "abc", (EvmPoint){100, 50}, EVM_ANCHOR_START, font, EVM_RGB(0));
    evm_builder_add_rect(builder, (EvmRect){100, 60, 30, 10}, EVM_RGB(0));
    EvmScene *scene = evm_builder_free(builder, &(EvmSceneInfo){0});
    g_assert_cmpfloat(scene->layers[0].items[0].disc.center.x_px, ==, 100);
    const EvmItem *items = scene->layers[1].items;
    g_assert_cmpfloat(items[0].text.at.x_px, ==, 1500);
    g_assert_cmpint(items[0].text.anchor, ==, EVM_ANCHOR_END);
    g_assert_cmpfloat(items[0].bounds.x_px, ==, 1470);
    EvmRect rect = evm_path_compute_bounds(&items[1].path, 0);
    g_assert_cmpfloat(rect.x_px, ==, 1470);
    g_assert_cmpfloat(rect.width_px, ==, 30);
    evm_scene_free(scene);
}

/* A line of a Dari paragraph that begins with a Latin name is still Dari. */
static void mixed_texts_run_as_their_page_does(void)
{
    static const struct {
        const char *text;
        bool is_rtl_there, is_rtl_here; /* on a Dari page, on an English one */
    } cases[] = {
        {"کابل", true, true},        {"Kabul Now و ۴۶ منبع", true, false},
        {"۴۶ منبع", true, true},     {"پنجوایی (Panjwai)", true, true},
        {"Kabul Now", false, false}, {"۴۶", false, false},
        {"", false, false},          {"\xff کابل", true, true},
    };
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(cases); i++) {
        bool is_rtl_page = i % 2 == 0;
        EvmBuilder *builder = evm_builder_new(400, 400, EVM_RGB(0xffffff), is_rtl_page,
                                              (EvmTextMeasure){measure, NULL});
        EvmFont font = {EVM_WEIGHT_REGULAR, false, 10, 0, EVM_TYPE_BODY};
        evm_builder_add_layer(builder, "names", NULL);
        EvmItem *item = evm_builder_add_text(builder, cases[i / 2].text, (EvmPoint){0, 0},
                                             EVM_ANCHOR_START, font, EVM_RGB(0));
        g_assert_true(item->text.is_rtl ==
                      (is_rtl_page ? cases[i / 2].is_rtl_there : cases[i / 2].is_rtl_here));
        evm_builder_clear(builder);
    }
}

/* A quarter turn makes a wide line a high one. */
static void bounds_of_turned_text_turn_with_it(void)
{
    EvmBuilder *builder =
        evm_builder_new(400, 400, EVM_RGB(0xffffff), false, (EvmTextMeasure){measure, NULL});
    EvmFont font = {EVM_WEIGHT_REGULAR, false, 10, 0, EVM_TYPE_BODY};
    evm_builder_add_layer(builder, "names", NULL);
    evm_builder_add_text(builder, "abcdef", (EvmPoint){100, 100}, EVM_ANCHOR_START, font,
                         EVM_RGB(0))
        ->text.angle_deg = 90;
    EvmScene *scene = evm_builder_free(builder, &(EvmSceneInfo){0});
    EvmRect bounds = scene->layers[0].items[0].bounds;
    g_assert_cmpfloat_with_epsilon(bounds.width_px, 12.5, 1e-9);
    g_assert_cmpfloat_with_epsilon(bounds.height_px, 60, 1e-9);
    g_assert_cmpfloat_with_epsilon(bounds.y_px, 100, 1e-9);
    evm_scene_free(scene);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/scene/layout/" #name, name)
    ADD(regions_of_every_layout_keep_apart_and_inside_the_page);
    ADD(map_takes_at_least_a_third_of_every_layout);
    ADD(layout_is_chosen_by_the_shape_of_the_page);
    ADD(mirrored_pages_change_left_and_right);
    ADD(mixed_texts_run_as_their_page_does);
    ADD(bounds_of_turned_text_turn_with_it);
    return g_test_run();
}
