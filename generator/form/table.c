/* table.c: filled forms as a table (RFC 4180) and as JSON. */
#include "form/form.h"
#include "form/inside.h"

/* What Excel and LibreOffice would calculate (OWASP, CSV injection): = + - @ or a control character first, but for a plain number such as -12,5. */
static bool is_formula(struct str s)
{
    if (!s.n || !strchr("=+-@\t\r\n", s.s[0]) || !s.s[0]) return false;
    if (s.s[0] != '+' && s.s[0] != '-') return true;
    size_t digits = 0, marks = 0;
    for (size_t i = 1; i < s.n; i++) {
        if (s.s[i] >= '0' && s.s[i] <= '9') digits++;
        else if (s.s[i] == '.' || s.s[i] == ',') marks++;
        else return true;
    }
    return !digits || marks > 1;
}

static void csv_cell(struct buf *out, struct str s)
{
    bool formula = is_formula(s), quoted = formula;
    for (size_t i = 0; i < s.n; i++) quoted |= s.s[i] == '"' || s.s[i] == ',' || s.s[i] == '\n' || s.s[i] == '\r';
    if (quoted) buf_putc(out, '"');
    if (formula) buf_putc(out, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.s[i] == '"') buf_putc(out, '"');
        buf_putc(out, s.s[i]);
    }
    if (quoted) buf_putc(out, '"');
}

void csv_row(struct buf *out, const struct str *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i) buf_putc(out, ',');
        csv_cell(out, cells[i]);
    }
    buf_puts(out, "\r\n");
}

struct map form_names(struct arena *a, const struct form_def *f)
{
    struct map names = map_new(a);
    for (size_t i = 0; i < f->keys.n; i++) {
        const struct form_key *k = &f->keys.v[i];
        for (int row = k->table.n ? 1 : 0; row <= k->rows; row++) {
            struct str name = row ? str_printf(a, "%.*s.%d.%.*s", STR_ARG(k->table), row, STR_ARG(k->name)) : k->name;
            bool each = k->type == FIELD_MANY && k->n_choices > 1;
            if (!each) *map_at(&names, name) = (void *)k;
            for (size_t c = 0; each && c < k->n_choices; c++)
                *map_at(&names, str_printf(a, "%.*s.%.*s", STR_ARG(name), STR_ARG(k->choices[c].key))) = (void *)k;
        }
    }
    return names;
}

static struct str value_of(const struct form_record *r, struct str name)
{
    const struct str *v = map_find(&r->values, name);
    return v ? *v : (struct str){0};
}

/* The keys of the options that are on, each put by put(). */
static void each_option(const struct form_record *r, const struct form_key *k, struct str name, void (*put)(struct buf *, struct str),
                        struct buf *out, const char *between)
{
    struct buf full = {0};
    bool any = false;
    for (size_t c = 0; c < k->n_choices; c++) {
        buf_reset(&full);
        buf_str(&full, name);
        if (k->n_choices > 1) buf_putc(&full, '.'), buf_str(&full, k->choices[c].key);
        if (!value_of(r, buf_view(&full)).n) continue;
        if (any) buf_puts(out, between);
        put(out, k->choices[c].key);
        any = true;
    }
    buf_close(&full);
}

/* --- CSV --- */

struct column { /* of the table: one value of a form, wherever some version has it */
    struct str name;
    const struct form_key *key; /* of the first form that has it */
};
struct columns {
    struct map known; /* name -> the form's own key, replaced for each record */
    VEC(struct column) list;
};

/* What a form has as columns: names without the options of choices of many. */
static void form_columns(struct arena *a, const struct form_def *f, struct columns *c)
{
    for (size_t i = 0; i < f->keys.n; i++) {
        const struct form_key *k = &f->keys.v[i];
        const struct form_key *next = i + 1 < f->keys.n ? &f->keys.v[i + 1] : NULL;
        if (k->table.n && next && str_eq(next->table, k->table)) continue; /* the whole table at its last column */
        size_t first = i;
        while (k->table.n && first && str_eq(f->keys.v[first - 1].table, k->table)) first--;
        for (int row = k->table.n ? 1 : 0; row <= k->rows; row++)
            for (size_t j = first; j <= i; j++) {
                const struct form_key *col = &f->keys.v[j];
                struct str name = row ? str_printf(a, "%.*s.%d.%.*s", STR_ARG(col->table), row, STR_ARG(col->name)) : col->name;
                void **slot = map_at(&c->known, name);
                if (!*slot) *vec_push(a, &c->list) = (struct column){name, col};
                *slot = (void *)col;
            }
    }
}

