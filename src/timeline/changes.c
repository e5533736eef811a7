#include "timeline/state.h"

/* The first claim on a district between two dates that dates a change, or -1. */
static int32_t find_dated_change(const EvmState *before, const EvmState *after, size_t district)
{
    const EvmJoin *join = after->join;
    for (size_t c = join->first_claim[district]; c < join->first_claim[district + 1]; c++) {
        const EvmClaim *claim = &join->claims[c];
        const EvmEvent *event = &join->events->items[claim->event];
        if (claim->effective.days <= before->question.date.days ||
            claim->effective.days > after->question.date.days ||
            !evm_claim_is_in_force(claim, &after->question))
            continue;
        if (event->precision != EVM_PRECISION_STATUS || event->from_actor[0] != '\0')
            return (int32_t)c;
    }
    return -1;
}

bool evm_changes_find_start(const EvmState *before, const EvmState *after, size_t district,
                            EvmControl *start)
{
    const EvmHolding *old = &before->holdings[district];
    bool is_one_day = before->question.date.days == after->question.date.days;
    int32_t dated = -1;
    if (old->claim < 0 && !is_one_day) {
        dated = find_dated_change(before, after, district);
        if (dated < 0)
            return false;
    }
    bool is_named = dated >= 0 && after->join->claims[dated].before.kind != EVM_CONTROL_UNASSESSED;
    *start = is_named ? after->join->claims[dated].before : old->control;
    return true;
}

static bool find_change(const EvmState *before, const EvmState *after, size_t district,
                        EvmChange *change)
{
    const EvmHolding *new = &after->holdings[district];
    *change =
        (EvmChange){.district = (uint32_t)district, .after = new->control, .claim = new->claim};
    return evm_changes_find_start(before, after, district, &change->before) &&
           !evm_control_is_equal(change->before, change->after);
}

EvmChanges *evm_changes_compute_between(const EvmState *before, const EvmState *after)
{
    size_t count = after->join->gazetteer->district_count;
    EvmChanges *changes = g_new0(EvmChanges, 1);
    changes->from = before->question.date;
    changes->to = after->question.date;
    changes->items = g_new(EvmChange, count);
    changes->is_changed = g_new0(bool, count);
    for (size_t d = 0; d < count; d++) {
        if (find_change(before, after, d, &changes->items[changes->count])) {
            changes->is_changed[d] = true;
            changes->count++;
        }
    }
    return changes;
}

EvmChanges *evm_changes_compute(const EvmJoin *join, const EvmQuestion *before,
                                const EvmQuestion *after)
{
    EvmState *old = evm_state_compute(join, before), *new = evm_state_compute(join, after);
    EvmChanges *changes = evm_changes_compute_between(old, new);
    evm_state_free(old);
    evm_state_free(new);
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
