/* body.c: the document tree as HTML, for the web and for print. One function a kind of node in two tables, blocks and inlines; what a mark, a
 * field or a reference becomes stands in marks.c, fields.c and refs.c.
 *
 * Web and print differ little: on the web footnotes stand at the end with links back, tables get a frame that scrolls by keyboard, icons are inline
 * drawings; in print footnotes stand in the text (class fn, float: footnote), images are named by their source, ids may carry a prefix. */
#include "site/inner.h"
#include "image/image.h"
#include "base/file.h"
#include <stdlib.h>
#include <strings.h>

struct str body_text_word(const struct body *r, const char *key) { return site_word(r->s, r->lang, key); }
void body_word(struct body *r, const char *key) { buf_html(r->b, body_text_word(r, key)); }

void body_id(struct body *r, struct str id)
{
    if (!id.n) return;
    buf_puts(r->b, " id=\"");
    buf_html(r->b, r->prefix);
    buf_html(r->b, id);
    buf_putc(r->b, '"');
}

static void classes(struct body *r, const char *own, const struct node *n)
{
    struct str more = n->attrs ? n->attrs->classes : (struct str){0};
    if (!*own && !more.n) return;
    buf_puts(r->b, " class=\"");
    buf_puts(r->b, own);
    if (*own && more.n) buf_putc(r->b, ' ');
    buf_html(r->b, more);
    buf_putc(r->b, '"');
}

/* --- blocks --- */
static void document(struct body *r, const struct node *n) { body_blocks(r, n->first, NULL); }

/* A paragraph that is nothing but a contact (and no single part of one) is a block of its own. */
static bool is_block_contact(const struct node *p)
{
    const struct node *n = p->first;
    if (!n || n->next || n->kind != NODE_MARK || n->mark->mark != MARK_CONTACT) return false;
    return !node_attr(n, "phone") && !node_attr(n, "mail") && !node_attr(n, "web");
}

static void paragraph(struct body *r, const struct node *n)
{
    if (is_block_contact(n)) {
        marks_contact_block(r, n->first);
        return;
    }
    if (r->tight) {
        body_inlines(r, n);
        return;
    }
    buf_puts(r->b, "<p");
    classes(r, "", n);
    buf_putc(r->b, '>');
    body_inlines(r, n);
    buf_puts(r->b, "</p>\n");
}

static void heading(struct body *r, const struct node *n)
{
    r->heading = node_text(r->arena, n);
    const char level = (char)('0' + n->n);
    buf_puts(r->b, "<h"), buf_putc(r->b, level);
    body_id(r, n->id);
    classes(r, "", n);
    buf_putc(r->b, '>');
    r->plain++;
    body_inlines(r, n);
    r->plain--;
    buf_puts(r->b, "</h"), buf_putc(r->b, level), buf_puts(r->b, ">\n");
}

static void list(struct body *r, const struct node *n)
{
    bool outer = r->tight, ordered = n->flags & NODE_ORDERED, tasks = n->first && n->first->flags & NODE_TASK;
    if (n->first && fields_item(n->first)) {
        fields_list(r, n);
        return;
    }
    if (outer) buf_putc(r->b, '\n');
    r->tight = n->flags & NODE_TIGHT;
    buf_puts(r->b, ordered ? "<ol" : "<ul");
    if (ordered && n->n != 1) buf_printf(r->b, " start=\"%d\"", n->n);
    classes(r, tasks ? "tasks" : "", n);
    buf_puts(r->b, ">\n");
    for (const struct node *i = n->first; i; i = i->next) body_block(r, i);
    buf_puts(r->b, ordered ? "</ol>\n" : "</ul>\n");
    r->tight = outer;
}

static void item(struct body *r, const struct node *n)
{
    buf_puts(r->b, "<li>");
    if (n->flags & NODE_TASK) {
        buf_printf(r->b, "<span class=\"box%s\" role=\"img\" aria-label=\"", n->flags & NODE_CHECKED ? " checked" : "");
        body_word(r, n->flags & NODE_CHECKED ? "done" : "to-do");
        buf_puts(r->b, "\"></span> ");
    }
    if (!r->tight) buf_putc(r->b, '\n');
    body_blocks(r, n->first, NULL);
    buf_puts(r->b, "</li>\n");
}

