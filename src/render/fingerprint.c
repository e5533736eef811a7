#include "render/fingerprint.h"

#include <math.h>
#include <string.h>

#include "base/fast_hash.h"

static uint64_t add_color(uint64_t hash, EvmColor color)
{
    const unsigned char bytes[4] = {color.r, color.g, color.b, color.a};
    return evm_fast_hash_compute(hash, bytes, sizeof bytes);
}

static uint64_t add_stroke(uint64_t hash, const EvmStroke *stroke)
{
    const double numbers[] = {stroke->width_px, stroke->dash_px, stroke->gap_px};
    return evm_fast_hash_compute(add_color(hash, stroke->color), numbers, sizeof numbers);
}

uint64_t evm_fingerprint_compute_text(const EvmText *text)
{
    const double numbers[] = {text->at.x_px, text->at.y_px,          text->font.size_px,
                              text->halo_px, text->font.tracking_px, text->angle_deg};
    const int words[] = {(int)text->anchor, (int)text->font.weight, (int)text->font.type,
                         text->font.is_italic, text->is_rtl};
    uint64_t hash = evm_fast_hash_compute(1, numbers, sizeof numbers);
    hash = evm_fast_hash_compute(hash, words, sizeof words);
    hash = add_color(add_color(hash, text->color), text->halo);
    return evm_fast_hash_compute(hash, text->string, strlen(text->string));
}

static uint64_t paint_of(const EvmItem *item)
{
    return add_stroke(add_color((uint64_t)item->type, item->fill), &item->stroke);
}

static uint64_t disc_print(const EvmItem *item)
{
    const double numbers[] = {item->disc.center.x_px, item->disc.center.y_px, item->disc.radius_px};
    return evm_fast_hash_compute(paint_of(item), numbers, sizeof numbers);
}

/* `is_long` decides how finely cairo samples, for every part of the path. */
static uint64_t path_seed(uint64_t paint, const EvmFixedPath *path)
{
    uint32_t points = path->part_count ? path->ends[path->part_count - 1] : 0;
    const unsigned flags[] = {path->is_closed, points > EVM_FINE_POINTS};
    return evm_fast_hash_compute(paint, flags, sizeof flags);
}

static uint64_t part_print(uint64_t seed, const EvmFixedPath *path, uint32_t part)
{
    uint32_t start = part ? path->ends[part - 1] : 0;
    return evm_fast_hash_compute(seed, path->points + start,
                                 (path->ends[part] - start) * sizeof *path->points);
}

/* Of a part that is shared: where it stands in memory tells it from all others. */
static uint64_t shared_print(uint64_t seed, const EvmFixedPath *path, uint32_t part)
{
    const EvmFixed *start = path->points + (part ? path->ends[part - 1] : 0);
    return evm_fast_hash_compute_number(seed ^ (uintptr_t)start);
}

static uint64_t layer_seed(const EvmLayer *layer)
{
    const double numbers[] = {layer->clip.x_px, layer->clip.y_px, layer->clip.width_px,
                              layer->clip.height_px, layer->has_clip};
    return evm_fast_hash_compute(2, numbers, sizeof numbers);
}

static uint64_t path_print(uint64_t paint, const EvmFixedPath *path)
{
    uint64_t hash = path_seed(paint, path);
    for (uint32_t part = 0; part < path->part_count; part++)
        hash = part_print(hash, path, part);
    return hash;
}

uint64_t evm_fingerprint_compute_fill(const EvmFixedPath *path)
{
    uint64_t seed = 4 + ((uint64_t)path->part_count << 8);
    return path->is_shared ? shared_print(path_seed(seed, path), path, 0) : path_print(seed, path);
}

uint64_t evm_fingerprint_compute_line(const EvmFixedPath *path, uint32_t part,
                                      const EvmStroke *stroke)
{
    const double numbers[] = {stroke->width_px, stroke->dash_px, stroke->gap_px};
    uint64_t seed = path_seed(evm_fast_hash_compute(5, numbers, sizeof numbers), path);
    return path->is_shared ? shared_print(seed, path, part) : part_print(seed, path, part);
}

static uint64_t image_print(const EvmImage *image)
{
    const double numbers[] = {image->box.x_px, image->box.y_px, image->box.width_px,
                              image->box.height_px};
    uint64_t hash = evm_fast_hash_compute(3, numbers, sizeof numbers);
    return evm_fast_hash_compute(hash, image->sha256, strlen(image->sha256));
}

static uint64_t item_print(const EvmDrawingItem *drawn)
{
    switch (drawn->item->type) {
    case EVM_ITEM_PATH:
        return path_print(paint_of(drawn->item), &drawn->path);
    case EVM_ITEM_DISC:
        return disc_print(drawn->item);
    case EVM_ITEM_IMAGE:
        return image_print(&drawn->item->image);
    case EVM_ITEM_TEXT:
        break;
    }
    return evm_fingerprint_compute_text(&drawn->item->text);
}

