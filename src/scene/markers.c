#include "scene/markers.h"

#include <math.h>

#include "scene/capital_marks.h"
#include "scene/leaders.h"
#include "scene/number_ground.h"
#include "scene/parts.h"
#include "scene/words.h"

/* A disc lies this much over its own district, or outside it with a leader line. */
static const double LEAST_INSIDE = 0.72;
static const double LEADER_HALO_PX = 1.5; /* of both sides */
static const double LEADER_STEP_PX = 3;   /* in which it is looked at */
/* In radiuses of a disc: around it, and how far off a capital is not meant by it. */
static const double AIR = 0.25, NEAR_CAPITAL = 3.5;
static const double COVERED_COST = 100; /* of a leader line under a name, against its length */
enum { RINGS = 14, SPOKES = 48, ANCHORS_MOST = 9 };

typedef struct {
    EvmDevelopmentPlace place;
    EvmKind kind;
    unsigned number;
    EvmPoint center;
    bool is_placed;
} Marker;

typedef struct {
    EvmBuilder *builder;
    const EvmSheetRequest *request;
    GArray *markers;        /* of Marker, those of a number together */
    EvmLabelField *field;   /* of names and numbers */
    EvmLabelField *numbers; /* of numbers alone */
    const EvmAreaGrid *grid;
    double radius_px;
    GArray *leaders; /* of EvmLeader */
    GArray *marks;   /* of EvmCapitalMark */
    GPtrArray *unplaced;
    EvmPoint spokes[SPOKES]; /* of length 1, all around */
} Work;

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
    int32_t area = evm_number_find_area(request, place.district);
    if (area == EVM_NO_AREA)
        return find_point(request, place, &point);
    return !map->is_window || evm_map_has_area(map, (size_t)area, map->frame);
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

/* One of the number's districts has that capital. */
static bool is_meant(const Work *work, unsigned number, const EvmCapitalMark *mark)
{
    for (guint i = 0; mark->district >= 0 && i < work->markers->len; i++) {
        const Marker *marker = &g_array_index(work->markers, Marker, i);
        if (marker->number == number && marker->place.district == mark->district)
            return true;
    }
    return false;
}

/* True when a capital that the number does not mean is within that distance of the line. */
static bool has_capital(const Work *work, unsigned number, EvmLeader line, double within_px)
{
    for (guint i = 0; i < work->marks->len; i++) {
        const EvmCapitalMark *mark = &g_array_index(work->marks, EvmCapitalMark, i);
        if (evm_leader_compute_distance_px(line, mark->point) < within_px &&
            !is_meant(work, number, mark))
            return true;
    }
    return false;
}

/* There is room for the dot, and it is not that of another capital. */
static bool is_free(const Work *work, unsigned number, EvmPoint point)
{
    return evm_label_field_has_room(work->field, box_around(point, anchor_radius(work))) &&
           !has_capital(work, number, (EvmLeader){point, point}, 2 * capital_radius(work));
}

/* Room for the end of a leader line. */
typedef enum { END_DOT, END_SEEN, END_ANY } End;

static bool has_end(const Work *work, unsigned number, EvmPoint at, End end)
{
    return end == END_ANY ||
           (end == END_SEEN && evm_label_field_has_room(work->field, box_around(at, 0.5))) ||
           (end == END_DOT && is_free(work, number, at));
}

/* Of the area's cells that have such room the one nearest to a point. */
static bool find_cell(const Work *work, const Marker *marker, EvmPoint near, End end,
                      EvmPoint *found)
{
    const EvmAreaGrid *grid = work->grid;
    int32_t area = evm_number_find_area(work->request, marker->place.district);
    const EvmGridBox *box = &grid->boxes[area];
    double best = INFINITY;
    for (unsigned row = box->first_row; row < box->end_row; row++) {
        for (unsigned column = box->first_column; column < box->end_column; column++) {
            EvmPoint at = {grid->frame.x_px + (column + 0.5) * grid->cell_px,
                           grid->frame.y_px + (row + 0.5) * grid->cell_px};
            double away = hypot(at.x_px - near.x_px, at.y_px - near.y_px);
            if (grid->cells[(size_t)row * grid->columns + column] != area || away >= best ||
                !has_end(work, marker->number, at, end))
                continue;
            best = away;
            *found = at;
        }
    }
    return isfinite(best);
}

