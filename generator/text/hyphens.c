/* hyphens.c: where a word may be hyphenated (libhyphen), through a cache, and what hyphenate-limit-chars lets stand. */
#include "text/font.h"
#include "base/utf8.h"
#include "lang/lang.h"
#include <hyphen.h>
#include <iconv.h>
#include <pthread.h>
#include <stdlib.h>
#include <unicode/uchar.h>

struct dictionary {
    const char *lang, *path;
    HyphenDict *dict;
    uint8_t *byte_of; /* of characters below CODED in its coding, 0 = none; NULL: the dictionary is UTF-8 */
    bool tried;
};
static struct dictionary dictionaries[] = {
    {"sr", "/usr/share/hyphen/hyph_sr_RS.dic", NULL, NULL, false}, {"en", "/usr/share/hyphen/hyph_en_US.dic", NULL, NULL, false},
    {"hu", "/usr/share/hyphen/hyph_hu_HU.dic", NULL, NULL, false}, {"ro", "/usr/share/hyphen/hyph_ro_RO.dic", NULL, NULL, false},
    {"hr", "/usr/share/hyphen/hyph_hr_HR.dic", NULL, NULL, false}, {"bs", "/usr/share/hyphen/hyph_hr_HR.dic", NULL, NULL, false},
};
static pthread_mutex_t dictionary_lock = PTHREAD_MUTEX_INITIALIZER; /* over loading alone: a dictionary that stands is only read */
enum { CODED = 0x600 };

/* The characters of an 8-bit coding, NULL where iconv does not know it. Each thread looks words up in it without a lock. */
static uint8_t *coding(const char *set)
{
    iconv_t cd = iconv_open("UTF-8", set);
    if (cd == (iconv_t)-1) return NULL;
    uint8_t *byte_of = mem_realloc(NULL, CODED);
    memset(byte_of, 0, CODED);
    for (int b = 1; b < 256; b++) {
        char byte = (char)b, utf8[8], *in = &byte, *out = utf8;
        size_t in_left = 1, out_left = sizeof utf8, at = 0;
        if (iconv(cd, &in, &in_left, &out, &out_left) == (size_t)-1) continue;
        uint32_t c = utf8_next((struct str){utf8, (size_t)(out - utf8)}, &at);
        if (c < CODED) byte_of[c] = (uint8_t)b;
    }
    iconv_close(cd);
    return byte_of;
}

static struct dictionary *dictionary_of(struct str lang) /* under the lock */
{
    for (size_t i = 0; i < sizeof dictionaries / sizeof *dictionaries; i++) {
        struct dictionary *d = &dictionaries[i];
        size_t n = strlen(d->lang);
        if (!str_starts(lang, d->lang) || (lang.n > n && lang.s[n] != '-')) continue;
        if (!d->tried) {
            d->tried = true;
            d->dict = hnj_hyphen_load(d->path);
            if (d->dict && strcmp(d->dict->cset, "UTF-8") != 0) {
                const char *set = !strncmp(d->dict->cset, "ISO8859-", 8) ? (d->dict->cset[8] == '5'   ? "ISO-8859-5"
                                                                            : d->dict->cset[8] == '2' ? "ISO-8859-2"
                                                                                                      : "ISO-8859-1")
                                                                         : d->dict->cset;
                d->byte_of = coding(set);
                if (!d->byte_of) {
                    hnj_hyphen_free(d->dict);
                    d->dict = NULL;
                }
            }
        }
        return d->dict ? d : NULL;
    }
    return NULL;
}

static void lower(struct buf *b, struct str s)
{
    for (size_t at = 0; at < s.n;) buf_utf8(b, (uint32_t)u_tolower((UChar32)utf8_next(s, &at)));
}

