/* view.c: see view.h. One pass over the bytes; a table says which of them need a second look. */
#include "check/view.h"
#include "check/spelling.h"
#include "base/bytes16.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <strings.h>

enum { MOST_OF_SET = 50 }; /* addresses of one image-set(…) */

/* How a stretch is spelled; LINES: its line breaks part; TAGS: it ends before a "<". */
enum { ENTITIES = 1, PERCENT = 2, BACKSLASH = 4, STYLE = 8, FOLDED = 16, LINES = 32, TAGS = 64 };
enum class { PLAIN, SPACE, AMP, PERC, BACK, LESS, CONTROL, HIGH };
#define CONTROLS CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL
static const uint8_t classes[128] = {[0] = CONTROLS, CONTROL,          [0x0b] = CONTROL, [0x0e] = CONTROLS, [0x16] = CONTROLS, [0x1e] = CONTROL,
                                     CONTROL,        [0x7f] = CONTROL, ['\t'] = SPACE,   ['\n'] = SPACE,    ['\r'] = SPACE,    ['\f'] = SPACE,
                                     ['&'] = AMP,    ['%'] = PERC,     ['\\'] = BACK,    ['<'] = LESS};
static enum class class_of(char c) { return (unsigned char)c < 0x80 ? (enum class)classes[(unsigned char)c] : HIGH; }

static void jump_to(struct view *v, size_t from)
{
    if (v->n_jumps == v->cap_jumps) {
        v->cap_jumps = v->cap_jumps ? 2 * v->cap_jumps : 64;
        v->jumps = realloc(v->jumps, v->cap_jumps * sizeof *v->jumps);
    }
    if (!v->jumps) abort();
    v->jumps[v->n_jumps++] = (struct view_jump){v->n, from};
    v->shift = from - v->n;
}

/* What comes next in v stands at `from` in the source. */
static inline void jump(struct view *v, size_t from)
{
    if (!v->bare && (!v->n_jumps || from - v->n != v->shift)) jump_to(v, from);
}

size_t view_source(const struct view *v, size_t at)
{
    size_t lo = 0, hi = v->n_jumps;
    while (hi - lo > 1) {
        size_t mid = (lo + hi) / 2;
        if (v->jumps[mid].at <= at) lo = mid;
        else hi = mid;
    }
    return v->n_jumps ? v->jumps[lo].from + (at - v->jumps[lo].at) : at;
}

static void put(struct view *v, uint32_t c, size_t from)
{
    v->invalid |= c == 0xfffd;
    c = spelling_plain(c);
    if (!c) return;
    jump(v, from);
    if (c < 0x80) v->s[v->n++] = (char)c;
    else v->n += utf8_encode(c, v->s + v->n);
}

/* A line break or tab. */
static void space(struct view *v, const char *s, size_t *i, size_t end, unsigned how)
{
    size_t at = *i;
    char c = s[at];
    *i = at + 1;
    if (c == '\r' && at + 1 < end && s[at + 1] == '\n') return;
    if ((how & FOLDED) && (c == '\n' || c == '\r') && at + 1 < end && (s[at + 1] == ' ' || s[at + 1] == '\t')) {
        *i = at + 2;
        return;
    }
    jump(v, at);
    v->s[v->n++] = c != '\t' && (how & LINES) ? '\n' : ' ';
}

/* How far from `at` to end the bytes are as a view has them: ASCII but what the table of classes names, Cyrillic, Latin of the Balkans, well-formed.
 * They are copied to `to`, where SLACK bytes more are written to. Sixteen are looked at at a time, since most of what is published is such text,
 * those behind end too, up to limit; stops early, never late, at the beginning of a character. A byte is wrong where a character of two bytes begins
 * and does not go on, or goes on and did not begin. */
