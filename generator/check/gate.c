/* gate.c: see gate.h. By the kind of file: text into views and recognisers, pictures, PDFs; what cannot be looked into is itself a finding. */
#include "check/gate.h"
#include "base/utf8.h"
#include "check/leak.h"
#include "check/pdf.h"
#include "check/picture.h"
#include "check/view.h"
#include "content/yaml.h"
#include <pthread.h>
#include <ctype.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <strings.h>

enum { DENY_LIMIT = 1 << 20, MOST_ENCODED = 10000, DEEPEST = 3, MOST_UNPACKED = 256 << 20 };
struct pardon { /* a row of content/privacy.yml */
    struct str finding, file;
    struct place at;
    bool used, expired, told;
    const char *until;
};
struct origin {
    const char *file; /* "content/info-letak/index.md" */
    bool made;        /* a PDF of ours */
};
struct lines { /* that came before, for one file at a time */
    struct view_lines *m;
    pthread_t last; /* the thread that had them last: they are in its processor's cache */
    bool used;
};
struct gate {
    struct arena arena;
    struct diag *diag;
    const struct catalogue *c;
    struct leak_rules *rules;
    struct map deny; /* folded phrase -> its line in privacy-deny.txt, as text */
    struct map own;  /* folded names of the institution: no persons */
    VEC(struct pardon) pardons;
    const struct site *s; /* that is being built: whatever comes is to be published; else NULL */
    struct map origins;   /* path in OUT -> struct origin; empty until one is asked for */
    struct map places;    /* source -> struct map of the places of what is found in it */
    struct file_sink behind;
    pthread_mutex_t lock; /* over arena, pardons and lines */
    VEC(struct lines) lines;
};

/* --- what the site says --- */

static bool read_day(struct str s, struct date *out)
{
    long y, m, d;
    struct str rest = s, year, month;
    if (!str_split(&rest, '-', &year) || !str_split(&rest, '-', &month) || !str_int(year, &y) || !str_int(month, &m) || !str_int(rest, &d))
        return false;
    if (y < 2000 || y > 2999 || m < 1 || m > 12 || d < 1 || d > 31) return false;
    *out = (struct date){(int16_t)y, (int8_t)m, (int8_t)d, -1, 0};
    return true;
}

static void read_pardons(struct gate *g, struct date today)
{
    struct str text;
    const char *shown = "content/privacy.yml", *path = path_join(&g->arena, str_of(g->c->root), str_of(shown));
    if (g->c->foreign || !file_exists(path) || !file_read_text(&g->arena, path, shown, g->diag, &text)) return;
    struct yaml *y = yaml_read(&g->arena, text, shown, 1, g->diag);
    for (size_t i = 0; y && i < (y->kind == YAML_LIST ? y->n : 1); i++) {
        const struct yaml *row = y->kind == YAML_LIST ? y->items[i] : y, *part[5];
        static const char *const keys[] = {"finding", "who", "why", "until", "file"};
        struct date until;
        bool good = true;
        for (size_t k = 0; k < 5; k++) {
            part[k] = yaml_find(row, keys[k]);
            good = good && (part[k] ? part[k]->kind == YAML_SCALAR && part[k]->text.n : k == 4);
        }
        if (!good || !read_day(part[3]->text, &until)) {
            DIAG0(g->diag, MSG_PARDON_BROKEN, row->at);
            continue;
        }
        *vec_push(&g->arena, &g->pardons) = (struct pardon){.finding = part[0]->text,
                                                            .file = part[4] ? part[4]->text : (struct str){0},
                                                            .at = row->at,
                                                            .expired = date_compare(until, today) < 0,
                                                            .until = str_z(&g->arena, part[3]->text)};
    }
}

static struct str folded(struct gate *g, struct str text)
{
    struct buf b = {0};
    leak_fold(text, &b);
    struct str out = str_trim(buf_copy(&g->arena, &b));
    buf_close(&b);
    return out;
}

