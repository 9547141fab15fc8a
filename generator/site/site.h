/* site.h: the finished site before it is written: which page stands where in which language, what it is called in menus, what can be downloaded,
 * its body as HTML, and the tree of values that layouts show. web/ writes web pages from it, print/ PDFs.
 *
 * ENTRY: a source page that is shown, with one OUTPUT per language in which it exists: the source language, every language derived from it
 * (sr-Latn from sr-Cyrl), and each that has a translation. PUBLICATION: a PDF of an entry in one language and variant.
 *
 * All of it is made by site_open and read-only afterwards, but for what publications turn out to be (site_published, one thread for each) and the
 * lists of what pages use (guarded by a lock), so every function may be called from any worker with an arena of its own. */
#ifndef LETAK_SITE_SITE_H
#define LETAK_SITE_SITE_H
#include "content/edition.h"
#include "content/page.h"
#include "template/template.h"
#include <pthread.h>

enum variant { VARIANT_WEB, VARIANT_READING, VARIANT_PRESS, VARIANT_DISCREET, VARIANT_FILLABLE, VARIANT_PAPER };
struct output {
    const struct page *text;     /* whose words it shows: the source or its translation */
    const struct language *lang; /* shown in; where lang->derived it is transliterated from text */
    struct str path;             /* in OUT: "sr-latn/info-letak/index.html" */
};
struct published { /* what a publication turned out to be */
    int pages;
    size_t bytes;
    int cover_w, cover_h; /* points; 0 where it has none */
};
struct publication {
    const struct entry *entry;
    const struct output *output; /* the web page it belongs to: language and text */
    enum variant variant;
    struct str path;                   /* in OUT: "sr-latn/info-letak/info-letak-print.pdf" */
    struct str shown;                  /* source file, for messages: "content/info-letak/index.md" */
    struct str cover;                  /* in OUT: its first page as a drawing: "info-letak/info-letak-korice.svg"; "" where it gets none */
    const struct edition_row *edition; /* the form it is printed in; NULL: that of its kind */
    bool discreet;                     /* with the title that gives nobody away */
    bool further;                      /* one of those that editions: of the page asks for */
    bool press;                        /* imposed, for the print shop: not for readers, no tags, no fields */
    struct publication *press_twin;    /* the same for the press, which shows the same pages; NULL where there is none. Set before it in the list. */
    bool is_twin;                      /* some publication's press_twin */
    bool made;                         /* both set by site_published */
    struct published as;
};
struct entry {
    const struct page *source;
    size_t n_outputs;
    struct output *outputs; /* in the order of site.yml's languages */
    size_t n_publications;
    struct publication *publications;
    const struct entry *prev, *next; /* neighbours: chapters of a book (its first page included), news by date, pages of a foreign folder */
    int chapter;                     /* number of a book's chapter, 0 = none */
};
struct picture_version {
    const char *media; /* "image/webp" */
    struct str path;   /* in OUT; the picture's own: the file itself */
    uint32_t width;
};
/* What pages offer of one picture: the best format first, the one that every browser reads last, in each the narrow ones first. n 0: the file as it
 * is. */
struct picture {
    uint32_t width, height;
    size_t n;
    const struct picture_version *v;
};
/* Who makes pictures (build/pictures.c); where nobody does, pages show the files themselves. Paths are relative to content/; from any worker. */
struct site_pictures {
    const struct picture *(*shown)(void *ctx, struct str path); /* NULL where it is broken (reported) */
    struct str (*linked)(void *ctx, struct str path);           /* in OUT: what browsers read, of a HEIC in full size; "" where it is broken */
    struct str (*printed)(void *ctx, struct arena *a, struct str path, struct str bytes); /* as PDF takes it */
    void *ctx;
};
struct site {
    struct arena *arena;
    const struct catalogue *c;
    struct diag *diag;
    size_t n_langs;
    const struct language *const *langs;    /* [0] = source */
    VEC(struct entry *) entries;            /* catalogue order */
    VEC(struct publication *) publications; /* all, in that order */
    struct str content;                     /* "content/", or "" in a folder without it: what page->file has before the path in content/ */
    struct map by_path;                     /* page->path -> struct entry * */
    struct entry **by_number;               /* page->number -> the entry of its path; NULL where that is not shown */
    struct templates *templates;
    struct arena layouts_arena; /* of the templates, which are compiled while workers run: under the templates' lock, so not the site's arena */
    struct words *words;        /* per language: words of the interface, menus, other constant parts of views */
    struct terms **terms;       /* per language: forms of the glossary; NULL where it has none */
    struct site_pictures pictures;
    struct map icons;     /* name -> struct str *: inline SVG */
    pthread_mutex_t lock; /* over the rest */
    struct arena uses_arena;
    struct map files; /* path relative to content/ of every file that public pages show or link to */
    struct map qr;    /* path in OUT of a QR code -> struct str *: its text */
    struct map books; /* path of a book -> its index of ids, made when a :ref first needs it */
};

/* Everything about the site but the texts themselves. d also gets what later calls find. Never NULL. */
struct site *site_open(struct arena *a, const struct catalogue *c, struct diag *d);
void site_close(struct site *s); /* locks; memory is the arena's */

