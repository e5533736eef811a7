/* One place for each of many labels, out of candidates, so that none overlap and as little as
 * possible is lost: simulated annealing over the candidates, which did best of the methods compared
 * by J. Christensen, J. Marks and S. Shieber, "An empirical study of algorithms for point-feature
 * label placement", ACM Transactions on Graphics 14 (1995). A label that moves drives those out
 * that it would overlap, or whose point it would seem to name, so that every step is a map without
 * overlaps on which every name stands beside its own point. The random numbers are the
 * same each time: same candidates, same places. */
#ifndef EVM_SCENE_LABEL_CHOICE_H
#define EVM_SCENE_LABEL_CHOICE_H

#include "scene/labels.h"

typedef struct {
    GArray *candidates;          /* of EvmLabelCandidate; the caller's */
    const EvmPointLabel *beside; /* what it names, with a dot if it is chosen; NULL: an area */
    double weight;               /* what it costs to leave the label out */
    EvmLabelCandidate *chosen;   /* the place found; NULL: left out */
} EvmLabelChoice;

/* Fills in `chosen`. The first labels begin with the first choice. */
void evm_label_choices_compute(EvmLabelChoice *choices, size_t count);

#endif
