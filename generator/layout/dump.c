/* dump.c: boxes, frames and tags as text, one line each: what `letak dump` prints and the goldens hold. Lengths are points with two decimals. */
#include "layout/internal.h"

static void length(struct buf *b, fixed f)
{
    /* 1/64 has six decimals; two, rounded half up, the same on every machine */
    long v = (long)f * 100, n = v >= 0 ? (v + 32) / 64 : -((-v + 32) / 64);
    buf_printf(b, "%s%ld.%02ld", n < 0 ? "-" : "", n < 0 ? -n / 100 : n / 100, n < 0 ? -n % 100 : n % 100);
}

static void lengths(struct buf *b, const fixed *f, int n)
{
    for (int i = 0; i < n; i++) {
        buf_putc(b, ' ');
        length(b, f[i]);
    }
}

static void color(struct buf *b, struct color c)
{
    if (c.cmyk) buf_printf(b, " cmyk(%d,%d,%d,%d)", c.c, c.m, c.y, c.k);
    else buf_printf(b, " #%02x%02x%02x", c.r, c.g, c.b);
    if (c.a != 255) buf_printf(b, "/%d", c.a);
}

static const char *const TAG_NAMES[TAG_TYPES] = {
    "Document", "Part", "Sect", "Art",  "Div",  "BlockQuote", "Quote",     "Caption", "TOC",    "TOCI",  "Index",  "P",     "H1",
    "H2",       "H3",   "H4",   "H5",   "H6",   "L",          "LI",        "Lbl",     "LBody",  "Table", "THead",  "TBody", "TFoot",
    "TR",       "TH",   "TD",   "Span", "Code", "Link",       "Reference", "Note",    "Figure", "Form",  "Formula"};

static void owner(struct buf *b, const struct tag *t)
{
    if (t) buf_printf(b, " %s.%u", TAG_NAMES[t->type], t->index);
    else buf_puts(b, " artifact");
}

static void quoted(struct buf *b, const char *name, struct str s)
{
    if (!s.n) return;
    buf_printf(b, " %s=", name);
    buf_json(b, s);
}

static void dump_path(struct buf *b, const struct item *it)
{
    const struct path *p = it->u.path.path;
    size_t at = 0;
    for (uint32_t i = 0; p && i < p->n_ops; i++) {
        static const char LETTER[] = "MLCZ";
        static const int POINTS[] = {1, 1, 3, 0};
        buf_printf(b, " %c", LETTER[p->ops[i] & 3]);
        for (int k = 0; k < POINTS[p->ops[i] & 3]; k++, at++) lengths(b, &p->points[at].x, 1), lengths(b, &p->points[at].y, 1);
    }
    const struct paint *q = it->kind == ITEM_PATH ? it->u.path.paint : NULL;
    if (!q) return;
    if (q->fill.a) buf_puts(b, q->even_odd ? " fill-even-odd" : " fill"), color(b, q->fill);
    if (q->stroke.a) {
        buf_puts(b, " stroke");
        color(b, q->stroke);
        lengths(b, &q->width, 1);
        if (q->n_dash) buf_puts(b, " dash"), lengths(b, q->dash, q->n_dash);
    }
}

