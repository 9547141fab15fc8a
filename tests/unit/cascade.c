/* cascade.c: HTML into a tree, which selectors match what, computed values, pages, counters, what is reported; hostile input. */
#include "css/internal.h"
#include "css/property.h"
#include "css/withhold.h"
#include "base/file.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

struct world {
    struct arena a;
    struct diag *d;
    struct css *c;
    xmlDoc *doc;
};
static struct world make(const char *css, const char *html)
{
    struct world w = {.d = diag_new(DIAG_EN)};
    struct arena *a = mem_realloc(NULL, sizeof *a);
    *a = (struct arena){0};
    w.doc = dom_read_html(a, str_of(html), "x.html", w.d);
    w.c = css_open(a, w.d, NULL);
    css_add(w.c, CSS_AUTHOR, str_of(css), "x.css");
    css_cascade(w.c, w.doc);
    return w;
}
static void drop(struct world *w)
{
    struct arena *a = w->c->arena;
    dom_close(w->doc);
    diag_close(w->d);
    arena_close(a);
    free(a);
}
static const char *said(struct world *w)
{
    struct buf b = {0};
    diag_write(w->d, &b, false, false);
    const char *z = arena_copy(w->c->arena, b.n ? b.s : "", b.n);
    buf_close(&b);
    return z;
}

/* --- the tree --- */
static void tree(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"<p>a<p>б", "<html> 1:1\n  <head> 1:1\n  <body> 1:1\n    <p> 1:1\n      \"a\" 1:4\n    <p> 1:5\n      \"б\" 1:8\n"},
        {"<!doctype html>\n<title>t</title>\n\t<x-Y Z='1'>\xC2\xA0</x-y>",
         "<html> 2:1\n  <head> 2:1\n    <title> 2:1\n      \"t\" 2:8\n    \"\\n\\u0009\" 2:17\n  <body> 3:2\n    <x-y z=\"1\"> 3:2\n      "
         "\"\xC2\xA0\" 3:13\n"},
        {"", "<html> 1:1\n  <head> 1:1\n  <body> 1:1\n"},
        {"<svg viewbox='0'><lineargradient/></svg>",
         "<html> 1:1\n  <head> 1:1\n  <body> 1:1\n    <svg viewBox=\"0\"> 1:1\n      <linearGradient> 1:18\n"},
        {"<!--x--><b>a<!--y-->c</b>", "<html> 1:9\n  <head> 1:9\n  <body> 1:9\n    <b> 1:9\n      \"a\" 1:12\n      \"c\" 1:21\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world w = make("", cases[i][0]);
        struct buf b = {0};
        dom_dump(&b, w.doc);
        assert_string_equal(b.s, cases[i][1]);
        buf_close(&b);
        drop(&w);
    }
    struct world w = make("", "<div lang=sr><p id=a>x<b>y</b></p></div><p id=a>z");
    xmlNode *n = dom_by_id(w.doc, STR("a"));
    assert_true(str_is(dom_text(w.c->arena, n), "xy"));
    assert_true(str_is(dom_lang(n->children), "sr"));
    assert_null(dom_by_id(w.doc, STR("b")));
    assert_null(dom_attr(n, "class").s);
    drop(&w);
}

/* --- selectors: the ids that match, in document order --- */
static const char PAGE[] = "<body id=b class='one two' lang=en><h1 id=h>x</h1><p id=p1 class=a>x <em id=e1>y</em></p><p id=p2 class='a B' title='Foo "
                           "bar'>z</p><ul id=u><li id=l1>1<li id=l2 class=a>2<li id=l3>3</ul>"
                           "<p id=p3 lang=sr-Latn><a id=a1 href=x>x</a><a id=a2>y</a></p><div id=d></div><div id=d2><input id=i1 checked "
                           "disabled><input id=i2 required></div><span id=s hreflang='en-US'>q</span>";
static void selectors(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"p", "p1 p2 p3"},
        {"P", "p1 p2 p3"},
        {"#p2", "p2"},
        {".a", "p1 p2 l2"},
        {".A", ""},
        {"p.a.B", "p2"},
        {"*.two", "b"},
        {"[title]", "p2"},
        {"[title=foo]", ""},
        {"[TITLE='foo bar' i]", "p2"},
        {"[title~=bar]", "p2"},
        {"[title^=Fo]", "p2"},
        {"[title$=ar]", "p2"},
        {"[title*='o b']", "p2"},
        {"[title*='']", ""},
        {"[hreflang|=en]", "s"},
        {"body em", "e1"},
        {"body > em", ""},
        {"p > em", "e1"},
        {"h1 + p", "p1"},
        {"h1 ~ p", "p1 p2 p3"},
        {"p+p", "p2"},
        {"ul+p a", "a1 a2"},
        {"li:first-child", "l1"},
        {"li:last-child", "l3"},
        {"li:nth-child(2)", "l2"},
        {"li:nth-child(odd)", "l1 l3"},
        {"li:nth-child(-n+2)", "l1 l2"},
        {"li:nth-last-child(1)", "l3"},
        {"p:nth-of-type(2)", "p2"},
        {"p:last-of-type", "p3"},
        {"h1:only-of-type", "h"},
        {"em:only-child", "e1"},
        {"div:empty", "d"},
        {"p:not(.a)", "p3"},
        {"p:not(.a, #p3)", ""},
        {":is(h1, li.a)", "h l2"},
        {":is(h1, ::x, ul)", "h u"},
        {":where(#h)", "h"},
        {"p:has(em)", "p1"},
        {"p:has(> a + a)", "p3"},
        {"h1:has(+ p)", "h"},
        {"p:has(~ ul)", "p1 p2"},
        {"body:has(li.a) h1", "h"},
        {":lang(sr)", "p3 a1 a2"},
        {"p:lang(en)", "p1 p2"},
        {"a:link", "a1"},
        {":checked", "i1"},
        {":disabled", "i1"},
        {"input:enabled", "i2"},
        {":required", "i2"},
        {"a:hover", ""},
        {"h1, li", "h l1 l2 l3"},
        {"ul li.a ~ li", "l3"},
        {":root > body", "b"},
        {"li:nth-child(2n+1):not(:first-child)", "l3"},
        {"body p em, #s", "e1 s"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world w = make("", PAGE);
        struct selector_list l;
        struct matcher m = {.arena = w.c->arena, .nodes = 1000, .budget = 1000000};
        struct buf b = {0};
        buf_puts(&b, "");
        if (!selector_parse(w.c->arena, css_tokens(w.c->arena, str_of(cases[i][0]), 1, 1), &l, NULL)) fail_msg("%s is a selector", cases[i][0]);
        for (const xmlNode *n = xmlDocGetRootElement(w.doc); n;) {
            bool yes = false;
            for (size_t k = 0; n->type == XML_ELEMENT_NODE && k < l.n; k++) yes |= selector_match(&m, l.list[k].last, n);
            if (yes && dom_attr(n, "id").n) buf_printf(&b, "%s%s", b.n ? " " : "", dom_attr(n, "id").s);
            if (n->type == XML_ELEMENT_NODE && n->children) n = n->children;
            else {
                while (n->type != XML_DOCUMENT_NODE && !n->next) n = n->parent;
                n = n->type == XML_DOCUMENT_NODE ? NULL : n->next;
            }
        }
        if (strcmp(b.s, cases[i][1])) fail_msg("%s: %s, not %s", cases[i][0], b.s, cases[i][1]);
        buf_close(&b);
        drop(&w);
    }
    static const char *const wrong[] = {"",   "a,", ",a",      "a b >",          "> a",           ":foo", "::foo", "a::before b", "[a", "[=a]",
                                        "#1", ".",  "a:not()", ":not(::before)", ":nth-child(x)", "a||b", ":is(a"};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct selector_list l;
        if (i == 8 || i == 16) continue; /* the end of the text closes what is open: these two are right */
        if (selector_parse(&a, css_tokens(&a, str_of(wrong[i]), 1, 1), &l, NULL)) fail_msg("%s is no selector", wrong[i]);
    }
    arena_close(&a);
}
static void specificity(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        uint32_t a, b, c;
    } cases[] = {{"*", 0, 0, 0},
                 {"li", 0, 0, 1},
                 {"ul li", 0, 0, 2},
                 {"ul ol+li", 0, 0, 3},
                 {"h1 + *[rel=up]", 0, 1, 1},
                 {"li.red.level", 0, 2, 1},
                 {"#x34y", 1, 0, 0},
                 {"#s12:not(foo)", 1, 0, 1},
                 {":is(em, #foo)", 1, 0, 0},
                 {".foo :is(.bar, #baz)", 1, 1, 0},
                 {":where(#a)", 0, 0, 0},
                 {"p::before", 0, 0, 2},
                 {"a:nth-child(2n)", 0, 1, 1},
                 {":not(em, strong#foo)", 1, 0, 1}};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct selector_list l;
        assert_true(selector_parse(&a, css_tokens(&a, str_of(cases[i].s), 1, 1), &l, NULL));
        if (l.list[0].specificity != (cases[i].a << 20 | cases[i].b << 10 | cases[i].c)) fail_msg("%s: %x", cases[i].s, l.list[0].specificity);
    }
    arena_close(&a);
}

