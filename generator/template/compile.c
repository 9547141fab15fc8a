/* compile.c: Mustache text into nodes.
 *
 * White space follows the spec: a tag alone on its line takes the line with it (sections, comments, delimiters, partials, parents, blocks); the
 * indentation of a partial goes on every line of it; a block gives up its own indentation where it is defined and takes that of the place where
 * it is expanded. "Alone" is judged on the source text around the tag. */
#include "template/node.h"
#include "base/utf8.h"
#include <ctype.h>

enum { DEEPEST = 100 };
struct compiler {
    struct arena *arena;
    struct templates *templates;
    struct diag *diag;
    struct template *tp;
    struct str src, open, close;
    size_t at;
    int depth;
    uint32_t line; /* of line_at, to find places without counting from the start each time */
    size_t line_at;
    struct str dedent; /* of the blocks around */
};
struct tag {
    char sigil; /* # ^ / > < $ ! = & { or 0 */
    struct str name;
    size_t start, end; /* of the whole tag in the source */
};

static struct place place_of(struct compiler *c, size_t at)
{
    if (at < c->line_at) c->line = 0, c->line_at = 0;
    for (const char *p; c->line_at < at && (p = memchr(c->src.s + c->line_at, '\n', at - c->line_at)); c->line_at = (size_t)(p - c->src.s) + 1)
        c->line++;
    return (struct place){c->tp->file, c->line + 1, (uint32_t)utf8_length(str_part(c->src, c->line_at, at - c->line_at)) + 1};
}

static struct tnode *add(struct compiler *c, struct tnode *parent, enum op op, size_t at)
{
    struct tnode *n = ARENA_NEW(c->arena, struct tnode);
    n->op = op, n->at = place_of(c, at);
    if (parent->last) parent->last->next = n;
    else parent->first = n;
    parent->last = n;
    return n;
}

/* Text [from, to), with the dedent of the surrounding block taken from line starts. */
static void add_text(struct compiler *c, struct tnode *parent, size_t from, size_t to)
{
    if (from >= to) return;
    if (!c->dedent.n) {
        add(c, parent, OP_TEXT, from)->text = str_part(c->src, from, to - from);
        return;
    }
    char *out = arena_alloc(c->arena, to - from);
    size_t n = 0;
    for (size_t i = from; i < to;) {
        if (i == 0 || c->src.s[i - 1] == '\n')
            for (size_t k = 0; k < c->dedent.n && i < to && (c->src.s[i] == ' ' || c->src.s[i] == '\t'); k++) i++;
        if (i < to) out[n++] = c->src.s[i++];
    }
    if (n) add(c, parent, OP_TEXT, from)->text = (struct str){out, n};
}

static void split_path(struct compiler *c, struct tnode *n, struct str key)
{
    n->text = key;
    if (str_is(key, ".")) return;
    size_t parts = 1;
    for (size_t i = 0; i < key.n; i++) parts += key.s[i] == '.';
    n->path = ARENA_ARRAY(c->arena, struct str, parts), n->tags = ARENA_ARRAY(c->arena, uint32_t, parts);
    while (n->n_path < parts) {
        size_t dot = str_find(key, '.');
        n->path[n->n_path] = str_trim(str_part(key, 0, dot));
        n->tags[n->n_path] = value_tag(n->path[n->n_path]);
        n->n_path++;
        key = dot == SIZE_MAX ? (struct str){0} : str_from(key, dot + 1);
    }
}

static bool blank(char ch) { return ch == ' ' || ch == '\t'; }
static size_t line_start(struct str s, size_t at)
{
    while (at && s.s[at - 1] != '\n') at--;
    return at;
}
/* Offset behind the line end after at when only blanks stand between; 0 where something else does. The end of the text counts. */
static size_t line_rest(struct str s, size_t at)
{
    while (at < s.n && blank(s.s[at])) at++;
    if (at == s.n) return at ? at : 1;
    if (s.s[at] == '\n') return at + 1;
    if (s.s[at] == '\r' && at + 1 < s.n && s.s[at + 1] == '\n') return at + 2;
    return 0;
}
static bool only_blanks(struct str s, size_t from, size_t to)
{
    for (; from < to; from++)
        if (!blank(s.s[from])) return false;
    return true;
}
/* Whether only blanks and opening parent tags stand between from and to. */
static bool only_parents(struct compiler *c, size_t from, size_t to)
{
    while (from < to) {
        struct str rest = str_part(c->src, from, to - from);
        if (blank(rest.s[0])) {
            from++;
        } else if (rest.n > c->open.n && !memcmp(rest.s, c->open.s, c->open.n) && rest.s[c->open.n] == '<') {
            const char *end = memmem(rest.s, rest.n, c->close.s, c->close.n);
            if (!end) return false;
            from += (size_t)(end - rest.s) + c->close.n;
        } else {
            return false;
        }
    }
    return true;
}

