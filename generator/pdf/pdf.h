/* pdf.h: frames into a PDF file. The only user of libharu (object model and cross references) and of HarfBuzz's subsetter.
 *
 * Same frames and options, same bytes: no clock, no random number. The file's /ID is a hash of its contents. */
#ifndef LETAK_PDF_PDF_H
#define LETAK_PDF_PDF_H
#include "base/map.h"
#include "layout/frame.h"

enum pdf_flavour {
    PDF_READING, /* PDF/UA-1 and PDF/A-2a (ISO 14289-1, ISO 19005-2): tags, links, outline */
    PDF_FORM,    /* PDF/UA-1 with fields; no PDF/A mark, since viewers open such files read-only */
    PDF_PRESS,   /* PDF/X-4 (ISO 15930-7), for the print shop: boxes and marks, colours as inks (press.c); no tags, links or fields */
};
struct pdf_options {
    enum pdf_flavour flavour;
    struct str date;      /* "2026-03-01" or "2026-03-01T12:00:00", from the content; "" = no date in the file, in a press file 1970 */
    struct str copyright; /* dc:rights; "" = none */
    bool show_outline;    /* open with the outline shown */
    /* What stands in the fields: full name ("prilozi.1.naziv", "usluge.smestaj") -> struct str *; a check box that is on has the name of its state.
     * NULL = a template. A value that its field cannot show is an error (P010–P012), and no message has the value in it. */
    const struct map *values;
    const char *values_file;   /* where they come from, for messages */
    struct pdf_memory *memory; /* pages of the file made before: what is painted the same is not deflated anew; NULL = nothing is kept */
};
struct pdf_memory *pdf_memory_new(void);
void pdf_memory_close(struct pdf_memory *m);
/* Appends the file to out. False where messages (P…) at least as grave as an error were given; out is then as it was. */
bool pdf_write(const struct frames *f, const struct pdf_options *o, struct diag *d, struct buf *out);
#endif
