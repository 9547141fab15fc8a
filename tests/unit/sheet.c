/* Imposition: a fold simulator folds the printed sheet and turns its pages as a reader would; what he sees must be 1, 2, 3 … */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include "sheet/sheet.h"
#include "pdf/pdf.h"

static struct arena A;

/* A sheet of paper: panel i (from the left, seen from inside) has two faces. Printed outside is seen from behind, so its places run the other way. */
struct paper {
    size_t n;
    size_t inside[3], outside[3];
};

static struct paper printed(enum sheet_scheme scheme, bool rtl)
{
    struct sheet_slot *s;
    size_t n, per = sheet_table(&A, scheme, sheet_pages(scheme), rtl, &s, &n);
    struct paper p = {.n = per};
    for (size_t i = 0; i < n; i++) {
        if (s[i].side == 0) p.outside[per - 1 - s[i].slot] = s[i].page + 1;
        else p.inside[s[i].slot] = s[i].page + 1;
    }
    return p;
}

/* What a reader of a left-to-right leaflet sees, step by step, when he opens it; each fold by the hands that make it. */
static void read_folded(enum sheet_scheme scheme, struct paper p, size_t seen[6])
{
    switch (scheme) {
    case SHEET_BIFOLD: { /* right half folded behind: panel 0 lies in front, its outside up */
        size_t order[] = {p.outside[0], p.inside[0], p.inside[1], p.outside[1]};
        memcpy(seen, order, sizeof order);
        break;
    }
    case SHEET_LETTERFOLD: { /* panel 2 folded in over 1, then panel 0 over it: cover; opened: inside of 0 beside the flap's outside */
        size_t order[] = {p.outside[0], p.inside[0], p.inside[1], p.inside[2], p.outside[2], p.outside[1]};
        memcpy(seen, order, sizeof order);
        break;
    }
    case SHEET_ZFOLD: { /* panel 0 in front, inside faces 0|1 together, outside faces 1|2 together: cover, spread, behind it the spread 2|1, back */
        size_t order[] = {p.outside[0], p.inside[0], p.inside[1], p.outside[2], p.outside[1], p.inside[2]};
        memcpy(seen, order, sizeof order);
        break;
    }
    case SHEET_GATEFOLD: { /* both sides folded to the middle: the gate shows the outsides of 0 and 2 */
        size_t order[] = {p.outside[0], p.outside[2], p.inside[0], p.inside[1], p.inside[2], p.outside[1]};
        memcpy(seen, order, sizeof order);
        break;
    }
    default: break;
    }
}

static void test_folds(void **state)
{
    (void)state;
    for (int scheme = SHEET_BIFOLD; scheme <= SHEET_GATEFOLD; scheme++)
        for (int rtl = 0; rtl < 2; rtl++) {
            struct paper p = printed((enum sheet_scheme)scheme, rtl), q = p;
            for (size_t i = 0; rtl && i < p.n; i++) /* a right-to-left reader holds the mirror image */
                q.inside[i] = p.inside[p.n - 1 - i], q.outside[i] = p.outside[p.n - 1 - i];
            size_t seen[6] = {0};
            read_folded((enum sheet_scheme)scheme, q, seen);
            for (size_t i = 0; i < sheet_pages((enum sheet_scheme)scheme); i++) assert_int_equal(seen[i], i + 1);
        }
}

/* Sheets laid into each other and folded in the middle: leaf i of the right half has sheet i's outside right and, behind it, its inside left. */
static void test_saddle(void **state)
{
    (void)state;
    for (size_t pages = 1; pages <= 21; pages++) {
        struct sheet_slot *s;
        size_t n, per = sheet_table(&A, SHEET_SADDLE, pages, false, &s, &n), all = (pages + 3) / 4 * 4, at = 0, seen[32];
        assert_int_equal(per, 2);
        assert_int_equal(n, all);
        size_t sheets = all / 4;
        for (size_t i = 0; i < sheets; i++) seen[at++] = s[4 * i + 1].page, seen[at++] = s[4 * i + 2].page; /* to the middle */
        for (size_t i = sheets; i-- > 0;) seen[at++] = s[4 * i + 3].page, seen[at++] = s[4 * i].page;       /* and out again */
        for (size_t i = 0; i < all; i++) assert_int_equal(seen[i], i < pages ? i : SIZE_MAX);
    }
}

static struct frames panels(const double *widths_mm, size_t n)
{
    struct frames f = {.title = STR("Летак"), .lang = STR("sr-Cyrl"), .n_pages = n};
    f.pages = ARENA_ARRAY(&A, struct frame_page, n);
    for (size_t i = 0; i < n; i++) {
        struct item *it = ARENA_NEW(&A, struct item);
        fixed w = MM(widths_mm[i]), h = MM(210);
        *it = (struct item){.kind = ITEM_RECT, .w = w, .h = h, .u.color = {.r = (uint8_t)(40 * i), .a = 255}};
        f.pages[i] = (struct frame_page){.w = w, .h = h, .trim_w = w, .trim_h = h, .n = 1, .items = it};
    }
    return f;
}

static size_t errors(const struct frames *in, const struct sheet_style *s, struct frames *out)
{
    struct diag *d = diag_new(DIAG_EN);
    bool good = sheet_impose(&A, in, s, d, out);
    size_t n = diag_count(d, false);
    assert_true(good == (n == 0));
    diag_close(d);
    return n;
}

static void test_impose(void **state)
{
    (void)state;
    static const double widths[] = {100, 100, 100, 97, 97, 100, 100}, wide[] = {100, 100, 100, 100, 100, 100};
    struct sheet_style s = {.scheme = SHEET_LETTERFOLD, .width = MM(297), .height = MM(210), .bleed = MM(3), .crop_marks = true, .fold_marks = true};
    struct frames in = panels(widths, 6), out, bad = panels(wide, 6), seven = panels(widths, 7);
    assert_int_equal(errors(&bad, &s, &out), 1);   /* 300 mm on 297 */
    assert_int_equal(errors(&seven, &s, &out), 1); /* a seventh panel */
    assert_int_equal(errors(&in, &s, &out), 0);
    assert_int_equal(out.n_pages, 2);
    assert_true(str_is(out.duplex, "short"));
    double want[2][3] = {{97, 100, 100}, {100, 100, 97}};
    for (size_t side = 0; side < 2; side++) {
        const struct frame_page *p = &out.pages[side];
        assert_int_equal(p->trim_w, MM(297));
        assert_int_equal(p->bleed, MM(3));
        double x = 10;
        size_t slot = 0;
        for (size_t i = 0; i < p->n; i++)
            if (p->items[i].kind == ITEM_CLIP) { /* outer panels are clipped at the bleed, inner ones at the fold */
                double left = slot == 0 ? 3 : 0, right = slot == 2 ? 3 : 0;
                assert_in_range(p->items[i].x, MM(x - left) - 2, MM(x - left) + 2);
                assert_in_range(p->items[i].w, MM(want[side][slot] + left + right) - 4, MM(want[side][slot] + left + right) + 4);
                x += want[side][slot++];
            } else if (p->items[i].kind == ITEM_PATH) { /* marks stay outside the bleed */
                const struct point *pt = p->items[i].u.path.path->points;
                for (int k = 0; k < 2; k++) assert_true(pt[k].x < MM(7) || pt[k].x > p->w - MM(7) || pt[k].y < MM(7) || pt[k].y > p->h - MM(7));
            }
        assert_int_equal(slot, 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_folds), cmocka_unit_test(test_saddle), cmocka_unit_test(test_impose)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_close(&A);
    return failed;
}
