/* How the actors of the data look: a colour each, and for those that a theme does not know a
 * pattern of marks with it, so that two of them are told apart without colours too. */
#ifndef EVM_STYLE_SIGNS_H
#define EVM_STYLE_SIGNS_H

#include "style/theme.h"

typedef enum {
    EVM_PATTERN_NONE,
    EVM_PATTERN_DOTS,
    EVM_PATTERN_GRID,
    EVM_PATTERN_DASHES,
    EVM_PATTERN_LATTICE,
    EVM_PATTERN_DIAMONDS,
    EVM_PATTERN_COUNT
} EvmPattern;

typedef struct {
    EvmColor fill;
    EvmPattern pattern;
    EvmColor mark; /* of the pattern, on the fill */
} EvmSign;

/* One for each of `actors` (NULL-terminated), in their order, which does not matter: an actor's
 * sign comes from its name (ASCII case-blind). It is another one only where the data names another
 * actor whose name asks for the same. No two are alike up to the theme's colours times the
 * patterns. The caller frees. */
EvmSign *evm_signs_compute(const EvmTheme *theme, const char *const *actors);

#endif
