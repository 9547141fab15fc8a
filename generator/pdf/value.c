/* value.c: text in a field as every viewer shows it (ISO 32000-1, 12.7.3.3): broken into lines, and smaller where it would not fit. Hidden text is
 * worse than small text, and refused text better than either. */
#include "pdf/form.h"
#include "base/utf8.h"
#include <math.h>

static const double MARGIN = 2, LEAD = 1.362, ASCENT = 1.069; /* points; of the size: the line of Noto Sans */

/* Where the line of s ends that begins at from, at most width thousandths of the size wide: *next is where the following one begins. */
static size_t line_end(const struct letters *m, struct str s, size_t from, double width, size_t *next)
{
    double w = 0;
    size_t at = from, space = SIZE_MAX;
    while (at < s.n) {
        size_t here = at;
        uint32_t c = utf8_next(s, &at);
        if (c == '\n') return *next = at, here;
        if (c == ' ') space = here;
        w += letters_width(m, letters_code(m, c));
        if (w <= width || here == from) continue;
        if (space == SIZE_MAX || space == from) return *next = here, here; /* a word longer than the line */
        return *next = space + 1, space;
    }
    return *next = s.n, s.n;
}

static size_t count_lines(const struct letters *m, struct str s, double width)
{
    size_t n = 0, at = 0;
    do line_end(m, s, at, width, &at), n++;
    while (at < s.n);
    return n + (s.n && s.s[s.n - 1] == '\n');
}

double value_width(const struct letters *m, struct str s)
{
    double w = 0;
    for (size_t at = 0; at < s.n;) w += letters_width(m, letters_code(m, utf8_next(s, &at)));
    return w / 1000;
}

static void put_line(struct buf *b, const struct letters *m, struct str s)
{
    struct buf e = {0};
    letters_encode(m, s, &e);
    put_bytes(b, buf_view(&e));
    buf_puts(b, "Tj");
    buf_close(&e);
}

bool value_paint(const struct letters *m, struct str text, double w, double h, double size, bool at_top, struct buf *out)
{
    double in_w = w - 2 * MARGIN, y;
    size_t n;
    for (;; size = size - 0.5 > VALUE_SMALLEST ? size - 0.5 : VALUE_SMALLEST) {
        n = count_lines(m, text, in_w * 1000 / size);
        if ((double)n * size * LEAD <= h) break;
        if (size <= VALUE_SMALLEST) return false;
    }
    if (at_top) y = h - fmin(MARGIN, h - (double)n * size * LEAD) - ASCENT * size;
    else y = (h + (double)n * size * LEAD) / 2 - ASCENT * size;
    buf_puts(out, "q 1 1 "), put_real(out, w - 2, 2), buf_putc(out, ' '), put_real(out, h - 2, 2);
    buf_puts(out, " re W n BT 0 g /" FORM_FONT " "), put_real(out, size, 2), buf_puts(out, " Tf ");
    put_real(out, MARGIN, 2), buf_putc(out, ' '), put_real(out, y, 2), buf_puts(out, " Td ");
    put_real(out, LEAD * size, 3), buf_puts(out, " TL ");
    for (size_t at = 0, next; at < text.n; at = next) {
        size_t end = line_end(m, text, at, in_w * 1000 / size, &next);
        if (at) buf_puts(out, " T* ");
        put_line(out, m, str_part(text, at, end - at));
    }
    buf_puts(out, " ET Q ");
    return true;
}
