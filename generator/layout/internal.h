/* internal.h: what the files of layout/ share: the state of one run, and the functions between the steps. */
#ifndef LETAK_LAYOUT_INTERNAL_H
#define LETAK_LAYOUT_INTERNAL_H
#include "css/dom.h"
#include "layout/strip.h"
#include "text/text.h"
#include <limits.h>
#include <stdlib.h>

enum { DEEPEST = 600 }; /* boxes nested deeper are left out with a message: layout is recursive */

struct target { /* what target-counter and target-text need of an id */
    xmlNode *node;
    bool placed;
    long page; /* value of counter(page) there */
    size_t n;
    const struct counter *counters; /* as they stand at the element */
};
struct text_entry { /* a style as text.h wants it, with the metrics of its first font */
    const struct style *style;
    struct text_style *text;
    const struct font *font; /* NULL: no font at all */
    fixed ascent, descent, gap, x_height;
};
struct layout {
    struct arena *a;      /* frames, boxes: as long as the result */
    struct arena scratch; /* a paragraph */
    struct arena work;    /* a segment of pages, strips and all, or the margin boxes of a page; what its items point to lives in a */
    struct css *css;
    xmlDoc *doc;
    struct text *text;
    const struct layout_options *o;
    struct diag *diag;
    struct box *root;
    struct tag *document;
    uint32_t order;
    struct counters counters;
    struct map targets;       /* id -> struct target, of ids that are referred to */
    VEC(int) headings;        /* original levels of the open headings */
    struct text_entry *texts; /* style -> text style, open addressing */
    size_t n_texts, text_slots;
    struct map pictures, controls;
    const xmlNode *named_link; /* inline.c: the link whose name was asked for last, and the name */
    struct str link_name;
    bool deep_reported, has_fields, no_room_reported, initials; /* initials: some element so far has ::first-letter */
    int n_pages;                                                /* of the round before; 0 = not known yet */
    int notes;                                                  /* footnotes so far: their ids */
    uint32_t paras;                                             /* paragraphs noted so far: layout_options.notes */
    struct page_state *pages;                                   /* page.c */
    VEC(struct refers) refers;                                  /* references resolved while the present segment is laid out */
    VEC(struct aligned) aligned;
    bool spread_ends, spread_asked;      /* the page that is being filled is the second of two that lie side by side; that made a difference */
    bool transformed;                    /* some box is: rectangles wait for transform_rects */
    bool scratch_busy, at_char;          /* at_char: a cell is set whose column is aligned at a character: table.c moves its line */
    fixed column_w;                      /* width of the column that is being laid out; 0 = none */
    int columns_deep, stretch_deep;      /* nesting of what is set more than once, so that its cost does not double with every level */
    fixed cb_w, cb_h;                    /* containing block of absolute boxes */
    const struct page_style *page_style; /* of the page that is being filled; percentages and widths come from it */
    fixed area_w, area_h;                /* its content area */
};
struct refers {
    struct box *box;
    struct str text;
};

/* --- inline.c --- */
const struct text_entry *text_of(struct layout *l, const struct style *s);
fixed line_height_of(struct layout *l, const struct style *s);
struct inline_result {
    size_t n;
    struct line *lines;
    fixed *heights;
    struct beside *beside; /* NULL where no float is near */
};
/* A link over the rectangle, where b stands in one. */
void link_add(struct layout *l, struct box *b, fixed x, fixed y, fixed w, fixed h, struct item *out);
/* Sets the inline content of b in lines of `width`. Lines live in l->work. */
struct inline_result inline_layout(struct layout *l, struct box *b, fixed width, fixed height);
/* The same within a flow, whose floats the lines stand beside, and which takes up the floats of b. Where there are any, what waits is settled. */
struct flow;
struct inline_result inline_beside(struct flow *f, struct box *b);
void inline_measure(struct layout *l, struct box *b, fixed *min, fixed *max);
/* On one line: what stands before the style's text_align_char, and what from it on. */
void inline_parts(struct layout *l, struct box *b, fixed *before, fixed *behind);

/* Moves an item and whatever it points to that holds positions. */
void item_move(struct arena *a, struct item *it, fixed dx, fixed dy);

