/* form.c: `letak form`: the fields of a form, data into its fillable PDF, data out of filled PDFs, lock files. form/ does the work; here are the site
 * and its layout, since what a form asks for is what its PDF has. */
#include "form/form.h"
#include "form/scan.h"
#include "build/build.h"
#include "build/print.h"
#include "lang/lang.h"
#include <errno.h>
#include <strings.h>
#include <sys/resource.h>

struct forms { /* the site whose forms are asked for */
    struct arena arena;
    struct diag *d;
    struct catalogue *c;
    struct site *site;
    struct print_worker *worker;
};
struct open_form { /* one of them, laid out; must not move */
    struct print print;
    struct buf html;
    const struct publication *pub;
    struct form_def *def;
};

static bool forms_open(struct forms *f, const char *root, struct date today, struct diag *d)
{
    *f = (struct forms){.d = d};
    build_init();
    if (!file_is_dir(root)) return DIAG(d, MSG_USAGE_NO_SITE, (struct place){0}, root), false;
    if (!content_open(&f->arena, &(struct content_options){.root = root, .drafts = true, .today = today, .threads = 1}, d, &f->c)) return false;
    f->site = site_open(&f->arena, f->c, d);
    f->worker = print_worker_new(d);
    return true;
}

static void forms_close(struct forms *f)
{
    if (f->worker) print_worker_close(f->worker);
    if (f->site) site_close(f->site);
    if (f->c) content_close(f->c);
    arena_close(&f->arena);
}

static struct str code_of(const struct entry *e) { return front_of(e->source, KEY_CODE)->text; }

static bool same_code(struct str a, struct str b) { return a.n == b.n && !strncasecmp(a.s, b.s, a.n); }

/* "F8", "f8", "F8.en", or the path of its page; NULL where there is none (reported). */
static const struct publication *find_form(struct forms *f, struct str name)
{
    size_t dot = str_rfind(name, '.');
    const struct language *lang = dot == SIZE_MAX ? f->site->langs[0] : lang_find(str_from(name, dot + 1));
    struct str code = dot == SIZE_MAX ? name : str_part(name, 0, dot);
    VEC(const char *) codes = {0};
    for (size_t i = 0; i < f->site->publications.n; i++) {
        const struct publication *p = f->site->publications.v[i];
        if (p->variant != VARIANT_FILLABLE) continue;
        bool named = same_code(code_of(p->entry), code) || str_eq(p->entry->source->path, code);
        if (named && p->output->lang == lang) return p;
        struct str full = code_of(p->entry);
        if (p->output->lang != f->site->langs[0]) full = str_printf(&f->arena, "%.*s.%s", STR_ARG(full), p->output->lang->code);
        *vec_push(&f->arena, &codes) = str_z(&f->arena, full);
    }
    *vec_push(&f->arena, &codes) = NULL;
    const char *near = str_nearest(name, codes.v);
    DIAG(f->d, MSG_FORM_UNKNOWN, (struct place){0}, str_z(&f->arena, name), near ? arena_printf(&f->arena, " (%s?)", near) : "");
    return NULL;
}

/* "content/obrasci/f8/index.lock.yml" */
static char *lock_file(struct arena *a, const struct publication *p)
{
    struct str file = p->entry->source->file;
    return arena_printf(a, "%.*s.lock.yml", (int)(file.n - strlen(".md")), file.s);
}

static struct form_def *define(struct arena *a, const struct site *s, const struct publication *pub, const struct frames *frames)
{
    const struct entry *e = pub->entry;
    struct form_def *def = form_define(a, frames, site_word(s, pub->output->lang, "row"));
    def->code = code_of(e), def->version = front_of(e->source, KEY_VERSION)->number;
    return def;
}

bool build_form_locked(const struct site *s, const struct publication *pub, const struct frames *frames)
{
    struct arena a = {0};
    struct form_def *list;
    size_t n, i = 0;
    bool good = true;
    if (pub->variant != VARIANT_FILLABLE || pub->output->lang != s->langs[0] || s->c->foreign || s->c->single) return true;
    const struct form_def *now = define(&a, s, pub, frames);
    struct place at = front_of(pub->entry->source, KEY_VERSION)->at;
    char *lock = lock_file(&a, pub);
    if (!form_lock_read(&a, path_join(&a, str_of(s->c->root), str_of(lock)), lock, s->diag, &list, &n)) good = false;
    while (good && i < n && list[i].version != now->version) i++;
    if (good && i == n && !diag_checking(s->diag)) good = true; /* a form that is being written changes with each build */
    else if (good && i == n) DIAG(s->diag, MSG_FORM_NOT_LOCKED, at, str_z(&a, now->code), arena_printf(&a, "%ld", now->version));
    else if (good) good = form_lock_holds(&a, &list[i], now, at, s->diag);
    arena_close(&a);
    return good;
}

