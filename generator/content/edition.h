/* edition.h: the forms in which one source is printed: a folded sheet, a flyer, a pocket card, a poster … A row says what a form takes of the
 * source; names, messages, `letak help` and the files that a site makes follow from it. How each looks stands in layouts/print. */
#ifndef LETAK_CONTENT_EDITION_H
#define LETAK_CONTENT_EDITION_H
#include "content/schema.h"

enum edition {
    EDITION_LETTERFOLD,
    EDITION_ZFOLD,
    EDITION_BIFOLD,
    EDITION_GATEFOLD,
    EDITION_A5,
    EDITION_A6,
    EDITION_DL,
    EDITION_CARD,
    EDITION_POSTER,
    EDITION_TILES,
    EDITION_EASY,
    EDITIONS
};
/* Which panels stand in an edition of which no heading says anything. */
enum edition_takes { TAKES_ALL, TAKES_FIRST = 1, TAKES_SECOND = 2, TAKES_LAST = 4, TAKES_CONTACTS = 8 /* of the last panel, only its contacts */ };
struct edition_row {
    enum edition edition;
    const char *en, *sr;
    const char *suffix; /* of its files: "-a6"; a discreet one has "-2" behind it, one for the press "-print" */
    const char *word;   /* what it is called: key of layouts/strings */
    uint32_t kinds;     /* bit 1 << KIND_… */
    uint8_t panels;     /* that it takes exactly; 0 = any number */
    uint8_t leaf;       /* pages are filled up to a multiple of this with pages for notes; 0 = not */
    uint8_t sides;      /* the panels stand together on so many pages; 0: each on a page of its own */
    uint8_t takes;      /* enum edition_takes; TAKES_ALL: whatever headings say */
    bool read, press;   /* which files it comes in: to read, for the press */
    const char *help_en, *help_sr;
};
extern const struct edition_row edition_rows[EDITIONS]; /* by enum edition */

/* The edition of that English, Serbian or Serbian Latin name; folds also as they are called in fold: ("a4-zfold"). NULL where there is none. */
const struct edition_row *edition_find(struct str name);
/* "a6", "a6 discreet", "неупадљив а6", "discreet" alone (the folded sheet): *row NULL where it names no form. False where a word is not known: *word
 * is that word. */
bool edition_read(struct str text, const struct edition_row **row, bool *discreet, struct str *word);
/* The name nearest to one that is not known, NULL where none is near. */
const char *edition_nearest(struct str name);
/* Names of all editions of a kind, spaces between, in the language of messages. */
const char *edition_names(struct arena *a, const struct diag *d, uint32_t kinds);

/* What `editions:` of a page came to, in its order: front_value.list holds the rows' English names, " discreet" behind those. */
struct edition_wish {
    const struct edition_row *row;
    bool discreet;
};
struct edition_wish edition_wish(struct str item, struct str fold);
struct page;
bool edition_asked(const struct page *source, const struct edition_row *row); /* whether a source page asks for it */
/* Whether a heading's attribute editions="card poster" names the edition. */
bool edition_named(struct str attr, const struct edition_row *row);
#endif
