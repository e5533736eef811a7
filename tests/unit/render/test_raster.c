#include "tests/golden/scenes.h"

#include <math.h>

#include "base/error.h"
#include "base/limits.h"

static EvmFonts *fonts;

static uint32_t pixel_at(const EvmRaster *raster, unsigned x, unsigned y)
{
    return raster->pixels[(size_t)y * raster->width + x];
}

static void assert_equal(const EvmRaster *a, const EvmRaster *b)
{
    g_assert_cmpuint(a->width, ==, b->width);
    g_assert_cmpuint(a->height, ==, b->height);
    g_assert_true(memcmp(a->pixels, b->pixels, (size_t)a->width * a->height * 4) == 0);
}

static void test_threads_do_not_matter(void)
{
    EvmScene *scene = scene_new_full(fonts, 1000, 700, 250, 200);
    EvmRaster one = scene_raster(scene, fonts, 1, 1);
    const unsigned threads[] = {0, 2, 8, 64};
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        EvmRaster many = scene_raster(scene, fonts, 1, threads[i]);
        assert_equal(&one, &many);
        evm_raster_clear(&many);
    }
    evm_raster_clear(&one);
    evm_scene_free(scene);
}

static void test_ground_first_gives_the_same_bytes(void)
{
    EvmScene *scene = scene_new_full(fonts, 1000, 700, 250, 200);
    EvmRaster whole = scene_raster(scene, fonts, 1, 2);
    for (size_t count = 0; count <= 2; count++) {
        EvmScene ground = *scene;
        ground.layer_count = count;
        GError *error = NULL;
        EvmRaster stepwise;
        EvmPainting *painting = evm_painting_new(&ground, 1, 2, &error);
        g_assert_no_error(error);
        g_assert_true(evm_painting_commit(painting, scene, fonts, &stepwise, &error));
        assert_equal(&whole, &stepwise);
        evm_raster_clear(&stepwise);
        evm_painting_free(painting);
    }
    evm_raster_clear(&whole);
    evm_scene_free(scene);
}

static void test_painting_may_be_given_up(void)
{
    EvmScene *scene = scene_new_full(fonts, 1000, 700, 250, 200);
    EvmScene ground = *scene;
    ground.layer_count = 2;
    evm_painting_free(evm_painting_new(&ground, 1, 2, NULL));
    evm_scene_free(scene);
}

static void test_second_run_is_the_same(void)
{
    EvmScene *scene = scene_new_full(fonts, 500, 400, 0, 0);
    EvmRaster first = scene_raster(scene, fonts, 1.5, 2);
    EvmFonts *others = scene_fonts();
    EvmRaster second = scene_raster(scene, others, 1.5, 2);
    assert_equal(&first, &second);
    evm_raster_clear(&first);
    evm_raster_clear(&second);
    evm_fonts_free(others);
    evm_scene_free(scene);
}

static int level_difference(uint32_t a, uint32_t b)
{
    int largest = 0;
    for (int shift = 0; shift < 24; shift += 8)
        largest = MAX(largest, abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)));
    return largest;
}

/* A picture of one tile against a part of a larger one, through which tiles' edges run. */
static void test_tiles_have_no_seams(void)
{
    EvmScene *small = scene_new_full(fonts, 320, 220, 0, 0);
    EvmRaster whole = scene_raster(small, fonts, 1, 1);
    const unsigned moves[][2] = {{250, 200}, {100, 100}, {399, 299}, {330, 120}};
    for (size_t i = 0; i < G_N_ELEMENTS(moves); i++) {
        EvmScene *large = scene_new_full(fonts, 800, 600, moves[i][0], moves[i][1]);
        EvmRaster tiled = scene_raster(large, fonts, 1, 2);
        for (unsigned y = 0; y < whole.height; y++)
            for (unsigned x = 0; x < whole.width; x++)
                g_assert_cmpint(
                    level_difference(pixel_at(&whole, x, y),
                                     pixel_at(&tiled, x + moves[i][0], y + moves[i][1])),
                    <=, 1);
        evm_raster_clear(&tiled);
        evm_scene_free(large);
    }
    evm_raster_clear(&whole);
    evm_scene_free(small);
}

