/* setting.c: a chosen line into runs: what stands on it, words parted anew at its ends, blanks and letters stretched (Knuth & Plass), the order for
 * the eye (UAX 9, L1 and L2), leaders, and where it begins. */
#include "text/breaker.h"
#include "base/utf8.h"

static void add_fragments(struct breaker *b, const struct place_to_break *start, bool first, const struct place_to_break *end, struct fragment *f,
                          size_t *n)
{
    struct para *p = b->p;
    uint32_t from_atom = first ? 0 : start->inside ? start->atom : start->atom + 1;
    *n = 0;
    for (uint32_t i = from_atom; i <= end->atom && i < p->atoms.n; i++) {
        const struct atom *a = &p->atoms.v[i];
        uint32_t from = a->from, to = a->to;
        if (a->kind == ATOM_BREAK) continue;
        if (!first && start->inside && i == start->atom) from = a->from + start->inside;
        if (end->inside && i == end->atom) to = a->from + end->inside;
        struct fragment *g = &f[(*n)++];
        *g = (struct fragment){a, a->shaped, from, to, a->width, 0, a->level, a->kind, false};
        if (a->kind == ATOM_WORD && a->shaped &&
            (from != a->from || to != a->to)) { /* a part of a word is shaped anew: joins and kerns end at the break */
            const struct text_style *s = p->pieces.v[a->piece].style;
            g->shaped = para_shape(p, &p->pieces.v[a->piece], a->shaped->font, a->script, a->level & 1, from, to);
            g->width = para_scale(s, g->shaped->font, g->shaped->width) + s->letter_spacing * (fixed)g->shaped->n;
        }
    }
    if (end->hyphen && *n && f[*n - 1].kind == ATOM_WORD) {
        struct fragment *g = &f[*n];
        *g = f[*n - 1];
        g->hyphen = true, g->from = g->to;
        g->width = hyphen_width(p, g->atom, &g->shaped);
        (*n)++;
    }
}

/* UAX 9, L1 and L2: blanks at the end take the level of the paragraph; runs of higher levels are reversed. */
static void reorder(struct para *p, struct fragment *f, size_t n)
{
    uint8_t highest = 0, lowest_odd = 255;
    for (size_t i = n; i-- > 0 && (f[i].kind == ATOM_SPACE || f[i].kind == ATOM_MARK);) f[i].level = p->rtl;
    for (size_t i = 0; i < n; i++) {
        if (f[i].level > highest) highest = f[i].level;
        if (f[i].level & 1 && f[i].level < lowest_odd) lowest_odd = f[i].level;
    }
    for (uint8_t level = highest; level >= lowest_odd && level > 0; level--)
        for (size_t i = 0; i < n; i++) {
            size_t j = i;
            while (j < n && f[j].level >= level) j++;
            for (size_t a = i, z = j; a + 1 < z; a++) {
                struct fragment t = f[a];
                f[a] = f[--z];
                f[z] = t;
            }
            if (j > i) i = j;
        }
}

/* Takes characters that are never shown (soft hyphens, seams of derived Latin) out of the text of an item; clusters follow. joiners: a script in
 * which U+200C shapes letters and is text. */
static void clean_item(struct arena *a, struct text_item *t, struct glyph *g, bool joiners)
{
    struct str s = t->text;
    if (str_find_either(s, '\xC2', '\xE2') == SIZE_MAX || (str_search(s, "\xC2\xAD") == SIZE_MAX && str_search(s, "\xE2\x80\x8C") == SIZE_MAX))
        return;
    char *out = arena_alloc(a, s.n + 1);
    uint16_t *to = arena_alloc(a, (s.n + 1) * sizeof *to);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        size_t drop = !memcmp(s.s + i, "\xC2\xAD", s.n - i < 2 ? s.n - i : 2) && s.n - i >= 2 ? 2
                      : !joiners && s.n - i >= 3 && !memcmp(s.s + i, "\xE2\x80\x8C", 3)       ? 3
                                                                                              : 0;
        for (size_t k = 0; k < drop; k++) to[i + k] = (uint16_t)n;
        i += drop;
        if (!drop) to[i] = (uint16_t)n, out[n++] = s.s[i++];
    }
    size_t end = n ? n - 1 : 0; /* where the last character begins */
    while (end && ((unsigned char)out[end] & 0xC0) == 0x80) end--;
    for (uint32_t k = 0; k < t->n; k++) {
        uint16_t at = to[g[k].cluster < s.n ? g[k].cluster : s.n - 1];
        g[k].cluster = at < n ? at : (uint16_t)end;
    }
    t->text = (struct str){out, n};
}

