/* block.c: block formatting (CSS 2.2, 8.3.1, 9.4.1, 10.3.3, 10.6.3): blocks of the box tree become pieces of a strip.
 *
 * Margins collapse by waiting: a margin is only noted, the largest positive and the most negative one; the first thing with a height behind it turns
 * what waits into one SPACE. The OPEN of a box without top border and padding waits as well (its margin and its first child's are one, so it
 * begins below both), and vanishes where nothing came.
 * Break qualities work the same way: the end of every block says how good a break there is, the worst of what meets there counts, and the next piece
 * takes it. */
#include "layout/internal.h"

struct edges edges_of(const struct style *s, fixed base)
{
    struct edges e = {0};
    for (int i = 0; i < 4; i++) {
        e.margin[i] = len_resolve(s->margin[i], base, 0);
        e.padding[i] = fixed_max(len_resolve(s->padding[i], base, 0), 0);
        e.border[i] = s->border_style[i] > BORDER_HIDDEN ? s->border_width[i] : 0;
    }
    e.auto_left = s->margin[LEFT].kind == LEN_AUTO;
    e.auto_right = s->margin[RIGHT].kind == LEN_AUTO;
    return e;
}

fixed edges_h(const struct edges *e) { return e->border[LEFT] + e->border[RIGHT] + e->padding[LEFT] + e->padding[RIGHT]; }
fixed edges_v(const struct edges *e) { return e->border[TOP] + e->border[BOTTOM] + e->padding[TOP] + e->padding[BOTTOM]; }

fixed width_clamp(const struct style *s, fixed w, fixed base, fixed extra)
{
    if (len_definite(s->max_width)) w = fixed_min(w, fixed_max(len_resolve(s->max_width, base, 0) - extra, 0));
    if (len_definite(s->min_width)) w = fixed_max(w, len_resolve(s->min_width, base, 0) - extra);
    return fixed_max(w, 0);
}

fixed height_clamp(const struct style *s, fixed h, fixed base, fixed extra)
{
    if (s->max_height.kind == LEN_FIXED || (len_definite(s->max_height) && base >= 0))
        h = fixed_min(h, fixed_max(len_resolve(s->max_height, base, 0) - extra, 0));
    if (s->min_height.kind == LEN_FIXED || (len_definite(s->min_height) && base >= 0)) h = fixed_max(h, len_resolve(s->min_height, base, 0) - extra);
    return fixed_max(h, 0);
}

/* --- the strip grows --- */
struct flow flow_new(struct layout *l, fixed width, fixed height)
{
    struct strip *s = ARENA_NEW(&l->work, struct strip);
    s->l = l;
    s->width = width;
    return (struct flow){.l = l, .s = s, .width = width, .height = height, .cut = CUT_NEVER, .forced_h = -1};
}

static struct piece *push(struct flow *f, enum piece_kind kind, fixed h)
{
    struct piece *p = vec_push(&f->l->work, &f->s->v);
    *p = (struct piece){.kind = (uint8_t)kind, .cut = f->cut, .h = h, .x = f->x, .dy = f->dy, .parent = f->parent};
    f->cut = CUT_NEVER;
    if (f->s->floats && (kind == PIECE_LINE || kind == PIECE_BAND || kind == PIECE_COLUMNS)) p->clear = floats_none(f, f->y);
    f->y += h;
    return p;
}

static void late_float(struct flow *f, struct piece *waiting)
{
    fixed dy = f->dy, top = float_place(f, waiting->u.floated, waiting->x, f->y);
    f->dy = waiting->dy;
    float_piece(f, push(f, PIECE_FLOAT, 0), waiting->u.floated, top);
    f->dy = dy;
}

static void push_open(struct flow *f, struct piece *waiting)
{
    struct piece *p = push(f, PIECE_OPEN, waiting->h);
    p->u.group = waiting->u.group;
    p->x = waiting->x;
    p->u.group->y = f->y;
    f->parent = p->u.group->open = (uint32_t)f->s->v.n;
}

