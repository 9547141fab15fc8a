/* form.c: fields that can be filled in (ISO 32000-1, 12.7; ISO 14289-1, 7.18.4).
 *
 * All fields share one font (letters.c). Appearances are ours, so no NeedAppearances; marks are paths. A name with dots is a hierarchy:
 * "prilozi.1.naziv". A choice of many is one check box field for each option: NAME.OPTION. Values, where there are any, are those of the options. */
#include "pdf/form.h"
#include "base/map.h"
#include "base/utf8.h"
#include <assert.h>

enum {
    FF_READ_ONLY = 1,
    FF_REQUIRED = 1 << 1,
    FF_MULTILINE = 1 << 12,
    FF_NO_TOGGLE = 1 << 14,
    FF_RADIO = 1 << 15,
    FF_COMBO = 1 << 17,
    FF_MANY = 1 << 21,
    FF_NO_SPELL = 1 << 22,
    FF_NO_SCROLL = 1 << 23
};
enum { COMBO_BUTTON = 18 }; /* points that viewers take for the arrow */

struct node { /* of the tree of field names */
    objid obj;
    struct str part, name;          /* last part of the full name; full name */
    const struct form_field *field; /* leaves */
    struct str value;               /* "" in a template */
    struct node *parent;
    VEC(struct node *) kids;
    VEC(struct widget *) widgets;
};
struct widget {
    objid obj;
    size_t page;
    int struct_parent;
    const struct item *item;
    bool on_off; /* check or radio */
    struct str state;
};
struct form {
    struct map names; /* full name -> struct node */
    VEC(struct node *) roots;
    struct letters letters;
};

static struct form *form_open(struct pdf *p)
{
    if (p->form) return p->form;
    p->form = ARENA_NEW(&p->a, struct form);
    p->form->names = map_new(&p->a);
    letters_open(p, &p->form->letters);
    return p->form;
}

/* --- names --- */

static struct node *node_at(struct pdf *p, struct form *m, struct str name)
{
    struct node *up = NULL, *n = NULL;
    for (size_t from = 0; from <= name.n;) {
        struct str rest = str_from(name, from);
        size_t dot = str_find(rest, '.'), len = dot == SIZE_MAX ? rest.n : dot;
        void **slot = map_at(&m->names, str_part(name, 0, from + len));
        if (!*slot) {
            n = *slot = ARENA_NEW(&p->a, struct node);
            n->parent = up;
            n->part = str_part(name, from, len), n->name = str_part(name, 0, from + len);
            if (up) *vec_push(&p->a, &up->kids) = n;
            else *vec_push(&p->a, &m->roots) = n;
        }
        up = n = *slot;
        from += len + 1;
    }
    return n;
}

void form_widget(struct pdf *p, size_t page, const struct item *it, uint64_t seq)
{
    const struct form_field *f = it->u.field.field;
    struct form *m = form_open(p);
    if (!f || !it->tag || p->failed) return;
    bool each = f->kind == FORM_CHECK && f->many && it->u.field.option.n;
    struct str name = each ? str_printf(&p->a, "%.*s.%.*s", STR_ARG(f->name), STR_ARG(it->u.field.option)) : str_copy(&p->a, f->name);
    struct node *n = node_at(p, m, name);
    bool clash = (n->field && n->field != f) || n->kids.n || (each && n->widgets.n);
    for (const struct node *up = n->parent; up && !clash; up = up->parent) clash = up->field != NULL; /* a field holds no others: "a" and "a.b" */
    if (clash) {
        DIAG(p->d, MSG_PDF_FIELD_NAME, it->at, name.s);
        return;
    }
    n->field = f;
    struct widget *w = ARENA_NEW(&p->a, struct widget);
    w->obj = pdf_new(p), w->page = page, w->item = it;
    w->on_off = f->kind == FORM_CHECK || f->kind == FORM_RADIO;
    w->state = w->on_off && it->u.field.option.n && !each ? it->u.field.option : STR("Yes");
    w->struct_parent = tags_annot(p, it->tag, page, seq, w->obj);
    *vec_push(&p->a, &n->widgets) = w;
    *vec_push(&p->a, &p->pages[page].annots) = w->obj;
}

