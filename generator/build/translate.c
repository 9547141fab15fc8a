/* translate.c: `letak translate`: which translations are behind their source, what changed, and that one has caught up. content/translation.h does
 * the work. */
#include "build/build.h"
#include "content/translation.h"
#include <errno.h>

struct asked { /* the site whose translations are asked for */
    struct arena arena;
    struct catalogue *c;
    struct diag *d;
    enum diag_lang lang; /* of what is printed */
    struct buf *out;
};

static const char *say(const struct asked *t, const char *en, const char *sr)
{
    if (t->lang == DIAG_EN) return en;
    if (t->lang == DIAG_SR) return sr;
    struct buf b = {0};
    lang_latin(&b, str_of(sr));
    const char *s = buf_copy((struct arena *)(uintptr_t)&t->arena, &b).s; /* grows while it is read */
    buf_close(&b);
    return s;
}

/* --- status --- */

static const char *state_of(const struct page *p, const struct translation *t)
{
    if (!p) return "missing";
    if (str_is(front_of(p, KEY_REVIEW)->text, "pending")) return "pending";
    if (!t->locked) return "unlocked";
    if (translation_stale(t)) return "stale";
    return t->n[BLOCK_MINOR] ? "minor" : "current";
}

static const struct page *in_language(const struct page *source, const struct language *l)
{
    for (size_t i = 0; i < source->translations.n; i++)
        if (source->translations.v[i]->lang == l) return source->translations.v[i];
    return NULL;
}

static void status_row(struct asked *t, const struct page *source, const struct language *l, bool json)
{
    const struct page *p = in_language(source, l);
    struct translation tr = {0};
    if (p && !translation_read(&t->arena, t->c, p, t->d, &tr)) return;
    const char *state = state_of(p, &tr);
    if (json) {
        buf_puts(t->out, "{\"page\":"), buf_json(t->out, source->path);
        buf_printf(t->out, ",\"lang\":\"%s\",\"state\":\"%s\"", l->code, state);
        for (int s = 0; s < BLOCK_STATES && p; s++) buf_printf(t->out, ",\"%s\":%zu", translation_state_name((enum block_state)s), tr.n[s]);
        buf_puts(t->out, "}\n");
        return;
    }
    static const char *const words[][3] = {
        {"missing", "missing", "нема превода"}, {"pending", "pending", "чека преглед"}, {"unlocked", "not accepted", "није прихваћен"},
        {"stale", "stale", "застарео"},         {"minor", "minor", "ситне измене"},     {"current", "current", "усклађен"}};
    size_t from = t->out->n;
    buf_printf(t->out, "%s", source->path.n ? str_z(&t->arena, source->path) : "index");
    buf_pad(t->out, from, 44, 0), buf_putc(t->out, ' ');
    buf_puts(t->out, l->code), buf_pad(t->out, from, 53, 0);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i][0], state)) buf_puts(t->out, say(t, words[i][1], words[i][2]));
    size_t behind = tr.n[BLOCK_STALE] + tr.n[BLOCK_MISSING] + tr.n[BLOCK_GONE];
    if (tr.locked && (behind || tr.n[BLOCK_MINOR]))
        buf_printf(t->out, say(t, ": %zu stale, %zu missing, %zu gone, %zu minor", ": %zu застарело, %zu недостаје, %zu сувишно, %zu ситно"),
                   tr.n[BLOCK_STALE], tr.n[BLOCK_MISSING], tr.n[BLOCK_GONE], tr.n[BLOCK_MINOR]);
    buf_putc(t->out, '\n');
}

static void status(struct asked *t, bool json)
{
    for (size_t i = 0; i < t->c->pages.n; i++) {
        const struct page *p = t->c->pages.v[i];
        if (p->source || !p->file.n || p->broken || front_of(p, KEY_INTERNAL)->number) continue;
        for (size_t k = 0; k < t->c->config->languages.n; k++) {
            const struct language *l = t->c->config->languages.v[k];
            if (!l->derived && l != p->lang) status_row(t, p, l, json);
        }
    }
}

/* --- diff --- */

enum { COLUMN = 58 };

/* The next line of a column: up to COLUMN characters, broken at a space. */
static struct str wrap(struct str *rest)
{
    size_t at = 0, chars = 0, space = 0;
    while (at < rest->n && rest->s[at] != '\n' && chars < COLUMN) {
        if (rest->s[at] == ' ') space = at;
        for (at++, chars++; at < rest->n && ((unsigned char)rest->s[at] & 0xC0) == 0x80;) at++;
    }
    if (at < rest->n && rest->s[at] != '\n' && space) at = space;
    struct str line = str_part(*rest, 0, at);
    *rest = str_from(*rest, at < rest->n && (rest->s[at] == '\n' || rest->s[at] == ' ') ? at + 1 : at);
    return line;
}

static void beside(struct buf *out, struct str left, struct str right)
{
    while (left.n || right.n) {
        size_t from = out->n;
        buf_str(out, wrap(&left)), buf_pad(out, from, COLUMN, 0);
        struct str r = wrap(&right);
        buf_puts(out, r.n ? " | " : " |"), buf_str(out, r), buf_putc(out, '\n');
    }
}

