#include "base/fast_hash.h"

#include <string.h>

/* The finaliser and constants of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom
 * number generators", 2014). */
uint64_t evm_fast_hash_compute_number(uint64_t value)
{
    value ^= value >> 30;
    value *= 0xbf58476d1ce4e5b9u;
    value ^= value >> 27;
    value *= 0x94d049bb133111ebu;
    return value ^ value >> 31;
}

static uint64_t load(const unsigned char *data)
{
    uint64_t word;
    memcpy(&word, data, sizeof word);
    return word;
}

enum { LANES = 4 };

/* Four lanes, because one multiplication waits for the one before. */
uint64_t evm_fast_hash_compute(uint64_t seed, const void *data, size_t size)
{
    const uint64_t odd = 0x9e3779b97f4a7c15u;
    uint64_t lanes[LANES] = {seed, seed ^ odd, seed + odd, ~seed};
    const unsigned char *at = data;
    size_t left = size;
    for (; left >= 8 * LANES; at += 8 * LANES, left -= 8 * LANES)
        for (unsigned i = 0; i < LANES; i++) {
            lanes[i] = (lanes[i] ^ load(at + 8 * i)) * odd;
            lanes[i] ^= lanes[i] >> 29;
        }
    uint64_t hash = evm_fast_hash_compute_number(seed + size);
    for (unsigned i = 0; i < LANES; i++)
        hash = evm_fast_hash_compute_number(hash ^ lanes[i]) + odd;
    for (; left >= 8; at += 8, left -= 8)
        hash = evm_fast_hash_compute_number(hash ^ load(at)) + odd;
    unsigned char rest[8] = {0};
    if (left > 0)
        memcpy(rest, at, left);
    return evm_fast_hash_compute_number(hash ^ load(rest));
}
