/* program.h: other programs that do a step for us (ssh-keygen, ssh, rsync): no shell, the arguments as they are. */
#ifndef LETAK_BASE_PROGRAM_H
#define LETAK_BASE_PROGRAM_H
#include "base/str.h"

enum { PROGRAM_MOST_ANSWER = 64 << 20 };
/* Runs argv (NULL at the end; argv[0] is looked for in PATH), gives it input, appends what it prints to out (NULL: not kept) and what it complains of
 * to err. It keeps the terminal, so that it may ask for a passphrase. Returns its exit status; 127 where it is not there; -1 where it was killed or
 * no process could be had (errno). */
int program_run(const char *const *argv, struct str input, struct buf *out, struct buf *err);
#endif
