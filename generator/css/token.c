/* token.c: see token.h. CSS Syntax 3, 4 (tokenization). Numbers are read with strtod in the C locale's form by hand, so that no locale matters. */
#include "css/token.h"
#include "base/utf8.h"
#include <math.h>

struct lexer {
    struct arena *arena;
    struct str text;
    size_t at, line_start;
    size_t last; /* where columns were counted to */
    uint32_t line, col;
    struct buf buf;
    VEC(struct cv) out;
};

static int peek(const struct lexer *l, size_t k) { return l->at + k < l->text.n ? (unsigned char)l->text.s[l->at + k] : -1; }
static bool newline(int c) { return c == '\n' || c == '\r' || c == '\f'; }
static bool space(int c) { return c == ' ' || c == '\t' || newline(c); }
static bool digit(int c) { return c >= '0' && c <= '9'; }
static bool name_start(int c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80 || c == 0; }
static bool name_char(int c) { return name_start(c) || digit(c) || c == '-'; }
static bool escape_at(const struct lexer *l, size_t k) { return peek(l, k) == '\\' && !newline(peek(l, k + 1)); }

bool css_is(struct str a, const char *lower)
{
    size_t i = 0;
    for (; i < a.n; i++) {
        char c = a.s[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        if (c != lower[i]) return false;
    }
    return !lower[i];
}

static bool ident_at(const struct lexer *l, size_t k)
{
    int c = peek(l, k);
    if (c == '-') return name_start(peek(l, k + 1)) || peek(l, k + 1) == '-' || escape_at(l, k + 1);
    return name_start(c) || (c == '\\' && escape_at(l, k));
}
static bool number_at(const struct lexer *l)
{
    size_t k = peek(l, 0) == '+' || peek(l, 0) == '-';
    return digit(peek(l, k)) || (peek(l, k) == '.' && digit(peek(l, k + 1)));
}

static void take_escape(struct lexer *l) /* behind the backslash */
{
    if (l->at >= l->text.n) {
        buf_utf8(&l->buf, 0xFFFD);
        return;
    }
    if (str_hex(peek(l, 0)) < 0) {
        uint32_t c = utf8_next(l->text, &l->at);
        buf_utf8(&l->buf, c ? c : 0xFFFD);
        return;
    }
    uint32_t c = 0;
    for (int i = 0; i < 6 && str_hex(peek(l, 0)) >= 0; i++) c = c * 16 + (uint32_t)str_hex(peek(l, 0)), l->at++;
    if (peek(l, 0) == '\r' && peek(l, 1) == '\n') l->at++;
    if (space(peek(l, 0))) l->at++;
    buf_utf8(&l->buf, c && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF) ? c : 0xFFFD);
}
static struct str taken(struct lexer *l)
{
    struct str s = str_copy(l->arena, buf_view(&l->buf));
    buf_reset(&l->buf);
    return s;
}
static struct str take_name(struct lexer *l)
{
    size_t start = l->at;
    while (name_char(peek(l, 0)) && peek(l, 0) != 0) l->at++;
    if (peek(l, 0) != 0 && !escape_at(l, 0)) return str_part(l->text, start, l->at - start);
    buf_reset(&l->buf);
    buf_add(&l->buf, l->text.s + start, l->at - start);
    for (;;) {
        if (name_char(peek(l, 0))) {
            if (peek(l, 0) == 0) buf_utf8(&l->buf, 0xFFFD);
            else buf_putc(&l->buf, l->text.s[l->at]);
            l->at++;
        } else if (escape_at(l, 0)) {
            l->at++;
            take_escape(l);
        } else return taken(l);
    }
}

static struct cv *push(struct lexer *l, enum token kind)
{
    struct cv *v = vec_push(l->arena, &l->out);
    *v = (struct cv){.kind = (uint8_t)kind, .skip = 1, .line = l->line, .col = l->col};
    return v;
}

