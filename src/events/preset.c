#include "events/preset.h"

#include <string.h>

static const EvmPreset *const PRESETS[] = {&EVM_PRESET_NATIVE, &EVM_PRESET_ACLED, &EVM_PRESET_UCDP,
                                           &EVM_PRESET_GTD};

const char *const EVM_PRESET_NAMES[] = {"native", "acled", "ucdp", "gtd", NULL};

/* Names of the same things in tables of boundaries, of aid agencies and of newsrooms. */
static const EvmColumnName NATIVE_NAMES[] = {
    {"event_id", EVM_COLUMN_ID},
    {"event_id_cnty", EVM_COLUMN_ID},
    {"data_id", EVM_COLUMN_ID},
    {"event_date", EVM_COLUMN_DATE},
    {"date_start", EVM_COLUMN_DATE},
    {"reference_period_start", EVM_COLUMN_DATE},
    {"reference_period_end", EVM_COLUMN_DATE_END},
    {"admin1", EVM_COLUMN_PROVINCE},
    {"adm_1", EVM_COLUMN_PROVINCE},
    {"provstate", EVM_COLUMN_PROVINCE},
    {"ADM1_EN", EVM_COLUMN_PROVINCE},
    {"adm1_name", EVM_COLUMN_PROVINCE},
    {"admin1Name_en", EVM_COLUMN_PROVINCE},
    {"admin1_name", EVM_COLUMN_PROVINCE},
    {"provider_admin1_name", EVM_COLUMN_PROVINCE},
    {"NAME_1", EVM_COLUMN_PROVINCE},
    {"PROV_34_NA", EVM_COLUMN_PROVINCE},
    {"prov", EVM_COLUMN_PROVINCE},
    {"admin2", EVM_COLUMN_DISTRICT},
    {"adm_2", EVM_COLUMN_DISTRICT},
    {"ADM2_EN", EVM_COLUMN_DISTRICT},
    {"adm2_name", EVM_COLUMN_DISTRICT},
    {"admin2Name_en", EVM_COLUMN_DISTRICT},
    {"admin2_name", EVM_COLUMN_DISTRICT},
    {"provider_admin2_name", EVM_COLUMN_DISTRICT},
    {"NAME_2", EVM_COLUMN_DISTRICT},
    {"shapeName", EVM_COLUMN_DISTRICT},
    {"ADM2_PCODE", EVM_COLUMN_PCODE},
    {"admin2Pcode", EVM_COLUMN_PCODE},
    {"admin2Pcod", EVM_COLUMN_PCODE},
    {"admin2_code", EVM_COLUMN_PCODE},
    {"longitude", EVM_COLUMN_LON},
    {"latitude", EVM_COLUMN_LAT},
    {NULL, EVM_COLUMN_COUNT},
};

const EvmPreset EVM_PRESET_NATIVE = {.name = "native", .title = "evmap", .names = NATIVE_NAMES};

const EvmPreset *evm_preset_find(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(PRESETS); i++)
        if (g_ascii_strcasecmp(PRESETS[i]->name, name) == 0)
            return PRESETS[i];
    return NULL;
}

/* R and some exports leave this of a byte order mark before the first name. */
static const char *skip_damage(const char *header)
{
    static const char *const damages[] = {"\xEF\xBB\xBF", "ï»¿", "ï.."};
    for (size_t i = 0; i < G_N_ELEMENTS(damages); i++)
        if (g_str_has_prefix(header, damages[i]))
            return header + strlen(damages[i]);
    return header;
}

bool evm_header_is_name(const char *header, const char *name)
{
    return evm_csv_is_header(skip_damage(header), name);
}

static bool has_column(const EvmCsvRow *header, const char *name)
{
    for (size_t i = 0; i < header->count; i++)
        if (evm_header_is_name(header->fields[i], name))
            return true;
    return false;
}

static bool has_signature(const EvmCsvRow *header, const EvmPreset *preset)
{
    for (const char *const *name = preset->signature; *name; name++)
        if (!has_column(header, *name))
            return false;
    return true;
}

const EvmPreset *evm_preset_find_by_header(const EvmCsvRow *header)
{
    for (size_t i = 0; i < G_N_ELEMENTS(PRESETS); i++)
        if (PRESETS[i]->signature && has_signature(header, PRESETS[i]))
            return PRESETS[i];
    return &EVM_PRESET_NATIVE;
}
