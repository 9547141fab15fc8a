/* ways.h: the two ways in which remote.c works at the far end: scripts for its sh (remote.c), or sftp alone (sftp.c), where an account may do no
 * more. What can go wrong is reported by whoever sees it. */
#ifndef LETAK_PUBLISH_WAYS_H
#define LETAK_PUBLISH_WAYS_H
#include "publish/remote.h"

#define WAY_LIST "spisak.txt"     /* in every release: hashes and paths of its other files (sums.h) */
#define WAY_INCOMING ".incoming-" /* begins the name of a folder that is being filled or emptied, and so is no release */
enum { WAY_NOT_THERE = 127 };     /* status of a program that is not installed here */

struct release {
    const char *name, *local; /* what it will be called; the folder that holds it here */
    const char *sum;          /* of its list */
    struct str list;
};
struct way {
    /* Fills r as remote_look promises. */
    bool (*look)(struct remote *r);
    /* The list of the release shown. */
    bool (*list)(struct remote *r, struct str *list);
    /* Fills a new folder, *into, whose name begins with WAY_INCOMING; NULL where none was made. */
    bool (*upload)(struct remote *r, const struct release *n, const char **into);
    /* Compares that folder with the list, makes it the release n, shows it, removes what is not kept. */
    bool (*finish)(struct remote *r, const struct release *n, const char *into);
    /* Removes that folder. */
    void (*clean)(struct remote *r, const struct release *n, const char *into);
    /* Compares a release that is there and shows it. */
    bool (*again)(struct remote *r, const char *name);
};
extern const struct way remote_by_sftp;

/* For both: one word of sftp's batches; the last line that a program complained with; true where status is 0, else m (or that `what` is not
 * installed) is reported. */
const char *way_sftp_word(struct arena *a, const char *s);
const char *way_complaint(struct remote *r, const struct buf *err);
bool way_worked(struct remote *r, int status, enum msg m, const char *what, const struct buf *err);
bool way_is_release(struct str name); /* 000012-0f3a5c7e9b1d */
#endif
