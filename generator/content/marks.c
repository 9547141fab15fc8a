/* marks.c: :name[text]{attributes} as a syntax extension of cmark, and its check against the table of marks.
 *
 * The inline parser only cuts the mark out (a node of type EMPH that carries our extension: the table extension lets no other type live in its cells,
 * markdown.md); what it means is checked when cmark's tree becomes ours. The text in [ ] is plain: no marks inside marks. */
#include "content/parse.h"
#include "base/utf8.h"
#include <cmark-gfm/chunk.h>
#include <ctype.h>

/* cmark keeps its tables of special characters in globals and resets them at every parse, so two threads would disturb each other. Linked with
 * --wrap, each character is added once and stays: harmless, since every document is read with the same extensions. */
void __real_cmark_inlines_add_special_character(unsigned char c, bool emphasis);
void __wrap_cmark_inlines_add_special_character(unsigned char c, bool emphasis);
void __wrap_cmark_inlines_remove_special_character(unsigned char c, bool emphasis);
static bool added[256];
void __wrap_cmark_inlines_add_special_character(unsigned char c, bool emphasis)
{
    if (added[c]) return;
    __real_cmark_inlines_add_special_character(c, emphasis);
    added[c] = true;
}
void __wrap_cmark_inlines_remove_special_character(unsigned char c, bool emphasis) { (void)c, (void)emphasis; }

static cmark_syntax_extension *extension;

static bool name_char(const unsigned char *s, size_t n, size_t *len) /* a letter (ASCII, Latin-1…, Cyrillic) or hyphen */
{
    if (isalpha(s[0]) || s[0] == '-') return *len = 1, true;
    if (s[0] < 0xC3 || s[0] > 0xD3 || n < 2) return false;
    return *len = 2, true;
}

/* Behind an opening bracket: offset of its close, SIZE_MAX where the paragraph ends first or nothing closes within LONGEST bytes (a bound, so that a
 * page of opening brackets stays linear). A backslash hides the next character; quotes hide brackets in {}. */
enum { LONGEST = 4000 };
static size_t find_close(struct str s, size_t at, char close)
{
    bool quote = false;
    for (size_t end = at + LONGEST < s.n ? at + LONGEST : s.n; at < end; at++) {
        if (s.s[at] == '\\') at++;
        else if (s.s[at] == '"' && close == '}') quote = !quote;
        else if (s.s[at] == close && !quote) return at;
    }
    return SIZE_MAX;
}

static cmark_node *match(cmark_syntax_extension *ext, cmark_parser *parser, cmark_node *parent, unsigned char c, cmark_inline_parser *inl)
{
    (void)parser, (void)parent;
    if (c != ':') return NULL; /* cmark asks every extension about every special character */
    cmark_chunk *chunk = cmark_inline_parser_get_chunk(inl);
    size_t start = (size_t)cmark_inline_parser_get_offset(inl), at = start + 1, len;
    struct str s = {(const char *)chunk->data, (size_t)chunk->len}, text = {0}, attrs = {0};
    bool block = at < s.n && s.s[at] == ':', has_text = false;
    if (start && s.s[start - 1] == ':') return NULL; /* the second colon of :: or of a foreign fence */
    if (block) at++;
    size_t name_at = at;
    while (at < s.n && at - name_at < 64 && name_char((const unsigned char *)s.s + at, s.n - at, &len)) at += len;
    struct str name = str_part(s, name_at, at - name_at);
    if (!name.n || at >= s.n || (s.s[at] != '[' && s.s[at] != '{')) return NULL;
    char open = 0;
    size_t after_name = at;
    if (s.s[at] == '[') {
        size_t end = find_close(s, at + 1, ']');
        has_text = true;
        if (end == SIZE_MAX) open = ']';
        else text = str_part(s, at + 1, end - at - 1), at = end + 1;
    }
    if (!open && at < s.n && s.s[at] == '{') {
        size_t end = find_close(s, at + 1, '}');
        if (end == SIZE_MAX) open = '}';
        else attrs = str_part(s, at + 1, end - at - 1), at = end + 1;
    }
    if (open && !schema_mark(name)) return NULL; /* not ours: plain text */
    if (open) at = after_name, text = attrs = (struct str){0}, has_text = false;
    struct raw_mark raw = {.name = name, .text = text, .attrs = attrs, .block = block, .has_text = has_text, .open = open};
    for (size_t i = start; i < at; i++)
        if (s.s[i] == '\n') raw.lines++, raw.tail = (uint32_t)(i + 1 - start);
    raw.line = (uint32_t)cmark_inline_parser_get_line(inl);
    raw.col = (uint32_t)cmark_inline_parser_get_column(inl);
    cmark_node *node = cmark_node_new_with_mem_and_ext(CMARK_NODE_EMPH, markdown_mem, ext); /* of the same memory as its parent, or cmark drops it */
    cmark_node_set_user_data(node, markdown_keep(&raw));
    cmark_inline_parser_set_offset(inl, (int)at);
    return node;
}

bool marks_is(cmark_node *n) { return cmark_node_get_type(n) == CMARK_NODE_EMPH && cmark_node_get_syntax_extension(n) == extension; }
struct raw_mark *marks_raw(cmark_node *n) { return cmark_node_get_user_data(n); }

