/* What every program here defines: one input, through everything that may read it. A broken promise
 * aborts. */
#ifndef EVM_TESTS_FUZZ_FUZZ_H
#define EVM_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
