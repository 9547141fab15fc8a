/* serve.c: see serve.h. Two sites in memory: the one that is shown and the one that is being built; a finished build takes the place of the shown one
 * under a lock. An edit of Markdown alone puts the files of its page into the shown site, all at once under the same lock. A reply holds a reference
 * to its file, so a slow reader keeps that alive and nothing else. libmicrohttpd is opened when it is first needed (it costs start-up). The only page
 * of our own is /.letak/version, which a small script on every page waits for. */
#include "serve/serve.h"
#include "build/memory.h"
#include "build/pictures.h"
#include "base/map.h"
#include "base/sandbox.h"
#include "publish/cache.h"
#include <dlfcn.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { QUIET_MS = 3000, MOST_CLIENTS = 800, DEADLINE_S = 8, LOOK_MS = 500 };
/* A connection. One that has not finished a request DEADLINE_S after it began, or after the answer before, is cut: a client that sends a byte a
 * second is never idle, so the library's own limit does not see it. */
struct client {
    int fd; /* -1 = free */
    time_t since;
};
struct blob { /* a file; builds share those that did not change */
    atomic_int users;
    size_t n;
    char bytes[];
};
struct shown_site { /* one finished build */
    struct arena arena;
    pthread_mutex_t lock;            /* while it is built: workers write at once */
    struct map files;                /* path -> struct blob * */
    const struct shown_site *before; /* while it is built: where kept files come from */
};
struct server {
    pthread_mutex_t lock;
    struct shown_site *shown;
    struct buf mistakes; /* of the last build, as HTML; empty when it was good */
    struct buf said;     /* its messages, so that the same are not printed twice */
    struct diag *kept;   /* of the last build, if it was good: the site that it remembers (build_edited) tells its mistakes there */
    unsigned version;    /* counts builds */
    int port;
    pthread_mutex_t clients_lock;
    struct client clients[MOST_CLIENTS];
    atomic_bool stop;
    struct MHD_Daemon *test; /* of the fuzzer */
};

/* libmicrohttpd's functions, found at first use. */
static struct {
    struct MHD_Daemon *(*start)(unsigned, uint16_t, MHD_AcceptPolicyCallback, void *, MHD_AccessHandlerCallback, void *, ...);
    void (*stop)(struct MHD_Daemon *);
    const union MHD_DaemonInfo *(*info)(struct MHD_Daemon *, enum MHD_DaemonInfoType, ...);
    struct MHD_Response *(*from_buffer)(size_t, void *, enum MHD_ResponseMemoryMode);
    enum MHD_Result (*add_header)(struct MHD_Response *, const char *, const char *);
    enum MHD_Result (*queue)(struct MHD_Connection *, unsigned, struct MHD_Response *);
    void (*destroy)(struct MHD_Response *);
    const union MHD_ConnectionInfo *(*connection)(struct MHD_Connection *, enum MHD_ConnectionInfoType, ...);
    enum MHD_Result (*run)(struct MHD_Daemon *);
    enum MHD_Result (*add)(struct MHD_Daemon *, int, const struct sockaddr *, socklen_t);
    const char *(*lookup)(struct MHD_Connection *, enum MHD_ValueKind, const char *);
} mhd;

static bool load_library(struct diag *d)
{
    static const char name[] = "libmicrohttpd.so.12";
    void *h = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    struct {
        const char *symbol;
        void *slot;
    } symbols[] = {
        {"MHD_start_daemon", &mhd.start},
        {"MHD_stop_daemon", &mhd.stop},
        {"MHD_get_daemon_info", &mhd.info},
        {"MHD_create_response_from_buffer", &mhd.from_buffer},
        {"MHD_add_response_header", &mhd.add_header},
        {"MHD_queue_response", &mhd.queue},
        {"MHD_destroy_response", &mhd.destroy},
        {"MHD_get_connection_info", &mhd.connection},
        {"MHD_run", &mhd.run},
        {"MHD_add_connection", &mhd.add},
        {"MHD_lookup_connection_value", &mhd.lookup},
    };
    bool ok = h != NULL;
    for (size_t i = 0; ok && i < sizeof symbols / sizeof *symbols; i++) {
        void *f = dlsym(h, symbols[i].symbol);
        ok = f != NULL;
        memcpy(symbols[i].slot, &f, sizeof f);
    }
    if (!ok) DIAG(d, MSG_SERVE_LIBRARY, (struct place){0}, name);
    return ok;
}