/* --- appearances --- */

static fixed size_of(const struct form_field *f) { return f->size > 0 ? f->size : PT(10); }

static struct str option_label(const struct form_field *f, struct str value)
{
    for (size_t i = 0; i < f->n_options; i++)
        if (str_eq(f->options[i].value, value)) return f->options[i].label.n ? f->options[i].label : value;
    return value;
}

static void put_encoded(struct buf *b, const struct form *m, struct str s)
{
    struct buf e = {0};
    letters_encode(&m->letters, s, &e);
    put_bytes(b, buf_view(&e));
    buf_close(&e);
}

static objid appearance(struct pdf *p, const struct form *m, const struct item *it, const struct buf *content)
{
    struct buf b = {0};
    buf_puts(&b, "/Type/XObject/Subtype/Form/BBox[0 0 ");
    put_fixed(&b, it->w), buf_putc(&b, ' '), put_fixed(&b, it->h);
    buf_puts(&b, "]/Resources<</Font<</" FORM_FONT " "), put_ref(&b, m->letters.obj), buf_puts(&b, ">>>>");
    buf_putc(&b, 0);
    objid id = pdf_stream(p, b.s, buf_view(content), false);
    buf_close(&b);
    return id;
}

static void put_points(struct buf *b, double w, double h, const double *xy, size_t n, const char *op)
{
    for (size_t i = 0; i < n; i++) put_real(b, xy[2 * i] * w, 2), buf_putc(b, ' '), put_real(b, xy[2 * i + 1] * h, 2), buf_putc(b, ' ');
    buf_puts(b, op);
}

/* A circle as four Bézier curves, in a box of w × h, r = part of the half box. */
static void put_circle(struct buf *b, double w, double h, double r, const char *op)
{
    double k = 0.5523 * r, x[] = {r, r, k, 0, -k, -r, -r, -r, -k, 0, k, r, r}, y[] = {0, k, r, r, r, k, 0, -k, -r, -r, -r, -k, 0};
    for (int i = 0; i < 13; i++) {
        double xy[2] = {0.5 + x[i] / 2, 0.5 + y[i] / 2};
        put_points(b, w, h, xy, 1, i == 0 ? "m " : i % 3 == 0 ? "c " : "");
    }
    buf_puts(b, op);
}

static objid button(struct pdf *p, const struct form *m, const struct item *it, bool radio, bool on)
{
    static const double check[] = {0.2, 0.52, 0.42, 0.26, 0.82, 0.78};
    double w = FIXED_PT(it->w), h = FIXED_PT(it->h);
    struct buf b = {0};
    buf_puts(&b, "0.25 G 0.8 w 1 g ");
    if (radio) put_circle(&b, w, h, 1 - 1 / (w > 1 ? w : 1), "b ");
    else buf_puts(&b, "0.4 0.4 "), put_real(&b, w - 0.8, 2), buf_putc(&b, ' '), put_real(&b, h - 0.8, 2), buf_puts(&b, " re B ");
    if (on && radio) buf_puts(&b, "0 g "), put_circle(&b, w, h, 0.5, "f");
    else if (on) {
        buf_puts(&b, "0 G ");
        put_real(&b, w * 0.13, 2);
        buf_puts(&b, " w 1 J 1 j ");
        put_points(&b, w, h, check, 1, "m "), put_points(&b, w, h, check + 2, 1, "l "), put_points(&b, w, h, check + 4, 1, "l S");
    }
    objid id = appearance(p, m, it, &b);
    buf_close(&b);
    return id;
}

