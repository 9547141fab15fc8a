/* sums.h: the list of SHA-256 hashes by which a copy can be proven identical. Its form is that of sha256sum, so that any computer can check it:
 *     64 hex digits, two spaces, path, newline; sorted by the bytes of the paths.
 * SHA-256 from libmd (small, static; nothing else that the program links has a public one). */
#ifndef LETAK_PUBLISH_SUMS_H
#define LETAK_PUBLISH_SUMS_H
#include "base/file.h"
#include "base/map.h"

enum { SUM_DIGITS = 64 };
struct sum {
    char hex[SUM_DIGITS + 1];
    const char *path;
};
void sum_of(struct str bytes, char hex[SUM_DIGITS + 1]);
/* The list, sorted by path (in place), appended. */
void sums_write(struct sum *list, size_t n, struct buf *out);
/* The hash (const char *) of each path of a list; lines that are none are left out. Borrows the list. */
void sums_index(struct arena *a, struct str list, struct map *m);
#endif
