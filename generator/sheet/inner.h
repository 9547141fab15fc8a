/* inner.h: what the files of sheet/ share.
 *
 *     table.c    which page stands where, for each way of folding
 *     impose.c   checks; folds and booklets       cards.c   n-up       tiles.c   posters, whole and cut
 *     marks.c    what stands outside the trim     svg.c     a page as SVG
 *     proof.c    the dummy and the page that folds */
#ifndef LETAK_SHEET_INNER_H
#define LETAK_SHEET_INNER_H
#include "sheet/sheet.h"
#include "text/text.h"

#define MARK_GAP MM(2) /* between bleed and marks */
#define MARK_LENGTH MM(5)
#define TOLERANCE MM(0.2) /* rounding of millimetres, no more */
static inline bool same_length(fixed a, fixed b) { return a <= b + TOLERANCE && b <= a + TOLERANCE; }
#define SLUG_SIZE PT(6)

enum { SHEET_SIDES = 10000, SHEET_CARDS = 200000, SHEET_TILE_GRID = 40 }; /* more is a slip of the pen */

struct job { /* what sheet_impose was asked for */
    struct arena *a;
    const struct frames *in;
    struct sheet_style *s; /* a copy: what was not said is filled in */
    struct diag *d;
    struct frames *out;
    bool rtl, dummy;
    struct text *text; /* opened when a mark has words */
    VEC(struct frame_page) pages;
};

typedef VEC(fixed) fixed_list;

struct face { /* a side of a sheet under way */
    struct job *j;
    fixed w, h;                 /* media */
    fixed x, y, trim_w, trim_h; /* what is left after trimming */
    fixed bleed;
    fixed_list cut_x, cut_y, fold_x; /* where marks stand */
    size_t sheet;                    /* from 0 */
    int side;                        /* 0 = front, 1 = back, -1 = the only one */
    bool turn, bare;                 /* printed upside down; without the marks of marks_draw */
    VEC(struct item) items;
};
/* A side with the trim in the middle of media; the group that turns it is opened. */
void face_open(struct face *f, struct job *j, fixed w, fixed h, fixed trim_w, fixed trim_h, bool turn);
/* Marks, end of the turn; the page is added to the job. */
void face_close(struct face *f);
struct item *face_push(struct face *f, enum item_kind kind);

struct cell { /* a page's place on a side */
    size_t page;
    fixed x, y, w, h;               /* of its trim */
    fixed left, right, top, bottom; /* how far it shows beyond that */
    fixed dx, dy;                   /* it is moved by so much, what shows is not */
};
void face_place(struct face *f, const struct cell *c);

/* marks.c */
fixed marks_room(const struct sheet_style *s); /* paper that marks need outside the bleed */
void marks_draw(struct face *f);
extern const struct color REGISTRATION; /* on all plates */
enum align { AT_LEFT, AT_MIDDLE, AT_RIGHT };
/* Words on one line at x, y (baseline); returns their width. color: of the letters. up: they run upwards from there. NULL color: only measured. */
fixed marks_words(struct face *f, struct str words, fixed size, const struct color *color, enum align align, fixed x, fixed y, bool up);
void marks_line(struct face *f, fixed x0, fixed y0, fixed x1, fixed y1, bool dashed);

/* sheet_impose; dummy: with the lines and directions of the folds. */
bool sheet_impose_as(struct arena *a, const struct frames *in, const struct sheet_style *s, struct diag *d, bool dummy, struct frames *out);
void dummy_folds(struct face *f);               /* proof.c */
void sheet_base64(struct buf *b, struct str s); /* svg.c */
bool cards_impose(struct job *j);
bool poster_impose(struct job *j);
bool tiles_impose(struct job *j);
const char *sheet_mm(struct arena *a, fixed f);
#define SHEET_SAY(j, m, ...) DIAG((j)->d, m, (j)->s->at, __VA_ARGS__)
/* Says which places stay blank, as the sheet wants it; false: refused. */
bool sheet_blanks(struct job *j, const struct sheet_order *o);
#endif
