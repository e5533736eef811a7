/* A name, and behind a newline its province, through the gazetteer. */
#include <glib.h>
#include <string.h>

#include "gazetteer/gazetteer.h"
#include "tests/fuzz/fuzz.h"

static void check_match(const EvmGazetteer *gazetteer, const EvmPlaceQuery *query)
{
    EvmMatch match = evm_gazetteer_resolve(gazetteer, query);
    bool is_found = match.how >= EVM_MATCH_PCODE;
    g_assert_cmpint(match.how, <, EVM_MATCH_HOW_COUNT);
    g_assert_true(is_found == (match.district >= 0));
    g_assert_true(is_found == (match.score > 0));
    g_assert_cmpint(match.district, <, (int)gazetteer->district_count);
    g_assert_cmpuint(match.candidate_count, <=, EVM_MATCH_CANDIDATES);
    for (unsigned i = 0; i < match.candidate_count; i++) {
        g_assert_cmpint(match.candidates[i], >=, 0);
        g_assert_cmpint(match.candidates[i], <, (int)gazetteer->district_count);
        g_assert_cmpint(match.candidates[i], !=, match.district);
    }
    EvmMatch again = evm_gazetteer_resolve(gazetteer, query);
    g_assert_cmpint(again.district, ==, match.district);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static EvmGazetteer *gazetteer;
    if (!gazetteer)
        gazetteer = evm_gazetteer_load(EVM_FUZZ_SOURCE_DIR "/geodata", NULL);
    char *name = g_strndup((const char *)data, size);
    char *province = strchr(name, '\n');
    if (province)
        *province++ = '\0';
    check_match(gazetteer, &(EvmPlaceQuery){.district = name});
    check_match(gazetteer, &(EvmPlaceQuery){.district = name, .province = province});
    check_match(gazetteer, &(EvmPlaceQuery){.pcode = name, .district = province});
    g_free(name);
    return 0;
}
