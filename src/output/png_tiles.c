#include "output/png_tiles.h"

#include <isa-l/igzip_lib.h>
#include <string.h>

enum {
    PIXEL = 3,
    TILE_BYTES = PIXEL * EVM_PNG_TILE_COLUMNS + 1, /* of a row: the first tile has the filter's */
    PACKED_ROW = TILE_BYTES + PIXEL,
    TOKENS_MAX = TILE_BYTES * EVM_PNG_TILE_ROWS,
    MATCH_MIN = 3,
    REACH_MAX = 32768, /* RFC 1951, section 2 */
    END_OF_BLOCK = 256,
    SEEN_BITS = 12,
    SEEN_MIN = 4,       /* a shorter match with pixels seen before costs more than it saves */
    LONG_ENOUGH = 12,   /* of a match so long no better one is looked for */
    SAMPLE_TILES = 3,   /* of so many tiles one is looked at before codes are made */
    BYTES_PER_BYTE = 2, /* that codes can take, at most */
    FLUSH_BYTES = 16,   /* at the end of a row or a strip, and room to write a word at once */
    WORD_BITS = 56
};

/* A byte that stands for itself, or `length` bytes that stand `distance` bytes before, too. */
typedef struct {
    uint16_t length; /* 0: a byte */
    union {
        uint16_t distance;
        uint16_t byte;
    };
} Token;

typedef struct {
    Token items[TOKENS_MAX];
    unsigned count;
    unsigned row_ends[EVM_PNG_TILE_ROWS];
} Tokens;

struct EvmTileCodes {
    struct isal_hufftables tables;
    unsigned width, height, columns, rows; /* pixels, tiles */
    size_t row_bytes;
};

/* Of one tile; every row begins with a byte of its own. */
typedef struct {
    unsigned char *bytes; /* NULL: not deflated yet */
    bool is_borrowed;
    size_t size;
    uint32_t starts[EVM_PNG_TILE_ROWS], bits[EVM_PNG_TILE_ROWS];
    uint64_t sum, sum_of_sums; /* what its bytes add to the two halves of the strip's checksum */
} Codes;

/* What finding tokens needs. */
typedef struct {
    Tokens tokens;
    uint16_t seen[1 << SEEN_BITS]; /* where in the tile some bytes were seen, from 1 on */
} Search;

struct EvmPngTiles {
    const EvmTileCodes *codes;
    Codes *tiles;
};

/* A tile's rows as they stand in the file, with the pixel to their left where there is one. */
typedef struct {
    unsigned char bytes[EVM_PNG_TILE_ROWS][PACKED_ROW];
    unsigned from, to; /* the tile's own bytes of a row */
    unsigned row_count;
    size_t file_row; /* bytes of a row in the file, where tiles stand side by side */
    size_t file_end; /* of those up to the tile's last */
} Packed;

struct EvmTileRoom {
    Packed packed;
    Search search;
    unsigned char bytes[]; /* for the codes of a strip */
};

/* Lengths in bytes. */
typedef struct {
    size_t length;
    size_t distance; /* in the file */
} Match;

static void pack(const EvmTileCodes *codes, unsigned tile, EvmTilePixels pixels, Packed *packed)
{
    unsigned column = tile % codes->columns, top = tile / codes->columns * EVM_PNG_TILE_ROWS;
    unsigned left = column * EVM_PNG_TILE_COLUMNS;
    unsigned width = MIN(EVM_PNG_TILE_COLUMNS, codes->width - left);
    packed->from = pixels.left ? PIXEL : 0;
    packed->to = packed->from + !pixels.left + PIXEL * width;
    packed->row_count = MIN(EVM_PNG_TILE_ROWS, codes->height - top);
    packed->file_row = codes->row_bytes;
    packed->file_end = 1 + (size_t)PIXEL * (left + width);
    for (unsigned row = 0; row < packed->row_count; row++) {
        unsigned char *out = packed->bytes[row];
        size_t first = (size_t)row * EVM_PNG_TILE_COLUMNS;
        if (pixels.left)
            evm_png_pixels_write(pixels.left + first + EVM_PNG_TILE_COLUMNS - 1, 1, out);
        else
            *out = EVM_PNG_FILTER_NONE;
        evm_png_pixels_write(pixels.own + first, width, out + (pixels.left ? PIXEL : 1));
    }
}

