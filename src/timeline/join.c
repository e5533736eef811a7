#include "timeline/join.h"

#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"

const char *evm_control_format(const EvmJoin *join, EvmControl control)
{
    switch (control.kind) {
    case EVM_CONTROL_CONTESTED:
        return "contested";
    case EVM_CONTROL_HELD:
        return join->actors[control.actor];
    case EVM_CONTROL_UNASSESSED:
        break;
    }
    return "unassessed";
}

int evm_join_find_actor(const EvmJoin *join, const char *name)
{
    for (size_t i = 0; i < join->actor_count; i++)
        if (g_ascii_strcasecmp(join->actors[i], name) == 0)
            return (int)i;
    return -1;
}

/* The index of an actor, added when new; -1 past the limit. */
static int resolve_actor(GPtrArray *actors, const char *name)
{
    for (guint i = 0; i < actors->len; i++)
        if (g_ascii_strcasecmp(g_ptr_array_index(actors, i), name) == 0)
            return (int)i;
    if (actors->len == EVM_LIMIT_ACTORS)
        return -1;
    g_ptr_array_add(actors, g_strdup(name));
    return (int)actors->len - 1;
}

static bool resolve_control(EvmControl *out, GPtrArray *actors, const EvmEvent *event,
                            GError **error)
{
    *out = (EvmControl){EVM_CONTROL_CONTESTED, 0};
    if (event->kind != EVM_KIND_CONTROL)
        return true;
    int actor = resolve_actor(actors, event->actor);
    if (actor < 0) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_LIMIT,
                    "more than %d actors: is the 'actor' column the right one?", EVM_LIMIT_ACTORS);
        return false;
    }
    *out = (EvmControl){EVM_CONTROL_HELD, (uint32_t)actor};
    return true;
}

/* Those that are retracted, or those that are not. */
static bool add_claims(GArray *claims, GPtrArray *actors, const EvmJoin *join,
                       const int32_t *withdrawn_by, bool is_retracted, GError **error)
{
    for (size_t i = 0; i < join->events->count; i++) {
        const EvmEvent *event = &join->events->items[i];
        if (join->fates[i] > EVM_FATE_WITHDRAWN || !evm_kind_is_claim(event->kind) ||
            event->is_retracted != is_retracted)
            continue;
        EvmClaim claim = evm_claim_compute(event, i);
        claim.district = (uint32_t)join->matches[i].district;
        claim.withdrawn = join->withdrawn[i];
        claim.withdrawn_by = withdrawn_by[i];
        if (!resolve_control(&claim.control, actors, event, error))
            return false;
        g_array_append_val(claims, claim);
    }
    return true;
}

/* What a claim says of the time before it. */
static EvmControl control_before(GPtrArray *actors, const EvmEvent *event)
{
    EvmControl unassessed = {EVM_CONTROL_UNASSESSED, 0};
    if (g_ascii_strcasecmp(event->from_actor, "contested") == 0)
        return (EvmControl){EVM_CONTROL_CONTESTED, 0};
    int actor = event->from_actor[0] ? resolve_actor(actors, event->from_actor) : -1;
    return actor < 0 ? unassessed : (EvmControl){EVM_CONTROL_HELD, (uint32_t)actor};
}

/* Actors of retracted rows come behind the others, and those that are only said to have held
 * something last: so neither changes the order in which a legend names the others. */
static bool compute_claims(EvmJoin *join, const int32_t *withdrawn_by, char *const *known_actors,
                           GError **error)
{
    GPtrArray *actors = g_ptr_array_new();
    for (; known_actors && *known_actors; known_actors++)
        g_ptr_array_add(actors, g_strdup(*known_actors));
    GArray *claims = g_array_new(FALSE, FALSE, sizeof(EvmClaim));
    bool done = add_claims(claims, actors, join, withdrawn_by, false, error) &&
                add_claims(claims, actors, join, withdrawn_by, true, error);
    for (guint i = 0; i < claims->len; i++) {
        EvmClaim *claim = &g_array_index(claims, EvmClaim, i);
        claim->before = control_before(actors, &join->events->items[claim->event]);
    }
    join->actor_count = actors->len;
    g_ptr_array_add(actors, NULL);
    join->actors = (char **)g_ptr_array_free(actors, FALSE);
    join->claim_count = claims->len;
    join->claims = (EvmClaim *)(void *)g_array_free(claims, FALSE);
    return done;
}

static int compare_claims(const void *a, const void *b, void *user)
{
    (void)user;
    return evm_claim_compute_order(a, b);
}

static void index_claims(EvmJoin *join, size_t district_count)
{
    g_qsort_with_data(join->claims, (int)join->claim_count, sizeof *join->claims, compare_claims,
                      NULL);
    join->first_claim = g_new(size_t, district_count + 1);
    size_t claim = 0;
    for (size_t district = 0; district <= district_count; district++) {
        while (claim < join->claim_count && join->claims[claim].district < district)
            claim++;
        join->first_claim[district] = claim;
    }
}

static void count_claims(EvmJoin *join, size_t district_count)
{
    join->claims_on = g_new0(uint32_t, district_count);
    join->first_day = EVM_DATE_NONE;
    for (size_t c = 0; c < join->claim_count; c++) {
        const EvmClaim *claim = &join->claims[c];
        join->claims_on[claim->district] += evm_date_is_none(claim->withdrawn);
        if (evm_date_is_none(join->first_day) || claim->effective.days < join->first_day.days)
            join->first_day = claim->effective;
    }
}

