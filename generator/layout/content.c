/* content.c: counters, quotes and content lists (CSS Lists 3, chapter 4; CSS Generated Content 3). Evaluated once, in document order, while boxes are
 * made.
 *
 * Scope: an instance of a counter belongs to the parent of the element that made it: it is seen by that element's later siblings and all their
 * descendants. The instances stand on one stack, each with the depth of its maker; leaving an element drops what its children made. */
#include "layout/internal.h"

static struct counter *find(struct layout *l, struct str name)
{
    for (size_t i = l->counters.list.n; i-- > 0;)
        if (str_eq(l->counters.list.v[i].name, name)) return &l->counters.list.v[i];
    return NULL;
}

enum { MOST_COUNTERS = 2000 }; /* open at once; finding one is a search along all */

static void make(struct layout *l, struct str name, long value, int depth)
{
    struct counter *c = find(l, name);
    if (c && c->depth == depth) c->value = value;
    else if (l->counters.list.n >= MOST_COUNTERS)
        diag_once(l->diag, MSG_LAYOUT_COUNTERS, (struct place){0}, STR(""),
                  (const char *const[]){str_z(l->a, name), arena_printf(l->a, "%d", MOST_COUNTERS)});
    else *vec_push(l->a, &l->counters.list) = (struct counter){name, value, depth};
}

static struct counter *find_or_make(struct layout *l, struct str name, int depth)
{
    struct counter *c = find(l, name);
    if (c) return c;
    make(l, name, 0, depth);
    c = find(l, name);
    return c ? c : ARENA_NEW(&l->scratch, struct counter); /* too many: one that nobody sees */
}

static bool names(const struct counter_ops *ops, const char *name)
{
    for (size_t i = 0; i < ops->n; i++)
        if (str_is(ops->list[i].name, name)) return true;
    return false;
}

/* HTML's own numbering: ol and ul start list-item, li takes the next, with start and value; reversed is not known. */
static void apply_list_item(struct layout *l, struct box *b, int depth)
{
    const struct style *s = b->style;
    if (!b->node || b->pseudo >= 0 || names(&s->counter_reset, "list-item") || names(&s->counter_increment, "list-item")) return;
    long v;
    const char *name = (const char *)b->node->name;
    if (!strcmp(name, "ol") || !strcmp(name, "ul") || !strcmp(name, "menu"))
        make(l, STR("list-item"), str_int(dom_attr(b->node, "start"), &v) ? v - 1 : 0, depth);
    else if (s->display == DISPLAY_LIST_ITEM) {
        struct counter *c = find_or_make(l, STR("list-item"), depth);
        c->value = str_int(dom_attr(b->node, "value"), &v) ? v : c->value < LONG_MAX ? c->value + 1 : c->value;
    }
}

static long add(long a, long b)
{
    long r;
    return __builtin_add_overflow(a, b, &r) ? a : r;
}

void counters_apply(struct layout *l, struct box *b, int depth)
{
    const struct style *s = b->style;
    for (size_t i = 0; i < s->counter_reset.n; i++) make(l, s->counter_reset.list[i].name, s->counter_reset.list[i].value, depth);
    apply_list_item(l, b, depth);
    for (size_t i = 0; i < s->counter_increment.n; i++) {
        struct counter *c = find_or_make(l, s->counter_increment.list[i].name, depth);
        c->value = add(c->value, s->counter_increment.list[i].value);
    }
    for (size_t i = 0; i < s->counter_set.n; i++) find_or_make(l, s->counter_set.list[i].name, depth)->value = s->counter_set.list[i].value;
}

void counters_leave(struct layout *l, int depth)
{
    while (l->counters.list.n && l->counters.list.v[l->counters.list.n - 1].depth > depth) l->counters.list.n--;
}

struct str counter_value(struct layout *l, struct str name, struct str style)
{
    const struct counter *c = find(l, name);
    return css_counter_text(l->a, l->css, style, c ? c->value : 0);
}

struct str counter_key(struct layout *l, struct str name) { return str_printf(l->a, "\2%.*s", STR_ARG(name)); }

struct str counters_value(struct layout *l, struct str name, struct str between, struct str style)
{
    struct buf b = {0};
    bool any = false;
    for (size_t i = 0; i < l->counters.list.n; i++) {
        if (!str_eq(l->counters.list.v[i].name, name)) continue;
        if (any) buf_str(&b, between);
        any = true;
        buf_str(&b, css_counter_text(l->a, l->css, style, l->counters.list.v[i].value));
    }
    if (!any) buf_str(&b, css_counter_text(l->a, l->css, style, 0));
    struct str out = buf_copy(l->a, &b);
    buf_close(&b);
    return out;
}

/* Quotation marks by language where the style says auto (CLDR; Serbian by its orthography); inner ones at every deeper level. */
static const struct {
    const char *lang, *marks[4];
} QUOTES[] = {
    {"sr", {"„", "“", "’", "’"}}, {"hr", {"„", "”", "‘", "’"}}, {"bs", {"„", "”", "‘", "’"}}, {"de", {"„", "“", "‚", "‘"}},
    {"hu", {"„", "”", "»", "«"}}, {"ro", {"„", "”", "«", "»"}}, {"sq", {"„", "“", "‘", "’"}}, {"fr", {"« ", " »", "“", "”"}},
    {"ru", {"«", "»", "„", "“"}}, {"fa", {"«", "»", "‹", "›"}},
};

