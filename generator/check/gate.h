/* gate.h: the privacy gate. Every byte that is to be published goes through it, and what could lead to a person, or would tell another host of a
 * visit, is an error with the place in the source; then nothing is published.
 *
 * A finding has a number of six hexadecimal digits, made from what was found and not leading back to it. content/privacy.yml excuses findings:
 *     - {finding: 1a2b3c, file: izvestaji/, who: Ана А., why: објављено у „Службеном гласнику“, until: 2027-01-31}
 * file (may be left out) is the beginning of paths in OUT. DIR/privacy-deny.txt, which stays on the machine, has a name or phrase a line. */
#ifndef LETAK_CHECK_GATE_H
#define LETAK_CHECK_GATE_H
#include "base/file.h"
#include "site/site.h"

struct gate;
/* Reads rules and exceptions of the site at root, whose register c has been read (NULL: no register, no exceptions). s, where given, tells from which
 * source a path in OUT comes, and which PDFs letak itself makes. today decides which exceptions still hold. */
struct gate *gate_open(struct arena *a, const struct catalogue *c, const struct site *s, struct date today, struct diag *d);
/* A sink that looks at everything and hands it on. From any worker, as sinks are. */
struct file_sink gate_sink(struct gate *g, struct file_sink behind);
/* Looks at one file as it would be published under path. PDFs that letak makes are left to gate_print. */
void gate_file(struct gate *g, const char *path, struct str bytes);
/* Looks at the HTML that the PDF at path is made of: all of its text, hidden or not, and what is said about it. */
void gate_print(struct gate *g, const char *path, struct str html);
/* A path, an address, as messages may show it: with what must not be seen left out. Lives as long as g; from one thread. */
const char *gate_masked_path(struct gate *g, const char *path);
const char *gate_masked_url(struct gate *g, const char *url);
/* Tells of a source that a link outside the site's folder gives; path: below content/. */
void gate_outside(struct gate *g, const char *path);
/* Tells which exceptions nothing needed; whole: everything was looked at. */
void gate_close(struct gate *g, bool whole);
#endif