static void loose(struct body *r, const struct node *n) /* children as ordinary blocks, whatever list is around */
{
    bool outer = r->tight;
    r->tight = false;
    body_blocks(r, n->first, NULL);
    r->tight = outer;
}

static void quote(struct body *r, const struct node *n)
{
    buf_puts(r->b, "<blockquote>\n");
    loose(r, n);
    buf_puts(r->b, "</blockquote>\n");
}

static void note(struct body *r, const struct node *n)
{
    static const char *const known[] = {"note", "tip", "important", "warning", "caution"};
    const char *kind = known[0];
    for (size_t i = 0; i < 5; i++)
        if (str_is(n->text, known[i])) kind = known[i];
    buf_printf(r->b, "<div class=\"note %s\" role=\"note\"><p class=\"note-title\">", kind);
    body_word(r, kind);
    buf_puts(r->b, "</p>\n");
    loose(r, n);
    buf_puts(r->b, "</div>\n");
}

static void code_block(struct body *r, const struct node *n)
{
    struct str language = n->title, rest = n->title;
    str_split(&rest, ' ', &language);
    buf_puts(r->b, r->print ? "<pre><code" : "<pre tabindex=\"0\"><code");
    if (language.n && str_find(language, '{') == SIZE_MAX) {
        buf_puts(r->b, " class=\"language-");
        buf_html(r->b, language);
        buf_putc(r->b, '"');
    }
    buf_putc(r->b, '>');
    buf_html(r->b, n->text);
    buf_puts(r->b, "</code></pre>\n");
}

static void rule(struct body *r, const struct node *n)
{
    (void)n;
    buf_puts(r->b, "<hr>\n");
}

/* „Табела 2.1.“ before a caption. */
static void caption_label(struct body *r, const char *word, size_t number)
{
    buf_puts(r->b, "<span class=\"label\">");
    body_word(r, word);
    buf_puts(r->b, "\xC2\xA0");
    if (r->entry->chapter) buf_printf(r->b, "%d.", r->entry->chapter);
    buf_printf(r->b, "%zu.</span> ", number);
}

static void cell(struct body *r, const struct node *c, struct str aligns, bool head, bool row_head)
{
    char align = (size_t)c->n < aligns.n ? aligns.s[c->n] : '-';
    bool th = (head && c->first) || row_head;
    buf_puts(r->b, th ? "<th" : "<td");
    if (head && c->first) buf_puts(r->b, " scope=\"col\"");
    else if (row_head) buf_puts(r->b, " scope=\"row\"");
    if (align == 'r') buf_puts(r->b, " class=\"right\"");
    else if (align == 'c') buf_puts(r->b, " class=\"center\"");
    buf_putc(r->b, '>');
    r->plain += th;
    body_inlines(r, c);
    r->plain -= th;
    buf_puts(r->b, th ? "</th>" : "</td>");
}

static void table_rows(struct body *r, const struct node *n)
{
    bool in_body = false, row_heads = n->id.n || (n->first && n->first->kind == NODE_CAPTION);
    for (const struct node *row = n->first; row; row = row->next) {
        if (row->kind != NODE_ROW) continue;
        bool head = row->flags & NODE_HEAD;
        if (head) buf_puts(r->b, "<thead>\n");
        else if (!in_body) buf_puts(r->b, "<tbody>\n"), in_body = true;
        buf_puts(r->b, "<tr>");
        for (const struct node *c = row->first; c; c = c->next) cell(r, c, n->text, head, row_heads && !head && c == row->first && c->first);
        buf_puts(r->b, "</tr>\n");
        if (head) buf_puts(r->b, "</thead>\n");
    }
    if (in_body) buf_puts(r->b, "</tbody>\n");
}

