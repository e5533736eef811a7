/* A large CSV text in UTF-8, handed out in pieces that begin and end with a row, so that several
 * threads can parse it. Where rows end is told from the number of quotes before a line end; a quote
 * in the midst of unquoted text misleads that, and evm_csv_parse_piece of the piece before then
 * says that it ends inside a quote. */
#ifndef EVM_BASE_CSV_PIECES_H
#define EVM_BASE_CSV_PIECES_H

#include "base/input_file.h"
#include "base/input_stream.h"

typedef struct {
    EvmInputStream stream; /* its watch may be set once the pieces are made */
    size_t block_bytes;    /* pieces are about as large */
    int copy_fd;           /* what is read is written there too; 0: nowhere */
    EvmSha256 *sha256;     /* what is read is added to it; borrowed; NULL: nobody wants it */
    char *rest;            /* read, and not handed out yet */
    size_t rest_size;
    size_t bytes; /* handed out */
    bool is_at_end;
} EvmCsvPieces;

typedef struct {
    char *data;
    size_t size, capacity;
    size_t offset; /* of its first byte in the text */
} EvmCsvPiece;

typedef enum {
    EVM_CSV_PIECES_MORE, /* a piece was read */
    EVM_CSV_PIECES_END,
    EVM_CSV_PIECES_LONG, /* no row ends within EVM_LIMIT_CSV_PIECE_BYTES: it must be read whole */
    EVM_CSV_PIECES_FAILED,
} EvmCsvPiecesResult;

/* Reads the open file `text_fd`, or `path` when it is 0. A copy is for what cannot be read twice.
 * `block_bytes` is about the size of a piece; 0: 256 KB.
 */
bool evm_csv_pieces_init(EvmCsvPieces *pieces, const char *path, int text_fd, size_t block_bytes,
                         GError **error);
/* Reads the next piece into `piece`, whose memory is used anew; all zeros at first. One thread at a
 * time. */
EvmCsvPiecesResult evm_csv_pieces_load(EvmCsvPieces *pieces, EvmCsvPiece *piece, GError **error);
/* Reads what is left, for the copy alone. */
bool evm_csv_pieces_commit_copy(EvmCsvPieces *pieces, GError **error);
void evm_csv_pieces_clear(EvmCsvPieces *pieces);
void evm_csv_piece_clear(EvmCsvPiece *piece);

#endif
