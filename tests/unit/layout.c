/* layout.c: what would hurt a reader: lost text, lost footnotes, tables torn apart, wrong page breaks, documents that never end. Each row is a small
 * document and what must be true of its frames. Goldens of whole dumps stand in tests/layout/. */
#include "base/file.h"
#include "layout/layout.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

struct doc {
    struct arena a;
    struct diag *d;
    struct text *t;
    struct css *css;
    xmlDoc *xml;
    struct frames f;
    struct buf said;
};

static void open_doc_in(struct doc *x, const char *folder, const char *html)
{
    *x = (struct doc){.d = diag_new(DIAG_EN)};
    struct css_options co = {.base = folder, .root = folder};
    struct layout_options lo = {.base = folder, .root = folder};
    x->xml = dom_read_html(&x->a, str_of(html), "t.html", x->d);
    x->css = css_open(&x->a, x->d, &co);
    css_cascade(x->css, x->xml);
    x->t = text_open(x->d);
    assert_true(layout_document(&x->a, x->css, x->xml, x->t, &lo, x->d, &x->f));
    diag_write(x->d, &x->said, false, false);
}

static void open_doc(struct doc *x, const char *html) { open_doc_in(x, "tests/layout", html); }

static void close_doc(struct doc *x)
{
    text_close(x->t);
    dom_close(x->xml);
    diag_close(x->d);
    buf_close(&x->said);
    arena_close(&x->a);
}

/* Text of a page in painting order, artifacts included or not. */
static struct str page_text(struct doc *x, size_t p, bool artifacts)
{
    struct buf b = {0};
    buf_puts(&b, "");
    for (size_t i = 0; p < x->f.n_pages && i < x->f.pages[p].n; i++) {
        const struct item *it = &x->f.pages[p].items[i];
        if (it->kind != ITEM_TEXT || (it->tag != NULL) == artifacts) continue;
        buf_str(&b, it->u.text->text);
        if (!b.n || b.s[b.n - 1] != ' ') buf_putc(&b, ' '); /* lines that end in <br> bring their own */
    }
    struct str s = buf_copy(&x->a, &b);
    buf_close(&b);
    return s;
}

static bool has(struct str s, const char *z) { return str_search(s, z) != SIZE_MAX; }

static size_t count(struct str s, const char *z)
{
    size_t n = 0, at;
    for (; (at = str_search(s, z)) != SIZE_MAX; n++) s = str_from(s, at + 1);
    return n;
}

static size_t tags_of(const struct tag *t, enum tag_type type)
{
    size_t n = t->type == type;
    for (const struct tag *c = t->first; c; c = c->next) n += tags_of(c, type);
    return n;
}

/* --- orphans and widows: lines of 10 pt, pages of 10 lines, one filler of k lines, then a paragraph of n --- */
static void page_breaks(void **state)
{
    (void)state;
    static const struct {
        int before, lines, orphans, widows;
        size_t first; /* lines of the paragraph on page 1 */
    } ROWS[] = {
        {5, 5, 2, 2, 5}, {5, 6, 2, 2, 4}, {5, 7, 2, 2, 5}, {9, 4, 2, 2, 0}, {8, 3, 2, 2, 0},
        {8, 4, 2, 2, 2}, {8, 3, 1, 1, 2}, {6, 6, 2, 4, 2}, {6, 6, 4, 4, 0}, {7, 4, 3, 1, 3},
    };
    for (size_t r = 0; r < sizeof ROWS / sizeof *ROWS; r++) {
        struct buf h = {0};
        buf_printf(&h,
                   "<!DOCTYPE html><style>@page{size:200pt 100pt;margin:0}html{font:8pt/10pt serif}p{margin:0;orphans:%d;widows:%d}</style><p "
                   "style='orphans:1;widows:1'>",
                   ROWS[r].orphans, ROWS[r].widows);
        for (int i = 0; i < ROWS[r].before; i++) buf_puts(&h, i ? "<br>f" : "f");
        buf_puts(&h, "<p>");
        for (int i = 0; i < ROWS[r].lines; i++) buf_puts(&h, i ? "<br>X" : "X");
        struct doc x;
        open_doc(&x, h.s);
        size_t first = count(page_text(&x, 0, false), "X"), second = count(page_text(&x, 1, false), "X");
        if (first != ROWS[r].first || first + second != (size_t)ROWS[r].lines)
            fail_msg("row %zu: %zu lines on page 1, %zu on page 2, wanted %zu of %d", r, first, second, ROWS[r].first, ROWS[r].lines);
        close_doc(&x);
        buf_close(&h);
    }
}

