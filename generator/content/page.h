/* page.h: the contract between content/ and everything that shows content. Two things: the document tree of one Markdown file, and
 * the page it belongs to.
 *
 * THE DOCUMENT TREE. Grammar (Block* means block children):
 *     DOCUMENT   Block*
 *     PARAGRAPH  Inline*                 HEADING    Inline*      n = level 1–6, id always set and unique in the page; title = other forms
 *                                        of a glossary's term, a comma between
 *     LIST       ITEM+                   n = first number; flag ORDERED, TIGHT
 *     ITEM       Block*                  flag TASK, CHECKED; id = key, of a form's option
 *     QUOTE      Block*                  NOTE       Block*       text = note | tip | important | warning | caution
 *     CODE_BLOCK text, info in title     RULE
 *     TABLE      [CAPTION] ROW+          n = columns; aligns in text, one of l c r - each; first ROW has flag HEAD; id where given
 *     ROW        CELL*                   CELL       Inline*      n = column
 *     FIGURE     IMAGE [CAPTION]         an image alone in a paragraph, or ::figure; CAPTION from the image's title or „Слика: …“
 *     CAPTION    Inline*
 *     COLUMNS    Block*                  n = columns (the mark binds to the next block; a QUOTE is opened)
 *     TOC                                ::toc
 *     ROWS       TABLE                   ::rows: a form's repeated rows; n = count, id = field id; cells of the head row hold FIELDs; further rows of
 *                                        the table fix the rows: their text stands in the columns without a field
 *     WHEN       Block*                  ::when: matters only where the field "field" has the value "value"; a level-2 heading has the attrs itself
 *     INCLUDE                            replaced by the included file's blocks before anyone sees it
 *     FOOTNOTE   Block*                  definitions, at the end of DOCUMENT in order of first use; n = number, id = label
 *     HTML_BLOCK text                    only where site.yml says raw-html: true, already cleaned
 *   Inline:
 *     TEXT text · SOFT_BREAK · LINE_BREAK · CODE text · EMPH, STRONG, STRIKE Inline* · HTML_INLINE text
 *     LINK Inline*     url, title; target set where it leads to a page of the site
 *     IMAGE Inline*    url as written, title; children are the alternative text; path = file relative to content/, "" if remote
 *     FOOTNOTE_REF     n = number, id = label; k-th reference of it in attr "k"
 *     MARK Inline*     mark = row of the mark table; id and attrs as written; field marks are MARKs with mark->field != FIELD_NONE
 *   A mark on a line of its own puts its attributes on the node it binds to (TABLE, FIGURE …); what is no node of its own above stays a MARK block.
 *   All text is NFC-untouched UTF-8 of the author. The tree lives in one arena; nobody changes it after content_parse. */
#ifndef LETAK_CONTENT_PAGE_H
#define LETAK_CONTENT_PAGE_H
#include "base/diag.h"
#include "base/map.h"
#include "content/schema.h"
#include "lang/lang.h"

enum node_kind {
    NODE_DOCUMENT,
    NODE_PARAGRAPH,
    NODE_HEADING,
    NODE_LIST,
    NODE_ITEM,
    NODE_QUOTE,
    NODE_NOTE,
    NODE_CODE_BLOCK,
    NODE_RULE,
    NODE_TABLE,
    NODE_ROW,
    NODE_CELL,
    NODE_FIGURE,
    NODE_CAPTION,
    NODE_COLUMNS,
    NODE_TOC,
    NODE_ROWS,
    NODE_WHEN,
    NODE_FOOTNOTE,
    NODE_HTML_BLOCK,
    NODE_TEXT,
    NODE_SOFT_BREAK,
    NODE_LINE_BREAK,
    NODE_CODE,
    NODE_EMPH,
    NODE_STRONG,
    NODE_STRIKE,
    NODE_LINK,
    NODE_IMAGE,
    NODE_FOOTNOTE_REF,
    NODE_HTML_INLINE,
    NODE_MARK,
    NODE_KINDS
};
enum { NODE_ORDERED = 1, NODE_TIGHT = 2, NODE_TASK = 4, NODE_CHECKED = 8, NODE_HEAD = 16, NODE_BLOCK_MARK = 32 };

