/* What will be asked of a table, so that of a large one only the rows are kept that can answer. */
#ifndef EVM_TIMELINE_NEEDS_H
#define EVM_TIMELINE_NEEDS_H

#include "timeline/state.h"

enum { EVM_NEEDS_QUESTIONS_MAX = 2 };

/* All zeros but for the dates, which are then EVM_DATE_NONE (EVM_NEEDS_NOTHING): counts alone. */
typedef struct {
    EvmQuestion questions[EVM_NEEDS_QUESTIONS_MAX]; /* whose states are computed, doubt and all;
                                                       their baselines do not matter */
    size_t question_count;
    /* Of what follows, the day of knowledge and the last day: */
    EvmDate known, to;
    EvmDate flips_from;   /* flips and changes from the end of this day are computed; NONE: none */
    EvmDate history_from; /* so is who held what at the end of each day since; NONE: nobody asks */
    bool wants_reports;   /* rows that claim nothing, of the days behind flips_from */
    bool wants_evidence;  /* rows that agree with those that decide the first question */
    bool wants_spellings; /* the first row of every spelling that is not the gazetteer's own */
    const EvmPlaceQuery *district; /* all claims on it; NULL: of no district */
} EvmNeeds;

#define EVM_NEEDS_NOTHING                                                                          \
    ((EvmNeeds){.to = EVM_DATE_NONE, .flips_from = EVM_DATE_NONE, .history_from = EVM_DATE_NONE})

/* So many rows that agree with a deciding one are named, the strongest. */
enum { EVM_EVIDENCE_ROWS = 25 };

#endif
