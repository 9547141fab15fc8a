/* font.c: font files and the choice among them. Files come from fixed Debian paths and @font-face, never from fontconfig, so that a page looks the
 * same on every machine. A font is opened once a process and stays. */
#include "text/font.h"
#include "base/file.h"
#include "base/utf8.h"
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOTO "/usr/share/fonts/truetype/noto/"
static const struct {
    const char *family, *path;
    uint16_t weight;
    bool italic;
} known[] = {
    {"Noto Serif", NOTO "NotoSerif-Regular.ttf", 400, false},
    {"Noto Serif", NOTO "NotoSerif-Italic.ttf", 400, true},
    {"Noto Serif", NOTO "NotoSerif-Bold.ttf", 700, false},
    {"Noto Serif", NOTO "NotoSerif-BoldItalic.ttf", 700, true},
    {"Noto Sans", NOTO "NotoSans-Regular.ttf", 400, false},
    {"Noto Sans", NOTO "NotoSans-Italic.ttf", 400, true},
    {"Noto Sans", NOTO "NotoSans-Bold.ttf", 700, false},
    {"Noto Sans", NOTO "NotoSans-BoldItalic.ttf", 700, true},
    {"Noto Serif Display", NOTO "NotoSerifDisplay-Regular.ttf", 400, false},
    {"Noto Serif Display", NOTO "NotoSerifDisplay-Italic.ttf", 400, true},
    {"Noto Serif Display", NOTO "NotoSerifDisplay-Bold.ttf", 700, false},
    {"Noto Serif Display", NOTO "NotoSerifDisplay-BoldItalic.ttf", 700, true},
    {"Noto Sans Display", NOTO "NotoSansDisplay-Regular.ttf", 400, false},
    {"Noto Sans Display", NOTO "NotoSansDisplay-Italic.ttf", 400, true},
    {"Noto Sans Display", NOTO "NotoSansDisplay-Bold.ttf", 700, false},
    {"Noto Sans Display", NOTO "NotoSansDisplay-BoldItalic.ttf", 700, true},
    {"Noto Sans Mono", NOTO "NotoSansMono-Regular.ttf", 400, false},
    {"Noto Sans Mono", NOTO "NotoSansMono-Bold.ttf", 700, false},
    {"Noto Naskh Arabic", NOTO "NotoNaskhArabic-Regular.ttf", 400, false},
    {"Noto Naskh Arabic", NOTO "NotoNaskhArabic-Bold.ttf", 700, false},
    {"Noto Kufi Arabic", NOTO "NotoKufiArabic-Regular.ttf", 400, false},
    {"Noto Kufi Arabic", NOTO "NotoKufiArabic-Bold.ttf", 700, false},
    {"Noto Serif Devanagari", NOTO "NotoSerifDevanagari-Regular.ttf", 400, false},
    {"Noto Serif Devanagari", NOTO "NotoSerifDevanagari-Bold.ttf", 700, false},
    {"Noto Serif Bengali", NOTO "NotoSerifBengali-Regular.ttf", 400, false},
    {"Noto Serif Bengali", NOTO "NotoSerifBengali-Bold.ttf", 700, false},
    {"Noto Nastaliq Urdu", NOTO "NotoNastaliqUrdu-Regular.ttf", 400, false},
    {"Noto Nastaliq Urdu", NOTO "NotoNastaliqUrdu-Bold.ttf", 700, false},
    {"Noto Sans Devanagari", NOTO "NotoSansDevanagari-Regular.ttf", 400, false},
    {"Noto Sans Devanagari", NOTO "NotoSansDevanagari-Bold.ttf", 700, false},
    {"Noto Sans Bengali", NOTO "NotoSansBengali-Regular.ttf", 400, false},
    {"Noto Sans Bengali", NOTO "NotoSansBengali-Bold.ttf", 700, false},
    {"Noto Sans Symbols", NOTO "NotoSansSymbols-Regular.ttf", 400, false},
    {"Noto Sans Symbols2", NOTO "NotoSansSymbols2-Regular.ttf", 400, false},
    {"Noto Sans Math", NOTO "NotoSansMath-Regular.ttf", 400, false},
};
enum { KNOWN = sizeof known / sizeof *known };
/* Tried in this order; those with serifs only beside type that has them. */
static const char *const fallback[] = {"Noto Serif Devanagari", "Noto Serif Bengali", "Noto Sans",          "Noto Naskh Arabic",
                                       "Noto Sans Devanagari",  "Noto Sans Bengali",  "Noto Sans Symbols2", "Noto Sans Symbols",
                                       "Noto Sans Math",        "Noto Sans Mono"};

