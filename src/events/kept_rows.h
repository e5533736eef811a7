/* Two ways of loading events that only those who read large files need. */
#ifndef EVM_EVENTS_KEPT_ROWS_H
#define EVM_EVENTS_KEPT_ROWS_H

#include "events/events.h"

/* A file, or what was read of it before. All borrowed. */
typedef struct {
    const char *path;
    int copy_fd; /* an open file with its text; 0: it is read itself */
} EvmEventSource;

/* As evm_events_load does. */
EvmEvents *evm_events_load_sources(const EvmEventSource *sources, size_t count,
                                   const EvmEventOptions *options, EvmDiagnostics *diagnostics,
                                   GError **error);

/* Rows of one file that somebody kept. All borrowed. */
typedef struct {
    const char *path;
    EvmEventOptions options;
    const EvmDateOrder *date_order; /* one a column */
    const char *csv;                /* the header line, then the rows */
    size_t size;
    const unsigned *lines; /* of the rows in the file, where they came from */
    size_t rows, refused;  /* counted over the whole file */
    const char *sha256;    /* of the whole file */
} EvmKeptFile;

/* As evm_events_load gives them; problems were told when they were read first. */
EvmEvents *evm_events_parse_kept(const EvmKeptFile *files, size_t count);

#endif
