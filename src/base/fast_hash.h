/* A hash of 64 bits that is as fast as memory: for telling data apart that nobody forges. */
#ifndef EVM_BASE_FAST_HASH_H
#define EVM_BASE_FAST_HASH_H

#include <stddef.h>
#include <stdint.h>

/* `seed` tells otherwise equal calls apart. */
uint64_t evm_fast_hash_compute(uint64_t seed, const void *data, size_t size);
/* Of one number. */
uint64_t evm_fast_hash_compute_number(uint64_t value);

#endif
