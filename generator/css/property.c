/* property.c: the tables made of properties.def; declarations checked against them, reported and expanded. */
#include "css/property.h"
#include "css/longhand.h"
#include <pthread.h>
#include <stddef.h>

#define I true
#define N false
static const struct property LONGHANDS[PROP_LONGHANDS] = {
#define LONG(id, name, inherited, first, last, parser, arg, values, initial, en, sr)                                                                 \
    [PROP_##id] = {name,                                                                                                                             \
                   parser,                                                                                                                           \
                   arg,                                                                                                                              \
                   values,                                                                                                                           \
                   initial,                                                                                                                          \
                   (uint16_t)offsetof(struct style, first),                                                                                          \
                   (uint16_t)(offsetof(struct style, last) + sizeof((struct style *)NULL)->last - offsetof(struct style, first)),                    \
                   inherited,                                                                                                                        \
                   PROP_##id <= PROP_LINE_HEIGHT,                                                                                                    \
                   {en, sr}},
#include "css/properties.def"
};
static const struct {
    const char *name;
    EXPANDER((*expand));
    const char *arg;
} SHORTHANDS[PROP_COUNT - PROP_SHORT0] = {
#define SHORT(id, name, expander, arg, values, en, sr) [PROP_##id - PROP_SHORT0] = {name, expander, arg},
#include "css/properties.def"
};
static const struct property_name NAMES[] = {
#define LONG(id, name, inherited, first, last, parser, arg, values, initial, en, sr) {name, NAME_LONG, PROP_##id, PROP_##id, values, {en, sr}},
#define SHORT(id, name, expander, arg, values, en, sr) {name, NAME_SHORT, PROP_##id, PROP_##id, values, {en, sr}},
#define ALIAS(name, id) {name, NAME_ALIAS, PROP_##id, PROP_##id, NULL, {NULL, NULL}},
#define LOGICAL(name, ltr, rtl) {name, NAME_LOGICAL, PROP_##ltr, PROP_##rtl, NULL, {NULL, NULL}},
#define PAGE(name, values, en, sr) {name, NAME_PAGE, 0, 0, values, {en, sr}},
#define UNSUPPORTED(name, en, sr) {name, NAME_UNSUPPORTED, 0, 0, NULL, {en, sr}},
#define SCREEN(name) {name, NAME_SCREEN, 0, 0, NULL, {NULL, NULL}},
#include "css/properties.def"
};
enum { N_NAMES = sizeof NAMES / sizeof *NAMES };

const struct property *css_property(enum prop p) { return &LONGHANDS[p]; }

/* Names sorted once for searching. */
static uint16_t sorted[N_NAMES];
static int by_name(const void *a, const void *b) { return strcmp(NAMES[*(const uint16_t *)a].name, NAMES[*(const uint16_t *)b].name); }
static void sort_names(void)
{
    for (size_t i = 0; i < N_NAMES; i++) sorted[i] = (uint16_t)i;
    qsort(sorted, N_NAMES, sizeof *sorted, by_name);
}
const struct property_name *css_name(struct str name)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, sort_names);
    char z[48];
    if (name.n >= sizeof z) return NULL;
    for (size_t i = 0; i < name.n; i++) z[i] = name.s[i] >= 'A' && name.s[i] <= 'Z' ? (char)(name.s[i] + 32) : name.s[i];
    z[name.n] = 0;
    for (size_t lo = 0, hi = N_NAMES; lo < hi;) {
        size_t mid = (lo + hi) / 2;
        int c = strcmp(z, NAMES[sorted[mid]].name);
        if (!c) return &NAMES[sorted[mid]];
        if (c < 0) hi = mid;
        else lo = mid + 1;
    }
    return NULL;
}
int css_find_property(struct str name)
{
    const struct property_name *n = css_name(name);
    return n && n->kind <= NAME_LOGICAL ? n->prop : -1;
}