enum { SLACK = 16 };
static size_t as_it_is(char *to, const char *s, size_t at, size_t end, size_t limit)
{
    typedef int8_t signed16 __attribute__((vector_size(16)));
    size_t i = at;
    for (unsigned first = 16; first == 16 && i < end && i + 17 <= limit; i += first) {
        bytes16 b = bytes16_load(s + i), next = bytes16_load(s + i + 1);
        memcpy(to + (i - at), &b, sizeof b);
        bytes16 lead = (bytes16)((b & 0xfe) == 0xd0) | (bytes16)((b & 0xfe) == 0xc4), follows = (bytes16)((signed16)next < (int8_t)0xc0);
        bytes16 special = (bytes16)(b < ' ') | (bytes16)(b == 0x7f) | (bytes16)(b - '%' <= 1) | (bytes16)(b == '\\') | (bytes16)(b == '<');
        first = bytes16_first(special | ((bytes16)(b >= 0xc0) & ~lead) | (lead ^ follows));
    }
    if (i > end) i = end;
    while (i > at && ((i < end && ((unsigned char)s[i] & 0xc0) == 0x80) || (i == end && (unsigned char)s[i - 1] >= 0xc0))) i--;
    while (i < end) {
        unsigned char b = (unsigned char)s[i];
        if (b < 0x80 && classes[b] == PLAIN) to[i - at] = s[i], i++;
        else if ((b == 0xd0 || b == 0xd1 || b == 0xc4 || b == 0xc5) && i + 1 < end && (s[i + 1] & 0xc0) == 0x80)
            to[i - at] = s[i], to[i - at + 1] = s[i + 1], i += 2;
        else break;
    }
    return i;
}

/* Bytes from..end of the source, spelled like that, into v; returns where it stopped: at end, or before with TAGS. */
static size_t flow(struct view *v, struct str source, size_t from, size_t end, unsigned how)
{
    const char *s = source.s;
    uint32_t c = 0;
    for (size_t i = from; i < end;) {
        size_t start = i;
        enum class class = class_of(s[i]);
        if (class == PLAIN || (class == HIGH && (unsigned char)s[i] >= 0xc4 && (unsigned char)s[i] <= 0xd1)) {
            i = as_it_is(v->s + v->n, s, i, end, source.n);
            if (i > start) {
                jump(v, start);
                v->n += i - start;
                continue;
            }
        }
        switch (class) {
        case SPACE: space(v, s, &i, end, how); continue;
        case AMP:
            if ((how & ENTITIES) && spelling_entity(s, &i, end, &c)) break;
            c = (unsigned char)s[i++];
            break;
        case PERC:
            if ((how & PERCENT) && spelling_percent(s, &i, end, &c)) break;
            c = (unsigned char)s[i++];
            break;
        case BACK:
            if ((how & BACKSLASH) && spelling_backslash(s, &i, end, how & STYLE, &c)) break;
            c = (unsigned char)s[i++];
            break;
        case LESS:
            if (how & TAGS) return i;
            c = (unsigned char)s[i++];
            break;
        case CONTROL: /* a browser shows nothing of it */
        case HIGH:
        case PLAIN: c = utf8_next((struct str){s, end}, &i); break;
        }
        put(v, c, start);
    }
    return end;
}

static void part(struct view *v, char c, size_t from)
{
    if (v->n && v->s[v->n - 1] == c) return;
    jump(v, from);
    v->s[v->n++] = c;
}

/* --- markup --- */

struct reader {
    struct views *v;
    const char *s;
    size_t n;
};

/* Names of elements and attributes as words: up to eight letters in one number, small letters, zeros behind them; 0 for a longer name. */
#define WORD(name) bytes8_load(name "\0\0\0\0\0\0\0")
struct name {
    struct str s;
    uint64_t word;
};
static struct name name_of(const struct reader *r, size_t at, size_t n)
{
    uint64_t w = 0;
    if (n && n <= 8 && at + 8 <= r->n) w = (bytes8_load(r->s + at) | 0x2020202020202020u) & UINT64_MAX >> (64 - 8 * n);
    else
        for (size_t i = 0; i < n && n <= 8; i++) w |= (uint64_t)((unsigned char)r->s[at + i] | 32) << 8 * i;
    return (struct name){{r->s + at, n}, w};
}
static unsigned first_letter(struct name name) /* 0–25 */ { return name.s.n ? (unsigned)(*name.s.s | 32) - 'a' : 26; }

static size_t find(const struct reader *r, size_t at, const char *z)
{
    const char *p = at < r->n ? memmem(r->s + at, r->n - at, z, strlen(z)) : NULL;
    return p ? (size_t)(p - r->s) : r->n;
}

/* Whether the value, in plain letters, is an address on another host: "https://…", "//…", and what browsers take for that: tabs and line breaks
 * within, backslashes for slashes, fewer slashes. */
