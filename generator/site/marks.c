/* marks.c: what marks become: contacts, references, dates, pictograms, spans. */
#include "site/inner.h"
#include "base/utf8.h"
#include <ctype.h>

/* --- contacts --- */
void site_tel(struct buf *b, struct str number)
{
    buf_puts(b, "tel:");
    for (size_t i = 0; i < number.n; i++)
        if (isdigit((unsigned char)number.s[i]) || (number.s[i] == '+' && !i)) buf_putc(b, number.s[i]);
}

void marks_by_lang(struct buf *b, const struct by_lang *t, const struct language *l)
{
    const struct language *in;
    struct str text = by_lang_in(t, l, &in);
    struct buf shown = {0};
    if (l->derived && lang_find(str_of(l->derived)) == in) in = l;
    if (in == l ? l->derived != NULL : in->derived == NULL && !strcmp(in->strings, "sr")) { /* who reads no Serbian reads no Cyrillic */
        lang_latin(&shown, text);
        text = buf_view(&shown);
        if (in != l) in = lang_find(STR("sr-Latn"));
    }
    if (in != l && text.n) {
        buf_printf(b, "<span lang=\"%s\"%s>", in->tag, in->rtl == l->rtl ? "" : in->rtl ? " dir=\"rtl\"" : " dir=\"ltr\"");
        buf_html(b, text);
        buf_puts(b, "</span>");
    } else {
        buf_html(b, text);
    }
    buf_close(&shown);
}

/* A number is read from left to right in every script. */
static void phone(struct body *r, const struct phone *p, const char *class)
{
    buf_printf(r->b, "<a class=\"%s\" href=\"", class);
    site_tel(r->b, p->number);
    buf_puts(r->b, "\"><bdi dir=\"ltr\">");
    for (size_t i = 0; i < p->number.n; i++) /* a number is never broken over two lines */
        if (p->number.s[i] == ' ') buf_puts(r->b, "\xC2\xA0");
        else buf_html(r->b, str_part(p->number, i, 1));
    buf_puts(r->b, "</bdi></a>");
}

static void phone_details(struct body *r, const struct phone *p)
{
    struct str label = by_lang_text(&p->label, r->lang), hours = by_lang_text(&p->hours, r->lang);
    if (!label.n && !hours.n && !p->free) return;
    buf_puts(r->b, " <span class=\"phone-info\">");
    marks_by_lang(r->b, &p->label, r->lang);
    if (label.n && hours.n) buf_puts(r->b, " · ");
    if (hours.n) buf_puts(r->b, "<span class=\"hours\">"), marks_by_lang(r->b, &p->hours, r->lang), buf_puts(r->b, "</span>");
    if (p->free && !p->emergency) {
        if (label.n || hours.n) buf_puts(r->b, " · ");
        body_word(r, "free-call");
    }
    buf_puts(r->b, "</span>");
}

static void mail(struct body *r, struct str address)
{
    buf_puts(r->b, "<a class=\"mail\" translate=\"no\" href=\"mailto:");
    buf_html(r->b, address);
    buf_puts(r->b, "\">");
    buf_html(r->b, address);
    buf_puts(r->b, "</a>");
}

static void web(struct body *r, struct str url)
{
    struct str shown = url;
    if (str_starts(shown, "https://")) shown = str_from(shown, 8);
    if (shown.n && shown.s[shown.n - 1] == '/') shown.n--;
    buf_puts(r->b, "<a class=\"web\" translate=\"no\" href=\"");
    buf_html(r->b, url);
    buf_puts(r->b, "\">");
    buf_html(r->b, shown);
    buf_puts(r->b, "</a>");
}

static void qr(struct body *r, const struct contact *c)
{
    buf_puts(r->b, "<img class=\"qr\" src=\"");
    if (r->print) {
        buf_puts(r->b, "qr:");
        buf_html(r->b, c->web);
    } else {
        struct str path = str_printf(r->arena, "assets/qr/%.*s.svg", STR_ARG(c->id));
        pthread_mutex_lock(&r->s->lock);
        if (!map_find(&r->s->qr, path)) {
            struct str *text = ARENA_NEW(&r->s->uses_arena, struct str);
            *text = c->web;
            *map_at(&r->s->qr, str_copy(&r->s->uses_arena, path)) = text;
        }
        pthread_mutex_unlock(&r->s->lock);
        r->placed = true;
        buf_html(r->b, r->root);
        buf_html(r->b, path);
    }
    buf_puts(r->b, "\" alt=\"");
    body_word(r, "qr-of");
    buf_putc(r->b, ' ');
    buf_html(r->b, c->web);
    buf_puts(r->b, r->print ? "\">" : "\" width=\"132\" height=\"132\">");
}

