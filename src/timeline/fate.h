/* What becomes of an event when it is joined to a district, and what is said of it. */
#ifndef EVM_TIMELINE_FATE_H
#define EVM_TIMELINE_FATE_H

#include "timeline/place.h"

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

const char *evm_fate_format(EvmFate fate);

/* Finds the event's place, and with it its fate. */
EvmFate evm_fate_resolve(EvmPlaceFinder *finder, const EvmEvent *event, bool is_withdrawn,
                         EvmPlace *place);

/* A diagnostic without its place. */
typedef struct {
    const char *code; /* NULL: there is nothing to say */
    EvmSeverity severity;
    unsigned column;
    char *message, *hint;
} EvmFateWords;

/* What is to be said of the event's P-code or province (EvmMatch.cause). */
EvmFateWords evm_fate_format_cause(const EvmGazetteer *gazetteer, const EvmEvent *event,
                                   const EvmMatch *match);
void evm_fate_words_clear(EvmFateWords *words);
/* It is the P-code that keeps the row from joining: no alias of its name can mend it. */
bool evm_fate_is_about_pcode(const EvmMatch *match);

/* What diagnostics need besides; all borrowed. */
typedef struct {
    const char *path; /* of the event's file */
    const EvmGazetteer *gazetteer;
    EvmDiagnostics *diagnostics;
} EvmFateReport;

/* Ambiguous and unmatched rows, places outside, P-codes read by their day, and rows whose name and
 * point disagree. */
void evm_fate_add_diagnostics(const EvmFateReport *report, EvmFate fate, const EvmPlace *place,
                              const EvmEvent *event);

#endif
