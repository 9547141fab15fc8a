/* schema.h: tables of what authors may write: kinds, front-matter keys, marks. Parser, messages, `letak help` and the manual come from the
 * same rows (content/schema.c holds them). */
#ifndef LETAK_CONTENT_SCHEMA_H
#define LETAK_CONTENT_SCHEMA_H
#include "base/str.h"

struct date {                     /* a calendar date, with a time of day where the author gave one */
    int16_t year;                 /* 0 = not given */
    int8_t month, day, hour, minute; /* hour -1 = no time */
};
int date_compare(struct date a, struct date b); /* by date, then time; no time counts as 0:00 */

enum kind { KIND_PAGE, KIND_NEWS, KIND_LEAFLET, KIND_BROCHURE, KIND_BOOK, KIND_REPORT, KIND_EVENT, KIND_FORM, KINDS };
struct kind_row {
    enum kind kind;
    const char *en, *sr;          /* "leaflet", "летак" */
    const char *help_en, *help_sr;
};
enum value_type { TYPE_TEXT, TYPE_LINE, TYPE_DATE, TYPE_DATETIME, TYPE_INT, TYPE_BOOL, TYPE_LIST, TYPE_CHOICE, TYPE_CONTACT, TYPE_SIZES, TYPE_FILE };
struct key_row {
    int key;                      /* enum key */
    const char *en, *sr;
    enum value_type type;
    uint32_t kinds;               /* bit 1 << KIND_…: where it may stand */
    uint32_t required;            /* where it must stand */
    const char *choices;          /* TYPE_CHOICE: "a b c" */
    const char *aliases;          /* names that Hugo, Jekyll … use: "date lastmod" */
    const char *help_en, *help_sr;
};
enum field_type { FIELD_NONE, FIELD_TEXT, FIELD_PARAGRAPH, FIELD_DATE, FIELD_DATETIME, FIELD_NUMBER, FIELD_CHOICE, FIELD_MANY, FIELD_YESNO, FIELD_SIGNATURE };
enum mark_place { MARK_INLINE = 1, MARK_BLOCK = 2 };
struct mark_row {
    int mark;                     /* enum mark */
    const char *en, *sr;
    int places;
    enum field_type field;
    const char *keys;             /* allowed keys and flags, English: "data cutoff total!" (! = flag) */
    const char *later;            /* not NULL: the mark is known but belongs to a later issue; what it will do */
    const char *help_en, *help_sr;
};
extern const struct kind_row kind_rows[KINDS];
#endif
