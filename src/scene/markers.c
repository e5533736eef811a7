#include "scene/markers.h"

#include <math.h>

#include "scene/labels.h"
#include "scene/parts.h"
#include "scene/words.h"

/* A disc lies this much over its own district, or outside it with a leader line. */
static const double LEAST_INSIDE = 0.72;
static const double MIN_CELL_PX = 3;
static const double LEADER_HALO_PX = 1.5; /* of both sides */
static const double LEADER_STEP_PX = 3;   /* in which it is looked at */
/* In radiuses of a disc: around it, and how far off a capital is not meant by it. */
static const double AIR = 0.25, NEAR_CAPITAL = 3.5;
static const double COVERED_COST = 2; /* of a leader line under a name, against its length */
enum { RINGS = 14, SPOKES = 24 };

typedef struct {
    EvmPoint from, to; /* district, edge of the disc */
} Leader;

typedef struct {
    EvmBuilder *builder;
    const EvmSheetRequest *request;
    EvmLabelField *field;
    const EvmAreaGrid *grid;
    double radius_px;
    GArray *leaders;  /* of Leader */
    GArray *capitals; /* of Capital */
    GPtrArray *unplaced;
} Work;

typedef struct {
    EvmPoint point;
    int32_t area; /* that it lies in, if that has a number */
} Capital;

/* That is counted and has an outline. */
static int32_t find_area(const EvmSheetRequest *request, int32_t district)
{
    int32_t area = district < 0 ? EVM_NO_AREA : request->universe->district_area[district];
    return area != EVM_NO_AREA && request->universe->is_counted[area] &&
                   request->map->districts.paths[area].part_count > 0
               ? area
               : EVM_NO_AREA;
}

static bool find_point(const EvmSheetRequest *request, EvmDevelopmentPlace place, EvmPoint *point)
{
    if (place.event < 0)
        return false;
    const EvmEvent *event = &request->state->join->events->items[place.event];
    const EvmRect *frame = &request->map->frame;
    return event->has_point &&
           evm_map_find_point(request->map, (EvmLonLat){event->lon_deg, event->lat_deg}, point) &&
           point->x_px > frame->x_px && point->x_px < frame->x_px + frame->width_px &&
           point->y_px > frame->y_px && point->y_px < frame->y_px + frame->height_px;
}

bool evm_marker_is_on_map(const EvmSheetRequest *request, EvmDevelopmentPlace place)
{
    EvmPoint point;
    const EvmMap *map = request->map;
    int32_t area = find_area(request, place.district);
    if (area == EVM_NO_AREA)
        return find_point(request, place, &point);
    return !map->is_window ||
           evm_rect_is_overlapping(evm_path_compute_bounds(&map->districts.paths[area], 0),
                                   map->frame);
}

static bool is_that_area(int32_t area, const void *user)
{
    return area == *(const int32_t *)user;
}

static EvmRect box_around(EvmPoint center, double radius)
{
    return (EvmRect){center.x_px - radius, center.y_px - radius, 2 * radius, 2 * radius};
}

/* Of the dot at a leader line's end, with the air around it. */
static double anchor_radius(const Work *work)
{
    return 2.2 * work->request->layout->line;
}

/* Of another capital's dot, with its halo. */
static double capital_radius(const Work *work)
{
    return evm_capital_compute_radius_px(work->request, true) + work->request->layout->line;
}

/* True when another capital than the area's is within that distance. */
static bool has_capital(const Work *work, int32_t area, EvmPoint at, double within_px)
{
    for (guint i = 0; i < work->capitals->len; i++) {
        const Capital *capital = &g_array_index(work->capitals, Capital, i);
        bool is_own = area != EVM_NO_AREA && capital->area == area;
        if (!is_own &&
            hypot(at.x_px - capital->point.x_px, at.y_px - capital->point.y_px) < within_px)
            return true;
    }
    return false;
}

/* There is room for the dot, and it is not that of another capital. */
static bool is_free(const Work *work, int32_t area, EvmPoint point)
{
    return evm_label_field_has_room(work->field, box_around(point, anchor_radius(work))) &&
           !has_capital(work, area, point, 2 * capital_radius(work));
}

/* Where a leader line ends: of the area's cells, free ones or all, the one nearest to the middle.
 */
