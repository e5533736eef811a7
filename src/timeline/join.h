/* Events joined to districts, and the claims among them. Computed once, then only read. */
#ifndef EVM_TIMELINE_JOIN_H
#define EVM_TIMELINE_JOIN_H

#include <stddef.h>
#include <stdint.h>

#include "base/diagnostic.h"
#include "events/events.h"
#include "gazetteer/gazetteer.h"

/* What became of an event. Each event has exactly one fate, so the counts add up to all rows. */
typedef enum {
    EVM_FATE_CLAIM,     /* joined, and says who holds the district */
    EVM_FATE_REPORT,    /* joined, but claims nothing: a clash, a withdrawal … */
    EVM_FATE_WITHDRAWN, /* joined, but retracted, or superseded by another row */
    EVM_FATE_POINT,     /* tagged point_location: about a crossing or a base, not a district */
    EVM_FATE_PROVINCE,  /* claims nothing and names a province only */
    EVM_FATE_OUTSIDE,   /* a known place that is no district here: a temporary one, a town */
    EVM_FATE_AMBIGUOUS, /* its place fits more than one district */
    EVM_FATE_UNMATCHED, /* its place fits none */
} EvmFate;
enum { EVM_FATE_COUNT = EVM_FATE_UNMATCHED + 1 };

typedef enum { EVM_CONTROL_UNASSESSED, EVM_CONTROL_CONTESTED, EVM_CONTROL_HELD } EvmControlKind;

typedef struct {
    EvmControlKind kind;
    uint32_t actor; /* index into EvmJoin.actors; 0 unless HELD */
} EvmControl;

typedef struct {
    uint32_t event; /* index into events */
    uint32_t district;
    EvmControl control;
    EvmDate effective; /* date, or date_end where there is one: from then on it is certain */
    EvmDate known;     /* reported, or effective where the row does not say */
    unsigned sequence; /* of tag seq:N, 0 without: orders the events of one day */
} EvmClaim;

typedef struct {
    const EvmEvents *events;       /* borrowed: must outlive the join */
    const EvmGazetteer *gazetteer; /* borrowed */
    EvmMatch *matches;             /* one an event */
    EvmFate *fates;                /* one an event */
    size_t fate_counts[EVM_FATE_COUNT];
    size_t how_counts[EVM_MATCH_HOW_COUNT];
    EvmClaim *claims; /* by district, then in the order of control (timeline/state.h) */
    size_t claim_count;
    size_t *first_claim; /* district d has claims [first_claim[d], first_claim[d + 1]) */
    char **actors;       /* in the order the data names them; NULL-terminated */
    size_t actor_count;
} EvmJoin;

/* Unmatched and ambiguous rows become EVM_SEVERITY_ERROR diagnostics ("unmatched-place",
 * "ambiguous-place"), rows about places outside warnings ("outside-place"). EVM_ERROR_LIMIT when
 * there are more than EVM_LIMIT_ACTORS actors. */
EvmJoin *evm_join_compute(const EvmEvents *events, const EvmGazetteer *gazetteer,
                          EvmDiagnostics *diagnostics, GError **error);
void evm_join_free(EvmJoin *join);

/* The day from which an event counts: date_end, where only then it is certain, or date. */
EvmDate evm_event_effective_at(const EvmEvent *event);

bool evm_control_is_equal(EvmControl a, EvmControl b);
/* "Taliban", "contested", "unassessed": the word used in data; borrowed from `join`. */
const char *evm_control_format(const EvmJoin *join, EvmControl control);
const char *evm_fate_format(EvmFate fate);
/* The actor of that name, ASCII case-blind, or -1. */
int evm_join_find_actor(const EvmJoin *join, const char *name);

#endif
