/* Inside render: masks of what paths cover, drawn by cairo once and laid on tile after tile and
 * picture after picture in whatever colour. A district is filled anew whenever it changes hands or
 * a neighbour does, but its shape stays. */
#ifndef EVM_RENDER_STENCILS_H
#define EVM_RENDER_STENCILS_H

#include "render/drawing.h"

/* Of one thread. */
typedef struct EvmStencils EvmStencils;

/* Of drawings of pictures of this size, at `scale`. */
EvmStencils *evm_stencils_new(EvmPixelBox page, double scale);
/* Another one that looks into `first` before it draws; `first` must outlive it and not change. */
EvmStencils *evm_stencils_new_like(const EvmStencils *first);
void evm_stencils_free(EvmStencils *stencils); /* NULL is fine */

/* Whether an item is drawn from stencils: a path of which no mask is so large that it would cost
 * more than it saves. A question about the item alone, so that its pixels depend on nothing else.
 */
bool evm_stencils_is_fit(const EvmStencils *stencils, const EvmDrawingItem *item);

/* Of the inside of a path, to the even-odd rule; of the stroke along one of its parts. Borrowed
 * until evm_stencils_clear_unused. NULL when cairo fails. */
const EvmMask *evm_stencils_find_fill(EvmStencils *stencils, const EvmFixedPath *path);
const EvmMask *evm_stencils_find_line(EvmStencils *stencils, const EvmFixedPath *path,
                                      uint32_t part, const EvmStroke *stroke);

/* A picture is done. When there are too many stencils, only those that it needed are kept. */
void evm_stencils_clear_unused(EvmStencils *stencils);

#endif
