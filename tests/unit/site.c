/* site.c: a small site is written to a folder, built into memory, and what a reader would meet is looked for in the files. */
#include "base/embed.h"
#include "content/yaml.h"
#include "site/context.h"
#include "site/inner.h"
#include "web/web.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include <libxml/parser.h>

struct source {
    const char *path, *text;
};
struct built {
    struct arena arena;
    struct diag *diag;
    struct catalogue *c;
    struct site *s;
    struct map files; /* path -> struct str * */
    char dir[64];
};

static bool keep(void *ctx, const char *path, struct str bytes)
{
    struct built *b = ctx;
    struct str *copy = ARENA_NEW(&b->arena, struct str);
    *copy = str_copy(&b->arena, bytes);
    *map_at(&b->files, str_copy(&b->arena, str_of(path))) = copy;
    return true;
}

static void build(struct built *b, const struct source *list)
{
    *b = (struct built){.dir = "/tmp/letak-site-XXXXXX"};
    assert_non_null(mkdtemp(b->dir));
    b->files = map_new(&b->arena);
    for (; list->path; list++) {
        char *path = path_join(&b->arena, str_of(b->dir), str_of(list->path));
        assert_true(file_mkdirs(str_z(&b->arena, path_dir(str_of(path)))));
        assert_true(file_write(path, str_of(list->text)));
    }
    b->diag = diag_new(DIAG_EN);
    struct content_options o = {.root = b->dir, .out = NULL, .today = {2026, 11, 24, -1, 0}, .threads = 1};
    assert_true(content_open(&b->arena, &o, b->diag, &b->c));
    b->s = site_open(&b->arena, b->c, b->diag);
    struct file_sink sink = {.write = keep, .ctx = b};
    struct web_worker w = {0};
    for (size_t i = 0; i < b->s->publications.n; i++) site_published(b->s->publications.v[i], (struct published){.pages = 2, .bytes = 123456});
    for (size_t i = 0; i < b->c->pages.n; i++) assert_true(web_page(b->s, i, &w, &sink));
    for (int i = 0; i < WEB_ADDRESSES; i++) assert_true(web_addresses(b->s, (enum web_addresses)i, &w, &sink));
    assert_true(web_shared(b->s, &w, &sink));
    web_worker_close(&w);
}

static void drop(struct built *b)
{
    site_close(b->s);
    diag_close(b->diag);
    for (int i = 0; i < b->c->n_workers; i++) arena_close(&b->c->worker_arenas[i]);
    assert_true(file_remove_tree(b->dir));
    arena_close(&b->arena);
}

static struct str file(struct built *b, const char *path)
{
    const struct str *s = map_find(&b->files, str_of(path));
    if (!s) fail_msg("%s was not written", path);
    return *s;
}

static void has(struct built *b, const char *path, const char *want)
{
    struct str s = file(b, path);
    if (str_search(s, want) == SIZE_MAX) fail_msg("%s has no „%s“:\n%.*s", path, want, STR_ARG(s));
}

static void has_not(struct built *b, const char *path, const char *want)
{
    struct str s = file(b, path);
    if (str_search(s, want) != SIZE_MAX) fail_msg("%s has „%s“", path, want);
}

static size_t errors(struct built *b)
{
    struct buf out = {0};
    size_t n = diag_count(b->diag, false);
    diag_write(b->diag, &out, false, false);
    if (n) print_message("%s", out.s);
    buf_close(&out);
    return n;
}

#define SITE                                                                                                                                               \
    "name: {sr: Центар, en: Centre}\nbase-url: https://primer.invalid/a/\nlanguages: [sr-Cyrl, sr-Latn, en]\nexit-url: https://example.org/\nmenu: " \
    "[pomoc, o]\n"                                                                                                                                         \
    "help-page: pomoc\nhelp-contact: centar\n"
#define CONTACTS                                                                                                                                                \
    "centar:\n  name: {sr: Линија, en: Line}\n  phones:\n    - number: \"+381 11 000 0000\"\n      label: {sr: разговор, en: talk}\n      free: " \
    "true\n"                                                                                                                                                    \
    "  mail: a@primer.invalid\n  web: https://primer.invalid/\n"

