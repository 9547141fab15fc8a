/* search.h: the index that a reader's browser searches, without any server.
 *
 * THE FILES, for each language that readers choose (CODE as in site.yml, small letters):
 *     search/CODE/root.js       what there is: number of pages, first term of every shard, rules of folding and stems (lang/fold.c)
 *     search/CODE/terms-N.js    a shard of terms with the pages that have them; of a derived language none: its root names those it is made from
 *     search/CODE/pages-N.js    addresses, titles and descriptions of a few pages
 *     pretraga/index.html       every page by its title, in the order of the language, for readers without script; beside it a file a letter where
 *                               there are many
 * All are classic scripts that call letakSearch.root|terms|pages(…): a page opened from a disk may load such, and may fetch nothing.
 *
 * A SHARD is text: records of terms in byte order, a comma between, each
 *     P R rest (~ W page…)…
 * P: how many letters of the term before it stay, R: its rarity, W: a weight, the heaviest first, page: the distance from the page before it in that
 * group, five bits a digit, low ones first, 32 added while more follow. Every digit is one of the 64 letters of base64url. A page's weight for a term
 * counts title, description, headings and how often the text has it; a term that very many pages have keeps the heaviest. On a site of up to 2,000
 * pages two neighbouring words are a term too, with a space between.
 *
 * Words come from the HTML of the body as the reader sees it. What shards say are words without order, at most six digits in a row; titles and
 * descriptions go through the gate like everything else. */
#ifndef LETAK_WEB_SEARCH_H
#define LETAK_WEB_SEARCH_H
#include "base/file.h"
#include "site/site.h"

struct search;
/* For `pages` pages that `threads` workers make. */
struct search *search_new(int threads, size_t pages);
void search_close(struct search *s);
/* Takes the words of one text (a source or a translation) in its own language. From worker number `worker`. */
void search_page(struct search *s, int worker, const struct entry *e, const struct output *o, struct str html);
/* Writes all files, when all pages are made. shards go to `bare`: they are no text that anyone reads; the rest to sink. */
bool search_write(struct search *s, struct site *site, struct arena *a, const struct file_sink *sink, const struct file_sink *bare);
#endif
