#include "render/letters.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/fast_hash.h"

enum { PHASES = 4, LETTERS_MAX = 20000, FAR_PX = 1 << 20 };

/* What tells letters apart. Without gaps: it is hashed as it stands in memory. */
typedef struct {
    PangoFont *font;
    double grow;
    PangoGlyph glyph;
    uint32_t phase; /* of x, then of y: in quarters of a pixel */
} Key;

G_STATIC_ASSERT(sizeof(Key) == sizeof(void *) + sizeof(double) + 2 * sizeof(uint32_t));

/* Its place is from the whole pixel at which it stands. */
typedef struct {
    Key key; /* holds the font */
    EvmMask mask;
} Letter;

struct EvmLetters {
    EvmFonts *fonts;
    FT_Library library;
    double scale;
    GHashTable *known; /* of Letter, by its key */
    GArray *glyphs;    /* of the text in work */
    GArray *masks;     /* of its letters, in the picture */
};

static guint key_hash(gconstpointer data)
{
    return (guint)evm_fast_hash_compute(1, data, sizeof(Key));
}

static gboolean key_equal(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(Key)) == 0;
}

static void letter_free(gpointer data)
{
    Letter *letter = data;
    g_object_unref(letter->key.font);
    evm_mask_clear(&letter->mask);
    g_free(letter);
}

EvmLetters *evm_letters_new(EvmFonts *fonts, double scale)
{
    FT_Library library;
    if (FT_Init_FreeType(&library) != 0)
        return NULL;
    EvmLetters *letters = g_new0(EvmLetters, 1);
    *letters = (EvmLetters){
        .fonts = fonts,
        .library = library,
        .scale = scale,
        .known = g_hash_table_new_full(key_hash, key_equal, NULL, letter_free),
        .glyphs = g_array_new(FALSE, FALSE, sizeof(EvmGlyph)),
        .masks = g_array_new(FALSE, FALSE, sizeof(EvmMask)),
    };
    return letters;
}

void evm_letters_free(EvmLetters *letters)
{
    if (!letters)
        return;
    g_hash_table_destroy(letters->known);
    g_array_free(letters->glyphs, TRUE);
    g_array_free(letters->masks, TRUE);
    FT_Done_FreeType(letters->library);
    g_free(letters);
}

static Letter *letter_new(EvmLetters *letters, const EvmGlyph *glyph, Key key)
{
    static const EvmPixelBox everywhere = {-FAR_PX, -FAR_PX, FAR_PX, FAR_PX};
    double x = (double)(key.phase % PHASES) / PHASES, y = (double)(key.phase / PHASES) / PHASES;
    cairo_path_t *outline = evm_fonts_compute_glyph_outline(letters->fonts, glyph, x, y);
    Letter *letter = g_new0(Letter, 1);
    letter->key = key;
    g_object_ref(key.font);
    bool done = outline->status == CAIRO_STATUS_SUCCESS &&
                evm_mask_init(&letter->mask, letters->library, outline, 0, everywhere);
    cairo_path_destroy(outline);
    if (done)
        return letter;
    letter_free(letter);
    return NULL;
}

static const Letter *find_letter(EvmLetters *letters, const EvmGlyph *glyph, uint32_t phase)
{
    Key key = {glyph->font, glyph->grow, glyph->info.glyph, phase};
    Letter *letter = g_hash_table_lookup(letters->known, &key);
    if (letter)
        return letter;
    letter = letter_new(letters, glyph, key);
    if (letter)
        g_hash_table_replace(letters->known, &letter->key, letter);
    return letter;
}

