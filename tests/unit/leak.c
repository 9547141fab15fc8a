/* leak.c: the recognisers of private numbers and names, on the lists of tests/privacy/lists.txt and on spellings. The whole gate, files and all, is
 * judged by tests/e2e/privacy.py. */
#include "base/file.h"
#include "check/leak.h"
#include "check/view.h"
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static struct arena arena;
static struct leak_rules *rules;
static const char *const kinds[LEAK_KINDS] = {"personal-number", "account", "phone", "document", "plate", "denied"};

static void note(void *ctx, const struct leak *l)
{
    struct buf *b = ctx;
    if (b->n) buf_putc(b, ' ');
    buf_puts(b, kinds[l->kind]);
    if (l->misspelled) buf_putc(b, '?');
}

/* The kinds found in a file of that medium, separated by spaces. */
static const char *found(struct str bytes, enum medium medium)
{
    struct views v = {0}, again = {0};
    struct buf b = {0};
    buf_puts(&b, "");
    views_make(&v, bytes, medium);
    leak_find(rules, (struct str){v.text.s, v.text.n}, note, &b);
    leak_find(rules, (struct str){v.aside.s, v.aside.n}, note, &b);
    if (v.tags_in_text) {
        views_make(&again, (struct str){v.text.s, v.text.n}, MEDIUM_MARKUP);
        leak_find(rules, (struct str){again.text.s, again.text.n}, note, &b);
    }
    const char *z = str_z(&arena, buf_view(&b));
    buf_close(&b), views_close(&v), views_close(&again);
    return z;
}

static void lists(void **state)
{
    (void)state;
    struct str file, line, word[4];
    size_t leaks = 0, alikes = 0, wrong = 0;
    assert_true(file_read(&arena, "tests/privacy/lists.txt", 1 << 20, &file));
    while (str_split(&file, '\n', &line)) {
        struct str rest = line;
        size_t n = 0;
        while (n < 4 && str_split(&rest, '\t', &word[n])) n++;
        bool leak = n >= 4 && str_is(word[0], "leak"), alike = n >= 2 && str_is(word[0], "alike");
        if (!leak && !alike) continue;
        leaks += leak, alikes += alike;
        struct str text = leak ? str_printf(&arena, "Текст %.*s%.*s, крај.", STR_ARG(word[2]), STR_ARG(word[3])) : str_from(line, 6);
        const char *got = found(text, MEDIUM_PLAIN);
        const char *want = leak ? str_is(word[1], "iban") ? "account" : str_z(&arena, word[1]) : "";
        if (*want ? strncmp(got, want, strlen(want)) != 0 : *got != 0) {
            wrong++;
            fprintf(stderr, "%.*s: found: %s\n", STR_ARG(line), got);
        }
    }
    assert_int_equal(wrong, 0);
    assert_true(leaks >= 35 && alikes >= 80);
}

