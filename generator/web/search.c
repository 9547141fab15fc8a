/* search.c: see search.h. Workers keep a vocabulary each: a run of letters as it stands in the HTML -> terms, so that folding and stemming are done
 * once a spelling and not once a word. The terms of a page are numbers of its worker's vocabulary; writing sorts the terms of all. */
#include "web/search.h"
#include "web/special.h"
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

enum {
    MOST_WORKERS = 64,
    LONGEST = 32,       /* bytes of a term */
    LONGEST_NUMBER = 6, /* digits: a longer one is no word that anyone should look for here */
    MOST_PAGES = 4000,  /* of one term */
    SHARD = 6000,       /* bytes, about */
    WEIGHTS = 32,
    MOST_COMMON = 60,
    FEW = 512,          /* pages of a site whose page shards hold more at once */
    MOST_LISTED = 1000, /* titles on one page of the list */
    MOST_PAIRED = 2000  /* pages of a site whose neighbouring words are terms too: „трговина људима“ */
};
struct run { /* terms of a spelling */
    uint32_t n, terms[];
};
struct tongue { /* spellings of one language; one may have other stems in another */
    const struct language *lang;
    size_t n, n_slots; /* a power of two */
    struct slot {
        uint64_t hash; /* of the spelling, and all that is kept of it: two of one hash would share their terms, once in a hundred million sites */
        const struct run *run;
    } * slots;
};
struct vocabulary { /* one worker's */
    struct arena arena;
    VEC(struct tongue) tongues;
    struct tongue *tongue; /* of the page under way */
    bool pairs;
    uint32_t last;    /* term of the word before + 1, 0 = none */
    struct map terms; /* -> its number + 1 */
    VEC(struct str) names;
    struct count {     /* of the page under way; small, since every word of every page counts here */
        uint16_t n;    /* how often */
        uint8_t parts; /* bits: enum part */
    } * counts;
    size_t n_counts;
    VEC(uint32_t) seen;
};
struct words { /* of one text */
    int worker;
    size_t n;
    uint32_t *terms; /* number << 5 | weight */
};
struct search {
    struct arena arena;
    struct vocabulary v[MOST_WORKERS];
    int n;
    struct map texts; /* file of a page -> struct words * */
    pthread_mutex_t lock;
};

struct search *search_new(int threads, size_t pages)
{
    struct search *s = mem_realloc(NULL, sizeof *s);
    *s = (struct search){.n = threads};
    s->texts = map_new(&s->arena);
    for (int i = 0; i < threads; i++) s->v[i].terms = map_new(&s->v[i].arena), s->v[i].pairs = pages <= MOST_PAIRED;
    pthread_mutex_init(&s->lock, NULL);
    return s;
}

void search_close(struct search *s)
{
    if (!s) return;
    for (int i = 0; i < s->n; i++) {
        for (size_t k = 0; k < s->v[i].tongues.n; k++) free(s->v[i].tongues.v[k].slots);
        free(s->v[i].counts);
        arena_close(&s->v[i].arena);
    }
    pthread_mutex_destroy(&s->lock);
    arena_close(&s->arena);
    free(s);
}

/* --- words of a page --- */

static uint32_t term_number(struct vocabulary *v, struct str term)
{
    void *n = map_find(&v->terms, term);
    if (n) return (uint32_t)((uintptr_t)n - 1);
    *vec_push(&v->arena, &v->names) = term = str_copy(&v->arena, term);
    *map_at(&v->terms, term) = (void *)(uintptr_t)v->names.n; /* a number, never followed */
    return (uint32_t)v->names.n - 1;
}

static bool is_term(struct str w)
{
    size_t digits = 0;
    for (size_t i = 0; i < w.n; i++) digits += w.s[i] >= '0' && w.s[i] <= '9';
    return w.n >= 2 && w.n <= LONGEST && digits <= LONGEST_NUMBER;
}

static struct slot *slot_of(struct tongue *t, uint64_t hash)
{
    size_t i = (size_t)hash & (t->n_slots - 1);
    while (t->slots[i].run && t->slots[i].hash != hash) i = (i + 1) & (t->n_slots - 1);
    return &t->slots[i];
}