/* --- one row: a document, how many pages, what stands (or does not) on one of them --- */
#define CSS(page) "<!DOCTYPE html><style>@page{size:200pt 100pt;margin:0 0 " page "}html{font:8pt/10pt serif}p,h1,h2{margin:0;font:8pt/10pt serif}"
#define L5 "a<br>b<br>c<br>d<br>e"
static void pages(void **state)
{
    (void)state;
    static const struct {
        const char *name, *html;
        size_t n;
        int page;
        const char *with, *without;
    } ROWS[] = {
        {"heading stays with its text", CSS("0") "</style><p>" L5 "<br>f<br>g<br>h<br>i<h1>HEAD</h1><p>" L5, 2, 1, "HEAD", NULL},
        {"avoid inside moves whole", CSS("0") "</style><p>" L5 "<div style='break-inside:avoid'><p>" L5 "<p>LAST</div>", 2, 1, "a b c d e LAST",
         NULL},
        {"forced break", CSS("0") "</style><p>a<p style='break-before:page'>SECOND", 2, 1, "SECOND", "a"},
        {"forced break rises to the parent", CSS("0") "</style><p>a<section><div><p style='break-before:page'>SECOND</div></section>", 2, 1, "SECOND",
         NULL},
        {"break to the right page inserts a blank one", CSS("0") "</style><p>a<p style='break-before:right'>THIRD", 3, 2, "THIRD", NULL},
        {"named page", CSS("0") "@page wide{size:300pt 50pt}.w{page:wide}</style><p>a<p class=w>WIDE<p>c", 3, 1, "WIDE", "c"},
        {"margin at an unforced break vanishes", CSS("0") "</style><p>" L5 "<br>f<br>g<br>h<br>i<br>j<p style='margin-top:95pt'>NEXT<br>k", 2, 1,
         "NEXT k", NULL},
        {"string() of the page's first",
         CSS("20pt") "@page{@bottom-left{content:string(s)}}p{string-set:s content()}</style><p>ONE<p style='break-before:page'>TWO<p>THREE", 2, -2,
         "TWO", "THREE"},
        {"string() carried on",
         CSS("20pt") "@page{@bottom-left{content:string(s)}}.s{string-set:s content()}</style><p class=s>ONE<p style='break-before:page'>x", 2, -2,
         "ONE", NULL},
        {"page counters", CSS("20pt") "@page{@bottom-left{content:counter(page) '/' counter(pages)}}</style><p>a<p style='break-before:page'>b", 2,
         -2, "2 / 2", NULL},
        {"running element, carried on",
         CSS("20pt") "@page{@bottom-left{content:element(h)}}.h{position:running(h)}</style><div class=h>RUNS</div><p>a<p "
                     "style='break-before:page'>b",
         2, -2, "RUNS", NULL},
        {"running element leaves the flow",
         CSS("20pt") "@page{@bottom-left{content:element(h)}}.h{position:running(h)}</style><div class=h>RUNS</div><p>a", 1, 0, "a", "RUNS"},
        {"counter(page) in the text", CSS("0") "p::before{content:'on' counter(page) ' '}</style><p>a<p style='break-before:page'>b", 2, 1, "on 2",
         NULL},
        {"counter-reset: page",
         CSS("20pt") "@page{@bottom-left{content:counter(page, lower-roman)}}.r{counter-reset:page 7}</style><p>a<p class=r "
                     "style='break-before:page'>b",
         2, -2, "vii", NULL},
        {"target-counter",
         CSS("0") "a::after{content:' p' target-counter(attr(href url),page)}</style><p><a href='#z'>see</a><p style='break-before:page'>x<p id=z "
                  "style='break-before:page'>Z",
         3, 0, "p 3", NULL},
        {"target-text, target of a counter",
         CSS("0") "h1{counter-increment:c}a::after{content:target-text(attr(href url)) '=' target-counter(attr(href url),c)}</style><p><a "
                  "href='#z'></a><h1>A</h1><h1 id=z>Bee</h1>",
         1, 0, "Bee = 2", NULL},
        {"nested counters",
         CSS("0") "ol{counter-reset:i;list-style:none}li{counter-increment:i}li::before{content:counters(i,'.') ' "
                  "'}</style><ol><li>x<ol><li>y<li>z</ol><li>w</ol>",
         1, 0, "1.2", "1.3"},
        {"quotes by language", "<!DOCTYPE html><html lang=sr><style>html{font:8pt serif}</style><q>a <q>b</q></q>", 1, 0, "„", "\""},
        {"text in a fixed height is not lost", CSS("0") "</style><div style='height:20pt'><p>" L5 "</div><p>AFTER", 1, 0, "e", NULL},
        {"a row higher than the page breaks inside", CSS("0") "</style><table><tr><td>" L5 "<br>" L5 "<br>" L5 "<br>END<td>x</table>", 2, 1, "END",
         NULL},
        {"columns balance", CSS("0") "div{columns:2;orphans:1;widows:1}</style><div>a<br>b<br>c<br>d</div><p>AFTER", 1, 0, "AFTER", NULL},
        {"columns go on", CSS("0") "div{columns:2;orphans:1;widows:1}</style><div>" L5 "<br>" L5 "<br>" L5 "<br>" L5 "<br>k<br>END</div>", 2, 1,
         "END", NULL},
        {"flex line breaks as a row does",
         CSS("0") ".f{display:flex}</style><div class=f><div>" L5 "<br>" L5 "<br>" L5 "<br>END</div><div>x</div></div>", 2, 1, "END", NULL},
        {"absolute from the page", CSS("0") "</style><p>a<p style='position:absolute;bottom:0;right:0'>ABS", 1, 0, "ABS", NULL},
        {"aria-hidden is an artifact", CSS("0") "</style><p>a<span aria-hidden=true>HID</span>", 1, -1, "HID", NULL},
        {"an image that cannot be read leaves its text", CSS("0") "</style><p><img src=nix.png alt='ALTTEXT'>", 1, 0, "ALTTEXT", NULL},
    };
    for (size_t r = 0; r < sizeof ROWS / sizeof *ROWS; r++) {
        struct doc x;
        open_doc(&x, ROWS[r].html);
        bool artifacts = ROWS[r].page < 0; /* -1, -2: artifacts of page 1, 2 */
        struct str t = page_text(&x, (size_t)(artifacts ? -ROWS[r].page - 1 : ROWS[r].page), artifacts);
        if (x.f.n_pages != ROWS[r].n) fail_msg("%s: %zu pages, wanted %zu", ROWS[r].name, x.f.n_pages, ROWS[r].n);
        if (!has(t, ROWS[r].with)) fail_msg("%s: no \"%s\" in \"%.*s\"", ROWS[r].name, ROWS[r].with, STR_ARG(t));
        if (ROWS[r].without && has(t, ROWS[r].without)) fail_msg("%s: \"%s\" in \"%.*s\"", ROWS[r].name, ROWS[r].without, STR_ARG(t));
        close_doc(&x);
    }
}

