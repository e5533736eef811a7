#include <glib.h>
#include <math.h>
#include <stdlib.h>

#include "scene/label_choice.h"

static const EvmRect page = {0, 0, 400, 300};

static bool overlap(EvmRect a, EvmRect b)
{
    return a.x_px < b.x_px + b.width_px && b.x_px < a.x_px + a.width_px &&
           a.y_px < b.y_px + b.height_px && b.y_px < a.y_px + a.height_px;
}

static EvmPointLabel label_at(double x, double y)
{
    return (EvmPointLabel){.point = {x, y}, .gap_px = 4, .width_px = 50, .height_px = 14};
}

static void lone_label_stands_to_the_right(void)
{
    EvmLabelField *field = evm_label_field_new(page);
    EvmPointLabel label = label_at(200, 150);
    evm_label_field_compute_beside(field, &label, 1);
    g_assert_true(label.is_placed);
    g_assert_cmpfloat(label.box.x_px, ==, 204);
    g_assert_cmpfloat(label.box.y_px, ==, 143);
    evm_label_field_free(field);
}

static void label_at_the_edge_stays_inside(void)
{
    EvmLabelField *field = evm_label_field_new(page);
    EvmPointLabel label = label_at(390, 150);
    evm_label_field_compute_beside(field, &label, 1);
    g_assert_true(label.is_placed);
    g_assert_cmpfloat(label.box.x_px + label.box.width_px, <=, 400);
    evm_label_field_free(field);
}

static void taken_place_is_avoided(void)
{
    EvmLabelField *field = evm_label_field_new(page);
    EvmRect taken = {200, 100, 200, 100};
    EvmPointLabel label = label_at(200, 150);
    evm_label_field_add(field, taken);
    evm_label_field_compute_beside(field, &label, 1);
    g_assert_true(label.is_placed);
    g_assert_false(overlap(label.box, taken));
    evm_label_field_free(field);
}

static void label_without_room_is_left_out(void)
{
    EvmLabelField *field = evm_label_field_new(page);
    EvmPointLabel label = label_at(200, 150);
    evm_label_field_add(field, (EvmRect){100, 100, 200, 100});
    evm_label_field_compute_beside(field, &label, 1);
    g_assert_false(label.is_placed);
    evm_label_field_free(field);
}

/* The first label prefers the right, where the second one's only place is. */
static void earlier_label_makes_way_for_one_with_no_other_place(void)
{
    EvmLabelField *field = evm_label_field_new(page);
    EvmPointLabel labels[] = {label_at(100, 150), label_at(164, 150)};
    evm_label_field_add(field, (EvmRect){160, 100, 240, 100});
    evm_label_field_add(field, (EvmRect){60, 100, 100, 42});
    evm_label_field_add(field, (EvmRect){60, 158, 100, 42});
    evm_label_field_compute_beside(field, labels, 2);
    g_assert_true(labels[0].is_placed);
    g_assert_true(labels[1].is_placed);
    g_assert_false(overlap(labels[0].box, labels[1].box));
    evm_label_field_free(field);
}

static void random_labels_never_overlap(void)
{
    GRand *random = g_rand_new_with_seed(7);
    for (unsigned round = 0; round < 1000; round++) {
        EvmLabelField *field = evm_label_field_new(page);
        EvmPointLabel labels[40];
        size_t count = (size_t)g_rand_int_range(random, 1, 40);
        for (size_t i = 0; i < count; i++)
            labels[i] =
                label_at(g_rand_double_range(random, 0, 400), g_rand_double_range(random, 0, 300));
        evm_label_field_compute_beside(field, labels, count);
        for (size_t i = 0; i < count; i++)
            for (size_t j = i + 1; j < count; j++)
                g_assert_false(labels[i].is_placed && labels[j].is_placed &&
                               overlap(labels[i].box, labels[j].box));
        evm_label_field_free(field);
    }
    g_rand_free(random);
}

