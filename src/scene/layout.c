#include "scene/layout.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* Regions that are cut again. */
enum { BODY = EVM_REGION_COUNT, SIDE, FOOT, PLACES };

typedef enum { TOP, BOTTOM, LEFT, RIGHT, ALL } Edge;

/* Takes a strip from one side of `from`, or all that is left of it, for `into`. */
typedef struct {
    int from, into;
    Edge edge;
    double em;        /* depth of the strip in px at type 1 */
    double narrow_em; /* likewise where text breaks into more lines; 0: the same */
    double share;     /* depth as a share of the page's width or height, added to that */
    double gap_em;    /* left free beside the strip */
} Cut;

enum { CUTS_MAX = 10 };

typedef struct {
    const char *name;
    double width_px, height_px; /* unless told otherwise */
    double type;                /* at that size */
    double title_em;
    double margin_em;         /* around the page */
    double top_em, bottom_em; /* more of it: apps draw their own buttons over a story */
    bool is_print;
    Cut cuts[CUTS_MAX];
} Layout;

/* clang-format off */
static const Layout layouts[] = {
    {"landscape", 1600, 1200, 1, 38, 32, 0, -10, false, {
        {BODY, EVM_REGION_TITLE, TOP, 108, 132, 0, 4},
        {BODY, EVM_REGION_NOTES, BOTTOM, 76, 96, 0, 0},
        {BODY, SIDE, RIGHT, 0, 0, 0.235, 28},
        {SIDE, EVM_REGION_LEGEND, ALL, 0, 0, 0, 0},
        {SIDE, EVM_REGION_CHART, ALL, 0, 0, 0, 0},
        {SIDE, EVM_REGION_PANEL, ALL, 0, 0, 0, 0},
        {BODY, EVM_REGION_MAP, ALL, 0, 0, 0, 0}}},
    {"portrait", 1200, 1500, 1, 38, 36, 0, -10, false, {
        {BODY, EVM_REGION_TITLE, TOP, 132, 132, 0, 6},
        {BODY, EVM_REGION_NOTES, BOTTOM, 74, 88, 0, 0},
        {BODY, FOOT, BOTTOM, 0, 0, 0.315, 14},
        {FOOT, SIDE, LEFT, 0, 0, 0.36, 36},
        {SIDE, EVM_REGION_LEGEND, ALL, 0, 0, 0, 0},
        {SIDE, EVM_REGION_CHART, ALL, 0, 0, 0, 0},
        {FOOT, EVM_REGION_PANEL, ALL, 0, 0, 0, 0},
        {BODY, EVM_REGION_MAP, ALL, 0, 0, 0, 0}}},
    {"square", 1080, 1080, 1.15, 38, 32, 0, -12, false, {
        {BODY, EVM_REGION_TITLE, TOP, 134, 134, 0, 0},
        {BODY, EVM_REGION_NOTES, BOTTOM, 78, 78, 0, 0},
        {BODY, FOOT, BOTTOM, 212, 212, 0, 8},
        {FOOT, EVM_REGION_LEGEND, LEFT, 0, 0, 0.37, 30},
        {FOOT, EVM_REGION_PANEL, ALL, 0, 0, 0, 0},
        {BODY, EVM_REGION_MAP, ALL, 0, 0, 0, 0}}},
    {"story", 1080, 1920, 1.6, 38, 34, 60, 50, false, {
        {BODY, EVM_REGION_TITLE, TOP, 200, 200, 0, 6},
        {BODY, EVM_REGION_NOTES, BOTTOM, 108, 108, 0, 4},
        {BODY, FOOT, BOTTOM, 214, 214, 0, 10},
        {FOOT, EVM_REGION_LEGEND, LEFT, 0, 0, 0.41, 26},
        {FOOT, EVM_REGION_PANEL, ALL, 0, 0, 0, 0},
        {BODY, EVM_REGION_MAP, ALL, 0, 0, 0, 0}}},
    {"card", 1200, 630, 1.05, 31, 24, 0, -14, false, {
        {BODY, SIDE, LEFT, 0, 0, 0.35, 22},
        {SIDE, EVM_REGION_NOTES, BOTTOM, 106, 0, 0, 0},
        {SIDE, EVM_REGION_TITLE, TOP, 229, 0, 0, 9},
        {SIDE, EVM_REGION_LEGEND, ALL, 0, 0, 0, 0},
        {BODY, EVM_REGION_MAP, ALL, 0, 0, 0, 0}}},
    {"film", 1920, 1080, 1.3, 32, 36, 0, -12, false, {
        {BODY, SIDE, LEFT, 0, 0, 0.3, 30},
        {SIDE, EVM_REGION_NOTES, BOTTOM, 110, 0, 0, 0},
        {SIDE, EVM_REGION_TITLE, TOP, 210, 0, 0, 4},
        {SIDE, EVM_REGION_LEGEND, ALL, 0, 0, 0, 0},
        {SIDE, EVM_REGION_CHART, ALL, 0, 0, 0, 0},
        {BODY, EVM_REGION_MAP, ALL, 0, 0, 0, 0}}},
    {"thumbnail", 400, 300, 0.62, 38, 0, 0, 0, false, {
        {BODY, EVM_REGION_MAP, ALL, 0, 0, 0, 0}}},
    {"period", 1600, 1200, 1, 38, 40, 0, -14, false, {
        {BODY, EVM_REGION_TITLE, TOP, 108, 132, 0, 2},
        {BODY, EVM_REGION_NOTES, BOTTOM, 76, 96, 0, 14},
        {BODY, EVM_REGION_LEGEND, TOP, 18, 40, 0, 22},
        {BODY, EVM_REGION_PANEL, ALL, 0, 0, 0, 0}}},
    /* 96 px an inch: 297 x 210 and 420 x 297 mm. */
    {"a4", 297 / 25.4 * 96, 210 / 25.4 * 96, 0.76, 38, 38, 0, -10, true, {
        {BODY, EVM_REGION_TITLE, TOP, 112, 134, 0, 6},
        {BODY, EVM_REGION_NOTES, BOTTOM, 84, 96, 0, 0},
        {BODY, SIDE, RIGHT, 0, 0, 0.25, 28},
        {SIDE, EVM_REGION_LEGEND, ALL, 0, 0, 0, 0},
        {SIDE, EVM_REGION_CHART, ALL, 0, 0, 0, 0},
        {SIDE, EVM_REGION_PANEL, ALL, 0, 0, 0, 0},
        {BODY, EVM_REGION_MAP, ALL, 0, 0, 0, 0}}},
    {"a3", 420 / 25.4 * 96, 297 / 25.4 * 96, 0.94, 38, 38, 0, -10, true, {
        {BODY, EVM_REGION_TITLE, TOP, 108, 132, 0, 6},
        {BODY, EVM_REGION_NOTES, BOTTOM, 76, 96, 0, 0},
        {BODY, SIDE, RIGHT, 0, 0, 0.235, 28},
        {SIDE, EVM_REGION_LEGEND, ALL, 0, 0, 0, 0},
        {SIDE, EVM_REGION_CHART, ALL, 0, 0, 0, 0},
        {SIDE, EVM_REGION_PANEL, ALL, 0, 0, 0, 0},
        {BODY, EVM_REGION_MAP, ALL, 0, 0, 0, 0}}},
};
/* clang-format on */

