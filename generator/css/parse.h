/* parse.h: component values into rules and declarations (CSS Syntax 3, 5), An+B (6). An iterator, so nothing is allocated:
 *
 *     struct css_reader r = css_reader(tokens, CSS_STYLESHEET);
 *     for (struct css_item it; css_next(&r, &it);) … */
#ifndef LETAK_CSS_PARSE_H
#define LETAK_CSS_PARSE_H
#include "css/token.h"

enum css_mode { CSS_STYLESHEET, CSS_RULES, CSS_DECLARATIONS };
enum css_item_kind { CSS_DECLARATION, CSS_AT_RULE, CSS_QUALIFIED, CSS_INVALID };
struct css_item {
    uint8_t kind;
    struct str name;  /* of a property or an at-rule */
    struct cvs value; /* value of a declaration (without !important), prelude of a rule */
    struct cvs block; /* of a rule */
    bool has_block, important;
    const struct cv *at; /* first token; INVALID: where it went wrong; NULL: at the end of the text */
};
struct css_reader {
    struct cvs rest;
    enum css_mode mode;
};
static inline struct css_reader css_reader(struct cvs v, enum css_mode mode) { return (struct css_reader){v, mode}; }
bool css_next(struct css_reader *r, struct css_item *out);
/* One declaration from all of v (5.3.5). */
bool css_declaration(struct cvs v, struct css_item *out);
/* An+B; false where v is none. */
bool css_an_plus_b(struct cvs v, int *a, int *b);
struct cvs cvs_trim(struct cvs v); /* without white space at both ends */
/* Cuts v at the first top-level comma: what stands before it comes out, v becomes the rest. False when v was used up. */
bool cvs_split(struct cvs *v, struct cvs *part);
#endif
