/* pairs.c: words put together from pairs of letters that HarfBuzz has shaped before.
 *
 * In a text whose words seldom come again HarfBuzz takes a sixth of the time, though in Latin and Cyrillic most words are nothing but their letters'
 * glyphs with kerns between. Whether they are is read from the font: of all lookups that its script and language have on (OpenType 1.9, GSUB, GPOS)
 * none may act on more than a pair of letters, or on a pair in another way than by a kern. Letters on which some might are SLOW: a word with one of
 * them is left to HarfBuzz. What is not understood (flags that skip letters, kerns that move the second glyph, variations, AAT) makes all of the
 * font slow. Kerns are not read but learned: a pair is known once HarfBuzz has shaped a word that has it, so that what is put together is what it
 * would give. */
#include "text/font.h"
#include "base/utf8.h"
#include <hb-aat.h>
#include <stdlib.h>

enum { ALPHABET = 512, MOST_READS = 1 << 21 };
struct letter {
    bool quick;
    uint16_t glyph;
    int32_t advance; /* font units, before any kern */
};
struct pairs {
    struct pairs *next;
    const struct font *font;
    hb_script_t script;
    struct str lang;
    unsigned seen;         /* words that HarfBuzz shaped */
    struct letter *letter; /* by number; NULL until there were enough of them, and where all are slow */
    uint16_t *kern;        /* by two numbers: 0 not known, else 0x8000 + the kern in font units */
    unsigned n;
};

/* The letters' numbers. */
static const struct {
    uint32_t from, to;
    hb_script_t script; /* 0: both */
} RANGES[] = {{0x400, 0x45F, HB_SCRIPT_CYRILLIC},
              {0x21, 0x7E, 0},
              {0xC0, 0x17F, HB_SCRIPT_LATIN},
              {0xAB, 0xAB, 0},
              {0xBB, 0xBB, 0},
              {0x2010, 0x2010, 0},
              {0x2013, 0x2014, 0},
              {0x2018, 0x201E, 0},
              {0x2026, 0x2026, 0}};
enum { N_RANGES = sizeof RANGES / sizeof *RANGES };

static unsigned number_of(hb_script_t script, uint32_t c) /* ALPHABET: none */
{
    unsigned n = 0;
    for (size_t i = 0; i < N_RANGES; i++) {
        if (RANGES[i].script && RANGES[i].script != script) continue;
        if (c >= RANGES[i].from && c <= RANGES[i].to) return n + c - RANGES[i].from;
        n += RANGES[i].to - RANGES[i].from + 1;
    }
    return ALPHABET;
}

/* --- what the font may do to its letters --- */
struct glyphs {
    uint64_t bits[1024];
};
static bool glyphs_has(const struct glyphs *s, unsigned g) { return s->bits[g >> 6 & 1023] >> (g & 63) & 1; }
static void glyphs_add(struct glyphs *s, unsigned g) { s->bits[g >> 6 & 1023] |= (uint64_t)1 << (g & 63); }

struct proof {
    hb_face_t *face;
    const uint8_t *s; /* GSUB or GPOS */
    size_t n;
    unsigned reads;       /* so that tables that point at each other end */
    bool failed;          /* all is slow */
    struct glyphs all;    /* of the letters, alone and before any lookup */
    struct glyphs slow;   /* of them, those that something else than a kern may begin with */
    struct glyphs single; /* of them, those that a lookup changes one by one … */
    struct glyphs twice;  /* … and those that two do */
};

static unsigned u16(struct proof *p, size_t at)
{
    if (++p->reads > MOST_READS || at + 2 > p->n) return p->failed = true, 0;
    return (unsigned)p->s[at] << 8 | p->s[at + 1];
}
static size_t u32(struct proof *p, size_t at) { return (size_t)u16(p, at) << 16 | u16(p, at + 2); }

/* Whether a coverage table has one of the letters' glyphs; adds those to `into`, which may be NULL. */
static bool covers(struct proof *p, size_t at, struct glyphs *into)
{
    unsigned format = u16(p, at), n = u16(p, at + 2);
    bool any = false;
    if (format != 1 && format != 2) p->failed = true;
    for (unsigned i = 0; i < n && !p->failed; i++) {
        unsigned from = format == 1 ? u16(p, at + 4 + 2 * i) : u16(p, at + 4 + 6 * i), to = format == 1 ? from : u16(p, at + 6 + 6 * i);
        for (unsigned g = from; g <= to; g++) {
            if (!glyphs_has(&p->all, g)) continue;
            any = true;
            if (into) glyphs_add(into, g);
        }
        p->reads += to >= from ? to - from : 0;
    }
    return any;
}

