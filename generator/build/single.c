/* single.c: one file: `letak pdf` and `letak dump`. A Markdown file inside a site (a parent folder holds content/) is that site's page and gives the
 * bytes that build gives; elsewhere it is a page of its own. */
#include "build/build.h"
#include "build/pictures.h"
#include "build/print.h"
#include "layout/report.h"
#include "sheet/sheet.h"
#include "web/web.h"
#include <errno.h>
#include <stdlib.h>

struct single { /* a Markdown file with what it takes to show it */
    struct arena arena;
    struct catalogue *c;
    struct page *page;
    struct site *site;
    struct pictures *pictures;
    struct print_worker *worker;
};

/* The folder content/ of the site that FILE.md belongs to; empty where there is none. */
static struct str content_of(struct str path)
{
    struct arena a = {0};
    struct str inside = {0};
    for (struct str up = path_dir(path); up.n && !inside.n; up = path_dir(up))
        if (str_is(path_base(up), "content") && file_exists(path_join(&a, up, STR("site.yml")))) inside = up;
    arena_close(&a);
    return inside;
}

const char *build_site_of(struct arena *a, const char *file)
{
    char *real = str_ends(str_of(file), ".md") ? realpath(file, NULL) : NULL;
    struct str inside = real ? content_of(str_copy(a, str_of(real))) : (struct str){0}, root = path_dir(inside);
    free(real);
    return !inside.n ? NULL : root.n ? str_z(a, root) : "/";
}

/* Opens the site that FILE.md belongs to. */
static bool open_single(struct single *s, const char *file, struct date today, struct diag *d)
{
    struct arena *a = &s->arena;
    char *real = realpath(file, NULL);
    if (!real) return DIAG(d, MSG_FILE_UNREADABLE, ((struct place){file, 0, 0}), strerror(errno)), false;
    struct str path = str_copy(a, str_of(real)), inside = content_of(path);
    free(real);
    if (inside.n) {
        struct str root = path_dir(inside);
        if (!content_open(a, &(struct content_options){.root = root.n ? str_z(a, root) : "/", .drafts = true, .today = today, .threads = 1}, d,
                          &s->c))
            return false;
        s->page = map_find(&s->c->by_file, str_from(path, inside.n + 1));
    } else {
        s->c = content_single(a, file, today, d, &s->page);
    }
    if (!s->c || !s->page) return false;
    s->site = site_open(a, s->c, d);
    s->pictures = pictures_open(s->site, NULL, false, false);
    s->worker = print_worker_new(d);
    return true;
}

static void close_single(struct single *s)
{
    if (s->pictures) pictures_close(s->pictures, false);
    if (s->site) site_close(s->site);
    if (s->worker) print_worker_close(s->worker);
    if (s->c) content_close(s->c);
    arena_close(&s->arena);
}

/* The publication of the page for readers, or the other one (press PDF, paper form); one is made up where the kind has none. */
static const struct publication *find_publication(struct single *s, bool print)
{
    const struct entry *e = site_entry(s->site, s->page);
    if (!e) return NULL;
    for (size_t i = 0; i < e->n_publications; i++) {
        const struct publication *p = &e->publications[i];
        bool second = p->press || p->variant == VARIANT_PAPER;
        if (p->output->text == s->page && !p->output->lang->derived && second == print) return p;
    }
    const struct output *o = site_output(e, s->page->lang);
    if (print || !o) return NULL;
    struct publication *p = ARENA_NEW(&s->arena, struct publication);
    *p = (struct publication){.entry = e, .output = o, .variant = VARIANT_READING, .path = STR("page.pdf"), .shown = s->page->file};
    return p;
}

static bool write_out(const char *path, const struct buf *bytes, struct diag *d)
{
    if (file_write(path, buf_view(bytes))) return true;
    return DIAG(d, MSG_FILE_UNWRITABLE, ((struct place){path, 0, 0}), strerror(errno)), false;
}

/* Lays out, with what --report and --debug want of it. */
static bool set_pages(struct print *p, const struct pdf_job *j, bool report, struct diag *d, struct buf *out)
{
    enum diag_lang lang = diag_language(d);
    p->layout.notes = j->debug || report;
    if (!print_frames(p)) return false;
    if (report) {
        struct buf said = {0};
        report_write(&said, &p->frames, j->file, j->json ? REPORT_JSON : lang == DIAG_EN ? REPORT_EN : REPORT_SR);
        if (j->json) buf_str(out, buf_view(&said));
        else diag_put(d, out, buf_view(&said));
        buf_close(&said);
    }
    if (j->debug) report_draw(&p->arena, &p->frames, d);
    return true;
}

