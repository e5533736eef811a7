#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/option_parts.h"

enum { MOST_DAYS = 3650 };

bool evm_cli_set_known(EvmCliOptions *options, const char *value, GError **error)
{
    return evm_date_parse(value, &options->known) ||
           evm_cli_refuse(error, "--as-known-on '%s' is no day: write it as 2021-07-05", value);
}

/* Whole days from `least` on; "off" is `off`. */
static bool parse_days(const char *value, int least, int off, int *out)
{
    double days;
    if (strcmp(value, "off") == 0) {
        *out = off;
        return true;
    }
    if (!evm_text_parse_number(value, &days) || days < least || days > MOST_DAYS ||
        days != (double)(int)days)
        return false;
    *out = (int)days;
    return true;
}

bool evm_cli_set_dispute_window(EvmCliOptions *options, const char *value, GError **error)
{
    return parse_days(value, 0, -1, &options->dispute_window_days) ||
           evm_cli_refuse(
               error, "--dispute-window '%s' is no number of days from 0 to 3650, or off", value);
}

bool evm_cli_set_stale_after(EvmCliOptions *options, const char *value, GError **error)
{
    return parse_days(value, 1, 0, &options->stale_after_days) ||
           evm_cli_refuse(error, "--stale-after '%s' is no number of days from 1 to 3650, or off",
                          value);
}

bool evm_cli_set_baseline(EvmCliOptions *options, const char *value, GError **error)
{
    (void)error;
    g_free(options->baseline);
    options->baseline = strcmp(value, "none") == 0 ? NULL : g_strdup(value);
    return true;
}

bool evm_cli_set_from(EvmCliOptions *options, const char *value, GError **error)
{
    return evm_date_parse(value, &options->from) ||
           evm_cli_refuse(error, "--from '%s' is no day: write it as 2021-07-05", value);
}

bool evm_cli_set_to(EvmCliOptions *options, const char *value, GError **error)
{
    return evm_date_parse(value, &options->to) ||
           evm_cli_refuse(error, "--to '%s' is no day: write it as 2021-07-05", value);
}

bool evm_cli_set_by(EvmCliOptions *options, const char *value, GError **error)
{
    static const char *const known[] = {"district", "area", "population", NULL};
    int word = evm_cli_find_word("--by", value, known, error);
    if (word >= 0)
        options->unit = (EvmUnit)word;
    return word >= 0;
}

bool evm_cli_set_rows(EvmCliOptions *options, const char *value, GError **error)
{
    static const char *const known[] = {"province", "district", NULL};
    int word = evm_cli_find_word("--by", value, known, error);
    options->is_by_district = word == 1;
    return word >= 0;
}

bool evm_cli_set_versus(EvmCliOptions *options, const char *value, GError **error)
{
    return evm_date_parse(value, &options->versus) ||
           evm_cli_refuse(error, "--versus '%s' is no day: write it as 2021-07-05", value);
}

bool evm_cli_set_list(EvmCliOptions *options, const char *value, GError **error)
{
    static const char *const known[] = {"all", "net", "sums", NULL};
    int word = evm_cli_find_word("--list", value, known, error);
    if (word >= 0)
        options->list = (EvmList)word;
    return word >= 0;
}

static bool refuse(GError **error, const char *message)
{
    g_set_error_literal(error, EVM_ERROR, EVM_ERROR_USAGE, message);
    return false;
}

bool evm_cli_comparison_is_complete(const EvmCliOptions *options, GError **error)
{
    bool has_date = !evm_date_is_none(options->date),
         has_versus = !evm_date_is_none(options->versus);
    bool has_period = !evm_date_is_none(options->from) || !evm_date_is_none(options->to);
    if (has_date && has_period)
        return refuse(error, "--date asks about one day, --from and --to about a period: leave out "
                             "one or the other");
    if (has_versus && !has_date)
        return refuse(error, "--versus compares one day as known on two others: give the one with "
                             "--date");
    if (!has_date)
        return evm_cli_period_is_complete(options, error);
    if (options->known.days == EVM_KNOWN_NOW.days)
        return refuse(error,
                      "--as-known-on is missing: what did one know on which day? For example "
                      "--as-known-on 2021-07-05");
    return true;
}

bool evm_cli_period_is_complete(const EvmCliOptions *options, GError **error)
{
    bool has_from = !evm_date_is_none(options->from), has_to = !evm_date_is_none(options->to);
    char text[EVM_DATE_TEXT_SIZE], to[EVM_DATE_TEXT_SIZE];
    if (!has_from || !has_to) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE,
                    "--%s is missing: which day? For example --%s 2021-07-05",
                    has_from ? "to" : "from", has_from ? "to" : "from");
        return false;
    }
    if (options->from.days <= options->to.days)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE, "--from %s lies after --to %s",
                evm_date_format(options->from, text), evm_date_format(options->to, to));
    return false;
}

EvmQuestion evm_cli_options_compute_question(const EvmCliOptions *options, const EvmInputs *inputs,
                                             EvmDate date)
{
    return (EvmQuestion){
        .date = date,
        .known = options->known,
        .dispute_window_days = options->dispute_window_days,
        .stale_after_days = options->stale_after_days,
        .baseline = inputs ? inputs->baseline : (EvmControl){EVM_CONTROL_UNASSESSED, 0},
    };
}
