/* memory.c: what an arena gives is zeroed, aligned and nobody else's, whatever was written into it before a reset. */
#include "base/arena.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static void take(struct arena *a, size_t n)
{
    char *p = arena_alloc(a, n);
    assert_int_equal((uintptr_t)p % 16, 0);
    for (size_t i = 0; i < n; i++)
        if (p[i]) fail_msg("byte %zu of %zu is not zero", i, n);
    memset(p, 0x5a, n);
}

static void zeros(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 16, 40, 1000, 1008, 1024, 1025, 2048, 5000, 9000, 70000, 3 << 20}; /* the last ones: blocks of their own */
    uint32_t r = 7;
    struct arena a = {0};
    for (int turn = 0; turn < 40; turn++) {
        size_t most = turn % 8 == 7 ? 12 : turn % 3 ? 9 : 5;
        for (int i = 0; i < 300; i++) take(&a, sizes[(r = r * 1664525 + 1013904223) / 65536 % (i % 50 ? most < 9 ? most : 9 : most)]);
        arena_reset(&a);
    }
    arena_close(&a);
}

static void apart(void **state)
{
    (void)state;
    struct arena a = {0};
    unsigned char *all[2000];
    for (int turn = 0; turn < 2; turn++) {
        for (size_t i = 0; i < 2000; i++) all[i] = arena_alloc(&a, i % 130 + 1), memset(all[i], (int)(i % 251), i % 130 + 1);
        for (size_t i = 0; i < 2000; i++)
            for (size_t k = 0; k < i % 130 + 1; k++) assert_int_equal(all[i][k], i % 251);
        arena_reset(&a);
    }
    arena_close(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(zeros), cmocka_unit_test(apart)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
