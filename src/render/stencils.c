#include "render/stencils.h"

#include <math.h>

#include "render/fingerprint.h"

enum {
    STENCIL_PIXELS_MAX = 1 << 18, /* a larger one is drawn tile by tile */
    BYTES_MAX = 64 << 20,
    ROOM_PX = 3 /* around what is drawn: the scan converter wants some to the right */
};

/* Its key belongs to it. */
typedef struct {
    uint64_t print;
    EvmMask mask;
    unsigned last_used; /* picture */
} Stencil;

struct EvmStencils {
    const EvmStencils *first; /* or NULL */
    EvmPixelBox page;
    double scale;
    GHashTable *known; /* of Stencil, by print */
    size_t bytes;
    unsigned pictures;
};

static void stencil_free(gpointer data)
{
    Stencil *stencil = data;
    evm_mask_clear(&stencil->mask);
    g_free(stencil);
}

EvmStencils *evm_stencils_new(EvmPixelBox page, double scale)
{
    EvmStencils *stencils = g_new0(EvmStencils, 1);
    stencils->page = page;
    stencils->scale = scale;
    stencils->known = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, stencil_free);
    return stencils;
}

EvmStencils *evm_stencils_new_like(const EvmStencils *first)
{
    EvmStencils *stencils = evm_stencils_new(first->page, first->scale);
    stencils->first = first;
    return stencils;
}

void evm_stencils_free(EvmStencils *stencils)
{
    if (!stencils)
        return;
    g_hash_table_destroy(stencils->known);
    g_free(stencils);
}

/* Whole pixels around what a box and a stroke of that width cover. */
static EvmPixelBox compute_box(const EvmStencils *stencils, EvmFixedBox box, double width_px)
{
    int room = (int)ceil(width_px * stencils->scale / 2) + ROOM_PX;
    const EvmPixelBox *page = &stencils->page;
    if (box.left > box.right)
        return (EvmPixelBox){0, 0, 0, 0};
    return (EvmPixelBox){MAX((box.left >> 8) - room, page->left),
                         MAX((box.top >> 8) - room, page->top),
                         MIN((box.right >> 8) + room + 1, page->right),
                         MIN((box.bottom >> 8) + room + 1, page->bottom)};
}

static bool is_small(EvmPixelBox box)
{
    return box.right <= box.left || box.bottom <= box.top ||
           (int64_t)(box.right - box.left) * (box.bottom - box.top) <= STENCIL_PIXELS_MAX;
}

bool evm_stencils_is_fit(const EvmStencils *stencils, const EvmDrawingItem *item)
{
    const EvmFixedPath *path = &item->path;
    const EvmStroke *stroke = &item->item->stroke;
    if (item->item->type != EVM_ITEM_PATH)
        return false;
    if (item->item->fill.a > 0 && !is_small(compute_box(stencils, path->box, 0)))
        return false;
    for (uint32_t part = 0; stroke->width_px > 0 && part < path->part_count; part++)
        if (!is_small(compute_box(stencils, path->boxes[part], stroke->width_px)))
            return false;
    return true;
}

/* What is drawn into a stencil. */
typedef struct {
    const EvmFixedPath *path;
    uint32_t part;
    const EvmStroke *stroke; /* NULL: the path's inside */
} Cut;

static void draw_cut(const EvmCanvas *canvas, const Cut *cut, double scale)
{
    static const EvmColor opaque = {0, 0, 0, 255};
    if (!cut->stroke) {
        evm_drawing_draw_fill(canvas, cut->path, opaque);
        return;
    }
    EvmStroke stroke = *cut->stroke;
    stroke.color = opaque;
    evm_drawing_draw_lines(canvas, cut->path, cut->part, cut->part + 1, &stroke, scale);
}

/* Where nothing is drawn, the mask is empty. False when cairo fails. */
static bool mask_init(EvmMask *mask, const Cut *cut, EvmPixelBox box, double scale)
{
    *mask = (EvmMask){0};
    if (box.left >= box.right || box.top >= box.bottom)
        return true;
    int width = cairo_format_stride_for_width(CAIRO_FORMAT_A8, box.right - box.left);
    box.right = box.left + width;
    evm_mask_init_empty(mask, box);
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        mask->cover, CAIRO_FORMAT_A8, mask->width, mask->height, mask->width);
    EvmCanvas canvas = {.cr = cairo_create(surface), .window = box, .cuts_rings = true};
    evm_drawing_init_canvas(&canvas);
    draw_cut(&canvas, cut, scale);
    cairo_surface_flush(surface);
    bool done = cairo_status(canvas.cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(canvas.cr);
    cairo_surface_destroy(surface);
    return done;
}

static Stencil *stencil_new(EvmStencils *stencils, uint64_t print, const Cut *cut, EvmPixelBox box)
{
    Stencil *stencil = g_new(Stencil, 1);
    stencil->print = print;
    if (!mask_init(&stencil->mask, cut, box, stencils->scale)) {
        stencil_free(stencil);
        return NULL;
    }
    stencils->bytes += (size_t)stencil->mask.width * (size_t)stencil->mask.height;
    g_hash_table_replace(stencils->known, &stencil->print, stencil);
    return stencil;
}

static const EvmMask *find(EvmStencils *stencils, uint64_t print, const Cut *cut, EvmPixelBox box)
{
    const Stencil *old =
        stencils->first ? g_hash_table_lookup(stencils->first->known, &print) : NULL;
    if (old)
        return &old->mask;
    Stencil *stencil = g_hash_table_lookup(stencils->known, &print);
    if (!stencil)
        stencil = stencil_new(stencils, print, cut, box);
    if (!stencil)
        return NULL;
    stencil->last_used = stencils->pictures;
    return &stencil->mask;
}

const EvmMask *evm_stencils_find_fill(EvmStencils *stencils, const EvmFixedPath *path)
{
    return find(stencils, evm_fingerprint_compute_fill(path), &(Cut){path, 0, NULL},
                compute_box(stencils, path->box, 0));
}

const EvmMask *evm_stencils_find_line(EvmStencils *stencils, const EvmFixedPath *path,
                                      uint32_t part, const EvmStroke *stroke)
{
    return find(stencils, evm_fingerprint_compute_line(path, part, stroke),
                &(Cut){path, part, stroke},
                compute_box(stencils, path->boxes[part], stroke->width_px));
}

static gboolean clear_if_unused(gpointer key, gpointer value, gpointer user)
{
    EvmStencils *stencils = user;
    const Stencil *stencil = value;
    (void)key;
    if (stencil->last_used == stencils->pictures)
        return FALSE;
    stencils->bytes -= (size_t)stencil->mask.width * (size_t)stencil->mask.height;
    return TRUE;
}

void evm_stencils_clear_unused(EvmStencils *stencils)
{
    if (stencils->bytes > BYTES_MAX)
        g_hash_table_foreach_remove(stencils->known, clear_if_unused, stencils);
    stencils->pictures++;
}
