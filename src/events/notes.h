/* What is said of a whole file, whichever way its rows are read. */
#ifndef EVM_EVENTS_NOTES_H
#define EVM_EVENTS_NOTES_H

#include "base/csv_reader.h"
#include "base/diagnostic.h"

/* Nothing when it is as everybody expects, or as was asked. */
void evm_note_add_dialect(EvmDiagnostics *diagnostics, const char *path, const EvmCsvDialect *asked,
                          const EvmCsvDialect *found);

/* Nothing when there are none. */
void evm_note_add_blank_rows(EvmDiagnostics *diagnostics, const char *path, size_t count,
                             unsigned first_line);

void evm_note_add_no_rows(EvmDiagnostics *diagnostics, const char *path);

/* `path` holds what `other` does, byte for byte. */
void evm_note_add_same_file(EvmDiagnostics *diagnostics, const char *path, const char *other);

#endif
