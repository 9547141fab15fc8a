/* leak.h: what may not stand in a public text: numbers and names that lead to a person. Recognisers over a view (view.h), each a rule of its own:
 *
 *     personal number  13 digits, date and check digit right (ЈМБГ; ISO 7064 it is not: weights 7…2 twice, modulo 11)
 *     account          3-13-2 digits with the right check digits (modulo 97), as an IBAN too; 840-… is the treasury's, and public
 *     phone            a Serbian number that the register of contacts has not
 *     document         9 digits behind a word for an identity card or a passport
 *     plate            an area's two letters, 3–5 digits, two letters
 *     denied           a name, phrase or number of the list that the institution keeps for itself, in any case and either script
 *
 * Digits may be parted by spaces, hyphens, dots and slashes, and the letter O may stand for zero. */
#ifndef LETAK_CHECK_LEAK_H
#define LETAK_CHECK_LEAK_H
#include "base/map.h"

enum leak_kind { LEAK_PERSONAL_NUMBER, LEAK_ACCOUNT, LEAK_PHONE, LEAK_DOCUMENT, LEAK_PLATE, LEAK_DENIED, LEAK_KINDS };
enum { LEAK_KEY = 64 };
struct leak {
    enum leak_kind kind;
    bool misspelled;    /* a personal number announced as such, but with a wrong date or check digit */
    size_t at, n;       /* bytes of the view */
    char key[LEAK_KEY]; /* the value without what parts it: same value, same key; never shown to anyone */
};
struct leak_rules {
    struct map phones; /* national digits of every number that may be printed: "113000000" -> anything */
    VEC(struct leak_phrase *) denied;
};
/* Rules without phones or phrases; all lives in a. */
struct leak_rules *leak_rules_new(struct arena *a);
/* Lets a number of the register be printed; anything that is no Serbian number is let through anyhow. */
void leak_rules_phone(struct arena *a, struct leak_rules *r, struct str number);
/* Adds a line of the deny list: one name, phrase or number, words in their first case. An empty one is ignored. Its key, as leak.key has it. */
struct str leak_rules_deny(struct arena *a, struct leak_rules *r, struct str phrase);
/* Calls found for everything in text, from left to right per rule. */
void leak_find(const struct leak_rules *r, struct str text, void (*found)(void *ctx, const struct leak *l), void *ctx);
/* Text as recognisers compare it: small Latin letters without accents (đ and ђ are "dj"), everything else a space. Appended. */
void leak_fold(struct str text, struct buf *out);
#endif