void flow_settle(struct flow *f)
{
    f->floats_wait = false;
    if (f->waits || f->step) {
        fixed m = f->plus + f->minus, step = f->step;
        f->waits = false;
        f->plus = f->minus = f->step = 0;
        if (m || step) push(f, PIECE_SPACE, m)->u.step = step;
    }
    for (size_t i = 0; i < f->late.n; i++) {
        struct piece *w = &f->late.v[i];
        if (w->kind == PIECE_OPEN) push_open(f, w);
        else if (w->kind == PIECE_FLOAT) late_float(f, w);
        else {
            struct piece *p = push(f, (enum piece_kind)w->kind, 0);
            p->u = w->u;
            p->x = w->x;
            p->dy = w->dy;
            if (w->kind == PIECE_CLOSE) f->parent = f->s->v.v[w->u.group->open - 1].parent;
        }
    }
    f->late.n = 0;
}

struct piece *flow_add(struct flow *f, enum piece_kind kind, fixed h)
{
    flow_settle(f);
    return push(f, kind, h);
}

void flow_margin(struct flow *f, fixed m)
{
    f->waits = true;
    f->plus = fixed_max(f->plus, m);
    f->minus = fixed_min(f->minus, m);
}

void flow_end(struct flow *f)
{
    if (f->marker) flow_marker(f);
    if (!f->floats_wait) f->cut = CUT_NEVER;
    f->step = 0;
    flow_settle(f);
    floats_end(f);
}

void flow_boundary(struct flow *f, uint8_t quality)
{
    if (f->avoid && quality < CUT_LINES) quality = CUT_LINES;
    f->cut = f->cut == CUT_NEVER || f->cut < quality ? quality : f->cut;
}

static bool avoids(uint8_t b) { return b == BREAK_AVOID || b == BREAK_AVOID_PAGE; }
uint8_t quality_after(const struct style *s) { return avoids(s->break_after) ? CUT_KEEP : CUT_GOOD; }

static struct piece *late(struct flow *f, enum piece_kind kind)
{
    struct piece *p = vec_push(&f->l->work, &f->late);
    *p = (struct piece){.kind = (uint8_t)kind, .x = f->x, .dy = f->dy};
    return p;
}

struct group *flow_open(struct flow *f, struct box *b, const struct edges *e, fixed x, fixed w, bool at_once)
{
    const struct style *s = b->style;
    struct group *g = ARENA_NEW(&f->l->work, struct group);
    *g = (struct group){.box = b,
                        .x = x,
                        .w = w,
                        .top = e->border[TOP] + e->padding[TOP],
                        .bottom = e->border[BOTTOM] + e->padding[BOTTOM],
                        .paints = deco_paints(s),
                        .clips = s->overflow_hidden,
                        .repeats_edges = s->box_clone,
                        .opacity = s->opacity,
                        .contains = contains_absolute(s),
                        .transforms = transforms(s)};
    if (at_once) flow_settle(f);
    struct piece *p = late(f, PIECE_OPEN);
    p->u.group = g;
    p->h = g->top;
    p->x = x;
    if (at_once) flow_settle(f);
    return g;
}

/* The end of a group whose OPEN still waits: nothing came, so it never was, unless boxes out of flow stand where it does. */
static void close_waiting(struct flow *f, struct group *g)
{
    bool holds_absolute = false;
    for (size_t i = f->late.n; i-- > 0;) {
        struct piece *w = &f->late.v[i];
        holds_absolute |= w->kind == PIECE_ABSOLUTE;
        if (w->kind != PIECE_OPEN || w->u.group != g) continue;
        if (g->contains && holds_absolute) {
            late(f, PIECE_CLOSE)->u.group = g;
            return;
        }
        memmove(w, w + 1, (f->late.n - i - 1) * sizeof *w);
        f->late.n--;
        return;
    }
}

void flow_close(struct flow *f, struct group *g, fixed bottom)
{
    if (!g->open) {
        close_waiting(f, g);
        return;
    }
    uint8_t cut = f->cut;
    f->cut = CUT_NEVER;
    struct piece *p = push(f, PIECE_CLOSE, bottom);
    p->u.group = g;
    f->cut = bottom ? CUT_NEVER : cut; /* a boundary inside is one outside as well where no edge lies between */
    f->parent = f->s->v.v[g->open - 1].parent;
}

/* --- list markers --- */
static struct line *marker_line(struct flow *f, fixed *x, fixed *high)
{
    struct layout *l = f->l;
    struct box *m = f->marker;
    f->marker = NULL;
    struct inline_result r = inline_layout(l, m, PT(2000), -1);
    if (!r.n) return NULL;
    struct line *line = &r.lines[0];
    fixed x0 = FIXED_MAX, x1 = 0, gap = m->style->font_size * 2 / 5;
    for (size_t i = 0; i < line->n; i++) {
        x0 = fixed_min(x0, line->items[i].x);
        x1 = fixed_max(x1, line->items[i].x + line->items[i].w);
    }
    if (x0 == FIXED_MAX) return NULL;
    *x = m->style->rtl ? f->marker_x + f->marker_w + gap - x0 : f->marker_x - gap - x1;
    *high = r.heights[0];
    return line;
}

