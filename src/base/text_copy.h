/* A large text in another encoding, copied as UTF-8. */
#ifndef EVM_BASE_TEXT_COPY_H
#define EVM_BASE_TEXT_COPY_H

#include "base/input_file.h"
#include "base/input_stream.h"

/* Writes the text behind the first `mark` bytes of the stream, which is in `encoding`, to the open
 * file `to`. `sha256` (of all bytes; NULL: nobody wants it) is told, too. False without an error
 * when some byte is none of the encoding's, or there is no room: then the text must be read whole,
 * which tells. */
bool evm_text_copy_write(EvmInputStream *stream, const char *encoding, size_t mark, int to,
                         EvmSha256 *sha256);

#endif
