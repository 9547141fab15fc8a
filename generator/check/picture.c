/* picture.c: see picture.h. Only the frames of the formats are walked: PNG (ISO 15948, 5), JPEG (ISO 10918-1, annex B), GIF89a, WebP (RIFF); HEIF:
 * heif.c. */
#include "check/walk.h"

static uint32_t le32(const char *p)
{
    return (uint32_t)(unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8 | (uint32_t)(unsigned char)p[2] << 16 |
           (uint32_t)(unsigned char)p[3] << 24;
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

/* The parts of one frame of an animation, behind its own sixteen bytes. */
static const char *webp_frame(struct str b)
{
    static const struct chunk chunks[] = {{"VP8 ", NULL}, {"VP8L", NULL}, {"ALPH", NULL}, {NULL, NULL}};
    for (size_t at = 16, n; at + 8 <= b.n; at += 8 + n + (n & 1)) {
        const char *what = chunk_what(chunks, b.s + at, "unknown chunk");
        n = le32(b.s + at + 4);
        if (what) return what;
        if (n > b.n - at - 8) return "damaged";
    }
    return NULL;
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
        if (!memcmp(b.s + at, "ANMF", 4) && (what = webp_frame(str_part(b, at + 8, n)))) return what;
        at += 8 + n + (n & 1);
    }
    return b.n > end + (end & 1) ? "bytes behind its end" : NULL;
}

static bool heif_begins(struct str b)
{
    static const char brands[] = "avif avis heic heix heim heis hevc hevx mif1 msf1 ";
    bool is = false;
    if (b.n < 16 || memcmp(b.s + 4, "ftyp", 4) != 0) return false;
    for (const char *p = brands; *p; p += 5) is |= !memcmp(p, b.s + 8, 4);
    return is;
}

static const struct {
    const char *magic;
    size_t n, at; /* bytes of magic, and where */
    const char *(*carries)(struct str);
} formats[] = {{"\x89PNG\r\n\x1a\n", 8, 0, png}, {"\xff\xd8", 2, 0, jpeg}, {"GIF89a", 6, 0, gif}, {"GIF87a", 6, 0, gif}, {"WEBP", 4, 8, webp}};

static const char *(*walker(struct str b))(struct str)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (b.n >= formats[i].at + formats[i].n && !memcmp(b.s + formats[i].at, formats[i].magic, formats[i].n) &&
            (!formats[i].at || !memcmp(b.s, "RIFF", 4)))
            return formats[i].carries;
    return heif_begins(b) ? heif_carries : NULL;
}

bool picture_is(struct str b) { return walker(b); }

const char *picture_carries(struct str b)
{
    const char *(*walk)(struct str) = walker(b);
    return walk ? walk(b) : NULL;
}
