/* internal.h: what the files of css/ share. See css.h for what goes in and out.
 *
 *     token.c, parse.c   text -> tokens -> rules and declarations
 *     property.c         the tables of properties.def; checks and expands declarations into struct decl
 *     sheet.c            style sheets, at-rules -> struct rule, struct page_rule …
 *     cascade.c          rules + tree -> struct style; page.c: rules + page -> struct page_style; imposition.c: @-letak-sheet -> struct sheet_style
 *     longhand.c, shorthand.c, value.c, color.c  values */
#ifndef LETAK_CSS_INTERNAL_H
#define LETAK_CSS_INTERNAL_H
#include "base/map.h"
#include "css/css.h"
#include "css/parse.h"
#include "css/selector.h"
#include "css/value.h"

enum prop {
    PROP_CUSTOM, /* --name */
#define LONG(id, ...) PROP_##id,
#include "css/properties.def"
    PROP_LONGHANDS,
    PROP_SHORT0 = PROP_LONGHANDS,
#define SHORT(id, ...) PROP_##id,
#include "css/properties.def"
    PROP_COUNT
};
typedef bool parse_fn(struct ctx *x, void *field, const char *arg, struct cvs *v);
struct property { /* a longhand: a row LONG of properties.def */
    const char *name;
    parse_fn *parse;
    const char *arg, *values, *initial;
    uint16_t at, size;     /* its members in struct style */
    bool inherited, early; /* early: others depend on it (font-size, color …) */
    const char *help[2];
};
enum wide { WIDE_NONE, WIDE_INHERIT, WIDE_INITIAL, WIDE_UNSET, WIDE_REVERT };
struct decl {           /* a declaration of a longhand */
    uint16_t prop, rtl; /* rtl: the longhand that it is in right-to-left text (margin-inline-start …) */
    uint16_t shorthand; /* not 0: value is that of this shorthand and contains var(); it is expanded when it is known */
    uint8_t wide;
    bool important, has_var;
    struct str name; /* CUSTOM */
    struct cvs value;
    struct str base; /* folder for url() */
    struct place at;
};
struct block {
    size_t n;
    const struct decl *list;
    bool important, attr; /* some declaration is important; some value looks at the element with attr() */
};
typedef VEC(struct decl) decl_list;
struct rule {
    struct selector selector;
    const struct block *block;
    uint8_t origin;
    uint32_t order;
};
struct page_rule {
    struct str name; /* "" = any */
    int sides;       /* enum css_page_side that must hold */
    bool nth;
    int a, b;
    uint32_t specificity, order;
    uint8_t origin;
    const struct block *block;                   /* margins, borders, font … */
    const struct block *boxes[MARGIN_BOXES + 1]; /* the last: @footnote */
    struct cvs size, marks, bleed;               /* .v NULL: not set here */
};
enum { USUAL_MOST_INK = 300 }; /* percent: what coated paper takes */
struct counter_style;
struct css {
    struct arena *arena;
    struct diag *diag;
    struct css_options options;
    VEC(struct rule) rules;
    VEC(struct page_rule) pages;
    VEC(struct font_face) faces;
    struct map counters; /* name -> struct counter_style */
    struct sheet_style *sheet;
    struct press press, usual; /* usual: the profile where none is named */
    VEC(struct press_color) press_colors;
    uint32_t order;
    int imports;
    uint32_t var_steps; /* cascade.c */
    struct map strings, bytes, blocks, reported, page_cache, style_cache, hash;
    struct style initial;
    const struct style *root; /* of the document, for pages; NULL before css_cascade */
    bool dirty;               /* rules were added since the index was made */
    bool nth;                 /* some @page rule has :nth(), so that pages differ by their number */
    bool attr_vars;           /* some custom property contains attr(): then no style is shared between elements before it is computed */
    struct rule_index *index;
};
struct source { /* where a style sheet comes from */
    const char *file;
    struct str base; /* folder of its urls, relative to options.base */
    enum css_origin origin;
    const struct source *from; /* that imports this one; NULL at the top */
};
struct str css_intern(struct css *c, struct str s);               /* one pointer for equal texts */
const void *css_same(struct css *c, const void *bytes, size_t n); /* one pointer for equal bytes */
struct str css_resolve_url(struct css *c, struct str base, struct str url);