/* The right of either is where the other's name or dot is. */
static void names_do_not_stand_between_their_points(void)
{
    EvmLabelField *field = evm_label_field_new(page);
    EvmPointLabel labels[] = {label_at(200, 150), label_at(257, 150)};
    g_assert_true(
        evm_point_label_is_astray(&labels[0], (EvmRect){204, 143, 50, 14}, labels[1].point));
    evm_label_field_compute_beside(field, labels, 2);
    for (int i = 0; i < 2; i++) {
        g_assert_true(labels[i].is_placed);
        g_assert_false(evm_point_label_is_astray(&labels[i], labels[i].box, labels[i].point));
        g_assert_false(evm_point_label_is_astray(&labels[i], labels[i].box, labels[!i].point));
    }
    evm_label_field_free(field);
}

/* Better no name than one at the wrong point. */
static void name_without_an_honest_place_is_left_out(void)
{
    EvmLabelField *field = evm_label_field_new(page);
    EvmPointLabel labels[] = {label_at(200, 150), label_at(202, 150)};
    evm_label_field_compute_beside(field, labels, 2);
    evm_label_field_add(field, (EvmRect){0, 0, 200, 300});
    g_assert_true(labels[0].is_placed != labels[1].is_placed);
    evm_label_field_free(field);
}

static bool is_area(int32_t area, const void *user)
{
    return area == *(const int32_t *)user;
}

/* A grid of 10 px cells with area 1 in its right half. */
static EvmAreaGrid half_grid(int32_t cells[40 * 30])
{
    for (unsigned i = 0; i < 40 * 30; i++)
        cells[i] = i % 40 >= 20 ? 1 : EVM_GRID_NOTHING;
    static EvmGridBox boxes[2] = {{0, 0, 0, 0}, {20, 40, 0, 30}};
    return (EvmAreaGrid){page, 10, 40, 30, cells, boxes, 2};
}

static void area_label_stands_in_the_middle_of_its_area(void)
{
    int32_t cells[40 * 30], area = 1;
    EvmAreaGrid grid = half_grid(cells);
    EvmLabelField *field = evm_label_field_new(page);
    EvmRect box;
    g_assert_true(evm_label_field_find_inside(field, &grid, is_area, &area, 0.9, 60, 14, &box));
    g_assert_cmpfloat(fabs(box.x_px + 30 - 300), <=, 10);
    g_assert_cmpfloat(fabs(box.y_px + 7 - 150), <=, 10);
    evm_label_field_free(field);
}

static void area_label_larger_than_its_area_is_left_out(void)
{
    int32_t cells[40 * 30], area = 1;
    EvmAreaGrid grid = half_grid(cells);
    EvmLabelField *field = evm_label_field_new(page);
    EvmRect box;
    g_assert_false(evm_label_field_find_inside(field, &grid, is_area, &area, 0.9, 260, 14, &box));
    evm_label_field_free(field);
}

/* A grid of 10 px cells with area 1 in a band from the upper left to the lower right. */
static EvmAreaGrid band_grid(int32_t cells[40 * 30])
{
    for (int row = 0; row < 30; row++)
        for (int column = 0; column < 40; column++)
            cells[row * 40 + column] = abs(column - row - 5) <= 2 ? 1 : EVM_GRID_NOTHING;
    static EvmGridBox boxes[2] = {{0, 0, 0, 0}, {0, 40, 0, 30}};
    return (EvmAreaGrid){page, 10, 40, 30, cells, boxes, 2};
}

static void name_without_a_level_place_turns_along_its_area(void)
{
    int32_t cells[40 * 30], area = 1;
    EvmAreaGrid grid = band_grid(cells);
    EvmLabelField *field = evm_label_field_new(page);
    EvmAreaLabel label = {&grid, is_area, &area, 0.9, 160, 14, true};
    EvmTurnedBox place;
    g_assert_true(evm_label_field_find_place(field, &label, &place));
    g_assert_cmpfloat_with_epsilon(place.angle_deg, 45, 1);
    evm_label_field_add_turned(field, place);
    /* Taken along the band only: beside its middle there is room, on it there is none. */
    g_assert_false(evm_label_field_has_room(field, (EvmRect){145, 95, 10, 10}));
    g_assert_true(evm_label_field_has_room(field, (EvmRect){240, 95, 10, 10}));
    label.may_turn = false;
    g_assert_false(evm_label_field_find_place(field, &label, &place));
    evm_label_field_free(field);
}