/* --- computed values --- */
static void len(struct buf *b, struct len l)
{
    static const char *const words[] = {"auto", "", "", "none", "min-content", "max-content", "fit-content"};
    if (l.kind == LEN_FIXED) buf_printf(b, "%g", l.v / 64.0);
    else if (l.kind == LEN_PERCENT) buf_printf(b, "%g%%", l.v / 64.0);
    else if (l.kind == LEN_CALC) buf_printf(b, "%g+%g%%", l.v / 64.0, l.p / 64.0);
    else buf_puts(b, words[l.kind]);
}
static void colour(struct buf *b, struct color c)
{
    buf_printf(b, "%02x%02x%02x", c.r, c.g, c.b);
    if (c.a != 255) buf_printf(b, "/%d", c.a);
    if (c.cmyk) buf_printf(b, " cmyk %d %d %d %d", c.c, c.m, c.y, c.k);
}
static void content(struct buf *b, const struct content *c)
{
    static const char *const kinds[] = {
        "",      "counter", "counters", "string", "element", "target-counter", "target-counters", "target-text", "leader",
        "image", "content", "before",   "after",  "open",    "close"};
    if (c->normal || c->none) buf_puts(b, c->normal ? "normal" : "none");
    for (size_t i = 0; i < c->n; i++) {
        const struct content_item *t = &c->items[i];
        if (i) buf_putc(b, ' ');
        if (t->kind == CONTENT_TEXT) buf_json(b, t->text);
        else {
            buf_printf(b, "%s(%.*s", kinds[t->kind], STR_ARG(t->target));
            if (t->text.n) buf_printf(b, ":%.*s", STR_ARG(t->text));
            if (t->text2.n) buf_printf(b, ":%.*s", STR_ARG(t->text2));
            if (t->style.n) buf_printf(b, ":%.*s", STR_ARG(t->style));
            buf_putc(b, ')');
        }
    }
}
static void show(struct buf *b, const struct style *s, const char *what)
{
    const struct property_name *name = css_name(str_of(what));
    if (!strcmp(what, "font-size")) buf_printf(b, "%g", s->font_size / 64.0);
    else if (!strcmp(what, "line-height")) buf_printf(b, "%g", s->line_height / 64.0);
    else if (!strcmp(what, "color")) colour(b, s->color);
    else if (!strcmp(what, "background")) colour(b, s->background);
    else if (!strcmp(what, "border-color")) colour(b, s->border_color[0]);
    else if (!strcmp(what, "border")) buf_printf(b, "%g %d ", s->border_width[0] / 64.0, s->border_style[0]), colour(b, s->border_color[0]);
    else if (!strcmp(what, "weight")) buf_printf(b, "%d", s->font_weight);
    else if (!strcmp(what, "family"))
        for (size_t i = 0; i < s->font_family->n; i++) buf_printf(b, "%s%.*s", i ? "," : "", STR_ARG(s->font_family->names[i]));
    else if (!strcmp(what, "margin"))
        for (int i = 0; i < 4; i++) buf_puts(b, i ? " " : ""), len(b, s->margin[i]);
    else if (!strcmp(what, "padding"))
        for (int i = 0; i < 4; i++) buf_puts(b, i ? " " : ""), len(b, s->padding[i]);
    else if (!strcmp(what, "width")) len(b, s->width);
    else if (!strcmp(what, "place")) len(b, s->background_x), buf_putc(b, ' '), len(b, s->background_y);
    else if (!strcmp(what, "flex")) buf_printf(b, "%g %g ", s->flex_grow / 64.0, s->flex_shrink / 64.0), len(b, s->flex_basis);
    else if (!strcmp(what, "content")) content(b, &s->content);
    else if (!strcmp(what, "list-style")) buf_printf(b, "%.*s %d", STR_ARG(s->list_style_type), s->list_inside);
    else if (!strcmp(what, "counter-reset") || !strcmp(what, "counter-increment") || !strcmp(what, "counter-set")) {
        const struct counter_ops *o = what[8] == 'r' ? &s->counter_reset : what[8] == 'i' ? &s->counter_increment : &s->counter_set;
        for (size_t i = 0; i < o->n; i++) buf_printf(b, "%s%.*s=%ld", i ? " " : "", STR_ARG(o->list[i].name), o->list[i].value);
    } else if (!strcmp(what, "string-set"))
        for (size_t i = 0; i < s->string_set.n; i++)
            buf_printf(b, "%s%.*s=", i ? ", " : "", STR_ARG(s->string_set.list[i].name)), content(b, &s->string_set.list[i].content);
    else if (!strcmp(what, "lang")) buf_str(b, s->lang);
    else if (!strcmp(what, "vertical-align")) buf_printf(b, "%d %g", s->vertical_align, s->vertical_shift / 64.0);
    else if (!strcmp(what, "features")) buf_str(b, s->font_features);
    else if (!strcmp(what, "fit")) buf_printf(b, "%g %g", s->fit_min / 64.0, s->fit_max / 64.0);
    else if (!strcmp(what, "url")) buf_str(b, s->background_image);
    else if (!strcmp(what, "text-align")) buf_printf(b, "%d%.*s", s->text_align, STR_ARG(s->text_align_char));
    else if (name && name->kind == NAME_LONG && css_property((enum prop)name->prop)->size == 1)
        buf_printf(b, "%d", *((const uint8_t *)s + css_property((enum prop)name->prop)->at));
    else fail_msg("cannot show %s", what);
}
/* css, inside of body (element with id t is looked at), property, value; "::before" in front of a property looks at that pseudo element. */
static const char *const CASES[][4] = {
    {"#t{color:red} p{color:blue}", "<p id=t>", "color", "ff0000"},
    {"p{color:blue!important} #t{color:red}", "<p id=t style='color:lime'>", "color", "0000ff"},
    {"#t{color:red}", "<p id=t style='color:lime'>", "color", "00ff00"},
    {"p{color:red} p{color:blue}", "<p id=t>", "color", "0000ff"},
    {"body{color:red}", "<p id=t>", "color", "ff0000"},
    {"body{color:red} p{color:initial}", "<p id=t>", "color", "000000"},
    {"body{margin:5pt} p{margin:inherit}", "<p id=t>", "margin", "5 5 5 5"},
    {"body{color:red} p{color:unset;margin:unset}", "<p id=t>", "margin", "0 0 0 0"},
    {"b{font-weight:revert}", "<b id=t>", "weight", "700"},
    {"b{font-weight:100;all:revert}", "<b id=t>", "weight", "700"},
    {"*{all:initial}", "<b id=t>", "weight", "400"},
    {"b{all:initial;font-weight:900}", "<b id=t>", "weight", "900"},
    /* lengths */
    {"#t{width:96px}", "<p id=t>", "width", "72"},
    {"#t{width:25.4mm}", "<p id=t>", "width", "72"},
    {"#t{width:2.54cm}", "<p id=t>", "width", "72"},
    {"#t{width:1in}", "<p id=t>", "width", "72"},
    {"#t{width:6pc}", "<p id=t>", "width", "72"},
    {"#t{width:2em;font-size:20pt}", "<p id=t>", "width", "40"},
    {"html{font-size:10pt}#t{width:2rem;font-size:20pt}", "<p id=t>", "width", "20"},
    {"html{font-size:2rem}", "<p id=t>", "font-size", "24"},
    {"#t{width:2ex}", "<p id=t>", "width", "12"},
    {"#t{width:50%}", "<p id=t>", "width", "50%"},
    {"#t{width:calc(100% - 2 * 10pt)}", "<p id=t>", "width", "-20+100%"},
    {"#t{width:calc((1pt + 2pt) * 4 / 2)}", "<p id=t>", "width", "6"},
    {"#t{width:min(10pt, 1in, 5pt)}", "<p id=t>", "width", "5"},
    {"#t{width:max(10pt, 1in)}", "<p id=t>", "width", "72"},
    {"#t{width:clamp(1pt, 50pt, 10pt)}", "<p id=t>", "width", "10"},
    {"#t{width:calc(1pt + 1)}", "<p id=t>", "width", "auto"},
    {"#t{width:-1pt}", "<p id=t>", "width", "auto"},
    {"#t{width:2lh;line-height:10pt}", "<p id=t>", "width", "20"},
    {"#t{width:1e9pt}", "<p id=t>", "width", "156250"},
    {"#t{width:10}", "<p id=t>", "width", "auto"},
    {"#t{width:0}", "<p id=t>", "width", "0"},
    {"#t{WIDTH:1PT}", "<p id=t>", "width", "1"},
    /* type */
    {"body{font-size:20pt} p{font-size:50%}", "<p id=t>", "font-size", "10"},
    {"p{font-size:larger}", "<p id=t>", "font-size", "14.4062"},
    {"p{font-size:x-large}", "<p id=t>", "font-size", "18"},
    {"body{line-height:1.5} #t{font-size:2em}", "<p id=t>", "line-height", "36"},
    {"body{line-height:150%} #t{font-size:2em}", "<p id=t>", "line-height", "18"},
    {"body{line-height:1.5em} #t{font-size:2em}", "<p id=t>", "line-height", "18"},
    {"p{font:italic small-caps bold 10pt/2 A, \"B C\", serif}", "<p id=t>", "family", "A,B C,serif"},
    {"p{font:italic small-caps bold 10pt/2 A}", "<p id=t>", "line-height", "20"},
    {"p{font:italic small-caps bold 10pt/2 A}", "<p id=t>", "weight", "700"},
    {"p{font-weight:900;font:10pt A}", "<p id=t>", "weight", "400"},
    {"p{font-family:Noto Sans,sans-serif}", "<p id=t>", "family", "Noto Sans,sans-serif"},
    {"p{font-family:a,}", "<p id=t>", "family", "serif"},
    {"p{font-weight:bolder}", "<p><b id=t>", "weight", "900"},
    {"p{font-feature-settings:'liga' off,'ss01'}", "<p id=t>", "features", "liga=0,ss01=1"},
    {"p{font-variant:small-caps tabular-nums}", "<p id=t>", "font-variant-caps", "1"},
    {"p{text-align:justify;text-align:match-parent}", "<p id=t>", "text-align", "5"},
    {"p{text-align:','}", "<p id=t>", "text-align", "3,"},
    {"p{text-align:center ','}", "<p id=t>", "text-align", "4,"},
    {"p{text-align:'.' left}", "<p id=t>", "text-align", "2."},
    {"p{text-align:'.' left;text-align:''}", "<p id=t>", "text-align", "2."},
    {"div{text-align:'.'} p{text-align:end}", "<div><p id=t>", "text-align", "1"},
    {"div{text-align:'.'}", "<div><p id=t>", "text-align", "3."},
    {"b{vertical-align:-2pt}", "<b id=t>", "vertical-align", "8 -2"},
    /* boxes */
    {"p{margin:1pt 2pt 3pt}", "<p id=t>", "margin", "1 2 3 2"},
    {"p{margin:1pt auto}", "<p id=t>", "margin", "1 auto 1 auto"},
    {"p{margin:1pt 2pt 3pt 4pt 5pt}", "<p id=t>", "margin", "12 0 12 0"},
    {"p{margin:1pt;margin-left:-2pt}", "<p id=t>", "margin", "1 1 1 -2"},
    {"p{margin-inline-start:7pt}", "<p id=t>", "margin", "12 0 12 7"},
    {"p{margin-inline-start:7pt}", "<p id=t dir=rtl>", "margin", "12 7 12 0"},
    {"ul{margin:0;padding-left:1pt}", "<ul id=t dir=rtl>", "padding", "0 30 0 1"},
    {"p{padding:1em 10%}", "<p id=t>", "padding", "12 10% 12 10%"},
    {"p{border:1pt solid red}", "<p id=t>", "border", "1 2 ff0000"},
    {"p{border:solid;color:red}", "<p id=t>", "border", "2.25 2 ff0000"},
    {"p{border:1pt red}", "<p id=t>", "border", "0 0 ff0000"},
    {"p{border:1pt dashed}", "<p id=t style='border-color:initial;color:lime'>", "border-color", "00ff00"},
    {"p{color:red;border:2pt dotted currentcolor}", "<p id=t>", "border", "2 4 ff0000"},
    {"p{border:thick double;border-top:none}", "<p id=t>", "border", "0 0 000000"},
    {"p{background:#123 url(a.png) no-repeat right 5pt top / cover}", "<p id=t>", "background", "112233"},
    {"p{background:url(a.png) right 10% bottom 5pt}", "<p id=t>", "place", "90% -5+100%"},
    {"p{background:url(a.png) top left}", "<p id=t>", "place", "0% 0%"},
    {"p{background:url( 'a b.png' )}", "<p id=t>", "url", "a b.png"},
    {"p{background:red;background:url(a),url(b)}", "<p id=t>", "background", "ff0000"},
    {"p{background-color:rgb(1 2 3 / 50%)}", "<p id=t>", "background", "010203/128"},
    {"p{color:device-cmyk(0 1 0 0)}", "<p id=t>", "color", "ff00ff cmyk 0 255 0 0"},
    {"p{display:inline;float:left}", "<p id=t>", "display", "2"},
    {"b{display:inline-flex}", "<b id=t style='position:absolute'>", "display", "15"},
    {"p{display:flex}", "<p><b id=t>", "display", "2"},
    {"html{display:inline}", "<p id=t>", "display", "2"},
    {"p{flex:1}", "<p id=t>", "flex", "1 1 0"},
    {"p{flex:none}", "<p id=t>", "flex", "0 0 auto"},
    {"p{flex:2 3 10%}", "<p id=t>", "flex", "2 3 10%"},
    {"p{flex:10pt}", "<p id=t>", "flex", "1 1 10"},
    {"p{page-break-before:always;break-after:avoid-page}", "<p id=t>", "break-before", "2"},
    {"p{break-before:recto}", "<p id=t>", "break-before", "4"},
    {"p{list-style:none}", "<p id=t>", "list-style", "none 0"},
    {"p{list-style:inside upper-roman}", "<p id=t>", "list-style", "upper-roman 1"},
    {"p{list-style:\"–\"}", "<p id=t>", "list-style", "\"–\" 0"},
    {"p{text-decoration:underline dotted red}", "<p id=t>", "text-decoration-style", "4"},
    {"p{overflow-wrap:break-word}", "<p id=t>", "overflow-wrap", "1"},
    {"p{-letak-fit:12pt 14pt}", "<p id=t>", "fit", "12 14"},
    {"p{-letak-fit:14pt 12pt}", "<p id=t>", "fit", "0 0"},
    {"p{opacity:.5}", "<p id=t>", "opacity", "128"},
    {"p{display:table;display:grid}", "<p id=t>", "display", "5"},
    /* variables */
    {":root{--a:red} p{color:var(--a)}", "<p id=t>", "color", "ff0000"},
    {":root{--a:red} p{color:var(--b, lime)}", "<p id=t>", "color", "00ff00"},
    {":root{--a:var(--b);--b:var(--a)} p{color:red;color:var(--a)}", "<p id=t>", "color", "000000"},
    {":root{--m:1pt 2pt} p{margin:var(--m) 3pt}", "<p id=t>", "margin", "1 2 3 2"},
    {":root{--b:red;--a:var(--b)} p{--b:lime;color:var(--a)}", "<p id=t>", "color", "ff0000"},
    {"p{--A:red;color:var(--a,lime)}", "<p id=t>", "color", "00ff00"},
    {"p{--x:1pt;width:calc(var(--x)*2)}", "<p id=t>", "width", "2"},
    {"p{--x:red;--x:initial;color:var(--x,lime)}", "<p id=t>", "color", "00ff00"},
    {":root{--e:;} p{margin:var(--e) 3pt}", "<p id=t>", "margin", "3 3 3 3"},
    {"p{--a:lime!important} #t{--a:red;color:var(--a)}", "<p id=t>", "color", "00ff00"},
    {"p{color:red;color:var(--none)} body{color:lime}", "<p id=t>", "color", "00ff00"},
    {"p{border:var(--w,2pt) solid}", "<p id=t>", "border", "2 2 000000"},
    /* generated content */
    {"p::before{content:'a' attr(title) counter(c,lower-roman)}", "<p id=t title=T>", "::before content", "\"a\" \"T\" counter(:c:lower-roman)"},
    {"p::before{content:target-counter(attr(href url),page) leader('. ') target-text(url(#x),before)}", "<p id=t href=#q>", "::before content",
     "target-counter(#q:page:decimal) leader(:. ) target-text(#x:before)"},
    {"p:before{content:counters(c,'.') open-quote string(s,last) element(e)}", "<p id=t>", "::before content",
     "counters(:c:.:decimal) open() string(:s:last) element(:e:first)"},
    {"p::before{content:url(a.png)/'alt'}", "<p id=t>", "::before content", "image(:a.png)"},
    {"p{counter-reset:a b 3;counter-increment:c -1 d}", "<p id=t>", "counter-reset", "a=0 b=3"},
    {"p{counter-increment:c -1 d}", "<p id=t>", "counter-increment", "c=-1 d=1"},
    {"", "<ol id=t start=5>", "counter-reset", "list-item=4"},
    {"ol{counter-reset:x}", "<ol id=t>", "counter-reset", "list-item=0 x=0"},
    {"", "<ol><li id=t value=7>", "counter-set", "list-item=7"},
    {"", "<ol><li id=t>", "counter-increment", "list-item=1"},
    {"h1{string-set:a content(), b 'x' counter(c)}", "<h1 id=t>", "string-set", "a=content(), b=\"x\" counter(:c:decimal)"},
    {"q{}", "<q id=t>", "::before content", "open()"},
    /* presentation and language */
    {"", "<img id=t width=100 height=50>", "width", "75"},
    {"", "<img id=t width=50%>", "width", "50%"},
    {"img{width:1pt}", "<img id=t width=100>", "width", "1"},
    {"", "<div lang=sr><p id=t>", "lang", "sr"},
    {"", "<ol id=t type=A>", "list-style", "upper-alpha 0"},
    {"", "<ol id=t type=a>", "list-style", "lower-alpha 0"},
    /* at-rules */
    {"@media print{p{color:red}} @media screen{p{color:lime}}", "<p id=t>", "color", "ff0000"},
    {"@media screen, print and (min-width:100mm){p{color:red}}", "<p id=t>", "color", "ff0000"},
    {"@media not print{p{color:red}}", "<p id=t>", "color", "000000"},
    {"@media (prefers-color-scheme:dark){p{color:red}}", "<p id=t>", "color", "000000"},
    {"@media print and (max-width:10cm){p{color:red}}", "<p id=t>", "color", "000000"},
    {"@supports (display:flex) and (not (display:grid)){p{color:red}}", "<p id=t>", "color", "ff0000"},
    {"@supports selector(a > b) or (foo:bar){p{color:red}}", "<p id=t>", "color", "ff0000"},
    {"@supports (foo:bar){p{color:red}}", "<p id=t>", "color", "000000"},
    {"@media print{@supports (color:red){p{color:red}}}", "<p id=t>", "color", "ff0000"},
    {"@supports a and (b){p{color:red}} @supports (a) and b{p{color:red}}", "<p id=t>", "color", "000000"},
    {"p{color:red;;;}b{", "<p id=t>", "color", "ff0000"},
    {"}p{color:red} p{color:lime}", "<p id=t>", "color", "00ff00"},
    {"p{color:red;foo;bar:{};color:lime}", "<p id=t>", "color", "00ff00"},
};
static void computed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct world w = make(CASES[i][0], CASES[i][1]);
        const struct dom_info *info = DOM_INFO(dom_by_id(w.doc, STR("t")));
        bool before = !strncmp(CASES[i][2], "::before ", 9);
        struct buf b = {0};
        buf_puts(&b, "");
        if (before && !info->pseudo[PSEUDO_BEFORE]) fail_msg("%s: no ::before", CASES[i][0]);
        show(&b, before ? info->pseudo[PSEUDO_BEFORE] : info->style, CASES[i][2] + (before ? 9 : 0));
        if (strcmp(b.s, CASES[i][3])) fail_msg("%s | %s: %s is %s, not %s\n%s", CASES[i][0], CASES[i][1], CASES[i][2], b.s, CASES[i][3], said(&w));
        buf_close(&b);
        drop(&w);
    }
}

