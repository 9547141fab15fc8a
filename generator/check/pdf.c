/* pdf.c: see pdf.h. The child that walks the objects answers with records: a letter, a length of 4 bytes as the machine has them, the bytes. */
#include "check/pdf.h"
#include "base/child.h"
#include "check/picture.h"
#include <dlfcn.h>
#include <pthread.h>
#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MOST_OBJECTS = 500000, DEEPEST = 50, LARGEST_PDF = 256 << 20 };
enum { DONE, UNSEEN, NO_TOOL };

#define FUNCTIONS(X)                                                                                                                                 \
    X(qpdf_init)                                                                                                                                     \
    X(qpdf_cleanup)                                                                                                                                  \
    X(qpdf_silence_errors)                                                                                                                           \
    X(qpdf_set_suppress_warnings)                                                                                                                    \
    X(qpdf_set_attempt_recovery)                                                                                                                     \
    X(qpdf_read_memory)                                                                                                                              \
    X(qpdf_get_trailer)                                                                                                                              \
    X(qpdf_get_object_by_id)                                                                                                                         \
    X(qpdf_oh_release_all)                                                                                                                           \
    X(qpdf_oh_get_key_if_dict)                                                                                                                       \
    X(qpdf_oh_begin_dict_key_iter)                                                                                                                   \
    X(qpdf_oh_dict_more_keys)                                                                                                                        \
    X(qpdf_oh_dict_next_key)                                                                                                                         \
    X(qpdf_oh_get_key)                                                                                                                               \
    X(qpdf_oh_get_dict)                                                                                                                              \
    X(qpdf_oh_is_indirect)                                                                                                                           \
    X(qpdf_oh_is_dictionary)                                                                                                                         \
    X(qpdf_oh_is_array)                                                                                                                              \
    X(qpdf_oh_is_name)                                                                                                                               \
    X(qpdf_oh_is_string)                                                                                                                             \
    X(qpdf_oh_is_stream)                                                                                                                             \
    X(qpdf_oh_is_null)                                                                                                                               \
    X(qpdf_oh_get_array_n_items)                                                                                                                     \
    X(qpdf_oh_get_array_item)                                                                                                                        \
    X(qpdf_oh_get_name)                                                                                                                              \
    X(qpdf_oh_get_value_as_int)                                                                                                                      \
    X(qpdf_oh_get_binary_utf8_value)                                                                                                                 \
    X(qpdf_oh_get_stream_data)