static void read_deny(struct gate *g)
{
    struct str text, line;
    const char *shown = "privacy-deny.txt", *path = path_join(&g->arena, str_of(g->c->root), str_of(shown));
    if (!file_exists(path) || !file_read_text(&g->arena, path, shown, g->diag, &text)) return;
    for (long n = 1; str_split(&text, '\n', &line); n++) {
        line = str_trim(line);
        if (!line.n || *line.s == '#') continue;
        struct str key = leak_rules_deny(&g->arena, g->rules, line);
        if (!key.n) DIAG0(g->diag, MSG_DENY_EMPTY, ((struct place){shown, (uint32_t)n, 1}));
        else *map_at(&g->deny, str_part(key, 0, LEAK_KEY - 1)) = arena_printf(&g->arena, "%ld", n);
    }
}

static void own_names(struct gate *g, const struct by_lang *names)
{
    for (size_t i = 0; i < names->n; i++) *map_at(&g->own, folded(g, names->list[i].text)) = g;
}

static void origin(struct gate *g, struct str path, struct str file, bool made)
{
    struct origin *o = ARENA_NEW(&g->arena, struct origin);
    *o = (struct origin){str_z(&g->arena, file), made};
    *map_at(&g->origins, path) = o;
}

/* Where a path in OUT comes from; NULL = not from a page. The lock is held. */
static const struct origin *origin_of(struct gate *g, const char *path)
{
    const size_t n = g->s && !g->origins.entries.n ? g->s->entries.n : 0;
    for (size_t i = 0; i < n; i++) {
        const struct entry *e = g->s->entries.v[i];
        for (size_t k = 0; k < e->n_outputs; k++) origin(g, e->outputs[k].path, e->outputs[k].text->file, false);
        for (size_t k = 0; k < e->n_publications; k++) origin(g, e->publications[k].path, e->publications[k].shown, true);
    }
    return map_find(&g->origins, str_of(path));
}

struct gate *gate_open(struct arena *a, const struct catalogue *c, const struct site *s, struct date today, struct diag *d)
{
    struct gate *g = ARENA_NEW(a, struct gate);
    *g = (struct gate){.diag = d, .c = c, .s = s};
    pthread_mutex_init(&g->lock, NULL);
    g->rules = leak_rules_new(&g->arena);
    g->deny = map_new(&g->arena), g->own = map_new(&g->arena), g->origins = map_new(&g->arena), g->places = map_new(&g->arena);
    if (!c) return g;
    for (size_t i = 0; i < c->contacts.entries.n; i++) {
        const struct contact *k = c->contacts.entries.v[i].value;
        for (size_t n = 0; n < k->phones.n; n++) leak_rules_phone(&g->arena, g->rules, k->phones.v[n].number);
    }
    own_names(g, &c->config->name), own_names(g, &c->config->short_name), own_names(g, &c->config->publisher);
    read_pardons(g, today);
    read_deny(g);
    return g;
}

void gate_close(struct gate *g, bool whole)
{
    for (size_t i = 0; i < g->pardons.n; i++)
        if (whole && !g->pardons.v[i].used) DIAG(g->diag, MSG_PARDON_UNUSED, g->pardons.v[i].at, str_z(&g->arena, g->pardons.v[i].finding));
    for (size_t i = 0; i < g->lines.n; i++) view_lines_free(g->lines.v[i].m);
    pthread_mutex_destroy(&g->lock);
    arena_close(&g->arena);
}

/* --- findings --- */

struct look { /* one file under way */
    struct gate *g;
    const char *path;
    struct views views;
};

/* Six digits that many values share, so that they do not betray theirs; the same wherever the value stands, and for good: people write them down. */
static void number_of(enum msg m, struct str key, char out[7])
{
    uint64_t h = str_hash(key) * 31 + str_hash(str_of(diag_rows()[m].code)) * 0x9e3779b97f4a7c15u;
    snprintf(out, 7, "%06x", (unsigned)((h ^ h >> 29) & 0xffffff));
}

