#include "scene/leaders.h"

#include <math.h>

static double cross(EvmPoint o, EvmPoint a, EvmPoint b)
{
    return (a.x_px - o.x_px) * (b.y_px - o.y_px) - (a.y_px - o.y_px) * (b.x_px - o.x_px);
}

bool evm_leader_has_crossing(EvmLeader leader, const GArray *others)
{
    EvmPoint from = leader.from, to = leader.to;
    for (guint i = 0; i < others->len; i++) {
        const EvmLeader *other = &g_array_index(others, EvmLeader, i);
        if (cross(from, to, other->from) * cross(from, to, other->to) < 0 &&
            cross(other->from, other->to, from) * cross(other->from, other->to, to) < 0)
            return true;
    }
    return false;
}

double evm_leader_compute_distance_px(EvmLeader leader, EvmPoint at)
{
    EvmPoint from = leader.from;
    double x = leader.to.x_px - from.x_px, y = leader.to.y_px - from.y_px, square = x * x + y * y;
    double part = ((at.x_px - from.x_px) * x + (at.y_px - from.y_px) * y) / square;
    part = square > 0 ? CLAMP(part, 0, 1) : 0;
    return hypot(from.x_px + part * x - at.x_px, from.y_px + part * y - at.y_px);
}

bool evm_leaders_has_near(const GArray *leaders, EvmPoint at, double within_px)
{
    for (guint i = 0; i < leaders->len; i++)
        if (evm_leader_compute_distance_px(g_array_index(leaders, EvmLeader, i), at) < within_px)
            return true;
    return false;
}
