/* Files that are whole or absent: written under a temporary name in the same folder, flushed,
 * closed with the result checked, then renamed over the final name. */
#ifndef EVM_BASE_ATOMIC_FILE_H
#define EVM_BASE_ATOMIC_FILE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct EvmAtomicFile EvmAtomicFile;

/* Opens a temporary file beside `path`. A `path` that is a directory or a symbolic link is
 * refused. EVM_ERROR_OUTPUT names the path and the system's reason. */
EvmAtomicFile *evm_atomic_file_new(const char *path, GError **error);

/* A failed write is remembered and reported by commit. */
void evm_atomic_file_write(EvmAtomicFile *file, const void *data, size_t size);

/* Flushes, closes and renames; frees `file` in any case. On failure the temporary file is removed
 * and whatever stood at `path` is as it was. */
bool evm_atomic_file_commit(EvmAtomicFile *file, GError **error);

/* Removes the temporary file; NULL is fine. */
void evm_atomic_file_free(EvmAtomicFile *file);

/* All of the above for a buffer in memory. */
bool evm_atomic_file_write_all(const char *path, const void *data, size_t size, GError **error);

/* Removes `name` from the open folder if it is a temporary file whose writer is no more (killed
 * before it could commit). Not for a process that itself writes files there: closing one gives up
 * its locks. */
void evm_atomic_file_clear_abandoned(int folder_fd, const char *name);

/* Creates `path` and its parents when missing. EVM_ERROR_OUTPUT. */
bool evm_folder_new(const char *path, GError **error);

#endif
