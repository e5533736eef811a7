#include "pipeline/frame_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atomic_file.h"
#include "base/error.h"

enum {
    LOCK_BYTES = 1 << 20, /* shards of one timeline lock parts of them */
    JOURNAL_BYTES = 1 << 30,
    FILE_BYTES = 1 << 30
};

static const char LOCK_NAME[] = ".evmap-lock";
static const char JOURNAL_PREFIX[] = ".evmap-frames";
static const char PART_PREFIX[] = ".evmap-", PART_SUFFIX[] = ".part";

struct EvmFrameFolder {
    char *path;
    int fd, lock_fd, journal_fd;
    GHashTable
        *records; /* name to EvmFrameRecord, as found when it was opened, and since written */
    GMutex mutex; /* guards records and the journal */
};

static bool refuse(const char *path, const char *reason, GError **error)
{
    g_set_error(error, EVM_ERROR, EVM_ERROR_OUTPUT, "%s: cannot be written: %s", path, reason);
    return false;
}

static struct flock lock_of(unsigned shard, unsigned shards)
{
    off_t from = (off_t)LOCK_BYTES * (shard - 1) / shards, to = (off_t)LOCK_BYTES * shard / shards;
    return (struct flock){
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = from, .l_len = to - from};
}

/* A record lock, which also holds between machines that share the folder. It ends with the process,
 * however that ends. */
static bool take_lock(EvmFrameFolder *folder, unsigned shard, unsigned shards, GError **error)
{
    folder->lock_fd =
        openat(folder->fd, LOCK_NAME, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    struct flock lock = lock_of(shard, shards);
    if (folder->lock_fd < 0)
        return refuse(folder->path, g_strerror(errno), error);
    if (fcntl(folder->lock_fd, F_SETLK, &lock) == 0)
        return true;
    if (errno != EACCES && errno != EAGAIN)
        return refuse(folder->path, g_strerror(errno), error);
    struct flock other = lock_of(shard, shards);
    bool is_named = fcntl(folder->lock_fd, F_GETLK, &other) == 0 && other.l_type != F_UNLCK;
    g_autofree char *who = is_named && other.l_pid > 0
                               ? g_strdup_printf(" (process %ld)", (long)other.l_pid)
                               : g_strdup("");
    g_set_error(error, EVM_ERROR, EVM_ERROR_OUTPUT,
                "%s: another timeline is being written here%s: wait for it, or choose another "
                "--out",
                folder->path, who);
    return false;
}

static bool parse_line(char *line, char **name, EvmFrameRecord *record)
{
    char **fields = g_strsplit(line, "\t", 4);
    bool is_whole = g_strv_length(fields) == 4 && strlen(fields[0]) == EVM_SHA256_TEXT_SIZE - 1 &&
                    strlen(fields[1]) == EVM_SHA256_TEXT_SIZE - 1 && fields[3][0] != '\0' &&
                    g_ascii_string_to_signed(fields[2], 10, 0, FILE_BYTES, &record->size, NULL);
    if (is_whole) {
        g_strlcpy(record->key, fields[0], sizeof record->key);
        g_strlcpy(record->sha256, fields[1], sizeof record->sha256);
        *name = g_strdup(fields[3]);
    }
    g_strfreev(fields);
    return is_whole;
}

/* A later line about a file wins; one without its end was cut off. */
static void load_journal(EvmFrameFolder *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder->path, name, NULL);
    EvmInputFile file;
    if (!evm_input_file_load(&file, path, JOURNAL_BYTES, NULL))
        return;
    for (char *line = file.data, *end; (end = strchr(line, '\n')); line = end + 1) {
        EvmFrameRecord record;
        char *key;
        *end = '\0';
        if (parse_line(line, &key, &record))
            g_hash_table_replace(folder->records, key, g_memdup2(&record, sizeof record));
    }
    evm_input_file_clear(&file);
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names in the folder, in their order. */
static GPtrArray *list_names(const EvmFrameFolder *folder)
{
    GDir *dir = g_dir_open(folder->path, 0, NULL);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name = NULL; dir && (name = g_dir_read_name(dir));)
        g_ptr_array_add(names, g_strdup(name));
    if (dir)
        g_dir_close(dir);
    g_ptr_array_sort(names, compare_names);
    return names;
}

