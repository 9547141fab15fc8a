/* catalogue.c: the first pass. Which files there are, which page each Markdown file is, where it stands, what its front matter says.
 *
 *     walk DIR/content → pages by file name → front matter (all cores) → translations, addresses, parents → children in menu order
 *
 * Address of a page: index.md stands at its folder, name.md at folder/name; in a book's folder a leading number ("01-uvod.md") only orders. In a
 * foreign folder README.md and _index.md are folder pages too, and a folder without one gets an empty page, so that every page has a parent. */
#include "base/file.h"
#include "base/workers.h"
#include "content/front.h"
#include "content/parse.h"
#include "content/translation.h"
#include "base/utf8.h"
#include <ctype.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

struct first_pass {
    struct catalogue *c;
    struct diag *diag;
    struct arena *scratch; /* one a worker: the text of a file */
};
struct skipping {
    struct arena *arena;
    const char *content;
    const char *out; /* OUT, absolute or as given; "" where it lies elsewhere */
};

static bool skip(void *ctx, const char *path, bool is_dir)
{
    const struct skipping *s = ctx;
    struct str base = path_base(str_of(path));
    if (str_starts(base, ".") || str_is(base, "node_modules")) return true;
    if (!is_dir || !*s->out) return false;
    char *full = realpath(path_join(s->arena, str_of(s->content), str_of(path)), NULL);
    bool same = full && !strcmp(full, s->out);
    free(full);
    return same;
}

static bool is_markdown(struct str path) { return str_ends(path, ".md") || str_ends(path, ".markdown"); }

/* 0: index.md (or README, _index in a foreign folder), 1: no folder page */
static bool is_index(const struct catalogue *c, struct str stem)
{
    return str_is(stem, "index") ||
           (c->foreign && (str_is(stem, "_index") || str_is(stem, "README") || str_is(stem, "readme") || str_is(stem, "Readme")));
}

static struct page *new_page(struct catalogue *c, const char *prefix, struct str file)
{
    struct page *p = ARENA_NEW(c->arena, struct page);
    struct str stem = path_stem(file), suffix = path_ext(stem);
    const struct language *l = suffix.n && !c->foreign ? lang_find(suffix) : NULL;
    p->file = str_printf(c->arena, "%s%.*s", prefix, STR_ARG(file));
    p->dir = path_dir(file);
    p->lang = c->config->languages.v[0];
    if (l && !l->derived) {
        p->lang = l;
        p->source = p; /* found later */
        stem = str_part(stem, 0, stem.n - suffix.n - 1);
    }
    p->path = is_index(c, stem) ? p->dir : str_of(path_join(c->arena, p->dir, stem));
    return p;
}

enum { HEAD = 4096, MOST_HELD = 16384 };

/* Up to HEAD bytes of an open file. */
static struct str read_start(int fd, char text[HEAD + 1])
{
    size_t n = 0;
    for (ssize_t r; fd >= 0 && n < HEAD; n += (size_t)r)
        if ((r = read(fd, text + n, HEAD - n)) <= 0) break;
    text[n] = 0;
    return (struct str){text, n};
}

static bool is_plain(struct str s) { return str_find(s, '\r') == SIZE_MAX && str_find(s, 0) == SIZE_MAX && utf8_invalid(s) == SIZE_MAX; }

/* The start of a text, where that is enough for the front matter: closed within HEAD bytes, a title in it, plain LF lines. The second pass looks at
 * the rest and says what is wrong there. */
static bool head_of(struct str text, struct str *out)
{
    *out = text;
    size_t end = str_search(*out, "\n---\n");
    if (!str_starts(*out, "---\n") || end == SIZE_MAX) return false;
    out->n = end + 5;
    size_t title = str_search(*out, "\ntitle:");
    struct str value = title == SIZE_MAX ? (struct str){0} : str_from(*out, title + 7);
    value = str_trim(str_part(value, 0, str_find(value, '\n')));
    bool titled = value.n > 2 || (value.n && !strchr("\"'~#", *value.s)); /* "" and the like: the first heading is wanted */
    return titled && is_plain(*out);
}

static void read_front(void *ctx, size_t i, int worker)
{
    struct first_pass *f = ctx;
    struct page *p = f->c->pages.v[i];
    struct str text;
    char start[HEAD + 1];
    arena_reset(&f->scratch[worker]);
    const char *path = path_join(&f->scratch[worker], str_of(f->c->root), p->file);
    int fd = file_open(path);
    bool head = head_of(read_start(fd, start), &text);
    if (head && fd > 0 && i < f->c->n_held) f->c->held[i] = fd;
    else if (head) close(fd);
    if (head || file_read_text_of(&f->scratch[worker], fd, path, p->file.s, f->diag, &text)) {
        front_read(&f->c->worker_arenas[worker], p, text, f->c, f->diag);
        p->head_sum = str_sum(str_part(text, 0, p->body_at));
    } else {
        p->broken = true;
        p->kind = &kind_rows[KIND_PAGE];
        p->front = &front_empty;
        p->hidden = true;
    }
}

