/* terms.c: the glossary: the first time that a page has a term, in the form of its heading or in one that „Облици: …“ lists, it leads to the entry.
 *
 * FORMS of a language lie under their first word; what begins with one word is tried from the longest. Forms compare letter by letter, but for the
 * case of the first, so that a term is found at the beginning of a sentence and „ИДЕНТИФИКАЦИЈА“ is left alone. A no-break space and a line end of
 * the source are spaces. */
#include "site/inner.h"
#include "base/utf8.h"
#include <stdlib.h>

struct form {
    struct str text; /* its first letter small */
    const struct term *term;
    struct form *next; /* with the same first word: shorter or equal */
};
struct term {
    const struct entry *entry; /* the page of the glossary */
    struct str id;
    size_t number; /* among those of the language */
};
struct terms {
    struct map words; /* first word -> struct form * */
    size_t n;
    VEC(const char *) names; /* for „did you mean“ */
};

static bool is_letter(uint32_t c)
{
    if (c < 0x80) return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
    return c >= 0xc0 && (c < 0x2000 || c > 0x206f);
}

/* Bytes of the word that s begins with. */
static size_t word_length(struct str s)
{
    size_t at = 0, end = 0;
    while (at < s.n && is_letter(utf8_next(s, &at))) end = at;
    return end;
}

static struct str small_first(struct arena *a, struct str s)
{
    char letter[4];
    size_t at = 0;
    if (!s.n) return s;
    size_t n = utf8_encode(utf8_small(utf8_next(s, &at)), letter);
    return str_printf(a, "%.*s%.*s", (int)n, letter, STR_ARG(str_from(s, at)));
}

static void add_form(struct site *s, struct terms *t, const struct term *term, struct str text, struct place at)
{
    text = small_first(s->arena, str_trim(text));
    size_t word = word_length(text);
    if (!word) return;
    struct form **slot = (struct form **)map_at(&t->words, str_part(text, 0, word)), *f;
    for (f = *slot; f; f = f->next)
        if (str_eq(f->text, text)) {
            if (f->term != term) DIAG(s->diag, MSG_TERM_TWICE, at, str_z(s->arena, text), str_z(s->arena, f->term->id));
            return;
        }
    while (*slot && (*slot)->text.n > text.n) slot = &(*slot)->next;
    f = ARENA_NEW(s->arena, struct form);
    *f = (struct form){text, term, *slot};
    *slot = f;
    *vec_push(s->arena, &t->names) = str_z(s->arena, text);
}

static struct terms *of_text(struct site *s, const struct entry *e, const struct page *text, struct terms *t, struct diag *quiet)
{
    const struct document *doc = content_parse(s->arena, s->c, text, quiet);
    for (size_t i = 0; doc && i < doc->headings.n; i++) {
        const struct node *h = doc->headings.v[i];
        if (h->n != 2) continue;
        if (!t) t = ARENA_NEW(s->arena, struct terms), t->words = map_new(s->arena);
        struct term *term = ARENA_NEW(s->arena, struct term);
        *term = (struct term){e, str_copy(s->arena, h->id), t->n++};
        add_form(s, t, term, node_text(s->arena, h), h->at);
        struct str rest = h->title, form;
        while (str_split(&rest, ',', &form)) add_form(s, t, term, form, h->at);
    }
    return t;
}

static struct terms **slot_of(struct site *s, const struct language *l)
{
    for (size_t i = 0; i < s->n_langs; i++)
        if (s->langs[i] == l) return &s->terms[i];
    return NULL;
}

void terms_open(struct site *s)
{
    struct diag *quiet = diag_new(DIAG_EN); /* what is wrong with the page itself is said where it is made */
    s->terms = ARENA_ARRAY(s->arena, struct terms *, s->n_langs);
    for (size_t i = 0; i < s->entries.n; i++) {
        const struct entry *e = s->entries.v[i];
        if (e->source->kind->kind != KIND_GLOSSARY) continue;
        for (size_t k = 0; k < e->n_outputs; k++) {
            struct terms **t = slot_of(s, e->outputs[k].text->lang);
            if (t && e->outputs[k].lang == e->outputs[k].text->lang) *t = of_text(s, e, e->outputs[k].text, *t, quiet);
        }
    }
    for (size_t i = 0; i < s->n_langs; i++)
        if (s->terms[i]) *vec_push(s->arena, &s->terms[i]->names) = NULL;
    diag_close(quiet);
}