static void take_string(struct lexer *l)
{
    struct cv *v = push(l, TOK_STRING);
    char quote = l->text.s[l->at++];
    buf_reset(&l->buf);
    for (;;) {
        int c = peek(l, 0);
        if (c < 0) {
            v->text = taken(l);
            push(l, TOK_EOF_STRING);
            return;
        }
        if (c == quote) {
            l->at++;
            v->text = taken(l);
            return;
        }
        if (newline(c)) {
            v->kind = TOK_BAD_STRING;
            buf_reset(&l->buf);
            return;
        }
        l->at++;
        if (c == '\\') {
            int d = peek(l, 0);
            if (d < 0) continue;
            if (newline(d)) l->at += d == '\r' && peek(l, 1) == '\n' ? 2 : 1;
            else take_escape(l);
        } else if (c == 0) buf_utf8(&l->buf, 0xFFFD);
        else buf_putc(&l->buf, (char)c);
    }
}

static void take_url(struct lexer *l) /* behind "url(" */
{
    struct cv *v = push(l, TOK_URL);
    buf_reset(&l->buf);
    while (space(peek(l, 0))) l->at++;
    for (;;) {
        int c = peek(l, 0);
        if (c < 0) break;
        if (c == ')') {
            l->at++;
            v->text = taken(l);
            return;
        }
        if (space(c)) {
            while (space(peek(l, 0))) l->at++;
            if (peek(l, 0) < 0) break;
            if (peek(l, 0) == ')') continue;
            goto bad;
        }
        if (c == '"' || c == '\'' || c == '(' || (c > 0 && c < 9) || c == 0x0B || (c >= 0x0E && c <= 0x1F) || c == 0x7F) goto bad;
        if (c == '\\') {
            if (!escape_at(l, 0)) goto bad;
            l->at++;
            take_escape(l);
        } else {
            if (c == 0) buf_utf8(&l->buf, 0xFFFD);
            else buf_putc(&l->buf, (char)c);
            l->at++;
        }
    }
    v->text = taken(l);
    push(l, TOK_EOF_URL);
    return;
bad:
    buf_reset(&l->buf);
    v->kind = TOK_BAD_URL;
    for (int c; (c = peek(l, 0)) >= 0;) {
        l->at++;
        if (c == ')') break;
        if (c == '\\' && peek(l, 0) >= 0) l->at++;
    }
}

/* A number as written: at most 40 digits count, exponents are clipped; the result is finite. */
static double number(struct str s)
{
    size_t i = 0;
    double sign = 1, v = 0;
    if (i < s.n && (s.s[i] == '+' || s.s[i] == '-')) sign = s.s[i++] == '-' ? -1 : 1;
    int scale = 0;
    bool point = false;
    for (; i < s.n && (digit(s.s[i]) || s.s[i] == '.'); i++) {
        if (s.s[i] == '.') point = true;
        else if (v < 1e17) v = v * 10 + (s.s[i] - '0'), scale -= point;
        else scale += !point;
    }
    if (i < s.n) { /* e */
        long e = 0;
        struct str rest = str_from(s, i + 1);
        if (rest.n && rest.s[0] == '+') rest = str_from(rest, 1);
        if (!str_int(rest, &e)) e = rest.n && rest.s[0] == '-' ? -400 : 400;
        scale += (int)(e < -400 ? -400 : e > 400 ? 400 : e);
    }
    v = scale < 0 ? v / pow(10, -scale < 300 ? -scale : 300) : v * pow(10, scale < 300 ? scale : 300);
    return sign * (v < 1e300 ? v : 1e300);
}
static void take_number(struct lexer *l)
{
    struct cv *v = push(l, TOK_NUMBER);
    size_t start = l->at;
    v->integer = true;
    if (peek(l, 0) == '+' || peek(l, 0) == '-') l->at++;
    while (digit(peek(l, 0))) l->at++;
    if (peek(l, 0) == '.' && digit(peek(l, 1))) {
        v->integer = false;
        for (l->at++; digit(peek(l, 0));) l->at++;
    }
    size_t sign = peek(l, 1) == '+' || peek(l, 1) == '-';
    if ((peek(l, 0) == 'e' || peek(l, 0) == 'E') && digit(peek(l, 1 + sign))) {
        v->integer = false;
        for (l->at += 1 + sign; digit(peek(l, 0));) l->at++;
    }
    v->text = str_part(l->text, start, l->at - start);
    v->num = number(v->text);
    if (ident_at(l, 0)) {
        v->kind = TOK_DIMENSION;
        v->unit = take_name(l);
    } else if (peek(l, 0) == '%') {
        v->kind = TOK_PERCENT;
        l->at++;
    }
}

