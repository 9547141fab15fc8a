/* arena.h: memory that lives and dies together.
 *
 * Nothing in letak is freed one by one. What belongs to the site lives in the site's arena, what belongs to one page in
 * that page's, what belongs to one paragraph in a scratch arena that is reset. Out of memory ends the program inside
 * arena_alloc (exit status 3), so no caller checks for NULL. Memory comes zeroed. */
#ifndef LETAK_BASE_ARENA_H
#define LETAK_BASE_ARENA_H
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

struct arena_block;
struct arena {
    char *at, *zero, *end;     /* free part of the newest block; up to zero its bytes are zeros */
    char *clean;               /* from here to end nothing has been written: zeros, too */
    struct arena_block *block; /* newest block; older ones behind it */
};

void *arena_more(struct arena *a, size_t n); /* arena_alloc where zeros are to be written or a block to be added */
/* A zeroed struct arena is empty and ready. n bytes, zeroed, aligned to 16. */
static inline void *arena_alloc(struct arena *a, size_t n)
{
    size_t whole = (n + 15) & ~(size_t)15;
    if (whole > (size_t)(a->zero - a->at) || n > whole) return arena_more(a, n);
    char *p = a->at;
    a->at += whole;
    return p;
}
/* Gives all blocks but one back for use again; what was allocated is gone. */
void arena_reset(struct arena *a);
/* Frees every block. The arena is empty and ready again. */
void arena_close(struct arena *a);
/* A copy of n bytes with a NUL behind them. */
char *arena_copy(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same of arguments at hand; *length without the NUL. */
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap, size_t *length);
/* malloc and realloc that end the program when memory is out; for what outgrows an arena (buf, libraries). */
void *mem_realloc(void *p, size_t n);

#define ARENA_NEW(a, T) ((T *)arena_alloc((a), sizeof(T)))
#define ARENA_ARRAY(a, T, n) ((T *)arena_alloc((a), sizeof(T) * (size_t)(n)))

/* A growable array in an arena: VEC(int) v = {0}; *vec_push(&arena, &v) = 7; for (size_t i = 0; i < v.n; i++) v.v[i] … */
#define VEC(T)                                                                                                                                       \
    struct {                                                                                                                                         \
        T *v;                                                                                                                                        \
        size_t n, cap;                                                                                                                               \
    }
void *vec_grow(struct arena *a, void *v, size_t n, size_t *cap, size_t size);
#define vec_push(a, V) ((V)->n < (V)->cap ? (void)0 : (void)((V)->v = vec_grow((a), (V)->v, (V)->n, &(V)->cap, sizeof *(V)->v)), &(V)->v[(V)->n++])
#endif
