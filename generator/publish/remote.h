/* remote.h: a finished site on another computer, by ssh.
 *
 *     PATH/releases/000012-0f3a…/   a release: its number, the beginning of the hash of its list (publish/sums.h)
 *     PATH/releases/.incoming-…/    one that is being uploaded
 *     PATH/current                  a link to the release that is shown: what the web server serves
 *
 * Only the renaming of a link changes what readers see, and only after every file there was compared with the list. Numbers, not clocks,
 * tell which release is newer. Needs at the far end: sh, and of coreutils sha256sum, mktemp, mv -T; rsync, else sftp. Or sftp alone: then the
 * release is fetched back and compared here (ways.h). ssh is the one installed, with its own settings, keys and known hosts: nothing of its caution
 * is taken from it. */
#ifndef LETAK_PUBLISH_REMOTE_H
#define LETAK_PUBLISH_REMOTE_H
#include "base/diag.h"

enum { REMOTE_KEPT = 5 };
struct way;
struct remote {
    struct arena *arena;
    struct diag *diag;
    const char *host, *path; /* "user@host", "/var/www/site" */
    const char *config;      /* ssh -F; NULL = ssh's own */
    /* after remote_look */
    const struct way *way;
    const char *way_closed; /* what speaks against working by sh; NULL = nothing */
    const char *fetched;    /* private folder for what came from there; NULL = none */
    bool rsync;
    const char *current;        /* name of the release that is shown; NULL = none */
    VEC(const char *) releases; /* by number */
    VEC(const char *) half;     /* folders that are being filled or emptied; known by sftp alone */
};
/* Takes "user@host:path" apart. False where it is none (reported). */
bool remote_open(struct remote *r, struct arena *a, const char *target, const char *config, struct diag *d);
/* What is there; nothing is changed. False where it cannot be reached or is not ours (reported). */
bool remote_look(struct remote *r);
/* The list of the release that is shown; empty where there is none. */
bool remote_list(struct remote *r, struct str *list);
/* Uploads the folder `local`, whose list has the hash `sum`, has it compared, shows it, keeps the newest five. *name: the release.
 * False (reported): what is shown is as it was. */
bool remote_send(struct remote *r, const char *local, struct str list, const char *sum, const char **name);
/* Shows the release before the one that is shown, compared with its list first. */
bool remote_rollback(struct remote *r, const char **name);
/* Removes what was fetched. */
void remote_close(struct remote *r);
#endif
