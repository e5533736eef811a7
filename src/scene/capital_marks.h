/* Dots and names of capitals on the map, which a number beside them would seem to mean: that the
 * city fell. */
#ifndef EVM_SCENE_CAPITAL_MARKS_H
#define EVM_SCENE_CAPITAL_MARKS_H

#include "scene/labels.h"
#include "scene/sheet.h"

typedef struct {
    EvmPoint point;
    int32_t district; /* that it is the capital of; -1: none */
    EvmRect name;     /* width 0: it has none on the map */
} EvmCapitalMark;

/* Of EvmCapitalMark: those on the map. `names` have their names. Caller frees. */
GArray *evm_capital_marks_compute(const EvmSheetRequest *request, const EvmScene *names);

/* Around the dot and the name, on their text line and above and below it. */
typedef struct {
    double aside_px, above_px;
} EvmCapitalAir;

/* Keeps the air around dot and name free. */
void evm_capital_mark_add_air(const EvmCapitalMark *mark, EvmLabelField *field, double dot_px,
                              EvmCapitalAir air);

#endif
