/* yaml.c: see yaml.h. libyaml speaks to programmers; problem() turns its sentences into ours. */
#include "content/yaml.h"
#include "base/map.h"
#include "base/utf8.h"
#include <yaml.h>

enum { DEEPEST = 32 };
struct reader {
    struct arena *arena;
    struct diag *diag;
    yaml_parser_t parser;
    const char *file;
    uint32_t first_line;
    struct str text;
    bool failed;
};

static struct place place_of(const struct reader *r, yaml_mark_t m)
{
    return (struct place){r->file, r->first_line + (uint32_t)m.line, (uint32_t)m.column + 1};
}

/* The byte at a mark: libyaml counts characters. */
static struct str byte_at(const struct reader *r, yaml_mark_t m)
{
    size_t at = 0;
    for (size_t line = 0; line < m.line; line++) {
        size_t nl = str_find(str_from(r->text, at), '\n');
        if (nl == SIZE_MAX) return (struct str){0};
        at += nl + 1;
    }
    for (size_t col = 0; col < m.column && at < r->text.n; col++) utf8_next(r->text, &at);
    return str_part(r->text, at, 1);
}

static void problem(struct reader *r)
{
    const char *p = r->parser.problem ? r->parser.problem : "", *context = r->parser.context ? r->parser.context : "";
    struct place at = place_of(r, r->parser.problem_mark);
    struct str byte = byte_at(r, r->parser.problem_mark);
    r->failed = true;
    if (strstr(p, "mapping values are not allowed")) DIAG0(r->diag, MSG_YAML_COLON, at);
    else if (strstr(context, "quoted scalar") || strstr(p, "unexpected end of stream"))
        DIAG0(r->diag, MSG_YAML_QUOTE, place_of(r, r->parser.context_mark));
    else if (strstr(p, "cannot start any token") && str_is(byte, "\t")) DIAG0(r->diag, MSG_YAML_TAB, at);
    else if (strstr(p, "cannot start any token")) DIAG(r->diag, MSG_YAML_CHARACTER, at, str_z(r->arena, byte));
    else if (strstr(p, "did not find expected") || strstr(p, "block end") || strstr(p, "simple key")) DIAG0(r->diag, MSG_YAML_INDENT, at);
    else DIAG(r->diag, MSG_YAML_OTHER, at, p);
}

static bool next(struct reader *r, yaml_event_t *e)
{
    if (r->failed) return false;
    if (yaml_parser_parse(&r->parser, e)) return true;
    problem(r);
    return false;
}

static struct yaml *node(struct reader *r, yaml_event_t *e, int depth);

static struct yaml *collection(struct reader *r, struct yaml *y, int depth)
{
    VEC(struct yaml *) keys = {0}, items = {0};
    struct map names = map_new(r->arena);
    yaml_event_t e;
    while (next(r, &e)) {
        if (e.type == YAML_SEQUENCE_END_EVENT || e.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&e);
            break;
        }
        if (y->kind == YAML_MAP) {
            struct yaml *key = node(r, &e, depth + 1);
            if (!key) return NULL;
            if (key->kind != YAML_SCALAR) return DIAG0(r->diag, MSG_YAML_INDENT, key->at), r->failed = true, NULL;
            void **seen = map_at(&names, key->text);
            if (*seen) DIAG(r->diag, MSG_YAML_TWICE, key->at, str_z(r->arena, key->text));
            *seen = key;
            *vec_push(r->arena, &keys) = key;
            if (!next(r, &e)) return NULL;
        }
        struct yaml *item = node(r, &e, depth + 1);
        if (!item) return NULL;
        *vec_push(r->arena, &items) = item;
    }
    y->n = items.n, y->keys = keys.v, y->items = items.v;
    return r->failed ? NULL : y;
}

/* The node that begins with event e, which is deleted here. */
static struct yaml *node(struct reader *r, yaml_event_t *e, int depth)
{
    struct yaml *y = ARENA_NEW(r->arena, struct yaml);
    y->at = place_of(r, e->start_mark);
    yaml_event_type_t type = e->type;
    bool anchored = (type == YAML_SCALAR_EVENT && e->data.scalar.anchor) || (type == YAML_SEQUENCE_START_EVENT && e->data.sequence_start.anchor) ||
                    (type == YAML_MAPPING_START_EVENT && e->data.mapping_start.anchor);
    if (type == YAML_SCALAR_EVENT) {
        y->text = str_copy(r->arena, (struct str){(char *)e->data.scalar.value, e->data.scalar.length});
        y->quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    }
    yaml_event_delete(e);
    if (type == YAML_ALIAS_EVENT || anchored) return DIAG0(r->diag, MSG_YAML_ALIAS, y->at), r->failed = true, NULL;
    if (depth > DEEPEST) return DIAG0(r->diag, MSG_YAML_DEEP, y->at), r->failed = true, NULL;
    if (type == YAML_SCALAR_EVENT) return y;
    y->kind = type == YAML_MAPPING_START_EVENT ? YAML_MAP : YAML_LIST;
    return collection(r, y, depth);
}

