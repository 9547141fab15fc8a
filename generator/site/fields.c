/* fields.c: form fields in three shapes: on the web (inputs that send nothing), in the fillable PDF (the same inputs, small), and on paper (lines and
 * boxes to write on). A list whose items hold a field mark is a list of fields; the text before the mark is the label.
 *
 * No <form> element: without one no key can send what was typed. „Обавезно“ is said to the reader and never enforced. */
#include "site/inner.h"
#include "base/utf8.h"

enum {
    MANY_OPTIONS = 13,     /* from here on a choice is a list that opens, in the fillable PDF */
    MOST_BOXES = 5,        /* in a card on paper; above, there is a line to write on, and the answers stand before the rows */
    MOST_BOXES_IN_ROW = 4, /* in a cell, where they stand side by side below their words in the head */
    SHORT_ROWS = 5,        /* so many rows are kept on one page */
    SHEET = 176,           /* mm between the margins, as in form.css */
    MOST_COLUMNS = 4       /* of options side by side */
};

static const struct node *field_of(const struct node *item)
{
    const struct node *p = item->first;
    if (!p || p->kind != NODE_PARAGRAPH) return NULL;
    for (const struct node *n = p->first; n; n = n->next)
        if (n->kind == NODE_MARK && n->mark->field) return n;
    return NULL;
}

bool fields_item(const struct node *item) { return field_of(item) != NULL; }

struct option {
    struct str value, label;
};
struct options {
    struct option *list;
    size_t n;
};

static struct options options_of(struct body *r, const struct node *mark, const struct node *item)
{
    static const char *const yesno[] = {"yes", "no", "unknown"};
    const struct attr *named = node_attr(mark, "list");
    VEC(struct option) v = {0};
    if (mark->mark->field == FIELD_YESNO)
        for (size_t i = 0; i < 3; i++) *vec_push(r->arena, &v) = (struct option){str_of(yesno[i]), body_text_word(r, yesno[i])};
    const struct choices *c = named ? map_find(&r->s->c->lists, named->value) : NULL;
    for (size_t i = 0; c && i < c->list.n; i++)
        *vec_push(r->arena, &v) = (struct option){c->list.v[i].key, by_lang_text(&c->list.v[i].label, r->lang)};
    for (const struct node *l = !c && item ? item->first : NULL; l; l = l->next)
        for (const struct node *i = l->kind == NODE_LIST ? l->first : NULL; i; i = i->next)
            *vec_push(r->arena, &v) = (struct option){i->id, node_text(r->arena, i)};
    return (struct options){v.v, v.n};
}

static void quoted(struct body *r, const char *attr, struct str text)
{
    buf_printf(r->b, " %s=\"", attr);
    buf_html(r->b, text);
    buf_putc(r->b, '"');
}

static long number_of(const struct node *mark, const char *key, long otherwise)
{
    const struct attr *a = node_attr(mark, key);
    long v;
    return a && str_int(a->value, &v) && v > 0 && v < 10000 ? v : otherwise;
}

static bool in_rows(const struct node *mark) { return mark->parent->kind == NODE_CELL && mark->parent->parent->parent->parent->kind == NODE_ROWS; }
static bool in_table(const struct node *mark) { return in_rows(mark) && !node_attr(mark->parent->parent->parent->parent, "cards"); }

/* width=40mm: on paper only, where a millimetre is one. */
static void width(struct body *r, const struct node *mark)
{
    const struct attr *a = node_attr(mark, "width");
    if (!a || !r->print || !a->value.n || a->value.s[0] < '0' || a->value.s[0] > '9') return;
    quoted(r, "style", str_printf(r->arena, "width: %.*s", STR_ARG(a->value)));
}

