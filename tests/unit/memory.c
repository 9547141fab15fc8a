/* memory.c: what an arena gives is zeroed, aligned and nobody else's, whatever was written into it before a reset; what
 * format_into makes is what vsnprintf makes. */
#include "base/arena.h"
#include "base/format.h"
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

/* Both ways of one call, into rooms of every size. */
static void same(const char *format, ...)
{
    char a[64], b[64];
    for (size_t room = 0; room <= sizeof a; room += room < 8 ? 1 : 7) {
        va_list list, again;
        va_start(list, format);
        va_copy(again, list);
        memset(a, 'x', sizeof a), memset(b, 'x', sizeof b);
        size_t n = format_into(a, room, format, list);
        int want = vsnprintf(b, room, format, again);
        va_end(list), va_end(again);
        if (n != (size_t)want || memcmp(a, b, sizeof a) != 0) fail_msg("\"%s\" in %zu: %zu \"%.63s\", not %d \"%.63s\"", format, room, n, a, want, b);
    }
}

static void formats(void **state)
{
    (void)state;
    static const long numbers[] = {0, 1, -1, 9, 10, -10, 99999, -99999, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN, 0x1234abcd};
    same(""), same("a%%b%%"), same("текст"), same("%s", ""), same("%s-%s|%c", "а", "бв", 'z'), same("%.3s%.0s", "abcdef", "x"),
        same("%.*s.", 2, "abc");
    same("%.*s.", 0, (char *)NULL), same("%.*s", 9, "a\0b"), same("%.*s", -1, "abc"), same("%-5s|%5s|%05.1f|%e", "a", "b", 2.25, 1e10),
        same("%*d", 5, 42);
    same("%.3d %+d % d %#x %hhu", 5, 6, 7, 8u, 300), same("%s %p", "a", (void *)16);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        long v = numbers[i];
        same("%d|%i|%u|%x", (int)v, (int)v, (unsigned)v, (unsigned)v),
            same("%ld|%lu|%lx|%lld|%zu|%llu", v, v, v, (long long)v, (size_t)v, (long long)v);
        same("%04d-%02d|%3d|%016llx|%08x|%5u|%x", (int)v, (int)v, (int)v, (long long)v, (unsigned)v, (unsigned)v, (unsigned)v);
        same("%.*s%d%s", (int)(i % 4), "abc", (int)v, "конец");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(formats), cmocka_unit_test(zeros), cmocka_unit_test(apart)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
