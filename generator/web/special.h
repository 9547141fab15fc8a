/* special.h: pages that no source makes: the list of all pages, addresses that pages had, documents whose time is over. */
#ifndef LETAK_WEB_SPECIAL_H
#define LETAK_WEB_SPECIAL_H
#include "web/web.h"

/* The view of entry e in output o (menus, words, help), with path and title its own and nothing left of the text of e; not for search engines. */
struct value *special_view(struct site *s, const struct entry *e, const struct output *o, struct str path, struct str title, struct arena *a);
struct value *special_frame(struct arena *a, const struct value *list); /* {items: list} */
/* An item of the list of languages: a page at path. */
const struct value *special_language(const struct language *l, struct str path, bool current, struct arena *a);
/* At every address that a page had (aliases) a page that leads on; at that of an expired page one that says so. Neither is in lists, feeds, the site
 * map or the search index. */
bool special_write(struct site *s, struct arena *a, const struct file_sink *sink);
#endif
