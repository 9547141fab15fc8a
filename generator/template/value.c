/* value.c: see value.h. Maps are short lists: views have some dozens of names and are built once a page. */
#include "template/value.h"

static struct value *make(struct arena *a, enum value_kind kind)
{
    struct value *v = ARENA_NEW(a, struct value);
    v->kind = kind;
    return v;
}

struct value *value_text(struct arena *a, struct str s)
{
    struct value *v = make(a, VALUE_TEXT);
    v->text = s;
    return v;
}

struct value *value_html(struct arena *a, struct str s)
{
    struct value *v = make(a, VALUE_HTML);
    v->text = s;
    return v;
}

struct value *value_int(struct arena *a, long n)
{
    struct value *v = make(a, VALUE_INT);
    v->number = n;
    return v;
}

struct value *value_bool(bool b)
{
    static struct value yes = {.kind = VALUE_BOOL, .yes = true}, no = {.kind = VALUE_BOOL};
    return b ? &yes : &no;
}

struct value *value_list(struct arena *a) { return make(a, VALUE_LIST); }
struct value *value_map(struct arena *a) { return make(a, VALUE_MAP); }

/* Room for one more: sizes 4, 8, 16 … are told from n alone. */
static void room(struct arena *a, struct value *v)
{
    if (v->n && (v->n < 4 || (v->n & (v->n - 1)))) return;
    size_t cap = v->n ? v->n * 2 : 4;
    const struct value **items = ARENA_ARRAY(a, const struct value *, cap);
    if (v->n) memcpy(items, v->items, v->n * sizeof *items);
    v->items = items;
    if (v->kind != VALUE_MAP) return;
    struct str *keys = arena_alloc(a, cap * (sizeof *keys + sizeof *v->tags));
    uint32_t *tags = (uint32_t *)(void *)(keys + cap);
    if (v->n) memcpy(keys, v->keys, v->n * sizeof *keys), memcpy(tags, v->tags, v->n * sizeof *tags);
    v->keys = keys, v->tags = tags;
}

void value_push(struct arena *a, struct value *list, const struct value *item)
{
    room(a, list);
    list->items[list->n++] = item;
}

uint32_t value_tag(struct str key)
{
    const unsigned char *s = (const unsigned char *)key.s;
    return key.n ? (uint32_t)(key.n & 0xff) << 24 | (uint32_t)s[0] << 16 | (uint32_t)s[key.n / 2] << 8 | s[key.n - 1] : 0;
}

static uint64_t bit_of(uint32_t tag) { return (uint64_t)1 << (tag * 0x9e3779b1u >> 26); }

/* Which of the map's names it is; n where it has not got it. */
static size_t index_of(const struct value *map, struct str key, uint32_t tag)
{
    size_t i = 0;
    if (!(map->has & bit_of(tag))) return map->n;
    while (i < map->n && !(map->tags[i] == tag && map->keys[i].n == key.n && !memcmp(map->keys[i].s, key.s, key.n))) i++;
    return i;
}

void value_set(struct arena *a, struct value *map, const char *key, const struct value *item)
{
    struct str k = str_of(key);
    uint32_t tag = value_tag(k);
    size_t i = index_of(map, k, tag);
    if (i == map->n) {
        room(a, map);
        struct str *keys = (struct str *)(uintptr_t)map->keys; /* const for readers only */
        uint32_t *tags = (uint32_t *)(uintptr_t)map->tags;
        keys[i] = k, tags[i] = tag;
        map->has |= bit_of(tag);
        map->n++;
    }
    map->items[i] = item;
}

void value_set_text(struct arena *a, struct value *map, const char *key, struct str s)
{
    if (s.n) value_set(a, map, key, value_text(a, s));
}

const struct value *value_find_tagged(const struct value *map, struct str key, uint32_t tag)
{
    if (!map || map->kind != VALUE_MAP || !tag) return NULL;
    size_t i = index_of(map, key, tag);
    return i < map->n ? map->items[i] : NULL;
}

const struct value *value_find(const struct value *map, struct str key) { return value_find_tagged(map, key, value_tag(key)); }

bool value_truthy(const struct value *v)
{
    if (!v) return false;
    switch (v->kind) {
    case VALUE_NULL: return false;
    case VALUE_BOOL: return v->yes;
    case VALUE_INT: return true;
    case VALUE_TEXT:
    case VALUE_HTML: return v->text.n > 0;
    case VALUE_LIST: return v->n > 0;
    case VALUE_MAP: return true;
    }
    return false;
}

static void json(struct buf *b, const struct value *v, int depth)
{
    switch (v ? v->kind : VALUE_NULL) {
    case VALUE_NULL: buf_puts(b, "null"); break;
    case VALUE_BOOL: buf_puts(b, v->yes ? "true" : "false"); break;
    case VALUE_INT: buf_int(b, v->number); break;
    case VALUE_TEXT:
    case VALUE_HTML: buf_json(b, v->text); break;
    case VALUE_LIST:
    case VALUE_MAP:
        buf_putc(b, v->kind == VALUE_LIST ? '[' : '{');
        for (size_t i = 0; i < v->n; i++) {
            buf_printf(b, "%s\n%*s", i ? "," : "", depth * 2 + 2, "");
            if (v->kind == VALUE_MAP) buf_json(b, v->keys[i]), buf_puts(b, ": ");
            json(b, v->items[i], depth + 1);
        }
        if (v->n) buf_printf(b, "\n%*s", depth * 2, "");
        buf_putc(b, v->kind == VALUE_LIST ? ']' : '}');
    }
}

void value_json(struct buf *b, const struct value *v)
{
    json(b, v, 0);
    buf_putc(b, '\n');
}
