/* send.c: see send.h. */
#include "build/send.h"
#include "base/child.h"
#include "base/sandbox.h"
#include "build/pack.h"
#include "content/page.h"
#include "publish/remote.h"
#include "publish/sums.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* What others wrote is read in processes of their own, walled in; this one talks to the other computer, and reads nothing but the list of hashes;
 * where sftp is all there is, what comes back from there is hashed, too. */

struct asked {
    const struct send_job *job;
    struct build_totals totals;
    int status;
};

/* publish-to of site.yml, which is read for this alone: the build that follows tells what is wrong with it. */
static int read_target(void *ctx, int to)
{
    const struct build_options *o = ((struct asked *)ctx)->job->build;
    struct arena a = {0};
    struct catalogue *c = NULL;
    struct diag *quiet = diag_new(DIAG_EN);
    sandbox_enter((struct sandbox_path[]){{o->root, SANDBOX_READ}, {NULL, SANDBOX_READ}}, SANDBOX_NO_NETWORK);
    build_init();
    bool ok = content_open(&a, &(struct content_options){o->root, "", o->drafts, o->today, 1, false, false}, quiet, &c);
    return !(ok && child_say(to, c->config->publish_to)); /* its process ends with it */
}

static const char *configured(struct arena *a, const struct send_job *j)
{
    struct buf said = {0};
    struct asked asked = {.job = j};
    bool ok = !child_run(read_target, &asked, &said) && said.n;
    const char *target = ok ? buf_copy(a, &said).s : NULL;
    buf_close(&said);
    return target;
}

/* letak pack web, in a process of its own that tells its messages itself. */
static bool build_apart(const struct build_options *o, struct diag *d, struct build_totals *totals)
{
    struct asked said = {0};
    int ends[2], ended;
    if (pipe2(ends, O_CLOEXEC)) return DIAG(d, MSG_SEND_PROCESS, (struct place){0}, strerror(errno)), false;
    fflush(NULL);
    pid_t pid = fork();
    if (!pid) {
        struct buf messages = {0};
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        build_init();
        build_pack_web(o, d, &said.totals);
        diag_write(d, &messages, o->strict, false);
        said.status = diag_status(d, o->strict);
        if (messages.n) child_say(2, buf_view(&messages));
        child_say(ends[1], (struct str){(const char *)&said, sizeof said});
        _exit(0);
    }
    int e = errno;
    close(ends[1]);
    bool heard = pid > 0 && read(ends[0], &said, sizeof said) == sizeof said;
    close(ends[0]);
    while (pid > 0 && waitpid(pid, &ended, 0) < 0 && errno == EINTR) {}
    if (!heard) DIAG(d, MSG_SEND_PROCESS, (struct place){0}, pid < 0 ? strerror(e) : "?");
    diag_told(d, heard ? said.status : 0);
    *totals = said.totals;
    return heard && !said.status;
}

/* From here on: reading, for ssh's settings and keys; writing only where ssh keeps what it knows of hosts, and its sockets; connecting, never
 * listening. */
static void wall_in(struct arena *a)
{
    const char *home = getenv("HOME"), *run = getenv("XDG_RUNTIME_DIR"), *tmp = file_tmp();
    sandbox_enter((struct sandbox_path[]){{"/", SANDBOX_BELOW},
                                          {tmp, SANDBOX_TALK},
                                          {run && *run ? run : tmp, SANDBOX_TALK},
                                          {home && *home ? arena_printf(a, "%s/.ssh", home) : tmp, SANDBOX_TALK},
                                          {NULL, SANDBOX_READ}},
                  SANDBOX_CONNECT);
}

/* What would change, a line a file: + new, ~ changed, - gone. Compressed twins are not worth a line. */
static void difference(struct arena *a, struct str there, struct str here, struct buf *out)
{
    struct map before, after;
    size_t n[3] = {0};
    sums_index(a, there, &before), sums_index(a, here, &after);
    for (size_t i = 0; i < after.entries.n; i++) {
        const char *old = map_find(&before, after.entries.v[i].key), *fresh = after.entries.v[i].value;
        if ((old && !strcmp(old, fresh)) || str_ends(after.entries.v[i].key, ".gz")) continue;
        buf_printf(out, "%c %.*s\n", old ? '~' : '+', STR_ARG(after.entries.v[i].key));
        n[old != NULL]++;
    }
    for (size_t i = 0; i < before.entries.n; i++) {
        if (map_find(&after, before.entries.v[i].key) || str_ends(before.entries.v[i].key, ".gz")) continue;
        buf_printf(out, "- %.*s\n", STR_ARG(before.entries.v[i].key));
        n[2]++;
    }
    buf_printf(out, "+ %zu, ~ %zu, - %zu\n", n[0], n[1], n[2]);
}

static bool send_release(const struct send_job *j, struct remote *r, struct arena *a, struct diag *d, struct buf *out)
{
    struct build_options own = *j->build;
    struct build_totals t = {0};
    struct str here, there;
    const char *name;
    char sum[SUM_DIGITS + 1];
    own.out = path_join(a, str_of(own.root), STR(".letak/web"));
    if (!build_apart(&own, d, &t)) return false;
    wall_in(a);
    const char *list = path_join(a, str_of(own.out), STR(PACK_SUMS));
    if (!file_read(a, list, (size_t)1 << 30, &here)) return DIAG(d, MSG_FILE_UNREADABLE, ((struct place){list, 0, 0}), strerror(errno)), false;
    sum_of(here, sum);
    if (!remote_look(r)) return false;
    if (j->dry_run) {
        if (!remote_list(r, &there)) return false;
        difference(a, there, here, out);
        return true;
    }
    if (r->current && strlen(r->current) > 7 && !strncmp(r->current + 7, sum, 12)) {
        buf_printf(out, "%s:%s/current -> %s: nothing changed\n", r->host, r->path, r->current);
        return true;
    }
    if (!remote_send(r, own.out, here, sum, &name)) return false;
    buf_printf(out, "%s:%s/current -> %s: %zu files, %.1f MB\n", r->host, r->path, name, t.files, (double)t.bytes / 1e6);
    return true;
}

bool build_send(const struct send_job *j, struct diag *d, struct buf *out)
{
    struct arena a = {0};
    struct remote r = {0};
    const char *target, *name;
    bool ok = false;
    target = j->target ? j->target : configured(&a, j);
    if (!target) DIAG0(d, MSG_SEND_NOWHERE, (struct place){0});
    else if (!remote_open(&r, &a, target, j->config, d)) ok = false;
    else if (j->rollback) {
        wall_in(&a);
        ok = remote_look(&r) && remote_rollback(&r, &name);
        if (ok) buf_printf(out, "%s:%s/current -> %s\n", r.host, r.path, name);
    } else {
        diag_set_checking(d);
        ok = send_release(j, &r, &a, d, out);
    }
    remote_close(&r);
    arena_close(&a);
    return ok;
}