/* Puts the marker that waits before the items of line, which stands at x in the strip. */
static void marker_join(struct flow *f, struct line *line, fixed x)
{
    fixed mx, high;
    struct line *m = marker_line(f, &mx, &high);
    if (!m) return;
    struct item *all = ARENA_ARRAY(&f->l->work, struct item, m->n + line->n);
    for (size_t i = 0; i < m->n; i++) {
        all[i] = m->items[i];
        item_move(f->l->a, &all[i], mx - x, line->baseline - m->baseline);
    }
    if (line->n) memcpy(all + m->n, line->items, line->n * sizeof *all);
    line->items = all;
    line->n += m->n;
}

void flow_marker(struct flow *f)
{
    fixed x, high;
    struct line *m = marker_line(f, &x, &high);
    if (!m) return;
    for (size_t i = 0; i < m->n; i++) item_move(f->l->a, &m->items[i], x - f->x, 0);
    struct piece *p = flow_add(f, PIECE_LINE, 0);
    p->u.line = m;
}

/* --- content --- */
/* A word should not go on overleaf (The TeXbook, \brokenpenalty), where that does not leave the page two lines short. */
static bool ends_in_hyphen(const struct line *line)
{
    for (size_t i = line->n; i-- > 0;)
        if (line->items[i].kind == ITEM_TEXT) return line->items[i].u.text->hyphen;
    return false;
}

/* How many lines from the first stay together, since one of them has a note that its paragraph may not be parted from. */
static size_t lines_to_note(const struct inline_result *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = 0; k < r->lines[i].n_notes; k++)
            if (r->lines[i].notes[k]->body->style->footnote_policy == NOTE_BLOCK) n = i + 1;
    return n;
}

static void add_float(struct flow *f, struct box *b) /* behind the margin that waits */
{
    struct floated *fl = float_new(f, b);
    late(f, PIECE_FLOAT)->u.floated = fl;
    f->floats_wait = true;
}

/* Inline content without a line to see: places that links lead to, boxes out of flow, footnotes whose call is empty. */
static void add_unseen(struct flow *f, struct box *b)
{
    for (struct box *c = b->first; c; c = c->next) {
        if (c->absolute) {
            late(f, PIECE_ABSOLUTE)->u.absolute = absolute_of(f->l, c);
            continue;
        }
        if (c->floating) {
            add_float(f, c);
            continue;
        }
        if (c->extra) late(f, PIECE_MARK)->u.mark = c;
        if (c->kind == BOX_INLINE) add_unseen(f, c);
        if (c->kind != BOX_NOTE) continue;
        struct line *line = ARENA_NEW(f->l->a, struct line);
        line->notes = ARENA_ARRAY(f->l->a, struct note *, 1);
        line->notes[line->n_notes++] = note_of(f->l, c);
        flow_add(f, PIECE_LINE, 0)->u.line = line;
    }
}

/* Floats that begin at line i, and the room that it leaves above. */
static void before_line(struct flow *f, const struct beside *b, size_t i, size_t *floats)
{
    for (; *floats < b->set.n && b->set.v[*floats].line <= i; ++*floats)
        float_piece(f, flow_add(f, PIECE_FLOAT, 0), b->set.v[*floats].fl, b->set.v[*floats].top);
    if (i < b->gaps.n && b->gaps.v[i]) flow_add(f, PIECE_SPACE, b->gaps.v[i]);
}

static void add_lines(struct flow *f, struct box *b)
{
    struct inline_result r = inline_beside(f, b);
    const struct style *s = b->style;
    size_t together = lines_to_note(&r), floats = 0;
    for (size_t i = 0; i < r.n; i++) {
        if (!i && r.beside && r.beside->measures.n) f->marker_x += r.beside->measures.v[0].x, f->marker_w = r.beside->measures.v[0].w;
        if (!i && f->marker) marker_join(f, &r.lines[0], f->x);
        if (i) f->cut = f->avoid || i < s->orphans || r.n - i < s->widows ? CUT_LINES : ends_in_hyphen(&r.lines[i - 1]) ? CUT_WORD : CUT_GOOD;
        if (i && i < together) f->cut = CUT_KEEP;
        bool whole = i && s->hyphen_last && f->cut == CUT_WORD; /* hyphenate-limit-last: at the end of this column or page no hyphen */
        if (whole && s->hyphen_last != HYPHEN_LAST_SPREAD) f->cut = CUT_LINES;
        if (r.beside) before_line(f, r.beside, i, &floats);
        struct piece *p = flow_add(f, PIECE_LINE, r.heights[i]);
        p->u.line = &r.lines[i];
        p->whole_spread = whole;
    }
    if (!r.n) add_unseen(f, b);
}

