/* words.h: inside check/: the text of a block as words with places. */
#ifndef LETAK_CHECK_WORDS_H
#define LETAK_CHECK_WORDS_H
#include "content/page.h"

struct word {
    struct str text;  /* as written, without signs around it */
    struct str plain; /* in small letters */
    struct place at;
    bool foreign;   /* in :lang[], :keep[], code or an address */
    bool last;      /* of its sentence */
    bool numbered;  /* a stop follows a number: an ordinal, or part of a date */
    uint8_t script; /* SCRIPT_… of its letters, together */
};
enum { SCRIPT_CYRILLIC = 1, SCRIPT_LATIN = 2 };
struct words {
    VEC(struct word) v;
};
/* All words of the inline content of block n; not those of blocks in it. */
struct words words_in(struct arena *a, const struct node *n);
struct str words_lower(struct arena *a, struct str text); /* in small letters: ASCII, Latin with diacritics of Serbian, Cyrillic */
#endif
