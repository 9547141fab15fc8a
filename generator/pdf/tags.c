/* tags.c: the structure tree (ISO 32000-1, 14.7–14.8; ISO 14289-1). Elements come from the document, not from the frames: one that crosses a page
 * stays one. No recursion: elements are numbered in document order, so one pass backwards sees children before parents. */
#include "pdf/writer.h"
#include <inttypes.h>
#include <stdlib.h>

static const char *const NAMES[TAG_TYPES] = {
    [TAG_DOCUMENT] = "Document",
    [TAG_PART] = "Part",
    [TAG_SECT] = "Sect",
    [TAG_ART] = "Art",
    [TAG_DIV] = "Div",
    [TAG_BLOCKQUOTE] = "BlockQuote",
    [TAG_QUOTE] = "Quote",
    [TAG_CAPTION] = "Caption",
    [TAG_TOC] = "TOC",
    [TAG_TOCI] = "TOCI",
    [TAG_INDEX] = "Index",
    [TAG_P] = "P",
    [TAG_H1] = "H1",
    [TAG_H2] = "H2",
    [TAG_H3] = "H3",
    [TAG_H4] = "H4",
    [TAG_H5] = "H5",
    [TAG_H6] = "H6",
    [TAG_L] = "L",
    [TAG_LI] = "LI",
    [TAG_LBL] = "Lbl",
    [TAG_LBODY] = "LBody",
    [TAG_TABLE] = "Table",
    [TAG_THEAD] = "THead",
    [TAG_TBODY] = "TBody",
    [TAG_TFOOT] = "TFoot",
    [TAG_TR] = "TR",
    [TAG_TH] = "TH",
    [TAG_TD] = "TD",
    [TAG_SPAN] = "Span",
    [TAG_CODE] = "Code",
    [TAG_LINK] = "Link",
    [TAG_REFERENCE] = "Reference",
    [TAG_NOTE] = "Note",
    [TAG_FIGURE] = "Figure",
    [TAG_FORM] = "Form",
    [TAG_FORMULA] = "Formula",
};
enum { LEAF = 128 }; /* entries of a leaf of the parent and ID trees, far below libharu's and other readers' limits */

const char *tag_name(enum tag_type t) { return NAMES[t]; }

static const struct tag *next_in_order(const struct tag *t)
{
    if (t->first) return t->first;
    while (t && !t->next) t = t->parent;
    return t ? t->next : NULL;
}

void tags_open(struct pdf *p)
{
    p->tags = ARENA_ARRAY(&p->a, struct pdf_tag, p->f->n_tags + 1);
    for (const struct tag *t = p->f->root; t; t = next_in_order(t)) {
        struct pdf_tag *pt = &p->tags[t->index];
        pt->tag = t;
        pt->seq = UINT64_MAX;
        pt->lang = t->lang.n ? t->lang : t->parent ? p->tags[t->parent->index].lang : p->f->lang;
    }
    for (size_t i = 0; i < p->f->n_pages; i++)
        for (size_t k = 0; k < p->f->pages[i].n; k++) {
            const struct item *it = &p->f->pages[i].items[k];
            if (it->kind == ITEM_TEXT && it->tag && it->u.text->rtl) p->tags[it->tag->index].rtl = true;
        }
}

void tags_piece(struct pdf *p, size_t page, const struct item *it)
{
    struct pdf_tag *t = &p->tags[it->tag->index];
    struct tag_piece *n = ARENA_NEW(&p->a, struct tag_piece);
    *n = (struct tag_piece){.page = (uint32_t)page, .x = it->x, .y = it->y, .rtl = it->u.text->rtl, .text = it->u.text->text};
    if (t->piece) t->piece->next = n;
    else t->pieces = n;
    t->piece = n;
}

static void tags_add(struct pdf *p, uint32_t tag, size_t page, uint64_t seq, int mcid, objid annot)
{
    struct pdf_tag *t = &p->tags[tag];
    struct tag_ref *r = ARENA_NEW(&p->a, struct tag_ref);
    *r = (struct tag_ref){.page = (uint32_t)page, .seq = seq, .mcid = mcid, .annot = annot};
    struct tag_ref **link = &t->first; /* sorted by seq; nearly always at the end */
    if (t->last && t->last->seq <= seq) link = &t->last->next;
    else
        while (*link && (*link)->seq <= seq) link = &(*link)->next;
    r->next = *link;
    *link = r;
    if (!r->next) t->last = r;
    if (seq < t->seq) t->seq = seq;
}

