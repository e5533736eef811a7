#include "scene/builder.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

typedef struct {
    EvmLayer layer; /* its items are filled in at the end, unless it is finished */
    guint start;    /* its first item */
    bool is_finished, is_piece, is_mirrored;
} Draft;

struct EvmBuilder {
    EvmArena *arena;
    GArray *layers;     /* of Draft */
    GArray *items;      /* of EvmItem, all layers one after the other */
    char *suffix;       /* of the ids of layers; NULL: none */
    GPtrArray *grounds; /* const EvmScene *, borrowed: their layers come first */
    double width_px, height_px;
    EvmColor background;
    bool is_rtl;
    EvmTextMeasure measure;
};

EvmBuilder *evm_builder_new(double width_px, double height_px, EvmColor background, bool is_rtl,
                            EvmTextMeasure measure)
{
    EvmBuilder *builder = g_new0(EvmBuilder, 1);
    builder->arena = evm_arena_new();
    builder->layers = g_array_new(FALSE, FALSE, sizeof(Draft));
    builder->items = g_array_new(FALSE, FALSE, sizeof(EvmItem));
    builder->grounds = g_ptr_array_new();
    builder->width_px = width_px;
    builder->height_px = height_px;
    builder->background = background;
    builder->is_rtl = is_rtl;
    builder->measure = measure;
    return builder;
}

EvmArena *evm_builder_find_arena(EvmBuilder *builder)
{
    return builder->arena;
}

const char *evm_builder_format(EvmBuilder *builder, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    return evm_arena_strdup(builder->arena, text);
}

void evm_builder_add_scene(EvmBuilder *builder, const EvmScene *scene)
{
    g_ptr_array_add(builder->grounds, (gpointer)(uintptr_t)scene);
}

void evm_builder_add_suffix(EvmBuilder *builder, const char *suffix)
{
    g_free(builder->suffix);
    builder->suffix = g_strdup(suffix);
}

static Draft *draft_at(const EvmBuilder *builder, guint index)
{
    return &g_array_index(builder->layers, Draft, index);
}

static Draft *add_draft(EvmBuilder *builder, EvmLayer layer)
{
    Draft draft = {.layer = layer, .start = builder->items->len};
    g_array_append_val(builder->layers, draft);
    return draft_at(builder, builder->layers->len - 1);
}

EvmLayer *evm_builder_add_layer(EvmBuilder *builder, const char *id, const char *label)
{
    g_autofree char *whole = builder->suffix ? g_strdup_printf("%s-%s", id, builder->suffix) : NULL;
    EvmLayer layer = {.id = evm_arena_strdup(builder->arena, whole ? whole : id),
                      .label = evm_arena_strdup(builder->arena, label)};
    return &add_draft(builder, layer)->layer;
}

EvmLayer *evm_builder_add_piece(EvmBuilder *builder, const EvmLayout *layout, const char *id,
                                const char *label)
{
    EvmLayer *layer = evm_builder_add_layer(builder, id, label);
    Draft *draft = draft_at(builder, builder->layers->len - 1);
    draft->is_piece = true;
    draft->is_mirrored = layout->is_mirrored;
    return layer;
}

bool evm_builder_add_layer_of(EvmBuilder *builder, const EvmScene *from, const char *id)
{
    for (size_t i = 0; from && i < from->layer_count; i++)
        if (strcmp(from->layers[i].id, id) == 0) {
            add_draft(builder, from->layers[i])->is_finished = true;
            return true;
        }
    return false;
}

static EvmItem *add_item(EvmBuilder *builder, EvmItemType type, EvmColor fill)
{
    EvmItem item = {.type = type, .fill = fill};
    g_array_append_val(builder->items, item);
    return &g_array_index(builder->items, EvmItem, builder->items->len - 1);
}

EvmItem *evm_builder_add_path(EvmBuilder *builder, EvmPath path, EvmColor fill)
{
    EvmItem *item = add_item(builder, EVM_ITEM_PATH, fill);
    item->path = path;
    return item;
}

