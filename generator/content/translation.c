/* translation.c: see translation.h. */
#include "content/translation.h"
#include "base/file.h"
#include "content/yaml.h"
#include <stdlib.h>

struct locked { /* a line of the lock file */
    uint64_t exact, folded;
    struct str key;
};
typedef VEC(struct block) blocks;

static const char *const state_names[BLOCK_STATES] = {"same", "minor", "stale", "missing", "gone"};
const char *translation_state_name(enum block_state s) { return state_names[s]; }

/* --- blocks --- */

static bool is_blank(struct str line) { return !str_trim(line).n; }

static void body_blocks_of(struct arena *a, struct str body, uint32_t line, blocks *out)
{
    bool fence = false;
    size_t start = SIZE_MAX;
    uint32_t first = line;
    for (size_t at = 0; at < body.n; line++) {
        size_t nl = str_find(str_from(body, at), '\n');
        struct str l = str_part(body, at, nl);
        bool ticks = str_starts(str_trim(l), "```") || str_starts(str_trim(l), "~~~");
        if (start == SIZE_MAX && !is_blank(l)) start = at, first = line;
        if (ticks) fence = !fence;
        if (is_blank(l) && !fence && start != SIZE_MAX) {
            *vec_push(a, out) = (struct block){.text = str_trim(str_part(body, start, at - start)), .line = first};
            start = SIZE_MAX;
        }
        at = nl == SIZE_MAX ? body.n : at + nl + 1;
    }
    if (start != SIZE_MAX) *vec_push(a, out) = (struct block){.text = str_trim(str_from(body, start)), .line = first};
}

static bool read_blocks(struct arena *a, const struct catalogue *c, const struct page *p, struct diag *d, blocks *out)
{
    static const enum key texts[] = {KEY_TITLE,   KEY_SUBTITLE, KEY_MENU_TITLE, KEY_DISCREET_TITLE, KEY_DESCRIPTION,
                                     KEY_PURPOSE, KEY_PLACE,    KEY_ACCESS,     KEY_LICENSE,        KEY_DISCLAIMER};
    struct str text;
    if (!file_read_text(a, path_join(a, str_of(c->root), p->file), p->file.s, d, &text)) return false;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct front_value *v = front_of(p, texts[i]);
        if (v->kind == FRONT_TEXT) *vec_push(a, out) = (struct block){str_of(key_rows[texts[i]].en), v->text, v->at.line};
    }
    body_blocks_of(a, str_from(text, p->body_at), p->body_line, out);
    return true;
}

static uint64_t folded_hash(const struct block *b)
{
    struct buf folded = {0};
    lang_fold(&folded, b->text);
    uint64_t h = str_hash(buf_view(&folded));
    buf_close(&folded);
    return h;
}

/* --- the lock file --- */

struct str translation_lock_path(struct arena *a, const struct page *p)
{
    size_t dot = str_rfind(p->file, '.');
    return str_printf(a, "%.*s.lock.yml", (int)dot, p->file.s);
}

void translation_lock(const struct translation *t, struct buf *out)
{
    size_t n = 0;
    for (size_t i = 0; i < t->pairs.n; i++) n += t->pairs.v[i].source != NULL;
    buf_printf(out, "# letak translate: the blocks of the source that this translation was made from. Keep it.\nblocks:%s\n", n ? "" : " []");
    for (size_t i = 0; i < t->pairs.n; i++) {
        const struct block *s = t->pairs.v[i].source;
        if (!s) continue;
        buf_printf(out, "  - %016llx %016llx%s%.*s\n", (unsigned long long)str_hash(s->text), (unsigned long long)folded_hash(s), s->key.n ? " " : "",
                   STR_ARG(s->key));
    }
}

static bool read_hash(struct str s, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *digits = "0123456789abcdef", *d = strchr(digits, s.s[i]);
        if (!d || !s.s[i]) return false;
        *out = *out << 4 | (uint64_t)(d - digits);
    }
    return s.n == 16;
}

