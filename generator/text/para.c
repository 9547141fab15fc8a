/* para.c: building a paragraph and cutting it into atoms. See para.h for the model. */
#include "text/para.h"
#include "base/utf8.h"
#include <assert.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

struct para *para_new(struct text *t, struct arena *a, bool rtl)
{
    struct para *p = ARENA_NEW(a, struct para);
    p->t = t, p->arena = a, p->rtl = rtl, p->space_open = true, p->said = t->said;
    return p;
}

static struct piece *add_piece(struct para *p, enum atom_kind kind, const struct text_style *s, void *owner)
{
    struct piece *q = vec_push(p->arena, &p->pieces);
    *q = (struct piece){.kind = (uint8_t)kind, .style = s, .owner = owner, .from = (uint32_t)p->building.n};
    return q;
}

static uint32_t transformed(uint8_t transform, uint32_t c, bool word_start)
{
    if (c < 0x80 && transform == TRANSFORM_NONE) return c;
    switch (transform) {
    case TRANSFORM_UPPERCASE: return (uint32_t)u_toupper((UChar32)c);
    case TRANSFORM_LOWERCASE: return (uint32_t)u_tolower((UChar32)c);
    case TRANSFORM_CAPITALIZE: return word_start ? (uint32_t)u_totitle((UChar32)c) : c;
    default: return c;
    }
}

/* A forced break inside text (pre): ends the piece, adds the break, goes on with a new piece. */
static struct piece *newline(struct para *p, struct piece *q, const struct text_style *s, void *owner, struct place at)
{
    q->to = (uint32_t)p->building.n;
    para_line_break(p);
    q = add_piece(p, ATOM_WORD, s, owner);
    q->at = at;
    return q;
}

void para_text(struct para *p, struct str text, const struct text_style *s, void *owner, struct place at)
{
    if (!text.n) return;
    struct piece *q = add_piece(p, ATOM_WORD, s, owner);
    bool keep = s->white_space == WS_PRE || s->white_space == WS_PRE_WRAP, lines = keep || s->white_space == WS_PRE_LINE, word_start = true;
    q->at = at;
    for (size_t i = 0; i < text.n;) {
        unsigned char c = (unsigned char)text.s[i];
        if (c == '\n' && lines) {
            q = newline(p, q, s, owner, at);
            i++;
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
            if (keep) {
                for (int k = c == '\t' ? (s->tab > 0 && s->tab < 40 ? s->tab : 8) : 1; k > 0; k--) buf_putc(&p->building, ' ');
                p->space_open = false;
            } else if (!p->space_open) {
                buf_putc(&p->building, ' ');
                p->space_open = true;
            }
            word_start = true;
            i++;
        } else if (s->transform == TRANSFORM_NONE) { /* a stretch without white space, at once */
            size_t from = i;
            while (i < text.n && (unsigned char)text.s[i] > ' ') i++;
            if (i == from) i++; /* another control character: kept out */
            else buf_add(&p->building, text.s + from, i - from), p->space_open = false;
        } else {
            buf_utf8(&p->building, transformed(s->transform, utf8_next(text, &i), word_start));
            word_start = p->space_open = false;
        }
    }
    q->to = (uint32_t)p->building.n;
}

void para_object(struct para *p, fixed width, fixed ascent, fixed descent, const struct text_style *s, void *owner)
{
    struct piece *q = add_piece(p, ATOM_OBJECT, s, owner);
    buf_puts(&p->building, "\xEF\xBF\xBC");
    q->to = (uint32_t)p->building.n, q->width = width, q->ascent = ascent, q->descent = descent;
    p->space_open = false;
}

void para_strut(struct para *p, fixed width, bool at_start, const struct text_style *s, void *owner)
{
    struct piece *q = add_piece(p, ATOM_STRUT, s, owner);
    q->to = q->from, q->width = width, q->at_start = at_start;
}

void para_mark(struct para *p, void *owner)
{
    struct piece *q = add_piece(p, ATOM_MARK, NULL, owner);
    q->to = q->from;
}

/* The controls that unicode-bidi stands for (CSS Writing Modes 4, 2.4); plaintext is settled by whoever knows the element's text. */
void para_edge(struct para *p, const struct text_style *s, bool opens)
{
    static const struct {
        uint32_t ltr, rtl, close;
    } CONTROLS[] = {{0, 0, 0}, {0x202A, 0x202B, 0x202C}, {0x2066, 0x2067, 0x2069}, {0x202D, 0x202E, 0x202C}, {0x2068, 0x2068, 0x2069}};
    if (!s->unicode_bidi || s->unicode_bidi > 4) return;
    struct piece *q = add_piece(p, ATOM_CONTROL, s, NULL);
    q->to = q->from, q->control = !opens ? CONTROLS[s->unicode_bidi].close : s->rtl ? CONTROLS[s->unicode_bidi].rtl : CONTROLS[s->unicode_bidi].ltr;
}

