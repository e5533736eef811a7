/* Which spellings meet at which level, and which must not. */
#include <glib.h>
#include <string.h>

#include "gazetteer/fold.h"

static EvmFoldKeys fold(const char *text)
{
    EvmName name;
    EvmFoldKeys all;
    if (!evm_name_parse(&name, text, strlen(text)))
        g_error("no name in '%s'", text);
    evm_fold_compute(&name, &all);
    return all;
}

/* The first level at which two names meet, or EVM_FOLD_COUNT. */
static int first_level(const char *a, const char *b)
{
    EvmFoldKeys left = fold(a), right = fold(b);
    for (int level = 0; level < EVM_FOLD_COUNT; level++)
        if (strcmp(left.keys[level], right.keys[level]) == 0)
            return level;
    return EVM_FOLD_COUNT;
}

typedef struct {
    const char *a, *b;
    int level;
} Case;

static void check_levels(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int level = first_level(cases[i].a, cases[i].b);
        if (level != cases[i].level)
            g_error("'%s' and '%s' meet at level %d, not %d", cases[i].a, cases[i].b, level,
                    cases[i].level);
    }
}

static void test_latin(void)
{
    static const Case cases[] = {
        {"Nad-e Ali", "NAD ALI", EVM_FOLD_LIGHT},
        {"Qal'ah", "Qalah", EVM_FOLD_LIGHT},
        {"Lāš-e Ğuwayn", "Lash-e Ghuwayn", EVM_FOLD_LIGHT},
        {"BalaMurghab", "Bala Murghab", EVM_FOLD_LIGHT},
        {"Koran wa Monjan", "Koran o Monjan", EVM_FOLD_LIGHT},
        {"Ｋａｂｕｌ", "Kabul", EVM_FOLD_LIGHT},
        {"Behsud", "Bisood", EVM_FOLD_SPELLING},
        {"Tschahar Bolak", "Char Bulak", EVM_FOLD_SPELLING},
        {"Faizabad", "Fayz Abad", EVM_FOLD_SPELLING},
        {"Dowlat Schah", "Daulat Shah", EVM_FOLD_SPELLING},
        {"Mardian", "Mardiyan", EVM_FOLD_SPELLING},
        {"Karrukh", "Karux", EVM_FOLD_SPELLING},
        {"Panjwai", "Panjway", EVM_FOLD_SPELLING},
        {"Dih Sabz", "Deh Sabz", EVM_FOLD_SPELLING},
        {"Sholgareh", "Sholgara", EVM_FOLD_SPELLING},
        {"Varsaj", "Warsaj", EVM_FOLD_SPELLING},
        {"Khwaja", "Khoja", EVM_FOLD_SOUND},
        {"Shaibar", "Shibar", EVM_FOLD_SOUND},
        {"Surkhi Parsa", "Surkh-e-Parsa", EVM_FOLD_SKELETON},
        {"Zazi", "Jaji", EVM_FOLD_ROUGH_SOUND},
        {"Samkani", "Chamkani", EVM_FOLD_ROUGH_SOUND},
        {"Karamkol", "Qaram Qul", EVM_FOLD_ROUGH_SOUND},
    };
    check_levels(cases, G_N_ELEMENTS(cases));
}

static void test_arabic(void)
{
    static const Case cases[] = {
        {"علي آباد", "علی اباد", EVM_FOLD_LIGHT},
        {"كوټ", "کوټ", EVM_FOLD_LIGHT},
        {"ریګ", "ریگ", EVM_FOLD_LIGHT},
        {"نمک‌آب", "نمک آب", EVM_FOLD_LIGHT},
        {"کُشک", "کشک", EVM_FOLD_LIGHT},
        {"دهنۀ غوری", "دهنه غوری", EVM_FOLD_LIGHT},
        {"کـــابل", "کابل", EVM_FOLD_LIGHT},
        {"ﻛﺎﺑﻞ", "کابل", EVM_FOLD_LIGHT},
        {"یکاولنگ ۲", "یکاولنگ ٢", EVM_FOLD_LIGHT},
        {"بټی کوټ", "بتی کوت", EVM_FOLD_SPELLING},
        {"صبری", "سبری", EVM_FOLD_SPELLING},
        {"کوهسان", "کهسان", EVM_FOLD_SOUND},
        {"درۀ صوف", "درى صوف", EVM_FOLD_SOUND},
    };
    check_levels(cases, G_N_ELEMENTS(cases));
}

static void test_scripts_meet_in_the_skeleton(void)
{
    static const Case cases[] = {
        {"استالف", "Istalif", EVM_FOLD_SKELETON},        {"هلمند", "Helmand", EVM_FOLD_SKELETON},
        {"خواجه غار", "Khwaja Ghar", EVM_FOLD_SKELETON}, {"وردوج", "Warduj", EVM_FOLD_SKELETON},
        {"یکاولنگ", "Yakawlang", EVM_FOLD_SKELETON},     {"دو آب", "Duab", EVM_FOLD_SKELETON},
        {"Шуғнон", "Shughnan", EVM_FOLD_SOUND},          {"Ишкашим", "Ishkashim", EVM_FOLD_LIGHT},
    };
    check_levels(cases, G_N_ELEMENTS(cases));
}