/* The tag at c->at, which stands on the opening delimiter. False (reported) when it has no end. */
static bool read_tag(struct compiler *c, struct tag *t)
{
    *t = (struct tag){.start = c->at};
    size_t at = c->at + c->open.n;
    struct str close = c->close;
    while (at < c->src.n && isspace((unsigned char)c->src.s[at])) at++;
    if (at < c->src.n && strchr("#^/><$!=&{", c->src.s[at])) t->sigil = c->src.s[at++];
    if (t->sigil == '{') close = str_printf(c->arena, "}%.*s", STR_ARG(c->close));
    if (t->sigil == '=') close = str_printf(c->arena, "=%.*s", STR_ARG(c->close));
    const char *end = at < c->src.n ? memmem(c->src.s + at, c->src.n - at, close.s, close.n) : NULL;
    if (!end) {
        DIAG(c->diag, MSG_TEMPLATE_UNCLOSED, place_of(c, t->start), str_z(c->arena, close));
        c->at = c->src.n;
        return false;
    }
    t->name = str_trim(str_part(c->src, at, (size_t)(end - c->src.s) - at));
    t->end = (size_t)(end - c->src.s) + close.n;
    return true;
}

static void set_delimiters(struct compiler *c, const struct tag *t)
{
    size_t gap = 0;
    while (gap < t->name.n && !isspace((unsigned char)t->name.s[gap])) gap++;
    struct str open = str_part(t->name, 0, gap), close = str_trim(str_from(t->name, gap));
    if (!open.n || !close.n || str_find(close, ' ') != SIZE_MAX) {
        DIAG0(c->diag, MSG_TEMPLATE_DELIMITERS, place_of(c, t->start));
        return;
    }
    c->open = open, c->close = close;
}

static void children(struct compiler *c, struct tnode *parent, struct str closes, size_t opened_at);

/* {{>name}} and {{<name}}…{{/name}}; alone on its line it gives its indentation to every line. */
static void add_partial(struct compiler *c, struct tnode *parent, const struct tag *t, size_t text_from)
{
    size_t line = line_start(c->src, t->start);
    bool starts = only_blanks(c->src, line, t->start) && line >= text_from;
    struct tnode ignored = {0};
    c->at = t->end;
    if (t->sigil == '<') {
        struct str dedent = c->dedent;
        c->dedent = (struct str){0};
        children(c, &ignored, t->name, t->start);
        c->dedent = dedent;
    }
    size_t after = line_rest(c->src, c->at);
    bool alone = starts && after;
    add_text(c, parent, text_from, alone ? line : t->start);
    struct tnode *n = add(c, parent, t->sigil == '<' ? OP_PARENT : OP_PARTIAL, t->start);
    n->first = ignored.first;
    if (alone) {
        n->indent = str_part(c->src, line, t->start - line);
        n->indent = str_from(n->indent, n->indent.n < c->dedent.n ? n->indent.n : c->dedent.n);
        c->at = after;
    }
    n->dynamic = str_starts(t->name, "*");
    if (n->dynamic) {
        split_path(c, n, str_trim(str_from(t->name, 1)));
    } else {
        n->text = t->name;
        n->target = templates_find(c->templates, t->name);
        if (!n->target) DIAG(c->diag, MSG_TEMPLATE_NO_PARTIAL, n->at, str_z(c->arena, t->name));
    }
}

/* Indentation of the first line in [from, …) that is not blank. */
static struct str first_indent(struct str s, size_t from)
{
    for (size_t i = from; i < s.n;) {
        size_t k = i;
        while (k < s.n && blank(s.s[k])) k++;
        if (k < s.n && s.s[k] != '\n' && s.s[k] != '\r') return str_part(s, i, k - i);
        while (k < s.n && s.s[k] != '\n') k++;
        i = k + 1;
    }
    return (struct str){0};
}