/* Whether the letters of a fragment may be tracked: not where marks stand upon them. */
static bool tracks(const struct fragment *f)
{
    if (f->kind != ATOM_WORD || !f->shaped || f->hyphen) return false;
    for (uint32_t i = 0; i < f->shaped->n; i++)
        if (!f->shaped->glyphs[i].advance || f->shaped->glyphs[i].dx || f->shaped->glyphs[i].dy) return false;
    return true;
}

static void track_letters(struct glyph *g, uint32_t n, fixed extra)
{
    fixed given = 0;
    for (uint32_t k = 0; k < n; k++) {
        fixed upto = fixed_muldiv(extra, (int64_t)k + 1, n);
        g[k].advance += upto - given, given = upto;
    }
}

/* Gives the letters of a justified line their part of its slack, letter by letter the same; returns what is left for the blanks. */
static fixed track(const struct breaker *b, struct fragment *f, size_t n, fixed slack, int32_t *each)
{
    int64_t words = 0, blanks = 0, letters = 0, seen = 0;
    for (size_t i = 0; i < n; i++) {
        if (tracks(&f[i])) words += f[i].width, letters += f[i].shaped->n;
        else if (f[i].kind == ATOM_SPACE) blanks += f[i].width;
    }
    int64_t flex = words * b->flex / 10000, other = slack < 0 ? blanks / 3 : blanks / 2;
    if (!flex || !letters) return slack;
    fixed part = slack > flex + other ? (fixed)flex : slack < -(flex + other) ? (fixed)-flex : fixed_muldiv(slack, flex, flex + other), given = 0;
    for (size_t i = 0; i < n; i++) {
        if (!tracks(&f[i])) continue;
        seen += f[i].shaped->n;
        fixed upto = fixed_muldiv(part, seen, letters);
        f[i].extra = upto - given, given = upto;
    }
    *each = (int32_t)((int64_t)part * 65536 / letters);
    return slack - part;
}

/* One run of fragments [from, to) of one span, font and direction into a text item. */
static void make_text(struct para *p, struct run *r, const struct fragment *f, size_t from, size_t to)
{
    const struct piece *q = &p->pieces.v[f[from].atom->piece];
    const struct text_style *s = q->style;
    struct text_item *t = ARENA_NEW(p->arena, struct text_item);
    uint32_t n = 0, first = UINT32_MAX, last = 0;
    for (size_t i = from; i < to; i++) {
        n += f[i].shaped->n;
        if (f[i].from < first) first = f[i].from;
        if (f[i].to > last) last = f[i].to;
        t->hyphen |= f[i].hyphen;
    }
    struct glyph *g = ARENA_ARRAY(p->arena, struct glyph, n), *w = g;
    struct glyph_offset *offsets = NULL;
    for (size_t i = from; i < to; i++) {
        const struct shaped *sh = f[i].shaped;
        int64_t units = 0;
        fixed at = 0;
        for (uint32_t k = 0; k < sh->n; k++) {
            const struct shaped_glyph *sg = &sh->glyphs[k];
            units += sg->advance;
            fixed end = para_scale(s, sh->font, units);
            uint32_t cluster = f[i].hyphen ? (f[i].from > first ? f[i].from - first - 1 : 0) : f[i].from - first + sg->cluster;
            if (sg->dx || sg->dy) {
                if (!offsets) offsets = ARENA_ARRAY(p->arena, struct glyph_offset, n);
                offsets[w - g] = (struct glyph_offset){(int16_t)para_scale(s, sh->font, sg->dx), (int16_t)para_scale(s, sh->font, sg->dy)};
            }
            *w++ = (struct glyph){sg->id, (uint16_t)cluster, end - at + s->letter_spacing};
            at = end;
        }
        if (f[i].kind == ATOM_SPACE) w[-1].advance += f[i].extra + s->word_spacing;
        else if (f[i].extra) track_letters(w - sh->n, sh->n, f[i].extra);
        if (f[i].hyphen && f[i].from > first) /* the hyphen belongs to the cluster of the last character */
            for (uint32_t k = 1; k <= sh->n; k++) {
                uint32_t c = f[i].from - first - 1;
                while (c && ((unsigned char)p->text.s[first + c] & 0xC0) == 0x80) c--;
                w[-(int)k].cluster = (uint16_t)c;
            }
    }
    t->font = f[from].shaped->font, t->size = s->size, t->lang = s->lang, t->rtl = f[from].level & 1, t->n = n, t->glyphs = g, t->offsets = offsets;
    t->skew = s->italic && !t->font->italic && !t->font->mono ? 14 : 0;
    t->text = str_part(p->text, first, last - first);
    uint32_t script = f[from].atom->script;
    clean_item(p->arena, t, g, script != HB_SCRIPT_LATIN && script != HB_SCRIPT_CYRILLIC);
    fixed width = 0;
    for (uint32_t k = 0; k < n; k++) width += g[k].advance;
    *r = (struct run){.kind = RUN_GLYPHS,
                      .owner = q->owner,
                      .width = width,
                      .style = s,
                      .at = q->at,
                      .text = t,
                      .first = first,
                      .ascent = para_scale(s, t->font, t->font->ascent),
                      .descent = para_scale(s, t->font, t->font->descent)};
}

