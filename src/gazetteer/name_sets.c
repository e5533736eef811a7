#include "gazetteer/name_sets.h"

enum { LETTERS = 64 };

void evm_name_sets_init(EvmNameSets *sets, EvmArena *arena, uint32_t name_count)
{
    sets->word_count = (name_count + EVM_NAME_SETS_WORD - 1) / EVM_NAME_SETS_WORD;
    sets->words =
        evm_arena_alloc_array(arena, (size_t)sets->word_count * LETTERS, sizeof *sets->words);
}

static size_t find_set(const EvmNameSets *sets, char letter)
{
    return (size_t)(letter & (LETTERS - 1)) * sets->word_count;
}

void evm_name_sets_add(EvmNameSets *sets, char letter, uint32_t name)
{
    uint64_t *word = &sets->words[find_set(sets, letter) + name / EVM_NAME_SETS_WORD];
    *word |= UINT64_C(1) << name % EVM_NAME_SETS_WORD;
}

const uint64_t *evm_name_sets_find(const EvmNameSets *sets, char letter)
{
    return &sets->words[find_set(sets, letter)];
}

uint32_t evm_name_sets_find_first(uint64_t names, uint32_t word)
{
    return word * EVM_NAME_SETS_WORD + (uint32_t)__builtin_ctzll(names);
}
