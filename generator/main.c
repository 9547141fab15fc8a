/* main.c: options, commands, exit status. What each command does stands in build/ and serve/; what it is called and takes stands in the table
 * `commands`, from which parsing, `letak help` and the messages are made. */
#include "base/sandbox.h"
#include "base/workers.h"
#include "build/build.h"
#include "build/help.h"
#include "build/new.h"
#include "build/pack.h"
#include "build/send.h"
#include "form/form.h"
#include "lang/lang.h"
#include "serve/serve.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct call { /* what the command line said */
    const struct command_row *command;
    struct build_options build;
    const char *lang, *out, *print_out, *key, *ssh_config;
    const char *args[9];
    int n_args;
    const char **css;
    size_t n_css;
    int port;
    bool json, sarif, dry_run, rollback;
    int shape;          /* of form fields */
    bool report, debug; /* of pdf */
    size_t made;        /* so many bytes of out name the topmost folder that was made for it; 0 = all were there */
};

static bool parse_date(const char *s, struct date *out)
{
    int y, m, d, n = 0;
    if (!s || sscanf(s, "%4d-%2d-%2d%n", &y, &m, &d, &n) != 3 || s[n] || y < 1 || m < 1 || m > 12 || d < 1 || d > 31) return false;
    *out = (struct date){(int16_t)y, (int8_t)m, (int8_t)d, -1, 0};
    return true;
}

/* SOURCE_DATE_EPOCH, else today, in Belgrade; --as-of comes later. False where the variable is no time within four-digit years. */
static bool today(struct date *out)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    bool asked = epoch && *epoch;
    long seconds = 0;
    if (asked && (!str_int(str_of(epoch), &seconds) || seconds < 0)) return false;
    time_t now = asked ? (time_t)seconds : time(NULL);
    struct tm t;
    setenv("TZ", "Europe/Belgrade", 1);
    tzset();
    if (!localtime_r(&now, &t) || t.tm_year > 9999 - 1900) return false;
    *out = (struct date){(int16_t)(t.tm_year + 1900), (int8_t)(t.tm_mon + 1), (int8_t)t.tm_mday, -1, 0};
    return true;
}

static enum diag_lang language(const char *asked)
{
    static const char *const from[] = {"LETAK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; !asked && i < sizeof from / sizeof *from; i++) {
        const char *v = getenv(from[i]);
        if (v && *v) asked = v;
    }
    if (!asked || strncmp(asked, "sr", 2) != 0) return DIAG_EN;
    return strstr(asked, "latin") || strstr(asked, "latn") || strstr(asked, "Latn") ? DIAG_SR_LATN : DIAG_SR;
}

/* Sets one option; value is NULL for flags. False when the value is wrong. */
static bool set_option(struct call *c, char letter, const char *value)
{
    long n;
    if (!value) value = "";
    switch (letter) {
    case 'C': c->build.root = value; return *value != 0;
    case 'o': c->out = c->build.out = value; return *value != 0;
    case 'j':
        if (!str_int(str_of(value), &n) || n < 1 || n > 64) return false;
        c->build.threads = (int)n;
        return true;
    case 'p':
        if (!str_int(str_of(value), &n) || n < 0 || n > 65535) return false;
        c->port = (int)n;
        return true;
    case 'd': c->build.drafts = true; return true;
    case 's': c->build.strict = true; return true;
    case 'a': return parse_date(value, &c->build.today);
    case 'J': c->json = true, c->shape = FORM_SHAPE_JSON; return true;
    case 'F': c->sarif = true; return true;
    case 'V': c->shape = FORM_SHAPE_CSV; return true;
    case 'X': c->shape = FORM_SHAPE_XFDF; return true;
    case 'S': c->shape = FORM_SHAPE_SCHEMA; return true;
    case 'c': c->css[c->n_css++] = value; return true;
    case 'G': c->debug = true; return true;
    case 'Q': c->report = true; return true;
    case 'P': c->print_out = value; return *value != 0;
    case 'K': c->key = value; return *value != 0;
    case 'n': c->dry_run = true; return true;
    case 'R': c->rollback = true; return true;
    case 'H': c->ssh_config = value; return *value != 0;
    case 'l': c->lang = value; return true;
    }
    return false;
}

