/* fold.c: words as search compares them, and the order of names.
 *
 * FOLDED: small Latin letters without accents, Serbian Cyrillic as Latin (ђ and đ are "dj"), digits, letters of other scripts as they are; all else
 * parts words. STEM: a folded word without its ending, so that the forms of one word meet; it is no word and is never shown. Both are done once here
 * and once in the browser (assets/search.js), from the same tables: lang_search_rules writes them into the index. */
#include "base/utf8.h"
#include "lang/lang.h"
#include <stdio.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

/* Cyrillic а–я (0x430–0x44f) and ѐ–џ (0x450–0x45f); what Serbian has not is near enough, the soft and the hard sign are nothing. */
static const char *const cyrillic_low[32] = {"a", "b", "v", "g", "d", "e", "z", "z", "i", "j", "k", "l", "m", "n", "o", "p",
                                             "r", "s", "t", "u", "f", "h", "c", "c", "s", "s", "",  "y", "",  "e", "u", "a"};
static const char *const cyrillic_more[16] = {"e", "e", "dj", "g", "e", "z", "i", "i", "j", "lj", "nj", "c", "k", "i", "u", "dz"};
static const struct {
    uint32_t from, to;
    char letter;
} latin[] = {{0xe0, 0xe5, 'a'},   {0xe7, 0xe7, 'c'},   {0xe8, 0xeb, 'e'},   {0xec, 0xef, 'i'},   {0xf1, 0xf1, 'n'},   {0xf2, 0xf6, 'o'},
             {0xf8, 0xf8, 'o'},   {0xf9, 0xfc, 'u'},   {0xfd, 0xfd, 'y'},   {0xff, 0xff, 'y'},   {0x100, 0x105, 'a'}, {0x106, 0x10d, 'c'},
             {0x10e, 0x10f, 'd'}, {0x112, 0x11b, 'e'}, {0x11c, 0x123, 'g'}, {0x128, 0x131, 'i'}, {0x139, 0x142, 'l'}, {0x143, 0x148, 'n'},
             {0x14c, 0x151, 'o'}, {0x154, 0x159, 'r'}, {0x15a, 0x161, 's'}, {0x162, 0x167, 't'}, {0x168, 0x173, 'u'}, {0x179, 0x17e, 'z'},
             {0x218, 0x219, 's'}, {0x21a, 0x21b, 't'}};
static const char ascii[] = "a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o\0p\0q\0r\0s\0t\0u\0v\0w\0x\0y\0z";

const char *lang_fold_letter(uint32_t c)
{
    if (c < 0x80) {
        uint32_t l = c | 32;
        return l >= 'a' && l <= 'z' && c >= 'A' ? ascii + 2 * (l - 'a') : "";
    }
    if (c >= 0xc0 && c <= 0xde && c != 0xd7) c += 0x20;
    if (c >= 0x410 && c <= 0x42f) c += 0x20;
    if (c >= 0x400 && c <= 0x40f) c += 0x50;
    if (c >= 0x430 && c <= 0x44f) return cyrillic_low[c - 0x430];
    if (c >= 0x450 && c <= 0x45f) return cyrillic_more[c - 0x450];
    if (c == 0x110 || c == 0x111) return "dj";
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++)
        if (c >= latin[i].from && c <= latin[i].to) return ascii + 2 * (latin[i].letter - 'a');
    return "";
}

/* Marks over and under letters, Arabic vowels and stretching, joiners, soft hyphen, soft and hard sign: nothing, and they part no word. */
static bool is_silent(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36f) || (c >= 0x64b && c <= 0x652) || c == 0x640 || c == 0x200c || c == 0x200d || c == 0xad || c == 0x42a ||
           c == 0x42c || c == 0x44a || c == 0x44c;
}

void lang_fold(struct buf *b, struct str text)
{
    size_t start = b->n;
    bool gap = false;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        const char *f = lang_fold_letter(c);
        bool digit = c >= '0' && c <= '9', other = !*f && c >= 0x80 && !is_silent(c) && (u_isalpha((UChar32)c) || u_isdigit((UChar32)c));
        if (!*f && !digit && !other) {
            gap |= !is_silent(c);
            continue;
        }
        if (gap && b->n > start) buf_putc(b, ' ');
        gap = false;
        if (*f) buf_puts(b, f);
        else buf_utf8(b, other ? (uint32_t)u_tolower((UChar32)c) : c);
    }
}

