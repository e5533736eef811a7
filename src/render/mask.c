/* Texts are a quarter of a picture's outlines, small and curved: FreeType's rasteriser fills them
 * five times faster than cairo's, and growing the mask makes the halo without stroking. */
#include "render/mask.h"

#include <glib.h>
#include <math.h>
#include <string.h>
#include FT_OUTLINE_H

enum { POINTS_MAX = 30000, RADIUS_MAX = 64 }; /* FT_Outline counts in a short */

typedef struct {
    double left, right;
} Range;

/* A closed line of the outline. */
typedef struct {
    int first, end; /* its points */
    Range range;    /* from left to right */
    Range rest;     /* of it and of all that follow */
} Contour;

/* An outline as FreeType takes it; 64ths of a pixel from the mask's corner. */
typedef struct {
    FT_Vector *points;
    char *tags;
    Contour *contours;
    int point_count, contour_count;
} Contours;

static void add_point(Contours *contours, const cairo_path_data_t *data, char tag,
                      const EvmMask *mask)
{
    Contour *contour = &contours->contours[contours->contour_count - 1];
    contours->points[contour->end] = (FT_Vector){lrint(data->point.x * 64) - 64L * mask->x,
                                                 lrint(data->point.y * 64) - 64L * mask->y};
    contours->tags[contour->end++] = tag;
    contour->range =
        (Range){MIN(contour->range.left, data->point.x), MAX(contour->range.right, data->point.x)};
}

static void begin_contour(Contours *contours)
{
    int first = contours->contour_count ? contours->contours[contours->contour_count - 1].end : 0;
    contours->contours[contours->contour_count++] =
        (Contour){first, first, {INFINITY, -INFINITY}, {INFINITY, -INFINITY}};
}

/* cairo ends a path with a point without lines. */
static void end_contour(Contours *contours)
{
    if (contours->contour_count == 0)
        return;
    const Contour *last = &contours->contours[contours->contour_count - 1];
    if (last->end - last->first < 2)
        contours->contour_count--;
}

static void compute_rests(Contours *contours)
{
    Range rest = {INFINITY, -INFINITY};
    for (int i = contours->contour_count; i-- > 0;) {
        Contour *contour = &contours->contours[i];
        rest = (Range){MIN(rest.left, contour->range.left), MAX(rest.right, contour->range.right)};
        contour->rest = rest;
    }
}

static void contours_init(Contours *contours, const cairo_path_t *outline, const EvmMask *mask)
{
    size_t most = (size_t)outline->num_data;
    *contours = (Contours){.points = g_new(FT_Vector, most + 1),
                           .tags = g_malloc(most + 1),
                           .contours = g_new(Contour, most + 1)};
    for (int i = 0; i < outline->num_data; i += outline->data[i].header.length) {
        const cairo_path_data_t *data = &outline->data[i];
        bool is_curve = data->header.type == CAIRO_PATH_CURVE_TO;
        if (data->header.type == CAIRO_PATH_MOVE_TO) {
            end_contour(contours);
            begin_contour(contours);
        }
        for (int k = 1; k < data->header.length; k++)
            add_point(contours, &data[k], is_curve && k < 3 ? FT_CURVE_TAG_CUBIC : FT_CURVE_TAG_ON,
                      mask);
    }
    end_contour(contours);
    compute_rests(contours);
}

static void contours_clear(Contours *contours)
{
    g_free(contours->points);
    g_free(contours->tags);
    g_free(contours->contours);
}

static void add_span(int y, int count, const FT_Span *spans, void *user)
{
    EvmMask *mask = user;
    if (y < 0 || y >= mask->height)
        return;
    uint8_t *row = mask->cover + (size_t)y * (size_t)mask->width;
    for (int i = 0; i < count; i++) {
        int from = MAX(spans[i].x, 0), to = MIN(spans[i].x + spans[i].len, mask->width);
        for (int x = from; x < to; x++)
            row[x] = (uint8_t)MIN(255, row[x] + spans[i].coverage);
    }
}

