/* Median cut: P. Heckbert, "Color image quantization for frame buffer display", 1982. */
#include "output/palette.h"

#include <glib.h>
#include <string.h>

enum {
    FLAT_SIDE = 3,   /* a square of so many pixels alike is no edge */
    FLAT_MOST = 192, /* flat colours; the others are left to edges */
    CHANNELS = 3,
    SEARCH_SLOTS = 1 << 14,
    RGB = 0xffffff
};

typedef struct {
    uint32_t color;
    uint64_t flat, all; /* pixels */
} Count;

struct EvmColorCounts {
    GHashTable *by_color; /* of Count */
};

EvmColorCounts *evm_color_counts_new(void)
{
    EvmColorCounts *counts = g_new0(EvmColorCounts, 1);
    counts->by_color = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    return counts;
}

void evm_color_counts_free(EvmColorCounts *counts)
{
    if (counts)
        g_hash_table_destroy(counts->by_color);
    g_free(counts);
}

static void add_run(EvmColorCounts *counts, uint32_t color, unsigned length, unsigned flat)
{
    Count *count = g_hash_table_lookup(counts->by_color, GUINT_TO_POINTER(color));
    if (!count) {
        count = g_new0(Count, 1);
        count->color = color;
        g_hash_table_insert(counts->by_color, GUINT_TO_POINTER(color), count);
    }
    count->all += length;
    count->flat += flat;
}

/* Squares of one colour whose upper sides lie within the run from `x` to `end`. */
static unsigned count_flat(const EvmRaster *picture, unsigned x, unsigned y, unsigned end)
{
    unsigned count = 0;
    const uint32_t *row = picture->pixels + (size_t)y * picture->width;
    if (y + FLAT_SIDE > picture->height)
        return 0;
    for (; x + FLAT_SIDE <= end; x++) {
        bool is_flat = true;
        for (unsigned below = 1; is_flat && below < FLAT_SIDE; below++)
            is_flat = memcmp(row + x, row + (size_t)below * picture->width + x,
                             FLAT_SIDE * sizeof *row) == 0;
        count += is_flat;
    }
    return count;
}

void evm_color_counts_add(EvmColorCounts *counts, const EvmRaster *picture)
{
    for (unsigned y = 0; y < picture->height; y++) {
        const uint32_t *row = picture->pixels + (size_t)y * picture->width;
        for (unsigned x = 0, end; x < picture->width; x = end) {
            for (end = x + 1; end < picture->width && row[end] == row[x];)
                end++;
            add_run(counts, row[x] & RGB, end - x, count_flat(picture, x, y, end));
        }
    }
}