/* Lays the form out and says what it asks for. False: reported; close_form all the same. */
static bool open_form(struct forms *f, struct open_form *o, const struct publication *pub)
{
    *o = (struct open_form){.pub = pub};
    if (!print_open_publication(&o->print, f->worker, f->site, pub, &o->html) || !print_frames(&o->print)) return false;
    o->def = define(&o->print.arena, f->site, pub, &o->print.frames);
    return true;
}

static void close_form(struct open_form *o)
{
    print_close(&o->print);
    buf_close(&o->html);
}

static bool list_fields(struct forms *f, const struct form_job *j, struct buf *out)
{
    const struct publication *pub = find_form(f, str_of(j->args[1]));
    struct open_form o;
    if (!pub) return false;
    bool ok = open_form(f, &o, pub);
    if (ok) form_list(out, o.def, (enum form_shape)j->shape, path_base(pub->path));
    close_form(&o);
    return ok;
}

/* letak form fill FORM DATA.json -o OUT.pdf */
static bool fill(struct forms *f, const struct form_job *j)
{
    const struct publication *pub = find_form(f, str_of(j->args[1]));
    struct open_form o;
    struct str json;
    struct buf pdf = {0};
    int pages;
    if (!pub || !file_read_text(&f->arena, j->args[2], j->args[2], f->d, &json)) return false;
    bool ok = open_form(f, &o, pub);
    if (ok) {
        struct map values = map_new(&o.print.arena);
        o.print.values = &values, o.print.values_file = j->args[2];
        ok = form_data_read(&o.print.arena, o.def, json, j->args[2], f->d, &values) &&
             print_pdf(&o.print, false, publication_date(pub), &pdf, &pages) && private_write(j->out, buf_view(&pdf), f->d);
    }
    close_form(&o);
    buf_close(&pdf);
    return ok;
}

/* --- letak form read FOLDER -o TABLE.csv --- */

struct known { /* a form that a PDF can be, in one of its versions */
    const struct form_def *def;
    struct map names;
};
struct reading {
    struct forms *f;
    VEC(struct open_form *) open;
    VEC(struct known) known;
    VEC(struct form_record) records;
};

/* All forms of the site, in the source language: as they are now, and as their lock files keep them. False: reported. */
static bool know_forms(struct reading *r)
{
    struct forms *f = r->f;
    struct arena *a = &f->arena;
    for (size_t i = 0; i < f->site->publications.n; i++) {
        const struct publication *p = f->site->publications.v[i];
        if (p->variant != VARIANT_FILLABLE || p->output->lang != f->site->langs[0]) continue;
        struct open_form *o = *vec_push(a, &r->open) = ARENA_NEW(a, struct open_form);
        struct form_def *old;
        size_t n;
        if (!open_form(f, o, p)) return false;
        *vec_push(a, &r->known) = (struct known){o->def, form_names(a, o->def)};
        char *lock = lock_file(a, p);
        if (!form_lock_read(a, path_join(a, str_of(f->c->root), str_of(lock)), lock, f->d, &old, &n)) return false;
        for (size_t k = 0; k < n; k++)
            if (old[k].version != o->def->version) *vec_push(a, &r->known) = (struct known){&old[k], form_names(a, &old[k])};
    }
    return true;
}

/* How many of the form's fields the PDF lacks; *name is the first. */
static size_t lacks(const struct known *k, const struct map *have, struct str *name)
{
    size_t n = 0;
    for (size_t i = 0; i < k->names.entries.n; i++)
        if (!map_find(have, k->names.entries.v[i].key) && !n++) *name = k->names.entries.v[i].key;
    return n;
}

