#include "base/input_file.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
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

static bool refuse(const char *path, const char *reason, GError **error)
{
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT, "%s: %s", path, reason);
    return false;
}

static bool is_stdin(const char *path)
{
    return strcmp(path, "-") == 0;
}

static bool check_kind(const char *path, const struct stat *info, GError **error)
{
    if (S_ISREG(info->st_mode) || S_ISFIFO(info->st_mode))
        return true;
    if (S_ISSOCK(info->st_mode) && is_stdin(path))
        return true;
    if (S_ISDIR(info->st_mode))
        return refuse(path, "this is a folder; name a file in it", error);
    return refuse(path, "this is a device, not a file", error);
}

/* The kind is looked at before the file is opened, because opening some devices has effects. */
static int open_input(const char *path, struct stat *info, GError **error)
{
    if (is_stdin(path)) {
        if (fstat(STDIN_FILENO, info) != 0) {
            refuse(path, g_strerror(errno), error);
            return -1;
        }
        return check_kind(path, info, error) ? STDIN_FILENO : -1;
    }
    if (stat(path, info) != 0) {
        refuse(path, g_strerror(errno), error);
        return -1;
    }
    if (!check_kind(path, info, error))
        return -1;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || fstat(fd, info) != 0) {
        refuse(path, g_strerror(errno), error);
    } else if (check_kind(path, info, error)) {
        return fd;
    }
    if (fd >= 0)
        close(fd);
    return -1;
}

static bool refuse_size(const char *path, size_t limit_bytes, GError **error)
{
    g_set_error(error, EVM_ERROR, EVM_ERROR_LIMIT, "%s: larger than the limit of %zu bytes", path,
                limit_bytes);
    return false;
}

/* Bytes read into `to`, 0 at the end, -1 with errno. */
static ssize_t read_block(int fd, char *to, size_t size)
{
    ssize_t got;
    do
        got = read(fd, to, size);
    while (got < 0 && errno == EINTR);
    return got;
}

/* Each block is hashed while it is still in the processor's cache. */
static bool read_all(EvmInputFile *file, int fd, size_t limit_bytes, size_t capacity,
                     GError **error)
{
    struct sha256_ctx context;
    sha256_init(&context);
    for (;;) {
        if (capacity - file->size < BLOCK_BYTES + 1) {
            capacity = MAX(capacity + BLOCK_BYTES + 1, capacity + capacity / 2);
            file->data = g_realloc(file->data, capacity);
        }
        char *block = file->data + file->size;
        ssize_t got = read_block(fd, block, BLOCK_BYTES);
        if (got < 0)
            return refuse(file->path, g_strerror(errno), error);
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

static bool load_from(EvmInputFile *file, int fd, const struct stat *info, size_t limit_bytes,
                      GError **error)
{
    bool is_sized = S_ISREG(info->st_mode) && info->st_size > 0;
    size_t expected = is_sized ? (size_t)info->st_size : 0;
    if (expected > limit_bytes)
        return refuse_size(file->path, limit_bytes, error);
    size_t capacity = expected + BLOCK_BYTES + 1;
    file->data = g_malloc(capacity);
    if (!read_all(file, fd, limit_bytes, capacity, error))
        return false;
    /* Standard input may have been read from already, so its size says nothing. */
    if (is_sized && !is_stdin(file->path) && file->size != expected)
        return refuse(file->path, "changed while it was being read; try again", error);
    return true;
}

bool evm_input_file_load(EvmInputFile *file, const char *path, size_t limit_bytes, GError **error)
{
    struct stat info;
    int fd = open_input(path, &info, error);
    if (fd < 0)
        return false;
    EvmInputFile loaded = {.path = g_strdup(path)};
    bool ok = load_from(&loaded, fd, &info, limit_bytes, error);
    if (fd != STDIN_FILENO)
        close(fd);
    if (!ok) {
        evm_input_file_clear(&loaded);
        return false;
    }
    *file = loaded;
    return true;
}

void evm_input_file_clear(EvmInputFile *file)
{
    g_free(file->path);
    g_free(file->data);
    *file = (EvmInputFile){0};
}