static void table(struct body *r, const struct node *n)
{
    const struct node *caption = n->first && n->first->kind == NODE_CAPTION ? n->first : NULL;
    r->all_tables++;
    if (!r->print) {
        buf_printf(r->b, "<div class=\"table\" role=\"region\" tabindex=\"0\" ");
        if (caption) {
            buf_printf(r->b, "aria-labelledby=\"caption-%zu\">", r->all_tables);
        } else {
            buf_puts(r->b, "aria-label=\"");
            body_word(r, "table");
            buf_printf(r->b, " %zu%s", r->all_tables, r->heading.n ? ": " : "");
            buf_html(r->b, r->heading);
            buf_puts(r->b, "\">");
        }
    }
    buf_puts(r->b, "<table");
    body_id(r, n->id);
    classes(r, "", n);
    buf_puts(r->b, ">\n");
    if (caption) {
        buf_puts(r->b, "<caption");
        if (!r->print) buf_printf(r->b, " id=\"caption-%zu\"", r->all_tables);
        buf_putc(r->b, '>');
        caption_label(r, "table", ++r->tables);
        body_inlines(r, caption);
        buf_puts(r->b, "</caption>\n");
    }
    table_rows(r, n);
    buf_puts(r->b, r->print ? "</table>\n" : "</table></div>\n");
}

static void figure(struct body *r, const struct node *n)
{
    const struct node *caption = n->last && n->last->kind == NODE_CAPTION ? n->last : NULL;
    buf_puts(r->b, caption ? "<figure" : "<div");
    body_id(r, n->id);
    classes(r, caption ? "" : "image", n);
    buf_putc(r->b, '>');
    for (const struct node *c = n->first; c; c = c->next)
        if (c != caption) body_inline(r, c);
    if (caption) {
        buf_puts(r->b, "\n<figcaption>");
        caption_label(r, "figure", ++r->figures);
        body_inlines(r, caption);
        buf_puts(r->b, "</figcaption>");
    }
    buf_puts(r->b, caption ? "</figure>\n" : "</div>\n");
}

static void columns(struct body *r, const struct node *n)
{
    buf_printf(r->b, "<div class=\"columns columns-%d\">\n", n->n);
    loose(r, n);
    buf_puts(r->b, "</div>\n");
}

static void when(struct body *r, const struct node *n)
{
    buf_puts(r->b, "<div class=\"when\"");
    if (!r->print) fields_when(r, n);
    buf_puts(r->b, ">\n");
    loose(r, n);
    buf_puts(r->b, "</div>\n");
}

static void toc(struct body *r, const struct node *n)
{
    int level = 1, depth = n->n + 1;
    buf_puts(r->b, "<nav class=\"toc\" aria-label=\"");
    body_word(r, "contents");
    buf_puts(r->b, "\">");
    for (size_t i = 0; i < r->doc->headings.n; i++) {
        const struct node *h = r->doc->headings.v[i];
        if (h->n > depth || h->n < 2) continue;
        if (h->n > level)
            for (; level < h->n; level++) buf_puts(r->b, level + 1 < h->n ? "\n<ul><li>" : "\n<ul>");
        else
            for (buf_puts(r->b, "</li>"); level > h->n; level--) buf_puts(r->b, "\n</ul></li>");
        buf_puts(r->b, "\n<li><a href=\"#");
        buf_html(r->b, r->prefix);
        buf_html(r->b, h->id);
        buf_puts(r->b, "\">");
        buf_html(r->b, node_text(r->arena, h));
        buf_puts(r->b, "</a>");
    }
    for (; level > 1; level--) buf_puts(r->b, "</li>\n</ul>");
    buf_puts(r->b, "</nav>\n");
}

static void footnote(struct body *r, const struct node *n) { (void)r, (void)n; } /* footnotes() and footnote_ref() show them */

static void html(struct body *r, const struct node *n) { buf_str(r->b, n->text); }

