/* What a date cell says: a day, or a span of days in which it lies. */
#ifndef EVM_EVENTS_SPAN_H
#define EVM_EVENTS_SPAN_H

#include "base/date.h"
#include "events/events.h"

typedef struct {
    EvmDate first, last; /* equal for a day */
    bool is_status;      /* "../2021-07-05": so on that day, since some day before */
} EvmSpan;

typedef enum {
    EVM_SPAN_READ,
    EVM_SPAN_EMPTY,     /* nothing, or a null date of a database: 1899-12-30, 0000-00-00 */
    EVM_SPAN_UNORDERED, /* 05/07/2021 is two days, and nothing says which */
    EVM_SPAN_BAD,
} EvmSpanResult;

/* Reads, besides YYYY-MM-DD:
 *   20210705   2021/07/05   5 July 2021   05 Jul 2021   05JUL2021   JUL052021   July 5, 2021
 *   2021-07   2021   2021-07~   2021-07-XX   2021-07-00             the whole month or year
 *   2021-07-03/2021-07-07   ../2021-07-05   2021-07-05/..           EDTF, ISO 8601-2
 *   1625443200                                                      seconds since 1970, UTC
 *   05/07/2021   5.7.2021   05-07-2021                              in the order given
 * Real days only. With EVM_CALENDAR_SOLAR_HIJRI numeric dates of the years 1178 to 1501 are Solar
 * Hijri ones, and Persian and Arabic digits are read. *out is left alone unless it is READ. */
EvmSpanResult evm_span_parse(const char *text, EvmCalendar calendar, EvmDateOrder order,
                             EvmSpan *out);

/* The order that a date of the form 05/07/2021 proves: one of its first two numbers is more than
 * 12. EVM_DATE_ORDER_UNKNOWN when it proves none, or has another form. */
EvmDateOrder evm_span_find_order(const char *text);

/* The month in which the day lies. */
void evm_span_compute_month(EvmDate day, EvmSpan *out);

#endif
