/* scan.h: what stands in the fields of a PDF, whoever filled it (ISO 32000-1, 12.7), read with libqpdf.
 *
 * The file may be hostile, so it is read in a process of its own with bounds on its memory and time; what it can do at worst is to end in a message.
 */
#ifndef LETAK_FORM_SCAN_H
#define LETAK_FORM_SCAN_H
#include "base/diag.h"

struct scan_field {
    struct str name;  /* full, with dots */
    struct str value; /* UTF-8 with LF; "" = empty, also of a button that is off; options of a list are parted by LF */
};
struct scan {
    struct str id; /* dc:identifier of its metadata: "F8/3"; "" = none */
    VEC(struct scan_field) fields;
};
enum scan_result {
    SCAN_DONE,
    SCAN_NO_FIELDS, /* a PDF, but no form, or a flattened one */
    SCAN_DAMAGED,   /* cut off, or not a PDF */
    SCAN_LOCKED,    /* wants a password */
    SCAN_TOO_LARGE, /* too many bytes, fields or levels, or too much time or memory */
    SCAN_NO_LIBRARY
};
/* The file's fields in document order; all lives in a. False where it cannot be opened (errno). */
bool scan_file(struct arena *a, const char *path, struct scan *out, enum scan_result *result);
/* The same for bytes at hand. */
enum scan_result scan_bytes(struct arena *a, struct str pdf, struct scan *out);
/* The part that the child process does, for the fuzzer: appends records to out. */
enum scan_result scan_here(struct str pdf, struct buf *out);
#endif
