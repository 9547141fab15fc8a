/* table.c: records as CSV (RFC 4180). */
#include "form/form.h"
#include "form/inside.h"

/* What Excel and LibreOffice would calculate (OWASP, CSV injection): = + - @ or a control character first, but for a plain number such as -12,5. */
static bool is_formula(struct str s)
{
    if (!s.n || !strchr("=+-@\t\r\n", s.s[0]) || !s.s[0]) return false;
    if (s.s[0] != '+' && s.s[0] != '-') return true;
    size_t digits = 0, marks = 0;
    for (size_t i = 1; i < s.n; i++) {
        if (s.s[i] >= '0' && s.s[i] <= '9') digits++;
        else if (s.s[i] == '.' || s.s[i] == ',') marks++;
        else return true;
    }
    return !digits || marks > 1;
}

static void csv_cell(struct buf *out, struct str s)
{
    bool formula = is_formula(s), quoted = formula;
    for (size_t i = 0; i < s.n; i++) quoted |= s.s[i] == '"' || s.s[i] == ',' || s.s[i] == '\n' || s.s[i] == '\r';
    if (quoted) buf_putc(out, '"');
    if (formula) buf_putc(out, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.s[i] == '"') buf_putc(out, '"');
        buf_putc(out, s.s[i]);
    }
    if (quoted) buf_putc(out, '"');
}

void csv_row(struct buf *out, const struct str *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i) buf_putc(out, ',');
        csv_cell(out, cells[i]);
    }
    buf_puts(out, "\r\n");
}
