/* The folder of a timeline: who may write there, which files are whole, and what they were made
 * from. A file is known by the journal, a hidden text file with one line a file: key, SHA-256,
 * size, name. The key stands for all that the file was made from. A line is written when its file
 * has its final name; a file is believed only if its content has the hash of its line. So a run may
 * be killed at any moment: what the next one does not believe it makes again. */
#ifndef EVM_PIPELINE_FRAME_FOLDER_H
#define EVM_PIPELINE_FRAME_FOLDER_H

#include <glib.h>
#include <stdbool.h>

#include "base/input_file.h"

typedef struct EvmFrameFolder EvmFrameFolder;

/* What the journal says of one file. */
typedef struct {
    char key[EVM_SHA256_TEXT_SIZE], sha256[EVM_SHA256_TEXT_SIZE];
    gint64 size;
} EvmFrameRecord;

/* Makes the folder when missing and takes the lock of shard `shard` of `shards` (1 of 1: of the
 * whole folder, which then is cleared of what killed runs left half-written). EVM_ERROR_OUTPUT
 * names the process that has it. */
EvmFrameFolder *evm_frame_folder_new(const char *path, unsigned shard, unsigned shards,
                                     GError **error);
/* For finding alone: makes and locks nothing. A folder that is not there holds nothing. */
EvmFrameFolder *evm_frame_folder_load(const char *path);
void evm_frame_folder_free(EvmFrameFolder *folder); /* NULL is fine; gives up the lock */

/* Whether a timeline has written a file of that name here. */
bool evm_frame_folder_has(const EvmFrameFolder *folder, const char *name);
/* Names (char *) of all such files, in their order. */
GPtrArray *evm_frame_folder_compute_names(const EvmFrameFolder *folder);
/* The record of a file, if it was made from `key` and is whole. Reads the file. From any thread. */
bool evm_frame_folder_find(const EvmFrameFolder *folder, const char *name, const char *key,
                           EvmFrameRecord *out);
/* A file under its final name, whole, and its record. Not flushed to the disk: after a power cut
 * its hash tells. From any thread. EVM_ERROR_OUTPUT, also for a name that is taken by a map of one
 * day. */
bool evm_frame_folder_write(EvmFrameFolder *folder, const char *name, const char *key,
                            const void *data, size_t size, EvmFrameRecord *out, GError **error);
/* The hidden name that what becomes `name` has as long as it is not whole; caller frees. */
char *evm_frame_folder_format_part(const char *name);
/* Lets the symbolic link `link` point to the file `name`, in one step. */
bool evm_frame_folder_write_link(EvmFrameFolder *folder, const char *link, const char *name,
                                 GError **error);

#endif
