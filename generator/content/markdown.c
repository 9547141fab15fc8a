/* markdown.c: cmark-gfm's tree into ours. The only place, with marks.c, where cmark is seen.
 *
 * cmark is fed from an arena of the thread that is reset after each document: its thousands of small nodes cost nothing to free. Limits stand before
 * the parser (columns of a table, depth of nesting, size), because inside it both are quadratic (markdown.md). */
#include "content/parse.h"
#include "base/file.h"
#include "base/utf8.h"
#include <cmark-gfm-core-extensions.h>
#include <stdlib.h>

/* Node types of cmark's own extensions, exported but in no installed header. */
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL, CMARK_NODE_STRIKETHROUGH;

enum { MOST_COLUMNS = 100, DEEPEST = 60 };
static cmark_syntax_extension *extensions[5];

/* --- memory for cmark: blocks with their size in front, so that realloc can copy --- */
static _Thread_local struct arena *cmark_arena;
static void *mem_calloc(size_t n, size_t size)
{
    if (size && n > SIZE_MAX / 4 / size) abort();
    size_t *p = arena_alloc(cmark_arena, n * size + 16);
    *p = n * size;
    return (char *)p + 16;
}
static void *mem_re(void *old, size_t size)
{
    if (!old) return mem_calloc(1, size);
    size_t *head = (size_t *)((char *)old - 16), was = *head;
    if (size <= was) return old;
    void *p = mem_calloc(1, size + size / 2);
    memcpy(p, old, was);
    return p;
}
static void mem_free(void *p) { (void)p; }
static cmark_mem thread_mem = {mem_calloc, mem_re, mem_free};
cmark_mem *const markdown_mem = &thread_mem;

struct raw_mark *markdown_keep(const struct raw_mark *raw)
{
    struct raw_mark *r = ARENA_NEW(cmark_arena, struct raw_mark);
    *r = *raw;
    r->name = str_copy(cmark_arena, raw->name), r->text = str_copy(cmark_arena, raw->text), r->attrs = str_copy(cmark_arena, raw->attrs);
    return r;
}

static cmark_node *parse(struct str source)
{
    cmark_parser *p = cmark_parser_new_with_mem(CMARK_OPT_FOOTNOTES | CMARK_OPT_UNSAFE, &thread_mem);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) cmark_parser_attach_syntax_extension(p, extensions[i]);
    cmark_parser_feed(p, source.s, source.n);
    return cmark_parser_finish(p); /* p and the tree live in cmark_arena */
}

void content_init(void)
{
    if (extensions[0]) return;
    cmark_gfm_core_extensions_ensure_registered();
    static const char *const names[] = {"table", "strikethrough", "autolink", "tasklist"};
    for (size_t i = 0; i < 4; i++) extensions[i] = cmark_find_syntax_extension(names[i]);
    extensions[4] = marks_extension();
    struct arena scratch = {0};
    cmark_arena = &scratch;
    parse(STR("a\n")); /* fills cmark's tables of special characters while there is one thread */
    cmark_arena = NULL;
    arena_close(&scratch);
}

/* Nodes come in the order of the text, so counting goes on from the last place of the line: a line of a megabyte stays linear. */
struct place making_place(struct making *m, uint32_t line, uint32_t byte_col)
{
    struct place p = {m->file, line + m->line_offset, byte_col};
    if (line == 0 || line > m->n_lines || byte_col < 2) return p;
    const char *start = m->lines[line - 1], *end = m->source.s + m->source.n;
    size_t n = byte_col - 1;
    if (n > (size_t)(end - start)) n = (size_t)(end - start);
    if (m->last_start != start || m->last_byte > n) m->last_start = start, m->last_byte = 0, m->last_chars = 0;
    m->last_chars += utf8_length((struct str){start + m->last_byte, n - m->last_byte});
    m->last_byte = n;
    p.col = (uint32_t)m->last_chars + 1;
    return p;
}

struct node *making_node(struct making *m, enum node_kind kind, struct place at)
{
    struct node *n = ARENA_NEW(m->arena, struct node);
    n->kind = (uint8_t)kind, n->at = at;
    return n;
}

