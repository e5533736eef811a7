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

/* "line 12", or "line 12 of other.csv"; NULL: the same file. The caller's. */
char *evm_note_format_place(unsigned line, const char *path);

/* A row on `line` has the id of another, which stands at `place`. `column` is that of the id,
 * from 1.
 */
void evm_note_add_twin(EvmDiagnostics *diagnostics, const char *path, unsigned line,
                       unsigned column, const char *id, const char *place, bool is_same);

/* The row on `line` supersedes an id that no row has. */
void evm_note_add_unknown_superseded(EvmDiagnostics *diagnostics, const char *path, unsigned line,
                                     const char *id);

/* The row on `line` supersedes an id that so many rows have. */
void evm_note_add_superseded_twins(EvmDiagnostics *diagnostics, const char *path, unsigned line,
                                   const char *id, int count);

/* The row on `line` supersedes one that supersedes it, directly or by way of others. */
void evm_note_add_mutual(EvmDiagnostics *diagnostics, const char *path, unsigned line,
                         const char *id, bool is_direct);

/* The dates of a column are read as day/month/year, or month/day/year, as `text` on `line` proves.
 */
void evm_note_add_order(EvmDiagnostics *diagnostics, const char *path, const char *column,
                        unsigned line, const char *text, bool is_dmy);

/* Its rows are all kept in memory. */
void evm_note_add_kept_whole(EvmDiagnostics *diagnostics, const char *path, const char *why);

/* A second header line of tags was skipped. */
void evm_note_add_hxl_row(EvmDiagnostics *diagnostics, const char *path, unsigned line);

#endif