void para_line_break(struct para *p)
{
    struct piece *q = add_piece(p, ATOM_BREAK, NULL, NULL);
    buf_putc(&p->building, '\n');
    q->to = (uint32_t)p->building.n;
    p->space_open = true;
}

void para_leader(struct para *p, struct str pattern, const struct text_style *s, void *owner)
{
    struct piece *q = add_piece(p, ATOM_LEADER, s, owner);
    buf_putc(&p->building, ' ');
    q->to = (uint32_t)p->building.n, q->pattern = pattern;
    p->space_open = true;
}

bool para_empty(const struct para *p)
{
    for (size_t i = 0; i < p->pieces.n; i++) {
        const struct piece *q = &p->pieces.v[i];
        if (q->kind == ATOM_OBJECT || q->kind == ATOM_BREAK || q->kind == ATOM_LEADER || (q->kind == ATOM_STRUT && q->width)) return false;
        if (q->kind != ATOM_WORD) continue;
        const char *s = p->text.s ? p->text.s : p->building.s;
        if (q->style->white_space == WS_PRE && q->to > q->from) return false;
        for (uint32_t k = q->from; k < q->to; k++)
            if (s[k] != ' ') return false;
    }
    return true;
}

size_t para_length(const struct para *p) { return p->text.s ? p->text.n : p->building.n; }
bool para_begun(const struct para *p) { return para_length(p) > 0; } /* white space at the beginning is not kept */

fixed para_scale(const struct text_style *s, const struct font *f, int64_t units)
{
    int64_t v = units * s->size;
    return (fixed)(v >= 0 ? (v + f->upem / 2) / f->upem : -((-v + f->upem / 2) / f->upem));
}

static fixed word_width(const struct text_style *s, const struct shaped *w)
{
    return para_scale(s, w->font, w->width) + s->letter_spacing * (fixed)w->n;
}

static hb_script_t script_of(uint32_t c, hb_script_t before)
{
    if (c < 0x80) return (c | 32) >= 'a' && (c | 32) <= 'z' ? HB_SCRIPT_LATIN : before;
    if (c >= 0x400 && c < 0x530) return HB_SCRIPT_CYRILLIC;
    hb_script_t sc = hb_unicode_script(hb_unicode_funcs_get_default(), c);
    return sc == HB_SCRIPT_COMMON || sc == HB_SCRIPT_INHERITED || sc == HB_SCRIPT_UNKNOWN ? before : sc;
}

/* The script of the first letter at or after `at`, for signs that stand before any letter. */
static hb_script_t script_ahead(struct str s, size_t at)
{
    for (size_t end = at + 256 < s.n ? at + 256 : s.n; at < end;) {
        hb_script_t sc = script_of(utf8_next(s, &at), HB_SCRIPT_COMMON);
        if (sc != HB_SCRIPT_COMMON) return sc;
    }
    return HB_SCRIPT_LATIN;
}

/* Never shown, so that no font need have it: soft hyphen, joiners, controls of direction, variation selectors. The first of them is the soft hyphen.
 */
static bool ignorable(uint32_t c) { return c >= 0xAD && u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT); }

/* Most letters: shown, and no mark upon the one before. What is asked of every character is not asked of ICU then. */
static bool plain(uint32_t c) { return c < 0x300 ? c != 0xAD : (c >= 0x400 && c < 0x483) || (c >= 0x48A && c < 0x530); }

/* Of these, what letters are shaped by stays in the word: variation selectors, and joiners in scripts that have them. */
static bool unshaped(uint32_t c, bool joiners)
{
    return ignorable(c) && !u_hasBinaryProperty((UChar32)c, UCHAR_VARIATION_SELECTOR) && !(joiners && (c == 0x200C || c == 0x200D));
}

static void report_missing(struct para *p, const struct piece *q, uint32_t c)
{
    char name[40], shown[5] = {0};
    utf8_encode(c, shown);
    snprintf(name, sizeof name, "%s (U+%04X)", shown, c);
    p->t->said++;
    diag_once(p->t->diag, MSG_GLYPH_MISSING, q->at, str_of(name), (const char *const[]){name});
}

/* The font for the character at `at` of piece q, the one before kept where it can be. */
static const struct font *choose_font(struct para *p, const struct piece *q, uint32_t c, const struct font *before)
{
    if (!plain(c)) {
        if (before && (ignorable(c) || u_getCombiningClass((UChar32)c))) return before;
        if (ignorable(c)) return font_for(p->t, q->style, 0);
    }
    const struct font *f = font_for(p->t, q->style, c);
    if (!f) {
        report_missing(p, q, c);
        f = font_for(p->t, q->style, 0);
    }
    return f;
}