struct opened { /* a font with what only this file needs */
    struct font font;
    hb_set_t *has;
    struct opened *next;
};
static struct opened *all; /* newest first */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static char *kept(const char *s) /* as long as the process */
{
    size_t n = strlen(s) + 1;
    return memcpy(mem_realloc(NULL, n), s, n);
}

static char *post_script_name(hb_face_t *face)
{
    char name[128];
    unsigned n = sizeof name;
    hb_ot_name_get_utf8(face, 6, HB_LANGUAGE_INVALID, &n, name);
    return kept(n ? name : "Font");
}

static void metrics(struct opened *o)
{
    struct font *f = &o->font;
    hb_font_t *h = f->hb_font;
    hb_position_t v = 0;
    hb_font_extents_t e = {0};
    hb_font_get_h_extents(h, &e);
    f->upem = (uint16_t)hb_face_get_upem(f->hb_face);
    f->weight = (uint16_t)hb_style_get_value(h, HB_STYLE_TAG_WEIGHT); /* what the file says, not the @font-face that happened to open it first */
    f->italic = hb_style_get_value(h, HB_STYLE_TAG_ITALIC) > 0;
    f->ascent = (int16_t)e.ascender, f->descent = (int16_t)-e.descender, f->line_gap = (int16_t)e.line_gap;
    struct {
        hb_ot_metrics_tag_t tag;
        int16_t *to;
        int16_t otherwise;
    } m[] = {
        {HB_OT_METRICS_TAG_X_HEIGHT, &f->x_height, (int16_t)(f->upem / 2)},
        {HB_OT_METRICS_TAG_CAP_HEIGHT, &f->cap_height, (int16_t)(f->upem * 7 / 10)},
        {HB_OT_METRICS_TAG_UNDERLINE_OFFSET, &f->underline_y, (int16_t)(-f->upem / 10)},
        {HB_OT_METRICS_TAG_UNDERLINE_SIZE, &f->underline_thickness, (int16_t)(f->upem / 20)},
        {HB_OT_METRICS_TAG_STRIKEOUT_OFFSET, &f->strike_y, (int16_t)(f->upem / 4)},
        {HB_OT_METRICS_TAG_STRIKEOUT_SIZE, &f->strike_thickness, (int16_t)(f->upem / 20)},
    };
    for (size_t i = 0; i < sizeof m / sizeof *m; i++) *m[i].to = hb_ot_metrics_get_position(h, m[i].tag, &v) ? (int16_t)v : m[i].otherwise;
    const uint8_t *head = NULL; /* head: xMin … yMax at bytes 36–43 (OpenType, table head) */
    hb_blob_t *blob = hb_face_reference_table(f->hb_face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned n = 0;
    head = (const uint8_t *)hb_blob_get_data(blob, &n);
    for (size_t i = 0; n >= 44 && i < 4; i++) f->bbox[i] = (int16_t)(head[36 + 2 * i] << 8 | head[37 + 2 * i]);
    hb_blob_destroy(blob);
    blob = hb_face_reference_table(f->hb_face, HB_TAG('p', 'o', 's', 't'));
    const uint8_t *post = (const uint8_t *)hb_blob_get_data(blob, &n);
    if (n >= 8) f->italic_angle = (int16_t)((int16_t)(post[4] << 8 | post[5]) * 64 + (post[6] << 8 | post[7]) / 1024);
    hb_blob_destroy(blob);
}

/* The bytes of a file, mapped. False with errno. */
static bool map_file(const char *path, struct str *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0) return false;
    void *data =
        fstat(fd, &st) || st.st_size < 12 || st.st_size > (128 << 20) ? MAP_FAILED : mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (data == MAP_FAILED) return errno = EINVAL, false;
    *out = (struct str){data, (size_t)st.st_size};
    return true;
}