static void name_that_has_a_level_place_stays_level(void)
{
    int32_t cells[40 * 30], area = 1;
    EvmAreaGrid grid = band_grid(cells);
    EvmLabelField *field = evm_label_field_new(page);
    EvmAreaLabel label = {&grid, is_area, &area, 0.9, 30, 14, true};
    EvmTurnedBox place;
    g_assert_true(evm_label_field_find_place(field, &label, &place));
    g_assert_cmpfloat(place.angle_deg, ==, 0);
    evm_label_field_free(field);
}

static void turned_places_overlap_where_their_boxes_do(void)
{
    EvmLabelField *field = evm_label_field_new(page);
    evm_label_field_add_turned(field, (EvmTurnedBox){{100, 140, 200, 20}, 45});
    EvmTurnedBox parallel = {{140, 100, 200, 20}, 45}, across = {{100, 140, 200, 20}, -45};
    g_assert_true(evm_label_field_has_room_turned(field, parallel));
    g_assert_false(evm_label_field_has_room_turned(field, across));
    /* Upright, its ends would leave the page. */
    g_assert_false(evm_label_field_has_room_turned(field, (EvmTurnedBox){{200, 10, 100, 10}, 90}));
    evm_label_field_free(field);
}

static EvmLabelChoice choice_of(double weight, const EvmLabelCandidate *candidates, guint count)
{
    EvmLabelChoice choice = {.weight = weight,
                             .candidates = g_array_new(FALSE, FALSE, sizeof *candidates)};
    g_array_append_vals(choice.candidates, candidates, count);
    return choice;
}

static void free_choices(EvmLabelChoice *choices, size_t count)
{
    for (size_t i = 0; i < count; i++)
        g_array_free(choices[i].candidates, TRUE);
}

/* Three labels whose best places are one, and who fit only when each takes another. */
static void chain_of_labels_is_untangled(void)
{
    const EvmLabelCandidate a[] = {{{{0, 0, 10, 10}, 0}, 0}, {{{20, 0, 10, 10}, 0}, 0.5}};
    const EvmLabelCandidate b[] = {{{{20, 0, 10, 10}, 0}, 0}, {{{40, 0, 10, 10}, 0}, 0.5}};
    const EvmLabelCandidate c[] = {{{{0, 0, 10, 10}, 0}, 0}};
    EvmLabelChoice choices[] = {choice_of(4, a, 2), choice_of(4, b, 2), choice_of(4, c, 1)};
    evm_label_choices_compute(choices, 3);
    g_assert_cmpfloat(choices[0].chosen->box.box.x_px, ==, 20);
    g_assert_cmpfloat(choices[1].chosen->box.box.x_px, ==, 40);
    g_assert_cmpfloat(choices[2].chosen->box.box.x_px, ==, 0);
    free_choices(choices, 3);
}

static void of_two_labels_for_one_place_the_weightier_stays(void)
{
    const EvmLabelCandidate place[] = {{{{0, 0, 10, 10}, 0}, 0}};
    EvmLabelChoice choices[] = {choice_of(4, place, 1), choice_of(8, place, 1),
                                choice_of(4, NULL, 0)};
    evm_label_choices_compute(choices, 3);
    g_assert_null(choices[0].chosen);
    g_assert_nonnull(choices[1].chosen);
    g_assert_null(choices[2].chosen);
    free_choices(choices, 3);
    evm_label_choices_compute(NULL, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/scene/labels/" #name, name)
    ADD(lone_label_stands_to_the_right);
    ADD(label_at_the_edge_stays_inside);
    ADD(taken_place_is_avoided);
    ADD(label_without_room_is_left_out);
    ADD(earlier_label_makes_way_for_one_with_no_other_place);
    ADD(random_labels_never_overlap);
    ADD(names_do_not_stand_between_their_points);
    ADD(name_without_an_honest_place_is_left_out);
    ADD(area_label_stands_in_the_middle_of_its_area);
    ADD(area_label_larger_than_its_area_is_left_out);
    ADD(name_without_a_level_place_turns_along_its_area);
    ADD(name_that_has_a_level_place_stays_level);
    ADD(turned_places_overlap_where_their_boxes_do);
    ADD(chain_of_labels_is_untangled);
    ADD(of_two_labels_for_one_place_the_weightier_stays);
    return g_test_run();
}