static bool pardoned(struct gate *g, const char *number, const char *path)
{
    bool pardoned = false;
    for (size_t i = 0; i < g->pardons.n; i++) {
        struct pardon *p = &g->pardons.v[i];
        if (!str_is(p->finding, number) || strncmp(path, p->file.s ? p->file.s : "", p->file.n) != 0) continue;
        p->used = true;
        if (p->expired && !p->told) p->told = true, DIAG(g->diag, MSG_PARDON_EXPIRED, p->at, number, p->until);
        pardoned |= !p->expired;
    }
    return pardoned;
}

/* Where each value stands in one source: found when the first is asked for, since a page may have thousands. */
struct seek {
    struct gate *g;
    struct map *places; /* kind and value -> struct place, the first */
    const struct view *view;
    struct str text;
    size_t at; /* byte of text that `place` is the place of */
    struct place place;
};
static struct str place_key(struct arena *a, enum leak_kind kind, const char *key) { return str_printf(a, "%c%s", 'a' + (int)kind, key); }

static void sought(void *ctx, const struct leak *l)
{
    struct seek *s = ctx;
    size_t to = view_source(s->view, l->at);
    if (to < s->at) s->at = 0, s->place.line = s->place.col = 1;
    for (; s->at < to && s->at < s->text.n; s->at++) {
        if (s->text.s[s->at] == '\n') s->place.line++, s->place.col = 1;
        else if (((unsigned char)s->text.s[s->at] & 0xc0) != 0x80) s->place.col++;
    }
    void **at = map_at(s->places, place_key(&s->g->arena, l->kind, l->key));
    if (*at) return;
    *at = ARENA_NEW(&s->g->arena, struct place);
    *(struct place *)*at = s->place;
}

static const struct map *places_in(struct gate *g, const char *file)
{
    struct map **places = (struct map **)map_at(&g->places, str_of(file));
    struct arena scratch = {0};
    struct str text;
    if (*places) return *places;
    *places = ARENA_NEW(&g->arena, struct map);
    **places = map_new(&g->arena);
    if (file_read(&scratch, path_join(&scratch, str_of(g->c->root), str_of(file)), FILE_TEXT_LIMIT, &text)) {
        struct views v = {0};
        views_make(&v, text, MEDIUM_MARKUP);
        struct seek s = {g, *places, &v.text, text, 0, {file, 1, 1}};
        leak_find(g->rules, (struct str){v.text.s, v.text.n}, sought, &s);
        views_close(&v);
    }
    arena_close(&scratch);
    return *places;
}

/* Where the author wrote it: in the page's source, if the same is found there; else the file alone, else the path in OUT. */
static struct place where(struct gate *g, const char *path, const struct leak *l)
{
    struct arena scratch = {0};
    const struct origin *o = origin_of(g, path);
    struct place at = {o ? o->file : str_z(&g->arena, str_of(path)), 0, 0};
    if (!o && g->c) { /* a file of content/ that is published as it is */
        const char *copy = arena_printf(&g->arena, "content/%s", path);
        if (file_exists(path_join(&scratch, str_of(g->c->root), str_of(copy)))) at.file = copy;
    }
    const struct place *found = o && l ? map_find(places_in(g, o->file), place_key(&scratch, l->kind, l->key)) : NULL;
    if (found) at = *found;
    arena_close(&scratch);
    return at;
}

struct masking {
    struct view *v;
    struct str path;
    struct buf out;
    size_t at;
};
static void mask_one(void *ctx, const struct leak *l)
{
    struct masking *k = ctx;
    size_t from = view_source(k->v, l->at), end = view_source(k->v, l->at + l->n - 1) + 1;
    if (from < k->at) return;
    buf_str(&k->out, str_part(k->path, k->at, from - k->at));
    buf_puts(&k->out, "…");
    k->at = end;
}

static const char *mask(struct gate *g, const char *text, bool parts)
{
    struct views v = {0};
    struct masking k = {&v.text, str_of(text), {0}, 0};
    views_make(&v, k.path, MEDIUM_PLAIN);
    for (size_t i = 0; parts && i < v.text.n; i++)
        if (v.text.s[i] == '/') v.text.s[i] = '\n';
    leak_find(g->rules, (struct str){v.text.s, v.text.n}, mask_one, &k);
    buf_str(&k.out, str_from(k.path, k.at));
    const char *out = str_z(&g->arena, buf_view(&k.out));
    buf_close(&k.out), views_close(&v);
    return out;
}