/* --- a table over pages: every row once, the head again on each page as decoration, one Table --- */
static void tables(void **state)
{
    (void)state;
    struct buf h = {0};
    buf_puts(&h, CSS("0") "table{border-collapse:collapse}td,th{border:1pt solid}</style><table><thead><tr><th>HEAD<th>x</thead>");
    for (int i = 0; i < 60; i++) buf_printf(&h, "<tr><td%s>R%03d</td>%s", i % 7 == 0 ? " rowspan=2" : "", i, i % 7 == 1 ? "" : "<td>v<br>w");
    buf_puts(&h, "</table>");
    struct doc x;
    open_doc(&x, h.s);
    assert_true(x.f.n_pages > 10);
    char name[8];
    for (int i = 0; i < 60; i++) {
        size_t n = 0;
        snprintf(name, sizeof name, "R%03d", i);
        for (size_t p = 0; p < x.f.n_pages; p++) n += count(page_text(&x, p, false), name) + count(page_text(&x, p, true), name);
        if (n != 1) fail_msg("row %s stands %zu times", name, n);
    }
    for (size_t p = 0; p < x.f.n_pages; p++) {
        assert_int_equal(count(page_text(&x, p, false), "HEAD"), p == 0);
        assert_int_equal(count(page_text(&x, p, true), "HEAD"), p != 0);
        for (size_t i = 0; i < x.f.pages[p].n; i++)
            if (x.f.pages[p].items[i].kind == ITEM_TEXT) assert_in_range(x.f.pages[p].items[i].y, 0, PT(101));
    }
    assert_int_equal(tags_of(x.f.root, TAG_TABLE), 1);
    assert_int_equal(tags_of(x.f.root, TAG_TR), 61);
    assert_int_equal(tags_of(x.f.root, TAG_TH), 2);
    close_doc(&x);
    buf_close(&h);
}

/* --- footnotes: on the page of their call, in order, never lost, never over the text --- */
static void footnotes(void **state)
{
    (void)state;
    struct buf h = {0};
    buf_puts(&h, "<!DOCTYPE html><style>@page{size:200pt 150pt;margin:10pt}html{font:8pt/10pt serif}p{margin:0}.f{float:footnote}</style>");
    unsigned seed = 7;
    for (int i = 0; i < 60; i++) {
        buf_printf(&h, "<p>word word word call%02dc<span class=f>note%02dn", i, i);
        seed = seed * 1103515245u + 12345u;
        for (unsigned k = (seed >> 16) % 40; k > 0; k--) buf_puts(&h, " text");
        buf_printf(&h, " end%02de</span> word word word word word word word word</p>", i);
    }
    struct doc x;
    open_doc(&x, h.s);
    for (int i = 0; i < 60; i++) {
        char call[8], note[8], end[8];
        snprintf(call, sizeof call, "call%02dc", i);
        snprintf(note, sizeof note, "note%02dn", i);
        snprintf(end, sizeof end, "end%02de", i);
        size_t called = SIZE_MAX, began = SIZE_MAX, ended = SIZE_MAX, n = 0;
        for (size_t p = 0; p < x.f.n_pages; p++) {
            struct str t = page_text(&x, p, false);
            if (has(t, call)) called = p;
            if (has(t, note)) began = p;
            if (has(t, end)) ended = p;
            n += count(t, note) + count(t, end);
        }
        if (n != 2 || began != called || ended < began)
            fail_msg("note %d: call on page %zu, begins on %zu, ends on %zu, %zu pieces", i, called, began, ended, n);
    }
    assert_int_equal(tags_of(x.f.root, TAG_NOTE), 60);
    for (size_t p = 0; p < x.f.n_pages; p++) /* baselines go down the page: nothing lies over something else */
        for (size_t i = 0; i < x.f.pages[p].n; i++)
            if (x.f.pages[p].items[i].kind == ITEM_TEXT) assert_in_range(x.f.pages[p].items[i].y, PT(10), PT(140));
    close_doc(&x);
    buf_close(&h);
}

