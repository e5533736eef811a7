#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/input_file.h"

typedef struct {
    char *folder;
    char *path;
} Fixture;

static void set_up(Fixture *fixture, const void *data)
{
    (void)data;
    fixture->folder = g_dir_make_tmp("evmap-XXXXXX", NULL);
    fixture->path = g_build_filename(fixture->folder, "in.csv", NULL);
}

static void tear_down(Fixture *fixture, const void *data)
{
    (void)data;
    g_remove(fixture->path);
    g_assert_cmpint(g_rmdir(fixture->folder), ==, 0);
    g_free(fixture->path);
    g_free(fixture->folder);
}

static void assert_holds(const EvmInputFile *file, const char *data, size_t size)
{
    g_assert_cmpuint(file->size, ==, size);
    g_assert_true(memcmp(file->data, data, size) == 0);
}

static void assert_refused(const char *path, size_t limit, EvmErrorCode code, const char *reason)
{
    GError *error = NULL;
    EvmInputFile file = {.size = 77};
    char *message = g_strdup_printf("%s: %s", path, reason);
    g_assert_false(evm_input_file_load(&file, path, limit, &error));
    g_assert_error(error, EVM_ERROR, (int)code);
    g_assert_cmpstr(error->message, ==, message);
    g_assert_cmpuint(file.size, ==, 77);
    g_free(message);
    g_error_free(error);
}

static void test_hash_is_of_what_was_read(Fixture *fixture, const void *data)
{
    (void)data;
    GError *error = NULL;
    EvmInputFile file;
    g_file_set_contents(fixture->path, "abc", 3, NULL);
    g_assert_true(evm_input_file_load(&file, fixture->path, 3, &error));
    g_assert_no_error(error);
    assert_holds(&file, "abc", 3);
    g_assert_cmpint(file.data[3], ==, '\0');
    g_assert_cmpstr(file.path, ==, fixture->path);
    g_assert_cmpstr(file.sha256, ==,
                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    evm_input_file_clear(&file);
    evm_input_file_clear(&file);
}

static void test_empty_file_is_loaded(Fixture *fixture, const void *data)
{
    (void)data;
    EvmInputFile file;
    g_file_set_contents(fixture->path, "", 0, NULL);
    g_assert_true(evm_input_file_load(&file, fixture->path, 10, NULL));
    g_assert_cmpuint(file.size, ==, 0);
    g_assert_cmpstr(file.data, ==, "");
    g_assert_cmpstr(file.sha256, ==,
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    evm_input_file_clear(&file);
}

static void test_large_file_is_loaded_whole(Fixture *fixture, const void *data)
{
    (void)data;
    size_t size = 3000001;
    char *bytes = g_malloc(size);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(i * 7 / 5);
    g_file_set_contents(fixture->path, bytes, (gssize)size, NULL);
    EvmInputFile file;
    char hex[EVM_SHA256_TEXT_SIZE];
    g_assert_true(evm_input_file_load(&file, fixture->path, size, NULL));
    assert_holds(&file, bytes, size);
    evm_sha256_compute(bytes, size, hex);
    g_assert_cmpstr(file.sha256, ==, hex);
    char *known = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, size);
    g_assert_cmpstr(hex, ==, known);
    g_free(known);
    g_free(bytes);
    evm_input_file_clear(&file);
}

static void test_file_over_the_limit_is_refused(Fixture *fixture, const void *data)
{
    (void)data;
    g_file_set_contents(fixture->path, "abcd", 4, NULL);
    assert_refused(fixture->path, 3, EVM_ERROR_LIMIT, "larger than the limit of 3 bytes");
}

static void test_absent_file_is_refused(Fixture *fixture, const void *data)
{
    (void)data;
    assert_refused(fixture->path, 3, EVM_ERROR_INPUT, "No such file or directory");
}

static void test_folder_and_device_are_refused(Fixture *fixture, const void *data)
{
    (void)data;
    assert_refused(fixture->folder, 3, EVM_ERROR_INPUT, "this is a folder; name a file in it");
    assert_refused("/dev/zero", 3, EVM_ERROR_INPUT, "this is a device, not a file");
}

static void *write_to_pipe(void *path)
{
    int fd = open(path, O_WRONLY);
    for (int i = 0; i < 3; i++)
        if (write(fd, "abcd", 4) != 4)
            g_error("the pipe took less than 4 bytes");
    close(fd);
    return NULL;
}

static void test_pipe_is_read_to_its_end(Fixture *fixture, const void *data)
{
    (void)data;
    EvmInputFile file;
    GError *error = NULL;
    g_assert_cmpint(mkfifo(fixture->path, 0600), ==, 0);
    GThread *writer = g_thread_new("writer", write_to_pipe, fixture->path);
    bool ok = evm_input_file_load(&file, fixture->path, 12, &error);
    g_thread_join(writer);
    g_assert_no_error(error);
    g_assert_true(ok);
    assert_holds(&file, "abcdabcdabcd", 12);
    evm_input_file_clear(&file);

    writer = g_thread_new("writer", write_to_pipe, fixture->path);
    ok = evm_input_file_load(&file, fixture->path, 11, &error);
    g_thread_join(writer);
    g_assert_false(ok);
    g_assert_error(error, EVM_ERROR, EVM_ERROR_LIMIT);
    g_error_free(error);
}

static void test_dash_is_standard_input(Fixture *fixture, const void *data)
{
    (void)data;
    g_file_set_contents(fixture->path, "headabc", 7, NULL);
    int saved = dup(STDIN_FILENO);
    int fd = open(fixture->path, O_RDONLY);
    g_assert_cmpint(lseek(fd, 4, SEEK_SET), ==, 4);
    g_assert_cmpint(dup2(fd, STDIN_FILENO), ==, STDIN_FILENO);
    close(fd);
    EvmInputFile file;
    GError *error = NULL;
    bool ok = evm_input_file_load(&file, "-", 100, &error);
    g_assert_no_error(error);
    g_assert_true(ok);
    assert_holds(&file, "abc", 3);
    g_assert_cmpstr(file.path, ==, "-");
    evm_input_file_clear(&file);
    if (saved >= 0) {
        dup2(saved, STDIN_FILENO);
        close(saved);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name)                                                                                  \
    g_test_add("/base/input_file/" #name, Fixture, NULL, set_up, test_##name, tear_down)
    ADD(hash_is_of_what_was_read);
    ADD(empty_file_is_loaded);
    ADD(large_file_is_loaded_whole);
    ADD(file_over_the_limit_is_refused);
    ADD(absent_file_is_refused);
    ADD(folder_and_device_are_refused);
    ADD(pipe_is_read_to_its_end);
    ADD(dash_is_standard_input);
    return g_test_run();
}
