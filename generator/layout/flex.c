/* flex.c: flexible boxes (CSS Flexbox 1), the part that documents use: rows and columns, wrapping, grow, shrink, basis, gaps, justify-content,
 * align-items and -self, order. A line of a row container is a BAND, as a table's row is, so it may break over pages; a column container is a flow of
 * blocks. */
#include "layout/internal.h"

struct flex_item {
    struct box *box;
    struct edges e;
    fixed base, min, max, w, h;
};

static size_t items_of(struct layout *l, struct box *b, struct box ***out)
{
    size_t n = 0;
    for (struct box *c = b->first; c; c = c->next) n += !c->absolute;
    struct box **v = ARENA_ARRAY(&l->work, struct box *, n);
    n = 0;
    for (struct box *c = b->first; c; c = c->next) {
        if (c->absolute) continue;
        size_t i = n++;
        for (; i && v[i - 1]->style->order > c->style->order; i--) v[i] = v[i - 1]; /* stable */
        v[i] = c;
    }
    if (b->style->flex_direction == FLEX_ROW_REVERSE || b->style->flex_direction == FLEX_COLUMN_REVERSE)
        for (size_t i = 0; i < n / 2; i++) {
            struct box *t = v[i];
            v[i] = v[n - 1 - i];
            v[n - 1 - i] = t;
        }
    *out = v;
    return n;
}

static bool is_row(const struct style *s) { return s->flex_direction == FLEX_ROW || s->flex_direction == FLEX_ROW_REVERSE; }

struct extent flex_measure(struct layout *l, struct box *b)
{
    struct extent x = {0, 0};
    bool row = is_row(b->style), wraps = b->style->flex_wrap;
    fixed gap = len_resolve(b->style->column_gap, 0, 0);
    size_t n = 0;
    for (struct box *c = b->first; c; c = c->next) {
        if (c->absolute) continue;
        struct extent k = measure_box(l, c);
        if (row) {
            x.max += k.max + (n ? gap : 0);
            x.min = wraps ? fixed_max(x.min, k.min) : x.min + k.min + (n ? gap : 0);
        } else x.max = fixed_max(x.max, k.max), x.min = fixed_max(x.min, k.min);
        n++;
    }
    return x;
}

static fixed outer(const struct flex_item *it) { return it->e.margin[LEFT] + it->e.margin[RIGHT] + edges_h(&it->e); }

static struct flex_item item_of(struct layout *l, struct box *c, fixed width)
{
    const struct style *s = c->style;
    struct flex_item it = {.box = c, .e = edges_of(s, width), .max = FIXED_MAX};
    fixed extra = edges_h(&it.e), cut = s->box_sizing_border ? extra : 0;
    struct extent x = measure_box(l, c);
    fixed own = x.max - outer(&it), least = x.min - outer(&it);
    /* what a width does not say: how narrow the content could be set (4.5) */
    if (s->width.kind == LEN_FIXED && c->kind != BOX_TABLE && c->kind != BOX_IMAGE && c->kind != BOX_FIELD) least = measure_content(l, c).min;
    if (len_definite(s->flex_basis)) it.base = len_resolve(s->flex_basis, width, 0) - cut;
    else if (len_definite(s->width)) it.base = len_resolve(s->width, width, 0) - cut;
    else it.base = own;
    it.min = s->min_width.kind == LEN_FIXED || s->min_width.kind == LEN_PERCENT ? len_resolve(s->min_width, width, 0) - cut
             : s->overflow_hidden                                               ? 0
                                                                                : fixed_min(least, fixed_max(it.base, least));
    if (s->width.kind == LEN_FIXED && s->min_width.kind == LEN_AUTO) it.min = fixed_min(it.min, fixed_max(s->width.v - cut, 0));
    if (s->max_width.kind == LEN_FIXED || s->max_width.kind == LEN_PERCENT) it.max = fixed_max(len_resolve(s->max_width, width, 0) - cut, 0);
    it.base = fixed_max(it.base, 0);
    it.min = fixed_max(it.min, 0);
    it.w = fixed_clamp(it.base, it.min, fixed_max(it.max, it.min));
    return it;
}

