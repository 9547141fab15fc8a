/* panel.c: fixed frames (-letak-fit: MIN MAX). Every panel is a page of its own; all get one font size, the largest in half points that lets each fit
 * into its page. Sizes in em follow from the cascade, so a trial writes font-size into the style attribute of the panels and runs the cascade again.
 */
#include "layout/page.h"

static struct box *find_fit(struct box *b, int depth)
{
    if (!b || depth > DEEPEST) return NULL;
    if (b->fit) return b;
    for (struct box *c = b->first; c; c = c->next) {
        struct box *f = find_fit(c, depth + 1);
        if (f) return f;
    }
    return NULL;
}

static void collect(struct layout *l, struct box *b, struct panels *p)
{
    if (b->fit && b->node && b->pseudo < 0) *vec_push(l->a, &p->boxes) = b;
    for (struct box *c = b->first; c; c = c->next) collect(l, c, p);
}

static struct box *panel_of(struct layout *l, const struct segment *s)
{
    struct box *b = s->start ? s->start : l->root;
    for (struct box *up = b; up; up = up->parent)
        if (up->fit) return up;
    return find_fit(b, 0);
}

static bool set_size(struct layout *l, const struct panels *p, fixed size)
{
    for (size_t i = 0; i < p->nodes.n; i++) {
        char *css = arena_printf(l->a, "%s%sfont-size: %g%s", p->nodes.v[i].style, p->nodes.v[i].style[0] ? "; " : "", FIXED_PT(size), "pt");
        xmlSetProp(p->nodes.v[i].node, BAD_CAST "style", BAD_CAST css);
    }
    css_cascade(l->css, l->doc);
    layout_again(l);
    return boxes_build(l) && pages_run(l);
}

/* What does not break may be higher than its page and still end on it. */
static bool too_high(const struct segment *s) { return s->pages.n == 1 && s->pages.v[0]->used > s->pages.v[0]->area_h + FIXED_ONE; }

static bool fits(struct layout *l)
{
    for (size_t i = 0; i < l->pages->segments.n; i++) {
        const struct segment *s = &l->pages->segments.v[i];
        if ((s->pages.n > 1 || too_high(s)) && panel_of(l, s)) return false;
    }
    return true;
}

static xmlNode *heading_in(xmlNode *node)
{
    for (xmlNode *n = node->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && n->name[0] == 'h' && n->name[1] >= '1' && n->name[1] <= '6') return n;
    return NULL;
}

static const char *name_of(struct layout *l, struct box *b)
{
    struct str t = b->page.n ? b->page : dom_attr(b->node, "id");
    xmlNode *h = heading_in(b->node);
    for (xmlNode *n = b->node->children; n && !h; n = n->next) /* panels that share a side */
        if (n->type == XML_ELEMENT_NODE) h = heading_in(n);
    return str_z(l->a, h ? str_trim(dom_text(l->a, h)) : t);
}

/* How many lines fit into the rest of the page, or how many are on further pages. */
static int lines_free(struct layout *l, const struct segment *s, const struct box *b)
{
    const struct laid_page *p = s->pages.v[0];
    fixed line = fixed_max(line_height_of(l, b->style), 1), rest = p->area_h - p->used;
    uint32_t over = 0;
    for (size_t k = 1; k < s->pages.n; k++) over += s->pages.v[k]->lines;
    if (s->pages.n > 1) return -(int)(over ? over : 1);
    return too_high(s) ? -(int)((line - rest - 1) / line) : (int)(fixed_max(rest, 0) / line);
}

static int mm(fixed f) { return (int)(FIXED_PT(f) * 25.4 / 72 + 0.5); }

/* Panels with what is free or too much in each; the latter are reported where told. */
static void judge(struct layout *l, fixed size, bool report, struct frames *out)
{
    VEC(struct frame_fit) list = {0};
    struct box *last = NULL;
    for (size_t i = 0; i < l->pages->segments.n; i++) {
        const struct segment *s = &l->pages->segments.v[i];
        struct box *b = panel_of(l, s);
        if (!b || !s->pages.n) continue;
        struct frame_fit *f = b == last ? &list.v[list.n - 1] : vec_push(l->a, &list);
        int lines = lines_free(l, s, b);
        uint32_t words = 0;
        for (size_t k = 1; k < s->pages.n; k++) words += s->pages.v[k]->words;
        if (b != last) *f = (struct frame_fit){(int)list.n, str_of(name_of(l, b)), size, lines, (int)words, box_place(b)};
        else if (lines < f->lines) f->lines = lines, f->words = (int)words;
        last = b;
        if (!report || lines >= 0) continue;
        struct str lang = dom_lang(b->node);
        const struct page_style *page = s->pages.v[0]->style;
        const char *where =
            arena_printf(l->a, "%.*s, %d × %d mm", lang.n ? (int)lang.n : 1, lang.n ? lang.s : "?", mm(page->width), mm(page->height));
        DIAG(l->diag, MSG_LAYOUT_PANEL_OVERFLOW, f->at, arena_printf(l->a, "%d", f->number), f->name.s, where, arena_printf(l->a, "%d", -lines),
             arena_printf(l->a, "%g", FIXED_PT(size)), arena_printf(l->a, "%u", words ? words : 1));
    }
    out->fits = list.v, out->n_fits = list.n;
}

bool panels_fit(struct layout *l, struct frames *out)
{
    struct panels p = {0};
    collect(l, l->root, &p);
    if (!p.boxes.n) return false;
    fixed min = p.boxes.v[0]->style->fit_min, max = p.boxes.v[0]->style->fit_max;
    for (size_t i = 0; i < p.boxes.n; i++) {
        struct box *b = p.boxes.v[i];
        min = fixed_max(min, b->style->fit_min);
        max = fixed_min(max, b->style->fit_max);
        *vec_push(l->a, &p.nodes) = (struct panel_node){b->node, str_z(l->a, dom_attr(b->node, "style"))};
    }
    const fixed step = FIXED_ONE / 2;
    if (max < min) max = min;
    fixed low = 0, high = (max - min) / step, best = -1; /* in steps above min */
    struct diag *own = l->diag, *quiet = diag_new(DIAG_EN);
    l->diag = quiet;
    while (low <= high) {
        fixed mid = best < 0 && low == 0 && high == (max - min) / step ? high : (low + high) / 2; /* the largest first: mostly it fits */
        if (set_size(l, &p, min + mid * step) && fits(l)) best = mid, low = mid + 1;
        else high = mid - 1;
    }
    diag_close(quiet);
    l->diag = own;
    fixed size = min + fixed_max(best, 0) * step;
    set_size(l, &p, size);
    judge(l, size, best < 0, out);
    return true;
}
