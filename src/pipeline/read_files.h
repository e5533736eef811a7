/* The files that a map is made from, so that none of them is written over. They are told by device
 * and inode: whatever name or link leads to them. */
#ifndef EVM_PIPELINE_READ_FILES_H
#define EVM_PIPELINE_READ_FILES_H

#include "pipeline/render.h"

typedef struct EvmReadFiles EvmReadFiles;

/* Event tables, boundaries, tables of names, and the request's language, theme and logo. Borrows
 * nothing. */
EvmReadFiles *evm_read_files_new(const EvmRenderRequest *request, const EvmInputs *inputs);
void evm_read_files_free(EvmReadFiles *files); /* NULL is fine */

/* Whether `name` may be written in the request's folder. EVM_ERROR_OUTPUT says as what it is read.
 */
bool evm_read_files_is_free(const EvmReadFiles *files, const char *name, GError **error);

#endif
