#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <math.h>
#include <png.h>
#include <string.h>

#include "base/error.h"
#include "output/output.h"
#include "render/jobs.h"

/* Rows are deflated in strips that know nothing of each other, so that threads can share the work
 * and the bytes do not depend on how many there are. SAMPLE_ROWS of each are looked at beforehand
 * for one set of codes that serves them all. */
enum { STRIP_ROWS = 64, SAMPLE_ROWS = 8 };

typedef struct {
    unsigned char *deflated;
    size_t deflated_size;
    size_t raw_size;
    uint32_t adler;
} Strip;

typedef struct {
    struct isal_zstream stream;
    unsigned char *deflated; /* room for one strip, behind the raw one */
    unsigned char raw[];     /* one strip */
} Deflater;

typedef struct {
    const EvmRaster *raster;
    struct isal_hufftables codes;
    Strip *strips;
    Deflater *deflaters[EVM_JOBS_THREADS_MAX]; /* one a thread */
    unsigned count;
    int failed; /* atomic: ISA-L refused one */
} StripJob;

/* Every row: filter type 0, then its pixels as R, G, B. Filters make flat colours larger. */
static void pack_row(const uint32_t *pixels, unsigned width, unsigned char *out)
{
    *out++ = 0;
    for (unsigned x = 0; x < width; x++) {
        uint32_t pixel = pixels[x];
        out[0] = (unsigned char)(pixel >> 16);
        out[1] = (unsigned char)(pixel >> 8);
        out[2] = (unsigned char)pixel;
        out += 3;
    }
}

static size_t row_bytes(const EvmRaster *raster)
{
    return (size_t)raster->width * 3 + 1;
}

static size_t pack_rows(const EvmRaster *raster, unsigned first, unsigned rows, unsigned char *out)
{
    for (unsigned row = first; row < MIN(first + rows, raster->height); row++) {
        pack_row(raster->pixels + (size_t)row * raster->width, raster->width, out);
        out += row_bytes(raster);
    }
    return (MIN(first + rows, raster->height) - first) * row_bytes(raster);
}

/* ISA-L's levels 1 and 2 make codes for every strip by themselves, but not always the same ones:
 * one strip in some thousands comes out different, by where in memory its state lies (2.30, found
 * by trying). Level 0 with codes made here does not, and is 3 % larger. */
static void compute_codes(StripJob *job)
{
    struct isal_huff_histogram *histogram = g_new0(struct isal_huff_histogram, 1);
    unsigned char *raw = g_malloc(SAMPLE_ROWS * row_bytes(job->raster));
    for (unsigned i = 0; i < job->count; i++) {
        unsigned first = i * STRIP_ROWS, rows = MIN(STRIP_ROWS, job->raster->height - first);
        size_t size = pack_rows(job->raster, first + rows / 2, MIN(SAMPLE_ROWS, rows), raw);
        isal_update_histogram(raw, (int)size, histogram);
    }
    if (isal_create_hufftables(&job->codes, histogram) != 0)
        g_atomic_int_set(&job->failed, 1);
    g_free(raw);
    g_free(histogram);
}

/* A code has 15 bits at most, where a byte would do. */
static size_t deflated_bound(size_t raw_size)
{
    return 2 * raw_size + 4096;
}

static Deflater *find_deflater(StripJob *job, unsigned worker)
{
    Deflater **deflater = &job->deflaters[worker];
    size_t raw_size = STRIP_ROWS * row_bytes(job->raster);
    if (!*deflater) {
        *deflater = g_malloc(sizeof **deflater + raw_size + deflated_bound(raw_size));
        (*deflater)->deflated = (*deflater)->raw + raw_size;
    }
    /* isal_deflate_stateless_init leaves the table of earlier bytes as it finds it. */
    memset(&(*deflater)->stream, 0, sizeof(*deflater)->stream);
    return *deflater;
}

static void deflate_strip(void *user, unsigned worker, unsigned index)
{
    StripJob *job = user;
    Strip *strip = &job->strips[index];
    Deflater *deflater = find_deflater(job, worker);
    strip->raw_size = pack_rows(job->raster, index * STRIP_ROWS, STRIP_ROWS, deflater->raw);
    strip->adler = isal_adler32(1, deflater->raw, strip->raw_size);

    struct isal_zstream *stream = &deflater->stream;
    isal_deflate_stateless_init(stream);
    isal_deflate_set_hufftables(stream, &job->codes, IGZIP_HUFFTABLE_CUSTOM);
    stream->flush = FULL_FLUSH;
    stream->end_of_stream = index + 1 == job->count;
    stream->next_in = deflater->raw;
    stream->avail_in = (uint32_t)strip->raw_size;
    stream->next_out = deflater->deflated;
    stream->avail_out = (uint32_t)deflated_bound(strip->raw_size);
    if (isal_deflate_stateless(stream) != COMP_OK)
        g_atomic_int_set(&job->failed, 1);
    strip->deflated_size = stream->total_out;
    /* Of its own size: room for the worst case in every strip would be ten times the picture. */
    strip->deflated = g_memdup2(deflater->deflated, strip->deflated_size);
}

