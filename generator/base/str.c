/* str.c: see str.h. */
#include "base/str.h"
#include "base/bytes16.h"
#include "base/format.h"
#include "base/utf8.h"
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct str str_of(const char *z) { return (struct str){z, z ? strlen(z) : 0}; }
bool str_eq(struct str a, struct str b) { return a.n == b.n && (!a.n || !memcmp(a.s, b.s, a.n)); }
bool str_is(struct str a, const char *z) { return str_eq(a, str_of(z)); }

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.s, b.s, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str a, const char *z)
{
    size_t n = strlen(z);
    return a.n >= n && (!n || !memcmp(a.s, z, n));
}

bool str_ends(struct str a, const char *z)
{
    size_t n = strlen(z);
    return a.n >= n && (!n || !memcmp(a.s + a.n - n, z, n));
}

struct str str_from(struct str a, size_t at) { return at >= a.n ? (struct str){a.s ? a.s + a.n : NULL, 0} : (struct str){a.s + at, a.n - at}; }

struct str str_part(struct str a, size_t at, size_t n)
{
    struct str r = str_from(a, at);
    if (r.n > n) r.n = n;
    return r;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

struct str str_trim(struct str a)
{
    while (a.n && is_space(a.s[0])) a.s++, a.n--;
    while (a.n && is_space(a.s[a.n - 1])) a.n--;
    return a;
}

size_t str_find(struct str a, char c)
{
    const char *p = a.n ? memchr(a.s, c, a.n) : NULL;
    return p ? (size_t)(p - a.s) : SIZE_MAX;
}

size_t str_rfind(struct str a, char c)
{
    const char *p = a.n ? memrchr(a.s, c, a.n) : NULL;
    return p ? (size_t)(p - a.s) : SIZE_MAX;
}

size_t str_find_either(struct str a, char c, char d)
{
    size_t i = 0;
    for (; i + 16 <= a.n; i += 16) {
        bytes16 b = bytes16_load(a.s + i);
        unsigned first = bytes16_first((bytes16)(b == (uint8_t)c) | (bytes16)(b == (uint8_t)d));
        if (first < 16) return i + first;
    }
    while (i < a.n && a.s[i] != c && a.s[i] != d) i++;
    return i < a.n ? i : SIZE_MAX;
}

size_t str_search(struct str a, const char *z)
{
    size_t n = strlen(z);
    if (n == 2) { /* memmem goes byte by byte here, memchr by thirty-two */
        for (size_t i = 0, at; (at = str_find(str_from(a, i), *z)) != SIZE_MAX; i += at + 1)
            if (i + at + 1 < a.n && a.s[i + at + 1] == z[1]) return i + at;
        return SIZE_MAX;
    }
    const char *p = a.n ? memmem(a.s, a.n, z, n) : NULL;
    return p ? (size_t)(p - a.s) : SIZE_MAX;
}

bool str_split(struct str *rest, char sep, struct str *head)
{
    if (!rest->n) return false;
    size_t at = str_find(*rest, sep);
    *head = str_part(*rest, 0, at);
    *rest = at == SIZE_MAX ? (struct str){NULL, 0} : str_from(*rest, at + 1);
    return true;
}

bool str_int(struct str a, long *out)
{
    char text[24], *end;
    if (!a.n || a.n >= sizeof text || is_space(a.s[0])) return false;
    memcpy(text, a.s, a.n);
    text[a.n] = 0;
    *out = strtol(text, &end, 10);
    return !*end && *out != LONG_MAX && *out != LONG_MIN;
}

static uint64_t mixed(uint64_t h, uint64_t w)
{
    h = (h ^ w) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

uint64_t str_sum(struct str s)
{
    uint64_t a = s.n, b = 2, c = 3, d = 4;
    if (s.n < 32) return str_hash(s);
    for (size_t i = 0; i < s.n; i += 32) {
        const char *p = s.s + (i + 32 > s.n ? s.n - 32 : i); /* the last ones once more, if need be */
        a = mixed(a, bytes8_load(p)), b = mixed(b, bytes8_load(p + 8)), c = mixed(c, bytes8_load(p + 16)), d = mixed(d, bytes8_load(p + 24));
    }
    return mixed(mixed(a, b), mixed(c, d));
}

uint64_t str_hash(struct str a) /* FNV-1a over 8-byte steps, mixed at the end */
{
    uint64_t h = 14695981039346656037u ^ a.n;
    size_t i = 0;
    for (; i + 8 <= a.n; i += 8) {
        h = (h ^ bytes8_load(a.s + i)) * 1099511628211u;
        h ^= h >> 29;
    }
    for (; i < a.n; i++) h = (h ^ (unsigned char)a.s[i]) * 1099511628211u;
    h ^= h >> 32;
    h *= 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

struct str str_copy(struct arena *a, struct str s) { return (struct str){arena_copy(a, s.s, s.n), s.n}; }
char *str_z(struct arena *a, struct str s) { return arena_copy(a, s.s, s.n); }

struct str str_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    size_t n;
    va_start(ap, fmt);
    char *p = arena_vprintf(a, fmt, ap, &n);
    va_end(ap);
    return (struct str){p, n};
}

enum { NEAREST_MAX = 64 };

static size_t decode_short(struct str s, uint32_t *out)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n && n < NEAREST_MAX;) out[n++] = utf8_next(s, &at);
    return n;
}

