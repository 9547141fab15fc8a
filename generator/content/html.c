/* html.c: raw HTML where site.yml says raw-html: true: an allow-list of elements and attributes, everything closed again.
 *
 * cmark gives each tag inside a paragraph, and each run of lines that begins with a tag, as a node of its own, so an element may begin in one node
 * and end in a later one. Elements are matched within the children of one parent: what is still open behind the last child is closed there, what
 * closes nothing is dropped. Links in raw HTML are not checked, so only those that name their scheme pass. */
#include "content/parse.h"
#include <ctype.h>
#include <strings.h>

enum { DEEPEST = 32, LONGEST_NAME = 12 };
static const char elements[] = " a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure hr "
                               "i ins kbd li mark ol p pre q rp rt "
                               "ruby s samp small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr ";
static const char phrasing[] =
    " a abbr b bdi bdo br cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr "; /* within a paragraph */
static const char empties[] = " br col hr wbr ";
static const char hidden[] =
    " script style textarea title iframe noscript noembed noframes template svg math object select xmp "; /* left out with what they hold */
static const char attributes[] = " abbr class colspan datetime dir href lang open reversed rowspan scope start title translate value ";

struct cleaner {
    struct making *m;
    struct buf out;
    struct str open[DEEPEST];
    size_t n_open;
    bool in_paragraph, left_out;
};

static bool listed(const char *list, const char *name)
{
    char word[LONGEST_NAME + 3];
    snprintf(word, sizeof word, " %s ", name);
    return strstr(list, word) != NULL;
}

/* Name at the start of s in small letters; its length, 0 where there is none or it is longer than any that is allowed. */
static size_t name_of(struct str s, char name[LONGEST_NAME + 1])
{
    size_t n = 0;
    while (n < s.n && n < LONGEST_NAME && isalnum((unsigned char)s.s[n])) name[n] = (char)tolower((unsigned char)s.s[n]), n++;
    name[n] = 0;
    return n < s.n && (isalnum((unsigned char)s.s[n]) || s.s[n] == ':' || s.s[n] == '-') ? 0 : n;
}

static size_t spaces(struct str s, size_t at)
{
    while (at < s.n && isspace((unsigned char)s.s[at])) at++;
    return at;
}

static void text(struct buf *b, struct str s) /* entities stay */
{
    for (size_t i = 0; i < s.n; i++)
        if (s.s[i] == '<') buf_puts(b, "&lt;");
        else if (s.s[i] == '>') buf_puts(b, "&gt;");
        else if (s.s[i] == '"') buf_puts(b, "&quot;");
        else buf_putc(b, s.s[i]);
}

static bool good_attribute(const char *name, struct str value)
{
    if (!listed(attributes, name)) return false;
    return strcmp(name, "href") != 0 || str_starts(value, "https://") || str_starts(value, "http://") || str_starts(value, "mailto:") ||
           str_starts(value, "#");
}

/* The attributes from s[at] on to the end of the tag; those that are good go to out. Returns the offset behind '>'. */
static size_t copy_attributes(struct cleaner *c, struct str s, size_t at, bool emit)
{
    while ((at = spaces(s, at)) < s.n && s.s[at] != '>') {
        size_t from = at;
        while (at < s.n && !isspace((unsigned char)s.s[at]) && !strchr("=>/\"'<", s.s[at])) at++;
        if (at == from) {
            at++; /* a slash or a stray sign */
            continue;
        }
        char name[LONGEST_NAME + 1];
        bool known = name_of(str_part(s, from, at - from), name) == at - from;
        struct str value = {0};
        size_t eq = spaces(s, at);
        if (eq < s.n && s.s[eq] == '=') {
            at = spaces(s, eq + 1);
            char quote = at < s.n && (s.s[at] == '"' || s.s[at] == '\'') ? s.s[at] : 0;
            from = quote ? ++at : at;
            while (at < s.n && (quote ? s.s[at] != quote : !isspace((unsigned char)s.s[at]) && s.s[at] != '>')) at++;
            value = str_part(s, from, at - from);
            known &= !quote || at < s.n; /* an open quote takes the rest with it */
            if (quote && at < s.n) at++;
        }
        if (known && good_attribute(name, value)) {
            if (!emit) continue;
            buf_printf(&c->out, " %s=\"", name), text(&c->out, value), buf_putc(&c->out, '"');
        } else {
            c->left_out = true;
        }
    }
    return at < s.n ? at + 1 : at;
}