static void slow_first(struct proof *p, size_t sub) { covers(p, sub + u16(p, sub + 2), &p->slow); }

/* Where one ligature has none but letters behind its first part, all that begin one are slow. */
static void read_ligatures(struct proof *p, size_t sub)
{
    size_t cover = sub + u16(p, sub + 2);
    unsigned sets = u16(p, sub + 4);
    if (!covers(p, cover, NULL)) return;
    for (unsigned index = 0; index < sets && !p->failed; index++) {
        size_t set = sub + u16(p, sub + 6 + 2 * index);
        unsigned n = u16(p, set);
        for (unsigned k = 0; k < n && !p->failed; k++) {
            size_t lig = set + u16(p, set + 2 + 2 * k);
            unsigned parts = u16(p, lig + 2);
            bool whole = true;
            for (unsigned i = 1; i < parts && whole && !p->failed; i++) whole = glyphs_has(&p->all, u16(p, lig + 4 + 2 * (i - 1)));
            if (whole) {
                covers(p, cover, &p->slow);
                return;
            }
        }
    }
}

/* A rule that needs glyphs before, at and behind a place, each of a coverage table: it cannot act where one of them has no letter. */
static void read_context(struct proof *p, size_t sub, bool chained)
{
    if (u16(p, sub) != 3) {
        slow_first(p, sub);
        return;
    }
    size_t at = sub + 2, first = 0;
    bool can = true;
    for (int part = 0; part < (chained ? 3 : 1); part++) {
        unsigned n = u16(p, at);
        at += chained ? 2 : 4; /* the other form counts its lookups here */
        for (unsigned i = 0; i < n && !p->failed; i++, at += 2) {
            size_t cover = sub + u16(p, at);
            if (part == (chained ? 1 : 0) && i == 0) first = cover;
            can = covers(p, cover, NULL) && can;
        }
    }
    if (can && first) covers(p, first, &p->slow);
}

static void read_single(struct proof *p, const struct glyphs *now)
{
    for (size_t i = 0; i < 1024; i++) p->twice.bits[i] |= p->single.bits[i] & now->bits[i], p->single.bits[i] |= now->bits[i];
}

static void read_lookup(struct proof *p, unsigned index, bool positions)
{
    size_t list = u16(p, 8);
    if (index >= u16(p, list)) return;
    size_t lookup = list + u16(p, list + 2 + 2 * index);
    unsigned type = u16(p, lookup), flag = u16(p, lookup + 2), subs = u16(p, lookup + 4);
    struct glyphs once = {0};
    for (unsigned i = 0; i < subs && !p->failed; i++) {
        size_t sub = lookup + u16(p, lookup + 6 + 2 * i);
        unsigned kind = type;
        if (kind == (positions ? 9 : 7)) kind = u16(p, sub + 2), sub += u32(p, sub + 4); /* an extension */
        if (!positions) {
            if (kind == 1) covers(p, sub + u16(p, sub + 2), &once);
            else if (kind == 2 || kind == 3 || kind == 8) slow_first(p, sub);
            else if (kind == 4) read_ligatures(p, sub);
            else if (kind == 5 || kind == 6) read_context(p, sub, kind == 6);
            else p->failed = true;
        } else {
            if (kind == 2) p->failed |= u16(p, sub + 6) != 0 || (flag & 6); /* the second glyph moves too; letters are passed over */
            else if (kind >= 3 && kind <= 6) slow_first(p, sub);            /* of marks, the first table has the marks */
            else if (kind == 7 || kind == 8) read_context(p, sub, kind == 8);
            else if (kind != 1) p->failed = true; /* 1: each glyph by itself */
        }
    }
    if (!positions) read_single(p, &once);
}

static bool old_kerns(hb_face_t *face) /* the table kern, where GPOS has none */
{
    hb_blob_t *b = hb_face_reference_table(face, HB_TAG('k', 'e', 'r', 'n'));
    bool any = hb_blob_get_length(b) > 0;
    hb_blob_destroy(b);
    return any;
}

/* All lookups that HarfBuzz applies to horizontal text of a script without a shaper of its own, where the caller asks for no features. Not frac,
 * numr and dnom, which it turns on around U+2044 alone. */
