/* svg.c: an SVG drawing without what may spy or betray: a tokenizer that copies only what it understands (XML 1.0) and drops comments, processing
 * instructions, document types, editors' elements and attributes, scripts, event handlers, foreign content and every reference that leaves the file.
 * Entities that the document type declares as text, as drawing programs write them, are put in; others are no drawing that a browser would show. */
#include "image/inside.h"
#include "base/map.h"
#include <strings.h>

enum { DEPTH = 256 };

bool svg_is(struct str s)
{
    if (str_starts(s, "\xEF\xBB\xBF")) s = str_from(s, 3);
    s = str_trim(s);
    return s.n && s.s[0] == '<' && str_search(str_part(s, 0, 8192), "<svg") != SIZE_MAX;
}

/* Elements dropped with all that is in them; what has a prefix is dropped as well (sodipodi:, inkscape:, rdf:). */
static const char *const DROP[] = {"metadata", "script", "foreignObject", "handler", "listener", "iframe", "embed",
                                   "object",   "audio",  "video",         "canvas",  "discard",  NULL};
/* Elements that move attributes: dropped where they aim at a link or a handler. */
static const char *const ANIMATE[] = {"set", "animate", "animateTransform", "animateMotion", NULL};

static bool listed(struct str name, const char *const *list)
{
    for (; *list; list++)
        if (name.n == strlen(*list) && !strncasecmp(name.s, *list, name.n)) return true;
    return false;
}

static bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* Value without white space and control letters, small letters, character references of ASCII resolved: what a browser would see of "j&#x61;va
 * script:". */