/* Equal styles are one pointer; texts share their parent's; what is hidden has no pseudo elements. */
static void sharing(void **state)
{
    (void)state;
    struct world w = make("p{color:red} .a{color:red} i::before{content:'x'} b{float:footnote} a::after{content:none}",
                          "<p id=p1>x<p id=p2 class=a>y<p id=p3 style='color:#f00'>z<p><i id=i hidden>h</i><b id=b>f</b><a id=a>g</a><ul><li id=l>");
#define INFO(id) DOM_INFO(dom_by_id(w.doc, STR(id)))
    assert_ptr_equal(INFO("p1")->style, INFO("p2")->style);
    assert_ptr_equal(INFO("p1")->style, INFO("p3")->style);
    assert_ptr_equal(INFO("p1")->style, DOM_INFO(dom_by_id(w.doc, STR("p1"))->children)->style);
    assert_null(INFO("i")->pseudo[PSEUDO_BEFORE]);
    assert_null(INFO("a")->pseudo[PSEUDO_AFTER]);
    assert_non_null(INFO("b")->pseudo[PSEUDO_FOOTNOTE_CALL]);
    assert_non_null(INFO("b")->pseudo[PSEUDO_FOOTNOTE_MARKER]);
    assert_non_null(INFO("l")->pseudo[PSEUDO_MARKER]);
    assert_null(INFO("p1")->pseudo[PSEUDO_MARKER]);
    struct world v = make("p{--x:attr(title)} p::before{content:var(--x)}", "<p id=p1 title=A>x<p id=p2 title=B>y");
    assert_true(DOM_INFO(dom_by_id(v.doc, STR("p1")))->pseudo[PSEUDO_BEFORE] != DOM_INFO(dom_by_id(v.doc, STR("p2")))->pseudo[PSEUDO_BEFORE]);
    drop(&v);
    const struct style *anonymous = css_anonymous(w.c, INFO("p1")->style, DISPLAY_BLOCK);
    assert_ptr_equal(anonymous, css_anonymous(w.c, INFO("p2")->style, DISPLAY_BLOCK));
    assert_int_equal(anonymous->color.r, 255);
    assert_int_equal(anonymous->margin[TOP].v, 0);
    drop(&w);
}

