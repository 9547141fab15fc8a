/* content.c: a whole small site from a table: files in, messages and trees out. What would hurt an author: a mistake that is not seen, a message at
 * the wrong place, a hang. The site in each case lies in a folder of its own under /tmp. */
#include "base/file.h"
#include "base/workers.h"
#include "content/edition.h"
#include "content/page.h"
#include "content/yaml.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

/* A case of a table that went wrong: said at once, counted, and the test goes on with the next; finish() fails where any did. */
static int bad;
#define wrong(...) (bad++, print_error(__VA_ARGS__), print_error("\n"))
static void finish(void)
{
    int n = bad;
    bad = 0;
    if (n) fail_msg("%d cases went wrong", n);
}

struct site {
    char root[32];
    struct arena arena;
    struct diag *diag;
    struct catalogue *c;
    struct buf said, dump;
};

/* The tables of schema.c have all that authors, `letak help` and `letak new` need of a row; a kind takes the keys that every page has. */
static void tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        const struct kind_row *k = &kind_rows[i];
        if (k->kind != (enum kind)i || !k->en || !k->sr || !k->help_en || !k->help_sr || !k->folder || !k->example)
            wrong("kind %zu has no full row", i);
        else if (schema_kind(str_of(k->sr)) != k) wrong("kind %s: another has its Serbian name", k->en);
        if (!(key_rows[KEY_TITLE].kinds & 1u << i) || !(key_rows[KEY_KIND].kinds & 1u << i)) wrong("kind %zu takes no title", i);
    }
    for (size_t i = 0; i < KEYS; i++) {
        const struct key_row *k = &key_rows[i];
        if (k->key != (int)i || !k->en || !k->sr || !k->help_en || !k->help_sr) wrong("key %zu has no full row", i);
        else if (schema_key(str_of(k->en)) != k || schema_key(str_of(k->sr)) != k) wrong("key %s: another has its name", k->en);
    }
    for (size_t i = 0; i < MARKS; i++) {
        const struct mark_row *m = &mark_rows[i];
        if (m->mark != (int)i || !m->en || !m->sr || !m->places || !m->help_en || !m->help_sr) {
            wrong("mark %zu has no full row", i);
            continue;
        }
        if (schema_mark(str_of(m->en)) != m) wrong("mark %s: another has its name", m->en);
        struct str rest = str_of(m->keys ? m->keys : ""), w;
        while (str_split(&rest, ' ', &w)) {
            bool flag, is_flag = w.n && w.s[w.n - 1] == '!';
            struct str name = str_part(w, 0, w.n - is_flag);
            if (name.n && !str_ends(name, "_") && (!schema_attr(m, name, &flag) || flag != is_flag))
                wrong("mark %s: no pair of names for %.*s", m->en, STR_ARG(w));
        }
    }
    finish();
}

static void put(struct site *s, const char *file, struct str text)
{
    char *path = path_join(&s->arena, str_of(s->root), str_of(file));
    assert_true(file_mkdirs(str_z(&s->arena, path_dir(str_of(path)))));
    assert_true(file_write(path, text));
}

static void start(struct site *s)
{
    *s = (struct site){.root = "/tmp/letak-content-XXXXXX"};
    assert_non_null(mkdtemp(s->root));
    s->diag = diag_new(DIAG_EN);
    buf_puts(&s->said, ""), buf_puts(&s->dump, "");
}

static void open_site(struct site *s)
{
    struct content_options o = {.root = s->root, .out = "public", .today = {2026, 11, 24, -1, 0}, .threads = 2};
    assert_true(content_open(&s->arena, &o, s->diag, &s->c));
}

/* Opens the site, parses every page in order; said and dump hold what came out. */
static void run(struct site *s)
{
    open_site(s);
    for (size_t i = 0; i < s->c->pages.n; i++) {
        struct arena a = {0};
        struct document *doc = content_parse(&a, s->c, s->c->pages.v[i], s->diag);
        if (doc) content_dump(&s->dump, doc);
        arena_close(&a);
    }
    content_check_anchors(s->c, s->diag);
    diag_write(s->diag, &s->said, false, false);
}

static void stop(struct site *s)
{
    file_remove_tree(s->root);
    if (s->c) content_close(s->c);
    diag_close(s->diag);
    arena_close(&s->arena);
    buf_close(&s->said), buf_close(&s->dump);
}

static const char site_yml[] = "name: {sr: Центар, en: Centre}\nlanguages: [sr-Cyrl, sr-Latn, en]\nbase-url: https://primer.invalid/\n";
static const char contacts_yml[] =
    "centar:\n  name: Линија\n  published: true\n  phones:\n    - number: \"+381 11 000 0000\"\n  mail: a@primer.invalid\n"
    "tajni:\n  name: Тајни\n  published: false\n";
static const char usluge_yml[] = "smestaj: {sr: Смештај, en: Shelter}\nhrana: Храна\n";

static void put_site(struct site *s)
{
    put(s, "content/site.yml", str_of(site_yml));
    put(s, "content/contacts.yml", str_of(contacts_yml));
    put(s, "content/lists/usluge.yml", str_of(usluge_yml));
    put(s, "content/ruka.svg", STR("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"));
    put(s, "content/pomoc/index.md", STR("---\ntitle: Помоћ\n---\n## Позови {#zovi}\n\nТекст.\n"));
    put(s, "content/tajna/index.md", STR("---\ntitle: Тајна\ndraft: true\n---\nТекст.\n"));
}

/* One page of the site, content/a/index.md, and the one message it must give: "" for none, otherwise the start of a line without its file. */
struct one {
    const char *text, *want;
};
static void check_one(const struct one *t, bool foreign)
{
    struct site s;
    start(&s);
    if (!foreign) put_site(&s);
    const char *file = foreign ? "a.md" : "content/a/index.md";
    put(&s, file, str_of(t->text));
    run(&s);
    char want[256];
    snprintf(want, sizeof want, "%s:%s", file, t->want);
    if (!*t->want && s.said.n) wrong("wanted silence for\n%s\ngot: %s", t->text, s.said.s);
    if (*t->want && !strstr(s.said.s, want)) wrong("wanted %s for\n%s\ngot: %s", want, t->text, s.said.n ? s.said.s : "nothing");
    if (*t->want && s.said.n && strchr(s.said.s, '\n')[1]) wrong("more than one message for\n%s\n%s", t->text, s.said.s);
    stop(&s);
}
#define CHECK(cases, foreign)                                                                                                                        \
    for (size_t i = 0; i < sizeof(cases) / sizeof *(cases); i++) check_one(&(cases)[i], foreign)

