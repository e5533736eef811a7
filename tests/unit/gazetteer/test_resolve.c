/* Names as articles write them, on the shipped lists. */
#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "gazetteer/gazetteer.h"

static EvmGazetteer *gazetteer;

static EvmMatch resolve(const char *district, const char *province)
{
    return evm_gazetteer_resolve(gazetteer,
                                 &(EvmPlaceQuery){.district = district, .province = province});
}

static const char *pcode_of(int32_t district)
{
    return district < 0 ? "" : gazetteer->districts[district].pcode;
}

static bool has_candidate(const EvmMatch *match, const char *pcode)
{
    for (unsigned i = 0; i < match->candidate_count; i++)
        if (g_str_equal(pcode_of(match->candidates[i]), pcode))
            return true;
    return false;
}

typedef struct {
    const char *district, *province, *pcode; /* "" means left open */
} Case;

static void check_cases(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        EvmMatch match = resolve(cases[i].district, cases[i].province);
        const char *got = pcode_of(match.district);
        if (!g_str_equal(got, cases[i].pcode))
            g_error("'%s' in '%s' is '%s' (%s), not '%s'", cases[i].district,
                    cases[i].province ? cases[i].province : "-", got,
                    evm_match_how_format(match.how), cases[i].pcode);
    }
}

static void test_hard_cases(void)
{
    static const Case cases[] = {
        {"Nad Ali", "Helmand", "AF3002"},
        {"Nad-e Ali", "Hilmand", "AF3002"},
        {"Nad-i-Ali", "Helmand Province", "AF3002"},
        {"NadAli", NULL, "AF3002"},
        {"نادعلی", "هلمند", "AF3002"},
        {"Sangin", "Helmand", "AF3008"},
        {"Sangeen", NULL, "AF3008"},
        {"Nawa-i-Barakzai", "Helmand", "AF3003"},
        {"Nawa", "Helmand", "AF3003"},
        {"Nawa", "Ghazni", "AF1119"},
        {"Nawa", NULL, ""},
        {"ناوه", "هلمند", "AF3003"},
        {"ناوه", "غزنی", "AF1119"},
        {"ناوه", NULL, ""},
        {"Baharak", "Badakhshan", "AF1706"},
        {"Baharak", "Takhar", "AF1803"},
        {"Baharak", NULL, ""},
        {"Kohistan", "Badakhshan", "AF1708"},
        {"Kohistan", "Faryab", "AF2910"},
        {"Kohistan", "Kapisa", ""},
        {"Kohistan", NULL, ""},
        {"Khan Neshin", "Helmand", "AF3011"},
        {"Reg (Khan Neshin)", "Helmand", "AF3011"},
        {"Khan Neshin", NULL, "AF3011"},
        {"Reg", "Helmand", "AF3011"},
        {"Reg", "Kandahar", "AF2716"},
        {"Reg", NULL, ""},
        {"Charsada", "Ghor", "AF2304"},
        {"Char Sada", "Ghor", "AF2304"},
        {"Sherin Tagab", "Faryab", "AF2906"},
        {"Shirin Tagab", NULL, "AF2906"},
        {"Dara-e Suf Bala", "Samangan", "AF2007"},
        {"Dara-i-Suf-i Payin", "Samangan", "AF2006"},
        {"Dara Sof Payan", NULL, "AF2006"},
        {"Dara-e Suf", "Samangan", ""},
        {"Panjwai", "Kandahar", "AF2704"},
        {"Panjwayi", NULL, "AF2704"},
        {"پنجوایی", "Kandahar", "AF2704"},
        {"پنجوايي", "کندهار", "AF2704"},
        {"Zhari", "Kandahar", "AF2705"},
        {"Zheray", NULL, "AF2705"},
        {"Gizab", "Uruzgan", "AF2507"},
        {"Gizab", "Kandahar", ""},
        {"Musa Qal'ah", "Helmand", "AF3009"},
        {"Dschaghatu", "Ghazni", "AF1106"},
        {"Zurmat", "Paktia", "AF1303"},
        {"Gereshk", "Helmand", "AF3004"},
        {"Ghani Khel", "Nangarhar", "AF0616"},
        {"Ghani Khel", NULL, "AF0616"},
        {"Sangtakht wa Bandar", "Daykundi", "AF2407"},
        {"Firuzkoh", NULL, "AF2301"},
        {"Tash Qurghan", "Balkh", "AF2110"},
        {"Katawaz", "Paktika", "AF1207"},
        {"Asmar", NULL, "AF1508"},
        {"Qaram Qol", "Faryab", "AF2911"},
        {"Jani Khel", "Paktia", "AF1309"},
        {"Jani Khel", "Paktika", "AF1209"},
        {"Kushk", "Herat", "AF3207"},
        {"Kushk-e Kohna", "Herat", "AF3210"},
        {"Ишкашим", "Badakhshan", "AF1723"},
        {"Шуғнон", "Badakhshan", "AF1719"},
    };
    check_cases(cases, G_N_ELEMENTS(cases));
}