void making_append(struct node *parent, struct node *child)
{
    child->parent = parent, child->prev = parent->last, child->next = NULL;
    if (parent->last) parent->last->next = child;
    else parent->first = child;
    parent->last = child;
}

void making_remove(struct node *n)
{
    if (n->prev) n->prev->next = n->next;
    else n->parent->first = n->next;
    if (n->next) n->next->prev = n->prev;
    else n->parent->last = n->prev;
    n->parent = n->prev = n->next = NULL;
}

void making_replace(struct node *old, struct node *fresh)
{
    fresh->parent = old->parent, fresh->prev = old->prev, fresh->next = old->next;
    if (old->prev) old->prev->next = fresh;
    else old->parent->first = fresh;
    if (old->next) old->next->prev = fresh;
    else old->parent->last = fresh;
}

/* --- before the parser --- */
static void index_lines(struct making *m)
{
    VEC(const char *) lines = {0};
    *vec_push(m->arena, &lines) = m->source.s;
    for (size_t at = 0, nl; (nl = str_find(str_from(m->source, at), '\n')) != SIZE_MAX;) {
        at += nl + 1;
        *vec_push(m->arena, &lines) = m->source.s + at;
    }
    m->lines = lines.v, m->n_lines = lines.n;
}

/* How many containers (quotes, list markers) one line opens, counting deep indentation as the lists it needs. */
static size_t containers(struct str line)
{
    size_t n = 0, at = 0, indent = 0;
    while (at < line.n) {
        char c = line.s[at];
        if (c == ' ' || c == '\t') {
            at++, indent += c == '\t' ? 4 : 1;
        } else if (c == '>') {
            at++, n++;
        } else if ((c == '-' || c == '*' || c == '+') && at + 1 < line.n && line.s[at + 1] == ' ') {
            at += 2, n += 1;
        } else {
            size_t digit = at;
            while (digit < line.n && line.s[digit] >= '0' && line.s[digit] <= '9') digit++;
            if (digit == at || digit - at > 9 || digit + 1 >= line.n || (line.s[digit] != '.' && line.s[digit] != ')') || line.s[digit + 1] != ' ')
                return n ? n + indent / 4 : 0;
            at = digit + 2, n++;
        }
    }
    return n;
}

static bool is_delimiter_row(struct str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (!strchr("|-: \t>", line.s[i])) return false;
    return line.n > 0;
}

/* False, and reported, where the text would cost cmark more than it is worth. */
static bool within_limits(struct making *m)
{
    char number[24], most[24];
    for (size_t i = 0; i < m->n_lines; i++) {
        const char *end = i + 1 < m->n_lines ? m->lines[i + 1] - 1 : m->source.s + m->source.n;
        struct str line = {m->lines[i], (size_t)(end - m->lines[i])};
        if (line.n > MOST_COLUMNS && is_delimiter_row(line)) {
            size_t bars = 0;
            for (size_t k = 0; k < line.n; k++) bars += line.s[k] == '|';
            if (bars > MOST_COLUMNS + 1) {
                snprintf(number, sizeof number, "%zu", bars - 1), snprintf(most, sizeof most, "%d", MOST_COLUMNS);
                return DIAG(m->diag, MSG_TABLE_WIDE, making_place(m, (uint32_t)i + 1, 1), number, most), false;
            }
        }
        if (line.n > DEEPEST && containers(line) > DEEPEST) {
            snprintf(most, sizeof most, "%d", DEEPEST);
            return DIAG(m->diag, MSG_NESTED_DEEP, making_place(m, (uint32_t)i + 1, 1), most), false;
        }
    }
    return true;
}