/* --- pages --- */
static void pages(void **state)
{
    (void)state;
    static const char css[] = "@page{size:A5;margin:1cm;@bottom-center{content:counter(page)}@top-left{content:'x'}} "
                              "@page:first{margin-top:5cm;@bottom-center{content:none}} @page :left{margin-left:3cm} @page:right{margin-right:3cm}"
                              "@page chapter{size:A4 landscape} @page chapter:first{margin-top:1pt} @page:blank{@top-left{content:none}} "
                              "@page:nth(5){margin-bottom:9pt} @page:nth(2n+10){margin-bottom:8pt} @page press{marks:crop;size:100pt 200pt}"
                              "@page press:left{bleed:3mm}";
    static const struct {
        const char *name;
        int sides, number;
        double w, top, left, right, bottom, bleed;
        bool foot, head;
    } cases[] = {
        {"", CSS_RIGHT | CSS_FIRST, 1, 148, 141.7, 28.3, 85.0, 28.3, 0, false, true},
        {"", CSS_LEFT, 2, 148, 28.3, 85.0, 28.3, 28.3, 0, true, true},
        {"", CSS_RIGHT, 3, 148, 28.3, 28.3, 85.0, 28.3, 0, true, true},
        {"", CSS_LEFT | CSS_BLANK, 4, 148, 28.3, 85.0, 28.3, 28.3, 0, true, false},
        {"", CSS_RIGHT, 5, 148, 28.3, 28.3, 85.0, 9, 0, true, true},
        {"", CSS_LEFT, 12, 148, 28.3, 85.0, 28.3, 8, 0, true, true},
        {"chapter", CSS_RIGHT | CSS_FIRST, 1, 297, 1, 28.3, 85.0, 28.3, 0, false, true},
        {"chapter", CSS_RIGHT, 3, 297, 28.3, 28.3, 85.0, 28.3, 0, true, true},
        {"press", CSS_RIGHT, 1, 35.3, 28.3, 28.3, 85.0, 28.3, 6, true, true},
        {"press", CSS_LEFT, 2, 35.3, 28.3, 85.0, 28.3, 28.3, 8.5, true, true},
        {"unknown", CSS_LEFT, 2, 148, 28.3, 85.0, 28.3, 28.3, 0, true, true},
    };
    struct world w = make(css, "<p>");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct page_style *p = css_page(w.c, str_of(cases[i].name), cases[i].sides, cases[i].number);
        double got[] = {FIXED_PT(p->width) * 25.4 / 72,     FIXED_PT(p->style.margin[TOP].v),    FIXED_PT(p->style.margin[LEFT].v),
                        FIXED_PT(p->style.margin[RIGHT].v), FIXED_PT(p->style.margin[BOTTOM].v), FIXED_PT(p->bleed)};
        double want[] = {cases[i].w, cases[i].top, cases[i].left, cases[i].right, cases[i].bottom, cases[i].bleed};
        for (int k = 0; k < 6; k++)
            if (got[k] - want[k] > 0.1 || want[k] - got[k] > 0.1) fail_msg("page %zu, %d: %g, not %g", i, k, got[k], want[k]);
        assert_int_equal(p->boxes[BOX_BOTTOM_CENTER] != NULL, cases[i].foot);
        assert_int_equal(p->boxes[BOX_TOP_LEFT] != NULL, cases[i].head);
        assert_non_null(p->footnote);
        assert_ptr_equal(p, css_page(w.c, str_of(cases[i].name), cases[i].sides, cases[i].number));
    }
    assert_int_equal(css_page(w.c, STR(""), CSS_RIGHT, 3)->boxes[BOX_BOTTOM_CENTER]->text_align, ALIGN_CENTER);
    assert_null(css_sheet(w.c));
    drop(&w);
    w = make(":root{--w:100pt;--m:7pt} @page{size:var(--w) 200pt;margin:var(--m);bleed:var(--b,3pt);@top-left{content:var(--t,'x')}} "
             "@page:first{size:var(--none)}",
             "<p>");
    const struct page_style *v = css_page(w.c, STR(""), CSS_RIGHT | CSS_FIRST, 1);
    assert_int_equal(v->width, PT(100));
    assert_int_equal(v->style.margin[LEFT].v, PT(7));
    assert_int_equal(v->bleed, PT(3));
    assert_non_null(v->boxes[BOX_TOP_LEFT]);
    assert_non_null(strstr(said(&w), "K018"));
    drop(&w);
    w = make("@-letak-sheet{size:A4 landscape;scheme:letterfold;panel-trim:3mm;flip:short;marks:crop fold;bleed:3mm;creep:.1mm}", "<p>");
    const struct sheet_style *s = css_sheet(w.c);
    assert_int_equal(s->scheme, SHEET_LETTERFOLD);
    assert_int_equal(s->width, MM(297));
    assert_int_equal(s->panel_trim, MM(3));
    assert_true(s->crop_marks && s->fold_marks && !s->flip_long);
    assert_int_equal(s->at.line, 1);
    drop(&w);
    w = make("@-letak-sheet{scheme:n-up;gap:2mm 3mm;columns:2;rows:auto;repeat:sheet;sides:2;creep:.1mm 1.2;blank:refuse;overlap:0;marks:cross info}",
             "<p>");
    s = css_sheet(w.c);
    assert_int_equal(s->scheme, SHEET_N_UP);
    assert_true(s->row_gap == MM(2) && s->column_gap == MM(3) && s->columns == 2 && !s->rows && s->repeat == REPEAT_SHEET && s->both_sides);
    assert_true(s->creep_factor == 1.2 && s->blank == BLANK_REFUSE && !s->overlap && s->margin < 0 && !s->width);
    assert_true(s->cross_marks && s->info_marks && !s->crop_marks && !s->color_marks);
    drop(&w);
}