/* A leader of the given width: its pattern as often as it fits, at the far end, so that the dots of several lines stand under each other.
 * What it leaves empty before them is returned. */
static fixed make_leader(struct para *p, struct run *r, const struct piece *q, fixed width)
{
    const struct text_style *s = q->style;
    size_t at = 0;
    const struct font *f = text_font(p->t, s->families, s->weight, s->italic, q->pattern.n ? utf8_next(q->pattern, &at) : '.', s->lang);
    *r = (struct run){.kind = RUN_LEADER, .owner = q->owner, .width = width, .style = s, .at = q->at, .first = q->from};
    if (!f || !q->pattern.n || width <= 0) return 0;
    const struct shaped *w = shape_word(p->t, p->arena, f, HB_SCRIPT_LATIN, false, s, q->pattern);
    fixed one = para_scale(s, f, w->width);
    uint32_t times = one > 0 ? (uint32_t)(width / one) : 0;
    if (times > 2000) times = 2000;
    if (!times || !w->n) return 0;
    fixed taken = 0;
    struct text_item *t = ARENA_NEW(p->arena, struct text_item);
    struct glyph *g = ARENA_ARRAY(p->arena, struct glyph, times * w->n);
    char *text = arena_alloc(p->arena, times * q->pattern.n + 1);
    for (uint32_t k = 0; k < times; k++) {
        memcpy(text + k * q->pattern.n, q->pattern.s, q->pattern.n);
        for (uint32_t i = 0; i < w->n; i++) {
            fixed advance = para_scale(s, f, w->glyphs[i].advance);
            g[k * w->n + i] = (struct glyph){w->glyphs[i].id, (uint16_t)(k * q->pattern.n + w->glyphs[i].cluster), advance};
            taken += advance;
        }
    }
    *t = (struct text_item){.font = f, .size = s->size, .text = {text, times * q->pattern.n}, .lang = s->lang, .n = times * w->n, .glyphs = g};
    r->text = t, r->ascent = para_scale(s, f, f->ascent), r->descent = para_scale(s, f, f->descent);
    return fixed_max(width - taken, 0);
}

static bool joins(const struct fragment *a, const struct fragment *b)
{
    if ((a->kind != ATOM_WORD && a->kind != ATOM_SPACE) || (b->kind != ATOM_WORD && b->kind != ATOM_SPACE)) return false;
    if (a->atom->piece != b->atom->piece || a->level != b->level || !a->shaped || !b->shaped || a->shaped->font != b->shaped->font) return false;
    return a->level & 1 ? b->to == a->from : a->to == b->from;
}

/* Spreads `slack` over the blanks before `end`, in proportion to their width, without losing a unit. */
static void spread(struct fragment *f, size_t n, fixed slack)
{
    int64_t total = 0, seen = 0;
    fixed given = 0;
    size_t end = n;
    while (end && (f[end - 1].kind == ATOM_SPACE || f[end - 1].kind == ATOM_MARK)) end--;
    for (size_t i = 0; i < end; i++)
        if (f[i].kind == ATOM_SPACE) total += f[i].width;
    for (size_t i = 0; i < end && total > 0; i++) {
        if (f[i].kind != ATOM_SPACE) continue;
        seen += f[i].width;
        fixed upto = fixed_muldiv(slack, seen, total);
        f[i].extra = upto - given;
        given = upto;
    }
}

