#include "render/painter.h"

#include <math.h>

#include "base/error.h"
#include "tests/golden/scenes.h"

static EvmFonts *fonts;
static EvmScene *sample; /* of the backdrop in work */

enum { PICTURES = 60, WIDTH = 300, HEIGHT = 200 };

static double pick(GRand *rand, double from, double to)
{
    return g_rand_double_range(rand, from, to);
}

static EvmColor pick_color(GRand *rand)
{
    EvmColor color = EVM_RGB(g_rand_int(rand) & 0xffffff);
    color.a = g_rand_boolean(rand) ? 255 : 120;
    return color;
}

static void add_fixed(EvmBuilder *builder, const char *id, double shift)
{
    EvmLayer *layer = evm_builder_add_layer(builder, id, id);
    layer->is_fixed = true;
    for (int i = 0; i < 12; i++)
        evm_builder_add_line(builder, (EvmPoint){i * 31 + shift, 0}, (EvmPoint){i * 17, HEIGHT},
                             (EvmStroke){.color = EVM_RGB(0x336699), .width_px = 1.3});
}

static void add_item(EvmBuilder *builder, GRand *rand)
{
    double x = pick(rand, -30, WIDTH), y = pick(rand, -30, HEIGHT);
    EvmFont font = {EVM_WEIGHT_REGULAR, false, 13, 0, EVM_TYPE_BODY};
    EvmItem *item;
    switch (g_rand_int_range(rand, 0, 3)) {
    case 0:
        item = scene_square(builder, x, y, pick(rand, 1, 60), pick_color(rand));
        item->stroke = (EvmStroke){.color = pick_color(rand), .width_px = pick(rand, 0, 9)};
        break;
    case 1:
        item =
            evm_builder_add_disc(builder, (EvmDisc){{x, y}, pick(rand, 1, 20)}, pick_color(rand));
        item->stroke = (EvmStroke){.color = pick_color(rand), .width_px = pick(rand, 0, 9)};
        break;
    default:
        item = evm_builder_add_text(builder, "Kandahar", (EvmPoint){x, y}, EVM_ANCHOR_MIDDLE, font,
                                    pick_color(rand));
        item->text.halo = EVM_RGB(0xffffff);
        item->text.halo_px = 2;
    }
}

/* Two thirds of the items stand where they stood; the others depend on `picture`. */
static EvmScene *moving_scene(guint32 picture, double shift)
{
    EvmBuilder *builder = scene_start(fonts, WIDTH, HEIGHT);
    GRand *still = g_rand_new_with_seed(7), *moving = g_rand_new_with_seed(100 + picture);
    add_fixed(builder, "below", 0);
    evm_builder_add_layer(builder, "items", "items");
    for (int i = 0; i < 9; i++)
        add_item(builder, i % 3 == 0 ? moving : still);
    add_fixed(builder, "above", shift);
    evm_builder_add_layer(builder, "notes", "notes");
    for (int i = 0; i < 3; i++)
        add_item(builder, i == 0 ? moving : still);
    g_rand_free(still);
    g_rand_free(moving);
    return evm_builder_free(builder, &scene_info);
}

static EvmBackdrop *backdrop_new_of(EvmScene *scene, double scale)
{
    GError *error = NULL;
    sample = scene;
    EvmBackdrop *backdrop = evm_backdrop_new(sample, scale, 2, &error);
    g_assert_no_error(error);
    return backdrop;
}

static EvmBackdrop *backdrop_new(double scale)
{
    return backdrop_new_of(moving_scene(0, 5), scale);
}

static void backdrop_free(EvmBackdrop *backdrop)
{
    evm_backdrop_free(backdrop);
    g_clear_pointer(&sample, evm_scene_free);
}

static void draw(EvmPainter *painter, guint32 picture)
{
    GError *error = NULL;
    EvmScene *scene = moving_scene(picture, 5);
    g_assert_true(evm_painter_draw(painter, scene, 1, &error));
    g_assert_no_error(error);
    evm_scene_free(scene);
}

