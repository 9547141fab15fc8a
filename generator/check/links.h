/* links.h: links and anchors of a finished site, whoever made it: every address in its HTML that stays in the site must lead to a file of it, and to
 * a place there where it names one. Addresses on other hosts are not asked. */
#ifndef LETAK_CHECK_LINKS_H
#define LETAK_CHECK_LINKS_H
#include "check/gate.h"

struct links;
/* files: all of the site, by paths from its root; g keeps out of messages what must not be seen. Lives in a. */
struct links *links_open(struct arena *a, const struct file_list *files, struct gate *g);
/* Reads the page at path. Addresses that lead nowhere are reported at their elements. */
void links_page(struct links *k, const char *path, struct str html, struct diag *d);
/* When all pages were read: reports what names a place that its page has not. */
void links_close(struct links *k, struct diag *d);
#endif