static void test_words_around_the_name(void)
{
    static const Case cases[] = {
        {"Panjwai district", "Kandahar", "AF2704"},
        {"District of Panjwai", "Kandahar", "AF2704"},
        {"Panjwayi Woluswali", NULL, "AF2704"},
        {"Uluswali-e Panjwai", "Kandahar", "AF2704"},
        {"ولسوالی پنجوایی", NULL, "AF2704"},
        {"پنجوایی ولسوالۍ", "Kandahar", "AF2704"},
        {"د پنجوايي ولسوالۍ", NULL, "AF2704"},
        {"د پنجوايي", NULL, "AF2704"},
        {"د کندهار د پنجوايي ولسوالۍ", NULL, "AF2704"},
        {"د پنجوايي ولسوالۍ", "د کندهار ولایت", "AF2704"},
        {"د کندهار ولایت د پنجوايي ولسوالۍ", NULL, "AF2704"},
        {"د ارغنداب ولسوالي", "Kandahar", "AF2702"},
        {"د بلخ", "Balkh", "AF2106"}, /* not Dawlatabad */
        {"د پنجوايي ولسوالۍ", "Faryab", ""},
        {"Ghazni City", "Ghazni", "AF1101"},
        {"Kandahar City", NULL, "AF2701"},
        {"Lashkargah City", "Helmand", "AF3001"},
        {"Herat City", NULL, "AF3201"},
        {"city of Kunduz", "Kunduz", "AF1901"},
        {"شهر غزنی", "Ghazni", "AF1101"},
        {"فراه ښار", "Farah", "AF3301"},
        {"Center of Helmand", "Helmand", "AF3001"},
        {"Helmand center", NULL, "AF3001"},
        {"Helmand City", NULL, "AF3001"},
        {"Baghlan center", NULL, "AF0901"},
        {"markaz", "Ghor", "AF2301"},
        {"مرکز", "Ghor", "AF2301"},
        {"provincial capital", "Zabul", "AF2601"},
        {"markaz", NULL, ""},
        {"Balkh City", "Balkh", "AF2106"},
        {"center of Balkh", "Balkh", ""},
        {"Markaz-e-Behsud", "Wardak", "AF0409"},
        {"Maydan Shahr", "Wardak", "AF0401"},
        {"Kohistan (Badakhshan)", NULL, "AF1708"},
        {"Kohistan Faryab", NULL, "AF2910"},
        {"Arghandab (Zabul)", "Zabul", "AF2605"},
        {"Jani Khel (Paktika)", NULL, "AF1209"},
        {"Logar (Puli Alam)", "Logar", "AF0501"},
        {"Logar (Puli Alam)", NULL, "AF0501"},
        {"Sangin (Zabul)", NULL, ""},
        {"Bala Buluk (Shewan)", "Farah", "AF3306"},
        {"Khas", "Kunar", "AF1510"},
        {"Mir Bacha Ko", "Kabul", "AF0108"},
        {"Road Ahmad Abad", "Paktia", "AF1302"},
        {"Uruzgan Khas", "Uruzgan", "AF2505"},
        {"Yakawlang, first part", "Bamyan", "AF1005"},
        {"Yakawland Hise Awal", "Bamyan", "AF1005"},
        {"Panjao Hise Awal", "Bamyan", ""},
        {"یکاولنگ نمبر اول", "Bamyan", "AF1005"},
        {"Panjab No. 1", "Bamyan", ""},
        {"Khost wa Fereng", "Baghlan", "AF0913"},
        {"Khogyani, Nangarhar", NULL, "AF0608"},
        {"Sangin District, Helmand Province", NULL, "AF3008"},
        {"Kohistan (Faryab Province)", NULL, "AF2910"},
        {"سنگین ولایت هلمند", NULL, "AF3008"},
        {"Sayad, Sar-e-Pul Province", NULL, "AF2202"},
        {"Center of Helmand Province", NULL, "AF3001"},
        {"Ghazni - Nawa", "Ghazni", "AF1119"},
        {"Ghazni Province", NULL, ""},
        {"Khuram Wa", NULL, ""},
        {"12) Sangin", "Helmand", "AF3008"},
        {"1. Panjwai", NULL, "AF2704"},
        {"1. Behsud", "Wardak", ""},
        {"Kohistan 1", "Kapisa", "AF0204"},
    };
    check_cases(cases, G_N_ELEMENTS(cases));
}

