#include "gazetteer/name_blocks.h"

#include <glib.h>
#include <string.h>

/* Stands before and behind the keys of a block, where nothing costs anything. */
enum { NO_LETTER = 0xFF };

/* By which names are put together: their weights, and their lengths, which count the more. */
enum { LENGTH = EVM_CLASS_COUNT, TRAITS, LENGTH_WEIGHT = 12 };

typedef struct {
    const EvmBlockName *name;
    EvmClassWeights weights;
    unsigned length;
} SortedName;

static unsigned trait_at(const SortedName *name, unsigned trait)
{
    return trait == LENGTH ? name->length * LENGTH_WEIGHT : name->weights.of[trait];
}

static int compare_names(const void *a_in, const void *b_in, void *user)
{
    const SortedName *a = a_in, *b = b_in;
    const unsigned *trait = user;
    int order = (int)trait_at(a, *trait) - (int)trait_at(b, *trait);
    return order ? order : (a->name > b->name) - (a->name < b->name);
}

static uint64_t compute_spread(const SortedName *names, uint32_t count, unsigned trait)
{
    uint64_t sum = 0, squares = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t value = trait_at(&names[i], trait);
        sum += value;
        squares += value * value;
    }
    return squares * count - sum * sum;
}

static unsigned find_widest_trait(const SortedName *names, uint32_t count)
{
    unsigned widest = 0;
    uint64_t most = 0;
    for (unsigned trait = 0; trait < TRAITS; trait++) {
        uint64_t spread = compute_spread(names, count, trait);
        if (spread > most) {
            most = spread;
            widest = trait;
        }
    }
    return widest;
}

/* Halves them by what they differ in most, and the halves again: those of one block are alike in
 * the end. */
static void sort_names(SortedName *names, uint32_t count)
{
    if (count <= EVM_BLOCK_NAMES)
        return;
    unsigned trait = find_widest_trait(names, count);
    uint32_t half = (count / 2 + EVM_BLOCK_NAMES - 1) / EVM_BLOCK_NAMES * EVM_BLOCK_NAMES;
    g_qsort_with_data(names, (int)count, sizeof *names, compare_names, &trait);
    sort_names(names, half);
    sort_names(names + half, count - half);
}

static void init_alphabet(EvmNameBlocks *blocks, const EvmBlockName *names, uint32_t count)
{
    bool is_used[EVM_COST_LETTERS] = {false};
    for (uint32_t i = 0; i < count; i++)
        for (const char *p = names[i].key; *p; p++)
            is_used[*p & 0x7F] = true;
    blocks->letter_count = 1;
    for (uint8_t i = 0; i < EVM_COST_LETTERS; i++)
        if (is_used[i] || evm_costs_is_confused(blocks->costs, i)) {
            blocks->alphabet[blocks->letter_count] = i;
            blocks->letter_indexes[i] = blocks->letter_count++;
        }
}

/* A column of a block holds, of one letter of each key: the letter, what it costs to leave it out,
 * and what it costs to write each letter of the alphabet for it. The first column stands before the
 * keys. */
enum { LETTER, GAP, REPLACE };

static unsigned count_lanes(const EvmNameBlocks *blocks)
{
    return REPLACE + blocks->letter_count;
}

static void add_letter(const EvmNameBlocks *blocks, EvmLanes *column, unsigned lane, uint8_t letter)
{
    bool is_letter = letter != NO_LETTER;
    column[LETTER][lane] = letter;
    column[GAP][lane] = is_letter ? blocks->costs->gap[letter] : 0;
    column[REPLACE][lane] = EVM_COST_SLIP;
    for (unsigned i = 1; i < blocks->letter_count; i++)
        column[REPLACE + i][lane] =
            is_letter ? blocks->costs->replace[letter][blocks->alphabet[i]] : EVM_COST_SLIP;
}

/* Some pairs share a bit. */
static unsigned find_pair(uint8_t first, uint8_t second)
{
    return (first * 37u + second) % (EVM_BLOCK_PAIR_WORDS * 64);
}