/* Odd digits of libhyphen, by character of word (lower case, UTF-8): mark[i] odd = a break after character i. False where none. */
static bool raw_points(struct dictionary *d, struct str word, char *mark, size_t *n_chars)
{
    char bytes[LONGEST_WORD * 2], hyphens[LONGEST_WORD * 2 + 5];
    char *out = bytes;
    bool utf8 = !d->byte_of;
    if (word.n >= LONGEST_WORD) return false;
    if (utf8) {
        memcpy(bytes, word.s, word.n);
        out += word.n;
    } else {
        for (size_t at = 0; at < word.n;) {
            uint32_t c = utf8_next(word, &at);
            if (c >= CODED || !d->byte_of[c]) return false;
            *out++ = (char)d->byte_of[c];
        }
    }
    int n = (int)(out - bytes);
    char **rep = NULL;
    int *pos = NULL, *cut = NULL;
    bytes[n] = 0;
    bool ok = !hnj_hyphen_hyphenate2(d->dict, bytes, n, hyphens, NULL, &rep, &pos, &cut);
    bool any = false;
    *n_chars = utf8 ? utf8_length(word) : (size_t)n; /* libhyphen counts characters in both */
    for (size_t i = 0; ok && i < *n_chars; i++) {
        mark[i] = (hyphens[i] & 1) && !(rep && rep[i]) ? 1 : 0; /* changes of spelling at a break are left out */
        any |= mark[i];
    }
    if (rep)
        for (int i = 0; i < n; i++) free(rep[i]);
    free(rep), free(pos), free(cut);
    return any;
}

/* Serbian Latin is hyphenated through the Cyrillic that it came from: digraphs are one letter there. Fills `where` with the byte offset in latin
 * behind each Cyrillic letter. */
static void to_cyrillic(struct buf *cyrillic, struct str latin, uint16_t *where, size_t *n)
{
    *n = 0;
    for (size_t at = 0; at < latin.n && *n < LONGEST_WORD;) {
        size_t before = cyrillic->n, len = 1;
        struct str rest = str_from(latin, at);
        static const char *const digraphs[] = {"lj", "nj", "dž"};
        for (size_t k = 0; k < 3; k++)
            if (str_starts(rest, digraphs[k])) len = strlen(digraphs[k]);
        if (len == 1)
            while (len < rest.n && ((unsigned char)rest.s[len] & 0xC0) == 0x80) len++;
        if (len == 3 && str_starts(rest, "\xE2\x80\x8C")) { /* the seam: no letter; the break after the letter before lies behind it */
            at += len;
            if (*n) where[*n - 1] = (uint16_t)at;
            continue;
        }
        lang_cyrillic(cyrillic, str_part(rest, 0, len));
        at += len;
        if (cyrillic->n > before) where[(*n)++] = (uint16_t)at;
    }
}

static const uint8_t *find_points(struct text *t, struct str lang, struct str word)
{
    char mark[LONGEST_WORD] = {0};
    uint16_t where[LONGEST_WORD];
    size_t n = 0, letters = 0;
    struct buf low = {0}, cyr = {0};
    uint8_t *points = NULL;
    lower(&low, word);
    bool latin = str_starts(lang, "sr-Latn"), any = false;
    struct str w = buf_view(&low);
    if (low.n == word.n && word.n < LONGEST_WORD) { /* lower case of the same length: offsets hold */
        if (latin) {
            to_cyrillic(&cyr, w, where, &letters);
            w = buf_view(&cyr);
        } else {
            for (size_t at = 0; at < w.n; letters++) utf8_next(w, &at), where[letters] = (uint16_t)at;
        }
        pthread_mutex_lock(&dictionary_lock);
        struct dictionary *d = dictionary_of(lang);
        pthread_mutex_unlock(&dictionary_lock);
        any = d && raw_points(d, w, mark, &n) && n == letters;
    }
    if (any) {
        points = arena_alloc(&t->arena, word.n + 1);
        any = false;
        for (size_t i = 0; i + 1 < letters && i < n; i++) /* by themselves parts of two letters at least; what its patterns ask beyond, mark has */
            if (mark[i]) points[where[i]] = letters >= 5 && i && i + 2 < letters ? POINT_USUAL : POINT_SHORT, any = true;
    }
    buf_close(&low), buf_close(&cyr);
    return any ? points : NULL;
}

