/* render.c: compiled layouts and a tree of values into text. */
#include "template/node.h"
#include "base/map.h"
#include <pthread.h>
#include <stdatomic.h>

enum { DEEPEST_PARTIAL = 64, CONTEXTS = 256, MOST_PARTS = 3000000, LARGEST_OUTPUT = 256 << 20 };
struct templates {
    struct arena *arena;
    struct diag *diag;
    bool (*load)(void *, struct str, struct str *, const char **);
    void *ctx;
    struct map by_name;
    atomic_bool exhausted; /* a page unfolded without end: the others are not tried, nothing will be published */
    pthread_mutex_t lock;  /* over by_name and the arena: recursive, since compiling finds partials */
};

struct templates *templates_open(struct arena *a, struct diag *d, bool (*load)(void *, struct str, struct str *, const char **), void *ctx)
{
    struct templates *t = ARENA_NEW(a, struct templates);
    *t = (struct templates){.arena = a, .diag = d, .load = load, .ctx = ctx, .by_name = map_new(a)};
    pthread_mutexattr_t recursive;
    pthread_mutexattr_init(&recursive);
    pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&t->lock, &recursive);
    pthread_mutexattr_destroy(&recursive);
    return t;
}

void templates_close(struct templates *t) { pthread_mutex_destroy(&t->lock); }

const struct template *templates_find(struct templates *t, struct str name)
{
    pthread_mutex_lock(&t->lock);
    struct template *tp = map_find(&t->by_name, name);
    struct str text;
    const char *file;
    if (!tp && t->load(t->ctx, name, &text, &file)) {
        tp = ARENA_NEW(t->arena, struct template);
        tp->name = str_copy(t->arena, name), tp->file = file;
        *map_at(&t->by_name, tp->name) = tp; /* before compiling: a layout may include itself */
        template_compile(t->arena, t, t->diag, tp, text);
    }
    pthread_mutex_unlock(&t->lock);
    return tp;
}

struct overrides { /* the blocks of one {{<parent}}, outermost first when searched */
    const struct tnode *parent;
    const struct overrides *outer;
};
struct renderer {
    struct templates *templates;
    struct buf *out;
    const struct value *stack[CONTEXTS];
    size_t n;
    int depth;    /* of partials */
    size_t parts; /* sections, partials and blocks so far: layouts that include each other twice would double with every level */
    bool ended;   /* reported; what follows is left out */
    const struct overrides *overrides;
    char indent[256]; /* of all partials and blocks around */
    size_t n_indent;
    bool line_start; /* the next output begins a line of the layout */
};

static const struct value *look_up(const struct renderer *r, const struct tnode *n)
{
    if (!n->n_path) return r->stack[r->n - 1];
    const struct value *v = NULL;
    for (size_t i = r->n; i-- > 0 && !v;) v = value_find_tagged(r->stack[i], n->path[0], n->tags[0]);
    for (size_t k = 1; k < n->n_path && v; k++) v = value_find_tagged(v, n->path[k], n->tags[k]);
    return v;
}

static void begin(struct renderer *r)
{
    if (r->line_start && r->n_indent) buf_add(r->out, r->indent, r->n_indent);
    r->line_start = false;
}

static void put_text(struct renderer *r, struct str s)
{
    if (!r->n_indent) {
        buf_str(r->out, s);
        if (s.n) r->line_start = s.s[s.n - 1] == '\n';
        return;
    }
    while (s.n) {
        size_t nl = str_find(s, '\n');
        struct str line = str_part(s, 0, nl == SIZE_MAX ? s.n : nl + 1);
        if (line.s[0] != '\n') begin(r); /* an empty line stays empty */
        buf_str(r->out, line);
        if (nl != SIZE_MAX) r->line_start = true;
        s = str_from(s, line.n);
    }
}

static void put_value(struct renderer *r, const struct value *v, bool raw)
{
    if (!v) return;
    switch (v->kind) {
    case VALUE_TEXT:
    case VALUE_HTML:
        if (v->text.n) begin(r);
        if (raw || v->kind == VALUE_HTML) buf_str(r->out, v->text);
        else buf_html(r->out, v->text);
        break;
    case VALUE_INT: begin(r), buf_int(r->out, v->number); break;
    case VALUE_BOOL: begin(r), buf_puts(r->out, v->yes ? "true" : "false"); break;
    default: break;
    }
}

