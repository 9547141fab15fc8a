/* dump.c: a page as text. First the front matter, a line a key that was given and is good:
 *     page KIND "title"
 *       KEY value  @line:col
 * then the tree, a line a node:
 *     KIND[ n][ +flag…][ #id][ "text"][ url=…][ key=value…]  @line:col */
#include "content/page.h"

static const char *const names[NODE_KINDS] = {"document", "paragraph", "heading",  "list", "item",   "quote",        "note",        "code-block",
                                              "rule",     "table",     "row",      "cell", "figure", "caption",      "columns",     "toc",
                                              "rows",     "when",      "footnote", "html", "text",   "soft-break",   "line-break",  "code",
                                              "emph",     "strong",    "strike",   "link", "image",  "footnote-ref", "html-inline", "mark"};

static void dump(struct buf *b, const struct node *n, int depth)
{
    static const char *const flags[] = {"ordered", "tight", "task", "checked", "head", "block"};
    buf_printf(b, "%*s%s", depth * 2, "", names[n->kind]);
    if (n->kind == NODE_MARK) buf_printf(b, " %s", n->mark->en);
    if (n->n) buf_printf(b, " %d", n->n);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (n->flags & (1 << i)) buf_printf(b, " +%s", flags[i]);
    if (n->id.n) buf_printf(b, " #%.*s", STR_ARG(n->id));
    if (n->text.n) buf_putc(b, ' '), buf_json(b, n->text);
    if (n->url.n) buf_puts(b, " url="), buf_str(b, n->url);
    if (n->path.n) buf_puts(b, " file="), buf_str(b, n->path);
    if (n->target) buf_puts(b, " page=/"), buf_str(b, n->target->path);
    if (n->title.n) buf_puts(b, " title="), buf_json(b, n->title);
    if (n->attrs && n->attrs->classes.n) buf_puts(b, " ."), buf_str(b, n->attrs->classes);
    for (size_t i = 0; n->attrs && i < n->attrs->n; i++) {
        buf_printf(b, " %.*s", STR_ARG(n->attrs->list[i].key));
        if (n->attrs->list[i].value.n) buf_putc(b, '='), buf_json(b, n->attrs->list[i].value);
    }
    buf_printf(b, "  @%u:%u\n", n->at.line, n->at.col);
    for (const struct node *c = n->first; c; c = c->next) dump(b, c, depth + 1);
}

static void dump_front(struct buf *b, const struct page *p)
{
    buf_printf(b, "page %s ", p->kind->en);
    buf_json(b, p->title);
    buf_putc(b, '\n');
    for (size_t k = 0; k < KEYS; k++) {
        const struct front_value *v = front_of(p, k);
        if (v->kind == FRONT_NONE) continue;
        buf_printf(b, "  %s", key_rows[k].en);
        if (v->kind == FRONT_TEXT) buf_putc(b, ' '), buf_json(b, v->text);
        if (v->kind == FRONT_INT) buf_printf(b, " %ld", v->number);
        if (v->kind == FRONT_BOOL) buf_puts(b, v->number ? " true" : " false");
        if (v->kind == FRONT_DATE) buf_printf(b, " %04d-%02d-%02d", v->date.year, v->date.month, v->date.day);
        if (v->kind == FRONT_DATE && v->date.hour >= 0) buf_printf(b, " %02d:%02d", v->date.hour, v->date.minute);
        for (size_t i = 0; i < v->n; i++) buf_puts(b, i ? ", " : " "), buf_json(b, v->list[i]);
        buf_printf(b, "  @%u:%u\n", v->at.line, v->at.col);
    }
}

void content_dump(struct buf *b, const struct document *doc)
{
    dump_front(b, doc->page);
    dump(b, doc->root, 0);
}