static void close_last(struct cleaner *c) { buf_puts(&c->out, "</"), buf_str(&c->out, c->open[--c->n_open]), buf_putc(&c->out, '>'); }

static size_t end_tag(struct cleaner *c, struct str s, size_t at)
{
    char name[LONGEST_NAME + 1];
    name_of(str_from(s, at + 2), name);
    size_t end = str_find(str_from(s, at), '>'), k = c->n_open;
    while (k && !str_is(c->open[k - 1], name)) k--;
    while (k && c->n_open >= k) close_last(c); /* those inside it first */
    return end == SIZE_MAX ? s.n : at + end + 1;
}

static size_t start_tag(struct cleaner *c, struct str s, size_t at)
{
    char name[LONGEST_NAME + 1];
    size_t n = name_of(str_from(s, at + 1), name);
    bool empty = n && listed(empties, name), good = n && listed(c->in_paragraph ? phrasing : elements, name) && (empty || c->n_open < DEEPEST);
    if (good) buf_printf(&c->out, "<%s", name);
    else c->left_out = true;
    size_t next = copy_attributes(c, s, at + 1 + n, good);
    if (good) buf_putc(&c->out, '>');
    if (good && !empty) c->open[c->n_open++] = str_copy(c->m->arena, str_of(name));
    if (!n || !listed(hidden, name)) return next;
    for (; next < s.n; next++) /* to its end tag */
        if (s.s[next] == '<' && next + 1 + n < s.n && s.s[next + 1] == '/' && !strncasecmp(s.s + next + 2, name, n)) break;
    size_t end = str_find(str_from(s, next), '>');
    return end == SIZE_MAX ? s.n : next + end + 1;
}

static void clean(struct cleaner *c, struct str s)
{
    for (size_t at = 0; at < s.n;) {
        if (s.s[at] != '<') {
            size_t next = str_find(str_from(s, at), '<');
            text(&c->out, str_part(s, at, next));
            at = next == SIZE_MAX ? s.n : at + next;
        } else if (str_starts(str_from(s, at), "<!--")) {
            size_t end = str_search(str_from(s, at + 4), "-->");
            at = end == SIZE_MAX ? s.n : at + 4 + end + 3;
        } else if (at + 1 < s.n && s.s[at + 1] == '/') {
            at = end_tag(c, s, at);
        } else if (at + 1 < s.n && isalpha((unsigned char)s.s[at + 1])) {
            at = start_tag(c, s, at);
        } else if (at + 1 < s.n && (s.s[at + 1] == '!' || s.s[at + 1] == '?')) {
            size_t end = str_find(str_from(s, at), '>');
            at = end == SIZE_MAX ? s.n : at + end + 1;
            c->left_out = true;
        } else {
            buf_puts(&c->out, "&lt;");
            at++;
        }
    }
}

void html_clean(struct making *m, struct node *parent)
{
    struct cleaner c = {.m = m};
    struct node *last = NULL;
    for (struct node *n = parent->first, *next; n; n = next) {
        next = n->next;
        if (n->kind != NODE_HTML_BLOCK && n->kind != NODE_HTML_INLINE) {
            html_clean(m, n);
            continue;
        }
        buf_reset(&c.out);
        c.left_out = false, c.in_paragraph = n->kind == NODE_HTML_INLINE;
        clean(&c, n->text);
        if (c.left_out) DIAG0(m->diag, MSG_HTML_LEFT_OUT, n->at);
        n->text = buf_copy(m->arena, &c.out);
        if (str_trim(n->text).n) last = n;
        else making_remove(n);
    }
    if (c.n_open && last) { /* what is open was written, so there is a last */
        struct node *end = making_node(m, last->kind, last->at);
        buf_reset(&c.out);
        while (c.n_open) close_last(&c);
        end->text = buf_copy(m->arena, &c.out);
        making_append(parent, end);
    }
    buf_close(&c.out);
}
