/* page.c: @page (Paged Media 3, GCPM). */
#include "css/internal.h"

static const char *const BOXES[MARGIN_BOXES + 1] = {
    "top-left-corner",    "top-left",     "top-center",          "top-right",    "top-right-corner", "right-top",
    "right-middle",       "right-bottom", "bottom-right-corner", "bottom-right", "bottom-center",    "bottom-left",
    "bottom-left-corner", "left-bottom",  "left-middle",         "left-top",     "footnote"};

struct ctx css_page_ctx(struct css *c, struct style *s)
{
    const struct style *base = c->root ? c->root : &c->initial;
    *s = *base;
    return (struct ctx){.css = c, .arena = c->arena, .s = s, .parent = base, .root = base};
}

/* name? [:pseudo]*: false where it is none. */
static bool page_selector(struct cvs v, struct page_rule *r, struct css *c)
{
    static const struct {
        const char *name;
        int side;
        uint32_t weight;
    } pseudo[] = {{"first", CSS_FIRST, 1 << 10}, {"blank", CSS_BLANK, 1 << 10}, {"left", CSS_LEFT, 1},
                  {"right", CSS_RIGHT, 1},       {"verso", CSS_LEFT, 1},        {"recto", CSS_RIGHT, 1}};
    v = cvs_trim(v);
    size_t i = 0;
    if (v.n && v.v->kind == TOK_IDENT) {
        r->name = css_intern(c, v.v->text);
        r->specificity += 1 << 20;
        i = 1;
    }
    while (i + 1 < v.n && v.v[i].kind == TOK_COLON) {
        const struct cv *t = &v.v[i + 1];
        if (t->kind == TOK_FUNCTION && css_is(t->text, "nth")) {
            struct cvs in = cv_inside(t);
            for (size_t k = 0; k < in.n; k++) /* An+B of name */
                if (in.v[k].kind == TOK_IDENT && css_is(in.v[k].text, "of")) {
                    struct cvs rest = {in.v + k + 1, in.n - k - 1};
                    const struct cv *name = val_next(&rest);
                    if (!name || name->kind != TOK_IDENT) return false;
                    r->name = css_intern(c, name->text);
                    in.n = k;
                }
            if (!css_an_plus_b(in, &r->a, &r->b)) return false;
            c->nth = r->nth = true;
            r->specificity += 1 << 20;
        } else {
            size_t k = 0;
            while (k < sizeof pseudo / sizeof *pseudo && !(t->kind == TOK_IDENT && css_is(t->text, pseudo[k].name))) k++;
            if (k == sizeof pseudo / sizeof *pseudo) return false;
            r->sides |= pseudo[k].side;
            r->specificity += pseudo[k].weight;
        }
        i += 1 + t->skip;
    }
    return i >= v.n;
}

bool css_size_value(struct ctx *x, struct cvs v, fixed *w, fixed *h)
{
    static const struct {
        const char *name;
        double w, h; /* mm */
    } names[] = {{"a0", 841, 1189},       {"a1", 594, 841},         {"a2", 420, 594},     {"a3", 297, 420},     {"a4", 210, 297},
                 {"a5", 148, 210},        {"a6", 105, 148},         {"a7", 74, 105},      {"a8", 52, 74},       {"b4", 250, 353},
                 {"b5", 176, 250},        {"b6", 125, 176},         {"jis-b5", 182, 257}, {"jis-b4", 257, 364}, {"letter", 215.9, 279.4},
                 {"legal", 215.9, 355.6}, {"ledger", 279.4, 431.8}, {"dl", 99, 210}};
    int turn = 0, any = 0;
    *w = MM(210), *h = MM(297);
    for (const struct cv *t; (t = val_peek(&v)); any++) {
        size_t i = 0;
        if (val_fixed(x, &v, 0, w)) {
            if (!val_fixed(x, &v, 0, h)) *h = *w;
            continue;
        }
        if (val_ident(&v, "landscape")) turn = 1;
        else if (val_ident(&v, "portrait")) turn = -1;
        else if (!val_ident(&v, "auto")) {
            while (i < sizeof names / sizeof *names && !(t->kind == TOK_IDENT && css_is(t->text, names[i].name))) i++;
            if (i == sizeof names / sizeof *names) return false;
            *w = MM(names[i].w), *h = MM(names[i].h);
            val_next(&v);
        }
    }
    if ((turn == 1 && *w < *h) || (turn == -1 && *w > *h)) {
        fixed swap = *w;
        *w = *h;
        *h = swap;
    }
    return any && *w > 0 && *h > 0 && *w <= PT(14400) && *h <= PT(14400); /* PDF's own limit is 200 inches */
}
static bool marks_value(struct ctx *x, struct cvs v, bool *crop, bool *cross)
{
    int k, any = 0;
    *crop = *cross = false;
    for (; val_keyword(x, &v, "none crop cross", &k); any++) *crop |= k == 1, *cross |= k == 2;
    return any && val_done(&v);
}
static bool bleed_value(struct ctx *x, struct cvs v, bool crop, fixed *out)
{
    if (val_ident(&v, "auto")) *out = crop ? PT(6) : 0;
    else if (!val_fixed(x, &v, 0, out) || *out > PT(720)) return false;
    return val_done(&v);
}