static EvmPath one_part(EvmBuilder *builder, const EvmPoint *points, uint32_t count, bool closed)
{
    EvmPoint *copy = evm_arena_alloc_array(builder->arena, count, sizeof *copy);
    uint32_t *end = evm_arena_alloc(builder->arena, sizeof *end);
    for (uint32_t i = 0; i < count; i++)
        copy[i] = points[i];
    *end = count;
    return (EvmPath){copy, end, 1, closed};
}

EvmItem *evm_builder_add_rect(EvmBuilder *builder, EvmRect rect, EvmColor fill)
{
    double right = rect.x_px + rect.width_px, bottom = rect.y_px + rect.height_px;
    const EvmPoint corners[] = {
        {rect.x_px, rect.y_px}, {right, rect.y_px}, {right, bottom}, {rect.x_px, bottom}};
    return evm_builder_add_path(builder, one_part(builder, corners, 4, true), fill);
}

EvmItem *evm_builder_add_line(EvmBuilder *builder, EvmPoint from, EvmPoint to, EvmStroke stroke)
{
    const EvmPoint ends[] = {from, to};
    EvmItem *item =
        evm_builder_add_path(builder, one_part(builder, ends, 2, false), EVM_COLOR_NONE);
    item->stroke = stroke;
    return item;
}

EvmItem *evm_builder_add_disc(EvmBuilder *builder, EvmDisc disc, EvmColor fill)
{
    EvmItem *item = add_item(builder, EVM_ITEM_DISC, fill);
    item->disc = disc;
    return item;
}

EvmItem *evm_builder_add_image(EvmBuilder *builder, EvmImage image)
{
    EvmItem *item = add_item(builder, EVM_ITEM_IMAGE, EVM_COLOR_NONE);
    item->image = image;
    return item;
}

EvmTextExtents evm_builder_compute_extents(const EvmBuilder *builder, const EvmFont *font,
                                           const char *text)
{
    return builder->measure.compute(builder->measure.user, font, text);
}

static bool is_arabic(gunichar c)
{
    return g_unichar_isalpha(c) && g_unichar_get_script(c) == G_UNICODE_SCRIPT_ARABIC;
}

/* A line of a Dari paragraph may begin with a Latin name. */
static bool has_rtl_base(const char *text, bool is_rtl_page)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (is_arabic(c))
            return true;
        if (g_unichar_isalpha(c) && !is_rtl_page)
            return false;
    }
    return false;
}

EvmItem *evm_builder_add_text(EvmBuilder *builder, const char *string, EvmPoint at,
                              EvmAnchor anchor, EvmFont font, EvmColor color)
{
    EvmItem *item = add_item(builder, EVM_ITEM_TEXT, EVM_COLOR_NONE);
    item->text = (EvmText){
        .string = evm_arena_strdup(builder->arena, string),
        .at = at,
        .anchor = anchor,
        .is_rtl = has_rtl_base(string, builder->is_rtl),
        .font = font,
        .color = color,
        .width_px = evm_builder_compute_extents(builder, &font, string).width_px,
    };
    return item;
}

EvmRect evm_path_compute_bounds(const EvmPath *path, double margin_px)
{
    uint32_t count = path->part_count ? path->ends[path->part_count - 1] : 0;
    EvmPoint min = {INFINITY, INFINITY}, max = {-INFINITY, -INFINITY};
    for (uint32_t i = 0; i < count; i++) { /* not fmin and fmax: those are calls */
        min.x_px = MIN(path->points[i].x_px, min.x_px);
        min.y_px = MIN(path->points[i].y_px, min.y_px);
        max.x_px = MAX(path->points[i].x_px, max.x_px);
        max.y_px = MAX(path->points[i].y_px, max.y_px);
    }
    if (count == 0)
        return (EvmRect){0, 0, 0, 0};
    return (EvmRect){min.x_px - margin_px, min.y_px - margin_px,
                     max.x_px - min.x_px + 2 * margin_px, max.y_px - min.y_px + 2 * margin_px};
}

