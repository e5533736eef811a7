#include "gazetteer/name_table.h"

#include <glib.h>
#include <string.h>

bool evm_name_compute_exact_key(const char *text, char key[EVM_EXACT_KEY_SIZE])
{
    size_t length = 0;
    for (const char *p = text; *p; p++) {
        bool blank = g_ascii_isspace(*p);
        if (blank && (length == 0 || key[length - 1] == ' '))
            continue;
        if (length + 1 == EVM_EXACT_KEY_SIZE)
            return false;
        key[length++] = blank ? ' ' : g_ascii_tolower(*p);
    }
    if (length > 0 && key[length - 1] == ' ')
        length--;
    key[length] = '\0';
    return length > 0;
}

void evm_name_table_init(EvmNameTable *table, EvmArena *arena, uint32_t capacity)
{
    *table = (EvmNameTable){.arena = arena, .capacity = capacity};
    table->names = evm_arena_alloc_array(arena, capacity, sizeof *table->names);
    evm_name_index_init(&table->exact, arena, capacity);
}

void evm_name_table_add(EvmNameTable *table, const char *text, EvmNameKind kind, int32_t place,
                        int32_t province)
{
    char key[EVM_EXACT_KEY_SIZE];
    g_assert(table->count < table->capacity);
    if (!evm_name_compute_exact_key(text, key))
        return;
    EvmTableName *name = &table->names[table->count];
    name->text = evm_arena_strdup(table->arena, key);
    name->kind = kind;
    name->place = place;
    name->province = province;
    evm_name_index_add(&table->exact, name->text, table->count++);
}

void evm_name_table_add_outside(EvmNameTable *table, const char *text, const EvmOutsidePlace *place,
                                int32_t province)
{
    uint32_t count = table->count;
    evm_name_table_add(table, text, EVM_NAME_OUTSIDE, -1, province);
    if (table->count > count)
        table->names[count].outside = place;
}

static void compute_name_keys(EvmNameTable *table, uint32_t index)
{
    EvmTableName *name = &table->names[index];
    EvmFoldKeys keys;
    if (!evm_name_parse(&name->name, name->text, strlen(name->text)))
        return;
    evm_fold_compute(&name->name, &keys);
    for (int level = 0; level < EVM_FOLD_COUNT; level++) {
        name->keys[level] = evm_arena_strdup(table->arena, keys.keys[level]);
        evm_name_index_add(&table->folded[level], name->keys[level], index);
    }
}

static void init_sets(EvmNameTable *table)
{
    for (int level = 0; level < EVM_FOLD_COUNT; level++)
        for (unsigned i = 0; i < EVM_NAME_STARTS; i++)
            evm_name_sets_init(&table->starts[level][i], table->arena, table->count);
    evm_name_sets_init(&table->multiple, table->arena, table->count);
}

static void add_to_sets(EvmNameTable *table, uint32_t index)
{
    const EvmTableName *name = &table->names[index];
    for (int level = 0; level < EVM_FOLD_COUNT && name->keys[0]; level++) {
        const char *key = name->keys[level];
        for (unsigned i = 0; i < EVM_NAME_STARTS; i++) {
            evm_name_sets_add(&table->starts[level][i], '\0', index);
            evm_name_sets_add(&table->starts[level][i], *key, index);
            key += *key != '\0';
        }
    }
    if (name->name.word_count < 2)
        return;
    evm_name_sets_add(&table->multiple, '\0', index);
    for (const char *p = name->keys[EVM_FOLD_ROUGH]; *p; p++)
        evm_name_sets_add(&table->multiple, *p, index);
}

static bool is_repeat(const EvmNameTable *table, const EvmTableName *name, EvmFold level)
{
    const EvmNameIndex *index = &table->folded[level];
    const EvmNameIndexEntry *entry = NULL;
    while ((entry = evm_name_index_find(index, name->keys[level], entry))) {
        const EvmTableName *other = &table->names[entry->value];
        if (other < name && other->place == name->place && other->province == name->province &&
            evm_name_is_arabic(&other->name) == evm_name_is_arabic(&name->name))
            return true;
    }
    return false;
}

static EvmNameTraits init_traits(const EvmNameTable *table, const EvmTableName *name)
{
    EvmNameTraits traits = {.province = name->province, .is_outside = name->place < 0};
    if (!name->keys[0])
        return traits;
    bool is_arabic = evm_name_is_arabic(&name->name);
    traits.has_keys = true;
    traits.is_arabic = is_arabic;
    traits.repeats_own = is_repeat(table, name, evm_fold_find_own_level(is_arabic));
    traits.repeats_skeleton = is_repeat(table, name, EVM_FOLD_SKELETON);
    return traits;
}

/* By letters, and names with the same ones in their own order. */
static int compare_letters(gconstpointer a, gconstpointer b, gpointer data)
{
    const EvmNameTable *table = data;
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    int order =
        strcmp(table->names[left].keys[EVM_FOLD_LIGHT], table->names[right].keys[EVM_FOLD_LIGHT]);
    return order != 0 ? order : (left > right) - (left < right);
}

static void sort_by_letters(EvmNameTable *table)
{
    table->by_letters =
        evm_arena_alloc_array(table->arena, table->count, sizeof *table->by_letters);
    table->by_letters_count = 0;
    for (uint32_t i = 0; i < table->count; i++)
        if (table->traits[i].has_keys)
            table->by_letters[table->by_letters_count++] = i;
    g_qsort_with_data(table->by_letters, (gint)table->by_letters_count, sizeof *table->by_letters,
                      compare_letters, table);
}

