/* Texts are a quarter of a picture's outlines, small and curved: FreeType's rasteriser fills them
 * five times faster than cairo's, and growing the mask makes the halo without stroking. */
#include "render/mask.h"

#include <glib.h>
#include <math.h>
#include <string.h>
#include FT_OUTLINE_H

enum { POINTS_MAX = 30000, RADIUS_MAX = 64 }; /* FT_Outline counts in a short */

typedef struct {
    GArray *points; /* of FT_Vector */
    GArray *tags;   /* of char */
    GArray *ends;   /* of short */
} Contours;

static void contours_init(Contours *contours)
{
    contours->points = g_array_new(FALSE, FALSE, sizeof(FT_Vector));
    contours->tags = g_array_new(FALSE, FALSE, sizeof(char));
    contours->ends = g_array_new(FALSE, FALSE, sizeof(short));
}

static void contours_clear(Contours *contours)
{
    g_array_unref(contours->points);
    g_array_unref(contours->tags);
    g_array_unref(contours->ends);
}

static void add_point(Contours *contours, const cairo_path_data_t *data, char tag)
{
    FT_Vector point = {lrint(data->point.x * 64), lrint(data->point.y * 64)};
    g_array_append_val(contours->points, point);
    g_array_append_val(contours->tags, tag);
}

