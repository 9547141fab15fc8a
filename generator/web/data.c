/* data.c: a page for machines: JSON-LD (schema.org) in a file of its own beside it, since pages have no inline script. Names of persons stand in it
 * only as authors of publications. */
#include "web/web.h"

void web_json(struct buf *b, struct str text)
{
    struct buf json = {0};
    buf_json(&json, text);
    for (size_t i = 0; i < json.n; i++)
        if (json.s[i] == '<') buf_puts(b, "\\u003c");
        else buf_putc(b, json.s[i]);
    buf_close(&json);
}

static void pair(struct buf *b, const char *key, struct str text)
{
    if (!text.n) return;
    buf_printf(b, ",\n\"%s\":", key), web_json(b, text);
}

static void day(struct buf *b, struct arena *a, const char *key, struct date d) { pair(b, key, date_day(a, d)); }

static int weekday(int y, int m, int d) /* 0 = Sunday */
{
    static const int t[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    y -= m < 3;
    return (y + y / 4 - y / 100 + y / 400 + t[m - 1] + d) % 7;
}

/* Whether summer time holds in Serbia: from the last Sunday of March, 2:00, to that of October, 3:00 (calendar.c has the same rule for readers). */
static bool is_summer(struct date d)
{
    int march = 31 - weekday(d.year, 3, 31), october = 31 - weekday(d.year, 10, 31);
    if (d.month != 3 && d.month != 10) return d.month > 3 && d.month < 10;
    int last = d.month == 3 ? march : october, turn = d.month == 3 ? 2 : 3;
    bool after = d.day > last || (d.day == last && d.hour >= turn);
    return d.month == 3 ? after : !after;
}

struct str web_moment(struct arena *a, struct date d)
{
    if (!d.year || d.hour < 0) return (struct str){0};
    return str_printf(a, "%04d-%02d-%02dT%02d:%02d:00+0%d:00", d.year, d.month, d.day, d.hour, d.minute, is_summer(d) ? 2 : 1);
}

/* Each text of a list as {"@type": type, "name": …}. */
static void named(struct buf *b, struct arena *a, const struct output *o, const char *key, const char *type, const struct front_value *f)
{
    for (size_t i = 0; i < f->n; i++) {
        if (i) buf_puts(b, ",");
        else buf_printf(b, ",\n\"%s\":[", key);
        buf_printf(b, "{\"@type\":\"%s\",\"name\":", type), web_json(b, site_shown(o->lang, a, f->list[i])), buf_putc(b, '}');
    }
    if (f->n) buf_putc(b, ']');
}

static void contact(struct buf *b, struct site *s, const struct front_value *f)
{
    const struct contact *k = f->text.n ? map_find(&s->c->contacts, f->text) : NULL;
    if (!k || !k->published) return;
    if (k->phones.n) pair(b, "telephone", k->phones.v[0].number);
    pair(b, "email", k->mail);
}

/* The words below n as a reader has them: contacts by their numbers. */
static void words(struct buf *b, struct site *s, struct arena *a, const struct language *l, const struct node *n)
{
    const struct contact *k = n->kind == NODE_MARK && n->mark->mark == MARK_CONTACT ? map_find(&s->c->contacts, node_text(a, n)) : NULL;
    if (k) {
        if (node_attr(n, "mail")) buf_str(b, k->mail);
        else if (k->phones.n) buf_str(b, k->phones.v[0].number);
        else buf_str(b, by_lang_text(&k->name, l));
        return;
    }
    if (n->kind == NODE_TEXT || n->kind == NODE_CODE) buf_str(b, n->text);
    if (n->kind == NODE_SOFT_BREAK || n->kind == NODE_LINE_BREAK) buf_putc(b, ' ');
    for (const struct node *c = n->first; c; c = c->next) words(b, s, a, l, c);
    if ((n->kind == NODE_PARAGRAPH || n->kind == NODE_ITEM || n->kind == NODE_CELL) && b->n && b->s[b->n - 1] != ' ') buf_putc(b, ' ');
}

static struct str words_between(struct site *s, struct arena *a, const struct output *o, const struct node *from, const struct node *end)
{
    struct buf b = {0};
    for (const struct node *n = from; n && n != end; n = n->next) words(&b, s, a, o->text->lang, n);
    struct str r = site_shown(o->lang, a, str_trim(buf_copy(a, &b)));
    buf_close(&b);
    return r;
}

/* Headings with what stands below each: questions with answers, terms with explanations. */
static void headings(struct buf *b, struct site *s, struct arena *a, const struct output *o, const struct document *doc, bool questions)
{
    bool any = false;
    buf_printf(b, ",\n\"%s\":[", questions ? "mainEntity" : "hasDefinedTerm");
    for (const struct node *h = doc->root->first; h; h = h->next) {
        if (h->kind != NODE_HEADING || h->n > 3) continue;
        const struct node *end = h->next;
        while (end && end->kind != NODE_HEADING) end = end->next;
        struct str name = site_shown(o->lang, a, node_text(a, h)), text = words_between(s, a, o, h->next, end);
        if (!text.n || (questions && !str_ends(name, "?"))) continue;
        buf_puts(b, any ? ",\n" : "\n"), any = true;
        buf_printf(b, "{\"@type\":\"%s\",\"name\":", questions ? "Question" : "DefinedTerm"), web_json(b, name);
        buf_puts(b, questions ? ",\"acceptedAnswer\":{\"@type\":\"Answer\",\"text\":" : ",\"description\":"), web_json(b, text);
        buf_puts(b, questions ? "}}" : "}");
    }
    buf_putc(b, ']');
}

static void of_kind(struct site *s, const struct entry *e, const struct output *o, const struct document *doc, struct arena *a, struct buf *b)
{
    const struct page *p = e->source;
    switch (p->kind->kind) {
    case KIND_EVENT:
        pair(b, "startDate", web_moment(a, front_of(p, KEY_START)->date)), pair(b, "endDate", web_moment(a, front_of(p, KEY_END)->date));
        if (front_of(p, KEY_PLACE)->text.n)
            buf_puts(b, ",\n\"location\":{\"@type\":\"Place\",\"name\":"), web_json(b, site_front(e, o, KEY_PLACE, a)), buf_putc(b, '}');
        if (front_of(p, KEY_SEATS)->kind) buf_printf(b, ",\n\"maximumAttendeeCapacity\":%ld", front_of(p, KEY_SEATS)->number);
        break;
    case KIND_PROJECT:
        day(b, a, "foundingDate", front_of(p, KEY_FROM)->date), day(b, a, "dissolutionDate", front_of(p, KEY_UNTIL)->date);
        named(b, a, o, "funder", "Organization", front_of(p, KEY_DONORS));
        break;
    case KIND_UNIT:
    case KIND_PARTNER:
        contact(b, s, front_of(p, KEY_CONTACT));
        for (size_t i = 0; i < front_of(p, KEY_SPOKEN)->n; i++)
            buf_puts(b, i ? "," : ",\n\"knowsLanguage\":["), web_json(b, site_shown(o->lang, a, front_of(p, KEY_SPOKEN)->list[i]));
        if (front_of(p, KEY_SPOKEN)->n) buf_putc(b, ']');
        break;
    case KIND_DOCUMENT:
        pair(b, "identifier", site_front(e, o, KEY_NUMBER, a));
        day(b, a, "dateCreated", front_of(p, KEY_ADOPTED)->date), day(b, a, "expires", front_of(p, KEY_VALID_UNTIL)->date);
        break;
    case KIND_QUESTIONS: headings(b, s, a, o, doc, true); break;
    case KIND_GLOSSARY: headings(b, s, a, o, doc, false); break;
    default: named(b, a, o, "author", "Person", front_of(p, KEY_AUTHORS)); break;
    }
}

void web_data(struct site *s, const struct entry *e, const struct output *o, const struct document *doc, struct arena *a, struct buf *b)
{
    const struct page *p = e->source;
    struct buf url = {0};
    buf_printf(b, "{\"@context\":\"https://schema.org\",\n\"@type\":\"%s\"", site_data_type(p));
    pair(b, p->kind->kind == KIND_NEWS ? "headline" : "name", site_title(o, a));
    pair(b, "description", site_shown(o->lang, a, o->text->description));
    pair(b, "inLanguage", str_of(o->lang->tag));
    if (s->c->config->base_url.n) site_address(s, &url, o->path), pair(b, "url", buf_view(&url));
    day(b, a, "datePublished", p->published), day(b, a, "dateModified", o->text->updated.year ? o->text->updated : p->updated);
    of_kind(s, e, o, doc, a, b);
    struct str publisher = site_shown(o->lang, a, by_lang_text(&s->c->config->publisher, o->lang));
    const char *role = p->kind->kind == KIND_UNIT      ? "parentOrganization"
                       : p->kind->kind == KIND_EVENT   ? "organizer"
                       : p->kind->kind == KIND_PROJECT ? "parentOrganization"
                                                       : "publisher";
    if (publisher.n && p->kind->kind != KIND_PARTNER)
        buf_printf(b, ",\n\"%s\":{\"@type\":\"Organization\",\"name\":", role), web_json(b, publisher), buf_putc(b, '}');
    buf_puts(b, "\n}\n");
    buf_close(&url);
}