static void test_languages(void **state)
{
    (void)state;
    static const struct source files[] = {
        {"content/site.yml", SITE},
        {"content/contacts.yml", CONTACTS},
        {"content/index.md", "---\ntitle: Почетна\n---\nЗдраво, [помоћ](pomoc/index.md#kako) и [о нама](o/index.md).\n"},
        {"content/index.en.md", "---\ntitle: Home\n---\nHello, [help](pomoc/index.md) and [about](o/index.md).\n"},
        {"content/pomoc/index.md", "---\ntitle: Помоћ\n---\n![Њушка](slika.svg)\n\n## Како\n\n:contact[centar]{large}\n\n:contact[centar]{qr}\n"},
        {"content/pomoc/index.en.md", "---\ntitle: Help\n---\n:contact[centar]\n"},
        {"content/pomoc/slika.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 20\"/>"},
        {"content/o/index.md", "---\ntitle: О нама\n---\nТекст.\n"},
        {0}};
    struct built b;
    build(&b, files);
    assert_int_equal(errors(&b), 0);
    has(&b, "index.html", "<html lang=\"sr-Cyrl-RS\"");
    has(&b, "index.html", "href=\"pomoc/index.html#kako\"");
    has(&b, "index.html", "rel=\"nofollow noreferrer\"");
    has(&b, "sr-latn/index.html", "<html lang=\"sr-Latn-RS\"");
    has(&b, "sr-latn/index.html", "Zdravo, <a href=\"pomoc/index.html#kako\">pomoć</a>");
    has(&b, "sr-latn/index.html", "translate=\"no\">Ћирилица</a>"); /* a language is named in itself */
    has(&b, "sr-latn/index.html", "href=\"../assets/site.css\"");
    has(&b, "en/index.html",
        "href=\"../sr-latn/o/index.html\" hreflang=\"sr-Latn-RS\" lang=\"sr-Latn-RS\">O nama</a>"); /* not translated: Serbian, in Latin */
    assert_null(map_find(&b.files, STR("en/o/index.html")));
    has(&b, "o/index.html",
        "<a href=\"../en/index.html\" lang=\"en\" hreflang=\"en\" translate=\"no\" title=\"This page is not available in English.\">English</a>");
    has(&b, "pomoc/index.html", "<img src=\"../pomoc/slika.svg\" alt=\"Њушка\" width=\"30\" height=\"20\"");
    has(&b, "sr-latn/pomoc/index.html", "<img src=\"../../pomoc/slika.svg\" alt=\"Njuška\"");
    has(&b, "pomoc/index.html",
        "href=\"tel:+381110000000\"><bdi dir=\"ltr\">+381\xC2\xA0"
        "11\xC2\xA0"
        "000\xC2\xA0"
        "0000</bdi></a>");
    has(&b, "pomoc/index.html", "src=\"../assets/qr/centar.svg\"");
    has(&b, "assets/qr/centar.svg", "<svg");
    has(&b, "en/pomoc/index.html", "talk · free");
    has(&b, "404.html", "href=\"/a/assets/site.css\"");
    has(&b, "sitemap.xml", "hreflang=\"x-default\" href=\"https://primer.invalid/a/\"");
    struct str *used;
    assert_int_equal(site_files(b.s, &b.arena, &used), 1);
    assert_true(str_is(used[0], "pomoc/slika.svg"));
    drop(&b);
}