/* A border as jagged as they come, over several tiles. */
static EvmScene *jagged_scene(double dx, double dy)
{
    enum { POINTS = 900 };
    static EvmPoint star[POINTS];
    static const uint32_t ends[] = {POINTS};
    EvmBuilder *builder = scene_start(fonts, 900, 700);
    GRand *rand = g_rand_new_with_seed(7);
    for (int i = 0; i < POINTS; i++) {
        double angle = i * 2 * G_PI / POINTS;
        double radius = 180 + 90 * sin(7 * angle) + g_rand_double_range(rand, -6, 6);
        star[i] = (EvmPoint){400 + dx + radius * cos(angle), 320 + dy + radius * sin(angle)};
    }
    g_rand_free(rand);
    evm_builder_add_layer(builder, "shapes", NULL);
    evm_builder_add_path(builder, (EvmPath){star, ends, 1, true}, EVM_RGB(0x804020));
    return evm_builder_free(builder, &scene_info);
}

/* Of a ring only what comes near a tile is drawn in it. Where a line enters the tile cairo may
 * round it otherwise, by some of 4 x 4 samples; what is wrongly left out changes whole rows. */
static void test_fills_do_not_depend_on_where_tiles_end(void)
{
    enum { FIVE_SAMPLES = 5 * 255 / 16 };
    EvmScene *scene = jagged_scene(0, 0);
    EvmRaster raster = scene_raster(scene, fonts, 1, 1);
    g_assert_cmphex(pixel_at(&raster, 400, 320), ==, 0xff804020);
    const int moves[][2] = {{37, 11}, {100, 30}, {-60, 49}};
    for (size_t i = 0; i < G_N_ELEMENTS(moves); i++) {
        EvmScene *moved = jagged_scene(moves[i][0], moves[i][1]);
        EvmRaster other = scene_raster(moved, fonts, 1, 1);
        for (int y = 20; y < 630; y++)
            for (int x = 90; x < 710; x++)
                g_assert_cmpint(level_difference(pixel_at(&raster, (unsigned)x, (unsigned)y),
                                                 pixel_at(&other, (unsigned)(x + moves[i][0]),
                                                          (unsigned)(y + moves[i][1]))),
                                <=, FIVE_SAMPLES);
        evm_raster_clear(&other);
        evm_scene_free(moved);
    }
    evm_raster_clear(&raster);
    evm_scene_free(scene);
}

/* As the area of a chart: cairo would draw a part that is all level and upright more finely than
 * one in which something slants. */
static void test_level_edge_is_alike_in_all_tiles(void)
{
    enum { DAYS = 200, SLOPE = 190 };
    static EvmPoint area[2 * DAYS];
    static const uint32_t ends[] = {2 * DAYS};
    EvmBuilder *builder = scene_start(fonts, 900, 300);
    for (int i = 0; i < DAYS; i++) {
        area[i] = (EvmPoint){20.4 + 4 * i, 140.3 - MAX(i - SLOPE, 0) * 3.7};
        area[2 * DAYS - 1 - i] = (EvmPoint){20.4 + 4 * i, 250.7};
    }
    evm_builder_add_layer(builder, "shapes", NULL);
    evm_builder_add_path(builder, (EvmPath){area, ends, 1, true}, EVM_RGB(0x204080));
    EvmScene *scene = evm_builder_free(builder, &scene_info);
    EvmRaster raster = scene_raster(scene, fonts, 1, 1);
    for (unsigned x = 22; x < 780; x++) {
        g_assert_cmphex(pixel_at(&raster, x, 140), ==, pixel_at(&raster, 22, 140));
        g_assert_cmphex(pixel_at(&raster, x, 250), ==, pixel_at(&raster, 22, 250));
    }
    g_assert_cmphex(pixel_at(&raster, 22, 200), ==, 0xff204080);
    evm_raster_clear(&raster);
    evm_scene_free(scene);
}

static void test_pixels_are_opaque(void)
{
    EvmScene *scene = scene_new_full(fonts, 320, 220, 0, 0);
    EvmRaster raster = scene_raster(scene, fonts, 1, 1);
    for (size_t i = 0; i < (size_t)raster.width * raster.height; i++)
        g_assert_cmphex(raster.pixels[i] >> 24, ==, 0xff);
    evm_raster_clear(&raster);
    evm_scene_free(scene);
}