/* On paper: a line for each part of a date with its name below, the words of "date-format" between commas; in a cell only ticks between them. */
static void date_marks(struct body *r, const struct node *mark)
{
    struct str rest = body_text_word(r, mark->mark->field == FIELD_DATE ? "date-format" : "datetime-format");
    int n = 0;
    buf_printf(r->b, "<span class=\"%s %s\">", in_table(mark) ? "ticks" : "date-marks", mark->mark->field == FIELD_DATE ? "date" : "datetime");
    while (rest.n) {
        size_t latin = str_find(rest, ','), arabic = str_search(rest, "\xD8\x8C"), end = latin < arabic ? latin : arabic;
        buf_printf(r->b, "<span class=\"part-%d\">", ++n);
        if (!in_table(mark)) buf_html(r->b, str_trim(str_part(rest, 0, end == SIZE_MAX ? rest.n : end)));
        buf_puts(r->b, "</span>");
        rest = end == SIZE_MAX ? (struct str){0} : str_from(rest, end + (end == latin ? 1 : 2));
    }
    buf_puts(r->b, "</span>");
}

/* One control that takes text. label "" where a <label for> names it. */
static void control(struct body *r, const struct node *mark, struct str name, struct str id, struct str label, bool described)
{
    enum field_type t = mark->mark->field;
    long lines = number_of(mark, "lines", in_rows(mark) ? 2 : 3), length = number_of(mark, "length", 0);
    const char *type = t == FIELD_DATE ? "date" : t == FIELD_DATETIME ? "datetime-local" : "text";
    if (t == FIELD_NUMBER && r->print) type = "number"; /* only the hint of a PDF field; on the web a number field would change when scrolled over */
    const char *class = t == FIELD_DATE        ? "date"
                        : t == FIELD_DATETIME  ? "datetime"
                        : t == FIELD_NUMBER    ? "number"
                        : t == FIELD_SIGNATURE ? "signature"
                                               : "";
    if (r->variant == VARIANT_PAPER && (t == FIELD_DATE || t == FIELD_DATETIME)) {
        date_marks(r, mark);
        return;
    }
    if (r->variant == VARIANT_PAPER || (t == FIELD_SIGNATURE && !r->print)) {
        long n = t == FIELD_PARAGRAPH ? lines : 1;
        for (long i = 0; i < n; i++) buf_printf(r->b, "<span class=\"line%s%s\"></span>", *class ? " " : "", class);
        return;
    }
    if (t == FIELD_PARAGRAPH) buf_printf(r->b, "<textarea rows=\"%ld\"", lines);
    else buf_printf(r->b, "<input type=\"%s\"", type);
    if (*class) quoted(r, "class", str_of(class));
    quoted(r, "id", id);
    quoted(r, "name", name);
    if (length) buf_printf(r->b, " maxlength=\"%ld\"", length);
    if (!r->print) {
        buf_puts(r->b, " autocomplete=\"off\"");
        if (t == FIELD_NUMBER) buf_puts(r->b, " inputmode=\"decimal\"");
        if (described) quoted(r, "aria-describedby", str_printf(r->arena, "%.*s-hint", STR_ARG(id)));
    }
    if (t == FIELD_SIGNATURE) buf_puts(r->b, " data-letak=\"signature\"");
    if (label.n) quoted(r, "aria-label", label);
    buf_puts(r->b, t == FIELD_PARAGRAPH ? "></textarea>" : ">");
}

static void label_text(struct body *r, const struct node *mark)
{
    for (const struct node *n = mark->parent->first; n; n = n->next) {
        if (n == mark) continue;
        if (n->kind == NODE_TEXT && n->next == mark) { /* without the blank before the mark */
            struct str s = n->text;
            while (s.n && s.s[s.n - 1] == ' ') s.n--;
            buf_html(r->b, s);
        } else {
            body_inline(r, n);
        }
    }
    if (node_attr(mark, "required")) {
        buf_puts(r->b, " <span class=\"required\">(");
        body_word(r, "required");
        buf_puts(r->b, ")</span>");
    }
}

static struct str label_plain(struct body *r, const struct node *mark)
{
    struct str s = node_text(r->arena, mark->parent);
    if (!node_attr(mark, "required")) return s;
    return str_printf(r->arena, "%.*s (%.*s)", STR_ARG(s), STR_ARG(body_text_word(r, "required")));
}