static void load_journals(EvmFrameFolder *folder)
{
    g_autoptr(GPtrArray) names = list_names(folder);
    for (guint i = 0; i < names->len; i++)
        if (g_str_has_prefix(names->pdata[i], JOURNAL_PREFIX))
            load_journal(folder, names->pdata[i]);
}

/* What killed runs left half-written. Only for who has the lock of the whole folder: parts are
 * written by nobody else then. */
static void clear_parts(const EvmFrameFolder *folder)
{
    g_autoptr(GPtrArray) names = list_names(folder);
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        if (g_str_has_prefix(name, PART_PREFIX) && g_str_has_suffix(name, PART_SUFFIX))
            unlinkat(folder->fd, name, 0);
        else
            evm_atomic_file_clear_abandoned(folder->fd, name);
    }
}

/* Shards have journals of their own: lines appended from two machines may overwrite each other. */
static bool open_journal(EvmFrameFolder *folder, unsigned shard, unsigned shards, GError **error)
{
    g_autofree char *name = shards == 1
                                ? g_strdup(JOURNAL_PREFIX)
                                : g_strdup_printf("%s-%u-of-%u", JOURNAL_PREFIX, shard, shards);
    folder->journal_fd =
        openat(folder->fd, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (folder->journal_fd < 0)
        return refuse(folder->path, g_strerror(errno), error);
    /* What was cut off stays a line of its own, which nobody believes. */
    if (lseek(folder->journal_fd, 0, SEEK_END) > 0 && write(folder->journal_fd, "\n", 1) != 1)
        return refuse(folder->path, g_strerror(errno), error);
    return true;
}

static EvmFrameFolder *open_folder(const char *path)
{
    EvmFrameFolder *folder = g_new0(EvmFrameFolder, 1);
    folder->path = g_strdup(path);
    folder->lock_fd = folder->journal_fd = -1;
    folder->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    folder->records = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_mutex_init(&folder->mutex);
    return folder;
}

EvmFrameFolder *evm_frame_folder_new(const char *path, unsigned shard, unsigned shards,
                                     GError **error)
{
    if (!evm_folder_new(path, error))
        return NULL;
    EvmFrameFolder *folder = open_folder(path);
    if (folder->fd < 0)
        refuse(path, g_strerror(errno), error);
    if (folder->fd < 0 || !take_lock(folder, shard, shards, error) ||
        !open_journal(folder, shard, shards, error)) {
        evm_frame_folder_free(folder);
        return NULL;
    }
    if (shards == 1)
        clear_parts(folder);
    load_journals(folder);
    return folder;
}

EvmFrameFolder *evm_frame_folder_load(const char *path)
{
    EvmFrameFolder *folder = open_folder(path);
    load_journals(folder);
    return folder;
}

static void close_if_open(int fd)
{
    if (fd >= 0)
        close(fd);
}

void evm_frame_folder_free(EvmFrameFolder *folder)
{
    if (!folder)
        return;
    close_if_open(folder->journal_fd);
    close_if_open(folder->lock_fd);
    close_if_open(folder->fd);
    g_hash_table_destroy(folder->records);
    g_mutex_clear(&folder->mutex);
    g_free(folder->path);
    g_free(folder);
}

static bool is_whole(const EvmFrameFolder *folder, const char *name, const EvmFrameRecord *record)
{
    struct stat info;
    if (fstatat(folder->fd, name, &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(info.st_mode) ||
        info.st_size != record->size)
        return false;
    g_autofree char *path = g_build_filename(folder->path, name, NULL);
    EvmInputFile file;
    if (!evm_input_file_load(&file, path, FILE_BYTES, NULL))
        return false;
    bool is_same = strcmp(file.sha256, record->sha256) == 0;
    evm_input_file_clear(&file);
    return is_same;
}

bool evm_frame_folder_has(const EvmFrameFolder *folder, const char *name)
{
    struct stat info;
    return g_hash_table_contains(folder->records, name) &&
           fstatat(folder->fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0;
}

GPtrArray *evm_frame_folder_compute_names(const EvmFrameFolder *folder)
{
    GPtrArray *all = list_names(folder), *names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < all->len; i++)
        if (g_hash_table_contains(folder->records, all->pdata[i]))
            g_ptr_array_add(names, g_strdup(all->pdata[i]));
    g_ptr_array_unref(all);
    return names;
}

bool evm_frame_folder_find(const EvmFrameFolder *folder, const char *name, const char *key,
                           EvmFrameRecord *out)
{
    GMutex *mutex = (GMutex *)(uintptr_t)&folder->mutex;
    g_mutex_lock(mutex);
    const EvmFrameRecord *record = g_hash_table_lookup(folder->records, name);
    bool is_known = record && strcmp(record->key, key) == 0;
    if (is_known)
        *out = *record;
    g_mutex_unlock(mutex);
    return is_known && is_whole(folder, name, out);
}

static bool write_all(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t written = write(fd, data, size);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0) {
            data += written;
            size -= (size_t)written;
        }
    }
    return true;
}