static bool find_cell(const Work *work, int32_t area, bool is_free_only, EvmPoint *found)
{
    const EvmAreaGrid *grid = work->grid;
    const EvmGridBox *box = &grid->boxes[area];
    double x = grid->frame.x_px + 0.5 * (box->first_column + box->end_column) * grid->cell_px;
    double y = grid->frame.y_px + 0.5 * (box->first_row + box->end_row) * grid->cell_px;
    double best = INFINITY;
    for (unsigned row = box->first_row; row < box->end_row; row++) {
        for (unsigned column = box->first_column; column < box->end_column; column++) {
            EvmPoint at = {grid->frame.x_px + (column + 0.5) * grid->cell_px,
                           grid->frame.y_px + (row + 0.5) * grid->cell_px};
            double away = hypot(at.x_px - x, at.y_px - y);
            if (grid->cells[(size_t)row * grid->columns + column] != area || away >= best ||
                (is_free_only && !is_free(work, area, at)))
                continue;
            best = away;
            *found = at;
        }
    }
    return isfinite(best);
}

static EvmControl find_control(const EvmSheetRequest *request, int32_t area)
{
    int32_t district = area < 0 ? -1 : request->universe->area_district[area];
    return district < 0 ? (EvmControl){.kind = EVM_CONTROL_UNASSESSED}
                        : request->state->holdings[district].control;
}

/* On the colour of another actor a disc says something untrue. */
static bool is_misleading(const EvmSheetRequest *request, int32_t area, EvmControl own)
{
    EvmControl control = find_control(request, area);
    return control.kind == EVM_CONTROL_HELD && !evm_control_is_equal(control, own);
}

static int32_t area_at(const EvmAreaGrid *grid, EvmPoint at)
{
    double column = floor((at.x_px - grid->frame.x_px) / grid->cell_px);
    double row = floor((at.y_px - grid->frame.y_px) / grid->cell_px);
    if (column < 0 || row < 0 || column >= grid->columns || row >= grid->rows)
        return EVM_GRID_NOTHING;
    return grid->cells[(size_t)row * grid->columns + (size_t)column];
}

/* The disc touches such a colour. */
static bool is_astray(const Work *work, EvmPoint center, double reach_px, EvmControl own)
{
    static const int offsets[][2] = {{0, 0}, {-1, 0}, {1, 0}, {0, -1}, {0, 1}};
    for (size_t i = 0; i < G_N_ELEMENTS(offsets); i++) {
        EvmPoint at = {center.x_px + offsets[i][0] * reach_px,
                       center.y_px + offsets[i][1] * reach_px};
        if (is_misleading(work->request, area_at(work->grid, at), own))
            return true;
    }
    return false;
}

static double cross(EvmPoint o, EvmPoint a, EvmPoint b)
{
    return (a.x_px - o.x_px) * (b.y_px - o.y_px) - (a.y_px - o.y_px) * (b.x_px - o.x_px);
}

static bool has_crossing(const Work *work, EvmPoint from, EvmPoint to)
{
    for (guint i = 0; i < work->leaders->len; i++) {
        const Leader *other = &g_array_index(work->leaders, Leader, i);
        if (cross(from, to, other->from) * cross(from, to, other->to) < 0 &&
            cross(other->from, other->to, from) * cross(other->from, other->to, to) < 0)
            return true;
    }
    return false;
}

static double distance_to_line(EvmPoint from, EvmPoint to, EvmPoint at)
{
    double x = to.x_px - from.x_px, y = to.y_px - from.y_px, square = x * x + y * y;
    double part = ((at.x_px - from.x_px) * x + (at.y_px - from.y_px) * y) / square;
    part = square > 0 ? CLAMP(part, 0, 1) : 0;
    return hypot(from.x_px + part * x - at.x_px, from.y_px + part * y - at.y_px);
}

/* A disc there would stand on a leader line. */
static bool is_on_leader(const Work *work, EvmPoint center, double reach_px)
{
    for (guint i = 0; i < work->leaders->len; i++) {
        const Leader *leader = &g_array_index(work->leaders, Leader, i);
        if (distance_to_line(leader->from, leader->to, center) < reach_px)
            return true;
    }
    return false;
}

/* Runs over another capital's dot. */
static bool has_capital_on_line(const Work *work, int32_t area, EvmPoint from, EvmPoint to)
{
    for (guint i = 0; i < work->capitals->len; i++) {
        const Capital *capital = &g_array_index(work->capitals, Capital, i);
        bool is_own = area != EVM_NO_AREA && capital->area == area;
        if (!is_own && distance_to_line(from, to, capital->point) < capital_radius(work))
            return true;
    }
    return false;
}

