/* pack.h: `letak pack`: the site as a copy that can be handed on, as a folder for a web server, and what a web server must be told.
 *
 *     OUT/NAME/…            the site, byte for byte as it is published
 *     OUT/NAME/spisak.txt   hashes of all of it (publish/sums.h); spisak.txt.sig its signature (ssh-keygen -Y, namespace "letak")
 *     OUT/NAME.zip          the same folder
 * A copy for a web server has the site in OUT itself, beside each text file its .gz. */
#ifndef LETAK_BUILD_PACK_H
#define LETAK_BUILD_PACK_H
#include "build/build.h"

#define PACK_SUMS "spisak.txt"
struct pack_job {
    const struct build_options *build; /* its out: NULL for DIR/offline, DIR/.letak/web */
    const char *what, *name;           /* offline, web, nginx or apache; name of the folder, NULL = dokumenta */
    const char *key;                   /* private key of OpenSSH, NULL = not signed */
};
/* What it made is said on out. False where it could not (reported); OUT is then as it was. */
bool build_pack(const struct pack_job *j, struct diag *d, struct buf *out);
/* The folder for a web server in o->out; totals as of build_site. False where the site has errors or could not be written (reported). */
bool build_pack_web(const struct build_options *o, struct diag *d, struct build_totals *totals);
#endif
