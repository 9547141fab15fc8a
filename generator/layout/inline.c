/* inline.c: an inline formatting context (CSS 2.2, 9.4.2 and 10.8): inline boxes become one paragraph of text.h, its lines become struct line.
 *
 * The owner of every run is the box it came from: colour, tag, link, decoration and baseline shift are read there. A line is as high as its strut and
 * what stands in it: each inline box takes its line-height around the metrics of its first font, so that a letter from a fallback font does not
 * push lines apart. What is painted: backgrounds and borders of inline boxes, text with its decoration, objects, links over all. */
#include "layout/internal.h"

/* --- building the paragraph --- */
struct object {        /* an atomic inline: image, field, inline-block */
    struct line *line; /* its painting, relative to its margin box */
    fixed w, ascent, descent;
};
struct builder {
    struct layout *l;
    struct para *p;
    struct box *block;
    fixed width, height;
    bool measure; /* only widths are wanted: objects are not laid out */
    bool moves;   /* some inline element has position: relative */
    struct arena *scratch;
    struct flow *flow;     /* that takes up floats; NULL: none may stand here */
    struct beside *beside; /* NULL until a float is found */
    fixed float_min, float_max;
};

static fixed shift_of(const struct style *s, const struct style *parent)
{
    switch ((enum vertical_align)s->vertical_align) {
    case VALIGN_SUPER: return parent->font_size / 3;
    case VALIGN_SUB: return -parent->font_size / 5;
    case VALIGN_LENGTH: return s->vertical_shift;
    default: return 0;
    }
}

/* How high the text of a style stands above its baseline, half the leading included, and what is left of its line-height, below. */
static void strut_of(struct layout *l, const struct style *s, fixed *up, fixed *down)
{
    const struct text_entry *e = text_of(l, s);
    fixed height = line_height_of(l, s);
    *up = e->ascent + (height - e->ascent - e->descent) / 2;
    *down = height - *up;
}

/* Baseline of the inline box c above that of its block. top and bottom: against the block's own line; what else makes a line higher does not count.
 */
static fixed rise_of(struct layout *l, const struct box *c, const struct box *block)
{
    const struct style *s = c->style, *parent = c->parent->style;
    fixed up, down, above, below, rise = c->rise;
    strut_of(l, s, &up, &down), strut_of(l, block->style, &above, &below);
    switch ((enum vertical_align)s->vertical_align) {
    case VALIGN_MIDDLE: rise += (text_of(l, parent)->x_height - up + down) / 2; break;
    case VALIGN_TEXT_TOP: rise += text_of(l, parent)->ascent - up; break;
    case VALIGN_TEXT_BOTTOM: rise += down - text_of(l, parent)->descent; break;
    case VALIGN_TOP: rise = above - up; break;
    case VALIGN_BOTTOM: rise = down - below; break;
    default: rise += shift_of(s, parent);
    }
    return fixed_clamp(rise, -FIXED_MAX / 16, FIXED_MAX / 16);
}

static void add_object(struct builder *b, struct box *c)
{
    struct layout *l = b->l;
    struct edges e = edges_of(c->style, b->width);
    fixed sides = e.margin[LEFT] + e.margin[RIGHT] + edges_h(&e), w, h;
    struct object *o = arena_alloc(b->scratch, sizeof *o);
    const struct text_style *ts = text_of(l, c->parent->style)->text;
    if (b->measure) {
        struct extent x = measure_box(l, c);
        para_object(b->p, x.max, 0, 0, ts, c);
        return;
    }
    if (c->kind == BOX_IMAGE || c->kind == BOX_FIELD) {
        if (c->kind == BOX_IMAGE) picture_size(l, c, b->width, b->height, &w, &h);
        else control_size(l, c, b->width, &w, &h);
        o->line = object_line(l, c, &e, w, h);
        o->w = w + sides;
        o->ascent = h + edges_v(&e) + e.margin[TOP] + e.margin[BOTTOM];
        if (c->kind == BOX_FIELD && c->u.control->field->kind != FORM_MULTILINE) { /* a field's text stands on the line's baseline */
            const struct text_entry *t = text_of(l, c->style);
            fixed below = e.margin[BOTTOM] + e.border[BOTTOM] + e.padding[BOTTOM] + (h - t->ascent - t->descent) / 2 + t->descent;
            if (c->u.control->field->kind == FORM_CHECK || c->u.control->field->kind == FORM_RADIO) below = fixed_min(below, o->ascent / 8);
            o->descent = fixed_clamp(below, 0, o->ascent);
            o->ascent -= o->descent;
        }
    } else {
        struct extent x = measure_box(l, c);
        const struct len *width = &c->style->width;
        fixed outer = fixed_min(fixed_max(x.min, b->width), x.max);
        bool part = len_definite(*width) && width->kind != LEN_FIXED; /* of this block's width, not of its own content's */
        if (part) outer = fixed_max(len_resolve(*width, b->width, 0) - (c->style->box_sizing_border ? edges_h(&e) : 0), 0) + sides;
        struct strip *s = part ? flex_strip(l, c, outer, -1) : strip_of_box(l, c, outer, b->height);
        fixed high = strip_height(s), base = c->style->overflow_hidden ? -1 : strip_baseline(s, c->kind == BOX_BLOCK);
        o->line = line_of_strip(l, s);
        o->w = outer;
        o->ascent = base >= 0 ? base : high;
        o->descent = high - o->ascent;
    }
    c->laid = o;
    para_object(b->p, o->w, o->ascent, o->descent, ts, c);
}

