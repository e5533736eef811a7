#include "timeline/explanation.h"

static EvmRole role_of(const EvmClaim *claim, const EvmQuestion *question)
{
    if (claim->withdrawn.days == EVM_WITHDRAWN_ALWAYS.days)
        return EVM_ROLE_RETRACTED;
    if (claim->known.days > question->known.days)
        return EVM_ROLE_UNKNOWN;
    if (!evm_claim_is_in_force(claim, question))
        return EVM_ROLE_SUPERSEDED;
    return claim->effective.days > question->date.days ? EVM_ROLE_LATER : EVM_ROLE_OUTRANKED;
}

/* The role of claim `index`, knowing the holding. */
static EvmExplainedClaim explain_claim(const EvmExplanation *explanation, const EvmClaim *claims,
                                       int32_t index, const EvmQuestion *question)
{
    const EvmHolding *holding = &explanation->holding;
    EvmExplainedClaim item = {.claim = index, .role = role_of(&claims[index], question)};
    if (item.role == EVM_ROLE_OUTRANKED) {
        item.ground = evm_claim_find_ground(&claims[index], &claims[holding->claim]);
        if (evm_control_is_equal(claims[index].control, holding->control))
            item.role = EVM_ROLE_AGREES;
    }
    if (index == holding->claim)
        item.role = EVM_ROLE_DECIDES;
    if (index == holding->other_claim)
        item.role = holding->doubt == EVM_DOUBT_CHANGING ? EVM_ROLE_CHANGES : EVM_ROLE_DISPUTES;
    return item;
}

static void settle(EvmExplanation *explanation)
{
    size_t counting = explanation->holding.claim >= 0;
    explanation->rival = -1;
    for (size_t i = 0; i < explanation->count; i++) {
        const EvmExplainedClaim *item = &explanation->items[i];
        bool is_rival = item->role == EVM_ROLE_OUTRANKED || item->role == EVM_ROLE_DISPUTES;
        counting += is_rival || item->role == EVM_ROLE_AGREES;
        if (!is_rival || explanation->rival >= 0)
            continue;
        explanation->rival = item->claim;
        explanation->ground = item->ground;
    }
    explanation->settled = counting == 0             ? EVM_SETTLED_UNCLAIMED
                           : counting == 1           ? EVM_SETTLED_ALONE
                           : explanation->rival >= 0 ? EVM_SETTLED_RANKED
                                                     : EVM_SETTLED_AGREED;
}

EvmExplanation *evm_explanation_compute(const EvmJoin *join, uint32_t district,
                                        const EvmQuestion *question)
{
    size_t first = join->first_claim[district], end = join->first_claim[district + 1];
    EvmExplanation *explanation = g_new0(EvmExplanation, 1);
    explanation->district = district;
    explanation->holding = evm_state_compute_holding(join, district, question);
    explanation->items = g_new(EvmExplainedClaim, end - first);
    for (size_t c = end; c-- > first;)
        explanation->items[explanation->count++] =
            explain_claim(explanation, join->claims, (int32_t)c, question);
    settle(explanation);
    return explanation;
}

void evm_explanation_free(EvmExplanation *explanation)
{
    if (!explanation)
        return;
    g_free(explanation->items);
    g_free(explanation);
}

const char *evm_role_format(EvmRole role)
{
    static const char *const words[EVM_ROLE_COUNT] = {
        [EVM_ROLE_DECIDES] = "decides",     [EVM_ROLE_DISPUTES] = "disputes",
        [EVM_ROLE_CHANGES] = "changes",     [EVM_ROLE_AGREES] = "agrees",
        [EVM_ROLE_OUTRANKED] = "outranked", [EVM_ROLE_LATER] = "later",
        [EVM_ROLE_UNKNOWN] = "unknown",     [EVM_ROLE_SUPERSEDED] = "superseded",
        [EVM_ROLE_RETRACTED] = "retracted",
    };
    return words[role];
}

const char *evm_ground_format(EvmGround ground)
{
    static const char *const words[EVM_GROUND_COUNT] = {
        [EVM_GROUND_DATE] = "date",
        [EVM_GROUND_SEQUENCE] = "seq",
        [EVM_GROUND_CONFIDENCE] = "confidence",
        [EVM_GROUND_REPORT] = "report",
        [EVM_GROUND_ROW] = "row",
    };
    return words[ground];
}

const char *evm_settled_format(EvmSettled settled)
{
    static const char *const words[EVM_SETTLED_COUNT] = {
        [EVM_SETTLED_UNCLAIMED] = "unclaimed",
        [EVM_SETTLED_ALONE] = "alone",
        [EVM_SETTLED_AGREED] = "agreed",
        [EVM_SETTLED_RANKED] = "ranked",
    };
    return words[settled];
}