/* --- values --- */
bool css_set(struct ctx *x, enum prop p, struct cvs value)
{
    const struct property *row = &LONGHANDS[p];
    return val_peek(&value) && row->parse(x, (char *)x->s + row->at, row->arg, &value) && val_done(&value);
}
void expansion_add(struct ctx *x, struct expansion *e, const char *longhand, struct cvs v)
{
    const struct property_name *n = css_name(str_of(longhand));
    struct decl *d = vec_push(x->arena, e->list);
    *d = e->like;
    if (!e->all) {
        d->value = v;
        d->wide = v.n ? WIDE_NONE : WIDE_INITIAL;
    }
    if (n->prop < PROP_LONGHANDS) d->prop = n->prop, d->rtl = n->rtl;
}
bool css_expand(struct ctx *x, enum prop p, struct cvs value, const struct decl *like, decl_list *out)
{
    struct expansion e = {.list = out, .like = *like, .all = like->wide || like->shorthand};
    size_t before = out->n;
    if (SHORTHANDS[p - PROP_SHORT0].expand(x, SHORTHANDS[p - PROP_SHORT0].arg, value, &e)) return true;
    out->n = before;
    return false;
}

static enum wide wide_of(struct cvs v)
{
    static const char *const words[] = {"", "inherit", "initial", "unset", "revert"};
    for (int w = WIDE_INHERIT; w <= WIDE_REVERT; w++) {
        struct cvs at = v;
        if (val_ident(&at, words[w]) && val_done(&at)) return (enum wide)w;
    }
    return WIDE_NONE;
}
static bool uses(struct cvs v, const char *function)
{
    for (size_t i = 0; i < v.n; i++)
        if (v.v[i].kind == TOK_FUNCTION && css_is(v.v[i].text, function)) return true;
    return false;
}
static struct ctx checking(struct css *c, struct style *scratch)
{
    *scratch = c->initial;
    return (struct ctx){.css = c, .arena = c->arena, .s = scratch, .parent = &c->initial, .root = &c->initial};
}
/* Adds what a known property with this value comes to; false: the value does not fit. */
static bool add(struct css *c, const struct property_name *n, const struct decl *like, decl_list *out, bool *unsupported)
{
    struct style scratch;
    struct ctx x = checking(c, &scratch);
    bool good;
    x.base = like->base;
    size_t before = out->n;
    struct decl d = *like;
    d.prop = n->prop, d.rtl = n->rtl;
    if (n->prop >= PROP_SHORT0) {
        if (d.has_var && !d.wide) d.shorthand = n->prop;
        good = css_expand(&x, (enum prop)n->prop, d.value, &d, out);
        if (good && n->rtl != n->prop) { /* border-inline-start: the same for the other side */
            decl_list other = {0};
            css_expand(&x, (enum prop)n->rtl, d.value, &d, &other);
            for (size_t i = 0; i < other.n; i++) out->v[before + i].rtl = other.v[i].prop;
        }
    } else {
        good = d.wide || d.has_var || css_set(&x, (enum prop)n->prop, d.value);
        if (good) *vec_push(c->arena, out) = d;
    }
    *unsupported = x.unsupported;
    return good;
}

/* The words of a keyword list that are carried out, or the row's own description. */
static const char *values_of(struct css *c, const struct property_name *n)
{
    if (n->values || n->prop >= PROP_LONGHANDS) return n->values ? n->values : "";
    if (LONGHANDS[n->prop].values) return LONGHANDS[n->prop].values;
    struct buf b = {0};
    struct str rest = str_of(LONGHANDS[n->prop].arg), word;
    while (str_split(&rest, ' ', &word)) {
        if (str_starts(word, "!")) continue;
        size_t eq = str_find(word, '=');
        if (b.n) buf_puts(&b, ", ");
        buf_str(&b, str_part(word, 0, eq == SIZE_MAX ? word.n : eq));
    }
    struct str s = buf_copy(c->arena, &b);
    buf_close(&b);
    return s.s;
}

