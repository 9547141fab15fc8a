/* report.c: how well a document is set: what `letak pdf --report` says and `letak pdf --debug` draws. Both look at the lines and boxes that layout
 * noted (frame.h) where layout_options.notes asked for them; a finished document costs nothing for it.
 *
 * Words of typographers, as they are meant here:
 *   stretch   how much wider (narrower: negative) the blanks of a justified line are than the font's, in percent of the font's
 *   loose     a justified line whose blanks are wider than by half; tight: narrower than by a sixth; overfull: a line wider than its place
 *   ladder    lines in a row that end in a hyphen
 *   orphan    the first line of a paragraph alone at the end of a page or column; widow: its last line alone at the beginning of one
 *   river     blanks on RIVER or more lines of a paragraph, one below the other, each over at least half of the narrower of two */
#include "layout/internal.h"
#include "layout/report.h"

enum { LOOSE = 50, TIGHT = -17, RIVER = 4 }; /* percent, percent, lines */

enum fault line_fault(const struct frame_line *l)
{
    if (l->overfull) return FAULT_OVERFULL;
    if (!l->justified) return FAULT_NONE;
    return l->stretch > LOOSE ? FAULT_LOOSE : l->stretch < TIGHT ? FAULT_TIGHT : FAULT_NONE;
}

/* --- rivers --- */
static bool below(const struct frame_blank *up, const struct frame_blank *down)
{
    fixed left = fixed_max(up->x, down->x), right = fixed_min(up->x + up->w, down->x + down->w);
    return (right - left) * 2 >= fixed_min(up->w, down->w) && right > left;
}

/* Follows rivers over the lines of one page; deep[i]: how many lines the river has that ends in blank i of the line before. */
static void rivers(struct arena *a, const struct frame_page *p, int page, struct set_report *r)
{
    const struct frame_line *last = NULL;
    int *deep = NULL;
    for (size_t i = 0; i < p->n_lines; i++) {
        const struct frame_line *l = &p->lines[i];
        bool same = last && last->para == l->para && l->index == last->index + 1 && last->x == l->x;
        int *now = ARENA_ARRAY(a, int, l->n_blanks);
        for (uint32_t k = 0; k < l->n_blanks; k++) {
            now[k] = 1;
            for (uint32_t u = 0; same && u < last->n_blanks; u++)
                if (below(&last->blanks[u], &l->blanks[k]) && deep[u] + 1 > now[k]) now[k] = deep[u] + 1;
            r->rivers += now[k] == RIVER;
            if (now[k] >= RIVER && now[k] > r->river.value) r->river = (struct set_worst){now[k], page, l->at};
        }
        last = l, deep = now;
    }
}

/* --- the sums --- */
static void worst(struct set_worst *w, long value, int page, struct place at)
{
    if (!w->at.file || labs(value) > labs(w->value)) *w = (struct set_worst){value, page, at};
}

static int by_paragraph(const void *a, const void *b)
{
    const struct frame_line *x = a, *y = b;
    return x->para != y->para ? (x->para < y->para ? -1 : 1) : x->index != y->index ? (x->index < y->index ? -1 : 1) : 0;
}

/* Lines as they belong together: on the page, notes and inline-blocks stand between those of one paragraph. */
static struct frame_page sorted(struct arena *a, const struct frame_page *p)
{
    struct frame_page out = *p;
    out.lines = (struct frame_line *)(void *)arena_copy(a, (const char *)p->lines, p->n_lines * sizeof *p->lines);
    if (out.n_lines) qsort(out.lines, out.n_lines, sizeof *out.lines, by_paragraph);
    return out;
}

/* Lines of a paragraph that stand together on a page or in a column: its first alone below, its last alone above. Turned ones are never parted. */
static void alone(const struct frame_page *p, size_t i, struct set_report *r)
{
    const struct frame_line *l = &p->lines[i], *up = i ? l - 1 : NULL, *down = i + 1 < p->n_lines ? l + 1 : NULL;
    bool joined_up = up && up->para == l->para && up->x == l->x && up->y < l->y;
    bool joined_down = down && down->para == l->para && down->x == l->x && down->y > l->y;
    if (l->of < 2 || l->turned || joined_up || joined_down) return;
    r->orphans += l->index == 0;
    r->widows += l->index + 1 == l->of;
}

