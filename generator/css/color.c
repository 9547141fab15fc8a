/* color.c: colours (CSS Color 4: names, hex, rgb(), hsl(), hwb(), device-cmyk of Color 5). */
#include "css/value.h"
#include <math.h>

static const struct named {
    const char *name;
    uint32_t rgb;
} NAMES[] = {
    {"aliceblue", 0xF0F8FF},
    {"antiquewhite", 0xFAEBD7},
    {"aqua", 0x00FFFF},
    {"aquamarine", 0x7FFFD4},
    {"azure", 0xF0FFFF},
    {"beige", 0xF5F5DC},
    {"bisque", 0xFFE4C4},
    {"black", 0x000000},
    {"blanchedalmond", 0xFFEBCD},
    {"blue", 0x0000FF},
    {"blueviolet", 0x8A2BE2},
    {"brown", 0xA52A2A},
    {"burlywood", 0xDEB887},
    {"cadetblue", 0x5F9EA0},
    {"chartreuse", 0x7FFF00},
    {"chocolate", 0xD2691E},
    {"coral", 0xFF7F50},
    {"cornflowerblue", 0x6495ED},
    {"cornsilk", 0xFFF8DC},
    {"crimson", 0xDC143C},
    {"cyan", 0x00FFFF},
    {"darkblue", 0x00008B},
    {"darkcyan", 0x008B8B},
    {"darkgoldenrod", 0xB8860B},
    {"darkgray", 0xA9A9A9},
    {"darkgreen", 0x006400},
    {"darkgrey", 0xA9A9A9},
    {"darkkhaki", 0xBDB76B},
    {"darkmagenta", 0x8B008B},
    {"darkolivegreen", 0x556B2F},
    {"darkorange", 0xFF8C00},
    {"darkorchid", 0x9932CC},
    {"darkred", 0x8B0000},
    {"darksalmon", 0xE9967A},
    {"darkseagreen", 0x8FBC8F},
    {"darkslateblue", 0x483D8B},
    {"darkslategray", 0x2F4F4F},
    {"darkslategrey", 0x2F4F4F},
    {"darkturquoise", 0x00CED1},
    {"darkviolet", 0x9400D3},
    {"deeppink", 0xFF1493},
    {"deepskyblue", 0x00BFFF},
    {"dimgray", 0x696969},
    {"dimgrey", 0x696969},
    {"dodgerblue", 0x1E90FF},
    {"firebrick", 0xB22222},
    {"floralwhite", 0xFFFAF0},
    {"forestgreen", 0x228B22},
    {"fuchsia", 0xFF00FF},
    {"gainsboro", 0xDCDCDC},
    {"ghostwhite", 0xF8F8FF},
    {"gold", 0xFFD700},
    {"goldenrod", 0xDAA520},
    {"gray", 0x808080},
    {"green", 0x008000},
    {"greenyellow", 0xADFF2F},
    {"grey", 0x808080},
    {"honeydew", 0xF0FFF0},
    {"hotpink", 0xFF69B4},
    {"indianred", 0xCD5C5C},
    {"indigo", 0x4B0082},
    {"ivory", 0xFFFFF0},
    {"khaki", 0xF0E68C},
    {"lavender", 0xE6E6FA},
    {"lavenderblush", 0xFFF0F5},
    {"lawngreen", 0x7CFC00},
    {"lemonchiffon", 0xFFFACD},
    {"lightblue", 0xADD8E6},
    {"lightcoral", 0xF08080},
    {"lightcyan", 0xE0FFFF},
    {"lightgoldenrodyellow", 0xFAFAD2},
    {"lightgray", 0xD3D3D3},
    {"lightgreen", 0x90EE90},
    {"lightgrey", 0xD3D3D3},
    {"lightpink", 0xFFB6C1},
    {"lightsalmon", 0xFFA07A},
    {"lightseagreen", 0x20B2AA},
    {"lightskyblue", 0x87CEFA},
    {"lightslategray", 0x778899},
    {"lightslategrey", 0x778899},
    {"lightsteelblue", 0xB0C4DE},
    {"lightyellow", 0xFFFFE0},
    {"lime", 0x00FF00},
    {"limegreen", 0x32CD32},
    {"linen", 0xFAF0E6},
    {"magenta", 0xFF00FF},
    {"maroon", 0x800000},
    {"mediumaquamarine", 0x66CDAA},
    {"mediumblue", 0x0000CD},
    {"mediumorchid", 0xBA55D3},
    {"mediumpurple", 0x9370DB},
    {"mediumseagreen", 0x3CB371},
    {"mediumslateblue", 0x7B68EE},
    {"mediumspringgreen", 0x00FA9A},
    {"mediumturquoise", 0x48D1CC},
    {"mediumvioletred", 0xC71585},
    {"midnightblue", 0x191970},
    {"mintcream", 0xF5FFFA},
    {"mistyrose", 0xFFE4E1},
    {"moccasin", 0xFFE4B5},
    {"navajowhite", 0xFFDEAD},
    {"navy", 0x000080},
    {"oldlace", 0xFDF5E6},
    {"olive", 0x808000},
    {"olivedrab", 0x6B8E23},
    {"orange", 0xFFA500},
    {"orangered", 0xFF4500},
    {"orchid", 0xDA70D6},
    {"palegoldenrod", 0xEEE8AA},
    {"palegreen", 0x98FB98},
    {"paleturquoise", 0xAFEEEE},
    {"palevioletred", 0xDB7093},
    {"papayawhip", 0xFFEFD5},
    {"peachpuff", 0xFFDAB9},
    {"peru", 0xCD853F},
    {"pink", 0xFFC0CB},
    {"plum", 0xDDA0DD},
    {"powderblue", 0xB0E0E6},
    {"purple", 0x800080},
    {"rebeccapurple", 0x663399},
    {"red", 0xFF0000},
    {"rosybrown", 0xBC8F8F},
    {"royalblue", 0x4169E1},
    {"saddlebrown", 0x8B4513},
    {"salmon", 0xFA8072},
    {"sandybrown", 0xF4A460},
    {"seagreen", 0x2E8B57},
    {"seashell", 0xFFF5EE},
    {"sienna", 0xA0522D},
    {"silver", 0xC0C0C0},
    {"skyblue", 0x87CEEB},
    {"slateblue", 0x6A5ACD},
    {"slategray", 0x708090},
    {"slategrey", 0x708090},
    {"snow", 0xFFFAFA},
    {"springgreen", 0x00FF7F},
    {"steelblue", 0x4682B4},
    {"tan", 0xD2B48C},
    {"teal", 0x008080},
    {"thistle", 0xD8BFD8},
    {"tomato", 0xFF6347},
    {"turquoise", 0x40E0D0},
    {"violet", 0xEE82EE},
    {"wheat", 0xF5DEB3},
    {"white", 0xFFFFFF},
    {"whitesmoke", 0xF5F5F5},
    {"yellow", 0xFFFF00},
    {"yellowgreen", 0x9ACD32},
};

