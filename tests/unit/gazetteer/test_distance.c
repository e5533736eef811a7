#include <glib.h>

#include "gazetteer/distance.h"

enum { NO_LIMIT = 1000 };

static EvmCosts sounds, letters;

static unsigned by_sound(const char *a, const char *b)
{
    return evm_costs_compute_distance(&sounds, a, b, NO_LIMIT);
}

static void test_same_costs_nothing(void)
{
    g_assert_cmpuint(by_sound("", ""), ==, 0);
    g_assert_cmpuint(by_sound("pAnjwAI", "pAnjwAI"), ==, 0);
}

static void test_one_letter_is_one_slip(void)
{
    g_assert_cmpuint(by_sound("sAngIn", "sAnlIn"), ==, EVM_COST_SLIP);
    g_assert_cmpuint(by_sound("sAngIn", "sAgIn"), ==, EVM_COST_SLIP);
    g_assert_cmpuint(by_sound("sAgIn", "sAngIn"), ==, EVM_COST_SLIP);
    g_assert_cmpuint(by_sound("lrt", "rlt"), ==, EVM_COST_SLIP);
}

static void test_confused_sounds_cost_less(void)
{
    g_assert_cmpuint(by_sound("sAlAnk", "sAlAng"), <, EVM_COST_SLIP / 2);
    g_assert_cmpuint(by_sound("qUl", "kUl"), <, by_sound("xUl", "kUl"));
    g_assert_cmpuint(by_sound("jUrAm", "jUrm"), <, EVM_COST_SLIP / 2);
    g_assert_cmpuint(by_sound("sUrx", "sIrx"), <, EVM_COST_SLIP / 2);
}

static void test_both_ways_the_same(void)
{
    static const char *const words[] = {"pAnjwAI", "pIjwA", "xAkrIz", "", "gArmsIr", "grIsk"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        for (size_t j = 0; j < G_N_ELEMENTS(words); j++)
            g_assert_cmpuint(by_sound(words[i], words[j]), ==, by_sound(words[j], words[i]));
}

static void test_limit_ends_it(void)
{
    g_assert_cmpuint(evm_costs_compute_distance(&sounds, "bbbbbbbb", "llllllll", 30), ==, 31);
    g_assert_cmpuint(evm_costs_compute_distance(&sounds, "", "llllllll", 30), ==, 31);
    g_assert_cmpuint(evm_costs_compute_distance(&sounds, "bAl", "bAr", 20), ==, 20);
}

/* Arabic letters as the signs of letters.c. */
static unsigned by_letter(const char *a, const char *b)
{
    return evm_costs_compute_distance(&letters, a, b, NO_LIMIT);
}

static void test_arabic_letters_apart_by_dots(void)
{
    g_assert_cmpuint(by_letter("Hwky", "Cwky"), <, EVM_COST_SLIP / 2);
    g_assert_cmpuint(by_letter("sbry", "6bry"), <, EVM_COST_SLIP / 4);
    g_assert_cmpuint(by_letter("bl", "ml"), ==, EVM_COST_SLIP);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    evm_costs_init_sounds(&sounds);
    evm_costs_init_letters(&letters);
    g_test_add_func("/gazetteer/distance/same_costs_nothing", test_same_costs_nothing);
    g_test_add_func("/gazetteer/distance/one_letter_is_one_slip", test_one_letter_is_one_slip);
    g_test_add_func("/gazetteer/distance/confused_sounds_cost_less",
                    test_confused_sounds_cost_less);
    g_test_add_func("/gazetteer/distance/both_ways_the_same", test_both_ways_the_same);
    g_test_add_func("/gazetteer/distance/limit_ends_it", test_limit_ends_it);
    g_test_add_func("/gazetteer/distance/arabic_letters_apart_by_dots",
                    test_arabic_letters_apart_by_dots);
    return g_test_run();
}
