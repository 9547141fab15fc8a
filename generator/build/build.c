/* build.c: the program on one screen. Each step is one call into a module; nothing else happens here.
 *
 *     content_open ──> site_open ──> publications (PDFs) ──> pages ──> shared files ──> images and attachments ──> sink
 *
 * Publications come before pages, since the pages' download boxes show their sizes. */
#include "build/build.h"
#include "base/embed.h"
#include "base/sandbox.h"
#include "base/workers.h"
#include "build/memory.h"
#include "build/pictures.h"
#include "build/print.h"
#include "check/gate.h"
#include "check/links.h"
#include "check/rules.h"
#include "css/dom.h"
#include "form/scan.h"
#include "image/image.h"
#include "publish/cache.h"
#include "publish/publish.h"
#include "text/text.h"
#include "web/search.h"
#include "web/web.h"
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

enum { ATTACHMENT_LIMIT = 256 << 20 };
struct job { /* what the workers of one build share */
    const struct build_options *o;
    struct diag *diag;
    struct site *site;
    struct file_sink sink, *to_files; /* to_files: of content/ that pages use */
    struct gate *gate;                /* NULL under serve, which shows to its author alone */
    struct search *search;
    struct rules *rules; /* of check and publish; else NULL */
    char *root;          /* of the site, links resolved: with rules; NULL where that failed */
    struct web_worker web[WORKERS_MOST];
    struct print_worker *print[WORKERS_MOST];
    struct str *files;
    size_t n_files;
    atomic_bool failed; /* the surroundings: work that is left is skipped */
    atomic_size_t pdfs, done;
    struct timespec start;
};

/* On a terminal, work of more than a second says how far it is, on one line of standard error that is gone in the end. */
static void progress(struct job *j, size_t all)
{
    struct timespec now;
    size_t done = ++j->done;
    if (!j->o->progress || done % 64) return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (now.tv_sec - j->start.tv_sec > 1) fprintf(stderr, "\r%zu / %zu", done, all);
}

