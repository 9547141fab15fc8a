/* lock.c: reads lock files; form.h describes them. */
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
