/* pictures.h: how the pictures of content/ come onto pages and into PDFs: made once a build, by the first page that shows them, on that page's
 * worker; kept by content from build to build (publish/cache.h) under what was asked and the libraries that made them. */
#ifndef LETAK_BUILD_PICTURES_H
#define LETAK_BUILD_PICTURES_H
#include "base/file.h"
#include "site/site.h"

#define PICTURES_CACHE "images" /* DIR/.letak/images */
struct pictures;
/* Sets s->pictures. sink takes the files that are made (NULL: none is written), as long as the site stands. quick: no AVIF, unless it is in the
 * cache. keep: what is made goes into the cache. */
struct pictures *pictures_open(struct site *s, const struct file_sink *sink, bool quick, bool keep);
/* False where the surroundings failed (reported). prune: what has not been used for long leaves the cache. */
bool pictures_close(struct pictures *p, bool prune);
#endif