static void add_float(struct builder *b, struct box *c)
{
    if (b->measure) {
        struct extent x = measure_box(b->l, c);
        b->float_min = fixed_max(b->float_min, x.min);
        b->float_max = fixed_min(b->float_max + fixed_min(x.max, FIXED_MAX / 4), FIXED_MAX / 4);
        return;
    }
    if (!b->beside) b->beside = ARENA_NEW(&b->l->work, struct beside);
    *vec_push(&b->l->work, &b->beside->anchors) = (struct anchor){c, NULL, para_begun(b->p)};
    para_mark(b->p, c);
}

static void add_inline(struct builder *b, struct box *parent)
{
    struct layout *l = b->l;
    for (struct box *c = parent->first; c; c = c->next) {
        c->rise = parent == b->block ? 0 : parent->rise;
        const struct text_style *ts = text_of(l, c->style)->text;
        if (c->absolute) {
            if (b->measure) continue;
            c->laid = absolute_of(l, c);
            para_mark(b->p, c);
            continue;
        }
        if (c->floating && (b->measure || b->flow)) {
            add_float(b, c);
            continue;
        }
        switch ((enum box_kind)c->kind) {
        case BOX_TEXT: para_text(b->p, c->text, ts, c, box_place(c->node && c->node->_private ? c : c->parent)); break;
        case BOX_BREAK: para_line_break(b->p); break;
        case BOX_LEADER: para_leader(b->p, c->text, ts, c); break;
        case BOX_REFERENCE:
            if (c->extra) para_mark(b->p, c);
            para_text(b->p, reference_text(l, c), ts, c, box_place(c));
            break;
        case BOX_NOTE:
            if (!b->measure) para_mark(b->p, c);
            break;
        case BOX_INLINE: {
            if (c->rise || c->style->vertical_align != VALIGN_BASELINE) c->rise = rise_of(l, c, b->block);
            b->moves |= c->style->position == POSITION_RELATIVE;
            if (transforms(c->style)) diag_once(l->diag, MSG_LAYOUT_NO_TRANSFORM, box_place(c), STR("transform"), NULL);
            struct edges e = edges_of(c->style, b->width);
            fixed start = e.margin[LEFT] + e.border[LEFT] + e.padding[LEFT], end = e.margin[RIGHT] + e.border[RIGHT] + e.padding[RIGHT];
            bool rtl = c->style->rtl;
            if (c->extra) para_mark(b->p, c);
            para_edge(b->p, ts, true);
            if (start || e.border[LEFT]) para_strut(b->p, rtl ? end : start, true, ts, c);
            add_inline(b, c);
            para_edge(b->p, ts, false);
            if (end || e.border[RIGHT]) para_strut(b->p, rtl ? start : end, false, ts, c);
            break;
        }
        default:
            if (c->extra) para_mark(b->p, c);
            add_object(b, c);
        }
    }
}

static struct para *build(struct builder *b)
{
    const struct style *s = b->block->style;
    text_place(b->l->text, box_place(b->block));
    bool plain = s->unicode_bidi == 4 && b->block->node, override = s->unicode_bidi == 3; /* isolate and embed: a block is that anyway */
    b->p = para_new(b->l->text, b->scratch, plain ? dom_text_rtl(b->block->node) : s->rtl);
    if (override) para_edge(b->p, text_of(b->l, s)->text, true);
    add_inline(b, b->block);
    if (override) para_edge(b->p, text_of(b->l, s)->text, false);
    return b->p;
}

/* One paragraph at a time uses the layout's scratch arena; those inside it (inline-blocks) bring their own. */
struct lease {
    struct arena own, *use;
};
static void lease_take(struct layout *l, struct lease *x)
{
    x->own = (struct arena){0};
    x->use = l->scratch_busy ? &x->own : &l->scratch;
    if (x->use == &l->scratch) l->scratch_busy = true;
}
static void lease_end(struct layout *l, struct lease *x)
{
    if (x->use == &x->own) arena_close(&x->own);
    else {
        l->scratch_busy = false;
        arena_reset(&l->scratch);
    }
}