uint64_t evm_fingerprint_compute_part(const EvmDrawing *drawing, size_t index, EvmDrawingPart part)
{
    const EvmDrawingLayer *drawn = &drawing->layers[index];
    uint64_t hash = layer_seed(drawn->layer);
    if (part & EVM_PART_OUTLINE)
        hash = path_print(add_stroke(hash, &drawn->layer->outline), &drawn->mesh);
    for (size_t i = 0; part & EVM_PART_ITEMS && i < drawn->layer->item_count; i++)
        hash = evm_fast_hash_compute_number(hash ^ item_print(&drawn->items[i])) + i;
    return hash;
}

static int tile_at(int32_t fixed, int side, unsigned count)
{
    return fixed < 0 ? -1 : MIN(fixed / (256 * side), (int)count);
}

/* `box` in 1/256 pixel. */
static void add_box(EvmFingerprints *prints, EvmFixedBox box, uint64_t print)
{
    if (box.left > box.right || box.top > box.bottom)
        return;
    int left = MAX(tile_at(box.left, prints->tile_width, prints->columns), 0);
    int right =
        MIN(tile_at(box.right, prints->tile_width, prints->columns), (int)prints->columns - 1);
    int top = MAX(tile_at(box.top, prints->tile_height, prints->rows), 0);
    int bottom = MIN(tile_at(box.bottom, prints->tile_height, prints->rows), (int)prints->rows - 1);
    for (int y = top; y <= bottom; y++)
        for (int x = left; x <= right; x++) {
            uint64_t *tile = &prints->tiles[(size_t)y * prints->columns + (size_t)x];
            *tile = evm_fast_hash_compute_number(*tile ^ print) + print;
        }
}

/* As far as drawing a tile looks for parts of a stroked path, and one pixel more. */
static EvmFixedBox reach_of(EvmFixedBox box, double width_px, double scale)
{
    int32_t by = (int32_t)ceil((width_px * scale + 2) * 256);
    return (EvmFixedBox){box.left - by, box.top - by, box.right + by, box.bottom + by};
}

static void add_path(EvmFingerprints *prints, const EvmFixedPath *path, uint64_t seed,
                     const EvmStroke *stroke, double scale)
{
    uint64_t base = path_seed(seed, path);
    for (uint32_t part = 0; part < path->part_count; part++)
        if (path->boxes[part].left <= path->boxes[part].right)
            add_box(prints, reach_of(path->boxes[part], stroke->width_px, scale),
                    path->is_shared ? shared_print(base, path, part)
                                    : part_print(base, path, part));
}

/* A path that is only stroked shows near its lines, and not in the middle of what they surround.
 * Drawing a tile looks at each line by itself (but not at dashed ones). */
static void add_lines(EvmFingerprints *prints, const EvmFixedPath *path, uint64_t seed,
                      const EvmStroke *stroke, double scale)
{
    uint64_t base = path_seed(seed, path);
    for (uint32_t part = 0, start = 0; part < path->part_count; start = path->ends[part++])
        for (uint32_t i = start, end = path->ends[part]; i < end; i++) {
            EvmFixed line[] = {path->points[i], path->points[i + 1 < end ? i + 1 : start]};
            if (i + 1 == end && !path->is_closed && end - start > 1)
                break;
            EvmFixedBox box = {MIN(line[0].x, line[1].x), MIN(line[0].y, line[1].y),
                               MAX(line[0].x, line[1].x), MAX(line[0].y, line[1].y)};
            add_box(prints, reach_of(box, stroke->width_px, scale),
                    evm_fast_hash_compute(base + end - i, line, sizeof line));
        }
}

static void add_item(EvmFingerprints *prints, const EvmDrawingItem *drawn, uint64_t seed,
                     double scale)
{
    const EvmItem *item = drawn->item;
    bool is_dashed = item->stroke.dash_px + item->stroke.gap_px > 0;
    if (item->type == EVM_ITEM_PATH && item->fill.a == 0 && !is_dashed)
        add_lines(prints, &drawn->path, evm_fast_hash_compute_number(seed ^ paint_of(item)),
                  &item->stroke, scale);
    else if (item->type == EVM_ITEM_PATH)
        add_path(prints, &drawn->path, evm_fast_hash_compute_number(seed ^ paint_of(item)),
                 &item->stroke, scale);
    else
        add_box(prints, drawn->box, evm_fast_hash_compute_number(seed ^ item_print(drawn)));
}

void evm_fingerprints_add_part(EvmFingerprints *prints, const EvmDrawing *drawing, size_t index,
                               EvmDrawingPart part, uint64_t seed)
{
    const EvmDrawingLayer *drawn = &drawing->layers[index];
    const EvmLayer *layer = drawn->layer;
    uint64_t base = evm_fast_hash_compute_number(layer_seed(layer) + seed);
    for (size_t i = 0; part & EVM_PART_ITEMS && i < layer->item_count; i++)
        add_item(prints, &drawn->items[i], base, drawing->scale);
    if (!(part & EVM_PART_OUTLINE) || layer->outline.width_px <= 0)
        return;
    base = add_stroke(base, &layer->outline);
    if (drawn->mesh.part_count > 0)
        add_path(prints, &drawn->mesh, base, &layer->outline, drawing->scale);
    for (size_t i = 0; drawn->mesh.part_count == 0 && i < layer->item_count; i++)
        if (layer->items[i].type == EVM_ITEM_PATH)
            add_path(prints, &drawn->items[i].path, base, &layer->outline, drawing->scale);
}
