/* css.h: style sheets and the cascade (CSS 2.2, Selectors 4, Cascade 4, Paged Media 3, GCPM; scope: the property table in css/properties.def).
 *
 *     struct css *c = css_open(arena, diag, options);
 *     css_add(c, CSS_AUTHOR, text, "book.css");          any number; <style> and <link> are added by css_cascade
 *     css_cascade(c, doc);                               sets DOM_INFO(n)->style and ->pseudo[] on every node
 *     const struct page_style *p = css_page(c, name, …);  for each page while it is laid out
 *
 * What is dropped is reported once per property and file, with place, reason and alternative (MSG_CSS_…). */
#ifndef LETAK_CSS_CSS_H
#define LETAK_CSS_CSS_H
#include "css/dom.h"
#include "css/style.h"

enum css_origin { CSS_AGENT, CSS_USER, CSS_AUTHOR };
struct css;
struct css_options {
    const char *base; /* folder that relative url() and <link> are read from; a url that climbs out of `root` is refused */
    const char *root;
    bool strict;
    /* Instead of reading from disk (compiled-in layouts): true when it knew the path. May be NULL. */
    bool (*load)(void *ctx, const char *path, struct str *text);
    void *ctx;
};
/* The profile of a document that names none: bytes, the file's name and a place for messages. Before the cascade. */
void css_usual_profile(struct css *c, struct str bytes, struct str file, struct place at);
struct css *css_open(struct arena *a, struct diag *d, const struct css_options *o);
void css_add(struct css *c, enum css_origin origin, struct str text, const char *file);
void css_cascade(struct css *c, xmlDoc *doc);
/* The style of an anonymous box inside parent: inherited properties only, the rest initial, display as given. */
const struct style *css_anonymous(struct css *c, const struct style *parent, enum display display);

enum css_page_side { CSS_RIGHT = 1, CSS_LEFT = 2, CSS_FIRST = 4, CSS_BLANK = 8 };
/* The page context (Paged Media 3, 4.3) of page `number` (from 1), named `name` ("" = none). Cached; valid as long as c. */
const struct page_style *css_page(struct css *c, struct str name, int sides, int number);
const struct sheet_style *css_sheet(struct css *c); /* @-letak-sheet; NULL where there is none */
const struct press *css_press(struct css *c);       /* @-letak-press and @-letak-color; never NULL */
size_t css_font_faces(struct css *c, const struct font_face **out);
const struct counter_style *css_counter_style(struct css *c, struct str name); /* NULL: unknown */
/* The manual's entry of a property ("" = the list of all), plain text, from the table; false where the name is unknown. */
bool css_help(struct buf *b, struct str property, enum diag_lang lang);
/* A number in a counter style, "3", "iv", "в"; always something. */
struct str css_counter_text(struct arena *a, struct css *c, struct str style, long number);
/* What a list marker has around that text: "" and ". " for decimal, "" and " " for disc. */
void css_counter_affixes(struct css *c, struct str style, struct str *prefix, struct str *suffix);
#endif