/* --- stems --- */

enum { SHORTEST_STEM = 3, SHORTEST_FLEETING = 5 };
static const struct stemmer {
    const char *langs;    /* codes */
    const char *suffixes; /* between spaces; the longest that leaves three letters is taken off */
    bool fleeting;        /* an a between the last two consonants goes: центар, центра; жртава, жртва */
    const char *last;     /* pairs: a last letter and what it becomes: руци, рука */
} stemmers[] = {
    {" sr-Cyrl sr-Latn bs hr ",
     " a e i o u om em im am og eg oj ih oga ega omu emu ome ima ama ovi evi ova eva ove eve ovima evima amo emo imo aju uju ", true, "ckzg"},
    {" en ", " s es ies ed ing ings ly e y ", false, ""},
};

static const struct stemmer *stemmer_of(const struct language *l)
{
    char name[32];
    snprintf(name, sizeof name, " %s ", l->code);
    for (size_t i = 0; i < sizeof stemmers / sizeof *stemmers; i++)
        if (strstr(stemmers[i].langs, name)) return &stemmers[i];
    return NULL;
}

static bool is_vowel(char c) { return strchr("aeiou", c) != NULL; }

void lang_stem(struct buf *b, const struct language *l, struct str word)
{
    const struct stemmer *s = stemmer_of(l);
    char out[64], suffix[16];
    size_t n = word.n;
    if (!s || n < SHORTEST_STEM + 1 || n >= sizeof out) {
        buf_str(b, word);
        return;
    }
    for (size_t k = n - SHORTEST_STEM < 5 ? n - SHORTEST_STEM : 5; k; k--) {
        snprintf(suffix, sizeof suffix, " %.*s ", (int)k, word.s + n - k);
        if (!strstr(s->suffixes, suffix)) continue;
        n -= k;
        break;
    }
    memcpy(out, word.s, n);
    if (s->fleeting && n >= SHORTEST_FLEETING && out[n - 2] == 'a' && !is_vowel(out[n - 1]) && !is_vowel(out[n - 3])) out[n - 2] = out[n - 1], n--;
    for (const char *p = s->last; *p; p += 2)
        if (out[n - 1] == p[0]) {
            out[n - 1] = p[1];
            break;
        }
    buf_add(b, out, n);
}

/* A letter's other spellings, small ones only: the browser makes text small first. */
static void spellings(struct buf *b, const char *letter, bool *first)
{
    struct buf list = {0};
    for (uint32_t c = 0xdf; c < 0x460; c++) {
        bool small = c >= 0x430 || (c < 0x400 && (uint32_t)u_tolower((UChar32)c) == c);
        if (small && !strcmp(lang_fold_letter(c), letter)) buf_utf8(&list, c);
    }
    if (list.n) {
        buf_printf(b, "%s\"%s\":", *first ? "" : ",", letter);
        buf_json(b, buf_view(&list));
        *first = false;
    }
    buf_close(&list);
}

void lang_search_rules(struct buf *b, const struct language *l)
{
    static const char *const pairs[] = {"dj", "lj", "nj", "dz"};
    const struct stemmer *s = stemmer_of(l);
    bool first = true;
    buf_puts(b, "{\"letters\":{");
    for (int i = 0; i < 26; i++) spellings(b, ascii + 2 * i, &first);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) spellings(b, pairs[i], &first);
    buf_printf(b, "},\"suffixes\":\"%s\",\"fleeting\":%s,\"last\":\"%s\"}", s ? s->suffixes : "", s && s->fleeting ? "true" : "false",
               s ? s->last : "");
}

/* --- order --- */

struct collation {
    const struct language *lang;
    UCollator *icu; /* NULL: Serbian, from the tables below */
};
/* Rank is the place in these, after digits; derived Latin is sorted from its Cyrillic source, where љ is one letter. */
static const char azbuka[] = "абвгдђежзијклљмнњопрстћуфхцчџш", abeceda[] = "абцчћдџђефгхијклљмнњопрсштувзж";

