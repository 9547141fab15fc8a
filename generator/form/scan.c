/* scan.c: see scan.h. The child writes one record a field into a pipe: lengths of name and value (4 bytes each, as the machine has them), then both.
 * The first record is the identifier, without a name. */
#include "form/scan.h"
#include "base/child.h"
#include "base/file.h"
#include "base/utf8.h"
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>

enum { LARGEST_FILE = 64 << 20, LARGEST_ANSWER = 16 << 20, LONGEST_NAME = 1000, MOST_NODES = 20000, DEEPEST = 16 };

/* --- libqpdf, opened when first needed: linked, it would cost every start of the program 10 ms --- */

#define FUNCTIONS(X)                                                                                                                                 \
    X(qpdf_init)                                                                                                                                     \
    X(qpdf_cleanup)                                                                                                                                  \
    X(qpdf_silence_errors)                                                                                                                           \
    X(qpdf_set_suppress_warnings)                                                                                                                    \
    X(qpdf_set_attempt_recovery)                                                                                                                     \
    X(qpdf_read_memory)                                                                                                                              \
    X(qpdf_has_error)                                                                                                                                \
    X(qpdf_get_error)                                                                                                                                \
    X(qpdf_get_error_code)                                                                                                                           \
    X(qpdf_more_warnings)                                                                                                                            \
    X(qpdf_get_root)                                                                                                                                 \
    X(qpdf_oh_release)                                                                                                                               \
    X(qpdf_oh_get_key_if_dict)                                                                                                                       \
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
    X(qpdf_oh_new_binary_string)                                                                                                                     \
    X(qpdf_oh_get_stream_data)
