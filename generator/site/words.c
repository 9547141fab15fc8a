/* words.c: what is the same on every page of one language: words of the interface, the site's name, menus, the help block. */
#include "site/inner.h"
#include "content/yaml.h"

struct str site_shown(const struct language *l, struct arena *a, struct str text)
{
    if (!l->derived || !text.n) return text;
    struct buf b = {0};
    lang_latin(&b, text);
    struct str s = buf_copy(a, &b);
    buf_close(&b);
    return s;
}

struct str site_vcard_path(const struct site *s, const struct language *l, struct str id, struct arena *a)
{
    bool root = l == s->langs[0];
    return str_printf(a, "assets/kontakti/%.*s%s%s.vcf", STR_ARG(id), root ? "" : ".", root ? "" : l->path);
}

struct str site_search_path(const struct site *s, const struct language *l, struct arena *a) { return site_path(s, l, STR("pretraga"), a); }

const struct words *words_of(const struct site *s, const struct language *l)
{
    for (size_t i = 0; i < s->n_langs; i++)
        if (s->words[i].lang == l) return &s->words[i];
    return &s->words[0];
}

struct str site_word(const struct site *s, const struct language *l, const char *key)
{
    const struct str *w = map_find(&words_of(s, l)->by_key, str_of(key));
    return w ? *w : (struct str){0};
}

static void read_words(struct site *s, struct words *w, const char *name)
{
    struct str path = str_printf(s->arena, "layouts/strings/%s.yml", name), text;
    const char *file;
    if (!layouts_read(s, s->arena, path, &text, &file)) return;
    struct yaml *y = yaml_read(s->arena, text, file, 1, s->diag);
    if (y && y->kind != YAML_MAP) DIAG0(s->diag, MSG_WORDS_NOT_MAP, y->at);
    for (size_t i = 0; y && y->kind == YAML_MAP && i < y->n; i++) {
        if (y->items[i]->kind != YAML_SCALAR) continue;
        struct str *text_of = ARENA_NEW(s->arena, struct str);
        *text_of = site_shown(w->lang, s->arena, y->items[i]->text);
        *map_at(&w->by_key, y->keys[i]->text) = text_of;
    }
}

void set_foreign(struct arena *a, struct value *item, const struct language *in, const struct language *l)
{
    value_set(a, item, "foreign", in ? value_text(a, str_of(in->tag)) : value_bool(false));
    if (in) value_set(a, item, "dir", in->rtl == l->rtl ? value_bool(false) : value_text(a, str_of(in->rtl ? "rtl" : "ltr")));
}

static const struct value *menu_item(struct site *s, const struct language *l, const struct entry *e)
{
    struct value *item = value_map(s->arena);
    const struct output *o = site_fallback(e, l);
    struct str title = o->text->menu_title.n ? o->text->menu_title : o->text->title;
    value_set_text(s->arena, item, "title", site_shown(o->lang, s->arena, title));
    value_set(s->arena, item, "path", value_text(s->arena, o->path));
    set_foreign(s->arena, item, o->lang == l ? NULL : o->lang, l);
    return item;
}

/* Pages named in site.yml; in a foreign folder the sections below the home page. */
static size_t menu(struct site *s, const struct language *l, bool footer, const struct entry ***entries, const struct value ***items)
{
    enum { MOST = 9 };
    const struct site_config *c = s->c->config;
    VEC(const struct entry *) v = {0};
    size_t n = footer ? c->footer_menu.n : c->menu.n;
    for (size_t i = 0; i < n; i++) {
        const struct page *p = map_find(&s->c->by_path, footer ? c->footer_menu.v[i] : c->menu.v[i]);
        const struct entry *e = p ? site_entry(s, p) : NULL;
        if (e) *vec_push(s->arena, &v) = e;
    }
    if (s->c->foreign && !footer)
        for (size_t i = 0; i < s->c->home->children.n && v.n < MOST; i++) {
            const struct entry *e = site_entry(s, s->c->home->children.v[i]);
            if (e) *vec_push(s->arena, &v) = e;
        }
    *entries = ARENA_ARRAY(s->arena, const struct entry *, v.n);
    *items = ARENA_ARRAY(s->arena, const struct value *, v.n);
    for (size_t i = 0; i < v.n; i++) (*entries)[i] = v.v[i], (*items)[i] = menu_item(s, l, v.v[i]);
    return v.n;
}

void set_by_lang(struct arena *a, struct value *v, const char *key, const struct by_lang *t, const struct language *l)
{
    struct buf b = {0};
    marks_by_lang(&b, t, l);
    if (b.n) value_set(a, v, key, value_html(a, buf_copy(a, &b)));
    buf_close(&b);
}

