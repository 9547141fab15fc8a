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
    struct str *keys = ARENA_ARRAY(a, struct str, cap);
    if (v->n) memcpy(keys, v->keys, v->n * sizeof *keys);
    v->keys = keys;
}

void value_push(struct arena *a, struct value *list, const struct value *item)
{
    room(a, list);
    list->items[list->n++] = item;
}

void value_set(struct arena *a, struct value *map, const char *key, const struct value *item)
{
    struct str k = str_of(key);
    for (size_t i = 0; i < map->n; i++)
        if (map->keys[i].n == k.n && !memcmp(map->keys[i].s, k.s, k.n)) {
            map->items[i] = item;
            return;
        }
    room(a, map);
    struct str *keys = (struct str *)(uintptr_t)map->keys; /* const for readers only */
    keys[map->n] = k;
    map->items[map->n++] = item;
}

void value_set_text(struct arena *a, struct value *map, const char *key, struct str s)
{
    if (s.n) value_set(a, map, key, value_text(a, s));
}

const struct value *value_find(const struct value *map, struct str key)
{
    if (!map || map->kind != VALUE_MAP || !key.n) return NULL;
    for (size_t i = 0; i < map->n; i++)
        if (map->keys[i].n == key.n && map->keys[i].s[0] == key.s[0] && !memcmp(map->keys[i].s, key.s, key.n))
            return map->items[i]; /* keys are not empty */
    return NULL;
}

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
