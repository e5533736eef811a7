#include "base/fast_hash.h"

#include <glib.h>
#include <string.h>

enum { LONGEST = 200 };

/* Fails when two calls gave the same hash. */
static void add_new(GHashTable *seen, uint64_t hash)
{
    g_assert_true(g_hash_table_add(seen, g_memdup2(&hash, sizeof hash)));
}

static GHashTable *seen_new(void)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
}

/* Every length, so rounds, words and what is left over count, each bit of them. */
static void test_every_bit_counts(void)
{
    GHashTable *seen = seen_new();
    unsigned char data[LONGEST];
    for (size_t size = 0; size <= LONGEST; size++) {
        memset(data, 0x5a, sizeof data);
        add_new(seen, evm_fast_hash_compute(1, data, size));
        for (size_t bit = 0; bit < 8 * size; bit++) {
            data[bit / 8] ^= (unsigned char)(1u << bit % 8);
            add_new(seen, evm_fast_hash_compute(1, data, size));
            data[bit / 8] ^= (unsigned char)(1u << bit % 8);
        }
    }
    g_hash_table_destroy(seen);
}

static void test_the_seed_counts(void)
{
    GHashTable *seen = seen_new();
    const unsigned char data[LONGEST] = {0};
    for (uint64_t seed = 0; seed < 500; seed++)
        for (size_t size = 0; size <= LONGEST; size += 7)
            add_new(seen, evm_fast_hash_compute(seed, data, size));
    g_hash_table_destroy(seen);
}

static void test_the_order_of_words_counts(void)
{
    enum { WORDS = 12 };
    GHashTable *seen = seen_new();
    uint64_t words[WORDS];
    for (unsigned i = 0; i < WORDS; i++)
        words[i] = i;
    add_new(seen, evm_fast_hash_compute(1, words, sizeof words));
    for (unsigned a = 0; a < WORDS; a++)
        for (unsigned b = a + 1; b < WORDS; b++) {
            words[a] = b;
            words[b] = a;
            add_new(seen, evm_fast_hash_compute(1, words, sizeof words));
            words[a] = a;
            words[b] = b;
        }
    g_hash_table_destroy(seen);
}

static void test_nothing_behind_the_end_counts(void)
{
    unsigned char data[LONGEST + 1] = {0};
    for (size_t size = 0; size <= LONGEST; size++) {
        uint64_t before = evm_fast_hash_compute(1, data, size);
        data[size] = 1;
        g_assert_cmpuint(evm_fast_hash_compute(1, data, size), ==, before);
        data[size] = 0;
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(what) g_test_add_func("/base/fast_hash/" #what, test_##what)
    ADD(every_bit_counts);
    ADD(the_seed_counts);
    ADD(the_order_of_words_counts);
    ADD(nothing_behind_the_end_counts);
    return g_test_run();
}