void inline_measure(struct layout *l, struct box *b, fixed *min, fixed *max)
{
    struct lease x;
    lease_take(l, &x);
    struct builder bl = {.l = l, .block = b, .width = 0, .height = -1, .measure = true, .scratch = x.use};
    struct para *p = build(&bl);
    *min = fixed_max(para_min_width(p), bl.float_min);
    *max = para_max_width(p) + bl.float_max + (b->style->text_indent.kind == LEN_FIXED ? fixed_max(b->style->text_indent.v, 0) : 0);
    lease_end(l, &x);
}

void inline_parts(struct layout *l, struct box *b, fixed *before, fixed *behind)
{
    struct lease x;
    lease_take(l, &x);
    struct builder bl = {.l = l, .block = b, .width = 0, .height = -1, .measure = true, .scratch = x.use};
    struct para *p = build(&bl);
    *before = para_width_before(p, b->style->text_align_char);
    *behind = para_max_width(p) - *before;
    lease_end(l, &x);
}

/* --- painting a line --- */
struct part {
    struct box *box;
    fixed x0, x1;
    bool start, end;
    uint32_t order;
}; /* the extent of an inline box, or of a link, in one line */
struct painter {
    struct layout *l;
    struct box *block;
    struct arena *scratch;
    fixed width, height; /* of the containing block */
    bool moves;          /* as in struct builder */
    struct items items;
    VEC(struct part) boxes, links;
    VEC(struct note *) notes;
    VEC(struct line_mark) marks;
    struct noted noted; /* of the objects on the line */
};

static struct item *add(struct painter *p, enum item_kind kind, struct box *owner)
{
    struct item *it = vec_push(p->scratch, &p->items);
    *it = (struct item){.kind = (uint8_t)kind, .order = owner->order, .at = box_place(owner)};
    return it;
}

/* How far the inline elements around o, itself included, are moved by position: relative. */
static void moved(const struct painter *p, const struct box *o, fixed *x, fixed *y)
{
    if (!p->moves) return;
    for (; o && o != p->block; o = o->parent) {
        fixed dx, dy;
        if (o->kind != BOX_INLINE) continue;
        relative(o->style, p->width, p->height, &dx, &dy);
        *x += dx, *y += dy;
    }
}

static struct part *part_of(struct painter *p, bool link, struct box *box, fixed x0, fixed x1, uint32_t order)
{
    struct part *v = link ? p->links.v : p->boxes.v;
    size_t n = link ? p->links.n : p->boxes.n;
    for (size_t i = 0; i < n; i++)
        if (v[i].box == box) {
            v[i].x0 = fixed_min(v[i].x0, x0);
            v[i].x1 = fixed_max(v[i].x1, x1);
            return &v[i];
        }
    struct part *new = link ? vec_push(p->scratch, &p->links) : vec_push(p->scratch, &p->boxes);
    *new = (struct part){box, x0, x1, false, false, order};
    return new;
}

static bool paints(const struct box *b) { return b->kind == BOX_INLINE && deco_paints(b->style); }

static void note_parts(struct painter *p, const struct run *r, fixed x)
{
    struct box *o = r->owner;
    if (o->link && !(r->kind == RUN_OBJECT && transforms(o->style))) /* which brings its own, inside its transform */
        part_of(p, true, o->link, x, x + r->width, o->order);
    for (struct box *b = o; b && b != p->block && b->inline_level; b = b->parent) {
        if (!paints(b)) continue;
        struct part *part = part_of(p, false, b, x, x + r->width, o->order);
        if (r->kind == RUN_STRUT && b == o) { /* margins lie outside the border */
            struct edges e = edges_of(b->style, 0);
            bool left = part->x0 == x && !part->start;
            if (left) part->start = true, part->x0 += e.margin[LEFT];
            else part->end = true, part->x1 = x + r->width - e.margin[RIGHT];
        }
    }
}

/* What a link that holds only a picture is called. */
static struct str picture_text(const xmlNode *n)
{
    struct str t = {0};
    for (const xmlNode *c = n->children; c && !t.n; c = c->next) {
        if (c->type != XML_ELEMENT_NODE) continue;
        t = dom_attr(c, "alt");
        if (!t.n) t = dom_attr(c, "aria-label");
        if (!t.n) t = picture_text(c);
    }
    return t;
}

enum { LONGEST_LABEL = 600 }; /* bytes of a link's text that viewers show as its name */

/* What a link is called. The last one is kept: a link over many lines asks at each. */
static struct str link_label(struct layout *l, xmlNode *a, struct str href)
{
    if (l->named_link == a) return l->link_name;
    struct str label = dom_attr(a, "aria-label");
    if (!label.n) label = dom_attr(a, "title");
    if (!label.n) label = str_trim(dom_text(l->a, a));
    if (!label.n) label = picture_text(a);
    if (!label.n) label = href;
    size_t n = label.n;
    if (n > LONGEST_LABEL)
        for (n = LONGEST_LABEL; n && ((unsigned char)label.s[n] & 0xC0) == 0x80; n--) {}
    if (n < label.n) label = str_printf(l->a, "%.*s…", (int)n, label.s);
    l->named_link = a;
    return l->link_name = label;
}