static void render(struct renderer *r, const struct tnode *n);

/* Whether one more part may be written. */
static bool more(struct renderer *r, const struct tnode *n)
{
    if (r->ended) return false;
    r->ended = atomic_load_explicit(&r->templates->exhausted, memory_order_relaxed);
    if (!r->ended && (r->parts++ >= MOST_PARTS || r->out->n > LARGEST_OUTPUT)) {
        diag_once(r->templates->diag, MSG_TEMPLATE_ENDLESS, n->at, STR(""), (const char *const[]){"3000000"});
        r->ended = true;
        atomic_store(&r->templates->exhausted, true);
    }
    return !r->ended;
}

static void push(struct renderer *r, const struct value *v, const struct tnode *n)
{
    if (!more(r, n)) return;
    if (r->n == CONTEXTS) {
        DIAG(r->templates->diag, MSG_TEMPLATE_TOO_DEEP, n->at, "a layout");
        return;
    }
    r->stack[r->n++] = v;
    render(r, n->first);
    r->n--;
}

static void section(struct renderer *r, const struct tnode *n)
{
    const struct value *v = look_up(r, n);
    if (!value_truthy(v)) return;
    if (v->kind == VALUE_LIST)
        for (size_t i = 0; i < v->n; i++) push(r, v->items[i], n);
    else if (v->kind == VALUE_BOOL) render(r, n->first);
    else push(r, v, n);
}

/* Renders nodes with more indentation; what does not fit into the buffer is left out, it is only white space. */
static void indented(struct renderer *r, struct str indent, const struct tnode *first)
{
    size_t before = r->n_indent;
    if (indent.n && before + indent.n <= sizeof r->indent) {
        memcpy(r->indent + before, indent.s, indent.n);
        r->n_indent += indent.n;
        if (!r->out->n || r->out->s[r->out->n - 1] == '\n') r->line_start = true;
    }
    render(r, first);
    r->n_indent = before;
}

static void partial(struct renderer *r, const struct tnode *n)
{
    const struct template *target = n->target;
    if (n->dynamic) {
        const struct value *name = look_up(r, n);
        if (name && name->kind == VALUE_TEXT) target = templates_find(r->templates, name->text);
    }
    if (!target || !more(r, n)) return;
    if (r->depth >= DEEPEST_PARTIAL) {
        diag_once(r->templates->diag, MSG_TEMPLATE_TOO_DEEP, n->at, target->name, (const char *const[]){target->file});
        r->ended = true;
        return;
    }
    r->depth++;
    struct overrides mine = {n, r->overrides};
    if (n->op == OP_PARENT) r->overrides = &mine;
    indented(r, n->indent, target->root.first);
    r->overrides = n->op == OP_PARENT ? mine.outer : r->overrides;
    r->depth--;
}

static void block(struct renderer *r, const struct tnode *n)
{
    const struct tnode *use = n;
    for (const struct overrides *o = r->overrides; o; o = o->outer) /* the outermost that has it wins */
        for (const struct tnode *b = o->parent->first; b; b = b->next)
            if (b->op == OP_BLOCK && str_eq(b->text, n->text)) {
                use = b;
                break;
            }
    if (r->depth >= DEEPEST_PARTIAL || !more(r, n)) return;
    r->depth++;
    indented(r, n->indent, use->first);
    r->depth--;
}

static void render(struct renderer *r, const struct tnode *n)
{
    for (; n; n = n->next) switch (n->op) {
        case OP_TEXT: put_text(r, n->text); break;
        case OP_VAR: put_value(r, look_up(r, n), n->raw); break;
        case OP_SECTION: section(r, n); break;
        case OP_INVERTED:
            if (!value_truthy(look_up(r, n))) render(r, n->first);
            break;
        case OP_PARTIAL:
        case OP_PARENT: partial(r, n); break;
        case OP_BLOCK: block(r, n); break;
        }
}

void templates_render(struct templates *t, const struct template *tp, const struct value *view, struct buf *out)
{
    struct renderer r = {.templates = t, .out = out, .stack = {view}, .n = 1};
    render(&r, tp->root.first);
}
