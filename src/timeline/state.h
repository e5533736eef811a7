/* Who holds which district on a date, as known on a date, by which claim, and how sure it is; and
 * what changed between two questions. docs/control.md states the rule with examples.
 *
 * The rule ("latest-claim"): among the claims on a district that are effective on or before the
 * date, reported on or before the day of knowledge, and then not withdrawn, the latest effective
 * date decides; on one day the higher seq tag, then the higher confidence, then the later report,
 * then the later row. Without any: the baseline, or unassessed.
 *
 * Claims that can matter to a question are those with `begin` on or before its date and `effective`
 * not earlier than the deciding claim's `begin` minus the dispute window. All others may be left
 * out of the array without changing the holding (rows that say the same are then missing from the
 * evidence). A change between two questions needs the claims that matter to either of them, and
 * those effective between their dates. */
#ifndef EVM_TIMELINE_STATE_H
#define EVM_TIMELINE_STATE_H

#include "timeline/join.h"

#define EVM_RULE_NAME "latest-claim"
#define EVM_RULE_TEXT                                                                              \
    "Among the claims on a district effective on or before the date, reported on or before the "   \
    "day of knowledge, not retracted and not superseded: latest effective date, then higher seq "  \
    "tag, then higher confidence, then later report, then later row; without any claim, the "      \
    "baseline or not assessed."

enum {
    EVM_DISPUTE_WINDOW_DAYS = 3,
    EVM_OLD_DAYS = 30 /* with no later claim than so long before, a map or table says so */
};
#define EVM_KNOWN_NOW ((EvmDate){INT32_MAX}) /* as known on: all that was ever reported counts */

/* What a state answers. */
typedef struct {
    EvmDate date;            /* the end of this day */
    EvmDate known;           /* as known on the end of that day, or EVM_KNOWN_NOW */
    int dispute_window_days; /* claims as near as this can contradict each other; -1: none do */
    int stale_after_days;    /* evidence older than this is stale; 0: never */
    EvmControl baseline;     /* of districts without a claim: usually unassessed */
} EvmQuestion;

/* The question that is asked when the user says nothing but a date. */
#define EVM_QUESTION_ON(day)                                                                       \
    ((EvmQuestion){                                                                                \
        .date = (day), .known = EVM_KNOWN_NOW, .dispute_window_days = EVM_DISPUTE_WINDOW_DAYS})

typedef enum {
    EVM_DOUBT_NONE,
    EVM_DOUBT_CHANGING, /* a change is under way whose day nobody knows */
    EVM_DOUBT_DISPUTED, /* claims contradict each other and nothing settles it */
} EvmDoubt;
enum { EVM_DOUBT_COUNT = EVM_DOUBT_DISPUTED + 1 };

/* Every district has one control, so that counts add up; the doubt says what else it may be. */
typedef struct {
    EvmControl control; /* by the rule, whatever the doubt */
    int32_t claim;      /* the deciding one, index into EvmJoin.claims; -1 without any */
    EvmDoubt doubt;
    EvmControl other;    /* CHANGING: what it becomes; DISPUTED: what the other claim says */
    int32_t other_claim; /* the claim that says so; -1 without doubt */
    EvmDate from, to;    /* CHANGING: it may be `other` from `from` on, and is from `to` on */
    bool is_stale;       /* the deciding claim is older than stale_after_days */
} EvmHolding;

/* The holding of one district from its claims, in the order of evm_claim_compute_order; claim and
 * other_claim are indexes into `claims`. Depends on nothing else. */
EvmHolding evm_holding_compute(const EvmClaim *claims, size_t count, const EvmQuestion *question);

/* True when it is known and not yet known to be withdrawn: it counts if it is effective. */
bool evm_claim_is_in_force(const EvmClaim *claim, const EvmQuestion *question);

typedef struct {
    const EvmJoin *join; /* borrowed */
    EvmQuestion question;
    EvmHolding *holdings; /* one a district of the gazetteer */
} EvmState;

/* The holding of one district; claim and other_claim are indexes into EvmJoin.claims. */
EvmHolding evm_state_compute_holding(const EvmJoin *join, size_t district,
                                     const EvmQuestion *question);

EvmState *evm_state_compute(const EvmJoin *join, const EvmQuestion *question);
void evm_state_free(EvmState *state);

/* The word used in data: "sure", "changing", "disputed". */
const char *evm_doubt_format(EvmDoubt doubt);

typedef struct {
    uint32_t district;
    EvmControl before, after;
    int32_t claim; /* the claim that decides `after`; -1 when none does */
} EvmChange;

typedef struct {
    EvmDate from, to; /* the dates of the two questions */
    EvmChange *items; /* by district */
    size_t count;
    bool *is_changed; /* one a district of the gazetteer */
} EvmChanges;

/* Districts held otherwise in the answer to `after` than in that to `before`.
 * Two dates: a district without a claim at the first counts as changed only when a claim in between
 * says that it changed hands then: one that names from_actor, or is no mere status list
 * (EVM_PRECISION_STATUS); `before` is then what from_actor says, else the baseline.
 * One date, two days of knowledge: every district whose control differs, which is what corrections
 * and later reports changed. */
EvmChanges *evm_changes_compute(const EvmJoin *join, const EvmQuestion *before,
                                const EvmQuestion *after);
/* The same from the two answers. */
EvmChanges *evm_changes_compute_between(const EvmState *before, const EvmState *after);
void evm_changes_free(EvmChanges *changes);

/* What a district counts as having been in the answer `before`, as told above. False when claims in
 * between do no more than list it: then it did not change. */
bool evm_changes_find_start(const EvmState *before, const EvmState *after, size_t district,
                            EvmControl *start);

#endif
