/* format.c: see format.h. */
#include "base/format.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct out {
    char *s;
    size_t room, n; /* n: of the whole text, also of what has no room */
};

static void put(struct out *o, const char *s, size_t n)
{
    if (o->n < o->room && n) memcpy(o->s + o->n, s, n < o->room - o->n ? n : o->room - o->n);
    o->n += n;
}

struct conversion {
    char letter;
    int size; /* 0, 1 = l or z, 2 = ll */
    bool zeros;
    size_t width, precision; /* precision: SIZE_MAX where there is none */
};

/* What stands behind a "%", read from *f on; false where it is none of ours. A precision of '*' is taken from args. */
static bool read_conversion(const char **f, va_list *args, struct conversion *c)
{
    const char *p = *f;
    *c = (struct conversion){.precision = SIZE_MAX};
    if (*p == '0') c->zeros = true, p++;
    for (; *p >= '0' && *p <= '9'; p++) c->width = c->width * 10 + (size_t)(*p - '0');
    if (*p == '.') {
        int given = 0;
        if (*++p == '*') given = va_arg(*args, int), p++;
        else
            for (; *p >= '0' && *p <= '9'; p++) given = given * 10 + (*p - '0');
        if (given >= 0) c->precision = (size_t)given;
    }
    if (*p == 'z') c->size = 1, p++;
    else
        for (; *p == 'l'; p++) c->size++;
    c->letter = *p++;
    *f = p;
    bool text = c->letter == 's' || c->letter == 'c', number = c->letter == 'd' || c->letter == 'i' || c->letter == 'u' || c->letter == 'x';
    if (c->size > 2 || c->width > 20) return false;
    return text ? !c->width && !c->zeros && !c->size && (c->letter == 's' || c->precision == SIZE_MAX) : number && c->precision == SIZE_MAX;
}

static void put_number(struct out *o, const struct conversion *c, uint64_t u, bool negative)
{
    char digits[48], *end = digits + sizeof digits, *p = end;
    unsigned base = c->letter == 'x' ? 16 : 10;
    do *--p = "0123456789abcdef"[u % base];
    while (u /= base);
    while (c->zeros && (size_t)(end - p) + negative < c->width) *--p = '0';
    if (negative) *--p = '-';
    while ((size_t)(end - p) < c->width) *--p = ' ';
    put(o, p, (size_t)(end - p));
}

static bool quick(struct out *o, const char *format, va_list *args)
{
    struct conversion c;
    for (const char *f = format; *f;) {
        size_t n = strcspn(f, "%");
        put(o, f, n);
        f += n;
        if (!*f) break;
        if (*++f == '%') {
            put(o, f++, 1);
            continue;
        }
        if (!read_conversion(&f, args, &c)) return false;
        if (c.letter == 's') {
            const char *s = va_arg(*args, const char *);
            if (!s && c.precision) return false; /* "(null)" */
            put(o, s, c.precision == SIZE_MAX ? strlen(s) : c.precision ? strnlen(s, c.precision) : 0);
        } else if (c.letter == 'c') {
            char letter = (char)va_arg(*args, int);
            put(o, &letter, 1);
        } else if (c.letter == 'd' || c.letter == 'i') {
            int64_t v = c.size ? va_arg(*args, long) : va_arg(*args, int); /* long, long long, size_t: all of 64 bits here */
            put_number(o, &c, v < 0 ? 0 - (uint64_t)v : (uint64_t)v, v < 0);
        } else {
            put_number(o, &c, c.size ? va_arg(*args, unsigned long) : va_arg(*args, unsigned), false);
        }
    }
    return true;
}

size_t format_into(char *s, size_t room, const char *format, va_list args)
{
    _Static_assert(sizeof(long) == sizeof(long long) && sizeof(long) == sizeof(size_t), "one size for l, ll and z");
    struct out o = {s, room, 0};
    va_list again;
    va_copy(again, args);
    bool done = quick(&o, format, &again);
    va_end(again);
    if (!done) return (size_t)vsnprintf(s, room, format, args);
    if (room) s[o.n < room ? o.n : room - 1] = 0;
    return o.n;
}