static const struct value *phone_value(struct site *s, const struct language *l, const struct phone *p)
{
    struct value *v = value_map(s->arena);
    struct buf tel = {0};
    for (size_t i = 0; i < p->number.n; i++)
        if (strchr("+0123456789", p->number.s[i])) buf_putc(&tel, p->number.s[i]);
    struct buf number = {0};
    for (size_t i = 0; i < p->number.n; i++)
        if (p->number.s[i] == ' ') buf_puts(&number, "\xC2\xA0");
        else buf_putc(&number, p->number.s[i]);
    value_set_text(s->arena, v, "number", buf_copy(s->arena, &number));
    value_set_text(s->arena, v, "tel", buf_copy(s->arena, &tel));
    set_by_lang(s->arena, v, "label", &p->label, l), set_by_lang(s->arena, v, "hours", &p->hours, l);
    value_set(s->arena, v, "free", value_bool(p->free));
    buf_close(&tel), buf_close(&number);
    return v;
}

static const struct value *help_value(struct site *s, const struct language *l)
{
    const struct site_config *c = s->c->config;
    const struct contact *k = c->help_contact.n ? map_find(&s->c->contacts, c->help_contact) : NULL;
    const struct page *page = c->help_page.n ? map_find(&s->c->by_path, c->help_page) : NULL;
    const struct entry *e = page ? site_entry(s, page) : NULL;
    if ((!k || !k->published) && !e) return NULL;
    struct value *v = value_map(s->arena);
    if (k && k->published) {
        struct value *phones = value_list(s->arena);
        for (size_t i = 0; i < k->phones.n; i++) value_push(s->arena, phones, phone_value(s, l, &k->phones.v[i]));
        value_set_text(s->arena, v, "name", site_shown(l, s->arena, by_lang_text(&k->name, l)));
        value_set(s->arena, v, "phones", phones);
        if (k->phones.n) value_set(s->arena, v, "phone", phones->items[0]);
        value_set_text(s->arena, v, "mail", k->mail);
    }
    if (e) value_set(s->arena, v, "page", menu_item(s, l, e));
    return v;
}

static void site_values(struct site *s, struct words *w)
{
    const struct site_config *c = s->c->config;
    const struct language *l = w->lang;
    struct value *v = value_map(s->arena);
    struct str name = site_shown(l, s->arena, by_lang_text(&c->name, l));
    if (!name.n) name = s->c->home->title;
    struct str brief = site_shown(l, s->arena, by_lang_text(&c->short_name, l));
    value_set_text(s->arena, v, "name", name);
    value_set_text(s->arena, v, "short-name", brief.n ? brief : name);
    value_set_text(s->arena, v, "description", site_shown(l, s->arena, by_lang_text(&c->description, l)));
    value_set_text(s->arena, v, "publisher", site_shown(l, s->arena, by_lang_text(&c->publisher, l)));
    value_set_text(s->arena, v, "place", site_shown(l, s->arena, by_lang_text(&c->place, l)));
    value_set_text(s->arena, v, "exit-url", c->exit_url);
    w->site = v;
    struct value *strings = value_map(s->arena);
    for (size_t i = 0; i < w->by_key.entries.n; i++)
        value_set(s->arena, strings, str_z(s->arena, w->by_key.entries.v[i].key), value_text(s->arena, *(struct str *)w->by_key.entries.v[i].value));
    w->strings = strings;
}

static const struct value *search_value(struct site *s, const struct language *l)
{
    struct value *v = value_map(s->arena);
    if (!s->c->config->search) return NULL;
    value_set_text(s->arena, v, "path", site_search_path(s, l, s->arena));
    value_set_text(s->arena, v, "index", str_of(l->path));
    return v;
}

void words_open(struct site *s)
{
    s->words = ARENA_ARRAY(s->arena, struct words, s->n_langs);
    for (size_t i = 0; i < s->n_langs; i++) {
        struct words *w = &s->words[i];
        w->lang = s->langs[i];
        w->by_key = map_new(s->arena);
        read_words(s, w, "en"); /* what a language has no word for stays English */
        if (strcmp(w->lang->strings, "en") != 0) read_words(s, w, w->lang->strings);
        site_values(s, w);
        w->help = help_value(s, w->lang);
        w->search = search_value(s, w->lang);
        w->n_menu = menu(s, w->lang, false, &w->menu_entries, &w->menu);
        w->n_footer = menu(s, w->lang, true, &w->footer_entries, &w->footer);
    }
}
