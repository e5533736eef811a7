/* Places for labels without overlaps. Greedy in order of priority over a few candidate positions,
 * each point label trying the eight around its point in Imhof's order of preference (E. Imhof,
 * "Positioning names on maps", 1975; the greedy baseline of Christensen, Marks and Shieber, 1995).
 * What finds no free place is left out, and counted. */
#ifndef EVM_SCENE_LABELS_H
#define EVM_SCENE_LABELS_H

#include <stdbool.h>

#include "scene/area_grid.h"

typedef struct EvmLabelField EvmLabelField;

/* Labels keep inside `frame`. */
EvmLabelField *evm_label_field_new(EvmRect frame);
void evm_label_field_free(EvmLabelField *field);

/* Keeps a place free of later labels. */
void evm_label_field_add(EvmLabelField *field, EvmRect taken);
bool evm_label_field_has_room(const EvmLabelField *field, EvmRect box);

/* A place for a box of this size beside a point, at `gap_px` from it; taken when found. */
bool evm_label_field_find_beside(EvmLabelField *field, EvmPoint point, double gap_px,
                                 double width_px, double height_px, EvmRect *box);

/* True for the areas that belong to the thing to be named. */
typedef bool (*EvmAreaFilter)(int32_t area, const void *user);

/* A place for a box inside the chosen areas: of all free ones with at least `inside` of the box
 * over them, the one nearest to their middle; taken when found. */
bool evm_label_field_find_inside(EvmLabelField *field, const EvmAreaGrid *grid,
                                 EvmAreaFilter filter, const void *user, double inside,
                                 double width_px, double height_px, EvmRect *box);

#endif