static struct str hint_of(struct body *r, const struct node *mark)
{
    const struct attr *help = node_attr(mark, "help");
    enum field_type t = mark->mark->field;
    if (help) return help->value;
    if (r->variant != VARIANT_FILLABLE) return (struct str){0};
    return t == FIELD_DATE ? body_text_word(r, "date-hint") : t == FIELD_DATETIME ? body_text_word(r, "datetime-hint") : (struct str){0};
}

static void select_list(struct body *r, struct str name, struct str id, struct str label, const struct options *o)
{
    buf_puts(r->b, "<select");
    quoted(r, "id", id), quoted(r, "name", name), quoted(r, "aria-label", label);
    buf_puts(r->b,
             r->print ? "><option value=\"\"></option>" : " autocomplete=\"off\"><option value=\"\">\xE2\x80\x93</option>"); /* HTML wants a text */
    for (size_t i = 0; i < o->n; i++) {
        buf_puts(r->b, "<option");
        quoted(r, "value", o->list[i].value);
        buf_putc(r->b, '>');
        buf_html(r->b, o->list[i].label);
        buf_puts(r->b, "</option>");
    }
    buf_puts(r->b, "</select>");
}

static bool is_choice(const struct node *mark) { return mark->mark->field == FIELD_CHOICE || mark->mark->field == FIELD_YESNO; }

/* Whether a viewer could not show what is chosen from a list: the font of fields has Latin and Cyrillic letters alone (pdf/letters.c). Then there is
 * a button for each answer, with its words typeset beside it. */
static bool unseen(const struct options *o)
{
    enum { LAST_CYRILLIC = 0x52F, FIRST_SIGN = 0x2000, LAST_SIGN = 0x22FF };
    for (size_t i = 0; i < o->n; i++)
        for (size_t at = 0; at < o->list[i].label.n;) {
            uint32_t c = utf8_next(o->list[i].label, &at);
            if (c > LAST_CYRILLIC && !(c >= FIRST_SIGN && c <= LAST_SIGN)) return true;
        }
    return false;
}

/* In print, in a cell: boxes (in the fillable form buttons) instead of a list that opens. */
static bool boxed(const struct body *r, const struct options *o)
{
    return r->variant == VARIANT_PAPER || (r->variant == VARIANT_FILLABLE && unseen(o));
}

struct cell_field {
    struct str name, id, label;
};

static void answer_box(struct body *r, const struct options *o, size_t i, const struct cell_field *f)
{
    if (r->variant == VARIANT_PAPER) {
        buf_puts(r->b, "<span class=\"box round\"></span>");
        return;
    }
    buf_puts(r->b, "<input type=\"radio\"");
    quoted(r, "id", str_printf(r->arena, "%.*s-%zu", STR_ARG(f->id), i + 1));
    quoted(r, "name", f->name), quoted(r, "value", o->list[i].value), quoted(r, "aria-label", o->list[i].label);
    buf_putc(r->b, '>');
}

/* The answers of a column, side by side, each as wide as its word wants: with the words in the head (f NULL), with boxes in the rows. */
static void answers(struct body *r, const struct options *o, const struct cell_field *f)
{
    enum { BOX = 3 }; /* as wide as so many letters */
    size_t all = 0;
    for (size_t i = 0; i < o->n; i++) all += utf8_length(o->list[i].label) + BOX;
    buf_puts(r->b, "<span class=\"answers\"");
    if (f && r->variant != VARIANT_PAPER) buf_puts(r->b, " role=\"group\""), quoted(r, "aria-label", f->label);
    buf_putc(r->b, '>');
    for (size_t i = 0; i < o->n; i++) {
        buf_printf(r->b, "<span style=\"width: %zu%%\">", (utf8_length(o->list[i].label) + BOX) * 100 / all);
        if (f) answer_box(r, o, i, f);
        else buf_html(r->b, o->list[i].label);
        buf_puts(r->b, "</span>");
    }
    buf_puts(r->b, "</span>");
}