static void front_matter(void **state)
{
    (void)state;
    static const struct one cases[] = {
        {"---\ntitle: А\n---\nТекст.\n", ""},
        {"---\nнаслов: А\nобјављено: 2026-01-31\nредослед: -3\n---\n", ""},
        {"---\nnaslov: А\nvrsta: stranica\nažurirano: 2024-02-29\n---\n", ""},
        {"---\ntitle: \"А: Б\"\ntags: [x, y]\ncategories: z\n---\n", ""},
        {"---\ntitle: А: Б\n---\n", "2:9: error C001"},
        {"---\ntitle: \"А\n---\n", "2:8: error C002"},
        {"---\ntitle: А\nauthors:\n\t- Б\n---\n", "4:1: error C003"},
        {"---\ntitle: @А\n---\n", "2:8: error C004: a value cannot begin with \"@\""},
        {"---\nнаслов: ЊЊЊЊЊ\nопис: `А\n---\n", "3:7: error C004: a value cannot begin with \"`\""},
        {"---\ntitle: А\n  weight: 3\n---\n", "3:9: error C001"},
        {"---\ntitle: А\ntitle: Б\n---\n", "3:1: error C007"},
        {"---\ntitle: &a А\ndescription: *a\n---\n", "2:8: error C008"},
        {"---\n- А\n- Б\n---\n", "2:1: error C010"},
        {"---\ntitle: А\nТекст.\n", "1:1: error C011"},
        {"+++\ntitle = \"А\"\n+++\n# Наслов\n", "1:1: warning C012"},
        {"---\ntitle: А\ntitel: Б\n---\n", "3:1: error C020"},
        {"---\ntitle: А\nfold: a4-zfold\n---\n", "3:1: error C021"},
        {"---\ntitle: А\nkind: event\ntype: seminar\nend: 2027-03-18 15:00\n---\n## Програм\n\n| Време | Тема | Излагач | Облик "
         "|\n|---|---|---|---|\n| 9 | б | в | г |\n",
         "1:1: error C022"},
        {"---\ntitle: А\nweight: три\n---\n", "3:9: error C023"},
        {"---\ntitle: [а, б]\n---\n", "2:8: error C023"},
        {"---\ntitle: А\npublished: 2026-02-30\n---\n", "3:12: error C024"},
        {"---\ntitle: А\npublished: 30.1.2026\n---\n", "3:12: error C024"},
        {"---\ntitle: А\nkind: event\ntype: seminar\nstart: 2027-03-18\nend: 2027-03-18 15:00\n---\n## Програм\n\n| Време | Тема | Излагач | Облик "
         "|\n|---|---|---|---|\n| 9 | б | в | г |\n",
         "5:8: error C038"}, /* its hour is missing: C024 asked for what is there */
        {"---\ntitle: А\nreview: perhaps\n---\n", "3:9: error C025"},
        {"---\ntitle: А\nkind: leeflet\n---\n", "3:7: error C026"},
        {"Текст без наслова.\n", "1:1: error C027"},
        {"---\ntitle: А\npublished: 2026-05-02\nexpires: 2026-05-01\n---\n", "4:10: error C028"},
        {"# Наслов\n\nТекст.\n", ""},
        {"Наслов\n======\n\nТекст.\n", ""},
    };
    CHECK(cases, false);
    finish();
}

static void marks_and_links(void **state)
{
    (void)state;
#define T "---\ntitle: А\n---\n"
    static const struct one cases[] = {
        {T "Зови :contact[centar]{phone} или :контакт[centar]{телефон}, :kontakt[centar]{velicina}.\n", "4:61: error C043"},
        {T "Напомена: у 12:30, од 10:15 до 9:3, http://a.rs:80/x и :) и : и ::\n", ""},
        {T "Зови :contact[centr].\n", "4:6: error C033"},
        {T "Зови :contact[tajni].\n", "4:6: error C035"},
        {T "Зови :contact[centar]{address}.\n", "4:6: error C036"},
        {T "Зови +381 11 123 4567.\n", "4:6: error C037"},
        {T "Зови 063/123-4567 одмах.\n", "4:6: error C037"},
        {T "Зови (00381 11) 123 4567 одмах.\n", "4:7: error C037"},
        {T "Зови [нас](tel:+381111234567).\n", "4:6: error C037"},
        {T "Дана 06-12-2026, од 06:00 до 07:00, по 0,5 l, 01/2026, 0-306-40615-2.\n", ""},
        {T "Полиција је 192, рок 10–15 дана, 23. 11. 2026. године, 1.234.567, 2026-11-24, `011 123 4567`.\n", ""},
        {T "Текст :kontct[centar].\n", "4:7: error C040"},
        {T "Текст :cite[a].\n", "4:7: error C041"},
        {T "Текст :toc[a].\n", "4:7: error C042"},
        {T "::keep[a]\n", "4:1: error C042"},
        {T "Текст :abbr[ЕУ]{titel=\"Х\"}.\n", "4:7: error C043"},
        {T "Текст :keep{}.\n", "4:7: error C045"},
        {T "Текст :date[2026-02-30].\n", "4:7: error C024"},
        {T "::table{#t}\n\nТекст.\n", "4:1: error C046"},
        {T "::figure{#t}\n", "4:1: error C046"},
        {T ":::note\n\nТекст.\n", "4:1: warning C047"},
        {T ":::напомена\n", "4:1: warning C047"},
        {T "## А {#x}\n\n## Б {#x}\n", "6:1: error C048"},
        {T "Види :ref[nema].\n", "4:6: error C049"},
        {T "Види :ref[t].\n\n::table{#t}\n\nТабела: А\n\n| а | б |\n|---|---|\n| :keep[х] | **:keep[у]** |\n", ""},
        {T "[а](../pomoc/index.md#zovi) [б](../pomoc/) [в](../pomoc) [г](/pomoc/index.md) [д](https://a.rs/) [ђ](mailto:a@b.rs)\n", ""},
        {T "[а](../pomoc/indeks.md)\n", "4:1: error C050"},
        {T "Ту је [а](../pomoc/index.md#nema).\n", "4:7: error C051"},
        {T "Ту је [а](#nema).\n", "4:7: error C051"},
        {T "[а](../../../etc/passwd)\n", "4:1: error C052"},
        {T "[а](javascript:alert(1))\n", "4:1: error C053"},
        {T "[а](JavaScript:alert(1))\n", "4:1: error C053"},
        {T "[а](../tajna/index.md)\n", "4:1: error C054"},
        {T "![рука](../ruka.svg)\n", ""},
        {T "![рука](../ruke.svg)\n", "4:1: error C055"},
        {T "![рука](../../../ruka.svg)\n", "4:1: error C052"},
        {T "![рука](https://a.rs/x.png)\n", "4:1: warning C056"},
        {T "![](../ruka.svg)\n", "4:1: error C057"},
        {T "Текст[^a].\n", "4:6: error C058"},
        {T "Текст.\n\n[^a]: Б.\n", "6:1: warning C059"},
        {T "Текст[^a], опет[^a].\n\n[^a]: Б.\n", ""},
        {T "<b>а</b>\n", "4:1: warning C060"},
        {T "Текст :keep[а и крај.\n", "4:7: error C044"},
        {T "Текст :abbr[ЕУ]{title=\"а} и крај.\n", "4:7: error C044"},
        {T "Поље :text{#a}.\n", "4:6: error C074"},
        {T "::include[../pomoc/index.md]\n", ""},
        {T "::include[index.md]\n", "4:1: error C063"},
    };
    CHECK(cases, false);
    finish();
}

