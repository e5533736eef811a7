#include "events/citations.h"

#include "base/arena.h"
#include "events/circles.h"
#include "events/notes.h"

typedef struct {
    unsigned file, line;
    const char *id, *by;
    const EvmCited *cited;
    bool is_retracted;
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
        new->number = g_hash_table_size(citations->cited);
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
        Citation citation = {
            .file = event->file, .line = line, .is_retracted = event->is_retracted};
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

void evm_citations_clear_met(EvmCitations *citations)
{
    GHashTableIter iter;
    gpointer cited;
    g_hash_table_iter_init(&iter, citations->cited);
    while (g_hash_table_iter_next(&iter, NULL, &cited))
        ((EvmCited *)cited)->met = 0;
}

/* The id of the row, if it is superseded too; a correction that was taken back corrects nothing. */
static const EvmCited *find_citing(const EvmCitations *citations, const Citation *citation)
{
    return citation->is_retracted ? NULL : evm_citations_find(citations, citation->by);
}

static GArray *collect_links(const EvmCitations *citations)
{
    GArray *links = g_array_new(FALSE, FALSE, sizeof(EvmLink));
    for (guint i = 0; i < citations->items->len; i++) {
        const Citation *citation = &g_array_index(citations->items, Citation, i);
        const EvmCited *citing = find_citing(citations, citation);
        if (!citing)
            continue;
        EvmLink link = {citing->number, citation->cited->number};
        g_array_append_val(links, link);
    }
    return links;
}

typedef struct {
    GArray *links;     /* of EvmLink */
    GHashTable *known; /* the same */
    uint32_t *circles;
} Links;

static guint hash_link(gconstpointer data)
{
    const EvmLink *link = data;
    return link->from * 31 + link->to;
}

static gboolean is_same_link(gconstpointer a, gconstpointer b)
{
    const EvmLink *la = a, *lb = b;
    return la->from == lb->from && la->to == lb->to;
}

static void links_init(Links *links, const EvmCitations *citations)
{
    links->links = collect_links(citations);
    links->known = g_hash_table_new(hash_link, is_same_link);
    for (guint i = 0; i < links->links->len; i++)
        g_hash_table_add(links->known, &g_array_index(links->links, EvmLink, i));
    links->circles = evm_circles_compute((const EvmLink *)(const void *)links->links->data,
                                         links->links->len, g_hash_table_size(citations->cited));
}

static void links_clear(Links *links)
{
    g_hash_table_destroy(links->known);
    g_array_unref(links->links);
    g_free(links->circles);
}

/* What supersedes it is superseded by it, straight or by way of others: none counts. */
static void check_circle(const EvmCitations *citations, const Links *links,
                         const Citation *citation, const char *path, EvmDiagnostics *diagnostics)
{
    const EvmCited *citing = find_citing(citations, citation), *cited = citation->cited;
    if (!citing || citing == cited ||
        links->circles[citing->number] != links->circles[cited->number])
        return;
    EvmLink back = {cited->number, citing->number};
    evm_note_add_mutual(diagnostics, path, citation->line, citation->id,
                        g_hash_table_contains(links->known, &back));
}

void evm_citations_add_diagnostics(const EvmCitations *citations, const char *const *paths,
                                   EvmDiagnostics *diagnostics)
{
    Links links;
    links_init(&links, citations);
    for (guint i = 0; i < citations->items->len; i++) {
        const Citation *citation = &g_array_index(citations->items, Citation, i);
        const char *path = paths[citation->file];
        if (citation->cited->met == 0)
            evm_note_add_unknown_superseded(diagnostics, path, citation->line, citation->id);
        if (citation->cited->met > 1 && !citation->is_retracted)
            evm_note_add_superseded_twins(diagnostics, path, citation->line, citation->id,
                                          citation->cited->met);
        check_circle(citations, &links, citation, path, diagnostics);
    }
    links_clear(&links);
}
