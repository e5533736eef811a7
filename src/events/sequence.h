/* The tag seq:N, which orders the events of one day. */
#ifndef EVM_EVENTS_SEQUENCE_H
#define EVM_EVENTS_SEQUENCE_H

#include "events/events.h"

/* The first of the tags that begins as one does and has no number from 1 to 999999, or NULL when
 * there is none. The caller's. */
char *evm_sequence_find_odd(const char *tags);

#endif
