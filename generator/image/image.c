/* image.c: opening, and the way from a file to what a PDF or a web page wants. */
#include "image/inside.h"
#include "base/file.h"
#include <qrencode.h>
#include <stdio.h>
#include <strings.h>

const struct image_kind image_kinds[IMAGE_FORMATS] = {
    [IMAGE_PNG] = {"png", "image/png", "drawings stay lossless, with WebP beside them; photographs become AVIF, WebP and JPEG; transparency is kept",
                   "цртежи остају без губитака, уз WebP; фотографије постају AVIF, WebP и JPEG; провидност остаје"},
    [IMAGE_JPEG] = {"jpg", "image/jpeg", "offered as AVIF, WebP and JPEG; CMYK becomes sRGB", "нуди се као AVIF, WebP и JPEG; CMYK постаје sRGB"},
    [IMAGE_GIF] = {"gif", "image/gif", "left as it is; on paper its first picture", "остаје каква јесте; на папиру њена прва слика"},
    [IMAGE_WEBP] = {"webp", "image/webp", "offered as AVIF and WebP; an animation is left as it is",
                    "нуди се као AVIF и WebP; анимација остаје каква јесте"},
    [IMAGE_HEIC] = {"heic", "image/heic", "from phones; offered as AVIF, WebP and JPEG; a link to it leads to a JPEG in full size",
                    "са телефона; нуди се као AVIF, WebP и JPEG; веза ка њој води на JPEG у пуној величини"},
    [IMAGE_AVIF] = {"avif", "image/avif", "offered as AVIF and WebP", "нуди се као AVIF и WebP"}};

bool image_named(struct str path)
{
    static const char *const more[] = {"jpeg", "svg", "heif", NULL};
    char ext[8] = "";
    struct str e = path_ext(path);
    bool is = false;
    if (!e.n || e.n >= sizeof ext) return false;
    memcpy(ext, e.s, e.n);
    for (size_t i = 0; i < IMAGE_FORMATS; i++) is |= !strcasecmp(ext, image_kinds[i].extension);
    for (size_t i = 0; more[i]; i++) is |= !strcasecmp(ext, more[i]);
    return is;
}

static bool sniff(struct str s, enum image_format *f)
{
    if (s.n >= 3 && !memcmp(s.s, "\xFF\xD8\xFF", 3)) return *f = IMAGE_JPEG, true;
    if (s.n >= 8 && !memcmp(s.s, "\x89PNG\r\n\x1A\n", 8)) return *f = IMAGE_PNG, true;
    if (s.n >= 6 && (!memcmp(s.s, "GIF87a", 6) || !memcmp(s.s, "GIF89a", 6))) return *f = IMAGE_GIF, true;
    if (s.n >= 12 && !memcmp(s.s, "RIFF", 4) && !memcmp(s.s + 8, "WEBP", 4)) return *f = IMAGE_WEBP, true;
    return heif_is(s, f);
}

const char *image_wrong(const struct diag *d, const char *wrong)
{
    static const struct reason {
        const char *en, *sr;
    } reasons[] = {
        {"its header is not valid", "њено заглавље није исправно"},
        {"no picture in it", "у њој нема слике"},
        {"no pixels", "нема пиксела"},
        {"the end is missing", "недостаје крај"},
        {"no marker where one should be", "нема ознаке где је треба"},
        {"a part is cut off", "један део је прекинут"},
        {"no frame header", "нема заглавља слике"},
        {"the header is cut off", "заглавље је прекинуто"},
        {"the palette is cut off", "палета је прекинута"},
        {"a block that does not exist", "блок који не постоји"},
        {"no header", "нема заглавља"},
        {"the picture is cut off", "слика је прекинута"},
        {"more pixels than it says", "има више пиксела него што каже"},
        {"the picture is cut off or damaged", "слика је прекинута или оштећена"},
        {"fewer pixels than it says", "има мање пиксела него што каже"},
        {"a filter that does not exist", "филтер који не постоји"},
        {"a checksum is wrong", "контролни збир није тачан"},
        {"an element is not finished", "елемент није завршен"},
        {"an attribute without value", "атрибут без вредности"},
        {"an attribute is not finished", "атрибут није завршен"},
        {"a < in an attribute", "знак < у атрибуту"},
        {"an & begins what the file does not declare", "знак & започиње нешто што датотека не објављује"},
        {"its entities grow too large", "њени ентитети постају превелики"},
        {"an element is closed that is not open", "затворен је елемент који није отворен"},
        {"something is not finished", "нешто није завршено"},
        {"its pixels cannot be read", "њени пиксели не могу да се прочитају"},
        {"its pixels cannot be read within 1.5 GB and two minutes", "њени пиксели не могу да се прочитају са 1,5 GB меморије за два минута"},
        {"JPEG (lossless or arithmetic)", "JPEG (без губитака или аритметички)"},
        {"JPEG (12 bit)", "JPEG (12 бита)"},
        {"JPEG (colours)", "JPEG (боје)"},
        {"JPEG (height unknown)", "JPEG (висина непозната)"},
    };
    if (diag_language(d) == DIAG_EN) return wrong;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (!strcmp(reasons[i].en, wrong)) return reasons[i].sr;
    return wrong;
}

