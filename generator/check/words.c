/* words.c: see words.h. */
#include "check/words.h"
#include "base/utf8.h"
#include <assert.h>

struct piece { /* a TEXT node in the flattened text */
    size_t at;
    const struct node *node;
    bool foreign;
};
struct flat {
    struct arena *arena;
    struct buf text;
    VEC(struct piece) pieces;
};

static uint32_t small(uint32_t c)
{
    if (c >= 'A' && c <= 'Z') return c + 32;
    if (c >= 0x410 && c <= 0x42F) return c + 32;
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    if (c == 0x106 || c == 0x10C || c == 0x110 || c == 0x160 || c == 0x17D) return c + 1; /* Ć Č Đ Š Ž */
    return c;
}

struct str words_lower(struct arena *a, struct str text)
{
    struct buf b = {0};
    for (size_t at = 0; at < text.n;) buf_utf8(&b, small(utf8_next(text, &at)));
    struct str out = buf_copy(a, &b);
    buf_close(&b);
    return out;
}

static void piece(struct flat *f, const struct node *n, struct str text, bool foreign)
{
    *vec_push(f->arena, &f->pieces) = (struct piece){f->text.n, n, foreign};
    buf_str(&f->text, text);
}

static bool is_block(const struct node *n) { return n->kind < NODE_TEXT; }

static void flatten(struct flat *f, const struct node *n, bool foreign)
{
    for (const struct node *c = n->first; c; c = c->next) {
        if (is_block(c)) continue;
        switch (c->kind) {
        case NODE_TEXT: piece(f, c, c->text, foreign); break;
        case NODE_SOFT_BREAK:
        case NODE_LINE_BREAK: piece(f, c, STR(" "), foreign); break;
        case NODE_CODE: piece(f, c, c->text, true); break;
        case NODE_IMAGE:
        case NODE_FOOTNOTE_REF:
        case NODE_HTML_INLINE: break;
        case NODE_LINK: flatten(f, c, foreign || str_eq(node_text(f->arena, c), c->url)); break;
        case NODE_MARK:
            if (c->mark->mark == MARK_LANG || c->mark->mark == MARK_KEEP || c->mark->mark == MARK_ABBR) flatten(f, c, true);
            else if (c->mark->field == FIELD_NONE) piece(f, c, STR("0"), true); /* a number, name or date comes here: one word */
            break;
        default: flatten(f, c, foreign);
        }
    }
}

static bool letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x400 && c <= 0x52F) ||
           c == 0x200C;
}

static bool word_char(uint32_t c) { return letter(c) || (c >= '0' && c <= '9'); }

static bool abbreviation(struct str plain)
{
    static const char *const known[] = {"др",   "гђа", "бр", "чл",  "ст",  "стр", "нпр", "тзв", "тј", "ул",
                                        "проф", "мр",  "сл", "год", "инж", "тач", "св",  "no",  "vs", NULL};
    for (size_t i = 0; known[i]; i++)
        if (str_is(plain, known[i])) return true;
    return utf8_length(plain) == 1; /* an initial */
}

/* Whether the signs between a word and the next one end a sentence. */
static bool ends(struct str between, struct str next, const struct word *w)
{
    bool stop = false;
    size_t at = 0;
    for (size_t i = 0; i < between.n; i++) stop |= strchr(".!?", between.s[i]) != NULL && between.s[i];
    stop |= str_search(between, "…") != SIZE_MAX;
    if (!stop || !next.n) return stop;
    uint32_t c = utf8_next(next, &at);
    bool capital = small(c) != c || (c >= '0' && c <= '9' && !w->numbered);
    bool strong = str_find(between, '!') != SIZE_MAX || str_find(between, '?') != SIZE_MAX;
    return capital && (strong || !abbreviation(w->plain));
}

static struct place place_of(const struct flat *f, size_t at, size_t *k)
{
    while (*k + 1 < f->pieces.n && f->pieces.v[*k + 1].at <= at) ++*k;
    assert(f->pieces.n && "a place of a word: there is a piece that it comes from");
    const struct piece *p = &f->pieces.v[*k];
    struct place out = p->node->at;
    if (p->node->kind == NODE_TEXT) out.col += (uint32_t)utf8_length((struct str){f->text.s + p->at, at - p->at});
    return out;
}

struct words words_in(struct arena *a, const struct node *n)
{
    struct flat f = {.arena = a};
    struct words w = {0};
    flatten(&f, n, false);
    struct str all = buf_copy(a, &f.text);
    size_t k = 0, behind = 0;
    for (size_t at = 0; at < all.n;) {
        size_t start = at, end;
        uint32_t c = utf8_next(all, &at);
        if (!word_char(c)) continue;
        uint8_t script = 0;
        for (end = start; end < all.n;) { /* letters, digits; a hyphen or point between them belongs to the word */
            size_t next = end;
            c = utf8_next(all, &next);
            if (!word_char(c)) {
                size_t after = next;
                bool joint =
                    (c == '-' || c == '@' || c == '_' || c == '/' || c == '.' || c == ':') && next < all.n && word_char(utf8_next(all, &after));
                if (!joint) break;
            }
            if (letter(c) && c != 0x200C) script |= c >= 0x400 && c <= 0x52F ? SCRIPT_CYRILLIC : SCRIPT_LATIN;
            end = next;
        }
        if (w.v.n) {
            struct word *last = &w.v.v[w.v.n - 1];
            struct str between = str_part(all, behind, start - behind);
            last->numbered = between.n && *between.s == '.' && last->text.s[last->text.n - 1] >= '0' && last->text.s[last->text.n - 1] <= '9';
            last->last = ends(between, str_from(all, start), last);
        }
        struct word *x = vec_push(a, &w.v);
        struct place where = place_of(&f, start, &k);
        *x = (struct word){.text = str_part(all, start, end - start), .at = where, .foreign = f.pieces.v[k].foreign, .script = script};
        x->plain = words_lower(a, x->text);
        at = behind = end;
    }
    if (w.v.n) w.v.v[w.v.n - 1].last = true;
    buf_close(&f.text);
    return w;
}