/* What must not be seen in the name of a file is not seen in messages about it either. */
const char *gate_masked_path(struct gate *g, const char *path) { return mask(g, path, true); }
/* In an address, a slash may part names or the digits of a phone. */
const char *gate_masked_url(struct gate *g, const char *url) { return mask(g, mask(g, url, false), true); }

static void tell(struct gate *g, const char *path, enum msg m, const char *what, struct str key, const char *more, const struct leak *l)
{
    char number[7];
    number_of(m, key, number);
    pthread_mutex_lock(&g->lock);
    if (!pardoned(g, number, path)) {
        struct place at = where(g, path, l);
        at.file = gate_masked_path(g, at.file);
        DIAG(g->diag, m, at, what, number, gate_masked_path(g, path), more);
    }
    pthread_mutex_unlock(&g->lock);
}

/* What is wrong with a file as a whole: its number is made from its path. */
static void tell_file(struct gate *g, const char *path, enum msg m, const char *what) { tell(g, path, m, what, str_of(path), "", NULL); }

static void found(void *ctx, const struct leak *l)
{
    static const enum msg messages[LEAK_KINDS] = {MSG_LEAK_PERSONAL_NUMBER, MSG_LEAK_ACCOUNT, MSG_LEAK_PHONE,
                                                  MSG_LEAK_DOCUMENT,        MSG_LEAK_PLATE,   MSG_LEAK_DENIED};
    const struct look *k = ctx;
    const char *line = l->kind == LEAK_DENIED ? map_find(&k->g->deny, str_of(l->key)) : NULL;
    char shown[16];
    snprintf(shown, sizeof shown, "%.2s…", l->kind == LEAK_DENIED ? "" : l->key);
    tell(k->g, k->path, l->misspelled ? MSG_LEAK_MISSPELLED : messages[l->kind], shown, str_of(l->key), line ? line : "", l);
}

/* --- text --- */

static void look_text(struct gate *g, const char *path, struct str bytes, enum medium medium, int depth);

/* Texts spelled in base64; what is announced as such may be short, and may be a picture. */
static void encoded(struct gate *g, const char *path, struct str bytes, bool inlined, int depth)
{
    struct buf b = {0};
    size_t at = 0, start, n = 0;
    const char *carried;
    while (depth < DEEPEST && n++ < MOST_ENCODED && view_base64(bytes, 24, &at, &start, &b))
        look_text(g, path, buf_view(&b), MEDIUM_PLAIN, depth + 1);
    for (at = n = 0; inlined && depth < DEEPEST && n++ < MOST_ENCODED && (start = str_search(str_from(bytes, at), "base64,")) != SIZE_MAX;) {
        at += start + 7;
        view_base64_at(bytes, at, &b);
        struct str said = buf_view(&b);
        if ((carried = picture_carries(said))) tell_file(g, path, MSG_GATE_METADATA, carried);
        else if (said.n && utf8_invalid(said) == SIZE_MAX) look_text(g, path, said, said.s[0] == '<' ? MEDIUM_MARKUP : MEDIUM_PLAIN, depth + 1);
    }
    buf_close(&b);
}

/* Whether a spelling is left that was spelled in another one: "%2533", "&amp;#51;". */
static bool spelled_again(const struct view *v)
{
    const char *end = v->s + v->n, *p = v->n ? v->s : end;
    for (; p < end && (p = memchr(p, '%', (size_t)(end - p))); p++)
        if (end - p > 2 && isxdigit((unsigned char)p[1]) && isxdigit((unsigned char)p[2])) return true;
    for (p = v->n ? v->s : end; p < end && (p = memchr(p, '&', (size_t)(end - p))); p++)
        if (end - p > 1 && p[1] == '#') return true;
    return false;
}

/* What look_views has seen of the bytes. */
struct seen {
    bool invalid, inlined;
};

