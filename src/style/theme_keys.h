/* The keys of a theme's file and where they stand in an EvmTheme. Only the theme's files use it. */
#ifndef EVM_STYLE_THEME_KEYS_H
#define EVM_STYLE_THEME_KEYS_H

#include "style/theme.h"

typedef enum { EVM_THEME_TEXT, EVM_THEME_COLOR, EVM_THEME_WIDTH, EVM_THEME_FONT } EvmThemeKeyKind;

typedef struct {
    const char *group, *name;
    EvmThemeKeyKind kind;
    size_t offset; /* in EvmTheme */
} EvmThemeKey;

/* In the order in which they are written, where a group's keys stand together; NULL behind the
 * last. */
const EvmThemeKey *evm_theme_key_at(size_t index);

#endif
