#include "scene/key_line.h"

/* In sizes of the font. */
static const double SWATCH = 1.5, BESIDE = 0.5, APART = 1.5, LEADING = 1.6;

double evm_key_line_compute_leading_px(const EvmFont *font)
{
    return LEADING * font->size_px;
}

/* To the place of the next key. */
static void move_on(EvmKeyLine *line, const char *label)
{
    double words = evm_builder_compute_extents(line->builder, &line->font, label).width_px;
    line->key_px = (SWATCH + BESIDE) * line->font.size_px + words;
    if (line->x_px > line->left_px && line->x_px + line->key_px > line->left_px + line->width_px) {
        line->x_px = line->left_px;
        line->y_px += evm_key_line_compute_leading_px(&line->font);
    }
}

static void move_behind(EvmKeyLine *line)
{
    line->x_px += line->key_px + APART * line->font.size_px;
}

EvmRect evm_key_line_compute_swatch(EvmKeyLine *line, const char *label)
{
    move_on(line, label);
    return (EvmRect){line->x_px, line->y_px, SWATCH * line->font.size_px, line->font.size_px};
}

void evm_key_line_draw(EvmKeyLine *line, const char *label)
{
    double size = line->font.size_px;
    evm_builder_add_text(
        line->builder, label,
        (EvmPoint){line->x_px + (SWATCH + BESIDE) * size, line->y_px + 0.87 * size},
        EVM_ANCHOR_START, line->font, line->color);
    move_behind(line);
}

unsigned evm_key_line_count(const EvmKeyLine *line, const char *const *labels, size_t count)
{
    EvmKeyLine probe = *line;
    unsigned lines = count > 0 ? 1 : 0;
    for (size_t i = 0; i < count; i++) {
        double y = probe.y_px;
        move_on(&probe, labels[i]);
        lines += probe.y_px > y;
        move_behind(&probe);
    }
    return lines;
}