cmark_syntax_extension *marks_extension(void)
{
    if (extension) return extension;
    cmark_llist *special = NULL;
    extension = cmark_syntax_extension_new("letak-marks");
    special = cmark_llist_append(cmark_get_default_mem_allocator(), special, (void *)(uintptr_t)':');
    cmark_syntax_extension_set_special_inline_chars(extension, special);
    cmark_syntax_extension_set_match_inline_func(extension, match);
    return extension;
}

static struct str unescape(struct arena *a, struct str s)
{
    if (str_find(s, '\\') == SIZE_MAX) return str_copy(a, s);
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.s[i] == '\\' && i + 1 < s.n) i++;
        out[n++] = s.s[i];
    }
    return (struct str){out, n};
}

/* The next word of *rest: up to white space, quotes kept together. False at the end. */
static bool next_word(struct str *rest, struct str *word)
{
    size_t at = 0;
    while (at < rest->n && isspace((unsigned char)rest->s[at])) at++;
    *rest = str_from(*rest, at);
    if (!rest->n) return false;
    bool quote = false;
    for (at = 0; at < rest->n && (quote || !isspace((unsigned char)rest->s[at])); at++)
        if (rest->s[at] == '\\' && at + 1 < rest->n) at++;
        else if (rest->s[at] == '"') quote = !quote;
    *word = str_part(*rest, 0, at);
    *rest = str_from(*rest, at);
    return true;
}

void marks_attrs(struct making *m, struct node *n, const struct mark_row *row, struct str rest, struct place at)
{
    VEC(struct attr) list = {0};
    struct str word, classes = {0};
    while (next_word(&rest, &word)) {
        if (word.s[0] == '#') {
            n->id = str_copy(m->arena, str_from(word, 1));
        } else if (word.s[0] == '.') {
            classes = str_printf(m->arena, "%.*s%s%.*s", STR_ARG(classes), classes.n ? " " : "", STR_ARG(str_from(word, 1)));
        } else {
            size_t eq = str_find(word, '=');
            struct str key = str_part(word, 0, eq), value = eq == SIZE_MAX ? (struct str){0} : str_from(word, eq + 1);
            if (value.n >= 2 && value.s[0] == '"' && value.s[value.n - 1] == '"') value = str_part(value, 1, value.n - 2);
            bool flag = false;
            const char *name = row ? schema_attr(row, key, &flag) : str_z(m->arena, key);
            if (!name || (row && flag != (eq == SIZE_MAX))) {
                DIAG(m->diag, MSG_MARK_ATTR, at, row ? row->en : "{ }", str_z(m->arena, word));
                continue;
            }
            *vec_push(m->arena, &list) = (struct attr){str_of(name), unescape(m->arena, value)};
        }
    }
    n->attrs = ARENA_NEW(m->arena, struct attrs);
    *n->attrs = (struct attrs){classes, list.n, list.v};
}

static const char *nearest_mark(struct arena *a, struct str name)
{
    const char *near = schema_nearest_mark(a, name);
    return near ? arena_printf(a, " (%s?)", near) : "";
}

/* Whether an author meant emphasis, code or a link: the text of a mark is plain. */
static bool has_markdown(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.s[i] == '\\') i++;
        else if (s.s[i] == '`' || str_starts(str_from(s, i), "](")) return true;
        else if (s.s[i] == '*' && i + 1 < s.n && !isspace((unsigned char)s.s[i + 1])) return str_find(str_from(s, i + 1), '*') != SIZE_MAX;
    }
    return false;
}

bool marks_check(struct making *m, struct raw_mark *raw, struct node *n)
{
    struct str name = str_copy(m->arena, raw->name);
    const struct mark_row *row = schema_mark(name);
    bool form = m->page->kind->kind == KIND_FORM;
    if (raw->open) {
        if (!m->c->foreign) DIAG(m->diag, MSG_MARK_OPEN, n->at, name.s, (const char[]){raw->open, 0});
        return false;
    }
    if (form && row && row->mark == MARK_DATE && !raw->text.n) row = &mark_rows[MARK_FIELD_DATE];
    if (!row) {
        const char *args[] = {name.s, nearest_mark(m->arena, name)};
        if (m->c->foreign) diag_once(m->diag, MSG_MARK_UNKNOWN, n->at, name, args);
        else diag_add(m->diag, MSG_MARK_UNKNOWN, n->at, args);
        return false;
    }
    if (m->c->foreign && !(row->places & (raw->block ? MARK_BLOCK : MARK_INLINE))) return false;
    if (row->later) {
        DIAG(m->diag, MSG_MARK_LATER, n->at, row->en, schema_say(m->diag, row->help_en, row->help_sr));
        return false;
    }
    if (!(row->places & (raw->block ? MARK_BLOCK : MARK_INLINE))) {
        DIAG(m->diag, MSG_MARK_PLACE, n->at, row->en, raw->block ? ":" : "::");
        return false;
    }
    if (row->field && !form) {
        DIAG(m->diag, MSG_FIELD_OUTSIDE, n->at, row->en);
        return false;
    }
    n->mark = row;
    marks_attrs(m, n, row, raw->attrs, n->at);
    struct str text = unescape(m->arena, raw->text);
    if (has_markdown(raw->text)) DIAG(m->diag, MSG_MARK_MARKDOWN, n->at, row->en);
    if (text.n) {
        struct node *t = making_node(m, NODE_TEXT, n->at);
        t->text = text;
        making_append(n, t);
    }
    return true;
}