/* Lines of the lock; false where there is none or it is broken (reported). */
static bool read_lock(struct arena *a, const struct catalogue *c, const struct page *p, struct diag *d, struct locked **list, size_t *n)
{
    struct str path = translation_lock_path(a, p), text;
    const char *file = path_join(a, str_of(c->root), path);
    *n = 0;
    if (!file_exists(file) || !file_read_text(a, file, path.s, d, &text)) return false;
    const struct yaml *y = yaml_read(a, text, path.s, 1, d), *rows = y ? yaml_find(y, "blocks") : NULL;
    bool good = rows && rows->kind == YAML_LIST;
    *list = ARENA_ARRAY(a, struct locked, good ? rows->n + 1 : 1);
    for (size_t i = 0; good && i < rows->n; i++) {
        struct str rest = rows->items[i]->kind == YAML_SCALAR ? rows->items[i]->text : (struct str){0}, exact = {0}, folded = {0};
        good = str_split(&rest, ' ', &exact) && str_split(&rest, ' ', &folded) && read_hash(exact, &(*list)[i].exact) &&
               read_hash(folded, &(*list)[i].folded);
        (*list)[i].key = rest;
        *n = i + 1;
    }
    if (!good) DIAG0(d, MSG_TRANSLATION_LOCK, ((struct place){path.s, 1, 1}));
    return good;
}

/* --- which block is which --- */

/* longest[i * (m + 1) + j]: of the common sequence of source blocks (exact hashes x) from i and locked ones from j. */
static uint16_t *common(struct arena *a, const uint64_t *x, size_t n, const struct locked *y, size_t m)
{
    uint16_t *longest = ARENA_ARRAY(a, uint16_t, (n + 1) * (m + 1));
    for (size_t i = n; i--;)
        for (size_t j = m; j--;) {
            uint16_t down = longest[(i + 1) * (m + 1) + j], right = longest[i * (m + 1) + j + 1];
            longest[i * (m + 1) + j] = x[i] == y[j].exact ? (uint16_t)(longest[(i + 1) * (m + 1) + j + 1] + 1) : down > right ? down : right;
        }
    return longest;
}

static void add(struct arena *a, struct translation *t, enum block_state s, const struct block *source, const struct block *text)
{
    *vec_push(a, &t->pairs) = (struct block_pair){s, source, text};
    t->n[s]++;
}

/* Blocks of the source that the lock has not, beside those of the lock that the source has not: the first with the first. */
static void gap(struct arena *a, struct translation *t, const blocks *src, size_t i, size_t i_end, const blocks *txt, const struct locked *then,
                size_t j, size_t j_end)
{
    for (; i < i_end || j < j_end; i++, j++) {
        const struct block *s = i < i_end ? &src->v[i] : NULL, *x = j < j_end && j < txt->n ? &txt->v[j] : NULL;
        if (!s) add(a, t, BLOCK_GONE, NULL, x);
        else if (j >= j_end) add(a, t, BLOCK_MISSING, s, NULL);
        else add(a, t, folded_hash(s) == then[j].folded ? BLOCK_MINOR : BLOCK_STALE, s, x);
    }
}

/* Texts of the front matter that the translation has, by their names. */
static void match_keys(struct arena *a, struct translation *t, const blocks *src, size_t n_src, const blocks *txt, size_t n_txt,
                       const struct locked *then, size_t m)
{
    for (size_t i = 0; i < n_src; i++) {
        const struct block *text = NULL;
        const struct locked *old = NULL;
        for (size_t k = 0; k < n_txt; k++)
            if (str_eq(txt->v[k].key, src->v[i].key)) text = &txt->v[k];
        for (size_t k = 0; k < m; k++)
            if (str_eq(then[k].key, src->v[i].key)) old = &then[k];
        if (!text) continue;
        bool same = !t->locked || (old && old->exact == str_hash(src->v[i].text));
        add(a, t, same ? BLOCK_SAME : old && old->folded == folded_hash(&src->v[i]) ? BLOCK_MINOR : BLOCK_STALE, &src->v[i], text);
    }
}

/* Blocks of the body, in their order. */
static void match_body(struct arena *a, struct translation *t, const blocks *src, const blocks *txt, const struct locked *then, size_t m)
{
    enum { MOST = 4000 }; /* a longer text is matched by order alone */
    size_t n = src->n, i = 0, j = 0, i0 = 0, j0 = 0;
    uint64_t *now = ARENA_ARRAY(a, uint64_t, n + 1); /* exact hashes */
    for (size_t k = 0; k < n; k++) now[k] = str_hash(src->v[k].text);
    uint16_t *longest = n <= MOST && m <= MOST ? common(a, now, n, then, m) : NULL;
    while (longest && i < n && j < m) {
        if (now[i] == then[j].exact) {
            gap(a, t, src, i0, i, txt, then, j0, j);
            add(a, t, BLOCK_SAME, &src->v[i], j < txt->n ? &txt->v[j] : NULL);
            i0 = ++i, j0 = ++j;
        } else if (longest[(i + 1) * (m + 1) + j] >= longest[i * (m + 1) + j + 1]) i++;
        else j++;
    }
    gap(a, t, src, i0, n, txt, then, j0, m);
    for (size_t k = m; k < txt->n; k++) add(a, t, BLOCK_SAME, NULL, &txt->v[k]); /* the translator's own */
}

