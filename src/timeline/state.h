/* Who holds which district on a date, by which claim; and what changed between two dates.
 *
 * The rule ("latest-claim"): among the claims on a district that are effective on or before the
 * date, the latest effective date decides; on one day the higher seq tag, then the higher
 * confidence, then the later report, then the later row. Without any claim: unassessed. */
#ifndef EVM_TIMELINE_STATE_H
#define EVM_TIMELINE_STATE_H

#include "timeline/join.h"

#define EVM_RULE_NAME "latest-claim"
#define EVM_RULE_TEXT                                                                              \
    "Among the claims on a district effective on or before the date: latest effective date, then " \
    "higher seq tag, then higher confidence, then later report, then later row; without any "      \
    "claim, not assessed."

typedef struct {
    EvmControl control;
    int32_t claim; /* the deciding one, index into EvmJoin.claims; -1 when unassessed */
} EvmHolding;

typedef struct {
    const EvmJoin *join; /* borrowed */
    EvmDate date;
    EvmHolding *holdings; /* one a district of the gazetteer */
} EvmState;

EvmState *evm_state_compute(const EvmJoin *join, EvmDate date);
void evm_state_free(EvmState *state);

typedef struct {
    uint32_t district;
    EvmControl before, after;
    int32_t claim; /* the claim that decides `after` */
} EvmChange;

typedef struct {
    EvmDate from, to;
    EvmChange *items; /* by district */
    size_t count;
    bool *is_changed; /* one a district of the gazetteer */
} EvmChanges;

/* Districts held otherwise at the end of `to` than at the end of `from`. A district unassessed at
 * `from` counts as changed only when a claim in between says that it changed hands then: one that
 * names from_actor, or is no mere status list (EVM_PRECISION_STATUS); `before` is then what
 * from_actor says, if anything. */
EvmChanges *evm_changes_compute(const EvmJoin *join, EvmDate from, EvmDate to);
void evm_changes_free(EvmChanges *changes);

#endif