/* Which form and version the PDF says it is ("F8/3"), else the one with these very fields. NULL: reported. */
static const struct known *which_form(struct reading *r, const struct scan *s, const struct map *have, struct place at)
{
    size_t slash = str_find(s->id, '/');
    struct str code = str_part(s->id, 0, slash), none;
    const struct known *found = NULL;
    bool named = false;
    long version = 0;
    for (size_t i = 0; i < r->known.n; i++) {
        const struct known *k = &r->known.v[i];
        bool same = s->id.n && str_eq(k->def->code, code);
        named |= same;
        if (same && str_int(str_from(s->id, slash + 1), &version) && version == k->def->version) return k;
        if (!s->id.n && !found && !lacks(k, have, &none) && k->names.entries.n == have->entries.n) found = k;
    }
    if (named) DIAG(r->f->d, MSG_FORM_PDF_VERSION, at, str_z(&r->f->arena, code), arena_printf(&r->f->arena, "%ld", version));
    else if (!found) DIAG0(r->f->d, MSG_FORM_PDF_FORM, at);
    return found;
}

/* A choice must be one of its options, by key or (as some viewers have it) by label. */
static void check_choice(struct reading *r, const struct form_key *k, struct str name, struct str *v, struct place at)
{
    if ((k->type != FIELD_CHOICE && k->type != FIELD_YESNO) || !v->n) return;
    for (size_t i = 0; i < k->n_choices; i++)
        if (str_eq(*v, k->choices[i].key)) return;
    for (size_t i = 0; i < k->n_choices; i++)
        if (k->choices[i].label.n && str_eq(*v, k->choices[i].label)) {
            *v = k->choices[i].key;
            return;
        }
    DIAG(r->f->d, MSG_FORM_PDF_OPTION, at, str_z(&r->f->arena, name));
}

static void read_pdf(struct reading *r, const char *path, const char *shown)
{
    static const enum msg wrong[] = {[SCAN_NO_FIELDS] = MSG_FORM_PDF_FIELDS,
                                     [SCAN_DAMAGED] = MSG_FORM_PDF_DAMAGED,
                                     [SCAN_LOCKED] = MSG_FORM_PDF_LOCKED,
                                     [SCAN_TOO_LARGE] = MSG_FORM_PDF_LARGE,
                                     [SCAN_NO_LIBRARY] = MSG_FORM_PDF_LIBRARY};
    struct arena *a = &r->f->arena, file = {0};
    struct place at = {shown, 0, 0};
    struct scan scan, *s = &scan;
    enum scan_result result;
    if (!scan_file(&file, path, s, &result)) DIAG(r->f->d, MSG_FILE_UNREADABLE, at, strerror(errno));
    else if (result != SCAN_DONE) DIAG0(r->f->d, wrong[result], at);
    else {
        struct map have = map_new(a);
        for (size_t i = 0; i < s->fields.n; i++) {
            struct str *v = ARENA_NEW(a, struct str), **slot = (struct str **)map_at(&have, str_copy(a, s->fields.v[i].name));
            *v = str_copy(a, s->fields.v[i].value);
            if (!*slot || !(*slot)->n) *slot = v;
        }
        struct str missing;
        const struct known *k = which_form(r, s, &have, at);
        if (k && lacks(k, &have, &missing)) DIAG(r->f->d, MSG_FORM_PDF_MISSING, at, str_z(a, missing));
        else if (k) {
            size_t extra = have.entries.n - k->names.entries.n;
            if (extra) DIAG(r->f->d, MSG_FORM_PDF_EXTRA, at, arena_printf(a, "%zu", extra));
            for (size_t i = 0; i < k->names.entries.n; i++)
                check_choice(r, k->names.entries.v[i].value, k->names.entries.v[i].key, map_find(&have, k->names.entries.v[i].key), at);
            *vec_push(a, &r->records) = (struct form_record){shown, k->def, have};
        }
    }
    arena_close(&file);
}

