/* remote.c: see remote.h; and the way by the far sh (ways.h): each step is one script, given to it on its standard input; what it needs stands as
 * variables before it. */
#include "publish/remote.h"
#include "base/file.h"
#include "base/program.h"
#include "publish/publish.h"
#include "publish/ways.h"
#include <stdlib.h>

enum { NO_SSH = 255 /* ssh itself could not */, DIFFERS = 9 };
static const char begin[] = "set -eu; LC_ALL=C; export LC_ALL; umask 022\n";
/* Where "~/site" and "site" are; who is alone there, as long as the script runs. */
static const char place[] = "case $D in '~/'*) D=$HOME/${D#'~/'};; /*) ;; *) D=$PWD/$D;; esac\n";
static const char alone[] = "exec 9<\"$D/releases\"; ALONE=; if command -v flock >/dev/null && flock 9; then ALONE=1; fi\n";
static const char look[] = "echo \"at $D\"\n"
                           "if [ -e \"$D/current\" ] && [ ! -L \"$D/current\" ]; then echo foreign; exit 0; fi\n"
                           "command -v rsync >/dev/null && echo rsync\n"
                           "command -v sha256sum >/dev/null || echo nosum\n"
                           "if [ -L \"$D/current\" ]; then echo \"current $(basename \"$(readlink \"$D/current\")\")\"; fi\n"
                           "if [ -d \"$D/releases\" ]; then ls \"$D/releases\" | grep -E '^[0-9]{6}-[0-9a-f]{12}$' | sort | sed 's/^/release /'; fi\n"
                           "exit 0\n";
static const char incoming[] = "mkdir -p \"$D/releases\"; I=$(mktemp -d \"$D/releases/.incoming-XXXXXX\"); chmod 755 \"$I\"; basename \"$I\"\n";
/* Every line of the list is good, nothing else is there. */
static const char compare[] =
    "compare() { rm -f " PUBLISH_MANIFEST "\n"
    "  lines=$(wc -l <spisak.txt); good=$(sha256sum -c spisak.txt 2>/dev/null | grep -c ': OK$' || true); there=$(find . -type f | wc -l); "
    "other=$(find . ! -type f ! -type d | wc -l)\n"
    "  [ \"$good\" -eq \"$lines\" ] && [ \"$there\" -eq $((lines + 1)) ] && [ \"$other\" -eq 0 ] || {\n"
    "    echo \"$good of $lines files are right, $there are there\" >&2; sha256sum -c spisak.txt 2>/dev/null | grep -v ': OK$' | head -n 3 >&2 || "
    "true; exit 9; }; }\n"
    "show() { rm -f \"$D/.current-$1\"; ln -s \"releases/$1\" \"$D/.current-$1\"; mv -T \"$D/.current-$1\" \"$D/current\"; sync; }\n";
/* Releases newer than the one shown until now were withdrawn by --rollback: they go, so that the release before is the one that readers saw before.
 */
static const char finish[] = "cd \"$D/releases/$I\"\n"
                             "[ \"$(sha256sum <spisak.txt | cut -d' ' -f1)\" = \"$S\" ] || { echo spisak.txt >&2; exit 9; }\n"
                             "compare; cd \"$D/releases\"; sync\n"
                             "C=; if [ -L \"$D/current\" ]; then C=$(basename \"$(readlink \"$D/current\")\"); fi\n"
                             "mv -T \"$I\" \"$N\"; show \"$N\"\n"
                             "list() { ls | grep -E '^[0-9]{6}-[0-9a-f]{12}$' | sort; }\n"
                             "drop() { while read -r old; do [ \"$old\" = \"$N\" ] || rm -rf \"$old\"; done; }\n"
                             "[ -z \"$ALONE\" ] || [ -z \"$C\" ] || list | sed -n \"/^$C\\$/,\\$p\" | sed 1d | drop\n"
                             "list | head -n -\"$K\" | drop\n"
                             "rm -rf .incoming-*\n";
static const char rollback[] = "cd \"$D/releases/$N\"; compare; show \"$N\"\n";
static const char clean[] = "rm -rf \"$D/releases/$I\"\n";

static const char *quoted(struct arena *a, const char *s) /* one word for sh */
{
    struct buf b = {0};
    buf_putc(&b, '\'');
    for (; *s; s++) {
        if (*s == '\'') buf_puts(&b, "'\\''");
        else buf_putc(&b, *s);
    }
    buf_putc(&b, '\'');
    const char *out = buf_copy(a, &b).s;
    buf_close(&b);
    return out;
}

bool remote_open(struct remote *r, struct arena *a, const char *target, const char *config, struct diag *d)
{
    struct str t = str_of(target);
    size_t colon = str_find(t, ':');
    *r = (struct remote){.arena = a, .diag = d, .config = config};
    bool good = colon != SIZE_MAX && colon > 0 && colon + 1 < t.n && *target != '-' && !strpbrk(target, " \n\t\"");
    if (!good) return DIAG(d, MSG_SEND_TARGET, (struct place){0}, target), false;
    r->host = str_z(a, str_part(t, 0, colon));
    struct str path = str_from(t, colon + 1);
    while (path.n > 1 && str_ends(path, "/")) path.n--;
    r->path = str_z(a, path);
    return true;
}