static size_t count_alike(const unsigned char *a, const unsigned char *b, size_t most)
{
    size_t count = 0;
    for (; count + 8 <= most; count += 8) {
        uint64_t x, y;
        memcpy(&x, a + count, sizeof x);
        memcpy(&y, b + count, sizeof y);
        if (x != y)
            return count + (size_t)__builtin_ctzll(GUINT64_TO_LE(x ^ y)) / 8;
    }
    while (count < most && a[count] == b[count])
        count++;
    return count;
}

/* With the bytes that stand so many rows above and so many bytes before. */
static Match match_at(const Packed *packed, unsigned row, size_t byte, unsigned rows,
                      ptrdiff_t before, size_t most)
{
    const unsigned char *at = &packed->bytes[row][byte];
    return (Match){
        count_alike(at, at - (ptrdiff_t)(rows * PACKED_ROW) - before, most),
        (size_t)((ptrdiff_t)(rows * packed->file_row) + before),
    };
}

/* Where the next bytes were seen last in this tile; puts down that they are seen here. */
static Match find_seen(Search *search, const Packed *packed, unsigned row, size_t byte)
{
    static const Match none = {0, 0};
    uint32_t word;
    if (packed->to - byte < sizeof word)
        return none;
    memcpy(&word, &packed->bytes[row][byte], sizeof word);
    uint16_t *seen = &search->seen[GUINT32_TO_LE(word) * 2654435761u >> (32 - SEEN_BITS)];
    unsigned last = *seen;
    *seen = (uint16_t)(1 + row * PACKED_ROW + byte);
    if (last == 0)
        return none;
    unsigned rows = row - (last - 1) / PACKED_ROW;
    size_t old_byte = (last - 1) % PACKED_ROW;
    ptrdiff_t before = (ptrdiff_t)byte - (ptrdiff_t)old_byte;
    Match match = match_at(packed, row, byte, rows, before, packed->to - MAX(byte, old_byte));
    return match.distance <= REACH_MAX ? match : none;
}

/* With the pixel before, the row above, or what was seen before. The first needs the shortest code,
 * the second always the same. */
static Match find_match(Search *search, const Packed *packed, unsigned row, size_t byte)
{
    size_t most = packed->to - byte;
    Match none = {0, 0}, run = none, above = none;
    if (byte >= PIXEL)
        run = match_at(packed, row, byte, 0, PIXEL, most);
    if (row > 0 && packed->file_row <= REACH_MAX)
        above = match_at(packed, row, byte, 1, 0, most);
    Match best = run.length + PIXEL >= above.length ? run : above;
    if (best.length >= LONG_ENOUGH)
        return best;
    Match seen = find_seen(search, packed, row, byte);
    if (seen.length >= SEEN_MIN && seen.length > run.length + PIXEL && seen.length > above.length)
        best = seen;
    return best.length >= MATCH_MIN ? best : none;
}

static void find_row(Search *search, const Packed *packed, unsigned row)
{
    Tokens *tokens = &search->tokens;
    const unsigned char *bytes = packed->bytes[row];
    bool has_filter = packed->from == 0;
    for (size_t at = packed->from; at < packed->to;) {
        Match match = find_match(search, packed, row, at);
        if (match.length > 0) {
            tokens->items[tokens->count++] =
                (Token){.length = (uint16_t)match.length, .distance = (uint16_t)match.distance};
            at += match.length;
            continue;
        }
        size_t end = MIN(at + (at == 0 && has_filter ? 1 : PIXEL), packed->to);
        while (at < end)
            tokens->items[tokens->count++] = (Token){.byte = bytes[at++]};
    }
}

