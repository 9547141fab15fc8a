/* lang.c: scripts, dates, plurals, numbers; the exceptions of the Serbian orthography as a table. */
#include "base/utf8.h"
#include "lang/lang.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/udat.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

static void same(const char *got, const char *want, const char *what)
{
    if (strcmp(got, want)) fail_msg("%s: got \"%s\", want \"%s\"", what, got, want);
}

static void latin(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"абвгдђежзијклљмнњопрстћуфхцчџш", "abvgdđežzijklljmnnjoprstćufhcčdžš"},
        {"АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ", "ABVGDĐEŽZIJKLLJMNNJOPRSTĆUFHCČDŽŠ"},
        {"ЊЕГОШ", "NJEGOŠ"},
        {"Његош", "Njegoš"},
        {"КОЊ", "KONJ"},
        {"Љ. Петровић", "Lj. Petrović"},
        {"ЏУГАЊ", "DŽUGANJ"},
        {"Џугањ", "Džuganj"},
        {"ПРАВА Љ ЛИЦА", "PRAVA LJ LICA"},
        {"Њ", "Nj"},
        {"конј Коњ коњ", "konj Konj konj"},
        {"PDF-ом", "PDF-om"},
        {"XIV век, 5 km", "XIV vek, 5 km"},
        {"„Није твоја кривица“", "„Nije tvoja krivica“"},
        {"", ""},
        {"ѐ", "ѐ"},
        {"Љу́бав", "Ljúbav"},
        {"И Њ.", "I Nj."},
        {"ИЏ", "IDŽ"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {0};
        buf_puts(&b, "");
        lang_latin(&b, str_of(cases[i][0]));
        same(b.s, cases[i][1], cases[i][0]);
        buf_close(&b);
    }
}

/* What letters become is the same wherever they stand, at the end of a text and behind longer characters, too. */
static void latin_anywhere(void **state)
{
    (void)state;
    static const char *const pieces[] = {"а", "б", "ђ", "ж",        "ј",        "љ",  "њ", "џ", "Ш", "Ћ", "Ђ", "ш", "у", "о",
                                         "и", "е", " ", " ",        ".",        "x",  "<", "7", "„", "“", "–", "€", "😀", "č",
                                         "Đ", "é", "ѐ", "\xCC\x81", "\xD1\x89", "\n", "&", "a", "к", "л", "н", "д"};
    enum { PIECES = sizeof pieces / sizeof *pieces };
    unsigned seed = 7;
    for (int round = 0; round < 200000; round++) {
        struct buf text = {0}, want = {0}, got = {0};
        buf_puts(&want, ""), buf_puts(&got, "");
        for (int n = (seed = seed * 1103515245u + 12345u) >> 16 & 63; n > 0; n--) {
            seed = seed * 1103515245u + 12345u;
            const char *p = pieces[(seed >> 16) % PIECES];
            buf_puts(&text, p), lang_latin(&want, str_of(p));
        }
        lang_latin(&got, buf_view(&text));
        same(got.s, want.s, text.s ? text.s : "");
        buf_close(&text), buf_close(&want), buf_close(&got);
    }
}

static void html(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"<p title=\"Њ\">Шта <code>код</code> ако</p>", "<p title=\"Nj\">Šta <code>код</code> ako</p>"},
        {"<span translate=\"no\" title=\"ш\">Ш<span>ш</span></span>ш", "<span translate=\"no\" title=\"ш\">Ш<span>ш</span></span>š"},
        {"<i lang=\"ru\">ш</i><i lang=\"sr\">ш</i>", "<i lang=\"ru\">ш</i><i lang=\"sr\">š</i>"},
        {"<a href=\"ш.html\">ш</a><img alt=\"ш\" src=\"ш\">ш", "<a href=\"ш.html\">š</a><img alt=\"š\" src=\"ш\">š"},
        {"<br/>ш<script>ш</script>ш", "<br/>š<script>ш</script>š"},
        {"ш < ш", "š < ш"},
        {"<p", "<p"},
        {"<a title=\"ш", "<a title=\"š"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {0};
        lang_latin_html(&b, str_of(cases[i][0]), false);
        same(b.s, cases[i][1], cases[i][0]);
        buf_close(&b);
    }
}

