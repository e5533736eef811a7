#include "timeline/sieve.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "timeline/actors.h"
#include "timeline/open_places.h"
#include "timeline/pile.h"
#include "timeline/place_tally.h"

/* What a tally of places is told of. */
enum { TALLY_OPEN = 'o', TALLY_OUTSIDE = 'x', TALLY_SPELLING = 's', TALLY_REPORT = 'r' };

struct EvmSieveWorker {
    EvmSieve *sieve;
    EvmPlaceFinder *finder;
    EvmActorList *actors;
    GArray
        *shared; /* uint32_t: what the sieve calls each actor of the list, plus 1; 0: not asked */
    size_t fate_counts[EVM_FATE_COUNT];
    size_t how_counts[EVM_MATCH_HOW_COUNT];
    uint32_t *claims_on;
    EvmDate first_day;
};

struct EvmSieve {
    const EvmGazetteer *gazetteer;
    const EvmUniverse *universe;
    EvmNeeds needs;
    int32_t asked_district; /* whose claims are all kept, or -1 */
    const char *const *paths;
    EvmSieveWorker *workers;
    unsigned worker_count;

    EvmPile **piles; /* one a district, each with its lock */
    GMutex *locks;
    EvmPlaceTally *places;
    GMutex lock;       /* of what follows */
    GPtrArray *actors; /* names, each once whatever its case */
};

static int32_t find_district(const EvmGazetteer *gazetteer, const EvmPlaceQuery *query)
{
    if (!query)
        return -1;
    EvmMatch match = evm_gazetteer_resolve(gazetteer, query);
    return match.district >= 0 ? match.district
                               : evm_gazetteer_find_pcode(gazetteer, query->district);
}

EvmSieve *evm_sieve_new(const EvmGazetteer *gazetteer, const EvmUniverse *universe,
                        const EvmPointSource *points, const EvmNeeds *needs,
                        const char *const *paths, unsigned worker_count)
{
    EvmSieve *sieve = g_new0(EvmSieve, 1);
    size_t districts = gazetteer->district_count;
    sieve->gazetteer = gazetteer;
    sieve->universe = universe;
    sieve->needs = *needs;
    sieve->asked_district = find_district(gazetteer, needs->district);
    sieve->paths = paths;
    sieve->workers = g_new0(EvmSieveWorker, worker_count);
    sieve->worker_count = worker_count;
    sieve->piles = g_new(EvmPile *, districts);
    sieve->locks = g_new0(GMutex, districts);
    for (size_t d = 0; d < districts; d++) {
        sieve->piles[d] = evm_pile_new(&sieve->needs);
        g_mutex_init(&sieve->locks[d]);
    }
    sieve->places = evm_place_tally_new();
    g_mutex_init(&sieve->lock);
    sieve->actors = g_ptr_array_new_with_free_func(g_free);
    for (unsigned i = 0; i < worker_count; i++)
        sieve->workers[i] = (EvmSieveWorker){
            .sieve = sieve,
            .finder = evm_place_finder_new(gazetteer, points),
            .actors = evm_actor_list_new(),
            .shared = g_array_new(FALSE, TRUE, sizeof(uint32_t)),
            .claims_on = g_new0(uint32_t, districts),
            .first_day = EVM_DATE_NONE,
        };
    return sieve;
}

EvmSieveWorker *evm_sieve_worker_at(EvmSieve *sieve, unsigned index)
{
    return &sieve->workers[index];
}

void evm_sieve_add_knowledge(EvmSieve *sieve, const EvmSieve *before)
{
    for (size_t d = 0; d < sieve->gazetteer->district_count; d++)
        evm_pile_add_knowledge(sieve->piles[d], before->piles[d]);
}

void evm_sieve_free(EvmSieve *sieve)
{
    if (!sieve)
        return;
    for (size_t d = 0; d < sieve->gazetteer->district_count; d++) {
        evm_pile_free(sieve->piles[d]);
        g_mutex_clear(&sieve->locks[d]);
    }
    for (unsigned i = 0; i < sieve->worker_count; i++) {
        evm_actor_list_free(sieve->workers[i].actors);
        evm_place_finder_free(sieve->workers[i].finder);
        g_array_unref(sieve->workers[i].shared);
        g_free(sieve->workers[i].claims_on);
    }
    evm_place_tally_free(sieve->places);
    g_ptr_array_unref(sieve->actors);
    g_mutex_clear(&sieve->lock);
    g_free(sieve->workers);
    g_free(sieve->piles);
    g_free(sieve->locks);
    g_free(sieve);
}

/* ---- actors ---- */