/* The options of a list, as far as they fit; the one chosen on a ground of its own. */
static void list_box(struct buf *b, const struct form *m, const struct item *it, const struct form_field *f, struct str value)
{
    double size = FIXED_PT(size_of(f)), lead = size * 1.362, y = FIXED_PT(it->h) - size * 1.069, w = FIXED_PT(it->w);
    buf_puts(b, "q ");
    for (size_t i = 0; i < f->n_options && y > 0 && value.n; i++) {
        if (!str_eq(f->options[i].value, value)) continue;
        buf_puts(b, "0.6 0.75 0.85 rg 1 "), put_real(b, y - (double)i * lead - size * 0.293, 2), buf_putc(b, ' ');
        put_real(b, w - 2, 2), buf_putc(b, ' '), put_real(b, lead, 2), buf_puts(b, " re f ");
    }
    buf_puts(b, "BT 0 g /" FORM_FONT " "), put_real(b, size, 2), buf_puts(b, " Tf 2 "), put_real(b, y, 2), buf_puts(b, " Td ");
    for (size_t i = 0; i < f->n_options && y > 0; i++, y -= lead) {
        if (i) buf_puts(b, "0 "), put_real(b, -lead, 2), buf_puts(b, " Td ");
        put_encoded(b, m, option_label(f, f->options[i].value));
        buf_puts(b, "Tj ");
    }
    buf_puts(b, "ET Q ");
}

static objid text_box(struct pdf *p, const struct form *m, const struct item *it, const struct node *n, const struct form_field *f)
{
    struct buf b = {0};
    struct str shown = f->kind == FORM_COMBO ? option_label(f, n->value) : n->value;
    if (f->kind != FORM_SIGNATURE) buf_puts(&b, "/Tx BMC ");
    if (f->kind == FORM_LIST) list_box(&b, m, it, f, n->value);
    else if (shown.n && !value_paint(&m->letters, shown, FIXED_PT(it->w), FIXED_PT(it->h), FIXED_PT(size_of(f)), f->kind == FORM_MULTILINE, &b))
        DIAG(p->d, MSG_PDF_VALUE_LONG, ((struct place){p->o->values_file, 0, 0}), str_z(&p->a, n->name)), p->failed = true;
    if (f->kind != FORM_SIGNATURE) buf_puts(&b, "EMC");
    objid id = appearance(p, m, it, &b);
    buf_close(&b);
    return id;
}

/* --- values --- */

static bool is_option(const struct form_field *f, struct str value)
{
    for (size_t i = 0; i < f->n_options; i++)
        if (str_eq(f->options[i].value, value)) return true;
    return false;
}

/* Takes the field's value from the options, if it has one that can be shown. */
static void take_value(struct pdf *p, struct form *m, struct node *n)
{
    const struct form_field *f = n->field;
    const struct str *v = p->o->values && f ? map_find(p->o->values, n->name) : NULL;
    if (!f || !v || !v->n) return;
    bool button = f->kind == FORM_CHECK || f->kind == FORM_RADIO, known = f->kind != FORM_SIGNATURE;
    if (f->kind == FORM_COMBO || f->kind == FORM_LIST) known = is_option(f, *v);
    for (size_t i = 0; button && i < n->widgets.n; i++) {
        known = str_eq(n->widgets.v[i]->state, *v);
        if (known) break;
    }
    bool letters = true;
    for (size_t k = 0; !button && k < v->n;) { /* a new line is none of the letters, but can be shown in a field of lines */
        uint32_t c = utf8_next(*v, &k);
        letters &= letters_code(&m->letters, c) || (c == '\n' && f->kind <= FORM_MULTILINE);
    }
    enum msg wrong = !known                                                         ? MSG_PDF_VALUE_OPTION
                     : !letters                                                     ? MSG_PDF_VALUE_LETTER
                     : f->max_length > 0 && utf8_length(*v) > (size_t)f->max_length ? MSG_PDF_VALUE_LONG
                                                                                    : MSG_COUNT;
    if (wrong != MSG_COUNT) DIAG(p->d, wrong, ((struct place){p->o->values_file, 0, 0}), str_z(&p->a, n->name)), p->failed = true;
    else n->value = *v;
}

/* --- objects --- */

