/* layout.h: from the styled tree to finished pages: the print formatter's middle (CSS 2.2 visual formatting, Paged Media 3, Fragmentation 3, GCPM).
 *
 *     xmlDoc *doc = dom_read_html(…);  css_add(…); css_cascade(css, doc);
 *     struct frames f;
 *     layout_document(arena, css, doc, text, &options, diag, &f);
 *
 * Reading order of the module: box.c (styles -> boxes, counters, tags), inline.c (boxes -> lines), block.c, table.c, flex.c (lines -> one long
 * strip), strip.c, split.c, place.c (heights, cutting and painting of a strip), columns.c, notes.c, page.c (strips -> pages, repeated until
 * references settle), margin.c, finish.c, dump.c. */
#ifndef LETAK_LAYOUT_LAYOUT_H
#define LETAK_LAYOUT_LAYOUT_H
#include "css/css.h"
#include "layout/frame.h"
#include "text/text.h"

struct layout_options {
    struct str title; /* where the document has no <title> */
    const char *base; /* folder that relative paths of images start from */
    const char *root; /* a path that climbs out of this folder is refused; NULL = base */
    /* Instead of reading an image from disk: true when it knew the path. May be NULL. */
    bool (*load)(void *ctx, const char *path, struct str *bytes);
    void *ctx;
    bool notes; /* note lines and boxes in the frames: for report.h */
};

/* Lays out a document whose styles css_cascade has set. *out lives in arena a, as does everything it points to, but for fonts. Mistakes are reported
 * and work goes on; false only where nothing could be made of the document (no element at all). The tree is changed in one way: an element with
 * -letak-fit gets a style attribute with the font size that was found, and the cascade is run again. */
bool layout_document(struct arena *a, struct css *css, xmlDoc *doc, struct text *text, const struct layout_options *o, struct diag *d,
                     struct frames *out);

/* `letak dump boxes`: the box tree of the same document as text, one line a box, indented by depth:
 *     KIND [anonymous] [element#id | ::pseudo] ["text"]
 * KIND is block, inline, text, table, row, cell … */
void layout_dump_boxes(struct buf *b, struct arena *a, struct css *css, xmlDoc *doc, struct text *text, const struct layout_options *o,
                       struct diag *d);
#endif
