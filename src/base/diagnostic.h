/* Problems found in the data, as a list: loading goes on to the end, and the caller decides what to
 * do with what was found. The list owns copies of all its strings. */
#ifndef EVM_BASE_DIAGNOSTIC_H
#define EVM_BASE_DIAGNOSTIC_H

#include <stddef.h>

typedef enum {
    EVM_SEVERITY_NOTE,    /* nothing lost: what was assumed */
    EVM_SEVERITY_WARNING, /* nothing lost, but look at it */
    EVM_SEVERITY_ERROR,   /* a row, or part of one, is not on the map */
} EvmSeverity;

typedef struct {
    EvmSeverity severity;
    const char *code;    /* stable, e.g. "bad-date"; docs/diagnostics.md lists them */
    const char *file;    /* as the user named it; NULL when it is about no file */
    unsigned line;       /* 1-based, 0 when unknown */
    unsigned column;     /* 1-based field number of the row, 0 when it is about the whole row */
    const char *message; /* one line: what was seen */
    const char *hint;    /* one line: what to do; NULL when the message says it all */
} EvmDiagnostic;

typedef struct EvmDiagnostics EvmDiagnostics;

EvmDiagnostics *evm_diagnostics_new(void);
void evm_diagnostics_free(EvmDiagnostics *list); /* NULL is fine */

/* Copies `what` and its strings. A NULL list is allowed and swallows it. Past
 * EVM_LIMIT_DIAGNOSTICS only the counts go on. */
void evm_diagnostics_add(EvmDiagnostics *list, const EvmDiagnostic *what);

/* Adds all of `other`, those that were only counted too; `lines_before` are added to their lines. A
 * NULL list swallows them. */
void evm_diagnostics_add_list(EvmDiagnostics *list, const EvmDiagnostics *other,
                              unsigned lines_before);

/* The same of two lists that ascend by line, in the order of the lines; of one line `a` comes
 * first.
 */
void evm_diagnostics_add_merged(EvmDiagnostics *list, const EvmDiagnostics *a,
                                const EvmDiagnostics *b, unsigned lines_before);

size_t evm_diagnostics_count(const EvmDiagnostics *list); /* kept ones: valid for _at */
const EvmDiagnostic *evm_diagnostics_at(const EvmDiagnostics *list, size_t i); /* borrowed */
/* All that were added with this severity, kept or not. */
size_t evm_diagnostics_count_severity(const EvmDiagnostics *list, EvmSeverity severity);

const char *evm_severity_format(EvmSeverity severity); /* "note", "warning", "error" */

#endif