/* What must not be shown on c->today; --drafts shows all but internal pages. */
static void set_hidden(const struct catalogue *c, struct page *p)
{
    bool late = p->embargo.year && date_compare(p->embargo, c->today) > 0;
    late |= p->published.year && date_compare(p->published, c->today) > 0;
    bool over = p->expires.year && date_compare(p->expires, c->today) <= 0;
    bool draft = front_of(p, KEY_DRAFT)->number || str_is(front_of(p, KEY_REVIEW)->text, "pending");
    p->expired = over && !c->drafts && !p->hidden && !front_of(p, KEY_INTERNAL)->number && !draft && !late;
    p->hidden |= front_of(p, KEY_INTERNAL)->number || (!c->drafts && (draft || late || over));
}

static void unread_page(struct catalogue *c, struct page *p) /* a page that only its folder makes */
{
    p->kind = &kind_rows[KIND_PAGE];
    p->front = &front_empty;
    p->lang = c->config->languages.v[0];
    p->published = p->updated = p->embargo = p->expires = (struct date){.hour = -1};
    struct str name = p->path.n ? path_base(p->path) : c->config->name.n ? by_lang_text(&c->config->name, p->lang) : path_base(str_of(c->root));
    p->title = name.n && !str_is(name, ".") ? name : STR("Home");
}

/* The page above: the nearest folder with a page. A foreign folder, and any that holds pages without an index of its own, gets an empty one. */
static struct page *parent_of(struct catalogue *c, struct page *p)
{
    if (!p->path.n) return NULL;
    struct str up = path_dir(p->path);
    struct page *found = map_find(&c->by_path, up);
    if (found) return found;
    found = ARENA_NEW(c->arena, struct page);
    found->path = up, found->dir = up;
    unread_page(c, found);
    *vec_push(c->arena, &c->pages) = found;
    *map_at(&c->by_path, up) = found;
    found->parent = parent_of(c, found);
    return found;
}

/* Leading digits and a hyphen order the chapters of a book; they do not show in the address. */
static struct str without_number(struct str name)
{
    size_t i = 0;
    while (i < name.n && isdigit((unsigned char)name.s[i])) i++;
    return i && i + 1 < name.n && name.s[i] == '-' ? str_from(name, i + 1) : name;
}

static void chapter_paths(struct catalogue *c)
{
    for (size_t i = 0; i < c->pages.n; i++) {
        struct page *p = c->pages.v[i];
        if (str_eq(p->path, p->dir)) continue;
        const struct page *index = map_find(&c->by_file, str_printf(c->arena, "%.*s%sindex.md", STR_ARG(p->dir), p->dir.n ? "/" : ""));
        if (index && index->kind->kind == KIND_BOOK) p->path = str_of(path_join(c->arena, p->dir, without_number(path_base(p->path))));
    }
}

static void check_name(struct catalogue *c, const struct page *p, struct diag *d)
{
    struct str base = path_base(p->path);
    bool good = true;
    for (size_t i = 0; i < base.n; i++)
        good &= (base.s[i] >= 'a' && base.s[i] <= 'z') || isdigit((unsigned char)base.s[i]) || base.s[i] == '-' || base.s[i] == '_';
    if (good || c->foreign) return;
    struct buf b = {0};
    lang_slug(&b, base);
    DIAG(d, MSG_PATH_NAME, ((struct place){p->file.s, 0, 0}), str_z(c->arena, base), b.s ? b.s : "");
    buf_close(&b);
}

/* Which page wins where a foreign folder has several folder pages. */
static int rank(const struct page *p)
{
    struct str stem = path_stem(p->file);
    return str_is(stem, "index") ? 0 : str_is(stem, "_index") ? 1 : 2;
}