static void test_never_a_guess(void)
{
    static const Case cases[] = {
        {"Marja", "Helmand", ""},
        {"Marja", NULL, ""},
        {"Murghab", "Badghis", "AF3105"}, /* Bala Murghab; and a temporary district of Ghor */
        {"Murghab", "Ghor", ""},
        {"Murghab", NULL, ""},
        {"Yakawlang 2", "Bamyan", ""},
        {"Yakawlang No. 2", "Bamyan", ""},
        {"Zir Koh", "Herat", ""},
        {"Pusht-e-Koh", "Farah", ""},
        {"Laja Mangal", "Paktia", ""},
        {"Sangin", "Badakhshan", ""},
        {"Sangin", "Nimroz", ""},
        {"Sangin", "Narnia", ""},
        {"Springfield", NULL, ""},
        {"Tehran", NULL, ""},
        {"Bagh", NULL, ""},
        {"Dasht-e-Barchi", NULL, ""},
        {"Shahr-e-Naw", NULL, ""},
        {"Bannu", NULL, ""},
        {"Panj", NULL, ""},
        {"Band", NULL, ""},
        {"Baghlan City", NULL, ""},
        {"Baghlan City", "Baghlan", ""},
        {"Peshawar", "Nangarhar", ""},
        {"", "Helmand", ""},
        {NULL, NULL, ""},
        {"?", "Helmand", ""},
        {"-", NULL, ""},
        {"Fereng", "Kabul", ""},
        {"Kishm-e Payin", "Badakhshan", ""},
        {"Nawa Nawa Nawa", NULL, ""},
        {"\xFF\xFE", "Kabul", ""},
        {"Dara-e Suf Bala Payin", NULL, ""},
        {"Parvan", NULL, ""},
        {"Behsud", "Wardak", ""},
        {"Kohistan", "Kapisa", ""},
    };
    check_cases(cases, G_N_ELEMENTS(cases));
}

static void test_how_is_told(void)
{
    g_assert_cmpint(resolve("Nad-e-Ali", "Hilmand").how, ==, EVM_MATCH_EXACT);
    g_assert_cmpint(resolve(" NAD-E-ALI ", "helmand").how, ==, EVM_MATCH_EXACT);
    g_assert_cmpint(resolve("نادعلی", "Hilmand").how, ==, EVM_MATCH_EXACT);
    g_assert_cmpint(resolve("Gereshk", "Helmand").how, ==, EVM_MATCH_ALIAS);
    g_assert_cmpint(resolve("Nad ali", "Helmand").how, ==, EVM_MATCH_ALIAS);
    g_assert_cmpint(resolve("NAD_E_ALI", "Helmand").how, ==, EVM_MATCH_FOLDED);
    g_assert_cmpint(resolve("Nadd-e Alee", "Helmand").how, ==, EVM_MATCH_TRANSLITERATION);
    g_assert_cmpint(resolve("Baharak", "").how, ==, EVM_MATCH_AMBIGUOUS);
    g_assert_cmpint(resolve("Tehran", "").how, ==, EVM_MATCH_NONE);
    g_assert_cmpstr(evm_match_how_format(EVM_MATCH_NONE), ==, "unmatched");
    g_assert_cmpstr(evm_match_how_format(EVM_MATCH_FOLDED), ==, "folded");
}

/* One slip and nothing like it around; two that are told apart by a word never meet. */
static void test_near_names(void)
{
    static const Case cases[] = {
        {"Salank", NULL, "AF0306"},
        {"Wagaz", NULL, "AF1104"},
        {"Akcha", NULL, "AF2807"},
        {"Karghayi", NULL, "AF0702"},
        {"Musa Kala", NULL, "AF3009"},
        {"Engil", "Herat", "AF3202"},
        {"Murghab", "Badghis", "AF3105"},
        {"Murghab", NULL, ""},
        {"Charbagh", "Faryab", "AF2914"},
        {"Kohistan 2", "Kapisa", "AF0202"},
        {"First Behsud", "Wardak", "AF0407"},
        {"Dara Suf Upper", "Samangan", "AF2007"},
        {"Darwaz-e-Ulya", "Badakhshan", "AF1727"},
        {"Yaftal Payin", "Badakhshan", "AF1704"},
        {"Mandozai Ismail Khel", "Khost", "AF1402"},
        {"Drayem", NULL, "AF1707"},
        {"Bargromatal", "Nuristan", "AF1608"},
        {"Mohammad A", NULL, "AF0505"},
        {"Kohistan-i-Duwum", "Kapisa", "AF0202"},
        {"Pech Dara", "Kunar", "AF1507"},
        {"چار پولک", NULL, "AF2111"},
        {"Dara-e Suf Bola", "Samangan", "AF2007"},
        {"Dara-e Suf Nala", "Samangan", ""},
        {"Yakawlang Duwum", "Bamyan", ""},
        {"Sangen Khel", "Badakhshan", ""},
        {"Zalank", "Narnia", ""},
    };
    check_cases(cases, G_N_ELEMENTS(cases));
    EvmMatch match = resolve("Salank", "Parwan");
    g_assert_cmpint(match.how, ==, EVM_MATCH_TRANSLITERATION);
    match = resolve("Kashan", "Herat");
    g_assert_cmpint(match.how, ==, EVM_MATCH_NEAR);
    g_assert_cmpuint(match.score, >=, 60);
    g_assert_cmpuint(match.score, <, resolve("Salank", "Parwan").score);
}

