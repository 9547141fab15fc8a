/* form.c: fields that can be filled in (ISO 32000-1, 12.7; ISO 14289-1, 7.18.4).
 *
 * Fields are filled by viewers and by pdftk, which writes Serbian rightly only with a simple TrueType font: WinAnsi with Differences by the names of
 * the Adobe Glyph List and a (3,1) cmap. All fields share one such font of about 220 letters. Appearances are ours, so no NeedAppearances; marks are
 * paths. A name with dots is a hierarchy: "prilozi.1.naziv". A choice of many is one check box field for each option: NAME.OPTION. */
#include "pdf/writer.h"
#include "base/file.h"
#include "base/map.h"
#include "base/utf8.h"
#include <hb-ot.h>

#define FONT "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf" /* package fonts-noto-core */
#define FONT_NAME "NotoSans-Regular"
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

/* --- the letters of the form font --- */

struct letter {
    uint8_t code;
    uint16_t c;
    const char *name;
};
/* What WinAnsi has stays where WinAnsi has it … */
static const struct letter WINANSI[] = {
    {128, 0x20AC, "Euro"},         {130, 0x201A, "quotesinglbase"}, {132, 0x201E, "quotedblbase"}, {133, 0x2026, "ellipsis"},
    {138, 0x160, "Scaron"},        {142, 0x17D, "Zcaron"},          {145, 0x2018, "quoteleft"},    {146, 0x2019, "quoteright"},
    {147, 0x201C, "quotedblleft"}, {148, 0x201D, "quotedblright"},  {149, 0x2022, "bullet"},       {150, 0x2013, "endash"},
    {151, 0x2014, "emdash"},       {154, 0x161, "scaron"},          {158, 0x17E, "zcaron"},        {167, 0xA7, "section"},
    {171, 0xAB, "guillemotleft"},  {176, 0xB0, "degree"},           {183, 0xB7, "periodcentered"}, {187, 0xBB, "guillemotright"},
    {193, 0xC1, "Aacute"},         {194, 0xC2, "Acircumflex"},      {196, 0xC4, "Adieresis"},      {199, 0xC7, "Ccedilla"},
    {201, 0xC9, "Eacute"},         {203, 0xCB, "Edieresis"},        {205, 0xCD, "Iacute"},         {206, 0xCE, "Icircumflex"},
    {211, 0xD3, "Oacute"},         {214, 0xD6, "Odieresis"},        {215, 0xD7, "multiply"},       {218, 0xDA, "Uacute"},
    {220, 0xDC, "Udieresis"},      {223, 0xDF, "germandbls"},       {225, 0xE1, "aacute"},         {226, 0xE2, "acircumflex"},
    {228, 0xE4, "adieresis"},      {231, 0xE7, "ccedilla"},         {233, 0xE9, "eacute"},         {235, 0xEB, "edieresis"},
    {237, 0xED, "iacute"},         {238, 0xEE, "icircumflex"},      {243, 0xF3, "oacute"},         {246, 0xF6, "odieresis"},
    {250, 0xFA, "uacute"},         {252, 0xFC, "udieresis"},
};
/* … the rest takes the codes left over. Romanian ț has no name in the list of its own: tcommaaccent is U+0163 there. */
static const struct letter OTHERS[] = {
    {0, 0x106, "Cacute"},       {0, 0x107, "cacute"},        {0, 0x10C, "Ccaron"},        {0, 0x10D, "ccaron"},        {0, 0x110, "Dcroat"},
    {0, 0x111, "dcroat"},       {0, 0x150, "Ohungarumlaut"}, {0, 0x151, "ohungarumlaut"}, {0, 0x170, "Uhungarumlaut"}, {0, 0x171, "uhungarumlaut"},
    {0, 0x102, "Abreve"},       {0, 0x103, "abreve"},        {0, 0x218, "Scommaaccent"},  {0, 0x219, "scommaaccent"},  {0, 0x162, "Tcommaaccent"},
    {0, 0x163, "tcommaaccent"}, {0, 0x2116, "afii61352"},    {0, 0x402, "afii10051"},     {0, 0x452, "afii10099"},     {0, 0x408, "afii10057"},
    {0, 0x458, "afii10105"},    {0, 0x409, "afii10058"},     {0, 0x459, "afii10106"},     {0, 0x40A, "afii10059"},     {0, 0x45A, "afii10107"},
    {0, 0x40B, "afii10060"},    {0, 0x45B, "afii10108"},     {0, 0x40F, "afii10145"},     {0, 0x45F, "afii10193"},
};
#define CYRILLIC "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШ" /* those with names in sequence; small ones are 0x20 behind */