static void find_tokens(Search *search, const Packed *packed)
{
    memset(search->seen, 0, sizeof search->seen);
    search->tokens.count = 0;
    for (unsigned row = 0; row < packed->row_count; row++) {
        find_row(search, packed, row);
        search->tokens.row_ends[row] = search->tokens.count;
    }
}

/* A symbol and the bits that follow it. Source: RFC 1951, section 3.2.5. */
typedef struct {
    unsigned symbol, extra_bits, extra;
} Symbol;

static unsigned log2_of(unsigned number)
{
    return 31 - (unsigned)__builtin_clz(number);
}

static Symbol symbol_of_length(unsigned length)
{
    unsigned from_3 = length - MATCH_MIN;
    if (length == 258)
        return (Symbol){285, 0, 0};
    if (from_3 < 8)
        return (Symbol){257 + from_3, 0, 0};
    unsigned extra_bits = log2_of(from_3) - 2;
    return (Symbol){257 + 4 * extra_bits + (from_3 >> extra_bits), extra_bits,
                    from_3 & ((1u << extra_bits) - 1)};
}

static Symbol symbol_of_distance(unsigned distance)
{
    unsigned from_1 = distance - 1;
    if (from_1 < 4)
        return (Symbol){from_1, 0, 0};
    unsigned extra_bits = log2_of(from_1) - 1;
    return (Symbol){2 * extra_bits + (from_1 >> extra_bits), extra_bits,
                    from_1 & ((1u << extra_bits) - 1)};
}

static void count_tokens(const Tokens *tokens, struct isal_huff_histogram *histogram)
{
    for (unsigned i = 0; i < tokens->count; i++) {
        const Token *token = &tokens->items[i];
        if (token->length == 0) {
            histogram->lit_len_histogram[token->byte]++;
        } else {
            histogram->lit_len_histogram[symbol_of_length(token->length).symbol]++;
            histogram->dist_histogram[symbol_of_distance(token->distance).symbol]++;
        }
    }
}

EvmTileCodes *evm_tile_codes_new(unsigned width, unsigned height, EvmTileFinder find,
                                 const void *picture)
{
    struct isal_huff_histogram *histogram = g_new0(struct isal_huff_histogram, 1);
    EvmTileRoom *room = g_new(EvmTileRoom, 1);
    EvmTileCodes *codes = g_new0(EvmTileCodes, 1);
    codes->width = width;
    codes->height = height;
    codes->columns = (width + EVM_PNG_TILE_COLUMNS - 1) / EVM_PNG_TILE_COLUMNS;
    codes->rows = (height + EVM_PNG_TILE_ROWS - 1) / EVM_PNG_TILE_ROWS;
    codes->row_bytes = evm_png_rows_count_bytes(width, 1);
    for (unsigned tile = 0; tile < codes->columns * codes->rows; tile += SAMPLE_TILES) {
        pack(codes, tile, find(picture, tile), &room->packed);
        find_tokens(&room->search, &room->packed);
        count_tokens(&room->search.tokens, histogram);
    }
    histogram->lit_len_histogram[END_OF_BLOCK] = codes->rows;
    if (isal_create_hufftables(&codes->tables, histogram) != 0)
        g_clear_pointer(&codes, evm_tile_codes_free);
    g_free(room);
    g_free(histogram);
    return codes;
}

void evm_tile_codes_free(EvmTileCodes *codes)
{
    g_free(codes);
}

static size_t codes_bound(size_t raw_size)
{
    return BYTES_PER_BYTE * raw_size + (size_t)EVM_PNG_TILE_ROWS * FLUSH_BYTES;
}

static unsigned count_tiles(const EvmTileCodes *codes)
{
    return codes->columns * codes->rows;
}

EvmPngTiles *evm_png_tiles_new(const EvmTileCodes *codes)
{
    EvmPngTiles *tiles = g_new(EvmPngTiles, 1);
    *tiles = (EvmPngTiles){codes, g_new0(Codes, count_tiles(codes))};
    return tiles;
}

