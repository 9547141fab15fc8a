/* proof.c: the fold proof: a dummy sheet with large numbers and the directions of its folds, to print and fold; and one HTML page that folds the
 * sheet in the browser, its faces the real pages as SVG.
 *
 * The page needs no script: steps are radio buttons; the one that is on sets the variables --f0, --f1 (which folds are made), --behind and, on the
 * leaves of a booklet that are turned, --t, and every part turns by what calc() makes of them. Faces are pictures in data: URLs, so that the ids of
 * their drawings do not meet. */
#include "sheet/inner.h"

/* --- folds, as a left-to-right reader sees the inside; right-to-left: the mirror image --- */
struct fold_plan {
    uint8_t n;
    struct {
        uint8_t line; /* which fold line from the left */
        bool right;   /* the side that moves */
        bool valley;  /* towards who looks at the inside */
        int8_t level; /* where it comes to lie: over (1, 2) or under (-1) what stays */
    } fold[2];        /* in the order of the hands */
    uint8_t n_steps;
    struct fold_step {
        uint8_t made; /* bits of the folds that are made */
        bool behind;
        uint8_t see[3]; /* pages that lie open, from the left; 0 = no more */
    } step[7];
};
static const struct fold_plan PLANS[] = {
    [SHEET_BIFOLD] = {1, {{0, false, true, 1}}, 4, {{0, false, {2, 3}}, {1, false, {1}}, {1, true, {4}}, {0, true, {4, 1}}}},
    [SHEET_LETTERFOLD] = {2,
                          {{1, true, true, 1}, {0, false, true, 2}},
                          5,
                          {{0, false, {2, 3, 4}}, {1, false, {2, 5}}, {3, false, {1}}, {3, true, {6}}, {0, true, {5, 6, 1}}}},
    [SHEET_ZFOLD] =
        {2,
         {{0, false, true, 1}, {1, true, false, -1}},
         7,
         {{0, false, {2, 3, 6}}, {1, false, {1, 6}}, {3, false, {1}}, {2, false, {2, 3}}, {1, true, {4, 5}}, {3, true, {6}}, {0, true, {4, 5, 1}}}},
    [SHEET_GATEFOLD] = {2,
                        {{0, false, true, 1}, {1, true, true, 1}},
                        5,
                        {{0, false, {3, 4, 5}}, {1, false, {1, 4, 5}}, {3, false, {1, 2}}, {3, true, {6}}, {0, true, {2, 6, 1}}}},
    [SHEET_SADDLE] = {1, {{0, false, true, 1}}, 0, {{0}}},
};

/* --- words, in the language of messages --- */
enum word {
    W_TITLE,
    W_HOW,
    W_SHORT,
    W_LONG,
    W_STEPS,
    W_FLAT,
    W_FLAT_BEHIND,
    W_FOLDED,
    W_BEHIND,
    W_FROM_BEHIND,
    W_FOLD,
    W_LEFT,
    W_RIGHT,
    W_NEAR,
    W_FAR,
    W_PAGE,
    W_BLANK,
    W_COVER,
    WORDS
};
static const char *const words[WORDS][2] = {
    [W_TITLE] = {"Fold proof", "Проба превоја"},
    [W_HOW] =
        {"Choose a step: the sheet folds as the printed one will. To hold it in your hands, print the dummy on both sides, turned about its %s edge, "
         "at 100 %%, and fold it along its lines.",
         "Изаберите корак: табак се пресавија као што ће одштампани. Ако желите да га држите у рукама, одштампајте пробни табак двострано, са "
         "окретањем око %s ивице, у величини 100 %%, и пресавијте га по линијама."},
    [W_SHORT] = {"short", "краће"},
    [W_LONG] = {"long", "дуже"},
    [W_STEPS] = {"Steps", "Кораци"},
    [W_FLAT] = {"Flat, inside", "Раширено, изнутра"},
    [W_FLAT_BEHIND] = {"Flat, outside", "Раширено, споља"},
    [W_FOLDED] = {"Folded", "Пресавијено"},
    [W_BEHIND] = {"Folded, turned over", "Пресавијено, окренуто"},
    [W_FROM_BEHIND] = {"turned over", "окренуто"},
    [W_FOLD] = {"Fold %d: %s side %s", "%d. превој: %s страна %s"},
    [W_LEFT] = {"left", "лева"},
    [W_RIGHT] = {"right", "десна"},
    [W_NEAR] = {"towards you", "ка себи"},
    [W_FAR] = {"away from you", "од себе"},
    [W_PAGE] = {"Page", "Страна"},
    [W_BLANK] = {"blank page", "празна страна"},
    [W_COVER] = {"cover", "насловна"},
};