static uint32_t find_shared(EvmSieve *sieve, const char *name)
{
    g_mutex_lock(&sieve->lock);
    uint32_t index = 0;
    while (index < sieve->actors->len &&
           g_ascii_strcasecmp(g_ptr_array_index(sieve->actors, index), name) != 0)
        index++;
    if (index == sieve->actors->len)
        g_ptr_array_add(sieve->actors, g_strdup(name));
    g_mutex_unlock(&sieve->lock);
    return index;
}

/* The same whichever worker asks, and however the name is spelled. */
static EvmControl share_control(EvmSieveWorker *worker, EvmControl control, const char *name)
{
    if (control.kind != EVM_CONTROL_HELD)
        return control;
    if (control.actor >= worker->shared->len)
        g_array_set_size(worker->shared, control.actor + 1);
    uint32_t *shared = &g_array_index(worker->shared, uint32_t, control.actor);
    if (*shared == 0)
        *shared = find_shared(worker->sieve, name) + 1;
    return (EvmControl){EVM_CONTROL_HELD, *shared - 1};
}

/* ---- rows ---- */

typedef struct {
    const EvmEvent *event;
    const EvmStreamRow *at;
    EvmFate fate;
    EvmMatch match;
    EvmDate withdrawn; /* as EvmJoin has it */
} Row;

static bool is_outside(const EvmSieve *sieve, const Row *it)
{
    if (!evm_kind_is_claim(it->event->kind) || sieve->needs.question_count == 0)
        return false;
    return it->fate == EVM_FATE_OUTSIDE ||
           (it->fate <= EVM_FATE_WITHDRAWN &&
            !evm_universe_has_polygon(sieve->universe, it->match.district));
}

static void add_outside(EvmSieveWorker *worker, const Row *it)
{
    const EvmSieve *sieve = worker->sieve;
    const EvmQuestion *question = &sieve->needs.questions[0];
    EvmClaim claim = evm_claim_compute(it->event, 0);
    claim.withdrawn = it->withdrawn;
    if (claim.effective.days > question->date.days || !evm_claim_is_in_force(&claim, question))
        return;
    g_autofree char *key = evm_open_place_format_key(it->event);
    evm_place_tally_add(sieve->places, TALLY_OUTSIDE, key, it->at);
}

static void add_place(EvmSieveWorker *worker, const Row *it)
{
    const EvmSieve *sieve = worker->sieve;
    const EvmEvent *event = it->event;
    if (evm_open_place_is_open(it->fate)) {
        g_autofree char *key = evm_open_place_format_key(event);
        evm_place_tally_add(sieve->places, TALLY_OPEN, key, it->at);
    }
    if (is_outside(sieve, it))
        add_outside(worker, it);
    if (sieve->needs.wants_spellings && it->fate <= EVM_FATE_WITHDRAWN &&
        it->match.how >= EVM_MATCH_ALIAS) {
        g_autofree char *key = g_strdup_printf("%s\x1F%s\x1F%d\x1F%d", event->district,
                                               event->province, it->match.district, it->match.how);
        evm_place_tally_add(sieve->places, TALLY_SPELLING, key, it->at);
    }
}

/* Of reports of one day, kind and place the first is enough (scene/developments.h). */
static void add_report(EvmSieveWorker *worker, const Row *it)
{
    const EvmNeeds *needs = &worker->sieve->needs;
    const EvmEvent *event = it->event;
    EvmDate date = evm_event_effective_at(event);
    bool is_district = it->fate == EVM_FATE_REPORT;
    if (!needs->wants_reports || event->is_retracted || date.days <= needs->flips_from.days ||
        date.days > needs->to.days || evm_event_known_at(event).days > needs->known.days ||
        (!is_district && it->fate != EVM_FATE_POINT && it->fate != EVM_FATE_PROVINCE))
        return;
    g_autofree char *place = is_district ? g_strdup_printf("%d", it->match.district)
                                         : g_ascii_strdown(event->district, -1);
    g_autofree char *key = g_strdup_printf("%d\x1F%d\x1F%d\x1F%s\x1F%s", date.days, event->kind,
                                           is_district, place, is_district ? "" : event->province);
    evm_place_tally_add(worker->sieve->places, TALLY_REPORT, key, it->at);
}

static EvmPileClaim compute_claim(EvmSieveWorker *worker, const Row *it)
{
    const EvmEvent *event = it->event;
    EvmControl control = evm_actor_list_add_control(worker->actors, event, it->at->order);
    EvmControl before = evm_actor_list_add_before(worker->actors, event, it->at->order);
    EvmPileClaim claim = {.claim = evm_claim_compute(event, 0),
                          .source = evm_text_compute_hash(event->source),
                          .is_dated = event->precision != EVM_PRECISION_STATUS ||
                                      event->from_actor[0] != '\0',
                          .row = *it->at};
    claim.claim.source = NULL;
    claim.claim.withdrawn = it->withdrawn;
    claim.claim.district = (uint32_t)it->match.district;
    claim.claim.control = share_control(worker, control, event->actor);
    claim.claim.before = share_control(worker, before, event->from_actor);
    return claim;
}

