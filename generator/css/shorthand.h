/* shorthand.h: how shorthands become longhands; the expanders that properties.def names. */
#ifndef LETAK_CSS_SHORTHAND_H
#define LETAK_CSS_SHORTHAND_H
#include "css/internal.h"

struct expansion {
    decl_list *list;
    struct decl like; /* place, importance, base of what comes out */
    bool all;         /* not by value: `like` itself for every longhand (inherit …, var()) */
};
#define EXPANDER(name) bool name(struct ctx *x, const char *arg, struct cvs v, struct expansion *e)
EXPANDER(s_sides);
EXPANDER(s_border);
EXPANDER(s_radius);
EXPANDER(s_pair);
EXPANDER(s_background);
EXPANDER(s_font);
EXPANDER(s_font_variant);
EXPANDER(s_any);
EXPANDER(s_flex);
EXPANDER(s_all);
/* Adds longhand p (or a LOGICAL name) with a value; a value without tokens means initial. */
void expansion_add(struct ctx *x, struct expansion *e, const char *longhand, struct cvs v);
#endif