uint32_t evm_name_table_find_letters(const EvmNameTable *table, const char *letters)
{
    uint32_t low = 0, high = table->by_letters_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        const EvmTableName *name = &table->names[table->by_letters[middle]];
        if (strcmp(name->keys[EVM_FOLD_LIGHT], letters) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Names of one script that are worth to be compared, with their keys. */
static uint32_t find_block_names(const EvmNameTable *table, bool is_arabic, bool by_skeleton,
                                 EvmBlockName *names)
{
    EvmFold level = by_skeleton ? EVM_FOLD_SKELETON : evm_fold_find_own_level(is_arabic);
    uint32_t count = 0;
    for (uint32_t i = 0; i < table->count; i++) {
        const EvmNameTraits *traits = &table->traits[i];
        bool repeats = by_skeleton ? traits->repeats_skeleton : traits->repeats_own;
        if (traits->has_keys && traits->is_arabic == is_arabic && !repeats)
            names[count++] = (EvmBlockName){.key = table->names[i].keys[level],
                                            .name = i,
                                            .province = traits->province,
                                            .is_outside = traits->is_outside};
    }
    return count;
}

void evm_name_table_compute_keys(EvmNameTable *table)
{
    for (int level = 0; level < EVM_FOLD_COUNT; level++)
        evm_name_index_init(&table->folded[level], table->arena, table->count);
    init_sets(table);
    table->traits = evm_arena_alloc_array(table->arena, table->count, sizeof *table->traits);
    for (uint32_t i = 0; i < table->count; i++) {
        compute_name_keys(table, i);
        table->traits[i] = init_traits(table, &table->names[i]);
        add_to_sets(table, i);
    }
    sort_by_letters(table);
}

void evm_name_table_compute_blocks(EvmNameTable *table, EvmArena *arena, const EvmCosts *sounds,
                                   const EvmCosts *letters)
{
    g_autofree EvmBlockName *names = g_new(EvmBlockName, table->count);
    for (int is_arabic = 0; is_arabic < 2; is_arabic++) {
        uint32_t count = find_block_names(table, is_arabic, false, names);
        evm_name_blocks_init(&table->own[is_arabic], arena, is_arabic ? letters : sounds, names,
                             count);
        count = find_block_names(table, is_arabic, true, names);
        evm_name_blocks_init(&table->skeletons[is_arabic], arena, sounds, names, count);
    }
}

EvmNameLonger evm_name_table_find_longer(const EvmNameTable *table, EvmFold level, const char *key)
{
    EvmNameLonger longer;
    for (unsigned i = 0; i < EVM_NAME_STARTS; i++) {
        longer.sets[i] = evm_name_sets_find(&table->starts[level][i], *key);
        key += *key != '\0';
    }
    return longer;
}

uint64_t evm_name_longer_at(const EvmNameLonger *longer, uint32_t word)
{
    uint64_t names = longer->sets[0][word];
    for (unsigned i = 1; i < EVM_NAME_STARTS; i++)
        names &= longer->sets[i][word];
    return names;
}

static void add_place(EvmNameHits *hits, int32_t place)
{
    for (unsigned i = 0; i < MIN(hits->count, EVM_MATCH_CANDIDATES); i++)
        if (hits->places[i] == place)
            return;
    if (hits->count < EVM_MATCH_CANDIDATES)
        hits->places[hits->count] = place;
    hits->count++;
}

static void add_outside(EvmNameHits *hits, unsigned count, const EvmOutsidePlace *place)
{
    if (count > 0)
        hits->outside_place = hits->outside == 0 || hits->outside_place == place ? place : NULL;
    hits->outside += count;
}

void evm_name_hits_add(EvmNameHits *hits, const EvmTableName *name)
{
    if (name->kind == EVM_NAME_OUTSIDE) {
        add_outside(hits, 1, name->outside);
        return;
    }
    if (name->kind == EVM_NAME_OWN && (hits->own_count == 0 || hits->own != name->place)) {
        hits->own = name->place;
        hits->own_count++;
    }
    add_place(hits, name->place);
}

void evm_name_hits_add_all(EvmNameHits *hits, const EvmNameHits *more)
{
    for (unsigned i = 0; i < MIN(more->count, EVM_MATCH_CANDIDATES); i++)
        add_place(hits, more->places[i]);
    add_outside(hits, more->outside, more->outside_place);
}

static EvmNameHits find(const EvmNameTable *table, const EvmNameIndex *index, const char *key,
                        int32_t province)
{
    EvmNameHits hits = {.count = 0};
    const EvmNameIndexEntry *entry = NULL;
    while ((entry = evm_name_index_find(index, key, entry))) {
        const EvmTableName *name = &table->names[entry->value];
        if (province < 0 || name->province == province)
            evm_name_hits_add(&hits, name);
    }
    return hits;
}

EvmNameHits evm_name_table_find_exact(const EvmNameTable *table, const char *text, int32_t province)
{
    char key[EVM_EXACT_KEY_SIZE];
    if (!evm_name_compute_exact_key(text, key))
        return (EvmNameHits){.count = 0};
    return find(table, &table->exact, key, province);
}

EvmNameHits evm_name_table_find_folded(const EvmNameTable *table, EvmFold level, const char *key,
                                       int32_t province)
{
    return find(table, &table->folded[level], key, province);
}