static void diff(struct asked *t, const struct translation *tr)
{
    static const char *const names[BLOCK_STATES][2] = {
        {"same", "исто"}, {"minor", "ситна измена"}, {"stale", "промењено"}, {"missing", "ново у извору"}, {"gone", "нема више у извору"}};
    for (size_t i = 0; i < tr->pairs.n; i++) {
        const struct block_pair *b = &tr->pairs.v[i];
        if (b->state == BLOCK_SAME) continue;
        buf_printf(t->out, "--- %s", say(t, names[b->state][0], names[b->state][1]));
        if (b->source) buf_printf(t->out, "  %.*s:%u", STR_ARG(tr->page->source->file), b->source->line);
        if (b->text) buf_printf(t->out, "  %.*s:%u", STR_ARG(tr->page->file), b->text->line);
        buf_putc(t->out, '\n');
        beside(t->out, b->source ? b->source->text : (struct str){0}, b->text ? b->text->text : (struct str){0});
    }
    if (!tr->locked)
        DIAG(t->d, MSG_TRANSLATION_UNLOCKED, ((struct place){tr->page->file.s, 1, 1}), str_z(&t->arena, tr->page->path), tr->page->lang->code);
}

/* --- accept --- */

static void accept(struct asked *t, const struct translation *tr)
{
    struct str path = translation_lock_path(&t->arena, tr->page);
    struct buf lock = {0};
    size_t bad = !tr->locked ? tr->n[BLOCK_MISSING] + tr->n[BLOCK_GONE] : 0;
    if (bad) DIAG(t->d, MSG_TRANSLATION_COUNT, ((struct place){tr->page->file.s, 1, 1}), tr->page->source->file.s);
    translation_lock(tr, &lock);
    if (!file_write(path_join(&t->arena, str_of(t->c->root), path), buf_view(&lock)))
        DIAG(t->d, MSG_FILE_UNWRITABLE, ((struct place){path.s, 0, 0}), strerror(errno));
    else buf_printf(t->out, "%.*s\n", STR_ARG(path));
    buf_close(&lock);
}

/* PAGE: its path, "index" for the home page, or its file. */
static const struct page *find_page(struct asked *t, const char *name)
{
    VEC(const char *) paths = {0};
    for (size_t i = 0; i < t->c->pages.n; i++) {
        const struct page *p = t->c->pages.v[i];
        if (p->source) continue;
        if (str_is(p->path, name) || str_is(p->file, name) || (!p->path.n && !strcmp(name, "index"))) return p;
        *vec_push(&t->arena, &paths) = p->path.n ? str_z(&t->arena, p->path) : "index";
    }
    *vec_push(&t->arena, &paths) = NULL;
    const char *near = str_nearest(str_of(name), paths.v);
    DIAG(t->d, MSG_TRANSLATION_PAGE, (struct place){0}, name, near ? arena_printf(&t->arena, " (%s?)", near) : "");
    return NULL;
}

void build_translate(const struct translate_job *j, struct diag *d, struct buf *out)
{
    struct asked t = {.d = d, .out = out, .lang = diag_language(d)};
    struct diag *quiet = diag_new(DIAG_EN); /* what else is wrong with the site is not asked here */
    const char *what = j->args[0];
    bool is_status = !strcmp(what, "status"), is_diff = !strcmp(what, "diff"), is_accept = !strcmp(what, "accept");
    build_init();
    if ((!is_status && !is_diff && !is_accept) || (is_diff && !j->args[2]) || (is_accept && !j->args[1])) {
        DIAG(d, MSG_USAGE_ARGUMENT, (struct place){0}, "translate", "status | diff PAGE LANG | accept PAGE [LANG]");
    } else if (!file_is_dir(j->root)) {
        DIAG(d, MSG_USAGE_NO_SITE, (struct place){0}, j->root);
    } else if (content_open(&t.arena, &(struct content_options){.root = j->root, .drafts = true, .today = j->today, .threads = 1}, quiet, &t.c)) {
        const struct page *source = is_status ? NULL : find_page(&t, j->args[1]);
        const struct language *l = j->args[2] ? lang_find(str_of(j->args[2])) : NULL;
        size_t n = 0;
        if (is_status) status(&t, j->json);
        for (size_t i = 0; source && i < source->translations.n; i++) {
            struct translation tr;
            if ((j->args[2] && source->translations.v[i]->lang != l) || !translation_read(&t.arena, t.c, source->translations.v[i], d, &tr)) continue;
            if (is_diff) diff(&t, &tr);
            else accept(&t, &tr);
            n++;
        }
        if (source && !n) DIAG(d, MSG_TRANSLATION_NONE, (struct place){0}, j->args[1], j->args[2] ? j->args[2] : "");
        content_close(t.c);
    }
    diag_close(quiet);
    arena_close(&t.arena);
}
