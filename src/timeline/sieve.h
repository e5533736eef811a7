/* Rows seen one at a time, of which only those are kept that can still decide the answer to one
 * question (timeline/state.h says which those are). All others are counted, so that the totals add
 * up. Several sieves can share the rows between them, in any way: what they keep together answers
 * the question as all rows would. */
#ifndef EVM_TIMELINE_SIEVE_H
#define EVM_TIMELINE_SIEVE_H

#include "events/stream.h"
#include "timeline/state.h"

typedef struct EvmSieve EvmSieve;

/* All borrowed; `points` may be NULL. Rows come from the file `path`. */
EvmSieve *evm_sieve_new(const EvmGazetteer *gazetteer, const EvmPointSource *points,
                        const EvmQuestion *question, const char *path);
void evm_sieve_free(EvmSieve *sieve); /* NULL is fine */

/* In ascending order. A row must not supersede another: it would bring back what was let go. */
void evm_sieve_add(EvmSieve *sieve, const EvmEvent *event, const EvmStreamRow *row,
                   EvmDiagnostics *remarks);

/* What several sieves kept, and counted. */
typedef struct {
    EvmStreamRow *rows; /* ascending; the texts are borrowed from the sieves */
    size_t count;
    size_t fate_counts[EVM_FATE_COUNT];
    size_t how_counts[EVM_MATCH_HOW_COUNT];
    char **actors; /* all that any row names, as in EvmJoin; NULL-terminated */
} EvmSifted;

/* NULL when a row was let go that might count after all, which happens when the day of the deciding
 * claim is unsure, or when there are too many actors: all rows must be kept then. */
EvmSifted *evm_sifted_compute(EvmSieve *const *sieves, size_t count);
void evm_sifted_free(EvmSifted *sifted);

/* The join of what was kept, with the counts and actors of all. */
EvmJoin *evm_sifted_compute_join(const EvmSifted *sifted, const EvmEvents *events,
                                 const EvmGazetteer *gazetteer, const EvmPointSource *points,
                                 GError **error);

#endif
