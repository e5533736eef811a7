/* Every change of control in a period, day by day, and what they come to for each control. */
#ifndef EVM_TIMELINE_FLIPS_H
#define EVM_TIMELINE_FLIPS_H

#include "timeline/universe.h"

typedef struct {
    EvmDate day; /* the first at whose end it is so */
    uint32_t district;
    EvmControl before, after;
    int32_t before_claim, claim; /* those that decided; -1 for none */
    bool is_retaken;             /* by an actor who held it, as earlier claims say, and lost it */
} EvmFlip;

/* start + assessed + gained - lost = end, in districts. */
typedef struct {
    EvmControl control;
    size_t start, end; /* at the end of the first and of the last day */
    int64_t assessed;  /* first heard of in the period, without a word of a change then: what was so
                          all along moves from the unassessed (or the baseline) to what it is */
    size_t gained, retaken, lost; /* flips to it, those of them that were retaken, flips away */
} EvmBalance;

typedef struct {
    EvmFlip *items; /* in counted areas only; by day, then by district */
    size_t count;
    EvmBalance *balances; /* in the order of a tally; those with anything in them */
    size_t balance_count;
} EvmFlips;

/* From the end of the question's date to the end of `to`. A district without a claim at the start
 * is taken to have been then what evm_changes_compute says; so net changes are the same. */
EvmFlips *evm_flips_compute(const EvmUniverse *universe, const EvmJoin *join,
                            const EvmQuestion *question, EvmDate to);
/* The same of one date as known on two days: a flip is a district that corrections and later
 * reports changed. Nothing is assessed or retaken. */
EvmFlips *evm_flips_compute_corrections(const EvmUniverse *universe, const EvmJoin *join,
                                        const EvmQuestion *before, const EvmQuestion *after);
/* One flip a district whose control differs at the end: from what it was to what it is. */
EvmFlips *evm_flips_compute_net(const EvmFlips *flips);
void evm_flips_free(EvmFlips *flips);

#endif