static void spellings(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        enum medium medium;
        const char *want;
    } cases[] = {
        {"<p>3112<b>0987</b>10012</p>", MEDIUM_MARKUP, "personal-number"},
        {"<p>3112098</p><p>710012</p>", MEDIUM_MARKUP, ""},
        {"3112<!-- x -->098710012", MEDIUM_MARKUP, "personal-number"},
        {"<!-- 3112098710012 -->", MEDIUM_MARKUP, "personal-number"},
        {"<img alt=\"&#51;112098710012\">", MEDIUM_MARKUP, "personal-number"},
        {"&#<b>3112</b>098710012", MEDIUM_MARKUP, "personal-number"},
        {"&#x<img alt=\"3112098710012\">", MEDIUM_MARKUP, "personal-number"},
        {"2024. 3112098710012", MEDIUM_PLAIN, "personal-number"},
        {"<a href=\"/s012/p01234/\">BG</a> <b>0123</b>-ZĐ", MEDIUM_MARKUP, "plate"},
        {"<img alt='&#x33;112&shy;098710012'>", MEDIUM_MARKUP, "personal-number"},
        {"<path d=\"M3112098710012 0640000001\"/>", MEDIUM_MARKUP, ""},
        {"<script>var a = '\\u0033112098710012'</script>", MEDIUM_MARKUP, "personal-number"},
        {"&lt;b&gt;3112&lt;/b&gt;098710012", MEDIUM_MARKUP, "personal-number"},
        {"{\"a\": \"\\u0033\\u00311\\u00320\\u200b98710012\"}", MEDIUM_PLAIN, "personal-number"},
        {"a%2F%33112098710012", MEDIUM_PLAIN, "personal-number"},
        {"p::before { content: \"\\33 112098710012\" }", MEDIUM_STYLE, "personal-number"},
        {"DESCRIPTION:311209\r\n 8710012", MEDIUM_CALENDAR, "personal-number"},
        {"٣١١٢٠٩٨٧١٠٠١٢", MEDIUM_PLAIN, "personal-number"},
        {"３１１２０９８７１００１２", MEDIUM_PLAIN, "personal-number"},
        {"𝟹𝟷𝟷𝟸𝟶𝟿𝟾𝟽𝟷𝟶𝟶𝟷𝟸", MEDIUM_PLAIN, "personal-number"},
        {"31 12 098 710012 и 064 000 00 01 и BG 0123-ZĐ", MEDIUM_PLAIN, "personal-number phone plate"},
        {"064 000 00 01 3112098710012", MEDIUM_PLAIN, "phone personal-number"},
        {"O64 OOO OO O1", MEDIUM_PLAIN, "phone"},
        {"О64 ООО ОО О1", MEDIUM_PLAIN, "phone"},
        {"ЈМБГ 3112098710013", MEDIUM_PLAIN, "personal-number?"},
        {"број 3112098710013", MEDIUM_PLAIN, ""},
        {"011 300 0000", MEDIUM_PLAIN, ""},
        {"<a href=\"tel:+381113000000\">+381 11 300 0000</a>", MEDIUM_MARKUP, ""},
        {"<a href=\"tel:+381113000001\">011/300-0001</a>", MEDIUM_MARKUP, "phone phone"},
        {"сигурној кући Ружичњаку", MEDIUM_PLAIN, "denied"},
        {"IZMIŠLJENOVIĆU ZORICA", MEDIUM_PLAIN, "denied"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *got = found(str_of(cases[i].bytes), cases[i].medium);
        if (strcmp(got, cases[i].want) != 0) fprintf(stderr, "%s\n", cases[i].bytes);
        assert_string_equal(got, cases[i].want);
    }
}

/* Texts are looked at by sixteen bytes, base64 from the end of what a run must hold: leaks are found wherever they begin and end. */
static void everywhere(void **state)
{
    (void)state;
    static const char *const fill[] = {"a", "ж", "š", "„", " ", "\n", ">", "<i>", "&amp;", "1, ", "\xff"};
    struct buf text = {0}, out = {0};
    for (size_t f = 0; f < 2 * sizeof fill / sizeof *fill; f++)
        for (size_t k = 0; k < 40; k++) {
            buf_reset(&text);
            for (size_t n = 0; n < k; n++) buf_puts(&text, fill[f / 2]);
            size_t start = text.n;
            buf_puts(&text, f & 1 ? " 3112&#48;9871001<b>2</b>" : " \xD0\x97орици Измишљеновић");
            for (size_t n = 0; n < k % 3 * 10; n++) buf_puts(&text, fill[f / 2]);
            bool word = k % 3 && (f & 1 ? f / 2 == 0 : f / 2 < 3); /* goes on as another word */
            if (!word && strcmp(fill[f / 2], "1, ") != 0)
                assert_string_equal(found(buf_view(&text), MEDIUM_MARKUP), f & 1 ? "personal-number" : "denied");
            text.n = start;
            buf_puts(&text, "|0IjQnNCR0JMgMzExMjA5ODcxMDAxMg|");
            size_t at = 0, found_at = 0;
            while (view_base64(buf_view(&text), 24, &at, &found_at, &out) && found_at < start) {}
            assert_int_equal(found_at, start + 1);
            assert_string_equal(out.s, "ЈМБГ 3112098710012");
        }
    buf_close(&text), buf_close(&out);
}