static void resolve_event(EvmJoin *join, size_t i, EvmPlaceFinder *finder,
                          EvmDiagnostics *diagnostics)
{
    EvmPlace place;
    const EvmEvent *event = &join->events->items[i];
    bool is_withdrawn = !evm_date_is_none(join->withdrawn[i]);
    EvmFate fate = evm_fate_resolve(finder, event, is_withdrawn, &place);
    EvmFateReport report = {join->events->files[event->file].path, join->gazetteer, diagnostics};
    join->matches[i] = place.match;
    join->fates[i] = fate;
    join->fate_counts[fate]++;
    if (fate <= EVM_FATE_WITHDRAWN)
        join->how_counts[join->matches[i].how]++;
    evm_fate_add_diagnostics(&report, fate, &place, event);
}

/* Which events do not count, and by which others; the caller's. */
static int32_t *find_withdrawn(EvmJoin *join, const EvmJoinFacts *facts)
{
    size_t count = join->events->count;
    int32_t *by = g_new(int32_t, count);
    join->withdrawn = g_new(EvmDate, count);
    EvmCorrections *corrections = facts ? NULL : evm_corrections_new(join->events);
    for (size_t i = 0; i < count; i++) {
        by[i] = facts ? facts->withdrawn_by[i] : -1;
        join->withdrawn[i] =
            facts ? facts->withdrawn[i] : evm_corrections_find(corrections, i, &by[i]);
        if (join->events->items[i].is_retracted)
            join->withdrawn[i] = EVM_WITHDRAWN_ALWAYS;
    }
    evm_corrections_free(corrections);
    return by;
}

static EvmJoin *compute_join(const EvmEvents *events, const EvmGazetteer *gazetteer,
                             const EvmPointSource *points, const EvmJoinFacts *facts,
                             EvmDiagnostics *diagnostics, GError **error)
{
    EvmJoin *join = g_new0(EvmJoin, 1);
    join->events = events;
    join->gazetteer = gazetteer;
    join->matches = g_new0(EvmMatch, events->count);
    join->fates = g_new0(EvmFate, events->count);
    g_autofree int32_t *withdrawn_by = find_withdrawn(join, facts);
    EvmPlaceFinder *finder = evm_place_finder_new(gazetteer, points);
    for (size_t i = 0; i < events->count; i++)
        resolve_event(join, i, finder, diagnostics);
    evm_place_finder_free(finder);
    bool done = compute_claims(join, withdrawn_by, facts ? facts->actors : NULL, error);
    index_claims(join, gazetteer->district_count);
    count_claims(join, gazetteer->district_count);
    if (!done)
        g_clear_pointer(&join, evm_join_free);
    return join;
}

EvmJoin *evm_join_compute(const EvmEvents *events, const EvmGazetteer *gazetteer,
                          const EvmPointSource *points, EvmDiagnostics *diagnostics, GError **error)
{
    return compute_join(events, gazetteer, points, NULL, diagnostics, error);
}

EvmJoin *evm_join_compute_with_facts(const EvmEvents *events, const EvmGazetteer *gazetteer,
                                     const EvmPointSource *points, const EvmJoinFacts *facts,
                                     GError **error)
{
    return compute_join(events, gazetteer, points, facts, NULL, error);
}

EvmJoin *evm_join_compute_of_claims(const EvmJoin *join, const EvmClaim *claims, size_t count)
{
    EvmJoin *light = g_new0(EvmJoin, 1);
    light->events = join->events;
    light->gazetteer = join->gazetteer;
    light->claims = g_memdup2(claims, count * sizeof *claims);
    light->claim_count = count;
    light->actors = g_strdupv(join->actors);
    light->actor_count = join->actor_count;
    index_claims(light, join->gazetteer->district_count);
    count_claims(light, join->gazetteer->district_count);
    return light;
}

bool evm_join_resolve_baseline(EvmJoin *join, const char *name, EvmControl *out, GError **error)
{
    static const char government[] = "Government";
    int actor = evm_join_find_actor(join, name);
    if (actor < 0 && g_ascii_strcasecmp(name, government) == 0) {
        actor = (int)join->actor_count++;
        join->actors = g_renew(char *, join->actors, join->actor_count + 1);
        join->actors[actor] = g_strdup(government);
        join->actors[actor + 1] = NULL;
    }
    if (actor >= 0) {
        *out = (EvmControl){EVM_CONTROL_HELD, (uint32_t)actor};
        return true;
    }
    const char *nearest = evm_text_find_nearest(name, (const char *const *)join->actors);
    g_autofree char *safe = evm_text_format_terminal(name);
    g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE, "--baseline: no row names an actor '%s'%s%s%s",
                safe, nearest ? ": did you mean '" : "", nearest ? nearest : "",
                nearest ? "'?" : "");
    return false;
}

void evm_join_free(EvmJoin *join)
{
    if (!join)
        return;
    g_strfreev(join->actors);
    g_free(join->claims);
    g_free(join->first_claim);
    g_free(join->matches);
    g_free(join->fates);
    g_free(join->claims_on);
    g_free(join->withdrawn);
    g_free(join->place_rows);
    g_free(join);
}
