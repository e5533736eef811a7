/* Ids that more than one row has, found without keeping them all: first those that may stand twice
 * are told from those that do not, then the rows of the former are compared. Ids are known by a
 * hash of 64 bits. */
#ifndef EVM_EVENTS_REPEATED_IDS_H
#define EVM_EVENTS_REPEATED_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct EvmRepeatedIds EvmRepeatedIds;

/* The first row with an id. */
typedef struct {
    unsigned file, line;
    uint64_t content; /* a hash of what it says */
} EvmFirstRow;

/* `rows`: about so many ids, or more. */
EvmRepeatedIds *evm_repeated_ids_new(size_t rows);
void evm_repeated_ids_free(EvmRepeatedIds *ids); /* NULL is fine */

/* First every id. False when more stand twice than can be kept. */
bool evm_repeated_ids_add(EvmRepeatedIds *ids, uint64_t id);
/* Lets go of what only adding needs. */
void evm_repeated_ids_commit(EvmRepeatedIds *ids);

/* Forgets which rows were the first. */
void evm_repeated_ids_clear_rows(EvmRepeatedIds *ids);

/* Then: whether it may stand twice; from any thread. */
bool evm_repeated_ids_has(const EvmRepeatedIds *ids, uint64_t id);
/* Of those that may, in the order of the rows: the first row with that id, or NULL when it is this
 * one. */
const EvmFirstRow *evm_repeated_ids_find_first(EvmRepeatedIds *ids, uint64_t id,
                                               const EvmFirstRow *row);

#endif