const char *str_nearest(struct str name, const char *const *candidates)
{
    uint32_t a[NEAREST_MAX], b[NEAREST_MAX];
    size_t na = decode_short(name, a), best = na < 4 ? 1 : na < 6 ? 2 : na / 3; /* the most edits that still look like a slip */
    const char *found = NULL;
    for (; *candidates; candidates++) { /* Wagner–Fischer, one row */
        size_t nb = decode_short(str_of(*candidates), b), row[NEAREST_MAX + 1];
        for (size_t j = 0; j <= nb; j++) row[j] = j;
        for (size_t i = 1; i <= na; i++) {
            size_t left_up = row[0];
            row[0] = i;
            for (size_t j = 1; j <= nb; j++) {
                size_t up = row[j], d = left_up + (a[i - 1] != b[j - 1]);
                if (up + 1 < d) d = up + 1;
                if (row[j - 1] + 1 < d) d = row[j - 1] + 1;
                row[j] = d, left_up = up;
            }
        }
        if (row[nb] < best || (row[nb] == best && !found)) best = row[nb], found = *candidates;
    }
    return found;
}

void buf_room(struct buf *b, size_t more)
{
    if (b->cap - b->n > more) return; /* one byte stays for the NUL */
    size_t cap = b->cap ? b->cap * 2 : 256;
    while (cap - b->n <= more) cap *= 2;
    b->s = mem_realloc(b->s, cap);
    b->cap = cap;
}

void buf_str(struct buf *b, struct str s) { buf_add(b, s.s, s.n); }
void buf_puts(struct buf *b, const char *z) { buf_add(b, z, strlen(z)); }

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;
    buf_room(b, 64); /* most results are shorter: formatted once */
    va_start(ap, fmt);
    va_copy(again, ap);
    size_t n = format_into(b->s + b->n, b->cap - b->n, fmt, ap);
    va_end(ap);
    if (n >= b->cap - b->n) {
        buf_room(b, n);
        format_into(b->s + b->n, n + 1, fmt, again);
    }
    va_end(again);
    b->n += n;
}

void buf_pad(struct buf *b, size_t from, size_t width, size_t least)
{
    size_t n = utf8_length(str_from(buf_view(b), from));
    for (; n < width || least; n++, least -= least > 0) buf_putc(b, ' ');
}

void buf_int(struct buf *b, long n)
{
    char digits[24], *p = digits + sizeof digits;
    unsigned long u = n < 0 ? 0ul - (unsigned long)n : (unsigned long)n;
    do *--p = (char)('0' + u % 10);
    while (u /= 10);
    if (n < 0) *--p = '-';
    buf_add(b, p, (size_t)(digits + sizeof digits - p));
}

/* Where from byte i on the next & < > or " stands. Two tests do for four characters: < and > differ in one bit, as do " and &. */
static size_t next_special(struct str s, size_t i)
{
    for (; i + 16 <= s.n; i += 16) {
        bytes16 b = bytes16_load(s.s + i);
        unsigned first = bytes16_first((bytes16)((b | 2) == '>') | (bytes16)((b | 4) == '&'));
        if (first < 16) return i + first;
    }
    while (i < s.n && (s.s[i] | 2) != '>' && (s.s[i] | 4) != '&') i++;
    return i;
}

void buf_html(struct buf *b, struct str s)
{
    for (size_t from = 0, i = 0; from < s.n; from = ++i) {
        i = next_special(s, i);
        buf_add(b, s.s + from, i - from);
        if (i == s.n) break;
        buf_puts(b, s.s[i] == '&' ? "&amp;" : s.s[i] == '<' ? "&lt;" : s.s[i] == '>' ? "&gt;" : "&quot;");
    }
}

void buf_json(struct buf *b, struct str s)
{
    buf_putc(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.s[i];
        if (c == '"' || c == '\\') buf_putc(b, '\\'), buf_putc(b, (char)c);
        else if (c == '\n') buf_puts(b, "\\n");
        else if (c < 0x20) buf_printf(b, "\\u%04x", c);
        else buf_putc(b, (char)c);
    }
    buf_putc(b, '"');
}

void buf_utf8(struct buf *b, uint32_t c)
{
    char s[4];
    buf_add(b, s, utf8_encode(c, s));
}

void buf_reset(struct buf *b)
{
    b->n = 0;
    if (b->s) b->s[0] = 0;
}

void buf_close(struct buf *b)
{
    free(b->s);
    *b = (struct buf){0};
}

struct str buf_view(const struct buf *b) { return (struct str){b->s, b->n}; }
struct str buf_copy(struct arena *a, const struct buf *b) { return str_copy(a, buf_view(b)); }
