/* inner.h: inside site/ only. */
#ifndef LETAK_SITE_INNER_H
#define LETAK_SITE_INNER_H
#include "site/site.h"

/* What is the same on every page of one language. */
struct words {
    const struct language *lang;
    struct map by_key;                         /* of layouts/strings -> struct str * */
    const struct value *strings, *site, *help; /* maps; help is NULL where site.yml names no contact */
    const struct value *search;                /* NULL where site.yml asks for none */
    size_t n_menu, n_footer;
    const struct entry **menu_entries, **footer_entries;
    const struct value **menu, **footer; /* an item each: title, path from the site's root, foreign language where there is none in this one */
};
void words_open(struct site *s); /* fills s->words; entries are known */
/* Whether an item is in another language than l: "foreign", its tag or false, and "dir" where it is written the other way. in: NULL where it is not.
 */
void set_foreign(struct arena *a, struct value *item, const struct language *in, const struct language *l);
/* marks_by_lang as a value; left out where empty. */
void set_by_lang(struct arena *a, struct value *v, const char *key, const struct by_lang *t, const struct language *l);
const struct words *words_of(const struct site *s, const struct language *l);
/* path with the slashes of `from` turned into "../": how to get from a page to the root of OUT. */
struct str root_of(struct arena *a, struct str from);

/* layouts.c: layouts/ and assets/ of DIR before the compiled-in ones. Path: "layouts/web/page.mustache". */
bool layouts_read(const struct site *s, struct arena *a, struct str path, struct str *text, const char **file);
void layouts_open(struct site *s); /* templates and icons */

/* One body while it is rendered. */
struct body {
    struct site *s;
    const struct entry *entry;
    const struct output *out;
    const struct language *lang;  /* of the words in the text: out->text->lang */
    const struct language *links; /* of the pages that links lead to: as the reader sees them, also where the text is transliterated later */
    const struct document *doc;
    enum variant variant;
    const struct edition_row *edition; /* in print: of its publication; NULL: that of the kind */
    bool discreet;
    bool print; /* not the web */
    struct arena *arena;
    struct buf *b;
    struct str root;          /* "../": from the page to the root of OUT */
    struct str prefix;        /* before every id: chapters of a printed book */
    const struct entry *book; /* in print: the book whose chapters are places of this document */
    size_t tables, figures;   /* numbered so far */
    size_t all_tables, images;
    struct str heading;        /* text of the last heading */
    struct map *refs;          /* of this document; NULL until its first :ref (refs.c) */
    const struct terms *terms; /* that words lead to by themselves; NULL: none do */
    bool *met;                 /* terms that this page has had */
    int plain;                 /* inside headings, links and marks, where no word becomes a link */
    bool tight;
    bool placed; /* it depends on where out stands or on the language shown: another output of the same text needs a body of its own */
};
void body_blocks(struct body *r, const struct node *first, const struct node *end);
void body_block(struct body *r, const struct node *n);
void body_inlines(struct body *r, const struct node *parent);
void body_inline(struct body *r, const struct node *n);
void body_word(struct body *r, const char *key); /* escaped */
struct str body_text_word(const struct body *r, const char *key);
void body_id(struct body *r, struct str id); /* ` id="…"`, nothing where empty */
void body_document(struct body *r);
/* The section under the second-level heading n, up to the next; number: from 1; last: what is said below the last goes into it. */
struct section_of {
    const char *name;
    bool numbered;
};
const struct node *body_section_end(const struct node *n); /* the heading of the next section; NULL: there is none */
void body_section(struct body *r, const struct section_of *of, const struct node *n, int number, bool last);
void body_notices(struct body *r); /* what a reader is told of a translation */
/* editions.c: the panels of a leaflet as the edition shares them out. False: each is a page of its own, and nothing more. */
bool editions_panels(struct body *r);
void view_edition(const struct publication *pub, struct arena *a, struct value *v); /* what layouts are told of it */
/* marks.c */
void marks_inline(struct body *r, const struct node *n);
void marks_contact_block(struct body *r, const struct node *n);
/* A text of the register or of a list as HTML for readers of l; one that is only in another language says in which, Serbian in Latin script. */
void marks_by_lang(struct buf *b, const struct by_lang *t, const struct language *l);
/* One view while it is made. */
struct viewing {
    struct site *s;
    const struct entry *e;
    const struct output *o;
    const struct language *l;
    const struct words *w;
    struct arena *a;
    struct value *v; /* the view */
};
struct value *view_item(struct viewing *m, const struct entry *e); /* title, path, foreign, description, date */
/* A list of which a layout shows a frame only where it has something: {items: […]}; NULL and nothing where empty. */
struct value *view_frame(struct viewing *m, const char *key, struct value *list);
const struct value *view_date(struct arena *a, const struct language *l, struct date d, enum date_form form); /* text, iso */
void view_downloads(struct viewing *m, struct value *list, const struct entry *e, const struct output *o); /* what can be downloaded of it, pushed */
void view_front(struct viewing *m, struct value *v, const char *name, enum key key);                       /* a key as the reader sees it */
struct str view_label(struct viewing *m, const char *list, struct str key);                                /* of a row of content/lists/ */
const struct value *view_contact(struct viewing *m, const struct contact *k);
/* records.c: facts of projects, units, documents, partners, and lists of them. */
void records_view(struct viewing *m, enum variant v);
bool records_listed(const struct viewing *m, const struct entry *e);
void records_open_data(struct viewing *m, enum kind kind); /* links to the files of web/open.c, where the pages of that kind are listed */
/* kinds.c: what the kind of a page adds to its view. */
void view_kinds(struct viewing *m, enum variant v);
bool view_listed(const struct viewing *m, const struct entry *e); /* whether view_kinds lists the page below already */
/* view.c: code, version and purpose of a form, in the language it is written in. */
void view_form(struct site *s, const struct entry *e, const struct output *o, struct arena *a, struct value *v);
/* cite.c: the year of a publication: what it says of itself, else when it was published, else changed; 0 where none is known. */
int cite_year(const struct page *p);
/* refs.c: numbers of tables, figures and chapters, and where they are */
struct ref_target {
    const struct entry *entry; /* page that has it */
    const char *word;          /* "table", "figure", "chapter", "section" */
    int chapter, number;       /* "2.1", "3"; both 0: no number, text instead */
    struct str text;           /* of a heading */
    struct str id;
};
const struct ref_target *refs_find(struct body *r, struct str id);
void refs_number(struct buf *b, const struct ref_target *t);
struct str refs_href(struct body *r, const struct ref_target *t);
/* terms.c: the glossary */
void terms_open(struct site *s);                       /* fills s->terms; entries are known */
void terms_begin(struct body *r);                      /* before the first block */
void terms_text(struct body *r, struct str s);         /* text with its terms as links; only where r->terms && !r->plain */
void terms_mark(struct body *r, const struct node *n); /* :term */
/* fields.c */
bool fields_item(const struct node *item); /* whether a list item is a form field */
void fields_list(struct body *r, const struct node *list);
void fields_rows(struct body *r, const struct node *rows);
void fields_when(struct body *r, const struct node *n); /* attributes of the element that ::when makes */
void fields_inline(struct body *r, const struct node *mark);
/* urls.c */
struct str urls_page(struct body *r, const struct page *target, struct str fragment, const struct language **shown_in);
struct str urls_file(struct body *r, struct str path, bool image);         /* of a file of content/; noted as used */
struct str urls_made(struct body *r, struct str path);                     /* of a file in OUT; on the web */
char *urls_source(const struct site *s, struct arena *a, struct str path); /* where a file of content/ lies */
#endif
