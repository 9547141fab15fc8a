/* css.c: the vectors of css-parsing-tests (Debian package python-tinycss2-common), as far as our interface reaches: all but stylesheet_bytes.json
 * (encodings: every text here is UTF-8). They are read, expected values and ours are written in one canonical form, and compared. */
#include "base/file.h"
#include "css/internal.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#define VECTORS "/usr/share/python-tinycss2-common/css-parsing-tests/"
static struct arena arena;

/* --- JSON: one value at *p into canonical text; a string also into *text --- */
static void spaces(const char **p)
{
    while (**p == ' ' || **p == '\n' || **p == '\t' || **p == '\r' || **p == ',') ++*p;
}
static void string(const char **p, struct buf *out)
{
    for (++*p; **p != '"'; ++*p) {
        if (**p != '\\') {
            buf_putc(out, **p);
            continue;
        }
        ++*p;
        static const char from[] = "nrtfb", to[] = "\n\r\t\f\b";
        const char *k = strchr(from, **p);
        if (**p == 'u') {
            char hex[5] = {(*p)[1], (*p)[2], (*p)[3], (*p)[4]};
            uint32_t c = (uint32_t)strtoul(hex, NULL, 16);
            if (c) buf_utf8(out, c);
            else buf_putc(out, 0);
            *p += 4;
        } else buf_putc(out, k ? to[k - from] : **p);
    }
    ++*p;
}
static void value(const char **p, struct buf *out, struct buf *text)
{
    spaces(p);
    if (**p == '[') {
        buf_putc(out, '[');
        for (++*p, spaces(p); **p != ']'; spaces(p)) value(p, out, NULL), buf_putc(out, ' ');
        ++*p;
        buf_putc(out, ']');
    } else if (**p == '"') {
        struct buf s = {0};
        string(p, &s);
        buf_json(out, s.s ? buf_view(&s) : STR(""));
        if (text && s.s) buf_str(text, buf_view(&s));
        buf_close(&s);
    } else if (**p == '-' || (**p >= '0' && **p <= '9')) {
        char *end;
        buf_printf(out, "%.6g", strtod(*p, &end) + 0.0);
        *p = end;
    } else
        while (**p >= 'a' && **p <= 'z') buf_putc(out, *(*p)++);
}

