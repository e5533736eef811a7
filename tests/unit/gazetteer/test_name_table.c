/* What sets of names leave out has not the letters. */
#include <glib.h>
#include <string.h>

#include "gazetteer/name_table.h"

static const char *const NAMES[] = {"Musa Qala", "Musa Khel", "Muqur",    "Nad Ali",   "Nawa",
                                    "Aw",        "Kohistan",  "Koh Band", "Khas Kunar"};

static EvmArena *arena;
static EvmNameTable table;

static bool has_name(const uint64_t *set, uint32_t index)
{
    return set[index / EVM_NAME_SETS_WORD] >> index % EVM_NAME_SETS_WORD & 1;
}

/* Enough of them for sets of several words. */
static void init_table(void)
{
    enum { TIMES = 20 };
    evm_name_table_init(&table, arena, TIMES * G_N_ELEMENTS(NAMES));
    for (int32_t i = 0; i < TIMES * (int32_t)G_N_ELEMENTS(NAMES); i++)
        evm_name_table_add(&table, NAMES[i % (int32_t)G_N_ELEMENTS(NAMES)], EVM_NAME_OWN, i, 0);
    evm_name_table_compute_keys(&table);
}

static void assert_longer(EvmFold level, const char *key)
{
    EvmNameLonger longer = evm_name_table_find_longer(&table, level, key);
    for (uint32_t i = 0; i < table.count; i++) {
        uint64_t word = evm_name_longer_at(&longer, i / EVM_NAME_SETS_WORD);
        bool is_in = word >> i % EVM_NAME_SETS_WORD & 1;
        g_assert_true(is_in == (strncmp(table.names[i].keys[level], key,
                                        MIN(strlen(key), EVM_NAME_STARTS)) == 0));
    }
}

static void test_longer_names(void)
{
    static const char *const keys[] = {"",         "m", "mu", "mus", "musa",
                                       "musaqala", "n", "na", "x",   "aw"};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        assert_longer(EVM_FOLD_LIGHT, keys[i]);
    for (uint32_t i = 0; i < table.count; i++)
        for (int level = 0; level < EVM_FOLD_COUNT; level++)
            assert_longer((EvmFold)level, table.names[i].keys[level]);
}

static void test_names_of_several_words(void)
{
    for (uint32_t i = 0; i < table.count; i++) {
        const EvmTableName *name = &table.names[i];
        bool is_multiple = name->name.word_count > 1;
        g_assert_true(has_name(evm_name_sets_find(&table.multiple, '\0'), i) == is_multiple);
        for (const char *p = "kmndsbr"; *p; p++)
            g_assert_true(has_name(evm_name_sets_find(&table.multiple, *p), i) ==
                          (is_multiple && strchr(name->keys[EVM_FOLD_ROUGH], *p)));
    }
}

static void test_first_name_of_a_word(void)
{
    g_assert_cmpuint(evm_name_sets_find_first(1, 0), ==, 0);
    g_assert_cmpuint(evm_name_sets_find_first(UINT64_C(0xF0), 2), ==, 2 * EVM_NAME_SETS_WORD + 4);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    arena = evm_arena_new();
    init_table();
    g_test_add_func("/name_table/longer_names", test_longer_names);
    g_test_add_func("/name_table/names_of_several_words", test_names_of_several_words);
    g_test_add_func("/name_table/first_name_of_a_word", test_first_name_of_a_word);
    int status = g_test_run();
    evm_arena_free(arena);
    return status;
}
