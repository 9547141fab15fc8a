/* selector.h: Selectors 4 as far as print needs them: parsed once, matched from right to left.
 *
 * A selector is a chain of compounds, rightmost first. Matching may try again along ' ' and '~', so a document has a budget of compound tests; past
 * it complex selectors match nothing (reported once). Nothing recurses deeper than SELECTOR_COMPOUNDS × SELECTOR_NESTING. */
#ifndef LETAK_CSS_SELECTOR_H
#define LETAK_CSS_SELECTOR_H
#include "css/dom.h"
#include "css/token.h"

enum { SELECTOR_COMPOUNDS = 32, SELECTOR_NESTING = 6 };
enum simple_kind {
    SIMPLE_ID,
    SIMPLE_CLASS,
    SIMPLE_ATTR,
    SIMPLE_ROOT,
    SIMPLE_EMPTY,
    SIMPLE_NTH,
    SIMPLE_ONLY,
    SIMPLE_NOT,
    SIMPLE_IS,
    SIMPLE_HAS,
    SIMPLE_LANG,
    SIMPLE_LINK,
    SIMPLE_CHECKED,
    SIMPLE_DISABLED,
    SIMPLE_ENABLED,
    SIMPLE_REQUIRED,
    SIMPLE_OPTIONAL,
    SIMPLE_NEVER
};
struct selector_list;
struct simple {
    uint8_t kind;
    char op;                          /* ATTR: 0 (is there) = ~ | ^ $ * */
    bool fold;                        /* ATTR: without regard to case */
    bool of_type, last;               /* NTH, ONLY */
    int a, b;                         /* NTH */
    struct str name, value;           /* ID, CLASS: name; ATTR: name and value; LANG: value */
    const struct selector_list *list; /* NOT, IS, HAS */
};
struct compound {
    struct str type; /* in lower case; "" = any */
    size_t n;
    const struct simple *simples;
    char combinator; /* towards left: ' ' '>' '+' '~'; 0 where there is no left (HAS: the first one says how it hangs on its anchor) */
    const struct compound *left;
};
struct selector {
    const struct compound *last;
    uint32_t specificity; /* a << 20 | b << 10 | c */
    int8_t pseudo;        /* enum css_pseudo; -1 = the element itself */
};
struct selector_list {
    size_t n;
    const struct selector *list;
};
/* Parses a selector list. On failure false and *bad is the token where it went wrong (or the last one). */
bool selector_parse(struct arena *a, struct cvs v, struct selector_list *out, const struct cv **bad);

struct matcher { /* one a document */
    struct arena *arena;
    uint32_t nodes;   /* how many DOM_INFO indices there are */
    uint32_t *nth[4]; /* by index of the element: position among siblings, from the end, of its type, of its type from the end; 0 = not counted yet */
    int64_t budget;
};
bool selector_match(struct matcher *m, const struct compound *last, const xmlNode *n);
bool selector_lang(struct str range, struct str lang); /* :lang() and quotes: "sr" matches "sr-Cyrl" */
#endif