static void add_columns(struct flow *f, struct box *b, struct box *from, struct box *until)
{
    struct layout *l = f->l;
    const struct style *s = b->style;
    fixed gap = len_resolve(s->column_gap, f->width, s->font_size);
    int n = s->column_count > 0 ? s->column_count : 1000;
    if (s->column_width.kind == LEN_FIXED && s->column_width.v > 0) {
        int fit = (f->width + gap) / fixed_max(s->column_width.v + gap, FIXED_ONE);
        if (fit < n || s->column_count <= 0) n = fit < n ? fit : n;
    }
    if (n < 1) n = 1;
    if (n > 50) n = 50;
    fixed w = fixed_max((f->width - gap * (n - 1)) / n, FIXED_ONE);
    struct flow inner = flow_new(l, w, -1);
    fixed outer = l->column_w;
    l->columns_deep++;
    l->column_w = w;
    flow_content(&inner, b, from, until);
    flow_end(&inner);
    l->columns_deep--;
    l->column_w = outer;
    if (!inner.s->v.n) return;
    struct columns *c = ARENA_NEW(&l->work, struct columns);
    *c = (struct columns){inner.s, n, w, gap, !s->column_fill_auto, b, f->avoid > 0, {0}};
    strip_notes(inner.s, c->note_h);
    struct piece *p = flow_add(f, PIECE_COLUMNS, 0);
    p->u.columns = c;
    f->cut = f->avoid ? CUT_LINES : CUT_GOOD;
}

static bool in_columns(const struct style *s)
{
    return s->column_count > 1 || (s->column_count == 0 && s->column_width.kind == LEN_FIXED && s->column_width.v > 0);
}

static void add_multicol(struct flow *f, struct box *b)
{
    struct box *from = b->first;
    if (b->inline_children) {
        add_columns(f, b, NULL, NULL);
        return;
    }
    while (from) {
        struct box *until = from;
        while (until && !until->style->column_span) until = until->next;
        if (until != from) add_columns(f, b, from, until);
        if (until) flow_block(f, until), until = until->next;
        from = until;
    }
}

static bool holds(const struct box *b, const struct box *inside)
{
    for (; inside; inside = inside->parent)
        if (inside == b) return true;
    return false;
}

void flow_content(struct flow *f, struct box *b, struct box *from, struct box *until)
{
    if (b->inline_children) {
        add_lines(f, b);
        return;
    }
    for (struct box *c = from ? from : b->first; c && c != until && !f->stop; c = c->next) {
        if (f->paged && c->forced != BREAK_AUTO && !holds(c, f->start)) {
            f->stop = c;
            return;
        }
        flow_block(f, c);
    }
}

static struct box *path_child(struct box *b, struct box *inside)
{
    while (inside && inside->parent != b) inside = inside->parent;
    return inside;
}

/* --- one block --- */
static void add_object(struct flow *f, struct box *b)
{
    struct layout *l = f->l;
    struct edges e = edges_of(b->style, f->width);
    fixed w, h, top = e.margin[TOP], bottom = e.margin[BOTTOM];
    if (b->kind == BOX_IMAGE) picture_size(l, b, f->width, f->height, &w, &h);
    else control_size(l, b, f->width, &w, &h);
    fixed spare = f->width - w - edges_h(&e) - e.margin[LEFT] - e.margin[RIGHT];
    if (e.auto_left && e.auto_right) e.margin[LEFT] = fixed_max(spare / 2, 0);
    else if (e.auto_left || (b->style->rtl && !e.auto_right)) e.margin[LEFT] += fixed_max(spare, 0);
    e.margin[TOP] = e.margin[BOTTOM] = 0;
    flow_margin(f, top);
    if (b->extra) late(f, PIECE_MARK)->u.mark = b;
    if (f->marker) flow_marker(f);
    fixed high = h + edges_v(&e);
    struct line *line = object_line(l, b, &e, w, h);
    flow_add(f, PIECE_LINE, high)->u.line = line;
    flow_margin(f, bottom);
    flow_boundary(f, quality_after(b->style));
}

