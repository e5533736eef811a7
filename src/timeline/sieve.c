#include "timeline/sieve.h"

#include <string.h>

#include "base/limits.h"
#include "timeline/actors.h"

/* So few rows are kept without a look at them; so many neighbours are compared with each. */
enum { FIRST_COMPACTION = 32, MOST_NEIGHBOURS = 256 };

/* A claim that may count, with its row: the source's name and the row's text stand in `text`. */
typedef struct {
    EvmClaim claim; /* its event rises from row to row; its actors are this sieve's */
    uint64_t order;
    char *text;
    size_t size;
} Kept;

/* The claims on one district. */
typedef struct {
    Kept *items;
    size_t count, capacity, compact_at;
    bool has_best;
    EvmClaim best;  /* the one that would decide now */
    int32_t let_go; /* the latest effective day of claims in force that were not kept */
} Pile;

struct EvmSieve {
    const EvmGazetteer *gazetteer;
    EvmQuestion question;
    const char *path;
    EvmPlaceFinder *finder;
    EvmActorList *actors;
    Pile *piles; /* one a district */
    uint32_t rows;
    size_t fate_counts[EVM_FATE_COUNT];
    size_t how_counts[EVM_MATCH_HOW_COUNT];
};

EvmSieve *evm_sieve_new(const EvmGazetteer *gazetteer, const EvmPointSource *points,
                        const EvmQuestion *question, const char *path)
{
    EvmSieve *sieve = g_new0(EvmSieve, 1);
    sieve->gazetteer = gazetteer;
    sieve->question = *question;
    sieve->path = path;
    sieve->finder = evm_place_finder_new(gazetteer, points);
    sieve->actors = evm_actor_list_new();
    sieve->piles = g_new0(Pile, gazetteer->district_count);
    for (size_t d = 0; d < gazetteer->district_count; d++) {
        sieve->piles[d].compact_at = FIRST_COMPACTION;
        sieve->piles[d].let_go = INT32_MIN;
    }
    return sieve;
}

void evm_sieve_free(EvmSieve *sieve)
{
    if (!sieve)
        return;
    for (size_t d = 0; d < sieve->gazetteer->district_count; d++) {
        for (size_t i = 0; i < sieve->piles[d].count; i++)
            g_free(sieve->piles[d].items[i].text);
        g_free(sieve->piles[d].items);
    }
    g_free(sieve->piles);
    evm_actor_list_free(sieve->actors);
    evm_place_finder_free(sieve->finder);
    g_free(sieve);
}

/* Claims that took effect before this day cannot count any more, if `best` decides. */
static int32_t first_day_that_counts(const EvmClaim *best, const EvmQuestion *question)
{
    return best->begin.days - MAX(question->dispute_window_days, 0);
}

/* Whether nothing in the answer could tell the two apart, the row aside. */
static bool is_alike(const EvmClaim *a, const EvmClaim *b)
{
    return a->effective.days == b->effective.days && a->begin.days == b->begin.days &&
           a->known.days == b->known.days && a->sequence == b->sequence &&
           a->confidence == b->confidence && evm_control_is_equal(a->control, b->control) &&
           evm_control_is_equal(a->before, b->before) && strcmp(a->source, b->source) == 0;
}

static int compare_kept(const void *a, const void *b, void *user)
{
    (void)user;
    return evm_claim_compute_order(&((const Kept *)a)->claim, &((const Kept *)b)->claim);
}

/* Whether a later row says the same: rows alike stand among those of one day, one sequence, one
 * confidence and one day of knowledge, which are neighbours. */
static bool is_said_again(const Pile *pile, size_t i)
{
    const EvmClaim *claim = &pile->items[i].claim;
    size_t end = MIN(pile->count, i + MOST_NEIGHBOURS);
    for (size_t j = i + 1; j < end; j++) {
        if (evm_claim_find_ground(claim, &pile->items[j].claim) != EVM_GROUND_ROW)
            return false;
        if (is_alike(claim, &pile->items[j].claim))
            return true;
    }
    return false;
}

