/* Keys of names in blocks of sixteen, so that a key is compared with all names of a block at once:
 * each step of the alignment (distance.h) is taken for sixteen names side by side. Filled once,
 * then only read. */
#ifndef EVM_GAZETTEER_NAME_BLOCKS_H
#define EVM_GAZETTEER_NAME_BLOCKS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/lanes.h"
#include "gazetteer/distance.h"
#include "gazetteer/letters.h"

enum { EVM_BLOCK_NAMES = EVM_LANES, EVM_BLOCK_COST_MOST = UINT8_MAX, EVM_BLOCK_PAIR_WORDS = 16 };

typedef struct {
    unsigned count, length; /* names; letters of the longest key */
    uint32_t names[EVM_BLOCK_NAMES];
    EvmLanes weights[EVM_CLASS_COUNT];
    EvmLanes provinces;                   /* their last eight bits */
    EvmLanes is_outside;                  /* UINT8_MAX or 0 */
    uint64_t pairs[EVM_BLOCK_PAIR_WORDS]; /* a bit for each two letters that are neighbours */
    const EvmLanes *columns, *first_line; /* see name_blocks.c */
} EvmNameBlock;

typedef struct {
    const EvmCosts *costs; /* borrowed */
    EvmNameBlock *blocks;
    uint32_t count;
    /* Letters that stand in a key or are confused with others; index 0 is any other letter. */
    uint8_t letter_count, alphabet[EVM_COST_LETTERS], letter_indexes[EVM_COST_LETTERS];
} EvmNameBlocks;

typedef struct {
    const char *key; /* read by evm_name_blocks_init and not kept */
    uint32_t name;
    int32_t province;
    bool is_outside;
} EvmBlockName;

/* Those of one block are alike. */
void evm_name_blocks_init(EvmNameBlocks *blocks, EvmArena *arena, const EvmCosts *costs,
                          const EvmBlockName *names, uint32_t count);

/* A key that is compared with many blocks. */
typedef struct {
    const EvmNameBlocks *blocks;
    unsigned length;
    EvmLanes weights[EVM_CLASS_COUNT];
    struct {
        EvmLanes letter, gap;
        uint8_t sign;
        unsigned replace; /* where a column says what it costs to write it */
    } letters[EVM_NAME_LETTERS + 2];
} EvmBlockKey;

void evm_block_key_init(EvmBlockKey *key, const EvmNameBlocks *blocks, const char *text);

/* Not more than the distances of the key: what is too much of some classes, or too little of
 * others, has to be paid for. */
EvmLanes evm_name_block_compute_bounds(const EvmNameBlock *block, const EvmBlockKey *key);

/* The distances of the key, or EVM_BLOCK_COST_MOST where they are more; and for all names when none
 * is within `limit`. */
EvmLanes evm_name_block_compute_costs(const EvmNameBlock *block, const EvmBlockKey *key,
                                      unsigned limit);

#endif