/* --- counters --- */
static void counters(void **state)
{
    (void)state;
    static const struct {
        const char *style;
        long n;
        const char *text;
    } cases[] = {{"decimal", 12, "12"},
                 {"decimal", -3, "-3"},
                 {"decimal", 0, "0"},
                 {"decimal-leading-zero", 7, "07"},
                 {"lower-roman", 4, "iv"},
                 {"upper-roman", 1999, "MCMXCIX"},
                 {"lower-roman", 0, "0"},
                 {"lower-roman", 4000, "4000"},
                 {"lower-alpha", 1, "a"},
                 {"lower-latin", 27, "aa"},
                 {"upper-alpha", 702, "ZZ"},
                 {"lower-alpha", 0, "0"},
                 {"lower-greek", 3, "γ"},
                 {"lower-cyrillic", 1, "а"},
                 {"lower-cyrillic", 6, "ђ"},
                 {"cyrillic", 30, "ш"},
                 {"cyrillic", 31, "аа"},
                 {"upper-cyrillic", 3, "В"},
                 {"азбучно", 2, "б"},
                 {"disc", 5, "•"},
                 {"none", 5, ""},
                 {"\"→\"", 5, "→"},
                 {"nonsense", 5, "5"},
                 {"persian", 10, "۱۰"},
                 {"star", 3, "***"},
                 {"abc", 4, "4"},
                 {"abc", 2, "Y"},
                 {"dice", 2, "2"},
                 {"mine", -5, "(5)"},
                 {"two", 5, "⑤"},
                 {"weights", 7, "VII"},
                 {"decimal", 2000000000, "1000000000"},
                 {"loop", 3, "3"}};
    struct world w =
        make("@counter-style star{system:symbolic;symbols:'*'} @counter-style abc{system:fixed;symbols:X Y Z} @counter-style mine{system:extends "
             "decimal;negative:'(' ')';suffix:') '} @counter-style two{system:fixed 5;symbols:⑤ ⑥}"
             "@counter-style weights{system:additive;additive-symbols:5 V, 1 I} @counter-style loop{system:fixed;symbols:a;fallback:loop}",
             "<p>");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str t = css_counter_text(w.c->arena, w.c, str_of(cases[i].style), cases[i].n);
        if (!str_is(t, cases[i].text)) fail_msg("%s %ld: %.*s", cases[i].style, cases[i].n, STR_ARG(t));
    }
    struct str before, after;
    css_counter_affixes(w.c, STR("mine"), &before, &after);
    assert_true(str_is(after, ") "));
    css_counter_affixes(w.c, STR("disc"), &before, &after);
    assert_true(str_is(after, " "));
    drop(&w);
}

