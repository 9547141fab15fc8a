/* contacts.c: the register for address books (vCard 4.0, RFC 6350) and for machines (JSON-LD, schema.org), each a file of its own, since pages have
 * no inline script. Numbers, hours, languages and places come from contacts.yml alone, like everything that is printed. */
#include "web/web.h"

static struct str tel(struct arena *a, struct str number) /* "tel:+381…" */
{
    struct buf b = {0};
    site_tel(&b, number);
    struct str s = buf_copy(a, &b);
    buf_close(&b);
    return s;
}

static struct str in(const struct by_lang *t, const struct language *l, struct arena *a) { return site_shown(l, a, by_lang_text(t, l)); }

static void card(struct site *s, const struct contact *k, const struct language *l, struct arena *a, struct buf *b)
{
    struct str publisher = in(&s->c->config->publisher, l, a), name = in(&k->name, l, a), address = in(&k->address, l, a), none = {0};
    web_content_line(b, "BEGIN:VCARD", none, false), web_content_line(b, "VERSION:4.0", none, false), web_content_line(b, "KIND:org", none, false);
    web_content_line(b, "FN:", name, true);
    if (publisher.n) web_content_line(b, "ORG:", publisher, true);
    for (size_t i = 0; i < k->phones.n; i++) {
        const struct phone *p = &k->phones.v[i];
        struct str label = in(&p->label, l, a), hours = in(&p->hours, l, a);
        web_content_line(b, arena_printf(a, "TEL;VALUE=uri;PREF=%zu;TYPE=%s:", i + 1, p->mobile ? "\"voice,cell\"" : "voice"), tel(a, p->number),
                         false);
        if (label.n || hours.n)
            web_content_line(
                b, "NOTE:", str_printf(a, "%.*s: %.*s%s%.*s", STR_ARG(p->number), STR_ARG(label), label.n && hours.n ? ", " : "", STR_ARG(hours)),
                true);
        for (size_t n = 0; !i && n < p->n_languages; n++) web_content_line(b, arena_printf(a, "LANG;PREF=%zu:", n + 1), p->languages[n], false);
    }
    if (k->mail.n) web_content_line(b, "EMAIL:", k->mail, false);
    if (address.n) {
        struct buf street = {0}; /* the whole address as its street: the register does not part it */
        for (size_t i = 0; i < address.n; i++) {
            if (strchr(",;\\", address.s[i])) buf_putc(&street, '\\');
            buf_putc(&street, address.s[i]);
        }
        web_content_line(b, "ADR:;;", str_printf(a, "%.*s;;;;", (int)street.n, street.s), false);
        buf_close(&street);
    }
    if (k->web.n) web_content_line(b, "URL:", k->web, false);
    web_content_line(b, "END:VCARD", none, false);
}

static void pair(struct buf *b, const char *key, struct str text)
{
    if (!text.n) return;
    buf_printf(b, ",\"%s\":", key), buf_json(b, text);
}

static void linked_data(struct site *s, struct arena *a, struct buf *b)
{
    const struct language *l = s->langs[0];
    bool any = false;
    buf_puts(b, "{\"@context\":\"https://schema.org\",\"@type\":\"GovernmentOrganization\"");
    pair(b, "name", in(&s->c->config->name, l, a)), pair(b, "description", in(&s->c->config->description, l, a));
    pair(b, "url", s->c->config->base_url), pair(b, "areaServed", STR("RS"));
    buf_puts(b, ",\"contactPoint\":[");
    for (size_t i = 0; i < s->c->contacts.entries.n; i++) {
        const struct contact *k = s->c->contacts.entries.v[i].value;
        for (size_t n = 0; k->published && n < k->phones.n; n++) {
            const struct phone *p = &k->phones.v[n];
            buf_puts(b, any ? ",\n{\"@type\":\"ContactPoint\"" : "\n{\"@type\":\"ContactPoint\"");
            any = true;
            pair(b, "name", in(&k->name, l, a)), pair(b, "contactType", in(&p->label, l, a)), pair(b, "telephone", str_from(tel(a, p->number), 4));
            pair(b, "email", k->mail), pair(b, "description", in(&p->hours, l, a));
            if (p->free) pair(b, "contactOption", STR("TollFree"));
            for (size_t m = 0; m < p->n_languages; m++) buf_puts(b, m ? "," : ",\"availableLanguage\":["), buf_json(b, p->languages[m]);
            buf_puts(b, p->n_languages ? "]" : "");
            struct str address = in(&k->address, l, a);
            if (address.n) buf_puts(b, ",\"availableAtOrFrom\":{\"@type\":\"Place\",\"address\":"), buf_json(b, address), buf_putc(b, '}');
            buf_putc(b, '}');
        }
    }
    buf_puts(b, "\n]}\n");
}

bool web_contacts(struct site *s, struct arena *a, const struct file_sink *sink)
{
    struct buf b = {0};
    bool ok = true, any = false;
    for (size_t i = 0; i < s->c->contacts.entries.n; i++) {
        const struct contact *k = s->c->contacts.entries.v[i].value;
        for (size_t n = 0; k->published && n < s->n_langs && ok; n++) {
            buf_reset(&b);
            card(s, k, s->langs[n], a, &b);
            ok = sink->write(sink->ctx, site_vcard_path(s, s->langs[n], k->id, a).s, buf_view(&b));
        }
        any |= k->published;
    }
    if (any && ok) {
        buf_reset(&b);
        linked_data(s, a, &b);
        ok = sink->write(sink->ctx, "assets/kontakti/ustanova.jsonld", buf_view(&b));
    }
    buf_close(&b);
    return ok;
}