/* One publication into `to`, or, NULL, into nothing but the report. */
static bool set_publication(struct single *s, const struct publication *pub, const struct pdf_job *j, const char *to, bool report, struct diag *d,
                            struct buf *out)
{
    struct print p;
    struct buf pdf = {0}, html = {0};
    int pages;
    bool ok = print_open_publication(&p, s->worker, s->site, pub, &html) && set_pages(&p, j, report, d, out);
    if (ok && to) ok = print_pdf(&p, pub->press, publication_date(pub), &pdf, &pages) && !diag_count(d, j->strict) && write_out(to, &pdf, d);
    print_close(&p);
    buf_close(&pdf), buf_close(&html);
    return ok;
}

static bool pdf_of_markdown(const struct pdf_job *j, struct diag *d, struct buf *out)
{
    struct single s = {0};
    bool ok = open_single(&s, j->file, j->today, d);
    for (int print = 0; ok && print < 2; print++) {
        const char *to = print ? j->print_out : j->out;
        bool report = j->report && !print;
        const struct publication *p = to || report ? find_publication(&s, print) : NULL;
        struct printed made = {0};
        if (p && (report || j->debug)) ok = set_publication(&s, p, j, to, report, d, out);
        else if (to && !p) DIAG(d, MSG_PDF_NO_PRINT, ((struct place){j->file, 0, 0}), s.page->kind->en), ok = false;
        else if (to) ok = print_publication(s.worker, s.site, p, NULL, &made, NULL, NULL) && !diag_count(d, j->strict) && write_out(to, &made.pdf, d);
        printed_close(&made);
    }
    close_single(&s);
    return ok;
}

/* A file that others wrote: opens and styles it. */
static bool open_html(struct print *p, struct print_worker **w, struct arena *a, const char *file, const char *const *css, bool strict,
                      struct diag *d)
{
    struct str html;
    struct arena text = {0}; /* the file's: not needed once its tree stands */
    *p = (struct print){0};
    bool ok = file_read_made(&text, file, file, d, &html);
    if (ok) {
        struct str dir = path_dir(str_of(file));
        const char *base = dir.n ? str_z(a, dir) : file[0] == '/' ? "/" : ".";
        *w = print_worker_new(d);
        ok = print_open(p, *w, &(struct print_source){.html = html, .file = file, .base = base, .css = css, .strict = strict}, d);
    }
    arena_close(&text);
    return ok;
}

static bool pdf_of_html(const struct pdf_job *j, struct diag *d, struct buf *out)
{
    struct arena a = {0};
    struct print p = {0};
    struct print_worker *w = NULL;
    bool ok = open_html(&p, &w, &a, j->file, j->css, j->strict, d) && set_pages(&p, j, j->report, d, out);
    if (w) print_worker_close(w); /* shaped words: nothing that paints needs them */
    for (int print = 0; ok && print < 2; print++) {
        const char *to = print ? j->print_out : j->out;
        struct buf pdf = {0}, html = {0};
        int pages;
        if (to) ok = print_pdf(&p, print, (struct date){0}, &pdf, &pages) && !diag_count(d, j->strict) && write_out(to, &pdf, d);
        buf_close(&pdf), buf_close(&html);
    }
    print_close(&p);
    arena_close(&a);
    return ok;
}

bool build_pdf(const struct pdf_job *j, struct diag *d, struct buf *out)
{
    struct str file = str_of(j->file);
    build_init();
    if (!j->out && !j->print_out && !j->report) return DIAG(d, MSG_USAGE_ARGUMENT, (struct place){0}, "pdf", "-o OUT.pdf"), false;
    if (str_ends(file, ".md")) return pdf_of_markdown(j, d, out);
    if (str_ends(file, ".html") || str_ends(file, ".htm") || str_ends(file, ".xhtml")) return pdf_of_html(j, d, out);
    return DIAG(d, MSG_USAGE_PDF, (struct place){0}, j->file), false;
}

/* --- fold proof --- */
static bool write_proof(struct print *p, const struct pdf_job *j, struct date date, struct diag *d)
{
    struct buf pdf = {0}, html = {0};
    struct frames dummy;
    const struct sheet_style none = {.at = {j->file, 0, 0}};
    const struct sheet_style *sheet = css_sheet(p->css) ? css_sheet(p->css) : &none;
    const struct pdf_options options = {.flavour = PDF_PRESS, .date = date_day(&p->arena, date)};
    struct str name = path_stem(str_of(j->file));
    bool ok = print_frames(p) && sheet_dummy(&p->arena, &p->frames, sheet, d, &dummy) && sheet_fold_page(&p->arena, &p->frames, sheet, d, &html) &&
              pdf_write(&dummy, &options, d, &pdf) && !diag_count(d, j->strict);
    ok = ok && write_out(arena_printf(&p->arena, "%s/%.*s-proof.pdf", j->out, STR_ARG(name)), &pdf, d) &&
         write_out(arena_printf(&p->arena, "%s/%.*s-proof.html", j->out, STR_ARG(name)), &html, d);
    buf_close(&pdf), buf_close(&html);
    return ok;
}