/* The name that a screen reader says: label, what the option is, how a date is written. */
static void put_tooltip(struct pdf *p, struct buf *b, const struct form_field *f, struct str option)
{
    struct buf t = {0};
    buf_str(&t, f->label.n ? f->label : f->name);
    if (option.n) buf_puts(&t, ": "), buf_str(&t, option_label(f, option));
    static const char *const hints[][4] = {{"date", "dd.mm.yyyy", "dd.mm.gggg.", "дд.мм.гггг."},
                                           {"datetime", "dd.mm.yyyy hh:mm", "dd.mm.gggg. čč:mm", "дд.мм.гггг. чч:мм"}};
    bool serbian = str_starts(p->f->lang, "sr"), latin = str_search(p->f->lang, "Latn") != SIZE_MAX;
    for (int i = 0; i < 2; i++) { /* unless the label says so itself */
        const char *hint = hints[i][serbian ? (latin ? 2 : 3) : 1];
        if (str_is(f->format, hints[i][0]) && str_search(f->label, hint) == SIZE_MAX) buf_printf(&t, " (%s)", hint);
    }
    buf_puts(b, "/TU");
    put_text(b, buf_view(&t));
    buf_close(&t);
}

static void put_widget(struct pdf *p, struct buf *b, const struct form *m, const struct widget *w, const struct node *n)
{
    const struct item *it = w->item;
    const struct form_field *f = n->field;
    assert(f && "a widget stands in a node only together with its field: form_widget");
    buf_puts(b, "/Type/Annot/Subtype/Widget/F 4/Rect");
    put_rect(b, &p->f->pages[w->page], it->x, it->y, it->w, it->h);
    buf_puts(b, "/P "), put_ref(b, p->pages[w->page].obj);
    buf_printf(b, "/StructParent %d/AP<</N", w->struct_parent);
    if (w->on_off) {
        buf_puts(b, "<<"), put_name(b, w->state), buf_putc(b, ' '), put_ref(b, button(p, m, it, f->kind == FORM_RADIO, true));
        buf_puts(b, "/Off "), put_ref(b, button(p, m, it, f->kind == FORM_RADIO, false));
        buf_puts(b, ">>>>/AS"), put_name(b, str_eq(n->value, w->state) ? w->state : STR("Off"));
    } else buf_putc(b, ' '), put_ref(b, text_box(p, m, it, n, f)), buf_puts(b, ">>");
}

/* The size for what is typed. 0: as large as fits, in several lines, which every viewer can; with DoNotScroll alone some hide the end of long text,
 * and of a single line pdf.js cannot measure Cyrillic, and pdftk writes it in 4 points. A list that opens: so that the longest option fits. */
static double typed_size(const struct form *m, const struct form_field *f, const struct node *n)
{
    if (f->kind <= FORM_MULTILINE) return 0;
    double size = FIXED_PT(size_of(f)), w = n->widgets.n ? FIXED_PT(n->widgets.v[0]->item->w) - COMBO_BUTTON : 0;
    for (size_t i = 0; f->kind == FORM_COMBO && i < f->n_options && w > 0; i++) {
        double wide = value_width(&m->letters, option_label(f, f->options[i].value));
        if (wide * size > w) size = w / wide;
    }
    return size < 4 ? 4 : size;
}

