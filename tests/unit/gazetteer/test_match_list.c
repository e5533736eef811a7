#include "gazetteer/match_list.h"

#include <glib.h>
#include <string.h>

static EvmGazetteer *gazetteer;

enum { ROWS = 1500 };

/* Few names among many made-up ones, with a province, with a wrong one, and without. */
static void find_row(unsigned row, char *name, size_t size, const char **province)
{
    static const char *const names[] = {"Panjwai", "Kohistan", "Nad Ali", "ولسوالی پنجوایی", ""};
    static const char *const provinces[] = {"Kandahar", "Faryab", "", NULL};
    if (row % 3 == 0)
        g_strlcpy(name, names[row / 3 % G_N_ELEMENTS(names)], size);
    else
        g_snprintf(name, size, "Pan%cwa%ci", 'a' + (int)row % 26, 'a' + (int)row / 26 % 26);
    *province = provinces[row % G_N_ELEMENTS(provinces)];
}

static EvmMatchList *list_new(unsigned threads)
{
    EvmMatchList *list = evm_match_list_new(EVM_DATE_NONE);
    for (unsigned row = 0; row < ROWS; row++) {
        char name[64];
        const char *province;
        find_row(row, name, sizeof name, &province);
        evm_match_list_add(list, name, province);
    }
    evm_match_list_compute(list, gazetteer, threads);
    return list;
}

static void assert_same(const EvmMatch *a, const EvmMatch *b)
{
    g_assert_cmpint(a->how, ==, b->how);
    g_assert_cmpint(a->district, ==, b->district);
    g_assert_cmpuint(a->score, ==, b->score);
    g_assert_cmpuint(a->candidate_count, ==, b->candidate_count);
    for (unsigned i = 0; i < a->candidate_count; i++)
        g_assert_cmpint(a->candidates[i], ==, b->candidates[i]);
}

static void test_every_row_is_answered_like_alone(void)
{
    static const unsigned threads[] = {1, 2, 7};
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++) {
        EvmMatchList *list = list_new(threads[i]);
        for (unsigned row = 0; row < ROWS; row++) {
            char name[64];
            EvmPlaceQuery query = {.district = name};
            find_row(row, name, sizeof name, &query.province);
            EvmMatch alone = evm_gazetteer_resolve(gazetteer, &query);
            assert_same(evm_match_list_at(list, row), &alone);
        }
        evm_match_list_free(list);
    }
}

static void test_rows_with_one_spelling_share_an_answer(void)
{
    EvmMatchList *list = evm_match_list_new(EVM_DATE_NONE);
    evm_match_list_add(list, "Panjwai", "Kandahar");
    evm_match_list_add(list, "Panjwai", NULL);
    evm_match_list_add(list, "Panjwai", "Kandahar");
    evm_match_list_add(list, "Panjwai", "");
    evm_match_list_compute(list, gazetteer, 2);
    g_assert_true(evm_match_list_at(list, 0) == evm_match_list_at(list, 2));
    g_assert_true(evm_match_list_at(list, 1) == evm_match_list_at(list, 3));
    g_assert_true(evm_match_list_at(list, 0) != evm_match_list_at(list, 1));
    evm_match_list_free(list);
}

static void test_no_rows_are_fine(void)
{
    EvmMatchList *list = evm_match_list_new(EVM_DATE_NONE);
    evm_match_list_compute(list, gazetteer, 4);
    evm_match_list_free(list);
}

int main(int argc, char **argv)
{
    GError *error = NULL;
    g_test_init(&argc, &argv, NULL);
    gazetteer = evm_gazetteer_load(EVM_TEST_SOURCE_DIR "/geodata", &error);
    g_assert_no_error(error);
#define ADD(what) g_test_add_func("/gazetteer/match_list/" #what, test_##what)
    ADD(every_row_is_answered_like_alone);
    ADD(rows_with_one_spelling_share_an_answer);
    ADD(no_rows_are_fine);
    int status = g_test_run();
    evm_gazetteer_free(gazetteer);
    return status;
}