static void take_range(struct lexer *l) /* at "u+" */
{
    struct cv *v = push(l, TOK_RANGE);
    int n = 0;
    for (l->at += 2; n < 6 && str_hex(peek(l, 0)) >= 0; n++, l->at++) v->num = v->num * 16 + str_hex(peek(l, 0));
    v->end = v->num;
    if (n < 6 && peek(l, 0) == '?') {
        for (; n < 6 && peek(l, 0) == '?'; n++, l->at++) v->num *= 16, v->end = v->end * 16 + 15;
    } else if (peek(l, 0) == '-' && str_hex(peek(l, 1)) >= 0) {
        l->at++;
        v->end = 0;
        for (n = 0; n < 6 && str_hex(peek(l, 0)) >= 0; n++, l->at++) v->end = v->end * 16 + str_hex(peek(l, 0));
    }
}
static void take_ident(struct lexer *l)
{
    if ((peek(l, 0) | 32) == 'u' && peek(l, 1) == '+' && (str_hex(peek(l, 2)) >= 0 || peek(l, 2) == '?')) {
        take_range(l);
        return;
    }
    struct cv *v = push(l, TOK_IDENT);
    struct str name = take_name(l);
    v->text = name;
    if (peek(l, 0) != '(') return;
    l->at++;
    if (css_is(name, "url")) {
        size_t k = 0;
        while (space(peek(l, k))) k++;
        if (peek(l, k) != '"' && peek(l, k) != '\'') {
            l->out.n--;
            take_url(l);
            return;
        }
    }
    v->kind = TOK_FUNCTION;
}

static void take_other(struct lexer *l)
{
    static const char *const pairs[] = {"~=", "|=", "^=", "$=", "*=", "||"};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (peek(l, 0) == pairs[i][0] && peek(l, 1) == pairs[i][1]) {
            push(l, TOK_MATCH)->text = str_of(pairs[i]);
            l->at += 2;
            return;
        }
    size_t start = l->at;
    struct cv *v = push(l, TOK_DELIM);
    utf8_next(l->text, &l->at);
    v->text = str_part(l->text, start, l->at - start);
    v->c = v->text.s[0];
}

/* Brings line and column up to l->at. */
static void count(struct lexer *l)
{
    for (; l->last < l->at; l->last++) {
        char c = l->text.s[l->last];
        if (c == '\n' || c == '\f' || (c == '\r' && !(l->last + 1 < l->text.n && l->text.s[l->last + 1] == '\n'))) l->line++, l->col = 1;
        else if (((unsigned char)c & 0xC0) != 0x80) l->col++;
    }
}

static void take(struct lexer *l)
{
    int c = peek(l, 0);
    if (space(c)) {
        push(l, TOK_SPACE);
        while (space(peek(l, 0))) l->at++;
        return;
    }
    static const struct {
        char c;
        uint8_t kind;
    } single[] = {{':', TOK_COLON}, {';', TOK_SEMICOLON}, {',', TOK_COMMA}, {'(', TOK_PAREN}, {'[', TOK_BRACKET},
                  {'{', TOK_BRACE}, {')', TOK_CLOSE},     {']', TOK_CLOSE}, {'}', TOK_CLOSE}};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (c == single[i].c) {
            push(l, single[i].kind)->c = (char)c;
            l->at++;
            return;
        }
    if (c == '"' || c == '\'') take_string(l);
    else if (number_at(l)) take_number(l);
    else if (c == '-' && peek(l, 1) == '-' && peek(l, 2) == '>') push(l, TOK_CDC), l->at += 3;
    else if (c == '<' && peek(l, 1) == '!' && peek(l, 2) == '-' && peek(l, 3) == '-') push(l, TOK_CDO), l->at += 4;
    else if (ident_at(l, 0)) take_ident(l);
    else if (c == '#' && (name_char(peek(l, 1)) || escape_at(l, 1))) {
        struct cv *v = push(l, TOK_HASH);
        l->at++;
        v->integer = ident_at(l, 0);
        v->text = take_name(l);
    } else if (c == '@' && ident_at(l, 1)) {
        struct cv *v = push(l, TOK_AT);
        l->at++;
        v->text = take_name(l);
    } else take_other(l);
}

