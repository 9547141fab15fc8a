/* css.c: fuzz target: bytes up to the first "%%" are a style sheet, what follows is HTML (without it, a page that has most elements): tree, cascade,
 * page contexts, counters. Every element must get a style. */
#include "base/utf8.h"
#include "css/css.h"
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    dom_init();
    return 0;
}

static void check(const xmlNode *n)
{
    for (; n; n = n->next) {
        if (n->type == XML_ELEMENT_NODE && (!n->_private || !DOM_INFO(n)->style)) abort();
        if (n->type == XML_ELEMENT_NODE) check(n->children);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char page[] =
        "<!doctype html><html lang=sr><body><h1 id=a class='x y'>А</h1><p>б <b>в</b><i>г</i> <a href='#a'>д</a><ul><li>ђ<li>е</ul>"
        "<table><tr><th>ж<td>з</table><section><h2>и</h2><p>ј</section><img alt=к><svg viewBox='0 0 1 1'><path d='M0 0'/></svg>";
    struct arena a = {0};
    struct str text = str_copy(&a, (struct str){(const char *)data, n}), html = STR("");
    if (n > 8000 || utf8_invalid(text) != SIZE_MAX || memchr(data, 0, n)) goto done;
    size_t cut = str_search(text, "%%");
    html = cut == SIZE_MAX ? str_of(page) : str_from(text, cut + 2);
    text = str_part(text, 0, cut);
    struct diag *d = diag_new(DIAG_EN);
    struct css_options o = {.base = "/nowhere", .root = "/nowhere"};
    xmlDoc *doc = dom_read_html(&a, html, "a.html", d);
    struct css *c = css_open(&a, d, &o);
    css_add(c, CSS_AUTHOR, text, "a.css");
    css_cascade(c, doc);
    check(xmlDocGetRootElement(doc));
    for (int i = 1; i < 4; i++) css_page(c, STR(""), (i & 1 ? CSS_RIGHT : CSS_LEFT) | (i == 1 ? CSS_FIRST : 0), i);
    css_page(c, STR("a"), CSS_LEFT | CSS_BLANK, 8);
    css_sheet(c);
    const struct font_face *faces;
    css_font_faces(c, &faces);
    css_counter_text(&a, c, STR("a"), (long)n - 9);
    dom_close(doc);
    diag_close(d);
done:
    arena_close(&a);
    return 0;
}