/* The font at path, opened if it is not yet. NULL with errno where it cannot be. Under the lock. */
static struct opened *open_locked(const char *path)
{
    struct str data;
    for (struct opened *o = all; o; o = o->next)
        if (!strcmp(o->font.path, path)) return o;
    if (!map_file(path, &data)) return NULL;
    hb_blob_t *blob = hb_blob_create(data.s, (unsigned)data.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    if (!hb_face_get_glyph_count(face) || hb_face_get_upem(face) < 16) {
        hb_face_destroy(face);
        munmap((void *)(uintptr_t)data.s, data.n);
        return errno = EILSEQ, NULL;
    }
    struct opened *o = mem_realloc(NULL, sizeof *o);
    *o = (struct opened){.font = {.path = kept(path), .data = data}, .next = all};
    o->font.hb_face = face;
    o->font.hb_font = hb_font_create(face);
    o->font.name = post_script_name(face);
    o->font.serif = strstr(o->font.name, "Serif") || strstr(o->font.name, "Naskh");
    o->font.mono = strstr(o->font.name, "Mono");
    o->font.naskh = strstr(path, "Naskh");
    o->has = hb_set_create();
    hb_face_collect_unicodes(face, o->has);
    metrics(o);
    hb_face_make_immutable(face);
    hb_font_make_immutable(o->font.hb_font);
    return all = o;
}

void text_fonts_close(const char *path)
{
    pthread_mutex_lock(&lock);
    for (struct opened **at = &all, *o; (o = *at);) {
        if (path && strcmp(o->font.path, path) != 0) {
            at = &o->next;
            continue;
        }
        *at = o->next;
        hb_set_destroy(o->has);
        hb_font_destroy(o->font.hb_font);
        hb_face_destroy(o->font.hb_face);
        munmap((void *)(uintptr_t)o->font.data.s, o->font.data.n);
        free((void *)(uintptr_t)o->font.name), free((void *)(uintptr_t)o->font.path);
        free(o);
    }
    pthread_mutex_unlock(&lock);
}

static const struct font *open_font(struct text *t, const char *path, const struct face_row *own)
{
    pthread_mutex_lock(&lock);
    struct opened *o = open_locked(path);
    int e = errno;
    pthread_mutex_unlock(&lock);
    if (o) return &o->font;
    if (!own) diag_once(t->diag, MSG_FONT_NONE, (struct place){0}, STR("noto"), (const char *const[]){path});
    else diag_once(t->diag, MSG_FONT_BROKEN, own->at, str_of(path), (const char *const[]){path, strerror(e)});
    return NULL;
}

bool font_has(const struct font *f, uint32_t c) { return hb_set_has(((const struct opened *)f)->has, c); }

/* How far a face is from what is asked; the weights as CSS Fonts 4, 5.2 orders them. */
static int distance(uint16_t want, bool italic, uint16_t weight, bool is_italic)
{
    int d = weight > want ? weight - want : want - weight;
    if (want >= 400 && want <= 500) d += weight < 400 ? 100 : weight > 500 ? 200 : 0;
    else if (want < 400 && weight > want) d += 500;
    else if (want > 500 && weight < want) d += 500;
    return d + (italic != is_italic ? 10000 : 0);
}

static const char *generic(struct str name)
{
    static const char *const names[][2] = {{"serif", "Noto Serif"},       {"sans-serif", "Noto Sans"},        {"monospace", "Noto Sans Mono"},
                                           {"system-ui", "Noto Sans"},    {"ui-monospace", "Noto Sans Mono"}, {"ui-serif", "Noto Serif"},
                                           {"ui-sans-serif", "Noto Sans"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(name, names[i][0])) return names[i][1];
    return NULL;
}

static bool same_family(struct str a, const char *b) { return a.n == strlen(b) && !strncasecmp(a.s, b, a.n); }

/* The best face of one family, NULL where there is no such family. */
static const struct font *face_of(struct text *t, struct str family, uint16_t weight, bool italic)
{
    const char *g = generic(family);
    if (g) family = str_of(g);
    int best = INT32_MAX;
    const struct face_row *own = NULL;
    size_t found = KNOWN;
    for (size_t i = 0; i < t->faces.n; i++) {
        int d = distance(weight, italic, t->faces.v[i].weight, t->faces.v[i].italic);
        if (t->faces.v[i].family.n == family.n && !strncasecmp(t->faces.v[i].family.s, family.s, family.n) && d < best)
            best = d, own = &t->faces.v[i];
    }
    if (own) return open_font(t, own->path, own);
    for (size_t i = 0; i < KNOWN; i++) {
        int d = same_family(family, known[i].family) ? distance(weight, italic, known[i].weight, known[i].italic) : INT32_MAX;
        if (d < best) best = d, found = i;
    }
    return found < KNOWN ? open_font(t, known[found].path, NULL) : NULL;
}

static bool same_list(const struct families *a, const struct families *b)
{
    if (a->n != b->n) return false;
    for (size_t i = 0; i < a->n; i++)
        if (!str_eq(a->names[i], b->names[i])) return false;
    return true;
}

/* Which of t->choices stands for these families (f is not NULL), by what the list says and not by where it lies. Made where it is new. */
static size_t choice_of(struct text *t, const struct families *f, uint16_t weight, bool italic)
{
    for (size_t i = 0; i < t->choices.n; i++) {
        const struct font_choice *c = &t->choices.v[i];
        if (c->weight == weight && c->italic == italic && same_list(&c->families, f)) return i;
    }
    const struct font *font = NULL;
    size_t used = 0;
    while (used < f->n && !(font = face_of(t, f->names[used], weight, italic))) used++;
    if (!font) font = face_of(t, STR("Noto Serif"), weight, italic);
    if (used && font) { /* the first name was not to be had */
        char name[128];
        snprintf(name, sizeof name, "%.*s", STR_ARG(f->names[0]));
        diag_once(t->diag, MSG_FONT_MISSING, t->at, f->names[0], (const char *const[]){name, font->name});
    }
    struct str *names = ARENA_ARRAY(&t->arena, struct str, f->n + 1);
    for (size_t i = 0; i < f->n; i++) names[i] = str_copy(&t->arena, f->names[i]);
    *vec_push(&t->arena, &t->choices) = (struct font_choice){{f->n, names}, weight, italic, font};
    return t->choices.n - 1;
}

void text_place(struct text *t, struct place at) { t->at = at; }

/* A named list without serif, sans-serif … at its end does not ask for other fonts, so it is said where one is taken. */
static void report_fallback(struct text *t, const struct families *f, const struct font *used, uint32_t c)
{
    char name[40], shown[5] = {0};
    for (size_t i = 0; i < f->n; i++)
        if (generic(f->names[i])) return;
    if (!f->n) return;
    t->said++;
    utf8_encode(c, shown);
    snprintf(name, sizeof name, "%s (U+%04X)", shown, c);
    diag_once(t->diag, MSG_FONT_FALLBACK, t->at, str_of(used->name), (const char *const[]){name, used->name});
}

const struct font *text_font(struct text *t, const struct families *f, uint16_t weight, bool italic, uint32_t c, struct str lang)
{
    static const struct families none;
    (void)lang;
    if (!f) f = &none;
    size_t choice = choice_of(t, f, weight, italic); /* may move t->choices */
    const struct font *font = t->choices.v[choice].first;
    if (!font || !c || font_has(font, c)) return font;
    for (size_t i = 1; i < f->n; i++) {
        const struct font *other = face_of(t, f->names[i], weight, italic);
        if (other && font_has(other, c)) return other;
    }
    for (size_t i = 0; i < sizeof fallback / sizeof *fallback; i++) {
        if (strstr(fallback[i], "Serif") && !font->serif) continue;
        const struct font *other = face_of(t, str_of(fallback[i]), weight, italic);
        if (!other || !font_has(other, c)) continue;
        report_fallback(t, f, other, c);
        return other;
    }
    return NULL;
}

const struct font *font_for(struct text *t, const struct text_style *s, uint32_t c)
{
    if (s->families && (t->now != s->families || t->choices.v[t->now_choice].weight != s->weight || t->choices.v[t->now_choice].italic != s->italic))
        t->now_choice = choice_of(t, s->families, s->weight, s->italic), t->now = s->families;
    const struct font *first = s->families ? t->choices.v[t->now_choice].first : NULL;
    return first && (!c || font_has(first, c)) ? first : text_font(t, s->families, s->weight, s->italic, c, s->lang);
}

void text_add_face(struct text *t, const struct font_face *face)
{
    struct str path = face->path;
    for (size_t i = 0; !path.n && i < KNOWN; i++)
        if (same_family(face->local, known[i].family) && known[i].weight == face->weight && known[i].italic == face->italic)
            path = str_of(known[i].path);
    if (!path.n) return;
    *vec_push(&t->arena, &t->faces) =
        (struct face_row){str_copy(&t->arena, face->family), str_z(&t->arena, path), face->weight ? face->weight : 400, face->italic, face->at};
}

uint16_t text_space(const struct font *f)
{
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(f->hb_font, ' ', &glyph) ? (uint16_t)glyph : 0;
}

/* --- outlines --- */
static void put_op(struct buf *b, char op, const float *v, int n)
{
    buf_putc(b, op);
    for (int i = 0; i < n; i++) {
        if (i) buf_putc(b, ' ');
        buf_int(b, lroundf(v[i]));
    }
}

static void draw_move(hb_draw_funcs_t *f, void *b, hb_draw_state_t *s, float x, float y, void *u)
{
    (void)f, (void)s, (void)u, put_op(b, 'M', (float[]){x, y}, 2);
}
static void draw_line(hb_draw_funcs_t *f, void *b, hb_draw_state_t *s, float x, float y, void *u)
{
    (void)f, (void)s, (void)u, put_op(b, 'L', (float[]){x, y}, 2);
}
static void draw_quadratic(hb_draw_funcs_t *f, void *b, hb_draw_state_t *s, float cx, float cy, float x, float y, void *u)
{
    (void)f, (void)s, (void)u, put_op(b, 'Q', (float[]){cx, cy, x, y}, 4);
}
static void draw_cubic(hb_draw_funcs_t *f, void *b, hb_draw_state_t *s, float cx, float cy, float dx, float dy, float x, float y, void *u)
{
    (void)f, (void)s, (void)u, put_op(b, 'C', (float[]){cx, cy, dx, dy, x, y}, 6);
}
static void draw_close(hb_draw_funcs_t *f, void *b, hb_draw_state_t *s, void *u) { (void)f, (void)s, (void)u, buf_putc(b, 'Z'); }

static hb_draw_funcs_t *draws;
static pthread_once_t draws_once = PTHREAD_ONCE_INIT;
static void draws_make(void)
{
    draws = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(draws, draw_move, NULL, NULL), hb_draw_funcs_set_line_to_func(draws, draw_line, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(draws, draw_quadratic, NULL, NULL), hb_draw_funcs_set_cubic_to_func(draws, draw_cubic, NULL, NULL);
    hb_draw_funcs_set_close_path_func(draws, draw_close, NULL, NULL);
    hb_draw_funcs_make_immutable(draws);
}

void text_outline(struct buf *b, const struct font *f, uint16_t glyph)
{
    pthread_once(&draws_once, draws_make);
    hb_font_get_glyph_shape(f->hb_font, glyph, draws, b);
}

void text_help(struct buf *b)
{
    for (size_t i = 0, j; i < KNOWN; i = j) {
        buf_printf(b, "%s  ", known[i].family);
        for (j = i; j < KNOWN && !strcmp(known[j].family, known[i].family); j++)
            buf_printf(b, "%s%d %s", j > i ? ", " : "", known[j].weight, known[j].italic ? "italic" : "normal");
        buf_putc(b, '\n');
    }
    buf_puts(b, "serif = Noto Serif, sans-serif = Noto Sans, monospace = Noto Sans Mono\n");
}