static void complain(struct arena *a, struct str name, struct place at, struct diag *d, const char *wrong)
{
    if (*wrong == '?') DIAG(d, MSG_IMAGE_KIND, at, str_z(a, name), image_wrong(d, wrong + 1));
    else DIAG(d, MSG_IMAGE_BROKEN, at, str_z(a, name), image_wrong(d, wrong));
}

const struct image *image_open(struct arena *a, struct str bytes, struct str name, struct place at, struct diag *d)
{
    static const char *(*const readers[])(struct str,
                                          struct image *) = {[IMAGE_PNG] = png_header,   [IMAGE_JPEG] = jpeg_header, [IMAGE_GIF] = gif_header,
                                                             [IMAGE_WEBP] = webp_header, [IMAGE_HEIC] = heif_header, [IMAGE_AVIF] = heif_header};
    struct image *im = ARENA_NEW(a, struct image);
    im->bytes = bytes, im->at = at, im->name = str_copy(a, name), im->orientation = 1, im->components = 3;
    if (!sniff(bytes, &im->format)) {
        DIAG(d, MSG_IMAGE_UNKNOWN, at, str_z(a, name));
        return NULL;
    }
    const char *wrong = readers[im->format](bytes, im);
    if (!wrong && (!im->width || !im->height)) wrong = "no pixels";
    if (wrong) {
        complain(a, name, at, d, wrong);
        return NULL;
    }
    uint64_t pixels = (uint64_t)im->width * im->height;
    if (pixels > IMAGE_MAX_PIXELS) {
        DIAG(d, MSG_IMAGE_TOO_LARGE, at, str_z(a, name), arena_printf(a, "%llu", (unsigned long long)(pixels / 1000000)));
        return NULL;
    }
    if (im->orientation > 4) {
        uint32_t w = im->width;
        double dpi = im->dpi_x;
        im->width = im->height, im->height = w;
        im->dpi_x = im->dpi_y, im->dpi_y = dpi;
    }
    return im;
}

/* Exif 2.3, tag 274: from the unit square of the stored image to that of the upright one, y upwards. */
static const double ORIENTATION[9][6] = {
    [0] = {1, 0, 0, 1, 0, 0},   [1] = {1, 0, 0, 1, 0, 0},  [2] = {-1, 0, 0, 1, 1, 0}, [3] = {-1, 0, 0, -1, 1, 1}, [4] = {1, 0, 0, -1, 0, 1},
    [5] = {0, -1, -1, 0, 1, 1}, [6] = {0, -1, 1, 0, 0, 1}, [7] = {0, 1, 1, 0, 0, 0},  [8] = {0, 1, -1, 0, 1, 0}};

const double *image_matrix(const struct image *im) { return ORIENTATION[im->orientation > 8 ? 1 : im->orientation]; }

static const char *jpeg_data(struct arena *a, const struct image *im, struct image_data *out)
{
    struct buf b = {0};
    const char *wrong = jpeg_strip(a, im->bytes, JPEG_BARE, &b, &out->icc);
    if (!wrong) out->data = buf_copy(a, &b);
    buf_close(&b);
    out->jpeg = true, out->bits = 8, out->components = im->components;
    bool turned = im->orientation > 4;
    out->width = turned ? im->height : im->width, out->height = turned ? im->width : im->height;
    if (!icc_fits(out->icc, im->components)) out->icc = (struct str){0};
    return wrong;
}

const char *image_profile(struct arena *a, const struct image *im, struct str *icc)
{
    const char *wrong = NULL;
    *icc = im->icc;
    if (im->format == IMAGE_JPEG) {
        struct buf unused = {0};
        wrong = jpeg_strip(a, im->bytes, JPEG_BARE, &unused, icc);
        buf_close(&unused);
    } else if (im->format == IMAGE_PNG && icc->n && !png_profile(a, im->icc, icc)) *icc = (struct str){0};
    unsigned components = image_is_cmyk(im) ? 4 : 3; /* what is grey comes as RGB: its profile is of no use */
    if (!icc_fits(*icc, components)) *icc = (struct str){0};
    return wrong;
}

