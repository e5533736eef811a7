#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/atomic_file.h"
#include "base/error.h"

typedef struct {
    char *folder;
    char *path;
} Fixture;

static void set_up(Fixture *fixture, const void *data)
{
    (void)data;
    fixture->folder = g_dir_make_tmp("evmap-XXXXXX", NULL);
    fixture->path = g_build_filename(fixture->folder, "map.svg", NULL);
}

static unsigned count_files(const char *folder)
{
    unsigned count = 0;
    GDir *dir = g_dir_open(folder, 0, NULL);
    while (g_dir_read_name(dir))
        count++;
    g_dir_close(dir);
    return count;
}

/* The folder must be empty but for the file itself: no temporary file is ever left. */
static void tear_down(Fixture *fixture, const void *data)
{
    (void)data;
    g_remove(fixture->path);
    g_assert_cmpint(g_rmdir(fixture->folder), ==, 0);
    g_free(fixture->path);
    g_free(fixture->folder);
}

static void assert_holds(const char *path, const char *expected)
{
    char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, expected);
    g_free(text);
}

static void assert_refused(const char *path, const char *reason)
{
    GError *error = NULL;
    char *message = g_strdup_printf("%s: cannot be written: %s", path, reason);
    g_assert_null(evm_atomic_file_new(path, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_OUTPUT);
    g_assert_cmpstr(error->message, ==, message);
    g_free(message);
    g_error_free(error);
}

static void test_file_appears_on_commit_only(Fixture *fixture, const void *data)
{
    (void)data;
    GError *error = NULL;
    EvmAtomicFile *file = evm_atomic_file_new(fixture->path, &error);
    g_assert_no_error(error);
    evm_atomic_file_write(file, "ab", 2);
    evm_atomic_file_write(file, "c", 1);
    evm_atomic_file_write(file, NULL, 0);
    g_assert_false(g_file_test(fixture->path, G_FILE_TEST_EXISTS));
    g_assert_true(evm_atomic_file_commit(file, &error));
    g_assert_no_error(error);
    assert_holds(fixture->path, "abc");
    g_assert_cmpuint(count_files(fixture->folder), ==, 1);
}

static void test_freed_file_leaves_nothing(Fixture *fixture, const void *data)
{
    (void)data;
    g_file_set_contents(fixture->path, "old", -1, NULL);
    EvmAtomicFile *file = evm_atomic_file_new(fixture->path, NULL);
    evm_atomic_file_write(file, "new", 3);
    g_assert_cmpuint(count_files(fixture->folder), ==, 2);
    evm_atomic_file_free(file);
    evm_atomic_file_free(NULL);
    assert_holds(fixture->path, "old");
    g_assert_cmpuint(count_files(fixture->folder), ==, 1);
}

static void test_old_file_is_replaced(Fixture *fixture, const void *data)
{
    (void)data;
    g_file_set_contents(fixture->path, "something longer", -1, NULL);
    g_assert_true(evm_atomic_file_write_all(fixture->path, "new", 3, NULL));
    assert_holds(fixture->path, "new");
}

static void test_large_pieces_keep_their_order(Fixture *fixture, const void *data)
{
    (void)data;
    GString *expected = g_string_new(NULL);
    EvmAtomicFile *file = evm_atomic_file_new(fixture->path, NULL);
    for (size_t i = 0; i < 40; i++) {
        char *piece = g_strnfill(i * i * 97, (char)('a' + i % 26));
        evm_atomic_file_write(file, piece, strlen(piece));
        g_string_append(expected, piece);
        g_free(piece);
    }
    g_assert_true(evm_atomic_file_commit(file, NULL));
    assert_holds(fixture->path, expected->str);
    g_string_free(expected, TRUE);
}

static void test_mode_follows_umask(Fixture *fixture, const void *data)
{
    (void)data;
    GStatBuf info;
    mode_t old = umask(0027);
    g_assert_true(evm_atomic_file_write_all(fixture->path, "x", 1, NULL));
    umask(old);
    g_assert_cmpint(g_stat(fixture->path, &info), ==, 0);
    g_assert_cmpuint(info.st_mode & 0777, ==, 0640);
}

static void test_folder_link_and_device_are_refused(Fixture *fixture, const void *data)
{
    (void)data;
    assert_refused(fixture->folder, "a folder has this name");
    char *slash = g_strconcat(fixture->path, "/", NULL);
    assert_refused(slash, "this names a folder, not a file");
    g_free(slash);
    assert_refused("", "this names a folder, not a file");
    g_assert_cmpint(symlink("elsewhere", fixture->path), ==, 0);
    assert_refused(fixture->path, "a symbolic link has this name; remove it or choose another");
    assert_refused("/dev/full", "this is a device or pipe, not a file");
    char *absent = g_build_filename(fixture->folder, "absent", "map.svg", NULL);
    assert_refused(absent, "No such file or directory");
    g_free(absent);
}

static void test_link_made_meanwhile_is_refused(Fixture *fixture, const void *data)
{
    (void)data;
    GError *error = NULL;
    EvmAtomicFile *file = evm_atomic_file_new(fixture->path, NULL);
    g_assert_cmpint(symlink("elsewhere", fixture->path), ==, 0);
    g_assert_false(evm_atomic_file_commit(file, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_OUTPUT);
    g_assert_true(g_file_test(fixture->path, G_FILE_TEST_IS_SYMLINK));
    g_error_free(error);
}

static void test_longest_name_can_be_written(Fixture *fixture, const void *data)
{
    (void)data;
    char *name = g_strnfill(255, 'n');
    char *path = g_build_filename(fixture->folder, name, NULL);
    g_assert_true(evm_atomic_file_write_all(path, "x", 1, NULL));
    g_remove(path);
    g_free(path);
    g_free(name);
}

static void write_past_a_file_size_limit(const char *path, size_t piece)
{
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {1 << 17, 1 << 17};
    setrlimit(RLIMIT_FSIZE, &limit);
    GError *error = NULL;
    EvmAtomicFile *file = evm_atomic_file_new(path, NULL);
    char *bytes = g_malloc0(piece);
    for (size_t written = 0; written < 1 << 18; written += piece)
        evm_atomic_file_write(file, bytes, piece);
    g_free(bytes);
    g_assert_false(evm_atomic_file_commit(file, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_OUTPUT);
    char *message = g_strdup_printf("%s: cannot be written: File too large", path);
    g_assert_cmpstr(error->message, ==, message);
    g_free(message);
    g_error_free(error);
}

/* The limit holds for a whole process, so the test runs in one of its own; the folder name is
 * fixed, or parent and child would not mean the same file. */
static void test_failed_write_keeps_the_old_file(void)
{
    char *folder = g_strdup_printf("%s/evmap-atomic-%d", g_get_tmp_dir(),
                                   g_test_subprocess() ? (int)getppid() : (int)getpid());
    char *path = g_build_filename(folder, "map.svg", NULL);
    if (g_test_subprocess()) {
        write_past_a_file_size_limit(path, 1000);
        write_past_a_file_size_limit(path, 1 << 17);
    } else {
        g_assert_true(evm_folder_new(folder, NULL));
        g_file_set_contents(path, "old", -1, NULL);
        g_test_trap_subprocess(NULL, 0, 0);
        g_test_trap_assert_passed();
        assert_holds(path, "old");
        g_assert_cmpuint(count_files(folder), ==, 1);
        g_remove(path);
        g_rmdir(folder);
    }
    g_free(path);
    g_free(folder);
}

static void test_folders_are_made_with_parents(Fixture *fixture, const void *data)
{
    (void)data;
    GError *error = NULL;
    char *deep = g_build_filename(fixture->folder, "a", "b", NULL);
    g_assert_true(evm_folder_new(deep, &error));
    g_assert_true(evm_folder_new(deep, &error));
    g_assert_no_error(error);
    g_assert_true(g_file_test(deep, G_FILE_TEST_IS_DIR));
    g_rmdir(deep);
    *strrchr(deep, '/') = '\0';
    g_rmdir(deep);

    g_file_set_contents(fixture->path, "x", 1, NULL);
    g_assert_false(evm_folder_new(fixture->path, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_OUTPUT);
    char *message = g_strdup_printf("%s: cannot be created: Not a directory", fixture->path);
    g_assert_cmpstr(error->message, ==, message);
    g_free(message);
    g_error_free(error);
    g_free(deep);
}

/* Begins to write a file and says so; to be killed. */
static pid_t start_writer(const char *path)
{
    int ready[2];
    char byte = 0;
    g_assert_cmpint(pipe(ready), ==, 0);
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        bool is_open = evm_atomic_file_new(path, NULL) != NULL;
        if (is_open && write(ready[1], &byte, 1) == 1)
            pause();
        _exit(1);
    }
    g_assert_cmpint(read(ready[0], &byte, 1), ==, 1);
    close(ready[0]);
    close(ready[1]);
    return child;
}

static void clear_all(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY);
    GDir *dir = g_dir_open(folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir));)
        evm_atomic_file_clear_abandoned(fd, name);
    g_dir_close(dir);
    close(fd);
}

