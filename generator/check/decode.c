/* decode.c: see view.h: bytes that are text in another encoding, quoted-printable, base64. */
#include "base/bytes16.h"
#include "base/utf8.h"
#include "check/view.h"

static const uint16_t cp1250[128] = {
    0x20ac, 0xfffd, 0x201a, 0xfffd, 0x201e, 0x2026, 0x2020, 0x2021, 0xfffd, 0x2030, 0x160, 0x2039, 0x15a, 0x164, 0x17d, 0x179, 0xfffd, 0x2018, 0x2019,
    0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0xfffd, 0x2122, 0x161,  0x203a, 0x15b,  0x165, 0x17e,  0x17a, 0xa0,  0x2c7, 0x2d8, 0x141,  0xa4,   0x104,
    0xa6,   0xa7,   0xa8,   0xa9,   0x15e,  0xab,   0xac,   0xad,   0xae,   0x17b,  0xb0,  0xb1,   0x2db, 0x142, 0xb4,  0xb5,  0xb6,   0xb7,   0xb8,
    0x105,  0x15f,  0xbb,   0x13d,  0x2dd,  0x13e,  0x17c,  0x154,  0xc1,   0xc2,   0x102, 0xc4,   0x139, 0x106, 0xc7,  0x10c, 0xc9,   0x118,  0xcb,
    0x11a,  0xcd,   0xce,   0x10e,  0x110,  0x143,  0x147,  0xd3,   0xd4,   0x150,  0xd6,  0xd7,   0x158, 0x16e, 0xda,  0x170, 0xdc,   0xdd,   0x162,
    0xdf,   0x155,  0xe1,   0xe2,   0x103,  0xe4,   0x13a,  0x107,  0xe7,   0x10d,  0xe9,  0x119,  0xeb,  0x11b, 0xed,  0xee,  0x10f,  0x111,  0x144,
    0x148,  0xf3,   0xf4,   0x151,  0xf6,   0xf7,   0x159,  0x16f,  0xfa,   0x171,  0xfc,  0xfd,   0x163, 0x2d9};
static const uint16_t cp1251_low[64] = {/* 0x80–0xbf; 0xc0 and on is А–я */
                                        0x402, 0x403,  0x201a, 0x453, 0x201e, 0x2026, 0x2020, 0x2021, 0x20ac, 0x2030, 0x409,  0x2039, 0x40a,
                                        0x40c, 0x40b,  0x40f,  0x452, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0xfffd, 0x2122,
                                        0x459, 0x203a, 0x45a,  0x45c, 0x45b,  0x45f,  0xa0,   0x40e,  0x45e,  0x408,  0xa4,   0x490,  0xa6,
                                        0xa7,  0x401,  0xa9,   0x404, 0xab,   0xac,   0xad,   0xae,   0x407,  0xb0,   0xb1,   0x406,  0x456,
                                        0x491, 0xb5,   0xb6,   0xb7,  0x451,  0x2116, 0x454,  0xbb,   0x458,  0x405,  0x455,  0x457};

/* The letters of Serbian in encodings that we have no whole table of; others stay unread. */
static uint32_t letter_of(unsigned char b, enum encoding e)
{
    static const struct {
        uint8_t dos, iso;
        uint16_t c;
    } latin[] = {{0x9f, 0xe8, 0x10d}, {0xac, 0xc8, 0x10c}, {0x86, 0xe6, 0x107}, {0x8f, 0xc6, 0x106}, {0xd0, 0xf0, 0x111},
                 {0xd1, 0xd0, 0x110}, {0xe7, 0xb9, 0x161}, {0xe6, 0xa9, 0x160}, {0xa7, 0xbe, 0x17e}, {0xa6, 0xae, 0x17d}};
    if (b < 0x80) return b;
    if (e == ENCODING_8859_5) return b < 0xa1 || b == 0xad || b == 0xf0 || b == 0xfd ? ' ' : 0x360 + (uint32_t)b;
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++)
        if (b == (e == ENCODING_852 ? latin[i].dos : latin[i].iso)) return latin[i].c;
    return ' ';
}

void view_decode(struct str bytes, enum encoding e, struct buf *out)
{
    const unsigned char *s = (const unsigned char *)bytes.s;
    if (e >= ENCODING_1250) {
        for (size_t i = 0; i < bytes.n; i++) {
            uint32_t c = s[i];
            if (e >= ENCODING_8859_2) c = letter_of(s[i], e);
            else if (c >= 0x80) c = e == ENCODING_1250 ? cp1250[c - 0x80] : c >= 0xc0 ? 0x410 + (c - 0xc0) : cp1251_low[c - 0x80];
            buf_utf8(out, c);
        }
        return;
    }
    size_t big = e == ENCODING_UTF16_BE;
    for (size_t i = 0; i + 1 < bytes.n; i += 2) {
        uint32_t c = (uint32_t)s[i + 1 - big] << 8 | s[i + big];
        if (c >= 0xd800 && c < 0xdc00 && i + 3 < bytes.n) {
            uint32_t low = (uint32_t)s[i + 3 - big] << 8 | s[i + 2 + big];
            if (low >= 0xdc00 && low < 0xe000) c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00), i += 2;
        }
        buf_utf8(out, c);
    }
}

