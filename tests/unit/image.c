/* Images: sizes from headers, hostile and cut-off files, pixels for PDF, cleaning for the web, QR codes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/file.h"
#include "image/image.h"
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>

static struct arena A;

/* --- small files, made here --- */

static void be32(struct buf *b, uint32_t v)
{
    for (int i = 24; i >= 0; i -= 8) buf_putc(b, (char)(v >> i));
}

static void chunk(struct buf *b, const char *type, const char *s, size_t n)
{
    be32(b, (uint32_t)n);
    size_t from = b->n;
    buf_puts(b, type), buf_add(b, s, n);
    be32(b, libdeflate_crc32(0, b->s + from, n + 4));
}

/* A PNG that claims w × h and really has `rows` bytes of rows. */
static struct str png(uint32_t w, uint32_t h, int depth, int color, const char *rows, size_t n, const char *extra)
{
    struct buf b = {0}, head = {0};
    buf_add(&b, "\x89PNG\r\n\x1A\n", 8);
    be32(&head, w), be32(&head, h);
    buf_putc(&head, (char)depth), buf_putc(&head, (char)color), buf_add(&head, "\0\0\0", 3);
    chunk(&b, "IHDR", head.s, head.n);
    if (color == 3) chunk(&b, "PLTE", "\xFF\0\0\0\xFF\0", 6);
    if (extra) chunk(&b, "tEXt", extra, strlen(extra));
    chunk(&b, "pHYs", "\0\0\x2E\x23\0\0\x2E\x23\1", 9);
    struct libdeflate_compressor *z = libdeflate_alloc_compressor(6);
    char packed[4096];
    chunk(&b, "IDAT", packed, libdeflate_zlib_compress(z, rows, n, packed, sizeof packed));
    libdeflate_free_compressor(z);
    chunk(&b, "IEND", "", 0);
    struct str out = buf_copy(&A, &b);
    buf_close(&b), buf_close(&head);
    return out;
}

static const char RGBA[] = "\0\x10\x20\x30\x40\x50\x60\x70\x80"
                           "\2\1\1\1\1\1\1\1\1"; /* 2 × 2, second row filtered „up“ */

static const struct image *opened(struct str s, struct str *said)
{
    struct diag *d = diag_new(DIAG_EN);
    const struct image *im = image_open(&A, s, STR("x"), (struct place){0}, d);
    struct buf b = {0};
    diag_write(d, &b, false, false);
    *said = buf_copy(&A, &b);
    buf_close(&b);
    diag_close(d);
    return im;
}

static void test_headers(void **state)
{
    (void)state;
    struct str said;
    const struct image *im = opened(png(2, 2, 8, 6, RGBA, 18, NULL), &said);
    assert_non_null(im);
    assert_int_equal(im->width, 2);
    assert_true(im->alpha);
    assert_true(im->dpi_x > 299.9 && im->dpi_x < 300.1);
    im = opened(str_of("GIF89a\x05"), &said);
    assert_null(im);
}

static void box(struct buf *b, const char *type, const struct buf *body)
{
    be32(b, (uint32_t)body->n + 8);
    buf_add(b, type, 4);
    buf_str(b, buf_view(body));
}

/* A HEIC or AVIF of one item that claims w × h, with another property; no picture behind it. */
static struct str heif(uint32_t w, uint32_t h, const char *brand, const char *turn)
{
    struct buf out = {0}, x = {0}, ispe = {0}, ipco = {0}, ipma = {0}, iprp = {0}, meta = {0};
    buf_add(&x, brand, 4), be32(&x, 0), box(&out, "ftyp", &x), buf_reset(&x);
    be32(&ispe, 0), be32(&ispe, w), be32(&ispe, h), box(&ipco, "ispe", &ispe);
    if (*turn) buf_putc(&x, (char)(turn[4] - '0')), box(&ipco, turn, &x), buf_reset(&x);
    be32(&ipma, 0), be32(&ipma, 1), buf_add(&ipma, "\0\1\2\1\2", 5); /* item 1: properties 1 and 2 */
    box(&iprp, "ipco", &ipco), box(&iprp, "ipma", &ipma);
    be32(&meta, 0), be32(&x, 0), buf_add(&x, "\0\1", 2), box(&meta, "pitm", &x), box(&meta, "iprp", &iprp);
    box(&out, "meta", &meta);
    struct str s = buf_copy(&A, &out);
    struct buf *all[] = {&out, &x, &ispe, &ipco, &ipma, &iprp, &meta};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) buf_close(all[i]);
    return s;
}

