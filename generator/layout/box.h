/* box.h: the box tree (CSS 2.2, chapter 9; CSS Display 3), made by box.c from the styled tree before any length is known.
 *
 * Invariants once boxes_build is through:
 *   - a BLOCK holds either only block-level boxes or (inline_children) only inline-level ones; anonymous blocks were put in where both met;
 *   - a TABLE holds captions (BLOCK), COLUMNs, GROUPs; a GROUP holds ROWs, a ROW holds CELLs, a CELL is a block container as a BLOCK is;
 *   - generated text (::before, counters, markers) is TEXT like any other; only what depends on pages waits, as REFERENCE;
 *   - each box that can paint text knows its structure element (tag, NULL = artifact) and its place in reading order. */
#ifndef LETAK_LAYOUT_BOX_H
#define LETAK_LAYOUT_BOX_H
#include "base/map.h"
#include "css/css.h"
#include "layout/frame.h"
#include "layout/layout.h"

#define BOX_KINDS(X)                                                                                                                                 \
    X(BLOCK, "block")                                                                                                                                \
    X(INLINE, "inline")                                                                                                                              \
    X(TEXT, "text")                                                                                                                                  \
    X(BREAK, "break")                                                                                                                                \
    X(LEADER, "leader")                                                                                                                              \
    X(REFERENCE, "reference")                                                                                                                        \
    X(IMAGE, "image")                                                                                                                                \
    X(FIELD, "field") X(NOTE, "note") X(TABLE, "table") X(GROUP, "group") X(ROW, "row") X(CELL, "cell") X(COLUMN, "column") X(FLEX, "flex")
enum box_kind {
#define X(name, text) BOX_##name,
    BOX_KINDS(X)
#undef X
};

struct string_value {
    struct str name, value;
    struct box
        *element; /* position: running(name): the box that element(name) sets in a margin; the name has an \1 before it; a counter's has an \2 */
};
struct box_extra { /* what few boxes have */
    struct str id; /* a place that links lead to */
    size_t n_sets;
    struct string_value *sets; /* string-set */
    int bookmark;              /* level; 0 = none */
    struct str bookmark_label;
    bool sets_page; /* counter-reset: page, or counter-set */
    long page;
};
struct box {
    uint8_t kind;
    bool inline_level, anonymous, inline_children;
    bool absolute;      /* position: absolute: out of flow */
    uint8_t floating;   /* FLOAT_LEFT, FLOAT_RIGHT: out of flow, too; else 0 */
    uint8_t forced;     /* BREAK_PAGE, _LEFT, _RIGHT before it in the main flow; else BREAK_AUTO */
    bool forced_inside; /* such a break stands somewhere inside */
    bool fit;           /* a panel: -letak-fit */
    int8_t pseudo;      /* enum css_pseudo; -1 = the element itself */
    bool decorated;     /* underline and the like, its own or of a box around it */
    uint32_t order;     /* reading order */
    fixed rise;         /* baseline shift, set by inline.c */
    void *laid;         /* what inline.c made of an atomic inline, for the length of one paragraph */
    const struct style *style;
    xmlNode *node; /* element (of a pseudo-element: its originating one); NULL where anonymous */
    struct box *parent, *first, *last, *next;
    struct box *link; /* nearest a[href], itself included */
    struct tag *tag;  /* of the text in it */
    struct str text;  /* TEXT; LEADER: pattern; COLUMN: nothing */
    struct str page;  /* named page it starts on */
    struct box_extra *extra;
    struct box *marker; /* list item: its outside marker, a BLOCK */
    union {
        const struct content_item *reference; /* REFERENCE: target-counter, target-text, counter(page) */
        struct box *note;                     /* NOTE: the footnote's body, a BLOCK */
        struct picture *picture;              /* IMAGE */
        struct control *control;              /* FIELD */
        struct {
            int colspan, rowspan;
        } cell; /* CELL; COLUMN: colspan = span */
    } u;
};

/* FLOAT_LEFT or FLOAT_RIGHT, 0 where the box of that style does not float. */
static inline uint8_t floats(const struct style *s) { return s->flo == FLOAT_LEFT || s->flo == FLOAT_RIGHT ? s->flo : 0; }
static inline bool out_of_flow(const struct box *b) { return b->absolute || b->floating; }

struct layout;
/* Makes l->root. False where the document has no element. */
bool boxes_build(struct layout *l);
void boxes_dump(struct buf *b, const struct box *root);

/* --- counters, quotes, content lists: content.c --- */
struct counter {
    struct str name;
    long value;
    int depth;
};
struct counters {
    VEC(struct counter) list;
    int quotes;
};
void counters_apply(struct layout *l, struct box *b, int depth); /* counter-reset, -increment, -set of one box */
void counters_leave(struct layout *l, int depth);                /* counters made by children at depth + 1 and below end */
struct str counter_value(struct layout *l, struct str name, struct str style);
struct str counter_key(struct layout *l, struct str name); /* under which struct string_value holds a counter */
struct str counters_value(struct layout *l, struct str name, struct str between, struct str style);
/* The text of a content list where no boxes are wanted (string-set, bookmark-label, margin boxes). */
struct str content_text(struct layout *l, const struct content *c, xmlNode *node, const struct style *style);
struct str marker_text(struct layout *l, const struct style *s); /* list-style-type, suffix included; "" = none */
struct str quote_text(struct layout *l, const struct style *s, bool open);

/* --- tags.c: the structure tree --- */
struct tag *tag_new(struct layout *l, struct tag *parent, enum tag_type type, struct place at);
/* The element's own tag, or parent's where it has none; *hidden becomes true where it and what is in it is decoration. */
struct tag *tag_element(struct layout *l, struct tag *parent, xmlNode *n, const struct style *s, bool *hidden);
bool tag_holds_text(const struct tag *t);               /* false: a grouping element, whose text needs a P */
void tags_headers(struct layout *l, struct tag *table); /* headers.c */
void tags_finish(struct layout *l, struct frames *f);   /* headers of tables, prunes what is empty, numbers */
#endif