static void kinds(void **state)
{
    (void)state;
#define LEAFLET "---\nkind: leaflet\ntitle: А\nfold: a4-bifold\n---\n"
#define EVENT "---\nkind: догађај\ntitle: А\ntype: seminar\nstart: 2027-03-18 09:30\nend: 2027-03-18 15:00\n---\n"
#define FORM "---\nkind: form\ntitle: А\ncode: F1\nversion: 1\npurpose: б\n---\n"
    static const struct one cases[] = {
        {LEAFLET "## 1\n\n## 2\n\n## 3\n\n## 4\n", ""},
        {LEAFLET "## 1\n\n## 2\n\n## 3\n", "6:1: error C070"},
        {LEAFLET "Текст.\n\n## 1\n\n## 2\n\n## 3\n\n## 4\n", "6:1: error C071"},
        {EVENT "## Програм\n\n| Време | Тема | Излагач | Облик |\n|---|---|---|---|\n| 9 | б | в | г |\n", ""},
        {EVENT "## Programme\n\n| Time | Topic | Speaker | Form |\n|---|---|---|---|\n| 9 | б | в | г |\n", ""},
        {EVENT "## Програм\n\n| Време | Тема |\n|---|---|\n| 9 | б |\n", "10:1: error C072"},
        {EVENT "Текст.\n", "8:1: error C073"},
        {FORM "- Име :text{#ime required}\n- Услуге :many{#usluge list=usluge}\n- Начин :choice{#nacin}\n  - лично\n  - поштом\n", ""},
        {FORM "- Име :text{}\n", "8:7: error C075"},
        {FORM "- Име :text{#Име}\n", "8:7: error C076"},
        {FORM "- :text{#ime}\n", "8:3: error C077"},
        {FORM "- Начин :choice{#nacin}\n", "8:9: error C078"},
        {FORM "- Услуге :many{#usluge list=uslge}\n", "8:10: error C079"},
        {FORM "- Име :text{#ime}\n- Презиме :text{#ime}\n", "9:11: error C048"},
        {FORM "::rows{#r count=3}\n\n| Назив :text{} | Број :number{} |\n|---|---|\n", ""},
        {FORM "::rows{#r count=3}\n\nТекст.\n", "8:1: error C046"},
    };
    CHECK(cases, false);
    finish();
}

/* Names of editions as authors write them, and what is wrong with others. */
static void editions(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int edition; /* -1: none named */
        bool good, discreet;
        const char *word; /* where not good */
    } items[] = {
        {"a6", EDITION_A6, true, false, NULL},
        {"а6", EDITION_A6, true, false, NULL},
        {" kartica ", EDITION_CARD, true, false, NULL},
        {"картица", EDITION_CARD, true, false, NULL},
        {"a4-zfold", EDITION_ZFOLD, true, false, NULL},
        {"discreet", -1, true, true, NULL},
        {"неупадљив  плакат", EDITION_POSTER, true, true, NULL},
        {"dl discreet", EDITION_DL, true, true, NULL},
        {"", -1, false, false, ""},
        {"a7", -1, false, false, "a7"},
        {"tiles", -1, false, false, "tiles"},
        {"a6 dl", EDITION_A6, false, false, "a6 dl"},
        {"discreet discreet", -1, false, true, "discreet"},
    };
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        const struct edition_row *row;
        struct str word;
        bool discreet, good = edition_read(str_of(items[i].text), &row, &discreet, &word);
        if (good != items[i].good || discreet != items[i].discreet || (row ? (int)row->edition : -1) != items[i].edition ||
            (!good && !str_is(word, items[i].word)))
            wrong("\"%s\" is read as %s%s\n%.*s", items[i].text, row ? row->en : "nothing", discreet ? ", discreet" : "", (int)word.n, word.s);
    }
    for (size_t i = 0; i < EDITIONS; i++) {
        const struct edition_row *r = &edition_rows[i];
        if (r->edition != (enum edition)i || !r->word || (!r->read && !r->press) || (r->sides && r->takes == TAKES_ALL) || (r->panels && r->leaf))
            wrong("the row of %s contradicts itself%s", r->en, "");
        if (r->kinds && (edition_find(str_of(r->en)) != r || edition_find(str_of(r->sr)) != r)) wrong("%s is not found by its names%s", r->en, "");
    }
    assert_true(edition_named(STR("а6,плакат"), &edition_rows[EDITION_TILES]) && edition_named(STR(" card  dl"), &edition_rows[EDITION_DL]));
    assert_false(edition_named(STR("a6 x"), &edition_rows[EDITION_DL]) || edition_named(STR(""), &edition_rows[EDITION_A6]));
    assert_true(edition_wish(STR("discreet"), STR("a4-bifold")).row == &edition_rows[EDITION_BIFOLD]);
    static const struct one cases[] = {
        {"---\nkind: leaflet\ntitle: А\nfold: a4-bifold\neditions: [а6, x6]\n---\n## 1\n\n## 2\n\n## 3\n\n## 4\n", "5:16: error C170"},
        {"---\nkind: leaflet\ntitle: А\nfold: a4-bifold\neditions: zfold\n---\n## 1\n\n## 2\n\n## 3\n\n## 4\n", "5:11: error C173"},
        {"---\nkind: leaflet\ntitle: А\nfold: a4-bifold\neditions: []\n---\n## 1\n\n## 2\n\n## 3\n\n## 4\n", ""},
        {"---\nkind: leaflet\ntitle: А\nfold: a4-bifold\neditions: [a6]\n---\n## 1 {editions=a6}\n\n## 2\n\n## 3\n\n## 4\n", ""},
        {"---\nkind: page\ntitle: А\n---\n## 1 {издања=a6}\n", ""},
        {"---\nkind: page\ntitle: А\n---\n## 1 {облици=a6}\n", "5:1: error C176"},
        {"---\nkind: book\ntitle: А\neditions:\n  - a5\n  - dl\n---\n## 1\n", "6:5: error C171"},
    };
    CHECK(cases, false);
    finish();
}