/* Whether this page's words lead to the glossary by themselves: not where few words and one thing to do matter, nor where the page says no. */
static bool wanted(const struct body *r)
{
    const struct page *p = r->entry->source;
    enum kind k = p->kind->kind;
    if (r->print || !p->path.n || k == KIND_LEAFLET || k == KIND_FORM || k == KIND_FORMS || k == KIND_GLOSSARY) return false;
    return !str_eq(p->path, r->s->c->config->help_page) && !(front_of(p, KEY_GLOSSARY)->kind && !front_of(p, KEY_GLOSSARY)->number);
}

void terms_begin(struct body *r)
{
    struct terms **t = slot_of(r->s, r->lang);
    r->terms = t && wanted(r) ? *t : NULL;
    if (r->terms) r->met = ARENA_ARRAY(r->arena, bool, r->terms->n);
}

/* The longest form that s begins with, at a whole word; *n: bytes of s that it takes. */
static const struct form *form_at(const struct terms *t, struct str s, size_t *n)
{
    struct str word = str_part(s, 0, word_length(s));
    char room[64];
    size_t first = 0;
    uint32_t c = word.n ? utf8_next(word, &first) : 0, small = utf8_small(c);
    if (small != c && word.n <= sizeof room) { /* as long as its capital, so the rest stays where it is */
        memcpy(room, word.s, word.n);
        utf8_encode(small, room);
        word.s = room;
    }
    for (const struct form *f = map_find(&t->words, word); f; f = f->next) {
        struct str rest = str_from(s, word.n), want = str_from(f->text, word.n);
        size_t at = 0, k = 0;
        while (k < want.n && at < rest.n) {
            bool nbsp = rest.s[at] == '\xC2' && at + 1 < rest.n && rest.s[at + 1] == '\xA0';
            if ((nbsp || rest.s[at] == '\n' ? ' ' : rest.s[at]) != want.s[k]) break;
            at += nbsp ? 2 : 1, k++;
        }
        if (k < want.n || word_length(str_from(rest, at))) continue;
        *n = word.n + at;
        return f;
    }
    return NULL;
}

static void link_to(struct body *r, const struct term *t, struct str shown)
{
    const struct language *other = NULL;
    buf_puts(r->b, "<a class=\"term\" href=\"");
    buf_html(r->b, urls_page(r, t->entry->source, str_printf(r->arena, "#%.*s", STR_ARG(t->id)), &other));
    buf_puts(r->b, "\">"), buf_html(r->b, shown), buf_puts(r->b, "</a>");
}

void terms_text(struct body *r, struct str s)
{
    size_t from = 0;
    for (size_t at = 0; at < s.n;) {
        size_t n = word_length(str_from(s, at)), taken;
        if (!n) {
            utf8_next(s, &at);
            continue;
        }
        const struct form *f = form_at(r->terms, str_from(s, at), &taken);
        if (f && !r->met[f->term->number]) {
            n = taken;
            buf_html(r->b, str_part(s, from, at - from));
            link_to(r, f->term, str_part(s, at, n));
            r->met[f->term->number] = true;
            from = at + n;
        }
        at += n;
    }
    buf_html(r->b, str_from(s, from));
}

void terms_mark(struct body *r, const struct node *n)
{
    struct str s = node_text(r->arena, n);
    struct terms **t = slot_of(r->s, r->lang);
    const struct attr *of = node_attr(n, "of");
    struct str want = of ? of->value : s;
    size_t taken;
    const struct form *f = t && *t ? form_at(*t, want, &taken) : NULL;
    if (f && taken != want.n) f = NULL;
    if (!f) {
        const char *near = t && *t ? str_nearest(small_first(r->arena, want), (*t)->names.v) : NULL;
        DIAG(r->s->diag, MSG_TERM_UNKNOWN, n->at, str_z(r->arena, want), near ? arena_printf(r->arena, " (%s?)", near) : "");
    }
    if (!f || r->print) buf_html(r->b, s);
    else link_to(r, f->term, s);
}