static void place_pages(struct catalogue *c, struct diag *d)
{
    for (size_t i = 0; i < c->pages.n; i++) {
        struct page *p = c->pages.v[i];
        if (p->source) continue;
        void **slot = map_at(&c->by_path, p->path);
        struct page *other = *slot;
        check_name(c, p, d);
        if (!other) {
            *slot = p;
        } else if (c->foreign && rank(other) != rank(p)) { /* README.md beside index.md becomes a page of its own */
            struct page *loser = rank(p) < rank(other) ? other : p;
            *slot = loser == p ? other : p;
            loser->path = str_of(path_join(c->arena, loser->dir, path_stem(loser->file)));
            *map_at(&c->by_path, loser->path) = loser;
        } else {
            DIAG(d, MSG_PATH_TWICE, ((struct place){p->file.s, 0, 0}), str_z(c->arena, other->file));
            p->hidden = true;
        }
    }
    for (size_t i = 0; i < c->pages.n; i++) { /* translations find their source */
        struct page *p = c->pages.v[i];
        if (!p->source) continue;
        struct page *source = map_find(&c->by_path, p->path);
        bool listed = false;
        for (size_t k = 0; k < c->config->languages.n; k++) listed |= c->config->languages.v[k] == p->lang;
        p->source = source;
        if (!source) {
            struct str stem = path_stem(p->file), name = str_part(stem, 0, stem.n - path_ext(stem).n - 1);
            DIAG(d, MSG_TRANSLATION_ALONE, ((struct place){p->file.s, 0, 0}),
                 path_join(c->arena, path_dir(p->file), str_printf(c->arena, "%.*s.md", STR_ARG(name))));
            p->hidden = true;
            continue;
        }
        if (!listed) {
            DIAG(d, MSG_TRANSLATION_LANG, ((struct place){p->file.s, 0, 0}), p->lang->code);
            p->hidden = true;
        }
        p->hidden |= source->hidden;
        if (!front_of(p, KEY_KIND)->at.line) p->kind = source->kind;
        p->weight = source->weight;
        *vec_push(c->arena, &source->translations) = p;
    }
}

/* Whether letak itself writes there, or a language has its pages there. */
static bool is_taken(const struct catalogue *c, struct str path)
{
    static const char *const own[] = {"assets", "search", "pretraga", "kalendar.ics", "feed.xml", "404.html", "robots.txt", "sitemap.xml"};
    struct str top = str_part(path, 0, str_find(path, '/'));
    bool taken = false;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) taken |= str_is(top, own[i]);
    for (size_t i = 0; i < c->config->languages.n; i++) taken |= str_is(top, c->config->languages.v[i]->path);
    return taken;
}

/* The file of content/ that stands at a path, or where a folder of it would have to stand; NULL. */
static const struct file_entry *file_at(const struct catalogue *c, struct str path)
{
    const struct file_entry *e = NULL;
    for (; path.n && !e; path = path_dir(path)) e = map_find(&c->files, path);
    return e;
}

/* Whether the pages that replace this one lead back to it. */
static bool replaced_by_itself(const struct catalogue *c, const struct page *p)
{
    const struct page *at = p;
    for (size_t steps = 0; steps <= c->pages.n; steps++) {
        const struct front_value *next = front_of(at, KEY_REPLACED_BY);
        if (!next->kind || !(at = map_find(&c->by_path, next->text))) return false;
        if (at == p) return true;
    }
    return false;
}

/* Addresses that pages had before. Those of other generators begin with a slash and may end in a file name. */
static void read_aliases(struct catalogue *c, struct diag *d)
{
    for (size_t i = 0; i < c->pages.n; i++) {
        struct page *p = c->pages.v[i];
        const struct front_value *v = front_of(p, KEY_ALIASES), *next = front_of(p, KEY_REPLACED_BY);
        for (size_t k = 0; !p->source && k < v->n; k++) {
            struct str written = v->list[k], path = written;
            while (str_starts(path, "/")) path = str_from(path, 1);
            if (str_ends(path, "index.html")) path.n -= 10;
            if (!path_normal(c->arena, path, &path) || !path.n || str_search(written, "://") != SIZE_MAX || is_taken(c, path)) {
                DIAG(d, MSG_ALIAS_BROKEN, v->at, str_z(c->arena, written));
                continue;
            }
            const struct page *living = map_find(&c->by_path, path), *other = map_find(&c->aliases, path);
            const struct file_entry *file = file_at(c, path);
            if (file) DIAG(d, MSG_ALIAS_FILE, v->at, str_z(c->arena, path), file->path);
            else if (living) DIAG(d, MSG_ALIAS_LIVING, v->at, str_z(c->arena, path), str_z(c->arena, living->file));
            else if (other) DIAG(d, MSG_ALIAS_TWICE, v->at, str_z(c->arena, path), str_z(c->arena, other->file));
            else *map_at(&c->aliases, path) = p;
        }
        if (next->kind && !map_find(&c->by_path, next->text)) DIAG(d, MSG_REPLACED_UNKNOWN, next->at, str_z(c->arena, next->text));
        else if (next->kind && !p->source && replaced_by_itself(c, p)) DIAG(d, MSG_REPLACED_ROUND, next->at, str_z(c->arena, next->text));
    }
}