static struct view_lines *lines_taken(struct gate *g)
{
    const pthread_t me = pthread_self();
    struct lines *l = NULL;
    pthread_mutex_lock(&g->lock);
    for (size_t i = 0; i < g->lines.n; i++)
        if (!g->lines.v[i].used && (!l || pthread_equal(g->lines.v[i].last, me))) l = &g->lines.v[i];
    if (!l) *(l = vec_push(&g->arena, &g->lines)) = (struct lines){.m = view_lines_new()};
    l->used = true, l->last = me;
    struct view_lines *m = l->m;
    pthread_mutex_unlock(&g->lock);
    return m;
}

static void lines_back(struct gate *g, struct view_lines *m)
{
    pthread_mutex_lock(&g->lock);
    for (size_t i = 0; i < g->lines.n; i++)
        if (g->lines.v[i].m == m) g->lines.v[i].used = false;
    pthread_mutex_unlock(&g->lock);
}

static struct seen look_views(struct gate *g, const char *path, struct str bytes, enum medium medium, int depth)
{
    struct look k = {.g = g, .path = path};
    k.views.lines = medium == MEDIUM_MARKUP ? lines_taken(g) : NULL;
    views_make(&k.views, bytes, medium);
    if (k.views.lines) lines_back(g, k.views.lines);
    leak_find(g->rules, (struct str){k.views.text.s, k.views.text.n}, found, &k);
    leak_find(g->rules, (struct str){k.views.aside.s, k.views.aside.n}, found, &k);
    for (size_t i = 0; i < k.views.n_loads; i++) {
        struct arena scratch = {0};
        struct str url = str_trim(str_part(bytes, k.views.loads[i].at, k.views.loads[i].n));
        tell(g, path, MSG_GATE_LOAD, str_z(&scratch, str_part(url, 0, 100)), url, "", NULL);
        arena_close(&scratch);
    }
    if (k.views.comment != SIZE_MAX && !depth) tell_file(g, path, MSG_GATE_COMMENT, "");
    const struct view *text = &k.views.text, *aside = &k.views.aside; /* what is markup, or still spells something: once more */
    bool tags = k.views.tags_in_text;
    if (depth < DEEPEST && (k.views.tags_aside || (!tags && spelled_again(aside))))
        look_views(g, path, (struct str){aside->s, aside->n}, MEDIUM_MARKUP, depth + 1);
    if (depth < DEEPEST && (tags || spelled_again(text))) look_views(g, path, (struct str){text->s, text->n}, MEDIUM_MARKUP, depth + 1);
    struct seen seen = {k.views.invalid, k.views.inlined || medium != MEDIUM_MARKUP};
    views_close(&k.views);
    return seen;
}

static void look_text(struct gate *g, const char *path, struct str b, enum medium medium, int depth)
{
    struct buf decoded = {0};
    size_t zeros[2] = {0}, head = b.n < 256 ? b.n : 256;
    for (size_t i = 0; i < head; i++) zeros[i & 1] += (unsigned char)b.s[i] <= 5; /* blocks 0 to 5: Latin to Cyrillic */
    bool little = str_starts(b, "\xff\xfe") || zeros[1] > head / 8, big = str_starts(b, "\xfe\xff") || zeros[0] > head / 8;
    bool sure = str_starts(b, "\xff\xfe") || str_starts(b, "\xfe\xff");
    if (little || big) {
        if (!sure) look_views(g, path, b, medium, depth); /* a guess: a browser may read it otherwise */
        view_decode(b, little ? ENCODING_UTF16_LE : ENCODING_UTF16_BE, &decoded);
        look_views(g, path, buf_view(&decoded), medium, depth);
    } else {
        struct seen seen = look_views(g, path, b, medium, depth);
        encoded(g, path, b, seen.inlined, depth);
        if (medium == MEDIUM_CALENDAR && str_search(b, "QUOTED-PRINTABLE") != SIZE_MAX) {
            view_unquote(b, &decoded);
            look_views(g, path, buf_view(&decoded), MEDIUM_PLAIN, depth + 1);
        }
        for (int e = ENCODING_1250; seen.invalid && e < ENCODINGS; e++) {
            buf_reset(&decoded);
            view_decode(b, (enum encoding)e, &decoded);
            look_views(g, path, buf_view(&decoded), medium, depth);
        }
    }
    buf_close(&decoded);
}