/* The checksum of two texts one after the other, from theirs. Source: RFC 1950, section 8.2. */
static uint32_t adler_combine(uint32_t first, uint32_t second, size_t second_size)
{
    const uint64_t base = 65521;
    uint64_t a1 = first & 0xffff, b1 = first >> 16, a2 = second & 0xffff, b2 = second >> 16;
    uint64_t size = second_size % base;
    uint64_t a = (a1 + a2 + base - 1) % base;
    uint64_t b = (b1 + b2 + size * (a1 + base - 1)) % base;
    return (uint32_t)(b << 16 | a);
}

static void put_u32(unsigned char out[4], uint32_t value)
{
    out[0] = (unsigned char)(value >> 24);
    out[1] = (unsigned char)(value >> 16);
    out[2] = (unsigned char)(value >> 8);
    out[3] = (unsigned char)value;
}

static void append_bytes(GString *out, const void *data, size_t size)
{
    g_string_append_len(out, data, (gssize)size);
}

/* A whole chunk, by hand: libpng's checksum of a megabyte takes as long as deflating it here. */
static void append_idat(GString *out, const unsigned char *before, size_t before_size,
                        const Strip *strip, const unsigned char *after, size_t after_size)
{
    unsigned char number[4];
    put_u32(number, (uint32_t)(before_size + strip->deflated_size + after_size));
    append_bytes(out, number, 4);
    size_t start = out->len;
    append_bytes(out, "IDAT", 4);
    append_bytes(out, before, before_size);
    append_bytes(out, strip->deflated, strip->deflated_size);
    append_bytes(out, after, after_size);
    put_u32(number, crc32_gzip_refl(0, (const unsigned char *)out->str + start, out->len - start));
    append_bytes(out, number, 4);
}

/* One chunk a strip; the first also holds the zlib header, the last the checksum. */
static void append_pixels(GString *out, const StripJob *job)
{
    static const unsigned char zlib_header[2] = {0x78, 0x01}; /* RFC 1950: 32 kB window, fastest */
    unsigned char checksum[4];
    uint32_t adler = 1;
    gsize before = out->len, size = 0;
    for (unsigned i = 0; i < job->count; i++)
        size += job->strips[i].deflated_size + 32;
    g_string_set_size(out, before + size); /* once, and not by doubling */
    g_string_truncate(out, before);
    for (unsigned i = 0; i < job->count; i++) {
        const Strip *strip = &job->strips[i];
        adler = adler_combine(adler, strip->adler, strip->raw_size);
        put_u32(checksum, adler);
        append_idat(out, zlib_header, i == 0 ? sizeof zlib_header : 0, strip, checksum,
                    i + 1 == job->count ? sizeof checksum : 0);
    }
}

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
    append_bytes(png_get_io_ptr(png), data, size);
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

/* Signature, IHDR, pHYs and texts. */
static bool write_head(GString *out, const EvmRaster *raster, const TextChunks *chunks, double dpi,
                       GError **error)
{
    char message[128] = "out of memory";
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, message, on_error, on_warning);
    png_infop head = png ? png_create_info_struct(png) : NULL;
    if (!head || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &head);
        g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "libpng: %s", message);
        return false;
    }
    png_uint_32 per_metre = (png_uint_32)lrint(dpi / 0.0254);
    png_set_write_fn(png, out, on_write, on_flush);
    png_set_IHDR(png, head, raster->width, raster->height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(png, head, per_metre, per_metre, PNG_RESOLUTION_METER);
    png_set_text(png, head, chunks->texts, chunks->count);
    png_write_info(png, head);
    png_destroy_write_struct(&png, &head);
    return true;
}

static void job_clear(StripJob *job)
{
    for (unsigned i = 0; i < job->count; i++)
        g_free(job->strips[i].deflated);
    for (size_t i = 0; i < G_N_ELEMENTS(job->deflaters); i++)
        g_free(job->deflaters[i]);
    g_free(job->strips);
    g_free(job);
}

static bool write_pixels(GString *out, const EvmRaster *raster, unsigned threads, GError **error)
{
    static const unsigned char end[12] = {0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82};
    StripJob *job = g_new0(StripJob, 1);
    job->raster = raster;
    job->count = (raster->height + STRIP_ROWS - 1) / STRIP_ROWS;
    job->strips = g_new0(Strip, job->count);
    compute_codes(job);
    evm_jobs_compute(job->count, threads, deflate_strip, job);
    bool is_done = !job->failed;
    if (is_done) {
        append_pixels(out, job);
        append_bytes(out, end, sizeof end);
    } else {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "ISA-L could not deflate the picture");
    }
    job_clear(job);
    return is_done;
}

bool evm_png_write(const EvmRaster *raster, const EvmSceneInfo *info, double scale,
                   unsigned threads, GString *out, GError **error)
{
    gsize before = out->len;
    TextChunks chunks = text_chunks_of(info);
    bool is_done = write_head(out, raster, &chunks, 96 * scale, error) &&
                   write_pixels(out, raster, threads, error);
    text_chunks_clear(&chunks);
    if (!is_done)
        g_string_truncate(out, before);
    return is_done;
}

const char *evm_png_format_version(void)
{
    return png_get_libpng_ver(NULL);
}
