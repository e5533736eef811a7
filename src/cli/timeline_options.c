#include <string.h>

#include "base/text.h"
#include "cli/option_parts.h"
#include "render/jobs.h"

enum { MOST_SHARDS = 10000 };

bool evm_cli_set_step(EvmCliOptions *options, const char *value, GError **error)
{
    static const char *const known[] = {"day", "week", "month", "change", NULL};
    int word = evm_cli_find_word("--step", value, known, error);
    if (word >= 0)
        options->step = (EvmStep)word;
    return word >= 0;
}

static bool parse_count(const char *text, unsigned most, unsigned *out)
{
    double value;
    if (!evm_text_parse_number(text, &value) || value < 1 || value > most ||
        value != (double)(unsigned)value)
        return false;
    *out = (unsigned)value;
    return true;
}

bool evm_cli_set_jobs(EvmCliOptions *options, const char *value, GError **error)
{
    return parse_count(value, EVM_JOBS_THREADS_MAX, &options->jobs) ||
           evm_cli_refuse(error, "--jobs '%s' is no number from 1 to 64", value);
}

bool evm_cli_set_shard(EvmCliOptions *options, const char *value, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(value, "/", -1);
    if (g_strv_length(parts) == 2 && parse_count(parts[0], MOST_SHARDS, &options->shard) &&
        parse_count(parts[1], MOST_SHARDS, &options->shards) && options->shard <= options->shards)
        return true;
    return evm_cli_refuse(error, "--shard '%s' is no share: write 1/4 to 4/4", value);
}

bool evm_cli_set_dry_run(EvmCliOptions *options, const char *value, GError **error)
{
    (void)value, (void)error;
    return options->is_dry = true;
}

bool evm_cli_set_progress(EvmCliOptions *options, const char *value, GError **error)
{
    static const char *const known[] = {"auto", "json", NULL};
    int word = evm_cli_find_word("--progress", value, known, error);
    options->has_json_progress = word == 1;
    return word >= 0;
}
