/* sandbox.h: what a command cannot need is taken from it before it reads what others wrote: Landlock (Linux 5.13; network from 6.7 on), which needs
 * no rights and cannot be undone. Where the kernel has none of it, nothing happens. */
#ifndef LETAK_BASE_SANDBOX_H
#define LETAK_BASE_SANDBOX_H
#include "base/str.h"

enum sandbox_right {
    SANDBOX_READ,  /* everything below may be read, and what links in its first levels lead to */
    SANDBOX_BELOW, /* the same, but of links only those that stand in the folder itself */
    SANDBOX_WRITE, /* and written, made, removed */
    SANDBOX_TALK,  /* and sockets made, for programs that wait for each other */
    SANDBOX_NAMES, /* names below may be made, changed and removed; what is there may be neither read nor written into */
    SANDBOX_EMPTY  /* empty folders below may be removed */
};
struct sandbox_path {
    const char *path; /* what is not there is left out */
    enum sandbox_right right;
};
/* Restricts this thread, and all threads and programs that it starts from now on, to the paths (NULL path at the end), to the system's programs,
 * libraries, fonts and tables, read-only, and to listening on `port`, or to one of these. True where the kernel holds it. */
enum { SANDBOX_NO_NETWORK = -1, SANDBOX_CONNECT = -2 /* connecting, but not listening */ };
bool sandbox_enter(const struct sandbox_path *paths, int port);
#endif