/* Below this much text in a line (px at type 1) paragraphs take more lines. */
static const double NARROW_EM = 1440;

const char *const *evm_layout_find_names(void)
{
    static const char *const names[] = {"landscape", "portrait",  "square", "story", "card",
                                        "film",      "thumbnail", "a4",     "a3",    NULL};
    return names;
}

static const Layout *find_layout(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(layouts); i++)
        if (strcmp(layouts[i].name, name) == 0)
            return &layouts[i];
    return NULL;
}

bool evm_layout_find_size(const char *name, double *width_px, double *height_px)
{
    const Layout *layout = find_layout(name);
    if (!layout)
        return false;
    *width_px = layout->width_px;
    *height_px = layout->height_px;
    return true;
}

bool evm_layout_is_print(const char *name)
{
    const Layout *layout = find_layout(name);
    return layout && layout->is_print;
}

/* The one whose shape comes nearest. Cards and thumbnails are asked for by name. */
static const char *choose_name(double width_px, double height_px)
{
    double ratio = width_px / height_px;
    return ratio >= 1.15   ? "landscape"
           : ratio >= 0.92 ? "square"
           : ratio >= 0.66 ? "portrait"
                           : "story";
}

static EvmRect take_strip(EvmRect *from, Edge edge, double depth, double gap)
{
    EvmRect strip = *from;
    bool is_level = edge == TOP || edge == BOTTOM;
    double *side = is_level ? &from->height_px : &from->width_px;
    depth = fmin(depth, *side);
    *(is_level ? &strip.height_px : &strip.width_px) = depth;
    if (edge == BOTTOM)
        strip.y_px = from->y_px + from->height_px - depth;
    if (edge == RIGHT)
        strip.x_px = from->x_px + from->width_px - depth;
    double lost = fmin(depth + gap, *side);
    if (edge == TOP)
        from->y_px += lost;
    if (edge == LEFT)
        from->x_px += lost;
    *side -= lost;
    return strip;
}

