#include "tests/cli/harness.h"

#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *folder;

const char *test_folder(void)
{
    if (!folder) {
        GError *error = NULL;
        folder = g_dir_make_tmp("evmap-cli-XXXXXX", &error);
        g_assert_no_error(error);
    }
    return folder;
}

/* Standard input of a run comes from a file, so that no pipe can fill up. */
static char *input_redirect(const char *input)
{
    if (!input)
        return g_strdup("/dev/null");
    return write_file("stdin.txt", input);
}

static Run run_words(const char *input, const char *const *environment, const char *words)
{
    g_autofree char *stdin_path = input_redirect(input);
    g_autofree char *program = g_shell_quote(EVM_TEST_PROGRAM);
    g_autofree char *quoted_path = g_shell_quote(stdin_path);
    g_autofree char *line = g_strdup_printf("exec %s %s <%s", program, words, quoted_path);
    const char *argv[] = {"/bin/sh", "-c", line, NULL};
    g_auto(GStrv) envp = g_get_environ();
    for (; environment && *environment; environment++) {
        g_auto(GStrv) pair = g_strsplit(*environment, "=", 2);
        envp = g_environ_setenv(envp, pair[0], pair[1], TRUE);
    }
    Run run = {0};
    int status = 0;
    GError *error = NULL;
    g_spawn_sync(test_folder(), (char **)argv, envp, G_SPAWN_DEFAULT, NULL, NULL, &run.out,
                 &run.err, &status, &error);
    g_assert_no_error(error);
    run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return run;
}

Run run_evmap(const char *words, ...)
{
    va_list args;
    va_start(args, words);
    g_autofree char *line = g_strdup_vprintf(words, args);
    va_end(args);
    return run_words(NULL, NULL, line);
}

Run run_evmap_with(const char *input, const char *const *environment, const char *words, ...)
{
    va_list args;
    va_start(args, words);
    g_autofree char *line = g_strdup_vprintf(words, args);
    va_end(args);
    return run_words(input, environment, line);
}

void run_clear(Run *run)
{
    g_free(run->out);
    g_free(run->err);
    *run = (Run){0};
}

char *write_file(const char *name, const char *content)
{
    char *path = g_build_filename(test_folder(), name, NULL);
    GError *error = NULL;
    g_file_set_contents(path, content, -1, &error);
    g_assert_no_error(error);
    return path;
}

char *read_file(const char *name, gsize *size)
{
    g_autofree char *path = g_build_filename(test_folder(), name, NULL);
    char *content = NULL;
    GError *error = NULL;
    g_file_get_contents(path, &content, size, &error);
    g_assert_no_error(error);
    return content;
}

bool has_file(const char *name)
{
    g_autofree char *path = g_build_filename(test_folder(), name, NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

static void remove_tree(const char *path)
{
    GDir *dir = g_dir_open(path, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        if (g_file_test(child, G_FILE_TEST_IS_DIR) && !g_file_test(child, G_FILE_TEST_IS_SYMLINK))
            remove_tree(child);
        else
            g_unlink(child);
    }
    if (dir)
        g_dir_close(dir);
    g_rmdir(path);
}

void assert_same_file(const char *a, const char *b)
{
    gsize a_size, b_size;
    g_autofree char *a_data = read_file(a, &a_size);
    g_autofree char *b_data = read_file(b, &b_size);
    g_assert_cmpuint(a_size, ==, b_size);
    g_assert_cmpuint(a_size, >, 0);
    g_assert_true(memcmp(a_data, b_data, a_size) == 0);
}

char *read_output(const char *words)
{
    Run run = run_evmap("%s", words);
    g_assert_cmpint(run.status, ==, 0);
    char *out = g_steal_pointer(&run.out);
    run_clear(&run);
    return out;
}

char *run_tool(const char *below, const char *command)
{
    const char *argv[] = {"/bin/sh", "-c", command, NULL};
    char *out = NULL;
    int status = 0;
    GError *error = NULL;
    g_autofree char *cwd = g_build_filename(test_folder(), below, NULL);
    g_spawn_sync(cwd, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status,
                 &error);
    g_assert_no_error(error);
    g_assert_cmpint(status, ==, 0);
    return out;
}

int finish_tests(void)
{
    int status = g_test_run();
    if (status == 0 && folder)
        remove_tree(folder);
    return status;
}

void assert_usage(const char *verb, const char *words, const char *message)
{
    Run run = run_evmap("%s %s", verb, words);
    g_autofree char *text = g_strdup_printf("evmap: %s\nTry 'evmap help %s'.\n", message, verb);
    assert_run(run, 2, "", text);
}
