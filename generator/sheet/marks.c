/* marks.c: what is printed outside trim and bleed: crop and fold marks, crosses for the register of the plates, patches of their colours, the slug.
 *
 * All stand in a band of MARK_LENGTH around the bleed, MARK_GAP away from it. Cuts and folds take their places first; what has no place of its own
 * (crosses, patches, slug) stands in the longest free stretch of its side of the band. */
#include "sheet/inner.h"

#define MARK_WIDTH PT(0.25)
#define CROSS_RADIUS MM(1.5)
#define PATCH MM(4)

const struct color REGISTRATION = {.a = 255, .cmyk = true, .c = 255, .m = 255, .y = 255, .k = 255};

fixed marks_room(const struct sheet_style *s)
{
    return s->crop_marks || s->fold_marks || s->cross_marks || s->color_marks || s->info_marks ? MARK_GAP + MARK_LENGTH : 0;
}

static void stroke(struct face *f, uint32_t n_ops, const uint8_t *ops, uint32_t n, const struct point *points, bool dashed)
{
    static const struct paint solid = {.stroke = {.a = 255, .cmyk = true, .c = 255, .m = 255, .y = 255, .k = 255}, .width = MARK_WIDTH};
    static const struct paint dashes = {
        .stroke = {.a = 255, .cmyk = true, .c = 255, .m = 255, .y = 255, .k = 255}, .width = MARK_WIDTH, .n_dash = 2, .dash = {MM(1), MM(0.7)}};
    struct point *own = ARENA_ARRAY(f->j->a, struct point, n);
    memcpy(own, points, n * sizeof *own);
    struct path *path = ARENA_NEW(f->j->a, struct path);
    *path = (struct path){n_ops, n, ops, own};
    struct item *it = face_push(f, ITEM_PATH);
    it->u.path.path = path, it->u.path.paint = dashed ? &dashes : &solid;
}

void marks_line(struct face *f, fixed x0, fixed y0, fixed x1, fixed y1, bool dashed)
{
    static const uint8_t ops[] = {PATH_MOVE, PATH_LINE};
    stroke(f, 2, ops, 2, (struct point[]){{x0, y0}, {x1, y1}}, dashed);
}

static void cross(struct face *f, fixed x, fixed y)
{
    static const uint8_t ops[] = {PATH_MOVE, PATH_CURVE, PATH_CURVE, PATH_CURVE, PATH_CURVE, PATH_CLOSE};
    fixed r = CROSS_RADIUS, k = fixed_muldiv(r, 5523, 10000), half = MARK_LENGTH / 2; /* four curves for a circle */
    marks_line(f, x - half, y, x + half, y, false), marks_line(f, x, y - half, x, y + half, false);
    stroke(f, 6, ops, 13,
           (struct point[]){{x + r, y},
                            {x + r, y + k},
                            {x + k, y + r},
                            {x, y + r},
                            {x - k, y + r},
                            {x - r, y + k},
                            {x - r, y},
                            {x - r, y - k},
                            {x - k, y - r},
                            {x, y - r},
                            {x + k, y - r},
                            {x + r, y - k},
                            {x + r, y}},
           false);
}

/* --- words --- */
fixed marks_words(struct face *f, struct str words, fixed size, const struct color *color, enum align align, fixed x, fixed y, bool up)
{
    static const struct str names[] = {{"Noto Sans", 9}, {"sans-serif", 10}};
    static const struct families sans = {2, names};
    struct job *j = f->j;
    bool rtl = j->rtl && !j->dummy;          /* the dummy speaks the language of messages */
    if (!j->text) j->text = text_open(j->d); /* layout has closed its own */
    struct text_style *style = ARENA_NEW(j->a, struct text_style);
    *style = (struct text_style){.families = &sans, .size = size, .weight = 400, .lang = j->in->lang, .rtl = rtl};
    struct para *p = para_new(j->text, j->a, rtl);
    para_text(p, str_copy(j->a, words), style, style, (struct place){0});
    const struct para_lines *lines = para_break(p, &(struct para_shape){.width = FIXED_MAX / 4, .align = ALIGN_LEFT, .align_last = ALIGN_LEFT});
    fixed width = 0;
    for (size_t i = 0; lines->n && i < lines->lines[0].n; i++)
        if (lines->lines[0].runs[i].kind == RUN_GLYPHS) width = fixed_max(width, lines->lines[0].runs[i].x + lines->lines[0].runs[i].width);
    if (!color || !width) return width;
    fixed from = align == AT_LEFT ? 0 : align == AT_MIDDLE ? -width / 2 : -width;
    if (up) {
        face_push(f, ITEM_SAVE);
        double m[6] = {0, -1, 1, 0, FIXED_PT(x), FIXED_PT(y)};
        memcpy(face_push(f, ITEM_MATRIX)->u.matrix, m, sizeof m);
        x = y = 0;
    }
    for (size_t i = 0; i < lines->lines[0].n; i++) {
        const struct run *r = &lines->lines[0].runs[i];
        if (r->kind != RUN_GLYPHS) continue;
        struct item *it = face_push(f, ITEM_TEXT);
        it->x = x + from + r->x, it->y = y, it->w = r->width, it->h = size;
        it->u.text = r->text;
        it->u.text->color = *color;
    }
    if (up) face_push(f, ITEM_RESTORE);
    return width;
}