/* --- what is said --- */
static void reports(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        /* css, messages ("" = none) */
        {"p{colour:red}", "x.css:1:3: warning K011: the property \"colour\" is not known (color?); letak help css lists the properties\n"},
        {"p{\n filter:blur(2px)}\nb{filter:blur(2px)} i{filter:none;word-break:normal;clip:auto}",
         "x.css:2:2: warning K012: the property \"filter\" is not carried out; change the image itself\n"},
        {"p{transform:rotate(NaN)}",
         "x.css:1:3: warning K014: \"transform\" cannot have the value \"rotate(NaN)\"; letak help transform lists the values\n"},
        {"p{transform:scale(1,2,3)}",
         "x.css:1:3: warning K014: \"transform\" cannot have the value \"scale(1,2,3)\"; letak help transform lists the values\n"},
        {"p{transform:translate(2deg)}",
         "x.css:1:3: warning K014: \"transform\" cannot have the value \"translate(2deg)\"; letak help transform lists the values\n"},
        {"p{transform:scale(2) none}",
         "x.css:1:3: warning K014: \"transform\" cannot have the value \"scale(2) none\"; letak help transform lists the values\n"},
        {"p{rotate:x 20deg}", "x.css:1:3: warning K013: the value \"x 20deg\" of \"rotate\" is not carried out; use one of: none | <angle>\n"},
        {"p{scale:1 2 3}",
         "x.css:1:3: warning K013: the value \"1 2 3\" of \"scale\" is not carried out; use one of: none | [ <number> | <percentage> ]{1,2}\n"},
        {"p{transform-origin:0 0 5px}",
         "x.css:1:3: warning K013: the value \"0 0 5px\" of \"transform-origin\" is not carried out; use one of: left | center | right | "
         "top | bottom | <length> | <percentage>, one or two\n"},
        {"p{transform:rotate(-.25turn) skew(10grad,1rad) matrix(1,0,0,1,2,3) translateY(10%)scale(50%);rotate:z "
         "0deg;scale:1e308;transform-origin:left 2mm;"
         "hyphenate-limit-chars:auto;hyphenate-limit-lines:no-limit;hyphenate-limit-zone:5%}",
         ""},
        {"p{float:up}", "x.css:1:3: warning K014: \"float\" cannot have the value \"up\"; letak help float lists the values\n"},
        {"p{caption-side:left}",
         "x.css:1:3: warning K014: \"caption-side\" cannot have the value \"left\"; letak help caption-side lists the values\n"},
        {"p{position:fixed}", "x.css:1:3: warning K013: the value \"fixed\" of \"position\" is not carried out; use one of: static | relative | "
                              "absolute | running(<name>)\n"},
        {"p{width:10vw}", "x.css:1:3: warning K013: the value \"10vw\" of \"width\" is not carried out; use one of: auto | <length> | <percentage> | "
                          "min-content | max-content | fit-content\n"},
        {"p{size:A4}", "x.css:1:3: warning K015: \"size\" has no meaning in { }; move it to @page\n"},
        {"p{cursor:pointer;-webkit-foo:1;-moz-appearance:none}", ""},
        {"p::selection{color:red} p:hover{color:red} @keyframes x{from{top:0}}", ""},
        {"p:foo(x){color:red}",
         "x.css:1:3: warning K016: the selector \"p:foo(x)\" is not understood; its whole rule is left out; mend it or write it in another way\n"},
        {"@layer a{p{color:red}}",
         "x.css:1:1: warning K017: the rule @layer is not carried out; write its rules without @layer, in the order that they should win\n"},
        {"@foo{}", "x.css:1:1: warning K017: the rule @foo is not carried out; mend its name or remove it\n"},
        {"p{color:var(--x)}",
         "x.css:1:3: warning K018: the variable --x of \"color\" has no value here; set it on :root, or write var(--x, value)\n"},
        {"@import 'nowhere.css';",
         "x.css:1:1: error K019: there is no file \"nowhere.css\"; check the path: it counts from the folder of the style sheet\n"},
        {"@import 'http://x/y.css';",
         "x.css:1:1: error K025: \"http://x/y.css\" would have to be fetched from the network; download the file into the site and name it there\n"},
        {"@import '/etc/passwd';", "x.css:1:1: error K024: \"/etc/passwd\" lies outside the folder that may be read; copy the file into the site\n"},
        {"p{color:red} @import 'a.css';", "x.css:1:14: warning K023: the rule @import cannot stand here; move it to the top of the style sheet\n"},
        {"@import 'nowhere.css' screen;", ""},
        {"@font-face{font-family:x}", "x.css:1:1: warning K020: @font-face lacks src; write font-family and src with a url() or local()\n"},
        {"@page{@middle{}}", "x.css:1:7: warning K017: the rule @middle is not carried out; the boxes of a page are @top-left … @footnote\n"},
        {"@page{size:A99}", "x.css:1:7: warning K014: \"size\" cannot have the value \"A99\"; letak help size lists the values\n"},
        {"@-letak-sheet{scheme:cross}", "x.css:1:15: error K022: @-letak-sheet: \"scheme\" cannot be \"cross\"; write none | bifold | letterfold | "
                                        "zfold | gatefold | saddle | n-up | poster | "
                                        "tiles; letak help @-letak-sheet says what it means\n"},
        {"@-letak-sheet{gap:-2mm}",
         "x.css:1:15: error K022: @-letak-sheet: \"gap\" cannot be \"-2mm\"; write <length>{1,2}; letak help @-letak-sheet says what it means\n"},
        {"@-letak-sheet{size:0 210mm}", "x.css:1:15: error K022: @-letak-sheet: \"size\" cannot be \"0 210mm\"; write as size of @page; letak help "
                                        "@-letak-sheet says what it means\n"},
        {"@-letak-sheet{creep:5mm}", "x.css:1:15: error K022: @-letak-sheet: \"creep\" cannot be \"5mm\"; write <length> <number>?; letak help "
                                     "@-letak-sheet says what it means\n"},
        {"@-letak-sheet{marks:none crop}", "x.css:1:15: error K022: @-letak-sheet: \"marks\" cannot be \"none crop\"; write none | [ crop || fold || "
                                           "cross || colors || info ]; letak help @-letak-sheet says what it means\n"},
        {"@-letak-sheet{colums:2}",
         "x.css:1:15: error K028: @-letak-sheet has no \"colums\" (columns?); letak help @-letak-sheet lists what it has\n"},
        {"p{color red}", "x.css:1:3: warning K010: this is not CSS: color; mend or remove it\n"},
        {"p{color:red}b", "x.css:1:13: warning K010: this is not CSS: b; mend or remove it\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world w = make(cases[i][0], "<p>x");
        const char *z = said(&w);
        if (strcmp(z, cases[i][1])) fail_msg("%s\n  %s  %s", cases[i][0], z, cases[i][1]);
        drop(&w);
    }
}

