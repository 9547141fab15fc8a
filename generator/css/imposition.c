/* imposition.c: @-letak-sheet. One table of descriptors makes parser, `letak help @-letak-sheet`, the manual and what is offered after a wrong name.
 */
#include "css/internal.h"

typedef bool descriptor_fn(struct ctx *x, struct cvs v, struct sheet_style *s);

static bool length(struct ctx *x, struct cvs *v, double most_mm, fixed *out)
{
    fixed f;
    if (!val_fixed(x, v, 0, &f) || f > MM(most_mm)) return false;
    *out = f;
    return true;
}

static bool set_size(struct ctx *x, struct cvs v, struct sheet_style *s) { return css_size_value(x, v, &s->width, &s->height); }

/* One word of the list and nothing behind it. */
static bool one_of(struct ctx *x, struct cvs v, const char *list, int *k) { return val_keyword(x, &v, list, k) && val_done(&v); }

static bool set_scheme(struct ctx *x, struct cvs v, struct sheet_style *s)
{
    int k;
    if (!one_of(x, v, "none bifold letterfold zfold gatefold saddle n-up poster tiles", &k)) return false;
    s->scheme = (enum sheet_scheme)k;
    return true;
}

static bool set_flip(struct ctx *x, struct cvs v, struct sheet_style *s)
{
    int k;
    if (!one_of(x, v, "short long short-edge=0 long-edge=1", &k)) return false;
    s->flip_long = k;
    return true;
}

static bool set_bleed(struct ctx *x, struct cvs v, struct sheet_style *s) { return length(x, &v, 2000, &s->bleed) && val_done(&v); }

static bool set_marks(struct ctx *x, struct cvs v, struct sheet_style *s)
{
    int k, got = 0, any = 0;
    for (; val_keyword(x, &v, "none crop fold cross colors info", &k); any++) got |= 1 << k;
    if (!any || !val_done(&v) || ((got & 1) && any > 1)) return false;
    s->crop_marks = got & 2, s->fold_marks = got & 4, s->cross_marks = got & 8, s->color_marks = got & 16, s->info_marks = got & 32;
    s->marks_said = true;
    return true;
}

static bool set_panel_trim(struct ctx *x, struct cvs v, struct sheet_style *s) { return length(x, &v, 100, &s->panel_trim) && val_done(&v); }

/* Paper of more than 1 mm is board, which no machine folds; a factor beyond 1 … 2 is a slip of the pen. */
static bool set_creep(struct ctx *x, struct cvs v, struct sheet_style *s)
{
    fixed thick;
    double factor = 0;
    if (!length(x, &v, 1, &thick)) return false;
    if (!val_done(&v) && (!val_number(x, &v, &factor) || factor < 1 || factor > 2 || !val_done(&v))) return false;
    s->creep = thick, s->creep_factor = factor;
    return true;
}

static bool set_blank(struct ctx *x, struct cvs v, struct sheet_style *s)
{
    int k;
    if (!one_of(x, v, "warn allow refuse", &k)) return false;
    s->blank = (enum sheet_blank)k;
    return true;
}

static bool set_blank_at(struct ctx *x, struct cvs v, struct sheet_style *s)
{
    int k;
    if (!one_of(x, v, "auto end before-last", &k)) return false;
    s->blank_at = (enum sheet_blank_at)k;
    return true;
}

static bool count(struct ctx *x, struct cvs v, int most, int *out)
{
    long n;
    if (val_ident(&v, "auto")) n = 0;
    else if (!val_integer(x, &v, &n) || n < 1 || n > most) return false;
    if (!val_done(&v)) return false;
    *out = (int)n;
    return true;
}
static bool set_columns(struct ctx *x, struct cvs v, struct sheet_style *s) { return count(x, v, 100, &s->columns); }
static bool set_rows(struct ctx *x, struct cvs v, struct sheet_style *s) { return count(x, v, 100, &s->rows); }

static bool set_gap(struct ctx *x, struct cvs v, struct sheet_style *s)
{
    fixed rows, columns;
    if (!length(x, &v, 500, &rows)) return false;
    columns = rows;
    if (!val_done(&v) && (!length(x, &v, 500, &columns) || !val_done(&v))) return false;
    s->row_gap = rows, s->column_gap = columns;
    return true;
}

