#include <math.h>
#include <png.h>
#include <string.h>

#include "base/error.h"
#include "base/jobs.h"
#include "output/png_strips.h"

enum { STRIP_ROWS = 64 };

typedef struct {
    png_text texts[8];
    int count;
    png_charp language;
} TextChunks;

/* ISO 8859-1, the charset of tEXt, or NULL when `text` has other letters. */
static char *to_latin1(const char *text)
{
    GString *latin1 = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c > 0xff) {
            g_string_free(latin1, TRUE);
            return NULL;
        }
        g_string_append_c(latin1, (char)c);
    }
    return g_string_free(latin1, FALSE);
}

static char *clean_text(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *clean = g_string_new(NULL);
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        g_string_append_unichar(clean, g_unichar_iscntrl(c) && c != '\n' ? ' ' : c);
    }
    return g_string_free(clean, FALSE);
}

static void add_text(TextChunks *chunks, const char *keyword, const char *text)
{
    if (!text || *text == '\0')
        return;
    png_text *chunk = &chunks->texts[chunks->count++];
    char *clean = clean_text(text);
    char *latin1 = to_latin1(clean);
    *chunk = (png_text){.key = (png_charp)(uintptr_t)keyword};
    if (latin1) {
        chunk->compression = PNG_TEXT_COMPRESSION_NONE;
        chunk->text = latin1;
        chunk->text_length = strlen(latin1);
        g_free(clean);
        return;
    }
    chunk->compression = PNG_ITXT_COMPRESSION_NONE;
    chunk->text = clean;
    chunk->itxt_length = strlen(clean);
    chunk->lang = chunks->language;
}

static TextChunks text_chunks_of(const EvmSceneInfo *info)
{
    TextChunks chunks = {.language =
                             (png_charp)(uintptr_t)(info->language ? info->language : "en")};
    add_text(&chunks, "Title", info->title);
    add_text(&chunks, "Creation Time", info->date);
    add_text(&chunks, "Source", info->sources);
    add_text(&chunks, "Software", info->software);
    add_text(&chunks, "Description", info->description ? info->description : info->alt_text);
    return chunks;
}

static void text_chunks_clear(TextChunks *chunks)
{
    for (int i = 0; i < chunks->count; i++)
        g_free(chunks->texts[i].text);
}

static void on_write(png_structp png, png_bytep data, size_t size)
{
    g_string_append_len(png_get_io_ptr(png), (const char *)data, (gssize)size);
}

static void on_flush(png_structp png)
{
    (void)png;
}

static void on_error(png_structp png, png_const_charp message)
{
    g_strlcpy(png_get_error_ptr(png), message, 128);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

static void set_palette(png_structp png, png_infop head, const EvmPalette *palette)
{
    png_color colors[EVM_PALETTE_MOST];
    for (unsigned i = 0; i < palette->count; i++)
        colors[i] = (png_color){palette->colors[i] >> 16 & 0xff, palette->colors[i] >> 8 & 0xff,
                                palette->colors[i] & 0xff};
    png_set_PLTE(png, head, colors, (int)palette->count);
}

/* A picture whose pixels are numbers of colours. */
typedef struct {
    const EvmRaster *numbers;
    const EvmPalette *palette;
} Numbered;

enum { NUMBERED_LEVEL = 4 }; /* level 6 takes half as long again for 2 % */

static void write_numbers(png_structp png, const EvmRaster *numbers, unsigned char *row)
{
    for (unsigned y = 0; y < numbers->height; y++) {
        const uint32_t *from = numbers->pixels + (size_t)y * numbers->width;
        for (unsigned x = 0; x < numbers->width; x++)
            row[x] = (unsigned char)from[x];
        png_write_row(png, row);
    }
    png_write_end(png, NULL);
}

/* What stands before the pixels; with `picture` (or NULL) these too, deflated by zlib. */
static bool write_chunks(GString *out, unsigned width, unsigned height, const TextChunks *chunks,
                         const Numbered *picture, double dpi, GError **error)
{
    char message[128] = "out of memory";
    g_autofree unsigned char *row = g_malloc(width);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, message, on_error, on_warning);
    png_infop head = png ? png_create_info_struct(png) : NULL;
    if (!head || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &head);
        g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "libpng: %s", message);
        return false;
    }
    png_uint_32 per_metre = (png_uint_32)lrint(dpi / 0.0254);
    png_set_write_fn(png, out, on_write, on_flush);
    png_set_IHDR(png, head, width, height, 8, picture ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(png, head, per_metre, per_metre, PNG_RESOLUTION_METER);
    png_set_text(png, head, chunks->texts, chunks->count);
    if (picture) {
        set_palette(png, head, picture->palette);
        png_set_filter(png, 0, PNG_FILTER_NONE);
        png_set_compression_level(png, NUMBERED_LEVEL);
    }
    png_write_info(png, head);
    if (picture)
        write_numbers(png, picture->numbers, row);
    png_destroy_write_struct(&png, &head);
    return true;
}