/* How much of the way lies under names and other discs. */
static double compute_covered_px(const Work *work, EvmPoint from, EvmPoint to)
{
    double length = hypot(to.x_px - from.x_px, to.y_px - from.y_px), covered = 0;
    for (double at = 0; at < length; at += LEADER_STEP_PX) {
        EvmPoint point = {from.x_px + at / length * (to.x_px - from.x_px),
                          from.y_px + at / length * (to.y_px - from.y_px)};
        if (!evm_label_field_has_room(work->field, box_around(point, 0.5)))
            covered += LEADER_STEP_PX;
    }
    return covered;
}

/* What a place beside the district is judged by. */
typedef struct {
    EvmPoint anchor;
    int32_t area;
    EvmControl control;
    double reach_px, air_px;
    bool may_be_astray; /* on another actor's colour */
} Wanted;

/* The disc may stand there, with air around it, and does not seem to mean another capital, nearer
 * to it than its own place and near at all. */
static bool is_honest(const Work *work, const Wanted *wanted, EvmPoint center)
{
    double away = hypot(center.x_px - wanted->anchor.x_px, center.y_px - wanted->anchor.y_px);
    return evm_label_field_has_room(work->field,
                                    box_around(center, wanted->reach_px + wanted->air_px)) &&
           !is_on_leader(work, center, wanted->reach_px) &&
           !has_capital(work, wanted->area, center, MIN(away, NEAR_CAPITAL * work->radius_px)) &&
           !has_capital_on_line(work, wanted->area, wanted->anchor, center) &&
           (wanted->may_be_astray || !is_astray(work, center, wanted->reach_px, wanted->control));
}

/* The nearest place around the anchor from which a leader line does not run into much. */
static bool find_around(const Work *work, const Wanted *wanted, EvmPoint *center)
{
    double best = INFINITY;
    for (unsigned i = 0; i < RINGS * SPOKES; i++) {
        double angle = 2 * G_PI * (i % SPOKES) / SPOKES;
        double away = work->radius_px * (2.2 + 1.1 * (i / SPOKES));
        EvmPoint at = {wanted->anchor.x_px + away * cos(angle),
                       wanted->anchor.y_px + away * sin(angle)};
        if (away >= best || !is_honest(work, wanted, at) || has_crossing(work, wanted->anchor, at))
            continue;
        double cost = away + COVERED_COST * compute_covered_px(work, wanted->anchor, at);
        if (cost >= best)
            continue;
        best = cost;
        *center = at;
    }
    return isfinite(best);
}

/* Another actor's colour is better than no place. */
static bool find_beside(const Work *work, Wanted wanted, EvmPoint *center)
{
    if (find_around(work, &wanted, center))
        return true;
    wanted.may_be_astray = true;
    return find_around(work, &wanted, center);
}

typedef struct {
    EvmDevelopmentPlace place;
    EvmKind kind;
    unsigned number;
    EvmPoint center;
    bool is_placed;
} Marker;

static double reach_of(const Work *work, const Marker *marker)
{
    return evm_shape_find_reach(marker->kind) * work->radius_px;
}

static bool place_inside(Work *work, Marker *marker)
{
    int32_t area = find_area(work->request, marker->place.district);
    double radius = reach_of(work, marker), side = 2 * radius;
    EvmRect box;
    if (area == EVM_NO_AREA || !evm_label_field_find_inside(work->field, work->grid, is_that_area,
                                                            &area, LEAST_INSIDE, side, side, &box))
        return false;
    marker->center = (EvmPoint){box.x_px + radius, box.y_px + radius};
    return true;
}

typedef struct {
    EvmPoint at;
    bool has_dot; /* there is room for one */
} Anchor;

/* The middle of a district that is smaller than a cell of the grid. */
static bool find_speck(const Work *work, int32_t area, EvmPoint *found)
{
    EvmRect box = evm_path_compute_bounds(&work->request->map->districts.paths[area], 0);
    *found = (EvmPoint){box.x_px + box.width_px / 2, box.y_px + box.height_px / 2};
    return evm_rect_is_overlapping(box, work->request->map->frame);
}

/* A district that is all covered by names is pointed at without a dot. */
static bool find_anchor(const Work *work, EvmDevelopmentPlace place, Anchor *anchor)
{
    int32_t area = find_area(work->request, place.district);
    if (area == EVM_NO_AREA) {
        bool is_there = find_point(work->request, place, &anchor->at);
        anchor->has_dot = is_there && is_free(work, area, anchor->at);
        return is_there;
    }
    anchor->has_dot = find_cell(work, area, true, &anchor->at);
    return anchor->has_dot || find_cell(work, area, false, &anchor->at) ||
           find_speck(work, area, &anchor->at);
}

