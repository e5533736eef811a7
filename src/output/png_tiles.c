#include "output/png_tiles.h"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <string.h>

#include "base/limits.h"

enum {
    PIXEL_BYTES = 3, /* R, G, B; also the shortest repeat */
    TILE_PIXELS = EVM_TILE_COLUMNS * EVM_TILE_ROWS,
    CODE_BITS_MAX = 15,
    ROW_WORDS_MAX = (EVM_TILE_COLUMNS * PIXEL_BYTES * CODE_BITS_MAX + 63) / 64,
    DISTANCE_MAX = 32768,
    COLUMNS_MAX = EVM_LIMIT_SIDE_PX / EVM_TILE_COLUMNS + 1,
    END_OF_BLOCK = 256
};

/* What a row is made of: a pixel, or so many repeats. */
typedef uint32_t Token;
enum { TOKEN_PIXEL, TOKEN_RUN, TOKEN_ABOVE, TOKEN_KIND_SHIFT = 24, TOKEN_VALUE = 0xffffff };

typedef struct {
    uint64_t bits; /* lowest first */
    unsigned count;
} Code;

struct EvmTileCodes {
    unsigned width, height, columns, rows;
    bool has_above; /* the row above is near enough */
    struct isal_hufftables tables;
    Code bytes[END_OF_BLOCK + 1];
    Code repeats[TOKEN_ABOVE + 1][EVM_TILE_COLUMNS + 1]; /* by kind and pixels */
};

typedef struct {
    Token tokens[TILE_PIXELS];
    unsigned ends[EVM_TILE_ROWS]; /* of each row's tokens */
} TileTokens;

typedef struct {
    unsigned left, top, width, height;
} TileBox;

static TileBox box_of(const EvmTileCodes *codes, unsigned index)
{
    unsigned left = index % codes->columns * EVM_TILE_COLUMNS;
    unsigned top = index / codes->columns * EVM_TILE_ROWS;
    return (TileBox){left, top, MIN(EVM_TILE_COLUMNS, codes->width - left),
                     MIN(EVM_TILE_ROWS, codes->height - top)};
}

static unsigned count_run(const uint32_t *row, unsigned x, unsigned width)
{
    unsigned from = x;
    while (x > 0 && x < width && row[x] == row[x - 1])
        x++;
    return x - from;
}

static unsigned count_above(const uint32_t *row, const uint32_t *above, unsigned x, unsigned width)
{
    unsigned from = x;
    while (above && x < width && row[x] == above[x])
        x++;
    return x - from;
}

/* Returns how many. */
static unsigned compute_row_tokens(const uint32_t *row, const uint32_t *above, unsigned width,
                                   Token *tokens)
{
    unsigned count = 0;
    if (above && memcmp(row, above, width * sizeof *row) == 0) {
        tokens[0] = TOKEN_ABOVE << TOKEN_KIND_SHIFT | width;
        return 1;
    }
    for (unsigned x = 0; x < width;) {
        unsigned run = count_run(row, x, width), up = count_above(row, above, x, width);
        if (run == 0 && up == 0) {
            tokens[count++] = row[x++] & TOKEN_VALUE;
            continue;
        }
        tokens[count++] =
            run >= up ? TOKEN_RUN << TOKEN_KIND_SHIFT | run : TOKEN_ABOVE << TOKEN_KIND_SHIFT | up;
        x += MAX(run, up);
    }
    return count;
}

static void compute_tokens(const EvmTileCodes *codes, const EvmRaster *raster, TileBox box,
                           TileTokens *out)
{
    unsigned count = 0;
    for (unsigned y = 0; y < box.height; y++) {
        const uint32_t *row = raster->pixels + (size_t)(box.top + y) * raster->width + box.left;
        const uint32_t *above = y > 0 && codes->has_above ? row - raster->width : NULL;
        count += compute_row_tokens(row, above, box.width, out->tokens + count);
        out->ends[y] = count;
    }
}

static unsigned row_bytes(const EvmTileCodes *codes)
{
    return codes->width * PIXEL_BYTES + 1;
}

static unsigned distance_of(const EvmTileCodes *codes, unsigned kind)
{
    return kind == TOKEN_RUN ? PIXEL_BYTES : row_bytes(codes);
}

