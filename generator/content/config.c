/* config.c: site.yml, the contact register, the lists of choices. */
#include "base/file.h"
#include "content/front.h"

struct str by_lang_in(const struct by_lang *t, const struct language *l, const struct language **in)
{
    *in = l;
    for (size_t i = 0; t && i < t->n; i++) {
        struct str lang = t->list[i].lang;
        if (!lang.n || lang_find(lang) == l || (l->derived && lang_find(lang) == lang_find(str_of(l->derived)))) return t->list[i].text;
    }
    if (!t || !t->n) return (struct str){0};
    const struct language *first = lang_find(t->list[0].lang);
    if (first) *in = first;
    return t->list[0].text;
}

struct str by_lang_text(const struct by_lang *t, const struct language *l)
{
    const struct language *in;
    return by_lang_in(t, l, &in);
}

const struct by_lang *choice_label(const struct catalogue *c, const char *list, struct str key)
{
    const struct choices *l = map_find(&c->lists, str_of(list));
    for (size_t i = 0; l && i < l->list.n; i++)
        if (str_eq(l->list.v[i].key, key)) return &l->list.v[i].label;
    return NULL;
}

static struct by_lang read_text(struct arena *a, const struct yaml *y)
{
    if (!y || y->kind == YAML_LIST) return (struct by_lang){0};
    size_t n = y->kind == YAML_SCALAR ? 1 : y->n;
    struct lang_text *list = ARENA_ARRAY(a, struct lang_text, n);
    for (size_t i = 0; i < n; i++)
        list[i] = y->kind == YAML_SCALAR ? (struct lang_text){{0}, y->text} : (struct lang_text){y->keys[i]->text, y->items[i]->text};
    return (struct by_lang){n, list};
}

static bool read_bool(const struct yaml *y, bool otherwise)
{
    return y && y->kind == YAML_SCALAR ? str_is(y->text, "true") || str_is(y->text, "yes") || str_is(y->text, "да") : otherwise;
}

static struct str read_line(const struct yaml *y) { return y && y->kind == YAML_SCALAR ? str_trim(y->text) : (struct str){0}; }

static const char *near_words(struct arena *a, struct str name, const char *const *words)
{
    const char *near = str_nearest(name, words);
    return near ? arena_printf(a, " (%s?)", near) : "";
}

static struct yaml *load(struct arena *a, const char *content, const char *name, struct str *shown, struct diag *d)
{
    char *path = path_join(a, str_of(content), str_of(name));
    struct str text;
    *shown = str_printf(a, "content/%s", name);
    if (!file_exists(path) || !file_read_text(a, path, shown->s, d, &text)) return NULL;
    struct yaml *y = yaml_read(a, text, shown->s, 1, d);
    if (y && y->kind != YAML_MAP) return DIAG0(d, MSG_FRONT_NOT_MAP, y->at), NULL;
    return y;
}

/* Whom security.txt (RFC 9116) names, and until when. */
static void read_security(struct site_config *s, const struct yaml *y, struct diag *d)
{
    const struct yaml *contact = yaml_find(y, "security-contact"), *until = yaml_find(y, "security-until");
    if (!contact) return;
    s->security_contact = read_line(contact), s->security_at = contact->at;
    if (!date_read(read_line(until), &s->security_until)) DIAG0(d, MSG_SECURITY_UNTIL, until ? until->at : contact->at);
}

