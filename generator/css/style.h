/* style.h: computed values. One struct style is shared by all nodes that compute the same; never changed after the cascade.
 * Lengths are fixed (26.6 points), font-relative units already resolved; percentages stay where layout must resolve them. */
#ifndef LETAK_CSS_STYLE_H
#define LETAK_CSS_STYLE_H
#include "base/diag.h"
#include "base/fixed.h"
#include "layout/frame.h" /* struct color */

enum len_kind { LEN_AUTO, LEN_FIXED, LEN_PERCENT, LEN_NONE, LEN_MIN_CONTENT, LEN_MAX_CONTENT, LEN_FIT_CONTENT, LEN_CALC, LEN_MATH };
struct len {
    uint32_t kind; /* wide, so that there is no padding: styles are compared by their bytes */
    fixed v; /* FIXED: the length; PERCENT: 1/64 of a percent; CALC: fixed part, percent part in p; MATH: v and p are the bytes of a pointer to struct
                len_math */
    fixed p;
};
/* min(), max() and clamp() of lengths and percentages that cannot be compared before the base is known (Values 4, 10.2). Equal ones are one pointer.
 */
enum { MATH_MOST = 8 };
struct len_math {
    uint32_t max, clamp, n; /* clamp: max(part 0, min(part 1, part 2)) */
    struct len part[MATH_MOST];
};
fixed len_math(struct len l, fixed base); /* value.c */
/* A length that is known as soon as the base for percentages is. */
static inline bool len_definite(struct len l) { return l.kind == LEN_FIXED || l.kind == LEN_PERCENT || l.kind == LEN_CALC || l.kind == LEN_MATH; }
static inline fixed len_resolve(struct len l, fixed base, fixed otherwise) /* base for percentages; otherwise for auto, none … */
{
    return l.kind == LEN_FIXED     ? l.v
           : l.kind == LEN_PERCENT ? fixed_muldiv(base, l.v, 6400)
           : l.kind == LEN_CALC    ? l.v + fixed_muldiv(base, l.p, 6400)
           : l.kind == LEN_MATH    ? len_math(l, base)
                                   : otherwise;
}
enum side { TOP, RIGHT, BOTTOM, LEFT };

