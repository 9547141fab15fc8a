/* walk.h: what the files that walk through pictures share (picture.c, heif.c). */
#ifndef LETAK_CHECK_WALK_H
#define LETAK_CHECK_WALK_H
#include "check/picture.h"
#include <string.h>

static inline uint32_t be(const char *p, int n)
{
    uint32_t v = 0;
    while (n--) v = v << 8 | (unsigned char)*p++;
    return v;
}

struct chunk { /* by four letters; what NULL stands for may stay */
    const char *type, *what;
};
static inline const char *chunk_what(const struct chunk *table, const char *type, const char *unknown)
{
    for (; table->type; table++)
        if (!memcmp(table->type, type, 4)) return table->what;
    return unknown;
}

const char *heif_carries(struct str bytes);
#endif
