#include "gazetteer/gazetteer.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "gazetteer/parts.h"

const EvmGazetteerFull *evm_gazetteer_compute_keys(const EvmGazetteer *gazetteer)
{
    /* Filled at most once, behind g_once: readers never see it half done. */
    EvmGazetteerFull *full = (EvmGazetteerFull *)(uintptr_t)gazetteer;
    if (g_once_init_enter(&full->is_folded)) {
        evm_costs_init_sounds(&full->sound_costs);
        evm_costs_init_letters(&full->letter_costs);
        evm_name_table_compute_keys(&full->district_names);
        evm_name_table_compute_keys(&full->province_names);
        g_once_init_leave(&full->is_folded, 1);
    }
    return full;
}

void evm_gazetteer_compute_blocks(const EvmGazetteerFull *full_in)
{
    EvmGazetteerFull *full = (EvmGazetteerFull *)(uintptr_t)full_in;
    if (g_once_init_enter(&full->is_in_blocks)) {
        EvmNameTable *tables[] = {&full->district_names, &full->province_names};
        full->block_arena = evm_arena_new();
        for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
            evm_name_table_compute_blocks(tables[i], full->block_arena, &full->sound_costs,
                                          &full->letter_costs);
        g_once_init_leave(&full->is_in_blocks, 1);
    }
}

static void compute_bags(EvmGazetteerFull *full)
{
    const EvmNameTable *table = &full->district_names;
    char bag[EVM_FOLD_KEY_SIZE];
    evm_name_index_init(&full->bags, full->arena, table->count);
    for (uint32_t i = table->count; i-- > 0;) {
        if (table->names[i].name.word_count < 2)
            continue;
        evm_fold_compute_bag(&table->names[i].name, bag);
        evm_name_index_add(&full->bags, evm_arena_strdup(full->arena, bag), i);
    }
}

void evm_gazetteer_compute_bags(const EvmGazetteerFull *full_in)
{
    EvmGazetteerFull *full = (EvmGazetteerFull *)(uintptr_t)full_in;
    if (g_once_init_enter(&full->is_bagged)) {
        compute_bags(full);
        g_once_init_leave(&full->is_bagged, 1);
    }
}

const char *evm_gazetteer_find_shape_id(const EvmGazetteer *gazetteer, const char *shape_id)
{
    const EvmGazetteerFull *full = (const EvmGazetteerFull *)gazetteer;
    const EvmNameIndexEntry *entry = evm_name_index_find(&full->shape_ids, shape_id, NULL);
    return entry ? full->shape_pcodes[entry->value] : NULL;
}

static int32_t find_bare_province(const EvmGazetteerFull *full, const EvmName *name)
{
    /* Consonants that a level needs to decide. */
    static const unsigned least[EVM_FOLD_COUNT] = {0, 0, 2, 2, 4, 4};
    EvmFoldKeys all;
    evm_fold_compute(name, &all);
    for (int level = 0; level < EVM_FOLD_COUNT; level++) {
        if (evm_fold_count_consonants(all.keys[level]) < least[level])
            continue;
        EvmNameHits hits =
            evm_name_table_find_folded(&full->province_names, (EvmFold)level, all.keys[level], -1);
        if (hits.count > 0)
            return hits.count == 1 ? hits.places[0] : -1;
    }
    return -1;
}

/* "Helmand Province", "Wilayat-e Helmand". */
static void strip_province_words(EvmName *name)
{
    static const char *const words[] = {"province", "prov",    "wilayat", "wilayet",
                                        "velayat",  "velayet", "walayat", "\xF7\xEC\xE1\xF9\xF4"};
    for (unsigned i = 0; i < name->word_count && name->word_count > 1; i++)
        for (size_t w = 0; w < G_N_ELEMENTS(words); w++)
            if (evm_name_is_word(name, i, words[w])) {
                evm_name_clear_word(name, i--);
                break;
            }
    while (name->word_count > 1 && evm_name_count_letters(name, 0) == 1)
        evm_name_clear_word(name, 0);
}

int32_t evm_gazetteer_find_province_name(const EvmGazetteerFull *full, const EvmName *name)
{
    EvmName bare = *name;
    int32_t province = find_bare_province(full, name);
    strip_province_words(&bare);
    return province < 0 && bare.word_count < name->word_count ? find_bare_province(full, &bare)
                                                              : province;
}

static int32_t find_province_pcode(const EvmGazetteer *gazetteer, const char *pcode)
{
    for (size_t i = 0; i < gazetteer->province_count; i++)
        if (g_ascii_strcasecmp(gazetteer->provinces[i].pcode, pcode) == 0)
            return (int32_t)i;
    return -1;
}

