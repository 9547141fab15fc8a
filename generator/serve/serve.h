/* serve.h: the preview server of `letak serve`: the site in memory on 127.0.0.1, built again after each batch of changes, shown anew in the browser.
 */
#ifndef LETAK_SERVE_SERVE_H
#define LETAK_SERVE_SERVE_H
#include "build/build.h"

/* Prints the address on standard output, then serves until SIGINT or SIGTERM. A build that fails keeps the last good site and shows the mistakes over
 * every page. False when it could not start (reported). */
bool serve_run(const struct build_options *o, int port, struct diag *d);

/* For the fuzzer: a server with three files on no port, and what it answers to the bytes of one connection. NULL where the library is not there. */
struct server;
struct server *serve_test_open(void);
void serve_test(struct server *s, struct str request, struct buf *answer);

/* --- inside serve/ --- */
struct watch;
/* Starts `inotifywait -m -r` on DIR. Its events are only hints that something changed; without the program, and where it ends again and again, the
 * tree is looked at every second (SERVE_WATCH is added to d, now or in watch_wait). */
struct watch *watch_open(const char *root, const char *out, struct diag *d);
/* Waits until something changed and was quiet for a moment, until stop_fd is readable, or for timeout_ms (-1 = for ever). */
enum watch_event { WATCH_STOP, WATCH_CHANGE, WATCH_TIMEOUT };
enum watch_event watch_wait(struct watch *w, int stop_fd, int timeout_ms);
/* After WATCH_CHANGE: true when all that is known to have happened is that these files (relative to DIR) were written. Valid until the next
 * watch_wait. */
bool watch_files(const struct watch *w, const char *const **files, size_t *n);
void watch_close(struct watch *w);
#endif