/* --- inlines --- */
/* Lines of the source that follow each other are one text where words lead to the glossary: a line end may stand inside a term. */
static bool goes_on(const struct body *r, const struct node *soft_break)
{
    const struct node *b = soft_break, *after = b ? b->next : NULL;
    return r->terms && !r->plain && b && b->kind == NODE_SOFT_BREAK && b->prev && b->prev->kind == NODE_TEXT && after && after->kind == NODE_TEXT;
}
static void text(struct body *r, const struct node *n)
{
    if (!r->terms || r->plain) {
        buf_html(r->b, n->text);
    } else if (!goes_on(r, n->next)) {
        if (!goes_on(r, n->prev)) terms_text(r, n->text);
    } else if (!goes_on(r, n->prev)) { /* the first line takes those that go on with it */
        struct buf all = {0};
        buf_str(&all, n->text);
        for (; goes_on(r, n->next); n = n->next->next) buf_putc(&all, '\n'), buf_str(&all, n->next->next->text);
        terms_text(r, buf_view(&all));
        buf_close(&all);
    }
}
static void soft_break(struct body *r, const struct node *n)
{
    if (!goes_on(r, n)) buf_putc(r->b, '\n');
}
static void line_break(struct body *r, const struct node *n) { (void)n, buf_puts(r->b, "<br>\n"); }

static void element(struct body *r, const struct node *n, const char *name)
{
    buf_putc(r->b, '<'), buf_puts(r->b, name), buf_putc(r->b, '>');
    body_inlines(r, n);
    buf_puts(r->b, "</"), buf_puts(r->b, name), buf_putc(r->b, '>');
}

static void emph(struct body *r, const struct node *n) { element(r, n, "em"); }
static void strong(struct body *r, const struct node *n) { element(r, n, "strong"); }
static void strike(struct body *r, const struct node *n) { element(r, n, "del"); }

static void code(struct body *r, const struct node *n)
{
    buf_puts(r->b, "<code>");
    buf_html(r->b, n->text);
    buf_puts(r->b, "</code>");
}

/* What browsers do not show. */
static bool is_heic(struct str path)
{
    struct str e = path_ext(path);
    return e.n == 4 && (!strncasecmp(e.s, "heic", 4) || !strncasecmp(e.s, "heif", 4));
}

static void link(struct body *r, const struct node *n)
{
    struct str href = n->url;
    const struct language *other = NULL;
    size_t hash = str_find(n->url, '#');
    if (n->target) href = urls_page(r, n->target, hash == SIZE_MAX ? (struct str){0} : str_from(n->url, hash), &other);
    else if (n->path.n && !r->print && r->s->pictures.linked && is_heic(n->path))
        href = urls_made(r, r->s->pictures.linked(r->s->pictures.ctx, n->path));
    else if (n->path.n) href = urls_file(r, n->path, false);
    else if (n->url.n && n->url.s[0] == '#' && r->prefix.n)
        href = str_printf(r->arena, "#%.*s%.*s", STR_ARG(r->prefix), STR_ARG(str_from(n->url, 1)));
    if (!href.n) {
        body_inlines(r, n);
        return;
    }
    buf_puts(r->b, "<a href=\"");
    buf_html(r->b, href);
    buf_putc(r->b, '"');
    if (other) buf_printf(r->b, " hreflang=\"%s\"", other->tag);
    if (n->title.n) {
        buf_puts(r->b, " title=\"");
        buf_html(r->b, n->title);
        buf_putc(r->b, '"');
    }
    buf_putc(r->b, '>');
    r->plain++;
    if (n->first) body_inlines(r, n);
    else buf_html(r->b, n->url);
    r->plain--;
    buf_puts(r->b, "</a>");
}

/* Width and height of an SVG in its own units, from the attributes of its root or its viewBox. */
static bool svg_size(struct str s, long *w, long *h)
{
    size_t at = str_search(s, "<svg");
    if (at == SIZE_MAX) return false;
    s = str_from(s, at);
    s = str_part(s, 0, str_find(s, '>') == SIZE_MAX ? s.n : str_find(s, '>'));
    size_t box = str_search(s, "viewBox=\"");
    if (box == SIZE_MAX) return false;
    char copy[64] = "";
    struct str v = str_from(s, box + 9);
    memcpy(copy, v.s, v.n < 63 ? v.n : 63);
    double x, y, width, height;
    if (sscanf(copy, "%lf%*[ ,]%lf%*[ ,]%lf%*[ ,]%lf", &x, &y, &width, &height) != 4 || width < 1 || height < 1 || width > 1e6 || height > 1e6)
        return false;
    *w = (long)(width + 0.5), *h = (long)(height + 0.5);
    return true;
}

