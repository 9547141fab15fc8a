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
    size_t n, per = sheet_table(&A, scheme, &(struct sheet_order){.pages = sheet_pages(scheme)}, rtl, &s, &n);
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
    for (size_t pages = 1; pages <= 21; pages++)
        for (int keep = 0; keep < 2; keep++) {
            struct sheet_slot *s;
            size_t all = (pages + 3) / 4 * 4, n, at = 0, seen[32];
            const struct sheet_order order = {.pages = pages, .all = all, .keep_last = keep};
            assert_int_equal(sheet_table(&A, SHEET_SADDLE, &order, false, &s, &n), 2);
            assert_int_equal(n, all);
            size_t sheets = all / 4;
            for (size_t i = 0; i < sheets; i++) seen[at++] = s[4 * i + 1].page, seen[at++] = s[4 * i + 2].page; /* to the middle */
            for (size_t i = sheets; i-- > 0;) seen[at++] = s[4 * i + 3].page, seen[at++] = s[4 * i].page;       /* and out again */
            for (size_t i = 0; i < all; i++) {
                size_t want = i < pages - (size_t)keep ? i : SIZE_MAX;
                if (keep && i == all - 1) want = pages - 1;
                assert_int_equal(seen[i], want);
            }
        }
}

/* Which page is a back cover where the sheet does not say. */
static void test_last(void **state)
{
    (void)state;
    static const struct {
        enum sheet_blank_at at;
        const char *names[3]; /* of the last pages */
        bool keep;
    } rows[] = {{BLANK_AT_AUTO, {"", "", ""}, false},         {BLANK_AT_AUTO, {"", "", "back"}, true},
                {BLANK_AT_AUTO, {"", "text", "back"}, true},  {BLANK_AT_AUTO, {"", "back", "back"}, false},
                {BLANK_AT_AUTO, {"back", "back", ""}, false}, {BLANK_AT_END, {"", "", "back"}, false},
                {BLANK_AT_BEFORE_LAST, {"", "", ""}, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct frame_page pages[3] = {0};
        for (size_t k = 0; k < 3; k++) pages[k].name = str_of(rows[i].names[k]);
        const struct frames in = {.n_pages = 3, .pages = pages};
        const struct sheet_order o = sheet_order(&in, &(struct sheet_style){.scheme = SHEET_SADDLE, .blank_at = rows[i].at});
        assert_int_equal(o.keep_last, rows[i].keep);
        assert_int_equal(o.all, 4);
        assert_int_equal(sheet_page_at(&o, 3), rows[i].keep ? 2 : SIZE_MAX);
        assert_int_equal(sheet_page_at(&o, 2), rows[i].keep ? SIZE_MAX : 2);
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

/* --- cards and tiles: where the pages of a sheet stand, read from its clips and matrices --- */
struct seen {
    size_t page;           /* by its colour */
    double x, y;           /* of its trim, mm from the corner of the paper */
    double cx, cy, cw, ch; /* what shows of it */
};

static size_t look(const struct frame_page *p, struct seen *out)
{
    size_t n = 0;
    for (size_t i = 0; i + 2 < p->n; i++) {
        if (p->items[i].kind != ITEM_CLIP) continue;
        const struct item *c = &p->items[i], *m = &p->items[i + 1], *it = &p->items[i + 2];
        double mm = 25.4 / 72;
        out[n++] = (struct seen){it->u.color.r / 40u, m->u.matrix[4] * mm, m->u.matrix[5] * mm, FIXED_PT(c->x) * mm,
                                 FIXED_PT(c->y) * mm, FIXED_PT(c->w) * mm, FIXED_PT(c->h) * mm};
    }
    return n;
}

static bool near(double a, double b) { return a - b < 0.05 && b - a < 0.05; }

static struct frames cards(size_t n, double w, double h)
{
    double widths[8] = {w, w, w, w, w, w, w, w};
    struct frames f = panels(widths, n);
    for (size_t i = 0; i < n; i++) f.pages[i].h = f.pages[i].trim_h = f.pages[i].items->h = MM(h);
    return f;
}

static void test_cards(void **state)
{
    (void)state;
    struct seen seen[32];
    struct frames out, two = cards(2, 85, 55), five = cards(5, 85, 55);
    struct sheet_style s = {.scheme = SHEET_N_UP, .bleed = MM(3), .crop_marks = true, .repeat = REPEAT_SHEET, .both_sides = true};
    assert_int_equal(errors(&two, &s, &out), 0); /* A4 takes 2 by 5 of them */
    assert_int_equal(out.n_pages, 2);
    assert_true(str_is(out.duplex, "short")); /* upright paper, turned about its short edge: the back is printed upside down */
    assert_int_equal(out.pages[1].items[1].kind, ITEM_MATRIX);
    for (size_t side = 0; side < 2; side++) {
        const struct frame_page *p = &out.pages[side];
        assert_true(p->w == MM(210) && near(FIXED_PT(p->trim_w) * 25.4 / 72, 170) && near(FIXED_PT(p->trim_h) * 25.4 / 72, 275));
        assert_int_equal(look(p, seen), 10);
        for (size_t i = 0; i < 10; i++) assert_int_equal(seen[i].page, side);
    }
    s.both_sides = false, s.repeat = 0, s.columns = 2, s.row_gap = s.column_gap = MM(6);
    assert_int_equal(errors(&five, &s, &out), 0);
    assert_int_equal(out.n_pages, 1);
    assert_true(str_is(out.duplex, "none"));
    assert_int_equal(look(&out.pages[0], seen), 5);
    for (size_t i = 0; i < 5; i++) { /* in order, each with its whole bleed: 17 mm from the left, 4 rows of 55 and three gaps in the middle of 297 */
        assert_int_equal(seen[i].page, i);
        assert_true(near(seen[i].x, 17 + 91.0 * (double)(i % 2)) && near(seen[i].y, (297 - 238) / 2.0 + 61.0 * (double)(i / 2)));
        assert_true(near(seen[i].cx, seen[i].x - 3) && near(seen[i].cy, seen[i].y - 3) && near(seen[i].cw, 91) && near(seen[i].ch, 61));
    }
    five.dir = STR("rtl"), s.both_sides = true, s.row_gap = s.column_gap = 0;
    assert_int_equal(errors(&five, &s, &out), 0); /* and a word on the last back, which stays blank */
    assert_int_equal(look(&out.pages[0], seen), 3);
    assert_true(seen[0].page == 0 && near(seen[0].x, 20 + 85) && seen[1].page == 2 && near(seen[1].x, 20));
    assert_true(near(seen[0].cx, seen[0].x) && near(seen[0].cw, 88)); /* a shared cut on the left, bleed on the right */
    assert_int_equal(look(&out.pages[1], seen), 2);
    assert_true(seen[0].page == 1 && near(seen[0].x, 20) && seen[1].page == 3 && near(seen[1].x, 20 + 85)); /* behind its front */
    s.blank = BLANK_REFUSE;
    assert_int_equal(errors(&five, &s, &out), 1);
    s.blank = BLANK_ALLOW, s.columns = 3;
    assert_int_equal(errors(&five, &s, &out), 1); /* 255 mm on 210 */
    s.columns = 0, s.repeat = 1000, s.both_sides = false;
    assert_int_equal(errors(&five, &s, &out), 0);
    assert_int_equal(out.n_pages, 500);
    five.pages[3].trim_w += MM(1);
    assert_int_equal(errors(&five, &s, &out), 1); /* cards of two sizes */
}

static void test_tiles(void **state)
{
    (void)state;
    struct seen seen[4];
    struct frames out, a3 = cards(1, 297, 420);
    struct sheet_style s = {.scheme = SHEET_TILES, .overlap = MM(12), .margin = MM(8), .marks_said = true};
    for (int rtl = 0; rtl < 2; rtl++) {
        a3.dir = rtl ? STR("rtl") : STR("ltr");
        assert_int_equal(errors(&a3, &s, &out), 0);
        assert_int_equal(out.n_pages, 4); /* 194 × 281 mm on each sheet */
        for (size_t i = 0; i < 4; i++) {
            assert_int_equal(look(&out.pages[i], seen), 1);
            double w = i % 2 ? 297 - 182 : 194, h = i / 2 ? 420 - 269 : 281, x = i % 2 ? 182 : 0, y = i / 2 ? 269 : 0;
            if (rtl) x = 297 - x - w;
            assert_true(near(seen[0].cw, w) && near(seen[0].ch, h) && near(seen[0].cx - seen[0].x, x) && near(seen[0].cy - seen[0].y, y));
            assert_true(near(seen[0].cx, rtl ? 210 - 8 - w : 8) && near(seen[0].cy, 8));
        }
    }
    s.margin = MM(100);
    assert_int_equal(errors(&a3, &s, &out), 1); /* nothing is left of the sheet */
    s.margin = MM(8), s.width = MM(30), s.height = MM(30);
    assert_int_equal(errors(&a3, &s, &out), 1); /* hundreds of sheets */
    s.scheme = SHEET_POSTER, s.width = s.height = 0;
    assert_int_equal(errors(&a3, &s, &out), 0);
    assert_true(out.n_pages == 1 && out.pages[0].trim_w == MM(297) && out.pages[0].w == MM(297));
    s.width = MM(420), s.height = MM(594);
    assert_int_equal(errors(&a3, &s, &out), 1); /* A3 on A2 */
    s.width = MM(297), s.height = MM(420), s.bleed = MM(90);
    assert_int_equal(errors(&a3, &s, &out), 1); /* a bleed larger than the sheet bears */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_folds),  cmocka_unit_test(test_saddle), cmocka_unit_test(test_last),
                                       cmocka_unit_test(test_impose), cmocka_unit_test(test_cards),  cmocka_unit_test(test_tiles)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_close(&A);
    return failed;
}