/* How much of the way lies under names and other discs; looked at until it is `enough_px`. */
static double compute_covered_px(const Work *work, EvmLeader leader, double enough_px)
{
    EvmPoint from = leader.from, to = leader.to;
    double length = hypot(to.x_px - from.x_px, to.y_px - from.y_px), covered = 0;
    for (double at = 0; at < length && covered < enough_px; at += LEADER_STEP_PX) {
        EvmPoint point = {from.x_px + at / length * (to.x_px - from.x_px),
                          from.y_px + at / length * (to.y_px - from.y_px)};
        if (!evm_label_field_has_room(work->field, box_around(point, 0.5)))
            covered += LEADER_STEP_PX;
    }
    return covered;
}

/* Where a number may stand. The later ones are for numbers that find nothing better: on the list
 * they stand, so the map must have them. */
typedef struct {
    double aside, above; /* air around capitals that it does not mean, in radiuses */
    bool may_be_astray;  /* on another actor's colour */
    bool may_cross;      /* its line may run over other lines and dots */
    bool may_cover;      /* names */
} Rule;

static const Rule INSIDE_BEST = {.aside = 3, .above = 3};
static const Rule INSIDE_GOOD = {.aside = 3, .above = 1};
static const Rule INSIDE_ANY = {.aside = 0};
static const Rule BESIDE_GOOD[] = {{.aside = 3, .above = 1},
                                   {.aside = 3, .above = 1, .may_be_astray = true}};
static const Rule BESIDE_ANY[] = {{.aside = 0},
                                  {.may_be_astray = true, .may_cross = true},
                                  {.may_be_astray = true, .may_cross = true, .may_cover = true}};

/* What is taken for a number: other things on the map, and the air around capitals. */
static EvmLabelField *field_new_of(const Work *work, unsigned number, const Rule *rule)
{
    EvmLabelField *field = evm_label_field_new_like(rule->may_cover ? work->numbers : work->field);
    EvmCapitalAir air = {rule->aside * work->radius_px, rule->above * work->radius_px};
    for (guint i = 0; rule->aside > 0 && i < work->marks->len; i++) {
        const EvmCapitalMark *mark = &g_array_index(work->marks, EvmCapitalMark, i);
        if (!is_meant(work, number, mark))
            evm_capital_mark_add_air(mark, field, capital_radius(work), air);
    }
    return field;
}

/* What a place beside the district is judged by. */
typedef struct {
    const Rule *rule;
    const EvmLabelField *field;
    unsigned number;
    EvmControl control;
    double reach_px, air_px;
} Wanted;

/* The line runs over no other, and over no other capital's dot. */
static bool is_clear(const Work *work, const Wanted *wanted, EvmLeader leader)
{
    return wanted->rule->may_cross ||
           (!evm_leader_has_crossing(leader, work->leaders) &&
            !has_capital(work, wanted->number, leader, capital_radius(work)));
}

/* The disc may stand there, with air around it, and does not seem to mean another capital, nearer
 * to it than its own place and near at all. */
static bool is_honest(const Work *work, const Wanted *wanted, EvmLeader leader)
{
    EvmPoint center = leader.to;
    double away = hypot(center.x_px - leader.from.x_px, center.y_px - leader.from.y_px);
    double near_px = MIN(away, NEAR_CAPITAL * work->radius_px);
    return evm_label_field_has_room(wanted->field,
                                    box_around(center, wanted->reach_px + wanted->air_px)) &&
           (wanted->rule->may_cover ||
            !evm_leaders_has_near(work->leaders, center, wanted->reach_px)) &&
           (wanted->rule->may_cross ||
            !has_capital(work, wanted->number, (EvmLeader){center, center}, near_px)) &&
           (wanted->rule->may_be_astray ||
            !evm_number_is_astray(work->request, work->grid, center, wanted->reach_px,
                                  wanted->control));
}

/* A place found beside the district. */
typedef struct {
    Marker *marker;
    EvmPoint anchor, center;
    bool has_dot; /* there is room for one where the line ends */
    double cost, covered_px;
} Beside;

/* The nearest place around the anchor from which a leader line does not run into much; false when
 * there is none as cheap as `best`. */