/* Grows or shrinks the items of a line to the room (9.7), freezing those that meet a limit. */
static void resolve(struct flex_item *v, size_t n, fixed room)
{
    bool *frozen = (bool[64]){0};
    struct arena tmp = {0};
    if (n > 64) frozen = ARENA_ARRAY(&tmp, bool, n);
    for (size_t i = 0; i < n; i++) v[i].w = v[i].base;
    for (size_t round = 0; round <= n; round++) {
        int64_t left = room, weight = 0;
        for (size_t i = 0; i < n; i++) left -= v[i].w + (fixed)0;
        bool grow = left > 0;
        for (size_t i = 0; i < n; i++)
            if (!frozen[i]) weight += grow ? v[i].box->style->flex_grow : (int64_t)v[i].box->style->flex_shrink * v[i].base / 64;
        if (!left || weight <= 0) break;
        if (grow && weight < 64) left = left * weight / 64;
        bool clamped = false;
        for (size_t i = 0; i < n; i++) {
            if (frozen[i]) continue;
            int64_t part = grow ? v[i].box->style->flex_grow : (int64_t)v[i].box->style->flex_shrink * v[i].base / 64;
            int64_t want = v[i].w + left * part / weight;
            fixed w = fixed_clamp((fixed)want, v[i].min, fixed_max(v[i].max, v[i].min));
            if (w != want) {
                v[i].w = w;
                frozen[i] = clamped = true;
            }
        }
        if (clamped) { /* the others start again from their bases */
            for (size_t i = 0; i < n; i++)
                if (!frozen[i]) v[i].w = v[i].base;
            continue;
        }
        for (size_t i = 0; i < n; i++) {
            if (frozen[i]) continue;
            int64_t part = grow ? v[i].box->style->flex_grow : (int64_t)v[i].box->style->flex_shrink * v[i].base / 64;
            v[i].w += (fixed)(left * part / weight);
        }
        break;
    }
    for (size_t i = 0; i < n; i++) v[i].w = fixed_clamp(v[i].w, v[i].min, fixed_max(v[i].max, v[i].min));
    arena_close(&tmp);
}

static void justify(uint8_t how, fixed left, size_t n, fixed *start, fixed *between)
{
    *start = *between = 0;
    if (!n || (left <= 0 && how != FLEX_END && how != FLEX_CENTER)) return; /* n = 0: all its children are absolute */
    switch ((enum flex_align)how) {
    case FLEX_END: *start = left; break;
    case FLEX_CENTER: *start = left / 2; break;
    case FLEX_BETWEEN: *between = n > 1 ? left / (fixed)(n - 1) : 0; break;
    case FLEX_AROUND: *between = left / (fixed)n, *start = *between / 2; break;
    case FLEX_EVENLY: *between = *start = left / (fixed)(n + 1); break;
    default: break;
    }
}

static struct band *make_line(struct layout *l, struct box *b, struct flex_item *v, size_t n, fixed width, fixed gap, fixed height)
{
    struct band *band = ARENA_NEW(&l->work, struct band);
    fixed sum = 0, start, between, high = 0, line_base = 0;
    size_t autos = 0;
    for (size_t i = 0; i < n; i++) sum += v[i].w + outer(&v[i]) + (i ? gap : 0), autos += v[i].e.auto_left + (size_t)v[i].e.auto_right;
    fixed left = width - sum;
    justify(autos && left > 0 ? FLEX_START : b->style->justify_content, left, n, &start, &between);
    band->n = n;
    band->cells = ARENA_ARRAY(&l->work, struct band_cell, n);
    fixed x = start;
    for (size_t i = 0; i < n; i++) {
        struct band_cell *c = &band->cells[i];
        struct flex_item *it = &v[i];
        if (autos && left > 0) {
            if (it->e.auto_left) x += left / (fixed)autos;
        }
        c->w = it->w + outer(it);
        c->x = b->style->rtl ? width - x - c->w : x;
        c->align = it->box->style->align_self == FLEX_ALIGN_AUTO ? b->style->align_items : it->box->style->align_self;
        c->strip = flex_strip(l, it->box, c->w, -1);
        c->content = strip_height(c->strip);
        high = fixed_max(high, c->content);
        if (c->align == FLEX_BASELINE) line_base = fixed_max(line_base, strip_baseline(c->strip, false));
        x += c->w + gap + between;
        if (autos && left > 0 && it->e.auto_right) x += left / (fixed)autos;
    }
    high = fixed_max(high, height);
    for (size_t i = 0; i < n; i++) {
        struct band_cell *c = &band->cells[i];
        c->h = high;
        if (c->align == FLEX_STRETCH && l->stretch_deep < 6 && c->content < high && v[i].box->style->height.kind == LEN_AUTO &&
            v[i].box->kind != BOX_IMAGE && v[i].box->kind != BOX_FIELD)
            l->stretch_deep++, c->strip = flex_strip(l, v[i].box, c->w, high - v[i].e.margin[TOP] - v[i].e.margin[BOTTOM]), l->stretch_deep--;
        else if (c->align == FLEX_CENTER) c->shift = (high - c->content) / 2;
        else if (c->align == FLEX_END) c->shift = high - c->content;
        else if (c->align == FLEX_BASELINE) c->shift = fixed_max(line_base - strip_baseline(c->strip, false), 0);
        c->content = fixed_max(c->content, strip_height(c->strip));
    }
    band->n_rows = 1;
    band->rows = ARENA_ARRAY(&l->work, fixed, 2);
    band->rows[1] = high;
    band->w = width;
    band->rigid = b->style->break_inside == BREAK_AVOID || b->style->break_inside == BREAK_AVOID_PAGE;
    return band;
}