static void read_table(struct proof *p, hb_tag_t table, hb_script_t script, hb_language_t lang)
{
    static const char ON[][5] = {"rvrn", "ltra", "ltrm", "rand", "HARF", "Harf", "Buzz", "BUZZ", "locl", "ccmp", "mark",
                                 "mkmk", "abvm", "blwm", "rlig", "calt", "clig", "curs", "dist", "kern", "liga", "rclt"};
    hb_tag_t scripts[HB_OT_MAX_TAGS_PER_SCRIPT], langs[HB_OT_MAX_TAGS_PER_LANGUAGE], chosen, required;
    unsigned n_scripts = HB_OT_MAX_TAGS_PER_SCRIPT, n_langs = HB_OT_MAX_TAGS_PER_LANGUAGE, s, l, feature;
    hb_ot_tags_from_script_and_language(script, lang, &n_scripts, scripts, &n_langs, langs);
    hb_ot_layout_table_select_script(p->face, table, n_scripts, scripts, &s, &chosen);
    hb_ot_layout_script_select_language(p->face, table, s, n_langs, langs, &l);
    if (table == HB_OT_TAG_GPOS && !hb_ot_layout_language_find_feature(p->face, table, s, l, HB_TAG('k', 'e', 'r', 'n'), &feature) &&
        old_kerns(p->face))
        p->failed = true;     /* kerns of the old table */
    struct glyphs done = {0}; /* lookups */
    for (size_t i = 0; i <= sizeof ON / sizeof *ON; i++) {
        bool found = i == sizeof ON / sizeof *ON ? hb_ot_layout_language_get_required_feature(p->face, table, s, l, &feature, &required)
                                                 : hb_ot_layout_language_find_feature(p->face, table, s, l, hb_tag_from_string(ON[i], 4), &feature);
        unsigned index[64], n = 64;
        for (unsigned from = 0; found && n == 64; from += n) {
            hb_ot_layout_feature_get_lookups(p->face, table, feature, from, &n, index);
            for (unsigned k = 0; k < n; k++) {
                if (!glyphs_has(&done, index[k])) read_lookup(p, index[k], table == HB_OT_TAG_GPOS);
                glyphs_add(&done, index[k]);
            }
            if (!n) break;
        }
    }
}

static void prove(struct proof *p, hb_script_t script, hb_language_t lang)
{
    static const hb_tag_t TABLES[] = {HB_OT_TAG_GSUB, HB_OT_TAG_GPOS};
    if (hb_ot_var_has_data(p->face) || hb_aat_layout_has_substitution(p->face) || hb_aat_layout_has_positioning(p->face) ||
        hb_aat_layout_has_tracking(p->face))
        p->failed = true;
    for (size_t i = 0; i < 2 && !p->failed; i++) {
        hb_blob_t *b = hb_face_reference_table(p->face, TABLES[i]);
        unsigned n;
        p->s = (const uint8_t *)hb_blob_get_data(b, &n), p->n = n;
        if (n) read_table(p, TABLES[i], script, lang);
        else if (i && old_kerns(p->face)) p->failed = true;
        hb_blob_destroy(b);
    }
}

/* --- the letters --- */
static void open_letters(struct text *t, struct pairs *p, hb_language_t lang)
{
    struct proof *proof = mem_realloc(NULL, sizeof *proof);
    struct letter letter[ALPHABET] = {0};
    uint16_t plain[ALPHABET];
    *proof = (struct proof){.face = p->font->hb_face};
    p->n = 0;
    for (size_t i = 0; i < N_RANGES; i++) {
        if (RANGES[i].script && RANGES[i].script != p->script) continue;
        for (uint32_t c = RANGES[i].from; c <= RANGES[i].to; c++) {
            struct letter *l = &letter[p->n];
            hb_codepoint_t g = 0;
            unsigned n;
            bool has = hb_font_get_nominal_glyph(p->font->hb_font, c, &g) && g && g < 65536;
            plain[p->n++] = (uint16_t)g;
            if (!has || hb_ot_layout_get_glyph_class(proof->face, g) == HB_OT_LAYOUT_GLYPH_CLASS_MARK) continue;
            hb_buffer_clear_contents(t->buffer);
            hb_buffer_add_utf32(t->buffer, &c, 1, 0, 1);
            hb_buffer_set_direction(t->buffer, HB_DIRECTION_LTR);
            hb_buffer_set_script(t->buffer, p->script);
            hb_buffer_set_language(t->buffer, lang);
            hb_shape(p->font->hb_font, t->buffer, NULL, 0);
            const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(t->buffer, &n);
            const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(t->buffer, &n);
            if (n != 1 || info->codepoint >= 65536 || pos->x_offset || pos->y_offset) continue;
            *l = (struct letter){true, (uint16_t)info->codepoint, pos->x_advance};
            glyphs_add(&proof->all, g), glyphs_add(&proof->all, l->glyph);
        }
    }
    prove(proof, p->script, lang);
    for (unsigned i = 0; i < p->n; i++) {
        unsigned g = plain[i], h = letter[i].glyph;
        bool chain = glyphs_has(&proof->twice, g) || glyphs_has(&proof->twice, h) ||
                     (g != h && glyphs_has(&proof->single, g) && glyphs_has(&proof->single, h)); /* there may be a third one between them */
        letter[i].quick &= !chain && !glyphs_has(&proof->slow, g) && !glyphs_has(&proof->slow, h);
    }
    if (!proof->failed) {
        p->letter = ARENA_ARRAY(&t->arena, struct letter, p->n);
        memcpy(p->letter, letter, p->n * sizeof *letter);
        p->kern = ARENA_ARRAY(&t->arena, uint16_t, (size_t)p->n * p->n);
    }
    free(proof);
}

