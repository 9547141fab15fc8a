/* map.h: text -> pointer, in an arena; iterated in the order of insertion, so no output depends on hashing. */
#ifndef LETAK_BASE_MAP_H
#define LETAK_BASE_MAP_H
#include "base/str.h"

struct map_entry {
    struct str key;
    void *value;
};
struct map {
    struct arena *arena;
    VEC(struct map_entry) entries; /* in order of insertion */
    uint64_t *slots;               /* 32 bits of the hash, index + 1 into entries; 0 = free */
    size_t n_slots;                /* a power of two */
};

/* 32 bits, for tables of others: what it gives may change with the next version, so nothing that is written may depend on it. */
uint64_t map_hash(struct str key);
struct map map_new(struct arena *a);
/* Borrowed value, NULL where the key is absent. */
void *map_find(const struct map *m, struct str key);
/* Address of the key's value, made (NULL inside) where absent. Valid until the next map_at. The key's bytes are not copied. */
void **map_at(struct map *m, struct str key);
#endif