static time_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

static int socket_of(struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info = mhd.connection(c, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

/* A client came, finished a request, or went. */
static void client_seen(struct server *s, int fd, bool gone)
{
    struct client *mine = NULL, *unused = NULL;
    pthread_mutex_lock(&s->clients_lock);
    for (size_t i = 0; i < MOST_CLIENTS && !mine; i++) {
        if (s->clients[i].fd == fd) mine = &s->clients[i];
        else if (s->clients[i].fd < 0 && !unused) unused = &s->clients[i];
    }
    if (!mine) mine = unused;
    if (mine) *mine = (struct client){gone ? -1 : fd, now()};
    pthread_mutex_unlock(&s->clients_lock);
}

static void connected(void *ctx, struct MHD_Connection *c, void **own, enum MHD_ConnectionNotificationCode what)
{
    (void)own;
    client_seen(ctx, socket_of(c),
                what == MHD_CONNECTION_NOTIFY_CLOSED); /* told of the end before the socket is closed, so no number is used twice */
}

static void *cut_the_slow(void *ctx)
{
    struct server *s = ctx;
    while (!s->stop) {
        nanosleep(&(struct timespec){.tv_nsec = LOOK_MS * 1000000L}, NULL);
        pthread_mutex_lock(&s->clients_lock);
        for (size_t i = 0; i < MOST_CLIENTS; i++)
            if (s->clients[i].fd >= 0 && now() - s->clients[i].since > DEADLINE_S) shutdown(s->clients[i].fd, SHUT_RDWR);
        pthread_mutex_unlock(&s->clients_lock);
    }
    return NULL;
}

static struct shown_site *site_new(void)
{
    struct shown_site *s = mem_realloc(NULL, sizeof *s);
    *s = (struct shown_site){0};
    s->files = map_new(&s->arena);
    pthread_mutex_init(&s->lock, NULL);
    return s;
}

static void blob_release(struct blob *b)
{
    if (b && atomic_fetch_sub(&b->users, 1) == 1) free(b);
}

static void site_release(struct shown_site *s)
{
    if (!s) return;
    for (size_t i = 0; i < s->files.entries.n; i++) blob_release(s->files.entries.v[i].value);
    pthread_mutex_destroy(&s->lock);
    arena_close(&s->arena);
    free(s);
}

static void put(struct shown_site *s, const char *path, struct blob *b)
{
    pthread_mutex_lock(&s->lock);
    void **slot = map_at(&s->files, str_copy(&s->arena, str_of(path)));
    blob_release(*slot);
    *slot = b;
    pthread_mutex_unlock(&s->lock);
}

static bool sink_write(void *ctx, const char *path, struct str bytes)
{
    struct blob *b = mem_realloc(NULL, sizeof *b + bytes.n);
    atomic_init(&b->users, 1);
    b->n = bytes.n;
    if (bytes.n) memcpy(b->bytes, bytes.s, bytes.n);
    put(ctx, path, b);
    return true;
}

static bool sink_keep(void *ctx, const char *path)
{
    struct shown_site *s = ctx;
    struct blob *b = s->before ? map_find(&s->before->files, str_of(path)) : NULL;
    if (!b) return false;
    atomic_fetch_add(&b->users, 1);
    put(s, path, b);
    return true;
}

static const char *media_type(struct str path)
{
    static const char *const types[][2] = {
        {"html", "text/html; charset=utf-8"},
        {"css", "text/css; charset=utf-8"},
        {"js", "text/javascript; charset=utf-8"},
        {"svg", "image/svg+xml"},
        {"png", "image/png"},
        {"jpg", "image/jpeg"},
        {"jpeg", "image/jpeg"},
        {"webp", "image/webp"},
        {"gif", "image/gif"},
        {"avif", "image/avif"},
        {"ico", "image/x-icon"},
        {"pdf", "application/pdf"},
        {"xml", "application/xml; charset=utf-8"},
        {"ics", "text/calendar; charset=utf-8"},
        {"txt", "text/plain; charset=utf-8"},
        {"json", "application/json"},
    };
    size_t dot = str_rfind(path, '.');
    for (size_t i = 0; dot != SIZE_MAX && i < sizeof types / sizeof *types; i++)
        if (str_is(str_from(path, dot + 1), types[i][0])) return types[i][1];
    return "application/octet-stream";
}

/* Only requests for our own name and port are answered: no other site may read the preview through a name that leads here. */
static bool own_host(const struct server *s, const char *host)
{
    static const char *const names[] = {"127.0.0.1", "localhost"};
    char want[64];
    for (size_t i = 0; host && i < 2; i++) {
        snprintf(want, sizeof want, "%s:%d", names[i], s->port);
        if (!strcmp(host, want) || (s->port == 80 && !strcmp(host, names[i]))) return true;
    }
    return false;
}

static enum MHD_Result reply(struct MHD_Connection *c, unsigned status, const char *type, struct str body)
{
    struct MHD_Response *r = mhd.from_buffer(body.n, (void *)(uintptr_t)body.s, MHD_RESPMEM_MUST_COPY);
    if (!r) return MHD_NO;
    mhd.add_header(r, "Content-Type", type);
    mhd.add_header(r, "Cache-Control", "no-store");
    mhd.add_header(r, "X-Content-Type-Options", "nosniff");
    enum MHD_Result ok = mhd.queue(c, status, r);
    mhd.destroy(r);
    return ok;
}

/* The version is that of the page as it was served: the first one that is fetched may already be the next. A server that went away counts anew, so
 * its pages are loaded again. */
static const char script[] =
    "(function(){var v=document.currentScript.dataset.version;function ask(){fetch('/.letak/version',{cache:'no-store'}).then(function(r){"
    "return r.text()}).then(function(t){if(t!==v)location.reload();v=t;setTimeout(ask,250)}).catch(function(){v='';setTimeout(ask,1000)})}ask()})();";

/* A page with the waiting script, and the mistakes of the last build over it. The page's own policy lets scripts of its origin in. */
static enum MHD_Result reply_page(struct MHD_Connection *c, unsigned status, struct str html, const struct buf *mistakes, unsigned version)
{
    struct buf b = {0};
    size_t end = str_search(html, "</body>");
    if (end == SIZE_MAX) end = html.n;
    buf_add(&b, html.s, end);
    if (mistakes->n) {
        buf_puts(&b, "<link rel=\"stylesheet\" href=\"/.letak/mistakes.css\"><div id=\"letak-mistakes\" role=\"alert\"><pre>");
        buf_str(&b, buf_view(mistakes));
        buf_puts(&b, "</pre></div>");
    }
    buf_printf(&b, "<script src=\"/.letak/reload.js\" data-version=\"%u\"></script>", version);
    buf_str(&b, str_from(html, end));
    enum MHD_Result ok = reply(c, status, "text/html; charset=utf-8", buf_view(&b));
    buf_close(&b);
    return ok;
}

static enum MHD_Result own_page(struct server *s, struct MHD_Connection *c, const char *path)
{
    static const char css[] =
        "#letak-mistakes{position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:99999;background:#9B2335;color:#fff;padding:12px 16px}"
        "#letak-mistakes pre{white-space:pre-wrap;font:14px/1.45 monospace;margin:0;color:#fff;background:none;border:0}";
    char version[32];
    pthread_mutex_lock(&s->lock);
    snprintf(version, sizeof version, "%u", s->version);
    pthread_mutex_unlock(&s->lock);
    if (!strcmp(path, "version")) return reply(c, 200, "text/plain", str_of(version));
    if (!strcmp(path, "reload.js")) return reply(c, 200, "text/javascript", str_of(script));
    if (!strcmp(path, "mistakes.css")) return reply(c, 200, "text/css", str_of(css));
    return reply(c, 404, "text/plain", STR("not here\n"));
}

static struct str view(const struct blob *b) { return (struct str){b->bytes, b->n}; }

/* The file at that path in the site that is shown, held for the caller. */
static struct blob *held(const struct server *s, struct str path)
{
    struct blob *b = map_find(&s->shown->files, path);
    if (b) atomic_fetch_add(&b->users, 1);
    return b;
}

static enum MHD_Result answer(void *ctx, struct MHD_Connection *c, const char *url, const char *method, const char *http, const char *data,
                              size_t *size, void **state)
{
    struct server *s = ctx;
    (void)http, (void)data;
    if (!*state) { /* headers first; a body is not taken */
        *state = s;
        if (!*size) return MHD_YES;
    }
    if (*size) return MHD_NO;
    client_seen(s, socket_of(c), false);
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) return reply(c, 405, "text/plain", STR("only GET\n"));
    if (!own_host(s, mhd.lookup(c, MHD_HEADER_KIND, "Host"))) return reply(c, 403, "text/plain", STR("wrong host\n"));
    if (!strncmp(url, "/.letak/", 8)) return own_page(s, c, url + 8);
    struct arena a = {0};
    struct str path, asked = str_of(url);
    struct blob *file = NULL, *missing = NULL;
    struct buf mistakes = {0};
    bool normal = path_normal(&a, asked, &path), folder = !asked.n || asked.s[asked.n - 1] == '/';
    struct str index = normal ? str_printf(&a, "%.*s%sindex.html", STR_ARG(path), path.n ? "/" : "") : (struct str){0};
    pthread_mutex_lock(&s->lock);
    buf_str(&mistakes, buf_view(&s->mistakes));
    unsigned version = s->version;
    if (normal && !folder) file = held(s, path);
    if (normal && !file && (file = held(s, index))) path = index;
    if (!file) missing = held(s, STR("404.html"));
    pthread_mutex_unlock(&s->lock);
    struct str none = STR("<!DOCTYPE html><title>404</title><body>404</body>");
    enum MHD_Result ok;
    if (!file) ok = reply_page(c, 404, missing ? view(missing) : none, &mistakes, version);
    else if (str_ends(path, ".html")) ok = reply_page(c, 200, view(file), &mistakes, version);
    else ok = reply(c, 200, media_type(path), view(file));
    blob_release(file), blob_release(missing);
    buf_close(&mistakes);
    arena_close(&a);
    return ok;
}

static bool same_files(const struct shown_site *a, const struct shown_site *b)
{
    if (!a || a->files.entries.n != b->files.entries.n) return false;
    for (size_t i = 0; i < a->files.entries.n; i++) {
        const struct blob *x = a->files.entries.v[i].value, *y = map_find(&b->files, a->files.entries.v[i].key);
        if (x != y && (!y || x->n != y->n || memcmp(x->bytes, y->bytes, x->n) != 0)) return false;
    }
    return true;
}

/* The end of a build: its messages are printed and, where there are mistakes, shown; if it was good, `change` puts in its place what is new. What is
 * the same for the reader (same) leaves browsers alone. */
static void settle(struct server *s, const struct diag *d, bool strict, bool good, bool same, void (*change)(struct server *, struct shown_site *),
                   struct shown_site *fresh)
{
    struct buf said = {0}, html = {0};
    diag_write(d, &said, strict, false);
    if (!good) buf_html(&html, buf_view(&said));
    same = same && good && !s->mistakes.n;
    if (said.n && !str_eq(buf_view(&said), buf_view(&s->said))) fputs(said.s, stderr);
    pthread_mutex_lock(&s->lock);
    if (good || !s->shown) change(s, fresh);
    struct buf before = s->mistakes, said_before = s->said;
    if (!same && !(before.n && str_eq(buf_view(&before), buf_view(&html)))) s->version++;
    s->mistakes = html, s->said = said;
    pthread_mutex_unlock(&s->lock);
    buf_close(&before), buf_close(&said_before);
}

static void show_all(struct server *s, struct shown_site *fresh) { s->shown = fresh; }

static void show_some(struct server *s, struct shown_site *fresh)
{
    for (size_t i = 0; i < fresh->files.entries.n; i++) {
        struct map_entry *e = &fresh->files.entries.v[i];
        void **slot = map_at(&s->shown->files, e->key), *old = *slot;
        *slot = e->value, e->value = old; /* released with fresh */
    }
}

/* Builds once; a good site takes the place of the shown one. */
static void build(struct server *s, struct build_options o, bool whole, const struct diag *like)
{
    struct shown_site *fresh = site_new(), *old = s->shown;
    struct diag *d = diag_new(diag_language(like));
    diag_set_latin(d, diag_latin(like));
    struct build_totals totals;
    fresh->before = old;
    o.whole = whole;
    bool good = build_into(&o, (struct file_sink){.write = sink_write, .ctx = fresh, .keep = sink_keep}, d, &totals) && !diag_count(d, o.strict);
    fresh->before = NULL;
    settle(s, d, o.strict, good, good && same_files(old, fresh), show_all, fresh);
    site_release(s->shown == fresh ? old : fresh);
    if (s->kept) diag_close(s->kept);
    s->kept = good ? d : NULL;
    if (!good) diag_close(d);
}

static bool is_shown(const struct server *s, const struct shown_site *fresh, bool *same)
{
    *same = true;
    for (size_t i = 0; i < fresh->files.entries.n; i++) {
        const struct blob *new = fresh->files.entries.v[i].value, *old = map_find(&s->shown->files, fresh->files.entries.v[i].key);
        if (!old) return false;
        *same = *same && old->n == new->n && !memcmp(old->bytes, new->bytes, new->n);
    }
    return true;
}

/* Makes only the pages of these files again. False where a build is needed: nothing has changed then. */
static bool build_few(struct server *s, const struct build_options *o, const char *const *files, size_t n)
{
    bool same = false;
    if (!s->kept || s->mistakes.n) return false;
    struct shown_site *fresh = site_new();
    diag_clear(s->kept);
    bool done = build_edited(o, files, n, (struct file_sink){.write = sink_write, .ctx = fresh}, s->kept) && !diag_count(s->kept, o->strict) &&
                is_shown(s, fresh, &same);
    if (done) settle(s, s->kept, o->strict, true, same, show_some, fresh);
    site_release(fresh);
    return done;
}

static struct MHD_Daemon *listen_on(struct server *s, int port, struct diag *d)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct MHD_Daemon *daemon =
        mhd.start(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO, (uint16_t)port, NULL, NULL, answer, s, MHD_OPTION_SOCK_ADDR,
                  (struct sockaddr *)&address, MHD_OPTION_CONNECTION_TIMEOUT, 20u, MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CLIENTS,
                  MHD_OPTION_NOTIFY_CONNECTION, connected, s, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32768, MHD_OPTION_END);
    if (!daemon) {
        char number[16];
        snprintf(number, sizeof number, "%d", port);
        DIAG(d, MSG_SERVE_PORT, (struct place){0}, number, strerror(errno));
        return NULL;
    }
    const union MHD_DaemonInfo *info = mhd.info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    s->port = info ? info->port : port;
    return daemon;
}

