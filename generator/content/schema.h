/* schema.h: tables of what authors may write: kinds, front-matter keys, marks. Parser, messages, `letak help` and the manual come from the
 * same rows (content/schema.c holds them). */
#ifndef LETAK_CONTENT_SCHEMA_H
#define LETAK_CONTENT_SCHEMA_H
#include "base/str.h"

struct date {                        /* a calendar date, with a time of day where the author gave one */
    int16_t year;                    /* 0 = not given */
    int8_t month, day, hour, minute; /* hour -1 = no time */
};
int date_compare(struct date a, struct date b);      /* by date, then time; no time counts as 0:00 */
struct str date_day(struct arena *a, struct date d); /* "2026-11-24" (ISO 8601); "" where there is none */

enum kind {
    KIND_PAGE,
    KIND_NEWS,
    KIND_LEAFLET,
    KIND_BROCHURE,
    KIND_BOOK,
    KIND_REPORT,
    KIND_EVENT,
    KIND_FORM,
    KIND_FORMS,
    KIND_CATALOGUE,
    KIND_GLOSSARY,
    KIND_PROJECT,
    KIND_UNIT,
    KIND_DOCUMENT,
    KIND_PARTNER,
    KIND_QUESTIONS,
    KINDS
};
struct kind_row {
    enum kind kind;
    const char *en, *sr; /* "leaflet", "летак" */
    const char *help_en, *help_sr;
    const char *folder;  /* where `letak new` puts one that is given without a folder; "" = content/ itself */
    const char *example; /* the body that `letak new` writes */
};
enum value_type {
    TYPE_TEXT,
    TYPE_LINE,
    TYPE_DATE,
    TYPE_DATETIME,
    TYPE_INT,
    TYPE_BOOL,
    TYPE_LIST,
    TYPE_CHOICE,
    TYPE_CONTACT,
    TYPE_SIZES,
    TYPE_FILE,
    TYPE_KEYS,
    TYPE_EDITIONS
};
struct key_row {
    int key; /* enum key */
    const char *en, *sr;
    enum value_type type;
    uint32_t kinds;      /* bit 1 << KIND_…: where it may stand */
    uint32_t required;   /* where it must stand */
    const char *choices; /* TYPE_CHOICE: "a b c"; TYPE_KEYS: name of the list in content/lists/ that has them */
    const char *aliases; /* names that Hugo, Jekyll … use: "date lastmod" */
    const char *help_en, *help_sr;
};
enum field_type {
    FIELD_NONE,
    FIELD_TEXT,
    FIELD_PARAGRAPH,
    FIELD_DATE,
    FIELD_DATETIME,
    FIELD_NUMBER,
    FIELD_CHOICE,
    FIELD_MANY,
    FIELD_YESNO,
    FIELD_SIGNATURE
};
enum mark_place { MARK_INLINE = 1, MARK_BLOCK = 2 };
struct mark_row {
    int mark; /* enum mark */
    const char *en, *sr;
    int places;
    enum field_type field;
    const char *keys;  /* allowed keys and flags: "data cutoff total!" (! = flag), besides id and class */
    const char *later; /* not NULL: the mark is known but cannot be used yet: what is still to come (help_en, help_sr) */
    const char *help_en, *help_sr;
};
/* Every front-matter key; what a page says of one: front_of in page.h. */
enum key {
    KEY_TITLE,
    KEY_KIND,
    KEY_DESCRIPTION,
    KEY_MENU_TITLE,
    KEY_PUBLISHED,
    KEY_UPDATED,
    KEY_EMBARGO,
    KEY_EXPIRES,
    KEY_DRAFT,
    KEY_INTERNAL,
    KEY_REVIEW,
    KEY_WEIGHT,
    KEY_SUBTITLE,
    KEY_AUTHORS,
    KEY_PUBLISHER,
    KEY_PLACE,
    KEY_YEAR,
    KEY_EDITION,
    KEY_REVIEWERS,
    KEY_PROOFREADING,
    KEY_DESIGN,
    KEY_ISBN,
    KEY_LICENSE,
    KEY_DISCLAIMER,
    KEY_FOLD,
    KEY_EDITIONS,
    KEY_FONT_SIZE,
    KEY_DISCREET_TITLE,
    KEY_CODE,
    KEY_VERSION,
    KEY_PURPOSE,
    KEY_APART,
    KEY_TYPE,
    KEY_START,
    KEY_END,
    KEY_ACCESS,
    KEY_SEATS,
    KEY_APPLY_UNTIL,
    KEY_APPLY_TO,
    KEY_HOURS,
    KEY_ALIASES,
    KEY_REPLACED_BY,
    KEY_TOPICS,
    KEY_AUDIENCE,
    KEY_GLOSSARY,
    KEY_FROM,
    KEY_UNTIL,
    KEY_DONORS,
    KEY_PARTNERS,
    KEY_BUDGET,
    KEY_CONTACT,
    KEY_HEAD,
    KEY_NUMBER,
    KEY_CLASS,
    KEY_ADOPTED,
    KEY_VALID_UNTIL,
    KEY_SECTOR,
    KEY_SERVICES,
    KEY_SPOKEN,
    KEY_PREVIEW_TITLE,
    KEY_IGNORED,
    KEYS
};
enum mark {
    MARK_CONTACT,
    MARK_REF,
    MARK_ABBR,
    MARK_LANG,
    MARK_KEEP,
    MARK_DATE,
    MARK_ICON,
    MARK_FIELD_TEXT,
    MARK_FIELD_PARAGRAPH,
    MARK_FIELD_DATE,
    MARK_FIELD_DATETIME,
    MARK_FIELD_NUMBER,
    MARK_FIELD_CHOICE,
    MARK_FIELD_MANY,
    MARK_FIELD_YESNO,
    MARK_FIELD_SIGNATURE,
    MARK_TABLE,
    MARK_FIGURE,
    MARK_COLUMNS,
    MARK_NOTE,
    MARK_TOC,
    MARK_ROWS,
    MARK_WHEN,
    MARK_INCLUDE,
    MARK_CITE,
    MARK_TERM,
    MARK_INDEX,
    MARK_VALUE,
    MARK_CHART,
    MARK_LIST_OF,
    MARK_PAGEBREAK,
    MARKS
};
extern const struct kind_row kind_rows[KINDS]; /* by enum kind */
extern const struct key_row key_rows[KEYS];    /* by enum key */
extern const struct mark_row mark_rows[MARKS]; /* by enum mark */
/* en or sr, as the messages of this run are written. */
struct diag;
const char *schema_say(const struct diag *d, const char *en, const char *sr);
/* Whether name is en, the Serbian sr, or sr in Latin script. */
bool schema_named(struct str name, const char *en, const char *sr);
/* Rows by English, Serbian or Serbian Latin name, keys also by their aliases; NULL where unknown. */
const struct kind_row *schema_kind(struct str name);
const struct key_row *schema_key(struct str name);
const struct mark_row *schema_mark(struct str name);
/* English name of an attribute that a mark allows (either language), NULL where it does not. *flag: it takes no value. */
const char *schema_attr(const struct mark_row *m, struct str name, bool *flag);
/* The name nearest to one that is not known, in English, Serbian or Serbian Latin; NULL where none is near. */
const char *schema_nearest_kind(struct arena *a, struct str name);
const char *schema_nearest_key(struct arena *a, struct str name);
const char *schema_nearest_mark(struct arena *a, struct str name);
/* How many panels a fold has, 0 where it is unknown. */
int schema_fold_panels(struct str fold);
#endif