/* --- conservation: each word of a random document stands in the tagged text exactly once, and in order along the tags --- */
static unsigned rnd(unsigned *s)
{
    *s = *s * 1103515245u + 12345u;
    return *s >> 16 & 0x7fff;
}

static void inside(struct buf *h, unsigned *s, int *word, int depth)
{
    static const char *const OPEN[] = {"<p>",
                                       "<div>",
                                       "<ul><li>",
                                       "<blockquote>",
                                       "<table><tr><td>",
                                       "<div style='display:flex'><div>",
                                       "<div style='columns:2'>",
                                       "<h2>",
                                       "<div style='border:1pt solid;padding:3pt'>",
                                       "<div style='position:relative;overflow:hidden'>",
                                       "<div style='break-inside:avoid'>",
                                       "<section style='break-before:page'>",
                                       "<b>",
                                       "<span style='display:inline-block'>"};
    static const char *const CLOSE[] = {"</p>",  "</div>", "</ul>",  "</blockquote>", "</table>",   "</div></div>", "</div>",
                                        "</h2>", "</div>", "</div>", "</div>",        "</section>", "</b>",         "</span>"};
    for (unsigned n = 1 + rnd(s) % 4; n > 0; n--) {
        unsigned k = rnd(s) % 22;
        if (k < 14 && depth < 6) {
            buf_puts(h, OPEN[k]);
            inside(h, s, word, depth + 1);
            buf_puts(h, CLOSE[k]);
        } else if (k < 16) {
            buf_printf(h, "<span class=f>w%05d</span> ", (*word)++);
        } else
            for (unsigned w = rnd(s) % 30; w > 0; w--) buf_printf(h, "w%05d ", (*word)++);
    }
}

static void conservation(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 150; seed++) {
        struct buf h = {0};
        unsigned s = seed;
        int words = 0;
        buf_puts(&h, "<!DOCTYPE html><style>@page{size:160pt 120pt;margin:8pt}html{font:8pt/10pt serif}.f{float:footnote}h2{font-size:10pt}</style>");
        for (int i = 0; i < 6; i++) inside(&h, &s, &words, 0);

        struct doc x;
        open_doc(&x, h.s);
        unsigned char *seen = calloc((size_t)words + 1, 1);
        for (size_t p = 0; p < x.f.n_pages; p++) {
            struct str t = page_text(&x, p, false);
            size_t at;
            while ((at = str_search(t, "w")) != SIZE_MAX) {
                t = str_from(t, at + 1);
                long n;
                if (t.n >= 5 && str_int(str_part(t, 0, 5), &n) && n < words) seen[n]++;
            }
        }
        for (int i = 0; i < words; i++)
            if (seen[i] != 1) {
                file_write("/tmp/letak-conservation.html", buf_view(&h));
                fail_msg("seed %u: word %d stands %d times; the document is /tmp/letak-conservation.html", seed, i, seen[i]);
            }
        free(seen);
        close_doc(&x);
        buf_close(&h);
    }
}

/* --- widths of margin boxes (Paged Media 3, 5.3.2): positions of their text on a page of 400 pt without side margins --- */
static void margins(void **state)
{
    (void)state;
    static const struct {
        const char *css;
        const char *text;
        double low, high;
    } ROWS[] = {
        {"@top-left{content:'LL'}@top-right{content:'RR'}", "LL", 0, 1},
        {"@top-left{content:'LL'}@top-right{content:'RR'}", "RR", 380, 400},
        {"@top-center{content:'CC'}", "CC", 185, 205},
        {"@top-left{content:'a very long running head indeed'}@top-center{content:'CC'}", "CC", 185, 205},
        {"@top-left{content:'LL';width:100pt;text-align:right}", "LL", 80, 100},
        {"@bottom-center{content:'CC';text-align:left;width:50%}", "CC", 99, 101},
        {"@bottom-right{content:'RR';padding-right:30pt}", "RR", 350, 370},
    };
    for (size_t r = 0; r < sizeof ROWS / sizeof *ROWS; r++) {
        struct buf h = {0};
        buf_printf(&h, "<!DOCTYPE html><style>@page{size:400pt 200pt;margin:30pt 0;font:8pt serif;%s}</style>x", ROWS[r].css);
        struct doc x;
        open_doc(&x, h.s);
        double at = -1;
        for (size_t i = 0; i < x.f.pages[0].n; i++) {
            const struct item *it = &x.f.pages[0].items[i];
            if (it->kind == ITEM_TEXT && has(it->u.text->text, ROWS[r].text)) at = FIXED_PT(it->x);
        }
        if (at < ROWS[r].low || at > ROWS[r].high) fail_msg("row %zu: \"%s\" at %.2f pt", r, ROWS[r].text, at);
        close_doc(&x);
        buf_close(&h);
    }
}

