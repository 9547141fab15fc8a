/* spelling.h: inside check/ only: in how many ways a character can be written, and what is read where it stands. */
#ifndef LETAK_CHECK_SPELLING_H
#define LETAK_CHECK_SPELLING_H
#include "base/str.h"

/* The character as a view has it (view.h); 0 = nothing. */
uint32_t spelling_plain(uint32_t c);
/* Each gives the character that is spelled at s[*i] and moves *i behind it, not past end; false where nothing is: an entity of HTML ("&…"), UTF-8 in
 * percent signs, an escape with a backslash (of JSON, scripts and PHP, or of CSS Syntax 3, 4.3.7). */
bool spelling_entity(const char *s, size_t *i, size_t end, uint32_t *c);
bool spelling_percent(const char *s, size_t *i, size_t end, uint32_t *c);
bool spelling_backslash(const char *s, size_t *i, size_t end, bool style, uint32_t *c);
#endif
