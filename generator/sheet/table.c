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

struct sheet_order sheet_order(const struct frames *in, const struct sheet_style *s)
{
    struct sheet_order o = {.pages = in->n_pages, .all = in->n_pages};
    if (s->scheme != SHEET_SADDLE) return o;
    o.all = (in->n_pages + 3) / 4 * 4;
    o.keep_last = s->blank_at == BLANK_AT_BEFORE_LAST;
    if (s->blank_at == BLANK_AT_AUTO && in->n_pages > 1) { /* text that goes on is not torn; a page of a kind of its own is a back cover */
        size_t before = in->n_pages - 2;
        struct str last = in->pages[in->n_pages - 1].name;
        while (before && in->pages[before].blank) before--;
        o.keep_last = last.n && !str_eq(last, in->pages[before].name);
    }
    return o;
}

size_t sheet_page_at(const struct sheet_order *o, size_t place)
{
    if (o->keep_last && o->pages && place + 1 >= o->pages) return place + 1 == o->all ? o->pages - 1 : SIZE_MAX;
    return place < o->pages ? place : SIZE_MAX;
}

size_t sheet_table(struct arena *a, enum sheet_scheme scheme, const struct sheet_order *o, bool rtl, struct sheet_slot **slots, size_t *n)
{
    *slots = NULL, *n = 0;
    if (scheme == SHEET_NONE || scheme > SHEET_SADDLE || !o->pages) return 0;
    bool saddle = scheme == SHEET_SADDLE;
    size_t all = saddle ? o->all : FOLDS[scheme].pages, per = saddle ? 2 : FOLDS[scheme].slots;
    struct sheet_slot *out = ARENA_ARRAY(a, struct sheet_slot, all);
    for (size_t i = 0; i < all; i++) {
        size_t side = i / per, slot = i % per, sheet = side / 2, place;
        if (!saddle) place = FOLDS[scheme].page[i];
        else if (side % 2 == 0) place = slot == 0 ? all - 2 * sheet : 2 * sheet + 1;
        else place = slot == 0 ? 2 * sheet + 2 : all - 2 * sheet - 1;
        size_t from_left = rtl ? per - 1 - slot : slot;
        out[side * per + from_left] = (struct sheet_slot){side, from_left, sheet_page_at(o, place - 1)};
    }
    *slots = out, *n = all;
    return per;
}
