/* Claims: events that say who holds a district, reduced to what decides control. */
#ifndef EVM_TIMELINE_CLAIM_H
#define EVM_TIMELINE_CLAIM_H

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

#include "events/events.h"

typedef enum { EVM_CONTROL_UNASSESSED, EVM_CONTROL_CONTESTED, EVM_CONTROL_HELD } EvmControlKind;

typedef struct {
    EvmControlKind kind;
    uint32_t actor; /* index into EvmJoin.actors; 0 unless HELD */
} EvmControl;

/* Withdrawn whatever day it is known on: nobody wrote down when the source took it back. */
#define EVM_WITHDRAWN_ALWAYS ((EvmDate){INT32_MIN + 1})

typedef struct {
    uint32_t event; /* index into events */
    uint32_t district;
    EvmControl control;
    EvmControl before; /* what the row says was so before (from_actor); unassessed: not said */
    EvmDate begin;     /* first day on which it may be so; `effective` unless the day is unsure */
    EvmDate effective; /* from then on it is certain: date_end, or date */
    EvmDate known;     /* reported, or effective where the row does not say */
    EvmDate
        withdrawn; /* who knows of this day knows that it does not count; EVM_DATE_NONE: never */
    int32_t withdrawn_by; /* the event that supersedes it, or -1 */
    unsigned sequence;    /* of tag seq:N, 0 without: orders the events of one day */
    EvmConfidence confidence;
    const char *source; /* borrowed from the event */
} EvmClaim;

/* Everything but district, control and before. */
EvmClaim evm_claim_compute(const EvmEvent *event, size_t index);

/* What decides between two claims on a district, in the order of the rule. */
typedef enum {
    EVM_GROUND_DATE, /* the later effective date */
    EVM_GROUND_SEQUENCE,
    EVM_GROUND_CONFIDENCE,
    EVM_GROUND_REPORT,
    EVM_GROUND_ROW, /* nothing else told them apart */
} EvmGround;
enum { EVM_GROUND_COUNT = EVM_GROUND_ROW + 1 };

/* The order of control, for sorting: by district, then by the first ground on which they differ; of
 * two claims on a district the greater decides. */
int evm_claim_compute_order(const EvmClaim *a, const EvmClaim *b);
EvmGround evm_claim_find_ground(const EvmClaim *a, const EvmClaim *b);

/* Which rows take others back (`supersedes`). A retracted row takes nothing back, and no row
 * itself. */
typedef struct EvmCorrections EvmCorrections;
EvmCorrections *evm_corrections_new(const EvmEvents *events); /* borrows them */
void evm_corrections_free(EvmCorrections *corrections);
/* The day from which event `index` is known not to count, or EVM_DATE_NONE; `by` is the event that
 * supersedes it first, -1 when there is none. */
EvmDate evm_corrections_find(const EvmCorrections *corrections, size_t index, int32_t *by);

bool evm_control_is_equal(EvmControl a, EvmControl b);
bool evm_control_list_has(const GArray *controls, EvmControl control); /* of EvmControl */

#endif
