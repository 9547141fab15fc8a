/* diag.c: see diag.h. One growing list behind a mutex; sorting and formatting happen once, at the end. */
#include "base/diag.h"
#include "base/map.h"
#include <pthread.h>
#include <stdlib.h>

enum { MOST_OF_A_FILE = 1000 }; /* errors, and as many warnings */
struct message {
    enum msg msg;
    enum severity severity; /* after diag_set_foreign */
    struct place at;
    const char *text, *mend; /* formatted, in the language of the diag */
};
struct diag {
    struct arena arena;
    pthread_mutex_t lock;
    VEC(struct message) list;
    struct map once, heard, per_file; /* heard: messages that stand in the list; per_file: kind and file -> number of them */
    enum diag_lang lang;
    bool foreign, checking;
    int told; /* by another process */
    void (*latin)(struct buf *, struct str);
};

const struct msg_row *diag_rows(void)
{
    static const struct msg_row rows[] = {
#define MSG(name, code, severity, en, en_mend, sr, sr_mend) [MSG_##name] = {#name, code, SEV_##severity, {en, sr}, {en_mend, sr_mend}},
#include "base/messages/all.def"
#undef MSG
    };
    return rows;
}

struct diag *diag_new(enum diag_lang lang)
{
    struct diag *d = mem_realloc(NULL, sizeof *d);
    *d = (struct diag){.lang = lang};
    pthread_mutex_init(&d->lock, NULL);
    d->once = map_new(&d->arena), d->heard = map_new(&d->arena), d->per_file = map_new(&d->arena);
    return d;
}

void diag_close(struct diag *d)
{
    if (!d) return;
    pthread_mutex_destroy(&d->lock);
    arena_close(&d->arena);
    free(d);
}

void diag_set_latin(struct diag *d, void (*latin)(struct buf *, struct str)) { d->latin = latin; }
enum diag_lang diag_language(const struct diag *d) { return d->lang; }
void (*diag_latin(const struct diag *d))(struct buf *, struct str) { return d->latin; }
void diag_put(const struct diag *d, struct buf *b, struct str said)
{
    if (d->lang == DIAG_SR_LATN && d->latin) d->latin(b, said);
    else buf_str(b, said);
}
void diag_set_foreign(struct diag *d, bool foreign) { d->foreign = foreign; }
void diag_set_checking(struct diag *d) { d->checking = true; }
bool diag_checking(const struct diag *d) { return d->checking; }

static const char *fill(struct diag *d, const char *pattern, const char *const *args)
{
    struct buf b = {0};
    for (const char *p = pattern; *p; p++) {
        if (args && p[0] == '{' && p[1] >= '0' && p[1] <= '9' && p[2] == '}') {
            buf_puts(&b, args[p[1] - '0']);
            p += 2;
        } else {
            buf_putc(&b, *p);
        }
    }
    struct buf said = {0};
    diag_put(d, &said, buf_view(&b));
    for (size_t i = 0; i < said.n; i++) /* one message, one line; no terminal control */
        if ((unsigned char)said.s[i] < 0x20 || said.s[i] == 0x7F) said.s[i] = ' ';
    const char *z = arena_copy(&d->arena, said.s, said.n);
    buf_close(&b), buf_close(&said);
    return z;
}

static enum severity severity_of(const struct diag *d, enum msg m)
{
    enum severity s = diag_rows()[m].severity;
    if (s == SEV_LENIENT) return d->foreign ? SEV_WARNING : SEV_ERROR;
    if (s == SEV_CHECK) return d->checking ? SEV_ERROR : SEV_WARNING;
    return s;
}

static struct message make(struct diag *d, enum msg m, struct place at, const char *const *args)
{
    const struct msg_row *row = &diag_rows()[m];
    int sr = d->lang != DIAG_EN;
    if (at.file) at.file = arena_copy(&d->arena, at.file, strlen(at.file));
    return (struct message){m, severity_of(d, m), at, fill(d, row->text[sr], args), fill(d, row->mend[sr], args)};
}

/* Whether this very message has been heard: what is laid out in rounds says the same again. */
static bool heard(struct diag *d, enum msg m, struct place at, const char *const *args)
{
    struct buf key = {0};
    buf_printf(&key, "%d %u:%u %s", (int)m, at.line, at.col, at.file);
    for (const char *p = diag_rows()[m].text[0]; args && *p; p++)
        if (p[0] == '{' && p[1] >= '0' && p[1] <= '9' && p[2] == '}') buf_putc(&key, 0), buf_puts(&key, args[p[1] - '0']);
    bool old = map_find(&d->heard, buf_view(&key)) != NULL;
    if (!old) *map_at(&d->heard, buf_copy(&d->arena, &key)) = d;
    buf_close(&key);
    return old;
}