/* All that was ever said of the district, and the rows that took it back. */
static void add_always(EvmPile *pile, const EvmPileClaim *claim, const EvmWithdrawal *withdrawal)
{
    EvmPileClaim by = {.row = withdrawal->by};
    evm_pile_add_always(pile, claim);
    if (!evm_date_is_none(withdrawal->known))
        evm_pile_add_always(pile, &by);
}

static void add_claim(EvmSieveWorker *worker, const Row *it, const EvmWithdrawal *withdrawal)
{
    EvmSieve *sieve = worker->sieve;
    int32_t district = it->match.district;
    EvmPileClaim claim = compute_claim(worker, it);
    EvmDate effective = claim.claim.effective;
    if (evm_date_is_none(worker->first_day) || effective.days < worker->first_day.days)
        worker->first_day = effective;
    worker->claims_on[district] += evm_date_is_none(it->withdrawn);
    g_mutex_lock(&sieve->locks[district]);
    if (!it->event->is_retracted)
        evm_pile_add(sieve->piles[district], &claim);
    if (district == sieve->asked_district)
        add_always(sieve->piles[district], &claim, withdrawal);
    g_mutex_unlock(&sieve->locks[district]);
}

void evm_sieve_add(EvmSieveWorker *worker, const EvmEvent *event, const EvmStreamRow *row,
                   const EvmWithdrawal *withdrawal, EvmDiagnostics *remarks)
{
    EvmPlace place;
    Row it = {.event = event, .at = row, .withdrawn = withdrawal->known};
    if (event->is_retracted)
        it.withdrawn = EVM_WITHDRAWN_ALWAYS;
    it.fate = evm_fate_resolve(worker->finder, event, !evm_date_is_none(it.withdrawn), &place);
    it.match = place.match;
    EvmFateReport report = {worker->sieve->paths[event->file], worker->sieve->gazetteer, remarks};
    evm_fate_add_diagnostics(&report, it.fate, &place, event);
    worker->fate_counts[it.fate]++;
    if (it.fate <= EVM_FATE_WITHDRAWN)
        worker->how_counts[it.match.how]++;
    add_place(worker, &it);
    add_report(worker, &it);
    if (it.fate <= EVM_FATE_WITHDRAWN && evm_kind_is_claim(event->kind))
        add_claim(worker, &it, withdrawal);
}

/* ---- all ---- */

static int compare_rows(const void *a, const void *b)
{
    const EvmStreamRow *ra = a, *rb = b;
    return ra->order < rb->order ? -1 : ra->order > rb->order;
}

/* Each once, in the order of the files. */
static void sort_rows(GArray *rows)
{
    guint count = 0;
    g_array_sort(rows, compare_rows);
    for (guint i = 0; i < rows->len; i++) {
        EvmStreamRow row = g_array_index(rows, EvmStreamRow, i);
        if (count == 0 || g_array_index(rows, EvmStreamRow, count - 1).order != row.order)
            g_array_index(rows, EvmStreamRow, count++) = row;
    }
    g_array_set_size(rows, count);
}

static char **merge_actors(const EvmSieve *sieve)
{
    g_autofree EvmActorList **lists = g_new(EvmActorList *, sieve->worker_count);
    for (unsigned i = 0; i < sieve->worker_count; i++)
        lists[i] = sieve->workers[i].actors;
    return evm_actor_list_compute(lists, sieve->worker_count);
}

static void add_counts(EvmSifted *sifted, const EvmSieve *sieve)
{
    sifted->claims_on = g_new0(uint32_t, sieve->gazetteer->district_count);
    sifted->first_day = EVM_DATE_NONE;
    for (unsigned i = 0; i < sieve->worker_count; i++) {
        const EvmSieveWorker *worker = &sieve->workers[i];
        for (size_t fate = 0; fate < EVM_FATE_COUNT; fate++)
            sifted->fate_counts[fate] += worker->fate_counts[fate];
        for (size_t how = 0; how < EVM_MATCH_HOW_COUNT; how++)
            sifted->how_counts[how] += worker->how_counts[how];
        for (size_t d = 0; d < sieve->gazetteer->district_count; d++)
            sifted->claims_on[d] += worker->claims_on[d];
        if (!evm_date_is_none(worker->first_day) &&
            (evm_date_is_none(sifted->first_day) ||
             worker->first_day.days < sifted->first_day.days))
            sifted->first_day = worker->first_day;
    }
}