static void grow(struct tongue *t)
{
    struct slot *old = t->slots;
    size_t n = t->n_slots;
    t->n_slots = n ? n * 2 : 4096;
    t->slots = mem_realloc(NULL, t->n_slots * sizeof *t->slots);
    memset(t->slots, 0, t->n_slots * sizeof *t->slots);
    for (size_t i = 0; i < n; i++)
        if (old[i].run) *slot_of(t, old[i].hash) = old[i];
    free(old);
}

static void speak(struct vocabulary *v, const struct language *l)
{
    for (size_t i = 0; i < v->tongues.n; i++)
        if (v->tongues.v[i].lang == l) {
            v->tongue = &v->tongues.v[i];
            return;
        }
    v->tongue = vec_push(&v->arena, &v->tongues);
    *v->tongue = (struct tongue){.lang = l};
    grow(v->tongue);
}

static const struct run *run_terms(struct vocabulary *v, struct str spelling, uint64_t hash)
{
    struct tongue *t = v->tongue;
    struct slot *slot = slot_of(t, hash);
    if (slot->run) return slot->run;
    struct buf folded = {0}, stem = {0};
    uint32_t found[64], n = 0;
    lang_fold(&folded, spelling);
    struct str rest = buf_view(&folded), word;
    while (n < 64 && str_split(&rest, ' ', &word)) {
        buf_reset(&stem);
        lang_stem(&stem, t->lang, word);
        if (is_term(word)) found[n++] = term_number(v, buf_view(&stem));
    }
    struct run *r = arena_alloc(&v->arena, sizeof *r + n * sizeof *r->terms);
    r->n = n;
    if (n) memcpy(r->terms, found, n * sizeof *found);
    *slot = (struct slot){hash, r};
    if (++t->n * 2 >= t->n_slots) grow(t);
    buf_close(&folded), buf_close(&stem);
    return r;
}

enum part { PART_BODY = 1, PART_HEADING = 2, PART_TITLE = 4, PART_DESCRIPTION = 8 };
static void add_term(struct vocabulary *v, uint32_t term, enum part part)
{
    if (v->n_counts < v->names.n) {
        size_t n = v->names.n * 2;
        v->counts = mem_realloc(v->counts, n * sizeof *v->counts);
        memset(v->counts + v->n_counts, 0, (n - v->n_counts) * sizeof *v->counts);
        v->n_counts = n;
    }
    struct count *c = &v->counts[term];
    if (!c->parts) *vec_push(&v->arena, &v->seen) = term;
    c->parts |= (uint8_t)part;
    if (part & (PART_BODY | PART_HEADING) && c->n < UINT16_MAX) c->n++;
}

/* Spellings wait here until there are a few: what is looked up in a large table comes from memory together, which halves the time of it all. */
struct batch {
    size_t n;
    struct waiting {
        struct str spelling;
        uint64_t hash;
        enum part part;
    } v[32];
};

static void add_batch(struct vocabulary *v, struct batch *b)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct run *r = run_terms(v, b->v[i].spelling, b->v[i].hash);
        for (size_t k = 0; k < r->n; k++) {
            add_term(v, r->terms[k], b->v[i].part);
            if (v->pairs && v->last) {
                char both[2 * LONGEST + 2];
                struct str one = v->names.v[v->last - 1], two = v->names.v[r->terms[k]];
                snprintf(both, sizeof both, "%.*s %.*s", STR_ARG(one), STR_ARG(two));
                add_term(v, term_number(v, str_of(both)), b->v[i].part);
            }
            v->last = r->terms[k] + 1;
        }
    }
    b->n = 0;
}

static void add_spelling(struct vocabulary *v, struct batch *b, struct str spelling, enum part part)
{
    uint64_t hash = str_hash(spelling);
    __builtin_prefetch(&v->tongue->slots[hash & (v->tongue->n_slots - 1)]);
    b->v[b->n++] = (struct waiting){spelling, hash, part};
    if (b->n == sizeof b->v / sizeof *b->v) add_batch(v, b);
}

