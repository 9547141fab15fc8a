/* frame.h: the contract between layout/ (and sheet/) and what paints: pdf/, SVG previews. A document is a list of pages; a page is a list
 * of items in painting order; beside them one structure tree for the whole document.
 *
 * Units: fixed (26.6 points). Origin top left of the page's media (the trimmed page plus bleed and marks), y downwards.
 * Every TEXT, IMAGE and FIELD item, and every LINK, names the structure element it belongs to (tag), or NULL = ARTIFACT: decoration,
 * margin boxes, repeated table heads, backgrounds, borders. Items of one element need not be adjacent and may stand on several pages; reading
 * order is that of the tree and, inside an element, of the items: a child stands where the first of its items stands among its parent's. A line that
 * ends between two words keeps the space there as a glyph, so that the text can be read from the tags. */
#ifndef LETAK_LAYOUT_FRAME_H
#define LETAK_LAYOUT_FRAME_H
#include "base/diag.h"
#include "base/fixed.h"

struct font;  /* text/font.h */
struct image; /* image/image.h */
struct node;

struct color { /* sRGB 0–255 with alpha; or CMYK 0–255 when cmyk is set */
    uint8_t r, g, b, a;
    bool cmyk;
    uint8_t c, m, y, k;
};

/* How the document's colours are to be printed: what @-letak-press and @-letak-color said. Press PDFs follow it; of it all, other outputs use the
 * profile alone, for colours that the author gave in CMYK. */
struct press_color {
    struct str name;
    struct color rgb, cmyk; /* what stands in style sheets (its alpha is not looked at), what is printed for it */
    struct place at;
};
struct press {
    struct str profile;   /* bytes of the ICC profile of paper and inks; "" = the usual one */
    struct str file;      /* as it was named, for messages */
    struct str condition; /* name of the printing condition in the ICC's registry: "FOGRA39"; "" = the profile's own name */
    struct place at;
    bool images_cmyk; /* pixels are converted; else they keep their profiles */
    int most_ink;     /* percent of all inks together that nothing may have more of; 0 = not looked at */
    size_t n_colors;
    const struct press_color *colors;
};

/* --- the structure tree (ISO 32000-1, 14.8) --- */
enum tag_type {
    TAG_DOCUMENT,
    TAG_PART,
    TAG_SECT,
    TAG_ART,
    TAG_DIV,
    TAG_BLOCKQUOTE,
    TAG_QUOTE,
    TAG_CAPTION,
    TAG_TOC,
    TAG_TOCI,
    TAG_INDEX,
    TAG_P,
    TAG_H1,
    TAG_H2,
    TAG_H3,
    TAG_H4,
    TAG_H5,
    TAG_H6,
    TAG_L,
    TAG_LI,
    TAG_LBL,
    TAG_LBODY,
    TAG_TABLE,
    TAG_THEAD,
    TAG_TBODY,
    TAG_TFOOT,
    TAG_TR,
    TAG_TH,
    TAG_TD,
    TAG_SPAN,
    TAG_CODE,
    TAG_LINK,
    TAG_REFERENCE,
    TAG_NOTE,
    TAG_FIGURE,
    TAG_FORM,
    TAG_FORMULA,
    TAG_TYPES
};
enum tag_scope { SCOPE_NONE, SCOPE_ROW, SCOPE_COLUMN, SCOPE_BOTH };
struct tag {
    enum tag_type type;
    uint32_t index; /* number in document order, dense from 0 */
    struct tag *parent, *first, *last, *next;
    struct str id;                 /* TH, NOTE, and what is referred to; "" where none */
    struct str lang;               /* BCP 47; "" = as the parent */
    struct str alt, actual, title; /* Alt, ActualText, T */
    struct str expansion;          /* E: what an abbreviation stands for */
    struct str headers;            /* TD: ids of its TH, separated by spaces */
    enum tag_scope scope;
    int colspan, rowspan;       /* 0 = 1 */
    const char *list_numbering; /* L: "None" "Disc" "Decimal" "LowerAlpha" … */
    bool has_bbox;              /* FIGURE, TABLE: bbox and page */
    int page;
    fixed x, y, w, h;
    struct place at;
};

/* --- items --- */
enum item_kind { ITEM_TEXT, ITEM_RECT, ITEM_PATH, ITEM_IMAGE, ITEM_LINK, ITEM_FIELD, ITEM_SAVE, ITEM_CLIP, ITEM_ALPHA, ITEM_MATRIX, ITEM_RESTORE };