struct str quote_text(struct layout *l, const struct style *s, bool open)
{
    if (!open && l->counters.quotes > 0) l->counters.quotes--;
    int level = l->counters.quotes;
    if (open) l->counters.quotes++;
    struct str list = s->quotes, mark = {0};
    if (list.n) {
        int want = 2 * level + !open, pairs = 1;
        for (size_t i = 0; i < list.n; i++) pairs += list.s[i] == '\x1f';
        while (want >= pairs && want >= 2) want -= 2;
        for (int i = 0; i <= want && str_split(&list, '\x1f', &mark); i++) {}
        return mark;
    }
    const char *const *marks = (const char *const[]){"“", "”", "‘", "’"};
    for (size_t i = 0; i < sizeof QUOTES / sizeof *QUOTES; i++)
        if (str_starts(s->lang, QUOTES[i].lang)) marks = QUOTES[i].marks;
    return str_of(marks[(level > 0 ? 2 : 0) + !open]);
}

static struct str collapsed(struct arena *a, struct str t)
{
    char *out = arena_alloc(a, t.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < t.n; i++) {
        bool space = t.s[i] == ' ' || t.s[i] == '\n' || t.s[i] == '\t' || t.s[i] == '\f' || t.s[i] == '\r';
        if (!space) out[n++] = t.s[i];
        else if (n && out[n - 1] != ' ') out[n++] = ' ';
    }
    while (n && out[n - 1] == ' ') n--;
    return (struct str){out, n};
}

static struct str text_of_content(struct layout *l, const struct content *c, xmlNode *node, const struct style *style, bool inside);

/* content(before), content(after): not again inside one of them, which could be itself. It is a copy: quotes open nothing. */
static void add_pseudo(struct layout *l, struct buf *b, xmlNode *node, enum css_pseudo which, bool inside)
{
    const struct style *s = node ? DOM_INFO(node)->pseudo[which] : NULL;
    if (!s || !s->content.n || inside) return;
    int quotes = l->counters.quotes;
    buf_str(b, text_of_content(l, &s->content, node, s, true));
    l->counters.quotes = quotes;
}

static struct str text_of_content(struct layout *l, const struct content *c, xmlNode *node, const struct style *style, bool inside)
{
    struct buf b = {0};
    for (size_t i = 0; i < c->n; i++) {
        const struct content_item *it = &c->items[i];
        switch ((enum content_kind)it->kind) {
        case CONTENT_TEXT: buf_str(&b, it->text); break;
        case CONTENT_COUNTER: buf_str(&b, counter_value(l, it->text, it->style)); break;
        case CONTENT_COUNTERS: buf_str(&b, counters_value(l, it->text, it->text2, it->style)); break;
        case CONTENT_CONTENTS:
            if (node) buf_str(&b, collapsed(l->a, dom_text(l->a, node)));
            break;
        case CONTENT_CONTENT_BEFORE: add_pseudo(l, &b, node, PSEUDO_BEFORE, inside); break;
        case CONTENT_CONTENT_AFTER: add_pseudo(l, &b, node, PSEUDO_AFTER, inside); break;
        case CONTENT_OPEN_QUOTE: buf_str(&b, quote_text(l, style, true)); break;
        case CONTENT_CLOSE_QUOTE: buf_str(&b, quote_text(l, style, false)); break;
        case CONTENT_NO_OPEN_QUOTE: quote_text(l, style, true); break; /* one level deeper, or back, without a sign */
        case CONTENT_NO_CLOSE_QUOTE: quote_text(l, style, false); break;
        case CONTENT_STRING:
        case CONTENT_ELEMENT:
        case CONTENT_LEADER:
        case CONTENT_IMAGE:
        case CONTENT_TARGET_COUNTER:
        case CONTENT_TARGET_COUNTERS:
        case CONTENT_TARGET_TEXT: break; /* need pages or boxes */
        }
    }
    struct str out = buf_copy(l->a, &b);
    buf_close(&b);
    return out;
}

struct str content_text(struct layout *l, const struct content *c, xmlNode *node, const struct style *style)
{
    return text_of_content(l, c, node, style, false);
}

struct str marker_text(struct layout *l, const struct style *s)
{
    struct str t = s->list_style_type;
    static const struct {
        const char *name, *text;
    } BULLETS[] = {{"disc", "•"}, {"circle", "◦"}, {"square", "▪"}};
    if (!t.n || str_is(t, "none")) return (struct str){0};
    if (t.s[0] == '"' || t.s[0] == '\'') return str_part(t, 1, t.n >= 2 ? t.n - 2 : 0);
    for (size_t i = 0; i < sizeof BULLETS / sizeof *BULLETS; i++)
        if (str_is(t, BULLETS[i].name)) return str_of(BULLETS[i].text);
    struct str n = counter_value(l, STR("list-item"), t), prefix, suffix;
    css_counter_affixes(l->css, t, &prefix, &suffix);
    while (suffix.n && suffix.s[suffix.n - 1] == ' ') suffix.n--; /* the gap to the item is layout's */
    return str_printf(l->a, "%.*s%.*s%.*s", STR_ARG(prefix), STR_ARG(n), STR_ARG(suffix));
}