EvmPngTiles *evm_png_tiles_new_like(const EvmPngTiles *first)
{
    unsigned count = count_tiles(first->codes);
    EvmPngTiles *tiles = g_new(EvmPngTiles, 1);
    *tiles = (EvmPngTiles){first->codes, g_memdup2(first->tiles, count * sizeof *first->tiles)};
    for (unsigned i = 0; i < count; i++)
        tiles->tiles[i].is_borrowed = true;
    return tiles;
}

static void clear_codes(Codes *codes)
{
    if (!codes->is_borrowed)
        g_free(codes->bytes);
    codes->bytes = NULL;
    codes->is_borrowed = false;
}

void evm_png_tiles_free(EvmPngTiles *tiles)
{
    if (!tiles)
        return;
    for (unsigned i = 0; i < count_tiles(tiles->codes); i++)
        clear_codes(&tiles->tiles[i]);
    g_free(tiles->tiles);
    g_free(tiles);
}

EvmTileRoom *evm_tile_room_new(const EvmTileCodes *codes)
{
    size_t strip = evm_png_rows_count_bytes(codes->width, EVM_PNG_TILE_ROWS);
    return g_malloc(sizeof(EvmTileRoom) + ISAL_DEF_MAX_HDR_SIZE + codes_bound(strip));
}

void evm_tile_room_free(EvmTileRoom *room)
{
    g_free(room);
}

/* Bits on their way to bytes, the lowest first. */
typedef struct {
    unsigned char *next;
    uint64_t held;
    unsigned held_bits; /* fewer than 8 between two calls */
} Bits;

/* WORD_BITS at most. Eight bytes are written, of which the whole ones count. */
static inline void bits_add(Bits *bits, uint64_t code, unsigned count)
{
    bits->held |= code << bits->held_bits;
    bits->held_bits += count;
    uint64_t word = GUINT64_TO_LE(bits->held);
    memcpy(bits->next, &word, sizeof word);
    bits->next += bits->held_bits / 8;
    bits->held >>= bits->held_bits / 8 * 8;
    bits->held_bits %= 8;
}

/* On to a whole byte. */
static void bits_flush(Bits *bits)
{
    bits_add(bits, 0, (8 - bits->held_bits) % 8);
}

/* Eight bytes are read at a time, some of them beyond the last. */
static void add_bytes(Bits *bits, const unsigned char *bytes, uint32_t count)
{
    Bits own = *bits; /* in registers */
    uint64_t word;
    for (; count >= WORD_BITS; count -= WORD_BITS, bytes += WORD_BITS / 8) {
        memcpy(&word, bytes, sizeof word);
        bits_add(&own, GUINT64_FROM_LE(word) & ((UINT64_C(1) << WORD_BITS) - 1), WORD_BITS);
    }
    memcpy(&word, bytes, sizeof word);
    bits_add(&own, GUINT64_FROM_LE(word) & ((UINT64_C(1) << count) - 1), count);
    *bits = own;
}

static void add_token(Bits *bits, const struct isal_hufftables *tables, const Token *token)
{
    if (token->length == 0) {
        bits_add(bits, tables->lit_table[token->byte], tables->lit_table_sizes[token->byte]);
        return;
    }
    uint32_t length = tables->len_table[token->length - MATCH_MIN]; /* with the bits behind it */
    Symbol distance = symbol_of_distance(token->distance);
    unsigned size = tables->dcodes_sizes[distance.symbol];
    uint64_t code = tables->dcodes[distance.symbol] | distance.extra << size;
    bits_add(bits, length >> 5 | code << (length & 31), (length & 31) + size + distance.extra_bits);
}

static uint32_t add_row(Bits *bits, const struct isal_hufftables *tables, const Tokens *tokens,
                        unsigned row)
{
    const unsigned char *start = bits->next;
    for (unsigned i = row == 0 ? 0 : tokens->row_ends[row - 1]; i < tokens->row_ends[row]; i++)
        add_token(bits, tables, &tokens->items[i]);
    uint32_t count = (uint32_t)(bits->next - start) * 8 + bits->held_bits;
    bits_flush(bits);
    return count;
}

/* The checksum's lower half is the sum of all bytes of a strip, its upper half the sum of what the
 * lower one is after each: there a byte counts as often as bytes follow, and once. So rows can be
 * added in any order. Source: RFC 1950, section 8.2. */