static uint8_t byte(double v) { return (uint8_t)(v <= 0 ? 0 : v >= 255 ? 255 : v + 0.5); }

static bool hex_color(struct str s, struct color *out)
{
    uint32_t d[8] = {0};
    if (s.n != 3 && s.n != 4 && s.n != 6 && s.n != 8) return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        if (c >= '0' && c <= '9') d[i] = (uint32_t)(c - '0');
        else if ((c | 32) >= 'a' && (c | 32) <= 'f') d[i] = (uint32_t)((c | 32) - 'a' + 10);
        else return false;
    }
    uint8_t v[4] = {0, 0, 0, 255};
    for (size_t i = 0; i < (s.n <= 4 ? s.n : s.n / 2); i++) v[i] = (uint8_t)(s.n <= 4 ? d[i] * 17 : d[2 * i] * 16 + d[2 * i + 1]);
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
        static const struct named system[] = {{"canvastext", 0},        {"canvas", 0xFFFFFF}, {"linktext", 0x0000EE}, {"graytext", 0x808080},
                                              {"buttonface", 0xEFEFEF}, {"field", 0xFFFFFF},  {"fieldtext", 0}};
        for (size_t i = 0; !good && i < sizeof NAMES / sizeof *NAMES + sizeof system / sizeof *system; i++) {
            const struct named *k = i < sizeof NAMES / sizeof *NAMES ? &NAMES[i] : &system[i - sizeof NAMES / sizeof *NAMES];
            if (!css_is(t->text, k->name)) continue;
            *out = (struct color){.r = (uint8_t)(k->rgb >> 16), .g = (uint8_t)(k->rgb >> 8), .b = (uint8_t)k->rgb, .a = 255};
            good = true;
        }
    }
    if (good) val_next(v);
    return good;
}
