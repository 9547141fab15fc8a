/* latin.c: Serbian Cyrillic into Latin and back, and slugs.
 *
 * All letters but three map one to one. Љ Њ Џ need a look around: „ЊЕГОШ“ NJEGOŠ, „Његош“ Njegoš, „КОЊ“ KONJ, „Љ. Петровић“ Lj. Petrović. */
#include "base/utf8.h"
#include "lang/lang.h"
#include <ctype.h>

/* U+0400…U+047F, which begin with the bytes D0 and D1, by code point - 0x400: bytes, how many (0: stays as it is), and whether they depend on nothing
 * (ALONE), on the letter before only where seams are wanted (ALONE_BUT_SEAMS: ј and ж), or on their neighbours (Љ, Њ, Џ). */
enum { ALONE = 0x40, ALONE_BUT_SEAMS = 0x80, BYTES = 3 };
struct spelled {
    char s[3]; /* no NUL behind the third */
    uint8_t n;
};
#define SPELLED(text, how)                                                                                                                           \
    {                                                                                                                                                \
        text, (sizeof(text) - 1) | (how)                                                                                                             \
    }
#define AS(text) SPELLED(text, ALONE | ALONE_BUT_SEAMS)
#define SE(text) SPELLED(text, ALONE_BUT_SEAMS)
#define BY(text) SPELLED(text, 0)
static const struct spelled latin[0x80] = {
    [0x02] = AS("Đ"),  [0x08] = SE("J"),  [0x09] = BY("Lj"), [0x0A] = BY("Nj"), [0x0B] = AS("Ć"), [0x0F] = BY("Dž"), [0x10] = AS("A"),
    AS("B"),           AS("V"),           AS("G"),           AS("D"),           AS("E"),          SE("Ž"),           AS("Z"),
    AS("I"),           [0x1A] = AS("K"),  AS("L"),           AS("M"),           AS("N"),          AS("O"),           AS("P"),
    AS("R"),           AS("S"),           AS("T"),           AS("U"),           AS("F"),          AS("H"),           AS("C"),
    AS("Č"),           [0x28] = AS("Š"),  [0x30] = AS("a"),  AS("b"),           AS("v"),          AS("g"),           AS("d"),
    AS("e"),           SE("ž"),           AS("z"),           AS("i"),           [0x3A] = AS("k"), AS("l"),           AS("m"),
    AS("n"),           AS("o"),           AS("p"),           AS("r"),           AS("s"),          AS("t"),           AS("u"),
    AS("f"),           AS("h"),           AS("c"),           AS("č"),           [0x48] = AS("š"), [0x52] = AS("đ"),  [0x58] = SE("j"),
    [0x59] = AS("lj"), [0x5A] = AS("nj"), [0x5B] = AS("ć"),  [0x5F] = AS("dž")};

static bool is_upper(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0x400 && c < 0x430) || c == 0x10C || c == 0x106 || c == 0x110 || c == 0x160 || c == 0x17D;
}
static bool is_lower(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0x430 && c < 0x460) || c == 0x10D || c == 0x107 || c == 0x111 || c == 0x161 || c == 0x17E;
}
static bool is_letter(uint32_t c) { return is_upper(c) || is_lower(c); }
static bool is_mark(uint32_t c) { return c >= 0x300 && c < 0x370; } /* accents over the letter before */

static uint32_t before(struct str s, size_t *at) /* the character that ends at *at, which moves before it */
{
    size_t i = *at;
    while (i && ((unsigned char)s.s[i - 1] & 0xC0) == 0x80) i--;
    if (i) i--;
    size_t j = *at = i;
    return utf8_next(s, &j);
}

/* Whether the nearest word of two or more letters in one direction is all capitals; farther than LOOK characters is not near. */
enum { LOOK = 200 };
static bool caps_word(struct str s, size_t at, bool forward)
{
    int letters = 0;
    for (int seen = 0; seen < LOOK && (forward ? at < s.n : at > 0); seen++) {
        uint32_t c = forward ? utf8_next(s, &at) : before(s, &at);
        if (is_mark(c)) continue;
        if (!is_letter(c)) {
            if (letters > 1) return true;
            if (c == '.' || c == '<' || c == '>' || c == '\n') return false;
            letters = 0;
            continue;
        }
        if (is_lower(c)) return false;
        letters++;
    }
    return letters > 1;
}

/* Whether the digraph of the capital at [from, to) is written with two capitals. */
static bool both_capital(struct str s, size_t from, size_t to)
{
    size_t at = to;
    while (at < s.n) {
        uint32_t c = utf8_next(s, &at);
        if (is_mark(c)) continue;
        if (is_letter(c)) return is_upper(c);
        break;
    }
    at = from;
    while (at > 0) {
        uint32_t c = before(s, &at);
        if (is_mark(c)) continue;
        if (is_letter(c)) return is_upper(c);
        break;
    }
    return caps_word(s, to, true) || caps_word(s, from, false);
}

/* Room for n bytes in Latin: two become at most three, with a seam six; four are copied always. */
static char *latin_room(struct buf *b, size_t n, bool seams)
{
    buf_room(b, n * (seams ? 3 : 2) + 4);
    return b->s + b->n;
}