enum css_pseudo { PSEUDO_BEFORE, PSEUDO_AFTER, PSEUDO_MARKER, PSEUDO_FOOTNOTE_CALL, PSEUDO_FOOTNOTE_MARKER, PSEUDO_FIRST_LETTER, PSEUDOS };
enum display {
    DISPLAY_NONE,
    DISPLAY_INLINE,
    DISPLAY_BLOCK,
    DISPLAY_INLINE_BLOCK,
    DISPLAY_LIST_ITEM,
    DISPLAY_TABLE,
    DISPLAY_INLINE_TABLE,
    DISPLAY_TABLE_ROW_GROUP,
    DISPLAY_TABLE_HEADER_GROUP,
    DISPLAY_TABLE_FOOTER_GROUP,
    DISPLAY_TABLE_ROW,
    DISPLAY_TABLE_CELL,
    DISPLAY_TABLE_CAPTION,
    DISPLAY_TABLE_COLUMN,
    DISPLAY_TABLE_COLUMN_GROUP,
    DISPLAY_FLEX,
    DISPLAY_INLINE_FLEX,
    DISPLAY_FLOW_ROOT,
    DISPLAY_CONTENTS
};
enum position { POSITION_STATIC, POSITION_RELATIVE, POSITION_ABSOLUTE, POSITION_RUNNING };
enum flo { FLOAT_NONE, FLOAT_LEFT, FLOAT_RIGHT, FLOAT_FOOTNOTE, FLOAT_START, FLOAT_END };       /* the last two: only while a style is computed */
enum clear { CLEAR_LEFT = 1, CLEAR_RIGHT = 2, CLEAR_BOTH = 3, CLEAR_START = 4, CLEAR_END = 8 }; /* as many of them; so are the last two */
enum brk { BREAK_AUTO, BREAK_AVOID, BREAK_PAGE, BREAK_LEFT, BREAK_RIGHT, BREAK_COLUMN, BREAK_AVOID_PAGE, BREAK_AVOID_COLUMN };
enum float_reference { REFERENCE_INLINE, REFERENCE_COLUMN, REFERENCE_PAGE };
enum footnote_policy { NOTE_SPLITS, NOTE_LINE, NOTE_BLOCK };
enum border_style { BORDER_NONE, BORDER_HIDDEN, BORDER_SOLID, BORDER_DASHED, BORDER_DOTTED, BORDER_DOUBLE };
enum text_align { ALIGN_START, ALIGN_END, ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTER, ALIGN_JUSTIFY };
enum white_space { WS_NORMAL, WS_NOWRAP, WS_PRE, WS_PRE_WRAP, WS_PRE_LINE };
enum writing { WRITING_HORIZONTAL, WRITING_DOWN, WRITING_UP }; /* turned a quarter: read downwards, upwards */
enum hyphens { HYPHENS_MANUAL, HYPHENS_NONE, HYPHENS_AUTO };
enum hyphen_last { HYPHEN_LAST_ANY, HYPHEN_LAST_ALWAYS, HYPHEN_LAST_COLUMN, HYPHEN_LAST_PAGE, HYPHEN_LAST_SPREAD };
enum hyphen_lines { HYPHEN_LINES_AUTO, HYPHEN_LINES_FREE, HYPHEN_LINES, HYPHEN_LINES_MOST = 16 }; /* auto: a third in a row only in need */
enum { HANG_FIRST = 1, HANG_LAST = 2, HANG_FORCE_END = 4, HANG_ALLOW_END = 8 };                   /* hanging-punctuation */
enum text_transform { TRANSFORM_NONE, TRANSFORM_UPPERCASE, TRANSFORM_LOWERCASE, TRANSFORM_CAPITALIZE };
enum vertical_align {
    VALIGN_BASELINE,
    VALIGN_SUB,
    VALIGN_SUPER,
    VALIGN_TOP,
    VALIGN_TEXT_TOP,
    VALIGN_MIDDLE,
    VALIGN_BOTTOM,
    VALIGN_TEXT_BOTTOM,
    VALIGN_LENGTH
};
enum { DECORATION_UNDERLINE = 1, DECORATION_OVERLINE = 2, DECORATION_LINE_THROUGH = 4 };
enum overflow_wrap { WRAP_NORMAL, WRAP_ANYWHERE };
enum flex_direction { FLEX_ROW, FLEX_ROW_REVERSE, FLEX_COLUMN, FLEX_COLUMN_REVERSE };
enum flex_align { FLEX_START, FLEX_END, FLEX_CENTER, FLEX_STRETCH, FLEX_BETWEEN, FLEX_AROUND, FLEX_EVENLY, FLEX_BASELINE, FLEX_ALIGN_AUTO };
enum object_fit { FIT_FILL, FIT_CONTAIN, FIT_COVER, FIT_NONE, FIT_SCALE_DOWN };
enum fit_position { BG_REPEAT, BG_NO_REPEAT, BG_REPEAT_X, BG_REPEAT_Y };

/* A piece of `content`, `string-set` or `bookmark-label`. */
enum content_kind {
    CONTENT_TEXT,
    CONTENT_COUNTER,
    CONTENT_COUNTERS,
    CONTENT_STRING,
    CONTENT_ELEMENT,
    CONTENT_TARGET_COUNTER,
    CONTENT_TARGET_COUNTERS,
    CONTENT_TARGET_TEXT,
    CONTENT_LEADER,
    CONTENT_IMAGE,
    CONTENT_CONTENTS /* content(), content(text) */,
    CONTENT_CONTENT_BEFORE,
    CONTENT_CONTENT_AFTER,
    CONTENT_OPEN_QUOTE,
    CONTENT_CLOSE_QUOTE,
    CONTENT_NO_OPEN_QUOTE,
    CONTENT_NO_CLOSE_QUOTE
};
struct content_item {
    uint8_t kind;
    struct str text; /* TEXT; name of counter, string, element; LEADER's pattern; IMAGE's url; separator of COUNTERS in text2 */
    struct str text2;
    struct str style;  /* counter style; of STRING/ELEMENT: "first" "start" "last" "first-except" */
    struct str target; /* TARGET_…: the url, attr() already resolved */
};
struct content {
    bool none, normal; /* content: none | normal */
    size_t n;
    const struct content_item *items;
};
struct counter_op {
    struct str name;
    long value;
};
struct counter_ops {
    size_t n;
    const struct counter_op *list;
};
struct string_set {
    size_t n;
    const struct {
        struct str name;
        struct content content;
    } * list;
};
struct transform { /* points, y downwards: x' = m0·x + m2·y + m4, y' = m1·x + m3·y + m5, and of_width · w + of_height · h of the border box beside */
    double m[6], of_width[2], of_height[2];
};
void css_multiply(struct transform *t, const struct transform *by); /* t := t · by: by is done first (transform.c) */
struct families {
    size_t n;
    const struct str *names;
}; /* in order of preference; generic: "serif" "sans-serif" "monospace" */