/* Reads argv into c; what is wrong goes to d. */
static void parse(int argc, char **argv, struct call *c, struct diag *d)
{
    bool only_args = false;
    for (int i = 1; i < argc; i++) {
        const char *a = argv[i];
        if (a[0] != '-' || !a[1] || only_args) {
            if (!c->command) {
                c->command = help_command(str_of(a));
                if (!c->command) {
                    const char *near = help_nearest_command(str_of(a));
                    char guess[128] = "";
                    if (near) snprintf(guess, sizeof guess, " (%s?)", near);
                    DIAG(d, MSG_USAGE_COMMAND, (struct place){0}, a, guess);
                    return;
                }
            } else if (c->n_args < c->command->max_args) {
                c->args[c->n_args++] = a;
            } else {
                DIAG(d, MSG_USAGE_EXTRA, (struct place){0}, c->command->name, a);
            }
            continue;
        }
        if (!strcmp(a, "--")) {
            only_args = true;
            continue;
        }
        if (!strcmp(a, "--version") || !strcmp(a, "--help") || !strcmp(a, "-h")) {
            c->command = help_command(a[2] == 'v' ? STR("version") : STR("help"));
            continue;
        }
        size_t eq = str_find(str_of(a), '=');
        bool joined = a[1] != '-' && a[2]; /* -j2 */
        const struct option_row *o = help_option(str_part(str_of(a), 0, joined ? 2 : eq));
        if (o && o->letter != 'l' && c->command && !strchr(c->command->options, o->letter)) o = NULL;
        if (!o) {
            DIAG(d, MSG_USAGE_OPTION, (struct place){0}, c->command ? c->command->name : "letak", a);
            continue;
        }
        const char *value = NULL; /* behind = or the next word, but not another option */
        if (o->value && joined) value = a + 2;
        else if (o->value && eq != SIZE_MAX) value = a + eq + 1;
        else if (o->value && i + 1 < argc && (argv[i + 1][0] != '-' || !argv[i + 1][1])) value = argv[++i];
        if ((o->value && !value) || !set_option(c, o->letter, value)) DIAG(d, MSG_USAGE_VALUE, (struct place){0}, a, o->value ? o->value : "");
    }
    if (c->command && c->n_args < c->command->min_args && !diag_total(d))
        DIAG(d, MSG_USAGE_ARGUMENT, (struct place){0}, c->command->name, c->command->args);
}

/* --- walls: each command gives up what it does not need. build, check, pack, serve and publish know more and do it themselves. --- */

struct walls {
    struct arena arena;
    VEC(struct sandbox_path) paths;
};

static void wall(struct walls *w, const char *path, enum sandbox_right right)
{
    *vec_push(&w->arena, &w->paths) = (struct sandbox_path){path, right};
}

/* The folder that a file is written into; of a link, and of /dev/stdout, the one that it leads to. */
static void wall_output(struct walls *w, const char *path)
{
    char *real = path ? realpath(path, NULL) : NULL;
    struct str up = path ? path_dir(str_copy(&w->arena, str_of(real ? real : path))) : (struct str){0};
    free(real);
    if (path) wall(w, up.n ? str_z(&w->arena, up) : *path == '/' ? "/" : ".", SANDBOX_WRITE);
}

/* Where sources are written beside: content/, if there is one. */
static const char *sources(struct walls *w, const char *root)
{
    const char *inside = path_join(&w->arena, str_of(root), STR("content"));
    return file_is_dir(inside) ? inside : root;
}

/* A page that others wrote, or a style sheet: what lies in its folder, as the program itself holds it to. */
static void wall_page(struct walls *w, const char *path)
{
    assert(path);
    struct str up = path_dir(str_copy(&w->arena, str_of(path)));
    wall(w, up.n ? str_z(&w->arena, up) : *path == '/' ? "/" : ".", SANDBOX_BELOW);
    wall(w, path, SANDBOX_BELOW); /* where it is a link */
}