struct pairs *pairs_of(struct text *t, const struct font *f, hb_script_t script, struct str lang)
{
    if (script != HB_SCRIPT_LATIN && script != HB_SCRIPT_CYRILLIC) return NULL;
    struct pairs *p = t->pairs;
    if (p && p->font == f && p->script == script && str_eq(p->lang, lang)) return p;
    struct pairs **at = &t->pairs;
    while (*at && ((*at)->font != f || (*at)->script != script || !str_eq((*at)->lang, lang))) at = &(*at)->next;
    if ((p = *at)) *at = p->next;
    else {
        p = ARENA_NEW(&t->arena, struct pairs);
        *p = (struct pairs){.font = f, .script = script, .lang = str_copy(&t->arena, lang)};
    }
    p->next = t->pairs; /* the last one asked for stands first */
    return t->pairs = p;
}

bool pairs_shape(const struct pairs *p, struct arena *a, struct str word, struct shaped *out)
{
    unsigned before = 0, n = 0;
    if (!p->letter) return false;
    struct shaped_glyph g[LONGEST_WORD];
    if (!word.n || word.n > LONGEST_WORD) return false;
    for (size_t at = 0; at < word.n; n++) {
        size_t from = at;
        unsigned k = number_of(p->script, utf8_next(word, &at));
        if (k >= p->n || !p->letter[k].quick) return false;
        if (n) {
            uint16_t kern = p->kern[before * p->n + k];
            if (!kern) return false;
            g[n - 1].advance += kern - 0x8000;
        }
        g[n] = (struct shaped_glyph){.id = p->letter[k].glyph, .cluster = (uint16_t)from, .advance = p->letter[k].advance};
        before = k;
    }
    struct shaped_glyph *own = ARENA_ARRAY(a, struct shaped_glyph, n);
    memcpy(own, g, n * sizeof *g);
    out->font = p->font, out->n = n, out->glyphs = own, out->width = 0;
    for (unsigned i = 0; i < n; i++) out->width += g[i].advance;
    return true;
}

void pairs_learn(struct text *t, struct pairs *p, hb_language_t lang, struct str word, const struct shaped *w)
{
    if (++p->seen == t->pairs_after) open_letters(t, p, lang);
    if (!p->letter) return;
    unsigned number[LONGEST_WORD], n = 0;
    if (word.n > LONGEST_WORD) return;
    for (size_t at = 0; at < word.n; n++) { /* one slow letter may have changed all of them */
        if (n >= w->n || w->glyphs[n].cluster != at) return;
        unsigned k = number[n] = number_of(p->script, utf8_next(word, &at));
        if (k >= p->n || !p->letter[k].quick || w->glyphs[n].id != p->letter[k].glyph || w->glyphs[n].dx || w->glyphs[n].dy) return;
    }
    for (unsigned i = 1; i < n && n == w->n; i++) {
        int32_t kern = w->glyphs[i - 1].advance - p->letter[number[i - 1]].advance;
        if (kern > -0x8000 && kern < 0x8000) p->kern[number[i - 1] * p->n + number[i]] = (uint16_t)(0x8000 + kern);
    }
}