/* The box around a box that is turned around the origin. */
static EvmRect turn_box(EvmRect box, double angle_deg)
{
    double cosine = cos(angle_deg * G_PI / 180), sine = sin(angle_deg * G_PI / 180);
    const double xs[] = {box.x_px, box.x_px + box.width_px};
    const double ys[] = {box.y_px, box.y_px + box.height_px};
    EvmPoint corners[4];
    for (int i = 0; i < 4; i++)
        corners[i] = (EvmPoint){xs[i % 2] * cosine - ys[i / 2] * sine,
                                xs[i % 2] * sine + ys[i / 2] * cosine};
    return evm_path_compute_bounds(&(EvmPath){corners, (const uint32_t[]){4}, 1, true}, 0);
}

static EvmRect text_bounds(const EvmBuilder *builder, const EvmText *text)
{
    EvmTextExtents extents = evm_builder_compute_extents(builder, &text->font, text->string);
    double shift = text->anchor == EVM_ANCHOR_MIDDLE ? 0.5 : text->anchor == EVM_ANCHOR_END ? 1 : 0;
    EvmRect box = {-shift * extents.width_px - text->halo_px, -extents.ascent_px - text->halo_px,
                   extents.width_px + 2 * text->halo_px,
                   extents.ascent_px + extents.descent_px + 2 * text->halo_px};
    if (text->angle_deg != 0)
        box = turn_box(box, text->angle_deg);
    box.x_px += text->at.x_px;
    box.y_px += text->at.y_px;
    return box;
}

/* Nobody asks for those of paths, most of which are long. */
static EvmRect item_bounds(const EvmBuilder *builder, const EvmItem *item)
{
    double reach = item->disc.radius_px + item->stroke.width_px / 2;
    switch (item->type) {
    case EVM_ITEM_PATH:
        return (EvmRect){0, 0, 0, 0};
    case EVM_ITEM_DISC:
        return (EvmRect){item->disc.center.x_px - reach, item->disc.center.y_px - reach, 2 * reach,
                         2 * reach};
    case EVM_ITEM_IMAGE:
        return item->image.box;
    case EVM_ITEM_TEXT:
        break;
    }
    return text_bounds(builder, &item->text);
}

static void add_taken(const EvmBuilder *builder, GArray *taken, const EvmItem *item)
{
    if (item->type == EVM_ITEM_PATH)
        return;
    EvmRect bounds = item_bounds(builder, item);
    g_array_append_val(taken, bounds);
}

static void add_layer_taken(GArray *taken, const EvmLayer *layer)
{
    for (size_t i = 0; i < layer->item_count; i++)
        if (layer->items[i].type != EVM_ITEM_PATH)
            g_array_append_val(taken, layer->items[i].bounds);
}

static void add_scene_taken(GArray *taken, const EvmScene *scene)
{
    for (size_t i = 0; i < scene->layer_count; i++)
        add_layer_taken(taken, &scene->layers[i]);
}

/* The first item behind those of the layer. */
static guint end_of(const EvmBuilder *builder, guint layer)
{
    bool is_last = layer + 1 == builder->layers->len;
    return is_last ? builder->items->len : draft_at(builder, layer + 1)->start;
}

GArray *evm_builder_compute_taken(const EvmBuilder *builder)
{
    GArray *taken = g_array_new(FALSE, FALSE, sizeof(EvmRect));
    for (guint i = 0; i < builder->grounds->len; i++)
        add_scene_taken(taken, builder->grounds->pdata[i]);
    for (guint i = 0; i < builder->layers->len; i++) {
        const Draft *draft = draft_at(builder, i);
        if (draft->is_finished)
            add_layer_taken(taken, &draft->layer);
        for (guint k = draft->start; !draft->is_piece && k < end_of(builder, i); k++)
            add_taken(builder, taken, &g_array_index(builder->items, EvmItem, k));
    }
    return taken;
}

static EvmPath mirror_path(EvmBuilder *builder, const EvmPath *path)
{
    uint32_t count = path->part_count ? path->ends[path->part_count - 1] : 0;
    EvmPoint *points = evm_arena_alloc_array(builder->arena, count, sizeof *points);
    for (uint32_t i = 0; i < count; i++)
        points[i] = (EvmPoint){builder->width_px - path->points[i].x_px, path->points[i].y_px};
    return (EvmPath){points, path->ends, path->part_count, path->is_closed};
}

