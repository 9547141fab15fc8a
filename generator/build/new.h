/* new.h: `letak new KIND SLUG`: a commented file to start from. */
#ifndef LETAK_BUILD_NEW_H
#define LETAK_BUILD_NEW_H
#include "base/diag.h"
#include "content/schema.h"

/* Writes content/FOLDER/SLUG/index.md under root (FOLDER by kind: vesti, dogadjaji, obrasci, literatura; else content/SLUG) and says so in out.
 * Refuses an unknown kind, a slug that is no address, and a file that exists. SLUG may hold folders: "projekti/nov". */
void new_page(const char *root, struct str kind, struct str slug, struct date today, struct diag *d, struct buf *out);
#endif