/* Finds the end of every block and function (5.4.7–5.4.9 without recursion). */
void css_relink(struct arena *a, struct cv *v, size_t n)
{
    VEC(uint32_t) stack = {0};
    for (uint32_t i = 0; i < n; i++) {
        v[i].skip = 1;
        v[i].open = false;
        if (v[i].kind == TOK_FUNCTION || v[i].kind == TOK_PAREN || v[i].kind == TOK_BRACKET || v[i].kind == TOK_BRACE) *vec_push(a, &stack) = i;
        if (v[i].kind != TOK_CLOSE) continue;
        struct cv *top = stack.n ? &v[stack.v[stack.n - 1]] : NULL;
        char want = !top ? 0 : top->kind == TOK_BRACKET ? ']' : top->kind == TOK_BRACE ? '}' : ')';
        if (top && v[i].c == want) top->skip = i - stack.v[--stack.n] + 1;
        else v[i].kind = TOK_STRAY;
    }
    while (stack.n) {
        uint32_t at = stack.v[--stack.n];
        v[at].skip = (uint32_t)n - at;
        v[at].open = true;
    }
}

struct cvs css_tokens(struct arena *a, struct str text, uint32_t line, uint32_t col)
{
    struct lexer l = {.arena = a, .text = text, .line = line, .col = col};
    while (l.at < text.n) {
        if (peek(&l, 0) == '/' && peek(&l, 1) == '*') {
            for (l.at += 2; l.at < text.n && !(peek(&l, 0) == '*' && peek(&l, 1) == '/');) l.at++;
            l.at = l.at < text.n ? l.at + 2 : text.n;
        } else take(&l);
        count(&l);
    }
    buf_close(&l.buf);
    css_relink(a, l.out.v, l.out.n);
    return (struct cvs){l.out.v, l.out.n};
}

static void write_string(struct buf *b, struct str s)
{
    buf_putc(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.s[i] == '\n') buf_puts(b, "\\a ");
        else {
            if (s.s[i] == '"' || s.s[i] == '\\') buf_putc(b, '\\');
            buf_putc(b, s.s[i]);
        }
    }
    buf_putc(b, '"');
}
void css_write(struct buf *b, struct cvs v)
{
    for (size_t i = 0; i < v.n; i++) {
        const struct cv *t = &v.v[i];
        switch ((enum token)t->kind) {
        case TOK_STRING: write_string(b, t->text); break;
        case TOK_URL: buf_puts(b, "url("), write_string(b, t->text), buf_putc(b, ')'); break;
        case TOK_SPACE: buf_putc(b, ' '); break;
        case TOK_FUNCTION: buf_str(b, t->text), buf_putc(b, '('); break;
        case TOK_AT: buf_putc(b, '@'), buf_str(b, t->text); break;
        case TOK_HASH: buf_putc(b, '#'), buf_str(b, t->text); break;
        case TOK_PERCENT: buf_str(b, t->text), buf_putc(b, '%'); break;
        case TOK_DIMENSION: buf_str(b, t->text), buf_str(b, t->unit); break;
        case TOK_RANGE: buf_printf(b, "U+%X-%X", (unsigned)t->num, (unsigned)t->end); break;
        case TOK_PAREN:
        case TOK_BRACKET:
        case TOK_BRACE:
        case TOK_COLON:
        case TOK_SEMICOLON:
        case TOK_COMMA:
        case TOK_CLOSE:
        case TOK_STRAY: buf_putc(b, t->c); break;
        case TOK_CDO: buf_puts(b, "<!--"); break;
        case TOK_CDC: buf_puts(b, "-->"); break;
        case TOK_BAD_STRING:
        case TOK_BAD_URL:
        case TOK_EOF_STRING:
        case TOK_EOF_URL: break;
        case TOK_IDENT:
        case TOK_DELIM:
        case TOK_NUMBER:
        case TOK_MATCH: buf_str(b, t->text); break;
        }
    }
}