/* --- files --- */

static void look_pdf(struct gate *g, const char *path, struct str bytes)
{
    struct arena a = {0};
    struct pdf_said said;
    pdf_listen(&a, bytes, &said);
    look_text(g, path, said.strings, MEDIUM_PLAIN, 1);
    look_text(g, path, said.metadata, MEDIUM_MARKUP, 1);
    look_text(g, path, said.text, MEDIUM_PLAIN, 1);
    look_text(g, path, said.streams, MEDIUM_PLAIN, 1);
    if (said.no_tool) DIAG(g->diag, MSG_GATE_NO_TOOL, ((struct place){0}), "libqpdf29 / pdftotext");
    if (said.unseen) tell_file(g, path, MSG_GATE_UNSEEN, "PDF");
    if (said.attachment) tell_file(g, path, MSG_GATE_PDF_ATTACHMENT, "");
    if (said.filled) tell_file(g, path, MSG_GATE_PDF_FILLED, "");
    if (said.older) tell_file(g, path, MSG_GATE_PDF_OLDER, "");
    for (size_t i = 0; i < said.pictures.n; i++) tell_file(g, path, MSG_GATE_METADATA, said.pictures.v[i]);
    if (said.script) tell_file(g, path, MSG_GATE_PDF_SCRIPT, "");
    bool judged = diag_checking(g->diag) && !said.no_tool && !said.unseen && !str_ends(str_of(path), "-print.pdf"); /* that one is for a machine */
    if (judged && !said.tagged) tell_file(g, path, MSG_PDF_UNTAGGED, path);
    if (judged && !said.language) tell_file(g, path, MSG_PDF_NO_LANGUAGE, path);
    if (judged && !said.title) tell_file(g, path, MSG_PDF_NO_TITLE, path);
    pthread_mutex_lock(&g->lock);
    bool person = said.person.n && !map_find(&g->own, folded(g, said.person));
    /* whom the pages themselves name is no secret */
    person = person && str_search(folded(g, said.text), str_z(&a, folded(g, said.person))) == SIZE_MAX;
    pthread_mutex_unlock(&g->lock);
    if (person) tell_file(g, path, MSG_GATE_PDF_PERSON, "");
    arena_close(&a);
}

enum look_as { AS_PLAIN, AS_MARKUP, AS_STYLE, AS_SCRIPT, AS_CALENDAR, AS_PICTURE, AS_PDF, AS_GZIP, AS_OFFICE, AS_FONT, AS_UNKNOWN };
static const struct {
    const char *ext;
    enum look_as as;
} kinds[] = {{"html", AS_MARKUP},  {"htm", AS_MARKUP},   {"xhtml", AS_MARKUP}, {"xml", AS_MARKUP},   {"svg", AS_MARKUP},  {"atom", AS_MARKUP},
             {"rss", AS_MARKUP},   {"css", AS_STYLE},    {"js", AS_SCRIPT},    {"mjs", AS_SCRIPT},   {"cjs", AS_SCRIPT},  {"ics", AS_CALENDAR},
             {"vcf", AS_CALENDAR}, {"png", AS_PICTURE},  {"jpg", AS_PICTURE},  {"jpeg", AS_PICTURE}, {"gif", AS_PICTURE}, {"webp", AS_PICTURE},
             {"ico", AS_PICTURE},  {"avif", AS_PICTURE}, {"heic", AS_PICTURE}, {"heif", AS_PICTURE}, {"pdf", AS_PDF},     {"doc", AS_OFFICE},
             {"docx", AS_OFFICE},  {"docm", AS_OFFICE},  {"xls", AS_OFFICE},   {"xlsx", AS_OFFICE},  {"xlsm", AS_OFFICE}, {"ppt", AS_OFFICE},
             {"pptx", AS_OFFICE},  {"odt", AS_OFFICE},   {"ods", AS_OFFICE},   {"odp", AS_OFFICE},   {"rtf", AS_OFFICE},  {"pages", AS_OFFICE},
             {"msg", AS_OFFICE},   {"eml", AS_OFFICE},   {"zip", AS_OFFICE},   {"rar", AS_OFFICE},   {"7z", AS_OFFICE},   {"tar", AS_OFFICE},
             {"gz", AS_OFFICE},    {"woff2", AS_FONT},   {"woff", AS_FONT},    {"ttf", AS_FONT},     {"otf", AS_FONT}};