/* A choice in one cell of rows: a list that opens, on paper a box for each answer. */
static void cell_choice(struct body *r, const struct node *mark, const struct cell_field *f)
{
    struct options o = options_of(r, mark, NULL);
    bool table = in_table(mark), boxes = boxed(r, &o) && o.n <= (table ? MOST_BOXES_IN_ROW : MOST_BOXES);
    if (boxes && table) {
        answers(r, &o, f);
    } else if (boxes) {
        buf_puts(r->b, "<span role=\"group\"");
        quoted(r, "aria-label", f->label);
        buf_putc(r->b, '>');
        for (size_t i = 0; i < o.n; i++) {
            buf_puts(r->b, "<span class=\"answer\">");
            answer_box(r, &o, i, f);
            buf_putc(r->b, ' ');
            buf_html(r->b, o.list[i].label);
            buf_puts(r->b, "</span> ");
        }
        buf_puts(r->b, "</span>");
    } else if (r->variant == VARIANT_PAPER) {
        buf_puts(r->b, "<span class=\"line\"></span>");
    } else {
        select_list(r, f->name, f->id, f->label, &o);
    }
}

/* How many options stand side by side in print: as many as the longest leaves room for; at least two, since a long one may have two lines. */
static size_t columns_of(const struct node *mark, const struct options *o)
{
    enum { BOX = 100, LETTER = 19 }; /* tenths of a millimetre */
    const struct attr *width = node_attr(mark, "width");
    long room = SHEET, longest = 0;
    if (width && str_ends(width->value, "mm")) str_int(str_part(width->value, 0, width->value.n - 2), &room);
    for (size_t i = 0; i < o->n; i++) {
        long n = (long)utf8_length(o->list[i].label);
        if (n > longest) longest = n;
    }
    size_t n = room > 0 ? (size_t)(room * 10 / (BOX + LETTER * longest)) : 1, least = o->n > 2 && room > SHEET / 2 ? 2 : 1;
    n = n < least ? least : n > MOST_COLUMNS ? MOST_COLUMNS : n;
    return n < o->n ? n : o->n;
}

static void choices(struct body *r, const struct node *mark, const struct options *o)
{
    bool many = mark->mark->field == FIELD_MANY;
    if (r->variant == VARIANT_FILLABLE && !many && o->n >= MANY_OPTIONS && !unseen(o)) {
        select_list(r, mark->id, mark->id, label_plain(r, mark), o);
        buf_putc(r->b, '\n');
        return;
    }
    if (mark->mark->field == FIELD_YESNO) buf_puts(r->b, "<ul class=\"options inline\">\n");
    else if (r->print) buf_printf(r->b, "<ul class=\"options columns-%zu\">\n", columns_of(mark, o));
    else buf_puts(r->b, "<ul class=\"options\">\n");
    for (size_t i = 0; i < o->n; i++) {
        struct str id = str_printf(r->arena, "%.*s-%zu", STR_ARG(mark->id), i + 1);
        buf_puts(r->b, "<li>");
        if (r->variant == VARIANT_PAPER) {
            buf_printf(r->b, "<span class=\"box%s\"></span> ", many ? "" : " round");
            buf_html(r->b, o->list[i].label);
        } else {
            buf_printf(r->b, "<input type=\"%s\"", many ? "checkbox" : "radio");
            quoted(r, "id", id), quoted(r, "name", mark->id), quoted(r, "value", o->list[i].value);
            buf_puts(r->b, "> <label");
            quoted(r, "for", id);
            buf_putc(r->b, '>');
            buf_html(r->b, o->list[i].label);
            buf_puts(r->b, "</label>");
        }
        buf_puts(r->b, "</li>\n");
    }
    buf_puts(r->b, "</ul>\n");
}

