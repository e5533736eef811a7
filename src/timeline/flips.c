#include "timeline/flips.h"

#include <string.h>

#include "timeline/walk.h"

typedef struct {
    const EvmUniverse *universe;
    const EvmJoin *join;
    GArray *items;
    EvmBalance *balances; /* one an actor, then contested, then unassessed */
    EvmHolding *held;     /* one a district: as the last flip left it */
    bool *is_followed;    /* one a district: counted, and more than merely listed */
} Work;

static EvmBalance *balance_of(const Work *work, EvmControl control)
{
    size_t actors = work->join->actor_count;
    switch (control.kind) {
    case EVM_CONTROL_HELD:
        return &work->balances[control.actor];
    case EVM_CONTROL_CONTESTED:
        return &work->balances[actors];
    case EVM_CONTROL_UNASSESSED:
        break;
    }
    return &work->balances[actors + 1];
}

static Work work_new(const EvmUniverse *universe, const EvmJoin *join)
{
    size_t actors = join->actor_count, districts = join->gazetteer->district_count;
    Work work = {.universe = universe, .join = join};
    work.items = g_array_new(FALSE, FALSE, sizeof(EvmFlip));
    work.balances = g_new0(EvmBalance, actors + 2);
    for (size_t i = 0; i < actors; i++)
        work.balances[i].control = (EvmControl){EVM_CONTROL_HELD, (uint32_t)i};
    work.balances[actors].control.kind = EVM_CONTROL_CONTESTED;
    work.held = g_new0(EvmHolding, districts);
    work.is_followed = g_new0(bool, districts);
    return work;
}

static bool is_counted(const EvmUniverse *universe, size_t district)
{
    int32_t area = universe->district_area[district];
    return area != EVM_NO_AREA && universe->is_counted[area];
}

/* Where each counted district starts and ends, and what it is taken to have been at the start. */
static void begin(Work *work, const EvmState *before, const EvmState *after)
{
    for (size_t area = 0; area < work->universe->geodata->area_count; area++) {
        if (!work->universe->is_counted[area])
            continue;
        balance_of(work, evm_universe_holding_at(work->universe, before, area).control)->start++;
        balance_of(work, evm_universe_holding_at(work->universe, after, area).control)->end++;
    }
    for (size_t d = 0; d < work->join->gazetteer->district_count; d++) {
        EvmControl start = after->holdings[d].control;
        if (!is_counted(work->universe, d))
            continue;
        work->is_followed[d] = evm_changes_find_start(before, after, d, &start);
        balance_of(work, before->holdings[d].control)->assessed--;
        balance_of(work, start)->assessed++;
        work->held[d] = before->holdings[d];
        work->held[d].control = start;
    }
}

/* Whether the actor of `flip` held the district before it lost it: by a claim up to the one that
 * decided `before`, or by what such a claim says of the time before it. */
static bool is_retaken(const EvmJoin *join, const EvmFlip *flip, const EvmQuestion *question)
{
    if (flip->after.kind != EVM_CONTROL_HELD)
        return false;
    for (int32_t c = (int32_t)join->first_claim[flip->district]; c <= flip->before_claim; c++) {
        const EvmClaim *claim = &join->claims[c];
        if (evm_claim_is_in_force(claim, question) &&
            (evm_control_is_equal(claim->control, flip->after) ||
             evm_control_is_equal(claim->before, flip->after)))
            return true;
    }
    return false;
}

static void add_flip(Work *work, const EvmFlip *flip)
{
    g_array_append_val(work->items, *flip);
    balance_of(work, flip->before)->lost++;
    balance_of(work, flip->after)->gained++;
    balance_of(work, flip->after)->retaken += flip->is_retaken;
}

