/* strip.h: a strip is what layout makes of boxes before pages exist: an endless vertical list of pieces at a known width, as in TeX's galley.
 * Each piece says how good a page break right before it would be. strip_split finds where a strip must be cut to fill a height, strip_place paints a
 * part of it. Pages, table cells, columns, footnotes and everything unbreakable are filled by these two functions alone.
 *
 * Grammar: strip = piece*; OPEN … CLOSE nest (a box with border, background, clip, opacity or repeated table head); piece.parent is the innermost
 * OPEN.
 *   - LINE: one line of a paragraph, or anything else that cannot be cut: items relative to its top left corner
 *   - SPACE: a collapsed margin; vanishes at the top of a page, unless the page begins with a forced break; with a step (-letak-line-grid) it reaches
 *     on to the next multiple of that, counted from the top of the page
 *   - OPEN: top border and padding of a box; CLOSE: its bottom padding and border
 *   - MARK, no height: ids, string-set, bookmarks
 *   - ABSOLUTE, no height: a box out of flow that is anchored here
 *   - BAND: rows of a table joined by spans, or a flex line: cells side by side, each a strip
 *   - COLUMNS: a strip to be set in columns
 *   - FLOAT, no height: a box at the left or right (CSS 2.2, 9.5) that begins here or lower. What stands beside it was set narrower; what was not
 * says so (clear), and is moved down where it would meet the float. A SPACE with clear reaches to the foot of the floats, whatever its height. No
 *     float hangs out of its strip: the last piece is such a SPACE
 *   - BREAK: a forced page break */
#ifndef LETAK_LAYOUT_STRIP_H
#define LETAK_LAYOUT_STRIP_H
#include "layout/box.h"

enum piece_kind { PIECE_LINE, PIECE_SPACE, PIECE_OPEN, PIECE_CLOSE, PIECE_MARK, PIECE_ABSOLUTE, PIECE_FLOAT, PIECE_BAND, PIECE_COLUMNS, PIECE_BREAK };
/* How bad a break before a piece is. A worse one is taken only where no better one is on the page (Fragmentation 3, 4.4). */
enum break_quality {
    CUT_GOOD,
    CUT_WORD /* in a word, which goes on overleaf */,
    CUT_LINES /* orphans, widows, break-inside: avoid */,
    CUT_KEEP /* break-after/before: avoid */,
    CUT_LEVELS,
    CUT_NEVER = 255
};

struct piece {
    uint8_t kind, cut;
    bool fill;         /* SPACE that is part of a box's height: kept at the top of a page, too */
    bool whole_spread; /* LINE: where a spread ends before it, a break there is as bad as CUT_LINES: hyphenate-limit-last: spread */
    uint8_t clear;     /* enum clear: stands beside no float on these sides */
    fixed h;
    fixed x, dy;     /* from the strip's left edge; relative position downwards */
    uint32_t parent; /* index of the innermost OPEN + 1; 0 = none */
    union {
        struct line *line;
        struct group *group; /* OPEN and its CLOSE */
        struct box *mark;
        struct absolute *absolute;
        struct floated *floated;
        struct band *band;
        struct columns *columns;
        fixed step; /* SPACE */
    } u;
};
struct strip {
    VEC(struct piece) v;
    fixed width;
    bool floats; /* some piece is a FLOAT */
    struct layout *l;
};
struct note { /* a footnote */
    struct box *body;
    struct strip *strip;
    fixed h;
    bool column; /* stands at the foot of its column, not of the page (float-reference) … */
    bool listed; /* … and has been found there */
};
struct line_mark {
    struct box *box;
    fixed x;
};
struct noted { /* layout_options.notes: how lines are set, and which boxes stand where, relative to what holds them */
    VEC(struct frame_line) lines;
    VEC(struct frame_box) boxes;
};
struct line {
    size_t n, n_notes, n_marks;
    struct item *items; /* relative to the line's top left */
    struct note **notes;
    struct line_mark *marks;
    fixed baseline;
    const struct noted *noted; /* of itself and of what stands in it; NULL where nobody asks */
    uint32_t words;            /* how many words it holds, for messages */
};
struct group {
    struct box *box;                   /* style, tag of the figure … */
    fixed x, w;                        /* border box */
    fixed top, bottom;                 /* border + padding */
    bool paints, clips, repeats_edges; /* box-decoration-break: clone */
    uint8_t opacity;
    bool contains; /* containing block of absolute boxes */
    bool transforms;
    struct strip *head, *foot;       /* table: repeated on every page */
    fixed head_h, foot_h, box_inset; /* inset: where head and foot begin inside the border box */
    fixed y;                         /* where its content begins in the strip, while it is made */
    uint32_t open;                   /* index of its OPEN + 1; 0 = not in the strip yet */
    bool borderless;                 /* a table whose borders collapsed: its rows paint them */
    bool continued, goes_on;         /* the box began, ends, in another segment: no edge there */
};
struct absolute {
    struct box *box;
    struct strip *strip;
    fixed w, h; /* margin box of its content */
};
struct floated {
    struct box *box;
    struct strip *strip;
    fixed room;      /* width of the content box that it stands in */
    fixed w, h;      /* margin box */
    fixed x;         /* left edge, in the strip */
    fixed dy;        /* how much lower than its piece it begins */
    fixed note_h[2]; /* all footnotes in it: for the page, for the column */
    bool right;
};
struct band_cell {
    struct box *box;                /* NULL: anonymous, nothing to paint */
    fixed x, y, w, h;               /* border box inside the band */
    fixed top, right, bottom, left; /* border + padding */
    fixed content;                  /* height of the strip */
    fixed shift;                    /* vertical alignment: content starts this much lower */
    struct strip *strip;
    bool paints, collapsed;
    uint8_t align; /* flex: may grow; table: VALIGN_… */
};
struct band {
    size_t n, n_rows;
    struct band_cell *cells;
    fixed *rows;            /* top of each row; rows[n_rows] = height */
    struct box **row_boxes; /* background of rows; may be NULL */
    fixed x, w;
    fixed note_h[2];    /* all footnotes in it: for the page, for the column */
    bool rigid;         /* break-inside: avoid */
    struct edge *edges; /* collapsed borders to paint, relative to the band */
    size_t n_edges;
};
struct edge {
    fixed x, y, w, h;
    bool horizontal;
    uint8_t style;
    struct color color;
};
struct columns {
    struct strip *strip;
    int n;
    fixed width, gap;
    bool balance;
    struct box *box; /* column-rule */
    bool rigid;      /* break-inside: avoid */
    fixed note_h[2]; /* all footnotes in it: for the page, for its columns */
};