int tags_mcid(struct pdf *p, const struct tag *t, size_t page, uint64_t seq)
{
    struct pdf_page *pg = &p->pages[page];
    *vec_push(&p->a, &pg->mcids) = t->index;
    int mcid = (int)pg->mcids.n - 1;
    tags_add(p, t->index, page, seq, mcid, 0);
    return mcid;
}

int tags_annot(struct pdf *p, const struct tag *t, size_t page, uint64_t seq, objid annot)
{
    *vec_push(&p->a, &p->annots) = (struct pdf_annot){annot, t->index};
    tags_add(p, t->index, page, seq, -1, annot);
    return (int)(p->f->n_pages + p->annots.n - 1);
}

/* --- which elements stay --- */

static bool stays_empty(enum tag_type t) { return t == TAG_TR || t == TAG_TH || t == TAG_TD || t == TAG_DOCUMENT; }

static void find_first(struct pdf *p)
{
    for (size_t i = p->f->n_tags; i-- > 0;) {
        struct pdf_tag *t = &p->tags[i];
        if (!t->tag) continue;
        bool keep = t->seq != UINT64_MAX || stays_empty(t->tag->type) || t->obj;
        t->obj = keep;
        if (keep && t->tag->parent) {
            struct pdf_tag *up = &p->tags[t->tag->parent->index];
            up->obj = 1; /* a mark until numbers are given */
            if (t->seq < up->seq) up->seq = t->seq;
        }
    }
    for (size_t i = 0; i < p->f->n_tags; i++)
        if (p->tags[i].obj) p->tags[i].obj = pdf_new(p);
}

/* --- one element --- */

static void put_kid(struct pdf *p, struct buf *b, const struct tag_ref *r, uint32_t page)
{
    if (r->mcid >= 0 && r->page == page) {
        buf_int(b, r->mcid);
        return;
    }
    buf_puts(b, r->mcid >= 0 ? "<</Type/MCR/Pg " : "<</Type/OBJR/Pg ");
    put_ref(b, p->pages[r->page].obj);
    if (r->mcid >= 0) buf_printf(b, "/MCID %d>>", r->mcid);
    else buf_puts(b, "/Obj "), put_ref(b, r->annot), buf_puts(b, ">>");
}

/* Children in the order of the tree, own content between them in reading order. */
static void put_kids(struct pdf *p, struct buf *b, const struct pdf_tag *t)
{
    const struct tag_ref *own = t->first;
    uint32_t page = own ? own->page : 0;
    size_t n = 0;
    struct buf k = {0};
    for (const struct tag *c = t->tag->first; c; c = c->next) {
        const struct pdf_tag *child = &p->tags[c->index];
        if (!child->obj) continue;
        for (; child->seq != UINT64_MAX && own && own->seq < child->seq; own = own->next, n++) {
            if (n) buf_putc(&k, ' ');
            put_kid(p, &k, own, page);
        }
        if (n++) buf_putc(&k, ' ');
        put_ref(&k, child->obj);
    }
    for (; own; own = own->next, n++) {
        if (n) buf_putc(&k, ' ');
        put_kid(p, &k, own, page);
    }
    if (!n) {
        buf_close(&k);
        return;
    }
    if (t->first) buf_puts(b, "/Pg "), put_ref(b, p->pages[page].obj);
    buf_puts(b, n > 1 ? "/K[" : k.s[0] == '<' ? "/K" : "/K ");
    buf_add(b, k.s, k.n);
    if (n > 1) buf_putc(b, ']');
    buf_close(&k);
}

static void put_table_attributes(struct buf *b, const struct tag *t)
{
    static const char *const scopes[] = {"", "/Scope/Row", "/Scope/Column", "/Scope/Both"};
    if ((t->type != TAG_TH && t->type != TAG_TD) || (!t->headers.n && t->colspan < 2 && t->rowspan < 2 && t->type == TAG_TD)) return;
    buf_puts(b, "<</O/Table");
    if (t->type == TAG_TH) buf_puts(b, scopes[t->scope ? t->scope : SCOPE_COLUMN]);
    if (t->colspan > 1) buf_printf(b, "/ColSpan %d", t->colspan);
    if (t->rowspan > 1) buf_printf(b, "/RowSpan %d", t->rowspan);
    struct str rest = t->headers, id;
    bool any = false;
    while (str_split(&rest, ' ', &id))
        if (id.n) {
            if (!any) buf_puts(b, "/Headers[");
            any = true;
            put_bytes(b, id);
        }
    buf_puts(b, any ? "]>>" : ">>");
}

