/* What options must say together. */
#include <stdint.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/option_parts.h"

bool evm_cli_add_given(EvmCliOptions *options, const char *name, const char *value, GError **error)
{
    static const char *const repeatable[] = {"area", "events", "map", NULL};
    const char *before = g_hash_table_lookup(options->given, name);
    if (before && !g_strv_contains(repeatable, name) && strcmp(before, value) != 0) {
        g_autofree char *first = evm_text_format_terminal(before);
        g_autofree char *second = evm_text_format_terminal(value);
        g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE, "--%s is given twice: '%s', and then '%s'",
                    name, first, second);
        return false;
    }
    /* Names stand in the table of options. */
    g_hash_table_insert(options->given, (gpointer)(uintptr_t)name, g_strdup(value));
    return true;
}

static bool check_names(const EvmCliOptions *options, GError **error)
{
    for (guint i = 0; options->names->len > 1 && i < options->names->len; i++)
        if (strcmp(g_ptr_array_index(options->names, i), "-") == 0) {
            g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE,
                        "'-' reads names from standard input and stands alone");
            return false;
        }
    if (options->names->len > 0)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE,
                "which places? For example: evmap places Panjwai --province Kandahar");
    return false;
}

static bool refuse(GError **error, const char *message)
{
    g_set_error_literal(error, EVM_ERROR, EVM_ERROR_USAGE, message);
    return false;
}

static bool check_theme(const EvmCliOptions *options, GError **error)
{
    static const char *const known[] = {"show", NULL};
    for (guint i = 0; i < options->names->len; i++)
        if (i > 0 || strcmp(options->names->pdata[i], "show") != 0)
            return evm_cli_refuse_word(error, "theme", options->names->pdata[i], known);
    return options->names->len > 0 ||
           refuse(error, "what about the theme? For example: evmap theme show --theme dark");
}

static bool has_all(const EvmCliOptions *options, unsigned verb, GError **error)
{
    if (verb & EVM_FOR_PLACES && !check_names(options, error))
        return false;
    if (verb & EVM_FOR_THEME)
        return check_theme(options, error);
    if (verb & EVM_FOR_EXPLAIN && !options->district)
        return refuse(error, "--district is missing: which one? For example --district Panjwai");
    if (verb & EVM_FOR_DAY && evm_date_is_none(options->date))
        return refuse(error, "--date is missing: which day? For example --date 2021-07-05");
    if (verb & (EVM_FOR_SERIES | EVM_FOR_TIMELINE))
        return evm_cli_period_is_complete(options, error);
    if (verb & EVM_FOR_CHANGES)
        return evm_cli_comparison_is_complete(options, error);
    return true;
}

/* Rows of the shipped events are not read as the user's own. */
static bool check_how(const EvmCliOptions *options, GError **error)
{
    static const char *const names[] = {"preset",   "map",       "date-order",
                                        "calendar", "delimiter", "encoding"};
    for (size_t i = 0; options->events->len == 0 && i < G_N_ELEMENTS(names); i++) {
        if (!g_hash_table_contains(options->given, names[i]))
            continue;
        g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE,
                    "--%s says how event tables are to be read, and none is named: add --events, "
                    "or leave it out",
                    names[i]);
        return false;
    }
    return true;
}

bool evm_cli_options_is_complete(const EvmCliOptions *options, unsigned verb, GError **error)
{
    if (options->is_quiet && options->is_verbose)
        return refuse(error, "-q and -v contradict each other: leave out one");
    return check_how(options, error) && has_all(options, verb, error);
}