/* Where a strip is cut: before piece i, or, where sub is set, inside it. */
struct cut {
    size_t i;
    struct cut **sub;              /* BAND: one a cell, NULL at its start, the same for all pages that leave it alone; COLUMNS: one */
    struct float_rest *rest;       /* floats before i that go on behind the cut, in the order of their pieces */
    struct carried_notes *carried; /* footnotes of columns that go on in the next column; NULL: none. Only in the strip of COLUMNS */
    uint32_t n_rest;
    fixed done;  /* BAND: height of it that is behind us; COLUMNS: of the columns above the cut */
    fixed lift;  /* FLOATs from i on begin so much higher: their pages are behind us, and what stands beside them too */
    bool forced; /* COLUMNS: the first takes something whatever its height */
};
struct float_rest {
    size_t i;      /* its piece */
    struct cut at; /* in its own strip */
    fixed dy;      /* how much lower than the top of the next fragment it begins */
};

struct carried { /* a footnote, from there on */
    struct note *note;
    struct cut from;
};
struct carried_notes {
    VEC(struct carried) list;
};

/* Footnotes of a page or a column while it is filled: their area takes room from the text. */
struct foot {
    bool column;   /* those with note.column are meant, else the others */
    fixed lead;    /* margin, border, padding of the area: counted once there is a note */
    fixed used;    /* heights of the notes so far, lead included; 0 = none */
    fixed reserve; /* room for at least this much of a note that must be split */
};
struct split {
    struct layout *l;
    fixed avail;
    struct foot *foot; /* NULL: notes are not placed here */
    bool force;        /* the fragment is empty so far: something must be taken */
    bool overflow;     /* result: something higher than avail was taken */
    bool forced;       /* result: cut at a BREAK */
    fixed used;        /* result: height */
};
/* How much of s from `from` fits into q->avail: the cut behind it. Always goes on where q->force is set and anything is left. */
struct cut strip_split(struct split *q, const struct strip *s, struct cut from);
bool cut_ahead(const struct strip *s, struct cut a, struct cut b); /* a lies behind b: something stands between them */
bool strip_done(const struct strip *s, struct cut at);
fixed strip_height(const struct strip *s);
fixed strip_baseline(const struct strip *s, bool last);  /* of the first (last) line; -1 where there is none */
struct cut **cut_one(struct arena *a, struct cut c);     /* that of COLUMNS */
struct cut cell_cut(const struct cut *at, size_t i);     /* where cell i of a band, or what stands in columns (0), is cut; at NULL: at its start */
fixed rest_height(const struct strip *s, struct cut at); /* of what is left at a cut, on one endless page */
const struct float_rest *rest_of(const struct cut *c, size_t i); /* of the float of piece i; NULL: it does not go on behind the cut */