static void put_attributes(struct pdf *p, struct buf *b, const struct tag *t)
{
    struct buf at = {0};
    int n = 0;
    put_table_attributes(&at, t);
    n += at.n > 0;
    if (t->has_bbox && t->page >= 0 && (size_t)t->page < p->f->n_pages) {
        buf_puts(&at, "<</O/Layout/BBox");
        put_rect(&at, &p->f->pages[t->page], t->x, t->y, t->w, t->h);
        if (t->type == TAG_FIGURE) buf_puts(&at, "/Placement/Block");
        buf_puts(&at, ">>");
        n++;
    }
    if (t->type == TAG_L && t->list_numbering) buf_printf(&at, "<</O/List/ListNumbering/%s>>", t->list_numbering), n++;
    if (n) {
        buf_puts(b, n > 1 ? "/A[" : "/A");
        buf_add(b, at.s, at.n);
        if (n > 1) buf_putc(b, ']');
    }
    buf_close(&at);
}

/* --- text from right to left --- */

static int by_x(const void *a, const void *b)
{
    fixed x = (*(struct tag_piece *const *)a)->x, y = (*(struct tag_piece *const *)b)->x;
    return (x > y) - (x < y);
}

/* One line's runs, sorted from the left, in reading order: the line runs in its base direction, groups of the other direction the other way inside
 * it. */
static void put_line(struct buf *b, struct tag_piece **v, size_t n, bool base_rtl)
{
    for (size_t i = 0, end; i < n; i = end) {
        struct tag_piece **at = base_rtl ? &v[n - 1 - i] : &v[i];
        for (end = i + 1; end < n && (*at)->rtl != base_rtl && (base_rtl ? v[n - 1 - end] : v[end])->rtl != base_rtl;) end++;
        for (size_t k = i; k < end; k++) { /* the group against the way the line is walked */
            size_t back = end - 1 - (k - i);
            buf_str(b, (base_rtl ? v[n - 1 - back] : v[back])->text);
        }
    }
}

/* Viewers do not agree on the reading order of such text (and reverse what is reversed already), so the element says it: ActualText. */
static struct str logical_text(struct pdf *p, const struct pdf_tag *t)
{
    static const char *const langs[] = {"ar", "fa", "he", "ur", "ps", "dv", "yi", "ckb", "ug", "sd", NULL};
    bool base_rtl = false;
    struct str rest = t->lang, primary = rest;
    str_split(&rest, '-', &primary);
    for (int i = 0; langs[i]; i++) base_rtl |= str_is(primary, langs[i]);
    for (const struct tag *c = t->tag->first; c; c = c->next)
        if (p->tags[c->index].obj) return (struct str){0}; /* it would hide them */
    struct buf b = {0};
    VEC(struct tag_piece *) line = {0};
    for (struct tag_piece *n = t->pieces; n; n = n->next) {
        *vec_push(&p->a, &line) = n;
        if (n->next && n->next->page == n->page && n->next->y == n->y) continue;
        qsort(line.v, line.n, sizeof *line.v, by_x);
        put_line(&b, line.v, line.n, base_rtl);
        line.n = 0;
    }
    struct str out = buf_copy(&p->a, &b);
    buf_close(&b);
    return out;
}

static struct str id_of(struct pdf *p, const struct tag *t)
{
    if (t->id.n || t->type != TAG_NOTE) return t->id;
    return str_printf(&p->a, "note-%" PRIu32, t->index); /* ISO 14289-1, 7.9: every note has one */
}

static void write_element(struct pdf *p, const struct pdf_tag *pt, struct buf *b)
{
    const struct tag *t = pt->tag;
    buf_reset(b);
    buf_puts(b, "/Type/StructElem/S/"), buf_puts(b, NAMES[t->type]), buf_puts(b, "/P ");
    put_ref(b, t->parent ? p->tags[t->parent->index].obj : p->struct_root);
    struct str id = id_of(p, t);
    if (id.n) buf_puts(b, "/ID"), put_bytes(b, id);
    if (t->lang.n) buf_puts(b, "/Lang"), put_text(b, t->lang);
    if (t->alt.n) buf_puts(b, "/Alt"), put_text(b, t->alt);
    struct str actual = t->actual.n || !pt->pieces ? t->actual : logical_text(p, pt);
    if (actual.n) buf_puts(b, "/ActualText"), put_text(b, actual);
    if (t->expansion.n) buf_puts(b, "/E"), put_text(b, t->expansion);
    if (t->title.n) buf_puts(b, "/T"), put_text(b, t->title);
    if (t->type == TAG_FIGURE && !t->alt.n && !t->actual.n) DIAG0(p->d, MSG_PDF_FIGURE_ALT, t->at);
    put_attributes(p, b, t);
    put_kids(p, b, pt);
    pdf_body(p, pt->obj, b);
}

