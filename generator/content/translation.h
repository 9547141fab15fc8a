/* translation.h: what state a translation is in, block by block.
 *
 * A BLOCK is what stands between blank lines of a file (a fenced code is one), and each text of the front matter. The LOCK FILE beside a translation
 * (index.en.lock.yml) keeps a line for each block of the source that it was made from: a hash of its text and one of its folded words. A block whose
 * words are the same changed in its marks and commas only: that is minor and no reader is told. `letak translate accept` writes the lock: so a
 * translator signs the work, and so an author says that a change means nothing to translations. */
#ifndef LETAK_CONTENT_TRANSLATION_H
#define LETAK_CONTENT_TRANSLATION_H
#include "content/page.h"

struct block {
    struct str key; /* English name of a front-matter key; empty for the body */
    struct str text;
    uint32_t line;
};
enum block_state { BLOCK_SAME, BLOCK_MINOR, BLOCK_STALE, BLOCK_MISSING, BLOCK_GONE, BLOCK_STATES };
struct block_pair {
    enum block_state state;
    const struct block *source, *text; /* text: of the translation; either may be NULL */
};
struct translation {
    const struct page *page;
    bool locked; /* a lock file says what it was made from */
    size_t n[BLOCK_STATES];
    VEC(struct block_pair) pairs; /* in the order of the source */
};
/* The state of a translation of the site. False where a file cannot be read (reported). All in a. */
bool translation_read(struct arena *a, const struct catalogue *c, const struct page *p, struct diag *d, struct translation *t);
/* Some of what it was made from is not what the source says now. */
bool translation_stale(const struct translation *t);
/* The lock file of its present state, appended; and its path below the site's folder: "content/x/index.en.lock.yml". */
void translation_lock(const struct translation *t, struct buf *out);
struct str translation_lock_path(struct arena *a, const struct page *p);
/* Reports what is stale, and phones, numbers, dates and links that only one of the two has. */
void translation_check(struct arena *a, const struct page *p, const struct translation *t, struct diag *d);
/* "same", "minor", "stale", "missing", "gone" */
const char *translation_state_name(enum block_state s);
#endif