/* Counts a message with its file's others of that kind. False where there are enough of them: a file of 64 MB may hold millions of mistakes. */
static bool wanted(struct diag *d, enum msg m, struct place at, const char *const *args)
{
    enum severity severity = severity_of(d, m);
    struct buf name = {0};
    if (!at.file || (severity != SEV_ERROR && severity != SEV_WARNING)) return true;
    buf_printf(&name, "%d %s", (int)m, at.file);
    uintptr_t n = (uintptr_t)map_find(&d->per_file, buf_view(&name));
    bool fresh = n <= MOST_OF_A_FILE && !heard(d, m, at, args);
    if (fresh) *map_at(&d->per_file, n ? buf_view(&name) : buf_copy(&d->arena, &name)) = (void *)(n + 1);
    buf_close(&name);
    if (fresh && n == MOST_OF_A_FILE)
        *vec_push(&d->arena, &d->list) =
            make(d, severity == SEV_ERROR ? MSG_MORE_ERRORS : MSG_MORE_WARNINGS, at, (const char *const[]){diag_rows()[m].code});
    return fresh && n < MOST_OF_A_FILE;
}

void diag_add(struct diag *d, enum msg m, struct place at, const char *const *args)
{
    pthread_mutex_lock(&d->lock);
    if (wanted(d, m, at, args)) *vec_push(&d->arena, &d->list) = make(d, m, at, args);
    pthread_mutex_unlock(&d->lock);
}

static bool place_before(struct place a, struct place b)
{
    int c = strcmp(a.file ? a.file : "", b.file ? b.file : "");
    return c ? c < 0 : a.line != b.line ? a.line < b.line : a.col < b.col;
}

void diag_once(struct diag *d, enum msg m, struct place at, struct str key, const char *const *args)
{
    struct buf name = {0};
    buf_printf(&name, "%d %.*s", (int)m, STR_ARG(key));
    pthread_mutex_lock(&d->lock);
    uintptr_t seen = (uintptr_t)map_find(&d->once, buf_view(&name)); /* index + 1 of the message */
    if (!seen) {
        *map_at(&d->once, buf_copy(&d->arena, &name)) = (void *)(d->list.n + 1);
        *vec_push(&d->arena, &d->list) = make(d, m, at, args);
    } else if (place_before(at, d->list.v[seen - 1].at)) { /* the first place in the text, not the first worker */
        d->list.v[seen - 1] = make(d, m, at, args);
    }
    pthread_mutex_unlock(&d->lock);
    buf_close(&name);
}

static enum severity effective(const struct message *m, bool strict) { return strict && m->severity == SEV_WARNING ? SEV_ERROR : m->severity; }

size_t diag_total(const struct diag *d) { return d->list.n; }

size_t diag_count(const struct diag *d, bool strict)
{
    size_t n = 0;
    for (size_t i = 0; i < d->list.n; i++) n += effective(&d->list.v[i], strict) != SEV_WARNING;
    return n;
}

void diag_clear(struct diag *d)
{
    arena_reset(&d->arena);
    memset(&d->list, 0, sizeof d->list);
    d->once = map_new(&d->arena), d->heard = map_new(&d->arena), d->per_file = map_new(&d->arena);
}

static int compare(const void *x, const void *y)
{
    const struct message *a = *(const struct message *const *)x, *b = *(const struct message *const *)y;
    int c = strcmp(a->at.file ? a->at.file : "", b->at.file ? b->at.file : "");
    if (c) return c;
    if (a->at.line != b->at.line) return a->at.line < b->at.line ? -1 : 1;
    if (a->at.col != b->at.col) return a->at.col < b->at.col ? -1 : 1;
    c = strcmp(diag_rows()[a->msg].code, diag_rows()[b->msg].code);
    return c ? c : strcmp(a->text, b->text);
}

/* Names of files and what other computers complained are told as they are, but for letters that would steer the terminal. */
static void put_harmless(struct buf *out, const char *s)
{
    for (const unsigned char *p = (const unsigned char *)s; *p; p++) {
        bool c1 = *p == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0;
        if (c1) p++;
        buf_putc(out, c1 || *p < ' ' || *p == 0x7f ? '?' : (char)*p);
    }
}

static void write_text(const struct diag *d, struct buf *out, const struct message *m, bool error)
{
    static const char *const word[2][2] = {{"warning", "error"}, {"упозорење", "грешка"}};
    const char *w = word[d->lang != DIAG_EN][error];
    if (d->lang == DIAG_SR_LATN) w = error ? "greška" : "upozorenje";
    if (m->at.file) {
        put_harmless(out, m->at.file);
        if (m->at.line) buf_printf(out, ":%u:%u", m->at.line, m->at.col ? m->at.col : 1);
        buf_puts(out, ": ");
    } else {
        buf_puts(out, "letak: ");
    }
    buf_printf(out, "%s %s: ", w, diag_rows()[m->msg].code);
    put_harmless(out, m->text);
    if (*m->mend) buf_puts(out, "; "), put_harmless(out, m->mend);
    buf_putc(out, '\n');
}

