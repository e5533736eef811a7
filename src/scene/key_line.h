/* Keys in running lines: a swatch and its words, then the next, on a new line where there is no
 * room.
 */
#ifndef EVM_SCENE_KEY_LINE_H
#define EVM_SCENE_KEY_LINE_H

#include "scene/builder.h"

typedef struct {
    EvmBuilder *builder;
    EvmFont font;
    EvmColor color; /* of the words */
    double left_px, width_px;
    double x_px, y_px; /* left top of the next key; starts as left_px and the top */
    double key_px;     /* width of the key under way */
} EvmKeyLine;

double evm_key_line_compute_leading_px(const EvmFont *font);
/* Where the swatch of the next key is to be drawn. */
EvmRect evm_key_line_compute_swatch(EvmKeyLine *line, const char *label);
/* The words beside the swatch that was computed last. */
void evm_key_line_draw(EvmKeyLine *line, const char *label);
/* How many lines these keys take. */
unsigned evm_key_line_count(const EvmKeyLine *line, const char *const *labels, size_t count);

#endif
