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

enum { LANES = 4, ROUND = 8 * LANES };

static const uint64_t odd = 0x9e3779b97f4a7c15u;

/* Four lanes, because one multiplication waits for the one before. `size` is that of whole rounds.
 */
static uint64_t hash_rounds(uint64_t seed, const unsigned char *data, size_t size)
{
    uint64_t lanes[LANES] = {seed, seed ^ odd, seed + odd, ~seed};
    for (const unsigned char *at = data; at < data + size; at += ROUND)
        for (unsigned i = 0; i < LANES; i++) {
            lanes[i] = (lanes[i] ^ load(at + 8 * i)) * odd;
            lanes[i] ^= lanes[i] >> 29;
        }
    for (unsigned i = 0; i < LANES; i++)
        seed = evm_fast_hash_compute_number(seed ^ lanes[i]) + odd;
    return seed;
}

uint64_t evm_fast_hash_compute(uint64_t seed, const void *data, size_t size)
{
    const unsigned char *at = data;
    size_t left = size % ROUND;
    uint64_t hash = evm_fast_hash_compute_number(seed + size * odd);
    if (size >= ROUND)
        hash = hash_rounds(hash, at, size - left);
    for (at += size - left; left >= 8; at += 8, left -= 8)
        hash = evm_fast_hash_compute_number(hash ^ load(at)) + odd;
    unsigned char rest[8] = {0};
    if (left > 0)
        memcpy(rest, at, left);
    return evm_fast_hash_compute_number(hash ^ load(rest));
}
