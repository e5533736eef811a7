#include "timeline/join.h"

#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"

EvmDate evm_event_effective_at(const EvmEvent *event)
{
    return evm_date_is_none(event->date_end) ? event->date : event->date_end;
}

bool evm_control_is_equal(EvmControl a, EvmControl b)
{
    return a.kind == b.kind && a.actor == b.actor;
}

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

const char *evm_fate_format(EvmFate fate)
{
    static const char *const words[EVM_FATE_COUNT] = {
        [EVM_FATE_CLAIM] = "claim",         [EVM_FATE_REPORT] = "report",
        [EVM_FATE_WITHDRAWN] = "withdrawn", [EVM_FATE_POINT] = "point",
        [EVM_FATE_PROVINCE] = "province",   [EVM_FATE_AMBIGUOUS] = "ambiguous",
        [EVM_FATE_OUTSIDE] = "outside",     [EVM_FATE_UNMATCHED] = "unmatched",
    };
    return words[fate];
}

int evm_join_find_actor(const EvmJoin *join, const char *name)
{
    for (size_t i = 0; i < join->actor_count; i++)
        if (g_ascii_strcasecmp(join->actors[i], name) == 0)
            return (int)i;
    return -1;
}

static GHashTable *superseded_ids(const EvmEvents *events)
{
    GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < events->count; i++) {
        if (events->items[i].supersedes[0] == '\0')
            continue;
        char **parts = g_strsplit(events->items[i].supersedes, ";", -1);
        for (char **part = parts; *part; part++)
            g_hash_table_add(ids, g_strdup(g_strstrip(*part)));
        g_strfreev(parts);
    }
    return ids;
}

static EvmFate fate_of(const EvmEvent *event, const EvmMatch *match, bool is_superseded)
{
    bool names_place = event->district[0] != '\0' || event->pcode[0] != '\0';
    if (evm_event_has_tag(event, "point_location"))
        return EVM_FATE_POINT;
    if (!names_place && !evm_kind_is_claim(event->kind))
        return EVM_FATE_PROVINCE;
    if (match->how == EVM_MATCH_AMBIGUOUS)
        return EVM_FATE_AMBIGUOUS;
    if (match->how == EVM_MATCH_OUTSIDE)
        return EVM_FATE_OUTSIDE;
    if (match->district < 0)
        return EVM_FATE_UNMATCHED;
    if (event->is_retracted || is_superseded)
        return EVM_FATE_WITHDRAWN;
    return evm_kind_is_claim(event->kind) ? EVM_FATE_CLAIM : EVM_FATE_REPORT;
}

static void append_candidates(GString *hint, const EvmGazetteer *gazetteer, const EvmMatch *match)
{
    for (unsigned i = 0; i < match->candidate_count; i++) {
        const EvmDistrict *district = &gazetteer->districts[match->candidates[i]];
        const EvmProvince *province = &gazetteer->provinces[district->province];
        g_string_append_printf(hint, "%s%s in %s (%s)", i ? ", " : "", district->name,
                               province->name, district->pcode);
    }
}

/* What is said of rows that colour nothing, before and behind their place. */
static const struct {
    EvmSeverity severity;
    const char *code, *before, *behind, *hint;
} uncoloured[EVM_FATE_COUNT] = {
    [EVM_FATE_OUTSIDE] = {EVM_SEVERITY_WARNING, "outside-place", "",
                          " is a known place and no district: it colours nothing", ""},
    [EVM_FATE_AMBIGUOUS] = {EVM_SEVERITY_ERROR, "ambiguous-place", "",
                            " fits more than one district", "give the P-code: "},
    [EVM_FATE_UNMATCHED] = {EVM_SEVERITY_ERROR, "unmatched-place", "no district ", "", "nearest: "},
};