static void read_site(struct arena *a, struct catalogue *c, const struct yaml *y, struct diag *d)
{
    static const char *const keys[] = {"name",           "short-name", "description",  "base-url",      "languages",
                                       "exit-url",       "help-page",  "help-contact", "menu",          "footer-menu",
                                       "publisher",      "place",      "raw-html",     "onion-url",     "security-contact",
                                       "security-until", "search",     "publish-to",   "press-profile", NULL};
    struct site_config *s = c->config;
    for (size_t i = 0; y && i < y->n; i++) {
        size_t k = 0;
        while (keys[k] && !str_is(y->keys[i]->text, keys[k])) k++;
        if (!keys[k]) DIAG(d, MSG_SITE_KEY, y->keys[i]->at, str_z(a, y->keys[i]->text), near_words(a, y->keys[i]->text, keys));
    }
    s->name = read_text(a, yaml_find(y, "name")), s->short_name = read_text(a, yaml_find(y, "short-name"));
    s->description = read_text(a, yaml_find(y, "description"));
    s->publisher = read_text(a, yaml_find(y, "publisher")), s->place = read_text(a, yaml_find(y, "place"));
    s->base_url = read_line(yaml_find(y, "base-url")), s->exit_url = read_line(yaml_find(y, "exit-url"));
    s->help_page = read_line(yaml_find(y, "help-page")), s->help_contact = read_line(yaml_find(y, "help-contact"));
    s->onion_url = read_line(yaml_find(y, "onion-url")), s->publish_to = read_line(yaml_find(y, "publish-to"));
    const struct yaml *profile = yaml_find(y, "press-profile");
    s->press_profile = read_line(profile), s->press_profile_at = profile ? profile->at : (struct place){0};
    read_security(s, y, d);
    s->raw_html = read_bool(yaml_find(y, "raw-html"), false), s->search = read_bool(yaml_find(y, "search"), false);
    const struct yaml *langs = yaml_find(y, "languages"), *menu = yaml_find(y, "menu"), *footer = yaml_find(y, "footer-menu");
    for (size_t i = 0; langs && langs->kind == YAML_LIST && i < langs->n; i++) {
        const struct language *l = lang_find(langs->items[i]->text);
        bool twice = false;
        for (size_t k = 0; k < s->languages.n; k++) twice |= s->languages.v[k] == l;
        if (twice) DIAG(d, MSG_SITE_LANGUAGE_TWICE, langs->items[i]->at, l->code);
        else if (l) *vec_push(a, &s->languages) = l;
        else DIAG(d, MSG_SITE_LANGUAGE, langs->items[i]->at, str_z(a, langs->items[i]->text));
    }
    for (size_t i = 0; menu && menu->kind == YAML_LIST && i < menu->n; i++) *vec_push(a, &s->menu) = menu->items[i]->text;
    for (size_t i = 0; footer && footer->kind == YAML_LIST && i < footer->n; i++) *vec_push(a, &s->footer_menu) = footer->items[i]->text;
    if (!s->languages.n) *vec_push(a, &s->languages) = lang_find(c->foreign ? STR("en") : STR("sr-Cyrl"));
}

/* Whether all keys of a row of the register are its own. */
static bool keys_known(struct arena *a, const struct yaml *y, const char *const *keys, struct diag *d)
{
    bool known = true;
    for (size_t i = 0; y->kind == YAML_MAP && i < y->n; i++) {
        size_t n = 0;
        while (keys[n] && !str_is(y->keys[i]->text, keys[n])) n++;
        if (!keys[n]) DIAG(d, MSG_CONTACT_KEY, y->keys[i]->at, str_z(a, y->keys[i]->text), near_words(a, y->keys[i]->text, keys));
        known = known && keys[n];
    }
    return known;
}

/* What cannot be taken for a value would be lost without a word, and a phone number with it. */
static void check_shapes(struct arena *a, struct str id, const struct yaml *y, struct diag *d)
{
    static const char *const lines[] = {"mail", "web"};
    const struct yaml *phones = yaml_find(y, "phones"), *v;
    if (y->kind != YAML_MAP) DIAG(d, MSG_CONTACT_SHAPE, y->at, str_z(a, id), "name");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if ((v = yaml_find(y, lines[i])) && v->kind != YAML_SCALAR) DIAG(d, MSG_CONTACT_SHAPE, v->at, str_z(a, id), lines[i]);
    if (phones && (phones->kind == YAML_MAP || (phones->kind == YAML_SCALAR && phones->text.n)))
        DIAG(d, MSG_CONTACT_SHAPE, phones->at, str_z(a, id), "phones");
}

