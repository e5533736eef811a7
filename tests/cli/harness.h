/* Runs evmap in a fresh folder and checks exit status, standard output and standard error. */
#ifndef EVM_TEST_CLI_HARNESS_H
#define EVM_TEST_CLI_HARNESS_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    int status; /* exit status; 128 + signal when one ended it */
    char *out, *err;
} Run;

/* Words are split at blanks; quotes keep them together, as in a shell. Standard input is empty. */
Run run_evmap(const char *words, ...) G_GNUC_PRINTF(1, 2);
/* The same with something to read and an environment: "NAME=value", NULL-terminated, or NULL. */
Run run_evmap_with(const char *input, const char *const *environment, const char *words, ...)
    G_GNUC_PRINTF(3, 4);
void run_clear(Run *run);

/* Wrong use of a verb: status 2, nothing on standard output, one line and where to read on. */
void assert_usage(const char *verb, const char *words, const char *message);

/* The folder that all runs of this program start in; made once, removed at exit when all passed. */
const char *test_folder(void);
/* Writes a file into it; returns its path (caller frees). */
char *write_file(const char *name, const char *content);
char *read_file(const char *name, gsize *size);
bool has_file(const char *name);
void assert_same_file(const char *a, const char *b); /* of that folder; both not empty */
/* Standard output of evmap, which must be content; caller frees. */
char *read_output(const char *words);
/* The same of a shell's command, run in a folder below test_folder. */
char *run_tool(const char *below, const char *command);
int finish_tests(void);

#define assert_run(run, wanted_status, wanted_out, wanted_err)                                     \
    do {                                                                                           \
        g_assert_cmpstr((run).err, ==, wanted_err);                                                \
        g_assert_cmpstr((run).out, ==, wanted_out);                                                \
        g_assert_cmpint((run).status, ==, wanted_status);                                          \
        run_clear(&(run));                                                                         \
    } while (0)

#endif