/* --- block.c --- */
struct edges {
    fixed margin[4], border[4], padding[4];
    bool auto_left, auto_right;
};
struct edges edges_of(const struct style *s, fixed base);
/* How far position: relative moves a box; width, height: of its containing block, height -1 = auto. */
void relative(const struct style *s, fixed width, fixed height, fixed *dx, fixed *dy);
/* Border + padding of both sides. */
fixed edges_h(const struct edges *e);
fixed edges_v(const struct edges *e);
/* The content of a block container, `width` wide, as a strip of its own; height: for percentages, -1 = not known. */
struct strip *strip_of(struct layout *l, struct box *b, fixed width, fixed height);
/* A box out of flow, laid out in the present containing block (l->cb_w). */
struct absolute *absolute_of(struct layout *l, struct box *b);
/* b itself (margins, border and padding included) as the only child of a strip of `width`. */
struct strip *strip_of_box(struct layout *l, struct box *b, fixed width, fixed height);
/* An image or a field, w × h, with its border and background, as a line relative to its margin box. */
struct line *object_line(struct layout *l, struct box *b, const struct edges *e, fixed w, fixed h);
struct note *note_of(struct layout *l, struct box *anchor);
/* Everything from the strip as one line: inline-block, flex items. */
struct line *line_of_strip(struct layout *l, const struct strip *s);

/* The walk that makes strips. In the main flow (paged) it makes one segment at a time, the part between two forced page breaks: it enters again, as
 * continued, the containers that are open there, and unwinds at the next break. */
struct flow {
    struct layout *l;
    struct strip *s;
    fixed x, width, height; /* content box of the present container; height -1 = auto */
    fixed plus, minus;      /* the margin that waits: largest positive, most negative */
    fixed step;             /* -letak-line-grid of the box before: the margin that waits reaches on to it; 0 = none */
    bool waits;
    VEC(struct piece) late; /* OPEN and MARK that come behind the margin */
    uint8_t cut;            /* quality of the break before what comes next */
    int avoid;              /* depth of break-inside: avoid */
    uint32_t parent;
    fixed dy;                 /* relative position */
    fixed y;                  /* height so far, the waiting margin left out */
    struct box *marker;       /* of a list item, waits for its first line */
    fixed marker_x, marker_w; /* content box of the item */
    bool paged;               /* forced breaks end the segment */
    struct box *start, *stop; /* segment: the box it begins with (NULL = the first), where it stopped (NULL = at the end) */
    fixed forced_h;           /* border box height of the next block; -1 = none */
    bool filled;              /* the next block is as wide as the strip, whatever its width says (flex items) */
    bool floats_wait;         /* some piece in late is a FLOAT */
    struct floats *floats;    /* of the present block formatting context; NULL until there is one */
};
struct piece *flow_add(struct flow *f, enum piece_kind kind, fixed h);
void flow_margin(struct flow *f, fixed m);
void flow_block(struct flow *f, struct box *b);
/* b's content, from child `from` (NULL = the first) up to, not including, `until`. */
void flow_content(struct flow *f, struct box *b, struct box *from, struct box *until);
void flow_end(struct flow *f);
void flow_boundary(struct flow *f, uint8_t quality); /* between two blocks */
void flow_marker(struct flow *f);                    /* a marker that waits stands alone on the next piece's top */
struct group *flow_open(struct flow *f, struct box *b, const struct edges *e, fixed x, fixed w, bool at_once);
void flow_close(struct flow *f, struct group *g, fixed bottom);
struct flow flow_new(struct layout *l, fixed width, fixed height);
/* A flex item as a strip of its margin box's width; forced: height of its border box, -1 = its own. */
struct strip *flex_strip(struct layout *l, struct box *b, fixed width, fixed forced);
void flow_graft(struct flow *f, const struct strip *s); /* appends the pieces of s at f->x; s must not be used afterwards */
struct strip *segment_strip(struct layout *l, struct box *start, struct box **stop);
void flow_table(struct flow *f, struct box *b);                           /* table.c */
void flow_flex(struct flow *f, struct box *b, fixed width, fixed height); /* flex.c: content only */
uint8_t quality_after(const struct style *s);                             /* of the break behind a block: for flow_boundary */
void flow_settle(struct flow *f);                                         /* what waits becomes pieces */