/* --- room in the band --- */
/* The longest stretch of low … high without anything taken; a distance is kept from that, since a cross is 5 mm wide. */
static void free_stretch(const fixed_list *taken, fixed low, fixed high, fixed *from, fixed *to)
{
    fixed pad = MM(3.5), at = low + pad;
    *from = *to = at;
    for (;;) { /* the next that is taken, behind at; few are */
        fixed next = high;
        for (size_t i = 0; i < taken->n; i++)
            if (taken->v[i] > at - pad && taken->v[i] < next) next = taken->v[i];
        if (next - pad - at > *to - *from) *from = at, *to = next - pad;
        if (next >= high) return;
        at = next + pad;
    }
}

static void taken_add(struct face *f, fixed_list *to, const fixed_list *from)
{
    for (size_t i = 0; i < from->n; i++) *vec_push(f->j->a, to) = from->v[i];
}

/* Patches of the plates one under the other, solid and half, then what they give together. */
static void patches(struct face *f, fixed x, fixed from, fixed to)
{
    static const uint8_t inks[][4] = {{255, 0, 0, 0}, {0, 255, 0, 0}, {0, 0, 255, 0},   {0, 0, 0, 255},   {128, 0, 0, 0},  {0, 128, 0, 0},
                                      {0, 0, 128, 0}, {0, 0, 0, 128}, {255, 255, 0, 0}, {255, 0, 255, 0}, {0, 255, 255, 0}};
    for (size_t i = 0; i < sizeof inks / sizeof *inks && from + PATCH <= to; i++, from += PATCH) {
        struct item *it = face_push(f, ITEM_RECT);
        it->x = x - PATCH / 2, it->y = from, it->w = PATCH, it->h = PATCH;
        it->u.color = (struct color){.a = 255, .cmyk = true, .c = inks[i][0], .m = inks[i][1], .y = inks[i][2], .k = inks[i][3]};
    }
}

/* --- slug --- */
enum { PLATES = 4 };
static const struct slug_words { /* "Title · sheet 1, front": before and after the number, then the side */
    const char *lang, *before, *after, *side[2], *plate[PLATES];
} SLUG[] = {{"sr-Latn", "tabak ", "", {", lice", ", poleđina"}, {"Cijan", "Magenta", "Žuta", "Crna"}},
            {"sr", "табак ", "", {", лице", ", полеђина"}, {"Цијан", "Магента", "Жута", "Црна"}},
            {"hu", "", ". ív", {", előoldal", ", hátoldal"}, {"Cián", "Bíbor", "Sárga", "Fekete"}},
            {"ro", "coala ", "", {", față", ", verso"}, {"Cyan", "Magenta", "Galben", "Negru"}},
            {"sq", "fleta ", "", {", ana e përparme", ", ana e pasme"}, {"Cian", "Magenta", "E verdhë", "E zezë"}},
            {"ar", "ورقة ", "", {"، الوجه", "، الظهر"}, {"سماوي", "أرجواني", "أصفر", "أسود"}},
            {NULL, "sheet ", "", {", front", ", back"}, {"Cyan", "Magenta", "Yellow", "Black"}}};

