/* shape.c: words into glyphs (HarfBuzz) through a cache.
 *
 * Most words of a text come again: in a book nine of ten are found in the cache. Glyphs stay in font units; they are scaled and rounded once a run,
 * when a line is set (pdf.md: rounding each glyph moves a line of 90 letters by a quarter of a point). */
#include "text/font.h"
#include <stdlib.h>
#include <unicode/ubrk.h>

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
