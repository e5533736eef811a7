#include "events/interner.h"

#include <glib.h>
#include <string.h>

struct EvmInterner {
    EvmArena *arena;
    GHashTable *texts;
    const char *last[EVM_COLUMN_COUNT]; /* a column often repeats what stood in the row above */
};

EvmInterner *evm_interner_new(EvmArena *arena)
{
    EvmInterner *interner = g_new0(EvmInterner, 1);
    interner->arena = arena;
    interner->texts = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++)
        interner->last[i] = "";
    return interner;
}

void evm_interner_free(EvmInterner *interner)
{
    if (!interner)
        return;
    g_hash_table_destroy(interner->texts);
    g_free(interner);
}

const char *evm_interner_add(EvmInterner *interner, EvmColumn column, const char *text)
{
    if (*text == '\0')
        return "";
    if (strcmp(text, interner->last[column]) == 0)
        return interner->last[column];
    char *known = g_hash_table_lookup(interner->texts, text);
    if (!known) {
        known = evm_arena_strdup(interner->arena, text);
        g_hash_table_add(interner->texts, known);
    }
    interner->last[column] = known;
    return known;
}