/* One file of one picture: WHOLE or CLEAN. */
static bool one(struct arena *a, const struct image *im, enum image_wish wish, struct diag *d, struct str *out)
{
    struct str packed;
    struct image_version *v;
    size_t n;
    if (!image_make(a, im, wish, d, &packed) || !image_unpack(a, packed, &n, &v)) return false;
    *out = v->bytes;
    return true;
}

bool image_prints(const struct image *im) { return im->format == IMAGE_PNG || (im->format == IMAGE_JPEG && !image_is_cmyk(im)); }

/* Adobe's APP14 marker: its programs turn CMYK over. */
static bool says_adobe(struct str jpeg)
{
    for (size_t at = 2; at + 16 <= jpeg.n && jpeg.s[at] == (char)0xFF && jpeg.s[at + 1] != (char)0xDA; at += 2 + be16(jpeg.s + at + 2))
        if (jpeg.s[at + 1] == (char)0xEE && !memcmp(jpeg.s + at + 4, "Adobe", 5)) return true;
    return false;
}

bool image_data_press(struct arena *a, const struct image *im, struct diag *d, struct image_data *out)
{
    if (!image_is_cmyk(im)) return image_data(a, im, d, out);
    *out = (struct image_data){0};
    const char *wrong = jpeg_data(a, im, out);
    memcpy(out->matrix, image_matrix(im), sizeof out->matrix);
    if (wrong) complain(a, im->name, im->at, d, wrong);
    else out->inverted = says_adobe(out->data);
    return !wrong;
}

bool image_data(struct arena *a, const struct image *im, struct diag *d, struct image_data *out)
{
    *out = (struct image_data){0};
    if (!image_prints(im)) {
        struct str bytes;
        if (!one(a, im, IMAGE_WHOLE, d, &bytes)) return false;
        im = image_open(a, bytes, im->name, im->at, d);
    }
    const char *wrong = im->format == IMAGE_JPEG ? jpeg_data(a, im, out) : png_data(a, im->bytes, out);
    memcpy(out->matrix, image_matrix(im), sizeof out->matrix);
    if (wrong) complain(a, im->name, im->at, d, wrong);
    return !wrong;
}

bool image_clean(struct arena *a, struct str bytes, struct str name, struct place at, struct diag *d, struct str *out)
{
    struct buf b = {0};
    struct str icc = {0};
    const char *wrong = NULL;
    if (svg_is(bytes)) wrong = svg_strip(a, bytes, &b);
    else {
        const struct image *im = image_open(a, bytes, name, at, d);
        if (!im) return false;
        if (im->format == IMAGE_AVIF || (im->orientation > 1 && !im->animated)) return one(a, im, IMAGE_CLEAN, d, out);
        if (im->format == IMAGE_JPEG) wrong = jpeg_strip(a, bytes, JPEG_FOR_WEB, &b, &icc);
        else if (im->format == IMAGE_PNG) wrong = png_strip(a, bytes, &b);
        else if (im->format == IMAGE_GIF) wrong = gif_strip(bytes, &b);
        else if (im->format == IMAGE_WEBP) wrong = webp_strip(bytes, &b);
        else wrong = "?HEIC";
    }
    if (wrong) complain(a, name, at, d, wrong);
    else *out = buf_copy(a, &b);
    buf_close(&b);
    return !wrong;
}

struct str image_qr(struct arena *a, struct str text)
{
    enum { QUIET = 4 };
    QRcode *q = text.n && text.n < 2400 ? QRcode_encodeData((int)text.n, (const unsigned char *)text.s, 0, QR_ECLEVEL_M) : NULL;
    if (!q) return (struct str){0};
    int w = q->width, all = w + 2 * QUIET;
    struct buf b = {0};
    buf_printf(&b,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" shape-rendering=\"crispEdges\">"
               "<path fill=\"#fff\" d=\"M0 0h%dv%dh-%dz\"/><path fill=\"#000\" d=\"",
               all, all, all, all, all, all, all);
    for (int y = 0; y < w; y++)
        for (int x = 0, n; x < w; x += n + 1) { /* runs of dark modules */
            for (n = 0; x + n < w && q->data[y * w + x + n] & 1;) n++;
            if (n) buf_printf(&b, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, n, n);
        }
    buf_puts(&b, "\"/></svg>");
    QRcode_free(q);
    struct str out = buf_copy(a, &b);
    buf_close(&b);
    return out;
}