/* Every row of the table: its initial value is one it accepts, inherited members stand in the inherited part of struct style, the manual knows it. */
static void table(void **state)
{
    (void)state;
    struct world w = make("", "<p>");
    for (int p = 1; p < PROP_LONGHANDS; p++) {
        const struct property *row = css_property((enum prop)p);
        struct style s = w.c->initial;
        struct ctx x = {.css = w.c, .arena = w.c->arena, .s = &s, .parent = &w.c->initial, .root = &w.c->initial};
        if (!css_set(&x, (enum prop)p, css_tokens(w.c->arena, str_of(row->initial), 1, 1))) fail_msg("%s: %s", row->name, row->initial);
        if (row->inherited != (row->at < offsetof(struct style, display))) fail_msg("%s is in the wrong part of struct style", row->name);
        if (!css_supports(w.c, str_of(row->name), css_tokens(w.c->arena, str_of(row->initial), 1, 1))) fail_msg("%s", row->name);
        for (int lang = 0; lang < 2; lang++) {
            struct buf b = {0};
            assert_true(css_help(&b, str_of(row->name), lang ? DIAG_SR : DIAG_EN));
            if (!strstr(b.s, row->name) || !strstr(b.s, row->initial)) fail_msg("%s: %s", row->name, b.s);
            buf_close(&b);
        }
    }
    struct buf b = {0};
    assert_true(css_help(&b, STR(""), DIAG_EN));
    assert_false(css_help(&b, STR("no-such"), DIAG_EN));
    buf_close(&b);
    drop(&w);
}

/* --- files: @import, <link>, @font-face, and what may not be read --- */
static bool compiled(void *ctx, const char *path, struct str *text)
{
    (void)ctx;
    if (strcmp(path, "inner/compiled.css")) return false;
    *text = STR("p{margin-left:3pt;background-image:url(x.png)}");
    return true;
}
static void put(const char *dir, const char *name, const char *text)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    assert_true(file_write(path, str_of(text)));
}
static void files(void **state)
{
    (void)state;
    struct arena a = {0};
    char dir[] = "/tmp/letak-css-XXXXXX", path[300], link[300];
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/site/sub", dir);
    assert_true(file_mkdirs(path));
    put(dir, "secret.css", "p{color:red}");
    put(dir, "site/a.css", "@import url(sub/b.css) print; @import 'a.css'; p{margin-top:1pt}");
    put(dir, "site/sub/b.css",
        "@import '../c.css'; p{margin-right:2pt;background:url(b.png)} @font-face{font-family:F;src:local(Nothing),url(f.ttf)} "
        "@font-face{font-family:'G H';font-weight:bold;font-style:italic;src:url('f.ttf') format('truetype')}");
    put(dir, "site/c.css", "p{margin-bottom:4pt}");
    put(dir, "site/sub/f.ttf", "x");
    snprintf(path, sizeof path, "%s/secret.css", dir);
    snprintf(link, sizeof link, "%s/site/link.css", dir);
    assert_int_equal(symlink(path, link), 0);
    snprintf(path, sizeof path, "%s/site", dir);
    struct diag *d = diag_new(DIAG_EN);
    struct css_options o = {.base = path, .root = path, .load = compiled};
    xmlDoc *doc = dom_read_html(
        &a,
        STR("<link rel='stylesheet alternate' href=a.css><link rel=stylesheet media=screen href=no.css><link rel=icon href=no.css><link "
            "rel=stylesheet href=../secret.css><link rel=stylesheet href=link.css><style>@import 'inner/compiled.css';</style><p id=t>"),
        "x.html", d);
    struct css *c = css_open(&a, d, &o);
    css_cascade(c, doc);
    const struct style *s = DOM_INFO(dom_by_id(doc, STR("t")))->style;
    struct buf b = {0};
    show(&b, s, "margin");
    show(&b, s, "color");
    assert_string_equal(b.s, "1 2 4 3000000");
    assert_true(str_is(s->background_image, "inner/x.png"));
    const struct font_face *f;
    assert_int_equal(css_font_faces(c, &f), 2);
    assert_true(str_is(f[0].local, "Nothing") && !f[0].path.n);
    assert_true(str_ends(f[1].path, "site/sub/f.ttf") && f[1].weight == 700 && f[1].italic && str_is(f[1].family, "G H"));
    buf_reset(&b);
    diag_write(d, &b, false, false);
    static const char *const expected[] = {"K024: \"../secret.css\"", "K024: \"link.css\"", "K026: the style sheet \"a.css\""};
    for (size_t i = 0; i < 3; i++)
        if (!strstr(b.s, expected[i])) fail_msg("%s in %s", expected[i], b.s);
    buf_close(&b);
    dom_close(doc);
    diag_close(d);
    arena_close(&a);
    file_remove_tree(dir);
}

/* An assertion inside libgumbo fails on these: a message, and the next document is read. */
static void parser_at_fault(void **state)
{
    (void)state;
    static const char *const odd[] = {"<table><math><mi><![CDATA[ a ]]> b", "<table><svg><title><![CDATA[a]]>b</table>"};
    for (size_t i = 0; i < 2; i++) {
        struct arena a = {0};
        struct diag *d = diag_new(DIAG_EN);
        struct buf b = {0};
        dom_close(dom_read_html(&a, str_of(odd[i]), "x.html", d));
        xmlDoc *doc = dom_read_html(&a, STR("<p id=t>read"), "y.html", d);
        assert_non_null(dom_by_id(doc, STR("t")));
        diag_write(d, &b, false, false);
        if (!b.s || !str_starts(buf_view(&b), "x.html: error K027") || strstr(b.s, "y.html")) fail_msg("%s: %s", odd[i], b.s ? b.s : "");
        buf_close(&b);
        dom_close(doc);
        diag_close(d);
        arena_close(&a);
    }
}