/* A finding's bytes are those of the source, however it is spelled there. */
static void places(void **state)
{
    (void)state;
    struct views v = {0};
    struct str bytes = STR("<p>Текст &amp; <b>x</b></p>\n<p>а&#51;б</p>");
    views_make(&v, bytes, MEDIUM_MARKUP);
    const char *three = memchr(v.text.s, '3', v.text.n);
    assert_non_null(three);
    assert_int_equal(view_source(&v.text, (size_t)(three - v.text.s)), str_search(bytes, "&#51;"));
    views_close(&v);
}

static void loads(void **state)
{
    (void)state;
    struct views v = {0};
    views_make(&v,
               STR("<link rel=\"canonical\" href=\"https://a.invalid/\"><a href=\"https://b.invalid/\">b</a><img src=\"//c.invalid/x.png\">"
                   "<style>p{background:url( 'https://d.invalid/y')}</style>&#<script src=https://e.invalid/z></script><link rel=stylesheet "
                   "href='http://f.invalid/'>"),
               MEDIUM_MARKUP);
    assert_int_equal(v.n_loads, 4);
    views_close(&v);
}

static void encodings(void **state)
{
    (void)state;
    struct buf b = {0};
    view_decode((struct str){"\x8a\xe6", 2}, ENCODING_1250, &b);
    view_decode((struct str){"\xdf\x9f", 2}, ENCODING_1251, &b);
    view_decode((struct str){"\x16\x04\x3d\xd8\x00\xde", 6}, ENCODING_UTF16_LE, &b);
    assert_string_equal(b.s, "ŠćЯџЖ😀");
    size_t at = 0, start;
    struct str s = STR("x: MzExMjA5ODcxMDAxMg== assets/images/something/else");
    assert_true(view_base64(s, 16, &at, &start, &b));
    assert_string_equal(b.s, "3112098710012");
    assert_int_equal(start, 3);
    assert_false(view_base64(s, 16, &at, &start, &b));
    buf_close(&b);
}

static unsigned random_below(unsigned n)
{
    static uint32_t state = 7;
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
}