static void dump_item(struct buf *b, const struct item *it)
{
    static const char *const NAMES[] = {"text", "rect", "path", "image", "link", "field", "save", "clip", "alpha", "matrix", "restore"};
    buf_printf(b, "  %s", NAMES[it->kind]);
    const fixed r[4] = {it->x, it->y, it->w, it->h};
    switch ((enum item_kind)it->kind) {
    case ITEM_TEXT: {
        const struct text_item *t = it->u.text;
        lengths(b, r, 3);
        buf_printf(b, " %s", t->font && t->font->name ? t->font->name : "?");
        lengths(b, &t->size, 1);
        color(b, t->color);
        owner(b, it->tag);
        if (t->lang.n) buf_printf(b, " %.*s", STR_ARG(t->lang));
        if (t->rtl) buf_puts(b, " rtl");
        if (t->hyphen) buf_puts(b, " hyphen");
        buf_putc(b, ' ');
        buf_json(b, t->text);
        break;
    }
    case ITEM_RECT: lengths(b, r, 4), color(b, it->u.color); break;
    case ITEM_PATH:
    case ITEM_CLIP:
        if (it->kind == ITEM_CLIP && !it->u.path.path) lengths(b, r, 4);
        dump_path(b, it);
        if (it->tag) owner(b, it->tag);
        break;
    case ITEM_IMAGE: lengths(b, r, 4), owner(b, it->tag); break;
    case ITEM_LINK:
        lengths(b, r, 4), owner(b, it->tag);
        quoted(b, "uri", it->u.link.uri), quoted(b, "dest", it->u.link.dest), quoted(b, "label", it->u.link.label);
        break;
    case ITEM_FIELD: {
        static const char *const KINDS[] = {"text", "multiline", "check", "radio", "combo", "list", "signature"};
        const struct form_field *f = it->u.field.field;
        lengths(b, r, 4), owner(b, it->tag);
        buf_printf(b, " %s", KINDS[f->kind]);
        quoted(b, "name", f->name), quoted(b, "label", f->label), quoted(b, "option", it->u.field.option), quoted(b, "format", f->format);
        if (f->required) buf_puts(b, " required");
        for (size_t i = 0; (f->kind == FORM_COMBO || f->kind == FORM_LIST) && i < f->n_options; i++) quoted(b, "choice", f->options[i].value);
        break;
    }
    case ITEM_ALPHA: buf_printf(b, " %d", it->u.alpha.alpha); break;
    case ITEM_MATRIX:
        for (int i = 0; i < 6; i++) buf_printf(b, " %.4f", it->u.matrix[i]);
        break;
    case ITEM_SAVE:
    case ITEM_RESTORE: break;
    }
    buf_putc(b, '\n');
}

void frames_dump(struct buf *b, const struct frames *f)
{
    buf_puts(b, "document");
    quoted(b, "title", f->title), quoted(b, "lang", f->lang), quoted(b, "author", f->author), quoted(b, "subject", f->subject);
    buf_printf(b, " %.*s%s\n", STR_ARG(f->dir), f->has_fields ? " fields" : "");
    for (size_t i = 0; i < f->n_pages; i++) {
        const struct frame_page *p = &f->pages[i];
        buf_printf(b, "page %zu", i + 1);
        lengths(b, (const fixed[]){p->w, p->h}, 2);
        quoted(b, "label", p->label), quoted(b, "name", p->name);
        if (p->bleed) buf_puts(b, " bleed"), lengths(b, &p->bleed, 1);
        buf_puts(b, p->blank ? " blank\n" : "\n");
        for (size_t k = 0; k < p->n; k++) dump_item(b, &p->items[k]);
    }
    for (size_t i = 0; i < f->n_dests; i++) {
        buf_puts(b, "dest ");
        buf_json(b, f->dests[i].id);
        buf_printf(b, " page %d", f->dests[i].page + 1);
        lengths(b, (const fixed[]){f->dests[i].x, f->dests[i].y}, 2);
        buf_putc(b, '\n');
    }
    for (size_t i = 0; i < f->n_outline; i++) {
        const struct outline_entry *o = &f->outline[i];
        buf_printf(b, "outline %d ", o->level);
        buf_json(b, o->title);
        buf_printf(b, " page %d", o->page + 1);
        lengths(b, &o->y, 1);
        quoted(b, "dest", o->dest);
        buf_puts(b, o->closed ? " closed\n" : "\n");
    }
}

struct tag_text {
    const struct tag *tag;
    uint32_t order;
    size_t seq;
    const struct item *item;
};
static int by_tag(const void *a, const void *b)
{
    const struct tag_text *x = a, *y = b;
    if (x->tag->index != y->tag->index) return x->tag->index < y->tag->index ? -1 : 1;
    if (x->order != y->order) return x->order < y->order ? -1 : 1;
    return x->seq < y->seq ? -1 : x->seq > y->seq;
}

