/* calendar.c: an event as an iCalendar file (RFC 5545). Times are those of Serbia, with the rules of Europe/Belgrade since 1996 in the file itself
 * (the European Union's: last Sundays of March and October), so that no reader has to know the zone. UID and DTSTAMP come from the content alone. */
#include "web/web.h"
#include "base/utf8.h"

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

void web_ics(struct site *s, const struct entry *e, const struct output *o, struct arena *a, struct buf *b)
{
    const struct front_value *f = e->source->front;
    const struct date start = f[KEY_START].date, end = f[KEY_END].date;
    const struct page *p = e->source;
    const struct date stamp = p->updated.year ? p->updated : p->published.year ? p->published : start;
    struct str base = s->c->config->base_url, host = base;
    size_t scheme = str_search(host, "://");
    if (scheme != SIZE_MAX) host = str_from(host, scheme + 3);
    host = str_part(host, 0, str_find(host, '/') == SIZE_MAX ? host.n : str_find(host, '/'));
    if (!host.n) host = STR("letak.invalid");
    web_content_line(b, "BEGIN:VCALENDAR", (struct str){0}, false);
    web_content_line(b, "VERSION:2.0", (struct str){0}, false);
    web_content_line(b, "PRODID:-//letak//letak//SR", (struct str){0}, false);
    web_content_line(b, "CALSCALE:GREGORIAN", (struct str){0}, false);
    web_content_line(b, "METHOD:PUBLISH", (struct str){0}, false);
    buf_puts(b, "BEGIN:VTIMEZONE\r\nTZID:Europe/Belgrade\r\n"
                "BEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+"
                "0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n"
                "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+"
                "0100\r\nTZNAME:CET\r\nEND:STANDARD\r\n"
                "END:VTIMEZONE\r\nBEGIN:VEVENT\r\n");
    web_content_line(b, "UID:", str_printf(a, "%.*s@%.*s", STR_ARG(p->path), STR_ARG(host)), false);
    web_content_line(b, "DTSTAMP:", str_printf(a, "%04d%02d%02dT000000Z", stamp.year, stamp.month, stamp.day), false);
    time_line(b, a, "DTSTART", start);
    if (end.year) time_line(b, a, "DTEND", end);
    web_content_line(b, "SUMMARY:", site_title(o, a), true);
    struct str place = site_front(e, o, KEY_PLACE, a), description = site_shown(o->lang, a, o->text->description);
    if (place.n) web_content_line(b, "LOCATION:", place, true);
    if (description.n) web_content_line(b, "DESCRIPTION:", description, true);
    const struct value *v = site_view(s, e, o, NULL, VARIANT_WEB, (struct str){0}, a), *url = value_find(v, STR("canonical"));
    if (url) web_content_line(b, "URL:", url->text, false);
    buf_puts(b, "END:VEVENT\r\nEND:VCALENDAR\r\n");
}