static bool is_foreign_plain(const char *s, size_t n)
{
    static const char *const schemes[] = {"http:", "https:", "ws:", "wss:", "ftp:", "file:", NULL};
    char head[16];
    size_t k = 0;
    while (n && ((unsigned char)*s <= ' ' || *s == '\'' || *s == '"')) s++, n--;
    for (size_t i = 0; i < n && k < sizeof head; i++)
        if (!strchr("\t\n\r", s[i])) head[k++] = s[i] == '\\' ? '/' : s[i];
    for (size_t i = 0; schemes[i]; i++)
        if (k > strlen(schemes[i]) && !strncasecmp(head, schemes[i], strlen(schemes[i]))) return true;
    return k > 2 && head[0] == '/' && head[1] == '/';
}

/* The same of a value as it is spelled in markup. */
static bool is_foreign(const char *s, size_t n)
{
    if (n > 256) n = 256;
    if (!memchr(s, '&', n)) return is_foreign_plain(s, n);
    char room[256 + 8 + SLACK];
    struct view v = {.s = room};
    flow(&v, (struct str){s, n}, 0, n, ENTITIES);
    bool foreign = is_foreign_plain(v.s, v.n);
    free(v.jumps);
    return foreign;
}

static void load(struct views *v, size_t at, size_t n)
{
    if (!v->loads) v->loads = calloc(MOST_LOADS, sizeof *v->loads);
    if (!v->loads) abort();
    if (v->n_loads < MOST_LOADS) v->loads[v->n_loads++] = (struct view_load){at, n};
}

/* The addresses of a list: "a.png 1x, b.png 2x" (srcset), "a.jar b.jar". */
static void list_loads(struct reader *r, size_t from, size_t end)
{
    for (size_t i = from; i < end;) {
        while (i < end && strchr(" \t\n\r\f,", r->s[i])) i++;
        size_t at = i;
        while (i < end && !strchr(" \t\n\r\f", r->s[i])) i++;
        if (is_foreign(r->s + at, i - at)) load(r->v, at, i - at);
    }
}

static bool word_at(const struct view *v, size_t at, const char *word)
{
    size_t n = strlen(word);
    return at + n <= v->n && !strncasecmp(v->s + at, word, n);
}

/* Comments gone, in place; the view keeps its length, so that places stay right. */
static void blank_comments(struct view *v)
{
    for (size_t i = 0; i + 1 < v->n; i++) {
        if (v->s[i] != '/' || v->s[i + 1] != '*') continue;
        const char *close = memmem(v->s + i + 2, v->n - i - 2, "*/", 2);
        size_t end = close ? (size_t)(close - v->s) + 2 : v->n;
        memset(v->s + i, ' ', end - i);
        i = end - 1;
    }
}

/* url(…), src(…), image-set(…) and @import of a style, however it is spelled there. */
static void style_loads(struct reader *r, size_t from, size_t end, unsigned how)
{
    static const char *const words[] = {"url(", "src(", "@import", "image-set(", NULL};
    struct view v = {.s = malloc(end - from + 8 + SLACK)};
    if (!v.s) abort();
    flow(&v, (struct str){r->s, r->n}, from, end, how);
    blank_comments(&v);
    for (size_t i = 0; i < v.n; i++) {
        size_t at = 0;
        if (strchr("uUsS@iI", v.s[i]))
            for (size_t k = 0; words[k] && !at; k++)
                if (word_at(&v, i, words[k])) at = i + strlen(words[k]);
        bool many = at && v.s[at - 1] == '(' && (v.s[i] | 32) == 'i'; /* image-set("a" 1x, "b" 2x) */
        for (int tries = 0; at && at < v.n && tries < MOST_OF_SET && !strchr(");", v.s[at]); at++, tries++) {
            size_t n = 0;
            while (at + n < v.n && n < 300 && !strchr(");,", v.s[at + n])) n++;
            if (is_foreign_plain(v.s + at, n)) load(r->v, view_source(&v, at), view_source(&v, at + n - 1) + 1 - view_source(&v, at));
            at += n;
            if (!many || at >= v.n || v.s[at] != ',') break;
        }
    }
    free(v.s), free(v.jumps);
}

