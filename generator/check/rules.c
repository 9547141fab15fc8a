/* rules.c: see rules.h. Each rule is a function over the words of a block, or over the nodes of a page. */
#include "check/rules.h"
#include "base/file.h"
#include "base/utf8.h"
#include "check/words.h"
#include "content/edition.h"
#include "content/yaml.h"
#include <stdlib.h>

enum {
    LONGEST_SENTENCE = 25,
    EASY_SENTENCE = 15,
    EASY_PANEL = 60,
    LONGEST_ALT = 150,
    LONGEST_TITLE = 70,
    LATIN_RUN = 4,
    MOST_OF_PHRASE = 6,
    SHORTEST_PARTICIPLE = 6
};
struct phrase { /* a row of plain-words.yml */
    size_t n;
    struct str word[MOST_OF_PHRASE]; /* in small letters; a star at the end: any ending */
    struct str instead;
};
struct rules {
    struct arena *arena;
    const struct site *site;
    VEC(struct phrase) phrases;
};

/* --- the list of plain words --- */

static void add_phrase(struct rules *r, const struct yaml *key, const struct yaml *instead)
{
    struct phrase p = {.instead = instead->kind == YAML_SCALAR ? str_trim(instead->text) : (struct str){0}};
    struct str rest = words_lower(r->arena, key->text), word;
    while (p.n < MOST_OF_PHRASE && str_split(&rest, ' ', &word))
        if (word.n) p.word[p.n++] = word;
    for (size_t i = 0; i < r->phrases.n; i++) { /* a later row takes the place of an earlier one */
        struct phrase *q = &r->phrases.v[i];
        bool same = q->n == p.n;
        for (size_t k = 0; same && k < p.n; k++) same = str_eq(q->word[k], p.word[k]);
        if (same) {
            *q = p;
            return;
        }
    }
    if (p.n) *vec_push(r->arena, &r->phrases) = p;
}

static void read_phrases(struct rules *r, struct str text, const char *shown, struct diag *d)
{
    const struct yaml *y = yaml_read(r->arena, text, shown, 1, d);
    if (y && y->kind != YAML_MAP) DIAG0(d, MSG_FRONT_NOT_MAP, y->at);
    for (size_t i = 0; y && y->kind == YAML_MAP && i < y->n; i++) add_phrase(r, y->keys[i], y->items[i]);
}

struct rules *rules_open(struct arena *a, const struct site *s, struct diag *d)
{
    struct rules *r = ARENA_NEW(a, struct rules);
    struct str text;
    *r = (struct rules){.arena = a, .site = s};
    if (site_resource(s, a, STR("layouts/plain-words.yml"), &text)) read_phrases(r, text, "layouts/plain-words.yml", d);
    const char *shown = "content/plain-words.yml", *own = path_join(a, str_of(s->c->root), str_of(shown));
    if (!s->c->foreign && file_exists(own) && file_read_text(a, own, shown, d, &text)) read_phrases(r, text, shown, d);
    return r;
}

/* --- the words of a block --- */

struct looking {
    const struct rules *r;
    const struct document *doc;
    struct arena *arena;
    struct diag *diag;
    bool serbian; /* in Cyrillic */
    bool easy;    /* it has an edition that is easy to read */
    long words;   /* in the panel so far */
};

static const char *z(struct looking *k, struct str s) { return str_z(k->arena, s); }
static const char *num(struct looking *k, long n) { return arena_printf(k->arena, "%ld", n); }

static void sentence_long(struct looking *k, const struct word *w, size_t n)
{
    if (k->easy && n > EASY_SENTENCE) DIAG(k->diag, MSG_EASY_SENTENCE, w->at, num(k, (long)n));
    else if (k->serbian && n > LONGEST_SENTENCE) DIAG(k->diag, MSG_SENTENCE_LONG, w->at, num(k, (long)n));
}

static bool one_of(struct str s, const char *const *list)
{
    for (size_t i = 0; list[i]; i++)
        if (str_is(s, list[i])) return true;
    return false;
}

