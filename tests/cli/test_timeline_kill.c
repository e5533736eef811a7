/* A timeline that is killed at each of the calls by which it changes files, one run a call: at no
 * moment is there half a file under a final name, and the next run ends with the same bytes as one
 * that was left alone. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/cli/harness.h"

#define WHAT                                                                                       \
    "-q --from 2021-07-01 --to 2021-07-03 --size 401x301 --layout thumbnail --jobs 1 "             \
    "--formats png,csv,series --out "
#define MAKE "timeline " WHAT
#define MERGE "timeline merge " WHAT

enum { MOST_CALLS = 1000, FILES = 10 }; /* three pictures, three tables, series, index, two links */

static GPtrArray *list_files(const char *folder)
{
    g_autofree char *path = g_build_filename(test_folder(), folder, NULL);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    GDir *dir = g_dir_open(path, 0, NULL);
    for (const char *name = NULL; dir && (name = g_dir_read_name(dir));)
        g_ptr_array_add(names, g_strdup(name));
    if (dir)
        g_dir_close(dir);
    return names;
}

static bool is_hidden(const char *name)
{
    return name[0] == '.';
}

/* Whatever can be seen is as in the folder of the undisturbed run; links are followed. Returns how
 * much that is. */
static unsigned assert_whole(const char *folder)
{
    unsigned count = 0;
    g_autoptr(GPtrArray) names = list_files(folder);
    for (guint i = 0; i < names->len; i++) {
        if (is_hidden(names->pdata[i]))
            continue;
        gsize a_size, b_size;
        g_autofree char *a_name = g_build_filename("alone", names->pdata[i], NULL);
        g_autofree char *b_name = g_build_filename(folder, names->pdata[i], NULL);
        g_autofree char *a = read_file(a_name, &a_size), *b = read_file(b_name, &b_size);
        g_test_message("%s of %zu bytes", b_name, b_size);
        g_assert_cmpuint(a_size, ==, b_size);
        g_assert_true(memcmp(a, b, a_size) == 0);
        count++;
    }
    return count;
}

static void assert_nothing_left_over(const char *folder)
{
    g_autoptr(GPtrArray) names = list_files(folder);
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        g_test_message("%s/%s", folder, name);
        g_assert_false(g_str_has_suffix(name, ".part") || g_str_has_suffix(name, ".tmp"));
    }
}

/* False when the run came to its end before its call `k`. */
static bool kill_at(const char *words, const char *folder, int k)
{
    g_autofree char *at = g_strdup_printf("KILL_AT=%d", k);
    const char *environment[] = {"LD_PRELOAD=" EVM_TEST_KILL_AT, at, NULL};
    Run run = run_evmap_with(NULL, environment, "%s%s", words, folder);
    g_assert_true(run.status == 0 || run.status == 128 + SIGKILL);
    bool is_killed = run.status != 0;
    run_clear(&run);
    return is_killed;
}

static void finish(const char *folder)
{
    Run run = run_evmap(MAKE "%s", folder);
    assert_run(run, 0, "", "");
    g_assert_cmpuint(assert_whole(folder), ==, FILES);
    assert_nothing_left_over(folder);
}

static void every_call_can_be_the_last(void)
{
    finish("alone");
    int k = 1;
    for (; k < MOST_CALLS; k++) {
        g_autofree char *folder = g_strdup_printf("killed-%d", k);
        bool is_killed = kill_at(MAKE, folder, k);
        assert_whole(folder);
        if (!is_killed)
            break;
        finish(folder);
    }
    g_assert_cmpint(k, >, 40); /* files are many calls */
    g_assert_cmpint(k, <, MOST_CALLS);
}

/* A killed run that is taken up is killed again, each time a call later. */
static void a_run_may_be_killed_again_and_again(void)
{
    finish("alone");
    int k = 1;
    while (k < MOST_CALLS && kill_at(MAKE, "again", k)) {
        assert_whole("again");
        k += 2;
    }
    g_assert_cmpint(k, >, 8);
    g_assert_cmpint(k, <, MOST_CALLS);
    finish("again");
}

/* The series, the index and the links come last, all from files of other processes. */
static void a_merge_may_be_killed(void)
{
    finish("alone");
    for (int shard = 1; shard <= 3; shard++) {
        Run run = run_evmap(MAKE "shards --shard %d/3", shard);
        assert_run(run, 0, "", "");
    }
    int k = 1;
    for (; k < MOST_CALLS && kill_at(MERGE, "shards", k); k++)
        assert_whole("shards");
    g_assert_cmpint(k, >, 10);
    g_assert_cmpint(k, <, MOST_CALLS);
    g_assert_cmpuint(assert_whole("shards"), ==, FILES);
    assert_nothing_left_over("shards");
}

static bool is_same_file(const char *a_folder, const char *b_folder, const char *name)
{
    gsize a_size, b_size;
    g_autofree char *a_name = g_build_filename(a_folder, name, NULL);
    g_autofree char *b_name = g_build_filename(b_folder, name, NULL);
    g_autofree char *a = read_file(a_name, &a_size), *b = read_file(b_name, &b_size);
    return a_size == b_size && memcmp(a, b, a_size) == 0;
}

/* Every file is that of the rows before or that of the rows now. */
static void assert_old_or_new(const char *folder)
{
    g_autoptr(GPtrArray) names = list_files(folder);
    for (guint i = 0; i < names->len; i++) {
        g_test_message("%s/%s", folder, (char *)names->pdata[i]);
        g_assert_true(is_hidden(names->pdata[i]) ||
                      is_same_file("before", folder, names->pdata[i]) ||
                      is_same_file("alone", folder, names->pdata[i]));
    }
}

/* Of the shipped events, with their header. */
static void write_first_rows(const char *name, int count)
{
    g_autofree char *all = NULL;
    g_assert_true(
        g_file_get_contents(EVM_TEST_SOURCE_DIR "/events/events_2021.csv", &all, NULL, NULL));
    char *end = all;
    for (int i = 0; i <= count; i++)
        end = strchr(end, '\n') + 1;
    *end = '\0';
    g_free(write_file(name, all));
}

static void a_run_on_changed_rows_may_be_killed(void)
{
    int k = 1;
    write_first_rows("earlier.csv", 400);
    finish("alone");
    Run run = run_evmap(MAKE "before --events earlier.csv");
    assert_run(run, 0, "", "");
    for (; k < MOST_CALLS; k++) {
        g_autofree char *folder = g_strdup_printf("changed-%d", k);
        g_autofree char *copy = g_strdup_printf("cp -a before %s", folder);
        g_free(run_tool("", copy));
        bool is_killed = kill_at(MAKE, folder, k);
        assert_old_or_new(folder);
        if (!is_killed)
            break;
        finish(folder);
    }
    g_assert_cmpint(k, >, 20);
    g_assert_cmpint(k, <, MOST_CALLS);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cli/timeline_kill/every_call_can_be_the_last", every_call_can_be_the_last);
    g_test_add_func("/cli/timeline_kill/a_run_may_be_killed_again_and_again",
                    a_run_may_be_killed_again_and_again);
    g_test_add_func("/cli/timeline_kill/a_merge_may_be_killed", a_merge_may_be_killed);
    g_test_add_func("/cli/timeline_kill/a_run_on_changed_rows_may_be_killed",
                    a_run_on_changed_rows_may_be_killed);
    return finish_tests();
}
