#include "scene/labels.h"

#include <math.h>
#include <string.h>

#include "scene/label_choice.h"

/* A box that may be turned, as it is looked at many times. */
typedef struct {
    EvmPoint middle;
    EvmPoint along; /* a unit vector along the text; (-y, x) leads to the next line */
    double half_width, half_height;
    double reach_x, reach_y; /* from its middle to the sides of the level box around it */
    bool is_level;
} Turned;

/* What is taken is known by the strips of the frame that it reaches into, a bit each box and strip:
 * a place is compared with those alone that share a column and a row with it. */
enum { STRIPS = 32, WORD_BITS = 64, WORDS_FIRST = 4 };

struct EvmLabelField {
    EvmRect frame;
    GArray *taken;            /* of Turned */
    uint64_t *columns, *rows; /* `words` a strip */
    unsigned words;
};

/* From the first to the last. */
typedef struct {
    unsigned from, to;
} Strips;

static unsigned strip_at(double px, double start_px, double whole_px)
{
    double strip = (px - start_px) / whole_px * STRIPS;
    return strip > 0 ? (unsigned)MIN(strip, STRIPS - 1) : 0;
}

static Strips find_columns(const EvmRect *frame, const Turned *place)
{
    double middle = place->middle.x_px, reach = place->reach_x;
    return (Strips){strip_at(middle - reach, frame->x_px, frame->width_px),
                    strip_at(middle + reach, frame->x_px, frame->width_px)};
}

static Strips find_rows(const EvmRect *frame, const Turned *place)
{
    double middle = place->middle.y_px, reach = place->reach_y;
    return (Strips){strip_at(middle - reach, frame->y_px, frame->height_px),
                    strip_at(middle + reach, frame->y_px, frame->height_px)};
}

EvmLabelField *evm_label_field_new(EvmRect frame)
{
    EvmLabelField *field = g_new0(EvmLabelField, 1);
    field->frame = frame;
    field->taken = g_array_new(FALSE, FALSE, sizeof(Turned));
    field->words = WORDS_FIRST;
    field->columns = g_new0(uint64_t, STRIPS * WORDS_FIRST);
    field->rows = g_new0(uint64_t, STRIPS * WORDS_FIRST);
    return field;
}

EvmLabelField *evm_label_field_new_like(const EvmLabelField *field)
{
    gsize size = STRIPS * field->words * sizeof(uint64_t);
    EvmLabelField *copy = g_new0(EvmLabelField, 1);
    copy->frame = field->frame;
    copy->taken = g_array_copy(field->taken);
    copy->words = field->words;
    copy->columns = g_memdup2(field->columns, size);
    copy->rows = g_memdup2(field->rows, size);
    return copy;
}

static uint64_t *widen(uint64_t *strips, unsigned words)
{
    uint64_t *wider = g_new0(uint64_t, (gsize)STRIPS * 2 * words);
    for (unsigned i = 0; i < STRIPS; i++)
        memcpy(wider + (gsize)i * 2 * words, strips + (gsize)i * words, words * sizeof *strips);
    g_free(strips);
    return wider;
}

static void mark(const EvmLabelField *field, uint64_t *strips, Strips reached, guint box)
{
    for (unsigned i = reached.from; i <= reached.to; i++)
        strips[i * field->words + box / WORD_BITS] |= UINT64_C(1) << box % WORD_BITS;
}

/* One word of the boxes that reach into any of these strips. */
static uint64_t find_boxes(const EvmLabelField *field, const uint64_t *strips, Strips wanted,
                           unsigned word)
{
    uint64_t boxes = 0;
    for (unsigned i = wanted.from; i <= wanted.to; i++)
        boxes |= strips[i * field->words + word];
    return boxes;
}

void evm_label_field_free(EvmLabelField *field)
{
    if (!field)
        return;
    g_array_free(field->taken, TRUE);
    g_free(field->columns);
    g_free(field->rows);
    g_free(field);
}

void evm_label_field_add(EvmLabelField *field, EvmRect taken)
{
    evm_label_field_add_turned(field, (EvmTurnedBox){taken, 0});
}

/* How far it reaches from its middle in a direction. */
static double reach(const Turned *place, EvmPoint axis)
{
    double along = axis.x_px * place->along.x_px + axis.y_px * place->along.y_px;
    double across = axis.y_px * place->along.x_px - axis.x_px * place->along.y_px;
    return fabs(along) * place->half_width + fabs(across) * place->half_height;
}

static Turned turn(EvmTurnedBox place)
{
    const EvmRect *box = &place.box;
    double width = box->width_px / 2, height = box->height_px / 2;
    Turned turned = {.middle = {box->x_px + width, box->y_px + height},
                     .along = {1, 0},
                     .half_width = width,
                     .half_height = height,
                     .reach_x = width,
                     .reach_y = height,
                     .is_level = place.angle_deg == 0};
    if (turned.is_level)
        return turned;
    double angle = place.angle_deg * G_PI / 180;
    turned.along = (EvmPoint){cos(angle), sin(angle)};
    turned.reach_x = reach(&turned, (EvmPoint){1, 0});
    turned.reach_y = reach(&turned, (EvmPoint){0, 1});
    return turned;
}

void evm_label_field_add_turned(EvmLabelField *field, EvmTurnedBox taken)
{
    Turned turned = turn(taken);
    guint box = field->taken->len;
    if (box == field->words * WORD_BITS) {
        field->columns = widen(field->columns, field->words);
        field->rows = widen(field->rows, field->words);
        field->words *= 2;
    }
    g_array_append_val(field->taken, turned);
    mark(field, field->columns, find_columns(&field->frame, &turned), box);
    mark(field, field->rows, find_rows(&field->frame, &turned), box);
}

