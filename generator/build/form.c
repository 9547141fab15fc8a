/* form.c: `letak form`: the fields of a form, data into its fillable PDF, data out of filled PDFs. form/ does the work; here are the site and its
 * layout, since what a form asks for is what its PDF has. */
#include "form/form.h"
#include "build/build.h"
#include "build/print.h"
#include "lang/lang.h"
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

static struct str code_of(const struct entry *e) { return e->source->front[KEY_CODE].text; }

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

/* Lays the form out and says what it asks for. False: reported; close_form all the same. */
static bool open_form(struct forms *f, struct open_form *o, const struct publication *pub)
{
    *o = (struct open_form){.pub = pub};
    if (!print_open_publication(&o->print, f->worker, f->site, pub, &o->html) || !print_frames(&o->print)) return false;
    const struct entry *e = pub->entry;
    o->def = form_define(&o->print.arena, &o->print.frames, site_word(f->site, pub->output->lang, "row"));
    o->def->code = code_of(e), o->def->version = e->source->front[KEY_VERSION].number;
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
    if (ok) form_list(out, o.def, j->shape, path_base(pub->path));
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

static const struct {
    const char *name, *args;
    int n_args;
    bool out; /* -o is needed */
} WHAT[] = {{"fields", "FORM", 2, false}, {"fill", "FORM DATA.json -o OUT.pdf", 3, true}};
enum { N_WHAT = sizeof WHAT / sizeof *WHAT };

bool build_form(const struct form_job *j, struct diag *d, struct buf *out)
{
    struct forms f = {0};
    bool ok = false;
    size_t w = 0;
    while (w < N_WHAT && strcmp(j->args[0], WHAT[w].name)) w++;
    if (w == N_WHAT) return DIAG(d, MSG_FORM_WHAT, (struct place){0}, j->args[0]), false;
    if (!j->args[WHAT[w].n_args - 1] || (WHAT[w].out && !j->out)) return DIAG(d, MSG_USAGE_ARGUMENT, (struct place){0}, "form", WHAT[w].args), false;
    if (WHAT[w].out) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){0}); /* no memory of ours is written to a disk */
        if (!private_place(j->out, d) || !private_place(j->args[WHAT[w].n_args - 1], d)) return false;
    }
    if (forms_open(&f, j->root, j->today, d)) ok = w == 0 ? list_fields(&f, j, out) : fill(&f, j);
    forms_close(&f);
    return ok;
}