/* The masks of a text's letters: they stay the letters' own. */
static bool find_masks(EvmLetters *letters)
{
    g_array_set_size(letters->masks, 0);
    if (g_hash_table_size(letters->known) > LETTERS_MAX)
        g_hash_table_remove_all(letters->known);
    for (guint i = 0; i < letters->glyphs->len; i++) {
        const EvmGlyph *glyph = &g_array_index(letters->glyphs, EvmGlyph, i);
        long x = lrint(glyph->x * PHASES), y = lrint(glyph->y * PHASES);
        const Letter *letter = find_letter(
            letters, glyph, (uint32_t)((x & (PHASES - 1)) + (y & (PHASES - 1)) * PHASES));
        if (!letter)
            return false;
        EvmMask mask = letter->mask;
        mask.x += (int)floor((double)x / PHASES);
        mask.y += (int)floor((double)y / PHASES);
        if (mask.cover)
            g_array_append_val(letters->masks, mask);
    }
    return true;
}

static EvmPixelBox compute_box(const GArray *masks)
{
    EvmPixelBox box = {INT_MAX, INT_MAX, INT_MIN, INT_MIN};
    for (guint i = 0; i < masks->len; i++) {
        const EvmMask *mask = &g_array_index(masks, EvmMask, i);
        box.left = MIN(box.left, mask->x);
        box.top = MIN(box.top, mask->y);
        box.right = MAX(box.right, mask->x + mask->width);
        box.bottom = MAX(box.bottom, mask->y + mask->height);
    }
    return box;
}

static void add_mask(EvmMask *out, const EvmMask *letter)
{
    int left = MAX(out->x, letter->x);
    int right = MIN(out->x + out->width, letter->x + letter->width);
    int top = MAX(out->y, letter->y);
    int bottom = MIN(out->y + out->height, letter->y + letter->height);
    for (int y = top; y < bottom; y++) {
        uint8_t *to = out->cover + (size_t)(y - out->y) * (size_t)out->width - out->x;
        const uint8_t *from =
            letter->cover + (size_t)(y - letter->y) * (size_t)letter->width - letter->x;
        for (int x = left; x < right; x++)
            to[x] = (uint8_t)MIN(255, to[x] + from[x]);
    }
}

/* `box`, `margin` pixels wider on every side, as far as it is on the page. */
static void join_masks(EvmMask *out, const GArray *masks, EvmPixelBox box, int margin,
                       EvmPixelBox page)
{
    int left = MAX(box.left - margin, page.left), right = MIN(box.right + margin, page.right);
    int top = MAX(box.top - margin, page.top), bottom = MIN(box.bottom + margin, page.bottom);
    *out = (EvmMask){0};
    if (left >= right || top >= bottom)
        return;
    *out = (EvmMask){left, top, right - left, bottom - top, NULL};
    out->cover = g_malloc0_n((size_t)out->width, (size_t)out->height);
    for (guint i = 0; i < masks->len; i++)
        add_mask(out, &g_array_index(masks, EvmMask, i));
}

bool evm_letters_compute_text(EvmLetters *letters, EvmDrawingItem *item, EvmPixelBox page)
{
    const EvmText *text = &item->item->text;
    double radius = text->halo.a > 0 ? text->halo_px * letters->scale : 0;
    g_array_set_size(letters->glyphs, 0);
    if (!evm_fonts_compute_glyphs(letters->fonts, text, letters->scale, letters->glyphs))
        return evm_drawing_item_init_masks(item, letters->fonts, letters->library, letters->scale,
                                           page);
    if (!find_masks(letters))
        return false;
    item->inside = item->halo = (EvmMask){0};
    item->box = (EvmFixedBox){INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    if (letters->masks->len == 0)
        return true;
    int margin = (int)ceil(radius) + 1;
    EvmPixelBox box = compute_box(letters->masks);
    join_masks(&item->inside, letters->masks, box, margin, page);
    if (radius > 0)
        evm_mask_init_halo(&item->halo, &item->inside, radius);
    item->box = (EvmFixedBox){(box.left - margin) * 256, (box.top - margin) * 256,
                              (box.right + margin) * 256, (box.bottom + margin) * 256};
    return true;
}
