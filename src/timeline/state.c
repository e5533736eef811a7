#include "timeline/state.h"

#include <string.h>

bool evm_claim_is_in_force(const EvmClaim *claim, const EvmQuestion *question)
{
    bool is_withdrawn =
        !evm_date_is_none(claim->withdrawn) && claim->withdrawn.days <= question->known.days;
    return claim->known.days <= question->known.days && !is_withdrawn;
}

/* How many claims are effective by the end of a day: the first so many of the array. */
static size_t count_effective(const EvmClaim *claims, size_t count, EvmDate date)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (claims[middle].effective.days <= date.days)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int32_t find_deciding(const EvmClaim *claims, size_t effective, const EvmQuestion *question)
{
    for (size_t i = effective; i-- > 0;)
        if (evm_claim_is_in_force(&claims[i], question))
            return (int32_t)i;
    return -1;
}

/* Whether something tells which of two claims of one day came last. */
static bool is_day_ordered(const EvmClaim *earlier, const EvmClaim *later, bool is_one_source)
{
    if (earlier->sequence > 0 && later->sequence > 0 && earlier->sequence != later->sequence)
        return true;
    return is_one_source && later->known.days > earlier->known.days;
}

/* Whether both can be true, one after the other. */
static bool is_succession(const EvmClaim *earlier, const EvmClaim *later)
{
    bool is_one_source = g_ascii_strcasecmp(earlier->source, later->source) == 0;
    if (earlier->effective.days == later->effective.days)
        return is_day_ordered(earlier, later, is_one_source);
    /* Fighting comes before a capture. */
    return is_one_source || (earlier->control.kind == EVM_CONTROL_CONTESTED &&
                             later->control.kind == EVM_CONTROL_HELD);
}

/* Whether a claim behind `other`, up to `last`, says with `last` what it says of now, and with
 * `other` what it says of before. */
static bool is_continued(const EvmClaim *claims, size_t other, size_t last,
                         const EvmQuestion *question)
{
    for (size_t i = other + 1; i <= last; i++)
        if (evm_control_is_equal(claims[i].control, claims[last].control) &&
            evm_control_is_equal(claims[i].before, claims[other].control) &&
            evm_claim_is_in_force(&claims[i], question))
            return true;
    return false;
}

/* The strongest claim that contradicts the deciding one. */
static void find_dispute(EvmHolding *holding, const EvmClaim *claims, const EvmQuestion *question)
{
    size_t last = (size_t)holding->claim;
    const EvmClaim *deciding = &claims[last];
    if (question->dispute_window_days < 0)
        return;
    for (size_t i = last; i-- > 0;) {
        const EvmClaim *other = &claims[i];
        if (deciding->begin.days - other->effective.days > question->dispute_window_days)
            return;
        if (evm_control_is_equal(other->control, deciding->control) ||
            !evm_claim_is_in_force(other, question) || is_succession(other, deciding) ||
            is_continued(claims, i, last, question))
            continue;
        holding->doubt = EVM_DOUBT_DISPUTED;
        holding->other = other->control;
        holding->other_claim = (int32_t)i;
        return;
    }
}

/* The strongest claim that has begun, is not certain yet, and says otherwise. */
static void find_changing(EvmHolding *holding, const EvmClaim *claims, size_t effective,
                          size_t count, const EvmQuestion *question)
{
    for (size_t i = count; i-- > effective;) {
        const EvmClaim *claim = &claims[i];
        if (claim->begin.days > question->date.days ||
            evm_control_is_equal(claim->control, holding->control) ||
            !evm_claim_is_in_force(claim, question))
            continue;
        holding->doubt = EVM_DOUBT_CHANGING;
        holding->other = claim->control;
        holding->other_claim = (int32_t)i;
        holding->from = claim->begin;
        holding->to = claim->effective;
        return;
    }
}

EvmHolding evm_holding_compute(const EvmClaim *claims, size_t count, const EvmQuestion *question)
{
    size_t effective = count_effective(claims, count, question->date);
    EvmHolding holding = {.control = question->baseline,
                          .claim = find_deciding(claims, effective, question),
                          .other_claim = -1,
                          .from = EVM_DATE_NONE,
                          .to = EVM_DATE_NONE};
    if (holding.claim >= 0) {
        const EvmClaim *deciding = &claims[holding.claim];
        holding.control = deciding->control;
        holding.is_stale =
            question->stale_after_days > 0 &&
            question->date.days - deciding->effective.days > question->stale_after_days;
        find_dispute(&holding, claims, question);
    }
    if (holding.doubt == EVM_DOUBT_NONE)
        find_changing(&holding, claims, effective, count, question);
    return holding;
}

EvmHolding evm_state_compute_holding(const EvmJoin *join, size_t district,
                                     const EvmQuestion *question)
{
    size_t first = join->first_claim[district];
    EvmHolding holding = evm_holding_compute(&join->claims[first],
                                             join->first_claim[district + 1] - first, question);
    if (holding.claim >= 0)
        holding.claim += (int32_t)first;
    if (holding.other_claim >= 0)
        holding.other_claim += (int32_t)first;
    return holding;
}

EvmState *evm_state_compute(const EvmJoin *join, const EvmQuestion *question)
{
    size_t count = join->gazetteer->district_count;
    EvmState *state = g_new0(EvmState, 1);
    state->join = join;
    state->question = *question;
    state->holdings = g_new(EvmHolding, count);
    for (size_t d = 0; d < count; d++)
        state->holdings[d] = evm_state_compute_holding(join, d, question);
    return state;
}

void evm_state_free(EvmState *state)
{
    if (!state)
        return;
    g_free(state->holdings);
    g_free(state);
}

const char *evm_doubt_format(EvmDoubt doubt)
{
    static const char *const words[EVM_DOUBT_COUNT] = {
        [EVM_DOUBT_NONE] = "sure",
        [EVM_DOUBT_CHANGING] = "changing",
        [EVM_DOUBT_DISPUTED] = "disputed",
    };
    return words[doubt];
}