static void follow(Work *work, const EvmState *state, uint32_t district)
{
    const EvmHolding *holding = &state->holdings[district];
    EvmHolding *held = &work->held[district];
    if (!work->is_followed[district] || holding->claim < 0)
        return;
    if (!evm_control_is_equal(held->control, holding->control)) {
        EvmFlip flip = {.day = state->question.date,
                        .district = district,
                        .before = held->control,
                        .after = holding->control,
                        .before_claim = held->claim,
                        .claim = holding->claim};
        flip.is_retaken = is_retaken(work->join, &flip, &state->question);
        add_flip(work, &flip);
    }
    *held = *holding;
}

static EvmFlips *finish(Work *work)
{
    EvmFlips *flips = g_new0(EvmFlips, 1);
    flips->count = work->items->len;
    flips->items = (EvmFlip *)(void *)g_array_free(work->items, FALSE);
    flips->balances = work->balances;
    for (size_t i = 0; i < work->join->actor_count + 2; i++) {
        const EvmBalance *balance = &work->balances[i];
        if (balance->start || balance->end || balance->gained || balance->lost || balance->assessed)
            flips->balances[flips->balance_count++] = *balance;
    }
    g_free(work->held);
    g_free(work->is_followed);
    return flips;
}

EvmFlips *evm_flips_compute(const EvmUniverse *universe, const EvmJoin *join,
                            const EvmQuestion *question, EvmDate to)
{
    EvmQuestion last = *question;
    last.date = to;
    Work work = work_new(universe, join);
    EvmState *after = evm_state_compute(join, &last);
    EvmWalk *walk = evm_walk_new(join, question);
    begin(&work, walk->state, after);
    while (walk->state->question.date.days < to.days) {
        evm_walk_compute_next(walk);
        for (size_t i = 0; i < walk->turned_count; i++)
            follow(&work, walk->state, walk->turned[i]);
    }
    evm_walk_free(walk);
    evm_state_free(after);
    return finish(&work);
}

EvmFlips *evm_flips_compute_corrections(const EvmUniverse *universe, const EvmJoin *join,
                                        const EvmQuestion *before, const EvmQuestion *after)
{
    Work work = work_new(universe, join);
    EvmState *old = evm_state_compute(join, before), *new = evm_state_compute(join, after);
    begin(&work, old, new);
    for (uint32_t d = 0; d < join->gazetteer->district_count; d++) {
        const EvmHolding *was = &old->holdings[d], *is = &new->holdings[d];
        if (work.is_followed[d] && !evm_control_is_equal(was->control, is->control))
            add_flip(&work, &(EvmFlip){.day = after->date,
                                       .district = d,
                                       .before = was->control,
                                       .after = is->control,
                                       .before_claim = was->claim,
                                       .claim = is->claim});
    }
    evm_state_free(old);
    evm_state_free(new);
    return finish(&work);
}

/* The first flip of the same district, which may be this one. */
static const EvmFlip *first_of(const EvmFlips *flips, const EvmFlip *flip)
{
    const EvmFlip *first = flips->items;
    while (first->district != flip->district)
        first++;
    return first;
}

static bool is_last(const EvmFlips *flips, const EvmFlip *flip)
{
    for (const EvmFlip *next = flip + 1; next < flips->items + flips->count; next++)
        if (next->district == flip->district)
            return false;
    return true;
}

EvmFlips *evm_flips_compute_net(const EvmFlips *flips)
{
    EvmFlips *net = g_new0(EvmFlips, 1);
    net->items = g_new(EvmFlip, flips->count);
    for (const EvmFlip *flip = flips->items; flip < flips->items + flips->count; flip++) {
        const EvmFlip *first = first_of(flips, flip);
        if (!is_last(flips, flip) || evm_control_is_equal(first->before, flip->after))
            continue;
        EvmFlip *item = &net->items[net->count++];
        *item = *flip;
        item->before = first->before;
        item->before_claim = first->before_claim;
    }
    net->balances = g_memdup2(flips->balances, flips->balance_count * sizeof *flips->balances);
    net->balance_count = flips->balance_count;
    return net;
}

void evm_flips_free(EvmFlips *flips)
{
    if (!flips)
        return;
    g_free(flips->items);
    g_free(flips->balances);
    g_free(flips);
}