/* --- text that the parser does not see (withhold.h): the tree and its places are those of the parser that sees all --- */
static char *tree_of(const char *html)
{
    struct arena a = {0};
    struct diag *d = diag_new(DIAG_EN);
    struct buf b = {0};
    xmlDoc *doc = dom_read_html(&a, str_of(html), "x.html", d);
    dom_dump(&b, doc);
    dom_close(doc);
    diag_close(d);
    arena_close(&a);
    return b.s;
}
static void same_tree(const char *html)
{
    struct buf withheld = {0}, seen = {0}; /* of a text with a character of plane 16 nothing is withheld; no comment is part of the tree */
    buf_printf(&withheld, "<!--y-->\n%s", html), buf_printf(&seen, "<!--\xF4\x80\x80\x80-->\n%s", html);
    struct withheld none = withhold(buf_view(&seen));
    assert_int_equal(none.n, 0);
    char *is = tree_of(withheld.s), *should = tree_of(seen.s);
    if (strcmp(is, should) != 0) fail_msg("%s\nis\n%s\nshould be\n%s", html, is, should);
    free(is), free(should);
    buf_close(&withheld), buf_close(&seen);
}
static void withheld_text(void **state)
{
    (void)state;
    static const char *const pieces[] = {"<p>",
                                         "</p>",
                                         "<p class='a > longer than six'>",
                                         "<b title=\"x > y, longer still\" id=q>",
                                         "</b>",
                                         "<i>",
                                         "</i>",
                                         "<table>",
                                         "</table>",
                                         "<tr>",
                                         "<td>",
                                         "<th>",
                                         "<colgroup>",
                                         "<col>",
                                         "<caption>",
                                         "</td>",
                                         "<select>",
                                         "<option>",
                                         "</select>",
                                         "<title>",
                                         "</title>",
                                         "<style>",
                                         "</style>",
                                         "<textarea>",
                                         "</textarea>",
                                         "<script>",
                                         "</script>",
                                         "<pre>\n",
                                         "</pre>",
                                         "<svg>",
                                         "<text>",
                                         "</svg>",
                                         "<!-- a > long comment -->",
                                         "<!-- a > long comment --!>",
                                         "<section>",
                                         "</section>",
                                         "<ul><li>",
                                         "<a href=x>",
                                         "</a>",
                                         "<br/>",
                                         "<h1>",
                                         "<",
                                         ">",
                                         "&amp;",
                                         "&notit long text;",
                                         "&notin",
                                         "&#1078;",
                                         "&#x436",
                                         "\"",
                                         "'",
                                         "=",
                                         "-",
                                         "--",
                                         "!",
                                         "/",
                                         "]]>",
                                         "\t",
                                         "\n",
                                         " ",
                                         "  \n ",
                                         "а",
                                         "Жена",
                                         "дете и стара кућа, ",
                                         "long line of text",
                                         "line\nand line\n",
                                         "1234,00",
                                         "(šest)",
                                         "\xC2\xA0",
                                         "\xC2\xADместо",
                                         "\xE2\x80\x94",
                                         "\xF0\x9F\x98\x80",
                                         "\xEF\xBB\xBF",
                                         "<body>",
                                         "</body>",
                                         "<html lang=sr>",
                                         "</html>",
                                         "<head>",
                                         "</head>",
                                         "<!doctype html>",
                                         "<noscript>",
                                         "<math><mi>",
                                         "<p/"};
    enum { PIECES = sizeof pieces / sizeof *pieces };
    uint32_t seed = 7;
    struct buf b = {0};
    size_t held = 0;
    for (int k = 0; k < 4000; k++) {
        buf_reset(&b);
        for (int i = 0; i < 4 + k % 40; i++) buf_puts(&b, pieces[(seed = seed * 1664525 + 1013904223) % 0x10000 * PIECES / 0x10000]);
        same_tree(b.s);
        struct withheld w = withhold(buf_view(&b));
        held += w.n;
        withhold_close(&w);
    }
    buf_close(&b);
    assert_true(held > 10000);
    same_tree("<p>много обичног текста који парсер не види</p>\n<p>још један\nред и још један</p><b>Ж</b> <i>и</i> па крај<u></u>");
    static const char *const whole[] = {"<template><col>a blank stays in columns, letters do not</template><p>",
                                        "<p>some text that is &#xF0000; long enough to be kept back of itself</p>",
                                        "<frameset>text of a frameset, which keeps its blanks</frameset><p>",
                                        "<p>lines that end in two characters\r\nas on other machines, read as they come",
                                        "<p>malformed \xC3\x28 and long enough to be kept back but for that <b>x"};
    for (size_t i = 0; i < 5; i++) { /* nothing is withheld of these */
        struct withheld w = withhold(str_of(whole[i]));
        assert_int_equal(w.n, 0);
        withhold_close(&w);
    }
}

/* --- hostile: bounded time and memory, a message, no crash --- */
static char *repeat(struct arena *a, const char *piece, int n)
{
    struct buf b = {0};
    for (int i = 0; i < n; i++) buf_puts(&b, piece);
    char *z = arena_copy(a, b.s, b.n);
    buf_close(&b);
    return z;
}
static void hostile(void **state)
{
    (void)state;
    struct arena a = {0};
    struct world w = make("", repeat(&a, "<div>", 100000));
    assert_non_null(strstr(said(&w), "K001"));
    drop(&w);
    w = make("", repeat(&a, "<ul><li>", 10000));
    assert_non_null(strstr(said(&w), "K001"));
    drop(&w);
    w = make("", repeat(&a, "<svg><TITLE>a</title></svg><textarea><b></textarea>", 25000)); /* raw texts that end are not nested */
    assert_string_equal(said(&w), "");
    drop(&w);
    w = make("", repeat(&a, "<title></a>", 300000)); /* one search for the end, not one for each: that took minutes */
    assert_string_equal(said(&w), "");
    drop(&w);
    w = make("", repeat(&a, "<a</a", 300000)); /* the same of tags without an end */
    drop(&w);
    w = make("", repeat(&a, "<b><p>x", 3000));
    drop(&w);
    w = make("", repeat(&a, "<table>", 3000));
    drop(&w);
    w = make("a ~ b ~ c ~ p{color:red} p p p p p p b{color:red} :has(x){color:red} p:nth-last-of-type(7){color:red}", repeat(&a, "<p>x</p>", 20000));
    drop(&w);
    static const struct {
        const char *head, *piece, *tail;
    } sheets[] = {{"", ":is(", "{}"},
                  {"", ":not(a", "{}"},
                  {"", "a ", "{color:red}"},
                  {"", "a,", "a{color:red}"},
                  {"@media ", "(", "{}"},
                  {"", "@media print{", ""},
                  {"@supports ", "(", "{}"},
                  {"@supports ", "not (", ""},
                  {"p{width:", "calc(", "}"},
                  {"p{width:calc(1pt", "+1pt", ")}"},
                  {"p{font-family:", "a,", "b}"},
                  {"p{counter-reset:", "a ", "}"},
                  {"p{content:", "'x'", "}"},
                  {"p{", "color:red;", "}"},
                  {"p{", "--a:var(--a)", "}"},
                  {"p{--a:x;color:", "var(--a,", "}"},
                  {"@page ", ":first", "{}"},
                  {"@counter-style x{symbols:", "a ", "}"},
                  {"p{quotes:", "'a''b'", "}"},
                  {"p{background:", "url(x),", "}"},
                  {"@import url(", "../", "x)"}};
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        struct buf b = {0};
        buf_puts(&b, sheets[i].head);
        for (int k = 0; k < 20000; k++) buf_puts(&b, sheets[i].piece);
        buf_puts(&b, sheets[i].tail);
        w = make(b.s, "<p>x");
        drop(&w);
        buf_close(&b);
    }
    /* variables that double each time: 2^30 tokens if nobody counts */
    struct buf b = {0};
    buf_puts(&b, ":root{--x0:a a");
    for (int i = 1; i < 30; i++) buf_printf(&b, ";--x%d:var(--x%d) var(--x%d)", i, i - 1, i - 1);
    buf_puts(&b, "} p{font-family:var(--x29)}");
    w = make(b.s, "<p>x");
    drop(&w);
    buf_close(&b);
    arena_close(&a);
}

int main(void)
{
    dom_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(tree),         cmocka_unit_test(selectors), cmocka_unit_test(specificity),
                                       cmocka_unit_test(computed),     cmocka_unit_test(sharing),   cmocka_unit_test(pages),
                                       cmocka_unit_test(counters),     cmocka_unit_test(reports),   cmocka_unit_test(table),
                                       cmocka_unit_test(files),        cmocka_unit_test(hostile),   cmocka_unit_test(parser_at_fault),
                                       cmocka_unit_test(withheld_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