/* The body without the texts of the front matter, which come first. */
static blocks body_of(const blocks *all, size_t *keys)
{
    blocks b = *all;
    *keys = 0;
    while (*keys < all->n && all->v[*keys].key.n) ++*keys;
    if (*keys) b.v += *keys, b.n -= *keys;
    return b;
}

bool translation_read(struct arena *a, const struct catalogue *c, const struct page *p, struct diag *d, struct translation *t)
{
    blocks src = {0}, txt = {0};
    struct locked *then = NULL;
    size_t m = 0, n_src, n_txt, keys = 0;
    *t = (struct translation){.page = p};
    if (!read_blocks(a, c, p->source, d, &src) || !read_blocks(a, c, p, d, &txt)) return false;
    t->locked = read_lock(a, c, p, d, &then, &m);
    blocks src_body = body_of(&src, &n_src), txt_body = body_of(&txt, &n_txt);
    match_keys(a, t, &src, n_src, &txt, n_txt, then, t->locked ? m : 0);
    while (t->locked && keys < m && then[keys].key.n) keys++;
    if (t->locked) match_body(a, t, &src_body, &txt_body, then + keys, m - keys);
    for (size_t k = 0; !t->locked && (k < src_body.n || k < txt_body.n); k++) {
        const struct block *s = k < src_body.n ? &src_body.v[k] : NULL, *x = k < txt_body.n ? &txt_body.v[k] : NULL;
        add(a, t, s && x ? BLOCK_SAME : s ? BLOCK_MISSING : BLOCK_GONE, s, x);
    }
    return true;
}

bool translation_stale(const struct translation *t) { return t->locked && t->n[BLOCK_STALE] + t->n[BLOCK_MISSING] + t->n[BLOCK_GONE] > 0; }

/* --- what must be the same in every language --- */

enum fact_kind { FACT_CONTACT, FACT_DATE, FACT_LINK, FACT_NUMBER };
struct fact {
    enum fact_kind kind;
    struct str value;
    uint32_t line;
    bool met;
};
typedef VEC(struct fact) facts;

static const char *kind_name(const struct diag *d, enum fact_kind k)
{
    static const char *const names[][2] = {{"contact", "контакт"}, {"date", "датум"}, {"link", "веза"}, {"number", "број"}};
    return schema_say(d, names[k][0], names[k][1]);
}

static bool is_digit(char ch) { return ch >= '0' && ch <= '9'; }

/* "../pomoc/index.en.md#x" -> "../pomoc/index.md": links name the source or its translation; anchors are words of their language. */
static struct str link_target(struct arena *a, struct str url, const struct language *l)
{
    char end[40];
    url = str_part(url, 0, str_find(url, '#'));
    snprintf(end, sizeof end, ".%s.md", l->code);
    if (str_ends(url, end)) url = str_printf(a, "%.*s.md", (int)(url.n - strlen(end)), url.s);
    return url;
}

/* A number of two digits or more as its digits alone: 1.234,5 and 1,234.5; 09.30 and 9:30; 9.00 as 9. Returns the byte behind it. */
static size_t number(struct arena *a, struct str s, size_t at, uint32_t line, facts *out)
{
    char digits[24];
    size_t n = 0, group = 0, before = 0;
    for (;;) {
        group = at, before = n;
        while (at < s.n && is_digit(s.s[at])) {
            if (n < sizeof digits && (n || s.s[at] != '0')) digits[n++] = s.s[at];
            at++;
        }
        if (at + 1 >= s.n || !strchr(".,:", s.s[at]) || !is_digit(s.s[at + 1])) break;
        at++;
    }
    if (before && at - group == 2 && s.s[group] == '0' && s.s[group + 1] == '0') n = before;
    if (n >= 2) *vec_push(a, out) = (struct fact){FACT_NUMBER, str_copy(a, (struct str){digits, n}), line, false};
    return at;
}