bool hyphen_points(struct text *t, struct str lang, struct str word, const uint8_t **points)
{
    static const uint8_t none;
    char packed[LONGEST_WORD + 16];
    size_t n = lang.n < 12 ? lang.n : 12;
    if (word.n >= LONGEST_WORD) return false;
    memcpy(packed, lang.s, n);
    packed[n] = 0;
    memcpy(packed + n + 1, word.s, word.n);
    struct str key = {packed, n + 1 + word.n};
    const uint8_t *found = map_find(&t->hyphens, key);
    if (!found) {
        found = find_points(t, lang, word);
        if (!found) found = &none;
        *map_at(&t->hyphens, str_copy(&t->arena, key)) = (void *)(uintptr_t)found;
    }
    *points = found;
    return found != &none;
}

/* --- of shaped words --- */
struct inside shaped_prefix(const struct shaped *w, size_t n)
{
    struct inside in = {.at = (uint16_t)n};
    for (uint32_t i = 0; i < w->n; i++)
        if (w->glyphs[i].cluster < n) in.units += w->glyphs[i].advance, in.glyphs++;
    return in;
}

static int letters_in(struct str s) /* marks and what is not shown are not counted */
{
    int n = 0;
    for (size_t at = 0; at < s.n;) n += u_isalpha((UChar32)utf8_next(s, &at)) != 0;
    return n;
}

/* Whether hyphenate-limit-chars lets a word be hyphenated before byte k (Text 4, 5.4.1). */
static bool long_enough(const uint8_t limit[3], struct str letters, size_t k)
{
    static const uint8_t usual[3] = {5, 2, 2};
    const int n[3] = {letters_in(letters), letters_in(str_part(letters, 0, k)), letters_in(str_from(letters, k))};
    for (int i = 0; i < 3; i++)
        if (n[i] < (limit[i] ? limit[i] : usual[i])) return false;
    return true;
}

/* The letters of a word that are hyphenated: they must stand in one piece, with at most punctuation around. Nothing where they do not. */
static struct str letters_of(struct str word, size_t *at_byte)
{
    size_t from = SIZE_MAX, to = 0;
    for (size_t at = 0; at < word.n;) {
        size_t start = at;
        uint32_t c = utf8_next(word, &at);
        bool plain = ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= 0x400 && c < 0x482); /* letters that need no table */
        bool letter = plain || u_isalpha((UChar32)c) || c == 0x200C;
        if (!plain && u_isdigit((UChar32)c)) return (struct str){0};
        if (letter && from == SIZE_MAX) from = start;
        if (letter && to && to != start) return (struct str){0}; /* letters on both sides of something else: „црно-бело“ breaks there already */
        if (letter) to = at;
    }
    *at_byte = from;
    return from == SIZE_MAX ? (struct str){0} : str_part(word, from, to - from);
}

void hyphens_find(struct text *t, struct arena *a, struct str lang, const uint8_t *limit, const struct shaped *w, struct str text, struct word *out)
{
    const uint8_t *points;
    size_t from;
    struct str letters = letters_of(text, &from);
    out->hyphenated = true;
    if (!letters.n || (!limit && letters.n < 5) || !hyphen_points(t, lang, letters, &points)) return;
    struct inside in[LONGEST_WORD]; /* a longer one has no points */
    unsigned n = 0, before = 1;
    for (size_t k = 1; k < letters.n; k++) {
        if (limit ? points[k] && long_enough(limit, letters, k) : points[k] == POINT_USUAL)
            in[n] = shaped_prefix(w, from + k), in[n++].before = (uint16_t)before;
        before += ((unsigned char)letters.s[k] & 0xC0) != 0x80;
    }
    struct inside *at = ARENA_ARRAY(a, struct inside, n);
    memcpy(at, in, n * sizeof *in);
    out->at = at, out->n = (uint16_t)n, out->letters = (uint16_t)before;
}
