/* shared.c: what belongs to the whole site: feeds (RFC 4287), sitemap (sitemaps.org 0.9), robots.txt, 404.html, assets, QR codes. */
#include "web/special.h"
#include "base/embed.h"
#include "image/image.h"
#include <stdlib.h>

enum { FEED_ENTRIES = 20, SITEMAP_MOST = 50000 };

static bool put(const struct file_sink *sink, const char *path, const struct buf *b) { return sink->write(sink->ctx, path, buf_view(b)); }

static void absolute(const struct site *s, struct buf *b, struct str path)
{
    struct buf u = {0};
    site_address(s, &u, path);
    buf_html(b, buf_view(&u));
    buf_close(&u);
}

static struct date dated(const struct entry *e) /* what a feed sorts by */
{
    const struct page *p = e->source;
    return p->published.year ? p->published : p->updated;
}

static int newest_first(const struct entry *a, const struct entry *b)
{
    int c = date_compare(dated(b), dated(a));
    return c ? c : str_cmp(a->source->path, b->source->path);
}

static void tag(struct buf *b, const char *name, struct str text)
{
    buf_printf(b, "<%s>", name);
    buf_html(b, text);
    buf_printf(b, "</%s>\n", name);
}

/* --- feeds --- */
static bool is_news(const struct site *s, const struct entry *e)
{
    const struct page *p = e->source;
    return s->c->foreign ? dated(e).year : p->kind->kind == KIND_NEWS || (p->published.year && !p->is_part);
}