static void test_names_that_never_meet(void)
{
    static const char *const pairs[][2] = {
        {"Dara-e Suf Bala", "Dara-e Suf Payin"},
        {"Yakawlang 2", "Yakawlang"},
        {"Yakawlang 1", "Yakawlang 2"},
        {"Hisa-e Awal", "Hisa-e Duwum"},
        {"Kushk", "Kushk-e Kohna"},
        {"Pusht-e Rod", "Pusht-e Koh"},
        {"یفتل سفلی", "یفتل علیا"},
        {"Khash", "Kishm"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        g_assert_cmpint(first_level(pairs[i][0], pairs[i][1]), ==, EVM_FOLD_COUNT);
}

static void test_paryan_is_not_parun(void)
{
    EvmFoldKeys paryan = fold("Paryan"), parun = fold("Parun"), bagrami = fold("Bagrami"),
                bagram = fold("Bagram");
    g_assert_cmpstr(paryan.keys[EVM_FOLD_SOUND], !=, parun.keys[EVM_FOLD_SOUND]);
    g_assert_cmpstr(bagrami.keys[EVM_FOLD_SOUND], !=, bagram.keys[EVM_FOLD_SOUND]);
}

static void test_what_is_no_name(void)
{
    EvmName name;
    g_assert_false(evm_name_parse(&name, "", 0));
    g_assert_false(evm_name_parse(&name, " -/'", 4));
    g_assert_false(evm_name_parse(&name, "Kab\xFFul", 6));
    g_assert_false(evm_name_parse(&name, "Kabul\xD9", 6));
    g_autofree char *most = g_strnfill(EVM_NAME_LETTERS, 'b');
    g_assert_true(evm_name_parse(&name, most, EVM_NAME_LETTERS));
    g_autofree char *more = g_strnfill(EVM_NAME_LETTERS + 1, 'b');
    g_assert_false(evm_name_parse(&name, more, EVM_NAME_LETTERS + 1));
}

static void test_words(void)
{
    EvmName name;
    g_assert_true(evm_name_parse(&name, "Lal wa Sarjangal", 16));
    g_assert_cmpuint(name.word_count, ==, 3);
    g_assert_true(evm_name_is_word(&name, 1, "wa"));
    g_assert_cmpuint(evm_name_start_at(&name, 2), ==, 5);
    EvmName part = evm_name_find_words(&name, 1, 2);
    g_assert_true(evm_name_is_word(&part, 1, "sarjangal"));
    evm_name_clear_word(&name, 1);
    g_assert_cmpuint(name.word_count, ==, 2);
    g_assert_true(evm_name_is_word(&name, 0, "lal"));
    g_assert_true(evm_name_is_word(&name, 1, "sarjangal"));
}

/* Keys of any letters stay within their size. */
static void test_longest_keys(void)
{
    static const char *const letters[] = {"c", "tsch", "dz", "w", "y", "e", "1", "و", "څ"};
    for (size_t i = 0; i < G_N_ELEMENTS(letters); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        EvmName name;
        EvmFoldKeys all;
        while (g_string_append(text, letters[i]) && evm_name_parse(&name, text->str, text->len))
            evm_fold_compute(&name, &all);
        for (int level = 0; level < EVM_FOLD_COUNT; level++)
            g_assert_cmpuint(strlen(all.keys[level]), <, EVM_FOLD_KEY_SIZE);
    }
}

static void test_alike_at_a_level(void)
{
    g_assert_true(evm_fold_is_alike("Lashkar Gah", "Lashkargah", EVM_FOLD_SPELLING));
    g_assert_false(evm_fold_is_alike("Herat", "Hirat", EVM_FOLD_LIGHT));
    g_assert_true(evm_fold_is_alike("Herat", "Hirat", EVM_FOLD_SKELETON));
    g_assert_false(evm_fold_is_alike("Khost", "Matun", EVM_FOLD_SKELETON));
    g_assert_false(evm_fold_is_alike("", "", EVM_FOLD_SKELETON));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gazetteer/fold/latin", test_latin);
    g_test_add_func("/gazetteer/fold/arabic", test_arabic);
    g_test_add_func("/gazetteer/fold/scripts_meet_in_the_skeleton",
                    test_scripts_meet_in_the_skeleton);
    g_test_add_func("/gazetteer/fold/names_that_never_meet", test_names_that_never_meet);
    g_test_add_func("/gazetteer/fold/paryan_is_not_parun", test_paryan_is_not_parun);
    g_test_add_func("/gazetteer/fold/what_is_no_name", test_what_is_no_name);
    g_test_add_func("/gazetteer/fold/alike_at_a_level", test_alike_at_a_level);
    g_test_add_func("/gazetteer/fold/words", test_words);
    g_test_add_func("/gazetteer/fold/longest_keys", test_longest_keys);
    return g_test_run();
}
