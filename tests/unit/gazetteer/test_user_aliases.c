/* The user's own names on top of the shipped lists. */
#include <glib.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "gazetteer/gazetteer.h"

static char *path;

static EvmGazetteer *load(const char *rows, GError **error)
{
    g_assert_true(g_file_set_contents(path, rows, -1, NULL));
    EvmGazetteer *gazetteer = evm_gazetteer_load(EVM_TEST_SOURCE_DIR "/geodata", NULL);
    g_assert_nonnull(gazetteer);
    if (evm_gazetteer_load_aliases(gazetteer, path, error))
        return gazetteer;
    evm_gazetteer_free(gazetteer);
    return NULL;
}

#define HEAD "alias,province,pcode\n"

static void assert_place(const EvmGazetteer *gazetteer, const char *name, const char *province,
                         const char *pcode, EvmMatchHow how)
{
    EvmMatch match =
        evm_gazetteer_resolve(gazetteer, &(EvmPlaceQuery){.district = name, .province = province});
    g_assert_cmpstr(match.district < 0 ? "" : gazetteer->districts[match.district].pcode, ==,
                    pcode);
    g_assert_cmpint(match.how, ==, how);
}

static void test_counts_in_its_province(void)
{
    EvmGazetteer *gazetteer = load(HEAD "Zangabad,Kandahar,AF2704\n", NULL);
    assert_place(gazetteer, " zangabad ", "Qandahar", "AF2704", EVM_MATCH_ALIAS);
    assert_place(gazetteer, "Zangabad", "Helmand", "", EVM_MATCH_NONE);
    assert_place(gazetteer, "Zangabad", NULL, "", EVM_MATCH_NONE);
    evm_gazetteer_free(gazetteer);
}

static void test_without_province_counts_for_none_and_its_own(void)
{
    EvmGazetteer *gazetteer = load(HEAD "Kohistan,,AF2910\n", NULL);
    assert_place(gazetteer, "Kohistan", NULL, "AF2910", EVM_MATCH_ALIAS);
    assert_place(gazetteer, "Kohistan", "Faryab", "AF2910", EVM_MATCH_ALIAS);
    assert_place(gazetteer, "Kohistan", "Badakhshan", "AF1708", EVM_MATCH_EXACT);
    evm_gazetteer_free(gazetteer);
}

static void test_province_that_nobody_knows(void)
{
    EvmGazetteer *gazetteer = load(HEAD "Sangin,Narnia,AF3008\n", NULL);
    assert_place(gazetteer, "Sangin", "narnia", "AF3008", EVM_MATCH_ALIAS);
    assert_place(gazetteer, "Sangin", "Atlantis", "", EVM_MATCH_NONE);
    evm_gazetteer_free(gazetteer);
}

/* A slip on either side: rows that are read as of one province get its aliases. */
static void test_province_with_a_slip(void)
{
    EvmGazetteer *gazetteer = load(HEAD "Zangabad,Kandagar,AF2704\nDehrawud,Helmandd,none\n", NULL);
    assert_place(gazetteer, "Zangabad", "Kandahar", "AF2704", EVM_MATCH_ALIAS);
    assert_place(gazetteer, "Zangabad", "Kandahat", "AF2704", EVM_MATCH_ALIAS);
    assert_place(gazetteer, "Dehrawud", "Helmand", "", EVM_MATCH_OUTSIDE);
    assert_place(gazetteer, "Zangabad", "Helmand", "", EVM_MATCH_NONE);
    evm_gazetteer_free(gazetteer);
}

static void test_comes_before_the_shipped_names(void)
{
    EvmGazetteer *gazetteer = load(HEAD "Panjwayi,Kandahar,AF2705\n", NULL);
    assert_place(gazetteer, "Panjwayi", "Kandahar", "AF2705", EVM_MATCH_ALIAS);
    g_assert_cmpstr(gazetteer->files[gazetteer->file_count - 1].path, ==, path);
    evm_gazetteer_free(gazetteer);
}

static void test_none_is_no_district(void)
{
    EvmGazetteer *gazetteer = load(HEAD "Torkham,Nangarhar,none\n", NULL);
    assert_place(gazetteer, "Torkham", "Nangarhar", "", EVM_MATCH_OUTSIDE);
    evm_gazetteer_free(gazetteer);
}

static void test_rows_not_filled_in_say_nothing(void)
{
    EvmGazetteer *gazetteer = load(HEAD "Zangabad,Kandahar,\nSangin,,\n", NULL);
    assert_place(gazetteer, "Zangabad", "Kandahar", "", EVM_MATCH_NONE);
    assert_place(gazetteer, "Sangin", NULL, "AF3008", EVM_MATCH_EXACT);
    evm_gazetteer_free(gazetteer);
}

static void test_quote_before_a_sign_is_no_part_of_the_name(void)
{
    EvmGazetteer *gazetteer = load(HEAD "'-Zangabad,Kandahar,AF2704\n", NULL);
    assert_place(gazetteer, "-Zangabad", "Kandahar", "AF2704", EVM_MATCH_ALIAS);
    evm_gazetteer_free(gazetteer);
}

static void assert_refused(const char *rows, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *whole = g_strconcat(path, message, NULL);
    g_assert_null(load(rows, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, whole);
}

static void test_mistakes_are_refused_with_their_line(void)
{
    assert_refused(HEAD "Zangabad,Kandahar,AF9999\n",
                   ":2: no district has this P-code (write 'none' for a place that is no "
                   "district): 'AF9999'");
    assert_refused(HEAD "Zangabad,Kandahar,AF2704\nZANGABAD,Qandahar,AF2705\n",
                   ":3: a row above gives another P-code to 'ZANGABAD'");
    assert_refused("name,pcode\nZangabad,AF2704\n",
                   ": no column 'alias': a table of aliases has alias, province and pcode");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *folder = g_dir_make_tmp("evmap-aliases-XXXXXX", NULL);
    path = g_build_filename(folder, "aliases.csv", NULL);
#define ADD(name) g_test_add_func("/gazetteer/user_aliases/" #name, test_##name)
    ADD(counts_in_its_province);
    ADD(without_province_counts_for_none_and_its_own);
    ADD(province_that_nobody_knows);
    ADD(province_with_a_slip);
    ADD(comes_before_the_shipped_names);
    ADD(none_is_no_district);
    ADD(rows_not_filled_in_say_nothing);
    ADD(quote_before_a_sign_is_no_part_of_the_name);
    ADD(mistakes_are_refused_with_their_line);
    int result = g_test_run();
    g_remove(path);
    g_rmdir(folder);
    g_free(path);
    return result;
}