static void write_json(struct buf *out, const struct message *m, bool error)
{
    buf_puts(out, "{\"file\":");
    if (m->at.file) buf_json(out, str_of(m->at.file));
    else buf_puts(out, "null");
    buf_printf(out, ",\"line\":%u,\"column\":%u,\"severity\":\"%s\",\"code\":\"%s\",\"text\":", m->at.line, m->at.col, error ? "error" : "warning",
               diag_rows()[m->msg].code);
    buf_json(out, str_of(m->text));
    buf_puts(out, ",\"mend\":");
    buf_json(out, str_of(m->mend));
    buf_puts(out, "}\n");
}

/* All messages in order, each once; on the heap. */
static const struct message **in_order(const struct diag *d, size_t *count)
{
    size_t n = d->list.n, k = 0;
    const struct message **sorted = mem_realloc(NULL, (n + 1) * sizeof *sorted);
    for (size_t i = 0; i < n; i++) sorted[i] = &d->list.v[i];
    if (n) qsort(sorted, n, sizeof *sorted, compare);
    for (size_t i = 0; i < n; i++)
        if (!k || compare(&sorted[k - 1], &sorted[i])) sorted[k++] = sorted[i];
    *count = k;
    return sorted;
}

static void sarif_text(const struct diag *d, struct buf *out, const char *name, const char *const text[2])
{
    buf_printf(out, "\"%s\":{\"text\":", name);
    buf_json(out, str_of(fill((struct diag *)(uintptr_t)d, text[d->lang != DIAG_EN], NULL)));
    buf_putc(out, '}');
}

static void sarif_rule(const struct diag *d, struct buf *out, enum msg m)
{
    const struct msg_row *row = &diag_rows()[m];
    buf_printf(out, "{\"id\":\"%s\",\"name\":\"%s\",", row->code, row->name);
    sarif_text(d, out, "shortDescription", row->text), buf_putc(out, ',');
    sarif_text(d, out, "help", row->mend);
    buf_printf(out, ",\"defaultConfiguration\":{\"level\":\"%s\"}}", row->severity == SEV_WARNING ? "warning" : "error");
}

static void sarif_result(struct buf *out, const struct message *m, size_t rule, bool error)
{
    buf_printf(out, "{\"ruleId\":\"%s\",\"ruleIndex\":%zu,\"level\":\"%s\",\"message\":{\"text\":", diag_rows()[m->msg].code, rule,
               error ? "error" : "warning");
    struct buf said = {0};
    buf_printf(&said, "%s%s%s", m->text, *m->mend ? "; " : "", m->mend);
    buf_json(out, buf_view(&said));
    buf_close(&said);
    buf_puts(out, "},\"locations\":[");
    if (m->at.file) {
        buf_puts(out, "{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"");
        for (const char *p = m->at.file; *p; p++) /* a URI reference (RFC 3986) */
            if ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || strchr("-._~/", *p)) buf_putc(out, *p);
            else buf_printf(out, "%%%02X", (unsigned char)*p);
        buf_puts(out, "\"}");
        if (m->at.line) buf_printf(out, ",\"region\":{\"startLine\":%u,\"startColumn\":%u}", m->at.line, m->at.col ? m->at.col : 1);
        buf_puts(out, "}}");
    }
    buf_puts(out, "]}");
}

void diag_write_sarif(const struct diag *d, struct buf *out, bool strict, const char *version)
{
    size_t n, rules = 0, index[MSG_COUNT] = {0}; /* of the rule in the log, + 1 */
    const struct message **sorted = in_order(d, &n);
    buf_puts(out, "{\"$schema\":\"https://json.schemastore.org/"
                  "sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"letak\",\"version\":");
    buf_json(out, str_of(version));
    buf_puts(out, ",\"rules\":[");
    for (size_t i = 0; i < n; i++) {
        if (index[sorted[i]->msg]) continue;
        if (rules) buf_putc(out, ',');
        sarif_rule(d, out, sorted[i]->msg);
        index[sorted[i]->msg] = ++rules;
    }
    buf_puts(out, "]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[");
    for (size_t i = 0; i < n; i++) {
        if (i) buf_putc(out, ',');
        buf_putc(out, '\n');
        sarif_result(out, sorted[i], index[sorted[i]->msg] - 1, effective(sorted[i], strict) != SEV_WARNING);
    }
    buf_puts(out, "\n]}]}\n");
    free(sorted);
}

void diag_write(const struct diag *d, struct buf *out, bool strict, bool json)
{
    size_t n;
    const struct message **sorted = in_order(d, &n);
    for (size_t i = 0; i < n; i++) {
        bool error = effective(sorted[i], strict) != SEV_WARNING;
        if (json) write_json(out, sorted[i], error);
        else write_text(d, out, sorted[i], error);
    }
    free(sorted);
}

int diag_status(const struct diag *d, bool strict)
{
    int status = d->told;
    for (size_t i = 0; i < d->list.n; i++) {
        enum severity s = effective(&d->list.v[i], strict);
        int rank = s == SEV_ENV ? 3 : s == SEV_USAGE ? 2 : s == SEV_WARNING ? 0 : 1;
        if (rank > status) status = rank;
    }
    return status;
}

void diag_told(struct diag *d, int status) { d->told = status > d->told ? status : d->told; }
