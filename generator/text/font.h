/* font.h: inside text/ only. */
#ifndef LETAK_TEXT_FONT_H
#define LETAK_TEXT_FONT_H
#include "base/map.h"
#include "text/text.h"
#include <hb-ot.h>
#include <hb.h>

/* A word as HarfBuzz shaped it, in font units. */
struct shaped {
    const struct font *font;
    uint32_t n;
    int32_t width;
    const struct shaped_glyph {
        uint16_t id;
        uint16_t cluster; /* byte offset in the word */
        int32_t advance;
        int16_t dx, dy;
    } * glyphs;
    struct word *word; /* the cache's, that it is part of; NULL where it is not from there */
};
enum { LONGEST_WORD = 60 }; /* bytes, of the words that are kept and hyphenated */
struct inside {             /* a place inside a word where a hyphen may stand */
    uint16_t at, glyphs;
    int32_t units;   /* how many bytes, glyphs and font units stand before it */
    uint16_t before; /* letters before it, of those that are hyphenated */
};
struct word_key {
    const struct font *font;
    uint32_t script, lang, flags, n; /* n: bytes of the word */
};
/* A word of the cache, in one piece of memory with its bytes and, behind them, its glyphs: most are far from what was looked at last, so that each
 * piece would be waited for. */
struct word {
    struct word_key key;
    bool known, hyphenated; /* shape_know; the rest is filled */
    uint16_t letters, n;    /* how many letters are hyphenated, how many places there are */
    const struct inside *at;
    struct shaped shaped;
    char text[];
};
struct pairs;
struct word_slot {
    uint64_t hash;     /* of key and text */
    struct word *word; /* NULL: free */
};
struct font_choice {          /* what one list of families means for one weight and slant */
    struct families families; /* copied: t outlives the documents that the lists come from */
    uint16_t weight;
    bool italic;
    const struct font *first;
};
struct text {
    struct diag *diag;
    struct place at; /* of the text that is being set, for messages */
    struct arena arena;
    hb_buffer_t *buffer;
    struct word_slot *words; /* by hash, open addressing */
    size_t n_words, n_slots; /* n_slots: a power of two */
    VEC(struct font_choice) choices;
    const struct families *now; /* font_for's last list, NULL where a paragraph begins: only inside one is the pointer sure to mean the same list */
    size_t now_choice;
    VEC(struct face_row) faces; /* @font-face, in order */
    void *breaks, *letters;     /* UBreakIterator *: of lines, of what readers take for one letter */
    struct map hyphens;         /* lang + word -> positions */
    struct pairs *pairs;        /* pairs.c */
    unsigned pairs_after;       /* how many words HarfBuzz shapes before they are put together: a short text does not pay for reading the font */
    size_t words_size;
    unsigned said;              /* how often there was something to report of a character */
    struct line_room *lines;    /* lines.c: what breaking a paragraph needs */
    struct para_memory *memory; /* lines of paragraphs kept between documents; mostly NULL */
};
struct face_row {
    struct str family;
    const char *path;
    uint16_t weight;
    bool italic;
    struct place at; /* of the rule */
};
/* The font for one character: the first of the families that has it, then the fallback fonts. NULL where none has. Only from para_prepare, which
 * sets t->now to NULL first. */
const struct font *font_for(struct text *t, const struct text_style *s, uint32_t c);
bool font_has(const struct font *f, uint32_t c);
/* Shapes bytes of one font, script and direction; the result lives as long as t, or as a where the cache is full. */
const struct shaped *shape_word(struct text *t, struct arena *a, const struct font *f, hb_script_t script, bool rtl, const struct text_style *s,
                                struct str word);
/* pairs.c: what is known of the pairs of letters of a font in a language; NULL where the script is not for it. Lives as long as t. */
struct pairs *pairs_of(struct text *t, const struct font *f, hb_script_t script, struct str lang);
/* Fills out, but for its word, with what HarfBuzz would give for a word set left to right without features; glyphs in a. False, and nothing done,
 * where HarfBuzz is needed; what it gives for the word then goes to pairs_learn, with the language that it was told. */
bool pairs_shape(const struct pairs *p, struct arena *a, struct str word, struct shaped *out);
void pairs_learn(struct text *t, struct pairs *p, hb_language_t lang, struct str word, const struct shaped *w);
/* A word set left to right that need not be looked at by the character again: shape_know says of one just shaped that it was cut as a whole, all of
 * one script, font f its usual one, and nothing reported; shape_known finds it, NULL where it was not said. */
void shape_know(const struct shaped *word);
const struct shaped *shape_known(struct text *t, const struct font *f, hb_script_t script, const struct text_style *s, struct str word);
/* Break points of a word for a language: points[i] is set where a hyphen may stand before byte i; POINT_SHORT where that word or a part of it is
 * shorter than words are hyphenated where nothing is said. False where there is no dictionary or no point. */
enum { POINT_NONE, POINT_USUAL, POINT_SHORT };
bool hyphen_points(struct text *t, struct str lang, struct str word, const uint8_t **points);
/* The glyphs of the first n bytes of w, set left to right: how many, and their width in font units. */
struct inside shaped_prefix(const struct shaped *w, size_t n);
/* Where a word may be hyphenated, in out->at; text is what w was shaped from. limit: hyphenate-limit-chars, NULL: as usual. Places in a. */
void hyphens_find(struct text *t, struct arena *a, struct str lang, const uint8_t *limit, const struct shaped *w, struct str text, struct word *out);
#endif
