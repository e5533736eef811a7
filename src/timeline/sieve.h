/* Rows seen one at a time, of which only those are kept that can still answer what will be asked
 * (timeline/needs.h). All others are counted, so that the totals add up. Several threads share the
 * rows between them, in any way: the answers are those that all rows would give. */
#ifndef EVM_TIMELINE_SIEVE_H
#define EVM_TIMELINE_SIEVE_H

#include "events/stream.h"
#include "timeline/needs.h"
#include "timeline/universe.h"

typedef struct EvmSieve EvmSieve;
typedef struct EvmSieveWorker EvmSieveWorker; /* of one thread */

/* All borrowed; `universe` and `points` may be NULL, and then no district lacks a polygon. Rows
 * come from the files `paths`. */
EvmSieve *evm_sieve_new(const EvmGazetteer *gazetteer, const EvmUniverse *universe,
                        const EvmPointSource *points, const EvmNeeds *needs,
                        const char *const *paths, unsigned worker_count);
void evm_sieve_free(EvmSieve *sieve); /* NULL is fine */
/* What the rows that `before` saw taught it: to be told before any row is added. */
void evm_sieve_add_knowledge(EvmSieve *sieve, const EvmSieve *before);
EvmSieveWorker *evm_sieve_worker_at(EvmSieve *sieve, unsigned index);

/* A worker's rows come in ascending order. */
void evm_sieve_add(EvmSieveWorker *worker, const EvmEvent *event, const EvmStreamRow *row,
                   const EvmWithdrawal *withdrawal, EvmDiagnostics *remarks);

/* What was kept, and counted. */
typedef struct {
    EvmStreamRow *rows; /* ascending */
    size_t count;
    size_t fate_counts[EVM_FATE_COUNT];
    size_t how_counts[EVM_MATCH_HOW_COUNT];
    char **actors; /* these and what follows of all rows, as EvmJoin has them; NULL-terminated */
    uint32_t *claims_on;
    EvmDate first_day;
    uint32_t *place_rows; /* one a row */
    GArray *history;      /* EvmClaim, without events: who held which district when, where it was
                             asked for */
} EvmSifted;

/* NULL when a row was let go that counts after all, because the day of the deciding claim is unsure
 * (*is_short: a sieve with this one's knowledge, which sees all rows, can answer), or when there
 * are too many actors or places: all rows must be kept then. */
EvmSifted *evm_sifted_compute(EvmSieve *sieve, bool *is_short);
void evm_sifted_free(EvmSifted *sifted);

/* The join of what was kept, with the totals of all; `stream` is where the rows came from. */
EvmJoin *evm_sifted_compute_join(const EvmSifted *sifted, const EvmEventStream *stream,
                                 const EvmEvents *events, const EvmGazetteer *gazetteer,
                                 const EvmPointSource *points, GError **error);
/* For series alone: its claims have no events. Borrows from `join`. */
EvmJoin *evm_sifted_compute_history(const EvmSifted *sifted, const EvmJoin *join);

#endif
