/* other.c: GIF (89a) and WebP (RFC 9649) as containers. */
#include "image/inside.h"

const char *gif_header(struct str s, struct image *im)
{
    if (s.n < 13) return "the header is cut off";
    im->width = le16(s.s + 6), im->height = le16(s.s + 8);
    im->alpha = true; /* known only after reading it all */
    return NULL;
}

/* The sub-blocks at *at, up to and with the empty one. */
static bool skip_blocks(struct str s, size_t *at)
{
    while (*at < s.n) {
        unsigned n = (unsigned char)s.s[(*at)++];
        if (!n) return true;
        *at += n;
    }
    return false;
}

static size_t table_size(char flags) { return (unsigned char)flags & 0x80 ? (size_t)3 << ((flags & 7) + 1) : 0; }

const char *gif_strip(struct str s, struct buf *out)
{
    size_t at = 13 + table_size(s.s[10]);
    if (at > s.n) return "the palette is cut off";
    buf_add(out, s.s, at);
    bool any = false;
    while (at < s.n) {
        size_t from = at;
        char c = s.s[at++];
        bool keep = true;
        if (c == 0x3B) {
            buf_putc(out, c);
            return any ? NULL : "no picture in it";
        }
        if (c == 0x2C) { /* image: descriptor, palette, code size, data */
            if (at + 9 > s.n) break;
            at += 9 + table_size(s.s[at + 8]) + 1;
            any = true;
        } else if (c == 0x21 && at + 1 < s.n) {
            unsigned label = (unsigned char)s.s[at++];
            struct str app = str_part(s, at, 12);
            keep = label == 0xF9 || (label == 0xFF && (str_starts(app, "\x0BNETSCAPE2.0") || str_starts(app, "\x0B"
                                                                                                             "ANIMEXTS1.0")));
        } else return "a block that does not exist";
        if (at > s.n || !skip_blocks(s, &at) || at > s.n) break;
        if (keep) buf_add(out, s.s + from, at - from);
    }
    return "the end is missing";
}

const char *webp_header(struct str s, struct image *im)
{
    if (s.n < 30) return "the header is cut off";
    const char *b = s.s + 20;
    if (!memcmp(s.s + 12, "VP8X", 4)) {
        im->alpha = b[0] & 0x10;
        im->width = (le32(b + 4) & 0xFFFFFF) + 1, im->height = (le32(b + 7) & 0xFFFFFF) + 1;
    } else if (!memcmp(s.s + 12, "VP8L", 4)) {
        if (b[0] != 0x2F) return "its header is not valid";
        uint32_t v = le32(b + 1);
        im->width = (v & 0x3FFF) + 1, im->height = (v >> 14 & 0x3FFF) + 1, im->alpha = v >> 28 & 1;
    } else if (!memcmp(s.s + 12, "VP8 ", 4)) {
        if (memcmp(b + 3, "\x9D\x01\x2A", 3) != 0) return "its header is not valid";
        im->width = le16(b + 6) & 0x3FFF, im->height = le16(b + 8) & 0x3FFF;
    } else return "its header is not valid";
    return NULL;
}

const char *webp_strip(struct str s, struct buf *out)
{
    static const char *const keep[] = {"VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP", NULL};
    size_t end = (size_t)le32(s.s + 4) + 8, start = out->n;
    if (end > s.n) return "the end is missing";
    buf_add(out, s.s, 12);
    bool any = false;
    for (size_t at = 12; at + 8 <= end;) {
        size_t n = le32(s.s + at + 4), all = 8 + n + (n & 1);
        if (n > end - at - 8) return "a part is cut off";
        if (all > end - at) all = end - at;
        for (size_t i = 0; keep[i]; i++)
            if (!memcmp(s.s + at, keep[i], 4)) {
                size_t flags = out->n + 8;
                buf_add(out, s.s + at, all);
                if (!i && n) out->s[flags] &= (char)~0x0C; /* VP8X: no Exif, no XMP any more */
                any |= i > 0;
            }
        at += all;
    }
    size_t n = out->n - start - 8;
    for (int i = 0; i < 4; i++) out->s[start + 4 + (size_t)i] = (char)(n >> (8 * i));
    return any ? NULL : "no picture in it";
}