/* Pages made of pieces that come again and again: with lines kept from all pages before, the views are what they are without. */
static void lines_kept(void **state)
{
    (void)state;
    static const char *const pieces[] = {"\n",
                                         "\n",
                                         "\n",
                                         "<li class=\"item\"><a href=\"../../s001/index.html\">Section 5</a></li>\n",
                                         "<nav class=\"menu-wide\" aria-label=\"Мени\"><ul><li>Текст</li></ul></nav>\n",
                                         "<p title=\"064 123\">број 064</p>\n",
                                         "<p>112 09 87 1001 2, ЈМБГ 3112\n",
                                         "<script>var a = '311209'\n",
                                         "<script src=\"a.js\" defer></script>\n",
                                         "</script>\n",
                                         "<style>p{background:url(https://a.invalid/)}\n",
                                         "</style><b>987100",
                                         "<!-- a comment of words -->\n",
                                         "<!-- 12\n",
                                         "-->\n",
                                         "<a href=\"\n",
                                         "\">12",
                                         "<img src=\"https://b.invalid/x.png\" alt=\"\">\n",
                                         "<link rel=\"canonical\" href=\"https://c.invalid/\">\n",
                                         "<a href=\"data:text/plain;base64,MzEx\">x</a><br>\n",
                                         "<td>\xd0</td><td>&#49;&#5",
                                         "<em>3</em><strong>%31\\u0032\n",
                                         "\r\n<p class=x>\r\n",
                                         "< 3112098710012 >",
                                         "<iframe srcdoc=\"&lt;b>3112098710012\">\n",
                                         "<p style=\"background:url(//t.invalid/a)\">\n",
                                         "<img srcset='a.png 1x, //t.invalid/b 2x'>\n",
                                         "<![CDATA[ 311\n"};
    struct view_lines *kept = view_lines_new();
    struct buf b = {0};
    for (int round = 0; round < 20000; round++) {
        buf_reset(&b);
        for (unsigned n = random_below(24); n--;) buf_puts(&b, pieces[random_below(sizeof pieces / sizeof *pieces)]);
        struct views plain = {0}, quick = {.lines = kept};
        views_make(&plain, buf_view(&b), MEDIUM_MARKUP), views_make(&quick, buf_view(&b), MEDIUM_MARKUP);
        assert_int_equal(plain.text.n, quick.text.n);
        assert_memory_equal(plain.text.s, quick.text.s, plain.text.n);
        assert_int_equal(plain.aside.n, quick.aside.n);
        assert_memory_equal(plain.aside.s, quick.aside.s, plain.aside.n);
        assert_int_equal(plain.n_loads, quick.n_loads);
        for (size_t i = 0; i < plain.n_loads; i++) assert_int_equal(plain.loads[i].at, quick.loads[i].at);
        assert_int_equal(plain.comment, quick.comment);
        assert_true(plain.tags_aside == quick.tags_aside && plain.invalid == quick.invalid && plain.inlined == quick.inlined &&
                    plain.tags_in_text == quick.tags_in_text);
        views_close(&plain), views_close(&quick);
    }
    view_lines_free(kept);
    buf_close(&b);
}

static bool is_letter64(char c) { return isalnum((unsigned char)c) || (c && strchr("+-/_", c)); }

/* Runs of letters of base64 are found where a plain search finds them. */
static void runs(void **state)
{
    (void)state;
    static const char *const pieces[] = {"0IjQnNCR0JMg", "MzExMjA5ODcxMDAxMg", "a", "/", "-", "_", " ", ".", "ж", "QUJD", "index"};
    struct buf b = {0}, out = {0};
    for (int round = 0; round < 20000; round++) {
        buf_reset(&b);
        for (unsigned n = random_below(40); n--;) buf_puts(&b, pieces[random_below(sizeof pieces / sizeof *pieces)]);
        size_t at = 0, start = 0, least = round & 1 ? 24 : 16;
        bool more = b.n && view_base64(buf_view(&b), least, &at, &start, &out);
        for (size_t from = 0, end; from < b.n; from = end + 1) {
            for (end = from; end < b.n && is_letter64(b.s[end]);) end++;
            if (end - from < least || (end - from) % 4 == 1) continue;
            if (more && start == from) {
                assert_int_equal(at, end);
                more = view_base64(buf_view(&b), least, &at, &start, &out);
            } else { /* passed over, so it spells no text */
                size_t again = 0, begin;
                assert_false(view_base64(str_part(buf_view(&b), from, end - from), end - from, &again, &begin, &out));
            }
        }
        assert_false(more);
    }
    buf_close(&b), buf_close(&out);
}

int main(void)
{
    rules = leak_rules_new(&arena);
    leak_rules_phone(&arena, rules, STR("+381 11 300 0000"));
    leak_rules_deny(&arena, rules, STR("Зорица Измишљеновић"));
    leak_rules_deny(&arena, rules, STR("сигурна кућа Ружичњак"));
    const struct CMUnitTest tests[] = {cmocka_unit_test(lists), cmocka_unit_test(spellings), cmocka_unit_test(everywhere), cmocka_unit_test(places),
                                       cmocka_unit_test(loads), cmocka_unit_test(encodings), cmocka_unit_test(lines_kept), cmocka_unit_test(runs)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_close(&arena);
    return failed;
}