/* Runs a script at the far end. variables: "I=…\n", quoted already. Its status; what it says goes to out and err. */
static int far(struct remote *r, const char *variables, const char *const *parts, struct buf *out, struct buf *err)
{
    const char *argv[16];
    int n = 0;
    struct buf script = {0};
    argv[n++] = "ssh";
    if (r->config) argv[n++] = "-F", argv[n++] = r->config;
    argv[n++] = "-o", argv[n++] = "ConnectTimeout=20", argv[n++] = "-o", argv[n++] = "ServerAliveInterval=15", argv[n++] = "-T", argv[n++] = r->host;
    argv[n++] = "sh", argv[n++] = "-s", argv[n] = NULL;
    buf_printf(&script, "%sD=%s\n%s%s", begin, quoted(r->arena, r->path), variables, place);
    for (; *parts; parts++) buf_puts(&script, *parts);
    int status = program_run(argv, buf_view(&script), out, err);
    buf_close(&script);
    return status;
}
#define FAR(r, variables, out, err, ...) far((r), (variables), (const char *const[]){__VA_ARGS__, NULL}, (out), (err))

static struct str last_line(const struct buf *said)
{
    struct str s = str_trim(buf_view(said));
    size_t line = str_rfind(s, '\n');
    return line == SIZE_MAX ? s : str_from(s, line + 1);
}

const char *way_complaint(struct remote *r, const struct buf *err)
{
    struct str s = buf_view(err);
    if (str_search(s, "REMOTE HOST IDENTIFICATION HAS CHANGED") != SIZE_MAX) return "REMOTE HOST IDENTIFICATION HAS CHANGED";
    s = last_line(err);
    return s.n ? str_z(r->arena, s) : "?";
}

bool way_worked(struct remote *r, int status, enum msg m, const char *what, const struct buf *err)
{
    if (!status) return true;
    if (status == WAY_NOT_THERE && !err->n) DIAG(r->diag, MSG_PROGRAM_MISSING, (struct place){0}, what, what[0] == 'r' ? "rsync" : "openssh-client");
    else DIAG(r->diag, m, (struct place){0}, r->host, way_complaint(r, err));
    return false;
}

bool way_is_release(struct str s)
{
    if (s.n != 19 || s.s[6] != '-') return false;
    for (size_t i = 0; i < s.n; i++)
        if (i != 6 && !(s.s[i] >= '0' && s.s[i] <= '9') && !(i > 6 && s.s[i] >= 'a' && s.s[i] <= 'f')) return false;
    return true;
}

static bool shell_look(struct remote *r)
{
    struct buf out = {0}, err = {0};
    int status = FAR(r, "", &out, &err, look);
    bool by_ssh = status == NO_SSH || (status == WAY_NOT_THERE && !err.n) || status < 0;
    bool sums = str_search(buf_view(&out), "\nnosum\n") == SIZE_MAX;
    bool no_shell = !by_ssh && (!sums || str_search(buf_view(&out), "at /") == SIZE_MAX);
    bool ok = !no_shell && way_worked(r, status, MSG_SEND_REACH, "ssh", &err);
    struct str rest = buf_copy(r->arena, &out), line;
    while (ok && str_split(&rest, '\n', &line)) {
        if (str_is(line, "rsync")) r->rsync = true;
        else if (str_starts(line, "at /")) r->path = str_z(r->arena, str_from(line, 3));
        else if (str_starts(line, "current ") && way_is_release(str_from(line, 8))) r->current = str_z(r->arena, str_from(line, 8));
        else if (str_starts(line, "release ") && way_is_release(str_from(line, 8)))
            *vec_push(r->arena, &r->releases) = str_z(r->arena, str_from(line, 8));
        else if (str_is(line, "foreign") || str_starts(line, "current "))
            DIAG(r->diag, MSG_SEND_FOREIGN, (struct place){0}, r->host, r->path), ok = false;
    }
    if (no_shell) r->way_closed = sums ? way_complaint(r, err.n ? &err : &out) : "sha256sum";
    buf_close(&out), buf_close(&err);
    return ok;
}

static bool shell_list(struct remote *r, struct str *list)
{
    struct buf out = {0}, err = {0};
    bool ok = !r->current || way_worked(r, FAR(r, "", &out, &err, "cat \"$D/current/" WAY_LIST "\"\n"), MSG_SEND_REACH, "ssh", &err);
    *list = buf_copy(r->arena, &out);
    buf_close(&out), buf_close(&err);
    return ok;
}

const char *way_sftp_word(struct arena *a, const char *s)
{
    struct buf b = {0};
    buf_putc(&b, '"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\') buf_putc(&b, '\\');
        buf_putc(&b, *s == '\n' ? '?' : *s); /* a line is a command: such a folder is not found */
    }
    buf_putc(&b, '"');
    const char *out = buf_copy(a, &b).s;
    buf_close(&b);
    return out;
}