static void read_contact(struct arena *a, struct catalogue *c, struct str id, const struct yaml *y, struct diag *d)
{
    static const char *const keys[] = {"name", "placeholder", "published", "phones", "mail", "address", "web", NULL};
    static const char *const phone_keys[] = {"number", "label", "hours", "languages", "free", "kind", NULL};
    struct contact *k = ARENA_NEW(a, struct contact);
    keys_known(a, y, keys, d);
    check_shapes(a, id, y, d);
    k->id = id, k->at = y->at;
    k->name = read_text(a, yaml_find(y, "name")), k->address = read_text(a, yaml_find(y, "address"));
    k->mail = read_line(yaml_find(y, "mail")), k->web = read_line(yaml_find(y, "web"));
    k->placeholder = read_bool(yaml_find(y, "placeholder"), false), k->published = read_bool(yaml_find(y, "published"), true);
    const struct yaml *phones = yaml_find(y, "phones");
    for (size_t i = 0; phones && phones->kind == YAML_LIST && i < phones->n; i++) {
        const struct yaml *p = phones->items[i];
        struct str kind = read_line(yaml_find(p, "kind"));
        struct str number = p->kind == YAML_SCALAR ? str_trim(p->text) : read_line(yaml_find(p, "number"));
        if (keys_known(a, p, phone_keys, d) && !number.n) DIAG(d, MSG_CONTACT_SHAPE, p->at, str_z(a, id), "number"); /* else it is named already */
        const struct yaml *spoken = yaml_find(p, "languages");
        size_t n_spoken = spoken && spoken->kind == YAML_LIST ? spoken->n : 0;
        struct str *codes = ARENA_ARRAY(a, struct str, n_spoken + 1);
        for (size_t n = 0; n < n_spoken; n++) codes[n] = spoken->items[n]->text;
        *vec_push(a, &k->phones) = (struct phone){.n_languages = n_spoken,
                                                  .languages = codes,
                                                  .number = number,
                                                  .label = read_text(a, yaml_find(p, "label")),
                                                  .hours = read_text(a, yaml_find(p, "hours")),
                                                  .free = read_bool(yaml_find(p, "free"), false),
                                                  .emergency = str_is(kind, "emergency"),
                                                  .mobile = str_is(kind, "mobile")};
    }
    *map_at(&c->contacts, id) = k;
}

static void read_list(struct arena *a, struct catalogue *c, const char *content, const char *file, struct diag *d)
{
    struct str shown;
    struct yaml *y = load(a, content, file, &shown, d);
    struct choices *l = ARENA_NEW(a, struct choices);
    for (size_t i = 0; y && i < y->n; i++) *vec_push(a, &l->list) = (struct choice){y->keys[i]->text, read_text(a, y->items[i])};
    *map_at(&c->lists, str_copy(a, path_stem(str_of(file)))) = l;
}

void config_read(struct arena *a, struct catalogue *c, const char *content, struct diag *d)
{
    struct str shown;
    c->config = ARENA_NEW(a, struct site_config);
    c->contacts = map_new(a), c->lists = map_new(a);
    read_site(a, c, c->foreign ? NULL : load(a, content, "site.yml", &shown, d), d);
    struct yaml *y = c->foreign ? NULL : load(a, content, "contacts.yml", &shown, d);
    for (size_t i = 0; y && i < y->n; i++) read_contact(a, c, y->keys[i]->text, y->items[i], d);
    for (size_t i = 0; i < c->files.entries.n; i++) {
        struct str path = c->files.entries.v[i].key;
        if (str_starts(path, "lists/") && str_ends(path, ".yml")) read_list(a, c, content, str_z(a, path), d);
    }
    struct str help = c->config->help_contact;
    if (help.n && !map_find(&c->contacts, help)) DIAG(d, MSG_CONTACT_UNKNOWN, ((struct place){"content/site.yml", 0, 0}), str_z(a, help), "");
    struct str security = c->config->security_contact;
    if (security.n && !map_find(&c->contacts, security)) DIAG(d, MSG_CONTACT_UNKNOWN, c->config->security_at, str_z(a, security), "");
    else if (c->config->security_until.year && date_compare(c->config->security_until, c->today) <= 0)
        DIAG0(d, MSG_SECURITY_OVER, c->config->security_at);
}