static struct {
#define X(name) __typeof__(name) *name; // NOLINT(bugprone-macro-parentheses)
    FUNCTIONS(X)
#undef X
    bool failed;
} q;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void open_qpdf(void) /* linked, it would cost every start of the program 10 ms */
{
    void *lib = dlopen("libqpdf.so.29", RTLD_NOW | RTLD_LOCAL);
    q.failed = !lib;
#define X(name)                                                                                                                                      \
    if (lib) *(void **)&q.name = dlsym(lib, #name);                                                                                                  \
    if (!q.name) q.failed = true;
    FUNCTIONS(X)
#undef X
}

/* --- in the child --- */

struct walk {
    qpdf_data pdf;
    struct buf out;
};

static void record(struct walk *w, char letter, struct str bytes)
{
    uint32_t n = (uint32_t)bytes.n;
    if (w->out.n + n > CHILD_MOST_ANSWER - 16) return;
    buf_putc(&w->out, letter);
    buf_add(&w->out, (const char *)&n, sizeof n);
    buf_str(&w->out, bytes);
}

static qpdf_oh key(struct walk *w, qpdf_oh dict, const char *name) { return q.qpdf_oh_get_key_if_dict(w->pdf, dict, name); }
static bool is_name(struct walk *w, qpdf_oh oh, const char *name)
{
    return q.qpdf_oh_is_name(w->pdf, oh) && !strcmp(q.qpdf_oh_get_name(w->pdf, oh), name);
}

static void put_string(struct walk *w, char letter, qpdf_oh oh)
{
    size_t n = 0;
    const char *s = q.qpdf_oh_get_binary_utf8_value(w->pdf, oh, &n);
    if (n) record(w, letter, (struct str){s, n});
}

/* What a dictionary is, beside the strings in it. */
static void judge(struct walk *w, qpdf_oh dict)
{
    qpdf_oh type = key(w, dict, "/Type"), value = key(w, dict, "/V"), kind = key(w, dict, "/FT"), js = key(w, dict, "/JS");
    if (is_name(w, type, "/EmbeddedFile") || is_name(w, key(w, dict, "/Subtype"), "/FileAttachment") ||
        !q.qpdf_oh_is_null(w->pdf, key(w, dict, "/EF")))
        record(w, 'A', STR(""));
    if (!q.qpdf_oh_is_null(w->pdf, js)) record(w, 'J', STR(""));
    if (q.qpdf_oh_is_null(w->pdf, value)) return;
    bool field = !q.qpdf_oh_is_null(w->pdf, kind) || !q.qpdf_oh_is_null(w->pdf, key(w, dict, "/T"));
    size_t n = 0;
    if (q.qpdf_oh_is_string(w->pdf, value)) q.qpdf_oh_get_binary_utf8_value(w->pdf, value, &n);
    else
        n = q.qpdf_oh_is_name(w->pdf, value) ? strcmp(q.qpdf_oh_get_name(w->pdf, value), "/Off") != 0
                                             : q.qpdf_oh_is_stream(w->pdf, value) || q.qpdf_oh_is_array(w->pdf, value);
    if (field && n) record(w, 'F', STR(""));
}

/* A font program, or something else that says nothing. */
static bool is_font(struct walk *w, qpdf_oh dict)
{
    static const char *const kinds[] = {"/Type1C", "/CIDFontType0C", "/OpenType"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (is_name(w, key(w, dict, "/Subtype"), kinds[i])) return true;
    return !q.qpdf_oh_is_null(w->pdf, key(w, dict, "/Length1")) || !q.qpdf_oh_is_null(w->pdf, key(w, dict, "/Alternate")) ||
           is_name(w, key(w, dict, "/Type"), "/CMap");
}

/* The strings of a program that draws (ISO 32000-1, 7.3.4.2), as far as their font spells letters as they are: those of one TJ belong together. */
static void drawn_strings(struct walk *w, struct str s)
{
    struct buf b = {0};
    bool array = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.s[i] == '[' || s.s[i] == ']') array = s.s[i] == '[';
        if (s.s[i] != '(') continue;
        if (!array && b.n) buf_putc(&b, ' ');
        for (int open = 1; ++i < s.n;) {
            char c = s.s[i];
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (!open) break;
            if (c == '\\' && i + 1 < s.n) {
                int octal = 0, n = 0;
                for (; n < 3 && i + 1 < s.n && s.s[i + 1] >= '0' && s.s[i + 1] <= '7'; n++) octal = octal * 8 + (s.s[++i] - '0');
                c = n ? (char)octal : s.s[++i];
            }
            buf_putc(&b, c);
        }
        if (!array) buf_putc(&b, ' ');
    }
    if (b.n) record(w, 'D', buf_view(&b));
    buf_close(&b);
}