static void test_holes_are_holes(void)
{
    EvmBuilder *builder = scene_start(fonts, 200, 200);
    evm_builder_add_layer(builder, "shapes", NULL);
    scene_ring(builder, 50, 50, EVM_RGB(0x804020));
    EvmScene *scene = evm_builder_free(builder, &scene_info);
    EvmRaster raster = scene_raster(scene, fonts, 1, 1);
    g_assert_cmphex(pixel_at(&raster, 60, 60), ==, 0xff804020);   /* ring */
    g_assert_cmphex(pixel_at(&raster, 80, 80), ==, 0xffffffff);   /* hole */
    g_assert_cmphex(pixel_at(&raster, 95, 95), ==, 0xff804020);   /* island */
    g_assert_cmphex(pixel_at(&raster, 145, 145), ==, 0xffffffff); /* outside */
    evm_raster_clear(&raster);
    evm_scene_free(scene);
}

static void test_scale_doubles_everything(void)
{
    EvmScene *scene = scene_new_full(fonts, 320, 220, 0, 0);
    EvmRaster once = scene_raster(scene, fonts, 1, 1), twice = scene_raster(scene, fonts, 2, 1);
    g_assert_cmpuint(twice.width, ==, 640);
    g_assert_cmpuint(twice.height, ==, 440);
    double difference = 0;
    for (unsigned y = 0; y < once.height; y++)
        for (unsigned x = 0; x < once.width; x++) {
            double mean = 0;
            for (unsigned k = 0; k < 4; k++)
                mean += (pixel_at(&twice, 2 * x + k % 2, 2 * y + k / 2) & 0xff) / 4.0;
            difference += fabs(mean - (pixel_at(&once, x, y) & 0xff));
        }
    g_assert_cmpfloat(difference / (once.width * once.height), <, 0.5);
    evm_raster_clear(&once);
    evm_raster_clear(&twice);
    evm_scene_free(scene);
}

static void test_clip_cuts(void)
{
    EvmBuilder *builder = scene_start(fonts, 100, 100);
    EvmLayer *layer = evm_builder_add_layer(builder, "clipped", NULL);
    layer->has_clip = true;
    layer->clip = (EvmRect){20, 20, 30, 30};
    scene_square(builder, 0, 0, 100, EVM_RGB(0x102030));
    scene_label(builder, "MMMMMMMM", 0, 50, 60);
    EvmScene *scene = evm_builder_free(builder, &scene_info);
    EvmRaster raster = scene_raster(scene, fonts, 1, 1);
    for (unsigned y = 0; y < 100; y++)
        for (unsigned x = 0; x < 100; x++)
            if (x < 20 || x >= 50 || y < 20 || y >= 50)
                g_assert_cmphex(pixel_at(&raster, x, y), ==, 0xffffffff);
    g_assert_cmphex(pixel_at(&raster, 22, 22), !=, 0xffffffff);
    evm_raster_clear(&raster);
    evm_scene_free(scene);
}

/* Two districts with a border between them, with and without a mesh. */
static EvmScene *outlined_scene(bool has_mesh)
{
    EvmBuilder *builder = scene_start(fonts, 100, 100);
    EvmLayer *layer = evm_builder_add_layer(builder, "districts", NULL);
    layer->outline = (EvmStroke){EVM_RGB(0x000000), 2, 0, 0};
    if (has_mesh) {
        const EvmPoint points[] = {{50, 10}, {10, 10}, {10, 90}, {50, 90}, {50, 10},
                                   {90, 10}, {90, 90}, {50, 90}, {50, 10}, {50, 90}};
        layer->outline_mesh = scene_path(builder, points, (const uint32_t[]){4, 4, 2, 0}, false);
    }
    evm_builder_add_rect(builder, (EvmRect){10, 10, 40, 80}, EVM_RGB(0xff0000));
    evm_builder_add_rect(builder, (EvmRect){50, 10, 40, 80}, EVM_RGB(0x0000ff));
    return evm_builder_free(builder, &scene_info);
}

static void test_mesh_equals_borders_of_items(void)
{
    EvmScene *with = outlined_scene(true), *without = outlined_scene(false);
    EvmRaster mesh = scene_raster(with, fonts, 1, 1), items = scene_raster(without, fonts, 1, 1);
    g_assert_cmphex(pixel_at(&mesh, 50, 50), ==, 0xff000000);
    g_assert_cmphex(pixel_at(&items, 50, 50), ==, 0xff000000);
    g_assert_cmphex(pixel_at(&mesh, 10, 50), ==, pixel_at(&items, 10, 50));
    g_assert_cmphex(pixel_at(&mesh, 30, 50), ==, 0xffff0000);
    evm_raster_clear(&mesh);
    evm_raster_clear(&items);
    evm_scene_free(with);
    evm_scene_free(without);
}

