/* words.c: dates, times, plurals and numbers. */
#include "base/utf8.h"
#include "lang/lang.h"
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <unicode/uloc.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#define NBSP "\xC2\xA0"
static const char *const sr_month[] = {"јануар", "фебруар", "март",      "април",   "мај",      "јун",
                                       "јул",    "август",  "септембар", "октобар", "новембар", "децембар"};
static const char *const sr_month_of[] = {"јануара", "фебруара", "марта",     "априла",  "маја",     "јуна",
                                          "јула",    "августа",  "септембра", "октобра", "новембра", "децембра"};
static const char *const en_month[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};

static bool is_serbian(const struct language *l) { return !strncmp(l->code, "sr", 2); }

/* An ordinal's stop before `next`: dropped before a comma, bracket, dash or stop (domain.md). */
static void stop(struct buf *b, uint32_t next)
{
    if (next == ',' || next == ')' || next == ']' || next == '.' || next == ';' || next == 0x2013 || next == 0x2014 || next == '-') return;
    buf_putc(b, '.');
}

void lang_date(struct buf *b, const struct language *l, int year, int month, int day, enum date_form form, uint32_t next)
{
    if (month < 1 || month > 12 || form == DATE_ISO || (!is_serbian(l) && strcmp(l->code, "en") != 0)) {
        buf_printf(b, "%04d-%02d-%02d", year, month, day);
        return;
    }
    if (!is_serbian(l)) {
        buf_printf(b, form == DATE_NUMERIC ? "%d" NBSP "%.3s" NBSP "%d" : "%d" NBSP "%s %d", day, en_month[month - 1], year);
        return;
    }
    struct buf date = {0};
    if (form == DATE_NUMERIC) {
        buf_printf(&date, "%d." NBSP "%d." NBSP "%d", day, month, year);
        stop(&date, next);
    } else if (form == DATE_IN_SENTENCE) {
        buf_printf(&date, "%d." NBSP "%s %d", day, sr_month_of[month - 1], year);
        stop(&date, next);
    } else {
        buf_printf(&date, "%d." NBSP "%s %d." NBSP "године", day, sr_month[month - 1], year);
    }
    if (l->derived) lang_latin(b, buf_view(&date));
    else buf_str(b, buf_view(&date));
    buf_close(&date);
}

void lang_time(struct buf *b, const struct language *l, int hour, int minute)
{
    buf_printf(b, is_serbian(l) ? "%02d.%02d" : "%02d:%02d", hour, minute);
}

const char *lang_plural(const struct language *l, long n)
{
    long a = n < 0 ? -n : n;
    if (is_serbian(l)) {
        long ten = a % 10, hundred = a % 100;
        return ten == 1 && hundred != 11 ? "one" : ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? "few" : "other";
    }
    if (!strcmp(l->code, "en")) return a == 1 ? "one" : "other";
    static const char *const names[] = {"zero", "one", "two", "few", "many", "other"};
    static const UChar *const wide[] = {u"zero", u"one", u"two", u"few", u"many", u"other"};
    const char *found = "other";
    UErrorCode e = U_ZERO_ERROR;
    UPluralRules *rules = uplrules_open(l->tag, &e);
    UChar word[16] = {0};
    if (U_SUCCESS(e)) uplrules_select(rules, (double)n, word, 15, &e);
    for (size_t i = 0; U_SUCCESS(e) && i < sizeof names / sizeof *names; i++)
        if (!u_strcmp(word, wide[i])) found = names[i];
    uplrules_close(rules);
    return found;
}

void lang_number(struct buf *b, const struct language *l, double n, int decimals)
{
    char digits[64];
    snprintf(digits, sizeof digits, "%.*f", decimals < 0 ? 0 : decimals > 6 ? 6 : decimals, fabs(n) < 1e15 ? n : 0);
    bool comma = strcmp(l->code, "en") != 0;
    const char *p = digits;
    if (*p == '-') buf_puts(b, "\xE2\x88\x92"), p++;
    size_t whole = strspn(p, "0123456789");
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % 3 == 0 && whole > 3) buf_putc(b, comma ? '.' : ',');
        buf_putc(b, p[i]);
    }
    if (p[whole]) {
        buf_putc(b, comma ? ',' : '.');
        buf_puts(b, p + whole + 1);
    }
}