static void address(struct body *r, const struct contact *c)
{
    buf_puts(r->b, "<span class=\"address\">");
    marks_by_lang(r->b, &c->address, r->lang);
    buf_puts(r->b, "</span>");
}

void marks_contact_block(struct body *r, const struct node *n)
{
    const struct contact *c = map_find(&r->s->c->contacts, node_text(r->arena, n));
    if (!c || !c->published) return;
    bool large = node_attr(n, "large");
    if (node_attr(n, "qr")) {
        buf_puts(r->b, "<p class=\"qr-code\">");
        qr(r, c);
        buf_puts(r->b, "<br>");
        web(r, c->web);
        buf_puts(r->b, "</p>\n");
        return;
    }
    if (node_attr(n, "address")) {
        buf_puts(r->b, "<p class=\"contact-address\">");
        address(r, c);
        buf_puts(r->b, "</p>\n");
        return;
    }
    buf_puts(r->b, large ? "<div class=\"contact large\">\n<p class=\"contact-name\">" : "<div class=\"contact\">\n<p class=\"contact-name\">");
    marks_by_lang(r->b, &c->name, r->lang);
    buf_puts(r->b, "</p>\n");
    for (size_t i = 0; i < c->phones.n; i++) {
        buf_puts(r->b, i ? "<p class=\"phone-line\">" : "<p class=\"phone-line first\">");
        phone(r, &c->phones.v[i], "phone");
        phone_details(r, &c->phones.v[i]);
        buf_puts(r->b, "</p>\n");
    }
    if (!large && c->mail.n) {
        buf_puts(r->b, "<p>");
        mail(r, c->mail);
        buf_puts(r->b, "</p>\n");
    }
    if (!large && c->address.n) {
        buf_puts(r->b, "<p>");
        address(r, c);
        buf_puts(r->b, "</p>\n");
    }
    if (!large && !r->print && !r->s->c->single &&
        !str_eq(c->id, r->s->c->config->help_contact)) { /* who must hide a number keeps it in no address book */
        buf_puts(r->b, "<p class=\"vcard\"><a href=\"");
        r->placed = true;
        buf_html(r->b, r->root);
        buf_html(r->b, site_vcard_path(r->s, r->links, c->id, r->arena));
        buf_puts(r->b, "\">");
        body_word(r, "vcard");
        buf_puts(r->b, "</a></p>\n");
    }
    buf_puts(r->b, "</div>\n");
}

/* In running text: the part that is named, else name and first number. */
static void contact(struct body *r, const struct node *n)
{
    const struct contact *c = map_find(&r->s->c->contacts, node_text(r->arena, n));
    if (!c || !c->published) return;
    if (node_attr(n, "mail")) {
        if (c->mail.n) mail(r, c->mail);
    } else if (node_attr(n, "address")) {
        address(r, c);
    } else if (node_attr(n, "web")) {
        if (c->web.n) web(r, c->web);
    } else if (node_attr(n, "qr")) {
        if (c->web.n) qr(r, c);
    } else {
        if (!node_attr(n, "phone")) marks_by_lang(r->b, &c->name, r->lang), buf_puts(r->b, c->phones.n ? ", " : "");
        if (c->phones.n) phone(r, &c->phones.v[0], node_attr(n, "large") ? "phone big" : "phone");
    }
}

/* --- the others --- */
static uint32_t next_letter(const struct node *n) /* the character that follows in the text, 0 where nothing does */
{
    const struct node *t = n->next;
    size_t at = 0;
    return t && t->kind == NODE_TEXT && t->text.n ? utf8_next(t->text, &at) : 0;
}