/* Behind the last item of the line that begins with item i. */
static size_t line_end(const struct flex_item *v, size_t i, size_t n, bool wraps, fixed width, fixed gap)
{
    fixed sum = 0;
    size_t k = i;
    for (; k < n; k++) {
        fixed more = v[k].w + outer(&v[k]) + (k > i ? gap : 0);
        if (wraps && k > i && sum + more > width) break;
        sum += more;
    }
    return k;
}

/* Room that a container of given height leaves between its lines (8.4): stretched, every line takes its part. */
static void spread_lines(struct layout *l, struct box *b, struct flex_item *v, struct band **bands, const size_t *ends, size_t lines, fixed width,
                         fixed gap, fixed left, fixed *start, fixed *between)
{
    *start = *between = 0;
    if (b->style->align_content != FLEX_STRETCH) {
        justify(b->style->align_content, left, lines, start, between);
        return;
    }
    for (size_t i = 0, from = 0; left > 0 && i < lines; from = ends[i++])
        bands[i] = make_line(l, b, v + from, ends[i] - from, width, gap, bands[i]->rows[1] + left / (fixed)lines);
}

/* The content height that min-height asks for; -1 where it asks for none. */
static fixed least_height(const struct style *s, fixed width)
{
    struct edges e = edges_of(s, width);
    if (s->min_height.kind != LEN_FIXED) return -1;
    return fixed_max(s->min_height.v - (s->box_sizing_border ? edges_v(&e) : 0), 0);
}

static void flow_row(struct flow *f, struct box *b, fixed width, fixed height)
{
    struct layout *l = f->l;
    struct box **boxes;
    size_t n = items_of(l, b, &boxes), lines = 0;
    fixed gap = len_resolve(b->style->column_gap, width, 0), row_gap = len_resolve(b->style->row_gap, width, 0), high = 0, start = 0, between = 0;
    bool least = height < 0;
    if (least) height = least_height(b->style, width);
    struct flex_item *v = ARENA_ARRAY(&l->work, struct flex_item, n);
    struct band **bands = ARENA_ARRAY(&l->work, struct band *, n);
    size_t *ends = ARENA_ARRAY(&l->work, size_t, n);
    for (size_t i = 0; i < n; i++) v[i] = item_of(l, boxes[i], width);
    for (size_t i = 0; i < n; i = ends[lines++]) {
        size_t k = ends[lines] = line_end(v, i, n, b->style->flex_wrap, width, gap);
        fixed edges = gap * (fixed)(k - i - 1);
        for (size_t j = i; j < k; j++) edges += outer(&v[j]);
        resolve(v + i, k - i, width - edges);
        bands[lines] = make_line(l, b, v + i, k - i, width, gap, i == 0 && k == n && height > 0 && !b->style->flex_wrap ? height : 0);
        high += bands[lines]->rows[1] + (lines ? row_gap : 0);
    }
    if (b->style->flex_wrap && height > 0 && (!least || height > high))
        spread_lines(l, b, v, bands, ends, lines, width, gap, height - high, &start, &between);
    if (start > 0) flow_add(f, PIECE_SPACE, start);
    for (size_t i = 0; i < lines; i++) {
        struct band *band = bands[i];
        if (i && row_gap + between > 0) flow_add(f, PIECE_SPACE, row_gap + between);
        else if (!i) flow_boundary(f, f->cut == CUT_NEVER ? CUT_LINES : CUT_GOOD);
        flow_add(f, PIECE_BAND, band->rows[1])->u.band = band;
        for (size_t j = 0; j < band->n; j++) strip_notes(band->cells[j].strip, band->note_h);
        f->cut = f->avoid ? CUT_LINES : CUT_GOOD;
    }
}