/* --- footnotes: cmark turns an undefined reference into text and drops an unused definition without a word --- */
static void check_footnotes(struct making *m, size_t defined)
{
    struct str s = m->source;
    struct definition {
        struct str label;
        uint32_t line;
    };
    VEC(struct definition) list = {0};
    struct map used = map_new(m->arena); /* labels that stand in the text, but for their definitions */
    if (str_search(s, "[^") == SIZE_MAX) return;
    for (size_t i = 0; i < m->n_lines; i++) {
        const char *next = i + 1 < m->n_lines ? m->lines[i + 1] : s.s + s.n;
        struct str line = {m->lines[i], (size_t)(next - m->lines[i])};
        for (size_t at, from = 0; (at = str_find(str_from(line, from), '[')) != SIZE_MAX;) {
            from = at += from + 1;
            if (!str_starts(str_from(line, at--), "^")) continue;
            size_t end = str_find(str_from(line, at), ']');
            if (end == SIZE_MAX) break;
            struct str label = str_part(line, at + 2, end - 2);
            if (!at && line.n > end + 1 && line.s[end + 1] == ':') *vec_push(m->arena, &list) = (struct definition){label, (uint32_t)i + 1};
            else *map_at(&used, label) = m;
            from = at + end + 1;
        }
    }
    for (size_t i = 0; defined < list.n && i < list.n; i++)
        if (!map_find(&used, list.v[i].label))
            DIAG(m->diag, MSG_FOOTNOTE_UNUSED, making_place(m, list.v[i].line, 1), str_z(m->arena, list.v[i].label));
}

static void undefined_footnotes(struct making *m, const struct node *text)
{
    struct str s = text->text;
    for (size_t at; (at = str_find(s, '[')) != SIZE_MAX;) {
        if (at + 1 >= s.n) return;
        if (s.s[at + 1] != '^') {
            s = str_from(s, at + 1);
            continue;
        }
        size_t end = str_find(str_from(s, at), ']');
        if (end == SIZE_MAX) return;
        struct str label = str_part(s, at + 2, end - 2);
        if (label.n && str_find(label, ' ') == SIZE_MAX) {
            struct place p = text->at;
            p.col += (uint32_t)utf8_length(str_part(text->text, 0, (size_t)(s.s - text->text.s) + at));
            DIAG(m->diag, MSG_FOOTNOTE_UNDEFINED, p, str_z(m->arena, label));
        }
        s = str_from(s, at + end + 1);
    }
}

/* --- the conversion --- */
static struct str copy_z(struct making *m, const char *z) { return z && *z ? str_copy(m->arena, str_of(z)) : (struct str){0}; }

struct converter {
    struct making *m;
    struct node *at; /* parent of what comes next */
    int depth, too_deep;
    size_t footnotes;
    /* cmark does not count the line ends that a backslash or a mark swallows: from there to the end of the block lines are behind, and on the line
     * `off_line` columns are ahead. */
    int last_line, off_lines, off_line, off_col;
    bool after_break;
    struct map uses; /* footnote number -> count of references */
    cmark_node *header_row;
};

static void table_node(struct making *m, cmark_node *c, struct node *n)
{
    n->n = cmark_gfm_extensions_get_table_columns(c);
    const uint8_t *align = cmark_gfm_extensions_get_table_alignments(c);
    char *text = arena_alloc(m->arena, (size_t)n->n + 1);
    for (int i = 0; i < n->n; i++) text[i] = align && align[i] ? (char)align[i] : '-';
    n->text = (struct str){text, (size_t)n->n};
}

static int child_index(const struct node *parent)
{
    int n = 0;
    for (const struct node *c = parent->first; c; c = c->next) n++;
    return n;
}

/* Bytes before the text of a continued line: indentation, marks of quotes. */
static int indent(const struct making *m, int line)
{
    if (line < 1 || (size_t)line > m->n_lines) return 0;
    const char *start = m->lines[line - 1], *p = start, *end = m->source.s + m->source.n;
    while (p < end && (*p == ' ' || *p == '\t' || *p == '>')) p++;
    return (int)(p - start);
}

