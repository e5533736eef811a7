/* Meridians and parallels, and the arrow that shows north where the projection turns it. */
#include <math.h>
#include <stdlib.h>

#include "scene/parts.h"

enum { LINES_MOST = 6, SAMPLES = 48, MINUTES = 60, POLE_MINUTES = 85 * 60 };
static const double KM_A_DEGREE = 111.2;
static const double MARGIN_SPANS = 1.5; /* lines reach this many spans past the middle */
static const double TURNED_DEG = 4;     /* less than this nobody sees */

/* The middle of the counted areas that have an outline. */
static EvmLonLat find_middle(const EvmUniverse *universe)
{
    EvmExtent extent = evm_geodata_compute_extent(universe->geodata, universe->is_counted);
    return (EvmLonLat){(extent.min.lon_deg + extent.max.lon_deg) / 2,
                       (extent.min.lat_deg + extent.max.lat_deg) / 2};
}

/* Degrees from the top of the map to its bottom, or from one side to the other. */
static double span_deg(const EvmMap *map)
{
    double px = fmax(map->frame.width_px, map->frame.height_px);
    return px * map->m_per_px / 1000 / KM_A_DEGREE;
}

/* The narrowest round step that draws no more than a few lines. */
static int find_step(const EvmMap *map)
{
    static const int steps[] = {1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200};
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++)
        if (span_deg(map) * MINUTES / steps[i] <= LINES_MOST)
            return steps[i];
    return 30 * MINUTES;
}

typedef struct {
    bool is_meridian;
    int minutes;
    EvmPoint points[SAMPLES + 1];
    unsigned count;
} Line;

static Line compute_line(const EvmMap *map, EvmLonLat middle, bool is_meridian, int minutes)
{
    Line line = {.is_meridian = is_meridian, .minutes = minutes};
    double reach = MARGIN_SPANS * span_deg(map), value = (double)minutes / MINUTES;
    for (int i = 0; i <= SAMPLES; i++) {
        double along = reach * (2.0 * i / SAMPLES - 1);
        EvmLonLat at = is_meridian ? (EvmLonLat){value, middle.lat_deg + along}
                                   : (EvmLonLat){middle.lon_deg + along, value};
        if (fabs(at.lat_deg) * MINUTES < POLE_MINUTES &&
            evm_map_find_point(map, at, &line.points[line.count]))
            line.count++;
    }
    return line;
}

/* Calls `draw` for every line that the map can show. */
static void draw_lines(EvmBuilder *builder, const EvmSheetRequest *request,
                       void (*draw)(EvmBuilder *, const EvmSheetRequest *, const Line *))
{
    const EvmMap *map = request->map;
    EvmLonLat middle = find_middle(request->universe);
    int step = find_step(map), reach = (int)(MARGIN_SPANS * span_deg(map) * MINUTES / step) + 1;
    for (int is_meridian = 0; is_meridian <= 1; is_meridian++) {
        double center = is_meridian ? middle.lon_deg : middle.lat_deg;
        int first = (int)lround(center * MINUTES / step);
        for (int i = first - reach; i <= first + reach; i++) {
            Line line = compute_line(map, middle, is_meridian, i * step);
            if (line.count > 1)
                draw(builder, request, &line);
        }
    }
}

static void draw_line(EvmBuilder *builder, const EvmSheetRequest *request, const Line *line)
{
    EvmArena *arena = evm_builder_find_arena(builder);
    EvmPoint *points = evm_arena_alloc_array(arena, line->count, sizeof *points);
    uint32_t *end = evm_arena_alloc(arena, sizeof *end);
    for (unsigned i = 0; i < line->count; i++)
        points[i] = line->points[i];
    *end = line->count;
    EvmItem *item = evm_builder_add_path(builder, (EvmPath){points, end, 1, false}, EVM_COLOR_NONE);
    item->stroke = (EvmStroke){.color = request->theme->land_label,
                               .width_px = request->theme->graticule_px * request->layout->line,
                               .dash_px = 4 * request->layout->line,
                               .gap_px = 3 * request->layout->line};
}

void evm_graticule_draw(EvmBuilder *builder, const EvmSheetRequest *request)
{
    if (evm_builder_add_layer_of(builder, request->like, "graticule"))
        return;
    EvmLayer *layer = evm_builder_add_layer(
        builder, "graticule", evm_language_at(request->language, EVM_MESSAGE_LAYER_GRATICULE));
    layer->has_clip = true;
    layer->clip = request->map->frame;
    layer->is_fixed = true;
    draw_lines(builder, request, draw_line);
}