void link_add(struct layout *l, struct box *b, fixed x, fixed y, fixed w, fixed h, struct item *out)
{
    struct box *a = b->link;
    struct str href = dom_attr(a->node, "href"), label = link_label(l, a->node, href);
    *out = (struct item){.kind = ITEM_LINK, .order = b->order, .x = x, .y = y, .w = w, .h = h, .at = box_place(a)};
    for (struct box *k = b; k && !out->tag; k = k->parent) {
        for (struct tag *t = k->tag; t && !out->tag; t = t->parent)
            if (t->type == TAG_LINK) out->tag = t;
        if (k == a) break;
    }
    out->u.link.label = label;
    if (href.n && href.s[0] == '#') out->u.link.dest = str_from(href, 1);
    else out->u.link.uri = href;
}

static void decorate(struct painter *p, const struct run *r, fixed x, fixed baseline, bool over)
{
    struct box *o = r->owner;
    const struct style *last = NULL;
    for (struct box *b = o; b && b->decorated; b = b->parent) {
        const struct style *s = b->style;
        if (!s->decoration || s == last || b->kind == BOX_TEXT || b->kind == BOX_REFERENCE) continue;
        last = s;
        const struct text_entry *e = text_of(p->l, s);
        const struct font *f = e->font;
        if (!f) continue;
        static const struct {
            int bit;
            bool over;
        } KINDS[] = {{DECORATION_UNDERLINE, false}, {DECORATION_OVERLINE, false}, {DECORATION_LINE_THROUGH, true}};
        for (size_t i = 0; i < 3; i++) {
            if (!(s->decoration & KINDS[i].bit) || KINDS[i].over != over) continue;
            fixed thick = s->decoration_thickness > 0 ? s->decoration_thickness
                                                      : fixed_max(fixed_muldiv(s->font_size, f->underline_thickness, f->upem), PT(0.4));
            fixed up = i == 0   ? fixed_muldiv(s->font_size, f->underline_y, f->upem)
                       : i == 1 ? e->ascent
                                : fixed_muldiv(s->font_size, f->strike_y, f->upem);
            /* a given offset is that of the line's near edge (Text Decoration 4, 2.5) */
            if (i == 0 && s->underline_offset.kind != LEN_AUTO) up = -len_resolve(s->underline_offset, s->font_size, 0) - thick / 2;
            fixed high = s->decoration_style == BORDER_DOUBLE ? 3 * thick : thick; /* two lines and what is between */
            struct edge line = {0, 0, r->width, high, true, s->decoration_style, s->decoration_color.a ? s->decoration_color : s->color};
            size_t n = p->items.n;
            deco_edge(p->l, &line, x, baseline - b->rise - up - thick / 2, p->scratch, &p->items);
            for (; n < p->items.n; n++) p->items.v[n].order = o->order, p->items.v[n].at = box_place(o);
        }
    }
}

/* Where a line ends in a forced break, what is read from the tags still needs a blank between its last word and the next line's first: a glyph
 * without width at the end. */
static void add_blank(struct layout *l, struct text_item *t)
{
    uint16_t blank = text_space(t->font);
    if (!blank || !t->text.n || t->text.s[t->text.n - 1] == ' ' || t->text.n >= UINT16_MAX) return;
    struct glyph *g = ARENA_ARRAY(l->a, struct glyph, t->n + 1);
    memcpy(g + t->rtl, t->glyphs, t->n * sizeof *g);
    g[t->rtl ? 0 : t->n] = (struct glyph){.id = blank, .cluster = (uint16_t)t->text.n};
    if (t->offsets) {
        struct glyph_offset *o = ARENA_ARRAY(l->a, struct glyph_offset, t->n + 1);
        memcpy(o + t->rtl, t->offsets, t->n * sizeof *o);
        t->offsets = o;
    }
    t->text = str_printf(l->a, "%.*s ", STR_ARG(t->text));
    t->glyphs = g;
    t->n++;
}

static void paint_text(struct painter *p, const struct run *r, fixed x, fixed baseline, bool blank)
{
    struct box *o = r->owner;
    struct layout *l = p->l;
    if (o->style->visibility_hidden || !r->text || !r->text->n) return;
    if (o->decorated) decorate(p, r, x, baseline, false);
    struct item *it = add(p, ITEM_TEXT, o);
    if (r->at.file) it->at = r->at; /* a leader knows none */
    it->tag = o->tag;
    it->x = x;
    it->y = baseline - o->rise;
    it->w = r->width;
    it->h = o->style->font_size;
    struct text_item *t = ARENA_NEW(l->a, struct text_item);
    *t = *r->text;
    t->color = o->style->color;
    t->text = str_copy(l->a, r->text->text);
    struct glyph *g = ARENA_ARRAY(l->a, struct glyph, t->n);
    memcpy(g, r->text->glyphs, t->n * sizeof *g);
    t->glyphs = g;
    if (t->offsets) t->offsets = (struct glyph_offset *)(void *)arena_copy(l->a, (const char *)t->offsets, t->n * sizeof *t->offsets);
    it->u.text = t;
    if (blank) add_blank(l, t);
    if (o->decorated) decorate(p, r, x, baseline, true);
}

