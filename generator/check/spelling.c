/* spelling.c: see spelling.h. */
#include "check/spelling.h"
#include "base/utf8.h"

/* The zeros of Unicode's decimal digits (Nd, Unicode 14); ten digits follow each. */
static const uint32_t zeros[] = {0x660,   0x6f0,   0x7c0,   0x966,   0x9e6,   0xa66,   0xae6,   0xb66,   0xbe6,   0xc66,   0xce6,   0xd66,   0xde6,
                                 0xe50,   0xed0,   0xf20,   0x1040,  0x1090,  0x17e0,  0x1810,  0x1946,  0x19d0,  0x1a80,  0x1a90,  0x1b50,  0x1bb0,
                                 0x1c40,  0x1c50,  0xa620,  0xa8d0,  0xa900,  0xa9d0,  0xa9f0,  0xaa50,  0xabf0,  0xff10,  0x104a0, 0x10d30, 0x11066,
                                 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50,
                                 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0};

struct range {
    uint32_t first, last;
    char as; /* what stands for the first; 0 = nothing */
};
/* What has no width of its own: accents that combine, joiners, marks of direction, fillers, selectors, tags. In order. */
static const struct range nothing[] = {{0x7f, 0x84, 0},       {0x86, 0x9f, 0},      {0xad, 0xad, 0},     {0x300, 0x36f, 0},   {0x483, 0x489, 0},
                                       {0x591, 0x5bd, 0},     {0x610, 0x61c, 0},    {0x64b, 0x65f, 0},   {0x670, 0x670, 0},   {0x115f, 0x1160, 0},
                                       {0x17b4, 0x17b5, 0},   {0x180b, 0x180f, 0},  {0x1ab0, 0x1aff, 0}, {0x1dc0, 0x1dff, 0}, {0x200b, 0x200f, 0},
                                       {0x202a, 0x202e, 0},   {0x2060, 0x206f, 0},  {0x20d0, 0x20ff, 0}, {0x3164, 0x3164, 0}, {0xfe00, 0xfe0f, 0},
                                       {0xfe20, 0xfe2f, 0},   {0xfeff, 0xfeff, 0},  {0xffa0, 0xffa0, 0}, {0xfff9, 0xfffb, 0}, {0x1bca0, 0x1bca3, 0},
                                       {0x1d173, 0x1d17a, 0}, {0xe0000, 0xe01ef, 0}};
/* What is read as a plain sign, or as digits that count on from it. In order. */
static const struct range signs[] = {
    {0x85, 0x85, ' '},       {0xa0, 0xa0, ' '},       {0xb2, 0xb3, '2'},      {0xb7, 0xb7, '.'},     {0xb9, 0xb9, '1'},     {0x58a, 0x58a, '-'},
    {0x1680, 0x1680, ' '},   {0x1806, 0x1806, '-'},   {0x2000, 0x200a, ' '},  {0x2010, 0x2015, '-'}, {0x2022, 0x2022, '.'}, {0x2024, 0x2024, '.'},
    {0x2027, 0x2027, '.'},   {0x2028, 0x2029, ' '},   {0x202f, 0x202f, ' '},  {0x2043, 0x2043, '-'}, {0x2044, 0x2044, '/'}, {0x205f, 0x205f, ' '},
    {0x2070, 0x2070, '0'},   {0x2074, 0x2079, '4'},   {0x2080, 0x2089, '0'},  {0x2212, 0x2212, '-'}, {0x2215, 0x2215, '/'}, {0x2219, 0x2219, '.'},
    {0x22c5, 0x22c5, '.'},   {0x2460, 0x2468, '1'},   {0x2474, 0x247c, '1'},  {0x2488, 0x2490, '1'}, {0x24ea, 0x24ea, '0'}, {0x24f5, 0x24fd, '1'},
    {0x24ff, 0x24ff, '0'},   {0x2776, 0x277e, '1'},   {0x2780, 0x2788, '1'},  {0x278a, 0x2792, '1'}, {0x2800, 0x2800, ' '}, {0x2e3a, 0x2e3b, '-'},
    {0x3000, 0x3000, ' '},   {0x30fb, 0x30fb, '.'},   {0xfe58, 0xfe58, '-'},  {0xfe63, 0xfe63, '-'}, {0xff65, 0xff65, '.'}, {0xfffd, 0xfffd, '?'},
    {0x1f100, 0x1f100, '0'}, {0x1f101, 0x1f10a, '0'}, {0x1f10b, 0x1f10c, '0'}};