/* Whether a byte may belong to a word: folding decides about what is not ASCII. */
static bool is_wordish(char c) { return (c & 0x80) || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'); }

/* Words of plain text or HTML; returns how many runs there were. */
static size_t add_text(struct vocabulary *v, struct str s, enum part part)
{
    struct batch batch;
    size_t n = 0;
    batch.n = 0, v->last = 0;
    for (size_t i = 0; i < s.n;) {
        char c = s.s[i];
        if (is_wordish(c)) {
            size_t from = i;
            while (i < s.n && is_wordish(s.s[i])) i++;
            struct str run = str_part(s, from, i - from);
            if (run.n > 1 && run.n <= 4 * LONGEST) add_spelling(v, &batch, run, part), n++;
        } else if (c == '<') {
            bool end = i + 1 < s.n && s.s[i + 1] == '/';
            size_t name = i + 1 + end;
            if (name + 1 < s.n && s.s[name] == 'h' && s.s[name + 1] >= '1' && s.s[name + 1] <= '6') part = end ? PART_BODY : PART_HEADING;
            const char *close = memchr(s.s + i, '>', s.n - i);
            i = close ? (size_t)(close - s.s) + 1 : s.n;
        } else if (c == '&') { /* an escaped character: never part of a word */
            while (i < s.n && s.s[i] != ';') i++;
        } else {
            i++;
        }
    }
    add_batch(v, &batch);
    return n;
}

static unsigned weight(const struct count *c, size_t title_words, size_t length)
{
    double tf = c->n, w = 0;
    w += 4 * tf / (tf + 1.2 * (0.4 + 0.6 * (double)length / 250));
    if (c->parts & PART_HEADING) w += 3;
    if (c->parts & PART_DESCRIPTION) w += 2;
    if (c->parts & PART_TITLE) w += 7 + 14.0 / (double)(title_words ? title_words : 1);
    unsigned n = (unsigned)(w + 0.5);
    return n < 1 ? 1 : n >= WEIGHTS ? WEIGHTS - 1 : n;
}

void search_page(struct search *s, int worker, const struct entry *e, const struct output *o, struct str html)
{
    struct vocabulary *v = &s->v[worker];
    struct arena scratch = {0};
    struct str subtitle = front_of(o->text, KEY_SUBTITLE)->text;
    speak(v, o->text->lang);
    v->seen.n = 0;
    size_t title = add_text(v, o->text->title, PART_TITLE), length = add_text(v, html, PART_BODY);
    add_text(v, subtitle, PART_DESCRIPTION);
    add_text(v, o->text->description, PART_DESCRIPTION);
    add_text(v, site_front(e, o, KEY_CODE, &scratch), PART_TITLE);
    uint32_t *terms = mem_realloc(NULL, (v->seen.n + 1) * sizeof *terms);
    for (size_t i = 0; i < v->seen.n; i++) {
        struct count *c = &v->counts[v->seen.v[i]];
        terms[i] = v->seen.v[i] << 5 | weight(c, title, length);
        *c = (struct count){0};
    }
    pthread_mutex_lock(&s->lock);
    struct words *w = ARENA_NEW(&s->arena, struct words);
    *w = (struct words){worker, v->seen.n, (uint32_t *)arena_alloc(&s->arena, (v->seen.n + 1) * sizeof *terms)};
    memcpy(w->terms, terms, v->seen.n * sizeof *terms);
    *map_at(&s->texts, o->text->file) = w;
    pthread_mutex_unlock(&s->lock);
    free(terms);
    arena_close(&scratch);
}

/* --- the index of one language --- */

struct name { /* a term of one worker */
    struct str s;
    uint32_t *place; /* where its number among all terms goes */
};
static int by_name(const void *x, const void *y) { return str_cmp(((const struct name *)x)->s, ((const struct name *)y)->s); }

struct index { /* all that pages of one language say */
    struct arena *a;
    const struct language *lang;
    size_t n_pages, n_terms;
    const struct entry **entries;
    const struct words **words;
    struct str *terms;  /* sorted */
    size_t *first;      /* of its postings; n_terms + 1 */
    uint32_t *postings; /* page << 5 | weight, pages ascending */
};

static const struct language *text_language(const struct site *site, const struct language *l)
{
    for (size_t i = 0; i < site->n_langs && l->derived; i++)
        if (!strcmp(site->langs[i]->code, l->derived)) return site->langs[i];
    return l;
}

static void index_pages(struct index *x, struct search *s, const struct site *site)
{
    x->entries = ARENA_ARRAY(x->a, const struct entry *, site->entries.n);
    x->words = ARENA_ARRAY(x->a, const struct words *, site->entries.n);
    for (size_t i = 0; i < site->entries.n; i++) {
        const struct output *o = site_output(site->entries.v[i], x->lang);
        const struct words *w = o ? map_find(&s->texts, o->text->file) : NULL;
        if (w) x->entries[x->n_pages] = site->entries.v[i], x->words[x->n_pages++] = w;
    }
}

/* Gives every term of every worker its number in the order of all, and counts on. */
static void index_terms(struct index *x, struct search *s)
{
    size_t all = 0, n = 0;
    uint32_t *numbers[MOST_WORKERS];
    for (int i = 0; i < s->n; i++) numbers[i] = ARENA_ARRAY(x->a, uint32_t, s->v[i].names.n + 1), all += s->v[i].names.n;
    for (size_t i = 0; i < x->n_pages; i++)
        for (size_t k = 0; k < x->words[i]->n; k++) numbers[x->words[i]->worker][x->words[i]->terms[k] >> 5] = 1; /* in this language */
    struct name *names = ARENA_ARRAY(x->a, struct name, all + 1);
    for (int i = 0; i < s->n; i++)
        for (size_t k = 0; k < s->v[i].names.n; k++)
            if (numbers[i][k]) names[n++] = (struct name){s->v[i].names.v[k], &numbers[i][k]};
    qsort(names, n, sizeof *names, by_name);
    x->terms = ARENA_ARRAY(x->a, struct str, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!i || !str_eq(names[i].s, names[i - 1].s)) x->terms[x->n_terms++] = names[i].s;
        *names[i].place = (uint32_t)x->n_terms - 1;
    }
    x->first = ARENA_ARRAY(x->a, size_t, x->n_terms + 2);
    for (size_t i = 0; i < x->n_pages; i++)
        for (size_t k = 0; k < x->words[i]->n; k++) x->first[numbers[x->words[i]->worker][x->words[i]->terms[k] >> 5] + 1]++;
    for (size_t i = 0; i < x->n_terms; i++) x->first[i + 1] += x->first[i];
    size_t *at = ARENA_ARRAY(x->a, size_t, x->n_terms + 1);
    memcpy(at, x->first, x->n_terms * sizeof *at);
    x->postings = ARENA_ARRAY(x->a, uint32_t, x->first[x->n_terms] + 1);
    for (size_t i = 0; i < x->n_pages; i++)
        for (size_t k = 0; k < x->words[i]->n; k++) {
            uint32_t t = x->words[i]->terms[k];
            x->postings[at[numbers[x->words[i]->worker][t >> 5]]++] = (uint32_t)i << 5 | (t & 31);
        }
}

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static void put_number(struct buf *b, uint32_t n)
{
    for (; n >= 32; n >>= 5) buf_putc(b, digits[32 + (n & 31)]);
    buf_putc(b, digits[n]);
}