/* A folder that files are written into. It is made before the wall is, since a wall cannot name what is not there. */
static void wall_folder(struct walls *w, struct call *c)
{
    struct str top = {0}, up = str_of(c->out ? c->out : "");
    while (up.n && !file_is_dir(str_z(&w->arena, up))) top = up, up = path_dir(up);
    if (!c->out || !file_mkdirs(c->out)) return;
    wall(w, c->out, SANDBOX_WRITE);
    c->made = top.n;
    if (top.n) wall(w, up.n ? str_z(&w->arena, up) : *c->out == '/' ? "/" : ".", SANDBOX_EMPTY);
}

/* Folders that were made and into which nothing was written go again. */
static void leave_nothing(const struct call *c)
{
    struct arena a = {0};
    for (struct str p = str_of(c->made ? c->out : ""); p.n && p.n >= c->made; p = path_dir(p))
        if (rmdir(str_z(&a, p)) && errno != ENOENT) break;
    arena_close(&a);
}

static void wall_in(struct call *c)
{
    struct walls w = {0};
    const char *root = c->build.root, *const *args = c->args, *what = c->n_args ? args[0] : "";
    bool writes = (c->command->run == RUN_FORM && !strcmp(what, "lock")) || (c->command->run == RUN_TRANSLATE && !strcmp(what, "accept"));
    switch (c->command->run) {
    case RUN_NEW: wall(&w, sources(&w, root), SANDBOX_WRITE); break;
    case RUN_FORM:
    case RUN_TRANSLATE:
    case RUN_WHERE:
        wall(&w, root, SANDBOX_READ);
        if (writes) wall(&w, sources(&w, root), SANDBOX_WRITE);
        for (int i = 1; c->command->run == RUN_FORM && i < c->n_args; i++) wall(&w, args[i], SANDBOX_READ);
        wall_output(&w, c->out);
        break;
    case RUN_PDF:
    case RUN_PROOF:
    case RUN_DUMP: {
        const char *file = args[c->command->run == RUN_DUMP], *site = build_site_of(&w.arena, file);
        if (site) wall(&w, site, SANDBOX_READ);
        else wall_page(&w, file);
        for (size_t i = 0; i < c->n_css; i++) wall_page(&w, c->css[i]);
        if (c->command->run == RUN_PROOF) wall_folder(&w, c);
        else wall_output(&w, c->out), wall_output(&w, c->print_out);
        break;
    }
    case RUN_EDITIONS:
        wall(&w, root, SANDBOX_READ);
        wall_folder(&w, c);
        break;
    default: arena_close(&w.arena); return;
    }
    wall(&w, NULL, SANDBOX_READ);
    sandbox_enter(w.paths.v, SANDBOX_NO_NETWORK);
    arena_close(&w.arena);
}

