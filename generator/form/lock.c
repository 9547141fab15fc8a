/* lock.c: reads and writes lock files, and holds a form against what is locked; form.h describes them. */
#include "base/file.h"
#include "content/yaml.h"
#include "form/form.h"
#include <errno.h>

/* "prilozi[4].naziv-priloga" into table, rows and name. False where it is no such thing. */
static bool read_name(struct str s, struct form_key *k)
{
    size_t open = str_find(s, '['), close = str_find(s, ']');
    long rows;
    k->name = s;
    if (open == SIZE_MAX) return s.n && str_find(s, '.') == SIZE_MAX;
    if (close == SIZE_MAX || close < open || close + 2 >= s.n || s.s[close + 1] != '.' || !open) return false;
    if (!str_int(str_part(s, open + 1, close - open - 1), &rows) || rows < 1 || rows > 9999) return false;
    k->table = str_part(s, 0, open), k->rows = (int)rows, k->name = str_from(s, close + 2);
    return str_find(k->name, '.') == SIZE_MAX;
}

/* "choice licno posta": the kind and the keys of its options. */
static bool read_kind(struct arena *a, struct str s, struct form_key *k)
{
    static const struct form_choice yesno[] = {{{"yes", 3}, {0}}, {{"no", 2}, {0}}, {{"unknown", 7}, {0}}};
    struct str word;
    VEC(struct form_choice) v = {0};
    if (!str_split(&s, ' ', &word)) return false;
    k->type = form_type(word);
    while (str_split(&s, ' ', &word))
        if (word.n) *vec_push(a, &v) = (struct form_choice){.key = word};
    k->choices = v.v, k->n_choices = v.n;
    if (k->type == FIELD_YESNO && !v.n) k->choices = yesno, k->n_choices = 3;
    bool choice = k->type == FIELD_CHOICE || k->type == FIELD_MANY || k->type == FIELD_YESNO;
    return k->type != FIELD_NONE && choice == (k->n_choices > 0);
}

static bool read_version(struct arena *a, const struct yaml *y, struct form_def *def, struct diag *d)
{
    for (size_t i = 0; i < y->n; i++) {
        struct form_key k = {0};
        if (y->items[i]->kind != YAML_SCALAR || !read_name(y->keys[i]->text, &k) || !read_kind(a, y->items[i]->text, &k))
            return DIAG(d, MSG_FORM_LOCK, y->keys[i]->at, str_z(a, y->keys[i]->text)), false;
        *vec_push(a, &def->keys) = k;
    }
    return true;
}

bool form_lock_read(struct arena *a, const char *path, const char *shown, struct diag *d, struct form_def **list, size_t *n)
{
    struct str text;
    VEC(struct form_def) v = {0};
    *list = NULL, *n = 0;
    if (!file_exists(path)) return true;
    if (!file_read_text(a, path, shown, d, &text)) return false;
    const struct yaml *y = yaml_read(a, text, shown, 1, d), *code = y ? yaml_find(y, "code") : NULL, *all = y ? yaml_find(y, "versions") : NULL;
    if (!y || !code || code->kind != YAML_SCALAR || !all || all->kind != YAML_MAP)
        return DIAG(d, MSG_FORM_LOCK, ((struct place){shown, 1, 0}), !code ? "code" : "versions"), false;
    for (size_t i = 0; i < all->n; i++) {
        struct form_def *def = vec_push(a, &v);
        *def = (struct form_def){.code = code->text};
        if (!str_int(all->keys[i]->text, &def->version) || all->items[i]->kind != YAML_MAP)
            return DIAG(d, MSG_FORM_LOCK, all->keys[i]->at, str_z(a, all->keys[i]->text)), false;
        if (!read_version(a, all->items[i], def, d)) return false;
    }
    *list = v.v, *n = v.n;
    return true;
}

void form_lock_write(struct buf *out, const struct form_def *list, size_t n)
{
    buf_printf(
        out,
        "# letak form lock: keys that went out with each version; filled forms of that version are read by them. Keep it.\ncode: %.*s\nversions:\n",
        n ? (int)list[0].code.n : 0, n ? list[0].code.s : "");
    for (size_t i = 0; i < n; i++) {
        buf_printf(out, "  %ld:\n", list[i].version);
        for (size_t k = 0; k < list[i].keys.n; k++) {
            const struct form_key *key = &list[i].keys.v[k];
            buf_puts(out, "    ");
            if (key->table.n) buf_printf(out, "%.*s[%d].", STR_ARG(key->table), key->rows);
            buf_printf(out, "%.*s: %s", STR_ARG(key->name), form_type_name(key->type));
            for (size_t c = 0; c < key->n_choices; c++) buf_printf(out, " %.*s", STR_ARG(key->choices[c].key));
            buf_putc(out, '\n');
        }
    }
}

static struct str name_of(struct arena *a, const struct form_key *k)
{
    return k->table.n ? str_printf(a, "%.*s.%.*s", STR_ARG(k->table), STR_ARG(k->name)) : k->name;
}

/* The same kind, rows and answers; the order of answers may change. */
static bool same_key(struct arena *a, const struct form_key *x, const struct form_key *y)
{
    if (x->type != y->type || x->rows != y->rows || x->n_choices != y->n_choices) return false;
    struct map have = map_new(a);
    for (size_t i = 0; i < x->n_choices; i++) *map_at(&have, x->choices[i].key) = (void *)x;
    for (size_t i = 0; i < y->n_choices; i++)
        if (!map_find(&have, y->choices[i].key)) return false;
    return true;
}

bool form_lock_holds(struct arena *a, const struct form_def *locked, const struct form_def *now, struct place at, struct diag *d)
{
    struct map have = map_new(a);
    char *code = str_z(a, now->code), *version = arena_printf(a, "%ld", now->version);
    bool same = true;
    for (size_t i = 0; i < locked->keys.n; i++) *map_at(&have, name_of(a, &locked->keys.v[i])) = &locked->keys.v[i];
    for (size_t i = 0; i < now->keys.n; i++) {
        struct str name = name_of(a, &now->keys.v[i]);
        void **slot = map_at(&have, name);
        if (!*slot) DIAG(d, MSG_FORM_KEY_NEW, at, str_z(a, name), code, version), same = false;
        else if (!same_key(a, *slot, &now->keys.v[i])) DIAG(d, MSG_FORM_KEY_CHANGED, at, str_z(a, name), code, version), same = false;
        *slot = NULL;
    }
    for (size_t i = 0; i < have.entries.n; i++)
        if (have.entries.v[i].value) DIAG(d, MSG_FORM_KEY_GONE, at, str_z(a, have.entries.v[i].key), code, version), same = false;
    return same;
}