/* Lets go of what cannot count any more, and of all but the last of rows that say the same. */
static void compact(Pile *pile, const EvmQuestion *question)
{
    int32_t first = pile->has_best ? first_day_that_counts(&pile->best, question) : INT32_MIN;
    size_t count = 0;
    g_qsort_with_data(pile->items, (int)pile->count, sizeof *pile->items, compare_kept, NULL);
    for (size_t i = 0; i < pile->count; i++) {
        Kept *kept = &pile->items[i];
        bool is_late = kept->claim.effective.days < first;
        if (is_late)
            pile->let_go = MAX(pile->let_go, kept->claim.effective.days);
        if (is_late || is_said_again(pile, i))
            g_free(kept->text);
        else
            pile->items[count++] = *kept;
    }
    pile->count = count;
    pile->compact_at = 2 * count + FIRST_COMPACTION;
}

static void keep(Pile *pile, const EvmClaim *claim, const EvmStreamRow *row)
{
    if (pile->count == pile->capacity) {
        pile->capacity = 2 * pile->capacity + FIRST_COMPACTION / 2;
        pile->items = g_renew(Kept, pile->items, pile->capacity);
    }
    size_t source = strlen(claim->source) + 1;
    char *text = g_malloc(source + row->size);
    memcpy(text, claim->source, source);
    memcpy(text + source, row->text, row->size);
    Kept *kept = &pile->items[pile->count++];
    *kept = (Kept){.claim = *claim, .order = row->order, .text = text, .size = row->size};
    kept->claim.source = text;
}

static void add_claim(EvmSieve *sieve, const EvmClaim *claim, const EvmStreamRow *row)
{
    Pile *pile = &sieve->piles[claim->district];
    const EvmQuestion *question = &sieve->question;
    if (!evm_claim_is_in_force(claim, question) || claim->begin.days > question->date.days)
        return;
    if (pile->has_best && claim->effective.days < first_day_that_counts(&pile->best, question)) {
        pile->let_go = MAX(pile->let_go, claim->effective.days);
        return;
    }
    if (claim->effective.days <= question->date.days &&
        (!pile->has_best || evm_claim_compute_order(claim, &pile->best) > 0)) {
        pile->best = *claim;
        pile->best.source = "";
        pile->has_best = true;
    }
    keep(pile, claim, row);
    if (pile->count >= pile->compact_at)
        compact(pile, question);
}

void evm_sieve_add(EvmSieve *sieve, const EvmEvent *event, const EvmStreamRow *row,
                   EvmDiagnostics *remarks)
{
    EvmPlace place;
    EvmFate fate = evm_fate_resolve(sieve->finder, event, event->is_retracted, &place);
    EvmFateReport report = {sieve->path, sieve->gazetteer, remarks};
    evm_fate_add_diagnostics(&report, fate, &place, event);
    sieve->fate_counts[fate]++;
    if (fate <= EVM_FATE_WITHDRAWN)
        sieve->how_counts[place.match.how]++;
    sieve->rows++;
    if (fate > EVM_FATE_WITHDRAWN || !evm_kind_is_claim(event->kind))
        return;
    EvmClaim claim = evm_claim_compute(event, sieve->rows);
    claim.district = (uint32_t)place.match.district;
    claim.control = evm_actor_list_add_control(sieve->actors, event, row->order);
    claim.before = evm_actor_list_add_before(sieve->actors, event, row->order);
    if (!event->is_retracted)
        add_claim(sieve, &claim, row);
}

static int compare_order(const void *a, const void *b, void *user)
{
    (void)user;
    uint64_t oa = ((const Kept *)a)->order, ob = ((const Kept *)b)->order;
    return oa < ob ? -1 : oa > ob;
}

