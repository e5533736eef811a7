/* Parts of the table of options that stand in files of their own. Setters take the value behind an
 * option; EVM_ERROR_USAGE says in one line what is wrong with it. */
#ifndef EVM_CLI_OPTION_PARTS_H
#define EVM_CLI_OPTION_PARTS_H

#include "cli/options.h"

/* Both are false. The value stands for the %s of `format`; of the known words the nearest, or all,
 * are named. */
bool evm_cli_refuse(GError **error, const char *format, const char *value);
bool evm_cli_refuse_word(GError **error, const char *option, const char *value,
                         const char *const *known);

/* The place of a word among the known ones, NULL-terminated; -1 says which was meant. */
int evm_cli_find_word(const char *option, const char *value, const char *const *known,
                      GError **error);

/* Remembers that an option is given (`value` NULL: a switch). False when another value was given
 * before, and it can have one only. */
bool evm_cli_add_given(EvmCliOptions *options, const char *name, const char *value, GError **error);
/* Whether all that the verb cannot do without is there, and nothing that contradicts it. */
bool evm_cli_options_is_complete(const EvmCliOptions *options, unsigned verb, GError **error);

/* How the event files are written. */
bool evm_cli_set_preset(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_map(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_date_order(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_calendar(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_delimiter(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_encoding(EvmCliOptions *options, const char *value, GError **error);

/* What is asked of the claims (timeline/state.h). */
bool evm_cli_set_known(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_dispute_window(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_stale_after(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_rows(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_baseline(EvmCliOptions *options, const char *value, GError **error);

/* What is asked of a period. */
bool evm_cli_set_from(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_to(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_by(EvmCliOptions *options, const char *value, GError **error);
/* Whether both ends are given, in their order. */
bool evm_cli_period_is_complete(const EvmCliOptions *options, GError **error);

/* What is asked of changes. */
bool evm_cli_set_versus(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_list(EvmCliOptions *options, const char *value, GError **error);
/* Whether they name a period, or a day and a day of knowledge. */
bool evm_cli_comparison_is_complete(const EvmCliOptions *options, GError **error);

/* The frames of a timeline. */
bool evm_cli_set_step(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_frame_formats(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_lossy_palette(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_fps(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_fade(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_hold(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_jobs(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_shard(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_dry_run(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_progress(EvmCliOptions *options, const char *value, GError **error);

/* The sheet, and whether there is a theme: light where none was asked for. */
bool evm_cli_set_layout(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_window(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_graticule(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_theme(EvmCliOptions *options, const char *value, GError **error);
bool evm_cli_set_languages(EvmCliOptions *options, const char *value, GError **error);

#endif
