/* leak.c: see leak.h. Everything but the deny list hangs on digits: the text is searched for digits, and what begins there is judged. */
#include "check/leak.h"
#include "base/bytes16.h"
#include "base/utf8.h"
#include "lang/lang.h"

enum { MOST_DIGITS = 22, CONTEXT = 64, MOST_WORDS = 8 };

/* --- letters --- */

void leak_fold(struct str text, struct buf *out)
{
    for (size_t at = 0; at < text.n;) {
        const char *f = lang_fold_letter(utf8_next(text, &at));
        if (*f) buf_puts(out, f);
        else if (out->n && out->s[out->n - 1] != ' ') buf_putc(out, ' ');
    }
}

/* The character that ends before byte `at` of s, 0 at the start. */
static uint32_t before(struct str s, size_t at, size_t *start)
{
    if (!at) return 0;
    size_t from = at - 1;
    while (from && at - from < 4 && ((unsigned char)s.s[from] & 0xc0) == 0x80) from--;
    if (start) *start = from;
    return utf8_next(s, &from);
}
static uint32_t after(struct str s, size_t at) { return at < s.n ? utf8_next(s, &at) : 0; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_latin(uint32_t c) { return c < 0x80 && ((c | 32) >= 'a' && (c | 32) <= 'z'); }

/* --- a number: digits with what parts them --- */

struct number {
    size_t start; /* byte of its first digit */
    int n;        /* digits */
    char d[MOST_DIGITS + 1];
    size_t end[MOST_DIGITS];   /* byte behind each digit */
    char sep[MOST_DIGITS + 1]; /* what stands before each digit: 0, or the strongest of ' ' '.' '-' '/' '('; [n]: what goes on behind the last */
    uint32_t prev;             /* the character before it */
    char prev_sep;             /* what parts it from a number before it; 0 = there is none */
    int prev_group;            /* digits of that number's last group */
};

/* Bytes of an O, Latin or Cyrillic, at byte at; 0 where none stands. */
static size_t letter_o(struct str s, size_t at)
{
    if (at < s.n && (s.s[at] | 32) == 'o') return 1;
    return at + 1 < s.n && s.s[at] == '\xd0' && (s.s[at + 1] == '\x9e' || s.s[at + 1] == '\xbe') ? 2 : 0;
}

/* A digit at byte at: itself, or an O among digits. 0 = none; *n its bytes. */
static char digit_at(struct str s, size_t at, bool among, size_t *n)
{
    if (at >= s.n) return 0;
    if (is_digit(s.s[at])) return *n = 1, s.s[at];
    size_t o = letter_o(s, at), end = at;
    *n = o;
    for (int run = 0; o && run <= MOST_DIGITS; run++) end += o, o = letter_o(s, end);
    if (end == at || o) return 0; /* none, or more than any number has */
    return (end < s.n && is_digit(s.s[end])) || (among && !*lang_fold_letter(after(s, end))) ? '0'
                                                                                             : 0; /* before a digit, or the last of digits and Os */
}

static int strength(char c)
{
    static const uint8_t order[256] = {[' '] = 1, ['_'] = 2, ['.'] = 3, [')'] = 4, ['('] = 5, ['/'] = 6, ['-'] = 7};
    return order[(unsigned char)c];
}

/* Reads a number whose first digit is at byte `at`. */
static void number_read(struct str s, size_t at, struct number *x)
{
    size_t n = 0;
    *x = (struct number){.start = at, .prev = before(s, at, NULL)};
    size_t b = at;
    char sep = 0;
    while (b && at - b < 3 && strength(s.s[b - 1])) b--, sep = strength(s.s[b]) > strength(sep) ? s.s[b] : sep;
    if (b < at && b && is_digit(s.s[b - 1])) {
        x->prev_sep = at - b > 1 && sep != '-' && sep != '/' ? ' ' : sep;
        while (b && is_digit(s.s[b - 1])) b--, x->prev_group++;
    }
    for (char c; x->n < MOST_DIGITS && (c = digit_at(s, at, x->n || !is_digit(s.s[at]), &n));) {
        x->d[x->n] = c;
        x->end[x->n++] = at += n;
        if (digit_at(s, at, true, &n)) continue;
        size_t k = 0;
        for (sep = 0; k < 3 && at + k < s.n && strength(s.s[at + k]); k++) sep = strength(s.s[at + k]) > strength(sep) ? s.s[at + k] : sep;
        if (!k || !digit_at(s, at + k, true, &n)) break;
        x->sep[x->n] = sep;
        at += k;
    }
}

/* Whether a group of digits ends with digit i. */
static bool group_ends(const struct number *x, int i) { return i + 1 >= x->n ? true : x->sep[i + 1] != 0; }

/* Whether all of the first n digits stand alone ("0 6 4 …", "3.1.1.2…"). */
static bool all_single(const struct number *x, int n)
{
    for (int i = 1; i < n; i++)
        if (!x->sep[i]) return false;
    return n > 1;
}

/* Lengths of the groups of the first n digits. */
static int groups(const struct number *x, int n, int len[MOST_DIGITS])
{
    int k = 0;
    for (int i = 0; i < n; i++) {
        if (!i || x->sep[i]) len[k++] = 0;
        len[k - 1]++;
    }
    return k;
}

/* A long fraction or a part of one: 0.3112098710012, 3112098710011.5. */
static bool is_fraction(struct str s, const struct number *x, int n)
{
    int len[MOST_DIGITS], k = groups(x, n, len);
    bool from = (x->prev == '.' || x->prev == ',') && x->start > 1 && is_digit(s.s[x->start - 2]) && len[0] >= 7;
    size_t end = x->end[n - 1], zeros = end + 1;
    while (zeros < s.n && s.s[zeros] == '0') zeros++;
    bool whole = zeros == s.n || !is_digit(s.s[zeros]); /* 3112098710012.0: a table that took it for a number */
    return from || (len[k - 1] >= 7 && end + 1 < s.n && (s.s[end] == '.' || s.s[end] == ',') && is_digit(s.s[end + 1]) && !whole);
}

/* The words before a number, folded, into out. */
static struct str words_before(struct str s, size_t at, struct buf *out)
{
    size_t from = at > CONTEXT ? at - CONTEXT : 0;
    while (from < at && ((unsigned char)s.s[from] & 0xc0) == 0x80) from++;
    buf_reset(out);
    buf_putc(out, ' ');
    leak_fold(str_part(s, from, at - from), out);
    buf_putc(out, ' ');
    return buf_view(out);
}

static bool has_word(struct str words, const char *const *list)
{
    for (; *list; list++)
        if (str_search(words, *list) != SIZE_MAX) return true;
    return false;
}

/* --- the search --- */

struct search {
    const struct leak_rules *r;
    struct str s;
    void (*found)(void *ctx, const struct leak *l);
    void *ctx;
    struct buf words;
    size_t end; /* behind what was judged last, found or let through */
};

static void tell(struct search *f, enum leak_kind kind, bool misspelled, size_t at, size_t end, const char *key, size_t n)
{
    struct leak l = {.kind = kind, .misspelled = misspelled, .at = at, .n = end - at};
    memcpy(l.key, key, n < sizeof l.key ? n : sizeof l.key - 1);
    f->end = end;
    f->found(f->ctx, &l);
}

static int number_of(const char *d, int n)
{
    int v = 0;
    while (n--) v = v * 10 + (*d++ - '0');
    return v;
}

static bool is_date(int day, int month, int year)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1) return false;
    return day <= days[month - 1] + (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

/* The date of birth exists, and the check digit is right. Remainder 1 has no digit; some offices gave 0. */
static bool personal_number(const char *d)
{
    int year = number_of(d + 4, 3), sum = 0;
    if (year >= 100 && year < 900) return false;
    if (!is_date(number_of(d, 2), number_of(d + 2, 2), year < 100 ? 2000 + year : 1000 + year)) return false;
    for (int i = 0; i < 12; i++) sum += (d[i] - '0') * (i < 6 ? 7 - i : 13 - i);
    int r = sum % 11;
    return d[12] - '0' == (r < 2 ? 0 : 11 - r);
}

/* 18 digits: the last two are 98 − the first sixteen × 100 modulo 97. */
static bool account(const char *d)
{
    int r = 0;
    for (int i = 0; i < 16; i++) r = (r * 10 + (d[i] - '0')) % 97;
    bool treasury = !memcmp(d, "840", 3), nothing = strspn(d, "0") >= 16;
    return !treasury && !nothing && 98 - r * 100 % 97 == number_of(d + 16, 2);
}

/* 3-1…13-2 with hyphens (a part may be parted by spaces): the number of its digits, d18 filled; 0 where it is none. */
static int account_parts(const struct number *x, char d18[19])
{
    int at[3] = {0}, part = 0;
    for (int i = 1; i < x->n && part < 3; i++) {
        if (!x->sep[i]) continue;
        if (x->sep[i] == '-') {
            if (++part < 3) at[part] = i;
        } else if (x->sep[i] != ' ') return 0;
    }
    if (part != 2 || at[1] != 3 || at[2] - at[1] > 13 || x->n - at[2] < 2) return 0;
    int n = at[2] + 2;
    if (!group_ends(x, n - 1) || (n < x->n && x->sep[n] != ' ')) return 0;
    memset(d18, '0', 18);
    memcpy(d18, x->d, 3);
    memcpy(d18 + 16 - (at[2] - at[1]), x->d + 3, (size_t)(at[2] - at[1]));
    memcpy(d18 + 16, x->d + at[2], 2);
    d18[18] = 0;
    return n;
}

/* Where "RS" of an IBAN begins before the number, SIZE_MAX where it does not. In Cyrillic, РС. */
static size_t iban_prefix(struct str s, size_t at)
{
    if (at && s.s[at - 1] == ' ') at--;
    size_t last, first;
    uint32_t c = before(s, at, &last), b = c == 'S' || c == 's' || c == 0x421 || c == 0x441 || c == 0x405 ? before(s, last, &first) : 0;
    return (b == 'R' || b == 'r' || b == 0x420 || b == 0x440) && !*lang_fold_letter(before(s, first, NULL)) ? first : SIZE_MAX;
}

static bool accounts(struct search *f, const struct number *x)
{
    char d18[19];
    int n, len[MOST_DIGITS];
    size_t rs = iban_prefix(f->s, x->start);
    if (rs != SIZE_MAX) {
        if (x->n < 20 || !group_ends(x, 19) || memcmp(x->d, "35", 2) != 0 || !account(x->d + 2)) return f->end = x->end[x->n - 1], true;
        tell(f, LEAK_ACCOUNT, false, rs, x->end[19], x->d + 2, 18);
        return true;
    }
    if (is_latin(x->prev)) return false;
    if ((n = account_parts(x, d18)) && account(d18)) {
        tell(f, LEAK_ACCOUNT, false, x->start, x->end[n - 1], d18, 18);
        return true;
    }
    if (x->n < 18 || !group_ends(x, 17) || x->prev_sep || is_fraction(f->s, x, 18) || !account(x->d)) return false;
    if (is_latin(after(f->s, x->end[17]))) return false;
    int k = groups(x, 18, len);
    if (k != 1 && !all_single(x, 18) && !(k == 3 && len[0] == 3 && len[1] == 13) && x->n != 18) return false;
    tell(f, LEAK_ACCOUNT, false, x->start, x->end[17], x->d, 18);
    return true;
}

static bool personal_numbers(struct search *f, const struct number *x)
{
    static const char *const announced[] = {" jmbg ", " jmb ", " maticni broj gradjan", " licni broj ", " personal number ", NULL};
    if (x->n < 13 || !group_ends(x, 12) || is_fraction(f->s, x, 13) || is_latin(after(f->s, x->end[12]))) return false;
    bool good = personal_number(x->d);
    bool said = (good ? is_latin(x->prev) : x->n == 13) && has_word(words_before(f->s, x->start, &f->words), announced);
    if (!said && (!good || is_latin(x->prev))) return false;
    if (x->prev_sep && x->prev_sep != ' ' && !all_single(x, 13) && x->prev_group < 3 && x->sep[12] == x->prev_sep) return false; /* a longer chain */
    tell(f, LEAK_PERSONAL_NUMBER, !good, x->start, x->end[12], x->d, 13);
    return true;
}

/* National digits of the first n digits; plus: "+" stands before them. How many, 0 = no Serbian number. */
static int national(const struct number *x, int n, bool plus, char out[MOST_DIGITS + 1])
{
    int from = 0, m = 0;
    if (plus) from = !memcmp(x->d, "381", 3) ? 3 : -1;
    else if (!memcmp(x->d, "00381", 5)) from = 5;
    else from = x->d[0] == '0' ? 1 : -1;
    if (from < 0) return 0;
    if (from > 1 && n > from && x->d[from] == '0') from++; /* +381 (0)64 */
    for (int i = from; i < n; i++) out[m++] = x->d[i];
    out[m] = 0;
    bool fits = out[0] == '6' ? m >= 8 && m <= 9 : out[0] >= '1' && out[0] <= '3' ? m >= 7 && m <= 9 : !memcmp(out, "800", 3) && m >= 8 && m <= 9;
    return fits ? m : 0;
}

/* Whether digits 0…n are grouped as phone numbers are: an area, then groups of two and more. */
static bool phone_groups(const struct number *x, int n, bool plus)
{
    int len[MOST_DIGITS], k = groups(x, n, len);
    if (all_single(x, n)) return true;
    if (plus || !memcmp(x->d, "00381", 5)) return true;
    if (k == 1) return n >= 9 || !is_date(number_of(x->d, 2), number_of(x->d + 2, 2), number_of(x->d + 4, 4)); /* 01022026 is a date */
    if (len[0] != 3 && !(len[0] == 4 && !memcmp(x->d, "0800", 4)) && len[0] < 8) return false;
    for (int i = 1; i < k; i++)
        if (len[i] < 2) return false;
    return true;
}

static bool phones(struct search *f, const struct number *x)
{
    char digits[MOST_DIGITS + 1];
    bool plus = x->prev == '+';
    int best = 0, best_n = 0;
    if (x->n < 8 || is_latin(x->prev) || (x->prev_sep && x->prev_sep != ' ' && !plus)) return false;
    if (!plus && (x->prev == '.' || x->prev == ',') && x->start > 1 && is_digit(f->s.s[x->start - 2])) return false;
    if (!plus && x->prev_sep == ' ' && x->prev_group == 3 && x->sep[3] == ' ') return false; /* 111 011 222 333: thousands */
    for (int n = 8; n <= x->n; n++) {
        if (!group_ends(x, n - 1) || !phone_groups(x, n, plus)) continue;
        int m = national(x, n, plus, digits);
        if (!m) continue;
        if (map_find(&f->r->phones, str_of(digits))) return f->end = x->end[n - 1], true;
        best = n, best_n = m;
    }
    if (!best || is_latin(after(f->s, x->end[best - 1]))) return false;
    if (best < x->n && x->sep[best] != ' ' && !all_single(x, best)) return false; /* goes on with a hyphen, dot or slash: some other code */
    if (best < x->n && all_single(x, best) && x->sep[best] == x->sep[1]) return false;
    int len[MOST_DIGITS], k = groups(x, x->n, len), threes = 0;
    while (threes < k && len[threes] == 3) threes++;
    if (best < x->n && 3 * threes > best) return false; /* groups of three that go on: a row of numbers */
    national(x, best, plus, digits);
    tell(f, LEAK_PHONE, false, x->start - plus, x->end[best - 1], digits, (size_t)best_n);
    return true;
}

static bool documents(struct search *f, const struct number *x)
{
    static const char *const words[] = {" licna karta ",
                                        " licne karte ",
                                        " licnoj karti ",
                                        " licnu kartu ",
                                        " licnom kartom ",
                                        " lk ",
                                        " l k ",
                                        " pasos",
                                        " putna isprava ",
                                        " putne isprave ",
                                        " putnu ispravu ",
                                        " putnoj ispravi ",
                                        " passport ",
                                        " identity card ",
                                        " id card ",
                                        " travel document ",
                                        NULL};
    if (x->n < 9 || !group_ends(x, 8) || (x->prev_sep && x->prev_sep != ' ') || is_latin(x->prev) || is_latin(after(f->s, x->end[8]))) return false;
    if (x->n > 9 && (x->sep[9] != ' ' || all_single(x, x->n))) return false;
    int len[MOST_DIGITS], k = groups(x, 9, len);
    if (k != 1 && !(k == 3 && len[0] == 3 && len[1] == 3) && !all_single(x, 9)) return false;
    if (!has_word(words_before(f->s, x->start, &f->words), words)) return false;
    tell(f, LEAK_DOCUMENT, false, x->start, x->end[8], x->d, 9);
    return true;
}

/* --- plates --- */

/* Areas of registration, folded, two letters each. */
static const char areas[] =
    "ac al ar ba bb bc bd bg bl bo bp bt bu ca cu da dc de ga gl gm ic in ja ka kb kc kg ki kk kl km ko kp ks ku kv kz la lb le lo lu "
    "mt mz ne ng ni np ns nv od op pa pb pe pi pj pk pn po pp pr pt pz ra rp ru sa sc sd se si sj sm so sp st su sv ta to ts tt "
    "tu ub ue uz va vb vg vl vp vr vs za zr zu";

/* A capital letter as plates have it, folded to one letter: Latin, and Cyrillic read either by sound or by shape. 0 = none. */
static void plate_letter(uint32_t c, char out[2])
{
    static const struct {
        uint32_t c;
        char shape;
    } shapes[] = {{0x412, 'b'}, {0x41d, 'h'}, {0x421, 'c'}, {0x420, 'p'}, {0x425, 'x'}, {0x423, 'y'}, {0x405, 's'}};
    out[0] = out[1] = 0;
    bool capital = (c >= 'A' && c <= 'Z') || c == 0x106 || c == 0x10c || c == 0x110 || c == 0x160 || c == 0x17d || (c >= 0x402 && c <= 0x40f) ||
                   (c >= 0x410 && c <= 0x42f);
    const char *f = capital ? lang_fold_letter(c) : "";
    if (!*f) return;
    out[0] = out[1] = *f;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (shapes[i].c == c) out[1] = shapes[i].shape;
}

static bool is_area(const char a[2], const char b[2])
{
    for (int k = 0; k < 4; k++) {
        char code[3] = {a[k & 1], b[k >> 1], 0};
        for (const char *p = areas; (p = strstr(p, code)); p++)
            if ((p - areas) % 3 == 0) return true;
    }
    return false;
}

static bool plates(struct search *f, const struct number *x)
{
    struct str s = f->s;
    int n = 0;
    while (n < x->n && n < 6 && (!n || !x->sep[n])) n++;
    if ((n == 1 && all_single(x, x->n)) || !x->n) n = x->n;
    if (n < 3 || n > 5 || x->prev_sep) return false;
    size_t at = x->start, end = x->end[n - 1], one = 0, two = 0;
    char a[2], b[2], c[2], d[2];
    if (at && (s.s[at - 1] == ' ' || s.s[at - 1] == '-')) at--;
    plate_letter(before(s, at, &two), b);
    if (!*b) return false;
    plate_letter(before(s, two, &one), a);
    if (!*a || *lang_fold_letter(before(s, one, NULL)) || (one && is_digit(s.s[one - 1])) || !is_area(a, b)) return false;
    if (end < s.n && (s.s[end] == ' ' || s.s[end] == '-')) end++;
    if (end >= s.n) return false;
    size_t to = end;
    plate_letter(utf8_next(s, &to), c);
    if (!*c || to >= s.n) return false;
    plate_letter(utf8_next(s, &to), d);
    uint32_t next = after(s, to);
    if (!*d || *lang_fold_letter(next) || next == '/' || (next < 0x80 && is_digit((char)next))) return false;
    char key[32];
    size_t k = 0;
    key[k++] = *a, key[k++] = *b;
    for (int i = 0; i < n; i++) key[k++] = x->d[i];
    key[k++] = *c, key[k++] = *d;
    tell(f, LEAK_PLATE, false, one, to, key, k);
    return true;
}

/* --- the deny list --- */

enum { LONGEST_WORD = 64 };
struct leak_phrase {
    size_t n;
    struct str stems[MOST_WORDS]; /* folded, without a vowel at the end; or digits */
    struct str key;
    bool number; /* digits alone, without what parts them in the list */
};

struct leak_rules *leak_rules_new(struct arena *a)
{
    struct leak_rules *r = ARENA_NEW(a, struct leak_rules);
    r->phones = map_new(a);
    return r;
}

void leak_rules_phone(struct arena *a, struct leak_rules *r, struct str number)
{
    struct number x;
    char digits[MOST_DIGITS + 1];
    size_t at = 0;
    while (at < number.n && !is_digit(number.s[at])) at++;
    if (at == number.n) return;
    number_read(number, at, &x);
    if (national(&x, x.n, x.prev == '+', digits)) *map_at(&r->phones, str_copy(a, str_of(digits))) = r;
}

static bool is_vowel(char c) { return c && strchr("aeiou", c); }

/* The next word of text from *at on, into room: letters, folded, or digits. Bytes in *n; where it begins in *start; false at the end. */
static bool next_word(struct str text, size_t *at, char room[LONGEST_WORD], size_t *n, size_t *start)
{
    size_t i = *at, end = i;
    const char *letters = "";
    for (; i < text.n && !is_digit(text.s[i]); i = end)
        if (end = i, *(letters = lang_fold_letter(utf8_next(text, &end)))) break;
    *start = i, *n = 0;
    if (i >= text.n) return *at = i, false;
    if (is_digit(text.s[i])) {
        for (; i < text.n && is_digit(text.s[i]); i++)
            if (*n < LONGEST_WORD) room[(*n)++] = text.s[i];
        return *at = i, true;
    }
    while (*letters) {
        for (; *letters && *n < LONGEST_WORD; letters++) room[(*n)++] = *letters;
        i = end;
        letters = i < text.n ? lang_fold_letter(utf8_next(text, &end)) : "";
    }
    return *at = i, true;
}

struct str leak_rules_deny(struct arena *a, struct leak_rules *r, struct str phrase)
{
    struct buf key = {0}, digits = {0};
    struct leak_phrase *p = ARENA_NEW(a, struct leak_phrase);
    char room[LONGEST_WORD];
    bool number = true;
    for (size_t at = 0, n, start; next_word(phrase, &at, room, &n, &start);) {
        struct str word = str_copy(a, (struct str){room, n});
        if (key.n) buf_putc(&key, ' ');
        buf_str(&key, word);
        buf_str(&digits, word);
        number = number && is_digit(*word.s);
        if (word.n > 2 && is_vowel(word.s[word.n - 1])) word.n--;
        if (p->n < MOST_WORDS) p->stems[p->n++] = word;
    }
    if (number && digits.n && digits.n <= MOST_DIGITS) {
        p->number = true, p->n = 1;
        p->stems[0] = p->key = buf_copy(a, &digits);
    } else p->key = buf_copy(a, &key);
    if (p->n) *vec_push(a, &r->denied) = p;
    buf_close(&key), buf_close(&digits);
    return p->key;
}

/* What follows the stem is an ending that Serbian declension may give it. */
static bool is_ending(struct str end)
{
    static const char *const endings[] = {"",    "a",   "e",   "i",   "o",   "u",    "om",   "em",   "im",   "ih",   "oj",   "og",  "eg",
                                          "ama", "ima", "omu", "emu", "oga", "ega",  "ome",  "ov",   "ev",   "in",   "ova",  "eva", "ina",
                                          "ovi", "evi", "ovo", "evo", "ine", "inog", "ovog", "evog", "icom", "ovoj", "inoj", NULL};
    for (size_t i = 0; endings[i]; i++)
        if (str_is(end, endings[i])) return true;
    return false;
}

/* The word is the stem with an ending; k, g, h before i have become c, z, s; an a before the last consonant has fled (Петар, Петра). Digits are the
 * same digits. */
static bool is_form(struct str word, struct str stem)
{
    size_t last = stem.n - 1;
    if (is_digit(*stem.s)) return str_eq(word, stem);
    bool softened = word.n == stem.n + 1 && word.s[stem.n] == 'i' && stem.n > 1 && !memcmp(word.s, stem.s, last) &&
                    ((stem.s[last] == 'k' && word.s[last] == 'c') || (stem.s[last] == 'g' && word.s[last] == 'z') ||
                     (stem.s[last] == 'h' && word.s[last] == 's'));
    bool flees = stem.n > 3 && stem.s[last - 1] == 'a' && !is_vowel(stem.s[last]) && !is_vowel(stem.s[last - 2]);
    if (softened) return true;
    if (flees && word.n >= stem.n && !memcmp(word.s, stem.s, last - 1) && word.s[last - 1] == stem.s[last] && is_vowel(word.s[last]) &&
        is_ending(str_from(word, last)))
        return true;
    return word.n >= stem.n && !memcmp(word.s, stem.s, stem.n) && is_ending(str_from(word, stem.n));
}

/* Whether the last words are the phrase, in its order or, of two words, the other one. */
static bool is_phrase(const struct leak_phrase *p, const struct str *last, size_t have)
{
    if (have < p->n) return false;
    last += have - p->n;
    bool forth = true, back = p->n == 2;
    for (size_t i = 0; i < p->n; i++) {
        forth = forth && is_form(last[i], p->stems[i]);
        back = back && is_form(last[i], p->stems[p->n - 1 - i]);
    }
    return forth || back;
}

/* Numbers of the list, however their digits are parted. */
static void denied_numbers(struct search *f)
{
    for (size_t at = 0; at < f->s.n;) {
        while (at < f->s.n && !is_digit(f->s.s[at])) at++;
        if (at >= f->s.n) return;
        struct number x;
        number_read(f->s, at, &x);
        for (size_t i = 0; i < f->r->denied.n; i++) {
            const struct leak_phrase *p = f->r->denied.v[i];
            int n = (int)p->key.n;
            if (p->number && x.n >= n && group_ends(&x, n - 1) && !memcmp(x.d, p->key.s, p->key.n))
                tell(f, LEAK_DENIED, false, x.start, x.end[n - 1], p->key.s, p->key.n);
        }
        while (at < f->s.n && is_digit(f->s.s[at])) at++;
    }
}

static void denied(struct search *f)
{
    struct str words[MOST_WORDS];
    size_t from[MOST_WORDS], have = 0, longest = 0;
    char room[MOST_WORDS][LONGEST_WORD];
    bool numbers = false;
    for (size_t i = 0; i < f->r->denied.n; i++) {
        const struct leak_phrase *p = f->r->denied.v[i];
        numbers |= p->number;
        if (!p->number && p->n > longest) longest = p->n;
    }
    if (numbers) denied_numbers(f);
    for (size_t at = 0, n, start; longest;) {
        if (have == longest) {
            have--;
            for (size_t i = 0; i < have; i++)
                memcpy(room[i], room[i + 1], sizeof room[i]), from[i] = from[i + 1], words[i] = (struct str){room[i], words[i + 1].n};
        }
        if (!next_word(f->s, &at, room[have], &n, &start)) return;
        words[have] = (struct str){room[have], n};
        from[have++] = start;
        for (size_t i = 0; i < f->r->denied.n; i++) {
            const struct leak_phrase *p = f->r->denied.v[i];
            if (!p->number && is_phrase(p, words, have)) tell(f, LEAK_DENIED, false, from[have - p->n], at, p->key.s, p->key.n);
        }
    }
}

static bool is_o(uint32_t c) { return c == 'o' || c == 'O' || c == 0x41e || c == 0x43e; }

/* Where a group of Os that stands for zeros begins before the number at `at` ("OOO 123"); at itself where there is none. */
static size_t zeros_before(struct str s, size_t at, size_t done)
{
    size_t from = at, one;
    if (at <= done + 1 || !strength(s.s[at - 1])) return at;
    for (from = at - 1; from > done && is_o(before(s, from, &one)); from = one) {}
    return from < at - 2 && !*lang_fold_letter(before(s, from, NULL)) ? from : at;
}

/* The next place at which a number may begin: the first digit, or the Os before it. */
static size_t next_number(struct str s, size_t at)
{
    for (unsigned first = 16; first == 16 && at + 16 <= s.n; at += first) first = bytes16_first((bytes16)(bytes16_load(s.s + at) - '0' <= 9));
    while (at < s.n && !is_digit(s.s[at])) at++;
    return at;
}

/* Whether the last byte before `at` may belong to an O that stands for zero; more than those do no harm. */
static bool o_before(struct str s, size_t at) { return at && ((s.s[at - 1] | 32) == 'o' || s.s[at - 1] == '\x9e' || s.s[at - 1] == '\xbe'); }

/* Whether the digits from at to end are a number that no rule can tell of, so that most (years, numbers in tables, parts of addresses) need not be
 * read: fewer than eight, no digit or O goes on or comes before beyond what parts numbers, and no capital letter makes them a plate. */
static bool is_harmless(struct str s, size_t at, size_t end)
{
    if (end - at >= 8 || o_before(s, at) || (at && strength(s.s[at - 1]) && o_before(s, at - 1))) return false;
    size_t k = 0;
    while (k < 3 && end + k < s.n && strength(s.s[end + k])) k++;
    if (letter_o(s, end + k) || (end + k < s.n && is_digit(s.s[end + k]))) return false;
    if (end - at < 3 || end - at > 5) return true;
    if (at && (s.s[at - 1] == ' ' || s.s[at - 1] == '-')) at--;
    char letter[2];
    plate_letter(before(s, at, NULL), letter);
    return !*letter;
}

void leak_find(const struct leak_rules *r, struct str text, void (*found)(void *ctx, const struct leak *l), void *ctx)
{
    static bool (*const rules[])(struct search *, const struct number *) = {personal_numbers, accounts, phones, documents, plates};
    struct search f = {.r = r, .s = text, .found = found, .ctx = ctx};
    struct number x;
    size_t done = 0; /* what was told of is not judged again */
    for (size_t at = next_number(text, 0); at < text.n; at = next_number(text, at)) {
        size_t start = at, end = at + 1, one;
        while (end < text.n && is_digit(text.s[end])) end++;
        if (is_harmless(text, at, end)) {
            at = done = end;
            continue;
        }
        while (start > done && is_o(before(text, start, &one))) start = one;
        if (start < at && *lang_fold_letter(before(text, start, NULL))) start = at; /* the end of a word */
        start = zeros_before(text, start, done);
        number_read(text, start, &x);
        bool told = false;
        for (size_t i = 0; x.n >= 3 && !told && i < sizeof rules / sizeof *rules; i++) told = rules[i](&f, &x);
        at = end; /* the next group may begin a number, too */
        if (told && f.end > at) at = f.end;
        done = at;
    }
    if (r->denied.n) denied(&f);
    buf_close(&f.words);
}