/* What is said in Serbian is Cyrillic until it is written. */
static const char *word(const struct diag *d, enum word w) { return words[w][diag_language(d) != DIAG_EN]; }

static struct str written(struct job *j, struct str said)
{
    struct buf b = {0};
    diag_put(j->d, &b, said);
    said = str_copy(j->a, buf_view(&b));
    buf_close(&b);
    return said;
}

/* "fold 1 towards you", as who looks at this side folds it. */
static struct str fold_words(struct job *j, int number, bool near)
{
    bool en = diag_language(j->d) == DIAG_EN;
    const char *where = word(j->d, near ? W_NEAR : W_FAR);
    return written(j, en ? str_printf(j->a, "fold %d %s", number, where) : str_printf(j->a, "%d. превој %s", number, where));
}

/* --- the dummy --- */
void dummy_folds(struct face *f)
{
    static const struct color grey = {.r = 90, .g = 90, .b = 90, .a = 255};
    struct job *j = f->j;
    const struct fold_plan *plan = &PLANS[j->s->scheme];
    size_t n = f->fold_x.n;
    bool inside = f->side == 1;
    for (size_t i = 0; i < n; i++) {
        size_t line = inside != j->rtl ? i : n - 1 - i; /* from the reader's beginning of the inside */
        int k = 0;
        while (k + 1 < plan->n && plan->fold[k].line != line) k++;
        fixed x = f->fold_x.v[i];
        marks_line(f, x, f->y, x, f->y + f->trim_h, true);
        marks_words(f, fold_words(j, k + 1, plan->fold[k].valley == inside), PT(8), &grey, AT_LEFT, x - PT(3), f->y + f->trim_h - MM(8), true);
    }
}

/* A page with its number as large as it bears, its size and an outline. */
static void dummy_page(struct job *j, size_t page, struct frame_page *out)
{
    static const struct color ink = {.a = 255}, pale = {.r = 110, .g = 110, .b = 110, .a = 255};
    const struct frame_page *p = &j->in->pages[page];
    struct face f = {.j = j, .w = p->trim_w, .h = p->trim_h};
    fixed edge = MM(5), w = p->trim_w, h = p->trim_h, size = fixed_min(h / 3, w / 2);
    marks_line(&f, edge, edge, w - edge, edge, false), marks_line(&f, edge, h - edge, w - edge, h - edge, false);
    marks_line(&f, edge, edge, edge, h - edge, false), marks_line(&f, w - edge, edge, w - edge, h - edge, false);
    struct str number = str_printf(j->a, "%zu", page + 1);
    fixed wide = marks_words(&f, number, size, NULL, AT_LEFT, 0, 0, false);
    if (wide > w * 3 / 4) size = fixed_muldiv(size, w * 3 / 4, wide);
    marks_words(&f, number, size, &ink, AT_MIDDLE, w / 2, h / 2 + size / 3, false);
    marks_words(&f, str_printf(j->a, "%s × %s mm", sheet_mm(j->a, w), sheet_mm(j->a, h)), PT(10), &pale, AT_MIDDLE, w / 2, h / 2 + size * 3 / 4,
                false);
    if (!page) marks_words(&f, written(j, str_of(word(j->d, W_COVER))), PT(10), &pale, AT_MIDDLE, w / 2, h / 2 + size * 3 / 4 + PT(14), false);
    *out = (struct frame_page){.w = w, .h = h, .trim_w = w, .trim_h = h, .name = p->name, .blank = p->blank, .items = f.items.v, .n = f.items.n};
}

static bool folds(const struct sheet_style *s) { return s->scheme != SHEET_NONE && s->scheme <= SHEET_SADDLE; }

