/* Colours: 8 bits a channel, sRGB, alpha not premultiplied. */
#ifndef EVM_STYLE_COLOR_H
#define EVM_STYLE_COLOR_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint8_t r, g, b, a;
} EvmColor;

#define EVM_RGB(hex)                                                                               \
    ((EvmColor){(uint8_t)(((hex) >> 16) & 0xff), (uint8_t)(((hex) >> 8) & 0xff),                   \
                (uint8_t)((hex)&0xff), 255})
#define EVM_COLOR_NONE ((EvmColor){0, 0, 0, 0})

enum { EVM_COLOR_TEXT_SIZE = 8 }; /* "#rrggbb" and its NUL */

/* "#rrggbb" or "#rrggbbaa", hex digits of either case; false leaves *out alone. */
bool evm_color_parse(const char *text, EvmColor *out);

/* "#rrggbb", without alpha; returns `buffer`. */
const char *evm_color_format(EvmColor color, char buffer[EVM_COLOR_TEXT_SIZE]);

/* `share` of `b`, the rest of `a`, channel by channel; alpha of `a`. */
EvmColor evm_color_compute_mix(EvmColor a, EvmColor b, double share);

/* How far apart two opaque colours are, 0 to 442: the length of the line between them in the cube
 * of their channels. */
double evm_color_compute_distance(EvmColor a, EvmColor b);

/* Contrast ratio of two opaque colours, 1 to 21. Source: WCAG 2.1, relative luminance. */
double evm_color_compute_contrast(EvmColor a, EvmColor b);

#endif