static void dimensions(struct body *r, long w, long h)
{
    if (w > 0 && h > 0) buf_printf(r->b, " width=\"%ld\" height=\"%ld\"", w, h);
}

/* Of a file that is shown as it is. */
static void image_sizes(struct body *r, const struct node *n)
{
    struct arena scratch = {0};
    struct str bytes;
    long w = 0, h = 0;
    char *path = urls_source(r->s, r->arena, n->path);
    if (file_read(&scratch, path, FILE_TEXT_LIMIT, &bytes)) {
        if (str_ends(n->path, ".svg")) {
            svg_size(bytes, &w, &h);
        } else {
            const struct image *im = image_open(&scratch, bytes, n->path, n->at, r->s->diag);
            if (im) w = im->width, h = im->height;
        }
    }
    arena_close(&scratch);
    dimensions(r, w, h);
}

/* How wide a picture is shown, for the browser's choice: as wide as a column of text (assets/site.css), on a narrow screen as wide as that. */
static const char sizes[] = " sizes=\"(min-width: 40rem) 38rem, calc(100vw - 2rem)\"";

/* srcset and sizes of the versions from *i on that are of one format; *i goes behind them. One alone needs no width. */
static void srcset(struct body *r, const struct node *n, const struct picture *p, size_t *i)
{
    const char *media = p->v[*i].media;
    bool many = *i + 1 < p->n && p->v[*i + 1].media == media;
    buf_puts(r->b, " srcset=\"");
    for (size_t from = *i; *i < p->n && p->v[*i].media == media; ++*i) {
        const struct picture_version *v = &p->v[*i];
        if (*i > from) buf_puts(r->b, ", ");
        buf_html(r->b, str_eq(v->path, n->path) ? urls_file(r, n->path, true) : urls_made(r, v->path));
        if (many) buf_printf(r->b, " %uw", v->width);
    }
    buf_putc(r->b, '"');
    if (many) buf_puts(r->b, sizes);
}

static void image_end(struct body *r, struct str alt, bool lazy)
{
    buf_puts(r->b, " alt=\"");
    buf_html(r->b, alt);
    buf_putc(r->b, '"');
    if (lazy) buf_puts(r->b, " loading=\"lazy\"");
}

/* A picture in the formats and widths that were made of it: what the browser knows best and needs. */
static void picture(struct body *r, const struct node *n, const struct picture *p, struct str alt, bool lazy)
{
    size_t i = 0, last = p->n - 1;
    const char *base = p->v[last].media;
    bool sources = p->v[0].media != base;
    if (sources) buf_puts(r->b, "<picture>");
    while (p->v[i].media != base) {
        buf_printf(r->b, "<source type=\"%s\"", p->v[i].media);
        srcset(r, n, p, &i);
        buf_putc(r->b, '>');
    }
    bool many = i < last;
    buf_puts(r->b, "<img src=\"");
    buf_html(r->b, str_eq(p->v[last].path, n->path) ? urls_file(r, n->path, true) : urls_made(r, p->v[last].path));
    buf_putc(r->b, '"');
    if (many) srcset(r, n, p, &i);
    image_end(r, alt, lazy);
    dimensions(r, p->width, p->height);
    buf_puts(r->b, sources ? " decoding=\"async\"></picture>" : " decoding=\"async\">");
}