static void put_record(struct buf *b, const struct index *x, size_t t, struct str before)
{
    struct str term = x->terms[t];
    size_t from = x->first[t], end = x->first[t + 1], same = 0, per[WEIGHTS] = {0}, kept = 0;
    while (same < before.n && same < term.n && before.s[same] == term.s[same]) same++;
    int rarity = (int)(6 * log(1 + (double)x->n_pages / (double)(end - from)) + 0.5);
    size_t letters = 0;
    if (same > 63) same = 63;
    while (same && same < term.n && ((unsigned char)term.s[same] & 0xC0) == 0x80) same--; /* not inside a letter */
    for (size_t i = 0; i < same; i++) letters += ((unsigned char)term.s[i] & 0xC0) != 0x80;
    buf_putc(b, digits[letters]), buf_putc(b, digits[rarity > 63 ? 63 : rarity]);
    buf_str(b, str_from(term, same));
    for (size_t i = from; i < end; i++) per[x->postings[i] & 31]++;
    for (unsigned w = WEIGHTS - 1; w; w--) {
        if (!per[w] || kept >= MOST_PAGES) continue;
        buf_putc(b, '~'), buf_putc(b, digits[w]);
        uint32_t next = 0;
        for (size_t i = from; i < end && kept < MOST_PAGES; i++) {
            if ((x->postings[i] & 31) != w) continue;
            uint32_t page = x->postings[i] >> 5;
            put_number(b, page - next);
            next = page + 1, kept++;
        }
    }
}

