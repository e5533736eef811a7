#include "output/png_strips.h"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <string.h>

/* So many rows of each strip are looked at beforehand for one set of codes that serves them all. */
enum { SAMPLE_ROWS = 8, CHUNK_HEAD = 8, CHUNK_TAIL = 4 };

struct EvmPngCodes {
    struct isal_hufftables tables;
    unsigned rows, width;
};

struct EvmPngDeflater {
    struct isal_zstream stream;
    const EvmPngCodes *codes;
    unsigned char *deflated; /* room for one strip, behind the raw one */
    unsigned char raw[];     /* one strip */
};

/* R, G, B as they stand in memory, in the lower three bytes of a little-endian word. */
static uint64_t rgb_of(uint32_t pixel)
{
    return GUINT32_SWAP_LE_BE(pixel << 8);
}

static void put_word(unsigned char *out, uint64_t word)
{
    word = GUINT64_TO_LE(word);
    memcpy(out, &word, sizeof word);
}

/* As R, G, B. Eight pixels at a time, as three words. */
void evm_png_pixels_write(const uint32_t *pixels, unsigned count, unsigned char *out)
{
    unsigned x = 0;
    for (; x + 8 <= count; x += 8, out += 24) {
        const uint32_t *p = pixels + x;
        put_word(out, rgb_of(p[0]) | rgb_of(p[1]) << 24 | rgb_of(p[2]) << 48);
        put_word(out + 8,
                 rgb_of(p[2]) >> 16 | rgb_of(p[3]) << 8 | rgb_of(p[4]) << 32 | rgb_of(p[5]) << 56);
        put_word(out + 16, rgb_of(p[5]) >> 8 | rgb_of(p[6]) << 16 | rgb_of(p[7]) << 40);
    }
    for (; x < count; x++) {
        uint32_t pixel = pixels[x];
        out[0] = (unsigned char)(pixel >> 16);
        out[1] = (unsigned char)(pixel >> 8);
        out[2] = (unsigned char)pixel;
        out += 3;
    }
}

size_t evm_png_rows_count_bytes(unsigned width, unsigned rows)
{
    return ((size_t)width * 3 + 1) * rows;
}

/* Returns the size of what it wrote: so many rows, or those that are left. */
static size_t pack_rows(const EvmRaster *raster, unsigned first, unsigned rows, unsigned char *out)
{
    unsigned end = MIN(first + rows, raster->height);
    for (unsigned y = first; y < end; y++, out += evm_png_rows_count_bytes(raster->width, 1)) {
        out[0] = EVM_PNG_FILTER_NONE;
        evm_png_pixels_write(raster->pixels + (size_t)y * raster->width, raster->width, out + 1);
    }
    return evm_png_rows_count_bytes(raster->width, end - first);
}

/* ISA-L's levels 1 and 2 make codes for every strip by themselves, but not always the same ones:
 * one strip in some thousands comes out different, by where in memory its state lies (2.30, found
 * by trying). Level 0 with codes made here does not, and is 3 % larger. */
EvmPngCodes *evm_png_codes_new(const EvmRaster *sample, unsigned rows)
{
    struct isal_huff_histogram *histogram = g_new0(struct isal_huff_histogram, 1);
    unsigned char *raw = g_malloc(evm_png_rows_count_bytes(sample->width, SAMPLE_ROWS));
    EvmPngCodes *codes = g_new(EvmPngCodes, 1);
    codes->rows = rows;
    codes->width = sample->width;
    for (unsigned first = 0; first < sample->height; first += rows) {
        unsigned here = MIN(rows, sample->height - first);
        size_t size = pack_rows(sample, first + here / 2, MIN(SAMPLE_ROWS, here), raw);
        isal_update_histogram(raw, (int)size, histogram);
    }
    if (isal_create_hufftables(&codes->tables, histogram) != 0)
        g_clear_pointer(&codes, evm_png_codes_free);
    g_free(raw);
    g_free(histogram);
    return codes;
}

void evm_png_codes_free(EvmPngCodes *codes)
{
    g_free(codes);
}

/* A code has 15 bits at most, where a byte would do. */
static size_t deflated_bound(size_t raw_size)
{
    return 2 * raw_size + 4096;
}

EvmPngDeflater *evm_png_deflater_new(const EvmPngCodes *codes)
{
    size_t raw_size = evm_png_rows_count_bytes(codes->width, codes->rows);
    EvmPngDeflater *deflater = g_malloc(sizeof *deflater + raw_size + deflated_bound(raw_size));
    *deflater = (EvmPngDeflater){.codes = codes};
    deflater->deflated = deflater->raw + raw_size;
    return deflater;
}

void evm_png_deflater_free(EvmPngDeflater *deflater)
{
    g_free(deflater);
}

static void put_u32(unsigned char out[4], uint32_t value)
{
    out[0] = (unsigned char)(value >> 24);
    out[1] = (unsigned char)(value >> 16);
    out[2] = (unsigned char)(value >> 8);
    out[3] = (unsigned char)value;
}

