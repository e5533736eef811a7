/* How things look: colours by actor, line widths, type sizes. Constant data. */
#ifndef EVM_STYLE_THEME_H
#define EVM_STYLE_THEME_H

#include <stdbool.h>
#include <stddef.h>

#include "style/color.h"

/* Widths are px at a 1600x1200 sheet; the sheet scales them. */
typedef struct {
    EvmColor page;        /* behind everything */
    EvmColor ink;         /* titles, labels */
    EvmColor ink_soft;    /* second lines */
    EvmColor ink_faint;   /* notes, province names */
    EvmColor rule;        /* thin rules between blocks */
    EvmColor land;        /* neighbouring countries */
    EvmColor land_border; /* between them */
    EvmColor land_label;
    EvmColor context; /* districts outside the chosen area */
    EvmColor unassessed;
    EvmColor contested;
    EvmColor district_border;
    EvmColor province_border;
    EvmColor country_border;
    EvmColor changed_border;
    EvmColor halo;
    double district_border_px, province_border_px, country_border_px, changed_border_px;
} EvmTheme;

const EvmTheme *evm_theme_find_default(void);

/* The fill of districts held by `actor`. Known actors keep their colour on every map; others take
 * one by the order in which the data names them (`index`). Names compare ASCII case-blind. */
EvmColor evm_theme_find_actor(const EvmTheme *theme, const char *actor, size_t index);

#endif
