/* How far a long reading has come: one line on the terminal's standard error, which goes away when
 * it is done. Nothing where standard error is no terminal, and nothing for what is soon over. */
#ifndef EVM_CLI_PROGRESS_H
#define EVM_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    bool is_wanted;
    bool is_shown;
    int64_t start_us, shown_us;
} EvmProgress;

void evm_progress_init(EvmProgress *progress, bool is_quiet);
/* `user` is an EvmProgress. Bytes; `all` is 0 when nobody knows. One thread at a time. */
void evm_progress_write(size_t done, size_t all, void *user);
void evm_progress_clear(EvmProgress *progress);

#endif