/* Of a language, or (section) of what stands below one page in it. */
static bool feed(struct site *s, const struct language *l, const struct entry *section, struct web_worker *w, const struct file_sink *sink)
{
    struct buf *b = &w->page;
    struct arena *a = &w->arena;
    struct str file = section ? site_feed(s, section, l, a) : site_root_file(s, l, "feed.xml", a),
               folder = str_part(file, 0, file.n - strlen("feed.xml"));
    const struct entry *v[FEED_ENTRIES + 1]; /* newest first */
    size_t n = 0, most = section ? section->source->children.n : s->entries.n;
    for (size_t i = 0; i < most; i++) {
        const struct entry *e = section ? site_entry(s, section->source->children.v[i]) : s->entries.v[i];
        if (!e || !is_news(s, e) || !site_output(e, l)) continue;
        size_t k = n;
        while (k && newest_first(e, v[k - 1]) < 0) k--;
        if (k == FEED_ENTRIES) continue;
        memmove(v + k + 1, v + k, (n - k) * sizeof *v);
        v[k] = e;
        if (n < FEED_ENTRIES) n++;
    }
    struct date newest = {.year = 1970, .month = 1, .day = 1};
    for (size_t i = 0; i < n; i++)
        if (date_compare(site_changed(v[i], site_output(v[i], l)), newest) > 0) newest = site_changed(v[i], site_output(v[i], l));
    buf_reset(b);
    buf_printf(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n", l->tag);
    struct str name = by_lang_text(&s->c->config->name, l);
    struct str title = name.n ? site_shown(l, a, name) : s->c->home->title;
    tag(b, "title", section ? str_printf(a, "%.*s – %.*s", STR_ARG(title), STR_ARG(site_title(site_output(section, l), a))) : title);
    buf_puts(b, "<id>"), absolute(s, b, section ? file : folder), buf_puts(b, "</id>\n<link rel=\"self\" href=\"");
    absolute(s, b, file);
    /* its page; of a language without a home page the one that such a reader is shown */
    const struct entry *page = section ? section : site_entry(s, s->c->home);
    const struct output *own = page ? site_output(page, l) : NULL, *shown = own || !page ? own : site_fallback(page, l);
    if (shown) {
        buf_puts(b, "\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\""), absolute(s, b, shown->path);
        if (!own) buf_printf(b, "\" hreflang=\"%s", shown->lang->tag);
    }
    buf_puts(b, "\"/>\n");
    buf_printf(b, "<updated>%04d-%02d-%02dT00:00:00Z</updated>\n", newest.year, newest.month, newest.day);
    struct str publisher = by_lang_text(&s->c->config->publisher, l);
    buf_puts(b, "<author>"),
        tag(b, "name",
            publisher.n ? site_shown(l, a, publisher)
            : name.n    ? site_shown(l, a, name)
                        : s->c->home->title),
        buf_puts(b, "</author>\n");
    for (size_t i = 0; i < n; i++) {
        const struct entry *e = v[i];
        const struct output *o = site_output(e, l);
        struct date d = dated(e), u = site_changed(e, o);
        buf_puts(b, "<entry>\n");
        tag(b, "title", site_title(o, a));
        buf_puts(b, "<id>"), absolute(s, b, o->path), buf_puts(b, "</id>\n<link rel=\"alternate\" type=\"text/html\" href=\""),
            absolute(s, b, o->path), buf_puts(b, "\"/>\n");
        buf_printf(b, "<published>%04d-%02d-%02dT00:00:00Z</published>\n<updated>%04d-%02d-%02dT00:00:00Z</updated>\n", d.year, d.month, d.day,
                   u.year, u.month, u.day);
        if (o->text->description.n) tag(b, "summary", site_shown(l, a, o->text->description));
        buf_puts(b, "</entry>\n");
    }
    buf_puts(b, "</feed>\n");
    return put(sink, file.s, b);
}

/* --- sitemap --- */
static void sitemap_url(struct site *s, struct buf *b, const struct entry *e, const struct output *o)
{
    struct date u = site_changed(e, o);
    buf_puts(b, "<url><loc>"), absolute(s, b, o->path), buf_puts(b, "</loc>");
    if (u.year) buf_printf(b, "<lastmod>%04d-%02d-%02d</lastmod>", u.year, u.month, u.day);
    for (size_t k = 0; k <= e->n_outputs && e->n_outputs > 1; k++) {
        const struct output *other = &e->outputs[k < e->n_outputs ? k : 0];
        buf_printf(b, "\n<xhtml:link rel=\"alternate\" hreflang=\"%s\" href=\"", k < e->n_outputs ? other->lang->tag : "x-default");
        absolute(s, b, other->path);
        buf_puts(b, "\"/>");
    }
    buf_puts(b, "</url>\n");
}

/* One file, or parts of 50,000 addresses and a file that names them. */
static bool sitemap(struct site *s, struct web_worker *w, const struct file_sink *sink)
{
    static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
                               "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
    struct buf *b = &w->page;
    size_t total = 0, in_part = 0, parts = 0;
    bool ok = true;
    for (size_t i = 0; i < s->entries.n; i++) total += s->entries.v[i]->n_outputs;
    bool split = total > SITEMAP_MOST;
    buf_reset(b), buf_puts(b, head);
    for (size_t i = 0; i < s->entries.n; i++)
        for (size_t k = 0; k < s->entries.v[i]->n_outputs; k++) {
            if (in_part == SITEMAP_MOST) {
                buf_puts(b, "</urlset>\n");
                ok &= put(sink, arena_printf(&w->arena, "sitemap-%zu.xml", ++parts), b);
                buf_reset(b), buf_puts(b, head);
                in_part = 0;
            }
            sitemap_url(s, b, s->entries.v[i], &s->entries.v[i]->outputs[k]);
            in_part++;
        }
    buf_puts(b, "</urlset>\n");
    ok &= put(sink, split ? arena_printf(&w->arena, "sitemap-%zu.xml", ++parts) : "sitemap.xml", b);
    if (!split) return ok;
    buf_reset(b);
    buf_puts(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (size_t i = 1; i <= parts; i++) {
        buf_puts(b, "<sitemap><loc>"), absolute(s, b, str_printf(&w->arena, "sitemap-%zu.xml", i)), buf_puts(b, "</loc></sitemap>\n");
    }
    buf_puts(b, "</sitemapindex>\n");
    return ok & put(sink, "sitemap.xml", b);
}

/* --- 404.html: shown at any depth, so its links begin at the site's root --- */
static bool not_found(struct site *s, struct web_worker *w, const struct file_sink *sink)
{
    const struct template *t = templates_find(s->templates, STR("web/404"));
    const struct entry *home = s->c->home ? site_entry(s, s->c->home) : NULL;
    if (!t || !home) return true;
    struct value *v =
        (struct value *)(uintptr_t)site_view(s, home, &home->outputs[0], NULL, VARIANT_WEB, (struct str){0}, &w->arena); /* ours, not yet shared */
    struct str base = s->c->config->base_url, path = STR("/");
    size_t scheme = str_search(base, "://");
    if (scheme != SIZE_MAX) {
        path = str_from(base, scheme + 3);
        size_t slash = str_find(path, '/');
        path = slash == SIZE_MAX ? STR("/") : str_from(path, slash);
        if (path.s[path.n - 1] != '/') path = str_printf(&w->arena, "%.*s/", STR_ARG(path));
    }
    value_set(&w->arena, v, "root", value_text(&w->arena, path));
    value_set(&w->arena, v, "title", value_text(&w->arena, site_word(s, s->langs[0], "not-found")));
    value_set(&w->arena, v, "page-title", value_text(&w->arena, site_word(s, s->langs[0], "not-found")));
    value_set(&w->arena, v, "not-found", value_bool(true));
    value_set(&w->arena, v, "is-home", value_bool(false));
    struct value *none = value_list(&w->arena);
    value_set(&w->arena, v, "languages", none), value_set(&w->arena, v, "alternates", none);
    value_set(&w->arena, v, "canonical", value_text(&w->arena, (struct str){0}));
    buf_reset(&w->page);
    templates_render(s->templates, t, v, &w->page);
    return put(sink, "404.html", &w->page);
}

/* --- assets --- */
static bool is_text(struct str path) { return str_ends(path, ".css") || str_ends(path, ".js") || str_ends(path, ".txt") || str_ends(path, ".svg"); }

static bool asset(struct site *s, struct web_worker *w, const struct file_sink *sink, struct str path)
{
    struct str bytes;
    if (!is_text(path) || !site_resource(s, &w->arena, path, &bytes)) return true;
    if (str_ends(path, ".svg") && !image_clean(&w->arena, bytes, path, (struct place){str_z(&w->arena, path), 0, 0}, s->diag, &bytes)) return true;
    return sink->write(sink->ctx, str_z(&w->arena, path), bytes);
}

static bool assets(struct site *s, struct web_worker *w, const struct file_sink *sink)
{
    bool ok = true;
    struct map done = map_new(&w->arena);
    for (const struct embedded *e = embedded_files; e->path && ok; e++) {
        if (!str_starts(str_of(e->path), "assets/")) continue;
        *map_at(&done, str_of(e->path)) = s;
        ok &= asset(s, w, sink, str_of(e->path));
    }
    char *own = path_join(&w->arena, str_of(s->c->root), STR("assets"));
    struct file_list list = {0};
    if (!s->c->foreign && file_is_dir(own)) file_walk(&w->arena, own, "", s->diag, NULL, NULL, &list);
    for (size_t i = 0; i < list.files.n && ok; i++) {
        struct str path = str_of(path_join(&w->arena, STR("assets"), str_of(list.files.v[i].path)));
        if (!list.files.v[i].is_dir && !map_find(&done, path)) ok &= asset(s, w, sink, path);
    }
    struct qr_use *qr;
    size_t n = site_qrs(s, &w->arena, &qr);
    for (size_t i = 0; i < n && ok; i++) ok &= sink->write(sink->ctx, str_z(&w->arena, qr[i].path), image_qr(&w->arena, qr[i].text));
    return ok;
}

/* .well-known/security.txt (RFC 9116): whom to tell of a hole in the site. */
static bool security_txt(struct site *s, struct web_worker *w, const struct file_sink *sink)
{
    const struct site_config *g = s->c->config;
    const struct contact *k = g->security_contact.n ? map_find(&s->c->contacts, g->security_contact) : NULL;
    struct buf *b = &w->page;
    if (!k || !k->published || !(k->mail.n || k->web.n) || !g->security_until.year) return true;
    buf_reset(b);
    if (k->mail.n) buf_printf(b, "Contact: mailto:%.*s\n", STR_ARG(k->mail));
    if (k->web.n) buf_printf(b, "Contact: %.*s\n", STR_ARG(k->web));
    buf_printf(b, "Expires: %04d-%02d-%02dT00:00:00Z\n", g->security_until.year, g->security_until.month, g->security_until.day);
    buf_puts(b, "Preferred-Languages: ");
    for (size_t i = 0, n = 0; i < s->n_langs; i++)
        if (!s->langs[i]->derived) buf_printf(b, "%s%.*s", n++ ? ", " : "", (int)strcspn(s->langs[i]->tag, "-"), s->langs[i]->tag);
    buf_putc(b, '\n');
    if (g->base_url.n) buf_puts(b, "Canonical: "), absolute(s, b, STR(".well-known/security.txt")), buf_putc(b, '\n');
    return put(sink, ".well-known/security.txt", b);
}

static bool feeds_of_sections(struct site *s, struct web_worker *w, const struct file_sink *sink)
{
    bool ok = true;
    for (size_t i = 0; i < s->entries.n && ok; i++)
        for (size_t k = 0; k < s->entries.v[i]->n_outputs && ok; k++)
            if (site_feed(s, s->entries.v[i], s->entries.v[i]->outputs[k].lang, &w->arena).n)
                ok &= feed(s, s->entries.v[i]->outputs[k].lang, s->entries.v[i], w, sink);
    return ok;
}

static bool robots(struct site *s, struct web_worker *w, const struct file_sink *sink)
{
    struct str base = s->c->config->base_url;
    buf_reset(&w->page);
    buf_puts(&w->page, "User-agent: *\nAllow: /\n");
    if (base.n) buf_printf(&w->page, "Sitemap: %.*s%ssitemap.xml\n", STR_ARG(base), str_ends(base, "/") ? "" : "/");
    return put(sink, "robots.txt", &w->page);
}

bool web_addresses(struct site *s, enum web_addresses what, struct web_worker *w, const struct file_sink *sink)
{
    bool net = s->c->config->base_url.n > 0, ok = true; /* all of them need addresses on the net */
    arena_reset(&w->arena);
    if (what == WEB_SITEMAP) return !net || sitemap(s, w, sink);
    for (size_t k = 0; k < s->n_langs && net && ok; k++) ok = feed(s, s->langs[k], NULL, w, sink);
    return ok && (!net || feeds_of_sections(s, w, sink));
}

bool web_shared(struct site *s, struct web_worker *w, const struct file_sink *sink)
{
    arena_reset(&w->arena);
    return robots(s, w, sink) && security_txt(s, w, sink) && special_write(s, &w->arena, sink) && web_contacts(s, &w->arena, sink) &&
           web_calendars(s, &w->arena, sink) && web_open_data(s, &w->arena, sink) && not_found(s, w, sink) && assets(s, w, sink);
}
