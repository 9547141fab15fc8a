/* png.c: PNG files (ISO/IEC 15948). What has no transparency goes into a PDF as it is, since PDF knows PNG's filters; it is unpacked once all the
 * same, so that a broken file is seen here and not by the reader. */
#include "image/inside.h"
#include <libdeflate.h>
#include <stdlib.h>

struct chunk {
    char type[5];
    struct str body;
    struct str whole; /* length to CRC */
};

static const char *next_chunk(struct str s, size_t *at, struct chunk *c)
{
    if (*at + 12 > s.n) return "the end is missing";
    uint32_t n = be32(s.s + *at);
    if (n > INT32_MAX || n > s.n - *at - 12) return "a part is cut off";
    memcpy(c->type, s.s + *at + 4, 4);
    c->type[4] = 0;
    c->body = str_part(s, *at + 8, n);
    c->whole = str_part(s, *at, n + 12);
    *at += n + 12;
    return NULL;
}

struct header {
    uint32_t width, height;
    uint8_t depth, color, interlaced;
};
/* Samples a pixel of each colour type; 0 = there is none such. */
static const uint8_t SAMPLES[7] = {1, 0, 3, 1, 2, 0, 4};

static const char *read_header(struct str s, struct header *h)
{
    size_t at = 8;
    struct chunk c;
    const char *wrong = next_chunk(s, &at, &c);
    if (wrong) return wrong;
    if (strcmp(c.type, "IHDR") != 0 || c.body.n != 13) return "no header";
    const unsigned char *b = (const unsigned char *)c.body.s;
    *h = (struct header){be32(c.body.s), be32(c.body.s + 4), b[8], b[9], b[12]};
    static const uint32_t depths[7] = {
        1 << 1 | 1 << 2 | 1 << 4 | 1 << 8 | 1 << 16, 0, 1 << 8 | 1 << 16, 1 << 1 | 1 << 2 | 1 << 4 | 1 << 8, 1 << 8 | 1 << 16, 0, 1 << 8 | 1 << 16};
    if (h->color > 6 || !SAMPLES[h->color] || h->depth > 16 || !(depths[h->color] >> h->depth & 1) || b[10] || b[11] || b[12] > 1)
        return "its header is not valid";
    return NULL;
}

const char *png_header(struct str s, struct image *im)
{
    struct header h;
    const char *wrong = read_header(s, &h);
    if (wrong) return wrong;
    im->width = h.width, im->height = h.height;
    im->components = h.color == 0 || h.color == 4 ? 1 : 3;
    im->alpha = h.color == 4 || h.color == 6;
    size_t at = 8;
    for (struct chunk c; !next_chunk(s, &at, &c) && strcmp(c.type, "IDAT") != 0;) {
        if (!strcmp(c.type, "tRNS")) im->alpha = true;
        if (!strcmp(c.type, "acTL")) im->animated = true;
        if (!strcmp(c.type, "iCCP")) im->icc = c.body;
        if (!strcmp(c.type, "eXIf")) im->orientation = exif_orientation(c.body);
        if (!strcmp(c.type, "pHYs") && c.body.n == 9 && c.body.s[8] == 1)
            im->dpi_x = be32(c.body.s) * 0.0254, im->dpi_y = be32(c.body.s + 4) * 0.0254;
    }
    return NULL;
}

/* A name, a zero, the method 0, a zlib stream (11.3.2.3). */
bool png_profile(struct arena *a, struct str chunk, struct str *icc)
{
    enum { MOST = 4 << 20 };
    size_t name = str_find(chunk, 0), got = 0;
    struct libdeflate_decompressor *z = name < 80 ? libdeflate_alloc_decompressor() : NULL;
    struct str packed = z ? str_from(chunk, name + 2) : (struct str){0};
    char *bytes = z ? arena_alloc(a, MOST) : NULL;
    bool ok = packed.n && libdeflate_zlib_decompress(z, packed.s, packed.n, bytes, MOST, &got) == LIBDEFLATE_SUCCESS;
    if (z) libdeflate_free_decompressor(z);
    *icc = (struct str){bytes, got};
    return ok;
}

/* --- pixels --- */

struct file {
    struct header h;
    struct str palette, trans;
    struct buf idat;
    size_t row, bpp; /* bytes of a row without its filter; bytes of a pixel, at least 1 */
    uint8_t *rows;   /* filter byte and row, height times */
};

static const char *read_chunks(struct str s, struct file *f)
{
    size_t at = 8;
    for (struct chunk c;;) {
        const char *wrong = next_chunk(s, &at, &c);
        if (wrong) return wrong;
        if (!strcmp(c.type, "IEND")) break;
        if (!strcmp(c.type, "PLTE") && c.body.n % 3 == 0 && c.body.n <= 768) f->palette = c.body;
        if (!strcmp(c.type, "tRNS")) f->trans = c.body;
        if (!strcmp(c.type, "IDAT")) buf_str(&f->idat, c.body);
    }
    if (!f->idat.n) return "no picture in it";
    return f->h.color == 3 && !f->palette.n ? "no palette" : NULL;
}

