#include "base/input_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

enum { PATIENCE_MS = 200 };

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
    if (is_stdin(path))
        return refuse(path, "nothing is piped in: put a command and | before evmap, or name a file",
                      error);
    return refuse(path, "this is a device, not a file", error);
}

/* The kind is looked at before the file is opened, because opening some devices has effects. */
static int open_path(const char *path, struct stat *info, GError **error)
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

bool evm_input_stream_init(EvmInputStream *stream, const char *path, GError **error)
{
    struct stat info;
    int fd = open_path(path, &info, error);
    if (fd < 0)
        return false;
    /* Standard input may have been read from already, so its size says nothing. */
    bool is_sized = S_ISREG(info.st_mode) && info.st_size > 0 && !is_stdin(path);
    *stream = (EvmInputStream){.path = path, .fd = fd, .size = is_sized ? (size_t)info.st_size : 0};
    return true;
}

bool evm_input_stream_init_copy(EvmInputStream *stream, int fd, const char *path, GError **error)
{
    struct stat info;
    int own = dup(fd);
    if (own < 0 || fstat(own, &info) != 0 || lseek(own, 0, SEEK_SET) != 0) {
        if (own >= 0)
            close(own);
        return refuse(path, g_strerror(errno), error);
    }
    *stream = (EvmInputStream){.path = path, .fd = own, .size = (size_t)info.st_size};
    stream->is_own = true;
    return true;
}

static void tell(const EvmInputStream *stream)
{
    const EvmInputWatch *watch = &stream->watch;
    if (watch->func)
        watch->func(watch->bytes_before + stream->bytes, watch->bytes_all, watch->user);
}

/* For something to read, where that may take long. */
static void wait_for_input(const EvmInputStream *stream)
{
    struct pollfd input = {.fd = stream->fd, .events = POLLIN};
    bool may_be_slow = stream->size == 0 && stream->watch.func;
    while (may_be_slow && poll(&input, 1, PATIENCE_MS) == 0)
        tell(stream);
}

ssize_t evm_input_stream_load(EvmInputStream *stream, char *to, size_t size, GError **error)
{
    ssize_t got;
    wait_for_input(stream);
    do
        got = read(stream->fd, to, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        refuse(stream->path, g_strerror(errno), error);
    stream->bytes += (size_t)MAX(got, 0);
    tell(stream);
    return got;
}

void evm_input_stream_clear(EvmInputStream *stream)
{
    if (stream->fd >= 0 && (stream->is_own || !is_stdin(stream->path)))
        close(stream->fd);
    stream->fd = -1;
}