/* property.c */
const struct property *css_property(enum prop p);
int css_find_property(struct str name); /* longhand or shorthand; -1 */
/* Checks a list of declarations, reports what it drops, appends what it keeps. context: CSS_IN_RULE … */
enum decl_context { CSS_IN_RULE, CSS_IN_PAGE, CSS_IN_MARGIN_BOX, CSS_IN_STYLE };
void css_declare(struct css *c, const struct source *src, const struct css_item *it, enum decl_context context, decl_list *out, bool *attr);
struct block *css_block(struct css *c, const struct source *src, struct cvs body, enum decl_context context);
bool css_supports(struct css *c, struct str name, struct cvs value);
/* Sets the member(s) of longhand p from a value; false: invalid (x->unsupported: known, but not carried out). */
bool css_set(struct ctx *x, enum prop p, struct cvs value);
/* Expands shorthand p into longhands; what the value leaves out becomes WIDE_INITIAL. */
bool css_expand(struct ctx *x, enum prop p, struct cvs value, const struct decl *like, decl_list *out);
/* Reports once per file and key. */
void css_report(struct css *c, enum msg m, struct place at, struct str key, const char *const *args);
#define REPORT(c, m, at, key, ...) css_report((c), (m), (at), (key), (const char *const[]){__VA_ARGS__})
struct place css_place(const struct source *src, const struct cv *t);

/* cascade.c */
struct matched {
    const struct block *block;
    uint32_t specificity, order;
    uint8_t origin; /* enum css_origin */
};
struct style_env {
    const struct style *parent, *root; /* never NULL; the initial style where there is none. root may be NULL: this is the root */
    const xmlNode *el;                 /* for attr(); NULL in page contexts */
    struct str lang;                   /* interned */
    bool element;                      /* not a pseudo element or a page context: counters of lists and footnotes, display of the root */
};
void css_sort(struct matched *m, size_t n);
/* The computed style from matched blocks, sorted. */
const struct style *css_compute(struct css *c, const struct matched *m, size_t n, const struct style_env *env);
/* var() replaced; false where a variable has no value (then *missing names it). */
bool css_substitute(struct css *c, struct cvs in, const struct css_var *vars, struct cvs *out, struct str *missing);

/* sheet.c */
void css_add_at(struct css *c, const struct source *src, struct str text, uint32_t line, uint32_t col);
bool css_import(struct css *c, const struct source *from, struct str url, struct place at);
/* The bytes of a file that a style sheet names; false: reported. *path: as it counts from options.base. */
bool css_file(struct css *c, const struct source *from, struct str url, struct place at, struct str *path, struct str *bytes);
bool css_media(struct css *c, struct cvs v);
void css_page_rule(struct css *c, const struct source *src, const struct css_item *it);    /* page.c */
void css_sheet_rule(struct css *c, const struct source *src, const struct css_item *it);   /* imposition.c */
void css_sheet_help(struct buf *b, enum diag_lang lang);                                   /* imposition.c */
bool css_size_value(struct ctx *x, struct cvs v, fixed *w, fixed *h);                      /* size of a page or sheet: page.c */
struct ctx css_page_ctx(struct css *c, struct style *s);                                   /* what lengths in page contexts count from: page.c */
void css_press_rule(struct css *c, const struct source *src, const struct css_item *it);   /* press.c */
void css_press_help(struct buf *b, enum diag_lang lang);                                   /* press.c */
void css_color_help(struct buf *b, enum diag_lang lang);                                   /* press.c */
void css_color_rule(struct css *c, const struct source *src, const struct css_item *it);   /* press.c */
void css_counter_rule(struct css *c, const struct source *src, const struct css_item *it); /* counter.c */

/* Custom properties: a list, newest first; equal lists are one pointer within a style sheet's life. */
struct css_var {
    const struct css_var *next;
    struct str name;
    struct cvs value; /* .v NULL: guaranteed-invalid (initial) */
    struct str text;  /* the value as written: equal texts are equal values */
};
#endif