/* --- trees over all elements --- */

/* Leaves of at most LEAF entries under one root; entry(…) writes one. Returns the root. */
static objid number_tree(struct pdf *p, size_t n, void (*entry)(struct pdf *p, struct buf *b, size_t i))
{
    struct buf root = {0}, b = {0};
    buf_puts(&root, "/Kids[");
    for (size_t i = 0; i < n;) {
        size_t from = i, end = i + LEAF < n ? i + LEAF : n;
        buf_reset(&b);
        buf_printf(&b, "/Limits[%zu %zu]/Nums[", from, end - 1);
        for (; i < end; i++) {
            buf_printf(&b, "%zu ", i);
            entry(p, &b, i);
            buf_putc(&b, ' ');
        }
        buf_putc(&b, ']');
        if (from) buf_putc(&root, ' ');
        put_ref(&root, pdf_object(p, &b));
    }
    buf_putc(&root, ']');
    if (!n) buf_reset(&root), buf_puts(&root, "/Nums[]");
    objid id = pdf_object(p, &root);
    buf_close(&root), buf_close(&b);
    return id;
}

static void parent_entry(struct pdf *p, struct buf *b, size_t i)
{
    if (i >= p->f->n_pages) {
        put_ref(b, p->tags[p->annots.v[i - p->f->n_pages].tag].obj);
        return;
    }
    buf_putc(b, '[');
    for (size_t k = 0; k < p->pages[i].mcids.n; k++) {
        if (k) buf_putc(b, ' ');
        put_ref(b, p->tags[p->pages[i].mcids.v[k]].obj);
    }
    buf_putc(b, ']');
}

struct named {
    struct str id;
    objid obj;
};
static int by_id(const void *x, const void *y) { return str_cmp(((const struct named *)x)->id, ((const struct named *)y)->id); }

static objid id_tree(struct pdf *p)
{
    VEC(struct named) ids = {0};
    for (size_t i = 0; i < p->f->n_tags; i++)
        if (p->tags[i].obj) {
            struct str id = id_of(p, p->tags[i].tag);
            if (id.n) *vec_push(&p->a, &ids) = (struct named){id, p->tags[i].obj};
        }
    if (!ids.n) return 0;
    qsort(ids.v, ids.n, sizeof *ids.v, by_id);
    struct buf root = {0}, b = {0};
    buf_puts(&root, "/Kids[");
    for (size_t i = 0; i < ids.n;) {
        size_t end = i + LEAF < ids.n ? i + LEAF : ids.n;
        if (i) buf_putc(&root, ' ');
        buf_reset(&b);
        buf_puts(&b, "/Limits[");
        put_bytes(&b, ids.v[i].id), put_bytes(&b, ids.v[end - 1].id);
        buf_puts(&b, "]/Names[");
        for (; i < end; i++) put_bytes(&b, ids.v[i].id), put_ref(&b, ids.v[i].obj);
        buf_putc(&b, ']');
        put_ref(&root, pdf_object(p, &b));
    }
    buf_putc(&root, ']');
    objid id = pdf_object(p, &root);
    buf_close(&root), buf_close(&b);
    return id;
}

void tags_write(struct pdf *p)
{
    p->struct_root = pdf_new(p);
    find_first(p);
    struct buf b = {0};
    for (size_t i = 0; i < p->f->n_tags; i++)
        if (p->tags[i].obj) write_element(p, &p->tags[i], &b);
    size_t n = p->f->n_pages + p->annots.n;
    objid parents = number_tree(p, n, parent_entry), ids = id_tree(p);
    buf_reset(&b);
    buf_puts(&b, "/Type/StructTreeRoot/K[");
    put_ref(&b, p->tags[p->f->root->index].obj);
    buf_puts(&b, "]/ParentTree ");
    put_ref(&b, parents);
    buf_printf(&b, "/ParentTreeNextKey %zu", n);
    if (ids) buf_puts(&b, "/IDTree "), put_ref(&b, ids);
    pdf_body(p, p->struct_root, &b);
    buf_close(&b);
}
