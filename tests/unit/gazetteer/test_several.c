/* Cells that name two districts, or say that a district is not the place; on the shipped lists. */
#include <glib.h>
#include <string.h>

#include "gazetteer/gazetteer.h"

static EvmGazetteer *gazetteer;

static EvmMatch resolve(const char *district, const char *province)
{
    return evm_gazetteer_resolve(gazetteer,
                                 &(EvmPlaceQuery){.district = district, .province = province});
}

/* "ambiguous: Panjwayi, Zheray"; "alias: Panjwayi". */
static char *describe(const EvmMatch *match)
{
    GString *text = g_string_new(evm_match_how_format(match->how));
    const char *separator = ": ";
    if (match->district >= 0)
        g_string_append_printf(text, ": %s", gazetteer->districts[match->district].name);
    for (unsigned i = 0; match->district < 0 && i < match->candidate_count; i++) {
        g_string_append_printf(text, "%s%s", separator,
                               gazetteer->districts[match->candidates[i]].name);
        separator = ", ";
    }
    return g_string_free(text, FALSE);
}

typedef struct {
    const char *district, *province, *answer;
} Case;

static void check_cases(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        EvmMatch match = resolve(cases[i].district, cases[i].province);
        g_autofree char *got = describe(&match);
        if (!g_str_equal(got, cases[i].answer))
            g_error("'%s' in '%s' is '%s', not '%s'", cases[i].district,
                    cases[i].province ? cases[i].province : "-", got, cases[i].answer);
    }
}

static void test_two_names(void)
{
    static const Case cases[] = {
        {"Paghman & Shakar Dara", "Kabul", "ambiguous: Paghman, Shakar Dara"},
        {"Panjwayi, Zheray", "Kandahar", "ambiguous: Panjwayi, Zheray"},
        {"Panjwayi, Zheray", NULL, "ambiguous: Panjwayi, Zheray"},
        {"Panjwai & Zherey districts", "Kandahar", "ambiguous: Panjwayi, Zheray"},
        {"Panjwayi-Zheray", "Kandahar", "ambiguous: Panjwayi, Zheray"},
        {"Panjwayi Zheray", "Kandahar", "ambiguous: Panjwayi, Zheray"},
        {"Panjwayi, Zheray and Maiwand", "Kandahar", "ambiguous: Panjwayi, Zheray, Maywand"},
        {"Panjwayi and Zheray and Maiwand", "Kandahar", "ambiguous: Panjwayi, Zheray, Maywand"},
        {"Kandahar City, Panjwayi", "Kandahar", "ambiguous: Kandahar, Panjwayi"},
        {"Kandahar & Panjwayi", "Kandahar", "ambiguous: Kandahar, Panjwayi"},
        {"Panjwayi & Sangin", "Kandahar", "ambiguous: Panjwayi, Sangin"},
        {"Nawa & Garmser", "Helmand", "ambiguous: Nawa-e-Barakzaiy, Garmser"},
        {"Khost wa Fereng and Nahrin", "Baghlan", "ambiguous: Khost Wa Fereng, Nahrin"},
        {"غزنی و ناوه", "Ghazni", "ambiguous: Ghazni, Nawa"},
        {"پنجوایی، میوند", "Kandahar", "ambiguous: Panjwayi, Maywand"},
    };
    check_cases(cases, G_N_ELEMENTS(cases));
}

/* One place in spite of what stands between the words. */
static void test_one_name(void)
{
    static const Case cases[] = {
        {"Panjwayi, Kandahar", "Kandahar", "folded: Panjwayi"},
        {"Kandahar - Panjwayi", NULL, "folded: Panjwayi"},
        {"Panjwayi;", "Kandahar", "folded: Panjwayi"},
        {"Panjwayi; Panjwai", "Kandahar", "transliteration: Panjwayi"},
        {"Jaji & Aryob", "Paktya", "transliteration: Jaji"},
        {"Jaji Aryob", "Paktya", "folded: Jaji"},
        {"Khost & Fereng", "Baghlan", "folded: Khost Wa Fereng"},
        {"Khowst wa Fereng", "Baghlan", "transliteration: Khost Wa Fereng"},
        {"Kiran wa Menjan", "Badakhshan", "transliteration: Koran Wa Monjan"},
        {"Reg (Khan Neshin, Helmand)", NULL, "transliteration: Reg-i-Khan Nishin"},
        {"Dara-e-Suf Payin", "Samangan", "folded: Dara-e-Suf-e-Payin"},
        {"Hisa-e-Awal-e-Kohistan", "Kapisa", "exact: Hisa-e-Awal-e-Kohistan"},
    };
    check_cases(cases, G_N_ELEMENTS(cases));
}

/* Between equals nothing is dropped. */
static void test_an_unknown_name_beside_a_known_one(void)
{
    static const Case cases[] = {
        {"Panjwayi & Foobar", "Kandahar", "unmatched: Panjwayi"},
        {"Foobar; Panjwayi", "Kandahar", "unmatched: Panjwayi"},
        {"Marja + Nad-e-Ali", "Helmand", "unmatched: Nad-e-Ali"},
    };
    check_cases(cases, G_N_ELEMENTS(cases));
}