static void test_only_what_a_killed_writer_left_is_cleared(Fixture *fixture, const void *data)
{
    (void)data;
    static const char *const others[] = {".evmap-lock", ".evmap-0123456g.tmp", "evmap-01234567.tmp",
                                         ".evmap-01234567.tmp2"};
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autofree char *path = g_build_filename(fixture->folder, others[i], NULL);
        g_assert_true(g_file_set_contents(path, "", 0, NULL));
    }
    unsigned count = G_N_ELEMENTS(others);
    pid_t writer = start_writer(fixture->path);
    clear_all(fixture->folder);
    g_assert_cmpuint(count_files(fixture->folder), ==, count + 1);
    kill(writer, SIGKILL);
    waitpid(writer, NULL, 0);
    g_assert_cmpuint(count_files(fixture->folder), ==, count + 1);
    clear_all(fixture->folder);
    g_assert_cmpuint(count_files(fixture->folder), ==, count);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autofree char *path = g_build_filename(fixture->folder, others[i], NULL);
        g_assert_cmpint(g_unlink(path), ==, 0);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name)                                                                                  \
    g_test_add("/base/atomic_file/" #name, Fixture, NULL, set_up, test_##name, tear_down)
    ADD(file_appears_on_commit_only);
    ADD(freed_file_leaves_nothing);
    ADD(old_file_is_replaced);
    ADD(large_pieces_keep_their_order);
    ADD(mode_follows_umask);
    ADD(folder_link_and_device_are_refused);
    ADD(link_made_meanwhile_is_refused);
    ADD(longest_name_can_be_written);
    ADD(folders_are_made_with_parents);
    ADD(only_what_a_killed_writer_left_is_cleared);
    g_test_add_func("/base/atomic_file/failed_write_keeps_the_old_file",
                    test_failed_write_keeps_the_old_file);
    return g_test_run();
}