static void walk(struct walk *w, qpdf_oh oh, int depth)
{
    if (depth > DEEPEST) return;
    if (q.qpdf_oh_is_string(w->pdf, oh)) {
        put_string(w, 'S', oh);
    } else if (q.qpdf_oh_is_array(w->pdf, oh)) {
        int n = q.qpdf_oh_get_array_n_items(w->pdf, oh);
        for (int i = 0; i < n; i++) {
            qpdf_oh item = q.qpdf_oh_get_array_item(w->pdf, oh, i);
            if (!q.qpdf_oh_is_indirect(w->pdf, item)) walk(w, item, depth + 1);
        }
    } else if (q.qpdf_oh_is_dictionary(w->pdf, oh)) {
        struct buf keys = {0}; /* first all names: there is one iterator, and walking below needs it */
        judge(w, oh);
        q.qpdf_oh_begin_dict_key_iter(w->pdf, oh);
        while (q.qpdf_oh_dict_more_keys(w->pdf)) buf_puts(&keys, q.qpdf_oh_dict_next_key(w->pdf)), buf_putc(&keys, 0);
        for (size_t at = 0; at < keys.n; at += strlen(keys.s + at) + 1) {
            qpdf_oh item = q.qpdf_oh_get_key(w->pdf, oh, keys.s + at);
            if (!strcmp(keys.s + at, "/ID")) continue; /* random by nature */
            if (!q.qpdf_oh_is_indirect(w->pdf, item)) walk(w, item, depth + 1);
            if (!strcmp(keys.s + at, "/Author") && q.qpdf_oh_is_string(w->pdf, item)) put_string(w, 'P', item);
        }
        buf_close(&keys);
    } else if (q.qpdf_oh_is_stream(w->pdf, oh)) {
        qpdf_oh dict = q.qpdf_oh_get_dict(w->pdf, oh);
        unsigned char *data = NULL;
        size_t n = 0;
        walk(w, dict, depth + 1);
        bool picture = is_name(w, key(w, dict, "/Subtype"), "/Image"), metadata = is_name(w, key(w, dict, "/Type"), "/Metadata");
        bool drawn = is_name(w, key(w, dict, "/Type"), "/XRef") || is_name(w, key(w, dict, "/Type"), "/ObjStm") || is_font(w, dict);
        if (drawn || (q.qpdf_oh_get_stream_data(w->pdf, oh, picture ? qpdf_dl_none : qpdf_dl_generalized, NULL, &data, &n) & QPDF_ERRORS)) return;
        struct str bytes = {(const char *)data, n}, begin = str_trim(str_part(bytes, 0, 64));
        bool profile =
            !q.qpdf_oh_is_null(w->pdf, key(w, dict, "/N")) && str_is(str_part(bytes, 36, 4), "acsp"); /* ICC.1:2010, 7.2.11: tables of numbers */
        const char *carried = picture && str_starts(bytes, "\xff\xd8") ? picture_carries(bytes) : NULL;
        if (metadata || (!picture && begin.n && *begin.s == '<')) record(w, 'X', bytes);
        else if (!picture && !profile) drawn_strings(w, bytes);
        else if (carried && (!strcmp(carried, "EXIF") || !strcmp(carried, "XMP") || !strcmp(carried, "IPTC") || !strcmp(carried, "comment")))
            record(w, 'M', str_of(carried));
        free(data);
    }
}

/* What PDF/UA asks of the document as a whole: a structure tree, a language, a title. */
static void accessible(struct walk *w, qpdf_oh root, qpdf_oh info)
{
    qpdf_oh language = key(w, root, "/Lang"), title = key(w, info, "/Title");
    size_t n = 0;
    if (!q.qpdf_oh_is_null(w->pdf, key(w, root, "/MarkInfo")) && !q.qpdf_oh_is_null(w->pdf, key(w, root, "/StructTreeRoot"))) record(w, 'T', STR(""));
    if (q.qpdf_oh_is_string(w->pdf, language)) q.qpdf_oh_get_binary_utf8_value(w->pdf, language, &n);
    if (n) record(w, 'L', STR(""));
    n = 0;
    if (q.qpdf_oh_is_string(w->pdf, title)) q.qpdf_oh_get_binary_utf8_value(w->pdf, title, &n);
    if (n) record(w, 'N', STR(""));
}

static int objects(void *ctx, int to)
{
    const struct str *bytes = ctx;
    struct walk w = {.pdf = q.qpdf_init()};
    int size = 0;
    q.qpdf_silence_errors(w.pdf);
    q.qpdf_set_suppress_warnings(w.pdf, QPDF_TRUE);
    q.qpdf_set_attempt_recovery(w.pdf, QPDF_TRUE); /* a viewer would show what it can, so what it can is looked at */
    if (q.qpdf_read_memory(w.pdf, "", bytes->s, bytes->n, NULL) & QPDF_ERRORS) return UNSEEN;
    if (!q.qpdf_oh_get_value_as_int(w.pdf, key(&w, q.qpdf_get_trailer(w.pdf), "/Size"), &size)) return UNSEEN;
    walk(&w, q.qpdf_get_trailer(w.pdf), 0);
    accessible(&w, key(&w, q.qpdf_get_trailer(w.pdf), "/Root"), key(&w, q.qpdf_get_trailer(w.pdf), "/Info"));
    if (size > MOST_OBJECTS) return UNSEEN;
    for (int i = 1; i < size; i++) {
        walk(&w, q.qpdf_get_object_by_id(w.pdf, i, 0), 0);
        q.qpdf_oh_release_all(w.pdf);
    }
    return child_say(to, buf_view(&w.out)) ? DONE : UNSEEN;
}

