/* What the search leaves out is never nearer than what it finds. */
#include <glib.h>
#include <string.h>

#include "gazetteer/near_search.h"

enum { ROUNDS = 3000, MOST_SLIPS = 4 };

static EvmGazetteer *gazetteer;
static uint32_t seed = 20210705;

static uint32_t next_random(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)seed * below) >> 32);
}

/* A letter of the alphabet of sounds or of Arabic signs, and the digits. */
static uint8_t random_letter(bool is_arabic)
{
    static const char latin[] = "abcdefghijklmnopqrstuvwxyz02",
                      arabic[] = "aewyHhTDRNQJ57CSG1236984kgfqlmnbptdr";
    const char *letters = is_arabic ? arabic : latin;
    uint8_t letter = (uint8_t)letters[next_random((uint32_t)strlen(letters))];
    return is_arabic ? (uint8_t)(letter | EVM_LETTER_ARABIC) : letter;
}

static void add_slip(EvmName *name)
{
    unsigned length = name->ends[name->word_count - 1], at = next_random(length);
    name->letters[at] = next_random(3) ? random_letter(evm_name_is_arabic(name))
                                       : name->letters[next_random(length)];
}

static EvmName random_name(const EvmGazetteerFull *full)
{
    const EvmNameTable *table = &full->district_names;
    EvmName name = {.word_count = 0};
    while (name.word_count == 0)
        name = table->names[next_random(table->count)].name;
    for (uint32_t slips = next_random(MOST_SLIPS + 1); slips > 0; slips--)
        add_slip(&name);
    return name;
}

static void assert_same(const EvmNearest *a, const EvmNearest *b, unsigned limit)
{
    g_assert_cmpuint(a->count, ==, b->count);
    for (unsigned i = 0; i < a->count; i++) {
        g_assert_cmpint(a->places[i], ==, b->places[i]);
        g_assert_cmpuint(a->costs[i], ==, b->costs[i]);
        g_assert_true(a->names[i] == b->names[i]);
        g_assert_cmpuint(a->costs[i], <=, limit);
    }
}

static void test_what_is_left_out_is_farther(void)
{
    const EvmGazetteerFull *full = evm_gazetteer_compute_keys(gazetteer);
    unsigned found = 0;
    for (unsigned round = 0; round < ROUNDS; round++) {
        int32_t province = (int32_t)next_random(2 * (uint32_t)gazetteer->province_count);
        EvmName name = random_name(full);
        EvmNameQuest quest;
        EvmNearSearch search;
        evm_name_quest_init(&quest, full,
                            province < (int32_t)gazetteer->province_count ? province : -1, &name);
        evm_near_search_init(&search, &quest);
        search.only_province = next_random(2);
        search.only_script = next_random(2);
        search.with_outside = next_random(2);
        if (next_random(2))
            search.limit = next_random(100);
        EvmNearest quick = evm_near_search_find(&search, &full->district_names);
        search.is_exhaustive = true;
        EvmNearest all = evm_near_search_find(&search, &full->district_names);
        assert_same(&quick, &all, search.limit);
        found += all.count;
    }
    g_assert_cmpuint(found, >, ROUNDS);
}

/* Of a name that nothing comes near to the costs are more than a block can tell. */
static void test_very_far_names(void)
{
    static const char text[] = "qwrtpsdfghjklzxcvbnmqwrtpsdfghjklzxcvbnm";
    const EvmGazetteerFull *full = evm_gazetteer_compute_keys(gazetteer);
    EvmName name;
    EvmNameQuest quest;
    EvmNearSearch search;
    g_assert_true(evm_name_parse(&name, text, strlen(text)));
    evm_name_quest_init(&quest, full, -1, &name);
    evm_near_search_init(&search, &quest);
    EvmNearest quick = evm_near_search_find(&search, &full->district_names);
    search.is_exhaustive = true;
    EvmNearest all = evm_near_search_find(&search, &full->district_names);
    assert_same(&quick, &all, search.limit);
    g_assert_cmpuint(quick.count, ==, EVM_MATCH_CANDIDATES);
    g_assert_cmpuint(quick.costs[0], >, EVM_BLOCK_COST_MOST);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    gazetteer = evm_gazetteer_load(EVM_TEST_SOURCE_DIR "/geodata", &error);
    g_assert_no_error(error);
    g_test_add_func("/near_search/left_out_is_farther", test_what_is_left_out_is_farther);
    g_test_add_func("/near_search/very_far_names", test_very_far_names);
    int status = g_test_run();
    evm_gazetteer_free(gazetteer);
    return status;
}