/* What is read last of an object's text: boxes out of flow are painted behind text that follows them. NULL: it has none. */
static const struct item *last_text(const struct object *ob)
{
    const struct item *last = NULL;
    for (size_t i = 0; i < ob->line->n; i++) {
        const struct item *it = &ob->line->items[i];
        if (it->kind == ITEM_TEXT && it->tag && it->u.text->text.n && (!last || it->order >= last->order)) last = it;
    }
    return last;
}

static void paint_object(struct painter *p, const struct run *r, fixed x, fixed top, bool blank)
{
    struct box *o = r->owner;
    struct object *ob = o->laid;
    if (blank) add_blank(p->l, last_text(ob)->u.text);
    for (size_t i = 0; i < ob->line->n; i++) {
        struct item *it = vec_push(p->scratch, &p->items);
        *it = ob->line->items[i];
        item_move(p->l->a, it, x, top);
    }
    noted_add(&p->l->work, &p->noted, ob->line->noted, x, top);
    for (size_t i = 0; i < ob->line->n_notes; i++) *vec_push(p->scratch, &p->notes) = ob->line->notes[i];
    for (size_t i = 0; i < ob->line->n_marks; i++)
        *vec_push(p->scratch, &p->marks) = (struct line_mark){ob->line->marks[i].box, ob->line->marks[i].x + x};
}

/* Space above and below the baseline that a run asks for. */
static void extent_of(struct painter *p, const struct run *r, fixed *up, fixed *down)
{
    struct box *o = r->owner;
    if (r->kind == RUN_OBJECT) {
        *up = r->ascent + o->rise;
        *down = r->descent - o->rise;
        if (o->style->vertical_align == VALIGN_MIDDLE) {
            fixed mid = text_of(p->l, o->parent->style)->x_height / 2, h = r->ascent + r->descent;
            *up = h / 2 + mid;
            *down = h - *up;
        } else if (o->style->vertical_align == VALIGN_LENGTH || o->style->vertical_align == VALIGN_SUPER || o->style->vertical_align == VALIGN_SUB) {
            fixed rise = shift_of(o->style, o->parent->style);
            *up += rise;
            *down -= rise;
        } else if (o->style->vertical_align == VALIGN_TEXT_TOP) {
            *up = text_of(p->l, o->parent->style)->ascent;
            *down = r->ascent + r->descent - *up;
        } else if (o->style->vertical_align == VALIGN_TEXT_BOTTOM) {
            *down = text_of(p->l, o->parent->style)->descent;
            *up = r->ascent + r->descent - *down;
        }
        return;
    }
    strut_of(p->l, o->style, up, down);
    *up += o->rise, *down -= o->rise;
}

static bool hangs(const struct run *r) /* vertical-align: top or bottom: placed when the line's height is known */
{
    struct box *o = r->owner;
    return r->kind == RUN_OBJECT && (o->style->vertical_align == VALIGN_TOP || o->style->vertical_align == VALIGN_BOTTOM);
}

static fixed line_extent(struct painter *p, const struct para_line *pl, fixed *up, fixed *down)
{
    strut_of(p->l, p->block->style, up, down);
    const struct style *same = p->block->style;
    fixed hanging = 0;
    for (size_t i = 0; i < pl->n; i++) {
        const struct run *r = &pl->runs[i];
        struct box *o = r->owner;
        if (!o || r->kind == RUN_MARK || (o->style == same && !o->rise && r->kind != RUN_OBJECT)) continue;
        fixed u, d;
        if (hangs(r)) {
            hanging = fixed_max(hanging, r->ascent + r->descent);
            continue;
        }
        extent_of(p, r, &u, &d);
        *up = fixed_max(*up, u);
        *down = fixed_max(*down, d);
    }
    if (hanging > *up + *down) *down = hanging - *up;
    return *up + *down;
}

static uint32_t words_in(const struct text_item *t)
{
    uint32_t n = 0;
    for (size_t i = 0; i < t->text.n; i++) n += t->text.s[i] != ' ' && (i + 1 == t->text.n || t->text.s[i + 1] == ' ');
    return n;
}

static void take_mark(struct painter *p, struct box *o, fixed x)
{
    if (o->floating) return; /* beside.c has it */
    if (o->kind == BOX_NOTE) *vec_push(p->scratch, &p->notes) = note_of(p->l, o);
    else *vec_push(p->scratch, &p->marks) = (struct line_mark){o, x};
}