bool sheet_dummy(struct arena *a, const struct frames *in, const struct sheet_style *style, struct diag *d, struct frames *out)
{
    struct sheet_style s = *style;
    struct frames pages = *in;
    if (!folds(style)) return DIAG0(d, MSG_SHEET_NO_FOLD, style->at), false;
    s.bleed = 0,
    s.crop_marks = s.fold_marks = s.cross_marks = s.color_marks = s.info_marks = false; /* the paper is the sheet, for an office printer */
    struct job j = {.a = a, .in = in, .s = &s, .d = d, .rtl = str_is(in->dir, "rtl"), .dummy = true};
    pages.pages = ARENA_ARRAY(a, struct frame_page, in->n_pages + 1);
    for (size_t i = 0; i < in->n_pages; i++) dummy_page(&j, i, &pages.pages[i]);
    text_close(j.text);
    return sheet_impose_as(a, &pages, &s, d, true, out);
}

/* --- the page that folds --- */
struct proof {
    struct job *j;
    struct buf *b;
    const struct fold_plan *plan;
};

static void say(struct proof *p, struct str s) { buf_html(p->b, written(p->j, s)); }
static void say_z(struct proof *p, enum word w) { say(p, str_of(word(p->j->d, w))); }

/* Millimetres, for lengths that count in --u. */
static const char *units(struct proof *p, fixed f)
{
    return arena_printf(p->j->a, "%ld.%02ld", (long)(f * 254L / 4608 / 10), (long)(f * 25400L / 4608 / 10 % 100));
}

static void put_length(struct proof *p, const char *property, fixed f) { buf_printf(p->b, "%s:calc(%s*var(--u));", property, units(p, f)); }

/* One face of a part: the page as a picture, or a blank one. */
static void put_face(struct proof *p, size_t page, const char *class)
{
    buf_printf(p->b, "<span class=\"%s\">", class);
    if (page == SIZE_MAX) {
        buf_puts(p->b, "<b>"), say_z(p, W_BLANK), buf_puts(p->b, "</b></span>\n");
        return;
    }
    struct buf svg = {0};
    sheet_svg(p->j->in, page, p->j->d, &svg);
    buf_puts(p->b, "<img alt=\""), say_z(p, W_PAGE), buf_printf(p->b, " %zu\" src=\"data:image/svg+xml;base64,", page + 1);
    sheet_base64(p->b, buf_view(&svg));
    buf_printf(p->b, "\"><b aria-hidden=\"true\">%zu</b></span>\n", page + 1);
    buf_close(&svg);
}

/* A radio button and its label; on: what it sets. */
static void put_step(struct proof *p, size_t k, struct str label)
{
    buf_printf(p->b, "<input type=\"radio\" name=\"step\" id=\"s%zu\"%s><label for=\"s%zu\">", k, k ? "" : " checked", k);
    say(p, label), buf_puts(p->b, "</label>\n");
}

static struct str step_name(struct proof *p, const struct fold_step *s)
{
    struct arena *a = p->j->a;
    const struct diag *d = p->j->d;
    uint8_t all = (uint8_t)((1 << p->plan->n) - 1);
    const char *name;
    if (!s->made) name = word(d, s->behind ? W_FLAT_BEHIND : W_FLAT);
    else if (s->made == all) name = word(d, s->behind ? W_BEHIND : W_FOLDED);
    else {
        int k = s->made == 1 ? 0 : 1;
        bool right = p->plan->fold[k].right != p->j->rtl;
        name = arena_printf(a, words[W_FOLD][diag_language(d) != DIAG_EN], k + 1, word(d, right ? W_RIGHT : W_LEFT),
                            word(d, p->plan->fold[k].valley ? W_NEAR : W_FAR));
        if (s->behind) name = arena_printf(a, "%s, %s", name, word(d, W_FROM_BEHIND));
    }
    struct buf b = {0};
    buf_printf(&b, "%s:", name);
    size_t n = 0;
    while (n < 3 && s->see[n]) n++;
    for (size_t i = 0; i < n; i++) buf_printf(&b, "%s%d", i ? " · " : " ", s->see[p->j->rtl ? n - 1 - i : i]);
    struct str out = str_copy(a, buf_view(&b));
    buf_close(&b);
    return out;
}