static bool set_repeat(struct ctx *x, struct cvs v, struct sheet_style *s)
{
    long n = 0;
    if (val_ident(&v, "sheet")) n = REPEAT_SHEET;
    else if (!val_ident(&v, "none") && (!val_integer(x, &v, &n) || n < 1 || n > 1000)) return false;
    if (!val_done(&v)) return false;
    s->repeat = (int)n;
    return true;
}

static bool set_sides(struct ctx *x, struct cvs v, struct sheet_style *s)
{
    long n;
    if (!val_integer(x, &v, &n) || n < 1 || n > 2 || !val_done(&v)) return false;
    s->both_sides = n == 2;
    return true;
}

static bool set_overlap(struct ctx *x, struct cvs v, struct sheet_style *s) { return length(x, &v, 500, &s->overlap) && val_done(&v); }
static bool set_margin(struct ctx *x, struct cvs v, struct sheet_style *s) { return length(x, &v, 500, &s->margin) && val_done(&v); }

static const struct descriptor {
    const char *name, *values, *initial;
    descriptor_fn *set;
    const char *help[2];
} DESCRIPTORS[] = {
    {"scheme",
     "none | bifold | letterfold | zfold | gatefold | saddle | n-up | poster | tiles",
     "none",
     set_scheme,
     {"how pages lie on sheets: folded once, in three (letterfold, zfold), with two flaps; a booklet with a stapled spine; cards; each page a sheet; "
      "each page cut into sheets that are glued together",
      "како стране леже на табаку: превијен једном, натроје (letterfold, zfold), са два крила; спојена свеска; картице; свака страна један табак; "
      "свака страна исечена на табаке који се лепе"}},
    {"size",
     "as size of @page",
     "folds A4 landscape, poster the page, n-up and tiles A4",
     set_size,
     {"of the sheet: of folds and posters what is left after trimming; of n-up and tiles the paper itself, marks included",
      "табака: код превоја и плаката оно што остане после обрезивања; код n-up и tiles сам папир, заједно са ознакама"}},
    {"flip", "short | long", "short", set_flip, {"the edge about which the printer turns the sheet", "ивица око које штампач окреће табак"}},
    {"bleed",
     "<length>",
     "that of the pages",
     set_bleed,
     {"how far coloured areas that reach the trim go on beyond it; tiles have none",
      "колико обојене површине које додирују обрез прелазе преко њега; tiles га немају"}},
    {"marks",
     "none | [ crop || fold || cross || colors || info ]",
     "none; tiles: crop info",
     set_marks,
     {"outside trim and bleed: cuts, folds, crosses for the register of the plates, patches of their colours, a line with title, sheet, side and "
      "plates; tiles: crop and info alone",
      "ван обреза и препуста: сечења, превоји, крстићи за поклапање плоча, узорци њихових боја, ред са насловом, табаком, страном и плочама; tiles: "
      "само crop и info"}},
    {"panel-trim",
     "<length>",
     "0",
     set_panel_trim,
     {"how much narrower flaps must at least be; a wider one is reported", "за колико крила морају бити ужа; шире се пријављује"}},
    {"creep",
     "<length> <number>?",
     "0 1.3",
     set_creep,
     {"saddle: thickness of the paper, at most 1mm; pages of inner sheets move to the spine by it times the number (1 to 2) for each sheet around "
      "them",
      "saddle: дебљина папира, највише 1mm; стране унутрашњих табака померају се ка хрбату за њу пута број (1 до 2) по сваком табаку око њих"}},
    {"blank",
     "warn | allow | refuse",
     "warn",
     set_blank,
     {"what is said of pages of the sheets that stay blank", "шта се каже за стране табака које остану празне"}},
    {"blank-at",
     "auto | end | before-last",
     "auto",
     set_blank_at,
     {"saddle: where pages that fill up the sheets stand; before-last: the last page stays the back cover; auto: before-last where the last page has "
      "a page name of its own (as in .back { page: back }), else at the end",
      "saddle: где стоје стране које допуњавају табаке; before-last: последња страна остаје задња корица; auto: before-last кад последња страна "
      "има своје име (као у .back { page: back }), иначе на крају"}},
    {"columns",
     "auto | <integer>",
     "auto",
     set_columns,
     {"n-up: cards side by side; auto: as many as fit", "n-up: картица у реду; auto: колико стане"}},
    {"rows", "auto | <integer>", "auto", set_rows, {"n-up: rows of cards; auto: as many as fit", "n-up: редова картица; auto: колико стане"}},
    {"gap",
     "<length>{1,2}",
     "0",
     set_gap,
     {"n-up: between rows, between columns; 0: neighbours share a cut; twice the bleed: each card has its whole bleed",
      "n-up: између редова, између колона; 0: суседне имају заједнички рез; двоструки препуст: свака картица има цео препуст"}},
    {"repeat",
     "none | sheet | <integer>",
     "none",
     set_repeat,
     {"n-up: pages follow each other; each fills a sheet; each stands so many times",
      "n-up: стране се нижу; свака пуни табак; свака стоји толико пута"}},
    {"sides",
     "1 | 2",
     "1",
     set_sides,
     {"n-up: 2: even pages are the backs of the odd ones before them", "n-up: 2: парне стране су полеђине непарних пре њих"}},
    {"overlap",
     "<length>",
     "10mm",
     set_overlap,
     {"tiles: how far neighbours show the same, for gluing", "tiles: колико суседни табаци показују исто, за лепљење"}},
    {"margin",
     "<length>",
     "10mm",
     set_margin,
     {"tiles: paper around the picture, for labels and marks", "tiles: папир око слике, за натписе и ознаке"}},
};
enum { N_DESCRIPTORS = sizeof DESCRIPTORS / sizeof *DESCRIPTORS };

