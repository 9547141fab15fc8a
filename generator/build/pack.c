/* pack.c: see pack.h. Files go through a sink of its own on their way to the staging folder: there each is hashed and compressed, on the thread that
 * made it; the list and the archive follow in the order of paths, so all of it is the same bytes whoever was first. */
#include "build/pack.h"
#include "build/pictures.h"
#include "base/program.h"
#include "publish/cache.h"
#include "publish/publish.h"
#include "publish/sums.h"
#include "publish/zip.h"
#include "site/site.h"
#include <pthread.h>
#include <stdlib.h>

enum { WORTH_GZIP = 256 }; /* bytes; below, the headers eat what is won */
struct packing {
    struct file_sink to; /* the staging folder */
    struct diag *diag;
    const char *folder; /* NAME, "" for a web server */
    bool web;
    pthread_mutex_t lock;
    struct arena arena;
    VEC(struct sum) sums;
    VEC(struct zip_file) zip;
};

static bool add(struct packing *p, const char *path, struct str bytes)
{
    struct arena own = {0};
    char hex[SUM_DIGITS + 1];
    sum_of(bytes, hex);
    const char *inside = *p->folder ? arena_printf(&own, "%s/%s", p->folder, path) : path;
    struct zip_file packed = p->web ? (struct zip_file){0} : zip_pack(&own, str_of(inside), bytes);
    pthread_mutex_lock(&p->lock);
    struct sum *s = vec_push(&p->arena, &p->sums);
    memcpy(s->hex, hex, sizeof hex);
    s->path = str_z(&p->arena, str_of(path));
    if (!p->web) {
        packed.name = str_copy(&p->arena, packed.name), packed.packed = str_copy(&p->arena, packed.packed);
        *vec_push(&p->arena, &p->zip) = packed;
    }
    pthread_mutex_unlock(&p->lock);
    bool ok = p->to.write(p->to.ctx, inside, bytes);
    arena_close(&own);
    return ok;
}

static bool sink_write(void *ctx, const char *path, struct str bytes)
{
    static const char *const texts[] = {"html", "css", "js", "svg", "xml", "ics", "txt", "json"};
    struct packing *p = ctx;
    struct arena own = {0};
    bool text = false, ok = add(p, path, bytes);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) text = text || str_is(path_ext(str_of(path)), texts[i]);
    struct str gz = p->web && text && bytes.n >= WORTH_GZIP ? zip_gzip(&own, bytes) : (struct str){0};
    if (ok && gz.n) ok = add(p, arena_printf(&own, "%s.gz", path), gz);
    arena_close(&own);
    return ok;
}

static int by_name(const void *a, const void *b) { return str_cmp(((const struct zip_file *)a)->name, ((const struct zip_file *)b)->name); }

/* ssh-keygen's signature of the list; ed25519 gives the same bytes every time. */
static bool sign(struct packing *p, const char *key, struct str list)
{
    struct buf sig = {0}, err = {0};
    const char *const argv[] = {"ssh-keygen", "-Y", "sign", "-q", "-f", key, "-n", "letak", NULL};
    int status = program_run(argv, list, &sig, &err);
    bool ok = !status && sig.n;
    if (status == 127) DIAG(p->diag, MSG_PROGRAM_MISSING, (struct place){0}, argv[0], "openssh-client");
    else if (!ok) DIAG(p->diag, MSG_PACK_KEY, (struct place){0}, key, str_z(&p->arena, str_trim(buf_view(&err))));
    ok = ok && add(p, PACK_SUMS ".sig", buf_view(&sig));
    buf_close(&sig), buf_close(&err);
    return ok;
}

/* List, signature, archive. */
static bool finish(struct packing *p, const char *key)
{
    struct buf list = {0}, zip = {0};
    sums_write(p->sums.v, p->sums.n, &list);
    bool ok = add(p, PACK_SUMS, buf_view(&list)) && (!key || sign(p, key, buf_view(&list)));
    if (ok && !p->web) {
        qsort(p->zip.v, p->zip.n, sizeof *p->zip.v, by_name);
        ok = zip_write(p->zip.v, p->zip.n, &zip);
        if (!ok) DIAG0(p->diag, MSG_PACK_ZIP, (struct place){0});
        ok = ok && p->to.write(p->to.ctx, arena_printf(&p->arena, "%s.zip", p->folder), buf_view(&zip));
    }
    buf_close(&list), buf_close(&zip);
    return ok;
}

