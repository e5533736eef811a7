#include "scene/stripe_memo.h"

#include "base/fast_hash.h"
#include "scene/parts.h"

enum { KEPT_MOST = 10000 };

/* An area is known by its points, which are the map's own. */
typedef struct {
    const EvmPoint *points;
    EvmStripes stripes;
    EvmPath path;
} Kept;

struct EvmStripeMemo {
    EvmArena *arena;
    GHashTable *known; /* of Kept, in the arena */
};

static guint kept_hash(gconstpointer data)
{
    const Kept *kept = data;
    return (guint)evm_fast_hash_compute((uintptr_t)kept->points, &kept->stripes,
                                        sizeof kept->stripes);
}

static gboolean kept_equal(gconstpointer a, gconstpointer b)
{
    const Kept *x = a, *y = b;
    return x->points == y->points && x->stripes.angle_deg == y->stripes.angle_deg &&
           x->stripes.period_px == y->stripes.period_px &&
           x->stripes.width_px == y->stripes.width_px;
}

EvmStripeMemo *evm_stripe_memo_new(void)
{
    EvmStripeMemo *memo = g_new(EvmStripeMemo, 1);
    *memo = (EvmStripeMemo){evm_arena_new(), g_hash_table_new(kept_hash, kept_equal)};
    return memo;
}

void evm_stripe_memo_free(EvmStripeMemo *memo)
{
    if (!memo)
        return;
    g_hash_table_destroy(memo->known);
    evm_arena_free(memo->arena);
    g_free(memo);
}

EvmPath evm_stripes_find_kept(EvmStripeMemo *memo, EvmArena *arena, const EvmPath *path,
                              const EvmStripes *stripes)
{
    Kept wanted = {.points = path->points, .stripes = *stripes};
    const Kept *kept = memo ? g_hash_table_lookup(memo->known, &wanted) : NULL;
    if (kept)
        return kept->path;
    if (!memo || g_hash_table_size(memo->known) == KEPT_MOST)
        return evm_stripes_compute(arena, path, stripes);
    Kept *new = evm_arena_alloc(memo->arena, sizeof *new);
    *new = wanted;
    new->path = evm_stripes_compute(memo->arena, path, stripes);
    g_hash_table_add(memo->known, new);
    return new->path;
}
