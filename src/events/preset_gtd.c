#include <string.h>

#include "events/preset.h"

enum { YEAR, MONTH, DAY, SPECIFICITY };

static const char *const SIGNATURE[] = {"eventid", "iyear", "imonth", "iday", "gname", NULL};
static const char *const OTHERS[] = {"iyear", "imonth", "iday", "specificity", NULL};

static const EvmColumnName NAMES[] = {
    {"eventid", EVM_COLUMN_ID},         {"iyear", EVM_COLUMN_DATE},
    {"provstate", EVM_COLUMN_PROVINCE}, {"longitude", EVM_COLUMN_LON},
    {"latitude", EVM_COLUMN_LAT},       {"attacktype1_txt", EVM_COLUMN_KIND},
    {"gname", EVM_COLUMN_ACTOR},        {"scite1", EVM_COLUMN_SOURCE},
    {"summary", EVM_COLUMN_HEADLINE},   {NULL, EVM_COLUMN_COUNT},
};

/* A month or day of 0 is not known. */
static void convert_date(EvmCells *cells)
{
    const char *month = cells->other[MONTH], *day = cells->other[DAY];
    g_snprintf(cells->date, sizeof cells->date, "%.4s-%s%.2s-%s%.2s", cells->other[YEAR],
               strlen(month) == 1 ? "0" : "", month, strlen(day) == 1 ? "0" : "", day);
    cells->text[EVM_COLUMN_DATE] = cells->date;
}

/* Attacks on whomever: none says who holds a place. Points of specificity 4 and 5 are the centre of
 * a province or less. */
static void convert(EvmCells *cells)
{
    convert_date(cells);
    g_string_append(cells->tags, cells->text[EVM_COLUMN_KIND]);
    cells->text[EVM_COLUMN_TAGS] = cells->tags->str;
    cells->text[EVM_COLUMN_KIND] = "other";
    if (*cells->other[SPECIFICITY] > '3')
        cells->text[EVM_COLUMN_LON] = cells->text[EVM_COLUMN_LAT] = "";
}

const EvmPreset EVM_PRESET_GTD = {.name = "gtd",
                                  .title = "GTD",
                                  .signature = SIGNATURE,
                                  .names = NAMES,
                                  .others = OTHERS,
                                  .names_all = true,
                                  .convert = convert};