static void end_contour(Contours *contours)
{
    short last = (short)((int)contours->points->len - 1);
    short previous =
        contours->ends->len ? g_array_index(contours->ends, short, contours->ends->len - 1) : -1;
    if (last > previous)
        g_array_append_val(contours->ends, last);
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

static bool flush_contours(Contours *contours, FT_Library library, EvmMask *mask)
{
    FT_Outline outline = {
        .n_contours = (short)contours->ends->len,
        .n_points = (short)contours->points->len,
        .points = (FT_Vector *)(void *)contours->points->data,
        .tags = contours->tags->data,
        .contours = (short *)(void *)contours->ends->data,
    };
    FT_Raster_Params params = {
        .source = &outline,
        .flags = FT_RASTER_FLAG_AA | FT_RASTER_FLAG_DIRECT | FT_RASTER_FLAG_CLIP,
        .gray_spans = add_span,
        .user = mask,
        .clip_box = {0, 0, mask->width, mask->height},
    };
    FT_Outline_Translate(&outline, -64L * mask->x, -64L * mask->y);
    bool is_done = contours->ends->len == 0 || FT_Outline_Render(library, &outline, &params) == 0;
    g_array_set_size(contours->points, 0);
    g_array_set_size(contours->tags, 0);
    g_array_set_size(contours->ends, 0);
    return is_done;
}

typedef struct {
    double left, right;
} Range;

/* From left to right of the contour that starts at `i`; of no width for one without lines, with
 * which cairo ends a path. */
static Range contour_range(const cairo_path_t *outline, int i)
{
    Range range = {INFINITY, -INFINITY};
    double start = outline->data[i + 1].point.x;
    for (i += outline->data[i].header.length; i < outline->num_data;
         i += outline->data[i].header.length) {
        if (outline->data[i].header.type == CAIRO_PATH_MOVE_TO)
            break;
        range = (Range){fmin(range.left, start), fmax(range.right, start)};
        for (int k = 1; k < outline->data[i].header.length; k++) {
            range.left = fmin(range.left, outline->data[i + k].point.x);
            range.right = fmax(range.right, outline->data[i + k].point.x);
        }
    }
    return range;
}

/* For each contour, the range of it and of all that follow. */
static GArray *compute_rests(const cairo_path_t *outline)
{
    GArray *rests = g_array_new(FALSE, FALSE, sizeof(Range));
    for (int i = 0; i < outline->num_data; i += outline->data[i].header.length) {
        if (outline->data[i].header.type != CAIRO_PATH_MOVE_TO)
            continue;
        Range range = contour_range(outline, i);
        g_array_append_val(rests, range);
    }
    for (guint i = rests->len; i-- > 1;) {
        const Range *next = &g_array_index(rests, Range, i);
        Range *range = &g_array_index(rests, Range, i - 1);
        *range = (Range){fmin(range->left, next->left), fmax(range->right, next->right)};
    }
    return rests;
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
    GArray *rests = compute_rests(outline);
    guint contour = 0;
    bool is_done = true;
    contours_init(&contours);
    for (int i = 0; i < outline->num_data; i += outline->data[i].header.length) {
        const cairo_path_data_t *data = &outline->data[i];
        bool is_curve = data->header.type == CAIRO_PATH_CURVE_TO;
        if (data->header.type == CAIRO_PATH_MOVE_TO) {
            Range next = contour_range(outline, i);
            end_contour(&contours);
            Range rest = g_array_index(rests, Range, contour++);
            if (stands_apart(rest, letter) ||
                (stands_apart(next, letter) && contours.points->len > LETTER_POINTS) ||
                contours.points->len > POINTS_MAX / 2) {
                is_done &= flush_contours(&contours, library, mask);
                letter = next;
            }
            letter = (Range){fmin(letter.left, next.left), fmax(letter.right, next.right)};
        }
        for (int k = 1; k < data->header.length && contours.points->len < POINTS_MAX; k++)
            add_point(&contours, &data[k],
                      is_curve && k < 3 ? FT_CURVE_TAG_CUBIC : FT_CURVE_TAG_ON);
    }
    end_contour(&contours);
    is_done &= flush_contours(&contours, library, mask);
    contours_clear(&contours);
    g_array_unref(rests);
    return is_done;
}

/* Whole pixels around the outline and `margin`, within `page`. */
static EvmPixelBox compute_box(const cairo_path_t *outline, double margin, EvmPixelBox page)
{
    double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
    for (int i = 0; i < outline->num_data; i += outline->data[i].header.length)
        for (int k = 1; k < outline->data[i].header.length; k++) {
            double x = outline->data[i + k].point.x, y = outline->data[i + k].point.y;
            left = fmin(left, x);
            right = fmax(right, x);
            top = fmin(top, y);
            bottom = fmax(bottom, y);
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

static uint32_t blend(uint32_t pixel, EvmColor color, uint32_t cover)
{
    uint32_t rest = 255 - cover;
    uint32_t r = divide_255((pixel >> 16 & 0xff) * rest + color.r * cover);
    uint32_t g = divide_255((pixel >> 8 & 0xff) * rest + color.g * cover);
    uint32_t b = divide_255((pixel & 0xff) * rest + color.b * cover);
    return 0xff000000u | r << 16 | g << 8 | b;
}

/* The first place from `x` on, or `end`, where something is covered: most of a text is air. */
static int skip_empty(const uint8_t *cover, int x, int end)
{
    uint64_t eight;
    for (; x + 8 <= end; x += 8) {
        memcpy(&eight, cover + x, sizeof eight);
        if (eight != 0)
            break;
    }
    while (x < end && cover[x] == 0)
        x++;
    return x;
}

void evm_mask_draw(const EvmMask *mask, EvmColor color, uint32_t *pixels, unsigned stride,
                   EvmPixelBox clip)
{
    int left = MAX(mask->x, clip.left), right = MIN(mask->x + mask->width, clip.right);
    int top = MAX(mask->y, clip.top), bottom = MIN(mask->y + mask->height, clip.bottom);
    if (!mask->cover || left >= right)
        return;
    for (int y = top; y < bottom; y++) {
        uint32_t *row = pixels + (size_t)y * stride;
        const uint8_t *cover = mask->cover + (size_t)(y - mask->y) * (size_t)mask->width;
        for (int x = left; x < right; x++) {
            x = skip_empty(cover, x - mask->x, right - mask->x) + mask->x;
            if (x == right)
                break;
            uint32_t covered = divide_255(cover[x - mask->x] * (uint32_t)color.a);
            row[x] = blend(row[x], color, covered);
        }
    }
}
