/* Reading a whole input file once, with its SHA-256, so that what was hashed is what was read. */
#ifndef EVM_BASE_INPUT_FILE_H
#define EVM_BASE_INPUT_FILE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/input_stream.h"

enum { EVM_SHA256_TEXT_SIZE = 65 };

typedef struct {
    char *path; /* as the user named it; "-" for standard input */
    char *data; /* size bytes and a NUL behind them */
    size_t size;
    char sha256[EVM_SHA256_TEXT_SIZE]; /* lower-case hex */
} EvmInputFile;

/* Regular files, pipes and "-" (standard input); a folder or device is refused, as is anything
 * over `limit_bytes`. EVM_ERROR_INPUT or EVM_ERROR_LIMIT. */
bool evm_input_file_load(EvmInputFile *file, const char *path, size_t limit_bytes, GError **error);
/* The same; somebody is told how far it has come of what nobody knows the size of. */
bool evm_input_file_load_watched(EvmInputFile *file, const char *path, size_t limit_bytes,
                                 const EvmInputWatch *watch, GError **error);
/* The whole of an open regular file, under the name of what it is a copy of. */
bool evm_input_file_load_copy(EvmInputFile *file, int fd, const char *path, size_t limit_bytes,
                              GError **error);
void evm_input_file_clear(EvmInputFile *file);

/* Hex SHA-256 of a buffer into `hex`. */
void evm_sha256_compute(const void *data, size_t size, char hex[EVM_SHA256_TEXT_SIZE]);
/* The same of what comes in parts; `hex` is that of all that was added. */
typedef struct EvmSha256 EvmSha256;
EvmSha256 *evm_sha256_new(void);
void evm_sha256_add(EvmSha256 *sha256, const void *data, size_t size);
void evm_sha256_commit(EvmSha256 *sha256, char hex[EVM_SHA256_TEXT_SIZE]);
void evm_sha256_free(EvmSha256 *sha256); /* NULL is fine */

#endif
