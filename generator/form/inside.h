/* inside.h: inside form/ only. */
#ifndef LETAK_FORM_INSIDE_H
#define LETAK_FORM_INSIDE_H
#include "base/str.h"

/* A record of RFC 4180, CRLF behind it. A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
void csv_row(struct buf *out, const struct str *cells, size_t n);
#endif
