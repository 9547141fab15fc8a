/* keep.c: the lines of paragraphs, kept from one making of a document to the next (`serve`: of 2,000 paragraphs one was edited).
 *
 * What para_break gives depends on nothing but the KEY: the collapsed text, of each piece kind, bounds, sizes and everything its style says, and the
 * shape asked for. The key is kept whole and compared byte by byte, so what is found is what would have been made. What a run says of the caller
 * (owner, style, place) is not in it: each run remembers its piece, and takes those from the same piece of the paragraph at hand. A paragraph that
 * something was reported of is not kept, since its message would be missing the next time. Nothing is taken out one by one: a memory that has doubled
 * since its first document is emptied when the next begins. */
#include "text/para.h"
#include <stdlib.h>

enum { MOST_PIECES = 1000, SPARE = 4 << 20 };
struct kept {
    struct para_lines lines;
    uint32_t *pieces; /* of every run, line by line */
};
struct para_memory {
    struct arena arena;
    struct map map;     /* key -> struct kept */
    size_t size, first; /* bytes, about; as the first document left it */
};

struct para_memory *para_memory_new(void)
{
    struct para_memory *m = mem_realloc(NULL, sizeof *m);
    *m = (struct para_memory){0};
    m->map = map_new(&m->arena);
    return m;
}

void para_memory_close(struct para_memory *m)
{
    if (!m) return;
    arena_close(&m->arena);
    free(m);
}

void text_remember(struct text *t, struct para_memory *m)
{
    t->memory = m;
    if (!m) return;
    if (!m->first) m->first = m->size;
    if (m->size <= 2 * m->first + SPARE) return;
    arena_close(&m->arena);
    m->map = map_new(&m->arena);
    m->size = m->first = 0;
}

/* --- the key --- */
static void put(struct buf *b, int64_t v) { buf_add(b, (const char *)&v, sizeof v); }
static void put_text(struct buf *b, struct str s)
{
    put(b, (int64_t)s.n);
    buf_str(b, s);
}

_Static_assert(sizeof(struct text_style) == 96 && sizeof(struct para_shape) == 40, "put_style and put_key name every field: add the new one");
static void put_style(struct buf *b, const struct text_style *s)
{
    put(b, s->size), put(b, s->letter_spacing), put(b, s->word_spacing), put(b, s->tab), put(b, s->rise);
    const uint16_t small[] = {s->weight,    s->italic,       s->tabular, s->small_caps,      s->white_space,     s->hyphens,        s->overflow_wrap,
                              s->transform, s->unicode_bidi, s->rtl,     s->hyphen_chars[0], s->hyphen_chars[1], s->hyphen_chars[2]};
    buf_add(b, (const char *)small, sizeof small);
    put_text(b, s->lang), put_text(b, s->features), put_text(b, s->hyphen);
    put(b, s->families ? (int64_t)s->families->n : -1);
    for (size_t i = 0; s->families && i < s->families->n; i++) put_text(b, s->families->names[i]);
}

static void put_key(struct buf *b, const struct para *p, const struct para_shape *s)
{
    const struct text_style *last = NULL;
    put_text(b, p->text);
    put(b, p->rtl), put(b, s->width), put(b, s->indent), put(b, s->align), put(b, s->align_last), put(b, s->greedy);
    put(b, s->hyphen_lines), put(b, s->whole_last), put(b, s->hyphen_zone);
    put(b, s->n_measures);
    for (uint32_t i = 0; i < s->n_measures; i++) put(b, s->measures[i].x), put(b, s->measures[i].w);
    put(b, s->hanging), put(b, s->protrude), put(b, s->tracking);
    for (size_t i = 0; i < p->pieces.n; i++) {
        const struct piece *q = &p->pieces.v[i];
        put(b, q->kind), put(b, q->at_start), put(b, q->from), put(b, q->to), put(b, q->width), put(b, q->ascent), put(b, q->descent),
            put(b, q->control);
        put_text(b, q->pattern);
        put(b, !q->style ? 0 : q->style == last ? 1 : 2);
        if (q->style && q->style != last) put_style(b, q->style);
        last = q->style;
    }
}

