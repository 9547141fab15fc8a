/* edges.c: what may stand beyond the edges of a line: hanging punctuation (CSS Text 4, 8.2) and optical alignment of margins, by parts of a
 * character's width (Hàn Thế Thành, Micro-typographic extensions to the TeX typesetting system, 2000; parts as in the package microtype).
 *
 * Both are known as soon as a place to break is: the first character behind it, the last before it. So lines.c takes them off the widths of places,
 * and total fit sees every line as wide as it will look. */
#include "text/edges.h"
#include "base/utf8.h"
#include <unicode/uchar.h>

struct part {
    uint32_t c;
    uint8_t start, end; /* percent of its width, at the start and at the end of a line */
};
static const struct part PARTS[] = {
    /* in order of c; what is not here stays inside */
    {'!', 0, 10},     {'"', 30, 30},    {'\'', 40, 40},   {'(', 10, 0},     {')', 0, 20},     {'*', 20, 30},    {',', 0, 50},     {'-', 0, 50},
    {'.', 0, 70},     {':', 0, 50},     {';', 0, 50},     {'?', 0, 20},     {0xAB, 30, 20},   {0xAD, 0, 50},    {0xBB, 20, 30},   {0x60C, 0, 50},
    {0x61B, 0, 50},   {0x61F, 0, 20},   {0x6D4, 0, 70},   {0x2010, 0, 50},  {0x2011, 0, 50},  {0x2013, 20, 20}, {0x2014, 15, 15}, {0x2018, 40, 40},
    {0x2019, 40, 40}, {0x201A, 40, 40}, {0x201C, 30, 30}, {0x201D, 30, 30}, {0x201E, 30, 30}, {0x2026, 0, 20},  {0x2039, 40, 30}, {0x203A, 30, 40},
};

static int part_of(uint32_t c, bool end)
{
    for (size_t low = 0, high = sizeof PARTS / sizeof *PARTS; low < high;) {
        size_t mid = (low + high) / 2;
        if (PARTS[mid].c == c) return end ? PARTS[mid].end : PARTS[mid].start;
        if (PARTS[mid].c < c) low = mid + 1;
        else high = mid;
    }
    return 0;
}

static bool stop_or_comma(uint32_t c)
{
    static const uint16_t all[] = {',', '.', 0x60C, 0x6D4, 0x3001, 0x3002, 0xFE50, 0xFE51, 0xFE52, 0xFF0C, 0xFF0E, 0xFF61, 0xFF64};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] == c) return true;
    return false;
}

static bool bracket_or_quote(uint32_t c, bool closing)
{
    int8_t type = u_charType((UChar32)c);
    return c == '\'' || c == '"' || type == U_INITIAL_PUNCTUATION || type == U_FINAL_PUNCTUATION ||
           type == (closing ? U_END_PUNCTUATION : U_START_PUNCTUATION) || c == 0x201E || c == 0x201A; /* „ ‚: Ps, at the end by some usage */
}

/* Width of the glyphs of the character at byte `at` of a word, where it has its own; 0 where it shares them. */
static fixed width_of(const struct para *p, const struct atom *a, size_t at)
{
    const struct shaped *w = a->shaped;
    int64_t units = 0;
    for (uint32_t i = 0; i < w->n; i++)
        if (w->glyphs[i].cluster == at) units += w->glyphs[i].advance;
    return para_scale(p->pieces.v[a->piece].style, w->font, units);
}

static bool stands_at_edge(const struct para *p, const struct atom *a) { return a->kind == ATOM_WORD && a->shaped && (a->level & 1) == p->rtl; }
static bool passed(const struct para *p, const struct atom *a) /* nothing that could part a character from the edge */
{
    return a->kind == ATOM_MARK || (a->kind == ATOM_STRUT && !p->pieces.v[a->piece].width);
}

fixed edge_start(const struct para *p, const struct para_shape *s, uint32_t atom, size_t inside, bool first)
{
    while (atom < p->atoms.n && passed(p, &p->atoms.v[atom])) atom++;
    const struct atom *a = atom < p->atoms.n ? &p->atoms.v[atom] : NULL;
    if (!a || !stands_at_edge(p, a)) return 0;
    size_t next = a->from + inside;
    uint32_t c = utf8_next(p->text, &next);
    if (first && (s->hanging & HANG_FIRST) && bracket_or_quote(c, false)) return width_of(p, a, inside);
    int part = s->protrude ? part_of(c, false) : 0;
    return part ? width_of(p, a, inside) * part / 100 : 0;
}

fixed edge_end(const struct para *p, const struct para_shape *s, uint32_t atom, size_t inside, fixed hyphen, bool last, fixed *allowed)
{
    *allowed = 0;
    if (hyphen) return s->protrude ? hyphen * part_of(0x2010, true) / 100 : 0;
    const struct atom *a = &p->atoms.v[atom];
    for (; !inside && atom && (a->kind == ATOM_SPACE || a->kind == ATOM_BREAK || passed(p, a)); a = &p->atoms.v[--atom]) {}
    size_t end = inside ? inside : a->to - a->from, at = end;
    if (!stands_at_edge(p, a) || !end) return 0;
    do at--;
    while (at && ((unsigned char)p->text.s[a->from + at] & 0xC0) == 0x80);
    size_t next = a->from + at;
    uint32_t c = utf8_next(p->text, &next);
    bool stop = stop_or_comma(c);
    if ((stop && s->hanging & HANG_FORCE_END) || (last && s->hanging & HANG_LAST && bracket_or_quote(c, true))) return width_of(p, a, at);
    int part = s->protrude ? part_of(c, true) : 0;
    fixed out = part ? width_of(p, a, at) * part / 100 : 0;
    if (stop && s->hanging & HANG_ALLOW_END) *allowed = width_of(p, a, at) - out;
    return out;
}