/* --- panels --- */
static void panels(void **state)
{
    (void)state;
    static const struct {
        int words;
        double size;
        bool error;
    } ROWS[] = {{10, 14, false}, {36, 13, false}, {400, 12, true}};
    for (size_t r = 0; r < sizeof ROWS / sizeof *ROWS; r++) {
        struct buf h = {0};
        buf_puts(&h, "<!DOCTYPE html><style>@page{size:200pt 150pt;margin:10pt}section{break-before:page;-letak-fit:12pt "
                     "14pt;line-height:1.2}p{margin:0}</style><section><p>short</section><section><p>");
        for (int i = 0; i < ROWS[r].words; i++) buf_puts(&h, "word ");
        buf_puts(&h, "</section>");
        struct doc x;
        open_doc(&x, h.s);
        double size = 0;
        for (size_t i = 0; i < x.f.pages[0].n; i++)
            if (x.f.pages[0].items[i].kind == ITEM_TEXT) size = FIXED_PT(x.f.pages[0].items[i].u.text->size);
        bool error = has(buf_view(&x.said), "L010");
        if (error != ROWS[r].error || size != ROWS[r].size || (!error && x.f.n_pages != 2))
            fail_msg("row %zu: %g pt, %zu pages, %.*s", r, size, x.f.n_pages, STR_ARG(buf_view(&x.said)));
        close_doc(&x);
        buf_close(&h);
    }
}

/* --- hostile documents: a result, in bounded time --- */
static void repeat(struct buf *h, const char *z, int n)
{
    for (int i = 0; i < n; i++) buf_puts(h, z);
}

static void hostile(void **state)
{
    (void)state;
    static const struct {
        const char *head, *again;
        int n;
        const char *tail;
    } ROWS[] = {
        {"", "<div>", 10000, "x"},
        {"", "<ul><li>", 5000, "x"},
        {"", "<span style='display:inline-block'>a ", 200, "x"},
        {"", "<div style='display:flex'><div>a<br>b</div>", 60, "x"},
        {"", "<table><tr><td>a<td>", 60, "x"},
        {"", "<div style='columns:2'>", 30, "x y z"},
        {"<table><tr>", "<td>a", 5000, ""},
        {"<table><tr><td rowspan=65534>a", "<tr><td>b", 500, ""},
        {"<style>@page{size:10mm;margin:20mm}</style>", "word ", 50, ""},
        {"<style>@page{size:3pt;margin:0}</style>", "word ", 50, ""},
        {"<p style='font-size:3000pt'>", "W", 2, ""},
        {"", "<p style='break-before:left'>a<p style='break-before:right'>b", 20, ""},
        {"<p style='margin:-9999pt 0'>", "a<p>", 20, ""},
        {"", "<div style='height:99999pt'>a</div>", 20, ""},
        {"<style>.f{float:footnote}</style><p>a<span class=f>", "a very long note ", 3000, "</span>"},
        {"<style>.f{float:footnote}</style>", "<span class=f>a ", 100, ""},
        {"<style>p{orphans:99;widows:99;break-inside:avoid;break-after:avoid}</style>", "<p>a b c d e f", 500, ""},
        {"<style>div{counter-reset:a 2147483647}div::before{counter-increment:a 2147483647;content:counters(a,'.')}</style>", "<div>", 300, ""},
        {"<table><thead>", "<tr><td>only a head", 300, "</thead><tr><td>b</table>"},
        {"", "<div style='position:absolute;top:-50%;width:200%'>a", 100, ""},
        {"<style>a::after{content:target-counter(attr(href url),page)}</style>", "<p id=x><a href='#x'>a</a><a href='#nix'>b</a>", 50, ""},
    };
    for (size_t r = 0; r < sizeof ROWS / sizeof *ROWS; r++) {
        struct buf h = {0};
        buf_puts(&h, "<!DOCTYPE html>");
        buf_puts(&h, ROWS[r].head);
        repeat(&h, ROWS[r].again, ROWS[r].n);
        buf_puts(&h, ROWS[r].tail);
        struct doc x;
        open_doc(&x, h.s);
        if (!x.f.n_pages || x.f.n_pages > 2000) fail_msg("row %zu: %zu pages", r, x.f.n_pages);
        close_doc(&x);
        buf_close(&h);
    }
}

/* --- boxes out of flow --- */
static const struct item *text_item(const struct doc *x, size_t p, const char *z)
{
    for (size_t i = 0; p < x->f.n_pages && i < x->f.pages[p].n; i++)
        if (x->f.pages[p].items[i].kind == ITEM_TEXT && has(x->f.pages[p].items[i].u.text->text, z)) return &x->f.pages[p].items[i];
    fail_msg("%s is lost", z);
    return NULL;
}