/* Whether the form e is bound into the PDF of the page above it, of kind forms. */
bool site_bound(const struct entry *forms, const struct entry *e);
const struct entry *site_entry(const struct site *s, const struct page *p); /* of a source page or translation; NULL where it is not shown */
/* Its output in a language, NULL where there is none. */
const struct output *site_output(const struct entry *e, const struct language *l);
/* What a reader of another language is shown of the source: it in Latin script where there is one, for who reads no Serbian reads no Cyrillic. */
const struct output *site_original(const struct entry *e);
/* The output in l, else the original. */
const struct output *site_fallback(const struct entry *e, const struct language *l);
/* After a PDF was made. Before web pages are made, since their download boxes show it. A publication never made is not offered. */
void site_published(struct publication *p, struct published as);

/* The HTML of the print layout (layouts/print/KIND.mustache) for one publication, appended to out. What it names (style sheets, images, QR codes) is
 * asked for through site_resource. False where the source could not be read (reported). */
bool site_print_html(struct site *s, const struct publication *p, struct arena *scratch, struct buf *out);
/* Bytes of what print HTML names: "layouts/print/leaflet.css", "assets/…" (DIR's file, else the compiled-in one), "content/…" (DIR's file), "qr:TEXT"
 * (an SVG). False where there is none. */
bool site_resource(const struct site *s, struct arena *a, struct str url, struct str *bytes);

/* The body of one output as HTML, for web/ and `letak dump html`. doc is the tree of output->text. Whether it is the same for every output of that
 * text, as it is where all links stay within the language. */
bool site_body(struct site *s, const struct entry *e, const struct output *o, const struct document *doc, enum variant v, struct arena *scratch,
               struct buf *out);
/* What layouts may name for one output: names and meaning in site/context.h. body may be empty. */
const struct value *site_view(struct site *s, const struct entry *e, const struct output *o, const struct document *doc, enum variant v,
                              struct str body, struct arena *scratch);

/* Files of content/ that pages use, sorted; after all pages were made. */
size_t site_files(struct site *s, struct arena *a, struct str **paths);
/* QR codes that web pages show, sorted by path. */
struct qr_use {
    struct str path, text;
};
size_t site_qrs(struct site *s, struct arena *a, struct qr_use **list);

/* Whether it is published to be quoted: a book, brochure, report or leaflet. */
bool site_is_publication(const struct page *p);
/* How it is quoted, in the language of the output: „Вељовић, Јасна; Крстић, Стојан. Наслов: поднаслов. Београд: Издавач, 2026.“ */
struct str site_citation(const struct site *s, const struct entry *e, const struct output *o, struct arena *a);
/* The same for programs that keep such lists, in the RIS format. */
void site_ris(const struct site *s, const struct entry *e, const struct output *o, struct arena *a, struct buf *b);

/* What schema.org calls such a page; NULL: it has no file for machines (web_data). Not of leaflets and plain pages, which are read in danger. */
const char *site_data_type(const struct page *p);
/* The address on the net of a path in OUT, appended: base URL + path, "index.html" left out. */
void site_address(const struct site *s, struct buf *b, struct str path);
/* A phone number as an address: "tel:+381…", appended. */
void site_tel(struct buf *b, struct str number);

/* The feed of a section (a page with dated pages below it) in a language: "vesti/feed.xml"; "" where it has none. */
struct str site_feed(const struct site *s, const struct entry *section, const struct language *l, struct arena *a);
#define SITE_DATA "podaci" /* folder of open data, and path of the page that explains it */
/* A file at the root of a language: "sr-latn/kalendar.ics". Open data: "podaci/dokumenta.csv". */
struct str site_root_file(const struct site *s, const struct language *l, const char *name, struct arena *a);
struct str site_data_path(const struct site *s, const struct language *l, const char *name, const char *ext, struct arena *a);

/* Words of the interface in language l: "" where layouts/strings has none. */
struct str site_word(const struct site *s, const struct language *l, const char *key);
/* text (in the language that l is derived from) as l shows it; text itself where l is not derived. */
struct str site_shown(const struct language *l, struct arena *a, struct str text);
/* Text of a front-matter key as the output shows it: the translation's, else the source page's; "" where not given. */
struct str site_front(const struct entry *e, const struct output *o, enum key key, struct arena *a);
struct str site_title(const struct output *o, struct arena *a);
struct date site_changed(const struct entry *e, const struct output *o); /* its last change: the text's, the source's, else when published */
int site_by_start(const void *x, const void *y);                         /* for qsort: entries of events by their start, then their path */
bool site_stale(const struct entry *e, const struct output *o);          /* a translation whose source has changed since */
bool site_pending(const struct entry *e, const struct output *o);        /* a translation that no speaker has read: shown with --drafts only */
/* A file of this page beside it in OUT: "sr-latn/info-letak/info-letak" + tail; "index" + tail for the home page. */
struct str site_beside(struct arena *a, const struct entry *e, const struct output *o, const char *tail);
/* Where a page of that path stands in a language, whether there is one or not: "sr-latn/info-letak/index.html". */
struct str site_path(const struct site *s, const struct language *l, struct str path, struct arena *a);
/* The text of a source page in a language: the page itself, a translation (a hidden one only if asked for), or NULL. */
const struct page *site_text(const struct page *source, const struct language *l, bool also_hidden);
/* Path of a contact's vCard in a language: "assets/kontakti/centar.en.vcf". */
struct str site_vcard_path(const struct site *s, const struct language *l, struct str id, struct arena *a);
/* Path of the list of all pages in a language, with the search box: "sr-latn/pretraga/index.html". */
struct str site_search_path(const struct site *s, const struct language *l, struct arena *a);
const char *site_variant_name(enum variant v); /* "web", "reading", … */
#endif