/* The runs of a line as they are read: items of one owner follow each other as they are painted (frame.h), and runs come in visual order. */
static const struct run **reading_order(struct painter *p, const struct para_line *pl)
{
    const struct run **v = ARENA_ARRAY(p->scratch, const struct run *, pl->n);
    bool rtl = false;
    for (size_t i = 0; i < pl->n; i++) {
        v[i] = &pl->runs[i];
        rtl |= v[i]->kind == RUN_GLYPHS && v[i]->text->rtl;
    }
    for (size_t i = 1; rtl && i < pl->n; i++) /* a line has few runs */
        for (size_t k = i; k && v[k]->kind == RUN_GLYPHS; k--) {
            size_t before = k;
            while (before && v[before - 1]->kind != RUN_GLYPHS) before--;
            if (!before || v[before - 1]->first <= v[k]->first) break;
            const struct run *t = v[before - 1];
            v[before - 1] = v[k];
            v[k] = t;
            k = before;
        }
    return v;
}

/* The tag that the text of a run, or that of its object which is read last, stands under; NULL where there is none. */
static const struct tag *text_tag_of(const struct run *r)
{
    const struct box *o = r->owner;
    if (!o) return NULL;
    if (r->kind == RUN_GLYPHS) return r->text && r->text->text.n && !o->style->visibility_hidden ? o->tag : NULL;
    const struct item *last = r->kind == RUN_OBJECT && o->laid ? last_text(o->laid) : NULL;
    return last ? last->tag : NULL;
}

/* The place in logical of the last text, or object with text, that stands before place `at` of the paragraph; n where there is none. */
static size_t text_before(const struct run *const *logical, size_t n, uint32_t at)
{
    size_t found = n;
    for (size_t i = 0; i < n; i++)
        if (logical[i]->first < at && (found == n || logical[i]->first > logical[found]->first) && text_tag_of(logical[i])) found = i;
    return found;
}

/* The tag of the first text in flow of b and the boxes behind it in its parent; NULL: none, or behind so many out of flow, which ask in turn. */
static const struct tag *first_tag(const struct box *b)
{
    for (int apart = 0; b && apart < 64; b = b->next) {
        apart += out_of_flow(b);
        if (out_of_flow(b)) continue;
        if (b->tag && (b->kind == BOX_REFERENCE || (b->kind == BOX_TEXT && str_trim(b->text).n))) return b->tag;
        const struct tag *t = first_tag(b->first);
        if (t) return t;
    }
    return NULL;
}

/* The tag of the next text in flow behind the block b; NULL where an inline-block, a note or a box out of flow ends first. */
static const struct tag *tag_behind(const struct box *b)
{
    const struct tag *t = NULL;
    for (; b && !t && !out_of_flow(b) && !b->inline_level; b = b->parent) t = first_tag(b->next);
    return t;
}

/* Whether what follows b is read under the same tag as its last text, or under b's: lines that no tag parts. */
static bool reads_on(const struct box *b, const struct tag *last)
{
    if (b->pseudo == PSEUDO_FIRST_LETTER) return false; /* its word goes on */
    if (last == tag_behind(b)) return true;
    for (; b->parent && b->tag && b->tag == b->parent->tag && b->kind == BOX_BLOCK && !b->inline_level && tag_holds_text(b->tag); b = b->parent)
        for (const struct box *k = b->next; k; k = k->next)
            if (k->tag == b->tag) return true;
    return false;
}

