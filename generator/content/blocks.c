/* blocks.c: what a block means beyond Markdown: figures, notes, captions, marks that bind to the next block, ids of headings, includes.
 *
 * One pass over each list of blocks, in order; what binds forward looks at its next sibling, so nothing is visited twice. */
#include "base/file.h"
#include "content/front.h"
#include "content/parse.h"
#include "base/utf8.h"
#include <ctype.h>

static void shape_list(struct making *m, struct node *parent, int depth);

/* Registers an id; a second use is an error. */
static void take_id(struct making *m, struct node *n)
{
    void **slot = map_at(&m->doc->ids, n->id);
    if (*slot && *slot != n) DIAG(m->diag, MSG_ID_TWICE, n->at, str_z(m->arena, n->id));
    else *slot = n;
}

/* {#id .class} at the end of a heading's last text. */
static void heading_attrs(struct making *m, struct node *h)
{
    struct node *t = h->last;
    if (!t || t->kind != NODE_TEXT || !str_ends(t->text, "}")) return;
    size_t open = str_rfind(t->text, '{');
    if (open == SIZE_MAX || open + 1 >= t->text.n) return;
    struct str inside = str_part(t->text, open + 1, t->text.n - open - 2), key = str_part(inside, 0, str_find(inside, '='));
    bool editions = key.n < inside.n && schema_named(key, key_rows[KEY_EDITIONS].en, key_rows[KEY_EDITIONS].sr);
    if (!editions && (!inside.n || (inside.s[0] != '#' && inside.s[0] != '.'))) return;
    marks_attrs(m, h, NULL, inside, t->at);
    for (size_t i = 0; i < h->attrs->n; i++)
        if (schema_named(h->attrs->list[i].key, key_rows[KEY_EDITIONS].en, key_rows[KEY_EDITIONS].sr))
            h->attrs->list[i].key = str_of(key_rows[KEY_EDITIONS].en);
    t->text = str_part(t->text, 0, open);
    while (t->text.n && t->text.s[t->text.n - 1] == ' ') t->text.n--;
    if (!t->text.n) making_remove(t);
}

/* An id from the text of the heading, made unique by a number; after all that authors gave are known. */
static void heading_id(struct making *m, struct node *h)
{
    if (h->id.n) return;
    struct buf b = {0};
    if (m->page->kind->kind == KIND_FORM) buf_puts(&b, "deo-"); /* the plain words are keys of fields */
    size_t none = b.n;
    lang_slug(&b, node_text(m->arena, h));
    if (b.n == none) buf_puts(&b, "odeljak");
    size_t base = b.n;
    uintptr_t k = (uintptr_t)map_find(&m->slugs, buf_view(&b)); /* how often this slug was taken: many equal headings stay linear */
    struct str slug = k || map_find(&m->doc->ids, buf_view(&b)) ? buf_copy(m->arena, &b) : (struct str){0};
    for (k = k ? k : 1; map_find(&m->doc->ids, buf_view(&b));) {
        b.n = base;
        buf_printf(&b, "-%zu", (size_t)++k);
    }
    if (slug.n) *map_at(&m->slugs, slug) = (void *)k;
    h->id = buf_copy(m->arena, &b);
    buf_close(&b);
    *map_at(&m->doc->ids, h->id) = h;
}

/* „Табела: …“ and the like: the words that open a caption. Returns how many bytes to drop, 0 where it is none. */
static size_t caption_word(const struct node *p, bool table)
{
    static const char *const words[2][4] = {{"Слика:", "Figure:", "Slika:", NULL}, {"Табела:", "Table:", "Tabela:", NULL}};
    if (!p || p->kind != NODE_PARAGRAPH || !p->first || p->first->kind != NODE_TEXT) return 0;
    for (size_t i = 0; words[table][i]; i++)
        if (str_starts(p->first->text, words[table][i])) return strlen(words[table][i]);
    return 0;
}