/* Removes what is not to be shaped (soft hyphens, seams of derived Latin, controls) by shaping the word without it; clusters are mapped back. */
const struct shaped *para_shape(struct para *p, const struct piece *q, const struct font *f, uint32_t script, bool rtl, size_t from, size_t to)
{
    char clean[256];
    uint16_t back[256];
    size_t n = 0;
    bool dropped = false;
    struct str word = str_part(p->text, from, to - from);
    bool joiners = script != HB_SCRIPT_LATIN && script != HB_SCRIPT_CYRILLIC;
    for (size_t at = 0; at < word.n && n + 4 < sizeof clean;) {
        size_t start = at;
        uint32_t c = (unsigned char)word.s[at] < 0xC2 ? (at++, (uint32_t)(unsigned char)word.s[start]) : utf8_next(word, &at);
        if (!plain(c) && unshaped(c, joiners)) {
            dropped = true;
            continue;
        }
        for (size_t k = start; k < at; k++) back[n] = (uint16_t)start, clean[n++] = word.s[k];
        if (at < word.n && n + 8 >= sizeof clean) return shape_word(p->t, p->arena, f, script, rtl, q->style, word); /* very long: as it is */
    }
    if (!dropped) return shape_word(p->t, p->arena, f, script, rtl, q->style, word);
    const struct shaped *w = shape_word(p->t, p->arena, f, script, rtl, q->style, (struct str){clean, n});
    struct shaped *copy = ARENA_NEW(p->arena, struct shaped);
    struct shaped_glyph *g = ARENA_ARRAY(p->arena, struct shaped_glyph, w->n);
    *copy = *w, copy->glyphs = g, copy->word = NULL;
    for (uint32_t i = 0; i < w->n; i++) {
        assert(w->glyphs[i].cluster < n); /* a byte of what was shaped: a word of which nothing is left has no glyph */
        g[i] = w->glyphs[i], g[i].cluster = back[w->glyphs[i].cluster];
    }
    return copy;
}

static struct atom *add_atom(struct para *p, enum atom_kind kind, size_t piece, uint32_t from, uint32_t to, uint8_t level)
{
    struct atom *a = vec_push(p->arena, &p->atoms);
    *a = (struct atom){.kind = (uint8_t)kind, .piece = (uint32_t)piece, .from = from, .to = to, .level = level};
    return a;
}

/* The end of the word at `at` where all of it is plain: ASCII, Latin and Cyrillic letters; 0 where it is not. */
static size_t plain_end(const struct para *p, const struct piece *q, size_t at, const uint8_t *breaks)
{
    const unsigned char *s = (const unsigned char *)p->text.s;
    do {
        bool two = (s[at] >= 0xC3 && s[at] <= 0xC5) || s[at] == 0xD0 || s[at] == 0xD1;
        if (s[at] < 0x7F) at++;
        else if (two && at + 1 < q->to && (s[at + 1] & 0xC0) == 0x80) at += 2;
        else return 0;
    } while (at < q->to && s[at] != ' ' && !breaks[at]);
    return at;
}

/* Cuts the text of one piece into words and spaces. mixed: some of the paragraph runs from right to left. */
static void cut_text(struct para *p, size_t piece, const uint8_t *breaks, const uint8_t *levels, bool mixed, hb_script_t *script)
{
    const struct piece *q = &p->pieces.v[piece];
    const struct text_style *s = q->style;
    p->t->at = q->at;
    bool wraps = s->white_space != WS_NOWRAP && s->white_space != WS_PRE;
    const struct font *usual = font_for(p->t, s, 0);
    struct atom blank = {0}; /* the last one, that the next is mostly like */
    for (size_t at = q->from; at < q->to;) {
        size_t from = at;
        if (p->text.s[at] == ' ') {
            struct atom *a = add_atom(p, ATOM_SPACE, piece, (uint32_t)at, (uint32_t)at + 1, levels[at]);
            const struct font *f;
            a->script = *script;
            if (blank.shaped && blank.script == *script && blank.level == a->level) a->shaped = blank.shaped, a->width = blank.width;
            else if ((f = font_for(p->t, s, ' '))) {
                a->shaped = shape_word(p->t, p->arena, f, *script, levels[at] & 1, s, STR(" "));
                a->width = word_width(s, a->shaped) + s->word_spacing;
                blank = *a;
            }
            at++;
            a->may_break = wraps && breaks[at];
            continue;
        }
        size_t next = at;
        uint32_t c = utf8_next(p->text, &next);
        hb_script_t sc = script_of(c, *script);
        size_t end = mixed || sc == HB_SCRIPT_COMMON ? 0 : plain_end(p, q, at, breaks);
        const struct shaped *known = end && usual ? shape_known(p->t, usual, sc, s, str_part(p->text, at, end - at)) : NULL;
        if (known) { /* as it was cut and shaped before */
            struct atom *a = add_atom(p, ATOM_WORD, piece, (uint32_t)at, (uint32_t)end, 0);
            *script = a->script = sc;
            a->shaped = known;
            a->width = word_width(s, known);
            a->may_break = wraps && breaks[end] && end < p->text.n && !(end < q->to && p->text.s[end] == ' ');
            at = end;
            continue;
        }
        unsigned said = p->t->said;
        const struct font *f = choose_font(p, q, c, NULL);
        if (sc == HB_SCRIPT_COMMON) sc = script_ahead(p->text, at);
        at = next;
        while (at < q->to && !breaks[at] && p->text.s[at] != ' ' && levels[at] == levels[from] && at - from < 4096) {
            next = at;
            c = utf8_next(p->text, &next);
            hb_script_t here = script_of(c, sc);
            if (here != sc || choose_font(p, q, c, f) != f) break;
            at = next;
        }
        *script = sc;
        struct atom *a = add_atom(p, ATOM_WORD, piece, (uint32_t)from, (uint32_t)at, levels[from]);
        a->script = sc;
        if (f) {
            a->shaped = para_shape(p, q, f, sc, levels[from] & 1, from, at);
            if (at == end && f == usual && p->t->said == said) shape_know(a->shaped);
            a->width = word_width(s, a->shaped);
        }
        a->may_break = wraps && breaks[at] && at < p->text.n && !(at < q->to && p->text.s[at] == ' ');
    }
}