static void draw_leader(const Work *work, const Anchor *anchor, EvmPoint center)
{
    const EvmTheme *theme = work->request->theme;
    double line = work->request->layout->line;
    evm_builder_add_line(
        work->builder, anchor->at, center,
        (EvmStroke){.color = theme->halo, .width_px = (theme->leader_px + LEADER_HALO_PX) * line});
    evm_builder_add_line(work->builder, anchor->at, center,
                         (EvmStroke){.color = theme->ink, .width_px = theme->leader_px * line});
    if (anchor->has_dot) {
        evm_builder_add_disc(work->builder, (EvmDisc){anchor->at, 1.8 * line}, theme->ink);
        evm_label_field_add(work->field, box_around(anchor->at, anchor_radius(work)));
    }
    Leader leader = {anchor->at, center};
    g_array_append_val(work->leaders, leader);
}

/* Beside another number of the same district, which needs no line of its own then. */
static bool find_companion(const Work *work, const GArray *markers, const Marker *marker,
                           Wanted wanted, EvmPoint *center)
{
    wanted.air_px = 0;
    for (guint i = 0; i < markers->len; i++) {
        const Marker *other = &g_array_index(markers, Marker, i);
        double away = reach_of(work, other) + wanted.reach_px + 1;
        if (!other->is_placed || marker->place.district < 0 ||
            other->place.district != marker->place.district)
            continue;
        for (unsigned spoke = 0; spoke < SPOKES; spoke++) {
            double angle = 2 * G_PI * spoke / SPOKES;
            *center = (EvmPoint){other->center.x_px + away * cos(angle),
                                 other->center.y_px + away * sin(angle)};
            if (is_honest(work, &wanted, *center))
                return true;
        }
    }
    return false;
}

static void place_beside(Work *work, const GArray *markers, Marker *marker)
{
    Anchor anchor;
    int32_t area = find_area(work->request, marker->place.district);
    if (!find_anchor(work, marker->place, &anchor))
        return;
    Wanted wanted = {.anchor = anchor.at,
                     .area = area,
                     .control = find_control(work->request, area),
                     .reach_px = reach_of(work, marker),
                     .air_px = AIR * work->radius_px};
    bool is_companion = find_companion(work, markers, marker, wanted, &marker->center);
    marker->is_placed = is_companion || find_beside(work, wanted, &marker->center);
    if (!marker->is_placed)
        return;
    evm_label_field_add(work->field, box_around(marker->center, wanted.reach_px));
    if (!is_companion)
        draw_leader(work, &anchor, marker->center);
}

static GArray *collect_markers(const EvmSheetRequest *request, const EvmDevelopments *developments)
{
    GArray *markers = g_array_new(FALSE, FALSE, sizeof(Marker));
    for (size_t i = 0; i < developments->shown; i++) {
        const EvmDevelopment *development = &developments->items[i];
        for (guint k = 0; development->number > 0 && k < development->places->len; k++) {
            Marker marker = {.place = g_array_index(development->places, EvmDevelopmentPlace, k),
                             .kind = development->kind,
                             .number = development->number};
            if (evm_marker_is_on_map(request, marker.place))
                g_array_append_val(markers, marker);
        }
    }
    return markers;
}

static bool has_number(const GArray *markers, unsigned number)
{
    for (guint i = 0; i < markers->len; i++) {
        const Marker *marker = &g_array_index(markers, Marker, i);
        if (marker->number == number && marker->is_placed)
            return true;
    }
    return false;
}

static void report_unplaced(const Work *work, const GArray *markers)
{
    for (guint i = 0; i < markers->len; i++) {
        unsigned number = g_array_index(markers, Marker, i).number;
        bool is_first = i == 0 || g_array_index(markers, Marker, i - 1).number != number;
        if (is_first && !has_number(markers, number))
            g_ptr_array_add(work->unplaced, g_strdup_printf("%u", number));
    }
}

/* All that fit into their districts first: leader lines then run around them. A number that stands
 * in one of its districts needs none. */
static void draw_markers(Work *work, GArray *markers)
{
    for (guint i = 0; i < markers->len; i++) {
        Marker *marker = &g_array_index(markers, Marker, i);
        marker->is_placed = place_inside(work, marker);
    }
    for (guint i = 0; i < markers->len; i++)
        if (!has_number(markers, g_array_index(markers, Marker, i).number))
            place_beside(work, markers, &g_array_index(markers, Marker, i));
    report_unplaced(work, markers);
    for (guint i = 0; i < markers->len; i++) {
        const Marker *marker = &g_array_index(markers, Marker, i);
        if (marker->is_placed)
            evm_number_draw(work->builder, work->request, marker->center, work->radius_px,
                            marker->kind, marker->number);
    }
}