static void out_of_flow(void **state)
{
    (void)state;
    struct doc x;
    /* below the background of what is around its cell, not instead of it */
    open_doc(&x, CSS("0") "div{background:#eee}td{position:relative}b{position:absolute;z-index:-1}</style>"
                          "<div>a<div><table><tr><td>cell<b>under</b></table></div></div>");
    const struct item *under = text_item(&x, 0, "under"), *cell = text_item(&x, 0, "cell");
    size_t backgrounds = 0;
    for (size_t i = 0; i < x.f.pages[0].n; i++) backgrounds += x.f.pages[0].items[i].kind == ITEM_RECT;
    assert_true(under < cell);
    assert_int_equal(backgrounds, 2);
    close_doc(&x);
    /* a box that holds nothing else is still where they are */
    open_doc(&x, CSS("0") "div{position:relative}b{position:absolute;top:0;left:50pt}</style>"
                          "<p>one<p>two</p><div><b>note</b></div><div><div><b>inner</b></div></div><p>three<p>four");
    fixed three = text_item(&x, 0, "three")->y;
    assert_int_equal(text_item(&x, 0, "note")->y, three);
    assert_int_equal(text_item(&x, 0, "inner")->y, three);
    assert_int_equal(text_item(&x, 0, "four")->y, three + PT(10));
    close_doc(&x);
}

/* Heights without measure add up in a cell: the sum wrapped around, and what came behind stood above the page. */
static void huge(void **state)
{
    (void)state;
    struct doc x;
    open_doc(&x, CSS("0") "div{height:99999999pt}</style><table><tr><td><div>first</div><div>b</div><div>c</div><p>LAST</table><p>end");
    fixed y = text_item(&x, x.f.n_pages - 1, "LAST")->y;
    assert_true(y > 0 && y < PT(100));
    close_doc(&x);
}

/* Tiles of a background that lie before its box are not painted: here they would be a million. */
static void tiles(void **state)
{
    (void)state;
    struct doc x;
    open_doc_in(&x, "tests/print", CSS("0") "p{height:20pt;background:url(slika.png) -9995pt -9995pt;background-size:10pt 10pt}</style><p>a");
    size_t images = 0;
    fixed left = FIXED_MAX;
    for (size_t i = 0; i < x.f.pages[0].n; i++)
        if (x.f.pages[0].items[i].kind == ITEM_IMAGE) images++, left = fixed_min(left, x.f.pages[0].items[i].x);
    assert_int_equal(images, 21 * 3);
    assert_int_equal(left, PT(-5));
    close_doc(&x);
}

/* --- fields --- */
static void fields(void **state)
{
    (void)state;
    struct doc x;
    open_doc(&x, "<!DOCTYPE html><form><label for=a>Name</label><input id=a name=who required><fieldset><legend>Way</legend><label><input type=radio "
                 "name=way value=m>mail</label>"
                 "<label><input type=radio name=way value=p>phone</label></fieldset><input type=checkbox name=s value=1 aria-label=one><input "
                 "type=checkbox name=s value=2 aria-label=two>"
                 "<select name=c aria-label=Choice><option value=''>-<option value=x>Ex<option>Why</select><textarea name=t "
                 "aria-label=Long></textarea><input name=sig data-letak=signature aria-label=Sign>"
                 "<input name=d type=date aria-label=Day>");
    const struct form_field *way = NULL, *s = NULL;
    size_t n = 0;
    for (size_t i = 0; i < x.f.pages[0].n; i++) {
        const struct item *it = &x.f.pages[0].items[i];
        if (it->kind != ITEM_FIELD) continue;
        n++;
        const struct form_field *f = it->u.field.field;
        assert_non_null(it->tag);
        assert_int_equal(it->tag->type, TAG_FORM);
        if (str_is(f->name, "who")) assert_true(str_is(f->label, "Name") && f->required && f->kind == FORM_TEXT);
        if (str_is(f->name, "way")) {
            assert_true(!way || way == f);
            way = f;
        }
        if (str_is(f->name, "s")) {
            assert_true(!s || s == f);
            s = f;
        }
        if (str_is(f->name, "c"))
            assert_true(f->kind == FORM_COMBO && f->n_options == 2 && str_is(f->options[0].value, "x") && str_is(f->options[1].label, "Why"));
        if (str_is(f->name, "t")) assert_int_equal(f->kind, FORM_MULTILINE);
        if (str_is(f->name, "sig")) assert_int_equal(f->kind, FORM_SIGNATURE);
        if (str_is(f->name, "d")) assert_true(str_is(f->format, "date"));
    }
    assert_int_equal(n, 9);
    assert_true(x.f.has_fields);
    assert_true(way && str_is(way->label, "Way") && way->n_options == 2 && str_is(way->options[1].label, "phone"));
    assert_true(s && s->many && s->n_options == 2);
    close_doc(&x);
}

