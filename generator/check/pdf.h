/* pdf.h: everything in a PDF that says something: strings of all objects (also of those that no page leads to), metadata, the text of its pages
 * (hidden text too), and what may not be in a published file at all. */
#ifndef LETAK_CHECK_PDF_H
#define LETAK_CHECK_PDF_H
#include "base/str.h"

struct pdf_said {
    struct str strings;         /* UTF-8, a line each: titles, alternative texts, bookmarks, annotations, information */
    struct str metadata;        /* XMP, and whatever else is XML in it (XFA forms) */
    struct str text;            /* of the pages */
    struct str streams;         /* strings of all programs that draw, also of what no page shows */
    VEC(const char *) pictures; /* what pictures in it carry beside their pixels: "EXIF (JPEG)" */
    struct str person;          /* author as the information or XMP names one; empty = none */
    bool attachment, filled, script,
        older;                    /* a file in it; a field with a value; JavaScript; a state before the last one saved (incremental update) */
    bool tagged, language, title; /* it says its structure, its language, its name */
    bool unseen;                  /* locked, damaged, too large: nothing was seen */
    bool no_tool;                 /* libqpdf or pdftotext is missing */
};
/* Reads in children with bounds (base/child.h): libqpdf for the objects, pdftotext of poppler for the pages. All lives in a. */
void pdf_listen(struct arena *a, struct str bytes, struct pdf_said *out);
#endif