static void add_place_rows(EvmSifted *sifted, const GArray *rows, const GArray *places)
{
    sifted->place_rows = g_new0(uint32_t, rows->len);
    for (guint i = 0; i < places->len; i++) {
        const EvmPlaceCount *count = &g_array_index(places, EvmPlaceCount, i);
        guint at;
        if (count->what != TALLY_OPEN && count->what != TALLY_OUTSIDE)
            continue;
        g_array_binary_search((GArray *)rows, &count->first, compare_rows, &at);
        sifted->place_rows[at] = count->rows;
    }
}

/* Controls as the merged actors have them. */
static void rename_actors(const EvmSifted *sifted, const EvmSieve *sieve)
{
    g_autofree uint32_t *names = g_new0(uint32_t, sieve->actors->len);
    for (guint i = 0; i < sieve->actors->len; i++)
        while (g_ascii_strcasecmp(sifted->actors[names[i]], g_ptr_array_index(sieve->actors, i)) !=
               0)
            names[i]++;
    for (guint i = 0; i < sifted->history->len; i++) {
        EvmClaim *claim = &g_array_index(sifted->history, EvmClaim, i);
        if (claim->control.kind == EVM_CONTROL_HELD)
            claim->control.actor = names[claim->control.actor];
        claim->before = (EvmControl){EVM_CONTROL_UNASSESSED, 0};
        claim->source = "";
    }
}

EvmSifted *evm_sifted_compute(EvmSieve *sieve, bool *is_short)
{
    EvmSifted *sifted = g_new0(EvmSifted, 1);
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(EvmStreamRow));
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(EvmPlaceCount));
    sifted->history = g_array_new(FALSE, FALSE, sizeof(EvmClaim));
    sifted->actors = merge_actors(sieve);
    bool done = evm_place_tally_compute(sieve->places, places) && sifted->actors;
    *is_short = false;
    for (size_t d = 0; d < sieve->gazetteer->district_count && done; d++)
        *is_short |= !evm_pile_compute(sieve->piles[d], rows, sifted->history);
    done &= !*is_short;
    for (guint i = 0; i < places->len; i++)
        g_array_append_val(rows, g_array_index(places, EvmPlaceCount, i).first);
    sort_rows(rows);
    add_counts(sifted, sieve);
    add_place_rows(sifted, rows, places);
    if (done)
        rename_actors(sifted, sieve);
    sifted->count = rows->len;
    sifted->rows = (EvmStreamRow *)(void *)g_array_free(rows, FALSE);
    if (!done)
        g_clear_pointer(&sifted, evm_sifted_free);
    return sifted;
}

void evm_sifted_free(EvmSifted *sifted)
{
    if (!sifted)
        return;
    g_free(sifted->rows);
    g_free(sifted->place_rows);
    g_free(sifted->claims_on);
    g_strfreev(sifted->actors);
    g_array_unref(sifted->history);
    g_free(sifted);
}

/* The kept row of that order, or -1. */
static int32_t find_row(const EvmSifted *sifted, uint64_t order)
{
    EvmStreamRow key = {.order = order};
    const EvmStreamRow *row =
        bsearch(&key, sifted->rows, sifted->count, sizeof *sifted->rows, compare_rows);
    return row ? (int32_t)(row - sifted->rows) : -1;
}

EvmJoin *evm_sifted_compute_join(const EvmSifted *sifted, const EvmEventStream *stream,
                                 const EvmEvents *events, const EvmGazetteer *gazetteer,
                                 const EvmPointSource *points, GError **error)
{
    g_autofree EvmDate *withdrawn = g_new(EvmDate, events->count);
    g_autofree int32_t *withdrawn_by = g_new(int32_t, events->count);
    for (size_t i = 0; i < events->count; i++) {
        EvmWithdrawal withdrawal = evm_event_stream_find_withdrawal(stream, events->items[i].id);
        bool is_none = evm_date_is_none(withdrawal.known);
        withdrawn[i] = withdrawal.known;
        withdrawn_by[i] = is_none ? -1 : find_row(sifted, withdrawal.by.order);
    }
    EvmJoinFacts facts = {sifted->actors, withdrawn, withdrawn_by};
    EvmJoin *join = evm_join_compute_with_facts(events, gazetteer, points, &facts, error);
    if (!join)
        return NULL;
    memcpy(join->fate_counts, sifted->fate_counts, sizeof join->fate_counts);
    memcpy(join->how_counts, sifted->how_counts, sizeof join->how_counts);
    memcpy(join->claims_on, sifted->claims_on, gazetteer->district_count * sizeof *join->claims_on);
    join->first_day = sifted->first_day;
    join->place_rows = g_memdup2(sifted->place_rows, sifted->count * sizeof *sifted->place_rows);
    return join;
}

EvmJoin *evm_sifted_compute_history(const EvmSifted *sifted, const EvmJoin *join)
{
    EvmJoin *history = evm_join_compute_of_claims(
        join, (const EvmClaim *)(void *)sifted->history->data, sifted->history->len);
    history->first_day = sifted->first_day;
    return history;
}