static void assert_same_picture(const EvmPainter *left, const EvmPainter *right)
{
    EvmRaster a = evm_painter_compute_raster(left), b = evm_painter_compute_raster(right);
    g_assert_cmpuint(a.width, ==, b.width);
    g_assert_cmpuint(a.height, ==, b.height);
    g_assert_true(memcmp(a.pixels, b.pixels, (gsize)a.width * a.height * sizeof *a.pixels) == 0);
    evm_raster_clear(&a);
    evm_raster_clear(&b);
}

static void test_pictures_do_not_depend_on_those_before(void)
{
    const double scales[] = {1, 1.7};
    for (gsize s = 0; s < G_N_ELEMENTS(scales); s++) {
        EvmBackdrop *backdrop = backdrop_new(scales[s]);
        EvmPainter *painter = evm_painter_new(backdrop, fonts);
        for (guint32 i = 0; i < PICTURES; i++) {
            EvmPainter *alone = evm_painter_new(backdrop, fonts);
            draw(painter, i);
            draw(alone, i);
            assert_same_picture(painter, alone);
            if (i > 0)
                g_assert_cmpuint(evm_painter_count_drawn(painter), <,
                                 evm_painter_count_drawn(alone));
            evm_painter_free(alone);
        }
        evm_painter_free(painter);
        backdrop_free(backdrop);
    }
}

/* Looked at pixel by pixel. */
static EvmTileChange compare(const EvmRaster *before, const EvmRaster *after, EvmPixelBox box)
{
    EvmTileChange change = {0};
    for (int y = box.top; y < box.bottom; y++)
        for (int x = box.left; x < box.right; x++) {
            gsize at = (gsize)y * after->width + (gsize)x;
            uint32_t bit = before->pixels[at] != after->pixels[at] ? 1u << (y - box.top) : 0;
            change.rows |= bit;
            change.edges |= x == box.right - 1 ? bit : 0;
        }
    return change;
}

static void test_changed_rows_are_those_with_other_pixels(void)
{
    EvmBackdrop *backdrop = backdrop_new(1);
    EvmPainter *painter = evm_painter_new(backdrop, fonts);
    unsigned same = 0, partly = 0, edges = 0;
    draw(painter, 0);
    for (guint32 i = 1; i < PICTURES; i++) {
        EvmRaster before = evm_painter_compute_raster(painter);
        draw(painter, i);
        EvmRaster after = evm_painter_compute_raster(painter);
        for (unsigned tile = 0; tile < evm_painter_count_tiles(painter); tile++) {
            EvmTileChange change = evm_painter_find_change(painter, tile);
            EvmTileChange seen = compare(&before, &after, evm_painter_tile_at(painter, tile));
            g_assert_cmphex(change.rows, ==, seen.rows);
            g_assert_cmphex(change.edges, ==, seen.edges);
            same += seen.rows == 0;
            partly += seen.rows != 0 && seen.rows != UINT32_MAX;
            edges += seen.edges != 0;
        }
        evm_raster_clear(&before);
        evm_raster_clear(&after);
    }
    g_assert_cmpuint(same, >, 0);
    g_assert_cmpuint(partly, >, 0);
    g_assert_cmpuint(edges, >, 0);
    evm_painter_free(painter);
    backdrop_free(backdrop);
}

static void test_all_of_the_first_picture_has_changed(void)
{
    EvmBackdrop *backdrop = backdrop_new(1);
    EvmPainter *painter = evm_painter_new(backdrop, fonts);
    draw(painter, 0);
    for (unsigned tile = 0; tile < evm_painter_count_tiles(painter); tile++) {
        EvmTileChange change = evm_painter_find_change(painter, tile);
        g_assert_cmphex(change.rows & change.edges, ==, UINT32_MAX);
    }
    evm_painter_free(painter);
    backdrop_free(backdrop);
}