/* Where c stands. cmark does not say it of breaks and of links that it found by itself: these begin where the node before them ends. */
static struct place place_of(struct converter *v, cmark_node *c)
{
    int line = marks_is(c) ? (int)marks_raw(c)->line : cmark_node_get_start_line(c),
        col = marks_is(c) ? (int)marks_raw(c)->col : cmark_node_get_start_column(c);
    if ((cmark_node_get_type(c) & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK) v->off_lines = v->off_line = 0, v->after_break = false;
    if (line > 0) {
        if (v->after_break && line == v->last_line) v->off_lines++, v->off_line = line, v->off_col = col - 1 - indent(v->m, line + v->off_lines);
        v->after_break = false, v->last_line = line;
        if (line == v->off_line && col > v->off_col) col -= v->off_col;
        return making_place(v->m, (uint32_t)(line + v->off_lines), (uint32_t)col);
    }
    const struct node *before = v->at->last;
    struct place at = before ? before->at : v->at->at;
    if (before && before->kind == NODE_LINK && before->first && before->first->at.col == at.col) before = before->first; /* one that cmark found */
    if (before && before->kind == NODE_TEXT) at.col += (uint32_t)utf8_length(before->text);
    return at;
}

static bool raw_html(const struct making *m) { return m->c->config->raw_html && !m->c->foreign; }

/* Our node for cmark's node c, filled as far as c tells; NULL where nothing is made (its children then go to the parent). */
static struct node *convert(struct converter *v, cmark_node *c)
{
    struct making *m = v->m;
    cmark_node_type type = cmark_node_get_type(c);
    struct place at = place_of(v, c);
    struct node *n = making_node(m, NODE_TEXT, at);
    if (marks_is(c)) {
        struct raw_mark *raw = marks_raw(c);
        if (raw->lines)
            v->off_lines += (int)raw->lines, v->off_line = (int)raw->line,
                                             v->off_col = (int)(raw->col + raw->tail) - 1 - indent(m, (int)raw->line + v->off_lines);
        n->kind = NODE_MARK, n->flags = raw->block ? NODE_BLOCK_MARK : 0;
        if (marks_check(m, raw, n)) return n;
        n->kind = NODE_TEXT; /* shown as written */
        n->first = n->last = NULL;
        n->text = str_printf(m->arena, "%s%.*s%s%.*s%s%s%.*s%s", raw->block ? "::" : ":", STR_ARG(raw->name), raw->has_text ? "[" : "",
                             STR_ARG(raw->text), raw->has_text ? "]" : "", raw->attrs.n ? "{" : "", STR_ARG(raw->attrs), raw->attrs.n ? "}" : "");
        return n;
    }
    if (type == CMARK_NODE_TABLE) return n->kind = NODE_TABLE, table_node(m, c, n), n;
    if (type == CMARK_NODE_TABLE_ROW) return n->kind = NODE_ROW, n->flags = cmark_gfm_extensions_get_table_row_is_header(c) ? NODE_HEAD : 0, n;
    if (type == CMARK_NODE_TABLE_CELL) return n->kind = NODE_CELL, n->n = child_index(v->at), n;
    if (type == CMARK_NODE_STRIKETHROUGH) return n->kind = NODE_STRIKE, n;
    switch (type) {
    case CMARK_NODE_PARAGRAPH: n->kind = NODE_PARAGRAPH; break;
    case CMARK_NODE_HEADING: n->kind = NODE_HEADING, n->n = cmark_node_get_heading_level(c); break;
    case CMARK_NODE_LIST:
        n->kind = NODE_LIST;
        if (cmark_node_get_list_type(c) == CMARK_ORDERED_LIST) n->flags = NODE_ORDERED, n->n = cmark_node_get_list_start(c);
        if (cmark_node_get_list_tight(c)) n->flags |= NODE_TIGHT;
        break;
    case CMARK_NODE_ITEM:
        n->kind = NODE_ITEM;
        if (!strcmp(cmark_node_get_type_string(c), "tasklist"))
            n->flags = NODE_TASK | (cmark_gfm_extensions_get_tasklist_item_checked(c) ? NODE_CHECKED : 0);
        break;
    case CMARK_NODE_BLOCK_QUOTE: n->kind = NODE_QUOTE; break;
    case CMARK_NODE_CODE_BLOCK:
        n->kind = NODE_CODE_BLOCK, n->text = copy_z(m, cmark_node_get_literal(c)), n->title = copy_z(m, cmark_node_get_fence_info(c));
        break;
    case CMARK_NODE_THEMATIC_BREAK: n->kind = NODE_RULE; break;
    case CMARK_NODE_FOOTNOTE_DEFINITION: n->kind = NODE_FOOTNOTE, n->n = (int)++v->footnotes, n->id = str_printf(m->arena, "fn-%d", n->n); break;
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
        if (raw_html(m)) {
            n->kind = type == CMARK_NODE_HTML_BLOCK ? NODE_HTML_BLOCK : NODE_HTML_INLINE;
            n->text = copy_z(m, cmark_node_get_literal(c));
            break;
        }
        if (!str_starts(str_of(cmark_node_get_literal(c)), "<!--") && !str_starts(str_of(cmark_node_get_literal(c)), "</")) {
            if (m->c->foreign) diag_once(m->diag, MSG_HTML_LEFT_OUT, at, str_of(m->file), NULL);
            else DIAG0(m->diag, MSG_HTML_LEFT_OUT, at);
        }
        return NULL;
    case CMARK_NODE_TEXT:
        n->text = copy_z(m, cmark_node_get_literal(c));
        if (!n->text.n) return NULL;
        undefined_footnotes(m, n);
        break;
    case CMARK_NODE_SOFTBREAK: n->kind = NODE_SOFT_BREAK; break;
    case CMARK_NODE_LINEBREAK: n->kind = NODE_LINE_BREAK, v->after_break = true; break;
    case CMARK_NODE_CODE: n->kind = NODE_CODE, n->text = copy_z(m, cmark_node_get_literal(c)); break;
    case CMARK_NODE_EMPH: n->kind = NODE_EMPH; break;
    case CMARK_NODE_STRONG: n->kind = NODE_STRONG; break;
    case CMARK_NODE_LINK: n->kind = NODE_LINK, n->url = copy_z(m, cmark_node_get_url(c)), n->title = copy_z(m, cmark_node_get_title(c)); break;
    case CMARK_NODE_IMAGE: n->kind = NODE_IMAGE, n->url = copy_z(m, cmark_node_get_url(c)), n->title = copy_z(m, cmark_node_get_title(c)); break;
    case CMARK_NODE_FOOTNOTE_REFERENCE: {
        struct str number = copy_z(m, cmark_node_get_literal(c));
        long k = 0;
        str_int(number, &k);
        n->kind = NODE_FOOTNOTE_REF, n->n = (int)k, n->id = str_printf(m->arena, "fn-%ld", k);
        void **count = map_at(&v->uses, number);
        *count = (void *)((uintptr_t)*count + 1);
        n->attrs = ARENA_NEW(m->arena, struct attrs);
        n->attrs->n = 1, n->attrs->list = ARENA_NEW(m->arena, struct attr);
        n->attrs->list[0] = (struct attr){STR("k"), str_printf(m->arena, "%zu", (size_t)(uintptr_t)*count)};
        break;
    }
    default: return NULL;
    }
    return n;
}

/* However deep it stands, its text is kept. */
static bool is_leaf(cmark_node *c)
{
    cmark_node_type type = cmark_node_get_type(c);
    return !cmark_node_first_child(c) && (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK || type == CMARK_NODE_THEMATIC_BREAK ||
                                          type == CMARK_NODE_HTML_BLOCK || cmark_node_get_literal(c));
}

static void convert_tree(struct making *m, cmark_node *root, struct node *parent)
{
    struct converter v = {.m = m, .at = parent, .uses = map_new(m->arena)};
    for (cmark_node *c = cmark_node_first_child(root), *next; c; c = next) {
        struct node *n = v.depth < DEEPEST * 2 || is_leaf(c) ? convert(&v, c) : NULL;
        if (n) making_append(v.at, n);
        if ((next = cmark_node_first_child(c))) {
            v.depth++;
            if (n) v.at = n;
            else v.too_deep++;
            continue;
        }
        while (!(next = cmark_node_next(c)) && (c = cmark_node_parent(c)) != root) {
            v.depth--;
            if (v.too_deep) v.too_deep--; /* what made no node is closed first: it lies innermost */
            else v.at = v.at->parent;
        }
    }
    check_footnotes(m, v.footnotes);
}

void making_parse(struct making *m, struct str source, uint32_t first_line, struct node *parent)
{
    struct making outer = *m;
    struct arena scratch = {0}, *outer_arena = cmark_arena;
    m->source = source, m->line_offset = first_line - 1;
    index_lines(m);
    if (within_limits(m)) {
        cmark_arena = &scratch;
        cmark_node *root = parse(source);
        convert_tree(m, root, parent);
        cmark_arena = outer_arena;
        arena_close(&scratch);
        blocks_shape(m, parent);
    }
    m->source = outer.source, m->line_offset = outer.line_offset, m->lines = outer.lines, m->n_lines = outer.n_lines;
}

const struct attr *node_attr(const struct node *n, const char *key)
{
    for (size_t i = 0; n->attrs && i < n->attrs->n; i++)
        if (str_is(n->attrs->list[i].key, key)) return &n->attrs->list[i];
    return NULL;
}

static void add_text(struct buf *b, const struct node *n)
{
    if (n->kind == NODE_TEXT || n->kind == NODE_CODE) buf_str(b, n->text);
    else if (n->kind == NODE_SOFT_BREAK || n->kind == NODE_LINE_BREAK) buf_putc(b, ' ');
    else if (n->kind == NODE_MARK && n->mark->field) return;
    for (const struct node *c = n->first; c; c = c->next) add_text(b, c);
}

struct str node_text(struct arena *a, const struct node *n)
{
    if (n->first && !n->first->next && n->first->kind == NODE_TEXT) return n->first->text; /* the usual heading */
    struct buf b = {0};
    add_text(&b, n);
    struct str s = str_trim(buf_copy(a, &b));
    buf_close(&b);
    return s;
}

/* with_links: links are resolved and kept for other pages; else the blocks and what the kind makes of them are all. */
static struct document *parse_text(struct arena *a, const struct catalogue *c, const struct page *p, struct str text, struct diag *d, bool with_links)
{
    struct document *doc = ARENA_NEW(a, struct document);
    struct making m = {.arena = a, .c = c, .page = p, .file = p->file.s, .diag = d, .doc = doc};
    doc->page = p;
    doc->ids = m.slugs = map_new(a);
    doc->root = making_node(&m, NODE_DOCUMENT, (struct place){p->file.s, 1, 1});
    m.dir = path_dir(str_starts(p->file, "content/") ? str_from(p->file, 8) : p->file);
    making_parse(&m, str_from(text, p->body_at), p->body_line ? p->body_line : 1, doc->root);
    if (raw_html(&m)) html_clean(&m, doc->root);
    if (with_links) links_resolve(&m);
    kinds_check(&m);
    if (with_links) anchors_keep(&m);
    return doc;
}

struct document *content_parse_text(struct arena *a, const struct catalogue *c, const struct page *p, struct str text, struct diag *d)
{
    return parse_text(a, c, p, text, d, true);
}

const struct document *markdown_source(struct making *m) { return m->page->source ? content_parse_alone(m->arena, m->c, m->page->source) : NULL; }

struct document *content_parse_alone(struct arena *a, const struct catalogue *c, const struct page *p)
{
    struct str text;
    struct diag *quiet = diag_new(DIAG_EN);
    bool there = p->file.n && file_read_text(a, path_join(a, str_of(c->root), p->file), p->file.s, quiet, &text);
    struct document *doc = there ? parse_text(a, c, p, text, quiet, false) : NULL;
    diag_close(quiet);
    return doc;
}

struct document *content_parse(struct arena *a, const struct catalogue *c, const struct page *p, struct diag *d)
{
    struct str text = {0}; /* none: a section page that only its folder makes */
    if (p->file.n && !file_read_text_of(a, content_held(c, p), path_join(a, str_of(c->root), p->file), p->file.s, d, &text)) return NULL;
    bool read = p->file.n && !p->broken && !c->single; /* by the first pass, which counted where the body begins */
    if (read && str_sum(str_part(text, 0, p->body_at)) != p->head_sum) return DIAG0(d, MSG_FILE_CHANGED, ((struct place){p->file.s, 0, 0})), NULL;
    return content_parse_text(a, c, p, text, d);
}