static bool has_pair(const EvmNameBlock *block, uint8_t first, uint8_t second)
{
    unsigned pair = find_pair(first, second);
    return block->pairs[pair / 64] >> pair % 64 & 1;
}

static void add_name(const EvmNameBlocks *blocks, EvmNameBlock *block, EvmLanes *columns,
                     unsigned lane, const SortedName *sorted)
{
    const EvmBlockName *name = sorted->name;
    const char *key = name->key;
    uint8_t before = NO_LETTER;
    block->names[lane] = name->name;
    block->provinces[lane] = (uint8_t)name->province;
    block->is_outside[lane] = name->is_outside ? UINT8_MAX : 0;
    for (unsigned i = 0; i < EVM_CLASS_COUNT; i++)
        block->weights[i][lane] = sorted->weights.of[i];
    add_letter(blocks, columns, lane, NO_LETTER);
    for (unsigned j = 1; j <= block->length; j++) {
        uint8_t letter = *key ? *key++ & 0x7F : NO_LETTER;
        add_letter(blocks, columns + j * count_lanes(blocks), lane, letter);
        unsigned pair = find_pair(before, letter);
        block->pairs[pair / 64] |= UINT64_C(1) << pair % 64;
        before = letter;
    }
}

/* What the beginnings of the keys cost to write from nothing. */
static void init_first_line(const EvmNameBlocks *blocks, EvmNameBlock *block, EvmLanes *line)
{
    EvmLanes sum = line[0] = evm_lanes_init(0);
    for (unsigned j = 1; j <= block->length; j++)
        line[j] = sum = evm_lanes_add(sum, block->columns[j * count_lanes(blocks) + GAP]);
    block->first_line = line;
}

/* Lanes that are left over repeat the last name. */
static void init_block(const EvmNameBlocks *blocks, EvmArena *arena, EvmNameBlock *block,
                       const SortedName *names)
{
    for (unsigned i = 0; i < block->count; i++)
        block->length = MAX(block->length, names[i].length);
    size_t count = block->length + 1;
    EvmLanes *columns = evm_arena_alloc_array(arena, count * count_lanes(blocks), sizeof *columns);
    for (unsigned lane = 0; lane < EVM_BLOCK_NAMES; lane++)
        add_name(blocks, block, columns, lane, &names[MIN(lane, block->count - 1)]);
    block->columns = columns;
    init_first_line(blocks, block, evm_arena_alloc_array(arena, count, sizeof *columns));
}

static SortedName *new_sorted_names(const EvmCosts *costs, const EvmBlockName *names,
                                    uint32_t count)
{
    SortedName *sorted = g_new(SortedName, count);
    for (uint32_t i = 0; i < count; i++) {
        const char *key = names[i].key;
        sorted[i] =
            (SortedName){&names[i], evm_costs_compute_weights(costs, key), (unsigned)strlen(key)};
    }
    sort_names(sorted, count);
    return sorted;
}

void evm_name_blocks_init(EvmNameBlocks *blocks, EvmArena *arena, const EvmCosts *costs,
                          const EvmBlockName *names, uint32_t count)
{
    g_autofree SortedName *sorted = new_sorted_names(costs, names, count);
    *blocks = (EvmNameBlocks){.costs = costs};
    blocks->count = (count + EVM_BLOCK_NAMES - 1) / EVM_BLOCK_NAMES;
    blocks->blocks = evm_arena_alloc_array(arena, blocks->count, sizeof *blocks->blocks);
    init_alphabet(blocks, names, count);
    for (uint32_t i = 0; i < blocks->count; i++) {
        uint32_t first = i * EVM_BLOCK_NAMES;
        blocks->blocks[i].count = MIN(count - first, (uint32_t)EVM_BLOCK_NAMES);
        init_block(blocks, arena, &blocks->blocks[i], &sorted[first]);
    }
}