static bool find_around(const Work *work, const Wanted *wanted, EvmPoint anchor, Beside *best)
{
    double before = best->cost;
    for (unsigned i = 0; i < RINGS * SPOKES; i++) {
        EvmPoint spoke = work->spokes[i % SPOKES];
        double away = work->radius_px * (2.2 + 1.1 * (i / SPOKES));
        EvmLeader leader = {anchor,
                            {anchor.x_px + away * spoke.x_px, anchor.y_px + away * spoke.y_px}};
        if (away >= best->cost || !is_honest(work, wanted, leader) ||
            !is_clear(work, wanted, leader))
            continue;
        double covered = compute_covered_px(work, leader, (best->cost - away) / COVERED_COST);
        double cost = away + COVERED_COST * covered;
        if (cost >= best->cost)
            continue;
        best->cost = cost;
        best->covered_px = covered;
        best->anchor = anchor;
        best->center = leader.to;
    }
    return best->cost < before;
}

static double reach_of(const Work *work, const Marker *marker)
{
    return evm_shape_find_reach(marker->kind) * work->radius_px;
}

static void take(Work *work, EvmRect box)
{
    evm_label_field_add(work->field, box);
    evm_label_field_add(work->numbers, box);
}

static bool place_inside(Work *work, Marker *marker, const Rule *rule)
{
    int32_t area = evm_number_find_area(work->request, marker->place.district);
    if (area == EVM_NO_AREA)
        return false;
    double radius = reach_of(work, marker), side = 2 * radius;
    EvmLabelField *field = field_new_of(work, marker->number, rule);
    EvmRect box;
    marker->is_placed = evm_label_field_find_inside(field, work->grid, is_that_area, &area,
                                                    LEAST_INSIDE, side, side, &box);
    evm_label_field_free(field);
    if (!marker->is_placed)
        return false;
    marker->center = (EvmPoint){box.x_px + radius, box.y_px + radius};
    take(work, box);
    return true;
}

/* The part of a district's box that the map shows. */
static EvmRect find_shown(const EvmSheetRequest *request, int32_t area)
{
    const EvmRect *frame = &request->map->frame;
    EvmRect box = evm_path_compute_bounds(&request->map->districts.paths[area], 0);
    double left = MAX(box.x_px, frame->x_px), top = MAX(box.y_px, frame->y_px);
    double right = MIN(box.x_px + box.width_px, frame->x_px + frame->width_px);
    double bottom = MIN(box.y_px + box.height_px, frame->y_px + frame->height_px);
    return (EvmRect){left, top, right - left, bottom - top};
}

static EvmPoint point_in(EvmRect box, double x, double y)
{
    return (EvmPoint){box.x_px + x * box.width_px, box.y_px + y * box.height_px};
}

/* Where a line may end, the best first: in the middle, and towards each side. A district that is
 * all covered by names is pointed at without a dot, and one smaller than a cell of the grid in its
 * middle. */
static unsigned find_anchors(const Work *work, const Marker *marker, EvmPoint anchors[ANCHORS_MOST],
                             bool *has_dot)
{
    static const double targets[ANCHORS_MOST][2] = {{0.5, 0.5},   {0.25, 0.5},  {0.75, 0.5},
                                                    {0.5, 0.25},  {0.5, 0.75},  {0.25, 0.25},
                                                    {0.75, 0.25}, {0.25, 0.75}, {0.75, 0.75}};
    int32_t area = evm_number_find_area(work->request, marker->place.district);
    unsigned count = 0;
    if (area == EVM_NO_AREA) {
        bool is_there = find_point(work->request, marker->place, &anchors[0]);
        *has_dot = is_there && is_free(work, marker->number, anchors[0]);
        return is_there;
    }
    EvmRect box = find_shown(work->request, area);
    for (End end = END_DOT; end <= END_ANY && count == 0; end++) {
        *has_dot = end == END_DOT;
        for (size_t i = 0; i < ANCHORS_MOST; i++)
            count += find_cell(work, marker, point_in(box, targets[i][0], targets[i][1]), end,
                               &anchors[count]);
    }
    if (count == 0)
        anchors[0] = point_in(box, 0.5, 0.5);
    return MAX(count, 1);
}

