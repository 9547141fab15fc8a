/* sftp.c: publishing to an account that may use sftp alone (ways.h). Each step is one batch for the sftp that is installed.
 *
 * Nothing can be computed there, so the whole release is fetched back and compared here. Nobody can lock there either: a folder gets the name of a
 * release before it is compared, and loses it before it is emptied, so what another publisher clears away is never what is about to be shown. Only
 * files that a list names are removed. */
#include "base/file.h"
#include "base/program.h"
#include "publish/sums.h"
#include "publish/publish.h"
#include "publish/ways.h"
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { LONGEST_LINE = 2000 /* sftp cuts longer ones in two commands */, LONGEST_PATH = 700 };
#define PROBE_A ".proba-1" /* two links: may one replace the other? */
#define PROBE_B ".proba-2"
static const char says_where[] = "Remote working directory: ";

/* Adds a command: its name ("@": not echoed, "-": may fail), then words, NULL at the end. One too long for sftp is left out. */
static void command(struct remote *r, struct buf *batch, const char *name, const char *const *words)
{
    size_t before = batch->n;
    buf_puts(batch, name);
    for (; *words; words++) buf_printf(batch, " %s", way_sftp_word(r->arena, *words));
    buf_putc(batch, '\n');
    if (batch->n - before > LONGEST_LINE) batch->n = before;
}
#define COMMAND(r, batch, name, ...) command((r), (batch), (name), (const char *const[]){__VA_ARGS__, NULL})

/* Does what the batch says and empties it. */
static int run(struct remote *r, struct buf *batch, struct buf *out, struct buf *err)
{
    const char *argv[16];
    int n = 0;
    argv[n++] = "sftp";
    if (r->config) argv[n++] = "-F", argv[n++] = r->config;
    argv[n++] = "-o", argv[n++] = "BatchMode=no" /* ssh may ask for a passphrase */, argv[n++] = "-o", argv[n++] = "ConnectTimeout=20";
    argv[n++] = "-o", argv[n++] = "ServerAliveInterval=15", argv[n++] = "-b", argv[n++] = "-", argv[n++] = r->host, argv[n] = NULL;
    int status = program_run(argv, buf_view(batch), out, err);
    buf_close(batch);
    *batch = (struct buf){0};
    return status;
}

static const char *at(struct remote *r, const char *name) { return arena_printf(r->arena, "%s/releases/%s", r->path, name); }
static const char *inside(struct remote *r, const char *dir, const char *name)
{
    return arena_printf(r->arena, "%s/releases/%s/%s", r->path, dir, name);
}

/* The private folder for what is fetched; NULL (reported) where none can be had. */
static const char *fetched(struct remote *r)
{
    if (r->fetched) return r->fetched;
    char *made = arena_printf(r->arena, "%s/letak-XXXXXX", file_tmp());
    r->fetched = mkdtemp(made);
    if (!r->fetched) DIAG(r->diag, MSG_FILE_UNWRITABLE, ((struct place){made, 0, 0}), strerror(errno));
    return r->fetched;
}

static bool is_incoming(struct str s)
{
    if (!str_starts(s, WAY_INCOMING)) return false;
    for (size_t i = 0; i < s.n; i++)
        if (!strchr(".-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", s.s[i])) return false;
    return true;
}

/* Releases, half ones, and which is shown. *foreign: current is no link to a release. 0, or the status of sftp. Paths that sftp prints are compared,
 * not used: how it prints letters depends on the locale. */