static void field(struct body *r, const struct node *item, const struct node *mark)
{
    enum field_type t = mark->mark->field;
    bool group = t == FIELD_CHOICE || t == FIELD_MANY || t == FIELD_YESNO;
    bool silent = r->variant == VARIANT_PAPER || (t == FIELD_SIGNATURE && !r->print);
    struct str hint = hint_of(r, mark);
    const char *box = group && r->variant != VARIANT_PAPER ? "fieldset" : "div";
    bool narrow = r->print && node_attr(mark, "width"); /* several side by side */
    buf_printf(r->b, "<%s class=\"field %s%s\"", box, mark->mark->en, narrow ? " narrow" : "");
    width(r, mark);
    buf_puts(r->b, ">\n");
    if (group && !silent) buf_puts(r->b, "<legend class=\"label\">");
    else if (silent) buf_puts(r->b, "<p class=\"label\">");
    else buf_puts(r->b, "<label class=\"label\""), quoted(r, "for", mark->id), buf_putc(r->b, '>');
    label_text(r, mark);
    if (hint.n && r->print) buf_puts(r->b, " <span class=\"hint\">"), buf_html(r->b, hint), buf_puts(r->b, "</span>");
    buf_puts(r->b, silent ? "</p>\n" : group ? "</legend>\n" : "</label>\n");
    if (hint.n && !r->print) {
        buf_puts(r->b, "<p class=\"hint\"");
        quoted(r, "id", str_printf(r->arena, "%.*s-hint", STR_ARG(mark->id)));
        buf_putc(r->b, '>');
        buf_html(r->b, hint);
        buf_puts(r->b, "</p>\n");
    }
    if (group) {
        struct options o = options_of(r, mark, item);
        choices(r, mark, &o);
    } else {
        control(r, mark, mark->id, mark->id, (struct str){0}, hint.n && !r->print);
        buf_putc(r->b, '\n');
    }
    for (const struct node *n = item->first->next; n; n = n->next) /* what stands below the field: hints of several sentences */
        if (!(group && n->kind == NODE_LIST)) body_block(r, n);
    buf_printf(r->b, "</%s>%s", box, r->print ? "" : "\n"); /* between boxes side by side a new line would be a blank */
}

void fields_list(struct body *r, const struct node *list)
{
    bool outer = r->tight;
    r->tight = false;
    buf_puts(r->b, "<div class=\"fields\">\n");
    for (const struct node *i = list->first; i; i = i->next) {
        const struct node *mark = field_of(i);
        if (mark) field(r, i, mark);
        else buf_puts(r->b, "<div class=\"field text-only\">\n"), body_blocks(r, i->first, NULL), buf_puts(r->b, "</div>\n");
    }
    buf_puts(r->b, "</div>\n");
    r->tight = outer;
}

/* The field of a column, NULL where the rows of the table have its text. */
static const struct node *column_field(const struct node *cell)
{
    for (const struct node *n = cell->first; n; n = n->next)
        if (n->kind == NODE_MARK && n->mark->field) return n;
    return NULL;
}

static void rows_head(struct body *r, const struct node *head, bool numbered)
{
    buf_puts(r->b, "<thead><tr>");
    if (numbered) {
        buf_puts(r->b, "<th scope=\"col\" class=\"row-number\">");
        body_word(r, "row-number");
        buf_puts(r->b, "</th>");
    }
    for (const struct node *c = head->first; c; c = c->next) {
        const struct node *mark = column_field(c);
        buf_puts(r->b, "<th scope=\"col\"");
        if (mark && r->print) quoted(r, "class", str_of(mark->mark->en)); /* a number needs less room than a name */
        if (mark) width(r, mark);
        buf_putc(r->b, '>');
        for (const struct node *n = c->first; n; n = n->next)
            if (n != mark) body_inline(r, n);
        if (mark && is_choice(mark)) {
            struct options o = options_of(r, mark, NULL);
            if (o.n <= MOST_BOXES_IN_ROW && boxed(r, &o)) answers(r, &o, NULL);
        }
        buf_puts(r->b, "</th>");
    }
    buf_puts(r->b, "</tr></thead>\n");
}