/* The used width of a block in normal flow (10.3.3); margins are filled in. */
static fixed block_width(struct flow *f, struct box *b, struct edges *e)
{
    const struct style *s = b->style;
    fixed extra = edges_h(e), cut = s->box_sizing_border ? extra : 0, room = f->width - e->margin[LEFT] - e->margin[RIGHT] - extra,
          w = fixed_max(room, 0);
    if (len_definite(s->width)) w = fixed_max(len_resolve(s->width, f->width, 0) - cut, 0);
    else if (s->width.kind == LEN_MIN_CONTENT || turned(b)) w = measure_content(f->l, b).min;
    else if (s->width.kind == LEN_MAX_CONTENT) w = measure_content(f->l, b).max;
    else if (s->width.kind == LEN_FIT_CONTENT) {
        struct extent x = measure_content(f->l, b);
        w = fixed_min(fixed_max(x.min, room), x.max);
    }
    w = width_clamp(s, w, f->width, cut);
    if (f->filled) w = fixed_max(room, 0);
    f->filled = false;
    fixed spare = room - w;
    if (spare > 0) {
        if (e->auto_left && e->auto_right) e->margin[LEFT] += spare / 2, e->margin[RIGHT] += spare - spare / 2;
        else if (e->auto_left || (s->rtl && !e->auto_right)) e->margin[LEFT] += spare;
    }
    return w;
}

void relative(const struct style *s, fixed width, fixed height, fixed *dx, fixed *dy)
{
    *dx = *dy = 0;
    if (s->position != POSITION_RELATIVE) return;
    if (s->inset[LEFT].kind != LEN_AUTO) *dx = len_resolve(s->inset[LEFT], width, 0);
    else *dx = -len_resolve(s->inset[RIGHT], width, 0);
    if (s->inset[TOP].kind == LEN_FIXED || (len_definite(s->inset[TOP]) && height >= 0)) *dy = len_resolve(s->inset[TOP], height, 0);
    else if (s->inset[BOTTOM].kind == LEN_FIXED || (len_definite(s->inset[BOTTOM]) && height >= 0)) *dy = -len_resolve(s->inset[BOTTOM], height, 0);
}

static fixed block_height(struct flow *f, const struct style *s, const struct edges *e) /* content height where it is given, else -1 */
{
    fixed cut = s->box_sizing_border ? edges_v(e) : 0;
    if (s->height.kind == LEN_FIXED || (len_definite(s->height) && f->height >= 0))
        return height_clamp(s, fixed_max(len_resolve(s->height, f->height, 0) - cut, 0), f->height, cut);
    return -1;
}

/* Brings the content of g to its height: missing room is filled, what is too much hangs out. */
static void fit_height(struct flow *f, struct group *g, const struct style *s, fixed h, const struct edges *e)
{
    fixed cut = s->box_sizing_border ? edges_v(e) : 0, is = f->y - g->y, want = h >= 0 ? h : height_clamp(s, is, f->height, cut);
    if (want == is) return;
    f->cut = CUT_NEVER;
    push(f, PIECE_SPACE, want - is)->fill = true;
}

static void block_inside(struct flow *f, struct box *b, fixed w, fixed h, struct box *from)
{
    bool columns = b->kind == BOX_BLOCK && in_columns(b->style) && f->l->columns_deep < 2, paged = f->paged;
    if (b->kind == BOX_FLEX) flow_flex(f, b, w, h);
    else if (turned(b)) flow_graft(f, turned_strip(f->l, b, w, h));
    else if (columns) {
        f->paged = false;
        add_multicol(f, b);
        f->paged = paged;
    } else flow_content(f, b, from, NULL);
}

/* The marker of the list item b, w wide, waits for its first line. */
static void item_begin(struct flow *f, struct box *b, fixed w)
{
    if (f->marker) flow_marker(f);
    f->marker = b->marker;
    f->marker_x = f->x;
    f->marker_w = w;
}

static void item_without_line(struct flow *f, const struct style *s)
{
    flow_marker(f);
    f->cut = CUT_NEVER;
    flow_add(f, PIECE_SPACE, line_height_of(f->l, s))->fill = true;
}

