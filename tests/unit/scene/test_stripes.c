#include <glib.h>
#include <math.h>
#include <string.h>

#include "scene/parts.h"
#include "tests/unit/scene/inside.h"

enum { CORNERS = 60, PLACES = 20000 };

/* A ring that winds in and out, so that a band cuts it into several pieces, and a hole in it. */
static EvmPath star_init(EvmPoint points[2 * CORNERS], uint32_t ends[2], double x, double y)
{
    for (int i = 0; i < CORNERS; i++) {
        double angle = 2 * G_PI * i / CORNERS, radius = i % 4 < 2 ? 90 : 55;
        points[i] = (EvmPoint){x + radius * cos(angle), y + radius * sin(angle)};
        points[CORNERS + i] = (EvmPoint){x + 20 * cos(angle), y + 20 * sin(angle)};
    }
    ends[0] = CORNERS;
    ends[1] = 2 * CORNERS;
    return (EvmPath){points, ends, 2, true};
}

/* Bands begin at whole periods across, wherever the path lies. */
static bool is_on_band(const EvmStripes *stripes, EvmPoint at)
{
    double angle = stripes->angle_deg * G_PI / 180;
    double across = cos(angle) * at.y_px - sin(angle) * at.x_px;
    return across - floor(across / stripes->period_px) * stripes->period_px < stripes->width_px;
}

static void check(const EvmStripes *stripes, double x, double y)
{
    EvmPoint points[2 * CORNERS];
    uint32_t ends[2];
    EvmPath path = star_init(points, ends, x, y);
    EvmArena *arena = evm_arena_new();
    EvmPath bands = evm_stripes_compute(arena, &path, stripes);
    GRand *rand = g_rand_new_with_seed(11);
    for (int i = 0; i < PLACES; i++) {
        EvmPoint at = {x + g_rand_double_range(rand, -100, 100),
                       y + g_rand_double_range(rand, -100, 100)};
        g_assert_true(has_inside(&bands, at) == (has_inside(&path, at) && is_on_band(stripes, at)));
    }
    g_rand_free(rand);
    evm_arena_free(arena);
}

static void test_what_lies_on_bands_is_what_the_path_and_the_bands_share(void)
{
    static const EvmStripes stripes[] = {{45, 6, 2}, {-45, 8, 4}, {0, 7, 2.4}, {90, 4.5, 1}};
    for (gsize i = 0; i < G_N_ELEMENTS(stripes); i++) {
        check(&stripes[i], 100, 100);
        check(&stripes[i], -300.3, 41.7);
    }
}

/* Of two places beside the middle of an edge, one on either side. */
static bool is_border(const EvmPath *path, EvmPoint a, EvmPoint b)
{
    double length = hypot(b.x_px - a.x_px, b.y_px - a.y_px), step = 1e-4;
    EvmPoint aside = {step * (b.y_px - a.y_px) / length, step * (a.x_px - b.x_px) / length};
    EvmPoint middle = {(a.x_px + b.x_px) / 2, (a.y_px + b.y_px) / 2};
    EvmPoint here = {middle.x_px + aside.x_px, middle.y_px + aside.y_px};
    EvmPoint there = {middle.x_px - aside.x_px, middle.y_px - aside.y_px};
    return has_inside(path, here) != has_inside(path, there);
}

/* Pieces of a band that hang together by a line of no width show it as a hairline, far outside of
 * the path. */
static void test_every_edge_of_the_bands_has_a_band_on_one_side(void)
{
    EvmPoint points[2 * CORNERS];
    uint32_t ends[2];
    EvmPath path = star_init(points, ends, 100.3, 100);
    path.part_count = 1;
    EvmArena *arena = evm_arena_new();
    EvmPath bands = evm_stripes_compute(arena, &path, &(EvmStripes){45, 6, 2});
    g_assert_cmpuint(bands.part_count, >, 40);
    for (uint32_t part = 0, start = 0; part < bands.part_count; start = bands.ends[part++])
        for (uint32_t i = start, last = bands.ends[part] - 1; i < bands.ends[part]; last = i++) {
            EvmPoint a = bands.points[last], b = bands.points[i];
            if (hypot(b.x_px - a.x_px, b.y_px - a.y_px) > 0.01)
                g_assert_true(is_border(&bands, a, b));
        }
    evm_arena_free(arena);
}