/* A thousand messages of a kind are listed; the same one counts once, however often it is said, and no other kind is silenced. */
static void many_messages(void **state)
{
    (void)state;
    struct diag *d = diag_new(DIAG_EN);
    struct buf b = {0};
    size_t n = 0;
    for (uint32_t round = 0; round < 3; round++)
        for (uint32_t line = 1; line <= 1000; line++) DIAG(d, MSG_LAYOUT_LINE_WIDE, ((struct place){"a.html", line, 1}), "1.0");
    assert_int_equal(diag_total(d), 1000);
    for (uint32_t line = 1; line <= 2000; line++) DIAG(d, MSG_LAYOUT_LINE_WIDE, ((struct place){"a.html", line, 1}), "2.0");
    DIAG0(d, MSG_LAYOUT_TOO_HIGH, ((struct place){"a.html", 5, 1}));
    DIAG(d, MSG_LAYOUT_LINE_WIDE, ((struct place){"b.html", 5, 1}), "1.0");
    diag_write(d, &b, false, false);
    for (const char *at = b.s; (at = strstr(at, "\n")) != NULL; at++) n++;
    assert_int_equal(n, 1003);
    assert_non_null(strstr(b.s, "a.html:1:1: warning F009: this file has more than 1,000 warnings of the kind L004"));
    assert_non_null(strstr(b.s, "a.html:5:1: warning L002"));
    assert_non_null(strstr(b.s, "b.html:5:1: warning L004"));
    buf_close(&b);
    diag_close(d);
}

/* --- transforms (CSS Transforms 1 and 2) --- */
static const struct item *first_of(const struct doc *x, enum item_kind kind)
{
    for (size_t i = 0; i < x->f.pages[0].n; i++)
        if (x->f.pages[0].items[i].kind == kind) return &x->f.pages[0].items[i];
    return NULL;
}

static void open_moved(struct doc *x, const char *css)
{
    char html[1500];
    snprintf(html, sizeof html,
             "<!doctype html><html lang=sr><title>т</title><style>@page{size:200pt 200pt;margin:0}html{font:10pt/12pt serif}"
             ".t{position:absolute;left:20pt;top:40pt;width:100pt;height:50pt;%s}h6,p{margin:0;font:10pt/12pt serif}</style>"
             "<div class=t id=box><h6 id=in>Глава</h6><p><a href=\"https://primer.rs\">веза</a></div><p>иза</p>",
             css);
    open_doc(x, html);
}

