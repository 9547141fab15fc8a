/* words.c: dates, times, plurals and numbers. Serbian and English by the rules here, the others by ICU (CLDR): Gregorian dates and the digits 0 to 9
 * everywhere, since phone numbers have them. Dates in a language that ICU does not know (rom) are ISO. */
#include "base/utf8.h"
#include "lang/lang.h"
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <unicode/udat.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#define NBSP "\xC2\xA0"
#define MINUS "\xE2\x88\x92"
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

/* The locale that ICU is asked for: no calendar and no digits but those of phone numbers and prices. */
static const char *icu_locale(const struct language *l, char out[64])
{
    snprintf(out, 64, "%s@calendar=gregorian;numbers=latn", l->code);
    return out;
}

/* Whether what ICU opened is for l: else it took the computer's own language, which no output may depend on. */
static bool is_for(const struct language *l, const char *actual) { return actual && !strncmp(actual, l->code, strcspn(l->code, "-")); }

/* "23. 11. 2026" has a year of four digits in every language: "d.M.yy" becomes "d.M.y". */
static void whole_year(UDateFormat *f)
{
    UErrorCode e = U_ZERO_ERROR;
    UChar pattern[64], *yy;
    udat_toPattern(f, false, pattern, 64, &e);
    if (U_FAILURE(e) || !(yy = u_strstr(pattern, u"yy")) || yy[2] == 'y') return;
    u_memmove(yy + 1, yy + 2, u_strlen(yy + 2) + 1);
    udat_applyPattern(f, false, pattern, -1);
}

/* The date as CLDR has it, its day and month not parted at a line's end; false where there is none for the language. */
static bool icu_date(struct buf *b, const struct language *l, int year, int month, int day, bool numeric)
{
    UErrorCode e = U_ZERO_ERROR;
    char locale[64], text[256];
    UChar wide[128];
    int32_t n = 0;
    UDateFormat *f = udat_open(UDAT_NONE, numeric ? UDAT_SHORT : UDAT_LONG, icu_locale(l, locale), u"UTC", -1, NULL, 0, &e);
    if (U_SUCCESS(e) && is_for(l, udat_getLocaleByType(f, ULOC_ACTUAL_LOCALE, &e))) {
        if (numeric) whole_year(f);
        UCalendar *c = ucal_clone(udat_getCalendar(f), &e);
        ucal_clear(c), ucal_setDate(c, year, month - 1, day, &e);
        udat_formatCalendar(f, c, wide, 128, NULL, &e);
        u_strToUTF8(text, sizeof text, &n, wide, -1, &e);
        ucal_close(c);
    }
    udat_close(f);
    if (U_FAILURE(e) || !n) return false;
    char number[16];
    snprintf(number, sizeof number, "%d", year);
    struct str rest = {text, (size_t)n}, word;
    for (bool first = true, loose = false; str_split(&rest, ' ', &word); first = false) {
        bool is_year = str_search(word, number) != SIZE_MAX;
        if (!first) buf_puts(b, !numeric && (is_year || loose) ? " " : NBSP);
        buf_str(b, word);
        loose = is_year;
    }
    return true;
}

void lang_date(struct buf *b, const struct language *l, int year, int month, int day, enum date_form form, uint32_t next)
{
    bool valid = month >= 1 && month <= 12 && form != DATE_ISO, own = is_serbian(l) || !strcmp(l->code, "en");
    if (!valid || !own) {
        size_t from = b->n;
        if (!valid || !icu_date(b, l, year, month, day, form == DATE_NUMERIC)) buf_printf(b, "%04d-%02d-%02d", year, month, day);
        else if (next == '.' && b->n > from && b->s[b->n - 1] == '.') b->s[--b->n] = 0; /* "2026. november 23." at the end of a sentence */
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

/* The number as CLDR has it; false where there is none for the language. */
static bool icu_number(struct buf *b, const struct language *l, double n, int decimals)
{
    UErrorCode e = U_ZERO_ERROR;
    char locale[64], text[256];
    UChar wide[128];
    int32_t length = 0;
    UNumberFormat *f = unum_open(UNUM_DECIMAL, NULL, 0, icu_locale(l, locale), NULL, &e);
    if (U_SUCCESS(e) && is_for(l, unum_getLocaleByType(f, ULOC_ACTUAL_LOCALE, &e))) {
        unum_setAttribute(f, UNUM_FRACTION_DIGITS, decimals);
        unum_formatDouble(f, n, wide, 128, NULL, &e);
        u_strToUTF8(text, sizeof text, &length, wide, -1, &e);
    }
    unum_close(f);
    if (U_FAILURE(e) || !length) return false;
    for (int32_t i = 0; i < length; i++)
        if (text[i] == '-') buf_puts(b, MINUS);
        else buf_putc(b, text[i]);
    return true;
}

void lang_number(struct buf *b, const struct language *l, double n, int decimals)
{
    char digits[64];
    decimals = decimals < 0 ? 0 : decimals > 6 ? 6 : decimals;
    n = fabs(n) < 1e15 ? n : 0;
    bool english = !strcmp(l->code, "en");
    if (!english && !is_serbian(l) && icu_number(b, l, n, decimals)) return;
    snprintf(digits, sizeof digits, "%.*f", decimals, n);
    const char *p = digits;
    if (*p == '-') buf_puts(b, MINUS), p++;
    size_t whole = strspn(p, "0123456789");
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % 3 == 0 && whole > 3) buf_putc(b, english ? ',' : '.');
        buf_putc(b, p[i]);
    }
    if (p[whole]) {
        buf_putc(b, english ? '.' : ',');
        buf_puts(b, p + whole + 1);
    }
}
