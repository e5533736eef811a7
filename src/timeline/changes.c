#include <string.h>

#include "timeline/state.h"

/* What a claim says of the time before it. */
static EvmControl control_before(const EvmJoin *join, const EvmEvent *event)
{
    EvmControl unassessed = {EVM_CONTROL_UNASSESSED, 0};
    if (g_ascii_strcasecmp(event->from_actor, "contested") == 0)
        return (EvmControl){EVM_CONTROL_CONTESTED, 0};
    int actor = event->from_actor[0] ? evm_join_find_actor(join, event->from_actor) : -1;
    return actor < 0 ? unassessed : (EvmControl){EVM_CONTROL_HELD, (uint32_t)actor};
}

/* The first claim on a district after `from` that dates a change, or -1. */
static int32_t find_dated_change(const EvmJoin *join, size_t district, EvmDate from, EvmDate to)
{
    for (size_t c = join->first_claim[district]; c < join->first_claim[district + 1]; c++) {
        const EvmClaim *claim = &join->claims[c];
        const EvmEvent *event = &join->events->items[claim->event];
        if (claim->effective.days <= from.days || claim->effective.days > to.days)
            continue;
        if (event->precision != EVM_PRECISION_STATUS || event->from_actor[0] != '\0')
            return (int32_t)c;
    }
    return -1;
}

static bool find_change(const EvmJoin *join, const EvmState *before, const EvmState *after,
                        size_t district, EvmChange *change)
{
    const EvmHolding *old = &before->holdings[district], *new = &after->holdings[district];
    *change = (EvmChange){(uint32_t)district, old->control, new->control, new->claim};
    if (evm_control_is_equal(old->control, new->control))
        return false;
    if (old->control.kind != EVM_CONTROL_UNASSESSED)
        return true;
    int32_t dated = find_dated_change(join, district, before->date, after->date);
    if (dated < 0)
        return false;
    change->before = control_before(join, &join->events->items[join->claims[dated].event]);
    return !evm_control_is_equal(change->before, change->after);
}

EvmChanges *evm_changes_compute(const EvmJoin *join, EvmDate from, EvmDate to)
{
    size_t count = join->gazetteer->district_count;
    EvmState *before = evm_state_compute(join, from), *after = evm_state_compute(join, to);
    EvmChanges *changes = g_new0(EvmChanges, 1);
    changes->from = from;
    changes->to = to;
    changes->items = g_new(EvmChange, count);
    changes->is_changed = g_new0(bool, count);
    for (size_t d = 0; d < count; d++) {
        if (find_change(join, before, after, d, &changes->items[changes->count])) {
            changes->is_changed[d] = true;
            changes->count++;
        }
    }
    evm_state_free(before);
    evm_state_free(after);
    return changes;
}

void evm_changes_free(EvmChanges *changes)
{
    if (!changes)
        return;
    g_free(changes->items);
    g_free(changes->is_changed);
    g_free(changes);
}
