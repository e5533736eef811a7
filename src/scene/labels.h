/* Places for labels without overlaps. Point labels choose among sixteen positions around their
 * point, Imhof's eight first and in his order (E. Imhof, "Positioning names on maps", 1975). Area
 * labels take a free place near the middle of their area: level, or else along the area where it is
 * long, as Imhof wants it. label_choice.h finds places for many labels at once. What finds none is
 * left out, and counted. */
#ifndef EVM_SCENE_LABELS_H
#define EVM_SCENE_LABELS_H

#include <stdbool.h>
#include <stddef.h>

#include "scene/area_grid.h"

typedef struct EvmLabelField EvmLabelField;

/* Labels keep inside `frame`. */
EvmLabelField *evm_label_field_new(EvmRect frame);
/* With the same places taken. */
EvmLabelField *evm_label_field_new_like(const EvmLabelField *field);
void evm_label_field_free(EvmLabelField *field);

typedef struct {
    EvmRect box;
    double angle_deg; /* the box is turned around its middle, clockwise */
} EvmTurnedBox;

bool evm_turned_box_has_overlap(EvmTurnedBox a, EvmTurnedBox b);

/* A place that a label may have. */
typedef struct {
    EvmTurnedBox box;
    double cost; /* 0: the best place; less than the label's weight */
} EvmLabelCandidate;

/* Keeps a place free of later labels. */
void evm_label_field_add(EvmLabelField *field, EvmRect taken);
void evm_label_field_add_turned(EvmLabelField *field, EvmTurnedBox taken);
bool evm_label_field_has_room(const EvmLabelField *field, EvmRect box);
bool evm_label_field_has_room_turned(const EvmLabelField *field, EvmTurnedBox place);

typedef struct {
    EvmPoint point;
    double radius_px; /* of the dot on the point, kept free of other labels */
    double gap_px;    /* between point and box */
    double width_px, height_px;
    EvmRect box; /* the place found */
    bool is_placed;
} EvmPointLabel;

EvmRect evm_point_label_compute_dot(const EvmPointLabel *label);
/* True when the label, in that box, would seem to name the other point: when that is not much
 * farther from it than its own, or even nearer. */
bool evm_point_label_is_astray(const EvmPointLabel *label, EvmRect box, EvmPoint other);

/* Appends the free ones of its positions, of cost 0 to 1, and up to 2 more the nearer they are to
 * others of `points` (of EvmPoint, its own may be among them; NULL: none). */
void evm_label_field_add_beside(const EvmLabelField *field, const EvmPointLabel *label,
                                const GArray *points, GArray *candidates);
/* Finds places for labels beside their points, the first having the first choice; they are taken
 * then. No label is on another's dot or astray. */
void evm_label_field_compute_beside(EvmLabelField *field, EvmPointLabel *labels, size_t count);

/* True for the areas that belong to the thing to be named. */
typedef bool (*EvmAreaFilter)(int32_t area, const void *user);

/* The name of some areas. */
typedef struct {
    const EvmAreaGrid *grid;
    EvmAreaFilter filter;
    const void *user;
    double inside; /* the least share of the box over them */
    double width_px, height_px;
    bool may_turn; /* along the areas, when they are long and have no level place */
} EvmAreaLabel;

/* Of all free places the one nearest to the middle of the areas. */
bool evm_label_field_find_place(const EvmLabelField *field, const EvmAreaLabel *label,
                                EvmTurnedBox *place);
/* The same for a box that stays level; taken when found. */
bool evm_label_field_find_inside(EvmLabelField *field, const EvmAreaGrid *grid,
                                 EvmAreaFilter filter, const void *user, double inside,
                                 double width_px, double height_px, EvmRect *box);
/* Appends some free places that differ from each other, of cost 0 to 2, turned ones among them when
 * there are few level ones. */
void evm_label_field_add_inside(const EvmLabelField *field, const EvmAreaLabel *label,
                                GArray *candidates);

#endif
