/* field.c: form controls of HTML as fields of a PDF form (ISO 32000-1, 12.7). Controls of one name share one field: radio buttons, and check boxes
 * where there are several (a choice of many). The control's border and background are painted as those of any box; the field lies over its content
 * box. */
#include "layout/internal.h"

struct shared { /* a field while its widgets are still being found */
    struct form_field *field;
    VEC(struct form_option) options;
};

bool control_is(const xmlNode *n)
{
    static const char *const NAMES[] = {"input", "textarea", "select"};
    for (size_t i = 0; i < 3; i++)
        if (!strcmp((const char *)n->name, NAMES[i])) return true;
    return false;
}

static const struct {
    const char *type;
    enum field_kind kind;
    const char *format;
} TYPES[] = {
    {"text", FORM_TEXT, ""},         {"date", FORM_TEXT, "date"}, {"datetime-local", FORM_TEXT, "datetime"},
    {"number", FORM_TEXT, "number"}, {"tel", FORM_TEXT, ""},      {"email", FORM_TEXT, ""},
    {"checkbox", FORM_CHECK, ""},    {"radio", FORM_RADIO, ""},
};

static enum field_kind kind_of(const xmlNode *n, const char **format)
{
    *format = "";
    if (!xmlStrcmp(n->name, BAD_CAST "textarea")) return FORM_MULTILINE;
    if (!xmlStrcmp(n->name, BAD_CAST "select")) return dom_attr(n, "multiple").s ? FORM_LIST : FORM_COMBO;
    if (str_is(dom_attr(n, "data-letak"), "signature")) return FORM_SIGNATURE;
    struct str type = dom_attr(n, "type");
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (str_is(type, TYPES[i].type)) {
            *format = TYPES[i].format;
            return TYPES[i].kind;
        }
    return FORM_TEXT;
}

static struct str squeezed(struct arena *a, struct str t)
{
    char *out = arena_alloc(a, t.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < t.n; i++) {
        bool space = (unsigned char)t.s[i] <= ' ';
        if (!space) out[n++] = t.s[i];
        else if (n && out[n - 1] != ' ') out[n++] = ' ';
    }
    if (n && out[n - 1] == ' ') n--;
    return (struct str){out, n};
}

/* Text of an element without the controls in it. */
static void own_text(struct buf *b, const xmlNode *n)
{
    for (const xmlNode *c = n->children; c; c = c->next) {
        if (c->type == XML_TEXT_NODE) buf_puts(b, (const char *)c->content);
        else if (c->type == XML_ELEMENT_NODE && !control_is(c)) own_text(b, c);
    }
}

static struct str label_text(struct layout *l, const xmlNode *n)
{
    struct buf b = {0};
    own_text(&b, n);
    struct str out = squeezed(l->a, buf_view(&b));
    buf_close(&b);
    return out;
}

/* id -> the text of its <label for>; made when the first control is met. */
static void labels_find(struct layout *l)
{
    static char made;
    *map_at(&l->controls, STR("\x01")) = &made;
    xmlNode *root = xmlDocGetRootElement(l->doc);
    for (xmlNode *n = root; n;) {
        struct str id;
        if (n->type == XML_ELEMENT_NODE && !xmlStrcmp(n->name, BAD_CAST "label") && (id = dom_attr(n, "for")).n) {
            void **at = map_at(&l->controls, str_printf(l->a, "for %.*s", STR_ARG(id)));
            if (!*at) *at = n;
        }
        if (n->type == XML_ELEMENT_NODE && n->children) n = n->children;
        else {
            while (n && n != root && !n->next) n = n->parent;
            n = !n || n == root ? NULL : n->next;
        }
    }
}

static struct str label_of(struct layout *l, const xmlNode *n)
{
    if (!map_find(&l->controls, STR("\x01"))) labels_find(l);
    struct str id = dom_attr(n, "id"), t = dom_attr(n, "aria-label");
    if (t.n) return t;
    const xmlNode *by = dom_attr(n, "aria-labelledby").n ? dom_by_id(l->doc, dom_attr(n, "aria-labelledby")) : NULL;
    if (!by && id.n) by = map_find(&l->controls, str_printf(l->a, "for %.*s", STR_ARG(id)));
    for (const xmlNode *up = n->parent; !by && up && up->type == XML_ELEMENT_NODE; up = up->parent)
        if (!xmlStrcmp(up->name, BAD_CAST "label")) by = up;
    if (by && (t = label_text(l, by)).n) return t;
    t = dom_attr(n, "title");
    return t.n ? t : dom_attr(n, "placeholder");
}

/* The name of a group: the legend of its fieldset, or the label of role="group". */
static struct str group_label(struct layout *l, const xmlNode *n)
{
    for (const xmlNode *up = n->parent; up && up->type == XML_ELEMENT_NODE; up = up->parent) {
        struct str role = dom_attr(up, "role");
        if (str_is(role, "group") || str_is(role, "radiogroup")) {
            struct str t = dom_attr(up, "aria-label");
            xmlNode *by = dom_attr(up, "aria-labelledby").n ? dom_by_id(l->doc, dom_attr(up, "aria-labelledby")) : NULL;
            if (!t.n && by) t = label_text(l, by);
            if (t.n) return t;
        }
        if (xmlStrcmp(up->name, BAD_CAST "fieldset") != 0) continue;
        for (const xmlNode *c = up->children; c; c = c->next)
            if (c->type == XML_ELEMENT_NODE && !xmlStrcmp(c->name, BAD_CAST "legend")) return label_text(l, c);
    }
    return (struct str){0};
}

