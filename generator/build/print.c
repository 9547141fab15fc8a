/* print.c: see print.h. Each step is a call into the module that does it. */
#include "build/print.h"
#include "build/build.h"
#include "base/file.h"
#include "sheet/sheet.h"
#include <errno.h>
#include <stdlib.h>

struct print_worker {
    struct text *text;
};

struct print_worker *print_worker_new(struct diag *d)
{
    struct print_worker *w = mem_realloc(NULL, sizeof *w);
    w->text = text_open(d);
    return w;
}

void print_worker_close(struct print_worker *w)
{
    text_close(w->text);
    free(w);
}

/* What a page of a site names comes from the site (DIR's file, else the compiled-in one), never straight from the disk. */
static bool load(void *ctx, const char *path, struct str *bytes)
{
    struct print *p = ctx;
    return site_resource(p->site, &p->arena, str_of(path), bytes);
}

/* The profile that site.yml names for the press. */
static void site_profile(struct print *p, struct diag *d)
{
    const struct site_config *config = p->site->c->config;
    struct str bytes, file = config->press_profile;
    if (!file.n) return;
    char *path = path_join(&p->arena, STR("content"), file);
    if (load(p, path, &bytes)) css_usual_profile(p->css, bytes, str_of(path), config->press_profile_at);
    else DIAG(d, MSG_SITE_PROFILE, config->press_profile_at, path);
}

bool print_open(struct print *p, struct print_worker *w, const struct print_source *s, struct diag *d)
{
    bool (*from_site)(void *, const char *, struct str *) = s->site ? load : NULL;
    *p = (struct print){.diag = d, .site = s->site};
    p->layout = (struct layout_options){.title = path_stem(str_of(s->file)), .base = s->base, .root = s->base, .load = from_site, .ctx = p};
    p->doc = dom_read_html(&p->arena, s->html, s->file, d);
    p->css = css_open(&p->arena, d, &(struct css_options){.base = s->base, .root = s->base, .strict = s->strict, .load = from_site, .ctx = p});
    if (s->site) site_profile(p, d);
    for (size_t i = 0; s->css && s->css[i]; i++) {
        struct str text;
        if (!file_read_made(&p->arena, s->css[i], s->css[i], d, &text)) return false;
        css_add(p->css, CSS_AUTHOR, text, s->css[i]);
    }
    css_cascade(p->css, p->doc);
    const struct font_face *faces;
    size_t n = css_font_faces(p->css, &faces);
    if (n) p->own_text = text_open(d);
    for (size_t i = 0; i < n; i++) text_add_face(p->own_text, &faces[i]);
    p->text = p->own_text ? p->own_text : w->text;
    return true;
}

bool print_frames(struct print *p)
{
    bool ok = layout_document(&p->arena, p->css, p->doc, p->text, &p->layout, p->diag, &p->frames);
    text_close(p->own_text);
    p->own_text = p->text = NULL;
    return ok;
}

bool print_pdf(struct print *p, bool press, struct date date, struct buf *out, int *pages)
{
    struct frames imposed;
    const struct frames *f = &p->frames;
    const struct sheet_style *sheet = press ? css_sheet(p->css) : NULL;
    if (sheet && sheet->scheme != SHEET_NONE) {
        if (!sheet_impose(&p->arena, f, sheet, p->diag, &imposed)) return false;
        f = &imposed;
    }
    struct str day = date_day(&p->arena, date);
    *pages = (int)f->n_pages;
    enum pdf_flavour flavour = press ? PDF_PRESS : f->has_fields ? PDF_FORM : PDF_READING;
    return pdf_write(f,
                     &(struct pdf_options){.flavour = flavour,
                                           .date = day.n ? day : p->frames.date,
                                           .show_outline = f->n_outline > 4,
                                           .values = p->values,
                                           .values_file = p->values_file,
                                           .memory = p->pages},
                     p->diag, out);
}

void print_close(struct print *p)
{
    if (p->doc) dom_close(p->doc);
    text_close(p->own_text);
    arena_close(&p->arena);
}

bool print_open_publication(struct print *p, struct print_worker *w, struct site *s, const struct publication *pub, struct buf *html)
{
    struct arena scratch = {0};
    bool ok = site_print_html(s, pub, &scratch, html);
    arena_close(&scratch);
    *p = (struct print){.diag = s->diag};
    return ok && print_open(p, w, &(struct print_source){.html = buf_view(html), .file = pub->shown.s, .base = "", .site = s}, s->diag);
}

struct date publication_date(const struct publication *p)
{
    const struct page *text = p->output->text;
    return text->updated.year ? text->updated : text->published.year ? text->published : p->entry->source->updated;
}

void printed_close(struct printed *p)
{
    buf_close(&p->html), buf_close(&p->pdf), buf_close(&p->cover);
    arena_close(&p->arena);
}

/* The file of pages that are laid out. */
static bool write_file(struct print *p, const struct publication *pub, struct print_memory *kept, struct printed *out)
{
    p->pages = kept ? kept->pages : NULL;
    bool ok = print_pdf(p, pub->press, publication_date(pub), &out->pdf, &out->as.pages);
    out->as.bytes = out->pdf.n;
    return ok;
}

static void keep_fits(const struct frames *f, struct printed *out)
{
    if (!f->n_fits) return;
    out->n_fits = f->n_fits;
    out->fits = (struct frame_fit *)(void *)arena_copy(&out->arena, (const char *)f->fits, f->n_fits * sizeof *f->fits);
    for (size_t i = 0; i < out->n_fits; i++) out->fits[i].name = str_copy(&out->arena, out->fits[i].name);
}

bool print_publication(struct print_worker *w, struct site *s, const struct publication *pub, struct print_memory *kept, struct printed *out,
                       struct print_memory *kept_twin, struct printed *twin)
{
    struct print p;
    const struct publication *other = twin ? pub->press_twin : NULL;
    text_remember(w->text, kept ? kept->paragraphs : NULL);
    bool ok = print_open_publication(&p, w, s, pub, &out->html) && print_frames(&p), same = false;
    text_remember(w->text, NULL);
    if (ok) build_form_locked(s, pub, &p.frames), keep_fits(&p.frames, out);
    ok = ok && write_file(&p, pub, kept, out);
    if (ok && pub->cover.n && p.frames.n_pages) {
        sheet_svg(&p.frames, 0, s->diag, &out->cover);
        out->as.cover_w = p.frames.pages[0].w / FIXED_ONE, out->as.cover_h = p.frames.pages[0].h / FIXED_ONE;
    }
    if (ok && other) { /* a layout of somebody's own may show the press something else */
        struct arena scratch = {0};
        ok = site_print_html(s, other, &scratch, &twin->html);
        arena_close(&scratch);
        same = ok && str_eq(buf_view(&out->html), buf_view(&twin->html));
        if (same) ok = write_file(&p, other, kept_twin, twin);
    }
    print_close(&p);
    if (ok && other && !same) {
        buf_reset(&twin->html);
        ok = print_publication(w, s, other, kept_twin, twin, NULL, NULL);
    }
    return ok;
}