void report_make(struct arena *a, const struct frames *f, struct set_report *r)
{
    long total = 0;
    uint32_t paras = 0;
    *r = (struct set_report){.pages = f->n_pages};
    for (size_t p = 0; p < f->n_pages; p++)
        for (size_t i = 0; i < f->pages[p].n_lines; i++)
            if (f->pages[p].lines[i].para >= paras) paras = f->pages[p].lines[i].para + 1;
    int *ladders = ARENA_ARRAY(a, int, paras); /* hyphens in a row at the last line seen of each paragraph */
    for (size_t p = 0; p < f->n_pages; p++) {
        const struct frame_page by_para = sorted(a, &f->pages[p]), *page = &by_para;
        for (size_t i = 0; i < page->n_lines; i++) {
            const struct frame_line *l = &page->lines[i];
            r->lines++;
            r->paragraphs += l->index == 0;
            alone(page, i, r);
            int *ladder = &ladders[l->para];
            *ladder = l->hyphenated ? *ladder + 1 : 0;
            r->hyphens += l->hyphenated;
            if (*ladder > r->ladder.value) r->ladder = (struct set_worst){*ladder, (int)p, l->at};
            if (l->justified) r->full++, total += labs(l->stretch), worst(&r->worst, l->stretch, (int)p, l->at);
            enum fault fault = line_fault(l);
            r->faults[fault]++;
            if (fault != FAULT_NONE) *vec_push(a, &r->list) = (struct set_fault){fault, (int)p, l};
        }
        rivers(a, page, (int)p, r);
    }
    r->mean = r->full ? (double)total / (double)r->full : 0;
}

/* --- as text and as JSON --- */
static const char *const FAULTS[][2] = {{"", ""}, {"loose", "растегнут"}, {"tight", "збијен"}, {"overfull", "предугачак"}};

static void put_place(struct buf *b, struct place at)
{
    if (at.file) buf_printf(b, "%s:%u:%u", at.file, at.line, at.col);
}

static void put_worst(struct buf *b, const struct set_worst *w, bool sr)
{
    if (!w->at.file) return;
    buf_printf(b, sr ? " (стр. %d, " : " (page %d, ", w->page + 1);
    put_place(b, w->at);
    buf_putc(b, ')');
}

static void put_text(struct buf *b, const struct set_report *r, const char *file, bool sr)
{
    buf_printf(b,
               sr ? "%s: страница %zu, пасуса %zu, редова %zu, од тога поравнатих %zu\n"
                  : "%s: %zu pages, %zu paragraphs, %zu lines, %zu of them justified\n",
               file, r->pages, r->paragraphs, r->lines, r->full);
    buf_printf(b,
               sr ? "размаци: у просеку за %.1f %% различити од природних, највише за %ld %%"
                  : "blanks: %.1f %% off their natural width on average, %ld %% at worst",
               r->mean, r->worst.value);
    put_worst(b, &r->worst, sr);
    buf_printf(b, sr ? "\nцртице на крају реда: %zu, највише узастопних %ld" : "\nhyphens at line ends: %zu, at most %ld in a row", r->hyphens,
               r->ladder.value);
    put_worst(b, &r->ladder, sr);
    buf_printf(b,
               sr ? "\nусамљени последњи редови: %zu, први: %zu\nречице: %zu, најдужа кроз %ld редова"
                  : "\nwidows: %zu, orphans: %zu\nrivers: %zu, the longest over %ld lines",
               r->widows, r->orphans, r->rivers, r->river.value);
    put_worst(b, &r->river, sr);
    buf_printf(b, sr ? "\nрастегнутих редова: %zu, збијених: %zu, предугачких: %zu\n" : "\nloose lines: %zu, tight: %zu, overfull: %zu\n",
               r->faults[FAULT_LOOSE], r->faults[FAULT_TIGHT], r->faults[FAULT_OVERFULL]);
    for (size_t i = 0; i < r->list.n; i++) {
        const struct set_fault *k = &r->list.v[i];
        put_place(b, k->line->at);
        buf_printf(b, sr ? ": стр. %d, ред %u од %u: %s" : ": page %d, line %u of %u: %s", k->page + 1, k->line->index + 1, k->line->of,
                   FAULTS[k->fault][sr]);
        if (k->fault == FAULT_OVERFULL) buf_printf(b, ", %.1f pt\n", FIXED_PT(k->line->over));
        else buf_printf(b, ", %+d %%\n", k->line->stretch);
    }
}

