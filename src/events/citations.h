/* Which rows supersede which. */
#ifndef EVM_EVENTS_CITATIONS_H
#define EVM_EVENTS_CITATIONS_H

#include "events/stream.h"

/* An id that some row supersedes. */
typedef struct {
    EvmWithdrawal withdrawal; /* by the first that was known of those not retracted; or by none */
    int met;                  /* so many rows have this id; counted by any thread */
    uint32_t number;          /* of the ids, from 0 */
} EvmCited;

typedef struct EvmCitations EvmCitations;

EvmCitations *evm_citations_new(void);
void evm_citations_free(EvmCitations *citations);

/* What a row supersedes; rows come in their order. `line` is that of the row, and `row` stands in
 * withdrawals alone. */
void evm_citations_add(EvmCitations *citations, const EvmEvent *event, const EvmStreamRow *row,
                       unsigned line);
size_t evm_citations_count(const EvmCitations *citations);
/* NULL: nothing supersedes it. From any thread, once all are added. */
EvmCited *evm_citations_find(const EvmCitations *citations, const char *id);

/* Forgets which ids were met: the rows will be met again. */
void evm_citations_clear_met(EvmCitations *citations);

/* Of ids that no row has, or more than one, and of rows that supersede each other, be it in a
 * circle; `paths` are those of the files. */
void evm_citations_add_diagnostics(const EvmCitations *citations, const char *const *paths,
                                   EvmDiagnostics *diagnostics);

#endif
