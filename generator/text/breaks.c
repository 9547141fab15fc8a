/* breaks.c: where a line may end (UAX 14 by ICU), the Serbian rules on what stays together, and bidi levels (UAX 9 by FriBidi). */
#include "base/utf8.h"
#include "text/para.h"
#include <ctype.h>
#include <fribidi.h>
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

/* Abbreviations that stay with what follows, with a stop and without, and units that stay with the number before (domain.md). */
#define W(z)                                                                                                                                         \
    {                                                                                                                                                \
        z, sizeof z - 1                                                                                                                              \
    }
static const struct str stopped[] = {W("бр."),   W("чл."), W("стр."), W("ст."),  W("тач."), W("сл."),  W("таб."), W("проф."),
                                     W("г."),    W("br."), W("čl."),  W("str."), W("st."),  W("tač."), W("sl."),  W("tab."),
                                     W("prof."), W("No."), W("p."),   W("тел."), W("ул."),  W("tel."), W("ul."),  {NULL, 0}};
static const struct str unstopped[] = {W("др"), W("гђа"), W("dr"), W("gđa"), W("§"), W("№"), {NULL, 0}};
static const struct str units[] = {W("mm"),  W("cm"), W("m"),  W("km"), W("kg"),   W("g"),    W("t"),   W("l"),   W("ml"),  W("s"),
                                   W("min"), W("h"),  W("°C"), W("€"),  W("din."), W("дин."), W("RSD"), W("EUR"), W("USD"), W("%"),
                                   W("kB"),  W("KB"), W("MB"), W("GB"), W("pt"),   W("px"),   W("мм"),  W("цм"),  W("м"),   W("км"),
                                   W("кг"),  W("г"),  W("т"),  W("л"),  W("х"),    W("km/h"), W("mm,"), {NULL, 0}};
#undef W

static bool one_of(struct str s, const struct str *list)
{
    for (; list->s; list++)
        if (list->n == s.n && list->s[0] == s.s[0] && !memcmp(list->s, s.s, s.n)) return true;
    return false;
}

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!isdigit((unsigned char)s.s[i])) return false;
    return s.n > 0;
}

/* „М.“, „Љ.“, “Dž.”: one letter, a digraph of Latin or several initials set close, with a stop. */
static bool initial(struct str s)
{
    size_t at = 0;
    for (bool any = false;; any = true) {
        if (at == s.n) return any;
        if (!u_isupper((UChar32)utf8_next(s, &at))) return false;
        if (at < s.n && s.s[at] != '.') { /* Lj, Nj, Dž */
            uint32_t second = utf8_next(s, &at);
            if (second != 'j' && second != 0x17E) return false;
        }
        if (at == s.n || s.s[at++] != '.') return false;
    }
}

static bool begins_upper(struct str s)
{
    size_t at = 0;
    return s.n && u_isupper((UChar32)utf8_next(s, &at));
}

/* Whether the space between two words must not break. */
static bool stays_together(struct str left, struct str right)
{
    while (left.n && (str_starts(left, "(") || str_starts(left, "\xE2\x80\x9E"))) left = str_from(left, left.s[0] == '(' ? 1 : 3);
    char last = left.n ? left.s[left.n - 1] : 0;
    bool stop = last == '.';
    if (left.n && one_of(left, stop ? stopped : unstopped)) return true;
    if (stop && initial(left) && begins_upper(right)) return true;
    if (last >= '0' && last <= '9') {
        struct str bare = right;
        while (bare.n && strchr(".,;:!?)", bare.s[bare.n - 1])) bare.n--;
        if ((right.n && one_of(right, units)) || (bare.n && one_of(bare, units))) return true;
    }
    if (left.n > 1 && left.n < 4 && stop && all_digits(str_part(left, 0, left.n - 1))) { /* „23. новембра“ */
        size_t at = 0;
        uint32_t c = right.n ? utf8_next(right, &at) : 0;
        return u_islower((UChar32)c) || (c >= '0' && c <= '9');
    }
    return str_is(right, "\xE2\x80\x93") || str_is(right, "\xE2\x80\x94"); /* a dash never begins a line */
}

static void serbian_rules(struct str text, uint8_t *out)
{
    for (size_t from = 0, n; (n = str_find(str_from(text, from), ' ')) != SIZE_MAX; from += n + 1) { /* n: length of the word before the blank */
        size_t next = from + n + 1;
        if (next == text.n || !out[next]) continue;
        if (stays_together(str_part(text, from, n), str_part(text, next, str_find(str_from(text, next), ' ')))) out[next] = 0;
    }
    for (size_t i = 0, at; (at = str_search(str_from(text, i), "\xE2\x80\x93")) != SIZE_MAX; i += 3) { /* ranges: 10–15 */
        i += at;
        if (i && i + 3 < text.n && isdigit((unsigned char)text.s[i - 1]) && isdigit((unsigned char)text.s[i + 3])) out[i + 3] = 0;
    }
}

