/* svg.c: path data, shapes, transforms, colours; bad and hostile drawings. */
#include "svg/svg.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static struct arena arena;

static void put_color(struct buf *b, struct color c)
{
    if (c.cmyk) buf_printf(b, "cmyk %d %d %d %d", c.c, c.m, c.y, c.k);
    else buf_printf(b, "%02x%02x%02x", c.r, c.g, c.b);
}

/* Shapes as text: ops with points in user units, then fill, stroke, width. */
static const char *drawn(const char *svg, struct diag *d)
{
    struct svg *s = svg_read(&arena, str_of(svg), "x.svg", (struct color){.r = 1, .g = 2, .b = 3, .a = 255}, d);
    struct buf b = {0};
    buf_puts(&b, "");
    for (size_t i = 0; s && i < s->n; i++) {
        const struct path *p = &s->shapes[i].path;
        const struct paint *q = &s->shapes[i].paint;
        static const int points[] = {1, 1, 3, 0};
        for (uint32_t k = 0, at = 0; k < p->n_ops; k++) {
            buf_putc(&b, "MLCZ"[p->ops[k]]);
            for (int n = points[p->ops[k]]; n > 0; n--, at++) buf_printf(&b, "%g,%g ", p->points[at].x / 64.0, p->points[at].y / 64.0);
        }
        if (q->fill.a) buf_puts(&b, " fill "), put_color(&b, q->fill), buf_printf(&b, "/%d", q->fill.a);
        if (q->stroke.a) buf_puts(&b, " stroke "), put_color(&b, q->stroke), buf_printf(&b, " %g", q->width / 64.0);
        buf_putc(&b, ';');
    }
    const char *z = arena_copy(&arena, b.s, b.n);
    buf_close(&b);
    return z;
}
#define SVG(inside) "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\">" inside "</svg>"

static void shapes(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {SVG("<path d='M1 2l3,4H9V1z'/>"), "M1,2 L4,6 L9,6 L9,1 Z fill 000000/255;"},
        {SVG("<path d='m1-2.5.5-1 1 1'/>"), "M1,-2.5 L1.5,-3.5 L2.5,-2.5  fill 000000/255;"},
        {SVG("<path d='M0 0Q3 0 3 3T6 6' fill='none' stroke='#0F5C63'/>"), "M0,0 C2,0 3,1 3,3 C3,5 4,6 6,6  stroke 0f5c63 1;"},
        {SVG("<path d='M0 0A5 5 0 0110 0' fill='#abc'/>"), "M0,0 C0,-2.76562 2.23438,-5 5,-5 C7.76562,-5 10,-2.76562 10,0  fill aabbcc/255;"},
        {SVG("<rect x='1' y='2' width='3' height='4' fill='rgb(10,20,30)' fill-opacity='.5'/>"), "M1,2 L4,2 L4,6 L1,6 Z fill 0a141e/128;"},
        {SVG("<rect width='1' height='1' fill='rgb( 100% , 0 0 / 50%)'/>"), "M0,0 L1,0 L1,1 L0,1 Z fill ff0000/128;"},
        {SVG("<rect width='1' height='1' style='fill:device-cmyk(100% 0 .5 20% / .5)'/>"), "M0,0 L1,0 L1,1 L0,1 Z fill cmyk 255 0 128 51/128;"},
        {SVG("<path d='M0 0L1 1' fill='none' stroke='device-cmyk(0, 0, 0, 1)'/>"), "M0,0 L1,1  stroke cmyk 0 0 0 255 1;"},
        {SVG("<g fill='red'><path d='M0 0L1 1' fill='inherit'/></g>"), "M0,0 L1,1  fill ff0000/255;"},
        {SVG("<g transform='translate(10 20) scale(2)' stroke='red' fill='none'><line x2='5' stroke-width='3'/></g>"),
         "M10,20 L20,20  stroke ff0000 6;"},
        {SVG("<g style='fill:currentColor'><polygon points='0,0 1,0 1,1'/></g>"), "M0,0 L1,0 L1,1 Z fill 010203/255;"},
        {SVG("<defs><path id='p' d='M0 0L1 1'/></defs><use href='#p' x='5'/>"), "M5,0 L6,1  fill 000000/255;"},
        {SVG("<path d='M0 0L1 1' visibility='hidden'/><path display='none' d='M0 0L1 1'/>"), ""},
        {SVG("<path d='M0 0L1 1 x 9 9'/>"), "M0,0 L1,1  fill 000000/255;"},
        {SVG("<path d='L1 1'/><rect width='0' height='5'/><circle r='-1'/>"), ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct diag *d = diag_new(DIAG_EN);
        const char *got = drawn(cases[i][0], d);
        if (strcmp(got, cases[i][1])) fail_msg("%s\n got [%s]\nwant [%s]", cases[i][0], got, cases[i][1]);
        assert_int_equal(diag_total(d), 0);
        diag_close(d);
    }
}

