/* Who is named below the sheet: whoever published what gives a district its colour or its bands, or
 * stands in the list of developments. */
#include <string.h>

#include "scene/parts.h"
#include "scene/words.h"

typedef struct {
    const char *name;
    size_t rows;
} SourceCount;

static int compare_sources(const void *pa, const void *pb)
{
    const SourceCount *a = pa, *b = pb;
    if (a->rows != b->rows)
        return a->rows > b->rows ? -1 : 1;
    return strcmp(a->name, b->name);
}

/* Sources on their way to be counted. */
typedef struct {
    GArray *counts;     /* of SourceCount */
    GHashTable *places; /* by name: in counts */
    GHashTable *events; /* those counted already */
} Sources;

static void count_event(Sources *sources, const EvmJoin *join, int32_t index)
{
    const EvmEvent *event = &join->events->items[index];
    gpointer at;
    if (event->source[0] == '\0' || !g_hash_table_add(sources->events, GINT_TO_POINTER(index)))
        return;
    if (!g_hash_table_lookup_extended(sources->places, event->source, NULL, &at)) {
        SourceCount new = {event->source, 0};
        at = GUINT_TO_POINTER(sources->counts->len);
        g_hash_table_insert(sources->places, (char *)event->source, at);
        g_array_append_val(sources->counts, new);
    }
    g_array_index(sources->counts, SourceCount, GPOINTER_TO_UINT(at)).rows++;
}

static void count_claim(Sources *sources, const EvmJoin *join, int32_t claim)
{
    if (claim >= 0)
        count_event(sources, join, (int32_t)join->claims[claim].event);
}

/* Of colours and of bands. */
static void count_state(Sources *sources, const EvmUniverse *universe, const EvmState *state)
{
    for (size_t area = 0; area < universe->geodata->area_count; area++) {
        EvmHolding holding = evm_universe_holding_at(universe, state, area);
        if (!universe->is_counted[area])
            continue;
        count_claim(sources, state->join, holding.claim);
        count_claim(sources, state->join, holding.other_claim);
    }
}

static void count_list(Sources *sources, const EvmJoin *join, const EvmDevelopments *list)
{
    for (size_t i = 0; i < list->shown; i++)
        for (guint k = 0; k < list->items[i].places->len; k++) {
            int32_t event = g_array_index(list->items[i].places, EvmDevelopmentPlace, k).event;
            if (event >= 0)
                count_event(sources, join, event);
        }
}

GArray *evm_sources_compute(const EvmSheetRequest *request, const EvmDevelopments *developments)
{
    Sources sources = {g_array_new(FALSE, FALSE, sizeof(SourceCount)),
                       g_hash_table_new(g_str_hash, g_str_equal), g_hash_table_new(NULL, NULL)};
    count_state(&sources, request->universe, request->state);
    for (size_t i = 0; i < request->earlier_count; i++)
        count_state(&sources, request->universe, request->earlier[i]);
    if (developments)
        count_list(&sources, request->state->join, developments);
    g_hash_table_destroy(sources.places);
    g_hash_table_destroy(sources.events);
    g_array_sort(sources.counts, compare_sources);
    return sources.counts;
}

/* Of at most so many of them; NULL when there are none. */
static char *format_counts(const EvmLanguage *language, const GArray *counts, size_t most)
{
    char *list = NULL;
    for (guint i = 0; i < counts->len && i < most; i++) {
        g_autofree char *before = list;
        const char *name = g_array_index(counts, SourceCount, i).name;
        list = before ? evm_language_format(language, EVM_MESSAGE_SOURCES_BETWEEN, "before", before,
                                            "next", name, NULL)
                      : g_strdup(name);
    }
    if (counts->len <= most)
        return list;
    g_autofree char *shown = list;
    return evm_language_format_count(language, EVM_MESSAGE_SOURCES_MORE, counts->len - most,
                                     "sources", shown, NULL);
}

char *evm_sources_format(const EvmSheetRequest *request, const GArray *sources)
{
    char *list = format_counts(request->language, sources, SIZE_MAX);
    return list ? list : g_strdup(evm_language_at(request->language, EVM_MESSAGE_SOURCES_NONE));
}

/* Whether the sheet has a claim, whoever made it. */
static bool has_claim(const EvmSheetRequest *request)
{
    const EvmUniverse *universe = request->universe;
    for (size_t i = 0; i <= request->earlier_count; i++) {
        const EvmState *state = i == 0 ? request->state : request->earlier[i - 1];
        for (size_t area = 0; area < universe->geodata->area_count; area++)
            if (universe->is_counted[area] &&
                evm_universe_holding_at(universe, state, area).claim >= 0)
                return true;
    }
    return false;
}

char *evm_sources_format_note(const EvmSheetRequest *request, const GArray *sources, size_t most,
                              bool says_where)
{
    const EvmLanguage *language = request->language;
    g_autofree char *list = format_counts(language, sources, most);
    if (!list && !has_claim(request))
        return g_strdup(evm_language_at(language, EVM_MESSAGE_SOURCES_EMPTY));
    char *named = evm_language_format(
        language, EVM_MESSAGE_SOURCES, "sources",
        list ? list : evm_language_at(language, EVM_MESSAGE_SOURCES_NONE), NULL);
    if (!says_where)
        return named;
    g_autofree char *before = named;
    return g_strdup_printf("%s %s", before, evm_language_at(language, EVM_MESSAGE_SOURCES_WHERE));
}
