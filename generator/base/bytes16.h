/* bytes16.h: sixteen bytes looked at at a time, in plain C that gcc and clang turn into SSE2 or NEON.
 *
 * A comparison of two vectors gives a mask, 0xff where it holds and 0 where not: bytes16_first((bytes16)(b == '<') | (bytes16)(b == '&')). */
#ifndef LETAK_BASE_BYTES16_H
#define LETAK_BASE_BYTES16_H
#include <stdint.h>
#include <string.h>

typedef uint8_t bytes16 __attribute__((vector_size(16)));

/* The sixteen bytes at s. */
static inline bytes16 bytes16_load(const char *s)
{
    bytes16 v;
    memcpy(&v, s, sizeof v);
    return v;
}

/* The eight bytes at s as a number, the first one lowest, on every machine. */
static inline uint64_t bytes8_load(const char *s)
{
    uint64_t w;
    memcpy(&w, s, sizeof w);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return w;
#else
    return __builtin_bswap64(w);
#endif
}

/* The index of the first byte of a mask that is not 0; 16 = there is none. */
static inline unsigned bytes16_first(bytes16 mask)
{
    uint64_t half[2];
    memcpy(half, &mask, sizeof half);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (half[0]) return (unsigned)__builtin_ctzll(half[0]) / 8;
    return half[1] ? 8 + (unsigned)__builtin_ctzll(half[1]) / 8 : 16;
#else
    if (half[0]) return (unsigned)__builtin_clzll(half[0]) / 8;
    return half[1] ? 8 + (unsigned)__builtin_clzll(half[1]) / 8 : 16;
#endif
}
#endif
