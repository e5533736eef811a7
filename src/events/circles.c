#include "events/circles.h"

#include <glib.h>

/* Tarjan's strongly connected components, with a stack of its own: a chain of links may be longer
 * than the program's stack is deep. */
typedef struct {
    uint32_t *first;   /* link of each node in `to`, and one behind the last */
    uint32_t *to;      /* by the node from which they lead */
    uint32_t *next;    /* link of each node that is followed next */
    uint32_t *reached; /* when, from 1; 0: not yet */
    uint32_t *lowest;  /* the earliest reached to which links lead back */
    uint32_t *number;  /* 0: not yet */
    GArray *path;      /* nodes whose links are being followed */
    GArray *open;      /* nodes that have been reached and have no number */
    uint32_t reached_count, number_count;
} Search;

static void sort_links(Search *search, const EvmLink *links, size_t link_count, size_t node_count)
{
    search->first = g_new0(uint32_t, node_count + 1);
    search->to = g_new(uint32_t, link_count);
    for (size_t i = 0; i < link_count; i++)
        search->first[links[i].from + 1]++;
    for (size_t i = 0; i < node_count; i++)
        search->first[i + 1] += search->first[i];
    search->next = g_memdup2(search->first, node_count * sizeof *search->next);
    for (size_t i = 0; i < link_count; i++)
        search->to[search->next[links[i].from]++] = links[i].to;
    for (size_t i = 0; i < node_count; i++)
        search->next[i] = search->first[i];
}

static void enter(Search *search, uint32_t node)
{
    search->reached[node] = search->lowest[node] = ++search->reached_count;
    g_array_append_val(search->path, node);
    g_array_append_val(search->open, node);
}

static uint32_t last_of(const GArray *nodes)
{
    return g_array_index(nodes, uint32_t, nodes->len - 1);
}

/* All that were reached since the node and have no number lead back to it. */
static void number_from(Search *search, uint32_t node)
{
    uint32_t last;
    search->number_count++;
    do {
        last = last_of(search->open);
        search->number[last] = search->number_count;
        g_array_set_size(search->open, search->open->len - 1);
    } while (last != node);
}

static void leave(Search *search, uint32_t node)
{
    g_array_set_size(search->path, search->path->len - 1);
    if (search->path->len > 0) {
        uint32_t before = last_of(search->path);
        search->lowest[before] = MIN(search->lowest[before], search->lowest[node]);
    }
    if (search->lowest[node] == search->reached[node])
        number_from(search, node);
}

static void follow(Search *search, uint32_t start)
{
    enter(search, start);
    while (search->path->len > 0) {
        uint32_t node = last_of(search->path);
        if (search->next[node] == search->first[node + 1]) {
            leave(search, node);
            continue;
        }
        uint32_t to = search->to[search->next[node]++];
        if (search->reached[to] == 0)
            enter(search, to);
        else if (search->number[to] == 0)
            search->lowest[node] = MIN(search->lowest[node], search->reached[to]);
    }
}

uint32_t *evm_circles_compute(const EvmLink *links, size_t link_count, size_t node_count)
{
    Search search = {.reached = g_new0(uint32_t, node_count),
                     .lowest = g_new0(uint32_t, node_count),
                     .number = g_new0(uint32_t, node_count),
                     .path = g_array_new(FALSE, FALSE, sizeof(uint32_t)),
                     .open = g_array_new(FALSE, FALSE, sizeof(uint32_t))};
    sort_links(&search, links, link_count, node_count);
    for (uint32_t node = 0; node < node_count; node++)
        if (search.reached[node] == 0)
            follow(&search, node);
    g_array_unref(search.path);
    g_array_unref(search.open);
    g_free(search.first);
    g_free(search.to);
    g_free(search.next);
    g_free(search.reached);
    g_free(search.lowest);
    return search.number;
}
