#include <string.h>

#include "events/preset.h"
#include "events/words.h"

/* Columns that decide what a row is, in the order of OTHERS. */
enum { EVENT_TYPE, SUB_EVENT_TYPE, ACTOR_2, INTER_1, INTER_2, GEO_PRECISION, TAGS };

static const char *const SIGNATURE[] = {"event_id_cnty", "event_date", "sub_event_type", "actor1",
                                        NULL};
static const char *const OTHERS[] = {"event_type", "sub_event_type", "actor2", "inter1",
                                     "inter2",     "geo_precision",  "tags",   NULL};

static const EvmColumnName NAMES[] = {
    {"event_id_cnty", EVM_COLUMN_ID},
    {"event_date", EVM_COLUMN_DATE},
    {"time_precision", EVM_COLUMN_DATE_PRECISION},
    {"admin1", EVM_COLUMN_PROVINCE},
    {"admin2", EVM_COLUMN_DISTRICT},
    {"longitude", EVM_COLUMN_LON},
    {"latitude", EVM_COLUMN_LAT},
    {"sub_event_type", EVM_COLUMN_KIND},
    {"actor1", EVM_COLUMN_ACTOR},
    {"source", EVM_COLUMN_SOURCE},
    {"notes", EVM_COLUMN_HEADLINE},
    {NULL, EVM_COLUMN_COUNT},
};

/* Their names of the two sides in Afghanistan, up to the unit that may follow. */
static const struct {
    const char *theirs, *ours;
} SIDES[] = {
    {"Taliban", "Taliban"},
    {"Military Forces of Afghanistan (2021-)", "Taliban"},
    {"Police Forces of Afghanistan (2021-)", "Taliban"},
    {"Government of Afghanistan (2021-)", "Taliban"},
    {"Military Forces of Afghanistan (2004-2021)", "Government"},
    {"Police Forces of Afghanistan (2004-2021)", "Government"},
    {"Government of Afghanistan (2004-2021)", "Government"},
};

static const char *find_side(const char *actor)
{
    for (size_t i = 0; i < G_N_ELEMENTS(SIDES); i++) {
        size_t length = strlen(SIDES[i].theirs);
        if (!g_str_has_prefix(actor, SIDES[i].theirs))
            continue;
        bool is_unit = actor[length] == ' ' && actor[length - 1] == ')';
        if (actor[length] == '\0' || is_unit)
            return SIDES[i].ours;
    }
    return actor;
}

/* Older files number the kinds of actors. */
static bool is_state(const char *inter)
{
    return g_ascii_strcasecmp(inter, "State forces") == 0 || strcmp(inter, "1") == 0;
}

static bool is_armed_group(const char *inter)
{
    static const char *const groups[] = {"Rebel group",       "Rebel groups",       "2",
                                         "Political militia", "Political militias", "3",
                                         "Identity militia",  "Identity militias",  "4"};
    for (size_t i = 0; i < G_N_ELEMENTS(groups); i++)
        if (g_ascii_strcasecmp(inter, groups[i]) == 0)
            return true;
    return false;
}

/* Which of the two gained, as 1 or 2; 0 when the row does not tell: its order says nothing. */
static int find_winner(const EvmCells *cells)
{
    const char *what = cells->other[SUB_EVENT_TYPE];
    bool (*is_winner)(const char *inter) = NULL;
    if (g_ascii_strcasecmp(what, "Government regains territory") == 0)
        is_winner = is_state;
    else if (g_ascii_strcasecmp(what, "Non-state actor overtakes territory") == 0)
        is_winner = is_armed_group;
    else
        return *cells->other[ACTOR_2] == '\0' ? 1 : 0;
    bool first = is_winner(cells->other[INTER_1]), second = is_winner(cells->other[INTER_2]);
    if (first == second)
        return 0;
    return first ? 1 : 2;
}

static bool is_transfer(const char *sub_event_type)
{
    static const char *const transfers[] = {"Government regains territory",
                                            "Non-state actor overtakes territory",
                                            "Non-violent transfer of territory"};
    for (size_t i = 0; i < G_N_ELEMENTS(transfers); i++)
        if (g_ascii_strcasecmp(sub_event_type, transfers[i]) == 0)
            return true;
    return false;
}

static void convert_transfer(EvmCells *cells)
{
    const char *actors[] = {find_side(cells->text[EVM_COLUMN_ACTOR]),
                            find_side(cells->other[ACTOR_2])};
    int winner = find_winner(cells);
    cells->text[EVM_COLUMN_KIND] = winner ? "control" : "other";
    if (winner) {
        cells->text[EVM_COLUMN_ACTOR] = actors[winner - 1];
        cells->text[EVM_COLUMN_FROM_ACTOR] = actors[2 - winner];
        return;
    }
    cells->code = "no-direction";
    cells->problem = "the row tells of territory that changed hands and not who gained it, so it "
                     "colours nothing";
    cells->hint = "look at its notes, and add a row of your own that names the actor";
}

/* A larger region is given by its capital: no district is meant. */
static void drop_coarse_place(EvmCells *cells)
{
    if (strcmp(cells->other[GEO_PRECISION], "3") != 0)
        return;
    cells->text[EVM_COLUMN_DISTRICT] = cells->text[EVM_COLUMN_LON] = cells->text[EVM_COLUMN_LAT] =
        "";
    cells->text[EVM_COLUMN_KIND] = "other";
    cells->code = NULL; /* the row gets no-district */
}

/* Week and month: the date is the middle of it. */
static void convert_precision(EvmCells *cells)
{
    static const EvmPrecision precisions[] = {EVM_PRECISION_DAY, EVM_PRECISION_MID_WEEK,
                                              EVM_PRECISION_MID_MONTH};
    const char *code = cells->text[EVM_COLUMN_DATE_PRECISION];
    if (code[0] >= '1' && code[0] <= '3' && code[1] == '\0')
        cells->text[EVM_COLUMN_DATE_PRECISION] = EVM_PRECISION_WORDS[precisions[code[0] - '1']];
}

static void convert(EvmCells *cells)
{
    const char *what = cells->other[SUB_EVENT_TYPE];
    g_string_append_printf(cells->tags, "%s;%s;%s", cells->other[EVENT_TYPE], what,
                           cells->other[TAGS]);
    cells->text[EVM_COLUMN_TAGS] = cells->tags->str;
    convert_precision(cells);
    if (is_transfer(what)) {
        convert_transfer(cells);
    } else {
        bool is_clash = g_ascii_strcasecmp(cells->other[EVENT_TYPE], "Battles") == 0;
        cells->text[EVM_COLUMN_KIND] = is_clash ? "clash" : "other";
        cells->text[EVM_COLUMN_ACTOR] = find_side(cells->text[EVM_COLUMN_ACTOR]);
    }
    drop_coarse_place(cells);
}

const EvmPreset EVM_PRESET_ACLED = {.name = "acled",
                                    .title = "ACLED",
                                    .signature = SIGNATURE,
                                    .names = NAMES,
                                    .others = OTHERS,
                                    .date_order = EVM_DATE_ORDER_DMY,
                                    .names_all = true,
                                    .convert = convert};
