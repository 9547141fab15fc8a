/* form.h: the data of case forms: what can be filled in, data into a form, data out of filled PDFs.
 *
 * A FORM is a list of KEYS in reading order, as its fillable PDF has them; keys are ASCII and the same in every language. The fields of the PDF are
 * called by them:
 *     one value         KEY                       "kome"; a choice's value is the key of an option
 *     a choice of many  KEY.OPTION for each       "usluge.smestaj", a check box with the value Yes (KEY with the value OPTION where there is but one)
 *     repeated rows     TABLE.N.COLUMN, N from 1  "prilozi.1.naziv-priloga"; the form has one key for each column
 * As JSON, what `letak form fill` takes and `letak form read --json` gives: {"kome": "…", "usluge": ["smestaj"], "prilozi": [{"naziv-priloga":
 * "…"}]}.
 *
 * THE LOCK FILE, index.lock.yml beside index.md, is written by `letak form lock` and committed. It keeps the keys of every version that went out, so
 * that a filled PDF of an older version can still be read:
 *     code: F8
 *     versions:
 *       3:
 *         kome: text                            kind of field as in Markdown
 *         nacin-slanja: choice licno posta      the keys of the options behind it (choice, many); yesno has yes no unknown
 *         prilozi[4].naziv-priloga: text        a column of four rows
 *
 * Values are data about persons: they are kept in memory only, no message has one, and files with them are for their owner alone (private.c). */
#ifndef LETAK_FORM_FORM_H
#define LETAK_FORM_FORM_H
#include "base/diag.h"
#include "base/map.h"
#include "content/schema.h"
#include "layout/frame.h"

struct form_choice {
    struct str key, label;
};
struct form_key {
    struct str name;  /* "kome"; of a column its own: "naziv-priloga" */
    struct str table; /* "" where it is no column */
    int rows;         /* of the table */
    enum field_type type;
    struct str label; /* "" where it comes from a lock file */
    int max_length;   /* 0 = free */
    bool required;
    bool opens; /* CHOICE, YESNO: a list that opens (empty is ""), not buttons (empty is Off) */
    size_t n_choices;
    const struct form_choice *choices; /* CHOICE, MANY, YESNO */
};
struct form_def {
    struct str code; /* "F8" */
    long version;
    struct str title, lang; /* lang: BCP 47 */
    VEC(struct form_key) keys;
};
/* The kind's name in Markdown and lock files: "text"; and back, FIELD_NONE where unknown. */
const char *form_type_name(enum field_type t);
enum field_type form_type(struct str name);

/* define.c: the keys of a laid-out fillable form. row_word is what stands before a row's number in the label of its fields („ред“). All lives in a
 * or in the frames. */
struct form_def *form_define(struct arena *a, const struct frames *f, struct str row_word);
/* lock.c: the versions that a lock file keeps, at path, shown in messages as shown. A file that is not there is no error: *n is 0. False where it is
 * broken (reported). */
bool form_lock_read(struct arena *a, const char *path, const char *shown, struct diag *d, struct form_def **list, size_t *n);

/* A lock file of n versions, appended to out. */
void form_lock_write(struct buf *out, const struct form_def *list, size_t n);
/* Whether a form asks the same as its locked version did: the same keys with the same kinds, numbers of rows and answers, in any order. False: each
 * difference is reported at `at`. */
bool form_lock_holds(struct arena *a, const struct form_def *locked, const struct form_def *now, struct place at, struct diag *d);

/* data.c: values for pdf_options.values from JSON text (see above), shown in messages as shown. What the form has not got, and what is of the wrong
 * kind, is reported by its key; true where all was good. values was made by map_new; what it gets lives in a. */
bool form_data_read(struct arena *a, const struct form_def *f, struct str json, const char *shown, struct diag *d, struct map *values);

/* table.c: filled forms as a table. A record is one PDF: what its fields hold, and the version of the form that it is. */
struct form_record {
    const char *file;
    const struct form_def *def;
    struct map values; /* full name -> struct str * */
};
/* The full names of all fields of a form -> its struct form_key *, in reading order. */
struct map form_names(struct arena *a, const struct form_def *f);
/* CSV (RFC 4180, UTF-8, no BOM): a row for each record; columns file, form, version, then the keys, columns of rows as TABLE.N.COLUMN. A choice of
 * many has the keys of its options parted by semicolons. A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
void form_records_csv(struct buf *out, struct arena *a, const struct form_record *r, size_t n);
/* JSON: an array of {"file", "form", "version", "fields"}; fields as form_data_read takes them; empty ones left out. Exact: no apostrophes. */
void form_records_json(struct buf *out, const struct form_record *r, size_t n);

/* private.c: whether a file with values may lie at path, which need not exist: nowhere in a folder called content or public, nor in one that letak
 * builds from or into, links followed. False: reported. */
bool private_place(const char *path, struct diag *d);
/* Writes it, whole or not at all, for its owner alone (0600); a file that is there is replaced, a link too. False: reported. */
bool private_write(const char *path, struct str bytes, struct diag *d);

/* list.c: the keys, without values, in one of five shapes, appended to out. */
enum form_shape { FORM_SHAPE_TEXT, FORM_SHAPE_JSON, FORM_SHAPE_CSV, FORM_SHAPE_XFDF, FORM_SHAPE_SCHEMA };
void form_list(struct buf *out, const struct form_def *f, enum form_shape shape, struct str pdf_name);
#endif
