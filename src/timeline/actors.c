#include "timeline/actors.h"

#include <string.h>

#include "base/limits.h"

/* In the order in which a join asks: who holds by rows that stand, by retracted rows; who is said
 * to have held before. */
enum { GROUP_HOLDS, GROUP_RETRACTED, GROUP_BEFORE, GROUP_BEFORE_RETRACTED, GROUP_COUNT };

/* Spellings of an actor are told from one another only at the end; more than so many are not kept.
 */
enum { MOST_SPELLINGS = 16 * EVM_LIMIT_ACTORS };

typedef struct {
    char *name;
    uint64_t first[GROUP_COUNT]; /* row that names it so; UINT64_MAX: none */
} Actor;

struct EvmActorList {
    GArray *items;
    GHashTable *indexes;      /* name -> index + 1 */
    size_t last[GROUP_COUNT]; /* index: rows often name whom the row before did */
    bool is_full;
};

EvmActorList *evm_actor_list_new(void)
{
    EvmActorList *list = g_new0(EvmActorList, 1);
    list->items = g_array_new(FALSE, FALSE, sizeof(Actor));
    list->indexes = g_hash_table_new(g_str_hash, g_str_equal);
    return list;
}

void evm_actor_list_free(EvmActorList *list)
{
    for (guint i = 0; i < list->items->len; i++)
        g_free(g_array_index(list->items, Actor, i).name);
    g_array_unref(list->items);
    g_hash_table_destroy(list->indexes);
    g_free(list);
}

static size_t find_index(EvmActorList *list, const char *name)
{
    size_t known = GPOINTER_TO_SIZE(g_hash_table_lookup(list->indexes, name));
    if (known > 0)
        return known - 1;
    if (list->items->len == MOST_SPELLINGS) {
        list->is_full = true;
        return 0;
    }
    Actor actor = {g_strdup(name), {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}};
    g_array_append_val(list->items, actor);
    g_hash_table_insert(list->indexes, actor.name, GSIZE_TO_POINTER((gsize)list->items->len));
    return list->items->len - 1;
}

static EvmControl add_actor(EvmActorList *list, const char *name, int group, uint64_t order)
{
    size_t index = list->last[group];
    if (index >= list->items->len ||
        strcmp(g_array_index(list->items, Actor, index).name, name) != 0)
        index = find_index(list, name);
    list->last[group] = index;
    Actor *actor = &g_array_index(list->items, Actor, index);
    actor->first[group] = MIN(actor->first[group], order);
    return (EvmControl){EVM_CONTROL_HELD, (uint32_t)index};
}

EvmControl evm_actor_list_add_control(EvmActorList *list, const EvmEvent *event, uint64_t order)
{
    if (event->kind != EVM_KIND_CONTROL)
        return (EvmControl){EVM_CONTROL_CONTESTED, 0};
    return add_actor(list, event->actor, event->is_retracted ? GROUP_RETRACTED : GROUP_HOLDS,
                     order);
}

EvmControl evm_actor_list_add_before(EvmActorList *list, const EvmEvent *event, uint64_t order)
{
    if (event->from_actor[0] == '\0')
        return (EvmControl){EVM_CONTROL_UNASSESSED, 0};
    if (g_ascii_strcasecmp(event->from_actor, "contested") == 0)
        return (EvmControl){EVM_CONTROL_CONTESTED, 0};
    return add_actor(list, event->from_actor,
                     event->is_retracted ? GROUP_BEFORE_RETRACTED : GROUP_BEFORE, order);
}

/* One naming of an actor. */
typedef struct {
    int group;
    uint64_t order;
    const char *name;
} Naming;

static int compare_namings(const void *pa, const void *pb)
{
    const Naming *a = pa, *b = pb;
    if (a->group != b->group)
        return a->group - b->group;
    return a->order < b->order ? -1 : a->order > b->order;
}

static GArray *collect_namings(EvmActorList *const *lists, size_t count)
{
    GArray *namings = g_array_new(FALSE, FALSE, sizeof(Naming));
    for (size_t i = 0; i < count; i++) {
        for (guint j = 0; j < lists[i]->items->len; j++) {
            const Actor *actor = &g_array_index(lists[i]->items, Actor, j);
            for (int group = 0; group < GROUP_COUNT; group++) {
                Naming naming = {group, actor->first[group], actor->name};
                if (naming.order != UINT64_MAX)
                    g_array_append_val(namings, naming);
            }
        }
    }
    g_array_sort(namings, compare_namings);
    return namings;
}

static bool is_known(const GPtrArray *names, const char *name)
{
    for (guint i = 0; i < names->len; i++)
        if (g_ascii_strcasecmp(g_ptr_array_index(names, i), name) == 0)
            return true;
    return false;
}

char **evm_actor_list_compute(EvmActorList *const *lists, size_t count)
{
    bool is_full = false;
    GPtrArray *names = g_ptr_array_new();
    GArray *namings = collect_namings(lists, count);
    for (size_t i = 0; i < count; i++)
        is_full |= lists[i]->is_full;
    for (guint i = 0; i < namings->len && !is_full; i++) {
        const Naming *naming = &g_array_index(namings, Naming, i);
        if (is_known(names, naming->name))
            continue;
        if (names->len == EVM_LIMIT_ACTORS)
            is_full = true;
        else
            g_ptr_array_add(names, g_strdup(naming->name));
    }
    g_array_unref(namings);
    g_ptr_array_add(names, NULL);
    char **actors = (char **)g_ptr_array_free(names, FALSE);
    if (is_full)
        g_clear_pointer(&actors, g_strfreev);
    return actors;
}