static void draw_leader(const Work *work, const Beside *beside)
{
    const EvmTheme *theme = work->request->theme;
    double line = work->request->layout->line;
    EvmPoint anchor = beside->anchor, center = beside->center;
    evm_builder_add_line(
        work->builder, anchor, center,
        (EvmStroke){.color = theme->halo, .width_px = (theme->leader_px + LEADER_HALO_PX) * line});
    evm_builder_add_line(work->builder, anchor, center,
                         (EvmStroke){.color = theme->ink, .width_px = theme->leader_px * line});
    if (beside->has_dot) {
        evm_builder_add_disc(work->builder, (EvmDisc){anchor, 1.8 * line}, theme->ink);
        evm_label_field_add(work->field, box_around(anchor, anchor_radius(work)));
    }
    EvmLeader leader = {anchor, center};
    g_array_append_val(work->leaders, leader);
}

/* Beside another number of the same district, which needs no line of its own then. */
static bool find_companion(const Work *work, const Marker *marker, Wanted wanted, EvmPoint *center)
{
    wanted.air_px = 0;
    for (guint i = 0; i < work->markers->len; i++) {
        const Marker *other = &g_array_index(work->markers, Marker, i);
        double away = reach_of(work, other) + wanted.reach_px + 1;
        if (!other->is_placed || marker->place.district < 0 ||
            other->place.district != marker->place.district)
            continue;
        for (unsigned spoke = 0; spoke < SPOKES; spoke++) {
            *center = (EvmPoint){other->center.x_px + away * work->spokes[spoke].x_px,
                                 other->center.y_px + away * work->spokes[spoke].y_px};
            if (is_honest(work, &wanted, (EvmLeader){other->center, *center}))
                return true;
        }
    }
    return false;
}

static Wanted want(const Work *work, const Marker *marker, const Rule *rule,
                   const EvmLabelField *field)
{
    return (Wanted){.rule = rule,
                    .field = field,
                    .number = marker->number,
                    .control = evm_number_find_control(
                        work->request, evm_number_find_area(work->request, marker->place.district)),
                    .reach_px = reach_of(work, marker),
                    .air_px = AIR * work->radius_px};
}

/* With a line to the middle of the district, or to another part of it where that line would run
 * over names. */
static void try_beside(const Work *work, Marker *marker, const Wanted *wanted, Beside *best)
{
    EvmPoint anchors[ANCHORS_MOST];
    bool has_dot;
    unsigned count = find_anchors(work, marker, anchors, &has_dot);
    for (unsigned i = 0; i < count && best->covered_px > 0; i++)
        if (find_around(work, wanted, anchors[i], best)) {
            best->marker = marker;
            best->has_dot = has_dot;
        }
}

static bool place_companion(Work *work, Marker *marker, const Wanted *wanted)
{
    marker->is_placed = find_companion(work, marker, *wanted, &marker->center);
    if (marker->is_placed)
        take(work, box_around(marker->center, wanted->reach_px));
    return marker->is_placed;
}

/* Markers of one number. */
typedef struct {
    Marker *items;
    guint count;
} Group;

/* One of them, beside its district. */
static bool place_beside(Work *work, Group group, const Rule *rule)
{
    Beside best = {.cost = INFINITY, .covered_px = INFINITY};
    EvmLabelField *field = field_new_of(work, group.items->number, rule);
    bool is_placed = false;
    for (guint i = 0; i < group.count && !is_placed; i++) {
        Wanted wanted = want(work, &group.items[i], rule, field);
        is_placed = place_companion(work, &group.items[i], &wanted);
        if (!is_placed)
            try_beside(work, &group.items[i], &wanted, &best);
    }
    evm_label_field_free(field);
    if (is_placed || !best.marker)
        return is_placed;
    best.marker->is_placed = true;
    best.marker->center = best.center;
    take(work, box_around(best.center, reach_of(work, best.marker)));
    draw_leader(work, &best);
    return true;
}

static bool place_inside_any(Work *work, Group group)
{
    for (guint i = 0; i < group.count; i++)
        if (place_inside(work, &group.items[i], &INSIDE_ANY))
            return true;
    return false;
}

/* A number that stands in none of its districts. */
static bool place_group(Work *work, Group group)
{
    for (size_t i = 0; i < G_N_ELEMENTS(BESIDE_GOOD); i++)
        if (place_beside(work, group, &BESIDE_GOOD[i]))
            return true;
    if (place_inside_any(work, group))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(BESIDE_ANY); i++)
        if (place_beside(work, group, &BESIDE_ANY[i]))
            return true;
    return false;
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