struct node { /* of the tree of field names */
    objid obj;
    struct str part;
    const struct form_field *field; /* leaves */
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
    struct font font; /* FONT, opened for this file */
    objid font_obj;
    uint32_t chars[256]; /* by code */
    const char *char_names[256];
    uint16_t glyphs[256];
};

static void put_letters(struct form *m)
{
    for (int c = 32; c < 127; c++) m->chars[c] = (uint32_t)c;
    for (size_t i = 0; i < sizeof WINANSI / sizeof *WINANSI; i++)
        m->chars[WINANSI[i].code] = WINANSI[i].c, m->char_names[WINANSI[i].code] = WINANSI[i].name;
    unsigned code = 160; /* its own WinAnsi letter, the no-break space, is a space */
    m->chars[160] = 0xA0, m->char_names[160] = "space";
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
        while (m->chars[code]) code++;
        m->chars[code] = OTHERS[i].c, m->char_names[code] = OTHERS[i].name;
    }
}

static void put_cyrillic(struct pdf *p, struct form *m)
{
    struct str s = STR(CYRILLIC);
    unsigned code = 128;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        unsigned name = 10017 + c - 0x410 + (c >= 0x416); /* afii10023 is Ё */
        for (int small = 0; small < 2; small++) {
            while (code < 255 && m->chars[code]) code++;
            m->chars[code] = c + (small ? 0x20 : 0);
            m->char_names[code] = arena_printf(&p->a, "afii%u", name + (small ? 48 : 0));
        }
    }
}