static const char STYLE[] =
    ":root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif;--ground:#eef1f3;--text:#1b2733;--on:#17707a;--line:#8a949c}\n"
    "@media (prefers-color-scheme:dark){:root{--ground:#1b2733;--text:#eef1f3;--on:#8fd3d9;--line:#8a949c}}\n"
    "body{margin:0;background:var(--ground);color:var(--text)}main{max-width:70rem;margin:0 auto;padding:1rem}\n"
    "h1{font-size:1.4rem;margin:0 0 .5rem}p{max-width:42rem;margin:0 0 1rem}\n"
    "fieldset{border:0;margin:0;padding:0;min-width:0}legend{font-weight:600;padding:0;margin-bottom:.25rem}\n"
    "input{position:absolute;opacity:0;pointer-events:none}\n"
    "label{display:inline-block;margin:0 .4rem .4rem 0;padding:.35rem .7rem;border:1px solid var(--line);border-radius:.4rem;cursor:pointer}\n"
    "input:checked+label{background:var(--on);border-color:var(--on);color:var(--ground)}\n"
    "input:focus-visible+label{outline:3px solid var(--text);outline-offset:2px}\n"
    ".view{overflow:hidden;padding:2rem 0;perspective:calc(1200*var(--u));--f0:0;--f1:0;--behind:0}\n"
    ".sheet{position:relative;margin:0 auto;transform-style:preserve-3d;transform:rotateY(calc(var(--behind)*180deg))}\n"
    ".part{--t:0;position:absolute;top:0;height:100%;transform-style:preserve-3d}\n"
    ".face{position:absolute;inset:0;overflow:hidden;background:#fff;color:#1b2733;backface-visibility:hidden;box-shadow:0 0 0 1px #b8c0c6}\n"
    ".back{transform:rotateY(180deg)}\n"
    ".face img{position:absolute;inset:0;width:100%;height:100%}\n"
    ".face b{position:absolute;right:.3rem;bottom:.3rem;padding:0 .4rem;border-radius:.6rem;background:#1b2733;color:#fff;font-size:.8rem}\n"
    "@media (prefers-reduced-motion:no-preference){.sheet,.part{transition:transform .9s ease-in-out}}\n";

/* A strip of paper between folds: its place, its two faces, and how it turns. */
static void put_panels(struct proof *p)
{
    struct job *j = p->j;
    const struct sheet_style *s = j->s;
    struct sheet_slot *slots;
    const struct sheet_order order = sheet_order(j->in, s);
    size_t n, per = sheet_table(j->a, s->scheme, &order, j->rtl, &slots, &n);
    fixed w[3] = {0}, x[4] = {0};
    for (size_t k = 0; k < per; k++) {
        for (size_t i = per; i < n; i++)
            if (slots[i].slot == k) w[k] = j->in->pages[slots[i].page].trim_w;
        x[k + 1] = x[k] + w[k];
    }
    buf_printf(p->b, "<div class=\"sheet\" style=\""), put_length(p, "width", x[per]), put_length(p, "height", s->height), buf_puts(p->b, "\">\n");
    for (size_t k = 0; k < per; k++) {
        size_t in = SIZE_MAX, out = SIZE_MAX;
        for (size_t i = 0; i < n; i++) {
            if (slots[i].side == 1 && slots[i].slot == k) in = slots[i].page;
            if (slots[i].side == 0 && slots[i].slot == per - 1 - k) out = slots[i].page;
        }
        buf_puts(p->b, "<div class=\"part\" style=\""), put_length(p, "left", x[k]), put_length(p, "width", w[k]);
        for (int f = 0; f < p->plan->n; f++) {
            size_t line = j->rtl ? per - 2 - p->plan->fold[f].line : p->plan->fold[f].line,
                   moves = p->plan->fold[f].right != j->rtl ? line + 1 : line;
            if (moves != k) continue;
            bool right = moves > line, near = p->plan->fold[f].valley;
            buf_printf(p->b, "transform-origin:%s;transform:translateZ(calc(var(--f%d)*%dpx)) rotateY(calc(var(--f%d)*%ddeg))",
                       right ? "left" : "right", f, p->plan->fold[f].level, f, right == near ? -180 : 180);
        }
        buf_puts(p->b, "\">\n");
        put_face(p, in, "face"), put_face(p, out, "face back");
        buf_puts(p->b, "</div>\n");
    }
    buf_puts(p->b, "</div>\n");
}

