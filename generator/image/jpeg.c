/* jpeg.c: the segments of a JPEG file (ISO/IEC 10918-1, annex B); pixels are never touched. */
#include "image/inside.h"
#include <libexif/exif-data.h>

struct segment {
    unsigned marker;  /* 0xC0 … */
    size_t from, end; /* marker and all */
    struct str body;  /* after the length */
};

/* The segment at *at; fill bytes before it are skipped. NULL or what is wrong. */
static const char *next_segment(struct str s, size_t *at, struct segment *g)
{
    size_t i = *at;
    if (i + 2 > s.n) return "the end is missing";
    if ((unsigned char)s.s[i] != 0xFF) return "no marker where one should be";
    while (i + 1 < s.n && (unsigned char)s.s[i + 1] == 0xFF) i++;
    if (i + 2 > s.n) return "the end is missing";
    *g = (struct segment){.marker = (unsigned char)s.s[i + 1], .from = i, .end = i + 2};
    bool alone = g->marker == 0xD8 || g->marker == 0xD9 || g->marker == 1 || (g->marker >= 0xD0 && g->marker <= 0xD7);
    if (!alone) {
        if (i + 4 > s.n) return "the end is missing";
        uint32_t n = be16(s.s + i + 2);
        if (n < 2 || i + 2 + n > s.n) return "a part is cut off";
        g->end = i + 2 + n;
        g->body = str_part(s, i + 4, n - 2);
    }
    *at = g->end;
    return NULL;
}

/* Past the entropy-coded data that follow a SOS: up to the next marker that is neither a restart nor a stuffed zero. */
static size_t skip_scan(struct str s, size_t at)
{
    while (at + 1 < s.n) {
        const char *ff = memchr(s.s + at, 0xFF, s.n - 1 - at);
        if (!ff) return s.n;
        at = (size_t)(ff - s.s);
        unsigned char m = (unsigned char)s.s[at + 1];
        if (m == 0 || (m >= 0xD0 && m <= 0xD7)) at += 2;
        else if (m == 0xFF) at++;
        else return at;
    }
    return s.n;
}

static bool is_frame(unsigned m) { return m >= 0xC0 && m <= 0xCF && m != 0xC4 && m != 0xC8 && m != 0xCC; }

uint8_t exif_orientation(struct str tiff)
{
    struct buf b = {0};
    ExifData *e = exif_data_new();
    uint8_t found = 1;
    if (!e) return found;
    buf_add(&b, "Exif\0\0", 6), buf_str(&b, str_part(tiff, 0, 1 << 16));
    exif_data_unset_option(e, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
    exif_data_load_data(e, (const unsigned char *)b.s, (unsigned)b.n);
    ExifByteOrder order = exif_data_get_byte_order(e);
    ExifEntry *o = exif_content_get_entry(e->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
    if (o && o->format == EXIF_FORMAT_SHORT && o->components == 1 && o->size >= 2) {
        unsigned v = exif_get_short(o->data, order);
        if (v >= 1 && v <= 8) found = (uint8_t)v;
    }
    exif_data_unref(e);
    buf_close(&b);
    return found;
}

const char *jpeg_header(struct str s, struct image *im)
{
    size_t at = 2;
    bool exif = false;
    for (struct segment g;;) {
        const char *wrong = next_segment(s, &at, &g);
        if (wrong) return wrong;
        if (g.marker == 0xD9 || g.marker == 0xDA) return "no frame header";
        if (g.marker == 0xE0 && g.body.n >= 12 && !memcmp(g.body.s, "JFIF", 5) && g.body.s[7]) {
            double unit = g.body.s[7] == 2 ? 2.54 : 1;
            if (g.body.s[7] <= 2) im->dpi_x = be16(g.body.s + 8) * unit, im->dpi_y = be16(g.body.s + 10) * unit;
        }
        if (g.marker == 0xE1 && !exif && g.body.n > 14 && !memcmp(g.body.s, "Exif\0", 6))
            im->orientation = exif_orientation(str_from(g.body, 6)), exif = true;
        if (!is_frame(g.marker)) continue;
        if (g.body.n < 6) return "a part is cut off";
        if (g.marker > 0xC2) return "?JPEG (lossless or arithmetic)";
        if (g.body.s[0] != 8) return "?JPEG (12 bit)";
        im->height = be16(g.body.s + 1), im->width = be16(g.body.s + 3);
        im->components = (uint8_t)g.body.s[5];
        if (im->components != 1 && im->components != 3 && im->components != 4) return "?JPEG (colours)";
        if (!im->height) return "?JPEG (height unknown)";
        return NULL;
    }
}

/* One part of a profile: "ICC_PROFILE\0", number, count, bytes. */
static bool is_icc(const struct segment *g) { return g->marker == 0xE2 && g->body.n > 14 && !memcmp(g->body.s, "ICC_PROFILE", 12); }

void jpeg_put_icc(struct buf *out, struct str icc)
{
    enum { PART = 65000 };
    size_t n = (icc.n + PART - 1) / PART;
    for (size_t i = 0; i < n && n < 256; i++) {
        struct str part = str_part(icc, i * PART, PART);
        size_t len = part.n + 16;
        char head[] = {(char)0xFF, (char)0xE2, (char)(len >> 8), (char)len};
        buf_add(out, head, 4);
        buf_add(out, "ICC_PROFILE", 12);
        buf_putc(out, (char)(i + 1)), buf_putc(out, (char)n);
        buf_str(out, part);
    }
}

static bool wanted(const struct segment *g, enum jpeg_keep keep)
{
    if (g->marker == 0xFE || g->marker == 1 || (g->marker >= 0xF0 && g->marker <= 0xFD)) return false;
    if (g->marker < 0xE0 || g->marker > 0xEF) return true;
    if (g->marker == 0xEE) return g->body.n >= 12 && !memcmp(g->body.s, "Adobe", 5);
    return keep == JPEG_FOR_WEB && is_icc(g);
}

const char *jpeg_strip(struct arena *a, struct str s, enum jpeg_keep keep, struct buf *out, struct str *icc)
{
    struct buf profile = {0};
    size_t at = 2;
    const char *wrong = NULL;
    bool scanned = false;
    buf_add(out, "\xFF\xD8", 2);
    for (struct segment g; !wrong;) {
        if ((wrong = next_segment(s, &at, &g)) || g.marker == 0xD9) break;
        if (is_icc(&g)) buf_str(&profile, str_from(g.body, 14));
        if (keep == JPEG_FOR_WEB && g.marker == 0xE0 && g.body.n >= 14 && !memcmp(g.body.s, "JFIF", 5)) {
            buf_add(out, "\xFF\xE0\0\x10", 4); /* without its thumbnail */
            buf_add(out, g.body.s, 12);
            buf_add(out, "\0", 2);
        } else if (g.marker == 0xEE && wanted(&g, keep)) {
            buf_add(out, "\xFF\xEE\0\x0E", 4); /* its twelve bytes and no more */
            buf_add(out, g.body.s, 12);
        } else if (wanted(&g, keep)) buf_add(out, s.s + g.from, g.end - g.from);
        if (g.marker != 0xDA) continue;
        scanned = true;
        size_t end = skip_scan(s, at);
        buf_add(out, s.s + at, end - at);
        at = end;
    }
    if (!wrong && !scanned) wrong = "no picture in it";
    buf_add(out, "\xFF\xD9", 2);
    *icc = buf_copy(a, &profile);
    buf_close(&profile);
    return wrong;
}
