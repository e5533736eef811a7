#include "base/atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

enum { BUFFER_BYTES = 1 << 16, NAME_TRIES = 100, TEMP_NAME_SIZE = 24 };

static const char TEMP_PREFIX[] = ".evmap-", TEMP_SUFFIX[] = ".tmp";

struct EvmAtomicFile {
    char *path;
    char *name; /* the last part of path, inside folder_fd */
    char temp_name[TEMP_NAME_SIZE];
    int folder_fd;
    int fd;          /* -1 once closed */
    int first_errno; /* of the first write that failed, or 0 */
    size_t used;
    char buffer[BUFFER_BYTES];
};

static bool refuse(const char *path, const char *reason, GError **error)
{
    g_set_error(error, EVM_ERROR, EVM_ERROR_OUTPUT, "%s: cannot be written: %s", path, reason);
    return false;
}

/* Everything goes through the folder's descriptor, so that swapping the folder for a symbolic link
 * while a file is being written leads nowhere. */
static bool check_target(const EvmAtomicFile *file, GError **error)
{
    struct stat info;
    if (fstatat(file->folder_fd, file->name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT || refuse(file->path, g_strerror(errno), error);
    if (S_ISDIR(info.st_mode))
        return refuse(file->path, "a folder has this name", error);
    if (S_ISLNK(info.st_mode))
        return refuse(file->path, "a symbolic link has this name; remove it or choose another",
                      error);
    if (!S_ISREG(info.st_mode))
        return refuse(file->path, "this is a device or pipe, not a file", error);
    return true;
}

/* A temporary file is locked as long as somebody writes to it. False when another has the lock;
 * where the file system knows no locks nobody has. */
static bool take_lock(int fd)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(fd, F_SETLK, &lock) == 0 || (errno != EACCES && errno != EAGAIN);
}

/* Whoever clears the folder may have been faster than the lock. */
static bool is_ours(int fd)
{
    struct stat info;
    return take_lock(fd) && fstat(fd, &info) == 0 && info.st_nlink > 0;
}

/* The name is random, so what a killed run left behind is never in the way. */
static bool open_temp(EvmAtomicFile *file, GError **error)
{
    for (int i = 0; i < NAME_TRIES; i++) {
        g_snprintf(file->temp_name, sizeof file->temp_name, "%s%08x%s", TEMP_PREFIX, g_random_int(),
                   TEMP_SUFFIX);
        file->fd = openat(file->folder_fd, file->temp_name,
                          O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (file->fd >= 0 && is_ours(file->fd))
            return true;
        if (file->fd < 0 && errno != EEXIST)
            break;
        if (file->fd >= 0)
            close(file->fd);
        file->fd = -1;
    }
    return refuse(file->path, g_strerror(errno), error);
}

static bool is_temp_name(const char *name)
{
    size_t digits = 0;
    if (!g_str_has_prefix(name, TEMP_PREFIX))
        return false;
    name += sizeof TEMP_PREFIX - 1;
    while (g_ascii_isxdigit(name[digits]))
        digits++;
    return digits == 8 && strcmp(name + digits, TEMP_SUFFIX) == 0;
}

void evm_atomic_file_clear_abandoned(int folder_fd, const char *name)
{
    struct stat info;
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (!is_temp_name(name))
        return;
    int fd = openat(folder_fd, name, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return;
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && fcntl(fd, F_SETLK, &lock) == 0)
        unlinkat(folder_fd, name, 0);
    close(fd);
}

static bool open_folder(EvmAtomicFile *file, GError **error)
{
    char *folder = g_path_get_dirname(file->path);
    file->folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int reason = errno;
    g_free(folder);
    return file->folder_fd >= 0 || refuse(file->path, g_strerror(reason), error);
}

EvmAtomicFile *evm_atomic_file_new(const char *path, GError **error)
{
    if (path[0] == '\0' || g_str_has_suffix(path, "/")) {
        refuse(path, "this names a folder, not a file", error);
        return NULL;
    }
    EvmAtomicFile *file = g_new(EvmAtomicFile, 1);
    file->path = g_strdup(path);
    file->name = g_path_get_basename(path);
    file->folder_fd = file->fd = -1;
    file->first_errno = 0;
    file->used = 0;
    if (open_folder(file, error) && check_target(file, error) && open_temp(file, error))
        return file;
    evm_atomic_file_free(file);
    return NULL;
}

static void write_out(EvmAtomicFile *file, const char *data, size_t size)
{
    while (size > 0 && file->first_errno == 0) {
        ssize_t written = write(file->fd, data, size);
        if (written >= 0) {
            data += written;
            size -= (size_t)written;
        } else if (errno != EINTR) {
            file->first_errno = errno;
        }
    }
}

static void flush_buffer(EvmAtomicFile *file)
{
    write_out(file, file->buffer, file->used);
    file->used = 0;
}

void evm_atomic_file_write(EvmAtomicFile *file, const void *data, size_t size)
{
    if (size > BUFFER_BYTES - file->used)
        flush_buffer(file);
    if (size >= BUFFER_BYTES) {
        write_out(file, data, size);
    } else if (size > 0) {
        memcpy(file->buffer + file->used, data, size);
        file->used += size;
    }
}

static bool close_temp(EvmAtomicFile *file, GError **error)
{
    flush_buffer(file);
    if (file->first_errno == 0 && fsync(file->fd) != 0)
        file->first_errno = errno;
    int fd = file->fd;
    file->fd = -1;
    if (close(fd) != 0 && file->first_errno == 0)
        file->first_errno = errno;
    return file->first_errno == 0 || refuse(file->path, g_strerror(file->first_errno), error);
}

static bool rename_temp(EvmAtomicFile *file, GError **error)
{
    if (!check_target(file, error))
        return false;
    if (renameat(file->folder_fd, file->temp_name, file->folder_fd, file->name) != 0)
        return refuse(file->path, g_strerror(errno), error);
    /* The file is whole under its name from here on, so a folder that cannot be flushed (some
     * network file systems) is no failure. */
    (void)fsync(file->folder_fd);
    file->temp_name[0] = '\0';
    return true;
}

bool evm_atomic_file_commit(EvmAtomicFile *file, GError **error)
{
    bool ok = close_temp(file, error) && rename_temp(file, error);
    if (!ok)
        unlinkat(file->folder_fd, file->temp_name, 0);
    file->temp_name[0] = '\0';
    evm_atomic_file_free(file);
    return ok;
}

void evm_atomic_file_free(EvmAtomicFile *file)
{
    if (!file)
        return;
    if (file->fd >= 0) {
        close(file->fd);
        unlinkat(file->folder_fd, file->temp_name, 0);
    }
    if (file->folder_fd >= 0)
        close(file->folder_fd);
    g_free(file->name);
    g_free(file->path);
    g_free(file);
}

bool evm_atomic_file_write_all(const char *path, const void *data, size_t size, GError **error)
{
    EvmAtomicFile *file = evm_atomic_file_new(path, error);
    if (!file)
        return false;
    evm_atomic_file_write(file, data, size);
    return evm_atomic_file_commit(file, error);
}

bool evm_folder_new(const char *path, GError **error)
{
    if (g_mkdir_with_parents(path, 0777) == 0)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_OUTPUT, "%s: cannot be created: %s", path,
                g_strerror(errno));
    return false;
}