/* 1 + the value of a letter of base64 (RFC 4648, 4 and 5); 0 = none. */
static const uint8_t letters64[256] = {
    ['A'] = 1,  ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,  ['G'] = 7,  ['H'] = 8,  ['I'] = 9,  ['J'] = 10, ['K'] = 11,
    ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16, ['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22,
    ['W'] = 23, ['X'] = 24, ['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32, ['g'] = 33,
    ['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40, ['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44,
    ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48, ['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55,
    ['3'] = 56, ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62, ['+'] = 63, ['-'] = 63, ['/'] = 64, ['_'] = 64};
static int base64(unsigned char c) { return letters64[c] - 1; }

/* Whether the bytes are a text, or the beginning of one that goes on. */
static bool is_text(struct str s, bool whole)
{
    size_t invalid = utf8_invalid(s);
    if (invalid != SIZE_MAX && (whole || invalid + 4 <= s.n)) return false;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.s[i] < ' ' && !strchr("\t\n\r", s.s[i])) return false;
    return s.n > 0;
}

void view_unquote(struct str bytes, struct buf *out)
{
    const char *s = bytes.s;
    for (size_t i = 0; i < bytes.n; i++) {
        if (s[i] != '=' || i + 1 >= bytes.n) buf_putc(out, s[i]);
        else if (s[i + 1] == '\n') i++;
        else if (s[i + 1] == '\r') i += 2;
        else if (i + 2 < bytes.n && str_hex(s[i + 1]) >= 0 && str_hex(s[i + 2]) >= 0)
            buf_putc(out, (char)(str_hex(s[i + 1]) * 16 + str_hex(s[i + 2]))), i += 2;
        else buf_putc(out, s[i]);
    }
}

/* Where base64 that stands before byte `at` goes on behind a line break (and the space of a folded line); at itself where it does not. */
static size_t next_line(struct str b, size_t at)
{
    size_t i = at;
    if (i < b.n && b.s[i] == '\r') i++;
    if (i >= b.n || b.s[i] != '\n') return at;
    i++;
    if (i < b.n && b.s[i] == ' ') i++;
    return i < b.n && base64((unsigned char)b.s[i]) >= 0 ? i : at;
}

/* The end of base64 that begins at `from`: lines as long as those of a block belong together. */
static size_t base64_end(struct str b, size_t from)
{
    enum { BLOCK_LINE = 56 };
    for (size_t end = from;;) {
        size_t start = end, next;
        while (end < b.n && base64((unsigned char)b.s[end]) >= 0) end++;
        if (end - start < BLOCK_LINE || (next = next_line(b, end)) == end) return end;
        end = next;
    }
}

/* Into out; false where it is no text, which most often its beginning tells (`text`: nothing else is wanted). */
static bool base64_decode(struct str b, bool text, struct buf *out)
{
    uint32_t bits = 0;
    int have = 0;
    buf_reset(out);
    for (size_t i = 0; i < b.n; i++) {
        int six = base64((unsigned char)b.s[i]);
        if (six < 0) continue; /* the end of a line */
        bits = bits << 6 | (uint32_t)six;
        have += 6;
        if (have >= 8) have -= 8, buf_putc(out, (char)(bits >> have & 0xff));
        if (text && i == 15 && !is_text(buf_view(out), false)) return false; /* words and paths, mostly */
    }
    return !text || is_text(buf_view(out), true);
}

void view_base64_at(struct str b, size_t at, struct buf *out) { base64_decode(str_part(b, at, base64_end(b, at) - at), false, out); }

/* The begin of the next run from `begin` on that may have 24 letters of base64: it holds two whole pieces of eight, one behind the other. Else a
 * place near the end of b, before which none begins. */
static size_t next_long(struct str b, size_t begin)
{
    uint64_t last = 1, half[2];
    size_t i = begin;
    for (; i + 16 <= b.n; i += 16, last = half[1]) {
        bytes16 c = bytes16_load(b.s + i);
        bytes16 other = ~((bytes16)((c | 0x20) - 'a' <= 'z' - 'a') | (bytes16)(c - '/' <= '9' - '/') | (bytes16)(c == '+') | (bytes16)(c == '-') |
                          (bytes16)(c == '_'));
        memcpy(half, &other, sizeof half);
        if (half[0] | (last && half[1])) continue;
        while (i > begin && base64((unsigned char)b.s[i - 1]) >= 0) i--;
        return i;
    }
    return i > begin + 24 ? i - 24 : begin;
}

bool view_base64(struct str b, size_t least, size_t *at, size_t *start, struct buf *out)
{
    size_t begin =
        *at; /* a run begins here or later: it holds byte begin + least - 1, and from there back most prove to be shorter by a few letters */
    for (begin = least < 24 ? begin : next_long(b, begin); begin + least <= b.n;) {
        size_t end = begin + least, from = end;
        while (from > begin && base64((unsigned char)b.s[from - 1]) >= 0) from--;
        if (from > begin) {
            begin = least < 24 ? from : next_long(b, from);
            continue;
        }
        begin = end = base64_end(b, from);
        if ((end - from) % 4 == 1 && !memchr(b.s + from, '\n', end - from)) continue;
        if (base64_decode(str_part(b, from, end - from), true, out)) {
            *at = end, *start = from;
            return true;
        }
    }
    return false;
}
