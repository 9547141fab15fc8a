/* breaker.h: inside text/ only: a paragraph while its lines are chosen (lines.c) and set (setting.c). */
#ifndef LETAK_TEXT_BREAKER_H
#define LETAK_TEXT_BREAKER_H
#include "text/edges.h"

struct place_to_break {
    uint32_t atom;   /* line ends behind this atom … */
    uint16_t inside; /* … or behind this many bytes of it (0 = whole) */
    bool hyphen, forced;
    fixed penalty;
    fixed allowed;          /* how much further its last character may hang out where the line is else too long */
    int64_t end_w, start_w; /* prefix width at the line's end (blanks at the end left out, hyphen added) and where the next line starts */
    int64_t end_s, start_s; /* prefix sum of the widths of blanks */
    uint32_t leaders;       /* prefix count */
};
struct node {
    uint32_t at, prev; /* place, node before (UINT32_MAX = none) */
    uint32_t line;
    uint8_t hyphens; /* how many lines up to here end in hyphens, in a row; at most most_hyphens */
    uint8_t fitness; /* 0 tight … 3 loose */
    bool overfull;
    double demerits, ratio;
};
struct start {    /* of lines that may still end further on: what of a node is looked at for every place */
    int64_t w, s; /* start_w and start_s of its place */
    uint32_t node, leaders;
    fixed width; /* of the line that starts here */
};
struct hyphen { /* how wide it is, in what */
    const struct text_style *style;
    const struct font *font;
    uint32_t script;
    fixed width;
};
struct fragment { /* a part of an atom on the line */
    const struct atom *atom;
    const struct shaped *shaped;
    uint32_t from, to;
    fixed width, extra; /* extra: what justification adds to a blank */
    uint8_t level, kind;
    bool hyphen; /* the hyphen itself: no text */
};
struct line_room { /* kept in struct text from one paragraph to the next: grown once, and warm in the cache */
    VEC(struct place_to_break) places;
    VEC(struct node) nodes;
    VEC(struct start) active;
    VEC(struct fragment) fragments;
};
struct breaker {
    struct para *p;
    const struct para_shape *s;
    struct arena *scratch; /* the paragraph's */
    struct arena *arena;   /* room's */
    struct line_room *room;
    bool ordered; /* widths grow from place to place, and all lines but the first are as wide: what is too loose from one start is so from later ones
                   */
    struct hyphen hyphen; /* of the last word that had one */
    int pass;
    int64_t flex; /* how much of their width words may give or take, 1/10,000 */
    bool edges;   /* something may stand beyond the edges */
    int most;     /* hyphens in a row that are told apart */
    bool limited; /* hyphenate-limit-lines, -zone or -last forbid some lines */
    fixed width;  /* narrowest line, for emergency breaks */
};
static inline fixed indent_of(const struct breaker *b, size_t line) { return line ? 0 : b->s->indent; }
static inline struct para_measure measure_of(const struct breaker *b, size_t line)
{
    return line < b->s->n_measures ? b->s->measures[line] : (struct para_measure){0, b->s->width};
}
static inline fixed width_of(const struct breaker *b, size_t line) { return measure_of(b, line).w - indent_of(b, line); }

/* The hyphen of the language that stands behind a, shaped in its font where glyphs is not NULL; its width. */
fixed hyphen_width(struct para *p, const struct atom *a, const struct shaped **glyphs);
/* How far a line stands out at its two ends (edges.h); 0 where no edge is asked for. */
fixed out_at_start(const struct breaker *b, const struct place_to_break *start, bool first);
fixed out_at_end(const struct breaker *b, const struct place_to_break *end, fixed *allowed);

/* Sets the line that ends at node n: runs from the left, into the paragraph's arena. f: room for one fragment an atom and two more. */
void set_line(struct breaker *b, const struct node *n, struct para_line *line, struct fragment *f);
#endif