/* s in Latin, written to out; returns the end. */
static char *latin_into(char *out, struct str s, bool seams)
{
    const unsigned alone = seams ? ALONE : ALONE_BUT_SEAMS;
    size_t after = SIZE_MAX; /* offset behind the last letter of ours */
    for (size_t i = 0; i < s.n;) {
        const struct spelled *t = NULL;
        while (i + 1 < s.n) { /* most letters and what stands between words */
            unsigned char c = (unsigned char)s.s[i];
            if ((c & 0xFE) != 0xD0) {
                *out++ = (char)c;
                i++;
                continue;
            }
            t = &latin[(c & 1u) << 6 | ((unsigned char)s.s[i + 1] & 0x3Fu)];
            if (!(t->n & alone)) break;
            memcpy(out, t, sizeof *t);
            out += t->n & BYTES;
            after = i += 2;
        }
        if (i + 1 >= s.n) {
            if (i < s.n) *out++ = s.s[i++];
            continue;
        }
        if (!t->n) {
            *out++ = s.s[i], *out++ = s.s[i + 1];
            i += 2;
            continue;
        }
        unsigned u = 0x400u + (unsigned)(t - latin);
        if (seams && (u == 0x458 || u == 0x408 || u == 0x436 || u == 0x416)) {
            unsigned prev = i >= 2 && after == i ? ((unsigned char)s.s[i - 2] & 0x1Fu) << 6 | ((unsigned char)s.s[i - 1] & 0x3Fu) : 0;
            bool j = u == 0x458 || u == 0x408;
            if (j ? prev == 0x43B || prev == 0x43D || prev == 0x41B || prev == 0x41D : prev == 0x434 || prev == 0x414)
                *out++ = (char)0xE2, *out++ = (char)0x80, *out++ = (char)0x8C;
        }
        bool pair = (u == 0x409 || u == 0x40A || u == 0x40F) && both_capital(s, i, i + 2);
        memcpy(out, !pair ? t->s : u == 0x409 ? "LJ" : u == 0x40A ? "NJ" : "DŽ", sizeof t->s);
        out += t->n & BYTES;
        after = i += 2;
    }
    return out;
}

static void latin_end(struct buf *b, char *out)
{
    b->n = (size_t)(out - b->s);
    *out = 0;
}

static void put_latin(struct buf *b, struct str s, bool seams) { latin_end(b, latin_into(latin_room(b, s.n, seams), s, seams)); }

void lang_latin(struct buf *b, struct str cyrillic) { put_latin(b, cyrillic, false); }

/* --- HTML --- */
struct tag { /* one start or end tag */
    struct str name, lang;
    bool end, no_translate, empty;
};

static bool one_of(struct str s, const char *const *list)
{
    for (; s.n && *list; list++)
        if (**list == *s.s && str_is(s, *list)) return true; /* the first letters tell most apart */
    return false;
}

static bool is_name(char c) { return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || c == '-'; }
static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static char *copy(char *out, struct str html, size_t from, size_t to)
{
    memcpy(out, html.s + from, to - from);
    return out + (to - from);
}

/* Copies the tag at html[at] == '<' to *to, its readable attributes in Latin unless `keep`; returns the offset behind it. */
static size_t copy_tag(char **to, struct str html, size_t at, bool keep, struct tag *tag)
{
    static const char *const readable[] = {"alt", "title", "aria-label", "placeholder", "label", "content", "data-label", NULL};
    static const char *const voids[] = {"br", "img", "hr", "input", "meta", "link", "wbr", "col", "source", NULL};
    size_t copied = at++; /* so far */
    *tag = (struct tag){0};
    if (at < html.n && html.s[at] == '/') tag->end = true, at++;
    size_t from = at;
    while (at < html.n && is_name(html.s[at])) at++;
    tag->name = str_part(html, from, at - from);
    while (at < html.n && html.s[at] != '>') {
        while (at < html.n && (is_blank(html.s[at]) || html.s[at] == '/')) at++;
        size_t name_at = at;
        while (at < html.n && html.s[at] != '=' && html.s[at] != '>' && !is_blank(html.s[at])) at++;
        struct str name = str_part(html, name_at, at - name_at), value = {NULL, 0};
        if (at + 1 < html.n && html.s[at] == '=' && (html.s[at + 1] == '"' || html.s[at + 1] == '\'')) {
            char quote = html.s[at + 1];
            size_t value_at = at + 2, len = str_find(str_from(html, value_at), quote);
            if (len == SIZE_MAX) len = html.n - value_at;
            value = str_part(html, value_at, len);
            at = value_at + len;
            if (!keep && one_of(name, readable)) {
                *to = latin_into(copy(*to, html, copied, value_at), value, false);
                copied = at;
            }
            if (at < html.n) at++;
        } else if (at == name_at && at < html.n && html.s[at] != '>') {
            at++; /* a stray '=' */
        }
        if (str_is(name, "lang")) tag->lang = value;
        if (str_is(name, "translate") && str_is(value, "no")) tag->no_translate = true;
    }
    tag->empty = (at > 0 && html.s[at - 1] == '/') || one_of(tag->name, voids);
    if (at < html.n) at++;
    *to = copy(*to, html, copied, at);
    return at;
}