/* A slip in the province, but no guess between two of them. */
/* An alias, or another transliteration, of one of several that are alike decides nothing. */
static void test_rivals_without_a_province(void)
{
    static const Case cases[] = {
        {"Sarobi", NULL, ""},
        {"Sarobi", "Paktika", "AF1210"},
        {"Sarobi", "Kabul", "AF0115"},
        {"Daulatabad", NULL, ""},
        {"Jaghato", NULL, ""},
        {"Bahark", NULL, ""},
        {"Bahark", "Takhar", "AF1803"},
        {"Taiwara", NULL, "AF2308"},
        {"Bakwah", NULL, "AF3308"},
        {"Tsokey", NULL, "AF1509"},
        {"Azraw", NULL, "AF0507"},
        {"Sheike", NULL, ""},
        {"Shorawak", NULL, ""},
        {"Shorawak", "Kandahar", "AF2714"},
        {"Galdar", NULL, ""},
        {"Qurqan", NULL, ""},
        {"Zazi", NULL, ""},
        {"Zazi", "Khost", "AF1413"},
        {"Hisa-e-Awal", NULL, ""},
        {"Hesa Duwum", NULL, ""},
        {"Hisa-e-Awal", "Panjshir", "AF0804"},
        {"Parune", NULL, "AF1601"},
        {"Parvan", NULL, ""},
        {"Hesarak Ghaljai", NULL, "AF0621"},
        {"Hesarak Kabul", NULL, ""},
        {"Tash Qurghon Bala", NULL, ""},
    };
    check_cases(cases, G_N_ELEMENTS(cases));
}

static void test_misspelt_provinces(void)
{
    static const Case cases[] = {
        {"Sangin", "Helmnd", "AF3008"},      {"Kohistan", "Badakshan", "AF1708"},
        {"Surkh Rod", "Nangahar", "AF0603"}, {"Arghandab", "Kandhar", "AF2702"},
        {"Khost", "Bagln", "AF0913"},        {"Reg", "Kabulistan", ""},
        {"Jani Khel", "Paktistan", ""},      {"Sangin", "Badakshan", ""},
    };
    check_cases(cases, G_N_ELEMENTS(cases));
}

static void test_alias_counts_in_its_province(void)
{
    g_assert_cmpstr(pcode_of(resolve("Ghormach", "Faryab").district), ==, "AF3107");
    g_assert_cmpint(resolve("Ghormach", "Faryab").how, ==, EVM_MATCH_ALIAS);
    g_assert_cmpint(resolve("Ghormach", "Badghis").how, ==, EVM_MATCH_EXACT);
    g_assert_cmpint(resolve("Ghormach", "Herat").how, ==, EVM_MATCH_NONE);
}

static void test_candidates_are_those_that_answer(void)
{
    EvmMatch match = resolve("Kohistan", NULL);
    g_assert_cmpint(match.how, ==, EVM_MATCH_AMBIGUOUS);
    g_assert_true(has_candidate(&match, "AF1708"));
    g_assert_true(has_candidate(&match, "AF2910"));
    match = resolve("Dara-e Suf", "Samangan");
    g_assert_cmpint(match.how, ==, EVM_MATCH_AMBIGUOUS);
    g_assert_cmpuint(match.candidate_count, ==, 2);
    match = resolve("Bagh Qara", NULL);
    g_assert_cmpint(match.how, ==, EVM_MATCH_AMBIGUOUS);
    g_assert_cmpstr(pcode_of(match.candidates[0]), ==, "AF0114"); /* as in the gazetteer */
    g_assert_cmpstr(pcode_of(match.candidates[1]), ==, "AF1111");
}

static void test_candidates_are_the_nearest(void)
{
    EvmMatch match = resolve("Sengip", "Helmand");
    g_assert_cmpint(match.how, ==, EVM_MATCH_NONE);
    g_assert_cmpuint(match.candidate_count, ==, 3);
    g_assert_cmpstr(pcode_of(match.candidates[0]), ==, "AF3008");
    match = resolve("Gizab", "Daykundi");
    if (match.how == EVM_MATCH_NONE)
        g_assert_cmpstr(pcode_of(match.candidates[0]), ==, "AF2507");
    match = resolve("Sangin", "Narnia");
    g_assert_cmpint(match.how, ==, EVM_MATCH_NONE);
    g_assert_true(has_candidate(&match, "AF3008"));
}

