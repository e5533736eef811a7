#include "gazetteer/match_list.h"

#include <string.h>

#include "base/arena.h"
#include "base/jobs.h"

/* Spellings that a thread takes at a time. */
enum { PORTION = 64 };

typedef struct {
    EvmPlaceQuery query; /* its texts are in the arena */
    EvmMatch match;
    guint index;
} Spelling;

struct EvmMatchList {
    EvmArena *arena;
    GPtrArray *spellings; /* of Spelling, in the arena, in the order of their first rows */
    GHashTable *known;    /* the same, by name and province */
    GArray *rows;         /* guint: the spelling of each row */
    const EvmGazetteer *gazetteer;
    EvmDate date;
};

static guint spelling_hash(gconstpointer data)
{
    const EvmPlaceQuery *query = &((const Spelling *)data)->query;
    return g_str_hash(query->district) * 31 + g_str_hash(query->province);
}

static gboolean spelling_equal(gconstpointer a, gconstpointer b)
{
    const EvmPlaceQuery *x = &((const Spelling *)a)->query, *y = &((const Spelling *)b)->query;
    return strcmp(x->district, y->district) == 0 && strcmp(x->province, y->province) == 0;
}

EvmMatchList *evm_match_list_new(EvmDate date)
{
    EvmMatchList *list = g_new0(EvmMatchList, 1);
    list->arena = evm_arena_new();
    list->date = date;
    list->spellings = g_ptr_array_new();
    list->known = g_hash_table_new(spelling_hash, spelling_equal);
    list->rows = g_array_new(FALSE, FALSE, sizeof(guint));
    return list;
}

void evm_match_list_free(EvmMatchList *list)
{
    if (!list)
        return;
    g_hash_table_destroy(list->known);
    g_ptr_array_free(list->spellings, TRUE);
    g_array_free(list->rows, TRUE);
    evm_arena_free(list->arena);
    g_free(list);
}

static Spelling *spelling_new(EvmMatchList *list, const EvmPlaceQuery *query)
{
    Spelling *spelling = evm_arena_alloc(list->arena, sizeof *spelling);
    spelling->query = (EvmPlaceQuery){.district = evm_arena_strdup(list->arena, query->district),
                                      .province = evm_arena_strdup(list->arena, query->province),
                                      .date = list->date};
    spelling->index = list->spellings->len;
    g_ptr_array_add(list->spellings, spelling);
    g_hash_table_add(list->known, spelling);
    return spelling;
}

void evm_match_list_add(EvmMatchList *list, const char *district, const char *province)
{
    Spelling wanted = {
        .query = {.district = district ? district : "", .province = province ? province : ""}};
    const Spelling *spelling = g_hash_table_lookup(list->known, &wanted);
    if (!spelling)
        spelling = spelling_new(list, &wanted.query);
    g_array_append_val(list->rows, spelling->index);
}

static void resolve_portion(void *user, unsigned worker, unsigned portion)
{
    EvmMatchList *list = user;
    guint first = portion * PORTION, end = MIN(first + PORTION, list->spellings->len);
    (void)worker;
    for (guint i = first; i < end; i++) {
        Spelling *spelling = g_ptr_array_index(list->spellings, i);
        spelling->match = evm_gazetteer_resolve(list->gazetteer, &spelling->query);
    }
}

void evm_match_list_compute(EvmMatchList *list, const EvmGazetteer *gazetteer, unsigned threads)
{
    list->gazetteer = gazetteer;
    evm_jobs_compute((list->spellings->len + PORTION - 1) / PORTION, threads, resolve_portion,
                     list);
}

const EvmMatch *evm_match_list_at(const EvmMatchList *list, size_t row)
{
    guint index = g_array_index(list->rows, guint, row);
    return &((const Spelling *)g_ptr_array_index(list->spellings, index))->match;
}