static const struct slug_words *slug_words(struct str lang)
{
    for (const struct slug_words *w = SLUG;; w++) {
        size_t n = w->lang ? strlen(w->lang) : 0;
        if (!n || (str_starts(lang, w->lang) && (lang.n == n || lang.s[n] == '-'))) return w;
    }
}

/* What the sheet is, then each plate's name printed by that plate alone. */
static void slug(struct face *f, fixed x, fixed from, fixed to)
{
    static const struct color plates[PLATES] = {{.a = 255, .cmyk = true, .c = 255},
                                                {.a = 255, .cmyk = true, .m = 255},
                                                {.a = 255, .cmyk = true, .y = 255},
                                                {.a = 255, .cmyk = true, .k = 255}};
    struct job *j = f->j;
    const struct slug_words *words = slug_words(j->in->lang);
    struct str where = str_printf(j->a, "%s%zu%s%s", words->before, f->sheet + 1, words->after, f->side < 0 ? "" : words->side[f->side]);
    struct str whole = j->in->title.n ? str_printf(j->a, "%.*s · %.*s", STR_ARG(j->in->title), STR_ARG(where)) : where;
    fixed gap = MM(2), names = 0, room = to - from;
    for (size_t i = 0; i < PLATES; i++) names += gap + marks_words(f, str_of(words->plate[i]), SLUG_SIZE, NULL, AT_LEFT, 0, 0, true);
    if (marks_words(f, whole, SLUG_SIZE, NULL, AT_LEFT, 0, 0, true) + names > room) whole = where; /* a long title is left out */
    fixed own = marks_words(f, whole, SLUG_SIZE, NULL, AT_LEFT, 0, 0, true);
    if (own > room) return;
    x += SLUG_SIZE / 3; /* the middle of the letters stands in the middle of the band */
    marks_words(f, whole, SLUG_SIZE, &REGISTRATION, AT_LEFT, x, to, true);
    to -= own;
    for (size_t i = 0; i < PLATES && own + names <= room; i++)
        to -= gap + marks_words(f, str_of(words->plate[i]), SLUG_SIZE, &plates[i], AT_LEFT, x, to - gap, true);
}

void marks_draw(struct face *f)
{
    const struct sheet_style *s = f->j->s;
    fixed near = f->bleed + MARK_GAP, far = near + MARK_LENGTH, mid = near + MARK_LENGTH / 2;
    fixed left = f->x, top = f->y, right = f->x + f->trim_w, bottom = f->y + f->trim_h, from, to;
    fixed_list across = {0}, down = {0};
    taken_add(f, &across, &f->cut_x), taken_add(f, &across, &f->fold_x), taken_add(f, &down, &f->cut_y);
    for (size_t i = 0; s->crop_marks && i < f->cut_x.n; i++)
        marks_line(f, f->cut_x.v[i], top - near, f->cut_x.v[i], top - far, false),
            marks_line(f, f->cut_x.v[i], bottom + near, f->cut_x.v[i], bottom + far, false);
    for (size_t i = 0; s->crop_marks && i < f->cut_y.n; i++)
        marks_line(f, left - near, f->cut_y.v[i], left - far, f->cut_y.v[i], false),
            marks_line(f, right + near, f->cut_y.v[i], right + far, f->cut_y.v[i], false);
    for (size_t i = 0; s->fold_marks && i < f->fold_x.n; i++)
        marks_line(f, f->fold_x.v[i], top - near, f->fold_x.v[i], top - far, true),
            marks_line(f, f->fold_x.v[i], bottom + near, f->fold_x.v[i], bottom + far, true);
    if (s->cross_marks) {
        free_stretch(&across, left, right, &from, &to);
        fixed x = (from + to) / 2;
        if (to - from >= MARK_LENGTH) cross(f, x, top - mid), cross(f, x, bottom + mid);
        free_stretch(&down, top, bottom, &from, &to);
        fixed y = (from + to) / 2;
        if (to - from >= MARK_LENGTH) cross(f, left - mid, y), cross(f, right + mid, y), *vec_push(f->j->a, &down) = y;
    }
    free_stretch(&down, top, bottom, &from, &to);
    if (s->color_marks) patches(f, right + mid, from, to);
    if (s->info_marks) slug(f, left - mid, from, to);
}