/* A booklet: leaves that turn about the spine. The leaf from the outside in has pages 2k + 1 and, behind, 2k + 2. */
static void put_leaves(struct proof *p)
{
    struct job *j = p->j;
    fixed half = j->s->width / 2;
    const struct sheet_order order = sheet_order(j->in, j->s);
    size_t leaves = order.all / 2;
    buf_puts(p->b, "<div class=\"sheet\" style=\""), put_length(p, "width", j->s->width), put_length(p, "height", j->s->height),
        buf_puts(p->b, "\">\n");
    for (size_t k = 0; k < leaves; k++) {
        size_t front = 2 * k, back = front + 1;
        buf_puts(p->b, "<div class=\"part\" style=\""), put_length(p, "left", j->rtl ? 0 : half), put_length(p, "width", half);
        buf_printf(p->b,
                   "transform-origin:%s;transform:translateZ(calc((%zu + var(--t)*%ld)*.5px)) "
                   "rotateY(calc(var(--t)*%sdeg))\">\n",
                   j->rtl ? "right" : "left", leaves - k, (long)(2 * k) - (long)leaves, j->rtl ? "180" : "-180");
        put_face(p, sheet_page_at(&order, front), "face"), put_face(p, sheet_page_at(&order, back), "face back");
        buf_puts(p->b, "</div>\n");
    }
    buf_puts(p->b, "</div>\n");
}

/* Steps: the rules that they set, then, inside the fieldset, the buttons. */
static void put_rules(struct proof *p, size_t leaves)
{
    if (leaves)
        for (size_t k = 1; k <= leaves; k++) buf_printf(p->b, "#s%zu:checked~.view .part:nth-child(-n+%zu){--t:1}\n", k, k);
    for (size_t k = 0; !leaves && k < p->plan->n_steps; k++) {
        const struct fold_step *s = &p->plan->step[k];
        buf_printf(p->b, "#s%zu:checked~.view{--f0:%d;--f1:%d;--behind:%d}\n", k, s->made & 1, s->made >> 1 & 1, s->behind);
    }
}
static void put_steps(struct proof *p, size_t leaves)
{
    struct arena *a = p->j->a;
    for (size_t k = 0; leaves && k <= leaves; k++)
        put_step(p, k, !k || k == leaves ? str_printf(a, "%zu", k ? 2 * leaves : 1) : str_printf(a, "%zu–%zu", 2 * k, 2 * k + 1));
    for (size_t k = 0; !leaves && k < p->plan->n_steps; k++) put_step(p, k, step_name(p, &p->plan->step[k]));
}

bool sheet_fold_page(struct arena *a, const struct frames *in, const struct sheet_style *style, struct diag *d, struct buf *html)
{
    static const char *const langs[] = {[DIAG_EN] = "en", [DIAG_SR] = "sr", [DIAG_SR_LATN] = "sr-Latn"};
    struct sheet_style s = *style;
    if (!folds(style)) return DIAG0(d, MSG_SHEET_NO_FOLD, style->at), false;
    if (!s.width) s.width = MM(297), s.height = MM(210);
    struct job j = {.a = a, .in = in, .s = &s, .d = d, .rtl = str_is(in->dir, "rtl")};
    struct proof p = {&j, html, &PLANS[s.scheme]};
    size_t leaves = s.scheme == SHEET_SADDLE ? sheet_order(in, &s).all / 2 : 0;
    buf_printf(html, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", langs[diag_language(d)]);
    buf_puts(html,
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    say_z(&p, W_TITLE);
    if (in->title.n) buf_puts(html, ": "), buf_html(html, in->title);
    buf_puts(html, "</title>\n<style>\n"), buf_puts(html, STYLE);
    buf_printf(html, ":root{--u:min(calc((100vw - 4rem)/%s),calc((100vh - 19rem)/%s),3px)}\n", units(&p, s.width), units(&p, s.height));
    put_rules(&p, leaves);
    buf_puts(html, "</style>\n</head>\n<body>\n<main>\n<h1>"), say_z(&p, W_TITLE);
    if (in->title.n)
        buf_puts(html, ": <span lang=\""), buf_html(html, in->lang), buf_puts(html, "\">"), buf_html(html, in->title), buf_puts(html, "</span>");
    buf_puts(html, "</h1>\n<p>"), say(&p, str_printf(a, words[W_HOW][diag_language(d) != DIAG_EN], word(d, s.flip_long ? W_LONG : W_SHORT)));
    buf_puts(html, "</p>\n<fieldset>\n<legend>"), say_z(&p, W_STEPS), buf_puts(html, "</legend>\n");
    put_steps(&p, leaves);
    buf_puts(html, "<div class=\"view\">\n");
    if (leaves) put_leaves(&p);
    else put_panels(&p);
    buf_puts(html, "</div>\n</fieldset>\n</main>\n</body>\n</html>\n");
    return true;
}