static EvmMatch resolve_pcode(const char *pcode, const char *district, const char *province)
{
    return evm_gazetteer_resolve(
        gazetteer, &(EvmPlaceQuery){.pcode = pcode, .district = district, .province = province});
}

static void test_pcode_comes_first(void)
{
    EvmMatch match = resolve_pcode("AF2704", "Panjwai", "Kandahar");
    g_assert_cmpint(match.how, ==, EVM_MATCH_PCODE);
    g_assert_cmpstr(pcode_of(match.district), ==, "AF2704");
    g_assert_cmpint(resolve_pcode(" af2704 ", NULL, NULL).how, ==, EVM_MATCH_PCODE);
    g_assert_cmpint(resolve_pcode("AF2704", "some village", "Kandahar").how, ==, EVM_MATCH_PCODE);
    g_assert_cmpint(resolve_pcode("AF2704", "Panjwayi", "Narnia").how, ==, EVM_MATCH_PCODE);
}

static void test_pcode_against_a_name_is_open(void)
{
    g_assert_cmpint(resolve_pcode("AF1706", "Baharak", "Takhar").how, ==, EVM_MATCH_AMBIGUOUS);
    g_assert_cmpint(resolve_pcode("AF2704", "", "Takhar").how, ==, EVM_MATCH_AMBIGUOUS);
    EvmMatch match = resolve_pcode("AF1901", "Sangin District", NULL);
    g_assert_cmpint(match.how, ==, EVM_MATCH_AMBIGUOUS);
    g_assert_cmpint(match.cause, ==, EVM_CAUSE_PCODE_NAME);
    g_assert_cmpstr(pcode_of(match.candidates[0]), ==, "AF1901");
    g_assert_cmpstr(pcode_of(match.candidates[1]), ==, "AF3008");
    g_assert_cmpint(resolve_pcode("AF1901", "Kohistan", NULL).how, ==, EVM_MATCH_AMBIGUOUS);
    g_assert_cmpint(resolve_pcode("AF0910", "Booraka", NULL).how, ==, EVM_MATCH_PCODE); /* Burka */
    g_assert_cmpint(resolve_pcode("AF1901", "AF3008", NULL).how, ==, EVM_MATCH_AMBIGUOUS);
    g_assert_cmpint(resolve_pcode("AF1901", "af 1901", NULL).how, ==, EVM_MATCH_PCODE);
}

static void check_genitive(const EvmDistrict *district, const char *name)
{
    g_autofree char *of = g_strconcat("د ", name, NULL);
    const char *provinces[] = {gazetteer->provinces[district->province].name, NULL};
    for (size_t i = 0; *name && i < G_N_ELEMENTS(provinces); i++) {
        EvmMatch plain = resolve(name, provinces[i]), match = resolve(of, provinces[i]);
        if (match.district >= 0 || i == 0)
            g_assert_cmpint(match.district, ==, plain.district);
    }
}

/* The Pashto genitive never leads elsewhere, and in a province to the same. */
static void test_own_names_in_the_genitive(void)
{
    for (size_t i = 0; i < gazetteer->district_count; i++) {
        check_genitive(&gazetteer->districts[i], gazetteer->districts[i].name_fa);
        check_genitive(&gazetteer->districts[i], gazetteer->districts[i].name_ps);
    }
}

