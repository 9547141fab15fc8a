/* text.h: fonts and paragraphs. From styled text to lines of positioned glyphs; knows nothing of boxes, pages or CSS syntax.
 *
 * A paragraph is built from spans and objects, then broken into lines as often as its width changes:
 *     struct para *p = para_new(t, arena, rtl);
 *     para_text(p, text, &style, owner, place);  para_object(p, …);  para_break_line(p); …
 *     struct para_lines *l = para_break(p, &shape);
 * Steps (UAX 9, UAX 14, UAX 24; Knuth & Plass 1981): collapse white space → bidi levels (FriBidi) → items by script, language,
 * level, font → shape words through a cache (HarfBuzz, or from pairs that it has shaped; in font units, rounded once a run) → break
 * opportunities (ICU; Serbian no-break rules) → total-fit lines, first without, then with hyphens (libhyphen) → reorder. */
#ifndef LETAK_TEXT_TEXT_H
#define LETAK_TEXT_TEXT_H
#include "css/style.h" /* families, enums of the text properties */
#include "layout/frame.h"

/* --- fonts: one struct text a thread; struct font is shared and lives as long as the process --- */
struct text;
struct text *text_open(struct diag *d);
void text_close(struct text *t);
void text_add_face(struct text *t, const struct font_face *face); /* @font-face; before the first paragraph */

struct font {                /* one face of one file */
    const char *path, *name; /* name: PostScript name */
    struct str data;         /* the file, mapped */
    void *hb_face, *hb_font; /* hb_face_t *, hb_font_t * in font units */
    uint16_t upem;
    int16_t ascent, descent, line_gap; /* font units; descent positive downwards */
    int16_t x_height, cap_height, underline_y, underline_thickness, strike_y, strike_thickness;
    int16_t bbox[4], italic_angle; /* angle in 1/64 degree */
    uint16_t weight;               /* it, italic, serif and mono come from the file, so that it does not matter who opened it first */
    bool italic, serif, mono, naskh;
};
/* Forgets the font of that path, or (NULL) all: for programs that try many. Nothing that names them (text, frames) may be in use any more. */
void text_fonts_close(const char *path);
/* Where the text comes from that fonts are looked up for next: for messages. */
void text_place(struct text *t, struct place at);
/* The first face of the families (then the fallback list) that has the character; NULL where no font has it. */
const struct font *text_font(struct text *t, const struct families *f, uint16_t weight, bool italic, uint32_t c, struct str lang);

void text_help(struct buf *b); /* the families that need no @font-face, a line each */
/* How many bytes of t, which begins with no white space, are its first letter and the signs around it; 0 where none stands in its first word.
 * lang decides whether lj, nj, dž, ij are one letter. */
size_t text_initial(struct str t, struct str lang);
uint16_t text_space(const struct font *f); /* its glyph of a blank; 0 where it has none */
/* The outline of a glyph in font units, y upwards, as the data of an SVG path; nothing where it is blank. Appended. */
void text_outline(struct buf *b, const struct font *f, uint16_t glyph);

/* --- paragraphs --- */
struct text_style { /* what a span needs from its struct style; equal ones should be the same pointer */
    const struct families *families;
    fixed size;
    uint16_t weight;
    bool italic, tabular, small_caps;
    uint8_t white_space, hyphens, overflow_wrap, transform, unicode_bidi;
    bool rtl;
    uint8_t hyphen_chars[3]; /* fewest letters of a word that is hyphenated, before the hyphen, behind it; 0 = 5 2 2 or what the patterns ask */
    struct str lang, features, hyphen;
    fixed letter_spacing, word_spacing, tab;
    fixed rise; /* baseline shift upwards */
};
struct para;
struct para *para_new(struct text *t, struct arena *a, bool rtl);
/* owner comes back with every run; text must live as long as the paragraph. */
void para_text(struct para *p, struct str text, const struct text_style *s, void *owner, struct place at);
/* An inline box of its own (image, inline-block, field): U+FFFC for breaking. Sizes above and below the baseline. */
void para_object(struct para *p, fixed width, fixed ascent, fixed descent, const struct text_style *s, void *owner);
void para_strut(struct para *p, fixed width, bool at_start, const struct text_style *s,
                void *owner); /* left or right margin, border, padding of an inline element: unbreakable edge */