static void seams(void **state)
{
    (void)state;
    static const char *const words[] = {"инјекција", "конјункција", "надживети", "коњ", "љубав", "џак", "пољана", "одјек"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) { /* Latin with seams leads back to the very Cyrillic it came from */
        struct buf b = {0}, c = {0};
        lang_latin_html(&b, str_of(words[i]), true);
        lang_cyrillic(&c, buf_view(&b));
        same(c.s, words[i], words[i]);
        assert_int_equal(strstr(b.s, "\xE2\x80\x8C") != NULL, i < 3);
        buf_close(&b), buf_close(&c);
    }
}

static void slugs(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Шта ако…?", "sta-ako"}, {"Ђорђе и Ћира", "djordje-i-cira"}, {"  A – B  ", "a-b"}, {"Élan é", "lan-e"}, {"2.1 Увод", "2-1-uvod"}, {"…", ""},
        {"Љубав", "ljubav"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {0};
        buf_puts(&b, "");
        lang_slug(&b, str_of(cases[i][0]));
        same(b.s, cases[i][1], cases[i][0]);
        buf_close(&b);
    }
}

static void dates(void **state)
{
    (void)state;
    const struct language *sr = lang_find(STR("sr")), *latn = lang_find(STR("sr-latn-rs")), *en = lang_find(STR("en"));
    struct {
        const struct language *l;
        enum date_form form;
        uint32_t next;
        const char *want;
    } cases[] = {
        {sr, DATE_ALONE, 0, "23.\u00A0новембар 2026.\u00A0године"},
        {sr, DATE_IN_SENTENCE, 0, "23.\u00A0новембра 2026."},
        {sr, DATE_IN_SENTENCE, ',', "23.\u00A0новембра 2026"},
        {sr, DATE_IN_SENTENCE, '.', "23.\u00A0новембра 2026"},
        {sr, DATE_NUMERIC, 0, "23.\u00A011.\u00A02026."},
        {latn, DATE_ALONE, 0, "23.\u00A0novembar 2026.\u00A0godine"},
        {en, DATE_ALONE, 0, "23\u00A0November 2026"},
        {sr, DATE_ISO, 0, "2026-11-23"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {0};
        lang_date(&b, cases[i].l, 2026, 11, 23, cases[i].form, cases[i].next);
        same(b.s, cases[i].want, cases[i].want);
        buf_close(&b);
    }
}

static void plurals_and_numbers(void **state)
{
    (void)state;
    const struct language *sr = lang_find(STR("sr-Cyrl")), *en = lang_find(STR("en")), *ar = lang_find(STR("ar"));
    static const struct {
        long n;
        const char *sr, *ar;
    } cases[] = {
        {0, "other", "zero"},   {1, "one", "one"},     {2, "few", "two"},       {4, "few", "few"},   {5, "other", "few"},
        {11, "other", "many"},  {12, "other", "many"}, {14, "other", "many"},   {21, "one", "many"}, {22, "few", "many"},
        {111, "other", "many"}, {121, "one", "many"},  {100, "other", "other"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        same(lang_plural(sr, cases[i].n), cases[i].sr, "sr");
        same(lang_plural(ar, cases[i].n), cases[i].ar, "ar");
    }
    struct buf b = {0};
    lang_number(&b, sr, 1234.5, 1), buf_putc(&b, ' '), lang_number(&b, en, 1234567, 0), buf_putc(&b, ' '), lang_number(&b, sr, -12, 0);
    same(b.s,
         "1.234,5 1,234,567 \xE2\x88\x92"
         "12",
         "numbers");
    buf_close(&b);
}

/* Each row by hand, from grammars; what comes of ICU's tables must be the same. */
static void other_languages(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *alone, *numeric, *number, *plurals; /* of 23 November 2026; -1234567.5; 0 1 2 3 11 20 100 101 */
    } rows[] = {
        {"hu", "2026. november\u00A023.", "2026.\u00A011.\u00A023.", "\u22121\u00A0234\u00A0567,5", "other one other other other other other other"},
        {"ro", "23\u00A0noiembrie 2026", "23.11.2026", "\u22121.234.567,5", "few one few few few other other few"},
        {"sq", "23\u00A0nëntor 2026", "23.11.2026", "\u22121\u00A0234\u00A0567,5", "other one other other other other other other"},
        {"ar", "23\u00A0نوفمبر 2026", "23\u200F/11\u200F/2026", "\u200E\u22121,234,567.5", "zero one two few many many other other"},
        {"sk", "23.\u00A0novembra 2026", "23.\u00A011.\u00A02026", "\u22121\u00A0234\u00A0567,5", "other one few few other other other other"},
        {"ru", "23\u00A0ноября 2026\u202Fг.", "23.11.2026", "\u22121\u00A0234\u00A0567,5", "many one few few many many many one"},
        {"fa", "23\u00A0نوامبر 2026", "2026/11/23", "\u200E\u22121,234,567.5", "one one other other other other other other"},
        {"rom", "2026-11-23", "2026-11-23", "\u22121.234.567,5", "other other other other other other other other"},
    };
    static const long counts[] = {0, 1, 2, 3, 11, 20, 100, 101};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct language *l = lang_find(str_of(rows[i].lang));
        struct buf b = {0}, plurals = {0};
        lang_date(&b, l, 2026, 11, 23, DATE_ALONE, 0), same(b.s, rows[i].alone, rows[i].lang), buf_reset(&b);
        lang_date(&b, l, 2026, 11, 23, DATE_NUMERIC, 0), same(b.s, rows[i].numeric, rows[i].lang), buf_reset(&b);
        lang_number(&b, l, -1234567.5, 1), same(b.s, rows[i].number, rows[i].lang);
        for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) buf_printf(&plurals, "%s%s", k ? " " : "", lang_plural(l, counts[k]));
        same(plurals.s, rows[i].plurals, rows[i].lang);
        buf_close(&b), buf_close(&plurals);
    }
    struct buf b = {0};
    lang_date(&b, lang_find(STR("hu")), 2026, 11, 23, DATE_IN_SENTENCE, '.');
    same(b.s, "2026. november\u00A023", "no stop twice");
    buf_reset(&b);
    lang_date(&b, lang_find(STR("ro")), 9, 2, 29, DATE_ALONE, 0);
    assert_true(b.n > 0);
    buf_close(&b);
}