/* A square as wide as the page, which ten periods cross: turned over, bands are where they were. */
static void test_bands_of_a_piece_are_turned_so_that_they_look_as_on_the_map(void)
{
    enum { SIDE = 100 };
    static const EvmPoint corners[] = {{0, 0}, {SIDE, 0}, {SIDE, SIDE}, {0, SIDE}};
    static const uint32_t end = 4;
    const EvmPath path = {corners, &end, 1, true};
    const EvmStripes stripes = {45, SIDE * sin(G_PI / 4) / 10, 3};
    EvmArena *arena = evm_arena_new();
    EvmPath plain = evm_stripes_compute_in_piece(arena, &path, &stripes, &(EvmLayout){0});
    EvmPath turned =
        evm_stripes_compute_in_piece(arena, &path, &stripes, &(EvmLayout){.is_mirrored = true});
    GRand *rand = g_rand_new_with_seed(12);
    for (int i = 0; i < PLACES; i++) {
        EvmPoint at = {g_rand_double_range(rand, 1, SIDE - 1),
                       g_rand_double_range(rand, 1, SIDE - 1)};
        bool is_on = is_on_band(&stripes, at);
        g_assert_true(has_inside(&plain, at) == is_on);
        g_assert_true(has_inside(&turned, (EvmPoint){SIDE - at.x_px, at.y_px}) == is_on);
    }
    g_rand_free(rand);
    evm_arena_free(arena);
}

static void test_bands_wider_than_the_path_hold_it_or_miss_it(void)
{
    check(&(EvmStripes){30, 1000, 999}, 100, 100);
    check(&(EvmStripes){30, 1000, 1}, 300, 500);
}

static void test_no_band_comes_of_no_path(void)
{
    EvmArena *arena = evm_arena_new();
    EvmPoint line[3] = {{5, 5}, {9, 5}, {7, 5}};
    uint32_t ends[1] = {3};
    const EvmStripes stripes = {0, 7, 2.4};
    g_assert_cmpuint(evm_stripes_compute(arena, &(EvmPath){0}, &stripes).part_count, ==, 0);
    g_assert_cmpuint(
        evm_stripes_compute(arena, &(EvmPath){line, ends, 1, true}, &stripes).part_count, ==, 0);
    evm_arena_free(arena);
}

/* The same path and bands come from memory, any other is cut anew. */
static void test_kept_bands_are_those_of_the_path(void)
{
    static const EvmStripes first = {45, 6, 2}, second = {45, 6, 3};
    EvmPoint points[2][2 * CORNERS];
    uint32_t ends[2];
    EvmPath paths[] = {star_init(points[0], ends, 100, 100), star_init(points[1], ends, 300, 100)};
    EvmArena *arena = evm_arena_new();
    EvmStripeMemo *memo = evm_stripe_memo_new();
    EvmPath kept = evm_stripes_find_kept(memo, arena, &paths[0], &first);
    EvmPath wider = evm_stripes_find_kept(memo, arena, &paths[0], &second);
    EvmPath other = evm_stripes_find_kept(memo, arena, &paths[1], &first);
    EvmPath again = evm_stripes_find_kept(memo, arena, &paths[0], &first);
    EvmPath anew = evm_stripes_find_kept(NULL, arena, &paths[0], &first);
    g_assert_true(again.points == kept.points);
    g_assert_true(wider.points != kept.points && other.points != kept.points);
    g_assert_true(anew.points != kept.points);
    g_assert_cmpuint(anew.part_count, ==, kept.part_count);
    g_assert_true(memcmp(anew.points, kept.points,
                         kept.ends[kept.part_count - 1] * sizeof *kept.points) == 0);
    evm_stripe_memo_free(memo);
    evm_arena_free(arena);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(what) g_test_add_func("/scene/stripes/" #what, test_##what)
    ADD(what_lies_on_bands_is_what_the_path_and_the_bands_share);
    ADD(every_edge_of_the_bands_has_a_band_on_one_side);
    ADD(bands_of_a_piece_are_turned_so_that_they_look_as_on_the_map);
    ADD(bands_wider_than_the_path_hold_it_or_miss_it);
    ADD(no_band_comes_of_no_path);
    ADD(kept_bands_are_those_of_the_path);
    return g_test_run();
}