/* --- columns.c --- */
/* The least height at which what is left at `from` fits into the columns with their footnotes. */
fixed columns_rest(struct layout *l, const struct columns *c, struct cut from);
/* Whether what is left does not fit into so much room, which it shares with its footnotes for the page. *notes: their height, where it fits. */
bool columns_too_long(struct layout *l, const struct columns *c, const struct cut *at, fixed room, const struct foot *foot, fixed *notes);
/* As much as fits above the footnotes that it brings along; the height goes to to->done, the notes to *foot. False where nothing fits, which force
 * does not allow. */
bool columns_split(struct layout *l, const struct columns *c, const struct cut *at, fixed room, bool force, struct foot *foot, struct cut *to);

struct items {
    struct item *v;
    size_t n, cap;
}; /* as VEC(struct item) */
/* Painting. items are relative to the page's content area. */
struct slot {
    size_t at;
    struct item *items;
    size_t n;
}; /* backgrounds: go before items[at], since their height is known late */
struct page_mark {
    struct box *box;
    fixed x, y;
};
struct waiting {
    struct absolute *absolute;
    fixed x, static_y;
    bool artifact; /* as the canvas was where it is anchored */
};
struct canvas {
    struct layout *l;
    struct arena *a; /* of the frames */
    struct items items;
    VEC(struct slot) slots;
    VEC(struct page_mark) marks;
    VEC(struct note *) notes;
    VEC(struct waiting) waiting; /* for their containing block */
    fixed limit;                 /* bottom of the page: filling SPACE ends there; 0 = none */
    bool artifact;               /* repeated heads, margin boxes */
    fixed area_w, area_h;        /* containing block of last resort */
    uint32_t words, lines;       /* set so far */
    struct noted noted;
};
/* Adds what is noted of a part that stands at x, y; from: NULL where nothing is. */
void noted_add(struct arena *a, struct noted *to, const struct noted *from, fixed x, fixed y);
/* Paints s from one cut to the other with its top left corner at x, y; returns the height taken. */
fixed strip_place(struct canvas *c, const struct strip *s, struct cut from, struct cut to, fixed x, fixed y);
fixed strip_place_all(struct canvas *c, const struct strip *s, fixed x, fixed y);
/* Places waiting[first…] in that containing block, lowest z-index first; those below 0 go to `below`, which belongs before what the block holds, or,
 * where it is NULL, before all that stands on the canvas: only where no slot is waiting to be filled, since they all move by one. */
void canvas_absolute(struct canvas *c, size_t first, fixed x, fixed y, fixed w, fixed h, struct items *below);
struct item *canvas_items(struct canvas *c, struct arena *a, size_t *n); /* everything, backgrounds in their places; the canvas is empty afterwards */
struct item *canvas_add(struct canvas *c, enum item_kind kind, struct box *owner);

fixed place_columns(struct canvas *c, const struct columns *k, struct cut from, const struct cut *to, fixed x, fixed y); /* returns the height */

/* --- notes.c: footnotes --- */
struct note_plan { /* what of a list stands in an area */
    const struct carried_notes *list;
    size_t n;       /* how many of it stand here … */
    struct cut *to; /* … and how far */
    fixed h, lead;  /* of all, and of the area's edges */
};
fixed notes_lead(const struct layout *l, fixed width); /* height of the edges of an area for notes */
/* The room of an area with these edges that a list of notes which go on is given beforehand: no more than three quarters, but where no text is left
 * (alone). 0 where there are none. */
fixed notes_kept(struct layout *l, const struct carried_notes *list, fixed lead, fixed room, bool alone);
/* The first of the list that fit into `room`, edges included. The last may be cut. force: something must stand here. */
struct note_plan notes_plan(struct layout *l, const struct carried_notes *list, fixed width, fixed room, bool force);
void notes_place(struct canvas *c, const struct note_plan *plan, fixed x, fixed y, fixed width);
/* The list without what stands in the plan. */
void notes_left(struct layout *l, const struct note_plan *plan, struct carried_notes *left);
bool carried_ahead(const struct carried_notes *a, const struct carried_notes *b); /* less is left at a than at b */
bool note_splits(const struct note *n);
fixed note_least(const struct note *n);              /* height of the part that stands with the call at least, where it splits */
void strip_notes(const struct strip *s, fixed h[2]); /* adds the heights of all footnotes in it: for the page, for the column */
/* Adds the footnotes that are called between two cuts, those for the column or those for the page, in order. */
void notes_between(struct layout *l, const struct strip *s, struct cut from, struct cut to, bool column, struct carried_notes *out);

/* --- deco.c: backgrounds and borders --- */
struct deco {
    fixed x, y, w, h;
    bool top, bottom, left, right;
}; /* border box; which edges stand on this page or line */
bool deco_paints(const struct style *s);
/* Appends background, then borders. */
void deco_paint(struct layout *l, const struct style *s, struct deco d, struct place at, struct arena *a, struct items *out);
void deco_edge(struct layout *l, const struct edge *e, fixed x, fixed y, struct arena *a, struct items *out);
#endif