static void image(struct body *r, const struct node *n)
{
    struct str alt = node_text(r->arena, n);
    bool lazy = !r->print && r->images++ > 0; /* the first may be above the fold */
    bool made = !r->print && r->s->pictures.shown && n->path.n && image_named(n->path) && !str_ends(n->path, ".svg");
    const struct picture *p = made ? r->s->pictures.shown(r->s->pictures.ctx, n->path) : NULL;
    if (!n->path.n || (made && !p)) { /* missing or broken: reported; its words stay */
        buf_html(r->b, alt);
        return;
    }
    if (p && p->n) {
        picture(r, n, p, alt, lazy);
        return;
    }
    buf_puts(r->b, "<img src=\"");
    buf_html(r->b, urls_file(r, n->path, true));
    buf_putc(r->b, '"');
    image_end(r, alt, lazy);
    if (p) dimensions(r, p->width, p->height);
    else if (!r->print) image_sizes(r, n);
    if (!r->print) buf_puts(r->b, " decoding=\"async\"");
    buf_putc(r->b, '>');
}

/* On paper the note itself stands where it is first referred to; a later reference only repeats its number. */
static void footnote_ref(struct body *r, const struct node *n)
{
    const struct attr *k = node_attr(n, "k");
    const struct node *def = r->doc->root->first;
    while (def && !(def->kind == NODE_FOOTNOTE && def->n == n->n)) def = def->next;
    if (r->print && def && (!k || str_is(k->value, "1"))) {
        buf_puts(r->b, "<span class=\"fn\">");
        for (const struct node *p = def->first; p; p = p->next) {
            if (p != def->first) buf_putc(r->b, ' ');
            if (p->kind == NODE_PARAGRAPH) body_inlines(r, p);
            else buf_html(r->b, node_text(r->arena, p));
        }
        buf_puts(r->b, "</span>");
        return;
    }
    if (r->print) {
        buf_printf(r->b, "<sup>%d</sup>", n->n);
        return;
    }
    bool first = !k || str_is(k->value, "1");
    buf_printf(r->b, "<sup class=\"fn-ref\"><a href=\"#fn-%d\" id=\"fn-ref-%d%s%.*s\" role=\"doc-noteref\" aria-label=\"", n->n, n->n,
               first ? "" : "-", first ? 0 : (int)k->value.n, first ? "" : k->value.s);
    body_word(r, "footnote");
    buf_printf(r->b, " %d\">%d</a></sup>", n->n, n->n);
}