static void set_parents(struct catalogue *c)
{
    for (size_t i = 0; i < c->pages.n; i++) { /* grows while sections are made */
        struct page *p = c->pages.v[i];
        if (p->source) continue;
        if (!p->parent) p->parent = parent_of(c, p);
        if (!p->parent || p->hidden) continue;
        if (p->parent->kind->kind != KIND_PAGE && str_eq(p->dir, p->parent->dir) && !str_eq(p->path, p->dir)) p->is_part = true;
        *vec_push(c->arena, &p->parent->children) = p;
        if (!p->is_part) p->parent->is_section = true;
    }
    c->home = map_find(&c->by_path, STR(""));
    if (!c->home) {
        c->home = ARENA_NEW(c->arena, struct page);
        unread_page(c, c->home);
        *vec_push(c->arena, &c->pages) = c->home;
        *map_at(&c->by_path, c->home->path) = c->home;
    }
    for (size_t i = 0; i < c->pages.n; i++)
        for (size_t k = 0; k < c->pages.v[i]->translations.n; k++) {
            struct page *t = c->pages.v[i]->translations.v[k];
            t->parent = c->pages.v[i]->parent, t->is_part = c->pages.v[i]->is_part, t->is_section = c->pages.v[i]->is_section;
        }
}

static int in_menu_order(const void *x, const void *y)
{
    const struct page *a = *(struct page *const *)x, *b = *(struct page *const *)y;
    bool news = a->kind->kind == KIND_NEWS && b->kind->kind == KIND_NEWS;
    if (news && date_compare(a->published, b->published)) return date_compare(b->published, a->published);
    if (a->weight != b->weight) return !a->weight ? 1 : !b->weight ? -1 : a->weight < b->weight ? -1 : 1;
    return str_cmp(a->file.n ? a->file : a->path, b->file.n ? b->file : b->path);
}

static void check_menus(struct catalogue *c, struct diag *d)
{
    struct place at = {"content/site.yml", 0, 0};
    struct site_config *s = c->config;
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < (k ? s->footer_menu.n : s->menu.n); i++) {
            struct str path = k ? s->footer_menu.v[i] : s->menu.v[i];
            if (!map_find(&c->by_path, path)) DIAG(d, MSG_SITE_PAGE, at, str_z(c->arena, path), k ? "footer-menu" : "menu");
        }
    if (s->help_page.n && !map_find(&c->by_path, s->help_page)) DIAG(d, MSG_SITE_PAGE, at, str_z(c->arena, s->help_page), "help-page");
}

/* The state of one translation against its source. */
static void judge_translation(void *ctx, size_t i, int worker)
{
    struct first_pass *f = ctx;
    struct page *p = f->c->pages.v[i];
    struct translation t;
    if (!p->source || p->broken || p->source->broken) return;
    arena_reset(&f->scratch[worker]);
    if (!translation_read(&f->scratch[worker], f->c, p, f->diag, &t)) return;
    p->stale = translation_stale(&t);
    if (!p->hidden) translation_check(&f->scratch[worker], p, &t, f->diag);
}

static struct catalogue *new_catalogue(struct arena *a, const char *root, struct date today, int threads)
{
    struct catalogue *c = ARENA_NEW(a, struct catalogue);
    c->arena = a, c->root = root, c->today = today;
    c->by_file = c->files = c->by_path = c->aliases = map_new(a);
    c->n_workers = threads < 1 ? 1 : threads > 64 ? 64 : threads;
    c->worker_arenas = ARENA_ARRAY(a, struct arena, c->n_workers);
    return c;
}