/* The end of a container's group; keeps: its content's margins stay inside, and its height may be given (h, -1 = not); own_floats: it is a block
 * formatting context. */
static void group_close(struct flow *f, struct group *g, const struct style *s, fixed h, const struct edges *e, bool keeps, bool own_floats)
{
    fixed bottom = e->border[BOTTOM] + e->padding[BOTTOM];
    if ((bottom || keeps) && !f->stop) {
        f->cut = bottom ? CUT_NEVER : f->cut;
        flow_settle(f);
        if (own_floats) floats_end(f);
        fit_height(f, g, s, h, e);
    }
    if (own_floats && f->stop) flow_settle(f), floats_end(f);
    g->goes_on = f->stop != NULL;
    if (f->stop) g->bottom = 0;
    flow_close(f, g, bottom);
}

static void flow_container(struct flow *f, struct box *b)
{
    struct layout *l = f->l;
    const struct style *s = b->style;
    struct edges e = edges_of(s, f->width);
    fixed w = block_width(f, b, &e), h = block_height(f, s, &e), dx, dy, forced_h = f->forced_h;
    if (forced_h >= 0) h = fixed_max(forced_h - edges_v(&e), 0);
    f->forced_h = -1;
    relative(s, f->width, f->height, &dx, &dy);
    if (s->z_index && s->position == POSITION_RELATIVE) diag_once(l->diag, MSG_LAYOUT_Z_INDEX, box_place(b), STR("z-index"), NULL);
    bool continued = f->paged && f->start && f->start != b && holds(b, f->start);
    struct box *from = continued ? path_child(b, f->start) : NULL;
    bool apart = s->overflow_hidden || s->display == DISPLAY_FLOW_ROOT || b->kind == BOX_FLEX || s->opacity < 255, root = apart || h == 0;
    if (continued) e.margin[TOP] = e.border[TOP] = e.padding[TOP] = 0;
    bool sized = h >= 0 || len_definite(s->min_height) || len_definite(s->max_height);
    bool grouped = sized || root || deco_paints(s) || edges_v(&e) || contains_absolute(s) ||
                   (l->o->notes && !b->anonymous); /* its box is wanted; an OPEN without height changes nothing */

    flow_margin(f, e.margin[TOP]);
    if (b->extra && !continued) late(f, PIECE_MARK)->u.mark = b;
    const struct { /* no more than what comes back: this function is entered at every level */
        fixed x, dy, width, height;
        int avoid;
    } saved = {f->x, f->dy, f->width, f->height, f->avoid};
    fixed cb_w = l->cb_w, cb_h = l->cb_h;
    struct floats *floats = f->floats;
    fixed left = f->x + dx + e.margin[LEFT];
    f->dy += dy;
    struct group *g = NULL;
    if (grouped) {
        bool at_once = e.border[TOP] + e.padding[TOP] > 0 || root;
        g = flow_open(f, b, &e, left, w + edges_h(&e), at_once);
        g->continued = continued;
        if (g->contains) l->cb_w = w + e.padding[LEFT] + e.padding[RIGHT], l->cb_h = h >= 0 ? h + e.padding[TOP] + e.padding[BOTTOM] : -1;
    }
    f->x = left + e.border[LEFT] + e.padding[LEFT];
    f->width = w;
    f->height = h;
    if (avoids(s->break_inside)) f->avoid++;
    if (apart) f->floats = NULL;
    if (b->marker && !continued) item_begin(f, b, w);
    block_inside(f, b, w, h, from);
    if (b->marker && f->marker == b->marker) item_without_line(f, s);
    if (f->stop) e.margin[BOTTOM] = e.border[BOTTOM] = e.padding[BOTTOM] = 0;
    if (g) group_close(f, g, s, h, &e, sized || root, apart);
    if (apart) f->floats = floats;
    l->cb_w = cb_w;
    l->cb_h = cb_h;
    f->x = saved.x;
    f->dy = saved.dy;
    f->width = saved.width;
    f->height = saved.height;
    f->avoid = saved.avoid;
    if (f->stop) return;
    if (!f->avoid && f->cut == CUT_LINES) f->cut = CUT_GOOD; /* said by the end of what may not be cut inside; behind it is no inside */
    flow_margin(f, e.margin[BOTTOM]);
    flow_boundary(f, quality_after(s));
}

