/* memory.c: see memory.h. Two generations: the one remembered and the one under way, each with its arena; a good build makes the second the first. */
#include "build/memory.h"
#include "build/print.h"
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>

struct trace { /* one page or publication as it was built */
    int64_t mtime_ns;
    uint64_t state; /* size of a page; state of a publication's folder */
    struct published as;
    VEC(const char *) paths; /* what it wrote */
};
struct generation {
    struct arena arena;
    struct map traces; /* file or path in OUT -> struct trace */
    uint64_t fingerprint;
};
struct memory {
    struct generation old, fresh;
    struct memory_site *site;
    const struct catalogue *c;
    bool usable;
    struct arena arena;   /* as long as the memory: */
    struct map printed;   /* path of a publication -> struct print_memory */
    pthread_mutex_t lock; /* over fresh and printed */
    struct recording {
        struct memory *m;
        struct trace *trace;
        struct file_sink to;
    } * recordings; /* one a page: sinks outlive the call that made them */
};

struct memory *memory_new(void)
{
    struct memory *m = mem_realloc(NULL, sizeof *m);
    *m = (struct memory){0};
    pthread_mutex_init(&m->lock, NULL);
    m->old.traces = map_new(&m->old.arena);
    m->printed = map_new(&m->arena);
    return m;
}

void memory_keep_site(struct memory *m, struct memory_site *s)
{
    if (m->site) {
        site_close(m->site->site);
        content_close(m->site->c);
        arena_close(&m->site->arena);
        free(m->site);
    }
    m->site = s;
}

struct memory_site *memory_kept_site(struct memory *m) { return m->site; }

void memory_close(struct memory *m)
{
    if (!m) return;
    memory_keep_site(m, NULL);
    pthread_mutex_destroy(&m->lock);
    for (size_t i = 0; i < m->printed.entries.n; i++) {
        struct print_memory *p = m->printed.entries.v[i].value;
        para_memory_close(p->paragraphs), pdf_memory_close(p->pages);
    }
    arena_close(&m->arena);
    arena_close(&m->old.arena);
    arena_close(&m->fresh.arena);
    free(m);
}

static uint64_t mix(uint64_t h, uint64_t v) { return (h ^ v) * 1099511628211u ^ (h >> 31); }
static uint64_t mix_str(uint64_t h, struct str s) { return mix(mix(h, str_hash(s)), s.n); }
static uint64_t mix_date(uint64_t h, struct date d)
{
    return mix(h, (uint64_t)(((d.year * 16L + d.month) * 32 + d.day) * 2048 + d.hour * 60 + d.minute));
}

