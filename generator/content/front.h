/* front.h: inside content/ only: front matter and the YAML files of a site. */
#ifndef LETAK_CONTENT_FRONT_H
#define LETAK_CONTENT_FRONT_H
#include "content/page.h"
#include "content/yaml.h"

/* Reads the front matter at the start of text into p (front, title, dates …, kind, body_line, body_at) and checks it against the tables.
 * file is the name shown in messages. */
void front_read(struct arena *a, struct page *p, struct str text, const struct catalogue *c, struct diag *d);
/* Checks that need the whole catalogue: contacts named by keys. */
void front_check(const struct page *p, const struct catalogue *c, struct diag *d);
/* content/site.yml, contacts.yml, lists/NAME.yml into the catalogue; absent files are fine. */
void config_read(struct arena *a, struct catalogue *c, const char *content, struct diag *d);
/* 2026-11-24 or 2026-11-24 09:30 (T between, seconds and zone allowed behind); false where that is no date. */
bool date_read(struct str s, struct date *out);
#endif