/* Of which one goes on from a third, whose picture stays what it is. */
static void test_a_painter_goes_on_from_another(void)
{
    EvmBackdrop *backdrop = backdrop_new(1);
    EvmPainter *first = evm_painter_new(backdrop, fonts), *still = evm_painter_new(backdrop, fonts);
    draw(first, 0);
    draw(still, 0);
    EvmPainter *painter = evm_painter_new_like(first, fonts);
    assert_same_picture(painter, still);
    for (guint32 i = 1; i < PICTURES; i++) {
        EvmPainter *alone = evm_painter_new(backdrop, fonts);
        draw(painter, i);
        draw(alone, i);
        assert_same_picture(painter, alone);
        assert_same_picture(first, still);
        evm_painter_free(alone);
    }
    evm_painter_free(painter);
    evm_painter_free(first);
    evm_painter_free(still);
    backdrop_free(backdrop);
}

static void test_same_picture_draws_nothing(void)
{
    EvmBackdrop *backdrop = backdrop_new(1);
    EvmPainter *painter = evm_painter_new(backdrop, fonts);
    draw(painter, 3);
    g_assert_cmpuint(evm_painter_count_drawn(painter), ==, evm_painter_count_tiles(painter));
    draw(painter, 3);
    g_assert_cmpuint(evm_painter_count_drawn(painter), ==, 0);
    evm_painter_free(painter);
    backdrop_free(backdrop);
}

