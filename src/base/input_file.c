#include "base/input_file.h"

#include <nettle/sha2.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

enum { BLOCK_BYTES = 1 << 18 };

static void format_digest(struct sha256_ctx *context, char hex[EVM_SHA256_TEXT_SIZE])
{
    static const char DIGITS[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        hex[2 * i] = DIGITS[digest[i] >> 4];
        hex[2 * i + 1] = DIGITS[digest[i] & 15];
    }
    hex[2 * sizeof digest] = '\0';
}

void evm_sha256_compute(const void *data, size_t size, char hex[EVM_SHA256_TEXT_SIZE])
{
    struct sha256_ctx context;
    sha256_init(&context);
    if (size > 0)
        sha256_update(&context, size, data);
    format_digest(&context, hex);
}

struct EvmSha256 {
    struct sha256_ctx context;
};

EvmSha256 *evm_sha256_new(void)
{
    EvmSha256 *sha256 = g_new0(EvmSha256, 1);
    sha256_init(&sha256->context);
    return sha256;
}

void evm_sha256_add(EvmSha256 *sha256, const void *data, size_t size)
{
    if (size > 0)
        sha256_update(&sha256->context, size, data);
}

void evm_sha256_commit(EvmSha256 *sha256, char hex[EVM_SHA256_TEXT_SIZE])
{
    format_digest(&sha256->context, hex);
}

void evm_sha256_free(EvmSha256 *sha256)
{
    g_free(sha256);
}

static bool refuse_size(const char *path, size_t limit_bytes, GError **error)
{
    g_set_error(error, EVM_ERROR, EVM_ERROR_LIMIT, "%s: larger than the limit of %zu bytes", path,
                limit_bytes);
    return false;
}

/* Each block is hashed while it is still in the processor's cache. */
static bool read_all(EvmInputFile *file, EvmInputStream *stream, size_t limit_bytes,
                     size_t capacity, GError **error)
{
    struct sha256_ctx context;
    sha256_init(&context);
    for (;;) {
        if (capacity - file->size < BLOCK_BYTES + 1) {
            capacity = MAX(capacity + BLOCK_BYTES + 1, capacity + capacity / 2);
            file->data = g_realloc(file->data, capacity);
        }
        char *block = file->data + file->size;
        ssize_t got = evm_input_stream_load(stream, block, BLOCK_BYTES, error);
        if (got < 0)
            return false;
        if (got == 0)
            break;
        file->size += (size_t)got;
        if (file->size > limit_bytes)
            return refuse_size(file->path, limit_bytes, error);
        sha256_update(&context, (size_t)got, (const uint8_t *)block);
    }
    file->data[file->size] = '\0';
    format_digest(&context, file->sha256);
    return true;
}

static bool load_from(EvmInputFile *file, EvmInputStream *stream, size_t limit_bytes,
                      GError **error)
{
    if (stream->size > limit_bytes)
        return refuse_size(file->path, limit_bytes, error);
    size_t capacity = stream->size + BLOCK_BYTES + 1;
    file->data = g_malloc(capacity);
    if (!read_all(file, stream, limit_bytes, capacity, error))
        return false;
    if (stream->size == 0 || file->size == stream->size)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT, "%s: changed while it was being read; try again",
                file->path);
    return false;
}

static bool load_stream(EvmInputFile *file, EvmInputStream *stream, size_t limit_bytes,
                        GError **error)
{
    EvmInputFile loaded = {.path = g_strdup(stream->path)};
    if (!load_from(&loaded, stream, limit_bytes, error)) {
        evm_input_file_clear(&loaded);
        return false;
    }
    *file = loaded;
    return true;
}

bool evm_input_file_load(EvmInputFile *file, const char *path, size_t limit_bytes, GError **error)
{
    EvmInputWatch nobody = {0};
    return evm_input_file_load_watched(file, path, limit_bytes, &nobody, error);
}

bool evm_input_file_load_watched(EvmInputFile *file, const char *path, size_t limit_bytes,
                                 const EvmInputWatch *watch, GError **error)
{
    EvmInputStream stream;
    if (!evm_input_stream_init(&stream, path, error))
        return false;
    if (stream.size == 0)
        stream.watch = *watch;
    bool ok = load_stream(file, &stream, limit_bytes, error);
    evm_input_stream_clear(&stream);
    return ok;
}

bool evm_input_file_load_copy(EvmInputFile *file, int fd, const char *path, size_t limit_bytes,
                              GError **error)
{
    EvmInputStream stream = {.path = path, .fd = fd};
    lseek(fd, 0, SEEK_SET);
    return load_stream(file, &stream, limit_bytes, error);
}

void evm_input_file_clear(EvmInputFile *file)
{
    g_free(file->path);
    g_free(file->data);
    *file = (EvmInputFile){0};
}
