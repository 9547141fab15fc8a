/* finish.c: laid pages into frames: page backgrounds, margin boxes, crop marks, content moved to its place in the media; destinations, outline,
 * labels, metadata; and layout_document, which runs all steps. */
#include "layout/page.h"

static struct str meta(struct layout *l, const char *name)
{
    xmlNode *html = xmlDocGetRootElement(l->doc);
    for (xmlNode *h = html->children; h; h = h->next) {
        if (h->type != XML_ELEMENT_NODE || xmlStrcmp(h->name, BAD_CAST "head") != 0) continue;
        for (xmlNode *n = h->children; n; n = n->next) {
            if (n->type != XML_ELEMENT_NODE) continue;
            if (!strcmp(name, "title") && !xmlStrcmp(n->name, BAD_CAST "title")) return str_trim(dom_text(l->a, n));
            if (!xmlStrcmp(n->name, BAD_CAST "meta") && str_is(dom_attr(n, "name"), name)) return dom_attr(n, "content");
        }
    }
    return (struct str){0};
}

static void crop_marks(struct canvas *c, const struct page_style *ps, fixed off)
{
    fixed far = fixed_max(ps->bleed, MM(2)), thin = PT(0.25), x0 = off, x1 = off + ps->width, y0 = off, y1 = off + ps->height;
    const fixed lines[8][4] = {{x0 - off, y0, off - far, thin}, {x1 + far, y0, off - far, thin}, {x0 - off, y1, off - far, thin},
                               {x1 + far, y1, off - far, thin}, {x0, y0 - off, thin, off - far}, {x1, y0 - off, thin, off - far},
                               {x0, y1 + far, thin, off - far}, {x1, y1 + far, thin, off - far}};
    for (int i = 0; i < 8; i++) {
        struct item *it = canvas_add(c, ITEM_RECT, NULL);
        it->x = lines[i][0], it->y = lines[i][1], it->w = lines[i][2], it->h = lines[i][3];
        it->u.color = (struct color){.a = 255, .cmyk = true, .c = 255, .m = 255, .y = 255, .k = 255};
    }
}

static struct str label_of(struct layout *l, const struct laid_page *p)
{
    for (int i = 0; i < MARGIN_BOXES; i++)
        for (size_t k = 0; p->style->boxes[i] && k < p->style->boxes[i]->content.n; k++) {
            const struct content_item *it = &p->style->boxes[i]->content.items[k];
            if (it->kind == CONTENT_COUNTER && str_is(it->text, "page")) return css_counter_text(l->a, l->css, it->style, p->counter);
        }
    return str_printf(l->a, "%ld", p->counter);
}

