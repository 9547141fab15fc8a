/* initial.c: what ::first-letter takes of a text (Pseudo 4, 2.2). */
#include "base/utf8.h"
#include "text/text.h"
#include <unicode/uchar.h>

static bool sign(uint32_t c, bool before)
{
    switch (u_charType((UChar32)c)) {
    case U_START_PUNCTUATION: return before;
    case U_END_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
    case U_OTHER_PUNCTUATION: return true;
    default: return false;
    }
}

/* Two letters that some languages count as one: in Latin script of Serbian and its neighbours lj, nj and dž, in Dutch ij. */
static bool one_letter(struct str lang, uint32_t a, uint32_t b)
{
    a = (uint32_t)u_tolower((UChar32)a), b = (uint32_t)u_tolower((UChar32)b);
    if (str_starts(lang, "nl")) return a == 'i' && b == 'j';
    static const char *const SLAVIC[] = {"sr", "hr", "bs", "cnr", "sh"};
    for (size_t i = 0; i < sizeof SLAVIC / sizeof *SLAVIC; i++)
        if (str_starts(lang, SLAVIC[i])) return ((a == 'l' || a == 'n') && b == 'j') || (a == 'd' && b == 0x17E);
    return false;
}

size_t text_initial(struct str t, struct str lang)
{
    size_t at = 0, next = 0;
    uint32_t c = 0;
    while (at < t.n && (c = utf8_next(t, &next), sign(c, true))) at = next;
    if (at >= t.n || c <= ' ' || c == 0xA0) return 0;
    uint32_t letter = c;
    at = next;
    while (at < t.n) { /* marks upon it, then signs behind it */
        c = utf8_next(t, &next);
        bool mark = U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK;
        if (!mark && !(letter && one_letter(lang, letter, c)) && !sign(c, false)) break;
        if (!mark) letter = 0;
        at = next;
    }
    return at;
}