/* Code of a language in paths. */
static const char *folder_of(const struct language *l) { return l->path; }

static bool put(const struct file_sink *sink, const char *path, const struct buf *b) { return sink->write(sink->ctx, path, buf_view(b)); }

/* Terms into shards; their first terms, as far as they differ from what stands before, into firsts. */
static bool write_terms(const struct index *x, struct arena *a, const struct file_sink *bare, struct buf *firsts)
{
    struct buf b = {0};
    size_t n = 0;
    bool ok = true;
    for (size_t t = 0; t < x->n_terms && ok; n++) {
        struct str term = x->terms[t], before = t ? x->terms[t - 1] : (struct str){0};
        size_t differ = 0;
        while (differ < before.n && differ < term.n && before.s[differ] == term.s[differ]) differ++;
        for (differ++; differ < term.n && ((unsigned char)term.s[differ] & 0xC0) == 0x80; differ++) {}
        if (n) buf_putc(firsts, '|');
        buf_str(firsts, str_part(term, 0, differ));
        buf_reset(&b);
        buf_printf(&b, "letakSearch.terms(\"%s\",%zu,\"", folder_of(x->lang), n);
        size_t head = b.n;
        for (before = (struct str){0}; t < x->n_terms && b.n < SHARD; before = x->terms[t++]) {
            if (b.n > head) buf_putc(&b, ',');
            put_record(&b, x, t, before);
        }
        buf_puts(&b, "\");\n");
        ok = put(bare, arena_printf(a, "search/%s/terms-%zu.js", folder_of(x->lang), n), &b);
    }
    buf_close(&b);
    return ok;
}

/* Words that half of many pages have: looked for only where a question has no other. */
static void put_common(const struct index *x, struct buf *b)
{
    size_t n = 0;
    for (size_t t = 0; t < x->n_terms && n < MOST_COMMON && x->n_pages >= 20; t++)
        if ((x->first[t + 1] - x->first[t]) * 2 > x->n_pages && str_find(x->terms[t], ' ') == SIZE_MAX) {
            if (n++) buf_putc(b, ' ');
            buf_str(b, x->terms[t]);
        }
}

static bool write_pages(const struct index *x, const struct language *l, size_t per, struct arena *a, const struct file_sink *sink)
{
    enum { LONGEST_DESCRIPTION = 110 }; /* characters */
    struct buf b = {0};
    bool ok = true;
    for (size_t i = 0; i < x->n_pages && ok;) {
        size_t shard = i / per;
        buf_reset(&b);
        buf_printf(&b, "letakSearch.pages(\"%s\",%zu,[\n", folder_of(l), shard);
        for (; i < x->n_pages && i / per == shard; i++) {
            const struct output *o = site_output(x->entries[i], l);
            struct str d = site_shown(l, a, o->text->description);
            size_t end = 0, letters = 0;
            while (end < d.n && letters < LONGEST_DESCRIPTION)
                for (letters++, end++; end < d.n && ((unsigned char)d.s[end] & 0xC0) == 0x80;) end++;
            if (end < d.n) {
                while (end && d.s[end] != ' ') end--;
                d = str_printf(a, "%.*s…", (int)end, d.s);
            }
            buf_puts(&b, i % per ? ",\n[" : "["), buf_json(&b, o->path), buf_putc(&b, ','), buf_json(&b, site_title(o, a));
            buf_putc(&b, ','), buf_json(&b, d), buf_putc(&b, ']');
        }
        buf_puts(&b, "]);\n");
        ok = put(sink, arena_printf(a, "search/%s/pages-%zu.js", folder_of(l), shard), &b);
    }
    buf_close(&b);
    return ok;
}