static int look_around(struct remote *r, bool *foreign, struct buf *err)
{
    struct buf batch = {0}, out = {0};
    bool current = false, releases = false;
    const char *where[2] = {"", ""}; /* releases/, current/ */
    struct str rest, line;
    COMMAND(r, &batch, "@cd", r->path);
    buf_puts(&batch, "@ls -1a\n");
    int status = run(r, &batch, &out, err);
    bool absent = status == 1 && str_search(buf_view(err), "No such file") != SIZE_MAX;
    r->current = NULL, r->releases.n = 0, r->half.n = 0, *foreign = false;
    for (rest = buf_copy(r->arena, &out); !status && str_split(&rest, '\n', &line);)
        current |= str_is(line, "current"), releases |= str_is(line, "releases");
    buf_reset(&out);
    if (releases) COMMAND(r, &batch, "@cd", at(r, "")), buf_puts(&batch, "@ls -1a\n@pwd\n");
    if (current) COMMAND(r, &batch, "-@cd", arena_printf(r->arena, "%s/current", r->path)), buf_puts(&batch, "@pwd\n");
    if (batch.n) status = run(r, &batch, &out, err);
    for (rest = buf_copy(r->arena, &out); !status && str_split(&rest, '\n', &line);) {
        if (way_is_release(line)) *vec_push(r->arena, &r->releases) = str_z(r->arena, line);
        else if (is_incoming(line)) *vec_push(r->arena, &r->half) = str_z(r->arena, line);
        else if (str_starts(line, says_where)) where[0] = where[1], where[1] = str_z(r->arena, str_from(line, sizeof says_where - 1));
    }
    if (!status && current) {
        struct str base = path_base(str_of(where[1]));
        *foreign = !way_is_release(base) || strcmp(where[1], arena_printf(r->arena, "%s/%.*s", where[0], STR_ARG(base))) != 0;
        if (!*foreign) r->current = str_z(r->arena, base);
    }
    buf_close(&out);
    return absent ? 0 : status;
}

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static bool sftp_look(struct remote *r)
{
    struct buf err = {0};
    bool foreign = false;
    if (str_starts(str_of(r->path), "~/")) r->path += 2;
    if (*r->path != '/') r->path = arena_printf(r->arena, "./%s", r->path); /* from home, where sftp begins */
    int status = strlen(r->path) > LONGEST_PATH ? -1 : look_around(r, &foreign, &err);
    bool good = !status;
    if (status == 1) DIAG(r->diag, MSG_SEND_REACH, (struct place){0}, r->host, way_complaint(r, &err));
    else if (status == WAY_NOT_THERE) way_worked(r, status, MSG_SEND_REACH, "sftp", &err);
    else if (!good) DIAG(r->diag, MSG_SEND_NO_SHELL, (struct place){0}, r->host, r->way_closed);
    else if (foreign) DIAG(r->diag, MSG_SEND_FOREIGN, (struct place){0}, r->host, r->path), good = false;
    if (r->releases.n) qsort(r->releases.v, r->releases.n, sizeof *r->releases.v, by_name);
    buf_close(&err);
    return good;
}

static bool sftp_list(struct remote *r, struct str *list)
{
    struct buf batch = {0}, err = {0};
    *list = (struct str){0};
    if (!r->current) return true;
    if (!fetched(r)) return false;
    const char *here = arena_printf(r->arena, "%s/%s", r->fetched, WAY_LIST);
    COMMAND(r, &batch, "@get", inside(r, r->current, WAY_LIST), here);
    bool ok = way_worked(r, run(r, &batch, NULL, &err), MSG_SEND_REACH, "sftp", &err);
    if (ok && !file_read(r->arena, here, (size_t)1 << 30, list))
        DIAG(r->diag, MSG_FILE_UNREADABLE, ((struct place){here, 0, 0}), strerror(errno)), ok = false;
    buf_close(&err);
    return ok;
}

/* The folders above, a new one in releases/, and whether a name there can be replaced at once. Then the list, so that whatever stays half done can be
 * removed by it, and the rest. */
static bool sftp_upload(struct remote *r, const struct release *n, const char **into)
{
    struct buf batch = {0}, err = {0};
    struct str path = str_of(r->path);
    *into = NULL;
    if (!fetched(r)) return false;
    const char *name = arena_printf(r->arena, WAY_INCOMING "%s", r->fetched + strlen(r->fetched) - 6);
    for (size_t i = 1; i <= path.n; i++)
        if (i == path.n || path.s[i] == '/') COMMAND(r, &batch, "-@mkdir", str_z(r->arena, str_part(path, 0, i)));
    COMMAND(r, &batch, "-@mkdir", arena_printf(r->arena, "%s/releases", r->path));
    COMMAND(r, &batch, "@mkdir", at(r, name));
    COMMAND(r, &batch, "@chmod 755", at(r, name));
    COMMAND(r, &batch, "@symlink", ".", inside(r, name, PROBE_A));
    COMMAND(r, &batch, "@symlink", ".", inside(r, name, PROBE_B));
    COMMAND(r, &batch, "@rename", inside(r, name, PROBE_A), inside(r, name, PROBE_B));
    COMMAND(r, &batch, "@rm", inside(r, name, PROBE_B));
    int status = run(r, &batch, NULL, &err);
    *into = name;
    if (status == 1 && str_search(buf_view(&err), "remote rename") != SIZE_MAX) {
        DIAG(r->diag, MSG_SEND_NO_REPLACE, (struct place){0}, r->host);
        return buf_close(&err), false;
    }
    bool ok = way_worked(r, status, MSG_SEND_UPLOAD, "sftp", &err);
    COMMAND(r, &batch, "@cd", at(r, name));
    COMMAND(r, &batch, "@lcd", n->local);
    buf_puts(&batch, "@put " WAY_LIST "\n@put -r .\n-@rm " PUBLISH_MANIFEST "\n");
    buf_reset(&err);
    ok = ok && way_worked(r, run(r, &batch, NULL, &err), MSG_SEND_UPLOAD, "sftp", &err);
    buf_close(&batch), buf_close(&err);
    return ok;
}

