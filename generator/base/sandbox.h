/* sandbox.h: what a command cannot need is taken from it before it reads what others wrote: Landlock (Linux 5.13; network from 6.7 on), which needs
 * no rights and cannot be undone. Where the kernel has none of it, nothing happens. */
#ifndef LETAK_BASE_SANDBOX_H
#define LETAK_BASE_SANDBOX_H
#include "base/str.h"

enum sandbox_right {
    SANDBOX_READ,  /* everything below may be read */
    SANDBOX_WRITE, /* and written, made, removed */
    SANDBOX_NAMES  /* names below may be made, changed and removed; what is there may be neither read nor written into */
};
struct sandbox_path {
    const char *path; /* what is not there is left out */
    enum sandbox_right right;
};
/* Restricts this thread, and all threads and programs that it starts from now on, to the paths (NULL path at the end), to the system's programs,
 * libraries, fonts and tables, read-only, and to listening on `port` (-1: no network at all; connecting never). What links in the first levels of
 * a readable folder lead to stays readable too. True where the kernel holds it. */
bool sandbox_enter(const struct sandbox_path *paths, int port);
#endif