/* A passive participle by its ending: „прикупљени“, „организовано“. Adjectives that look like one are left alone by asking for „је“ beside it. */
static bool participle(struct str s)
{
    static const char *const tails[] = {"ован", "иран", "ђен", "љен", "шћен", "чен", "шен", "нут", "уван", "њен", NULL};
    static const char *const adjectives[] = {"рођен",    "скромен",  "затворен", "отворен",   "поштен",  "намењен", "јединствен",
                                             "задивљен", "поверљен", "измишљен", "ограничен", "одређен", "уређен",  NULL};
    static const char *const vowels[] = {"а", "о", "и", "е", NULL};
    if (utf8_length(s) < SHORTEST_PARTICIPLE) return false;
    for (size_t i = 0; vowels[i]; i++)
        if (str_ends(s, vowels[i])) {
            s.n -= strlen(vowels[i]);
            break;
        }
    if (one_of(s, adjectives)) return false;
    for (size_t i = 0; tails[i]; i++)
        if (str_ends(s, tails[i])) return true;
    return false;
}

static void passive(struct looking *k, const struct word *w, size_t n)
{
    static const char *const be[] = {"је",   "су",   "сам",  "смо",  "сте",  "био",  "била", "било", "били",
                                     "биле", "бити", "буде", "буду", "биће", "није", "нису", NULL};
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n && str_is(w[i].plain, "од") && str_is(w[i + 1].plain, "стране")) {
            DIAG(k->diag, MSG_PASSIVE, w[i].at, "од стране");
            return;
        }
        bool beside = false;
        for (size_t j = i > 2 ? i - 2 : 0; j < n && j <= i + 1; j++) beside |= j != i && one_of(w[j].plain, be);
        if (beside && participle(w[i].plain)) {
            DIAG(k->diag, MSG_PASSIVE, w[i].at, z(k, w[i].text));
            return;
        }
    }
}

static bool matches(struct str pattern, struct str word)
{
    if (!str_ends(pattern, "*")) return str_eq(pattern, word);
    return word.n >= pattern.n - 1 && !memcmp(pattern.s, word.s, pattern.n - 1);
}

static void jargon(struct looking *k, const struct word *w, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t p = 0; p < k->r->phrases.n && !w[i].foreign; p++) {
            const struct phrase *q = &k->r->phrases.v[p];
            size_t m = 0;
            while (m < q->n && i + m < n && matches(q->word[m], w[i + m].plain)) m++;
            if (m < q->n || !q->instead.n) continue;
            const char *said = z(k, w[i].text);
            for (size_t x = 1; x < q->n; x++) said = arena_printf(k->arena, "%s %.*s", said, STR_ARG(w[i + x].text));
            DIAG(k->diag, MSG_JARGON, w[i].at, said, z(k, q->instead));
            i += q->n - 1;
            break;
        }
}

static void scripts(struct looking *k, const struct word *w)
{
    struct str rest = w->text, part;
    if (w->foreign || w->script != (SCRIPT_CYRILLIC | SCRIPT_LATIN)) return;
    while (str_split(&rest, '-', &part)) { /* „PDF-а“ is two */
        uint8_t seen = 0;
        for (size_t at = 0; at < part.n;) {
            uint32_t c = utf8_next(part, &at);
            if ((c | 32) >= 'a' && (c | 32) <= 'z') seen |= SCRIPT_LATIN;
            if (c >= 0x400 && c <= 0x52F) seen |= SCRIPT_CYRILLIC;
        }
        if (seen == (SCRIPT_CYRILLIC | SCRIPT_LATIN)) {
            DIAG(k->diag, MSG_SCRIPTS_MIXED, w->at, z(k, w->text));
            return;
        }
    }
}

static void unsaid_language(struct looking *k, const struct words *w)
{
    size_t run = 0;
    for (size_t i = 0; i < w->v.n; i++) {
        const struct word *x = &w->v.v[i];
        run = !x->foreign && x->script == SCRIPT_LATIN && x->text.n > 1 ? run + 1 : 0;
        if (run == LATIN_RUN) {
            const struct word *first = x - LATIN_RUN + 1;
            DIAG(k->diag, MSG_LANG_UNSAID, first->at, arena_printf(k->arena, "%.*s %.*s", STR_ARG(first->text), STR_ARG(first[1].text)));
        }
    }
}