static bool read_forms(struct forms *f, const struct form_job *j)
{
    struct reading r = {.f = f};
    struct file_list list = {0};
    const char *folder = j->args[1];
    struct buf out = {0};
    bool ok = know_forms(&r);
    size_t pdfs = 0;
    if (ok && file_is_dir(folder)) ok = file_walk(&f->arena, folder, "", f->d, NULL, NULL, &list);
    else if (ok) *vec_push(&f->arena, &list.files) = (struct file_entry){.path = ""};
    for (size_t i = 0; ok && i < list.files.n; i++) {
        const char *path = list.files.v[i].path;
        struct str ext = path_ext(str_of(*path ? path : folder));
        if (list.files.v[i].is_dir || ext.n != 3 || strncasecmp(ext.s, "pdf", 3) != 0) continue;
        pdfs++;
        read_pdf(&r, *path ? path_join(&f->arena, str_of(folder), str_of(path)) : folder, *path ? path : str_z(&f->arena, path_base(str_of(folder))));
    }
    if (ok && !pdfs) DIAG(f->d, MSG_FORM_PDF_NONE, (struct place){0}, folder), ok = false;
    if (ok && j->shape == FORM_SHAPE_JSON) form_records_json(&out, r.records.v, r.records.n);
    else if (ok) form_records_csv(&out, &f->arena, r.records.v, r.records.n);
    ok = ok && private_write(j->out, buf_view(&out), f->d);
    buf_close(&out);
    for (size_t i = 0; i < r.open.n; i++) close_form(r.open.v[i]);
    return ok;
}

/* letak form lock [FORM]: the version that a form has now is put into its lock file. False: reported. */
static bool lock_form(struct forms *f, const struct publication *pub, struct buf *out)
{
    struct open_form o;
    struct form_def *old;
    size_t n, i = 0;
    struct arena *a = &f->arena;
    char *file = lock_file(a, pub), *path = path_join(a, str_of(f->c->root), str_of(file));
    struct buf text = {0};
    bool ok = open_form(f, &o, pub) && form_lock_read(a, path, file, f->d, &old, &n);
    while (ok && i < n && old[i].version != o.def->version) i++;
    if (ok && i < n) {
        ok = form_lock_holds(a, &old[i], o.def, front_of(pub->entry->source, KEY_VERSION)->at, f->d);
    } else if (ok) {
        struct form_def *all = ARENA_ARRAY(a, struct form_def, n + 1);
        for (size_t k = 0; k < n; k++) all[k] = old[k];
        all[n] = *o.def;
        form_lock_write(&text, all, n + 1);
        if (!file_write(path, buf_view(&text))) DIAG(f->d, MSG_FILE_UNWRITABLE, ((struct place){file, 0, 0}), strerror(errno)), ok = false;
        else buf_printf(out, "%s\n", file);
    }
    buf_close(&text);
    close_form(&o);
    return ok;
}

static bool lock_forms(struct forms *f, const struct form_job *j, struct buf *out)
{
    const struct publication *one = j->args[1] ? find_form(f, str_of(j->args[1])) : NULL;
    bool ok = !j->args[1] || one;
    if (one) return lock_form(f, one, out);
    for (size_t i = 0; ok && i < f->site->publications.n; i++) {
        const struct publication *p = f->site->publications.v[i];
        if (p->variant == VARIANT_FILLABLE && p->output->lang == f->site->langs[0]) ok = lock_form(f, p, out);
    }
    return ok;
}

static const struct {
    const char *name, *args;
    int n_args;
    bool out; /* -o is needed */
} WHAT[] = {{"fields", "FORM", 2, false},
            {"fill", "FORM DATA.json -o OUT.pdf", 3, true},
            {"read", "FOLDER -o TABLE.csv", 2, true},
            {"lock", "[FORM]", 1, false}};
enum { N_WHAT = sizeof WHAT / sizeof *WHAT };

bool build_form(const struct form_job *j, struct diag *d, struct buf *out)
{
    struct forms f = {0};
    bool ok = false;
    size_t w = 0;
    while (w < N_WHAT && strcmp(j->args[0], WHAT[w].name) != 0) w++;
    if (w == N_WHAT) return DIAG(d, MSG_FORM_WHAT, (struct place){0}, j->args[0]), false;
    if (!j->args[WHAT[w].n_args - 1] || (WHAT[w].out && !j->out)) return DIAG(d, MSG_USAGE_ARGUMENT, (struct place){0}, "form", WHAT[w].args), false;
    if (WHAT[w].out) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){0}); /* no memory of ours is written to a disk */
        if (!private_place(j->out, d) || !private_place(j->args[WHAT[w].n_args - 1], d)) return false;
    }
    if (forms_open(&f, j->root, j->today, d))
        ok = w == 0 ? list_fields(&f, j, out) : w == 1 ? fill(&f, j) : w == 2 ? read_forms(&f, j) : lock_forms(&f, j, out);
    forms_close(&f);
    return ok;
}