struct attr {
    struct str key, value; /* value of a flag: empty */
};
struct attrs {
    struct str classes; /* separated by spaces */
    size_t n;
    struct attr *list;
};
struct node {
    uint8_t kind, flags;
    int n;
    struct place at;
    struct node *parent, *first, *last, *next, *prev;
    struct str text, url, title, path, id;
    struct attrs *attrs;         /* NULL where none */
    const struct mark_row *mark; /* MARK */
    const struct page *target;   /* LINK to a page; its #fragment stays in url */
};
const struct attr *node_attr(const struct node *n, const char *key); /* English key; NULL where absent */
struct str node_text(struct arena *a, const struct node *n);         /* all text below n, marks and breaks flattened */

/* What the front matter of a page says. Most keys stand in no page, so that only those given have a value. */
enum front_kind { FRONT_NONE, FRONT_TEXT, FRONT_INT, FRONT_BOOL, FRONT_DATE, FRONT_LIST };
struct front_value {
    enum front_kind kind;
    struct place at;
    struct str text; /* TEXT; also the text as written of the others */
    long number;     /* INT, BOOL */
    struct date date;
    size_t n; /* LIST */
    const struct str *list;
};
struct front {
    const struct front_value *values; /* [0]: of every key that is not given, kind FRONT_NONE */
    uint8_t at[KEYS];                 /* index in values, by enum key */
};
extern const struct front front_empty;

/* THE PAGE. One for each Markdown file that the catalogue knows; lives in the site's arena. A translation is a page of its own whose
 * `source` is the page in the source language; pages of languages that have no translation are made by site/, not here. */
struct page {
    struct str file; /* "content/info-letak/index.en.md", relative to the site's folder */
    struct str dir;  /* folder relative to content/: "info-letak" */
    struct str path; /* where it stands in the site: "info-letak", "dogadjaji/slug/pokazatelji", "" = home; equal in all languages */
    const struct kind_row *kind;
    const struct language *lang; /* language written in */
    struct page *source;         /* NULL: this is the source */
    VEC(struct page *) translations;
    struct page *parent;         /* section or bundle above; NULL for home */
    VEC(struct page *) children; /* in menu order: weight, then published (news: newest first), then path */
    bool is_section;             /* an index.md with pages below it that are not its bundle parts */
    bool is_part;                /* a second .md of a bundle: a chapter, a material */
    bool hidden;                 /* draft, internal, embargoed, expired or pending: not built, only checked */
    bool stale;                  /* a translation: what it was made from has changed (translation.h) */
    bool expired;                /* hidden for no other reason than that its time is over: its address says so */
    /* from front matter, validated; text values in the page's language */
    struct str title, menu_title, description;
    struct date published, updated, embargo, expires;
    long weight;
    const struct front *front;    /* see front_of */
    uint32_t body_line;           /* line on which the Markdown begins */
    size_t body_at;               /* byte at which it begins, after BOM and CRLF are gone */
    uint64_t head_sum;            /* str_sum of what stands before it */
    size_t number;                /* its index in catalogue.pages */
    bool broken;                  /* its front matter could not be read (reported) */
    struct page_anchors *anchors; /* ids and what it wants of other pages; NULL before content_parse */
    bool title_from_heading;      /* the first level-1 heading is the title and is left out of the tree */
};
static inline const struct front_value *front_of(const struct page *p, size_t key) { return &p->front->values[p->front->at[key]]; }

