#include "events/citations.h"

#include <string.h>

#include "base/arena.h"
#include "events/notes.h"

typedef struct {
    unsigned file, line;
    const char *id, *by;
    const EvmCited *cited;
} Citation;

struct EvmCitations {
    GArray *items;     /* of Citation, in the order of the rows */
    GHashTable *cited; /* id -> EvmCited */
    EvmArena *arena;
};

EvmCitations *evm_citations_new(void)
{
    EvmCitations *citations = g_new0(EvmCitations, 1);
    citations->items = g_array_new(FALSE, FALSE, sizeof(Citation));
    citations->cited = g_hash_table_new(g_str_hash, g_str_equal);
    citations->arena = evm_arena_new();
    return citations;
}

void evm_citations_free(EvmCitations *citations)
{
    if (!citations)
        return;
    g_array_unref(citations->items);
    g_hash_table_destroy(citations->cited);
    evm_arena_free(citations->arena);
    g_free(citations);
}

size_t evm_citations_count(const EvmCitations *citations)
{
    return citations->items->len;
}

EvmCited *evm_citations_find(const EvmCitations *citations, const char *id)
{
    return g_hash_table_lookup(citations->cited, id);
}

static EvmCited *add_id(EvmCitations *citations, const char *id, const char **own)
{
    gpointer key, cited;
    if (!g_hash_table_lookup_extended(citations->cited, id, &key, &cited)) {
        EvmCited *new = evm_arena_alloc(citations->arena, sizeof *new);
        new->withdrawal.known = EVM_DATE_NONE;
        key = evm_arena_strdup(citations->arena, id);
        cited = new;
        g_hash_table_insert(citations->cited, key, cited);
    }
    *own = key;
    return cited;
}

void evm_citations_add(EvmCitations *citations, const EvmEvent *event, const EvmStreamRow *row,
                       unsigned line)
{
    EvmDate known = evm_event_known_at(event);
    g_auto(GStrv) ids = g_strsplit(event->supersedes, ";", -1);
    for (char **id = ids; *id; id++) {
        Citation citation = {.file = event->file, .line = line};
        if (*g_strstrip(*id) == '\0')
            continue;
        EvmCited *cited = add_id(citations, *id, &citation.id);
        EvmWithdrawal *first = &cited->withdrawal;
        if (!event->is_retracted &&
            (evm_date_is_none(first->known) || known.days < first->known.days))
            *first = (EvmWithdrawal){known, *row};
        citation.cited = cited;
        citation.by = evm_arena_strdup(citations->arena, event->id);
        g_array_append_val(citations->items, citation);
    }
}

/* "by supersedes id", as one text; caller frees. */
static char *format_key(const char *by, const char *id)
{
    return g_strdup_printf("%zu %s %s", strlen(by), by, id);
}

static GHashTable *collect_keys(const EvmCitations *citations)
{
    GHashTable *keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < citations->items->len; i++) {
        const Citation *citation = &g_array_index(citations->items, Citation, i);
        g_hash_table_add(keys, format_key(citation->by, citation->id));
    }
    return keys;
}

/* What supersedes it is superseded by it: neither counts. */
static bool is_mutual(GHashTable *keys, const Citation *citation)
{
    g_autofree char *key = format_key(citation->id, citation->by);
    return strcmp(citation->by, citation->id) != 0 && g_hash_table_contains(keys, key);
}

void evm_citations_add_diagnostics(const EvmCitations *citations, const char *const *paths,
                                   EvmDiagnostics *diagnostics)
{
    g_autoptr(GHashTable) keys = collect_keys(citations);
    for (guint i = 0; i < citations->items->len; i++) {
        const Citation *citation = &g_array_index(citations->items, Citation, i);
        if (!citation->cited->is_met)
            evm_note_add_unknown_superseded(diagnostics, paths[citation->file], citation->line,
                                            citation->id);
        if (is_mutual(keys, citation))
            evm_note_add_mutual(diagnostics, paths[citation->file], citation->line, citation->id);
    }
}