/* Serbian and English have tables of their own: ICU must say the same of every day of two years, of numbers and of counts. */
static void second_opinion(void **state)
{
    (void)state;
    static const char *const langs[] = {"sr-Cyrl", "sr-Latn", "en"};
    for (int k = 0; k < 3; k++) {
        const struct language *l = lang_find(str_of(langs[k]));
        UErrorCode e = U_ZERO_ERROR;
        UDateFormat *dates = udat_open(UDAT_PATTERN, UDAT_PATTERN, langs[k], u"UTC", -1, k < 2 ? u"d.\u00A0MMMM y." : u"d\u00A0MMMM y", -1, &e);
        UNumberFormat *numbers = unum_open(UNUM_DECIMAL, NULL, 0, langs[k], NULL, &e);
        UPluralRules *plurals = uplrules_open(langs[k], &e);
        assert_true(U_SUCCESS(e));
        for (int day = 0; day < 731; day++) {
            UChar wide[64];
            char want[128], got[128];
            int y, m, d;
            UCalendar *c = (UCalendar *)(uintptr_t)udat_getCalendar(dates);
            ucal_setMillis(c, (20454.0 + day) * 86400000, &e); /* 1 January 2026 */
            y = ucal_get(c, UCAL_YEAR, &e), m = ucal_get(c, UCAL_MONTH, &e) + 1, d = ucal_get(c, UCAL_DATE, &e);
            udat_formatCalendar(dates, c, wide, 64, NULL, &e);
            u_strToUTF8(want, sizeof want, NULL, wide, -1, &e);
            struct buf b = {0};
            lang_date(&b, l, y, m, d, DATE_ALONE, 0);
            snprintf(got, sizeof got, "%.*s", (int)b.n, b.s);
            char *year = k < 2 ? strstr(got, "\u00A0год") : NULL; /* „године“ is ours */
            if (!year && k < 2) year = strstr(got, "\u00A0god");
            if (year) *year = 0;
            same(got, want, langs[k]);
            buf_close(&b);
        }
        unum_setAttribute(numbers, UNUM_FRACTION_DIGITS, 2);
        for (long n = -2000000; n < 2000000; n += 9973) {
            UChar wide[64];
            char want[128];
            unum_formatDouble(numbers, (double)n / 8, wide, 64, NULL, &e);
            u_strToUTF8(want, sizeof want, NULL, wide, -1, &e);
            struct buf b = {0};
            lang_number(&b, l, (double)n / 8, 2);
            same(n < 0 ? b.s + 3 : b.s, n < 0 ? want + 1 : want, langs[k]); /* our minus is a minus */
            buf_close(&b);
        }
        for (long n = 0; n < 1300; n++) {
            UChar word[16];
            char want[32];
            word[uplrules_select(plurals, (double)n, word, 15, &e)] = 0;
            u_strToUTF8(want, sizeof want, NULL, word, -1, &e);
            same(lang_plural(l, n), want, langs[k]);
        }
        assert_true(U_SUCCESS(e));
        udat_close(dates), unum_close(numbers), uplrules_close(plurals);
    }
}