static void paint_line(struct painter *p, const struct para_line *pl, struct line *out, fixed *height, bool last)
{
    struct layout *l = p->l;
    fixed up, down, h = line_extent(p, pl, &up, &down);
    p->items.n = p->boxes.n = p->links.n = p->notes.n = p->marks.n = 0;
    for (size_t i = 0; i < pl->n; i++) {
        const struct run *r = &pl->runs[i];
        struct box *o = r->owner;
        if (!o) continue;
        if (r->kind == RUN_MARK) take_mark(p, o, pl->x + r->x);
        else if (o->link || (o->inline_level && (o->parent != p->block || o->kind == BOX_INLINE))) note_parts(p, r, pl->x + r->x);
    }
    for (size_t i = p->boxes.n; i-- > 0;) { /* outer ones first: an inner box is noted before the one around it */
        struct part *b = &p->boxes.v[i];
        const struct text_entry *e = text_of(l, b->box->style);
        struct edges ed = edges_of(b->box->style, 0);
        fixed top = up - b->box->rise - e->ascent - ed.padding[TOP] - ed.border[TOP], high = e->ascent + e->descent + edges_v(&ed), dx = 0;
        moved(p, b->box, &dx, &top);
        b->x0 += dx, b->x1 += dx;
        deco_paint(l, b->box->style, (struct deco){b->x0, top, b->x1 - b->x0, high, true, true, b->start, b->end}, box_place(b->box), p->scratch,
                   &p->items);
    }
    const struct run **logical = reading_order(p, pl);
    bool *blank = ARENA_ARRAY(p->scratch, bool, pl->n); /* runs that a blank follows when they are read: before a leader and a forced break */
    size_t end = pl->n, at;
    for (size_t i = 0; i < pl->n; i++)
        if (logical[i]->kind == RUN_LEADER && (at = text_before(logical, pl->n, logical[i]->first)) < pl->n) blank[at] = true;
    if (pl->forced) end = text_before(logical, pl->n, UINT32_MAX);
    if (end < pl->n && (!last || reads_on(p->block, text_tag_of(logical[end])))) blank[end] = true;
    for (size_t i = 0; i < pl->n; i++) {
        const struct run *r = logical[i];
        struct box *o = r->owner;
        fixed x = pl->x + r->x, dy = 0;
        if (o) moved(p, o, &x, &dy);
        if ((r->kind == RUN_GLYPHS || r->kind == RUN_LEADER) && r->text && o) {
            paint_text(p, r, x, up + dy, blank[i]);
            out->words += words_in(r->text);
        } else if (r->kind == RUN_OBJECT && o && o->laid) {
            fixed u, d;
            extent_of(p, r, &u, &d);
            fixed top = o->style->vertical_align == VALIGN_TOP ? 0 : o->style->vertical_align == VALIGN_BOTTOM ? h - r->ascent - r->descent : up - u;
            paint_object(p, r, x, top + dy, blank[i]);
        }
    }
    for (size_t i = 0; i < p->links.n; i++) {
        const struct part *k = &p->links.v[i];
        const struct text_entry *e = text_of(l, k->box->style);
        struct box *first = k->box;
        struct item it;
        fixed dx = 0, dy = 0;
        moved(p, first, &dx, &dy);
        link_add(l, first, k->x0 + dx, fixed_max(up - e->ascent, 0) + dy, k->x1 - k->x0, fixed_min(e->ascent + e->descent, h), &it);
        it.order = k->order;
        *vec_push(p->scratch, &p->items) = it;
    }
    *height = h;
    out->baseline = up;
    out->n = p->items.n;
    out->items = ARENA_ARRAY(&l->work, struct item, out->n);
    if (out->n) memcpy(out->items, p->items.v, out->n * sizeof *out->items);
    out->n_notes = p->notes.n;
    if (out->n_notes) out->notes = (struct note **)(void *)arena_copy(&l->work, (const char *)p->notes.v, p->notes.n * sizeof *p->notes.v);
    out->n_marks = p->marks.n;
    if (out->n_marks) out->marks = (struct line_mark *)(void *)arena_copy(&l->work, (const char *)p->marks.v, p->marks.n * sizeof *p->marks.v);
}

/* How a line is set, for layout_options.notes. */
static const struct noted *note_line(struct layout *l, const struct para_lines *all, size_t i, uint32_t para, fixed width, bool justified,
                                     const struct line *line, fixed height, const struct noted *objects)
{
    const struct para_line *pl = &all->lines[i];
    struct noted *out = ARENA_NEW(&l->work, struct noted);
    struct frame_line *s = vec_push(&l->work, &out->lines);
    fixed blanks = 0, slack = pl->width - pl->natural, from = pl->x, to = pl->x + pl->width;
    VEC(struct frame_blank) v = {0};
    *s = (struct frame_line){0};
    for (size_t r = 0; r < pl->n; r++) {
        const struct run *run = &pl->runs[r];
        if (!s->at.file && run->kind == RUN_GLYPHS) s->at = run->at;
        fixed x = pl->x + run->x;
        for (uint32_t g = 0; run->kind == RUN_GLYPHS && run->text && g < run->text->n; x += run->text->glyphs[g++].advance) {
            const struct glyph *k = &run->text->glyphs[g];
            if (k->cluster >= run->text->text.n || run->text->text.s[k->cluster] != ' ' || x <= from || x + k->advance >= to) continue;
            blanks += k->advance;
            *vec_push(&l->work, &v) = (struct frame_blank){x, k->advance};
        }
    }
    s->y = line->baseline, s->w = width, s->above = line->baseline, s->below = height - line->baseline;
    s->over = pl->natural - (width - pl->x), s->overfull = pl->overfull && s->over > FIXED_ONE;
    s->justified = justified && !pl->forced && !s->overfull && blanks > slack;
    if (s->justified) s->stretch = (int)((int64_t)slack * 100 / (blanks - slack));
    s->hyphenated = pl->hyphenated;
    s->para = para, s->index = (uint32_t)i, s->of = (uint32_t)all->n;
    s->blanks = v.v, s->n_blanks = (uint32_t)v.n;
    noted_add(&l->work, out, objects, 0, 0);
    return out;
}

static enum text_align align_of(const struct style *s, uint8_t a)
{
    if (a == ALIGN_START) return s->rtl ? ALIGN_RIGHT : ALIGN_LEFT;
    if (a == ALIGN_END) return s->rtl ? ALIGN_LEFT : ALIGN_RIGHT;
    return (enum text_align)a;
}

