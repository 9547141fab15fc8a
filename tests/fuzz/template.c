/* template.c: fuzz target: any text as a layout that includes itself under one name, rendered with a small view. */
#include "base/utf8.h"
#include "template/template.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
static bool load(void *ctx, struct str name, struct str *text, const char **file)
{
    *text = str_is(name, "other") ? STR("{{#list}}{{.}}{{/list}}{{$block}}x{{/block}}") : *(struct str *)ctx;
    *file = "layouts/a.mustache";
    return str_is(name, "a") || str_is(name, "other");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = {0};
    struct str text = {(const char *)data, n};
    if (n > 4000 || utf8_invalid(text) != SIZE_MAX || memchr(data, 0, n)) return 0;
    text = str_copy(&a, text);
    struct diag *d = diag_new(DIAG_EN);
    struct templates *t = templates_open(&a, d, load, &text);
    const struct template *tp = templates_find(t, STR("a"));
    struct value *view = value_map(&a), *list = value_list(&a);
    value_push(&a, list, value_text(&a, STR("<&>"))), value_push(&a, list, value_int(&a, 7));
    value_set(&a, view, "list", list), value_set(&a, view, "name", value_text(&a, STR("other"))), value_set(&a, view, "yes", value_bool(true));
    struct buf out = {0};
    if (tp) templates_render(t, tp, view, &out);
    if (utf8_invalid(buf_view(&out)) != SIZE_MAX) abort();
    buf_close(&out);
    templates_close(t);
    diag_close(d);
    arena_close(&a);
    return 0;
}
