/* editions.c: `letak editions`: every edition of some pages in every language, and how their panels fit. Each file is the one that build makes. */
#include "base/workers.h"
#include "build/build.h"
#include "build/pictures.h"
#include "build/print.h"
#include <errno.h>
#include <stdlib.h>

struct edited { /* a publication, and its press twin where it has one */
    const struct publication *pub;
    struct printed made, press;
    bool ok;
};
struct editions {
    const struct editions_job *job;
    struct arena arena;
    struct diag *d;
    struct catalogue *c;
    struct site *site;
    struct print_worker *workers[WORKERS_MOST];
    VEC(struct edited) list;
    struct buf *out;
};

/* Whether the page comes in editions at all. */
static bool has_editions(const struct entry *e)
{
    for (size_t i = 0; i < e->n_publications; i++)
        if (e->publications[i].edition) return true;
    return false;
}

static bool asked(const struct editions *x, const struct entry *e)
{
    for (size_t i = 0; i < x->job->n_pages; i++)
        if (str_is(e->source->path, x->job->pages[i])) return true;
    return !x->job->n_pages;
}

/* Says what is wrong with a name that is no page with editions. */
static void page_unknown(struct editions *x, const char *name, const struct entry *e)
{
    VEC(const char *) names = {0};
    for (size_t k = 0; k < x->site->entries.n; k++)
        if (has_editions(x->site->entries.v[k])) *vec_push(&x->arena, &names) = str_z(&x->arena, x->site->entries.v[k]->source->path);
    *vec_push(&x->arena, &names) = NULL;
    const char *near = str_nearest(str_of(name), names.v);
    if (e) DIAG(x->d, MSG_EDITIONS_NONE, (struct place){0}, name, e->source->kind->en);
    else DIAG(x->d, MSG_TRANSLATION_PAGE, (struct place){0}, name, near ? arena_printf(&x->arena, " (%s?)", near) : "");
}

static bool pages_known(struct editions *x)
{
    bool good = true;
    for (size_t i = 0; i < x->job->n_pages; i++) {
        const struct entry *e = map_find(&x->site->by_path, str_of(x->job->pages[i]));
        if (e && has_editions(e)) continue;
        page_unknown(x, x->job->pages[i], e);
        good = false;
    }
    return good;
}

static void make(void *ctx, size_t i, int worker)
{
    struct editions *x = ctx;
    struct edited *e = &x->list.v[i];
    if (!x->workers[worker]) x->workers[worker] = print_worker_new(x->d);
    e->ok = print_publication(x->workers[worker], x->site, e->pub, NULL, &e->made, NULL, e->pub->press_twin ? &e->press : NULL);
}

static bool all_fit(const struct printed *p)
{
    for (size_t i = 0; i < p->n_fits; i++)
        if (p->fits[i].lines < 0) return false;
    return true;
}

static bool save(struct editions *x, struct str path, const struct buf *bytes)
{
    char *file = path_join(&x->arena, str_of(x->job->out), path);
    if (file_mkdirs(str_z(&x->arena, path_dir(str_of(file)))) && file_write(file, buf_view(bytes))) return true;
    return DIAG(x->d, MSG_FILE_UNWRITABLE, ((struct place){file, 0, 0}), strerror(errno)), false;
}

static const char *say(struct editions *x, const char *en, const char *sr)
{
    struct buf b = {0};
    diag_put(x->d, &b, str_of(diag_language(x->d) == DIAG_EN ? en : sr));
    const char *s = str_z(&x->arena, buf_view(&b));
    buf_close(&b);
    return s;
}

static void cell(struct buf *b, const char *s, size_t width)
{
    size_t from = b->n;
    buf_puts(b, s), buf_pad(b, from, width + 1, 1);
}

static const char *edition_name(struct editions *x, const struct publication *p, bool json)
{
    const struct edition_row *r = p->edition;
    const char *name = json ? r->en : say(x, r->en, r->sr), *discreet = json ? "discreet" : say(x, "discreet", "неупадљив");
    return !p->discreet                             ? name
           : json || diag_language(x->d) == DIAG_EN ? arena_printf(&x->arena, "%s %s", name, discreet)
                                                    : arena_printf(&x->arena, "%s %s", discreet, name);
}

