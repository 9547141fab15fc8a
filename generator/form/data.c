/* data.c: JSON (jansson) into the values of a form's fields. The library's own messages quote the text, so they are not shown. */
#include "form/form.h"
#include "base/utf8.h"
#include <jansson.h>

struct reader {
    struct arena *arena;
    const struct form_def *form;
    struct diag *d;
    struct place at;
    struct map *values;
    bool good;
};

static void wrong_kind(struct reader *r, const char *name, const char *en, const char *sr)
{
    DIAG(r->d, MSG_FORM_KIND, r->at, name, schema_say(r->d, en, sr));
    r->good = false;
}

static void put(struct reader *r, const char *name, struct str text)
{
    struct str *v = ARENA_NEW(r->arena, struct str);
    *v = str_copy(r->arena, text);
    if (text.n) *map_at(r->values, str_of(name)) = v;
}

static bool has_choice(const struct form_key *k, const char *key)
{
    for (size_t i = 0; i < k->n_choices; i++)
        if (str_is(k->choices[i].key, key)) return true;
    return false;
}

static void many(struct reader *r, const struct form_key *k, const char *name, const json_t *v)
{
    size_t i;
    const json_t *one;
    if (!json_is_array(v)) wrong_kind(r, name, "a list of options", "списак понуђених вредности");
    else json_array_foreach(v, i, one)
        {
            const char *option = json_string_value(one);
            if (!option || !has_choice(k, option)) wrong_kind(r, name, "a list of its options", "списак његових понуђених вредности");
            else if (k->n_choices > 1) put(r, arena_printf(r->arena, "%s.%s", name, option), STR("Yes"));
            else put(r, name, str_of(option));
        }
}

/* One value for the field (or, of a choice of many, fields) called name. */
static void value(struct reader *r, const struct form_key *k, const char *name, const json_t *v)
{
    const char *text = json_string_value(v);
    if (json_is_null(v)) return;
    if (k->type == FIELD_MANY) many(r, k, name, v);
    else if (k->type == FIELD_NUMBER && json_is_integer(v)) put(r, name, str_printf(r->arena, "%" JSON_INTEGER_FORMAT, json_integer_value(v)));
    else if (!text) wrong_kind(r, name, "text in quotation marks", "текст под наводницима");
    else if (k->type == FIELD_SIGNATURE && *text)
        wrong_kind(r, name, "empty: signatures are given in a viewer or on paper", "празно: потписује се у читачу или на папиру");
    else if ((k->type == FIELD_CHOICE || k->type == FIELD_YESNO) && *text && !has_choice(k, text))
        wrong_kind(r, name, "one of its options", "нека од понуђених вредности");
    else put(r, name, (struct str){text, json_string_length(v)});
}

static void unknown_key(struct reader *r, const char *name, struct str table)
{
    const char **names = ARENA_ARRAY(r->arena, const char *, 2 * r->form->keys.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < r->form->keys.n; i++) {
        const struct form_key *k = &r->form->keys.v[i];
        if (str_eq(k->table, table)) names[n++] = str_z(r->arena, k->name);
        else if (!table.n) names[n++] = str_z(r->arena, k->table);
    }
    const char *near = utf8_invalid(str_of(name)) == SIZE_MAX ? str_nearest(str_of(name), names) : NULL;
    DIAG(r->d, MSG_FORM_KEY, r->at, name, near ? arena_printf(r->arena, " (%s?)", near) : "");
    r->good = false;
}

static const struct form_key *find_key(const struct form_def *f, const char *table, const char *name)
{
    for (size_t i = 0; i < f->keys.n; i++)
        if (str_is(f->keys.v[i].table, table) && str_is(f->keys.v[i].name, name)) return &f->keys.v[i];
    return NULL;
}

static void rows(struct reader *r, const struct form_key *first, const char *table, const json_t *list)
{
    size_t i;
    json_t *row, *v;
    const char *column;
    if (!json_is_array(list)) {
        wrong_kind(r, table, "a list of rows", "списак редова");
        return;
    }
    if (json_array_size(list) > (size_t)first->rows) {
        DIAG(r->d, MSG_FORM_ROWS, r->at, table, arena_printf(r->arena, "%d", first->rows));
        r->good = false;
        return;
    }
    json_array_foreach(list, i, row)
    {
        if (!json_is_object(row) && !json_is_null(row)) wrong_kind(r, table, "a list of rows", "списак редова");
        json_object_foreach(row, column, v)
        {
            const struct form_key *k = find_key(r->form, table, column);
            if (!k) unknown_key(r, column, str_of(table));
            else value(r, k, arena_printf(r->arena, "%s.%zu.%s", table, i + 1, column), v);
        }
    }
}

bool form_data_read(struct arena *a, const struct form_def *f, struct str json, const char *shown, struct diag *d, struct map *values)
{
    json_error_t error;
    struct reader r = {.arena = a, .form = f, .d = d, .at = {shown, 0, 0}, .values = values, .good = true};
    json_t *root = json_loadb(json.s, json.n, JSON_REJECT_DUPLICATES, &error), *v;
    const char *name;
    if (!json_is_object(root)) {
        DIAG0(d, MSG_FORM_JSON,
              ((struct place){shown, root || error.line < 1 ? 1 : (uint32_t)error.line, root || error.column < 1 ? 1 : (uint32_t)error.column}));
        json_decref(root);
        return false;
    }
    json_object_foreach(root, name, v)
    {
        const struct form_key *k = find_key(f, "", name), *column = NULL;
        for (size_t i = 0; i < f->keys.n && !column; i++)
            if (f->keys.v[i].table.n && str_is(f->keys.v[i].table, name)) column = &f->keys.v[i];
        char *own = arena_copy(a, name, strlen(name));
        if (k) value(&r, k, own, v);
        else if (column) rows(&r, column, own, v);
        else unknown_key(&r, own, (struct str){0});
    }
    json_decref(root);
    return r.good;
}