void para_mark(struct para *p,
               void *owner); /* zero-width note of a place (anchors, footnote calls, string-set): comes back as a run of kind RUN_MARK */
void para_edge(struct para *p, const struct text_style *s, bool opens);                        /* an element with unicode-bidi begins, ends */
void para_line_break(struct para *p);                                                          /* <br> */
void para_leader(struct para *p, struct str pattern, const struct text_style *s, void *owner); /* fills what is left of its line */

struct para_measure { /* the place of one line: how far from the left edge it begins, how wide it is */
    fixed x, w;
};
struct para_shape {
    fixed width;               /* of every line that has no measure of its own */
    fixed indent;              /* first line */
    uint8_t align, align_last; /* enum text_align, START and END resolved by the caller */
    bool greedy;               /* short cells: first fit */
    uint8_t hyphen_lines;      /* enum hyphen_lines, or HYPHEN_LINES and how many lines in a row may end in a hyphen */
    bool whole_last;           /* the line before the last does not end in a hyphen */
    uint8_t hanging;           /* HANG_… */
    bool protrude;             /* optical margins */
    uint16_t tracking;         /* by how much words are spaced in justified lines, at most; 1/100 percent of their width */
    fixed hyphen_zone;         /* a word is hyphenated only where the line would else have more than this empty */
    uint32_t n_measures;       /* of the first lines, which stand beside floats; mostly 0 */
    const struct para_measure *measures;
};
enum run_kind { RUN_GLYPHS, RUN_OBJECT, RUN_STRUT, RUN_MARK, RUN_LEADER };
struct run {
    uint8_t kind;
    void *owner;
    fixed x, width; /* from the line's left edge; visual order */
    const struct text_style *style;
    struct place at;
    uint32_t first;         /* GLYPHS, LEADER, OBJECT: where its text begins in the paragraph: logical order, for lines of mixed direction */
    struct text_item *text; /* RUN_GLYPHS, ready for a frame but for its colour */
    fixed ascent, descent;  /* OBJECT; GLYPHS: of the font at its size */
};
struct para_line {
    size_t n;
    struct run *runs;
    fixed x, width, natural; /* x: indent and alignment; width used; natural before stretching */
    bool hyphenated, forced; /* ends in a hyphen; ends in a forced break or is the last */
    bool overfull;
    double stretch; /* adjustment ratio r of Knuth–Plass */
};
struct para_lines {
    size_t n;
    struct para_line *lines;
};
struct para_lines *para_break(struct para *p, const struct para_shape *s);
fixed para_min_width(struct para *p);                     /* widest unbreakable piece */
fixed para_max_width(struct para *p);                     /* on one line */
fixed para_width_before(struct para *p, struct str mark); /* of what stands before the first `mark` on one line, of all where there is none */
bool para_empty(const struct para *p);                    /* nothing but collapsible space and marks */
bool para_begun(const struct para *p);                    /* some text or an object has been added */
size_t para_length(const struct para *p);                 /* bytes: it has no more lines than this and one */
/* Lines kept while a document is made again and again: paragraphs that did not change are not broken anew (keep.c). From text_remember(t, m) to
 * text_remember(t, NULL) t's paragraphs are sought in m and added to it; by one thread at a time, and not where the document brings fonts. */
struct para_memory;
struct para_memory *para_memory_new(void);
void para_memory_close(struct para_memory *m);
void text_remember(struct text *t, struct para_memory *m);
/* Once a process, from main: ICU, HarfBuzz's default language. Hyphenation dictionaries are loaded when first needed and shared. */
void text_init(void);
#endif