/* Addresses that a script asks for, as far as it spells them out: import, fetch and their like, and what is set as src. */
static void script_loads(struct reader *r, size_t from, size_t end, bool all)
{
    static const char *const calls[] = {"import",      "fetch",      "importScripts", "Worker", "SharedWorker", "WebSocket",
                                        "EventSource", "sendBeacon", "Request",       "open",   "register",     NULL};
    const char *s = r->s;
    for (size_t i = from; i < end; i++) {
        if (s[i] != '"' && s[i] != '\'' && s[i] != '`') continue;
        size_t n = 0, k = i, word;
        while (i + 1 + n < end && s[i + 1 + n] != s[i] && s[i + 1 + n] != '\n') n++;
        bool foreign = n > 5 && is_foreign_plain(s + i + 1, n);
        while (k > from && (s[k - 1] == ' ' || s[k - 1] == '\n')) k--;
        bool comma = k > from && s[k - 1] == ',', call = k > from && s[k - 1] == '(', set = k > from && s[k - 1] == '=';
        if (comma) { /* open("GET", "…") */
            while (k > from && i - k < 40 && s[k - 1] != '(') k--;
            call = k > from && s[k - 1] == '(';
        }
        if (call || set) k--;
        while (k > from && s[k - 1] == ' ') k--;
        for (word = k; word > from && ((s[word - 1] | 32) >= 'a' && (s[word - 1] | 32) <= 'z');) word--;
        struct str before = {s + word, k - word};
        bool loaded = all || (set && (str_is(before, "src") || str_is(before, "srcset"))) || (!set && !call && !comma && str_is(before, "from")) ||
                      (!set && !call && !comma && str_is(before, "import"));
        for (size_t c = 0; call && calls[c] && !loaded; c++) loaded = str_is(before, calls[c]);
        if (foreign && loaded) load(r->v, i + 1, n);
        if (foreign) i += n + 1;
    }
}

/* DRAWN: numbers, by nature; SAID: loaded where it says url=…, in <meta>; MOVED: what an animation gives to an address. */
enum attribute_use { TOLD, DRAWN, LOADED, HREF, STYLED, PAINTED, LISTED, SAID, MOVED, INSIDE };
static enum attribute_use use_of(struct name name)
{
    struct use {
        char name[8]; /* a word, no NUL behind the eighth letter */
        enum attribute_use use;
    };
    static const struct use uses[26][5] = {
        ['a' - 'a'] = {{"action", LOADED}, {"archive", LISTED}},
        ['b' - 'a'] = {{"by", MOVED}},
        ['c' - 'a'] = {{"codebase", LOADED}, {"content", SAID}, {"cursor", PAINTED}},
        ['d' - 'a'] = {{"d", DRAWN}, {"data", LOADED}},
        ['f' - 'a'] = {{"fill", PAINTED}, {"filter", PAINTED}, {"from", MOVED}},
        ['h' - 'a'] = {{"href", HREF}},
        ['k' - 'a'] = {{"keytimes", DRAWN}},
        ['m' - 'a'] = {{"manifest", LOADED}, {"mask", PAINTED}},
        ['p' - 'a'] = {{"points", DRAWN}, {"poster", LOADED}, {"ping", LISTED}},
        ['s' - 'a'] = {{"src", LOADED}, {"srcset", LISTED}, {"style", STYLED}, {"srcdoc", INSIDE}, {"stroke", PAINTED}},
        ['t' - 'a'] = {{"to", MOVED}},
        ['v' - 'a'] = {{"viewbox", DRAWN}, {"values", MOVED}}};
    static const struct {
        const char *name;
        enum attribute_use use;
    } longer[] = {{"background", LOADED},  {"formaction", LOADED},    {"integrity", DRAWN},      {"transform", DRAWN},
                  {"xlink:href", HREF},    {"imagesrcset", LISTED},   {"clip-path", PAINTED},    {"marker-end", PAINTED},
                  {"marker-mid", PAINTED}, {"marker-start", PAINTED}, {"attributionsrc", LISTED}};
    unsigned letter = first_letter(name);
    for (size_t i = 0; letter < 26 && i < 5 && *uses[letter][i].name; i++)
        if (bytes8_load(uses[letter][i].name) == name.word) return uses[letter][i].use;
    for (size_t i = 0; name.s.n > 8 && i < sizeof longer / sizeof *longer; i++)
        if (strlen(longer[i].name) == name.s.n && !strncasecmp(longer[i].name, name.s.s, name.s.n)) return longer[i].use;
    return TOLD;
}

/* Whether an element's href is loaded rather than followed. */
static bool loads_href(uint64_t tag)
{
    return tag == WORD("link") || tag == WORD("image") || tag == WORD("use") || tag == WORD("feimage") || tag == WORD("base") ||
           tag == WORD("script") || tag == WORD("pattern") || tag == WORD("filter") || tag == WORD("mpath");
}

