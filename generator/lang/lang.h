/* lang.h: languages, scripts, dates, plurals, numbers, order.
 *
 * Serbian Cyrillic is the master; Serbian Latin is made from it here, never written by hand (rules: the Serbian orthography; exceptions are the
 * table of tests/unit/lang.c). Everything works on UTF-8 and appends to a buf. */
#ifndef LETAK_LANG_LANG_H
#define LETAK_LANG_LANG_H
#include "base/str.h"

struct language {
    const char *code;    /* in site.yml and file names: "sr-Cyrl", "en" */
    const char *tag;     /* BCP 47 for lang, hreflang and /Lang: "sr-Cyrl-RS" */
    const char *path;    /* folder under public/ where it is not the source language: "sr-latn" */
    const char *name;    /* in itself: „Ћирилица“, "English" */
    const char *strings; /* layouts/strings/NAME.yml: sr-Latn has those of sr, transliterated */
    const char *derived; /* code of the language it is made from by lang_latin, or NULL */
    bool rtl;
};
/* By code or tag, any case, also "sr" for sr-Cyrl; NULL where unknown. */
const struct language *lang_find(struct str code);
const struct language *lang_table(size_t *n);

/* Serbian Cyrillic as Latin. Latin letters, digits and all else pass. Љ Њ Џ become two capitals where their surroundings are capitals. */
void lang_latin(struct buf *b, struct str cyrillic);
/* The same for HTML that we rendered: only text and the attributes alt, title, aria-label, placeholder, label, value of buttons, content;
 * left alone: code, kbd, samp, pre, script, style, elements with translate="no" or a lang that is not plain Serbian. seams: a U+200C between Latin
 * letters that only look like one digraph (инјекција -> in|jekcija), for hyphenation in print; text/ drops it. */
void lang_latin_html(struct buf *b, struct str html, bool seams);
/* Serbian Latin back to Cyrillic, digraphs as one letter unless a U+200C parts them; for hyphenation and search, not for readers. */
void lang_cyrillic(struct buf *b, struct str latin);
/* ASCII slug: „Шта ако…?“ -> "sta-ako": Serbian letters folded (đ = dj, š = s), other letters with diacritics by their base letter, the rest dropped.
 */
void lang_slug(struct buf *b, struct str text);

/* --- search and order (fold.c) --- */
/* A letter as search compares it: small, Latin, without accent; "dj" for ђ and đ. "" for what is neither Latin nor Cyrillic. */
const char *lang_fold_letter(uint32_t c);
/* Words of text, folded, one space between: „Заштита жртава, 2026.“, “Zaštita žrtava 2026” -> "zastita zrtava 2026". */
void lang_fold(struct buf *b, struct str text);
/* A folded word without its ending: "zrtvama", "zrtava", "zrtva" -> "zrtv". The word itself where l has no rules. */
void lang_stem(struct buf *b, const struct language *l, struct str word);
/* The same rules as a JSON object, for assets/search.js: letters {letter: other spellings}, suffixes, fleeting, last. */
void lang_search_rules(struct buf *b, const struct language *l);
/* Order of names: азбука, for derived Serbian Latin abeceda (text is the Cyrillic source: љ and њ are letters), else that of ICU. Keys compare by
 * str_cmp; equal names alone have equal keys. Not shared between threads. */
struct collation *lang_collation_open(const struct language *l);
void lang_collation_key(struct collation *c, struct buf *out, struct str text);
void lang_collation_close(struct collation *c);
/* What a list in that order puts text under: „Љ“, "Lj" (of the Cyrillic source), "E" for É, "م" for المساعدة, "0–9"; nothing where there is no letter
 * or digit. */
void lang_initial(const struct language *l, struct buf *out, struct str text);

enum date_form { DATE_ALONE, DATE_IN_SENTENCE, DATE_NUMERIC, DATE_ISO };
/* „23. новембар 2026. године“, „23. новембра 2026.“, „23. 11. 2026.“, 2026-11-23; English "23 November 2026". `next` is the character that will
 * follow (0 = none): the stop after the year is dropped before a comma, bracket, dash or stop. No-break spaces inside. Other languages as CLDR has
 * it ("2026. november 23.", "23 noiembrie 2026"), ISO where it has not (rom). Month 1–12. */
void lang_date(struct buf *b, const struct language *l, int year, int month, int day, enum date_form form, uint32_t next);
void lang_time(struct buf *b, const struct language *l, int hour, int minute);
/* "one", "few", "many", "other" … (CLDR cardinal category of a whole number). */
const char *lang_plural(const struct language *l, long n);
/* 1234,5 grouped as the language does, in the digits 0–9; decimals 0–6. */
void lang_number(struct buf *b, const struct language *l, double n, int decimals);
#endif