/* The same mistakes in a folder of another project: at most warnings. */
static void foreign(void **state)
{
    (void)state;
    static const struct one cases[] = {
        {"Text without a title.\n", ""},
        {"---\nlayout: post\ntitle: A\nauthor: B\ndate: 2020-01-01T10:00:00+02:00\nsocial: x\n---\n", "6:1: warning C020"},
        {"---\ntitle: A\ndate: January 5\n---\n", "3:7: warning C024"},
        {"# A\n\n[x](nothing.md)\n", "3:1: warning C050"},
        {"# A\n\nCall +44 20 7946 0123.\n", "3:6: warning C037"},
        {"# A\n\nA :smile: and a :role[x] mark.\n", "3:17: warning C040"},
        {"# A\n\n![](x.png)\n\n", "3:1: warning C055"},
        {"# A\n\nLatin-1: \xE9\n", "3:10: warning F003"},
        {"---\ntitle: A: B\n---\n", "2:9: warning C001"},
        {"---\nlayout: book\ntitle: A\nstart: x\n---\n# A {#x}\n## B {#x}\n", "7:1: warning C048"},
        {"---\ntype: docs\ntitle: A\n---\n", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct site s;
        start(&s);
        put(&s, "a.md", str_of(cases[i].text));
        run(&s);
        if (diag_status(s.diag, false)) wrong("a foreign page is an error: %s\n%s", cases[i].text, s.said.s);
        if (!strstr(s.said.s, cases[i].want)) wrong("wanted %s for\n%s\ngot %s", cases[i].want, cases[i].text, s.said.s);
        stop(&s);
    }
    finish();
}

/* A page and what its tree must hold, line by line, in this order. */
static void trees(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want[12];
    } cases[] = {
        {"# Наслов\n\n## Шта ако…?\n\n## Шта ако\n", {"heading 2 #sta-ako  @3:1", "heading 2 #sta-ako-2  @5:1"}},
        {T "| а | б |\n|:--|--:|\n| ч :keep[х] | њ |\n",
         {"table 2 \"lr\"  @4:1", "row +head  @4:1", "cell  @4:2", "cell 1  @4:6", "row  @6:1", "mark keep  @6:5", "cell 1  @6:15"}},
        {T "ЊЊ *Њ :abbr[ЕУ]{title=\"Х Х\"}* Њ\n",
         {"text \"ЊЊ \"  @4:1", "emph  @4:4", "text \"Њ \"  @4:5", "mark abbr title=\"Х Х\"  @4:7", "text \" Њ\"  @4:30"}},
        {T "Прва\\\nдруга :keep[х\nх] Њ *њ*\\\n*Ч*\n",
         {"line-break", "\"друга \"  @5:1", "mark keep  @5:7", "text \" Њ \"  @6:3", "emph  @6:6", "emph  @7:1", "\"Ч\"  @7:2"}},
        {T "- прва  \n  *друга*\n- Трећа\\\n  *Ч*\n", {"emph  @5:3", "\"Трећа\"  @6:3", "emph  @7:3"}},
        {T "Прва\nЊ :keep[х]\n", {"mark keep  @5:3"}},
        {T "- а\n- Њ :keep[х]\n", {"item  @5:1", "mark keep  @5:5"}},
        {T "> [!WARNING]\n> Пази :keep[х].\n", {"note \"warning\"  @4:1", "text \"Пази \"  @5:3", "mark keep  @5:8"}},
        {T "![рука](../ruka.svg \"Опис\")\n", {"figure  @4:1", "image url=../ruka.svg file=ruka.svg", "caption", "\"Опис\""}},
        {T "![рука](../ruka.svg)\n\nСлика: Опис\n", {"figure", "image", "caption  @6:1", "\"Опис\""}},
        {T "Table: Опис\n\n| а |\n|---|\n| б |\n", {"table 1", "caption  @4:1", "\"Опис\"", "row +head"}},
        {T "::columns{count=3}\n\n> а\n>\n> б\n", {"columns 3", "paragraph  @6:3", "paragraph  @8:3"}},
        {T "А[^x] б[^y] в[^x].\n\n[^y]: Ипсилон.\n[^x]: Икс.\n",
         {"footnote-ref 1", "footnote-ref 2", "footnote-ref 1", "footnote 1", "\"Икс.\"", "footnote 2", "\"Ипсилон.\""}},
        {T "- [ ] а\n- [x] б\n", {"item +task  ", "item +task +checked"}},
        {T "~~а~~ www.a.rs\n", {"strike", "link url=http://www.a.rs"}},
        {T "[а](../pomoc#zovi)\n", {"link url=../pomoc#zovi page=/pomoc"}},
        {T "::include[../pomoc/index.md]\n\nБ.\n", {"heading 2 #zovi  @4:1", "paragraph  @6:1"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct site s;
        start(&s);
        put_site(&s);
        put(&s, "content/a/index.md", str_of(cases[i].text));
        open_site(&s);
        const struct page *p = map_find(&s.c->by_file, STR("a/index.md"));
        assert_non_null(p);
        struct document *doc = content_parse(&s.arena, s.c, p, s.diag);
        assert_non_null(doc);
        content_dump(&s.dump, doc);
        diag_write(s.diag, &s.said, false, false);
        const char *at = s.dump.s;
        for (size_t k = 0; cases[i].want[k]; k++) {
            const char *found = strstr(at, cases[i].want[k]);
            if (!found) wrong("no line %zu \"%s\" in\n%s\nof\n%s\n%s", k, cases[i].want[k], s.dump.s, cases[i].text, s.said.s);
            at = found + 1;
        }
        stop(&s);
    }
    finish();
}

/* Two threads parsing the same documents give what one gives (cmark's tables of special characters are global; /work of --wrap). */
struct race {
    struct site *site;
    struct str want[8];
    int wrong[4];
};
static void race_job(void *ctx, size_t i, int worker)
{
    struct race *r = ctx;
    struct arena a = {0};
    struct buf b = {0};
    struct document *doc = content_parse(&a, r->site->c, r->site->c->pages.v[i % r->site->c->pages.n], r->site->diag);
    if (doc) content_dump(&b, doc);
    if (!doc || !str_eq(buf_view(&b), r->want[i % r->site->c->pages.n])) r->wrong[worker]++;
    buf_close(&b);
    arena_close(&a);
}

static void parse_race(void **state)
{
    (void)state;
    struct site s;
    start(&s);
    put_site(&s);
    static const char *const texts[] = {"~~precrtano~~ :keep[х] www.a.rs и a@b.rs\n\n| а :keep[б] | ~~в~~ |\n|---|---|\n| г | д |\n",
                                        "Обичан *текст* са `кодом` и [везом](https://a.rs/).\n",
                                        "- [ ] а\n- [x] ~~б~~\n\n[^1] и :abbr[ЕУ]{title=Х}\n\n[^1]: Фуснота.\n"};
    for (size_t i = 0; i < 3; i++)
        put(&s, arena_printf(&s.arena, "content/p%zu/index.md", i), str_printf(&s.arena, "---\ntitle: А\n---\n%s", texts[i]));
    open_site(&s);
    struct race r = {.site = &s};
    assert_true(s.c->pages.n <= 8);
    for (size_t i = 0; i < s.c->pages.n; i++) {
        struct document *doc = content_parse(&s.arena, s.c, s.c->pages.v[i], s.diag);
        struct buf b = {0};
        content_dump(&b, doc);
        r.want[i] = buf_copy(&s.arena, &b);
        buf_close(&b);
    }
    workers_run(4, 6000, race_job, &r);
    for (size_t i = 0; i < 4; i++) assert_int_equal(r.wrong[i], 0);
    stop(&s);
}

/* Hostile pages: the message, and that all together take no longer than a person would wait (each of them hung or ate memory in some library). */
static void repeat(struct buf *b, const char *z, size_t n)
{
    for (size_t i = 0; i < n; i++) buf_puts(b, z);
}

static void hostile(void **state)
{
    (void)state;
    static const struct {
        const char *before, *part;
        size_t n;
        const char *after, *want;
    } cases[] = {
        {"", "- ", 10000, "x\n", "C062"},
        {"", "> ", 10000, "x\n", "C062"},
        {"", "1. ", 10000, "x\n", "C062"},
        {"|", " a |", 5000, "\n", ""},
        {"", "[", 50000, "\n", ""},
        {"", "![", 50000, "\n", ""},
        {"", "*a **a ", 20000, "\n", ""},
        {"", "_a *a_ ", 20000, "\n", ""},
        {"", ":keep[", 20000, "\n", ""},
        {"", ":keep{", 20000, "\n", ""},
        {"", ":keep[a]{\"", 20000, "\n", ""},
        {"", ":::::", 20000, "\n", ""},
        {"", "[^a]", 20000, "\n\n[^a]: b\n", ""},
        {"", "[^a]: b\n", 5000, "\n", ""},
        {"", "a | b\n", 20000, "\n", ""},
        {"", "`", 50001, "\n", ""},
        {"", "<a ", 50000, "\n", ""},
        {"", "# a\n", 20000, "\n", ""},
        {"", "# a {#x}\n", 5000, "\n", "C048"},
        {"", "0", 500000, "\n", ""},
        {"", "+3 ", 100000, "\n", ""},
        {"", "[a](nista.md) ", 1000, "\n", "C050"},
        {"", "::table{#a}\n\n", 3000, "\n", "C046"},
        {"", "::note\n\n", 3000, "x\n", ""},
        {"", "::note{}\n\n", 3000, "x\n", ""},
        {"", "Табела: x\n\n", 5000, "|a|\n|-|\n", ""},
    };
    time_t began = time(NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct site s;
        struct buf b = {0};
        start(&s);
        put_site(&s);
        buf_puts(&b, T), buf_puts(&b, cases[i].before);
        repeat(&b, cases[i].part, cases[i].n);
        buf_puts(&b, cases[i].after);
        put(&s, "content/a/index.md", buf_view(&b));
        run(&s);
        if (getenv("LETAK_SHOW")) fprintf(stderr, "%zu times %.12s: %ld s\n", cases[i].n, cases[i].part, (long)(time(NULL) - began));
        if (*cases[i].want && !strstr(s.said.s, cases[i].want))
            wrong("no %s for %zu times %s: %.300s", cases[i].want, cases[i].n, cases[i].part, s.said.s);
        buf_close(&b);
        stop(&s);
        if (time(NULL) - began > 60) wrong("too slow from %zu times %s on", cases[i].n, cases[i].part);
    }
    finish();
}

static void wide_table(void **state)
{
    (void)state;
    struct site s;
    struct buf b = {0};
    start(&s);
    put_site(&s);
    buf_puts(&b, T "|"), repeat(&b, " a |", 5000), buf_puts(&b, "\n|"), repeat(&b, "---|", 5000), buf_puts(&b, "\n");
    put(&s, "content/a/index.md", buf_view(&b));
    run(&s);
    assert_non_null(strstr(s.said.s, "C061"));
    buf_close(&b);
    stop(&s);
}

static void alias_bomb(void **state)
{
    (void)state;
    struct site s;
    start(&s);
    put_site(&s);
    put(&s, "content/a/index.md",
        STR("---\ntitle: x\na: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, "
            "*b]\n---\n"));
    struct buf b = {0};
    buf_puts(&b, "---\ntitle: "), repeat(&b, "[", 20000), buf_puts(&b, "\n---\n");
    put(&s, "content/b/index.md", buf_view(&b));
    buf_reset(&b);
    buf_puts(&b, "---\ntitle: "), repeat(&b, "{a: ", 20000), buf_puts(&b, "\n---\n");
    put(&s, "content/c/index.md", buf_view(&b));
    run(&s);
    assert_non_null(strstr(s.said.s, "content/a/index.md:3:4: error C008"));
    assert_non_null(strstr(s.said.s, "content/b/index.md:2:"));
    assert_non_null(strstr(s.said.s, "content/c/index.md:2:"));
    buf_close(&b);
    stop(&s);
}

/* Files beside the pages: one file more (or another site.yml), the one message it must give. */
static void config(void **state)
{
    (void)state;
#define P "---\ntitle: А\n---\n"
    static const struct {
        const char *file, *text, *want;
    } cases[] = {
        {"content/site.yml", "name: А\nlangauges: [en]\n", "content/site.yml:2:1: error C030: site.yml has no key \"langauges\" (languages?)"},
        {"content/site.yml", "name: А\nlanguages: [sr-Cyrl, xx]\n", "content/site.yml:2:22: error C031"},
        {"content/site.yml", "name: А\nmenu: [pomoc, nema]\n", "content/site.yml: error C032: there is no page \"nema\" that menu names"},
        {"content/site.yml", "name: А\nhelp-page: nema\n", "content/site.yml: error C032"},
        {"content/site.yml", "name: А\nhelp-contact: nema\n", "content/site.yml: error C033"},
        {"content/site.yml", "- а\n", "content/site.yml:1:1: error C010"},
        {"content/site.yml", "name: %А\n", "content/site.yml:1:7: error C004"},
        {"content/contacts.yml", "centar:\n  nme: А\n", "content/contacts.yml:2:3: warning C080: the register does not know \"nme\" (name?)"},
        {"content/contacts.yml", "centar:\n  name: А\n  phones:\n    - numbr: 1\n", "content/contacts.yml:4:7: warning C080"},
        {"content/contacts.yml", "centar: {name: А}\ncentar: {name: Б}\n", "content/contacts.yml:2:1: error C007"},
        {"content/lists/a.yml", "- а\n", "content/lists/a.yml:1:1: error C010"},
        {"content/Велика Слова/index.md", P,
         "content/Велика Слова/index.md: error C065: \"Велика Слова\" is no good name in an address; use small Latin letters, digits and hyphens: "
         "velika-slova"},
        {"content/nema/index.en.md", P, "content/nema/index.en.md: error C066"},
        {"content/pomoc/index.de.md", P, "content/pomoc/index.de.md: warning C067"},
        {"content/pomoc.md", P, "content/pomoc.md: error C064"},
        {"content/a/index.md", "---\ntitle: \"\\q\"\n---\n", "content/a/index.md:2:"},
        {"content/a/index.md", "\xFF", "content/a/index.md:1:1: error F003"},
        {"content/a/index.md", P "[а](../pomoc/index.en.md)\n", "content/a/index.md:4:1: error C050"},
        {"content/lists/b.yml", "a: {sr: А, en: A}\n", ""},
        {"content/a/podaci.csv", "\xFF\xFE", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct site s;
        start(&s);
        put_site(&s);
        put(&s, cases[i].file, str_of(cases[i].text));
        run(&s);
        if (!strstr(s.said.s, cases[i].want) || (s.said.n && !*cases[i].want))
            wrong("wanted %s for %s\n%s\ngot: %s", cases[i].want, cases[i].file, cases[i].text, s.said.s);
        else if (s.said.n && strchr(s.said.s, '\n')[1]) wrong("more than one message for %s\n%s\n%s", cases[i].file, cases[i].text, s.said.s);
        stop(&s);
    }
    finish();
}

/* Raw HTML where the site allows it: what must come out, exactly, of the HTML nodes below the page, joined; and whether something was left out. */
static void join_html(struct buf *b, const struct node *n)
{
    if (n->kind == NODE_HTML_BLOCK || n->kind == NODE_HTML_INLINE) buf_str(b, n->text);
    else if (n->kind == NODE_TEXT) buf_str(b, n->text);
    for (const struct node *c = n->first; c; c = c->next) join_html(b, c);
}

static void raw_html(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
        bool left_out;
    } cases[] = {
        {"а <b>б</b> <BR/>в\n", "а <b>б</b> <br>в", false},
        {"а <b>б <i>в</b> г\n", "а <b>б <i>в</i></b> г", false},
        {"а <span lang=en title='x\"y<'>б\n", "а <span lang=\"en\" title=\"x&quot;y&lt;\">б</span>", false},
        {"а </b>б <!-- в -->\n", "а б ", false},
        {"а <a href=\"https://a.rs/?b&amp;c\">б</a>\n", "а <a href=\"https://a.rs/?b&amp;c\">б</a>", false},
        {"а <a href=\"javascript:x\" onclick=\"y\">б</a>\n", "а <a>б</a>", true},
        {"а <a href=\"java&#115;cript:x\">б</a>\n", "а <a>б</a>", true},
        {"а <a href=\" https://a.rs/\">б</a>\n", "а <a>б</a>", true},
        {"а <img src=x onerror=y> <div>б</div>\n", "а  б", true},
        {"<script>\nа < б\n</script>\n", "", true},
        {"<div><script>а</script><p style=\"x\">б</div>\n", "<div><p>б</p></div>\n", true},
        {"<div><svg/onload=x><b>а</b></svg>б\n", "<div>б\n</div>", true},
        {"<details open>\n<summary>а</summary>\n\n*б*\n\n</details>\n", "<details open=\"\">\n<summary>а</summary>\nб</details>\n", false},
        {"> <div>\n\nа </div>\n", "<div>\n</div>а ", false},
        {"<style>а\n", "", true},
        {"<div class=\"а\n", "<div></div>", true},
        {"<?php а ?>\n", "", true},
        {"<div\n<script>а</script>\n", "<div>а\n</div>", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct site s;
        struct buf b = {0};
        start(&s);
        put_site(&s);
        put(&s, "content/site.yml", STR("name: А\nraw-html: true\n"));
        put(&s, "content/a/index.md", str_printf(&s.arena, T "%s", cases[i].text));
        open_site(&s);
        struct document *doc = content_parse(&s.arena, s.c, map_find(&s.c->by_file, STR("a/index.md")), s.diag);
        buf_puts(&b, ""), join_html(&b, doc->root);
        diag_write(s.diag, &s.said, false, false);
        if (strcmp(b.s, cases[i].want)) wrong("%swanted: %s\ngot:    %s", cases[i].text, cases[i].want, b.s);
        if ((strstr(s.said.s, "C060") != NULL) != cases[i].left_out) wrong("%s%s", cases[i].text, s.said.s);
        buf_close(&b);
        stop(&s);
    }
    finish();
}

/* The register and the lists as other modules see them. */
static void register_and_lists(void **state)
{
    (void)state;
    struct site s;
    start(&s);
    put_site(&s);
    put(&s, "content/contacts.yml",
        STR("centar:\n  name: {sr: Линија, en: Line}\n  placeholder: true\n  phones:\n    - number: \"+381 11 000 0000\"\n      hours: {sr: увек, "
            "en: always}\n"
            "      free: true\n      kind: mobile\n    - \"192\"\n"));
    open_site(&s);
    const struct contact *c = map_find(&s.c->contacts, STR("centar"));
    const struct language *sr = lang_find(STR("sr-Cyrl")), *latin = lang_find(STR("sr-Latn")), *en = lang_find(STR("en")), *hu = lang_find(STR("hu"));
    assert_non_null(c);
    assert_true(c->placeholder), assert_true(c->published);
    assert_int_equal(c->phones.n, 2);
    assert_true(str_is(c->phones.v[0].number, "+381 11 000 0000")), assert_true(c->phones.v[0].free), assert_true(c->phones.v[0].mobile);
    assert_true(str_is(c->phones.v[1].number, "192")), assert_false(c->phones.v[1].free);
    assert_true(str_is(by_lang_text(&c->name, sr), "Линија")), assert_true(str_is(by_lang_text(&c->name, latin), "Линија"));
    assert_true(str_is(by_lang_text(&c->name, en), "Line")), assert_true(str_is(by_lang_text(&c->name, hu), "Линија"));
    assert_int_equal(by_lang_text(&c->address, en).n, 0);
    const struct choices *l = map_find(&s.c->lists, STR("usluge"));
    assert_non_null(l);
    assert_int_equal(l->list.n, 2);
    assert_true(str_is(l->list.v[0].key, "smestaj")), assert_true(str_is(by_lang_text(&l->list.v[0].label, en), "Shelter"));
    assert_true(str_is(by_lang_text(&l->list.v[1].label, en), "Храна"));
    stop(&s);
}

/* A file that is saved between the passes: no front matter of it comes out as text, and a file that is only replaced is read as it was. */
static void saved_meanwhile(void **state)
{
    (void)state;
    for (int hold = 0; hold < 2; hold++)
        for (int body = 0; body < 2; body++) {
            struct site s;
            start(&s);
            put_site(&s);
            put(&s, "content/index.md", STR("---\ntitle: А\n---\nПрво.\n"));
            struct content_options o = {.root = s.root, .out = "public", .today = {2026, 11, 24, -1, 0}, .threads = 1, .hold = hold};
            assert_true(content_open(&s.arena, &o, s.diag, &s.c));
            FILE *f = fopen(path_join(&s.arena, str_of(s.root), STR("content/index.md")), "w"); /* in place, as many editors do */
            assert_non_null(f);
            fputs(body ? "---\ntitle: А\n---\nДруго.\n" : "---\ntitle: А\ndescription: Тајно\n---\nДруго.\n", f);
            fclose(f);
            struct document *doc = content_parse(&s.arena, s.c, s.c->home, s.diag);
            diag_write(s.diag, &s.said, false, false);
            assert_int_equal(doc != NULL, body);
            if (body) assert_int_equal(s.said.n, 0);
            else assert_non_null(strstr(s.said.s, "content/index.md: error F012"));
            stop(&s);
        }
}

/* Where pages stand: paths, sections, bundles, translations, what is hidden. */
static void catalogue(void **state)
{
    (void)state;
    struct site s;
    start(&s);
    put_site(&s);
    static const char *const files[][2] = {
        {"content/index.md", "---\ntitle: Почетна\n---\n"},
        {"content/index.en.md", "---\ntitle: Home\n---\n"},
        {"content/vesti/index.md", "---\ntitle: Вести\n---\n"},
        {"content/vesti/a/index.md", "---\nkind: news\ntitle: А\npublished: 2026-01-01\n---\n"},
        {"content/vesti/b/index.md", "---\nkind: news\ntitle: Б\npublished: 2026-02-01\n---\n"},
        {"content/vesti/c/index.md", "---\nkind: news\ntitle: В\npublished: 2026-03-01\nembargo: 2026-11-25\n---\n"},
        {"content/vesti/d/index.md", "---\nkind: news\ntitle: Г\npublished: 2026-03-01\nexpires: 2026-11-24\n---\n"},
        {"content/skup/index.md", EVENT "## Програм\n\n| Време | Тема | Излагач | Облик |\n|---|---|---|---|\n| 9 | б | в | г |\n"},
        {"content/skup/plan.md", "---\ntitle: План\n---\n"},
        {"content/pomoc/index.en.md", "---\ntitle: Help\nreview: pending\n---\n"},
        {"content/c/index.fr.md", "---\ntitle: C\n---\n"},
        {"content/x/index.md", "---\ntitle: x\n---\n"},
        {"content/x.md", "---\ntitle: x\n---\n"},
        {".git/skriveno.md", "x"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) put(&s, files[i][0], str_of(files[i][1]));
    run(&s);
    const struct page *home = s.c->home, *vesti = map_find(&s.c->by_path, STR("vesti")), *plan = map_find(&s.c->by_path, STR("skup/plan"));
    assert_non_null(home), assert_non_null(vesti), assert_non_null(plan);
    assert_int_equal(home->path.n, 0);
    assert_int_equal(home->translations.n, 1);
    assert_string_equal(home->translations.v[0]->lang->code, "en");
    assert_true(plan->is_part);
    assert_string_equal(str_z(&s.arena, plan->parent->path), "skup");
    assert_true(vesti->is_section);
    assert_true(vesti->children.n >= 2);
    assert_string_equal(str_z(&s.arena, vesti->children.v[0]->title), "Б"); /* newest first, among those that are shown */
    static const struct {
        const char *file;
        bool hidden;
    } hidden[] = {
        {"vesti/a/index.md", false}, {"vesti/c/index.md", true}, {"vesti/d/index.md", true}, {"tajna/index.md", true}, {"pomoc/index.en.md", true}};
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        const struct page *p = map_find(&s.c->by_file, str_of(hidden[i].file));
        if (!p || p->hidden != hidden[i].hidden) wrong("%s is%s hidden", hidden[i].file, hidden[i].hidden ? " not" : "");
    }
    assert_non_null(strstr(s.said.s, "content/c/index.fr.md")); /* no source, and a language that is not listed */
    assert_non_null(strstr(s.said.s, "C064"));                  /* x/index.md and x.md */
    assert_null(strstr(s.said.s, "skriveno"));
    stop(&s);
    finish();
}

/* A book: :ref across its chapters, a link into another chapter, and into the translation that the reader gets. */
static void across_pages(void **state)
{
    (void)state;
    struct site s;
    start(&s);
    put_site(&s);
    put(&s, "content/knjiga/index.md", STR("---\nkind: book\ntitle: Књига\n---\nВиди :ref[t1] и :ref[nema].\n"));
    put(&s, "content/knjiga/01-uvod.md",
        STR("---\ntitle: Увод\n---\n::table{#t1}\n\n| а |\n|---|\n| б |\n\nВиди [друго](02-kraj.md#deo) и [треће](02-kraj.md#nema-ga).\n"));
    put(&s, "content/knjiga/02-kraj.md", STR("---\ntitle: Крај\n---\n## Део\n\nВиди :ref[t1] и :ref[t2].\n"));
    put(&s, "content/pomoc/index.en.md", STR("---\ntitle: Help\n---\n## Call us\n\nText.\n"));
    put(&s, "content/a/index.md", STR("---\ntitle: А\n---\n[а](../pomoc/index.md#zovi)\n"));
    put(&s, "content/necitko.md", STR("---\ntitle: \xff\n---\n"));
    put(&s, "content/k/index.md", STR("---\ntitle: К\n---\n[а](../necitko.md)\n")); /* is mended there: not the link is to go */
    put(&s, "content/a/index.en.md", STR("---\ntitle: A\n---\n[a](../pomoc/index.md#call-us) [b](../pomoc/index.md#zovi)\n"));
    run(&s);
    static const char *const want[] = {"knjiga/index.md:5:17: error C049",   "knjiga/01-uvod.md:10:32: error C051",
                                       "knjiga/02-kraj.md:6:17: error C049", "a/index.en.md:4:32: error C051",
                                       "a/index.en.md:4:1: warning W025",    "necitko.md:2:8: error F003"}; /* a link that the source has not */
    size_t lines = 0;
    for (const char *p = s.said.s; *p; p++) lines += *p == '\n';
    for (size_t i = 0; i < 6; i++)
        if (!strstr(s.said.s, want[i])) wrong("no %s in\n%s", want[i], s.said.s);
    if (lines != 6) wrong("more than that:\n%s", s.said.s);
    stop(&s);
    finish();
}

/* Whether two readings of one text are the same tree at the same places. */
static bool same_yaml(const struct yaml *a, const struct yaml *b)
{
    if (!a || !b) return a == b;
    if (a->kind != b->kind || a->at.line != b->at.line || a->at.col != b->at.col || !str_eq(a->text, b->text) || a->quoted != b->quoted ||
        a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (!same_yaml(a->items[i], b->items[i]) || (a->kind == YAML_MAP && !same_yaml(a->keys[i], b->keys[i]))) return false;
    return true;
}

/* Random lines out of what front matter is made of, and of what has a meaning in YAML: read as libyaml reads them. */
static void yaml_lines(void **state)
{
    (void)state;
    static const char *const pieces[] = {"title",
                                         "опис",
                                         "a",
                                         "b-c",
                                         "d_1",
                                         ": ",
                                         ":",
                                         " ",
                                         "  ",
                                         "\n",
                                         "\n",
                                         "\n",
                                         "Наслов",
                                         "text",
                                         "2026-11-24",
                                         "„реч“",
                                         "– ",
                                         "\"",
                                         "\"",
                                         "'",
                                         "#",
                                         " #",
                                         "[a, b]",
                                         "{a}",
                                         "- ",
                                         "-",
                                         "&a",
                                         "*a",
                                         "!t",
                                         "|",
                                         ">",
                                         "%",
                                         "@",
                                         "`",
                                         "\\",
                                         "\\n",
                                         "\t",
                                         "...",
                                         "---",
                                         "--- ",
                                         "?",
                                         "? ",
                                         ",",
                                         "]",
                                         "}",
                                         "null",
                                         "yes",
                                         "1.5",
                                         "(x)",
                                         "/x",
                                         "š",
                                         "љ: ",
                                         "\xC2\xA0",
                                         "\xC2\x85",
                                         "\xE2\x80\xA8",
                                         "\xEF\xBB\xBF",
                                         "key: value\n",
                                         "b: \"q\"\n",
                                         "c: 'q'\n",
                                         "e: x"};
    uint32_t r = 11;
    size_t quick = 0;
    for (int turn = 0; turn < 60000; turn++) {
        struct arena a = {0};
        struct buf b = {0}, said[2] = {{0}, {0}};
        for (int n = 1 + (int)((r = r * 1664525 + 1013904223) >> 16) % 12; n > 0; n--)
            buf_puts(&b, pieces[((r = r * 1664525 + 1013904223) >> 16) % (sizeof pieces / sizeof *pieces)]);
        if (turn % 3 == 0) buf_putc(&b, '\n');
        struct diag *d = diag_new(DIAG_EN), *e = diag_new(DIAG_EN);
        struct yaml *x = yaml_read(&a, buf_view(&b), "a.md", 2, d), *y = yaml_read_whole(&a, buf_view(&b), "a.md", 2, e);
        diag_write(d, &said[0], false, false), diag_write(e, &said[1], false, false);
        quick += x && x->kind == YAML_MAP;
        if (!same_yaml(x, y) || !str_eq(buf_view(&said[0]), buf_view(&said[1]))) wrong("read otherwise than by libyaml:\n%s\n", b.s);
        diag_close(d), diag_close(e), buf_close(&b), buf_close(&said[0]), buf_close(&said[1]);
        arena_close(&a);
    }
    if (quick < 3000) wrong("only %zu of the texts are maps", quick);
    finish();
}

int main(void)
{
    content_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(tables),          cmocka_unit_test(yaml_lines),      cmocka_unit_test(front_matter),
                                       cmocka_unit_test(marks_and_links), cmocka_unit_test(kinds),           cmocka_unit_test(editions),
                                       cmocka_unit_test(foreign),         cmocka_unit_test(trees),           cmocka_unit_test(parse_race),
                                       cmocka_unit_test(hostile),         cmocka_unit_test(wide_table),      cmocka_unit_test(alias_bomb),
                                       cmocka_unit_test(config),          cmocka_unit_test(raw_html),        cmocka_unit_test(register_and_lists),
                                       cmocka_unit_test(catalogue),       cmocka_unit_test(saved_meanwhile), cmocka_unit_test(across_pages)};
    return cmocka_run_group_tests_name("content", tests, NULL, NULL);
}
