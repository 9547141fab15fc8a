/* utf8.c: see utf8.h. */
#include "base/utf8.h"
#include "base/bytes16.h"

/* Length of the well-formed sequence at p (n bytes left) and its code point; 0 where it is malformed (table 3-7). */
static size_t decode(const unsigned char *p, size_t n, uint32_t *c)
{
    if (p[0] < 0x80) return *c = p[0], 1;
    if (p[0] < 0xC2 || p[0] > 0xF4) return 0;
    size_t len = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (n < len) return 0;
    unsigned char low = 0x80, high = 0xBF;
    if (p[0] == 0xE0) low = 0xA0;
    if (p[0] == 0xED) high = 0x9F;
    if (p[0] == 0xF0) low = 0x90;
    if (p[0] == 0xF4) high = 0x8F;
    if (p[1] < low || p[1] > high) return 0;
    uint32_t v = p[0] & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80) return 0;
        v = v << 6 | (p[i] & 0x3F);
    }
    *c = v;
    return len;
}

uint32_t utf8_next_long(struct str s, size_t *at)
{
    uint32_t c;
    size_t n = decode((const unsigned char *)s.s + *at, s.n - *at, &c);
    *at += n ? n : 1;
    return n ? c : 0xFFFD;
}

size_t utf8_encode(uint32_t c, char *out)
{
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = 0xFFFD;
    if (c < 0x80) return out[0] = (char)c, 1;
    if (c < 0x800) return out[0] = (char)(0xC0 | c >> 6), out[1] = (char)(0x80 | (c & 0x3F)), 2;
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12), out[1] = (char)(0x80 | (c >> 6 & 0x3F)), out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18), out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F)), out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* How many bytes from p on are ASCII or two-byte characters, sixteen looked at at a time; stops early, never late, at the beginning of a character.
 */
static size_t short_characters(const unsigned char *p, size_t n)
{
    const char *s = (const char *)p;
    size_t i = 0;
    for (; i + 17 <= n; i += 16) {
        bytes16 b = bytes16_load(s + i), next = bytes16_load(s + i + 1);
        bytes16 lead = (bytes16)((b & 0xe0) == 0xc0) & (bytes16)(b >= 0xc2), follows = (bytes16)((next & 0xc0) == 0x80);
        bytes16 bad = (lead ^ follows) | ((bytes16)(b >= 0xc0) & ~lead);
        if (bytes16_first(bad) < 16) break;
    }
    while (i && (p[i < n ? i : n - 1] & 0xc0) == 0x80) i--;
    return i;
}

size_t utf8_invalid(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.s;
    uint32_t c;
    for (size_t i = 0; i < s.n;) {
        if ((p[i] & 0xC0) != 0x80) i += short_characters(p + i, s.n - i);
        if (p[i] >= 0xC2 && p[i] < 0xE0 && i + 1 < s.n && (p[i + 1] & 0xC0) == 0x80) { /* Cyrillic and most of Latin */
            i += 2;
        } else if (p[i] < 0x80) {
            i++;
        } else {
            size_t n = decode(p + i, s.n - i, &c);
            if (!n) return i;
            i += n;
        }
    }
    return SIZE_MAX;
}

size_t utf8_length(struct str s)
{
    const uint64_t ones = 0x0101010101010101u;
    size_t n = s.n, i = 0;
    for (; i + 8 <= s.n; i += 8) { /* less the bytes that begin no character: high bit set, the next one not */
        uint64_t x = bytes8_load(s.s + i);
        n -= ((x >> 7 & ~(x >> 6) & ones) * ones) >> 56;
    }
    for (; i < s.n; i++) n -= ((unsigned char)s.s[i] & 0xC0) == 0x80;
    return n;
}

uint32_t utf8_small(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) || (c >= 0x410 && c <= 0x42f)) return c + 32;
    if (c >= 0x400 && c <= 0x40f) return c + 80;
    if (c >= 0x100 && c <= 0x17e && c != 0x130 && c != 0x138 && c != 0x178)
        return (c >= 0x139 && c <= 0x148) || c >= 0x179 ? c + c % 2 : c + !(c % 2);
    return c;
}
