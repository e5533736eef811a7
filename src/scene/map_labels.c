#include <math.h>
#include <string.h>

#include "scene/label_choice.h"
#include "scene/parts.h"
#include "scene/words.h"

typedef struct {
    EvmBuilder *builder;
    const EvmSheetRequest *request;
    EvmLabelField *field;
    EvmAreaGrid *districts, *neighbours; /* neighbours NULL without a file */
    GPtrArray *unplaced;
} Labeller;

/* Layers of labels that are not worth their ink at this type size are not begun. */
static const double MIN_DISTRICT_TYPE = 0.75, MIN_CELL_PX = 3;
/* A country of which the map shows less has no name on it. */
static const double LEAST_COUNTRY_SHARE = 0.012;

static EvmFont capital_font(const EvmSheetRequest *request, bool is_national)
{
    double size = (is_national ? 17 : 14) * request->layout->label;
    return (EvmFont){is_national ? EVM_WEIGHT_BOLD : EVM_WEIGHT_SEMIBOLD, false, MAX(size, 9.5), 0,
                     EVM_TYPE_BODY};
}

static EvmFont province_font(const EvmSheetRequest *request)
{
    double size = MAX(12.5 * request->layout->label, 9);
    return (EvmFont){EVM_WEIGHT_MEDIUM, false, size, 0.09 * size, EVM_TYPE_BODY};
}

/* A part of the country, which has more room for names. */
static bool is_zoom(const EvmSheetRequest *request)
{
    return request->area || request->map->is_window;
}

static EvmFont district_font(const EvmSheetRequest *request)
{
    double size = is_zoom(request) ? 13 : 10.5;
    return (EvmFont){EVM_WEIGHT_REGULAR, false, size * request->layout->label, 0, EVM_TYPE_BODY};
}

static EvmFont country_font(const EvmSheetRequest *request)
{
    double size = MAX(15 * request->layout->label, 10);
    return (EvmFont){EVM_WEIGHT_MEDIUM, false, size, 0.22 * size, EVM_TYPE_BODY};
}

/* The box of a line of text, from its tallest letters to its descenders. */
static double box_height(const EvmTextExtents *extents, const EvmFont *font)
{
    return extents->cap_height_px + 0.62 * font->size_px;
}

/* Its width, with air on both sides so that two names do not read as one. */
static double box_width(const EvmTextExtents *extents, const EvmFont *font)
{
    return extents->width_px + 0.5 * font->size_px;
}

/* Capitals stand in the middle of the place's height. */
static void draw_label(Labeller *labeller, const char *text, EvmTurnedBox place, EvmFont font,
                       EvmColor color, double halo_px)
{
    EvmTextExtents extents = evm_builder_compute_extents(labeller->builder, &font, text);
    const EvmRect *box = &place.box;
    double turn = place.angle_deg * G_PI / 180, below = extents.cap_height_px / 2;
    EvmPoint at = {box->x_px + box->width_px / 2 - below * sin(turn),
                   box->y_px + box->height_px / 2 + below * cos(turn)};
    EvmItem *item =
        evm_builder_add_text(labeller->builder, text, at, EVM_ANCHOR_MIDDLE, font, color);
    item->text.angle_deg = place.angle_deg;
    item->text.halo = labeller->request->theme->halo;
    item->text.halo_px = halo_px;
}

static void leave_out(Labeller *labeller, const char *text)
{
    g_ptr_array_add(labeller->unplaced, g_strdup(text));
}

/* The next consonant, in small letters, or '\0'. */
static char next_consonant(const char **text)
{
    while (**text && (!g_ascii_isalpha(**text) || strchr("AEIOUYaeiouy", **text)))
        (*text)++;
    return **text ? g_ascii_tolower(*(*text)++) : '\0';
}

/* "Sar-e-Pul" and "Sar-e Pul", "Feroz Koh" and "Firozkoh", "Hirat" and "Herat" are one name: asked
 * of a capital and its own district or province alone. */
static bool is_same_name(const char *a, const char *b)
{
    char x, y;
    do {
        x = next_consonant(&a);
        y = next_consonant(&b);
    } while (x == y && x != '\0');
    return x == y;
}

/* A part of it is in the map's frame. */
static bool is_area_in_view(const Labeller *labeller, size_t area)
{
    const EvmGridBox *box = &labeller->districts->boxes[area];
    return box->first_row < box->end_row;
}

static bool is_area_shown(const Labeller *labeller, size_t area)
{
    return labeller->request->universe->is_counted[area] && is_area_in_view(labeller, area);
}