static void run(struct call *c, struct diag *d, struct buf *out)
{
    struct build_totals totals = {0};
    char message[256];
    assert(c->command);
    wall_in(c);
    switch (c->command->run) {
    case RUN_BUILD:
        if (build_site(&c->build, d, &totals)) {
            snprintf(message, sizeof message, "%zu pages, %zu PDFs, %zu files, %.1f MB%s\n", totals.pages, totals.pdfs, totals.files,
                     (double)totals.bytes / 1e6, totals.unchanged ? "; nothing changed" : "");
            buf_puts(out, message);
        }
        break;
    case RUN_CHECK:
        if (c->n_args) build_check_path(&c->build, c->args[0], d);
        else build_check(&c->build, d);
        break;
    case RUN_SERVE: serve_run(&c->build, c->port, d); break;
    case RUN_PDF: {
        struct pdf_job job = {c->args[0], c->out, c->print_out, c->css, c->build.strict, c->build.today, c->debug, c->report, c->json};
        if (c->report) c->json = false; /* the report goes to standard output, messages do not */
        build_pdf(&job, d, out);
        break;
    }
    case RUN_PROOF:
        build_proof(&(struct pdf_job){.file = c->args[0], .out = c->out, .css = c->css, .strict = c->build.strict, .today = c->build.today}, d);
        break;
    case RUN_NEW: new_page(c->build.root, str_of(c->args[0]), str_of(c->args[1]), c->build.today, d, out); break;
    case RUN_FORM:
        c->json = false; /* what is asked for goes to standard output, messages do not */
        build_form(&(struct form_job){c->build.root, {c->args[0], c->args[1], c->args[2]}, c->out, c->shape, c->build.today}, d, out);
        break;
    case RUN_PACK: build_pack(&(struct pack_job){&c->build, c->args[0], c->n_args > 1 ? c->args[1] : NULL, c->key}, d, out); break;
    case RUN_PUBLISH: build_send(&(struct send_job){&c->build, c->n_args ? c->args[0] : NULL, c->ssh_config, c->dry_run, c->rollback}, d, out); break;
    case RUN_TRANSLATE: {
        bool json = c->json;
        c->json = false;
        build_translate(&(struct translate_job){c->build.root, {c->args[0], c->args[1], c->args[2]}, json, c->build.today}, d, out);
        break;
    }
    case RUN_WHERE: {
        bool json = c->json;
        c->json = false;
        build_where(&(struct where_job){c->build.root, {c->args[0], c->args[1]}, json, c->build.drafts, c->build.today}, d, out);
        break;
    }
    case RUN_EDITIONS: {
        bool json = c->json;
        c->json = false;
        build_editions(
            &(struct editions_job){c->build.root, c->out, c->args, (size_t)c->n_args, json, c->build.drafts, c->build.threads, c->build.today}, d,
            out);
        break;
    }
    case RUN_DUMP: build_dump(c->args[0], c->args[1], c->build.today, d, out); break;
    case RUN_HELP: help_write(c->n_args ? str_of(c->args[0]) : STR(""), language(c->lang), d, out); break;
    case RUN_VERSION: buf_puts(out, "letak " LETAK_VERSION "\n"); break;
    }
    leave_nothing(c);
}

static bool say(FILE *to, const struct buf *b) { return (!b->n || fwrite(b->s, 1, b->n, to) == b->n) && !fflush(to); }

/* Descriptors 0, 1 and 2 are taken, whoever started us: a lock file or a pipe would get their numbers, and what is printed would go into it. What was
 * closed stays useless: reading ends at once, writing fails. */
static bool standard_files(void)
{
    int fd;
    while ((fd = open("/dev/null", O_RDONLY)) >= 0 && fd <= 2) {}
    if (fd >= 0) close(fd);
    return fd >= 0;
}

int main(int argc, char **argv)
{
    if (!standard_files()) return 3;
    struct arena arena = {0};
    struct call call = {.build = {.root = ".", .threads = workers_cores(), .progress = isatty(2) == 1}, .port = 8080};
    call.css = ARENA_ARRAY(&arena, const char *, argc + 1);
    for (int i = 1; i < argc; i++) /* first of all: the language of what is said about the rest */
        if (!strcmp(argv[i], "--lang") && i + 1 < argc) call.lang = argv[i + 1];
        else if (!strncmp(argv[i], "--lang=", 7)) call.lang = argv[i] + 7;
    struct diag *d = diag_new(language(call.lang));
    diag_set_latin(d, lang_latin);
    if (!today(&call.build.today)) DIAG(d, MSG_USAGE_EPOCH, (struct place){0}, getenv("SOURCE_DATE_EPOCH"));
    parse(argc, argv, &call, d);
    struct buf out = {0}, messages = {0};
    if (!call.command && !diag_total(d)) call.command = help_command(STR("help"));
    if (!diag_total(d)) run(&call, d, &out);
    if (call.sarif) diag_write_sarif(d, &messages, call.build.strict, LETAK_VERSION);
    else diag_write(d, &messages, call.build.strict, call.json);
    int status = diag_status(d, call.build.strict);
    if (!say(stdout, &out) || !say(call.json || call.sarif ? stdout : stderr, &messages)) status = 3;
    buf_close(&out), buf_close(&messages);
    diag_close(d);
    arena_close(&arena);
    return status;
}