static int compare_colors(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_flat(gconstpointer a, gconstpointer b)
{
    const Count *left = a, *right = b;
    if (left->flat != right->flat)
        return left->flat < right->flat ? 1 : -1;
    return compare_colors(left->color, right->color);
}

static unsigned channel_of(uint32_t color, unsigned channel)
{
    return color >> 8 * channel & 0xff;
}

static int compare_channel(gconstpointer a, gconstpointer b, gpointer user)
{
    const Count *left = a, *right = b;
    unsigned channel = *(const unsigned *)user;
    int order = (int)channel_of(left->color, channel) - (int)channel_of(right->color, channel);
    return order != 0 ? order : compare_colors(left->color, right->color);
}

/* Colours that will become one. */
typedef struct {
    Count *items;
    size_t count;
    unsigned widest, width; /* channel, and from its least to its greatest value */
    uint64_t pixels;
} Box;

static Box box_of(Count *items, size_t count)
{
    Box box = {.items = items, .count = count};
    for (unsigned channel = 0; channel < CHANNELS; channel++) {
        unsigned least = 255, greatest = 0;
        for (size_t i = 0; i < count; i++) {
            least = MIN(least, channel_of(items[i].color, channel));
            greatest = MAX(greatest, channel_of(items[i].color, channel));
        }
        if (greatest - least > box.width) {
            box.widest = channel;
            box.width = greatest - least;
        }
    }
    for (size_t i = 0; i < count; i++)
        box.pixels += items[i].all;
    return box;
}

/* How much is gained by cutting it: a wide box of few pixels is an error as well as a narrow one of
 * many. */
static uint64_t weight_of(const Box *box)
{
    return (uint64_t)box->width * box->width * box->pixels;
}

/* In two of half the pixels each, but none empty. */
static void cut(Box *box, Box *other)
{
    uint64_t half = 0;
    size_t at = 0;
    g_qsort_with_data(box->items, (int)box->count, sizeof *box->items, compare_channel,
                      &box->widest);
    while (at + 1 < box->count && (at == 0 || (half + box->items[at].all) * 2 <= box->pixels))
        half += box->items[at++].all;
    *other = box_of(box->items + at, box->count - at);
    *box = box_of(box->items, at);
}

static uint32_t mean_of(const Box *box)
{
    uint32_t color = 0;
    for (unsigned channel = 0; channel < CHANNELS; channel++) {
        uint64_t sum = 0;
        for (size_t i = 0; i < box->count; i++)
            sum += box->items[i].all * channel_of(box->items[i].color, channel);
        color |= (uint32_t)((sum + box->pixels / 2) / box->pixels) << 8 * channel;
    }
    return color;
}

static void add_means(EvmPalette *palette, Count *items, size_t count)
{
    Box boxes[EVM_PALETTE_MOST];
    unsigned used = 1, most = EVM_PALETTE_MOST - palette->count;
    if (count == 0)
        return;
    boxes[0] = box_of(items, count);
    while (used < most) {
        unsigned widest = 0;
        for (unsigned i = 1; i < used; i++)
            if (weight_of(&boxes[i]) > weight_of(&boxes[widest]))
                widest = i;
        if (boxes[widest].count < 2)
            break;
        cut(&boxes[widest], &boxes[used++]);
    }
    for (unsigned i = 0; i < used; i++)
        palette->colors[palette->count++] = mean_of(&boxes[i]);
}

EvmPalette *evm_palette_new(const EvmColorCounts *counts)
{
    EvmPalette *palette = g_new0(EvmPalette, 1);
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Count));
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, counts->by_color);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        g_array_append_vals(all, value, 1);
    g_array_sort(all, compare_flat);
    Count *items = (Count *)(void *)all->data;
    unsigned most = all->len <= EVM_PALETTE_MOST ? all->len : FLAT_MOST;
    while (palette->count < most &&
           (items[palette->count].flat > 0 || all->len <= EVM_PALETTE_MOST)) {
        palette->colors[palette->count] = items[palette->count].color;
        palette->count++;
    }
    add_means(palette, items + palette->count, all->len - palette->count);
    return palette;
}

struct EvmPaletteSearch {
    const EvmPalette *palette;
    struct {
        uint32_t color; /* with a bit that no colour has: empty */
        unsigned index;
    } slots[SEARCH_SLOTS];
};

EvmPaletteSearch *evm_palette_search_new(const EvmPalette *palette)
{
    EvmPaletteSearch *search = g_new(EvmPaletteSearch, 1);
    search->palette = palette;
    for (size_t i = 0; i < SEARCH_SLOTS; i++)
        search->slots[i].color = UINT32_MAX;
    return search;
}

void evm_palette_search_free(EvmPaletteSearch *search)
{
    g_free(search);
}

static unsigned distance_of(uint32_t a, uint32_t b)
{
    unsigned sum = 0;
    for (unsigned channel = 0; channel < CHANNELS; channel++) {
        int by = (int)channel_of(a, channel) - (int)channel_of(b, channel);
        sum += (unsigned)(by * by);
    }
    return sum;
}

static unsigned find_nearest(const EvmPalette *palette, uint32_t color)
{
    unsigned best = 0, least = UINT32_MAX;
    for (unsigned i = 0; i < palette->count && least > 0; i++) {
        unsigned distance = distance_of(palette->colors[i], color);
        if (distance < least) {
            least = distance;
            best = i;
        }
    }
    return best;
}

unsigned evm_palette_find(EvmPaletteSearch *search, uint32_t pixel)
{
    uint32_t color = pixel & RGB;
    unsigned slot = (color * 0x9e3779b1u) >> 18;
    if (search->slots[slot].color != color) {
        search->slots[slot].color = color;
        search->slots[slot].index = find_nearest(search->palette, color);
    }
    return search->slots[slot].index;
}
