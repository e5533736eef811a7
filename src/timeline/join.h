/* Events joined to districts, and the claims among them. Computed once, then only read. */
#ifndef EVM_TIMELINE_JOIN_H
#define EVM_TIMELINE_JOIN_H

#include "gazetteer/gazetteer.h"
#include "timeline/claim.h"
#include "timeline/fate.h"

typedef struct {
    const EvmEvents *events;       /* borrowed: must outlive the join */
    const EvmGazetteer *gazetteer; /* borrowed */
    EvmMatch *matches;             /* one an event */
    EvmFate *fates;                /* one an event */
    size_t fate_counts[EVM_FATE_COUNT];
    size_t how_counts[EVM_MATCH_HOW_COUNT];
    EvmClaim *claims; /* of all joined rows that say who holds, withdrawn ones too; in the order of
                         evm_claim_compute_order */
    size_t claim_count;
    size_t *first_claim; /* district d has claims [first_claim[d], first_claim[d + 1]) */
    char **actors;       /* in the order the data names them; NULL-terminated */
    size_t actor_count;
    uint32_t *claims_on;  /* one a district: its claims, those withdrawn aside */
    EvmDate first_day;    /* the earliest effective date of a claim; EVM_DATE_NONE without any */
    EvmDate *withdrawn;   /* one an event: who knows of this day knows that it does not count;
                             EVM_DATE_NONE: never */
    uint32_t *place_rows; /* one an event: the rows that write their place so and come to nothing,
                             of which it is the first, 0 when it is not; NULL: each is told by
                             itself */
} EvmJoin;

/* Unmatched and ambiguous rows become EVM_SEVERITY_ERROR diagnostics ("unmatched-place",
 * "ambiguous-place"), rows about places outside warnings ("outside-place"), and so do rows whose
 * name and point disagree ("point-elsewhere", "placed-by-point"). EVM_ERROR_LIMIT when there are
 * more than EVM_LIMIT_ACTORS actors. */
EvmJoin *evm_join_compute(const EvmEvents *events, const EvmGazetteer *gazetteer,
                          const EvmPointSource *points, EvmDiagnostics *diagnostics,
                          GError **error);
/* What is known of events of which those that decide nothing were left out. All borrowed. */
typedef struct {
    char *const *actors;         /* of all, in the join's order */
    const EvmDate *withdrawn;    /* one an event, by rows of all; retracted ones aside */
    const int32_t *withdrawn_by; /* the event, or -1 when it is not among them */
} EvmJoinFacts;

/* The same without diagnostics; counts are of the events that are there. */
EvmJoin *evm_join_compute_with_facts(const EvmEvents *events, const EvmGazetteer *gazetteer,
                                     const EvmPointSource *points, const EvmJoinFacts *facts,
                                     GError **error);
/* Claims alone, with the actors of `join`: for counting day by day. */
EvmJoin *evm_join_compute_of_claims(const EvmJoin *join, const EvmClaim *claims, size_t count);
void evm_join_free(EvmJoin *join);

/* "Taliban", "contested", "unassessed": the word used in data; borrowed from `join`. */
const char *evm_control_format(const EvmJoin *join, EvmControl control);
/* The actor of that name, ASCII case-blind, or -1. */
int evm_join_find_actor(const EvmJoin *join, const char *name);
/* Held by the actor of that name: one of the data, or the government, which is added when no row
 * names it. EVM_ERROR_USAGE for any other, with the nearest. To be called before anything else
 * reads the join. */
bool evm_join_resolve_baseline(EvmJoin *join, const char *name, EvmControl *out, GError **error);

#endif
