#include <string.h>

#include "events/preset.h"

enum { TYPE_OF_VIOLENCE, WHERE_PREC };

static const char *const SIGNATURE[] = {"type_of_violence", "where_prec", "date_prec", "date_start",
                                        NULL};
static const char *const OTHERS[] = {"type_of_violence", "where_prec", NULL};

/* Candidate files are published without their header. */
static const char *const HEADER[] = {"id",
                                     "relid",
                                     "year",
                                     "active_year",
                                     "code_status",
                                     "type_of_violence",
                                     "conflict_dset_id",
                                     "conflict_new_id",
                                     "conflict_name",
                                     "dyad_dset_id",
                                     "dyad_new_id",
                                     "dyad_name",
                                     "side_a_dset_id",
                                     "side_a_new_id",
                                     "side_a",
                                     "side_b_dset_id",
                                     "side_b_new_id",
                                     "side_b",
                                     "number_of_sources",
                                     "source_article",
                                     "source_office",
                                     "source_date",
                                     "source_headline",
                                     "source_original",
                                     "where_prec",
                                     "where_coordinates",
                                     "where_description",
                                     "adm_1",
                                     "adm_2",
                                     "latitude",
                                     "longitude",
                                     "geom_wkt",
                                     "priogrid_gid",
                                     "country",
                                     "country_id",
                                     "region",
                                     "event_clarity",
                                     "date_prec",
                                     "date_start",
                                     "date_end",
                                     "deaths_a",
                                     "deaths_b",
                                     "deaths_civilians",
                                     "deaths_unknown",
                                     "best",
                                     "high",
                                     "low",
                                     "gwnoa",
                                     "gwnob",
                                     NULL};

static const EvmColumnName NAMES[] = {
    {"id", EVM_COLUMN_ID},
    {"date_start", EVM_COLUMN_DATE},
    {"date_end", EVM_COLUMN_DATE_END},
    {"adm_1", EVM_COLUMN_PROVINCE},
    {"adm_2", EVM_COLUMN_DISTRICT},
    {"longitude", EVM_COLUMN_LON},
    {"latitude", EVM_COLUMN_LAT},
    {"type_of_violence", EVM_COLUMN_KIND},
    {"side_a", EVM_COLUMN_ACTOR},
    {"source_office", EVM_COLUMN_SOURCE},
    {"source_headline", EVM_COLUMN_HEADLINE},
    {NULL, EVM_COLUMN_COUNT},
};

static const char *find_side(const char *side)
{
    if (strcmp(side, "Government of Afghanistan") == 0)
        return "Government";
    return strcmp(side, "Taleban") == 0 ? "Taliban" : side;
}

/* "2021-07-05 00:00:00.000": the days have no times. */
static void cut_midnight(EvmCells *cells, EvmColumn column, char *room)
{
    const char *text = cells->text[column];
    const char *blank = strchr(text, ' ');
    if (!blank || !g_str_has_prefix(blank, " 00:00:00") || blank - text >= EVM_PRESET_DATE_SIZE / 2)
        return;
    memcpy(room, text, (size_t)(blank - text));
    room[blank - text] = '\0';
    cells->text[column] = room;
}

/* State-based, non-state and one-sided violence: who holds a place is never said. */
static void convert(EvmCells *cells)
{
    bool is_clash = strcmp(cells->other[TYPE_OF_VIOLENCE], "3") != 0;
    cells->text[EVM_COLUMN_KIND] = is_clash ? "clash" : "other";
    cells->text[EVM_COLUMN_ACTOR] = find_side(cells->text[EVM_COLUMN_ACTOR]);
    cut_midnight(cells, EVM_COLUMN_DATE, cells->date);
    cut_midnight(cells, EVM_COLUMN_DATE_END, cells->date + EVM_PRESET_DATE_SIZE / 2);
    if (*cells->other[WHERE_PREC] > '3') /* a province, or more */
        cells->text[EVM_COLUMN_DISTRICT] = cells->text[EVM_COLUMN_LON] =
            cells->text[EVM_COLUMN_LAT] = "";
}

const EvmPreset EVM_PRESET_UCDP = {.name = "ucdp",
                                   .title = "UCDP GED",
                                   .signature = SIGNATURE,
                                   .names = NAMES,
                                   .others = OTHERS,
                                   .header = HEADER,
                                   .names_all = true,
                                   .convert = convert};
