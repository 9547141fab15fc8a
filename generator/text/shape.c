/* shape.c: words into glyphs (HarfBuzz) through a cache, and words into hyphenation points (libhyphen) through another.
 *
 * Most words of a text come again: in a book nine of ten are found in the cache. Glyphs stay in font units; they are scaled and rounded once a run,
 * when a line is set (pdf.md: rounding each glyph moves a line of 90 letters by a quarter of a point). */
#include "text/font.h"
#include "base/utf8.h"
#include "lang/lang.h"
#include <hyphen.h>
#include <iconv.h>
#include <pthread.h>
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>

enum { CACHE_LIMIT = 48 << 20 };

void text_init(void) { hb_language_get_default(); }

struct text *text_open(struct diag *d)
{
    struct text *t = mem_realloc(NULL, sizeof *t);
    *t = (struct text){.diag = d, .pairs_after = 200, .buffer = hb_buffer_create()};
    t->hyphens = map_new(&t->arena);
    return t;
}

void text_close(struct text *t)
{
    if (!t) return;
    hb_buffer_destroy(t->buffer);
    if (t->breaks) ubrk_close(t->breaks);
    if (t->letters) ubrk_close(t->letters);
    arena_close(&t->arena);
    free(t);
}

/* HarfBuzz features of a style; returns how many. */
static unsigned features_of(const struct text_style *s, const struct font *f, hb_feature_t *out, unsigned most)
{
    unsigned n = 0;
    if (s->tabular) out[n++] = (hb_feature_t){HB_TAG('t', 'n', 'u', 'm'), 1, 0, (unsigned)-1};
    if (s->small_caps) out[n++] = (hb_feature_t){HB_TAG('s', 'm', 'c', 'p'), 1, 0, (unsigned)-1};
    if (f->naskh) out[n++] = (hb_feature_t){HB_TAG('l', 'i', 'g', 'a'), 0, 0, (unsigned)-1}; /* readers reverse lam-alef otherwise (pdf.md) */
    if (s->letter_spacing) out[n++] = (hb_feature_t){HB_TAG('l', 'i', 'g', 'a'), 0, 0, (unsigned)-1};
    struct str rest = s->features, one;
    while (n < most && str_split(&rest, ',', &one))
        if (hb_feature_from_string(one.s, (int)one.n, &out[n])) n++;
    return n;
}

/* HarfBuzz is told the language without script and land. */
static hb_language_t language_of(struct str lang)
{
    size_t primary = 0;
    while (primary < lang.n && lang.s[primary] != '-') primary++;
    return primary ? hb_language_from_string(lang.s, (int)primary) : HB_LANGUAGE_INVALID;
}

