/* The verbs: one table for dispatch and help. */
#ifndef EVM_CLI_VERBS_H
#define EVM_CLI_VERBS_H

#include <stdio.h>

#include "cli/options.h"

/* Exit statuses, as the README lists them. */
enum {
    EVM_EXIT_DONE = 0,
    EVM_EXIT_DATA = 1, /* done, but rows or letters were lost */
    EVM_EXIT_USAGE = 2,
    EVM_EXIT_INPUT = 3,
    EVM_EXIT_OUTPUT = 4,
    EVM_EXIT_LIMIT = 5,
};

typedef struct {
    const char *name;
    const char *summary;
    unsigned option_set;  /* EVM_FOR_…; 0: takes its words as they are */
    const char *examples; /* lines, each indented by two spaces */
    int (*run)(const EvmCliOptions *options, const char *const *args);
} EvmVerb;

/* NULL-name terminated. */
extern const EvmVerb evm_verbs[];

const EvmVerb *evm_verb_find(const char *name); /* or NULL */
int evm_verb_write_refused(const char *name);   /* says so, with the nearest; EVM_EXIT_USAGE */

int evm_cmd_timeline(const EvmCliOptions *options, const char *const *args);
int evm_cmd_render(const EvmCliOptions *options, const char *const *args);
int evm_cmd_series(const EvmCliOptions *options, const char *const *args);
int evm_cmd_status(const EvmCliOptions *options, const char *const *args);
int evm_cmd_check(const EvmCliOptions *options, const char *const *args);
int evm_cmd_places(const EvmCliOptions *options, const char *const *args);
int evm_cmd_changes(const EvmCliOptions *options, const char *const *args);
int evm_cmd_theme(const EvmCliOptions *options, const char *const *args);
int evm_cmd_explain(const EvmCliOptions *options, const char *const *args);
int evm_cmd_help(const EvmCliOptions *options, const char *const *args);
int evm_cmd_version(const EvmCliOptions *options, const char *const *args);

/* Appends the help of one verb, or of the program when NULL. */
void evm_help_write(GString *out, const EvmVerb *verb);

#endif
