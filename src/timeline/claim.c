#include "timeline/claim.h"

EvmClaim evm_claim_compute(const EvmEvent *event, size_t index)
{
    return (EvmClaim){
        .event = (uint32_t)index,
        .begin = evm_event_begin_at(event),
        .effective = evm_event_effective_at(event),
        .known = evm_event_known_at(event),
        .withdrawn = EVM_DATE_NONE,
        .withdrawn_by = -1,
        .sequence = evm_event_sequence_at(event),
        .confidence = event->confidence,
        .source = event->source,
    };
}

static int64_t rank_of(const EvmClaim *claim, EvmGround ground)
{
    switch (ground) {
    case EVM_GROUND_DATE:
        return claim->effective.days;
    case EVM_GROUND_SEQUENCE:
        return claim->sequence;
    case EVM_GROUND_CONFIDENCE:
        return claim->confidence;
    case EVM_GROUND_REPORT:
        return claim->known.days;
    case EVM_GROUND_ROW:
        break;
    }
    return claim->event;
}

EvmGround evm_claim_find_ground(const EvmClaim *a, const EvmClaim *b)
{
    EvmGround ground = EVM_GROUND_DATE;
    while (ground < EVM_GROUND_ROW && rank_of(a, ground) == rank_of(b, ground))
        ground++;
    return ground;
}

int evm_claim_compute_order(const EvmClaim *a, const EvmClaim *b)
{
    if (a->district != b->district)
        return a->district < b->district ? -1 : 1;
    EvmGround ground = evm_claim_find_ground(a, b);
    int64_t ra = rank_of(a, ground), rb = rank_of(b, ground);
    return ra < rb ? -1 : ra > rb;
}

struct EvmCorrections {
    const EvmEvents *events;
    GHashTable *by_id; /* id, owned -> GArray of the events that supersede it */
};

static void add_correction(EvmCorrections *corrections, const char *id, uint32_t event)
{
    GArray *rows = g_hash_table_lookup(corrections->by_id, id);
    if (!rows) {
        rows = g_array_new(FALSE, FALSE, sizeof(uint32_t));
        g_hash_table_insert(corrections->by_id, g_strdup(id), rows);
    }
    g_array_append_val(rows, event);
}

EvmCorrections *evm_corrections_new(const EvmEvents *events)
{
    EvmCorrections *corrections = g_new0(EvmCorrections, 1);
    corrections->events = events;
    corrections->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify)(void (*)(void))g_array_unref);
    for (uint32_t i = 0; i < events->count; i++) {
        const EvmEvent *event = &events->items[i];
        if (event->supersedes[0] == '\0' || event->is_retracted)
            continue;
        g_auto(GStrv) ids = g_strsplit(event->supersedes, ";", -1);
        for (char **id = ids; *id; id++)
            add_correction(corrections, g_strstrip(*id), i);
    }
    return corrections;
}

void evm_corrections_free(EvmCorrections *corrections)
{
    if (!corrections)
        return;
    g_hash_table_destroy(corrections->by_id);
    g_free(corrections);
}

EvmDate evm_corrections_find(const EvmCorrections *corrections, size_t index, int32_t *by)
{
    const EvmEvent *items = corrections->events->items;
    const GArray *rows = g_hash_table_lookup(corrections->by_id, items[index].id);
    EvmDate first = EVM_DATE_NONE;
    *by = -1;
    for (guint i = 0; rows && i < rows->len; i++) {
        uint32_t row = g_array_index(rows, uint32_t, i);
        EvmDate known = evm_event_known_at(&items[row]);
        if (row == index || (*by >= 0 && known.days >= first.days))
            continue;
        first = known;
        *by = (int32_t)row;
    }
    return items[index].is_retracted ? EVM_WITHDRAWN_ALWAYS : first;
}

bool evm_control_is_equal(EvmControl a, EvmControl b)
{
    return a.kind == b.kind && a.actor == b.actor;
}

bool evm_control_list_has(const GArray *controls, EvmControl control)
{
    for (guint i = 0; i < controls->len; i++)
        if (evm_control_is_equal(g_array_index(controls, EvmControl, i), control))
            return true;
    return false;
}