static void report_wide(struct layout *l, const struct para_line *pl, fixed width)
{
    fixed over = pl->natural - width;
    if (!pl->overfull || over <= FIXED_ONE) return;
    for (size_t i = 0; i < pl->n; i++) {
        const struct run *r = &pl->runs[i];
        if (r->kind != RUN_GLYPHS && (r->kind != RUN_OBJECT || !r->owner)) continue;
        DIAG(l->diag, MSG_LAYOUT_LINE_WIDE, r->kind == RUN_GLYPHS ? r->at : box_place(r->owner), arena_printf(l->a, "%.1f", FIXED_PT(over)));
        return;
    }
}

static fixed line_high(void *painter, const struct para_line *pl)
{
    fixed up, down;
    return line_extent(painter, pl, &up, &down);
}

/* The paragraph p as lines. Not inlined: what it needs would stand on the stack while boxes inside the paragraph are laid out. */
__attribute__((noinline)) static struct inline_result set_lines(const struct builder *bl, struct para *p)
{
    struct layout *l = bl->l;
    struct box *b = bl->block;
    struct painter paint = {.l = l, .block = b, .scratch = bl->scratch, .width = bl->width, .height = bl->height, .moves = bl->moves};
    const struct style *s = b->style;
    bool continues = b->anonymous && b->parent && b->parent->first != b;
    fixed width = bl->width;
    enum text_align align = l->at_char ? ALIGN_LEFT : align_of(s, s->text_align);
    struct para_shape shape = {.width = width,
                               .indent = continues ? 0 : len_resolve(s->text_indent, width, 0),
                               .align = (uint8_t)align,
                               .align_last = (uint8_t)(s->text_align_last == 255 ? align == ALIGN_JUSTIFY ? align_of(s, ALIGN_START) : align
                                                                                 : align_of(s, s->text_align_last)),
                               .greedy = width < 12 * s->font_size && align == ALIGN_JUSTIFY,
                               .hanging = continues ? s->hanging & (uint8_t)~HANG_FIRST : s->hanging,
                               .protrude = s->protrude,
                               .tracking = s->tracking,
                               .hyphen_lines = s->hyphen_lines,
                               .whole_last = s->hyphen_last == HYPHEN_LAST_ALWAYS,
                               .hyphen_zone = len_resolve(s->hyphen_zone, width, 0)};
    struct beside *near = bl->beside;
    if (near) near->f = bl->flow, near->line = fixed_max(line_height_of(l, s), 1), near->high = line_high, near->ctx = &paint;
    struct para_lines *pl = near ? beside_break(near, p, &shape) : para_break(p, &shape);
    struct inline_result out = {.n = pl->n, .beside = near};
    uint32_t para = l->paras++; /* those inside it, in notes and inline-blocks, come after */
    out.lines = ARENA_ARRAY(&l->work, struct line, pl->n);
    out.heights = ARENA_ARRAY(&l->work, fixed, pl->n);
    for (size_t i = 0; i < pl->n; i++) {
        paint_line(&paint, &pl->lines[i], &out.lines[i], &out.heights[i], i + 1 == pl->n);
        if (near) width = i < near->measures.n ? near->measures.v[i].x + near->measures.v[i].w : bl->width;
        report_wide(l, &pl->lines[i], width - pl->lines[i].x);
        if (!l->o->notes) continue;
        out.lines[i].noted = note_line(l, pl, i, para, width, align == ALIGN_JUSTIFY, &out.lines[i], out.heights[i], &paint.noted);
        paint.noted = (struct noted){0};
    }
    return out;
}

struct inline_result inline_beside(struct flow *f, struct box *b)
{
    struct lease x;
    lease_take(f->l, &x);
    struct builder bl = {.l = f->l, .block = b, .width = f->width, .height = f->height, .scratch = x.use, .flow = f};
    struct para *p = build(&bl);
    struct inline_result out = {0};
    if (!para_empty(p)) {
        if (bl.beside || f->floats || f->floats_wait) {
            flow_settle(f);
            for (size_t i = 0; bl.beside && i < bl.beside->anchors.n; i++)
                bl.beside->anchors.v[i].fl = float_new(f, bl.beside->anchors.v[i].box); /* before set_lines, for the stack's sake */
            if (!bl.beside && floats_bottom(f, CLEAR_BOTH) > f->y) bl.beside = ARENA_NEW(&f->l->work, struct beside);
        }
        out = set_lines(&bl, p);
    }
    lease_end(f->l, &x);
    return out;
}

struct inline_result inline_layout(struct layout *l, struct box *b, fixed width, fixed height)
{
    struct lease x;
    lease_take(l, &x);
    struct builder bl = {.l = l, .block = b, .width = width, .height = height, .scratch = x.use};
    struct para *p = build(&bl);
    struct inline_result out = {0};
    if (!para_empty(p)) out = set_lines(&bl, p);
    lease_end(l, &x);
    return out;
}
