/* embed.h: layouts/ and assets/ of this repository, compiled in. A file in DIR/layouts/ or DIR/assets/ takes the place of its namesake;
 * that choice is made by site/layouts.c, here are only the bytes. */
#ifndef LETAK_BASE_EMBED_H
#define LETAK_BASE_EMBED_H
#include "base/str.h"

struct embedded {
    const char *path;       /* "layouts/web/page.mustache" */
    const char *data, *end; /* end points at the NUL behind the bytes */
};
extern const struct embedded embedded_files[]; /* sorted by path; ends with a NULL path */
/* The bytes of a compiled-in file; .s is NULL where there is none. */
struct str embed_find(struct str path);
#endif