void css_report(struct css *c, enum msg m, struct place at, struct str key, const char *const *args)
{
    struct str k = str_printf(c->arena, "%d %s %.*s", (int)m, at.file ? at.file : "", STR_ARG(key));
    void **seen = map_at(&c->reported, k);
    if (*seen) return;
    *seen = c;
    diag_add(c->diag, m, at, args);
}
struct place css_place(const struct source *src, const struct cv *t) { return (struct place){src->file, t ? t->line : 0, t ? t->col : 0}; }
static char *short_text(struct css *c, struct cvs v)
{
    struct buf b = {0};
    css_write(&b, cvs_trim(v));
    struct str s = str_trim(buf_view(&b));
    size_t n = s.n;
    if (n > 80)
        for (n = 80; n && ((unsigned char)s.s[n] & 0xC0) == 0x80;) n--;
    char *z = n < s.n ? arena_printf(c->arena, "%.*s…", (int)n, s.s) : str_z(c->arena, s);
    buf_close(&b);
    return z;
}

static void report_unknown(struct css *c, struct place at, struct str name)
{
    static const char *const vendors[] = {"-webkit-", "-moz-", "-ms-", "-o-", "-khtml-", "-apple-", "mso-"};
    const char *candidates[N_NAMES + 1];
    size_t n = 0;
    for (size_t i = 0; i < sizeof vendors / sizeof *vendors; i++)
        if (str_starts(name, vendors[i])) return; /* another program's own */
    for (size_t i = 0; i < N_NAMES; i++)
        if (NAMES[i].kind <= NAME_PAGE) candidates[n++] = NAMES[i].name;
    candidates[n] = NULL;
    const char *near = str_nearest(name, candidates);
    REPORT(c, MSG_CSS_UNKNOWN, at, name, str_z(c->arena, name), near ? arena_printf(c->arena, " (%s?)", near) : "");
}

void css_declare(struct css *c, const struct source *src, const struct css_item *it, enum decl_context context, decl_list *out, bool *attr)
{
    struct place at = css_place(src, it->at);
    struct cvs value = cvs_trim(it->value);
    struct decl d = {.important = it->important, .value = value, .base = src->base, .at = at, .has_var = uses(value, "var")};
    if (str_starts(it->name, "--")) {
        d.name = css_intern(c, it->name);
        c->attr_vars |= uses(value, "attr");
        d.wide = (uint8_t)wide_of(value);
        *vec_push(c->arena, out) = d;
        return;
    }
    const struct property_name *n = css_name(it->name);
    char *name = str_z(c->arena, it->name);
    if (!n) {
        report_unknown(c, at, it->name);
        return;
    }
    if (n->kind == NAME_SCREEN) return;
    if (n->kind == NAME_UNSUPPORTED) {
        struct cvs word = value;
        if (wide_of(value) || ((val_ident(&word, "none") || val_ident(&word, "normal") || val_ident(&word, "auto")) && val_done(&word)))
            return; /* asks for nothing */
        REPORT(c, MSG_CSS_UNSUPPORTED, at, it->name, name, n->help[0], n->help[1]);
        return;
    }
    if (n->kind == NAME_PAGE) {
        if (context != CSS_IN_PAGE) REPORT(c, MSG_CSS_NOT_HERE, at, it->name, name, context == CSS_IN_MARGIN_BOX ? "@top-…" : "{ }", "@page");
        return;
    }
    if (uses(value, "attr")) *attr = true;
    d.wide = (uint8_t)wide_of(value);
    bool unsupported = false;
    if (add(c, n, &d, out, &unsupported)) return;
    if (unsupported) REPORT(c, MSG_CSS_VALUE_UNSUPPORTED, at, it->name, name, short_text(c, value), values_of(c, n));
    else REPORT(c, MSG_CSS_VALUE, at, it->name, name, short_text(c, value));
}