/* Whether any of the province's areas is in view, or shown with its data. */
static bool has_area(const Labeller *labeller, size_t province,
                     bool (*is_meant)(const Labeller *labeller, size_t area))
{
    const EvmUniverse *universe = labeller->request->universe;
    for (size_t area = 0; area < universe->geodata->area_count; area++) {
        int32_t district = universe->area_district[area];
        if (district >= 0 && universe->gazetteer->districts[district].province == province &&
            is_meant(labeller, area))
            return true;
    }
    return false;
}

static bool is_province_shown(const Labeller *labeller, size_t province)
{
    return has_area(labeller, province, is_area_shown);
}

static bool find_capital(const Labeller *labeller, size_t province, EvmPoint *point)
{
    const EvmSheetRequest *request = labeller->request;
    return is_province_shown(labeller, province) &&
           evm_capital_find_point(request, &request->universe->gazetteer->provinces[province],
                                  point);
}

static EvmPointLabel compute_capital_label(Labeller *labeller, const EvmProvince *province,
                                           EvmPoint point)
{
    const EvmSheetRequest *request = labeller->request;
    bool is_national = evm_capital_is_national(province);
    EvmFont font = capital_font(request, is_national);
    EvmTextExtents extents = evm_builder_compute_extents(
        labeller->builder, &font, evm_words_find_capital(request->language, province));
    return (EvmPointLabel){
        .point = point,
        .radius_px = evm_capital_compute_radius_px(request, is_national),
        .gap_px = evm_capital_compute_radius_px(request, is_national) + 1.5 * request->layout->line,
        .width_px = box_width(&extents, &font),
        .height_px = box_height(&extents, &font),
    };
}

static int64_t province_population(const EvmGazetteer *gazetteer, size_t province)
{
    int64_t sum = 0;
    for (size_t i = 0; i < gazetteer->district_count; i++)
        if (gazetteer->districts[i].province == province)
            sum += gazetteer->districts[i].population;
    return sum;
}

typedef struct {
    size_t province;
    bool is_national;
    int64_t population;
} Ranked;

static int compare_ranked(const void *pa, const void *pb)
{
    const Ranked *a = pa, *b = pb;
    if (a->is_national != b->is_national)
        return a->is_national ? -1 : 1;
    if (a->population != b->population)
        return a->population > b->population ? -1 : 1;
    return a->province < b->province ? -1 : a->province > b->province;
}

/* The capital's province, then the most populous ones: they get the first choice of place. */
static GArray *rank_provinces(const EvmGazetteer *gazetteer)
{
    GArray *ranked = g_array_new(FALSE, FALSE, sizeof(Ranked));
    for (size_t i = 0; i < gazetteer->province_count; i++) {
        Ranked item = {i, evm_capital_is_national(&gazetteer->provinces[i]),
                       province_population(gazetteer, i)};
        g_array_append_val(ranked, item);
    }
    g_array_sort(ranked, compare_ranked);
    return ranked;
}

typedef struct {
    const EvmProvince *province;
    bool is_national;
    EvmPointLabel label;
} Capital;

/* Those on the map, the first with the first choice of place. */
static GArray *find_capitals(Labeller *labeller, const GArray *ranked)
{
    GArray *capitals = g_array_new(FALSE, FALSE, sizeof(Capital));
    for (guint i = 0; i < ranked->len; i++) {
        size_t index = g_array_index(ranked, Ranked, i).province;
        const EvmProvince *province = &labeller->request->universe->gazetteer->provinces[index];
        EvmPoint point;
        if (!find_capital(labeller, index, &point))
            continue;
        Capital capital = {province, evm_capital_is_national(province),
                           compute_capital_label(labeller, province, point)};
        g_array_append_val(capitals, capital);
    }
    return capitals;
}

/* Capitals are drawn with their dots: a dot without a name would say nothing. */
static void draw_capitals(Labeller *labeller, const GArray *capitals)
{
    evm_builder_add_layer(labeller->builder, "capital-dots",
                          evm_language_at(labeller->request->language, EVM_MESSAGE_LAYER_CAPITALS))
        ->is_fixed = true;
    for (guint i = 0; i < capitals->len; i++) {
        const Capital *capital = &g_array_index(capitals, Capital, i);
        if (capital->label.is_placed)
            evm_capital_dot_draw(labeller->builder, labeller->request, capital->label.point,
                                 capital->is_national);
        else
            leave_out(labeller, capital->province->capital);
    }
    evm_builder_add_layer(labeller->builder, "labels",
                          evm_language_at(labeller->request->language, EVM_MESSAGE_LAYER_NAMES));
    for (guint i = 0; i < capitals->len; i++) {
        const Capital *capital = &g_array_index(capitals, Capital, i);
        EvmFont font = capital_font(labeller->request, capital->is_national);
        if (capital->label.is_placed)
            draw_label(labeller,
                       evm_words_find_capital(labeller->request->language, capital->province),
                       (EvmTurnedBox){capital->label.box, 0}, font, labeller->request->theme->ink,
                       2.2 * labeller->request->layout->line);
    }
}