/* All that the sieves have of a district, its rows numbered anew in the order of the file. */
static Pile collect(EvmSieve *const *sieves, size_t count, size_t district)
{
    Pile all = {.let_go = INT32_MIN};
    for (size_t i = 0; i < count; i++)
        all.capacity += sieves[i]->piles[district].count;
    all.items = g_new(Kept, all.capacity);
    for (size_t i = 0; i < count; i++) {
        const Pile *pile = &sieves[i]->piles[district];
        if (pile->count > 0)
            memcpy(all.items + all.count, pile->items, pile->count * sizeof *pile->items);
        all.count += pile->count;
        all.let_go = MAX(all.let_go, pile->let_go);
    }
    g_qsort_with_data(all.items, (int)all.count, sizeof *all.items, compare_order, NULL);
    for (size_t i = 0; i < all.count; i++)
        all.items[i].claim.event = (uint32_t)i;
    return all;
}

static void find_best(Pile *pile, EvmDate date)
{
    for (size_t i = 0; i < pile->count; i++) {
        const EvmClaim *claim = &pile->items[i].claim;
        if (claim->effective.days > date.days ||
            (pile->has_best && evm_claim_compute_order(claim, &pile->best) < 0))
            continue;
        pile->best = *claim;
        pile->has_best = true;
    }
}

/* Adds the rows of one district; false when one of them was let go before its time. */
static bool add_rows(GArray *rows, EvmSieve *const *sieves, size_t count, size_t district)
{
    const EvmQuestion *question = &sieves[0]->question;
    Pile all = collect(sieves, count, district);
    find_best(&all, question->date);
    int32_t first = all.has_best ? first_day_that_counts(&all.best, question) : INT32_MIN;
    for (size_t i = 0; i < all.count; i++) {
        const Kept *kept = &all.items[i];
        EvmStreamRow row = {kept->order, kept->text + strlen(kept->text) + 1, kept->size};
        if (kept->claim.effective.days >= first)
            g_array_append_val(rows, row);
    }
    g_free(all.items);
    return all.let_go == INT32_MIN || all.let_go < first;
}

static int compare_rows(const void *a, const void *b)
{
    const EvmStreamRow *ra = a, *rb = b;
    return ra->order < rb->order ? -1 : ra->order > rb->order;
}

static char **merge_actors(EvmSieve *const *sieves, size_t count)
{
    g_autofree EvmActorList **lists = g_new(EvmActorList *, count);
    for (size_t i = 0; i < count; i++)
        lists[i] = sieves[i]->actors;
    return evm_actor_list_compute(lists, count);
}

EvmSifted *evm_sifted_compute(EvmSieve *const *sieves, size_t count)
{
    EvmSifted *sifted = g_new0(EvmSifted, 1);
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(EvmStreamRow));
    sifted->actors = merge_actors(sieves, count);
    bool done = sifted->actors != NULL;
    for (size_t d = 0; d < sieves[0]->gazetteer->district_count && done; d++)
        done = add_rows(rows, sieves, count, d);
    g_array_sort(rows, compare_rows);
    sifted->count = rows->len;
    sifted->rows = (EvmStreamRow *)(void *)g_array_free(rows, FALSE);
    for (size_t i = 0; i < count; i++) {
        for (size_t fate = 0; fate < EVM_FATE_COUNT; fate++)
            sifted->fate_counts[fate] += sieves[i]->fate_counts[fate];
        for (size_t how = 0; how < EVM_MATCH_HOW_COUNT; how++)
            sifted->how_counts[how] += sieves[i]->how_counts[how];
    }
    if (!done)
        g_clear_pointer(&sifted, evm_sifted_free);
    return sifted;
}

void evm_sifted_free(EvmSifted *sifted)
{
    if (!sifted)
        return;
    g_free(sifted->rows);
    g_strfreev(sifted->actors);
    g_free(sifted);
}

EvmJoin *evm_sifted_compute_join(const EvmSifted *sifted, const EvmEvents *events,
                                 const EvmGazetteer *gazetteer, const EvmPointSource *points,
                                 GError **error)
{
    EvmJoin *join = evm_join_compute_with_actors(events, gazetteer, points, sifted->actors, error);
    if (!join)
        return NULL;
    memcpy(join->fate_counts, sifted->fate_counts, sizeof join->fate_counts);
    memcpy(join->how_counts, sifted->how_counts, sizeof join->how_counts);
    return join;
}