static bool draw_contours(const Contours *contours, int from, int end, FT_Library library,
                          EvmMask *mask)
{
    if (from == end)
        return true;
    const Contour *some = contours->contours;
    int first = some[from].first;
    g_autofree short *ends = g_new(short, (size_t)(end - from));
    for (int i = from; i < end; i++)
        ends[i - from] = (short)(some[i].end - first - 1);
    FT_Outline outline = {
        .n_contours = (short)(end - from),
        .n_points = (short)(some[end - 1].end - first),
        .points = contours->points + first,
        .tags = contours->tags + first,
        .contours = ends,
    };
    FT_Raster_Params params = {
        .source = &outline,
        .flags = FT_RASTER_FLAG_AA | FT_RASTER_FLAG_DIRECT | FT_RASTER_FLAG_CLIP,
        .gray_spans = add_span,
        .user = mask,
        .clip_box = {0, 0, mask->width, mask->height},
    };
    return FT_Outline_Render(library, &outline, &params) == 0;
}

static bool stands_apart(Range a, Range b)
{
    return a.left > b.right || a.right < b.left;
}

/* No letter has more: where two directions of writing mix, letters follow that stand on either side
 * of those before. */
enum { LETTER_POINTS = 600 };

/* Letter by letter, as far as they stand apart from all that follows (the parts of a % come in any
 * order): FreeType's time grows with the square of what stands on one row. */
static bool fill_outline(EvmMask *mask, FT_Library library, const cairo_path_t *outline)
{
    Contours contours;
    Range letter = {0, 0};
    bool is_done = true;
    int from = 0;
    contours_init(&contours, outline, mask);
    for (int i = 0; i < contours.contour_count; i++) {
        const Contour *next = &contours.contours[i];
        int points = next->first - contours.contours[from].first;
        if (stands_apart(next->rest, letter) ||
            (stands_apart(next->range, letter) && points > LETTER_POINTS) ||
            next->end - contours.contours[from].first > POINTS_MAX) {
            is_done &= draw_contours(&contours, from, i, library, mask);
            letter = next->range;
            from = i;
        }
        letter = (Range){MIN(letter.left, next->range.left), MAX(letter.right, next->range.right)};
    }
    is_done &= draw_contours(&contours, from, contours.contour_count, library, mask);
    contours_clear(&contours);
    return is_done;
}

/* Whole pixels around the outline and `margin`, within `page`. */
static EvmPixelBox compute_box(const cairo_path_t *outline, double margin, EvmPixelBox page)
{
    double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
    for (int i = 0; i < outline->num_data; i += outline->data[i].header.length)
        for (int k = 1; k < outline->data[i].header.length; k++) {
            double x = outline->data[i + k].point.x, y = outline->data[i + k].point.y;
            left = MIN(x, left);
            right = MAX(x, right);
            top = MIN(y, top);
            bottom = MAX(y, bottom);
        }
    if (!(left <= right))
        return (EvmPixelBox){0, 0, 0, 0};
    return (EvmPixelBox){
        (int)fmax(floor(left - margin), page.left), (int)fmax(floor(top - margin), page.top),
        (int)fmin(ceil(right + margin), page.right), (int)fmin(ceil(bottom + margin), page.bottom)};
}

bool evm_mask_init(EvmMask *mask, FT_Library library, const cairo_path_t *outline, double margin,
                   EvmPixelBox page)
{
    EvmPixelBox box = compute_box(outline, margin, page);
    *mask = (EvmMask){0};
    if (box.left >= box.right || box.top >= box.bottom)
        return true;
    *mask = (EvmMask){box.left, box.top, box.right - box.left, box.bottom - box.top, NULL};
    mask->cover = g_malloc0_n((size_t)mask->width, (size_t)mask->height);
    return fill_outline(mask, library, outline);
}

/* A pixel that is covered by c of its width has the outline's edge c - 1/2 outside of its middle;
 * so a pixel at distance d from it is covered by radius + c - d. */
static void grow_row(uint8_t *restrict out, const uint8_t *restrict in, int width, int offset)
{
    if (offset >= 0) {
        for (int x = 0; x < width; x++) {
            int value = in[x] ? MIN(in[x] + offset, 255) : 0;
            out[x] = (uint8_t)MAX(out[x], value);
        }
        return;
    }
    for (int x = 0; x < width; x++) {
        int value = MAX(in[x] + offset, 0);
        out[x] = (uint8_t)MAX(out[x], value);
    }
}

static void grow_by(EvmMask *mask, const EvmMask *inside, int dx, int dy, int offset)
{
    int from = MAX(0, dx), to = MIN(mask->width, mask->width + dx);
    if (to <= from)
        return;
    for (int y = MAX(0, dy); y < MIN(mask->height, mask->height + dy); y++) {
        size_t row = (size_t)y * (size_t)mask->width;
        size_t source = (size_t)(y - dy) * (size_t)mask->width;
        grow_row(mask->cover + row + from, inside->cover + source + (from - dx), to - from, offset);
    }
}

