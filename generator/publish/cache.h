/* cache.h: DIR/.letak/NAME/: what took long to make, by a key that says all it was made from. It may be removed at any time, shared by builds that
 * run at once, and cut off or changed by whatever else writes there: an entry counts only when it hashes to what it says, and comes in by a rename.
 */
#ifndef LETAK_PUBLISH_CACHE_H
#define LETAK_PUBLISH_CACHE_H
#include "base/file.h"

struct cache;
/* Makes the folder; before the program walls itself in. Only in a site (content/site.yml): a folder of others is left as it is. NULL name's path
 * else. */
const char *cache_folder(struct arena *a, const char *root, const char *name);
/* Removes it where nothing came in. */
void cache_leave(const char *folder);
/* The entries in folder (NULL: none are found, none kept); write: new ones come in. */
struct cache *cache_open(const char *folder, bool write);
/* False where there is none that is whole. From any thread. */
bool cache_find(struct cache *c, struct arena *a, struct str key, struct str *bytes);
/* Trouble is no trouble: then it is made again next time. */
void cache_put(struct cache *c, struct str key, struct str bytes);
/* Frees; prune: entries that were not asked for and are older than a month go. */
void cache_close(struct cache *c, bool prune);
#endif
