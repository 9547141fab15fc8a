/* cite.c: how a publication is quoted: as text, in the order that libraries in Serbia use (authors by surname; title: subtitle; place: publisher,
 * year; ISBN; address), and as RIS, which programs that keep lists of literature read. What stands in brackets behind a name is a remark, not a name.
 */
#include "site/inner.h"
#include "base/utf8.h"

/* Without „(измишљена особа)“ and the like at its end. */
static struct str bare(struct str s)
{
    s = str_trim(s);
    size_t open = s.n && s.s[s.n - 1] == ')' ? str_rfind(s, '(') : SIZE_MAX;
    return open == SIZE_MAX || !open ? s : str_trim(str_part(s, 0, open));
}

static bool is_capital(struct str s)
{
    size_t at = 0;
    uint32_t c = s.n ? utf8_next(s, &at) : 0;
    return utf8_small(c) != c;
}

/* „др Ана Јовић“ -> „Јовић, Ана“; what is no person's name (a comma in it, one word, more than four, a small letter at the last: „Градска
 * библиотека“) stays as it is. */
static struct str by_surname(struct arena *a, struct str name)
{
    name = bare(name);
    if (str_starts(name, "др ") || str_starts(name, "мр ")) name = str_trim(str_from(name, str_find(name, ' ')));
    size_t space = str_rfind(name, ' '), words = 1;
    for (size_t i = 0; i < name.n; i++) words += name.s[i] == ' ';
    if (space == SIZE_MAX || words > 4 || !is_capital(str_from(name, space + 1)) || str_find(name, ',') != SIZE_MAX) return name;
    return str_printf(a, "%.*s, %.*s", STR_ARG(str_from(name, space + 1)), STR_ARG(str_part(name, 0, space)));
}

bool site_is_publication(const struct page *p)
{
    enum kind k = p->kind->kind;
    return !p->is_part && (k == KIND_BOOK || k == KIND_BROCHURE || k == KIND_REPORT || k == KIND_LEAFLET);
}

/* The key as this output's text has it, in the language it is written in. */
static struct str written(const struct entry *e, const struct output *o, enum key key)
{
    const struct front_value *own = front_of(o->text, key);
    return bare(own->text.n ? own->text : front_of(e->source, key)->text);
}

int cite_year(const struct page *p)
{
    if (front_of(p, KEY_YEAR)->kind) return (int)front_of(p, KEY_YEAR)->number;
    return p->published.year ? p->published.year : p->updated.year;
}

static const struct front_value *authors_of(const struct entry *e, const struct output *o)
{
    const struct front_value *own = front_of(o->text, KEY_AUTHORS);
    return own->kind ? own : front_of(e->source, KEY_AUTHORS);
}

static struct str publisher_of(const struct site *s, const struct entry *e, const struct output *o, struct str *place)
{
    struct str name = written(e, o, KEY_PUBLISHER);
    *place = written(e, o, KEY_PLACE);
    if (!place->n) *place = by_lang_text(&s->c->config->place, o->text->lang);
    return name.n ? name : by_lang_text(&s->c->config->publisher, o->text->lang);
}

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.s[i] >= '0' && s.s[i] <= '9') return true;
    return false;
}

static void stop(struct buf *b) /* a full stop and a blank, where none stands yet */
{
    if (b->n && !strchr(".?!", b->s[b->n - 1])) buf_putc(b, '.');
    if (b->n) buf_putc(b, ' ');
}

struct str site_citation(const struct site *s, const struct entry *e, const struct output *o, struct arena *a)
{
    const struct front_value *authors = authors_of(e, o);
    struct str place, publisher = publisher_of(s, e, o, &place), subtitle = written(e, o, KEY_SUBTITLE), isbn = written(e, o, KEY_ISBN);
    struct buf b = {0};
    for (size_t i = 0; i < authors->n; i++) buf_puts(&b, i ? "; " : ""), buf_str(&b, by_surname(a, authors->list[i]));
    stop(&b), buf_str(&b, bare(o->text->title));
    if (subtitle.n) buf_puts(&b, ": "), buf_str(&b, subtitle);
    stop(&b), buf_str(&b, place), buf_puts(&b, place.n && publisher.n ? ": " : ""), buf_str(&b, publisher);
    if (cite_year(e->source)) buf_printf(&b, "%s%d", place.n || publisher.n ? ", " : "", cite_year(e->source));
    stop(&b);
    if (has_digit(isbn)) buf_printf(&b, "ISBN %.*s. ", STR_ARG(isbn));
    b.n--;
    struct buf shown = {0};
    buf_str(&shown, site_shown(o->lang, a, buf_view(&b)));
    if (s->c->config->base_url.n) { /* the address is no text to be put into another script */
        buf_putc(&shown, ' '), buf_str(&shown, site_word(s, o->lang, "cite-at")), buf_putc(&shown, ' ');
        site_address(s, &shown, o->path);
    }
    struct str r = buf_copy(a, &shown);
    buf_close(&b), buf_close(&shown);
    return r;
}

static void line(struct buf *b, const struct output *o, struct arena *a, const char *tag, struct str text)
{
    if (!text.n) return;
    text = site_shown(o->lang, a, text);
    buf_printf(b, "%s  - ", tag);
    for (size_t i = 0; i < text.n; i++) buf_putc(b, text.s[i] == '\n' || text.s[i] == '\r' ? ' ' : text.s[i]);
    buf_puts(b, "\r\n");
}

void site_ris(const struct site *s, const struct entry *e, const struct output *o, struct arena *a, struct buf *b)
{
    const struct page *p = e->source;
    const struct front_value *authors = authors_of(e, o), *topics = front_of(p, KEY_TOPICS);
    struct str place, publisher = publisher_of(s, e, o, &place), subtitle = written(e, o, KEY_SUBTITLE), isbn = written(e, o, KEY_ISBN);
    struct buf url = {0};
    line(b, o, a, "TY", p->kind->kind == KIND_REPORT ? STR("RPRT") : p->kind->kind == KIND_BOOK ? STR("BOOK") : STR("PAMP"));
    for (size_t i = 0; i < authors->n; i++) line(b, o, a, "AU", by_surname(a, authors->list[i]));
    line(b, o, a, "TI", subtitle.n ? str_printf(a, "%.*s: %.*s", STR_ARG(bare(o->text->title)), STR_ARG(subtitle)) : bare(o->text->title));
    line(b, o, a, "PB", publisher), line(b, o, a, "CY", place), line(b, o, a, "ET", written(e, o, KEY_EDITION));
    if (cite_year(p)) line(b, o, a, "PY", str_printf(a, "%d", cite_year(p)));
    if (has_digit(isbn)) line(b, o, a, "SN", isbn);
    for (size_t i = 0; i < topics->n; i++)
        line(b, o, a, "KW", by_lang_text(choice_label(s->c, key_rows[KEY_TOPICS].choices, topics->list[i]), o->text->lang));
    line(b, o, a, "AB", o->text->description);
    buf_printf(b, "LA  - %s\r\n", o->lang->tag);
    if (s->c->config->base_url.n) site_address(s, &url, o->path), buf_printf(b, "UR  - %.*s\r\n", (int)url.n, url.s);
    buf_puts(b, "ER  - \r\n");
    buf_close(&url);
}