bool evm_png_head_write(const EvmSceneInfo *info, unsigned width, unsigned height, double scale,
                        GString *out, GError **error)
{
    TextChunks chunks = text_chunks_of(info);
    bool is_done = write_chunks(out, width, height, &chunks, NULL, 96 * scale, error);
    text_chunks_clear(&chunks);
    return is_done;
}

bool evm_png_numbered_write(const EvmRaster *numbers, const EvmPalette *palette,
                            const EvmSceneInfo *info, double scale, GString *out, GError **error)
{
    TextChunks chunks = text_chunks_of(info);
    Numbered picture = {numbers, palette};
    g_autofree char *comment =
        g_strdup_printf("Lossy: reduced to a palette of %u colours", palette->count);
    add_text(&chunks, "Comment", comment);
    bool is_done =
        write_chunks(out, numbers->width, numbers->height, &chunks, &picture, 96 * scale, error);
    text_chunks_clear(&chunks);
    return is_done;
}

typedef struct {
    const EvmRaster *raster;
    EvmPngCodes *codes;
    EvmPngStrip *strips;
    EvmPngDeflater *deflaters[EVM_JOBS_THREADS_MAX]; /* one a thread */
    int failed;                                      /* atomic: ISA-L refused one */
} StripJob;

static void compute_strip(void *user, unsigned worker, unsigned index)
{
    StripJob *job = user;
    EvmPngDeflater **deflater = &job->deflaters[worker];
    if (!*deflater)
        *deflater = evm_png_deflater_new(job->codes);
    if (!evm_png_strip_compute(*deflater, job->raster, index, &job->strips[index]))
        g_atomic_int_set(&job->failed, 1);
}

static bool write_pixels(GString *out, const EvmRaster *raster, unsigned threads, GError **error)
{
    unsigned count = (raster->height + STRIP_ROWS - 1) / STRIP_ROWS;
    StripJob job = {.raster = raster, .codes = evm_png_codes_new(raster, STRIP_ROWS)};
    job.strips = g_new0(EvmPngStrip, count);
    if (job.codes)
        evm_jobs_compute(count, threads, compute_strip, &job);
    bool is_done = job.codes && !job.failed;
    if (is_done)
        evm_png_strips_write(job.strips, count, out);
    else
        g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "ISA-L could not deflate the picture");
    for (unsigned i = 0; i < count; i++)
        evm_png_strip_clear(&job.strips[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(job.deflaters); i++)
        evm_png_deflater_free(job.deflaters[i]);
    evm_png_codes_free(job.codes);
    g_free(job.strips);
    return is_done;
}

bool evm_png_write(const EvmRaster *raster, const EvmSceneInfo *info, double scale,
                   unsigned threads, GString *out, GError **error)
{
    gsize before = out->len;
    bool is_done = evm_png_head_write(info, raster->width, raster->height, scale, out, error) &&
                   write_pixels(out, raster, threads, error);
    if (!is_done)
        g_string_truncate(out, before);
    return is_done;
}

const char *evm_png_format_version(void)
{
    return png_get_libpng_ver(NULL);
}