/* True when a line square to the axis runs between them. */
static bool is_parted(const Turned *a, const Turned *b, EvmPoint axis)
{
    double distance = (b->middle.x_px - a->middle.x_px) * axis.x_px +
                      (b->middle.y_px - a->middle.y_px) * axis.y_px;
    return fabs(distance) >= reach(a, axis) + reach(b, axis);
}

/* Convex shapes that do not overlap are parted by a line along a side of one of them; most are far
 * apart, and then so are the level boxes around them. */
static bool has_overlap(const Turned *a, const Turned *b)
{
    if (fabs(b->middle.x_px - a->middle.x_px) >= a->reach_x + b->reach_x ||
        fabs(b->middle.y_px - a->middle.y_px) >= a->reach_y + b->reach_y)
        return false;
    if (a->is_level && b->is_level)
        return true;
    const EvmPoint axes[] = {
        a->along, {-a->along.y_px, a->along.x_px}, b->along, {-b->along.y_px, b->along.x_px}};
    for (size_t i = 0; i < G_N_ELEMENTS(axes); i++)
        if (is_parted(a, b, axes[i]))
            return false;
    return true;
}

bool evm_turned_box_has_overlap(EvmTurnedBox a, EvmTurnedBox b)
{
    Turned first = turn(a), second = turn(b);
    return has_overlap(&first, &second);
}

static bool is_in_frame(const EvmRect *frame, const Turned *place)
{
    return place->middle.x_px - place->reach_x >= frame->x_px &&
           place->middle.y_px - place->reach_y >= frame->y_px &&
           place->middle.x_px + place->reach_x <= frame->x_px + frame->width_px &&
           place->middle.y_px + place->reach_y <= frame->y_px + frame->height_px;
}

bool evm_label_field_has_room(const EvmLabelField *field, EvmRect box)
{
    return evm_label_field_has_room_turned(field, (EvmTurnedBox){box, 0});
}

bool evm_label_field_has_room_turned(const EvmLabelField *field, EvmTurnedBox place)
{
    Turned turned = turn(place);
    if (!is_in_frame(&field->frame, &turned))
        return false;
    Strips columns = find_columns(&field->frame, &turned), rows = find_rows(&field->frame, &turned);
    for (unsigned word = 0; word * WORD_BITS < field->taken->len; word++) {
        uint64_t boxes = find_boxes(field, field->columns, columns, word) &
                         find_boxes(field, field->rows, rows, word);
        for (; boxes; boxes &= boxes - 1) {
            guint box = word * WORD_BITS + (unsigned)__builtin_ctzll(boxes);
            if (has_overlap(&g_array_index(field->taken, Turned, box), &turned))
                return false;
        }
    }
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

/* From the line along the middle of a name: a point at its end seems to be the one that it names
 * more than a point above it does. */
static double distance_to(const EvmRect *box, EvmPoint point)
{
    double beyond = fabs(point.x_px - box->x_px - box->width_px / 2) - box->width_px / 2;
    return hypot(fmax(beyond, 0), point.y_px - box->y_px - box->height_px / 2);
}

/* By how many heights of the name its point is nearer to it than the other one. */
static double compute_lead(const EvmPointLabel *label, const EvmRect *box, EvmPoint other)
{
    bool is_own = other.x_px == label->point.x_px && other.y_px == label->point.y_px;
    return is_own ? INFINITY
                  : (distance_to(box, other) - distance_to(box, label->point)) / box->height_px;
}

EvmRect evm_point_label_compute_dot(const EvmPointLabel *label)
{
    return (EvmRect){label->point.x_px - label->radius_px, label->point.y_px - label->radius_px,
                     2 * label->radius_px, 2 * label->radius_px};
}

bool evm_point_label_is_astray(const EvmPointLabel *label, EvmRect box, EvmPoint other)
{
    static const double LEAST_LEAD = 0.15;
    return compute_lead(label, &box, other) < LEAST_LEAD;
}

/* What is lost because the name could be that of another point. */
static double compute_doubt(const EvmPointLabel *label, const EvmRect *box, const GArray *points)
{
    static const double MOST = 2;
    double lead = INFINITY;
    for (guint i = 0; points && i < points->len; i++)
        lead = fmin(lead, compute_lead(label, box, g_array_index(points, EvmPoint, i)));
    return MOST * (1 - CLAMP(lead, 0, 1));
}

void evm_label_field_add_beside(const EvmLabelField *field, const EvmPointLabel *label,
                                const GArray *points, GArray *candidates)
{
    for (unsigned position = 0; position < POSITIONS; position++) {
        EvmRect box = box_at(label, position);
        EvmLabelCandidate candidate = {
            {box, 0}, (double)position / POSITIONS + compute_doubt(label, &box, points)};
        if (evm_label_field_has_room_turned(field, candidate.box))
            g_array_append_val(candidates, candidate);
    }
}

void evm_label_field_compute_beside(EvmLabelField *field, EvmPointLabel *labels, size_t count)
{
    static const double WEIGHT = 4;
    g_autofree EvmLabelChoice *choices = g_new0(EvmLabelChoice, count + 1);
    for (size_t i = 0; i < count; i++) {
        choices[i] =
            (EvmLabelChoice){.candidates = g_array_new(FALSE, FALSE, sizeof(EvmLabelCandidate)),
                             .beside = &labels[i],
                             .weight = WEIGHT};
        evm_label_field_add_beside(field, &labels[i], NULL, choices[i].candidates);
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