/* "66°E", "34°30′N" */
static char *format_degrees(const EvmSheetRequest *request, const Line *line)
{
    const EvmLanguage *language = request->language;
    int degrees = abs(line->minutes) / MINUTES, minutes = abs(line->minutes) % MINUTES;
    g_autofree char *whole = evm_language_format_number(language, degrees);
    g_autofree char *part = evm_language_format_number(language, minutes);
    g_autofree char *value =
        minutes == 0 ? g_strdup_printf("%s°", whole) : g_strdup_printf("%s°%s′", whole, part);
    EvmMessage message =
        line->is_meridian
            ? (line->minutes < 0 ? EVM_MESSAGE_DEGREES_WEST : EVM_MESSAGE_DEGREES_EAST)
            : (line->minutes < 0 ? EVM_MESSAGE_DEGREES_SOUTH : EVM_MESSAGE_DEGREES_NORTH);
    return evm_language_format(language, message, "degrees", value, NULL);
}

/* Where a meridian crosses a level line, or a parallel an upright one. */
static bool find_crossing(const Line *line, double at_px, EvmPoint *crossing)
{
    for (unsigned i = 1; i < line->count; i++) {
        EvmPoint a = line->points[i - 1], b = line->points[i];
        double from = (line->is_meridian ? a.y_px : a.x_px) - at_px;
        double to = (line->is_meridian ? b.y_px : b.x_px) - at_px;
        if ((from > 0) == (to > 0))
            continue;
        double part = from / (from - to);
        *crossing =
            (EvmPoint){a.x_px + part * (b.x_px - a.x_px), a.y_px + part * (b.y_px - a.y_px)};
        return true;
    }
    return false;
}

/* What a label on the map keeps off. */
static GArray *find_taken(const EvmBuilder *builder, const EvmSheetRequest *request)
{
    GArray *taken = evm_builder_compute_taken(builder);
    EvmRect scale = evm_scale_bar_compute_box(request), locator;
    g_array_append_val(taken, scale);
    if (evm_locator_find_box(request, &locator))
        g_array_append_val(taken, locator);
    return taken;
}

static bool is_inside(const EvmRect *frame, EvmRect box)
{
    return box.x_px > frame->x_px && box.y_px > frame->y_px &&
           box.x_px + box.width_px < frame->x_px + frame->width_px &&
           box.y_px + box.height_px < frame->y_px + frame->height_px;
}

static double halo_px(const EvmSheetRequest *request)
{
    return 1.8 * request->layout->line;
}

static bool is_free(const EvmSheetRequest *request, const GArray *taken, EvmRect text)
{
    EvmRect box = evm_rect_compute_inset(text, -halo_px(request));
    for (guint i = 0; i < taken->len; i++)
        if (evm_rect_is_overlapping(box, g_array_index(taken, EvmRect, i)))
            return false;
    return is_inside(&request->map->frame, text);
}

/* Beside the line at an edge of the map, on one side of it or on the other: the first `side` is
 * that of the lower edge or the left one. False where the line does not come there. */
static bool find_box(const EvmSheetRequest *request, const Line *line,
                     const EvmTextExtents *extents, unsigned side, EvmRect *box)
{
    const EvmRect *frame = &request->map->frame;
    bool is_far = side / 2 % 2 != 0, is_other = side % 2 != 0;
    double type = request->layout->type, width = extents->width_px, ascent = extents->ascent_px;
    double height = ascent + extents->descent_px;
    double bottom = frame->y_px + frame->height_px, right = frame->x_px + frame->width_px;
    EvmPoint at;
    if (line->is_meridian) {
        if (!find_crossing(line, is_far ? frame->y_px : bottom, &at))
            return false;
        *box = (EvmRect){is_other ? at.x_px - 3 * type - width : at.x_px + 3 * type,
                         is_far ? at.y_px + 2 * type : at.y_px - 2 * type - height, width, height};
        return true;
    }
    if (!find_crossing(line, is_far ? right : frame->x_px, &at))
        return false;
    *box = (EvmRect){is_far ? right - 5 * type - width : frame->x_px + 5 * type,
                     is_other ? at.y_px + 3 * type : at.y_px - 3 * type - ascent, width, height};
    return true;
}

