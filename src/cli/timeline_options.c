#include <string.h>

#include "base/jobs.h"
#include "base/text.h"
#include "cli/option_parts.h"

enum { MOST_SHARDS = 10000 };

bool evm_cli_set_step(EvmCliOptions *options, const char *value, GError **error)
{
    static const char *const known[] = {"day", "week", "month", "change", NULL};
    int word = evm_cli_find_word("--step", value, known, error);
    if (word >= 0)
        options->step = (EvmStep)word;
    return word >= 0;
}

/* Adds one word of --formats. Films are made of PNG files, so those are then written too. */
static void add_format(EvmCliOptions *options, const char *word, unsigned index)
{
    static const unsigned formats[] = {EVM_FORMAT_PNG, EVM_FORMAT_SVG, EVM_FORMAT_PDF,
                                       EVM_FORMAT_CSV, EVM_FORMAT_GEOJSON};
    if (index < G_N_ELEMENTS(formats))
        options->formats |= formats[index];
    else if (strcmp(word, "series") == 0)
        options->has_series = true;
    else if (strcmp(word, "chart") == 0)
        options->has_chart = true;
    else if (strcmp(word, "multiples") == 0)
        options->has_multiples = true;
    else
        options->films |= 1u << (index - G_N_ELEMENTS(formats));
}

bool evm_cli_set_frame_formats(EvmCliOptions *options, const char *value, GError **error)
{
    static const char *const known[] = {"png",   "svg",       "pdf",  "csv", "geojson",
                                        "mp4",   "webm",      "webp", "gif", "series",
                                        "chart", "multiples", NULL};
    g_auto(GStrv) words = g_strsplit(value, ",", -1);
    options->formats = options->films = 0;
    options->has_series = options->has_chart = options->has_multiples = false;
    if (!*words)
        return evm_cli_refuse(error, "--formats '%s' names no format", value);
    for (char **word = words; *word; word++) {
        int index = evm_cli_find_word("--formats", g_strstrip(*word), known, error);
        if (index < 0)
            return false;
        add_format(options, *word, (unsigned)index);
    }
    options->formats |= options->films ? EVM_FORMAT_PNG : 0;
    return true;
}

static bool parse_between(const char *text, double least, double most, double *out)
{
    double value;
    if (!evm_text_parse_number(text, &value) || value < least || value > most)
        return false;
    *out = value;
    return true;
}

bool evm_cli_set_fps(EvmCliOptions *options, const char *value, GError **error)
{
    return parse_between(value, 0.1, 60, &options->frames_per_s) ||
           evm_cli_refuse(error, "--fps '%s' is no number from 0.1 to 60", value);
}

bool evm_cli_set_hold(EvmCliOptions *options, const char *value, GError **error)
{
    return parse_between(value, 0, 60, &options->hold_s) ||
           evm_cli_refuse(error, "--hold '%s' is no number of seconds from 0 to 60", value);
}

bool evm_cli_set_fade(EvmCliOptions *options, const char *value, GError **error)
{
    return parse_between(value, 0, 2, &options->fade_s) ||
           evm_cli_refuse(error, "--fade '%s' is no number of seconds from 0 to 2", value);
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

bool evm_cli_set_lossy_palette(EvmCliOptions *options, const char *value, GError **error)
{
    (void)value, (void)error;
    return options->is_lossy = true;
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