static void put_field(struct pdf *p, struct form *m, struct buf *b, const struct node *n, struct str option)
{
    const struct form_field *f = n->field;
    static const char *const types[] = {"Tx", "Tx", "Btn", "Btn", "Ch", "Ch", "Sig"};
    enum { TYPED = FF_MULTILINE | FF_NO_SCROLL | FF_NO_SPELL };
    static const int flags[] = {TYPED, TYPED, 0, FF_RADIO | FF_NO_TOGGLE, FF_COMBO, 0, 0};
    int ff = flags[f->kind] | (f->required ? FF_REQUIRED : 0) | (f->read_only ? FF_READ_ONLY : 0) | (f->kind == FORM_LIST && f->many ? FF_MANY : 0);
    buf_printf(b, "/FT/%s", types[f->kind]);
    if (ff) buf_printf(b, "/Ff %d", ff);
    put_tooltip(p, b, f, option);
    if (f->kind == FORM_CHECK || f->kind == FORM_RADIO) buf_puts(b, "/V"), put_name(b, n->value.n ? n->value : STR("Off"));
    else if (n->value.n) buf_puts(b, "/V"), put_text(b, n->value);
    if (f->kind != FORM_CHECK && f->kind != FORM_RADIO && f->kind != FORM_SIGNATURE)
        buf_puts(b, "/DA(/" FORM_FONT " "), put_real(b, typed_size(m, f, n), 2), buf_puts(b, " Tf 0 g)");
    if (f->kind <= FORM_MULTILINE && f->max_length > 0) buf_printf(b, "/MaxLen %d", f->max_length);
    if (f->kind == FORM_COMBO || f->kind == FORM_LIST) {
        buf_puts(b, "/Opt[");
        for (size_t i = 0; i < f->n_options; i++) {
            buf_putc(b, '['), put_text(b, f->options[i].value);
            put_text(b, f->options[i].label.n ? f->options[i].label : f->options[i].value), buf_putc(b, ']');
        }
        buf_putc(b, ']');
    }
}

static void write_node(struct pdf *p, struct form *m, struct node *n, struct buf *b)
{
    bool merged = n->widgets.n == 1; /* field and widget are one dictionary */
    buf_reset(b);
    buf_puts(b, "/T"), put_text(b, n->part);
    if (n->parent) buf_puts(b, "/Parent "), put_ref(b, n->parent->obj);
    if (n->field) {
        struct str option = n->field->many && merged ? n->widgets.v[0]->item->u.field.option : (struct str){0};
        put_field(p, m, b, n, n->field->kind == FORM_CHECK ? option : (struct str){0});
    }
    if (merged) put_widget(p, b, m, n->widgets.v[0], n);
    else {
        buf_puts(b, "/Kids[");
        for (size_t i = 0; i < n->kids.n; i++) put_ref(b, n->kids.v[i]->obj), buf_putc(b, ' ');
        for (size_t i = 0; i < n->widgets.n; i++) put_ref(b, n->widgets.v[i]->obj), buf_putc(b, ' ');
        buf_putc(b, ']');
    }
    pdf_body(p, n->obj, b);
    for (size_t i = 0; !merged && i < n->widgets.n; i++) {
        const struct widget *w = n->widgets.v[i];
        buf_reset(b);
        buf_puts(b, "/Parent "), put_ref(b, n->obj);
        if (w->on_off) put_tooltip(p, b, n->field, w->item->u.field.option);
        put_widget(p, b, m, w, n);
        pdf_body(p, w->obj, b);
    }
}

void form_write(struct pdf *p)
{
    struct form *m = p->form;
    if (!m || p->failed) goto out;
    for (size_t i = 0; i < m->names.entries.n; i++) {
        struct node *n = m->names.entries.v[i].value;
        n->obj = n->widgets.n == 1 ? n->widgets.v[0]->obj : pdf_new(p);
        take_value(p, m, n);
    }
    struct buf b = {0};
    for (size_t i = 0; i < m->names.entries.n; i++) write_node(p, m, m->names.entries.v[i].value, &b);
    letters_write(p, &m->letters);
    buf_reset(&b);
    buf_puts(&b, "/DA(/" FORM_FONT " 0 Tf 0 g)/DR<</Font<</" FORM_FONT " "), put_ref(&b, m->letters.obj);
    buf_puts(&b, ">>>>/Fields[");
    for (size_t i = 0; i < m->roots.n; i++) put_ref(&b, m->roots.v[i]->obj), buf_putc(&b, ' ');
    buf_putc(&b, ']');
    objid id = pdf_object(p, &b);
    if (HPDF_Dict_Add(p->doc->catalog, "AcroForm", pdf_dict(p, id)) != HPDF_OK) p->failed = true;
    buf_close(&b);
out:
    if (m) letters_close(&m->letters);
}
