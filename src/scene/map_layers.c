#include <math.h>
#include <string.h>

#include "base/text.h"
#include "scene/parts.h"
#include "scene/words.h"

EvmColor evm_control_find_color(const EvmSheetRequest *request, EvmControl control)
{
    if (control.kind == EVM_CONTROL_CONTESTED)
        return request->theme->contested;
    if (control.kind == EVM_CONTROL_UNASSESSED)
        return request->theme->unassessed;
    return request->signs[control.actor].fill;
}

static EvmStroke solid(EvmColor color, double width_px)
{
    return (EvmStroke){.color = color, .width_px = width_px};
}

static EvmLayer *add_map_layer(EvmBuilder *builder, const EvmSheetRequest *request, const char *id,
                               const char *label)
{
    EvmLayer *layer = evm_builder_add_layer(builder, id, label);
    layer->has_clip = true;
    layer->clip = request->map->frame;
    return layer;
}

/* False when it is there already, from a sheet like this one. */
static bool begin_fixed_layer(EvmBuilder *builder, const EvmSheetRequest *request, const char *id,
                              const char *label)
{
    if (evm_builder_add_layer_of(builder, request->like, id))
        return false;
    add_map_layer(builder, request, id, label)->is_fixed = true;
    return true;
}

/* Borders between two foreign countries: the districts' file draws the home country's own. */
static bool is_foreign_border(const EvmArc *arc, const void *user)
{
    const EvmGeodata *geodata = user;
    return arc->left >= 0 && arc->right >= 0 && !evm_map_is_home(&geodata->areas[arc->left]) &&
           !evm_map_is_home(&geodata->areas[arc->right]);
}

static bool is_coast(const EvmArc *arc)
{
    return arc->left < 0 || arc->right < 0;
}

/* True where a ray to the right from `from` crosses the line a-b. */
static bool is_crossed(EvmPoint from, EvmPoint a, EvmPoint b)
{
    if ((a.y_px > from.y_px) == (b.y_px > from.y_px))
        return false;
    double x = a.x_px + (b.x_px - a.x_px) * (from.y_px - a.y_px) / (b.y_px - a.y_px);
    return x > from.x_px;
}

static bool is_outside_frame(const EvmRect *frame, EvmPoint a, EvmPoint b)
{
    return MAX(a.x_px, b.x_px) < frame->x_px ||
           MIN(a.x_px, b.x_px) > frame->x_px + frame->width_px ||
           MAX(a.y_px, b.y_px) < frame->y_px ||
           MIN(a.y_px, b.y_px) > frame->y_px + frame->height_px;
}

typedef struct {
    EvmLonLat least, most;
} Bounds;