/* What is asked in one column of row k: a line to write on, a control or the list of a choice. */
static void rows_control(struct body *r, const struct node *rows, const struct node *cell, const struct node *mark, int k, struct str title)
{
    struct str id = str_printf(r->arena, "%.*s-%d-%.*s", STR_ARG(rows->id), k, STR_ARG(mark->id));
    struct str name = str_printf(r->arena, "%.*s.%d.%.*s", STR_ARG(rows->id), k, STR_ARG(mark->id));
    struct str label = str_printf(r->arena, "%.*s, %.*s %d%s%.*s", STR_ARG(node_text(r->arena, cell)), STR_ARG(body_text_word(r, "row")), k,
                                  title.n ? ": " : "", STR_ARG(title));
    if (is_choice(mark)) cell_choice(r, mark, &(struct cell_field){name, id, label});
    else control(r, mark, name, id, label, false);
}

/* Row k of the rows; fixed: its row in the Markdown, whose texts stand in the columns without a field. NULL: it has a number instead. */
static void rows_row(struct body *r, const struct node *rows, const struct node *head, const struct node *fixed, int k)
{
    struct str title = fixed && fixed->first ? node_text(r->arena, fixed->first) : (struct str){0};
    if (fixed) buf_puts(r->b, "<tr>");
    else buf_printf(r->b, "<tr><th scope=\"row\" class=\"row-number\">%d.</th>", k);
    const struct node *said = fixed ? fixed->first : NULL;
    for (const struct node *c = head->first; c; c = c->next, said = said ? said->next : NULL) {
        const struct node *mark = column_field(c);
        if (!mark) {
            buf_puts(r->b, c == head->first ? "<th scope=\"row\">" : "<td>");
            if (said) body_inlines(r, said);
            buf_puts(r->b, c == head->first ? "</th>" : "</td>");
            continue;
        }
        buf_puts(r->b, "<td>");
        rows_control(r, rows, c, mark, k, title);
        buf_puts(r->b, "</td>");
    }
    buf_puts(r->b, "</tr>\n");
}

/* On paper, what may be written in the columns whose answers are too many for boxes. */
static void rows_answers(struct body *r, const struct node *head, size_t most)
{
    for (const struct node *c = head->first; c && r->variant == VARIANT_PAPER; c = c->next) {
        const struct node *mark = column_field(c);
        if (!mark || !is_choice(mark)) continue;
        struct options o = options_of(r, mark, NULL);
        if (o.n <= most) continue;
        buf_puts(r->b, "<p class=\"rows-answers\"><strong>");
        buf_html(r->b, node_text(r->arena, c));
        buf_puts(r->b, ":</strong> ");
        for (size_t i = 0; i < o.n; i++) {
            if (i) buf_puts(r->b, " · ");
            buf_html(r->b, o.list[i].label);
        }
        buf_puts(r->b, "</p>\n");
    }
}

/* Rows of many columns: a frame for each row, its columns one below the other or, with a width, side by side. */
static void rows_cards(struct body *r, const struct node *rows, const struct node *head)
{
    const char *box = r->variant == VARIANT_PAPER ? "div" : "fieldset", *title = r->variant == VARIANT_PAPER ? "p" : "legend";
    const struct attr *named = node_attr(rows, "title");
    rows_answers(r, head, MOST_BOXES);
    buf_puts(r->b, "<div class=\"row-cards\"");
    body_id(r, rows->id);
    buf_puts(r->b, ">\n");
    for (int k = 1; k <= rows->n; k++) {
        buf_printf(r->b, "<%s class=\"card\">\n<%s class=\"card-title\">", box, title);
        buf_html(r->b, named ? named->value : r->heading);
        buf_printf(r->b, " <span class=\"card-number\">%d</span></%s>\n<div class=\"fields\">\n", k, title);
        for (const struct node *c = head->first; c; c = c->next) {
            const struct node *mark = column_field(c);
            if (!mark) continue;
            bool line = r->variant == VARIANT_PAPER || (mark->mark->field == FIELD_SIGNATURE && !r->print);
            buf_printf(r->b, "<div class=\"field %s%s\"", mark->mark->en, r->print && node_attr(mark, "width") ? " narrow" : "");
            width(r, mark);
            buf_puts(r->b, line ? "><p class=\"label\">" : "><label class=\"label\"");
            if (!line) quoted(r, "for", str_printf(r->arena, "%.*s-%d-%.*s", STR_ARG(rows->id), k, STR_ARG(mark->id))), buf_putc(r->b, '>');
            for (const struct node *n = c->first; n; n = n->next)
                if (n != mark) body_inline(r, n);
            buf_puts(r->b, line ? "</p>" : "</label>");
            rows_control(r, rows, c, mark, k, (struct str){0});
            buf_puts(r->b, r->print ? "</div>" : "</div>\n");
        }
        buf_printf(r->b, "</div>\n</%s>\n", box);
    }
    buf_puts(r->b, "</div>\n");
}

