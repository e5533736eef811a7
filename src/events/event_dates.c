#include "events/events.h"

EvmDate evm_event_effective_at(const EvmEvent *event)
{
    return evm_date_is_none(event->date_end) ? event->date : event->date_end;
}

EvmDate evm_event_begin_at(const EvmEvent *event)
{
    if (!evm_date_is_none(event->date_end))
        return event->date;
    if (event->precision == EVM_PRECISION_WEEK)
        return (EvmDate){event->date.days - EVM_WEEK_SPAN_DAYS + 1};
    if (event->precision == EVM_PRECISION_MONTH)
        return (EvmDate){event->date.days - EVM_MONTH_SPAN_DAYS + 1};
    return event->date;
}

EvmDate evm_event_known_at(const EvmEvent *event)
{
    return evm_date_is_none(event->reported) ? evm_event_effective_at(event) : event->reported;
}
