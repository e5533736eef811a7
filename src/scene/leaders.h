/* Lines that lead from numbers to their districts: where they run, so that no other crosses them.
 */
#ifndef EVM_SCENE_LEADERS_H
#define EVM_SCENE_LEADERS_H

#include <glib.h>

#include "scene/scene.h"

typedef struct {
    EvmPoint from, to; /* district, middle of the number's shape */
} EvmLeader;

double evm_leader_compute_distance_px(EvmLeader leader, EvmPoint at);
/* It crosses one of them (GArray of EvmLeader). */
bool evm_leader_has_crossing(EvmLeader leader, const GArray *others);
/* One of them passes the point nearer than that. */
bool evm_leaders_has_near(const GArray *leaders, EvmPoint at, double within_px);

#endif
