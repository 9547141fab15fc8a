/* html.c: fuzz target: any text as a page of print HTML, from the tree to the finished PDFs (for readers, and imposed where the page names a sheet),
 * and its fold proof. Reading ends, every text item of the frames keeps its clusters inside its text, and the same page gives the same PDF twice. */
#include "base/utf8.h"
#include "build/build.h"
#include "build/print.h"
#include "sheet/sheet.h"
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    build_init();
    return 0;
}

static void check(const struct frames *f)
{
    for (size_t p = 0; p < f->n_pages; p++)
        for (size_t i = 0; i < f->pages[p].n; i++) {
            const struct item *it = &f->pages[p].items[i];
            for (uint32_t g = 0; it->kind == ITEM_TEXT && g < it->u.text->n; g++)
                if (it->u.text->glyphs[g].cluster > it->u.text->text.n) abort();
        }
}

static void set(struct str html, struct buf *pdf)
{
    struct diag *d = diag_new(DIAG_EN);
    struct print_worker *w = print_worker_new(d);
    struct print p;
    int pages;
    if (print_open(&p, w, &(struct print_source){.html = html, .file = "a.html", .base = "/nowhere"}, d) && print_frames(&p)) {
        check(&p.frames);
        print_pdf(&p, false, (struct date){0}, pdf, &pages);
        print_pdf(&p, true, (struct date){0}, pdf, &pages);
        const struct sheet_style *sheet = css_sheet(p.css);
        struct frames dummy;
        if (sheet && sheet_dummy(&p.arena, &p.frames, sheet, d, &dummy)) check(&dummy), sheet_fold_page(&p.arena, &p.frames, sheet, d, pdf);
    }
    print_close(&p);
    print_worker_close(w);
    diag_close(d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct str html = {(const char *)data, n};
    struct buf once = {0}, again = {0};
    struct arena a = {0};
    if (n > 6000 || utf8_invalid(html) != SIZE_MAX || memchr(data, 0, n)) return 0;
    set(str_copy(&a, html), &once);
    if (n % 16 == 0) { /* now and then: it costs a second run */
        set(str_copy(&a, html), &again);
        if (once.n != again.n || (once.n && memcmp(once.s, again.s, once.n))) abort();
    }
    buf_close(&once), buf_close(&again);
    arena_close(&a);
    return 0;
}