/* {{$name}}…{{/name}} */
static void add_block(struct compiler *c, struct tnode *parent, const struct tag *t, size_t text_from)
{
    size_t line = line_start(c->src, t->start), after = line_rest(c->src, t->end);
    bool starts = only_blanks(c->src, line, t->start) && line >= text_from, newline = after && after <= c->src.n && t->end < c->src.n;
    add_text(c, parent, text_from, starts ? line : t->start);
    struct tnode *n = add(c, parent, OP_BLOCK, t->start);
    n->text = t->name;
    struct str outer = c->dedent, own = starts ? str_part(c->src, line, t->start - line) : (struct str){0};
    c->at = t->end;
    if (newline && only_parents(c, line, t->start)) {
        c->at = after;
        struct str inner = first_indent(c->src, after);
        size_t stop = after + inner.n; /* a closing tag there means that there is no content to take it from */
        bool empty = stop + c->open.n < c->src.n && !memcmp(c->src.s + stop, c->open.s, c->open.n) && c->src.s[stop + c->open.n] == '/';
        n->dedent = empty ? own : inner;
        if (starts) n->indent = str_from(n->dedent, outer.n < n->dedent.n ? outer.n : n->dedent.n);
    } else {
        n->dedent = own;
        n->indent = str_from(own, outer.n < own.n ? outer.n : own.n);
    }
    c->dedent = n->dedent;
    children(c, n, t->name, t->start);
    c->dedent = outer;
}

static void add_section(struct compiler *c, struct tnode *parent, const struct tag *t)
{
    struct tnode *n = add(c, parent, t->sigil == '#' ? OP_SECTION : OP_INVERTED, t->start);
    split_path(c, n, t->name);
    children(c, n, t->name, t->start);
}

/* Handles one tag other than the awaited closing one; *text_from is where the text before it begins, and is moved behind it. */
static void add_tag(struct compiler *c, struct tnode *parent, const struct tag *t, size_t *text_from)
{
    if (t->sigil == '>' || t->sigil == '<') add_partial(c, parent, t, *text_from);
    else if (t->sigil == '$') add_block(c, parent, t, *text_from);
    else if (t->sigil == 0 || t->sigil == '&' || t->sigil == '{') {
        add_text(c, parent, *text_from, t->start);
        struct tnode *n = add(c, parent, OP_VAR, t->start);
        n->raw = t->sigil != 0;
        split_path(c, n, t->name);
        c->at = t->end;
    } else {
        size_t line = line_start(c->src, t->start), after = line_rest(c->src, t->end);
        bool alone = after && line >= *text_from && only_blanks(c->src, line, t->start);
        add_text(c, parent, *text_from, alone ? line : t->start);
        c->at = alone ? after : t->end;
        if (t->sigil == '=') set_delimiters(c, t);
        else if (t->sigil == '/') DIAG(c->diag, MSG_TEMPLATE_WRONG_CLOSE, place_of(c, t->start), str_z(c->arena, t->name), "");
        else if (t->sigil != '!') add_section(c, parent, t);
    }
    *text_from = c->at < c->src.n ? c->at : c->src.n;
    c->at = *text_from;
}

/* Everything up to {{/closes}} (.s NULL: to the end) becomes a child of parent. */
static void children(struct compiler *c, struct tnode *parent, struct str closes, size_t opened_at)
{
    size_t text_from = c->at;
    if (++c->depth > DEEPEST) {
        DIAG(c->diag, MSG_TEMPLATE_NESTING, place_of(c, opened_at), "100");
        c->at = c->src.n;
    }
    while (c->at < c->src.n) {
        const char *p = memmem(c->src.s + c->at, c->src.n - c->at, c->open.s, c->open.n);
        if (!p) break;
        struct tag t;
        c->at = (size_t)(p - c->src.s);
        if (!read_tag(c, &t)) {
            c->depth--;
            return;
        }
        if (t.sigil == '/' && closes.s) {
            size_t line = line_start(c->src, t.start), after = line_rest(c->src, t.end);
            bool starts = line >= text_from && only_blanks(c->src, line, t.start);
            bool block = parent->op == OP_BLOCK; /* {{/block}}{{/parent}} may share a line */
            add_text(c, parent, text_from, starts && (after || block) ? line : t.start);
            c->at = starts && after ? (after < c->src.n ? after : c->src.n) : t.end;
            if (!str_eq(t.name, closes))
                DIAG(c->diag, MSG_TEMPLATE_WRONG_CLOSE, place_of(c, t.start), str_z(c->arena, t.name), str_z(c->arena, closes));
            c->depth--;
            return;
        }
        add_tag(c, parent, &t, &text_from);
    }
    add_text(c, parent, text_from, c->src.n);
    c->at = c->src.n;
    if (closes.s) DIAG(c->diag, MSG_TEMPLATE_SECTION_OPEN, place_of(c, opened_at), str_z(c->arena, closes));
    c->depth--;
}

void template_compile(struct arena *a, struct templates *t, struct diag *d, struct template *tp, struct str text)
{
    struct compiler c = {.arena = a, .templates = t, .diag = d, .tp = tp, .src = text, .open = STR("{{"), .close = STR("}}")};
    children(&c, &tp->root, (struct str){0}, 0);
}