void flow_block(struct flow *f, struct box *b)
{
    const struct style *s = b->style;
    if (b->absolute) {
        late(f, PIECE_ABSOLUTE)->u.absolute = absolute_of(f->l, b);
        return;
    }
    if (b->floating) {
        add_float(f, b);
        return;
    }
    if (avoids(s->break_before) && f->cut != CUT_NEVER) f->cut = f->cut > CUT_KEEP ? f->cut : CUT_KEEP;
    if (!f->paged && f->s->v.n && (s->break_before == BREAK_PAGE || s->break_before == BREAK_LEFT || s->break_before == BREAK_RIGHT) &&
        f->cut != CUT_NEVER) {
        f->waits = false;
        f->plus = f->minus = 0;
        push(f, PIECE_BREAK, 0);
    }
    if ((f->floats || f->floats_wait) && float_beside(f, b)) return;
    switch ((enum box_kind)b->kind) {
    case BOX_TABLE: flow_table(f, b); break;
    case BOX_IMAGE:
    case BOX_FIELD: add_object(f, b); break;
    case BOX_COLUMN: break;
    default: flow_container(f, b);
    }
    if (s->line_grid && !f->stop) f->step = s->line_grid;
}

/* --- strips of their own --- */
struct strip *strip_of(struct layout *l, struct box *b, fixed width, fixed height)
{
    struct flow f = flow_new(l, width, height);
    if (b->kind == BOX_FLEX) flow_flex(&f, b, width, height);
    else flow_content(&f, b, NULL, NULL);
    flow_end(&f);
    return f.s;
}

struct strip *strip_of_box(struct layout *l, struct box *b, fixed width, fixed height)
{
    struct flow f = flow_new(l, width, height);
    flow_block(&f, b);
    flow_end(&f);
    return f.s;
}

struct strip *segment_strip(struct layout *l, struct box *start, struct box **stop)
{
    struct flow f = flow_new(l, l->area_w, l->area_h);
    f.paged = true;
    f.start = start;
    l->cb_w = l->area_w;
    l->cb_h = l->area_h;
    flow_block(&f, l->root);
    flow_end(&f);
    *stop = f.stop;
    return f.s;
}

struct note *note_of(struct layout *l, struct box *anchor)
{
    struct note *n = ARENA_NEW(&l->work, struct note);
    const struct style *s = l->page_style->footnote;
    fixed column = l->column_w, width = l->area_w;
    n->body = anchor->u.note;
    n->column = column && n->body->style->float_reference == REFERENCE_COLUMN;
    if (n->column) width = column;
    else l->column_w = 0; /* notes of this one stand on the page, too */
    struct edges e = edges_of(s, width);
    n->strip = strip_of_box(l, n->body, fixed_max(width - edges_h(&e) - e.margin[LEFT] - e.margin[RIGHT], FIXED_ONE), -1);
    n->h = strip_height(n->strip);
    l->column_w = column;
    return n;
}

struct absolute *absolute_of(struct layout *l, struct box *b)
{
    const struct style *s = b->style;
    struct absolute *abs = ARENA_NEW(&l->work, struct absolute);
    fixed cb_w = l->cb_w, cb_h = l->cb_h;
    bool left = s->inset[LEFT].kind != LEN_AUTO, right = s->inset[RIGHT].kind != LEN_AUTO;
    fixed room = fixed_max(cb_w - len_resolve(s->inset[LEFT], cb_w, 0) - len_resolve(s->inset[RIGHT], cb_w, 0), 0);
    fixed w = room;
    if (b->kind == BOX_IMAGE || b->kind == BOX_FIELD || len_definite(s->width) || !(left && right)) {
        struct extent x = measure_box(l, b);
        w = len_definite(s->width) || b->kind == BOX_IMAGE || b->kind == BOX_FIELD ? x.max : fixed_min(fixed_max(x.min, room), x.max);
    }
    struct flow f = flow_new(l, w, cb_h);
    bool top = s->inset[TOP].kind != LEN_AUTO, bottom = s->inset[BOTTOM].kind != LEN_AUTO;
    struct edges e = edges_of(s, cb_w);
    if (top && bottom && cb_h >= 0 && s->height.kind == LEN_AUTO)
        f.forced_h =
            fixed_max(cb_h - len_resolve(s->inset[TOP], cb_h, 0) - len_resolve(s->inset[BOTTOM], cb_h, 0) - e.margin[TOP] - e.margin[BOTTOM], 0);
    b->absolute = false;
    flow_block(&f, b);
    b->absolute = true;
    flow_end(&f);
    *abs = (struct absolute){b, f.s, w, strip_height(f.s)};
    return abs;
}

