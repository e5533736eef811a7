/* Inside render: masks of texts put together from masks of their letters, each of which is drawn
 * once for all texts: a frame of a timeline has many new texts, but hardly a new letter. Letters
 * stand on quarters of a pixel, an eighth beside their place at most. */
#ifndef EVM_RENDER_LETTERS_H
#define EVM_RENDER_LETTERS_H

#include "render/drawing.h"
#include "render/fonts.h"

typedef struct EvmLetters EvmLetters;

/* `fonts` must outlive it. NULL when FreeType does not start. Of one thread. */
EvmLetters *evm_letters_new(EvmFonts *fonts, double scale);
void evm_letters_free(EvmLetters *letters); /* NULL is fine */

/* The masks and the box of a text of a picture of this size. Texts that are turned or have Arabic
 * letters are drawn whole. False when FreeType fails. */
bool evm_letters_compute_text(EvmLetters *letters, EvmDrawingItem *item, EvmPixelBox page);

#endif