/* Rows that are filled in: the head row's cells are label and field of their column. Names: "prilozi.1.naziv". */
void fields_rows(struct body *r, const struct node *rows)
{
    const struct node *t = rows->first, *head = NULL, *fixed = NULL;
    while (t && t->kind != NODE_TABLE) t = t->next;
    if (t) head = t->first;
    while (head && head->kind != NODE_ROW) head = head->next;
    if (!head) return;
    if (node_attr(rows, "cards")) {
        rows_cards(r, rows, head);
        return;
    }
    rows_answers(r, head, MOST_BOXES_IN_ROW);
    fixed = head->next;
    r->all_tables++;
    if (!r->print) {
        buf_puts(r->b, "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"");
        body_word(r, "table");
        buf_printf(r->b, " %zu%s", r->all_tables, r->heading.n ? ": " : "");
        buf_html(r->b, r->heading);
        buf_puts(r->b, "\">");
    }
    buf_printf(r->b, "<table class=\"rows%s%s\"", fixed ? " fixed" : "", r->print && rows->n <= SHORT_ROWS ? " short" : "");
    body_id(r, rows->id);
    buf_puts(r->b, ">\n");
    rows_head(r, head, !fixed);
    buf_puts(r->b, "<tbody>\n");
    for (int k = 1; k <= rows->n; k++) {
        rows_row(r, rows, head, fixed, k);
        if (fixed) fixed = fixed->next;
    }
    buf_puts(r->b, r->print ? "</tbody>\n</table>\n" : "</tbody>\n</table></div>\n");
}

/* What matters only where a field has a value; the script of the website folds it until then. */
void fields_when(struct body *r, const struct node *n)
{
    if (!n->attrs || !node_attr(n, "field") || !node_attr(n, "value")) return;
    quoted(r, "data-field", node_attr(n, "field")->value);
    quoted(r, "data-value", node_attr(n, "value")->value);
}

/* A field in running text or in a table cell: the words around it are its label. */
void fields_inline(struct body *r, const struct node *mark)
{
    struct str label = node_text(r->arena, mark->parent);
    if (!label.n) label = mark->id;
    if (mark->mark->field == FIELD_CHOICE || mark->mark->field == FIELD_MANY || mark->mark->field == FIELD_YESNO) {
        struct options o = options_of(r, mark, NULL);
        for (size_t i = 0; i < o.n; i++) {
            bool many = mark->mark->field == FIELD_MANY;
            if (i) buf_putc(r->b, ' ');
            if (r->variant == VARIANT_PAPER) {
                buf_printf(r->b, "<span class=\"box%s\"></span> ", many ? "" : " round");
                buf_html(r->b, o.list[i].label);
                continue;
            }
            buf_printf(r->b, "<label><input type=\"%s\"", many ? "checkbox" : "radio");
            quoted(r, "name", mark->id), quoted(r, "value", o.list[i].value);
            buf_puts(r->b, "> ");
            buf_html(r->b, o.list[i].label);
            buf_puts(r->b, "</label>");
        }
        return;
    }
    control(r, mark, mark->id, mark->id, label, false);
}
