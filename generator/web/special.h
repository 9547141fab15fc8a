/* special.h: pages that no source makes: the list of all pages, addresses that pages had, documents whose time is over. */
#ifndef LETAK_WEB_SPECIAL_H
#define LETAK_WEB_SPECIAL_H
#include "web/web.h"

/* The view of entry e in output o (menus, words, help), with path and title its own and nothing left of the text of e; not for search engines. */
struct value *special_view(struct site *s, const struct entry *e, const struct output *o, struct str path, struct str title, struct arena *a);
struct value *special_frame(struct arena *a, const struct value *list); /* {items: list} */
/* An item of the list of languages on a page in `current`: a page at path. */
const struct value *special_language(const struct language *l, struct str path, const struct language *current, struct arena *a);
/* A page whose frame (menus, help, foot) such pages take: the home page, or any in a language that it is not translated into; NULL where none is. */
const struct entry *special_entry(const struct site *s, const struct language *l);
/* At every address that a page had (aliases) a page that leads on; at that of an expired page one that says so. Neither is in lists, feeds, the site
 * map or the search index. */
bool special_write(struct site *s, struct arena *a, const struct file_sink *sink);
#endif
