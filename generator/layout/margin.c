/* margin.c: the sixteen margin boxes (Paged Media 3, 5.3): their content is set for each page once all pages are known, always as artifact. */
#include "layout/page.h"

static const struct {
    uint8_t align, valign;
} DEFAULTS[MARGIN_BOXES] = {
    [BOX_TOP_LEFT_CORNER] = {ALIGN_RIGHT, VALIGN_MIDDLE},    [BOX_TOP_LEFT] = {ALIGN_LEFT, VALIGN_MIDDLE},
    [BOX_TOP_CENTER] = {ALIGN_CENTER, VALIGN_MIDDLE},        [BOX_TOP_RIGHT] = {ALIGN_RIGHT, VALIGN_MIDDLE},
    [BOX_TOP_RIGHT_CORNER] = {ALIGN_LEFT, VALIGN_MIDDLE},    [BOX_RIGHT_TOP] = {ALIGN_CENTER, VALIGN_TOP},
    [BOX_RIGHT_MIDDLE] = {ALIGN_CENTER, VALIGN_MIDDLE},      [BOX_RIGHT_BOTTOM] = {ALIGN_CENTER, VALIGN_BOTTOM},
    [BOX_BOTTOM_RIGHT_CORNER] = {ALIGN_LEFT, VALIGN_MIDDLE}, [BOX_BOTTOM_RIGHT] = {ALIGN_RIGHT, VALIGN_MIDDLE},
    [BOX_BOTTOM_CENTER] = {ALIGN_CENTER, VALIGN_MIDDLE},     [BOX_BOTTOM_LEFT] = {ALIGN_LEFT, VALIGN_MIDDLE},
    [BOX_BOTTOM_LEFT_CORNER] = {ALIGN_RIGHT, VALIGN_MIDDLE}, [BOX_LEFT_BOTTOM] = {ALIGN_CENTER, VALIGN_BOTTOM},
    [BOX_LEFT_MIDDLE] = {ALIGN_CENTER, VALIGN_MIDDLE},       [BOX_LEFT_TOP] = {ALIGN_CENTER, VALIGN_TOP},
};

struct edge_box {
    struct box *box, *running; /* running: element() stands in it instead of text */
    struct edges e;
    fixed min, max, size; /* along the edge, border box with margins */
    bool given;
};

static void add_child(struct layout *l, struct box *parent, enum box_kind kind, struct str text)
{
    struct box *b = arena_alloc(&l->work, sizeof *b);
    *b = (struct box){.kind = (uint8_t)kind, .inline_level = true, .style = parent->style, .parent = parent, .text = text, .pseudo = -1};
    if (parent->last) parent->last->next = b;
    else parent->first = b;
    parent->last = b;
}

static struct str string_of(const struct laid_page *p, const struct content_item *it)
{
    const struct string_value *v = page_string_value(p, it->text, it->style);
    return v ? v->value : (struct str){0};
}

/* element(name): it takes the whole margin box. */
static struct box *running_of(struct layout *l, const struct laid_page *p, const struct style *s)
{
    for (size_t i = 0; i < s->content.n; i++) {
        if (s->content.items[i].kind != CONTENT_ELEMENT) continue;
        const struct string_value *v =
            page_string_value(p, str_printf(&l->work, "\1%.*s", STR_ARG(s->content.items[i].text)), s->content.items[i].style);
        if (v && v->element) return v->element;
    }
    return NULL;
}

/* A counter as it stands at the end of the page. False: no element has changed it so far; then the page context's own value counts. */
static bool counter_of(struct layout *l, const struct laid_page *p, const struct content_item *it, struct str *out)
{
    const struct string_value *v = page_string_value(p, counter_key(l, it->text), STR("last"));
    long n;
    if (!v || !str_int(v->value, &n)) return false;
    *out = css_counter_text(l->a, l->css, it->style, n);
    return true;
}

