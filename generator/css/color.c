/* color.c: colours (CSS Color 4: names, hex, rgb(), hsl(), hwb(), device-cmyk of Color 5). */
#include "css/value.h"
#include "base/colors.h"
#include <math.h>

static uint8_t byte(double v) { return (uint8_t)(v <= 0 ? 0 : v >= 255 ? 255 : v + 0.5); }

static bool hex_color(struct str s, struct color *out)
{
    uint8_t v[4];
    if (!color_digits(s, v)) return false;
    *out = (struct color){.r = v[0], .g = v[1], .b = v[2], .a = v[3]};
    return true;
}

static double hue_part(double m1, double m2, double h)
{
    h -= floor(h);
    if (h * 6 < 1) return m1 + (m2 - m1) * h * 6;
    if (h * 2 < 1) return m2;
    if (h * 3 < 2) return m1 + (m2 - m1) * (2.0 / 3 - h) * 6;
    return m1;
}
static struct color from_hsl(double h, double s, double l, double a)
{
    double m2 = l <= 0.5 ? l * (s + 1) : l + s - l * s, m1 = l * 2 - m2;
    return (struct color){.r = byte(255 * hue_part(m1, m2, h + 1.0 / 3)),
                          .g = byte(255 * hue_part(m1, m2, h)),
                          .b = byte(255 * hue_part(m1, m2, h - 1.0 / 3)),
                          .a = byte(255 * a)};
}

/* One channel: percent and number scaled so that `full` is 100 %. how: 1 number, 2 percent. */
static bool channel(struct cvs *v, double full, double *out, int *how)
{
    const struct cv *t = val_peek(v);
    if (!t) return false;
    if (t->kind == TOK_PERCENT) *out = t->num / 100 * full, *how |= 2;
    else if (t->kind == TOK_NUMBER) *out = t->num, *how |= 1;
    else if (t->kind == TOK_IDENT && css_is(t->text, "none")) *out = 0;
    else return false;
    val_next(v);
    return true;
}
static bool angle(struct cvs *v, double *turn)
{
    static const struct {
        const char *unit;
        double turn;
    } units[] = {{"deg", 1.0 / 360}, {"turn", 1}, {"rad", 0.15915494309189535}, {"grad", 1.0 / 400}};
    const struct cv *t = val_peek(v);
    if (!t) return false;
    if (t->kind == TOK_NUMBER) *turn = t->num / 360;
    else {
        size_t i = 0;
        while (t->kind == TOK_DIMENSION && i < 4 && !css_is(t->unit, units[i].unit)) i++;
        if (t->kind != TOK_DIMENSION || i == 4) return false;
        *turn = t->num * units[i].turn;
    }
    val_next(v);
    return true;
}
static double unit(double v) { return v < 0 ? 0 : v > 1 ? 1 : v; }

/* device-cmyk() (CSS Color 5, 9): four numbers to 1, percentages or none, then alpha behind a slash; the old form with commas has numbers alone. The
 * red, green and blue are those of Color 5, 9.1, for what knows no profile (dumps); what shows the colour asks the profile. */
bool css_cmyk(struct cvs v, struct color *out)
{
    double c[4] = {0}, alpha = 1;
    int how = 0;
    bool commas = false;
    for (int i = 0; i < 4; i++) {
        if (i == 1) commas = val_delim(&v, ',');
        else if (i > 1 && commas != val_delim(&v, ',')) return false;
        int kind = 0;
        if (!channel(&v, 1, &c[i], &kind)) return false;
        how |= kind ? kind : 2;
    }
    if (commas && how != 1) return false;
    if (!commas && val_delim(&v, '/') && !channel(&v, 1, &alpha, &how)) return false;
    if (!val_done(&v)) return false;
    double white = 1 - unit(c[3]);
    *out = (struct color){.r = byte(255 * (1 - unit(c[0])) * white),
                          .g = byte(255 * (1 - unit(c[1])) * white),
                          .b = byte(255 * (1 - unit(c[2])) * white),
                          .a = byte(255 * unit(alpha)),
                          .cmyk = true,
                          .c = byte(255 * unit(c[0])),
                          .m = byte(255 * unit(c[1])),
                          .y = byte(255 * unit(c[2])),
                          .k = byte(255 * unit(c[3]))};
    return true;
}

