/* The PDF writer on frames made by hand with real fonts. With HAND=DIR in the environment the files are left there for tests/e2e/pdf.sh. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include "base/file.h"
#include "pdf/pdf.h"
#include "image/image.h"
#include "sheet/sheet.h"
#include "text/text.h"
#include <hb-ot.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct arena A;

/* --- a document by hand --- */

static struct font *font_by_hand(const char *path, const char *name, bool italic)
{
    struct font *f = ARENA_NEW(&A, struct font);
    f->path = path, f->name = name, f->italic = italic, f->weight = 400;
    assert_true(file_read(&A, path, 1u << 24, &f->data));
    hb_blob_t *blob = hb_blob_create(f->data.s, (unsigned)f->data.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    f->hb_face = face, f->hb_font = hb_font_create(face);
    f->upem = (uint16_t)hb_face_get_upem(face);
    f->ascent = 1069, f->descent = 293, f->cap_height = 714;
    f->bbox[0] = -600, f->bbox[1] = -400, f->bbox[2] = 2600, f->bbox[3] = 1100;
    if (italic) f->italic_angle = -12 * 64;
    return f;
}
static const struct font *sans, *italic;

struct maker {
    struct frames f;
    VEC(struct frame_page) pages;
    VEC(struct item) items;
    uint32_t n_tags, order;
};

static struct tag *tag_new(struct maker *m, struct tag *parent, enum tag_type type)
{
    struct tag *t = ARENA_NEW(&A, struct tag);
    t->type = type, t->index = m->n_tags++, t->parent = parent;
    if (!parent) m->f.root = t;
    else if (parent->last) parent->last->next = t, parent->last = t;
    else parent->first = parent->last = t;
    return t;
}

static struct item *item_new(struct maker *m, enum item_kind kind, struct tag *tag, fixed x, fixed y, fixed w, fixed h)
{
    struct item *i = vec_push(&A, &m->items);
    *i = (struct item){.kind = (uint8_t)kind, .tag = tag, .x = x, .y = y, .w = w, .h = h, .order = m->order};
    return i;
}

/* One run; returns where it ends. */
static fixed put(struct maker *m, struct tag *tag, const struct font *font, fixed size, fixed x, fixed y, const char *z, const char *lang,
                 bool hyphen)
{
    hb_buffer_t *b = hb_buffer_create();
    hb_buffer_add_utf8(b, z, -1, 0, -1);
    if (hyphen) hb_buffer_add_utf8(b, "-", 1, 0, 1);
    hb_buffer_guess_segment_properties(b);
    hb_buffer_set_language(b, hb_language_from_string(lang, -1));
    hb_shape(font->hb_font, b, NULL, 0);
    unsigned n;
    hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
    hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(b, &n);
    struct glyph *g = ARENA_ARRAY(&A, struct glyph, n);
    struct glyph_offset *offsets = ARENA_ARRAY(&A, struct glyph_offset, n);
    fixed w = 0;
    for (unsigned i = 0; i < n; i++) {
        g[i].id = (uint16_t)info[i].codepoint;
        g[i].cluster = hyphen && i == n - 1 ? (uint16_t)strlen(z) : (uint16_t)info[i].cluster;
        g[i].advance = fixed_muldiv(size, pos[i].x_advance, font->upem);
        offsets[i].dx = (int16_t)fixed_muldiv(size, pos[i].x_offset, font->upem);
        offsets[i].dy = (int16_t)fixed_muldiv(size, pos[i].y_offset, font->upem);
        w += g[i].advance;
    }
    struct text_item *t = ARENA_NEW(&A, struct text_item);
    *t = (struct text_item){.font = font,
                            .size = size,
                            .color = {.a = 255},
                            .text = str_of(z),
                            .lang = str_of(lang),
                            .n = n,
                            .glyphs = g,
                            .offsets = offsets,
                            .hyphen = hyphen};
    item_new(m, ITEM_TEXT, tag, x, y, w, size)->u.text = t;
    hb_buffer_destroy(b);
    return x + w;
}

static struct frame_page *page_end(struct maker *m, fixed w, fixed h, const char *label)
{
    struct frame_page *p = vec_push(&A, &m->pages);
    *p = (struct frame_page){.w = w, .h = h, .trim_w = w, .trim_h = h, .label = str_of(label), .n = m->items.n, .items = m->items.v};
    memset(&m->items, 0, sizeof m->items);
    return p;
}

static struct frames *finish(struct maker *m, const char *title)
{
    m->f.title = str_of(title), m->f.lang = STR("sr-Cyrl-RS"), m->f.author = STR("Центар"), m->f.creator = STR("letak");
    m->f.n_pages = m->pages.n, m->f.pages = m->pages.v, m->f.n_tags = m->n_tags;
    return &m->f;
}

static void table_by_hand(struct maker *m, struct tag *doc, fixed y)
{
    static const char *const cells[2][2] = {{"Услуга", "Број"}, {"Прихват", "12"}};
    struct tag *table = tag_new(m, doc, TAG_TABLE);
    table->has_bbox = true, table->x = PT(50), table->y = y, table->w = PT(200), table->h = PT(40);
    for (int r = 0; r < 2; r++) {
        struct tag *row = tag_new(m, tag_new(m, table, r ? TAG_TBODY : TAG_THEAD), TAG_TR);
        for (int c = 0; c < 2; c++) {
            struct tag *cell = tag_new(m, row, r ? TAG_TD : TAG_TH);
            if (r) cell->headers = c ? STR("h1") : STR("h0");
            else cell->id = c ? STR("h1") : STR("h0"), cell->scope = SCOPE_COLUMN;
            put(m, tag_new(m, cell, TAG_P), sans, PT(10), PT(50 + 100 * c), y + PT(12 + 16 * r), cells[r][c], "sr", false);
        }
    }
    item_new(m, ITEM_RECT, NULL, PT(50), y + PT(15), PT(200), PT(0.5))->u.color = (struct color){.r = 200, .g = 10, .b = 10, .a = 255};
}

static struct frames *document(struct maker *m)
{
    struct tag *doc = tag_new(m, NULL, TAG_DOCUMENT), *h = tag_new(m, doc, TAG_H1), *p = tag_new(m, doc, TAG_P);
    put(m, NULL, sans, PT(8), PT(50), PT(30), "жива глава", "sr", false);
    put(m, h, sans, PT(18), PT(50), PT(60), "Наслов (први) \\ знак", "sr", false);
    fixed x = put(m, p, sans, PT(10), PT(50), PT(90), "Текст са ", "sr", false);
    x = put(m, p, italic, PT(10), x, PT(90), "бгдпт fi ", "sr", false);
    struct tag *link = tag_new(m, p, TAG_LINK);
    fixed end = put(m, link, sans, PT(10), x, PT(90), "везом", "sr", false);
    struct item *l = item_new(m, ITEM_LINK, link, x, PT(82), end - x, PT(12));
    l->u.link.uri = STR("https://example.org/помоћ"), l->u.link.label = STR("Помоћ");
    x = put(m, p, sans, PT(10), end, PT(90), " и english ", "en", false);
    put(m, p, sans, PT(10), x, PT(90), "преко реда изда", "sr", true);
    put(m, p, sans, PT(10), PT(50), PT(104), "вање настав", "sr", true);
    table_by_hand(m, doc, PT(120));
    struct tag *list = tag_new(m, doc, TAG_L);
    list->list_numbering = "Disc";
    struct tag *li = tag_new(m, list, TAG_LI), *lbl = tag_new(m, li, TAG_LBL), *body = tag_new(m, li, TAG_LBODY);
    put(m, lbl, sans, PT(10), PT(50), PT(200), "•", "sr", false);
    put(m, body, sans, PT(10), PT(60), PT(200), "ставка (а\xCC\x81)", "sr", false);
    struct tag *figure = tag_new(m, doc, TAG_FIGURE);
    figure->alt = STR("Црвени троугао"), figure->has_bbox = true, figure->x = PT(50), figure->y = PT(220), figure->w = figure->h = PT(60);
    item_new(m, ITEM_SAVE, NULL, 0, 0, 0, 0);
    double turn[6] = {1, 0, 0, 1, 10, 5};
    memcpy(item_new(m, ITEM_MATRIX, NULL, 0, 0, 0, 0)->u.matrix, turn, sizeof turn);
    static const uint8_t ops[] = {PATH_MOVE, PATH_LINE, PATH_LINE, PATH_CLOSE};
    static const struct point pts[] = {{PT(50), PT(270)}, {PT(90), PT(270)}, {PT(70), PT(225)}};
    static const struct path path = {4, 3, ops, pts};
    static const struct paint paint = {.fill = {.r = 220, .a = 128}, .stroke = {.a = 255}, .width = PT(2), .n_dash = 2, .dash = {PT(3), PT(1)}};
    struct item *tri = item_new(m, ITEM_PATH, figure, 0, 0, 0, 0);
    tri->u.path.path = &path, tri->u.path.paint = &paint;
    item_new(m, ITEM_RESTORE, NULL, 0, 0, 0, 0);
    page_end(m, PT(300), PT(400), "i");
    put(m, p, sans, PT(10), PT(50), PT(50), "љање на другој страни.", "sr", false);
    struct tag *p2 = tag_new(m, doc, TAG_P), *ref = tag_new(m, p2, TAG_LINK);
    struct item *back = item_new(m, ITEM_LINK, ref, PT(50), PT(70), PT(60), PT(12));
    back->u.link.dest = STR("prvi"), back->u.link.label = STR("Назад на наслов");
    put(m, ref, sans, PT(10), PT(50), PT(80), "на почетак", "sr", false);
    page_end(m, PT(300), PT(400), "1");
    static struct dest dests[] = {{{"prvi", 4}, 0, PT(50), PT(40)}};
    static struct outline_entry outline[] = {{{"Наслов", 12}, {"prvi", 4}, 1, 0, PT(40), false}, {{"Dva", 3}, {"", 0}, 2, 1, PT(40), false}};
    m->f.dests = dests, m->f.n_dests = 1, m->f.outline = outline, m->f.n_outline = 2;
    return finish(m, "Проба: документ");
}

static struct str write_pdf(const struct frames *f, struct pdf_options o, const char *name)
{
    struct diag *d = diag_new(DIAG_EN);
    struct buf b = {0};
    o.date = STR("2026-03-01");
    bool good = pdf_write(f, &o, d, &b);
    struct buf said = {0};
    diag_write(d, &said, false, false);
    if (said.n) print_message("%s", said.s);
    assert_true(good);
    struct str out = buf_copy(&A, &b);
    const char *dir = getenv("HAND");
    if (dir && name) assert_true(file_write(path_join(&A, str_of(dir), str_of(name)), out));
    buf_close(&b), buf_close(&said);
    diag_close(d);
    return out;
}

static void test_reading(void **state)
{
    (void)state;
    struct maker m = {0}, n = {0};
    struct str one = write_pdf(document(&m), (struct pdf_options){.flavour = PDF_READING}, "reading.pdf");
    struct str two = write_pdf(document(&n), (struct pdf_options){.flavour = PDF_READING}, NULL);
    assert_true(str_eq(one, two)); /* same frames, same bytes */
    assert_true(str_starts(one, "%PDF-1.7\n"));
}

/* --- a form by hand --- */

static void put_field(struct maker *m, struct tag *doc, const struct form_field *f, const char *option, fixed y, fixed w, fixed h)
{
    struct tag *p = tag_new(m, doc, TAG_P);
    put(m, p, sans, PT(10), PT(20), y + PT(10), "Поље ", "sr", false);
    struct item *it = item_new(m, ITEM_FIELD, tag_new(m, p, TAG_FORM), PT(80), y, w, h);
    it->u.field.field = f, it->u.field.option = str_of(option);
}

static struct frames *form(struct maker *m)
{
    static const struct form_option options[] = {{{"posta", 5}, {"поштом", 12}}, {{"licno", 5}, {"лично", 10}}};
    static const struct form_field fields[] = {
        {.kind = FORM_TEXT, .name = {"ime", 3}, .label = {"Име", 6}, .required = true, .max_length = 60},
        {.kind = FORM_MULTILINE, .name = {"prilozi.1.opis", 14}, .label = {"Опис", 8}},
        {.kind = FORM_CHECK, .name = {"saglasan", 8}, .label = {"Сагласан", 16}},
        {.kind = FORM_CHECK, .name = {"usluge", 6}, .label = {"Услуге", 12}, .many = true, .n_options = 2, .options = options},
        {.kind = FORM_RADIO, .name = {"nacin", 5}, .label = {"Начин", 10}, .n_options = 2, .options = options},
        {.kind = FORM_COMBO, .name = {"izbor", 5}, .label = {"Избор", 10}, .n_options = 2, .options = options},
        {.kind = FORM_LIST, .name = {"lista", 5}, .label = {"Листа", 10}, .n_options = 2, .options = options},
        {.kind = FORM_SIGNATURE, .name = {"potpis", 6}, .label = {"Потпис", 12}},
        {.kind = FORM_TEXT, .name = {"prilozi.1.datum", 15}, .label = {"Датум", 10}, .format = {"date", 4}},
    };
    struct tag *doc = tag_new(m, NULL, TAG_DOCUMENT);
    put_field(m, doc, &fields[0], "", PT(20), PT(200), PT(16));
    put_field(m, doc, &fields[1], "", PT(40), PT(200), PT(60));
    put_field(m, doc, &fields[2], "", PT(110), PT(12), PT(12));
    put_field(m, doc, &fields[3], "posta", PT(130), PT(12), PT(12));
    put_field(m, doc, &fields[3], "licno", PT(150), PT(12), PT(12));
    put_field(m, doc, &fields[4], "posta", PT(170), PT(12), PT(12));
    put_field(m, doc, &fields[4], "licno", PT(190), PT(12), PT(12));
    put_field(m, doc, &fields[5], "", PT(210), PT(120), PT(16));
    put_field(m, doc, &fields[6], "", PT(230), PT(120), PT(40));
    put_field(m, doc, &fields[7], "", PT(280), PT(150), PT(30));
    put_field(m, doc, &fields[8], "", PT(320), PT(100), PT(16));
    page_end(m, PT(300), PT(400), "");
    m->f.has_fields = true;
    return finish(m, "Образац");
}

static void test_form(void **state)
{
    (void)state;
    struct maker m = {0};
    write_pdf(form(&m), (struct pdf_options){.flavour = PDF_FORM}, "form.pdf");
    static const struct form_field twin = {.kind = FORM_TEXT, .name = {"ime", 3}, .label = {"Име", 6}};
    struct maker t = {0};
    struct frames *f = form(&t);
    struct frame_page *page = &f->pages[0];
    for (size_t i = 0; i < page->n; i++)
        if (page->items[i].kind == ITEM_FIELD && page->items[i].u.field.field->kind == FORM_MULTILINE) page->items[i].u.field.field = &twin;
    struct diag *d = diag_new(DIAG_EN);
    struct buf b = {0};
    assert_false(pdf_write(f, &(struct pdf_options){.flavour = PDF_FORM}, d, &b)); /* two fields of one name */
    assert_int_equal(b.n, 0);
    buf_close(&b);
    diag_close(d);
}

/* --- pictures and the print shop --- */

static const struct image *picture(const char *path)
{
    struct str bytes;
    if (!file_read(&A, path, 1u << 24, &bytes)) return NULL;
    struct diag *d = diag_new(DIAG_EN);
    const struct image *im = image_open(&A, bytes, str_of(path), (struct place){0}, d);
    diag_close(d);
    return im;
}

/* The pictures that tests/e2e/pdf.sh made in HAND, each as a figure. */
static struct frames *album(struct maker *m, const char *dir)
{
    static const char *const names[] = {"a.jpg", "c.jpg", "p.png", "i.png", "b.png", "p.gif", "p.webp"};
    struct tag *doc = tag_new(m, NULL, TAG_DOCUMENT);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct image *im = picture(path_join(&A, str_of(dir), str_of(names[i])));
        assert_non_null(im);
        fixed x = PT(20 + 90 * (double)(i % 3)), y = PT(20 + 90 * (double)(i / 3)), w = PT(80), h = fixed_muldiv(w, im->height, im->width);
        if (h > PT(80)) h = PT(80), w = fixed_muldiv(h, im->width, im->height);
        struct tag *figure = tag_new(m, doc, TAG_FIGURE);
        figure->alt = str_of(names[i]), figure->has_bbox = true, figure->x = x, figure->y = y, figure->w = w, figure->h = h;
        item_new(m, ITEM_IMAGE, figure, x, y, w, h)->u.image = im;
    }
    page_end(m, PT(300), PT(300), "");
    return finish(m, "Слике");
}