/* --- ours in the same form --- */
static void values(struct buf *b, struct cvs v);
static void number(struct buf *b, const char *kind, const struct cv *t)
{
    buf_printf(b, "[\"%s\" ", kind);
    buf_json(b, t->text);
    buf_printf(b, " %.6g \"%s\" ", t->num + 0.0, t->integer ? "integer" : "number");
    if (t->kind == TOK_DIMENSION) buf_json(b, t->unit), buf_putc(b, ' ');
    buf_putc(b, ']');
}
static void one(struct buf *b, const struct cv *t)
{
    static const char *const named[] = {[TOK_IDENT] = "ident", [TOK_AT] = "at-keyword", [TOK_STRING] = "string", [TOK_URL] = "url"};
    static const char *const errors[] = {
        [TOK_BAD_STRING] = "bad-string", [TOK_EOF_STRING] = "eof-in-string", [TOK_BAD_URL] = "bad-url", [TOK_EOF_URL] = "eof-in-url"};
    switch ((enum token)t->kind) {
    case TOK_IDENT:
    case TOK_AT:
    case TOK_STRING:
    case TOK_URL: buf_printf(b, "[\"%s\" ", named[t->kind]), buf_json(b, t->text), buf_puts(b, " ]"); break;
    case TOK_BAD_STRING:
    case TOK_EOF_STRING:
    case TOK_BAD_URL:
    case TOK_EOF_URL: buf_printf(b, "[\"error\" \"%s\" ]", errors[t->kind]); break;
    case TOK_STRAY: buf_printf(b, "[\"error\" \"%c\" ]", t->c); break;
    case TOK_HASH: buf_puts(b, "[\"hash\" "), buf_json(b, t->text), buf_printf(b, " \"%s\" ]", t->integer ? "id" : "unrestricted"); break;
    case TOK_NUMBER: number(b, "number", t); break;
    case TOK_PERCENT: number(b, "percentage", t); break;
    case TOK_DIMENSION: number(b, "dimension", t); break;
    case TOK_RANGE: buf_printf(b, "[\"unicode-range\" %.6g %.6g ]", t->num, t->end); break;
    case TOK_DELIM:
    case TOK_MATCH: buf_json(b, t->text); break;
    case TOK_SPACE: buf_puts(b, "\" \""); break;
    case TOK_CDO: buf_puts(b, "\"<!--\""); break;
    case TOK_CDC: buf_puts(b, "\"-->\""); break;
    case TOK_COLON:
    case TOK_SEMICOLON:
    case TOK_COMMA:
    case TOK_CLOSE: buf_printf(b, "\"%c\"", t->c); break;
    case TOK_FUNCTION: buf_puts(b, "[\"function\" "), buf_json(b, t->text), buf_putc(b, ' '), values(b, cv_inside(t)), buf_putc(b, ']'); break;
    case TOK_PAREN:
    case TOK_BRACKET:
    case TOK_BRACE:
        buf_printf(b, "[\"%s\" ", t->kind == TOK_PAREN ? "()" : t->kind == TOK_BRACKET ? "[]" : "{}");
        values(b, cv_inside(t));
        buf_putc(b, ']');
    }
}
static void values(struct buf *b, struct cvs v)
{
    for (size_t i = 0; i < v.n; i += v.v[i].skip) one(b, &v.v[i]), buf_putc(b, ' ');
}
static void list(struct buf *b, struct cvs v) { buf_putc(b, '['), values(b, v), buf_putc(b, ']'); }
static void item(struct buf *b, const struct css_item *it)
{
    if (it->kind == CSS_INVALID) buf_puts(b, "[\"error\" \"invalid\" ]");
    else if (it->kind == CSS_DECLARATION)
        buf_puts(b, "[\"declaration\" "), buf_json(b, it->name), buf_putc(b, ' '), list(b, it->value),
            buf_printf(b, " %s ]", it->important ? "true" : "false");
    else {
        if (it->kind == CSS_AT_RULE) buf_puts(b, "[\"at-rule\" "), buf_json(b, it->name), buf_putc(b, ' ');
        else buf_puts(b, "[\"qualified rule\" ");
        list(b, it->value);
        buf_putc(b, ' ');
        if (it->has_block) list(b, it->block);
        else buf_puts(b, "null");
        buf_puts(b, " ]");
    }
}
static void items(struct buf *b, struct cvs v, enum css_mode mode)
{
    struct css_reader r = css_reader(v, mode);
    buf_putc(b, '[');
    for (struct css_item it; css_next(&r, &it); buf_putc(b, ' ')) item(b, &it);
    buf_putc(b, ']');
}

enum reading { VALUES, ONE_VALUE, DECLARATION, DECLARATIONS, ONE_RULE, RULES, SHEET, NTH, COLOR };
static void ours(struct buf *b, enum reading how, struct cvs v)
{
    struct css_item it;
    struct cvs t = cvs_trim(v);
    int n, m;
    switch (how) {
    case VALUES: list(b, v); break;
    case ONE_VALUE:
        if (!t.n) buf_puts(b, "[\"error\" \"empty\" ]");
        else if (t.v->skip != t.n) buf_puts(b, "[\"error\" \"extra-input\" ]");
        else one(b, t.v);
        break;
    case DECLARATION:
        if (!t.n) buf_puts(b, "[\"error\" \"empty\" ]");
        else css_declaration(v, &it), item(b, &it);
        break;
    case DECLARATIONS: items(b, v, CSS_DECLARATIONS); break;
    case ONE_RULE: {
        struct css_reader r = css_reader(v, CSS_RULES);
        if (!css_next(&r, &it)) buf_puts(b, "[\"error\" \"empty\" ]");
        else if (cvs_trim(r.rest).n) buf_puts(b, "[\"error\" \"extra-input\" ]");
        else item(b, &it);
        break;
    }
    case RULES: items(b, v, CSS_RULES); break;
    case SHEET: items(b, v, CSS_STYLESHEET); break;
    case NTH:
        if (css_an_plus_b(v, &n, &m)) buf_printf(b, "[%d %d ]", n, m);
        else buf_puts(b, "null");
        break;
    case COLOR: break;
    }
}