static bool rest_holds(struct str s) /* „[упишите број]“, "xxx" and the like */
{
    static const char *const words[] = {"todo", "fixme", "tbd", "lorem", "xxx", "xxxx", "лорем", "ххх", "дд.мм.гггг", NULL};
    return one_of(s, words);
}

static void placeholders(struct looking *k, const struct words *w)
{
    for (size_t i = 0; i < w->v.n; i++)
        if (!w->v.v[i].foreign && rest_holds(w->v.v[i].plain)) DIAG(k->diag, MSG_PLACEHOLDER, w->v.v[i].at, z(k, w->v.v[i].text));
}

/* --- dates in running text --- */

static const char *const month_names[12][2] = {{"јануар", "january"},    {"фебруар", "february"}, {"март", "march"},      {"април", "april"},
                                               {"мај", "may"},           {"јун", "june"},         {"јул", "july"},        {"август", "august"},
                                               {"септемб", "september"}, {"октоб", "october"},    {"новемб", "november"}, {"децемб", "december"}};
static const char *const day_names[7][2] = {{"недељ", "sunday"},    {"понедељ", "monday"}, {"утор", "tuesday"},  {"сред", "wednesday"},
                                            {"четврт", "thursday"}, {"пет", "friday"},     {"субот", "saturday"}};
static const char *const day_tails[7][5] = {{"а", "у", "е", "ом"}, {"ак", "ка", "ком"}, {"ак", "ка", "ком"},  {"а", "у", "е", "ом"},
                                            {"ак", "ка", "ком"},   {"ак", "ка", "ком"}, {"а", "у", "е", "ом"}};

static int month_of(struct str w)
{
    for (int i = 0; i < 12; i++) {
        const char *sr = month_names[i][0];
        size_t n = strlen(sr), tail = w.n > n ? w.n - n : 0; /* „новембар“, „новембра“, „марту“ */
        if ((str_starts(w, sr) && tail <= 6) || str_is(w, month_names[i][1])) return i + 1;
    }
    return 0;
}

static int weekday_of(struct str w)
{
    for (int i = 0; i < 7; i++) {
        size_t n = strlen(day_names[i][0]);
        if (str_is(w, day_names[i][1])) return i;
        for (int k = 0; k < 5 && day_tails[i][k] && str_starts(w, day_names[i][0]); k++)
            if (str_is(str_from(w, n), day_tails[i][k])) return i;
    }
    return -1;
}

static int days_in(int month, int year)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = !year || (year % 4 == 0 && (year % 100 || year % 400 == 0));
    return days[month - 1] + (month == 2 && leap);
}

