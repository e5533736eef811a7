/* The numbers of developments as they look on the map, in the list and in the legend. */
#include <math.h>

#include "scene/markers.h"
#include "scene/words.h"

/* Corners on a circle, the first at the top or, for a square, beside it. */
typedef struct {
    unsigned corners; /* 0: a disc */
    double reach;     /* of the corners, in radiuses of the disc */
    double turn_deg;
} Shape;

static Shape find_shape(EvmKind kind)
{
    switch (kind) {
    case EVM_KIND_CLASH:
        return (Shape){4, 1.38, 0};
    case EVM_KIND_BORDER:
        return (Shape){4, 1.3, 45};
    case EVM_KIND_CAPITAL:
        return (Shape){5, 1.25, 0};
    default:
        return (Shape){0, 1, 0};
    }
}

double evm_shape_find_reach(EvmKind kind)
{
    return find_shape(kind).reach;
}

static EvmItem *add_polygon(EvmBuilder *builder, EvmPoint center, double radius_px, Shape shape,
                            EvmColor fill)
{
    EvmArena *arena = evm_builder_find_arena(builder);
    EvmPoint *points = evm_arena_alloc_array(arena, shape.corners, sizeof *points);
    uint32_t *end = evm_arena_alloc(arena, sizeof *end);
    for (unsigned i = 0; i < shape.corners; i++) {
        double angle = (360.0 * i / shape.corners + shape.turn_deg - 90) * G_PI / 180;
        points[i] = (EvmPoint){center.x_px + shape.reach * radius_px * cos(angle),
                               center.y_px + shape.reach * radius_px * sin(angle)};
    }
    *end = shape.corners;
    return evm_builder_add_path(builder, (EvmPath){points, end, 1, true}, fill);
}

void evm_shape_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmPoint center,
                    double radius_px, EvmKind kind)
{
    const EvmTheme *theme = request->theme;
    Shape shape = find_shape(kind);
    EvmItem *item = shape.corners > 0
                        ? add_polygon(builder, center, radius_px, shape, theme->ink)
                        : evm_builder_add_disc(builder, (EvmDisc){center, radius_px}, theme->ink);
    item->stroke = (EvmStroke){.color = theme->halo, .width_px = 0.16 * radius_px};
}

void evm_number_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmPoint center,
                     double radius_px, EvmKind kind, unsigned number)
{
    EvmFont font = {EVM_WEIGHT_BOLD, false, (number > 9 ? 1.1 : 1.3) * radius_px, 0, EVM_TYPE_BODY};
    g_autofree char *text = evm_words_format_count(request->language, number);
    EvmTextExtents extents = evm_builder_compute_extents(builder, &font, "0");
    evm_shape_draw(builder, request, center, radius_px, kind);
    evm_builder_add_text(builder, text,
                         (EvmPoint){center.x_px, center.y_px + extents.cap_height_px / 2},
                         EVM_ANCHOR_MIDDLE, font, request->theme->page);
}