/* Source: RFC 1951, section 3.2.5; so are the next two. */
static unsigned length_symbol(unsigned length)
{
    unsigned rest = length - 3, bits = g_bit_storage(rest) - 1;
    return rest < 8 ? 257 + rest : 257 + 4 * (bits - 1) + (rest >> (bits - 2) & 3);
}

static unsigned distance_extra_bits(unsigned distance)
{
    return distance <= 4 ? 0 : g_bit_storage(distance - 1) - 2;
}

static unsigned distance_symbol(unsigned distance)
{
    unsigned extra = distance_extra_bits(distance);
    return 2 * extra + (distance - 1) / (1u << extra);
}

static void count_token(const EvmTileCodes *codes, Token token,
                        struct isal_huff_histogram *histogram)
{
    unsigned kind = token >> TOKEN_KIND_SHIFT, value = token & TOKEN_VALUE;
    if (kind == TOKEN_PIXEL) {
        for (unsigned i = 0; i < PIXEL_BYTES; i++)
            histogram->lit_len_histogram[value >> 8 * i & 0xff]++;
        return;
    }
    histogram->lit_len_histogram[length_symbol(value * PIXEL_BYTES)]++;
    histogram->dist_histogram[distance_symbol(distance_of(codes, kind))]++;
}

static void count_tokens(const EvmTileCodes *codes, const EvmRaster *sample,
                         struct isal_huff_histogram *histogram)
{
    TileTokens *tokens = g_new(TileTokens, 1);
    for (unsigned i = 0; i < evm_tile_codes_count(codes); i++) {
        TileBox box = box_of(codes, i);
        compute_tokens(codes, sample, box, tokens);
        for (unsigned k = 0; k < tokens->ends[box.height - 1]; k++)
            count_token(codes, tokens->tokens[k], histogram);
    }
    histogram->lit_len_histogram[0] += codes->height; /* the filter of every row: none */
    histogram->lit_len_histogram[END_OF_BLOCK]++;
    g_free(tokens);
}

static Code repeat_code(const EvmTileCodes *codes, unsigned kind, unsigned pixels)
{
    uint32_t length =
        codes->tables.len_table[pixels * PIXEL_BYTES - PIXEL_BYTES]; /* with its extra bits */
    unsigned distance = distance_of(codes, kind), symbol = distance_symbol(distance);
    unsigned extra = distance_extra_bits(distance);
    uint64_t rest = (distance - 1) & ((1u << extra) - 1);
    Code code = {length >> 5, length & 31};
    code.bits |= (uint64_t)codes->tables.dcodes[symbol] << code.count;
    code.count += codes->tables.dcodes_sizes[symbol];
    code.bits |= rest << code.count;
    code.count += extra;
    return code;
}

static void compute_codes(EvmTileCodes *codes)
{
    for (unsigned i = 0; i <= END_OF_BLOCK; i++)
        codes->bytes[i] = (Code){codes->tables.lit_table[i], codes->tables.lit_table_sizes[i]};
    for (unsigned pixels = 1; pixels <= EVM_TILE_COLUMNS; pixels++) {
        codes->repeats[TOKEN_RUN][pixels] = repeat_code(codes, TOKEN_RUN, pixels);
        if (codes->has_above)
            codes->repeats[TOKEN_ABOVE][pixels] = repeat_code(codes, TOKEN_ABOVE, pixels);
    }
}

EvmTileCodes *evm_tile_codes_new(const EvmRaster *sample)
{
    struct isal_huff_histogram *histogram = g_new0(struct isal_huff_histogram, 1);
    EvmTileCodes *codes = g_new0(EvmTileCodes, 1);
    codes->width = sample->width;
    codes->height = sample->height;
    codes->columns = (sample->width + EVM_TILE_COLUMNS - 1) / EVM_TILE_COLUMNS;
    codes->rows = (sample->height + EVM_TILE_ROWS - 1) / EVM_TILE_ROWS;
    codes->has_above = row_bytes(codes) <= DISTANCE_MAX;
    count_tokens(codes, sample, histogram);
    if (isal_create_hufftables(&codes->tables, histogram) == 0)
        compute_codes(codes);
    else
        g_clear_pointer(&codes, evm_tile_codes_free);
    g_free(histogram);
    return codes;
}