static struct str plain(struct arena *a, struct str v)
{
    struct buf b = {0};
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.s[i];
        if (c == '&' && i + 2 < v.n && v.s[i + 1] == '#') {
            bool hex = v.s[i + 2] == 'x' || v.s[i + 2] == 'X';
            unsigned long n = 0;
            size_t k = i + (hex ? 3 : 2);
            for (; k < v.n && v.s[k] != ';' && n < 0x110000; k++) {
                char d = v.s[k];
                n = n * (hex ? 16 : 10) + (unsigned long)(d >= 'a' ? d - 'a' + 10 : d >= 'A' ? d - 'A' + 10 : d - '0');
            }
            i = k;
            c = n < 128 ? (unsigned char)n : 'x';
        }
        if (c <= 32 || c == 127) continue;
        buf_putc(&b, (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
    }
    struct str out = buf_copy(a, &b);
    buf_close(&b);
    return out;
}

static bool local_ref(struct str v)
{
    return !v.n || v.s[0] == '#' || str_starts(v, "data:image/png") || str_starts(v, "data:image/jpeg") || str_starts(v, "data:image/gif") ||
           str_starts(v, "data:image/webp");
}

/* Does CSS text (of an attribute or <style>, made plain) reach out of the file? Backslashes can spell anything, so they count as reaching out. */
static bool css_reaches_out(struct str v)
{
    if (str_find(v, '\\') != SIZE_MAX || str_search(v, "@import") != SIZE_MAX || str_search(v, "image-set(") != SIZE_MAX ||
        str_search(v, "expression(") != SIZE_MAX || str_search(v, "javascript:") != SIZE_MAX || str_search(v, "src(") != SIZE_MAX)
        return true;
    for (size_t at; (at = str_search(v, "url(")) != SIZE_MAX;) {
        v = str_from(v, at + 4);
        while (v.n && (v.s[0] == '\'' || v.s[0] == '"')) v = str_from(v, 1);
        if (str_starts(v, "&quot;") || str_starts(v, "&apos;")) v = str_from(v, 6);
        if (!v.n || !local_ref(v)) return true;
    }
    return false;
}

static bool keep_attribute(struct arena *a, struct str name, struct str value)
{
    size_t colon = str_find(name, ':');
    struct str v = plain(a, value);
    if (name.n >= 2 && !strncasecmp(name.s, "on", 2)) return false;
    if (str_is(name, "xmlns") || str_is(name, "xmlns:xlink") || str_is(name, "xml:lang") || str_is(name, "xml:space")) return true;
    if (str_is(name, "href") || str_is(name, "xlink:href") || str_is(name, "src")) return local_ref(v);
    if (colon != SIZE_MAX || str_starts(name, "data-")) return false;
    return !css_reaches_out(v) && str_search(v, "javascript:") == SIZE_MAX;
}

struct cursor {
    struct arena *a;
    struct str s;
    size_t at;
    struct buf *out;
    struct str open[DEPTH]; /* names of open elements */
    int depth, drop;        /* drop: depth at which a dropped element was opened, 0 = none */
    struct map entities;    /* name -> struct str *: what it stands for */
    size_t expanded;        /* bytes that entities became */
};

/* Text or the value of an attribute with the entities of the document in their place. */
static const char *expand(struct cursor *c, struct str in, struct str *out)
{
    enum { MOST = 4 << 20 };
    *out = in;
    if (str_find(in, '&') == SIZE_MAX) return NULL;
    const char *wrong = NULL;
    struct buf b = {0};
    while (in.n && !wrong) {
        size_t at = str_find(in, '&');
        buf_str(&b, str_part(in, 0, at));
        if (at == SIZE_MAX) break;
        in = str_from(in, at + 1);
        struct str name = str_part(in, 0, str_find(in, ';'));
        bool plain = name.n && (name.s[0] == '#' || str_is(name, "lt") || str_is(name, "gt") || str_is(name, "amp") || str_is(name, "quot") ||
                                str_is(name, "apos"));
        const struct str *means = plain || name.n == in.n ? NULL : map_find(&c->entities, name);
        if (plain) buf_putc(&b, '&'), buf_str(&b, name), buf_putc(&b, ';');
        else if (!means) wrong = "an & begins what the file does not declare";
        else if ((c->expanded += means->n) > MOST) wrong = "its entities grow too large";
        else buf_html(&b, *means);
        in = str_from(in, name.n + 1);
    }
    if (!wrong) *out = buf_copy(c->a, &b);
    buf_close(&b);
    return wrong;
}

/* <name attributes /> at c->at, which stands behind '<'. */
static const char *start_tag(struct cursor *c)
{
    struct str s = c->s;
    size_t from = c->at;
    while (c->at < s.n && !blank(s.s[c->at]) && s.s[c->at] != '>' && s.s[c->at] != '/') c->at++;
    struct str name = str_part(s, from, c->at - from);
    if (!name.n || c->depth + 1 >= DEPTH) return name.n ? "elements nested too deep" : "a < that begins nothing";
    struct buf b = {0};
    bool drop = listed(name, DROP) || str_find(name, ':') != SIZE_MAX, moves = listed(name, ANIMATE), empty = false;
    buf_putc(&b, '<'), buf_str(&b, name);
    const char *wrong = NULL;
    for (;;) {
        while (c->at < s.n && blank(s.s[c->at])) c->at++;
        if (c->at >= s.n) {
            wrong = "an element is not finished";
            break;
        }
        if (s.s[c->at] == '>') break;
        if (s.s[c->at] == '/') {
            empty = true, c->at++;
            continue;
        }
        from = c->at;
        while (c->at < s.n && s.s[c->at] != '=' && !blank(s.s[c->at]) && s.s[c->at] != '>' && s.s[c->at] != '<') c->at++;
        struct str key = str_part(s, from, c->at - from);
        while (c->at < s.n && blank(s.s[c->at])) c->at++;
        if (!key.n || c->at + 1 >= s.n || s.s[c->at] != '=') {
            wrong = "an attribute without value";
            break;
        }
        for (c->at++; c->at < s.n && blank(s.s[c->at]);) c->at++;
        char quote = c->at < s.n ? s.s[c->at] : 0;
        size_t end = quote == '"' || quote == '\'' ? str_find(str_from(s, c->at + 1), quote) : SIZE_MAX;
        if (end == SIZE_MAX) {
            wrong = "an attribute is not finished";
            break;
        }
        struct str value = str_part(s, c->at + 1, end);
        c->at += end + 2;
        if (str_find(value, '<') != SIZE_MAX) {
            wrong = "a < in an attribute";
            break;
        }
        const char *unclear = expand(c, value, &value);
        if (moves && str_is(key, "attributeName")) {
            struct str aim = plain(c->a, value);
            drop |= str_ends(aim, "href") || str_starts(aim, "on");
        }
        if (!keep_attribute(c->a, key, value)) continue;
        if ((wrong = unclear)) break;
        buf_putc(&b, ' '), buf_str(&b, key), buf_putc(&b, '='), buf_putc(&b, quote), buf_str(&b, value), buf_putc(&b, quote);
    }
    if (!wrong) {
        c->at++;
        buf_puts(&b, empty ? "/>" : ">");
        if (!c->drop && !drop) buf_add(c->out, b.s, b.n);
        if (!empty) {
            c->open[++c->depth] = name;
            if (drop && !c->drop) c->drop = c->depth;
        }
    }
    buf_close(&b);
    return wrong;
}

static const char *end_tag(struct cursor *c)
{
    size_t end = str_find(str_from(c->s, c->at), '>');
    if (end == SIZE_MAX) return "an element is not finished";
    struct str name = str_trim(str_part(c->s, c->at, end));
    c->at += end + 1;
    if (!c->depth || !str_eq(name, c->open[c->depth])) return "an element is closed that is not open";
    if (!c->drop) buf_puts(c->out, "</"), buf_str(c->out, name), buf_putc(c->out, '>');
    if (c->drop == c->depth) c->drop = 0;
    c->depth--;
    return NULL;
}

static const char *text(struct cursor *c, struct str t, bool cdata)
{
    if (c->drop || !c->depth) return NULL;
    struct str in = c->open[c->depth];
    const char *wrong = cdata ? NULL : expand(c, t, &t);
    if (str_is(in, "style") && css_reaches_out(plain(c->a, t))) return NULL;
    if (cdata) buf_html(c->out, t);
    else buf_str(c->out, t);
    return wrong;
}

static const char *skip_to(struct cursor *c, const char *mark, struct str *inside)
{
    size_t end = str_search(str_from(c->s, c->at), mark);
    if (end == SIZE_MAX) return "something is not finished";
    if (inside) *inside = str_part(c->s, c->at, end);
    c->at += end + strlen(mark);
    return NULL;
}

/* <!ENTITY name "text"> of a document type; what holds markup, other entities or the name of a file is left out. */
static void declare(struct cursor *c, struct str s)
{
    struct str name = str_trim(s);
    size_t end = 0;
    while (end < name.n && !blank(name.s[end])) end++;
    struct str value = str_trim(str_from(name, end));
    name.n = end;
    char quote = value.n ? *value.s : 0;
    size_t close = quote == '"' || quote == '\'' ? str_find(str_from(value, 1), quote) : SIZE_MAX;
    if (!name.n || close == SIZE_MAX) return;
    value = str_part(value, 1, close);
    if (str_find(value, '<') != SIZE_MAX || str_find(value, '&') != SIZE_MAX || str_find(value, '%') != SIZE_MAX) return;
    struct str *means = ARENA_NEW(c->a, struct str);
    *means = value;
    void **slot = map_at(&c->entities, name);
    if (!*slot) *slot = means; /* the first declaration binds */
}

static const char *doctype(struct cursor *c)
{
    int inside = 0;
    for (; c->at < c->s.n; c->at++) {
        char ch = c->s.s[c->at];
        if (ch == '[') inside++;
        if (inside && str_starts(str_from(c->s, c->at), "<!ENTITY ")) declare(c, str_from(c->s, c->at + 9));
        if (ch == ']') inside--;
        if (ch == '>' && inside <= 0) return c->at++, NULL;
    }
    return "something is not finished";
}

const char *svg_strip(struct arena *a, struct str s, struct buf *out)
{
    struct cursor *c = ARENA_NEW(a, struct cursor);
    c->a = a, c->s = str_starts(s, "\xEF\xBB\xBF") ? str_from(s, 3) : s, c->out = out;
    c->entities = map_new(a);
    const char *wrong = NULL;
    bool any = false;
    while (!wrong && c->at < c->s.n) {
        struct str rest = str_from(c->s, c->at), inside;
        size_t lt = str_find(rest, '<');
        if (lt == SIZE_MAX) lt = rest.n;
        if (lt) wrong = text(c, str_part(rest, 0, lt), false);
        c->at += lt;
        if (wrong) break;
        rest = str_from(c->s, c->at);
        if (!rest.n) break;
        if (str_starts(rest, "<!--")) c->at += 4, wrong = skip_to(c, "-->", NULL);
        else if (str_starts(rest, "<![CDATA[")) {
            c->at += 9;
            if (!(wrong = skip_to(c, "]]>", &inside))) wrong = text(c, inside, true);
        } else if (str_starts(rest, "<?")) wrong = skip_to(c, "?>", NULL);
        else if (str_starts(rest, "<!")) wrong = doctype(c);
        else if (str_starts(rest, "</")) c->at += 2, wrong = end_tag(c);
        else c->at++, any = true, wrong = start_tag(c);
    }
    if (!wrong && (c->depth || !any)) wrong = "an element is not finished";
    return wrong;
}
