/* web.h: writes the website: pages, feeds, calendar files, sitemap, robots.txt, 404.html, assets. */
#ifndef LETAK_WEB_WEB_H
#define LETAK_WEB_WEB_H
#include "base/file.h"
#include "site/site.h"

struct search;
/* What one worker reuses from page to page; zeroed is ready. */
struct web_worker {
    struct arena arena;
    struct buf body, page, latin;
    struct search *search;      /* that learns the words of pages; NULL = none */
    int number;                 /* of this worker, for search */
    const struct document *doc; /* of the page that was made last, in arena; NULL where it is not shown */
};
void web_worker_close(struct web_worker *w);

/* Page number i of the catalogue (source or translation), parsed once and written in every language that shows it, with its calendar file. A
 * hidden page is parsed for its mistakes only. From any worker; after the publications are made. False where the surroundings failed. */
bool web_page(struct site *s, size_t i, struct web_worker *w, const struct file_sink *sink);
/* Lists of addresses that know nothing of what stands in pages, so that they may be made beside them, by any worker: sitemap.xml; feed.xml of each
 * language and section. */
enum web_addresses { WEB_SITEMAP, WEB_FEEDS, WEB_ADDRESSES };
bool web_addresses(struct site *s, enum web_addresses what, struct web_worker *w, const struct file_sink *sink);
/* What else belongs to the whole site, when all pages are made: robots.txt, security.txt, special pages, 404.html, and the assets that are text (CSS,
 * scripts, SVG), DIR's files before compiled-in ones. Raster images of assets/ and the files of content/ that pages use (site_files) go through the
 * image module: build/ does that. */
bool web_shared(struct site *s, struct web_worker *w, const struct file_sink *sink);
/* A content line of iCalendar and vCard: name (with parameters and ":"), text, folded at 75 bytes; escape: commas, semicolons, backslashes, line
 * ends. */
void web_content_line(struct buf *b, const char *name, struct str text, bool escape);
/* For every published contact a vCard in each language (site_vcard_path), and assets/kontakti/ustanova.jsonld: the institution for machines. */
bool web_contacts(struct site *s, struct arena *a, const struct file_sink *sink);
/* What machines are told of a page that has a site_data_type, as JSON-LD, appended. */
void web_data(struct site *s, const struct entry *e, const struct output *o, const struct document *doc, struct arena *scratch, struct buf *out);
/* A JSON string in which no browser that takes the file for HTML finds a tag. */
void web_json(struct buf *b, struct str text);
/* A time of day in Serbia with its offset: 2027-03-18T09:00:00+01:00; "" where there is none. */
struct str web_moment(struct arena *a, struct date d);
/* Open data: documents and events in each language, podaci/dokumenta.csv and .json, podaci/dogadjaji.csv and .json (open.c has their columns). */
bool web_open_data(struct site *s, struct arena *a, const struct file_sink *sink);
/* kalendar.ics of each language that has events: all of them. */
bool web_calendars(struct site *s, struct arena *a, const struct file_sink *sink);
/* The calendar file (RFC 5545) of an event in one language, appended. */
void web_ics(struct site *s, const struct entry *e, const struct output *o, struct arena *scratch, struct buf *out);
#endif