/* Whatever stands in a title, a description, a label or an attribute is text, in every file. */
static void test_escaping(void **state)
{
    (void)state;
#define EVIL "<script>alert(1)</script>\\\"'&"
    static const struct source files[] = {
        {"content/site.yml", "name: \"" EVIL "\"\nbase-url: https://primer.invalid/\nmenu: [v]\n"},
        {"content/index.md", "---\ntitle: Почетна\n---\n[a](v/index.md \"" EVIL "\")\n"},
        {"content/v/index.md", "---\nkind: news\npublished: 2026-11-01\ntitle: \"" EVIL "\"\ndescription: \"" EVIL
                               "\"\n---\n:abbr[x]{title=\"<script>alert(1)</script>\"} `<script>`\n\n## \\<script>alert(1)\\</script>\n"},
        {"content/e/index.md", "---\nkind: event\ntype: seminar\nstart: 2027-03-18 09:30\nend: 2027-03-18 15:00\nplace: \"A, B; C\"\ntitle: \"" EVIL
                               "\"\ndescription: Опис који је довољно дуг да "
                               "мора да се преломи у више редова, јер ред календара сме да има највише седамдесет пет бајтова.\n---\n## Програм\n\n| "
                               "Време | Тема | Излагач | Облик |\n|-|-|-|-|\n| 1 | 2 | 3 | 4 |\n"},
        {0}};
    struct built b;
    build(&b, files);
    assert_int_equal(errors(&b), 0);
    for (size_t i = 0; i < b.files.entries.n; i++) {
        struct str path = b.files.entries.v[i].key, text = *(struct str *)b.files.entries.v[i].value;
        if (str_starts(path, "assets/")) continue;
        if (!str_ends(path, ".ics") && !str_ends(path, ".csv") && str_search(text, "<script>") != SIZE_MAX)
            fail_msg("%.*s has a script: %.*s", STR_ARG(path), STR_ARG(text));
        if (str_ends(path, ".xml")) {
            xmlDoc *doc = xmlReadMemory(text.s, (int)text.n, "x", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);
            if (!doc) fail_msg("%.*s is not XML", STR_ARG(path));
            xmlFreeDoc(doc);
        }
    }
    has(&b, "feed.xml", "<published>2026-11-01T00:00:00Z</published>");
    drop(&b);
}

static void test_calendar(void **state)
{
    (void)state;
    static const struct source files[] = {
        {"content/site.yml", "name: Ц\nbase-url: https://primer.invalid/\nlanguages: [sr-Cyrl, sr-Latn]\n"},
        {"content/index.md", "---\ntitle: Почетна\n---\n"},
        {"content/d/index.md", "---\nkind: event\ntype: training\nstart: 2027-12-31 09:30\nend: 2027-12-31 15:00\nupdated: 2026-11-20\nplace: Сала "
                               "Б, Београд; спрат 2\ntitle: Њихова обука за рад са људима који "
                               "помажу другима у невољи\n---\n## Програм\n\n| Време | Тема | Излагач | Облик |\n|-|-|-|-|\n| 1 | 2 | 3 | 4 |\n"},
        {0}};
    struct built b;
    build(&b, files);
    struct str ics = file(&b, "d/d.ics"), rest = ics, line;
    while (str_split(&rest, '\n', &line)) {
        assert_true(line.n && line.s[line.n - 1] == '\r');
        if (line.n - 1 > 75) fail_msg("a line of %zu bytes: %.*s", line.n - 1, STR_ARG(line));
        assert_true((unsigned char)line.s[0] < 0x80 || ((unsigned char)line.s[0] & 0xC0) == 0xC0); /* no line begins inside a character */
    }
    has(&b, "d/d.ics", "UID:d@primer.invalid\r\n");
    has(&b, "d/d.ics", "DTSTAMP:20261120T000000Z\r\n");
    has(&b, "d/d.ics", "DTSTART;TZID=Europe/Belgrade:20271231T093000\r\n");
    has(&b, "d/d.ics", "DTEND;TZID=Europe/Belgrade:20271231T150000\r\n");
    has(&b, "d/d.ics", "LOCATION:Сала Б\\, Београд\\; спрат 2\r\n");
    has(&b, "sr-latn/d/d.ics", "SUMMARY:Njihova obuka");
    drop(&b);
}

