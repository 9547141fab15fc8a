/* withhold.h: inside css/ only: plain text that the HTML parser need not see.
 *
 * libgumbo takes some 400 instructions for each letter of text, and for most letters nothing depends on what they are. So each stretch of plain text
 * between two tags is handed to it as one character of the private planes 15 and 16, and put back when its tree is copied. Why that gives the tree it
 * would have given: a stretch begins with a character that is no blank and goes on with letters, digits, blanks and a few stops, none of which
 * changes the state of the tokeniser (HTML 13.2.5) anywhere but inside a tag, where no stretch begins: it stands behind a `>`, with no `<` between.
 * A `>` that does not end a tag stands in a quoted value, a comment, a script: there all of them are taken as they come, too. The tree builder
 * (13.2.6) asks of text only whether it is blank, and what follows a letter goes where the letter went, but for framesets and templates. */
#ifndef LETAK_CSS_WITHHOLD_H
#define LETAK_CSS_WITHHOLD_H
#include "base/str.h"

struct stretch {
    const char *s; /* what was withheld */
    size_t n;
    size_t end;             /* of its character in the short text */
    uint32_t line;          /* there, from 1 */
    int64_t lines, columns; /* what is to be added to lines, and to columns on this line, behind it */
};
struct withheld {
    struct str text; /* for the parser: html itself where nothing is withheld */
    struct buf room;
    size_t n, cap;
    struct stretch *v;
    size_t at; /* the stretch that withhold_place found last */
};
/* Text without what can be withheld; html must outlive it. Nothing is withheld where html has characters of those planes itself, framesets,
 * templates, carriage returns or malformed UTF-8. */
struct withheld withhold(struct str html);
void withhold_close(struct withheld *w);
/* s, of the parser's tree, with what was withheld; kept in room where it is not s itself. */
const char *withhold_restore(const struct withheld *w, const char *s, struct buf *room);
/* The place in html of a place in the short text. */
void withhold_place(struct withheld *w, size_t offset, uint32_t *line, uint32_t *column);
#endif