void lang_latin_html(struct buf *b, struct str html, bool seams)
{
    static const char *const left_alone[] = {"code", "kbd", "samp", "pre", "script", "style", NULL};
    struct str kept = {NULL, 0}; /* the element that is left alone, and how many of its name are open */
    int depth = 0;
    char *out = latin_room(b, html.n, seams);
    for (size_t at = 0; at < html.n;) {
        size_t lt = str_find(str_from(html, at), '<');
        struct str text = str_part(html, at, lt);
        out = depth ? copy(out, html, at, at + text.n) : latin_into(out, text, seams);
        if (lt == SIZE_MAX) break;
        struct tag tag;
        char *tag_at = out;
        at = copy_tag(&out, html, at + lt, depth > 0, &tag);
        if (depth) {
            if (str_eq(tag.name, kept) && !tag.empty) depth += tag.end ? -1 : 1;
            continue;
        }
        if (tag.end || tag.empty) continue;
        bool foreign = tag.lang.n && !str_is(tag.lang, "sr");
        if (tag.no_translate || foreign || one_of(tag.name, left_alone)) {
            kept = tag.name, depth = 1;
            if (tag.no_translate || foreign) { /* its own attributes too: write the tag again as it was */
                size_t start = at;
                while (start > 0 && html.s[start - 1] != '<') start--;
                out = copy(tag_at, html, start - 1, at);
            }
        }
    }
    latin_end(b, out);
}

void lang_cyrillic(struct buf *b, struct str s)
{
    static const struct {
        const char *from, *to;
    } pairs[] = {
        {"lj", "љ"}, {"nj", "њ"}, {"dž", "џ"}, {"Lj", "Љ"}, {"Nj", "Њ"}, {"Dž", "Џ"}, {"LJ", "Љ"}, {"NJ", "Њ"}, {"DŽ", "Џ"},
    };
    for (size_t i = 0; i < s.n;) {
        struct str rest = str_from(s, i);
        bool done = false;
        for (size_t k = 0; k < sizeof pairs / sizeof *pairs && !done; k++)
            if (str_starts(rest, pairs[k].from)) buf_puts(b, pairs[k].to), i += strlen(pairs[k].from), done = true;
        if (done) continue;
        size_t at = i;
        uint32_t c = utf8_next(s, &at);
        if (c != 0x200C) { /* a seam did its work by keeping the pair apart */
            for (size_t u = 0; u < 0x60 && !done; u++)
                if ((latin[u].n & BYTES) == at - i && !memcmp(latin[u].s, s.s + i, at - i)) buf_utf8(b, 0x400 + (uint32_t)u), done = true;
            if (!done) buf_add(b, s.s + i, at - i);
        }
        i = at;
    }
}

void lang_slug(struct buf *b, struct str text)
{
    static const struct {
        uint32_t c;
        const char *ascii;
    } fold[] = {
        {0x111, "dj"}, {0x110, "dj"}, {0x161, "s"}, {0x160, "s"}, {0x10D, "c"}, {0x10C, "c"}, {0x107, "c"}, {0x106, "c"}, {0x17E, "z"}, {0x17D, "z"},
        {0xDF, "ss"},  {0xE6, "ae"},  {0xF8, "o"},  {0xE4, "a"},  {0xF6, "o"},  {0xFC, "u"},  {0xE9, "e"},  {0xE8, "e"},  {0xEA, "e"},  {0xEB, "e"},
        {0xE1, "a"},   {0xE0, "a"},   {0xE2, "a"},  {0xED, "i"},  {0xEE, "i"},  {0xEF, "i"},  {0xF3, "o"},  {0xF4, "o"},  {0xFA, "u"},  {0xFB, "u"},
        {0xE7, "c"},   {0xF1, "n"},   {0x151, "o"}, {0x171, "u"}, {0x103, "a"}, {0x219, "s"}, {0x21B, "t"}, {0x15F, "s"}, {0x163, "t"},
    };
    struct buf l = {0};
    put_latin(&l, text, false);
    struct str s = buf_view(&l);
    buf_room(b, 2 * s.n); /* no letter becomes more than two, and a hyphen stands for something, too */
    char *const start = b->s + b->n, *out = start;
    bool dash = false;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        char one[2] = {0};
        const char *ascii = NULL;
        if (c < 0x80 && isalnum((int)c)) one[0] = (char)tolower((int)c), ascii = one;
        for (size_t k = 0; c >= 0x80 && k < sizeof fold / sizeof *fold && !ascii; k++)
            if (fold[k].c == c) ascii = fold[k].ascii;
        if (!ascii) {
            if (!is_mark(c) && c != 0x2019 && c != '\'') dash = true;
            continue;
        }
        if (dash && out > start) *out++ = '-';
        dash = false;
        *out++ = ascii[0];
        if (ascii[1]) *out++ = ascii[1];
    }
    latin_end(b, out);
    buf_close(&l);
}