static void compute_sums(Codes *codes, const Packed *packed)
{
    codes->sum = codes->sum_of_sums = 0;
    for (unsigned row = 0; row < packed->row_count; row++) {
        uint32_t own =
            isal_adler32(0, packed->bytes[row] + packed->from, packed->to - packed->from);
        uint64_t behind = (packed->row_count - row) * packed->file_row - packed->file_end;
        codes->sum += own & 0xffff;
        codes->sum_of_sums += (own >> 16) + behind * (own & 0xffff);
    }
}

void evm_png_tile_compute(EvmPngTiles *tiles, unsigned tile, EvmTilePixels pixels,
                          EvmTileRoom *room)
{
    Codes *codes = &tiles->tiles[tile];
    Bits bits = {.next = room->bytes};
    pack(tiles->codes, tile, pixels, &room->packed);
    compute_sums(codes, &room->packed);
    find_tokens(&room->search, &room->packed);
    for (unsigned row = 0; row < room->packed.row_count; row++) {
        codes->starts[row] = (uint32_t)(bits.next - room->bytes);
        codes->bits[row] = add_row(&bits, &tiles->codes->tables, &room->search.tokens, row);
    }
    memset(bits.next, 0, sizeof(uint64_t)); /* the last row is read a word at a time, too */
    clear_codes(codes);
    codes->size = (size_t)(bits.next - room->bytes) + sizeof(uint64_t);
    codes->bytes = g_memdup2(room->bytes, codes->size);
}

/* A block that is not the last one. Source: RFC 1951, section 3.2.3. */
static void add_head(Bits *bits, const struct isal_hufftables *tables)
{
    unsigned char head[ISAL_DEF_MAX_HDR_SIZE + sizeof(uint64_t)] = {0};
    memcpy(head, tables->deflate_hdr, sizeof tables->deflate_hdr);
    head[0] &= (unsigned char)~1u;
    add_bytes(bits, head, 8 * tables->deflate_hdr_count + tables->deflate_hdr_extra_bits);
}

/* The end of the block and an empty stored one, which ends on a whole byte. */
static void add_end(Bits *bits, const struct isal_hufftables *tables)
{
    bits_add(bits, tables->lit_table[END_OF_BLOCK], tables->lit_table_sizes[END_OF_BLOCK]);
    bits_add(bits, 0, 3);
    bits_flush(bits);
    bits_add(bits, 0xffff0000, 32);
}

/* It begins with 1, which counts once more after each byte. */
static uint32_t compute_adler(const Codes *codes, unsigned count, size_t raw_size)
{
    uint64_t sum = 1, sum_of_sums = raw_size;
    for (unsigned i = 0; i < count; i++) {
        sum += codes[i].sum;
        sum_of_sums += codes[i].sum_of_sums % EVM_ADLER_BASE;
    }
    return (uint32_t)(sum_of_sums % EVM_ADLER_BASE << 16 | sum % EVM_ADLER_BASE);
}

void evm_png_tiles_compute_strip(const EvmPngTiles *tiles, unsigned index, EvmTileRoom *room,
                                 EvmPngStrip *strip)
{
    const EvmTileCodes *codes = tiles->codes;
    const Codes *first = &tiles->tiles[index * codes->columns];
    unsigned row_count = MIN(EVM_PNG_TILE_ROWS, codes->height - index * EVM_PNG_TILE_ROWS);
    size_t raw_size = row_count * codes->row_bytes;
    Bits bits = {.next = room->bytes};
    add_head(&bits, &codes->tables);
    for (unsigned row = 0; row < row_count; row++)
        for (unsigned column = 0; column < codes->columns; column++)
            add_bytes(&bits, first[column].bytes + first[column].starts[row],
                      first[column].bits[row]);
    add_end(&bits, &codes->tables);
    evm_png_strip_init(strip, compute_adler(first, codes->columns, raw_size), raw_size, room->bytes,
                       (size_t)(bits.next - room->bytes));
}