static bool has_var(struct cvs v)
{
    for (size_t i = 0; i < v.n; i++)
        if (v.v[i].kind == TOK_FUNCTION && css_is(v.v[i].text, "var")) return true;
    return false;
}
/* A value of size, marks or bleed with its var() replaced: variables of the root element. Nothing where one is missing (reported). */
static struct cvs known(struct css *c, struct cvs v)
{
    struct cvs out = v;
    struct str missing;
    if (!v.v || !has_var(v)) return v;
    if (css_substitute(c, v, c->root ? c->root->vars : NULL, &out, &missing)) return cvs_trim(out);
    REPORT(c, MSG_CSS_VAR, ((struct place){0}), missing, str_z(c->arena, missing), "@page");
    return (struct cvs){0};
}

static void page_body(struct css *c, const struct source *src, struct cvs body, struct page_rule *r)
{
    struct css_reader reader = css_reader(body, CSS_DECLARATIONS);
    struct style s;
    struct ctx x = css_page_ctx(c, &s);
    for (struct css_item it; css_next(&reader, &it);) {
        struct place at = css_place(src, it.at);
        fixed w, h;
        bool b;
        if (it.kind == CSS_AT_RULE) {
            int i = 0;
            while (i <= MARGIN_BOXES && !css_is(it.name, BOXES[i])) i++;
            if (i <= MARGIN_BOXES) r->boxes[i] = css_block(c, src, it.block, CSS_IN_MARGIN_BOX);
            else
                REPORT(c, MSG_CSS_AT_RULE, at, it.name, str_z(c->arena, it.name), "the boxes of a page are @top-left … @footnote",
                       "поља странице су @top-left … @footnote");
        } else if (it.kind == CSS_DECLARATION) {
            struct cvs *to = css_is(it.name, "size") ? &r->size : css_is(it.name, "marks") ? &r->marks : css_is(it.name, "bleed") ? &r->bleed : NULL;
            if (!to) continue;
            struct cvs v = cvs_trim(it.value);
            if (has_var(v)) *to = v;
            else if (to == &r->size ? css_size_value(&x, v, &w, &h) : to == &r->marks ? marks_value(&x, v, &b, &b) : bleed_value(&x, v, true, &w))
                *to = v;
            else {
                struct buf text = {0};
                css_write(&text, v);
                REPORT(c, MSG_CSS_VALUE, at, it.name, str_z(c->arena, it.name), str_z(c->arena, buf_view(&text)));
                buf_close(&text);
            }
        }
    }
    r->block = css_block(c, src, body, CSS_IN_PAGE);
}
void css_page_rule(struct css *c, const struct source *src, const struct css_item *it)
{
    struct page_rule body = {.origin = (uint8_t)src->origin};
    struct cvs rest = it->value, part;
    page_body(c, src, it->block, &body);
    if (!cvs_trim(rest).n) {
        body.order = c->order++;
        *vec_push(c->arena, &c->pages) = body;
    } else
        while (cvs_split(&rest, &part)) {
            struct page_rule r = body;
            r.order = c->order;
            if (page_selector(part, &r, c)) *vec_push(c->arena, &c->pages) = r;
            else {
                struct buf b = {0};
                css_write(&b, part);
                char *z = arena_printf(c->arena, "@page %.*s", (int)b.n, b.n ? b.s : "");
                REPORT(c, MSG_CSS_SELECTOR, css_place(src, it->at), str_of(z), z);
                buf_close(&b);
            }
        }
    c->order++;
    c->page_cache = map_new(c->arena);
}