/* By what it is called, and by what it begins with: a PDF is one whatever its name. */
static enum look_as look_as(struct str path, struct str b)
{
    struct str ext = path_ext(path);
    enum look_as as = AS_UNKNOWN;
    if (str_search(str_part(b, 0, 1024), "%PDF-") != SIZE_MAX) return AS_PDF;
    if (str_starts(b, "\x1f\x8b")) return AS_GZIP;
    if (str_starts(b, "PK\x03\x04") || str_starts(b, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) return AS_OFFICE;
    if (picture_is(b)) return AS_PICTURE;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strlen(kinds[i].ext) == ext.n && !strncasecmp(kinds[i].ext, ext.s, ext.n)) as = kinds[i].as;
    /* what only its name makes a picture or a font is looked at as what it is */
    static const struct str fonts[] = {{"wOFF", 4}, {"wOF2", 4}, {"OTTO", 4}, {"\0\1\0\0", 4}, {"true", 4}, {"ttcf", 4}};
    bool font = false, icon = b.n > 4 && !memcmp(b.s, "\0\0\1\0", 4);
    for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++) font |= b.n > 4 && !memcmp(b.s, fonts[i].s, 4);
    if ((as == AS_PICTURE && !icon) || (as == AS_FONT && !font)) as = AS_UNKNOWN;
    if (as != AS_UNKNOWN) return as;
    bool known_text = str_starts(b, "\xff\xfe") || str_starts(b, "\xfe\xff");
    static const char *const plain[] = {"txt", "csv", "tsv", "json", "md", "yml", "yaml", "geojson", "webmanifest"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) known_text |= str_is(ext, plain[i]);
    bool text = known_text || (utf8_invalid(str_part(b, 0, 1 << 20)) == SIZE_MAX && !memchr(b.s ? b.s : "", 0, b.n));
    return text ? AS_PLAIN : AS_UNKNOWN;
}

/* A shard of the search index, which a build writes past the gate: single words of pages, and figures spelled in letters. */
static bool is_shard(const char *path, struct str b)
{
    struct str name = path_base(str_of(path));
    return str_starts(name, "terms-") && str_ends(name, ".js") && str_starts(b, "letakSearch.terms(\"") && str_ends(b, "\");\n");
}

static void look_file(struct gate *g, const char *path, struct str name, struct str b, int depth);

/* A compressed file, as servers send it: what is in it, and the name and the comment of its head (RFC 1952). */
static void look_gzip(struct gate *g, const char *path, struct str b, int depth)
{
    struct libdeflate_decompressor *z = libdeflate_alloc_decompressor();
    struct arena a = {0};
    const unsigned char *end = (const unsigned char *)b.s + b.n;
    size_t size = b.n < 18 ? SIZE_MAX : (size_t)end[-4] | (size_t)end[-3] << 8 | (size_t)end[-2] << 16 | (size_t)end[-1] << 24, used = 0, n = 0;
    char *out = z && size <= MOST_UNPACKED ? arena_alloc(&a, size + 1) : NULL;
    bool good = out && depth < DEEPEST && libdeflate_gzip_decompress_ex(z, b.s, b.n, out, size, &used, &n) == LIBDEFLATE_SUCCESS && used == b.n;
    if (good) {
        struct str name = str_of(path), inside = str_ends(name, "z") ? str_part(name, 0, name.n - (str_ends(name, ".gz") ? 3 : 1)) : name;
        look_views(g, path, str_part(b, 0, 1024), MEDIUM_PLAIN, DEEPEST);
        look_file(g, path, inside, (struct str){out, n}, depth + 1);
    } else {
        tell_file(g, path, MSG_GATE_UNSEEN, "gzip");
    }
    libdeflate_free_decompressor(z);
    arena_close(&a);
}

