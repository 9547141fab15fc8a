/* arena.c: see arena.h. Blocks double from 8 KB to 1 MB; an arena that needs more takes HUGE_BLOCKs straight from the kernel, aligned so that each
 * can be one huge page: a document of 1,000 pages then costs a hundred page faults instead of 25,000, and the zeros come with them. A request larger
 * than a block gets one of its own. */
#include "base/arena.h"
#include "base/format.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

struct arena_block {
    struct arena_block *older;
    size_t size;   /* of the data behind this head */
    size_t mapped; /* bytes to give back to the kernel; 0 = malloc's */
};
enum { FIRST_BLOCK = 8192, LARGEST_BLOCK = 1 << 20, HUGE_BLOCK = 2 << 20, ALIGN = 16, ZERO_AHEAD = 1024 };

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

/* n bytes, a multiple of HUGE_BLOCK, aligned to it: more is mapped, and what stands over on both sides unmapped. */
static struct arena_block *map_huge(size_t n)
{
    char *all = mmap(NULL, n + HUGE_BLOCK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (all == MAP_FAILED) out_of_memory();
    size_t before = (size_t)(-(uintptr_t)all & (HUGE_BLOCK - 1));
    if (before) munmap(all, before);
    munmap(all + before + n, HUGE_BLOCK - before);
    madvise(all + before, n, MADV_HUGEPAGE); /* a kernel without them says no, and nothing is lost */
    return (struct arena_block *)(void *)(all + before);
}

static void block_free(struct arena_block *b)
{
    if (b->mapped) munmap(b, b->mapped);
    else free(b);
}

static void block_new(struct arena *a, size_t n)
{
    size_t size = a->block ? a->block->size * 2 : FIRST_BLOCK, head = sizeof(struct arena_block) + ALIGN, mapped = 0;
    struct arena_block *b;
    if (size < n) size = n;
    if (size > LARGEST_BLOCK) {
        mapped = (n + head + HUGE_BLOCK - 1) & ~(size_t)(HUGE_BLOCK - 1);
        size = mapped - head;
        b = map_huge(mapped);
    } else b = malloc(head + size);
    if (!b) out_of_memory();
    b->older = a->block, b->size = size, b->mapped = mapped;
    a->block = b, a->at = block_data(b), a->end = a->at + size, a->clean = mapped ? a->at : a->end, a->zero = mapped ? a->end : a->at;
}

void *arena_more(struct arena *a, size_t n)
{
    if (n > SIZE_MAX / 4) out_of_memory();
    n = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (n > (size_t)(a->end - a->at)) block_new(a, n);
    char *p = a->at;
    size_t ahead = (size_t)(a->end - p); /* small ones that follow find their zeros written */
    if (ahead > n + ZERO_AHEAD) ahead = n + ZERO_AHEAD;
    a->at += n;
    if (p + ahead > a->zero) {
        char *to = p + ahead < a->clean ? p + ahead : a->clean;
        if (to > a->zero) memset(a->zero, 0, (size_t)(to - a->zero));
        a->zero = p + ahead < a->clean ? p + ahead : a->end;
    }
    return p;
}

void arena_reset(struct arena *a)
{
#ifdef __SANITIZE_ADDRESS__
    arena_close(a); /* so that whatever is looked at afterwards is seen */
#endif
    if (!a->block) return;
    while (a->block->older) {
        struct arena_block *b = a->block->older;
        a->block->older = b->older;
        block_free(b);
    }
    if (a->at > a->clean) a->clean = a->at;
    a->at = a->zero = block_data(a->block), a->end = a->at + a->block->size;
}

void arena_close(struct arena *a)
{
    for (struct arena_block *b = a->block, *older; b; b = older) {
        older = b->older;
        block_free(b);
    }
    *a = (struct arena){0};
}

char *arena_copy(struct arena *a, const char *s, size_t n)
{
    char *p = arena_alloc(a, n + 1);
    if (n) memcpy(p, s, n);
    return p;
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap, size_t *length)
{
    char room[256]; /* most results are short: formatted once */
    va_list again;
    va_copy(again, ap);
    size_t n = format_into(room, sizeof room, fmt, ap);
    char *p = arena_alloc(a, n + 1);
    if (n < sizeof room) memcpy(p, room, n);
    else format_into(p, n + 1, fmt, again);
    va_end(again);
    *length = n;
    return p;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    size_t n;
    va_start(ap, fmt);
    char *p = arena_vprintf(a, fmt, ap, &n);
    va_end(ap);
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