static void report_uncoloured(EvmDiagnostics *diagnostics, const EvmJoin *join, size_t index)
{
    const EvmEvent *event = &join->events->items[index];
    const EvmMatch *match = &join->matches[index];
    EvmFate fate = join->fates[index];
    g_autofree char *message = g_strdup_printf(
        "%s'%s' in '%s'%s", uncoloured[fate].before,
        event->district[0] ? event->district : event->pcode,
        event->province[0] ? event->province : "any province", uncoloured[fate].behind);
    g_autoptr(GString) hint = g_string_new(uncoloured[fate].hint);
    append_candidates(hint, join->gazetteer, match);
    evm_diagnostics_add(diagnostics, &(EvmDiagnostic){
                                         .severity = uncoloured[fate].severity,
                                         .code = uncoloured[fate].code,
                                         .file = join->events->files[event->file].path,
                                         .line = event->line,
                                         .message = message,
                                         .hint = match->candidate_count ? hint->str : NULL,
                                     });
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

/* The N of a tag seq:N, 0 without one. */
static unsigned sequence_of(const EvmEvent *event)
{
    if (!strstr(event->tags, "seq:"))
        return 0;
    g_auto(GStrv) tags = g_strsplit(event->tags, ";", -1);
    for (char **tag = tags; *tag; tag++)
        if (g_str_has_prefix(g_strstrip(*tag), "seq:"))
            return (unsigned)g_ascii_strtoull(*tag + strlen("seq:"), NULL, 10);
    return 0;
}

static bool add_claim(GArray *claims, GPtrArray *actors, const EvmEvent *event, size_t index,
                      uint32_t district, GError **error)
{
    EvmClaim claim = {.event = (uint32_t)index, .district = district};
    claim.effective = evm_event_effective_at(event);
    claim.known = evm_date_is_none(event->reported) ? claim.effective : event->reported;
    claim.sequence = sequence_of(event);
    claim.control.kind = EVM_CONTROL_CONTESTED;
    if (event->kind == EVM_KIND_CONTROL) {
        int actor = resolve_actor(actors, event->actor);
        if (actor < 0) {
            g_set_error(error, EVM_ERROR, EVM_ERROR_LIMIT,
                        "more than %d actors: is the 'actor' column the right one?",
                        EVM_LIMIT_ACTORS);
            return false;
        }
        claim.control = (EvmControl){EVM_CONTROL_HELD, (uint32_t)actor};
    }
    g_array_append_val(claims, claim);
    return true;
}

/* The order of timeline/state.h: the last claim of a district that is in force decides. */
static int compare_claims(const void *pa, const void *pb, void *user)
{
    const EvmClaim *a = pa, *b = pb;
    const EvmEvent *items = user;
    if (a->district != b->district)
        return a->district < b->district ? -1 : 1;
    if (a->effective.days != b->effective.days)
        return a->effective.days < b->effective.days ? -1 : 1;
    if (a->sequence != b->sequence)
        return a->sequence < b->sequence ? -1 : 1;
    EvmConfidence ca = items[a->event].confidence, cb = items[b->event].confidence;
    if (ca != cb)
        return ca < cb ? -1 : 1;
    if (a->known.days != b->known.days)
        return a->known.days < b->known.days ? -1 : 1;
    return a->event < b->event ? -1 : a->event > b->event;
}

static void index_claims(EvmJoin *join, size_t district_count)
{
    g_qsort_with_data(join->claims, (int)join->claim_count, sizeof *join->claims, compare_claims,
                      (void *)join->events->items);
    join->first_claim = g_new(size_t, district_count + 1);
    size_t claim = 0;
    for (size_t district = 0; district <= district_count; district++) {
        while (claim < join->claim_count && join->claims[claim].district < district)
            claim++;
        join->first_claim[district] = claim;
    }
}

static void resolve_event(EvmJoin *join, size_t i, GHashTable *superseded,
                          EvmDiagnostics *diagnostics)
{
    const EvmEvent *event = &join->events->items[i];
    EvmPlaceQuery query = {event->pcode, event->district, event->province};
    bool names_no_district = evm_event_has_tag(event, "point_location");
    join->matches[i] = names_no_district ? (EvmMatch){.how = EVM_MATCH_NONE, .district = -1}
                                         : evm_gazetteer_resolve(join->gazetteer, &query);
    EvmFate fate = fate_of(event, &join->matches[i], g_hash_table_contains(superseded, event->id));
    join->fates[i] = fate;
    join->fate_counts[fate]++;
    if (fate <= EVM_FATE_WITHDRAWN)
        join->how_counts[join->matches[i].how]++;
    if (uncoloured[fate].code)
        report_uncoloured(diagnostics, join, i);
}

EvmJoin *evm_join_compute(const EvmEvents *events, const EvmGazetteer *gazetteer,
                          EvmDiagnostics *diagnostics, GError **error)
{
    EvmJoin *join = g_new0(EvmJoin, 1);
    join->events = events;
    join->gazetteer = gazetteer;
    join->matches = g_new0(EvmMatch, events->count);
    join->fates = g_new0(EvmFate, events->count);
    GHashTable *superseded = superseded_ids(events);
    GPtrArray *actors = g_ptr_array_new();
    GArray *claims = g_array_new(FALSE, FALSE, sizeof(EvmClaim));
    bool done = true;
    for (size_t i = 0; done && i < events->count; i++) {
        resolve_event(join, i, superseded, diagnostics);
        if (join->fates[i] == EVM_FATE_CLAIM)
            done = add_claim(claims, actors, &events->items[i], i,
                             (uint32_t)join->matches[i].district, error);
    }
    g_hash_table_destroy(superseded);
    join->actor_count = actors->len;
    g_ptr_array_add(actors, NULL);
    join->actors = (char **)g_ptr_array_free(actors, FALSE);
    join->claim_count = claims->len;
    join->claims = (EvmClaim *)(void *)g_array_free(claims, FALSE);
    index_claims(join, gazetteer->district_count);
    if (!done)
        g_clear_pointer(&join, evm_join_free);
    return join;
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
    g_free(join);
}
