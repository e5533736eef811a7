/* One of the files of a stream: its rows, parsed on several threads. */
#ifndef EVM_EVENTS_STREAM_FILE_H
#define EVM_EVENTS_STREAM_FILE_H

#include "base/csv_pieces.h"
#include "events/citations.h"
#include "events/repeated_ids.h"
#include "events/row.h"
#include "events/stream.h"

enum { EVM_ROW_ID_BYTES = 64, EVM_ORDER_FILE_SHIFT = 56, EVM_ORDER_PIECE_SHIFT = 32 };

typedef struct {
    char text[EVM_ROW_ID_BYTES];
    size_t length; /* 0: none */
} EvmRowId;

/* What is known of the rows of all files before they are shown. */
typedef struct {
    bool is_learning;        /* rows are not shown, but learnt from */
    EvmCitations *citations; /* NULL: not learnt */
    EvmRepeatedIds *ids;     /* NULL: not learnt, or ids ascend */
    bool is_full;            /* there is more than can be kept */
} EvmStreamFacts;

typedef struct {
    /* Set by those who make it: */
    const char *path;
    unsigned index;           /* among the files */
    const char *const *paths; /* of all of them */
    const EvmEventOptions *options;
    EvmStreamFacts *facts;          /* of all files */
    char *id_stem;                  /* owned */
    int text_fd;                    /* the text as UTF-8, when it is not read from `path`; or 0 */
    const char *encoding;           /* of the file that the text was made of; NULL: UTF-8 */
    EvmRowId last_id;               /* of the rows before, then of this file's too */
    size_t bytes_before, bytes_all; /* of all files, for the progress; `all` is 0 when unknown */
    int copy_fd;                    /* gets what cannot be read twice; or 0 */

    EvmDiagnostics *diagnostics, *remarks;
    GString *header; /* as it stands */
    EvmCsvDialect dialect;
    EvmColumns columns;
    EvmArena *arena;      /* of the columns and proofs */
    GArray *lines_before; /* unsigned, one a piece */
    GArray *lines_known;  /* the same, from when it was read before; or NULL */
    EvmDateOrder date_order[EVM_COLUMN_COUNT];
    EvmOrderProof proof[EVM_COLUMN_COUNT];
    size_t rows, refused, blank_rows;
    unsigned first_blank_line;
    char sha256[EVM_SHA256_TEXT_SIZE]; /* "" when nobody wanted it */
    EvmCsvPieces pieces;               /* open until the file is cleared */
    bool is_rising;                    /* ids, up to here */
    const char *why_whole;             /* its rows cannot be shown one by one; NULL: they can */
    bool needs_text;                   /* it is in `encoding`, and nothing was read of it */
    size_t mark;                       /* bytes in front of the text */
    bool needs_facts;                  /* it cannot be judged without; it was not read to its end */
} EvmStreamFile;

void evm_stream_file_init(EvmStreamFile *file, const char *path, unsigned index,
                          const EvmEventOptions *options);
void evm_stream_file_clear(EvmStreamFile *file);

/* Reads its rows, and shows them to the visitor or learns from them. False with *error when it
 * cannot be read; what is said of it stands in its lists unless it has to be
 * read whole. */
bool evm_stream_file_load(EvmStreamFile *file, const EvmStreamVisitor *visitor, GError **error);
/* Forgets what was read: it can be read again, from the first row. */
void evm_stream_file_clear_rows(EvmStreamFile *file);
/* True when some column's dates were of unknown order, and are known now. */
bool evm_stream_file_commit_orders(EvmStreamFile *file);

#endif