static void finish_page(struct layout *l, struct canvas *c, struct laid_page *p, struct frame_page *out)
{
    const struct page_style *ps = p->style;
    struct page_area a = page_area_of(l, ps);
    fixed off = ps->crop_marks ? ps->bleed + MM(6) : ps->bleed;
    *out = (struct frame_page){.w = ps->width + 2 * off,
                               .h = ps->height + 2 * off,
                               .trim_x = off,
                               .trim_y = off,
                               .trim_w = ps->width,
                               .trim_h = ps->height,
                               .bleed = ps->bleed,
                               .label = label_of(l, p),
                               .name = p->name,
                               .blank = p->blank};
    /* The page's background reaches into the bleed; its border stands around padding and content. */
    if (ps->style.background.a) {
        struct item *it = canvas_add(c, ITEM_RECT, NULL);
        it->x = it->y = off - ps->bleed;
        it->w = ps->width + 2 * ps->bleed;
        it->h = ps->height + 2 * ps->bleed;
        it->u.color = ps->style.background;
    }
    if (deco_paints(&ps->style)) {
        struct style *s = arena_alloc(&l->work, sizeof *s);
        *s = ps->style;
        s->background.a = 0;
        struct deco d = {
            a.edges.margin[LEFT] + off, a.edges.margin[TOP] + off, a.w + edges_h(&a.edges), a.h + edges_v(&a.edges), true, true, true, true};
        deco_paint(l, s, d, (struct place){0}, c->a, &c->items);
    }
    size_t first = c->items.n;
    margin_boxes(l, c, p);
    for (size_t i = first; off && i < c->items.n; i++) item_move(l->a, &c->items.v[i], off, off);
    if (ps->crop_marks) crop_marks(c, ps, off);
    size_t n = c->items.n;
    out->n = n + p->n_items;
    out->items = ARENA_ARRAY(l->a, struct item, out->n);
    if (n) memcpy(out->items, c->items.v, n * sizeof *out->items);
    if (p->n_items) memcpy(out->items + n, p->items, p->n_items * sizeof *out->items);
    for (size_t i = n; i < out->n; i++) item_move(l->a, &out->items[i], p->x + off, p->y + off);
    if (l->transformed) transform_rects(&l->work, out->items, out->n);
    c->items.n = c->slots.n = 0;
    struct noted noted = {0};
    noted_add(l->a, &noted, &p->noted, p->x + off, p->y + off);
    out->n_lines = noted.lines.n, out->lines = noted.lines.v, out->n_boxes = noted.boxes.n, out->boxes = noted.boxes.v;
}

static int by_id(const void *a, const void *b)
{
    const struct dest *x = a, *y = b;
    int c = str_cmp(x->id, y->id);
    return c ? c : x->page != y->page ? (x->page < y->page ? -1 : 1) : x->y < y->y ? -1 : x->y > y->y;
}

/* Links to ids that stand nowhere are dropped with a message. */
static void check_links(struct layout *l, struct frames *f)
{
    for (size_t p = 0; p < f->n_pages; p++) {
        struct frame_page *fp = &f->pages[p];
        size_t k = 0;
        for (size_t i = 0; i < fp->n; i++) {
            struct item *it = &fp->items[i];
            if (it->kind == ITEM_LINK && it->u.link.dest.n) {
                struct dest key = {.id = it->u.link.dest};
                size_t low = 0, high = f->n_dests;
                while (low < high) {
                    size_t mid = (low + high) / 2;
                    if (str_cmp(f->dests[mid].id, key.id) < 0) low = mid + 1;
                    else high = mid;
                }
                if (low == f->n_dests || !str_eq(f->dests[low].id, key.id)) {
                    DIAG(l->diag, MSG_LAYOUT_NO_TARGET, it->at, str_z(l->a, key.id));
                    continue;
                }
            } else if (it->kind == ITEM_LINK && !it->u.link.uri.n) continue;
            if (k != i) fp->items[k] = *it;
            k++;
        }
        fp->n = k;
    }
}

static void add_outline(struct layout *l, struct frames *out, const struct box *b, int page, fixed y, size_t *room)
{
    const struct box_extra *x = b->extra;
    if (out->n_outline == *room) {
        struct outline_entry *old = out->outline;
        *room = *room ? *room * 2 : 16;
        out->outline = ARENA_ARRAY(l->a, struct outline_entry, *room);
        if (old) memcpy(out->outline, old, out->n_outline * sizeof *old);
    }
    out->outline[out->n_outline++] = (struct outline_entry){x->bookmark_label, x->id, x->bookmark, page, y, b->style->bookmark_closed};
}

