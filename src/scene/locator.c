/* The locator: a small map in a free corner that shows where the large one lies. Of a part of the
 * country it shows the country with that part in it; of the whole, the country among its
 * neighbours. It is the large map's own geometry made small, so it has its projection. */
#include <math.h>
#include <string.h>

#include "scene/parts.h"

static const double SHARE = 0.15, LEAST_PX = 90;        /* of the map's width */
static const double ASPECT = 0.74;                      /* height to width */
static const double NEAR_PX = 0.7;                      /* closer points are left out */
static const double AROUND_COUNTRY = 0.3, INSET = 0.06; /* of the extent, on each side */

/* From the large map to the small one. */
typedef struct {
    EvmRect from, box;
    double scale;
} Lens;

static EvmRect extent_of(const EvmPoint *points, size_t count)
{
    EvmPoint low = {INFINITY, INFINITY}, high = {-INFINITY, -INFINITY};
    for (size_t i = 0; i < count; i++) {
        low.x_px = fmin(low.x_px, points[i].x_px);
        low.y_px = fmin(low.y_px, points[i].y_px);
        high.x_px = fmax(high.x_px, points[i].x_px);
        high.y_px = fmax(high.y_px, points[i].y_px);
    }
    return (EvmRect){low.x_px, low.y_px, high.x_px - low.x_px, high.y_px - low.y_px};
}

static bool shows_part(const EvmSheetRequest *request)
{
    return request->map->is_cut ||
           request->universe->count < request->universe->geodata->area_count;
}

static bool has_place(const EvmSheetRequest *request)
{
    const EvmLayout *layout = request->layout;
    return evm_layout_has(layout, EVM_REGION_CHART) && request->map->neighbours.geodata &&
           SHARE * request->map->frame.width_px >= LEAST_PX;
}

/* Above or below the scale bar, flush with it. */
static EvmRect move_off(EvmRect scale, const EvmRect *frame, double margin, EvmRect box)
{
    bool is_left = box.x_px < frame->x_px + frame->width_px / 2;
    bool is_top = box.y_px < frame->y_px + frame->height_px / 2;
    box.x_px = is_left ? scale.x_px : scale.x_px + scale.width_px - box.width_px;
    box.y_px = is_top ? scale.y_px + scale.height_px + margin : scale.y_px - margin - box.height_px;
    return box;
}

/* On a sheet of the same map. */
static bool find_drawn(const EvmScene *like, EvmRect *box)
{
    for (size_t i = 0; i < like->layer_count; i++)
        if (strcmp(like->layers[i].id, "locator") == 0) {
            *box = like->layers[i].clip;
            return true;
        }
    return false;
}

/* A free corner, or what the scale bar leaves of its own. */
bool evm_locator_find_box(const EvmSheetRequest *request, EvmRect *box)
{
    if (request->like)
        return find_drawn(request->like, box);
    const EvmRect *frame = &request->map->frame;
    double margin = 12 * request->layout->type, width = SHARE * frame->width_px;
    double height = ASPECT * width;
    double left = frame->x_px + margin, top = frame->y_px + margin;
    double right = frame->x_px + frame->width_px - margin - width;
    double bottom = frame->y_px + frame->height_px - margin - height;
    const EvmPoint corners[] = {{left, top}, {right, bottom}, {left, bottom}, {right, top}};
    if (!has_place(request))
        return false;
    EvmRect scale = evm_scale_bar_compute_box(request);
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(corners); i++) {
        EvmPoint corner = corners[i % G_N_ELEMENTS(corners)];
        *box = (EvmRect){corner.x_px, corner.y_px, width, height};
        bool is_shared = evm_rect_is_overlapping(evm_rect_compute_inset(*box, -margin), scale);
        if (is_shared)
            *box = move_off(scale, frame, margin, *box);
        if (is_shared == (i >= G_N_ELEMENTS(corners)) && !evm_map_has_district(request->map, *box))
            return true;
    }
    return false;
}

static Lens compute_lens(const EvmSheetRequest *request, EvmRect box)
{
    const EvmMapPart *part = &request->map->districts;
    EvmRect from = extent_of(part->points, part->geodata->point_count);
    double more = shows_part(request) ? INSET : AROUND_COUNTRY;
    from.x_px -= more * from.width_px;
    from.y_px -= more * from.height_px;
    from.width_px *= 1 + 2 * more;
    from.height_px *= 1 + 2 * more;
    return (Lens){from, box, fmin(box.width_px / from.width_px, box.height_px / from.height_px)};
}

