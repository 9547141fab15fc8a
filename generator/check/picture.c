/* picture.c: see picture.h. Only the frames of the formats are walked: PNG (ISO 15948, 5), JPEG (ISO 10918-1, annex B), GIF89a, WebP (RIFF). */
#include "check/picture.h"

static uint32_t be(const char *p, int n)
{
    uint32_t v = 0;
    while (n--) v = v << 8 | (unsigned char)*p++;
    return v;
}
static uint32_t le32(const char *p)
{
    return (uint32_t)(unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8 | (uint32_t)(unsigned char)p[2] << 16 |
           (uint32_t)(unsigned char)p[3] << 24;
}

struct chunk { /* by four letters; what NULL stands for may stay */
    const char *type, *what;
};
static const char *chunk_what(const struct chunk *table, const char *type, const char *unknown)
{
    for (; table->type; table++)
        if (!memcmp(table->type, type, 4)) return table->what;
    return unknown;
}

static const char *png(struct str b)
{
    static const struct chunk chunks[] = {{"IHDR", NULL},   {"PLTE", NULL},   {"IDAT", NULL},   {"IEND", NULL}, {"tRNS", NULL},   {"gAMA", NULL},
                                          {"cHRM", NULL},   {"sRGB", NULL},   {"iCCP", NULL},   {"cICP", NULL}, {"sBIT", NULL},   {"bKGD", NULL},
                                          {"pHYs", NULL},   {"acTL", NULL},   {"fcTL", NULL},   {"fdAT", NULL}, {"tEXt", "text"}, {"zTXt", "text"},
                                          {"iTXt", "text"}, {"eXIf", "EXIF"}, {"tIME", "time"}, {NULL, NULL}};
    for (size_t at = 8; at + 12 <= b.n;) {
        size_t n = be(b.s + at, 4);
        const char *what = chunk_what(chunks, b.s + at + 4, "unknown chunk");
        if (what) return what;
        bool end = !memcmp(b.s + at + 4, "IEND", 4);
        if (n > b.n - at - 12) return "damaged";
        at += n + 12;
        if (end) return at == b.n ? NULL : "bytes behind its end";
    }
    return "damaged";
}

/* The marker behind the entropy-coded data that begins at `at`; b.n where there is none. */
static size_t jpeg_scan_end(struct str b, size_t at)
{
    for (; at + 1 < b.n; at++)
        if (b.s[at] == '\xff' && b.s[at + 1] != 0 && ((unsigned char)b.s[at + 1] < 0xd0 || (unsigned char)b.s[at + 1] > 0xd7)) return at;
    return b.n;
}

static const char *jpeg(struct str b)
{
    for (size_t at = 2; at + 4 <= b.n;) {
        unsigned marker = (unsigned char)b.s[at + 1];
        if (b.s[at] != '\xff') return "damaged";
        if (marker == 0xff) { /* fill */
            at++;
            continue;
        }
        size_t n = be(b.s + at + 2, 2);
        struct str body = str_part(b, at + 4, n > 2 ? n - 2 : 0);
        if (n < 2 || n > b.n - at - 2) return "damaged";
        if (marker == 0xfe) return "comment";
        if (marker == 0xe1) return body.n > 4 && !memcmp(body.s, "Exif", 4) ? "EXIF" : "XMP";
        if (marker == 0xed) return "IPTC";
        bool colours = (marker == 0xe0 && body.n > 4 && !memcmp(body.s, "JFIF", 4) && body.n <= 14) ||
                       (marker == 0xe2 && str_starts(body, "ICC_PROFILE")) || (marker == 0xee && str_starts(body, "Adobe"));
        if (marker >= 0xe0 && marker <= 0xef && !colours) return marker == 0xe0 ? "thumbnail" : "application data";
        at += n + 2;
        if (marker != 0xda) continue;
        at = jpeg_scan_end(b, at);
        if (at + 2 <= b.n && (unsigned char)b.s[at + 1] == 0xd9) return at + 2 == b.n ? NULL : "bytes behind its end";
    }
    return "damaged";
}

/* Behind the sub-blocks that begin at `at`. */
static size_t gif_blocks(struct str b, size_t at)
{
    while (at < b.n && b.s[at]) at += 1 + (size_t)(unsigned char)b.s[at];
    return at + 1;
}

static const char *gif(struct str b)
{
    if (b.n < 14) return "damaged";
    unsigned flags = (unsigned char)b.s[10];
    size_t at = 13 + (flags & 0x80 ? (size_t)3 << ((flags & 7) + 1) : 0);
    while (at + 1 < b.n) {
        if (b.s[at] == ';') return "bytes behind its end";
        if (b.s[at] == ',') {
            if (at + 11 > b.n) return "damaged";
            unsigned local = (unsigned char)b.s[at + 9];
            at = gif_blocks(b, at + 11 + (local & 0x80 ? (size_t)3 << ((local & 7) + 1) : 0));
        } else if (b.s[at] == '!') {
            unsigned label = (unsigned char)b.s[at + 1];
            if (label == 0xfe) return "comment";
            if (label == 0x01) return "text";
            if (label == 0xff && !(at + 14 <= b.n && (!memcmp(b.s + at + 3, "NETSCAPE2.0", 11) || !memcmp(b.s + at + 3, "ANIMEXTS1.0", 11))))
                return "application data";
            at = gif_blocks(b, at + 2);
        } else return "damaged";
    }
    return at + 1 == b.n && b.s[at] == ';' ? NULL : "damaged";
}

static const char *webp(struct str b)
{
    static const struct chunk chunks[] = {{"VP8 ", NULL}, {"VP8L", NULL}, {"VP8X", NULL},   {"ALPH", NULL},  {"ANIM", NULL},
                                          {"ANMF", NULL}, {"ICCP", NULL}, {"EXIF", "EXIF"}, {"XMP ", "XMP"}, {NULL, NULL}};
    size_t end = 8 + (size_t)le32(b.s + 4);
    if (end > b.n) return "damaged";
    for (size_t at = 12; at + 8 <= end;) {
        const char *what = chunk_what(chunks, b.s + at, "unknown chunk");
        size_t n = le32(b.s + at + 4);
        if (what) return what;
        if (n > end - at - 8) return "damaged";
        at += 8 + n + (n & 1);
    }
    return b.n > end + (end & 1) ? "bytes behind its end" : NULL;
}

const char *picture_carries(struct str b)
{
    if (b.n >= 8 && !memcmp(b.s, "\x89PNG\r\n\x1a\n", 8)) return png(b);
    if (b.n >= 2 && !memcmp(b.s, "\xff\xd8", 2)) return jpeg(b);
    if (b.n >= 6 && (!memcmp(b.s, "GIF89a", 6) || !memcmp(b.s, "GIF87a", 6))) return gif(b);
    if (b.n >= 12 && !memcmp(b.s, "RIFF", 4) && !memcmp(b.s + 8, "WEBP", 4)) return webp(b);
    return NULL;
}