static void progress_end(struct job *j)
{
    if (j->o->progress && j->done >= 64) fputs("\r\033[K", stderr);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static void init(void)
{
    content_init();
    dom_init();
    text_init();
}
void build_init(void) { pthread_once(&once, init); }

/* Whether serve still has the files of a publication from the build before. */
static bool remembered(struct job *j, struct publication *p)
{
    struct published as = {0};
    if (!p) return true;
    if (!j->o->memory || !memory_publication(j->o->memory, p, &j->sink, &as)) return false;
    site_published(p, as);
    return true;
}

static void published_file(struct job *j, struct publication *p, const struct printed *made)
{
    if (j->gate) gate_print(j->gate, p->path.s, buf_view(&made->html));
    site_published(p, made->as);
    if (j->o->memory) memory_published(j->o->memory, p);
    j->pdfs++;
    if (!j->sink.write(j->sink.ctx, p->path.s, buf_view(&made->pdf))) j->failed = true;
    if (p->cover.n && !j->sink.write(j->sink.ctx, p->cover.s, buf_view(&made->cover))) j->failed = true;
}

static void publication(void *ctx, size_t i, int worker)
{
    struct job *j = ctx;
    struct publication *p = j->site->publications.v[i], *twin = p->press_twin;
    struct printed made = {0}, press = {0};
    if (j->failed || p->is_twin) return; /* a twin comes with its reading file */
    bool known = remembered(j, p), twin_known = remembered(j, twin);
    if (known && twin_known) {
        j->pdfs += twin ? 2 : 1;
        return;
    }
    if (!j->print[worker]) j->print[worker] = print_worker_new(j->diag);
    struct memory *m = j->o->memory;
    struct print_memory *kept = m ? memory_print(m, p) : NULL, *kept_twin = m && twin ? memory_print(m, twin) : NULL;
    if (print_publication(j->print[worker], j->site, p, kept, &made, kept_twin, twin ? &press : NULL)) {
        published_file(j, p, &made);
        if (twin) published_file(j, twin, &press);
    }
    printed_close(&made), printed_close(&press);
}

/* Whoever sends us pages may send links with them, to whatever of this computer they would like to read: check and publish look where a file of
 * content/ really stands. */
static void judge_place(struct job *j, const char *shown)
{
    struct arena a = {0};
    char *file = realpath(path_join(&a, str_of(j->o->root), str_of(shown)), NULL); /* a page that is made for a folder has no file */
    if (file && !(j->root && path_holds(j->root, file)) && j->gate) gate_outside(j->gate, str_starts(str_of(shown), "content/") ? shown + 8 : shown);
    free(file);
    arena_close(&a);
}

static void page(void *ctx, size_t i, int worker)
{
    struct job *j = ctx;
    struct file_sink sink = j->sink;
    if (j->failed || (j->o->memory && memory_page(j->o->memory, i, &j->sink, &sink))) return;
    struct web_worker *w = &j->web[worker];
    if (!web_page(j->site, i, w, &sink)) j->failed = true;
    if (j->rules && !j->site->c->pages.v[i]->hidden) judge_place(j, str_z(&w->arena, j->site->c->pages.v[i]->file));
    if (j->rules && w->doc) rules_page(j->rules, w->doc, &w->arena, j->diag);
    progress(j, j->site->c->pages.n);
}

/* The long lists first: a worker that had them at the end would have them alone. */
static void page_or_addresses(void *ctx, size_t i, int worker)
{
    struct job *j = ctx;
    if (i >= WEB_ADDRESSES) page(ctx, i - WEB_ADDRESSES, worker);
    else if (!j->failed && !web_addresses(j->site, (enum web_addresses)i, &j->web[worker], &j->sink)) j->failed = true;
}

/* What is asked of all pages, and of style sheets, only by check and publish. */
static void judge_all(struct job *j, struct catalogue *c)
{
    struct file_list own = {0};
    struct str css;
    rules_site(j->rules, j->diag);
    const char *dir = path_join(c->arena, str_of(c->root), STR("assets"));
    if (!c->foreign && file_is_dir(dir)) file_walk(c->arena, dir, "", j->diag, NULL, NULL, &own);
    if (site_resource(j->site, c->arena, STR("assets/site.css"), &css)) rules_contrast("assets/site.css", css, j->diag);
    for (size_t i = 0; i < own.files.n; i++) {
        const char *path = arena_printf(c->arena, "assets/%s", own.files.v[i].path);
        if (str_ends(str_of(path), ".css") && strcmp(path, "assets/site.css") != 0 && site_resource(j->site, c->arena, str_of(path), &css))
            rules_contrast(path, css, j->diag);
    }
}

/* Bytes as they may be published: images without metadata. False where they may not (reported). */
static bool published_bytes(struct arena *a, struct str path, const char *shown, struct str bytes, struct diag *d, struct str *out)
{
    *out = bytes;
    return !image_named(path) || image_clean(a, bytes, path, (struct place){shown, 0, 0}, d, out);
}

static void attachment(void *ctx, size_t i, int worker)
{
    struct job *j = ctx;
    struct arena *a = &j->web[worker].arena;
    struct str path = j->files[i], bytes, clean;
    if (j->failed) return;
    const char *prefix = file_is_dir(path_join(a, str_of(j->o->root), STR("content"))) ? "content/" : "";
    const char *shown = arena_printf(a, "%s%.*s", prefix, STR_ARG(path));
    if (diag_checking(j->diag)) judge_place(j, shown);
    if (!file_read(a, path_join(a, str_of(j->o->root), str_of(shown)), ATTACHMENT_LIMIT, &bytes)) {
        DIAG(j->diag, MSG_FILE_UNREADABLE, ((struct place){shown, 0, 0}), strerror(errno));
        j->failed = true;
    } else if (published_bytes(a, path, shown, bytes, j->diag, &clean) && !j->to_files->write(j->to_files->ctx, str_z(a, path), clean)) {
        j->failed = true;
    }
    arena_reset(a);
}

/* Raster images of assets/: DIR's file, else the compiled-in one; the text files of assets/ are web_shared's. */
static void raster_assets(struct job *j)
{
    struct arena a = {0};
    struct map names = map_new(&a);
    struct file_list own = {0};
    const char *dir = path_join(&a, str_of(j->o->root), STR("assets"));
    if (file_is_dir(dir)) file_walk(&a, dir, "", j->diag, NULL, NULL, &own);
    for (const struct embedded *e = embedded_files; e->path; e++)
        if (str_starts(str_of(e->path), "assets/")) *map_at(&names, str_of(e->path)) = j;
    for (size_t i = 0; i < own.files.n; i++)
        if (!own.files.v[i].is_dir) *map_at(&names, str_printf(&a, "assets/%s", own.files.v[i].path)) = j;
    for (size_t i = 0; i < names.entries.n && !j->failed; i++) {
        struct str path = names.entries.v[i].key, bytes, clean;
        if (!image_named(path) || str_ends(path, ".svg")) continue;
        bytes = embed_find(path);
        char *file = path_join(&a, str_of(j->o->root), path);
        if (file_exists(file) && !file_read(&a, file, ATTACHMENT_LIMIT, &bytes)) {
            DIAG(j->diag, MSG_FILE_UNREADABLE, ((struct place){str_z(&a, path), 0, 0}), strerror(errno));
            j->failed = true;
        } else if (published_bytes(&a, path, str_z(&a, path), bytes, j->diag, &clean) && !j->sink.write(j->sink.ctx, str_z(&a, path), clean)) {
            j->failed = true;
        }
    }
    arena_close(&a);
}

/* PDFs of content/ may not have values in their fields: a filled form is data about a person, and would be published as it is. */
static void filled_forms(struct job *j, const struct catalogue *c)
{
    const char *inside = file_is_dir(path_join(c->arena, str_of(c->root), STR("content"))) ? "content/" : "";
    for (size_t i = 0; i < c->files.entries.n && !j->failed; i++) {
        struct arena a = {0};
        struct str path = c->files.entries.v[i].key, ext = path_ext(path);
        const char *shown = arena_printf(c->arena, "%s%.*s", inside, STR_ARG(path));
        struct place at = {shown, 0, 0};
        struct scan s;
        enum scan_result r;
        bool pdf = ext.n == 3 && !strncasecmp(ext.s, "pdf", 3);
        if (pdf && !scan_file(&a, path_join(&a, str_of(c->root), str_of(shown)), &s, &r)) {
            DIAG(j->diag, MSG_FILE_UNREADABLE, at, strerror(errno));
            j->failed = true;
        } else if (pdf && r == SCAN_NO_LIBRARY) DIAG0(j->diag, MSG_FORM_PDF_LIBRARY, at), j->failed = true;
        else if (pdf && r != SCAN_DONE && r != SCAN_NO_FIELDS) DIAG0(j->diag, MSG_FORM_UNSEEN, at);
        for (size_t k = 0, n = 0; pdf && r == SCAN_DONE && k < s.fields.n; k++)
            if (s.fields.v[k].value.n && !n++) DIAG0(j->diag, MSG_FORM_FILLED, at);
        arena_close(&a);
    }
}

/* The index takes the words of pages while they are made; a quick build of serve keeps the last one until the whole build. */
static void search_begin(struct job *j, int threads)
{
    if (!j->site->c->config->search || (j->o->memory && memory_search(j->o->memory, &j->sink))) return;
    j->search = search_new(threads, j->site->c->pages.n);
    for (int i = 0; i < threads; i++) j->web[i].search = j->search, j->web[i].number = i;
}

/* The lists of words are no text that anyone reads: single words of pages and PDFs that the gate has seen, and figures spelled in letters, in which
 * it would see what is not there. They alone go past it. */
static void search_end(struct job *j, const struct file_sink *bare)
{
    struct file_sink to = j->o->memory ? memory_searched(j->o->memory, bare) : *bare;
    if (!j->failed && j->search && !search_write(j->search, j->site, &j->web[0].arena, j->o->memory ? &to : &j->sink, &to)) j->failed = true;
    search_close(j->search);
}

/* The page of an edited file, if it can be made again on its own. */
static struct page *lone_page(const struct memory_site *m, struct str file, struct diag *d)
{
    struct str inside = m->site->content;
    if (file.n <= inside.n || memcmp(file.s, inside.s, inside.n) != 0) return NULL;
    struct page *p = map_find(&m->c->by_file, str_from(file, inside.n));
    for (size_t i = 0; p && i < m->site->publications.n; i++)
        if (str_eq(m->site->publications.v[i]->entry->source->dir, p->dir)) return NULL;
    return p && p->kind->kind != KIND_GLOSSARY && content_only_body(m->c, p, d) ? p : NULL; /* terms are linked from everywhere */
}

/* Who shows pictures needs who makes them. */
static const struct picture *asked_to_show(void *asked, struct str path) { return (void)path, *(bool *)asked = true, NULL; }
static struct str asked_to_link(void *asked, struct str path) { return (void)path, *(bool *)asked = true, (struct str){0}; }

bool build_edited(const struct build_options *o, const char *const *files, size_t n, struct file_sink sink, struct diag *d)
{
    struct memory_site *m = memory_kept_site(o->memory);
    struct web_worker w = {0};
    bool alone = m != NULL, asked = false;
    if (m) m->site->pictures = (struct site_pictures){asked_to_show, asked_to_link, NULL, &asked};
    for (size_t i = 0; alone && i < n; i++) {
        struct page *p = lone_page(m, str_of(files[i]), d);
        size_t used = m->site->files.entries.n + m->site->qr.entries.n, at = 0;
        while (p && m->c->pages.v[at] != p) at++;
        alone = p && web_page(m->site, at, &w, &sink) && !asked && m->site->files.entries.n + m->site->qr.entries.n == used;
    }
    if (alone) content_check_anchors(m->c, d);
    web_worker_close(&w);
    return alone;
}

bool build_into(const struct build_options *o, struct file_sink sink, struct diag *d, struct build_totals *totals)
{
    struct memory_site *own = mem_realloc(NULL, sizeof *own);
    *own = (struct memory_site){0};
    struct arena *arena = &own->arena;
    struct catalogue *c;
    struct job *j = ARENA_NEW(arena, struct job);
    const char *out = o->out ? o->out : path_join(arena, str_of(o->root), STR("public"));
    int threads = workers_bound(o->threads);
    build_init();
    *totals = (struct build_totals){0};
    j->o = o, j->diag = d, j->sink = sink;
    clock_gettime(CLOCK_MONOTONIC, &j->start);
    if (!file_is_dir(o->root)) {
        DIAG(d, MSG_USAGE_NO_SITE, (struct place){0}, o->root);
        arena_close(arena), free(own);
        return false;
    }
    bool ok = content_open(arena, &(struct content_options){o->root, out, o->drafts, o->today, threads, o->memory != NULL, o->memory == NULL}, d, &c);
    if (ok) {
        j->site = site_open(arena, c, d);
        if (o->memory) memory_begin(o->memory, c, o->drafts, o->whole);
        else j->gate = gate_open(arena, c, j->site, o->today, d), j->sink = gate_sink(j->gate, sink);
        search_begin(j, threads);
        if (diag_checking(d)) j->rules = rules_open(arena, j->site, d), j->root = realpath(o->root, NULL);
        struct file_sink files = o->memory ? memory_files(o->memory, &j->sink) : j->sink;
        struct pictures *pictures = pictures_open(j->site, &files, o->memory || diag_checking(d), !diag_checking(d));
        workers_run(threads, j->site->publications.n, publication, j);
        workers_run(threads, WEB_ADDRESSES + c->pages.n, page_or_addresses, j);
        progress_end(j);
        content_check_anchors(c, d);
        if (j->gate) filled_forms(j, c);
        if (j->rules) judge_all(j, c);
        if (!j->failed && !web_shared(j->site, &j->web[0], &j->sink)) j->failed = true;
        search_end(j, &sink);
        if (!pictures_close(pictures, !o->memory && !diag_checking(d) && !diag_count(d, false))) j->failed = true;
        j->n_files = site_files(j->site, arena, &j->files);
        j->to_files = &files;
        workers_run(threads, j->n_files, attachment, j);
        raster_assets(j);
        for (int i = 0; i < threads; i++) {
            web_worker_close(&j->web[i]);
            if (j->print[i]) print_worker_close(j->print[i]);
        }
        free(j->root);
        ok = !j->failed;
        if (j->gate) gate_close(j->gate, ok);
        if (o->memory) memory_end(o->memory, ok && !diag_count(d, o->strict));
        totals->pages = c->pages.n, totals->pdfs = j->pdfs;
        own->c = c, own->site = j->site;
        if (o->memory && ok && !diag_count(d, o->strict)) {
            memory_keep_site(o->memory, own);
            return true;
        }
        site_close(j->site);
    }
    if (o->memory) memory_keep_site(o->memory, NULL);
    if (c) content_close(c);
    arena_close(arena), free(own);
    return ok;
}

bool build_site(const struct build_options *o, struct diag *d, struct build_totals *totals)
{
    struct arena a = {0};
    const char *out = o->out ? o->out : path_join(&a, str_of(o->root), STR("public")), *inside = path_join(&a, str_of(o->root), STR("content"));
    const char *sources = file_is_dir(inside) ? inside : NULL; /* a foreign folder may hold OUT: the walk leaves it out */
    bool done = false;
    if (!file_is_dir(o->root)) {
        DIAG(d, MSG_USAGE_NO_SITE, (struct place){0}, o->root);
        arena_close(&a);
        return false;
    }
    struct publish *p = publish_open(out, sources, o->root, d);
    if (p) {
        const char *cache = cache_folder(&a, o->root, PICTURES_CACHE);
        publish_wall_in(p, o->root, NULL);
        bool good = build_into(o, publish_sink(p), d, totals) && !diag_count(d, o->strict);
        publish_totals(p, &totals->files, &totals->bytes);
        totals->unchanged = good && publish_unchanged(p);
        if (!good || totals->unchanged) publish_abort(p);
        else good = publish_commit(p);
        done = good;
        cache_leave(cache);
    }
    arena_close(&a);
    return done;
}

static bool drop(void *ctx, const char *path, struct str bytes) { return (void)ctx, (void)path, (void)bytes, true; }

void build_check(const struct build_options *o, struct diag *d)
{
    struct build_totals totals;
    diag_set_checking(d);
    sandbox_enter((struct sandbox_path[]){{o->root, SANDBOX_READ}, {NULL, SANDBOX_READ}}, SANDBOX_NO_NETWORK);
    build_into(o, (struct file_sink){.write = drop}, d, &totals);
}

void build_check_path(const struct build_options *o, const char *path, struct diag *d)
{
    struct arena a = {0};
    struct catalogue *c = NULL;
    struct diag *quiet = diag_new(DIAG_EN); /* what is wrong with the site's sources is not asked here */
    struct file_list list = {0};
    diag_set_checking(d);
    sandbox_enter((struct sandbox_path[]){{path, SANDBOX_READ}, {o->root, SANDBOX_READ}, {NULL, SANDBOX_READ}}, SANDBOX_NO_NETWORK);
    build_init();
    const char *content = path_join(&a, str_of(o->root), STR("content"));
    if (file_is_dir(content) && !content_open(&a, &(struct content_options){o->root, path, o->drafts, o->today, 1, false, false}, quiet, &c))
        c = NULL;
    struct gate *g = gate_open(&a, c, NULL, o->today, d);
    bool folder = file_is_dir(path);
    if (folder) file_walk(&a, path, path, d, NULL, NULL, &list);
    else if (file_exists(path)) *vec_push(&a, &list.files) = (struct file_entry){.path = path};
    else DIAG(d, MSG_GATE_PATH, (struct place){0}, path);
    struct links *links = folder ? links_open(&a, &list, g) : NULL; /* of a file alone nobody knows what stands around it */
    for (size_t i = 0; i < list.files.n; i++) {
        struct arena one = {0};
        struct str bytes;
        const struct file_entry *e = &list.files.v[i];
        const char *file = folder ? path_join(&one, str_of(path), str_of(e->path)) : path;
        if (e->is_dir || str_is(path_base(str_of(file)), PUBLISH_MANIFEST)) continue;
        if (file_read(&one, file, ATTACHMENT_LIMIT, &bytes)) {
            gate_file(g, e->path, bytes);
            if (links) links_page(links, e->path, bytes, d);
        } else DIAG(d, MSG_FILE_UNREADABLE, ((struct place){str_z(&a, str_of(file)), 0, 0}), strerror(errno));
        arena_close(&one);
    }
    if (links) links_close(links, d);
    gate_close(g, false);
    if (c) content_close(c);
    diag_close(quiet);
    arena_close(&a);
}