/* Takes the caption paragraph that stands right behind or before block n into it, as its first child. */
static void take_caption(struct node *n, bool table)
{
    struct node *p = caption_word(n->next, table) ? n->next : caption_word(n->prev, table) ? n->prev : NULL;
    if (!p) return;
    size_t drop = caption_word(p, table);
    making_remove(p);
    p->kind = NODE_CAPTION;
    p->first->text = str_from(p->first->text, drop);
    while (p->first->text.n && p->first->text.s[0] == ' ')
        p->first->text = str_from(p->first->text, 1); /* a blank at its end parts it from what follows */
    p->parent = n, p->prev = NULL, p->next = n->first;
    if (n->first) n->first->prev = p;
    else n->last = p;
    n->first = p;
}

static bool only_image(const struct node *p) { return p->kind == NODE_PARAGRAPH && p->first && !p->first->next && p->first->kind == NODE_IMAGE; }

/* A paragraph that is one image becomes a FIGURE; the image's title is its caption. */
static void figure(struct making *m, struct node *p)
{
    struct node *image = p->first;
    p->kind = NODE_FIGURE;
    if (image->title.n) {
        struct node *caption = making_node(m, NODE_CAPTION, image->at), *t = making_node(m, NODE_TEXT, image->at);
        t->text = image->title;
        making_append(caption, t);
        making_append(p, caption);
        image->title = (struct str){0};
    }
    take_caption(p, false);
    if (p->first->kind == NODE_CAPTION) { /* IMAGE first, CAPTION behind it */
        struct node *caption = p->first;
        making_remove(caption);
        making_append(p, caption);
    }
}

/* > [!NOTE] */
static void alert(struct node *q)
{
    static const char *const kinds[] = {"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"}, *const names[] = {"note", "tip", "important", "warning",
                                                                                                             "caution"};
    struct node *p = q->first, *t = p && p->kind == NODE_PARAGRAPH ? p->first : NULL;
    if (!t || t->kind != NODE_TEXT || !str_starts(t->text, "[!")) return;
    for (size_t i = 0; i < 5; i++) {
        size_t n = strlen(kinds[i]);
        if (t->text.n != n + 3 || memcmp(t->text.s + 2, kinds[i], n) != 0 || t->text.s[n + 2] != ']') continue;
        q->kind = NODE_NOTE, q->text = str_of(names[i]);
        making_remove(t);
        if (p->first && p->first->kind == NODE_SOFT_BREAK) making_remove(p->first);
        if (!p->first) making_remove(p);
        return;
    }
}

/* --- marks on a line of their own --- */
static const char *block_word(const struct making *m, const struct mark_row *row)
{
    if (row->mark == MARK_TABLE || row->mark == MARK_ROWS) return schema_say(m->diag, "table", "табела");
    return row->mark == MARK_FIGURE ? schema_say(m->diag, "image", "слика") : schema_say(m->diag, "block", "блок");
}

static long number_attr(struct making *m, const struct node *n, const char *key, long otherwise, long least, long most)
{
    const struct attr *a = node_attr(n, key);
    long v = otherwise;
    if (a && (!str_int(a->value, &v) || v < least || v > most)) {
        DIAG(m->diag, MSG_MARK_VALUE, n->at, n->mark->en, arena_printf(m->arena, "%s=%ld–%ld", key, least, most));
        v = otherwise;
    }
    return v;
}

/* Gives the mark's id and attributes to the block it binds to. */
static void bind(struct node *mark, struct node *block)
{
    if (mark->id.n) block->id = mark->id;
    block->attrs = mark->attrs;
}

static struct node *following(struct node *n, enum node_kind want) /* the next block; a caption may stand between */
{
    struct node *next = n->next;
    if (next && next->kind != want && (caption_word(next, true) || caption_word(next, false))) next = next->next;
    return next;
}