static void test_album(void **state)
{
    (void)state;
    struct maker m = {0};
    const char *dir = getenv("HAND");
    write_pdf(album(&m, dir), (struct pdf_options){.flavour = PDF_READING}, "album.pdf");
}

static void test_press(void **state)
{
    (void)state;
    struct maker m = {0};
    struct tag *doc = tag_new(&m, NULL, TAG_DOCUMENT);
    for (int i = 0; i < 6; i++) {
        fixed w = MM(i == 3 || i == 4 ? 97 : 100);
        item_new(&m, ITEM_RECT, NULL, 0, 0, w, MM(60))->u.color = (struct color){.r = 20, .g = (uint8_t)(40 * i), .b = 120, .a = 255};
        char text[] = "Страна 0";
        text[sizeof text - 2] = (char)('1' + i);
        put(&m, tag_new(&m, doc, TAG_P), sans, PT(20), MM(10), MM(90), str_copy(&A, str_of(text)).s, "sr", false);
        page_end(&m, w, MM(210), "");
    }
    struct sheet_style s = {.scheme = SHEET_LETTERFOLD, .width = MM(297), .height = MM(210), .bleed = MM(3), .crop_marks = true, .fold_marks = true};
    struct frames out;
    struct diag *d = diag_new(DIAG_EN);
    assert_true(sheet_impose(&A, finish(&m, "Летак"), &s, d, &out));
    diag_close(d);
    write_pdf(&out, (struct pdf_options){.flavour = PDF_PRESS}, "press.pdf");
}