static bool is_that_area(int32_t area, const void *user)
{
    return area == *(const int32_t *)user;
}

/* Where a name may stand, and how much of it has to be over what it names. */
typedef struct {
    const EvmAreaGrid *grid;
    EvmAreaFilter filter;
    const void *user;
    double inside;
    bool may_turn;
} Ground;

static EvmAreaLabel compute_area_label(const Labeller *labeller, const Ground *ground,
                                       const char *text, const EvmFont *font)
{
    EvmTextExtents extents = evm_builder_compute_extents(labeller->builder, font, text);
    return (EvmAreaLabel){ground->grid,
                          ground->filter,
                          ground->user,
                          ground->inside,
                          box_width(&extents, font),
                          box_height(&extents, font),
                          ground->may_turn};
}

static bool find_place(Labeller *labeller, const Ground *ground, const char *text,
                       const EvmFont *font, EvmTurnedBox *place)
{
    EvmAreaLabel label = compute_area_label(labeller, ground, text, font);
    return evm_label_field_find_place(labeller->field, &label, place);
}

typedef struct {
    const EvmUniverse *universe;
    size_t province;
} ProvinceFilter;

static bool is_in_province(int32_t area, const void *user)
{
    const ProvinceFilter *filter = user;
    int32_t district = filter->universe->area_district[area];
    return district >= 0 &&
           filter->universe->gazetteer->districts[district].province == filter->province;
}

/* The title names a single province, and a capital of the same name its own. */
static bool is_worth_naming(const Labeller *labeller, size_t index, bool is_shown)
{
    const EvmSheetRequest *request = labeller->request;
    const EvmProvince *province = &request->universe->gazetteer->provinces[index];
    if (!is_shown)
        return has_area(labeller, index, is_area_in_view);
    return !(request->area && request->area->len == 1) &&
           !is_same_name(province->name, province->capital);
}

typedef struct {
    const EvmProvince *province;
    ProvinceFilter filter;
    bool is_shown; /* with its data: not only around the chosen ones */
    char *text;
    EvmTurnedBox place;
    bool is_placed;
} ProvinceName;

static GArray *find_province_names(const Labeller *labeller, const GArray *ranked)
{
    const EvmSheetRequest *request = labeller->request;
    GArray *names = g_array_new(FALSE, FALSE, sizeof(ProvinceName));
    for (guint i = 0; i < ranked->len; i++) {
        size_t index = g_array_index(ranked, Ranked, i).province;
        const EvmProvince *province = &request->universe->gazetteer->provinces[index];
        ProvinceName name = {.province = province,
                             .filter = {request->universe, index},
                             .is_shown = is_province_shown(labeller, index)};
        if (!is_worth_naming(labeller, index, name.is_shown))
            continue;
        name.text = g_utf8_strup(evm_words_find_province(request->language, province), -1);
        g_array_append_val(names, name);
    }
    return names;
}

/* Those around the chosen ones look as neighbours do, and are not missed. */
static void draw_province_name(Labeller *labeller, const ProvinceName *name)
{
    const EvmSheetRequest *request = labeller->request;
    if (name->is_placed)
        draw_label(labeller, name->text, name->place, province_font(request),
                   name->is_shown ? request->theme->ink_soft : request->theme->land_label,
                   name->is_shown ? 1.8 * request->layout->line : 0);
    else if (name->is_shown)
        leave_out(labeller, name->province->name);
}

static EvmLabelChoice compute_province_choice(const Labeller *labeller, const ProvinceName *name)
{
    static const double WEIGHT = 4, CONTEXT_WEIGHT = 2.5, INSIDE = 0.72, CONTEXT_INSIDE = 0.98;
    EvmFont font = province_font(labeller->request);
    Ground ground = {labeller->districts, is_in_province, &name->filter,
                     name->is_shown ? INSIDE : CONTEXT_INSIDE, true};
    EvmAreaLabel label = compute_area_label(labeller, &ground, name->text, &font);
    EvmLabelChoice choice = {.candidates = g_array_new(FALSE, FALSE, sizeof(EvmLabelCandidate)),
                             .weight = name->is_shown ? WEIGHT : CONTEXT_WEIGHT};
    evm_label_field_add_inside(labeller->field, &label, choice.candidates);
    return choice;
}

