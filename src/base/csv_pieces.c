#define _GNU_SOURCE /* memrchr */
#include "base/csv_pieces.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/limits.h"

enum { BLOCK_BYTES = 1 << 18 };

bool evm_csv_pieces_init(EvmCsvPieces *pieces, const char *path, int text_fd, size_t block_bytes,
                         GError **error)
{
    *pieces = (EvmCsvPieces){.block_bytes = block_bytes ? block_bytes : BLOCK_BYTES};
    pieces->stream.fd = -1;
    return text_fd ? evm_input_stream_init_copy(&pieces->stream, text_fd, path, error)
                   : evm_input_stream_init(&pieces->stream, path, error);
}

void evm_csv_pieces_clear(EvmCsvPieces *pieces)
{
    evm_input_stream_clear(&pieces->stream);
    g_free(pieces->rest);
    pieces->rest = NULL;
}

void evm_csv_piece_clear(EvmCsvPiece *piece)
{
    g_free(piece->data);
    *piece = (EvmCsvPiece){0};
}

static void reserve(EvmCsvPiece *piece, size_t capacity)
{
    if (piece->capacity >= capacity)
        return;
    piece->data = g_realloc(piece->data, capacity);
    piece->capacity = capacity;
}

/* Compilers turn it into vector code: a byte counts no further than a byte holds. */
static size_t count_quotes(const char *data, size_t size)
{
    size_t count = 0;
    while (size > 0) {
        unsigned char part = 0;
        size_t end = MIN(size, UCHAR_MAX);
        for (size_t i = 0; i < end; i++)
            part = (unsigned char)(part + (data[i] == '"'));
        count += part;
        data += end;
        size -= end;
    }
    return count;
}

/* Bytes up to and with the last line end that stands behind an even number of quotes; 0: none. */
static size_t find_last_row_end(const char *data, size_t size)
{
    size_t quotes = count_quotes(data, size);
    while (size > 0) {
        const char *end = memrchr(data, '\n', size);
        if (!end)
            return 0;
        size_t line = (size_t)(end - data);
        quotes -= count_quotes(end, size - line);
        if (quotes % 2 == 0)
            return line + 1;
        size = line;
    }
    return 0;
}

static bool write_copy(const EvmCsvPieces *pieces, const char *data, size_t size, GError **error)
{
    while (pieces->copy_fd && size > 0) {
        ssize_t done = write(pieces->copy_fd, data, size);
        if (done < 0 && errno != EINTR) {
            g_set_error(error, EVM_ERROR, EVM_ERROR_OUTPUT,
                        "%s: no room for a copy among the temporary files: %s; name a file instead",
                        pieces->stream.path, g_strerror(errno));
            return false;
        }
        data += MAX(done, 0);
        size -= (size_t)MAX(done, 0);
    }
    return true;
}

/* One more block behind what the piece has; false when reading failed. */
static bool add_block(EvmCsvPieces *pieces, EvmCsvPiece *piece, GError **error)
{
    reserve(piece, piece->size + pieces->block_bytes);
    size_t wanted = pieces->block_bytes;
    while (wanted > 0 && !pieces->is_at_end) { /* pipes give little at a time */
        ssize_t got =
            evm_input_stream_load(&pieces->stream, piece->data + piece->size, wanted, error);
        if (got < 0 || !write_copy(pieces, piece->data + piece->size, (size_t)got, error))
            return false;
        if (pieces->sha256)
            evm_sha256_add(pieces->sha256, piece->data + piece->size, (size_t)got);
        pieces->is_at_end = got == 0;
        piece->size += (size_t)got;
        wanted -= (size_t)got;
    }
    return true;
}

static void keep_rest(EvmCsvPieces *pieces, EvmCsvPiece *piece, size_t end)
{
    pieces->rest_size = piece->size - end;
    pieces->rest = g_realloc(pieces->rest, pieces->rest_size + 1);
    memcpy(pieces->rest, piece->data + end, pieces->rest_size);
    piece->size = end;
    pieces->bytes += end;
}

EvmCsvPiecesResult evm_csv_pieces_load(EvmCsvPieces *pieces, EvmCsvPiece *piece, GError **error)
{
    reserve(piece, pieces->rest_size + pieces->block_bytes);
    piece->size = pieces->rest_size;
    piece->offset = pieces->bytes;
    if (pieces->rest_size > 0)
        memcpy(piece->data, pieces->rest, pieces->rest_size);
    pieces->rest_size = 0;
    size_t end = 0;
    while (end == 0) {
        if (!add_block(pieces, piece, error))
            return EVM_CSV_PIECES_FAILED;
        end = pieces->is_at_end ? piece->size : find_last_row_end(piece->data, piece->size);
        if (end == 0 && pieces->is_at_end)
            return EVM_CSV_PIECES_END;
        if (end == 0 && piece->size > EVM_LIMIT_CSV_PIECE_BYTES)
            return EVM_CSV_PIECES_LONG;
    }
    keep_rest(pieces, piece, end);
    return EVM_CSV_PIECES_MORE;
}

bool evm_csv_pieces_commit_copy(EvmCsvPieces *pieces, GError **error)
{
    EvmCsvPiece piece = {0};
    bool done = true;
    while (done && !pieces->is_at_end) {
        piece.size = 0;
        done = add_block(pieces, &piece, error);
    }
    evm_csv_piece_clear(&piece);
    return done;
}
