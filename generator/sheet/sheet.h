/* sheet.h: imposition. The pages of a document (panels of a leaflet, pages of a booklet, cards, posters) are placed on printed sheets, as the style
 * sheet says in @-letak-sheet; descriptors, values and defaults: css/imposition.c, `letak help @-letak-sheet`.
 *
 *     scheme                            size is           pages                                                     trim of the sheet
 *     bifold letterfold zfold gatefold  the flat sheet    4, 6, 6, 6 panels, each with its own width                size
 *     saddle                            the flat sheet    any number, filled up with blank ones to a multiple of 4  size
 *     n-up                              the paper         cards of one size: columns, rows, gap, repeat, sides      the block of cards
 *     poster                            the flat sheet    each a sheet                                              size, or the page
 *     tiles                             the paper         each cut into pieces: overlap, margin                     the piece
 *
 * Where size is the flat sheet, bleed and marks make the paper (MediaBox) larger; where it is the paper, they stand inside it. Right-to-left
 * documents are mirrored. The result holds the same items inside ITEM_MATRIX groups, marks outside trim and bleed, and no tags, links or fields. Each
 * panel keeps its own trimmed width, so a flap 3 mm narrower is simply a narrower page. */
#ifndef LETAK_SHEET_SHEET_H
#define LETAK_SHEET_SHEET_H
#include "css/style.h"
#include "layout/frame.h"

/* Where page `page` (from 0; SIZE_MAX = blank) stands on side `side` (0 = outside of the first sheet, 1 = its inside, 2 = outside of the second …),
 * place `slot` from the left, seen on that side. */
struct sheet_slot {
    size_t side, slot, page;
};
/* Pages in the order of a reader, with the blank ones that fill up the sheets of a booklet. */
struct sheet_order {
    size_t pages, all; /* of the document; with the blank ones */
    bool keep_last;    /* blank ones stand before the last page, which stays the back cover; else at the end */
};
struct sheet_order sheet_order(const struct frames *in, const struct sheet_style *s);
/* The page of the document that a reader finds at a place (both from 0); SIZE_MAX: a blank one. */
size_t sheet_page_at(const struct sheet_order *o, size_t place);

/* The table of a scheme for pages in that order; slots sorted by side, slot. Returns how many slots a side has; 0 where
 * the scheme folds nothing. */
size_t sheet_table(struct arena *a, enum sheet_scheme scheme, const struct sheet_order *o, bool rtl, struct sheet_slot **slots, size_t *n);

/* How many pages a fold takes; 0 = any number. */
size_t sheet_pages(enum sheet_scheme scheme);

/* Pages onto sheets: a page of out is a side of a sheet; out->duplex says how they are printed. False and a message (P…, at the at-rule's place)
 * where pages and scheme do not fit each other. Memory in the arena; what items point to is shared with in. */
bool sheet_impose(struct arena *a, const struct frames *in, const struct sheet_style *s, struct diag *d, struct frames *out);

/* The fold proof (`letak proof`). Words are in d's language. False and a message where the sheet is not folded or pages do not fit it. The dummy: a
 * page of out is a side of a sheet, as large as the sheet, with the number of each panel and the lines and directions of its folds. */
bool sheet_dummy(struct arena *a, const struct frames *in, const struct sheet_style *s, struct diag *d, struct frames *out);
/* An HTML page that needs nothing else, no script either: it folds the sheet, or turns the leaves of the booklet. Call it where sheet_dummy was good.
 * Appended. */
bool sheet_fold_page(struct arena *a, const struct frames *in, const struct sheet_style *s, struct diag *d, struct buf *html);

/* One page, trimmed, as an SVG document that needs nothing else: letters are outlines, pictures lie inside; looks like the PDF's page. No title,
 * links or fields. Lengths in points. Appended. */
void sheet_svg(const struct frames *f, size_t page, struct diag *d, struct buf *out);
#endif
