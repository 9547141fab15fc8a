/* build.h: the list of steps, and nothing else. What main and serve call. */
#ifndef LETAK_BUILD_BUILD_H
#define LETAK_BUILD_BUILD_H
#include "base/file.h"
#include "content/schema.h"

struct build_options {
    const char *root; /* DIR: the folder of the site */
    const char *out;  /* OUT; NULL = DIR/public */
    int threads;
    bool drafts, strict, progress;
    struct date today;
    struct memory *memory; /* of the builds before, for serve; NULL = none */
    bool whole;            /* with memory: build everything all the same */
};
struct build_totals {
    size_t pages, pdfs, files;
    uint64_t bytes;
    bool unchanged; /* OUT held these very files already */
};
/* Builds DIR into OUT: content → site → web pages and PDFs → staging → swap. True when published; else d says why and OUT is as it was. */
bool build_site(const struct build_options *o, struct diag *d, struct build_totals *totals);
/* The same into any sink, nothing published: for check (a sink that drops) and serve (a sink that keeps). */
bool build_into(const struct build_options *o, struct file_sink sink, struct diag *d, struct build_totals *totals);

/* Under serve, after a good build with o->memory: makes the pages of these files (relative to DIR) again, and them only, if nothing else can have
 * changed by the edit: their Markdown alone did, no PDF is made of it, it shows no picture, no file is newly used. False: a build is needed; sink may
 * have been written to. d is the diag of that build. */
bool build_edited(const struct build_options *o, const char *const *files, size_t n, struct file_sink sink, struct diag *d);

/* Everything build would say, nothing written. */
void build_check(const struct build_options *o, struct diag *d);
/* What the privacy gate says of a finished file or folder, PDFs of ours read as others read them; register and exceptions are those of DIR. */
void build_check_path(const struct build_options *o, const char *path, struct diag *d);

struct pdf_job {
    const char *file;       /* FILE.html or FILE.md */
    const char *out;        /* reading PDF, or the fillable form */
    const char *print_out;  /* press PDF, or the paper form; NULL = none */
    const char *const *css; /* further style sheets, NULL at the end */
    bool strict;
    struct date today;
    bool debug;  /* draw boxes and baselines, mark bad lines */
    bool report; /* append to out how the PDF for readers is set … */
    bool json;   /* … as JSON */
};
/* The root of the site that FILE.md belongs to; NULL where it belongs to none. */
const char *build_site_of(struct arena *a, const char *file);
bool build_pdf(const struct pdf_job *j, struct diag *d, struct buf *out);
/* `letak proof FILE -o OUT`: OUT/NAME-proof.pdf and OUT/NAME-proof.html: see sheet/sheet.h. Of a Markdown file: its press PDF's. */
bool build_proof(const struct pdf_job *j, struct diag *d);
/* `letak form fields|fill …`: see form/form.h and build/form.c. What is printed is appended to out. */
struct form_job {
    const char *root;
    const char *args[3]; /* fields FORM; fill FORM DATA.json; read FOLDER */
    const char *out;
    int shape; /* of the answer: enum form_shape */
    struct date today;
};
bool build_form(const struct form_job *j, struct diag *d, struct buf *out);
struct publication;
struct frames;
struct site;
/* Whether a fillable form asks what its lock file keeps for its version; differences are reported, and when checking, a version that is not
 * locked. Other publications are good. */
bool build_form_locked(const struct site *s, const struct publication *pub, const struct frames *frames);
/* `letak translate status | diff PAGE LANG | accept PAGE [LANG]`: see content/translation.h. */
struct translate_job {
    const char *root;
    const char *args[3];
    bool json;
    struct date today;
};
void build_translate(const struct translate_job *j, struct diag *d, struct buf *out);
/* `letak where contact ID`: a line for each page and PDF that prints the contact: kind, path in OUT, source. */
struct where_job {
    const char *root;
    const char *args[2];
    bool json, drafts;
    struct date today;
};
void build_where(const struct where_job *j, struct diag *d, struct buf *out);
/* `letak editions [PAGE…]`: every edition of the pages (all that have some where none is named) in every language, into the folder out (NULL: nothing
 * is written), and the table of how their panels fit. Panels that do not fit are reported; the table has them all the same. */
struct editions_job {
    const char *root, *out;
    const char *const *pages;
    size_t n_pages;
    bool json, drafts;
    int threads;
    struct date today;
};
void build_editions(const struct editions_job *j, struct diag *d, struct buf *out);
/* `letak dump WHAT FILE`: page html context print press boxes frames tags. */
bool build_dump(const char *what, const char *file, struct date today, struct diag *d, struct buf *out);
/* Once a process, before any thread. */
void build_init(void);
#endif
