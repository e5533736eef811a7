/* What drawing needs besides data: the fonts and the projection library. Opening them takes as long
 * as loading the data, so it is begun on a thread of its own as early as possible. */
#ifndef EVM_PIPELINE_TOOLS_H
#define EVM_PIPELINE_TOOLS_H

#include "render/render.h"

typedef struct EvmTools EvmTools;

/* Returns at once; the theme says which fonts, and is borrowed. */
EvmTools *evm_tools_new(const EvmTheme *theme);
void evm_tools_free(EvmTools *tools);

/* Waits until they are open; borrowed, or NULL and the reason. */
EvmFonts *evm_tools_resolve_fonts(EvmTools *tools, GError **error);

#endif
