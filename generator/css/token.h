/* token.h: CSS Syntax Module Level 3 (the 2014 Candidate Recommendation, with unicode-range tokens): text into component values.
 *
 * A style sheet becomes one flat array. A function or a block is one token, `skip` says how many tokens it takes up together with what is inside
 * and its closing token, so `i += v[i].skip` goes from one component value to the next and nothing here recurses. Comments are left out. */
#ifndef LETAK_CSS_TOKEN_H
#define LETAK_CSS_TOKEN_H
#include "base/diag.h"

enum token {
    TOK_IDENT,
    TOK_FUNCTION,
    TOK_AT,
    TOK_HASH,
    TOK_STRING,
    TOK_BAD_STRING,
    TOK_EOF_STRING,
    TOK_URL,
    TOK_BAD_URL,
    TOK_EOF_URL,
    TOK_DELIM,
    TOK_NUMBER,
    TOK_PERCENT,
    TOK_DIMENSION,
    TOK_RANGE,
    TOK_MATCH /* ~= |= ^= $= *= || */,
    TOK_SPACE,
    TOK_CDO,
    TOK_CDC,
    TOK_COLON,
    TOK_SEMICOLON,
    TOK_COMMA,
    TOK_PAREN,
    TOK_BRACKET,
    TOK_BRACE,
    TOK_CLOSE /* of the block it stands in */,
    TOK_STRAY /* a closing bracket that closes nothing */
};
struct cv { /* a component value */
    uint8_t kind;
    bool integer;  /* NUMBER, PERCENT, DIMENSION: written without point and exponent; HASH: its name could be an id */
    bool open;     /* FUNCTION and blocks: the text ended before they were closed */
    char c;        /* DELIM (ASCII), CLOSE, STRAY: the character */
    uint32_t skip; /* tokens to the next component value; at least 1 */
    uint32_t line, col;
    struct str text; /* name, unescaped; string; url; DELIM; NUMBER and friends: as written, without the unit */
    struct str unit; /* DIMENSION, unescaped */
    double num;      /* NUMBER, PERCENT, DIMENSION; RANGE: start */
    double end;      /* RANGE */
};
struct cvs { /* a list of component values: from v up to v + n */
    const struct cv *v;
    size_t n;
};
/* The whole text. line: number of its first line (style attributes); col: of its first character. Text is borrowed, unescaped names are in a. */
struct cvs css_tokens(struct arena *a, struct str text, uint32_t line, uint32_t col);
/* Sets skip, open and STRAY anew in an array that was put together from pieces. */
void css_relink(struct arena *a, struct cv *v, size_t n);
/* What is inside a function or block; nothing where v is another token. */
static inline struct cvs cv_inside(const struct cv *v) { return (struct cvs){v + 1, v->skip - (v->open || v->skip < 2 ? 1u : 2u)}; }
/* Writes component values back as text (shortest form that reads back the same), for messages and custom properties. */
void css_write(struct buf *b, struct cvs v);
bool css_is(struct str a, const char *lower); /* equal without regard to ASCII case; lower is in lower case */
#endif
