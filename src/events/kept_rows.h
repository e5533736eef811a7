/* Rows of one file that somebody kept, read again as events. */
#ifndef EVM_EVENTS_KEPT_ROWS_H
#define EVM_EVENTS_KEPT_ROWS_H

#include "events/events.h"

/* All borrowed. */
typedef struct {
    const char *path;
    const EvmEventOptions *options;
    const char *csv; /* the header line, then the rows */
    size_t size;
    const unsigned *lines; /* of the rows in the file, where they came from */
    size_t rows, refused;  /* counted over the whole file */
} EvmKeptRows;

/* As evm_events_load gives them; problems were told when they were read first. */
EvmEvents *evm_events_parse_kept(const EvmKeptRows *kept);

#endif