/* Text per language: what stands in a map {sr: …, en: …}, or one text for all. */
struct lang_text {
    struct str lang, text;
}; /* lang "" = every language */
struct by_lang {
    size_t n;
    const struct lang_text *list;
};
struct str by_lang_text(const struct by_lang *t, const struct language *l); /* sr-Latn finds sr; else the first; "" where empty */
/* The same; *in is the language that the text is in: l, or that of the first where l has none. */
struct str by_lang_in(const struct by_lang *t, const struct language *l, const struct language **in);
struct site_config { /* site.yml */
    struct by_lang name, short_name, description, publisher, place;
    struct str base_url, exit_url, onion_url, publish_to, help_page, help_contact;
    struct str security_contact; /* id of the contact whom security.txt names; "" = no such file */
    struct date security_until;  /* until when it can be relied on */
    struct place security_at;
    struct str press_profile; /* of press PDFs that name none (@-letak-press): path below content/; "" = the usual one */
    struct place press_profile_at;
    VEC(const struct language *) languages; /* [0] = source */
    VEC(struct str) menu, footer_menu;      /* paths of pages */
    bool raw_html, search;
};
struct phone {
    struct str number; /* as printed: "+381 11 000 0000" */
    struct by_lang label, hours;
    size_t n_languages;
    const struct str *languages; /* codes of what is spoken there */
    bool free, emergency, mobile;
};
struct contact { /* a row of contacts.yml */
    struct str id, mail, web;
    struct by_lang name, address;
    bool placeholder, published;
    VEC(struct phone) phones;
    struct place at;
};
struct choice {
    struct str key;
    struct by_lang label;
};
struct choices {
    VEC(struct choice) list;
};                 /* content/lists/NAME.yml */
struct catalogue { /* everything content/ knows after the first pass */
    struct arena *arena;
    const char *root;  /* the site's folder, DIR */
    bool foreign;      /* no site.yml: lenient */
    bool single;       /* one file (content_single): others are looked for where they are named */
    bool drafts;       /* --drafts */
    struct date today; /* --as-of */
    struct site_config *config;
    VEC(struct page *) pages; /* sources and translations, byte order of their files */
    struct page *home;
    struct map by_file;          /* path relative to content/ -> struct page * */
    struct map files;            /* path relative to content/ -> struct file_entry *: every other file */
    struct map contacts;         /* id -> struct contact * */
    struct map lists;            /* name -> struct choices * */
    struct map by_path;          /* path in the site -> struct page * (source language) */
    struct map aliases;          /* path that a page had before -> struct page * (source language) */
    struct arena *worker_arenas; /* what the threads of the first pass allocated; lives as long as arena */
    int n_workers;
    _Atomic int *held; /* by page number: its file, which the first pass left open for the second; 0 = closed */
    size_t n_held;
};

/* The label of a row of content/lists/LIST.yml; NULL where there is no such row. */
const struct by_lang *choice_label(const struct catalogue *c, const char *list, struct str key);

/* First pass: walks DIR, reads front matter, contacts, lists, site.yml; makes the catalogue. Author's mistakes go to d and the work goes
 * on; false only where the surroundings failed so that nothing can be built. threads as for workers_run. */
struct content_options {
    const char *root, *out; /* out is left out of the walk */
    bool drafts;
    struct date today;
    int threads;
    bool stamps; /* sizes and times of other files are wanted, too */
    bool hold;   /* the second pass follows at once: the files of pages may stay open for it (content_parse, content_close) */
};
bool content_open(struct arena *a, const struct content_options *o, struct diag *d, struct catalogue **out);
/* Frees what the threads of the first pass allocated; before the arena of content_open or content_single is closed. */
void content_close(struct catalogue *c);

/* Second pass, one page, from any thread: reads and parses the Markdown, validates marks, links, images, and what the kind demands of
 * headings, lists and tables. The tree and all it names live in a. NULL where the file could not be read. */
struct document {
    const struct page *page;
    struct node *root;
    VEC(struct node *) headings, tables, figures, fields, links, images, refs; /* in document order */
    struct map ids;                                                            /* id -> struct node * */
};
struct document *content_parse(struct arena *a, const struct catalogue *c, const struct page *p, struct diag *d);
/* The tree of p alone, for who asks only what its blocks are: links stay as written, its mistakes are reported with itself. NULL where the file could
 * not be read. */
struct document *content_parse_alone(struct arena *a, const struct catalogue *c, const struct page *p);
/* The same for text that is at hand (the whole file, front matter included); it must be as file_read_text leaves it. */
struct document *content_parse_text(struct arena *a, const struct catalogue *c, const struct page *p, struct str text, struct diag *d);
/* Whether of the page's file nothing has changed since the first pass but its Markdown, so that no other page and no list shows anything else; then
 * it may be parsed once more. */
bool content_only_body(const struct catalogue *c, struct page *p, struct diag *d);
/* When all pages are parsed: reports links to places that a page has not, and :ref to what no chapter of the book has. Pages that were not parsed are
 * not judged. */
void content_check_anchors(const struct catalogue *c, struct diag *d);
/* The page of p's bundle (a book and its chapters) that has the id, among those parsed so far; NULL where none has. */
const struct page *content_find_ref(const struct page *p, struct str id);
/* Once a process, before any thread: registers cmark's extensions and ours. */
void content_init(void);
/* A file outside any site as a page of a catalogue of its own (letak pdf, letak dump). NULL where it cannot be read. */
struct catalogue *content_single(struct arena *a, const char *file, struct date today, struct diag *d, struct page **page);
/* Front matter and tree as text: a line a key, a line a node, indented, each with its place. For `letak dump page` and goldens. */
void content_dump(struct buf *b, const struct document *doc);
#endif
