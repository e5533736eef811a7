/* No two border lines may cross or touch but at a vertex they share: checked exactly, in whole
 * numbers, by a sweep from west to east. */
#include <stdlib.h>

#include "table.h"
#include "topology.h"

typedef struct {
    EvmVertex a, b;
    unsigned arc;
} Segment;

static bool is_same(EvmVertex a, EvmVertex b)
{
    return a.x_mdeg == b.x_mdeg && a.y_mdeg == b.y_mdeg;
}

static int turn(EvmVertex a, EvmVertex b, EvmVertex c)
{
    int64_t cross = (int64_t)(b.x_mdeg - a.x_mdeg) * (c.y_mdeg - a.y_mdeg) -
                    (int64_t)(b.y_mdeg - a.y_mdeg) * (c.x_mdeg - a.x_mdeg);
    return (cross > 0) - (cross < 0);
}

static bool is_in_box(Segment s, EvmVertex c)
{
    return MIN(s.a.x_mdeg, s.b.x_mdeg) <= c.x_mdeg && c.x_mdeg <= MAX(s.a.x_mdeg, s.b.x_mdeg) &&
           MIN(s.a.y_mdeg, s.b.y_mdeg) <= c.y_mdeg && c.y_mdeg <= MAX(s.a.y_mdeg, s.b.y_mdeg);
}

static bool is_on(Segment s, EvmVertex c)
{
    return turn(s.a, s.b, c) == 0 && is_in_box(s, c);
}

/* Segments that share a vertex are in each other's way only when one runs along the other. */
static bool is_conflict(Segment s, Segment t)
{
    if (is_same(s.b, t.b) || is_same(s.b, t.a))
        s = (Segment){s.b, s.a, s.arc};
    if (is_same(s.a, t.b))
        t = (Segment){t.b, t.a, t.arc};
    if (is_same(s.a, t.a))
        return is_on(s, t.b) || is_on(t, s.b);
    if (is_on(s, t.a) || is_on(s, t.b) || is_on(t, s.a) || is_on(t, s.b))
        return true;
    return turn(s.a, s.b, t.a) != turn(s.a, s.b, t.b) && turn(t.a, t.b, s.a) != turn(t.a, t.b, s.b);
}

static int compare_west(const void *p, const void *q)
{
    const Segment *s = p, *t = q;
    int32_t x = MIN(s->a.x_mdeg, s->b.x_mdeg), y = MIN(t->a.x_mdeg, t->b.x_mdeg);
    return (x > y) - (x < y);
}

static bool collect(const EvmTopology *topology, GArray *segments, GError **error)
{
    for (unsigned arc = 1; arc <= evm_topology_arc_count(topology); arc++) {
        unsigned first = g_array_index(topology->starts, unsigned, arc - 1);
        unsigned end = g_array_index(topology->starts, unsigned, arc);
        for (unsigned i = first; i == first || i + 1 < end; i++) {
            const EvmVertex *vertex = &g_array_index(topology->vertices, EvmVertex, i);
            if (i + 1 >= end || is_same(vertex[0], vertex[1])) {
                g_set_error(error, EVM_BUILD_ERROR, EVM_BUILD_ERROR_DATA,
                            "arc %u has a single vertex or repeats one", arc);
                return false;
            }
            Segment segment = {vertex[0], vertex[1], arc};
            g_array_append_val(segments, segment);
        }
    }
    return true;
}

static const Segment *find_conflict(const Segment *s, const Segment *end)
{
    int32_t east = MAX(s->a.x_mdeg, s->b.x_mdeg);
    int32_t south = MIN(s->a.y_mdeg, s->b.y_mdeg), north = MAX(s->a.y_mdeg, s->b.y_mdeg);

    for (const Segment *t = s + 1; t < end && MIN(t->a.x_mdeg, t->b.x_mdeg) <= east; t++)
        if (MAX(t->a.y_mdeg, t->b.y_mdeg) >= south && MIN(t->a.y_mdeg, t->b.y_mdeg) <= north &&
            is_conflict(*s, *t))
            return t;
    return NULL;
}

bool evm_topology_check_crossings(const EvmTopology *topology, GError **error)
{
    g_autoptr(GArray) segments = g_array_new(FALSE, FALSE, sizeof(Segment));
    if (!collect(topology, segments, error))
        return false;

    const Segment *all = &g_array_index(segments, Segment, 0);
    g_array_sort(segments, compare_west);
    for (const Segment *s = all; s < all + segments->len; s++) {
        const Segment *t = find_conflict(s, all + segments->len);
        if (t) {
            g_set_error(error, EVM_BUILD_ERROR, EVM_BUILD_ERROR_DATA,
                        "arcs %u and %u cross or touch near %.3f %.3f", s->arc, t->arc,
                        s->a.x_mdeg / 1000.0, s->a.y_mdeg / 1000.0);
            return false;
        }
    }
    return true;
}