/* Opens the font and gives its object a number; the letters are known from then on. */
static struct form *form_open(struct pdf *p)
{
    if (p->form) return p->form;
    struct form *m = p->form = ARENA_NEW(&p->a, struct form);
    m->names = map_new(&p->a);
    m->font_obj = pdf_new(p);
    put_letters(m);
    put_cyrillic(p, m);
    struct font *f = &m->font;
    f->path = FONT, f->name = FONT_NAME, f->weight = 400;
    if (!file_read(&p->a, FONT, 1u << 25, &f->data)) {
        DIAG(p->d, MSG_PDF_FORM_FONT, ((struct place){0}), FONT);
        p->failed = true;
        return m;
    }
    hb_blob_t *blob = hb_blob_create(f->data.s, (unsigned)f->data.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    f->hb_face = hb_face_create(blob, 0);
    f->hb_font = hb_font_create(f->hb_face);
    hb_blob_destroy(blob);
    f->upem = (uint16_t)hb_face_get_upem(f->hb_face);
    f->ascent = 1069, f->descent = 293, f->cap_height = 714; /* of Noto Sans */
    f->bbox[0] = -621, f->bbox[1] = -389, f->bbox[2] = 2800, f->bbox[3] = 1067;
    for (int c = 32; c < 256; c++) {
        hb_codepoint_t g = 0;
        if (m->chars[c]) hb_font_get_nominal_glyph(f->hb_font, m->chars[c], &g);
        m->glyphs[c] = (uint16_t)g;
    }
    return m;
}

static int letter_width(const struct form *m, int code)
{
    return m->glyphs[code] ? (int)((int64_t)hb_font_get_glyph_h_advance(m->font.hb_font, m->glyphs[code]) * 1000 / m->font.upem) : 0;
}

/* --- the font object --- */

static objid letters_to_unicode(struct pdf *p, const struct form *m)
{
    struct buf b = {0};
    int n = 0;
    for (int c = 32; c < 256; c++) n += m->glyphs[c] != 0;
    buf_puts(&b, "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def"
                 "/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<00><FF>endcodespacerange\n");
    int in_block = 0;
    for (int c = 32; c < 256; c++) {
        if (!m->glyphs[c]) continue;
        if (!in_block) buf_printf(&b, "%d beginbfchar\n", n < 100 ? n : 100);
        buf_printf(&b, "<%02X><%04X>\n", (unsigned)c, m->chars[c]);
        n--;
        if (++in_block == 100 || !n) buf_puts(&b, "endbfchar\n"), in_block = 0;
    }
    buf_puts(&b, "endcmap CMapName currentdict/CMap defineresource pop end end");
    objid id = pdf_stream(p, "", buf_view(&b), false);
    buf_close(&b);
    return id;
}

static void write_font(struct pdf *p, struct form *m)
{
    uint16_t gids[256];
    uint32_t chars[256];
    size_t n = 0;
    for (int c = 32; c < 256; c++)
        if (m->glyphs[c]) chars[n++] = m->chars[c];
    char name[64];
    struct str subset = pdf_subset(p, &m->font, m->glyphs, 256, true, chars, n, gids, name);
    if (!subset.n) {
        p->failed = true;
        return;
    }
    objid descriptor = pdf_font_descriptor(p, &m->font, name, subset, 32), unicode = letters_to_unicode(p, m);
    struct buf b = {0};
    buf_printf(&b, "/Type/Font/Subtype/TrueType/BaseFont/%s/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[128", name);
    bool gap = false;
    for (int c = 128; c < 256; c++) {
        if (!m->char_names[c] || !m->glyphs[c]) {
            gap = true;
            continue;
        }
        if (gap) buf_printf(&b, " %d", c);
        gap = false;
        buf_printf(&b, "/%s", m->char_names[c]);
    }
    buf_puts(&b, "]>>/FirstChar 32/LastChar 255/Widths[");
    for (int c = 32; c < 256; c++) buf_printf(&b, c > 32 ? " %d" : "%d", letter_width(m, c));
    buf_puts(&b, "]/FontDescriptor "), put_ref(&b, descriptor);
    buf_puts(&b, "/ToUnicode "), put_ref(&b, unicode);
    pdf_body(p, m->font_obj, &b);
    buf_close(&b);
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
            n->part = str_part(name, from, len);
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
    if ((n->field && n->field != f) || n->kids.n || (each && n->widgets.n)) {
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

static void put_encoded(struct buf *b, const struct form *m, struct str s)
{
    struct buf e = {0};
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        char code = '?';
        for (int k = 32; k < 256; k++)
            if (m->chars[k] == c) code = (char)k;
        buf_putc(&e, code);
    }
    put_bytes(b, buf_view(&e));
    buf_close(&e);
}

static objid appearance(struct pdf *p, const struct form *m, const struct item *it, const struct buf *content)
{
    struct buf b = {0};
    buf_puts(&b, "/Type/XObject/Subtype/Form/BBox[0 0 ");
    put_fixed(&b, it->w), buf_putc(&b, ' '), put_fixed(&b, it->h);
    buf_puts(&b, "]/Resources<</Font<</Frm "), put_ref(&b, m->font_obj), buf_puts(&b, ">>>>");
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

static objid text_box(struct pdf *p, const struct form *m, const struct item *it, const struct form_field *f)
{
    struct buf b = {0};
    if (f->kind != FORM_SIGNATURE) buf_puts(&b, "/Tx BMC ");
    if (f->kind == FORM_LIST) { /* its options, as far as they fit */
        double size = FIXED_PT(size_of(f)), lead = size * 1.362, y = FIXED_PT(it->h) - size * 1.069;
        buf_puts(&b, "q BT 0 g /Frm "), put_real(&b, size, 2), buf_puts(&b, " Tf 2 "), put_real(&b, y, 2), buf_puts(&b, " Td ");
        for (size_t i = 0; i < f->n_options && y > 0; i++, y -= lead) {
            if (i) buf_puts(&b, "0 "), put_real(&b, -lead, 2), buf_puts(&b, " Td ");
            put_encoded(&b, m, f->options[i].label.n ? f->options[i].label : f->options[i].value);
            buf_puts(&b, "Tj ");
        }
        buf_puts(&b, "ET Q ");
    }
    if (f->kind != FORM_SIGNATURE) buf_puts(&b, "EMC");
    objid id = appearance(p, m, it, &b);
    buf_close(&b);
    return id;
}

/* --- objects --- */

static struct str option_label(const struct form_field *f, struct str value)
{
    for (size_t i = 0; i < f->n_options; i++)
        if (str_eq(f->options[i].value, value)) return f->options[i].label.n ? f->options[i].label : value;
    return value;
}

/* The name that a screen reader says: label, what the option is, how a date is written. */
static void put_tooltip(struct pdf *p, struct buf *b, const struct form_field *f, struct str option)
{
    struct buf t = {0};
    buf_str(&t, f->label.n ? f->label : f->name);
    if (option.n) buf_puts(&t, ": "), buf_str(&t, option_label(f, option));
    static const char *const hints[][4] = {{"date", "dd.mm.yyyy", "dd.mm.gggg.", "дд.мм.гггг."},
                                           {"datetime", "dd.mm.yyyy hh:mm", "dd.mm.gggg. čč:mm", "дд.мм.гггг. чч:мм"}};
    bool serbian = str_starts(p->f->lang, "sr"), latin = str_search(p->f->lang, "Latn") != SIZE_MAX;
    for (int i = 0; i < 2; i++)
        if (str_is(f->format, hints[i][0])) buf_printf(&t, " (%s)", hints[i][serbian ? (latin ? 2 : 3) : 1]);
    buf_puts(b, "/TU");
    put_text(b, buf_view(&t));
    buf_close(&t);
}

static void put_widget(struct pdf *p, struct buf *b, const struct form *m, const struct widget *w, const struct form_field *f)
{
    const struct item *it = w->item;
    buf_puts(b, "/Type/Annot/Subtype/Widget/F 4/Rect");
    put_rect(b, &p->f->pages[w->page], it->x, it->y, it->w, it->h);
    buf_puts(b, "/P "), put_ref(b, p->pages[w->page].obj);
    buf_printf(b, "/StructParent %d/AP<</N", w->struct_parent);
    if (w->on_off) {
        buf_puts(b, "<<"), put_name(b, w->state), buf_putc(b, ' '), put_ref(b, button(p, m, it, f->kind == FORM_RADIO, true));
        buf_puts(b, "/Off "), put_ref(b, button(p, m, it, f->kind == FORM_RADIO, false));
        buf_puts(b, ">>>>/AS/Off");
    } else buf_putc(b, ' '), put_ref(b, text_box(p, m, it, f)), buf_puts(b, ">>");
}

static void put_field(struct pdf *p, struct buf *b, const struct form_field *f, struct str option)
{
    static const char *const types[] = {"Tx", "Tx", "Btn", "Btn", "Ch", "Ch", "Sig"};
    static const int flags[] = {FF_NO_SCROLL | FF_NO_SPELL, FF_MULTILINE | FF_NO_SCROLL | FF_NO_SPELL, 0, FF_RADIO | FF_NO_TOGGLE, FF_COMBO, 0, 0};
    int ff = flags[f->kind] | (f->required ? FF_REQUIRED : 0) | (f->read_only ? FF_READ_ONLY : 0) | (f->kind == FORM_LIST && f->many ? FF_MANY : 0);
    buf_printf(b, "/FT/%s", types[f->kind]);
    if (ff) buf_printf(b, "/Ff %d", ff);
    put_tooltip(p, b, f, option);
    if (f->kind == FORM_CHECK || f->kind == FORM_RADIO) buf_puts(b, "/V/Off");
    else if (f->kind != FORM_SIGNATURE) buf_puts(b, "/DA(/Frm "), put_real(b, FIXED_PT(size_of(f)), 2), buf_puts(b, " Tf 0 g)");
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
        put_field(p, b, n->field, n->field->kind == FORM_CHECK ? option : (struct str){0});
    }
    if (merged) put_widget(p, b, m, n->widgets.v[0], n->field);
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
        put_widget(p, b, m, w, n->field);
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
    }
    struct buf b = {0};
    for (size_t i = 0; i < m->names.entries.n; i++) write_node(p, m, m->names.entries.v[i].value, &b);
    write_font(p, m);
    buf_reset(&b);
    buf_puts(&b, "/DA(/Frm 10 Tf 0 g)/DR<</Font<</Frm "), put_ref(&b, m->font_obj);
    buf_puts(&b, ">>>>/Fields[");
    for (size_t i = 0; i < m->roots.n; i++) put_ref(&b, m->roots.v[i]->obj), buf_putc(&b, ' ');
    buf_putc(&b, ']');
    objid id = pdf_object(p, &b);
    if (HPDF_Dict_Add(p->doc->catalog, "AcroForm", pdf_dict(p, id)) != HPDF_OK) p->failed = true;
    buf_close(&b);
out:
    if (m && m->font.hb_font) hb_font_destroy(m->font.hb_font), hb_face_destroy(m->font.hb_face);
}