struct block *css_block(struct css *c, const struct source *src, struct cvs body, enum decl_context context)
{
    struct block *b = ARENA_NEW(c->arena, struct block);
    decl_list list = {0};
    struct css_reader r = css_reader(body, CSS_DECLARATIONS);
    for (struct css_item it; css_next(&r, &it);) {
        if (it.kind == CSS_DECLARATION) css_declare(c, src, &it, context, &list, &b->attr);
        else if (it.kind == CSS_AT_RULE && context == CSS_IN_PAGE) continue; /* margin boxes: page.c */
        else {
            struct cvs rest = {it.at, 1};
            REPORT(c, MSG_CSS_SYNTAX, css_place(src, it.at), STR("declaration"), short_text(c, rest));
        }
    }
    b->n = list.n;
    b->list = list.v;
    for (size_t i = 0; i < list.n; i++) b->important |= list.v[i].important;
    return b;
}

bool css_supports(struct css *c, struct str name, struct cvs value)
{
    if (str_starts(name, "--")) return true;
    const struct property_name *n = css_name(name);
    decl_list scratch = {0};
    bool unsupported;
    if (!n || n->kind > NAME_PAGE) return false;
    if (n->kind == NAME_PAGE) return true;
    struct decl d = {.value = cvs_trim(value), .has_var = uses(value, "var"), .wide = (uint8_t)wide_of(value)};
    return add(c, n, &d, &scratch, &unsupported);
}

/* --- the manual --- */
static void help_row(struct buf *b, const struct property_name *n, enum diag_lang lang)
{
    int l = lang != DIAG_EN;
    static const char *const words[2][5] = {{"values", "initial", "inherited", "not inherited", "the same as"},
                                            {"вредности", "почетна", "наслеђује се", "не наслеђује се", "исто што и"}};
    struct arena scratch = {0};
    struct css c = {.arena = &scratch};
    buf_printf(b, "%s", n->name);
    if (n->kind == NAME_ALIAS || n->kind == NAME_LOGICAL)
        buf_printf(b, "  %s %s", words[l][4], n->prop < PROP_LONGHANDS ? LONGHANDS[n->prop].name : SHORTHANDS[n->prop - PROP_SHORT0].name);
    else if (n->kind == NAME_UNSUPPORTED) buf_printf(b, "  %s; %s", l ? "не спроводи се" : "not carried out", n->help[l]);
    else if (n->kind == NAME_SCREEN) buf_puts(b, l ? "  само за екран" : "  screen only");
    else {
        buf_printf(b, "  %s\n    %s: %s", n->help[l], words[l][0], values_of(&c, n));
        if (n->kind == NAME_LONG)
            buf_printf(b, "\n    %s: %s; %s", words[l][1], LONGHANDS[n->prop].initial, words[l][LONGHANDS[n->prop].inherited ? 2 : 3]);
    }
    buf_putc(b, '\n');
    arena_close(&scratch);
}
bool css_help(struct buf *b, struct str property, enum diag_lang lang)
{
    if (property.n) {
        const struct property_name *n = css_name(property);
        struct str rule = str_starts(property, "@") ? str_from(property, 1) : property;
        bool sheet = str_is(rule, "-letak-sheet"), press = str_is(rule, "-letak-press"), color = str_is(rule, "-letak-color");
        if (n) help_row(b, n, lang);
        if (sheet) css_sheet_help(b, lang);
        if (press) css_press_help(b, lang);
        if (color) css_color_help(b, lang);
        return n || sheet || press || color;
    }
    css_name(STR("x")); /* sorts */
    for (size_t i = 0; i < N_NAMES; i++) help_row(b, &NAMES[sorted[i]], lang);
    css_sheet_help(b, lang), css_press_help(b, lang), css_color_help(b, lang);
    return true;
}