/* --- words of letters, digits and stops need no iterator --- */
enum easy { EASY_SPACE, EASY_LETTER, EASY_DIGIT, EASY_STOP, EASY_MARK, EASY_NO }; /* UAX 14: SP, AL, NU, IS, EX; all else */

static enum easy easy_class(struct str s, size_t i, size_t *size)
{
    unsigned char c = (unsigned char)s.s[i];
    bool two = (c >= 0xC3 && c <= 0xC5) || c == 0xD0 || c == 0xD1; /* À–ſ, U+0400–047F */
    *size = 1;
    if (two && i + 1 < s.n && ((unsigned char)s.s[i + 1] & 0xC0) == 0x80) return *size = 2, EASY_LETTER;
    if (c == ' ') return EASY_SPACE;
    if ((c | 32) >= 'a' && (c | 32) <= 'z') return EASY_LETTER;
    if (c >= '0' && c <= '9') return EASY_DIGIT;
    if (c == ',' || c == '.' || c == ';' || c == ':') return EASY_STOP;
    if (c == '!' || c == '?') return EASY_MARK;
    return EASY_NO;
}

/* No break between these two, whatever stands around (LB 13, 23, 28, 29); `number`: a digit stands before the first (LB 25). */
static bool easy_pair(enum easy a, enum easy b, bool number)
{
    if (b == EASY_SPACE) return true;
    if (a == EASY_SPACE) return b == EASY_SPACE;
    if (a == EASY_STOP) return b == EASY_LETTER || b == EASY_STOP || (b == EASY_DIGIT && number);
    if (a == EASY_MARK) return b == EASY_MARK || b == EASY_STOP;
    return true; /* letter or digit before any of them */
}

static void iterate(struct text *t, struct arena *a, struct str text, uint8_t *out);

/* Between a letter, digit or stop, blanks, and a letter or digit a line may always end, and nothing before counts for what follows (LB 18): the text
 * falls into stretches there. Those that are easy throughout have no other place; the iterator reads the rest. */
static void stretches(struct text *t, struct arena *a, struct str text, uint8_t *out)
{
    size_t from = 0, size;
    enum easy last = EASY_NO, solid = EASY_NO; /* the class before; the last that is no blank */
    bool easy = true, number = false;
    for (size_t i = 0; i < text.n; i += size) {
        enum easy k = easy_class(text, i, &size);
        if (last == EASY_SPACE && solid != EASY_NO && solid != EASY_SPACE && (k == EASY_LETTER || k == EASY_DIGIT)) {
            if (!easy) iterate(t, a, str_part(text, from, i - from), out + from);
            out[i] = 1;
            from = i;
            easy = true;
        } else if (k == EASY_NO || (i && last != EASY_NO && !easy_pair(last, k, number)) || (i == from && k > EASY_DIGIT)) easy = false;
        for (size_t more; k == EASY_LETTER && i + size < text.n && easy_class(text, i + size, &more) == EASY_LETTER; i += size, size = more) last = k;
        number = last == EASY_DIGIT;
        last = k;
        if (k != EASY_SPACE) solid = k;
    }
    if (!easy) iterate(t, a, str_from(text, from), out + from);
    if (text.n) out[text.n] = 1;
}

void breaks_find(struct text *t, struct arena *a, struct str text, bool serbian, uint8_t *out)
{
    memset(out, 0, text.n + 1);
    stretches(t, a, text, out);
    if (serbian) serbian_rules(text, out);
}

/* Where an iterator of ICU stops in text: out[byte] = 1. False without ICU's data. */
static bool stops(void **iterator, UBreakIteratorType type, struct arena *a, struct str text, uint8_t *out)
{
    UErrorCode e = U_ZERO_ERROR;
    if (!*iterator) *iterator = ubrk_open(type, "", NULL, 0, &e);
    UChar *wide = ARENA_ARRAY(a, UChar, text.n + 1);
    int32_t n = 0;
    u_strFromUTF8WithSub(wide, (int32_t)text.n + 1, &n, text.s, (int32_t)text.n, 0xFFFD, NULL, &e);
    if (U_FAILURE(e) || !*iterator) return false;
    ubrk_setText(*iterator, wide, n, &e);
    size_t byte = 0;
    int32_t unit = 0;
    for (int32_t b = ubrk_first(*iterator); b != UBRK_DONE; b = ubrk_next(*iterator)) {
        while (unit < b) { /* walk both forms of the text together */
            uint32_t c = utf8_next(text, &byte);
            unit += c > 0xFFFF ? 2 : 1;
        }
        if (b > 0) out[byte] = 1;
    }
    return true;
}

