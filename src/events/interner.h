/* One copy of every string: sources, provinces and actors repeat on thousands of rows. */
#ifndef EVM_EVENTS_INTERNER_H
#define EVM_EVENTS_INTERNER_H

#include "base/arena.h"
#include "events/columns.h"

typedef struct EvmInterner EvmInterner;

/* The strings live in `arena`, beyond the interner. */
EvmInterner *evm_interner_new(EvmArena *arena);
void evm_interner_free(EvmInterner *interner); /* NULL is fine */

/* The copy of `text`; equal texts give the same pointer. */
const char *evm_interner_add(EvmInterner *interner, EvmColumn column, const char *text);

#endif
