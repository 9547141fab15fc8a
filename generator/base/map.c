/* map.c: see map.h. Open addressing, linear probing, at most half full. */
#include "base/map.h"
#include "base/bytes16.h"

struct map map_new(struct arena *a) { return (struct map){.arena = a}; }

/* Not str_hash, which goes by single bytes at the end, since files have it in them: here nothing but speed depends on it. 32 bits. */
uint64_t map_hash(struct str s)
{
    uint64_t h = 0x9E3779B97F4A7C15u ^ s.n;
    size_t i = 0;
    for (; i + 8 <= s.n; i += 8) h = (h ^ bytes8_load(s.s + i)) * 0xFF51AFD7ED558CCDu, h ^= h >> 32;
    if (i < s.n && s.n >= 8) h = (h ^ bytes8_load(s.s + s.n - 8)) * 0xFF51AFD7ED558CCDu; /* the last eight, some of them again */
    else
        for (; i < s.n; i++) h = (h ^ (unsigned char)s.s[i]) * 0x100000001B3u;
    h ^= h >> 32;
    return h * 0xC2B2AE3D27D4EB4Fu >> 32;
}

/* A slot has the hash as well, so that the entry and its key, mostly far away in memory, are looked at only where they are very likely the right
 * ones, and not at all when the table grows. */
static uint64_t *slot_of(const struct map *m, struct str key, uint64_t h)
{
    size_t mask = m->n_slots - 1, i = h & mask;
    while (m->slots[i] && (m->slots[i] >> 32 != h || !str_eq(m->entries.v[(uint32_t)m->slots[i] - 1].key, key))) i = (i + 1) & mask;
    return &m->slots[i];
}

void *map_find(const struct map *m, struct str key)
{
    if (!m->n_slots) return NULL;
    uint32_t at = (uint32_t)*slot_of(m, key, map_hash(key));
    return at ? m->entries.v[at - 1].value : NULL;
}

static void grow(struct map *m)
{
    const uint64_t *old = m->slots;
    size_t n = m->n_slots, mask = (n ? n * 2 : 16) - 1;
    m->n_slots = mask + 1;
    m->slots = ARENA_ARRAY(m->arena, uint64_t, m->n_slots);
    for (size_t k = 0; k < n; k++) {
        size_t i = old[k] >> 32 & mask;
        if (!old[k]) continue;
        while (m->slots[i]) i = (i + 1) & mask;
        m->slots[i] = old[k];
    }
}

void **map_at(struct map *m, struct str key)
{
    if (m->entries.n * 2 >= m->n_slots) grow(m);
    uint64_t h = map_hash(key), *slot = slot_of(m, key, h);
    if (!*slot) {
        *vec_push(m->arena, &m->entries) = (struct map_entry){.key = key};
        *slot = h << 32 | m->entries.n;
    }
    return &m->entries.v[(uint32_t)*slot - 1].value;
}
