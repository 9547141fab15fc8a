/* yaml.c: fuzz target: any text as YAML. What yaml_read makes of it, and says, is what libyaml alone makes of it. */
#include "base/utf8.h"
#include "content/yaml.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
static bool same(const struct yaml *a, const struct yaml *b)
{
    if (!a || !b) return a == b;
    if (a->kind != b->kind || a->at.line != b->at.line || a->at.col != b->at.col || !str_eq(a->text, b->text) || a->quoted != b->quoted ||
        a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (!same(a->items[i], b->items[i]) || (a->kind == YAML_MAP && !same(a->keys[i], b->keys[i]))) return false;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = {0};
    struct str text = {(const char *)data, n};
    if (n > 4000 || utf8_invalid(text) != SIZE_MAX || memchr(data, 0, n)) return 0; /* as file_read_text */
    text = str_copy(&a, text);
    struct diag *d = diag_new(DIAG_EN), *e = diag_new(DIAG_EN);
    struct buf one = {0}, other = {0};
    if (!same(yaml_read(&a, text, "a.md", 2, d), yaml_read_whole(&a, text, "a.md", 2, e))) abort();
    diag_write(d, &one, false, false), diag_write(e, &other, false, false);
    if (!str_eq(buf_view(&one), buf_view(&other))) abort();
    buf_close(&one), buf_close(&other);
    diag_close(d), diag_close(e);
    arena_close(&a);
    return 0;
}