static bool write_root(const struct index *x, const struct language *l, size_t per, bool pairs, struct str firsts, struct arena *a,
                       const struct file_sink *sink)
{
    struct buf b = {0};
    buf_printf(&b, "letakSearch.root(\"%s\",{\"terms\":\"%s\",\"pages\":%zu,\"per\":%zu,\"pairs\":%s,\"rules\":", folder_of(l), folder_of(x->lang),
               x->n_pages, per, pairs ? "true" : "false");
    lang_search_rules(&b, x->lang);
    buf_puts(&b, ",\"common\":\"");
    put_common(x, &b);
    buf_puts(&b, "\",\"firsts\":\"");
    buf_str(&b, firsts);
    buf_puts(&b, "\"});\n");
    bool ok = put(sink, arena_printf(a, "search/%s/root.js", folder_of(l)), &b);
    buf_close(&b);
    return ok;
}

/* --- the list of all pages --- */

struct listed {
    struct str key;
    const struct entry *e;
};
static int by_key(const void *x, const void *y)
{
    const struct listed *a = x, *b = y;
    int c = str_cmp(a->key, b->key);
    return c ? c : str_cmp(a->e->source->path, b->e->source->path);
}

static struct listed *in_order(const struct site *site, const struct language *l, struct arena *a, size_t *n)
{
    struct collation *c = lang_collation_open(l);
    struct listed *list = ARENA_ARRAY(a, struct listed, site->entries.n + 1);
    struct buf key = {0};
    *n = 0;
    for (size_t i = 0; i < site->entries.n; i++) {
        const struct output *o = site_output(site->entries.v[i], l);
        if (!o) continue;
        buf_reset(&key);
        lang_collation_key(c, &key, o->text->title);
        list[(*n)++] = (struct listed){buf_copy(a, &key), site->entries.v[i]};
    }
    buf_close(&key);
    lang_collation_close(c);
    qsort(list, *n, sizeof *list, by_key);
    return list;
}

/* The groups of the list: a letter each, with its pages. Where there are many, a page shows the groups of one letter alone. */
static struct value *groups(const struct site *site, const struct language *l, struct arena *a)
{
    size_t n;
    struct listed *list = in_order(site, l, a, &n);
    struct value *all = value_list(a), *group = NULL, *items = NULL;
    struct str letter = {0};
    struct buf b = {0};
    for (size_t i = 0; i < n; i++) {
        const struct output *o = site_output(list[i].e, l);
        buf_reset(&b);
        lang_initial(l, &b, o->text->title);
        if (!group || !str_eq(buf_view(&b), letter)) {
            letter = buf_copy(a, &b);
            group = value_map(a), items = value_list(a);
            value_set(a, group, "letter", value_text(a, letter));
            value_set(a, group, "id", value_text(a, str_printf(a, "slovo-%zu", all->n + 1)));
            value_set(a, group, "items", items);
            value_push(a, all, group);
        }
        struct value *item = value_map(a);
        value_set_text(a, item, "title", site_title(o, a));
        value_set_text(a, item, "path", o->path);
        const struct entry *above = list[i].e->source->parent ? site_entry(site, list[i].e->source->parent) : NULL;
        const struct output *section = above && above->source->path.n ? site_output(above, l) : NULL;
        value_set(a, item, "section", section ? value_text(a, site_title(section, a)) : value_bool(false));
        value_push(a, items, item);
    }
    buf_close(&b);
    return all;
}

/* The menu again, without the mark at the page that is shown. */
static void unmark(struct arena *a, struct value *v, const char *menu)
{
    const struct value *frame = value_find(v, str_of(menu)), *items = frame ? value_find(frame, STR("items")) : NULL;
    struct value *list = value_list(a);
    for (size_t i = 0; items && i < items->n; i++) {
        struct value *item = value_map(a);
        for (size_t k = 0; k < items->items[i]->n; k++)
            if (!str_is(items->items[i]->keys[k], "current")) value_set(a, item, items->items[i]->keys[k].s, items->items[i]->items[k]);
        value_push(a, list, item);
    }
    if (items) value_set(a, v, menu, special_frame(a, list));
}

