#include "scene/labels.h"

#include <math.h>

#include "scene/label_choice.h"

struct EvmLabelField {
    EvmRect frame;
    GArray *taken; /* of EvmTurnedBox */
};

EvmLabelField *evm_label_field_new(EvmRect frame)
{
    EvmLabelField *field = g_new0(EvmLabelField, 1);
    field->frame = frame;
    field->taken = g_array_new(FALSE, FALSE, sizeof(EvmTurnedBox));
    return field;
}

void evm_label_field_free(EvmLabelField *field)
{
    if (!field)
        return;
    g_array_free(field->taken, TRUE);
    g_free(field);
}

void evm_label_field_add(EvmLabelField *field, EvmRect taken)
{
    evm_label_field_add_turned(field, (EvmTurnedBox){taken, 0});
}

void evm_label_field_add_turned(EvmLabelField *field, EvmTurnedBox taken)
{
    g_array_append_val(field->taken, taken);
}

typedef struct {
    EvmPoint middle;
    EvmPoint along; /* a unit vector along the text; (-y, x) leads to the next line */
    double half_width, half_height;
} Turned;

static Turned turn(EvmTurnedBox place)
{
    const EvmRect *box = &place.box;
    double angle = place.angle_deg * G_PI / 180;
    return (Turned){{box->x_px + box->width_px / 2, box->y_px + box->height_px / 2},
                    {cos(angle), sin(angle)},
                    box->width_px / 2,
                    box->height_px / 2};
}

/* How far it reaches from its middle in a direction. */
static double reach(const Turned *place, EvmPoint axis)
{
    double along = axis.x_px * place->along.x_px + axis.y_px * place->along.y_px;
    double across = axis.y_px * place->along.x_px - axis.x_px * place->along.y_px;
    return fabs(along) * place->half_width + fabs(across) * place->half_height;
}

/* True when a line square to the axis runs between them. */
static bool is_parted(const Turned *a, const Turned *b, EvmPoint axis)
{
    double distance = (b->middle.x_px - a->middle.x_px) * axis.x_px +
                      (b->middle.y_px - a->middle.y_px) * axis.y_px;
    return fabs(distance) >= reach(a, axis) + reach(b, axis);
}

/* Convex shapes that do not overlap are parted by a line along a side of one of them. */
bool evm_turned_box_has_overlap(EvmTurnedBox a, EvmTurnedBox b)
{
    if (a.angle_deg == 0 && b.angle_deg == 0)
        return evm_rect_is_overlapping(a.box, b.box);
    Turned first = turn(a), second = turn(b);
    const EvmPoint axes[] = {first.along,
                             {-first.along.y_px, first.along.x_px},
                             second.along,
                             {-second.along.y_px, second.along.x_px}};
    for (size_t i = 0; i < G_N_ELEMENTS(axes); i++)
        if (is_parted(&first, &second, axes[i]))
            return false;
    return true;
}

static bool is_level_in_frame(const EvmRect *frame, const EvmRect *box)
{
    return box->x_px >= frame->x_px && box->y_px >= frame->y_px &&
           box->x_px + box->width_px <= frame->x_px + frame->width_px &&
           box->y_px + box->height_px <= frame->y_px + frame->height_px;
}

static bool is_in_frame(const EvmRect *frame, EvmTurnedBox place)
{
    if (place.angle_deg == 0)
        return is_level_in_frame(frame, &place.box);
    Turned turned = turn(place);
    double x = reach(&turned, (EvmPoint){1, 0}), y = reach(&turned, (EvmPoint){0, 1});
    return turned.middle.x_px - x >= frame->x_px && turned.middle.y_px - y >= frame->y_px &&
           turned.middle.x_px + x <= frame->x_px + frame->width_px &&
           turned.middle.y_px + y <= frame->y_px + frame->height_px;
}

bool evm_label_field_has_room(const EvmLabelField *field, EvmRect box)
{
    return evm_label_field_has_room_turned(field, (EvmTurnedBox){box, 0});
}

bool evm_label_field_has_room_turned(const EvmLabelField *field, EvmTurnedBox place)
{
    if (!is_in_frame(&field->frame, place))
        return false;
    for (guint i = 0; i < field->taken->len; i++)
        if (evm_turned_box_has_overlap(g_array_index(field->taken, EvmTurnedBox, i), place))
            return false;
    return true;
}

enum { POSITIONS = 16 };

/* The box of a label at one of its positions, the preferred one first. */
static EvmRect box_at(const EvmPointLabel *label, unsigned position)
{
    /* x and y of the box's centre, in half widths and half heights off the point. */
    static const double around[POSITIONS][2] = {
        {1, 0},    {1, -1},  {1, 1},     {-1, 0},   {-1, -1},  {-1, 1},  {0, -1},    {0, 1},
        {1, -0.5}, {1, 0.5}, {-1, -0.5}, {-1, 0.5}, {0.5, -1}, {0.5, 1}, {-0.5, -1}, {-0.5, 1}};
    const double *toward = around[position];
    bool is_corner = fabs(toward[0]) == 1 && fabs(toward[1]) == 1;
    double dx = toward[0] * (label->width_px / 2 + label->gap_px * (is_corner ? 0.7 : 1));
    double dy = toward[1] * (label->height_px / 2 + label->gap_px * (is_corner ? 0.1 : 0.7));
    return (EvmRect){label->point.x_px + dx - label->width_px / 2,
                     label->point.y_px + dy - label->height_px / 2, label->width_px,
                     label->height_px};
}

void evm_label_field_add_beside(const EvmLabelField *field, const EvmPointLabel *label,
                                GArray *candidates)
{
    for (unsigned position = 0; position < POSITIONS; position++) {
        EvmLabelCandidate candidate = {{box_at(label, position), 0}, (double)position / POSITIONS};
        if (evm_label_field_has_room_turned(field, candidate.box))
            g_array_append_val(candidates, candidate);
    }
}

void evm_label_field_compute_beside(EvmLabelField *field, EvmPointLabel *labels, size_t count)
{
    static const double WEIGHT = 4;
    g_autofree EvmLabelChoice *choices = g_new0(EvmLabelChoice, count + 1);
    for (size_t i = 0; i < count; i++) {
        choices[i] = (EvmLabelChoice){
            .candidates = g_array_new(FALSE, FALSE, sizeof(EvmLabelCandidate)), .weight = WEIGHT};
        evm_label_field_add_beside(field, &labels[i], choices[i].candidates);
    }
    evm_label_choices_compute(choices, count);
    for (size_t i = 0; i < count; i++) {
        labels[i].is_placed = choices[i].chosen != NULL;
        if (labels[i].is_placed) {
            labels[i].box = choices[i].chosen->box.box;
            evm_label_field_add(field, labels[i].box);
        }
        g_array_free(choices[i].candidates, TRUE);
    }
}