struct line *object_line(struct layout *l, struct box *b, const struct edges *e, fixed w, fixed h)
{
    struct line *line = ARENA_NEW(&l->work, struct line);
    struct items items = {0};
    fixed x = e->margin[LEFT], y = e->margin[TOP];
    bool moves = transforms(b->style);
    if (moves) *vec_push(&l->work, &items) = (struct item){.kind = ITEM_SAVE};
    if (moves) transform_begin(b->style, x, y, w + edges_h(e), h + edges_v(e), &l->work, &items), l->transformed = true;
    deco_paint(l, b->style, (struct deco){x, y, w + edges_h(e), h + edges_v(e), true, true, true, true}, box_place(b), &l->work, &items);
    x += e->border[LEFT] + e->padding[LEFT];
    y += e->border[TOP] + e->padding[TOP];
    size_t first = items.n;
    if (b->kind == BOX_IMAGE) {
        if (!b->style->visibility_hidden) picture_paint(l, b->u.picture, b->style, x, y, w, h, &l->work, &items);
    } else {
        struct item *it = vec_push(&l->work, &items);
        *it = (struct item){.kind = ITEM_FIELD, .x = x, .y = y, .w = w, .h = h};
        it->u.field.field = b->u.control->field;
        it->u.field.option = b->u.control->option;
    }
    for (size_t i = first; i < items.n; i++) {
        items.v[i].order = b->order;
        items.v[i].at = box_place(b);
        if (items.v[i].kind == ITEM_IMAGE || items.v[i].kind == ITEM_PATH || items.v[i].kind == ITEM_FIELD) items.v[i].tag = b->tag;
    }
    if (b->link && (moves || !b->inline_level)) link_add(l, b, x, y, w, h, vec_push(&l->work, &items));
    if (moves) *vec_push(&l->work, &items) = (struct item){.kind = ITEM_RESTORE};
    line->n = items.n;
    line->items = items.v;
    line->baseline = e->margin[TOP] + e->margin[BOTTOM] + h + edges_v(e);
    return line;
}

struct line *line_of_strip(struct layout *l, const struct strip *s)
{
    struct line *line = ARENA_NEW(&l->work, struct line);
    struct canvas c = {.l = l, .a = &l->work, .area_w = s->width, .area_h = strip_height(s)};
    strip_place_all(&c, s, 0, 0);
    canvas_absolute(&c, 0, 0, 0, s->width, c.area_h, NULL);
    line->n_marks = c.marks.n;
    line->marks = ARENA_ARRAY(&l->work, struct line_mark, c.marks.n);
    for (size_t i = 0; i < c.marks.n; i++) line->marks[i] = (struct line_mark){c.marks.v[i].box, c.marks.v[i].x};
    line->n_notes = c.notes.n;
    line->notes = c.notes.v;
    line->words = c.words;
    if (l->o->notes) {
        struct noted *noted = arena_alloc(&l->work, sizeof *noted);
        *noted = c.noted;
        line->noted = noted;
    }
    line->items = canvas_items(&c, &l->work, &line->n);
    fixed base = strip_baseline(s, true);
    line->baseline = base >= 0 ? base : strip_height(s);
    return line;
}

struct strip *flex_strip(struct layout *l, struct box *b, fixed width, fixed forced)
{
    struct flow f = flow_new(l, width, -1);
    f.forced_h = forced;
    f.filled = true;
    flow_block(&f, b);
    flow_end(&f);
    return f.s;
}

void flow_graft(struct flow *f, const struct strip *s)
{
    flow_settle(f);
    f->s->floats |= s->floats;
    uint32_t base = (uint32_t)f->s->v.n, parent = f->parent;
    for (size_t i = 0; i < s->v.n; i++) {
        struct piece p = s->v.v[i];
        struct piece *q = vec_push(&f->l->work, &f->s->v);
        if (!i && f->cut != CUT_NEVER) p.cut = f->cut;
        p.parent = p.parent ? p.parent + base : parent;
        p.x += p.kind == PIECE_OPEN || p.kind == PIECE_CLOSE ? 0 : f->x;
        p.dy += f->dy;
        if (p.kind == PIECE_OPEN) p.u.group->x += f->x;
        *q = p;
        f->y += p.h;
    }
    f->cut = CUT_NEVER;
}