void css_sheet_help(struct buf *b, enum diag_lang lang)
{
    static const char *const head[] = {
        "@-letak-sheet  at-rule: how the pages stand on the sheets of the press PDF (--print). Other engines skip it.\n",
        "@-letak-sheet  правило: како стране стоје на табацима PDF-а за штампарију (--print). Други програми га прескачу.\n"};
    buf_puts(b, head[lang != DIAG_EN]);
    for (size_t i = 0; i < N_DESCRIPTORS; i++) {
        const struct descriptor *r = &DESCRIPTORS[i];
        buf_printf(b, "  %s: %s  (%s)\n      %s\n", r->name, r->values, r->initial, r->help[lang != DIAG_EN]);
    }
}

void css_sheet_rule(struct css *c, const struct source *src, const struct css_item *it)
{
    struct sheet_style *sheet = ARENA_NEW(c->arena, struct sheet_style);
    struct css_reader r = css_reader(it->block, CSS_DECLARATIONS);
    struct style s;
    struct ctx x = css_page_ctx(c, &s);
    *sheet = (struct sheet_style){.overlap = -1, .margin = -1, .at = css_place(src, it->at)};
    for (struct css_item d; css_next(&r, &d);) {
        struct cvs v = cvs_trim(d.value);
        size_t k = 0;
        if (d.kind != CSS_DECLARATION) continue;
        while (k < N_DESCRIPTORS && !css_is(d.name, DESCRIPTORS[k].name)) k++;
        if (k == N_DESCRIPTORS) {
            const char *names[N_DESCRIPTORS + 1] = {0};
            for (size_t i = 0; i < N_DESCRIPTORS; i++) names[i] = DESCRIPTORS[i].name;
            const char *near = str_nearest(d.name, names);
            REPORT(c, MSG_CSS_SHEET_UNKNOWN, css_place(src, d.at), d.name, str_z(c->arena, d.name),
                   near ? arena_printf(c->arena, " (%s?)", near) : "");
            continue;
        }
        if (DESCRIPTORS[k].set(&x, v, sheet)) continue;
        struct buf b = {0};
        css_write(&b, v);
        REPORT(c, MSG_CSS_SHEET, css_place(src, d.at), d.name, DESCRIPTORS[k].name, str_z(c->arena, buf_view(&b)), DESCRIPTORS[k].values);
        buf_close(&b);
    }
    c->sheet = sheet;
}
const struct sheet_style *css_sheet(struct css *c) { return c->sheet; }
