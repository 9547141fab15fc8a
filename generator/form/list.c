/* list.c: `letak form fields`: the keys of a form for people, for programs, for a PDF viewer, for a JSON validator. */
#include "form/form.h"
#include "form/inside.h"

static struct str full_name(struct buf *b, const struct form_key *k)
{
    buf_reset(b);
    if (k->table.n) buf_printf(b, "%.*s.N.", STR_ARG(k->table));
    buf_str(b, k->name);
    return buf_view(b);
}

static void as_text(struct buf *out, const struct form_def *f)
{
    struct buf name = {0};
    buf_printf(out, "%.*s, %ld\n", STR_ARG(f->title), f->version);
    for (size_t i = 0; i < f->keys.n; i++) {
        const struct form_key *k = &f->keys.v[i];
        buf_str(out, full_name(&name, k));
        buf_printf(out, "\t%s\t%.*s", form_type_name(k->type), STR_ARG(k->label));
        if (k->table.n) buf_printf(out, "\tN = 1-%d", k->rows);
        buf_putc(out, '\n');
        for (size_t c = 0; c < k->n_choices; c++) buf_printf(out, "\t%.*s\t%.*s\n", STR_ARG(k->choices[c].key), STR_ARG(k->choices[c].label));
    }
    buf_close(&name);
}

static void json_pair(struct buf *out, const char *before, const char *key, struct str text)
{
    buf_printf(out, "%s\"%s\": ", before, key);
    buf_json(out, text);
}

static void as_json(struct buf *out, const struct form_def *f)
{
    json_pair(out, "{", "form", f->code);
    buf_printf(out, ", \"version\": %ld", f->version);
    json_pair(out, ", ", "title", f->title);
    json_pair(out, ", ", "lang", f->lang);
    buf_puts(out, ", \"fields\": [");
    for (size_t i = 0; i < f->keys.n; i++) {
        const struct form_key *k = &f->keys.v[i];
        json_pair(out, i ? ",\n  {" : "\n  {", "key", k->name);
        if (k->table.n) json_pair(out, ", ", "table", k->table), buf_printf(out, ", \"rows\": %d", k->rows);
        json_pair(out, ", ", "kind", str_of(form_type_name(k->type)));
        json_pair(out, ", ", "label", k->label);
        if (k->max_length) buf_printf(out, ", \"length\": %d", k->max_length);
        for (size_t c = 0; c < k->n_choices; c++) {
            json_pair(out, c ? ", {" : ", \"options\": [{", "key", k->choices[c].key);
            json_pair(out, ", ", "label", k->choices[c].label);
            buf_puts(out, c + 1 < k->n_choices ? "}" : "}]");
        }
        buf_putc(out, '}');
    }
    buf_puts(out, "\n]}\n");
}

/* A row for each key, and one for each option behind it. */
static void as_csv(struct buf *out, const struct form_def *f)
{
    buf_puts(out, "key,kind,rows,label,option,option-label\r\n");
    struct buf name = {0}, rows = {0};
    for (size_t i = 0; i < f->keys.n; i++) {
        const struct form_key *k = &f->keys.v[i];
        buf_reset(&rows);
        if (k->rows) buf_printf(&rows, "%d", k->rows);
        for (size_t c = 0; c <= k->n_choices; c++) {
            struct form_choice option = c ? k->choices[c - 1] : (struct form_choice){0};
            struct str cells[] = {full_name(&name, k), str_of(form_type_name(k->type)), buf_view(&rows), k->label, option.key, option.label};
            csv_row(out, cells, sizeof cells / sizeof *cells);
        }
    }
    buf_close(&name), buf_close(&rows);
}

/* --- XFDF (ISO 19444-1): names with dots are nested fields --- */

static void xfdf_field(struct buf *out, struct str name, bool value, const char *text)
{
    buf_puts(out, "<field name=\"");
    buf_html(out, name);
    buf_puts(out, "\">");
    if (value) buf_printf(out, "<value>%s</value></field>\n", text);
}

static void xfdf_key(struct buf *out, const struct form_key *k)
{
    if (k->type == FIELD_SIGNATURE) return; /* signed in a viewer, never filled */
    bool each = k->type == FIELD_MANY && k->n_choices > 1;
    xfdf_field(out, k->name, !each, !k->opens && (k->type == FIELD_CHOICE || k->type == FIELD_YESNO || k->type == FIELD_MANY) ? "Off" : "");
    for (size_t c = 0; each && c < k->n_choices; c++) xfdf_field(out, k->choices[c].key, true, "Off");
    if (each) buf_puts(out, "</field>\n");
}