static bool pack(const struct build_options *o, const char *out, const char *folder, const char *key, struct diag *d, struct build_totals *totals)
{
    struct arena a = {0};
    const char *inside = path_join(&a, str_of(o->root), STR("content"));
    struct publish *to = publish_open(out, file_is_dir(inside) ? inside : NULL, o->root, d);
    bool done = false;
    if (to) {
        struct packing p = {.to = publish_sink(to), .diag = d, .folder = folder, .web = !*folder};
        struct build_options own = *o;
        own.out = out;
        pthread_mutex_init(&p.lock, NULL);
        const char *cache = cache_folder(&a, o->root, PICTURES_CACHE);
        publish_wall_in(to, o->root, key);
        done = build_into(&own, (struct file_sink){.write = sink_write, .ctx = &p}, d, totals) && !diag_count(d, o->strict) && finish(&p, key);
        publish_totals(to, &totals->files, &totals->bytes);
        totals->unchanged = done && publish_unchanged(to);
        if (!done || totals->unchanged) publish_abort(to);
        else done = publish_commit(to);
        cache_leave(cache);
        pthread_mutex_destroy(&p.lock);
        arena_close(&p.arena);
    }
    arena_close(&a);
    return done;
}

bool build_pack_web(const struct build_options *o, struct diag *d, struct build_totals *totals) { return pack(o, o->out, "", NULL, d, totals); }

static bool plain(struct str s, const char *signs) /* letters, digits and signs only */
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr(signs, c))) return false;
    }
    return true;
}

/* "https://example.org/a/" is host "example.org" and path "/a/". */
static bool address_parts(struct arena *a, struct str url, struct str *host, struct str *path)
{
    size_t scheme = str_search(url, "://");
    if (scheme == SIZE_MAX) return false;
    struct str rest = str_from(url, scheme + 3);
    size_t slash = str_find(rest, '/');
    *host = str_part(rest, 0, slash == SIZE_MAX ? rest.n : slash);
    *path = slash == SIZE_MAX ? STR("/") : str_from(rest, slash);
    if (!str_ends(*path, "/")) *path = str_printf(a, "%.*s/", STR_ARG(*path));
    return host->n > 0 && plain(*host, ".-:") && plain(*path, ".-_~/"); /* they will stand in a configuration */
}

/* The configuration of a server for this site: layouts/server/NAME.mustache. */
static bool server(const struct build_options *o, const char *name, struct diag *d, struct buf *out)
{
    struct arena a = {0};
    struct catalogue *c = NULL;
    struct str host, path, onion_host, onion_path;
    bool ok = content_open(&a, &(struct content_options){o->root, "", o->drafts, o->today, o->threads, false, false}, d, &c);
    if (ok && !address_parts(&a, c->config->base_url, &host, &path))
        DIAG0(d, MSG_PACK_NO_ADDRESS, ((struct place){"content/site.yml", 0, 0})), ok = false;
    if (ok) {
        struct site *s = site_open(&a, c, d);
        struct value *v = value_map(&a);
        struct str onion = c->config->onion_url;
        value_set(&a, v, "host", value_html(&a, host));
        value_set(&a, v, "path", value_html(&a, path));
        value_set(&a, v, "below", value_bool(path.n > 1));
        value_set(&a, v, "folder", value_html(&a, str_printf(&a, "/var/www/%.*s/current", STR_ARG(host))));
        if (address_parts(&a, onion, &onion_host, &onion_path)) {
            value_set(&a, v, "onion", value_html(&a, str_part(onion, 0, str_search(onion, "://") + 3 + onion_host.n)));
            value_set(&a, v, "onion-host", value_html(&a, onion_host));
        }
        const struct template *t = templates_find(s->templates, str_printf(&a, "server/%s", name));
        if (t) templates_render(s->templates, t, v, out);
        ok = t != NULL;
        site_close(s);
    }
    if (c) content_close(c);
    arena_close(&a);
    return ok;
}

static bool good_name(const char *s) { return *s && strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(s); }

bool build_pack(const struct pack_job *j, struct diag *d, struct buf *out)
{
    struct arena a = {0};
    struct build_totals t = {0};
    const char *name = j->name ? j->name : "dokumenta", *what = j->what;
    bool offline = !strcmp(what, "offline"), web = !strcmp(what, "web"), ok = false;
    const char *to = j->build->out ? j->build->out : path_join(&a, str_of(j->build->root), offline ? STR("offline") : STR(".letak/web"));
    build_init();
    if (!strcmp(what, "nginx") || !strcmp(what, "apache")) ok = server(j->build, what, d, out);
    else if (!offline && !web) DIAG(d, MSG_PACK_WHAT, (struct place){0}, what);
    else if (!good_name(name)) DIAG(d, MSG_USAGE_SLUG, (struct place){0}, name, "dokumenta");
    else ok = pack(j->build, to, offline ? name : "", j->key, d, &t);
    if (ok && offline) buf_printf(out, "%s/%s %s/%s.zip: %zu files, %.1f MB\n", to, name, to, name, t.files, (double)t.bytes / 1e6);
    if (ok && web) buf_printf(out, "%s: %zu files, %.1f MB\n", to, t.files, (double)t.bytes / 1e6);
    arena_close(&a);
    return ok;
}