static void test_fixed_layer_that_differs_is_refused(void)
{
    g_autoptr(GError) error = NULL;
    EvmBackdrop *backdrop = backdrop_new(1);
    EvmPainter *painter = evm_painter_new(backdrop, fonts);
    EvmScene *other = moving_scene(1, 6);
    draw(painter, 1);
    g_assert_false(evm_painter_draw(painter, other, 1, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_INTERNAL);
    g_assert_cmpstr(error->message, ==,
                    "layer above differs between pictures and is said to be fixed");
    draw(painter, 1);
    g_assert_cmpuint(evm_painter_count_drawn(painter), ==, evm_painter_count_tiles(painter));
    evm_scene_free(other);
    evm_painter_free(painter);
    backdrop_free(backdrop);
}

enum { AREAS = 6, CORNERS = 40 };

/* Areas as of a map, in colours that depend on the picture, between fixed lines. */
static EvmScene *areas_scene(guint32 picture, const EvmPoint *points, const EvmScene *like)
{
    static const uint32_t ends[] = {CORNERS};
    EvmBuilder *builder = scene_start(fonts, WIDTH, HEIGHT);
    GRand *rand = g_rand_new_with_seed(picture);
    if (!evm_builder_add_layer_of(builder, like, "below"))
        add_fixed(builder, "below", 0);
    evm_builder_add_layer(builder, "areas", "areas");
    for (int i = 0; i < AREAS; i++)
        evm_builder_add_path(builder, (EvmPath){points + CORNERS * i, ends, 1, true},
                             EVM_RGB(g_rand_int_range(rand, 0, 3) * 0x40));
    if (!evm_builder_add_layer_of(builder, like, "above"))
        add_fixed(builder, "above", 5);
    g_rand_free(rand);
    return evm_builder_free(builder, &scene_info);
}

static void areas_init(EvmPoint points[AREAS * CORNERS])
{
    for (int i = 0; i < AREAS * CORNERS; i++) {
        double angle = 2 * G_PI * i / CORNERS, radius = 30 + 8 * (i % 3);
        points[i] =
            (EvmPoint){45 + 41 * (i / CORNERS) + radius * cos(angle), 100 + radius * sin(angle)};
    }
}

static void draw_and_free(EvmPainter *painter, EvmScene *scene)
{
    GError *error = NULL;
    g_assert_true(evm_painter_draw(painter, scene, 1, &error));
    g_assert_no_error(error);
    evm_scene_free(scene);
}

/* What a picture shares with the backdrop's in memory is neither converted nor compared again. */
static void test_shared_memory_changes_no_byte(void)
{
    static EvmPoint shared[AREAS * CORNERS], own[AREAS * CORNERS];
    areas_init(shared);
    areas_init(own);
    EvmBackdrop *backdrop = backdrop_new_of(areas_scene(0, shared, NULL), 1);
    EvmPainter *first = evm_painter_new(backdrop, fonts);
    EvmPainter *second = evm_painter_new(backdrop, fonts);
    for (guint32 i = 0; i < PICTURES; i++) {
        draw_and_free(first, areas_scene(i, shared, sample));
        draw_and_free(second, areas_scene(i, own, NULL));
        g_assert_cmpuint(evm_painter_count_drawn(first), ==, evm_painter_count_drawn(second));
        assert_same_picture(first, second);
    }
    evm_painter_free(first);
    evm_painter_free(second);
    backdrop_free(backdrop);
}

static EvmScene *text_scene(const char *string, double x, double y, double angle_deg)
{
    EvmBuilder *builder = scene_start(fonts, WIDTH, HEIGHT);
    evm_builder_add_layer(builder, "texts", "texts");
    EvmFont font = {EVM_WEIGHT_SEMIBOLD, false, 14.5, 0.3, EVM_TYPE_BODY};
    EvmItem *item = evm_builder_add_text(builder, string, (EvmPoint){x, y}, EVM_ANCHOR_MIDDLE, font,
                                         EVM_RGB(0x000000));
    item->text.halo = EVM_RGB(0xd0d0d0);
    item->text.halo_px = 1.5;
    item->text.angle_deg = angle_deg;
    return evm_builder_free(builder, &scene_info);
}

/* Of two pictures, in pixels that are black on the one and white on the other. */
static double difference_of(const EvmRaster *a, const EvmRaster *b)
{
    double sum = 0;
    for (gsize i = 0; i < (gsize)a->width * a->height; i++)
        sum += abs((int)(a->pixels[i] & 0xff) - (int)(b->pixels[i] & 0xff)) / 255.0;
    return sum;
}

/* Letters that are put together stand an eighth of a pixel beside those of the whole text. */
static void test_texts_look_as_on_a_single_sheet(void)
{
    static const struct {
        const char *string;
        double x, y, angle_deg;
    } texts[] = {
        {"Wardak, 4 July 2021 (AV)", 150, 100, 0},  {"Badakhshan: 7 districts", 150.4, 60.7, 0},
        {"reaches over the edge to", 40.3, 5.2, 0}, {"Fayzabad", 120.9, 100.1, 37},
        {"ولسوالی پنجوایی", 150.6, 100.3, 0},       {"i", 299.9, 199.9, 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        EvmScene *scene = text_scene(texts[i].string, texts[i].x, texts[i].y, texts[i].angle_deg);
        EvmScene *empty = text_scene("", 0, 0, 0);
        EvmBackdrop *backdrop =
            backdrop_new_of(text_scene(texts[i].string, texts[i].x, texts[i].y, 0), 1);
        EvmPainter *painter = evm_painter_new(backdrop, fonts);
        EvmRaster raster = scene_raster(scene, fonts, 1, 1),
                  page = scene_raster(empty, fonts, 1, 1);
        draw_and_free(painter, scene);
        double ink = difference_of(&raster, &page);
        EvmRaster drawn = evm_painter_compute_raster(painter);
        double apart = difference_of(&raster, &drawn);
        g_assert_cmpfloat(ink, >, 1);
        g_assert_cmpfloat(apart, <, 0.1 * ink);
        evm_raster_clear(&raster);
        evm_raster_clear(&drawn);
        evm_raster_clear(&page);
        evm_scene_free(empty);
        evm_painter_free(painter);
        backdrop_free(backdrop);
    }
}

/* A wreath of lines and a star in a frame of that size; `width_px` of the lines. */
static EvmScene *paths_scene(double side, double width_px, EvmColor fill, EvmColor line)
{
    static const uint32_t star[] = {80, 0}, wreath[] = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0};
    EvmPoint corners[80], ends[20];
    EvmBuilder *builder = scene_start(fonts, side, side);
    evm_builder_add_layer(builder, "paths", "paths");
    for (int i = 0; i < 80; i++) {
        double angle = 2 * G_PI * i / 80, radius = side * (i % 2 ? 0.48 : 0.3);
        corners[i] = (EvmPoint){side / 2 + radius * cos(angle), side / 2 + radius * sin(angle)};
    }
    for (int i = 0; i < 20; i++)
        ends[i] = (EvmPoint){side / 2 * (1 + 0.9 * cos(i * 2.4)), side / 2 * (1 + 0.9 * sin(i))};
    evm_builder_add_path(builder, scene_path(builder, corners, star, true), fill);
    EvmItem *lines =
        evm_builder_add_path(builder, scene_path(builder, ends, wreath, false), (EvmColor){0});
    lines->stroke = (EvmStroke){.color = line, .width_px = width_px};
    return evm_builder_free(builder, &scene_info);
}

/* Smaller than a stencil may be, and larger: then they are drawn tile by tile. */
static void test_paths_look_as_on_a_single_sheet(void)
{
    static const double sides[] = {300, 900};
    static const EvmColor colors[][2] = {{{0, 0, 0, 255}, {0, 0, 200, 255}},
                                         {{0, 0, 0, 90}, {0, 0, 0, 120}}};
    for (gsize s = 0; s < G_N_ELEMENTS(sides); s++)
        for (gsize c = 0; c < G_N_ELEMENTS(colors); c++) {
            EvmScene *scene = paths_scene(sides[s], 5.5, colors[c][0], colors[c][1]);
            EvmBackdrop *backdrop =
                backdrop_new_of(paths_scene(sides[s], 1, colors[c][0], colors[c][1]), 1);
            EvmPainter *painter = evm_painter_new(backdrop, fonts);
            EvmRaster raster = scene_raster(scene, fonts, 1, 1);
            draw_and_free(painter, scene);
            EvmRaster drawn = evm_painter_compute_raster(painter);
            unsigned far = 0;
            for (gsize i = 0; i < (gsize)raster.width * raster.height; i++)
                far += abs((int)(raster.pixels[i] & 0xff) - (int)(drawn.pixels[i] & 0xff)) > 24;
            g_assert_cmpuint(far, <, raster.width * raster.height / 5000);
            evm_raster_clear(&raster);
            evm_raster_clear(&drawn);
            evm_painter_free(painter);
            backdrop_free(backdrop);
        }
}

/* Stencils of another width, and of other points, are others. */
static void test_a_stroke_that_becomes_wider_is_drawn_anew(void)
{
    static const EvmColor black = {0, 0, 0, 255};
    EvmBackdrop *backdrop = backdrop_new_of(paths_scene(300, 1, black, black), 1);
    EvmPainter *painter = evm_painter_new(backdrop, fonts);
    for (int i = 1; i < 12; i++) {
        EvmPainter *alone = evm_painter_new(backdrop, fonts);
        draw_and_free(painter, paths_scene(300, i % 6 + 0.5, black, black));
        draw_and_free(alone, paths_scene(300, i % 6 + 0.5, black, black));
        assert_same_picture(painter, alone);
        evm_painter_free(alone);
    }
    evm_painter_free(painter);
    backdrop_free(backdrop);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    fonts = scene_fonts();
#define ADD(what) g_test_add_func("/render/painter/" #what, test_##what)
    ADD(pictures_do_not_depend_on_those_before);
    ADD(changed_rows_are_those_with_other_pixels);
    ADD(all_of_the_first_picture_has_changed);
    ADD(a_painter_goes_on_from_another);
    ADD(same_picture_draws_nothing);
    ADD(fixed_layer_that_differs_is_refused);
    ADD(shared_memory_changes_no_byte);
    ADD(texts_look_as_on_a_single_sheet);
    ADD(paths_look_as_on_a_single_sheet);
    ADD(a_stroke_that_becomes_wider_is_drawn_anew);
    int status = g_test_run();
    evm_fonts_free(fonts);
    return status;
}
