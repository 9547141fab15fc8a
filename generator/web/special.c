/* special.c: see special.h. */
#include "web/special.h"

struct value *special_frame(struct arena *a, const struct value *list)
{
    struct value *frame = value_map(a);
    value_set(a, frame, "items", list);
    return frame;
}

const struct value *special_language(const struct language *l, struct str path, const struct language *current, struct arena *a)
{
    struct value *item = value_map(a);
    value_set_text(a, item, "name", str_of(l->name)), value_set_text(a, item, "tag", str_of(l->tag)), value_set_text(a, item, "path", path);
    if (l == current) value_set(a, item, "current", value_bool(true));
    if (l->rtl != current->rtl) value_set_text(a, item, "dir", str_of(l->rtl ? "rtl" : "ltr"));
    return item;
}

static struct str up(struct str path, struct arena *a) /* "../" for each folder of path */
{
    struct buf b = {0};
    for (size_t i = 0; i < path.n; i++)
        if (path.s[i] == '/') buf_puts(&b, "../");
    struct str s = buf_copy(a, &b);
    buf_close(&b);
    return s;
}

const struct entry *special_entry(const struct site *s, const struct language *l)
{
    const struct entry *e = s->c->home ? site_entry(s, s->c->home) : NULL;
    for (size_t i = 0; i < s->entries.n && !(e && site_output(e, l)); i++) e = s->entries.v[i];
    return e && site_output(e, l) ? e : NULL;
}

struct value *special_view(struct site *s, const struct entry *e, const struct output *o, struct str path, struct str title, struct arena *a)
{
    static const char *const own[] = {"subtitle",  "description",  "is-home",      "alternates", "updated",   "published", "neighbours",
                                      "children",  "years",        "upcoming",     "past",       "chapters",  "chapter",   "book",
                                      "downloads", "news",         "toc",          "event",      "form",      "imprint",   "over",
                                      "languages", "body",         "pending",      "stale",      "catalogue", "filters",   "citation",
                                      "ris",       "lists-script", "facts",        "register",   "running",   "finished",  "directory",
                                      "calendar",  "open-data",    "section-feed", "preview",    "data",      "data-files"};
    struct value *v = (struct value *)(uintptr_t)site_view(s, e, o, NULL, VARIANT_WEB, (struct str){0}, a); /* ours, not yet shared */
    const struct value *name = value_find(value_find(v, STR("site")), STR("short-name"));
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) value_set(a, v, own[i], value_bool(false));
    value_set(a, v, "root", value_text(a, up(path, a)));
    value_set(a, v, "path", value_text(a, path));
    value_set(a, v, "title", value_text(a, title));
    value_set(a, v, "page-title", value_text(a, name ? str_printf(a, "%.*s – %.*s", STR_ARG(title), STR_ARG(name->text)) : title));
    value_set(a, v, "noindex", value_bool(true));
    return v;
}

static struct value *link_to(struct arena *a, struct str title, struct str path)
{
    struct value *v = value_map(a);
    value_set_text(a, v, "title", title), value_set_text(a, v, "path", path);
    return v;
}

static bool show(struct site *s, const char *layout, struct value *v, struct str path, struct arena *a, const struct file_sink *sink)
{
    const struct template *t = templates_find(s->templates, str_of(layout));
    struct buf b = {0};
    if (!t) return true;
    templates_render(s->templates, t, v, &b);
    bool ok = sink->write(sink->ctx, str_z(a, path), buf_view(&b));
    buf_close(&b);
    return ok;
}

static bool moved(struct site *s, struct str alias, const struct entry *e, struct arena *a, const struct file_sink *sink)
{
    bool ok = true;
    for (size_t i = 0; i < e->n_outputs && ok; i++) {
        const struct output *o = &e->outputs[i];
        struct str path = site_path(s, o->lang, alias, a), title = site_title(o, a);
        struct value *v = special_view(s, e, o, path, title, a), *langs = value_list(a);
        for (size_t k = 0; k < e->n_outputs; k++)
            value_push(a, langs, special_language(e->outputs[k].lang, site_path(s, e->outputs[k].lang, alias, a), o->lang, a));
        if (langs->n > 1) value_set(a, v, "languages", special_frame(a, langs));
        value_set(a, v, "target", link_to(a, title, o->path));
        value_set(a, v, "refresh", value_text(a, str_printf(a, "%.*s%.*s", STR_ARG(up(path, a)), STR_ARG(o->path))));
        ok = show(s, "web/moved", v, path, a, sink);
    }
    return ok;
}

/* The nearest page above that is shown in the language. */
static const struct entry *above(const struct site *s, const struct page *p, const struct language *l)
{
    for (p = p->parent; p; p = p->parent) {
        const struct entry *e = site_entry(s, p);
        if (e && site_output(e, l)) return e;
    }
    return NULL;
}

/* What the address of an expired page says in a language: its title, where there was one for readers; NULL. */
static const struct page *last_text(const struct page *p, const struct language *l)
{
    const struct page *text = site_text(p, l, true);
    return text && !front_of(text, KEY_DRAFT)->number && !str_is(front_of(text, KEY_REVIEW)->text, "pending") ? text : NULL;
}

static bool gone(struct site *s, const struct page *p, struct arena *a, const struct file_sink *sink)
{
    const struct page *next = front_of(p, KEY_REPLACED_BY)->kind ? map_find(&s->c->by_path, front_of(p, KEY_REPLACED_BY)->text) : NULL;
    const struct entry *now = next ? site_entry(s, next) : NULL;
    bool ok = true;
    for (size_t i = 0; i < s->n_langs && ok; i++) {
        const struct language *l = s->langs[i];
        const struct page *text = last_text(p, l);
        const struct entry *section = above(s, p, l), *e = section ? section : special_entry(s, l);
        if (!text || !e) continue;
        struct str path = site_path(s, l, p->path, a);
        const struct output *there = now ? site_output(now, l) : NULL, *top = section ? site_output(section, l) : NULL;
        struct value *v = special_view(s, e, site_output(e, l), path, site_shown(l, a, text->title), a), *langs = value_list(a);
        struct buf day = {0};
        lang_date(&day, l, p->expires.year, p->expires.month, p->expires.day, DATE_ALONE, 0);
        value_set(a, v, "expired", value_text(a, buf_copy(a, &day)));
        buf_close(&day);
        value_set(a, v, "canonical", value_text(a, (struct str){0}));
        value_set(a, v, "target", there ? link_to(a, site_title(there, a), there->path) : value_bool(false));
        value_set(a, v, "section", top ? link_to(a, site_title(top, a), top->path) : value_bool(false));
        for (size_t k = 0; k < s->n_langs; k++)
            if (last_text(p, s->langs[k])) value_push(a, langs, special_language(s->langs[k], site_path(s, s->langs[k], p->path, a), l, a));
        if (langs->n > 1) value_set(a, v, "languages", special_frame(a, langs));
        ok = show(s, "web/gone", v, path, a, sink);
    }
    return ok;
}

bool special_write(struct site *s, struct arena *a, const struct file_sink *sink)
{
    bool ok = true;
    for (size_t i = 0; i < s->c->aliases.entries.n && ok; i++) {
        const struct entry *e = site_entry(s, s->c->aliases.entries.v[i].value);
        if (e) ok = moved(s, s->c->aliases.entries.v[i].key, e, a, sink);
    }
    for (size_t i = 0; i < s->c->pages.n && ok; i++)
        if (s->c->pages.v[i]->expired && !s->c->pages.v[i]->source) ok = gone(s, s->c->pages.v[i], a, sink);
    return ok;
}