/* Where a district's colour would be behind it. */
static bool is_over_data(const EvmSheetRequest *request, EvmRect box)
{
    for (size_t area = 0; area < request->universe->geodata->area_count; area++)
        if (request->universe->is_counted[area] && evm_map_has_area(request->map, area, box))
            return true;
    return false;
}

/* Off names and all else; off colours too where that can be. */
static bool find_place(const EvmBuilder *builder, const EvmSheetRequest *request, const Line *line,
                       const EvmTextExtents *extents, EvmRect *place)
{
    enum { SIDES = 4 };
    g_autoptr(GArray) taken = find_taken(builder, request);
    for (int may_cover = 0; may_cover <= 1; may_cover++)
        for (unsigned side = 0; side < SIDES; side++)
            if (find_box(request, line, extents, side, place) && is_free(request, taken, *place) &&
                (may_cover || !is_over_data(request, *place)))
                return true;
    return false;
}

static void draw_degrees(EvmBuilder *builder, const EvmSheetRequest *request, const Line *line)
{
    EvmFont font = {EVM_WEIGHT_REGULAR, false, MAX(11 * request->layout->type, 8), 0,
                    EVM_TYPE_BODY};
    g_autofree char *text = format_degrees(request, line);
    EvmTextExtents extents = evm_builder_compute_extents(builder, &font, text);
    EvmRect box;
    if (!find_place(builder, request, line, &extents, &box))
        return;
    EvmItem *item =
        evm_builder_add_text(builder, text, (EvmPoint){box.x_px, box.y_px + extents.ascent_px},
                             EVM_ANCHOR_START, font, request->theme->land_label);
    item->text.halo = request->theme->halo;
    item->text.halo_px = halo_px(request);
}

void evm_graticule_draw_degrees(EvmBuilder *builder, const EvmSheetRequest *request)
{
    evm_builder_add_layer(builder, "degrees",
                          evm_language_at(request->language, EVM_MESSAGE_LAYER_GRATICULE));
    draw_lines(builder, request, draw_degrees);
}

/* Clockwise from the top of the page; 0 where that cannot be told. */
static double compute_north_deg(const EvmSheetRequest *request)
{
    static const double STEP_DEG = 0.05;
    EvmLonLat middle = find_middle(request->universe);
    EvmLonLat further = {middle.lon_deg, middle.lat_deg + STEP_DEG};
    EvmPoint from, to;
    if (!evm_map_find_point(request->map, middle, &from) ||
        !evm_map_find_point(request->map, further, &to))
        return 0;
    return atan2(to.x_px - from.x_px, from.y_px - to.y_px) * 180 / G_PI;
}

void evm_north_arrow_draw(EvmBuilder *builder, const EvmSheetRequest *request)
{
    double turn_deg = compute_north_deg(request), type = request->layout->type;
    if (fabs(turn_deg) < TURNED_DEG)
        return;
    EvmRect box = evm_scale_bar_compute_box(request);
    double half = 15 * type, wing = 5 * type, turn = turn_deg * G_PI / 180;
    EvmPoint middle = {box.x_px + box.width_px - 18 * type, box.y_px + box.height_px - 18 * type};
    EvmPoint up = {sin(turn), -cos(turn)}, aside = {cos(turn), sin(turn)};
    EvmPoint tip = {middle.x_px + half * up.x_px, middle.y_px + half * up.y_px};
    EvmPoint tail = {middle.x_px - half * up.x_px, middle.y_px - half * up.y_px};
    EvmStroke stroke = {.color = request->theme->ink_soft, .width_px = 1.4 * request->layout->line};
    evm_builder_add_layer(builder, "north",
                          evm_language_at(request->language, EVM_MESSAGE_LAYER_NORTH));
    evm_builder_add_line(builder, tail, tip, stroke);
    for (int side = -1; side <= 1; side += 2) {
        EvmPoint end = {tip.x_px - 1.6 * wing * up.x_px + side * wing * aside.x_px,
                        tip.y_px - 1.6 * wing * up.y_px + side * wing * aside.y_px};
        evm_builder_add_line(builder, tip, end, stroke);
    }
    EvmFont font = {EVM_WEIGHT_SEMIBOLD, false, MAX(12 * type, 8), 0, EVM_TYPE_BODY};
    evm_builder_add_text(builder, evm_language_at(request->language, EVM_MESSAGE_NORTH),
                         (EvmPoint){middle.x_px - 16 * type, middle.y_px + 4 * type},
                         EVM_ANCHOR_MIDDLE, font, request->theme->ink_soft);
}
