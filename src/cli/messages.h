/* All that evmap says to people goes through here, to standard error; results go to standard
 * output. Nothing from a file reaches a terminal unescaped. */
#ifndef EVM_CLI_MESSAGES_H
#define EVM_CLI_MESSAGES_H

#include <glib.h>
#include <stdbool.h>

#include "base/diagnostic.h"

/* "evmap: error: …"; returns the exit status for it. */
int evm_message_write_error(const GError *error);
/* "evmap: …" and where to read on; returns EVM_EXIT_USAGE. `verb` may be NULL. */
int evm_message_write_usage(const char *message, const char *verb);
/* "evmap: warning: …". */
void evm_message_write_warning(const char *message);
/* "evmap: …". */
void evm_message_write_note(const char *message);

/* "events.csv:12:3: error: … [code]; hint". At most `most` of that severity; says how many more. */
void evm_diagnostics_write(const EvmDiagnostics *list, EvmSeverity severity, size_t most);

/* Results. False when standard output is gone (its reason as an error). */
bool evm_result_write(const GString *text, GError **error);

#endif