static bool animates(struct name tag) { return tag.word == WORD("set") || (tag.s.n >= 7 && !strncasecmp(tag.s.s, "animate", 7)); }

/* What element `tag` loads by an attribute that is used like that. */
static void attribute_loads(struct reader *r, struct name tag, enum attribute_use use, size_t at, size_t n)
{
    const char *s = r->s + at, *url;
    switch (use) {
    case HREF:
        if (!loads_href(tag.word)) return;
        if (is_foreign(s, n)) load(r->v, at, n);
        return;
    case MOVED:
        if (!animates(tag)) return;
        if (is_foreign(s, n)) load(r->v, at, n);
        return;
    case LOADED:
        if (is_foreign(s, n)) load(r->v, at, n);
        return;
    case LISTED: list_loads(r, at, at + n); return;
    case STYLED: style_loads(r, at, at + n, ENTITIES | BACKSLASH | STYLE); return;
    case PAINTED:
        if (memchr(s, '(', n) || memchr(s, '&', n) || memchr(s, '\\', n)) style_loads(r, at, at + n, ENTITIES | BACKSLASH | STYLE);
        return;
    case SAID: /* content="0; url=https://…" */
        if (tag.word != WORD("meta") || !n || !((unsigned char)*s <= ' ' || (*s >= '0' && *s <= '9') || strchr(".;,&", *s))) return;
        for (size_t i = 0; i + 4 < n; i++)
            if (!strncasecmp(s + i, "url", 3) && (url = memchr(s + i, '=', n - i)) && is_foreign(url + 1, n - (size_t)(url + 1 - s))) {
                load(r->v, (size_t)(url + 1 - r->s), n - (size_t)(url + 1 - s));
                return;
            }
        return;
    case INSIDE: r->v->tags_aside = true; return;
    case TOLD:
    case DRAWN: return;
    }
}

/* One attribute of element `tag`; its value is s[at..at+n]. */
static void attribute(struct reader *r, struct name tag, struct name name, size_t at, size_t n)
{
    enum attribute_use use = use_of(name);
    if (use == DRAWN) return;
    attribute_loads(r, tag, use, at, n);
    if (name.word == WORD("values")) return; /* numbers, but in an animation */
    if (n > 5 && !memcmp(r->s + at, "data:", 5)) r->v->inlined = true;
    flow(&r->v->aside, (struct str){r->s, r->n}, at, at + n, ENTITIES | PERCENT | BACKSLASH | (use == STYLED ? STYLE : 0));
    part(&r->v->aside, '\n', at + n);
}

/* A link whose rel names where the page is found, rather than something to load: every word of it is one of these. */
static bool only_names(struct str rel)
{
    static const char *const rels[] = {"canonical", "alternate", "next", "prev", "self", "license", "author", "help", "me", "up", "hub", NULL};
    struct str word, rest = rel;
    bool any = false;
    while (str_split(&rest, ' ', &word)) {
        bool known = !word.n;
        for (size_t i = 0; rels[i] && !known; i++) known = word.n == strlen(rels[i]) && !strncasecmp(word.s, rels[i], word.n);
        if (!known) return false;
        any |= word.n > 0;
    }
    return any;
}

/* What ends a name or a value that no quotes hold, in a tag. */
enum { BLANK = 1, SLASH = 2, EQUALS = 4, GREATER = 8 };
static unsigned stops(char c)
{
    static const uint8_t table[128] = {
        [' '] = BLANK, ['\t'] = BLANK, ['\n'] = BLANK, ['\r'] = BLANK, ['\f'] = BLANK, ['/'] = SLASH, ['='] = EQUALS, ['>'] = GREATER};
    return (unsigned char)c < 128 ? table[(unsigned char)c] : 0;
}