static EvmRect inset(EvmRect rect, double by)
{
    return (EvmRect){rect.x_px + by, rect.y_px + by, rect.width_px - 2 * by,
                     rect.height_px - 2 * by};
}

static EvmLabelField *field_new(const EvmBuilder *builder, const EvmSheetRequest *request)
{
    EvmLabelField *field = evm_label_field_new(inset(request->map->frame, 4));
    g_autoptr(GArray) names = evm_builder_compute_taken(builder);
    for (guint i = 0; i < names->len; i++)
        evm_label_field_add(field, g_array_index(names, EvmRect, i));
    evm_label_field_add(field, evm_scale_bar_compute_box(request));
    EvmRect locator;
    if (evm_locator_find_box(request, &locator))
        evm_label_field_add(field, locator);
    return field;
}

/* Districts on which the disc of this area would mislead. */
static void add_misleading(const EvmSheetRequest *request, int32_t of_area, bool *is_wanted)
{
    EvmControl own = find_control(request, of_area);
    for (size_t i = 0; i < request->map->districts.geodata->area_count; i++)
        is_wanted[i] |= is_misleading(request, (int32_t)i, own);
}

static double cell_size(const EvmLayout *layout)
{
    return MAX(MIN_CELL_PX, 3 * layout->label);
}

/* Of the districts that have a number, and of those where it must not stand. */
static EvmAreaGrid *grid_new(const EvmSheetRequest *request, const GArray *markers)
{
    const EvmMap *map = request->map;
    g_autofree bool *is_wanted = g_new0(bool, map->districts.geodata->area_count + 1);
    for (guint i = 0; i < markers->len; i++) {
        int32_t area = find_area(request, g_array_index(markers, Marker, i).place.district);
        add_misleading(request, area, is_wanted);
        if (area != EVM_NO_AREA)
            is_wanted[area] = true;
    }
    return evm_area_grid_compute_some(&map->districts, map->frame, cell_size(request->layout),
                                      is_wanted);
}

EvmAreaGrid *evm_sheet_compute_grid(const EvmMap *map, const EvmLayout *layout)
{
    return evm_area_grid_compute(&map->districts, map->frame, cell_size(layout));
}

static GArray *find_capitals(const Work *work)
{
    GArray *capitals = g_array_new(FALSE, FALSE, sizeof(Capital));
    const EvmGazetteer *gazetteer = work->request->universe->gazetteer;
    for (size_t i = 0; i < gazetteer->province_count; i++) {
        Capital capital;
        if (!evm_capital_find_point(work->request, &gazetteer->provinces[i], &capital.point))
            continue;
        capital.area = find_area(work->request, gazetteer->provinces[i].capital_district);
        g_array_append_val(capitals, capital);
    }
    return capitals;
}

/* Looks for places, which takes long: not without need. */
static void place_markers(EvmBuilder *builder, const EvmSheetRequest *request, GArray *markers,
                          GPtrArray *unplaced)
{
    double radius = MAX(8 * request->layout->label, 6.5);
    EvmAreaGrid *own_grid = request->grid ? NULL : grid_new(request, markers);
    Work work = {.builder = builder,
                 .request = request,
                 .field = field_new(builder, request),
                 .grid = request->grid ? request->grid : own_grid,
                 .radius_px = radius,
                 .leaders = g_array_new(FALSE, FALSE, sizeof(Leader)),
                 .unplaced = unplaced};
    work.capitals = find_capitals(&work);
    draw_markers(&work, markers);
    g_array_free(work.leaders, TRUE);
    g_array_free(work.capitals, TRUE);
    evm_area_grid_free(own_grid);
    evm_label_field_free(work.field);
}

void evm_markers_draw(EvmBuilder *builder, const EvmSheetRequest *request,
                      const EvmDevelopments *developments, GPtrArray *unplaced)
{
    g_autoptr(GArray) markers = collect_markers(request, developments);
    EvmLayer *layer = evm_builder_add_layer(
        builder, "numbers", evm_language_at(request->language, EVM_MESSAGE_LAYER_NUMBERS));
    layer->has_clip = true; /* a window may show a district without the point its leader leads to */
    layer->clip = request->map->frame;
    if (markers->len > 0)
        place_markers(builder, request, markers, unplaced);
}