char *evm_frame_folder_format_part(const char *name)
{
    return g_strconcat(PART_PREFIX, name, PART_SUFFIX, NULL);
}

static bool write_file(EvmFrameFolder *folder, const char *name, const void *data, size_t size)
{
    g_autofree char *part = evm_frame_folder_format_part(name);
    int fd = openat(folder->fd, part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0)
        return false;
    bool done = write_all(fd, data, size);
    int reason = errno;
    if (close(fd) != 0 && done) {
        done = false;
        reason = errno;
    }
    if (done && renameat(folder->fd, part, folder->fd, name) == 0)
        return true;
    reason = done ? errno : reason;
    unlinkat(folder->fd, part, 0);
    errno = reason;
    return false;
}

static bool refuse_map(const char *path, GError **error)
{
    g_set_error(error, EVM_ERROR, EVM_ERROR_OUTPUT,
                "%s: is a map of one day, with a data file beside it: choose another --out", path);
    return false;
}

/* A map of one day, which says in a data file beside it what it shows. */
static bool is_map_of_one_day(EvmFrameFolder *folder, const char *name)
{
    if (faccessat(folder->fd, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    g_mutex_lock(&folder->mutex);
    bool is_own = g_hash_table_contains(folder->records, name);
    g_mutex_unlock(&folder->mutex);
    if (is_own)
        return false;
    const char *ending = strrchr(name, '.');
    g_autofree char *manifest =
        g_strdup_printf("%.*s.json", (int)(ending ? ending - name : 0), name);
    return faccessat(folder->fd, manifest, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

bool evm_frame_folder_write(EvmFrameFolder *folder, const char *name, const char *key,
                            const void *data, size_t size, EvmFrameRecord *out, GError **error)
{
    EvmFrameRecord record = {.size = (gint64)size};
    g_autofree char *path = g_build_filename(folder->path, name, NULL);
    if (is_map_of_one_day(folder, name))
        return refuse_map(path, error);
    g_strlcpy(record.key, key, sizeof record.key);
    evm_sha256_compute(data, size, record.sha256);
    g_autofree char *line = g_strdup_printf("%s\t%s\t%" G_GINT64_FORMAT "\t%s\n", record.key,
                                            record.sha256, record.size, name);
    bool done = write_file(folder, name, data, size);
    g_mutex_lock(&folder->mutex);
    done = done && write_all(folder->journal_fd, line, strlen(line));
    int reason = errno;
    if (done)
        g_hash_table_replace(folder->records, g_strdup(name), g_memdup2(&record, sizeof record));
    g_mutex_unlock(&folder->mutex);
    *out = record;
    return done || refuse(path, g_strerror(reason), error);
}

bool evm_frame_folder_write_link(EvmFrameFolder *folder, const char *link, const char *name,
                                 GError **error)
{
    g_autofree char *part = evm_frame_folder_format_part(link);
    unlinkat(folder->fd, part, 0);
    if (symlinkat(name, folder->fd, part) == 0 && renameat(folder->fd, part, folder->fd, link) == 0)
        return true;
    g_autofree char *path = g_build_filename(folder->path, link, NULL);
    return refuse(path, g_strerror(errno), error);
}