/* The content list of a margin box as a block with inline children. */
static struct box *content_box(struct layout *l, const struct laid_page *p, const struct style *s)
{
    struct box *b = arena_alloc(&l->work, sizeof *b);
    *b = (struct box){.kind = BOX_BLOCK, .inline_children = true, .style = s, .pseudo = -1};
    for (size_t i = 0; i < s->content.n; i++) {
        const struct content_item *it = &s->content.items[i];
        struct str t = {0};
        if (it->kind == CONTENT_STRING) t = string_of(p, it);
        else if (it->kind == CONTENT_COUNTER && str_is(it->text, "page")) t = css_counter_text(l->a, l->css, it->style, p->counter);
        else if (it->kind == CONTENT_COUNTER && str_is(it->text, "pages")) t = css_counter_text(l->a, l->css, it->style, l->n_pages);
        else if ((it->kind == CONTENT_COUNTER || it->kind == CONTENT_COUNTERS) && counter_of(l, p, it, &t)) {
        } else if (it->kind == CONTENT_IMAGE) {
            add_child(l, b, BOX_IMAGE, t);
            b->last->u.picture = picture_open(l, it->text, (struct place){0});
            continue;
        } else if (it->kind == CONTENT_LEADER) {
            add_child(l, b, BOX_LEADER, it->text);
            continue;
        } else {
            struct content one = {.n = 1, .items = it};
            t = content_text(l, &one, NULL, s);
        }
        if (t.n) add_child(l, b, BOX_TEXT, t);
    }
    return b;
}

static fixed outer_h(const struct edges *e) { return e->margin[LEFT] + e->margin[RIGHT] + edges_h(e); }
static fixed outer_v(const struct edges *e) { return e->margin[TOP] + e->margin[BOTTOM] + edges_v(e); }

/* Kept for the whole run: text.h caches by the address of a style. */
static const struct style *aligned_style(struct layout *l, const struct style *s, int which)
{
    if (s->text_align != ALIGN_START && !s->writing) return s;
    for (size_t i = 0; i < l->aligned.n; i++)
        if (l->aligned.v[i].of == s && l->aligned.v[i].which == which) return l->aligned.v[i].style;
    struct style *a = ARENA_NEW(l->a, struct style);
    *a = *s;
    if (s->text_align == ALIGN_START) a->text_align = DEFAULTS[which].align;
    if (s->vertical_align == VALIGN_BASELINE) a->vertical_align = DEFAULTS[which].valign;
    *vec_push(l->a, &l->aligned) = (struct aligned){s, which, a};
    return a;
}

static void paint(struct layout *l, struct canvas *c, const struct edge_box *m, int which, fixed x, fixed y, fixed w, fixed h)
{
    const struct style *s = m->box->style;
    const struct edges *e = &m->e;
    fixed bx = x + e->margin[LEFT], by = y + e->margin[TOP], bw = w - e->margin[LEFT] - e->margin[RIGHT], bh = h - e->margin[TOP] - e->margin[BOTTOM];
    fixed cw = fixed_max(bw - edges_h(e), FIXED_ONE), ch = bh - edges_v(e), high = 0;
    bool moves = transforms(s);
    if (moves) *vec_push(c->a, &c->items) = (struct item){.kind = ITEM_SAVE};
    if (moves) transform_begin(s, bx, by, bw, bh, c->a, &c->items);
    if (deco_paints(s)) deco_paint(l, s, (struct deco){bx, by, bw, bh, true, true, true, true}, (struct place){0}, c->a, &c->items);
    bool turns = s->writing && !m->running;
    m->box->style = aligned_style(l, s, which);
    struct inline_result r = m->running || turns ? (struct inline_result){0} : inline_layout(l, m->box, cw, ch);
    struct strip *strip = turns ? turned_strip(l, m->box, cw, fixed_max(ch, FIXED_ONE)) : NULL;
    m->box->style = s;
    l->cb_w = cw, l->cb_h = ch;
    if (m->running) strip = strip_of_box(l, m->running, cw, -1);
    if (strip) high = strip_height(strip);
    for (size_t i = 0; i < r.n; i++) high += r.heights[i];
    uint8_t v = s->vertical_align == VALIGN_BASELINE ? DEFAULTS[which].valign : s->vertical_align;
    fixed ty = by + e->border[TOP] + e->padding[TOP] + (v == VALIGN_MIDDLE ? (ch - high) / 2 : v == VALIGN_BOTTOM ? ch - high : 0);
    if (strip) {
        struct canvas inner = {.l = l, .a = c->a, .artifact = true, .area_w = cw, .area_h = ch};
        fixed tx = bx + e->border[LEFT] + e->padding[LEFT];
        strip_place_all(&inner, strip, tx, ty);
        canvas_absolute(&inner, 0, tx, by + e->border[TOP] + e->padding[TOP], cw, ch, NULL);
        size_t n;
        struct item *items = canvas_items(&inner, c->a, &n);
        for (size_t i = 0; i < n; i++) *vec_push(c->a, &c->items) = items[i];
    }
    for (size_t i = 0; i < r.n; i++) {
        for (size_t k = 0; k < r.lines[i].n; k++) {
            if (r.lines[i].items[k].kind == ITEM_LINK) continue;
            struct item *it = vec_push(c->a, &c->items);
            *it = r.lines[i].items[k];
            item_move(l->a, it, bx + e->border[LEFT] + e->padding[LEFT], ty);
            it->tag = NULL;
        }
        ty += r.heights[i];
    }
    if (moves) *vec_push(c->a, &c->items) = (struct item){.kind = ITEM_RESTORE};
}

