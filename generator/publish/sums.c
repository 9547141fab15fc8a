/* sums.c: see sums.h. */
#include "publish/sums.h"
#include <sha2.h>
#include <stdlib.h>

void sum_of(struct str bytes, char hex[SUM_DIGITS + 1])
{
    SHA2_CTX c;
    SHA256Init(&c);
    SHA256Update(&c, (const uint8_t *)bytes.s, bytes.n);
    SHA256End(&c, hex);
}

static int by_path(const void *a, const void *b) { return strcmp(((const struct sum *)a)->path, ((const struct sum *)b)->path); }

void sums_write(struct sum *list, size_t n, struct buf *out)
{
    if (n) qsort(list, n, sizeof *list, by_path);
    for (size_t i = 0; i < n; i++) buf_printf(out, "%s  %s\n", list[i].hex, list[i].path);
}

void sums_index(struct arena *a, struct str list, struct map *m)
{
    struct str line;
    *m = map_new(a);
    while (str_split(&list, '\n', &line))
        if (line.n > SUM_DIGITS + 2) *map_at(m, str_from(line, SUM_DIGITS + 2)) = str_z(a, str_part(line, 0, SUM_DIGITS));
}
