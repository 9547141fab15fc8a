/* print.h: from print HTML to a PDF: dom → cascade → layout → [sheet] → pdf. */
#ifndef LETAK_BUILD_PRINT_H
#define LETAK_BUILD_PRINT_H
#include "css/css.h"
#include "layout/layout.h"
#include "pdf/pdf.h"
#include "site/site.h"

struct print_worker; /* fonts and break iterators of one thread */
/* What serve keeps of a publication: what its paragraphs and its pages came to (text.h, pdf.h). */
struct print_memory {
    struct para_memory *paragraphs;
    struct pdf_memory *pages;
};
struct print_worker *print_worker_new(struct diag *d);
void print_worker_close(struct print_worker *w);

/* One document on its way; everything lives until print_close. It must not move once opened. */
struct print {
    struct arena arena;
    struct diag *diag;
    struct site *site;
    struct css *css;
    xmlDoc *doc;
    struct text *text, *own_text; /* own_text: where the document brings fonts */
    struct layout_options layout;
    struct frames frames;
    const struct map *values; /* of a form's fields; these two are set by letak form fill alone */
    const char *values_file;
    struct pdf_memory *pages; /* kept from the time before; mostly NULL */
};
struct print_source {
    struct str html;
    const char *file;       /* shown in messages */
    const char *base;       /* folder that relative paths start from */
    struct site *site;      /* where files come from; NULL: from disk */
    const char *const *css; /* further style sheets (author), NULL at the end; may be NULL */
    bool strict;
};
/* Reads and styles; then print_frames lays out. False: reported. */
bool print_open(struct print *p, struct print_worker *w, const struct print_source *s, struct diag *d);
bool print_frames(struct print *p);
/* The PDF for readers (or, with fields, for filling in), or for the print shop (press: imposed where the style sheet names a sheet). Appended. */
bool print_pdf(struct print *p, bool press, struct date date, struct buf *out, int *pages);
void print_close(struct print *p);

/* The day that a publication's file carries. */
struct date publication_date(const struct publication *p);
/* One publication of a site: the file, the HTML it was made of, its cover where it gets one. Zeroed is ready; printed_close frees. */
struct printed {
    struct buf html, pdf, cover;
    struct published as;
    struct arena arena;
    size_t n_fits; /* how its panels fit, in the arena */
    struct frame_fit *fits;
};
void printed_close(struct printed *p);
/* False where it could not be made (reported). kept: what its paragraphs came to the last time, NULL where nothing is remembered.
 * twin, where not NULL and the publication has a press twin: that one as well, laid out once where both have the same HTML; kept_twin is its memory.
 */
bool print_publication(struct print_worker *w, struct site *s, const struct publication *p, struct print_memory *kept, struct printed *out,
                       struct print_memory *kept_twin, struct printed *twin);
/* The same up to the styled tree, for dumps. */
bool print_open_publication(struct print *p, struct print_worker *w, struct site *s, const struct publication *pub, struct buf *html);
#endif