static Bounds compute_bounds(const EvmGeodata *geodata)
{
    Bounds bounds = {{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};
    for (size_t i = 0; i < geodata->point_count; i++) {
        EvmLonLat at = geodata->points[i];
        bounds.least.lon_deg = MIN(bounds.least.lon_deg, at.lon_deg);
        bounds.least.lat_deg = MIN(bounds.least.lat_deg, at.lat_deg);
        bounds.most.lon_deg = MAX(bounds.most.lon_deg, at.lon_deg);
        bounds.most.lat_deg = MAX(bounds.most.lat_deg, at.lat_deg);
    }
    return bounds;
}

/* Where the file was cut off, land goes on: its edge is no coast. */
static bool is_file_edge(const Bounds *bounds, EvmLonLat a, EvmLonLat b)
{
    static const double NEAR_DEG = 1e-6;
    double west = bounds->least.lon_deg, east = bounds->most.lon_deg;
    double south = bounds->least.lat_deg, north = bounds->most.lat_deg;
    return MAX(a.lon_deg, b.lon_deg) < west + NEAR_DEG ||
           MIN(a.lon_deg, b.lon_deg) > east - NEAR_DEG ||
           MAX(a.lat_deg, b.lat_deg) < south + NEAR_DEG ||
           MIN(a.lat_deg, b.lat_deg) > north - NEAR_DEG;
}

/* No coast comes near the frame, and its middle is inland: then the land is the frame. */
static bool is_all_land(const EvmMapPart *part, const EvmRect *frame)
{
    Bounds bounds = compute_bounds(part->geodata);
    EvmPoint middle = {frame->x_px + frame->width_px / 2, frame->y_px + frame->height_px / 2};
    bool is_inland = false;
    for (size_t i = 0; i < part->geodata->arc_count; i++) {
        const EvmArc *arc = &part->geodata->arcs[i];
        const EvmPoint *points = part->points + arc->first;
        const EvmLonLat *places = part->geodata->points + arc->first;
        if (!is_coast(arc))
            continue;
        for (uint32_t p = 1; p < arc->count; p++) {
            if (!is_outside_frame(frame, points[p - 1], points[p]) &&
                !is_file_edge(&bounds, places[p - 1], places[p]))
                return false;
            is_inland ^= is_crossed(middle, points[p - 1], points[p]);
        }
    }
    return is_inland;
}

/* One rectangle instead of a dozen countries, where it comes to the same: countries filled one by
 * one also leave hairlines between them. */
static void draw_land(EvmBuilder *builder, const EvmSheetRequest *request)
{
    const EvmMapPart *part = &request->map->neighbours;
    EvmColor land = request->theme->land;
    if (is_all_land(part, &request->map->frame)) {
        evm_builder_add_rect(builder, request->map->frame, land);
        return;
    }
    evm_builder_add_rect(builder, request->map->frame, request->theme->water);
    for (size_t i = 0; i < part->geodata->area_count; i++)
        evm_builder_add_path(builder, part->paths[i], land);
}

static void draw_neighbours(EvmBuilder *builder, const EvmSheetRequest *request)
{
    const EvmMapPart *part = &request->map->neighbours;
    const EvmTheme *theme = request->theme;
    EvmArena *arena = evm_builder_find_arena(builder);
    if (!begin_fixed_layer(builder, request, "neighbours",
                           evm_language_at(request->language, EVM_MESSAGE_LAYER_NEIGHBOURS)) ||
        !part->geodata)
        return;
    draw_land(builder, request);
    EvmItem *borders = evm_builder_add_path(
        builder, evm_map_compute_arc_path(part, is_foreign_border, part->geodata, arena),
        EVM_COLOR_NONE);
    borders->stroke = solid(theme->land_border, theme->land_border_px * request->layout->line);
}

static const char *area_id(EvmBuilder *builder, const EvmArea *area, const EvmDistrict *district,
                           size_t index)
{
    if (district) {
        g_autofree char *slug = evm_text_format_slug(district->pcode);
        return evm_builder_format(builder, "d-%s", slug);
    }
    g_autofree char *slug = evm_text_format_slug(area->name);
    return evm_builder_format(builder, "p%zu-%s", index + 1, slug);
}

/* "Panjwayi, Kandahar", and whether its outline is its own. */
static char *format_name(const EvmSheetRequest *request, size_t area)
{
    const EvmUniverse *universe = request->universe;
    const EvmLanguage *language = request->language;
    const EvmArea *it = &universe->geodata->areas[area];
    int32_t index = universe->area_district[area];
    if (index < 0)
        return g_strdup(it->name);
    const EvmDistrict *district = &universe->gazetteer->districts[index];
    const EvmProvince *province = &universe->gazetteer->provinces[district->province];
    g_autofree char *name =
        evm_language_format(language, EVM_MESSAGE_NAME_WITH_PROVINCE, "name",
                            evm_words_find_district(language, district), "province",
                            evm_words_find_province(language, province), NULL);
    return it->is_schematic
               ? evm_language_format(language, EVM_MESSAGE_DISTRICT_SCHEMATIC, "name", name, NULL)
               : g_steal_pointer(&name);
}

static const char *area_title(EvmBuilder *builder, const EvmSheetRequest *request, size_t area,
                              const EvmHolding *holding)
{
    const EvmJoin *join = request->state->join;
    const EvmLanguage *language = request->language;
    int32_t index = request->universe->area_district[area];
    g_autofree char *name = format_name(request, area);
    const char *control = evm_words_find_control(language, join, holding->control);
    g_autofree char *title = NULL;
    if (index < 0 || holding->claim < 0) {
        title = evm_language_format(language, EVM_MESSAGE_DISTRICT, "name", name, "control",
                                    control, NULL);
        return evm_builder_format(builder, "%s", title);
    }
    g_autofree char *date =
        evm_language_format_date(language, join->claims[holding->claim].effective);
    title = evm_language_format(language, EVM_MESSAGE_DISTRICT_REPORTED, "name", name, "control",
                                control, "date", date, NULL);
    if (!request->changes->is_changed[index])
        return evm_builder_format(builder, "%s", title);
    g_autofree char *changed =
        evm_language_format(language, EVM_MESSAGE_DISTRICT_CHANGED, "district", title, NULL);
    return evm_builder_format(builder, "%s", changed);
}

static bool is_doubt_pale(const EvmSheetRequest *request, const EvmHolding *holding)
{
    return request->has_pale_doubts && holding->doubt != EVM_DOUBT_NONE;
}

static bool is_assumed_pale(const EvmSheetRequest *request, const EvmHolding *holding)
{
    return !request->is_small && evm_holding_is_assumed(holding);
}

static bool is_pale(const EvmSheetRequest *request, const EvmHolding *holding)
{
    return holding->is_stale || is_doubt_pale(request, holding) ||
           is_assumed_pale(request, holding);
}

/* Whose colour the district has: a pale grey would not say that somebody claims it. */
static EvmControl find_shown(const EvmSheetRequest *request, const EvmHolding *holding)
{
    return is_doubt_pale(request, holding) && holding->control.kind == EVM_CONTROL_UNASSESSED
               ? holding->other
               : holding->control;
}

static void add_district(EvmBuilder *builder, const EvmSheetRequest *request, size_t area)
{
    const EvmUniverse *universe = request->universe;
    int32_t index = universe->area_district[area];
    const EvmDistrict *district = index < 0 ? NULL : &universe->gazetteer->districts[index];
    EvmHolding holding = evm_universe_holding_at(universe, request->state, area);
    const EvmPath *path = &request->map->districts.paths[area];
    EvmColor color = evm_control_find_color(request, find_shown(request, &holding));
    EvmItem *item = evm_builder_add_path(
        builder, *path,
        is_pale(request, &holding) ? evm_theme_compute_stale(request->theme, color) : color);
    if (request->is_bare)
        return;
    item->id = area_id(builder, &universe->geodata->areas[area], district, area);
    item->title = area_title(builder, request, area, &holding);
    item->pcode = district ? evm_builder_format(builder, "%s", district->pcode) : NULL;
    item->control = evm_builder_format(builder, "%s",
                                       evm_control_format(request->state->join, holding.control));
}

static int32_t province_of(const EvmUniverse *universe, int32_t area)
{
    int32_t district = area < 0 ? EVM_NO_DISTRICT : universe->area_district[area];
    return district < 0 ? -1 : (int32_t)universe->gazetteer->districts[district].province;
}

static bool is_counted(const EvmUniverse *universe, int32_t area)
{
    return area >= 0 && universe->is_counted[area];
}

static bool is_inner_border(const EvmArc *arc, const void *user)
{
    const EvmUniverse *universe = user;
    return is_counted(universe, arc->left) && is_counted(universe, arc->right) &&
           province_of(universe, arc->left) == province_of(universe, arc->right);
}

static bool is_province_border(const EvmArc *arc, const void *user)
{
    const EvmUniverse *universe = user;
    return arc->left >= 0 && arc->right >= 0 &&
           province_of(universe, arc->left) != province_of(universe, arc->right);
}

static bool is_country_border(const EvmArc *arc, const void *user)
{
    (void)user;
    return arc->left < 0 || arc->right < 0;
}

static void draw_context(EvmBuilder *builder, const EvmSheetRequest *request)
{
    const EvmUniverse *universe = request->universe;
    if (universe->count == universe->geodata->area_count ||
        !begin_fixed_layer(builder, request, "context",
                           evm_language_at(request->language, EVM_MESSAGE_LAYER_CONTEXT)))
        return;
    for (size_t area = 0; area < universe->geodata->area_count; area++)
        if (!universe->is_counted[area])
            evm_builder_add_path(builder, request->map->districts.paths[area],
                                 request->theme->context);
}

static EvmPath compute_mesh(EvmBuilder *builder, const EvmSheetRequest *request)
{
    const EvmScene *like = request->like;
    for (size_t i = 0; like && i < like->layer_count; i++)
        if (like->layers[i].has_fixed_outline)
            return like->layers[i].outline_mesh;
    return evm_map_compute_arc_path(&request->map->districts, is_inner_border, request->universe,
                                    evm_builder_find_arena(builder));
}

static void draw_districts(EvmBuilder *builder, const EvmSheetRequest *request)
{
    const EvmUniverse *universe = request->universe;
    EvmLayer *layer =
        add_map_layer(builder, request, "districts",
                      evm_language_at(request->language, EVM_MESSAGE_LAYER_DISTRICTS));
    layer->outline = solid(request->theme->district_border,
                           request->theme->district_border_px * request->layout->line);
    layer->has_fixed_outline = true;
    layer->outline_mesh = compute_mesh(builder, request);
    for (size_t area = 0; area < universe->geodata->area_count; area++)
        if (universe->is_counted[area])
            add_district(builder, request, area);
}

/* Bands on hatching are a plaid of which nobody sees whose colour it has. Where contested districts
 * have a colour of their own, that is enough below bands. */
static bool has_hatch(const EvmSheetRequest *request, const EvmHolding *holding)
{
    static const double OWN_COLOR = 60;
    bool has_bands = holding->doubt != EVM_DOUBT_NONE && !request->has_pale_doubts;
    return !has_bands || evm_color_compute_distance(request->theme->contested,
                                                    request->theme->unassessed) < OWN_COLOR;
}

/* Nobody holds them: lines across, which a grey photocopy keeps. */
static void draw_contested(EvmBuilder *builder, const EvmSheetRequest *request)
{
    const EvmUniverse *universe = request->universe;
    EvmArena *arena = evm_builder_find_arena(builder);
    EvmStripes hatch = evm_stripes_find_contested(request);
    add_map_layer(builder, request, "contested",
                  evm_language_at(request->language, EVM_MESSAGE_CONTROL_CONTESTED));
    for (size_t area = 0; area < universe->geodata->area_count; area++) {
        EvmHolding holding = evm_universe_holding_at(universe, request->state, area);
        if (!universe->is_counted[area] ||
            find_shown(request, &holding).kind != EVM_CONTROL_CONTESTED ||
            !has_hatch(request, &holding))
            continue;
        const EvmPath *path = &request->map->districts.paths[area];
        EvmColor color = request->theme->contested_hatch;
        evm_builder_add_path(
            builder, evm_stripes_find_kept(request->memo, arena, path, &hatch),
            is_pale(request, &holding) ? evm_theme_compute_stale(request->theme, color) : color);
    }
}

/* Marks of actors whose colour the theme does not know. */
static void draw_patterns(EvmBuilder *builder, const EvmSheetRequest *request)
{
    const EvmUniverse *universe = request->universe;
    add_map_layer(builder, request, "patterns",
                  evm_language_at(request->language, EVM_MESSAGE_LEGEND_TITLE));
    for (size_t area = 0; area < universe->geodata->area_count; area++) {
        EvmHolding holding = evm_universe_holding_at(universe, request->state, area);
        const EvmSign *sign = evm_control_find_sign(request, find_shown(request, &holding));
        if (!universe->is_counted[area] || !sign || sign->pattern == EVM_PATTERN_NONE)
            continue;
        const EvmPath *path = &request->map->districts.paths[area];
        evm_pattern_draw(builder, request, sign->pattern, path,
                         is_pale(request, &holding) ? sign->fill : sign->mark);
    }
}

/* Old evidence: pale, with upright lines of the full colour, which no other sign has. */
static void draw_stale(EvmBuilder *builder, const EvmSheetRequest *request)
{
    const EvmUniverse *universe = request->universe;
    EvmArena *arena = evm_builder_find_arena(builder);
    EvmStripes lines = evm_stripes_find_stale(request);
    add_map_layer(builder, request, "stale",
                  evm_language_at(request->language, EVM_MESSAGE_LAYER_STALE));
    for (size_t area = 0; area < universe->geodata->area_count; area++) {
        EvmHolding holding = evm_universe_holding_at(universe, request->state, area);
        if (!universe->is_counted[area] || !holding.is_stale)
            continue;
        const EvmPath *path = &request->map->districts.paths[area];
        evm_builder_add_path(builder, evm_stripes_find_kept(request->memo, arena, path, &lines),
                             holding.control.kind == EVM_CONTROL_CONTESTED
                                 ? evm_theme_find_contested_stale(request->theme)
                                 : evm_control_find_color(request, holding.control));
    }
}

/* Districts in doubt: bands in the colour of what they may be instead. */
static void draw_doubts(EvmBuilder *builder, const EvmSheetRequest *request)
{
    const EvmUniverse *universe = request->universe;
    EvmArena *arena = evm_builder_find_arena(builder);
    add_map_layer(builder, request, "doubts",
                  evm_language_at(request->language, EVM_MESSAGE_LAYER_DOUBT));
    for (size_t area = 0; area < universe->geodata->area_count; area++) {
        EvmHolding holding = evm_universe_holding_at(universe, request->state, area);
        EvmStripes stripes;
        if (!universe->is_counted[area] ||
            !evm_stripes_find(&holding, request->layout->line, &stripes))
            continue;
        const EvmPath *path = &request->map->districts.paths[area];
        evm_builder_add_path(builder, evm_stripes_find_kept(request->memo, arena, path, &stripes),
                             evm_control_find_color(request, holding.other));
    }
}

static void draw_border(EvmBuilder *builder, const EvmSheetRequest *request, EvmArcFilter filter,
                        const void *user, const char *id, const char *label, EvmStroke stroke)
{
    if (!begin_fixed_layer(builder, request, id, label))
        return;
    EvmPath path = evm_map_compute_arc_path(&request->map->districts, filter, user,
                                            evm_builder_find_arena(builder));
    if (path.part_count > 0)
        evm_builder_add_path(builder, path, EVM_COLOR_NONE)->stroke = stroke;
}

static bool is_changed(const EvmSheetRequest *request, int32_t area)
{
    const EvmUniverse *universe = request->universe;
    if (!is_counted(universe, area))
        return false;
    int32_t district = universe->area_district[area];
    return district >= 0 && request->changes->is_changed[district];
}

/* The edge of every group of changed districts that are now held alike. */
static bool is_changed_border(const EvmArc *arc, const void *user)
{
    const EvmSheetRequest *request = user;
    bool left = is_changed(request, arc->left), right = is_changed(request, arc->right);
    if (left != right)
        return true;
    if (!left)
        return false;
    return !evm_control_is_equal(
        evm_universe_holding_at(request->universe, request->state, (size_t)arc->left).control,
        evm_universe_holding_at(request->universe, request->state, (size_t)arc->right).control);
}

/* A line on a halo, so that it is seen on dark fills and on light ones. */
static void draw_changed(EvmBuilder *builder, const EvmSheetRequest *request)
{
    const EvmTheme *theme = request->theme;
    double line = request->layout->line;
    EvmPath path = evm_map_compute_arc_path(&request->map->districts, is_changed_border, request,
                                            evm_builder_find_arena(builder));
    add_map_layer(builder, request, "changed",
                  evm_language_at(request->language, EVM_MESSAGE_LAYER_CHANGED));
    if (path.part_count == 0)
        return;
    evm_builder_add_path(builder, path, EVM_COLOR_NONE)->stroke =
        solid(theme->changed_halo, theme->changed_halo_px * line);
    evm_builder_add_path(builder, path, EVM_COLOR_NONE)->stroke =
        solid(theme->changed_border, theme->changed_border_px * line);
}

static bool is_schematic(const EvmUniverse *universe, int32_t area)
{
    return is_counted(universe, area) && universe->geodata->areas[area].is_schematic;
}

/* Where a share was cut out of its parent, and not where it ends on a border. */
static bool is_cut(const EvmArc *arc, const void *user)
{
    const EvmUniverse *universe = user;
    return is_inner_border(arc, universe) &&
           (is_schematic(universe, arc->left) || is_schematic(universe, arc->right));
}

/* They come last. */
static bool has_schematic(const EvmUniverse *universe)
{
    size_t last = universe->geodata->area_count;
    return last > 0 && universe->geodata->areas[last - 1].is_schematic;
}

bool evm_schematic_is_any(const EvmSheetRequest *request)
{
    const EvmUniverse *universe = request->universe;
    for (size_t area = 0; has_schematic(universe) && area < universe->geodata->area_count; area++)
        if (is_schematic(universe, (int32_t)area))
            return true;
    return false;
}

EvmStroke evm_schematic_find_stroke(const EvmSheetRequest *request)
{
    double line = request->layout->line;
    EvmStroke stroke = solid(request->theme->ink_soft, request->theme->schematic_border_px * line);
    stroke.dash_px = 3 * line;
    stroke.gap_px = 2.5 * line;
    return stroke;
}

/* Shares of districts are marked: nobody surveyed these lines. */
static void draw_cuts(EvmBuilder *builder, const EvmSheetRequest *request)
{
    if (has_schematic(request->universe))
        draw_border(builder, request, is_cut, request->universe, "schematic-shares",
                    evm_language_at(request->language, EVM_MESSAGE_LAYER_SCHEMATIC),
                    evm_schematic_find_stroke(request));
}

void evm_map_layers_draw(EvmBuilder *builder, const EvmSheetRequest *request)
{
    const EvmTheme *theme = request->theme;
    double line = request->layout->line;
    draw_neighbours(builder, request);
    draw_context(builder, request);
    if (request->has_graticule)
        evm_graticule_draw(builder, request);
    draw_districts(builder, request);
    draw_patterns(builder, request);
    draw_contested(builder, request);
    if (request->state->question.stale_after_days > 0)
        draw_stale(builder, request);
    if (!request->has_pale_doubts)
        draw_doubts(builder, request);
    draw_cuts(builder, request);
    draw_border(builder, request, is_province_border, request->universe, "province-borders",
                evm_language_at(request->language, EVM_MESSAGE_LAYER_PROVINCE_BORDERS),
                solid(theme->province_border, theme->province_border_px * line));
    draw_border(builder, request, is_country_border, NULL, "country-border",
                evm_language_at(request->language, EVM_MESSAGE_LAYER_COUNTRY_BORDER),
                solid(theme->country_border, theme->country_border_px * line));
    draw_changed(builder, request);
}