int32_t evm_gazetteer_find_province(const EvmGazetteer *gazetteer, const char *text)
{
    const EvmGazetteerFull *full = (const EvmGazetteerFull *)gazetteer;
    EvmNameHits hits = evm_name_table_find_exact(&full->province_names, text, -1);
    if (hits.count > 0)
        return hits.count == 1 ? hits.places[0] : -1;
    int32_t by_pcode = find_province_pcode(gazetteer, text);
    EvmName name;
    if (by_pcode >= 0 || !evm_name_parse(&name, text, strlen(text)))
        return by_pcode;
    full = evm_gazetteer_compute_keys(gazetteer);
    return evm_gazetteer_find_province_name(full, &name);
}

bool evm_gazetteer_has_province(const EvmGazetteer *gazetteer, const char *name)
{
    const EvmGazetteerFull *full = (const EvmGazetteerFull *)gazetteer;
    return evm_name_table_find_exact(&full->province_names, name, -1).count > 0 ||
           find_province_pcode(gazetteer, name) >= 0;
}

int32_t evm_gazetteer_find_misspelt_province(const EvmGazetteer *gazetteer, const char *name)
{
    int32_t province = evm_gazetteer_find_province(gazetteer, name);
    if (province >= 0)
        return province;
    return evm_gazetteer_find_near_province(evm_gazetteer_compute_keys(gazetteer), name);
}

/* Some take a district for a province. */
static bool explain_district(const EvmGazetteer *gazetteer, const char *name, const char *safe,
                             GError **error)
{
    EvmMatch match = evm_gazetteer_resolve(gazetteer, &(EvmPlaceQuery){.district = name});
    if (match.district < 0)
        return false;
    const EvmDistrict *district = &gazetteer->districts[match.district];
    g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE, "'%s' is no province but a district, %s in %s",
                safe, district->name, gazetteer->provinces[district->province].name);
    return true;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* All of them, by the alphabet. */
static char *format_provinces(const EvmGazetteer *gazetteer)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < gazetteer->province_count; i++)
        g_ptr_array_add(names, (char *)(uintptr_t)gazetteer->provinces[i].name);
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    return g_strjoinv(", ", (char **)names->pdata);
}

int32_t evm_gazetteer_resolve_province(const EvmGazetteer *gazetteer, const char *name,
                                       GError **error)
{
    int32_t province = evm_gazetteer_find_province(gazetteer, name);
    if (province >= 0)
        return province;
    const EvmGazetteerFull *full = evm_gazetteer_compute_keys(gazetteer);
    int32_t near = evm_gazetteer_find_near_province(full, name);
    g_autofree char *safe = evm_text_format_terminal(name);
    if (near < 0 && explain_district(gazetteer, name, safe, error))
        return -1;
    int32_t nearest = near >= 0 ? near : evm_gazetteer_find_nearest_province(full, name);
    g_autofree char *known =
        nearest >= 0 ? g_strdup_printf("did you mean '%s'?", gazetteer->provinces[nearest].name)
                     : format_provinces(gazetteer);
    g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE, "no province '%s': %s%s", safe,
                nearest >= 0 ? "" : "there are ", known);
    return -1;
}

char *evm_match_format_outside(const EvmGazetteer *gazetteer, const EvmMatch *match)
{
    const EvmOutsidePlace *place = match->outside;
    if (!place)
        return NULL;
    if (place->note[0])
        return g_strdup(place->note);
    const char *kind =
        place->is_temporary ? "a temporary district" : "not among the 421 districts of 2021";
    const char *counted = place->is_temporary ? ", counted with --universe 421" : "";
    if (place->parent < 0)
        return g_strconcat(kind, counted, NULL);
    const EvmDistrict *parent = &gazetteer->districts[place->parent];
    return g_strdup_printf("%s%s in %s in %s (%s)%s", kind, place->is_temporary ? "" : ", a place",
                           parent->name, gazetteer->provinces[parent->province].name, parent->pcode,
                           counted);
}

const char *evm_match_how_format(EvmMatchHow how)
{
    static const char *const words[EVM_MATCH_HOW_COUNT] = {
        [EVM_MATCH_NONE] = "unmatched",      [EVM_MATCH_OUTSIDE] = "outside",
        [EVM_MATCH_AMBIGUOUS] = "ambiguous", [EVM_MATCH_PCODE] = "pcode",
        [EVM_MATCH_EXACT] = "exact",         [EVM_MATCH_ALIAS] = "alias",
        [EVM_MATCH_FOLDED] = "folded",       [EVM_MATCH_TRANSLITERATION] = "transliteration",
        [EVM_MATCH_NEAR] = "near",           [EVM_MATCH_POINT] = "point",
    };
    return words[how];
}