static EvmPoint shrink(const Lens *lens, EvmPoint point)
{
    double x = point.x_px - lens->from.x_px - lens->from.width_px / 2;
    double y = point.y_px - lens->from.y_px - lens->from.height_px / 2;
    return (EvmPoint){lens->box.x_px + lens->box.width_px / 2 + x * lens->scale,
                      lens->box.y_px + lens->box.height_px / 2 + y * lens->scale};
}

/* Ends of parts stay; of the rest, points that lie apart. */
static EvmPath shrink_path(const Lens *lens, EvmPath path, EvmArena *arena)
{
    uint32_t all = path.part_count ? path.ends[path.part_count - 1] : 0, kept = 0, from = 0;
    EvmPoint *points = evm_arena_alloc_array(arena, all, sizeof *points);
    uint32_t *ends = evm_arena_alloc_array(arena, path.part_count, sizeof *ends);
    for (uint32_t i = 0; i < path.part_count; from = path.ends[i++]) {
        for (uint32_t k = from; k < path.ends[i]; k++) {
            EvmPoint at = shrink(lens, path.points[k]);
            bool is_end = k == from || k + 1 == path.ends[i];
            if (is_end ||
                hypot(at.x_px - points[kept - 1].x_px, at.y_px - points[kept - 1].y_px) >= NEAR_PX)
                points[kept++] = at;
        }
        ends[i] = kept;
    }
    return (EvmPath){points, ends, path.part_count, path.is_closed};
}

static bool is_any(const EvmArc *arc, const void *user)
{
    (void)user;
    return arc->left >= 0 && arc->right >= 0;
}

static void draw_country(EvmBuilder *builder, const EvmSheetRequest *request, const Lens *lens,
                         EvmColor fill)
{
    const EvmMapPart *part = &request->map->neighbours;
    EvmArena *arena = evm_builder_find_arena(builder);
    for (size_t i = 0; i < part->geodata->area_count; i++)
        if (evm_map_is_home(&part->geodata->areas[i]))
            evm_builder_add_path(builder, shrink_path(lens, part->paths[i], arena), fill);
    EvmPath borders = evm_map_compute_arc_path(part, is_any, NULL, arena);
    if (borders.part_count > 0)
        evm_builder_add_path(builder, shrink_path(lens, borders, arena), EVM_COLOR_NONE)->stroke =
            (EvmStroke){.color = request->theme->land_label,
                        .width_px = 0.7 * request->layout->line};
}

/* The window's outline, or the chosen provinces. */
static void draw_part(EvmBuilder *builder, const EvmSheetRequest *request, const Lens *lens)
{
    const EvmUniverse *universe = request->universe;
    const EvmRect *frame = &request->map->frame;
    EvmArena *arena = evm_builder_find_arena(builder);
    if (request->map->is_cut) {
        EvmPoint low = shrink(lens, (EvmPoint){frame->x_px, frame->y_px});
        EvmRect window = {low.x_px, low.y_px, frame->width_px * lens->scale,
                          frame->height_px * lens->scale};
        evm_builder_add_rect(builder, window, EVM_COLOR_NONE)->stroke =
            (EvmStroke){.color = request->theme->ink, .width_px = 1.6 * request->layout->line};
        return;
    }
    for (size_t area = 0; area < universe->geodata->area_count; area++)
        if (universe->is_counted[area])
            evm_builder_add_path(builder,
                                 shrink_path(lens, request->map->districts.paths[area], arena),
                                 request->theme->ink_soft)
                ->stroke = (EvmStroke){.color = request->theme->ink_soft, .width_px = 0.5};
}

void evm_locator_draw(EvmBuilder *builder, const EvmSheetRequest *request)
{
    EvmRect box;
    if (evm_builder_add_layer_of(builder, request->like, "locator") ||
        !evm_locator_find_box(request, &box))
        return;
    const EvmTheme *theme = request->theme;
    Lens lens = compute_lens(request, box);
    EvmLayer *layer = evm_builder_add_layer(
        builder, "locator", evm_language_at(request->language, EVM_MESSAGE_LAYER_LOCATOR));
    layer->has_clip = true;
    layer->clip = box;
    evm_builder_add_rect(builder, box, shows_part(request) ? theme->page : theme->land);
    draw_country(builder, request, &lens,
                 shows_part(request) ? theme->unassessed : theme->ink_soft);
    if (shows_part(request))
        draw_part(builder, request, &lens);
    evm_builder_add_rect(builder, box, EVM_COLOR_NONE)->stroke =
        (EvmStroke){.color = theme->land_label, .width_px = 1.4 * request->layout->line};
}