static void wrap_next(struct making *m, struct node *mark, enum node_kind kind, struct node *next)
{
    struct node *wrap = making_node(m, kind, mark->at);
    bind(mark, wrap);
    making_replace(mark, wrap);
    making_remove(next);
    if (next->kind == NODE_QUOTE) {
        for (struct node *c = next->first, *after; c; c = after) {
            after = c->next;
            making_append(wrap, c);
        }
    } else {
        making_append(wrap, next);
    }
    if (kind == NODE_COLUMNS) wrap->n = (int)number_attr(m, mark, "count", 2, 2, 6);
    const struct attr *a = node_attr(mark, "kind");
    if (kind == NODE_NOTE) wrap->text = a ? a->value : STR("note");
}

static void include(struct making *m, struct node *mark)
{
    enum { MOST_INCLUDED = 500, DEEPEST_INCLUDE = sizeof m->includes / sizeof *m->includes };
    struct str name = node_text(m->arena, mark), path;
    const struct attr *file = node_attr(mark, "file");
    if (file) name = file->value;
    struct node *box = making_node(m, NODE_DOCUMENT, mark->at);
    const char *shown = NULL;
    if (!name.n) DIAG(m->diag, MSG_MARK_VALUE, mark->at, "include", "[file.md]");
    else if (!path_normal(m->arena, str_of(path_join(m->arena, m->dir, name)), &path))
        DIAG(m->diag, MSG_LINK_OUTSIDE, mark->at, str_z(m->arena, name));
    else shown = arena_printf(m->arena, "%s%.*s", str_starts(m->page->file, "content/") ? "content/" : "", STR_ARG(path));
    bool loop = shown && !strcmp(shown, m->page->file.s);
    for (int i = 0; shown && i < m->include_depth; i++) loop |= !strcmp(m->includes[i], shown);
    struct str text;
    if (loop) {
        DIAG(m->diag, MSG_INCLUDE_LOOP, mark->at, shown);
    } else if (shown && (m->include_depth >= DEEPEST_INCLUDE || m->n_included >= MOST_INCLUDED)) {
        if (m->n_included <= MOST_INCLUDED) /* once: eight files of ten includes each would say it a hundred million times */
            DIAG(m->diag, MSG_INCLUDE_MANY, mark->at, arena_printf(m->arena, "%d", MOST_INCLUDED), arena_printf(m->arena, "%d", DEEPEST_INCLUDE));
        m->n_included = MOST_INCLUDED + 1;
    } else if (shown && !file_exists(path_join(m->arena, str_of(m->c->root), str_of(shown)))) {
        DIAG(m->diag, MSG_LINK_BROKEN, mark->at, str_z(m->arena, name), "");
    } else if (shown && file_read_text(m->arena, path_join(m->arena, str_of(m->c->root), str_of(shown)), shown, m->diag, &text)) {
        const char *outer_file = m->file;
        struct str outer_dir = m->dir;
        struct page front = {.file = str_of(shown)};
        m->includes[m->include_depth++] = shown, m->n_included++;
        m->file = shown, m->dir = path_dir(path);
        if (str_starts(text, "---\n")) front_read(m->arena, &front, text, m->c, m->diag);
        making_parse(m, str_from(text, front.body_at), front.body_line ? front.body_line : 1, box);
        m->file = outer_file, m->dir = outer_dir;
        m->include_depth--;
    }
    struct node *at = mark;
    for (struct node *c = box->first, *after; c; c = after) { /* its blocks take the mark's place */
        after = c->next;
        c->parent = at->parent, c->prev = at, c->next = at->next;
        if (at->next) at->next->prev = c;
        else at->parent->last = c;
        at->next = c;
        at = c;
    }
    making_remove(mark);
}

/* How many rows a table has below its head. */
static int fixed_rows(const struct node *table)
{
    int n = 0;
    for (const struct node *r = table->first; r; r = r->next) n += r->kind == NODE_ROW && !(r->flags & NODE_HEAD);
    return n;
}

/* ::when before a heading means all up to the next heading of its level; at level 2 that is a part of the form, and the heading has the attributes.
 */
