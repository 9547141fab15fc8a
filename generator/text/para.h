/* para.h: inside text/ only: the inside of a paragraph.
 *
 * The text of all spans, white space collapsed and transformed, stands in one piece (para->text). It is cut into ATOMS in logical order: a WORD is a
 * run of one span, script, direction and font without a place to break inside; a SPACE is one blank; objects, struts, marks, leaders and forced
 * breaks stand between them. breaks[i] of an atom says whether a line may end behind it. lines.c chooses among these places and those inside words
 * that hyphenation adds. */
#ifndef LETAK_TEXT_PARA_H
#define LETAK_TEXT_PARA_H
#include "text/font.h"

enum atom_kind { ATOM_WORD, ATOM_SPACE, ATOM_OBJECT, ATOM_STRUT, ATOM_MARK, ATOM_LEADER, ATOM_BREAK, ATOM_CONTROL };
struct piece {     /* what the caller added, in order */
    uint8_t kind;  /* ATOM_WORD for text, else as the atom */
    bool at_start; /* STRUT */
    const struct text_style *style;
    void *owner;
    struct place at;
    uint32_t from, to; /* its text in para->text */
    fixed width, ascent, descent;
    struct str pattern; /* LEADER */
    uint32_t control;   /* CONTROL: a piece that is no atom: the bidi control that an element's edge stands for */
};
struct atom {
    uint8_t kind, level; /* bidi level */
    bool may_break;      /* a line may end behind it */
    uint32_t piece;
    uint32_t from, to; /* bytes of para->text */
    const struct shaped *shaped;
    uint32_t script;
    fixed width; /* rounded, letter and word spacing included */
};
struct para {
    struct text *t;
    struct arena *arena;
    bool rtl, prepared;
    unsigned said;       /* text's count when it began: what is reported of one of its characters must be reported again (keep.c) */
    struct buf building; /* text while it is added; moved to the arena by para_settle */
    struct str text;
    bool space_open; /* the last character was a collapsible space, or nothing stands yet on the line */
    VEC(struct piece) pieces;
    VEC(struct atom) atoms;
};
void para_settle(struct para *p); /* nothing more is added: text stands */
void para_prepare(struct para *p);
/* keep.c: lines kept from the document before: NULL where there are none. */
struct para_lines *keep_find(struct para *p, const struct para_shape *s);
void keep_add(struct para *p, const struct para_shape *s, const struct para_lines *lines);
/* Glyphs of bytes [from, to) of the text, which lie in piece q; what is never shown is left out. */
const struct shaped *para_shape(struct para *p, const struct piece *q, const struct font *f, uint32_t script, bool rtl, size_t from, size_t to);
fixed para_scale(const struct text_style *s, const struct font *f, int64_t units);
/* Line break opportunities of text: out[i] is set where a line may end before byte i. With the Serbian no-break rules where `serbian`. */
void breaks_find(struct text *t, struct arena *a, struct str text, bool serbian, uint8_t *out);
/* Where one letter with its marks ends and the next begins (UAX 29, extended grapheme clusters): out[i] is set before byte i. */
void letters_find(struct text *t, struct arena *a, struct str text, uint8_t *out);
/* Bidi levels by byte of text (levels[i] belongs to the character that begins at i). False where all runs from left to right, at level 0. */
bool levels_find(struct para *p, uint8_t *levels);
#endif