static int weekday(int y, int m, int d) /* Sakamoto; 0 = Sunday */
{
    static const int t[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    if (m < 3) y--;
    return (y + y / 4 - y / 100 + y / 400 + t[m - 1] + d) % 7;
}

/* „23. новембра 2026.“, „23. 11. 2026.“, "23 November 2026" from word i on; year 0 where none is said. How many words it takes, 0 = no date. */
static size_t date_at(const struct words *w, size_t i, int *year, int *month, int *day)
{
    long d, m, y = 0;
    if (i + 1 >= w->v.n || !str_int(w->v.v[i].plain, &d) || d < 1 || d > 99) return 0;
    m = month_of(w->v.v[i + 1].plain);
    bool named = m > 0;
    if (!named && (!w->v.v[i].numbered || !w->v.v[i + 1].numbered || !str_int(w->v.v[i + 1].plain, &m) || m < 1 || m > 12)) return 0;
    bool with_year = i + 2 < w->v.n && str_int(w->v.v[i + 2].plain, &y) && y > 1900 && y < 2200;
    if (!named && !with_year) return 0;
    *day = (int)d, *month = (int)m, *year = with_year ? (int)y : 0;
    return with_year ? 3 : 2;
}

static void dates(struct looking *k, const struct words *w)
{
    for (size_t i = 0; i < w->v.n; i++) {
        int y, m, d;
        size_t n = date_at(w, i, &y, &m, &d);
        if (!n) continue;
        const char *said = z(k, w->v.v[i].text);
        for (size_t x = 1; x < n; x++)
            said = arena_printf(k->arena, "%s%s %.*s", said, w->v.v[i + x - 1].numbered ? "." : "", STR_ARG(w->v.v[i + x].text));
        int day = i ? weekday_of(w->v.v[i - 1].plain) : -1;
        if (d > days_in(m, y)) DIAG(k->diag, MSG_NO_SUCH_DAY, w->v.v[i].at, said);
        else if (day >= 0 && y && weekday(y, m, d) != day) DIAG(k->diag, MSG_WEEKDAY, w->v.v[i].at, said, z(k, w->v.v[i - 1].plain));
        i += n - 1;
    }
}

static void block(struct looking *k, const struct node *n)
{
    struct words w = words_in(k->arena, n);
    for (size_t i = 0, from = 0; i < w.v.n; i++) {
        if (k->serbian) scripts(k, &w.v.v[i]);
        if (!w.v.v[i].last) continue;
        sentence_long(k, &w.v.v[from], i + 1 - from);
        if (k->serbian) {
            passive(k, &w.v.v[from], i + 1 - from);
            jargon(k, &w.v.v[from], i + 1 - from);
        }
        from = i + 1;
    }
    k->words += (long)w.v.n;
    if (k->serbian) unsaid_language(k, &w);
    dates(k, &w);
    placeholders(k, &w);
}

/* --- nodes --- */

static void heading(struct looking *k, size_t i)
{
    const struct node *n = k->doc->headings.v[i], *next = n->next;
    if (!next || (next->kind == NODE_HEADING && next->n <= n->n)) DIAG(k->diag, MSG_HEADING_EMPTY, n->at, z(k, node_text(k->arena, n)));
}

static void link(struct looking *k, const struct node *n)
{
    static const char *const nothing[] = {"овде",       "овдје", "кликни овде", "кликните овде", "линк",          "линку",           "на овом линку",
                                          "веза",       "више",  "опширније",   "детаљније",     "прочитај више", "прочитајте више", "here",
                                          "click here", "link",  "this link",   "more",          "read more",     "details",         NULL};
    struct str text = words_lower(k->arena, str_trim(node_text(k->arena, n)));
    while (text.n && strchr(".:!", text.s[text.n - 1])) text.n--;
    if (one_of(text, nothing)) DIAG(k->diag, MSG_LINK_WORDS, n->at, z(k, node_text(k->arena, n)));
}

static void image(struct looking *k, const struct node *n)
{
    static const char *const nothing[] = {"слика",   "фотографија", "илустрација", "лого",  "графикон", "цртеж", "image",
                                          "picture", "photo",       "logo",        "chart", "drawing",  "img",   NULL};
    static const char *const begins[] = {"слика ", "фотографија ", "image of", "picture of", "photo of", NULL};
    static const char *const exts[] = {".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", NULL};
    struct str alt = str_trim(node_text(k->arena, n)), small = words_lower(k->arena, alt);
    bool bad = one_of(small, nothing);
    for (size_t i = 0; begins[i]; i++) bad |= str_starts(small, begins[i]);
    for (size_t i = 0; exts[i]; i++) bad |= str_ends(small, exts[i]);
    if (bad) DIAG(k->diag, MSG_ALT_NAME, n->at, z(k, alt));
    size_t length = utf8_length(alt);
    if (length > LONGEST_ALT) DIAG(k->diag, MSG_ALT_LONG, n->at, num(k, (long)length));
}

static void table(struct looking *k, const struct node *n)
{
    const struct node *row = n->first;
    while (row && row->kind != NODE_ROW) row = row->next;
    for (const struct node *c = row ? row->first : NULL; c; c = c->next) /* the corner above a column of row headings may be empty */
        if (c != row->first && !node_text(k->arena, c).n && !c->first) {
            DIAG0(k->diag, MSG_TABLE_HEAD, c->at.line ? c->at : n->at);
            return;
        }
}

static void walk(struct looking *k, const struct node *n)
{
    bool inlines = false;
    for (const struct node *c = n->first; c; c = c->next) {
        inlines |= c->kind >= NODE_TEXT;
        if (c->kind < NODE_TEXT) walk(k, c);
    }
    if (inlines && n->kind != NODE_CODE_BLOCK) block(k, n);
}

/* The blocks of a page; where it is printed to be easy to read, a panel at a time, since a page there holds no more than one thought. */
static void blocks(struct looking *k, const struct node *root)
{
    const struct node *panel = NULL;
    if (!k->easy) {
        walk(k, root);
        return;
    }
    for (const struct node *n = root->first;; n = n->next) {
        bool begins = n && n->kind == NODE_HEADING && n->n <= 2;
        if ((begins || !n) && panel && k->words > EASY_PANEL)
            DIAG(k->diag, MSG_EASY_PANEL, panel->at, z(k, node_text(k->arena, panel)), num(k, k->words));
        if (!n) return;
        if (begins) panel = n, k->words = 0;
        if (n->kind == NODE_HEADING || n->kind == NODE_PARAGRAPH) block(k, n);
        else walk(k, n);
    }
}

void rules_page(const struct rules *r, const struct document *doc, struct arena *scratch, struct diag *d)
{
    struct looking k = {r,
                        doc,
                        scratch,
                        d,
                        !strcmp(doc->page->lang->code, "sr-Cyrl"),
                        edition_asked(doc->page->source ? doc->page->source : doc->page, &edition_rows[EDITION_EASY]),
                        0};
    const struct page *p = doc->page;
    struct place head = front_of(p, KEY_TITLE)->kind != FRONT_NONE ? front_of(p, KEY_TITLE)->at : (struct place){str_z(scratch, p->file), 1, 1};
    size_t length = utf8_length(p->title);
    blocks(&k, doc->root);
    for (size_t i = 0; i < doc->headings.n; i++) heading(&k, i);
    for (size_t i = 0; i < doc->links.n; i++) link(&k, doc->links.v[i]);
    for (size_t i = 0; i < doc->images.n; i++) image(&k, doc->images.v[i]);
    for (size_t i = 0; i < doc->tables.n && p->kind->kind != KIND_FORM; i++) table(&k, doc->tables.v[i]);
    if (length > LONGEST_TITLE) DIAG(d, MSG_TITLE_LONG, head, num(&k, (long)length));
    if (p->updated.year && date_compare((struct date){p->updated.year, p->updated.month, p->updated.day, -1, 0}, r->site->c->today) > 0)
        DIAG(d, MSG_UPDATED_AHEAD, front_of(p, KEY_UPDATED)->kind != FRONT_NONE ? front_of(p, KEY_UPDATED)->at : head,
             arena_printf(scratch, "%d. %d. %d.", p->updated.day, p->updated.month, p->updated.year));
}

void rules_site(const struct rules *r, struct diag *d)
{
    struct map seen = map_new(r->arena);
    const struct catalogue *c = r->site->c;
    for (size_t i = 0; i < c->pages.n; i++) {
        const struct page *p = c->pages.v[i], *top = p->source ? p->source : p;
        if (p->hidden || !p->title.n || c->foreign) continue;
        bool chapter = top->is_part && top->parent && top->parent->kind->kind == KIND_BOOK; /* its title stands behind that of the book */
        struct str key = str_printf(r->arena, "%s %.*s %.*s", p->lang->code, chapter ? (int)top->parent->path.n : 0,
                                    chapter ? top->parent->path.s : "", STR_ARG(p->title));
        const struct page **first = (const struct page **)map_at(&seen, key);
        if (*first)
            DIAG(d, MSG_TITLE_SAME,
                 front_of(p, KEY_TITLE)->kind != FRONT_NONE ? front_of(p, KEY_TITLE)->at : ((struct place){str_z(r->arena, p->file), 1, 1}),
                 str_z(r->arena, (*first)->file));
        else *first = p;
    }
}
