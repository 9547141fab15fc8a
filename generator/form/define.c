/* define.c: what a laid-out form asks for, taken from its fields: what is not in the PDF cannot be filled in, and what is cannot be forgotten. */
#include "form/form.h"

static const struct {
    enum field_type type;
    const char *name;
} TYPES[] = {
    {FIELD_TEXT, "text"},     {FIELD_PARAGRAPH, "paragraph"}, {FIELD_DATE, "date"},   {FIELD_DATETIME, "datetime"},   {FIELD_NUMBER, "number"},
    {FIELD_CHOICE, "choice"}, {FIELD_MANY, "many"},           {FIELD_YESNO, "yesno"}, {FIELD_SIGNATURE, "signature"},
};
enum { N_TYPES = sizeof TYPES / sizeof *TYPES };

const char *form_type_name(enum field_type t)
{
    for (size_t i = 0; i < N_TYPES; i++)
        if (TYPES[i].type == t) return TYPES[i].name;
    return "";
}

enum field_type form_type(struct str name)
{
    for (size_t i = 0; i < N_TYPES; i++)
        if (str_is(name, TYPES[i].name)) return TYPES[i].type;
    return FIELD_NONE;
}

static bool is_yesno(const struct form_field *f)
{
    static const char *const keys[] = {"yes", "no", "unknown"};
    bool all = f->n_options == 3;
    for (size_t i = 0; all && i < 3; i++) all = str_is(f->options[i].value, keys[i]);
    return all;
}

static enum field_type type_of(const struct form_field *f)
{
    switch (f->kind) {
    case FORM_MULTILINE: return FIELD_PARAGRAPH;
    case FORM_CHECK: return FIELD_MANY;
    case FORM_RADIO:
    case FORM_COMBO: return is_yesno(f) ? FIELD_YESNO : FIELD_CHOICE;
    case FORM_LIST: return f->many ? FIELD_MANY : FIELD_CHOICE;
    case FORM_SIGNATURE: return FIELD_SIGNATURE;
    case FORM_TEXT: break;
    }
    return str_is(f->format, "date")       ? FIELD_DATE
           : str_is(f->format, "datetime") ? FIELD_DATETIME
           : str_is(f->format, "number")   ? FIELD_NUMBER
                                           : FIELD_TEXT;
}

/* "prilozi.12.naziv" -> table, 12, name; false where the name has no row. */
static bool row_of(struct str full, struct str *table, long *row, struct str *name)
{
    size_t first = str_find(full, '.');
    if (first == SIZE_MAX) return false;
    struct str rest = str_from(full, first + 1);
    size_t second = str_find(rest, '.');
    if (second == SIZE_MAX || !str_int(str_part(rest, 0, second), row) || *row < 1 || *row > 9999) return false;
    *table = str_part(full, 0, first);
    *name = str_from(rest, second + 1);
    return true;
}

/* „Назив прилога, ред 1“ and „Стање, ред 1: Смештај“ -> „Назив прилога“, „Стање“ */
static struct str column_label(struct arena *a, struct str label, struct str row_word, long row)
{
    struct str tail = str_printf(a, ", %.*s %ld", STR_ARG(row_word), row);
    size_t at = str_search(label, tail.s);
    return at != SIZE_MAX && (at + tail.n == label.n || label.s[at + tail.n] == ':') ? str_part(label, 0, at) : label;
}

static void add(struct arena *a, struct form_def *def, struct map *known, const struct form_field *f, struct str row_word)
{
    struct form_key k = {
        .name = f->name, .type = type_of(f), .label = f->label, .max_length = f->max_length, .required = f->required, .opens = f->kind == FORM_COMBO};
    long row = 0;
    bool column = row_of(f->name, &k.table, &row, &k.name);
    void **slot = map_at(known, column ? str_printf(a, "%.*s.%.*s", STR_ARG(k.table), STR_ARG(k.name)) : k.name);
    if (*slot) { /* a further row, or a further widget of the same field */
        struct form_key *have = &def->keys.v[(size_t)(uintptr_t)*slot - 1];
        if (row > have->rows) have->rows = (int)row;
        return;
    }
    k.rows = (int)row;
    if (column) k.label = column_label(a, k.label, row_word, row);
    struct form_choice *c = ARENA_ARRAY(a, struct form_choice, f->n_options);
    for (size_t i = 0; i < f->n_options; i++) c[i] = (struct form_choice){f->options[i].value, f->options[i].label};
    k.choices = c, k.n_choices = f->n_options;
    *vec_push(a, &def->keys) = k;
    *slot = (void *)(uintptr_t)def->keys.n;
}

struct form_def *form_define(struct arena *a, const struct frames *f, struct str row_word)
{
    struct form_def *def = ARENA_NEW(a, struct form_def);
    struct map known = map_new(a);
    def->title = f->title, def->lang = f->lang;
    for (size_t i = 0; i < f->n_pages; i++)
        for (size_t k = 0; k < f->pages[i].n; k++) {
            const struct item *it = &f->pages[i].items[k];
            if (it->kind == ITEM_FIELD && it->u.field.field && it->u.field.field->name.n) add(a, def, &known, it->u.field.field, row_word);
        }
    return def;
}
