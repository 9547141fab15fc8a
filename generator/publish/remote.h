/* remote.h: a finished site on another computer, by ssh.
 *
 *     PATH/releases/000012-0f3a…/   a release: its number, the beginning of the hash of its list (publish/sums.h)
 *     PATH/releases/.incoming-…/    one that is being uploaded
 *     PATH/current                  a link to the release that is shown: what the web server serves
 *
 * Only the renaming of a link changes what readers see, and only after the far computer has compared every file with the list. Numbers, not clocks,
 * tell which release is newer. Needs at the far end: sh, and of coreutils sha256sum, mktemp, mv -T; rsync, else sftp. ssh is the one installed, with
 * its own settings, keys and known hosts: nothing of its caution is taken from it. */
#ifndef LETAK_PUBLISH_REMOTE_H
#define LETAK_PUBLISH_REMOTE_H
#include "base/diag.h"

enum { REMOTE_KEPT = 5 };
struct remote {
    struct arena *arena;
    struct diag *diag;
    const char *host, *path; /* "user@host", "/var/www/site" */
    const char *config;      /* ssh -F; NULL = ssh's own */
    /* after remote_look */
    bool rsync;
    const char *current;        /* name of the release that is shown; NULL = none */
    VEC(const char *) releases; /* by number */
};
/* Takes "user@host:path" apart. False where it is none (reported). */
bool remote_open(struct remote *r, struct arena *a, const char *target, const char *config, struct diag *d);
/* What is there; nothing is changed. False where it cannot be reached or is not ours (reported). */
bool remote_look(struct remote *r);
/* The list of the release that is shown; empty where there is none. */
bool remote_list(struct remote *r, struct str *list);
/* Uploads the folder `local`, whose list has `files` lines and the hash `sum`, has it compared, shows it, keeps the newest five. *name: the release.
 * False (reported): what is shown is as it was. */
bool remote_send(struct remote *r, const char *local, size_t files, const char *sum, const char **name);
/* Shows the release before the one that is shown, compared with its list first. */
bool remote_rollback(struct remote *r, const char **name);
#endif