/* The attributes of a tag whose name ends at i; returns the offset behind its '>'. */
static size_t attributes(struct reader *r, struct name tag, size_t i)
{
    const char *s = r->s;
    size_t before = r->v->n_loads;
    struct str rel = {0};
    for (;;) {
        while (i < r->n && stops(s[i]) & (BLANK | SLASH)) i++;
        if (i >= r->n || s[i] == '>') break;
        size_t start = i, from, n;
        while (i < r->n && !stops(s[i])) i++;
        if (i == start) i++; /* a stray '=' */
        struct name name = name_of(r, start, i - start);
        while (i < r->n && stops(s[i]) & BLANK) i++;
        if (i >= r->n || s[i] != '=') {
            attribute(r, tag, name_of(r, start, 0), start, name.s.n); /* its name may be all there is */
            continue;
        }
        for (i++; i < r->n && stops(s[i]) & BLANK;) i++;
        if (i < r->n && (s[i] == '"' || s[i] == '\'')) {
            const char *q = memchr(s + i + 1, s[i], r->n - i - 1);
            from = i + 1, n = q ? (size_t)(q - s) - from : r->n - from;
            i = q ? from + n + 1 : r->n;
        } else {
            for (from = i; i < r->n && !(stops(s[i]) & (BLANK | GREATER));) i++;
            n = i - from;
        }
        if (name.word == WORD("rel")) rel = (struct str){s + from, n};
        attribute(r, tag, name, from, n);
    }
    if (r->v->n_loads > before && tag.word == WORD("link") && only_names(rel)) r->v->n_loads = before;
    return i < r->n ? i + 1 : r->n;
}

/* Whether "<!…" or "<?…" is what XML and HTML have a name for. */
static bool is_declared(const char *s, size_t n)
{
    static const char *const known[] = {"<!doctype", "<!element", "<!entity", "<!attlist", "<!notation", "<![", "<?xml", "<?xpacket", NULL};
    for (size_t i = 0; known[i]; i++)
        if (n >= strlen(known[i]) && !strncasecmp(s, known[i], strlen(known[i]))) return true;
    return false;
}

/* <?xml-stylesheet href="https://…"?> */
static void sheet_loads(struct reader *r, size_t from, size_t end)
{
    size_t at = str_search(str_part((struct str){r->s, r->n}, from, end - from), "href=");
    if (at != SIZE_MAX && is_foreign(r->s + from + at + 5, end - from - at - 5)) load(r->v, from + at + 5, end - from - at - 5);
}

/* A comment, a doctype, a processing instruction or CDATA at i; returns the offset behind it. */
static size_t declaration(struct reader *r, size_t i)
{
    const char *s = r->s;
    struct view *aside = &r->v->aside;
    bool comment = r->n - i >= 4 && !memcmp(s + i, "<!--", 4), cdata = r->n - i >= 9 && !memcmp(s + i, "<![CDATA[", 9);
    bool other = !comment && !cdata && !is_declared(s + i, r->n - i); /* what a browser takes for a comment */
    const char *close = comment ? "-->" : cdata ? "]]>" : ">";
    size_t from = i + (comment ? 4 : cdata ? 9 : 2), end = find(r, from, close), n = aside->n;
    if (cdata) {
        flow(&r->v->text, (struct str){s, r->n}, from, end, PERCENT | BACKSLASH);
    } else {
        flow(aside, (struct str){s, r->n}, from, end, ENTITIES | PERCENT | BACKSLASH);
        if (r->n - i > 15 && !memcmp(s + i, "<?xml-stylesheet", 16)) sheet_loads(r, i, end);
        for (size_t k = n; (comment || other) && r->v->comment == SIZE_MAX && k < aside->n; k++)
            if (((aside->s[k] | 32) >= 'a' && (aside->s[k] | 32) <= 'z') || (unsigned char)aside->s[k] >= 0x80) r->v->comment = i;
        part(aside, '\n', end);
    }
    return end + strlen(close) < r->n ? end + strlen(close) : r->n;
}

/* Elements that stand in the middle of a word as well as around it, by their first letter. */
static bool is_inline(struct name tag)
{
    static const char names[26][9][8] = {['a' - 'a'] = {"a", "abbr"}, /* words: no NUL behind the eighth letter */
                                         ['b' - 'a'] = {"b", "bdi", "bdo", "big"},
                                         ['c' - 'a'] = {"cite", "code"},
                                         ['d' - 'a'] = {"data", "del", "dfn"},
                                         ['e' - 'a'] = {"em"},
                                         ['f' - 'a'] = {"font"},
                                         ['i' - 'a'] = {"i", "ins"},
                                         ['k' - 'a'] = {"kbd"},
                                         ['m' - 'a'] = {"mark"},
                                         ['n' - 'a'] = {"nobr"},
                                         ['q' - 'a'] = {"q"},
                                         ['r' - 'a'] = {"ruby"},
                                         ['s' - 'a'] = {"span", "strong", "s", "samp", "small", "strike", "sub", "sup"},
                                         ['t' - 'a'] = {"time", "tspan", "textpath", "tt"},
                                         ['u' - 'a'] = {"u"},
                                         ['v' - 'a'] = {"var"},
                                         ['w' - 'a'] = {"wbr"}};
    unsigned letter = first_letter(tag);
    for (size_t i = 0; letter < 26 && *names[letter][i]; i++)
        if (bytes8_load(names[letter][i]) == tag.word) return true;
    return false;
}

