/* Sixteen small numbers side by side; what is done with them is done with all at once. */
#ifndef EVM_BASE_LANES_H
#define EVM_BASE_LANES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { EVM_LANES = 16 };

typedef uint8_t EvmLanes __attribute__((vector_size(EVM_LANES)));

static inline EvmLanes evm_lanes_init(unsigned value)
{
    return (EvmLanes){0} + (uint8_t)value;
}

/* What would be more than UINT8_MAX is that. */
static inline EvmLanes evm_lanes_add(EvmLanes a, EvmLanes b)
{
#ifdef __SSE2__
    return (EvmLanes)_mm_adds_epu8((__m128i)a, (__m128i)b);
#else
    EvmLanes sum = a + b;
    return sum | (EvmLanes)(sum < a);
#endif
}

/* Compilers find no instruction of their own for the smaller or larger of each two. */
static inline EvmLanes evm_lanes_find_less(EvmLanes a, EvmLanes b)
{
#ifdef __SSE2__
    return (EvmLanes)_mm_min_epu8((__m128i)a, (__m128i)b);
#else
    EvmLanes is_less = (EvmLanes)(a < b);
    return (a & is_less) | (b & ~is_less);
#endif
}

static inline EvmLanes evm_lanes_find_more(EvmLanes a, EvmLanes b)
{
#ifdef __SSE2__
    return (EvmLanes)_mm_max_epu8((__m128i)a, (__m128i)b);
#else
    EvmLanes is_less = (EvmLanes)(a < b);
    return (b & is_less) | (a & ~is_less);
#endif
}

static inline unsigned evm_lanes_find_least(EvmLanes lanes)
{
#ifdef __SSE2__
    __m128i least = (__m128i)lanes;
    least = _mm_min_epu8(least, _mm_srli_si128(least, 8));
    least = _mm_min_epu8(least, _mm_srli_si128(least, 4));
    least = _mm_min_epu8(least, _mm_srli_si128(least, 2));
    least = _mm_min_epu8(least, _mm_srli_si128(least, 1));
    return (unsigned)_mm_cvtsi128_si32(least) & UINT8_MAX;
#else
    unsigned least = UINT8_MAX;
    for (unsigned i = 0; i < EVM_LANES; i++)
        least = lanes[i] < least ? lanes[i] : least;
    return least;
#endif
}

/* One of them is not above the limit. */
static inline bool evm_lanes_is_any_within(EvmLanes lanes, unsigned limit)
{
    if (limit >= UINT8_MAX)
        return true;
    EvmLanes within = (EvmLanes)(evm_lanes_find_less(lanes, evm_lanes_init(limit)) == lanes);
    uint64_t halves[2];
    memcpy(halves, &within, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

#endif
