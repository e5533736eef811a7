#include "style/theme.h"

#include <glib.h>

typedef struct {
    const char *name;
    EvmColor color;
} ActorColor;

/* Lightness falls from contested to Taliban, so that the map survives a grey photocopy. */
static const ActorColor known_actors[] = {
    {"Taliban", {0xb8, 0x4a, 0x3c, 255}},
    {"Government", {0x5b, 0x8f, 0xb9, 255}},
    {"Resistance(NRF)", {0x3f, 0x8f, 0x6b, 255}},
};

/* Tol's muted scheme, without the hues taken above. */
static const EvmColor spare_colors[] = {
    {0x88, 0x22, 0x55, 255}, {0x99, 0x99, 0x33, 255}, {0x33, 0x22, 0x88, 255},
    {0x44, 0xaa, 0x99, 255}, {0xaa, 0x44, 0x99, 255}, {0x66, 0x66, 0x66, 255},
};

static const EvmTheme default_theme = {
    .page = {0xff, 0xff, 0xff, 255},
    .ink = {0x1c, 0x1c, 0x1e, 255},
    .ink_soft = {0x4a, 0x4a, 0x50, 255},
    .ink_faint = {0x6a, 0x6a, 0x70, 255},
    .rule = {0xd4, 0xd2, 0xcc, 255},
    .land = {0xf1, 0xef, 0xea, 255},
    .land_border = {0xc9, 0xc5, 0xba, 255},
    .land_label = {0x8a, 0x86, 0x7c, 255},
    .context = {0xe9, 0xe6, 0xdf, 255},
    .unassessed = {0xdc, 0xda, 0xd4, 255},
    .contested = {0xe8, 0xb4, 0x5a, 255},
    .district_border = {0xff, 0xff, 0xff, 255},
    .province_border = {0x5d, 0x58, 0x52, 255},
    .country_border = {0x3a, 0x36, 0x32, 255},
    .changed_border = {0x1c, 0x14, 0x10, 255},
    .halo = {0xff, 0xff, 0xff, 235},
    .district_border_px = 0.7,
    .province_border_px = 1.1,
    .country_border_px = 2.0,
    .changed_border_px = 2.2,
};

const EvmTheme *evm_theme_find_default(void)
{
    return &default_theme;
}

EvmColor evm_theme_find_actor(const EvmTheme *theme, const char *actor, size_t index)
{
    (void)theme;
    for (size_t i = 0; i < G_N_ELEMENTS(known_actors); i++)
        if (g_ascii_strcasecmp(known_actors[i].name, actor) == 0)
            return known_actors[i].color;
    return spare_colors[index % G_N_ELEMENTS(spare_colors)];
}