static void dump_tag(struct buf *b, const struct tag *t, int depth, const struct tag_text *texts, size_t n)
{
    static const char *const SCOPES[] = {"", "row", "column", "both"};
    buf_printf(b, "%*s%s", depth * 2, "", TAG_NAMES[t->type]);
    quoted(b, "id", t->id), quoted(b, "lang", t->lang), quoted(b, "alt", t->alt), quoted(b, "expansion", t->expansion),
        quoted(b, "actual", t->actual), quoted(b, "title", t->title), quoted(b, "headers", t->headers);
    if (t->scope) buf_printf(b, " scope=%s", SCOPES[t->scope]);
    if (t->colspan > 1) buf_printf(b, " colspan=%d", t->colspan);
    if (t->rowspan > 1) buf_printf(b, " rowspan=%d", t->rowspan);
    if (t->list_numbering) buf_printf(b, " numbering=%s", t->list_numbering);
    if (t->has_bbox) {
        buf_printf(b, " bbox=%d", t->page + 1);
        lengths(b, (const fixed[]){t->x, t->y, t->w, t->h}, 4);
    }
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (texts[mid].tag->index < t->index) low = mid + 1;
        else high = mid;
    }
    struct buf text = {0};
    for (; low < n && texts[low].tag == t; low++) {
        const struct item *it = texts[low].item;
        if (it->kind == ITEM_TEXT) {
            struct str s = it->u.text->text;
            buf_str(&text, s);
        }
    }
    if (text.n) {
        buf_putc(b, ' ');
        buf_json(b, buf_view(&text));
    }
    buf_close(&text);
    buf_putc(b, '\n');
    for (const struct tag *c = t->first; c; c = c->next) dump_tag(b, c, depth + 1, texts, n);
}

void frames_dump_tags(struct buf *b, const struct frames *f)
{
    struct arena a = {0};
    size_t n = 0;
    for (size_t p = 0; p < f->n_pages; p++)
        for (size_t i = 0; i < f->pages[p].n; i++) n += f->pages[p].items[i].tag != NULL;
    struct tag_text *texts = ARENA_ARRAY(&a, struct tag_text, n);
    n = 0;
    for (size_t p = 0; p < f->n_pages; p++)
        for (size_t i = 0; i < f->pages[p].n; i++) {
            const struct item *it = &f->pages[p].items[i];
            if (it->tag) texts[n] = (struct tag_text){it->tag, it->order, n, it}, n++;
        }
    if (n) qsort(texts, n, sizeof *texts, by_tag);
    if (f->root) dump_tag(b, f->root, 0, texts, n);
    arena_close(&a);
}

/* --- boxes --- */
static void dump_box(struct buf *b, const struct box *x, int depth)
{
    static const char *const KINDS[] = {
#define X(name, text) text,
        BOX_KINDS(X)
#undef X
    };
    static const char *const NAMES[] = {"before", "after", "marker", "footnote-call", "footnote-marker", "first-letter"};
    buf_printf(b, "%*s%s%s%s", depth * 2, "", x->inline_level && x->kind == BOX_BLOCK ? "inline-" : "", KINDS[x->kind],
               x->anonymous ? " anonymous" : "");
    if (x->absolute) buf_puts(b, " absolute");
    if (x->floating) buf_puts(b, x->floating == FLOAT_LEFT ? " left" : " right");
    if (x->node && x->node->type == XML_ELEMENT_NODE) buf_printf(b, " %s", (const char *)x->node->name);
    if (x->node && x->node->type == XML_ELEMENT_NODE && x->pseudo < 0 && dom_attr(x->node, "id").n)
        buf_printf(b, "#%.*s", STR_ARG(dom_attr(x->node, "id")));
    if (x->pseudo >= 0) buf_printf(b, "::%s", NAMES[x->pseudo]);
    if (x->forced != BREAK_AUTO) buf_puts(b, " break-before");
    if (x->kind == BOX_TEXT || x->kind == BOX_LEADER) {
        buf_putc(b, ' ');
        buf_json(b, x->text);
    }
    buf_putc(b, '\n');
    if (x->marker) dump_box(b, x->marker, depth + 1);
    if (x->kind == BOX_NOTE) dump_box(b, x->u.note, depth + 1);
    for (const struct box *c = x->first; c; c = c->next) dump_box(b, c, depth + 1);
}

void boxes_dump(struct buf *b, const struct box *root) { dump_box(b, root, 0); }