static void when(struct making *m, struct node *mark, struct node *next)
{
    if (next->kind == NODE_HEADING && next->n <= 2) {
        bind(mark, next);
        making_remove(mark);
        return;
    }
    wrap_next(m, mark, NODE_WHEN, next);
    if (next->kind != NODE_HEADING) return;
    struct node *wrap = next->parent;
    while (wrap->next && !(wrap->next->kind == NODE_HEADING && wrap->next->n <= next->n)) {
        struct node *n = wrap->next;
        making_remove(n);
        making_append(wrap, n);
    }
}

static void block_mark(struct making *m, struct node *mark)
{
    struct node *next = NULL;
    switch (mark->mark->mark) {
    case MARK_TABLE:
    case MARK_ROWS:
        next = following(mark, NODE_TABLE);
        if (!next || next->kind != NODE_TABLE) break;
        if (mark->mark->mark == MARK_TABLE) {
            bind(mark, next);
            making_remove(mark);
            return;
        }
        wrap_next(m, mark, NODE_ROWS, next);
        next->parent->n = fixed_rows(next);
        if (!next->parent->n || node_attr(mark, "count")) next->parent->n = (int)number_attr(m, mark, "count", 3, 1, 200);
        return;
    case MARK_WHEN:
        next = mark->next;
        if (!next) break;
        when(m, mark, next);
        return;
    case MARK_FIGURE:
        next = following(mark, NODE_PARAGRAPH);
        if (!next || !only_image(next)) break;
        figure(m, next);
        bind(mark, next);
        making_remove(mark);
        return;
    case MARK_COLUMNS:
    case MARK_NOTE:
        next = mark->next;
        if (!next) break;
        wrap_next(m, mark, mark->mark->mark == MARK_NOTE ? NODE_NOTE : NODE_COLUMNS, next);
        return;
    case MARK_TOC: mark->kind = NODE_TOC, mark->n = (int)number_attr(m, mark, "depth", 3, 1, 6); return;
    case MARK_INCLUDE: include(m, mark); return;
    default: return; /* contact: stays a MARK block */
    }
    DIAG(m->diag, MSG_MARK_ALONE, mark->at, mark->mark->en, block_word(m, mark->mark));
    making_remove(mark);
}

/* A paragraph that begins with a block mark: the mark becomes a block, the rest (if any) stays a paragraph behind it. */
static struct node *lift_mark(struct node *p)
{
    struct node *mark = p->first;
    making_remove(mark);
    while (p->first && (p->first->kind == NODE_SOFT_BREAK || (p->first->kind == NODE_TEXT && !str_trim(p->first->text).n))) making_remove(p->first);
    if (!p->first) {
        making_replace(p, mark);
        return mark;
    }
    mark->parent = p->parent, mark->next = p, mark->prev = p->prev;
    if (p->prev) p->prev->next = mark;
    else p->parent->first = mark;
    p->prev = mark;
    return mark;
}

static void foreign_fence(struct making *m, const struct node *p)
{
    if (p->first && p->first->kind == NODE_TEXT && str_starts(p->first->text, ":::"))
        DIAG(m->diag, MSG_FENCE_FOREIGN, p->at, str_z(m->arena, str_part(p->first->text, 0, 24)));
}

/* Everything of one document that others ask for by name or in order. */
static void collect(struct making *m, struct node *n, int depth)
{
    struct document *d = m->doc;
    switch (n->kind) {
    case NODE_HEADING: *vec_push(m->arena, &d->headings) = n; break;
    case NODE_TABLE: *vec_push(m->arena, &d->tables) = n; break;
    case NODE_FIGURE: *vec_push(m->arena, &d->figures) = n; break;
    case NODE_LINK: *vec_push(m->arena, &d->links) = n; break;
    case NODE_IMAGE: *vec_push(m->arena, &d->images) = n; break;
    case NODE_MARK:
        if (n->mark->field) *vec_push(m->arena, &d->fields) = n;
        else if (n->mark->mark == MARK_REF) *vec_push(m->arena, &d->refs) = n;
        if (n->flags & NODE_BLOCK_MARK && n->parent->kind != NODE_DOCUMENT && n->parent->kind != NODE_QUOTE && n->parent->kind != NODE_ITEM &&
            n->parent->kind != NODE_NOTE && n->parent->kind != NODE_COLUMNS && n->parent->kind != NODE_WHEN)
            DIAG(m->diag, MSG_MARK_PLACE, n->at, n->mark->en, schema_say(m->diag, "on a line of its own", "у засебном реду"));
        break;
    default: break;
    }
    if ((n->kind == NODE_HEADING || n->kind == NODE_TABLE || n->kind == NODE_FIGURE || n->kind == NODE_ROWS) && n->id.n) take_id(m, n);
    if (depth < 200)
        for (struct node *c = n->first; c; c = c->next) collect(m, c, depth + 1);
}