static const struct range *range_of(const struct range *r, size_t n, uint32_t c)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (c > r[mid].last) lo = mid + 1;
        else hi = mid;
    }
    return lo < n && c >= r[lo].first ? &r[lo] : NULL;
}

uint32_t spelling_plain(uint32_t c)
{
    const struct range *r;
    if (c < 0x7f) return c >= ' ' || (c >= '\t' && c <= '\r' && c != '\v') ? c : c == '\v' ? ' ' : 0;
    if (range_of(nothing, sizeof nothing / sizeof *nothing, c)) return 0;
    if ((r = range_of(signs, sizeof signs / sizeof *signs, c))) {
        bool counts = r->as >= '0' && r->as <= '9';
        return (uint32_t)r->as + (counts && r->first != 0x1f10b ? c - r->first : 0);
    }
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros && c >= zeros[i]; i++)
        if (c - zeros[i] < 10) return '0' + (c - zeros[i]);
    if (c >= 0xff01 && c <= 0xff5e) return c - 0xfee0;
    if (c >= 0x1d400 && c <= 0x1d6a3) return (c - 0x1d400) % 52 < 26 ? 'A' + (c - 0x1d400) % 52 : 'a' + (c - 0x1d400) % 52 - 26;
    return c;
}

static size_t hexes(const char *s, size_t at, size_t end, size_t most, uint32_t *out)
{
    size_t n = 0;
    for (*out = 0; n < most && at + n < end && str_hex(s[at + n]) >= 0; n++) *out = *out * 16 + (uint32_t)str_hex(s[at + n]);
    return n;
}

bool spelling_entity(const char *s, size_t *i, size_t end, uint32_t *c)
{
    static const struct {
        const char *name;
        uint32_t c;
    } named[] = {{"amp", '&'},
                 {"lt", '<'},
                 {"gt", '>'},
                 {"quot", '"'},
                 {"apos", '\''},
                 {"nbsp", 0xa0},
                 {"shy", 0xad},
                 {"zwj", 0x200d},
                 {"zwnj", 0x200c},
                 {"lrm", 0x200e},
                 {"rlm", 0x200f},
                 {"ensp", 0x2002},
                 {"emsp", 0x2003},
                 {"thinsp", 0x2009},
                 {"hyphen", 0x2010},
                 {"dash", 0x2010},
                 {"ndash", 0x2013},
                 {"mdash", 0x2014},
                 {"minus", 0x2212},
                 {"period", '.'},
                 {"sol", '/'},
                 {"lpar", '('},
                 {"rpar", ')'},
                 {"plus", '+'},
                 {"lowbar", '_'},
                 {"num", '#'},
                 {"colon", ':'},
                 {"NoBreak", 0x2060},
                 {"ZeroWidthSpace", 0x200b},
                 {"hairsp", 0x200a},
                 {"numsp", 0x2007},
                 {"puncsp", 0x2008},
                 {"Tab", ' '},
                 {"NewLine", ' '},
                 {"comma", ','},
                 {"acy", 0x430},
                 {"Acy", 0x410},
                 {"bcy", 0x431},
                 {"Bcy", 0x411},
                 {"vcy", 0x432},
                 {"Vcy", 0x412},
                 {"gcy", 0x433},
                 {"Gcy", 0x413},
                 {"dcy", 0x434},
                 {"Dcy", 0x414},
                 {"djcy", 0x452},
                 {"DJcy", 0x402},
                 {"iecy", 0x435},
                 {"IEcy", 0x415},
                 {"zhcy", 0x436},
                 {"ZHcy", 0x416},
                 {"zcy", 0x437},
                 {"Zcy", 0x417},
                 {"icy", 0x438},
                 {"Icy", 0x418},
                 {"jsercy", 0x458},
                 {"Jsercy", 0x408},
                 {"kcy", 0x43a},
                 {"Kcy", 0x41a},
                 {"lcy", 0x43b},
                 {"Lcy", 0x41b},
                 {"ljcy", 0x459},
                 {"LJcy", 0x409},
                 {"mcy", 0x43c},
                 {"Mcy", 0x41c},
                 {"ncy", 0x43d},
                 {"Ncy", 0x41d},
                 {"njcy", 0x45a},
                 {"NJcy", 0x40a},
                 {"ocy", 0x43e},
                 {"Ocy", 0x41e},
                 {"pcy", 0x43f},
                 {"Pcy", 0x41f},
                 {"rcy", 0x440},
                 {"Rcy", 0x420},
                 {"scy", 0x441},
                 {"Scy", 0x421},
                 {"tcy", 0x442},
                 {"Tcy", 0x422},
                 {"tshcy", 0x45b},
                 {"TSHcy", 0x40b},
                 {"ucy", 0x443},
                 {"Ucy", 0x423},
                 {"fcy", 0x444},
                 {"Fcy", 0x424},
                 {"khcy", 0x445},
                 {"KHcy", 0x425},
                 {"tscy", 0x446},
                 {"TScy", 0x426},
                 {"chcy", 0x447},
                 {"CHcy", 0x427},
                 {"dzcy", 0x45f},
                 {"DZcy", 0x40f},
                 {"shcy", 0x448},
                 {"SHcy", 0x428},
                 {"ccaron", 0x10d},
                 {"Ccaron", 0x10c},
                 {"cacute", 0x107},
                 {"Cacute", 0x106},
                 {"scaron", 0x161},
                 {"Scaron", 0x160},
                 {"zcaron", 0x17e},
                 {"Zcaron", 0x17d},
                 {"dstrok", 0x111},
                 {"Dstrok", 0x110}};
    size_t at = *i + 1, n = 0;
    if (at < end && s[at] == '#') {
        bool x = ++at < end && (s[at] | 32) == 'x';
        if (x) n = hexes(s, ++at, end, 8, c);
        else
            for (*c = 0; n < 9 && at + n < end && s[at + n] >= '0' && s[at + n] <= '9'; n++) *c = *c * 10 + (uint32_t)(s[at + n] - '0');
        if (!n) return false;
        while (at + n < end && n < 12 && s[at + n] == '0') n++; /* leading zeros without end */
        at += n;
        *i = at + (at < end && s[at] == ';');
        return true;
    }
    while (at + n < end && n < 16 && ((s[at + n] | 32) >= 'a' && (s[at + n] | 32) <= 'z')) n++;
    for (size_t k = 0; n && k < sizeof named / sizeof *named; k++) {
        if (strlen(named[k].name) != n || memcmp(named[k].name, s + at, n) != 0) continue;
        *c = named[k].c;
        *i = at + n + (at + n < end && s[at + n] == ';');
        return true;
    }
    return false;
}