struct collation *lang_collation_open(const struct language *l)
{
    struct collation *c = mem_realloc(NULL, sizeof *c);
    UErrorCode e = U_ZERO_ERROR;
    *c = (struct collation){.lang = l};
    if (strncmp(l->code, "sr", 2) != 0) c->icu = ucol_open(l->code, &e);
    if (U_FAILURE(e)) c->icu = NULL; /* a table of ICU is missing: Serbian order is still an order */
    return c;
}

void lang_collation_close(struct collation *c)
{
    if (c->icu) ucol_close(c->icu);
    free(c);
}

static int rank_in(const char *order, uint32_t c)
{
    struct str s = str_of(order);
    int n = 0;
    for (size_t at = 0; at < s.n; n++)
        if (utf8_next(s, &at) == c) return n;
    return -1;
}

/* Lists in Arabic do not count the article: المساعدة stands under م. */
static struct str without_article(const struct language *l, struct str text)
{
    struct str article = STR("ال");
    bool has = !strcmp(l->code, "ar") && str_starts(text, "ال") && text.n >= article.n + 4; /* two letters at least are left */
    return has ? str_from(text, article.n) : text;
}

void lang_collation_key(struct collation *c, struct buf *out, struct str text)
{
    struct str whole = text;
    text = without_article(c->lang, text);
    if (c->icu) {
        UErrorCode e = U_ZERO_ERROR;
        UChar wide[256];
        uint8_t key[1024];
        int32_t n = 0;
        u_strFromUTF8WithSub(wide, 256, &n, text.s ? text.s : "", (int32_t)text.n, 0xFFFD, NULL, &e);
        n = ucol_getSortKey(c->icu, wide, n > 256 ? 256 : n, key, sizeof key);
        buf_add(out, (const char *)key, (size_t)(n < (int32_t)sizeof key ? n : (int32_t)sizeof key));
    } else {
        const char *order = c->lang->derived ? abeceda : azbuka;
        struct buf cyr = {0};
        lang_cyrillic(&cyr, text);
        struct str s = buf_view(&cyr);
        bool gap = false, begun = false;
        for (size_t at = 0; at < s.n;) {
            uint32_t ch = utf8_next(s, &at), low = (uint32_t)u_tolower((UChar32)ch);
            int rank = rank_in(order, low);
            if (is_silent(ch)) continue;
            if (rank < 0 && !u_isalnum((UChar32)low)) {
                gap = begun;
                continue;
            }
            if (gap) buf_putc(out, 1);
            gap = false, begun = true;
            if (rank >= 0) buf_putc(out, (char)(0x20 + rank));
            else if (low < 0x80 && u_isdigit((UChar32)low)) buf_putc(out, (char)(0x10 + low - '0'));
            else buf_putc(out, 0x60), buf_utf8(out, low); /* q w x y and other scripts stand behind */
        }
        buf_close(&cyr);
    }
    buf_putc(out, 0);
    buf_str(out, whole);
}

/* أ إ آ stand among ا: hamza and madda make no letter of their own in the order of Arabic. */
static uint32_t plain_arabic(uint32_t c) { return c == 0x622 || c == 0x623 || c == 0x625 ? 0x627 : c; }

void lang_initial(const struct language *l, struct buf *out, struct str text)
{
    bool serbian = !strncmp(l->code, "sr", 2);
    struct buf cyr = {0};
    if (serbian) lang_cyrillic(&cyr, text);
    else buf_str(&cyr, without_article(l, text));
    struct str s = buf_view(&cyr);
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (u_isdigit((UChar32)c)) {
            buf_puts(out, "0–9");
            break;
        }
        if (!u_isalpha((UChar32)c)) continue;
        const char *base = serbian ? "" : lang_fold_letter(c);
        struct buf one = {0};
        if (*base && c < 0x400) buf_putc(&one, (char)(*base - 32));
        else buf_utf8(&one, (uint32_t)u_toupper((UChar32)plain_arabic(c)));
        if (l->derived) lang_latin(out, buf_view(&one));
        else buf_str(out, buf_view(&one));
        buf_close(&one);
        break;
    }
    buf_close(&cyr);
}
