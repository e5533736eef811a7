#include "cli/verbs.h"

#include <string.h>

#include "base/text.h"
#include "cli/messages.h"

const EvmVerb evm_verbs[] = {
    {"render", "draw the map of a day, as PNG and SVG, with its manifest", EVM_FOR_RENDER,
     "  evmap render --date 2021-07-05\n"
     "  evmap render --date 2021-07-05 --area Badakhshan --size 1200x1500 --scale 2\n"
     "  evmap render --date 2021-08-15 --events mine.csv --out maps --formats svg\n",
     evm_cmd_render},
    {"timeline", "draw the maps of a period, day by day, with an index", EVM_FOR_TIMELINE,
     "  evmap timeline --from 2021-05-01 --to 2021-08-15\n"
     "  evmap timeline --from 2021-05-01 --to 2021-08-15 --step week --formats png,mp4 --out film\n"
     "  evmap timeline --from 2021-05-01 --to 2021-08-15 --shard 2/4    # on the second of four\n"
     "  evmap timeline merge --from 2021-05-01 --to 2021-08-15          # when all four are done\n",
     evm_cmd_timeline},
    {"status", "count control by province on a day", EVM_FOR_STATUS,
     "  evmap status --date 2021-07-05\n"
     "  evmap status --date 2021-07-05 --format csv\n"
     "  evmap status --date 2021-07-05 --by district --area Kunduz\n",
     evm_cmd_status},
    {"series", "count control day by day, by district, area or population", EVM_FOR_SERIES,
     "  evmap series --from 2021-05-01 --to 2021-08-15\n"
     "  evmap series --from 2021-05-01 --to 2021-08-15 --by population --format csv\n",
     evm_cmd_series},
    {"changes", "list what was gained, lost and retaken in a period, or what corrections changed",
     EVM_FOR_CHANGES,
     "  evmap changes --from 2021-06-28 --to 2021-07-05\n"
     "  evmap changes --from 2021-05-01 --to 2021-08-15 --list sums --format csv\n"
     "  evmap changes --date 2021-07-05 --as-known-on 2021-07-05 --versus 2021-07-20\n",
     evm_cmd_changes},
    {"explain", "say why a district is what it is on a day: the chain of claims", EVM_FOR_EXPLAIN,
     "  evmap explain --district Panjwai --date 2021-07-05\n"
     "  evmap explain --district Kohistan --province Badakhshan --date 2021-07-05\n",
     evm_cmd_explain},
    {"check", "say what joined which district, how, and what did not", EVM_FOR_CHECK,
     "  evmap check\n"
     "  evmap check --events mine.csv\n",
     evm_cmd_check},
    {"places", "say which districts names mean, how sure that is, and what comes next",
     EVM_FOR_PLACES,
     "  evmap places Panjwai 'Nad Ali' --province Kandahar\n"
     "  evmap places پنجوایی --format json\n"
     "  evmap places - < names.csv > answers.csv    # columns name and, if wanted, province\n",
     evm_cmd_places},
    {"theme",
     "show the colours, lines, credit and logo of a sheet, as a file to start your own from",
     EVM_FOR_THEME,
     "  evmap theme show\n"
     "  evmap theme show --theme dark > mine.ini\n",
     evm_cmd_theme},
    {"help", "explain the program or one verb", 0, "  evmap help render\n", evm_cmd_help},
    {"version", "print the versions of evmap and its libraries", 0, "  evmap version\n",
     evm_cmd_version},
    {NULL, NULL, 0, NULL, NULL},
};

const EvmVerb *evm_verb_find(const char *name)
{
    for (const EvmVerb *verb = evm_verbs; verb->name; verb++)
        if (strcmp(verb->name, name) == 0)
            return verb;
    return NULL;
}

int evm_verb_write_refused(const char *name)
{
    if (name[0] == '-')
        return evm_message_write_usage("the verb comes first, as in evmap render --date 2021-07-05",
                                       NULL);
    const char *known[16] = {NULL};
    for (size_t i = 0; evm_verbs[i].name; i++)
        known[i] = evm_verbs[i].name;
    const char *nearest = evm_text_find_nearest(name, known);
    g_autofree char *message =
        nearest ? g_strdup_printf("no verb '%s': did you mean '%s'?", name, nearest)
                : g_strdup_printf("no verb '%s'", name);
    return evm_message_write_usage(message, NULL);
}