/* By rsync where both ends have it (files that did not change become links to those of the release shown), else by sftp. */
static bool upload(struct remote *r, const char *local, const char *into, struct buf *err)
{
    const char *to = arena_printf(r->arena, "%s:%s/releases/%s/", r->host, r->path, into), *from = arena_printf(r->arena, "%s/", local);
    const char *shell = r->config ? arena_printf(r->arena, "ssh -F %s", quoted(r->arena, r->config)) : "ssh";
    const char *argv[16];
    int n = 0, status = WAY_NOT_THERE;
    if (r->rsync) {
        argv[n++] = "rsync", argv[n++] = "-rlcs", argv[n++] = "--chmod=D755,F644", argv[n++] = "--timeout=60",
        argv[n++] = "--exclude=/" PUBLISH_MANIFEST;
        if (r->current) argv[n++] = "--link-dest=../../current/";
        argv[n++] = "-e", argv[n++] = shell, argv[n++] = from, argv[n++] = to, argv[n] = NULL;
        status = program_run(argv, (struct str){0}, NULL, err);
    }
    if (status == WAY_NOT_THERE) {
        const char *far_folder = way_sftp_word(r->arena, arena_printf(r->arena, "%s/releases/%s", r->path, into));
        struct str batch = str_printf(r->arena, "cd %s\nlcd %s\nput -r .\n", far_folder, way_sftp_word(r->arena, local));
        n = 0, argv[n++] = "sftp";
        if (r->config) argv[n++] = "-F", argv[n++] = r->config;
        argv[n++] = "-q", argv[n++] = "-b", argv[n++] = "-", argv[n++] = r->host, argv[n] = NULL;
        status = program_run(argv, batch, NULL, err);
    }
    return way_worked(r, status, MSG_SEND_UPLOAD, "sftp", err);
}

static bool shell_upload(struct remote *r, const struct release *n, const char **into)
{
    struct buf out = {0}, err = {0};
    bool ok = way_worked(r, FAR(r, "", &out, &err, incoming), MSG_SEND_UPLOAD, "ssh", &err);
    const char *made = str_z(r->arena, last_line(&out)); /* before it stands what a shell there says to everyone */
    bool good = str_starts(str_of(made), WAY_INCOMING);
    if (ok && !good) DIAG(r->diag, MSG_SEND_UPLOAD, (struct place){0}, r->host, made);
    *into = ok && good ? made : NULL;
    buf_reset(&err);
    ok = *into && upload(r, n->local, made, &err);
    buf_close(&out), buf_close(&err);
    return ok;
}

static bool shell_finish(struct remote *r, const struct release *n, const char *into)
{
    struct buf err = {0};
    const char *vars = arena_printf(r->arena, "I=%s\nN=%s\nS=%s\nK=%d\n", quoted(r->arena, into), n->name, n->sum, REMOTE_KEPT);
    int status = FAR(r, vars, NULL, &err, alone, compare, finish);
    bool ok = way_worked(r, status, status == DIFFERS ? MSG_SEND_DIFFERS : MSG_SEND_SWITCH, "ssh", &err);
    buf_close(&err);
    return ok;
}

static void shell_clean(struct remote *r, const struct release *n, const char *into)
{
    (void)n;
    FAR(r, arena_printf(r->arena, "I=%s\n", quoted(r->arena, into)), NULL, NULL, clean);
}

static bool shell_again(struct remote *r, const char *name)
{
    struct buf err = {0};
    int status = FAR(r, arena_printf(r->arena, "N=%s\n", name), NULL, &err, alone, compare, rollback);
    bool ok = way_worked(r, status, status == DIFFERS ? MSG_SEND_DIFFERS : MSG_SEND_SWITCH, "ssh", &err);
    buf_close(&err);
    return ok;
}

static const struct way by_shell = {shell_look, shell_list, shell_upload, shell_finish, shell_clean, shell_again};

bool remote_look(struct remote *r)
{
    r->way = &by_shell;
    if (r->way->look(r)) return true;
    return r->way_closed && (r->way = &remote_by_sftp)->look(r);
}

bool remote_list(struct remote *r, struct str *list) { return r->way->list(r, list); }

bool remote_send(struct remote *r, const char *local, struct str list, const char *sum, const char **name)
{
    long newest = r->releases.n ? strtol(r->releases.v[r->releases.n - 1], NULL, 10) : 0;
    const char *into = NULL;
    *name = arena_printf(r->arena, "%06ld-%.12s", newest + 1, sum);
    struct release n = {*name, local, sum, list};
    bool ok = list.n > 0 && r->way->upload(r, &n, &into) && r->way->finish(r, &n, into);
    if (!ok && into) r->way->clean(r, &n, into); /* what is half there would only fill the far disk */
    return ok;
}

bool remote_rollback(struct remote *r, const char **name)
{
    *name = NULL;
    for (size_t i = 0; i < r->releases.n && r->current; i++)
        if (strcmp(r->releases.v[i], r->current) < 0) *name = r->releases.v[i];
    if (!*name) return DIAG(r->diag, MSG_SEND_NO_OLDER, (struct place){0}, r->host), false;
    return r->way->again(r, *name);
}

void remote_close(struct remote *r)
{
    if (r->fetched) file_remove_tree(r->fetched);
}