static bool proof_of_markdown(const struct pdf_job *j, struct diag *d)
{
    struct single s = {0};
    struct print p;
    struct buf html = {0};
    bool ok = open_single(&s, j->file, j->today, d);
    const struct publication *pub = ok ? find_publication(&s, true) : NULL;
    if (ok && !pub) DIAG(d, MSG_PDF_NO_PRINT, ((struct place){j->file, 0, 0}), s.page->kind->en);
    if (pub) {
        ok = print_open_publication(&p, s.worker, s.site, pub, &html) && write_proof(&p, j, publication_date(pub), d);
        print_close(&p);
    }
    buf_close(&html);
    close_single(&s);
    return ok && pub;
}

bool build_proof(const struct pdf_job *j, struct diag *d)
{
    struct str file = str_of(j->file);
    build_init();
    if (!j->out) return DIAG(d, MSG_USAGE_ARGUMENT, (struct place){0}, "proof", "-o OUT"), false;
    if (str_ends(file, ".md")) return proof_of_markdown(j, d);
    if (!str_ends(file, ".html") && !str_ends(file, ".htm") && !str_ends(file, ".xhtml"))
        return DIAG(d, MSG_USAGE_PDF, (struct place){0}, j->file), false;
    struct arena a = {0};
    struct print p = {0};
    struct print_worker *w = NULL;
    bool ok = open_html(&p, &w, &a, j->file, j->css, j->strict, d) && write_proof(&p, j, (struct date){0}, d);
    print_close(&p);
    if (w) print_worker_close(w);
    arena_close(&a);
    return ok;
}

/* --- dumps --- */
static bool dump_print(const char *what, struct print *p, struct buf *out)
{
    if (!strcmp(what, "boxes")) return layout_dump_boxes(out, &p->arena, p->css, p->doc, p->text, &p->layout, p->diag), true;
    if (!print_frames(p)) return false;
    if (!strcmp(what, "frames")) frames_dump(out, &p->frames);
    else if (!strcmp(what, "svg")) sheet_svg(&p->frames, 0, p->diag, out);
    else frames_dump_tags(out, &p->frames);
    return true;
}

static bool dump_markdown(const char *what, const char *file, struct date today, struct diag *d, struct buf *out)
{
    struct single s = {0};
    bool ok = open_single(&s, file, today, d), body = !strcmp(what, "html"), tree = !strcmp(what, "page");
    if (ok && (tree || body || !strcmp(what, "context"))) {
        struct arena a = {0};
        struct document *doc = content_parse(&a, s.c, s.page, d);
        const struct entry *e = site_entry(s.site, s.page);
        const struct output *o = e ? site_output(e, s.page->lang) : NULL;
        struct buf html = {0};
        ok = doc && (tree || o);
        if (ok && tree) content_dump(out, doc);
        else if (ok) site_body(s.site, e, o, doc, VARIANT_WEB, &a, body ? out : &html);
        if (ok && !tree && !body) value_json(out, site_view(s.site, e, o, doc, VARIANT_WEB, buf_view(&html), &a));
        buf_close(&html);
        arena_close(&a);
    } else if (ok && (!strcmp(what, "print") || !strcmp(what, "press"))) {
        const struct publication *pub = find_publication(&s, !strcmp(what, "press"));
        struct arena a = {0};
        ok = pub && site_print_html(s.site, pub, &a, out);
        if (!pub) DIAG(d, MSG_PDF_NO_PRINT, ((struct place){file, 0, 0}), s.page->kind->en);
        arena_close(&a);
    } else if (ok) {
        struct print p;
        struct buf html = {0};
        const struct publication *pub = find_publication(&s, false);
        ok = pub && print_open_publication(&p, s.worker, s.site, pub, &html) && dump_print(what, &p, out);
        if (pub) print_close(&p);
        buf_close(&html);
    }
    close_single(&s);
    return ok;
}

bool build_dump(const char *what, const char *file, struct date today, struct diag *d, struct buf *out)
{
    static const char *const forms[] = {"page", "html", "context", "print", "press", "boxes", "frames", "tags", "svg"};
    size_t k = 0, n = sizeof forms / sizeof *forms;
    while (k < n && strcmp(what, forms[k]) != 0) k++;
    build_init();
    if (k == n) return DIAG(d, MSG_USAGE_DUMP, (struct place){0}, what), false;
    if (str_ends(str_of(file), ".md")) return dump_markdown(what, file, today, d, out);
    struct arena a = {0};
    struct print p = {0};
    struct print_worker *w = NULL;
    bool ok = open_html(&p, &w, &a, file, NULL, false, d);
    if (ok && k < 5) dom_dump(out, p.doc);
    else ok = ok && dump_print(what, &p, out);
    print_close(&p);
    if (w) print_worker_close(w);
    arena_close(&a);
    return ok;
}