static void same_words(void **state) /* each row: spellings of one word, and its stem */
{
    (void)state;
    static const char *const rows[][5] = {
        {"zastit", "заштита", "Zaštita", "zastite", "ЗАШТИТОМ"},
        {"zrtv", "жртва", "žrtava", "zrtvama", "жртвом"},
        {"dogadjj", "догађај", "događaja", "dogadjaji", "догађајима"},
        {"centr", "Центар", "centra", "centru", "центрима"},
        {"pomok", "помоћ", "pomoći", "POMOC", "помоћи"},
        {"institucij", "институција", "institucije", "instituciji", "институцијама"},
        {"ljud", "људи", "ljudima", "Ljudi", "љ\xCC\x81уди"},
        {"2026", "2026", "2026.", "„2026“", "(2026)"},
    };
    const struct language *sr = lang_find(STR("sr"));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t k = 1; k < 5; k++) {
            struct buf b = {0}, out = {0};
            lang_fold(&b, str_of(rows[i][k]));
            lang_stem(&out, sr, buf_view(&b));
            same(out.s, rows[i][0], rows[i][k]);
            buf_close(&b), buf_close(&out);
        }
    struct buf b = {0};
    lang_fold(&b, STR("Ђорђе, Đorđe\xC2\xA0i „Џон“ – É\xCC\x81mile; ŁÓDŹ: Игорь, са\xC2\xADрадња ﷽ سلام"));
    same(b.s, "djordje djordje i dzon emile lodz igor saradnja سلام", "folded");
    buf_reset(&b);
    lang_stem(&b, lang_find(STR("en")), STR("services")), buf_putc(&b, ' '), lang_stem(&b, lang_find(STR("hu")), STR("gyerekek"));
    same(b.s, "servic gyerekek", "English has rules, Hungarian none");
    buf_close(&b);
}

static int key_order(const void *x, const void *y) { return str_cmp(((const struct str *)x)[1], ((const struct str *)y)[1]); }
/* Small letters are as long as their capitals and stay what they are; ICU says the same of Latin and Cyrillic. */
static void small_letters(void **state)
{
    (void)state;
    for (uint32_t c = 1; c < 0x3000; c++) {
        char a[4], b[4];
        uint32_t small = utf8_small(c);
        if (small == c) continue;
        if ((uint32_t)u_tolower((UChar32)c) != small) fail_msg("U+%04X: U+%04X", c, small);
        if (utf8_encode(c, a) != utf8_encode(small, b)) fail_msg("U+%04X: another length", c);
        if (utf8_small(small) != small) fail_msg("U+%04X is not small", small);
    }
    for (const char *p = "АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШABCČĆDĐEŠŽÄÖÜĂÂÎȘËÇ"; *p;) {
        size_t at = 0;
        uint32_t c = utf8_next(str_of(p), &at);
        if (c < 0x180 || c >= 0x400) assert_true(utf8_small(c) != c);
        p += at;
    }
}