bool content_open(struct arena *a, const struct content_options *o, struct diag *d, struct catalogue **out)
{
    struct catalogue *c = *out = new_catalogue(a, o->root, o->today, o->threads);
    const char *inside = path_join(a, str_of(o->root), STR("content"));
    bool has_content = file_is_dir(inside);
    const char *content = has_content ? inside : o->root, *prefix = has_content ? "content/" : "";
    c->drafts = o->drafts;
    c->foreign = !file_exists(path_join(a, str_of(content), STR("site.yml")));
    diag_set_foreign(d, c->foreign);
    char *real_out = o->out ? realpath(o->out, NULL) : NULL;
    struct skipping s = {a, content, real_out ? real_out : ""};
    struct file_list files = {.stamps = o->stamps};
    bool ok = file_walk(a, content, prefix, d, skip, &s, &files);
    free(real_out);
    for (size_t i = 0; i < files.files.n; i++) {
        struct file_entry *e = &files.files.v[i];
        if (!e->is_dir && !is_markdown(str_of(e->path))) *map_at(&c->files, str_of(e->path)) = e;
    }
    config_read(a, c, content, d);
    for (size_t i = 0; i < files.files.n; i++) {
        struct str path = str_of(files.files.v[i].path);
        if (files.files.v[i].is_dir || !is_markdown(path)) continue;
        struct page *p = new_page(c, prefix, path);
        *vec_push(a, &c->pages) = p;
        *map_at(&c->by_file, path) = p;
    }
    struct first_pass f = {c, d, ARENA_ARRAY(a, struct arena, c->n_workers)};
    if (o->hold) c->n_held = file_hold(c->pages.n < MOST_HELD ? c->pages.n : MOST_HELD), c->held = ARENA_ARRAY(a, _Atomic int, c->n_held + 1);
    workers_run(c->n_workers, c->pages.n, read_front, &f);
    for (int i = 0; i < c->n_workers; i++) arena_close(&f.scratch[i]);
    for (size_t i = 0; i < c->pages.n; i++) {
        struct page *p = c->pages.v[i];
        set_hidden(c, p);
        front_check(p, c, d);
        if (p->title.n) continue;
        p->title = str_is(path_stem(p->file), "index") && p->path.n ? path_base(p->path) : path_stem(p->file);
        if (p->kind->kind == KIND_PAGE && !c->foreign && !p->broken && !front_of(p, KEY_TITLE)->at.line)
            DIAG0(d, MSG_TITLE_MISSING, ((struct place){p->file.s, 1, 1}));
    }
    chapter_paths(c);
    place_pages(c, d);
    read_aliases(c, d);
    workers_run(c->n_workers, c->foreign ? 0 : c->pages.n, judge_translation, &f);
    for (int i = 0; i < c->n_workers; i++) arena_close(&f.scratch[i]);
    set_parents(c);
    for (size_t i = 0; i < c->pages.n; i++)
        if (c->pages.v[i]->children.n) qsort(c->pages.v[i]->children.v, c->pages.v[i]->children.n, sizeof(struct page *), in_menu_order);
    check_menus(c, d);
    for (size_t i = 0; i < c->pages.n; i++) c->pages.v[i]->number = i;
    return ok;
}

bool content_only_body(const struct catalogue *c, struct page *p, struct diag *d)
{
    struct arena a = {0};
    struct str text;
    bool same = !p->broken && !p->hidden && !p->source && !p->translations.n && front_of(p, KEY_TITLE)->at.line && !p->title_from_heading &&
                file_read_text(&a, path_join(&a, str_of(c->root), p->file), p->file.s, d, &text) && text.n >= p->body_at &&
                str_sum(str_part(text, 0, p->body_at)) == p->head_sum;
    if (same) p->anchors = NULL; /* it may have other ones now */
    arena_close(&a);
    return same;
}

int content_held(const struct catalogue *c, const struct page *p)
{
    int fd = p->number < c->n_held ? atomic_exchange(&c->held[p->number], 0) : 0;
    return fd ? fd : -1;
}

void content_close(struct catalogue *c)
{
    for (size_t i = 0; i < c->n_held; i++)
        if (c->held[i]) close(c->held[i]);
    for (int i = 0; i < c->n_workers; i++) arena_close(&c->worker_arenas[i]);
}

struct catalogue *content_single(struct arena *a, const char *file, struct date today, struct diag *d, struct page **page)
{
    struct str name = str_of(file), dir = path_dir(name), text;
    struct catalogue *c = new_catalogue(a, dir.n ? str_z(a, dir) : str_starts(name, "/") ? "/" : ".", today, 1);
    c->config = ARENA_NEW(a, struct site_config);
    c->contacts = c->lists = map_new(a);
    *vec_push(a, &c->config->languages) = lang_find(STR("sr-Cyrl"));
    struct str base = path_base(name);
    c->single = true;
    struct page *p = ARENA_NEW(a, struct page);
    p->lang = c->config->languages.v[0], p->file = base;
    if (!file_read_text(a, file, file, d, &text)) return NULL;
    front_read(a, p, text, c, d);
    if (!p->title.n) p->title = path_stem(base);
    *vec_push(a, &c->pages) = p;
    *map_at(&c->by_file, base) = p;
    *map_at(&c->by_path, p->path) = p;
    c->home = p;
    *page = p;
    return c;
}