/* Free room in a column of given height goes to those that grow, else to the gaps. */
static void flow_column(struct flow *f, struct box *b, fixed width, fixed height)
{
    struct layout *l = f->l;
    struct box **boxes;
    size_t n = items_of(l, b, &boxes);
    fixed gap = len_resolve(b->style->row_gap, height, 0), sum = 0, start = 0, between = 0;
    int64_t grow = 0;
    struct strip **s = ARENA_ARRAY(&l->work, struct strip *, n);
    fixed *w = ARENA_ARRAY(&l->work, fixed, n), *h = ARENA_ARRAY(&l->work, fixed, n);
    for (size_t i = 0; i < n; i++) {
        const struct style *st = boxes[i]->style;
        uint8_t align = st->align_self == FLEX_ALIGN_AUTO ? b->style->align_items : st->align_self;
        struct extent x = measure_box(l, boxes[i]);
        w[i] = align == FLEX_STRETCH && st->width.kind == LEN_AUTO ? width : fixed_min(x.max, width);
        if (st->width.kind == LEN_PERCENT) w[i] = width;
        s[i] = flex_strip(l, boxes[i], w[i], -1);
        h[i] = strip_height(s[i]);
        if (st->flex_basis.kind == LEN_FIXED) h[i] = fixed_max(st->flex_basis.v, st->flex_basis.v ? h[i] : 0);
        sum += strip_height(s[i]) + (i ? gap : 0);
        grow += st->flex_grow;
    }
    fixed left = height >= 0 ? height - sum : fixed_max(least_height(b->style, width) - sum, 0);
    if (left > 0 && grow > 0) {
        for (size_t i = 0; i < n; i++) {
            if (!boxes[i]->style->flex_grow) continue;
            fixed more = (fixed)(left * (int64_t)boxes[i]->style->flex_grow / (grow > 64 ? grow : 64));
            struct edges e = edges_of(boxes[i]->style, width);
            if (l->stretch_deep >= 6) break;
            l->stretch_deep++;
            s[i] = flex_strip(l, boxes[i], w[i], strip_height(s[i]) + more - e.margin[TOP] - e.margin[BOTTOM]);
            l->stretch_deep--;
        }
    } else {
        size_t autos = 0;
        for (size_t i = 0; i < n; i++)
            autos += (boxes[i]->style->margin[TOP].kind == LEN_AUTO) + (size_t)(boxes[i]->style->margin[BOTTOM].kind == LEN_AUTO);
        if (autos && left > 0) start = -1, between = left / (fixed)autos;
        else justify(b->style->justify_content, left, n, &start, &between);
    }
    bool autos = start < 0;
    if (!autos && start) flow_add(f, PIECE_SPACE, start)->fill = true;
    for (size_t i = 0; i < n; i++) {
        const struct style *st = boxes[i]->style;
        if (autos && st->margin[TOP].kind == LEN_AUTO) flow_add(f, PIECE_SPACE, between)->fill = true;
        uint8_t align = st->align_self == FLEX_ALIGN_AUTO ? b->style->align_items : st->align_self;
        fixed x = align == FLEX_CENTER ? (width - w[i]) / 2 : (align == FLEX_END) != b->style->rtl ? width - w[i] : 0, ox = f->x, ow = f->width;
        f->x += x;
        f->width = w[i];
        flow_graft(f, s[i]);
        f->x = ox;
        f->width = ow;
        if (autos && st->margin[BOTTOM].kind == LEN_AUTO) flow_add(f, PIECE_SPACE, between)->fill = true;
        if (i + 1 == n) break;
        flow_boundary(f, CUT_GOOD);
        fixed more = gap + (autos ? 0 : between);
        if (more) {
            flow_add(f, PIECE_SPACE, more);
            f->cut = CUT_NEVER;
        }
    }
}

void flow_flex(struct flow *f, struct box *b, fixed width, fixed height)
{
    for (struct box *c = b->first; c; c = c->next)
        if (c->absolute) flow_block(f, c);
    if (is_row(b->style)) flow_row(f, b, width, height);
    else flow_column(f, b, width, height);
}