static void test_book(void **state)
{
    (void)state;
    static const struct source files[] = {
        {"content/site.yml", "name: Ц\nlanguages: [sr-Cyrl]\n"},
        {"content/index.md", "---\ntitle: Почетна\n---\n[k](k/index.md)\n"},
        {"content/k/index.md", "---\nkind: book\ntitle: Књига\n---\n## Предговор\n\nТекст.\n"},
        {"content/k/01-prvo.md", "---\ntitle: Прво\n---\nПише у :ref[t2] и у :ref[drugo].[^a]\n\n[^a]: Белешка.\n"},
        {"content/k/02-drugo.md", "---\ntitle: Друго\n---\n::table{#t2}\n\nТабела: Наслов\n\n| а | б |\n|---|--:|\n| 1 | 2 |\n\n:ref[nema]\n"},
        {0}};
    struct built b;
    build(&b, files);
    has(&b, "k/prvo/index.html",
        "<a class=\"ref\" href=\"../drugo/index.html#t2\">Табела\xC2\xA0"
        "2.1</a>");
    has(&b, "k/prvo/index.html",
        "<a class=\"ref\" href=\"../drugo/index.html\">Поглавље\xC2\xA0"
        "2</a>");
    has(&b, "k/prvo/index.html", "<li id=\"fn-1\">");
    has(&b, "k/prvo/index.html", "rel=\"next\" href=\"../../k/drugo/index.html\"");
    has(&b, "k/drugo/index.html",
        "<span class=\"label\">Табела\xC2\xA0"
        "2.1.</span> Наслов</caption>");
    has(&b, "k/drugo/index.html", "<td class=\"right\">2</td>");
    has(&b, "k/index.html", "href=\"../k/prvo/index.html\"><span class=\"number\">1</span> Прво</a>");
    assert_int_equal(diag_count(b.diag, false), 1); /* :ref[nema] */
    struct buf html = {0};
    struct arena scratch = {0};
    assert_int_equal(b.s->publications.n, 1);
    assert_true(site_print_html(b.s, b.s->publications.v[0], &scratch, &html));
    const char *want[] = {"<a class=\"ref\" href=\"#drugo-t2\">",
                          "id=\"drugo-t2\"",
                          "<span class=\"fn\">Белешка.</span>",
                          "<a href=\"#prvo\">",
                          "id=\"prvo\"",
                          "id=\"k-predgovor\""};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        if (str_search(buf_view(&html), want[i]) == SIZE_MAX) fail_msg("no %s in\n%s", want[i], html.s);
    buf_close(&html);
    arena_close(&scratch);
    drop(&b);
}

static void test_form(void **state)
{
    (void)state;
    static const struct source files[] = {
        {"content/site.yml", "name: Ц\nbase-url: https://primer.invalid/\nlanguages: [sr-Cyrl, sr-Latn]\n"},
        {"content/index.md", "---\ntitle: Почетна\n---\n[f](f/index.md)\n"},
        {"content/lists/hitnost.yml", "odmah: {sr: Одмах}\n24h: {sr: У року од 24 сата}\n"},
        {"content/f/index.md",
         "---\nkind: form\ncode: F1\nversion: 1\ntitle: Образац\npurpose: проба\n---\n## Део\n\n[Почетна](../index.md)\n\n- Име :text{#ime "
         "required}\n- Хитност "
         ":choice{#hitnost list=hitnost}\n- Начин :many{#nacin}\n  - лично\n"
         "  - поштом\n- Рок :date{#rok}\n- Потпис :signature{#potpis}\n\n::rows{#prilozi count=2}\n\n| Назив :text{} | Број :number{} |\n|--|--|\n"},
        {0}};
    struct built b;
    build(&b, files);
    assert_int_equal(errors(&b), 0);
    has_not(&b, "f/index.html", "<form"); /* nothing that could send */
    has_not(&b, "f/index.html", " required");
    has(&b, "f/index.html", "<label class=\"label\" for=\"ime\">Име <span class=\"required\">(обавезно)</span></label>");
    has(&b, "f/index.html", "<input type=\"radio\" id=\"hitnost-1\" name=\"hitnost\" value=\"odmah\">");
    has(&b, "f/index.html", "<input type=\"checkbox\" id=\"nacin-2\" name=\"nacin\" value=\"postom\">");
    has(&b, "f/index.html", "name=\"prilozi.2.broj\"");
    has(&b, "f/index.html", "aria-label=\"Назив, ред 1\"");
    has(&b, "sr-latn/f/index.html", "value=\"odmah\"> <label for=\"hitnost-1\">Odmah</label>");
    struct arena scratch = {0};
    for (size_t i = 0; i < b.s->publications.n; i++) {
        const struct publication *p = b.s->publications.v[i];
        struct buf html = {0};
        assert_true(site_print_html(b.s, p, &scratch, &html));
        bool fillable = p->variant == VARIANT_FILLABLE;
        assert_int_equal(str_search(buf_view(&html), "<input") != SIZE_MAX, fillable);
        assert_int_equal(str_search(buf_view(&html), "class=\"line\"") != SIZE_MAX, !fillable);
        if (p->output->lang->derived) {
            assert_true(str_search(buf_view(&html), "<html lang=\"sr-Latn-RS\"") != SIZE_MAX);
            assert_true(str_search(buf_view(&html), "Образац") == SIZE_MAX);
            assert_true(str_search(buf_view(&html), "<a href=\"https://primer.invalid/sr-latn/\">Početna</a>") != SIZE_MAX);
        }
        buf_close(&html);
    }
    arena_close(&scratch);
    drop(&b);
}