static void iterate(struct text *t, struct arena *a, struct str text, uint8_t *out)
{
    if (stops(&t->breaks, UBRK_LINE, a, text, out)) return;
    for (size_t i = 0; i < text.n; i++) out[i + 1] = text.s[i] == ' '; /* without ICU's data: at spaces */
}

void letters_find(struct text *t, struct arena *a, struct str text, uint8_t *out)
{
    memset(out, 0, text.n + 1);
    if (stops(&t->letters, UBRK_CHARACTER, a, text, out)) return;
    for (size_t i = 1; i < text.n; i++) out[i] = ((unsigned char)text.s[i] & 0xC0) != 0x80;
}

static bool any_rtl(struct str s) /* Hebrew, Arabic and the controls: lead bytes D6–DF, E2 80/81 (controls), EF AC–BB, F0 90+ */
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.s[i];
        if (c < 0xD6) continue;
        if (c <= 0xDF || c == 0xE0 || c == 0xEF || c == 0xF0) {
            size_t at = i;
            uint32_t u = utf8_next(s, &at);
            UCharDirection d = u_charDirection((UChar32)u);
            if (d == U_RIGHT_TO_LEFT || d == U_RIGHT_TO_LEFT_ARABIC || d == U_ARABIC_NUMBER) return true;
        } else if (c == 0xE2 && i + 2 < s.n) {
            unsigned char x = (unsigned char)s.s[i + 1], y = (unsigned char)s.s[i + 2];
            if ((x == 0x80 && (y == 0x8F || (y >= 0xAA && y <= 0xAE))) || (x == 0x81 && y >= 0xA6 && y <= 0xA9)) return true;
        }
    }
    return false;
}

/* One bidi paragraph: the characters of a line up to its forced end. */
struct bidi {
    FriBidiChar *chars;
    uint32_t *where; /* byte of each character, UINT32_MAX for controls */
    size_t n;
};

static void bidi_levels(const struct bidi *b, bool rtl, uint8_t *levels)
{
    FriBidiCharType *types = mem_realloc(NULL, (b->n + 1) * sizeof *types);
    FriBidiBracketType *brackets = mem_realloc(NULL, (b->n + 1) * sizeof *brackets);
    FriBidiLevel *l = mem_realloc(NULL, (b->n + 1) * sizeof *l);
    FriBidiParType base = rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    fribidi_get_bidi_types(b->chars, (FriBidiStrIndex)b->n, types);
    fribidi_get_bracket_types(b->chars, (FriBidiStrIndex)b->n, types, brackets);
    if (fribidi_get_par_embedding_levels_ex(types, brackets, (FriBidiStrIndex)b->n, &base, l))
        for (size_t i = 0; i < b->n; i++)
            if (b->where[i] != UINT32_MAX) levels[b->where[i]] = (uint8_t)(l[i] < 0 ? rtl : l[i]);
    free(types), free(brackets), free(l);
}

/* A forced break ends a bidi paragraph; what is open there is open again behind it (CSS Writing Modes 4, 2.4.2). */
bool levels_find(struct para *p, uint8_t *levels)
{
    enum { DEEPEST = 125 }; /* more are not told apart by UAX 9 either */
    struct str text = p->text;
    uint32_t open[DEEPEST];
    size_t depth = 0;
    bool spans = false;
    for (size_t i = 0; i < p->pieces.n && !spans; i++)
        spans = p->pieces.v[i].control == 0x202B || p->pieces.v[i].control == 0x202E || p->pieces.v[i].control == 0x2067;
    memset(levels, p->rtl, text.n + 1);
    if (!p->rtl && !spans && !any_rtl(text)) return false;
    size_t most = text.n + p->pieces.n + DEEPEST + 1;
    struct bidi b = {mem_realloc(NULL, most * sizeof *b.chars), mem_realloc(NULL, most * sizeof *b.where), 0};
    for (size_t i = 0; i < p->pieces.n; i++) {
        const struct piece *q = &p->pieces.v[i];
        bool closes = q->control == 0x202C || q->control == 0x2069;
        if (q->control) b.where[b.n] = UINT32_MAX, b.chars[b.n++] = q->control;
        if (closes && depth) depth--;
        else if (q->control && !closes && depth < DEEPEST) open[depth++] = q->control;
        for (size_t at = q->from; at < q->to;) {
            b.where[b.n] = (uint32_t)at;
            b.chars[b.n++] = utf8_next(text, &at);
            if (b.chars[b.n - 1] != '\n') continue;
            bidi_levels(&b, p->rtl, levels);
            b.n = 0;
            for (size_t k = 0; k < depth; k++) b.where[b.n] = UINT32_MAX, b.chars[b.n++] = open[k];
        }
    }
    bidi_levels(&b, p->rtl, levels);
    free(b.chars), free(b.where);
    return true;
}
