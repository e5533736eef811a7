/* Why a district is what it is: every claim on it, what became of it in the answer to a question,
 * and the part of the rule that decided. */
#ifndef EVM_TIMELINE_EXPLANATION_H
#define EVM_TIMELINE_EXPLANATION_H

#include "timeline/state.h"

typedef enum {
    EVM_ROLE_DECIDES,
    EVM_ROLE_DISPUTES,   /* contradicts the deciding claim */
    EVM_ROLE_CHANGES,    /* its span has begun and is not over */
    EVM_ROLE_AGREES,     /* counts, and says the same as the deciding claim */
    EVM_ROLE_OUTRANKED,  /* counts, and says otherwise */
    EVM_ROLE_LATER,      /* not effective by the date */
    EVM_ROLE_UNKNOWN,    /* not reported by the day of knowledge */
    EVM_ROLE_SUPERSEDED, /* by a row that was reported by then */
    EVM_ROLE_RETRACTED,
} EvmRole;
enum { EVM_ROLE_COUNT = EVM_ROLE_RETRACTED + 1 };

typedef enum {
    EVM_SETTLED_UNCLAIMED, /* no claim counts */
    EVM_SETTLED_ALONE,     /* one claim counts */
    EVM_SETTLED_AGREED,    /* all that count say the same */
    EVM_SETTLED_RANKED,    /* the deciding claim outranks `rival` by `ground` */
} EvmSettled;
enum { EVM_SETTLED_COUNT = EVM_SETTLED_RANKED + 1 };

typedef struct {
    int32_t claim; /* index into EvmJoin.claims */
    EvmRole role;
    EvmGround ground; /* OUTRANKED, DISPUTES: what the deciding claim has over it */
} EvmExplainedClaim;

typedef struct {
    uint32_t district;
    EvmHolding holding;
    EvmSettled settled;
    int32_t rival; /* the strongest claim that says otherwise, or -1 */
    EvmGround ground;
    EvmExplainedClaim *items; /* all claims on the district, the strongest first */
    size_t count;
} EvmExplanation;

EvmExplanation *evm_explanation_compute(const EvmJoin *join, uint32_t district,
                                        const EvmQuestion *question);
void evm_explanation_free(EvmExplanation *explanation);

/* The words used in data: "decides", "outranked" …; "date", "seq" …; "unclaimed", "ranked" … */
const char *evm_role_format(EvmRole role);
const char *evm_ground_format(EvmGround ground);
const char *evm_settled_format(EvmSettled settled);

#endif
