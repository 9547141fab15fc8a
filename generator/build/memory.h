/* memory.h: what `serve` remembers from one build to the next, so that an edited page is served before the whole site is built again.
 *
 * Where nothing but the Markdown of a page was edited, that page alone is made again in the site of the last build (build_edited). Else a page is
 * taken over when nothing outside it changed that pages show (the FINGERPRINT: metadata of all pages, site.yml, contacts, lists, layouts, names of
 * files, the date) and its own file did not; a PDF when no file of its folder did. What this may miss (a file included from elsewhere, a heading that
 * another page links to) is made good by the whole build that serve runs as soon as it is quiet. A PDF that must be made again finds the lines of its
 * paragraphs and its deflated pages by their content, whatever else changed: that of a book is made in a quarter of the time. */
#ifndef LETAK_BUILD_MEMORY_H
#define LETAK_BUILD_MEMORY_H
#include "base/file.h"
#include "site/site.h"

struct memory;
struct print_memory;
struct memory *memory_new(void);
void memory_close(struct memory *m);
/* A build begins with this catalogue: finds out what may be taken over (nothing where `whole`). */
void memory_begin(struct memory *m, const struct catalogue *c, bool drafts, bool whole);
/* Page number i: true when it was taken over (its files kept through sink->keep). Else the page must be made into the sink that comes back in
 * *record. */
bool memory_page(struct memory *m, size_t i, const struct file_sink *sink, struct file_sink *record);
/* The same for a publication; *as is what it was. memory_published tells that a new one was made and is known to the site (site_published). */
bool memory_publication(struct memory *m, const struct publication *p, const struct file_sink *sink, struct published *as);
void memory_published(struct memory *m, const struct publication *p);
/* The search index: true when the last one was kept, since no page came or went; its words are those of the last whole build. Else its files are to
 * be written into memory_searched. */
bool memory_search(struct memory *m, const struct file_sink *sink);
struct file_sink memory_searched(struct memory *m, const struct file_sink *sink);
/* Where pictures and other files that pages use go: what the last build wrote there is kept first, since pages that are taken over do not ask for it
 * again. A whole build begins anew. */
struct file_sink memory_files(struct memory *m, const struct file_sink *sink);
/* What is kept of this publication from when it was last made (print.h). */
struct print_memory *memory_print(struct memory *m, const struct publication *p);
/* Catalogue and site of the last build, if it was good, for pages that are made again one by one (build_edited). */
struct memory_site {
    struct arena arena; /* of both */
    struct catalogue *c;
    struct site *site; /* its messages go to the diag of that build, which the caller keeps as long */
};
/* Keeps s, which is the memory's from now on, in place of what it kept; NULL: nothing. */
void memory_keep_site(struct memory *m, struct memory_site *s);
struct memory_site *memory_kept_site(struct memory *m); /* NULL where there is none */
/* The build ended; only a good one is remembered. */
void memory_end(struct memory *m, bool good);
#endif
