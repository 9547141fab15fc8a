/* publish.h: putting a finished site in its place at once.
 *
 * A build writes into a staging folder beside OUT (".NAME.letak-new") and publish_commit exchanges the two with renameat2(RENAME_EXCHANGE), or a
 * plain rename where there is no OUT yet. Whatever ends the build before that (kill -9, a full disk, an author's error) leaves OUT as it was; the
 * next build removes what was left behind. A lock file (".NAME.letak-lock") keeps two builds of one OUT apart.
 * OUT must be absent, empty but for .gitignore, or carry the manifest of an earlier build; anything else is refused. */
#ifndef LETAK_PUBLISH_PUBLISH_H
#define LETAK_PUBLISH_PUBLISH_H
#include "base/file.h"

#define PUBLISH_MANIFEST ".letak-manifest" /* a line a file, sorted: hash (64 bits, hex), size, path */

struct publish;
/* Refuses an OUT that is not ours, locks it, makes the staging folder. content is the folder of sources (NULL: they lie in root itself): OUT may not
 * be it, hold it or lie in it, nor be or hold root. NULL when refused (reported). Nothing outside the staging folder is touched before
 * publish_commit. */
struct publish *publish_open(const char *out, const char *content, const char *root, struct diag *d);
/* Takes from this process all that a build into p does not need: it reads the site at root, OUT and `extra` (NULL = nothing), writes into the staging
 * folder and the cache (cache.h), and beside OUT makes and removes names, but writes into no file there (base/sandbox.h). */
void publish_wall_in(struct publish *p, const char *root, const char *extra);
/* The sink that writes into staging; any thread. A path written twice is an author's error (OUT_TWICE). */
struct file_sink publish_sink(struct publish *p);
/* True when OUT holds these very files already: then nothing needs to be swapped. */
bool publish_unchanged(struct publish *p);
/* Writes the manifest, keeps OUT's .gitignore, flushes, swaps, removes the old site. False: OUT is as it was (reported). Frees p. */
bool publish_commit(struct publish *p);
/* Removes staging and lock. Frees p. */
void publish_abort(struct publish *p);
/* How many files and bytes were written so far. */
void publish_totals(struct publish *p, size_t *files, uint64_t *bytes);
#endif
