/* Errors that stop a call. A call that can fail takes `GError **` last, returns false or NULL and
 * fills it; the message is one line: what was seen and what to do. Problems of single rows are
 * diagnostics instead (base/diagnostic.h), and loading goes on. */
#ifndef EVM_BASE_ERROR_H
#define EVM_BASE_ERROR_H

#include <glib.h>

#define EVM_ERROR (evm_error_quark())

typedef enum {
    EVM_ERROR_USAGE,    /* the request makes no sense: unknown area, size of 0 */
    EVM_ERROR_INPUT,    /* an input file is missing, unreadable or not what it claims to be */
    EVM_ERROR_OUTPUT,   /* a result could not be written */
    EVM_ERROR_LIMIT,    /* a ceiling of base/limits.h was reached */
    EVM_ERROR_INTERNAL, /* a library failed where it should not */
} EvmErrorCode;

GQuark evm_error_quark(void);

#endif
