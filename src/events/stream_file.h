/* One of the files of a stream: its rows, parsed on several threads. */
#ifndef EVM_EVENTS_STREAM_FILE_H
#define EVM_EVENTS_STREAM_FILE_H

#include "base/csv_pieces.h"
#include "events/columns.h"
#include "events/stream.h"

enum { EVM_ROW_ID_BYTES = 64, EVM_ORDER_FILE_SHIFT = 56, EVM_ORDER_PIECE_SHIFT = 32 };

typedef struct {
    char text[EVM_ROW_ID_BYTES];
    size_t length; /* 0: none */
} EvmRowId;

typedef struct {
    /* Set by those who make it: */
    const char *path;
    unsigned index; /* among the files */
    const EvmEventOptions *options;
    EvmRowId last_id;               /* of the rows before, then of this file's too */
    size_t bytes_before, bytes_all; /* of all files, for the progress; `all` is 0 when unknown */
    int copy_fd;                    /* gets what cannot be read twice; or 0 */

    EvmDiagnostics *diagnostics, *remarks;
    GString *header; /* as it stands */
    EvmCsvDialect dialect;
    EvmColumns columns;
    EvmArena *arena;      /* of the columns */
    GArray *lines_before; /* unsigned, one a piece */
    size_t rows, refused, blank_rows;
    unsigned first_blank_line;
    char sha256[EVM_SHA256_TEXT_SIZE]; /* "" when nobody wanted it */
    EvmCsvPieces pieces;               /* open until the file is cleared */
    bool is_odd;
} EvmStreamFile;

void evm_stream_file_init(EvmStreamFile *file, const char *path, unsigned index,
                          const EvmEventOptions *options);
void evm_stream_file_clear(EvmStreamFile *file);

/* Shows its rows to the visitor. False with *error when it cannot be read; what is said of it
 * stands in its lists unless it is odd. */
bool evm_stream_file_load(EvmStreamFile *file, const EvmStreamVisitor *visitor, GError **error);

#endif
