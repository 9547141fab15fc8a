/* withhold.c: see withhold.h. */
#include "css/withhold.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <strings.h>

enum { PLANE = 0xFFFE, MOST = 2 * PLANE, SHORTEST = 6 }; /* characters of a plane, without the two that are none; bytes worth withholding */

/* Code i as UTF-8, four bytes; and back, with s at its first byte. */
static void put_code(struct buf *b, size_t i) { buf_utf8(b, (uint32_t)(i < PLANE ? 0xF0000 + i : 0x100000 + i - PLANE)); }
static size_t code_of(const char *s)
{
    size_t at = 0;
    uint32_t c = utf8_next((struct str){s, 4}, &at);
    return c >= 0x100000 ? c - 0x100000 + PLANE : c - 0xF0000;
}

/* Some character reference is, or may be, one of planes 15 and 16. */
static bool high_reference(struct str html)
{
    for (size_t i = 0, at; (at = str_search(str_from(html, i), "&#")) != SIZE_MAX;) {
        uint32_t c = 0;
        i += at + 2;
        bool hex = i < html.n && (html.s[i] | 32) == 'x';
        for (i += hex; i < html.n && c < 0xF0000; i++) {
            char d = html.s[i], low = (char)(d | 32);
            if (d >= '0' && d <= '9') c = c * (hex ? 16 : 10) + (uint32_t)(d - '0');
            else if (hex && low >= 'a' && low <= 'f') c = c * 16 + (uint32_t)(low - 'a' + 10);
            else break;
        }
        if (c >= 0xF0000) return true;
    }
    return false;
}
/* Where of text the blanks alone are taken in: framesets, and columns that stand right in a template. */
static bool keeps_blanks(struct str html)
{
    for (size_t i = 0, at; (at = str_find(str_from(html, i), '<')) != SIZE_MAX;) {
        i += at + 1;
        char c = i + 8 < html.n ? (char)(html.s[i] | 32) : 0;
        if ((c == 'f' && !strncasecmp(html.s + i, "frameset", 8)) || (c == 't' && !strncasecmp(html.s + i, "template", 8))) return true;
    }
    return false;
}
static bool fit(struct str html)
{
    if (html.n < 64 || str_find(html, '\r') != SIZE_MAX || str_find_either(html, '\xF3', '\xF4') != SIZE_MAX) return false;
    return utf8_invalid(html) == SIZE_MAX && !high_reference(html) && !keeps_blanks(html);
}

/* What may stand in a stretch, and (BEGIN) at its beginning. Left out: what tokenisers look at, controls, U+0080–00BF and U+F000–FFFF, which have
 * some, and characters of four bytes. */
enum { IN = 1, BEGIN = 2, BLANK = IN, PLAIN = IN | BEGIN };
static void classes(uint8_t of[256])
{
    memset(of, 0, 256);
    for (const char *p = ".,;:()?0123456789"; *p; p++) of[(unsigned char)*p] = PLAIN;
    for (int c = 'a'; c <= 'z'; c++) of[c] = of[c - 32] = PLAIN;
    for (int c = 0x80; c < 0xC0; c++) of[c] = IN;
    for (int c = 0xC3; c < 0xEF; c++) of[c] = PLAIN;
    of[' '] = of['\n'] = BLANK;
}

struct reader {
    struct withheld w;
    uint32_t line;          /* of the short text, at its end */
    int64_t column;         /* from 1 */
    int64_t lines, columns; /* as in struct stretch, for what comes */
};
/* Hands the bytes on as they are. */
static void pass(struct reader *r, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '\n') r->line++, r->column = 1, r->columns = 0;
        else r->column += ((unsigned char)s[i] & 0xC0) != 0x80;
    }
    buf_add(&r->w.room, s, n);
}
static void keep_back(struct reader *r, const char *s, size_t n)
{
    struct withheld *w = &r->w;
    if (w->n == w->cap) w->v = mem_realloc(w->v, (w->cap = w->cap ? w->cap * 2 : 256) * sizeof *w->v);
    int64_t lines = 0;
    size_t line = 0; /* where its last line begins */
    for (size_t at; (at = str_find(str_from((struct str){s, n}, line), '\n')) != SIZE_MAX; line += at + 1) lines++;
    int64_t length = (int64_t)utf8_length((struct str){s + line, n - line});
    put_code(&w->room, w->n);
    r->column++;
    r->lines += lines;
    if (lines) r->columns = 1 + length - r->column;
    else r->columns += length - 1;
    w->v[w->n++] = (struct stretch){s, n, w->room.n, r->line, r->lines, r->columns};
}

struct withheld withhold(struct str html)
{
    struct reader r = {.w = {.text = html}, .line = 1, .column = 1};
    if (!fit(html)) return r.w;
    uint8_t of[256];
    classes(of);
    const unsigned char *s = (const unsigned char *)html.s;
    buf_room(&r.w.room, html.n / 2);
    size_t passed = 0;
    for (size_t i = 0; i < html.n && r.w.n < MOST;) {
        const unsigned char *gt = memchr(s + i, '>', html.n - i);
        if (!gt) break;
        for (i = (size_t)(gt - s) + 1; i < html.n && s[i] != '<' && r.w.n < MOST;) {
            if (s[i] == '&') { /* a name may be as long as letters follow it, and ends with a semicolon */
                while (++i < html.n && (s[i] == '#' || (s[i] < 0x80 && of[s[i]] == PLAIN && s[i] != ';'))) {}
                i += i < html.n && s[i] == ';';
            } else if (!(of[s[i]] & BEGIN)) i++;
            else {
                size_t from = i;
                while (i < html.n && of[s[i]]) i++;
                if (i - from < SHORTEST) continue;
                pass(&r, html.s + passed, from - passed);
                keep_back(&r, html.s + from, i - from);
                passed = i;
            }
        }
    }
    if (!r.w.n) return r.w;
    pass(&r, html.s + passed, html.n - passed);
    r.w.text = buf_view(&r.w.room);
    return r.w;
}

void withhold_close(struct withheld *w)
{
    buf_close(&w->room);
    free(w->v);
    *w = (struct withheld){0};
}

const char *withhold_restore(const struct withheld *w, const char *s, struct buf *room)
{
    const char *at = w->n ? strpbrk(s, "\xF3\xF4") : NULL;
    if (!at) return s;
    buf_reset(room);
    for (; at; at = strpbrk(s, "\xF3\xF4")) {
        size_t i = code_of(at);
        buf_add(room, s, (size_t)(at - s));
        if (i < w->n) buf_add(room, w->v[i].s, w->v[i].n);
        s = at + 4;
    }
    buf_puts(room, s);
    return room->s;
}

void withhold_place(struct withheld *w, size_t offset, uint32_t *line, uint32_t *column)
{
    if (!w->n) return;
    size_t i = w->at; /* mostly the same or one of the next */
    while (i && w->v[i].end > offset) i--;
    while (i + 1 < w->n && w->v[i + 1].end <= offset) i++;
    w->at = i;
    if (w->v[i].end > offset) return;
    if (*line == w->v[i].line) *column = (uint32_t)(*column + w->v[i].columns);
    *line = (uint32_t)(*line + w->v[i].lines);
}