/* 5.3.2.2: two boxes share the room by their max-content, or min-content where that is too much. */
static void share_two(fixed room, fixed min_a, fixed max_a, fixed min_b, fixed max_b, fixed *a, fixed *b)
{
    int64_t max = (int64_t)max_a + max_b, min = (int64_t)min_a + min_b;
    if (max <= 0) {
        *a = room / 2;
        *b = room - *a;
    } else if (max <= room) {
        *a = max_a + (fixed)((room - max) * max_a / max);
        *b = room - *a;
    } else if (min <= room && max > min) {
        *a = min_a + (fixed)((room - min) * (max_a - min_a) / (max - min));
        *b = room - *a;
    } else {
        *a = min > 0 ? (fixed)((int64_t)room * min_a / min) : room / 2;
        *b = room - *a;
    }
}

static void clamp_given(struct edge_box *m)
{
    if (m->given) m->min = m->max = m->size;
}

/* Sizes of the (up to) three boxes of one edge. */
static void share_three(struct edge_box m[3], fixed room)
{
    for (int i = 0; i < 3; i++) clamp_given(&m[i]);
    if (m[1].box) {
        fixed side_max = 2 * fixed_max(m[0].box ? m[0].max : 0, m[2].box ? m[2].max : 0),
              side_min = 2 * fixed_max(m[0].box ? m[0].min : 0, m[2].box ? m[2].min : 0), both;
        if (m[1].given) both = room - m[1].size;
        else if (!side_max) m[1].size = room, both = 0;
        else share_two(room, m[1].min, m[1].max, side_min, side_max, &m[1].size, &both);
        for (int i = 0; i < 3; i += 2)
            if (m[i].box && !m[i].given) m[i].size = both / 2;
    } else if (m[0].box && m[2].box) {
        fixed a, b;
        share_two(room, m[0].min, m[0].max, m[2].min, m[2].max, &a, &b);
        if (m[0].given) b = room - m[0].size;
        if (m[2].given) a = room - m[2].size;
        if (!m[0].given) m[0].size = a;
        if (!m[2].given) m[2].size = b;
    } else
        for (int i = 0; i < 3; i += 2)
            if (m[i].box && !m[i].given) m[i].size = room;
}