static bool applies(const struct page_rule *r, struct str name, int sides, int number)
{
    if (r->name.n && !str_eq(r->name, name)) return false;
    if ((r->sides & sides) != r->sides) return false;
    if (!r->nth) return true;
    long d = (long)number - r->b;
    return r->a ? d % r->a == 0 && d / r->a >= 0 : d == 0;
}
static const struct style *box_style(struct css *c, const struct page_rule *const *found, size_t n, int box, const struct style *page)
{
    struct matched *m = ARENA_ARRAY(c->arena, struct matched, n + 1);
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        const struct block *b = box < 0 ? found[i]->block : found[i]->boxes[box];
        if (b) m[k++] = (struct matched){b, found[i]->specificity, found[i]->order, found[i]->origin};
    }
    css_sort(m, k);
    const struct style *root = c->root ? c->root : &c->initial;
    struct style_env env = {.parent = page ? page : root, .root = root, .lang = root->lang};
    const struct style *s = css_compute(c, m, k, &env);
    return s;
}
const struct page_style *css_page(struct css *c, struct str name, int sides, int number)
{
    size_t n = 0;
    struct buf key = {0};
    buf_printf(&key, "%d %d %.*s", sides, c->nth ? number : 0, STR_ARG(name));
    struct page_style *p = map_find(&c->page_cache, buf_view(&key));
    if (p) return buf_close(&key), p;
    const struct page_rule **found = mem_realloc(NULL, (c->pages.n + 1) * sizeof *found);
    for (size_t i = 0; i < c->pages.n; i++) {
        const struct page_rule *r = &c->pages.v[i];
        if (!applies(r, name, sides, number)) continue;
        size_t k = n++;
        for (; k && (found[k - 1]->origin > r->origin || (found[k - 1]->origin == r->origin && found[k - 1]->specificity > r->specificity)); k--)
            found[k] = found[k - 1];
        found[k] = r;
    }
    p = ARENA_NEW(c->arena, struct page_style);
    const struct style *page = box_style(c, found, n, -1, NULL);
    memcpy(&p->style, page, sizeof *page);
    struct style scratch;
    struct ctx x = css_page_ctx(c, &scratch);
    p->width = MM(210), p->height = MM(297);
    struct cvs bleed = {0};
    for (size_t i = 0; i < n; i++) {
        struct cvs size = known(c, found[i]->size), marks = known(c, found[i]->marks), b = known(c, found[i]->bleed);
        fixed w, h;
        if (size.v && css_size_value(&x, size, &w, &h)) p->width = w, p->height = h;
        if (marks.v) marks_value(&x, marks, &p->crop_marks, &p->cross_marks);
        if (b.v) bleed = b;
    }
    if (bleed.v) bleed_value(&x, bleed, p->crop_marks, &p->bleed);
    else if (p->crop_marks) p->bleed = PT(6);
    for (int b = 0; b < MARGIN_BOXES; b++) {
        const struct style *s = box_style(c, found, n, b, page);
        if (!s->content.normal && !s->content.none && s->display != DISPLAY_NONE) p->boxes[b] = s;
    }
    p->footnote = box_style(c, found, n, MARGIN_BOXES, page);
    *map_at(&c->page_cache, buf_copy(c->arena, &key)) = p;
    buf_close(&key);
    free(found);
    return p;
}