void form_records_csv(struct buf *out, struct arena *a, const struct form_record *r, size_t n)
{
    struct columns all = {.known = map_new(a)};
    for (size_t i = 0; i < n; i++)
        if (!i || r[i].def != r[i - 1].def) form_columns(a, r[i].def, &all);
    struct str *cells = ARENA_ARRAY(a, struct str, all.list.n + 3);
    cells[0] = STR("file"), cells[1] = STR("form"), cells[2] = STR("version");
    for (size_t i = 0; i < all.list.n; i++) cells[i + 3] = all.list.v[i].name;
    csv_row(out, cells, all.list.n + 3);
    for (size_t i = 0; i < n; i++) {
        struct columns own = {.known = map_new(a)};
        struct buf many = {0};
        form_columns(a, r[i].def, &own);
        cells[0] = str_of(r[i].file), cells[1] = r[i].def->code, cells[2] = str_printf(a, "%ld", r[i].def->version);
        for (size_t k = 0; k < all.list.n; k++) {
            const struct form_key *key = map_find(&own.known, all.list.v[k].name);
            cells[k + 3] = key ? value_of(&r[i], all.list.v[k].name) : (struct str){0};
            if (!key || key->type != FIELD_MANY) continue;
            buf_reset(&many);
            each_option(&r[i], key, all.list.v[k].name, buf_str, &many, ";");
            cells[k + 3] = buf_copy(a, &many);
        }
        csv_row(out, cells, all.list.n + 3);
        buf_close(&many);
    }
}

/* --- JSON --- */

/* "name": value, unless it is empty; *before is put before it. */
static void json_value(struct buf *out, const struct form_record *r, const struct form_key *k, struct str name, const char **before)
{
    struct buf v = {0};
    if (k->type == FIELD_MANY) each_option(r, k, name, buf_json, &v, ", ");
    else if (value_of(r, name).n) buf_json(&v, value_of(r, name));
    if (v.n) {
        buf_puts(out, *before);
        *before = ", ";
        buf_json(out, k->name);
        buf_printf(out, k->type == FIELD_MANY ? ": [%s]" : ": %s", v.s);
    }
    buf_close(&v);
}

/* The rows of the table whose columns are the keys first to end, up to the last that has anything in it. */
static void json_table(struct buf *out, const struct form_record *r, const struct form_key *first, const struct form_key *end, const char **before)
{
    struct buf rows = {0}, name = {0};
    size_t used = 0; /* how much of rows is known to be wanted */
    for (int row = 1; row <= first->rows; row++) {
        const char *comma = "";
        buf_puts(&rows, row > 1 ? ", {" : "{");
        for (const struct form_key *k = first; k < end; k++) {
            buf_reset(&name);
            buf_printf(&name, "%.*s.%d.%.*s", STR_ARG(k->table), row, STR_ARG(k->name));
            json_value(&rows, r, k, buf_view(&name), &comma);
        }
        buf_putc(&rows, '}');
        if (*comma) used = rows.n;
    }
    if (used) {
        buf_puts(out, *before);
        *before = ", ";
        buf_json(out, first->table);
        buf_printf(out, ": [%.*s]", (int)used, rows.s);
    }
    buf_close(&rows), buf_close(&name);
}

void form_records_json(struct buf *out, const struct form_record *r, size_t n)
{
    buf_putc(out, '[');
    for (size_t i = 0; i < n; i++) {
        const struct form_def *f = r[i].def;
        buf_puts(out, i ? ",\n{\"file\": " : "\n{\"file\": ");
        buf_json(out, str_of(r[i].file));
        buf_puts(out, ", \"form\": ");
        buf_json(out, f->code);
        buf_printf(out, ", \"version\": %ld, \"fields\": {", f->version);
        const char *before = "";
        for (size_t k = 0, end; k < f->keys.n; k = end) {
            const struct form_key *key = &f->keys.v[k];
            for (end = k + 1; key->table.n && end < f->keys.n && str_eq(f->keys.v[end].table, key->table);) end++;
            if (key->table.n) json_table(out, &r[i], key, &f->keys.v[end], &before);
            else json_value(out, &r[i], key, key->name, &before);
        }
        buf_puts(out, "}}");
    }
    buf_puts(out, "\n]\n");
}