static struct value *list_view(struct site *site, const struct language *l, const struct entry *frame, struct str path, struct arena *a)
{
    struct value *v = special_view(site, frame, site_output(frame, l), path, site_word(site, l, "search-title"), a), *crumbs = value_list(a),
                 *top = value_map(a), *langs = value_list(a);
    for (size_t i = 0; i < site->n_langs; i++)
        value_push(a, langs, special_language(site->langs[i], site_search_path(site, site->langs[i], a), l, a));
    const struct output *home = site->c->home ? site_output(site_entry(site, site->c->home), l) : NULL;
    const struct output *other = !home && site->c->home ? site_fallback(site_entry(site, site->c->home), l) : NULL;
    struct str named = other && other->text->menu_title.n ? other->text->menu_title : other ? other->text->title : (struct str){0};
    value_set_text(a, top, "title", other ? site_shown(other->lang, a, named) : site_word(site, l, "home"));
    value_set(a, top, "path", value_find(v, STR("home")));
    value_set(a, top, "foreign", other ? value_text(a, str_of(other->lang->tag)) : value_bool(false));
    if (other && other->lang->rtl != l->rtl) value_set(a, top, "dir", value_text(a, str_of(other->lang->rtl ? "rtl" : "ltr")));
    if (!home) unmark(a, v, "menu"), unmark(a, v, "footer-menu"); /* it is not the frame's page */
    value_push(a, crumbs, top);
    value_set(a, v, "canonical", value_text(a, (struct str){0}));
    value_set(a, v, "breadcrumbs", special_frame(a, crumbs));
    if (langs->n > 1) value_set(a, v, "languages", special_frame(a, langs));
    return v;
}

static bool write_list(struct site *site, const struct language *l, struct arena *a, const struct file_sink *sink)
{
    const struct template *t = templates_find(site->templates, STR("web/search"));
    const struct entry *frame = special_entry(site, l);
    if (!t || !frame) return true;
    struct str path = site_search_path(site, l, a);
    struct value *all = groups(site, l, a), *v = list_view(site, l, frame, path, a), *letters = value_list(a);
    struct buf b = {0};
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++) n += value_find(all->items[i], STR("items"))->n;
    bool many = n > MOST_LISTED, ok = true;
    for (size_t i = 0; i < all->n; i++) {
        struct value *item = value_map(a);
        struct str id = value_find(all->items[i], STR("id"))->text;
        value_set(a, item, "letter", value_find(all->items[i], STR("letter")));
        value_set(a, item, "href", value_text(a, many ? str_printf(a, "%.*s.html", STR_ARG(id)) : str_printf(a, "#%.*s", STR_ARG(id))));
        value_push(a, letters, item);
    }
    value_set(a, v, "letters", letters);
    value_set(a, v, "groups", many ? value_list(a) : all);
    templates_render(site->templates, t, v, &b);
    ok = put(sink, str_z(a, path), &b);
    for (size_t i = 0; many && i < all->n && ok; i++) {
        struct value *one = value_list(a);
        value_push(a, one, all->items[i]);
        value_set(a, v, "groups", one);
        buf_reset(&b);
        templates_render(site->templates, t, v, &b);
        ok = put(sink, arena_printf(a, "%.*s/%.*s.html", STR_ARG(path_dir(path)), STR_ARG(value_find(all->items[i], STR("id"))->text)), &b);
    }
    buf_close(&b);
    return ok;
}

bool search_write(struct search *s, struct site *site, struct arena *a, const struct file_sink *sink, const struct file_sink *bare)
{
    bool ok = true;
    for (size_t i = 0; i < site->n_langs && ok; i++) {
        const struct language *text = text_language(site, site->langs[i]);
        struct arena scratch = {0};
        struct index x = {.a = &scratch, .lang = text};
        struct buf firsts = {0};
        if (text != site->langs[i]) continue; /* written with the one it is derived from */
        index_pages(&x, s, site);
        index_terms(&x, s);
        size_t per = x.n_pages > FEW ? 4 : 16;
        ok = write_terms(&x, &scratch, bare, &firsts);
        for (size_t k = 0; k < site->n_langs && ok; k++) {
            const struct language *l = site->langs[k];
            if (text_language(site, l) != text) continue;
            ok = write_pages(&x, l, per, &scratch, sink) && write_root(&x, l, per, s->v[0].pairs, buf_view(&firsts), &scratch, sink) &&
                 write_list(site, l, a, sink);
        }
        buf_close(&firsts);
        arena_close(&scratch);
    }
    return ok;
}
