/* rules.h: what `letak check` and `letak publish` say of good pages that could be better or contradict themselves: sentences, words, headings, links,
 * alternative texts, scripts and languages, dates, placeholders, titles, contrast. Codes N200…; every one has an example in check/examples.c.
 *
 * A block's text is looked at as WORDS, each with its place, in SENTENCES. Rules about Serbian look at pages written in Serbian Cyrillic alone. */
#ifndef LETAK_CHECK_RULES_H
#define LETAK_CHECK_RULES_H
#include "site/site.h"

struct rules;
/* Reads the list of plain words: layouts/plain-words.yml, then content/plain-words.yml, which adds to it ("word:" with nothing behind it takes one
 * out). */
struct rules *rules_open(struct arena *a, const struct site *s, struct diag *d);
/* One page that was parsed; from any worker, scratch is its own. */
void rules_page(const struct rules *r, const struct document *doc, struct arena *scratch, struct diag *d);
/* What concerns all pages: titles that two of them share. */
void rules_site(const struct rules *r, struct diag *d);
/* Contrast of the colours that a style sheet of assets/ sets together, after WCAG 2.2, 1.4.3: 4.5 to 1. name is its path. */
void rules_contrast(const char *name, struct str css, struct diag *d);

/* The examples of `letak help CODE`, which the tests run: files of a site, "» content/a/index.md" before each; without that line
 * content/primer/index.md. "» public/…" are files of a finished site (letak check public), "(base64)" behind the name tells how one is written. */
struct rule_example {
    const char *code;
    const char *why_en, *why_sr;
    const char *wrong[2], *right[2]; /* English, Serbian; [1] NULL: the same */
};
const struct rule_example *rules_example(struct str code); /* NULL where there is none */
#endif
