/* mustache.c: the official vectors (read from ../shared/data/mustache or $MUSTACHE), and what an author of layouts gets wrong.
 * The vectors are JSON; a small reader of JSON stands here, since only this test needs one. */
#include "base/file.h"
#include "base/map.h"
#include "template/template.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static struct arena arena;

/* --- JSON --- */
static const char *p;
static void space(void)
{
    while (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r') p++;
}
static struct str json_string(void)
{
    struct buf b = {0};
    buf_puts(&b, "");
    for (p++; *p && *p != '"'; p++) {
        if (*p != '\\') {
            buf_putc(&b, *p);
            continue;
        }
        p++;
        if (*p == 'u') {
            buf_utf8(&b, (uint32_t)strtol((char[]){p[1], p[2], p[3], p[4], 0}, NULL, 16));
            p += 4;
        } else buf_putc(&b, *p == 'n' ? '\n' : *p == 't' ? '\t' : *p == 'r' ? '\r' : *p);
    }
    p++;
    struct str s = buf_copy(&arena, &b);
    buf_close(&b);
    return s;
}
static const struct value *json(void)
{
    space();
    if (*p == '"') return value_text(&arena, json_string());
    if (*p == '{' || *p == '[') {
        bool map = *p++ == '{';
        struct value *v = map ? value_map(&arena) : value_list(&arena);
        for (space(); *p != '}' && *p != ']'; space()) {
            struct str key = {0};
            if (map) {
                key = json_string();
                space();
                p++;
            }
            const struct value *item = json();
            if (map) value_set(&arena, v, str_z(&arena, key), item);
            else value_push(&arena, v, item);
            space();
            if (*p == ',') p++;
        }
        p++;
        return v;
    }
    const char *from = p;
    while (*p && !strchr(",]} \n\r\t", *p)) p++;
    struct str word = {from, (size_t)(p - from)};
    long n;
    if (str_is(word, "null")) return ARENA_NEW(&arena, struct value);
    if (str_is(word, "true") || str_is(word, "false")) return value_bool(word.s[0] == 't');
    if (str_int(word, &n)) return value_int(&arena, n);
    return value_text(&arena, word);
}

static bool load(void *ctx, struct str name, struct str *text, const char **file)
{
    const struct value *v = value_find(ctx, name);
    if (!v) return false;
    *text = v->text, *file = str_z(&arena, name);
    return true;
}
static struct str field(const struct value *v, const char *key)
{
    const struct value *f = value_find(v, str_of(key));
    return f ? f->text : (struct str){0};
}

static struct buf render(const struct value *partials, struct str text, const struct value *view, struct diag *d)
{
    struct value *all = value_map(&arena);
    value_set(&arena, all, "main", value_text(&arena, text));
    for (size_t i = 0; partials && i < partials->n; i++) value_set(&arena, all, str_z(&arena, partials->keys[i]), partials->items[i]);
    struct templates *t = templates_open(&arena, d, load, all);
    struct buf out = {0};
    buf_puts(&out, "");
    templates_render(t, templates_find(t, STR("main")), view, &out);
    templates_close(t);
    return out;
}

static void vectors(void **state)
{
    (void)state;
    static const char *const modules[] = {"comments", "delimiters", "interpolation", "inverted",
                                          "partials", "sections",   "~inheritance",  "~dynamic-names"};
    const char *dir = getenv("MUSTACHE") ? getenv("MUSTACHE") : "../shared/data/mustache";
    if (!file_is_dir(dir)) {
        printf("# the official mustache vectors are not here (%s): not run\n", dir);
        return;
    }
    size_t ran = 0, wrong = 0;
    for (size_t m = 0; m < sizeof modules / sizeof *modules; m++) {
        struct str text;
        assert_true(file_read(&arena, arena_printf(&arena, "%s/%s.json", dir, modules[m]), 1 << 20, &text));
        p = text.s;
        const struct value *tests = value_find(json(), STR("tests"));
        for (size_t i = 0; i < tests->n; i++, ran++) {
            const struct value *t = tests->items[i];
            struct diag *d = diag_new(DIAG_EN);
            struct buf out = render(value_find(t, STR("partials")), field(t, "template"), value_find(t, STR("data")), d);
            if (!str_eq(buf_view(&out), field(t, "expected"))) {
                wrong++;
                printf("# %s: %.*s\n# got  [%s]\n# want [%.*s]\n", modules[m], STR_ARG(field(t, "name")), out.s, STR_ARG(field(t, "expected")));
            }
            buf_close(&out);
            diag_close(d);
        }
    }
    assert_true(ran > 150);
    assert_int_equal(wrong, 0);
}

static void mistakes(void **state)
{
    (void)state;
    static const struct {
        const char *layout, *want;
    } cases[] = {
        {"a\n  {{name", "main:2:3: error T101"},   {"{{#a}}\nx", "main:1:1: error T102"},
        {"ш{{#a}}{{/b}}", "main:1:8: error T103"}, {"{{/a}}", "main:1:1: error T103"},
        {"x\n{{>none}}", "main:2:1: error T104"},  {"{{>main}}", "main:1:1: error T105"},
        {"{{=<%=}}", "main:1:1: error T106"},      {"{{<main}}{{$a}}{{/a}}{{/main}}", "main:1:1: error T105"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct diag *d = diag_new(DIAG_EN);
        struct buf out = render(NULL, str_of(cases[i].layout), value_map(&arena), d), said = {0};
        diag_write(d, &said, false, false);
        if (!said.s || strncmp(said.s, cases[i].want, strlen(cases[i].want))) fail_msg("%s: %s", cases[i].layout, said.s ? said.s : "nothing said");
        buf_close(&out), buf_close(&said);
        diag_close(d);
    }
}

static void hostile(void **state)
{
    (void)state;
    struct buf deep = {0};
    for (int i = 0; i < 100000; i++) buf_puts(&deep, "{{#a}}");
    struct diag *d = diag_new(DIAG_EN);
    struct buf out = render(NULL, buf_view(&deep), value_map(&arena), d);
    assert_true(diag_count(d, false) > 0);
    buf_close(&out), buf_close(&deep);
    diag_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(vectors), cmocka_unit_test(mistakes), cmocka_unit_test(hostile)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_close(&arena);
    return failed;
}