/* What was said so far goes to the author now, since the end may be hours away. */
static void say_now(struct diag *d)
{
    struct buf b = {0};
    diag_write(d, &b, false, false);
    if (b.n) fputs(b.s, stderr);
    buf_close(&b);
    diag_clear(d);
}

bool serve_run(const struct build_options *o, int port, struct diag *d)
{
    struct server s = {.lock = PTHREAD_MUTEX_INITIALIZER, .clients_lock = PTHREAD_MUTEX_INITIALIZER};
    pthread_t cutter;
    for (size_t i = 0; i < MOST_CLIENTS; i++) s.clients[i].fd = -1;
    sigset_t end;
    sigemptyset(&end);
    sigaddset(&end, SIGINT), sigaddset(&end, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &end, NULL); /* before any thread, so that all inherit it */
    signal(SIGPIPE, SIG_IGN);
    int stop_fd = signalfd(-1, &end, SFD_CLOEXEC);
    if (stop_fd < 0 || !load_library(d)) return false;
    struct arena a = {0};
    const char *cache = cache_folder(&a, o->root, PICTURES_CACHE);
    sandbox_enter(
        (struct sandbox_path[]){{o->root, SANDBOX_READ}, {cache ? cache : o->root, cache ? SANDBOX_WRITE : SANDBOX_READ}, {NULL, SANDBOX_READ}},
        port);
    struct watch *w = watch_open(o->root, o->out, d); /* before the first build: nothing that changes meanwhile is missed */
    struct build_options own = *o;
    own.memory = memory_new();
    build(&s, own, true, d);
    struct MHD_Daemon *daemon = listen_on(&s, port, d);
    if (daemon) {
        bool cutting = !pthread_create(&cutter, NULL, cut_the_slow, &s);
        printf("http://127.0.0.1:%d/\n", s.port);
        fflush(stdout);
        say_now(d);
        bool owed = false; /* after edits were served quickly, the whole is built once it is quiet */
        for (enum watch_event e; (e = watch_wait(w, stop_fd, owed ? QUIET_MS : -1)) != WATCH_STOP; owed = e == WATCH_CHANGE) {
            const char *const *files;
            size_t n;
            say_now(d);
            if (e == WATCH_CHANGE && watch_files(w, &files, &n) && build_few(&s, &own, files, n)) continue;
            build(&s, own, e == WATCH_TIMEOUT, d);
        }
        mhd.stop(daemon);
        s.stop = true;
        if (cutting) pthread_join(cutter, NULL);
    }
    watch_close(w);
    memory_close(own.memory);
    site_release(s.shown);
    if (s.kept) diag_close(s.kept);
    buf_close(&s.mistakes), buf_close(&s.said);
    close(stop_fd);
    cache_leave(cache);
    arena_close(&a);
    return daemon != NULL;
}