/* Many pages of text, for the size and time of one: BOOK=pages. */
static void test_book(void **state)
{
    (void)state;
    struct maker m = {0};
    const char *n = getenv("BOOK");
    struct tag *doc = tag_new(&m, NULL, TAG_DOCUMENT);
    static const char *const words[] = {"љубав", "кућа", "није", "сигурна", "помоћ",    "телефон", "разговор",
                                        "дете",  "у",    "и",    "на",      "стручњак", "заштита"};
    unsigned seed = 1;
    for (int page = 0; page < atoi(n); page++) {
        for (int line = 0; line < 45; line++) {
            static struct tag *p;
            if (line % 5 == 0) p = tag_new(&m, doc, TAG_P);
            struct buf b = {0};
            for (int w = 0; w < 11; w++, seed = seed * 1103515245 + 12345) buf_printf(&b, "%s ", words[(seed >> 16) % 13]);
            put(&m, p, sans, PT(10), PT(40), PT(40 + 14 * line), buf_copy(&A, &b).s, "sr-Cyrl-RS", false);
            struct item *it = &m.items.v[m.items.n - 1]; /* justified */
            struct text_item *t = it->u.text;
            for (uint32_t g = 0; g < t->n; g++)
                if (t->text.s[t->glyphs[g].cluster] == ' ') ((struct glyph *)&t->glyphs[g])->advance += line * 3;
            buf_close(&b);
        }
        page_end(&m, PT(420), PT(700), "");
    }
    struct frames *f = finish(&m, "Књига");
    struct timespec from, to;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    struct str out = write_pdf(f, (struct pdf_options){.flavour = PDF_READING}, "book.pdf");
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    double ms = (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
    print_message("%zu bytes and %.3f ms a page\n", out.n / f->n_pages, ms / (double)f->n_pages);
}

static int setup(void **state)
{
    (void)state;
    sans = font_by_hand("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", "NotoSans-Regular", false);
    italic = font_by_hand("/usr/share/fonts/truetype/noto/NotoSans-Italic.ttf", "NotoSans-Italic", true);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        const struct font *f = i ? italic : sans;
        hb_font_destroy(f->hb_font), hb_face_destroy(f->hb_face);
    }
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_reading), cmocka_unit_test(test_form), cmocka_unit_test(test_press)};
    const struct CMUnitTest files[] = {cmocka_unit_test(test_album)}, book[] = {cmocka_unit_test(test_book)};
    int failed = cmocka_run_group_tests(tests, setup, teardown);
    if (getenv("HAND")) failed += cmocka_run_group_tests(files, setup, teardown);
    if (getenv("BOOK")) failed += cmocka_run_group_tests(book, setup, teardown);
    arena_close(&A);
    return failed;
}
