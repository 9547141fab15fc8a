/* map.c: see map.h. Open addressing, linear probing, at most half full. */
#include "base/map.h"

struct map map_new(struct arena *a) { return (struct map){.arena = a}; }

static uint32_t *slot_of(const struct map *m, struct str key)
{
    size_t mask = m->n_slots - 1, i = (size_t)str_hash(key) & mask;
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