/* Adam7 (8.2): pixels (x0 + dx·i, y0 + dy·j) of each pass. A file without it is one pass over all. */
struct pass {
    uint8_t x0, y0, dx, dy;
};
static const struct pass WHOLE[] = {{0, 0, 1, 1}, {0}};
static const struct pass ADAM7[] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}, {0}};
static uint32_t part(uint32_t n, uint8_t from, uint8_t step) { return n > from ? (n - from + step - 1) / step : 0; }

/* Bytes of a row of w pixels, without its filter. */
static size_t row_size(const struct file *f, uint32_t w) { return ((size_t)w * SAMPLES[f->h.color] * f->h.depth + 7) / 8; }

static const char *inflate_rows(struct file *f)
{
    size_t bits = (size_t)SAMPLES[f->h.color] * f->h.depth, want = 0;
    f->row = row_size(f, f->h.width), f->bpp = bits < 8 ? 1 : bits / 8;
    for (const struct pass *p = f->h.interlaced ? ADAM7 : WHOLE; p->dx; p++) {
        uint32_t w = part(f->h.width, p->x0, p->dx);
        if (w) want += (row_size(f, w) + 1) * part(f->h.height, p->y0, p->dy);
    }
    if (want / 1032 > f->idat.n) return "the picture is cut off"; /* deflate packs no better than 1032 to 1: do not allocate for a lie */
    struct libdeflate_decompressor *z = libdeflate_alloc_decompressor();
    size_t got = 0;
    f->rows = mem_realloc(NULL, want);
    enum libdeflate_result r = z ? libdeflate_zlib_decompress(z, f->idat.s, f->idat.n, f->rows, want, &got) : LIBDEFLATE_BAD_DATA;
    if (z) libdeflate_free_decompressor(z);
    if (r == LIBDEFLATE_INSUFFICIENT_SPACE) return "more pixels than it says";
    if (r != LIBDEFLATE_SUCCESS) return "the picture is cut off or damaged";
    if (got != want) return "fewer pixels than it says";
    const uint8_t *at = f->rows;
    for (const struct pass *p = f->h.interlaced ? ADAM7 : WHOLE; p->dx; p++) {
        uint32_t w = part(f->h.width, p->x0, p->dx), h = w ? part(f->h.height, p->y0, p->dy) : 0;
        for (uint32_t y = 0; y < h; y++, at += row_size(f, w) + 1)
            if (*at > 4) return "a filter that does not exist";
    }
    return NULL;
}