/* A whole chunk, by hand: libpng's checksum of a megabyte takes as long as deflating it here.
 * `chunk` holds the data already, behind its head; returns the size of all. */
static size_t close_chunk(unsigned char *chunk, const char type[4], size_t size)
{
    put_u32(chunk, (uint32_t)size);
    memcpy(chunk + 4, type, 4);
    put_u32(chunk + CHUNK_HEAD + size, crc32_gzip_refl(0, chunk + 4, 4 + size));
    return CHUNK_HEAD + size + CHUNK_TAIL;
}

void evm_png_strip_init(EvmPngStrip *strip, uint32_t adler, size_t raw_size,
                        const unsigned char *deflated, size_t size)
{
    evm_png_strip_clear(strip);
    strip->raw_size = raw_size;
    strip->adler = adler;
    /* Of its own size: room for the worst case in every strip would be ten times the picture. */
    strip->chunk = g_malloc(CHUNK_HEAD + size + CHUNK_TAIL);
    memcpy(strip->chunk + CHUNK_HEAD, deflated, size);
    strip->chunk_size = close_chunk(strip->chunk, "IDAT", size);
}

/* Every strip ends on a whole byte without closing the stream, so that all strips are alike. */
bool evm_png_strip_compute(EvmPngDeflater *deflater, const EvmRaster *raster, unsigned index,
                           EvmPngStrip *strip)
{
    const EvmPngCodes *codes = deflater->codes;
    struct isal_hufftables *tables = (struct isal_hufftables *)(uintptr_t)&codes->tables;
    struct isal_zstream *stream = &deflater->stream;
    size_t size = pack_rows(raster, index * codes->rows, codes->rows, deflater->raw);
    isal_deflate_stateless_init(stream);
    /* It leaves the table of earlier bytes as it finds it. */
    memset(stream->internal_state.head, 0, sizeof stream->internal_state.head);
    isal_deflate_set_hufftables(stream, tables, IGZIP_HUFFTABLE_CUSTOM);
    stream->flush = FULL_FLUSH;
    stream->end_of_stream = 0;
    stream->next_in = deflater->raw;
    stream->avail_in = (uint32_t)size;
    stream->next_out = deflater->deflated;
    stream->avail_out = (uint32_t)deflated_bound(size);
    if (isal_deflate_stateless(stream) != COMP_OK)
        return false;
    evm_png_strip_init(strip, isal_adler32(1, deflater->raw, size), size, deflater->deflated,
                       stream->total_out);
    return true;
}

void evm_png_strip_init_like(EvmPngStrip *strip, const EvmPngStrip *first)
{
    *strip = *first;
    strip->is_borrowed = true;
}

void evm_png_strip_clear(EvmPngStrip *strip)
{
    if (!strip->is_borrowed)
        g_free(strip->chunk);
    *strip = (EvmPngStrip){0};
}

/* The checksum of two texts one after the other, from theirs. Source: RFC 1950, section 8.2. */
static uint32_t adler_combine(uint32_t first, uint32_t second, size_t second_size)
{
    const uint64_t base = EVM_ADLER_BASE;
    uint64_t a1 = first & 0xffff, b1 = first >> 16, a2 = second & 0xffff, b2 = second >> 16;
    uint64_t size = second_size % base;
    uint64_t a = (a1 + a2 + base - 1) % base;
    uint64_t b = (b1 + b2 + size * (a1 + base - 1)) % base;
    return (uint32_t)(b << 16 | a);
}

static void append_chunk(GString *out, const char type[4], const void *data, size_t size)
{
    unsigned char chunk[CHUNK_HEAD + 16 + CHUNK_TAIL] = {0};
    if (size > 0)
        memcpy(chunk + CHUNK_HEAD, data, size);
    g_string_append_len(out, (char *)chunk, (gssize)close_chunk(chunk, type, size));
}

/* The zlib header and its end are chunks of their own, around those of the strips. */
void evm_png_strips_write(const EvmPngStrip *strips, unsigned count, GString *out)
{
    static const unsigned char header[2] = {0x78, 0x01}; /* RFC 1950: 32 kB window, fastest */
    unsigned char end[6] = {0x03, 0x00};                 /* an empty last block of fixed codes */
    uint32_t adler = 1;
    gsize before = out->len, size = 0;
    for (unsigned i = 0; i < count; i++)
        size += strips[i].chunk_size;
    g_string_set_size(out, before + size + 128); /* once, and not by doubling */
    g_string_truncate(out, before);
    append_chunk(out, "IDAT", header, sizeof header);
    for (unsigned i = 0; i < count; i++) {
        adler = adler_combine(adler, strips[i].adler, strips[i].raw_size);
        g_string_append_len(out, (char *)strips[i].chunk, (gssize)strips[i].chunk_size);
    }
    put_u32(end + 2, adler);
    append_chunk(out, "IDAT", end, sizeof end);
    append_chunk(out, "IEND", NULL, 0);
}