/* --- floats.c: boxes at the left and right (CSS 2.2, 9.5) --- */
/* The floating box b laid out as wide as it wants to be in f's present container; its place is not known yet. */
struct floated *float_new(struct flow *f, struct box *b);
/* Finds its place, no higher than y, nor than the floats before it, in the content box that begins at `left`; returns its top. */
fixed float_place(struct flow *f, struct floated *fl, fixed left, fixed y);
fixed floats_last(const struct flow *f); /* the top of the last float */
/* Takes the last float that was placed out again; last: what floats_last gave before. */
void float_undo(struct flow *f, const struct floated *fl, fixed last);
/* Fills its piece, which f ends with, once it has its place (fl->x, top). */
void float_piece(struct flow *f, struct piece *p, struct floated *fl, fixed top);
/* The lowest bottom of the floats on these sides (enum clear). */
fixed floats_bottom(const struct flow *f, uint8_t sides);
uint8_t floats_none(const struct flow *f, fixed y); /* the sides on which no float reaches below y */
/* The room between floats in the height h from y on, within the container; returns the least bottom of these floats, FIXED_MAX where there are none.
 */
fixed floats_room(const struct flow *f, fixed y, fixed h, fixed *x0, fixed *x1);
void floats_end(struct flow *f); /* the end of a block formatting context: its floats do not hang out */
/* The block b below floats (clear) or, where it may not lie under them (a table, a box with overflow), beside them. True: it is done. */
bool float_beside(struct flow *f, struct box *b);

/* --- initial.c: ::first-letter --- */
/* Parts the first letter of the block b, whose children are there but not fixed yet, from its text, in the style of the pseudo-element. */
void initial_make(struct layout *l, struct box *b, const struct style *s);

/* --- beside.c: a paragraph beside floats --- */
struct anchor { /* a float in a paragraph */
    struct box *box;
    struct floated *fl;
    bool begun; /* text stands before it */
};
struct set_float {
    struct floated *fl;
    fixed top;
    size_t line; /* before which it is put */
};
struct beside {
    struct flow *f;
    fixed line; /* a usual line's height */
    fixed (*high)(void *ctx, const struct para_line *);
    void *ctx;
    VEC(struct anchor) anchors;
    /* results, by line from 0; the floats in the order of their pieces */
    VEC(struct set_float) set;
    VEC(struct para_measure) measures; /* of the first lines; those behind have the whole width */
    VEC(fixed) gaps;                   /* how much lower a line begins than the one before ends */
    /* its own */
    VEC(fixed) heights, needs, tops;
};
/* Sets p, with no more room than shape says, beside the floats of b->f and those anchored in it, which get their places. */
struct para_lines *beside_break(struct beside *b, struct para *p, struct para_shape *shape);

/* --- turn.c: writing-mode --- */
bool turned(const struct box *b); /* a cell or block that stands at right angles to what is around it */
fixed turned_width(struct layout *l, struct box *b);
/* Its content as a strip of one piece, `room` wide; length: how high the content box is, -1 = as high as its lines are long. */
struct strip *turned_strip(struct layout *l, struct box *b, fixed room, fixed length);

/* --- transform.c: transform, translate, rotate, scale --- */
static inline bool transforms(const struct style *s) { return s->transform || s->translate || s->rotate || s->scale; }
static inline bool contains_absolute(const struct style *s) /* containing block of absolute boxes */
{
    return s->position == POSITION_RELATIVE || s->position == POSITION_ABSOLUTE || transforms(s);
}
/* The matrix of a box whose border box is that; false where it cannot be undone (scale: 0), so that nothing shows. */
bool transform_of(const struct style *s, fixed x, fixed y, fixed w, fixed h, double m[6]);
/* Appends what transforms all up to the next RESTORE; behind a SAVE. */
void transform_begin(const struct style *s, fixed x, fixed y, fixed w, fixed h, struct arena *a, struct items *out);
/* Places and notes added to the canvas since `from`, which stand in b, are where they are painted. */
struct transform_from {
    size_t marks, boxes, lines;
};
static inline struct transform_from transform_from(const struct canvas *c)
{
    return (struct transform_from){c->marks.n, c->noted.boxes.n, c->noted.lines.n};
}
void transform_marks(struct canvas *c, const struct transform_from *from, const struct box *b, fixed x, fixed y, fixed w, fixed h);
/* A walk over the items of a page that knows the matrix in force. */
struct transform_state {
    double m[6];
};
struct transform_walk {
    struct arena *a;
    struct transform_state now;
    VEC(struct transform_state) saved;
};
void transform_step(struct transform_walk *w, const struct item *it);
void transform_map(const struct transform_walk *w, fixed *x, fixed *y, fixed *wide,
                   fixed *high); /* the upright rectangle around what becomes of it */