void evm_tile_codes_free(EvmTileCodes *codes)
{
    g_free(codes);
}

unsigned evm_tile_codes_count(const EvmTileCodes *codes)
{
    return codes->columns * codes->rows;
}

/* Writes bits, lowest first, as whole words. */
typedef struct {
    unsigned char *at;
    uint64_t word;
    unsigned filled;
} BitWriter;

static void put_word(BitWriter *writer)
{
    uint64_t word = GUINT64_TO_LE(writer->word);
    memcpy(writer->at, &word, sizeof word);
    writer->at += sizeof word;
}

/* 64 at most; those above `count` are 0. */
static inline void put_bits(BitWriter *writer, uint64_t bits, unsigned count)
{
    unsigned filled = writer->filled + count;
    writer->word |= bits << writer->filled;
    if (filled >= 64) {
        put_word(writer);
        writer->word = writer->filled > 0 ? bits >> (64 - writer->filled) : 0;
        filled -= 64;
    }
    writer->filled = filled;
}

static void put_token(BitWriter *writer, const EvmTileCodes *codes, Token token)
{
    unsigned kind = token >> TOKEN_KIND_SHIFT, value = token & TOKEN_VALUE;
    if (kind != TOKEN_PIXEL) {
        put_bits(writer, codes->repeats[kind][value].bits, codes->repeats[kind][value].count);
        return;
    }
    Code red = codes->bytes[value >> 16], green = codes->bytes[value >> 8 & 0xff],
         blue = codes->bytes[value & 0xff];
    put_bits(writer, red.bits | green.bits << red.count | blue.bits << (red.count + green.count),
             red.count + green.count + blue.count);
}

/* The sum of a row's bytes, and that of each times how many are left from it on. */
static void compute_sums(const uint32_t *row, unsigned width, EvmTileRow *out)
{
    uint32_t sum = 0, weighted = 0;
    for (unsigned x = 0; x < width; x++) {
        uint32_t red = row[x] >> 16 & 0xff, green = row[x] >> 8 & 0xff, blue = row[x] & 0xff;
        uint32_t all = red + green + blue;
        sum += all;
        weighted += (width - x) * PIXEL_BYTES * all - green - 2 * blue;
    }
    out->sum = sum;
    out->weighted_sum = weighted;
}

void evm_tile_compute(EvmTile *tile, const EvmTileCodes *codes, const EvmRaster *raster,
                      unsigned index)
{
    TileBox box = box_of(codes, index);
    TileTokens tokens;
    uint64_t words[EVM_TILE_ROWS * ROW_WORDS_MAX];
    BitWriter writer = {.at = (unsigned char *)words};
    compute_tokens(codes, raster, box, &tokens);
    for (unsigned y = 0, i = 0; y < box.height; y++) {
        const unsigned char *start = writer.at;
        EvmTileRow *row = &tile->rows[y];
        for (; i < tokens.ends[y]; i++)
            put_token(&writer, codes, tokens.tokens[i]);
        row->bit_count = (uint32_t)(writer.at - start) * 8 + writer.filled;
        if (writer.filled > 0)
            put_word(&writer);
        writer.word = writer.filled = 0;
        const uint32_t *pixels = raster->pixels + (size_t)(box.top + y) * raster->width + box.left;
        compute_sums(pixels, box.width, row);
    }
    g_free(tile->words);
    tile->words = g_memdup2(words, (size_t)(writer.at - (unsigned char *)words));
}

void evm_tile_clear(EvmTile *tile)
{
    g_free(tile->words);
    *tile = (EvmTile){0};
}

static void put_u32(unsigned char *out, uint32_t value)
{
    value = GUINT32_TO_BE(value);
    memcpy(out, &value, sizeof value);
}

typedef struct {
    uint64_t a, b;
} Adler;

/* Of so many bytes more, told by their sums. */
static void add_sums(Adler *adler, uint64_t count, uint64_t sum, uint64_t weighted_sum)
{
    adler->b += count * adler->a + weighted_sum;
    adler->a += sum;
}

static void reduce(Adler *adler)
{
    const uint64_t base = 65521;
    adler->a %= base;
    adler->b %= base;
}

