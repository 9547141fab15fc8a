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

static bool fits(struct layout *l)
{
    for (size_t i = 0; i < l->pages->segments.n; i++)
        if (l->pages->segments.v[i].pages.n > 1 && panel_of(l, &l->pages->segments.v[i])) return false;
    return true;
}

static const char *name_of(struct layout *l, struct box *b)
{
    struct str t = b->page.n ? b->page : dom_attr(b->node, "id");
    for (xmlNode *n = b->node->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && n->name[0] == 'h' && n->name[1] >= '1' && n->name[1] <= '6') {
            t = str_trim(dom_text(l->a, n));
            break;
        }
    return str_z(l->a, t);
}

static void report(struct layout *l, fixed size)
{
    int number = 0;
    struct box *last = NULL;
    for (size_t i = 0; i < l->pages->segments.n; i++) {
        const struct segment *s = &l->pages->segments.v[i];
        struct box *b = panel_of(l, s);
        if (!b) continue;
        if (b != last) number++;
        last = b;
        uint32_t lines = 0, words = 0;
        for (size_t k = 1; k < s->pages.n; k++) lines += s->pages.v[k]->lines, words += s->pages.v[k]->words;
        if (s->pages.n < 2) continue;
        struct str lang = dom_lang(b->node);
        DIAG(l->diag, MSG_LAYOUT_PANEL_OVERFLOW, box_place(b), arena_printf(l->a, "%d", number), name_of(l, b), lang.n ? str_z(l->a, lang) : "?",
             arena_printf(l->a, "%u", lines ? lines : 1), arena_printf(l->a, "%g", FIXED_PT(size)), arena_printf(l->a, "%u", words ? words : 1));
    }
}

bool panels_fit(struct layout *l)
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
    if (best < 0) report(l, size);
    return true;
}
