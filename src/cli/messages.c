#include "cli/messages.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/verbs.h"

static void say(const char *kind, const char *message)
{
    g_autofree char *safe = evm_text_format_terminal(message);
    fprintf(stderr, "evmap: %s%s\n", kind, safe);
}

static int exit_status(const GError *error)
{
    if (error->domain != EVM_ERROR)
        return EVM_EXIT_INPUT;
    switch ((EvmErrorCode)error->code) {
    case EVM_ERROR_USAGE:
        return EVM_EXIT_USAGE;
    case EVM_ERROR_OUTPUT:
        return EVM_EXIT_OUTPUT;
    case EVM_ERROR_LIMIT:
        return EVM_EXIT_LIMIT;
    case EVM_ERROR_INPUT:
    case EVM_ERROR_INTERNAL:
        break;
    }
    return EVM_EXIT_INPUT;
}

int evm_message_write_error(const GError *error)
{
    say("error: ", error->message);
    return exit_status(error);
}

int evm_message_write_usage(const char *message, const char *verb)
{
    say("", message);
    if (verb)
        fprintf(stderr, "Try 'evmap help %s'.\n", verb);
    else
        fputs("Try 'evmap help'.\n", stderr);
    return EVM_EXIT_USAGE;
}

void evm_message_write_warning(const char *message)
{
    say("warning: ", message);
}

void evm_message_write_note(const char *message)
{
    say("", message);
}

static void write_diagnostic(const EvmDiagnostic *what)
{
    g_autoptr(GString) line = g_string_new(NULL);
    if (what->file)
        g_string_append_printf(line, "%s:", what->file);
    if (what->line)
        g_string_append_printf(line, "%u:", what->line);
    if (what->column)
        g_string_append_printf(line, "%u:", what->column);
    g_string_append_printf(line, "%s%s: %s [%s]", what->file ? " " : "",
                           evm_severity_format(what->severity), what->message, what->code);
    if (what->hint)
        g_string_append_printf(line, "; %s", what->hint);
    g_autofree char *safe = evm_text_format_terminal(line->str);
    fprintf(stderr, "%s\n", safe);
}

void evm_diagnostics_write(const EvmDiagnostics *list, EvmSeverity severity, size_t most)
{
    size_t written = 0, all = evm_diagnostics_count_severity(list, severity);
    for (size_t i = 0; i < evm_diagnostics_count(list) && written < most; i++) {
        const EvmDiagnostic *what = evm_diagnostics_at(list, i);
        if (what->severity != severity)
            continue;
        write_diagnostic(what);
        written++;
    }
    if (all > written)
        fprintf(stderr, "evmap: and %zu more like it; 'evmap check' lists them all\n",
                all - written);
}

bool evm_result_write(const GString *text, GError **error)
{
    if (fwrite(text->str, 1, text->len, stdout) == text->len && fflush(stdout) == 0)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_OUTPUT, "standard output: %s", g_strerror(errno));
    return false;
}
