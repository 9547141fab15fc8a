/* str.h: a slice of text, not owned, not NUL-terminated; and buf, text that grows.
 *
 * A struct str is passed by value. {NULL, 0} is the empty string. All text inside letak is valid UTF-8 once it has come
 * through file_read_text. */
#ifndef LETAK_BASE_STR_H
#define LETAK_BASE_STR_H
#include "base/arena.h"
#include <stdbool.h>
#include <stdint.h>

struct str {
    const char *s;
    size_t n;
};
#define STR(lit) ((struct str){"" lit, sizeof(lit) - 1})
#define STR_ARG(x) (int)(x).n, (x).s /* for printf's %.*s */

struct str str_of(const char *z); /* of a NUL-terminated string; NULL gives the empty one */
bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *z);
int str_cmp(struct str a, struct str b); /* byte order, as memcmp */
bool str_starts(struct str a, const char *z);
bool str_ends(struct str a, const char *z);
struct str str_from(struct str a, size_t at);           /* the rest from byte at; empty where at is past the end */
struct str str_part(struct str a, size_t at, size_t n); /* clipped to a */
struct str str_trim(struct str a);                      /* without ASCII white space at both ends */
/* Byte offset of c or z, SIZE_MAX where there is none. */
size_t str_find(struct str a, char c);
size_t str_rfind(struct str a, char c);
size_t str_search(struct str a, const char *z);
size_t str_find_either(struct str a, char c, char d); /* of the first c or d */
/* Cuts *rest at the first sep: returns what stands before it, leaves the rest. False when *rest was empty. */
bool str_split(struct str *rest, char sep, struct str *head);
/* The value of a hexadecimal digit; -1 = c is none. */
static inline int str_hex(int c) { return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1; }
bool str_int(struct str a, long *out);              /* whole decimal number, sign allowed */
uint64_t str_hash(struct str a);                    /* the same on every machine and for good: it is kept in files */
uint64_t str_sum(struct str a);                     /* the same on every machine, and quick for long texts: four parts of 32 bytes at once */
struct str str_copy(struct arena *a, struct str s); /* has a NUL behind it */
char *str_z(struct arena *a, struct str s);
struct str str_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The candidate nearest to name by edit distance over characters, or NULL where none is within a third of its length.
 * candidates ends with NULL. For „did you mean“. */
const char *str_nearest(struct str name, const char *const *candidates);

/* A growing text on the heap. A zeroed one is empty and ready; s has a NUL behind it once anything was added. */
struct buf {
    char *s;
    size_t n, cap;
};
void buf_room(struct buf *b, size_t more);
static inline void buf_add(struct buf *b, const char *s, size_t n)
{
    if (b->cap - b->n <= n) buf_room(b, n);
    if (n) memcpy(b->s + b->n, s, n);
    b->n += n;
    b->s[b->n] = 0;
}
void buf_str(struct buf *b, struct str s);
void buf_puts(struct buf *b, const char *z);
static inline void buf_putc(struct buf *b, char c) { buf_add(b, &c, 1); }
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_int(struct buf *b, long n);
/* Blanks behind what stands from byte `from` on, up to `width` characters; at least so many. */
void buf_pad(struct buf *b, size_t from, size_t width, size_t least);
void buf_html(struct buf *b, struct str s); /* & < > " escaped: safe in text and in quoted attributes */
void buf_json(struct buf *b, struct str s); /* a quoted JSON string */
void buf_utf8(struct buf *b, uint32_t c);
void buf_reset(struct buf *b);            /* empty, memory kept */
void buf_close(struct buf *b);            /* frees */
struct str buf_view(const struct buf *b); /* valid until the next change */
struct str buf_copy(struct arena *a, const struct buf *b);
#endif