static void sizes(void **state)
{
    (void)state;
    struct {
        const char *svg;
        fixed w, h;
    } cases[] = {
        {"<svg viewBox='0 0 96 48'/>", PT(72), PT(36)},
        {"<svg width='10mm' height='5mm'/>", PT(28.35), PT(14.17)},
        {"<svg width='96' viewBox='0 0 10 20'/>", PT(72), PT(144)},
        {"<svg/>", PT(225), PT(112.5)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct diag *d = diag_new(DIAG_EN);
        struct svg *s = svg_read(&arena, str_of(cases[i].svg), "x.svg", (struct color){.a = 255}, d);
        assert_non_null(s);
        if (abs(s->w - cases[i].w) > 2 || abs(s->h - cases[i].h) > 2) fail_msg("%s: %g × %g", cases[i].svg, s->w / 64.0, s->h / 64.0);
        diag_close(d);
    }
}

static void said(const char *svg, const char *code)
{
    struct diag *d = diag_new(DIAG_EN);
    struct buf b = {0};
    drawn(svg, d);
    diag_write(d, &b, false, false);
    if (!b.s || !strstr(b.s, code)) fail_msg("%.80s: %s", svg, b.s ? b.s : "nothing said");
    buf_close(&b);
    diag_close(d);
}

/* The colour of the area in an SVG whose fill is that. */
static struct color filled(const char *fill)
{
    struct diag *d = diag_new(DIAG_EN);
    char svg[200];
    snprintf(svg, sizeof svg, SVG("<path d='M0 0L1 1L1 0Z' fill='%s'/>"), fill);
    struct svg *s = svg_read(&arena, str_of(svg), "x.svg", (struct color){.a = 255}, d);
    assert_non_null(s);
    assert_int_equal(diag_count(d, true), 0);
    diag_close(d);
    assert_int_equal(s->n, 1);
    return s->shapes[0].paint.fill;
}

static void colors(void **state)
{
    (void)state;
    static const struct {
        const char *fill;
        uint32_t rgb;
        uint8_t a;
    } cases[] = {{"steelblue", 0x4682B4, 255},   {"SteelBlue", 0x4682B4, 255}, {"aliceblue", 0xF0F8FF, 255},
                 {"yellowgreen", 0x9ACD32, 255}, {"grey", 0x808080, 255},      {"#abc", 0xAABBCC, 255},
                 {"#ABCD", 0xAABBCC, 0xDD},      {"#0F5C63", 0x0F5C63, 255},   {"#0f5c6380", 0x0F5C63, 128}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct color c = filled(cases[i].fill);
        if ((uint32_t)(c.r << 16 | c.g << 8 | c.b) != cases[i].rgb || c.a != cases[i].a)
            fail_msg("%s: %02x%02x%02x %d", cases[i].fill, c.r, c.g, c.b, c.a);
    }
}

static void bad(void **state)
{
    (void)state;
    said("", "G001"), said("<svg", "G001"), said("<html/>", "G001"), said(SVG("<text>a</text>"), "G003"),
        said("<!DOCTYPE s [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><svg>&b;</svg", "G001");
    static const char *const colors[] = {"blurple", "#12", "#12345", "url(#fade)", "device-cmyk(1 0 0)", "rgb(1,2)", "rgb", "device-cmyk("};
    for (size_t i = 0; i < sizeof colors / sizeof *colors; i++) {
        char svg[200];
        snprintf(svg, sizeof svg, SVG("<path d='M0 0L1 1' fill='%s'/>"), colors[i]);
        said(svg, "G004");
    }
    said(SVG("<g id='a'><use href='#a'/></g>"), "G002");
    struct buf much = {0}; /* a long path used again and again; what is used stands behind all uses */
    buf_puts(&much, "<svg>");
    for (int i = 0; i < 50000; i++) buf_puts(&much, "<use href='#z'/>");
    buf_puts(&much, "<path id='z' d='M0 0");
    for (int i = 0; i < 100000; i++) buf_puts(&much, "L1 1");
    buf_puts(&much, "'/></svg>");
    said(much.s, "G002");
    buf_close(&much);
    struct buf deep = {0};
    buf_puts(&deep, "<svg>");
    for (int i = 0; i < 200; i++) buf_puts(&deep, "<g>");
    for (int i = 0; i < 200; i++) buf_puts(&deep, "</g>");
    buf_puts(&deep, "</svg>");
    said(deep.s, "G002");
    buf_close(&deep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(shapes), cmocka_unit_test(sizes), cmocka_unit_test(colors), cmocka_unit_test(bad)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_close(&arena);
    return failed;
}