void evm_block_key_init(EvmBlockKey *key, const EvmNameBlocks *blocks, const char *text)
{
    key->blocks = blocks;
    key->length = 0;
    EvmClassWeights weights = evm_costs_compute_weights(blocks->costs, text);
    for (unsigned i = 0; i < EVM_CLASS_COUNT; i++)
        key->weights[i] = evm_lanes_init(weights.of[i]);
    for (; *text; text++) {
        uint8_t sign = *text & 0x7F;
        unsigned i = key->length++;
        key->letters[i].sign = sign;
        key->letters[i].letter = evm_lanes_init(sign);
        key->letters[i].gap = evm_lanes_init(blocks->costs->gap[sign]);
        key->letters[i].replace = REPLACE + blocks->letter_indexes[sign];
    }
}

/* Each step of an alignment changes the number of at most one class up and of one class down. */
EvmLanes evm_name_block_compute_bounds(const EvmNameBlock *block, const EvmBlockKey *key)
{
    EvmLanes more = evm_lanes_init(0), less = more;
    for (unsigned i = 0; i < EVM_CLASS_COUNT; i++) {
        EvmLanes a = key->weights[i], b = block->weights[i];
        EvmLanes most = evm_lanes_find_more(a, b);
        more += most - b;
        less += most - a;
    }
    return evm_lanes_find_more(more, less);
}

/* Costs of the letters of the key up to some one, by how many of the names'. */
typedef struct {
    const EvmLanes *far_above, *above;
    EvmLanes *line;
} Lines;

/* As the line of evm_costs_compute_distance, of the letter `at` of the key. Returns its least. */
static inline EvmLanes fill_line(const EvmNameBlock *block, const EvmBlockKey *key, unsigned at,
                                 const Lines *lines, bool with_swaps)
{
    const EvmLanes gap = key->letters[at].gap, letter = key->letters[at].letter;
    const EvmLanes *column = block->columns;
    unsigned lanes = count_lanes(key->blocks), replace = key->letters[at].replace;
    EvmLanes diagonal = lines->above[0], left = evm_lanes_add(diagonal, gap), least = left;
    lines->line[0] = left;
    for (unsigned j = 1; j <= block->length; j++) {
        const EvmLanes *column_before = column;
        column += lanes;
        EvmLanes up = lines->above[j];
        EvmLanes best =
            evm_lanes_find_less(evm_lanes_add(diagonal, column[replace]), evm_lanes_add(up, gap));
        if (with_swaps && j > 1) {
            EvmLanes is_swapped = (EvmLanes)(column_before[LETTER] == letter) &
                                  (EvmLanes)(column[LETTER] == key->letters[at - 1].letter);
            EvmLanes cost = evm_lanes_add(lines->far_above[j - 2], evm_lanes_init(EVM_COST_SLIP));
            best = evm_lanes_find_less(best, cost | ~is_swapped);
        }
        left = evm_lanes_find_less(best, evm_lanes_add(left, column[GAP]));
        least = evm_lanes_find_less(least, left);
        lines->line[j] = left;
        diagonal = up;
    }
    return least;
}

EvmLanes evm_name_block_compute_costs(const EvmNameBlock *block, const EvmBlockKey *key,
                                      unsigned limit)
{
    EvmLanes room[3][EVM_NAME_LETTERS + 2];
    Lines lines = {.above = block->first_line};
    for (unsigned i = 0; i < key->length; i++) {
        lines.line = room[i % 3];
        bool with_swaps = i > 0 && has_pair(block, key->letters[i].sign, key->letters[i - 1].sign);
        EvmLanes least = with_swaps ? fill_line(block, key, i, &lines, true)
                                    : fill_line(block, key, i, &lines, false);
        if (!evm_lanes_is_any_within(least, limit))
            return evm_lanes_init(EVM_BLOCK_COST_MOST);
        lines.far_above = lines.above;
        lines.above = lines.line;
    }
    return lines.above[block->length];
}