static void as_xfdf(struct buf *out, const struct form_def *f, struct str pdf)
{
    buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xfdf xmlns=\"http://ns.adobe.com/xfdf/\" xml:space=\"preserve\">\n<f href=\"");
    buf_html(out, pdf);
    buf_puts(out, "\"/>\n<fields>\n");
    for (size_t i = 0, end; i < f->keys.n; i = end) {
        const struct form_key *k = &f->keys.v[i];
        for (end = i + 1; k->table.n && end < f->keys.n && str_eq(f->keys.v[end].table, k->table);) end++;
        if (!k->table.n) {
            xfdf_key(out, k);
            continue;
        }
        xfdf_field(out, k->table, false, "");
        for (int row = 1; row <= k->rows; row++) {
            buf_printf(out, "<field name=\"%d\">", row);
            for (size_t c = i; c < end; c++) xfdf_key(out, &f->keys.v[c]);
            buf_puts(out, "</field>\n");
        }
        buf_puts(out, "</field>\n");
    }
    buf_puts(out, "</fields>\n</xfdf>\n");
}

/* --- JSON Schema (draft 2020-12) --- */

static void property(struct buf *out, const struct form_key *k)
{
    static const char *const date_hints[] = {"dd.mm.yyyy.", "dd.mm.yyyy. hh:mm"};
    buf_json(out, k->name);
    json_pair(out, ": {", "title", k->label);
    bool choice = k->type == FIELD_CHOICE || k->type == FIELD_YESNO || k->type == FIELD_MANY;
    if (k->type == FIELD_SIGNATURE) buf_puts(out, ", \"const\": \"\""); /* signed in a viewer, never filled */
    else if (k->type == FIELD_MANY) buf_puts(out, ", \"type\": \"array\", \"uniqueItems\": true, \"items\": {\"enum\": [");
    else if (choice) buf_puts(out, ", \"enum\": [\"\"");
    else buf_puts(out, k->type == FIELD_NUMBER ? ", \"type\": [\"string\", \"integer\"]" : ", \"type\": \"string\"");
    for (size_t c = 0; c < k->n_choices; c++) {
        if (c || k->type != FIELD_MANY) buf_puts(out, ", ");
        buf_json(out, k->choices[c].key);
    }
    if (choice) buf_puts(out, k->type == FIELD_MANY ? "]}" : "]");
    if (k->type == FIELD_DATE || k->type == FIELD_DATETIME) json_pair(out, ", ", "description", str_of(date_hints[k->type == FIELD_DATETIME]));
    if (!choice && k->max_length) buf_printf(out, ", \"maxLength\": %d", k->max_length);
    buf_putc(out, '}');
}

static void as_schema(struct buf *out, const struct form_def *f)
{
    buf_puts(out, "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"");
    json_pair(out, ",\n ", "title", f->title);
    json_pair(out, ",\n ", "$comment", f->code);
    out->n--; /* into the same string: "F8 3" */
    buf_printf(out, " %ld\",\n \"type\": \"object\", \"additionalProperties\": false, \"properties\": {", f->version);
    const char *before = "\n  ";
    for (size_t i = 0; i < f->keys.n; i++) {
        const struct form_key *k = &f->keys.v[i];
        bool first = k->table.n && (!i || !str_eq(f->keys.v[i - 1].table, k->table));
        bool last = k->table.n && (i + 1 == f->keys.n || !str_eq(f->keys.v[i + 1].table, k->table));
        buf_puts(out, before);
        before = ",\n  ";
        if (first) {
            buf_json(out, k->table);
            buf_printf(out,
                       ": {\"type\": \"array\", \"maxItems\": %d, \"items\": {\"type\": \"object\", \"additionalProperties\": false, "
                       "\"properties\": {\n    ",
                       k->rows);
        }
        property(out, k);
        if (k->table.n) before = ",\n    ";
        if (last) buf_puts(out, "}}}"), before = ",\n  ";
    }
    buf_puts(out, "}}\n");
}

void form_list(struct buf *out, const struct form_def *f, enum form_shape shape, struct str pdf_name)
{
    switch (shape) {
    case FORM_SHAPE_TEXT: as_text(out, f); break;
    case FORM_SHAPE_JSON: as_json(out, f); break;
    case FORM_SHAPE_CSV: as_csv(out, f); break;
    case FORM_SHAPE_XFDF: as_xfdf(out, f, pdf_name); break;
    case FORM_SHAPE_SCHEMA: as_schema(out, f); break;
    }
}
