/* arena.c: see arena.h. Blocks double up to 1 MB; a request larger than a block gets one of its own. */
#include "base/arena.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct arena_block {
    struct arena_block *older;
    size_t size; /* of the data behind this head */
};
enum { FIRST_BLOCK = 8192, LARGEST_BLOCK = 1 << 20, ALIGN = 16 };

static void out_of_memory(void)
{
    fputs("letak: error: out of memory; close other programs or split the site\n", stderr);
    _Exit(3);
}

void *mem_realloc(void *p, size_t n)
{
    void *q = realloc(p, n ? n : 1);
    if (!q) out_of_memory();
    return q;
}

static char *block_data(struct arena_block *b) { return (char *)b + ((sizeof *b + ALIGN - 1) & ~(size_t)(ALIGN - 1)); }

void *arena_alloc(struct arena *a, size_t n)
{
    if (n > SIZE_MAX / 4) out_of_memory();
    n = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (n > (size_t)(a->end - a->at)) {
        size_t size = a->block ? a->block->size * 2 : FIRST_BLOCK;
        if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
        if (size < n) size = n;
        struct arena_block *b = malloc(sizeof *b + ALIGN + size);
        if (!b) out_of_memory();
        b->older = a->block, b->size = size;
        a->block = b, a->at = block_data(b), a->end = a->at + size;
    }
    char *p = a->at;
    a->at += n;
    return memset(p, 0, n);
}

void arena_reset(struct arena *a)
{
    if (!a->block) return;
    while (a->block->older) {
        struct arena_block *b = a->block->older;
        a->block->older = b->older;
        free(b);
    }
    a->at = block_data(a->block), a->end = a->at + a->block->size;
}

void arena_close(struct arena *a)
{
    for (struct arena_block *b = a->block, *older; b; b = older) {
        older = b->older;
        free(b);
    }
    *a = (struct arena){0};
}

char *arena_copy(struct arena *a, const char *s, size_t n)
{
    char *p = arena_alloc(a, n + 1);
    if (n) memcpy(p, s, n);
    return p;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *p = arena_alloc(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return p;
}

void *vec_grow(struct arena *a, void *v, size_t n, size_t *cap, size_t size)
{
    if (n < *cap) return v;
    size_t more = *cap ? *cap * 2 : 8;
    void *w = arena_alloc(a, more * size);
    if (n) memcpy(w, v, n * size);
    *cap = more;
    return w;
}