void evm_mask_init_halo(EvmMask *mask, const EvmMask *inside, double radius)
{
    int reach = (int)ceil(fmin(radius, RADIUS_MAX)) + 1;
    *mask = *inside;
    if (!inside->cover)
        return;
    mask->cover = g_malloc0_n((size_t)mask->width, (size_t)mask->height);
    for (int dy = -reach; dy <= reach; dy++)
        for (int dx = -reach; dx <= reach; dx++) {
            double offset = (radius - sqrt(dx * dx + dy * dy)) * 255;
            if (offset > -255)
                grow_by(mask, inside, dx, dy, (int)fmin(rint(offset), 255));
        }
}

void evm_mask_init_empty(EvmMask *mask, EvmPixelBox box)
{
    *mask = (EvmMask){box.left, box.top, box.right - box.left, box.bottom - box.top, NULL};
    mask->cover = g_malloc0_n((size_t)mask->width, (size_t)mask->height);
}

void evm_mask_add(EvmMask *mask, const EvmMask *other)
{
    int left = MAX(mask->x, other->x);
    int right = MIN(mask->x + mask->width, other->x + other->width);
    int top = MAX(mask->y, other->y);
    int bottom = MIN(mask->y + mask->height, other->y + other->height);
    for (int y = top; y < bottom && left < right; y++) {
        uint8_t *to = mask->cover + (size_t)(y - mask->y) * (size_t)mask->width + (left - mask->x);
        const uint8_t *from =
            other->cover + (size_t)(y - other->y) * (size_t)other->width + (left - other->x);
        for (int x = 0; x < right - left; x++)
            to[x] = MAX(to[x], from[x]);
    }
}

void evm_mask_clear(EvmMask *mask)
{
    g_free(mask->cover);
    *mask = (EvmMask){0};
}

/* x / 255, rounded, for x up to 255 * 255. */
static uint32_t divide_255(uint32_t x)
{
    x += 128;
    return (x + (x >> 8)) >> 8;
}

/* Two channels at a time, a byte of air before each: both products fit into 16 bits. */
static uint32_t blend_pair(uint32_t pixel, uint32_t color, uint32_t cover)
{
    uint32_t sum = pixel * (255 - cover) + color * cover + 0x800080;
    return (sum + (sum >> 8 & 0xff00ff)) >> 8 & 0xff00ff;
}

static uint32_t blend(uint32_t pixel, EvmColor color, uint32_t cover)
{
    uint32_t red_blue = (uint32_t)color.r << 16 | color.b;
    return 0xff000000u | blend_pair(pixel & 0xff00ff, red_blue, cover) |
           blend_pair(pixel >> 8 & 0xff, color.g, cover) << 8;
}

/* The first place from `x` on, or `end`, where the cover is another than `value`: most of a text is
 * air, most of a district is whole. */
static int skip_like(const uint8_t *cover, uint8_t value, int x, int end)
{
    uint64_t eight, like = value * (UINT64_MAX / 255);
    for (; x + 8 <= end; x += 8) {
        memcpy(&eight, cover + x, sizeof eight);
        if (eight != like)
            break;
    }
    while (x < end && cover[x] == value)
        x++;
    return x;
}

static void draw_row(const uint8_t *cover, int width, EvmColor color, uint32_t *row)
{
    uint32_t whole = blend(0, color, 255);
    for (int x = 0; x < width;) {
        if (cover[x] == 0) {
            x = skip_like(cover, 0, x, width);
        } else if (cover[x] == 255 && color.a == 255) {
            for (int end = skip_like(cover, 255, x, width); x < end; x++)
                row[x] = whole;
        } else {
            row[x] = blend(row[x], color, divide_255(cover[x] * (uint32_t)color.a));
            x++;
        }
    }
}

void evm_mask_draw(const EvmMask *mask, EvmColor color, EvmPixels pixels, EvmPixelBox clip)
{
    int left = MAX(mask->x, clip.left), right = MIN(mask->x + mask->width, clip.right);
    int top = MAX(mask->y, clip.top), bottom = MIN(mask->y + mask->height, clip.bottom);
    if (!mask->cover || left >= right)
        return;
    for (int y = top; y < bottom; y++)
        draw_row(mask->cover + (size_t)(y - mask->y) * (size_t)mask->width + (left - mask->x),
                 right - left, color,
                 pixels.pixels + (size_t)(y - pixels.window.top) * pixels.stride +
                     (left - pixels.window.left));
}
