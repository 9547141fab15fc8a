/* The privacy gate's own readers: spellings into views, recognisers, what pictures carry; links of finished HTML. The PDF walk is libqpdf's, in a
 * child. */
#include "base/file.h"
#include "base/utf8.h"
#include "check/leak.h"
#include "check/links.h"
#include "check/picture.h"
#include "check/view.h"
#include "css/dom.h"
#include <assert.h>

static void found(void *ctx, const struct leak *l)
{
    const struct view *v = ctx;
    assert(l->n && l->at + l->n <= v->n);
    view_source(v, l->at);
}

/* Any bytes as a page of a site of two: whatever is said of it is UTF-8, a line each. */
static void links(struct arena *a, struct str html)
{
    struct diag *d = diag_new(DIAG_EN);
    struct gate *g = gate_open(a, NULL, NULL, (struct date){2026, 11, 24, -1, 0}, d);
    struct file_list files = {0};
    struct buf said = {0};
    *vec_push(a, &files.files) = (struct file_entry){.path = "a.html"};
    *vec_push(a, &files.files) = (struct file_entry){.path = "b/index.html"};
    struct links *k = links_open(a, &files, g);
    links_page(k, "b/index.html", html, d);
    links_close(k, d);
    gate_close(g, false);
    diag_write(d, &said, false, false);
    assert(utf8_invalid(buf_view(&said)) == SIZE_MAX);
    diag_close(d);
    buf_close(&said);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv) { return (void)argc, (void)argv, dom_init(), 0; }

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
    if (data[0] & 16) links(&a, in);
    arena_close(&a);
    return 0;
}