bool spelling_percent(const char *s, size_t *i, size_t end, uint32_t *c)
{
    char bytes[4];
    size_t n = 0, at = *i, used = 0;
    while (n < 4 && at + 2 < end && s[at] == '%' && str_hex(s[at + 1]) >= 0 && str_hex(s[at + 2]) >= 0) {
        bytes[n++] = (char)(str_hex(s[at + 1]) * 16 + str_hex(s[at + 2]));
        at += 3;
    }
    if (!n) return false;
    *c = utf8_next((struct str){bytes, n}, &used);
    *i += 3 * used;
    return true;
}

bool spelling_backslash(const char *s, size_t *i, size_t end, bool style, uint32_t *c)
{
    size_t at = *i + 1, n;
    uint32_t low;
    if (style) { /* CSS Syntax 3, 4.3.7 */
        if (!(n = hexes(s, at, end, 6, c))) return false;
        *i = at + n + (at + n < end && (s[at + n] == ' ' || s[at + n] == '\n'));
        return true;
    }
    char kind = at < end ? s[at] : 0;
    if (kind == 'x' && hexes(s, at + 1, end, 2, c) == 2) return *i = at + 3, true;
    if (kind == 'u' && at + 1 < end && s[at + 1] == '{' && (n = hexes(s, at + 2, end, 6, c)) && at + 2 + n < end && s[at + 2 + n] == '}')
        return *i = at + 3 + n, true;
    if (kind == 'U' && hexes(s, at + 1, end, 8, c) == 8) return *i = at + 9, true;
    if (kind != 'u' || hexes(s, at + 1, end, 4, c) != 4) return false;
    *i = at + 5;
    if (*c >= 0xd800 && *c < 0xdc00 && *i + 1 < end && s[*i] == '\\' && s[*i + 1] == 'u' && hexes(s, *i + 2, end, 4, &low) == 4 && low >= 0xdc00 &&
        low < 0xe000)
        *c = 0x10000 + ((*c - 0xd800) << 10) + (low - 0xdc00), *i += 6;
    return true;
}