static Group group_at(const Work *work, guint first)
{
    Group group = {&g_array_index(work->markers, Marker, first), 0};
    while (first + group.count < work->markers->len &&
           group.items[group.count].number == group.items->number)
        group.count++;
    return group;
}

static bool is_any_placed(Group group)
{
    for (guint i = 0; i < group.count; i++)
        if (group.items[i].is_placed)
            return true;
    return false;
}

/* All that fit into their districts first: leader lines then run around them. A number that stands
 * in one of its districts needs none. */
static void draw_markers(Work *work)
{
    GArray *markers = work->markers;
    for (guint i = 0; i < markers->len; i++) {
        Marker *marker = &g_array_index(markers, Marker, i);
        if (!place_inside(work, marker, &INSIDE_BEST))
            place_inside(work, marker, &INSIDE_GOOD);
    }
    for (guint i = 0; i < markers->len;) {
        Group group = group_at(work, i);
        if (!is_any_placed(group) && !place_group(work, group))
            g_ptr_array_add(work->unplaced, g_strdup_printf("%u", group.items->number));
        i += group.count;
    }
    for (guint i = 0; i < markers->len; i++) {
        const Marker *marker = &g_array_index(markers, Marker, i);
        if (marker->is_placed)
            evm_number_draw(work->builder, work->request, marker->center, work->radius_px,
                            marker->kind, marker->number);
    }
}

/* Scale bar and locator. */
static EvmLabelField *field_new_furnished(const EvmSheetRequest *request)
{
    EvmLabelField *field = evm_label_field_new(evm_rect_compute_inset(request->map->frame, 4));
    evm_label_field_add(field, evm_scale_bar_compute_box(request));
    EvmRect locator;
    if (evm_locator_find_box(request, &locator))
        evm_label_field_add(field, locator);
    return field;
}

static void add_names(const EvmBuilder *builder, EvmLabelField *field)
{
    g_autoptr(GArray) names = evm_builder_compute_taken(builder);
    for (guint i = 0; i < names->len; i++)
        evm_label_field_add(field, g_array_index(names, EvmRect, i));
}

static EvmAreaGrid *grid_new(const EvmSheetRequest *request, const GArray *markers)
{
    g_autoptr(GArray) areas = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (guint i = 0; i < markers->len; i++) {
        int32_t area =
            evm_number_find_area(request, g_array_index(markers, Marker, i).place.district);
        g_array_append_val(areas, area);
    }
    return evm_number_grid_compute(request, areas);
}

/* Looks for places, which takes long: not without need. */
static void place_markers(EvmBuilder *builder, const EvmSheetRequest *request,
                          const EvmScene *names, GArray *markers, GPtrArray *unplaced)
{
    double radius = MAX(8 * request->layout->label, 6.5);
    EvmAreaGrid *own_grid = request->grid ? NULL : grid_new(request, markers);
    Work work = {.builder = builder,
                 .request = request,
                 .markers = markers,
                 .numbers = field_new_furnished(request),
                 .grid = request->grid ? request->grid : own_grid,
                 .radius_px = radius,
                 .leaders = g_array_new(FALSE, FALSE, sizeof(EvmLeader)),
                 .marks = evm_capital_marks_compute(request, names),
                 .unplaced = unplaced};
    for (unsigned i = 0; i < SPOKES; i++)
        work.spokes[i] = (EvmPoint){cos(2 * G_PI * i / SPOKES), sin(2 * G_PI * i / SPOKES)};
    work.field = evm_label_field_new_like(work.numbers);
    add_names(builder, work.field);
    draw_markers(&work);
    g_array_free(work.leaders, TRUE);
    g_array_free(work.marks, TRUE);
    evm_area_grid_free(own_grid);
    evm_label_field_free(work.numbers);
    evm_label_field_free(work.field);
}

void evm_markers_draw(EvmBuilder *builder, const EvmSheetRequest *request, const EvmScene *names,
                      const EvmDevelopments *developments, GPtrArray *unplaced)
{
    g_autoptr(GArray) markers = collect_markers(request, developments);
    EvmLayer *layer = evm_builder_add_layer(
        builder, "numbers", evm_language_at(request->language, EVM_MESSAGE_LAYER_NUMBERS));
    layer->has_clip = true; /* a window may show a district without the point its leader leads to */
    layer->clip = request->map->frame;
    if (markers->len > 0)
        place_markers(builder, request, names, markers, unplaced);
}
