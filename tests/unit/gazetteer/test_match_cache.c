#include <glib.h>

#include "gazetteer/match_cache.h"

static EvmGazetteer *gazetteer;

static void test_answers_like_the_gazetteer(void)
{
    static const EvmPlaceQuery queries[] = {
        {.district = "Panjwai", .province = "Kandahar"},
        {.district = "Kohistan"},
        {.district = "Kohistan", .province = "Faryab"},
        {.district = "KohistanFaryab"},
        {.pcode = "AF2704"},
        {.district = "AF2704"},
        {.pcode = "AF2409", .date = {18810}}, /* 2 July 2021 */
        {.pcode = "AF2409", .date = {20000}},
        {.district = " af2409", .date = {18810}},
        {.district = "AF2409", .pcode = " ", .date = {20000}},
        {.district = "AF2409", .pcode = " ", .date = {18810}},
        {.pcode = "AF2704", .district = "Sangin"},
        {.district = "Springfield", .province = ""},
    };
    EvmMatchCache *cache = evm_match_cache_new(gazetteer);
    for (unsigned round = 0; round < 2; round++)
        for (size_t i = 0; i < G_N_ELEMENTS(queries); i++) {
            EvmMatch plain = evm_gazetteer_resolve(gazetteer, &queries[i]);
            const EvmMatch *cached = evm_match_cache_resolve(cache, &queries[i]);
            g_assert_cmpint(cached->how, ==, plain.how);
            g_assert_cmpint(cached->cause, ==, plain.cause);
            g_assert_cmpint(cached->district, ==, plain.district);
            g_assert_cmpuint(cached->candidate_count, ==, plain.candidate_count);
        }
    evm_match_cache_free(cache);
}

static void test_resolves_a_spelling_once(void)
{
    EvmMatchCache *cache = evm_match_cache_new(gazetteer);
    EvmPlaceQuery query = {.district = "Panjwai", .province = "Kandahar"};
    const EvmMatch *first = evm_match_cache_resolve(cache, &query);
    g_autofree char *copy = g_strdup("Panjwai");
    g_assert_true(evm_match_cache_resolve(
                      cache, &(EvmPlaceQuery){.district = copy, .province = "Kandahar"}) == first);
    g_assert_true(evm_match_cache_resolve(cache, &(EvmPlaceQuery){.district = copy}) != first);
    first = evm_match_cache_resolve(cache, &(EvmPlaceQuery){.pcode = "AF2704", .date = {1}});
    g_assert_true(
        evm_match_cache_resolve(cache, &(EvmPlaceQuery){.pcode = "AF2704", .date = {2}}) == first);
    evm_match_cache_free(cache);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    gazetteer = evm_gazetteer_load(EVM_TEST_SOURCE_DIR "/geodata", &error);
    g_assert_no_error(error);
    g_test_add_func("/gazetteer/match_cache/answers_like_the_gazetteer",
                    test_answers_like_the_gazetteer);
    g_test_add_func("/gazetteer/match_cache/resolves_a_spelling_once",
                    test_resolves_a_spelling_once);
    int result = g_test_run();
    evm_gazetteer_free(gazetteer);
    return result;
}