/* The arguments of rgb(), hsl() …: with commas (legacy) or with spaces and a slash. */
static bool function(const struct cv *f, struct color *out)
{
    struct cvs v = cv_inside(f);
    bool rgb = css_is(f->text, "rgb") || css_is(f->text, "rgba"), hsl = css_is(f->text, "hsl") || css_is(f->text, "hsla"),
         hwb = css_is(f->text, "hwb");
    if (css_is(f->text, "device-cmyk")) return css_cmyk(v, out);
    if (!rgb && !hsl && !hwb) return false;
    double c[3] = {0}, alpha = 1;
    int how = 0;
    bool commas = false;
    for (int i = 0; i < 3; i++) {
        if (i == 1) commas = val_delim(&v, ',');
        else if (i > 1 && commas != val_delim(&v, ',')) return false;
        if (i == 0 && (hsl || hwb)) {
            if (!angle(&v, &c[0])) return false;
            continue;
        }
        int kind = 0;
        if (!channel(&v, rgb ? 255 : 1, &c[i], &kind)) return false;
        if ((hsl || hwb) && kind == 1) c[i] /= 100;
        if (hsl && commas && kind == 1) return false;
        how |= kind;
    }
    if (rgb && how == 3) return false;
    if (commas ? val_delim(&v, ',') : val_delim(&v, '/')) {
        int kind = 0;
        if (!channel(&v, 1, &alpha, &kind)) return false;
    }
    if (!val_done(&v)) return false;
    alpha = unit(alpha);
    if (rgb) *out = (struct color){.r = byte(c[0]), .g = byte(c[1]), .b = byte(c[2]), .a = byte(255 * alpha)};
    else if (hsl) *out = from_hsl(c[0], unit(c[1]), unit(c[2]), alpha);
    else {
        double w = unit(c[1]), k = unit(c[2]), sum = w + k > 1 ? w + k : 1;
        struct color pure = from_hsl(c[0], 1, 0.5, alpha);
        w /= sum, k /= sum;
        *out = (struct color){.r = byte(pure.r * (1 - w - k) + 255 * w),
                              .g = byte(pure.g * (1 - w - k) + 255 * w),
                              .b = byte(pure.b * (1 - w - k) + 255 * w),
                              .a = pure.a};
    }
    return true;
}

bool val_color(struct ctx *x, struct cvs *v, struct color *out)
{
    const struct cv *t = val_peek(v);
    bool good = false;
    if (!t) return false;
    if (t->kind == TOK_HASH) good = hex_color(t->text, out);
    else if (t->kind == TOK_FUNCTION) {
        good = function(t, out);
        static const char *const later[] = {"lab", "lch", "oklab", "oklch", "color", "color-mix", "light-dark"};
        for (size_t i = 0; !good && i < sizeof later / sizeof *later; i++) x->unsupported |= css_is(t->text, later[i]);
    } else if (t->kind == TOK_IDENT && css_is(t->text, "transparent")) *out = (struct color){0}, good = true;
    else if (t->kind == TOK_IDENT && css_is(t->text, "currentcolor")) *out = x->s->color, good = true;
    else if (t->kind == TOK_IDENT) {
        static const struct {
            const char *name;
            uint32_t rgb;
        } system[] = {{"canvastext", 0},        {"canvas", 0xFFFFFF}, {"linktext", 0x0000EE}, {"graytext", 0x808080},
                      {"buttonface", 0xEFEFEF}, {"field", 0xFFFFFF},  {"fieldtext", 0}};
        uint32_t rgb = 0;
        good = color_named(t->text, &rgb);
        for (size_t i = 0; !good && i < sizeof system / sizeof *system; i++)
            if (css_is(t->text, system[i].name)) rgb = system[i].rgb, good = true;
        if (good) *out = (struct color){.r = (uint8_t)(rgb >> 16), .g = (uint8_t)(rgb >> 8), .b = (uint8_t)rgb, .a = 255};
    }
    if (good) val_next(v);
    return good;
}
