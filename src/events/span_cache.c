#include "events/span_cache.h"

#include <string.h>

/* Only texts of ten bytes, such as 2021-07-05, are kept. */
enum { TEXT_BYTES = 10, SLOTS = 1024 };

typedef struct {
    char text[TEXT_BYTES]; /* all zeros: free */
    EvmCalendar calendar;
    EvmDateOrder order;
    EvmSpan span;
} Slot;

struct EvmSpanCache {
    Slot slots[SLOTS];
};

EvmSpanCache *evm_span_cache_new(void)
{
    return g_new0(EvmSpanCache, 1);
}

void evm_span_cache_free(EvmSpanCache *cache)
{
    g_free(cache);
}

/* Day, month and year stand anywhere in the text, and all of them count. */
static size_t find_slot(const char *text)
{
    uint64_t start;
    uint16_t end;
    memcpy(&start, text, sizeof start);
    memcpy(&end, text + sizeof start, sizeof end);
    return (size_t)(((start ^ (uint64_t)end << 23) * UINT64_C(0x9E3779B97F4A7C15)) >> 54) % SLOTS;
}

EvmSpanResult evm_span_cache_parse(EvmSpanCache *cache, const char *text, EvmCalendar calendar,
                                   EvmDateOrder order, EvmSpan *out)
{
    if (!cache || strlen(text) != TEXT_BYTES)
        return evm_span_parse(text, calendar, order, out);
    Slot *slot = &cache->slots[find_slot(text)];
    if (memcmp(slot->text, text, TEXT_BYTES) == 0 && slot->calendar == calendar &&
        slot->order == order) {
        *out = slot->span;
        return EVM_SPAN_READ;
    }
    EvmSpanResult result = evm_span_parse(text, calendar, order, out);
    if (result != EVM_SPAN_READ)
        return result;
    *slot = (Slot){.calendar = calendar, .order = order, .span = *out};
    memcpy(slot->text, text, TEXT_BYTES);
    return result;
}