/* Reads a file of vectors: input, expected, input, expected … */
static int read_vectors(const char *file, enum reading how, void (*check)(struct str input, const char *expected, struct cvs v, void *ctx), void *ctx)
{
    struct str text;
    char path[200];
    int n = 0;
    snprintf(path, sizeof path, VECTORS "%s", file);
    if (!file_read(&arena, path, 1 << 20, &text)) fail_msg("cannot read %s: install python-tinycss2-common", path);
    const char *p = strchr(text.s, '[') + 1;
    for (spaces(&p); *p && *p != ']'; spaces(&p), n++) {
        struct buf in = {0}, skip = {0}, want = {0}, got = {0};
        value(&p, &skip, &in);
        value(&p, &want, NULL);
        struct str input = str_copy(&arena, buf_view(&in));
        struct cvs v = css_tokens(&arena, input, 1, 1);
        if (check) check(input, want.s, v, ctx);
        else {
            ours(&got, how, v);
            if (strcmp(got.s, want.s)) fail_msg("%s: %.*s\n  want %s\n  got  %s", file, STR_ARG(input), want.s, got.s);
        }
        buf_close(&in), buf_close(&skip), buf_close(&want), buf_close(&got);
    }
    return n;
}
#define VECTOR_TEST(name, file, how, least)                                                                                                          \
    static void name(void **state)                                                                                                                   \
    {                                                                                                                                                \
        (void)state;                                                                                                                                 \
        int n = read_vectors(file, how, NULL, NULL);                                                                                                 \
        assert_true(n >= (least));                                                                                                                   \
    }
VECTOR_TEST(component_values, "component_value_list.json", VALUES, 45)
VECTOR_TEST(component_value, "one_component_value.json", ONE_VALUE, 10)
VECTOR_TEST(declaration, "one_declaration.json", DECLARATION, 20)
VECTOR_TEST(declaration_list, "declaration_list.json", DECLARATIONS, 8)
VECTOR_TEST(rule, "one_rule.json", ONE_RULE, 12)
VECTOR_TEST(rule_list, "rule_list.json", RULES, 12)
VECTOR_TEST(sheet, "stylesheet.json", SHEET, 12)
VECTOR_TEST(an_plus_b, "An+B.json", NTH, 120)

/* Where CSS Color 4 takes what Color 3 refused. */
static const char *const now_valid[] = {"hsl(0, 0%, 0%, 0%)",   "hsl(30deg, 100%, 100%)", "hsla(0, 0%, 0%, 50%)",   "hsla(30deg, 100%, 100%, 1)",
                                        "rgb(0%, 0%, 0%, 0%)",  "rgb(0%, 0%, 0%, 0)",     "rgb(0, 0, 0, 0)",        "rgba(0%, 0%, 0%)",
                                        "rgba(0%, 0%, 0%, 0%)", "rgba(0, 0, 0)",          "rgba(255, 255, 255, 0%)"};