static void facts_of(struct arena *a, const struct block *b, const struct language *l, facts *out)
{
    struct str s = b->text;
    uint32_t line = b->line;
    bool begin = true; /* of a line: the number of a list item is none */
    for (size_t i = 0; i < s.n;) {
        char ch = s.s[i];
        struct str rest = str_from(s, i);
        size_t end;
        if (ch == '\n') line++;
        if (str_starts(rest, ":contact[") || str_starts(rest, ":date[")) {
            bool contact = rest.s[1] == 'c';
            end = str_find(rest, ']');
            struct str value = str_part(rest, contact ? 9 : 6, end == SIZE_MAX ? 0 : end - (contact ? 9 : 6));
            *vec_push(a, out) = (struct fact){contact ? FACT_CONTACT : FACT_DATE, value, line, false};
            i += end == SIZE_MAX ? 1 : end + 1;
        } else if (str_starts(rest, "](") && (end = str_find(rest, ')')) != SIZE_MAX) {
            struct str url = str_part(rest, 2, end - 2);
            url = str_part(url, 0, str_find(url, ' '));
            url = link_target(a, url, l);
            if (url.n) *vec_push(a, out) = (struct fact){FACT_LINK, url, line, false};
            i += end + 1;
        } else if (ch == '{' && (end = str_find(rest, '}')) != SIZE_MAX) {
            i += end + 1; /* attributes of a mark */
        } else if (str_starts(rest, "[^") && (end = str_find(rest, ']')) != SIZE_MAX) {
            i += end + 1; /* a footnote's label */
        } else if (is_digit(ch)) {
            facts none = {0};
            end = i;
            while (end < s.n && is_digit(s.s[end])) end++;
            bool item = begin && end + 1 < s.n && (s.s[end] == '.' || s.s[end] == ')') && s.s[end + 1] == ' ';
            i = number(a, s, i, line, item ? &none : out);
        } else {
            i++;
        }
        begin = ch == '\n' || (begin && ch == ' ');
    }
}

static void compare(facts *mine, facts *theirs)
{
    for (size_t i = 0; i < mine->n; i++)
        for (size_t k = 0; k < theirs->n && !mine->v[i].met; k++) {
            struct fact *x = &mine->v[i], *y = &theirs->v[k];
            if (!y->met && x->kind == y->kind && str_eq(x->value, y->value)) x->met = y->met = true;
        }
}

void translation_check(struct arena *a, const struct page *p, const struct translation *t, struct diag *d)
{
    facts source = {0}, text = {0};
    const char *lang = p->lang->code, *path = p->path.n ? str_z(a, p->path) : "\"\"";
    if (!t->locked && diag_checking(d)) DIAG(d, MSG_TRANSLATION_UNLOCKED, ((struct place){p->file.s, 1, 1}), path, lang);
    for (size_t i = 0; i < t->pairs.n; i++) {
        const struct block_pair *b = &t->pairs.v[i];
        const char *line = b->source ? arena_printf(a, "%u", b->source->line) : "";
        struct place at = {p->file.s, b->text ? b->text->line : 1, 1};
        if (b->source) facts_of(a, b->source, p->lang, &source);
        if (b->text) facts_of(a, b->text, p->lang, &text);
        if (!t->locked) continue;
        if (b->state == BLOCK_STALE) DIAG(d, MSG_TRANSLATION_STALE, at, line, p->source->file.s, path, lang);
        if (b->state == BLOCK_MISSING) DIAG(d, MSG_TRANSLATION_MISSING, at, line, p->source->file.s, path, lang);
        if (b->state == BLOCK_GONE) DIAG(d, MSG_TRANSLATION_GONE, at, p->source->file.s, path, lang);
    }
    compare(&source, &text);
    for (size_t i = 0; i < source.n; i++)
        if (!source.v[i].met)
            DIAG(d, MSG_FACT_MISSING, ((struct place){p->file.s, 1, 1}), kind_name(d, source.v[i].kind), str_z(a, source.v[i].value),
                 arena_printf(a, "%s:%u", p->source->file.s, source.v[i].line));
    for (size_t i = 0; i < text.n; i++)
        if (!text.v[i].met)
            DIAG(d, MSG_FACT_EXTRA, ((struct place){p->file.s, text.v[i].line, 1}), kind_name(d, text.v[i].kind), str_z(a, text.v[i].value),
                 p->source->file.s);
}
