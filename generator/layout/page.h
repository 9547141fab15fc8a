/* page.h: what page.c, panel.c, margin.c and finish.c know of pages. */
#ifndef LETAK_LAYOUT_PAGE_H
#define LETAK_LAYOUT_PAGE_H
#include "layout/internal.h"

struct segment {              /* the pages between two forced breaks */
    struct box *start, *stop; /* first box (NULL: of the document), first box of the next (NULL: the end) */
    struct str name;          /* named page */
    uint8_t side;             /* BREAK_LEFT, BREAK_RIGHT: it must begin there */
    bool dirty;
    int first; /* number of its first page */
    VEC(struct laid_page *) pages;
    size_t n_refers;
    struct refers *refers; /* references in it and what they said */
};
struct page_state {
    VEC(struct segment) segments;
    VEC(struct laid_page *) pages; /* in order, blank ones included */
};
struct page_area {
    fixed x, y, w, h;
    struct edges edges;
}; /* content area inside the page box */
struct page_area page_area_of(struct layout *l, const struct page_style *p);
void report_unseen(struct layout *l, const struct frames *f); /* seen.c */
#endif