/* Links and fields that stand in groups with a matrix: their rectangles on the page. */
void transform_rects(struct arena *a, struct item *v, size_t n);

/* --- measure.c: min-content and max-content widths (CSS Sizing 3), border box with margins --- */
struct extent {
    fixed min, max;
};
struct extent measure_content(struct layout *l, struct box *b); /* inside border and padding */
struct extent measure_box(struct layout *l, struct box *b);     /* with width properties, border, padding, margin */
struct extent table_measure(struct layout *l, struct box *b);   /* table.c: border box */
struct extent flex_measure(struct layout *l, struct box *b);
fixed width_clamp(const struct style *s, fixed w, fixed base,
                  fixed extra); /* min-width, max-width; extra: border + padding where box-sizing: border-box */
fixed height_clamp(const struct style *s, fixed h, fixed base, fixed extra);

/* --- picture.c: images and SVG --- */
struct picture {
    const struct image *image; /* or */
    struct svg *svg;           /* or neither: not readable, alt text stands for it */
    fixed width, height;       /* natural; 0 = none */
    double ratio;              /* width / height; 0 = none */
    bool element;              /* an <svg> of the document: overflow: visible lets it paint beyond its box */
};
struct picture *picture_of(struct layout *l, xmlNode *n, const struct style *s);
struct picture *picture_open(struct layout *l, struct str path, struct place at);
void picture_size(struct layout *l, struct box *b, fixed width, fixed height, fixed *w,
                  fixed *h); /* content box; width, height: of the containing block, height -1 = auto */
/* Appends the picture fitted into the rectangle as object-fit says; tag and order are set by the caller. */
void picture_paint(struct layout *l, const struct picture *p, const struct style *s, fixed x, fixed y, fixed w, fixed h, struct arena *a,
                   struct items *out);

/* --- field.c: form controls --- */
struct control {
    const struct form_field *field;
    struct str option, label; /* of this widget: export value, accessible name */
};
struct control *control_of(struct layout *l, xmlNode *n, const struct style *s);
bool control_is(const xmlNode *n);
void control_size(struct layout *l, struct box *b, fixed width, fixed *w, fixed *h);

/* --- page.c, margin.c, finish.c --- */
struct page_string { /* string-set, running elements: what a page inherits, sets first, sets last */
    struct str name;
    const struct string_value *start, *first, *last; /* NULL: nothing */
    bool set, at_top;
};
struct aligned { /* a margin box's style with the alignment that its place gives it */
    const struct style *of;
    int which;
    struct style *style;
};
struct laid_page {
    struct str name;
    bool blank;
    size_t n_items;
    struct item *items; /* relative to the content area */
    size_t n_marks;
    struct page_mark *marks;
    uint32_t lines, words;
    struct noted noted;
    fixed area_w, area_h; /* what it was made for */
    uint8_t spread;       /* and on which side of a spread, 1 or 2, where hyphenate-limit-last asks; else 0 */
    fixed used;           /* of area_h, by what stands in it */
    /* set by pages_number */
    const struct page_style *style;
    int number;   /* physical, from 1 */
    long counter; /* counter(page) */
    fixed x, y;   /* content area in the media */
    size_t n_strings;
    struct page_string *strings;
};
bool pages_run(struct layout *l);
/* What a box that refers to a place (target-counter, target-text) says, as far as places are known in this round. */
struct str reference_text(struct layout *l, struct box *b);
void margin_boxes(struct layout *l, struct canvas *c, const struct laid_page *p);
void frames_finish(struct layout *l, struct frames *out);
/* NULL: no element has set it. which: "first" "start" "last" "first-except". */
const struct string_value *page_string_value(const struct laid_page *p, struct str name, struct str which);
int page_sides(int number, bool blank, bool rtl);

/* --- panel.c --- */
struct panel_node {
    xmlNode *node;
    const char *style;
};
struct panels {
    VEC(struct box *) boxes;
    VEC(struct panel_node) nodes;
};
/* False: there are none. True: pages_run has run, with the size that was found; how each panel fits goes into fits of *out. */
bool panels_fit(struct layout *l, struct frames *out);
void layout_again(struct layout *l);

static inline fixed fixed_clamp(fixed v, fixed low, fixed high) { return v < low ? low : v > high ? high : v; }
static inline struct place box_place(struct box *b)
{
    for (; b; b = b->parent)
        if (b->node && b->node->_private) return DOM_INFO(b->node)->at;
    return (struct place){0};
}
#endif