static void json_place(struct buf *b, const char *name, long value, int page, struct place at)
{
    buf_printf(b, ",\"%s\":{\"value\":%ld", name, value);
    if (at.file) {
        buf_printf(b, ",\"page\":%d,\"file\":", page + 1);
        buf_json(b, str_of(at.file));
        buf_printf(b, ",\"line\":%u,\"column\":%u", at.line, at.col);
    }
    buf_putc(b, '}');
}

static void put_json(struct buf *b, const struct set_report *r, const char *file)
{
    buf_puts(b, "{\"file\":");
    buf_json(b, str_of(file));
    buf_printf(b, ",\"pages\":%zu,\"paragraphs\":%zu,\"lines\":%zu,\"justified\":%zu,\"meanStretch\":%.2f", r->pages, r->paragraphs, r->lines,
               r->full, r->mean);
    json_place(b, "worstStretch", r->worst.value, r->worst.page, r->worst.at);
    buf_printf(b, ",\"hyphens\":%zu", r->hyphens);
    json_place(b, "longestLadder", r->ladder.value, r->ladder.page, r->ladder.at);
    buf_printf(b, ",\"widows\":%zu,\"orphans\":%zu,\"rivers\":%zu", r->widows, r->orphans, r->rivers);
    json_place(b, "longestRiver", r->river.value, r->river.page, r->river.at);
    buf_printf(b, ",\"loose\":%zu,\"tight\":%zu,\"overfull\":%zu,\"found\":[", r->faults[FAULT_LOOSE], r->faults[FAULT_TIGHT],
               r->faults[FAULT_OVERFULL]);
    for (size_t i = 0; i < r->list.n; i++) {
        const struct set_fault *k = &r->list.v[i];
        buf_printf(b, "%s{\"fault\":\"%s\",\"page\":%d,\"lineOfParagraph\":%u,\"of\":%u,\"stretch\":%d,\"over\":%.2f", i ? "," : "",
                   FAULTS[k->fault][0], k->page + 1, k->line->index + 1, k->line->of, k->line->stretch, FIXED_PT(k->line->over));
        if (k->line->at.file) {
            buf_puts(b, ",\"file\":");
            buf_json(b, str_of(k->line->at.file));
            buf_printf(b, ",\"line\":%u,\"column\":%u", k->line->at.line, k->line->at.col);
        }
        buf_putc(b, '}');
    }
    buf_puts(b, "]}\n");
}

void report_write(struct buf *b, const struct frames *f, const char *file, enum report_form form)
{
    struct arena a = {0};
    struct set_report r;
    report_make(&a, f, &r);
    if (form == REPORT_JSON) put_json(b, &r, file);
    else put_text(b, &r, file, form == REPORT_SR);
    arena_close(&a);
}

/* --- drawn into the pages --- */
static const struct mark {
    struct color color;
    const char *name[2];
} MARKS[] = {
    {{.r = 90, .g = 150, .b = 255, .a = 255}, {"box", "оквир"}},
    {{.r = 255, .g = 190, .b = 120, .a = 255}, {"margin", "маргина"}},
    {{.r = 190, .g = 190, .b = 190, .a = 255}, {"baseline", "основна линија"}},
    {{.r = 255, .g = 226, .b = 130, .a = 255}, {"loose", "растегнут"}},
    {{.r = 170, .g = 220, .b = 255, .a = 255}, {"tight", "збијен"}},
    {{.r = 255, .g = 150, .b = 150, .a = 255}, {"overfull", "предугачак"}},
};
enum mark_kind { MARK_BOX, MARK_MARGIN, MARK_BASELINE, MARK_LOOSE, MARK_TIGHT, MARK_OVERFULL, MARKS_N };
enum { HAIR = 16 }; /* a quarter of a point */

struct drawing {
    struct arena *a;
    struct items items;
};

static void rect(struct drawing *d, fixed x, fixed y, fixed w, fixed h, enum mark_kind m)
{
    struct item *it = vec_push(d->a, &d->items);
    *it = (struct item){.kind = ITEM_RECT, .x = x, .y = y, .w = w, .h = h};
    it->u.color = MARKS[m].color;
}