struct style {
    /* inherited */
    struct families *font_family;
    fixed font_size;
    const struct css_var *vars; /* custom properties: private to css/ */
    uint16_t font_weight;       /* 100–900 */
    bool italic, small_caps;
    bool tabular, oldstyle, lining; /* font-variant-numeric */
    struct str font_features;       /* normalised font-feature-settings: "liga=0,locl=1"; "" = normal */
    fixed line_height;              /* computed; LINE_HEIGHT_NORMAL for normal */
    int32_t line_factor;            /* line-height was given as a number, ×4096; 0 = not. line_height has it resolved */
#define LINE_HEIGHT_NORMAL (-1)
    struct str lang; /* from lang attributes */
    bool rtl;        /* direction */
    uint8_t writing; /* writing-mode: enum writing */
    struct color color;
    uint8_t text_align_last, text_align; /* ALIGN_…; text_align_last 255 = auto */
    struct str text_align_char;          /* cells of a column stand under each other at this; "" = none */
    struct len text_indent;
    uint8_t text_transform, white_space, hyphens, overflow_wrap;
    fixed letter_spacing, word_spacing;
    fixed tab_size;              /* in spaces */
    struct len underline_offset; /* below the baseline; auto comes from the font */
    uint8_t orphans, widows;
    struct str list_style_type; /* "disc" "decimal" "none" … or a string in quotes */
    struct str list_style_image;
    bool list_inside;
    uint8_t caption_side_bottom, border_collapse, empty_cells_hide, visibility_hidden;
    fixed border_spacing_x, border_spacing_y;
    struct str quotes;              /* open close open close, separated by U+001F; "" = auto by language */
    struct str page;                /* named page; "" = auto */
    struct str hyphenate_character; /* "" = auto */
    uint8_t hyphen_chars[3];        /* hyphenate-limit-chars: word, before, behind; 0 = auto */
    uint8_t hyphen_lines;           /* hyphenate-limit-lines: enum hyphen_lines, or HYPHEN_LINES and the number */
    uint8_t hyphen_last;            /* enum hyphen_last */
    struct len hyphen_zone;
    uint8_t hanging, protrude; /* hanging-punctuation: HANG_…; -letak-protrude */
    uint16_t tracking;         /* -letak-tracking: in 1/100 percent */
    /* not inherited */
    uint8_t display, position, flo, clear, box_sizing_border, overflow_hidden;
    int z_index;        /* of absolute boxes; 0 = auto */
    struct str running; /* position: running(name) */
    struct len width, height, min_width, min_height, max_width, max_height;
    struct len margin[4], padding[4], inset[4];
    fixed border_width[4];
    uint8_t border_style[4];
    struct color border_color[4];
    struct len radius[4]; /* top left, top right, bottom right, bottom left */
    struct color background;
    struct str background_image;
    uint8_t background_repeat;
    struct len background_x, background_y, background_w, background_h;
    uint8_t vertical_align;
    fixed vertical_shift; /* VALIGN_LENGTH: shift upwards */
    uint8_t decoration;
    struct color decoration_color;
    uint8_t decoration_style;
    fixed decoration_thickness;
    uint8_t break_before, break_after, break_inside;
    uint8_t footnote_policy; /* enum footnote_policy */
    uint8_t float_reference; /* enum float_reference: of footnotes */
    uint8_t initial_letter;  /* of ::first-letter: how many lines high; 0 = normal */
    uint8_t unicode_bidi;    /* 0 normal 1 embed 2 isolate 3 override 4 plaintext */
    uint8_t table_layout_fixed, object_fit, box_clone;
    struct len object_x, object_y;
    uint8_t opacity;  /* 0–255 */
    int column_count; /* 0 = auto */
    struct len column_width, column_gap;
    fixed column_rule_width;
    uint8_t column_rule_style;
    struct color column_rule_color;
    bool column_span, column_fill_auto;
    uint8_t flex_direction, flex_wrap, justify_content, align_items, align_self, align_content;
    fixed flex_grow, flex_shrink;
    struct len flex_basis;
    int order; /* grow and shrink in 1/64 */
    struct len row_gap;
    struct content content;
    struct counter_ops counter_reset, counter_increment, counter_set;
    struct string_set string_set;
    int bookmark_level; /* 0 = none */
    struct content bookmark_label;
    bool bookmark_closed;
    fixed line_grid;                                                /* -letak-line-grid: what follows begins on a multiple of this; 0 = anywhere */
    fixed fit_min, fit_max;                                         /* -letak-fit: range of font sizes; 0 = none */
    const struct transform *transform, *translate, *rotate, *scale; /* NULL: none */
    struct len origin_x, origin_y;                                  /* transform-origin, from the border box */
};