static bool stat_of(const struct catalogue *c, struct str file, int64_t *mtime, uint64_t *size)
{
    struct arena a = {0};
    struct stat st;
    bool ok = !stat(path_join(&a, str_of(c->root), file), &st);
    arena_close(&a);
    *mtime = ok ? (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec : 0;
    *size = ok ? (uint64_t)st.st_size : 0;
    return ok;
}

static uint64_t mix_stamp(uint64_t h, const struct catalogue *c, struct str file)
{
    int64_t mtime;
    uint64_t size;
    stat_of(c, file, &mtime, &size);
    return mix(mix(h, (uint64_t)mtime), size);
}

static uint64_t mix_front(uint64_t h, const struct page *p)
{
    for (size_t k = 0; k < KEYS; k++) {
        const struct front_value *v = front_of(p, k);
        if (v->kind == FRONT_NONE) continue;
        h = mix_date(mix_str(mix(h, k), v->text), v->date);
        h = mix(h, (uint64_t)v->number);
        for (size_t i = 0; i < v->n; i++) h = mix_str(h, v->list[i]);
    }
    return h;
}

/* Files below a folder of DIR that every page may depend on. */
static uint64_t mix_folder(uint64_t h, const struct catalogue *c, const char *name)
{
    struct arena a = {0};
    struct file_list l = {.stamps = true};
    struct diag *quiet = diag_new(DIAG_EN);
    const char *dir = path_join(&a, str_of(c->root), str_of(name));
    if (file_is_dir(dir)) file_walk(&a, dir, "", quiet, NULL, NULL, &l);
    for (size_t i = 0; i < l.files.n; i++) h = mix(mix(mix_str(h, str_of(l.files.v[i].path)), l.files.v[i].size), (uint64_t)l.files.v[i].mtime_ns);
    diag_close(quiet);
    arena_close(&a);
    return h;
}

static uint64_t fingerprint(const struct catalogue *c, bool drafts)
{
    uint64_t h = mix(14695981039346656037u, drafts);
    for (size_t i = 0; i < c->pages.n; i++) {
        const struct page *p = c->pages.v[i];
        h = mix_str(mix_str(h, p->file), p->path);
        h = mix_front(mix_str(mix_str(h, p->title), p->description), p);
        h = mix(mix(h, p->hidden), (uint64_t)p->kind->kind);
        if (p->kind->kind == KIND_GLOSSARY) h = mix_stamp(h, c, p->file); /* every page may lead to its terms */
    }
    for (size_t i = 0; i < c->files.entries.n; i++) {
        const struct file_entry *e = c->files.entries.v[i].value;
        struct str path = c->files.entries.v[i].key;
        h = mix_str(h, path);
        if (str_ends(path, ".yml") || str_ends(path, ".yaml")) h = mix(mix(h, e->size), (uint64_t)e->mtime_ns);
    }
    return mix_folder(mix_folder(mix_date(h, c->today), c, "layouts"), c, "assets");
}

void memory_begin(struct memory *m, const struct catalogue *c, bool drafts, bool whole)
{
    arena_close(&m->fresh.arena);
    m->fresh = (struct generation){0};
    m->fresh.traces = map_new(&m->fresh.arena);
    m->fresh.fingerprint = fingerprint(c, drafts);
    m->recordings = ARENA_ARRAY(&m->fresh.arena, struct recording, c->pages.n);
    m->c = c;
    m->usable = !whole && m->old.fingerprint == m->fresh.fingerprint;
}

static struct trace *fresh_trace(struct memory *m, struct str key)
{
    pthread_mutex_lock(&m->lock);
    struct trace *t = ARENA_NEW(&m->fresh.arena, struct trace);
    *map_at(&m->fresh.traces, str_copy(&m->fresh.arena, key)) = t;
    pthread_mutex_unlock(&m->lock);
    return t;
}

static void wrote(struct memory *m, struct trace *t, const char *path)
{
    pthread_mutex_lock(&m->lock);
    *vec_push(&m->fresh.arena, &t->paths) = arena_copy(&m->fresh.arena, path, strlen(path));
    pthread_mutex_unlock(&m->lock);
}

static bool record(void *ctx, const char *path, struct str bytes)
{
    struct recording *r = ctx;
    wrote(r->m, r->trace, path);
    return r->to.write(r->to.ctx, path, bytes);
}

/* Keeps what an old trace wrote; false where the sink has lost some of it. */
static bool keep(struct memory *m, const struct trace *old, struct trace *t, const struct file_sink *sink)
{
    for (size_t i = 0; i < old->paths.n; i++) {
        if (!sink->keep(sink->ctx, old->paths.v[i])) return false;
        wrote(m, t, old->paths.v[i]);
    }
    t->as = old->as;
    return true;
}

bool memory_page(struct memory *m, size_t i, const struct file_sink *sink, struct file_sink *to)
{
    const struct page *p = m->c->pages.v[i];
    struct str key = p->file.n ? p->file : p->path;
    const struct trace *old = m->usable && sink->keep ? map_find(&m->old.traces, key) : NULL;
    struct trace *t = fresh_trace(m, key);
    stat_of(m->c, p->file, &t->mtime_ns, &t->state);
    bool own = p->kind->kind != KIND_CATALOGUE; /* that one shows what the PDFs of other pages turned out to be */
    if (old && own && p->file.n && old->mtime_ns == t->mtime_ns && old->state == t->state && keep(m, old, t, sink)) return true;
    m->recordings[i] = (struct recording){m, t, *sink};
    *to = (struct file_sink){.write = record, .ctx = &m->recordings[i]};
    return false;
}

static uint64_t folder_state(const struct catalogue *c, struct str dir)
{
    uint64_t h = 7, size;
    int64_t mtime;
    for (size_t i = 0; i < c->pages.n; i++) {
        const struct page *p = c->pages.v[i];
        if (!str_eq(p->dir, dir) || !stat_of(c, p->file, &mtime, &size)) continue;
        h = mix(mix(mix_str(h, p->file), (uint64_t)mtime), size);
    }
    for (size_t i = 0; i < c->files.entries.n; i++) {
        const struct file_entry *e = c->files.entries.v[i].value;
        if (str_eq(path_dir(c->files.entries.v[i].key), dir)) h = mix(mix(h, e->size), (uint64_t)e->mtime_ns);
    }
    return h;
}

bool memory_publication(struct memory *m, const struct publication *p, const struct file_sink *sink, struct published *as)
{
    const struct trace *old = m->usable && sink->keep ? map_find(&m->old.traces, p->path) : NULL;
    struct trace *t = fresh_trace(m, p->path);
    t->state = folder_state(m->c, p->entry->source->dir);
    if (!old || old->state != t->state || !keep(m, old, t, sink)) return false;
    *as = t->as;
    return true;
}

void memory_published(struct memory *m, const struct publication *p)
{
    struct trace *t = map_find(&m->fresh.traces, p->path);
    t->as = p->as;
    wrote(m, t, p->path.s);
    if (p->cover.n) wrote(m, t, p->cover.s);
}

static const struct str search_key = {"search/", 7}; /* no file of a page and no publication is called so */

bool memory_search(struct memory *m, const struct file_sink *sink)
{
    const struct trace *old = m->usable && sink->keep ? map_find(&m->old.traces, search_key) : NULL;
    return old && keep(m, old, fresh_trace(m, search_key), sink);
}

struct file_sink memory_searched(struct memory *m, const struct file_sink *sink)
{
    struct recording *r = ARENA_NEW(&m->fresh.arena, struct recording);
    *r = (struct recording){m, fresh_trace(m, search_key), *sink};
    return (struct file_sink){.write = record, .ctx = r};
}

struct file_sink memory_files(struct memory *m, const struct file_sink *sink)
{
    static const struct str key = {"files/", 6};
    const struct trace *old = m->usable && sink->keep ? map_find(&m->old.traces, key) : NULL;
    struct recording *r = ARENA_NEW(&m->fresh.arena, struct recording);
    *r = (struct recording){m, fresh_trace(m, key), *sink};
    if (old) keep(m, old, r->trace, sink);
    return (struct file_sink){.write = record, .ctx = r};
}

struct print_memory *memory_print(struct memory *m, const struct publication *p)
{
    pthread_mutex_lock(&m->lock);
    struct print_memory *found = map_find(&m->printed, p->path);
    if (!found) {
        *map_at(&m->printed, str_copy(&m->arena, p->path)) = found = ARENA_NEW(&m->arena, struct print_memory);
        *found = (struct print_memory){para_memory_new(), pdf_memory_new()};
    }
    pthread_mutex_unlock(&m->lock);
    return found;
}

void memory_end(struct memory *m, bool good)
{
    if (good) {
        struct generation old = m->old;
        m->old = m->fresh;
        m->fresh = old;
        m->old.traces.arena = &m->old.arena;
        m->fresh.traces.arena = &m->fresh.arena;
    }
    arena_close(&m->fresh.arena);
    m->fresh = (struct generation){0};
    m->c = NULL;
}
