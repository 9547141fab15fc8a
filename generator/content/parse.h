/* parse.h: inside content/ only: what marks.c, markdown.c, links.c and kinds.c share while one document is made. */
#ifndef LETAK_CONTENT_PARSE_H
#define LETAK_CONTENT_PARSE_H
#include "content/page.h"
#define CMARK_NO_SHORT_NAMES /* its NODE_… would meet ours */
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

/* A mark as the inline parser met it, before it is checked: :name[text]{attributes}. */
struct raw_mark {
    struct str name, text, attrs;
    char open;            /* the bracket that is missing, 0 where none is */
    bool block, has_text; /* written with two colons; [ ] was there */
    uint32_t line, col;   /* col in bytes, from 1, as cmark counts */
    uint32_t lines, tail; /* line ends inside it; bytes from its start to behind the last of them */
};
struct making {
    struct arena *arena;
    const struct catalogue *c;
    const struct page *page;
    const char *file; /* shown in messages; of the included file while it is read */
    struct str dir;   /* folder of that file, relative to content/ */
    struct diag *diag;
    struct document *doc;
    struct str source;  /* the Markdown that cmark reads */
    const char **lines; /* start of each line of source, for columns */
    size_t n_lines;
    const char *last_start; /* making_place: line, byte and character counted last */
    size_t last_byte, last_chars;
    uint32_t line_offset;          /* added to cmark's line numbers */
    struct map slugs;              /* slug of a heading -> how many ids were made of it */
    int include_depth, n_included; /* one in another; in all */
    const char *includes[8];       /* the files that are being included, outermost first */
};

/* --- marks.c --- */
cmark_syntax_extension *marks_extension(void);
bool marks_is(cmark_node *n);
struct raw_mark *marks_raw(cmark_node *n);
/* Checks a raw mark and fills node (mark, id, attrs, text as one TEXT child). False: shown as text (unknown name; reported). */
bool marks_check(struct making *m, struct raw_mark *raw, struct node *n);
/* "#id .class key=value flag" into n->id and n->attrs; without a mark row any key passes. */
void marks_attrs(struct making *m, struct node *n, const struct mark_row *row, struct str attrs, struct place at);

/* --- catalogue.c --- */
/* The file of a page that the first pass left open, which is the caller's now; -1 where there is none. From any worker. */
int content_held(const struct catalogue *c, const struct page *p);

/* --- markdown.c --- */
extern cmark_mem *const markdown_mem;                       /* memory of the parse that this thread is in */
struct raw_mark *markdown_keep(const struct raw_mark *raw); /* a copy there, its texts too */
struct place making_place(struct making *m, uint32_t line, uint32_t byte_col);
struct node *making_node(struct making *m, enum node_kind kind, struct place at);
void making_append(struct node *parent, struct node *child);
void making_remove(struct node *n); /* from its parent */
void making_replace(struct node *old, struct node *fresh);
/* The document of the page that m->page translates, its links left alone, its mistakes not reported. NULL where it cannot be read. */
const struct document *markdown_source(struct making *m);
/* Parses source (which begins at line `first_line` of m->file) and appends its blocks to parent. */
void making_parse(struct making *m, struct str source, uint32_t first_line, struct node *parent);

/* --- blocks.c: what the kind of block says: figures, notes, captions, block marks, ids --- */
void blocks_shape(struct making *m, struct node *root);
/* --- links.c --- */
void links_resolve(struct making *m);
void links_phones(struct making *m, struct node *root);
bool links_refs_elsewhere(const struct page *p); /* whether :ref may name something in another file of the same book */
/* --- html.c --- */
void html_clean(struct making *m, struct node *parent); /* the HTML below parent becomes harmless and closed */
/* --- anchors.c --- */
void anchors_keep(struct making *m);
/* --- kinds.c --- */
void kinds_check(struct making *m);
/* --- forms.c --- */
void forms_check(struct making *m); /* a form's fields get their ids, options their keys; what is wrong with them is reported */
#endif
