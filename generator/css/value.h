/* value.h: reading typed values out of component values (CSS Values and Units 4). All readers take what they read off the front of *v, skip white
 * space before it, and leave *v alone when they return false. */
#ifndef LETAK_CSS_VALUE_H
#define LETAK_CSS_VALUE_H
#include "css/style.h"
#include "css/token.h"
#include <libxml/tree.h>

struct css;
struct property;
struct ctx { /* what a value may depend on */
    struct css *css;
    struct arena *arena;
    struct style *s;            /* being computed */
    const struct style *parent; /* never NULL */
    const struct style *root;   /* for rem */
    const xmlNode *el;          /* for attr(); NULL while a style sheet is checked */
    struct str base;            /* folder of the style sheet, for url() */
    bool unsupported;           /* out: the value is CSS, but not carried out */
};
enum { LEN_NEGATIVE = 1, LEN_PERCENTS = 2, LEN_NUMBERS = 4 /* a bare number counts as so many px: SVG and attributes */ };
const struct cv *val_peek(struct cvs *v);        /* next component value that is not white space; NULL at the end */
const struct cv *val_next(struct cvs *v);        /* the same, taken */
bool val_done(struct cvs *v);                    /* nothing is left but white space */
bool val_ident(struct cvs *v, const char *name); /* this keyword */
bool val_delim(struct cvs *v, char c);           /* this delimiter, or ',' */
/* One keyword of "a b=7 c !d": its number (that of the one before + 1, from 0), words behind ! are CSS but not carried out. */
bool val_keyword(struct ctx *x, struct cvs *v, const char *words, int *out);
bool val_number(struct ctx *x, struct cvs *v, double *out); /* calc() too */
bool val_integer(struct ctx *x, struct cvs *v, long *out);
bool val_len(struct ctx *x, struct cvs *v, int flags, struct len *out); /* lengths, percentages, calc(), min(), max(), clamp(), 0 */
bool val_fixed(struct ctx *x, struct cvs *v, int flags, fixed *out);    /* a length without percentages */
bool val_color(struct ctx *x, struct cvs *v, struct color *out);
bool css_cmyk(struct cvs v, struct color *out);               /* the arguments of device-cmyk() */
bool val_url(struct ctx *x, struct cvs *v, struct str *out);  /* resolved against x->base */
bool val_text(struct ctx *x, struct cvs *v, struct str *out); /* a string */
bool val_name(struct ctx *x, struct cvs *v, struct str *out); /* any identifier, interned */
fixed fixed_of(double pt);                                    /* points, clipped at 55 m */
#endif