static void select_options(struct layout *l, const xmlNode *n, struct shared *sh)
{
    for (const xmlNode *c = n->children; c; c = c->next) {
        if (c->type != XML_ELEMENT_NODE) continue;
        if (!xmlStrcmp(c->name, BAD_CAST "optgroup")) select_options(l, c, sh);
        if (xmlStrcmp(c->name, BAD_CAST "option") != 0) continue;
        struct str label = squeezed(l->a, dom_text(l->a, c)), value = dom_attr(c, "value");
        if (value.s && !value.n) continue; /* the empty first choice */
        *vec_push(l->a, &sh->options) = (struct form_option){value.n ? value : label, label};
    }
}

struct control *control_of(struct layout *l, xmlNode *n, const struct style *s)
{
    struct place at = DOM_INFO(n)->at;
    const char *format;
    enum field_kind kind = kind_of(n, &format);
    struct str name = dom_attr(n, "name"), label = label_of(l, n);
    if (!name.n) name = dom_attr(n, "id");
    if (!name.n) DIAG0(l->diag, MSG_LAYOUT_FIELD_NAME, at);
    bool shares = kind == FORM_RADIO || kind == FORM_CHECK;
    void **slot = shares && name.n ? map_at(&l->controls, str_printf(l->a, "name %.*s", STR_ARG(name))) : NULL;
    struct shared *sh = slot ? *slot : NULL;
    if (!label.n) DIAG(l->diag, MSG_LAYOUT_FIELD_LABEL, at, name.n ? str_z(l->a, name) : "?");
    struct str value = dom_attr(n, "value");
    if (!sh) {
        sh = ARENA_NEW(l->a, struct shared);
        sh->field = ARENA_NEW(l->a, struct form_field);
        if (slot) *slot = sh;
        long max;
        *sh->field = (struct form_field){.kind = kind,
                                         .name = name.n ? name : str_printf(l->a, "field%u", DOM_INFO(n)->index),
                                         .label = label,
                                         .format = str_of(format),
                                         .required = dom_attr(n, "required").s || str_is(dom_attr(n, "aria-required"), "true"),
                                         .read_only = dom_attr(n, "readonly").s || dom_attr(n, "disabled").s,
                                         .max_length = str_int(dom_attr(n, "maxlength"), &max) && max > 0 && max < 100000 ? (int)max : 0,
                                         .size = s->font_size,
                                         .many = dom_attr(n, "multiple").s != NULL};
        struct str group = shares ? group_label(l, n) : (struct str){0};
        if (group.n && kind == FORM_RADIO) sh->field->label = group;
        if (kind == FORM_COMBO || kind == FORM_LIST) select_options(l, n, sh);
    } else if (kind == FORM_CHECK) {
        struct str group = group_label(l, n);
        sh->field->many = true;
        if (group.n) sh->field->label = group;
    }
    struct control *c = ARENA_NEW(l->a, struct control);
    c->field = sh->field;
    c->label = label;
    if (shares) {
        c->option = value.n ? value : STR("on");
        *vec_push(l->a, &sh->options) = (struct form_option){c->option, label};
    }
    sh->field->n_options = sh->options.n;
    sh->field->options = sh->options.v;
    return c;
}

void control_size(struct layout *l, struct box *b, fixed width, fixed *w, fixed *h)
{
    const struct style *s = b->style;
    const struct form_field *f = b->u.control->field;
    fixed em = s->font_size, line = fixed_max(line_height_of(l, s), em * 5 / 4);
    long n = 0;
    str_int(dom_attr(b->node, f->kind == FORM_MULTILINE ? "cols" : "size"), &n);
    n = n > 0 && n < 200 ? n : 20;
    long rows = 0;
    str_int(dom_attr(b->node, "rows"), &rows);
    rows = rows > 0 && rows < 200 ? rows : 2;
    switch (f->kind) {
    case FORM_CHECK:
    case FORM_RADIO: *w = *h = em; break;
    case FORM_MULTILINE:
        *w = (fixed)n * em * 6 / 10;
        *h = (fixed)rows * line;
        break;
    case FORM_LIST:
        *w = 12 * em;
        *h = line * (fixed)(f->n_options < 8 ? f->n_options + (f->n_options == 0) : 8);
        break;
    case FORM_SIGNATURE:
        *w = 16 * em;
        *h = 3 * em;
        break;
    case FORM_COMBO:
        *w = 14 * em;
        *h = line;
        break;
    case FORM_TEXT:
        *w = (fixed)n * em * 6 / 10;
        *h = line;
        break;
    }
    struct edges e = edges_of(s, width);
    fixed cut_w = s->box_sizing_border ? edges_h(&e) : 0, cut_h = s->box_sizing_border ? edges_v(&e) : 0;
    if (s->width.kind == LEN_FIXED || (len_definite(s->width) && width > 0)) *w = len_resolve(s->width, width, 0) - cut_w;
    if (s->height.kind == LEN_FIXED) *h = s->height.v - cut_h;
    *w = fixed_max(width_clamp(s, *w, width, cut_w), FIXED_ONE);
    *h = fixed_max(height_clamp(s, *h, -1, cut_h), FIXED_ONE);
}