struct server *serve_test_open(void)
{
    static struct server s = {.lock = PTHREAD_MUTEX_INITIALIZER, .clients_lock = PTHREAD_MUTEX_INITIALIZER, .port = 8080};
    struct diag *d = diag_new(DIAG_EN);
    bool ok = load_library(d);
    diag_close(d);
    if (!ok) return NULL;
    for (size_t i = 0; i < MOST_CLIENTS; i++) s.clients[i].fd = -1;
    s.shown = site_new();
    sink_write(s.shown, "index.html", STR("<!DOCTYPE html><title>a</title><body>a</body>"));
    sink_write(s.shown, "a/index.html", STR("<!DOCTYPE html><title>b</title>"));
    sink_write(s.shown, "assets/a.css", STR("a{}"));
    s.test = mhd.start(MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL, answer, &s, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32768,
                       MHD_OPTION_NOTIFY_CONNECTION, connected, &s, MHD_OPTION_END);
    return s.test ? &s : NULL;
}

void serve_test(struct server *s, struct str request, struct buf *out)
{
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    char bytes[4096];
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair)) return;
    if (mhd.add(s->test, pair[0], (struct sockaddr *)&from, sizeof from) == MHD_YES && (!request.n || write(pair[1], request.s, request.n) > 0)) {
        shutdown(pair[1], SHUT_WR);
        ssize_t n = -1;
        for (int i = 0; i < 100 && n; i++) {
            mhd.run(s->test);
            while ((n = read(pair[1], bytes, sizeof bytes)) > 0) buf_add(out, bytes, (size_t)n);
        }
    }
    close(pair[1]);
    for (int i = 0; i < 3; i++) mhd.run(s->test); /* it sees that nobody listens any more */
}