/* `words` is left where the tile's next row begins. */
static void put_tile_row(BitWriter *writer, const uint64_t **words, uint32_t bit_count)
{
    for (; bit_count >= 64; bit_count -= 64)
        put_bits(writer, *(*words)++, 64);
    if (bit_count > 0)
        put_bits(writer, *(*words)++, bit_count);
}

static void put_tiles(BitWriter *writer, const EvmTileCodes *codes, const EvmTile *tiles,
                      unsigned first, Adler *adler)
{
    const uint64_t *words[COLUMNS_MAX];
    TileBox box = box_of(codes, first);
    unsigned widths[COLUMNS_MAX];
    for (unsigned i = 0; i < codes->columns; i++) {
        words[i] = tiles[first + i].words;
        widths[i] = box_of(codes, first + i).width;
    }
    for (unsigned y = 0; y < box.height; y++) {
        put_bits(writer, codes->bytes[0].bits, codes->bytes[0].count); /* filter: none */
        add_sums(adler, 1, 0, 0);
        for (unsigned i = 0; i < codes->columns; i++) {
            const EvmTileRow *row = &tiles[first + i].rows[y];
            put_tile_row(writer, &words[i], row->bit_count);
            add_sums(adler, widths[i] * PIXEL_BYTES, row->sum, row->weighted_sum);
        }
        reduce(adler);
    }
}

/* One last block, in the codes of its head. */
static void put_block(BitWriter *writer, const EvmTileCodes *codes, const EvmTile *tiles,
                      Adler *adler)
{
    const struct isal_hufftables *tables = &codes->tables;
    for (unsigned i = 0; i < tables->deflate_hdr_count; i++)
        put_bits(writer, tables->deflate_hdr[i] | (i == 0), 8);
    put_bits(writer, tables->deflate_hdr[tables->deflate_hdr_count],
             tables->deflate_hdr_extra_bits);
    for (unsigned i = 0; i < codes->rows; i++)
        put_tiles(writer, codes, tiles, i * codes->columns, adler);
    put_bits(writer, codes->bytes[END_OF_BLOCK].bits, codes->bytes[END_OF_BLOCK].count);
    unsigned rest = (writer->filled + 7) / 8;
    put_word(writer);
    writer->at -= sizeof(uint64_t) - rest;
}

static size_t block_bound(const EvmTileCodes *codes, const EvmTile *tiles)
{
    size_t bits = 8 * sizeof codes->tables.deflate_hdr + (codes->height + 1) * CODE_BITS_MAX;
    for (unsigned i = 0; i < evm_tile_codes_count(codes); i++)
        for (unsigned y = 0; y < EVM_TILE_ROWS; y++)
            bits += tiles[i].rows[y].bit_count;
    return bits / 8 + 2 * sizeof(uint64_t);
}

void evm_tiles_write(const EvmTile *tiles, const EvmTileCodes *codes, GString *out)
{
    enum { HEAD = 8, ZLIB_HEAD = 2, ADLER = 4, CRC = 4, LAST = 12 };
    static const unsigned char last[LAST] = {0,   0,   0,    0,    'I',  'E',
                                             'N', 'D', 0xae, 0x42, 0x60, 0x82};
    gsize before = out->len;
    g_string_set_size(out, before + HEAD + ZLIB_HEAD + block_bound(codes, tiles) + ADLER + CRC);
    unsigned char *chunk = (unsigned char *)out->str + before;
    Adler adler = {1, 0};
    BitWriter writer = {.at = chunk + HEAD + ZLIB_HEAD};
    memcpy(chunk + 4, "IDAT\x78\x01", 6); /* RFC 1950: 32 kB window, fastest */
    put_block(&writer, codes, tiles, &adler);
    put_u32(writer.at, (uint32_t)(adler.b << 16 | adler.a));
    writer.at += ADLER;
    put_u32(chunk, (uint32_t)(writer.at - chunk - HEAD));
    put_u32(writer.at, crc32_gzip_refl(0, chunk + 4, (size_t)(writer.at - chunk) - 4));
    g_string_truncate(out, (gsize)(writer.at + CRC - (unsigned char *)out->str));
    g_string_append_len(out, (const char *)last, LAST);
}