static int paeth(int a, int b, int c)
{
    int p = a + b - c, pa = abs(p - a), pb = abs(p - b), pc = abs(p - c);
    return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/* Undoes the filters of h rows of n bytes at rows. */
static void unfilter(struct file *f, uint8_t *rows, size_t n, uint32_t h)
{
    for (uint32_t y = 0; y < h; y++) {
        uint8_t *row = rows + y * (n + 1), kind = *row++;
        const uint8_t *up = y ? row - (n + 1) : NULL;
        for (size_t x = 0; x < n; x++) {
            int a = x >= f->bpp ? row[x - f->bpp] : 0, b = up ? up[x] : 0, c = up && x >= f->bpp ? up[x - f->bpp] : 0;
            int add = kind == 1 ? a : kind == 2 ? b : kind == 3 ? (a + b) / 2 : kind == 4 ? paeth(a, b, c) : 0;
            row[x] = (uint8_t)(row[x] + add);
        }
    }
}

static unsigned sample(const struct file *f, const uint8_t *row, size_t i) /* as in the file; 16 bits whole */
{
    unsigned d = f->h.depth;
    if (d == 16) return (unsigned)row[2 * i] << 8 | row[2 * i + 1];
    if (d == 8) return row[i];
    return (unsigned)row[i * d / 8] >> (8 - d - i * d % 8) & ((1u << d) - 1);
}

static uint8_t to8(const struct file *f, unsigned v) { return (uint8_t)(f->h.depth == 16 ? v >> 8 : v * 255 / ((1u << f->h.depth) - 1)); }

/* The passes of an interlaced file, filters undone, into whole rows. */
static void deinterlace(struct file *f)
{
    uint8_t *whole = mem_realloc(NULL, (f->row + 1) * f->h.height), *at = f->rows;
    memset(whole, 0, (f->row + 1) * f->h.height);
    unsigned bits = (unsigned)SAMPLES[f->h.color] * f->h.depth;
    for (const struct pass *p = ADAM7; p->dx; p++) {
        uint32_t w = part(f->h.width, p->x0, p->dx), h = w ? part(f->h.height, p->y0, p->dy) : 0;
        size_t n = row_size(f, w);
        unfilter(f, at, n, h);
        for (uint32_t y = 0; y < h; y++, at += n + 1)
            for (uint32_t x = 0; x < w; x++) {
                size_t to = (size_t)p->x0 + (size_t)x * p->dx;
                uint8_t *row = whole + ((size_t)p->y0 + (size_t)y * p->dy) * (f->row + 1) + 1;
                if (bits >= 8) memcpy(row + to * bits / 8, at + 1 + (size_t)x * bits / 8, bits / 8);
                else row[to * bits / 8] |= (uint8_t)(sample(f, at + 1, x) << (8 - bits - to * bits % 8));
            }
    }
    free(f->rows);
    f->rows = whole;
}

/* Colour and alpha apart, 8 bits each. */
static void split(struct arena *a, struct file *f, struct image_data *out)
{
    const struct header *h = &f->h;
    bool grey = h->color == 0 || h->color == 4, has = h->color >= 4;
    unsigned per = SAMPLES[h->color], parts = grey ? 1 : 3;
    size_t n = (size_t)h->width * h->height;
    uint8_t *color = arena_alloc(a, n * parts), *alpha = arena_alloc(a, n), *c = color, *al = alpha;
    const uint8_t *pal = (const uint8_t *)f->palette.s, *tr = (const uint8_t *)f->trans.s;
    for (uint32_t y = 0; y < h->height; y++) {
        const uint8_t *row = f->rows + y * (f->row + 1) + 1;
        for (size_t x = 0; x < h->width; x++) {
            unsigned v[4] = {0};
            for (unsigned k = 0; k < per; k++) v[k] = sample(f, row, x * per + k);
            if (h->color == 3) {
                size_t i = v[0] < f->palette.n / 3 ? v[0] : 0;
                *c++ = pal[3 * i], *c++ = pal[3 * i + 1], *c++ = pal[3 * i + 2];
                *al++ = v[0] < f->trans.n ? tr[v[0]] : 255;
                continue;
            }
            bool key = !has && f->trans.n >= 2 * parts; /* tRNS: one colour is transparent */
            for (unsigned k = 0; k < parts; k++) {
                *c++ = to8(f, v[k]);
                if (key && be16(f->trans.s + 2 * (size_t)k) != v[k]) key = false;
            }
            *al++ = has ? to8(f, v[parts]) : key ? 0 : 255;
        }
    }
    out->bits = 8, out->components = (uint8_t)parts;
    out->data = (struct str){(char *)color, n * parts};
    if (has || f->trans.n) out->alpha = (struct str){(char *)alpha, n};
}

const char *png_data(struct arena *a, struct str s, struct image_data *out)
{
    struct file f = {0};
    const char *wrong = read_header(s, &f.h);
    if (!wrong) wrong = read_chunks(s, &f);
    out->width = f.h.width, out->height = f.h.height;
    if (!wrong && !(wrong = inflate_rows(&f))) {
        if (f.h.interlaced) deinterlace(&f), split(a, &f, out);
        else if (f.h.color >= 4 || f.trans.n) {
            unfilter(&f, f.rows, f.row, f.h.height);
            split(a, &f, out);
        } else {
            out->png_predictor = true;
            out->bits = f.h.depth, out->components = f.h.color == 2 ? 3 : 1;
            if (f.h.color == 3) out->palette = str_part(f.palette, 0, (size_t)3 << f.h.depth);
            out->data = buf_copy(a, &f.idat);
        }
    }
    buf_close(&f.idat);
    free(f.rows);
    return wrong;
}

/* --- for the web --- */

static void put_be32(struct buf *b, uint32_t v)
{
    char s[4] = {(char)(v >> 24), (char)(v >> 16), (char)(v >> 8), (char)v};
    buf_add(b, s, 4);
}

const char *png_strip(struct arena *a, struct str s, struct buf *out)
{
    static const char *const keep[] = {"IHDR", "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "IDAT", "acTL", "fcTL", "fdAT", NULL};
    struct image_data unused = {0};
    const char *wrong = png_data(a, s, &unused); /* is it whole? */
    if (wrong) return wrong;
    buf_add(out, s.s, 8);
    size_t at = 8;
    for (struct chunk c; !(wrong = next_chunk(s, &at, &c));) {
        if (!strcmp(c.type, "IEND")) break;
        if (libdeflate_crc32(0, c.whole.s + 4, c.body.n + 4) != be32(c.body.s + c.body.n)) return "a checksum is wrong";
        for (size_t i = 0; keep[i]; i++)
            if (!strcmp(c.type, keep[i])) buf_str(out, c.whole);
        if (!strcmp(c.type, "iCCP") && memchr(c.body.s, 0, c.body.n < 80 ? c.body.n : 80)) { /* its name is free text: not ours */
            struct str rest = str_from(c.body, strlen(c.body.s));
            size_t from = out->n;
            put_be32(out, (uint32_t)rest.n + 3);
            buf_puts(out, "iCCPicc");
            buf_str(out, rest);
            put_be32(out, libdeflate_crc32(0, out->s + from + 4, out->n - from - 4));
        }
    }
    buf_add(out, "\0\0\0\0IEND\xAE\x42\x60\x82", 12);
    return wrong;
}