static void footnotes(struct body *r)
{
    bool any = false;
    for (const struct node *n = r->doc->root->first; n; n = n->next) {
        if (n->kind != NODE_FOOTNOTE) continue;
        if (!any) {
            buf_puts(r->b, "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
            body_word(r, "footnotes");
            buf_puts(r->b, "\">\n<ol>\n");
        }
        any = true;
        buf_printf(r->b, "<li id=\"fn-%d\">\n", n->n);
        body_blocks(r, n->first, NULL);
        if (r->b->n > 5 && !memcmp(r->b->s + r->b->n - 5, "</p>\n", 5)) r->b->n -= 5; /* the link back stands in the last paragraph */
        else buf_puts(r->b, "<p>");
        buf_printf(r->b, " <a class=\"fn-back\" href=\"#fn-ref-%d\" role=\"doc-backlink\" aria-label=\"", n->n);
        body_word(r, "back-to-text");
        buf_puts(r->b, "\">↩\xEF\xB8\x8E</a></p>\n</li>\n");
    }
    if (any) buf_puts(r->b, "</ol>\n</section>\n");
}

static void (*const show[NODE_KINDS])(struct body *, const struct node *) = {
    [NODE_DOCUMENT] = document,
    [NODE_PARAGRAPH] = paragraph,
    [NODE_HEADING] = heading,
    [NODE_LIST] = list,
    [NODE_ITEM] = item,
    [NODE_QUOTE] = quote,
    [NODE_NOTE] = note,
    [NODE_CODE_BLOCK] = code_block,
    [NODE_RULE] = rule,
    [NODE_TABLE] = table,
    [NODE_FIGURE] = figure,
    [NODE_COLUMNS] = columns,
    [NODE_TOC] = toc,
    [NODE_ROWS] = fields_rows,
    [NODE_WHEN] = when,
    [NODE_FOOTNOTE] = footnote,
    [NODE_HTML_BLOCK] = html,
    [NODE_TEXT] = text,
    [NODE_SOFT_BREAK] = soft_break,
    [NODE_LINE_BREAK] = line_break,
    [NODE_CODE] = code,
    [NODE_EMPH] = emph,
    [NODE_STRONG] = strong,
    [NODE_STRIKE] = strike,
    [NODE_LINK] = link,
    [NODE_IMAGE] = image,
    [NODE_FOOTNOTE_REF] = footnote_ref,
    [NODE_HTML_INLINE] = html,
    [NODE_MARK] = marks_inline,
};

void body_block(struct body *r, const struct node *n)
{
    if (n->kind == NODE_MARK && n->mark->mark == MARK_CONTACT && n->flags & NODE_BLOCK_MARK) marks_contact_block(r, n);
    else if (show[n->kind]) show[n->kind](r, n);
}

void body_inline(struct body *r, const struct node *n)
{
    if (show[n->kind]) show[n->kind](r, n);
}

void body_blocks(struct body *r, const struct node *first, const struct node *end)
{
    for (const struct node *n = first; n && n != end; n = n->next) body_block(r, n);
}

void body_inlines(struct body *r, const struct node *parent)
{
    for (const struct node *n = parent->first; n; n = n->next) body_inline(r, n);
}

/* What a reader is told of a translation. */
void body_notices(struct body *r)
{
    const char *const words[] = {site_pending(r->entry, r->out) ? "pending-notice" : NULL, site_stale(r->entry, r->out) ? "stale-notice" : NULL};
    for (size_t i = 0; i < 2; i++)
        if (words[i]) buf_puts(r->b, "<p class=\"stale\">"), body_word(r, words[i]), buf_puts(r->b, "</p>\n");
}

const struct node *body_section_end(const struct node *n)
{
    n = n->next;
    while (n && !(n->kind == NODE_HEADING && n->n <= 2)) n = n->next;
    return n;
}

void body_section(struct body *r, const struct section_of *of, const struct node *n, int number, bool last)
{
    bool panel = r->print && r->entry->source->kind->kind == KIND_LEAFLET;
    buf_printf(r->b, "<section class=\"%s %s-%d\" aria-labelledby=\"", of->name, of->name, number);
    buf_html(r->b, r->prefix);
    buf_html(r->b, n->id);
    buf_putc(r->b, '"');
    if (of->numbered && !r->print) fields_when(r, n);
    buf_puts(r->b, ">\n");
    if (panel && number == 1) { /* the cover: the title above the first panel */
        struct str discreet = site_front(r->entry, r->out, KEY_DISCREET_TITLE, r->arena);
        buf_puts(r->b, "<h1 class=\"cover-title\">");
        buf_html(r->b, r->discreet && discreet.n ? discreet : site_title(r->out, r->arena));
        buf_puts(r->b, "</h1>\n");
    }
    if (of->numbered) {
        r->heading = node_text(r->arena, n);
        buf_puts(r->b, "<h2");
        body_id(r, n->id);
        buf_printf(r->b, "><span class=\"number\">%d</span> ", number);
        body_inlines(r, n);
        buf_puts(r->b, "</h2>\n");
    } else {
        body_block(r, n);
    }
    body_blocks(r, n->next, body_section_end(n));
    if (panel && last) body_notices(r); /* no page outside the panels could say it */
    buf_puts(r->b, "</section>\n");
}

/* Second-level headings open sections: the panels of a leaflet, the parts of a form, the blocks of the home page. What stands before the first is its
 * lead. */
static void sections(struct body *r, const char *name, bool numbered)
{
    const struct section_of of = {name, numbered};
    int number = 0;
    const struct node *n = r->doc->root->first;
    bool lead = n && !(n->kind == NODE_HEADING && n->n <= 2);
    if (lead) buf_puts(r->b, "<div class=\"lead\">\n");
    while (n && !(n->kind == NODE_HEADING && n->n <= 2)) body_block(r, n), n = n->next;
    if (lead) buf_puts(r->b, "</div>\n");
    for (const struct node *end; n; n = end) {
        end = body_section_end(n);
        body_section(r, &of, n, ++number, !end);
    }
}

/* The terms of a glossary in the order of the language that is shown, with their first letters to go to. */
struct entry_term {
    const struct node *heading;
    struct str key, initial;
};
static int by_term(const void *x, const void *y)
{
    const struct entry_term *a = x, *b = y;
    int c = str_cmp(a->key, b->key);
    return c ? c : str_cmp(a->heading->id, b->heading->id);
}

static void letters(struct body *r, const struct entry_term *list, size_t n)
{
    buf_puts(r->b, "<nav class=\"letters\" aria-label=\""), body_word(r, "search-letters"), buf_puts(r->b, "\"><ul>\n");
    for (size_t i = 0; i < n; i++) {
        if (!list[i].initial.n || (i && str_eq(list[i].initial, list[i - 1].initial))) continue;
        buf_puts(r->b, "<li><a href=\"#"), buf_html(r->b, list[i].heading->id), buf_puts(r->b, "\">");
        buf_html(r->b, list[i].initial), buf_puts(r->b, "</a></li>\n");
    }
    buf_puts(r->b, "</ul></nav>\n");
}

static void glossary(struct body *r)
{
    VEC(struct entry_term) v = {0};
    const struct language *l = r->links;
    struct collation *c = lang_collation_open(l);
    const struct node *n = r->doc->root->first;
    for (; n && !(n->kind == NODE_HEADING && n->n <= 2); n = n->next) body_block(r, n);
    for (; n; n = n->next) {
        if (n->kind != NODE_HEADING || n->n > 2) continue;
        struct buf key = {0}, initial = {0};
        struct str name = node_text(r->arena, n);
        lang_collation_key(c, &key, name), lang_initial(l, &initial, name);
        *vec_push(r->arena, &v) = (struct entry_term){n, buf_copy(r->arena, &key), buf_copy(r->arena, &initial)};
        buf_close(&key), buf_close(&initial);
    }
    lang_collation_close(c);
    r->placed = true; /* азбука and abeceda are two orders */
    if (v.n) qsort(v.v, v.n, sizeof *v.v, by_term);
    if (!r->print) letters(r, v.v, v.n);
    for (size_t i = 0; i < v.n; i++) {
        const struct node *end = v.v[i].heading->next;
        while (end && !(end->kind == NODE_HEADING && end->n <= 2)) end = end->next;
        buf_puts(r->b, "<section class=\"entry\" aria-labelledby=\""), buf_html(r->b, v.v[i].heading->id), buf_puts(r->b, "\">\n");
        body_blocks(r, v.v[i].heading, end);
        buf_puts(r->b, "</section>\n");
    }
}

void body_document(struct body *r)
{
    terms_begin(r);
    enum kind kind = r->entry->source->is_part ? KIND_PAGE : r->entry->source->kind->kind;
    if (kind == KIND_LEAFLET && r->print && editions_panels(r)) return;
    if (kind == KIND_LEAFLET) sections(r, "panel", false);
    else if (kind == KIND_FORM) sections(r, "part", true);
    else if (kind == KIND_GLOSSARY) glossary(r);
    else if (!r->entry->source->path.n && r->entry->source->children.n && !r->s->c->foreign && !r->print) sections(r, "block", false);
    else document(r, r->doc->root);
    if (!r->print) footnotes(r);
}

bool site_body(struct site *s, const struct entry *e, const struct output *o, const struct document *doc, enum variant v, struct arena *scratch,
               struct buf *out)
{
    struct body r = {.s = s,
                     .entry = e,
                     .out = o,
                     .links = o->lang,
                     .lang = o->text->lang,
                     .doc = doc,
                     .variant = v,
                     .print = v != VARIANT_WEB,
                     .arena = scratch,
                     .b = out,
                     .root = root_of(scratch, o->path)};
    body_document(&r);
    return !r.placed;
}