static void frame(struct drawing *d, fixed x, fixed y, fixed w, fixed h, enum mark_kind m)
{
    rect(d, x, y, w, HAIR, m), rect(d, x, y + h - HAIR, w, HAIR, m), rect(d, x, y, HAIR, h, m), rect(d, x + w - HAIR, y, HAIR, h, m);
}

static void draw_line(struct drawing *d, const struct frame_line *l)
{
    static const int of[] = {MARK_BASELINE, MARK_LOOSE, MARK_TIGHT, MARK_OVERFULL};
    enum fault fault = line_fault(l);
    if (l->turned) {
        if (fault != FAULT_NONE) rect(d, l->x, l->y, l->above + l->below, l->w, (enum mark_kind)of[fault]);
        rect(d, l->x + l->above, l->y, HAIR / 2, l->w, MARK_BASELINE);
        return;
    }
    if (fault != FAULT_NONE)
        rect(d, l->x, l->y - l->above, fixed_max(l->w + fixed_max(l->over, 0), HAIR), l->above + l->below, (enum mark_kind)of[fault]);
    rect(d, l->x, l->y, l->w, HAIR / 2, MARK_BASELINE);
}

/* A word of the legend at x, y; returns its width. No paragraph, since layout is over. */
static fixed word(struct drawing *d, struct text *t, const char *s, fixed x, fixed y)
{
    static const struct str name = {"Noto Sans", 9};
    static const struct families sans = {1, &name};
    static const struct text_style style = {.families = &sans, .size = PT(5), .weight = 400, .lang = {"sr", 2}};
    struct para *p = para_new(t, d->a, false);
    para_text(p, str_of(s), &style, d, (struct place){0});
    const struct para_lines *lines = para_break(p, &(struct para_shape){.width = PT(500), .align = ALIGN_LEFT, .align_last = ALIGN_LEFT});
    fixed w = 0;
    for (size_t i = 0; lines->n && i < lines->lines[0].n; i++) {
        const struct run *r = &lines->lines[0].runs[i];
        if (r->kind != RUN_GLYPHS) continue;
        struct item *it = vec_push(d->a, &d->items);
        *it = (struct item){.kind = ITEM_TEXT, .x = x + r->x, .y = y, .w = r->width, .h = PT(5)};
        it->u.text = r->text;
        it->u.text->color = (struct color){.a = 255};
        w = r->x + r->width;
    }
    return w;
}

void report_draw(struct arena *a, struct frames *f, struct diag *diag)
{
    bool serbian = diag_language(diag) != DIAG_EN;
    struct text *t = text_open(diag); /* layout may have closed its own */
    for (size_t p = 0; p < f->n_pages; p++) {
        struct frame_page *page = &f->pages[p];
        struct drawing d = {.a = a};
        for (size_t i = 0; i < page->n_boxes; i++) {
            const struct frame_box *b = &page->boxes[i];
            if (b->margin[TOP] > 0 || b->margin[RIGHT] > 0 || b->margin[BOTTOM] > 0 || b->margin[LEFT] > 0)
                frame(&d, b->x - b->margin[LEFT], b->y - b->margin[TOP], b->w + b->margin[LEFT] + b->margin[RIGHT],
                      b->h + b->margin[TOP] + b->margin[BOTTOM], MARK_MARGIN);
            frame(&d, b->x, b->y, b->w, b->h, MARK_BOX);
        }
        for (size_t i = 0; i < page->n_lines; i++) draw_line(&d, &page->lines[i]);
        fixed x = page->trim_x + PT(4), y = page->trim_y + page->trim_h - PT(3);
        for (int m = 0; m < MARKS_N; m++) {
            rect(&d, x, y - PT(4), PT(4), PT(4), (enum mark_kind)m);
            x += PT(6);
            x += word(&d, t, MARKS[m].name[serbian], x, y) + PT(6);
        }
        struct item *all = ARENA_ARRAY(a, struct item, d.items.n + page->n); /* beneath the text */
        if (d.items.n) memcpy(all, d.items.v, d.items.n * sizeof *all);
        if (page->n) memcpy(all + d.items.n, page->items, page->n * sizeof *all);
        page->items = all;
        page->n += d.items.n;
    }
    text_close(t);
}