/* The fragment behind those that make one run from i on. */
static size_t run_end(const struct fragment *f, size_t i, size_t n)
{
    size_t j = i + 1;
    if ((f[i].kind == ATOM_WORD || f[i].kind == ATOM_SPACE) && f[i].shaped)
        while (j < n && joins(&f[j - 1], &f[j]) && f[j].to - f[i].from < 60000) j++;
    return j;
}

void set_line(struct breaker *b, const struct node *n, struct para_line *line, struct fragment *f)
{
    struct para *p = b->p;
    const struct node *from = &b->room->nodes.v[n->prev];
    const struct place_to_break *start = &b->room->places.v[from->at], *end = &b->room->places.v[n->at];
    size_t count, leaders = 0;
    struct para_measure place = measure_of(b, from->line);
    fixed indent = indent_of(b, from->line), width = place.w - indent, natural = 0, blanks_at_end = 0;
    add_fragments(b, start, from->prev == UINT32_MAX, end, f, &count);
    for (size_t i = 0; i < count; i++) {
        natural += f[i].width;
        leaders += f[i].kind == ATOM_LEADER;
    }
    for (size_t i = count; i-- > 0 && (f[i].kind == ATOM_SPACE || f[i].kind == ATOM_MARK || (f[i].kind == ATOM_STRUT && !f[i].width));)
        if (f[i].kind == ATOM_SPACE) blanks_at_end += f[i].width;
    natural -= blanks_at_end;
    uint8_t align = end->forced ? b->s->align_last : b->s->align;
    fixed allowed, before = out_at_start(b, start, from->prev == UINT32_MAX), behind = out_at_end(b, end, &allowed);
    if (allowed && natural > width + before + behind) behind += allowed;
    width += before + behind;
    int32_t each = 0;
    fixed slack = width - natural, lead = leaders && slack > 0 ? slack / (fixed)leaders : 0;
    bool stretches = align == ALIGN_JUSTIFY && slack > 0, shrinks = b->s->align == ALIGN_JUSTIFY && slack < 0 && !n->overfull;
    fixed blanks = b->flex && !leaders && (stretches || shrinks) ? track(b, f, count, slack, &each) : slack;
    if (!leaders && (stretches || shrinks)) spread(f, count, blanks);
    reorder(p, f, count);
    line->natural = natural + slack - blanks, line->hyphenated = end->hyphen, line->forced = end->forced, line->overfull = n->overfull && slack < -1,
    line->stretch = n->ratio;
    size_t runs = 0;
    for (size_t i = 0; i < count; i = run_end(f, i, count)) runs++;
    line->runs = ARENA_ARRAY(p->arena, struct run, runs);
    fixed x = 0;
    for (size_t i = 0, j; i < count; i = j) {
        const struct piece *q = &p->pieces.v[f[i].atom->piece];
        struct run *r = &line->runs[line->n];
        fixed shift = 0;
        j = run_end(f, i, count);
        if (f[i].kind == ATOM_WORD || f[i].kind == ATOM_SPACE) {
            if (!f[i].shaped) continue;
            make_text(p, r, f, i, j);
            r->text->track = each;
        } else if (f[i].kind == ATOM_LEADER) {
            fixed empty = make_leader(p, r, q, lead);
            if (!(f[i].level & 1)) shift = empty; /* from right to left the far end is where the run begins */
        } else {
            *r = (struct run){.kind = f[i].kind == ATOM_OBJECT  ? RUN_OBJECT
                                      : f[i].kind == ATOM_STRUT ? RUN_STRUT
                                                                : RUN_MARK,
                              .owner = q->owner,
                              .width = f[i].width,
                              .style = q->style,
                              .at = q->at,
                              .first = q->from,
                              .ascent = q->ascent,
                              .descent = q->descent};
        }
        r->x = x + shift;
        x += r->width;
        line->n++;
    }
    fixed used = natural;
    if (leaders && slack > 0) used = width;
    else if ((stretches && count > 1) || shrinks) used = width;
    line->width = used;
    fixed white = width - used;
    bool right = align == ALIGN_RIGHT || (p->rtl && (align == ALIGN_JUSTIFY || align == ALIGN_START));
    line->x = place.x + (p->rtl ? -behind : indent - before);
    if (right) line->x += white;
    else if (align == ALIGN_CENTER) line->x += white / 2;
    if (p->rtl && blanks_at_end) line->x -= blanks_at_end; /* blanks of the line's end hang out on the left */
}
