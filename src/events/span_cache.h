/* Dates that were read lately: tables of millions of rows have some hundreds of days. For one
 * thread. */
#ifndef EVM_EVENTS_SPAN_CACHE_H
#define EVM_EVENTS_SPAN_CACHE_H

#include "events/span.h"

typedef struct EvmSpanCache EvmSpanCache;

EvmSpanCache *evm_span_cache_new(void);
void evm_span_cache_free(EvmSpanCache *cache); /* NULL is fine */

/* What evm_span_parse says. A NULL cache remembers nothing. */
EvmSpanResult evm_span_cache_parse(EvmSpanCache *cache, const char *text, EvmCalendar calendar,
                                   EvmDateOrder order, EvmSpan *out);

#endif