/* A run of glyphs of one font, size, colour and language on one baseline, in visual order. */
struct glyph {
    uint16_t id;
    uint16_t cluster; /* index of the first byte in the run's text of the cluster this glyph belongs to */
    fixed advance;    /* to the next glyph, letter and word spacing and justification included */
};
struct glyph_offset {
    int16_t dx, dy; /* 26.6, dy upwards */
};
struct text_item {
    const struct font *font;
    fixed size;
    fixed skew; /* synthetic slant: tan·64, 0 = none */
    struct color color;
    struct str text; /* the characters, logical order */
    struct str lang;
    bool rtl;
    uint32_t n;
    const struct glyph *glyphs;
    const struct glyph_offset *offsets; /* of each glyph from where the pen stands; NULL: of none */
    int32_t track;                      /* what of each advance is tracking of its line, 1/65536 of a unit: 0 = none */
    bool hyphen;                        /* ends in a hyphen that the text does not have: ActualText without it (soft hyphen) */
};
enum path_op { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE }; /* 1, 1, 3, 0 points */
struct path {
    uint32_t n_ops, n_points;
    const uint8_t *ops;
    const struct point {
        fixed x, y;
    } * points;
};
struct paint { /* a.a == 0: not painted */
    struct color fill, stroke;
    fixed width;       /* of the stroke */
    uint8_t cap, join; /* as in PDF: 0 butt 1 round 2 square; 0 miter 1 round 2 bevel */
    bool even_odd;
    uint8_t n_dash;
    fixed dash[6];
};
enum field_kind { FORM_TEXT, FORM_MULTILINE, FORM_CHECK, FORM_RADIO, FORM_COMBO, FORM_LIST, FORM_SIGNATURE };
struct form_field { /* one field; a radio group and a many-choice share one among their widgets */
    enum field_kind kind;
    struct str name;   /* ASCII, dots make a hierarchy: "prilozi.1.naziv" */
    struct str label;  /* accessible name (TU) */
    struct str format; /* "date": only a hint in the tooltip */
    int max_length;    /* 0 = free */
    bool required, many, read_only;
    fixed size; /* of the type */
    size_t n_options;
    const struct form_option {
        struct str value, label;
    } * options; /* COMBO, LIST, RADIO */
};
struct item {
    uint8_t kind;
    uint32_t order;   /* reading order inside the document, from 0: where an element has items and child elements, they follow each other by it
                       * (equal: as painted). A footnote is painted last on its page, yet read after its call. */
    fixed x, y, w, h; /* TEXT: x, y = baseline origin, w = advance; else the rectangle */
    struct tag *tag;  /* NULL = artifact */
    struct place at;
    union {
        struct text_item *text;
        struct color color; /* RECT */
        struct {
            const struct path *path;
            const struct paint *paint;
        } path;                    /* PATH; CLIP uses path alone or, NULL, the rectangle */
        const struct image *image; /* IMAGE: raster; vectors come as PATH items */
        struct {
            struct str uri, dest, label;
        } link; /* one of uri, dest; label = Contents */
        struct {
            const struct form_field *field;
            struct str option;
        } field; /* option: export value of this widget (CHECK, RADIO) */
        struct {
            int alpha;
        } alpha;          /* 0–255, until RESTORE */
        double matrix[6]; /* until RESTORE: x' = m0·x + m2·y + m4, y' = m1·x + m3·y + m5; points, y downwards */
    } u;
};
struct dest { /* a place that links lead to */
    struct str id;
    int page;
    fixed x, y;
};
struct outline_entry {
    struct str title, dest;
    int level, page;
    fixed y;
    bool closed;
};
/* What layout notes of the setting where layout_options.notes asks for it (report.h); nothing of it is painted. */
struct frame_blank {
    fixed x, w;
};
struct frame_line {
    fixed x, y, w, above, below; /* its place: left end, baseline, width, how high it stands above and below the baseline */
    bool turned;                 /* stands upright: x, y is its top left corner, w its height, above how far its baseline is from the left */
    fixed over;                  /* how much wider it is than its place */
    int stretch;                 /* of its blanks, percent; 0 where it is not justified */
    bool justified, hyphenated, overfull;
    uint32_t para, index, of; /* number of the paragraph; which of its lines, from 0; how many it has */
    uint32_t n_blanks;
    struct frame_blank *blanks; /* between its words */
    struct place at;
};
struct frame_box { /* the border box of a block or cell, the part on this page; margins around it in the order of CSS */
    fixed x, y, w, h, margin[4];
};
struct frame_page {
    fixed w, h;                                  /* media */
    fixed trim_x, trim_y, trim_w, trim_h, bleed; /* trim = media where there is no bleed */
    struct str label;                            /* as printed on the page: "iv", "12" */
    struct str name;                             /* named page, panel name: "" where none */
    bool blank;                                  /* inserted by a break to left or right */
    size_t n;
    struct item *items;
    size_t n_lines, n_boxes; /* 0 without layout_options.notes */
    struct frame_line *lines;
    struct frame_box *boxes;
};
struct frame_fit {   /* of a panel (-letak-fit): how it fits into its page */
    int number;      /* from 1 */
    struct str name; /* its heading */
    fixed size;      /* of the type that was chosen */
    int lines;       /* that the page still has room for; below 0: how many are too many */
    int words;       /* of those too many */
    struct place at;
};
struct frames {
    struct str title, lang, author, subject, creator;
    struct str date;       /* "2026-11-24", as the document says it; "" where it does not */
    struct str identifier; /* Dublin Core: of a form, code and version: "F8/3" */
    struct str dir;        /* "ltr", "rtl" */
    size_t n_pages;
    struct frame_page *pages;
    struct tag *root; /* TAG_DOCUMENT */
    uint32_t n_tags;
    size_t n_dests;
    struct dest *dests; /* sorted by id */
    size_t n_outline;
    struct outline_entry *outline;
    bool has_fields;
    struct str duplex;         /* "", "short", "long", "none" (one side): press PDFs */
    const struct press *press; /* NULL: as where nothing is said */
    size_t n_fits;
    struct frame_fit *fits; /* of its panels, in order */
};
/* Text forms for `letak dump frames|tags` and the goldens: one line an item, one a tag, lengths in points with two decimals. */
void frames_dump(struct buf *b, const struct frames *f);
void frames_dump_tags(struct buf *b, const struct frames *f);
#endif