static struct {
#define X(name) __typeof__(name) *name; // NOLINT(bugprone-macro-parentheses)
    FUNCTIONS(X)
#undef X
    bool failed;
} q;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void open_qpdf(void)
{
    void *lib = dlopen("libqpdf.so.29", RTLD_NOW | RTLD_LOCAL);
    q.failed = !lib;
#define X(name)                                                                                                                                      \
    if (lib) *(void **)&q.name = dlsym(lib, #name);                                                                                                  \
    if (!q.name) q.failed = true;
    FUNCTIONS(X)
#undef X
}

/* --- the walk over the fields --- */

struct walk {
    qpdf_data pdf;
    struct buf *out;
    struct buf name; /* of the field, full */
    size_t nodes, fields;
    enum scan_result result;
};
struct inherited { /* 12.7.3.1: what kids have from their parents */
    qpdf_oh type, value;
    int flags;
};

static void put_record(struct walk *w, struct str name, struct str value)
{
    uint32_t n[2] = {(uint32_t)name.n, (uint32_t)value.n};
    if (w->out->n + name.n + value.n > LARGEST_ANSWER) w->result = SCAN_TOO_LARGE;
    if (w->result != SCAN_DONE) return;
    buf_add(w->out, (const char *)n, sizeof n);
    buf_str(w->out, name), buf_str(w->out, value);
}

static qpdf_oh key(struct walk *w, qpdf_oh dict, const char *name) { return q.qpdf_oh_get_key_if_dict(w->pdf, dict, name); }

static bool is_name(struct walk *w, qpdf_oh oh, const char *name)
{
    return q.qpdf_oh_is_name(w->pdf, oh) && !strcmp(q.qpdf_oh_get_name(w->pdf, oh), name);
}

/* A text string or text stream (7.9.2, 7.9.3), whatever its encoding, appended. */
static void put_text(struct walk *w, qpdf_oh oh, struct buf *b)
{
    unsigned char *data = NULL;
    size_t n = 0;
    if (q.qpdf_oh_is_stream(w->pdf, oh)) {
        if ((q.qpdf_oh_get_stream_data(w->pdf, oh, qpdf_dl_generalized, NULL, &data, &n) & QPDF_ERRORS) || n > LARGEST_ANSWER)
            w->result = SCAN_DAMAGED, n = 0;
        oh = q.qpdf_oh_new_binary_string(w->pdf, data ? (const char *)data : "", n);
        free(data);
    }
    if (!q.qpdf_oh_is_string(w->pdf, oh)) return;
    const char *s = q.qpdf_oh_get_binary_utf8_value(w->pdf, oh, &n);
    for (size_t at = 0; at < n;) { /* viewers end lines as they like; what is no text becomes U+FFFD or a space */
        uint32_t c = utf8_next((struct str){s, n}, &at);
        if (c == '\r' && at < n && s[at] == '\n') continue;
        buf_utf8(b, c == '\r' || c == '\n' ? '\n' : c < ' ' ? ' ' : c);
    }
}

/* The state of a button: its value, else that of the first widget that shows one. */
static void put_state(struct walk *w, qpdf_oh field, qpdf_oh value, struct buf *b)
{
    const char *s = q.qpdf_oh_is_name(w->pdf, value) ? q.qpdf_oh_get_name(w->pdf, value) : "";
    if (!*s) {
        qpdf_oh as = key(w, field, "/AS"), kids = key(w, field, "/Kids");
        int n = q.qpdf_oh_is_array(w->pdf, kids) ? q.qpdf_oh_get_array_n_items(w->pdf, kids) : 0;
        for (int i = 0; i < n && ++w->nodes < MOST_NODES && (!q.qpdf_oh_is_name(w->pdf, as) || is_name(w, as, "/Off")); i++)
            as = key(w, q.qpdf_oh_get_array_item(w->pdf, kids, i), "/AS");
        if (q.qpdf_oh_is_name(w->pdf, as)) s = q.qpdf_oh_get_name(w->pdf, as);
    }
    if (*s == '/' && strcmp(s, "/Off") != 0) buf_puts(b, s + 1);
}

static void put_field(struct walk *w, qpdf_oh field, const struct inherited *of)
{
    enum { FF_PUSH = 1 << 16 };
    struct buf b = {0};
    if (is_name(w, of->type, "/Btn")) {
        if (!(of->flags & FF_PUSH)) put_state(w, field, of->value, &b);
    } else if (is_name(w, of->type, "/Sig")) {
        if (q.qpdf_oh_is_dictionary(w->pdf, of->value)) buf_puts(&b, "signed");
    } else if (q.qpdf_oh_is_array(w->pdf, of->value)) {
        int n = q.qpdf_oh_get_array_n_items(w->pdf, of->value);
        for (int i = 0; i < n && ++w->nodes < MOST_NODES; i++) {
            if (b.n) buf_putc(&b, '\n');
            put_text(w, q.qpdf_oh_get_array_item(w->pdf, of->value, i), &b);
        }
    } else put_text(w, of->value, &b);
    put_record(w, buf_view(&w->name), buf_view(&b));
    w->fields++;
    buf_close(&b);
}

static void walk_node(struct walk *w, qpdf_oh node, struct inherited of, int depth)
{
    size_t name = w->name.n;
    int flags;
    if (depth > DEEPEST || ++w->nodes > MOST_NODES) w->result = SCAN_TOO_LARGE;
    if (w->result != SCAN_DONE || !q.qpdf_oh_is_dictionary(w->pdf, node)) return;
    qpdf_oh type = key(w, node, "/FT"), value = key(w, node, "/V"), part = key(w, node, "/T"), kids = key(w, node, "/Kids");
    if (!q.qpdf_oh_is_null(w->pdf, type)) of.type = type;
    if (!q.qpdf_oh_is_null(w->pdf, value)) of.value = value;
    if (q.qpdf_oh_get_value_as_int(w->pdf, key(w, node, "/Ff"), &flags)) of.flags = flags;
    if (q.qpdf_oh_is_string(w->pdf, part)) {
        if (name) buf_putc(&w->name, '.');
        put_text(w, part, &w->name);
    }
    if (w->name.n > LONGEST_NAME) w->result = SCAN_TOO_LARGE;
    bool leaf = true;
    int n = q.qpdf_oh_is_array(w->pdf, kids) ? q.qpdf_oh_get_array_n_items(w->pdf, kids) : 0;
    for (int i = 0; i < n && w->result == SCAN_DONE; i++) { /* kids with a name are fields, the others widgets */
        qpdf_oh kid = q.qpdf_oh_get_array_item(w->pdf, kids, i);
        if (++w->nodes > MOST_NODES) w->result = SCAN_TOO_LARGE;
        else if (q.qpdf_oh_is_string(w->pdf, key(w, kid, "/T"))) leaf = false, walk_node(w, kid, of, depth + 1);
    }
    if (leaf && w->name.n) put_field(w, node, &of);
    if (w->name.n > name) w->name.n = name, w->name.s[name] = 0;
}

/* <dc:identifier>F8/3</dc:identifier>, or the attribute that some programs make of it. */
static struct str identifier(struct str xmp)
{
    static const char *const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./";
    size_t at = str_search(xmp, "dc:identifier"), n = 0;
    if (at == SIZE_MAX) return (struct str){0};
    struct str rest = str_from(xmp, at + strlen("dc:identifier"));
    while (rest.n && strchr(" \n\t=\"'>", rest.s[0])) rest = str_from(rest, 1);
    while (n < rest.n && n < 100 && rest.s[n] && strchr(letters, rest.s[n])) n++;
    return str_part(rest, 0, n);
}

static void put_identifier(struct walk *w, qpdf_oh root)
{
    unsigned char *data = NULL;
    size_t n = 0;
    qpdf_oh meta = key(w, root, "/Metadata");
    if (q.qpdf_oh_is_stream(w->pdf, meta)) q.qpdf_oh_get_stream_data(w->pdf, meta, qpdf_dl_generalized, NULL, &data, &n);
    put_record(w, (struct str){0}, data ? identifier((struct str){(const char *)data, n}) : (struct str){0});
    free(data);
}

static void walk_form(struct walk *w)
{
    qpdf_oh root = q.qpdf_get_root(w->pdf), fields = key(w, key(w, root, "/AcroForm"), "/Fields"), none = key(w, root, "/LetakHasNoSuchKey");
    put_identifier(w, root);
    int n = q.qpdf_oh_is_array(w->pdf, fields) ? q.qpdf_oh_get_array_n_items(w->pdf, fields) : 0;
    for (int i = 0; i < n && w->result == SCAN_DONE; i++)
        walk_node(w, q.qpdf_oh_get_array_item(w->pdf, fields, i), (struct inherited){none, none, 0}, 0);
    /* Nothing is guessed: of a file that is cut off, an older state of its fields might be all that is left. */
    if (w->result == SCAN_DONE && (q.qpdf_has_error(w->pdf) || q.qpdf_more_warnings(w->pdf))) w->result = SCAN_DAMAGED;
    if (w->result == SCAN_DONE && !w->fields) w->result = SCAN_NO_FIELDS;
}

enum scan_result scan_here(struct str pdf, struct buf *out)
{
    pthread_once(&once, open_qpdf);
    if (q.failed) return SCAN_NO_LIBRARY;
    struct walk w = {.pdf = q.qpdf_init(), .out = out};
    q.qpdf_silence_errors(w.pdf);
    q.qpdf_set_suppress_warnings(w.pdf, QPDF_TRUE);
    q.qpdf_set_attempt_recovery(w.pdf, QPDF_FALSE);
    if (q.qpdf_read_memory(w.pdf, "", pdf.s, pdf.n, NULL) & QPDF_ERRORS) {
        w.result = q.qpdf_get_error_code(w.pdf, q.qpdf_get_error(w.pdf)) == qpdf_e_password ? SCAN_LOCKED : SCAN_DAMAGED;
    } else walk_form(&w);
    q.qpdf_cleanup(&w.pdf);
    buf_close(&w.name);
    return w.result;
}

/* --- the child process --- */

static int work(void *ctx, int to)
{
    struct buf out = {0};
    enum scan_result r = scan_here(*(const struct str *)ctx, &out);
    return child_say(to, buf_view(&out)) ? (int)r : (int)SCAN_TOO_LARGE;
}

static void read_records(struct arena *a, const struct buf *b, struct scan *out)
{
    struct str rest = str_copy(a, buf_view(b));
    uint32_t n[2];
    for (bool first = true; rest.n >= sizeof n; first = false) {
        memcpy(n, rest.s, sizeof n);
        rest = str_from(rest, sizeof n);
        if ((size_t)n[0] + n[1] > rest.n) return;
        struct scan_field f = {str_part(rest, 0, n[0]), str_part(rest, n[0], n[1])};
        rest = str_from(rest, (size_t)n[0] + n[1]);
        if (first) out->id = f.value;
        else *vec_push(a, &out->fields) = f;
    }
}

enum scan_result scan_bytes(struct arena *a, struct str pdf, struct scan *out)
{
    struct buf b = {0};
    *out = (struct scan){0};
    pthread_once(&once, open_qpdf); /* before the fork: once for all files */
    if (q.failed) return SCAN_NO_LIBRARY;
    if (pdf.n > LARGEST_FILE) return SCAN_TOO_LARGE;
    int said = child_run(work, &pdf, &b);
    enum scan_result r = said >= 0 && said <= SCAN_NO_LIBRARY ? (enum scan_result)said : SCAN_TOO_LARGE;
    if (r == SCAN_DONE) read_records(a, &b, out);
    buf_close(&b);
    return r;
}

bool scan_file(struct arena *a, const char *path, struct scan *out, enum scan_result *result)
{
    struct str pdf;
    if (!file_read(a, path, LARGEST_FILE, &pdf)) {
        *result = SCAN_TOO_LARGE;
        return errno == EFBIG;
    }
    *result = scan_bytes(a, pdf, out);
    return true;
}
