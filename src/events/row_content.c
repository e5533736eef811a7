#include "base/text.h"
#include "events/row.h"

static bool is_same_when(const EvmEvent *a, const EvmEvent *b)
{
    return a->date.days == b->date.days && a->date_end.days == b->date_end.days &&
           a->reported.days == b->reported.days && a->precision == b->precision;
}

static bool is_same_where(const EvmEvent *a, const EvmEvent *b)
{
    return a->province == b->province && a->district == b->district && a->pcode == b->pcode &&
           a->has_point == b->has_point && a->lon_deg == b->lon_deg && a->lat_deg == b->lat_deg;
}

static bool is_same_what(const EvmEvent *a, const EvmEvent *b)
{
    return a->kind == b->kind && a->actor == b->actor && a->from_actor == b->from_actor &&
           a->is_retracted == b->is_retracted && a->supersedes == b->supersedes;
}

static bool is_same_source(const EvmEvent *a, const EvmEvent *b)
{
    return a->confidence == b->confidence && a->source == b->source && a->url == b->url &&
           a->headline == b->headline && a->tags == b->tags;
}

bool evm_row_is_same(const EvmEvent *a, const EvmEvent *b)
{
    return is_same_when(a, b) && is_same_where(a, b) && is_same_what(a, b) && is_same_source(a, b);
}

uint64_t evm_row_compute_hash(const EvmEvent *event)
{
    const char *const texts[] = {event->province,   event->district,  event->pcode, event->actor,
                                 event->from_actor, event->source,    event->url,   event->headline,
                                 event->tags,       event->supersedes};
    char lon[G_ASCII_DTOSTR_BUF_SIZE], lat[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *rest = g_strdup_printf(
        "%d %d %d %d %d %d %d %s %s", event->date.days, event->date_end.days, event->reported.days,
        event->precision, event->kind, event->confidence, event->is_retracted,
        event->has_point ? g_ascii_dtostr(lon, sizeof lon, event->lon_deg) : "",
        event->has_point ? g_ascii_dtostr(lat, sizeof lat, event->lat_deg) : "");
    uint64_t hash = evm_text_compute_hash(rest);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        hash = hash * 31 + evm_text_compute_hash(texts[i]);
    return hash;
}