/* A layout of the site's own folder takes the place of its namesake; its mistakes are reported with their place. */
static void test_own_layout(void **state)
{
    (void)state;
    static const struct source files[] = {{"content/site.yml", "name: Ц\n"},
                                          {"content/index.md", "---\ntitle: Наслов\n---\nТекст.\n"},
                                          {"layouts/web/page.mustache", "<p>{{title}}</p>{{{body}}}{{#a}}\n"},
                                          {0}};
    struct built b;
    build(&b, files);
    has(&b, "index.html", "<p>Наслов</p>");
    struct buf out = {0};
    diag_write(b.diag, &out, false, false);
    assert_non_null(strstr(out.s, "layouts/web/page.mustache:1:"));
    buf_close(&out);
    drop(&b);
}

/* Every name that a view has is in the table of context.c. */
static void test_context(void **state)
{
    (void)state;
    static const struct source files[] = {
        {"content/site.yml", SITE},
        {"content/contacts.yml", CONTACTS},
        {"content/index.md", "---\ntitle: Почетна\n---\n[p](pomoc/index.md) [o](o/index.md)\n"},
        {"content/pomoc/index.md", "---\ntitle: Помоћ\nsubtitle: П\ndescription: О\nupdated: 2026-11-01\n---\n## А\n\n## Б\n\n## В\n"},
        {"content/o/index.md", "---\ntitle: О\n---\n"},
        {"content/o/n/index.md", "---\nkind: news\npublished: 2026-11-01\ntitle: Н\n---\n"},
        {"content/k/index.md", "---\nkind: book\ntitle: К\nauthors: [А, Б]\nyear: 2026\n---\n"},
        {"content/k/01-a.md", "---\ntitle: А\n---\n"},
        {"content/l/index.md",
         "---\nkind: leaflet\ntitle: Л\ndiscreet-title: Б\nfold: a4-bifold\nfont-size: 12–14 pt\n---\n## 1\n\n## 2\n\n## 3\n\n## 4\n"},
        {0}};
    struct built b;
    build(&b, files);
    size_t n;
    const struct context_row *rows = context_rows(&n);
    static const enum variant variants[] = {VARIANT_WEB, VARIANT_READING, VARIANT_DISCREET, VARIANT_FILLABLE, VARIANT_PAPER};
    for (size_t i = 0; i < b.s->entries.n; i++)
        for (size_t k = 0; k < 5; k++) {
            const struct entry *e = b.s->entries.v[i];
            const struct value *v =
                site_view(b.s, e, &e->outputs[0], content_parse(&b.arena, b.c, e->source, b.diag), variants[k], STR("x"), &b.arena);
            for (size_t j = 0; j < v->n; j++) {
                bool known = false;
                for (size_t r = 0; r < n; r++) {
                    struct str name = str_of(rows[r].name);
                    size_t dot = str_find(name, '.');
                    if (dot != SIZE_MAX) name.n = dot;
                    if (str_ends(name, "[]")) name.n -= 2;
                    known |= str_eq(name, v->keys[j]);
                }
                if (!known) fail_msg("context.c does not know „%.*s“", STR_ARG(v->keys[j]));
            }
        }
    const struct entry *leaflet = map_find(&b.s->by_path, STR("l"));
    const struct value *v = site_view(b.s, leaflet, &leaflet->outputs[0], NULL, VARIANT_DISCREET, STR(""), &b.arena);
    assert_true(str_is(value_find(v, STR("cover-title"))->text, "Б"));
    assert_true(str_is(value_find(v, STR("font-max"))->text, "14pt"));
    drop(&b);
}