/* --- lines that came before --- */

enum { KEPT_BITS = 9, KEPT_LINES = 1 << KEPT_BITS, SHORTEST_LINE = 24, LONGEST_LINE = 4096, LINE_ENDS = 64 };
struct line {
    char *bytes; /* the line, its text, its aside */
    uint32_t n, n_text, n_aside;
    char before; /* the last byte of the text before it: breaks are not doubled */
};
struct view_lines { /* by the first bits of the hash */
    struct {
        uint64_t kept, once; /* hash of the line that is kept; of the last one that came to this place: who comes twice is kept */
    } hash[KEPT_LINES];
    struct line line[KEPT_LINES];
};

struct view_lines *view_lines_new(void)
{
    struct view_lines *m = calloc(1, sizeof *m);
    if (!m) abort();
    return m;
}

void view_lines_free(struct view_lines *m)
{
    for (size_t i = 0; m && i < KEPT_LINES; i++) free(m->line[i].bytes);
    free(m);
}

/* A line that is to be kept if nothing is found in it that views tell of by its place. */
struct keeping {
    struct line *l;
    size_t from, end, text, aside, loads;
};

/* At i a line begins with a tag, outside of all others. True where it came before: it has been added to the views, i stands behind it. */
static bool recall(struct reader *r, size_t *i, struct keeping *k)
{
    struct view *text = &r->v->text, *aside = &r->v->aside;
    const char *s = r->s + *i, *end = memchr(s, '\n', r->n - *i < LONGEST_LINE ? r->n - *i : LONGEST_LINE);
    size_t n = end ? (size_t)(end + 1 - s) : 0;
    k->l = NULL;
    if (n < SHORTEST_LINE || !text->n || !aside->n || aside->s[aside->n - 1] != '\n') return false;
    uint64_t hash = n < 2 * LINE_ENDS
                        ? str_sum((struct str){s, n}) /* of a long one its ends will do: its bytes are compared below */
                        : (str_sum((struct str){s, LINE_ENDS}) ^ n) * 0x9E3779B97F4A7C15u + str_sum((struct str){s + n - LINE_ENDS, LINE_ENDS});
    size_t at = (size_t)(hash >> (64 - KEPT_BITS));
    struct line *l = &r->v->lines->line[at];
    if (r->v->lines->hash[at].kept == hash && l->n == n && l->before == text->s[text->n - 1] && !memcmp(l->bytes, s, n)) {
        memcpy(text->s + text->n, l->bytes + n, l->n_text);
        memcpy(aside->s + aside->n, l->bytes + n + l->n_text, l->n_aside);
        text->n += l->n_text, aside->n += l->n_aside;
        *i += n;
        return true;
    }
    if (r->v->lines->hash[at].once == hash) *k = (struct keeping){l, *i, *i + n, text->n, aside->n, r->v->n_loads};
    r->v->lines->hash[at].once = hash;
    return false;
}

/* The reader has come to i, outside of all tags. What has an address on another host, a comment, a script or style of its own (inlined), bytes that
 * are no text, or goes on in the next line, is not kept. */
static void keep(struct reader *r, size_t i, struct keeping *k)
{
    const struct views *v = r->v;
    if (i < k->end) return;
    struct line *l = k->l;
    k->l = NULL;
    if (i > k->end || v->n_loads != k->loads || v->n_loads == MOST_LOADS || v->comment != SIZE_MAX || v->inlined || v->tags_aside ||
        v->text.invalid || v->aside.invalid)
        return;
    size_t n = k->end - k->from, n_text = v->text.n - k->text, n_aside = v->aside.n - k->aside;
    char *bytes = realloc(l->bytes, n + n_text + n_aside);
    if (!bytes) abort();
    memcpy(bytes, r->s + k->from, n);
    memcpy(bytes + n, v->text.s + k->text, n_text);
    memcpy(bytes + n + n_text, v->aside.s + k->aside, n_aside);
    size_t at = (size_t)(l - v->lines->line);
    v->lines->hash[at].kept = v->lines->hash[at].once;
    *l = (struct line){bytes, (uint32_t)n, (uint32_t)n_text, (uint32_t)n_aside, v->text.s[k->text - 1]};
}

