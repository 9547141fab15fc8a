/* other.c: GIF (89a) and WebP (RFC 9649) as containers. */
#include "image/inside.h"

const char *gif_header(struct str s, struct image *im)
{
    if (s.n < 13) return "the header is cut off";
    im->width = le16(s.s + 6), im->height = le16(s.s + 8);
    im->alpha = im->animated = true; /* known only after reading it all */
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

/* The chunk at *at, with its padding. False at the end or where it is cut off. */
struct chunk {
    const char *type;
    struct str body, whole;
};
static bool next_chunk(struct str s, size_t *at, struct chunk *c)
{
    if (*at + 8 > s.n) return false;
    size_t n = le32(s.s + *at + 4);
    if (n > s.n - *at - 8) return false;
    *c = (struct chunk){s.s + *at, str_part(s, *at + 8, n), str_part(s, *at, 8 + n + (n & 1))};
    *at += c->whole.n;
    return true;
}
static bool is(const struct chunk *c, const char *type) { return !memcmp(c->type, type, 4); }

const char *webp_header(struct str s, struct image *im)
{
    if (s.n < 30) return "the header is cut off";
    const char *b = s.s + 20;
    size_t at = 12;
    if (!memcmp(s.s + 12, "VP8X", 4)) {
        im->alpha = b[0] & 0x10, im->animated = b[0] & 2;
        im->width = (le32(b + 4) & 0xFFFFFF) + 1, im->height = (le32(b + 7) & 0xFFFFFF) + 1;
    } else if (!memcmp(s.s + 12, "VP8L", 4)) {
        if (b[0] != 0x2F) return "its header is not valid";
        uint32_t v = le32(b + 1);
        im->width = (v & 0x3FFF) + 1, im->height = (v >> 14 & 0x3FFF) + 1, im->alpha = v >> 28 & 1;
    } else if (!memcmp(s.s + 12, "VP8 ", 4)) {
        if (memcmp(b + 3, "\x9D\x01\x2A", 3) != 0) return "its header is not valid";
        im->width = le16(b + 6) & 0x3FFF, im->height = le16(b + 8) & 0x3FFF;
    } else return "its header is not valid";
    for (struct chunk c; next_chunk(s, &at, &c);) {
        if (is(&c, "VP8L")) im->lossless = true;
        if (is(&c, "ICCP")) im->icc = c.body;
        if (is(&c, "EXIF")) im->orientation = exif_orientation(str_starts(c.body, "Exif") ? str_from(c.body, 6) : c.body);
    }
    return NULL;
}

static void put_le32(char *to, size_t v)
{
    for (int i = 0; i < 4; i++) to[i] = (char)(v >> (8 * i));
}

/* The chunks of one frame of an animation that make its picture. */
static void strip_frame(struct str body, struct buf *out)
{
    enum { FRAME_HEAD = 16 };
    size_t from = out->n, at = FRAME_HEAD;
    buf_add(out, "ANMF\0\0\0", 8);
    buf_str(out, str_part(body, 0, FRAME_HEAD));
    for (struct chunk c; next_chunk(body, &at, &c);)
        if (is(&c, "ALPH") || is(&c, "VP8 ") || is(&c, "VP8L")) buf_str(out, c.whole);
    put_le32(out->s + from + 4, out->n - from - 8);
    if (out->n & 1) buf_putc(out, 0);
}

const char *webp_strip(struct str s, struct buf *out)
{
    static const char *const keep[] = {"VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ICCP", NULL};
    size_t end = (size_t)le32(s.s + 4) + 8, start = out->n, at = 12;
    if (end > s.n) return "the end is missing";
    s = str_part(s, 0, end);
    buf_add(out, s.s, 12);
    bool any = false;
    struct chunk c;
    while (next_chunk(s, &at, &c)) {
        if (is(&c, "ANMF") && c.body.n > 16) strip_frame(c.body, out), any = true;
        for (size_t i = 0; keep[i]; i++)
            if (is(&c, keep[i])) {
                size_t flags = out->n + 8;
                buf_str(out, c.whole);
                if (!i && c.body.n) out->s[flags] &= (char)~0x0C; /* VP8X: no Exif, no XMP any more */
                any |= i > 0;
            }
    }
    if (at + 8 <= end) return "a part is cut off";
    put_le32(out->s + start + 4, out->n - start - 8);
    return any ? NULL : "no picture in it";
}