/* The file by which a fetched release is not what its list says, the list not what its sum (or the name of the release) says, with how many files are
 * right; NULL where all is well. */
static const char *differs(struct arena *a, const char *folder, const char *name, const char *sum)
{
    struct str list, bytes, first = {0};
    struct map want;
    struct file_list there = {0};
    struct diag *quiet = diag_new(DIAG_EN);
    char hex[SUM_DIGITS + 1];
    size_t good = 0, files = 0;
    if (!file_read(a, path_join(a, str_of(folder), STR(WAY_LIST)), (size_t)1 << 30, &list)) list = (struct str){0};
    sum_of(list, hex);
    bool walked = file_walk(a, folder, "", quiet, NULL, NULL, &there) && !diag_status(quiet, true);
    diag_close(quiet);
    if (!walked || (sum ? strcmp(hex, sum) : strncmp(hex, name + 7, strlen(name) - 7)) != 0) return WAY_LIST;
    sums_index(a, list, &want);
    for (size_t i = 0; i < there.files.n; i++) {
        struct arena own = {0};
        struct str path = str_of(there.files.v[i].path);
        if (there.files.v[i].is_dir || str_is(path, WAY_LIST)) continue;
        const char *expected = map_find(&want, path);
        bool right = expected && file_read(&own, path_join(&own, str_of(folder), path), SIZE_MAX / 2, &bytes);
        if (right) sum_of(bytes, hex), right = !strcmp(hex, expected);
        if (right) good++, *map_at(&want, path) = NULL;
        else first = path;
        files++;
        arena_close(&own);
    }
    for (size_t i = 0; i < want.entries.n && !first.n; i++)
        if (want.entries.v[i].value) first = want.entries.v[i].key;
    return first.n ? arena_printf(a, "%zu of %zu files are right, %zu are there: %.*s", good, want.entries.n, files, STR_ARG(first)) : NULL;
}

/* Fetches a release and compares it. m: what is reported where it cannot be fetched. */
static bool compare(struct remote *r, const char *name, const char *sum, enum msg m)
{
    struct buf batch = {0}, err = {0};
    if (!fetched(r)) return false;
    const char *here = arena_printf(r->arena, "%s/%s", r->fetched, name), *why;
    COMMAND(r, &batch, "@get -r", at(r, name), here);
    bool ok = way_worked(r, run(r, &batch, NULL, &err), m, "sftp", &err);
    if (ok) {
        why = str_search(buf_view(&err), "not a regular file") == SIZE_MAX ? differs(r->arena, here, name, sum) : way_complaint(r, &err);
        if (why) DIAG(r->diag, MSG_SEND_DIFFERS, (struct place){0}, r->host, why), ok = false;
    }
    file_remove_tree(here);
    buf_close(&err);
    return ok;
}

/* The one step that readers see: a link takes the place of a link. That the release is still there is asked in the same breath. */
static bool show(struct remote *r, const char *name)
{
    struct buf batch = {0}, err = {0};
    const char *link = arena_printf(r->arena, "%s/.current-%s", r->path, name);
    COMMAND(r, &batch, "@ls", inside(r, name, WAY_LIST));
    COMMAND(r, &batch, "-@rm", link);
    COMMAND(r, &batch, "@symlink", arena_printf(r->arena, "releases/%s", name), link);
    COMMAND(r, &batch, "@rename", link, arena_printf(r->arena, "%s/current", r->path));
    bool ok = way_worked(r, run(r, &batch, NULL, &err), MSG_SEND_SWITCH, "sftp", &err);
    if (!ok) COMMAND(r, &batch, "-@rm", link), run(r, &batch, NULL, NULL);
    buf_close(&err);
    return ok;
}

static int deepest_first(const void *a, const void *b) { return -str_cmp(((const struct map_entry *)a)->key, ((const struct map_entry *)b)->key); }