static void apply_cut(const EvmLayout *layout, const Cut *cut, EvmRect places[PLACES])
{
    EvmRect *from = &places[cut->from];
    bool is_level = cut->edge == TOP || cut->edge == BOTTOM;
    bool is_narrow = from->width_px < NARROW_EM * layout->type;
    double em = is_narrow && cut->narrow_em > 0 ? cut->narrow_em : cut->em;
    double depth =
        em * layout->type + cut->share * (is_level ? layout->height_px : layout->width_px);
    if (cut->edge == ALL) {
        places[cut->into] = *from;
        return;
    }
    places[cut->into] =
        take_strip(from, cut->edge, round(depth), round(cut->gap_em * layout->type));
}

/* The map reaches over the margin to the page's edges at the left and right. */
static void bleed(const EvmLayout *layout, EvmRect *map)
{
    double right = map->x_px + map->width_px;
    if (map->x_px <= layout->margin_px)
        map->x_px = 0;
    if (right >= layout->width_px - layout->margin_px)
        right = layout->width_px;
    map->width_px = right - map->x_px;
}

static double clamp(double value, double low, double high)
{
    return fmin(fmax(value, low), high);
}

EvmLayout evm_layout_compute(const char *name, double width_px, double height_px, bool is_mirrored)
{
    const Layout *spec = find_layout(name ? name : choose_name(width_px, height_px));
    double ratio = fmin(width_px / spec->width_px, height_px / spec->height_px);
    /* Type shrinks more slowly than the page: small maps are read on small screens. Cards, stories
     * and squares are the same picture at any size. */
    bool is_picture = spec->type > 1;
    EvmLayout layout = {.name = spec->name,
                        .width_px = width_px,
                        .height_px = height_px,
                        .type = clamp(spec->type * pow(ratio, is_picture ? 1 : 0.6), 0.5, 4),
                        .line = clamp(spec->type * pow(ratio, is_picture ? 1 : 0.7), 0.5, 4),
                        .is_mirrored = is_mirrored};
    layout.title_px = spec->title_em * layout.type;
    layout.label =
        fmin(layout.type, spec->type > 1 ? 1.15 * layout.type / spec->type : layout.type);
    layout.margin_px = round(spec->margin_em * layout.type);
    double top = layout.margin_px + round(spec->top_em * layout.type);
    double bottom = layout.margin_px + round(spec->bottom_em * layout.type);
    EvmRect places[PLACES] = {0};
    places[BODY] =
        (EvmRect){layout.margin_px, top, width_px - 2 * layout.margin_px, height_px - top - bottom};
    for (size_t i = 0; i < CUTS_MAX && (spec->cuts[i].from || spec->cuts[i].into); i++)
        apply_cut(&layout, &spec->cuts[i], places);
    memcpy(layout.regions, places, sizeof layout.regions);
    bleed(&layout, &layout.regions[EVM_REGION_MAP]);
    return layout;
}

bool evm_layout_has(const EvmLayout *layout, EvmRegion region)
{
    return layout->regions[region].width_px > 0 && layout->regions[region].height_px > 0;
}

bool evm_layout_is_stacked(const EvmLayout *layout)
{
    const EvmRect *legend = &layout->regions[EVM_REGION_LEGEND];
    const EvmRect *panel = &layout->regions[EVM_REGION_PANEL];
    return legend->x_px == panel->x_px && legend->y_px == panel->y_px;
}

EvmRect evm_layout_find_place(const EvmLayout *layout, EvmRegion region)
{
    EvmRect place = layout->regions[region];
    if (layout->is_mirrored)
        place.x_px = layout->width_px - place.x_px - place.width_px;
    return place;
}
