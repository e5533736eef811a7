#include "scene/layout.h"

#include <math.h>
#include <stdbool.h>

static double clamp(double value, double low, double high)
{
    return fmin(fmax(value, low), high);
}

static void lay_landscape(EvmLayout *layout)
{
    double panel = round(clamp(0.235 * layout->width_px, 190, 420 * layout->type));
    double gap = layout->margin_px;
    double top = layout->head.y_px + layout->head.height_px;
    double bottom = layout->notes.y_px;
    double panel_x = layout->width_px - layout->margin_px - panel;
    layout->map = (EvmRect){0, top, panel_x - gap, bottom - top};
    layout->panel = (EvmRect){panel_x, top, panel, bottom - top};
}

static void lay_portrait(EvmLayout *layout)
{
    double top = layout->head.y_px + layout->head.height_px;
    double bottom = layout->notes.y_px;
    double map = round(fmin((bottom - top) * 0.66, layout->width_px * 0.86));
    layout->map = (EvmRect){0, top, layout->width_px, map};
    layout->panel = (EvmRect){layout->margin_px, top + map + layout->margin_px / 2,
                              layout->width_px - 2 * layout->margin_px,
                              bottom - top - map - layout->margin_px / 2};
}

EvmLayout evm_layout_compute(double width_px, double height_px)
{
    double ratio = fmin(width_px / 1600, height_px / 1200);
    if (width_px < 1.15 * height_px)
        ratio = fmin(width_px / 1200, height_px / 1500);
    /* Type shrinks more slowly than the page: small maps are read on small screens. */
    EvmLayout layout = {.width_px = width_px,
                        .height_px = height_px,
                        .type = clamp(pow(ratio, 0.6), 0.5, 4),
                        .line = clamp(pow(ratio, 0.7), 0.5, 4)};
    layout.margin_px = round(32 * layout.type);
    double text_width = width_px - 2 * layout.margin_px;
    /* Narrow pages break the summary into two lines, and each note. */
    bool is_narrow = text_width < 1440 * layout.type;
    layout.head = (EvmRect){layout.margin_px, layout.margin_px, text_width,
                            round((is_narrow ? 132 : 108) * layout.type)};
    double notes = round((is_narrow ? 82 : 56) * layout.type);
    layout.notes = (EvmRect){layout.margin_px, height_px - notes - round(layout.margin_px * 0.6),
                             text_width, notes};
    if (width_px < 1.15 * height_px)
        lay_portrait(&layout);
    else
        lay_landscape(&layout);
    return layout;
}
