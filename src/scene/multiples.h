/* Small multiples: one map for each of some days on a page, all alike but for the day. */
#ifndef EVM_SCENE_MULTIPLES_H
#define EVM_SCENE_MULTIPLES_H

#include "scene/period.h"

typedef struct {
    EvmPeriodRequest period; /* its count no more than evm_multiples_count */
    EvmMapRequest map;       /* of every cell; its frame and margin are not read */
} EvmMultiplesRequest;

/* How many of `total` maps the page has room for, at a size at which districts can be told apart:
 * all of them or fewer. `map` tells their shape. */
size_t evm_multiples_count(const EvmLayout *layout, const EvmMap *map, size_t total);

/* The page. Errors as evm_map_compute. Free it with evm_scene_free. */
EvmScene *evm_multiples_compute(const EvmMultiplesRequest *request, GError **error);

#endif