/* Every word that a compiled-in layout names is there in Serbian and in English. */
static void test_words(void **state)
{
    (void)state;
    static const struct source files[] = {
        {"content/site.yml", "name: Ц\nlanguages: [sr-Cyrl, sr-Latn, en]\n"}, {"content/index.md", "---\ntitle: Наслов\n---\n"}, {0}};
    struct built b;
    build(&b, files);
    size_t seen = 0;
    for (const struct embedded *e = embedded_files; e->path; e++) {
        struct str rest = {e->data, (size_t)(e->end - e->data)};
        if (!str_ends(str_of(e->path), ".mustache")) continue;
        for (size_t at; (at = str_search(rest, "{{t.")) != SIZE_MAX; seen++) {
            rest = str_from(rest, at + 4);
            char *key = str_z(&b.arena, str_part(rest, 0, str_find(rest, '}')));
            for (size_t l = 0; l < b.s->n_langs; l++)
                if (!map_find(&b.s->words[l].by_key, str_of(key))) fail_msg("%s: there is no word %s in %s", e->path, key, b.s->langs[l]->code);
        }
    }
    assert_true(seen > 50);
    assert_true(str_is(site_word(b.s, lang_find(STR("sr-Latn")), "help-title"), "Treba ti pomoć?"));
    drop(&b);
}

static const struct yaml *strings_of(struct arena *a, const char *name, struct diag *d)
{
    const struct embedded *e = embedded_files;
    struct str path = str_printf(a, "layouts/strings/%s.yml", name);
    while (e->path && !str_is(path, e->path)) e++;
    return e->path ? yaml_read(a, (struct str){e->data, (size_t)(e->end - e->data)}, e->path, 1, d) : NULL;
}

/* Every language that we have words for has all of them, and a word for each of its plural forms. */
static void test_translations(void **state)
{
    (void)state;
    struct arena a = {0};
    struct diag *d = diag_new(DIAG_EN);
    const struct yaml *en = strings_of(&a, "en", d);
    size_t n, translated = 0;
    const struct language *table = lang_table(&n);
    for (size_t i = 0; i < n; i++) {
        const struct yaml *y = table[i].derived ? NULL : strings_of(&a, table[i].strings, d);
        if (!y) continue;
        translated++;
        for (size_t k = 0; k < en->n; k++)
            if (!yaml_find(y, str_z(&a, en->keys[k]->text)))
                fail_msg("layouts/strings/%s.yml has no word %.*s", table[i].strings, STR_ARG(en->keys[k]->text));
        for (long count = 0; count <= 1000; count++) {
            char *key = arena_printf(&a, "pages-%s", lang_plural(&table[i], count));
            const struct yaml *word = yaml_find(y, key);
            if (!word || (count > 2 && str_search(word->text, "{n} ") == SIZE_MAX))
                fail_msg("layouts/strings/%s.yml: %ld pages need %s", table[i].strings, count, key);
        }
    }
    assert_int_equal(translated, 6);
    diag_close(d);
    arena_close(&a);
}

int main(void)
{
    content_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_languages), cmocka_unit_test(test_escaping), cmocka_unit_test(test_calendar),
                                       cmocka_unit_test(test_book),      cmocka_unit_test(test_form),     cmocka_unit_test(test_own_layout),
                                       cmocka_unit_test(test_context),   cmocka_unit_test(test_words),    cmocka_unit_test(test_translations)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