static void markup(struct reader *r)
{
    const char *s = r->s;
    struct str source = {s, r->n};
    struct keeping kept = {0};
    for (size_t i = 0; (i = flow(&r->v->text, source, i, r->n, ENTITIES | PERCENT | BACKSLASH | TAGS)) < r->n;) {
        if (kept.l) keep(r, i, &kept);
        if (r->v->lines && !kept.l && i && s[i - 1] == '\n' && recall(r, &i, &kept)) continue;
        if (i + 1 < r->n && (s[i + 1] == '!' || s[i + 1] == '?')) {
            i = declaration(r, i);
            continue;
        }
        size_t name = i + 1 + (i + 1 < r->n && s[i + 1] == '/'), end = name;
        while (end < r->n && ((s[end] | 32) >= 'a' || (s[end] >= '0' && s[end] <= ':') || s[end] == '-') && s[end] != '|') end++;
        if (end == name) { /* a "<" that opens nothing */
            part(&r->v->text, '<', i++);
            continue;
        }
        struct name tag = name_of(r, name, end - name);
        bool style = tag.word == WORD("style"), raw = name == i + 1 && (style || tag.word == WORD("script"));
        if (!is_inline(tag)) part(&r->v->text, tag.word == WORD("br") ? ' ' : '\n', i);
        i = attributes(r, tag, end);
        if (!raw) continue;
        size_t stop = find(r, i, style ? "</style" : "</script");
        struct str kind = str_part(source, end, i - end);
        bool rules = str_search(kind, "speculationrules") != SIZE_MAX || str_search(kind, "importmap") != SIZE_MAX;
        r->v->inlined |= stop > i; /* for all we know */
        if (style) style_loads(r, i, stop, BACKSLASH | STYLE);
        else if (str_search(kind, "json") == SIZE_MAX) script_loads(r, i, stop, rules);
        flow(&r->v->aside, source, i, stop, ENTITIES | PERCENT | BACKSLASH | LINES | (style ? STYLE : 0));
        part(&r->v->aside, '\n', stop);
        i = stop;
    }
}

static void view_open(struct view *v, size_t room, bool bare)
{
    free(v->s);
    v->s = malloc(room);
    if (!v->s) abort();
    v->n = v->n_jumps = 0, v->invalid = false, v->bare = bare;
}

void views_make(struct views *v, struct str bytes, enum medium medium)
{
    struct reader r = {v, bytes.s, bytes.n};
    view_open(&v->text, bytes.n + 8 + SLACK, v->lines);
    view_open(&v->aside, (medium == MEDIUM_MARKUP ? bytes.n : 0) + 8 + SLACK, v->lines);
    v->n_loads = 0, v->comment = SIZE_MAX, v->tags_in_text = v->tags_aside = v->inlined = false;
    if (medium == MEDIUM_MARKUP) markup(&r);
    else flow(&v->text, bytes, 0, bytes.n, PERCENT | BACKSLASH | LINES | (medium == MEDIUM_STYLE ? STYLE : medium == MEDIUM_CALENDAR ? FOLDED : 0));
    if (medium == MEDIUM_STYLE) style_loads(&r, 0, bytes.n, BACKSLASH | STYLE);
    if (medium == MEDIUM_SCRIPT) script_loads(&r, 0, bytes.n, false);
    v->invalid = v->text.invalid || v->aside.invalid;
    const char *s = v->text.s;
    for (const char *p = s; !v->tags_in_text && v->text.n && (p = memchr(p, '<', v->text.n - (size_t)(p - s))); p++) {
        size_t i = (size_t)(p - s) + 1;
        v->tags_in_text = i < v->text.n && (((s[i] | 32) >= 'a' && (s[i] | 32) <= 'z') || s[i] == '/' || s[i] == '!');
    }
    if (!v->tags_in_text && medium != MEDIUM_MARKUP) v->tags_in_text = memmem(s, v->text.n, "&#", 2) != NULL;
}

void views_close(struct views *v)
{
    free(v->text.s), free(v->text.jumps);
    free(v->aside.s), free(v->aside.jumps);
    free(v->loads);
    *v = (struct views){0};
}