struct yaml *yaml_read_whole(struct arena *a, struct str text, const char *file, uint32_t first_line, struct diag *d)
{
    struct reader r = {.arena = a, .diag = d, .file = file, .first_line = first_line, .text = text};
    struct yaml *root = NULL;
    if (!yaml_parser_initialize(&r.parser)) return NULL;
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)text.s, text.n);
    yaml_event_t e;
    while (!root && next(&r, &e)) {
        yaml_event_type_t type = e.type;
        if (type == YAML_STREAM_START_EVENT || type == YAML_DOCUMENT_START_EVENT) {
            yaml_event_delete(&e);
            continue;
        }
        if (type == YAML_STREAM_END_EVENT || type == YAML_DOCUMENT_END_EVENT) {
            yaml_event_delete(&e);
            break;
        }
        root = node(&r, &e, 0);
        if (!root) break;
    }
    while (root && next(&r, &e)) { /* what stands behind the first document is still checked */
        yaml_event_type_t type = e.type;
        yaml_event_delete(&e);
        if (type == YAML_STREAM_END_EVENT) break;
    }
    yaml_parser_delete(&r.parser);
    return r.failed ? NULL : root;
}

/* --- lines of "key: value", which are nearly all front matter; libyaml takes ten times as long for them --- */

enum { MOST_LINES = 32, MOST_KEY = 64 };
struct line {
    struct str key, value;
    uint32_t column; /* of the value or its quote, in characters from 1 */
    bool quoted;
};

/* Bytes of the character at s[i] where YAML gives it no meaning in a value of one line: printable ASCII, Latin, Cyrillic, dashes and quotation marks.
 * 0 for others: controls, line ends that Unicode knows, all that is rare. */
static size_t plain_character(struct str s, size_t i)
{
    unsigned char c = (unsigned char)s.s[i], second = i + 1 < s.n ? (unsigned char)s.s[i + 1] : 0,
                  third = i + 2 < s.n ? (unsigned char)s.s[i + 2] : 0;
    bool follows = (second & 0xc0) == 0x80;
    if (c >= ' ' && c < 0x7f) return 1;
    if ((c >= 0xc3 && c <= 0xc5) || c == 0xd0 || c == 0xd1) return follows ? 2 : 0;
    if (c == 0xc2) return follows && second >= 0xa0 ? 2 : 0;
    return c == 0xe2 && second == 0x80 && third >= 0x90 && third <= 0xa7 ? 3 : 0;
}

static bool is_letter(unsigned char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

/* A value that goes to the end of the line. */
static bool plain_value(struct str s, struct line *l)
{
    unsigned char first = (unsigned char)s.s[0];
    bool quote = first == '"' || first == '\'';
    if (quote) {
        if (s.n < 2 || s.s[s.n - 1] != (char)first) return false;
        s = str_part(s, 1, s.n - 2);
        l->quoted = true;
    } else if (!is_letter(first) && !is_digit(first) && first < 0x80 && first != '(' && first != '/') {
        return false; /* it may mean something */
    }
    for (size_t i = 0, n; i < s.n; i += n) {
        char c = s.s[i];
        if (!(n = plain_character(s, i))) return false;
        if (quote ? c == (char)first || c == '\\' : (c == ':' && (i + 1 == s.n || s.s[i + 1] == ' ')) || (c == '#' && s.s[i - 1] == ' '))
            return false;
    }
    l->value = s;
    return quote || s.s[s.n - 1] != ' ';
}

static bool plain_line(struct str s, struct line *l)
{
    size_t i = 0, n;
    *l = (struct line){.column = 1};
    if (!s.n || (!is_letter((unsigned char)*s.s) && (unsigned char)*s.s < 0x80)) return false;
    for (; i < s.n && s.s[i] != ':'; i += n, l->column++)
        if (!(n = plain_character(s, i)) ||
            (n == 1 && !is_letter((unsigned char)s.s[i]) && !is_digit((unsigned char)s.s[i]) && !strchr("-_", s.s[i])))
            return false;
    l->key = str_part(s, 0, i);
    if (i++ > MOST_KEY || i >= s.n || s.s[i] != ' ') return false;
    for (l->column++; i < s.n && s.s[i] == ' '; i++) l->column++;
    return i < s.n && plain_value(str_from(s, i), l);
}

static struct yaml *scalar(struct arena *a, struct str text, struct place at, bool quoted)
{
    struct yaml *y = ARENA_NEW(a, struct yaml);
    *y = (struct yaml){.kind = YAML_SCALAR, .at = at, .text = str_copy(a, text), .quoted = quoted};
    return y;
}

struct yaml *yaml_read(struct arena *a, struct str text, const char *file, uint32_t first_line, struct diag *d)
{
    struct line lines[MOST_LINES];
    struct str rest = text, l;
    size_t n = 0;
    bool quick = text.n > 0;
    if (quick && text.s[text.n - 1] == '\n') rest.n--;
    while (quick && str_split(&rest, '\n', &l)) {
        quick = n < MOST_LINES && plain_line(l, &lines[n]);
        for (size_t i = 0; quick && i < n; i++) quick = !str_eq(lines[i].key, lines[n].key);
        n++;
    }
    if (!quick || !n) return yaml_read_whole(a, text, file, first_line, d);
    struct yaml *map = ARENA_NEW(a, struct yaml);
    *map = (struct yaml){.kind = YAML_MAP, .at = {file, first_line, 1}, .n = n};
    map->keys = ARENA_ARRAY(a, struct yaml *, n), map->items = ARENA_ARRAY(a, struct yaml *, n);
    for (size_t i = 0; i < n; i++) {
        uint32_t line = first_line + (uint32_t)i;
        map->keys[i] = scalar(a, lines[i].key, (struct place){file, line, 1}, false);
        map->items[i] = scalar(a, lines[i].value, (struct place){file, line, lines[i].column}, lines[i].quoted);
    }
    return map;
}

struct yaml *yaml_find(const struct yaml *map, const char *key)
{
    if (!map || map->kind != YAML_MAP) return NULL;
    for (size_t i = 0; i < map->n; i++)
        if (str_is(map->keys[i]->text, key)) return map->items[i];
    return NULL;
}