/* Files that a stranger made: none is opened, or none gives pixels; each has a message. */
static void test_hostile(void **state)
{
    (void)state;
    struct str good = png(2, 2, 8, 6, RGBA, 18, NULL);
    struct {
        struct str s;
        const char *code;
        bool opens;
    } rows[] = {
        {STR(""), "I001", false},
        {STR("not an image"), "I001", false},
        {str_part(good, 0, 20), "I002", false},
        {str_part(good, 0, good.n - 20), "I002", true},
        {png(100000, 100000, 8, 2, RGBA, 9, NULL), "I003", false},
        {png(9000, 9000, 8, 2, RGBA, 9, NULL), "I002", true}, /* within the limit, but a lie */
        {png(0, 2, 8, 2, RGBA, 9, NULL), "I002", false},
        {png(2, 2, 7, 2, RGBA, 9, NULL), "I002", false},
        {png(2, 2, 8, 6, RGBA, 17, NULL), "I002", true},
        {png(1, 2, 8, 6, RGBA, 18, NULL), "I002", true},
        {png(2, 1, 8, 6, "\7abcdefgh", 9, NULL), "I002", true}, /* no such filter */
        {STR("\xFF\xD8\xFF\xE0\xFF\xFF"), "I002", false},
        {STR("\xFF\xD8\xFF\xC0\0\x0B\x08\xFF\xFF\xFF\xFF\x01\1\1\0"), "I003", false},
        {STR("\xFF\xD8\xFF\xC0\0\x0B\x08\0\1\0\1\1\1\1\0"), "I002", true},
        {STR("\xFF\xD8\xFF\xC3\0\x0B\x08\0\1\0\1\1\1\1\0"), "I004", false},
        {STR("\xFF\xD8\xFF\xE1\0\x10"
             "Exif\0\0II*\0\xFF\xFF\xFF\xFF"),
         "I002", false},
        {STR("GIF89a\1\0\1\0\0\0\0"), "I002", true},
        {STR("RIFF\x20\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF"), "I003", false},
        {STR("RIFF\x20\0\0\0WEBPVP8L\x0A\0\0\0\x2F\0\0\0\0\0\0\0\0\0"), "I002", true},
        {STR("\0\0\0\x10"
             "ftypavif\0\0\0\0"),
         "I002", false}, /* nothing behind it */
        {STR("\0\0\0\x10"
             "ftypmp42\0\0\0\0"),
         "I001", false}, /* a film */
        {heif(40000, 40000, "heic", ""), "I003", false},
        {heif(0, 40, "heic", ""), "I002", false},
        {str_part(heif(40, 40, "heic", ""), 0, 60), "I002", false},
        {heif(40, 40, "heic", ""), "I002", true}, /* no picture behind the header */
        {heif(40, 40, "avif", ""), "I002", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str said;
        const struct image *im = opened(rows[i].s, &said);
        if (im) {
            struct diag *d = diag_new(DIAG_EN);
            struct image_data data;
            if (image_data(&A, im, d, &data)) fail_msg("row %zu gave pixels", i);
            struct buf b = {0};
            diag_write(d, &b, false, false);
            said = buf_copy(&A, &b);
            buf_close(&b), diag_close(d);
        }
        if ((im != NULL) != rows[i].opens || str_search(said, rows[i].code) == SIZE_MAX) fail_msg("row %zu: %.*s", i, STR_ARG(said));
    }
}

static void test_heif(void **state)
{
    (void)state;
    struct str said;
    const struct image *im = opened(heif(300, 200, "heic", ""), &said);
    assert_true(im && im->format == IMAGE_HEIC && im->width == 300 && im->height == 200 && !im->alpha);
    im = opened(heif(300, 200, "mif1", "irot2"), &said); /* half a turn */
    assert_true(im && im->width == 300 && im->height == 200);
    im = opened(heif(300, 200, "avif", "irot1"), &said); /* a quarter */
    assert_true(im && im->format == IMAGE_AVIF && im->width == 200 && im->height == 300 && im->orientation == 1);
}

/* What a cache gives back is judged before it is believed. */
static void test_packed(void **state)
{
    (void)state;
    struct str said, packed;
    struct image_version *v;
    size_t n;
    struct diag *d = diag_new(DIAG_EN);
    assert_true(image_make(&A, opened(png(2, 2, 8, 6, RGBA, 18, NULL), &said), IMAGE_OFFERED, d, &packed));
    assert_true(image_unpack(&A, packed, &n, &v) && n == 1 && v->own && v->format == IMAGE_PNG && v->width == 2 && !v->bytes.n);
    assert_true(image_make(&A, opened(png(2, 2, 8, 6, RGBA, 18, NULL), &said), IMAGE_WHOLE, d, &packed));
    assert_true(image_unpack(&A, packed, &n, &v) && n == 1 && !v->own && str_starts(v->bytes, "\x89PNG"));
    for (size_t i = 0; i < packed.n; i++) assert_false(image_unpack(&A, str_part(packed, 0, i), &n, &v));
    char *bent = arena_copy(&A, packed.s, packed.n);
    bent[0] = IMAGE_FORMATS;
    assert_false(image_unpack(&A, (struct str){bent, packed.n}, &n, &v));
    diag_close(d);
}

static void test_png_pixels(void **state)
{
    (void)state;
    struct str said;
    struct diag *d = diag_new(DIAG_EN);
    struct image_data out;
    assert_true(image_data(&A, opened(png(2, 2, 8, 6, RGBA, 18, NULL), &said), d, &out));
    assert_memory_equal(out.data.s, "\x10\x20\x30\x50\x60\x70\x11\x21\x31\x51\x61\x71", 12);
    assert_memory_equal(out.alpha.s, "\x40\x80\x41\x81", 4);
    assert_true(image_data(&A, opened(png(3, 1, 1, 3, "\0\xA0", 2, NULL), &said), d, &out)); /* palette goes as it is */
    assert_true(out.png_predictor && out.palette.n == 6 && out.bits == 1 && !out.alpha.n);
    diag_close(d);
}

static struct str cleaned(struct str s)
{
    struct diag *d = diag_new(DIAG_EN);
    struct str out = {0};
    if (!image_clean(&A, s, STR("x"), (struct place){0}, d, &out)) out = (struct str){0};
    diag_close(d);
    return out;
}

static void test_clean(void **state)
{
    (void)state;
    struct str s = cleaned(png(2, 2, 8, 6, RGBA, 18, "Author\0Ana"));
    assert_true(s.n > 60);
    assert_true(str_search(s, "Author") == SIZE_MAX && str_search(s, "pHYs") == SIZE_MAX);
    struct {
        const char *in, *out;
    } svg[] = {
        {"<svg xmlns='http://www.w3.org/2000/svg'><!-- Ana --><path d='M0 0'/></svg>",
         "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>"},
        {"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a '>'>]><svg><metadata><a>Ana</a></metadata><g/></svg>", "<svg><g/></svg>"},
        {"<svg onload='x()'><script>alert(1)</script><rect ONCLICK='y' width='1'/></svg>", "<svg><rect width='1'/></svg>"},
        {"<svg><image href='http://a/b.png'/><use xlink:href='#a'/><a href='j&#x61;vascript:x'>t</a></svg>",
         "<svg><image/><use xlink:href='#a'/><a>t</a></svg>"},
        {"<svg><style>@import 'x';</style><style>a{fill:url(#g)}</style></svg>", "<svg><style></style><style>a{fill:url(#g)}</style></svg>"},
        {"<svg><g style='fill:url( \"http://x\")'/><g fill='url(#b)'/></svg>", "<svg><g/><g fill='url(#b)'/></svg>"},
        {"<svg inkscape:version='1'><sodipodi:namedview id='n'><p/></sodipodi:namedview><text>x<![CDATA[<b>]]></text></svg>",
         "<svg><text>x&lt;b&gt;</text></svg>"},
        {"<svg><a><set attributeName='xlink:href' to='javascript:x'/></a></svg>", "<svg><a></a></svg>"},
        /* as Illustrator writes them */
        {"<!DOCTYPE svg [<!ENTITY ns 'http://www.w3.org/2000/svg'><!ENTITY q '\"x\"'>]><svg xmlns='&ns;' id=\"&q;\">&q;&amp;&#1087;</svg>",
         "<svg xmlns='http://www.w3.org/2000/svg' id=\"&quot;x&quot;\">&quot;x&quot;&amp;&#1087;</svg>"},
        {"<!DOCTYPE svg [<!ENTITY j 'javascript:x'><!ENTITY u 'url(//a)'>]><svg><a href='&j;'/><style>a{fill:&u;}</style></svg>",
         "<svg><a/><style></style></svg>"},
        {"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>", ""},
        {"<!DOCTYPE svg [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>", ""},
        {"<svg>a & b</svg>", ""},
        {"<svg><g></svg>", ""},
        {"<svg><g", ""},
    };
    for (size_t i = 0; i < sizeof svg / sizeof *svg; i++) {
        struct str out = cleaned(str_of(svg[i].in));
        if (!str_is(out, svg[i].out)) fail_msg("row %zu: %.*s", i, STR_ARG(out));
    }
}

static void test_qr(void **state)
{
    (void)state;
    struct str s = image_qr(&A, STR("tel:+381112345678"));
    assert_true(str_starts(s, "<svg "));
    assert_true(str_search(s, "viewBox=\"0 0 33 33\"") != SIZE_MAX); /* version 2: 25 modules and a quiet zone of 4 */
    struct buf b = {0};
    for (int i = 0; i < 5000; i++) buf_putc(&b, 'x');
    assert_int_equal(image_qr(&A, buf_view(&b)).n, 0);
    buf_close(&b);
}

/* What a page would offer of a file, for tests/e2e/images.py: a line each, and the files behind `out`. */
static bool offer(struct str in, const char *out)
{
    struct diag *d = diag_new(DIAG_EN);
    const struct image *im = image_open(&A, in, STR("x"), (struct place){0}, d);
    struct image_version *v;
    struct buf b = {0};
    struct str packed;
    size_t n = 0;
    bool ok = im && image_make(&A, im, IMAGE_OFFERED, d, &packed) && image_unpack(&A, packed, &n, &v);
    for (size_t i = 0; i < n; i++) {
        printf("%s %ux%u %zu%s\n", image_kinds[v[i].format].extension, v[i].width, v[i].height, v[i].own ? in.n : v[i].bytes.n,
               v[i].own ? " own" : "");
        if (!v[i].own) file_write(arena_printf(&A, "%s-%u.%s", out, v[i].width, image_kinds[v[i].format].extension), v[i].bytes);
    }
    diag_write(d, &b, false, false);
    fwrite(b.s ? b.s : "", 1, b.n, stderr);
    buf_close(&b), diag_close(d);
    return ok;
}

/* image clean FILE OUT: cleans a file; offer FILE OUT: what a page would offer; qr TEXT OUT writes a code. */
int main(int argc, char **argv)
{
    if (argc == 4) {
        struct str in, out = {0};
        bool ok, qr = !strcmp(argv[1], "qr"), offered = !strcmp(argv[1], "offer");
        if (qr) out = image_qr(&A, str_of(argv[2]));
        else if (file_read(&A, argv[2], 1u << 28, &in) && !offered) out = cleaned(in);
        ok = offered ? offer(in, argv[3]) : out.n && file_write(argv[3], out);
        arena_close(&A);
        return !ok;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_headers), cmocka_unit_test(test_hostile), cmocka_unit_test(test_png_pixels),
                                       cmocka_unit_test(test_heif),    cmocka_unit_test(test_packed),  cmocka_unit_test(test_clean),
                                       cmocka_unit_test(test_qr)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_close(&A);
    return failed;
}