static void order_of_names(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *names[8], *want, *initials;
    } cases[] = {
        {"sr-Cyrl",
         {"Њива", "Нада", "Љиљана", "Лук", "Ђак", "Ера", "1. мај", "Е, да"},
         "1. мај|Ђак|Е, да|Ера|Лук|Љиљана|Нада|Њива",
         "0–9 Ђ Е Е Л Љ Н Њ"},
        {"sr-Latn", {"Чекић", "Џак", "Ћуп", "Инјекција", "Цвет", "Дан", "Ињ", "Ђак"}, "Цвет|Чекић|Ћуп|Дан|Џак|Ђак|Инјекција|Ињ", "C Č Ć D Dž Đ I I"},
        {"en",
         {"Zebra", "étude", "apple", "Eve", "banana", "É", "Apple pie", "10 rules"},
         "10 rules|apple|Apple pie|banana|É|étude|Eve|Zebra",
         "0–9 A A B E E E Z"},
        {"hu", {"Cukor", "Csíra", "Ódon", "Öt", "Oszt", "Szó", "Sör", "Állat"}, "Állat|Cukor|Csíra|Ódon|Oszt|Öt|Sör|Szó", "A C C O O O S S"},
        {"ro", {"Țară", "Ță", "Tată", "Știre", "Sat", "Încă", "Iar", "Ădam"}, "Ădam|Iar|Încă|Sat|Știre|Tată|Țară|Ță", "A I I S S T T T"},
        {"sq", {"Shtëpi", "Sy", "Çaj", "Cak", "Zhurmë", "Zog", "Ëndërr", "Erë"}, "Cak|Çaj|Erë|Ëndërr|Sy|Shtëpi|Zog|Zhurmë", "C C E E S S Z Z"},
        {"ar",
         {"المساعدة", "أرقام", "النموذج", "استقبال", "إبلاغ", "دعم", "آخر", "الله"},
         "آخر|إبلاغ|أرقام|استقبال|دعم|الله|المساعدة|النموذج",
         "ا ا ا ا د ل م ن"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct language *l = lang_find(str_of(cases[i].lang));
        struct collation *c = lang_collation_open(l);
        struct arena a = {0};
        struct str rows[8][2];
        struct buf got = {0}, initials = {0};
        for (size_t k = 0; k < 8; k++) {
            struct buf key = {0};
            lang_collation_key(c, &key, str_of(cases[i].names[k]));
            rows[k][0] = str_of(cases[i].names[k]), rows[k][1] = buf_copy(&a, &key);
            buf_close(&key);
        }
        qsort(rows, 8, sizeof *rows, key_order);
        for (size_t k = 0; k < 8; k++) {
            buf_puts(&got, k ? "|" : ""), buf_str(&got, rows[k][0]);
            buf_puts(&initials, k ? " " : ""), lang_initial(l, &initials, rows[k][0]);
        }
        same(got.s, cases[i].want, cases[i].lang);
        same(initials.s, cases[i].initials, cases[i].lang);
        buf_close(&got), buf_close(&initials);
        lang_collation_close(c);
        arena_close(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latin),
        cmocka_unit_test(latin_anywhere),
        cmocka_unit_test(html),
        cmocka_unit_test(seams),
        cmocka_unit_test(slugs),
        cmocka_unit_test(dates),
        cmocka_unit_test(plurals_and_numbers),
        cmocka_unit_test(other_languages),
        cmocka_unit_test(second_opinion),
        cmocka_unit_test(same_words),
        cmocka_unit_test(order_of_names),
        cmocka_unit_test(small_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
