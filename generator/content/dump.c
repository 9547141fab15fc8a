/* dump.c: the document tree as text, a line a node:
 *     KIND[ n][ +flag…][ #id][ "text"][ url=…][ key=value…]  @line:col */
#include "content/page.h"

static const char *const names[NODE_KINDS] = {"document", "paragraph", "heading", "list",  "item",         "quote",       "note",    "code-block",
                                              "rule",     "table",     "row",     "cell",  "figure",       "caption",     "columns", "toc",
                                              "rows",     "footnote",  "html",    "text",  "soft-break",   "line-break",  "code",    "emph",
                                              "strong",   "strike",    "link",    "image", "footnote-ref", "html-inline", "mark"};

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

void content_dump(struct buf *b, const struct document *doc) { dump(b, doc->root, 0); }