static void date(struct body *r, const struct node *n)
{
    struct str s = node_text(r->arena, n), rest = s, part;
    long v[3] = {0};
    for (int i = 0; i < 3 && str_split(&rest, '-', &part); i++)
        if (!str_int(str_part(part, 0, 4), &v[i])) v[i] = 0;
    if (v[1] < 1 || v[1] > 12 || v[2] < 1 || v[2] > 31) { /* reported when the page was read */
        buf_html(r->b, s);
        return;
    }
    enum date_form form = node_attr(n, "numeric") ? DATE_NUMERIC : node_attr(n, "alone") ? DATE_ALONE : DATE_IN_SENTENCE;
    buf_printf(r->b, "<time datetime=\"%04ld-%02ld-%02ld\">", v[0], v[1], v[2]);
    lang_date(r->b, r->lang, (int)v[0], (int)v[1], (int)v[2], form, next_letter(n));
    buf_puts(r->b, "</time>");
}

static void icon(struct body *r, const struct node *n)
{
    const struct attr *name = node_attr(n, "name");
    const struct str *svg = name ? map_find(&r->s->icons, name->value) : NULL;
    buf_puts(r->b, "<span class=\"with-icon\">");
    if (!svg) {
        DIAG(r->s->diag, MSG_ICON_UNKNOWN, n->at, name ? str_z(r->arena, name->value) : "");
    } else if (r->print) {
        buf_puts(r->b, "<img class=\"icon\" alt=\"\" src=\"assets/icons/");
        buf_html(r->b, name->value);
        buf_puts(r->b, ".svg\">");
    } else {
        buf_str(r->b, *svg);
    }
    body_inlines(r, n);
    buf_puts(r->b, "</span>");
}

static void ref(struct body *r, const struct node *n)
{
    struct str id = node_text(r->arena, n);
    const struct ref_target *t = refs_find(r, id);
    if (!t) {
        DIAG(r->s->diag, MSG_REF_NOWHERE, n->at, str_z(r->arena, id));
        buf_html(r->b, id);
        return;
    }
    buf_puts(r->b, "<a class=\"ref\" href=\"");
    buf_html(r->b, refs_href(r, t));
    buf_puts(r->b, "\">");
    if (t->number || t->chapter) {
        body_word(r, t->word);
        buf_puts(r->b, "\xC2\xA0");
        refs_number(r->b, t);
    } else {
        buf_html(r->b, t->text);
    }
    buf_puts(r->b, "</a>");
}

void marks_inline(struct body *r, const struct node *n)
{
    const struct attr *a;
    if (n->mark->field) {
        fields_inline(r, n);
        return;
    }
    r->plain++; /* what a mark says is said already */
    switch (n->mark->mark) {
    case MARK_CONTACT: contact(r, n); break;
    case MARK_DATE: date(r, n); break;
    case MARK_ICON: icon(r, n); break;
    case MARK_REF: ref(r, n); break;
    case MARK_TERM: terms_mark(r, n); break;
    case MARK_ABBR:
        a = node_attr(n, "title");
        buf_puts(r->b, "<abbr");
        if (a) buf_puts(r->b, " title=\""), buf_html(r->b, a->value), buf_putc(r->b, '"');
        buf_putc(r->b, '>');
        body_inlines(r, n);
        buf_puts(r->b, "</abbr>");
        break;
    case MARK_LANG: {
        a = node_attr(n, "lang");
        const struct language *l = a ? lang_find(a->value) : NULL;
        buf_puts(r->b, "<span lang=\"");
        buf_html(r->b, l ? str_of(l->tag) : a ? a->value : (struct str){0});
        buf_puts(r->b, !l || l->rtl == r->lang->rtl ? "\">" : l->rtl ? "\" dir=\"rtl\">" : "\" dir=\"ltr\">");
        body_inlines(r, n);
        buf_puts(r->b, "</span>");
        break;
    }
    case MARK_KEEP:
        buf_puts(r->b, "<span translate=\"no\">");
        body_inlines(r, n);
        buf_puts(r->b, "</span>");
        break;
    case MARK_PAGEBREAK:
        if (r->print) buf_puts(r->b, "<div class=\"page-break\"></div>\n");
        break;
    default: body_inlines(r, n); break;
    }
    r->plain--;
}