enum margin_box {
    BOX_TOP_LEFT_CORNER,
    BOX_TOP_LEFT,
    BOX_TOP_CENTER,
    BOX_TOP_RIGHT,
    BOX_TOP_RIGHT_CORNER,
    BOX_RIGHT_TOP,
    BOX_RIGHT_MIDDLE,
    BOX_RIGHT_BOTTOM,
    BOX_BOTTOM_RIGHT_CORNER,
    BOX_BOTTOM_RIGHT,
    BOX_BOTTOM_CENTER,
    BOX_BOTTOM_LEFT,
    BOX_BOTTOM_LEFT_CORNER,
    BOX_LEFT_BOTTOM,
    BOX_LEFT_MIDDLE,
    BOX_LEFT_TOP,
    MARGIN_BOXES
};
struct page_style {
    struct style style;  /* margin, padding, border, background, font of the page box */
    fixed width, height; /* of the page box (trim) */
    fixed bleed;
    bool crop_marks, cross_marks;
    const struct style *boxes[MARGIN_BOXES]; /* NULL where content is none or normal */
    const struct style *footnote;            /* @footnote area; never NULL */
};
enum sheet_scheme {
    SHEET_NONE,
    SHEET_BIFOLD,
    SHEET_LETTERFOLD,
    SHEET_ZFOLD,
    SHEET_GATEFOLD,
    SHEET_SADDLE,
    SHEET_N_UP,   /* cards: many small pages on a sheet */
    SHEET_POSTER, /* each page a sheet of its own */
    SHEET_TILES   /* a page cut into sheets that are glued together */
};
enum sheet_blank { BLANK_WARN, BLANK_ALLOW, BLANK_REFUSE };
enum sheet_blank_at { BLANK_AT_AUTO, BLANK_AT_END, BLANK_AT_BEFORE_LAST };
enum { REPEAT_SHEET = -1 };
struct sheet_style { /* @-letak-sheet; what each descriptor means: css/imposition.c. Zeroed: nothing was said */
    enum sheet_scheme scheme;
    fixed width, height; /* size; 0 = not said */
    fixed panel_trim;    /* how much narrower the flap is */
    fixed creep;         /* thickness of the paper */
    double creep_factor; /* a fold is thicker than its paper; 0 = not said */
    fixed bleed;         /* 0 = that of the pages */
    int columns, rows;   /* n-up; 0 = as many as fit */
    fixed row_gap, column_gap;
    int repeat;            /* how often each page stands there; 0 = once; REPEAT_SHEET = fills its sheet */
    bool both_sides;       /* n-up: even pages are the backs of odd ones */
    fixed overlap, margin; /* tiles; negative = not said */
    enum sheet_blank blank;
    enum sheet_blank_at blank_at; /* saddle */
    bool flip_long, crop_marks, fold_marks, cross_marks, color_marks, info_marks, marks_said;
    struct place at;
};
struct font_face {
    struct str family;
    struct str path; /* resolved; "" where only local() */
    struct str local;
    uint16_t weight;
    bool italic;
    struct place at;
};
struct counter_style; /* css/counter.c */
#endif
