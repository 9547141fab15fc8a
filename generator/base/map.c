/* map.c: see map.h. Open addressing, linear probing, at most half full. */
#include "base/map.h"
#include "base/bytes16.h"

struct map map_new(struct arena *a) { return (struct map){.arena = a}; }

/* Not str_hash, which goes by single bytes at the end, since files have it in them: here nothing but speed depends on it. */
static size_t hash(struct str s)
{
    uint64_t h = 0x9E3779B97F4A7C15u ^ s.n;
    size_t i = 0;
    for (; i + 8 <= s.n; i += 8) h = (h ^ bytes8_load(s.s + i)) * 0xFF51AFD7ED558CCDu, h ^= h >> 32;
    if (i < s.n && s.n >= 8) h = (h ^ bytes8_load(s.s + s.n - 8)) * 0xFF51AFD7ED558CCDu; /* the last eight, some of them again */
    else
        for (; i < s.n; i++) h = (h ^ (unsigned char)s.s[i]) * 0x100000001B3u;
    h ^= h >> 32;
    return (size_t)(h * 0xC2B2AE3D27D4EB4Fu >> 20);
}

static uint32_t *slot_of(const struct map *m, struct str key)
{
    size_t mask = m->n_slots - 1, i = hash(key) & mask;
    while (m->slots[i] && !str_eq(m->entries.v[m->slots[i] - 1].key, key)) i = (i + 1) & mask;
    return &m->slots[i];
}

void *map_find(const struct map *m, struct str key)
{
    if (!m->n_slots) return NULL;
    uint32_t at = *slot_of(m, key);
    return at ? m->entries.v[at - 1].value : NULL;
}

void **map_at(struct map *m, struct str key)
{
    if (m->entries.n * 2 >= m->n_slots) {
        m->n_slots = m->n_slots ? m->n_slots * 2 : 16;
        m->slots = ARENA_ARRAY(m->arena, uint32_t, m->n_slots);
        for (size_t i = 0; i < m->entries.n; i++) *slot_of(m, m->entries.v[i].key) = (uint32_t)i + 1;
    }
    uint32_t *slot = slot_of(m, key);
    if (!*slot) {
        *vec_push(m->arena, &m->entries) = (struct map_entry){.key = key};
        *slot = (uint32_t)m->entries.n;
    }
    return &m->entries.v[*slot - 1].value;
}