/* AF2409 was Gizab's in 2018 and is Patoo's since 17 November 2021. */
static void test_gizab_by_year(void)
{
    static const struct {
        const char *pcode, *district, *province, *date, *expected;
    } cases[] = {
        {"AF2409", NULL, NULL, "2021-07-05", "AF2507"},
        {"AF2409", NULL, NULL, "2021-11-16", "AF2507"},
        {"AF2409", NULL, NULL, "2021-11-17", "AF2409"},
        {"AF2409", NULL, NULL, NULL, "AF2409"},
        {"AF2409", "Gizab", NULL, "2024-01-01", "AF2507"},
        {"AF2409", "Gizab", "Daykundi", NULL, "AF2507"},
        {"AF2409", "Patoo", NULL, "2019-01-01", "AF2409"},
        {"AF2409", "Patoo district", "Daykundi", "2019-01-01", "AF2409"},
        {"AF2409", "Gizaab", NULL, "2024-01-01", "AF2507"},
        {"AF2409", NULL, "Uruzgan", "2021-07-05", "AF2507"},
        {"AF2409", NULL, "Daykundi", "2021-07-05", ""},
        {"AF2409", NULL, "Daykundi", "2022-07-05", "AF2409"},
        {"AF2507", NULL, NULL, "2019-01-01", "AF2507"},
        {NULL, "Gizab", "Daykundi", "2005-01-01", "AF2507"},
        {NULL, "Gizab", "Uruzgan", "2021-07-05", "AF2507"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        EvmPlaceQuery query = {cases[i].pcode, cases[i].district, cases[i].province, {0}};
        if (cases[i].date)
            g_assert_true(evm_date_parse(cases[i].date, &query.date));
        EvmMatch match = evm_gazetteer_resolve(gazetteer, &query);
        g_assert_cmpstr(pcode_of(match.district), ==, cases[i].expected);
    }
    g_assert_cmpint(resolve_pcode("AF2409", "Sangin", NULL).how, ==, EVM_MATCH_AMBIGUOUS);
}

/* What a code means by its day alone is said, with what it means now. */
static void test_codes_read_by_their_day_are_told(void)
{
    EvmPlaceQuery query = {.pcode = "AF2409"};
    g_assert_true(evm_date_parse("2021-11-16", &query.date));
    EvmMatch match = evm_gazetteer_resolve(gazetteer, &query);
    g_assert_cmpint(match.cause, ==, EVM_CAUSE_DATED_PCODE);
    g_assert_cmpuint(match.candidate_count, ==, 1);
    g_assert_true(has_candidate(&match, "AF2409"));
    query.province = "Daykundi";
    match = evm_gazetteer_resolve(gazetteer, &query);
    g_assert_cmpint(match.how, ==, EVM_MATCH_AMBIGUOUS);
    g_assert_cmpint(match.cause, ==, EVM_CAUSE_DATED_PCODE);
    g_assert_true(has_candidate(&match, "AF2507") && has_candidate(&match, "AF2409"));
    query.district = "Patu district";
    g_assert_cmpint(evm_gazetteer_resolve(gazetteer, &query).cause, ==, EVM_CAUSE_NONE);
    query = (EvmPlaceQuery){.pcode = "AF2409", .date = {query.date.days + 1}};
    g_assert_cmpint(evm_gazetteer_resolve(gazetteer, &query).cause, ==, EVM_CAUSE_NONE);
    const EvmPcodeChange *change =
        evm_gazetteer_find_pcode_change(gazetteer, evm_gazetteer_find_pcode(gazetteer, "AF2409"));
    g_assert_cmpstr(pcode_of(change->then), ==, "AF2507");
    g_assert_null(evm_gazetteer_find_pcode_change(gazetteer, change->then));
}

static void test_temporary_districts_as_districts(void)
{
    g_autoptr(GError) error = NULL;
    EvmGazetteer *all = evm_gazetteer_load_temporary(EVM_TEST_SOURCE_DIR "/geodata", &error);
    g_assert_no_error(error);
    size_t temporary = 0, without_pcode = 0;
    int64_t population = 0;
    for (size_t i = 0; i < gazetteer->district_count; i++)
        population += gazetteer->districts[i].population;
    for (size_t i = 0; i < all->district_count; i++) {
        temporary += all->districts[i].is_temporary;
        without_pcode += !all->districts[i].has_pcode;
        population -= all->districts[i].population;
    }
    g_assert_cmpint(population, ==, 0);             /* nobody is counted twice */
    g_assert_cmpuint(all->district_count, ==, 422); /* 401 and 21 */
    g_assert_cmpuint(temporary, ==, 23);
    g_assert_cmpuint(without_pcode, ==, 21);
    EvmMatch match =
        evm_gazetteer_resolve(all, &(EvmPlaceQuery){.district = "Marjah", .province = "Helmand"});
    g_assert_cmpstr(all->districts[match.district].pcode, ==, "T3014");
    g_assert_cmpstr(all->districts[all->districts[match.district].parent].pcode, ==, "AF3002");
    match = evm_gazetteer_resolve(all, &(EvmPlaceQuery){.district = "Laja", .province = "Paktia"});
    g_assert_cmpstr(all->districts[match.district].pcode, ==, "T1312");
    g_assert_cmpint(match.how, ==, EVM_MATCH_ALIAS);
    static const char *const open[] = {"Lija", "Leja", "لجه"}; /* or Lija Ahmad Khel */
    for (size_t i = 0; i < G_N_ELEMENTS(open); i++) {
        match =
            evm_gazetteer_resolve(all, &(EvmPlaceQuery){.district = open[i], .province = "Paktia"});
        g_assert_cmpint(match.district, ==, -1);
    }
    g_assert_cmpint(resolve("Laja", "Paktia").how, ==, EVM_MATCH_OUTSIDE);
    match = evm_gazetteer_resolve(all, &(EvmPlaceQuery){.district = "Nad Ali"});
    g_assert_cmpstr(all->districts[match.district].pcode, ==, "AF3002");
    evm_gazetteer_free(all);
}

static void test_unknown_pcode_is_not_passed_over(void)
{
    g_assert_cmpint(resolve("Panjwai", "Nowhere").cause, ==, EVM_CAUSE_UNKNOWN_PROVINCE);
    EvmMatch match = resolve_pcode("AF9999", "Panjwayi", "Kandahar");
    g_assert_cmpint(match.how, ==, EVM_MATCH_NONE);
    g_assert_cmpint(match.cause, ==, EVM_CAUSE_UNKNOWN_PCODE);
    g_assert_cmpuint(resolve_pcode("AF9999", "Atlantis", "Kandahar").candidate_count, ==, 0);
    g_assert_true(has_candidate(&match, "AF2704"));
    g_assert_cmpint(resolve_pcode("AF9999", NULL, NULL).how, ==, EVM_MATCH_NONE);
    g_assert_cmpint(evm_gazetteer_find_pcode(gazetteer, "AF0101AF0101AF0101AF0101AF0101AF0101"), ==,
                    -1);
}

static void test_province_spellings(void)
{
    static const struct {
        const char *name, *pcode;
    } cases[] = {
        {"Helmand", "AF30"},
        {"Hilmand", "AF30"},
        {"هلمند", "AF30"},
        {"Herat", "AF32"},
        {"Hirat", "AF32"},
        {"هرات", "AF32"},
        {"Wardak", "AF04"},
        {"Maidan Wardak", "AF04"},
        {"Maydan-Wardag", "AF04"},
        {"میدان وردک", "AF04"},
        {"Paktia", "AF13"},
        {"Paktya", "AF13"},
        {"پکتیا", "AF13"},
        {"Paktika", "AF12"},
        {"پکتیکا", "AF12"},
        {"Sar-e Pul", "AF22"},
        {"Sar-i-Pul", "AF22"},
        {"Saripul", "AF22"},
        {"سرپل", "AF22"},
        {"Sar-e Pol", "AF22"},
        {"Nimruz", "AF34"},
        {"Joz jan", "AF28"},
        {"جوزجان", "AF28"},
        {"Daikundi", "AF24"},
        {"Urozgan", "AF25"},
        {"Oruzgan", "AF25"},
        {"ارزگان", "AF25"},
        {"Panjshir", "AF08"},
        {"پنجشیر", "AF08"},
        {"Bamiyan", "AF10"},
        {"بامیان", "AF10"},
        {"AF27", "AF27"},
        {"af27", "AF27"},
        {"Konduz", "AF19"},
        {"ولایت کندز", "AF19"},
        {"Qandahar", "AF27"},
        {"Narnia", NULL},
        {"", NULL},
        {"?", NULL},
        {"Ghor Province", "AF23"},
        {"Laghman", "AF07"},
        {"Kabol", "AF01"},
        {"Nimrod", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int32_t got = evm_gazetteer_find_province(gazetteer, cases[i].name);
        const char *pcode = got < 0 ? NULL : gazetteer->provinces[got].pcode;
        if (g_strcmp0(pcode, cases[i].pcode) != 0)
            g_error("'%s' is %s, not %s", cases[i].name, pcode ? pcode : "-",
                    cases[i].pcode ? cases[i].pcode : "-");
    }
}

static void check_own_name(const EvmDistrict *district, const char *name)
{
    const EvmProvince *province = &gazetteer->provinces[district->province];
    if (name[0] == '\0')
        return;
    EvmMatch match = resolve(name, province->name);
    if (!g_str_equal(pcode_of(match.district), district->pcode))
        g_error("'%s' of %s is %s '%s'", name, district->pcode, evm_match_how_format(match.how),
                pcode_of(match.district));
    match = resolve(name, NULL);
    if (match.district >= 0)
        g_assert_cmpstr(pcode_of(match.district), ==, district->pcode);
    else
        g_assert_cmpint(match.how, ==, EVM_MATCH_AMBIGUOUS);
}

static void test_own_names(void)
{
    for (size_t i = 0; i < gazetteer->district_count; i++) {
        const EvmDistrict *district = &gazetteer->districts[i];
        check_own_name(district, district->name);
        check_own_name(district, district->name_fa);
        check_own_name(district, district->name_ps);
    }
}

/* Written without hyphens, in capitals, decomposed: still itself and no other. */
static void test_own_names_disturbed(void)
{
    for (size_t i = 0; i < gazetteer->district_count; i++) {
        const EvmDistrict *district = &gazetteer->districts[i];
        g_autofree char *spaced = g_strdelimit(g_ascii_strup(district->name, -1), "-", ' ');
        g_autofree char *suffixed = g_strconcat(district->name, " District", NULL);
        g_autofree char *decomposed = g_utf8_normalize(district->name_fa, -1, G_NORMALIZE_NFD);
        check_own_name(district, spaced);
        check_own_name(district, suffixed);
        check_own_name(district, decomposed);
    }
}

static gpointer resolve_many(gpointer data)
{
    (void)data;
    for (size_t i = 0; i < gazetteer->district_count; i++) {
        g_autofree char *name = g_strconcat(gazetteer->districts[i].name, "x", NULL);
        resolve(name, NULL);
    }
    return NULL;
}

static void test_from_several_threads(void)
{
    GThread *threads[4];
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("resolve", resolve_many, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
}

static void test_long_names_are_left_open(void)
{
    g_autofree char *letters = g_strnfill(100000, 'a');
    g_autoptr(GString) words = g_string_new(NULL);
    for (int i = 0; i < 1000; i++)
        g_string_append(words, "Panj wai ");
    g_assert_cmpint(resolve(letters, "Kabul").how, ==, EVM_MATCH_NONE);
    g_assert_cmpint(resolve(words->str, NULL).how, ==, EVM_MATCH_NONE);
    g_assert_cmpint(resolve("Kabul", letters).how, ==, EVM_MATCH_NONE);
}

static void assert_runners_up(const char *name, const char *province, const char *wanted)
{
    EvmPlaceQuery query = {.district = name, .province = province};
    EvmMatch match = evm_gazetteer_resolve(gazetteer, &query);
    g_autoptr(GString) found = g_string_new(NULL);
    evm_gazetteer_find_runners_up(gazetteer, name, &match);
    for (unsigned i = 0; i < match.candidate_count; i++)
        g_string_append_printf(found, "%s ", gazetteer->districts[match.candidates[i]].pcode);
    g_assert_cmpstr(g_strchomp(found->str), ==, wanted);
}

/* Those of the same name first; none that is far, and never the one that was found. */
static void test_runners_up_are_those_that_come_next(void)
{
    assert_runners_up("Kohistan", "Faryab", "AF1708");
    assert_runners_up("Baharak", "Takhar", "AF1706");
    assert_runners_up("Panjwayi", NULL, "AF1006");
    assert_runners_up("Sangin", NULL, "");
    assert_runners_up("AF1901", NULL, "");
    assert_runners_up("Kohistan", NULL, "AF2910 AF1708"); /* ambiguous: its candidates stay */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    gazetteer = evm_gazetteer_load(EVM_TEST_SOURCE_DIR "/geodata", &error);
    g_assert_no_error(error);
    g_test_add_func("/gazetteer/resolve/from_several_threads", test_from_several_threads);
    g_test_add_func("/gazetteer/resolve/hard_cases", test_hard_cases);
    g_test_add_func("/gazetteer/resolve/words_around_the_name", test_words_around_the_name);
    g_test_add_func("/gazetteer/resolve/never_a_guess", test_never_a_guess);
    g_test_add_func("/gazetteer/resolve/how_is_told", test_how_is_told);
    g_test_add_func("/gazetteer/resolve/near_names", test_near_names);
    g_test_add_func("/gazetteer/resolve/rivals_without_a_province", test_rivals_without_a_province);
    g_test_add_func("/gazetteer/resolve/misspelt_provinces", test_misspelt_provinces);
    g_test_add_func("/gazetteer/resolve/alias_counts_in_its_province",
                    test_alias_counts_in_its_province);
    g_test_add_func("/gazetteer/resolve/candidates_are_those_that_answer",
                    test_candidates_are_those_that_answer);
    g_test_add_func("/gazetteer/resolve/candidates_are_the_nearest",
                    test_candidates_are_the_nearest);
    g_test_add_func("/gazetteer/resolve/pcode_comes_first", test_pcode_comes_first);
    g_test_add_func("/gazetteer/resolve/pcode_against_a_name_is_open",
                    test_pcode_against_a_name_is_open);
    g_test_add_func("/gazetteer/resolve/genitive", test_own_names_in_the_genitive);
    g_test_add_func("/gazetteer/resolve/gizab_by_year", test_gizab_by_year);
    g_test_add_func("/gazetteer/resolve/codes_by_day", test_codes_read_by_their_day_are_told);
    g_test_add_func("/gazetteer/resolve/temporary_districts_as_districts",
                    test_temporary_districts_as_districts);
    g_test_add_func("/gazetteer/resolve/unknown_pcode_is_not_passed_over",
                    test_unknown_pcode_is_not_passed_over);
    g_test_add_func("/gazetteer/resolve/province_spellings", test_province_spellings);
    g_test_add_func("/gazetteer/resolve/own_names", test_own_names);
    g_test_add_func("/gazetteer/resolve/own_names_disturbed", test_own_names_disturbed);
    g_test_add_func("/gazetteer/resolve/long_names_are_left_open", test_long_names_are_left_open);
    g_test_add_func("/gazetteer/resolve/runners_up_are_those_that_come_next",
                    test_runners_up_are_those_that_come_next);
    int result = g_test_run();
    evm_gazetteer_free(gazetteer);
    return result;
}
