/* Sixteen at a time cost what they cost one by one. */
#include <glib.h>
#include <string.h>

#include "gazetteer/name_blocks.h"

enum { NAMES = 200, ROUNDS = 200, KEY_SIZE = 32, FAR = 10000 };

static EvmCosts costs;
static EvmArena *arena;
static char keys[NAMES][KEY_SIZE];
static EvmNameBlocks blocks;
static uint32_t seed = 20210705;

static uint32_t next_random(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)seed * below) >> 32);
}

/* '^' and '~' are in no key and no group of the costs; few letters, so that neighbours are swapped.
 */
static void fill_key(char key[KEY_SIZE], const char *letters, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++)
        key[i] = letters[next_random((uint32_t)strlen(letters))];
    key[length] = '\0';
}

static void init_names(void)
{
    EvmBlockName names[NAMES];
    for (uint32_t i = 0; i < NAMES; i++) {
        fill_key(keys[i], i % 2 ? "kqgAIUnmlr02" : "nrA", next_random(i % 20 + 1));
        names[i] = (EvmBlockName){
            .key = keys[i], .name = i, .province = (int32_t)i + 200, .is_outside = i % 3 == 0};
    }
    evm_name_blocks_init(&blocks, arena, &costs, names, NAMES);
}

static void random_key(char key[KEY_SIZE])
{
    static const char *const alphabets[] = {"kqgAIUnmlr02", "nrA", "kn^~x"};
    fill_key(key, alphabets[next_random(3)], next_random(KEY_SIZE - 1));
}

static unsigned compute_plain(const EvmNameBlock *block, unsigned lane, const char *key)
{
    return evm_costs_compute_distance(&costs, key, keys[block->names[lane]], FAR);
}

static void test_every_name_stands_in_one_block(void)
{
    unsigned seen[NAMES] = {0};
    for (uint32_t b = 0; b < blocks.count; b++)
        for (unsigned i = 0; i < blocks.blocks[b].count; i++) {
            uint32_t name = blocks.blocks[b].names[i];
            seen[name]++;
            g_assert_cmpuint(blocks.blocks[b].provinces[i], ==, (name + 200) % 256);
            g_assert_cmpint(blocks.blocks[b].is_outside[i] != 0, ==, name % 3 == 0);
        }
    for (uint32_t i = 0; i < NAMES; i++)
        g_assert_cmpuint(seen[i], ==, 1);
}

static void test_costs_are_distances(void)
{
    unsigned far = 0;
    for (unsigned round = 0; round < ROUNDS; round++) {
        char text[KEY_SIZE];
        EvmBlockKey key;
        random_key(text);
        evm_block_key_init(&key, &blocks, text);
        for (uint32_t b = 0; b < blocks.count; b++) {
            const EvmNameBlock *block = &blocks.blocks[b];
            EvmLanes found = evm_name_block_compute_costs(block, &key, FAR);
            for (unsigned i = 0; i < block->count; i++) {
                unsigned plain = compute_plain(block, i, text);
                g_assert_cmpuint(found[i], ==, MIN(plain, EVM_BLOCK_COST_MOST));
                far += plain > EVM_BLOCK_COST_MOST;
            }
        }
    }
    g_assert_cmpuint(far, >, ROUNDS);
}

static void test_costs_within_a_limit(void)
{
    unsigned ended = 0;
    for (unsigned round = 0; round < ROUNDS; round++) {
        char text[KEY_SIZE];
        EvmBlockKey key;
        random_key(text);
        evm_block_key_init(&key, &blocks, text);
        unsigned limit = next_random(100);
        for (uint32_t b = 0; b < blocks.count; b++) {
            const EvmNameBlock *block = &blocks.blocks[b];
            EvmLanes found = evm_name_block_compute_costs(block, &key, limit);
            for (unsigned i = 0; i < block->count; i++) {
                unsigned plain = compute_plain(block, i, text);
                g_assert_true(found[i] == plain || (plain > limit && found[i] > limit));
            }
            ended += evm_lanes_find_least(found) == EVM_BLOCK_COST_MOST;
        }
    }
    g_assert_cmpuint(ended, >, ROUNDS);
}

static void test_bounds_are_below_distances(void)
{
    unsigned tight = 0, all = 0;
    for (unsigned round = 0; round < ROUNDS; round++) {
        char text[KEY_SIZE];
        EvmBlockKey key;
        random_key(text);
        evm_block_key_init(&key, &blocks, text);
        for (uint32_t b = 0; b < blocks.count; b++) {
            const EvmNameBlock *block = &blocks.blocks[b];
            EvmLanes bounds = evm_name_block_compute_bounds(block, &key);
            for (unsigned i = 0; i < block->count; i++, all++) {
                unsigned plain = compute_plain(block, i, text);
                g_assert_cmpuint(bounds[i], <=, plain);
                tight += bounds[i] * 3u > plain;
            }
        }
    }
    g_assert_cmpuint(tight, >, all / 4);
}

static void test_lanes(void)
{
    for (unsigned a = 0; a <= UINT8_MAX; a += 5)
        for (unsigned b = 0; b <= UINT8_MAX; b += 5) {
            EvmLanes left = evm_lanes_init(a), right = evm_lanes_init(b);
            g_assert_cmpuint(evm_lanes_add(left, right)[a % EVM_LANES], ==, MIN(a + b, UINT8_MAX));
            g_assert_cmpuint(evm_lanes_find_less(left, right)[b % EVM_LANES], ==, MIN(a, b));
            g_assert_cmpuint(evm_lanes_find_more(left, right)[b % EVM_LANES], ==, MAX(a, b));
            left[b % EVM_LANES] = (uint8_t)b;
            g_assert_cmpuint(evm_lanes_find_least(left), ==, MIN(a, b));
            g_assert_cmpint(evm_lanes_is_any_within(left, 100), ==, MIN(a, b) <= 100);
        }
    g_assert_true(evm_lanes_is_any_within(evm_lanes_init(UINT8_MAX), UINT8_MAX + 1));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    evm_costs_init_sounds(&costs);
    arena = evm_arena_new();
    init_names();
    g_test_add_func("/name_blocks/every_name_once", test_every_name_stands_in_one_block);
    g_test_add_func("/name_blocks/costs", test_costs_are_distances);
    g_test_add_func("/name_blocks/limit", test_costs_within_a_limit);
    g_test_add_func("/name_blocks/bounds", test_bounds_are_below_distances);
    g_test_add_func("/name_blocks/lanes", test_lanes);
    int status = g_test_run();
    evm_arena_free(arena);
    return status;
}