static double full = 1; /* the keywords' vectors count to 255 */
static void check_color(struct str input, const char *want, struct cvs v, void *ctx)
{
    struct style s = {.color = {.r = 9, .g = 8, .b = 7, .a = 6}};
    struct ctx x = {.css = ctx, .arena = &arena, .s = &s, .parent = &s, .root = &s};
    struct color c = {0};
    bool good = val_color(&x, &v, &c) && val_done(&v);
    for (size_t i = 0; i < sizeof now_valid / sizeof *now_valid; i++)
        if (str_is(input, now_valid[i])) {
            if (!good) fail_msg("%.*s should be a colour", STR_ARG(input));
            return;
        }
    if (!strcmp(want, "null")) {
        if (good) fail_msg("%.*s should be no colour", STR_ARG(input));
        return;
    }
    if (!good) fail_msg("%.*s should be a colour", STR_ARG(input));
    if (!strcmp(want, "\"currentColor\"")) {
        assert_int_equal(c.r, 9);
        return;
    }
    double f[4];
    assert_int_equal(sscanf(want, "[%lf %lf %lf %lf", &f[0], &f[1], &f[2], &f[3]), 4);
    const uint8_t got[] = {c.r, c.g, c.b, c.a};
    for (int i = 0; i < 4; i++) {
        double part = i < 3 ? f[i] / full : f[i], byte = part < 0 ? 0 : part > 1 ? 255 : part * 255, off = byte - got[i];
        if (off > 0.51 || off < -0.51) fail_msg("%.*s: channel %d is %d, not %g (%s)", STR_ARG(input), i, got[i], byte, want);
    }
}
static void colors(void **state)
{
    (void)state;
    assert_true(read_vectors("color3.json", COLOR, check_color, NULL) > 100);
    assert_true(read_vectors("color3_hsl.json", COLOR, check_color, NULL) > 3000);
    full = 255;
    assert_true(read_vectors("color3_keywords.json", COLOR, check_color, NULL) > 140);
}

/* What a token list is written as reads back as the same tokens; places are those of the text. */
static void writing(void **state)
{
    (void)state;
    static const char *const texts[] = {"a > b.c:not([x=\"y\\\"z\"]) #id", "1px solid rgb(1,2,3) url(\"a b.png\")", "@media print{a{b:c}}",
                                        "\"\\a x\"", "U+4-F"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf b = {0}, c = {0};
        css_write(&b, css_tokens(&arena, str_of(texts[i]), 1, 1));
        css_write(&c, css_tokens(&arena, buf_view(&b), 1, 1));
        assert_string_equal(b.s, c.s);
        buf_close(&b), buf_close(&c);
    }
    struct cvs v = css_tokens(&arena, STR("a\n /* \n */ ж{\r\n  б:1}"), 10, 5);
    assert_int_equal(v.v[0].line, 10), assert_int_equal(v.v[0].col, 5);
    struct css_reader r = css_reader(v, CSS_RULES);
    struct css_item it, d;
    assert_true(css_next(&r, &it));
    struct css_reader in = css_reader(it.block, CSS_DECLARATIONS);
    assert_true(css_next(&in, &d));
    assert_int_equal(d.at->line, 13), assert_int_equal(d.at->col, 3);
}

/* A million open brackets, a million closing ones, a very long number: no recursion, no quadratic time. */
static void hostile(void **state)
{
    (void)state;
    static const char *const pieces[] = {"(", "[{(", ")]}", "a(", "@a{", "url(", "\\", "9", "/*", "\"", "--", "e-", "u+?"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct arena a = {0};
        struct buf b = {0};
        for (int k = 0; k < 200000; k++) buf_puts(&b, pieces[i]);
        struct cvs v = css_tokens(&a, buf_view(&b), 1, 1);
        struct css_reader r = css_reader(v, CSS_STYLESHEET);
        for (struct css_item it; css_next(&r, &it);) {}
        assert_true(v.n <= b.n + 1);
        buf_close(&b);
        arena_close(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(component_values),
        cmocka_unit_test(component_value),
        cmocka_unit_test(declaration),
        cmocka_unit_test(declaration_list),
        cmocka_unit_test(rule),
        cmocka_unit_test(rule_list),
        cmocka_unit_test(sheet),
        cmocka_unit_test(an_plus_b),
        cmocka_unit_test(colors),
        cmocka_unit_test(writing),
        cmocka_unit_test(hostile),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_close(&arena);
    return failed;
}
