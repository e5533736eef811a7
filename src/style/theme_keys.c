#include "style/theme_keys.h"

#define COLOR_KEY(name, field)                                                                     \
    {                                                                                              \
        "colors", name, EVM_THEME_COLOR, offsetof(EvmTheme, field)                                 \
    }
#define WIDTH_KEY(name, field)                                                                     \
    {                                                                                              \
        "lines", name, EVM_THEME_WIDTH, offsetof(EvmTheme, field)                                  \
    }

#define FONT_KEY(name, script, type)                                                               \
    {                                                                                              \
        "fonts", name, EVM_THEME_FONT, offsetof(EvmTheme, fonts[type][script])                     \
    }

static const EvmThemeKey keys[] = {
    {"theme", "name", EVM_THEME_TEXT, offsetof(EvmTheme, name)},
    COLOR_KEY("page", page),
    COLOR_KEY("text", ink),
    COLOR_KEY("text-soft", ink_soft),
    COLOR_KEY("text-faint", ink_faint),
    COLOR_KEY("text-halo", halo),
    COLOR_KEY("rule", rule),
    COLOR_KEY("land", land),
    COLOR_KEY("land-border", land_border),
    COLOR_KEY("land-text", land_label),
    COLOR_KEY("water", water),
    COLOR_KEY("context", context),
    COLOR_KEY("unassessed", unassessed),
    COLOR_KEY("contested", contested),
    COLOR_KEY("contested-hatch", contested_hatch),
    COLOR_KEY("district-border", district_border),
    COLOR_KEY("province-border", province_border),
    COLOR_KEY("country-border", country_border),
    COLOR_KEY("changed-border", changed_border),
    COLOR_KEY("changed-halo", changed_halo),
    WIDTH_KEY("district-border", district_border_px),
    WIDTH_KEY("province-border", province_border_px),
    WIDTH_KEY("country-border", country_border_px),
    WIDTH_KEY("land-border", land_border_px),
    WIDTH_KEY("changed-border", changed_border_px),
    WIDTH_KEY("changed-halo", changed_halo_px),
    WIDTH_KEY("contested-hatch", contested_hatch_px),
    WIDTH_KEY("stale-hatch", stale_hatch_px),
    WIDTH_KEY("schematic-border", schematic_border_px),
    WIDTH_KEY("graticule", graticule_px),
    WIDTH_KEY("leader", leader_px),
    FONT_KEY("latin", EVM_SCRIPT_LATIN, EVM_TYPE_BODY),
    FONT_KEY("arabic", EVM_SCRIPT_ARABIC, EVM_TYPE_BODY),
    FONT_KEY("latin-title", EVM_SCRIPT_LATIN, EVM_TYPE_TITLE),
    FONT_KEY("arabic-title", EVM_SCRIPT_ARABIC, EVM_TYPE_TITLE),
    {"fonts", "folder", EVM_THEME_TEXT, offsetof(EvmTheme, font_folder)},
    {"sheet", "credit", EVM_THEME_TEXT, offsetof(EvmTheme, credit)},
    {"sheet", "logo", EVM_THEME_TEXT, offsetof(EvmTheme, logo_path)},
};

const EvmThemeKey *evm_theme_key_at(size_t index)
{
    return index < G_N_ELEMENTS(keys) ? &keys[index] : NULL;
}
