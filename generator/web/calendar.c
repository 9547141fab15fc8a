/* calendar.c: an event as an iCalendar file (RFC 5545). Times are those of Serbia, with the rules of Europe/Belgrade since 1996 in the file itself
 * (the European Union's: last Sundays of March and October), so that no reader has to know the zone. UID and DTSTAMP come from the content alone. */
#include "web/web.h"
#include "base/utf8.h"
#include <stdlib.h>

/* A content line, folded after 75 bytes between characters (3.1); commas, semicolons, backslashes and line ends of text escaped (3.3.11). */
void web_content_line(struct buf *b, const char *name, struct str text, bool escape)
{
    struct buf l = {0};
    buf_puts(&l, name);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.s[i];
        if (c == '\r') continue;
        if (escape && (c == ',' || c == ';' || c == '\\')) buf_putc(&l, '\\');
        if (c == '\n') buf_puts(&l, escape ? "\\n" : " ");
        else buf_putc(&l, c);
    }
    size_t room = 75;
    for (size_t at = 0; at < l.n;) {
        size_t n = l.n - at < room ? l.n - at : room;
        while (at + n < l.n && n > 1 && ((unsigned char)l.s[at + n] & 0xC0) == 0x80) n--;
        buf_add(b, l.s + at, n);
        at += n;
        if (at < l.n) buf_puts(b, "\r\n "), room = 74;
    }
    buf_puts(b, "\r\n");
    buf_close(&l);
}

static void time_line(struct buf *b, struct arena *a, const char *name, struct date d)
{
    web_content_line(b, name, str_printf(a, ";TZID=Europe/Belgrade:%04d%02d%02dT%02d%02d00", d.year, d.month, d.day, d.hour, d.minute), false);
}

static void calendar_begin(struct buf *b, struct str name)
{
    static const char *const lines[] = {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//letak//letak//SR", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) web_content_line(b, lines[i], (struct str){0}, false);
    if (name.n) web_content_line(b, "NAME:", name, true), web_content_line(b, "X-WR-CALNAME:", name, true); /* RFC 7986; what programs read today */
    buf_puts(b, "BEGIN:VTIMEZONE\r\nTZID:Europe/Belgrade\r\n"
                "BEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+"
                "0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n"
                "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+"
                "0100\r\nTZNAME:CET\r\nEND:STANDARD\r\n"
                "END:VTIMEZONE\r\n");
}

static void event(struct site *s, const struct entry *e, const struct output *o, struct arena *a, struct buf *b)
{
    const struct page *p = e->source;
    const struct date start = front_of(p, KEY_START)->date, end = front_of(p, KEY_END)->date;
    const struct date stamp = p->updated.year ? p->updated : p->published.year ? p->published : start;
    struct str base = s->c->config->base_url, host = base;
    size_t scheme = str_search(host, "://");
    if (scheme != SIZE_MAX) host = str_from(host, scheme + 3);
    host = str_part(host, 0, str_find(host, '/') == SIZE_MAX ? host.n : str_find(host, '/'));
    if (!host.n) host = STR("letak.invalid");
    buf_puts(b, "BEGIN:VEVENT\r\n");
    web_content_line(b, "UID:", str_printf(a, "%.*s@%.*s", STR_ARG(p->path), STR_ARG(host)), false);
    web_content_line(b, "DTSTAMP:", str_printf(a, "%04d%02d%02dT000000Z", stamp.year, stamp.month, stamp.day), false);
    time_line(b, a, "DTSTART", start);
    if (end.year) time_line(b, a, "DTEND", end);
    web_content_line(b, "SUMMARY:", site_title(o, a), true);
    struct str place = site_front(e, o, KEY_PLACE, a), description = site_shown(o->lang, a, o->text->description);
    if (place.n) web_content_line(b, "LOCATION:", place, true);
    if (description.n) web_content_line(b, "DESCRIPTION:", description, true);
    struct buf url = {0};
    if (base.n) site_address(s, &url, o->path), web_content_line(b, "URL:", buf_view(&url), false);
    buf_close(&url);
    buf_puts(b, "END:VEVENT\r\n");
}

void web_ics(struct site *s, const struct entry *e, const struct output *o, struct arena *a, struct buf *b)
{
    calendar_begin(b, (struct str){0});
    event(s, e, o, a, b);
    buf_puts(b, "END:VCALENDAR\r\n");
}

bool web_calendars(struct site *s, struct arena *a, const struct file_sink *sink)
{
    bool ok = true;
    for (size_t k = 0; k < s->n_langs && ok; k++) {
        const struct language *l = s->langs[k];
        VEC(const struct entry *) v = {0};
        struct buf b = {0};
        for (size_t i = 0; i < s->entries.n; i++) {
            const struct page *p = s->entries.v[i]->source;
            if (p->kind->kind == KIND_EVENT && !p->is_part && front_of(p, KEY_START)->date.year && site_output(s->entries.v[i], l))
                *vec_push(a, &v) = s->entries.v[i];
        }
        if (!v.n) continue;
        qsort(v.v, v.n, sizeof *v.v, site_by_start);
        const struct site_config *g = s->c->config; /* the short name: it stands in lists of a phone */
        calendar_begin(&b, site_shown(l, a, by_lang_text(g->short_name.n ? &g->short_name : &g->name, l)));
        for (size_t i = 0; i < v.n; i++) event(s, v.v[i], site_output(v.v[i], l), a, &b);
        buf_puts(&b, "END:VCALENDAR\r\n");
        ok = sink->write(sink->ctx, site_root_file(s, l, "kalendar.ics", a).s, buf_view(&b));
        buf_close(&b);
    }
    return ok;
}