static void places(struct layout *l, struct frames *out)
{
    size_t n = 0, room = 0;
    struct page_state *st = l->pages;
    for (size_t i = 0; i < st->pages.n; i++) n += st->pages.v[i]->n_marks;
    out->dests = ARENA_ARRAY(l->a, struct dest, n);
    for (size_t i = 0; i < st->pages.n; i++) {
        const struct laid_page *p = st->pages.v[i];
        fixed dx = out->pages[i].trim_x + p->x, dy = out->pages[i].trim_y + p->y;
        for (size_t m = 0; m < p->n_marks; m++) {
            const struct page_mark *k = &p->marks[m];
            if (k->box->extra->id.n) out->dests[out->n_dests++] = (struct dest){k->box->extra->id, (int)i, k->x + dx, k->y + dy};
            if (k->box->extra->bookmark > 0) add_outline(l, out, k->box, (int)i, k->y + dy, &room);
        }
    }
    if (out->n_dests) qsort(out->dests, out->n_dests, sizeof *out->dests, by_id);
    size_t keep = 0; /* the first of equal ids */
    for (size_t i = 0; i < out->n_dests; i++)
        if (!keep || !str_eq(out->dests[keep - 1].id, out->dests[i].id)) out->dests[keep++] = out->dests[i];
    out->n_dests = keep;
}

void frames_finish(struct layout *l, struct frames *out)
{
    struct page_state *st = l->pages;
    *out = (struct frames){.title = meta(l, "title"),
                           .author = meta(l, "author"),
                           .subject = meta(l, "description"),
                           .identifier = meta(l, "dcterms.identifier"),
                           .date = meta(l, "dcterms.modified"),
                           .lang = dom_attr(l->root->node, "lang"),
                           .dir = l->root->style->rtl ? STR("rtl") : STR("ltr"),
                           .creator = STR("letak"),
                           .has_fields = l->has_fields};
    if (!out->title.n) out->title = l->o->title;
    if (!out->date.n) out->date = meta(l, "dcterms.created");
    out->press = css_press(l->css);
    out->n_pages = st->pages.n;
    out->pages = ARENA_ARRAY(l->a, struct frame_page, out->n_pages);
    for (size_t i = 0; i < out->n_pages; i++) {
        struct canvas c = {.l = l, .a = &l->work};
        finish_page(l, &c, st->pages.v[i], &out->pages[i]);
        arena_reset(&l->work);
    }
    places(l, out);
    check_links(l, out);
    tags_finish(l, out);
    report_unseen(l, out);
}

static struct layout start(struct arena *a, struct css *css, xmlDoc *doc, struct text *text, const struct layout_options *o, struct diag *d)
{
    struct layout l = {.a = a, .css = css, .doc = doc, .text = text, .o = o, .diag = d};
    return l;
}

/* Everything that one making of the boxes fills. */
void layout_again(struct layout *l)
{
    l->order = 0;
    l->counters = (struct counters){0};
    l->targets = map_new(l->a);
    l->controls = map_new(l->a);
    if (!l->pictures.arena) l->pictures = map_new(l->a);
    l->headings.n = 0;
    l->texts = NULL;
    l->aligned.n = 0;
    l->n_texts = l->text_slots = 0;
    l->notes = 0;
    l->has_fields = false;
}

bool layout_document(struct arena *a, struct css *css, xmlDoc *doc, struct text *text, const struct layout_options *o, struct diag *d,
                     struct frames *out)
{
    struct layout l = start(a, css, doc, text, o, d);
    layout_again(&l);
    bool ok = boxes_build(&l);
    if (!ok) DIAG0(d, MSG_LAYOUT_EMPTY, ((struct place){0}));
    else {
        struct frames fits = {0};
        if (!panels_fit(&l, &fits)) pages_run(&l);
        frames_finish(&l, out);
        out->n_fits = fits.n_fits, out->fits = fits.fits;
    }
    arena_close(&l.scratch);
    arena_close(&l.work);
    return ok;
}

void layout_dump_boxes(struct buf *b, struct arena *a, struct css *css, xmlDoc *doc, struct text *text, const struct layout_options *o,
                       struct diag *d)
{
    struct layout l = start(a, css, doc, text, o, d);
    layout_again(&l);
    if (boxes_build(&l)) boxes_dump(b, l.root);
    else DIAG0(d, MSG_LAYOUT_EMPTY, ((struct place){0}));
    arena_close(&l.scratch);
    arena_close(&l.work);
}