static void shape_list(struct making *m, struct node *parent, int depth)
{
    for (struct node *n = parent->first, *next; n; n = next) {
        next = n->next;
        if (n->kind == NODE_PARAGRAPH) {
            foreign_fence(m, n);
            if (n->first && n->first->kind == NODE_MARK && n->first->flags & NODE_BLOCK_MARK) {
                struct node *mark = lift_mark(n);
                struct node *before = mark->prev;
                block_mark(m, mark);
                next = before ? before->next : parent->first; /* what took the mark's place is shaped as well */
                if (next == mark) next = mark->next;
                else if (next && next->kind == NODE_PARAGRAPH && next->first && next->first == mark) next = next->next;
                continue;
            }
            if (only_image(n)) {
                figure(m, n);
                next = n->next;
            }
        } else if (n->kind == NODE_HEADING) {
            heading_attrs(m, n);
        } else if (n->kind == NODE_TABLE) {
            if (!n->first || n->first->kind != NODE_CAPTION) take_caption(n, true);
            next = n->next;
        } else if (n->kind == NODE_QUOTE) {
            alert(n);
        }
        if (depth < 200 && (n->kind == NODE_QUOTE || n->kind == NODE_NOTE || n->kind == NODE_LIST || n->kind == NODE_ITEM ||
                            n->kind == NODE_COLUMNS || n->kind == NODE_FOOTNOTE || n->kind == NODE_ROWS || n->kind == NODE_WHEN))
            shape_list(m, n, depth + 1);
    }
}

/* The page's title stands in the layout: a first heading that repeats it goes; if others of level 1 remain, all move one level down. */
static void drop_title(struct making *m, struct node *root)
{
    struct node *h = root->first;
    while (h && m->page->title_from_heading && !(h->kind == NODE_HEADING && h->n == 1)) h = h->next;
    if (h && h->kind == NODE_HEADING && h->n == 1 && (m->page->title_from_heading || str_eq(node_text(m->arena, h), m->page->title)))
        making_remove(h);
    bool ones = false;
    for (struct node *n = root->first; n; n = n->next) ones |= n->kind == NODE_HEADING && n->n == 1;
    for (struct node *n = root->first; ones && n; n = n->next)
        if (n->kind == NODE_HEADING && n->n < 6) n->n++;
}

/* No level is skipped: a heading is one deeper than the nearest one above it that encloses it (WCAG 1.3.1, PDF/UA 7.4.2); equals stay equal. */
static void mend_levels(struct node *root)
{
    int written[6], shown[6], depth = 0; /* the headings that enclose this place */
    for (struct node *n = root->first; n; n = n->next) {
        if (n->kind != NODE_HEADING) continue;
        while (depth && written[depth - 1] >= n->n) depth--;
        written[depth] = n->n;
        n->n = shown[depth] = depth ? shown[depth - 1] + 1 : 2;
        depth++;
    }
}

void blocks_shape(struct making *m, struct node *root)
{
    if (root == m->doc->root) drop_title(m, root);
    shape_list(m, root, 0);
    if (root != m->doc->root) return; /* an included file is collected with the document it goes into */
    mend_levels(root);
    for (struct node *c = root->first; c; c = c->next) collect(m, c, 0);
    for (size_t i = 0; i < m->doc->headings.n; i++) heading_id(m, m->doc->headings.v[i]);
}