/* Of the capital at that place in the ranking; the nation's is named at any price. */
static EvmLabelChoice compute_capital_choice(const Labeller *labeller, const GArray *capitals,
                                             guint rank, const GArray *points)
{
    static const double NATIONAL_WEIGHT = 100, MOST_WEIGHT = 12, LEAST_WEIGHT = 8;
    const Capital *capital = &g_array_index(capitals, Capital, rank);
    double share = (double)rank / capitals->len;
    EvmLabelChoice choice = {.candidates = g_array_new(FALSE, FALSE, sizeof(EvmLabelCandidate)),
                             .beside = &capital->label,
                             .weight = capital->is_national
                                           ? NATIONAL_WEIGHT
                                           : MOST_WEIGHT + share * (LEAST_WEIGHT - MOST_WEIGHT)};
    evm_label_field_add_beside(labeller->field, &capital->label, points, choice.candidates);
    return choice;
}

/* False when the choice left the label out. */
static bool take_choice(Labeller *labeller, const EvmLabelChoice *choice, EvmTurnedBox *place)
{
    if (choice->chosen) {
        *place = choice->chosen->box;
        evm_label_field_add_turned(labeller->field, *place);
    }
    g_array_free(choice->candidates, TRUE);
    return choice->chosen != NULL;
}

static GArray *find_points(const GArray *capitals)
{
    GArray *points = g_array_new(FALSE, FALSE, sizeof(EvmPoint));
    for (guint i = 0; i < capitals->len; i++)
        g_array_append_val(points, g_array_index(capitals, Capital, i).label.point);
    return points;
}

/* Of all capitals and provinces at once. */
static void place_fixed_names(Labeller *labeller, GArray *capitals, GArray *names)
{
    g_autoptr(GArray) points = find_points(capitals);
    g_autofree EvmLabelChoice *choices = g_new(EvmLabelChoice, capitals->len + names->len + 1);
    guint count = 0, at = 0;
    for (guint i = 0; i < capitals->len; i++)
        choices[count++] = compute_capital_choice(labeller, capitals, i, points);
    for (guint i = 0; i < names->len; i++)
        choices[count++] =
            compute_province_choice(labeller, &g_array_index(names, ProvinceName, i));
    evm_label_choices_compute(choices, count);
    for (guint i = 0; i < capitals->len; i++) {
        EvmPointLabel *label = &g_array_index(capitals, Capital, i).label;
        EvmTurnedBox place = {0};
        label->is_placed = take_choice(labeller, &choices[at++], &place);
        label->box = place.box;
        if (label->is_placed)
            evm_label_field_add(labeller->field, evm_point_label_compute_dot(label));
    }
    for (guint i = 0; i < names->len; i++) {
        ProvinceName *name = &g_array_index(names, ProvinceName, i);
        name->is_placed = take_choice(labeller, &choices[at++], &name->place);
    }
}

/* Names that do not depend on the day, and so stay put in a timeline. */
static void label_fixed_places(Labeller *labeller)
{
    GArray *ranked = rank_provinces(labeller->request->universe->gazetteer);
    GArray *capitals = find_capitals(labeller, ranked);
    GArray *names = find_province_names(labeller, ranked);
    place_fixed_names(labeller, capitals, names);
    draw_capitals(labeller, capitals);
    for (guint i = 0; i < names->len; i++) {
        draw_province_name(labeller, &g_array_index(names, ProvinceName, i));
        g_free(g_array_index(names, ProvinceName, i).text);
    }
    g_array_free(ranked, TRUE);
    g_array_free(capitals, TRUE);
    g_array_free(names, TRUE);
}

typedef struct {
    const EvmDistrict *district;
    EvmTurnedBox place;
    bool is_placed;
} DistrictName;

/* Names of districts keep off the fixed names and their places do not depend on each other, so that
 * a name which comes or goes moves no other. */
static DistrictName find_district_name(Labeller *labeller, int32_t area)
{
    const EvmUniverse *universe = labeller->request->universe;
    DistrictName name = {.district =
                             &universe->gazetteer->districts[universe->area_district[area]]};
    EvmFont font = district_font(labeller->request);
    Ground ground = {labeller->districts, is_that_area, &area, 0.9, true};
    name.is_placed = find_place(labeller, &ground,
                                evm_words_find_district(labeller->request->language, name.district),
                                &font, &name.place);
    return name;
}

