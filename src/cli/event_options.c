#include <string.h>

#include "cli/option_parts.h"

bool evm_cli_set_preset(EvmCliOptions *options, const char *value, GError **error)
{
    int word = evm_cli_find_word("--preset", value, EVM_PRESET_NAMES, error);
    if (word >= 0)
        options->how.preset = EVM_PRESET_NAMES[word];
    return word >= 0;
}

static bool is_mapped(const EvmCliOptions *options, const char *ours)
{
    for (guint i = 0; i < options->map->len; i++)
        if (strcmp(strrchr(g_ptr_array_index(options->map, i), '=') + 1, ours) == 0)
            return true;
    return false;
}

/* "theirs=ours"; a name of theirs may hold '=' too. */
static bool add_pair(EvmCliOptions *options, const char *pair, GError **error)
{
    const char *sign = strrchr(pair, '=');
    if (!sign || sign == pair)
        return evm_cli_refuse(error, "--map '%s' is no pair: write --map theirs=district", pair);
    if (evm_cli_find_word("--map", sign + 1, EVM_COLUMN_NAMES, error) < 0)
        return false;
    if (is_mapped(options, sign + 1))
        return evm_cli_refuse(error, "--map gives two columns for '%s'", sign + 1);
    g_ptr_array_add(options->map, g_strdup(pair));
    return true;
}

bool evm_cli_set_map(EvmCliOptions *options, const char *value, GError **error)
{
    g_auto(GStrv) pairs = g_strsplit(value, ",", -1);
    for (char **pair = pairs; *pair; pair++)
        if (!add_pair(options, g_strstrip(*pair), error))
            return false;
    return true;
}

bool evm_cli_set_date_order(EvmCliOptions *options, const char *value, GError **error)
{
    static const char *const known[] = {"dmy", "mdy", "ymd", NULL};
    int word = evm_cli_find_word("--date-order", value, known, error);
    if (word >= 0)
        options->how.date_order = (EvmDateOrder)(EVM_DATE_ORDER_DMY + word);
    return word >= 0;
}

bool evm_cli_set_calendar(EvmCliOptions *options, const char *value, GError **error)
{
    static const char *const known[] = {"gregorian", "solar-hijri", NULL};
    int word = evm_cli_find_word("--calendar", value, known, error);
    options->how.calendar = word == 1 ? EVM_CALENDAR_SOLAR_HIJRI : EVM_CALENDAR_GREGORIAN;
    return word >= 0;
}

bool evm_cli_set_delimiter(EvmCliOptions *options, const char *value, GError **error)
{
    static const char *const known[] = {"comma", "semicolon", "tab", NULL};
    int word = evm_cli_find_word("--delimiter", value, known, error);
    if (word >= 0)
        options->how.dialect.delimiter = ",;\t"[word];
    return word >= 0;
}

bool evm_cli_set_encoding(EvmCliOptions *options, const char *value, GError **error)
{
    g_autofree char *lower = g_ascii_strdown(value, -1);
    int word = evm_cli_find_word("--encoding", lower, EVM_CSV_ENCODINGS, error);
    if (word >= 0)
        options->how.dialect.encoding = EVM_CSV_ENCODINGS[word];
    return word >= 0;
}