/* 9: one bad label must not take the rest of the picture with it. */
static void test_bad_label_leaves_the_rest(void)
{
    const char *labels[] = {"Zar", "Zar\xff", "\xed\xa0\x80", "\xf8\x88\x80\x80\x80"};
    EvmRaster clean = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(labels); i++) {
        EvmBuilder *builder = scene_start(fonts, 300, 200);
        evm_builder_add_layer(builder, "labels", NULL);
        scene_label(builder, labels[i], 10, 50, 20);
        scene_square(builder, 100, 100, 50, EVM_RGB(0x00ff00));
        scene_label(builder, "Kabul", 200, 150, 20);
        EvmScene *scene = evm_builder_free(builder, &scene_info);
        EvmRaster raster = scene_raster(scene, fonts, 1, 1);
        if (i == 0)
            clean = raster;
        for (unsigned y = 80; y < 200; y++)
            g_assert_true(memcmp(&raster.pixels[y * 300], &clean.pixels[y * 300], 1200) == 0);
        if (i > 0)
            evm_raster_clear(&raster);
        evm_scene_free(scene);
    }
    evm_raster_clear(&clean);
}

typedef void (*SpoilFunc)(EvmItem *path, EvmItem *disc, EvmItem *text, EvmLayer *layer, double by);

static void spoil_center(EvmItem *path, EvmItem *disc, EvmItem *text, EvmLayer *layer, double by)
{
    (void)path, (void)text, (void)layer;
    disc->disc.center.x_px = by;
}

static void spoil_radius(EvmItem *path, EvmItem *disc, EvmItem *text, EvmLayer *layer, double by)
{
    (void)path, (void)text, (void)layer;
    disc->disc.radius_px = by;
}

static void spoil_point(EvmItem *path, EvmItem *disc, EvmItem *text, EvmLayer *layer, double by)
{
    (void)disc, (void)text, (void)layer;
    ((EvmPoint *)(uintptr_t)path->path.points)[1].y_px = by;
}

static void spoil_width(EvmItem *path, EvmItem *disc, EvmItem *text, EvmLayer *layer, double by)
{
    (void)disc, (void)text, (void)layer;
    path->stroke.width_px = by;
}

static void spoil_dash(EvmItem *path, EvmItem *disc, EvmItem *text, EvmLayer *layer, double by)
{
    (void)disc, (void)text, (void)layer;
    path->stroke.dash_px = by;
}

static void spoil_text(EvmItem *path, EvmItem *disc, EvmItem *text, EvmLayer *layer, double by)
{
    (void)path, (void)disc, (void)layer;
    text->text.at.x_px = by;
}

static void spoil_size(EvmItem *path, EvmItem *disc, EvmItem *text, EvmLayer *layer, double by)
{
    (void)path, (void)disc, (void)layer;
    text->text.font.size_px = by;
}

static void spoil_halo(EvmItem *path, EvmItem *disc, EvmItem *text, EvmLayer *layer, double by)
{
    (void)path, (void)disc, (void)layer;
    text->text.halo_px = by;
}

static void spoil_clip(EvmItem *path, EvmItem *disc, EvmItem *text, EvmLayer *layer, double by)
{
    (void)path, (void)disc, (void)text;
    layer->has_clip = true;
    layer->clip = (EvmRect){0, 0, by, 100};
}

static EvmScene *spoilt_scene(SpoilFunc spoil, double by)
{
    EvmBuilder *builder = scene_start(fonts, 300, 200);
    evm_builder_add_layer(builder, "shapes", NULL);
    scene_square(builder, 10, 10, 50, EVM_RGB(0x112233))->stroke =
        (EvmStroke){EVM_RGB(0x445566), 1, 0, 0};
    evm_builder_add_disc(builder, (EvmDisc){{100, 100}, 20}, EVM_RGB(0x112233));
    scene_label(builder, "Kabul", 200, 150, 20);
    EvmScene *scene = evm_builder_free(builder, &scene_info);
    EvmLayer *layer = (EvmLayer *)(uintptr_t)scene->layers;
    EvmItem *items = (EvmItem *)(uintptr_t)layer->items;
    spoil(&items[0], &items[1], &items[2], layer, by);
    return scene;
}

