/* view.h: what can be read out of the bytes of a finished file, however it is spelled there: the text that the recognisers of leak.h look at.
 *
 * In a view, digits of all scripts are ASCII digits, spaces and hyphens of all kinds are ' ' and '-', full-width and mathematical letters are plain
 * ones, what has no width (soft hyphens, joiners, direction marks, accents that combine) is gone, and so is the spelling: entities, percent signs,
 * escapes with backslashes, folded lines. Inline elements leave nothing behind, other elements a line break. Everything else is UTF-8 as it was. */
#ifndef LETAK_CHECK_VIEW_H
#define LETAK_CHECK_VIEW_H
#include "base/str.h"

enum medium {
    MEDIUM_PLAIN,    /* text, CSV, JSON: backslashes and percent signs are undone */
    MEDIUM_MARKUP,   /* HTML, XML, SVG */
    MEDIUM_STYLE,    /* CSS */
    MEDIUM_SCRIPT,   /* JavaScript: as text, and what it loads */
    MEDIUM_CALENDAR, /* iCalendar, vCard: a line goes on behind a break and a space (RFC 5545, 3.1) */
};
struct view_jump {
    size_t at, from; /* from here on, byte at + n of the view is byte from + n of the source */
};
struct view {
    char *s; /* n bytes; room was given once, since no spelling is shorter than what it spells */
    size_t n;
    struct view_jump *jumps;
    size_t n_jumps, cap_jumps, shift; /* shift: from − at of the last jump */
    bool invalid;                     /* some bytes of its source were not UTF-8 */
    bool bare;                        /* no jumps are kept */
};
/* An address that a page would load from another host, or send to: byte offsets in the source. */
struct view_load {
    size_t at, n;
};
struct views {
    struct view_lines *lines; /* may be NULL */
    struct view text, aside;  /* aside: attributes, comments, scripts, styles: a line each */
    struct view_load *loads;  /* foreign addresses in markup and style, at most MOST_LOADS */
    size_t n_loads;
    size_t comment;    /* offset of the first comment, or what a browser takes for one, with a word in it; SIZE_MAX = none */
    bool invalid;      /* either view's */
    bool inlined;      /* an address that begins with data: */
    bool tags_aside;   /* a document stands in an attribute (srcdoc) */
    bool tags_in_text; /* the text itself looks like markup: escaped HTML in a feed, or in JSON; look at it once more as MEDIUM_MARKUP */
};
enum { MOST_LOADS = 16 };
/* Lines of markup that came before, and what they are in the views: heads, menus and feet are the same on many pages. For one thread at a time. */
struct view_lines *view_lines_new(void);
void view_lines_free(struct view_lines *m);
/* Reads bytes (UTF-8; what is not is skipped) into v. With v->lines the views are the same, but view_source may not be asked. */
void views_make(struct views *v, struct str bytes, enum medium medium);
void views_close(struct views *v);
/* Where byte at of a view stands in its source. */
size_t view_source(const struct view *v, size_t at);

/* --- decode.c --- */
/* Bytes in another encoding as UTF-8, appended: UTF-16 (either end first), windows-1250, windows-1251, ISO 8859-2, ISO 8859-5, DOS 852. */
enum encoding { ENCODING_UTF16_LE, ENCODING_UTF16_BE, ENCODING_1250, ENCODING_1251, ENCODING_8859_2, ENCODING_8859_5, ENCODING_852, ENCODINGS };
void view_decode(struct str bytes, enum encoding e, struct buf *out);
/* Quoted-printable (RFC 2045, 6.7) undone, as old address books have it; appended. */
void view_unquote(struct str bytes, struct buf *out);
/* The base64 that begins at byte `at`, whatever it says, into out. */
void view_base64_at(struct str bytes, size_t at, struct buf *out);
/* The next run of at least `least` letters of base64 from *at on, decoded into out, if what comes out is text; lines of a block
 * belong together. *at moves behind it. False at the end. */
bool view_base64(struct str bytes, size_t least, size_t *at, size_t *start, struct buf *out);
#endif