/* across: a box of the top or foot. wide, high: of its containing block, the margin without its corners (5.3); a corner has its own. */
static struct edge_box prepare(struct layout *l, const struct laid_page *p, int which, bool across, fixed wide, fixed high)
{
    struct edge_box m = {0};
    const struct style *s = p->style->boxes[which];
    if (!s) return m;
    m.box = content_box(l, p, s);
    m.running = running_of(l, p, s);
    m.e = edges_of(s, wide);
    bool turns = s->writing && !m.running;
    if (across) {
        if (m.running) {
            struct extent x = measure_box(l, m.running);
            m.min = x.min, m.max = x.max;
        } else if (turns) m.min = m.max = turned_width(l, m.box);
        else inline_measure(l, m.box, &m.min, &m.max);
        m.min += outer_h(&m.e), m.max += outer_h(&m.e);
        if (s->width.kind == LEN_FIXED || s->width.kind == LEN_PERCENT)
            m.given = true, m.size = len_resolve(s->width, wide, 0) + (s->box_sizing_border ? 0 : outer_h(&m.e));
    } else {
        fixed inner = fixed_max(wide - outer_h(&m.e), FIXED_ONE), least;
        struct inline_result r = m.running || turns ? (struct inline_result){0} : inline_layout(l, m.box, inner, -1);
        if (m.running) m.max = strip_height(strip_of_box(l, m.running, inner, -1));
        if (turns) inline_measure(l, m.box, &least, &m.max);
        for (size_t i = 0; i < r.n; i++) m.max += r.heights[i];
        m.min = m.max += outer_v(&m.e);
        if (s->height.kind == LEN_FIXED || s->height.kind == LEN_PERCENT)
            m.given = true, m.size = len_resolve(s->height, high, 0) + (s->box_sizing_border ? 0 : outer_v(&m.e));
    }
    return m;
}

/* Coordinates: of the page box (trim). */
void margin_boxes(struct layout *l, struct canvas *c, const struct laid_page *p)
{
    const struct page_style *ps = p->style;
    struct page_area a = page_area_of(l, ps);
    fixed mt = a.edges.margin[TOP], mb = a.edges.margin[BOTTOM], ml = a.edges.margin[LEFT], mr = a.edges.margin[RIGHT];
    fixed w = ps->width - ml - mr, h = ps->height - mt - mb;
    static const int ROWS[2][3] = {{BOX_TOP_LEFT, BOX_TOP_CENTER, BOX_TOP_RIGHT}, {BOX_BOTTOM_LEFT, BOX_BOTTOM_CENTER, BOX_BOTTOM_RIGHT}};
    static const int SIDES[2][3] = {{BOX_LEFT_TOP, BOX_LEFT_MIDDLE, BOX_LEFT_BOTTOM}, {BOX_RIGHT_TOP, BOX_RIGHT_MIDDLE, BOX_RIGHT_BOTTOM}};
    static const int CORNERS[4] = {BOX_TOP_LEFT_CORNER, BOX_TOP_RIGHT_CORNER, BOX_BOTTOM_RIGHT_CORNER, BOX_BOTTOM_LEFT_CORNER};
    bool was = c->artifact;
    c->artifact = true;
    for (int e = 0; e < 2; e++) {
        struct edge_box m[3];
        fixed high = e ? mb : mt, y = e ? ps->height - mb : 0;
        for (int i = 0; i < 3; i++) m[i] = prepare(l, p, ROWS[e][i], true, w, high);
        share_three(m, w);
        const fixed x[3] = {ml, ml + (w - m[1].size) / 2, ml + w - m[2].size};
        for (int i = 0; i < 3; i++)
            if (m[i].box) paint(l, c, &m[i], ROWS[e][i], x[i], y, m[i].size, high);
    }
    for (int e = 0; e < 2; e++) {
        struct edge_box m[3];
        fixed wide = e ? mr : ml, x = e ? ps->width - mr : 0;
        for (int i = 0; i < 3; i++) m[i] = prepare(l, p, SIDES[e][i], false, wide, h);
        share_three(m, h);
        const fixed y[3] = {mt, mt + (h - m[1].size) / 2, mt + h - m[2].size};
        for (int i = 0; i < 3; i++)
            if (m[i].box) paint(l, c, &m[i], SIDES[e][i], x, y[i], wide, m[i].size);
    }
    for (int i = 0; i < 4; i++) {
        bool right = i == 1 || i == 2, bottom = i >= 2;
        fixed wide = right ? mr : ml, high = bottom ? mb : mt;
        struct edge_box m = prepare(l, p, CORNERS[i], true, wide, high);
        if (m.box) paint(l, c, &m, CORNERS[i], right ? ps->width - mr : 0, bottom ? ps->height - mb : 0, wide, high);
    }
    c->artifact = was;
}