static bool keeps(const struct para *p) { return p->t->memory && p->t->said == p->said && p->pieces.n <= MOST_PIECES; }

/* --- finding and adding --- */
struct para_lines *keep_find(struct para *p, const struct para_shape *s)
{
    if (!keeps(p)) return NULL;
    struct buf key = {0};
    put_key(&key, p, s);
    const struct kept *k = map_find(&p->t->memory->map, buf_view(&key));
    buf_close(&key);
    if (!k) return NULL;
    struct para_lines *out = ARENA_NEW(p->arena, struct para_lines);
    const uint32_t *piece = k->pieces;
    out->n = k->lines.n;
    out->lines = ARENA_ARRAY(p->arena, struct para_line, out->n);
    for (size_t i = 0; i < out->n; i++) {
        struct para_line *line = &out->lines[i];
        *line = k->lines.lines[i];
        struct run *runs = ARENA_ARRAY(p->arena, struct run, line->n);
        for (size_t r = 0; r < line->n; r++) {
            const struct piece *q = &p->pieces.v[*piece++];
            runs[r] = line->runs[r];
            runs[r].owner = q->owner, runs[r].style = q->style, runs[r].at = q->at;
            if (!runs[r].text) continue;
            runs[r].text = ARENA_NEW(p->arena, struct text_item);
            *runs[r].text = *line->runs[r].text;
            runs[r].text->lang = q->style->lang;
        }
        line->runs = runs;
    }
    return out;
}

/* The piece that r came from, sought from the one before on; pieces.n where none is it. */
static size_t piece_of(const struct para *p, const struct run *r, size_t before)
{
    for (size_t k = 0; k < p->pieces.n; k++) {
        size_t i = (before + k) % p->pieces.n;
        const struct piece *q = &p->pieces.v[i];
        if (q->owner == r->owner && q->style == r->style && q->at.file == r->at.file && q->at.line == r->at.line && q->at.col == r->at.col) return i;
    }
    return p->pieces.n;
}

static struct text_item *copy_item(struct arena *a, const struct text_item *t)
{
    struct text_item *c = ARENA_NEW(a, struct text_item);
    *c = *t;
    c->text = str_copy(a, t->text);
    c->lang = (struct str){0};
    c->glyphs = (const struct glyph *)(const void *)arena_copy(a, (const char *)t->glyphs, t->n * sizeof *t->glyphs);
    if (t->offsets) c->offsets = (const struct glyph_offset *)(const void *)arena_copy(a, (const char *)t->offsets, t->n * sizeof *t->offsets);
    return c;
}

void keep_add(struct para *p, const struct para_shape *s, const struct para_lines *lines)
{
    struct para_memory *m = p->t->memory;
    if (!keeps(p)) return;
    struct arena *a = &m->arena;
    struct kept *k = ARENA_NEW(a, struct kept);
    size_t runs = 0, at = 0, piece = 0, glyphs = 0;
    for (size_t i = 0; i < lines->n; i++) runs += lines->lines[i].n;
    k->lines.n = lines->n;
    k->lines.lines = ARENA_ARRAY(a, struct para_line, lines->n);
    k->pieces = ARENA_ARRAY(a, uint32_t, runs);
    for (size_t i = 0; i < lines->n; i++) {
        struct para_line *line = &k->lines.lines[i];
        *line = lines->lines[i];
        line->runs = (struct run *)(void *)arena_copy(a, (const char *)line->runs, line->n * sizeof *line->runs);
        for (size_t r = 0; r < line->n; r++) {
            piece = piece_of(p, &line->runs[r], piece);
            if (piece == p->pieces.n) return; /* not of one piece: not kept */
            k->pieces[at++] = (uint32_t)piece;
            if (!line->runs[r].text) continue;
            glyphs += line->runs[r].text->n;
            line->runs[r].text = copy_item(a, line->runs[r].text);
        }
    }
    struct buf key = {0};
    put_key(&key, p, s);
    m->size += key.n + runs * (sizeof(struct run) + sizeof(struct text_item)) + glyphs * (sizeof(struct glyph) + 2);
    *map_at(&m->map, buf_copy(a, &key)) = k;
    buf_close(&key);
}