/* The matrices of a box from 20, 40 to 120, 90, whose middle is 70, 65; worked out by hand. */
static void transformed(void **state)
{
    (void)state;
    static const struct {
        const char *css;
        double m[6];
    } cases[] = {
        {"transform:rotate(90deg)", {0, 1, -1, 0, 135, -5}},
        {"rotate:100grad", {0, 1, -1, 0, 135, -5}},
        {"rotate:-.75turn z", {0, 1, -1, 0, 135, -5}},
        {"transform:translate(10%,50%)", {1, 0, 0, 1, 10, 25}},
        {"translate:10% 50%", {1, 0, 0, 1, 10, 25}},
        {"transform:translate(10pt) rotate(90deg)", {0, 1, -1, 0, 145, -5}},
        {"transform:rotate(90deg) translate(10pt)", {0, 1, -1, 0, 135, 5}},
        {"transform:rotate(90deg) translate(10%)", {0, 1, -1, 0, 135, 5}},
        {"transform:scale(2)", {2, 0, 0, 2, -70, -65}},
        {"scale:200% 100%", {2, 0, 0, 1, -70, 0}},
        {"transform:scale(2);transform-origin:0 0", {2, 0, 0, 2, -20, -40}},
        {"transform:scale(2);transform-origin:right 10pt", {2, 0, 0, 2, -120, -50}},
        {"transform:scale(2);transform-origin:bottom", {2, 0, 0, 2, -70, -90}},
        {"transform:matrix(1,0,0,1,8,4)", {1, 0, 0, 1, 6, 3}}, /* pixels */
        {"transform:skewX(45deg)", {1, 0, 1, 1, -65, 0}},
        {"transform:skew(0,45deg)", {1, 1, 0, 1, 0, -70}},
        {"transform:translateX(calc(50% - 10pt))", {1, 0, 0, 1, 40, 0}},
        {"translate:10pt;rotate:90deg;scale:2;transform:translateX(5pt)", {0, 2, -2, 0, 210, -65}},
        {"transform:scale(2) scale(.5) rotate(20deg) rotate(-20deg)", {1, 0, 0, 1, 0, 0}},
    };
    struct doc still;
    open_moved(&still, "");
    const struct item *link = first_of(&still, ITEM_LINK);
    assert_null(first_of(&still, ITEM_MATRIX));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct doc x;
        open_moved(&x, cases[i].css);
        const struct item *it = first_of(&x, ITEM_MATRIX), *moved = first_of(&x, ITEM_LINK);
        const double *m = cases[i].m;
        assert_non_null(it);
        for (int k = 0; k < 6; k++)
            if (it->u.matrix[k] < m[k] - 1e-6 || it->u.matrix[k] > m[k] + 1e-6)
                fail_msg("%s: number %d is %f, not %f", cases[i].css, k, it->u.matrix[k], m[k]);
        /* the link: the upright rectangle around its corners; the text stands in the group, so it is where it was */
        double x0 = 1e9, y0 = 1e9, x1 = -1e9, y1 = -1e9;
        for (int k = 0; k < 4; k++) {
            double px = FIXED_PT(link->x + (k & 1 ? link->w : 0)), py = FIXED_PT(link->y + (k & 2 ? link->h : 0));
            double qx = m[0] * px + m[2] * py + m[4], qy = m[1] * px + m[3] * py + m[5];
            x0 = qx < x0 ? qx : x0, x1 = qx > x1 ? qx : x1, y0 = qy < y0 ? qy : y0, y1 = qy > y1 ? qy : y1;
        }
        const double want[4] = {x0, y0, x1, y1};
        const fixed is[4] = {moved->x, moved->y, moved->x + moved->w, moved->y + moved->h};
        for (int k = 0; k < 4; k++)
            if (FIXED_PT(is[k]) < want[k] - 0.05 || FIXED_PT(is[k]) > want[k] + 0.05)
                fail_msg("%s: link %d at %f, not %f", cases[i].css, k, FIXED_PT(is[k]), want[k]);
        assert_int_equal(first_of(&x, ITEM_TEXT)->x, first_of(&still, ITEM_TEXT)->x);
        for (size_t d = 0; d < x.f.n_dests; d++) { /* where links lead: the box's own corner, or the point in it */
            const struct dest *to = &x.f.dests[d], *was = &still.f.dests[d];
            double qx = m[0] * FIXED_PT(was->x) + m[2] * FIXED_PT(was->y) + m[4], qy = m[1] * FIXED_PT(was->x) + m[3] * FIXED_PT(was->y) + m[5];
            if (!str_is(to->id, "in")) continue;
            if (FIXED_PT(to->x) < qx - 0.05 || FIXED_PT(to->x) > qx + 0.05 || FIXED_PT(to->y) < qy - 0.05 || FIXED_PT(to->y) > qy + 0.05)
                fail_msg("%s: place at %f %f, not %f %f", cases[i].css, FIXED_PT(to->x), FIXED_PT(to->y), qx, qy);
        }
        assert_int_equal(x.f.n_dests, 2);
        close_doc(&x);
    }
    close_doc(&still);
}

/* Whatever a style sheet says: numbers stay numbers, text stays, and what cannot be seen is reported. */
static void transformed_badly(void **state)
{
    (void)state;
    static const struct {
        const char *css;
        bool unseen;
    } cases[] = {
        {"transform:scale(0)", true},
        {"transform:scale(1,0)", true},
        {"transform:matrix(1,2,2,4,0,0)", true},
        {"transform:skew(45deg,45deg)", true},
        {"scale:1e308", true},
        {"transform:scale(1e308) scale(1e308) scale(1e308)", true},
        {"transform:scale(1e-308)", true},
        {"transform:matrix(1e308,1e308,-1e308,1e308,1e308,-1e308)", true},
        {"translate:1e308px 1e308%", true},
        {"transform:translate(1e308px) translate(-1e308px)", false},
        {"rotate:40deg;transform-origin:1e308px", true},
        {"rotate:1e308deg", false},
        {"transform:rotate(calc(NaN*1deg))", false},
        {"transform:skewX(90deg)", true},
        {"transform:translateX(300pt)", true},
        {"transform:rotate(180deg)", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct doc x;
        open_moved(&x, cases[i].css);
        for (size_t k = 0; k < x.f.pages[0].n; k++) {
            const struct item *it = &x.f.pages[0].items[k];
            for (int n = 0; it->kind == ITEM_MATRIX && n < 6; n++) assert_true(it->u.matrix[n] >= -1e12 && it->u.matrix[n] <= 1e12);
        }
        assert_string_equal(page_text(&x, 0, false).s, "иза Глава веза ");
        bool said = x.said.n && strstr(x.said.s, "L097");
        if (said != cases[i].unseen) fail_msg("%s: %s", cases[i].css, x.said.n ? x.said.s : "nothing said");
        close_doc(&x);
    }
}

int main(void)
{
    dom_init();
    text_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(page_breaks),   cmocka_unit_test(pages),        cmocka_unit_test(tables),
                                       cmocka_unit_test(footnotes),     cmocka_unit_test(conservation), cmocka_unit_test(margins),
                                       cmocka_unit_test(panels),        cmocka_unit_test(hostile),      cmocka_unit_test(fields),
                                       cmocka_unit_test(out_of_flow),   cmocka_unit_test(huge),         cmocka_unit_test(tiles),
                                       cmocka_unit_test(many_messages), cmocka_unit_test(transformed),  cmocka_unit_test(transformed_badly)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