/* 10: each would hang cairo, or wrap around to somewhere else. */
static void test_hostile_numbers_are_refused(void)
{
    const SpoilFunc spoils[] = {spoil_center, spoil_radius, spoil_point, spoil_width, spoil_dash,
                                spoil_text,   spoil_size,   spoil_halo,  spoil_clip};
    const double numbers[] = {NAN, INFINITY, -INFINITY, 1e308, -1e308, 1e9, -1e9, 4194304.1};
    g_test_timer_start();
    for (size_t i = 0; i < G_N_ELEMENTS(spoils); i++)
        for (size_t k = 0; k < G_N_ELEMENTS(numbers); k++) {
            EvmScene *scene = spoilt_scene(spoils[i], numbers[k]);
            EvmRaster raster;
            GError *error = NULL;
            g_assert_false(evm_raster_init(&raster, scene, fonts, 1, 2, &error));
            g_assert_error(error, EVM_ERROR, EVM_ERROR_INTERNAL);
            g_assert_nonnull(strstr(error->message, "shapes"));
            g_clear_error(&error);
            evm_scene_free(scene);
        }
    g_assert_cmpfloat(g_test_timer_elapsed(), <, 5);
}

static void test_far_and_large_is_drawn_in_time(void)
{
    const SpoilFunc spoils[] = {spoil_center, spoil_point, spoil_text, spoil_size, spoil_halo};
    const double numbers[] = {4.1e6, 16000, 400000, 3000, 40};
    g_test_timer_start();
    for (size_t i = 0; i < G_N_ELEMENTS(spoils); i++) {
        EvmScene *scene = spoilt_scene(spoils[i], numbers[i]);
        EvmRaster raster = scene_raster(scene, fonts, 1, 2);
        evm_raster_clear(&raster);
        evm_scene_free(scene);
    }
    g_assert_cmpfloat(g_test_timer_elapsed(), <, 10);
}

/* 16 */
static void test_size_bombs_are_refused(void)
{
    const double sizes[][3] = {{20000, 100, 1},   {1, 32768, 1}, {12000, 12000, 1},
                               {1600, 1200, 100}, {0, 0, 1},     {-1, 100, 1},
                               {NAN, 100, 1},     {1e9, 1e9, 1}, {100, 100, NAN},
                               {100, 100, -1},    {100, 100, 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        EvmScene scene = {.width_px = sizes[i][0], .height_px = sizes[i][1]};
        EvmRaster raster;
        GError *error = NULL;
        g_assert_false(evm_raster_init(&raster, &scene, fonts, sizes[i][2], 1, &error));
        g_assert_error(error, EVM_ERROR, EVM_ERROR_LIMIT);
        g_clear_error(&error);
    }
}

static void test_refusal_names_limit_and_memory(void)
{
    EvmScene scene = {.width_px = 20000, .height_px = 20000};
    EvmRaster raster;
    GError *error = NULL;
    g_assert_false(evm_raster_init(&raster, &scene, fonts, 1, 1, &error));
    g_assert_cmpstr(error->message, ==,
                    "a picture of 20000 x 20000 pixels would need 1600 MB: the limits are 16384 "
                    "pixels a side and 100 megapixels; choose a smaller --size or --scale");
    g_clear_error(&error);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    fonts = scene_fonts();
#define ADD(what) g_test_add_func("/render/raster/" #what, test_##what)
    ADD(threads_do_not_matter);
    ADD(ground_first_gives_the_same_bytes);
    ADD(painting_may_be_given_up);
    ADD(second_run_is_the_same);
    ADD(tiles_have_no_seams);
    ADD(fills_do_not_depend_on_where_tiles_end);
    ADD(level_edge_is_alike_in_all_tiles);
    ADD(pixels_are_opaque);
    ADD(holes_are_holes);
    ADD(scale_doubles_everything);
    ADD(clip_cuts);
    ADD(mesh_equals_borders_of_items);
    ADD(bad_label_leaves_the_rest);
    ADD(hostile_numbers_are_refused);
    ADD(far_and_large_is_drawn_in_time);
    ADD(size_bombs_are_refused);
    ADD(refusal_names_limit_and_memory);
    int status = g_test_run();
    evm_fonts_free(fonts);
    return status;
}