/* A break behind a space moves behind the closing struts and marks that follow it, so that an element's end stays on its line. */
static void settle_breaks(struct para *p)
{
    for (size_t i = 0; i + 1 < p->atoms.n; i++) {
        struct atom *a = &p->atoms.v[i], *b = &p->atoms.v[i + 1];
        bool sticks = b->kind == ATOM_MARK || (b->kind == ATOM_STRUT && !p->pieces.v[b->piece].at_start);
        if (a->may_break && sticks) a->may_break = false, b->may_break = true;
    }
}

void para_settle(struct para *p)
{
    if (p->text.s) return;
    p->text = buf_copy(p->arena, &p->building);
    buf_close(&p->building);
}

void para_prepare(struct para *p)
{
    if (p->prepared) return;
    p->prepared = true;
    para_settle(p);
    uint8_t *breaks = arena_alloc(p->arena, p->text.n + 1), *levels = arena_alloc(p->arena, p->text.n + 1);
    bool serbian = false;
    for (size_t i = 0; i < p->pieces.n && !serbian; i++) serbian = p->pieces.v[i].style && str_starts(p->pieces.v[i].style->lang, "sr");
    if (p->text.n) breaks_find(p->t, p->arena, p->text, serbian, breaks);
    bool mixed = levels_find(p, levels);
    hb_script_t script = HB_SCRIPT_COMMON;
    p->t->now = NULL;
    p->atoms.cap = p->text.n / 5 + p->pieces.n + 4; /* mostly enough: a word and a blank are about 12 bytes of Cyrillic */
    p->atoms.v = ARENA_ARRAY(p->arena, struct atom, p->atoms.cap);
    for (size_t i = 0; i < p->pieces.n; i++) {
        const struct piece *q = &p->pieces.v[i];
        if (q->kind == ATOM_WORD) {
            cut_text(p, i, breaks, levels, mixed, &script);
            continue;
        }
        if (q->kind == ATOM_CONTROL) continue;
        uint8_t level = q->from < p->text.n ? levels[q->from] : p->rtl;
        struct atom *a = add_atom(p, q->kind, i, q->from, q->to, q->kind == ATOM_BREAK ? p->rtl : level);
        a->width = q->width;
        a->may_break = q->kind == ATOM_OBJECT && q->to < p->text.n && breaks[q->to];
        if (q->kind == ATOM_OBJECT && q->style && (q->style->white_space == WS_NOWRAP || q->style->white_space == WS_PRE)) a->may_break = false;
    }
    settle_breaks(p);
}

/* The widest stretch of text: between places where a line may end, or only where it must. Blanks at its end do not count. */
static fixed widest(struct para *p, bool may)
{
    fixed most = 0, now = 0, spaces = 0;
    para_prepare(p);
    for (size_t i = 0; i < p->atoms.n; i++) {
        const struct atom *a = &p->atoms.v[i];
        if (a->kind == ATOM_SPACE) spaces += a->width;
        else if (a->kind != ATOM_BREAK) now += spaces + a->width, spaces = 0;
        most = fixed_max(most, now);
        if (a->kind == ATOM_BREAK || (may && a->may_break)) now = spaces = 0;
    }
    return most;
}

fixed para_min_width(struct para *p) { return widest(p, true); }
fixed para_max_width(struct para *p) { return widest(p, false); }