/* A line for each edition and language: its size of type, then for each panel the lines that are free, or, below 0, too many. */
static void table(struct editions *x)
{
    enum { NAME = 24, LANG = 12, SIZE = 6, PAGES = 7 };
    const struct entry *last = NULL;
    for (size_t i = 0; i < x->list.n; i++) {
        const struct edited *e = &x->list.v[i];
        if (e->pub->entry != last) {
            buf_printf(x->out, "%s%.*s\n", last ? "\n" : "", STR_ARG(e->pub->entry->source->path));
            cell(x->out, say(x, "edition", "облик"), NAME), cell(x->out, say(x, "language", "језик"), LANG);
            cell(x->out, "pt", SIZE), cell(x->out, say(x, "pages", "страна"), PAGES);
            buf_puts(x->out, say(x, "lines free on each panel (-: too many)", "слободних редова на свакој страни (-: вишак)"));
            buf_putc(x->out, '\n');
        }
        last = e->pub->entry;
        cell(x->out, edition_name(x, e->pub, false), NAME), cell(x->out, e->pub->output->lang->tag, LANG);
        cell(x->out, e->made.n_fits ? arena_printf(&x->arena, "%g", FIXED_PT(e->made.fits[0].size)) : "–", SIZE);
        cell(x->out, e->ok ? arena_printf(&x->arena, "%d", e->made.as.pages) : "–", PAGES);
        for (size_t k = 0; k < e->made.n_fits; k++) buf_printf(x->out, "%s%d", k ? " " : "", e->made.fits[k].lines);
        if (!e->made.n_fits) buf_puts(x->out, "–");
        buf_putc(x->out, '\n');
    }
}

/* An object for each panel, one a line; a publication without panels has one object. */
static void table_json(struct editions *x)
{
    for (size_t i = 0; i < x->list.n; i++) {
        const struct edited *e = &x->list.v[i];
        for (size_t k = 0; k < e->made.n_fits || !k; k++) {
            const struct frame_fit *f = k < e->made.n_fits ? &e->made.fits[k] : NULL;
            buf_puts(x->out, "{\"page\":"), buf_json(x->out, e->pub->entry->source->path);
            buf_printf(x->out, ",\"edition\":\"%s\",\"language\":\"%s\",\"path\":", edition_name(x, e->pub, true), e->pub->output->lang->tag);
            buf_json(x->out, e->pub->path);
            buf_printf(x->out, ",\"pages\":%d", e->made.as.pages);
            if (e->pub->press_twin) buf_puts(x->out, ",\"press\":"), buf_json(x->out, e->pub->press_twin->path);
            if (f) buf_printf(x->out, ",\"size\":%g,\"panel\":%d,\"name\":", FIXED_PT(f->size), f->number), buf_json(x->out, f->name);
            if (f && f->lines >= 0) buf_printf(x->out, ",\"free\":%d", f->lines);
            if (f && f->lines < 0) buf_printf(x->out, ",\"over\":%d,\"words\":%d", -f->lines, f->words);
            buf_puts(x->out, "}\n");
        }
    }
}

void build_editions(const struct editions_job *j, struct diag *d, struct buf *out)
{
    struct editions x = {.job = j, .d = d, .out = out};
    int threads = workers_bound(j->threads);
    build_init();
    if (!file_is_dir(j->root)) {
        DIAG(d, MSG_USAGE_NO_SITE, (struct place){0}, j->root);
        return;
    }
    if (!content_open(&x.arena, &(struct content_options){.root = j->root, .drafts = j->drafts, .today = j->today, .threads = threads}, d, &x.c)) {
        arena_close(&x.arena);
        return;
    }
    x.site = site_open(&x.arena, x.c, d);
    struct pictures *pictures = pictures_open(x.site, NULL, false, false);
    if (pages_known(&x)) {
        for (size_t i = 0; i < x.site->publications.n; i++) {
            const struct publication *p = x.site->publications.v[i];
            if (p->edition && !p->is_twin && asked(&x, p->entry)) *vec_push(&x.arena, &x.list) = (struct edited){.pub = p};
        }
        workers_run(threads, x.list.n, make, &x);
        for (size_t i = 0; j->out && i < x.list.n; i++) {
            struct edited *e = &x.list.v[i];
            if (!e->ok || !all_fit(&e->made) || !save(&x, e->pub->path, &e->made.pdf)) continue;
            if (e->pub->press_twin) save(&x, e->pub->press_twin->path, &e->press.pdf);
        }
        if (j->json) table_json(&x);
        else table(&x);
    }
    for (size_t i = 0; i < x.list.n; i++) printed_close(&x.list.v[i].made), printed_close(&x.list.v[i].press);
    for (int i = 0; i < threads; i++)
        if (x.workers[i]) print_worker_close(x.workers[i]);
    pictures_close(pictures, false);
    site_close(x.site);
    content_close(x.c);
    arena_close(&x.arena);
}