static void draw_district_name(Labeller *labeller, const DistrictName *name)
{
    const EvmSheetRequest *request = labeller->request;
    if (!name->is_placed || !evm_label_field_has_room_turned(labeller->field, name->place)) {
        leave_out(labeller, name->district->name);
        return;
    }
    evm_label_field_add_turned(labeller->field, name->place);
    draw_label(labeller, evm_words_find_district(request->language, name->district), name->place,
               district_font(request), request->theme->ink, 1.6 * request->layout->line);
}

static bool is_worth_a_label(const Labeller *labeller, size_t area)
{
    const EvmSheetRequest *request = labeller->request;
    const EvmUniverse *universe = request->universe;
    int32_t district = universe->area_district[area];
    if (district < 0 || !is_area_shown(labeller, area))
        return false;
    const EvmDistrict *it = &universe->gazetteer->districts[district];
    if (is_same_name(it->name, universe->gazetteer->provinces[it->province].capital))
        return false; /* the capital's own name stands there */
    return is_zoom(request) || request->changes->is_changed[district];
}

static void label_country(Labeller *labeller, int32_t area)
{
    const EvmSheetRequest *request = labeller->request;
    const char *name = request->map->neighbours.geodata->areas[area].name;
    EvmFont font = country_font(request);
    Ground ground = {labeller->neighbours, is_that_area, &area, 1, false};
    EvmTurnedBox place;
    if (strcmp(name, "Afghanistan") == 0 ||
        evm_area_grid_compute_share(labeller->neighbours, area) < LEAST_COUNTRY_SHARE)
        return;
    g_autofree char *text = g_utf8_strup(evm_language_find_country(request->language, name), -1);
    if (!find_place(labeller, &ground, text, &font, &place))
        return;
    evm_label_field_add_turned(labeller->field, place);
    draw_label(labeller, text, place, font, request->theme->land_label, 0);
}

static void label_districts(Labeller *labeller)
{
    size_t area_count = labeller->request->universe->geodata->area_count;
    GArray *names = g_array_new(FALSE, FALSE, sizeof(DistrictName));
    for (size_t area = 0; area < area_count; area++) {
        if (!is_worth_a_label(labeller, area))
            continue;
        DistrictName name = find_district_name(labeller, (int32_t)area);
        g_array_append_val(names, name);
    }
    for (guint i = 0; i < names->len; i++)
        draw_district_name(labeller, &g_array_index(names, DistrictName, i));
    g_array_free(names, TRUE);
}

static void draw_place_labels(Labeller *labeller)
{
    const EvmSheetRequest *request = labeller->request;
    label_fixed_places(labeller);
    if (labeller->neighbours)
        for (size_t i = 0; i < request->map->neighbours.geodata->area_count; i++)
            label_country(labeller, (int32_t)i);
    if (request->layout->label >= MIN_DISTRICT_TYPE)
        label_districts(labeller);
}

/* Neighbours' names keep off the districts. */
static void clear_covered(EvmAreaGrid *neighbours, const EvmAreaGrid *districts)
{
    for (size_t i = 0; i < (size_t)districts->columns * districts->rows; i++)
        if (districts->cells[i] != EVM_GRID_NOTHING)
            neighbours->cells[i] = EVM_GRID_NOTHING;
}

void evm_map_labels_draw(EvmBuilder *builder, const EvmSheetRequest *request, GPtrArray *unplaced)
{
    const EvmMap *map = request->map;
    double cell = MAX(MIN_CELL_PX, 4 * request->layout->label);
    Labeller labeller = {.builder = builder,
                         .request = request,
                         .field = evm_label_field_new(evm_rect_compute_inset(map->frame, 6)),
                         .districts = evm_area_grid_compute(&map->districts, map->frame, cell),
                         .unplaced = unplaced};
    evm_label_field_add(labeller.field, evm_scale_bar_compute_box(request));
    EvmRect locator;
    if (evm_locator_find_box(request, &locator))
        evm_label_field_add(labeller.field, locator);
    if (map->neighbours.geodata) {
        labeller.neighbours = evm_area_grid_compute(&map->neighbours, map->frame, cell);
        clear_covered(labeller.neighbours, labeller.districts);
    }
    draw_place_labels(&labeller);
    evm_area_grid_free(labeller.districts);
    evm_area_grid_free(labeller.neighbours);
    evm_label_field_free(labeller.field);
}