static void test_words_that_displace(void)
{
    static const Case cases[] = {
        {"Not Panjwayi", "Kandahar", "unmatched: Panjwayi"},
        {"near Ghazni", "Ghazni", "unmatched: Ghazni"},
        {"East Nahrin", "Baghlan", "unmatched: Nahrin"},
        {"Nahrin (east)", "Baghlan", "unmatched: Nahrin"},
        {"outside Panjwayi", "Kandahar", "unmatched: Panjwayi"},
        {"around Panjwayi", "Kandahar", "unmatched: Panjwayi"},
        {"All districts except Panjwayi", "Kandahar", "unmatched: Panjwayi"},
        {"Panjwayi (not Zheray)", "Kandahar", "unmatched: Panjwayi, Zheray"},
        {"between Panjwayi and Zheray", "Kandahar", "unmatched: Panjwayi, Zheray"},
        {"نزدیک غزنی", "Ghazni", "unmatched: Ghazni"},
        {"بجز پنجوایی", "Kandahar", "unmatched: Panjwayi"},
        {"ختيځ پنجوايي", "Kandahar", "unmatched: Panjwayi"},
        {"د پنجوايي شاوخوا", "Kandahar", "unmatched: Panjwayi"},
        {"Kohistan No. 2", "Kapisa", "transliteration: Hisa-e-Duwum-e-Kohistan"},
    };
    check_cases(cases, G_N_ELEMENTS(cases));
}

static bool has_both(const EvmMatch *match, int32_t a, int32_t b)
{
    unsigned found = 0;
    for (unsigned i = 0; i < match->candidate_count; i++)
        found += match->candidates[i] == a || match->candidates[i] == b;
    return match->how == EVM_MATCH_AMBIGUOUS && found == 2;
}

typedef enum { NAME_LATIN, NAME_DARI, NAME_PASHTO } NameOf;

static const char *name_of(int32_t district, NameOf name)
{
    const EvmDistrict *of = &gazetteer->districts[district];
    return name == NAME_LATIN ? of->name : name == NAME_DARI ? of->name_fa : of->name_ps;
}

/* "Ghazni, Nawa" is Nawa in Ghazni. */
static bool is_beside_province(const EvmMatch *match, const char *province, int32_t other)
{
    int32_t named = evm_gazetteer_find_province(gazetteer, province);
    return match->district == other && named == (int32_t)gazetteer->districts[other].province;
}

static void check_pair(int32_t a, int32_t b, NameOf of, const char *separator, bool is_strong)
{
    const char *first = name_of(a, of), *second = name_of(b, of);
    uint32_t province = gazetteer->districts[a].province;
    g_autofree char *cell = g_strconcat(first, separator, second, NULL);
    EvmMatch match = resolve(cell, gazetteer->provinces[province].pcode);
    if (!*first || !*second || has_both(&match, a, b) ||
        (!is_strong &&
         (is_beside_province(&match, first, b) || is_beside_province(&match, second, a))))
        return;
    g_autofree char *got = describe(&match);
    g_error("'%s' in %s is '%s'", cell, gazetteer->provinces[province].name, got);
}

static void check_all_pairs(NameOf of, const char *separator, bool is_strong)
{
    for (int32_t a = 0; a < (int32_t)gazetteer->district_count; a++)
        for (int32_t b = 0; b < (int32_t)gazetteer->district_count; b++)
            if (a != b && gazetteer->districts[a].province == gazetteer->districts[b].province)
                check_pair(a, b, of, separator, is_strong);
}

static void test_all_pairs(void)
{
    static const char *const strong[] = {"; ", " & ", " + ", "\n", " and ", " or ", " wa ", ";"};
    static const char *const weak[] = {", ", " - ", " / ", "/", ": ", " – ", " — "};
    for (size_t i = 0; i < G_N_ELEMENTS(strong); i++)
        check_all_pairs(NAME_LATIN, strong[i], true);
    for (size_t i = 0; i < G_N_ELEMENTS(weak); i++)
        check_all_pairs(NAME_LATIN, weak[i], false);
}

static void test_all_pairs_in_arabic_script(void)
{
    static const char *const strong[] = {"؛ ", " و ", " او ", " یا "};
    for (size_t i = 0; i < G_N_ELEMENTS(strong); i++) {
        check_all_pairs(NAME_DARI, strong[i], true);
        check_all_pairs(NAME_PASHTO, strong[i], true);
    }
    check_all_pairs(NAME_DARI, "، ", false);
    check_all_pairs(NAME_PASHTO, "، ", false);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    gazetteer = evm_gazetteer_load(EVM_TEST_SOURCE_DIR "/geodata", &error);
    g_assert_no_error(error);
    g_test_add_func("/gazetteer/several/two_names", test_two_names);
    g_test_add_func("/gazetteer/several/one_name", test_one_name);
    g_test_add_func("/gazetteer/several/unknown", test_an_unknown_name_beside_a_known_one);
    g_test_add_func("/gazetteer/several/displaced", test_words_that_displace);
    g_test_add_func("/gazetteer/several/all_pairs", test_all_pairs);
    g_test_add_func("/gazetteer/several/all_pairs_arabic", test_all_pairs_in_arabic_script);
    int result = g_test_run();
    evm_gazetteer_free(gazetteer);
    return result;
}