/* Left becomes right; letters stay as they are. */
static void mirror_item(EvmBuilder *builder, EvmItem *item)
{
    static const EvmAnchor opposite[] = {EVM_ANCHOR_END, EVM_ANCHOR_MIDDLE, EVM_ANCHOR_START};
    item->path = mirror_path(builder, &item->path);
    item->disc.center.x_px = builder->width_px - item->disc.center.x_px;
    item->text.at.x_px = builder->width_px - item->text.at.x_px;
    item->text.anchor = opposite[item->text.anchor];
    item->image.box.x_px = builder->width_px - item->image.box.x_px - item->image.box.width_px;
}

/* The items, whose layers are told of them. */
static EvmItem *finish_layers(EvmBuilder *builder, EvmLayer *layers)
{
    EvmItem *items = (EvmItem *)(void *)builder->items->data;
    for (guint i = 0; i < builder->layers->len; i++) {
        const Draft *draft = draft_at(builder, i);
        layers[i] = draft->layer;
        if (draft->is_finished)
            continue;
        for (guint k = draft->start; k < end_of(builder, i); k++) {
            if (draft->is_mirrored)
                mirror_item(builder, &items[k]);
            items[k].bounds = item_bounds(builder, &items[k]);
        }
        layers[i].items = items + draft->start;
        layers[i].item_count = end_of(builder, i) - draft->start;
    }
    return items;
}

static size_t count_ground_layers(const EvmBuilder *builder)
{
    size_t count = 0;
    for (guint i = 0; i < builder->grounds->len; i++)
        count += ((const EvmScene *)builder->grounds->pdata[i])->layer_count;
    return count;
}

EvmScene *evm_builder_free(EvmBuilder *builder, const EvmSceneInfo *info)
{
    size_t below = 0, count = count_ground_layers(builder) + builder->layers->len;
    EvmLayer *layers = evm_arena_alloc_array(builder->arena, count, sizeof *layers);
    for (guint i = 0; i < builder->grounds->len; i++) {
        const EvmScene *ground = builder->grounds->pdata[i];
        for (size_t k = 0; k < ground->layer_count; k++)
            layers[below++] = ground->layers[k];
    }
    EvmItem *items = finish_layers(builder, layers + below);
    g_array_free(g_steal_pointer(&builder->items), FALSE);
    EvmScene *scene = g_new0(EvmScene, 1);
    *scene = (EvmScene){.width_px = builder->width_px,
                        .height_px = builder->height_px,
                        .background = builder->background,
                        .info = *info,
                        .layers = layers,
                        .layer_count = count,
                        .items = items,
                        .arena = g_steal_pointer(&builder->arena)};
    evm_builder_clear(builder);
    return scene;
}

void evm_builder_clear(EvmBuilder *builder)
{
    if (!builder)
        return;
    g_free(builder->suffix);
    g_ptr_array_free(builder->grounds, TRUE);
    g_array_free(builder->layers, TRUE);
    if (builder->items)
        g_array_free(builder->items, TRUE);
    evm_arena_free(builder->arena);
    g_free(builder);
}

void evm_scene_free(EvmScene *scene)
{
    if (!scene)
        return;
    g_free(scene->items);
    evm_arena_free(scene->arena);
    g_free(scene);
}

bool evm_stroke_is_equal(const EvmStroke *a, const EvmStroke *b)
{
    return a->color.r == b->color.r && a->color.g == b->color.g && a->color.b == b->color.b &&
           a->color.a == b->color.a && a->width_px == b->width_px && a->dash_px == b->dash_px &&
           a->gap_px == b->gap_px;
}

EvmRect evm_rect_compute_inset(EvmRect rect, double by_px)
{
    return (EvmRect){rect.x_px + by_px, rect.y_px + by_px, rect.width_px - 2 * by_px,
                     rect.height_px - 2 * by_px};
}

bool evm_rect_is_overlapping(EvmRect a, EvmRect b)
{
    return a.x_px < b.x_px + b.width_px && b.x_px < a.x_px + a.width_px &&
           a.y_px < b.y_px + b.height_px && b.y_px < a.y_px + a.height_px;
}