/* Removes the files of a list from a folder, the list last, so that a removal that is cut off can be ended by it; then the folders that are empty. */
static void remove_listed(struct remote *r, struct buf *batch, const char *dir, struct str list)
{
    struct map files, folders = map_new(r->arena);
    struct str normal;
    sums_index(r->arena, list, &files);
    for (size_t i = 0; i < files.entries.n; i++) {
        struct str path = files.entries.v[i].key;
        if (!path.n || !path_normal(r->arena, path, &normal) || !str_eq(path, normal)) continue; /* it would lead out */
        COMMAND(r, batch, "-@rm", inside(r, dir, str_z(r->arena, path)));
        for (size_t k = 0; k < path.n; k++)
            if (path.s[k] == '/') map_at(&folders, str_part(path, 0, k));
    }
    if (folders.entries.n)
        qsort(folders.entries.v, folders.entries.n, sizeof *folders.entries.v, deepest_first); /* its slots are not used any more */
    for (size_t i = 0; i < folders.entries.n; i++) COMMAND(r, batch, "-@rmdir", inside(r, dir, str_z(r->arena, folders.entries.v[i].key)));
    static const char *const ours[] = {PROBE_A, PROBE_B, PUBLISH_MANIFEST, WAY_LIST};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) COMMAND(r, batch, "-@rm", inside(r, dir, ours[i]));
    COMMAND(r, batch, "-@rmdir", at(r, dir));
}

static void sftp_clean(struct remote *r, const struct release *n, const char *into)
{
    struct buf batch = {0};
    remove_listed(r, &batch, into, n->list);
    run(r, &batch, NULL, NULL);
}

/* Half releases that were there before ours, releases that --rollback withdrew, the oldest past the number kept: but never the one that is shown now.
 * What goes wrong here does no harm; the next release tries again. */
static void remove_old(struct remote *r, const struct release *n)
{
    struct remote now = *r;
    struct buf batch = {0}, err = {0};
    VEC(const char *) gone = {0}, kept = {0};
    bool foreign;
    now.releases.v = NULL, now.releases.cap = 0, now.half.v = NULL, now.half.cap = 0;
    bool known = !look_around(&now, &foreign, &err) && now.current;
    buf_close(&err);
    if (!known) return;
    for (size_t i = 0; i < r->releases.n; i++) {
        const char *old = r->releases.v[i];
        if (!strcmp(old, now.current)) continue;
        bool withdrawn = r->current && strcmp(old, r->current) > 0;
        if (withdrawn) *vec_push(r->arena, &gone) = old;
        else *vec_push(r->arena, &kept) = old;
    }
    for (size_t i = 0; i + REMOTE_KEPT < kept.n + 1; i++) *vec_push(r->arena, &gone) = kept.v[i];
    size_t releases = gone.n;
    for (size_t i = 0; i < r->half.n; i++) *vec_push(r->arena, &gone) = r->half.v[i];
    if (!gone.n || strcmp(now.current, n->name) != 0) return;
    for (size_t i = 0; i < gone.n; i++)
        COMMAND(r, &batch, "-@get", inside(r, gone.v[i], WAY_LIST), arena_printf(r->arena, "%s/%s", r->fetched, gone.v[i]));
    run(r, &batch, NULL, NULL);
    for (size_t i = 0; i < gone.n; i++) {
        struct str list;
        if (!file_read(r->arena, arena_printf(r->arena, "%s/%s", r->fetched, gone.v[i]), (size_t)1 << 30, &list)) list = (struct str){0};
        const char *dir = i < releases ? arena_printf(r->arena, WAY_INCOMING "%s", gone.v[i]) : gone.v[i];
        if (i < releases) COMMAND(r, &batch, "-@rename", at(r, gone.v[i]), at(r, dir));
        remove_listed(r, &batch, dir, list);
    }
    run(r, &batch, NULL, NULL);
}

static bool sftp_finish(struct remote *r, const struct release *n, const char *into)
{
    struct buf batch = {0}, err = {0};
    COMMAND(r, &batch, "@rename", at(r, into), at(r, n->name));
    bool ok = way_worked(r, run(r, &batch, NULL, &err), MSG_SEND_SWITCH, "sftp", &err);
    buf_close(&err);
    if (ok && !compare(r, n->name, n->sum, MSG_SEND_UPLOAD)) {
        COMMAND(r, &batch, "@rename", at(r, n->name), at(r, into));
        run(r, &batch, NULL, NULL);
        return false;
    }
    ok = ok && show(r, n->name);
    if (ok) remove_old(r, n);
    return ok;
}

static bool sftp_again(struct remote *r, const char *name) { return compare(r, name, NULL, MSG_SEND_SWITCH) && show(r, name); }

const struct way remote_by_sftp = {sftp_look, sftp_list, sftp_upload, sftp_finish, sftp_clean, sftp_again};
