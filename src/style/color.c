#include "style/color.h"

#include <glib.h>
#include <math.h>
#include <string.h>

const char *evm_color_format(EvmColor color, char buffer[EVM_COLOR_TEXT_SIZE])
{
    g_snprintf(buffer, EVM_COLOR_TEXT_SIZE, "#%02x%02x%02x", color.r, color.g, color.b);
    return buffer;
}

static bool take_byte(const char *digits, uint8_t *out)
{
    int high = g_ascii_xdigit_value(digits[0]), low = g_ascii_xdigit_value(digits[1]);
    *out = (uint8_t)(16 * high + low);
    return high >= 0 && low >= 0;
}

bool evm_color_parse(const char *text, EvmColor *out)
{
    size_t length = strlen(text);
    EvmColor color = {.a = 255};
    if (text[0] != '#' || (length != strlen("#rrggbb") && length != strlen("#rrggbbaa")))
        return false;
    if (!take_byte(text + 1, &color.r) || !take_byte(text + 3, &color.g) ||
        !take_byte(text + 5, &color.b))
        return false;
    if (length == strlen("#rrggbbaa") && !take_byte(text + 7, &color.a))
        return false;
    *out = color;
    return true;
}

static double linear(uint8_t channel)
{
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(EvmColor color)
{
    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

double evm_color_compute_distance(EvmColor a, EvmColor b)
{
    double r = a.r - b.r, g = a.g - b.g, blue = a.b - b.b;
    return sqrt(r * r + g * g + blue * blue);
}

double evm_color_compute_contrast(EvmColor a, EvmColor b)
{
    double la = luminance(a), lb = luminance(b);
    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

static uint8_t mix(uint8_t a, uint8_t b, double share)
{
    return (uint8_t)lrint(a + (b - a) * share);
}

EvmColor evm_color_compute_mix(EvmColor a, EvmColor b, double share)
{
    return (EvmColor){mix(a.r, b.r, share), mix(a.g, b.g, share), mix(a.b, b.b, share), a.a};
}