/* A font or an icon: what a text would say in it, and pictures in it. */
static void look_binary(struct gate *g, const char *path, struct str b)
{
    const char *carried = NULL;
    struct buf wide = {0};
    view_decode(b, ENCODING_UTF16_BE, &wide); /* names in a font */
    look_views(g, path, b, MEDIUM_PLAIN, DEEPEST), look_views(g, path, buf_view(&wide), MEDIUM_PLAIN, DEEPEST);
    buf_close(&wide);
    for (size_t at = 0, start; !carried && (start = str_search(str_from(b, at), "\x89PNG\r\n\x1a\n")) != SIZE_MAX; at += start + 8) {
        struct str png = str_from(b, at + start);
        size_t end = str_search(png, "IEND");
        carried = picture_carries(end == SIZE_MAX ? png : str_part(png, 0, end + 8));
    }
    if (carried) tell_file(g, path, MSG_GATE_METADATA, carried);
}

static bool is_made(struct gate *g, const char *path) /* by letak: its text has been looked at before */
{
    pthread_mutex_lock(&g->lock);
    const struct origin *o = origin_of(g, path);
    pthread_mutex_unlock(&g->lock);
    return o && o->made;
}

/* Bytes that are called `name`, in the file at path. */
static void look_file(struct gate *g, const char *path, struct str name, struct str b, int depth)
{
    enum look_as as = look_as(name, b);
    const char *carried;
    switch (as) {
    case AS_PLAIN: look_text(g, path, b, MEDIUM_PLAIN, 0); break;
    case AS_MARKUP: look_text(g, path, b, MEDIUM_MARKUP, 0); break;
    case AS_STYLE: look_text(g, path, b, MEDIUM_STYLE, 0); break;
    case AS_SCRIPT: look_text(g, path, b, MEDIUM_SCRIPT, 0); break;
    case AS_CALENDAR: look_text(g, path, b, MEDIUM_CALENDAR, 0); break;
    case AS_PICTURE:
        if ((carried = picture_carries(b))) tell_file(g, path, MSG_GATE_METADATA, carried);
        if (b.n > 4 && !memcmp(b.s, "\0\0\1\0", 4)) look_binary(g, path, b);
        break;
    case AS_PDF:
        if (!is_made(g, path)) look_pdf(g, path, b);
        break;
    case AS_GZIP: look_gzip(g, path, b, depth); break;
    case AS_OFFICE: tell_file(g, path, MSG_GATE_OFFICE, ""); break;
    case AS_FONT: look_binary(g, path, b); break;
    case AS_UNKNOWN: tell_file(g, path, MSG_GATE_UNSEEN, path_ext(name).n ? path_ext(str_of(path)).s : "?"); break;
    }
}

void gate_file(struct gate *g, const char *path, struct str b)
{
    struct arena a = {0};
    char *name = arena_printf(&a, "%s", path);
    for (char *p = name; *p; p++)
        if (*p == '/') *p = '\n';
    look_text(g, path, str_of(name), MEDIUM_PLAIN, 1);
    arena_close(&a);
    if (g->s || !is_shard(path, b)) look_file(g, path, str_of(path), b, 0);
}

void gate_outside(struct gate *g, const char *path) { tell_file(g, path, MSG_GATE_OUTSIDE, ""); }

void gate_print(struct gate *g, const char *path, struct str html) { look_text(g, path, html, MEDIUM_MARKUP, 1); }

static bool write_through(void *ctx, const char *path, struct str bytes)
{
    struct gate *g = ctx;
    gate_file(g, path, bytes);
    return g->behind.write(g->behind.ctx, path, bytes);
}

struct file_sink gate_sink(struct gate *g, struct file_sink behind)
{
    g->behind = behind;
    return (struct file_sink){.write = write_through, .ctx = g};
}