static struct shaped *shape(struct text *t, struct arena *a, struct shaped *w, const struct font *f, hb_script_t script, bool rtl,
                            const struct text_style *s, struct str word)
{
    hb_feature_t features[16];
    hb_buffer_clear_contents(t->buffer);
    hb_buffer_add_utf8(t->buffer, word.s, (int)word.n, 0, (int)word.n);
    hb_buffer_set_direction(t->buffer, rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(t->buffer, script);
    hb_buffer_set_language(t->buffer, language_of(s->lang));
    hb_shape(f->hb_font, t->buffer, features, features_of(s, f, features, 16));
    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(t->buffer, &n);
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(t->buffer, &n);
    struct shaped_glyph *g = ARENA_ARRAY(a, struct shaped_glyph, n);
    w->font = f, w->n = n, w->glyphs = g;
    for (unsigned i = 0; i < n; i++) {
        g[i] = (struct shaped_glyph){(uint16_t)info[i].codepoint, (uint16_t)info[i].cluster, pos[i].x_advance, (int16_t)pos[i].x_offset,
                                     (int16_t)pos[i].y_offset};
        w->width += pos[i].x_advance;
    }
    return w;
}

/* --- the cache --- */
static bool cached(const struct text_style *s, struct str word) { return word.n <= LONGEST_WORD && !s->features.n; }

static struct word_key key_of(const struct font *f, hb_script_t script, bool rtl, const struct text_style *s, struct str word)
{
    uint32_t flags = (uint32_t)rtl | (uint32_t)s->tabular << 1 | (uint32_t)s->small_caps << 2 | (uint32_t)(s->letter_spacing != 0) << 3;
    return (struct word_key){f, script, (uint32_t)str_hash(s->lang), flags, (uint32_t)word.n};
}

static bool same_key(const struct word_key *a, const struct word_key *b)
{
    return a->font == b->font && a->script == b->script && a->lang == b->lang && a->flags == b->flags && a->n == b->n;
}

static uint64_t hash_of(const struct word_key *k, struct str word)
{
    uint64_t h = (uint64_t)(uintptr_t)k->font ^ (uint64_t)k->script << 32 ^ (uint64_t)k->lang << 8 ^ k->flags;
    return map_hash(word) ^ h * 0x9E3779B97F4A7C15u >> 24;
}

/* Where the word stands or would stand; n_slots is not 0. */
static struct word_slot *slot_of(const struct text *t, uint64_t h, const struct word_key *k, struct str word)
{
    size_t i = h & (t->n_slots - 1);
    for (; t->words[i].word; i = (i + 1) & (t->n_slots - 1)) {
        const struct word *w = t->words[i].word;
        if (t->words[i].hash == h && same_key(&w->key, k) && !memcmp(w->text, word.s, word.n)) break;
    }
    return &t->words[i];
}

static void words_grow(struct text *t)
{
    const struct word_slot *old = t->words;
    size_t n = t->n_slots;
    t->n_slots = n ? 2 * n : 256;
    t->words = ARENA_ARRAY(&t->arena, struct word_slot, t->n_slots);
    for (size_t k = 0; k < n; k++) {
        size_t i = old[k].hash & (t->n_slots - 1);
        if (!old[k].word) continue;
        while (t->words[i].word) i = (i + 1) & (t->n_slots - 1);
        t->words[i] = old[k];
    }
}

const struct shaped *shape_word(struct text *t, struct arena *a, const struct font *f, hb_script_t script, bool rtl, const struct text_style *s,
                                struct str word)
{
    bool seek = cached(s, word);
    if (seek) {
        struct word_key key = key_of(f, script, rtl, s, word);
        uint64_t h = hash_of(&key, word);
        if (4 * t->n_words >= 3 * t->n_slots) words_grow(t);
        struct word_slot *slot = slot_of(t, h, &key, word);
        if (slot->word) return &slot->word->shaped;
        if (t->words_size <= CACHE_LIMIT) {
            struct word *w = arena_alloc(&t->arena, sizeof *w + word.n);
            w->key = key;
            memcpy(w->text, word.s, word.n);
            struct pairs *pairs = key.flags || f->naskh ? NULL : pairs_of(t, f, script, s->lang);
            if (!pairs || !pairs_shape(pairs, &t->arena, word, &w->shaped)) {
                shape(t, &t->arena, &w->shaped, f, script, rtl, s, word);
                if (pairs) pairs_learn(t, pairs, language_of(s->lang), word, &w->shaped);
            }
            w->shaped.word = w;
            *slot = (struct word_slot){h, w};
            t->n_words++, t->words_size += sizeof *w + word.n + w->shaped.n * sizeof *w->shaped.glyphs + 2 * sizeof *slot;
            return &w->shaped;
        }
    }
    return shape(t, a, ARENA_NEW(a, struct shaped), f, script, rtl, s, word);
}

const struct shaped *shape_known(struct text *t, const struct font *f, hb_script_t script, const struct text_style *s, struct str word)
{
    if (!t->n_slots || !cached(s, word)) return NULL;
    struct word_key key = key_of(f, script, false, s, word);
    const struct word *w = slot_of(t, hash_of(&key, word), &key, word)->word;
    return w && w->known ? &w->shaped : NULL;
}

void shape_know(const struct shaped *word)
{
    if (word->word) word->word->known = true;
}

/* --- hyphenation --- */
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
