/* table.c: which page stands where on the sheet, for each way of folding. Panels left to right; the back is seen after a horizontal turn. Page
 * numbers from 1. */
#include "sheet/sheet.h"

static const struct {
    size_t pages, slots;
    uint8_t page[6]; /* outside, then inside */
} FOLDS[] = {
    [SHEET_BIFOLD] = {4, 2, {4, 1, 2, 3}},
    [SHEET_LETTERFOLD] = {6, 3, {5, 6, 1, 2, 3, 4}}, /* 5 and its back, 4, are the flap, 3 mm narrower */
    [SHEET_ZFOLD] = {6, 3, {4, 5, 1, 2, 3, 6}},
    [SHEET_GATEFOLD] = {6, 3, {2, 6, 1, 3, 4, 5}}, /* flaps a little under half the middle panel */
};

size_t sheet_pages(enum sheet_scheme scheme) { return scheme < SHEET_SADDLE ? FOLDS[scheme].pages : 0; }

size_t sheet_table(struct arena *a, enum sheet_scheme scheme, size_t n_pages, bool rtl, struct sheet_slot **slots, size_t *n)
{
    *slots = NULL, *n = 0;
    if (scheme == SHEET_NONE || scheme > SHEET_SADDLE || !n_pages) return 0;
    bool saddle = scheme == SHEET_SADDLE;
    size_t all = saddle ? (n_pages + 3) / 4 * 4 : FOLDS[scheme].pages, per = saddle ? 2 : FOLDS[scheme].slots;
    struct sheet_slot *out = ARENA_ARRAY(a, struct sheet_slot, all);
    for (size_t i = 0; i < all; i++) {
        size_t side = i / per, slot = i % per, sheet = side / 2, page;
        if (!saddle) page = FOLDS[scheme].page[i];
        else if (side % 2 == 0) page = slot == 0 ? all - 2 * sheet : 2 * sheet + 1;
        else page = slot == 0 ? 2 * sheet + 2 : all - 2 * sheet - 1;
        size_t from_left = rtl ? per - 1 - slot : slot;
        out[side * per + from_left] = (struct sheet_slot){side, from_left, page > n_pages ? SIZE_MAX : page - 1};
    }
    *slots = out, *n = all;
    return per;
}
