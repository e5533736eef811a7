/* Small multiples: one map for each of some days on a page, all alike but for the day. */
#ifndef EVM_SCENE_MULTIPLES_H
#define EVM_SCENE_MULTIPLES_H

#include "scene/sheet.h"

/* All borrowed. */
typedef struct {
    const EvmSheetRequest *sheet;  /* of the last day; layout: evm_multiples_compute_layout's */
    EvmMapRequest map;             /* of every cell; its frame and margin are not read */
    const EvmState *const *states; /* days in order */
    size_t count;                  /* no more than evm_multiples_count */
    size_t total;                  /* days that were to choose from */
    const EvmSeries *series;       /* of the whole period: what the legend may have to show */
} EvmMultiplesRequest;

EvmLayout evm_multiples_compute_layout(double width_px, double height_px, bool is_mirrored);

/* How many of `total` maps the page has room for, at a size at which districts can be told apart:
 * all of them or fewer. `map` tells their shape. */
size_t evm_multiples_count(const EvmLayout *layout, const EvmMap *map, size_t total);

/* The page. Errors as evm_map_compute. Free it with evm_scene_free. */
EvmScene *evm_multiples_compute(const EvmMultiplesRequest *request, GError **error);

#endif