static int pages(void *ctx, int to)
{
    const struct str *bytes = ctx;
    char name[32];
    int fd = memfd_create("page", 0);
    if (fd < 0 || !child_say(fd, *bytes) || lseek(fd, 0, SEEK_SET) || dup2(to, 1) < 0) return UNSEEN;
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    execlp("pdftotext", "pdftotext", "-q", "-enc", "UTF-8", "-nopgbrk", name, "-", (char *)NULL);
    return NO_TOOL;
}

/* --- here --- */

/* More than one end of file: the file was saved again over an older state, which is still in it. A linearized file has two of its own. */
static bool has_older_state(struct str b)
{
    size_t ends = 0;
    for (size_t at = 0, k; (k = str_search(str_from(b, at), "startxref")) != SIZE_MAX; at += k + 9) ends++;
    return ends > 1 + (size_t)(str_search(str_part(b, 0, 2048), "/Linearized") != SIZE_MAX);
}

/* dc:creator of XMP, without its markup. */
static struct str creator(struct arena *a, struct str xmp)
{
    size_t from = str_search(xmp, "<dc:creator"), to = str_search(xmp, "</dc:creator>");
    struct buf b = {0};
    for (size_t i = from; from != SIZE_MAX && to != SIZE_MAX && i < to; i++) {
        if (xmp.s[i] != '<') {
            buf_putc(&b, xmp.s[i]);
            continue;
        }
        while (i < to && xmp.s[i] != '>') i++;
    }
    struct str out = str_trim(buf_copy(a, &b));
    buf_close(&b);
    return out;
}

static void take(struct arena *a, struct pdf_said *out, const struct buf *answer)
{
    struct buf strings = {0}, xmp = {0}, drawn = {0};
    struct str rest = buf_view(answer);
    uint32_t n;
    while (rest.n > sizeof n) {
        char letter = *rest.s;
        memcpy(&n, rest.s + 1, sizeof n);
        rest = str_from(rest, 1 + sizeof n);
        if (n > rest.n) break;
        struct str bytes = str_part(rest, 0, n);
        rest = str_from(rest, n);
        switch (letter) {
        case 'S': buf_str(&strings, bytes), buf_putc(&strings, '\n'); break;
        case 'P': out->person = str_copy(a, str_trim(bytes)); break;
        case 'X': buf_str(&xmp, bytes), buf_putc(&xmp, '\n'); break;
        case 'D': buf_str(&drawn, bytes), buf_putc(&drawn, '\n'); break;
        case 'M': *vec_push(a, &out->pictures) = arena_printf(a, "%.*s (JPEG)", STR_ARG(bytes)); break;
        case 'A': out->attachment = true; break;
        case 'F': out->filled = true; break;
        case 'J': out->script = true; break;
        case 'T': out->tagged = true; break;
        case 'L': out->language = true; break;
        case 'N': out->title = true; break;
        }
    }
    out->strings = buf_copy(a, &strings), out->metadata = buf_copy(a, &xmp), out->streams = buf_copy(a, &drawn);
    if (!out->person.n) out->person = creator(a, out->metadata);
    out->title |= str_search(out->metadata, "<dc:title") != SIZE_MAX;
    buf_close(&strings), buf_close(&xmp), buf_close(&drawn);
}

void pdf_listen(struct arena *a, struct str bytes, struct pdf_said *out)
{
    struct buf answer = {0};
    *out = (struct pdf_said){0};
    pthread_once(&once, open_qpdf); /* before the fork: once for all files */
    out->no_tool = q.failed;
    out->unseen = bytes.n > LARGEST_PDF;
    if (out->no_tool || out->unseen) return;
    out->older = has_older_state(bytes);
    if (child_run(objects, &bytes, &answer) == DONE) take(a, out, &answer);
    else out->unseen = true;
    buf_reset(&answer);
    int status = out->unseen ? DONE : child_run(pages, &bytes, &answer);
    out->no_tool = status == NO_TOOL;
    out->unseen |= status != DONE && status != NO_TOOL;
    out->text = buf_copy(a, &answer);
    buf_close(&answer);
}
