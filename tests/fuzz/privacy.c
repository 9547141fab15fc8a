/* The privacy gate's own readers: spellings into views, recognisers, what pictures carry. The PDF walk is libqpdf's, in a child. */
#include "base/file.h"
#include "check/leak.h"
#include "check/picture.h"
#include "check/view.h"
#include <assert.h>

static void found(void *ctx, const struct leak *l)
{
    const struct view *v = ctx;
    assert(l->n && l->at + l->n <= v->n);
    view_source(v, l->at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1) return 0;
    struct arena a = {0};
    struct str in = {(const char *)data + 1, size - 1};
    struct leak_rules *r = leak_rules_new(&a);
    struct views v = {0};
    struct buf b = {0};
    size_t at = 0, start;
    leak_rules_phone(&a, r, STR("+381 11 300 0000"));
    leak_rules_phone(&a, r, in);
    leak_rules_deny(&a, r, STR("Зорица Измишљеновић"));
    leak_rules_deny(&a, r, str_part(in, 0, 200));
    views_make(&v, in, (enum medium)(data[0] % 5));
    leak_find(r, (struct str){v.text.s, v.text.n}, found, &v.text);
    leak_find(r, (struct str){v.aside.s, v.aside.n}, found, &v.aside);
    assert(v.text.n <= in.n + 8 && v.aside.n <= in.n + 8);
    while (view_base64(in, 16, &at, &start, &b)) {}
    view_base64_at(in, in.n / 2, &b), view_unquote(in, &b);
    for (size_t i = 0; i < v.n_loads; i++) assert(v.loads[i].at + v.loads[i].n <= in.n);
    view_decode(in, (enum encoding)(data[0] % ENCODINGS), &b);
    picture_carries(in);
    views_close(&v), buf_close(&b);
    arena_close(&a);
    return 0;
}
