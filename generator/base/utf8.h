/* utf8.h: code points in UTF-8 (Unicode 15, chapter 3.9; well-formed sequences only). */
#ifndef LETAK_BASE_UTF8_H
#define LETAK_BASE_UTF8_H
#include "base/str.h"

/* The code point at *at, which moves past it. A malformed byte gives U+FFFD and moves one byte. *at must be < s.n. */
uint32_t utf8_next_long(struct str s, size_t *at); /* any character; utf8_next has the short ones at hand */
static inline uint32_t utf8_next(struct str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.s + *at;
    if (*p < 0x80) return ++*at, *p;
    if (*p < 0xC2 || *p > 0xDF || s.n - *at < 2 || (p[1] & 0xC0) != 0x80) return utf8_next_long(s, at);
    *at += 2;
    return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
}
/* Writes 1–4 bytes to out (room for 4) and returns how many; a surrogate or a number past U+10FFFF becomes U+FFFD. */
size_t utf8_encode(uint32_t c, char *out);
/* Offset of the first malformed byte, SIZE_MAX where all is well-formed. */
size_t utf8_invalid(struct str s);
/* The small letter of a Latin or Cyrillic capital, as long as it in bytes; c itself where it is none. */
uint32_t utf8_small(uint32_t c);
/* How many code points. */
size_t utf8_length(struct str s);
#endif
