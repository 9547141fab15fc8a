/* sheet.h: imposition. The pages of a document (panels of a leaflet, pages of a booklet) are placed on printed sheets (print-css: @-letak-sheet).
 *
 * The result holds the same items inside ITEM_MATRIX groups, crop and fold marks outside the trim, and no tags, links or fields. Each panel keeps its
 * own trimmed width, so a flap 3 mm narrower is simply a narrower page. */
#ifndef LETAK_SHEET_SHEET_H
#define LETAK_SHEET_SHEET_H
#include "css/style.h"
#include "layout/frame.h"

/* Where page `page` (from 0; SIZE_MAX = blank) stands on side `side` (0 = outside of the first sheet, 1 = its inside, 2 = outside of the second …),
 * place `slot` from the left, seen on that side. */
struct sheet_slot {
    size_t side, slot, page;
};
/* The table of a scheme for n pages; slots sorted by side, slot. Returns how many slots a side has; 0 for SHEET_NONE. */
size_t sheet_table(struct arena *a, enum sheet_scheme scheme, size_t n_pages, bool rtl, struct sheet_slot **slots, size_t *n);

/* How many pages a fold takes; 0 = any number (SHEET_SADDLE) or no fold. */
size_t sheet_pages(enum sheet_scheme scheme);

/* False and a message (P…) where the number of pages does not fit the scheme or the panels are wider than the sheet. Memory in the arena; items are
 * shared with in. */
bool sheet_impose(struct arena *a, const struct frames *in, const struct sheet_style *s, struct diag *d, struct frames *out);

/* One page as an SVG document that needs nothing else: letters are outlines, pictures lie inside; looks like the PDF's page. No title, links or
 * fields. Lengths in points. Appended. */
void sheet_svg(const struct frames *f, size_t page, struct diag *d, struct buf *out);
#endif
